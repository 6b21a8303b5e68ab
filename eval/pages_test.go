package eval_test

import (
	"math"
	"testing"

	"quoth/eval"
)

func TestPageScore(t *testing.T) {
	var s eval.PageScore
	s.Add(eval.GoldPage{Body: "one two three four five", Title: "Ferry “stops”", Date: "2026-05-02", Authors: []string{"Rea Lind", "Tom Okafor"}},
		eval.ReadPage{Body: "one two three four six", Title: "ferry stops", Date: "2026-05-02", Authors: []string{"TOM OKAFOR"}})
	s.Add(eval.GoldPage{Body: "a b c d", Title: "Other"}, eval.ReadPage{Body: ""})
	f := s.Figures()
	want := eval.PageFigures{Pages: 2, P: 0.25, R: 0.25, F1: 0.25, F1OfMeans: 0.25, Lost: 0.5, Title: 0.5, Author: 1, Date: 1, Known: [3]int{2, 1, 1}}
	if f != want || math.IsNaN(f.F1) {
		t.Errorf("figures %+v, want %+v", f, want)
	}
}
