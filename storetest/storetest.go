// Package storetest is the contract of quoth.Store as a suite of tests: whatever keeps
// the record has to pass it. It is imported by tests only.
//
// Begin with [Run]; [BenchmarkAsk] measures how fast a store answers.
package storetest

import (
	"cmp"
	"strings"
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
		{"PagesOfPeopleWhileTheRecordGrows", testGrowingPeople},
		{"PagesOfCasesWhileReadersAnswer", testGrowingCases},
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
		{"CorrectAboutWhileMerged", testMergeAbout},
		{"NamesCorrectedWhileMerged", testMergeNames},
		{"SplitCorrectAndUndo", testSplitCorrect},
		{"NamedInBackground", testBackground},
		{"AliasesCountArticles", testAliases},
		{"SplitAndUndo", testSplit},
		{"Rename", testRename},
		{"HideAndUndo", testHide},
		{"HideMergeAndUndo", testHideMerge},
		{"Months", testMonths},
		{"Trending", testTrending},
		{"Checkpoints", testCheckpoints},
		{"Refusals", testRefusals},
		{"OddBytes", testOddBytes},
		{"Tokens", testTokens},
		{"Feedback", testFeedback},
		{"Accounts", testAccounts},
		{"CasesByRank", testCaseOrder},
		{"WorkOnACase", testCaseWork},
		{"Alerts", testAlerts},
		{"ReportedTargets", testReported},
		{"TextsAreForgotten", testForgetTexts},
		{"Letters", testLetters},
		{"CorrectAndUndo", testCorrect},
		{"CorrectionsAreCompleted", testComplete},
		{"TwoEditorsAtOnce", testTwoEditors},
		{"TakeAwayAndGiveBack", testTakeAway},
		{"RedactedWordsAreNowhere", testRedacted},
		{"CorrectionsOutlastReadings", testCorrectedAgain},
		{"CorrectionsFollowWords", testCorrectedElsewhere},
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
