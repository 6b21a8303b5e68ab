package attribution

import (
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
)

// Quotations that no attribution covers are looked at once more. People put words in
// quotation marks that are no quotation, titles and nicknames above all; those are
// short, so a quotation has to be of some length and to hold a verb.
const (
	leastQuoteWords = 6
	// floatingConfidence is that of a quotation without any cue: on PolNeAR dev about
	// two in three of them are contents of some attribution.
	floatingConfidence = 0.6
	// A word beside an uncovered quotation is tried as its cue from these probabilities
	// on: the lower for what may be speech, the higher for a few words in marks. Tuned on
	// PolNeAR dev; flat from half to twice as much.
	leastSpeechCue = 0.04
	leastShortCue  = 0.2
	// cueReach is how many tokens from a quotation's ends its cue is looked for.
	cueReach = 12
)

// addSigned makes one attribution of a quotation that fills its block but for a signature,
// whatever the chains made of it; what is said inside of the quotation stays.
//
//	“We open in May.” — Zoë Hale, harbour master
func (s *Stage) addSigned(d *nlp.Doc, sc *scratch) {
	v := &sc.view
	for _, r := range v.regs {
		block := v.blocks[v.words[r.First].block]
		if r.First != block.First || d.Tokens[r.First].Flags.Has(nlp.InBackground) {
			continue
		}
		cue, source := v.signature(r.TokenRange)
		if cue == nil || !v.isSpeech(r.TokenRange) && !v.namesPerson(source) {
			continue
		}
		inside := func(pieces []nlp.TokenRange) bool {
			return len(pieces) > 0 && !slices.ContainsFunc(pieces, func(p nlp.TokenRange) bool { return p.First < r.First || p.Past > r.Past })
		}
		for i := range d.Attributions {
			if at := &d.Attributions[i]; len(at.Content) > 1 && !overlaps(at.Cue, block) && !overlaps(at.Source, block) && at.Content[0].Past <= block.First {
				at.Content = slices.DeleteFunc(at.Content, func(p nlp.TokenRange) bool { return p.First >= block.First && p.Past <= block.Past })
			}
		}
		d.Attributions = slices.DeleteFunc(d.Attributions, func(at nlp.Attribution) bool {
			touches := overlaps(at.Content, block) || overlaps(at.Cue, block) || overlaps(at.Source, block)
			return touches && !(inside(at.Cue) && inside(at.Content))
		})
		d.Attributions = append(d.Attributions, nlp.Attribution{Source: source, Cue: cue, Content: []nlp.TokenRange{r.TokenRange}, Confidence: turnConfidence})
	}
}

// coverQuotations finds attributions for the quotations that d.Attributions leaves out: under
// the likeliest cue beside each, as more of what was said before, or without any cue.
func (s *Stage) coverQuotations(d *nlp.Doc, sc *scratch) {
	if len(sc.view.regs) == 0 {
		return
	}
	covered, said := make([]bool, len(sc.view.regs)), make([]saying, len(d.Sentences))
	mark := func(i int) {
		for _, r := range d.Attributions[i].Content {
			for t := r.First; t < r.Past; t++ {
				if q := sc.view.words[t].region; q >= 0 {
					covered[q] = true
				}
			}
		}
		sc.view.keepLast(said, i)
	}
	for i := range d.Attributions {
		mark(i)
	}
	sc.view.joinLater(covered)
	for q, r := range sc.view.regs {
		if covered[q] || d.Tokens[r.First].Flags.Has(nlp.InBackground) {
			continue
		}
		speech := sc.view.isSpeech(r.TokenRange)
		least := float32(leastShortCue)
		if speech {
			least = leastSpeechCue
		}
		if c, ok := sc.view.cueBeside(r.TokenRange, least, sc.owner); ok {
			if ch, ok := s.choose(sc, c); ok && overlaps(ch.picked().Content, r.TokenRange) && (speech || ch.picked().Confidence >= s.least) && !sc.view.isTopic(ch.picked().Attribution) {
				at := ch.picked().Attribution
				sc.view.wholeLabel(&at)
				d.Attributions = append(d.Attributions, at)
				mark(len(d.Attributions) - 1)
				continue
			}
		}
		at := nlp.Attribution{Content: []nlp.TokenRange{r.TokenRange}, Confidence: floatingConfidence}
		at.Cue, at.Source = sc.view.signature(r.TokenRange)
		if !speech && !sc.view.namesPerson(at.Source) {
			continue
		}
		if at.Source == nil {
			at.Cue, at.Source = sc.view.namedBehind(r.TokenRange)
		}
		if at.Source == nil {
			at.Cue, at.Source = sc.view.announcedBy(r.TokenRange, said, sc.owner)
		}
		if at.Source == nil {
			var more int
			if at.Source, more = sc.view.sourceBefore(r.TokenRange, said); more >= 0 && !sc.view.isRepeated(r.TokenRange, d.Attributions[more].Content) {
				to := &d.Attributions[more]
				to.Content = append(slices.Clip(to.Content), r.TokenRange)
				slices.SortFunc(to.Content, func(a, b nlp.TokenRange) int { return a.First - b.First })
				continue
			}
			if at.Source == nil {
				at.Cue, at.Source = sc.view.introducedBy(r.TokenRange)
			}
		}
		d.Attributions = append(d.Attributions, at)
	}
}

// isRepeated reports whether quotation r gives words of the last of the pieces again: a pull quotation below its paragraph.
func (v *view) isRepeated(r nlp.TokenRange, pieces []nlp.TokenRange) bool {
	words := v.wordsIn(r)
	if len(words) < leastQuoteWords {
		return false
	}
	words = words[:min(len(words), maxSame)]
	said := v.wordsIn(pieces[len(pieces)-1])
	for k := 0; k+len(words) <= len(said); k++ {
		if slices.Equal(said[k:k+len(words)], words) {
			return true
		}
	}
	return false
}

// maxSame is how many words of a quotation are compared with those before it.
const maxSame = 40

// wordsIn are the words in r, without marks.
func (v *view) wordsIn(r nlp.TokenRange) []uint64 {
	words := make([]uint64, 0, r.Len())
	for t := r.First; t < r.Past; t++ {
		if !v.d.Tokens[t].Flags.Has(nlp.IsPunct) {
			words = append(words, v.d.Tokens[t].Lower)
		}
	}
	return words
}

// joinLater gives a quotation that fills its paragraph and does not end there to the attribution of the one that the next paragraph
// begins with: “It was old. | “It fell,” Hale wrote. Of several in a row, all.
func (v *view) joinLater(covered []bool) {
	d := v.d
	of := make(map[int]int)                   // of a quotation's first token, the attribution whose content begins there
	earlier := make(map[int][]nlp.TokenRange) // of an attribution, what is joined to it, the last first
	for i, at := range d.Attributions {
		if len(at.Source) > 0 {
			of[at.Content[0].First] = i
		}
	}
	for q := len(v.regs) - 2; q >= 0; q-- {
		r, next := v.regs[q].TokenRange, v.regs[q+1].TokenRange
		if covered[q] || v.blocks[v.words[r.First].block] != r || d.Tokens[r.Past-1].Mark == nlp.CloseMark || next.First != r.Past || d.Tokens[next.First].Mark != nlp.OpenMark || d.Tokens[r.First].Flags.Has(nlp.InBackground) {
			continue
		}
		if i, ok := of[next.First]; ok {
			earlier[i] = append(earlier[i], r)
			of[r.First], covered[q] = i, true
		}
	}
	for i, list := range earlier {
		slices.Reverse(list)
		d.Attributions[i].Content = append(list, d.Attributions[i].Content...)
	}
}

func overlaps(pieces []nlp.TokenRange, r nlp.TokenRange) bool {
	for _, p := range pieces {
		if p.First < r.Past && r.First < p.Past {
			return true
		}
	}
	return false
}

// isSpeech reports whether the tokens of r may be what somebody said.
func (v *view) isSpeech(r nlp.TokenRange) bool {
	words, verb := 0, false
	for t := r.First; t < r.Past; t++ {
		if !v.d.Tokens[t].Flags.Has(nlp.IsPunct) {
			words++
		}
		verb = verb || v.d.UPOS[t] == nlp.VERB || v.d.UPOS[t] == nlp.AUX
	}
	return words >= leastQuoteWords && verb
}

// cueBeside returns the likeliest cue of one word near the ends of r, in its block and
// outside quotations and of what is said already, of at least the probability least. Articles,
// pronouns and names are none.
func (v *view) cueBeside(r nlp.TokenRange, least float32, said []int32) (cue, bool) {
	best, at := least, -1
	block := v.words[r.First].block
	try := func(t int) {
		w := &v.words[t]
		switch v.d.UPOS[t] {
		case nlp.DET, nlp.PRON, nlp.PROPN:
			return
		}
		if w.block == block && w.region < 0 && w.cue == 0 && said[t] == 0 && v.p[t].cue > best {
			best, at = v.p[t].cue, t
		}
	}
	for t := max(0, r.First-cueReach); t < r.First; t++ {
		try(t)
	}
	for t := r.Past; t < min(len(v.words), r.Past+cueReach); t++ {
		try(t)
	}
	if at < 0 || !v.isSign(at) {
		return cue{}, false
	}
	return v.newCue(at, at+1, float64(best)), true
}

// saying is who says something in a sentence, the last time.
type saying struct {
	source []nlp.TokenRange
	cue    int // its first token
	of     int // index of the attribution
}

// keepLast keeps attribution i as the last saying of its sentence in said, if it is: one with a source
// and a cue outside of quotations and of clauses about a noun. "Who" and "you" are no source
// of what comes after.
func (v *view) keepLast(said []saying, i int) {
	at := v.d.Attributions[i]
	if len(at.Source) == 0 || len(at.Cue) == 0 {
		return
	}
	if s := at.Source[0]; s.Len() == 1 && v.d.UPOS[s.First] == nlp.PRON && !isThirdPerson[v.d.Lemmas[s.First]] {
		return
	}
	for t := at.Cue[0].First; t < at.Cue[0].Past; t++ {
		if v.bits[v.d.Rels[t]]&hasRelative != 0 {
			return
		}
	}
	t := at.Cue[0].First
	if last := &said[v.words[t].sent]; v.words[t].region < 0 && (last.source == nil || t > last.cue) {
		*last = saying{at.Source, t, i}
	}
}

// sourceBefore is who a quotation without any cue is of when it opens a sentence: the subject
// of the sentence before, when that is a name of somebody or "he" or "she", else the source
// of the last saying there, by sentence in said; none when all of that sentence is quoted. When that
// is the source of something said there, or what is said goes on to the end of the paragraph before,
// it is more of the same, and more is the attribution's index; else -1. What nobody is named for goes on
// only when its last paragraph did not close the quotation. In a paragraph of its own, a
// quotation is more only when it fills that, and not when it comes after a few words that are quoted.
//
//	Hale praised the plan. “It will bring the ferries back.”
//	Hale called the plan a good one. “It will bring the ferries back.”
func (v *view) sourceBefore(r nlp.TokenRange, said []saying) (source []nlp.TokenRange, more int) {
	next := v.d.Sentences[v.words[r.First].sent]
	before := v.textBefore(next.First)
	if kind := v.d.Blocks[next.Block].Kind; before < 0 || !kind.IsBody() || kind == quoth.Heading || !v.opens(r.First, next.First) {
		return nil, -1
	}
	i := v.words[before].sent
	s := v.d.Sentences[i]
	if !v.follows(next.Block, s.Block) {
		return nil, -1
	}
	fills := v.blocks[v.words[r.First].block] == r
	var told []nlp.TokenRange // who speaks in a sentence that announces quotations, if only in a clause about a noun
	if fills {
		for k, at := range v.d.Attributions {
			if len(at.Cue) > 0 && v.words[at.Cue[0].First].sent == i && len(at.Source) == 1 && v.d.Word(before) == ":" && isThirdPerson[v.d.Lemmas[at.Source[0].First]] {
				told = at.Source
			}
			end := at.Content[len(at.Content)-1]
			isOpen := v.words[end.Past-1].region >= 0 && v.d.Tokens[end.Past-1].Mark != nlp.CloseMark
			if end.Past == before+1 && len(at.Source) > 0 && at.Source[0].First > before {
				return nil, -1 // signed below
			}
			if end.Past == before+1 && (isOpen || len(at.Source) > 0 && v.isSpeech(end)) {
				return nil, k
			}
		}
	}
	last := said[i]
	if s.Block != next.Block && last.source != nil && isSide[strings.ToLower(v.d.Word(v.newCue(last.source[0].First, last.source[0].Past, 0).head))] {
		return nil, -1 // "The left likes the plan:" and what several of them write
	}
	if last.source == nil || s.Block != next.Block && (!fills || v.words[before].region >= 0) {
		last.of = -1
	}
	for t := s.First; t < s.Past; t++ {
		w := &v.words[t]
		if w.head >= 0 || w.subject < 0 || w.region >= 0 {
			continue
		}
		isAnnounced := v.d.Word(s.Past-1) == ":" && v.d.UPOS[t] == nlp.VERB && (v.d.UPOS[w.subject] == nlp.NOUN || v.d.UPOS[w.subject] == nlp.PROPN)
		if name := v.phraseOf(int(w.subject)); isAnnounced || v.isSomebody(int(w.subject), name) {
			if !overlaps(last.source, name) {
				last.of = -1
			}
			return []nlp.TokenRange{name}, last.of
		}
	}
	if last.source == nil {
		last.source = told
	}
	return last.source, last.of
}

// namedBehind is the cue and the source of a quotation that opens a sentence and ends with a comma, or asks or calls, and right behind which
// somebody is named: the verb there, if there is one. Where the quotation does not open the sentence, there has to be.
//
//	“It is old,” Zoë Hale, the mayor, on Monday.
func (v *view) namedBehind(r nlp.TokenRange) (cue, source []nlp.TokenRange) {
	d, t := v.d, r.Past
	if t+1 >= len(v.words) || v.words[t].block != v.words[r.First].block || d.Tokens[t-1].Mark != nlp.CloseMark || r.Len() < 3 {
		return nil, nil
	}
	switch d.Word(t - 2) {
	case ",", "?", "!":
	default:
		return nil, nil
	}
	name, ok := v.nameAt(t)
	if isThirdPerson[d.Lemmas[t]] {
		name, ok = nlp.TokenRange{First: t, Past: t + 1}, true
	}
	if !ok || name.Past >= len(v.words) {
		return nil, nil
	}
	isVerb := v.isFinite(name.Past) && d.UPOS[name.Past] == nlp.VERB
	isAlone := isVerb && name.Past+1 < len(v.words) && d.Word(name.Past+1) == "."
	switch {
	case isAlone, d.Word(t-2) == "," && v.opens(r.First, d.Sentences[v.words[r.First].sent].First) && (isVerb || name.Len() > 1 && d.UPOS[name.Past] == nlp.PUNCT):
	default:
		return nil, nil
	}
	if isVerb {
		cue = []nlp.TokenRange{{First: name.Past, Past: name.Past + 1}}
	}
	return cue, []nlp.TokenRange{name}
}

// textBefore is the last token before t that is no furniture; -1 without one.
func (v *view) textBefore(t int) int {
	for t--; t >= 0 && v.d.Tokens[t].Flags.Has(nlp.InBackground); t-- {
	}
	return t
}

// follows reports whether block b is a or the next one after it that is no furniture.
func (v *view) follows(b, a int) bool {
	for k := a + 1; k < b; k++ {
		if r := v.blocks[k]; r.Len() > 0 && !v.d.Tokens[r.First].Flags.Has(nlp.InBackground) {
			return false
		}
	}
	return true
}

// opens reports whether token t opens the sentence that begins at first, but for an adverb:
// "Specifically, “…”".
func (v *view) opens(t, first int) bool {
	return t == first || t == first+2 && v.d.UPOS[first] == nlp.ADV && v.d.Word(first+1) == ","
}

// isSomebody reports whether token t, whose phrase is r, stands for a person or an
// organization by its name, by "he" or "she", or by what is said in apposition.
func (v *view) isSomebody(t int, r nlp.TokenRange) bool {
	if isThirdPerson[v.d.Lemmas[t]] {
		return true
	}
	kind := func(t int) nlp.MentionKind { return nlp.MentionKind(v.words[t].kind) }
	if k := kind(t); k == nlp.Person || k == nlp.Organization {
		return true
	}
	for k := r.First; k < r.Past; k++ {
		if v.words[k].head == int32(t) && v.d.RelNames[v.d.Rels[k]] == "appos" && kind(k) == nlp.Person {
			return true
		}
	}
	return false
}

// maxSignature is the largest number of words of a name and title after a quotation.
const maxSignature = 12

// maxSignatureBelow is the largest number of words of a signature in a paragraph of its own.
const maxSignatureBelow = 40

// signature finds the source of a quotation that is signed, as in lists of voices and in
// press releases: the quotation, a dash, and a name with or without a title at the end
// of the block. The dash is the cue. Without one, a person and an outlet are the source, and there is no cue.
func (v *view) signature(r nlp.TokenRange) (cue, source []nlp.TokenRange) {
	block := v.words[r.First].block
	t := r.Past
	if t >= len(v.words) {
		return nil, nil
	}
	if v.words[t].block != block {
		if block := v.blocks[v.words[t].block]; v.d.Tokens[r.Past-1].Mark == nlp.CloseMark && v.isCredit(block) {
			return []nlp.TokenRange{}, []nlp.TokenRange{block}
		}
		return v.signatureOf(t)
	}
	if !isDash(v.d.Word(t)) {
		return v.bareSignature(r)
	}
	name := nlp.TokenRange{First: t + 1, Past: t + 1}
	for name.Past < len(v.words) && v.words[name.Past].block == block {
		name.Past++
	}
	if name.Len() == 0 || name.Len() > maxSignature {
		return nil, nil
	}
	if first := &v.d.Tokens[name.First]; !first.Flags.Has(nlp.IsCapital) && (name.Len() > 1 || first.Space) { // "—zoehale" is an account
		return v.signatureOf(t)
	}
	for k := name.First; k < name.Past; k++ {
		if v.d.UPOS[k] == nlp.VERB || v.d.UPOS[k] == nlp.AUX {
			return nil, nil
		}
	}
	return []nlp.TokenRange{{First: t, Past: t + 1}}, []nlp.TokenRange{name}
}

// signatureOf is the cue and the source of a quotation that is signed from token t to the end of the paragraph, with where or of what that
// was said: "-- Mayor Zoë Hale on MNN, talking about the pier."
func (v *view) signatureOf(t int) (cue, source []nlp.TokenRange) {
	d, block := v.d, v.blocks[v.words[t].block]
	if !isDash(d.Word(t)) || block.Past-t > maxSignatureBelow || d.Tokens[t].Flags.Has(nlp.InBackground) {
		return nil, nil
	}
	name := t + 1
	for ; ; name++ {
		if name >= min(block.Past, t+maxSignature) {
			return nil, nil
		}
		if m := d.MentionOf[name]; m >= 0 && d.Mentions[m].Kind == nlp.Person {
			name = d.Mentions[m].Past
			break
		}
		if u := d.UPOS[name]; u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ && u != nlp.NUM && (d.Word(name) != "-" || d.Tokens[name].Space) {
			return nil, nil
		}
	}
	past := name
	for past < block.Past && d.UPOS[past] != nlp.ADP && d.UPOS[past] != nlp.VERB && d.UPOS[past] != nlp.AUX && d.Tokens[past].Mark != nlp.OpenMark {
		past++
	}
	if past < block.Past && (d.UPOS[past] == nlp.AUX || d.UPOS[past] == nlp.VERB && d.Tag(past) != "VBG") {
		return nil, nil // "-- Zoë Hale contributed to this report"
	}
	for past > name && d.Tokens[past-1].Flags.Has(nlp.IsPunct) {
		past--
	}
	return []nlp.TokenRange{{First: t, Past: t + 1}}, []nlp.TokenRange{{First: t + 1, Past: past}}
}

// bareSignature is the source of a quotation that fills its block but for a name, a comma and an outlet: “We open in May.” Zoë Hale, Harbour
// Post.
func (v *view) bareSignature(r nlp.TokenRange) (cue, source []nlp.TokenRange) {
	d := v.d
	if d.Tokens[r.Past-1].Mark != nlp.CloseMark {
		return nil, nil
	}
	past := v.blocks[v.words[r.First].block].Past
	if d.Word(past-1) == "." {
		past--
	}
	name := nlp.TokenRange{First: r.Past, Past: past}
	if !v.isCredit(name) {
		return nil, nil
	}
	return []nlp.TokenRange{}, []nlp.TokenRange{name}
}

// isCredit reports whether r is the name of a person, or of several, a comma and an outlet.
func (v *view) isCredit(r nlp.TokenRange) bool {
	d := v.d
	m := d.MentionOf[r.First]
	if m < 0 || d.Mentions[m].Kind != nlp.Person || d.Mentions[m].First != r.First || d.Mentions[m].Len() < 2 || r.Len() > maxSignature {
		return false
	}
	comma := d.Mentions[m].Past
	if comma < r.Past && d.Word(comma) == "and" {
		if m = d.MentionOf[comma+1]; m < 0 || d.Mentions[m].Kind != nlp.Person {
			return false
		}
		comma = d.Mentions[m].Past
	}
	if comma+1 >= r.Past || d.Word(comma) != "," {
		return false
	}
	for k := comma + 1; k < r.Past; k++ {
		if isSmall := !d.Tokens[k].Flags.Has(nlp.IsCapital) && d.UPOS[k] != nlp.ADP && d.UPOS[k] != nlp.DET && d.UPOS[k] != nlp.CCONJ; isSmall {
			return false
		}
	}
	return true
}

// namesPerson reports whether pieces begin with the name of a person.
func (v *view) namesPerson(pieces []nlp.TokenRange) bool {
	if len(pieces) == 0 {
		return false
	}
	m := v.d.MentionOf[pieces[0].First]
	return m >= 0 && v.d.Mentions[m].Kind == nlp.Person
}

// isDash reports whether a word stands as a dash before the name of who wrote a post: a hyphen does, too.
func isDash(word string) bool { return word == "-" || nlp.IsDash(word) }
