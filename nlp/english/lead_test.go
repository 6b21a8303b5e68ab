package english_test

import (
	"strings"
	"testing"

	"quoth"
)

// An interview that an article looks back to says nothing of what was said since.
func TestOldInterviewDoesNotSpread(t *testing.T) {
	a := article(
		"“We had no choice,” Mayor Zoë Hale said.",
		"The ferry starts in June, and the council has found the money for it.",
		"In an interview with Radio Ellory in January, Hale had called the bridge “a disgrace” and “a danger to all of us”.",
	)
	a.Published = quoth.Published{EDTF: "2026-05-05", From: "meta", Confidence: 0.95}
	statements, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	s := startingWith(statements, "“We had no choice")
	if s == nil {
		t.Fatalf("no statement: %q", contents(statements))
	}
	if s.Said != nil || s.Medium == "interview" {
		t.Errorf("said %+v, medium %s: the interview of January is another occasion", s.Said, s.Medium)
	}
	for _, s := range statements {
		if strings.Contains(s.Content.Text, "a disgrace") && (s.Said == nil || s.Said.EDTF != "2026-01" || s.Medium != "interview") {
			t.Errorf("the interview: said %+v, medium %s", s.Said, s.Medium)
		}
	}
}

// What is told outside a court is told to reporters, and no testimony.
func TestOutsideTheCourt(t *testing.T) {
	statements, err := analyzer(t).Analyze(article("“We will fight this,” Tobias Renn told reporters outside the court in Ellory on Wednesday."))
	if err != nil {
		t.Fatal(err)
	}
	if s := startingWith(statements, "“We will fight"); s == nil || s.Medium == "testimony" {
		t.Errorf("got %+v, want another medium than testimony", s)
	}
}

// A headline tells what is said below, though its verb looks like a noun.
func TestHeadlineSumsUp(t *testing.T) {
	statements, err := analyzer(t).Analyze(article(
		"Zoë Hale Calls Tobias Renn ‘A Disgrace’ Over Ferry Comments.",
		"Mayor Zoë Hale described the captain Tobias Renn as a “disgrace” after he attacked pilots in the whole county.",
		"The ferry was late on Monday, and the pilots had been blamed for it.",
		"Hale talked about the captain in an interview with Radio Ellory, calling him “a disgrace”.",
	))
	if err != nil {
		t.Fatal(err)
	}
	if s := startingWith(statements, "Tobias Renn ‘A"); s == nil || s.Medium != "interview" {
		t.Errorf("got %+v of %q", s, contents(statements))
	}
}
