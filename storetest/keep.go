package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
	"quoth/wording"
)

func testEmpty(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	for name, ask := range map[string]func() error{
		"article":   func() error { _, _, err := st.Article(ctx, "none", 0); return err },
		"revisions": func() error { _, err := st.Revisions(ctx, "none"); return err },
		"statement": func() error { _, err := st.Statement(ctx, "none"); return err },
		"history":   func() error { _, err := st.History(ctx, "none"); return err },
		"saying":    func() error { _, err := st.Saying(ctx, "none"); return err },
		"person":    func() error { _, err := st.Person(ctx, "none"); return err },
		"circle":    func() error { _, err := st.Circle(ctx, "none", 5); return err },
		"story":     func() error { _, err := st.Story(ctx, "none"); return err },
		"token":     func() error { _, err := st.Token(ctx, "none"); return err },
		"undo":      func() error { return st.Undo(ctx, 1, act("undo", "")) },
		"revoke":    func() error { return st.RevokeToken(ctx, "none", act("revoke-token", "token none")) },
	} {
		if err := ask(); quoth.CodeOf(err) != quoth.NotFound {
			t.Errorf("%s of an empty record: got error %v, want code not-found", name, err)
		}
	}
	if l, err := st.Statements(ctx, quoth.Query{}); err != nil || len(l.Items) != 0 || l.Next != "" {
		t.Errorf("statements of an empty record: got %v, %v", l, err)
	}
	if z, err := st.Size(ctx); err != nil || z.Articles != 0 || z.Statements != 0 {
		t.Errorf("size of an empty record: got %+v, %v", z, err)
	}
}

func testReading(t *testing.T, st quoth.Store) {
	e := entry(town[0])
	if err := st.Keep(t.Context(), []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	got, ref, err := st.Article(t.Context(), "a1", 0)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, e.Reading) {
		t.Errorf("the reading changed in the record:\ngot  %+v\nwant %+v", got, e.Reading)
	}
	if ref.Site != "herald.example" || ref.Revision != 1 || ref.Revisions != 1 || ref.Statements != 3 || ref.Story != "a1" {
		t.Errorf("article: got %+v", ref)
	}
	if _, _, err := st.Article(t.Context(), "a1", 2); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("a revision that is not: got %v", err)
	}
	one, err := st.Statement(t.Context(), e.Reading.Statements[1].ID)
	if err != nil || one.Article.ID != "a1" || one.Occurrences != 1 || !reflect.DeepEqual(one.Statement, e.Reading.Statements[1]) {
		t.Errorf("statement: got %+v, %v\nwant %+v", one, err, e.Reading.Statements[1])
	}
}

func testIdempotent(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	before, err := st.Size(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	keep(t, st, town...)
	after, err := st.Size(t.Context())
	before.Bytes, after.Bytes = 0, 0
	if err != nil || before != after {
		t.Errorf("kept twice: got %+v, want %+v (%v)", after, before, err)
	}
	if before.Articles != 3 || before.Statements != 6 || before.People != 3 || before.Sayings != 6 || before.Stories != 3 {
		t.Errorf("size: got %+v", before)
	}
}

// Who decides about entries is asked again when others wrote meanwhile, with what they wrote.
func testLastWord(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	sketch := []uint64{10, 20, 30, 40}
	words := "The harbour will have a new bridge before the summer ends."
	old, late := article{id: "old", day: "2026-04-01", sketch: sketch, says: []said{{who: "Zoë Hale", words: words}}}, article{id: "late", day: "2026-03-01", sketch: sketch, says: []said{{who: "Zoë Hale", words: words}}}
	keep(t, st, old)
	mark, err := st.Mark(ctx)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	mine := entry(article{id: "mine", day: "2026-04-02", sketch: sketch, says: []said{{who: "Zoë Hale", words: words}}})
	word := quoth.LastWord{Since: mark, Decide: func(ctx context.Context, news quoth.Known) error {
		asked++
		found, err := news.Wordings(ctx, wording.Sketch(words))
		if err != nil || len(found) != 1 || found[0].Article != "late" || found[0].Words != words {
			t.Errorf("new wordings: got %+v, %v", found, err)
		}
		copies, err := news.Copies(ctx, sketch)
		if err != nil || len(copies) != 1 || copies[0] != (quoth.Copied{ID: "late", Story: "late", Shared: 4, Of: 4}) {
			t.Errorf("new copies: got %+v, %v", copies, err)
		}
		mine.Story, mine.Sayings[mine.Reading.Statements[0].ID] = "late", found[0].Saying
		return err
	}}
	if err := st.Keep(ctx, nil, &quoth.Checkpoint{Source: "s", Done: 1}, word); err != nil || asked != 0 {
		t.Errorf("nothing was written, and it was asked %d times, %v", asked, err)
	}
	keep(t, st, late)
	entries := []quoth.Entry{mine}
	decide := word.Decide
	word.Decide = func(ctx context.Context, news quoth.Known) error {
		err := decide(ctx, news)
		entries[0] = mine
		return err
	}
	if err := st.Keep(ctx, entries, nil, word); err != nil || asked != 1 {
		t.Fatalf("asked %d times, %v", asked, err)
	}
	got, err := st.Statement(ctx, mine.Reading.Statements[0].ID)
	if err != nil || got.Saying != quoth.StatementID("late", words, 0) || got.Article.Story != "late" {
		t.Errorf("got %+v, %v", got, err)
	}
	other := entry(town[0])
	word.Decide = func(context.Context, quoth.Known) error { return &quoth.Error{Code: quoth.Invalid, Message: "no"} }
	wantCode(t, "a decision that fails", st.Keep(ctx, []quoth.Entry{other}, nil, word), quoth.Invalid)
	if _, _, err := st.Article(ctx, "a1", 0); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("kept all the same: %v", err)
	}
}

func testRevision(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	changed := town[0]
	changed.title = "Bridge closed for good"
	changed.says = []said{town[0].says[0], {who: "Ida Quill", words: "The report was on the mayor's desk in March."}}
	keep(t, st, changed)

	got, ref, err := st.Article(ctx, "a1", 0)
	if err != nil || ref.Revision != 2 || ref.Revisions != 2 || len(got.Statements) != 2 || got.Article.Title != "Bridge closed for good" {
		t.Errorf("newest revision: got %+v with %d statements, %v", ref, len(got.Statements), err)
	}
	old, ref, err := st.Article(ctx, "a1", 1)
	if err != nil || ref.Revision != 1 || len(old.Statements) != 3 || old.Article.Title != "Bridge closed" {
		t.Errorf("first revision: got %+v with %d statements, %v", ref, len(old.Statements), err)
	}
	revisions, err := st.Revisions(ctx, "a1")
	if err != nil || len(revisions) != 2 || revisions[0].Title != "Bridge closed" || revisions[1].Number != 2 || !revisions[1].At.Equal(now) {
		t.Errorf("revisions: got %+v, %v", revisions, err)
	}
	if got := find(t, st, "hundred years"); len(got) != 0 {
		t.Errorf("a statement that the page dropped is still found: %v", got)
	}
	if got := find(t, st, "march"); len(got) != 1 {
		t.Errorf("a statement that the page added is found %d times", len(got))
	}
	history, err := st.History(ctx, quoth.StatementID("a1", town[0].says[0].words, 0))
	if err != nil || len(history) != 2 || history[0].Revision != 1 || history[1].Revision != 2 {
		t.Errorf("history: got %+v, %v", history, err)
	}
	dropped, err := st.Statement(ctx, quoth.StatementID("a1", town[0].says[1].words, 0))
	if err != nil || dropped.Revision != 1 {
		t.Errorf("a dropped statement keeps its address: got %+v, %v", dropped, err)
	}
	if p, err := st.Person(ctx, "eric-moss"); err != nil || p.Statements != 0 || p.About != 2 || p.Articles != 2 {
		t.Errorf("counts of one whose statement was dropped: got %+v, %v", p, err)
	}
	held, err := st.Holdings(ctx, []string{"a1", "none"})
	if err != nil || len(held) != 1 || held["a1"].Revision != 2 || len(held["a1"].Statements) != 2 || held["a1"].Statements[1].Speaker != "Ida Quill" {
		t.Errorf("holdings: got %+v, %v", held, err)
	}
}

func testReread(t *testing.T, st quoth.Store) {
	keep(t, st, town[0])
	e := entry(town[0])
	e.Model = "test-2"
	e.Reading.Statements = e.Reading.Statements[:1]
	if err := st.Keep(t.Context(), []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	_, ref, err := st.Article(t.Context(), "a1", 0)
	if err != nil || ref.Revisions != 1 || ref.Statements != 1 {
		t.Errorf("read by another model: got %+v, %v", ref, err)
	}
	if z, err := st.Size(t.Context()); err != nil || z.Revisions != 1 || z.Statements != 1 {
		t.Errorf("size: got %+v, %v", z, err)
	}
}

func testAllOrNothing(t *testing.T, st quoth.Store) {
	good := entry(town[0])
	for name, spoil := range map[string]func(e *quoth.Entry){
		"no hash":          func(e *quoth.Entry) { e.Hash = "" },
		"no article":       func(e *quoth.Entry) { e.Reading.Article.ID = "" },
		"no content":       func(e *quoth.Entry) { e.Reading.Statements[0].Content = nil },
		"outside the text": func(e *quoth.Entry) { e.Reading.Statements[0].Content.Spans[0].End = 1 << 20 },
		"nobody's ID":      func(e *quoth.Entry) { e.Reading.Statements[0].Speaker.ID = "nobody" },
	} {
		bad := entry(town[1])
		spoil(&bad)
		err := st.Keep(t.Context(), []quoth.Entry{good, bad}, &quoth.Checkpoint{Source: "s", Done: 2})
		if quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%s: got error %v, want code invalid", name, err)
		}
	}
	if z, err := st.Size(t.Context()); err != nil || z.Articles != 0 || z.People != 0 {
		t.Errorf("something of a bad batch stayed: %+v, %v", z, err)
	}
	if c, err := st.Checkpoint(t.Context(), "s"); err != nil || c.Done != 0 {
		t.Errorf("the checkpoint of a bad batch stayed: %+v, %v", c, err)
	}
}

func testCancelled(t *testing.T, st quoth.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := st.Keep(ctx, []quoth.Entry{entry(town[0])}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want that the context was cancelled", err)
	}
	if z, err := st.Size(t.Context()); err != nil || z.Articles != 0 {
		t.Errorf("a cancelled batch was kept: %+v, %v", z, err)
	}
}

func testCheckpoints(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	if c, err := st.Checkpoint(ctx, "file"); err != nil || c != (quoth.Checkpoint{}) {
		t.Errorf("before the first: got %+v, %v", c, err)
	}
	for _, want := range []quoth.Checkpoint{{Source: "file", Done: 3, Mark: "x", Refused: 2}, {Source: "file", Done: 5, Mark: "y", Refused: 1}} {
		if err := st.Keep(ctx, nil, &want); err != nil {
			t.Fatal(err)
		}
		if got, err := st.Checkpoint(ctx, "file"); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func testRefusals(t *testing.T, st quoth.Store) {
	r := quoth.Refusal{Source: "file", Label: "file: line 7", Code: quoth.Invalid, Message: "is no JSON", At: now}
	// The same page refused again is one refusal.
	if err := errors.Join(st.Refuse(t.Context()), st.Refuse(t.Context(), r, r), st.Refuse(t.Context(), r)); err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]int{"": 1, "file": 1, "other": 0} {
		list, err := st.Refusals(t.Context(), source, 10)
		if err != nil || len(list) != want || want == 1 && list[0] != r {
			t.Errorf("refusals of %q: got %+v, %v", source, list, err)
		}
	}
}

func testTokens(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	want := quoth.Token{ID: "t1", Name: "importer", Hash: strings.Repeat("ab", 32), Scopes: []string{"articles:write"}, Created: now}
	if err := st.AddToken(ctx, want, act("add-token", "token t1")); err != nil {
		t.Fatal(err)
	}
	if got, err := st.Token(ctx, want.Hash); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	revoking := act("revoke-token", "token t1")
	revoking.At = now.Add(time.Hour)
	if err := st.RevokeToken(ctx, "t1", revoking); err != nil {
		t.Fatal(err)
	}
	if got, err := st.Token(ctx, want.Hash); err != nil || !got.Revoked.Equal(now.Add(time.Hour)) {
		t.Errorf("revoked: got %+v, %v", got, err)
	}
	if err := st.RevokeToken(ctx, "t1", act("revoke-token", "token t1")); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("revoked twice: got %v", err)
	}
	if acts, err := st.Acts(ctx, "token t1", 0, 10); err != nil || len(acts) != 2 || acts[1].Action != "revoke-token" {
		t.Errorf("the audit log: got %+v, %v", acts, err)
	}
	if list, err := st.Tokens(ctx); err != nil || len(list) != 1 {
		t.Errorf("tokens: got %+v, %v", list, err)
	}
}

func testReadings(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	var ids []string
	for r, err := range st.Readings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.Article.ID)
	}
	if want := []string{"a3", "a1", "a2"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
}

func testConcurrent(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	var work sync.WaitGroup
	articles := many(60)
	work.Go(func() {
		for i := range articles {
			if err := st.Keep(ctx, []quoth.Entry{entry(articles[i])}, &quoth.Checkpoint{Source: "s", Done: i + 1}); err != nil {
				t.Errorf("keep: %v", err)
			}
		}
	})
	for range 4 {
		work.Go(func() {
			for range 40 {
				l, err := st.Statements(ctx, quoth.Query{Speaker: "zoe-hale", Limit: 50})
				if err != nil {
					t.Errorf("ask: %v", err)
				}
				for _, r := range l.Items {
					if r.Content.Text == "" || r.Article.ID == "" {
						t.Errorf("half a statement: %+v", r)
					}
				}
			}
		})
	}
	work.Wait()
	if z, err := st.Size(ctx); err != nil || z.Articles != 60 || z.Statements != 120 {
		t.Errorf("size: got %+v, %v", z, err)
	}
}

// What databases do not take for text ends no import, in what a page says of itself or in what
// is said of one that cannot be read.
func testOddBytes(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	odd := article{id: "odd", site: "herald\x00.example", title: "Bridge\xff closed", says: []said{{who: "Zoë Hale", words: "It is closed."}}}
	if err := st.Keep(ctx, []quoth.Entry{entry(odd)}, nil); err != nil {
		t.Fatal(err)
	}
	got, ref, err := st.Article(ctx, "odd", 0)
	if err != nil || ref.Site != "herald\uFFFD.example" || ref.Title != "Bridge\uFFFD closed" || got.Article.Title != ref.Title {
		t.Errorf("got %+v, %+v, %v", got.Article, ref, err)
	}
	if a, err := st.Statements(ctx, quoth.Query{Outlet: ref.Site}); err != nil || len(a.Items) != 1 {
		t.Errorf("by its outlet: got %+v, %v", a, err)
	}
	long := "https://x.example/"
	for i := range 3000 {
		long += fmt.Sprint(i * 7919 % 9973)
	}
	if err := st.Keep(ctx, []quoth.Entry{entry(article{id: "long", site: long, title: long})}, &quoth.Checkpoint{Source: long, Done: 1}); err != nil {
		t.Fatal(err)
	}
	if at, err := st.Checkpoint(ctx, long); err != nil || at.Done != 1 {
		t.Errorf("a long source: got %+v, %v", at, err)
	}
	if err := st.Refuse(ctx, quoth.Refusal{Source: long, Label: long + "1", At: now}, quoth.Refusal{Source: long, Label: long + "2", At: now}); err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	words.WriteString("unending")
	for i := range 150_000 {
		fmt.Fprint(&words, " ", 7919*(i+1000)%1_000_003)
	}
	if err := st.Keep(ctx, []quoth.Entry{entry(article{id: "endless", says: []said{{who: "Zoë Hale", words: words.String()}}})}, nil); err != nil {
		t.Fatal(err)
	}
	if a, err := st.Statements(ctx, quoth.Query{Terms: []quoth.Term{{Words: []string{"unending"}}}}); err != nil || len(a.Items) != 1 {
		t.Errorf("a statement without end: got %d, %v", len(a.Items), err)
	}
	if list, err := st.Refusals(ctx, long, 3); err != nil || len(list) != 2 || !strings.HasPrefix(list[0].Label, long[:900]) {
		t.Errorf("long labels: got %+v, %v", list, err)
	}
	if err := st.Refuse(ctx, quoth.Refusal{Source: "file", Label: "https://x.example/\xff\x00", Message: "no \x00 text", At: now}); err != nil {
		t.Fatal(err)
	}
	if list, err := st.Refusals(ctx, "file", 1); err != nil || len(list) != 1 || list[0].Label != "https://x.example/\uFFFD\uFFFD" {
		t.Errorf("got %+v, %v", list, err)
	}
}

// What is coming counts as it will when it is there: with the newest articles of each other only.
func testTogetherWithComing(t *testing.T, st quoth.Store) {
	at := func(id, day string, who ...string) article {
		a := article{id: id, day: day}
		for _, name := range who {
			a.says = append(a.says, said{who: name, words: name + " of " + id + "."})
		}
		return a
	}
	keep(t, st, at("p0", "2026-01-02", "Zoë Hale", "Eric Moss"), at("p1", "2026-01-02", "Zoë Hale", "Tom Hale"))
	for i := range 47 {
		keep(t, st, at(fmt.Sprint("q", i), "2026-03-01", "Zoë Hale"))
	}
	later := []article{
		at("c0", "2026-04-01", "Ida Quill", "Zoë Hale"), // with it 50
		at("c1", "2026-01-01", "Max Orr", "Zoë Hale"),   // older than those
		at("c2", "2026-01-02", "Ann Moor", "Zoë Hale"),  // one of the day must go
		at("c3", "", "Jo March", "Zoë Hale"),
		at("c4", "2026-04-01", "Uma Reed", "Ida Quill"),
	}
	people := []string{"eric-moss", "tom-hale", "ida-quill", "max-orr", "ann-moor", "jo-march", "uma-reed"}
	others := []string{"zoe-hale", "ida-quill", "zoe-hale", "nobody"}
	var coming []quoth.Company
	for n := range len(later) + 1 {
		got, err := st.Together(t.Context(), people, others, coming...)
		if err != nil {
			t.Fatal(err)
		}
		if n < len(later) {
			names := map[string]bool{}
			for _, p := range entry(later[n]).People {
				names[p.ID] = true
			}
			coming = append(coming, quoth.Company{Published: later[n].day, People: names})
		}
		switch want := (map[string]int{"tom-hale": 1, "ida-quill": 1, "ann-moor": 1, "uma-reed": 1}); {
		case n == len(later) && !maps.Equal(got, want):
			t.Errorf("with all that is coming: got %v, want %v", got, want)
		case n == 1 && (got["eric-moss"] != 1 || got["ida-quill"] != 1):
			t.Errorf("with one: got %v", got)
		}
	}
	as, err := st.Together(t.Context(), people, others, coming...)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, st, later...)
	if is, err := st.Together(t.Context(), people, others); err != nil || !maps.Equal(as, is) {
		t.Errorf("foretold %v, then it was %v, %v", as, is, err)
	}
}
