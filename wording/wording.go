// Package wording compares two wordings of one saying: what one outlet prints of an
// utterance with what another does. It folds words for search, makes the sketches by
// which a wording is found among millions, decides whether two quotations are of one
// utterance, and says how they differ. It knows neither articles nor a record.
//
// Precision comes before recall: two wordings are one saying only when their words
// leave little doubt (see [Same]).
//
// Begin with [Same] and [Compare].
package wording

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word is one word of a text: its folded form, and its bytes in the text.
type Word struct {
	Fold       string
	Start, End int
}

// isPart reports whether r belongs to a word: letters, digits and the marks on them.
func isPart(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// Words returns the words of text in order: runs of letters, digits and their marks. An
// apostrophe ends a word, so that "don't" is two of them, as in the full-text searches
// of the stores.
func Words(text string) []Word { return appendWords(make([]Word, 0, len(text)/6), text) }

// usualWords is how many words nearly all that is said has: so many need no memory of their own.
const usualWords = 64

// appendWords appends the words of text.
func appendWords(words []Word, text string) []Word {
	start := -1
	for i, r := range text {
		switch {
		case isPart(r):
			if start < 0 {
				start = i
			}
		case start >= 0:
			words = append(words, Word{fold(text[start:i]), start, i})
			start = -1
		}
	}
	if start >= 0 {
		words = append(words, Word{fold(text[start:]), start, len(text)})
	}
	return words
}

// Fold makes a name or a word one with its other spellings: lower case, without the
// marks on letters, words apart by one blank. "Zoë  HALE" and "zoe hale" are the same.
func Fold(text string) string {
	words := Words(text)
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = w.Fold
	}
	return strings.Join(folded, " ")
}

// fold is Fold for one word.
func fold(word string) string {
	if isPlain(word) {
		return strings.ToLower(word)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if !unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// isPlain reports whether word is ASCII.
func isPlain(word string) bool {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// The size of sketches. Tuned by the pairs of docs/evaluation.md: with windows of four
// words a quotation that lost its first half still shares a hash, with four kept hashes
// nine in ten pairs of one saying share one.
const (
	windowWords = 4
	// sketchSize is how many hashes stand for a wording.
	sketchSize = 4
	// textWindow and textSketch are the same for whole articles.
	textWindow = 8
	textSketch = 12
	// leastWords is the fewest words that can be told from common phrases.
	leastWords = 6
)

// Sketch returns the hashes to find a wording by: the smallest of the hashes of its
// windows of four words (Broder 1997), so that wordings that share most of their words
// share most likely one of them. It is nil for less than six words, which anybody might
// say.
func Sketch(text string) []uint64 {
	return sketch(Words(text), windowWords, sketchSize, leastWords)
}

// SketchText is Sketch for a whole article.
func SketchText(text string) []uint64 {
	return sketch(Words(text), textWindow, textSketch, 5*textWindow)
}

// sketch returns the size smallest hashes of the windows of words.
func sketch(words []Word, window, size, least int) []uint64 {
	if len(words) < max(least, window) {
		return nil
	}
	hashes := make([]uint64, 0, len(words)-window+1)
	for i := range len(words) - window + 1 {
		hashes = append(hashes, hashWords(words[i:i+window]))
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return slices.Clip(hashes[:min(size, len(hashes))])
}

// hashWords is FNV-1a over the folded words, stirred, without the top bit: databases
// have signed integers only.
func hashWords(words []Word) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for _, w := range words {
		for i := range len(w.Fold) {
			h = (h ^ uint64(w.Fold[i])) * prime
		}
		h = (h ^ ' ') * prime
	}
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 32
	return h &^ (1 << 63)
}

// Phrase is what a search looks for: folded words in a row.
type Phrase struct {
	Words    []string
	IsPrefix bool // the last word may go on
}

// find calls f for every place of p in words, by the index of its first word.
func (p Phrase) find(words []Word, f func(at int)) {
	if len(p.Words) == 0 {
		return
	}
	for i := range len(words) - len(p.Words) + 1 {
		if p.isAt(words[i : i+len(p.Words)]) {
			f(i)
		}
	}
}

func (p Phrase) isAt(words []Word) bool {
	last := len(p.Words) - 1
	for i, w := range p.Words {
		if words[i].Fold != w && !(i == last && p.IsPrefix && strings.HasPrefix(words[i].Fold, w)) {
			return false
		}
	}
	return true
}

// Highlights returns the places of phrases in text: pairs of byte offsets [start, end),
// in order, disjoint.
func Highlights(text string, phrases []Phrase) [][2]int {
	var few [usualWords]Word
	words := appendWords(few[:0], text)
	var places [][2]int
	for _, p := range phrases {
		p.find(words, func(at int) {
			places = append(places, [2]int{words[at].Start, words[at+len(p.Words)-1].End})
		})
	}
	slices.SortFunc(places, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(b[1], a[1])) })
	merged := places[:0]
	for _, p := range places {
		if n := len(merged); n > 0 && p[0] < merged[n-1][1] {
			merged[n-1][1] = max(merged[n-1][1], p[1])
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

// Score says how well phrases fit a text that holds them all: the saturated frequencies
// of BM25 (Robertson and Zaragoza 2009) with k1 = 1.2, b = 0.75 and an average of 25
// words, every phrase weighing as much as another, since all have to be there.
func Score(text string, phrases []Phrase) float64 {
	const k1, b, average = 1.2, 0.75, 25
	var few [usualWords]Word
	words := appendWords(few[:0], text)
	length := k1 * (1 - b + b*float64(len(words))/average)
	score := 0.0
	for _, p := range phrases {
		n := 0.0
		p.find(words, func(int) { n++ })
		score += n * (k1 + 1) / (n + length)
	}
	return score
}
