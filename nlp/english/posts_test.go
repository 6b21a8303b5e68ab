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

// Posts are known by their signatures, of which no word is of the content, nor the addresses before them; what
// somebody else says in a post stands beside it.
func TestFormsOfPosts(t *testing.T) {
	for _, c := range []struct{ post, content, speaker, said string }{
		{"We open in May. https://t.co/a1b2 pic.twitter.com/c3d4 — Zoë Hale (@zoehale) May 2, 2026", "We open in May.", "Zoë Hale", "2026-05-02"},
		{"I think that we open in May! — Priya Hale-Marsh (@priya) May 2, 2026", "I think that we open in May!", "Priya Hale-Marsh", "2026-05-02"},
		{"We open in May! You wanted a bridge. — Tobias Renn (@renn) May 2, 2026", "We open in May! You wanted a bridge.", "Tobias Renn", "2026-05-02"},
		{"“We open in May,” the pier says — and we will.\n\n— Tobias Renn (@renn) May 2, 2026", "“We open in May,” the pier says — and we will.", "Tobias Renn", "2026-05-02"},
		{"“We open in May.” — Tobias Renn (@renn) May 2, 2026", "“We open in May.”", "Tobias Renn", "2026-05-02"},
		{"The ferry at dawn. A photo posted by Tobias Renn (@renn) on May 2, 2026", "The ferry at dawn.", "Tobias Renn", "2026-05-02"},
		{"Zoë Hale (@zoehale) We open in May. pic.twitter.com/c3d4", "We open in May.", "Zoë Hale", ""},
	} {
		a := article("The mayor of Marrow answered her critics in the evening.", c.post)
		a.Blocks[1].Kind = quoth.Quote
		statements, err := analyzer(t).Analyze(a)
		if err != nil {
			t.Fatal(err)
		}
		var s *quoth.Statement
		for i := range statements {
			if statements[i].Content.Text == c.content {
				s = &statements[i]
			}
		}
		if s == nil || s.Speaker == nil || s.Speaker.Name != c.speaker || s.Kind != quoth.Direct || s.Medium != "social-media" {
			t.Errorf("%s: got %+v of %q", c.post, s, contents(statements))
			continue
		}
		if c.said == "" && s.Said != nil || c.said != "" && (s.Said == nil || s.Said.EDTF != c.said) {
			t.Errorf("%s: said %+v", c.post, s.Said)
		}
		for _, other := range statements {
			if other.Speaker != nil && (other.Speaker.Name == c.speaker || other.Speaker.Name == "You") && other.Content.Text != c.content {
				t.Errorf("%s: the post is taken apart: %q", c.post, other.Content.Text)
			}
		}
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
