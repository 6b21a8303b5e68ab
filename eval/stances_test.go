package eval

import (
	"math"
	"testing"

	"quoth"
)

func TestStanceFigures(t *testing.T) {
	var s StanceScore
	for _, x := range []struct {
		gold, label quoth.StanceLabel
		isTold      bool
	}{
		{quoth.Critical, quoth.Critical, true}, {quoth.Critical, quoth.Neutral, false}, {quoth.Neutral, quoth.Neutral, true},
		{quoth.Supportive, quoth.Critical, true}, {quoth.Supportive, quoth.Supportive, false},
	} {
		s.Add(x.gold, x.label, x.isTold)
	}
	f := s.Figures()
	// F1: critical 1/2 and 1/2; neutral 1/2 and 1/1; supportive 1/1 and 1/2.
	if want := (0.5 + 2.0/3 + 2.0/3) / 3; math.Abs(f.MacroF1-want) > 1e-9 || f.Targets != 5 || f.Accuracy != 0.6 {
		t.Errorf("got %+v", f)
	}
	if f.Told != 2 || f.ToldRight != 0.5 || f.Labels[0].Told != 2 || f.Labels[1].Told != 1 {
		t.Errorf("told: %+v", f)
	}
	if empty := (&StanceScore{}).Figures(); empty.MacroF1 != 0 || empty.ToldRight != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
}
