package attribution

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/surface"
)

// mark builds a document from sentences of words with roles, such as
// "Hale/S said/C it/Q is/Q late/Q .", one block each. Words hang from the cue, "“" and
// "”" open and close quotations.
func mark(t testing.TB, sentences ...string) *nlp.Doc {
	t.Helper()
	d := &nlp.Doc{XPOSNames: []string{"X", "VERB"}, RelNames: []string{"root", "nsubj", "ccomp", "punct"}}
	type ranges struct{ source, cue, content []nlp.TokenRange }
	for _, sentence := range sentences {
		var at ranges
		first, start, depth := len(d.Tokens), len(d.Text), uint8(0)
		cueAt := first
		for _, field := range strings.Fields(sentence) {
			word, role, _ := strings.Cut(field, "/")
			from := len(d.Text)
			d.Text += word
			tok := nlp.NewToken(d.Text, from, len(d.Text))
			d.Text += " "
			if word == "“" {
				depth, tok.Mark = 1, nlp.OpenMark
			}
			tok.Depth = depth
			if word == "”" {
				depth, tok.Mark = 0, nlp.CloseMark
			}
			i := len(d.Tokens)
			d.Tokens = append(d.Tokens, tok)
			d.Lemmas = append(d.Lemmas, strings.ToLower(word))
			d.UPOS, d.XPOS, d.Rels = append(d.UPOS, nlp.NOUN), append(d.XPOS, 0), append(d.Rels, 2)
			put := func(rs *[]nlp.TokenRange) {
				if n := len(*rs); n > 0 && (*rs)[n-1].Past == i {
					(*rs)[n-1].Past++
				} else {
					*rs = append(*rs, nlp.TokenRange{First: i, Past: i + 1})
				}
			}
			switch role {
			case "S":
				put(&at.source)
				d.Rels[i] = 1
			case "C":
				put(&at.cue)
				cueAt, d.UPOS[i], d.XPOS[i] = i, nlp.VERB, 1
			case "Q":
				put(&at.content)
			}
		}
		for i := first; i < len(d.Tokens); i++ {
			d.Heads = append(d.Heads, int32(cueAt))
			d.MentionOf = append(d.MentionOf, -1)
		}
		if len(d.Tokens) > first {
			d.Heads[cueAt], d.Rels[cueAt] = -1, 0
			d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}, Block: len(d.Blocks)})
			d.Blocks = append(d.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: quoth.Span{Start: start, End: len(d.Text) - 1}})
		}
		if len(at.cue) > 0 {
			d.Attributions = append(d.Attributions, nlp.Attribution{Source: at.source, Cue: at.cue, Content: at.content})
		}
	}
	return d
}

var lessons = []string{
	"Hale/S said/C the/Q bridge/Q opens/Q .", "Reed/S said/C the/Q ferry/Q sinks/Q .", "Hale/S said/C rain/Q helps/Q .",
	"The bridge is old .", "The ferry was late .", "Rain fell .", "Reed/S said/C dogs/Q bark/Q .",
	"“/Q It/Q opens/Q ,/Q ”/Q said/C Hale/S .", "“/Q It/Q sinks/Q ,/Q ”/Q said/C Reed/S .", "“/Q Dogs/Q bark/Q ,/Q ”/Q said/C Reed/S .",
}

var lessonsModel struct {
	sync.Once
	bytes []byte
}

// trained is a model of the lessons, made once.
func trained(t testing.TB) []byte {
	t.Helper()
	lessonsModel.Do(func() { lessonsModel.bytes = taught(t) })
	if lessonsModel.bytes == nil {
		t.Fatal("the lessons could not be learned")
	}
	return lessonsModel.bytes
}

// taught is the same, with more text to learn from.
func taught(t testing.TB, raw ...*nlp.Doc) []byte {
	t.Helper()
	var docs []*nlp.Doc
	for range 20 {
		docs = append(docs, mark(t, lessons...))
	}
	clusters, err := linear.FreezeTable(map[uint64]uint32{nlp.Hash("bark"): 3})
	if err != nil {
		t.Fatal(err)
	}
	words, err := surface.TrainWords(slices.Values(docs), surface.Options{Width: 32, Hidden: 32, Layers: 1, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Train(docs, Options{Seed: 1, Rate: 0.05, NetRate: 0.01, Clusters: clusters, Words: words, Raw: raw})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// words are the words of the pieces, for comparing.
func words(d *nlp.Doc, pieces []nlp.TokenRange) string {
	var out []string
	for _, r := range pieces {
		out = append(out, d.Phrase(r))
	}
	return strings.Join(out, " | ")
}

func TestLearnsWhatItIsTaught(t *testing.T) { checkLessons(t, trained(t)) }

// What the first model finds in text without gold is what the second one's network learns
// from first; the same text gives the same bytes.
func TestTaughtByItself(t *testing.T) {
	raw := func() []*nlp.Doc {
		d := mark(t, "Reed said the bridge sinks .", "“ Rain helps , ” said Hale .", "The dogs were late .")
		d.Attributions = nil
		return []*nlp.Doc{d}
	}
	b := taught(t, raw()...)
	checkLessons(t, b)
	if bytes.Equal(b, taught(t, mark(t, "Dogs were late .", "“ The ferry sinks , ” said Reed ."))) {
		t.Error("another text teaches the same")
	}
	if !bytes.Equal(b, taught(t, raw()...)) {
		t.Error("the same text gives other bytes")
	}
}

func TestTrainRefuses(t *testing.T) {
	clusters, err := linear.FreezeTable(map[uint64]uint32{1: 3})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Train([]*nlp.Doc{mark(t, lessons...)}, Options{Clusters: clusters, Words: []byte("no words")}); err == nil || !strings.Contains(err.Error(), "words") {
		t.Errorf("trained on no words, error %v", err)
	}
}

func checkLessons(t *testing.T, model []byte) {
	t.Helper()
	s, err := Open(model)
	if err != nil {
		t.Fatal(err)
	}
	for _, lesson := range []string{"Hale/S said/C the/Q ferry/Q opens/Q .", "“/Q It/Q bark/Q ,/Q ”/Q said/C Hale/S .", "The bridge fell ."} {
		d := mark(t, lesson)
		want := d.Attributions
		s.Run(d)
		if len(d.Attributions) != len(want) {
			t.Errorf("%s: got %d attributions, want %d", lesson, len(d.Attributions), len(want))
			continue
		}
		for i, w := range want {
			got := d.Attributions[i]
			if words(d, got.Source) != words(d, w.Source) || words(d, got.Cue) != words(d, w.Cue) || words(d, got.Content) != words(d, w.Content) {
				t.Errorf("%s: got {S %s} {C %s} {Q %s}", lesson, words(d, got.Source), words(d, got.Cue), words(d, got.Content))
			}
			if got.Confidence <= 0 || got.Confidence > 1 {
				t.Errorf("%s: confidence %v", lesson, got.Confidence)
			}
		}
	}
}

// A quotation that no cue claims is an attribution of its own, and takes its source from
// the signature after it if there is one. Short ones in marks are no quotations.
func TestQuotationsWithoutCue(t *testing.T) {
	s, err := Open(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"“ We never sold/C one of the boats ”":                  "{} {} {“ We never sold one of the boats ”}",
		"“ We never sold/C one of the boats ” ― Reed , captain": "{Reed , captain} {―} {“ We never sold one of the boats ”}",
		"They play “ Harbour Lights ” at dusk .":                "",
	} {
		d := mark(t, text)
		d.Attributions = nil
		s.Run(d)
		var got string
		for _, at := range d.Attributions {
			got += "{" + words(d, at.Source) + "} {" + words(d, at.Cue) + "} {" + words(d, at.Content) + "}"
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// A quotation without cue is of whom the sentence before is about, if that is somebody, or of
// whoever says something there.
func TestSourceBefore(t *testing.T) {
	for text, want := range map[string]string{
		"He/S saw/C the boats . | “ It sinks ”":                      "He",
		"Rain/S sank/C the boats . | “ It sinks ”":                   "",
		"He/S saw/C boats . | Rain/S sank/C . | “ It sinks ”":        "",
		"“ He/S saw/C boats . ” | “ It sinks ”":                      "",
		"Rain/S told/C me/Q . | “ It sinks ”":                        "more of 0",
		"Rain/S told/C me/Q . | “ It sinks ” , boys":                 "Rain",
		"Rain/S told/C me/Q . | Specifically , “ it sinks ”":         "Rain",
		"Rain/S told/C “/Q boats/Q ”/Q | “ It sinks ”":               "Rain",
		"Rain/S told/C “/Q boats/Q | “ It sinks ”":                   "more of 0",
		"You/S told/C me/Q . | “ It sinks ”":                         "",
		"Rain/S which told/C me/Q . | “ It sinks ”":                  "",
		"He/S saw/C the boats . | Well , “ it sinks ”":               "",
		"He/S saw/C the boats , old and new . | “ It sinks ” , boys": "He",
		"“ It sinks ”": "",
	} {
		d := mark(t, strings.Split(text, " | ")...)
		d.RelNames = append(d.RelNames, "acl:relcl")
		for t, lemma := range d.Lemmas {
			switch lemma {
			case "you":
				d.UPOS[t] = nlp.PRON
			case "specifically":
				d.UPOS[t] = nlp.ADV
			case "which": // a clause about the rain
				d.Heads[t-1], d.Heads[t+1], d.Rels[t+1] = -1, int32(t-1), uint8(len(d.RelNames)-1)
			}
		}
		var v view
		v.read(d, linear.Table{})
		said := make([]saying, len(d.Sentences))
		d.Attributions = slices.DeleteFunc(d.Attributions, func(at nlp.Attribution) bool { return len(at.Content) == 0 })
		for i := range d.Attributions {
			v.keepLast(said, i)
		}
		source, more := v.sourceBefore(v.regs[len(v.regs)-1].TokenRange, said)
		got := words(d, source)
		if more >= 0 {
			got = fmt.Sprintf("more of %d", more)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// The cue of a refusal goes on over the saying that is refused, if it is one.
func TestOverRefusal(t *testing.T) {
	for text, want := range map[string]string{
		"Hale/S refuse/C to/Q say/Q why/Q":           "refuse to say: why",
		"Hale/S refuse/C to/Q tell/Q boats/Q sink/Q": "refuse to tell: boats sink",
		"Hale/S refuse/C to/Q pay/Q us/Q":            "refuse: to pay us",
		"Hale/S promise/C to/Q say/Q why/Q":          "promise: to say why",
		"Hale/S refuse/C to/Q say/Q":                 "refuse: to say",
		"Hale/S refuse/C rain/Q":                     "refuse: rain",
	} {
		d := mark(t, text)
		for t, lemma := range d.Lemmas {
			switch lemma {
			case "to":
				d.UPOS[t] = nlp.PART
			case "sink":
				d.Heads[t] = int32(t - 2)
			}
		}
		var v view
		v.read(d, linear.Table{})
		at := d.Attributions[0]
		v.overRefusal(at)
		if got := words(d, at.Cue) + ": " + words(d, at.Content); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// A signature says whose the quotation is, whatever the chains took its dash for; what is
// said inside of the quotation stays.
func TestSignedQuotation(t *testing.T) {
	s, err := Open(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	d := mark(t, "“ Moss never said/C boats sink here ” ― Reed , captain")
	at := func(source, cue, content nlp.TokenRange) nlp.Attribution {
		return nlp.Attribution{Source: []nlp.TokenRange{source}, Cue: []nlp.TokenRange{cue}, Content: []nlp.TokenRange{content}}
	}
	piece := func(first, past int) nlp.TokenRange { return nlp.TokenRange{First: first, Past: past} }
	inner := at(piece(1, 2), piece(3, 4), piece(4, 7))
	d.Attributions = []nlp.Attribution{inner, at(piece(9, 10), piece(8, 9), piece(2, 8)), at(piece(1, 2), piece(3, 4), piece(4, 12))}
	sc := &scratch{}
	sc.view.read(d, s.clusters)
	s.addSigned(d, sc)
	want := []nlp.Attribution{inner, at(piece(9, 12), piece(8, 9), piece(0, 8))}
	want[1].Confidence = turnConfidence
	if !reflect.DeepEqual(d.Attributions, want) {
		t.Errorf("got %v, want %v", d.Attributions, want)
	}
}

// A damaged model is refused, or at least does no harm.
func TestOpenDamaged(t *testing.T) {
	b := trained(t)
	for n := 0; n < len(b); n += 997 {
		if _, err := Open(b[:n]); err == nil {
			t.Fatalf("a model cut off at %d of %d bytes opens", n, len(b))
		}
	}
}

func TestEmptyAndConcurrent(t *testing.T) {
	s, err := Open(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	empty := &nlp.Doc{}
	s.Run(empty)
	if empty.Attributions == nil || len(empty.Attributions) != 0 {
		t.Errorf("an empty document has attributions %v", empty.Attributions)
	}
	want := mark(t, lessons...)
	s.Run(want)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			d := mark(t, lessons...)
			s.Run(d)
			if len(d.Attributions) != len(want.Attributions) {
				t.Errorf("got %d attributions, want %d", len(d.Attributions), len(want.Attributions))
			}
		})
	}
	wait.Wait()
}

// A window goes on into the next block only when the cue leads over to it.
func TestWindow(t *testing.T) {
	var v view
	d := mark(t, "Hale went on/C :", "“ It opens . ”", "Rain fell .")
	v.read(d, linear.Table{})
	c := v.newCue(2, 3, 1)
	v.markCues([]cue{c})
	if w := v.window(c); w.First != 0 || w.Past != 9 {
		t.Errorf("window of a lead-in is %v, want it to end with the next block", w)
	}
	c = v.newCue(0, 1, 1)
	d2 := mark(t, "Hale/C said it would open soon or later .", "Rain fell .")
	v.read(d2, linear.Table{})
	v.markCues([]cue{c})
	if w := v.window(c); w.Past != 9 {
		t.Errorf("window is %v, want it to end with its block", w)
	}
}

// Whoever a sentence with a colon is about says what follows, not whom it only names last.
func TestBeforeColon(t *testing.T) {
	for text, want := range map[string]string{
		"He saw Renn/S :/C rain/Q helps/Q":   "He",
		"Rain saw Renn/S :/C rain/Q helps/Q": "Renn",
		"Mayor Renn/S :/C rain/Q helps/Q":    "Renn",
		"Renn/S told/C us/S rain/Q":          "Renn | us",
	} {
		d := mark(t, text)
		for t, lemma := range d.Lemmas {
			if lemma == "saw" { // the root, with the word before as its subject
				d.UPOS[t], d.Heads[t], d.Rels[t] = nlp.VERB, -1, 0
				d.Heads[t-1], d.Rels[t-1] = int32(t), 1
				for k := t + 1; k < len(d.Heads); k++ {
					d.Heads[k] = int32(t)
				}
				d.Rels[t+1] = 2
			}
		}
		var v view
		v.read(d, linear.Table{})
		if got := words(d, v.beforeColon(d.Attributions[0])); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Whoever the clause before a colon tells of says what follows, but for those who quote somebody and for what a headline takes from a paper.
func TestIntroducedBy(t *testing.T) {
	for text, want := range map[string]string{
		"He fanned/C it with words : “ It rains ”":   "He",
		"He quoted/C him with words : “ It rains ”":  "",
		"Rain fanned/C it with words : “ It falls ”": "",
		"He fanned/C it - Post : “ It rains ”":       "",
		"He fanned/C it with words , “ It rains ”":   "",
	} {
		d := mark(t, text)
		for i := range d.Tokens {
			d.Tokens[i].Space = true
		}
		d.Rels[0] = 1
		d.Lemmas[1] = strings.TrimSuffix(strings.TrimSuffix(d.Lemmas[1], "ned"), "d")
		var v view
		v.read(d, linear.Table{})
		_, got := v.introducedBy(v.regs[0].TokenRange)
		if words(d, got) != want {
			t.Errorf("%s: %q, want %q", text, words(d, got), want)
		}
	}
}

// The whole subject is the source where the chains took the end of the clause that tells of it, whether or not the tree knows it for one.
func TestWholeSubject(t *testing.T) {
	for text, want := range map[string]string{
		"Post , which backs Renn/S ,/S said/C rain/Q helps/Q": "Post , which backs Renn ,",
		"Post - which backs Renn/S ,/S said/C rain/Q helps/Q": "Renn ,",
		"Post , which backs Renn/S said/C rain/Q helps/Q":     "Renn",
	} {
		d := mark(t, text)
		d.RelNames = append(d.RelNames, "acl:relcl", "obj")
		d.XPOSNames = append(d.XPOSNames, "VBD")
		for i, lemma := range d.Lemmas {
			switch lemma {
			case "post":
				d.Rels[i] = 3
			case "which":
				d.UPOS[i], d.Heads[i], d.Rels[i] = nlp.PRON, int32(i+1), 1
			case "backs":
				d.UPOS[i], d.Heads[i], d.Rels[i] = nlp.VERB, 0, 4
			case "renn":
				d.Heads[i], d.Rels[i] = int32(i-1), 5
			case ",", "-":
				d.UPOS[i], d.Rels[i] = nlp.PUNCT, 3
			case "said":
				d.XPOS[i] = 2
			}
		}
		var v view
		v.read(d, linear.Table{})
		v.wholeSubject(&d.Attributions[0])
		if got := words(d, d.Attributions[0].Source); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
