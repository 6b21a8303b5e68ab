package linear

import (
	"math"
	"slices"
)

// weight is one label's weight in a feature's row, with what its trainer keeps of it.
type weight struct {
	label uint8
	w     float32
	sum   float32 // perceptron: w summed over all steps up to last
	last  uint32  // perceptron: step of the last change
}

// Trainer learns the weights of a model online. It belongs to one goroutine.
//
// Used with [Trainer.Update] it is the averaged perceptron (Freund and Schapire 1999;
// the lazy average is Daumé's), used with [Trainer.Descend] stochastic gradient descent
// with AdaGrad step sizes (Duchi, Hazan and Singer 2011). One trainer uses one of them.
type Trainer struct {
	labels []string
	index  map[uint64]int32
	rows   [][]weight
	step   uint32
}

// NewTrainer returns a trainer without weights. There are at most [MaxLabels] labels.
func NewTrainer(labels []string) *Trainer {
	return &Trainer{labels: labels, index: map[uint64]int32{}, step: 1}
}

// Step marks the end of one example.
func (t *Trainer) Step() { t.step++ }

// Features is the number of features that have a weight.
func (t *Trainer) Features() int { return len(t.rows) }

// Add adds the current weights of feature f to scores.
func (t *Trainer) Add(f uint64, scores []float32) {
	if r, ok := t.index[f]; ok {
		for _, e := range t.rows[r] {
			scores[e.label] += e.w
		}
	}
}

// Score sets scores to the sums of the current weights over the features fs.
func (t *Trainer) Score(fs []uint64, scores []float32) {
	clear(scores)
	for _, f := range fs {
		t.Add(f, scores)
	}
}

func (t *Trainer) at(f uint64, label int) *weight {
	r, ok := t.index[f]
	if !ok {
		r = int32(len(t.rows))
		t.index[f] = r
		t.rows = append(t.rows, nil)
	}
	row := t.rows[r]
	for i := range row {
		if int(row[i].label) == label {
			return &row[i]
		}
	}
	t.rows[r] = append(row, weight{label: uint8(label), last: t.step})
	return &t.rows[r][len(row)]
}

// Update adds by to the weight of every feature in fs for label: a step of the
// averaged perceptron.
func (t *Trainer) Update(fs []uint64, label int, by float32) {
	for _, f := range fs {
		e := t.at(f, label)
		e.sum += e.w * float32(t.step-e.last)
		e.last = t.step
		e.w += by
	}
}

// Descend moves the weight of every feature in fs for label against gradient, by
// AdaGrad with the given rate.
func (t *Trainer) Descend(fs []uint64, label int, gradient, rate float32) {
	for _, f := range fs {
		e := t.at(f, label)
		e.sum += gradient * gradient
		e.w -= rate * gradient / float32(math.Sqrt(float64(e.sum))+1e-6)
	}
}

// Average returns the rows of the averaged perceptron: each weight's mean over all
// steps. Weights smaller than minimum in size are left out.
func (t *Trainer) Average(minimum float32) map[uint64][]float32 {
	return t.collect(minimum, func(e weight) float32 {
		return (e.sum + e.w*float32(t.step-e.last)) / float32(t.step)
	})
}

// Final returns the rows as they are now. Weights smaller than minimum in size are
// left out.
func (t *Trainer) Final(minimum float32) map[uint64][]float32 {
	return t.collect(minimum, func(e weight) float32 { return e.w })
}

func (t *Trainer) collect(minimum float32, value func(weight) float32) map[uint64][]float32 {
	out := make(map[uint64][]float32, len(t.rows))
	for f, r := range t.index {
		var row []float32
		for _, e := range t.rows[r] {
			if w := value(e); w >= minimum || -w >= minimum {
				if row == nil {
					row = make([]float32, len(t.labels))
				}
				row[e.label] = w
			}
		}
		if row != nil {
			out[f] = row
		}
	}
	return out
}

// Prune keeps the n rows with the largest weights, by the size of the largest weight
// in each; ties are broken by feature, so that the result is the same every time.
func Prune(rows map[uint64][]float32, n int) {
	if len(rows) <= n {
		return
	}
	type sized struct {
		f    uint64
		size float32
	}
	all := make([]sized, 0, len(rows))
	for f, r := range rows {
		s := sized{f: f}
		for _, w := range r {
			s.size = max(s.size, w, -w)
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b sized) int {
		switch {
		case a.size > b.size:
			return -1
		case a.size < b.size:
			return 1
		case a.f < b.f:
			return -1
		}
		return 1
	})
	for _, s := range all[n:] {
		delete(rows, s.f)
	}
}
