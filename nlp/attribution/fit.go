package attribution

import (
	"slices"

	"quoth/nlp"
)

// A chain decides on one token after another and often cuts a quotation or takes a word
// too many. fitQuotations adds to the analyses of a cue those that come of fitting the
// content of the best one to the quotations it touches, to be chosen from with the rest.
func (v *view) fitQuotations(all []found, w nlp.TokenRange, p []float32) []found {
	if len(all) == 0 {
		return all
	}
	best := all[0]
	add := func(way int, content []nlp.TokenRange) {
		if len(content) == 0 || slices.ContainsFunc(all, func(at found) bool {
			return slices.Equal(at.Content, content) && slices.EqualFunc(at.Source, best.Source, func(a, b nlp.TokenRange) bool { return a == b })
		}) {
			return
		}
		at := best
		at.rank, at.Content, at.pContent = analyses+way, content, nil
		for _, r := range content {
			sum := float32(0)
			for t := r.First; t < r.Past; t++ {
				if w.Contains(t) {
					sum += p[(t-w.First)*numRoles+beginContent] + p[(t-w.First)*numRoles+inContent]
				}
			}
			at.pContent = append(at.pContent, float64(sum)/float64(r.Len()))
		}
		all = append(all, at)
	}
	add(0, v.wholeQuotations(best))
	inside := v.insideQuotations(best.Content)
	add(1, inside)
	if len(inside) > 1 {
		near := slices.MinFunc(inside, func(a, b nlp.TokenRange) int { return gap(a, best.cue) - gap(b, best.cue) })
		add(2, []nlp.TokenRange{near})
	}
	for i, q := range v.quotationsBeside(best.Content) {
		if q >= 0 && !overlaps(best.Content, v.regs[q].TokenRange) && !overlaps(best.Source, v.regs[q].TokenRange) && !best.cue.Contains(v.regs[q].First) {
			content := append(slices.Clone(best.Content), v.regs[q].TokenRange)
			slices.SortFunc(content, func(a, b nlp.TokenRange) int { return a.First - b.First })
			add(3+i, content)
		}
	}
	return all
}

func gap(r nlp.TokenRange, c cue) int { return max(r.First-c.Past, c.First-r.Past) }

// wholeQuotations is the content of at with every quotation that it touches taken whole,
// except one that the cue or the source is in.
func (v *view) wholeQuotations(at found) []nlp.TokenRange {
	var out []nlp.TokenRange
	for _, r := range at.Content {
		for _, t := range []int{r.First, r.Past - 1} {
			q := v.words[t].region
			if q < 0 {
				continue
			}
			reg := v.regs[q].TokenRange
			if overlaps([]nlp.TokenRange{at.cue.TokenRange}, reg) || overlaps(at.Source, reg) {
				continue
			}
			r.First, r.Past = min(r.First, reg.First), max(r.Past, reg.Past)
		}
		if n := len(out); n > 0 && out[n-1].Past >= r.First {
			out[n-1].Past = max(out[n-1].Past, r.Past)
			continue
		}
		out = append(out, r)
	}
	return out
}

// insideQuotations is what of content stands in quotations.
func (v *view) insideQuotations(content []nlp.TokenRange) []nlp.TokenRange {
	var out []nlp.TokenRange
	for _, r := range content {
		for t := r.First; t < r.Past; t++ {
			q := v.words[t].region
			if q < 0 {
				continue
			}
			past := min(r.Past, v.regs[q].Past)
			out = append(out, nlp.TokenRange{First: t, Past: past})
			t = past - 1
		}
	}
	return out
}

// quotationsBeside are the last quotation before the content and the first after it in
// their blocks, within markReach tokens and the length of a cue with its source; -1 where
// there is none.
func (v *view) quotationsBeside(content []nlp.TokenRange) [2]int32 {
	out := [2]int32{-1, -1}
	first, last := content[0].First, content[len(content)-1].Past-1
	for i := 1; i <= 3*markReach && (out[0] < 0 || out[1] < 0); i++ {
		if q := v.regionAt(first-i, v.blocks[v.words[first].block]); out[0] < 0 && q >= 0 {
			out[0] = q
		}
		if q := v.regionAt(last+i, v.blocks[v.words[last].block]); out[1] < 0 && q >= 0 {
			out[1] = q
		}
	}
	return out
}
