package attribution

import (
	"math"
	"slices"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// The chains see a token and its neighbours; what a whole attribution looks like, whether
// its quotations are complete or its content is one clause, they do not see. So the second
// chain gives its best few analyses of every cue, and a log-linear model over features of
// whole analyses chooses between them and none (reranking, Charniak and Johnson 2005). It
// learns from words that the first chain thinks less likely to be cues too. The probability
// that it is not none is the confidence of the attribution.
const (
	// analyses is how many of each cue the choice is learned from, and tried is how many it chooses from in use. On PolNeAR dev
	// and on ours, 2 to 5 of them lie within ±0.2 of one another in linked and strict F1, and fewer are sooner made.
	analyses = 5
	tried    = 3
	// leastCue is the least probability of a word that is learned from as a cue.
	leastCue = 0.12
	// leastConfidence is the least at which an attribution is kept: for the best F1 the
	// threshold is about half of the F1 reached (Lipton, Elkan and Naryanaswamy 2014). On
	// PolNeAR dev linked F1 is 74.8, 74.9, 74.8 and 74.7 at 0.34, 0.37, 0.4 and 0.43, strict 59.2, 59.4,
	// 59.5 and 59.5, alpha 76.6, 76.5, 76.5 and 76.2 (with the choice of design/0011 that has half a share).
	leastConfidence = 0.37
)

// found is one analysis of a cue: what it would be the cue of.
type found struct {
	nlp.Attribution
	cue               cue
	rank              int       // among the analyses of the cue, 0 the best
	behind            float64   // how much its score is below the best one's
	pSource, pContent []float64 // per piece, the mean probability of its tokens
}

// weakCues appends the likeliest of the words that the first chain made no cue of, one
// run of words for each place.
func (v *view) weakCues(cues []cue) []cue {
	for t := 0; t < len(v.words); t++ {
		if v.p[t].cue < leastCue || v.words[t].cue != 0 {
			continue
		}
		past, top := t, float32(0)
		for past < len(v.words) && v.p[past].cue >= leastCue && v.words[past].cue == 0 && v.sameBlock(t, past) {
			top = max(top, v.p[past].cue)
			past++
		}
		touches := (t > 0 && v.words[t-1].cue != 0) || (past < len(v.words) && v.words[past].cue != 0)
		if !touches {
			first, last := t, past-1
			for v.p[first].cue < top/2 {
				first++
			}
			for v.p[last].cue < top/2 {
				last--
			}
			cues = append(cues, v.newCue(first, last+1, float64(top)))
		}
		t = past - 1
	}
	return cues
}

// choice is what one cue may be the cue of, with the logarithm of the probability of each
// analysis and, last, of none.
type choice struct {
	all  []found
	logP []float64
	pick int // index of the analysis chosen, len(all) for none

	hasLess bool // see offerLess
}

// choose rates the analyses of cue c and picks the likeliest. It is false when the cue has
// no content in any.
func (s *Stage) choose(sc *scratch, c cue) (choice, bool) {
	all := s.analyse(sc, c)
	if len(all) == 0 {
		return choice{}, false
	}
	ch := choice{all: all, logP: make([]float64, 0, len(all)+1)}
	add := func(fs []uint64) {
		var score [1]int32
		s.choice.Score(fs, score[:])
		ch.logP = append(ch.logP, float64(score[0])*float64(s.choice.Scale()))
		sc.fs = fs
	}
	for _, at := range all {
		add(sc.view.analysisFeatures(sc.fs[:0], at))
	}
	add(sc.view.noneFeatures(sc.fs[:0], c))
	if _, ok := sc.view.prefixed(c); ok {
		// None is no choice: what the chains have seen too little of, the sentence tells.
		ch.logP[len(all)] = slices.Max(ch.logP[:len(all)]) - math.Log(c.p/(1-min(c.p, 0.99)))
	}
	linear.Softmax(ch.logP)
	confidence := 1 - ch.logP[len(all)]
	for i := range all {
		all[i].Confidence = confidence
		if ch.logP[i] > ch.logP[ch.pick] {
			ch.pick = i
		}
	}
	for i, p := range ch.logP {
		ch.logP[i] = math.Log(p)
	}
	return ch, true
}

// picked is the analysis chosen, nil for none.
func (c *choice) picked() *found {
	if c.pick == len(c.all) {
		return nil
	}
	return &c.all[c.pick]
}

// noneFeatures appends the features of the choice that c is no cue.
func (v *view) noneFeatures(fs []uint64, c cue) []uint64 {
	head := &v.words[c.head]
	pc := logit(c.p)
	weak := flag(v.words[c.First].cue == 0)
	inQuote := flag(head.region >= 0)
	subject, _ := v.subjectOf(head)
	return append(fs, mix(200, 0), mix(201, pc), mix(202, nlp.Mix(pc, weak)), mix(203, head.lemma), mix(204, nlp.Mix(head.lemma, pc)),
		mix(205, nlp.Mix(head.tag, head.rel)), mix(206, nlp.Mix(head.tag, uint64(head.children))), mix(207, nlp.Mix(inQuote, pc)),
		mix(208, nlp.Mix(v.setting, pc)), mix(209, head.cluster), mix(210, nlp.Mix(head.cluster, uint64(head.children))),
		mix(211, nlp.Mix(head.tag, subject)), mix(212, nlp.Mix(uint64(c.Len()), head.tag)), mix(213, nlp.Mix(head.lemma, subject)))
}

// analysisFeatures appends the features of an analysis.
func (v *view) analysisFeatures(fs []uint64, at found) []uint64 {
	c := at.cue
	head := &v.words[c.head]
	pc, pk, ps := logit(c.p), logit(mean(at.pContent)), uint64(0)
	if len(at.Source) > 0 {
		ps = 1 + logit(mean(at.pSource))
	}
	behind := uint64(min(15, at.behind*2))
	quoted, words := 0, 0
	for _, r := range at.Content {
		for t := r.First; t < r.Past; t++ {
			if v.words[t].region >= 0 {
				quoted++
			}
			words++
		}
	}
	share := uint64(quoted * 7 / (2 * words)) // 0 none, 3 all
	length, sourceLength := bucket(words), bucket(tokensOf(at.Source))
	first := at.Content[0]
	order := v.order(at)
	inQuote := flag(head.region >= 0)
	sourceKind := v.sourceKind(at)
	fs = append(fs, mix(220, uint64(at.rank)), mix(221, behind), mix(222, pk), mix(223, ps), mix(224, nlp.Mix(pk, ps)), mix(225, nlp.Mix(pk, pc)),
		mix(226, nlp.Mix(share, behind)), mix(227, length), mix(228, sourceLength), mix(229, order), mix(230, nlp.Mix(order, share)),
		mix(231, nlp.Mix(order, head.lemma)), mix(232, nlp.Mix(share, inQuote)), mix(233, sourceKind), mix(234, nlp.Mix(sourceKind, head.tag)),
		mix(235, nlp.Mix(sourceKind, head.lemma)), mix(236, nlp.Mix(share, v.setting)), mix(237, nlp.Mix(order, v.setting)),
		mix(238, nlp.Mix(head.lemma, length)), mix(239, nlp.Mix(head.lemma, share)), mix(240, logit(v.edgeP(first))),
		mix(241, nlp.Mix(flag(ps == 0), head.lemma)), mix(242, nlp.Mix(head.tag, nlp.Mix(order, flag(ps == 0)))))
	for i, r := range at.Content {
		fs = v.pieceFeatures(fs, 250, at, r, uint64(min(i, 1)))
	}
	for _, r := range at.Source {
		fs = v.pieceFeatures(fs, 280, at, r, 0)
	}
	return v.quotationFeatures(v.relationFeatures(fs, at), at)
}

// relationFeatures appends those that tell how well the analysis fits what the network makes
// of the tokens around the cue: how sure it is of source and content, how much it thinks
// content that is not in it, and whether it sees content begin and end where it does.
func (v *view) relationFeatures(fs []uint64, at found) []uint64 {
	const sure = 11 // odds of e to one; not tuned
	missed := 0
	for _, r := range v.related {
		missed += int(flag(r.content >= sure))
	}
	mean := func(pieces []nlp.TokenRange, steps func(related) uint64) uint64 {
		sum := uint64(0)
		for _, r := range pieces {
			for t := r.First; t < r.Past; t++ {
				sum += steps(v.relatedAt(t))
			}
		}
		return sum / uint64(max(1, tokensOf(pieces)))
	}
	content := func(r related) uint64 { return r.content }
	for _, r := range at.Content {
		for t := r.First; t < r.Past; t++ {
			missed -= int(flag(v.relatedAt(t).content >= sure))
		}
	}
	first, last := at.Content[0].First, at.Content[len(at.Content)-1].Past-1
	edge := func(in, out int) uint64 { return v.relatedAt(in).content*32 + v.relatedAt(out).content }
	inside, left := mean(at.Content, content), bucket(missed)
	return append(fs, mix(330, inside), mix(331, left), mix(332, nlp.Mix(inside, left)), mix(333, edge(first, first-1)), mix(334, edge(last, last+1)),
		mix(335, mean(at.Source, func(r related) uint64 { return r.source })), mix(336, nlp.Mix(left, uint64(len(at.Content)))))
}

// relatedAt is how the network thinks token t to be related to the cue aimed at; nothing
// is known outside of its window.
func (v *view) relatedAt(t int) related {
	if i := t - v.from; i > 0 && i < len(v.related)-1 {
		return v.related[i]
	}
	return related{}
}

// pieceFeatures appends those of one piece of a role: how it begins and ends, and how it
// fits the tree.
func (v *view) pieceFeatures(fs []uint64, template uint64, at found, r nlp.TokenRange, later uint64) []uint64 {
	b, l := r.First, r.Past-1
	before, tb := v.at(b-1, b)
	after, ta := v.at(r.Past, l)
	side := flag(b > at.cue.First)
	heads, outs, top := 0, 0, b
	for t := b; t < r.Past; t++ {
		w := &v.words[t]
		if !r.Contains(int(w.head)) && !v.d.Tokens[t].Flags.Has(nlp.IsPunct) {
			if heads == 0 {
				top = t
			}
			heads++
		}
		if w.left < int32(b) && !r.Contains(int(w.left)) {
			outs |= 1
		}
		if w.right >= int32(r.Past) {
			outs |= 2
		}
	}
	shape := nlp.Mix(uint64(min(heads, 3)), uint64(outs))
	w := &v.words[top]
	way := nlp.Mix(w.rel, flag(at.cue.Contains(int(w.head))))
	end := uint64(0)
	switch {
	case r.Past >= len(v.words) || !v.sameBlock(l, r.Past):
		end = 1
	case v.words[r.Past].sent != v.words[l].sent:
		end = 2
	case at.cue.Contains(r.Past):
		end = 3
	}
	begin := uint64(0)
	switch {
	case b == 0 || !v.sameBlock(b, b-1):
		begin = 1
	case v.words[b-1].sent != v.words[b].sent:
		begin = 2
	case at.cue.Contains(b - 1):
		begin = 3
	}
	crossed := min(2, v.words[l].sent-v.words[b].sent)
	tokB, tokL := v.d.Tokens[b], v.d.Tokens[l]
	lemma := v.words[at.cue.head].lemma
	m := func(i uint64, x uint64) uint64 { return mix(template+i, nlp.Mix(x, later)) }
	return append(fs, m(0, shape), m(1, nlp.Mix(shape, way)), m(2, nlp.Mix(way, side)), m(3, nlp.Mix(begin, side)), m(4, nlp.Mix(end, side)),
		m(5, nlp.Mix(tokB.Lower, side)), m(6, nlp.Mix(tokL.Lower, ta.Lower)), m(7, nlp.Mix(tb.Lower, tokB.Lower)), m(8, nlp.Mix(ta.Lower, end)),
		m(9, nlp.Mix(after.tag, v.words[l].tag)), m(10, nlp.Mix(before.tag, v.words[b].tag)), m(11, nlp.Mix(uint64(crossed), nlp.Mix(end, side))),
		m(12, nlp.Mix(lemma, nlp.Mix(begin, tokB.Lower))), m(13, nlp.Mix(lemma, nlp.Mix(end, after.tag))), m(14, nlp.Mix(after.rel, end)),
		m(15, nlp.Mix(nlp.Mix(begin, end), nlp.Mix(shape, side))), m(16, bucket(r.Len())), m(17, nlp.Mix(v.words[top].tag, way)),
		m(18, nlp.Mix(lemma, way)), m(19, nlp.Mix(ta.Lower, nlp.Mix(after.tag, shape))))
}

// quotationFeatures appends those of the quotations that the content covers or cuts.
func (v *view) quotationFeatures(fs []uint64, at found) []uint64 {
	covered, cut := 0, uint64(0)
	last := int32(-1)
	for _, r := range at.Content {
		for t := r.First; t < r.Past; t++ {
			q := v.words[t].region
			if q < 0 || q == last {
				continue
			}
			last = q
			covered++
			reg := v.regs[q]
			inside, cueIn := 0, flag(reg.Contains(at.cue.First))
			for _, p := range at.Content {
				inside += max(0, min(p.Past, reg.Past)-max(p.First, reg.First))
			}
			if inside < reg.Len() {
				cut |= 1 << cueIn
			}
			// How the content goes on inside and outside of the quotation.
			open, shut := flag(r.First < reg.First)+2*flag(r.First > reg.First), flag(r.Past > reg.Past)+2*flag(r.Past < reg.Past)
			fs = append(fs, mix(310, nlp.Mix(open, nlp.Mix(shut, cueIn))), mix(311, nlp.Mix(nlp.Mix(open, shut), nlp.Mix(reg.ends, flag(at.cue.First < reg.First)))),
				mix(312, nlp.Mix(nlp.Mix(open, shut), bucket(reg.Len()))))
		}
	}
	missed := uint64(0) // quotations that touch the content and are not in it
	for _, r := range at.Content {
		if q := v.regionAt(r.First-1, v.blocks[v.words[r.First].block]); q >= 0 && q != v.words[r.First].region {
			missed |= 1
		}
		if q := v.regionAt(r.Past, v.blocks[v.words[r.First].block]); q >= 0 && q != v.words[r.Past-1].region {
			missed |= 2
		}
	}
	number := uint64(min(covered, 3))
	return append(fs, mix(313, number), mix(314, nlp.Mix(number, v.setting)), mix(315, cut), mix(316, missed), mix(317, nlp.Mix(number, nlp.Mix(cut, missed))))
}

// order is the order of the pieces: cue, source and content, from left to right.
func (v *view) order(at found) uint64 {
	h := uint64(0)
	s, k, done := 0, 0, false
	for {
		next, what := 1<<30, uint64(0)
		if !done {
			next, what = at.cue.First, 1
		}
		if s < len(at.Source) && at.Source[s].First < next {
			next, what = at.Source[s].First, 2
		}
		if k < len(at.Content) && at.Content[k].First < next {
			what = 3
		}
		switch what {
		case 0:
			return h
		case 1:
			done = true
		case 2:
			s++
		case 3:
			k++
		}
		h = nlp.Mix(h, what)
	}
}

// sourceKind is the class of the name that the source is, or the lemma of its head.
func (v *view) sourceKind(at found) uint64 {
	if len(at.Source) == 0 {
		return 0
	}
	r := at.Source[0]
	for t := r.First; t < r.Past; t++ {
		if w := &v.words[t]; !r.Contains(int(w.head)) {
			if w.kind != 0 {
				return uint64(w.kind)
			}
			return nlp.Mix(w.lemma, 1)
		}
	}
	return 1
}

// edgeP is how likely the first word of r is content by the first chain, compared with
// the word before it: near 1 where content clearly begins.
func (v *view) edgeP(r nlp.TokenRange) float64 {
	before := float32(0)
	if r.First > 0 && v.sameBlock(r.First, r.First-1) {
		before = v.p[r.First-1].content
	}
	return float64(max(0, v.p[r.First].content-before))
}

func tokensOf(pieces []nlp.TokenRange) int {
	n := 0
	for _, r := range pieces {
		n += r.Len()
	}
	return n
}

func mean(ps []float64) float64 {
	sum := 0.0
	for _, p := range ps {
		sum += p
	}
	return sum / float64(max(1, len(ps)))
}

// logit makes a probability one of 17 steps of its log odds.
func logit(p float64) uint64 {
	switch { // most are so
	case p < 0.0229:
		return 0
	case p > 0.9771:
		return 16
	}
	return oddsSteps(math.Log(p / (1 - p)))
}

// oddsSteps makes log odds one of 17 steps.
func oddsSteps(odds float64) uint64 { return uint64(math.Round(min(max(odds, -4), 4)*2) + 8) }
