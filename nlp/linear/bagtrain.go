package linear

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
)

// BagTrainer learns a [Bag] by stochastic gradient descent with one AdaGrad step size
// per vector. It belongs to one goroutine. Features are those it was told of by
// [BagTrainer.Admit]; others are passed over, as the frozen model will.
type BagTrainer struct {
	hidden, labels int
	index          []bagSlot // open addressing, a power of two
	rows, out      []float32
	sizes, outSize []float32 // AdaGrad: sums of squared gradients, per vector
	bias           []float32
	biasSize       float32
	rate, drop     float32
	random         *rand.Rand

	used []int32 // rows of the example last scored
	h    []float32
	keep []float32 // factor per hidden unit: 0 where dropped out
	grad []float32
	step []float32 // per label
}

// NewBagTrainer returns a trainer; hidden is a multiple of 16. rate is the step size,
// drop the share of hidden units left out of each training example (Srivastava et al.
// 2014).
func NewBagTrainer(hidden, labels int, rate, drop float32, seed uint64) *BagTrainer {
	t := &BagTrainer{
		hidden: hidden, labels: labels, index: make([]bagSlot, 1<<10), rate: rate, drop: drop,
		out: make([]float32, hidden*labels), outSize: make([]float32, labels), bias: make([]float32, hidden),
		random: rand.New(rand.NewPCG(seed, 0xba9)),
		h:      make([]float32, hidden), keep: make([]float32, hidden), grad: make([]float32, hidden), step: make([]float32, labels),
	}
	for i := range t.out {
		t.out[i] = (t.random.Float32()*2 - 1) * float32(math.Sqrt(6/float64(hidden+labels)))
	}
	for i := range t.bias {
		t.bias[i] = 0.02
	}
	return t
}

// Admit makes f a feature, as long as there are no more than 65,535.
func (t *BagTrainer) Admit(f uint64) {
	slot := t.find(f)
	if slot.row != 0 || len(t.sizes) == maxVectors {
		return
	}
	if len(t.sizes)*2 >= len(t.index) {
		old := t.index
		t.index = make([]bagSlot, 2*len(old))
		for _, s := range old {
			if s.row != 0 {
				*t.find(s.feature) = s
			}
		}
		slot = t.find(f)
	}
	*slot = bagSlot{f, int32(len(t.sizes)) + 1}
	t.sizes = append(t.sizes, 0)
	for range t.hidden {
		t.rows = append(t.rows, (t.random.Float32()*2-1)*0.02)
	}
}

// bagSlot holds the number of a feature's vector plus 1, 0 when it is free.
type bagSlot struct {
	feature uint64
	row     int32
}

// find returns the slot of f, or the free one where it belongs.
func (t *BagTrainer) find(f uint64) *bagSlot {
	mask := uint64(len(t.index) - 1)
	for i := f & mask; ; i = (i + 1) & mask {
		if s := &t.index[i]; s.feature == f || s.row == 0 {
			return s
		}
	}
}

// SetRate changes the step size.
func (t *BagTrainer) SetRate(rate float32) { t.rate = rate }

// Score sets scores for the features fs. When training it leaves hidden units out.
func (t *BagTrainer) Score(fs []uint64, scores []float32, training bool) {
	t.used = t.used[:0]
	h := t.h
	copy(h, t.bias)
	for _, f := range fs {
		if r := t.find(f).row - 1; r >= 0 {
			t.used = append(t.used, r)
			row := t.rows[int(r)*t.hidden : (int(r)+1)*t.hidden]
			for j, x := range row {
				h[j] += x
			}
		}
	}
	for j := range h {
		t.keep[j] = 1
		if h[j] <= 0 {
			h[j], t.keep[j] = 0, 0
		} else if training && t.drop > 0 {
			if t.random.Float32() < t.drop {
				t.keep[j] = 0
			} else {
				t.keep[j] = 1 / (1 - t.drop)
			}
			h[j] *= t.keep[j]
		}
	}
	project(h, t.out, scores[:t.labels])
}

// Descend moves the weights against the gradient of the loss by the scores last given.
func (t *BagTrainer) Descend(gradient []float32) {
	t.back(gradient)
	var size float32
	for j := range t.grad {
		t.grad[j] *= t.keep[j]
		size += t.grad[j] * t.grad[j]
	}
	if size == 0 {
		return
	}
	size /= float32(t.hidden)
	move := func(row []float32, sum *float32) {
		*sum += size
		step := t.rate / (float32(math.Sqrt(float64(*sum))) + 1e-6)
		for j, g := range t.grad {
			row[j] -= step * g
		}
	}
	move(t.bias, &t.biasSize)
	for _, r := range t.used {
		move(t.rows[int(r)*t.hidden:(int(r)+1)*t.hidden], &t.sizes[r])
	}
}

// back sets grad to the gradient by the hidden units and moves the upper layer.
func (t *BagTrainer) back(gradient []float32) {
	clear(t.grad)
	var squares float32
	for _, x := range t.h {
		squares += x * x
	}
	for l, g := range gradient {
		t.outSize[l] += g * g * squares / float32(t.hidden)
		t.step[l] = t.rate * g / (float32(math.Sqrt(float64(t.outSize[l]))) + 1e-6)
	}
	for j, x := range t.h {
		if x == 0 {
			continue
		}
		var sum float32
		w := t.out[j*t.labels : (j+1)*t.labels]
		for l, g := range gradient {
			sum += g * w[l]
			w[l] -= t.step[l] * x
		}
		t.grad[j] = sum
	}
}

// Freeze writes the weights as the bytes of a [Bag].
func (t *BagTrainer) Freeze() ([]byte, error) {
	sizes := make([]float32, 0, len(t.rows))
	for _, w := range t.rows {
		sizes = append(sizes, float32(math.Abs(float64(w))))
	}
	slices.Sort(sizes)
	scale := float32(1)
	if len(sizes) > 0 {
		scale = sizes[min(len(sizes)-1, len(sizes)*9999/10000)] / 63
	}
	index, features, err := t.freezeIndex()
	if err != nil {
		return nil, err
	}
	b := []byte(bagMagic)
	for _, x := range []uint32{uint32(t.hidden), uint32(t.labels), uint32(features), math.Float32bits(scale)} {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	b = append(b, index...)
	for _, x := range append(slices.Clone(t.bias), t.out...) {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	for _, w := range t.rows {
		q := max(-64, min(63, int(math.Round(float64(w/scale)))))
		b = append(b, byte(q+64))
	}
	for range t.hidden {
		b = append(b, 64)
	}
	return b, nil
}

// freezeIndex writes the perfect hash of the features and their slots. A free slot names
// the last vector, which is zero.
func (t *BagTrainer) freezeIndex() (index []byte, n int, err error) {
	rows := map[uint64]int32{}
	var features []uint64
	for _, s := range t.index {
		if s.row != 0 {
			rows[s.feature] = s.row - 1
			features = append(features, s.feature)
		}
	}
	p, err := newPerfect(features)
	if err != nil {
		return nil, 0, err
	}
	slots := make([]byte, 4*p.slots)
	zero := uint16(len(t.rows) / t.hidden)
	for at := 0; at < len(slots); at += 4 {
		binary.LittleEndian.PutUint16(slots[at:], zero)
	}
	for _, f := range features {
		at := 4 * p.slot(f)
		binary.LittleEndian.PutUint16(slots[at:], uint16(rows[f]))
		binary.LittleEndian.PutUint16(slots[at+2:], uint16(f))
	}
	return append(p.displacements, slots...), len(features), nil
}

// Gradient replaces scores by the gradient of minus the logarithm of the share that a
// softmax gives to the good labels together.
func Gradient(scores []float32, good func(int) bool) {
	most := slices.Max(scores)
	var all, right float32
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s - most)))
		all += scores[i]
		if good(i) {
			right += scores[i]
		}
	}
	for i, e := range scores {
		scores[i] = e / all
		if good(i) {
			scores[i] -= e / max(right, 1e-20)
		}
	}
}
