package neural

import (
	"math"
	"slices"
)

// labelled learns the labels of tokens and the relations between them.
type labelled struct{ mean *mean }

func (labelled) prepare(p *part) {
	p.counted = 0
	for _, e := range p.examples {
		for _, g := range e.Gold {
			if g >= 0 {
				p.counted++
			}
		}
	}
}

func (l labelled) step(t *Trainer, _, done float32) {
	if done > meanFrom && t.steps%meanEvery == 0 {
		l.mean.add(t)
	}
}

// gradient goes through the last layer.
func (labelled) gradient(p *part, example int, each float32) (loss float64, tokens int) {
	t, e := p.t, p.examples[example]
	d, L, n := t.shape.Width, t.wide, len(e.Gold)
	p.wideB = append(p.wideB[:0], p.out...)
	h := plain(p.wideB, n, d)
	p.drop(h.x, len(t.layers)+1)
	p.wideA = resized(p.wideA, n*L)
	fill(p.wideA, t.head.x[d*L:])
	gemm(h, t.head.x, p.wideA, L)
	p.scores = zeros(p.scores, n*L) // the gradient by them
	scores, grads := p.scores, t.head.grads[p.number]
	for i, g := range e.Gold {
		if g < 0 {
			continue
		}
		row := scores[i*L : i*L+t.shape.Labels]
		copy(row, p.wideA[i*L:])
		softmax(row)
		loss -= math.Log(float64(row[g]) + 1e-9)
		tokens++
		row[g]--
		for l := range row {
			row[l] *= each
		}
	}
	for _, a := range e.Anchors {
		p.relate(a, each*relationWeight)
	}
	for _, tree := range e.Trees {
		loss += p.hang(tree, each)
	}
	sumRows(grads[d*L:], scores)
	gemm(h.flipped(), scores, grads, L)
	p.turned = transposed(p.turned, t.head.x[:d*L], d, L)
	gemm(plain(scores, n, L), p.turned, p.back, d)
	p.dropBack(p.back, len(t.layers)+1)
	return loss, tokens
}

// relationWeight is how much a relation counts beside a label. Flat from half to twice as
// much on PolNeAR dev.
const relationWeight = 0.5

// relate adds to p.scores the gradient of what the tokens around a have to do with it.
func (p *part) relate(a Anchor, each float32) {
	t, L := p.t, p.t.wide
	s, K, rank := t.shape, t.shape.related(), t.shape.Rank
	grads := t.places.grads[p.number]
	for i, place := range a.Places {
		token := a.First + i
		for r := range s.Relations {
			own, other := s.Labels+r*(rank+1), s.Labels+K+r*(rank+1)
			x, y := p.wideA[a.At*L+own:][:rank+1], p.wideA[token*L+other:][:rank+1]
			gx, gy := p.scores[a.At*L+own:][:rank+1], p.scores[token*L+other:][:rank+1]
			at := r*s.Places + int(place)
			g := sigmoid(relation(x, y) + t.places.x[at])
			if a.Gold[i]>>r&1 != 0 {
				g--
			}
			g *= each
			grads[at] += g
			for k := range rank {
				gx[k] += g * y[k]
				gy[k] += g * x[k]
			}
			gx[rank] += g
			gy[rank] += g
		}
	}
}

// relation is how much x, of the one, and y, of the other token, speak for a relation.
func relation(x, y []float32) float32 {
	rank := len(x) - 1
	sum := x[rank] + y[rank]
	for k, v := range x[:rank] {
		sum += float32(v * y[k])
	}
	return sum
}

func sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }

// softmax makes scores probabilities.
func softmax(x []float32) {
	top := slices.Max(x)
	var sum float32
	for i, v := range x {
		x[i] = float32(math.Exp(float64(v - top)))
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}
