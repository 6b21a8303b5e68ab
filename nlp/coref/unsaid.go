package coref

import "quoth/nlp"

// familiarSource returns the noun of a source that is not named but said to be close to
// what it speaks of, "a person familiar with the matter", and -1 for any other source.
// Parsers like to hang it from "matter".
func (sc *scratch) familiarSource(piece nlp.TokenRange) int {
	for t := piece.First; t+1 < piece.Past && t < piece.First+4; t++ {
		switch sc.noun(t).kind {
		case humanNoun, anonymousNoun, groupNoun:
			if sc.isNominal(t) && sc.isFamiliar(t) {
				return t
			}
		}
	}
	return -1
}

// judgeVerbs are verbs of what one says of another, who is the subject of their passive.
var judgeVerbs = nlp.WordSet("accuse blame criticize criticise condemn denounce praise mock fault attack ridicule lambaste chide rebuke applaud laud hail deride assail question press")

// isTold reports whether the source of attribution i, with the given head, is the one who
// was told, or judged: the subject of a passive. What is reported so is nobody's saying by name, as what "it
// was reported" is not.
func (sc *scratch) isTold(i, head int) bool {
	d := sc.d
	isIt := sc.words[d.Tokens[head].Lower].pron == it
	for _, r := range d.Attributions[i].Cue {
		for t := r.First; t < r.Past; t++ {
			if d.UPOS[t] == nlp.VERB && (isIt || tellVerbs[d.Lemmas[t]] || judgeVerbs[d.Lemmas[t]]) && sc.isPassive(t) && int(sc.subj[t]) == head {
				return true
			}
		}
	}
	return false
}

// carriedOver returns the speaker of attribution i, which has neither source nor cue, when
// it goes on with a quotation that the paragraph before leaves open: a new mark opens each
// paragraph of a long quotation, and only the last closes it. -1 when it does not.
func (sc *scratch) carriedOver(i int) int32 {
	d := sc.d
	first := d.Attributions[i].Content[0].First
	if !d.Tokens[first].Flags.Has(nlp.StartsBlock) || d.Tokens[first].Mark != nlp.OpenMark || first == 0 {
		return -1
	}
	block := d.Sentences[sc.sentOf[first-1]].Block
	isOpen := false
	for t := first - 1; t >= 0 && d.Sentences[sc.sentOf[t]].Block == block; t-- {
		if m := d.Tokens[t].Mark; m != nlp.NoMark {
			isOpen = m == nlp.OpenMark
			break
		}
	}
	if !isOpen {
		return -1
	}
	for k := i - 1; k >= 0 && k >= i-maxEnclosing; k-- {
		at := d.Attributions[k]
		if d.Sentences[sc.sentOf[at.Content[0].First]].Block == block && d.Speakers[k] >= 0 {
			return d.Speakers[k]
		}
	}
	return -1
}
