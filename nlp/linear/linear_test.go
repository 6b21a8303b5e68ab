package linear

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// A model that has been written and opened again scores as it was trained, up to the
// quantisation; writing it twice gives the same bytes.
func TestFreezeKeepsScores(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	labels := []string{"a", "b", "c"}
	rows := map[uint64][]float32{}
	for range 5000 {
		rows[r.Uint64()] = []float32{r.Float32()*2 - 1, 0, r.Float32()*2 - 1}
	}
	b, err := Freeze(labels, rows, map[string]int{"x": 1}, 1)
	if err != nil {
		t.Fatal(err)
	}
	b2, _ := Freeze(labels, rows, map[string]int{"x": 1}, 1)
	if !bytes.Equal(b, b2) {
		t.Fatal("freezing the same rows twice gives different files")
	}
	m, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]int32, 3)
	for f, want := range rows {
		m.Score([]uint64{f}, scores)
		for l, w := range want {
			if got := float32(scores[l]) * m.Scale(); got-w > m.Scale() || w-got > m.Scale() {
				t.Fatalf("feature %x label %d scores %v, want %v", f, l, got, w)
			}
		}
	}
	m.Score([]uint64{42}, scores)
	if scores[0] != 0 || scores[2] != 0 {
		t.Errorf("an unknown feature scores %v", scores)
	}
}

// Whatever part of a model file is cut off or changed, opening it is an error or gives
// a model that scores without panic.
func TestOpenDamaged(t *testing.T) {
	b, err := Freeze([]string{"a", "b"}, map[uint64][]float32{1: {1, -1}, 2 << 40: {0.5, 0}}, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for n := range b {
		if _, err := Open(b[:n]); err == nil {
			t.Fatalf("a file cut off at %d of %d bytes opens", n, len(b))
		}
	}
	scores := make([]int32, 2)
	for i := range b {
		c := bytes.Clone(b)
		c[i] ^= 0xff
		if m, err := Open(c); err == nil && len(m.Labels()) == 2 {
			m.Score([]uint64{1, 2 << 40, 3}, scores)
		}
	}
}

// Prune keeps the largest rows.
func TestPrune(t *testing.T) {
	rows := map[uint64][]float32{1: {0.1}, 2: {-3}, 3: {2}, 4: {0.5}}
	Prune(rows, 2)
	if len(rows) != 2 || rows[2] == nil || rows[3] == nil {
		t.Errorf("pruned to %v", rows)
	}
}
