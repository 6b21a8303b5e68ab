package linear

import (
	"encoding/json"
	"fmt"
	"math"
)

// Chain is a frozen linear-chain conditional random field (Lafferty, McCallum and
// Pereira 2001): a dense model for the labels of single tokens, and a weight for every pair
// of labels that may follow one another. Safe for concurrent use.
type Chain struct {
	model *dense
	trans []float32 // [from*labels+to]; row labels: the start; forbidden pairs are -Inf
	exp   []float32 // their exponentials
	n     int
}

// chainMeta is what a chain keeps in its model's header.
type chainMeta struct {
	Transitions []float32       `json:"transitions"` // forbidden pairs as -1e9
	Meta        json.RawMessage `json:"meta,omitempty"`
}

const forbidden = -1e9

// OpenChain reads the bytes of [ChainTrainer.Freeze] in place.
func OpenChain(b []byte) (*Chain, error) {
	m, err := openDense(b)
	if err != nil {
		return nil, err
	}
	var meta chainMeta
	if err := json.Unmarshal(m.head.Meta, &meta); err != nil {
		return nil, fmt.Errorf("read chain transitions: %w", err)
	}
	n := len(m.head.Labels)
	if n == 0 || len(meta.Transitions) != (n+1)*n {
		return nil, fmt.Errorf("chain has %d transitions for %d labels", len(meta.Transitions), n)
	}
	return &Chain{m, meta.Transitions, exponentials(meta.Transitions), n}, nil
}

// Labels returns the names of the labels, in the order of their numbers.
func (c *Chain) Labels() []string { return c.model.head.Labels }

// ChainScratch is the working memory of a [Chain]; it belongs to one goroutine.
type ChainScratch struct {
	emit        []float32 // scores, per token
	late        late      // what they lack yet
	alpha, beta []float32
	back        []uint8
	ways        ways // of DecodeBest
	// Best holds the labels of the best sequence after [Chain.Decode].
	Best []uint8
	// P holds the marginal probabilities, labels a token, after [Chain.Marginals].
	P []float32
}

// Begin starts a sequence of n tokens.
func (c *Chain) Begin(s *ChainScratch, n int) {
	s.emit = resized(s.emit, n*c.n)
}

// Token sets the scores of token t from its features, which may change afterwards, and adds
// more, a place per label or nil. Both are done before the sequence is decoded: until then
// more must stay.
func (c *Chain) Token(s *ChainScratch, t int, features []uint64, more []float32) {
	row := s.emit[t*c.n : (t+1)*c.n]
	clear(row)
	c.model.scoreLate(&s.late, features, row, more)
}

// Score adds what features give to scores, a place per label, before they are added to a
// token's by [Chain.Token] as more, or the sequence is decoded.
func (c *Chain) Score(s *ChainScratch, features []uint64, scores []float32) {
	c.model.scoreLate(&s.late, features, scores, nil)
}

func resized[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n, n+n/2)
	}
	return x[:n]
}

// Lean adds by to the score of label for each of the n tokens, which shifts what
// [Chain.Decode] prefers.
func (c *Chain) Lean(s *ChainScratch, n, label int, by float32) {
	c.model.finish(&s.late)
	for t := range n {
		s.emit[t*c.n+label] += by
	}
}

// Decode sets s.Best to the label sequence of the highest score (Viterbi). n is the
// number of tokens that the sequence began with.
func (c *Chain) Decode(s *ChainScratch, n int) {
	c.model.finish(&s.late)
	L := c.n
	s.alpha, s.back, s.Best = resized(s.alpha, n*L), resized(s.back, n*L), resized(s.Best, n)
	if n == 0 {
		return
	}
	for l := range L {
		s.alpha[l] = c.trans[L*L+l] + s.emit[l]
	}
	for t := 1; t < n; t++ {
		prev, now := s.alpha[(t-1)*L:t*L], s.alpha[t*L:(t+1)*L]
		for l := range L {
			best, from := float32(math.Inf(-1)), 0
			for p, v := range prev {
				if v += c.trans[p*L+l]; v > best {
					best, from = v, p
				}
			}
			now[l] = best + s.emit[t*L+l]
			s.back[t*L+l] = uint8(from)
		}
	}
	last := argmax(s.alpha[(n-1)*L : n*L])
	for t := n - 1; t >= 0; t-- {
		s.Best[t] = uint8(last)
		last = int(s.back[t*L+last])
	}
}

// Marginals sets s.P to the probability of every label of every token.
func (c *Chain) Marginals(s *ChainScratch, n int) {
	c.model.finish(&s.late)
	s.alpha, s.beta, s.P = resized(s.alpha, n*c.n), resized(s.beta, n*c.n), resized(s.P, n*c.n)
	potentials(s.emit[:n*c.n], s.P, c.n)
	forwardBackward(s.P, c.exp, s.alpha, s.beta, c.n, nil)
	s.P, s.alpha = s.alpha, s.P
}

func exponentials(x []float32) []float32 {
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = float32(math.Exp(float64(v)))
	}
	return out
}

// potentials sets out to the exponentials of the scores, the best of each token being 1.
func potentials(emit, out []float32, L int) {
	for t := 0; t < len(emit); t += L {
		row := emit[t : t+L]
		top := row[argmax(row)]
		for l, e := range row {
			out[t+l] = float32(math.Exp(float64(max(e-top, -30))))
		}
	}
}

func argmax(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}

// forwardBackward sets alpha to the marginal probabilities of a sequence whose
// potentials are pot, those of transitions being trans; when expect is not nil it adds
// the expected number of every transition to it. Values are scaled token by token
// (Rabiner 1989, section V.A).
func forwardBackward(pot, trans, alpha, beta []float32, L int, expect []float32) {
	n := len(pot) / L
	for t := range n {
		now := alpha[t*L : (t+1)*L]
		for l := range L {
			sum := float32(0)
			if t == 0 {
				sum = trans[L*L+l]
			} else {
				for p, v := range alpha[(t-1)*L : t*L] {
					sum += v * trans[p*L+l]
				}
			}
			now[l] = sum * pot[t*L+l]
		}
		normalise(now)
	}
	for l := range L {
		beta[(n-1)*L+l] = 1
	}
	for t := n - 1; t >= 0; t-- {
		a, b := alpha[t*L:(t+1)*L], beta[t*L:(t+1)*L]
		for l := range a {
			a[l] *= b[l]
		}
		normalise(a)
		if t > 0 {
			backStep(pot[t*L:(t+1)*L], trans, alpha[(t-1)*L:t*L], a, b, beta[(t-1)*L:t*L], expect)
		} else if expect != nil {
			for l, v := range a {
				expect[L*L+l] += v
			}
		}
	}
}

// backStep goes back over one token: pot its potentials, prev the forward values before
// it, marginal its marginals, next its backward values; it sets out, the backward values
// before it.
func backStep(pot, trans, prev, marginal, next, out, expect []float32) {
	L := len(pot)
	clear(out)
	for l := range L {
		right := pot[l] * next[l]
		for p := range out {
			out[p] += trans[p*L+l] * right
		}
		if expect == nil {
			continue
		}
		sum := float32(0)
		for p, v := range prev {
			sum += v * trans[p*L+l]
		}
		if sum == 0 {
			continue
		}
		share := marginal[l] / sum
		for p := range L {
			expect[p*L+l] += share * prev[p] * trans[p*L+l]
		}
	}
	normalise(out)
}

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
