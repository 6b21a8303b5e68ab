package postgres_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
	"quoth/pgtest"
	"quoth/postgres"
	"quoth/storetest"
)

// entryOf is a small entry with one speaker.
func entryOf(i int) quoth.Entry {
	words := fmt.Sprintf("“Ferry number %d is late.”", i)
	id := fmt.Sprintf("article%04d", i)
	return quoth.Entry{
		Hash: quoth.HashOf(quoth.Article{Text: words}), Model: "test", At: time.Unix(0, 0),
		People: []quoth.Person{{ID: "zoe-hale", Name: "Zoë Hale", Kind: quoth.PersonParty, Aliases: []quoth.Alias{{Name: "Zoë Hale"}}}},
		Reading: quoth.Reading{
			Article: quoth.Article{ID: id, Text: words, Published: quoth.Published{EDTF: "2026-04-17"}},
			Statements: []quoth.Statement{{ID: id + "-1", Kind: quoth.Direct, Speaker: &quoth.Speaker{Name: "Zoë Hale", Kind: quoth.PersonParty, ID: "zoe-hale"},
				Content: &quoth.Role{Spans: []quoth.Span{{Start: 0, End: len(words)}}, Text: words}}},
		},
	}
}

func open(t *testing.T, address string) *postgres.Store {
	t.Helper()
	st, err := postgres.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// checkRecord wants n articles, once each, in a sound record.
func checkRecord(t *testing.T, st *postgres.Store, n int) {
	t.Helper()
	size, err := st.Size(t.Context())
	if err != nil || size.Articles != n || size.Revisions != n || size.Statements != n {
		t.Errorf("got %+v, %v; want %d articles once each", size, err, n)
	}
	if wrong, err := st.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the record does not check: %v, %v", wrong, err)
	}
}

// Several processes deliver the same articles, in another order each: every one is kept
// once.
func TestManyWriters(t *testing.T) {
	const writers, articles = 4, 60
	address := pgtest.Start(t).Database(t)
	var all sync.WaitGroup
	for w := range writers {
		st := open(t, address)
		all.Go(func() {
			for i := range articles {
				if err := st.Keep(t.Context(), []quoth.Entry{entryOf((i*7 + w*13) % articles)}, nil); err != nil {
					t.Errorf("writer %d: %v", w, err)
					return
				}
			}
		})
	}
	all.Wait()
	checkRecord(t, open(t, address), articles)
}

// The server fails in the middle of an import, again and again: the import waits for it,
// and every article ends in the record once.
func TestServerFailsDuringImport(t *testing.T) {
	const batches, size, failures = 60, 5, 3
	server := pgtest.Start(t)
	st := open(t, server.Database(t))
	step := make(chan int, batches) // batches that were kept
	var work sync.WaitGroup
	work.Go(func() {
		defer close(step)
		for b := range batches {
			var entries []quoth.Entry
			for i := range size {
				entries = append(entries, entryOf(b*size+i))
			}
			if err := st.Keep(t.Context(), entries, &quoth.Checkpoint{Source: "lines", Done: (b + 1) * size, Mark: "m"}); err != nil {
				t.Errorf("batch %d: %v", b, err)
				return
			}
			if _, err := st.Candidates(t.Context(), []string{"hale"}); err != nil {
				t.Errorf("candidates after batch %d: %v", b, err)
				return
			}
			step <- b
		}
	})
	for range failures {
		for range batches / (failures + 1) {
			<-step
		}
		server.Down(t) // while the next batch is being kept
		server.Up(t)
	}
	work.Wait()
	checkRecord(t, st, batches*size)
	if at, err := st.Checkpoint(t.Context(), "lines"); err != nil || at.Done != batches*size {
		t.Errorf("checkpoint %+v, %v", at, err)
	}
}

// While the server is away readers are told so, and a writer gives up when its time is over.
func TestServerIsAway(t *testing.T) {
	server := pgtest.Start(t)
	st := open(t, server.Database(t))
	server.Down(t)
	if _, err := st.Statements(t.Context(), quoth.Query{}); quoth.CodeOf(err) != quoth.Unavailable {
		t.Errorf("a question: got %v, want code unavailable", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := st.Keep(ctx, []quoth.Entry{entryOf(1)}, nil); err == nil {
		t.Error("an article was kept by nobody")
	}
	server.Up(t)
	checkRecord(t, st, 0)
}

// Those who only read make no tables.
func TestOpenExistingMakesNothing(t *testing.T) {
	address := pgtest.Start(t).Database(t)
	for range 2 {
		if _, err := postgres.OpenExisting(t.Context(), address); quoth.CodeOf(err) != quoth.NotFound {
			t.Errorf("an empty database: got %v, want code not-found", err)
		}
	}
	open(t, address).Close()
	st, err := postgres.OpenExisting(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	st.Close()
}

func TestOpenRefuses(t *testing.T) {
	server := pgtest.Start(t)
	later := server.Database(t)
	open(t, later).Close()
	server.Psql(t, later, "insert into goose_db_version (version_id, is_applied) values (9999, true);")
	other := server.Database(t)
	server.Psql(t, other, "create table article (cake text);")
	for name, c := range map[string]struct {
		address, want string
		code          quoth.Code
	}{
		"no address":       {"postgres://a:geheim@[::1", "cannot be read", quoth.Invalid},
		"nobody there":     {"postgres://quoth:geheim@127.0.0.1:1/record", "cannot be reached", quoth.Unavailable},
		"no such database": {strings.Replace(later, "record1", "nothing", 1), "no database", quoth.NotFound},
		"a later version":  {later, "this Quoth knows", quoth.Invalid},
		"another's tables": {other, "no record of Quoth's", quoth.Invalid},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		_, err := postgres.Open(ctx, c.address)
		cancel()
		if quoth.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: got %v (%v), want %q", name, err, quoth.CodeOf(err), c.want)
		}
		if strings.Contains(fmt.Sprint(err), "geheim") {
			t.Errorf("%s: the password is in the message: %v", name, err)
		}
	}
}

// A record as an earlier version left it, dumped, is brought up to this one.
func TestOldDumpIsMigrated(t *testing.T) {
	dump, err := os.ReadFile("testdata/version1.sql")
	if err != nil {
		t.Fatal(err)
	}
	server := pgtest.Start(t)
	address := server.Database(t)
	server.Psql(t, address, string(dump))
	st := open(t, address)
	checkRecord(t, st, 1)
	if err := st.KeepFeedback(t.Context(), []quoth.FeedbackChange{{Feedback: quoth.Feedback{
		Receipt: strings.Repeat("a", 64), Kind: "article", Target: "article0001", Vote: quoth.Yes, Weight: 1, Minute: time.Unix(0, 0)}}}); err != nil {
		t.Errorf("what a later migration adds: %v", err)
	}
}

// What was undone before the record kept when is told by the audit log.
func TestOldUndoings(t *testing.T) {
	server := pgtest.Start(t)
	address := server.Database(t)
	st := open(t, address)
	check := storetest.Undone(t, st)
	check(st)
	server.Psql(t, address, storetest.BeforeUndone+"7;")
	check(open(t, address))
}
