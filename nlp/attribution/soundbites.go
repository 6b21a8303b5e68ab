package attribution

import (
	"slices"

	"quoth/nlp"
)

// maxSoundbite is the largest number of tokens between the mark of a soundbite and what is heard.
const maxSoundbite = 14

// addSoundbites adds what is heard in a script for a broadcast, behind the mark of a recording and who speaks. What was found in it
// otherwise, but of that one, goes.
//
//	SOT: ZOË HALE “We open in May.”
//	SOUNDBITE (English) Zoë Hale, mayor of Marrow: “We open in May.”
func (v *view) addSoundbites(d *nlp.Doc) {
	heard := map[int32]nlp.Attribution{} // of a quotation, what it is
	for q, r := range v.regs {
		if at, ok := v.soundbite(r.TokenRange); ok {
			heard[int32(q)] = at
		}
	}
	if len(heard) == 0 {
		return
	}
	d.Attributions = slices.DeleteFunc(d.Attributions, func(old nlp.Attribution) bool {
		for t := old.Content[0].First; t < old.Content[0].Past; t++ {
			q := v.words[t].region
			at, ok := heard[q]
			if !ok || len(old.Cue) > 0 && v.regs[q].Contains(old.Cue[0].First) {
				continue
			}
			if !overlaps(old.Source, at.Source[0]) || isSoundbite[d.Word(old.Source[0].First)] {
				return true
			}
			delete(heard, q)
			return false
		}
		return false
	})
	for q := range v.regs {
		if at, ok := heard[int32(q)]; ok {
			d.Attributions = append(d.Attributions, at)
		}
	}
	for i := range d.Attributions {
		at := &d.Attributions[i]
		for k := len(at.Content) - 1; k > 0; k-- {
			if _, ok := heard[v.words[at.Content[k].First].region]; ok {
				at.Content = slices.Delete(slices.Clone(at.Content), k, k+1)
			}
		}
	}
}

// soundbite reads what stands before quotation r as the mark of a soundbite and who speaks in it.
func (v *view) soundbite(r nlp.TokenRange) (at nlp.Attribution, ok bool) {
	d, mark := v.d, r.First-1
	for ; mark >= max(0, r.First-maxSoundbite) && v.sameBlock(mark, r.First) && v.words[mark].region < 0 && !isSoundbite[d.Word(mark)]; mark-- {
	}
	if mark < 0 || !v.sameBlock(mark, r.First) || !isSoundbite[d.Word(mark)] || d.Word(mark+1) == "OF" {
		return at, false // "(SOUNDBITE OF SONG, “THE FERRY”)"
	}
	name := nlp.TokenRange{First: mark + 1}
	for name.First < r.First && (d.Tokens[name.First].Flags.Has(nlp.IsPunct) || d.UPOS[name.First] == nlp.ADP || isSoundbite[d.Word(name.First)] || d.Word(name.First-1) == "(") {
		name.First++
	}
	for name.Past = name.First; name.Past < r.First && !v.endsLabel(name.Past); name.Past++ {
	}
	for name.Len() > 0 && d.Tokens[name.Past-1].Flags.Has(nlp.IsPunct) {
		name.Past--
	}
	if name.Len() <= 0 {
		return at, false
	}
	return nlp.Attribution{
		Source: []nlp.TokenRange{name}, Cue: []nlp.TokenRange{{First: mark, Past: mark + 1}},
		Content: []nlp.TokenRange{r}, Confidence: turnConfidence,
	}, true
}

// endsLabel reports whether the name in the label of a soundbite ends before token t: at a sign, where it is from, or a verb.
func (v *view) endsLabel(t int) bool {
	switch w := v.d.Word(t); {
	case w == ":" || w == ">" || w == "." || isDash(w):
		return true
	case v.d.Tokens[t].Flags.Has(nlp.HasDigit), v.d.UPOS[t] == nlp.VERB, v.d.UPOS[t] == nlp.ADP && v.d.Lemmas[t] != "of":
		return true
	}
	return false
}
