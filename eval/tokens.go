package eval

import (
	"unicode"
	"unicode/utf8"

	"quoth/nlp"
)

// TokenFigures tell how well a text is cut into words and sentences. A word or
// sentence is right when its characters, white space apart, are those of a gold one
// (conll18_ud_eval: "Words" and "Sentences" on character spans).
type TokenFigures struct {
	Documents int `json:"documents"`
	Tokens    PRF `json:"tokens"`
	Sentences PRF `json:"sentences"`
}

// TokenScore counts words and sentences document by document. The zero value is ready;
// one goroutine at a time.
type TokenScore struct {
	documents         int
	tokens, sentences classCounts
}

// Add scores one document. Both sides have Tokens and Sentences, over the same text or
// over texts that differ in white space alone.
func (s *TokenScore) Add(gold, predicted *nlp.Doc) {
	s.documents++
	g, p := inkSpans(gold), inkSpans(predicted)
	s.tokens.addSpans(g, p)
	s.sentences.addSpans(sentenceSpans(gold, g), sentenceSpans(predicted, p))
}

// Figures returns the figures of all documents added so far.
func (s *TokenScore) Figures() TokenFigures {
	return TokenFigures{
		s.documents,
		newPRF(s.tokens.right, s.tokens.predicted, s.tokens.gold),
		newPRF(s.sentences.right, s.sentences.predicted, s.sentences.gold),
	}
}

// inkSpan is a span that counts only the bytes that are not white space.
type inkSpan struct{ start, end int }

// inkSpans returns the spans of d's tokens.
func inkSpans(d *nlp.Doc) []inkSpan {
	out := make([]inkSpan, 0, len(d.Tokens))
	at, ink := 0, 0
	upTo := func(end int) int {
		if end < at { // words that share characters
			at, ink = 0, 0
		}
		for at < end {
			r, size := utf8.DecodeRuneInString(d.Text[at:])
			if !unicode.IsSpace(r) {
				ink += size
			}
			at += size
		}
		return ink
	}
	for _, t := range d.Tokens {
		start := upTo(int(t.Start))
		out = append(out, inkSpan{start, upTo(int(t.End))})
	}
	return out
}

// sentenceSpans returns the spans of d's sentences, given those of its tokens.
func sentenceSpans(d *nlp.Doc, tokens []inkSpan) []inkSpan {
	var out []inkSpan
	for _, s := range d.Sentences {
		if s.Len() > 0 {
			out = append(out, inkSpan{tokens[s.First].start, tokens[s.Past-1].end})
		}
	}
	return out
}

// addSpans counts the spans of two ordered lists and those that are in both.
func (c *classCounts) addSpans(gold, predicted []inkSpan) {
	c.gold += len(gold)
	c.predicted += len(predicted)
	for i, j := 0, 0; i < len(gold) && j < len(predicted); {
		g, p := gold[i], predicted[j]
		switch {
		case g == p:
			c.right++
			i++
			j++
		case g.start < p.start || g.start == p.start && g.end < p.end:
			i++
		default:
			j++
		}
	}
}
