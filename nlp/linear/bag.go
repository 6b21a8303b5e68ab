package linear

import (
	"encoding/binary"
	"errors"
	"math"
)

// Bag is a frozen model with one hidden layer over hashed features: every feature has a
// vector, the vectors of an example are summed, what is negative becomes zero, and a
// linear layer scores the labels. It is the network of Chen and Manning (2014) with
// their first layer multiplied out beforehand (their section 3.4) for every feature
// and a rectifier in the place of their cube.
//
// Weights have seven bits and are summed in the lanes of 64-bit words, so that no vector
// instructions are needed. A feature that was never seen takes the vector of another about
// once in sixty thousand times. Safe for concurrent use.
type Bag struct {
	index  []byte // 4 bytes a slot: number of the vector + 1, 0 where free; bits 48 to 63 of the feature
	mask   uint64
	rows   []byte // Hidden bytes each, weight + 64; the last is all zero weights
	scale  float32
	bias   []float32 // per hidden unit
	out    []float32 // per hidden unit, a weight per label
	labels int
	hidden int
}

// A bag file is a magic word; hidden, labels and index size as 32 bits each; scale;
// index; bias; out; rows.
const bagMagic = "qthbag02"

// maxBag is the largest number of features of one example: 127 times that fits the
// 16 bits that a sum has.
const maxBag = 512

// maxVectors is the largest number of features of a model.
const maxVectors = 1<<16 - 1

// BagScratch is the working memory of [Bag.Score].
type BagScratch struct {
	rows   []int32
	sums   []uint64
	hidden []float32
}

// OpenBag reads the bytes of [BagTrainer.Freeze] in place, but for the weights of the
// upper layer, which it decodes.
func OpenBag(b []byte) (*Bag, error) {
	const fixed = len(bagMagic) + 16
	if len(b) < fixed || string(b[:len(bagMagic)]) != bagMagic {
		return nil, errors.New("not a bag model file")
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32(b[len(bagMagic)+4*i:])) }
	m := &Bag{hidden: word(0), labels: word(1), scale: math.Float32frombits(uint32(word(3)))}
	size := word(2)
	if m.hidden == 0 || m.hidden%16 != 0 || m.hidden > 1024 || m.labels == 0 || m.labels > MaxLabels {
		return nil, errors.New("bag model header is out of range")
	}
	upper := 4 * m.hidden * (m.labels + 1)
	if size > len(b) || len(b) < fixed+size+upper {
		return nil, errors.New("bag model file is cut off")
	}
	m.index, m.mask = b[fixed:fixed+size], uint64(size/4-1)
	floats := make([]float32, m.hidden*(m.labels+1))
	for i := range floats {
		floats[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[fixed+size+4*i:]))
	}
	m.bias, m.out = floats[:m.hidden], floats[m.hidden:]
	m.rows = b[fixed+size+upper:]
	return m, m.check()
}

// check makes sure that every feature has a vector, that a free slot ends every search
// and that sums stay in their lanes.
func (m *Bag) check() error {
	vectors := len(m.rows) / m.hidden
	if vectors == 0 || len(m.rows)%m.hidden != 0 || len(m.index) < 4 || (len(m.index)/4)&int(m.mask) != 0 || len(m.index)%4 != 0 {
		return errors.New("bag model file is cut off")
	}
	free := false
	for i := 0; i < len(m.index); i += 4 {
		r := int(binary.LittleEndian.Uint16(m.index[i:]))
		free = free || r == 0
		if r >= vectors { // the last vector belongs to no feature
			return errors.New("bag model file has features without vectors")
		}
	}
	if !free {
		return errors.New("bag model file has no free slot")
	}
	for _, w := range m.rows {
		if w >= 128 {
			return errors.New("bag model file has weights out of range")
		}
	}
	return nil
}

// vector returns the number of the vector of f plus 1, 0 when it has none.
func (m *Bag) vector(f uint64) int32 {
	check := uint32(f >> 48)
	for i := f & m.mask; ; i = (i + 1) & m.mask {
		slot := binary.LittleEndian.Uint32(m.index[i*4:])
		if slot&0xffff == 0 || slot>>16 == check {
			return int32(slot & 0xffff)
		}
	}
}

// Labels is the number of labels.
func (m *Bag) Labels() int { return m.labels }

const evenBytes = 0x00FF00FF00FF00FF

// Score sets scores, one per label, for the features fs, of which the first 512 count.
func (m *Bag) Score(fs []uint64, sc *BagScratch, scores []float32) {
	if len(sc.hidden) != m.hidden {
		sc.sums, sc.hidden = make([]uint64, m.hidden/4), make([]float32, m.hidden)
	}
	sc.rows = sc.rows[:0]
	for _, f := range fs[:min(len(fs), maxBag)] {
		if r := m.vector(f); r != 0 {
			sc.rows = append(sc.rows, (r-1)*int32(m.hidden))
		}
	}
	if len(sc.rows)%2 != 0 {
		sc.rows = append(sc.rows, int32(len(m.rows)-m.hidden))
	}
	for at := 0; at+16 <= m.hidden; at += 16 {
		m.sum(sc.rows, at, sc.sums[at/4:at/4+4])
	}
	m.upper(sc, len(sc.rows), scores)
}

// sum adds sixteen units of the vectors that begin at rows, from unit at on. Going
// through all vectors for a few units keeps the sums in registers; two weights of seven
// bits can be added as bytes before they are spread to lanes of 16 bits.
func (m *Bag) sum(rows []int32, at int, sums []uint64) {
	var a, b, c, d uint64
	weights := m.rows[at:]
	for ; len(rows) >= 2; rows = rows[2:] {
		v, w := weights[rows[0]:][:16], weights[rows[1]:][:16]
		x := binary.LittleEndian.Uint64(v) + binary.LittleEndian.Uint64(w)
		y := binary.LittleEndian.Uint64(v[8:]) + binary.LittleEndian.Uint64(w[8:])
		a += x & evenBytes
		b += x >> 8 & evenBytes
		c += y & evenBytes
		d += y >> 8 & evenBytes
	}
	sums[0], sums[1], sums[2], sums[3] = a, b, c, d
}

// upper computes the scores from the sums of n vectors.
func (m *Bag) upper(sc *BagScratch, n int, scores []float32) {
	h := sc.hidden
	for i := 0; i+1 < len(sc.sums); i += 2 {
		for lane := range 4 {
			for odd := range 2 {
				v := int32(sc.sums[i+odd]>>(16*lane)&0xffff) - int32(n)*64
				j := i*4 + 2*lane + odd
				h[j] = max(0, m.bias[j]+m.scale*float32(v))
			}
		}
	}
	project(h, m.out, scores[:m.labels])
}

// project sets scores to the product of the hidden units h, many of which are zero,
// with the weights out, len(scores) for each unit. It takes four units at a time, so
// that scores are loaded and stored less often.
func project(h, out, scores []float32) {
	clear(scores)
	n := len(scores)
	var x [4]float32
	var w [4][]float32
	k := 0
	for j, v := range h {
		if v == 0 {
			continue
		}
		x[k], w[k] = v, out[j*n:(j+1)*n]
		if k++; k == len(x) {
			addFour(scores, x, w)
			k = 0
		}
	}
	for i := range k {
		for l, v := range w[i] {
			scores[l] += x[i] * v
		}
	}
}

func addFour(scores []float32, x [4]float32, w [4][]float32) {
	n := len(scores)
	a, b, c, d := w[0][:n], w[1][:n], w[2][:n], w[3][:n]
	for l := range scores {
		scores[l] += x[0]*a[l] + x[1]*b[l] + (x[2]*c[l] + x[3]*d[l])
	}
}
