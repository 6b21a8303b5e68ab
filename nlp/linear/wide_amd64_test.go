package linear

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

func nothingToCompare(t *testing.T) { t.Log("this processor has no AVX2: there is nothing to compare") }

// plainly does f without wide registers.
func plainly(f func()) {
	wide, wider := hasWide, hasWider
	hasWide, hasWider = false, false
	defer func() { hasWide, hasWider = wide, wider }()
	f()
}

// Features are looked up by wide registers as they are without, however many there are and
// whether or not a model has them.
func TestWideLookup(t *testing.T) {
	if !hasWide {
		nothingToCompare(t)
		return
	}
	random := rand.New(rand.NewPCG(3, 4))
	dense, bag := map[uint64][]float32{}, &Bag{hidden: 32}
	sparse, labels := map[uint64][]float32{}, 37
	var known []uint64
	for range 3000 {
		f, row := random.Uint64(), make([]float32, 5)
		for l := range row {
			row[l] = random.Float32()*2 - 1
		}
		known, dense[f], sparse[f] = append(known, f), row, make([]float32, labels)
		for range 12 {
			sparse[f][random.IntN(labels)] = random.Float32()*2 - 1
		}
	}
	b, err := freezeDense(make([]string, 5), dense, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := openDense(b)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = Freeze(make([]string, labels), sparse, nil, 0); err != nil {
		t.Fatal(err)
	}
	model, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	packed := *model
	if packed.weights = nil; model.weights == nil {
		t.Fatal("the model is not spread out")
	}
	if bag.index, err = newPerfect(known); err != nil {
		t.Fatal(err)
	}
	bag.slots = make([]byte, 4*bag.index.slots)
	for i, f := range known {
		binary.LittleEndian.PutUint16(bag.slots[4*bag.index.slot(f):], uint16(i))
		binary.LittleEndian.PutUint16(bag.slots[4*bag.index.slot(f)+2:], uint16(f))
	}
	for n := range stride + 1 {
		fs := make([]uint64, n)
		for i := range fs {
			if fs[i] = known[random.IntN(len(known))]; random.IntN(3) == 0 {
				fs[i] = random.Uint64()
			}
		}
		var at, plainAt [stride]uint32
		scores, plainScores := make([]float32, 5), make([]float32, 5)
		rows, plainRows := make([]int32, n+8), make([]int32, n+8)
		sums, packedSums := make([]int32, labels), make([]int32, labels)
		model.Score(fs, sums)
		packed.Score(fs, packedSums)
		lateSums := make([]int32, labels)
		var late Late
		model.ScoreLate(&late, known[:70], make([]int32, labels))
		model.ScoreLate(&late, fs, lateSums)
		model.Finish(&late)
		if !slices.Equal(lateSums, packedSums) {
			t.Errorf("%d features have late sums %v, want %v", n, lateSums, packedSums)
		}
		if !slices.Equal(sums, packedSums) {
			t.Errorf("%d features have sums %v, want %v", n, sums, packedSums)
		}
		m.index.find(fs, &at)
		m.Score(fs, scores)
		rows = rows[:bag.find(fs, rows)]
		plainly(func() {
			m.index.find(fs, &plainAt)
			m.Score(fs, plainScores)
			plainRows = plainRows[:bag.find(fs, plainRows)]
		})
		if !slices.Equal(at[:n], plainAt[:n]) {
			t.Errorf("%d features are at %v, want %v", n, at[:n], plainAt[:n])
		}
		if !slices.Equal(scores, plainScores) {
			t.Errorf("%d features have scores %v, want %v", n, scores, plainScores)
		}
		if !slices.Equal(rows, plainRows) {
			t.Errorf("%d features have vectors %v, want %v", n, rows, plainRows)
		}
	}
}

// The wide registers give what the plain code gives, to the bit.
func TestWideIsPlain(t *testing.T) {
	if !hasWide {
		nothingToCompare(t)
		return
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{2, 4, 60, maxBag} {
		m := &Bag{hidden: 96, rows: make([]byte, 96*40)}
		for i := range m.rows {
			m.rows[i] = byte(random.IntN(128))
		}
		rows := make([]int32, n)
		for i := range rows {
			rows[i] = int32(random.IntN(40) * m.hidden)
		}
		got, want := make([]uint64, m.hidden/4), make([]uint64, m.hidden/4)
		for unit := 0; unit < m.hidden; unit += 16 {
			m.sum(rows, unit, want[unit/4:unit/4+4])
		}
		for unit := 0; unit < m.hidden; unit += 32 {
			sum32(&m.rows[unit], &rows[0], n, &got[unit/4])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d rows: sums %x, want %x", n, got, want)
		}
		if hasWider {
			clear(got)
			for unit := 64; unit < m.hidden; unit += 32 {
				sum32(&m.rows[unit], &rows[0], n, &got[unit/4])
			}
			sum64(&m.rows[0], &rows[0], n, &got[0])
			if !slices.Equal(got, want) {
				t.Errorf("%d rows: sums of 64 units %x, want %x", n, got, want)
			}
		}
		m.scale, m.bias = 0.01, make([]float32, m.hidden)
		for i := range m.bias {
			m.bias[i] = random.Float32() - 0.5
		}
		h, plain := make([]float32, m.hidden), make([]float32, m.hidden)
		lift8(&h[0], &got[0], &m.bias[0], &m.scale, n*64, m.hidden)
		m.lift(plain, got, n)
		if !slices.Equal(h, plain) {
			t.Errorf("%d rows: hidden units %v, want %v", n, h, plain)
		}
	}
	for _, labels := range []int{8, 16, 56} {
		h, out := make([]float32, 64), make([]float32, 64*labels)
		for i := range h {
			h[i] = max(0, random.Float32()-0.5)
		}
		for i := range out {
			out[i] = random.Float32() - 0.5
		}
		got, want := make([]float32, labels), make([]float32, labels)
		project(h, out, want)
		project8(&h[0], &out[0], &got[0], len(h), labels)
		if !slices.Equal(got, want) {
			t.Errorf("%d labels: scores %v, want %v", labels, got, want)
		}
	}
}
