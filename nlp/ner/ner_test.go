package ner

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"quoth"
	"quoth/nlp"
)

// mark builds a document from sentences of words with blanks between them, in which
// "[Person Zoë Hale]" is a mention.
func mark(sentences ...string) *nlp.Doc {
	d := &nlp.Doc{}
	for i, sentence := range sentences {
		first, open := len(d.Tokens), -1
		for word := range strings.FieldsSeq(sentence) {
			if kind, found := strings.CutPrefix(word, "["); found {
				open = len(d.Mentions)
				d.Mentions = append(d.Mentions, nlp.Mention{TokenRange: nlp.TokenRange{First: len(d.Tokens)}, Kind: nlp.MentionKindNamed(kind)})
				continue
			}
			word, closes := strings.CutSuffix(word, "]")
			addWord(d, word, len(d.Tokens) == first)
			if closes {
				d.Mentions[open].Past = len(d.Tokens)
			}
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}, Block: i})
	}
	d.MentionOf = mentionOf(d.Mentions, len(d.Tokens))
	return d
}

func addWord(d *nlp.Doc, word string, first bool) {
	if d.Text != "" {
		d.Text += " "
	}
	start := len(d.Text)
	d.Text += word
	t := nlp.NewToken(d.Text, start, len(d.Text))
	if first {
		t.Flags |= nlp.StartsSent | nlp.StartsBlock
	}
	d.Tokens = append(d.Tokens, t)
}

// corpus is a small world of invented people: every name comes in every sentence.
func corpus() []*nlp.Doc {
	people := []string{"Zoë Hale", "Tamsin Oake", "Piet Varga", "Orla Quill", "Mr. Bram Lode", "Ines Farrow"}
	towns := []string{"Harrowmere", "Port Ellis", "Stonewick", "Lindale"}
	firms := []string{"Brightwater Ltd.", "Oake & Sons Inc.", "the Lindale Council"}
	var docs []*nlp.Doc
	for i, p := range people {
		for j, town := range towns {
			f := firms[(i+j)%len(firms)]
			docs = append(docs, mark(
				fmt.Sprintf("[Person %s] of [Organization %s] said on [Date Monday] that the bridge in [Location %s] would open .", p, f, town),
				fmt.Sprintf("“ We paid [Money $ %d million] , ” [Person %s] told reporters in [Location %s] .", i+j+2, p, town),
				"The council met and the bridge would open , reporters said .",
			))
		}
	}
	return docs
}

var testModel = sync.OnceValue(func() []byte {
	b, err := Train(corpus(), Options{Epochs: 6})
	if err != nil {
		panic(err)
	}
	return b
})

func testStage(t testing.TB) *Stage {
	s, err := Open(testModel())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// found runs s on d without its gold mentions and gives the new ones in words.
func found(s *Stage, d *nlp.Doc) []string {
	var out []string
	c := *d
	s.Run(&c)
	for _, m := range c.Mentions {
		out = append(out, m.Kind.String()+" "+c.Phrase(m.TokenRange))
	}
	return out
}

func TestLearns(t *testing.T) {
	s := testStage(t)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"seen", "Orla Quill told reporters in Port Ellis .", []string{"Person Orla Quill", "Location Port Ellis"}},
		{"new names in known contexts", "Maud Tarn told reporters in Ferrowby .", []string{"Person Maud Tarn", "Location Ferrowby"}},
		{"money and a day", "“ We paid $ 9 million , ” Piet Varga said on Monday .", []string{"Money $ 9 million", "Person Piet Varga", "Date Monday"}},
		{"none", "The council met and the bridge would open .", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := found(s, mark(c.text)); !slices.Equal(got, c.want) {
				t.Errorf("%q: got %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// Training twice gives the same bytes.
func TestTrainIsDeterministic(t *testing.T) {
	silver := []*nlp.Doc{mark("[Person Una Reed] said on Monday that [Location Lindale] would open .")}
	opt := Options{Epochs: 2, Silver: silver, Seed: 7}
	a, err := Train(corpus(), opt)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Train(corpus(), opt)
	if !bytes.Equal(a, b) {
		t.Error("the same documents give different models")
	}
	if got := len(silver[0].Mentions); got != 2 {
		t.Errorf("training left the silver document with %d mentions, want its 2", got)
	}
}

func TestTrainWithoutDocs(t *testing.T) {
	if _, err := Train(nil, Options{}); err == nil {
		t.Error("training on nothing gives no error")
	}
}

// Silver documents get the mentions of the classes that they lack, and keep their own.
func TestComplete(t *testing.T) {
	silver := []*nlp.Doc{mark("[Organization Orla Quill] said on Monday that the bridge in Lindale would open .")}
	docs, err := complete(corpus(), Options{Epochs: 6, Silver: silver}.orDefaults())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range docs[0].Mentions {
		got = append(got, m.Kind.String()+" "+docs[0].Phrase(m.TokenRange))
	}
	if want := []string{"Organization Orla Quill", "Date Monday"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestProject(t *testing.T) {
	text := "Orla Quill-Tarn met Piet. Yes."
	d := &nlp.Doc{Text: text}
	for _, w := range [][2]int{{0, 4}, {5, 10}, {10, 11}, {11, 15}, {16, 19}, {20, 24}, {24, 25}, {26, 29}, {29, 30}} {
		d.Tokens = append(d.Tokens, nlp.NewToken(text, w[0], w[1]))
	}
	d.Sentences = []nlp.Sentence{{TokenRange: nlp.TokenRange{First: 0, Past: 7}}, {TokenRange: nlp.TokenRange{First: 7, Past: 9}}}
	for _, c := range []struct {
		name  string
		spans []quoth.Span
		want  []nlp.TokenRange
	}{
		{"whole words", []quoth.Span{{Start: 0, End: 15}, {Start: 20, End: 24}}, []nlp.TokenRange{{First: 0, Past: 4}, {First: 5, Past: 6}}},
		{"part of a word", []quoth.Span{{Start: 0, End: 7}}, []nlp.TokenRange{{First: 0, Past: 2}}},
		{"shares a word", []quoth.Span{{Start: 0, End: 7}, {Start: 7, End: 10}}, []nlp.TokenRange{{First: 0, Past: 2}}},
		{"crosses a sentence", []quoth.Span{{Start: 20, End: 29}}, nil},
		{"blank and beyond the end", []quoth.Span{{Start: 15, End: 16}, {Start: 40, End: 50}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			Project(d, c.spans, make([]nlp.MentionKind, len(c.spans)))
			var got []nlp.TokenRange
			for _, m := range d.Mentions {
				got = append(got, m.TokenRange)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// randomDoc has words of every kind in sentences and blocks of random length.
func randomDoc(rng *rand.Rand) *nlp.Doc {
	words := strings.Fields("Zoë Hale said in Harrowmere and Port Ellis - $ 9 million Mr. “ ” . the Council U.S. of New York NATO naïve 東京 Ω 3rd Oake & Sons Inc. Monday")
	d := &nlp.Doc{}
	for range rng.IntN(8) {
		first := len(d.Tokens)
		for range 1 + rng.IntN(20) {
			addWord(d, words[rng.IntN(len(words))], len(d.Tokens) == first && rng.IntN(2) == 0)
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}})
	}
	return d
}

// checkMentions reports what is wrong with the layer, "" for nothing.
func checkMentions(d *nlp.Doc) string {
	if d.Mentions == nil || len(d.MentionOf) != len(d.Tokens) {
		return "a layer is missing"
	}
	past, sent := 0, 0
	for i, m := range d.Mentions {
		for sent < len(d.Sentences) && d.Sentences[sent].Past <= m.First {
			sent++
		}
		if m.First < past || m.Len() < 1 || sent == len(d.Sentences) || m.Past > d.Sentences[sent].Past || m.Kind == nlp.NoMention || m.Kind > nlp.Misc {
			return fmt.Sprintf("mention %d is %v", i, m)
		}
		past = m.Past
	}
	if !slices.Equal(d.MentionOf, mentionOf(d.Mentions, len(d.Tokens))) {
		return "MentionOf is not that of Mentions"
	}
	return ""
}

// Whatever the document, mentions are in order, disjoint, each inside one sentence, and
// the same every time, from several goroutines at once too.
func TestMentionsAreSound(t *testing.T) {
	s := testStage(t)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(1, uint64(g/2)))
			for range 200 {
				d := randomDoc(rng)
				s.Run(d)
				if wrong := checkMentions(d); wrong != "" {
					t.Errorf("%q: %s", d.Text, wrong)
					return
				}
				again := *d
				s.Run(&again)
				if !slices.Equal(again.Mentions, d.Mentions) {
					t.Errorf("%q: twice run, %v and %v", d.Text, d.Mentions, again.Mentions)
				}
			}
		})
	}
	wg.Wait()
}

// A document of one sentence of 300,000 names is labelled, its scores never overflow.
func TestLongSentence(t *testing.T) {
	d := mark(strings.Repeat("Zoë Hale of Harrowmere ", 10))
	short := d.Tokens
	for len(d.Tokens) < 300_000 {
		d.Tokens = append(d.Tokens, short...)
	}
	d.Sentences[0].Past = len(d.Tokens)
	testStage(t).Run(d)
	if wrong := checkMentions(d); wrong != "" {
		t.Error(wrong)
	}
	if len(d.Mentions) < len(d.Tokens)/10 {
		t.Errorf("%d mentions in %d tokens", len(d.Mentions), len(d.Tokens))
	}
}

// Wherever a model file is cut off, opening it is an error.
func TestOpenDamaged(t *testing.T) {
	b := testModel()
	for n := 0; n < len(b); n += 1 + len(b)/500 {
		if _, err := Open(b[:n]); err == nil {
			t.Fatalf("a file cut off at %d of %d bytes opens", n, len(b))
		}
	}
}

func TestLayers(t *testing.T) {
	s := testStage(t)
	if _, err := nlp.NewPipeline(s); err == nil {
		t.Error("a pipeline without tokens takes the stage")
	}
	if s.Provides() != nlp.Mentions || s.Name() != "ner" {
		t.Errorf("stage %s provides %v", s.Name(), s.Provides())
	}
	var m meta
	if err := json.Unmarshal(s.weights.Meta(), &m); err != nil || m.Gold != len(corpus()) || m.Epochs != 6 {
		t.Errorf("the model says it was made by %+v, %v", m, err)
	}
}

// Full names are found whole, over hyphens and in any case but without a capital.
func TestGazetteer(t *testing.T) {
	tab := testStage(t).tables
	for _, c := range []struct {
		text  string
		token int
		want  uint64
	}{
		{"in New Zealand .", 1, 1 << 0 << nameBegins},
		{"in New Zealand .", 2, 1 << 0 << nameGoesOn},
		{"in NEW ZEALAND .", 2, 1 << 0 << nameGoesOn},
		{"in Guinea - Bissau .", 3, 1 << 0 << nameGoesOn},
		{"in Kenya .", 1, 1 << 0 << nameAlone},
		{"Mrs. Hale", 0, womanTitle >> 8 << wordBits},
		{"said mary", 1, givenName >> 8 << wordBits},
	} {
		var sc scratch
		sc.read(mark(c.text), &tab)
		if got := sc.words[c.token+pad].gaz; got&c.want != c.want {
			t.Errorf("%q token %d: %b, want %b in it", c.text, c.token, got, c.want)
		}
	}
}

func BenchmarkRun(b *testing.B) {
	s := testStage(b)
	docs := corpus()
	words, size := 0, 0
	for _, d := range docs {
		words += len(d.Tokens)
		size += len(d.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			c := *d
			s.Run(&c)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
}
