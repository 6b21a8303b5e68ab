package quoth

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
)

// sample is a reading with every field that can be set, set.
func sample() Reading {
	text := "“Ferry & tea <b>”, said Zoë.\n\nAd"
	id := "s0"
	return Reading{
		Article: Article{
			ID: "a", URL: "https://coast.example/a", Site: "Coast", Section: "S", Title: "T", Bylines: []string{"B"}, Roles: map[string]string{"B": "R"},
			Agencies: []string{"AP"}, Language: "en", Published: Published{"2026-04-17", "dateline", 0.9, "2026-04-17T08:00:00+02:00"},
			Updated: Published{"2026-04-18", "meta", 0.8, ""}, Paywall: "metered", Text: text,
			Blocks: []Block{{Paragraph, Span{0, 33}}, {Advertisement, Span{35, 37}}},
		},
		Statements: []Statement{{
			ID: "s1", Kind: Direct, Content: NewRole(text, []Span{{0, 21}}), Source: NewRole(text, []Span{{28, 32}}),
			Cue: NewRole(text, []Span{{23, 27}}), Speaker: &Speaker{"Zoë", PersonParty, "Zoë", "p1"},
			Said: &Said{"2026-04", Span{0, 3}, "x"}, Medium: "speech", Venue: &Venue{"V", Span{0, 3}},
			About: []Party{{Name: "Z", Kind: PersonParty, ID: "p1", Stance: &Stance{Critical, 0.91}}}, Continues: &id, Repeats: &id, Confidence: 0.5,
		}},
		Background: []Background{{"b1", Span{0, 3}, "x", Said{"2004", Span{0, 3}, "x"}, []Party{{Name: "Zoë", Kind: PersonParty, ID: "p1"}}, &id}},
	}
}

func TestReadingJSONHasTheFieldsOfTheContractInOrder(t *testing.T) {
	got, err := sample().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"a","url":"https://coast.example/a","site":"Coast","title":"T","bylines":["B"],"roles":{"B":"R"},"agencies":["AP"],"section":"S","language":"en",` +
		`"published":{"edtf":"2026-04-17","from":"dateline","confidence":0.9,"time":"2026-04-17T08:00:00+02:00"},` +
		`"updated":{"edtf":"2026-04-18","from":"meta","confidence":0.8,"time":null},"paywall":"metered","unit":"utf8-byte",` +
		`"text":"“Ferry & tea <b>”, said Zoë.\n\nAd",` +
		`"blocks":[{"kind":"paragraph","span":[0,33],"text":"“Ferry & tea <b>”, said Zoë."},{"kind":"advertisement","span":[35,37],"text":"Ad"}],` +
		`"statements":[{"id":"s1","kind":"direct","source":{"spans":[[28,32]],"text":"Zoë"},"cue":{"spans":[[23,27]],"text":"said"},` +
		`"content":{"spans":[[0,21]],"text":"“Ferry & tea <b>”"},` +
		`"speaker":{"name":"Zoë","kind":"person","mention":"Zoë","id":"p1"},"said":{"edtf":"2026-04","evidence":[0,3],"text":"x"},` +
		`"medium":"speech","venue":{"name":"V","span":[0,3]},"about":[{"name":"Z","kind":"person","id":"p1","stance":{"label":"critical","confidence":0.91}}],` +
		`"continues":"s0","repeats":"s0","confidence":0.5}],` +
		`"background":[{"id":"b1","span":[0,3],"text":"x","when":{"edtf":"2004","evidence":[0,3],"text":"x"},"about":[{"name":"Zoë","kind":"person","id":"p1"}],"credit":"s0"}],` +
		`"facts":{"words":5,"statements":1,"named_sources":1,"anonymous_sources":0,"quoted_share":0.6,"undated_statements":0,` +
		`"advertisements":1,"headline_quote":"none"}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestReadingJSONOfNothingHasNoNullLists(t *testing.T) {
	got, err := Reading{Statements: []Statement{{}}}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"bylines":[]`, `"agencies":[]`, `"blocks":[]`, `"about":[]`, `"background":[]`, `"medium":"unknown"`, `"title":null`,
		`"published":{"edtf":null,"from":"none","confidence":0,"time":null}`, `"updated":null`, `"paywall":null`, `"speaker":null`, `"said":null`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("got %s\nwant in it %s", got, want)
		}
	}
}

func TestReadingJSONComesBack(t *testing.T) {
	want := sample()
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Reading
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// docs/reading.md has every field of a reading and of a statement in the record, and every medium.
func TestReadingIsDescribed(t *testing.T) {
	page, err := os.ReadFile("docs/reading.md")
	if err != nil {
		t.Fatal(err)
	}
	names := Media()
	for _, of := range []reflect.Type{reflect.TypeFor[readingJSON](), reflect.TypeFor[Recorded]()} {
		names = appendFields(names, of)
	}
	if len(names) < 60 {
		t.Fatalf("only %d fields found: %q", len(names), names)
	}
	for _, name := range names {
		if !strings.Contains(string(page), "`"+name+"`") && !strings.Contains(string(page), `"`+name+`"`) {
			t.Errorf("docs/reading.md does not name %q", name)
		}
	}
}

// appendFields appends the JSON names of the fields of t and of all that it holds.
func appendFields(names []string, t reflect.Type) []string {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return appendFields(names, t.Elem())
	case reflect.Struct:
		if t == reflect.TypeFor[Span]() {
			return names // a pair of numbers
		}
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
				names = append(names, name)
			}
			names = appendFields(names, f.Type)
		}
	}
	return names
}

// article builds an article of blocks written as "kind: text".
func article(blocks ...string) Article {
	var a Article
	for i, b := range blocks {
		if i > 0 {
			a.Text += "\n\n"
		}
		kind, text, _ := strings.Cut(b, ": ")
		a.Blocks = append(a.Blocks, Block{BlockKind(kind), Span{len(a.Text), len(a.Text) + len(text)}})
		a.Text += text
	}
	return a
}

func TestHeadlineQuote(t *testing.T) {
	tests := []struct {
		name string
		a    Article
		want HeadlineQuote
	}{
		{"no quotation", article("headline: Bridge closes", "paragraph: It closed."), HeadlineNoQuote},
		{"apostrophe is no quotation", article("headline: Mayor's plan isn't the voters' plan", "paragraph: x"), HeadlineNoQuote},
		{"same words", article("headline: “It’s the end” of a shop", `paragraph: "It's the end," she said.`), HeadlineVerbatim},
		{"single marks", article("headline: ‘It’s the end’, says baker", "paragraph: “It’s the end.”"), HeadlineVerbatim},
		{"straight single marks", article("headline: 'It's the end', says baker", "paragraph: “It’s the end.”"), HeadlineVerbatim},
		{"case and punctuation aside", article("headline: “Not. Safe!”", "paragraph: It is not safe."), HeadlineVerbatim},
		{"one word changed", article("headline: “the bridge is really not safe”", "paragraph: I say the bridge is simply not safe."), HeadlineAltered},
		{"words cut out", article("headline: “I will not be the mayor”", "paragraph: I will certainly not be the only mayor."), HeadlineAltered},
		{"not there", article("headline: “burn it down”", "paragraph: The bridge is not safe."), HeadlineAbsent},
		{"one of two not there", article("headline: “not safe”, “burn it down”", "paragraph: It is not safe."), HeadlineAbsent},
		{"only in furniture", article("headline: “burn it down”", "comments: burn it down"), HeadlineAbsent},
		{"title where no block is", Article{Title: "“not safe”", Text: "It is not safe.", Blocks: []Block{{Paragraph, Span{0, 15}}}}, HeadlineVerbatim},
		{"heading where no title is", article(`heading: "We ran out of rope"— he says`, "paragraph: In May we ran out of rope for the nets."), HeadlineVerbatim},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := FactsOf(test.a, nil).HeadlineQuote; got != test.want {
				t.Errorf("%q: got %s, want %s", test.a.Text, got, test.want)
			}
		})
	}
}

func TestFactsCountSpeakersOnce(t *testing.T) {
	by := func(name string, kind PartyKind, id string) Statement {
		return Statement{Kind: Indirect, Speaker: &Speaker{Name: name, Kind: kind, ID: id}}
	}
	f := FactsOf(Article{}, []Statement{
		by("Zoë Hale", PersonParty, "p1"), by("Hale", PersonParty, "p1"), by("The Trust", OrganizationParty, "p2"),
		by("an aide", AnonymousParty, "p3"), by("voters", GroupParty, "p4"), by("the report", DocumentParty, "p5"), {},
	})
	if f.NamedSources != 2 || f.AnonymousSources != 1 || f.UndatedStatements != 7 {
		t.Errorf("got %+v, want 2 named, 1 anonymous, 7 undated", f)
	}
}

func TestQuotedShareCountsMarkedWordsOnce(t *testing.T) {
	a := article("paragraph: He said “one two” and three four “five", "advertisement: “not this”")
	mixed := Statement{Kind: Mixed, Content: NewRole(a.Text, []Span{a.Blocks[0].Span})}
	furniture := Statement{Kind: Direct, Content: NewRole(a.Text, []Span{a.Blocks[1].Span})}
	indirect := Statement{Kind: Indirect, Content: NewRole(a.Text, []Span{a.Blocks[0].Span})}
	got := FactsOf(a, []Statement{mixed, mixed, furniture, indirect}).QuotedShare
	if want := 0.375; got != want { // 3 of 8 words
		t.Errorf("got %v, want %v", got, want)
	}
}

// Whatever the text, FactsOf does not panic, takes linear time, and keeps shares
// between 0 and 1.
func TestFactsOfHostileText(t *testing.T) {
	marks := []string{"“", "\"", "'", "‘", "’", "„", "«", "a", " ", "\xff", "”", "é"}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		var b strings.Builder
		for range n {
			b.WriteString(marks[random.IntN(len(marks))])
		}
		a := article("headline: "+b.String(), "paragraph: "+b.String())
		s := Statement{Kind: Mixed, Content: NewRole(a.Text, []Span{a.Blocks[1].Span})}
		if f := FactsOf(a, []Statement{s}); f.QuotedShare < 0 || f.QuotedShare > 1 {
			t.Errorf("%q: got share %v", b.String(), f.QuotedShare)
		}
	}
	for _, mark := range []string{"“", "\"", "‘a ", "“a” "} {
		long := strings.Repeat(mark, 65000)
		a := article("headline: "+long, "paragraph: "+long)
		FactsOf(a, []Statement{{Kind: Mixed, Content: NewRole(a.Text, []Span{a.Blocks[1].Span})}})
	}
}

// What the record adds to a statement is all in its JSON.
func TestRecordedJSONIsWhole(t *testing.T) {
	r := Recorded{Article: ArticleRef{ID: "a"}, Saying: "s", Occurrences: 2, Revision: 3, Version: "v", Highlights: []Span{{0, 1}}, WithoutPage: []string{"p"}, Withdrawn: "w"}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	of := reflect.TypeFor[Recorded]()
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" && !strings.Contains(string(b), `"`+name+`":`) {
			t.Errorf("no %q in %s", name, b)
		}
	}
}

func TestReadingJSONWithSpansOutsideOfItsTextIsRefused(t *testing.T) {
	good, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	for is, bad := range map[string]string{
		`"kind":"advertisement","span":[35,37]`:     `"kind":"advertisement","span":[35,38]`,
		`"source":{"spans":[[28,32]]`:               `"source":{"spans":[[-1,32]]`,
		`"cue":{"spans":[[23,27]]`:                  `"cue":{"spans":[[27,23]]`,
		`"said":{"edtf":"2026-04","evidence":[0,3]`: `"said":{"edtf":"2026-04","evidence":[0,1]`,
		`"venue":{"name":"V","span":[0,3]}`:         `"venue":{"name":"V","span":[0,99]}`,
		`"continues":"s0"`:                          `"addressee":{"span":[0,99]},"continues":"s0"`,
		`"id":"b1","span":[0,3]`:                    `"id":"b1","span":[0,99]`,
	} {
		b := strings.Replace(string(good), is, bad, 1)
		if b == string(good) {
			t.Fatalf("%s is not written", is)
		}
		var r Reading
		if err := json.Unmarshal([]byte(b), &r); CodeOf(err) != Invalid {
			t.Errorf("%s: got %v, want code invalid", bad, err)
		}
	}
}

// Whatever JSON is read as a reading, it can be used: nothing panics, and it is written and read
// again as it is.
func FuzzReading(f *testing.F) {
	good, err := json.Marshal(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"text":"a","statements":[{"content":null,"source":{"spans":null}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var r, again Reading
		if json.Unmarshal(b, &r) != nil {
			return
		}
		written, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(written, &again); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if twice, err := json.Marshal(again); err != nil || !bytes.Equal(twice, written) {
			t.Errorf("written twice:\n%s\n%s\n%v", written, twice, err)
		}
	})
}

func TestCueWords(t *testing.T) {
	for text, want := range map[string]string{"said": "said", "went\n as far  as": "went as far as", ":": "", " — ": "", "说": "说"} {
		if got := (Statement{Cue: &Role{Text: text}}).CueWords(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := (Statement{}).CueWords(); got != "" {
		t.Errorf("no cue: got %q", got)
	}
}
