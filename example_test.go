package quoth_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"quoth"
)

// A reading is one JSON object and comes back as it was. One whose spans do not fit is refused.
func ExampleReading() {
	text := "Ida Quill said no."
	reading := quoth.Reading{
		Article:    quoth.Article{ID: "a", Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(text)}}}},
		Statements: []quoth.Statement{{ID: "s1", Kind: quoth.Indirect, Content: quoth.NewRole(text, []quoth.Span{{Start: 15, End: 17}})}},
	}
	written, err := json.Marshal(reading)
	if err != nil {
		fmt.Println(err)
	}
	var again quoth.Reading
	if err := json.Unmarshal(written, &again); err != nil {
		fmt.Println(err)
	}
	s := again.Statements[0]
	fmt.Println(s.Content.Text, s.Content.Spans[0].In(again.Article.Text), s.Speaker == nil, s.Medium)
	fmt.Println(json.Unmarshal([]byte(strings.Replace(string(written), "[15,17]", "[15,99]", 1)), &again))
	// Output:
	// no no true unknown
	// statement "s1" holds a span outside of its article's text
}

// What is typed into a search box, as a query to ask a record with.
func ExampleParseQuery() {
	q, err := quoth.ParseQuery(`"not safe" -ferry speaker:hale said:2026-04`)
	if err != nil {
		fmt.Println(err)
	}
	for _, t := range q.Terms {
		fmt.Println(t.Words, t.Field, t.IsNot)
	}
	fmt.Println(q.Said.From.Format("2 January"), "to", q.Said.To.Format("2 January"))

	_, err = quoth.ParseQuery("author:hale")
	var shown *quoth.Error // what a person may see: what is wrong, and what to do about it
	if errors.As(err, &shown) {
		fmt.Println(shown.Code, "·", shown.Message)
	}
	// Output:
	// [not safe]  false
	// [ferry]  true
	// [hale] speaker false
	// 1 April to 30 April
	// invalid · there is no field "author"
}

// The days that a date of a statement means; an open end is the zero time.
func ExampleDaysOf() {
	for _, edtf := range []string{"2026-04", "2024/..", "last spring"} {
		days, ok := quoth.DaysOf(edtf)
		fmt.Println(ok, days.From.Format("2006-01-02"), days.To.IsZero())
	}
	// Output:
	// true 2026-04-01 false
	// true 2024-01-01 true
	// false 0001-01-01 true
}

// Plain counts over an article and its statements.
func ExampleFactsOf() {
	text := "“Not safe,” said Hale."
	facts := quoth.FactsOf(
		quoth.Article{Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(text)}}}},
		[]quoth.Statement{{Kind: quoth.Direct, Content: quoth.NewRole(text, []quoth.Span{{End: 15}}), Speaker: &quoth.Speaker{Name: "Hale", Kind: quoth.PersonParty}}},
	)
	fmt.Println(facts.Words, "words,", facts.NamedSources, "named source,", 100*facts.QuotedShare, "% in quotation marks")
	// Output: 4 words, 1 named source, 50 % in quotation marks
}
