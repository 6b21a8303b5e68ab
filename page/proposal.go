package page

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An extractor hands back a copy of the page with its own elements, so that what it
// proposes is found again in the page by its words: a leaf whose characters are those
// of a piece is that piece, and a leaf most of whose word quadruples are in pieces
// that no leaf equals is a part of them.

// coverShare is the share of a leaf's word quadruples that have to be in the proposal.
const coverShare = 0.6

// cover marks the leaves that an extractor proposes as the article.
func cover(leaves []leaf, pieces []piece) {
	at := map[uint64][]int{} // leaves by their characters
	for i := range leaves {
		k := charKey(leaves[i].text)
		at[k] = append(at[k], i)
	}
	places := make([]int, len(pieces)) // leaf of each piece, -1 when it is not found yet
	keys := make([]uint64, len(pieces))
	times := map[uint64]int{}
	for i, p := range pieces {
		keys[i] = charKey(p.text)
		times[keys[i]]++
	}
	for i, k := range keys {
		places[i] = -1
		if list := at[k]; len(list) == 1 && times[k] == 1 {
			places[i] = list[0]
			leaves[list[0]].isBody = true
		}
	}
	coverTwins(leaves, places, keys, at)
	coverParts(leaves, pieces, places)
	for i := range leaves {
		leaves[i].isBody = leaves[i].isBody && !leaves[i].hidden
	}
}

// coverTwins places the pieces whose words stand on the page several times (a
// standfirst that the menu shows too): each at the first free twin behind the piece
// before it, or else at the first free one of all.
func coverTwins(leaves []leaf, places []int, keys []uint64, at map[uint64][]int) {
	last := -1
	for _, p := range places {
		if p >= 0 {
			last = p // the first that is certain
			break
		}
	}
	free := map[uint64]*freeList{}
	for i, k := range keys {
		if places[i] >= 0 {
			last = places[i]
			continue
		}
		if len(at[k]) == 0 {
			continue
		}
		f := free[k]
		if f == nil {
			f = newFreeList(at[k])
			free[k] = f
		}
		if j := f.take(last); j >= 0 {
			leaves[j].isBody = true
			places[i], last = j, j
		}
	}
}

// freeList is the leaves of equal characters that no piece has been found in yet.
type freeList struct {
	leaves []int // rising
	next   []int // by index in leaves: the first free one from there on, with detours
}

func newFreeList(leaves []int) *freeList {
	f := &freeList{leaves, make([]int, len(leaves)+1)}
	for i := range f.next {
		f.next[i] = i
	}
	return f
}

// take takes the first free leaf behind last, or else the first of all; -1 when none
// is left.
func (f *freeList) take(last int) int {
	i := f.find(sort.SearchInts(f.leaves, last+1))
	if i == len(f.leaves) {
		i = f.find(0)
	}
	if i == len(f.leaves) {
		return -1
	}
	f.next[i] = i + 1
	return f.leaves[i]
}

// find follows the detours from i and shortens them, as a union-find does.
func (f *freeList) find(i int) int {
	end := i
	for f.next[end] != end {
		end = f.next[end]
	}
	for f.next[i] != end && i != end {
		i, f.next[i] = f.next[i], end
	}
	return end
}

// coverParts marks the leaves that are parts of pieces without a place.
func coverParts(leaves []leaf, pieces []piece, places []int) {
	grams := map[uint64]bool{}
	var words []uint64
	for i, p := range pieces {
		if places[i] < 0 {
			words = wordHashes(words[:0], p.text)
			addGrams(grams, words)
		}
	}
	if len(grams) == 0 {
		return
	}
	for i := range leaves {
		l := &leaves[i]
		if l.isBody || l.words < gramWords {
			continue
		}
		words = wordHashes(words[:0], l.text)
		l.isBody = gramShare(grams, words) >= coverShare
	}
}

// gramWords is how many words stand in a quadruple.
const gramWords = 4

func addGrams(grams map[uint64]bool, words []uint64) {
	for i := 0; i+gramWords <= len(words); i++ {
		grams[gram(words[i:i+gramWords])] = true
	}
}

// gramShare is the share of the quadruples of words that grams has.
func gramShare(grams map[uint64]bool, words []uint64) float64 {
	n, hits := 0, 0
	for i := 0; i+gramWords <= len(words); i++ {
		n++
		if grams[gram(words[i:i+gramWords])] {
			hits++
		}
	}
	return float64(hits) / float64(max(1, n))
}

// The constants of the 64-bit FNV-1a hash.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func gram(words []uint64) uint64 {
	h := uint64(fnvOffset)
	for _, w := range words {
		h = (h ^ w) * fnvPrime
	}
	return h
}

// wordHashes adds a hash of each word of text, case and marks aside.
func wordHashes(words []uint64, text string) []uint64 {
	h := uint64(fnvOffset)
	inWord := false
	for _, r := range text {
		if r < utf8.RuneSelf && (isLetter(byte(r)) || isDigit(byte(r))) {
			if r >= 'A' && r <= 'Z' {
				r |= 0x20
			}
		} else if r < utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
			if inWord {
				words = append(words, h)
			}
			h, inWord = fnvOffset, false
			continue
		} else {
			r = unicode.ToLower(r)
		}
		h = (h ^ uint64(r)) * fnvPrime
		inWord = true
	}
	if inWord {
		words = append(words, h)
	}
	return words
}

// charKey is a hash of the characters of text, blanks aside.
func charKey(text string) uint64 {
	h := uint64(fnvOffset)
	for i := range len(text) {
		if c := text[i]; c > ' ' {
			h = (h ^ uint64(c)) * fnvPrime
		}
	}
	return h
}

// rescue marks what the page's own description gives as the article (articleBody of
// JSON-LD) when the extractor has lost most of it.
func rescue(leaves []leaf, articleBody string) {
	if len(articleBody) < minRescueBytes {
		return
	}
	grams := map[uint64]bool{}
	want := wordHashes(nil, articleBody)
	addGrams(grams, want)
	have := 0
	shares := make([]bool, len(leaves))
	var words []uint64
	for i := range leaves {
		l := &leaves[i]
		if l.words < gramWords {
			continue
		}
		words = wordHashes(words[:0], l.text)
		if shares[i] = gramShare(grams, words) >= coverShare; shares[i] && l.isBody {
			have += len(words)
		}
	}
	if 2*have >= len(want) {
		return
	}
	for i := range leaves {
		leaves[i].isBody = leaves[i].isBody || shares[i]
	}
}

// minRescueBytes is the shortest articleBody that is taken for one: some sites put
// the standfirst there.
const minRescueBytes = 600

// hasTurn reports whether text begins as a turn of a transcript does: "Q:", "A.",
// "HALE:", "Zoë Hale:".
func hasTurn(text string) bool {
	head, rest, ok := strings.Cut(text, ":")
	if !ok || len(head) > 40 || rest == "" || rest[0] != ' ' {
		return false
	}
	words := strings.Fields(head)
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}
