package attribution

import (
	"math"
	"slices"

	"quoth/nlp"
)

// agree lets cues whose contents meet choose anew, two at a time: the likeliest pair of
// analyses, or of one and none, whose contents do not. Where they meet, each may have a piece less
// than the chains gave it. A pair that is settled may meet with a third, so it goes over all of
// them a few times.
func agree(choices []choice) {
	for range 3 {
		changed := false
		for i := range choices {
			for j := i + 1; j < len(choices); j++ {
				if !near(&choices[i], &choices[j]) {
					break
				}
				if meet(choices[i].picked(), choices[j].picked()) {
					choices[i].offerLess()
					choices[j].offerLess()
					changed = pickPair(&choices[i], &choices[j]) || changed
				}
			}
		}
		if !changed {
			return
		}
	}
}

// agreeReach is how many tokens two cues may be apart to be asked whether they agree.
const agreeReach = 400

func near(a, b *choice) bool { return b.all[0].cue.First-a.all[0].cue.First < agreeReach }

// meet reports whether a and b are both something and share a token of content.
func meet(a, b *found) bool {
	return a != nil && b != nil && slices.ContainsFunc(a.Content, func(r nlp.TokenRange) bool { return overlaps(b.Content, r) })
}

// pickPair picks the likeliest analyses of a and b that do not meet. It reports whether
// that changed anything.
func pickPair(a, b *choice) bool {
	bestA, bestB, best := a.pick, b.pick, math.Inf(-1)
	for i := range a.logP {
		for j := range b.logP {
			p := a.logP[i] + b.logP[j]
			if p <= best {
				continue
			}
			if i < len(a.all) && j < len(b.all) && meet(&a.all[i], &b.all[j]) {
				continue
			}
			bestA, bestB, best = i, j, p
		}
	}
	changed := bestA != a.pick || bestB != b.pick
	a.pick, b.pick = bestA, bestB
	return changed
}

// pieceLess is how much less likely, in log odds, an analysis is held for without one of its pieces. On PolNeAR dev and on ours
// figures are the same with 1 and 1.5; with 0 and 0.5 some better ones give way.
const pieceLess = 1

// offerLess adds to the analyses of c, once, the one picked without its last and without its first piece: of “We will
// wait,” Hale announced. “It is old,” Renn said, “but safe.” the chains may give Hale the second quotation too.
func (c *choice) offerLess() {
	at := c.picked()
	if at == nil || len(at.Content) < 2 || c.hasLess {
		return
	}
	c.hasLess = true
	p, none, last := c.logP[c.pick]-pieceLess, c.logP[len(c.all)], len(at.Content)-1
	start, end := *at, *at
	start.Content, start.pContent = slices.Clone(at.Content[:last]), slices.Clone(at.pContent[:last])
	end.Content, end.pContent = slices.Clone(at.Content[1:]), slices.Clone(at.pContent[1:])
	c.all = append(c.all, start, end)
	c.logP = append(c.logP[:len(c.logP)-1], p, p, none)
}

// settle takes care that no token is content twice: where pieces of two attributions
// meet, the likelier one stays whole and the other goes. An attribution that has no
// piece left goes with it. owner has one place per token, all 0.
func settle(all []found, owner []int32) []found {
	type piece struct{ of, at int }
	var pieces []piece
	for i := range all {
		for k := range all[i].Content {
			pieces = append(pieces, piece{i, k})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int {
		switch pa, pb := all[a.of].pContent[a.at], all[b.of].pContent[b.at]; {
		case pa > pb:
			return -1
		case pa < pb:
			return 1
		}
		return 0
	})
	lost := make(map[piece]bool)
	for _, pc := range pieces {
		r := all[pc.of].Content[pc.at]
		if slices.ContainsFunc(owner[r.First:r.Past], func(o int32) bool { return o != 0 && o != int32(pc.of+1) }) {
			lost[pc] = true
			continue
		}
		for t := r.First; t < r.Past; t++ {
			owner[t] = int32(pc.of + 1)
		}
	}
	if len(lost) == 0 {
		return all
	}
	out := all[:0]
	for i, at := range all {
		var content []nlp.TokenRange
		for k, r := range at.Content {
			if !lost[piece{i, k}] {
				content = append(content, r)
			}
		}
		if at.Content = content; len(content) > 0 {
			out = append(out, at)
		}
	}
	return out
}
