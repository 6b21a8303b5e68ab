package attribution

import "quoth/nlp"

// maxIntroduction is the largest number of tokens between who speaks and the colon before a quotation that tell where and when.
const maxIntroduction = 12

// introducedBy is the cue and the source of a quotation that nobody is said to say, behind a colon: the colon, and the subject of the
// clause before it, or the name that stands there without a verb.
//
//	Hale fanned the flames with five words: “We do not have money.”
//	Zoë Hale, writing for the Harbour Post: “It is a dream.”
func (v *view) introducedBy(r nlp.TokenRange) (cue, source []nlp.TokenRange) {
	d, colon := v.d, v.textBefore(r.First)
	if colon < 0 || d.Word(colon) != ":" || !v.follows(int(v.words[r.First].block), int(v.words[colon].block)) {
		return nil, nil
	}
	s := d.Sentences[v.words[colon].sent]
	cue = []nlp.TokenRange{{First: colon, Past: colon + 1}}
	for t := max(s.First, colon-maxTurnName); t < colon; t++ {
		if isDash(d.Word(t)) && d.Tokens[t].Space {
			return nil, nil // "Hale praises the plan - MNN: “…”"
		}
	}
	isVerbless := true
	for t := s.First; t < colon; t++ {
		w := &v.words[t]
		if w.region >= 0 {
			continue
		}
		isVerbless = isVerbless && !v.isFinite(t)
		if w.head >= 0 || w.subject < int32(s.First) || w.subject > int32(t) || d.UPOS[t] != nlp.VERB || w.children&hasPassive != 0 || isQuoting[d.Lemmas[t]] {
			continue
		}
		if name := v.phraseOf(int(w.subject)); v.isSomebody(int(w.subject), name) {
			return cue, []nlp.TokenRange{name}
		}
	}
	if name, ok := v.nameAt(s.First); ok && isVerbless && name.Past < colon && (d.Word(name.Past) == "," || d.UPOS[name.Past] == nlp.ADP) && colon-name.Past <= maxIntroduction {
		return cue, []nlp.TokenRange{name}
	}
	return nil, nil
}

// announcedBy is the cue and the source of a quotation that nobody is said to say, right behind a verb of saying and its colon. said are the last
// sayings of the sentences, owner tells which tokens are contents.
//
//	The mayor then continued: | “We do not have money.”
func (v *view) announcedBy(r nlp.TokenRange, said []saying, owner []int32) (cue, source []nlp.TokenRange) {
	d, colon := v.d, v.textBefore(r.First)
	t := colon - 1
	if t < 1 || d.Word(colon) != ":" || !isAnnouncing[d.Lemmas[t]] || d.UPOS[t] != nlp.VERB || owner[t] != 0 || v.words[t].region >= 0 || v.isPassive(t) {
		return nil, nil
	}
	s := int(v.words[t].subject)
	if s < d.Sentences[v.words[t].sent].First || s >= t || !v.follows(int(v.words[r.First].block), int(v.words[t].block)) {
		return nil, nil
	}
	name := v.phraseOf(s)
	if name.Past > t || t-name.Past > maxHelping || d.UPOS[s] == nlp.PRON && !isThirdPerson[d.Lemmas[s]] {
		return nil, nil
	}
	if last := said[v.words[t].sent]; last.source != nil && last.cue >= name.Past {
		return nil, nil // and something else was said
	}
	return []nlp.TokenRange{{First: name.Past, Past: colon + 1}}, []nlp.TokenRange{name}
}

// maxHelping is how many auxiliaries and adverbs stand before the verb of a cue.
const maxHelping = 2

// nameAt is the name of a person that begins at token t, with the titles before it.
func (v *view) nameAt(t int) (name nlp.TokenRange, ok bool) {
	for k := t; k < min(len(v.words), t+maxTurnName); k++ {
		if m := v.d.MentionOf[k]; m >= 0 && v.d.Mentions[m].Kind == nlp.Person {
			return nlp.TokenRange{First: t, Past: v.d.Mentions[m].Past}, true
		}
		if u := v.d.UPOS[k]; u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ {
			break
		}
	}
	return nlp.TokenRange{}, false
}

// wholeLabel gives an attribution whose cue is a colon what else stands before that of who speaks, and where: the name before a title,
// "Zoë Hale, chief pilot:", and the place behind the name, "Hale on Twitter this morning:".
func (v *view) wholeLabel(at *nlp.Attribution) {
	d := v.d
	if len(at.Source) != 1 || len(at.Cue) != 1 || at.Cue[0].Len() != 1 || d.Word(at.Cue[0].First) != ":" {
		return
	}
	source, colon := &at.Source[0], at.Cue[0].First
	if comma := source.First - 1; comma > 0 && d.Word(comma) == "," && source.Past == colon && v.words[comma].sent == v.words[colon].sent && !v.hasPerson(*source) {
		if m := d.MentionOf[comma-1]; m >= 0 && d.Mentions[m].Kind == nlp.Person && d.Mentions[m].Past == comma && (d.Mentions[m].First == 0 || d.UPOS[d.Mentions[m].First-1] != nlp.ADP) {
			source.First = d.Mentions[m].First
		}
		return
	}
	if source.Past >= colon || colon-source.Past > maxIntroduction || d.UPOS[source.Past] != nlp.ADP || v.words[source.First].sent != v.words[colon].sent {
		return
	}
	for t := d.Sentences[v.words[colon].sent].First; t < colon; t++ {
		if v.isFinite(t) || v.words[t].region >= 0 {
			return
		}
	}
	at.Cue[0].First = source.Past
}

// hasPerson reports whether r holds the name of a person.
func (v *view) hasPerson(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if nlp.MentionKind(v.words[t].kind) == nlp.Person && v.d.MentionOf[t] >= 0 {
			return true
		}
	}
	return false
}
