package attribution

import (
	"slices"
	"sort"

	"quoth"
	"quoth/nlp"
)

// maxLost is the largest number of paragraphs after the one that opens a quotation without a mark of their own.
const maxLost = 4

// addLost gives an attribution the sentences behind it, up to the end of its paragraph, when a mark closes there that nothing opens:
// “It was old,” Hale wrote. It fell into the water.” The same for the paragraphs after one that opens a quotation. What was found
// inside of them are words of that.
func (v *view) addLost(d *nlp.Doc) {
	var lost []nlp.TokenRange
	byEnd := make(map[int]int) // of the last quotation of a content, its attribution
	for q := range v.regs {
		more := v.lostBelow(q)
		if r, ok := v.lostBehind(q); ok {
			more = append(more, r)
		}
		if len(more) == 0 {
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
		if at := &d.Attributions[i]; len(at.Cue) == 0 || len(at.Source) > 0 && at.Cue[0].Past <= more[0].First {
			at.Content = append(slices.Clip(at.Content), more...)
			lost = append(lost, more...)
		}
	}
	v.dropWithin(d, lost)
}

// dropWithin takes out the attributions whose content begins in one of pieces, which are in order.
func (v *view) dropWithin(d *nlp.Doc, pieces []nlp.TokenRange) {
	if len(pieces) == 0 {
		return
	}
	d.Attributions = slices.DeleteFunc(d.Attributions, func(at nlp.Attribution) bool {
		first := at.Content[0].First
		k := sort.Search(len(pieces), func(k int) bool { return pieces[k].Past > first })
		return k < len(pieces) && first >= pieces[k].First
	})
}

// lostBelow are the paragraphs after that of quotation q, which opens it and does not close it, up to one that ends with a mark
// of the same form which nothing opens; none where no such one follows, or another such mark opens before. Marks of the other form stand inside.
func (v *view) lostBelow(q int) []nlp.TokenRange {
	d, reg := v.d, v.regs[q]
	own, isStraight := int(v.words[reg.First].block), d.Word(reg.First) == "\""
	if reg.Past != v.blocks[own].Past || d.Tokens[reg.Past-1].Mark == nlp.CloseMark {
		return nil
	}
	for b := own + 1; b < min(len(v.blocks), own+1+maxLost); b++ {
		r := v.blocks[b]
		if r.Len() == 0 || d.Blocks[b].Kind != quoth.Paragraph {
			return nil
		}
		t := r.First
		for t < r.Past && !v.isLostMark(t) {
			if d.Tokens[t].Mark == nlp.OpenMark && (d.Word(t) == "\"") == isStraight {
				return nil
			}
			t++
		}
		if t == r.Past-1 && (d.Word(t) == "\"") == isStraight {
			return v.blocks[own+1 : b+1 : b+1]
		} else if t < r.Past {
			return nil // words of somebody else: Hale added: ”It fell.”
		}
	}
	return nil
}

// lostBehind is what stands behind the sentence of quotation q, the last of its paragraph, when that ends with a mark which
// nothing opens.
func (v *view) lostBehind(q int) (r nlp.TokenRange, ok bool) {
	d, reg := v.d, v.regs[q]
	block := v.blocks[v.words[reg.First].block]
	last := block.Past - 1
	if q+1 < len(v.regs) && v.regs[q+1].First < block.Past || d.Tokens[reg.Past-1].Mark != nlp.CloseMark || !v.isLostMark(last) {
		return r, false
	}
	r = nlp.TokenRange{First: d.Sentences[v.words[reg.Past-1].sent].Past, Past: block.Past}
	return r, r.First < last && isEnd(d.Word(r.First-1))
}

// isLostMark reports whether token t is a mark that closes a quotation which nothing opens.
func (v *view) isLostMark(t int) bool {
	w := v.d.Word(t)
	return v.d.Tokens[t].Mark == nlp.NoMark && (w == "”" || w == "\"" || w == "''")
}
