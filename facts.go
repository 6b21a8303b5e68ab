package quoth

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// HeadlineQuote says how the words that a headline puts in quotation marks stand in
// the article below it.
type HeadlineQuote string

// The values. With several quotations in the headline the worst one counts, in this
// order: Absent, Altered, Verbatim.
const (
	HeadlineVerbatim HeadlineQuote = "verbatim" // the same words in the same order
	HeadlineAltered  HeadlineQuote = "altered"  // mostly the same words, changed or cut
	HeadlineAbsent   HeadlineQuote = "absent"   // the article does not hold them
	HeadlineNoQuote  HeadlineQuote = "none"     // the headline quotes nothing
)

// Facts are plain counts over an article and its statements: no judgement in them.
type Facts struct {
	Words             int           `json:"words"`             // words of body blocks
	Statements        int           `json:"statements"`        //
	NamedSources      int           `json:"named_sources"`     // distinct persons and organizations that speak
	AnonymousSources  int           `json:"anonymous_sources"` // distinct speakers who are deliberately not named
	QuotedShare       float64       `json:"quoted_share"`      // 0 to 1: words of the body that stand in quotation marks inside a statement
	UndatedStatements int           `json:"undated_statements"`
	Advertisements    int           `json:"advertisements"` // advertisement blocks
	HeadlineQuote     HeadlineQuote `json:"headline_quote"`
}

// FactsOf counts. A word is a run of characters without a blank that holds a letter
// or a digit. An article without blocks is all body. It takes linear time and keeps
// nothing.
func FactsOf(a Article, statements []Statement) Facts {
	f := Facts{Statements: len(statements), HeadlineQuote: headlineQuote(a)}
	for _, b := range a.Blocks {
		if b.Kind.IsBody() {
			f.Words += countWords(b.Span.In(a.Text))
		} else if b.Kind == Advertisement {
			f.Advertisements++
		}
	}
	if len(a.Blocks) == 0 {
		f.Words = countWords(a.Text)
	}
	named, anonymous := map[string]bool{}, map[string]bool{}
	for i := range statements {
		countSpeaker(statements[i].Speaker, named, anonymous)
		if statements[i].Said == nil {
			f.UndatedStatements++
		}
	}
	f.NamedSources, f.AnonymousSources = len(named), len(anonymous)
	if f.Words > 0 {
		share := float64(quotedWords(a, statements)) / float64(f.Words)
		f.QuotedShare = math.Round(min(share, 1)*1000) / 1000
	}
	return f
}

// countSpeaker enters s in the set of its kind, by its ID or else by its name.
func countSpeaker(s *Speaker, named, anonymous map[string]bool) {
	if s == nil {
		return
	}
	key := s.ID
	if key == "" {
		key = "name:" + s.Name
	}
	switch s.Kind {
	case PersonParty, OrganizationParty:
		named[key] = true
	case AnonymousParty:
		anonymous[key] = true
	}
}

// quotedWords counts the body's words that stand in quotation marks inside a
// statement's content, each word once however many statements hold it.
func quotedWords(a Article, statements []Statement) int {
	quoted := make([]bool, len(a.Text))
	for i := range statements {
		if statements[i].Kind == Indirect || statements[i].Content == nil {
			continue
		}
		for _, s := range statements[i].Content.Spans {
			markQuoted(a.Text, s, statements[i].Kind == Direct, quoted)
		}
	}
	n := 0
	for _, b := range bodyOf(a) {
		eachWord(b.In(a.Text), func(start, end int) {
			if slices.Contains(quoted[b.Start+start:b.Start+end], true) {
				n++
			}
		})
	}
	return n
}

// markQuoted sets quoted at the bytes of s that stand in quotation marks: all of them
// when the whole is quoted. A mark that is not closed in s holds to the end of s.
func markQuoted(text string, s Span, whole bool, quoted []bool) {
	if whole {
		for i := s.Start; i < s.End; i++ {
			quoted[i] = true
		}
		return
	}
	for _, q := range quotations(s.In(text), true) {
		for i := q.Start; i < q.End; i++ {
			quoted[s.Start+i] = true
		}
	}
}

// bodyOf lists the spans of body blocks, the whole text when there is no block.
func bodyOf(a Article) []Span {
	if len(a.Blocks) == 0 {
		return []Span{{0, len(a.Text)}}
	}
	var spans []Span
	for _, b := range a.Blocks {
		if b.Kind.IsBody() {
			spans = append(spans, b.Span)
		}
	}
	return spans
}

// eachWord calls f with the bounds of every word of s.
func eachWord(s string, f func(start, end int)) {
	start, isWord := -1, false
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			if isWord {
				f(start, i)
			}
			start, isWord = -1, false
		case start < 0:
			start = i
			fallthrough
		default:
			isWord = isWord || unicode.IsLetter(r) || unicode.IsDigit(r)
		}
	}
	if isWord {
		f(start, len(s))
	}
}

func countWords(s string) int {
	n := 0
	eachWord(s, func(int, int) { n++ })
	return n
}

// closers gives for each opening quotation mark those that close it.
func closers(open rune) string {
	switch open {
	case '"':
		return `"`
	case '“':
		return "”"
	case '„':
		return "“”"
	case '«':
		return "»"
	case '‘':
		return "’"
	case '\'':
		return "'"
	}
	return ""
}

// quotations finds the stretches of s between quotation marks, outermost ones only,
// without the marks, in one pass. A single mark opens only before a letter or digit
// at the start of a word and closes only at the end of one, so that apostrophes do
// neither. A quotation that is never closed runs to the end when toEnd is set and is
// none otherwise.
func quotations(s string, toEnd bool) []Span {
	var found []Span
	start, want := -1, ""
	before := ' '
	for i, r := range s {
		size := utf8.RuneLen(r)
		if size < 0 {
			size = 1
		}
		after, _ := utf8.DecodeRuneInString(s[min(i+size, len(s)):])
		switch {
		case start < 0 && opens(r, before, after):
			start, want = i+size, closers(r)
		case start >= 0 && strings.ContainsRune(want, r) && closes(r, after):
			if i > start {
				found = append(found, Span{start, i})
			}
			start = -1
		}
		before = r
	}
	if start >= 0 && start < len(s) && toEnd {
		found = append(found, Span{start, len(s)})
	}
	return found
}

// opens reports whether mark r between two characters opens a quotation.
func opens(r, before, after rune) bool {
	switch r {
	case '\'', '‘':
		return !isWordRune(before) && isWordRune(after)
	}
	return closers(r) != ""
}

// closes reports whether mark r before a character may close a quotation.
func closes(r, after rune) bool {
	return r != '\'' && r != '’' || !isWordRune(after)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
