package jetstream

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"quoth"
)

// open opens a queue and closes it with the test.
func open(t testing.TB, o Options) *Queue {
	t.Helper()
	if o.URL == "" && o.Folder == "" {
		o.Folder = t.TempDir()
	}
	q, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.Close() })
	return q
}

// batch is a batch of pages with these texts.
func batch(texts ...string) quoth.Batch {
	b := quoth.Batch{Hints: quoth.PageHints{Date: "2026-04"}}
	for i, text := range texts {
		b.Pages = append(b.Pages, quoth.QueuedPage{
			Source: "/news/april.jsonl", Label: fmt.Sprintf("april.jsonl: line %d", i+1), IsRecord: true, Title: "Ferry",
			RawPage: quoth.RawPage{URL: fmt.Sprintf("https://herald.example/%d-%d", i, len(text)), ContentType: "text/plain", Body: []byte(text)},
		})
	}
	return b
}

func publish(t testing.TB, q *Queue, batches ...quoth.Batch) {
	t.Helper()
	for _, b := range batches {
		if err := q.Publish(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
}

// fetch takes a batch out and checks that it is want's.
func fetch(t testing.TB, q *Queue, want quoth.Batch, attempt int) quoth.Delivery {
	t.Helper()
	d, err := q.Fetch(t.Context(), "m1")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(d.Batch(), want) || d.Attempt() != attempt {
		t.Fatalf("got attempt %d of %+v, want attempt %d of %+v", d.Attempt(), d.Batch(), attempt, want)
	}
	return d
}

func depth(t testing.TB, q *Queue) quoth.Depth {
	t.Helper()
	d, err := q.Depth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func wantDepth(t testing.TB, q *Queue, waiting, outstanding, aside int) {
	t.Helper()
	if d := depth(t, q); d.Waiting != waiting || d.Outstanding != outstanding || d.Aside != aside {
		t.Errorf("got depth %+v, want %d waiting, %d outstanding, %d aside", d, waiting, outstanding, aside)
	}
}

func TestMessage(t *testing.T) {
	b := batch("one", "", "line one\nline two\x00\xff")
	b.Hints = quoth.PageHints{Format: "text", Date: "2026", URL: "https://herald.example/", Charset: "latin1", Clean: true, MaxBytes: -1}
	b.Refusals = []quoth.Refusal{{Source: "/news/a", Label: "a: line 2", Code: quoth.Invalid, Message: "no JSON", At: time.Date(2026, 4, 1, 2, 3, 4, 0, time.UTC)}}
	message, err := encode(b)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := encode(b)
	if !bytes.Equal(message, again) {
		t.Error("the same batch makes two messages")
	}
	for i := range b.Pages {
		if len(b.Pages[i].RawPage.Body) == 0 {
			b.Pages[i].RawPage.Body = []byte{}
		}
	}
	if got, err := decode(message); err != nil || !reflect.DeepEqual(got, b) {
		t.Errorf("got %+v, %v, want %+v", got, err, b)
	}
}

func TestMessageRefusesOthers(t *testing.T) {
	pack := func(plain string) []byte {
		packer, _ := codec()
		return packer.EncodeAll([]byte(plain), nil)
	}
	for _, tt := range []struct {
		name    string
		message []byte
		want    string
	}{
		{"nothing", nil, "no head"},
		{"not packed", []byte("hello"), "unpack"},
		{"another program's", pack("hello\n"), "no head"},
		{"a later format", pack(`{"format":2}` + "\n"), "format 2"},
		{"cut off", pack(`{"format":1,"pages":[{"bytes":5}]}` + "\nfour"), "cut off"},
		{"less than nothing", pack(`{"format":1,"pages":[{"bytes":-5}]}` + "\nfour"), "cut off"},
		{"too much", pack(`{"format":1,"pages":[{"bytes":3}]}` + "\nfour"), "belong to no page"},
		{"a bomb", pack(strings.Repeat("0", maxUnpacked+1)), "unpack"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := decode(tt.message); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

// FuzzDecode: whatever the message, there is a batch or an error, and a batch makes a
// message that gives it again.
func FuzzDecode(f *testing.F) {
	message, err := encode(batch("one", "two"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(message)
	f.Fuzz(func(t *testing.T, message []byte) {
		b, err := decode(message)
		if err != nil {
			return
		}
		again, err := encode(b)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decode(again); err != nil || !reflect.DeepEqual(got, b) {
			t.Fatalf("got %+v, %v, want %+v", got, err, b)
		}
	})
}

func TestQueueKeepsUntilAcknowledged(t *testing.T) {
	folder := t.TempDir()
	q := open(t, Options{Folder: folder, AckWait: time.Second})
	one, two := batch("one", "uno"), batch("two")
	publish(t, q, one, two, one) // the third is the first again
	wantDepth(t, q, 2, 0, 0)
	d := fetch(t, q, one, 1)
	wantDepth(t, q, 1, 1, 0)
	if err := d.Ack(t.Context()); err != nil {
		t.Fatal(err)
	}
	fetch(t, q, two, 1)
	wantDepth(t, q, 0, 1, 0)
	// The process ends with two in its hands, and comes again.
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = open(t, Options{Folder: folder})
	if err := fetch(t, q, two, 2).Ack(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantDepth(t, q, 0, 0, 0)
	if got := depth(t, q); got.Model != "m1" || got.Limit != DefaultLimit {
		t.Errorf("got %+v, want model m1 and limit %d", got, DefaultLimit)
	}
}

func TestQueueGivesBack(t *testing.T) {
	q := open(t, Options{})
	one := batch("one")
	publish(t, q, one)
	for attempt := 1; attempt <= 3; attempt++ {
		if err := fetch(t, q, one, attempt).Nak(t.Context(), time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	wantDepth(t, q, 0, 1, 0)
}

// TestQueueGivesToAnother: a worker that is gone loses its batch; one that only takes
// long keeps it.
func TestQueueGivesToAnother(t *testing.T) {
	server := open(t, Options{Listen: "127.0.0.1:0"})
	reach := func() *Queue { return open(t, Options{URL: server.Address(), AckWait: 500 * time.Millisecond}) }
	gone, slow, other := reach(), reach(), reach()
	one, two := batch("one"), batch("two")
	publish(t, other, one)
	fetch(t, gone, one, 1)
	publish(t, other, two)
	held := fetch(t, slow, two, 1)
	gone.conn.Close() // as when the process is killed
	d := fetch(t, other, one, 2)
	if err := d.Ack(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Three times as long as AckWait nobody gets the batch of the slow worker.
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	if d, err := other.Fetch(ctx, "m1"); err == nil {
		t.Fatalf("got %v, want nothing", d.Batch())
	}
	if err := held.Ack(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantDepth(t, other, 0, 0, 0)
}

// TestQueueLateEnd: the end of a delivery that has gone to another worker changes nothing.
func TestQueueLateEnd(t *testing.T) {
	q := open(t, Options{AckWait: 200 * time.Millisecond})
	one := batch("one")
	publish(t, q, one)
	late := fetch(t, q, one, 1)
	late.(*delivery).end() // nobody hears of it any more
	d := fetch(t, q, one, 2)
	for _, d := range []quoth.Delivery{d, late, late} {
		if err := d.Ack(t.Context()); err != nil {
			t.Error(err)
		}
	}
	wantDepth(t, q, 0, 0, 0)
}

func TestQueueHoldsPublishersBack(t *testing.T) {
	q := open(t, Options{Limit: 2})
	one, two, three := batch("one"), batch("two"), batch("three")
	publish(t, q, one, two)
	published := make(chan error, 1)
	go func() { published <- q.Publish(t.Context(), three) }()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := q.Publish(ctx, batch("four")); err != context.DeadlineExceeded {
		t.Errorf("a full queue: got %v, want %v", err, context.DeadlineExceeded)
	}
	select {
	case err := <-published:
		t.Fatalf("published to a full queue: %v", err)
	default:
	}
	wantDepth(t, q, 2, 0, 0)
	if err := fetch(t, q, one, 1).Ack(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-published; err != nil {
		t.Fatal(err)
	}
	wantDepth(t, q, 2, 0, 0)
	// The limit can be changed while there is something in the queue.
	q.opt.Limit = 3
	if err := q.setLimit(t.Context()); err != nil {
		t.Fatal(err)
	}
	publish(t, q, batch("five"))
}

func TestQueueSetsAside(t *testing.T) {
	q := open(t, Options{})
	both := batch("good", "bad")
	publish(t, q, both)
	left := quoth.Batch{Hints: both.Hints, Pages: both.Pages[1:]}
	if err := fetch(t, q, both, 1).SetAside(t.Context(), left, "the record\nrefuses it"); err != nil {
		t.Fatal(err)
	}
	wantDepth(t, q, 0, 0, 1)
	// What is none of ours is set aside too, and nobody waits for it.
	if err := q.conn.PublishMsg(&nats.Msg{Subject: subject(q.pages), Data: []byte("hello")}); err != nil {
		t.Fatal(err)
	}
	three := batch("three", "four")
	publish(t, q, three)
	if err := fetch(t, q, three, 1).SetAside(t.Context(), three, "no luck"); err != nil {
		t.Fatal(err)
	}
	list, err := q.Aside(t.Context(), 10)
	if err != nil || len(list) != 3 {
		t.Fatalf("got %d set aside, %v, want 3", len(list), err)
	}
	if got := list[0]; got.Reason != "the record refuses it" || got.Attempts != 1 || !reflect.DeepEqual(got.Batch, left) || time.Since(got.At) > time.Minute {
		t.Errorf("got %+v", got)
	}
	if got := list[1]; !strings.Contains(got.Reason, "unpack") || len(got.Batch.Pages) != 0 {
		t.Errorf("a message of others: got %+v", got)
	}
	if err := q.Retry(t.Context(), list[1].ID); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("retry a message of others: got %v, want code invalid", err)
	}
	if err := q.Drop(t.Context(), list[1].ID); err != nil {
		t.Fatal(err)
	}
	for _, again := range []func(context.Context, uint64) error{q.Drop, q.Retry} {
		if err := again(t.Context(), list[1].ID); quoth.CodeOf(err) != quoth.NotFound {
			t.Errorf("got %v, want code not-found", err)
		}
	}
	if err := q.Retry(t.Context(), list[2].ID); err != nil {
		t.Fatal(err)
	}
	wantDepth(t, q, 2, 0, 1)
	for _, single := range three.Singles() {
		if err := fetch(t, q, single, 1).Ack(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// A stream that is made again counts from 1 again: what is set aside of it, or given back,
// within two minutes is another message than the one before.
func TestQueueIsMadeAgain(t *testing.T) {
	q := open(t, Options{})
	remake := func(stream string) {
		t.Helper()
		if err := q.js.DeleteStream(t.Context(), stream); err != nil {
			t.Fatal(err)
		}
		if err := q.prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	setAside := func(b quoth.Batch) {
		t.Helper()
		publish(t, q, b)
		if err := fetch(t, q, b, 1).SetAside(t.Context(), b, "no luck"); err != nil {
			t.Fatal(err)
		}
	}
	setAside(batch("one"))
	remake(q.pages)
	setAside(batch("two"))
	wantDepth(t, q, 0, 0, 2)
	remake(q.aside)
	for i, text := range []string{"three", "four"} {
		if i > 0 {
			remake(q.aside)
		}
		setAside(batch(text))
		if err := q.Retry(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		wantDepth(t, q, 1, 0, 0)
		if t.Failed() {
			return // it would wait for ever
		}
		if err := fetch(t, q, batch(text), 1).Ack(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestQueueHasOneModel(t *testing.T) {
	q := open(t, Options{})
	one := batch("one")
	publish(t, q, one)
	if err := fetch(t, q, one, 1).Nak(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	_, err := q.Fetch(t.Context(), "m2")
	if quoth.CodeOf(err) != quoth.Refused || !strings.Contains(err.Error(), "model m1") || !strings.Contains(err.Error(), "m2") {
		t.Errorf("another model: got %v", err)
	}
	if err := q.SetModel(t.Context(), "m2"); err != nil {
		t.Fatal(err)
	}
	if d, err := q.Fetch(t.Context(), "m1"); d != nil || quoth.CodeOf(err) != quoth.Refused {
		t.Errorf("the model before: got %v, %v, want nothing and code refused", d, err)
	}
	d, err := q.Fetch(t.Context(), "m2")
	if err != nil || d.Attempt() < 2 || !reflect.DeepEqual(d.Batch(), one) {
		t.Errorf("the model now: got %v, %v", d, err)
	}
}

func TestCheckpoints(t *testing.T) {
	q := open(t, Options{})
	const source = "/news/a file.jsonl"
	if at, err := q.Checkpoint(t.Context(), source); err != nil || at != (quoth.Checkpoint{}) {
		t.Errorf("before: got %+v, %v", at, err)
	}
	for done := range 3 {
		want := quoth.Checkpoint{Source: source, Done: done, Mark: "m"}
		if err := q.SetCheckpoint(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if at, err := q.Checkpoint(t.Context(), source); err != nil || at != want {
			t.Errorf("got %+v, %v, want %+v", at, err, want)
		}
	}
}

func TestPublishTooLarge(t *testing.T) {
	q := open(t, Options{})
	q.maxBytes = 200
	if err := q.Publish(t.Context(), batch("one")); err == nil || quoth.CodeOf(err) != quoth.TooLarge {
		t.Errorf("got %v, want code too-large", err)
	}
	wantDepth(t, q, 0, 0, 0)
}

func TestFolderIsOneProcess(t *testing.T) {
	q := open(t, Options{})
	_, err := Open(t.Context(), Options{Folder: q.opt.Folder})
	if quoth.CodeOf(err) != quoth.Unavailable {
		t.Errorf("got %v, want code unavailable", err)
	}
	if q.Address() != "" {
		t.Errorf("listens on %s without being asked to", q.Address())
	}
}

func TestOpenRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	guarded := open(t, Options{Listen: "127.0.0.1:0", User: "desk", Password: "hunter2"})
	plain, err := natsserver.NewServer(&natsserver.Options{Host: "127.0.0.1", Port: natsserver.RANDOM_PORT, NoSigs: true, NoLog: true})
	if err != nil {
		t.Fatal(err)
	}
	plain.Start()
	t.Cleanup(plain.Shutdown)
	if !plain.ReadyForConnections(10 * time.Second) {
		t.Fatal("a server does not start")
	}
	for _, tt := range []struct {
		name string
		o    Options
		want quoth.Code
	}{
		{"no streams", Options{URL: plain.ClientURL(), Patience: time.Millisecond}, quoth.Unavailable},
		{"another scheme", Options{URL: "http://q.example"}, quoth.Invalid},
		{"no scheme", Options{URL: "q.example:4222"}, quoth.Invalid},
		{"no host", Options{URL: "nats://"}, quoth.Invalid},
		{"a bad name", Options{URL: "nats://q.example/a.b"}, quoth.Invalid},
		{"a password in the address", Options{URL: "nats://desk:hunter2@q.example"}, quoth.Invalid},
		{"nobody there", Options{URL: "nats://127.0.0.1:1"}, quoth.Unavailable},
		{"no password", Options{URL: guarded.Address()}, quoth.Refused},
		{"a wrong password", Options{URL: guarded.Address(), User: "desk", Password: "swordfish"}, quoth.Refused},
		{"no file of credentials", Options{URL: guarded.Address(), Credentials: file + ".creds"}, quoth.Invalid},
		{"a port for all", Options{Folder: t.TempDir(), Listen: "0.0.0.0:0"}, quoth.Refused},
		{"no port", Options{Folder: t.TempDir(), Listen: "127.0.0.1"}, quoth.Invalid},
		{"no folder", Options{Folder: file}, quoth.Unavailable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			tt.o.Log = slog.New(slog.NewTextHandler(&log, nil))
			q, err := Open(t.Context(), tt.o)
			if err == nil {
				q.Close()
			}
			if err == nil || quoth.CodeOf(err) != tt.want {
				t.Errorf("got %v, want code %s", err, tt.want)
			}
			for _, secret := range []string{"hunter2", "swordfish"} {
				if strings.Contains(fmt.Sprint(err)+log.String(), secret) {
					t.Errorf("a secret in %v or in the log %s", err, log.String())
				}
			}
		})
	}
	if q, err := Open(t.Context(), Options{URL: guarded.Address() + "/news", User: "desk", Password: "hunter2"}); err != nil {
		t.Errorf("the right password: %v", err)
	} else {
		q.Close()
	}
}
