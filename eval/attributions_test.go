package eval

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"quoth"
)

// at builds an attribution of the first occurrences of words in text; "a|b" is a role
// of two pieces, "" an absent one.
func at(t *testing.T, text, source, cue, content string) quoth.Attribution {
	t.Helper()
	spans := func(s string) []quoth.Span {
		var out []quoth.Span
		for _, piece := range strings.Split(s, "|") {
			if piece == "" {
				continue
			}
			i := strings.Index(text, piece)
			if i < 0 {
				t.Fatalf("%q is not in %q", piece, text)
			}
			out = append(out, quoth.Span{Start: i, End: i + len(piece)})
		}
		return out
	}
	return quoth.Attribution{Source: spans(source), Cue: spans(cue), Content: spans(content)}
}

// words shows the words of a text, quoted ones with a tick.
func words(text string) string {
	var out []string
	for _, w := range splitWords(text) {
		s := text[w.start:w.end]
		if !w.isWord {
			s = "." + s
		}
		if w.isQuoted {
			s += "'"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestWordsAreThoseOfPython(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"hyphen and apostrophe part words", "well-off o'er", "well .- off o .' er"},
		{"underscore and digits are word characters", "a_1", "a_1"},
		{"numbers of every kind", "300 m² ½ Ⅷ 五", "300 m² ½ Ⅷ 五"},
		{"combining marks are not", "un\u0301able", "un .\u0301 able"},
		{"separators of ASCII are blank", "a\x1cb\x1fc\u00a0d", "a b c d"},
		{"curly quotation", "“a b” c", ".“ a' b' .” c"},
		{"straight quotation toggles", `"a" b "c`, `." a' ." b ." c'`},
		{"a second opening mark opens still", "“a “b” c”", ".“ a' .“ b' .” c .”"},
		{"invalid bytes are marks", "a\xffb", "a .\xff b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := words(c.text); got != c.want {
				t.Errorf("words of %q\ngot  %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

// The text has ten words and marks: Ann said that it rains , " yes " .
const tiny = `Ann said that it rains, "yes".`

func TestAttributionsByHand(t *testing.T) {
	gold := at(t, tiny, "Ann", "said", "that it rains")
	for _, c := range []struct {
		name      string
		predicted []quoth.Attribution
		want      func(f AttributionFigures) (got, want any)
	}{
		{"missing word at the end of the content keeps the link",
			[]quoth.Attribution{at(t, tiny, "Ann", "said", "that it")},
			func(f AttributionFigures) (any, any) { return f.Linked, PRF{1, 1, 1} }},
		{"and costs a third of its words",
			[]quoth.Attribution{at(t, tiny, "Ann", "said", "that it")},
			func(f AttributionFigures) (any, any) { return f.TokenContent, PRF{1, 2.0 / 3, 0.8} }},
		{"and the span",
			[]quoth.Attribution{at(t, tiny, "Ann", "said", "that it")},
			func(f AttributionFigures) (any, any) { return f.SpanContent, PRF{} }},
		{"a mark at the end is trimmed",
			[]quoth.Attribution{at(t, tiny, "Ann", "said", "that it rains,")},
			func(f AttributionFigures) (any, any) { return f.Strict, PRF{1, 1, 1} }},
		{"but is a word of the role",
			[]quoth.Attribution{at(t, tiny, "Ann", "said", "that it rains,")},
			func(f AttributionFigures) (any, any) { return f.TokenContent, PRF{0.75, 1, 6.0 / 7} }},
		{"a span that begins inside a word covers it",
			[]quoth.Attribution{at(t, tiny, "nn", "aid", "hat it rai")},
			func(f AttributionFigures) (any, any) { return f.Strict, PRF{1, 1, 1} }},
		{"absent source is not a present one",
			[]quoth.Attribution{at(t, tiny, "", "said", "that it rains")},
			func(f AttributionFigures) (any, any) { return f.Linked, PRF{} }},
		{"one of two predictions is right",
			[]quoth.Attribution{gold, at(t, tiny, "", "", "yes")},
			func(f AttributionFigures) (any, any) { return f.Linked, PRF{0.5, 1, 2.0 / 3} }},
		{"nothing predicted",
			nil,
			func(f AttributionFigures) (any, any) { return f.TokenCue, PRF{} }},
		// Labels of gold: S C N N N - - - - -; all "-" predicted. Five of ten differ; of
		// the 20 labels 15 are "-", 1 S, 1 C, 3 N: 1-(15*14+3*2)/(20*19) expected.
		{"alpha of nothing predicted",
			nil,
			func(f AttributionFigures) (any, any) { return f.Alpha, 1 - 0.5/(1-216.0/380) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := attributions([]AttributionPair{{"x", tiny, []quoth.Attribution{gold}, c.predicted}}).Figures()
			if got, want := c.want(f); !near(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

// near compares figures, each a float64 or a PRF, up to the last bits.
func near(a, b any) bool {
	f, isPRF := a.(PRF)
	if !isPRF {
		return math.Abs(a.(float64)-b.(float64)) < 1e-12
	}
	g := b.(PRF)
	return near(f.P, g.P) && near(f.R, g.R) && near(f.F1, g.F1)
}

func TestDirectQuotations(t *testing.T) {
	text := `"We sail at noon today", said Bo. Cy said "no".`
	gold := []quoth.Attribution{at(t, text, "Bo", "said", `"We sail at noon today"`), at(t, text, "Cy", "said", `"no"`)}
	predicted := []quoth.Attribution{
		// 5 of 7 joint words and marks: matched, not found; the source is wrong.
		at(t, text, "Cy", "said", "We sail at noon today"),
		at(t, text, "Cy", "said", `"no"`),
	}
	f := attributions([]AttributionPair{{"x", text, gold, predicted}}).Figures()
	if f.DirectFound != 0.5 || f.DirectSource != 0.5 {
		t.Errorf("direct found %v, source %v, want 0.5 and 0.5", f.DirectFound, f.DirectSource)
	}
	if got := Linked(AttributionPair{"x", text, gold, predicted}); !reflect.DeepEqual(got, []bool{false, true}) {
		t.Errorf("Linked: got %v", got)
	}
}

func TestHalfQuotedContentIsDirect(t *testing.T) {
	text := `Bo wants "no tolls" on bridges.`
	for content, want := range map[string]float64{`"no tolls" on bridges`: 1, `wants "no tolls" on bridges`: 0} {
		gold := []quoth.Attribution{at(t, text, "Bo", "", content)}
		if f := attributions([]AttributionPair{{"x", text, gold, gold}}).Figures(); f.DirectFound != want {
			t.Errorf("%s: direct found %v, want %v", content, f.DirectFound, want)
		}
	}
}

func TestPiecesAreNotPartedByAMark(t *testing.T) {
	for _, c := range []struct {
		ids  []int
		want [][]int
	}{
		{nil, nil},
		{[]int{3}, [][]int{{3}}},
		{[]int{1, 2, 4, 7, 8}, [][]int{{1, 2, 4}, {7, 8}}},
	} {
		if got := pieces(c.ids); !reflect.DeepEqual(got, c.want) {
			t.Errorf("pieces of %v: got %v, want %v", c.ids, got, c.want)
		}
	}
}

// Whatever the spans, a score against itself is 1, and figures stay within 0 and 1
// however the two sides differ.
func TestScoreAgainstItself(t *testing.T) {
	text := strings.Repeat(`Ann said “no, not yet” to Bo; "why" asked he — ½ of it. `, 5)
	random := rand.New(rand.NewPCG(7, 7))
	// Each role keeps to its third of the text, or one could hide another's words.
	third := len(text) / 3
	span := func(role int) []quoth.Span {
		var out []quoth.Span
		for range 1 + random.IntN(3) {
			b := role*third + random.IntN(third-30)
			out = append(out, quoth.Span{Start: b, End: b + 8 + random.IntN(16)})
		}
		return out
	}
	list := func() (out []quoth.Attribution) {
		for range 1 + random.IntN(6) {
			out = append(out, quoth.Attribution{Source: span(source), Cue: span(cue), Content: span(content)})
		}
		return out
	}
	for range 200 {
		gold, other := list(), list()
		f := attributions([]AttributionPair{{"x", text, gold, gold}}).Figures()
		for _, n := range f.List() {
			isDirect := strings.HasPrefix(n.Name, "direct")
			if n.Value != 1 && !(isDirect && n.Value == 0) {
				t.Fatalf("%s of %v against itself is %v", n.Name, gold, n.Value)
			}
		}
		for _, n := range attributions([]AttributionPair{{"x", text, gold, other}}).Figures().List() {
			if n.Value > 1 || n.Value < 0 && n.Name != "alpha" || math.IsNaN(n.Value) {
				t.Fatalf("%s of %v and %v is %v", n.Name, gold, other, n.Value)
			}
		}
	}
}

func TestNothingToScore(t *testing.T) {
	if f := attributions(nil).Figures(); f != (AttributionFigures{}) {
		t.Errorf("no article: %+v", f)
	}
	f := attributions([]AttributionPair{{ID: "x", Text: "Nobody spoke."}}).Figures()
	if f != (AttributionFigures{Alpha: 1}) {
		t.Errorf("no attribution on either side: %+v", f)
	}
}

// miniDoc is a line of testdata/mini.*.jsonl.
type miniDoc struct {
	ID, Text    string
	Annotations []struct{ Attributions []quoth.Attribution }
	miniPrediction
}

type miniPrediction struct{ Attributions []quoth.Attribution }

func readMini(t *testing.T, name string) []miniDoc {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []miniDoc
	for line := range bytes.Lines(data) {
		var d miniDoc
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	if len(out) == 0 {
		t.Fatal("no article in " + name)
	}
	return out
}

// sameAsScript compares with what score_attributions.py --json wrote for the files.
func sameAsScript(t *testing.T, name string, got AttributionFigures) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var want AttributionFigures
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&want); err != nil {
		t.Fatal(err)
	}
	for i, w := range want.List() {
		if g := got.List()[i]; math.Abs(g.Value-w.Value) > 1e-12 || math.Abs(g.PRF.P-w.PRF.P) > 1e-12 || math.Abs(g.PRF.R-w.PRF.R) > 1e-12 {
			t.Errorf("%s: got %+v, the script says %+v", w.Name, g, w)
		}
	}
}

func TestFiguresAreThoseOfTheScript(t *testing.T) {
	predicted := map[string][]quoth.Attribution{}
	for _, d := range readMini(t, "mini.pred.jsonl") {
		predicted[d.ID] = d.Attributions
	}
	var plain, human AttributionScore
	for _, d := range readMini(t, "mini.gold.jsonl") {
		plain.Add(AttributionPair{d.ID, d.Text, d.Annotations[0].Attributions, predicted[d.ID]})
		var all [][]quoth.Attribution
		for _, an := range d.Annotations {
			all = append(all, an.Attributions)
		}
		human.AddHuman(d.ID, d.Text, all)
	}
	sameAsScript(t, "mini.figures.json", plain.Figures())
	sameAsScript(t, "mini.human.json", human.Figures())
	if plain.N() != 4 || human.N() != 2 {
		t.Errorf("articles: got %d and %d, want 4 and 2", plain.N(), human.N())
	}
}

func TestIntervals(t *testing.T) {
	gold := []quoth.Attribution{at(t, tiny, "Ann", "said", "that it rains")}
	s := &AttributionScore{}
	for i := range 40 {
		pair := AttributionPair{string(rune('a' + i)), tiny, gold, gold}
		if i%2 == 0 {
			pair.Predicted = nil
		}
		s.Add(pair)
	}
	a, b := s.Intervals(300, 0.95, 1), s.Intervals(300, 0.95, 1)
	if !reflect.DeepEqual(a, b) {
		t.Error("the same seed gives two answers")
	}
	if reflect.DeepEqual(a, s.Intervals(300, 0.95, 2)) {
		t.Error("another seed gives the same answer")
	}
	for _, f := range s.Figures().List() {
		i, ok := a[f.Name]
		if !ok || i[0] > f.Value || i[1] < f.Value || i[0] == i[1] && !strings.HasPrefix(f.Name, "direct") {
			t.Errorf("%s is %v, its interval %v", f.Name, f.Value, i)
		}
	}
	if got := (&AttributionScore{}).Intervals(10, 0.95, 1); got != nil {
		t.Errorf("no article: got %v", got)
	}
}

// attributions scores all pairs.
func attributions(pairs []AttributionPair) *AttributionScore {
	s := &AttributionScore{}
	for _, p := range pairs {
		s.Add(p)
	}
	return s
}

func BenchmarkAttributions(b *testing.B) {
	text := strings.Repeat(tiny+" ", 100)
	var gold []quoth.Attribution
	for i := range 60 {
		k := i * (len(tiny) + 1)
		span := func(x, y int) []quoth.Span { return []quoth.Span{{Start: k + x, End: k + y}} }
		gold = append(gold, quoth.Attribution{Source: span(0, 3), Cue: span(4, 8), Content: span(9, 22)})
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		attributions([]AttributionPair{{"x", text, gold, gold}}).Figures()
	}
}
