package coref

import (
	"slices"

	"quoth"
	"quoth/nlp"
)

// isPair reports whether token t heads words for two persons of whom there was talk: "the two", "both leaders", "the pair".
func (sc *scratch) isPair(t int) bool {
	d := sc.d
	words := sc.sourceWords(t)
	if words.Len() > maxPair || d.MentionOf[t] >= 0 {
		return false
	}
	switch first := d.Lemmas[words.First]; {
	case first == "both" && words.Len() == 1, pairs[d.Lemmas[t]] && first == "the" && words.Len() == 2:
		return true
	case first == "both" && words.Len() == 2, first == "the" && words.Len() == 3 && d.Lemmas[words.First+1] == "two":
		return sc.noun(t).kind == humanNoun && sc.isPluralNoun(t)
	}
	return false
}

// maxPair is how many words such have.
const maxPair = 3

// pairs are nouns of two persons.
var pairs = nlp.WordSet("two pair duo")

// pairBefore returns the two persons together whom reference i means, "the two": the only two who are named in its sentence before it or, where
// nobody is, in the sentence before, or one as its subject in each of two: "Hale left. Renn stayed. Both men said …". -1 where there are not two.
func (sc *scratch) pairBefore(i int) int32 {
	r := &sc.refs[i]
	var all, others []int32          // others are named without being one of those that are looked for
	last, isSubject := r.sent, false // isSubject: one of them is the subject of sentence last
	for k := i - 1; k >= max(0, i-maxCandidates) && sc.refs[k].sent >= r.sent-2; k-- {
		c := &sc.refs[k]
		if c.sent < last {
			if len(all) > 0 && !(len(all) == 1 && isSubject && last == r.sent-1) || len(all) == 0 && c.sent < r.sent-1 {
				break
			}
			last, isSubject = c.sent, false
		}
		if c.party < 0 || sc.parties[c.party].kind != quoth.PersonParty || !sc.parties[c.party].isNamed {
			continue
		}
		if c.isQuoted || c.content > 0 && c.content != r.content && !sc.isMainSubject(c) || sc.rel(int(c.tok), possessive) || sc.isBeforeNoun(int(c.past)) {
			others = append(others, c.party)
			continue
		}
		isSubject = isSubject || sc.isMainSubject(c)
		if !slices.Contains(all, c.party) {
			all = append(all, c.party)
		}
	}
	if len(all) != 2 || last < r.sent-1 && (!isSubject || slices.ContainsFunc(others, func(p int32) bool { return !slices.Contains(all, p) })) {
		return -1
	}
	return sc.jointParty([]int32{all[1], all[0]})
}

// isBeforeNoun reports whether a noun, or a word joined by a hyphen, at token t makes of the name before it what something else is of: "a Hale
// appointee", "a Hale-appointed judge".
func (sc *scratch) isBeforeNoun(t int) bool {
	d := sc.d
	return t < len(d.Tokens) && (d.Word(t) == "-" && !d.Tokens[t].Space || d.UPOS[t] == nlp.NOUN && !sc.isTime(t) && !relativeDays[d.Word(t)] && sc.sentOf[t] == sc.sentOf[t-1])
}

// relativeDays are nouns of a day that stand behind a name without being its: "met Hale yesterday".
var relativeDays = nlp.WordSet("yesterday today tomorrow tonight")
