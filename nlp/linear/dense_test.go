package linear

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Score adds at once the weights of the features fs to scores, a place per label.
func (m *dense) Score(fs []uint64, scores []float32) {
	var l late
	m.scoreLate(&l, fs, scores, nil)
	m.finish(&l)
}

// A dense model scores as its rows say, up to the quantisation, features that it does not
// know adding nothing, however many are scored at once.
func TestDense(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	rows := map[uint64][]float32{}
	var fs []uint64
	want := make([]float64, 7)
	for range 5000 {
		f, row := r.Uint64(), make([]float32, 7)
		for l := range row {
			row[l] = r.Float32()*2 - 1
		}
		rows[f] = row
		if len(fs) < 600 {
			fs = append(fs, f, r.Uint64())
			for l, w := range row {
				want[l] += float64(w)
			}
		}
	}
	rows[1] = make([]float32, 7)
	b, err := freezeDense(make([]string, 7), rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := openDense(b)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float32, 7)
	m.Score(fs, got)
	for l := range got {
		if math.Abs(float64(got[l])-want[l]) > 300*0.5/127 {
			t.Errorf("label %d has score %v, want %v", l, got[l], want[l])
		}
	}
	again, err := freezeDense(make([]string, 7), rows, nil)
	if err != nil || !slices.Equal(b, again) {
		t.Error("the same rows freeze to other bytes")
	}
}

// What a chain adds late is all there when its sequence is decoded, in the order in which it
// was told: a token's scores are those of its features and of what it was given beside.
func TestLate(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	rows := map[uint64][]float32{}
	for f := range uint64(300) {
		rows[f*0x9E3779B97F4A7C15] = []float32{r.Float32(), r.Float32(), r.Float32()}
	}
	b, err := freezeDense(make([]string, 3), rows, chainMeta{Transitions: make([]float32, 12)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := OpenChain(b)
	if err != nil {
		t.Fatal(err)
	}
	const n = 20
	var s ChainScratch
	var fs []uint64 // the same memory for every token
	beside, want := make([][]float32, n), make([][]float32, n)
	c.Begin(&s, n)
	for i := range n {
		fill := func(size int) []float32 {
			fs = fs[:0]
			for range size {
				fs = append(fs, r.Uint64N(300)*0x9E3779B97F4A7C15)
			}
			scores := make([]float32, 3)
			c.model.Score(fs, scores)
			return scores
		}
		beside[i] = make([]float32, 3)
		more := fill(i)
		c.Score(&s, fs, beside[i])
		want[i] = fill(9 * i) // more than are looked up together, in the end
		c.Token(&s, i, fs, beside[i])
		for l := range more {
			want[i][l] += more[l]
		}
	}
	c.Decode(&s, n)
	for i := range n {
		if got := s.emit[i*3 : i*3+3]; !slices.Equal(got, want[i]) {
			t.Errorf("token %d has scores %v, want %v", i, got, want[i])
		}
	}
}

// Whatever part of a dense file is cut off, opening it is an error; what is changed in it
// is an error or gives a model that scores without panicking.
func TestOpenDenseDamaged(t *testing.T) {
	b, err := freezeDense([]string{"a", "b"}, map[uint64][]float32{0xF00000000000000F: {1, -1}, 0x0A0000000000000A: {2, 0}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range b {
		if _, err := openDense(b[:n]); err == nil {
			t.Fatalf("a file cut off at %d of %d bytes opens", n, len(b))
		}
	}
	for i := range b {
		c := slices.Clone(b)
		c[i] ^= 0x55
		if m, err := openDense(c); err == nil {
			m.Score([]uint64{0xF00000000000000F, 7}, make([]float32, len(m.head.Labels)))
		}
	}
	if _, err := freezeDense(make([]string, maxDense+1), nil, nil); err == nil {
		t.Error("a model of too many labels freezes")
	}
}

// Every feature has a slot of its own.
func TestPerfect(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	for _, n := range []int{0, 1, 2, 7, 1000, 50_000} {
		features := make([]uint64, n)
		for i := range features {
			features[i] = r.Uint64()
		}
		p, err := newPerfect(features)
		if err != nil {
			t.Fatal(err)
		}
		taken := map[int]bool{}
		for _, f := range features {
			s := p.slot(f)
			if taken[s] || s < 0 || s >= p.slots {
				t.Fatalf("of %d features one has slot %d of %d, taken %v", n, s, p.slots, taken[s])
			}
			taken[s] = true
		}
	}
	if _, err := newPerfect([]uint64{5, 5}); err == nil {
		t.Error("the same feature twice is laid out")
	}
}

// The k best sequences are those that trying all of them finds.
func TestDecodeBest(t *testing.T) {
	ct := NewChainTrainer([]string{"O", "B", "I"}, ChainOptions{
		Epochs: 20, Rate: 0.5, MinCount: 1, Rows: 100, Seed: 1,
		Allowed: func(from, to int) bool { return to != 2 || from > 0 },
	})
	words := [][]uint64{{1, 2, 3, 4}, {2, 3, 3, 1}, {4, 3, 2, 1}}
	golds := [][]uint8{{0, 1, 2, 0}, {1, 2, 2, 0}, {0, 1, 0, 0}}
	for i, w := range words {
		for _, f := range w {
			ct.Count([]uint64{f * 0x9E3779B97F4A7C15})
		}
		ct.Add(golds[i], func(t int) []uint64 { return []uint64{w[t] * 0x9E3779B97F4A7C15} })
	}
	ct.Train(nil)
	b, err := ct.Freeze(nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := OpenChain(b)
	if err != nil {
		t.Fatal(err)
	}
	var s ChainScratch
	const n, k = 4, 7
	c.Begin(&s, n)
	for i, w := range []uint64{2, 3, 1, 3} {
		c.Token(&s, i, []uint64{w * 0x9E3779B97F4A7C15}, nil)
	}
	c.Decode(&s, n)
	score := func(labels []uint8) float32 {
		sum, last := float32(0), 3
		for i, l := range labels {
			sum += c.trans[last*3+int(l)] + s.emit[i*3+int(l)]
			last = int(l)
		}
		return sum
	}
	var all []float32
	for i := range 81 {
		labels := []uint8{uint8(i % 3), uint8(i / 3 % 3), uint8(i / 9 % 3), uint8(i / 27)}
		if v := score(labels); v > forbidden/2 {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	sequences, scores := c.DecodeBest(&s, n, k)
	if len(sequences) != k {
		t.Fatalf("%d sequences, want %d", len(sequences), k)
	}
	for i, labels := range sequences {
		if math.Abs(float64(scores[i]-all[i])) > 1e-4 || math.Abs(float64(scores[i]-score(labels))) > 1e-4 {
			t.Errorf("sequence %d %v has score %v, its own is %v, the true one %v", i, labels, scores[i], score(labels), all[i])
		}
	}
	c.Decode(&s, n)
	if !slices.Equal(s.Best, sequences[0]) {
		t.Errorf("the best is %v by one way and %v by the other", s.Best, sequences[0])
	}
	if sequences, _ := c.DecodeBest(&s, 1, 50); len(sequences) != 2 {
		t.Errorf("one token has %d sequences, want 2", len(sequences))
	}
}

// The ranker learns which feature makes a candidate the good one.
func TestRankTrainer(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	rt := NewRankTrainer(RankOptions{Epochs: 10, Rate: 0.1, MinCount: 2, Rows: 100, Seed: 1})
	const good = 0xABCDEF0123456789
	for range 200 {
		features, is := make([][]uint64, 3), make([]bool, 3)
		at := r.IntN(3)
		for i := range features {
			features[i] = []uint64{uint64(r.IntN(5)+1) * 0x9E3779B97F4A7C15}
		}
		features[at], is[at] = append(features[at], good), true
		rt.Add(features, is, false)
	}
	var last float64
	rt.Train(func(_ int, loss float64) { last = loss })
	if last > 0.3 {
		t.Errorf("loss is %v after training", last)
	}
	if with, without := frozenWeight(t, rt, good), frozenWeight(t, rt, 0x9E3779B97F4A7C15); with <= without {
		t.Errorf("the good feature weighs %d, another %d", with, without)
	}
}

// Where the target domain chooses otherwise than all the rest, the ranker does as that.
func TestRankTarget(t *testing.T) {
	const ours, theirs = 0xABCDEF0123456789, 0x9E3779B97F4A7C15
	rt := NewRankTrainer(RankOptions{Epochs: 20, Rate: 0.5, MinCount: 1, Rows: 100, Seed: 1})
	for i := range 30 {
		target := i%6 == 0
		rt.Add([][]uint64{{ours}, {theirs}}, []bool{target, !target}, target)
	}
	rt.Train(nil)
	if a, z := frozenWeight(t, rt, ours), frozenWeight(t, rt, theirs); a <= z {
		t.Errorf("what the target domain chooses weighs %d, what others choose %d", a, z)
	}
}

// frozenWeight is what feature f weighs in the model that rt writes.
func frozenWeight(t *testing.T, rt *RankTrainer, f uint64) int32 {
	t.Helper()
	b, err := rt.Freeze(nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	var score [1]int32
	m.Score([]uint64{f}, score[:])
	return score[0]
}
