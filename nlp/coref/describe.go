package coref

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// determiner is what stands before a noun.
type determiner uint8

const (
	bare       determiner = iota
	definite              // the, this, that
	indefinite            // a, an, one, another
	possessed             // his, Hale's
	counted               // many, two, some, no
)

// maxPhrase is the number of tokens before a noun that may belong to it.
const maxPhrase = 14

// phraseStart returns the first token of the noun phrase with head t, relative clauses
// and other things after the head aside.
func (sc *scratch) phraseStart(t int) int {
	d := sc.d
	start, isPredicate := t, sc.hasCopula(t)
	for k := t - 1; k >= 0 && k >= t-maxPhrase && sc.sentOf[k] == sc.sentOf[t]; k-- {
		h, below := k, k
		for steps := 0; h >= 0 && h < t && steps < 4; steps++ {
			h, below = int(d.Heads[h]), h
		}
		if h != t || isPredicate && sc.rel(below, subject|copula) { // "Hale is | a pilot"
			break
		}
		start = k
	}
	for start < t && (d.UPOS[start] == nlp.CCONJ || d.UPOS[start] == nlp.SCONJ || d.Tokens[start].Flags.Has(nlp.IsPunct) || d.UPOS[start] == nlp.ADP && d.Lemmas[start+1] != "least") {
		start++
	}
	return start
}

// tidied is the words of a description with head t without what joins them to others: "because | the
// pilots", "the council | had", "the guild |—", "the city |'s".
func (sc *scratch) tidied(words nlp.TokenRange, t int) nlp.TokenRange {
	d := sc.d
	for words.First < t && (joiners[d.Lemmas[words.First]] && d.UPOS[words.First] != nlp.DET || d.UPOS[words.First] == nlp.AUX && d.Word(words.First+1) != "-" || d.Tokens[words.First].Flags.Has(nlp.IsPunct) && d.Tokens[words.First].Mark == nlp.NoMark && d.Word(words.First) != "(") {
		words.First++
	}
	if words.First+2 <= t && d.Lemmas[words.First] == "not" && (d.Lemmas[words.First+1] == "the" || d.Lemmas[words.First+1] == "a") {
		words.First++ // "not | the man"
	}
	if words.First+2 <= t && d.Word(words.First) == "according" && d.Word(words.First+1) == "to" {
		words.First += 2
	}
	if k := words.First + 1; k < t && periods[d.Lemmas[k]] && every[d.Lemmas[k-1]] && !sc.isGenitive(k+1) {
		words.First = k + 1 // "each year | students"
	}
	isOpen := false
	for k := words.First; k < words.Past; k++ {
		isOpen = isOpen || d.Word(k) == "("
	}
	for words.Past-1 > t {
		u, w := d.UPOS[words.Past-1], d.Word(words.Past-1)
		if u != nlp.CCONJ && u != nlp.AUX && u != nlp.ADP && (w != ")" || isOpen) && !nlp.IsDash(w) && w != "," && !sc.isGenitive(words.Past-1) {
			break
		}
		words.Past--
	}
	return words
}

// periods are nouns of times that a description may stand before.
var periods = nlp.WordSet("day week month year night weekend")

// every stands before a time without a preposition.
var every = nlp.WordSet("each every this last")

// joiners are words that join what follows them to something else.
var joiners = nlp.WordSet("and but or because since that if when while although though whether whose")

// determiner returns the determiner of noun t.
func (sc *scratch) determiner(t int) determiner {
	d := sc.d
	det := bare
	start := sc.phraseStart(t)
	if d.Tokens[start].Lower == sc.hash.the && start < t && !sc.hasGenitive(start, t) {
		return definite // even where parsers hang it on a word between
	}
	if sc.isTitled(start) {
		return definite
	}
	if _, ok := sc.ageIn(t); ok && t > 4 && d.Tokens[t-5].Lower == sc.hash.the {
		return definite
	}
	for k := start; k < t; k++ {
		if d.Heads[k] != int32(t) && sc.d.UPOS[k] != nlp.PART {
			continue
		}
		switch {
		case sc.rel(k, possessive):
			return possessed
		case d.UPOS[k] == nlp.DET:
			switch d.Lemmas[k] {
			case "the", "this", "that":
				return definite
			case "a", "an", "another":
				return indefinite
			}
			det = counted
		case d.UPOS[k] == nlp.NUM:
			det = counted
		}
	}
	return det
}

// hasGenitive reports whether one of the tokens [first, past) is a possessive 's.
func (sc *scratch) hasGenitive(first, past int) bool {
	for k := first; k < past; k++ {
		if sc.isGenitive(k) {
			return true
		}
	}
	return false
}

// isGenitive reports whether token t is what a genitive ends with.
func (sc *scratch) isGenitive(t int) bool {
	l := sc.d.Tokens[t].Lower
	return l == sc.hash.genitive || l == sc.hash.apostrophe
}

// isTitled reports whether what begins at start is the end of a phrase with the title of
// a work in it, which parsers take apart: "The | Sound of Rain singer".
func (sc *scratch) isTitled(start int) bool {
	d := sc.d
	for k := start - 1; k >= 0 && k >= start-6 && sc.sentOf[k] == sc.sentOf[start]; k-- {
		if d.Tokens[k].Lower == sc.hash.the {
			return k < start-1 && d.Tokens[k+1].Flags.Has(nlp.IsCapital)
		}
		if !d.Tokens[k].Flags.Has(nlp.IsCapital) && (d.UPOS[k] != nlp.ADP || k == start-1 && !d.Tokens[start].Flags.Has(nlp.IsCapital)) {
			return false
		}
	}
	return false
}

// isPluralNoun reports whether noun t is in the plural.
func (sc *scratch) isPluralNoun(t int) bool {
	d := sc.d
	switch d.Tag(t) {
	case "NNS", "NNPS":
		return true
	case "NN":
		return false
	}
	return d.UPOS[t] == nlp.NOUN && strings.HasSuffix(d.Word(t), "s") && d.Lemmas[t] != strings.ToLower(d.Word(t))
}

// kindOf tells what kind of party the unnamed noun t is.
func (sc *scratch) kindOf(t int, w word, det determiner, plural bool) quoth.PartyKind {
	if sc.isOneOf(t) || sc.d.Lemmas[t] == "one" && sc.sourceWords(t).Len() == 1 {
		return quoth.AnonymousParty
	}
	switch w.kind {
	case anonymousNoun:
		return quoth.AnonymousParty
	case humanNoun:
		if plural || det == counted && !sc.isOne(t) {
			return quoth.GroupParty
		}
		if det == possessed && !standIns[w.role] {
			return quoth.PersonParty
		}
		return quoth.AnonymousParty
	case organizationNoun:
		if plural {
			return quoth.GroupParty
		}
		return quoth.OrganizationParty
	case documentNoun:
		return quoth.DocumentParty
	case groupNoun:
		if sc.isFamiliar(t) {
			return quoth.AnonymousParty
		}
		return quoth.GroupParty
	}
	switch k := sc.partOf(t); {
	case sc.isOfSomething(t) && k > t && sc.noun(k).kind == documentNoun:
		return quoth.DocumentParty // "a series of letters"
	case !plural && sc.d.UPOS[t] == nlp.NOUN && t+1 < len(sc.d.Tokens) && sc.d.Word(t+1) == "who":
		return quoth.AnonymousParty
	case sc.d.UPOS[t] == nlp.PROPN && !sc.isPartOfPeople(t):
		return quoth.OrganizationParty
	}
	return quoth.GroupParty
}

// standIns are the roles of those who speak for somebody, and whom the press leaves unnamed.
var standIns = map[uint64]bool{nlp.Hash("spokesman"): true, nlp.Hash("lawyer"): true, nlp.Hash("representative"): true}

// isOne reports whether the noun t is told of one that is meant: "one senator", and neither "not one senator" nor "at least one".
func (sc *scratch) isOne(t int) bool {
	d := sc.d
	for k := t - 1; k >= max(0, t-maxPhrase) && d.UPOS[k] != nlp.VERB && d.UPOS[k] != nlp.PUNCT; k-- {
		if d.Tokens[k].Lower == one {
			return k == 0 || d.Lemmas[k-1] != "not" && d.Lemmas[k-1] != "least"
		}
	}
	return false
}

var one = nlp.Hash("one")

// isOneOf reports whether token t is one of several who are told: "one of the pilots".
func (sc *scratch) isOneOf(t int) bool { return sc.d.Lemmas[t] == "one" && sc.isOfSomething(t) }

// isFamiliar reports whether "people" at t are unnamed sources: people familiar with, a
// person close to, those briefed on.
func (sc *scratch) isFamiliar(t int) bool {
	if t+1 >= len(sc.d.Tokens) {
		return false
	}
	switch sc.d.Word(t + 1) {
	case "familiar", "close", "briefed", "aware", "involved":
		return true
	case "with":
		return t+2 < len(sc.d.Tokens) && knowing[sc.d.Word(t+2)]
	}
	return false
}

// knowing are words after "with" of what unnamed sources have.
var knowing = nlp.WordSet("knowledge direct firsthand first-hand intimate detailed close access information insight ties inside")

// describe returns the party that reference i names by its own words, as a party of
// the kind; the same words later in the text mean the same party.
func (sc *scratch) describe(i int, kind quoth.PartyKind) int32 {
	r := &sc.refs[i]
	t := int(r.tok)
	words := sc.sourceWords(t)
	return sc.describeAs(t, words, kind)
}

// describeAt makes a party of the noun phrase with head t, which is no source itself:
// the antecedent of one.
func (sc *scratch) describeAt(t int) int32 {
	if !sc.isNominal(t) || sc.d.UPOS[t] == nlp.PRON {
		return -1
	}
	w, det := sc.noun(t), sc.determiner(t)
	words := nlp.TokenRange{First: sc.phraseStart(t), Past: t + 1}
	if m := sc.nameAfterOf(t); m >= 0 && w.kind == organizationNoun {
		words.Past = sc.d.Mentions[m].Past
	}
	return sc.describeAs(t, words, sc.kindOf(t, w, det, sc.isPluralNoun(t)))
}

// nameAfterOf returns the mention in "N of Name" after the noun t, -1 when there is none.
func (sc *scratch) nameAfterOf(t int) int32 {
	d := sc.d
	k := t + 2
	if k < len(d.Tokens) && d.Tokens[k].Lower == sc.hash.the {
		k++
	}
	if k >= len(d.Tokens) || d.Word(t+1) != "of" || sc.sentOf[k] != sc.sentOf[t] {
		return -1
	}
	return d.MentionOf[k]
}

func (sc *scratch) describeAs(t int, words nlp.TokenRange, kind quoth.PartyKind) int32 {
	words = sc.tidied(words, t)
	key, isSeveral := uint64(0), sc.isPluralNoun(t)
	for k := words.First; k < words.Past; k++ {
		if k == words.First && k < t && isSeveral && sc.noun(t).kind != groupNoun && sc.d.Tokens[k].Lower == sc.hash.the {
			continue // "the authorities" are "authorities"
		}
		key = nlp.Mix(key, sc.d.Tokens[k].Lower)
	}
	key = nlp.Mix(7, key)
	found := int32(-1)
	sc.byNoun.each(key, func(p int32) bool {
		found = p
		return false
	})
	if found >= 0 {
		return found
	}
	if kind == quoth.OrganizationParty && words.First < t && sc.d.Tokens[words.First].Lower == sc.hash.the {
		words.First++
	}
	p := party{kind: kind, name: words, seen: -1, cluster: -1}
	p.isPlural = kind == quoth.GroupParty || sc.isPluralNoun(t) || sc.d.Lemmas[t] == "one" // "he" is seldom one of several
	id := int32(len(sc.parties))
	w := sc.noun(t)
	sc.parties = append(sc.parties, p)
	sc.addGender(id, w, 3)
	sc.byNoun.add(key, id)
	isNoun := sc.d.UPOS[t] == nlp.NOUN || w.kind == humanNoun || w.kind == anonymousNoun // taggers take "official" for an adjective
	if !p.isPlural && isNoun && !quantifiers[sc.d.Lemmas[words.First]] {
		sc.byNoun.add(sc.nounKey(t), id)
	}
	if isSeveral && isNoun && words.First < t && !quantifiers[sc.d.Lemmas[words.First]] && sc.d.Lemmas[words.First] != "other" {
		sc.byNoun.add(nlp.Mix(several, sc.d.Tokens[t].Lower), id)
	}
	return id
}

// nounKey is the key of the noun t by which a description takes up another one: the word, or its role where that is told by a word before it, "the
// 42-year-old", "the president-elect".
func (sc *scratch) nounKey(t int) uint64 {
	if l := sc.d.Lemmas[t]; l == "old" || l == "elect" {
		if role := sc.noun(t).role; role != 0 {
			return role
		}
	}
	return sc.d.Tokens[t].Lower
}

// several makes keys of the nouns of descriptions of several.
var several = nlp.Hash("several")

// quantifiers begin descriptions that nothing takes up: "each campaign" is not "the campaign".
var quantifiers = map[string]bool{"each": true, "every": true, "either": true, "neither": true, "any": true, "no": true}

// sourceWords returns the words of the source that token t is head of, up to its first
// relative clause, which belongs to a noun that stands alone; the noun phrase when t heads no source.
func (sc *scratch) sourceWords(t int) nlp.TokenRange {
	d := sc.d
	words := nlp.TokenRange{First: sc.phraseStart(t), Past: t + 1}
	a := sc.sourceOf[t]
	if a == 0 {
		return words
	}
	for _, r := range d.Attributions[a-1].Source {
		if r.Contains(t) {
			words = sc.withoutOpening(r)
		}
	}
	if d.UPOS[words.First] == nlp.PRON && sc.hasCopula(t) {
		words.First = max(words.First, sc.phraseStart(t)) // "they are | the largest group"
	}
	first := t + 1
	if first+1 < words.Past && words.First == t && words.Past-t <= maxPhrase && sc.words[d.Tokens[first].Lower].pron == relative {
		first++ // "those who left": the noun alone would be anybody
	}
	for k := first; k < words.Past; k++ {
		if sc.isTimeUpTo(k, words.Past) {
			words.Past = sc.beforeTime(k, words.Past, t) // "prosecutors | in July"
			break
		}
		if w := d.Word(k); w == "," || w == "(" || nlp.IsDash(w) || sc.words[d.Tokens[k].Lower].pron == relative || sc.isNameJoined(k, t) {
			words.Past = k
		}
	}
	return words
}

// isTimeUpTo reports whether the tokens from k up to past are a time: "Thursday", "last week".
func (sc *scratch) isTimeUpTo(k, past int) bool {
	d := sc.d
	if m := d.MentionOf[k]; m >= 0 && d.Mentions[m].Kind == nlp.Date && d.Mentions[m].First == k && d.Mentions[m].Past == past {
		return true
	}
	return k+2 == past && (d.Lemmas[k] == "this" || d.Lemmas[k] == "last") && periods[d.Lemmas[k+1]]
}

// beforeTime returns where a description with head t ends whose last words, from token k up to past, are a time:
// before its preposition, but after what is told to have happened then, "a poll released Thursday".
func (sc *scratch) beforeTime(k, past, t int) int {
	d := sc.d
	for k-1 > t && (d.UPOS[k-1] == nlp.ADJ || d.UPOS[k-1] == nlp.DET || d.UPOS[k-1] == nlp.ADV) {
		k--
	}
	if k-1 > t && d.UPOS[k-1] == nlp.ADP {
		k--
	}
	if d.UPOS[k-1] == nlp.VERB {
		return past
	}
	return k
}

// isNameJoined reports whether conjunction k joins a name to t: "the mayor and Zoë Hale".
func (sc *scratch) isNameJoined(k, t int) bool {
	d := sc.d
	if d.UPOS[k] != nlp.CCONJ {
		return false
	}
	if m := d.MentionOf[k-1]; m >= 0 && sc.isAfterPreposition(d.Mentions[m].First, sc.phraseStart(t)) {
		return false // "spokespeople for Lodestar and MNN"
	}
	if k++; k < len(d.Tokens) && d.Tokens[k].Lower == sc.hash.the {
		k++
	}
	if k >= len(d.Tokens) || sc.mentionParty(k) < 0 || sc.parties[sc.mentionParty(k)].isPlace { // "envoys in Yemen and Syria"
		return false
	}
	if m := d.MentionOf[k]; m >= 0 {
		k = int(sc.heads[m])
	}
	return sc.conjoined(k, t)
}

// knownName returns the party of which the capitalised word t is a name, though no
// mention covers it; -1 if none.
func (sc *scratch) knownName(t int) int32 {
	n := sc.core(nlp.Mention{TokenRange: nlp.TokenRange{First: t, Past: t + 1}, Kind: nlp.Person})
	if p := sc.findPerson(n); p >= 0 {
		return p
	}
	if p := sc.companyOf(n); p >= 0 || sc.d.UPOS[t] != nlp.PROPN {
		return p
	}
	return sc.findOrganization(n, nlp.Organization)
}

// unlistedName returns the party of a name that no mention covers: the run of names
// around its head.
func (sc *scratch) unlistedName(i int) int32 {
	d := sc.d
	t := int(sc.refs[i].tok)
	r := nlp.TokenRange{First: t, Past: t + 1}
	for r.First > 0 && sc.sentOf[r.First-1] == sc.sentOf[t] && d.UPOS[r.First-1] == nlp.PROPN && t-r.First < maxPhrase {
		r.First--
	}
	for r.Past < len(d.Tokens) && sc.sentOf[r.Past] == sc.sentOf[t] && d.UPOS[r.Past] == nlp.PROPN && r.Past-t < maxPhrase {
		r.Past++
	}
	kind := nlp.Organization
	n := sc.core(nlp.Mention{TokenRange: r, Kind: nlp.Person})
	if (sc.isGiven(n.First) && n.parts > 1) || n.female || n.male || n.role != 0 {
		kind = nlp.Person
	}
	if p := sc.findPerson(n); p >= 0 {
		return p
	}
	n = sc.core(nlp.Mention{TokenRange: r, Kind: kind})
	if p := sc.findOrganization(n, kind); p >= 0 {
		return p
	}
	return sc.newNamed(n, kind)
}
