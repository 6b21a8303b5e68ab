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
// Weights have seven bits and are summed in 16-bit lanes of 64-bit words, or of wider
// registers where the processor has them; the scores are the same to the bit. A feature that
// was never seen takes the vector of another about once in sixty thousand times. Safe for concurrent use.
type Bag struct {
	index  perfect
	slots  []byte // 4 bytes each: number of the vector; the low 16 bits of the feature
	rows   []byte // Hidden bytes each, weight + 64; the last is all zero weights
	scale  float32
	bias   []float32 // per hidden unit
	out    []float32 // per hidden unit, a weight per label and zeros up to a multiple of eight
	labels int
	hidden int
}

// A bag file is a magic word; hidden, labels and number of features as 32 bits each;
// scale; 2 bytes for every bucket of its perfect hash; slots; bias; out; rows.
const bagMagic = "qthbag03"

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
	scores []float32 // as many as the weights of a unit
}

// OpenBag reads the bytes of [BagTrainer.Freeze] in place, but for the weights of the
// upper layer, which it decodes, and vectors that fill lines of the cache, which it copies to
// where lines begin.
func OpenBag(b []byte) (*Bag, error) {
	const fixed = len(bagMagic) + 16
	if len(b) < fixed || string(b[:len(bagMagic)]) != bagMagic {
		return nil, errors.New("not a bag model file")
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32(b[len(bagMagic)+4*i:])) }
	m := &Bag{hidden: word(0), labels: word(1), scale: math.Float32frombits(uint32(word(3)))}
	if m.hidden == 0 || m.hidden%16 != 0 || m.hidden > 1024 || m.labels == 0 || m.labels > MaxLabels || word(2) > maxVectors {
		return nil, errors.New("bag model header is out of range")
	}
	m.index.buckets, m.index.slots = perfectSizes(word(2))
	size := 2*m.index.buckets + 4*m.index.slots
	upper := 4 * m.hidden * (m.labels + 1)
	if len(b) < fixed+size+upper {
		return nil, errors.New("bag model file is cut off")
	}
	m.index.displacements, m.slots = b[fixed:fixed+2*m.index.buckets], b[fixed+2*m.index.buckets:fixed+size]
	at := fixed + size
	float := func() float32 {
		at += 4
		return math.Float32frombits(binary.LittleEndian.Uint32(b[at-4:]))
	}
	wide := (m.labels + 7) &^ 7
	m.bias, m.out = make([]float32, m.hidden), make([]float32, m.hidden*wide)
	for i := range m.bias {
		m.bias[i] = float()
	}
	for i := range m.hidden {
		for l := range m.labels {
			m.out[i*wide+l] = float()
		}
	}
	if m.rows = b[fixed+size+upper:]; m.hidden%line == 0 {
		m.rows = aligned(m.rows)
	}
	return m, m.check()
}

// check makes sure that every feature has a vector and that sums stay in their lanes.
func (m *Bag) check() error {
	vectors := len(m.rows) / m.hidden
	if vectors == 0 || len(m.rows)%m.hidden != 0 {
		return errors.New("bag model file is cut off")
	}
	for i := 0; i < len(m.slots); i += 4 {
		if int(binary.LittleEndian.Uint16(m.slots[i:])) >= vectors {
			return errors.New("bag model file has features without vectors")
		}
	}
	for _, w := range m.rows {
		if w >= 128 {
			return errors.New("bag model file has weights out of range")
		}
	}
	return nil
}

// Labels is the number of labels.
func (m *Bag) Labels() int { return m.labels }

const evenBytes = 0x00FF00FF00FF00FF

// Score sets scores, one per label, for the features fs, of which the first 512 count.
func (m *Bag) Score(fs []uint64, sc *BagScratch, scores []float32) {
	if len(sc.hidden) != m.hidden {
		sc.sums, sc.hidden = make([]uint64, m.hidden/4), make([]float32, m.hidden)
	}
	sc.scores = resized(sc.scores, len(m.out)/m.hidden)
	fs = fs[:min(len(fs), maxBag)]
	sc.rows = resized(sc.rows, len(fs)+8)
	n := m.find(fs, sc.rows)
	if n%2 != 0 {
		sc.rows[n] = int32(len(m.rows) - m.hidden)
		n++
	}
	sc.rows = sc.rows[:n]
	unit := 0
	if hasWider && n > 0 {
		for ; unit+64 <= m.hidden; unit += 64 {
			sum64(&m.rows[unit], &sc.rows[0], n, &sc.sums[unit/4])
		}
	}
	if hasWide && n > 0 {
		for ; unit+32 <= m.hidden; unit += 32 {
			sum32(&m.rows[unit], &sc.rows[0], n, &sc.sums[unit/4])
		}
	}
	for ; unit < m.hidden; unit += 16 {
		m.sum(sc.rows, unit, sc.sums[unit/4:unit/4+4])
	}
	m.upper(sc, len(sc.rows), scores)
}

// find sets rows to where the vectors of the features fs begin that have one, and returns
// their number; rows has room for eight more.
func (m *Bag) find(fs []uint64, rows []int32) (n int) {
	var at [stride]uint32
	for ; len(fs) > 0; fs = fs[min(stride, len(fs)):] {
		part := fs[:min(stride, len(fs))]
		m.index.find(part, &at)
		if hasWider {
			n += rows8(&part[0], len(part), &at, &m.slots[0], m.hidden, &rows[n])
			continue
		}
		touch(m.slots, at[:len(part)], 4)
		for i, f := range part {
			// Each row is written and only kept when the slot is f's: a branch would often be
			// foreseen wrongly.
			slot := binary.LittleEndian.Uint32(m.slots[4*int(at[i]):])
			rows[n] = int32(slot&0xFFFF) * int32(m.hidden)
			n += same32(slot>>16, uint32(f)&0xFFFF)
		}
	}
	return n
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
	if hasWide {
		lift8(&h[0], &sc.sums[0], &m.bias[0], &m.scale, n*64, m.hidden)
		project8(&h[0], &m.out[0], &sc.scores[0], m.hidden, len(sc.scores))
	} else {
		m.lift(h, sc.sums, n)
		project(h, m.out, sc.scores)
	}
	copy(scores[:m.labels], sc.scores)
}

// lift sets h to the hidden units from the sums of n vectors.
func (m *Bag) lift(h []float32, sums []uint64, n int) {
	for i := 0; i+1 < len(sums); i += 2 {
		for lane := range 4 {
			for odd := range 2 {
				v := int32(sums[i+odd]>>(16*lane)&0xffff) - int32(n)*64
				j := i*4 + 2*lane + odd
				h[j] = max(0, m.bias[j]+float32(m.scale*float32(v)))
			}
		}
	}
}

// project sets scores to the product of the hidden units h, many of which are zero,
// with the weights out, len(scores) for each unit. It takes four units at a time, so
// that scores are loaded and stored less often.
func project(h, out, scores []float32) {
	clear(scores)
	n := len(scores)
	for ; len(h) >= 4; h, out = h[4:], out[4*n:] {
		x := [4]float32(h)
		if x == [4]float32{} {
			continue
		}
		a, b, c, d := out[:n], out[n:2*n], out[2*n:3*n], out[3*n:4*n]
		for l := range scores {
			scores[l] += (x[0]*a[l] + x[1]*b[l]) + (x[2]*c[l] + x[3]*d[l])
		}
	}
}
