package attribution

import (
	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
	"quoth/nlp/surface"
)

// goldExamples are the stretches of d as the network reads them, with the labels of the first
// chain and the roles that tokens have for each cue.
func (v *view) goldExamples(d *nlp.Doc, rows map[uint64]int32, clusters linear.Table) []neural.Example {
	stretches := surface.Stretches(d)
	examples, labels := surface.Examples(d, stretches, rows), goldFlat(d)
	for i, r := range stretches {
		for t := r.First; t < r.Past; t++ {
			examples[i].Gold[t-r.First] = int16(labels[t])
		}
	}
	v.read(d, clusters)
	cues, golds := v.goldCues()
	v.markCues(cues)
	k := 0
	for i, c := range cues { // in order, as the stretches are
		for stretches[k].Past <= c.head {
			k++
		}
		for stretches[k].First > c.head { // the head is before the head of the cue before
			k--
		}
		examples[k].Anchors = append(examples[k].Anchors, v.anchorOf(c, golds[i], stretches[k]))
	}
	return examples
}

// anchorOf is the head of c with how the tokens of its window in stretch r stand to it.
func (v *view) anchorOf(c cue, gold nlp.Attribution, r nlp.TokenRange) neural.Anchor {
	w := v.window(c)
	w.First, w.Past = max(w.First, r.First), min(w.Past, r.Past)
	a := neural.Anchor{At: c.head - r.First, First: w.First - r.First}
	for t := w.First; t < w.Past; t++ {
		has := func(pieces []nlp.TokenRange) uint8 {
			return uint8(flag(nlp.InPieces(pieces, t)))
		}
		a.Places = append(a.Places, uint8(v.placeBeside(t, c.head)))
		a.Gold = append(a.Gold, has(gold.Source)<<ofSource|has(gold.Content)<<ofContent)
	}
	return a
}

// The network tells two relations of a token to the head of a cue: that it is of its
// source, and of its content.
const (
	relations = 2
	rank      = 16 // numbers of each token that tell a relation; not tuned
	ofSource  = 0
	ofContent = 1
	// places is how many ways a token may stand to a cue: how far off in the buckets of
	// [bucket], on which side, and whether in the same block.
	places = 2 * 2 * (farthest + 1)
	// farthest is the largest bucket of a distance.
	farthest = 10
)

// placeBeside is how token t stands to token anchor.
func (v *view) placeBeside(t, anchor int) int {
	n := bucket(max(t-anchor, anchor-t))
	return int(n + (farthest+1)*flag(t < anchor) + 2*(farthest+1)*flag(!v.sameBlock(t, anchor)))
}

// listen sets h to what net makes of the tokens of d: for each a probability per label of
// the first chain, and its relations.
func listen(net *neural.Net, d *nlp.Doc, sc *scratch, h *neural.Heard) {
	sc.fs = sc.fs[:0]
	for t := range d.Tokens {
		sc.fs = surface.Append(sc.fs, d, t)
	}
	net.Listen(&sc.net, sc.fs, h)
}

// guessed is what the network thinks of a token in steps of log odds: that it has a role,
// and that it is the first token of one.
type guessed struct{ source, content, cue, firstSource, firstContent, firstCue uint64 }

// hear tells v what the network makes of the document.
func (v *view) hear(h *neural.Heard) {
	v.heard, v.guessed = h, v.guessed[:0]
	odds := func(p float32) uint64 { return logit(float64(p)) }
	for t := range v.words {
		p := h.P[t*len(flatLabels):][:len(flatLabels)]
		v.guessed = append(v.guessed, guessed{
			odds(p[beginSource] + p[inSource]), odds(p[beginContent] + p[inContent]), odds(p[beginCue] + p[inCue]),
			odds(p[beginSource]), odds(p[beginContent]), odds(p[beginCue]),
		})
	}
}

// level is the roles' steps together, each made coarser.
func (g guessed) level() uint64 { return g.source/3*64 + g.content/3*8 + g.cue/3 }

// related is how the network thinks a token to be related to the cue, in steps of log odds
// from 1 on; 0 is of a token that it was not asked for.
type related struct{ source, content uint64 }

func (r related) level() uint64 { return 1 + r.source/2*16 + r.content/2 }

// relate asks the network for the tokens of window w and the cue aimed at.
func (v *view) relate(w nlp.TokenRange) {
	v.from = w.First - 1
	v.related = append(v.related[:0], related{})
	for t := w.First; t < w.Past; t++ {
		place := v.placeBeside(t, v.cue.head)
		steps := func(r int) uint64 { return oddsSteps(float64(v.heard.Odds(r, v.cue.head, t, place))) }
		v.related = append(v.related, related{1 + steps(ofSource), 1 + steps(ofContent)})
	}
	v.related = append(v.related, related{})
}
