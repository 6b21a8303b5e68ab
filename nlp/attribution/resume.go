package attribution

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"quoth/nlp"
)

// resumeReach is how many tokens may stand between the two parts of a quotation that its cue interrupts.
const resumeReach = 40

// resume gives a quotation back to the one that it goes on from: “We have waited,” Hale said, pointing to a report, “and now
// we want an answer.” Where the first part ends with a comma inside its marks and the second begins in a small letter behind
// a comma, or a comma and "and", it is the same quotation, whatever the participle between them takes for its content.
func (v *view) resume(all []found) []found {
	for q := 1; q < len(v.regs); q++ {
		first, second := v.regs[q-1].TokenRange, v.regs[q].TokenRange
		comma := v.resumedBehind(first, second)
		if comma < 0 {
			continue
		}
		i := slices.IndexFunc(all, func(f found) bool {
			return f.cue.First >= first.Past && f.cue.Past < second.First && f.Content[len(f.Content)-1].Past == first.Past && !overlaps(f.Content, second)
		})
		if c := v.addedBefore(first.Past, second.First); i >= 0 && c.Len() > 0 {
			if !slices.ContainsFunc(all, func(f found) bool { return overlaps(f.Content, second) }) {
				all = append(all, v.added(all[i], c, second))
			}
			continue
		}
		if i < 0 || slices.ContainsFunc(all, func(f found) bool { return f.cue != all[i].cue && v.introduces(f, second) }) {
			continue // nobody says the first part, or the second is of another saying
		}
		for k := range all {
			if k != i {
				all[k].endAt(comma, second)
			}
		}
		all[i].Content, all[i].pContent = append(all[i].Content, second), append(all[i].pContent, all[i].pContent[len(all[i].pContent)-1])
		all = slices.DeleteFunc(all, func(f found) bool { return len(f.Content) == 0 })
	}
	return all
}

// apart gives what a second cue in the sentence adds to that one: “It is old,” Hale said, hastening to add, “but I like it.”
func (v *view) apart(all []found) []found {
	var more []found
	for i := range all {
		f := &all[i]
		for k := len(f.Content) - 1; k > 0; k-- {
			r := f.Content[k]
			if r.First < f.cue.Past || r.First-f.cue.Past > resumeReach || v.words[r.First].sent != v.words[f.cue.First].sent {
				continue
			}
			if c := v.addedBefore(f.cue.Past, r.First); c.Len() > 0 {
				more = append(more, v.added(*f, c, r))
				f.Content, f.pContent = slices.Delete(f.Content, k, k+1), slices.Delete(f.pContent, k, k+1)
			}
		}
	}
	for _, m := range more {
		all = slices.DeleteFunc(all, func(f found) bool { return f.cue.First < m.cue.Past && m.cue.First < f.cue.Past })
	}
	return append(all, more...)
}

// added is what the one who speaks in f adds by cue c: quotation r, and the clause that it stands in.
func (v *view) added(f found, c, r nlp.TokenRange) found {
	if v.d.Lemmas[c.Past] == "that" {
		r.First = c.Past
	}
	return found{
		Attribution: nlp.Attribution{Source: f.Source, Cue: []nlp.TokenRange{c}, Content: []nlp.TokenRange{r}, Confidence: f.Confidence},
		cue:         v.newCue(c.First, c.Past, f.cue.p), pSource: f.pSource, pContent: []float64{f.pContent[len(f.pContent)-1]},
	}
}

// addedBefore is the cue between tokens first and past by which one who speaks says more, as a participle or after one:
// "adding later", "going on to say that"; empty without one. Its clause leads to past.
func (v *view) addedBefore(first, past int) nlp.TokenRange {
	d := v.d
	for t := past - 1; t >= first && v.words[t].region < 0; t-- {
		if !isAdding[d.Lemmas[t]] || d.UPOS[t] != nlp.VERB {
			continue
		}
		from := t
		if d.Tag(t) == "VB" && t-1 > first && d.Lemmas[t-1] == "to" {
			for from = t - 2; from > first && t-from < maxAdverbs+2 && d.Tag(from) != "VBG"; from-- {
			}
		}
		if d.Tag(from) != "VBG" || d.Lemmas[t+1] != "that" && !v.areAdverbs(t+1, past) {
			return nlp.TokenRange{}
		}
		return nlp.TokenRange{First: from, Past: t + 1}
	}
	return nlp.TokenRange{}
}

// areAdverbs reports whether there are only adverbs, days and marks among the tokens from first up to past.
func (v *view) areAdverbs(first, past int) bool {
	for t := first; t < past; t++ {
		if v.d.UPOS[t] != nlp.ADV && v.d.UPOS[t] != nlp.PUNCT && nlp.MentionKind(v.words[t].kind) != nlp.Date {
			return false
		}
	}
	return true
}

// introduces reports whether f is a saying of quotation q: its cue stands right before q, or q is within its clause, "adding
// that the road, “while wide, is not safe”".
func (v *view) introduces(f found, q nlp.TokenRange) bool {
	return f.cue.Past == q.First || f.cue.Past == q.First-1 || overlaps(f.Content, q) && v.d.Lemmas[f.Content[0].First] == "that"
}

// resumedBehind is the comma behind which quotation b is typeset as the rest of a, -1 where it is not.
func (v *view) resumedBehind(a, b nlp.TokenRange) int {
	d := v.d
	if b.First-a.Past > resumeReach || v.words[a.First].block != v.words[b.First].block || a.Len() < 3 || b.Len() < 3 || d.Tokens[a.Past-1].Mark != nlp.CloseMark || d.Word(a.Past-2) != "," {
		return -1
	}
	comma := b.First - 1
	if w := d.Word(comma); w == "and" || w == "but" {
		comma--
	}
	if first, _ := utf8.DecodeRuneInString(d.Word(b.First + 1)); comma <= a.Past || d.Word(comma) != "," || !unicode.IsLower(first) {
		return -1
	}
	for t := a.Past; t < b.First; t++ {
		switch d.Word(t) {
		case ".", "?", "!", ";", ":":
			return -1
		}
	}
	return comma
}

// endAt takes what stands in quotation q, and from the comma before it, from the content.
func (f *found) endAt(comma int, q nlp.TokenRange) {
	for k := len(f.Content) - 1; k >= 0; k-- {
		switch r := &f.Content[k]; {
		case r.Past <= q.First || r.First >= q.Past:
		case r.First < comma:
			r.Past = comma
		default:
			f.Content, f.pContent = slices.Delete(f.Content, k, k+1), slices.Delete(f.pContent, k, k+1)
		}
	}
}
