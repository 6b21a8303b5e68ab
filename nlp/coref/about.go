package coref

import (
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
)

// maxAbout is how many parties a content is said to speak of, at most; the members of a
// list ("he named A, B, C and the D family") all count.
const maxAbout = 5

// maxTargets bounds the parties of one content that are counted, lists and all.
const maxTargets = 64

// findAbout finds for every attribution whom its content speaks of: the persons and
// organizations that it names, takes up with a pronoun, or describes. The clusters in
// sc.d.About are parties until write makes clusters of them.
func (sc *scratch) findAbout() {
	d := sc.d
	sc.resolveQuoted()
	budget := maxMarked * len(d.Tokens)
	for i, at := range d.Attributions {
		sc.targets = sc.targets[:0]
		for _, r := range at.Content {
			for t := r.First; t < r.Past && budget > 0; t++ {
				budget--
				if p := sc.targetAt(t, i); p >= 0 {
					sc.addTarget(p, t)
				}
			}
		}
		d.About[i] = sc.mainTargets()
	}
}

// target is a party that a content speaks of.
type target struct {
	party     int32
	isSubject bool
	isListed  bool
	mentions  []int32
}

// addTarget counts the mention of party p at token t of the content that is read.
func (sc *scratch) addTarget(p int32, t int) {
	for _, one := range sc.each(p) {
		at := slices.IndexFunc(sc.targets, func(x target) bool { return x.party == one })
		if at < 0 && len(sc.targets) >= maxTargets {
			continue
		}
		if at < 0 {
			at = len(sc.targets)
			sc.targets = append(sc.targets, target{party: one})
		}
		sc.targets[at].mentions = append(sc.targets[at].mentions, int32(t))
		sc.targets[at].isSubject = sc.targets[at].isSubject || sc.rel(t, subject)
		sc.targets[at].isListed = sc.targets[at].isListed || sc.isListed(t)
	}
}

// each returns the parties that p stands for: those of a joint one, else p itself.
func (sc *scratch) each(p int32) []int32 {
	if joint := sc.parties[p].joint; joint != nil {
		return joint
	}
	return []int32{p}
}

// mainTargets returns the targets, subjects first, then those mentioned most.
func (sc *scratch) mainTargets() []nlp.Target {
	if len(sc.targets) == 0 {
		return nil
	}
	slices.SortStableFunc(sc.targets, func(a, b target) int {
		if a.isSubject != b.isSubject {
			if a.isSubject {
				return -1
			}
			return 1
		}
		return len(b.mentions) - len(a.mentions)
	})
	all := make([]nlp.Target, 0, min(len(sc.targets), maxAbout))
	for i, x := range sc.targets {
		if i < maxAbout || x.isListed {
			all = append(all, nlp.Target{Cluster: x.party, Mentions: x.mentions})
		}
	}
	return all
}

// isListed reports whether the name with head t is a member of a list: between commas, or
// a comma and an "and".
func (sc *scratch) isListed(t int) bool {
	d := sc.d
	first, past := t, t+1
	if m := d.MentionOf[t]; m >= 0 {
		first, past = d.Mentions[m].First, d.Mentions[m].Past
		if sc.partyOf[m] >= 0 && sc.parties[sc.partyOf[m]].isFamily {
			past++
		}
	}
	for first > 0 && d.Tokens[first-1].Lower == sc.hash.the {
		first--
	}
	parts := func(k int) bool {
		return k >= 0 && k < len(d.Tokens) && sc.sentOf[k] == sc.sentOf[t] && (d.Word(k) == "," || d.UPOS[k] == nlp.CCONJ)
	}
	isLast := past < len(d.Tokens) && d.Tokens[past].Flags.Has(nlp.IsPunct) && parts(first-1) && d.UPOS[first-1] == nlp.CCONJ
	isFirst := parts(past) && first > 0 && (d.UPOS[first-1] == nlp.VERB || d.UPOS[first-1] == nlp.ADP) && d.Word(past) == ","
	return parts(first-1) && parts(past) || isLast || isFirst
}

// resolveQuoted resolves the pronouns inside quotations, which the scan leaves until the
// speakers are known: who speaks is "I" and nobody else.
func (sc *scratch) resolveQuoted() {
	for i := range sc.refs {
		r := &sc.refs[i]
		if r.party < 0 && r.isQuoted && r.content > 0 && (r.pron == he || r.pron == she) {
			r.party = sc.resolve(i)
		}
	}
}

// targetAt returns the party that token t of attribution i's content speaks of, -1 if
// none: t is the head of a name, a pronoun, or a description of somebody named.
func (sc *scratch) targetAt(t, i int) int32 {
	d := sc.d
	if m := d.MentionOf[t]; m >= 0 {
		if p := sc.partyOf[m]; int(sc.heads[m]) == t && p >= 0 && sc.isActor(d.Mentions[m], p) {
			return p
		}
		return -1
	}
	k := sc.refAt[t]
	if k < 0 && sc.isItself(t, i) {
		return d.Speakers[i]
	}
	if k < 0 || int(sc.refs[k].tok) != t {
		if len(sc.targets) > 0 && sc.wordOf[t] < 0 && d.UPOS[t] == nlp.PROPN && sc.noun(t).kind != humanNoun && sc.isListed(t) {
			return sc.listedName(t)
		}
		return -1
	}
	r := &sc.refs[k]
	p := r.party
	if p >= 0 && sc.wordOf[t] >= 0 && sc.isKnown(p) {
		return p
	}
	if r.pron == first {
		if a := r.content; a > 0 {
			p = d.Speakers[a-1]
		}
	}
	if isReflexive := reflexives[d.Word(t)]; isReflexive && (sc.isObjectOfCue(t, i) || d.Attributions[i].Content[0].First == t) {
		if p = d.Speakers[i]; p >= 0 && sc.parties[p].kind != quoth.PersonParty {
			return -1
		}
	} else if (r.pron == he || r.pron == she) && !sc.isTarget(p) && (isReflexive || sc.isSomebodyElse(r, i)) {
		return -1
	}
	if p < 0 || !sc.isKnown(p) || p == d.Speakers[i] && sc.isAside(t) {
		return -1
	}
	return p
}

// reflexives mean the subject of their verb, and nobody who is not in mind before.
var reflexives = nlp.WordSet("himself herself")

// isTarget reports whether party p is among those of whom the content that is read speaks so far.
func (sc *scratch) isTarget(p int32) bool {
	return slices.ContainsFunc(sc.targets, func(x target) bool { return x.party == p })
}

// isObjectOfCue reports whether token t is an object of the cue of attribution i: "described her as a friend".
func (sc *scratch) isObjectOfCue(t, i int) bool {
	return sc.rel(t, object) && slices.ContainsFunc(sc.d.Attributions[i].Cue, func(c nlp.TokenRange) bool { return c.Contains(int(sc.d.Heads[t])) })
}

// isSomebodyElse reports whether "he" or "she", reference r in the content of attribution i, is hardly the one whom it was taken for and whom
// the content does not tell before: somebody else stands there who may be meant, or it is whom the speaker speaks of, "Hale introduced Renn,
// praising his boat".
func (sc *scratch) isSomebodyElse(r *ref, i int) bool {
	d, t := sc.d, int(r.tok)
	for _, x := range sc.targets {
		isTold := func(k int32) bool {
			return (sc.refAt[k] < 0 || sc.refs[sc.refAt[k]].pron == notPronoun) && !sc.isDoer(int(k), r)
		}
		if sc.mayBeMeant(r, x.party) && slices.ContainsFunc(x.mentions, isTold) {
			return true
		}
	}
	at := &d.Attributions[i]
	start := max(d.Sentences[r.sent].First, at.Content[0].First)
	for k := max(start, t-maxApart); k < t; k++ {
		if d.UPOS[k] != nlp.NOUN || d.MentionOf[k] >= 0 || !sc.rel(k, subject) || sc.isPluralNoun(k) || sc.isDoer(k, r) || sc.refAt[k] >= 0 && sc.refs[sc.refAt[k]].party == r.party {
			continue
		}
		isNew := sc.determiner(k) == indefinite || r.party == d.Speakers[i]
		if w := sc.noun(k); isNew && w.kind == humanNoun && !(r.pron == he && w.female) && !(r.pron == she && w.male) {
			return true // "a pilot who sold his boat"
		}
	}
	if r.party != d.Speakers[i] || r.isSubject || len(at.Source) == 0 {
		return false
	}
	if sc.isObjectOfCue(t, i) {
		return true
	}
	for k := max(at.Source[0].Past, start-maxApart); k < start; k++ {
		if sc.sentOf[k] == r.sent && sc.rel(k, object) && sc.mayBeMeant(r, sc.mentionParty(k)) {
			return true
		}
	}
	return false
}

// isDoer reports whether token t is the subject of the verb that the pronoun r is an object of, or whoever is to do that: in "Renn would not
// trust him" and "asked Renn to help him" he is somebody else.
func (sc *scratch) isDoer(t int, r *ref) bool {
	if r.isSubject || sc.rel(int(r.tok), possessive) {
		return false
	}
	verb := sc.d.Heads[r.tok]
	for steps := 0; verb >= 0 && steps < maxPhrase; steps++ {
		if sc.d.Heads[t] == verb && sc.rel(t, subject|object) {
			return true
		}
		if sc.subj[verb] >= 0 {
			break
		}
		verb = sc.d.Heads[verb]
	}
	return false
}

// mayBeMeant reports whether p is a person other than the one of the pronoun r, and one whom it could mean.
func (sc *scratch) mayBeMeant(r *ref, p int32) bool {
	if p < 0 || p == r.party || sc.parties[p].kind != quoth.PersonParty {
		return false
	}
	g, ok := gender(&sc.parties[p], r.pron == she)
	return ok && g > -0.5
}

// isItself reports whether token t is an "it" that begins the content of attribution i and does
// something, and the speaker an organization: "The council said that it regrets the delay."
func (sc *scratch) isItself(t, i int) bool {
	d := sc.d
	p := d.Speakers[i]
	if p < 0 || sc.parties[p].kind != quoth.OrganizationParty || !sc.isKnown(p) || sc.words[d.Tokens[t].Lower].pron != it {
		return false
	}
	verb, content := d.Heads[t], d.Attributions[i].Content
	if d.Tokens[t].Depth > 0 || width(content) < 2 || t-content[0].First > 1 || verb < 0 {
		return false
	}
	return sc.rel(t, possessive) || sc.rel(t, subject) && d.UPOS[verb] == nlp.VERB
}

// listedName returns the organization that the one word t names among other names,
// though the recogniser of names passed it over; -1 for a common noun with a capital that none is called by, "the President".
func (sc *scratch) listedName(t int) int32 {
	n := sc.core(nlp.Mention{TokenRange: nlp.TokenRange{First: t, Past: t + 1}, Kind: nlp.Organization})
	switch p := sc.findOrganization(n, nlp.Organization); {
	case p >= 0 && sc.isKnown(p):
		return p
	case p >= 0 || sc.noun(t).kind != otherNoun:
		return -1
	}
	return sc.newNamed(n, nlp.Organization)
}

// isActor reports whether name m of party p is that of somebody statements are about: a
// person, an organization, and a place or a nation where they act.
func (sc *scratch) isActor(m nlp.Mention, p int32) bool {
	head := int(sc.heads[sc.d.MentionOf[m.First]])
	switch m.Kind {
	case nlp.Person:
		return sc.isKnown(p)
	case nlp.Organization, nlp.Facility:
		return sc.isKnown(p) && !sc.isOfTitle(m) && !sc.isInstrument(m.TokenRange) && !sc.isThing(m)
	case nlp.Location:
		return !sc.parties[p].isPlace || sc.acts(head)
	case nlp.NORP:
		return sc.rel(head, subject) && sc.isPluralNoun(head)
	}
	return sc.isKnown(p) && sc.parties[p].kind == quoth.PersonParty
}

// isThing reports whether mention m ends in a common noun that is one of no body: "Harrowmere boathouse", "Hale policy".
func (sc *scratch) isThing(m nlp.Mention) bool {
	last := m.Past - 1
	if m.Len() < 2 || sc.d.UPOS[last] != nlp.NOUN || sc.d.Tokens[last].Flags.Has(nlp.IsCapital) || bodies[sc.d.Lemmas[last]] {
		return false
	}
	kind := sc.noun(last).kind
	return kind == documentNoun || kind == otherNoun && m.Kind == nlp.Facility // the recogniser takes breweries for organizations
}

// isInstrument reports whether name is that of a law or the like, and not of what is for such: "the Lake Act", "the Clause of the Act", "the
// Status of Ferries Agreement", but "the Institute for Harbour Acts", "Hale Law".
func (sc *scratch) isInstrument(name nlp.TokenRange) bool {
	d := sc.d
	is := func(t int) bool {
		return instruments[strings.ToLower(d.Word(t))] && d.Word(t) != "Law" && (t == name.First || d.Word(t-1) != "-")
	}
	if head := sc.nounBeforeOf(name); head >= 0 && (is(head) || d.Word(head+1) != "of") {
		return is(head)
	}
	return is(name.Past-1) || name.Len() == 1 && acts[d.Word(name.First)]
}

// instruments end the names of laws, books of reference and the like, which are no parties though they are often
// taken for organizations.
var instruments = nlp.WordSet("act bill plan amendment treaty agreement accord deal clause constitution resolution protocol pact law prize award poll measure index gate manual encyclopedia encyclopaedia")

// acts are laws and scriptures by the one word that they are called by.
var acts = nlp.WordSet("Obamacare ObamaCare Trumpcare NAFTA Nafta USMCA TPP JCPOA AUMF DACA Bible Koran Quran Torah")

// isWork reports whether name is that of a book or the like by the noun before it: "his book, Ferries Alone, which".
func (sc *scratch) isWork(name nlp.TokenRange) bool {
	d := sc.d
	k, isApart := name.First-1, false
	for k > 0 && sc.sentOf[k] == sc.sentOf[name.First] && (d.Tokens[k].Mark == nlp.OpenMark || d.Word(k) == ",") {
		isApart = isApart || d.Word(k) == ","
		k--
	}
	if k < 0 || !works[d.Lemmas[k]] || d.UPOS[k] != nlp.NOUN || sc.sentOf[k] != sc.sentOf[name.First] {
		return false
	}
	det := sc.determiner(k)
	if isApart {
		return (det == possessed || det == indefinite) && name.Past < len(d.Tokens) && d.Tokens[name.Past].Flags.Has(nlp.IsPunct) && !sc.isGenitive(name.Past)
	}
	return d.Tokens[name.First-1].Mark == nlp.OpenMark || det == possessed || k > 0 && sc.isGenitive(k-1) || name.Len() > 1
}

// works are nouns of what has a title.
var works = nlp.WordSet("book memoir autobiography biography novel film movie documentary manifesto")

// isOfTitle reports whether mention m, no person, is a part of the title before a name, or of what some members of it are
// called: "House Majority Leader Zoë Hale", "House Democrats".
func (sc *scratch) isOfTitle(m nlp.Mention) bool {
	d := sc.d
	t := m.Past
	if t < len(d.Tokens) && sc.sentOf[t] == sc.sentOf[m.First] && (d.Word(t) == "Democrats" || d.Word(t) == "Republicans") {
		return true
	}
	if t+1 >= len(d.Tokens) || sc.noun(t).kind != humanNoun || !d.Tokens[t].Flags.Has(nlp.IsCapital) {
		return false
	}
	next := d.MentionOf[t+1]
	return next >= 0 && d.Mentions[next].First == t+1 && d.Mentions[next].Kind == nlp.Person
}

// acts reports whether the place with head t does something or has dealings, or is a country to
// which something is done: a subject, an object, or what stands after "with" or "against".
func (sc *scratch) acts(t int) bool {
	d := sc.d
	if sc.rel(t, subject) || sc.rel(t, object) && sc.nations[d.Phrase(d.Mentions[d.MentionOf[t]].TokenRange)] {
		return true
	}
	for k := t - 1; k >= 0 && k >= t-4 && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if int(d.Heads[k]) == t && d.UPOS[k] == nlp.ADP {
			return dealings[d.Lemmas[k]]
		}
	}
	return false
}

// dealings are prepositions before those with whom one deals.
var dealings = map[string]bool{"with": true, "against": true, "between": true, "toward": true, "towards": true, "by": true}

// isKnown reports whether p is a named person or organization, or several of them.
func (sc *scratch) isKnown(p int32) bool {
	q := &sc.parties[p]
	return q.joint != nil || q.isNamed && (q.kind == quoth.PersonParty || q.kind == quoth.OrganizationParty || q.isFamily)
}

// isAside reports whether the pronoun at t only says whose words or things are spoken
// of, or whose people, and the content is not about its bearer: "I think", "my car", "her lawyer", "his country".
func (sc *scratch) isAside(t int) bool {
	d := sc.d
	if sc.rel(t, possessive) {
		return sc.words[d.Tokens[t].Lower].pron == first || d.Heads[t] >= 0 && sc.isOfPeople(int(d.Heads[t]))
	}
	h := d.Heads[t]
	return h >= 0 && sc.words[d.Tokens[t].Lower].pron == first && sc.rel(t, subject) && hedges[d.Lemmas[h]]
}

// isOfPeople reports whether noun t is one of persons or of a body.
func (sc *scratch) isOfPeople(t int) bool {
	switch sc.noun(t).kind {
	case humanNoun, anonymousNoun, groupNoun, organizationNoun:
		return sc.d.UPOS[t] == nlp.NOUN && !ownDoings[sc.d.Lemmas[t]]
	}
	return false
}

// ownDoings are nouns of bodies that are as good as whose they are, or tell what somebody does or has.
var ownDoings = nlp.WordSet("campaign brand label platform service authority site website publication force left right opposition majority minority")

// hedges are verbs by which speakers mark their words as their own.
var hedges = map[string]bool{"think": true, "believe": true, "mean": true, "guess": true, "know": true, "say": true, "hope": true,
	"feel": true, "suppose": true, "wish": true, "see": true, "want": true, "tell": true, "understand": true, "agree": true, "doubt": true,
	"buy": true, "remember": true, "recall": true, "love": true, "like": true, "ask": true, "learn": true}
