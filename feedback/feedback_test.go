package feedback

import (
	"context"
	"errors"
	"math"
	"net/netip"
	"strings"
	"testing"
	"time"

	"quoth"
)

func TestInterval(t *testing.T) {
	for _, c := range []struct {
		yes, n    int
		low, high float64 // as tables of Wilson's interval have them
	}{{3, 3, .44, 1}, {10, 10, .72, 1}, {8, 10, .49, .94}, {24, 30, .63, .91}, {80, 100, .71, .87}, {800, 1000, .77, .82}, {0, 10, 0, .28}, {0, 0, 0, 1}} {
		low, high := interval(c.yes, c.n)
		if math.Abs(low-c.low) > .006 || math.Abs(high-c.high) > .006 {
			t.Errorf("%d of %d: got %.3f to %.3f, want %.2f to %.2f", c.yes, c.n, low, high, c.low, c.high)
		}
	}
}

func TestSummaryKeepsItsThresholds(t *testing.T) {
	for _, c := range []struct {
		yes, no int
		want    string
	}{
		{0, 0, "Too few answers (0)"}, {9, 0, "Too few answers (9)"}, {8, 2, "8 of 10 readers who answered found it helpful"}, {24, 6, "80 % found it helpful (63–90 %, n = 30)"},
	} {
		s := summarize(quoth.FeedbackCount{Yes: c.yes, No: c.no, Reasons: map[string]int{Ads: 5, Hateful: 4}}, said["article"])
		if s.Words != c.want {
			t.Errorf("%d yes, %d no: got %q, want %q", c.yes, c.no, s.Words, c.want)
		}
		if s.Reasons[Hateful] != 0 || c.yes+c.no < leastCounted && (s.Yes != 0 || len(s.Reasons) != 0) {
			t.Errorf("%d yes, %d no: tells too much: %+v", c.yes, c.no, s)
		}
	}
}

// What is told of a statement's answers is what was asked about it.
func TestSummaryAnswersItsQuestion(t *testing.T) {
	for kind, want := range map[string]string{"article": "8 of 10 readers who answered found it helpful", "statement": "8 of 10 readers who answered found it recorded correctly"} {
		if s := summarize(quoth.FeedbackCount{Yes: 8, No: 2}, said[kind]); s.Words != want {
			t.Errorf("%s: got %q, want %q", kind, s.Words, want)
		}
	}
}

func TestAnswersThatCannotBeMeant(t *testing.T) {
	good := Answer{Kind: "statement", Target: "s", Vote: quoth.No, Reasons: []string{Incorrect}, Followup: "words", Text: "See page 3.", Source: "https://x.example/3"}
	if err := good.check(); err != nil {
		t.Fatalf("a good answer: %v", err)
	}
	for name, spoil := range map[string]func(a *Answer){
		"no kind":                   func(a *Answer) { a.Kind = "" },
		"no vote":                   func(a *Answer) { a.Vote = "maybe" },
		"a yes with reasons":        func(a *Answer) { a.Vote = quoth.Yes },
		"an unknown reason":         func(a *Answer) { a.Reasons = []string{"ugly"} },
		"a reason twice":            func(a *Answer) { a.Reasons = []string{Ads, Ads} },
		"other without words":       func(a *Answer) { a.Reasons, a.Followup, a.Text = []string{Other}, "", "  " },
		"an unknown followup":       func(a *Answer) { a.Followup = "mood" },
		"a followup without reason": func(a *Answer) { a.Reasons = []string{Ads} },
		"a followup of an article":  func(a *Answer) { a.Kind = "article" },
		"too many words":            func(a *Answer) { a.Text = strings.Repeat("ä", 501) },
		"words that are no text":    func(a *Answer) { a.Text = "\xff" },
		"words that a store drops":  func(a *Answer) { a.Text = "No\x00" },
		"a target that is no text":  func(a *Answer) { a.Target = "s\x00" },
		"a source that is no text":  func(a *Answer) { a.Source = "https://x.example/\xff" },
		"a script as source":        func(a *Answer) { a.Source = "javascript:alert(1)" },
		"a source with a password":  func(a *Answer) { a.Source = "https://me:secret@x.example/" },
	} {
		a := good
		spoil(&a)
		if err := a.check(); quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%s: got %v, want code invalid", name, err)
		}
	}
	for _, receipt := range []string{"", "short", strings.Repeat("a", 129), "'; drop table feedback; --", "../../../../etc/passwd-and-more"} {
		if _, err := hashReceipt(receipt); quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("receipt %q: got %v, want code invalid", receipt, err)
		}
	}
}

func TestSuspicion(t *testing.T) {
	person := Sender{UserAgent: "Mozilla/5.0 Firefox/140.0", Surface: "dialog"}
	for _, c := range []struct {
		name string
		a    Answer
		from Sender
		want string
	}{
		{"a reader", Answer{Reasons: []string{Ads}, TookMS: 4000}, person, ""},
		{"a reader without a script", Answer{Reasons: []string{Ads}}, person, ""},
		{"one who fills what nobody sees", Answer{Website: "http://x"}, person, "honeypot"},
		{"one who reads too quickly", Answer{Reasons: []string{Ads}, TookMS: 30}, person, "too quick"},
		{"a crawler", Answer{}, Sender{UserAgent: "ExampleBot/2.1"}, "robot"},
		{"nobody", Answer{}, Sender{Surface: "form"}, "no user agent"},
	} {
		if got := suspicion(c.a, c.from); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVisitors(t *testing.T) {
	var s salts
	day := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	from := func(address, agent string) Sender {
		return Sender{Address: netip.MustParseAddr(address), UserAgent: agent}
	}
	a := s.visitor(day, from("192.0.2.1", "Firefox/1"), "article a1")
	for name, c := range map[string]struct {
		got    string
		isSame bool
	}{
		"again":                   {s.visitor(day.Add(time.Hour), from("192.0.2.1", "Firefox/2"), "article a1"), true},
		"as IPv6":                 {s.visitor(day, from("::ffff:192.0.2.1", "Firefox/1"), "article a1"), true},
		"another address":         {s.visitor(day, from("192.0.2.2", "Firefox/1"), "article a1"), false},
		"another kind of browser": {s.visitor(day, from("192.0.2.1", "Chrome/1"), "article a1"), false},
		"another target":          {s.visitor(day, from("192.0.2.1", "Firefox/1"), "article a2"), false},
	} {
		if (c.got == a) != c.isSame || c.got == "" {
			t.Errorf("%s: the same is %v, want %v", name, c.got == a, c.isSame)
		}
	}
	if x, y := s.visitor(day, from("2001:db8::1", ""), "t"), s.visitor(day, from("2001:db8::ffff:1", ""), "t"); x != y {
		t.Error("two addresses of one household are two visitors")
	}
	if next := s.visitor(day.Add(24*time.Hour), from("192.0.2.1", "Firefox/1"), "article a1"); next == a {
		t.Error("the visitor of one day is known on the next")
	}
}

func TestPersonal(t *testing.T) {
	for text, want := range map[string]bool{
		"the date is wrong": false, "it was 1911, not 1912": false, "mail me at ann@x.example": true, "call +44 20 7946 0018": true, "see https://me:pw@x.example/": true, "page 3, line 14": false,
	} {
		if got := IsPersonal(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	for _, language := range Languages() {
		c := Catalogue(language)
		for _, code := range Reasons() {
			if c.Reasons[code] == "" {
				t.Errorf("%s: no text of reason %s", language, code)
			}
		}
		for _, code := range Followups() {
			if c.Followups[code] == "" {
				t.Errorf("%s: no text of followup %s", language, code)
			}
		}
		for name, text := range map[string]string{"question": c.Question, "why": c.Why, "cancel": c.Cancel, "submit": c.Submit, "thanks": c.Thanks, "undo": c.Undo, "change": c.Change, "failed": c.Failed, "say": c.Say, "address": c.Address, "later": c.Later} {
			if text == "" {
				t.Errorf("%s: no text of %s", language, name)
			}
		}
	}
}

func TestStatistics(t *testing.T) {
	count := func(yes, no int, reasons map[string]int) quoth.FeedbackCount {
		return quoth.FeedbackCount{Yes: yes, No: no, NoReason: no, Reasons: reasons, Excluded: 1}
	}
	s := statistics("2026-05-10", []quoth.FeedbackGroup{
		{Outlet: "few.example", FeedbackCount: count(5, 4, map[string]int{Ads: 4})},
		{Outlet: "less.example", FeedbackCount: count(1, 0, nil)},
		{Outlet: "some.example", FeedbackCount: count(10, 4, map[string]int{Ads: 4})},
		{Outlet: "many.example", FeedbackCount: count(30, 10, map[string]int{Ads: 6, Hateful: 4})},
	}, []quoth.FeedbackGroup{
		{Day: "2026-05-03", FeedbackCount: count(1, 1, nil)}, // a Sunday
		{Day: "2026-05-04", FeedbackCount: count(2, 3, map[string]int{Ads: 3})},
		{Day: "2026-05-10", FeedbackCount: count(4, 5, map[string]int{Ads: 3, Other: 2})},
	})
	if len(s.Outlets) != 2 || s.Few != 2 || s.Outlets[0].Outlet != "many.example" || s.Outlets[1].Words != "10 of 14 readers who answered said yes" || s.Outlets[1].NoReason != 0 || s.Outlets[0].Reasons[Hateful] != 0 || s.Outlets[0].Reasons[Ads] != 6 {
		t.Errorf("outlets: %+v", s.Outlets)
	}
	if s.All.Answers != 64 || s.All.Excluded != 4 || s.All.Reasons[Ads] != 14 {
		t.Errorf("all: %+v", s.All)
	}
	// The week before has two answers only.
	if len(s.Weeks) != 1 || s.Weeks[0].Monday != "2026-05-04" || s.Weeks[0].Yes != 6 || s.Weeks[0].Reasons[Ads] != 6 || s.Weeks[0].Reasons[Other] != 0 {
		t.Errorf("weeks: %+v", s.Weeks)
	}
	// One outlet that is not told is not to be had from the total either.
	two := statistics("2026-05-10", []quoth.FeedbackGroup{{Outlet: "few.example", FeedbackCount: count(5, 4, nil)}, {Outlet: "some.example", FeedbackCount: count(10, 4, nil)}, {Outlet: "many.example", FeedbackCount: count(30, 10, nil)}}, nil)
	if len(two.Outlets) != 1 || two.Few != 2 || two.Outlets[0].Outlet != "many.example" {
		t.Errorf("two of three: %+v, %d", two.Outlets, two.Few)
	}
}

func TestLimitsOverTime(t *testing.T) {
	minute := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	from := Sender{Address: netip.MustParseAddr("192.0.2.7"), UserAgent: "Firefox"}
	c := newCounter(Limits{Visitor: 2})
	take := func(at time.Time) (refund func(), isAllowed bool) {
		refund, err := c.take(at, from, "article a")
		return refund, err == nil
	}
	late, _ := take(minute.Add(59 * time.Second))
	take(minute.Add(59 * time.Second))
	if _, ok := take(minute.Add(59 * time.Second)); ok {
		t.Error("a third in the minute")
	}
	for range 2 {
		if _, ok := take(minute.Add(61 * time.Second)); !ok {
			t.Error("refused in the next minute")
		}
	}
	// What belongs to the minute before neither wipes this one's counts nor adds to what is left.
	late()
	if _, ok := take(minute.Add(59 * time.Second)); ok {
		t.Error("one that was late is no way around the limit")
	}
	if _, ok := take(minute.Add(62 * time.Second)); ok {
		t.Error("a refund of the minute before made room in this one")
	}
	other := from
	other.Address = netip.MustParseAddr("192.0.2.8")
	if _, err := c.take(minute.Add(62*time.Second), other, "article a"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}

// pickyStore refuses groups that hold one answer, in the words of a database or its own.
type pickyStore struct {
	quoth.FeedbackStore
	refused string
	err     error
	kept    []string
}

// KeepFeedback implements quoth.FeedbackStore.
func (s *pickyStore) KeepFeedback(_ context.Context, changes []quoth.FeedbackChange) error {
	for _, c := range changes {
		if c.Text == s.refused {
			return s.err
		}
	}
	for _, c := range changes {
		s.kept = append(s.kept, c.Text)
	}
	return nil
}

// One answer that the record refuses costs no other, however it is refused.
func TestWriterKeepsTheOthers(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{errors.New("invalid byte sequence"), 2},
		{&quoth.Error{Code: quoth.Internal, Message: "the database refuses it"}, 2},
		{&quoth.Error{Code: quoth.Unavailable, Message: "the database is away"}, 0},
	} {
		store := &pickyStore{refused: "bad", err: c.err}
		w := &writer{store: store}
		var group []waiting
		for _, text := range []string{"one", "bad", "two"} {
			group = append(group, waiting{quoth.FeedbackChange{Feedback: quoth.Feedback{Text: text}}, make(chan error, 1)})
		}
		w.keep(group)
		if len(store.kept) != c.want {
			t.Errorf("%v: kept %q, want %d", c.err, store.kept, c.want)
		}
		for i, job := range group {
			if err := <-job.done; (err == nil) != (c.want > 0 && i != 1) {
				t.Errorf("%v: answer %d: %v", c.err, i, err)
			}
		}
	}
}

// aRecord is one that holds every article, and keeps what it is given.
type aRecord struct {
	quoth.Asker
	pickyStore
}

// Article implements quoth.Asker.
func (*aRecord) Article(context.Context, string, int) (quoth.Reading, quoth.ArticleRef, error) {
	return quoth.Reading{}, quoth.ArticleRef{Revisions: 1}, nil
}

// What is no name of a language is not kept as one.
func TestLocale(t *testing.T) {
	record := &aRecord{}
	box := New(&record.pickyStore, record, time.Now, Limits{})
	defer box.Close()
	for given, want := range map[string]string{"de-CH": "de-CH", "": "", "de\xff": "", "\x00": "", strings.Repeat("a", 21): "", "de\n": ""} {
		f, err := box.Put(t.Context(), strings.Repeat("r", minReceipt), Answer{Kind: "article", Target: "a", Vote: quoth.Yes, Locale: given}, Sender{})
		if err != nil || f.Locale != want {
			t.Errorf("%q: kept as %q, %v", given, f.Locale, err)
		}
	}
}
