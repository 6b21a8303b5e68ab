package neural

import (
	"iter"
	"math"
	"math/rand/v2"
	"slices"
)

// Guessing is what a network learns words from: all features of some tokens are hidden,
// and their first feature, the word, is to be guessed from what stands around (Devlin et
// al. 2019; unlike there, what is chosen is always hidden, never kept or replaced), from
// among itself and words drawn by how often they occur to the power of 0.75, with
// replacement (sampled softmax, Jean et al. 2015; the power is that of word2vec).
type Guessing struct {
	// Examples are gone through Epochs times; their gold is not looked at.
	Examples iter.Seq[Example]
	Tokens   int // about how many they have
	// Counts tell how often each row occurs as the first feature; 0 is of rows that are no
	// words. Some are not.
	Counts []uint32
	Hidden float32 // share of the tokens that are hidden
}

// drawnWords are drawn for each part of a step; 2,048 for a whole one learned as well.
const drawnWords = 1024

// words is the objective of guessing.
type words struct {
	hidden  float32
	ids     []int32   // rows that are words
	up      []float64 // sums of their shares up to each
	isWord  []bool    // per row
	logs    []float32 // per row, the logarithm of how often it is drawn in a step
	vectors *weights  // per row
	biases  *weights
	parts   [parts]wordsPart
}

// wordsPart is the working memory of a part.
type wordsPart struct {
	hidden    [][]int   // per example, the tokens whose words are to be guessed
	target    [][]int32 // these words
	drawn     []int32
	c, turned []float32 // the vectors of the words drawn, as rows and as columns
	h, backH  []float32 // of the example at work
	scores    []float32
	own       []float32 // gradients by the vectors and biases of the words to be guessed
	backC     []float32 // those of the words drawn
}

// Guess learns to guess words. What it learns of them is kept in the vectors of features
// and in the layers; see [Trainer.Retrained].
func (t *Trainer) Guess(g Guessing, opt Options) {
	rng := rand.New(rand.NewPCG(opt.Seed, 0x6775))
	w := &words{hidden: g.Hidden, isWord: make([]bool, len(g.Counts)), logs: make([]float32, len(g.Counts)), vectors: newWeights(t.shape.Rows*t.shape.Width, 0.05, rng), biases: newWeights(t.shape.Rows, 0, rng)}
	sum := 0.0
	for r, n := range g.Counts {
		if w.isWord[r] = n > 0; n > 0 {
			w.ids = append(w.ids, int32(r))
			sum += math.Pow(float64(n), 0.75)
			w.up = append(w.up, sum)
		}
	}
	for i, r := range w.ids {
		w.logs[r] = float32(math.Log(drawnWords * math.Pow(float64(g.Counts[r]), 0.75) / sum))
		w.up[i] /= sum
	}
	t.learn(func(*rand.Rand) iter.Seq[Example] { return g.Examples }, g.Tokens, opt, w)
}

func (w *words) prepare(p *part) {
	wp, d := &w.parts[p.number], p.t.shape.Width
	wp.hidden, wp.target, wp.drawn = resized(wp.hidden, len(p.examples)), resized(wp.target, len(p.examples)), wp.drawn[:0]
	p.counted = 0
	for k, e := range p.examples {
		hidden, target := wp.hidden[k][:0], wp.target[k][:0]
		for i := range e.tokens() {
			rows := e.Rows[i*e.Fields : (i+1)*e.Fields]
			if p.rng.Float32() >= w.hidden || rows[0] < 0 || !w.isWord[rows[0]] {
				continue
			}
			hidden, target = append(hidden, i), append(target, rows[0])
			for f := range rows {
				rows[f] = -1
			}
		}
		wp.hidden[k], wp.target[k] = hidden, target
		p.counted += len(hidden)
	}
	wp.c, wp.backC, wp.own = resized(wp.c, drawnWords*d), zeros(wp.backC, drawnWords*(d+1)), wp.own[:0]
	for i := range drawnWords {
		at, _ := slices.BinarySearch(w.up, p.rng.Float64())
		r := w.ids[min(at, len(w.ids)-1)]
		wp.drawn = append(wp.drawn, r)
		copy(wp.c[i*d:(i+1)*d], w.vectors.x[int(r)*d:])
	}
	wp.turned = transposed(wp.turned, wp.c, drawnWords, d)
}

func (w *words) gradient(p *part, example int, each float32) (loss float64, tokens int) {
	wp, d := &w.parts[p.number], p.t.shape.Width
	hidden, target := wp.hidden[example], wp.target[example]
	n := len(hidden)
	wp.h, wp.backH, wp.scores = resized(wp.h, n*d), zeros(wp.backH, n*d), zeros(wp.scores, n*drawnWords)
	for i, at := range hidden {
		copy(wp.h[i*d:(i+1)*d], p.out[at*d:])
	}
	gemm(plain(wp.h, n, d), wp.turned, wp.scores, drawnWords)
	for i, r := range target {
		loss += w.choose(wp, i, r, each, d)
	}
	gemm(plain(wp.scores, n, drawnWords), wp.c, wp.backH, d)
	gemm(plain(wp.scores, n, drawnWords).flipped(), wp.h, wp.backC[:drawnWords*d], d)
	for i, at := range hidden {
		copy(p.back[at*d:(at+1)*d], wp.backH[i*d:])
	}
	return loss, n
}

// choose makes the scores of hidden token i their gradient, r being its word, and adds
// the gradients by the word's own vector and by all biases.
func (w *words) choose(wp *wordsPart, i int, r int32, each float32, d int) float64 {
	h, own := wp.h[i*d:(i+1)*d], w.vectors.x[int(r)*d:][:d]
	score := w.biases.x[r] - w.logs[r]
	for j, v := range h {
		score += v * own[j]
	}
	row := wp.scores[i*drawnWords : (i+1)*drawnWords]
	top := score
	for k, c := range wp.drawn {
		row[k] += w.biases.x[c] - w.logs[c]
		if c == r {
			row[k] = -30 // it is not to be told apart from itself; no score is that low
		}
		top = max(top, row[k])
	}
	right := float32(math.Exp(float64(score - top)))
	sum := right
	for k, v := range row {
		row[k] = float32(math.Exp(float64(max(v-top, -30))))
		sum += row[k]
	}
	biases := wp.backC[drawnWords*d:]
	for k := range row {
		row[k] *= each / sum
		biases[k] += row[k]
	}
	g := (right/sum - 1) * each
	for j, v := range h {
		wp.own = append(wp.own, g*v)
		wp.backH[i*d+j] += g * own[j]
	}
	wp.own = append(wp.own, g)
	return -math.Log(float64(right/sum) + 1e-12)
}

func (w *words) step(t *Trainer, rate, _ float32) {
	d := t.shape.Width
	sums := map[int32][]float32{}
	var rows []int32
	add := func(r int32, g []float32, bias float32) {
		sum := sums[r]
		if sum == nil {
			sum = make([]float32, d+1)
			sums[r] = sum
			rows = append(rows, r)
		}
		for j, v := range g {
			sum[j] += v
		}
		sum[d] += bias
	}
	for k := range w.parts {
		wp := &w.parts[k]
		own := wp.own
		for e := range t.parts[k].examples {
			for _, r := range wp.target[e] {
				add(r, own[:d], own[d])
				own = own[d+1:]
			}
		}
		for i, r := range wp.drawn {
			add(r, wp.backC[i*d:(i+1)*d], wp.backC[drawnWords*d+i])
		}
	}
	slices.Sort(rows)
	a := t.adam(rate)
	for _, r := range rows {
		a.move(w.vectors, int(r)*d, sums[r][:d], 1, 0)
		a.move(w.biases, int(r), sums[r][d:], 1, 0)
	}
}
