package eval

import "quoth"

// stanceLabels are the labels in the order of figures.
var stanceLabels = [...]quoth.StanceLabel{quoth.Critical, quoth.Neutral, quoth.Supportive}

// StanceFigures are those of target-dependent sentiment, as Hamborg and Donnay 2021
// (NewsMTSC) give them. Labels are in the order critical, neutral, supportive.
type StanceFigures struct {
	Targets  int             `json:"targets"`
	Labels   [3]StanceFigure `json:"labels"`
	MacroF1  float64         `json:"macro_f1"` // mean of the labels' F1
	Accuracy float64         `json:"accuracy"`
	// Told are the predictions that are confident enough to be shown, without neutral.
	Told      int     `json:"told"`
	ToldRight float64 `json:"told_right"` // share of Told whose label is right
}

// StanceFigure are the figures of one label.
type StanceFigure struct {
	Label quoth.StanceLabel `json:"label"`
	Gold  int               `json:"gold"`
	PRF
	Told      int     `json:"told"`
	ToldRight float64 `json:"told_right"`
}

// StanceScore counts. The zero StanceScore is empty.
type StanceScore struct {
	right, predicted, gold, told, toldRight [len(stanceLabels)]int
}

// Add counts a target whose label is gold and was predicted as label; isTold says
// whether the prediction is confident enough to be shown.
func (s *StanceScore) Add(gold, label quoth.StanceLabel, isTold bool) {
	for i, l := range stanceLabels {
		s.gold[i] += flag(gold == l)
		s.predicted[i] += flag(label == l)
		s.right[i] += flag(gold == l && label == l)
		s.told[i] += flag(label == l && isTold)
		s.toldRight[i] += flag(gold == l && label == l && isTold)
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Figures returns the figures of what was counted.
func (s *StanceScore) Figures() StanceFigures {
	var f StanceFigures
	right, told, toldRight := 0, 0, 0
	for i, l := range stanceLabels {
		f.Labels[i] = StanceFigure{l, s.gold[i], newPRF(s.right[i], s.predicted[i], s.gold[i]), s.told[i], share(s.toldRight[i], s.told[i])}
		f.Targets += s.gold[i]
		f.MacroF1 += f.Labels[i].F1 / float64(len(stanceLabels))
		right += s.right[i]
		if l != quoth.Neutral {
			told += s.told[i]
			toldRight += s.toldRight[i]
		}
	}
	f.Accuracy, f.Told, f.ToldRight = share(right, f.Targets), told, share(toldRight, told)
	return f
}
