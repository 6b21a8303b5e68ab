package english

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// factuality tells whether the article says that attribution i took place (Pareti 2012,
// section 4.4): "she did not say", "if he says", "did she say?" do not. It looks at the
// words that hang from the cue, its source, and the clause that it stands in.
func factuality(d *nlp.Doc, at nlp.Attribution) quoth.Factuality {
	if len(at.Cue) == 0 || isTurn(d, at) {
		return quoth.Factual
	}
	head := headOf(d, at.Cue[0])
	if isNegated(d, at, head) || isNothing(d, at, head) || isUnproved(d, head) || isDenied(d, at, head) || isAtNoTime(d, head) {
		return quoth.Negated
	}
	if isSupposed(d, at, head) || isPerhaps(d, at, head) || isConditioned(d, at, head) {
		return quoth.Hypothetical
	}
	if isAskedFor(d, at, head) {
		return quoth.Questioned
	}
	return quoth.Factual
}

// cueReach is how many tokens before the head of a cue what belongs to it may stand.
const cueReach = 8

var (
	// negations hang from what does not happen.
	negations = map[string]bool{"not": true, "n't": true, "n’t": true, "never": true, "nor": true, "neither": true, "nowhere": true, "without": true}
	// nobodies are sources that are none.
	nobodies = nlp.WordSet("nobody none neither nothing")
	// refusals before a saying in the infinitive say that it did not take place.
	refusals = nlp.WordSet("decline refuse fail forget avoid neglect unable")
	// deniers are verbs that, negated, deny the saying that they govern: "does not mean that she wants".
	deniers = nlp.WordSet("mean recall remember")
	// noTimes are nouns of times and ways behind "no": "at no point did she say".
	noTimes = nlp.WordSet("point time stage moment way circumstance occasion")
	// perhapses are adverbs of what may be or not.
	perhapses = nlp.WordSet("perhaps maybe possibly")
	// stipulations stand before "on" and what has not happened yet.
	stipulations = nlp.WordSet("condition contingent depend dependent hinge")
	// onlys after a negation add something to the saying.
	onlys = nlp.WordSet("only just merely simply solely")
	// unsaid are nouns of sayings that "no" before them denies.
	unsaid = nlp.WordSet("indication sign hint mention comment promise commitment announcement reference")
	// undone are words that a negation turns into their contrary: who is "not shy about saying" says it.
	undone = nlp.WordSet("shy afraid ashamed bashful hesitant reluctant hesitate tire resist help implausible unreasonable unfair unusual uncommon")
	// proofs are nouns of what would show that somebody has said something.
	proofs = nlp.WordSet("evidence proof indication suggestion sign record")
	// lacks stand before what there is none of.
	lacks = nlp.WordSet("no absent without little scant not n't")
	// conditions introduce what may be or not.
	conditions = map[string]bool{"if": true, "unless": true, "whether": true, "lest": true}
	// possibilities are modal verbs: what is said with them has not been said yet, and may never be.
	possibilities = map[string]bool{"may": true, "might": true, "could": true, "would": true, "should": true, "can": true, "must": true, "will": true, "shall": true, "wo": true, "ca": true, "'ll": true, "’ll": true, "'d": true, "’d": true}
)

// isNegated reports whether the saying with head t is said not to have taken place.
func isNegated(d *nlp.Doc, at nlp.Attribution, t int) bool {
	for k := max(0, t-cueReach); k < t; k++ {
		if int(d.Heads[k]) == t && negates(d, k) && !isSaid(d, at, k) {
			return true
		}
	}
	if h := int(d.Heads[t]); h >= 0 && h < t && t-h <= cueReach && !isSaid(d, at, h) && (refuses(d, h) && isNonFinite(d, t) && d.RelNames[d.Rels[t]] != "advcl" || isAlternative(d, t, h)) {
		return true
	}
	for _, r := range at.Cue {
		for k := r.First; k < r.Past; k++ {
			if d.Lemmas[k] == "no" && k+1 < len(d.Tokens) && unsaid[d.Lemmas[k+1]] {
				return true
			}
			// "declined to say": whichever of the two verbs is taken for the head; who "said without elaborating" said it.
			if k != t && (negates(d, k) && (d.Lemmas[k] != "without" || k == r.First) || refuses(d, k) || refuses(d, t) && d.UPOS[k] == nlp.VERB) {
				return true
			}
		}
	}
	if len(at.Source) == 0 {
		return isOfNobody(d, t)
	}
	s := at.Source[0].First
	return nobodies[d.Lemmas[s]] || d.Lemmas[s] == "no" && d.UPOS[s] == nlp.DET
}

// isOfNobody reports whether the subject of the verb at t is nobody: "no one at the ferry had been told".
func isOfNobody(d *nlp.Doc, t int) bool {
	for k := t - 1; k >= max(0, t-2*cueReach); k-- {
		if rel := d.RelNames[d.Rels[k]]; int(d.Heads[k]) == t && (rel == "nsubj" || rel == "nsubj:pass") {
			return nobodies[d.Lemmas[k]] || k > 0 && d.Lemmas[k] == "one" && d.Lemmas[k-1] == "no"
		}
	}
	return false
}

// isDenied reports whether the saying with head t is what a verb before it denies: "does not mean that she wants", "I don't recall
// him complaining".
func isDenied(d *nlp.Doc, at nlp.Attribution, t int) bool {
	h := int(d.Heads[t])
	if h < 0 || h >= t || t-h > cueReach || !deniers[d.Lemmas[h]] || d.Tokens[h].Depth != d.Tokens[t].Depth || at.Says(h) {
		return false
	}
	switch d.RelNames[d.Rels[t]] {
	case "conj", "parataxis", "advcl":
		return false
	}
	return hasNegation(d, h, cueReach)
}

// hasNegation reports whether a negation hangs from the verb at t, at most reach tokens before it: "did not respond".
func hasNegation(d *nlp.Doc, t, reach int) bool {
	for k := max(0, t-reach); k < t; k++ {
		if int(d.Heads[k]) == t && negates(d, k) {
			return true
		}
	}
	return false
}

// isAtNoTime reports whether the sentence of the verb at t begins with a time or a way that there is none of, and an auxiliary stands
// before its subject: "at no point did she say", "at no point, her office insisted, did she say".
func isAtNoTime(d *nlp.Doc, t int) bool {
	first := d.Sentences[sentenceAt(d, t)].First
	if first+2 >= t || d.Lemmas[first+1] != "no" || !noTimes[d.Lemmas[first+2]] || d.Tokens[first].Depth != d.Tokens[t].Depth {
		return false
	}
	hasSubject := false
	for k := t - 1; k > max(first+2, t-2*cueReach); k-- {
		rel := d.RelNames[d.Rels[k]]
		hasSubject = hasSubject || int(d.Heads[k]) == t && (rel == "nsubj" || rel == "nsubj:pass")
		if hasSubject && int(d.Heads[k]) == t && (d.UPOS[k] == nlp.AUX || d.Lemmas[k] == "do") {
			return true
		}
	}
	return false
}

// isPerhaps reports whether "perhaps" stands before the verb at t and hangs from it: "Perhaps Hale believes that".
func isPerhaps(d *nlp.Doc, at nlp.Attribution, t int) bool {
	if d.UPOS[t] != nlp.VERB && d.UPOS[t] != nlp.ADJ {
		return false
	}
	for k := max(0, t-cueReach); k < t; k++ {
		if int(d.Heads[k]) == t && perhapses[d.Lemmas[k]] && d.UPOS[k] == nlp.ADV && d.Word(k+1) != "," && !isSaid(d, at, k) {
			return true
		}
	}
	return false
}

// isConditioned reports whether the saying of attribution at is what something else depends on: "conditioned on Hale announcing".
func isConditioned(d *nlp.Doc, at nlp.Attribution, t int) bool {
	if d.Tag(t) != "VBG" || len(at.Source) == 0 {
		return false
	}
	k := at.Source[0].First - 1
	return k > 0 && k < t && (d.Lemmas[k] == "on" || d.Lemmas[k] == "upon") && stipulations[d.Lemmas[k-1]]
}

// isNothing reports whether nothing was said of what the content tells: "said nothing about the bridge", and not "said nothing
// would change".
func isNothing(d *nlp.Doc, at nlp.Attribution, t int) bool {
	first := at.Content[0].First
	if d.Lemmas[first] != "nothing" || d.Tokens[first].Depth > 0 || first != t+1 || first+1 == len(d.Tokens) {
		return false
	}
	switch d.Lemmas[first+1] {
	case "about", "of", "on", "regarding", "concerning":
	default:
		return false
	}
	for k := first + 2; k < at.Content[0].Past; k++ {
		switch tag := d.Tag(k); {
		case tag == "VBD", tag == "VBZ", tag == "VBP", tag == "MD":
			return false // said nothing of the sort had happened
		case strings.HasPrefix(tag, "W"), tag == "PRP", d.UPOS[k] == nlp.SCONJ, d.UPOS[k] == nlp.PUNCT:
			return true
		}
	}
	return true
}

// isUnproved reports whether the saying with head t is what there is no proof of: "absent any evidence that she called".
func isUnproved(d *nlp.Doc, t int) bool {
	h := int(d.Heads[t])
	if h < 1 || h >= t || d.UPOS[h] != nlp.NOUN || !proofs[d.Lemmas[h]] || d.Lemmas[h+1] != "that" {
		return false
	}
	if d.Lemmas[h-1] == "any" {
		h--
	}
	return h > 0 && lacks[d.Lemmas[h-1]]
}

// isNonFinite reports whether the verb at t is an infinitive or a participle: "declined to say", and not "enrolment has
// declined, but Hale says".
func isNonFinite(d *nlp.Doc, t int) bool {
	return d.Tag(t) != "VBD" && d.Tag(t) != "VBZ" && d.Tag(t) != "VBP"
}

// isAlternative reports whether the verb at t is told by "or" of the same subject after the verb h, which does not happen: "has
// not chosen a site, or announced a date".
func isAlternative(d *nlp.Doc, t, h int) bool {
	hasOr := false
	for k := h + 1; k < t; k++ {
		if int(d.Heads[k]) != t {
			continue
		}
		if rel := d.RelNames[d.Rels[k]]; rel == "nsubj" || rel == "nsubj:pass" {
			return false
		}
		hasOr = hasOr || d.Lemmas[k] == "or"
	}
	if !hasOr || d.UPOS[h] != nlp.VERB {
		return false
	}
	for k := max(0, h-cueReach); k < h; k++ {
		if int(d.Heads[k]) == h && negates(d, k) {
			return true
		}
	}
	return false
}

// isSaid reports whether token k belongs to the words of attribution at, though parsers may hang it from the cue: "“It is not,” she
// said", "It must, she said, be …".
func isSaid(d *nlp.Doc, at nlp.Attribution, k int) bool {
	if at.Says(k) {
		return true
	}
	if len(at.Source) == 0 || at.Source[0].First <= k+1 {
		return false
	}
	before := at.Source[0].First - 1
	return d.Word(before) == "," || d.Tokens[before].Mark == nlp.CloseMark
}

// negates reports whether token k negates what it stands before: "not only", "not shy about", "without question" and "goes
// without saying" do not.
func negates(d *nlp.Doc, k int) bool {
	if !negations[d.Lemmas[k]] || d.Lemmas[k] == "without" && (k > 0 && d.Lemmas[k-1] == "go" || d.Heads[k] < 0 || d.UPOS[d.Heads[k]] != nlp.VERB) {
		return false
	}
	next := k + 1
	return next == len(d.Tokens) || !onlys[d.Lemmas[next]] && !undone[d.Lemmas[next]] && !refusals[d.Lemmas[next]]
}

// refuses reports whether token k says that the saying in the infinitive did not take place: "fail" does, "did
// not fail" does not.
func refuses(d *nlp.Doc, k int) bool {
	return refusals[d.Lemmas[k]] && (k == 0 || !negations[d.Lemmas[k-1]])
}

// isSupposed reports whether the saying with head t stands in a condition or under a verb
// of possibility. What hangs deeper, such as "she would say so if asked", is not looked
// into.
func isSupposed(d *nlp.Doc, at nlp.Attribution, t int) bool {
	if d.UPOS[t] != nlp.VERB && d.UPOS[t] != nlp.ADJ {
		return false
	}
	for k := max(0, t-cueReach); k < t; k++ {
		if int(d.Heads[k]) != t || at.Says(k) {
			continue
		}
		if conditions[d.Lemmas[k]] && (d.UPOS[k] == nlp.SCONJ || d.UPOS[k] == nlp.CCONJ) || d.UPOS[k] == nlp.AUX && possibilities[d.Lemmas[k]] && !isHedge(d, k, t) && !isNamedMay(d, k, t) && !isSaid(d, at, k) {
			return true
		}
	}
	return isAlsoSupposed(d, at, t)
}

// isAlsoSupposed reports whether the infinitive at t is joined to a verb of possibility: "can hold a hearing and urge".
func isAlsoSupposed(d *nlp.Doc, at nlp.Attribution, t int) bool {
	h := int(d.Heads[t])
	if h < 0 || h >= t || d.Tag(t) != "VB" || d.RelNames[d.Rels[t]] != "conj" || at.Says(h) {
		return false
	}
	for k := h + 1; k < t; k++ {
		if rel := d.RelNames[d.Rels[k]]; int(d.Heads[k]) == t && (d.Lemmas[k] == "to" || rel == "nsubj" || rel == "nsubj:pass") {
			return false // it might rain, and officials warn
		}
	}
	for k := max(0, h-cueReach); k < h; k++ {
		if int(d.Heads[k]) == h && d.UPOS[k] == nlp.AUX && possibilities[d.Lemmas[k]] {
			return !isHedge(d, k, h) && !at.Says(k)
		}
	}
	return false
}

// wishes are verbs that tell a wish with "would".
var wishes = nlp.WordSet("like love prefer hate")

// isNamedMay reports whether "May" at k is a name before the verb at t, which after a modal could have no ending: "May promised".
func isNamedMay(d *nlp.Doc, k, t int) bool {
	if d.Word(k) != "May" || strings.EqualFold(d.Word(t), d.Lemmas[t]) {
		return false
	}
	for a := k + 1; a < t; a++ {
		if d.UPOS[a] == nlp.AUX {
			return false // May Hale have promised
		}
	}
	return true
}

// isHedge reports whether the modal at k only softens what is being said: "I would say
// that …", "I must say", "she would like", "she would say only that", "she could not resist saying".
func isHedge(d *nlp.Doc, k, t int) bool {
	if wishes[d.Lemmas[t]] && (d.Lemmas[k] == "would" || d.Lemmas[k] == "'d" || d.Lemmas[k] == "’d") {
		return true
	}
	isCould := d.Lemmas[k] == "could" || d.Lemmas[k] == "can" || d.Lemmas[k] == "ca"
	if isCould && k+2 < len(d.Tokens) && negations[d.Lemmas[k+1]] && undone[d.Lemmas[k+2]] {
		return true
	}
	if d.Lemmas[k] == "would" && d.Lemmas[t] == "say" && (d.Lemmas[t-1] == "only" || d.Lemmas[min(t+1, len(d.Tokens)-1)] == "only") {
		return true
	}
	return (d.Lemmas[k] == "would" || d.Lemmas[k] == "must" || d.Lemmas[k] == "can" || d.Lemmas[k] == "'d" || d.Lemmas[k] == "’d") && k > 0 && (d.Lemmas[k-1] == "I" || d.Lemmas[k-1] == "we")
}

// isAskedFor reports whether the reporter asks if the saying took place: its sentence ends
// in a question mark, and it is the sentence's own verb, outside of any quotation.
func isAskedFor(d *nlp.Doc, at nlp.Attribution, t int) bool {
	if d.Tokens[t].Depth > 0 || d.Heads[t] >= 0 {
		return false
	}
	s := d.Sentences[sentenceAt(d, t)]
	last := s.Past - 1
	if d.Word(last) != "?" || d.Tokens[last].Depth > 0 {
		return false
	}
	// "Will it open? asked Hale", "Hale asked: Will it open?": the mark belongs to the words.
	for _, r := range at.Content {
		if r.Contains(last) && t > r.First {
			return false
		}
	}
	for k := t + 1; k < last; k++ {
		if d.Word(k) == ":" && d.Tokens[k].Depth == 0 {
			return false
		}
	}
	return true
}
