package ner

import "quoth/nlp"

// transitionFeature is the row of the scores of the labels after label from.
func transitionFeature(from int) uint64 { return nlp.Mix(1000, uint64(from)) }

// viterbi sets best to the labels of the highest sum of scores of one sentence. Plain
// tokens are outside; only label sequences that the BILOU scheme allows are looked at.
func (sc *scratch) viterbi(tr *transitions, r nlp.TokenRange) {
	sc.paths = resize(sc.paths, r.Len()*labels)
	var now, next [labels]int32
	for l := range now {
		now[l] = impossible
	}
	now[outside] = 0
	for i := range r.Len() {
		t := r.First + i
		back := sc.paths[i*labels : (i+1)*labels]
		if sc.words[t+pad].plain {
			plainStep(tr, &now, &next, back, i == 0)
		} else {
			step(tr, &now, &next, back, sc.scores[i*labels:(i+1)*labels], i == 0)
		}
		now = next
	}
	last := bestEnd(&now)
	for i := r.Len() - 1; i >= 0; i-- {
		sc.best[r.First+i] = uint8(last)
		last = int(sc.paths[i*labels+last])
	}
}

// impossible is the score of a label sequence that is not allowed. It is small enough
// that no sum of scores makes up for it and large enough never to wrap around: scores
// are brought back to it at every step.
const impossible = -1 << 29

// bestEnd returns the best label that may stand last.
func bestEnd(now *[labels]int32) int {
	best := outside
	for l := range labels {
		if mayEnd(l) && now[l] > now[best] {
			best = l
		}
	}
	return best
}

// plainStep goes on to a token that is outside.
func plainStep(tr *transitions, now, next *[labels]int32, back []uint8, first bool) {
	_, from := bestFrom(tr, now, outside, first)
	for l := range next {
		next[l] = impossible
	}
	next[outside], back[outside] = 0, uint8(from) // one label is left: its score is free
}

// bestFrom returns the best score on the way into label, which may start, and the
// label before.
func bestFrom(tr *transitions, now *[labels]int32, label int, first bool) (int32, int) {
	if first {
		return tr[outside][label], outside
	}
	best, from := now[outside]+tr[outside][label], outside
	for p := 3; p < labels; p += 4 { // last and unit
		if s := now[p] + tr[p][label]; s > best {
			best, from = s, p
		}
		if s := now[p+1] + tr[p+1][label]; s > best {
			best, from = s, p+1
		}
	}
	return best, from
}

// step goes on to a token with the given scores.
func step(tr *transitions, now, next *[labels]int32, back []uint8, scores []int32, first bool) {
	top := int32(impossible)
	set := func(l int, s int32, from int) {
		next[l], back[l] = s, uint8(from)
		top = max(top, s)
	}
	s, from := bestFrom(tr, now, outside, first)
	set(outside, s+scores[outside], from)
	for b := 1; b < labels; b += 4 {
		i, l, u := b+inside, b+lasts, b+unit
		s, from = bestFrom(tr, now, b, first)
		set(b, s+scores[b], from)
		s, from = bestFrom(tr, now, u, first)
		set(u, s+scores[u], from)
		for _, label := range [2]int{i, l} {
			if first {
				set(label, impossible, outside)
				continue
			}
			s, from = now[b]+tr[b][label], b
			if x := now[i] + tr[i][label]; x > s {
				s, from = x, i
			}
			set(label, s+scores[label], from)
		}
	}
	for l := range next { // keep the numbers small however long the sentence is
		next[l] = max(next[l]-top, impossible)
	}
}
