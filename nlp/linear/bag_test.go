package linear

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
)

// parity trains a network on what no linear model can learn: whether two features agree.
func parity(t *testing.T) (*BagTrainer, [][]uint64) {
	t.Helper()
	tr := NewBagTrainer(32, 2, 0.02, 0, 1)
	var cases [][]uint64
	for a := range uint64(2) {
		for b := range uint64(2) {
			cases = append(cases, []uint64{(10 + a) * 0x9E3779B97F4A7C15, (20 + b) * 0x9E3779B97F4A7C15})
		}
	}
	for _, c := range cases {
		for _, f := range c {
			tr.Admit(f)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	scores := make([]float32, 2)
	for range 4000 {
		i := r.IntN(4)
		tr.Score(cases[i], scores, true)
		Gradient(scores, func(l int) bool { return l == agree(i) })
		tr.Descend(scores)
	}
	return tr, cases
}

func agree(i int) int { return (i>>1 ^ i) & 1 }

// The network learns parity, and the frozen one scores as the trainer does, up to the
// quantisation, unknown features or not.
func TestBag(t *testing.T) {
	tr, cases := parity(t)
	b, err := tr.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	m, err := OpenBag(b)
	if err != nil {
		t.Fatal(err)
	}
	var sc BagScratch
	want, got := make([]float32, 2), make([]float32, 2)
	for i, c := range cases {
		tr.Score(c, want, false)
		m.Score(append(c, 0xABCDEF0123456789), &sc, got)
		if Best(got) != agree(i) {
			t.Errorf("case %d scores %v", i, got)
		}
		for l := range got {
			if math.Abs(float64(got[l]-want[l])) > 0.5 {
				t.Errorf("case %d scores %v, the trainer says %v", i, got, want)
			}
		}
	}
	b2, _ := tr.Freeze()
	if !bytes.Equal(b, b2) {
		t.Error("freezing twice gives two files")
	}
}

// Whatever part of a bag file is cut off or changed, opening it is an error or gives a
// model that scores without panic, any number of features.
func TestOpenBagDamaged(t *testing.T) {
	tr, cases := parity(t)
	b, _ := tr.Freeze()
	for n := range b {
		if m, err := OpenBag(b[:n]); err == nil {
			m.Score(cases[0], &BagScratch{}, make([]float32, m.Labels()))
		}
	}
	many := make([]uint64, 2*maxBag)
	for i := range many {
		many[i] = cases[0][i%2]
	}
	for i := range b {
		c := bytes.Clone(b)
		c[i] ^= 0xff
		if m, err := OpenBag(c); err == nil {
			m.Score(many, &BagScratch{}, make([]float32, m.Labels()))
		}
	}
}

// Gradient is the derivative of the loss it names.
func TestGradient(t *testing.T) {
	loss := func(s []float64) float64 {
		return math.Log(math.Exp(s[0])+math.Exp(s[1])+math.Exp(s[2])) - math.Log(math.Exp(s[0])+math.Exp(s[2]))
	}
	at := []float64{0.3, 1.2, -0.7}
	got := []float32{0.3, 1.2, -0.7}
	Gradient(got, func(l int) bool { return l != 1 })
	for i := range at {
		const h = 1e-5
		up, down := append([]float64(nil), at...), append([]float64(nil), at...)
		up[i] += h
		down[i] -= h
		if want := (loss(up) - loss(down)) / (2 * h); math.Abs(want-float64(got[i])) > 1e-4 {
			t.Errorf("gradient %d is %v, want %v", i, got[i], want)
		}
	}
}

// A frozen table holds what was put in and nothing else.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := map[uint64]uint32{}
	for range 1000 {
		m[r.Uint64()] = r.Uint32() | 1
	}
	b, err := FreezeTable(m)
	if err != nil {
		t.Fatal(err)
	}
	table, err := OpenTable(b)
	if err != nil {
		t.Fatal(err)
	}
	for h, v := range m {
		if got := table.Get(h); got != v {
			t.Fatalf("Get(%x) = %d, want %d", h, got, v)
		}
	}
	for range 1000 {
		if got := table.Get(r.Uint64()); got != 0 {
			t.Errorf("a hash that was never put in has value %d", got)
		}
	}
	var hashes []uint64
	for h := range m {
		hashes = append(hashes, h, r.Uint64())
	}
	for _, n := range []int{0, 1, stride - 1, stride, stride + 1, len(hashes)} {
		room := append(make([]uint32, n), 7)
		values := table.GetAll(hashes[:n], room)
		if len(values) != n || len(table.GetAll(hashes[:n], nil)) != n {
			t.Fatalf("%d hashes have %d values", n, len(values))
		}
		for i, h := range hashes[:n] {
			if values[i] != table.Get(h) {
				t.Fatalf("of %d, value %d is %d, by itself %d", n, i, values[i], table.Get(h))
			}
		}
		if room[n] != 7 {
			t.Errorf("GetAll of %d hashes writes more values", n)
		}
		if values := (Table{}).GetAll(hashes[:n], values); n > 0 && values[0] != 0 {
			t.Error("the zero table is not empty")
		}
	}
	if (Table{}).Get(1) != 0 {
		t.Error("the zero table is not empty")
	}
	if _, err := OpenTable(b[:len(b)-8]); err == nil {
		t.Error("a table cut off opens")
	}
	if _, err := FreezeTable(map[uint64]uint32{1: 0}); err == nil {
		t.Error("a table with value 0 is written")
	}
}

// A bundle gives back its parts; cut off or with another magic it is an error.
func TestBundle(t *testing.T) {
	b := Bundle("test1", []byte("one"), nil, []byte("three"))
	parts, err := Unbundle("test1", b, 3)
	if err != nil || string(parts[0]) != "one" || len(parts[1]) != 0 || string(parts[2]) != "three" {
		t.Errorf("unbundled to %q, %v", parts, err)
	}
	for n := range b {
		if _, err := Unbundle("test1", b[:n], 3); err == nil {
			t.Errorf("a bundle cut off at %d opens", n)
		}
	}
	if _, err := Unbundle("test2", b, 3); err == nil {
		t.Error("another magic word opens")
	}
}

// Words that stand in the same places come into one class, others into others.
func TestClusterer(t *testing.T) {
	freeze := func() []byte {
		c := NewClusterer()
		r := rand.New(rand.NewPCG(3, 3))
		for range 3000 { // determiner, noun, verb
			c.Break()
			c.Add(10 + uint64(r.IntN(3)))
			c.Add(20 + uint64(r.IntN(3)))
			c.Add(30 + uint64(r.IntN(3)))
		}
		b, err := c.Table(100, 3, 10)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := freeze()
	if !bytes.Equal(b, freeze()) {
		t.Error("clustering twice gives two tables")
	}
	table, err := OpenTable(b)
	if err != nil {
		t.Fatal(err)
	}
	classes := map[uint32]bool{}
	for kind := uint64(10); kind <= 30; kind += 10 {
		c := table.Get(kind)
		classes[c] = true
		for w := range uint64(3) {
			if table.Get(kind+w) != c {
				t.Errorf("word %d is in class %d, word %d in %d", kind, c, kind+w, table.Get(kind+w))
			}
		}
	}
	if len(classes) != 3 || classes[0] {
		t.Errorf("the classes are %v", classes)
	}
}
