package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"quoth"
	"quoth/page"
	"quoth/pgtest"
)

// The server fails twice while a process imports: the process waits, goes on, and every
// article is in the record once. Then all that works on a record works on this one.
func TestRecordInPostgres(t *testing.T) {
	t.Parallel()
	const articles = 2000
	server := pgtest.Start(t)
	record := server.Database(t)
	lines, broken := writeLinesFile(t, articles)

	var out bytes.Buffer
	quothOf := func(args ...string) (status int, talk string) {
		out.Reset()
		var stderr bytes.Buffer
		env := testEnv(&out, &stderr)
		env.Getenv = func(name string) string { return map[string]string{"QUOTH_RECORD": record}[name] }
		return run(t.Context(), env, args), stderr.String()
	}
	if status, talk := quothOf("search", "ferry"); status != exitFailed || !strings.Contains(talk, "there is no record in") {
		t.Errorf("search in an empty database: %d, %s", status, talk)
	}

	if status, talk := quothOf("migrate"); status != exitGood {
		t.Errorf("migrate makes the tables: %d, %s", status, talk)
	}

	var talk bytes.Buffer
	cmd := quothCommand(t, "import", "--record", record, lines)
	cmd.Stderr = &talk
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	kept := func() int {
		st, err := RecordFlags{record}.existing(t.Context(), &Env{})
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		size, err := st.Size(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return size.Articles
	}
	failures := 0
	for least := articles / 4; ; {
		select {
		case <-ended:
		case <-time.After(20 * time.Millisecond):
			if failures < 2 && kept() >= least {
				server.Down(t)
				server.Up(t)
				failures++
				least *= 2
			}
			continue
		}
		break
	}
	if failures == 0 {
		t.Error("the server never failed: the articles are too few for the test")
	}
	// The broken lines make the exit status 1; what was kept in one run is all.
	if want := fmt.Sprintf("%s new", plural(articles-broken, "article")); !strings.Contains(talk.String(), want) {
		t.Errorf("%d failures: want %q in\n%s", failures, want, talk.String())
	}

	if status, talk := quothOf("doctor"); status != exitGood || !strings.Contains(out.String(), fmt.Sprintf("%s in %s revisions", plural(articles-broken, "article"), grouped(articles-broken))) {
		t.Errorf("doctor: %d, %s%s", status, talk, out.String())
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"search", `"ferry number 17"`}, "Ferry number 17 is late again"},
		{[]string{"who", "Zoë Hale"}, "is late again"},
		{[]string{"export", "--to", "jsonl"}, "Ferry number 17 is late again"},
		{[]string{"import", "--refused"}, "line 100"},
		{[]string{"migrate"}, "up to date"},
	} {
		if status, talk := quothOf(c.args...); status != exitGood || !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: %d, %s\n%.2000s", c.args, status, talk, out.String())
		}
	}
	if status, talk := quothOf("backup", "copy.db"); status != exitFailed || !strings.Contains(talk, "pg_dump") {
		t.Errorf("backup: %d, %s", status, talk)
	}
}

// A record that is away ends the run. It says nothing against the page, which would be
// noted as refused and not be tried again.
func TestRecordThatIsAwayRefusesNothing(t *testing.T) {
	away := &quoth.Error{Code: quoth.Unavailable, Message: "the record is away"}
	r := &reader{
		extractor: page.New(page.Options{}),
		analyzer:  func() (quoth.Analyzer, error) { return double{}, nil },
		isKept:    func(context.Context, quoth.Article) (bool, error) { return false, away },
	}
	o := r.work(t.Context(), taskOf("page", quoth.QueuedPage{IsRecord: true, RawPage: quoth.RawPage{Body: []byte("“Late again,” said Zoë Hale.")}}))
	var fatal fatalError
	if !errors.As(o.err, &fatal) || !errors.Is(o.err, away) {
		t.Errorf("got error %v, want one that ends the run", o.err)
	}
}

// No message of any command holds the password of the address.
func TestPasswordIsNotSaid(t *testing.T) {
	for name, record := range map[string]string{
		"nobody there":     "postgres://desk:geheim@127.0.0.1:1/record",
		"no address":       "postgres://desk:geheim@[::1/record",
		"a bad port":       "postgres://desk:geheim@host:nine/record",
		"a bad escape":     "postgres://desk:geheim%zz@host/record",
		"another database": "mysql://desk:geheim@host/record",
		"a bad parameter":  "postgres://desk@127.0.0.1:1/record?password=geheim&sslmode=perhaps",
	} {
		for _, command := range [][]string{{"search", "x"}, {"add", "x"}, {"doctor"}, {"watch", "--once", "https://feed.example/"}} {
			var stdout, stderr bytes.Buffer
			env := testEnv(&stdout, &stderr)
			env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
			status := run(t.Context(), env, append(command, "--record", record))
			if said := stdout.String() + stderr.String(); status == exitGood || said == "" || strings.Contains(said, "geheim") {
				t.Errorf("%s, %q: status %d, said %q", name, command, status, said)
			}
		}
	}
}
