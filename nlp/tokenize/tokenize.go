// Package tokenize cuts the blocks of a document into words and sentences and tells
// which words stand in quotation marks. It reads Doc.Text and Doc.Blocks and provides
// nlp.Tokens and nlp.Sentences.
//
// Words are those of the English treebanks (UD EWT and GUM): the word boundaries of
// Unicode Standard Annex #29 where ASCII marks and letters meet, and beyond those
// clitics ("do|n't", "Hale|'s", "can|not"), hyphens ("long|-|term", but "co-author"),
// money ("$|5"), abbreviations with their full stop, addresses, handles and tags in one
// piece. Nothing is lost but white space and control characters. It does not correct
// spelling, and it knows English only.
package tokenize

import (
	"sync"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// Stage is the tokenizer. The zero value is ready and may be used by several
// goroutines at once.
type Stage struct{}

// Name returns "tokenize".
func (Stage) Name() string { return "tokenize" }

// Requires returns no layer.
func (Stage) Requires() nlp.Layer { return 0 }

// Provides returns nlp.Tokens and nlp.Sentences.
func (Stage) Provides() nlp.Layer { return nlp.Tokens | nlp.Sentences }

// Run fills d.Tokens and d.Sentences. Only the bytes in blocks become tokens; each
// block begins a sentence but for those behind furniture inside a paragraph, which go on with
// the block before it (see quoth.Interrupts); such furniture has no tokens. Whatever the text, also when it is not valid UTF-8, tokens
// are in order, disjoint, not empty, and begin and end where characters do.
func (Stage) Run(d *nlp.Doc) {
	size := 0
	for _, b := range d.Blocks {
		size += b.Span.Len()
	}
	s := scanner{text: d.Text, words: wordLists(), tokens: make([]nlp.Token, 0, size/5+16)}
	d.Sentences = make([]nlp.Sentence, 0, size/100+len(d.Blocks))
	var q quotes
	for i := 0; i < len(d.Blocks); i++ {
		b, block, first := d.Blocks[i], i, len(s.tokens)
		s.block(b.Span.Start, b.Span.End)
		for quoth.Interrupts(d.Text, d.Blocks, i+1) {
			i += 2
			s.goOn(d.Blocks[i-1].Span.End, d.Blocks[i].Span)
		}
		if first == len(s.tokens) {
			continue
		}
		d.Tokens = s.tokens
		tokens := s.tokens[first:]
		q.mark(d.Text, tokens)
		s.sentences(d, first, block)
		tokens[0].Flags |= nlp.StartsBlock
		if !b.Kind.MaySpeak() {
			for t := range tokens {
				tokens[t].Flags |= nlp.InBackground
			}
		}
	}
	d.Tokens = s.tokens
}

// MarkQuotes sets Mark and Depth of the tokens of d, which come from elsewhere: a
// treebank, for one. Sentences tell the blocks.
func MarkQuotes(d *nlp.Doc) {
	var q quotes
	for i := 0; i < len(d.Sentences); {
		j := i + 1
		for j < len(d.Sentences) && d.Sentences[j].Block == d.Sentences[i].Block {
			j++
		}
		q.mark(d.Text, d.Tokens[d.Sentences[i].First:d.Sentences[j-1].Past])
		i = j
	}
}

// lists are the words that the tokenizer knows, in lower case.
type lists struct {
	abbreviations map[string]lexicon.Abbreviation
	prefixes      map[string]bool // keep their hyphen
	endings       map[string]bool // of names in the net and files, after the last dot
	units         map[string]bool // split from the number before them
	elisions      map[string]bool // begin with an apostrophe
	joined        map[string]int  // two words written as one: length of the first
	starters      map[string]bool // begin sentences, seldom go on after an abbreviation
	speech        map[string]bool // verbs that report speech
	numbered      map[string]bool // stand before a Roman number
}

// wordLists makes the lists once; they never change.
var wordLists = sync.OnceValue(newLists)
