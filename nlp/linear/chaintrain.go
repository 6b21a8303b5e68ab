package linear

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
)

// ChainOptions tune the training of a chain.
type ChainOptions struct {
	Epochs   int     // passes over the sequences
	Rate     float32 // AdaGrad's step size; its sums of squares begin at 1, so that a rare feature moves little
	Decay    float32 // pull towards zero of the weights of a token's features
	Drop     float32 // share of features left out at random at each step
	MinCount int     // features seen less often are left out
	Smallest float32 // weights smaller than this in size are left out of the model
	Rows     int     // features that a model keeps at most
	Seed     uint64
	// Allowed reports whether label to may follow label from; from is -1 at the start.
	Allowed func(from, to int) bool
}

// ChainTrainer learns a [Chain] from sequences. First every sequence is added, twice:
// once for [ChainTrainer.Count], once for [ChainTrainer.Add]. It belongs to one
// goroutine.
type ChainTrainer struct {
	labels []string
	opt    ChainOptions
	counts map[uint64]uint32
	ids    map[uint64]int32
	seqs   []chainSequence

	// cells are what descends, places of them for each feature: a weight for each label, then for
	// each the sum of its squared gradients. A feature's are side by side, since most are far
	// from the cache.
	cells         []float32
	places        int
	weights       []float32 // what was learned, a number for each label of a feature
	trans, transG []float32
	scratch       ChainScratch
	pot, expect   []float32
	used          []int32
}

type chainSequence struct {
	gold   []uint8
	feats  []int32 // of all tokens, one after the other
	starts []int32 // where each token's begin; one more than tokens
}

// NewChainTrainer returns a trainer that has seen nothing.
func NewChainTrainer(labels []string, opt ChainOptions) *ChainTrainer {
	return &ChainTrainer{labels: labels, opt: opt, counts: map[uint64]uint32{}, ids: map[uint64]int32{}}
}

// Count counts the features of one token.
func (c *ChainTrainer) Count(features []uint64) {
	for _, f := range features {
		c.counts[f]++
	}
}

// Add takes a sequence of tokens with the given labels. features gives those of token t;
// its result is used before the next call.
func (c *ChainTrainer) Add(gold []uint8, features func(t int) []uint64) {
	s := chainSequence{gold: gold, starts: make([]int32, 1, len(gold)+1)}
	for t := range gold {
		for _, f := range features(t) {
			if id, ok := c.number(f); ok {
				s.feats = append(s.feats, id)
			}
		}
		s.starts = append(s.starts, int32(len(s.feats)))
	}
	if len(gold) > 0 {
		c.seqs = append(c.seqs, s)
	}
}

func (c *ChainTrainer) number(f uint64) (int32, bool) {
	if id, ok := c.ids[f]; ok {
		return id, true
	}
	if int(c.counts[f]) < c.opt.MinCount {
		return 0, false
	}
	id := int32(len(c.ids))
	c.ids[f] = id
	return id, true
}

// Train learns the weights: stochastic gradient descent with AdaGrad step sizes (Duchi,
// Hazan and Singer 2011), a sequence a step; in the end they are the mean of those after
// each of the last half of the passes. progress, when not nil, hears of every pass and
// its loss per token.
func (c *ChainTrainer) Train(progress func(epoch int, loss float64)) {
	L := len(c.labels)
	c.counts = nil
	c.places = 1 << bits.Len(uint(2*L-1)) // so that no feature's straddle two lines of the cache
	c.cells, c.weights = make([]float32, len(c.ids)*c.places), make([]float32, len(c.ids)*L)
	c.trans, c.transG, c.expect = make([]float32, (L+1)*L), make([]float32, (L+1)*L), make([]float32, (L+1)*L)
	c.forbid()
	rng := rand.New(rand.NewPCG(c.opt.Seed, 1))
	order := rng.Perm(len(c.seqs))
	meanTrans := make([]float32, len(c.trans))
	share := 1 / float32(c.opt.Epochs-c.opt.Epochs/2)
	for epoch := range c.opt.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss, tokens := 0.0, 0
		for _, i := range order {
			loss += c.learn(&c.seqs[i], rng)
			tokens += len(c.seqs[i].gold)
		}
		if progress != nil {
			progress(epoch+1, loss/float64(max(tokens, 1)))
		}
		if epoch >= c.opt.Epochs/2 {
			for id := range len(c.ids) {
				addShare(c.weights[id*L:(id+1)*L], c.cells[id*c.places:], share)
			}
			addShare(meanTrans, c.trans, share)
		}
	}
	c.cells, c.trans = nil, meanTrans
	for i := range c.weights { // in use no feature is left out, so each counts for less
		c.weights[i] *= 1 - c.opt.Drop
	}
	c.forbid()
}

// addShare adds a share of x to sum.
func addShare(sum, x []float32, share float32) {
	for i := range sum {
		sum[i] += share * x[i]
	}
}

func (c *ChainTrainer) forbid() {
	L := len(c.labels)
	for from := -1; from < L; from++ {
		for to := range L {
			row := from
			if from < 0 {
				row = L
			}
			if !c.opt.Allowed(from, to) {
				c.trans[row*L+to] = forbidden
			}
		}
	}
}

// learn takes one step and returns the negative log-likelihood's sum of the gold labels'
// marginal probabilities, a cheap stand-in for the loss.
func (c *ChainTrainer) learn(s *chainSequence, rng *rand.Rand) float64 {
	L, n := len(c.labels), len(s.gold)
	sc := &c.scratch
	sc.emit, sc.alpha, sc.beta = resized(sc.emit, n*L), resized(sc.alpha, n*L), resized(sc.beta, n*L)
	c.pot = resized(c.pot, n*L)
	clear(sc.emit)
	c.emit(s, rng)
	potentials(sc.emit, c.pot, L)
	clear(c.expect)
	forwardBackward(c.pot, exponentials(c.trans), sc.alpha, sc.beta, L, c.expect)
	loss := 0.0
	for t, g := range s.gold {
		p := sc.alpha[t*L : (t+1)*L]
		loss -= math.Log(float64(p[g]) + 1e-9)
		c.descend(c.used[s.starts[t]:s.starts[t+1]], p, int(g))
	}
	c.descendTransitions(s.gold)
	return loss
}

func (c *ChainTrainer) emit(s *chainSequence, rng *rand.Rand) {
	L := len(c.labels)
	c.used = append(c.used[:0], s.feats...)
	for t := range s.gold {
		row := c.scratch.emit[t*L : (t+1)*L]
		for i := s.starts[t]; i < s.starts[t+1]; i++ {
			if c.opt.Drop > 0 && rng.Float32() < c.opt.Drop {
				c.used[i] = -1
				continue
			}
			w := c.cells[int(s.feats[i])*c.places:]
			for l := range row {
				row[l] += w[l]
			}
		}
	}
}

// leastGradient is the least one that is followed: most labels of most tokens are
// certain, and leaving them out makes training fast.
const leastGradient = 0.001

func (c *ChainTrainer) descend(used []int32, p []float32, gold int) {
	L := len(c.labels)
	for l, g := range p {
		if l == gold {
			g--
		}
		if g < leastGradient && g > -leastGradient {
			continue
		}
		for _, f := range used {
			if f < 0 {
				continue
			}
			i := int(f)*c.places + l
			d := g + c.opt.Decay*c.cells[i]
			c.cells[i+L] += d * d
			c.cells[i] -= c.opt.Rate * d / float32(math.Sqrt(1+float64(c.cells[i+L])))
		}
	}
}

func (c *ChainTrainer) descendTransitions(gold []uint8) {
	L := len(c.labels)
	last := L
	for _, g := range gold {
		c.expect[last*L+int(g)]--
		last = int(g)
	}
	for i, g := range c.expect {
		if c.trans[i] == forbidden || (g < leastGradient && g > -leastGradient) {
			continue
		}
		c.transG[i] += g * g
		c.trans[i] -= c.opt.Rate * g / float32(math.Sqrt(1+float64(c.transG[i])))
	}
}

// Freeze writes the chain as bytes for [OpenChain]; meta is the stage's own.
func (c *ChainTrainer) Freeze(meta []byte) ([]byte, error) {
	L := len(c.labels)
	rows := map[uint64][]float32{}
	for f, id := range c.ids {
		row := c.weights[int(id)*L : (int(id)+1)*L]
		some := false
		for l, w := range row {
			// The same number taken from all labels changes nothing; label 0 rests at 0.
			row[l] = w
			if w >= c.opt.Smallest || -w >= c.opt.Smallest {
				some = true
			}
		}
		if some {
			rows[f] = row
		}
	}
	Prune(rows, c.opt.Rows)
	b, err := freezeDense(c.labels, rows, chainMeta{c.trans, meta})
	if err != nil {
		return nil, fmt.Errorf("write chain: %w", err)
	}
	return b, nil
}
