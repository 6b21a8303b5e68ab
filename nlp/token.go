package nlp

import (
	"unicode"
	"unicode/utf8"
)

const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
	affix    = 3 // bytes of Prefix and Suffix, at least, unless the word is shorter
)

// The classes of a byte or rune in a shape; ASCII marks stand for themselves.
const (
	shapeUpper = 'X'
	shapeLower = 'x'
	shapeDigit = 'd'
	shapeOther = 'o'
)

// asciiInfo is what NewToken knows of an ASCII byte.
type asciiInfo struct {
	lower byte // the byte in lower case
	shape byte // its class
}

var asciiTable = makeASCIITable()

func makeASCIITable() (t [utf8.RuneSelf]asciiInfo) {
	for i := range t {
		c := byte(i)
		switch {
		case 'A' <= c && c <= 'Z':
			t[i] = asciiInfo{c + 'a' - 'A', shapeUpper}
		case 'a' <= c && c <= 'z':
			t[i] = asciiInfo{c, shapeLower}
		case '0' <= c && c <= '9':
			t[i] = asciiInfo{c, shapeDigit}
		default:
			t[i] = asciiInfo{c, c}
		}
	}
	return t
}

// NewToken returns the token text[start:end] with its hashes and the flags that follow
// from its bytes alone: IsCapital, IsUpper, HasDigit, HasHyphen, IsPunct and HasLetter.
// The span must not be empty. Mark, Depth, Space and the other flags are the
// tokenizer's matter.
//
// Lower, Prefix and Suffix take curly apostrophes and double marks for straight ones,
// so that "don’t" and "don't" end in the same word; Form does not. Prefix and Suffix
// have three bytes, Suffix2 two, or more where a character would be cut, or the whole
// word. In Shape ASCII marks stand for themselves.
func NewToken(text string, start, end int) Token {
	t := Token{Start: int32(start), End: int32(end)}
	t.Fill(text[start:end])
	return t
}

// Fill sets the hashes of t and the flags that follow from its bytes, which are word.
func (t *Token) Fill(word string) {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			t.fillUnicode(word)
			return
		}
	}
	t.fillASCII(word)
}

func (t *Token) fillASCII(word string) {
	form, lower, shape := uint64(fnvBasis), uint64(fnvBasis), uint64(fnvBasis)
	prefix := lower
	var w wordFacts
	for i := 0; i < len(word); i++ {
		c := word[i]
		info := asciiTable[c&0x7f]
		form = (form ^ uint64(c)) * fnvPrime
		lower = (lower ^ uint64(info.lower)) * fnvPrime
		if i < affix {
			prefix = lower
		}
		if w.add(info.shape) {
			shape = (shape ^ uint64(info.shape)) * fnvPrime
		}
	}
	n := len(word)
	t.Form, t.Lower = Mix(form, uint64(n)), Mix(lower, uint64(n))
	t.Prefix = Mix(prefix, uint64(min(n, affix)))
	t.Suffix, t.Suffix2 = lowerTail(word, affix), lowerTail(word, affix-1)
	t.Shape = Mix(shape, uint64(w.shapeLen))
	t.Flags |= w.flags(word)
}

// lowerTail hashes the last n bytes of an ASCII word in lower case.
func lowerTail(word string, n int) uint64 {
	word = word[max(0, len(word)-n):]
	h := uint64(fnvBasis)
	for i := 0; i < len(word); i++ {
		h = (h ^ uint64(asciiTable[word[i]&0x7f].lower)) * fnvPrime
	}
	return Mix(h, uint64(len(word)))
}

func (t *Token) fillUnicode(word string) {
	var room [96]byte
	lower := room[:0]
	shape := uint64(fnvBasis)
	var w wordFacts
	for _, r := range word {
		lower = appendLower(lower, r)
		if c := shapeOf(r); w.add(c) {
			shape = (shape ^ uint64(c)) * fnvPrime
		}
	}
	t.Form, t.Lower = Hash(word), hashBytes(lower)
	head := min(affix, len(lower))
	for head < len(lower) && !utf8.RuneStart(lower[head]) {
		head++
	}
	t.Prefix = hashBytes(lower[:head])
	t.Suffix, t.Suffix2 = hashBytes(tail(lower, affix)), hashBytes(tail(lower, affix-1))
	t.Shape = Mix(shape, uint64(w.shapeLen))
	t.Flags |= w.flags(word)
}

// appendLower appends r in lower case, curly marks made straight.
func appendLower(b []byte, r rune) []byte {
	switch r {
	case '’', '‘', 'ʼ', '‛':
		return append(b, '\'')
	case '“', '”', '„', '‟':
		return append(b, '"')
	}
	if r < utf8.RuneSelf {
		return append(b, asciiTable[r].lower)
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// tail returns the last n bytes of b, and more where a rune would be cut.
func tail(b []byte, n int) []byte {
	i := max(0, len(b)-n)
	for i > 0 && !utf8.RuneStart(b[i]) {
		i--
	}
	return b[i:]
}

// hashBytes is Hash of the string of the same bytes.
func hashBytes(b []byte) uint64 {
	h := uint64(fnvBasis)
	for _, c := range b {
		h = (h ^ uint64(c)) * fnvPrime
	}
	return Mix(h, uint64(len(b)))
}

// shapeOf returns the class of r in a shape.
func shapeOf(r rune) byte {
	switch {
	case r < utf8.RuneSelf:
		return asciiTable[r].shape
	case r == '’' || r == 'ʼ':
		return '\''
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return shapeUpper
	case unicode.IsLetter(r):
		return shapeLower
	case unicode.IsDigit(r):
		return shapeDigit
	}
	return shapeOther
}

// wordFacts gathers the flags of a word and the runs of its shape.
type wordFacts struct {
	shapeLen              int
	last                  byte
	run                   int
	uppers, lowers        int
	hasDigit, firstIsCaps bool
	hyphen                bool
}

// add takes in the class of the next character and reports whether it belongs to the
// shape: runs of one class are cut at two.
func (w *wordFacts) add(class byte) bool {
	switch class {
	case shapeUpper:
		w.uppers++
		if w.last == 0 {
			w.firstIsCaps = true
		}
	case shapeLower:
		w.lowers++
	case shapeDigit:
		w.hasDigit = true
	case '-':
		w.hyphen = true
	}
	if class == w.last {
		w.run++
	} else {
		w.last, w.run = class, 1
	}
	if w.run > 2 {
		return false
	}
	w.shapeLen++
	return true
}

// flags returns the flags that the characters of word tell.
func (w *wordFacts) flags(word string) Flags {
	var f Flags
	if w.firstIsCaps {
		f |= IsCapital
	}
	if w.uppers >= 2 && w.lowers == 0 {
		f |= IsUpper
	}
	if w.hasDigit {
		f |= HasDigit
	}
	if w.hyphen || word == "\u2010" || word == "\u2011" {
		f |= HasHyphen
	}
	if w.uppers+w.lowers > 0 {
		f |= HasLetter
	} else if !w.hasDigit {
		f |= IsPunct
	}
	return f
}

// Lowers returns the hashes of the words of tokens in lower case, in the place of hashes if it
// has room.
func Lowers(tokens []Token, hashes []uint64) []uint64 {
	hashes = hashes[:0]
	for i := range tokens {
		hashes = append(hashes, tokens[i].Lower)
	}
	return hashes
}

// Forms is [Lowers] for the words as they stand.
func Forms(tokens []Token, hashes []uint64) []uint64 {
	hashes = hashes[:0]
	for i := range tokens {
		hashes = append(hashes, tokens[i].Form)
	}
	return hashes
}

// IsDash reports whether a word is a dash, as stands between the parts of a sentence; a hyphen is none.
func IsDash(word string) bool {
	for _, r := range word {
		if r != '-' && r != '–' && r != '—' && r != '―' {
			return false
		}
	}
	return word != "" && word != "-"
}
