package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// The rules below say what a line is when it is not the article's own text. They
// were written by hand from what news pages show and checked on the dev part of the
// page-lines collection. Each must be careful with body: a rule reads a whole line,
// or its beginning together with a limit on its length, and never a word somewhere.

// lineNote is a line with what the rules ask of it.
type lineNote struct {
	text   string // without the blanks around it
	folded string // words and digits in lower case, one blank between; "" over maxFold bytes
	words  int    // number of words in folded
	nth    int    // 0 for the first line of the page that is not blank
}

// maxFold is the length in bytes of the longest line whose words are looked at:
// furniture over it is found by its first bytes alone. The longest caption in the
// typed dev lines has 700 bytes; 99 % have under 400.
const maxFold = 600

// note reads a line. buf is scratch space.
func note(text string, nth int, buf *[]byte) lineNote {
	n := lineNote{text: text, nth: nth}
	if len(text) > maxFold {
		n.words = len(text) / 6
		return n
	}
	n.folded, n.words = fold(text, buf)
	return n
}

// fold writes the words of s in lower case, one blank between them; marks are
// dropped, apostrophes inside words too.
func fold(s string, buf *[]byte) (string, int) {
	b := (*buf)[:0]
	words := 0
	inWord := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'A' <= c && c <= 'Z':
				c |= 0x20
			case 'a' <= c && c <= 'z', isDigit(c):
			case c == '\'' && inWord:
				continue
			default:
				inWord = false
				continue
			}
			if !inWord {
				if words > 0 {
					b = append(b, ' ')
				}
				words++
				inWord = true
			}
			b = append(b, c)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == '’' && inWord:
			continue
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
		default:
			inWord = false
			continue
		}
		if !inWord {
			if words > 0 {
				b = append(b, ' ')
			}
			words++
			inWord = true
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	*buf = b
	return string(b), words
}

// furniture says what kind of furniture a line is, "" when it is none.
func furniture(n lineNote) quoth.BlockKind {
	if n.words == 0 && n.folded == "" && len(n.text) <= maxFold {
		return markKind(n.text)
	}
	if n.folded != "" {
		if n.words <= 8 {
			if k := exactKind(n); k != "" {
				return k
			}
		}
		if isWholly(n, shareWords) {
			return quoth.Share
		}
	}
	if k := beginsKind(n); k != "" {
		return k
	}
	if n.words <= 60 && (strings.HasPrefix(n.text, "©") || n.words <= 30 && strings.HasSuffix(n.folded, "all rights reserved")) {
		return quoth.Notice
	}
	return creditKind(n)
}

// markKind is the kind of a line without a word.
func markKind(text string) quoth.BlockKind {
	if strings.ContainsAny(text, "\"“”'…?!.") { // a quotation of silence is still one
		return ""
	}
	return quoth.Other
}

func exactKind(n lineNote) quoth.BlockKind {
	// A quotation, a question or a sentence that has the words of a button is none,
	// unless the words are a question by themselves.
	if strings.ContainsAny(n.text, "\"“”«»„") {
		return ""
	}
	key := n.folded
	if k, ok := exactLines[key]; ok {
		return k
	}
	// "Advertisement 3", "12 Comments"
	first, last := strings.IndexByte(key, ' '), strings.LastIndexByte(key, ' ')
	if last > 0 && allDigits(key[last+1:]) {
		if k := exactLines[key[:last]]; k == quoth.Advertisement || k == quoth.Share || k == quoth.Comments {
			return k
		}
	}
	if first > 0 && allDigits(key[:first]) {
		if k := exactLines[key[first+1:]]; k == quoth.Share || k == quoth.Comments {
			return k
		}
	}
	return ""
}

// isWholly reports whether each word of a line is one of words, and the line no
// sentence.
func isWholly(n lineNote, words map[string]bool) bool {
	if endsSentence(n.text) || n.words > 40 {
		return false
	}
	sites := 0
	for w := range strings.SplitSeq(n.folded, " ") {
		isSite, ok := words[w]
		if !ok {
			// "FacebookTwitterEmail": run together by a crawler.
			if len(w) < 12 || !allSites(w) {
				return false
			}
			isSite = true
		}
		if isSite {
			sites++
		}
	}
	return sites > 0
}

// allSites reports whether w is the names of sites without a blank between.
func allSites(w string) bool {
	for w != "" {
		n := 0
		for _, site := range siteNames {
			if strings.HasPrefix(w, site) {
				n = len(site)
				break
			}
		}
		if n == 0 {
			return false
		}
		w = w[n:]
	}
	return true
}

// beginsKind reads the beginning of a line.
func beginsKind(n lineNote) quoth.BlockKind {
	head := n.folded
	if head == "" {
		var b [96]byte
		buf := b[:0]
		head, _ = fold(n.text[:runeFloor(n.text, 80)], &buf)
	}
	// One look-up by the first word keeps this off most lines.
	first, _, _ := strings.Cut(head, " ")
	for _, r := range beginnings[first] {
		if n.words > r.maxWords || !strings.HasPrefix(head, r.begins) || !wordEnds(head, len(r.begins)) {
			continue
		}
		if r.colon && !colonAfter(n.text, r.begins) || r.has != "" && !hasAnyWord(head, r.has) {
			continue
		}
		if r.noStop && (endsSentence(n.text) || strings.HasSuffix(n.text, ":")) {
			continue
		}
		if strings.ContainsAny(n.text[:min(len(n.text), 4)], "\"“«„") {
			continue
		}
		return r.kind
	}
	return ""
}

func wordEnds(s string, i int) bool { return i == len(s) || s[i] == ' ' }

// colonAfter reports whether text has a colon right after the words of begins.
func colonAfter(text, begins string) bool {
	i := strings.IndexByte(text, ':')
	if i < 0 || i > len(begins)+8 {
		return false
	}
	var b [64]byte
	buf := b[:0]
	head, _ := fold(text[:i], &buf)
	return head == begins
}

// hasAnyWord reports whether one of the words of list stands in head.
func hasAnyWord(head, list string) bool {
	for w := range strings.SplitSeq(head, " ") {
		for want := range strings.SplitSeq(list, " ") {
			if w == want {
				return true
			}
		}
	}
	return false
}

// runeFloor is the largest rune boundary of s that is not over n.
func runeFloor(s string, n int) int {
	if n >= len(s) {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// endsSentence reports whether text ends as a sentence does: with . ! ? or …, marks
// of quotation and brackets set aside.
func endsSentence(text string) bool {
	for text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		switch r {
		case '.', '!', '?', '…', '。', '！', '？':
			return true
		case '"', '\'', '”', '’', '»', '“', '‘', ')', ']':
			text = text[:len(text)-size]
		default:
			return false
		}
	}
	return false
}

// creditKind finds photo credits, and captions by the credit they end with.
func creditKind(n lineNote) quoth.BlockKind {
	if n.words > 90 || n.folded == "" && len(n.text) > 900 {
		return ""
	}
	text := n.text
	// (Image via Getty), [Photo: Rea Lind], at the end or alone.
	if last := text[len(text)-1]; last == ')' || last == ']' {
		open := strings.LastIndexAny(text, "([")
		// "(Photo: A (left) and B)" needs the outer bracket.
		if open > 0 && strings.Count(text[open:], ")") > 1 {
			open = strings.IndexAny(text, "([")
		}
		if open >= 0 && isCredit(text[open+1:len(text)-1]) {
			if strings.TrimSpace(text[:open]) == "" {
				return quoth.Credit
			}
			return quoth.Caption
		}
	}
	if open := text[0]; open == '(' || open == '[' {
		return ""
	}
	if at := creditTail(text); at >= 0 {
		if strings.Trim(text[:at], " |-–—/") == "" {
			return quoth.Credit
		}
		if n.words <= 6 && !endsSentence(text[:at]) && !strings.Contains(text, ": ") {
			return quoth.Credit // "Rea Lind | Moment | Getty Images"
		}
		return quoth.Caption
	}
	return ""
}

// isCredit reports whether the words in a bracket name who took a picture.
func isCredit(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) == 0 || len(s) > 160 {
		return false
	}
	var b [192]byte
	buf := b[:0]
	low, words := fold(s, &buf)
	if words == 0 || words > 22 {
		return false
	}
	first, rest, _ := strings.Cut(low, " ")
	if pictureWords[first] {
		if rest == "" {
			return true
		}
		next, _, _ := strings.Cut(rest, " ")
		after := strings.TrimLeft(s[len(first):], " ")
		return creditLinks[next] || strings.HasPrefix(after, ":")
	}
	if strings.HasPrefix(low, "ap photo") || strings.HasPrefix(low, "courtesy of ") || strings.HasPrefix(low, "screenshot ") || strings.HasPrefix(low, "screengrab ") {
		return true
	}
	if cut := strings.LastIndex(low, " via "); cut >= 0 && viaSites[low[cut+5:]] {
		return true
	}
	return agencyTail(s, low) || isAgency(low)
}

// agencyTail reports whether s ends with the name of an agency set off by a stroke
// or by "via": "Rea Lind/Getty Images".
func agencyTail(s, low string) bool {
	if cut := strings.LastIndexAny(s, "/|"); cut >= 0 {
		var b [192]byte
		buf := b[:0]
		tail, _ := fold(s[cut+1:], &buf)
		if isAgency(tail) || wires[tail] {
			return true
		}
	}
	if cut := strings.LastIndex(low, " via "); cut >= 0 {
		tail := low[cut+5:]
		return isAgency(tail) || wires[tail]
	}
	return false
}

// isAgency reports whether low begins with the name of a picture agency.
func isAgency(low string) bool {
	first, _, _ := strings.Cut(low, " ")
	return agencies[first] && strings.Count(low, " ") <= 4
}

// creditTail is where a credit begins that ends a line without a bracket, -1 when
// there is none.
func creditTail(text string) int {
	from := 0
	if len(text) > 140 {
		from = runeFloor(text, len(text)-140)
	}
	isLikely := false
	for _, part := range creditParts {
		isLikely = isLikely || strings.Contains(text[from:], part)
	}
	if !isLikely {
		return agencyAt(text)
	}
	for _, mark := range creditMarks {
		for at := from; ; at += len(mark) {
			n := strings.Index(text[at:], mark)
			if n < 0 {
				break
			}
			if at += n; isCreditAt(text, at, len(mark)) {
				return at
			}
		}
	}
	return agencyAt(text)
}

// isCreditAt reports whether the mark at text[at:], of length bytes, begins a credit:
// a sentence or nothing stands before it, and a name after it.
func isCreditAt(text string, at, length int) bool {
	before := strings.TrimRight(text[:at], " ")
	if before != "" && !endsSentence(before) && !strings.HasSuffix(before, "|") && !strings.HasSuffix(before, "-") {
		return false
	}
	after := text[at+length:]
	return len(after) <= 100 && strings.Count(after, " ") <= 12 && !strings.Contains(after, ". ") && strings.TrimSpace(after) != "" && startsUpper(after)
}

// agencyAt is where "Name Name/Getty Images" begins at the end of text, -1 when it
// is not there. Text that ends with a full stop is a sentence.
func agencyAt(text string) int {
	if endsSentence(text) {
		return -1
	}
	start := 0
	if at := lastSentenceEnd(text); at >= 0 {
		start = at
	}
	tail := text[start:]
	if len(tail) > 120 {
		return -1
	}
	var b [192]byte
	buf := b[:0]
	low, _ := fold(tail, &buf)
	if isAgency(low) || agencyTail(tail, low) {
		return start
	}
	return -1
}

// lastSentenceEnd is the offset after the last full stop that a blank follows, -1
// when there is none.
func lastSentenceEnd(text string) int {
	for i := len(text) - 2; i > 0; i-- {
		if text[i] == ' ' && endsSentence(text[max(0, i-8):i]) {
			return i + 1
		}
	}
	return -1
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " @©"))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}
