package coref

import (
	"sort"
	"strings"

	"quoth"
	"quoth/nlp"
)

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
	if r.isSource {
		if p := sc.signed(t); p >= 0 {
			return p
		}
	}
	if r.isSource && sc.isPartOfPeople(t) {
		return sc.describe(i, quoth.GroupParty)
	}
	if sc.isPartisan(t) {
		return sc.resolvePartisan(i)
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
	if r.isSource && d.Lemmas[t] == "latter" && sc.sourceWords(t).Len() == 2 {
		return sc.latter(i)
	}
	if p := sc.namedByNoun(i, w, det, plural); p >= 0 {
		return p
	}
	if r.isSource && d.Lemmas[t] == "another" && sc.sourceWords(t).Len() == 1 {
		return sc.another(i)
	}
	if r.isSource && !plural {
		if p := sc.bodyOf(t, w); p >= 0 {
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
	if !r.isSource || sc.isNobody(t) {
		return -1
	}
	if d.UPOS[t] == nlp.PROPN && det != definite && w.kind == otherNoun {
		return sc.unlistedName(i)
	}
	return sc.describe(i, sc.kindOf(t, w, det, plural))
}

// signed returns the person whose name the source with head t is in small letters, as it stands before an account: "zoë hale (@zoehale)". -1
// without one.
func (sc *scratch) signed(t int) int32 {
	d, words := sc.d, sc.sourceWords(t)
	k := words.Past
	if words.Len() != 2 || k+1 >= len(d.Tokens) || d.Word(k) != "(" || !strings.HasPrefix(d.Word(k+1), "@") {
		return -1
	}
	return sc.findPerson(name{TokenRange: words, last: k - 1, parts: 2})
}

// namedByNoun returns the party with a name whom description i means by what it is called: "the Register", "the senator",
// "the senators", and "an economist" who is named below. -1 without one.
func (sc *scratch) namedByNoun(i int, w word, det determiner, plural bool) int32 {
	d := sc.d
	r := &sc.refs[i]
	t := int(r.tok)
	if r.isSource && det == definite && w.kind == otherNoun && d.UPOS[t] == nlp.PROPN && sc.sourceWords(t).Len() == 2 {
		if p := sc.findOrganization(sc.core(nlp.Mention{TokenRange: nlp.TokenRange{First: t, Past: t + 1}, Kind: nlp.Organization}), nlp.Organization); p >= 0 {
			return p
		}
	}
	if (det == definite || det == possessed || det == bare && d.Sentences[r.sent].Block <= 1) && !plural {
		if p := sc.incumbent(i, w, det); p >= 0 {
			return p
		}
		if p := sc.byRoleOf(i, w, det); p >= 0 {
			return p
		}
		if p := sc.leaderOf(t, w); p >= 0 {
			return p
		}
	}
	if r.isSource && plural && det == definite {
		if p := sc.jointBefore(i, w); p >= 0 {
			return p
		}
		return sc.severalCalled(i)
	}
	if r.isSource && !plural && det == indefinite {
		return sc.namedAhead(i, w)
	}
	return -1
}

// bodyOf returns the organization t, a noun, that is called somebody's: "his campaign", "Hale's campaign", "the Hale campaign" are one. -1 where
// it is nobody's who is named.
func (sc *scratch) bodyOf(t int, w word) int32 {
	d := sc.d
	if w.kind != organizationNoun || t == 0 || d.MentionOf[t] >= 0 || notLed[d.Lemmas[t]] || sc.isOfSomething(t) {
		return -1
	}
	owner, words := sc.partyAt(t-1), nlp.TokenRange{First: t, Past: t + 1}
	name := sc.genitiveBefore(t)
	isCalled := name >= 0
	if isCalled {
		owner, words.First = sc.mentionParty(name), name
		if m := d.MentionOf[name]; m >= 0 && sc.names[m].parts > 0 {
			words.First = sc.names[m].First
		}
	} else if d.UPOS[t-1] != nlp.PRON || !sc.rel(t-1, possessive) {
		return -1
	}
	if owner < 0 || sc.parties[owner].kind != quoth.PersonParty || !sc.parties[owner].isNamed {
		return -1
	}
	found := int32(-1)
	sc.byOrg.each(nlp.Mix(1, d.Tokens[t].Lower), func(p int32) bool {
		q := &sc.parties[p]
		if past := q.name.Past; past > q.name.First+1 && d.Tokens[past-2].Lower == sc.parties[owner].last && (q.name.Len() == 2 || d.Tokens[q.name.First].Lower == sc.parties[owner].first) {
			found = p
		}
		return found < 0
	})
	if found >= 0 {
		return found
	}
	key := nlp.Mix(nlp.Mix(13, uint64(owner)), d.Tokens[t].Lower)
	sc.byNoun.each(key, func(p int32) bool {
		found = p
		return false
	})
	if found < 0 {
		found = int32(len(sc.parties))
		sc.parties = append(sc.parties, party{kind: quoth.OrganizationParty, name: words, seen: -1, cluster: -1})
		sc.byNoun.add(key, found)
		sc.byNoun.add(d.Tokens[t].Lower, found)
	}
	if q := &sc.parties[found]; isCalled && words.Len() > q.name.Len() {
		q.name, q.owner = words, 0
	} else if q.name.Len() == 1 {
		q.owner = owner + 1
	}
	return found
}

// jointBefore returns the persons who spoke together shortly before reference i, where the article calls the first of them by its noun and it
// tells nothing else: "Senators Zoë Hale and Hugo Renn said …. The senators said …". -1 without such.
func (sc *scratch) jointBefore(i int, w word) int32 {
	r := &sc.refs[i]
	if sc.lastJoint < 0 || w.role == 0 || r.sent-sc.jointSent > calledReach || r.tok == 0 || sc.d.Tokens[r.tok-1].Lower != sc.hash.the || sc.sourceWords(int(r.tok)).Len() != 2 {
		return -1
	}
	for _, p := range sc.parties[sc.lastJoint].joint {
		if q := &sc.parties[p]; q.kind != quoth.PersonParty || !q.isNamed {
			return -1
		}
	}
	if !sc.isCalled(sc.parties[sc.lastJoint].joint[0], w.role, sc.isNow) {
		return -1
	}
	return sc.lastJoint
}

// severalCalled returns the only party of several without a name that a description with the noun of reference i, "the pilots", and more words
// made shortly before: "two ferry pilots". So do "the two pilots". -1 without one.
func (sc *scratch) severalCalled(i int) int32 {
	r := &sc.refs[i]
	words := sc.sourceWords(int(r.tok))
	number := words.First + 1
	hasNumber := words.Len() == 3 && sc.d.UPOS[number] == nlp.NUM
	if words.Len() != 2 && !hasNumber || sc.d.Tokens[words.First].Lower != sc.hash.the {
		return -1
	}
	found, areMany := int32(-1), false
	sc.byNoun.each(nlp.Mix(several, sc.d.Tokens[r.tok].Lower), func(p int32) bool {
		if q := &sc.parties[p]; q.seen >= 0 && r.sent-sc.sentOf[q.seen] <= calledReach && (!hasNumber || sc.d.Tokens[q.name.First].Lower == sc.d.Tokens[number].Lower) {
			areMany = found >= 0
			found = p
		}
		return !areMany
	})
	if areMany {
		return -1
	}
	return found
}

// another returns the party of reference i, "another", which is nobody told before. It is of the kind of who spoke last, if that has no name.
func (sc *scratch) another(i int) int32 {
	r := &sc.refs[i]
	kind := quoth.GroupParty
	for k := i - 1; k >= max(0, i-maxCandidates) && r.sent-sc.refs[k].sent <= 1; k-- {
		c := &sc.refs[k]
		if !c.isSource || c.party < 0 {
			continue
		}
		if of := sc.parties[c.party].kind; of == quoth.AnonymousParty || of == quoth.DocumentParty {
			kind = of
		}
		break
	}
	t := int(r.tok)
	sc.parties = append(sc.parties, party{kind: kind, name: sc.tidied(sc.sourceWords(t), t), isPlural: true, seen: -1, cluster: -1})
	return int32(len(sc.parties) - 1)
}

// latter returns the person or organization last spoken of before reference i, "the latter", in its sentence or the one before, where another one
// is named there: "Hale praised Renn, but the latter said". -1 where there are no two.
func (sc *scratch) latter(i int) int32 {
	last := int32(-1)
	for k := i - 1; k >= max(0, i-maxCandidates) && sc.refs[i].sent-sc.refs[k].sent <= 1; k-- {
		c := &sc.refs[k]
		switch {
		case c.party < 0 || c.isQuoted || sc.parties[c.party].kind != quoth.PersonParty && sc.parties[c.party].kind != quoth.OrganizationParty || sc.parties[c.party].isPlural || sc.rel(int(c.tok), possessive):
		case last < 0:
			last = c.party
		case c.party != last:
			return last
		}
	}
	return -1
}

// notLed are nouns of what somebody is of without leading it, or that is no body.
var notLed = nlp.WordSet("party court paper city state country nation county town kingdom church school college university hospital house")

// namedAhead returns the person whom a lead does not name yet, description i: the only one whom the article calls so, and who is named
// soon: "An economist says … Zoë Hale, an economist at Lake University, said", "A spokesman for Hale … Hale spokesman Hugo Renn". -1
// without one.
func (sc *scratch) namedAhead(i int, w word) int32 {
	d, t := sc.d, int(sc.refs[i].tok)
	if w.kind != humanNoun && w.kind != anonymousNoun || d.Lemmas[sc.phraseStart(t)] != "a" || sc.isFormer(t) {
		return -1 // another judge, a former one
	}
	whose := int32(-1)
	if k := t + 1; k < len(d.Tokens) && d.UPOS[k] == nlp.ADP && d.Word(k) != "in" {
		if whose = sc.namedBeside(t); whose < 0 {
			return -1
		}
	}
	if whose < 0 && d.Sentences[sc.refs[i].sent].Block > 1 {
		return -1
	}
	found, several := int32(-1), false
	sc.byRole.each(w.role, func(p int32) bool {
		if whose >= 0 && !sc.isCalled(p, w.role, func(at int) bool { other := sc.namedBeside(at); return other == whose || other < 0 }) || whose < 0 && sc.isCalledOtherwise(p, t, w.role) {
			return true
		}
		several = several || found >= 0 && found != p
		found = p
		return !several
	})
	if found < 0 || several {
		return -1
	}
	if q := &sc.parties[found]; q.from < t || sc.sentOf[q.from]-sc.refs[i].sent > leadReach || sc.isNamedIn(sc.sourceOf[t], found) {
		return -1
	}
	return found
}

// namedBeside returns the party whose name stands in the phrase of noun t, before it or behind "of" or "for": "a spokesman for Senator Hale",
// "Hale's spokesman". -1 without one.
func (sc *scratch) namedBeside(t int) int32 {
	d := sc.d
	if k := t + 1; k < len(d.Tokens) && (d.Word(k) == "for" || d.Word(k) == "of") {
		for k++; k < min(len(d.Tokens), t+maxCalling) && sc.sentOf[k] == sc.sentOf[t]; k++ {
			if p := sc.mentionParty(k); p >= 0 {
				return p
			}
			if !d.UPOS[k].IsBeforeNoun() {
				break
			}
		}
		return -1
	}
	for k := t - 1; k >= max(0, t-maxPhrase) && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if p := sc.mentionParty(k); p >= 0 {
			return p
		}
		if !d.UPOS[k].IsBeforeNoun() && d.UPOS[k] != nlp.PART {
			break
		}
	}
	return -1
}

// isNobody reports whether the source with head t tells nobody: a time, "this", or "one" for anybody, "one wonders".
func (sc *scratch) isNobody(t int) bool {
	d := sc.d
	a := sc.sourceOf[t]
	if a == 0 {
		return false
	}
	if d.UPOS[t] == nlp.NOUN && periods[d.Lemmas[t]] {
		return !sc.isOfSomething(t) || sc.noun(sc.partOf(t)).kind != documentNoun // "the past four weeks of polling"
	}
	at := &d.Attributions[a-1]
	if len(at.Source) != 1 || at.Source[0].Len() != 1 || len(at.Cue) == 0 {
		return false
	}
	switch strings.ToLower(d.Word(t)) {
	case "this", "that":
		return true
	case "one":
		switch d.Tag(sc.headOf(at.Cue[0])) {
		case "VBD", "VBG", "VBN":
			return false // "one said", "one calling it dead"
		}
		return true
	}
	return false
}

// isTurn reports whether token t heads the source of a turn in a transcript: "HALE: …".
func (sc *scratch) isTurn(t int) bool {
	a := sc.sourceOf[t]
	return a > 0 && sc.d.Attributions[a-1].IsTurn(sc.d)
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
	r := sc.soughtAt(i, w)
	best, several := holder{party: -1}, false
	oneIsElsewhere := false // of the role, by what is known
	sc.byRole.each(w.role, func(p int32) bool {
		switch {
		case sc.isOtherThan(r, p):
		case sc.isElsewhere(r, p):
			oneIsElsewhere = true
		default:
			several = several || best.party >= 0 && best.party != p
			if h := sc.holderOf(r, p); sc.isLikelier(h, best) {
				best = h
			}
		}
		return true
	})
	if best.party < 0 {
		return -1
	}
	// Of several, or of one not named yet, more has to be told.
	q := &sc.parties[best.party]
	isAhead := q.seen < 0
	if isAhead && sc.sentOf[q.from]-sc.refs[i].sent > leadReach {
		return -1
	}
	isLead := det == possessed || sc.d.Sentences[sc.refs[i].sent].Block <= 1
	switch {
	case !r.isFormer && w.isOffice && det != bare && sc.isCalled(best.party, w.role, sc.isFormer) && !sc.isCalled(best.party, w.role, sc.isNow), // "former President Hale … the president"
		r.isFormer && !best.isOld && (several || isAhead),
		oneIsElsewhere && q.home == 0 && !(unitedStates[r.place] && presidents[q.last]),
		r.side != noWing && q.wing != r.side && (several || !w.isOffice && sc.hasOfWing(r.side, t)),
		several && !best.isPlain && det == definite && sc.isCalled(best.party, w.role, sc.isOfSomething) && !sc.isOfSomething(t),
		isAhead && (several || !isLead && !(r.place != 0 && sc.isCalledAs(best.party, w.role, t))),
		several && det == bare:
		return -1
	}
	return best.party
}

// sought is what a description says of whom it describes.
type sought struct {
	word
	ref      int
	tok      int // its noun
	side     wing
	place    uint64
	isFormer bool
	isOfBody bool // "the company's president"
}

func (sc *scratch) soughtAt(ref int, w word) sought {
	t := int(sc.refs[ref].tok)
	r := sought{word: w, ref: ref, tok: t, side: sc.wingBefore(t), isFormer: sc.isFormer(t)}
	r.place, _ = sc.placeBeside(t)
	owner := sc.genitiveBefore(t)
	r.isOfBody = w.role == president && owner >= 0 && sc.d.UPOS[owner] == nlp.NOUN && !nations[sc.d.Lemmas[owner]]
	return r
}

// isOtherThan reports whether party p, who is called by the noun of r, is not whom r describes.
func (sc *scratch) isOtherThan(r sought, p int32) bool {
	q := &sc.parties[p]
	if r.side != noWing && q.wing != noWing && q.wing != r.side || sc.isNamedIn(sc.sourceOf[r.tok], p) || sc.isCalledOtherwise(p, r.tok, r.role) {
		return true
	}
	if r.female || r.male {
		if g, ok := gender(q, r.female); !ok || g < 0 {
			return true // "the businessman" is not she
		}
	}
	return r.isOfBody && presidents[q.last]
}

// isElsewhere reports whether party p is not of the place of r: "the Westmark senator" is not any
// senator, nor Mr. Truman the Mexican president.
func (sc *scratch) isElsewhere(r sought, p int32) bool {
	q := &sc.parties[p]
	return r.place != 0 && q.home == 0 && (sc.stateNames[r.place] != "" && sc.refs[r.ref].sent-sc.sentOf[max(q.seen, 0)] > nearby || r.role == president && presidents[q.last] != unitedStates[r.place])
}

// holder is a party that is called by the noun of a description.
type holder struct {
	party   int32
	isOld   bool // is called so of the past, as the description does
	isPlain bool // is called so with nothing that says of what
	isExact bool // was named before, and is called so with the same words before it
}

func (sc *scratch) holderOf(r sought, p int32) holder {
	return holder{
		party:   p,
		isOld:   r.isFormer && sc.isCalled(p, r.role, sc.isFormer),
		isPlain: sc.isCalled(p, r.role, sc.isPlain),
		isExact: sc.parties[p].seen >= 0 && sc.isCalledAs(p, r.role, r.tok),
	}
}

// isLikelier reports whether a is rather meant than b.
func (sc *scratch) isLikelier(a, b holder) bool {
	switch {
	case b.party < 0:
		return true
	case a.isExact != b.isExact:
		return a.isExact
	case a.isOld != b.isOld:
		return a.isOld
	case a.isPlain != b.isPlain:
		return a.isPlain
	}
	return sc.parties[a.party].seen > sc.parties[b.party].seen
}

// hasOfWing reports whether somebody who is known to be of political party side was named before token t.
func (sc *scratch) hasOfWing(side wing, t int) bool {
	for p := range sc.parties[:min(len(sc.parties), maxWhole)] {
		if q := &sc.parties[p]; q.wing == side && q.from < t {
			return true
		}
	}
	return false
}

// incumbent returns the president of the United States whom an article that calls nobody so means by "the president", description i:
// the only one whom it names before, in office on the day it was published or, where that is not known, not a candidate. Presidents of elsewhere
// whom it names now and then do not count. -1 without one.
func (sc *scratch) incumbent(i int, w word, det determiner) int32 {
	t := int(sc.refs[i].tok)
	isElect := w.role == presidentElect
	if w.role != president && !isElect || det != definite || sc.isFormer(t) || !isElect && !sc.isOfNation(t) {
		return -1
	}
	isIt := sc.isIncumbent
	if isElect {
		isIt = sc.isIncoming
	}
	found, several := int32(-1), false
	for _, surname := range presidentNames {
		sc.byLast.each(surname, func(p int32) bool {
			if sc.parties[p].from < t && isIt(p) {
				several = found >= 0 && found != p
				found = p
			}
			return !several
		})
		if several {
			return -1
		}
	}
	if found < 0 || sc.isNamedIn(sc.sourceOf[t], found) {
		return -1
	}
	isCalled := false
	sc.byRole.each(w.role, func(p int32) bool {
		if isElect {
			isCalled = p != found
			return !isCalled
		}
		isCalled = (p == found || minorShare*sc.parties[p].count > sc.parties[found].count) &&
			sc.isCalled(p, president, func(at int) bool { return sc.isNow(at) && sc.kindBefore(at) == 0 })
		return !isCalled
	})
	if isCalled {
		return -1
	}
	return found
}

// minorShare is how many times as often as another president the one of the United States is named in an article that means him.
const minorShare = 2

// leaderOf returns whom the article calls the head of the country that the leader at token t is of: "Norland President Zoë Hale … the
// Norland leader". Of several, who is called so now, mentioned last. -1 without one.
func (sc *scratch) leaderOf(t int, w word) int32 {
	place, _ := sc.placeBeside(t)
	if place == 0 || sc.stateNames[place] != "" || !leaders[w.role] || sc.kindBefore(t) != 0 {
		return -1
	}
	best := int32(-1)
	for _, role := range heads {
		sc.byRole.each(role, func(p int32) bool {
			isSuch := sc.isCalled(p, role, func(at int) bool {
				other, _ := sc.placeBeside(at)
				return other == place && sc.isNow(at) && (role != minister || sc.kindBefore(at) == sc.hash.prime)
			})
			if isSuch && (best < 0 || sc.parties[p].seen > sc.parties[best].seen) && !sc.isNamedIn(sc.sourceOf[t], p) {
				best = p
			}
			return true
		})
	}
	return best
}

var (
	minister = nlp.Hash("minister")
	// leaders are roles by which a head of a country is called whatever the title is.
	leaders = map[uint64]bool{nlp.Hash("leader"): true, nlp.Hash("dictator"): true, nlp.Hash("strongman"): true, nlp.Hash("ruler"): true}
	// heads are the titles of those.
	heads = []uint64{president, minister, nlp.Hash("premier"), nlp.Hash("chancellor"), nlp.Hash("king"),
		nlp.Hash("queen"), nlp.Hash("leader"), nlp.Hash("dictator")}
)

// isOfNation reports whether the president at token t is that of no company, town or other country, and no vice president.
func (sc *scratch) isOfNation(t int) bool {
	if o := sc.genitiveBefore(t); o >= 0 {
		return nations[sc.d.Lemmas[o]]
	}
	place, _ := sc.placeBeside(t)
	return (place == 0 || unitedStates[place]) && sc.kindBefore(t) == 0 && !sc.isOfSomething(t)
}

var nations = nlp.WordSet("nation country America")

// genitiveBefore returns the token whose genitive stands right before token t, -1 without one.
func (sc *scratch) genitiveBefore(t int) int {
	if t > 1 && sc.isGenitive(t-1) {
		return t - 2
	}
	return -1
}

// isIncumbent reports whether p is called as a president of the United States is who was in office when the article was published.
func (sc *scratch) isIncumbent(p int32) bool {
	q := &sc.parties[p]
	if !sc.hasNameOfPresident(q) {
		return false
	}
	if !sc.d.DCT.IsZero() {
		return wasPresident(q.last, sc.d.DCT)
	}
	always := func(int) bool { return true }
	return (q.parts > 1 || aloneInOffice[q.last]) && !sc.isCalled(p, candidateRole, always) && !sc.isCalled(p, nomineeRole, always)
}

// isIncoming reports whether p is called as who became president of the United States soon after the article was published.
func (sc *scratch) isIncoming(p int32) bool {
	q := &sc.parties[p]
	return sc.hasNameOfPresident(q) && !sc.d.DCT.IsZero() && !wasPresident(q.last, sc.d.DCT) && wasPresident(q.last, sc.d.DCT.AddDate(0, 0, maxElect))
}

// maxElect is for how many days at most somebody is president-elect.
const maxElect = 80

// hasNameOfPresident reports whether q is called as a president of the United States is.
func (sc *scratch) hasNameOfPresident(q *party) bool {
	return q.kind == quoth.PersonParty && q.isNamed && presidents[q.last] && !q.isJunior && !q.isRelative && genderOf(q) <= 0 &&
		(q.parts < 2 || !sc.isNoPresident(q.name.First, q.first, q.last))
}

// nearby is for how many sentences somebody whose state the text does not tell may be the senator of any.
const nearby = 2

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
		if r.isName && r.content == i+1 && r.party == p && !r.isSource && sc.d.Tokens[r.tok].Depth < 2 && !sc.rel(int(r.tok), possessive) && !sc.says(int(r.tok)) && !sc.opensClause(&r) && !sc.opensBefore(&r, i) {
			return true
		}
	}
	return false
}

// opensOwn reports whether the name of party p opens what the source with head t says after it: who is "the Lake Institute director" in
// "Zoë Hale was hurt, the Lake Institute director said" is not told.
func (sc *scratch) opensOwn(t int, p int32) bool {
	a := sc.sourceOf[t]
	if a == 0 {
		return false
	}
	m := sc.d.MentionOf[sc.d.Attributions[a-1].Content[0].First]
	return m >= 0 && sc.partyOf[m] == p && sc.d.Attributions[a-1].Content[0].First < t
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
var clauseWords = nlp.WordSet("after before when while since because as once until")

// says reports whether token t, outside quotation marks, is told to say something: "that Hale claimed …" is the
// writer's word for the one who speaks.
func (sc *scratch) says(t int) bool {
	h := sc.d.Heads[t]
	return sc.d.Tokens[t].Depth == 0 && sc.rel(t, subject) && h >= 0 && sayings[sc.d.Lemmas[h]]
}

// sayings are verbs by which writers tell who says something.
var sayings = nlp.WordSet("say claim call describe argue insist note add")

// byDescription returns the party that "the N" takes up: an
// organization whose name ends so, an earlier description, or for other nouns of
// persons the one most in mind.
func (sc *scratch) byDescription(i int, w word) int32 {
	d := sc.d
	t := int(sc.refs[i].tok)
	if w.kind == organizationNoun || w.kind == groupNoun {
		if sc.isOfNews(t) {
			if p := sc.lastOrganization(i, calledReach, sc.isWire); p >= 0 {
				return p
			}
			return sc.salientCompany(i, sc.isOutlet)
		}
		if !paperNouns[sc.d.Lemmas[t]] {
			if p := sc.calledBefore(t); p >= 0 {
				return p
			}
		}
	}
	if p := sc.describedBefore(t); p >= 0 {
		return p
	}
	if p := sc.unnamedAgain(i); p >= 0 {
		return p
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
	isRunner := w.role == candidateRole || w.role == nomineeRole
	isOfTitle := t > 0 && d.Tokens[t-1].Mark == nlp.CloseMark // "the “Harbour Talk” host"
	if w.kind == humanNoun && (!w.isBound || isOfTitle) && !w.isOffice && (sc.refs[i].isSource || !isRunner && !sc.isFormer(t)) && !sc.isOfSomething(t) && !sc.isIntroduced(t) {
		place, _ := sc.placeBeside(t)
		if p := sc.best(i, wants{pron: notPronoun, noun: w, reach: 2, least: 3.4, wing: sc.wingBefore(t), place: place}); p >= 0 && !sc.isCalledOtherwise(p, t, w.role) && !sc.isOfPlace(t, p) && !sc.opensOwn(t, p) && !sc.isOtherwiseAged(t, p) {
			return p
		}
	}
	return -1
}

// describedBefore returns the party that a description with the noun t made before, and that is not told to be somebody else's; -1 without one.
func (sc *scratch) describedBefore(t int) int32 {
	found := int32(-1)
	sc.byNoun.each(sc.nounKey(t), func(p int32) bool {
		if !sc.isOthers(t, sc.parties[p].name) && !sc.isForOthers(t, sc.parties[p].name) && !sc.isNamedIn(sc.sourceOf[t], p) {
			found = p
		}
		return found < 0
	})
	return found
}

// unnamedAgain returns the one person without a name who spoke last, a few sentences before reference i, where it means them by another word
// for such: "a person familiar with the talks said …. The source said …". -1 without one.
func (sc *scratch) unnamedAgain(i int) int32 {
	r, p := &sc.refs[i], sc.lastSpeaker
	if !r.isSource || p < 0 || sc.sourceWords(int(r.tok)).Len() != 2 {
		return -1
	}
	q := &sc.parties[p]
	if q.kind != quoth.AnonymousParty || q.isPlural || q.seen < 0 || r.sent-sc.sentOf[q.seen] > nearby {
		return -1
	}
	noun := sc.d.Lemmas[r.tok]
	for t := q.name.First; t < q.name.Past; t++ {
		if l := sc.d.Lemmas[t]; aides[noun] && aides[l] || unnamed[noun] && (unnamed[l] || aides[l] || l == "official") {
			return p
		}
	}
	return -1
}

// aides and unnamed are words for one person whom the press leaves unnamed.
var (
	aides   = nlp.WordSet("aide staffer")
	unnamed = nlp.WordSet("source person insider someone")
)

// isOfPlace reports whether the description t tells where its bearer is of, a town or another country, and party p is not known to be of there:
// "the Lake Arden police chief", "the migrant from Norland".
func (sc *scratch) isOfPlace(t int, p int32) bool {
	d := sc.d
	if k := t + 2; k < len(d.Tokens) && d.Word(t+1) == "from" && sc.sentOf[k] == sc.sentOf[t] && d.Tokens[k].Flags.Has(nlp.IsCapital) {
		if m := d.MentionOf[k]; m < 0 || sc.stateNames[sc.placeKey(m)] == "" {
			return true
		}
	}
	for k := t - 1; k >= max(0, t-maxPhrase) && sc.sentOf[k] == sc.sentOf[t] && (d.UPOS[k] == nlp.NOUN || d.UPOS[k] == nlp.PROPN || d.UPOS[k] == nlp.ADJ); k-- {
		m := d.MentionOf[k]
		if m < 0 || d.Mentions[m].Kind != nlp.Location && d.Mentions[m].Kind != nlp.NORP || wings[d.Word(k)] != noWing {
			continue
		}
		key := sc.placeKey(m)
		return sc.stateNames[key] == "" && !unitedStates[key] && sc.parties[p].home != key
	}
	return false
}

// isOtherwiseAged reports whether t calls somebody by an age at which the press names nobody, or that is not the one told of party p.
func (sc *scratch) isOtherwiseAged(t int, p int32) bool {
	age, ok := sc.ageIn(t)
	if !ok {
		return false
	}
	if told := sc.parties[p].age; told != 0 {
		return told != sc.noun(t).role
	}
	return len(age) < 2 || len(age) == 2 && age < "18"
}

// isConjoined reports whether token t is one of several that are joined: "Lodestar, MNN and Harbour Post".
func (sc *scratch) isConjoined(t int) bool {
	if sc.rel(t, conjunct) {
		return true
	}
	for k := t + 1; k < min(len(sc.d.Tokens), t+maxPhrase); k++ {
		if int(sc.d.Heads[k]) == t && sc.rel(k, conjunct) {
			return true
		}
	}
	return false
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
	if side := sc.wingOf(nlp.TokenRange{First: max(t-1, 0), Past: t}); side != noWing {
		if other := sc.wingOf(name); other != noWing && other != side {
			return true // "the Democrat party"
		}
	}
	names := func(k int) bool {
		m := sc.d.MentionOf[k]
		return k != t && (sc.d.UPOS[k] == nlp.PROPN || m >= 0 && sc.d.Mentions[m].Kind == nlp.NORP && wings[sc.d.Word(k)] == noWing)
	}
	says, start, isPeople := false, sc.phraseStart(t), false
	if k := t - 1; k >= 0 && sc.sentOf[k] == sc.sentOf[t] && sc.d.MentionOf[k] >= 0 && sc.d.Mentions[sc.d.MentionOf[k]].Kind == nlp.NORP && wings[sc.d.Word(k)] == noWing {
		start, isPeople = min(start, k), true // "the Norlandic army | troops"
	}
	for k := start; k < t; k++ {
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
		if (names(n) || isPeople && sc.d.UPOS[n] == nlp.ADJ && sc.d.Tokens[n].Flags.Has(nlp.IsCapital)) && sc.d.Tokens[n].Lower != sc.d.Tokens[t].Lower {
			return true
		}
	}
	return false
}

// wingOf returns the political party that a word of r tells, noWing for none.
func (sc *scratch) wingOf(r nlp.TokenRange) wing {
	for t := r.First; t < r.Past; t++ {
		if side := wings[sc.d.Word(t)]; side != noWing {
			return side
		}
	}
	return noWing
}

// isForOthers reports whether the description with head t, and the one with words, tell that they speak or stand for others: "the spokesman for
// the guild" is not "a spokesman for the mayor".
func (sc *scratch) isForOthers(t int, words nlp.TokenRange) bool {
	whose := sc.nounBehindFor(t, len(sc.d.Tokens))
	if whose < 0 {
		return false
	}
	for k := words.First; k < words.Past; k++ {
		if sc.d.Tokens[k].Lower == sc.d.Tokens[t].Lower {
			other := sc.nounBehindFor(k, words.Past)
			return other >= 0 && sc.d.Tokens[other].Lower != sc.d.Tokens[whose].Lower
		}
	}
	return false
}

// nounBehindFor returns the last token of the noun or name that follows t, before token past, with "for": "a spokesman for the mayor". -1 without
// one.
func (sc *scratch) nounBehindFor(t, past int) int {
	found := -1
	for k := t + 2; k < min(past, t+maxCalling) && sc.d.Word(t+1) == "for" && sc.d.UPOS[k].IsBeforeNoun() && sc.sentOf[k] == sc.sentOf[t]; k++ {
		if sc.d.UPOS[k] == nlp.NOUN || sc.d.UPOS[k] == nlp.PROPN {
			found = k
		}
	}
	return found
}

// isOfStateUnlike reports whether the court or party t is told to be one of a state, or which court it is, and name is not: "the state supreme
// court" is not the Supreme Court, nor is "the appeals court".
func (sc *scratch) isOfStateUnlike(t int, name nlp.TokenRange) bool {
	if l := sc.d.Lemmas[t]; l != "court" && l != "party" {
		return false
	}
	for k := sc.phraseStart(t); k < t; k++ {
		isState, which := sc.d.Word(k) == "state", instances[sc.d.Tokens[k].Lower]
		if !isState && which == 0 {
			continue
		}
		isHigh := false
		for n := name.First; n < name.Past; n++ {
			of := instances[sc.d.Tokens[n].Lower]
			if sc.d.Tokens[n].Lower == sc.d.Tokens[k].Lower || which != 0 && of == which || which == appealCourt && of == circuitCourt {
				return false
			}
			isHigh = isHigh || of == appealCourt || of == highestCourt
		}
		if which == lowerCourt {
			return isHigh // any other may be the trial court
		}
		return !isState || !sc.isOfState(name)
	}
	return false
}

// instance is which court one is.
type instance uint8

const (
	districtCourt instance = iota + 1
	circuitCourt
	bankruptcyCourt
	appealCourt
	lowerCourt
	highestCourt
)

// instances are words for which court it is: "the appellate court" is the court of appeals.
var instances = map[uint64]instance{
	nlp.Hash("appeal"): appealCourt, nlp.Hash("appeals"): appealCourt, nlp.Hash("appellate"): appealCourt,
	nlp.Hash("district"): districtCourt, nlp.Hash("circuit"): circuitCourt, nlp.Hash("bankruptcy"): bankruptcyCourt,
	nlp.Hash("trial"): lowerCourt, nlp.Hash("lower"): lowerCourt, nlp.Hash("supreme"): highestCourt,
}

// calledBefore returns the organization that an apposition shortly before token t calls by its noun: "Mend the Record, an advocacy group, …
// The group". -1 without one.
func (sc *scratch) calledBefore(t int) int32 {
	d := sc.d
	for k := t - 1; k >= 0 && sc.sentOf[t]-sc.sentOf[k] <= nearby && t-k <= issuerTokens; k-- {
		if d.Lemmas[k] != d.Lemmas[t] || d.UPOS[k] != nlp.NOUN || sc.determiner(k) != indefinite || !sc.rel(k, appos) && !sc.hasCopula(k) {
			continue
		}
		if p := sc.described(k); p >= 0 && sc.parties[p].kind == quoth.OrganizationParty && !sc.parties[p].isPlace && !sc.isOthers(t, sc.parties[p].name) {
			return p
		}
	}
	return -1
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
		if q.seen < 0 || q.parts < 2 || sc.isOthers(t, q.name) || sc.isOfStateUnlike(t, q.name) || sc.goesOnOtherwise(t, q.name) {
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
	if p := sc.spokeBefore(t); p >= 0 {
		return p
	}
	isLoose := looseNouns[sc.d.Lemmas[t]] || isCompanyNoun[sc.d.Lemmas[t]]
	isPaper := paperNouns[sc.d.Lemmas[t]]
	capital := func(p int32) bool {
		q := &sc.parties[p]
		isFar := isLoose && q.seen >= 0 && sc.sentOf[t]-sc.sentOf[q.seen] > calledReach
		isWire := isPaper && sc.isOnAir(q)
		return sc.isBody(q) || isFar || isWire || consider(p)
	}
	for _, word := range sc.called[lower] {
		look(word, capital)
	}
	if i := int(sc.refAt[t]); i >= 0 && best >= 0 && sc.d.Word(t) == "agency" && sc.sentOf[t]-sc.sentOf[sc.parties[best].seen] > nearby {
		if p := sc.lastOrganization(i, nearby, sc.mayBeAgency); p >= 0 {
			return p // named after it
		}
	}
	return best
}

// looseNouns are those of organizations whatever they are called.
var looseNouns = nlp.WordSet("group organization organisation nonprofit charity")

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
		if q := &sc.parties[p]; !q.isPlace && (det != indefinite || q.name.First > t) && sc.sharesWord(t, q.name) && !sc.isOfStateUnlike(t, q.name) {
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
