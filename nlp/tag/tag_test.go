package tag

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/linear"
)

// treebank is a tiny corpus of invented people: word/UPOS/XPOS/lemma, a sentence a line.
const treebank = `
Zoe/PROPN/NNP/Zoe Hale/PROPN/NNP/Hale opened/VERB/VBD/open the/DET/DT/the doors/NOUN/NNS/door ./PUNCT/./.
The/DET/DT/the dogs/NOUN/NNS/dog barked/VERB/VBD/bark ./PUNCT/./.
Omar/PROPN/NNP/Omar closed/VERB/VBD/close a/DET/DT/a window/NOUN/NN/window ./PUNCT/./.
She/PRON/PRP/she opens/VERB/VBZ/open boxes/NOUN/NNS/box ./PUNCT/./.
He/PRON/PRP/he was/AUX/VBD/be late/ADJ/JJ/late ./PUNCT/./.
The/DET/DT/the walls/NOUN/NNS/wall were/AUX/VBD/be white/ADJ/JJ/white ./PUNCT/./.
Ines/PROPN/NNP/Ines painted/VERB/VBD/paint the/DET/DT/the walls/NOUN/NNS/wall ./PUNCT/./.
`

// docOf builds a document with gold tags and lemmas, and a sentence for each line.
func docOf(lines string) *nlp.Doc {
	d := &nlp.Doc{}
	var text strings.Builder
	index := map[string]uint8{}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		first := len(d.Tokens)
		for i, w := range strings.Fields(line) {
			f := strings.Split(w, "/")
			start := text.Len()
			text.WriteString(f[0])
			text.WriteByte(' ')
			t := nlp.NewToken(text.String(), start, text.Len()-1)
			t.Space = true
			if i == 0 {
				t.Flags |= nlp.StartsSent
			}
			d.Tokens = append(d.Tokens, t)
			if len(f) < 4 {
				continue
			}
			if _, ok := index[f[2]]; !ok {
				index[f[2]] = uint8(len(d.XPOSNames))
				d.XPOSNames = append(d.XPOSNames, f[2])
			}
			d.UPOS, d.XPOS = append(d.UPOS, nlp.UPOSNamed(f[1])), append(d.XPOS, index[f[2]])
			d.Lemmas = append(d.Lemmas, f[3])
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}})
	}
	d.Text = text.String()
	d.Blocks = []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(d.Text)}}}
	return d
}

func repeated(d *nlp.Doc, n int) []*nlp.Doc {
	docs := make([]*nlp.Doc, n)
	for i := range docs {
		docs[i] = d
	}
	return docs
}

func trained(t testing.TB) (*Stage, []byte) {
	t.Helper()
	b, err := Train(repeated(docOf(treebank), 20), Options{Seed: 1, MinCount: 2})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

// What was trained on comes out again, tags and lemmas.
func TestTrainedOn(t *testing.T) {
	s, _ := trained(t)
	gold, d := docOf(treebank), docOf(treebank)
	s.Run(d)
	for i := range d.Tokens {
		got := jointLabel(d, i) + "|" + d.Lemmas[i]
		if want := jointLabel(gold, i) + "|" + gold.Lemmas[i]; got != want {
			t.Errorf("%s is tagged %s, want %s", d.Word(i), got, want)
		}
	}
}

// Words never seen get their tag from context and form, and their lemma by rule.
func TestUnseenWords(t *testing.T) {
	s, _ := trained(t)
	d := docOf("Ruth shouted .\nThe gates were white .")
	s.Run(d)
	for _, c := range []struct {
		token int
		want  string
	}{{1, "VERB|VBD|shout"}, {4, "NOUN|NNS|gate"}, {5, "AUX|VBD|be"}} {
		if got := jointLabel(d, c.token) + "|" + d.Lemmas[c.token]; got != c.want {
			t.Errorf("%s is tagged %s, want %s", d.Word(c.token), got, c.want)
		}
	}
}

// Where a rule makes no word that is known, another script of the label does.
func TestLemmaIsAKnownWord(t *testing.T) {
	more := docOf(treebank + `
Omar/PROPN/NNP/Omar used/VERB/VBD/use a/DET/DT/a window/NOUN/NN/window ./PUNCT/./.
Zoe/PROPN/NNP/Zoe moved/VERB/VBD/move the/DET/DT/the walls/NOUN/NNS/wall ./PUNCT/./.
Ines/PROPN/NNP/Ines called/VERB/VBD/call the/DET/DT/the dogs/NOUN/NNS/dog ./PUNCT/./.
Ines/PROPN/NNP/Ines held/VERB/VBD/hold the/DET/DT/the dogs/NOUN/NNS/dog ./PUNCT/./.
`)
	clusters, err := linear.FreezeTable(map[uint64]uint32{nlp.Hash("rule"): 1, nlp.Hash("pull"): 1, nlp.Hash("upheld"): 1, nlp.Hash("uphold"): 1})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Train(repeated(more, 20), Options{Seed: 1, MinCount: 2, Clusters: clusters})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	d := docOf("Omar ruled .\nOmar Ruled .\nOmar pulled .\nOmar zorbled .\nOmar upheld the walls .")
	s.Run(d)
	for i, want := range map[int]string{1: "rule", 4: "rule", 7: "pull", 10: "zorbl", 13: "uphold"} {
		if got := d.Lemmas[i]; got != want {
			t.Errorf("%s (%s) has the lemma %q, want %q", d.Word(i), jointLabel(d, i), got, want)
		}
	}
}

// The same documents train the same bytes.
func TestTrainIsDeterministic(t *testing.T) {
	_, a := trained(t)
	_, b := trained(t)
	if !bytes.Equal(a, b) {
		t.Error("training twice gives two models")
	}
}

// Whatever the text, every token has a tag of the model and a lemma that is not empty,
// the layers are as long as the tokens, and running again gives the same.
func TestAnyText(t *testing.T) {
	s, _ := trained(t)
	r := rand.New(rand.NewPCG(3, 4))
	runes := []rune("abzAZ019.,'\"-“”éßİŉ中�/")
	for range 200 {
		var text strings.Builder
		for range r.IntN(5) {
			for range r.IntN(8) + 1 {
				for range r.IntN(9) + 1 {
					if c := runes[r.IntN(len(runes))]; c != '/' {
						text.WriteRune(c)
					}
				}
				text.WriteString("x ")
			}
			text.WriteByte('\n')
		}
		d, again := docOf(text.String()), docOf(text.String())
		s.Run(d)
		s.Run(again)
		n := len(d.Tokens)
		if len(d.UPOS) != n || len(d.XPOS) != n || len(d.Lemmas) != n {
			t.Fatalf("%q: layers do not have %d entries", d.Text, n)
		}
		for i := range n {
			if d.Lemmas[i] == "" || int(d.XPOS[i]) >= len(d.XPOSNames) {
				t.Errorf("%q has lemma %q and tag %d", d.Word(i), d.Lemmas[i], d.XPOS[i])
			}
		}
		if !reflect.DeepEqual(d.XPOS, again.XPOS) || !reflect.DeepEqual(d.Lemmas, again.Lemmas) {
			t.Errorf("%q is tagged differently the second time", d.Text)
		}
	}
}

// Goroutines that share a stage get what one alone gets.
func TestConcurrent(t *testing.T) {
	s, _ := trained(t)
	want := docOf(treebank)
	s.Run(want)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				d := docOf(treebank)
				s.Run(d)
				if !reflect.DeepEqual(d.XPOS, want.XPOS) || !reflect.DeepEqual(d.Lemmas, want.Lemmas) {
					t.Error("another goroutine changed the answer")
				}
			}
		})
	}
	wg.Wait()
}

// A model that is cut off or not a model is an error.
func TestOpenDamaged(t *testing.T) {
	_, b := trained(t)
	for n := 0; n < len(b); n += 1 + len(b)/300 {
		if _, err := Open(b[:n]); err == nil {
			t.Fatalf("a model cut off at %d of %d bytes opens", n, len(b))
		}
	}
	if _, err := Open([]byte("something else altogether")); err == nil {
		t.Error("something else opens as a model")
	}
}

func TestTrainOnNothing(t *testing.T) {
	if _, err := Train(nil, Options{}); err == nil {
		t.Error("training on no documents gives a model")
	}
}

// Jackknife predicts every document by a model that has not seen it, and keeps the
// other layers.
func TestJackknife(t *testing.T) {
	docs := repeated(docOf(treebank), 24)
	out, err := Jackknife(docs, nil, 2, Options{MinCount: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range out {
		if len(d.UPOS) != len(docs[i].UPOS) || &d.Lemmas[0] != &docs[i].Lemmas[0] || &d.UPOS[0] == &docs[i].UPOS[0] {
			t.Errorf("document %d lacks its layers", i)
		}
	}
}

func TestScripts(t *testing.T) {
	for _, c := range []struct{ word, lemma string }{
		{"dogs", "dog"}, {"Dogs", "dog"}, {"was", "be"}, {"Hale", "Hale"}, {"Americans", "American"},
		{"cafés", "café"}, {"É", "é"}, {"BOXES", "box"}, {"n't", "not"},
	} {
		s := scriptFor(c.word, c.lemma)
		again, err := parseScript(s.String())
		if err != nil || again != s {
			t.Errorf("script %v reads back as %v, %v", s, again, err)
		}
		if got, _ := apply(nil, s, c.word); string(got) != c.lemma {
			t.Errorf("script %v makes %q of %q, want %q", s, got, c.word, c.lemma)
		}
	}
}

// A script made for another word changes no word that lacks its ending, and leaves
// something of every word.
func TestScriptOnOtherWord(t *testing.T) {
	for _, c := range []struct{ word, cut string }{{"rode", "ed"}, {"ed", "ed"}, {"é", "é"}, {"a", "éa"}, {"中", "x"}} {
		if got, isChanged := apply(nil, script{cut: c.cut}, c.word); string(got) != c.word || isChanged {
			t.Errorf("cutting %q off %q gives %q", c.cut, c.word, got)
		}
	}
}

func BenchmarkRun(b *testing.B) {
	s, _ := trained(b)
	d := docOf(strings.Repeat(treebank, 20))
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		s.Run(d)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(d.Tokens)), "ns/word")
}
