package neural

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// Shape is the form of a network.
type Shape struct {
	Width  int // numbers that stand for a token, a multiple of 32
	Hidden int // units between the two matrices of a layer, a multiple of 32
	Layers int
	Rows   int // vectors of features, from row 0 on
	Labels int
	// Relations is how many relations between two tokens it tells, 0 for none; Places is
	// how many ways one may stand to the other, Rank how many numbers of each tell one relation.
	Relations, Places, Rank int
}

// Check returns what is wrong with the form of a network: sizes are no multiples of what they
// have to be, or out of range.
func (s Shape) Check() error {
	within := func(n, least, most, of int) bool { return n >= least && n <= most && n%of == 0 }
	switch {
	case !within(s.Width, 32, 1024, 32):
		return fmt.Errorf("a network's width is a multiple of 32 up to 1,024, not %d", s.Width)
	case !within(s.Hidden, 32, 4096, 32):
		return fmt.Errorf("a network's hidden units are a multiple of 32 up to 4,096, not %d", s.Hidden)
	case !within(s.Layers, 0, 64, 1) || !within(s.Labels, 0, 64, 1) || !within(s.Relations, 0, 8, 1) || !within(s.Places, 0, 256, 1) || !within(s.Rank, 0, 256, 1):
		return errors.New("a network's layers, labels, relations, places or rank are out of range")
	case !within(s.Rows, 1, 1<<22, 1) || s.Rows > math.MaxInt32/s.Width:
		return fmt.Errorf("a network cannot have %d rows", s.Rows)
	}
	return nil
}

// related is how many columns tell the relations of a token as the one that has them, and
// as many the other's: for each rank numbers, which are multiplied with the other's, and
// one that is added.
func (s Shape) related() int { return s.Relations * (s.Rank + 1) }

// Example is a sequence of tokens to learn from.
type Example struct {
	// Rows are the numbers of the features of all tokens, Fields for each; -1 is none.
	Rows   []int32
	Fields int
	// Gold holds the label of every token, -1 where it teaches nothing.
	Gold []int16
	// Anchors are tokens to which others stand in relations.
	Anchors []Anchor
	// Trees are stretches of tokens each of which stands to one of them, its head, in the first
	// relation.
	Trees []Tree
}

// Tree says, for each token from First on, which of these is its head, counted from First;
// what has none is its own. A network that learns it has [TreePlaces] places.
type Tree struct {
	First int
	Heads []int16
}

// Anchor is a token to whose relations other tokens, those from First on, teach: Places
// says how each stands to it, and Gold has a bit for each relation that it is in.
type Anchor struct {
	At, First    int
	Places, Gold []uint8
}

// tokens is the number of tokens of e.
func (e Example) tokens() int { return len(e.Rows) / e.Fields }

// Options tune training. Epochs, Rate and Tokens are above 0.
type Options struct {
	Epochs int
	Rate   float32 // the largest step size of Adam; it rises in the first steps and falls to nothing
	Decay  float32 // pull of the matrices towards zero (Loshchilov and Hutter 2019)
	Drop   float32 // share of the numbers left out at random
	Unseen float32 // share of the tokens whose first feature is taken for the one of row 0
	Tokens int     // about as many make one step
	Seed   uint64
	// Progress, when not nil, hears of the mean loss since it was last called, some
	// twenty times.
	Progress func(share, loss float64)
}

// Trainer learns a network: the vectors of a token's features are summed; each layer adds
// to that a convolution of every number by itself, normalised, through two matrices with a
// rectifier between them (the block of ConvNeXt, Liu et al. 2022, over words instead of
// pixels, with nine taps, a rectifier instead of GELU, and a normalisation without weights of
// its own, which the matrix after it has). Steps are Adam's (Kingma and Ba 2015), their
// gradients cut to a length of one; the vector of a feature moves only in steps in which the
// feature occurs, and is not pulled to zero. The result is the same for any number of
// processors of one kind. It belongs to one goroutine.
type Trainer struct {
	shape  Shape
	embed  *weights
	layers []layerWeights
	head   *weights // a row of weights for every number, then biases: of the labels and of the relations
	places *weights // per relation and place
	wide   int      // columns of head, rounded up to what gemm takes
	parts  [parts]*part
	steps  int
	at     []int32   // working memory of descendRows
	sums   []float32 // the same
}

// parts is into how many parts the examples of a step are cut.
const parts = 4

// embedSpread is how far from zero the vectors of features begin.
const embedSpread = 0.08

// layerWeights are those of a layer; the biases follow the rest.
type layerWeights struct{ conv, up, down *weights }

// weights are numbers with what Adam knows of them.
type weights struct {
	x, mean, square []float32
	grads           [parts][]float32 // nil for those of features
	decays          bool
}

func newWeights(n int, spread float64, rng *rand.Rand) *weights {
	w := &weights{x: make([]float32, n), mean: make([]float32, n), square: make([]float32, n)}
	for i := range w.x {
		w.x[i] = float32(rng.NormFloat64() * spread)
	}
	return w
}

// layer returns weights of n numbers, the last biases of which are zero.
func layer(n, biases int, spread float64, rng *rand.Rand) *weights {
	w := newWeights(n+biases, spread, rng)
	clear(w.x[n:])
	for p := range w.grads {
		w.grads[p] = make([]float32, n+biases)
	}
	return w
}

// NewTrainer returns a trainer of a network with random weights. It panics when the shape is
// none (see [Shape.Check]).
func NewTrainer(shape Shape, seed uint64) *Trainer {
	if err := shape.Check(); err != nil {
		panic(err)
	}
	rng := rand.New(rand.NewPCG(seed, 0x6e65))
	t := &Trainer{shape: shape, embed: newWeights(shape.Rows*shape.Width, embedSpread, rng)}
	d, m := shape.Width, shape.Hidden
	for range shape.Layers {
		l := layerWeights{
			conv: layer(taps*d, d, 0.15, rng),
			up:   layer(d*m, m, math.Sqrt(2/float64(d)), rng),
			down: layer(m*d, d, 0.02, rng),
		}
		l.up.decays, l.down.decays = true, true
		t.layers = append(t.layers, l)
	}
	t.setHead(rng)
	for p := range t.parts {
		t.parts[p] = &part{t: t, number: p}
	}
	return t
}

func (t *Trainer) setHead(rng *rand.Rand) {
	t.wide = (t.shape.Labels + 2*t.shape.related() + 15) &^ 15
	t.head = layer(t.shape.Width*t.wide, t.wide, 0.02, rng)
	t.head.decays = true
	t.places = layer(t.shape.Relations*t.shape.Places, 0, 0, rng)
}

// Retrained returns a trainer of a network for labels and relations, as goal has them, that
// begins with what t learned, but for the last layer.
func (t *Trainer) Retrained(goal Shape, seed uint64) *Trainer {
	shape := t.shape
	shape.Labels, shape.Relations, shape.Places, shape.Rank = goal.Labels, goal.Relations, goal.Places, goal.Rank
	c := NewTrainer(shape, seed)
	var own []*weights
	t.kept(func(w *weights) { own = append(own, w) })
	c.kept(func(w *weights) {
		copy(w.x, own[0].x)
		own = own[1:]
	})
	return c
}

// Forget makes t a trainer of a network without labels, which knows as much else: those that
// were only learned for what they teach are not told in the end.
func (t *Trainer) Forget() {
	labels, was, head, places := t.shape.Labels, t.wide, t.head.x, t.places
	t.shape.Labels = 0
	t.setHead(rand.New(rand.NewPCG(0, 0)))
	t.places = places
	for i := range t.shape.Width + 1 {
		copy(t.head.x[i*t.wide:i*t.wide+2*t.shape.related()], head[i*was+labels:])
	}
}

// Refit makes t, which has learned of the features from, a trainer of a network that has those of
// to, field by field: what it knows of a feature it keeps, of others nothing. See [Rows].
func (t *Trainer) Refit(from, to [][]uint64, seed uint64) {
	d, known := t.shape.Width, Rows(from)
	rows := Rows(to)
	w := newWeights(len(rows)*d, embedSpread, rand.New(rand.NewPCG(seed, 0x7769)))
	for f, r := range rows {
		if was, ok := known[f]; ok {
			copy(w.x[int(r)*d:(int(r)+1)*d], t.embed.x[int(was)*d:])
		}
	}
	t.shape.Rows, t.embed = len(rows), w
}

// all calls f for all weights.
func (t *Trainer) all(f func(*weights)) {
	f(t.embed)
	t.each(f)
}

// each calls f for all weights but those of features.
func (t *Trainer) each(f func(*weights)) {
	for _, l := range t.layers {
		f(l.conv)
		f(l.up)
		f(l.down)
	}
	f(t.head)
	f(t.places)
}

// Train learns the labels of examples.
func (t *Trainer) Train(examples []Example, opt Options) {
	total := 0
	for _, e := range examples {
		total += e.tokens()
	}
	shuffled := func(rng *rand.Rand) iter.Seq[Example] {
		order := rng.Perm(len(examples))
		return func(yield func(Example) bool) {
			for _, i := range order {
				if !yield(examples[i]) {
					return
				}
			}
		}
	}
	m := &mean{}
	t.learn(shuffled, total, opt, labelled{m})
	m.set(t)
}

// mean is the mean of the weights at some steps of the last part of training, which is
// better than those of any (Polyak and Juditsky 1992).
type mean struct {
	sums []([]float32)
	n    float32
}

// meanEvery is how many steps are between two that are taken into the mean, and meanFrom
// the share of all steps after which that begins. Not tuned.
const (
	meanEvery = 16
	meanFrom  = 0.6
)

func (m *mean) add(t *Trainer) {
	m.n++
	i := 0
	t.all(func(w *weights) {
		if i == len(m.sums) {
			m.sums = append(m.sums, make([]float32, len(w.x)))
		}
		for j, x := range w.x {
			m.sums[i][j] += x
		}
		i++
	})
}

func (m *mean) set(t *Trainer) {
	if m.n == 0 {
		return
	}
	i := 0
	t.all(func(w *weights) {
		for j, x := range m.sums[i] {
			w.x[j] = x / m.n
		}
		i++
	})
}

// objective is what a network learns. prepare looks at the examples of a part before a
// step; gradient sets the gradient by what the layers give for one of them, and returns the
// loss and over how many tokens it is summed; step is called after each step, a share done of
// all, for what the objective has itself to move.
type objective interface {
	prepare(p *part)
	gradient(p *part, example int, each float32) (loss float64, tokens int)
	step(t *Trainer, rate, done float32)
}

// learn takes steps over the examples of every epoch, of about total tokens each.
func (t *Trainer) learn(examples func(*rand.Rand) iter.Seq[Example], total int, opt Options, o objective) {
	rng := rand.New(rand.NewPCG(opt.Seed, 0x7472))
	all := opt.Epochs*total/opt.Tokens + 1
	t.steps = 0 // what was learned before with other steps is where these begin
	t.all(func(w *weights) {
		clear(w.mean)
		clear(w.square)
	})
	loss, tokens, told := 0.0, 0, 0
	take := func(batch []Example) {
		t.steps++
		rate := schedule(opt.Rate, t.steps, all)
		l, n := t.gradients(batch, opt, rng.Uint64(), o)
		t.descend(rate, opt.Decay)
		o.step(t, rate, float32(t.steps)/float32(all))
		loss, tokens = loss+l, tokens+n
		if at := 20 * t.steps / all; at > told && opt.Progress != nil {
			opt.Progress(min(1, float64(t.steps)/float64(all)), loss/float64(max(tokens, 1)))
			loss, tokens, told = 0, 0, at
		}
	}
	for range opt.Epochs {
		var batch []Example
		n := 0
		for e := range examples(rng) {
			batch = append(batch, e)
			if n += e.tokens(); n >= opt.Tokens {
				take(batch)
				batch, n = batch[:0], 0
			}
		}
		if n > 0 {
			take(batch)
		}
	}
}

// warmUp is over how many steps the step size rises; usual for Adam, others were not tried.
const warmUp = 200

// schedule is the step size of a step.
func schedule(rate float32, step, all int) float32 {
	up := min(1, float32(step)/warmUp)
	return rate * up * max(0.02, 1-float32(step)/float32(all))
}

// gradients sets the gradients of all weights by the mean loss over batch.
func (t *Trainer) gradients(batch []Example, opt Options, seed uint64, o objective) (loss float64, tokens int) {
	for k, p := range t.parts {
		p.begin(batch, k, opt, seed)
		o.prepare(p)
	}
	each := 0
	for _, p := range t.parts {
		each += p.counted
	}
	var losses [parts]float64
	var counts [parts]int
	t.side(func(k int) { losses[k], counts[k] = t.parts[k].learn(o, 1/float32(max(each, 1))) })
	for k := range losses {
		loss, tokens = loss+losses[k], tokens+counts[k]
	}
	return loss, tokens
}

// side calls f for every part, on as many processors as there are.
func (t *Trainer) side(f func(part int)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for k := range parts {
		wg.Go(func() {
			slots <- struct{}{}
			f(k)
			<-slots
		})
	}
	wg.Wait()
}

// Adam's shares of what it knew before, and what keeps it from dividing by nothing.
const (
	keepMean   = 0.9
	keepSquare = 0.98
	tiny       = 1e-8
	// clip is the largest length of the gradient by the weights of layers; what it is
	// shortened by shortens that by the features' vectors too.
	clip = 1
)

// descend moves all weights against their gradients.
func (t *Trainer) descend(rate, decay float32) {
	var size float64
	t.each(func(w *weights) {
		sum := w.grads[0]
		for _, g := range w.grads[1:] {
			for i, x := range g {
				sum[i] += x
			}
		}
		for _, x := range sum {
			size += float64(x) * float64(x)
		}
	})
	scale := float32(min(1, clip/math.Sqrt(size+tiny)))
	a := t.adam(rate)
	var all []*weights
	t.each(func(w *weights) { all = append(all, w) })
	t.side(func(k int) {
		for i := k; i < len(all); i += parts {
			w, pull := all[i], float32(0)
			if w.decays {
				pull = rate * decay
			}
			a.move(w, 0, w.grads[0], scale, pull)
			for _, g := range w.grads {
				clear(g)
			}
		}
	})
	t.descendRows(a, scale)
}

// descendRows moves the vectors of the features that the step's tokens have.
func (t *Trainer) descendRows(a adam, scale float32) {
	d := t.shape.Width
	at := resized(t.at, t.shape.Rows) // where the sum of a row is, counted from one
	t.at = at
	var rows []int32
	for _, p := range t.parts {
		for _, e := range p.examples {
			for _, r := range e.Rows {
				if r >= 0 && at[r] == 0 {
					rows = append(rows, r)
					at[r] = int32(len(rows))
				}
			}
		}
	}
	t.sums = zeros(t.sums, len(rows)*d)
	t.side(func(k int) {
		for _, p := range t.parts {
			moved := p.moved
			for _, e := range p.examples {
				for i, r := range e.Rows {
					if r < 0 || int(r)%parts != k {
						continue
					}
					sum := t.sums[int(at[r]-1)*d:][:d]
					for j, g := range moved[i/e.Fields*d:][:d] {
						sum[j] += g
					}
				}
				moved = moved[e.tokens()*d:]
			}
		}
		for i, r := range rows {
			if int(r)%parts == k {
				a.move(t.embed, int(r)*d, t.sums[i*d:(i+1)*d], scale, 0)
			}
		}
	})
	for _, r := range rows {
		at[r] = 0
	}
}

// adam is one step.
type adam struct{ rate, correct float32 }

func (t *Trainer) adam(rate float32) adam {
	n := float64(t.steps)
	return adam{rate / float32(1-math.Pow(keepMean, n)), float32(1 / (1 - math.Pow(keepSquare, n)))}
}

// move moves the weights from place at on against grad.
func (a adam) move(w *weights, at int, grad []float32, scale, pull float32) {
	x, mean, square := w.x[at:at+len(grad)], w.mean[at:at+len(grad)], w.square[at:at+len(grad)]
	if n := len(grad) &^ 7; hasWide && n > 0 {
		adam8(&x[0], &mean[0], &square[0], &grad[0], n, &[8]float32{scale, keepMean, 1 - keepMean, keepSquare, 1 - keepSquare, a.rate, a.correct, pull})
		x, mean, square, grad = x[n:], mean[n:], square[n:], grad[n:]
	}
	for i, g := range grad {
		g *= scale
		mean[i] = float32(keepMean*mean[i]) + float32((1-keepMean)*g)
		square[i] = float32(keepSquare*square[i]) + float32(float32((1-keepSquare)*g)*g)
		x[i] -= float32(float32(a.rate*mean[i])/(float32(math.Sqrt(float64(square[i]*a.correct)))+tiny)) + float32(pull*x[i])
	}
}
