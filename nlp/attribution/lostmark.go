package attribution

import (
	"slices"
	"sort"

	"quoth/nlp"
)

// addLost gives an attribution the sentences behind it, up to the end of its paragraph, when a mark closes there that nothing opens:
// “It was old,” Hale wrote. It fell into the water.” What was found inside of them are words of that.
func (v *view) addLost(d *nlp.Doc) {
	var lost []nlp.TokenRange
	byEnd := make(map[int]int) // of the last quotation of a content, its attribution
	for q := range v.regs {
		r, ok := v.lostBehind(q)
		if !ok {
			continue
		}
		if len(lost) == 0 {
			for i, at := range d.Attributions {
				byEnd[at.Content[len(at.Content)-1].Past] = i
			}
		}
		i, ok := byEnd[v.regs[q].Past]
		if !ok {
			continue
		}
		if at := &d.Attributions[i]; len(at.Source) > 0 && len(at.Cue) > 0 && at.Cue[0].First >= v.regs[q].Past && at.Cue[0].Past <= r.First {
			at.Content = append(slices.Clip(at.Content), r)
			lost = append(lost, r)
		}
	}
	if len(lost) == 0 {
		return
	}
	d.Attributions = slices.DeleteFunc(d.Attributions, func(at nlp.Attribution) bool {
		first := at.Content[0].First
		k := sort.Search(len(lost), func(k int) bool { return lost[k].Past > first })
		return k < len(lost) && first >= lost[k].First
	})
}

// lostBehind is what stands behind the sentence of quotation q, the last of its paragraph, when that ends with a mark which
// nothing opens.
func (v *view) lostBehind(q int) (r nlp.TokenRange, ok bool) {
	d, reg := v.d, v.regs[q]
	block := v.blocks[v.words[reg.First].block]
	last := block.Past - 1
	if q+1 < len(v.regs) && v.regs[q+1].First < block.Past || d.Tokens[reg.Past-1].Mark != nlp.CloseMark || !isClosing(d.Word(last)) || d.Tokens[last].Mark != nlp.NoMark {
		return r, false
	}
	r = nlp.TokenRange{First: d.Sentences[v.words[reg.Past-1].sent].Past, Past: block.Past}
	return r, r.First < last && isEnd(d.Word(r.First-1))
}

// isClosing reports whether a word is a mark that closes a quotation.
func isClosing(word string) bool { return word == "”" || word == "\"" || word == "''" }
