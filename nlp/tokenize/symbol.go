package tokenize

import (
	"strings"
	"unicode/utf8"
)

// symbol emits the token that begins with the mark at i and returns where it ends.
func (s *scanner) symbol(i int) int {
	end := s.symbolEnd(i)
	s.emit(i, end)
	return end
}

// symbolEnd returns the end of the token that begins with the mark at i.
func (s *scanner) symbolEnd(i int) int {
	c := s.text[i]
	switch c {
	case '.', '!', '?':
		if c == '.' && s.isDigit(i+1) && !s.isWord(i-1) && i == s.chunk {
			return s.decimal(i)
		}
		return s.stops(i)
	case '-', '=', '*', '~', '_', '+', '<', '>', '|', '$', '\\', ',':
		return s.run(i, c)
	case '\'', '`':
		return s.quote(i)
	case '#', '@':
		return s.handle(i)
	case ':', ';':
		if n := s.emoticon(i); n > 0 {
			return i + n
		}
		return i + 1
	}
	if c < utf8.RuneSelf {
		return s.extended(i + 1)
	}
	return s.highSymbol(i)
}

// highSymbol is symbolEnd for a mark that is not ASCII.
func (s *scanner) highSymbol(i int) int {
	r, size := s.rune(i)
	switch r {
	case '’', '‘':
		return s.quote(i)
	case '…':
		return s.stops(i)
	case '—', '–', '―':
		for strings.HasPrefix(s.text[i+size:s.past], s.text[i:i+utf8.RuneLen(r)]) {
			i += size
		}
		return i + size
	case utf8.RuneError:
		if size == 1 {
			return s.broken(i)
		}
	}
	return s.extended(i + size)
}

// broken returns the end of the bytes at i that are no UTF-8.
func (s *scanner) broken(i int) int {
	for i < s.past {
		r, size := s.rune(i)
		if r != utf8.RuneError || size != 1 {
			break
		}
		i++
	}
	return i
}

// extended returns the end of the joiners and combining marks at i, and of the
// characters they join.
func (s *scanner) extended(i int) int {
	for i < s.past && s.text[i] >= utf8.RuneSelf {
		r, size := s.rune(i)
		if !isExtension(r) {
			break
		}
		i += size
		if r == '\u200d' { // the next part of an emoji
			if next, n := s.rune(i); next >= 0x2190 && !isWordRune(next) {
				i += n
			}
		}
	}
	return i
}

// stops returns the end of the run of stops at i.
func (s *scanner) stops(i int) int {
	for i < s.past {
		switch c := s.text[i]; {
		case c == '.' || c == '!' || c == '?':
			i++
		case c == 0xE2 && strings.HasPrefix(s.text[i:s.past], "…"):
			i += len("…")
		default:
			return i
		}
	}
	return i
}

// run returns the end of the run of bytes c at i.
func (s *scanner) run(i int, c byte) int {
	for s.at(i) == c {
		i++
	}
	return i
}

// decimal returns the end of a number like ".45" at i.
func (s *scanner) decimal(i int) int { return s.digits(i + 1) }

// quote returns the end of the token that begins with the single mark at i: the mark,
// two of them, a clitic, or a word whose beginning is left out.
func (s *scanner) quote(i int) int {
	r, n := s.rune(i)
	if r != '‘' && r != '`' || i == s.chunk {
		if end := s.clitic(i, i+n); end > 0 {
			return end
		}
	}
	if second, m := s.rune(i + n); second == r || r == '‘' && second == '’' {
		return i + n + m
	}
	return i + n
}

// clitic returns the end of the clitic or elided word whose apostrophe is text[i:j],
// 0 when it is none.
func (s *scanner) clitic(i, j int) int {
	if i > s.chunk && s.isWord(i-1) || !s.isWord(j) {
		return 0
	}
	end := s.letters(j)
	begins := i == s.chunk || s.opensBefore(i)
	if d := s.digits(j); d-j == 2 && begins && (end == d || end == d+1 && s.text[d] == 's') {
		return end // ’90s
	}
	var room [16]byte
	w := lower(s.text[j:end], &room)
	if begins && s.words.elisions[string(w)] {
		if string(w) == "n" && s.apostrophe(end) > 0 {
			end += s.apostrophe(end)
		}
		return end
	}
	if n := s.cliticAt(j); n > 0 && j+n == end && (i > s.chunk || end == s.past || byteClass[s.text[end]] == otherByte) {
		if i > s.chunk && begins && s.text[i-1] != '"' {
			return 0
		}
		return end
	}
	return 0
}

// opensBefore reports whether an opening mark stands right before i.
func (s *scanner) opensBefore(i int) bool {
	switch s.at(i - 1) {
	case '(', '[', '{', '"', '-', '/':
		return true
	}
	before := s.text[s.chunk:i]
	return strings.HasSuffix(before, "“") || strings.HasSuffix(before, "—") || strings.HasSuffix(before, "–")
}

// handle returns the end of the tag or handle at i, which begins with # or @.
func (s *scanner) handle(i int) int {
	if i > s.chunk && s.isWord(i-1) || !s.isLetter(i+1) && s.at(i+1) != '_' {
		return s.run(i, s.text[i])
	}
	end := i + 1
	for end < s.past {
		if e := s.letters(end); e > end {
			end = e
		} else if s.text[end] == '_' {
			end++
		} else {
			break
		}
	}
	return end
}

// emoticon returns the length of the emoticon at i, 0 when there is none.
func (s *scanner) emoticon(i int) int {
	if i > s.chunk && s.isWord(i-1) {
		return 0
	}
	j := i + 1
	if s.at(j) == '-' {
		j++
	}
	switch s.at(j) {
	case ')', '(', 'D', 'P', '/', '|':
		if j++; j == s.past || byteClass[s.text[j]] == otherByte {
			return j - i
		}
	}
	return 0
}

// address returns the end of the web or mail address at i, 0 when there is none.
func (s *scanner) address(i int) int {
	rest := s.text[i:s.past]
	switch {
	case hasScheme(rest), strings.HasPrefix(rest, "www."):
		return s.trimAddress(i, s.past)
	}
	end := i
	for end < s.past && end-i < maxAddress && (byteClass[s.text[end]]&wordByte != 0 || strings.IndexByte(".-_+%", s.text[end]) >= 0) {
		end++
	}
	switch s.at(end) {
	case '@':
		return s.mail(end + 1)
	case '/':
		dot := strings.LastIndexByte(s.text[i:end], '.')
		var room [16]byte
		if dot > 0 && s.words.endings[string(lower(s.text[i+dot+1:end], &room))] {
			return s.trimAddress(i, s.past)
		}
	}
	return 0
}

// hasScheme reports whether rest begins like a web address.
func hasScheme(rest string) bool {
	n := strings.Index(rest[:min(len(rest), 12)], "://")
	return n > 1 && !strings.ContainsAny(rest[:n], ".,;-'\"()") || strings.HasPrefix(rest, "mailto:")
}

// mail returns the end of a mail address whose part after the @ begins at i, 0 when it
// is no host with a dot.
func (s *scanner) mail(i int) int {
	end, dots := i, 0
	for end < s.past {
		c := s.text[end]
		if c == '.' && s.isWord(end+1) {
			dots++
		} else if byteClass[c]&wordByte == 0 && (c != '-' || !s.isWord(end+1)) {
			break
		}
		if end++; end-i > maxAddress {
			return 0
		}
	}
	if dots == 0 {
		return 0
	}
	return end
}

// trimAddress returns end without the marks that close the sentence around an address.
func (s *scanner) trimAddress(i, end int) int {
	if k := strings.IndexAny(s.text[i:end], "<>\"|“”"); k > 0 {
		end = i + k
	}
	parens := strings.Count(s.text[i:end], "(") - strings.Count(s.text[i:end], ")")
	for end > i {
		switch c := s.text[end-1]; {
		case strings.IndexByte(".,;:!?'*]}", c) >= 0:
			end--
		case c == ')' && parens < 0:
			parens++
			end--
		case c == 0x99 && strings.HasSuffix(s.text[i:end], "’"):
			end -= len("’")
		default:
			return end
		}
	}
	return end
}
