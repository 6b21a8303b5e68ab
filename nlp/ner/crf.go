package ner

import (
	"math"
	"math/rand/v2"
)

// crf learns the weights of a linear-chain conditional random field by stochastic
// gradient descent with AdaGrad step sizes (Duchi, Hazan and Singer 2011), one sentence
// a step. Only the label sequences that BILOU allows have a probability.
type crf struct {
	opt     Options
	weights []float32 // labels places per feature
	grads   []float32 // sums of squared gradients, same places
	trans   [labels][labels]float32
	transG  [labels][labels]float32

	// Memory of one sentence.
	emit, alpha, beta []float32
	expect            [labels][labels]float32
	used              []int32
}

// sequence is a run of tokens of the training data to be labelled together.
type sequence struct {
	gold  []uint8
	plain []bool
	feats [][]int32 // per token, none for plain ones
	scale float32   // weight of the sentence, 1 for gold ones
}

func newCRF(features int, opt Options) *crf {
	return &crf{opt: opt, weights: make([]float32, features*labels), grads: make([]float32, features*labels)}
}

// smallest is the least probability whose gradient is followed: most labels of most
// tokens are less likely, and leaving them out makes training fast and weights few.
const smallest = 0.002

// train goes over the sequences opt.Epochs times, in an order that rng decides. The
// weights are in the end the mean of those after each of the last half of the passes.
func (c *crf) train(seqs []*sequence, rng *rand.Rand) {
	order := make([]int, len(seqs))
	for i := range order {
		order[i] = i
	}
	var mean []float32
	var meanTrans [labels][labels]float32
	share := 1 / float32(c.opt.Epochs-c.opt.Epochs/2)
	for epoch := range c.opt.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			c.learn(seqs[i], rng)
		}
		if epoch < c.opt.Epochs/2 {
			continue
		}
		if mean == nil {
			mean = make([]float32, len(c.weights))
		}
		for i, w := range c.weights {
			mean[i] += share * w
		}
		for from := range labels {
			for to, w := range c.trans[from] {
				meanTrans[from][to] += share * w
			}
		}
	}
	c.weights, c.trans = mean, meanTrans
}

// scores sets emit to the scores of s, leaving out a share drop of the features, and
// used to those that are in.
func (c *crf) scores(s *sequence, drop float32, rng *rand.Rand) {
	n := len(s.gold)
	c.emit = resize(c.emit, n*labels)
	clear(c.emit)
	c.used = c.used[:0]
	for t := range n {
		if s.plain[t] {
			continue
		}
		row := c.emit[t*labels : (t+1)*labels]
		for _, f := range s.feats[t] {
			if drop > 0 && rng.Float32() < drop {
				f = -1
			}
			c.used = append(c.used, f)
			if f < 0 {
				continue
			}
			w := c.weights[int(f)*labels : (int(f)+1)*labels]
			for l := range row {
				row[l] += w[l]
			}
		}
	}
}

// starts and ends list the labels after which, and on which, another mention or none
// may follow.
var starts, ends = func() (starts, ends []int) {
	for l := range labels {
		if mayStart(l) {
			starts = append(starts, l)
		}
		if mayEnd(l) {
			ends = append(ends, l)
		}
	}
	return starts, ends
}()

// before lists the labels that may stand before l.
func before(l int) []int {
	if mayStart(l) {
		return ends
	}
	b := l - (l-1)%4
	return []int{b + begins, b + inside}
}

// priors is before for every label.
var priors = func() (p [labels][]int) {
	for l := range p {
		p[l] = before(l)
	}
	return p
}()

// learn takes one step of the gradient.
func (c *crf) learn(s *sequence, rng *rand.Rand) {
	c.scores(s, c.opt.Drop, rng)
	c.forwardBackward(s)
	at := 0
	var grad [labels]float32
	var which []int
	for t := range s.gold {
		if s.plain[t] {
			continue
		}
		which = which[:0]
		for l := range labels {
			g := c.alpha[t*labels+l] // by now the marginal probability
			if l == int(s.gold[t]) {
				g--
			}
			if g > smallest || g < -smallest {
				grad[l] = g * s.scale
				which = append(which, l)
			}
		}
		used := c.used[at : at+len(s.feats[t])]
		at += len(used)
		if len(which) > 0 {
			c.descend(used, which, &grad)
		}
	}
	c.descendTransitions(s)
}

func (c *crf) descend(used []int32, which []int, grad *[labels]float32) {
	for _, f := range used {
		if f < 0 {
			continue
		}
		w := c.weights[int(f)*labels : (int(f)+1)*labels]
		sq := c.grads[int(f)*labels : (int(f)+1)*labels]
		for _, l := range which {
			g := grad[l]
			sq[l] += g * g
			w[l] -= c.opt.Rate * g / (float32(math.Sqrt(float64(sq[l]))) + 1e-3)
		}
	}
}

func (c *crf) descendTransitions(s *sequence) {
	last := outside
	for _, l := range s.gold {
		c.expect[last][l]--
		last = int(l)
	}
	for from := range labels {
		for to := range labels {
			if g := c.expect[from][to] * s.scale; g > smallest || g < -smallest {
				c.transG[from][to] += g * g
				c.trans[from][to] -= c.opt.Rate * g / (float32(math.Sqrt(float64(c.transG[from][to]))) + 1e-3)
			}
		}
	}
}

// forwardBackward sets alpha to the marginal probabilities of the labels of every
// token and expect to the expected number of every transition. Probabilities are
// scaled token by token (Rabiner 1989, section V.A).
func (c *crf) forwardBackward(s *sequence) {
	n := len(s.gold)
	c.alpha, c.beta = resize(c.alpha, n*labels), resize(c.beta, n*labels)
	var potential [labels][labels]float32
	for from := range labels {
		for to := range labels {
			potential[from][to] = float32(math.Exp(float64(c.trans[from][to])))
			c.expect[from][to] = 0
		}
	}
	for t := range n {
		c.exponentials(s, t)
		c.forward(s, t, &potential)
	}
	last := c.beta[(n-1)*labels:]
	clear(last)
	for _, l := range ends {
		last[l] = 1
	}
	for t := n - 1; t >= 0; t-- {
		c.marginals(t)
		c.backward(s, t, &potential)
	}
}

// exponentials turns the scores of token t into potentials.
func (c *crf) exponentials(s *sequence, t int) {
	row := c.emit[t*labels : (t+1)*labels]
	if s.plain[t] {
		clear(row)
		row[outside] = 1
		return
	}
	top := row[0]
	for _, e := range row {
		top = max(top, e)
	}
	for l, e := range row {
		if e-top < -30 {
			row[l] = 1e-13
		} else {
			row[l] = float32(math.Exp(float64(e - top)))
		}
	}
}

func (c *crf) forward(s *sequence, t int, potential *[labels][labels]float32) {
	now := c.alpha[t*labels : (t+1)*labels]
	row := c.emit[t*labels : (t+1)*labels]
	clear(now)
	if t == 0 {
		for _, l := range starts {
			now[l] = potential[outside][l] * row[l]
		}
	} else {
		prev := c.alpha[(t-1)*labels : t*labels]
		for l := range labels {
			if row[l] == 0 {
				continue
			}
			sum := float32(0)
			for _, p := range priors[l] {
				sum += prev[p] * potential[p][l]
			}
			now[l] = sum * row[l]
		}
	}
	normalise(now)
}

// normalise makes the sum of x one.
func normalise(x []float32) {
	sum := float32(0)
	for _, v := range x {
		sum += v
	}
	if sum > 0 {
		for i := range x {
			x[i] /= sum
		}
	}
}

// marginals sets alpha of token t, forward values so far, to the marginal probabilities.
func (c *crf) marginals(t int) {
	a, b := c.alpha[t*labels:(t+1)*labels], c.beta[t*labels:(t+1)*labels]
	for l := range a {
		a[l] *= b[l]
	}
	normalise(a)
}

// backward adds the transitions into token t to expect, and sets beta of token t-1.
// Alpha of token t holds marginals, alpha of token t-1 forward values.
func (c *crf) backward(s *sequence, t int, potential *[labels][labels]float32) {
	marginal := c.alpha[t*labels : (t+1)*labels]
	if t == 0 {
		for _, l := range starts {
			c.expect[outside][l] += marginal[l]
		}
		return
	}
	prev, b := c.alpha[(t-1)*labels:t*labels], c.beta[(t-1)*labels:t*labels]
	row, next := c.emit[t*labels:(t+1)*labels], c.beta[t*labels:(t+1)*labels]
	clear(b)
	for l := range labels {
		if row[l] == 0 {
			continue
		}
		right := row[l] * next[l]
		sum := float32(0)
		for _, p := range priors[l] {
			b[p] += potential[p][l] * right
			sum += prev[p] * potential[p][l]
		}
		if sum > 0 {
			share := marginal[l] / sum
			for _, p := range priors[l] {
				c.expect[p][l] += share * prev[p] * potential[p][l]
			}
		}
	}
	normalise(b)
}
