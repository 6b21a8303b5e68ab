package eval

// Guess is one prediction with what it claimed of itself and how it turned out.
type Guess struct {
	Confidence float64 // 0 to 1; what lies outside, NaN too, is taken for the nearer end
	IsRight    bool
}

// CalibrationBin holds the guesses whose confidence lies in [From, To), the last one
// also those of 1.
type CalibrationBin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	N          int     `json:"n"`
	Confidence float64 `json:"confidence"` // mean, 0 when N is 0
	Right      float64 `json:"right"`      // share, 0 when N is 0
}

// CalibrationFigures tell how far confidences can be taken at their word.
type CalibrationFigures struct {
	N int `json:"n"`
	// ECE is the expected calibration error: the mean over all guesses of how far
	// their bin's confidence lies from its share of right ones (Guo et al. 2017,
	// equation 3). It is 0 when there is no guess.
	ECE float64 `json:"ece"`
	// MCE is the largest such distance (equation 5).
	MCE float64 `json:"mce"`
	// Brier is the mean squared distance of confidence and outcome (Brier 1950, in
	// its form for two outcomes).
	Brier float64          `json:"brier"`
	Bins  []CalibrationBin `json:"bins"`
}

// Calibration sorts guesses into bins of equal width; bins below 1 means 10, the
// number most papers use.
func Calibration(guesses []Guess, bins int) CalibrationFigures {
	if bins < 1 {
		bins = 10
	}
	f := CalibrationFigures{N: len(guesses), Bins: make([]CalibrationBin, bins)}
	for i := range f.Bins {
		f.Bins[i].From, f.Bins[i].To = float64(i)/float64(bins), float64(i+1)/float64(bins)
	}
	for _, g := range guesses {
		c, outcome := clamp(g.Confidence), float64(one(g.IsRight))
		b := &f.Bins[min(bins-1, int(c*float64(bins)))]
		b.N++
		b.Confidence += c
		b.Right += outcome
		f.Brier += (c - outcome) * (c - outcome) / float64(len(guesses))
	}
	for i := range f.Bins {
		b := &f.Bins[i]
		if b.N == 0 {
			continue
		}
		b.Confidence /= float64(b.N)
		b.Right /= float64(b.N)
		gap := max(b.Confidence-b.Right, b.Right-b.Confidence)
		f.ECE += gap * float64(b.N) / float64(len(guesses))
		f.MCE = max(f.MCE, gap)
	}
	return f
}

// clamp puts c between 0 and 1, NaN to 0.
func clamp(c float64) float64 {
	if !(c > 0) {
		return 0
	}
	return min(c, 1)
}
