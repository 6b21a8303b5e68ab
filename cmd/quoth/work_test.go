package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"quoth"
	"quoth/jetstream"
	"quoth/pgtest"
)

// syncBuffer is a buffer that several goroutines write to.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// openQueue opens a queue with a port, and closes it with the test.
func openQueue(t *testing.T, o jetstream.Options) *jetstream.Queue {
	t.Helper()
	if o.URL == "" {
		o.Folder, o.Listen = t.TempDir(), "127.0.0.1:0"
	}
	q, err := jetstream.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	return q
}

// hurry makes batches of workers that are gone come again after a second, and not thirty.
func hurry(t *testing.T, url string) *jetstream.Queue {
	t.Helper()
	q := openQueue(t, jetstream.Options{URL: url, AckWait: time.Second})
	if err := q.SetModel(t.Context(), newIngest(nil, nil, double{}).Model); err != nil {
		t.Fatal(err)
	}
	return q
}

// openStore opens a record and closes it with the test.
func openStore(t *testing.T, record string) quoth.Store {
	t.Helper()
	st, err := RecordFlags{Record: record}.open(t.Context(), &Env{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// quothHere runs a command line in this process with the test double, and returns what it
// says.
func quothHere(ctx context.Context, args ...string) (status int, said string) {
	var stderr syncBuffer
	env := testEnv(io.Discard, &stderr)
	env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
	status = run(ctx, env, args)
	return status, stderr.String()
}

// wantOnce checks that a record holds each of articles once, and is whole.
func wantOnce(t *testing.T, record string, articles, refusals int) {
	t.Helper()
	st := openStore(t, record)
	size, err := st.Size(t.Context())
	if err != nil || size.Articles != articles || size.Revisions != articles || size.Refusals != refusals {
		t.Errorf("got %+v, %v; want %d articles once each and %d refusals", size, err, articles, refusals)
	}
	if wrong, err := st.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the record does not check: %v, %v", wrong, err)
	}
}

// freePort is a port that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// startCluster starts three servers and returns them with their addresses.
func startCluster(t *testing.T) (servers []*natsserver.Server, url string) {
	t.Helper()
	var ports []int
	var routes []string
	for range 3 {
		ports = append(ports, freePort(t))
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[len(ports)-1]))
	}
	var hosts []string
	for i, port := range ports {
		s, err := natsserver.NewServer(&natsserver.Options{
			ServerName: fmt.Sprintf("node%d", i), Host: "127.0.0.1", Port: natsserver.RANDOM_PORT, NoSigs: true, NoLog: true,
			JetStream: true, StoreDir: t.TempDir(), SyncAlways: true,
			Cluster: natsserver.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: port},
			Routes:  natsserver.RoutesFromStr(strings.Join(routes, ",")),
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		servers = append(servers, s)
	}
	for _, s := range servers {
		if !s.ReadyForConnections(10 * time.Second) {
			t.Fatal("a server does not start")
		}
		hosts = append(hosts, strings.TrimPrefix(s.ClientURL(), "nats://"))
	}
	return servers, "nats://" + strings.Join(hosts, ",")
}

// stopLeader shuts the server down that leads the stream of pages.
func stopLeader(t *testing.T, servers []*natsserver.Server, url string) {
	t.Helper()
	nc, err := nats.Connect(strings.ReplaceAll(url, ",", ",nats://"))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	api, err := js.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := api.Stream(t.Context(), "quoth-pages")
	if err != nil {
		t.Fatal(err)
	}
	leader := stream.CachedInfo().Cluster.Leader
	for _, s := range servers {
		if s.Name() == leader {
			s.Shutdown()
			s.WaitForShutdown()
			return
		}
	}
	t.Fatalf("no server is called %q", leader)
}

// TestImportThroughFailures: three servers, an import and two workers. When a third of the
// articles is in the record, the leader of the servers is shut down, a worker is killed, and
// the database is restarted where there is one.
func TestImportThroughFailures(t *testing.T) {
	t.Parallel() // it waits much of its time
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		importThroughFailures(t, filepath.Join(t.TempDir(), "record.db"), func() {})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		server := pgtest.Start(t)
		importThroughFailures(t, server.Database(t), func() {
			server.Down(t)
			server.Up(t)
		})
	})
}

func importThroughFailures(t *testing.T, record string, restart func()) {
	const articles = 4000
	lines, broken := writeLinesFile(t, articles)
	servers, url := startCluster(t)
	q := hurry(t, url)
	// The limit makes the import still run when the leader goes.
	imported := make(chan string, 1)
	go func() {
		_, said := quothHere(t.Context(), "import", "--queue", url, "--queue-limit", "8", lines)
		imported <- said
	}()
	st := openStore(t, record)
	victim := quothCommand(t, "work", "--queue", url, "--record", record)
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	working, stop := context.WithCancel(t.Context())
	worked := make(chan string, 1)
	go func() {
		_, said := quothHere(working, "work", "--queue", url, "--record", record)
		worked <- said
	}()
	eventually(t, func() bool {
		size, err := st.Size(t.Context())
		return err == nil && size.Articles > articles/3
	})
	select {
	case said := <-imported:
		t.Fatalf("the import was over before the leader went: %s", said)
	default:
	}
	stopLeader(t, servers, url)
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	victim.Wait()
	restart()
	if said := <-imported; !strings.Contains(said, fmt.Sprintf("%s pages", grouped(articles-broken))) {
		t.Errorf("the import says: %s", said)
	}
	eventually(t, func() bool {
		d, err := q.Depth(t.Context())
		return err == nil && d.Waiting+d.Outstanding == 0
	})
	stop()
	if said := <-worked; !strings.Contains(said, "quoth: kept:") {
		t.Errorf("the worker says: %s", said)
	}
	wantOnce(t, record, articles-broken, broken)
	if d, err := q.Depth(t.Context()); err != nil || d.Aside != 0 {
		t.Errorf("got %+v, %v, want nothing aside", d, err)
	}
}

// eventually waits for what other goroutines and processes do.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	late := time.After(2 * time.Minute)
	for !is() {
		select {
		case <-ticker.C:
		case <-late:
			t.Fatal("it did not come to that in two minutes")
		}
	}
}

// TestWorkersSurviveKills: workers that are killed at any moment leave each article in the
// record once.
func TestWorkersSurviveKills(t *testing.T) {
	const articles, kills = 3000, 8
	lines, broken := writeLinesFile(t, articles)
	record := filepath.Join(t.TempDir(), "record.db")
	url := openQueue(t, jetstream.Options{}).Address()
	hurry(t, url)
	if status, said := quothHere(t.Context(), "import", "--queue", url, lines); status != exitFailed || !strings.Contains(said, "2,970 pages") {
		t.Fatalf("import: status %d, %s", status, said)
	}
	kept := 0
	st := openStore(t, record)
	for range kills {
		cmd := quothCommand(t, "work", "--queue", url, "--record", record, "--attempts", "100")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		eventually(t, func() bool {
			size, err := st.Size(t.Context())
			if err != nil || size.Articles <= kept {
				return false
			}
			kept = size.Articles
			return true
		})
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
	}
	if kept >= articles-broken {
		t.Error("all was done before the last worker was killed: the articles are too few for the test")
	}
	if status, said := quothHere(t.Context(), "work", "--queue", url, "--record", record, "--drain"); status != exitGood {
		t.Errorf("the worker that nobody killed: %s", said)
	}
	wantOnce(t, record, articles-broken, broken)
}

// faultyStore fails for what a test says.
type faultyStore struct {
	quoth.Store
	fault func(quoth.Entry) error
}

// Keep implements quoth.Keeper.
func (f *faultyStore) Keep(ctx context.Context, entries []quoth.Entry, at *quoth.Checkpoint, last ...quoth.LastWord) error {
	for _, e := range entries {
		if err := f.fault(e); err != nil {
			return err
		}
	}
	return f.Store.Keep(ctx, entries, at, last...)
}

// testWorker is a worker at q whose record fails as fault says.
func testWorker(t *testing.T, q quoth.Queue, record string, fault func(quoth.Entry) error) *worker {
	t.Helper()
	return newWorker(q, newIngest(&faultyStore{openStore(t, record), fault}, nil, double{}), double{}, slog.New(slog.DiscardHandler))
}

// publishPages publishes pages of these texts as one batch.
func publishPages(t *testing.T, q quoth.Queue, texts ...string) {
	t.Helper()
	var b quoth.Batch
	for i, text := range texts {
		b.Pages = append(b.Pages, quoth.QueuedPage{Source: "test", Label: fmt.Sprintf("page %d", i), RawPage: quoth.RawPage{
			URL: fmt.Sprintf("https://herald.example/%d", i), ContentType: "text/plain", Body: []byte(text)}})
	}
	if err := q.Publish(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func TestPagesThatCannotBeReadAreSetAside(t *testing.T) {
	q := openQueue(t, jetstream.Options{})
	record := filepath.Join(t.TempDir(), "record.db")
	publishPages(t, q, "“One,” said Zoë Hale.", "“Poison,” said Ida Quill.", "\x00binary\x00", "“Three,” said Callum Ferro.")
	calls := 0
	w := testWorker(t, q, record, func(e quoth.Entry) error {
		if strings.Contains(e.Reading.Article.Text, "Poison") {
			calls++
			return errors.New("constraint failed")
		}
		return nil
	})
	w.attempts = 2
	if err := w.run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if calls != 3 { // with the batch twice, and by itself
		t.Errorf("it was tried %d times, want 3", calls)
	}
	wantOnce(t, record, 2, 1)
	var stdout bytes.Buffer
	env := testEnv(&stdout, io.Discard)
	if status := run(t.Context(), env, []string{"queue", "aside", "--queue", q.Address()}); status != exitGood {
		t.Errorf("queue aside: status %d", status)
	}
	if got := stdout.String(); !strings.Contains(got, "2 deliveries\tpage 1\t") || !strings.Contains(got, "constraint failed") || strings.Count(got, "\n") != 1 {
		t.Errorf("queue aside: got %q", got)
	}
	// The record is mended, and what was set aside is put back.
	if status, said := quothHere(t.Context(), "queue", "retry", "--queue", q.Address(), "all"); status != exitGood || !strings.Contains(said, "put back: 1 batch") {
		t.Errorf("queue retry: status %d, %s", status, said)
	}
	if err := testWorker(t, q, record, func(quoth.Entry) error { return nil }).run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	wantOnce(t, record, 3, 1)
	if d, err := q.Depth(t.Context()); err != nil || d.Aside != 0 {
		t.Errorf("got %+v, %v, want nothing aside", d, err)
	}
}

// hanging is an analyzer that does not come to the end of a page that says HANG.
type hanging struct {
	double
	until <-chan struct{}
}

// Analyze implements quoth.Analyzer.
func (h hanging) Analyze(a quoth.Article) ([]quoth.Statement, error) {
	if strings.Contains(a.Text, "HANG") {
		<-h.until
	}
	return h.double.Analyze(a)
}

// TestPageThatHangsIsSetAside: a page at which workers end without a word costs none of
// its batch but itself.
func TestPageThatHangsIsSetAside(t *testing.T) {
	t.Parallel() // it waits most of its time
	q := openQueue(t, jetstream.Options{AckWait: 2 * time.Second})
	record := filepath.Join(t.TempDir(), "record.db")
	publishPages(t, q, "“One,” said Zoë Hale.", "“HANG,” said Ida Quill.", "“Three,” said Callum Ferro.")
	ended := 0
	for {
		w := testWorker(t, q, record, func(quoth.Entry) error { return nil })
		w.analyzer = hanging{double{}, t.Context().Done()}
		w.attempts, w.giveUp, w.cores = 2, 500*time.Millisecond, make(chan struct{}, 3)
		err := w.run(t.Context(), true)
		if err == nil {
			break
		}
		if !errors.Is(err, errStuck) || ended > 10 {
			t.Fatalf("worker %d: %v", ended, err)
		}
		ended++
	}
	// Two deliveries of the batch and two of the page; fewer when the queue gives a batch to a
	// worker that is gone, more when it gives one to the next before it knows that.
	if ended < 2 || ended > 6 {
		t.Errorf("%d workers ended, want about 4", ended)
	}
	wantOnce(t, record, 2, 0)
	list, err := q.Aside(t.Context(), 10)
	if err != nil || len(list) != 1 || len(list[0].Batch.Pages) != 1 || list[0].Batch.Pages[0].Label != "page 1" || !strings.Contains(list[0].Reason, "deliveries") {
		t.Errorf("set aside: got %+v, %v", list, err)
	}
}

// TestRecordThatIsAwayIsWaitedFor: no batch is given back while the record cannot be
// reached.
func TestRecordThatIsAwayIsWaitedFor(t *testing.T) {
	q := openQueue(t, jetstream.Options{})
	record := filepath.Join(t.TempDir(), "record.db")
	publishPages(t, q, "“One,” said Zoë Hale.")
	calls := 0
	w := testWorker(t, q, record, func(quoth.Entry) error {
		if calls++; calls < 3 {
			return &quoth.Error{Code: quoth.Unavailable, Message: "the database starts"}
		}
		return nil
	})
	w.attempts = 1
	if err := w.run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	wantOnce(t, record, 1, 0)
}

// TestRecordThatRefusesAllEndsTheWorker: a record that takes nothing does not have
// everything set aside.
func TestRecordThatRefusesAllEndsTheWorker(t *testing.T) {
	q := openQueue(t, jetstream.Options{})
	for i := range 2 * maxFailures {
		publishPages(t, q, fmt.Sprintf("“%d,” said Zoë Hale.", i))
	}
	broken := errors.New("damaged")
	w := testWorker(t, q, filepath.Join(t.TempDir(), "record.db"), func(quoth.Entry) error { return broken })
	if err := w.run(t.Context(), true); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	if d, err := q.Depth(t.Context()); err != nil || d.Aside != 0 || d.Waiting+d.Outstanding != 2*maxFailures {
		t.Errorf("got %+v, %v, want all in the queue", d, err)
	}
}

// TestWorkerFinishesWhatItHas: told to end, a worker keeps the batch in its hands and
// takes no other.
func TestWorkerFinishesWhatItHas(t *testing.T) {
	q := openQueue(t, jetstream.Options{})
	record := filepath.Join(t.TempDir(), "record.db")
	for i := range 20 {
		publishPages(t, q, fmt.Sprintf("“%d,” said Zoë Hale.", i))
	}
	ctx, stop := context.WithCancel(t.Context())
	var kept atomic.Int32
	w := testWorker(t, q, record, func(quoth.Entry) error {
		stop()
		kept.Add(1)
		return nil
	})
	if err := w.run(ctx, false); err != nil {
		t.Fatal(err)
	}
	if n := int(kept.Load()); n < 1 || n > batchesAtOnce {
		t.Errorf("%d batches were kept, want 1 to %d", n, batchesAtOnce)
	}
	if d, err := q.Depth(t.Context()); err != nil || d.Waiting+d.Outstanding != 20-int(kept.Load()) {
		t.Errorf("got %+v, %v after %d were kept", d, err, kept.Load())
	}
}

// TestImportWaitsForWorkers: an import never has more in the queue than its limit.
func TestImportWaitsForWorkers(t *testing.T) {
	lines, broken := writeLinesFile(t, 1000)
	record := filepath.Join(t.TempDir(), "record.db")
	q := openQueue(t, jetstream.Options{})
	imported := make(chan string, 1)
	go func() {
		_, said := quothHere(t.Context(), "import", "--queue", q.Address(), "--queue-limit", "3", lines)
		imported <- said
	}()
	full := func() bool {
		d, err := q.Depth(t.Context())
		if err == nil && d.Waiting+d.Outstanding > 3 {
			t.Fatalf("got %+v, want 3 batches at most", d)
		}
		return err == nil && d.Waiting == 3
	}
	eventually(t, full)
	select {
	case said := <-imported:
		t.Fatalf("the import did not wait: %s", said)
	default:
	}
	w := testWorker(t, q, record, func(quoth.Entry) error { full(); return nil })
	stopped, stop := context.WithCancel(t.Context())
	worked := make(chan error, 1)
	go func() { worked <- w.run(stopped, false) }()
	if said := <-imported; !strings.Contains(said, "the queue is full") || !strings.Contains(said, "990 pages") {
		t.Errorf("got %s", said)
	}
	eventually(t, func() bool {
		d, err := q.Depth(t.Context())
		return err == nil && d.Waiting+d.Outstanding == 0
	})
	stop()
	if err := <-worked; err != nil {
		t.Error(err)
	}
	wantOnce(t, record, 1000-broken, broken)
}

// TestImportPublishesOnWhereItWas: what was published is not published again.
func TestImportPublishesOnWhereItWas(t *testing.T) {
	lines, _ := writeLinesFile(t, 300)
	q := openQueue(t, jetstream.Options{})
	for _, tt := range []struct{ again, want string }{
		{"--again=false", "297 pages in 5 batches, 3 refused"},
		{"--again=false", "0 pages in 0 batches; 300 were published by an earlier import"},
		{"--again=true", "297 pages in 5 batches, 3 refused"},
	} {
		if _, said := quothHere(t.Context(), "import", "--queue", q.Address(), tt.again, lines); !strings.Contains(said, tt.want) {
			t.Errorf("%s: got %s, want %q", tt.again, said, tt.want)
		}
	}
}

func TestWorkRefuses(t *testing.T) {
	q := openQueue(t, jetstream.Options{User: "desk", Password: "hunter2"})
	guarded := q.Address()
	record := filepath.Join(t.TempDir(), "record.db")
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		want   string
	}{
		{"no queue", []string{"work"}, exitMisuse, "--queue"},
		{"embedded that nobody reaches", []string{"work", "--queue", "embedded"}, exitMisuse, "--queue-listen"},
		{"no place to listen", []string{"work", "--queue", "nats://127.0.0.1:1", "--queue-listen", "127.0.0.1:0"}, exitMisuse, "--queue-listen"},
		{"no attempts", []string{"work", "--queue", "nats://127.0.0.1:1", "--attempts", "0"}, exitMisuse, "--attempts"},
		{"import into itself", []string{"import", "--queue", "embedded", "-"}, exitMisuse, "quoth work"},
		{"import with a model", []string{"import", "--queue", guarded, "--model", "m", "-"}, exitMisuse, "--model"},
		{"import with a limit below zero", []string{"import", "--queue", guarded, "--queue-limit", "-1", "-"}, exitMisuse, "--queue-limit"},
		{"a password in the address", []string{"work", "--queue", "nats://desk:hunter2@127.0.0.1:1"}, exitFailed, "QUOTH_QUEUE_PASSWORD"},
		{"no password", []string{"work", "--queue", guarded}, exitFailed, "does not let us in"},
		{"no such batch", []string{"queue", "retry", "x"}, exitMisuse, "queue aside"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, said := quothHere(t.Context(), append(tt.args, "--record", record)...)
			if status != tt.status || !strings.Contains(said, tt.want) {
				t.Errorf("got status %d, %s; want %d and %q", status, said, tt.status, tt.want)
			}
			if strings.Contains(said, "hunter2") {
				t.Errorf("says a password: %s", said)
			}
		})
	}
}

// TestWorkersOfOneModel: the command with another model refuses, and goes on when told.
func TestWorkersOfOneModel(t *testing.T) {
	q := openQueue(t, jetstream.Options{})
	record := filepath.Join(t.TempDir(), "record.db")
	if err := q.SetModel(t.Context(), "english-0"); err != nil {
		t.Fatal(err)
	}
	publishPages(t, q, "“One,” said Zoë Hale.")
	status, said := quothHere(t.Context(), "work", "--queue", q.Address(), "--record", record, "--drain")
	if status != exitFailed || !strings.Contains(said, "read with model english-0") || !strings.Contains(said, "--switch-model") {
		t.Errorf("got status %d, %s", status, said)
	}
	if status, said := quothHere(t.Context(), "work", "--queue", q.Address(), "--record", record, "--drain", "--switch-model"); status != exitGood {
		t.Errorf("got status %d, %s", status, said)
	}
	wantOnce(t, record, 1, 0)
}

func TestWorkMetrics(t *testing.T) {
	q := openQueue(t, jetstream.Options{})
	w := testWorker(t, q, filepath.Join(t.TempDir(), "record.db"), func(quoth.Entry) error { return nil })
	publishPages(t, q, "“One,” said Zoë Hale.", "\x00\x00")
	if err := w.run(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	publishPages(t, q, "“Two,” said Zoë Hale.")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer w.serve(listener, w.ingest.Keeper.(*faultyStore)).Close()
	get := func(path string) string {
		response, err := http.Get("http://" + listener.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.Status + "\n" + string(body)
	}
	metrics := get("/metrics")
	for _, want := range []string{
		`quoth_work_pages_total{outcome="new"} 1`, `quoth_work_pages_total{outcome="refused"} 1`, `quoth_work_statements_total 1`,
		`quoth_work_batch_seconds_count{outcome="kept"} 1`, `quoth_queue_batches{state="waiting"} 1`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in %s", want, metrics)
		}
	}
	if got := get("/healthz"); got != "200 OK\nok\n" {
		t.Errorf("/healthz: %q", got)
	}
	if got := get("/readyz"); got != "200 OK\nready\n" {
		t.Errorf("/readyz: %q", got)
	}
	q.Close()
	if got := get("/readyz"); !strings.HasPrefix(got, "503 ") || !strings.Contains(got, "the queue does not answer") {
		t.Errorf("/readyz without a queue: %q", got)
	}
}
