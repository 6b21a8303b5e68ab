package coref

import (
	"math"
	"slices"
	"sort"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
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
	for k, n := i-1, 0; k >= 0 && n < maxCandidates; k, n = k-1, n+1 {
		c := &sc.refs[k]
		if r.sent-c.sent > w.reach {
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
		s := agreement + sc.salience(r, c)
		at := -1
		for j := range cs {
			if cs[j].party == c.party {
				at = j
			}
		}
		isHere := c.isName && sc.d.Sentences[c.sent].Block == sc.d.Sentences[r.sent].Block
		if at < 0 {
			cs = append(cs, candidate{c.party, s, 0, isHere})
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
		if d.Heads[t] != h || !sc.rel(t, isObject) {
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
	// ownSubject is more for the subject of a clause that the pronoun is part of.
	ownSubject  = 1.0
	sourceBonus = 1.0
	sameGender  = 1.0
	// homeBonus is for whom the text says to be of the state that a description names.
	homeBonus = 1.5
	// noWingMalus is against those whose party the text does not tell, where a description names one.
	noWingMalus = 1.0
	priorWeight = 1.5
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
	if r.isQuoted && r.content > 0 {
		if sc.d.Speakers[r.content-1] == c.party {
			return false // the one who speaks is "I"
		}
	}
	// "Hale told him": subject and object of one verb are two, unless reflexive.
	return d.Heads[r.tok] < 0 || d.Heads[r.tok] != d.Heads[c.tok] || sc.rel(int(r.tok), isPossessive)
}

// salience scores how much in mind c is at r.
func (sc *scratch) salience(r, c *ref) float64 {
	s := recency[min(int(r.sent-c.sent), len(recency)-1)]
	if r.isQuoted && r.content > 0 {
		return s + sc.topicality(r, c)
	}
	if c.isSubject {
		s += subjectBonus
		if r.sent-c.sent == 1 && c.isName {
			s += previousSubject
		}
		if r.sent == c.sent && sc.governs(c, r) {
			s += ownSubject
		}
	}
	if c.isSource {
		s += sourceBonus
	}
	if c.content != 0 && c.content != r.content && !c.isSource {
		s -= 1
	}
	if sc.rel(int(c.tok), isPossessive) {
		s -= 0.3
	}
	if c.pron == r.pron && c.pron != notPronoun {
		s += 0.5
	}
	if sc.parties[c.party].count > 3 {
		s += 0.4
	}
	return s
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
		return 0, (p.kind == quoth.OrganizationParty || p.kind == quoth.DocumentParty) && !p.isPlural
	case they:
		switch {
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
	case no > yes:
		return -1.5, true
	}
	return min(sameGender, priorWeight*prior), true
}

// resolveNoun returns the party that the description i means, -1 if none.
func (sc *scratch) resolveNoun(i int) int32 {
	d := sc.d
	r := &sc.refs[i]
	t := int(r.tok)
	w := sc.noun(t)
	det := sc.determiner(t)
	plural := sc.isPluralNoun(t)
	if p := sc.described(t); p >= 0 {
		return p
	}
	if r.isSource && d.Tokens[t].Flags.Has(nlp.IsCapital) && det == bare {
		if p := sc.knownName(t); p >= 0 {
			return p
		}
		if m := d.MentionOf[t]; m >= 0 && d.Mentions[m].Kind == nlp.Date {
			return -1 // "On March 9: …"
		}
		if sc.isTurn(t) {
			if words := sc.sourceWords(t); words.Len() > 1 || len(d.Word(t)) > 1 {
				if n := sc.core(nlp.Mention{TokenRange: words, Kind: nlp.Person}); n.parts > 0 {
					return sc.newNamed(n, nlp.Person)
				}
			}
			return sc.describe(i, quoth.AnonymousParty) // the Q or A of an interview
		}
	}
	if (det == definite || det == possessed || det == bare && d.Sentences[r.sent].Block <= 1) && !plural {
		if p := sc.byRoleOf(i, w, det); p >= 0 {
			return p
		}
	}
	if !plural {
		if p := sc.byWords(i, w, det); p >= 0 {
			return p
		}
		if p := sc.issuer(t, det); p >= 0 {
			return p
		}
	}
	if det == definite && !plural {
		if p := sc.byDescription(i, w); p >= 0 {
			return p
		}
	}
	if !r.isSource {
		return -1
	}
	if d.UPOS[t] == nlp.PROPN && det != definite && w.kind == otherNoun {
		return sc.unlistedName(i)
	}
	return sc.describe(i, sc.kindOf(t, w, det, plural))
}

// isTurn reports whether token t heads the source of a turn in a transcript: "HALE: …".
func (sc *scratch) isTurn(t int) bool {
	d := sc.d
	a := sc.sourceOf[t]
	if a == 0 {
		return false
	}
	cue := d.Attributions[a-1].Cue
	return len(cue) == 1 && cue[0].Len() == 1 && d.Word(cue[0].First) == ":" && cue[0].First == d.Attributions[a-1].Source[0].Past
}

// byRoleOf returns the person whom the article calls by the noun of description i: the
// last one mentioned before it, in a headline also one named after it.
func (sc *scratch) byRoleOf(i int, w word, det determiner) int32 {
	if w.kind != humanNoun && w.kind != anonymousNoun {
		return -1
	}
	t := int(sc.refs[i].tok)
	switch first := sc.phraseStart(t); {
	case sc.d.Lemmas[first] == "whose", t > first && (sc.d.Lemmas[t-1] == "next" || sc.d.Lemmas[first+1] == "next" && det == definite):
		return -1 // of a party just named; nobody yet
	}
	side := sc.wingBefore(t)
	isFormer := sc.isFormer(t)
	best, several, was := int32(-1), false, false // was: the best one is called so of the past
	isPlain := false                              // the best one is called so with nothing that says of what
	sc.byRole.each(w.role, func(p int32) bool {
		q := &sc.parties[p]
		if side != noWing && q.wing != noWing && q.wing != side || sc.isNamedIn(sc.sourceOf[t], p) || sc.isCalledOtherwise(p, t, w.role) {
			return true
		}
		if w.female || w.male {
			if g, ok := gender(q, w.female); !ok || g < 0 {
				return true // "the businessman" is not she
			}
		}
		several = several || best >= 0 && best != p
		old, plain := isFormer && sc.isCalled(p, w.role, sc.isFormer), sc.isCalled(p, w.role, sc.isPlain)
		if best < 0 || old && !was || old == was && (plain && !isPlain || plain == isPlain && q.seen > sc.parties[best].seen) {
			best, was, isPlain = p, old, plain
		}
		return true
	})
	if best < 0 {
		return -1
	}
	// Of several, or of one not named yet, more has to be told.
	isAhead := sc.parties[best].seen < 0
	if isAhead && sc.sentOf[sc.parties[best].from]-sc.refs[i].sent > leadReach {
		return -1
	}
	isLead := det == possessed || sc.d.Sentences[sc.refs[i].sent].Block <= 1
	switch {
	case isFormer && !was && (several || isAhead),
		side != noWing && sc.parties[best].wing != side && several,
		several && !isPlain && det == definite && sc.isCalled(best, w.role, sc.isOfSomething) && !sc.isOfSomething(t),
		isAhead && (several || !isLead),
		several && det == bare:
		return -1
	}
	return best
}

// leadReach is in how many sentences a lead names whom it calls by a role.
const leadReach = 12

// isNamedIn reports whether a content of the source of attribution a-1 has a name of person p: what somebody
// says does not name them, but for a writer who tells it and makes plain whose something is, who
// says so, or when: "that the pilots left after Hale had come". Organizations do name themselves.
func (sc *scratch) isNamedIn(a, p int32) bool {
	if a == 0 || sc.parties[p].kind != quoth.PersonParty {
		return false
	}
	head := sc.sources[a-1]
	for k := max(0, a-1-maxShared); k < min(int32(len(sc.sources)), a+maxShared); k++ {
		if sc.sources[k] == head && sc.isNamedBy(k, p) {
			return true
		}
	}
	return false
}

// maxShared is how many attributions before and after one are looked at for the same source.
const maxShared = 3

// isNamedBy is isNamedIn for the content of attribution i alone.
func (sc *scratch) isNamedBy(i, p int32) bool {
	content := sc.d.Attributions[i].Content
	past := int32(content[len(content)-1].Past)
	from := sort.Search(len(sc.refs), func(k int) bool { return int(sc.refs[k].tok) >= content[0].First })
	for _, r := range sc.refs[from:] {
		if r.tok >= past {
			break
		}
		if r.isName && r.content == i+1 && r.party == p && !r.isSource && sc.d.Tokens[r.tok].Depth < 2 && !sc.rel(int(r.tok), isPossessive) && !sc.says(int(r.tok)) && !sc.opensClause(&r) && !sc.opensBefore(&r, i) {
			return true
		}
	}
	return false
}

// opensBefore reports whether the name r opens the content of attribution i, as its subject and outside quotation marks,
// and the source follows: "Hale closed the bridge, he said" is what Hale says.
func (sc *scratch) opensBefore(r *ref, i int32) bool {
	at := &sc.d.Attributions[i]
	return r.isName && r.isSubject && int(r.first) == at.Content[0].First && sc.d.Tokens[r.tok].Depth == 0 && len(at.Source) == 1 && at.Source[0].First >= at.Content[len(at.Content)-1].Past
}

// opensClause reports whether the name r, outside quotation marks, is the subject of a clause of time or cause,
// whatever the parser makes of it.
func (sc *scratch) opensClause(r *ref) bool {
	d := sc.d
	return d.Tokens[r.tok].Depth == 0 && r.first > 0 && int(r.past) < len(d.Tokens) && clauseWords[d.Lemmas[r.first-1]] && (d.UPOS[r.past] == nlp.VERB || d.UPOS[r.past] == nlp.AUX)
}

// clauseWords open clauses of time or cause.
var clauseWords = wordSet("after before when while since because as once until")

// says reports whether token t, outside quotation marks, is told to say something: "that Hale claimed …" is the
// writer's word for the one who speaks.
func (sc *scratch) says(t int) bool {
	h := sc.d.Heads[t]
	return sc.d.Tokens[t].Depth == 0 && sc.rel(t, isSubject) && h >= 0 && sayings[sc.d.Lemmas[h]]
}

// sayings are verbs by which writers tell who says something.
var sayings = wordSet("say claim call describe argue insist note add")

// byDescription returns the party that "the N" takes up: an
// organization whose name ends so, an earlier description, or for other nouns of
// persons the one most in mind.
func (sc *scratch) byDescription(i int, w word) int32 {
	r := &sc.refs[i]
	t := int(r.tok)
	found := int32(-1)
	sc.byNoun.each(sc.d.Tokens[t].Lower, func(p int32) bool {
		if !sc.isOthers(t, sc.parties[p].name) && !sc.isNamedIn(sc.sourceOf[t], p) {
			found = p
		}
		return found < 0
	})
	if found >= 0 {
		return found
	}
	if w.kind == organizationNoun || w.kind == groupNoun || w.kind == documentNoun {
		if sc.isCentralBank(t) {
			return sc.salientCompany(i, sc.mayBeCentralBank)
		}
		if p := sc.nearestNamed(t, sc.d.Tokens[t].Lower); p >= 0 || sc.isOfSomething(t) {
			return p
		}
		if isSuch := sc.suchOrganizations(t); isSuch != nil {
			return sc.salientCompany(i, isSuch)
		}
		return -1
	}
	if w.kind == humanNoun && !w.isBound && !w.isOffice && !sc.isOfSomething(t) && !sc.isIntroduced(t) {
		place, _ := sc.placeBeside(t)
		if p := sc.best(i, wants{pron: notPronoun, noun: w, reach: 2, least: 3.4, wing: sc.wingBefore(t), place: place}); p >= 0 && !sc.isCalledOtherwise(p, t, w.role) {
			return p
		}
	}
	return -1
}

// companyReach is how many sentences back "the company" is looked for.
const companyReach = 3

// Weights of what speaks for the organization that "the company" means. Set by hand on the marks of recipes/news; least is
// what the best has to have, and lead by how much it has to lead.
const (
	companySubject = 1.5
	companySource  = 1
	companyNear    = 1   // in the same sentence or the one before
	companyCount   = 0.5 // for each mention in the article, up to maxCompanyCount
	companyList    = -1.5
	companyLast    = 0.5 // named last
	companyLeast   = 2
	companyLead    = 1

	maxCompanyCount = 5
)

// salientCompany returns the organization that reference i, "the company", means: that of the one who says so,
// "Lodestar CEO Zoë Hale said …", or the one that the sentences before are most about, -1 when several are.
func (sc *scratch) salientCompany(i int, isSuch func(p *party) bool) int32 {
	r := &sc.refs[i]
	var found []int32
	var scores []float64
	for k, n := i-1, 0; k >= 0 && n < maxCandidates && r.sent-sc.refs[k].sent <= companyReach; k, n = k-1, n+1 {
		c := &sc.refs[k]
		if c.party < 0 || !c.isName {
			continue
		}
		p := &sc.parties[c.party]
		if p.kind != quoth.OrganizationParty || p.isPlace || p.isPlural || !isSuch(p) {
			continue
		}
		if r.content > 0 && slices.ContainsFunc(sc.d.Attributions[r.content-1].Source, func(s nlp.TokenRange) bool { return s.Contains(int(c.tok)) }) {
			return c.party
		}
		score := companyCount * float64(min(p.count, maxCompanyCount))
		if c.isSubject {
			score += companySubject
		}
		if c.isSource {
			score += companySource
		}
		if r.sent-c.sent <= 1 {
			score += companyNear
		}
		if sc.isConjoined(int(c.tok)) {
			score += companyList
		}
		if len(found) == 0 {
			score += companyLast
		}
		if p.count < 2 && !c.isSubject && !c.isSource {
			score = 0 // mentioned in passing
		}
		if at := slices.Index(found, c.party); at >= 0 {
			scores[at] = max(scores[at], score)
			continue
		}
		found, scores = append(found, c.party), append(scores, score)
	}
	best, second := -1, math.Inf(-1)
	for k, score := range scores {
		switch {
		case best < 0 || score > scores[best]:
			if best >= 0 {
				second = scores[best]
			}
			best = k
		default:
			second = max(second, score)
		}
	}
	if best < 0 || scores[best] < companyLeast || scores[best]-second < companyLead {
		return -1
	}
	return found[best]
}

// isConjoined reports whether token t is one of several that are joined: "Lodestar, MNN and Harbour Post".
func (sc *scratch) isConjoined(t int) bool {
	if sc.rel(t, isConj) {
		return true
	}
	for k := t + 1; k < min(len(sc.d.Tokens), t+maxPhrase); k++ {
		if int(sc.d.Heads[k]) == t && sc.rel(k, isConj) {
			return true
		}
	}
	return false
}

// suchOrganizations tells which organizations the noun t may mean whatever they are called, nil for none: "the company",
// "the network", "the newspaper", "the agency".
func (sc *scratch) suchOrganizations(t int) func(p *party) bool {
	switch word := sc.d.Word(t); {
	case companyNouns[word]:
		return sc.mayBeCompany
	case paperNouns[word]:
		return func(p *party) bool { return sc.isOutlet(p) && !sc.isOnAir(p) }
	case channelNouns[word]:
		return sc.isOutlet
	case word == "agency":
		return sc.mayBeAgency
	case word == "group" || word == "organization" || word == "organisation" || word == "nonprofit" || word == "charity":
		return func(p *party) bool { return sc.mayBeCompany(p) && !sc.mayBeAgency(p) }
	}
	return nil
}

// isCentralBank reports whether the noun t is that of "the central bank".
func (sc *scratch) isCentralBank(t int) bool {
	return sc.d.Lemmas[t] == "bank" && t > 0 && sc.d.Lemmas[t-1] == "central"
}

// mayBeCentralBank reports whether organization p, by its name, is one.
func (sc *scratch) mayBeCentralBank(p *party) bool {
	return centralBanks[strings.ToLower(sc.d.Word(p.name.Past-1))]
}

// centralBanks are last words of the names of central banks.
var centralBanks = wordSet("reserve fed bank ecb")

// paperNouns and channelNouns are nouns of outlets, which an article takes them up with.
var (
	paperNouns   = wordSet("newspaper paper magazine tabloid")
	channelNouns = wordSet("outlet publication network channel broadcaster station website site")
)

// isOnAir reports whether outlet p, by its name, is a channel or a news agency.
func (sc *scratch) isOnAir(p *party) bool {
	is := func(t int) bool {
		class := outletWords[strings.ToLower(sc.d.Word(t))]
		return class == lexicon.OnAir || class == lexicon.Wire
	}
	return is(p.name.First) && sc.d.Tokens[p.name.First].Flags.Has(nlp.IsUpper) || is(p.name.Past-1)
}

// isOutlet reports whether organization p, by its name, is a paper, a channel or a news agency.
func (sc *scratch) isOutlet(p *party) bool {
	last, first := strings.ToLower(sc.d.Word(p.name.Past-1)), strings.ToLower(sc.d.Word(p.name.First))
	return outletWords[last] != lexicon.NoOutlet || last == "today" || outletWords[first] != lexicon.NoOutlet && sc.d.Tokens[p.name.First].Flags.Has(nlp.IsUpper) // MNN Business
}

// mayBeAgency reports whether organization p, by its name, is an authority.
func (sc *scratch) mayBeAgency(p *party) bool {
	for t := p.name.First; t < p.name.Past; t++ {
		if agencyWords[strings.ToLower(sc.d.Word(t))] {
			return true
		}
	}
	return agencies[strings.ToLower(sc.d.Word(p.name.Past-1))]
}

// agencies are authorities by their short names. Own list.
var agencies = wordSet("fbi cia nsa epa sec fda ftc fcc irs faa fema who imf cdc nih doj dhs dea atf iaea ins ice nhs")

// agencyWords are words in the names of authorities.
var agencyWords = wordSet("agency administration bureau service commission authority department office board institute institutes center centers centre centres ministry council")

// mayBeCompany reports whether organization p, by its name, is no authority, club, house or outlet.
func (sc *scratch) mayBeCompany(p *party) bool {
	last := strings.ToLower(sc.d.Word(p.name.Past - 1))
	switch sc.words[nlp.Hash(last)].kind {
	case organizationNoun, groupNoun, documentNoun:
		return companyNouns[last] || last == "bank"
	}
	return !authorities[last] && !agencies[last] && !manyPapers[last] && !sc.isOnAir(p)
}

// isIntroduced reports whether one whom the noun t calls came up in the sentences before without a
// name: "pressed by an activist", then "the activist".
func (sc *scratch) isIntroduced(t int) bool {
	d := sc.d
	for k := t - 1; k >= 0 && sc.sentOf[t]-sc.sentOf[k] <= introduced && t-k <= issuerTokens; k-- {
		if d.UPOS[k] == nlp.NOUN && d.Lemmas[k] == d.Lemmas[t] && sc.determiner(k) == indefinite && sc.described(k) < 0 {
			return true
		}
	}
	return false
}

// isOfSomething reports whether the noun t is told of what: "the head of the institute" is nobody
// whom the article does not call so.
func (sc *scratch) isOfSomething(t int) bool {
	return t+1 < len(sc.d.Tokens) && sc.d.Word(t+1) == "of"
}

// isOthers reports whether the description with head t says whose it is, and name that it is
// somebody else's: "the Hale campaign" is not the Reed campaign.
func (sc *scratch) isOthers(t int, name nlp.TokenRange) bool {
	names := func(k int) bool {
		m := sc.d.MentionOf[k]
		return k != t && (sc.d.UPOS[k] == nlp.PROPN || m >= 0 && sc.d.Mentions[m].Kind == nlp.NORP && wings[sc.d.Word(k)] == noWing)
	}
	says := false
	for k := sc.phraseStart(t); k < t; k++ {
		if !names(k) {
			continue
		}
		says = true
		for n := name.First; n < name.Past; n++ {
			if sc.d.Tokens[n].Lower == sc.d.Tokens[k].Lower {
				return false
			}
		}
	}
	for n := name.First; says && n < name.Past; n++ {
		if names(n) && sc.d.Tokens[n].Lower != sc.d.Tokens[t].Lower {
			return true
		}
	}
	return false
}

// nearestNamed returns the organization last mentioned whose name ends in the word, as head t has
// it or by another name. One whose name has the word in small letters goes before others: "the
// administration" is the Hale administration rather than the Lake Administration.
func (sc *scratch) nearestNamed(t int, lower uint64) int32 {
	best, isSmall := int32(-1), false
	begins := false // the words are those that names begin with
	consider := func(p int32) bool {
		q := &sc.parties[p]
		if begins && !sc.isOfPhrase(q.name) {
			return true // the airline is not the Airline Quality Rating
		}
		if q.seen < 0 || q.parts < 2 || sc.isOthers(t, q.name) || sc.goesOnOtherwise(t, q.name) {
			return true
		}
		small := sc.isBody(q)
		if best < 0 || small && !isSmall || small == isSmall && q.seen > sc.parties[best].seen {
			best, isSmall = p, small
		}
		return true
	}
	look := func(word uint64, f func(int32) bool) {
		begins = false
		sc.byOrg.each(nlp.Mix(1, word), f)
		begins = true
		sc.byOrg.each(nlp.Mix(2, word), f)
	}
	look(lower, consider)
	if best >= 0 || sc.isOfSomething(t) {
		return best // "the panel of judges" is no committee
	}
	isLoose := sc.d.Lemmas[t] == "group" || companyNouns[sc.d.Lemmas[t]]
	capital := func(p int32) bool {
		q := &sc.parties[p]
		isFar := isLoose && q.seen >= 0 && sc.sentOf[t]-sc.sentOf[q.seen] > calledReach
		return sc.isBody(q) || isFar || consider(p)
	}
	for _, word := range sc.called[lower] {
		look(word, capital)
	}
	return best
}

// calledReach is how many sentences back "the group" or "the company" takes up an organization whose name has
// another word for it.
const calledReach = 8

// isOfPhrase reports whether a name is a noun and of what: "Ministry of Ferries", "Centre for Bridges".
func (sc *scratch) isOfPhrase(name nlp.TokenRange) bool {
	return name.Len() > 2 && sc.d.UPOS[name.First+1] == nlp.ADP
}

// isBody reports whether q is an organization by a noun in small letters: "the Hale campaign".
func (sc *scratch) isBody(q *party) bool {
	return !sc.d.Tokens[q.name.Past-1].Flags.Has(nlp.IsCapital)
}

// goesOnOtherwise reports whether token t, with a capital, goes on as a name that name is not:
// "the Committee for a Lakeside Budget" is not the Joint Committee.
func (sc *scratch) goesOnOtherwise(t int, name nlp.TokenRange) bool {
	d := sc.d
	if t+1 >= len(d.Tokens) || !d.Tokens[t].Flags.Has(nlp.IsCapital) || d.Word(t+1) != "for" && d.Word(t+1) != "on" && d.Word(t+1) != "of" {
		return false
	}
	for k := t + 2; k < len(d.Tokens) && k < t+5 && sc.sentOf[k] == sc.sentOf[t]; k++ {
		if !d.Tokens[k].Flags.Has(nlp.IsCapital) {
			continue
		}
		for n := name.First; n < name.Past; n++ {
			if d.Tokens[n].Lower == d.Tokens[k].Lower {
				return false
			}
		}
		return true
	}
	return false
}

// byWords returns the organization that description i paraphrases: its name has the noun,
// or a word for the same, and another word of the description. "A union representing ferry
// pilots", as leads have it, is the Association of Ferry Pilots named below. Of several it
// is the one that the next sentences name first.
func (sc *scratch) byWords(i int, w word, det determiner) int32 {
	if w.kind != organizationNoun && w.kind != groupNoun || !sc.refs[i].isSource {
		return -1
	}
	t := int(sc.refs[i].tok)
	found, several := int32(-1), false
	consider := func(p int32) bool {
		if q := &sc.parties[p]; !q.isPlace && (det != indefinite || q.name.First > t) && sc.sharesWord(t, q.name) {
			several = several || found >= 0 && found != p
			if found < 0 || q.name.First < sc.parties[found].name.First {
				found = p
			}
		}
		return true
	}
	lower := nlp.Hash(sc.d.Lemmas[t])
	for _, word := range append([]uint64{lower}, sc.called[lower]...) {
		sc.byOrg.each(nlp.Mix(1, word), consider)
		sc.byOrg.each(nlp.Mix(2, word), consider)
	}
	if several && (det == definite || sc.sentOf[sc.parties[found].name.First]-sc.refs[i].sent > introduced) {
		return -1
	}
	return found
}

// introduced is in how many sentences a lead says whom it means, if it does.
const introduced = 4

// sharesWord reports whether a noun of the source with head t, t aside, is a word of name,
// which stands elsewhere. What t is a part of does not count: "the head of the union".
func (sc *scratch) sharesWord(t int, name nlp.TokenRange) bool {
	words := sc.sourceWords(t)
	if words.First < name.Past && name.First < words.Past {
		return false
	}
	for k := words.First; k < min(words.Past, t+maxPhrase); k++ {
		u := sc.d.UPOS[k]
		if u == nlp.ADP && k < t {
			return false
		}
		if k == t || u != nlp.NOUN && u != nlp.PROPN {
			continue
		}
		for n := name.First; n < name.Past; n++ {
			if sc.d.Tokens[n].Lower == sc.d.Tokens[k].Lower {
				return true
			}
		}
	}
	return false
}

// issued are documents that are the words of whoever speaks in them.
var issued = map[string]bool{"statement": true, "letter": true, "memo": true, "tweet": true, "post": true, "e-mail": true, "email": true, "message": true, "release": true}

// issuer returns the named party that speaks in the document with head t: "In a statement,
// Zora Quill said …. The statement also said …". -1 when there is none.
func (sc *scratch) issuer(t int, det determiner) int32 {
	d := sc.d
	if !issued[d.Lemmas[t]] {
		return -1
	}
	if p := sc.issuerBeside(t); p >= 0 {
		sc.byNoun.add(d.Tokens[t].Lower, p) // "the statement" is theirs from now on
		return p
	}
	at := t
	if det == definite {
		for at--; at >= 0 && d.Lemmas[at] != d.Lemmas[t]; at-- {
			if sc.sentOf[t]-sc.sentOf[at] > issuerReach || t-at > issuerTokens {
				return -1
			}
		}
		if at < 0 {
			return -1
		}
	}
	if start := sc.phraseStart(at); start == 0 || d.Lemmas[start-1] != "in" {
		return -1
	}
	sent := d.Sentences[sc.sentOf[at]]
	for k := max(sent.First, at-issuerTokens); k < min(sent.Past, at+issuerTokens); k++ {
		if k == t || sc.sourceOf[k] == 0 {
			continue
		}
		if p := sc.mentionParty(k); p >= 0 && sc.isKnown(p) {
			return p
		}
	}
	return -1
}

// issuerBeside returns the party whose name stands beside the document t: "a statement from the Lake Union",
// "a Lake Union statement", "Zora Quill's statement". -1 without one.
func (sc *scratch) issuerBeside(t int) int32 {
	d := sc.d
	if k := t + 2; k < len(d.Tokens) && (d.Word(t+1) == "from" || d.Word(t+1) == "by") && sc.sentOf[k] == sc.sentOf[t] {
		if p := sc.nameIn(nlp.TokenRange{First: k, Past: min(d.Sentences[sc.sentOf[t]].Past, k+maxPhrase)}).party; p >= 0 && sc.isKnown(p) {
			return p
		}
	}
	k := t - 1
	if k > 0 && sc.isGenitive(k) {
		k--
	} else if !formal[d.Lemmas[t]] || sc.determiner(t) == possessed {
		return -1 // a Facebook post is nobody's yet, his union letter is his
	}
	if k < 0 || sc.sentOf[k] != sc.sentOf[t] || d.MentionOf[k] < 0 {
		return -1
	}
	if p := sc.mentionParty(k); p >= 0 && sc.isKnown(p) && !sc.parties[p].isPlace {
		return p
	}
	return -1
}

// formal are the issued documents before which a name is that of who issues them.
var formal = wordSet("statement letter memo release")

// A document was introduced so many sentences, and tokens, back at most.
const (
	issuerReach  = 3
	issuerTokens = 200
)
