package linear

import "math"

// ways finds the best few label sequences of a chain, one after the other, by looking for the
// next best way to a label only when a sequence needs it (recursive enumeration, Jiménez and
// Marzal 1999): of most labels only the best one is ever asked for.
type ways struct {
	chain *Chain
	k     int
	emit  []float32
	// Per label of a token, and last of all the end of the sequence: the ways to it found so
	// far, the best first, at most k, with where each comes from: label*k + number of way.
	count []uint8
	score []float32
	from  []int32
	// Per label of a token and label before it: the best way that comes from there and is not
	// found yet, and its number there. Filled when a second way is asked for.
	next   []float32
	number []uint8
	labels []uint8
	// Per label, the score of the best way to it at the token before and at the one looked at.
	before, now []float32
}

var never = float32(math.Inf(-1))

// reset makes w ready for a sequence of n tokens: the best way to every label is found.
func (w *ways) reset(c *Chain, emit []float32, n, k int) {
	L := c.n
	w.chain, w.k, w.emit = c, k, emit
	nodes := n*L + 1
	w.count, w.score, w.from = resized(w.count, nodes), resized(w.score, nodes*k), resized(w.from, nodes*k)
	w.next, w.number = resized(w.next, nodes*L), resized(w.number, nodes*L)
	w.before, w.now = resized(w.before, L), resized(w.now, L)
	for l := range L {
		w.now[l] = c.trans[L*L+l] + emit[l]
		w.count[l], w.score[l*k], w.from[l*k] = 1, w.now[l], -1
	}
	for t := 1; t < n; t++ {
		w.before, w.now = w.now, w.before
		for l := range L {
			best, of := never, 0
			for p, v := range w.before {
				if v += c.trans[p*L+l]; v > best {
					best, of = v, p
				}
			}
			best += emit[t*L+l]
			node := t*L + l
			w.now[l], w.count[node], w.score[node*k], w.from[node*k] = best, 1, best, int32(of*k)
		}
	}
	of := argmax(w.now)
	w.count[n*L], w.score[n*L*k], w.from[n*L*k] = 1, w.now[of], int32(of*k)
}

// way is the score of the way to label l of token t, or to the end after the last token, that
// goes by way number i to label p before it.
func (w *ways) way(t, l, p, i int) float32 {
	L := w.chain.n
	before := w.score[((t-1)*L+p)*w.k+i]
	if node := t*L + l; node < len(w.count)-1 {
		before += w.chain.trans[p*L+l]
		before += w.emit[node]
	}
	return before
}

// more finds the next best way to node, and reports whether there is one.
func (w *ways) more(node int) bool {
	L, k := w.chain.n, w.k
	if node < L {
		return false
	}
	next, number := w.next[node*L:(node+1)*L], w.number[node*L:(node+1)*L]
	count, t, l := int(w.count[node]), node/L, node%L
	if count == 1 {
		for p := range next {
			next[p], number[p] = w.way(t, l, p, 0), 0
		}
	}
	last := int(w.from[node*k+count-1]) / k // what follows the way taken from there is not known yet
	before, i := (t-1)*L+last, int(number[last])+1
	if number[last], next[last] = uint8(i), never; i < int(w.count[before]) || w.more(before) {
		next[last] = w.way(t, l, last, i)
	}
	best, of := never, -1
	for p, v := range next {
		if v > best {
			best, of = v, p
		}
	}
	if best <= forbidden/2 {
		return false
	}
	w.count[node]++
	w.score[node*k+count], w.from[node*k+count] = best, int32(of*k+int(number[of]))
	return true
}

// DecodeBest finds the k label sequences of the highest scores, up to 255, the best first,
// each with its score; there may be fewer. The slices are valid until the next call with s.
func (c *Chain) DecodeBest(s *ChainScratch, n, k int) (sequences [][]uint8, scores []float32) {
	c.model.finish(&s.late)
	if n == 0 {
		return nil, nil
	}
	w, L := &s.ways, c.n
	w.reset(c, s.emit, n, k)
	w.labels = resized(w.labels, n*k)
	end := n * L
	for i := range k {
		if i > 0 && !w.more(end) || w.score[end*k] <= forbidden/2 {
			break
		}
		labels, way := w.labels[i*n:(i+1)*n], w.from[end*k+i]
		for t := n - 1; t >= 0; t-- {
			l := int(way) / k
			labels[t] = uint8(l)
			way = w.from[(t*L+l)*k+int(way)%k]
		}
		sequences, scores = append(sequences, labels), append(scores, w.score[end*k+i])
	}
	return sequences, scores
}
