package linear

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The wide registers give what the plain code gives, to the bit.
func TestWideIsPlain(t *testing.T) {
	if !hasWide {
		t.Log("this processor has no AVX2: there is nothing to compare")
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
