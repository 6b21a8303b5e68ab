package main

import (
	"fmt"
	"regexp"
	"strings"

	"quoth"
)

// double is an analyzer for the tests of the command line, which are about what goes
// in and comes out and must not change with the model. It takes whatever stands in
// quotation marks as said by the capitalised words beside a form of "say".
type double struct{}

var (
	doubleQuote  = regexp.MustCompile(`[“"]([^“”"\n]+)[”"]`)
	doubleAfter  = regexp.MustCompile(`^,? ?(said|says|added|wrote|continued|stated|claimed|concluded) (the [a-z]+|\p{Lu}\pL+(?: \p{Lu}\pL+)?)`)
	doubleSaidBy = regexp.MustCompile(`^,? (She|He|she|he|\p{Lu}\pL+|the [a-z]+) (said|says|added|stated|concluded)`)
)

// Analyze finds the statements of a. A page that says PANIC makes it panic.
func (double) Analyze(a quoth.Article) ([]quoth.Statement, error) {
	if strings.Contains(a.Text, "PANIC") {
		panic("asked to")
	}
	var found []quoth.Statement
	for _, b := range a.Blocks {
		if !b.Kind.MaySpeak() {
			continue
		}
		block := b.Span.In(a.Text)
		for _, m := range doubleQuote.FindAllStringIndex(block, -1) {
			found = append(found, statement(a, len(found), b.Span.Start, m, block))
		}
	}
	return found, nil
}

// statement makes the statement of the quotation at m of the block that starts at at.
func statement(a quoth.Article, n, at int, m []int, block string) quoth.Statement {
	span := func(b, e int) []quoth.Span { return []quoth.Span{{Start: at + b, End: at + e}} }
	s := quoth.Statement{
		ID:         fmt.Sprintf("s%d", n+1),
		Kind:       quoth.Direct,
		Content:    quoth.NewRole(a.Text, span(m[0], m[1])),
		Confidence: 0.9,
	}
	rest := block[m[1]:]
	source, cue := 4, 2
	by := doubleAfter.FindStringSubmatchIndex(rest)
	if by == nil {
		source, cue = 2, 4
		by = doubleSaidBy.FindStringSubmatchIndex(rest)
	}
	if by == nil {
		s.Confidence = 0.3
		return s
	}
	s.Source = quoth.NewRole(a.Text, span(m[1]+by[source], m[1]+by[source+1]))
	s.Cue = quoth.NewRole(a.Text, span(m[1]+by[cue], m[1]+by[cue+1]))
	name := s.Source.Text
	switch strings.ToLower(name) {
	case "she", "he":
		return s
	}
	kind := quoth.PersonParty
	if strings.HasPrefix(name, "the ") {
		kind = quoth.AnonymousParty
	}
	s.Speaker = &quoth.Speaker{Name: name, Kind: kind, Mention: name, ID: strings.ToLower(name)}
	return s
}
