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
		if i < 0 || slices.ContainsFunc(all, func(f found) bool { return v.introduces(f, second) }) {
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
