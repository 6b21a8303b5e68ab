package stance

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"quoth"
	"quoth/nlp"
)

// flat is a document of one sentence whose words all hang from the second.
func flat(text string) *nlp.Doc {
	d := &nlp.Doc{Text: text, RelNames: []string{"dep"}}
	at := 0
	for i, w := range strings.Fields(text) {
		start := at + strings.Index(text[at:], w)
		at = start + len(w)
		d.Tokens = append(d.Tokens, nlp.NewToken(text, start, at))
		d.UPOS, d.XPOS, d.Lemmas = append(d.UPOS, nlp.ADJ), append(d.XPOS, 0), append(d.Lemmas, strings.ToLower(w))
		d.Heads, d.Rels, d.MentionOf = append(d.Heads, 1), append(d.Rels, 0), append(d.MentionOf, -1)
		if i == 1 {
			d.Heads[1] = -1
		}
	}
	d.Sentences = []nlp.Sentence{{TokenRange: nlp.TokenRange{Past: len(d.Tokens)}}}
	return d
}

// examples are sentences about somebody who is their first word.
func examples() []Example {
	var out []Example
	for i, name := range []string{"Hale", "Renn", "Lind", "Moss", "Quill", "Aber", "Orne", "Tull"} {
		for label, words := range map[quoth.StanceLabel][]string{
			quoth.Critical: {"terrible", "dishonest", "awful"}, quoth.Supportive: {"brilliant", "honest", "great"}, quoth.Neutral: {"here", "tall", "early"},
		} {
			d := flat(fmt.Sprintf("%s is %s today", name, words[i%3]))
			out = append(out, Example{d, nlp.TokenRange{Past: len(d.Tokens)}, nlp.TokenRange{Past: 1}, label})
		}
	}
	// Maps go in any order; training must not.
	for i := range out {
		for k := i; k > 0 && out[k].Doc.Text < out[k-1].Doc.Text; k-- {
			out[k], out[k-1] = out[k-1], out[k]
		}
	}
	return out
}

func trained(t *testing.T) []byte {
	t.Helper()
	b, err := Train(examples(), Options{Seed: 1, Folds: 2, MinCount: 1, Epochs: 30})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTrainedStageKnowsGoodWordsFromBad(t *testing.T) {
	b := trained(t)
	if !bytes.Equal(b, trained(t)) {
		t.Error("training again gives other bytes")
	}
	s, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]quoth.StanceLabel{"terrible": quoth.Critical, "brilliant": quoth.Supportive} {
		d := flat("Sims is " + word + " today")
		got, _ := s.Predict(d, nlp.TokenRange{Past: 4}, nlp.TokenRange{Past: 1})
		if got.Label != want {
			t.Errorf("%s: got %+v", word, got)
		}
	}
}

// A negation turns a word's sound about and weakens it.
func TestNegationTurnsWordsAbout(t *testing.T) {
	s, err := Open(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	sc := newScratch()
	sc.begin(flat("She is not honest and was honest before"))
	s.readWords(sc, nlp.TokenRange{Past: 8})
	if not, plain := sc.words[3].sound, sc.words[6].sound; plain <= 0 || not >= 0 || -not >= plain {
		t.Errorf("honest sounds %d, not honest %d", plain, not)
	}
}

func TestProbabilitiesSumToOne(t *testing.T) {
	m := meta{Temperature: 2, Prior: [3]float64{0.1, -0.4, 3}}
	p := m.probabilities([]float32{30, -2, 4})
	if sum := p[0] + p[1] + p[2]; math.Abs(sum-1) > 1e-9 {
		t.Errorf("%v sums to %g", p, sum)
	}
}

func TestTrainRefuses(t *testing.T) {
	if _, err := Train(examples()[:2], Options{}); err == nil {
		t.Error("two examples are enough")
	}
	wrong := examples()
	wrong[3].Label = "angry"
	if _, err := Train(wrong, Options{}); err == nil || !strings.Contains(err.Error(), `"angry"`) {
		t.Errorf("got %v", err)
	}
}

func TestOpenRefusesBrokenModels(t *testing.T) {
	b := trained(t)
	for _, n := range []int{0, 1, 20, len(b) / 2, len(b) - 1} {
		if _, err := Open(b[:n]); err == nil {
			t.Errorf("%d of %d bytes are a model", n, len(b))
		}
	}
}

// Any document is taken: without attributions, with mentions at its very edges.
func TestAnyDoc(t *testing.T) {
	s, err := Open(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	s.Run(&nlp.Doc{})
	d := flat("Hale is terrible")
	d.Tokens[2].Depth = 1
	d.Clusters = []nlp.Cluster{{Kind: quoth.PersonParty}, {Kind: quoth.PersonParty}}
	d.Attributions = []nlp.Attribution{{Content: []nlp.TokenRange{{First: 0, Past: 3}}}}
	d.Speakers = []int32{1}
	d.About = [][]nlp.Target{{{Cluster: 0, Mentions: []int32{0, 2, 0, 0, 0, 0}}}}
	s.Run(d)
	d.About[0][0].Mentions = nil
	s.Run(d)
	if got := d.About[0][0].Stance; got.Label != "" {
		t.Errorf("of no mention: %+v", got)
	}
}
