// Package surface is what networks (nlp/neural) read of tokens before anything is known of them,
// and how they learn from raw text what words mean. It reads nlp.Tokens and nlp.Sentences, does
// no I/O and knows no language.
package surface

import (
	"quoth/nlp"
	"quoth/nlp/neural"
)

// Fields is how many features [Append] appends.
const Fields = 5

// Append appends the features of token t of d to fs: the word, how it ends and begins, its
// pattern of letters, and how it stands to sentences, paragraphs and quotations, always in this
// order.
func Append(fs []uint64, d *nlp.Doc, t int) []uint64 {
	k := &d.Tokens[t]
	standing := uint64(k.Flags) | uint64(k.Mark)<<16 | uint64(min(k.Depth, 3))<<20
	return append(fs, nlp.Mix(400, k.Lower), nlp.Mix(401, k.Suffix), nlp.Mix(402, k.Prefix), nlp.Mix(403, k.Shape), nlp.Mix(404, standing))
}

// Longest is the largest number of tokens that a network learns from in a row: many times
// what one of them hears, and few enough for a second cache.
const Longest = 256

// Stretches cuts d into stretches of at most [Longest] tokens, between blocks where it can: a
// text to be read may be as short as one of them.
func Stretches(d *nlp.Doc) []nlp.TokenRange {
	var out []nlp.TokenRange
	for i := 0; i < len(d.Sentences); {
		block := d.Sentences[i].TokenRange
		for at := d.Sentences[i].Block; i < len(d.Sentences) && d.Sentences[i].Block == at; i++ {
			block.Past = d.Sentences[i].Past
		}
		if n := len(out); n > 0 && block.Past-out[n-1].First <= Longest {
			out[n-1].Past = block.Past
			continue
		}
		for ; block.Len() > Longest; block.First += Longest {
			out = append(out, nlp.TokenRange{First: block.First, Past: block.First + Longest})
		}
		out = append(out, block)
	}
	return out
}

// Examples are the stretches of d as a network reads them whose features have the numbers rows
// (neural.Rows). Nothing is gold in them yet.
func Examples(d *nlp.Doc, stretches []nlp.TokenRange, rows map[uint64]int32) []neural.Example {
	out := make([]neural.Example, 0, len(stretches))
	var fs []uint64
	for _, r := range stretches {
		e := neural.Example{Fields: Fields, Rows: make([]int32, 0, r.Len()*Fields), Gold: make([]int16, r.Len())}
		for t := r.First; t < r.Past; t++ {
			fs = Append(fs[:0], d, t)
			e.Rows = neural.AppendRows(e.Rows, rows, fs)
		}
		out = append(out, e)
	}
	return out
}
