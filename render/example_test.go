package render_test

import (
	"log"
	"os"

	"quoth"
	"quoth/render"
)

// Readings as text for a terminal; the other formats are written in the same way.
func ExampleFormatNamed() {
	text := "Ida Quill said that the harbour was shut."
	reading := quoth.Reading{
		Article: quoth.Article{ID: "harbour", Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(text)}}}},
		Statements: []quoth.Statement{{
			ID: "s1", Kind: quoth.Indirect, Confidence: 0.9,
			Speaker: &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "Ida Quill", ID: "p1"},
			Source:  quoth.NewRole(text, []quoth.Span{{Start: 0, End: 9}}),
			Cue:     quoth.NewRole(text, []quoth.Span{{Start: 10, End: 14}}),
			Content: quoth.NewRole(text, []quoth.Span{{Start: 15, End: 40}}),
		}},
	}
	format, err := render.FormatNamed("text")
	if err != nil {
		log.Fatal(err)
	}
	w := format.New(os.Stdout, render.Options{Width: 50})
	if err := w.Write(reading); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// harbour
	// date unknown
	// ──────────────────────────────────────────────────
	//
	// Ida Quill — said                 indirect · line 1
	// │ that the harbour was shut
	//
	// 8 words · 1 statement · 1 named source ·
	// 0 % in quotation marks · 1 without a date
}
