package neural

import "math"

// TreePlaces is how many ways a token may stand to its head, for the Places of a network that
// tells heads.
const TreePlaces = 32

// furthest is how many tokens off a head is looked for.
const furthest = 128

// treePlace is how token stands to head: how far off, and on which side.
func treePlace(token, head int) int {
	n := max(token-head, head-token)
	switch {
	case n <= 8:
	case n <= 11:
		n = 9
	case n <= 15:
		n = 10
	case n <= 23:
		n = 11
	case n <= 35:
		n = 12
	case n <= 63:
		n = 13
	default:
		n = 14
	}
	if token < head {
		n += TreePlaces / 2
	}
	return n
}

// Heads sets heads to the head of each token from first on, as many as heads is long, counted from
// first: the one among them that it most likely stands to in the first relation, up to 128
// tokens off, itself for none. The network has TreePlaces places.
func (h *Heard) Heads(sc *Scratch, first int, heads []int32) {
	n := h.net
	rank, K, tokens := n.rank, n.related(), len(heads)
	wide := (tokens + combined - 1) &^ (combined - 1)
	sc.turned, sc.scores = zeros(sc.turned, (rank+1)*wide), resized(sc.scores, min(wide, 2*furthest+2*combined))
	for k := range tokens {
		for r, v := range h.related[2*K*(first+k):][:rank+1] {
			sc.turned[r*wide+k] = v
		}
	}
	for t := range heads {
		from, to := max(0, t-furthest)&^(combined-1), min(tokens, t+furthest+1)
		y := h.related[2*K*(first+t)+K:][:rank]
		combine(sc.scores[:(to-from+combined-1)&^(combined-1)], sc.turned[from:], y, wide)
		scores := sc.scores[:to-from]
		far := n.far[from-t+furthest+combined:][:len(scores)]
		best, top := 0, float32(math.Inf(-1))
		for k, v := range scores {
			if v += far[k]; v > top {
				best, top = k, v
			}
		}
		heads[t] = int32(from + best)
	}
}

// HeadOdds is how likely token is to hang from head, up to what is the same for all heads.
func (h *Heard) HeadOdds(head, token int) float32 {
	return h.Odds(0, head, token, treePlace(token, head))
}

// hang adds to p.scores the gradient of which token each one of tree hangs from, and returns
// the loss: the heads of a token are told apart as labels are (Dozat and Manning 2017).
func (p *part) hang(tree Tree, each float32) (loss float64) {
	t, L := p.t, p.t.wide
	s, K, rank, n := t.shape, t.shape.related(), t.shape.Rank, len(tree.Heads)
	grads := t.places.grads[p.number]
	anchor := func(x []float32, k int) []float32 { return x[(tree.First+k)*L+s.Labels:][:rank+1] }
	p.row = resized(p.row, n)
	for i, head := range tree.Heads {
		at := (tree.First+i)*L + s.Labels + K
		y, gy := p.wideA[at:][:rank+1], p.scores[at:][:rank+1]
		for k := range p.row {
			p.row[k] = relation(anchor(p.wideA, k), y) + t.places.x[treePlace(i, k)]
		}
		softmax(p.row)
		loss -= math.Log(float64(p.row[head]) + 1e-9)
		p.row[head]--
		for k, g := range p.row {
			if g > -tooSmall && g < tooSmall {
				continue
			}
			g *= each
			x, gx := anchor(p.wideA, k), anchor(p.scores, k)
			grads[treePlace(i, k)] += g
			for r := range rank {
				gx[r] += g * y[r]
				gy[r] += g * x[r]
			}
			gx[rank] += g
			gy[rank] += g
		}
	}
	return loss
}

// tooSmall is the size of an error that nothing is learned from.
const tooSmall = 1e-5
