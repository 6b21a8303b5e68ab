package tokenize

import (
	"strings"

	"quoth/nlp/lexicon"
)

// word emits the word or words that begin with the letter or digit at i and returns
// where it stopped.
func (s *scanner) word(i int) int {
	if s.slash {
		if end := s.address(i); end > i {
			s.emit(i, end)
			return end
		}
	}
	end, apostrophe := i, -1
	for {
		end = s.letters(end)
		if end >= s.past {
			break
		}
		n := s.apostrophe(end)
		if n > 0 && s.isWord(end+n) {
			apostrophe = end
			end += n
			continue
		}
		if n = s.joiner(i, end); n == 0 {
			break
		}
		end += n
	}
	end = s.withStop(i, end)
	s.split(i, end, apostrophe)
	return end
}

// joiner returns the length of the mark at j when it joins the word text[i:j] to what
// follows, else 0.
func (s *scanner) joiner(i, j int) int {
	c, next := s.text[j], s.isWord(j+1)
	if c == '*' {
		return s.maskedLetters(j)
	}
	if c == '_' && (next || s.at(j+1) == '_') {
		return 1
	}
	if !next {
		return 0
	}
	switch c {
	case '.':
		return btoi(s.stopJoins(i, j))
	case ',':
		n := s.digits(j+1) - j - 1
		return btoi(s.isDigit(j-1) && n == 3)
	case ':':
		n := s.digits(j+1) - j - 1
		return btoi(s.isDigit(j-1) && n == 2)
	case '`':
		return btoi(s.isLetter(j-1) && s.cliticAt(j+1) > 0)
	case '&':
		return btoi(s.isUpper(j+1) && s.isUpper(j-1) && j-i <= 3 && s.letters(j+1)-j-1 <= 3 ||
			j-i == 1 && s.letters(j+1) == j+2)
	case '@':
		return btoi(s.isLetter(j-1) && s.isLetter(j+1))
	case '-':
		return btoi(s.hyphenJoins(i, j))
	case '/':
		return btoi(s.isDigit(j-1) && s.isDigit(j+1) && s.dateJoins(i, '/'))
	}
	if strings.HasPrefix(s.text[j:s.past], "\u2011") && s.isWord(j+3) && s.isPrefix(i, j) {
		return 3
	}
	return 0
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maskedLetters returns the length of the run of asterisks at j when it stands for
// letters of a word, else 0.
func (s *scanner) maskedLetters(j int) int {
	end := s.run(j, '*')
	if s.isLetter(end) && end-j <= maxMasked {
		return end - j
	}
	return 0
}

// Longer words have no parts; longer addresses are none. These keep the time linear.
const (
	maxMasked  = 12
	maxSplit   = 64
	maxAddress = 256
)

// stopJoins reports whether the full stop at j stands inside the word that begins at i.
func (s *scanner) stopJoins(i, j int) bool {
	next := s.letters(j + 1)
	if s.isDigit(j-1) && s.isDigit(j+1) {
		return true
	}
	begin := j
	for begin > i && s.text[begin-1] != '.' {
		begin--
	}
	short := j-begin == 1 && s.isLetter(begin)
	if short && next == j+2 && s.isLetter(j+1) {
		return true // U.S, e.g
	}
	if j-begin <= 3 && next == j+2 && s.isUpper(j+1) && s.at(next) == '.' {
		return true // Ph.D.
	}
	if i > 0 && s.text[i-1] == '(' && s.at(next) == ')' && s.isUpper(j-1) && s.isUpper(j+1) {
		return true // Lake Ferries Inc (LKF.O)
	}
	var room [16]byte
	if s.words.endings[string(lower(s.text[j+1:next], &room))] && j-begin > 1 {
		return s.isLower(j+1) || !s.isLower(j-1) // end.In is no address
	}
	return s.at(next) == '.' && s.isLetter(next+1) && s.isLower(j+1) && s.isLower(next+1) && s.isLower(j-1) // comp.lang.go
}

func (s *scanner) isLower(i int) bool { return s.isLetter(i) && !s.isUpper(i) }

// hyphenJoins reports whether the hyphen at j belongs to the word that begins at i.
func (s *scanner) hyphenJoins(i, j int) bool {
	if s.isDigit(j-1) && s.isDigit(j+1) {
		return s.dateJoins(i, '-')
	}
	if s.isDigit(j + 1) {
		return j-i == 3 && strings.EqualFold(s.text[i:j], "mid") // mid-1962
	}
	return s.isPrefix(i, j)
}

func (s *scanner) isPrefix(i, j int) bool {
	var room [16]byte
	return s.words.prefixes[string(lower(s.text[i:j], &room))]
}

// dateJoins reports whether the groups of digits from i on, parted by mark, are one
// word: a date, a telephone number, a fraction, 9/11.
func (s *scanner) dateJoins(i int, mark byte) bool {
	groups, first, last := 0, 0, 0
	for {
		end := s.digits(i)
		last = end - i
		if last == 0 {
			return false
		}
		if groups == 0 {
			first = last
		}
		if groups++; groups == 3 {
			return true
		}
		if s.at(end) != mark || !s.isDigit(end+1) {
			break
		}
		i = end + 1
	}
	if mark == '/' {
		return first <= 2 && last <= 2
	}
	return first == 3 && last == 4
}

// withStop returns the end of the word text[i:end] with the mark that belongs to it:
// the full stop of an abbreviation, the dollar of "US$", the hyphen of a word cut off.
func (s *scanner) withStop(i, end int) int {
	switch s.at(end) {
	case '.':
		if s.at(end+1) != '.' && s.isAbbreviation(i, end) {
			return end + 1
		}
	case '$':
		if end-i <= 2 && s.isUpper(i) && s.isUpper(end-1) {
			return end + 1
		}
	case '-':
		if end+1 == s.past && end-i <= 3 && s.isLetter(i) {
			return end + 1
		}
	}
	return end
}

// isAbbreviation reports whether the full stop at end belongs to the word text[i:end].
func (s *scanner) isAbbreviation(i, end int) bool {
	w := s.text[i:end]
	next := s.skipBlank(end + 1)
	if isAcronym(w) {
		return true
	}
	if len(w) == 1 && w != "v" {
		return s.isInitial(i, next)
	}
	if len(w) <= 2 && s.isDigit(i) && len(w) == s.digits(i)-i {
		return i == s.blockStart() && next < s.end && end+1 == s.past // numbered list
	}
	var room [16]byte
	a, ok := s.words.abbreviations[string(lower(w, &room))]
	if !ok || a.Capital && !s.isUpper(i) {
		return false
	}
	if a.Class == lexicon.NumberAbbreviation {
		return next < s.end && byteClass[s.text[next]] == digitByte
	}
	return true
}

// blockStart returns where the present block's first token begins, or will.
func (s *scanner) blockStart() int {
	if n := len(s.tokens); n == s.first {
		return s.chunk
	}
	return int(s.tokens[s.first].Start)
}

// isInitial reports whether the single letter at i with a full stop stands for a
// longer word; next is where the text goes on.
func (s *scanner) isInitial(i, next int) bool {
	c := s.text[i]
	if next >= s.end || byteClass[c] != letterByte {
		return false
	}
	after := s.text[next]
	if c == 'I' {
		return s.isMiddle(next)
	}
	if 'A' <= c && c <= 'Z' {
		return byteClass[after] == letterByte || after == ',' || after >= 0xC3 && after < 0xE0
	}
	return c != 'i' && c != 'a' && (byteClass[after] == digitByte || 'a' <= after && after <= 'z') && next == i+3
}

// isMiddle reports whether an "I." before next stands between two words of a name: "Tobin I. Hale", and no "Phase I. The".
func (s *scanner) isMiddle(next int) bool {
	if len(s.tokens) == s.first || s.text[next] < 'A' || s.text[next] > 'Z' {
		return false
	}
	before := s.tokens[len(s.tokens)-1]
	w := s.text[before.Start:before.End]
	past := next
	for past < s.end && byteClass[s.text[past]] == letterByte {
		past++
	}
	var room, other [16]byte
	return s.isUpper(int(before.Start)) && len(w) > 2 && !s.words.numbered[string(lower(w, &room))] && !s.words.starters[string(lower(s.text[next:past], &other))]
}

// isAcronym reports whether w is single letters parted by full stops, like U.S or
// a.m, or Ph.D.
func isAcronym(w string) bool {
	if w == "Ph.D" || w == "Ed.D" {
		return true
	}
	if len(w) < 3 || len(w)%2 == 0 {
		return false
	}
	for k := 0; k < len(w); k++ {
		if k%2 == 0 && byteClass[w[k]] != letterByte || k%2 == 1 && w[k] != '.' {
			return false
		}
	}
	return true
}

// split emits text[i:end] as one word or as the words it is made of; apostrophe is
// the place of the last one inside, -1 for none.
func (s *scanner) split(i, end, apostrophe int) {
	if apostrophe < 0 {
		s.splitPlain(i, end)
		return
	}
	if end-i > maxSplit {
		s.emit(i, end)
		return
	}
	if cut := s.cliticCut(i, end, apostrophe); cut > i {
		before := -1
		for k := i + 1; k < cut; k++ {
			if n := s.apostrophe(k); n > 0 && k+n < cut {
				before = k
			}
		}
		s.split(i, cut, before)
		s.emit(cut, end)
		return
	}
	s.emit(i, end)
}

// splitPlain emits a word without an apostrophe.
func (s *scanner) splitPlain(i, end int) {
	if k := s.backtick(i, end); k > i {
		s.emit(i, k)
		s.emit(k, end)
		return
	}
	var room [16]byte
	switch n := end - i; {
	case byteClass[s.text[i]] == digitByte && byteClass[s.text[end-1]] != digitByte:
		k := i
		for k < end && (byteClass[s.text[k]] == digitByte || (s.text[k] == '.' || s.text[k] == ',' || s.text[k] == ':') && s.isDigit(k+1)) {
			k++
		}
		if k < end && s.words.units[string(lower(s.text[k:end], &room))] && !isDecade(s.text[i:end]) {
			s.emit(i, k)
			i = k
		}
	case n == 5 && strings.EqualFold(s.text[i:end], "dunno"):
		s.emit(i, i+2)
		s.emit(i+2, i+3)
		i += 3
	case 2 <= n && n <= 8 && byteClass[s.text[end-1]] == letterByte:
		if cut := s.words.joined[string(lower(s.text[i:end], &room))]; cut > 0 && !(n == 2 && s.text[i] == 'I' && s.text[i+1] == 'M') {
			s.emit(i, i+cut)
			i += cut
		}
	}
	s.emit(i, end)
}

// backtick returns where a clitic written with a back-tick begins, 0 for nowhere.
func (s *scanner) backtick(i, end int) int {
	if s.seen&otherByte == 0 {
		return 0
	}
	if k := strings.IndexByte(s.text[i:end], '`'); k > 0 {
		if s.text[i+k-1] == 'n' && s.text[i+k+1] == 't' && k > 1 {
			k--
		}
		return i + k
	}
	return 0
}

// isDecade reports whether w is a number with a final s.
func isDecade(w string) bool { return w[len(w)-1] == 's' }

// cliticAt returns the length of the clitic (without apostrophe) at i, 0 for none.
func (s *scanner) cliticAt(i int) int {
	end := s.letters(i)
	switch end - i {
	case 1:
		switch s.text[i] | 0x20 {
		case 's', 'm', 'd', 't':
			return 1
		}
	case 2:
		switch a, b := s.text[i]|0x20, s.text[i+1]|0x20; {
		case a == 'r' && b == 'e', a == 'v' && b == 'e', a == 'l' && b == 'l':
			return 2
		}
	}
	return 0
}

// cliticCut returns where the clitic of the word text[i:end] begins, 0 for nowhere.
func (s *scanner) cliticCut(i, end, apostrophe int) int {
	n := s.apostrophe(apostrophe)
	rest := s.text[apostrophe+n : end]
	if len(rest) > 2 || apostrophe == i {
		return 0
	}
	switch strings.ToLower(rest) {
	case "s":
		if s.text[apostrophe-1] == '0' && apostrophe-i >= 2 && s.digits(i) == apostrophe {
			return 0 // 60's
		}
		return apostrophe
	case "m", "d", "re", "ve", "ll":
		return apostrophe
	case "t":
		if s.text[apostrophe-1]|0x20 == 'n' && apostrophe-1 > i {
			return apostrophe - 1
		}
	}
	return 0
}
