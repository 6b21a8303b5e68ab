package attribution

import (
	"slices"

	"quoth/nlp"
)

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
