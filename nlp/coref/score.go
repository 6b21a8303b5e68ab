package coref

import (
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
)

// wants says what a reference asks of its antecedent.
type wants struct {
	pron  pronoun
	noun  word    // of a description
	reach int32   // sentences back
	least float64 // score from which on an antecedent is taken
	wing  wing    // the party that a description names
	place uint64  // and the place
}

// maxCandidates bounds the references looked at for one.
const maxCandidates = 40

// candidate is a party with its score.
type candidate struct {
	party int32
	score float64
	more  float64 // for the number of its mentions
	// isHere says that the paragraph of the reference names it before.
	isHere bool
}

// best returns the party that reference i most likely means, -1 if none is likely.
func (sc *scratch) best(i int, w wants) int32 {
	var room [maxCandidates]candidate
	cs := room[:0]
	r := &sc.refs[i]
	// isFirst says that the pronoun is the first of its kind in the sentence that opens a paragraph.
	isOne := (w.pron == he || w.pron == she) && !r.isQuoted
	isFirst := isOne && sc.d.Tokens[sc.d.Sentences[r.sent].First].Flags.Has(nlp.StartsBlock)
	for k := i - 1; isFirst && k >= 0 && sc.refs[k].sent == r.sent; k-- {
		isFirst = sc.refs[k].pron != w.pron
	}
	sent := sc.sentenceOf(r)
	isShifted := false // somebody else has been the subject of a sentence since
	bound := int32(-1) // whom the words of the same content bind the pronoun to
	for k, n := i-1, 0; k >= 0 && n < maxCandidates; k, n = k-1, n+1 {
		c := &sc.refs[k]
		if sent-c.sent > w.reach {
			break
		}
		if c.party < 0 || !sc.possible(r, c) || sc.isNamedIn(sc.sourceOf[r.tok], c.party) {
			continue
		}
		agreement, ok := sc.agrees(&sc.parties[c.party], w)
		if !ok || sc.isFromElsewhere(c.party, w.place) {
			continue
		}
		if w.place != 0 && sc.parties[c.party].home == w.place {
			agreement += homeBonus
		}
		if w.wing != noWing && sc.parties[c.party].wing == noWing {
			agreement -= noWingMalus
		}
		s := agreement + sc.salience(r, c, max(0, sent-c.sent))
		if isShifted {
			s -= shiftMalus
		}
		if isFirst && c.sent == r.sent && c.isName && (c.content == 0 || c.content == r.content) && agreement >= 0 {
			s += ownSentence
		}
		if bound < 0 && isOne && agreement >= 0 && sc.binds(c, r) {
			bound = c.party
		}
		at := -1
		for j := range cs {
			if cs[j].party == c.party {
				at = j
			}
		}
		isHere := c.isName && sc.d.Sentences[c.sent].Block == sc.d.Sentences[r.sent].Block
		if at < 0 {
			cs = append(cs, candidate{c.party, s, 0, isHere})
			isShifted = isShifted || isOne && agreement >= 0 && c.sent < sent && c.isName && c.content == 0 && sc.isMainSubject(c)
			continue
		}
		cs[at].score = max(cs[at].score, s)
		cs[at].more = min(cs[at].more+again, mostAgain)
		cs[at].isHere = cs[at].isHere || isHere
	}
	best := candidate{party: -1, score: w.least}
	other := sc.coArgument(i)
	isMixed := slices.ContainsFunc(cs, func(c candidate) bool { return c.isHere != cs[0].isHere })
	for _, c := range cs {
		if c.party == other {
			continue
		}
		c.score += c.more
		if c.isHere && isMixed {
			c.score += paragraphBonus
		}
		if c.party == sc.lastSpeaker && c.score > 0 && !r.isQuoted {
			c.score += lastSpeakerBonus
		}
		if c.party == bound {
			c.score += boundBonus
		}
		if c.score > best.score {
			best = c
		}
	}
	return best.party
}

// maxApart is how many tokens after a subject the object of its verb is looked for.
const maxApart = 80

// coArgument returns the party named after reference i as object of the same verb, or called so
// by an office, who is somebody else: "The mayor wished Arkell well." "He met the mayor." -1 if
// there is none.
func (sc *scratch) coArgument(i int) int32 {
	d := sc.d
	r := &sc.refs[i]
	h := d.Heads[r.tok]
	if h < 0 || !r.isSubject {
		return -1
	}
	for t := int(r.tok) + 1; t < min(d.Sentences[r.sent].Past, int(r.tok)+maxApart); t++ {
		if d.Heads[t] != h || !sc.rel(t, object) {
			continue
		}
		if p := sc.mentionParty(t); p >= 0 {
			return p
		}
		if !sc.isDefiniteHuman(t) {
			return -1
		}
		called := int32(-1)
		sc.byRole.each(sc.noun(t).role, func(p int32) bool {
			if called < 0 || sc.parties[p].seen > sc.parties[called].seen {
				called = p
			}
			return true
		})
		return called
	}
	return -1
}

// The weights of an antecedent's evidence, set by hand on statements-gold dev.
const (
	again            = 0.25 // for each further mention in reach
	mostAgain        = 0.75
	lastSpeakerBonus = 0.6
	// paragraphBonus is for those whom the paragraph names, beside others whom it does not.
	paragraphBonus = 1.0
	subjectBonus   = 1.5
	// previousSubject is more for one named as the subject of the sentence before, the
	// centre that the next one prefers (Grosz, Joshi and Weinstein 1995).
	previousSubject = 1.0
	// ownerBonus is for whom a subject belongs to: "Hale's words hurt. He …".
	ownerBonus = 1.5
	// ownSubject is more for the subject of a clause that the pronoun is part of.
	ownSubject = 1.0
	// boundBonus is for whom the content of the pronoun binds it to, since who says that is in mind too.
	boundBonus  = 4.2
	sourceBonus = 1.0
	sameGender  = 1.0
	// ownSentence is for those whom the sentence that opens a paragraph names before its first pronoun.
	ownSentence = 3.0
	// homeBonus is for whom the text says to be of the state that a description names.
	homeBonus = 1.5
	// noWingMalus is against those whose party the text does not tell, where a description names one.
	noWingMalus = 1.0
	priorWeight = 1.5
	// shiftMalus is against those of whom there was talk only before somebody else was the subject of a sentence.
	shiftMalus = 1.5
)

// recency is the score of an antecedent so many sentences back.
var recency = [...]float64{2.8, 2.4, 1.4, 0.7, 0.3, 0, -0.3}

// possible reports whether c can be an antecedent of r at all.
func (sc *scratch) possible(r, c *ref) bool {
	d := sc.d
	if (c.isQuoted && !r.isQuoted) || (c.pron == first && r.pron != first) {
		return false
	}
	if d.Tokens[c.tok].Flags.Has(nlp.InBackground) {
		return false // a byline: the writer is "I" at most
	}
	if a := sc.sourceOf[r.tok]; a > 0 && c.content == a && !sc.opensBefore(c, a-1) {
		return false // what somebody says does not name them
	}
	if r.isQuoted && r.content > 0 && sc.d.Speakers[sc.wordsOf(r)-1] == c.party {
		return false // the one who speaks is "I"
	}
	// "Hale told him": subject and object of one verb are two, unless reflexive.
	return d.Heads[r.tok] < 0 || sc.rel(int(r.tok), possessive) || c.isName && sc.isTopic(int(c.tok)) || d.Heads[r.tok] != d.Heads[c.tok] && !sc.isSharedSubject(c, r)
}

// wordsOf returns 1 + the attribution whose very words r is part of.
func (sc *scratch) wordsOf(r *ref) int32 {
	if a := sc.turnOf[r.tok]; a > 0 && sc.d.Tokens[r.tok].Depth == 0 {
		return a
	}
	return r.content
}

// isSharedSubject reports whether c is the subject of an earlier verb that the one with object r shares: "Hale introduced Renn
// and praised him".
func (sc *scratch) isSharedSubject(c, r *ref) bool {
	if !sc.rel(int(r.tok), object) {
		return false
	}
	verb := int(sc.d.Heads[r.tok])
	for steps := 0; verb >= 0 && steps < maxPhrase && sc.subj[verb] < 0 && sc.rel(verb, conjunct); steps++ {
		verb = int(sc.d.Heads[verb])
	}
	return verb >= 0 && sc.subj[verb] == c.tok
}

// sentenceOf is the sentence from which the antecedents of r are counted: the first of what it says, when it follows that, for
// nobody is more out of mind after a long quotation than after a short one. (Of many, "they said", it is not so.)
func (sc *scratch) sentenceOf(r *ref) int32 {
	if a := sc.sourceOf[r.tok]; a > 0 && !r.isQuoted && r.pron != they && r.pron != it {
		if first := sc.sentOf[sc.d.Attributions[a-1].Content[0].First]; first < r.sent {
			return first
		}
	}
	return r.sent
}

// salience scores how much in mind c, so many sentences before, is at r.
func (sc *scratch) salience(r, c *ref, apart int32) float64 {
	s := recency[min(int(apart), len(recency)-1)]
	if r.isQuoted && r.content > 0 {
		return s + sc.topicality(r, c)
	}
	if c.isSubject {
		s += subjectBonus
		if apart == 1 && c.isName {
			s += previousSubject
		}
		if r.sent == c.sent && sc.governs(c, r) {
			s += ownSubject
		}
	}
	if apart == 1 && c.isName && sc.isAsked(int(c.tok)) {
		s += subjectBonus + previousSubject
	}
	if c.isName && (apart == 1 && sc.opensWith(int(c.tok)) || apart <= 1 && sc.isTopic(int(c.tok))) {
		s += subjectBonus + previousSubject + sourceBonus
	}
	s += sc.questioned(r, c, apart)
	if c.isSource {
		s += sourceBonus
	}
	if c.content != 0 && c.content != r.content && !c.isSource {
		s -= 1
	}
	if sc.rel(int(c.tok), possessive) {
		s -= 0.3
		if h := sc.d.Heads[c.tok]; c.isName && h >= 0 && sc.rel(int(h), subject) {
			s += ownerBonus
			if apart == 0 && r.isSubject && r.content == c.content && sc.isAlone(c, r) {
				s += subjectBonus + previousSubject
			}
		}
	}
	if c.pron == r.pron && c.pron != notPronoun {
		s += 0.5
	}
	if sc.parties[c.party].count > 3 {
		s += 0.4
	}
	return s
}

// isAlone reports whether no other person is named between c and r.
func (sc *scratch) isAlone(c, r *ref) bool {
	if r.tok-c.past > maxApart {
		return false
	}
	for t := int(c.past); t < int(r.tok); t++ {
		if p := sc.mentionParty(t); p >= 0 && p != c.party && sc.parties[p].kind == quoth.PersonParty {
			return false
		}
	}
	return true
}

// isAsked reports whether somebody spoke with the one named at t, whom the next sentence is about: "The Coast Post spoke with Zora Quill."
func (sc *scratch) isAsked(t int) bool {
	d := sc.d
	h := int(d.Heads[t])
	return h >= 0 && h < t && speaking[d.Lemmas[h]] && d.Heads[h] < 0 && (sc.rel(t, object) || d.RelNames[d.Rels[t]] == "obl" && sc.isAfterPreposition(t, h))
}

// speaking are verbs for asking somebody.
var speaking = nlp.WordSet("speak talk interview")

// opensWith reports whether the sentence begins with how the person named at t sees it: "To the pilot Zora Quill, the bridge is ugly."
func (sc *scratch) opensWith(t int) bool {
	d := sc.d
	m, first := d.MentionOf[t], d.Sentences[sc.sentOf[t]].First
	if m < 0 || !viewing[d.Lemmas[first]] {
		return false
	}
	name, start := d.Mentions[m], first+1
	if d.Tokens[start].Lower == sc.hash.the {
		start++
	}
	return name.Kind == nlp.Person && name.Len() > 1 && name.Past < len(d.Tokens) && d.Word(name.Past) == "," && name.First-first < maxName && sc.isModifiers(start, name.First)
}

// isTopic reports whether the sentence begins with turning to the one named at t: "As for Zora Quill, she wants to leave."
func (sc *scratch) isTopic(t int) bool {
	d := sc.d
	m, first := d.MentionOf[t], d.Sentences[sc.sentOf[t]].First
	if m < 0 || t < first+2 || d.Lemmas[first] != "as" || d.Word(first+1) != "for" {
		return false
	}
	name := d.Mentions[m]
	return name.First > first+1 && name.Past < len(d.Tokens) && d.Word(name.Past) == "," && name.First-first < maxName && sc.isModifiers(first+2, name.First)
}

// viewing are prepositions before those who see something in some way.
var viewing = nlp.WordSet("to for")

// questioned scores c for the pronoun r, so many sentences after a question: high who is asked, low who asks: "Hale asked Renn whether he
// would stand. He replied …".
func (sc *scratch) questioned(r, c *ref, apart int32) float64 {
	isAnswer := apart <= 1 && sc.isCued(sc.sourceOf[r.tok], answering)
	if r.isQuoted || !isAnswer && !(apart == 0 && sc.asksAbout(r)) {
		return 0
	}
	switch h := sc.d.Heads[c.tok]; {
	case sc.isCued(sc.sourceOf[c.tok], asks):
		return -subjectBonus - previousSubject
	case h >= 0 && asks[sc.d.Lemmas[h]] && sc.rel(int(c.tok), object):
		return subjectBonus + previousSubject
	}
	return 0
}

// answering are verbs of answering.
var answering = nlp.WordSet("answer reply respond retort")

// asksAbout reports whether r is the subject of what is asked: "Hale asked Renn whether he would stand".
func (sc *scratch) asksAbout(r *ref) bool {
	return r.content > 0 && r.isSubject && sc.isCued(r.content, asks) && openQuestion[sc.d.Lemmas[sc.d.Attributions[r.content-1].Content[0].First]]
}

// openQuestion are the words that open a question which is not quoted.
var openQuestion = nlp.WordSet("whether if why how when what where who which")

// isCued reports whether the cue of attribution a-1 has one of the verbs; a is 0 for none.
func (sc *scratch) isCued(a int32, verbs map[string]bool) bool {
	if a == 0 {
		return false
	}
	for _, piece := range sc.d.Attributions[a-1].Cue {
		for t := piece.First; t < piece.Past; t++ {
			if sc.d.UPOS[t] == nlp.VERB && verbs[sc.d.Lemmas[t]] {
				return true
			}
		}
	}
	return false
}

// isMainSubject reports whether c is the subject of the verb that its sentence hangs from.
func (sc *scratch) isMainSubject(c *ref) bool {
	h := sc.d.Heads[c.tok]
	return c.isSubject && h >= 0 && sc.d.Heads[h] < 0
}

// governs reports whether c is the subject of a verb above r in the tree: "Hale sold her
// boat".
func (sc *scratch) governs(c, r *ref) bool {
	verb := sc.d.Heads[c.tok]
	if verb < 0 {
		return false
	}
	t := sc.d.Heads[r.tok]
	for steps := 0; t >= 0 && steps < maxPhrase; steps++ {
		if t == verb {
			return true
		}
		t = sc.d.Heads[t]
	}
	return false
}

// binds reports whether c is the subject of a verb above r within what somebody says, or is named there before as an owner, or as an
// object before whose something is: "Hale said that Renn had sold his boat", "that Renn's words hurt his party", "praised Renn for his words".
func (sc *scratch) binds(c, r *ref) bool {
	if r.content == 0 || c.content != r.content {
		return false
	}
	isOwner := sc.rel(int(r.tok), possessive)
	switch {
	case c.isSubject:
		return sc.governs(c, r) && !(sc.rel(int(r.tok), object) && sc.subj[sc.d.Heads[r.tok]] < 0)
	case !c.isName:
		return false
	case sc.rel(int(c.tok), possessive):
		h := sc.d.Heads[c.tok]
		return (isOwner || r.isSubject) && h >= 0 && sc.rel(int(h), subject)
	}
	return isOwner && sc.rel(int(c.tok), object) && sc.governs(c, r) && (reasons[sc.d.Word(int(r.tok)-1)] || sc.isToDo(c, r))
}

// reasons are prepositions before that of somebody for which they are praised or blamed.
var reasons = nlp.WordSet("for about on over of")

// isToDo reports whether r belongs to what c, an object, is to do: "asked Renn to sell his boat".
func (sc *scratch) isToDo(c, r *ref) bool {
	d := sc.d
	for t, steps := d.Heads[r.tok], 0; t >= 0 && steps < maxPhrase; t, steps = d.Heads[t], steps+1 {
		if d.UPOS[t] == nlp.VERB {
			return d.Heads[t] == d.Heads[c.tok] && d.RelNames[d.Rels[t]] == "xcomp"
		}
	}
	return false
}

// topicality scores how much c is what the quotation around r speaks of: those who
// are quoted nearby are less so than those whom they speak of.
func (sc *scratch) topicality(r, c *ref) float64 {
	s := 0.0
	if c.isSubject {
		s += 0.7
	}
	if c.isSource {
		s -= 0.7
	}
	if c.content != 0 {
		s += 0.7
	}
	if c.content == r.content {
		s += 0.5
	}
	if c.pron == r.pron && c.pron != notPronoun {
		s += 0.5
	}
	return s + min(0.15*float64(sc.parties[c.party].count), 3)
}

// agrees scores how well p agrees with w in kind, number and gender; false: not at all.
func (sc *scratch) agrees(p *party, w wants) (float64, bool) {
	switch w.pron {
	case he, she:
		if p.kind != quoth.PersonParty && (p.kind != quoth.AnonymousParty || p.isPlural) {
			return 0, false
		}
		return gender(p, w.pron == she)
	case it:
		return 0, (p.kind == quoth.OrganizationParty || p.kind == quoth.DocumentParty) && !p.isPlural && !sc.isHashtag(p)
	case they:
		switch {
		case sc.isHashtag(p):
			return 0, false
		case p.isPlural:
			return 1, true
		case p.kind == quoth.OrganizationParty && !p.isPlace:
			return -0.5, true
		}
		return 0, false
	}
	if p.kind != quoth.PersonParty || !p.isNamed || (w.wing != noWing && p.wing != noWing && w.wing != p.wing) {
		return 0, false
	}
	if w.noun.female || w.noun.male {
		g, ok := gender(p, w.noun.female)
		return g, ok && g > -0.5 // "the businessman" is not she
	}
	return 0, true
}

// isHashtag reports whether the name of p is a tag: "#SaveTheBridge" is nobody.
func (sc *scratch) isHashtag(p *party) bool {
	return p.joint == nil && (strings.HasPrefix(sc.d.Word(p.name.First), "#") || p.name.First > 0 && sc.d.Word(p.name.First-1) == "#")
}

// gender scores p as a woman, or else a man.
func gender(p *party, female bool) (float64, bool) {
	yes, no, prior := p.female, p.male, p.prior
	if !female {
		yes, no, prior = no, yes, -prior
	}
	switch {
	case no > yes+1:
		return 0, false
	case yes > no:
		return sameGender, true
	case prior <= -surelyNamed:
		return 0, false
	case no > yes:
		return -1.5, true
	}
	return min(sameGender, priorWeight*prior), true
}
