package english_test

import (
	"testing"

	"quoth"
)

// An embedded post is a statement with its author, its day and its medium; a quotation in
// a block of its own is none.
func TestEmbeddedPost(t *testing.T) {
	a := article(
		"The mayor of Marrow, Zoë Hale, answered her critics in the evening.",
		"We are not going to apologise for a ferry that runs on time. — Zoë Hale (@zoehale) May 2, 2026",
		"A ferry that runs on time is all we ask for.",
	)
	a.Published = quoth.Published{EDTF: "2026-05-03", From: "meta", Confidence: 0.95}
	a.Blocks[1].Kind, a.Blocks[2].Kind = quoth.Quote, quoth.Quote
	statements, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	s := startingWith(statements, "We are not going")
	if s == nil {
		t.Fatalf("the post is no statement: %q", contents(statements))
	}
	if s.Speaker == nil || s.Speaker.Name != "Zoë Hale" || s.Kind != quoth.Direct || s.Medium != "social-media" {
		t.Errorf("speaker %+v, kind %s, medium %s", s.Speaker, s.Kind, s.Medium)
	}
	if s.Content.Text != "We are not going to apologise for a ferry that runs on time." {
		t.Errorf("content %q", s.Content.Text)
	}
	if s.Said == nil || s.Said.EDTF != "2026-05-02" {
		t.Errorf("said %+v, want 2026-05-02", s.Said)
	}
	if s := startingWith(statements, "A ferry that runs on time is all"); s != nil && s.Medium == "social-media" {
		t.Error("a block quotation is taken for a post")
	}
}

// Turns of a transcript have the person of the label as speaker, and "I" inside is they.
func TestTranscript(t *testing.T) {
	statements, err := analyzer(t).Analyze(article(
		"Mayor Zoë Hale spoke to Tobias Renn of the Coast Daily on Monday.",
		"RENN: Will the ferry run in winter?",
		"HALE: It will. I promised that to the council and I will keep my word.",
		"RENN: And the price?",
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ start, speaker string }{{"Will the ferry", "Tobias Renn"}, {"It will.", "Zoë Hale"}, {"And the price", "Tobias Renn"}} {
		s := startingWith(statements, c.start)
		if s == nil {
			t.Errorf("the turn %q is no statement: %q", c.start, contents(statements))
			continue
		}
		if s.Speaker == nil || s.Speaker.Name != c.speaker || s.Kind != quoth.Direct {
			t.Errorf("%q: speaker %+v, kind %s; want %s, direct", c.start, s.Speaker, s.Kind, c.speaker)
		}
	}
}

// Letters are signed below, and who writes "I" is who signs.
func TestLetters(t *testing.T) {
	statements, err := analyzer(t).Analyze(article(
		"I believe that the ferry should run in winter too.",
		"Emma Hale",
		"I doubt that anybody will pay for that.",
		"Tobias Renn",
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ start, speaker string }{{"that the ferry", "Emma Hale"}, {"that anybody", "Tobias Renn"}} {
		if s := startingWith(statements, c.start); s == nil || s.Speaker == nil || s.Speaker.Name != c.speaker {
			t.Errorf("%q: %+v, want speaker %s; all: %q", c.start, s, c.speaker, contents(statements))
		}
	}
}
