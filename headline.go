package quoth

import (
	"strings"
	"unicode"
)

// maxHeadlineWords bounds the quotation that is compared word by word: longer than
// any headline, and it keeps the comparison linear in the article.
const maxHeadlineWords = 60

// headlineQuote compares what the headline quotes with the words of the article. The
// headline is the headline block, else the title, else the headings of the text: a
// crawled text often has its headline as the first heading.
func headlineQuote(a Article) HeadlineQuote {
	quoted := quotedIn(headlines(a))
	if len(quoted) == 0 {
		return HeadlineNoQuote
	}
	var body []string
	for _, b := range a.Blocks {
		if (b.Kind.IsBody() && b.Kind != Heading) || b.Kind == Caption {
			body = append(body, foldWords(b.Span.In(a.Text))...)
		}
	}
	worst := HeadlineVerbatim
	for _, q := range quoted {
		switch {
		case standsIn(q, body):
		case isAltered(q, body):
			worst = HeadlineAltered
		default:
			return HeadlineAbsent
		}
	}
	return worst
}

// headlines lists the texts in which the headline's quotation is looked for.
func headlines(a Article) []string {
	var lines, headings []string
	for _, b := range a.Blocks {
		switch b.Kind {
		case Headline:
			lines = append(lines, b.Span.In(a.Text))
		case Heading:
			headings = append(headings, b.Span.In(a.Text))
		}
	}
	switch {
	case len(lines) > 0:
		return lines
	case a.Title != "":
		return []string{a.Title}
	}
	return headings
}

// quotedIn returns the folded words of each quotation of lines.
func quotedIn(lines []string) [][]string {
	var quoted [][]string
	for _, line := range lines {
		for _, q := range quotations(line, false) {
			if w := foldWords(q.In(line)); len(w) > 0 {
				quoted = append(quoted, w)
			}
		}
	}
	return quoted
}

// foldWords splits s into words, lower-case, with curly apostrophes made straight and
// the punctuation around each word gone.
func foldWords(s string) []string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	words := strings.FieldsFunc(s, func(r rune) bool {
		return !isWordRune(r) && !unicode.Is(unicode.M, r) && r != '\''
	})
	kept := words[:0]
	for _, w := range words {
		if w = strings.Trim(w, "'"); w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// standsIn reports whether the words of q stand in body one after the other.
// It is the search of Knuth, Morris and Pratt (1977): linear, whatever the words.
func standsIn(q, body []string) bool {
	fail := make([]int, len(q))
	for i, k := 1, 0; i < len(q); i++ {
		for k > 0 && q[i] != q[k] {
			k = fail[k-1]
		}
		if q[i] == q[k] {
			k++
		}
		fail[i] = k
	}
	k := 0
	for _, w := range body {
		for k > 0 && (k == len(q) || w != q[k]) {
			k = fail[k-1]
		}
		if w == q[k] {
			k++
		}
		if k == len(q) {
			return true
		}
	}
	return false
}

// isAltered reports whether some stretch of body is mostly the words of q: the best
// local alignment (Smith and Waterman 1981; match 2, mismatch and gap -1) reaches
// half of a full match, which about two thirds of the words in order do. A quotation
// of one word is there or not.
func isAltered(q, body []string) bool {
	if len(q) < 2 || len(q) > maxHeadlineWords {
		return false
	}
	row, next := make([]int, len(q)+1), make([]int, len(q)+1)
	for _, w := range body {
		for j, word := range q {
			match := -1
			if w == word {
				match = 2
			}
			next[j+1] = max(0, row[j]+match, row[j+1]-1, next[j]-1)
			if next[j+1] >= len(q) && next[j+1] > 2 {
				return true
			}
		}
		row, next = next, row
	}
	return false
}
