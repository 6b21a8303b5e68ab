package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"quoth"
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

// WrapSetOff is Wrap for text of which spans, in order, stand between on and off. What
// is set off on two lines is so on each. With on and off "" nothing is.
func WrapSetOff(text string, spans []quoth.Span, on, off string, width int) []string {
	lines := Wrap(text, width)
	if len(spans) == 0 || on+off == "" {
		return lines
	}
	at := 0 // in text, of the next character that is no blank
	for i, line := range lines {
		var b strings.Builder
		isOn, blank := false, ""
		for _, r := range line {
			if isBreakingSpace(r) {
				blank = " "
				continue
			}
			at += strings.IndexFunc(text[at:], func(r rune) bool { return !isBreakingSpace(r) })
			for len(spans) > 0 && spans[0].End <= at {
				spans = spans[1:]
			}
			was := isOn
			isOn = len(spans) > 0 && spans[0].Start <= at
			if was && !isOn {
				b.WriteString(off)
			}
			b.WriteString(blank)
			if isOn && !was {
				b.WriteString(on)
			}
			b.WriteRune(r)
			blank = ""
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
		if isOn {
			b.WriteString(off)
		}
		lines[i] = b.String()
	}
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
