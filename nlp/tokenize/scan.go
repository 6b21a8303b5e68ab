package tokenize

import (
	"unicode"
	"unicode/utf8"

	"quoth"
	"quoth/nlp"
)

// The classes of bytes.
const (
	letterByte = 1 << iota
	digitByte
	spaceByte // white space and control characters
	highByte  // not ASCII
	otherByte
	wordByte = letterByte | digitByte
)

var byteClass = makeByteClass()

func makeByteClass() (t [256]uint8) {
	for i := range t {
		c := byte(i)
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t[i] = letterByte
		case '0' <= c && c <= '9':
			t[i] = digitByte
		case c <= ' ' || c == 0x7f:
			t[i] = spaceByte
		case c >= utf8.RuneSelf:
			t[i] = highByte
		default:
			t[i] = otherByte
		}
	}
	return t
}

// isBlank reports whether r separates words and belongs to none.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return byteClass[r] == spaceByte
	}
	switch {
	case r <= 0x9f, r == '\u200b', r == '\ufeff':
		return true
	case r == '\u200e', r == '\u200f', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
		return true // they turn the direction of writing
	}
	return unicode.IsSpace(r)
}

// isWordRune reports whether r, which is not ASCII, is part of words.
func isWordRune(r rune) bool {
	switch {
	case r == utf8.RuneError:
		return false
	case 0x2010 <= r && r <= 0x2027:
		return false // the common marks, for speed
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N) || unicode.Is(unicode.Cf, r)
}

// isExtension reports whether r changes the character before it: a combining mark, a
// joiner, a variation selector, the tint of an emoji.
func isExtension(r rune) bool {
	return r >= 0x300 && (unicode.In(r, unicode.M, unicode.Cf) && r != '\ufeff' && r != '\u200b' || 0x1F3FB <= r && r <= 0x1F3FF)
}

// scanner cuts a text into tokens, block by block.
type scanner struct {
	text   string
	words  *lists
	tokens []nlp.Token

	end   int // of the block
	first int // token of the block
	chunk int // where the present chunk (run without white space) begins
	past  int // where it ends
	slash bool
	seen  uint8 // classes of bytes in the chunk
}

// block appends the tokens of text[start:end].
func (s *scanner) block(start, end int) {
	s.end, s.first = end, len(s.tokens)
	for i := start; ; {
		i = s.skipBlank(i)
		if i >= end {
			return
		}
		s.findChunk(i)
		if s.seen == letterByte && s.past-i < 3 && s.text[s.past-1] != 'm' {
			s.emit(i, s.past)
			i = s.past
			continue
		}
		for i < s.past {
			if s.isWord(i) {
				i = s.word(i)
			} else {
				i = s.symbol(i)
			}
		}
	}
}

// goOn appends the tokens of span to those of the block before the furniture that ends at insert.
func (s *scanner) goOn(insert int, span quoth.Span) {
	next := len(s.tokens)
	s.block(span.Start, span.End)
	if next < len(s.tokens) {
		t := &s.tokens[next]
		t.Flags |= nlp.AfterInsert
		t.Space = int(t.Start) > insert
	}
}

// skipBlank returns the place of the first character from i on that is not blank.
func (s *scanner) skipBlank(i int) int {
	for i < s.end {
		switch byteClass[s.text[i]] {
		case spaceByte:
			i++
		case highByte:
			r, size := utf8.DecodeRuneInString(s.text[i:s.end])
			if !isBlank(r) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

// findChunk sets the chunk that begins at i.
func (s *scanner) findChunk(i int) {
	s.chunk, s.seen, s.slash = i, 0, false
	for i < s.end {
		c := s.text[i]
		class := byteClass[c]
		if class == spaceByte {
			break
		}
		if class == highByte {
			r, size := utf8.DecodeRuneInString(s.text[i:s.end])
			if isBlank(r) {
				break
			}
			i += size
		} else {
			i++
			s.slash = s.slash || c == '/' || c == '@' || c == ':'
		}
		s.seen |= class
	}
	s.past = i
}

// at returns the byte at i, 0 when the chunk ends before.
func (s *scanner) at(i int) byte {
	if i < s.chunk || i >= s.past {
		return 0
	}
	return s.text[i]
}

// rune returns the character at i and its length, 0 and 0 at the end of the chunk.
func (s *scanner) rune(i int) (rune, int) {
	if i >= s.past {
		return 0, 0
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:s.past])
}

// isWord reports whether a letter or digit of the chunk stands at i.
func (s *scanner) isWord(i int) bool {
	if i < s.chunk || i >= s.past {
		return false
	}
	switch byteClass[s.text[i]] {
	case letterByte, digitByte:
		return true
	case highByte:
		r, _ := utf8.DecodeRuneInString(s.text[i:s.past])
		return isWordRune(r)
	}
	return false
}

// isLetter reports whether a letter stands at i.
func (s *scanner) isLetter(i int) bool {
	return s.isWord(i) && byteClass[s.text[i]] != digitByte
}

func (s *scanner) isDigit(i int) bool { return byteClass[s.at(i)] == digitByte }

func (s *scanner) isUpper(i int) bool {
	r, _ := s.rune(i)
	return unicode.IsUpper(r)
}

// letters returns the end of the run of letters and digits that begins at i.
func (s *scanner) letters(i int) int {
	for i < s.past {
		class := byteClass[s.text[i]]
		switch {
		case class&wordByte != 0:
			i++
		case class == highByte:
			r, size := utf8.DecodeRuneInString(s.text[i:s.past])
			if !isWordRune(r) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

// digits returns the end of the run of digits that begins at i.
func (s *scanner) digits(i int) int {
	for i < s.past && byteClass[s.text[i]] == digitByte {
		i++
	}
	return i
}

// emit appends the token text[start:end].
func (s *scanner) emit(start, end int) {
	n := len(s.tokens)
	s.tokens = append(s.tokens, nlp.Token{Start: int32(start), End: int32(end)})
	t := &s.tokens[n]
	t.Fill(s.text[start:end])
	t.Space = start > 0 && (n == 0 || int(s.tokens[n-1].End) < start)
}

// apostrophe returns the length of the apostrophe at i, 0 when there is none.
func (s *scanner) apostrophe(i int) int {
	switch c := s.at(i); {
	case c == '\'':
		return 1
	case c == 0xE2 && s.at(i+1) == 0x80 && s.at(i+2) == 0x99: // ’
		return 3
	case c == 0xCA && s.at(i+1) == 0xBC: // ʼ
		return 2
	}
	return 0
}

// lower writes w in lower case into room; nil when it does not fit or is not ASCII.
func lower(w string, room *[16]byte) []byte {
	if len(w) > len(room) {
		return nil
	}
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c >= utf8.RuneSelf {
			return nil
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		room[i] = c
	}
	return room[:len(w)]
}
