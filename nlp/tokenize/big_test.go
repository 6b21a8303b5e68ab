package tokenize_test

import (
	"strings"
	"testing"
	"time"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/tokenize"
)

// Whatever is repeated, the time grows with the length of the text and no faster:
// ten times the text takes less than forty times as long (or hardly any time).
func TestAdversarialSize(t *testing.T) {
	measure := func(text string) time.Duration {
		d := &nlp.Doc{Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(text)}}}}
		begin := time.Now()
		tokenize.Stage{}.Run(d)
		took := time.Since(begin)
		check(t, d)
		return took
	}
	for _, unit := range []string{
		"“", "” ", "\" ", " \"a", "\"", "'", " 'a", "a' ", "‘“", "“‘ ", "«", "''", "``", "“a ‘b ", "a” ‘b” ", "“a’ ",
		"a's", "a'", "'s", "a`", "a-", "1-", "1/", "1,", "1.", "a.", "aa.", "a.b ", "a*", "*a", "**", "a_", "a&", "a@", "@a", "#", "a/", "/a.b@",
		"http://", "www.", "www.(", "www.)", "a.com/(", "mailto:", "a@b.", "%a/", "[1]", ". [1] ", ".)", "? ", "Hale said? ", "”Hale ", ".\n\n", "a\u0301", "\u200d", "👩\u200d", "\xff", "A. ", "Mr. ", "1. ",
	} {
		const n = 6500
		small := measure(strings.Repeat(unit, n))
		isSlow := func(large time.Duration) bool { return large > 40*small && large > 200*time.Millisecond }
		large := measure(strings.Repeat(unit, 10*n))
		for range 4 {
			if isSlow(large) { // the machine may be busy with other things
				large = min(large, measure(strings.Repeat(unit, 10*n)))
			}
		}
		if isSlow(large) {
			t.Errorf("%q: %d times took %v, %d times took %v", unit, n, small, 10*n, large)
		}
	}
}

// story is a self-written page of news about people who do not exist.
const story = `ELM HARBOUR, Sept. 3 — The town will open its new harbour in May, Mayor Zoë Hale said on Tuesday, after a ten-year fight over who'd pay for it.

“It will open in May,” said Ms. Hale, 52. “We've waited long enough, and I don't think anybody here wants to wait until the '30s.”

The harbour cost $41.5 million, about 12% more than planned. Dunn & Orr Inc., the builder, has said that "nobody could've known" what lay under the old pier.

"Is it worth it?" Arthur Dunn asked a crowd of 300 on Monday night. "Ask the fishermen's children! They 'can't wait,' as my own girl puts it."

Not all agree. The council's non-partisan auditors wrote in a 60-page report that the figures -- first printed at www.example.org/elm -- were "at best a guess." Cmdr. J. K. Orr of the U.S. Coast Guard told reporters at 5:30 p.m. that he couldn't comment.

`

func BenchmarkTokenize(b *testing.B) {
	d := run(strings.Repeat(story, 20))
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		tokenize.Stage{}.Run(d)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
