package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
)

// mistakeContext is how many bytes of text are shown before and after a mistake.
const mistakeContext = 250

// articleMistake is a mistake with where it was made.
type articleMistake struct {
	eval.Mistake
	doc *corpus.AttributionDoc
}

// writeMistakes writes how many mistakes of each kind there are, and n of them, drawn by
// seed, with their text for people to read.
func writeMistakes(w io.Writer, gold []corpus.AttributionDoc, predicted []corpus.Annotation, n int, seed uint64) error {
	var all []articleMistake
	count := map[eval.MistakeKind]int{}
	for i := range gold {
		for _, m := range eval.Mistakes(attributionPair(gold[i], predicted[i])) {
			all = append(all, articleMistake{m, &gold[i]})
			count[m.Kind]++
		}
	}
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	buffered := bufio.NewWriter(w)
	fmt.Fprintf(buffered, "%d mistakes in %d articles\n", len(all), len(gold))
	for _, kind := range eval.MistakeKinds() {
		fmt.Fprintf(buffered, "  %-14s %5d\n", kind, count[kind])
	}
	for i, m := range all[:min(n, len(all))] {
		fmt.Fprintf(buffered, "\n%d. %s, %s\n", i+1, m.Kind, m.doc.ID)
		m.writeSide(buffered, "gold", m.Gold)
		m.writeSide(buffered, "predicted", m.Predicted)
		fmt.Fprintf(buffered, "  text       %s\n", m.context())
	}
	return buffered.Flush()
}

// writeSide writes the roles of one side.
func (m *articleMistake) writeSide(w io.Writer, side string, a *quoth.Attribution) {
	if a == nil {
		return
	}
	role := func(spans []quoth.Span) string {
		parts := make([]string, len(spans))
		for i, s := range spans {
			parts[i] = oneLine(m.doc.Text[s.Start:s.End])
		}
		return strings.Join(parts, " … ")
	}
	fmt.Fprintf(w, "  %-9s  source [%s] cue [%s] content [%s]\n", side, role(a.Source), role(a.Cue), role(a.Content))
}

// context is the text around both sides.
func (m *articleMistake) context() string {
	text := m.doc.Text
	start, end := len(text), 0
	for _, a := range []*quoth.Attribution{m.Gold, m.Predicted} {
		if a == nil {
			continue
		}
		for _, spans := range [][]quoth.Span{a.Source, a.Cue, a.Content} {
			for _, s := range spans {
				start, end = min(start, s.Start), max(end, s.End)
			}
		}
	}
	start, end = max(0, start-mistakeContext), min(len(text), end+mistakeContext)
	if start > end {
		return ""
	}
	return oneLine(strings.ToValidUTF8(text[start:end], ""))
}

// oneLine is s with paragraphs parted by ¶.
func oneLine(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ¶ ")
}
