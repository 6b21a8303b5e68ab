package eval

import (
	"cmp"
	"slices"

	"quoth"
	"quoth/nlp"
)

// Timex is a time expression with its bytes, as gold and predictions are compared.
type Timex struct {
	quoth.Span
	Type  string // "" when gold has no types
	Value string
}

// Timexes returns the time expressions of d.
func Timexes(d *nlp.Doc) []Timex {
	out := make([]Timex, len(d.Timexes))
	for i, x := range d.Timexes {
		out[i] = Timex{d.Span(x.TokenRange), x.Type.String(), x.Value}
	}
	return out
}

// TimexFigures are those of TempEval-3 (UzZaman et al. 2013, section 4.1): relaxed takes
// an expression that overlaps a gold one for found, strict wants the same bytes. Value
// and Type are the F1 of relaxed where, besides, the value or the type is the same.
type TimexFigures struct {
	Documents int     `json:"documents"`
	Gold      int     `json:"gold"`
	Predicted int     `json:"predicted"`
	Relaxed   PRF     `json:"relaxed"`
	Strict    PRF     `json:"strict"`
	Value     PRF     `json:"value"`
	Type      *PRF    `json:"type"` // null when gold has no types
	Accuracy  float64 `json:"accuracy"`
}

// TimexScore counts time expressions document by document. The zero value is ready; one
// goroutine at a time.
type TimexScore struct {
	documents, gold, predicted, typed     int
	relaxed, strict, sameValue, sameTypes int
}

// Add scores one document. Every predicted expression meets at most one gold one, the
// one it shares the most bytes with.
func (s *TimexScore) Add(gold, predicted []Timex) {
	s.documents++
	s.gold += len(gold)
	s.predicted += len(predicted)
	for _, g := range gold {
		if g.Type != "" {
			s.typed++
		}
	}
	for _, m := range meetings(gold, predicted) {
		g, p := gold[m.gold], predicted[m.predicted]
		s.relaxed++
		if g.Span == p.Span {
			s.strict++
		}
		if g.Value == p.Value {
			s.sameValue++
		}
		if g.Type == p.Type {
			s.sameTypes++
		}
	}
}

// meeting is a gold expression with the predicted one that overlaps it.
type meeting struct{ gold, predicted, shared int }

// meetings pairs gold and predicted expressions, those that share the most bytes first.
func meetings(gold, predicted []Timex) []meeting {
	var all []meeting
	first := 0
	for i, g := range gold {
		for first < len(predicted) && predicted[first].End <= g.Start {
			first++
		}
		for j := first; j < len(predicted) && predicted[j].Start < g.End; j++ {
			all = append(all, meeting{i, j, min(g.End, predicted[j].End) - max(g.Start, predicted[j].Start)})
		}
	}
	slices.SortStableFunc(all, func(a, b meeting) int { return cmp.Compare(b.shared, a.shared) })
	goldMet, predictedMet := map[int]bool{}, map[int]bool{}
	out := all[:0]
	for _, m := range all {
		if !goldMet[m.gold] && !predictedMet[m.predicted] {
			goldMet[m.gold], predictedMet[m.predicted] = true, true
			out = append(out, m)
		}
	}
	return out
}

// Figures returns the figures so far. Accuracy is the share of the expressions found
// whose value is right.
func (s *TimexScore) Figures() TimexFigures {
	f := TimexFigures{Documents: s.documents, Gold: s.gold, Predicted: s.predicted,
		Relaxed: newPRF(s.relaxed, s.predicted, s.gold), Strict: newPRF(s.strict, s.predicted, s.gold), Value: newPRF(s.sameValue, s.predicted, s.gold)}
	if s.typed > 0 {
		types := newPRF(s.sameTypes, s.predicted, s.gold)
		f.Type = &types
	}
	if s.relaxed > 0 {
		f.Accuracy = float64(s.sameValue) / float64(s.relaxed)
	}
	return f
}

// TimexError is an expression that was missed (Found nil), is too many (Gold nil) or has
// another value than gold.
type TimexError struct{ Gold, Found *Timex }

// TimexErrors lists what found has wrong, in text order.
func TimexErrors(gold, found []Timex) []TimexError {
	met, used := map[int]int{}, map[int]bool{}
	for _, m := range meetings(gold, found) {
		met[m.gold], used[m.predicted] = m.predicted, true
	}
	var out []TimexError
	for i := range gold {
		j, ok := met[i]
		switch {
		case !ok:
			out = append(out, TimexError{Gold: &gold[i]})
		case gold[i].Value != found[j].Value:
			out = append(out, TimexError{&gold[i], &found[j]})
		}
	}
	for j := range found {
		if !used[j] {
			out = append(out, TimexError{Found: &found[j]})
		}
	}
	slices.SortStableFunc(out, func(a, b TimexError) int { return cmp.Compare(a.start(), b.start()) })
	return out
}

func (e TimexError) start() int {
	if e.Gold != nil {
		return e.Gold.Start
	}
	return e.Found.Start
}
