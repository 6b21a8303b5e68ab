// Package storetest is the contract of quoth.Store as a suite of tests: whatever keeps
// the record has to pass it. It is imported by tests only.
package storetest

import (
	"cmp"
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

// Run runs the suite. Open returns a new, empty record each time, which the suite closes.
func Run(t *testing.T, open func(t *testing.T) quoth.Store) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, st quoth.Store)
	}{
		{"Empty", testEmpty},
		{"ReadingComesBackAsItWas", testReading},
		{"KeepingTwiceChangesNothing", testIdempotent},
		{"LastWordKnowsWhatIsNew", testLastWord},
		{"ChangedPageIsARevision", testRevision},
		{"OtherModelReplaces", testReread},
		{"BadEntryKeepsNothing", testAllOrNothing},
		{"CancelledKeepsNothing", testCancelled},
		{"Search", testSearch},
		{"SearchOfManyYears", testManyYears},
		{"HostileSearch", testHostile},
		{"Filters", testFilters},
		{"OpenDays", testOpenDays},
		{"Pages", testPages},
		{"PagesWhileTheRecordGrows", testGrowingPages},
		{"PagesByRelevanceWhileTheRecordGrows", testGrowingRelevance},
		{"Highlights", testHighlights},
		{"Facets", testFacets},
		{"Sayings", testSayings},
		{"Stories", testStories},
		{"Candidates", testCandidates},
		{"Together", testTogether},
		{"TogetherWithWhatIsComing", testTogetherWithComing},
		{"People", testPeople},
		{"Circle", testCircle},
		{"Presences", testPresences},
		{"Tones", testTones},
		{"MergeAndUndo", testMerge},
		{"MergeReadAgainAndUndo", testMergeReread},
		{"MergeCorrectAndUndo", testMergeCorrect},
		{"NamedInBackground", testBackground},
		{"AliasesCountArticles", testAliases},
		{"SplitAndUndo", testSplit},
		{"Rename", testRename},
		{"HideAndUndo", testHide},
		{"Months", testMonths},
		{"Trending", testTrending},
		{"Checkpoints", testCheckpoints},
		{"Refusals", testRefusals},
		{"OddBytes", testOddBytes},
		{"Tokens", testTokens},
		{"Feedback", testFeedback},
		{"Accounts", testAccounts},
		{"Cases", testCases},
		{"Letters", testLetters},
		{"CorrectAndUndo", testCorrect},
		{"TwoEditorsAtOnce", testTwoEditors},
		{"TakeAwayAndGiveBack", testTakeAway},
		{"RedactedWordsAreNowhere", testRedacted},
		{"CorrectionsOutlastReadings", testCorrectedAgain},
		{"StonesOutlastReadings", testStones},
		{"ProposeAndDecide", testPropose},
		{"Readings", testReadings},
		{"ReadersBesideAWriter", testConcurrent},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := open(t)
			defer func() {
				wrong, err := st.Check(t.Context())
				if err != nil || len(wrong) > 0 {
					t.Errorf("the record does not check: %v, %v", wrong, err)
				}
				if err := st.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			}()
			c.test(t, st)
		})
	}
}

// said is one statement of a test article.
type said struct {
	who, words string
	about      []string
	told       string
	day        string // of saying, EDTF
	medium     string
	kind       quoth.Kind
	saying     string
}

// article is a test article.
type article struct {
	id, site, title, day string
	says                 []said
	hash                 string // "" is one made of the words
	story                string
	sketch               []uint64
}

// now is when test entries were read.
var now = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// slug is the ID of a person of a test.
func slug(name string) string { return strings.ReplaceAll(wording.Fold(name), " ", "-") }

// entry makes an entry: the text is the words of the statements, one a line.
func entry(a article) quoth.Entry {
	var e quoth.Entry
	e.Model, e.At, e.Story, e.Sketch = "test-1", now, a.story, a.sketch
	e.Sayings, e.Sketches = map[string]string{}, map[string][]uint64{}
	r := &e.Reading
	r.Article = quoth.Article{ID: a.id, URL: "https://" + cmp.Or(a.site, "x.example") + "/" + a.id, Site: a.site, Title: a.title, Language: "en"}
	if a.day != "" {
		r.Article.Published = quoth.Published{EDTF: a.day, From: "meta", Confidence: 0.9}
	}
	people := map[string]bool{}
	enter := func(name string) string {
		if name == "" || strings.ToLower(name) == name {
			return "" // a description is nobody of the record's
		}
		if !people[name] {
			people[name] = true
			e.People = append(e.People, quoth.Person{ID: slug(name), Name: name, Kind: quoth.PersonParty, Aliases: []quoth.Alias{{Name: name}}})
		}
		return slug(name)
	}
	for i, s := range a.says {
		start := len(r.Article.Text)
		r.Article.Text += s.words + "\n"
		span := quoth.Span{Start: start, End: start + len(s.words)}
		st := quoth.Statement{
			ID: quoth.StatementID(a.id, s.words, 0), Kind: cmp.Or(s.kind, quoth.Direct), Medium: cmp.Or(s.medium, quoth.UnknownMedium),
			Content: &quoth.Role{Spans: []quoth.Span{span}, Text: s.words}, Confidence: 0.75, Factuality: quoth.Factual, About: []quoth.Party{},
		}
		if s.who != "" {
			st.Speaker = &quoth.Speaker{Name: s.who, Kind: quoth.PersonParty, Mention: "she", ID: enter(s.who)}
			if st.Speaker.ID == "" {
				st.Speaker.Kind = quoth.AnonymousParty
			}
		}
		for _, name := range s.about {
			st.About = append(st.About, quoth.Party{Name: name, Kind: quoth.PersonParty, ID: enter(name)})
		}
		if s.told != "" {
			st.Addressee = &quoth.Addressee{Name: s.told, Kind: quoth.PersonParty, Span: span, ID: enter(s.told)}
		}
		if s.day != "" {
			st.Said = &quoth.Said{EDTF: s.day, Evidence: quoth.Span{Start: start, End: start + 1}, Text: s.words[:1]}
		}
		if s.saying != "" {
			e.Sayings[st.ID] = s.saying
		}
		e.Sketches[st.ID] = wording.Sketch(s.words)
		r.Statements = append(r.Statements, st)
		r.Article.Blocks = append(r.Article.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: span})
		if i == 0 && s.day != "" {
			r.Background = []quoth.Background{{ID: "b1", Span: span, Text: s.words, When: *st.Said, About: []quoth.Party{}}}
		}
	}
	e.Hash = cmp.Or(a.hash, quoth.HashOf(r.Article))
	return e
}

// keep keeps articles and fails the test when that cannot be done.
func keep(t *testing.T, st quoth.Store, articles ...article) {
	t.Helper()
	entries := make([]quoth.Entry, len(articles))
	for i, a := range articles {
		entries[i] = entry(a)
	}
	if err := st.Keep(t.Context(), entries, nil); err != nil {
		t.Fatalf("keep: %v", err)
	}
}

// town is a small record that most tests ask.
var town = []article{
	{id: "a1", site: "herald.example", title: "Bridge closed", day: "2026-04-17", says: []said{
		{who: "Zoë Hale", words: "The old bridge is not safe any more, and I will not let anybody cross it.", about: []string{"Eric Moss"}, day: "2026-04-16", medium: "speech"},
		{who: "Eric Moss", words: "That bridge would have stood for another hundred years.", about: []string{"Zoë Hale"}, told: "Zoë Hale", day: "2026-04", medium: "interview", kind: quoth.Indirect},
		{who: "a resident", words: "Nobody told us that the ferry would cost more."},
	}},
	{id: "a2", site: "observer.example", title: "Ferry plans", day: "2026-04-20", says: []said{
		{who: "Zoë Hale", words: "The ferry will run from May.", day: "2026-04-19/2026-04-20", medium: "statement"},
		{who: "Ida Quill", words: "Resigning was the only way out for the mayor.", about: []string{"Zoë Hale", "Eric Moss"}, day: "2019", kind: quoth.Mixed},
	}},
	{id: "a3", site: "herald.example", title: "Undated", says: []said{
		{who: "Zoë Hale", words: "I've walked over that bridge every day."},
	}},
}

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

// find returns the contents that a typed query finds, in order.
func find(t *testing.T, st quoth.Store, typed string) []string {
	t.Helper()
	q, err := quoth.ParseQuery(typed)
	if err != nil {
		t.Fatalf("query %q: %v", typed, err)
	}
	return ask(t, st, q)
}

// ask returns the beginnings of what a query finds.
func ask(t *testing.T, st quoth.Store, q quoth.Query) []string {
	t.Helper()
	l, err := st.Statements(t.Context(), q)
	if err != nil {
		t.Fatalf("query %+v: %v", q, err)
	}
	words := []string{}
	for _, r := range l.Items {
		words = append(words, strings.Join(strings.Fields(r.Content.Text)[:2], " "))
	}
	return words
}

func testSearch(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"bridge", []string{"I've walked", "That bridge", "The old"}},
		{"BRIDGE safe", []string{"The old"}},
		{`"old bridge"`, []string{"The old"}},
		{`"bridge old"`, nil},
		{"resign", nil},
		{"resign*", []string{"Resigning was"}},
		{`"another hund*`, []string{"That bridge"}},
		{"bridge -hundred", []string{"I've walked", "The old"}},
		{`bridge -"old bridge"`, []string{"I've walked", "That bridge"}},
		{"-bridge -ferry", []string{"Resigning was"}},
		{"zoe", []string{"I've walked", "Resigning was", "That bridge", "The ferry", "The old"}},
		{"speaker:zoe ferry", []string{"The ferry"}},
		{"speaker:Hale", []string{"I've walked", "The ferry", "The old"}},
		{`speaker:"zoë hale" about:moss`, []string{"The old"}},
		{`about:"Zoë Hale"`, []string{"Resigning was", "That bridge"}},
		{`about:"Hale Eric"`, nil},
		{"content:hale", nil},
		{"I've", []string{"I've walked"}},
		{"resident", []string{"Nobody told"}},
		{"outlet:observer.example", []string{"Resigning was", "The ferry"}},
		{"outlet:observer", nil},
		{"kdirect", nil},  // a filter is no word
		{`"it zoe"`, nil}, // nor do words and speaker make a phrase
		{"medium:speech", []string{"The old"}},
		{"medium:unknown", []string{"I've walked", "Nobody told", "Resigning was"}},
		{"kind:mixed", []string{"Resigning was"}},
		{"article:a2", []string{"Resigning was", "The ferry"}},
		{"said:2026-04-19", []string{"That bridge", "The ferry"}},
		{"said:2019/2020", []string{"Resigning was"}},
		{"said:../2025", []string{"Resigning was"}},
		{"published:2026-04-18/..", []string{"Resigning was", "The ferry"}},
		{"published:2026 bridge", []string{"That bridge", "The old"}},
		{"bridge outlet:herald.example kind:indirect said:2026", []string{"That bridge"}},
		{"!!! ...", []string{"I've walked", "Nobody told", "Resigning was", "That bridge", "The ferry", "The old"}},
	} {
		got := find(t, st, c.typed)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.typed, got, c.want)
		}
	}
}

// What is rare is found however much was said since, and comes in the order of printing,
// with one article whose date lies far ahead, one without a date and pages in between.
func testManyYears(t *testing.T, st quoth.Store) {
	at := func(id, day string, words ...string) {
		a := article{id: id, site: "herald.example", day: day}
		for _, w := range words {
			a.says = append(a.says, said{who: "Zoë Hale", words: w})
		}
		keep(t, st, a)
	}
	at("undated", "", "Lanterns at last, undated.")
	at("old", "1998-02-03", "Lanterns in the old days.", "A kiln of clay.")
	for year := 2000; year < 2020; year++ {
		words := []string{fmt.Sprintf("Lanterns again in %d.", year)}
		for i := range 130 {
			words = append(words, fmt.Sprintf("Talk number %d of the year %d goes on.", i, year))
		}
		at(fmt.Sprintf("year%d", year), fmt.Sprintf("%d-06-01", year), words...)
	}
	at("ahead", "2050-01-01", "Lanterns ahead of time.")
	want := []string{"Lanterns ahead"}
	for range 20 {
		want = append(want, "Lanterns again")
	}
	want = append(want, "Lanterns in", "Lanterns at")
	for typed, want := range map[string]int{
		"lanterns": 23, "kiln": 1, "kiln published:1998": 1, "kiln published:1998/1999": 1, "kiln published:1999/..": 0,
		"lanterns published:2003/2005": 3, "lanterns published:../1998": 1, "lanterns article:old": 1, "talk published:2001": 50,
	} {
		q, err := quoth.ParseQuery(typed)
		if err != nil {
			t.Fatal(err)
		}
		q.Limit = 50
		if got := ask(t, st, q); len(got) != want {
			t.Errorf("%s: got %d, want %d: %q", typed, len(got), want, got)
		}
	}
	q, err := quoth.ParseQuery("lanterns")
	if err != nil {
		t.Fatal(err)
	}
	q.Sort, q.Limit = quoth.ByPublished, 4
	var paged []string
	for {
		answer, err := st.Statements(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range answer.Items {
			paged = append(paged, strings.Join(strings.Fields(r.Content.Text)[:2], " "))
		}
		if q.Cursor = answer.Next; q.Cursor == "" {
			break
		}
	}
	if !slices.Equal(paged, want) {
		t.Errorf("in pages: got %q, want %q", paged, want)
	}
	if f, err := st.Facets(t.Context(), quoth.Query{Terms: q.Terms}); err != nil || f.Total != 23 {
		t.Errorf("facets: got %d of 23, %v", f.Total, err)
	}
	allInOrder(t, st, "talk", 20*130)
}

// allInOrder goes through all that a search finds, the newest first.
func allInOrder(t *testing.T, st quoth.Store, typed string, want int) {
	t.Helper()
	q, err := quoth.ParseQuery(typed)
	if err != nil {
		t.Fatal(err)
	}
	q.Sort, q.Limit = quoth.ByPublished, 70
	var days []string
	found := map[string]bool{}
	for {
		answer, err := st.Statements(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range answer.Items {
			found[r.ID] = true
			days = append(days, r.Article.Published)
		}
		if q.Cursor = answer.Next; q.Cursor == "" {
			break
		}
	}
	if len(found) != want || len(days) != want {
		t.Errorf("%s: got %d statements, %d times, want %d", typed, len(found), len(days), want)
	}
	if !slices.IsSortedFunc(days, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("%s: not in order: %q", typed, slices.Compact(days))
	}
}

func testHostile(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for _, typed := range []string{
		`'`, `"`, `""`, `'; drop table article; --`, `" OR 1=1 --`, `NEAR(bridge, 2)`, `bridge AND`, `NOT`, `OR OR`, `*`, `^bridge`, `content:`, `speaker:"`,
		`tags:kdirect`, `{content}:x`, `a"b"c`, "\x00", "bridge\x00", `\`, `%`, `_`, `$1`, `?`, `:x`, `&|!<->`, `bridge:*`, strings.Repeat("(", 1000), strings.Repeat("a", 100000), "\u202e", "🌉",
	} {
		q, err := quoth.ParseQuery(typed)
		if err != nil {
			if quoth.CodeOf(err) != quoth.Invalid {
				t.Errorf("%.40q: parse: %v", typed, err)
			}
			continue
		}
		for _, q := range []quoth.Query{q, {Outlet: typed}, {Medium: typed}, {Article: typed}, {Speaker: typed}, {About: typed}} {
			if _, err := st.Statements(t.Context(), q); err != nil {
				t.Errorf("%.40q: %v", typed, err)
			}
			if _, err := st.Facets(t.Context(), q); err != nil {
				t.Errorf("facets of %.40q: %v", typed, err)
			}
		}
		if _, err := st.People(t.Context(), quoth.PeopleQuery{Text: typed}); err != nil {
			t.Errorf("people of %.40q: %v", typed, err)
		}
		for _, order := range quoth.Sorts() {
			if _, err := st.Statements(t.Context(), quoth.Query{Cursor: "#" + typed, Sort: order}); quoth.CodeOf(err) != quoth.Invalid {
				t.Errorf("cursor %.40q by %s: got error %v, want code invalid", typed, order, err)
			}
		}
	}
	for _, q := range []quoth.Query{{Limit: -1}, {Limit: quoth.MaxLimit + 1}, {Sort: "worst"}} {
		if _, err := st.Statements(t.Context(), q); quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%+v: got error %v, want code invalid", q, err)
		}
	}
	if z, err := st.Size(t.Context()); err != nil || z.Statements != 6 {
		t.Errorf("size: got %+v, %v", z, err)
	}
}

func testFilters(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for name, c := range map[string]struct {
		q    quoth.Query
		want []string
	}{
		"all, the newest first, undated last": {quoth.Query{}, []string{"Resigning was", "The ferry", "Nobody told", "That bridge", "The old", "I've walked"}},
		"by day of saying":                    {quoth.Query{Sort: quoth.BySaid}, []string{"That bridge", "The ferry", "The old", "Resigning was"}},
		"a speaker":                           {quoth.Query{Speaker: "zoe-hale"}, []string{"The ferry", "The old", "I've walked"}},
		"a pair":                              {quoth.Query{Speaker: "zoe-hale", About: "eric-moss"}, []string{"The old"}},
		"the other way":                       {quoth.Query{Speaker: "eric-moss", About: "zoe-hale"}, []string{"That bridge"}},
		"told":                                {quoth.Query{Told: "zoe-hale"}, []string{"That bridge"}},
		"told by a speaker":                   {quoth.Query{Speaker: "zoe-hale", Told: "zoe-hale"}, []string{}},
		"nobody":                              {quoth.Query{Speaker: "nobody"}, []string{}},
	} {
		if got := ask(t, st, c.q); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// What has no date was not printed before any day; what was said at a time that is open at one
// end was said on all days of it.
func testOpenDays(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	keep(t, st, article{id: "o1", says: []said{{who: "Ida Quill", words: "From then on.", day: "2026-05/.."}, {who: "Ida Quill", words: "Until then only.", day: "../2018"}}})
	for edtf, want := range map[string][]string{"../2030": {"a2", "a1"}, "2000/..": {"a2", "a1"}, "../2026-04-17": {"a1"}} {
		days, ok := quoth.DaysOf(edtf)
		found, err := st.Articles(t.Context(), quoth.ArticleQuery{Published: days})
		var got []string
		for _, a := range found.Items {
			got = append(got, a.ID)
		}
		if !ok || err != nil || !slices.Equal(got, want) {
			t.Errorf("articles of %s: got %q, %v, want %q", edtf, got, err, want)
		}
	}
	for typed, want := range map[string][]string{
		"said:2027": {"From then"}, "said:2017": {"Until then"}, "said:../2018": {"Until then"}, "said:2026-06/..": {"From then"}, "said:2018/2019": {"Resigning was", "Until then"}, "said:2022": {},
	} {
		got := find(t, st, typed)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

// many makes n articles of two statements each.
func many(n int) []article {
	list := make([]article, n)
	for i := range list {
		list[i] = article{id: fmt.Sprintf("m%03d", i), site: fmt.Sprintf("s%d.example", i%3), day: fmt.Sprintf("2026-03-%02d", 1+i%28), says: []said{
			{who: "Zoë Hale", words: fmt.Sprintf("Number %d of the bridge is here today.", i), day: fmt.Sprintf("2026-02-%02d", 1+i%7)},
			{who: fmt.Sprintf("Witness %c%d", 'A'+rune(i%26), i), words: fmt.Sprintf("Answer %d was given to the mayor.", i), about: []string{"Zoë Hale"}},
		}}
	}
	return list
}

func testPages(t *testing.T, st quoth.Store) {
	keep(t, st, many(50)...)
	bridge, err := quoth.ParseQuery("bridge")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		q    quoth.Query
		want int
	}{{quoth.Query{}, 100}, {quoth.Query{Sort: quoth.BySaid}, 50}, {bridge, 50}, {quoth.Query{Sort: quoth.ByPublished, Terms: bridge.Terms}, 50}, {quoth.Query{Speaker: "zoe-hale"}, 50}} {
		seen := map[string]bool{}
		q := c.q
		q.Limit = 7
		for pages := 0; ; pages++ {
			l, err := st.Statements(t.Context(), q)
			if err != nil || len(l.Items) > 7 || pages > 20 {
				t.Fatalf("%+v: page %d of %d statements, %v", q, pages, len(l.Items), err)
			}
			for _, r := range l.Items {
				if seen[r.ID] {
					t.Errorf("%+v: %s comes twice", q, r.ID)
				}
				seen[r.ID] = true
			}
			if q.Cursor = l.Next; l.Next == "" {
				break
			}
		}
		if len(seen) != c.want {
			t.Errorf("%+v: got %d statements, want %d", c.q, len(seen), c.want)
		}
	}
	articles := 0
	for q := (quoth.ArticleQuery{Limit: 8}); ; {
		l, err := st.Articles(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		articles += len(l.Items)
		if q.Cursor = l.Next; l.Next == "" {
			break
		}
	}
	people := map[string]bool{}
	for q := (quoth.PeopleQuery{Limit: 8}); ; {
		l, err := st.People(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range l.Items {
			people[p.ID] = true
		}
		if q.Cursor = l.Next; l.Next == "" {
			break
		}
	}
	if articles != 50 || len(people) != 51 {
		t.Errorf("got %d articles and %d people, want 50 and 51", articles, len(people))
	}
}

func testGrowingPages(t *testing.T, st quoth.Store) {
	all := many(40)
	keep(t, st, all[:20]...)
	q := quoth.Query{Limit: 10}
	first, err := st.Statements(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, st, all[20:]...)
	seen := map[string]bool{}
	for _, r := range first.Items {
		seen[r.ID] = true
	}
	for q.Cursor = first.Next; q.Cursor != ""; {
		l, err := st.Statements(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range l.Items {
			if seen[r.ID] {
				t.Errorf("%s comes twice", r.ID)
			}
			seen[r.ID] = true
		}
		q.Cursor = l.Next
	}
	for _, a := range all[:20] {
		for _, s := range a.says {
			if !seen[quoth.StatementID(a.id, s.words, 0)] {
				t.Errorf("%q was left out", s.words)
			}
		}
	}
}

// Pages by relevance hold what they would have held, whatever older pages are read meanwhile.
func testGrowingRelevance(t *testing.T, st quoth.Store) {
	words := func(i int) string {
		return fmt.Sprintf("the harbour number %d and nothing more %swas said then", i, strings.Repeat("harbour ", i%3))
	}
	for i := range 50 {
		keep(t, st, article{id: fmt.Sprintf("r%02d", i), day: fmt.Sprintf("2026-04-%02d", 1+i%2), says: []said{{who: "Ida Quill", words: words(i)}}})
	}
	q := quoth.Query{Terms: []quoth.Term{{Words: []string{"harbour"}}}, Limit: 20}
	seen := map[string]int{}
	for page := 0; ; page++ {
		a, err := st.Statements(t.Context(), q)
		if err != nil || page > 5 {
			t.Fatal(page, err)
		}
		for _, s := range a.Items {
			seen[s.ID]++
		}
		for i := range 5 {
			for _, day := range []string{"2026-03-01", "2026-04-01"} {
				keep(t, st, article{id: fmt.Sprintf("%s%d-%d", day, page, i), day: day, says: []said{{who: "Ida Quill", words: fmt.Sprintf("harbour harbour %d%d", page, i)}}})
			}
		}
		if q.Cursor = a.Next; a.Next == "" {
			break
		}
	}
	for i := range 50 {
		if n := seen[quoth.StatementID(fmt.Sprintf("r%02d", i), words(i), 0)]; n != 1 {
			t.Errorf("number %d was shown %d times", i, n)
		}
	}
	for id, n := range seen {
		if n > 1 {
			t.Errorf("%s was shown %d times", id, n)
		}
	}
}

func testHighlights(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for typed, want := range map[string][]string{
		"bridge safe":        {"bridge", "safe"},
		`"old bridge" the`:   {"The", "old bridge"},
		"speaker:hale cross": {"cross"},
		"anybod*":            {"anybody"},
	} {
		q, err := quoth.ParseQuery(typed)
		if err != nil {
			t.Fatal(err)
		}
		q.Article, q.Kind = "a1", quoth.Direct
		l, err := st.Statements(t.Context(), q)
		if err != nil || len(l.Items) != 1 {
			t.Errorf("%s: got %d statements, %v", typed, len(l.Items), err)
			continue
		}
		var got []string
		for _, s := range l.Items[0].Highlights {
			got = append(got, s.In(l.Items[0].Content.Text))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: highlighted %q, want %q", typed, got, want)
		}
	}
}

func testFacets(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	f, err := st.Facets(t.Context(), quoth.Query{})
	if err != nil {
		t.Fatal(err)
	}
	want := quoth.Facets{
		Total:   6,
		Speaker: []quoth.Facet{{Value: "zoe-hale", Name: "Zoë Hale", Count: 3}, {Value: "eric-moss", Name: "Eric Moss", Count: 1}, {Value: "ida-quill", Name: "Ida Quill", Count: 1}},
		About:   []quoth.Facet{{Value: "eric-moss", Name: "Eric Moss", Count: 2}, {Value: "zoe-hale", Name: "Zoë Hale", Count: 2}},
		Outlet:  []quoth.Facet{{Value: "herald.example", Count: 4}, {Value: "observer.example", Count: 2}},
		Medium:  []quoth.Facet{{Value: "unknown", Count: 3}, {Value: "interview", Count: 1}, {Value: "speech", Count: 1}, {Value: "statement", Count: 1}},
		Kind:    []quoth.Facet{{Value: "direct", Count: 4}, {Value: "indirect", Count: 1}, {Value: "mixed", Count: 1}},
		Year:    []quoth.Facet{{Value: "2026", Count: 3}, {Value: "2019", Count: 1}},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("got  %+v\nwant %+v", f, want)
	}
}

func testSayings(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	first := quoth.StatementID("a1", town[0].says[0].words, 0)
	short := "The old bridge is not safe any more"
	keep(t, st, article{id: "a9", site: "mirror.example", day: "2026-04-18", says: []said{{who: "Zoë Hale", words: short, saying: first}}})
	occurrences, err := st.Saying(t.Context(), first)
	if err != nil || len(occurrences) != 2 || occurrences[0].Article.ID != "a1" || occurrences[1].Article.ID != "a9" || occurrences[0].Occurrences != 2 {
		t.Errorf("got %+v, %v", occurrences, err)
	}
	known, err := st.Wordings(t.Context(), wording.Sketch(short))
	if err != nil || len(known) != 2 {
		t.Fatalf("wordings: got %+v, %v", known, err)
	}
	if w := known[0]; w.ID != first || w.Saying != first || w.Speaker != "zoe-hale" || w.Name != "Zoë Hale" || w.Words != town[0].says[0].words || w.Kind != quoth.Direct || w.Article != "a1" || w.Published != "2026-04-17" {
		t.Errorf("wording: got %+v", w)
	}
	if none, err := st.Wordings(t.Context(), []uint64{1, 2, 1<<63 - 1}); err != nil || len(none) != 0 {
		t.Errorf("wordings of nothing: got %+v, %v", none, err)
	}
}

func testStories(t *testing.T, st quoth.Store) {
	sketch := []uint64{10, 20, 30, 40, 50, 1<<63 - 1}
	keep(t, st,
		article{id: "w1", site: "wire.example", title: "First", day: "2026-04-01", sketch: sketch, says: []said{{who: "Zoë Hale", words: "One two three."}}},
		article{id: "w2", site: "copy.example", title: "Second", day: "2026-04-02", story: "w1", sketch: append([]uint64{7}, sketch[1:]...), says: []said{{who: "Zoë Hale", words: "One two three."}}},
		article{id: "w3", site: "other.example", title: "Third", day: "2026-04-03", sketch: []uint64{10, 20, 99}})
	copies, err := st.Copies(t.Context(), sketch)
	if err != nil || len(copies) != 2 || copies[0] != (quoth.Copied{ID: "w1", Story: "w1", Shared: 6, Of: 6}) || copies[1] != (quoth.Copied{ID: "w2", Story: "w1", Shared: 5, Of: 6}) {
		t.Errorf("copies: got %+v, %v", copies, err)
	}
	// A copy is found among many that hold the text and much more.
	for i := range 25 {
		long := slices.Clone(sketch)
		for j := range 20 {
			long = append(long, uint64(1000+100*i+j))
		}
		keep(t, st, article{id: fmt.Sprintf("all%02d", i), day: "2026-03-01", sketch: long})
	}
	if copies, err = st.Copies(t.Context(), sketch); err != nil || len(copies) != 20 || copies[0].ID != "w1" || copies[1].ID != "w2" || copies[2].Of != 26 {
		t.Errorf("copies among compilations: got %+v, %v", copies, err)
	}
	story, err := st.Story(t.Context(), "w1")
	if err != nil || story.Title != "First" || len(story.Articles) != 2 || story.Articles[1].Site != "copy.example" {
		t.Errorf("story: got %+v, %v", story, err)
	}
	stories, err := st.Stories(t.Context(), quoth.ArticleQuery{})
	if err != nil || len(stories.Items) != 1 || !reflect.DeepEqual(stories.Items[0], story) {
		t.Errorf("stories: got %+v, %v", stories, err)
	}
}

func testCandidates(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	keep(t, st, article{id: "c1", day: "2026-01-01", says: []said{{who: "Tom Hale", words: "My sister is right."}}})
	got, err := st.Candidates(t.Context(), []string{"hale", "zoe hale", "moss", "zoe", "nobody", ""})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string][]string{}
	for name, people := range got {
		for _, p := range people {
			ids[name] = append(ids[name], p.ID)
		}
	}
	want := map[string][]string{"hale": {"zoe-hale", "tom-hale"}, "zoe hale": {"zoe-hale"}, "moss": {"eric-moss"}}
	if !reflect.DeepEqual(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
	if p := got["zoe hale"][0]; p.Articles != 3 || len(p.Aliases) != 1 || p.Aliases[0].Name != "Zoë Hale" || p.Aliases[0].Articles != 3 || p.Aliases[0].Evidence != "a1" {
		t.Errorf("candidate: got %+v", p)
	}
}

func testTogether(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	got, err := st.Together(t.Context(), []string{"zoe-hale", "eric-moss", "none"}, []string{"ida-quill", "eric-moss"})
	if err != nil || got["zoe-hale"] != 2 || got["eric-moss"] != 1 || got["none"] != 0 {
		t.Errorf("got %v, %v", got, err)
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

func testPeople(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	p, err := st.Person(t.Context(), "zoe-hale")
	if err != nil || p.Name != "Zoë Hale" || p.Statements != 3 || p.About != 2 || p.Articles != 3 || p.Kind != quoth.PersonParty {
		t.Errorf("got %+v, %v", p, err)
	}
	for text, want := range map[string][]string{"": {"zoe-hale", "eric-moss", "ida-quill"}, "ZOE": {"zoe-hale"}, "moss": {"eric-moss"}, "quill ida": nil, "%": nil, "hale x": nil} {
		l, err := st.People(t.Context(), quoth.PeopleQuery{Text: text})
		var ids []string
		for _, p := range l.Items {
			ids = append(ids, p.ID)
		}
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("people called %q: got %v, want %v (%v)", text, ids, want, err)
		}
	}
	// As entered none is left out, also of those who overtake others meanwhile.
	var entered []string
	for q := (quoth.PeopleQuery{AsEntered: true, Limit: 1}); ; {
		l, err := st.People(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range l.Items {
			entered = append(entered, p.ID)
		}
		if q.Cursor = l.Next; q.Cursor == "" {
			break
		}
		for i := range 3 {
			keep(t, st, article{id: fmt.Sprint("over", len(entered), i), says: []said{{who: "Ida Quill", words: "Again."}}})
		}
	}
	if want := []string{"zoe-hale", "eric-moss", "ida-quill"}; !slices.Equal(entered, want) {
		t.Errorf("as entered: got %v, want %v", entered, want)
	}
	if l, err := st.People(t.Context(), quoth.PeopleQuery{Kind: quoth.OrganizationParty}); err != nil || len(l.Items) != 0 {
		t.Errorf("organizations: got %+v, %v", l, err)
	}
}

func testPresences(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	got, err := st.Presences(t.Context(), "zoe-hale")
	if err != nil || len(got) == 0 {
		t.Fatalf("got %+v, %v", got, err)
	}
	p, err := st.Person(t.Context(), "zoe-hale")
	if err != nil {
		t.Fatal(err)
	}
	said, about := 0, 0
	for i, d := range got {
		said, about = said+d.Said, about+d.About
		if d.Day.Format(time.TimeOnly) != "00:00:00" || i > 0 && !got[i-1].Day.Before(d.Day) {
			t.Errorf("day %d: %s after %s", i, d.Day, got[max(i-1, 0)].Day)
		}
	}
	if said > p.Statements || about > p.About || said == 0 {
		t.Errorf("%d said and %d about, of %d and %d", said, about, p.Statements, p.About)
	}
	if _, err := st.Presences(t.Context(), "nobody"); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}

func testCircle(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	c, err := st.Circle(t.Context(), "zoe-hale", 5)
	want := quoth.Circle{
		SpeaksOf: []quoth.Facet{{Value: "eric-moss", Name: "Eric Moss", Count: 1}},
		SpokenBy: []quoth.Facet{{Value: "eric-moss", Name: "Eric Moss", Count: 1}, {Value: "ida-quill", Name: "Ida Quill", Count: 1}},
	}
	if err != nil || !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v, %v, want %+v", c, err, want)
	}
}

// picture is what tests of changes compare: what the record says of people.
func picture(t *testing.T, st quoth.Store) string {
	t.Helper()
	var b strings.Builder
	for _, id := range []string{"zoe-hale", "eric-moss", "ida-quill"} {
		p, err := st.Person(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s: %+v %q %q %q\n", id, p, ask(t, st, quoth.Query{Speaker: id}), ask(t, st, quoth.Query{About: id}), ask(t, st, quoth.Query{Told: id}))
	}
	return b.String()
}

func testHide(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	listed := func() bool {
		t.Helper()
		found, err := st.People(ctx, quoth.PeopleQuery{Text: "hale"})
		if err != nil {
			t.Fatal(err)
		}
		return len(found.Items) > 0
	}
	_, err := st.Hide(ctx, "zoe-hale", quoth.Change{At: now, Actor: "ed"})
	wantCode(t, "without a reason", err, quoth.Invalid)
	c, err := st.Hide(ctx, "zoe-hale", quoth.Change{At: now, Actor: "ed", Note: "a private person"})
	if err != nil || c.Action != "hide" {
		t.Fatalf("hide: %+v, %v", c, err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Hidden != "a private person" || listed() {
		t.Errorf("hidden: %+v, %v, listed %v", p, err, listed())
	}
	if got := ask(t, st, quoth.Query{Speaker: "zoe-hale"}); len(got) != 3 {
		t.Errorf("what was said went with the page: %q", got)
	}
	said, err := st.Statements(ctx, quoth.Query{Speaker: "zoe-hale", Limit: 1})
	if err != nil || len(said.Items) != 1 || said.Items[0].Speaker.ID != "zoe-hale" || said.Items[0].HasPage("zoe-hale") {
		t.Errorf("statements do not tell who has no page: %+v, %v", said.Items, err)
	}
	facets, err := st.Facets(ctx, quoth.Query{})
	around, err2 := st.Circle(ctx, "eric-moss", 10)
	for _, list := range [][]quoth.Facet{facets.Speaker, facets.About, around.SpeaksOf, around.SpokenBy} {
		if err != nil || err2 != nil || slices.ContainsFunc(list, func(f quoth.Facet) bool { return f.Value == "zoe-hale" }) {
			t.Errorf("the hidden is listed: %+v, %v, %v", list, err, err2)
		}
	}
	_, err = st.Hide(ctx, "zoe-hale", quoth.Change{At: now, Actor: "ed", Note: "again"})
	wantCode(t, "hiding twice", err, quoth.Invalid)
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Hidden != "" || !listed() {
		t.Errorf("undone: %+v, %v, listed %v", p, err, listed())
	}
	acts, err := st.Acts(ctx, "person zoe-hale", 0, 10)
	if err != nil || len(acts) != 2 || acts[0].Action != "hide" || acts[1].Action != "undo" || acts[1].Actor != "ed" {
		t.Errorf("the audit log: got %+v, %v", acts, err)
	}
}

func testTones(t *testing.T, st quoth.Store) {
	var entries []quoth.Entry
	for i, label := range []quoth.StanceLabel{quoth.Critical, quoth.Critical, quoth.Neutral, quoth.Supportive, ""} {
		e := entry(article{id: fmt.Sprintf("tone%d", i), day: []string{"2024-05-01", "2026-05-01", "2026-05-02", "2026-05-03", "2025-05-01"}[i], says: []said{{who: "Ida Quill", words: fmt.Sprintf("He is what he is, part %d.", i), about: []string{"Zoë Hale", "Eric Moss"}}}})
		if label != "" {
			e.Reading.Statements[0].About[1].Stance = &quoth.Stance{Label: label, Confidence: .9}
		}
		entries = append(entries, e)
	}
	if err := st.Keep(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	got, err := st.Tones(t.Context(), "eric-moss")
	if want := []quoth.Tone{{Year: 2024, Critical: 1}, {Year: 2026, Critical: 1, Supportive: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if got, err := st.Tones(t.Context(), "zoe-hale"); err != nil || len(got) != 0 {
		t.Errorf("of somebody else in the same statements: got %+v, %v", got, err)
	}
	_, err = st.Tones(t.Context(), "none")
	wantCode(t, "nobody", err, quoth.NotFound)
}

func testMerge(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	c, err := st.Merge(ctx, "eric-moss", "zoe-hale", quoth.Change{At: now, Actor: "ed", Note: "one and the same"})
	if err != nil || c.ID == 0 || c.Action != "merge" {
		t.Fatalf("merge: %+v, %v", c, err)
	}
	if got, want := ask(t, st, quoth.Query{Speaker: "zoe-hale"}), []string{"The ferry", "That bridge", "The old", "I've walked"}; !slices.Equal(got, want) {
		t.Errorf("said by the two: got %q, want %q", got, want)
	}
	p, err := st.Person(ctx, "eric-moss")
	if err != nil || p.ID != "zoe-hale" || p.Statements != 4 || p.About != 3 || p.Articles != 3 || len(p.Aliases) != 2 {
		t.Errorf("the merged person: got %+v, %v", p, err)
	}
	if got := ask(t, st, quoth.Query{Speaker: "eric-moss"}); len(got) != 4 {
		t.Errorf("the old ID finds %d statements, want 4", len(got))
	}
	// An article that comes later and means the old ID goes to the new one.
	keep(t, st, article{id: "late", day: "2026-04-30", says: []said{{who: "Eric Moss", words: "One more thing."}}})
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Statements != 5 {
		t.Errorf("after another article: got %+v, %v", p, err)
	}
	for name, err := range map[string]error{
		"again":     second(st.Merge(ctx, "eric-moss", "zoe-hale", quoth.Change{At: now})),
		"into self": second(st.Merge(ctx, "zoe-hale", "zoe-hale", quoth.Change{At: now})),
	} {
		if quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%s: got %v, want code invalid", name, err)
		}
	}
	changes, err := st.Changes(ctx, "zoe-hale", 10)
	if err != nil || len(changes) != 1 || changes[0].Other != "eric-moss" || changes[0].Actor != "ed" || changes[0].Note != "one and the same" || !changes[0].At.Equal(now) {
		t.Errorf("changes: got %+v, %v", changes, err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	after := strings.Replace(picture(t, st), "Statements:4 About:2 Articles:4", "Statements:3 About:2 Articles:3", 1)
	after = strings.Replace(after, `["One more" `, `[`, 1)
	after = strings.ReplaceAll(after, " {Name:Eric Moss Articles:1 Evidence:a1}]", "]")
	if after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("undone twice: got %v", err)
	}
}

// Articles that were read again since a merge are given back as well.
func testMergeReread(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	c, err := st.Merge(ctx, "eric-moss", "zoe-hale", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	reread := entry(town[0])
	reread.Model = "test-2"
	changed := town[1]
	changed.says = append(slices.Clone(changed.says), said{who: "a clerk", words: "Nothing was decided."})
	if err := st.Keep(ctx, []quoth.Entry{reread, entry(changed)}, nil); err != nil {
		t.Fatal(err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if after := picture(t, st); after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
	old, _, err := st.Article(ctx, "a2", 1)
	if err != nil || old.Statements[1].About[1].ID != "eric-moss" {
		t.Errorf("the revision before: %+v, %v", old.Statements, err)
	}
}

// What an editor corrected while two were one stays so, and what was corrected before can be
// undone while they are.
func testMergeCorrect(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	bySomebodyElse := func() quoth.Correction {
		t.Helper()
		c, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) {
			is.Speaker = &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "she", ID: "ida-quill"}
		}), act("correct", "statement "+id))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	speaker := func() string {
		t.Helper()
		got, err := st.Statement(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return got.Speaker.ID
	}
	first := bySomebodyElse()
	merged, err := st.Merge(ctx, "zoe-hale", "eric-moss", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.UndoCorrection(ctx, first.ID, act("undo", "statement "+id)); err != nil {
		t.Fatalf("undoing a correction of one who was merged since: %v", err)
	}
	if got := speaker(); got != "eric-moss" {
		t.Errorf("given back to %q, want the person merged into", got)
	}
	bySomebodyElse()
	if err := st.Undo(ctx, merged.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if got := speaker(); got != "ida-quill" {
		t.Errorf("corrected to ida-quill, and after undoing the merge by %q", got)
	}
}

// Who is named outside of statements stays present when something else is corrected.
func testBackground(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	e := entry(article{id: "b1", day: "2026-04-18", says: []said{{who: "Ida Quill", words: "Something else entirely is said here.", told: "Eric Moss", day: "2026"}}})
	e.Reading.Background[0].About = []quoth.Party{{Name: "Zoë Hale", Kind: quoth.PersonParty, ID: "zoe-hale"}}
	e.People = append(e.People, quoth.Person{ID: "zoe-hale", Name: "Zoë Hale", Kind: quoth.PersonParty, Aliases: []quoth.Alias{{Name: "Zoë Hale"}}})
	if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	named := func(id string) (n int) {
		t.Helper()
		p, err := st.Person(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		found, err := st.Articles(ctx, quoth.ArticleQuery{Person: id})
		if err != nil || len(found.Items) != p.Articles {
			t.Errorf("%s: %d articles of %d, %v", id, len(found.Items), p.Articles, err)
		}
		return p.Articles
	}
	before := picture(t, st)
	for _, id := range []string{e.Reading.Statements[0].ID, quoth.StatementID("a1", town[0].says[0].words, 0)} {
		c, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "message" }), act("correct", "statement "+id))
		if err != nil {
			t.Fatal(err)
		}
		if zoe, eric := named("zoe-hale"), named("eric-moss"); zoe != 4 || eric != 3 {
			t.Errorf("after a correction of the medium: named in %d and %d articles, want 4 and 3", zoe, eric)
		}
		if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
			t.Fatal(err)
		}
		gone := takeAway(t, st, id)
		if err := st.UndoCorrection(ctx, gone.ID, act("undo", "statement "+id)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := st.Merge(ctx, "zoe-hale", "ida-quill", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if n := named("ida-quill"); n != 4 {
		t.Errorf("merged: named in %d articles, want 4", n)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if after := picture(t, st); after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
}

// An alias counts the articles whose newest revision has it, however often they were read.
func testAliases(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	want := func(when string, counts map[string]string) {
		t.Helper()
		for id, want := range counts {
			p, err := st.Person(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, a := range p.Aliases {
				got += fmt.Sprintf("%s %d ", a.Name, a.Articles)
			}
			if strings.TrimSpace(got) != want {
				t.Errorf("%s: %s is called %q, want %q", when, id, got, want)
			}
		}
	}
	start := map[string]string{"zoe-hale": "Zoë Hale 3", "eric-moss": "Eric Moss 2", "ida-quill": "Ida Quill 1"}
	for i := range 3 {
		e := entry(town[0])
		e.Model = fmt.Sprint("test-", i)
		again := e
		again.Model += " again"
		if err := st.Keep(ctx, []quoth.Entry{e, again}, nil); err != nil {
			t.Fatal(err)
		}
	}
	want("read again", start)
	changed := town[0]
	changed.says = []said{town[0].says[2], {who: "Ida Quill", words: "There is nothing new."}}
	keep(t, st, changed)
	want("another revision", map[string]string{"zoe-hale": "Zoë Hale 2", "eric-moss": "Eric Moss 1", "ida-quill": "Ida Quill 2"})
	back := town[0]
	back.hash = "back"
	keep(t, st, back)
	want("as it was", start)

	id := quoth.StatementID("a3", town[2].says[0].words, 0)
	c, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) {
		is.Speaker = &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "I", ID: "ida-quill"}
	}), act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	reread := entry(town[2])
	reread.Model = "test-2"
	for _, when := range []string{"corrected", "corrected and read again"} {
		want(when, map[string]string{"zoe-hale": "Zoë Hale 2", "eric-moss": "Eric Moss 2", "ida-quill": "Ida Quill 2"})
		if err := st.Keep(ctx, []quoth.Entry{reread}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	want("undone", start)
	gone := takeAway(t, st, id)
	want("taken away", map[string]string{"zoe-hale": "Zoë Hale 2"})
	reread.Model = "test-3"
	if err := st.Keep(ctx, []quoth.Entry{reread}, nil); err != nil {
		t.Fatal(err)
	}
	want("taken away and read again", map[string]string{"zoe-hale": "Zoë Hale 2"})
	if err := st.UndoCorrection(ctx, gone.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	want("given back", start)

	split, err := st.Split(ctx, "zoe-hale", quoth.Person{ID: "zoe-hale-2", Name: "Zoë Hale", Kind: quoth.PersonParty}, []string{"a2"}, quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	want("split", map[string]string{"zoe-hale": "Zoë Hale 2", "zoe-hale-2": "Zoë Hale 1"})
	if err := st.Undo(ctx, split.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	start["zoe-hale-2"] = "" // so that nobody is taken for them
	want("split undone", start)
}

// second is the error of a call with two results.
func second[T any](_ T, err error) error { return err }

func testSplit(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	other := quoth.Person{ID: "zoe-hale-2", Name: "Zoë Hale", Kind: quoth.PersonParty}
	c, err := st.Split(ctx, "zoe-hale", other, []string{"a2"}, quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, st, quoth.Query{Speaker: "zoe-hale-2"}); !slices.Equal(got, []string{"The ferry"}) {
		t.Errorf("said by the one split off: %q", got)
	}
	if got := ask(t, st, quoth.Query{About: "zoe-hale"}); !slices.Equal(got, []string{"That bridge"}) {
		t.Errorf("about the one who stayed: %q", got)
	}
	if p, err := st.Person(ctx, "zoe-hale-2"); err != nil || p.Statements != 1 || p.About != 1 || p.Articles != 1 {
		t.Errorf("the one split off: got %+v, %v", p, err)
	}
	later, err := st.Split(ctx, "zoe-hale", other, []string{"a3"}, quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("undone under a later change: got %v", err)
	}
	for _, id := range []int64{later.ID, c.ID} {
		if err := st.Undo(ctx, id, act("undo", "")); err != nil {
			t.Fatal(err)
		}
	}
	if after := picture(t, st); after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
	for name, err := range map[string]error{
		"no articles": second(st.Split(ctx, "zoe-hale", other, nil, quoth.Change{At: now})),
		"off self":    second(st.Split(ctx, "zoe-hale", quoth.Person{ID: "zoe-hale"}, []string{"a1"}, quoth.Change{At: now})),
	} {
		if quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%s: got %v, want code invalid", name, err)
		}
	}
}

func testRename(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	e := entry(article{id: "r1", day: "2026-05-01", says: []said{{who: "Zoë Hale", words: "Call me what you like."}}})
	e.People[0].Aliases = append(e.People[0].Aliases, quoth.Alias{Name: "Zoë B. Hale"})
	if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Rename(ctx, "zoe-hale", "Queen Zoë", quoth.Change{At: now}); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("a name that nobody uses: got %v", err)
	}
	c, err := st.Rename(ctx, "zoe-hale", "Zoë B. Hale", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Name != "Zoë B. Hale" {
		t.Errorf("got %+v, %v", p, err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Name != "Zoë Hale" {
		t.Errorf("undone: got %+v, %v", p, err)
	}
}

func testMonths(t *testing.T, st quoth.Store) {
	if got, err := st.Months(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("of nothing: got %v, %v", got, err)
	}
	for i, day := range []string{"2026-04-30", "2026-05-01", "2026-05-31", "", "1874-06-02", "2026", "2026-01-07"} {
		keep(t, st, article{id: fmt.Sprint("m", i), day: day})
	}
	var got []string
	months, err := st.Months(t.Context())
	for _, m := range months {
		got = append(got, fmt.Sprintf("%s %d", m.First.Format(time.DateOnly), m.Articles))
	}
	want := []string{"2026-05-01 2", "2026-04-01 1", "2026-01-01 2", "1874-06-01 1", "0001-01-01 1"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	all, err := st.Articles(t.Context(), quoth.ArticleQuery{Limit: 10})
	if err != nil || len(all.Items) != 7 {
		t.Fatalf("got %+v, %v", all, err)
	}
	some, err := st.Articles(t.Context(), quoth.ArticleQuery{Skip: 2, Limit: 3})
	if err != nil || !slices.Equal(some.Items, all.Items[2:5]) || some.Next == "" {
		t.Errorf("behind two: got %+v, %v, want %+v", some, err, all.Items[2:5])
	}
}

func testTrending(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	keep(t, st, many(28)...)
	day := time.Date(2026, 4, 20, 0, 0, 0, 0, time.UTC)
	trends, err := st.Trending(t.Context(), day, 7, 10)
	if err != nil || len(trends) != 1 || trends[0].ID != "eric-moss" || trends[0].Count != 2 || trends[0].Usual != 0 || trends[0].Burst != quoth.Burst(2, 0) {
		t.Errorf("got %+v, %v", trends, err)
	}
	// What an editor changes shows at once, whoever asked before.
	if _, err := st.Hide(t.Context(), "eric-moss", quoth.Change{At: now, Actor: "ed", Note: "a private person"}); err != nil {
		t.Fatal(err)
	}
	if trends, err := st.Trending(t.Context(), day, 7, 10); err != nil || len(trends) != 0 {
		t.Errorf("of one who was hidden: got %+v, %v", trends, err)
	}
	if _, err := st.Trending(t.Context(), day, 0, 10); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("no days: got %v", err)
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

func testFeedback(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	receipt := func(n int) string { return fmt.Sprintf("%064d", n) }
	answer := func(n int, vote quoth.Vote, visitor string, reasons ...string) quoth.FeedbackChange {
		return quoth.FeedbackChange{Feedback: quoth.Feedback{Receipt: receipt(n), Kind: "article", Target: "a1", Revision: 1, Vote: vote, Reasons: reasons, Minute: now.Add(30 * time.Second), Visitor: visitor, Weight: 1}}
	}
	bot := answer(9, quoth.No, "bot")
	bot.Weight, bot.Why = 0, "honeypot"
	taken := answer(4, quoth.No, "v4")
	later := answer(8, quoth.Yes, "v8")
	later.Minute = now.Add(48 * time.Hour)
	changes := []quoth.FeedbackChange{
		answer(1, quoth.Yes, "v1"),
		answer(2, quoth.No, "v2"), answer(2, quoth.No, "v2", "ads"), // the same answer, then with its reason
		answer(3, quoth.No, "v3"), answer(30, quoth.Yes, "v3"), // the same visitor, another receipt
		taken, {Feedback: taken.Feedback, IsRetracted: true}, {Feedback: taken.Feedback, IsRetracted: true},
		answer(5, quoth.No, ""), answer(6, quoth.No, ""), // nobody knows whether these are one
		bot, later,
	}
	for range 2 { // the same again changes nothing
		if err := st.KeepFeedback(ctx, changes); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := st.FeedbackCounts(ctx, "article", "a1", now.Add(24*time.Hour))
	want := []quoth.FeedbackCount{{Revision: 1, Yes: 2, No: 3, NoReason: 2, Reasons: map[string]int{"ads": 1}, Excluded: 1}}
	if err != nil || !reflect.DeepEqual(counts, want) {
		t.Errorf("got %+v, %v, want %+v", counts, err, want)
	}
	got, err := st.FeedbackOf(ctx, receipt(2))
	if err != nil || got.Vote != quoth.No || !slices.Equal(got.Reasons, []string{"ads"}) || got.Visitor != "v2" || !got.Minute.Equal(now) {
		t.Errorf("answer: got %+v, %v", got, err)
	}
	for _, n := range []int{3, 4, 99} {
		if _, err := st.FeedbackOf(ctx, receipt(n)); quoth.CodeOf(err) != quoth.NotFound {
			t.Errorf("answer %d: got %v, want code not-found", n, err)
		}
	}
	byOutlet, err := st.FeedbackByOutlet(ctx, now.Add(24*time.Hour))
	if err != nil || len(byOutlet) != 1 || byOutlet[0].Outlet != "" || byOutlet[0].Yes != 2 || byOutlet[0].No != 3 || byOutlet[0].Excluded != 1 || byOutlet[0].Reasons["ads"] != 1 {
		t.Errorf("by outlet, of an article that the record does not have: got %+v, %v", byOutlet, err)
	}
	keep(t, st, town...)
	byOutlet, err = st.FeedbackByOutlet(ctx, now.Add(96*time.Hour))
	if err != nil || len(byOutlet) != 1 || byOutlet[0].Outlet != "herald.example" || byOutlet[0].Yes != 3 {
		t.Errorf("by outlet: got %+v, %v", byOutlet, err)
	}
	byDay, err := st.FeedbackByDay(ctx, now.Add(96*time.Hour))
	if err != nil || len(byDay) != 2 || byDay[0].Day != "2026-05-01" || byDay[0].No != 3 || byDay[1].Day != "2026-05-03" || byDay[1].Yes != 1 {
		t.Errorf("by day: got %+v, %v", byDay, err)
	}
	if err := st.ForgetVisitors(ctx, now.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, err := st.FeedbackOf(ctx, receipt(2)); err != nil || got.Visitor != "" {
		t.Errorf("visitor kept: %+v, %v", got, err)
	}
	bad := answer(7, "perhaps", "v7")
	if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{answer(10, quoth.Yes, "v10"), bad}); err == nil {
		t.Error("a vote that is none was kept")
	}
	if _, err := st.FeedbackOf(ctx, receipt(10)); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("half a batch was kept: %v", err)
	}
}
