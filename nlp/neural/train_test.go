package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// some returns examples of random features in which the label of a token is told by the
// feature of the token two places before it.
func some(n int, rng *rand.Rand) []Example {
	examples := make([]Example, n)
	for i := range examples {
		e := Example{Fields: 2}
		for range 5 + rng.IntN(20) {
			e.Rows = append(e.Rows, 1+rng.Int32N(9), 10+rng.Int32N(5))
		}
		for t := range e.tokens() {
			label := int16(-1)
			if t >= 2 {
				label = int16(e.Rows[(t-2)*2] % 3)
			}
			e.Gold = append(e.Gold, label)
		}
		a := Anchor{At: rng.IntN(len(e.Gold)), First: rng.IntN(3)}
		for t := a.First; t < len(e.Gold); t++ { // related are those whose first features add up to an even number
			related := uint8(1 - (e.Rows[2*t]+e.Rows[2*a.At])%2)
			a.Places, a.Gold = append(a.Places, uint8(t%2)), append(a.Gold, related|uint8(t%2)<<1)
		}
		e.Anchors = append(e.Anchors, a)
		// A token hangs from the nearest one before it whose first feature is 1, else from itself.
		tree, head := Tree{First: 1}, -1
		for t := 1; t < len(e.Gold); t++ {
			own := head
			if own < 0 {
				own = t - 1
			}
			tree.Heads = append(tree.Heads, int16(own))
			if e.Rows[2*t] == 1 {
				head = t - 1
			}
		}
		e.Trees = append(e.Trees, tree)
		examples[i] = e
	}
	return examples
}

var small = Shape{Width: 32, Hidden: 32, Layers: 2, Rows: 16, Labels: 3, Relations: 2, Places: TreePlaces, Rank: 16}

// The gradients are what the loss changes by when a weight does.
func TestGradients(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	batch := some(6, rng)
	counts := make([]uint32, small.Rows)
	for i := 1; i < 10; i++ {
		counts[i] = uint32(i)
	}
	guess := func() objective {
		w := &words{hidden: 0.3, isWord: make([]bool, small.Rows), logs: make([]float32, small.Rows), vectors: newWeights(small.Rows*small.Width, 0.3, rand.New(rand.NewPCG(7, 8))), biases: newWeights(small.Rows, 0.3, rand.New(rand.NewPCG(9, 8)))}
		for r, n := range counts {
			if n > 0 {
				w.ids, w.up, w.logs[r], w.isWord[r] = append(w.ids, int32(r)), append(w.up, float64(r)/9), -1, true
			}
		}
		return w
	}()
	for name, o := range map[string]objective{"labels": labelled{}, "words": guess} {
		tr := NewTrainer(small, 1)
		for _, l := range tr.layers { // away from the small weights that training begins with
			for i := range l.down.x {
				l.down.x[i] *= 10
			}
		}
		for i := range tr.embed.x {
			tr.embed.x[i] *= 10
		}
		loss := func() float64 {
			sum, n := tr.gradients(batch, Options{}, 3, o)
			if name == "labels" {
				sum += related(tr, batch) * relationWeight
			}
			tr.each(func(w *weights) {
				for _, g := range w.grads {
					clear(g)
				}
			})
			return sum / float64(n)
		}
		tr.gradients(batch, Options{}, 3, o)
		var all []*weights
		var grads [][]float32
		tr.each(func(w *weights) {
			sum := slices.Clone(w.grads[0])
			for _, g := range w.grads[1:] {
				for i, x := range g {
					sum[i] += x
				}
			}
			all, grads = append(all, w), append(grads, sum)
		})
		row := make([]float32, len(tr.embed.x)) // of features, as descendRows adds them up
		for _, p := range tr.parts {
			moved := p.moved
			for _, e := range p.examples {
				for i, r := range e.Rows {
					for j := range small.Width {
						if r >= 0 {
							row[int(r)*small.Width+j] += moved[i/e.Fields*small.Width+j]
						}
					}
				}
				moved = moved[e.tokens()*small.Width:]
			}
		}
		all, grads = append(all, tr.embed), append(grads, row)
		for k, w := range all {
			for range 12 {
				i := rng.IntN(len(w.x))
				const h = 0.0005
				was := w.x[i]
				w.x[i] = was + h
				up := loss()
				w.x[i] = was - h
				down := loss()
				w.x[i] = was
				want := (up - down) / (2 * h)
				if got := float64(grads[k][i]); math.Abs(got-want) > 2e-3+0.05*math.Abs(want) {
					t.Errorf("%s: gradient of weight %d of %d is %.6f, want %.6f", name, i, k, got, want)
				}
			}
		}
	}
}

func freezeSmall(t *testing.T, tr *Trainer, examples []Example) []byte {
	t.Helper()
	features := map[uint64]int32{}
	for r := range int32(small.Rows) {
		features[uint64(r)*0x9E3779B97F4A7C15+1] = r
	}
	b, err := tr.Freeze(features, 2, examples[:20])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// related is the loss over the relations of examples.
func related(t *Trainer, examples []Example) float64 {
	p, sum, rank := t.parts[0], 0.0, small.Rank
	for _, e := range examples {
		p.forward(e)
		x := make([]float32, len(e.Gold)*t.wide)
		fill(x, t.head.x[small.Width*t.wide:])
		gemm(plain(p.out, len(e.Gold), small.Width), t.head.x, x, t.wide)
		for _, a := range e.Anchors {
			for i, place := range a.Places {
				for r := range small.Relations {
					own, other := a.At*t.wide+small.Labels+r*(rank+1), (a.First+i)*t.wide+small.Labels+small.related()+r*(rank+1)
					q := float64(sigmoid(relation(x[own:][:rank+1], x[other:][:rank+1]) + t.places.x[r*small.Places+int(place)]))
					if a.Gold[i]>>r&1 == 0 {
						q = 1 - q
					}
					sum -= math.Log(q)
				}
			}
		}
	}
	return sum
}

// accuracy is the share of the labels, and that of the relations, that are right.
func accuracy(n *Net, examples []Example) (labels, relations float64) {
	var right, all [2]float64
	var sc Scratch
	var h Heard
	count := func(what int, isRight bool) {
		all[what]++
		if isRight {
			right[what]++
		}
	}
	for _, e := range examples {
		n.run(&sc, e.Rows, &h)
		for t, g := range e.Gold {
			row := h.P[t*small.Labels : (t+1)*small.Labels]
			if g >= 0 {
				count(0, slices.Index(row, slices.Max(row)) == int(g))
			}
		}
		for _, a := range e.Anchors {
			for i, g := range a.Gold {
				for r := range small.Relations {
					count(1, (h.Odds(r, a.At, a.First+i, int(a.Places[i])) > 0) == (g>>r&1 != 0))
				}
			}
		}
	}
	return right[0] / all[0], right[1] / all[1]
}

// What tells a label may stand beside the token; the frozen network gives what the trained
// one does but for rounding, and training gives the same bytes again.
func TestTrain(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	examples, others := some(200, rng), some(50, rng)
	train := func() []byte {
		tr := NewTrainer(small, 1)
		var losses []float64
		tr.Train(examples, Options{Epochs: 30, Rate: 0.01, Drop: 0.1, Tokens: 256, Seed: 2, Progress: func(_, loss float64) { losses = append(losses, loss) }})
		if len(losses) == 0 || losses[len(losses)-1] > losses[0]/2 {
			t.Errorf("losses are %.3f", losses)
		}
		return freezeSmall(t, tr, examples)
	}
	b := train()
	n, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if labels, relations := accuracy(n, others); labels < 0.95 || relations < 0.9 {
		t.Errorf("%.2f of the labels and %.2f of the relations are right", labels, relations)
	}
	if !slices.Equal(b, train()) {
		t.Error("a second training gives other bytes")
	}
}

// Weights of a byte give nearly what those of 32 bits do.
func TestFrozenIsTrained(t *testing.T) {
	examples := some(200, rand.New(rand.NewPCG(19, 20)))
	tr := NewTrainer(small, 1)
	tr.Train(examples, Options{Epochs: 10, Rate: 0.01, Tokens: 256, Seed: 2})
	n, err := Open(freezeSmall(t, tr, examples))
	if err != nil {
		t.Fatal(err)
	}
	var sc Scratch
	var h Heard
	p, sum, count := tr.parts[0], 0.0, 0
	for _, e := range examples[:20] {
		n.run(&sc, e.Rows, &h)
		p.opt = Options{}
		p.forward(e)
		x := make([]float32, len(e.Gold)*tr.wide)
		fill(x, tr.head.x[small.Width*tr.wide:])
		gemm(plain(p.out, len(e.Gold), small.Width), tr.head.x, x, tr.wide)
		for t := range e.Gold {
			row := x[t*tr.wide:][:small.Labels]
			softmax(row)
			for l, want := range row {
				sum += math.Abs(float64(h.P[t*small.Labels+l] - want))
				count++
			}
		}
	}
	if sum/float64(count) > 0.02 {
		t.Errorf("probabilities differ by %.3f on average", sum/float64(count))
	}
}

// A step of Adam, the pull towards zero, the cut of long gradients and the mean.
func TestSteps(t *testing.T) {
	w := &weights{x: []float32{1, 1}, mean: make([]float32, 2), square: make([]float32, 2)}
	adam{rate: 0.1 / (1 - keepMean), correct: 1 / (1 - keepSquare)}.move(w, 0, []float32{3, 0}, 1, 0.5)
	if math.Abs(float64(w.x[0]-(1-0.1-0.5))) > 1e-5 || w.x[1] != 0.5 { // the first step is as long as the rate
		t.Errorf("weights are %v, want 0.4 and 0.5", w.x)
	}

	tr := NewTrainer(small, 1)
	tr.steps = 1
	tr.head.grads[0][0], tr.head.grads[1][0] = 60, 40
	tr.descend(0.01, 0)
	if got := tr.head.mean[0]; math.Abs(float64(got-(1-keepMean)*clip)) > 1e-5 {
		t.Errorf("of a gradient of 100, %v is remembered, want %v", got, (1-keepMean)*clip)
	}
	if tr.head.grads[0][0] != 0 || tr.head.grads[1][0] != 0 {
		t.Error("gradients stay for the next step")
	}

	m := &mean{}
	tr.head.x[0] = 2
	m.add(tr)
	tr.head.x[0] = 4
	m.add(tr)
	m.set(tr)
	if tr.head.x[0] != 3 {
		t.Errorf("the mean of 2 and 4 is %v", tr.head.x[0])
	}
}

// Words are taken for unknown ones as often as asked for.
func TestUnseen(t *testing.T) {
	tr := NewTrainer(small, 1)
	batch := some(40, rand.New(rand.NewPCG(21, 22)))
	count := func(unseen float32) (n, all int) {
		tr.parts[0].begin(batch, 0, Options{Unseen: unseen}, 1)
		for _, e := range tr.parts[0].examples {
			for i := 0; i < len(e.Rows); i += e.Fields {
				all++
				if e.Rows[i] == 0 {
					n++
				}
			}
		}
		return n, all
	}
	if n, _ := count(0); n != 0 {
		t.Errorf("%d words are unknown", n)
	}
	if n, all := count(0.5); n < all/3 || n > 2*all/3 {
		t.Errorf("%d of %d words are unknown, want about half", n, all)
	}
	for _, e := range batch {
		if slices.Contains(e.Rows, 0) {
			t.Fatal("the examples themselves are changed")
		}
	}
}

// The heads of tokens are learned, and are the likeliest ones of those that are near enough.
func TestHeads(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	examples, others := some(400, rng), some(50, rng)
	for _, e := range examples {
		for i := range e.Gold {
			e.Gold[i] = -1
		}
	}
	shape := small
	shape.Relations = 1
	for i := range examples {
		examples[i].Anchors = nil
	}
	tr := NewTrainer(shape, 1)
	tr.Train(examples, Options{Epochs: 30, Rate: 0.01, Drop: 0.1, Tokens: 256, Seed: 2})
	tr.Forget()
	n, err := Open(freezeSmall(t, tr, examples))
	if err != nil {
		t.Fatal(err)
	}
	if n.Labels() != 0 {
		t.Errorf("%d labels are not forgotten", n.Labels())
	}
	var sc Scratch
	var h Heard
	right, all := 0, 0
	for _, e := range others {
		n.run(&sc, e.Rows, &h)
		heads := make([]int32, len(e.Trees[0].Heads))
		h.Heads(&sc, 1, heads)
		for i, want := range e.Trees[0].Heads {
			all++
			if heads[i] == int32(want) {
				right++
			}
		}
	}
	if share := float64(right) / float64(all); share < 0.9 {
		t.Errorf("%.2f of the heads are right", share)
	}

	rows := make([]int32, 2*700)
	for i := range rows {
		rows[i] = rng.Int32N(int32(small.Rows))
	}
	n.run(&sc, rows, &h)
	heads := make([]int32, 690)
	h.Heads(&sc, 5, heads)
	for i, got := range heads {
		score := func(k int) float32 { return h.Odds(0, 5+k, 5+i, treePlace(i, k)) }
		for k := max(0, i-furthest); k <= min(len(heads)-1, i+furthest); k++ {
			if score(k) > score(int(got))+1e-4 {
				t.Fatalf("token %d hangs from %d with %v, not from %d with %v", i, got, score(int(got)), k, score(k))
			}
		}
	}
	h.Heads(&sc, 3, nil)
}

// What was learned before does not keep a network from learning something else.
func TestTrainTwice(t *testing.T) {
	examples := some(300, rand.New(rand.NewPCG(15, 16)))
	others := some(300, rand.New(rand.NewPCG(17, 18)))
	for _, e := range others {
		for i, g := range e.Gold {
			if g >= 0 {
				e.Gold[i] = (g + 1) % 3
			}
		}
	}
	tr := NewTrainer(small, 1)
	opt := Options{Epochs: 20, Rate: 0.01, Tokens: 256, Seed: 2}
	tr.Train(others, opt)
	opt.Rate = 0.003
	tr.Train(examples, opt)
	n, err := Open(freezeSmall(t, tr, examples))
	if err != nil {
		t.Fatal(err)
	}
	if labels, _ := accuracy(n, examples); labels < 0.95 {
		t.Errorf("%.2f of the labels are right", labels)
	}
}

// Words are learned by what stands beside them.
func TestGuess(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	var examples []Example
	for range 100 { // 1 is always followed by 2, and 3 by 4
		e := Example{Fields: 1}
		for range 12 {
			first := 1 + 2*rng.Int32N(2)
			e.Rows = append(e.Rows, first, first+1)
		}
		e.Gold = make([]int16, len(e.Rows))
		examples = append(examples, e)
	}
	tr := NewTrainer(Shape{Width: 32, Hidden: 32, Layers: 1, Rows: 5, Labels: 1}, 1)
	var losses []float64
	tr.Guess(Guessing{Examples: slices.Values(examples), Tokens: 100 * 24, Counts: []uint32{0, 1, 1, 1, 1}, Hidden: 0.2},
		Options{Epochs: 60, Rate: 0.005, Tokens: 512, Seed: 1, Progress: func(_, loss float64) { losses = append(losses, loss) }})
	if last := losses[len(losses)-1]; last > losses[0]*0.6 {
		t.Errorf("losses are %.3f", losses)
	}
}

// BenchmarkTrain measures how many tokens a second a network of the shape of the default model learns from.
//
//	go test ./nlp/neural -run '^$' -bench Train
func BenchmarkTrain(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	shape := Shape{Width: 96, Hidden: 192, Layers: 4, Rows: 35000, Labels: 7, Relations: 2, Places: 44, Rank: 16}
	var es []Example
	for range 60 {
		n := 300
		e := Example{Fields: 6, Gold: make([]int16, n)}
		for i := 0; i < n*6; i++ {
			e.Rows = append(e.Rows, int32(rng.IntN(35000)))
		}
		for i := 0; i < n; i += 40 {
			a := Anchor{At: i, First: max(0, i-60)}
			for t := a.First; t < min(n, i+60); t++ {
				a.Places = append(a.Places, uint8(rng.IntN(44)))
				a.Gold = append(a.Gold, uint8(rng.IntN(4)))
			}
			e.Anchors = append(e.Anchors, a)
		}
		es = append(es, e)
	}
	t := NewTrainer(shape, 1)
	for b.Loop() {
		t.Train(es, Options{Epochs: 1, Rate: 0.003, Decay: 0.01, Drop: 0.3, Unseen: 0.05, Tokens: 2048, Seed: 1})
	}
	b.ReportMetric(float64(b.N*60*300)/b.Elapsed().Seconds(), "tokens/s")
}
