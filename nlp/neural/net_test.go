package neural

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func untrained(t *testing.T) (*Trainer, []byte) {
	t.Helper()
	tr := NewTrainer(small, 1)
	return tr, freezeSmall(t, tr, some(20, rand.New(rand.NewPCG(1, 1))))
}

// A file that is broken is refused or read as something else; it never makes a network that
// reaches outside of its numbers.
func TestOpenRefusesWhatIsBroken(t *testing.T) {
	_, b := untrained(t)
	for n := 0; n < len(b); n += 1 + n/50 {
		if _, err := Open(b[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken for a network", n, len(b))
		}
	}
	rng := rand.New(rand.NewPCG(4, 4))
	opened := 0
	for i := range 3000 {
		broken := slices.Clone(b)
		at := i
		if i >= 600 { // the beginning byte by byte, the rest here and there
			at = rng.IntN(len(b))
		}
		broken[at] = []byte{0, 1, 0x7f, 0x80, 0xff}[rng.IntN(5)]
		n, err := Open(broken)
		if err != nil {
			continue
		}
		opened++
		features := make([]uint64, 10*n.Fields())
		for k := range features {
			features[k] = uint64(k%small.Rows)*0x9E3779B97F4A7C15 + 1
		}
		var h Heard
		n.Listen(&Scratch{}, features, &h)
		for r := range n.Relations() {
			for place := range n.Places() {
				h.Odds(r, 9, 0, place)
			}
		}
	}
	if opened == 0 {
		t.Error("none of the broken files was opened: nothing was tried")
	}
}

func TestShapesAreChecked(t *testing.T) {
	for name, change := range map[string]func(*Shape){
		"width": func(s *Shape) { s.Width = 40 }, "hidden": func(s *Shape) { s.Hidden = 100 }, "no rows": func(s *Shape) { s.Rows = 0 },
		"too many rows": func(s *Shape) { s.Rows = 1 << 30 },
	} {
		s := small
		change(&s)
		if s.Check() == nil {
			t.Errorf("%s: %+v is taken for a shape", name, s)
		}
	}
}

// What a token is told of does not depend on how long the text is, but for the tokens near
// it: long texts are read in stretches.
func TestStretchesMeet(t *testing.T) {
	_, b := untrained(t)
	n, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(2, 3))
	rows := make([]int32, 2*(3*stretch+77))
	for i := range rows {
		rows[i] = rng.Int32N(int32(small.Rows))
	}
	var sc Scratch
	var whole, end Heard
	n.run(&sc, rows, &whole)
	from := stretch + 100
	n.run(&sc, rows[2*from:], &end)
	hears := reach * small.Layers
	want := whole.P[(from+hears)*small.Labels:]
	if got := end.P[hears*small.Labels:]; !slices.Equal(got, want) {
		t.Error("a token's labels depend on where the text begins")
	}
	n.run(&sc, nil, &end)
	if len(end.P) != 0 {
		t.Errorf("an empty text has labels: %v", end.P)
	}
}

// What was kept is gone on from; what is cut off is refused.
func TestKeep(t *testing.T) {
	tr, _ := untrained(t)
	fields := [][]uint64{{7, 8, 9}, {1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16}}
	b := tr.Keep(fields)
	got, features, err := Resume(b)
	if err != nil || !reflect.DeepEqual(features, fields) {
		t.Fatalf("features %v, error %v", features, err)
	}
	if !slices.Equal(got.embed.x, tr.embed.x) || !slices.Equal(got.layers[1].down.x, tr.layers[1].down.x) {
		t.Error("what comes back is not what was kept")
	}
	for _, n := range []int{0, 9, 40, len(b) / 2, len(b) - 1} {
		if _, _, err := Resume(b[:n]); err == nil {
			t.Errorf("%d of %d bytes are taken for a network", n, len(b))
		}
	}
	for _, wrong := range [][][]uint64{{{1, 2}}, {{7, 8, 9}, {7, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16}}, {{1}, {}, {2}}} {
		if _, _, err := Resume(tr.Keep(wrong)); err == nil {
			t.Errorf("the features %v are taken for the network's", wrong)
		}
	}
	// Refitted, it knows of a feature what it knew; rows are numbered anew.
	got.Refit(fields, [][]uint64{{7, 9}, {1, 16}, {20, 21}}, 1)
	row := func(t *Trainer, r int) []float32 { return t.embed.x[r*small.Width : (r+1)*small.Width] }
	if len(got.embed.x) != 6*small.Width || !slices.Equal(row(got, 3), row(tr, 3)) || !slices.Equal(row(got, 1), row(tr, 1)) || !slices.Equal(row(got, 4), row(tr, 15)) {
		t.Error("what was known of features is lost")
	}
}

func BenchmarkListen(b *testing.B) {
	shape := Shape{Width: 96, Hidden: 192, Layers: 4, Rows: 40_000, Labels: 7, Relations: 2, Places: 44, Rank: 16}
	tr := NewTrainer(shape, 1)
	rng := rand.New(rand.NewPCG(1, 2))
	e := Example{Fields: 5, Rows: make([]int32, 5*1000), Gold: make([]int16, 1000)}
	features := map[uint64]int32{}
	hashes := make([]uint64, len(e.Rows))
	for i := range e.Rows {
		e.Rows[i] = rng.Int32N(40_000)
		hashes[i] = uint64(e.Rows[i])*0x9E3779B97F4A7C15 + 1
		features[hashes[i]] = e.Rows[i]
	}
	file, err := tr.Freeze(features, 5, []Example{e})
	if err != nil {
		b.Fatal(err)
	}
	n, err := Open(file)
	if err != nil {
		b.Fatal(err)
	}
	var sc Scratch
	var h Heard
	b.ReportAllocs()
	for b.Loop() {
		n.Listen(&sc, hashes, &h)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/token")
}
