package coref

import (
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// maxMembers bounds the parties that speak together.
const maxMembers = 8

// stretch is a part of a source between commas and conjunctions.
type stretch struct {
	nlp.TokenRange
	isJoined bool // by "and", not by a comma alone
	hasComma bool // one stands before it
}

// told is how a stretch tells its party.
type told uint8

const (
	untold    told = iota // it tells nobody new: an apposition
	passed                // a name that is not one of those who speak: where somebody is from
	named                 // by name
	described             // by a description
)

// members returns the parties of a source that names several, joined by "and": "Zoë Hale, the
// mayor, and her deputy, Tobin Renn". It goes by words, commas and names, since parsers take such
// lists apart in many ways. It is nil where one speaks, or nobody has a name; one description
// where two names share a noun, and one person after two offices: "Lodestar Chairman and CEO Zoë Hale".
func (sc *scratch) members(source []nlp.TokenRange) []int32 {
	var all []speaker
	isNamed, isJoined, isAnd := false, false, false // isAnd: "and" stands before what is told now
pieces:
	for _, r := range source {
		last := untold
		parts := sc.stretches(r)
		if len(all) == 0 && len(parts) > 1 && sc.isDocumentBy(parts[0]) {
			return nil
		}
		if len(all) == 0 && len(parts) == 2 && sc.isTwoWordOffice(parts[0], parts[1]) {
			if p := sc.mentionParty(parts[1].Past - 1); p >= 0 {
				return []int32{p}
			}
		}
		for i, s := range parts {
			if i > 0 && sc.sharesNoun(parts[i-1], s) {
				return []int32{sc.partyOfSpeaker(speaker{party: -1, noun: sc.nounOf(s.TokenRange), words: nlp.TokenRange{First: parts[i-1].First, Past: s.Past}})}
			}
			next, how := sc.member(parts, i, last, all)
			isAnd = s.isJoined || isAnd && last == untold
			if how == named && last == untold && i > 1 && i == len(parts)-1 && !s.isJoined && len(all) == 1 && all[0].party < 0 && !sc.isSeveral(all[0]) && sc.parties[next.party].kind == quoth.PersonParty {
				return []int32{next.party} // "the other contender, pilot and mother of three, Zoë Hale"
			}
			if how == named && last == described && sc.isSamePerson(s, next, sc.isSeveral(all[len(all)-1])) {
				all = all[:len(all)-1] // "her deputy, Tobin Renn", "the owner and president Zoë Hale"
			}
			if how == named && len(all) == 1 && !s.isJoined && sc.areCounted(all[0], parts[0]) && sc.parties[next.party].kind == quoth.PersonParty {
				all = all[:0] // "two Republicans, Zoë Hale | and Tobin Renn"
			}
			if how >= named && !has(all, next.party) {
				isNamed, isJoined = isNamed || next.party >= 0 || sc.isPartOfPeople(next.noun), isJoined || isAnd
				all = append(all, next)
			}
			if last = how; len(all) == maxMembers {
				break pieces
			}
		}
	}
	if !isNamed || !isJoined || len(all) < 2 && !(all[0].party >= 0 && sc.parties[all[0].party].kind == quoth.PersonParty && sc.isAfterOffices(all[0], source)) {
		return nil
	}
	parties := make([]int32, len(all))
	for i, s := range all {
		parties[i] = sc.partyOfSpeaker(s)
	}
	return parties
}

// areCounted reports whether s, told in the stretch, are so many of a group: "two Lake Republicans".
func (sc *scratch) areCounted(s speaker, in stretch) bool {
	if s.party < 0 || sc.parties[s.party].kind != quoth.GroupParty {
		return false
	}
	for t := in.First; t < s.first; t++ {
		if sc.d.UPOS[t] == nlp.NUM {
			return true
		}
	}
	return false
}

// isDocumentBy reports whether s is a document and the first of those whose it is, or of what was done with it: "a paper by Zoë Hale | and
// her colleagues", "a report dated May 1 | and obtained by MNN".
func (sc *scratch) isDocumentBy(s stretch) bool {
	d := sc.d
	for t := s.First; t+1 < s.Past; t++ {
		if d.UPOS[t] == nlp.NOUN && sc.noun(t).kind == documentNoun && (d.Word(t+1) == "by" || d.Word(t+1) == "from" || d.UPOS[t+1] == nlp.VERB) {
			return true
		}
	}
	return false
}

// isTwoWordOffice reports whether "and" stands in the name of what somebody holds an office of: "Office of Ferries | and Budget Director Zoë
// Hale".
func (sc *scratch) isTwoWordOffice(before, s stretch) bool {
	d := sc.d
	if !s.isJoined || s.hasComma || sc.determiner(before.Past-1) != bare || d.UPOS[before.First] == nlp.DET || !d.Tokens[s.First].Flags.Has(nlp.IsCapital) || d.MentionOf[s.Past-1] < 0 ||
		d.Mentions[d.MentionOf[s.Past-1]].Kind != nlp.Person {
		return false
	}
	if !d.Tokens[before.First].Flags.Has(nlp.IsCapital) {
		return false
	}
	for t := before.First; t < before.Past; t++ {
		if m := d.MentionOf[t]; m >= 0 && d.Mentions[m].Kind == nlp.Person || d.UPOS[t] == nlp.NOUN && !d.Tokens[t].Flags.Has(nlp.IsCapital) {
			return false
		}
	}
	name := d.Mentions[d.MentionOf[s.Past-1]].First
	for t := s.First + 1; t < name; t++ {
		if sc.noun(t).kind == humanNoun {
			return sc.noun(s.First).kind != humanNoun && sc.titles[d.Tokens[s.First].Lower] == lexicon.NoTitle
		}
	}
	return false
}

// isAfterOffices reports whether the name of s ends a piece of the source that begins with an office and
// what it is of.
func (sc *scratch) isAfterOffices(s speaker, source []nlp.TokenRange) bool {
	for _, r := range source {
		if r.Contains(s.first) {
			m := sc.d.MentionOf[r.First]
			return m >= 0 && sc.d.Mentions[m].Kind != nlp.Person && sc.d.Mentions[m].Past < r.Past && sc.noun(sc.d.Mentions[m].Past).kind == humanNoun
		}
	}
	return false
}

// speaker is one of several: a party with the first token of its name, or a description by noun with its
// words of which no party was made yet.
type speaker struct {
	party int32
	first int
	noun  int
	words nlp.TokenRange
}

// partyOfSpeaker returns the party of s, made where there is none.
func (sc *scratch) partyOfSpeaker(s speaker) int32 {
	if s.party >= 0 {
		return s.party
	}
	return sc.describeAs(s.noun, s.words, sc.kindOf(s.noun, sc.noun(s.noun), sc.determiner(s.noun), sc.isPluralNoun(s.noun)))
}

// isSeveral reports whether s are some.
func (sc *scratch) isSeveral(s speaker) bool {
	if s.party >= 0 {
		return sc.parties[s.party].isPlural
	}
	return sc.isPluralNoun(s.noun)
}

// has reports whether party p, known, is among all.
func has(all []speaker, p int32) bool {
	return p >= 0 && slices.ContainsFunc(all, func(s speaker) bool { return s.party == p })
}

// stretches cuts r at commas, dashes and conjunctions outside names and titles in marks; what stands
// after "who" or the like, or after "including", only explains.
func (sc *scratch) stretches(r nlp.TokenRange) []stretch {
	d := sc.d
	var out []stretch
	now := stretch{TokenRange: nlp.TokenRange{First: r.First, Past: r.First}}
	end := func(isJoined, hasComma bool, next int) {
		if now.Len() > 0 {
			out = append(out, now)
			now = stretch{}
		}
		now.isJoined, now.hasComma = now.isJoined || isJoined, now.hasComma || hasComma
		now.First, now.Past = next, next
	}
	brackets := 0
	for t := r.First; t < r.Past && len(out) < 2*maxMembers; t++ {
		w := strings.ToLower(d.Word(t))
		isInside := brackets > 0 || d.Tokens[t].Depth > d.Tokens[r.First].Depth || sc.isInsideName(t)
		switch {
		case w == "(":
			brackets++
		case w == ")":
			brackets = max(brackets-1, 0)
		case isInside:
			now.Past = t + 1
		case examples[w], t > r.First && sc.words[d.Tokens[t].Lower].pron == relative && d.UPOS[t] == nlp.PRON:
			end(false, false, r.Past)
			return out
		case sc.isAlongWith(t) && t+2 < r.Past:
			end(true, false, t+2)
			t++
		case w == "but", now.Len() == 0 && now.hasComma && sc.tellsOf(t):
			end(false, false, r.Past)
			return out
		case d.UPOS[t] == nlp.CCONJ && sc.joinsWords(t, r):
			now.Past = t + 1
		case w == ",", nlp.IsDash(w):
			end(false, true, t+1)
		case d.UPOS[t] == nlp.CCONJ && w != "both" && w != "either" && w != "neither":
			end(true, false, t+1)
		case now.Len() == 0 && (d.Tokens[t].Flags.Has(nlp.IsPunct) || d.UPOS[t] == nlp.CCONJ || w == "both"):
			now.First, now.Past = t+1, t+1
		default:
			now.Past = t + 1
		}
	}
	end(false, false, r.Past)
	return out
}

// isAlongWith reports whether token t begins words that join like a conjunction: "Hale along with Renn".
func (sc *scratch) isAlongWith(t int) bool {
	w := sc.d.Word(t)
	return (w == "along" || w == "together") && t+1 < len(sc.d.Tokens) && sc.d.Word(t+1) == "with"
}

// tellsOf reports whether the participle at t begins what only tells of whom stands before it: "a suit, filed by Hale and Renn".
func (sc *scratch) tellsOf(t int) bool {
	d := sc.d
	return d.UPOS[t] == nlp.VERB && t+1 < len(d.Tokens) && (d.Tag(t) == "VBN" || d.Tag(t) == "VBG") && d.UPOS[t+1] == nlp.ADP
}

// joinsWords reports whether the conjunction at t, inside r, joins two words and not two who speak: "red and purple states", "Hale & Co.",
// "rank-and-file members".
func (sc *scratch) joinsWords(t int, r nlp.TokenRange) bool {
	d := sc.d
	if t == r.First || t+1 == r.Past {
		return false
	}
	if d.Word(t-1) == "-" && !d.Tokens[t].Space {
		return true
	}
	if d.Word(t) == "&" {
		p, q := sc.mentionParty(t-1), sc.mentionParty(t+1)
		areTwo := p >= 0 && q >= 0 && sc.parties[p].kind == quoth.PersonParty && sc.parties[q].kind == quoth.PersonParty
		return !areTwo && d.Tokens[t-1].Flags.Has(nlp.IsCapital) && d.Tokens[t+1].Flags.Has(nlp.IsCapital)
	}
	return d.UPOS[t-1] == nlp.ADJ && d.UPOS[t+1] == nlp.ADJ && d.MentionOf[t-1] < 0 && d.MentionOf[t+1] < 0
}

// isInsideName reports whether token t stands inside a name: "Reed and Sons".
func (sc *scratch) isInsideName(t int) bool {
	m := sc.d.MentionOf[t]
	return m >= 0 && sc.d.Mentions[m].First < t && t+1 < sc.d.Mentions[m].Past
}

// sharesNoun reports whether stretch s goes on with the noun of the name before it: "Norwegian and
// Danish experts" and "the Hale and Renn campaigns" are some of both.
func (sc *scratch) sharesNoun(before, s stretch) bool {
	d := sc.d
	m := d.MentionOf[before.Past-1]
	if m < 0 || !s.isJoined || s.hasComma || !sc.isAllBefore(nlp.TokenRange{First: before.First, Past: d.Mentions[m].First}) {
		return false
	}
	k := d.MentionOf[s.First]
	if k < 0 || d.Mentions[k].Past >= s.Past {
		return false
	}
	name, next := d.Mentions[m], d.Mentions[k].Past
	if name.Kind == nlp.Person {
		return name.Len() == 1 && d.Mentions[k].Kind == nlp.Person && d.Mentions[k].Len() == 1 && bodies[d.Lemmas[next]] && sc.isPluralNoun(next)
	}
	areWings := wings[d.Word(name.Past-1)] != noWing && wings[d.Word(s.First)] != noWing
	if d.Mentions[k].Kind != name.Kind && !areWings {
		return false
	}
	for next+1 < s.Past && wings[d.Word(next)] != noWing {
		next++ // "House and Senate GOP aides"
	}
	return d.UPOS[next] == nlp.NOUN && sc.nameIn(s.TokenRange).party < 0 || sc.isPartOfPeople(d.Mentions[k].Past) // "House and Senate Republicans"
}

// isAllBefore reports whether r has nothing but words before a noun.
func (sc *scratch) isAllBefore(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		switch u := sc.d.UPOS[t]; {
		case sc.d.MentionOf[t] >= 0, u != nlp.ADJ && u != nlp.DET && u != nlp.NUM && u != nlp.NOUN, u == nlp.NOUN && sc.noun(t).kind == humanNoun:
			return false
		}
	}
	return true
}

// member returns who speaks in stretch i, and how it is told; last is how the one before was, and
// others are those before it.
func (sc *scratch) member(parts []stretch, i int, last told, others []speaker) (speaker, told) {
	d, s := sc.d, parts[i]
	if name := sc.nameIn(s.TokenRange); name.party >= 0 && !sc.isPartOfPeople(name.first) {
		if i > 0 && !sc.goesWith(parts[i-1], s, name, last, others) {
			return name, passed
		}
		return name, named
	}
	t := sc.nounOf(s.TokenRange)
	if t < 0 {
		return speaker{}, untold
	}
	det, isPlural := sc.determiner(t), sc.isPluralNoun(t)
	if det == bare && (!isPlural || d.UPOS[t] == nlp.PROPN && s.Len() == 1 && i == 0) {
		return speaker{}, untold
	}
	if i > 0 || len(others) > 0 {
		isList := det == bare && isPlural && len(others) > 0 && sc.isSeveral(others[0])
		isOwn := isPlural || det == possessed && d.UPOS[s.First] == nlp.PRON
		if !s.isJoined && !isList || last == untold && (!s.hasComma || !isOwn) || last == passed && det != possessed {
			return speaker{}, untold // an apposition, or one more: "Hale, a surgeon and the head of the ward"
		}
	}
	if p := sc.partyAt(t); p >= 0 && sc.isKnown(p) && !has(others, p) {
		return speaker{party: p, noun: t}, described
	}
	return speaker{party: -1, noun: t, words: s.TokenRange}, described
}

// goesWith reports whether the name in stretch s, which follows before, is one more member.
func (sc *scratch) goesWith(before, s stretch, name speaker, last told, others []speaker) bool {
	d := sc.d
	isPerson := sc.parties[name.party].kind == quoth.PersonParty
	isFirst := func(is func(p *party) bool) bool {
		return len(others) > 0 && others[0].party >= 0 && is(&sc.parties[others[0].party])
	}
	isAfterPerson := isFirst(func(p *party) bool { return p.kind == quoth.PersonParty })
	// A name after a preposition ends the stretch before, and this may be one more of those.
	isOfTheSame := false
	if m := d.MentionOf[before.Past-1]; m >= 0 && (s.isJoined && !s.hasComma || !s.isJoined && !isPerson) {
		isOfTheSame = sc.isAfterPreposition(d.Mentions[m].First, before.First)
	}
	switch {
	case isPerson:
		return last == named || !isOfTheSame // "lawyers for Hale | and Renn"
	case isOfTheSame && len(others) == 1 && others[0].party < 0 && sc.isSeveral(others[0]):
		return false // "researchers at Harrow | and the University of Marrow"
	case isAfterPerson && (!s.isJoined || sc.parties[name.party].isPlace || last <= passed && !s.hasComma):
		return false // where somebody is from, what somebody is
	case isOfTheSame && (d.UPOS[s.First] != nlp.DET || !s.isJoined || d.UPOS[d.Mentions[d.MentionOf[before.Past-1]].First-1] == nlp.DET), last == passed:
		return false // "Zoë Hale, head of Norway | and Denmark Ferries"
	case !s.isJoined && sc.parties[name.party].isPlace:
		return isFirst(func(p *party) bool { return p.isPlace })
	}
	// "the Centre on Ferries | and Harbour Safety" is one, which was taken for two.
	m := d.MentionOf[before.Past-1]
	return m < 0 || d.UPOS[s.First] == nlp.DET || sc.parties[name.party].count > 1 || !sc.hasPreposition(d.Mentions[m].TokenRange)
}

func (sc *scratch) hasPreposition(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if sc.d.UPOS[t] == nlp.ADP {
			return true
		}
	}
	return false
}

// isSamePerson reports whether the name in s is that of whom the description before it tells, or of the
// first of those: it follows a comma, or one more bare noun for its bearer.
func (sc *scratch) isSamePerson(s stretch, name speaker, arePlural bool) bool {
	if !s.isJoined {
		return true
	}
	t := name.first - 1
	return !arePlural && !s.hasComma && t >= s.First && sc.noun(t).kind == humanNoun && !sc.isPluralNoun(t) && sc.d.UPOS[s.First] != nlp.DET && sc.d.UPOS[s.First] != nlp.PRON
}

// isAfterPreposition reports whether what begins at token t stands after a preposition, from token
// first on; "of" in a title is none: "Secretary of State Zoë Hale".
func (sc *scratch) isAfterPreposition(t, first int) bool {
	d := sc.d
	for k := t - 1; k >= max(first, t-maxName); k-- {
		switch d.UPOS[k] {
		case nlp.ADP:
			if k == first || d.Word(k) != "of" || !d.Tokens[k-1].Flags.Has(nlp.IsCapital) || !d.Tokens[k+1].Flags.Has(nlp.IsCapital) || k+1 == t {
				return true
			}
		case nlp.CCONJ:
			return false
		}
	}
	return false
}

// nameIn returns the party that is named in r and speaks: not whose something is, of whom, or before
// whose noun the name stands; of several a person. "He" and "she" are as good as names.
func (sc *scratch) nameIn(r nlp.TokenRange) speaker {
	d := sc.d
	best := speaker{party: -1}
	for t := r.First; t < r.Past; t++ {
		if p := sc.words[d.Tokens[t].Lower].pron; (p == he || p == she) && d.UPOS[t] == nlp.PRON && r.Len() == 1 {
			return speaker{party: sc.partyAt(t), first: t}
		}
		p := sc.mentionParty(t)
		if p < 0 {
			continue
		}
		name, isPerson := nlp.TokenRange{First: t, Past: t + 1}, sc.parties[p].kind == quoth.PersonParty
		if m := d.MentionOf[t]; m >= 0 {
			name = d.Mentions[m].TokenRange
		}
		t = name.Past - 1
		if best.party >= 0 && !isPerson || sc.isModifier(name, r, isPerson) || sc.isAfterPreposition(name.First, r.First) {
			continue
		}
		best = speaker{party: p, first: name.First}
		if isPerson {
			return best
		}
	}
	return best
}

// isModifier reports whether the name in r tells whose or what the following is: "Hale's deputy",
// "Lake Union (LU) president Zoë Hale".
func (sc *scratch) isModifier(name, r nlp.TokenRange, isPerson bool) bool {
	d := sc.d
	next := name.Past
	if next < r.Past && d.Word(next) == "(" {
		for next < r.Past && d.Word(next) != ")" {
			next++
		}
		next++
	}
	if next >= r.Past {
		return false
	}
	if sc.isGenitive(name.Past-1) || sc.isGenitive(next) || d.UPOS[next] == nlp.NOUN || sc.noun(next).kind == humanNoun {
		return true
	}
	if k := next + 1; isPerson && k < r.Past && d.UPOS[next] == nlp.ADJ && d.UPOS[k] == nlp.NOUN && sc.noun(k).kind == humanNoun {
		return true // "a former Hale economic adviser"
	}
	return !isPerson && (d.MentionOf[next] >= 0 || d.UPOS[next] == nlp.PROPN || d.UPOS[next] == nlp.ADJ || d.UPOS[next] == nlp.NUM)
}

// nounOf returns the noun that r is about: the last one before a preposition or a verb. -1 without one.
func (sc *scratch) nounOf(r nlp.TokenRange) int {
	noun := -1
	for t := r.First; t < r.Past; t++ {
		switch sc.d.UPOS[t] {
		case nlp.NOUN, nlp.PROPN:
			noun = t
		case nlp.ADP, nlp.VERB, nlp.AUX, nlp.ADV:
			if noun >= 0 {
				return noun
			}
		}
	}
	return noun
}
