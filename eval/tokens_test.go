package eval

import (
	"strings"
	"testing"

	"quoth/nlp"
)

// cutDoc returns a Doc from text in which | ends a sentence and _ stands between
// words that are written together.
func cutDoc(marked string) *nlp.Doc {
	d := &nlp.Doc{Text: strings.NewReplacer("|", "", "_", "").Replace(marked)}
	at := 0
	for _, sentence := range strings.Split(marked, "|") {
		first := len(d.Tokens)
		for _, run := range strings.Fields(sentence) {
			at += strings.Index(d.Text[at:], strings.Split(run, "_")[0])
			for _, w := range strings.Split(run, "_") {
				d.Tokens = append(d.Tokens, nlp.Token{Start: int32(at), End: int32(at + len(w))})
				at += len(w)
			}
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}})
	}
	return d
}

func TestTokenScore(t *testing.T) {
	for _, c := range []struct {
		name, gold, predicted string
		tokenF, sentP, sentR  float64
	}{
		{"equal", "Hale left_.| Orr stayed_.", "Hale left_.| Orr stayed_.", 1, 1, 1},
		{"other space", "Hale left_.| Orr stayed_.", "Hale  left .|\n\nOrr stayed_.", 1, 1, 1},
		{"one sentence missed", "Hale left_.| Orr stayed_.", "Hale left_. Orr stayed_.", 1, 0, 0},
		{"one sentence more", "Hale left Orr", "Hale left| Orr", 1, 0, 0},
		{"last of three", "a b| c| d", "a b c| d", 1, 0.5, 1.0 / 3},
		{"word split", "can_not do", "cannot do", 2.0 * 1 / 5, 1, 1},
		{"wide letters", "Zoë_’s", "Zoë_’s", 1, 1, 1},
	} {
		var s TokenScore
		s.Add(cutDoc(c.gold), cutDoc(c.predicted))
		f := s.Figures()
		near := func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }
		if !near(f.Tokens.F1, c.tokenF) || !near(f.Sentences.P, c.sentP) || !near(f.Sentences.R, c.sentR) {
			t.Errorf("%s: got tokens %+v, sentences %+v, want F1 %.3f, P %.3f, R %.3f", c.name, f.Tokens, f.Sentences, c.tokenF, c.sentP, c.sentR)
		}
	}
}
