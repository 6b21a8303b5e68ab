package eval_test

import (
	"testing"

	"quoth"
	"quoth/eval"
)

func TestLineScore(t *testing.T) {
	lines := []string{"Menu", "Zoë Hale spoke on Monday.", "Read also: ferry", "", "Ad", "She left.", "More news"}
	gold := []quoth.BlockKind{quoth.Navigation, quoth.Paragraph, quoth.Related, quoth.Paragraph, quoth.Other, quoth.Paragraph, quoth.Related}
	got := []quoth.BlockKind{quoth.Paragraph, quoth.Heading, quoth.Related, "", quoth.List, quoth.Caption, quoth.Paragraph}
	var s eval.LineScore
	s.Add(lines, gold, got)
	want := eval.LineFigures{Pages: 1, P: 0.5, R: 0.5, F1: 0.5, Words: 5.0 / 7, Furniture: 0.5, Typed: 1}
	if f := s.Figures(); f != want {
		t.Errorf("figures %+v, want %+v: only what stands between the first and the last line of body counts", f, want)
	}
}
