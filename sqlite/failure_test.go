package sqlite_test

import (
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"quoth"
	"quoth/sqlite"
	"quoth/storetest"
)

// entryOf is a small entry without people.
func entryOf(id, words string) quoth.Entry {
	span := quoth.Span{Start: 0, End: len(words)}
	return quoth.Entry{
		Hash: quoth.HashOf(quoth.Article{Text: words}), Model: "test", At: time.Unix(0, 0),
		Reading: quoth.Reading{
			Article:    quoth.Article{ID: id, Text: words},
			Statements: []quoth.Statement{{ID: id + "-1", Kind: quoth.Direct, Content: &quoth.Role{Spans: []quoth.Span{span}, Text: words}}},
		},
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, write func(path string)) string {
		path := filepath.Join(dir, name)
		write(path)
		return path
	}
	script := func(path, query string) {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		path, want string
		code       quoth.Code
	}{
		"no database":        {file("text.db", func(p string) { os.WriteFile(p, []byte(strings.Repeat("words ", 1000)), 0o666) }), "is no database", quoth.Invalid},
		"another's database": {file("other.db", func(p string) { script(p, "create table recipes (cake text)") }), "no record of Quoth's", quoth.Invalid},
		"a record of a later version": {file("later.db", func(p string) {
			st, err := sqlite.Open(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			st.Close()
			script(p, "insert into goose_db_version (version_id, is_applied) values (9999, 1)")
		}), "this Quoth knows", quoth.Invalid},
		"a folder":                {dir, "cannot be opened", quoth.Unavailable},
		"a folder that is a file": {filepath.Join(dir, "text.db", "r.db"), "cannot be made", quoth.Unavailable},
	} {
		_, err := sqlite.Open(t.Context(), c.path)
		if quoth.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v of code %s, want %q of code %s", name, err, quoth.CodeOf(err), c.want, c.code)
		}
	}
}

func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	st, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := st.Keep(t.Context(), []quoth.Entry{entryOf("first", "This was kept while there was room.")}, nil); err != nil {
		t.Fatal(err)
	}
	release := st.LimitPages(t, 120)
	var big []quoth.Entry
	for i := range 300 {
		big = append(big, entryOf("big"+string(rune('a'+i%26))+strings.Repeat("x", i), randomWords(i, 2000)))
	}
	if err := st.Keep(t.Context(), big, &quoth.Checkpoint{Source: "s", Done: 300}); quoth.CodeOf(err) != quoth.TooLarge {
		t.Fatalf("a full disk: got %v, want code too-large", err)
	}
	if z, err := st.Size(t.Context()); err != nil || z.Articles != 1 {
		t.Errorf("after a full disk: got %+v, %v", z, err)
	}
	release()
	if err := st.Keep(t.Context(), big, &quoth.Checkpoint{Source: "s", Done: 300}); err != nil {
		t.Errorf("when there is room again: %v", err)
	}
	if wrong, err := st.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the record does not check: %v, %v", wrong, err)
	}
}

// randomWords are words that do not pack well.
func randomWords(seed, n int) string {
	var b strings.Builder
	x := uint32(seed)*2654435761 + 1
	for range n {
		x = x*1664525 + 1013904223
		b.WriteByte('a' + byte(x>>24)%26)
		if x>>16%6 == 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func TestDamagedFileIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	st, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var entries []quoth.Entry
	for i := range 200 {
		entries = append(entries, entryOf("a"+strings.Repeat("b", i), randomWords(i, 3000)))
	}
	if err := st.Keep(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(b) / 3; i < len(b)/3+64<<10; i++ {
		b[i] ^= 0x5a
	}
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	st, err = sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatalf("a record that is damaged in the middle does not open: %v", err)
	}
	defer st.Close()
	wrong, err := st.Check(t.Context())
	if err == nil && len(wrong) == 0 {
		t.Error("the damage is not found")
	}
}

func TestBackupIsARecord(t *testing.T) {
	dir := t.TempDir()
	st, err := sqlite.Open(t.Context(), filepath.Join(dir, "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := st.Keep(t.Context(), []quoth.Entry{entryOf("a", "Words to be kept.")}, nil); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, "copy.db")
	if err := st.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if err := st.Backup(t.Context(), to); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("a second time into the same file: %v", err)
	}
	for _, nowhere := range []string{"", filepath.Join(dir, "nothing", "copy.db"), filepath.Join(dir, "record.db")} {
		err := st.Backup(t.Context(), nowhere)
		var shown *quoth.Error
		if !errors.As(err, &shown) || strings.Contains(shown.Message, "record.db cannot") {
			t.Errorf("a copy into %q: %v", nowhere, err)
		}
	}
	t.Chdir(dir)
	if err := st.Backup(t.Context(), "file:odd.db?mode=memory"); err != nil {
		t.Errorf("a copy with an odd name: %v", err)
	}
	if _, err := os.Stat("file:odd.db?mode=memory"); err != nil {
		t.Errorf("a copy with an odd name: %v", err)
	}
	other, err := sqlite.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if z, err := other.Size(t.Context()); err != nil || z.Articles != 1 {
		t.Errorf("the copy: %+v, %v", z, err)
	}
}

func TestTwoWritersWaitForEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	done := make(chan error, 2)
	for w := range 2 {
		st, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		go func() {
			for i := range 50 {
				id := string(rune('a'+w)) + string(rune('A'+i))
				if err := st.Keep(context.Background(), []quoth.Entry{entryOf(id, "Words of "+id)}, nil); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	st, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if z, err := st.Size(t.Context()); err != nil || z.Articles != 100 {
		t.Errorf("got %+v, %v", z, err)
	}
}

// A record as an earlier version left it is brought up to this one.
func TestOldRecordIsMigrated(t *testing.T) {
	f, err := os.Open("testdata/version1.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	old, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	st, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if size, err := st.Size(t.Context()); err != nil || size.Articles != 1 || size.Statements != 1 {
		t.Errorf("got %+v, %v", size, err)
	}
	if wrong, err := st.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the record does not check: %v, %v", wrong, err)
	}
	if err := st.KeepFeedback(t.Context(), []quoth.FeedbackChange{{Feedback: quoth.Feedback{
		Receipt: strings.Repeat("a", 64), Kind: "article", Target: "article0001", Vote: quoth.Yes, Weight: 1, Minute: time.Unix(0, 0)}}}); err != nil {
		t.Errorf("what a later migration adds: %v", err)
	}
}

// What was undone before the record kept when is told by the audit log.
func TestOldUndoings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	st, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	check := storetest.Undone(t, st)
	check(st)
	st.Tamper(t, storetest.BeforeUndone+"5")
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if st, err = sqlite.Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	check(st)
}

// The audit log tells when a line of it was changed or left out.
func TestAuditLogTellsTampering(t *testing.T) {
	for name, c := range map[string]struct{ query, want string }{
		"another actor":     {"update act set actor = 'nobody' where seq = 2", "line 2 of the audit log was changed"},
		"another time":      {"update act set at = '2020-01-01T00:00:00Z' where seq = 2", "line 2 of the audit log was changed"},
		"a line left out":   {"delete from act where seq = 2", "the audit log has a gap before line 3"},
		"the first one":     {"delete from act where seq = 1", "the audit log has a gap before line 2"},
		"left out, pushed":  {"delete from act where seq = 2; update act set seq = 2 where seq = 3", "line 2 of the audit log was changed"},
		"two lines swapped": {"update act set seq = 9 where seq = 1; update act set seq = 1 where seq = 2; update act set seq = 2 where seq = 9", "line 1 of the audit log was changed"},
	} {
		st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "r.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		for i := range 3 {
			account := quoth.Account{Name: "ed" + strconv.Itoa(i), Role: quoth.DeskEditor, Created: time.Unix(0, 0)}
			if err := st.AddAccount(t.Context(), account, quoth.Act{At: time.Unix(0, 0), Actor: "me", Action: "add-account", Subject: "account " + account.Name}); err != nil {
				t.Fatal(err)
			}
		}
		if wrong, err := st.Check(t.Context()); err != nil || len(wrong) > 0 {
			t.Fatalf("before: %v, %v", wrong, err)
		}
		st.Tamper(t, c.query)
		if wrong, err := st.Check(t.Context()); err != nil || len(wrong) != 1 || wrong[0] != c.want {
			t.Errorf("%s: got %q, %v, want %q", name, wrong, err, c.want)
		}
	}
}

// Words that are not those of the page any more are found, and so is a text that cannot be read.
func TestCheckTellsOtherWords(t *testing.T) {
	const text = "“The ferry stays,” said Zoë Hale."
	span := quoth.Span{Start: 0, End: strings.Index(text, " said")}
	for name, c := range map[string]struct{ query, want string }{
		"a letter":            {"update statement set content = replace(content, 'stays', 'slays')", "the words of statement s1 do not stand in its article"},
		"a statement's parts": {"update statement set rest = cast(substr(rest, 1, length(rest) - 5) || 'wrong' as blob)", "statement s1 cannot be read: "},
		"the text":            {"update revision set reading = cast(substr(reading, 1, length(reading) - 5) || 'wrong' as blob)", "revision 1 of article a1 cannot be read: "},
	} {
		st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "r.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		entry := quoth.Entry{Hash: "h", Model: "m", Reading: quoth.Reading{Article: quoth.Article{ID: "a1", Text: text},
			Statements: []quoth.Statement{{ID: "s1", Kind: quoth.Direct, Content: quoth.NewRole(text, []quoth.Span{span})}}}}
		if err := st.Keep(t.Context(), []quoth.Entry{entry}, nil); err != nil {
			t.Fatal(err)
		}
		if wrong, err := st.Check(t.Context()); err != nil || len(wrong) > 0 {
			t.Fatalf("before: %v, %v", wrong, err)
		}
		st.Tamper(t, c.query)
		if wrong, err := st.Check(t.Context()); err != nil || len(wrong) == 0 || !strings.HasPrefix(wrong[0], c.want) {
			t.Errorf("%s: got %q, %v, want %q", name, wrong, err, c.want)
		}
	}
}
