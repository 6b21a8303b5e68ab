package eval

import (
	"math"
	"testing"

	"quoth"
)

// clusters makes clusters of mentions that are named by one letter or digit each.
func clusters(words ...string) []Cluster {
	var out []Cluster
	for _, w := range words {
		var c Cluster
		for _, r := range w {
			c = append(c, quoth.Span{Start: int(r), End: int(r) + 1})
		}
		out = append(out, c)
	}
	return out
}

// Examples of Pradhan et al. 2014, Bagga and Baldwin 1998, Luo 2005 and Vilain et al. 1995.
// What a paper does not print, CEAF above all, was worked out by hand from the definitions.
func TestCorefScore(t *testing.T) {
	tests := []struct {
		name            string
		gold, predicted []Cluster
		muc, b3, ceaf   PRF
	}{
		{"Pradhan", clusters("abc", "defg"), clusters("ab", "cd", "fghi"),
			PRF{P: 0.40, R: 0.40, F1: 0.40}, PRF{P: 0.50, R: 0.42, F1: 0.46}, PRF{P: 0.43, R: 0.65, F1: 0.52}},
		{"Bagga and Baldwin, response 1", clusters("12345", "67", "89ABC"), clusters("12345", "6789ABC"),
			PRF{P: 0.90, R: 1, F1: 0.95}, PRF{P: 0.76, R: 1, F1: 0.86}, PRF{P: 0.92, R: 0.61, F1: 0.73}},
		{"Bagga and Baldwin, response 2", clusters("12345", "67", "89ABC"), clusters("1234589ABC", "67"),
			PRF{P: 0.90, R: 1, F1: 0.95}, PRF{P: 0.58, R: 1, F1: 0.74}, PRF{P: 0.83, R: 0.56, F1: 0.67}},
		{"Luo, all in one", clusters("12345", "67", "89ABC"), clusters("123456789ABC"),
			PRF{P: 0.82, R: 1, F1: 0.90}, PRF{P: 0.38, R: 1, F1: 0.55}, PRF{P: 0.59, R: 0.20, F1: 0.29}},
		{"Vilain, a link too few", clusters("abcd"), clusters("ab", "cd"),
			PRF{P: 1, R: 0.67, F1: 0.80}, PRF{P: 1, R: 0.50, F1: 0.67}, PRF{P: 0.33, R: 0.67, F1: 0.44}},
		{"nothing found", clusters("abc"), nil, PRF{}, PRF{}, PRF{}},
		{"clusters of one are none", clusters("a", "bc"), clusters("bc", "d"),
			PRF{P: 1, R: 1, F1: 1}, PRF{P: 1, R: 1, F1: 1}, PRF{P: 1, R: 1, F1: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s CorefScore
			s.Add(tt.gold, tt.predicted)
			f := s.Figures()
			sameFigures(t, "MUC", f.MUC, tt.muc)
			sameFigures(t, "B3", f.B3, tt.b3)
			sameFigures(t, "CEAFe", f.CEAFe, tt.ceaf)
			if mean := (tt.muc.F1 + tt.b3.F1 + tt.ceaf.F1) / 3; math.Abs(f.CoNLL-mean) > 0.01 {
				t.Errorf("CoNLL %.3f, want %.3f", f.CoNLL, mean)
			}
		})
	}
}

// sameFigures compares figures that are printed with two digits.
func sameFigures(t *testing.T, name string, got, want PRF) {
	t.Helper()
	if math.Abs(got.P-want.P) > 0.006 || math.Abs(got.R-want.R) > 0.006 || math.Abs(got.F1-want.F1) > 0.006 {
		t.Errorf("%s %.3f / %.3f / %.3f, want %.2f / %.2f / %.2f", name, got.P, got.R, got.F1, want.P, want.R, want.F1)
	}
}

// Two documents are summed before shares are taken: 2 of 2 links and 0 of 1 make 2/3.
func TestCorefScoreSums(t *testing.T) {
	var s CorefScore
	s.Add(clusters("abc"), clusters("abc"))
	s.Add(clusters("de"), nil)
	if f := s.Figures(); f.Documents != 2 || f.Gold != 5 || math.Abs(f.MUC.R-2.0/3) > 1e-9 || math.Abs(f.B3.R-0.6) > 1e-9 || f.CEAFe.R != 0.5 || f.Mentions.R != 0.6 {
		t.Errorf("got %+v", f)
	}
}

// The greedy choice of the greatest entry first is not the best one here.
func TestBestAssignment(t *testing.T) {
	for _, tt := range []struct {
		value [][]float64
		want  float64
	}{
		{nil, 0},
		{[][]float64{{}}, 0},
		{[][]float64{{10, 9}, {9, 1}}, 18},
		{[][]float64{{10, 9, 0}, {9, 1, 2}}, 18},
		{[][]float64{{1, 2}, {3, 4}, {5, 9}}, 12},
		{[][]float64{{7, 5, 11}, {5, 4, 1}, {9, 3, 2}}, 24},
	} {
		if got := bestAssignment(tt.value); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", tt.value, got, tt.want)
		}
	}
}

func TestScorePronouns(t *testing.T) {
	f := ScorePronouns([]PronounAnswer{
		{Feminine: true, GoldA: true, PredictedA: true},   // right
		{Feminine: true, GoldB: true, PredictedA: true},   // one too many, one missed
		{GoldA: true, PredictedA: true, PredictedB: true}, // right, and one too many
		{}, // neither, and not said
		{GoldA: true, GoldB: true, PredictedA: true, PredictedB: true},      // both
		{Feminine: true, GoldA: true, PredictedA: false, PredictedB: false}, // missed
	})
	sameFigures(t, "masculine", f.Masculine, PRF{P: 0.75, R: 1, F1: 0.86})
	sameFigures(t, "feminine", f.Feminine, PRF{P: 0.50, R: 0.33, F1: 0.40})
	sameFigures(t, "all", f.All, PRF{P: 0.67, R: 0.67, F1: 0.67})
	if f.Pronouns != 6 || math.Abs(f.Bias-0.4667) > 0.001 {
		t.Errorf("got %+v", f)
	}
}
