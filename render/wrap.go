package render

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// Wrap breaks s into lines of at most width columns, at blanks where it can and inside
// a word only where the word alone is wider. Blanks become single spaces; no-break
// spaces stay. Wide glyphs count as two columns.
func Wrap(s string, width int) []string {
	width = max(width, 2)
	var lines []string
	var line strings.Builder
	used := 0
	flush := func() {
		if used > 0 {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
	}
	for _, word := range strings.FieldsFunc(clean(s), isBreakingSpace) {
		w := displaywidth.String(word)
		if used > 0 && used+1+w <= width {
			line.WriteString(" ")
			line.WriteString(word)
			used += 1 + w
			continue
		}
		flush()
		for _, piece := range breakWord(word, w, width) {
			flush()
			line.WriteString(piece)
			used = displaywidth.String(piece)
		}
	}
	flush()
	return lines
}

// breakWord cuts a word of w columns into pieces of at most width columns, between
// the characters that a reader sees. A word that fits is one piece.
func breakWord(word string, w, width int) []string {
	if w <= width {
		return []string{word}
	}
	var pieces []string
	start, end, used := 0, 0, 0
	for g := displaywidth.StringGraphemes(word); g.Next(); {
		if used+g.Width() > width && end > start {
			pieces = append(pieces, word[start:end])
			start, used = end, 0
		}
		end += len(g.Value())
		used += g.Width()
	}
	return append(pieces, word[start:])
}

// cut shortens s to one line of at most width columns, with "…" where it was cut.
func cut(s string, width int) string {
	return displaywidth.TruncateString(oneLine(clean(s)), width, "…")
}

// clean makes s safe for a terminal: control characters, which a hostile page could
// use to move the cursor or rename the window, become U+FFFD; blanks stay.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// isBreakingSpace reports whether a line may be broken at r.
func isBreakingSpace(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2007'
}
