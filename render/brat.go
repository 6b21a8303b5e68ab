package render

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"quoth"
)

// BratText returns the .txt file that the offsets of a reading's .ann file index:
// the article's text, byte for byte.
func BratText(r quoth.Reading) []byte { return []byte(r.Article.Text) }

// BratConfiguration is the annotation.conf of a brat collection of readings.
const BratConfiguration = `# Written by quoth read --to brat.
[entities]
Source
Cue

[relations]

[events]
Content Source*:Source, Cue*:Cue

[attributes]
Kind Arg:<EVENT>, Value:direct|indirect|mixed
Factuality Arg:<EVENT>, Value:negated|hypothetical|questioned
`

// appendBrat writes the .ann file of r in brat's standoff format.
//
// Every part of a statement is one text-bound annotation (T), in pieces where it is
// interrupted or goes over a line's end: brat knows no annotation across lines.
// Offsets are code points, as brat counts. One event (E) per statement, triggered by
// its content, holds the parts together; its kind is an attribute (A), and so is that
// it was not said or might not have been; its speaker is a note (#).
func appendBrat(b *bytes.Buffer, r quoth.Reading) error {
	w := bratWriter{b: b, text: r.Article.Text, points: newPointCounter(r), statements: len(r.Statements)}
	for i := range r.Statements {
		w.statement(i+1, &r.Statements[i])
	}
	return nil
}

type bratWriter struct {
	b      *bytes.Buffer
	text   string
	points *pointCounter
	bounds int // text-bound annotations so far
	// statements is how many there are: so many attributes tell their kinds.
	statements int
}

// statement writes the lines of statement number n.
func (w *bratWriter) statement(n int, s *quoth.Statement) {
	content := w.textBound("Content", s.Content)
	if content == "" {
		return
	}
	arguments := []string{"Content:" + content}
	if source := w.textBound("Source", s.Source); source != "" {
		arguments = append(arguments, "Source:"+source)
	}
	if cue := w.textBound("Cue", s.Cue); cue != "" {
		arguments = append(arguments, "Cue:"+cue)
	}
	fmt.Fprintf(w.b, "E%d\t%s\n", n, strings.Join(arguments, " "))
	fmt.Fprintf(w.b, "A%d\tKind E%d %s\n", n, n, s.Kind)
	if !s.IsFactual() {
		fmt.Fprintf(w.b, "A%d\tFactuality E%d %s\n", w.statements+n, n, s.Factuality)
	}
	if s.Speaker != nil {
		fmt.Fprintf(w.b, "#%d\tAnnotatorNotes E%d\tspeaker: %s (%s)\n", n, n, oneLine(s.Speaker.Name), s.Speaker.Kind)
	}
}

// textBound writes a T line and returns its name, "" when there is nothing to mark.
func (w *bratWriter) textBound(kind string, role *quoth.Role) string {
	if role == nil {
		return ""
	}
	var offsets, words []string
	for _, s := range role.Spans {
		for _, piece := range splitLines(w.text, s) {
			offsets = append(offsets, fmt.Sprintf("%d %d", w.points.at(piece.Start), w.points.at(piece.End)))
			words = append(words, piece.In(w.text))
		}
	}
	if len(offsets) == 0 {
		return ""
	}
	w.bounds++
	name := fmt.Sprintf("T%d", w.bounds)
	fmt.Fprintf(w.b, "%s\t%s %s\t%s\n", name, kind, strings.Join(offsets, ";"), strings.Join(words, " "))
	return name
}

// splitLines cuts s at line ends and trims blanks from the pieces.
func splitLines(text string, s quoth.Span) []quoth.Span {
	var pieces []quoth.Span
	for start := s.Start; start < s.End; {
		end := s.End
		if i := strings.IndexAny(text[start:s.End], "\r\n"); i >= 0 {
			end = start + i
		}
		piece := text[start:end]
		left := len(piece) - len(strings.TrimLeft(piece, " \t\u00a0"))
		if trimmed := strings.Trim(piece, " \t\u00a0"); trimmed != "" {
			pieces = append(pieces, quoth.Span{Start: start + left, End: start + left + len(trimmed)})
		}
		start = end + 1
	}
	return pieces
}

// pointCounter turns byte offsets into code point offsets. It keeps one count every
// pointStep bytes, so that any order of questions takes time in proportion to their
// number and to the text.
type pointCounter struct {
	text   string
	counts []int // counts[i]: code points that begin before byte i*pointStep
}

const pointStep = 1024

func newPointCounter(r quoth.Reading) *pointCounter {
	text := r.Article.Text
	p := &pointCounter{text: text, counts: make([]int, len(text)/pointStep+1)}
	n := 0
	for i := range len(text) {
		if i%pointStep == 0 {
			p.counts[i/pointStep] = n
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if len(text)%pointStep == 0 {
		p.counts[len(text)/pointStep] = n
	}
	return p
}

// at returns the number of code points before byte offset.
func (p *pointCounter) at(offset int) int {
	from := offset / pointStep
	n := p.counts[from]
	for i := from * pointStep; i < offset; i++ {
		if utf8.RuneStart(p.text[i]) {
			n++
		}
	}
	return n
}
