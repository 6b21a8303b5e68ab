package coref

import (
	"math"
	"slices"
	"strings"
	"time"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// bearerOf returns the person whose surname, or only name, is the capitalised token t.
func (sc *scratch) bearerOf(t int) int32 {
	d := sc.d
	best := int32(-1)
	sc.byLast.each(d.Tokens[t].Lower, func(p int32) bool {
		q := &sc.parties[p]
		if q.last != d.Tokens[t].Lower || (q.parts < 2 && q.count < 2) {
			return true
		}
		if t > 0 && d.UPOS[t-1] == nlp.PROPN && sc.sentOf[t-1] == sc.sentOf[t] && q.parts > 1 && sc.titles[d.Tokens[t-1].Lower] == lexicon.NoTitle &&
			!sc.sameGiven(t-1, q.name.First) && int(d.Heads[t-1]) == t {
			return true // somebody else of the name
		}
		if best < 0 || q.count > sc.parties[best].count {
			best = p
		}
		return true
	})
	return best
}

// nounBeforeOf is the word before the first preposition of a name, -1 without one.
func (sc *scratch) nounBeforeOf(name nlp.TokenRange) int {
	for t := name.First + 1; t+1 < name.Past; t++ {
		if w := sc.d.Word(t); w == "of" || w == "on" || w == "for" {
			return t - 1
		}
	}
	return -1
}

// middleOf is the word before the last one of the person's name n, the first half of a surname with a hyphen, or the nickname
// in marks there; -1 when that is an initial or a given name, which others have too.
func (sc *scratch) middleOf(n name) int {
	t := n.last - 1
	isSurname := false
	for ; t > n.First && sc.d.Tokens[t].Flags.Has(nlp.IsPunct); t-- {
		isSurname = isSurname || sc.d.Tokens[t].Mark == nlp.CloseMark || sc.d.Word(t) == "-"
	}
	if t <= n.First || !sc.d.Tokens[t].Flags.Has(nlp.IsCapital) || len(sc.d.Word(t)) < 3 || sc.isGiven(t) && !isSurname {
		return -1
	}
	return t
}

// setPrior takes the share of women of the given name at token t as a weak prior.
func (sc *scratch) setPrior(p *party, t int) {
	p.prior = 0
	if p.parts < 2 {
		return
	}
	share, ok := sc.womenShare(t)
	if known, isKnown := contrary[nlp.Mix(sc.d.Tokens[t].Lower, p.last)]; isKnown {
		share, ok = known, true
	}
	if ok {
		p.prior = math.Log(float64(share+2) / float64(102-int(share)))
	}
}

// contrary has the share of women, none or all, of persons in the news whose given names are mostly those of others. Own list.
var contrary = func() map[uint64]uint8 {
	m := map[uint64]uint8{}
	add := func(share uint8, names ...string) {
		for _, name := range names {
			first, last, _ := strings.Cut(name, " ")
			m[nlp.Mix(nlp.Hash(first), nlp.Hash(last))] = share
		}
	}
	add(0, "lindsey graham", "haley barbour", "dana rohrabacher", "dana milbank", "dana white", "bernie sanders", "jody hice", "lynn westmoreland", "robin hayes", "robin williams",
		"kim un", "kim jong-un", "kim il", "kim jong-il", "kim dotcom", "leslie moonves", "hilary benn", "ariel sharon", "dominique strauss-kahn", "marion barry", "sandy berger",
		"andrea bocelli", "shannon sharpe", "tracy morgan", "jackie chan", "jackie robinson", "ashley cole", "courtney vance", "kelly slater")
	add(100, "sidney powell", "alex wagner", "alex morgan", "chris jansing", "chris evert", "drew barrymore", "cameron diaz", "charlie d'amelio", "dylan dreyer", "blake lively", "glenn close")
	return m
}()

// weekdays end names by mistake, but after namedDays.
var (
	weekdays  = nlp.WordSet("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
	namedDays = nlp.WordSet("Black Super Good Ash Cyber Bloody Palm Easter Ruby Giving Red")
)

// kin are nouns of those who often bear the surname of whose they are.
var kin = nlp.WordSet("wife husband ex-wife ex-husband widow mother father mom dad son daughter brother sister cousin uncle aunt nephew niece stepfather stepmother")

// isKin reports whether n is named as a relative of somebody who may bear the same surname: "his wife, Zoë
// Hale", "Hale's brother Sam Hale".
func (sc *scratch) isKin(n name) bool {
	d, t := sc.d, n.First
	k := t - 1
	if k > 0 && d.Lemmas[k] == "lady" && d.Lemmas[k-1] == "first" {
		return true
	}
	if k > 0 && d.Word(k) == "," {
		k--
	}
	if k < 1 || !kin[d.Lemmas[k]] || sc.sentOf[k] != sc.sentOf[t] {
		return false
	}
	for j := k - 1; j >= max(0, k-3); j-- {
		if sc.isGenitive(j) {
			return j == 0 || d.MentionOf[j-1] < 0 || d.Tokens[j-1].Lower == d.Tokens[n.last].Lower
		}
		if sc.rel(j, possessive) && d.UPOS[j] == nlp.PRON {
			return true
		}
	}
	return false
}

// isJunior reports whether n ends as the names of those who are called like a parent or a child do.
func (sc *scratch) isJunior(n name) bool {
	return n.Past > n.last+1 && generations[sc.d.Word(n.Past-1)]
}

var generations = nlp.WordSet("Jr. Jr Sr. Sr")

// tellsJunior reports whether n shows that one with its surname and Jr. is not the one without: "Hale Jr.", "his son Sam Hale Jr.",
// and "President Hale", who is the one that needs no first name.
func (sc *scratch) tellsJunior(n name) bool {
	if sc.isJunior(n) {
		return n.parts == 1 || sc.isKin(n) || sc.d.Tokens[n.last].Lower == trump
	}
	return n.parts == 1 && n.isPresident() && !sc.isFormer(n.title)
}

// isPresident reports whether n has the title.
func (n name) isPresident() bool { return n.role == president }

var (
	president                  = nlp.Hash("president")
	candidateRole, nomineeRole = nlp.Hash("candidate"), nlp.Hash("nominee")
	// trump is the surname of the president whose son alone is Jr.; of others it is the president.
	trump = nlp.Hash("trump")
)

// isNamesake reports whether the full name n is of somebody whom the article does not mean by the surname alone: Zoë Hale where it has
// Mr. Hale, or, in an article without any Mr., Mrs. Hale beside a man of the name; and where it has a president who is the only one to be
// called by theirs, one with another given name.
func (sc *scratch) isNamesake(n name) bool {
	first, last := sc.d.Tokens[n.First].Lower, sc.d.Tokens[n.last].Lower
	if share, is := sc.womenShare(n.First); is && (sc.misters[last] || sc.misses[last] && sc.men[last] && len(sc.misters) == 0) && share >= surelyWomen {
		return true
	}
	return sc.presidents[last] && aloneInOffice[last] && !n.isPresident() && sc.isNoPresident(n.First, first, last)
}

// isNoPresident reports whether a president of the United States has the surname last, and none the given name first, at token t.
func (sc *scratch) isNoPresident(t int, first, last uint64) bool {
	return presidents[last] && !presidents[nlp.Mix(first, last)] && !isInitial(sc.d.Word(t))
}

// presidencies are those of the United States from 1933 on, the last one first. Own list.
var presidencies = []struct {
	surname, given string // given: the given names that the press has for them
	wing           wing
	since          time.Time
}{
	{"trump", "donald don", republican, day(2025, 1, 20)},
	{"biden", "joe joseph", democratic, day(2021, 1, 20)},
	{"trump", "donald don", republican, day(2017, 1, 20)},
	{"obama", "barack", democratic, day(2009, 1, 20)},
	{"bush", "george", republican, day(2001, 1, 20)},
	{"clinton", "bill william", democratic, day(1993, 1, 20)},
	{"bush", "george", republican, day(1989, 1, 20)},
	{"reagan", "ronald ron", republican, day(1981, 1, 20)},
	{"carter", "jimmy james", democratic, day(1977, 1, 20)},
	{"ford", "gerald jerry", republican, day(1974, 8, 9)},
	{"nixon", "richard", republican, day(1969, 1, 20)},
	{"johnson", "lyndon", democratic, day(1963, 11, 22)},
	{"kennedy", "john jack jfk", democratic, day(1961, 1, 20)},
	{"eisenhower", "dwight ike", republican, day(1953, 1, 20)},
	{"truman", "harry", democratic, day(1945, 4, 12)},
	{"roosevelt", "franklin", democratic, day(1933, 3, 4)},
}

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// presidents are the surnames of presidencies, and each with the given names.
var presidents = func() map[uint64]bool {
	m := map[uint64]bool{}
	for _, p := range presidencies {
		last := nlp.Hash(p.surname)
		m[last] = true
		for first := range strings.FieldsSeq(p.given) {
			m[nlp.Mix(nlp.Hash(first), last)] = true
		}
	}
	return m
}()

// presidentNames are the surnames of presidencies, each once.
var presidentNames = func() []uint64 {
	var list []uint64
	for _, p := range presidencies {
		if last := nlp.Hash(p.surname); !slices.Contains(list, last) {
			list = append(list, last)
		}
	}
	return list
}()

// wingOfPresident returns the political party of the last president with the surname.
func wingOfPresident(surname uint64) wing {
	for _, p := range presidencies {
		if nlp.Hash(p.surname) == surname {
			return p.wing
		}
	}
	return noWing
}

// lastDay is the day from which on the list does not know who is president.
var lastDay = day(2029, 1, 20)

// wasPresident reports whether one of the surname was president of the United States on a day; on that of an inauguration two were.
func wasPresident(surname uint64, on time.Time) bool {
	for _, p := range presidencies {
		if on.Before(p.since) {
			continue
		}
		if nlp.Hash(p.surname) == surname {
			return on.Before(lastDay)
		}
		if on.After(p.since) {
			break
		}
	}
	return false
}

// unitedStates are the keys of the names of that country.
var unitedStates = map[uint64]bool{placeOf([]string{"U.S."}): true, placeOf([]string{"US"}): true, placeOf([]string{"United", "States"}): true, placeOf([]string{"American"}): true}

// aloneInOffice are the surnames of those of them who are the only politicians of a family.
var aloneInOffice = map[uint64]bool{nlp.Hash("truman"): true, nlp.Hash("eisenhower"): true, nlp.Hash("nixon"): true, nlp.Hash("reagan"): true, nlp.Hash("obama"): true,
	nlp.Hash("trump"): true, nlp.Hash("biden"): true}

// surelyWomen is the share of women, in per cent, from which on a given name is no man's.
const surelyWomen = 95

// isCalledJunior reports whether the article tells the bearer of n, which ends in Jr., from one who is "Hale".
func (sc *scratch) isCalledJunior(n name) bool { return sc.juniors[sc.d.Tokens[n.last].Lower] }

// royal are titles before given names: King Olaf is nobody whose surname is Olaf.
var royal = nlp.WordSet("King Queen Prince Princess Pope Sultan Emir Emperor king queen prince princess pope sultan emir emperor")

// isOther reports whether n is not the name of q though it might be one: a bare surname is not that of a relative, nor
// King Olaf one whose surname is that, nor Hale Jr. Hale.
func (sc *scratch) isOther(q *party, n name) bool {
	isJunior := sc.isJunior(n)
	if n.parts > 1 {
		return q.parts > 1 && q.isJunior != (isJunior && sc.isCalledJunior(n))
	}
	switch {
	case n.isPresident() && q.parts > 1 && !q.isJunior && sc.isNoPresident(q.name.First, q.first, q.last):
		return true
	case isJunior:
		return !generations[sc.d.Word(q.name.Past-1)]
	case n.role != 0 && royal[sc.d.Lemmas[n.title]]:
		return q.parts > 1 && q.first != sc.d.Tokens[n.First].Lower
	}
	return !n.female && (!n.male || n.isPresident()) && q.isRelative && q.last == sc.d.Tokens[n.last].Lower
}

// findPerson returns the party that n is a name of, -1 if none.
func (sc *scratch) findPerson(n name) int32 {
	first, last := sc.d.Tokens[n.First].Lower, sc.d.Tokens[n.last].Lower
	best := int32(-1)
	consider := func(p int32) bool {
		q := &sc.parties[p]
		if q.kind != quoth.PersonParty || sc.genderClash(q, n) || sc.isOther(q, n) {
			return true
		}
		if best < 0 || sc.better(q, &sc.parties[best], n) {
			best = p
		}
		return true
	}
	if n.parts == 1 {
		sc.byLast.each(last, consider)
		if best < 0 {
			sc.byFirst.each(first, consider)
			best = sc.orOfForm(best, n)
		}
		if best < 0 {
			sc.byAlias.each(first, consider)
		}
		if best < 0 && n.role == 0 && !n.male {
			best = sc.onlyRelative(n)
		}
		return best
	}
	sc.byLast.each(last, func(p int32) bool {
		q := &sc.parties[p]
		if q.parts == 1 || sc.sameGiven(n.First, q.name.First) || sc.isTail(n, q.name) {
			return consider(p)
		}
		return true
	})
	if best < 0 && n.parts == 2 {
		// Two surnames: "Ildefonso Guajardo Villarreal", then "Guajardo Villarreal".
		sc.byLast.each(nlp.Mix(first, last), consider)
	}
	return best
}

// onlyRelative returns the relative named before the bare surname n, which nobody else in the article bears: "her sister, Zoë Hale", then
// "Hale". -1 without one.
func (sc *scratch) onlyRelative(n name) int32 {
	best := int32(-1)
	sc.byLast.each(sc.d.Tokens[n.last].Lower, func(p int32) bool {
		if q := &sc.parties[p]; q.isRelative && !q.isJunior && q.from < n.First && q.last == sc.d.Tokens[n.last].Lower && !sc.genderClash(q, n) {
			best = p
		}
		return best < 0
	})
	return best
}

// orOfForm returns best, who has the bare given name n, or who was named last before it where n is a short form of their given name: "Chris"
// after "Christopher Hale" is not Chris Reed.
func (sc *scratch) orOfForm(best int32, n name) int32 {
	if best < 0 || n.First == 0 {
		return best
	}
	for p := range sc.parties[:min(len(sc.parties), maxWhole)] {
		q := &sc.parties[p]
		if q.kind != quoth.PersonParty || q.parts < 2 || q.seen >= n.First || q.seen <= sc.parties[best].seen && sc.parties[best].seen < n.First || sc.sentOf[n.First]-sc.sentOf[max(q.seen, 0)] > nearby {
			continue
		}
		if len(sc.d.Word(q.name.First)) > len(sc.d.Word(n.First)) && sc.sameGiven(n.First, q.name.First) {
			best = int32(p)
		}
	}
	return best
}

// isTail reports whether n is a surname of several words that the whole name ends with: "Van der Kamp" of "Pieter van der
// Kamp", "Al-Zayani" of "Karim al-Zayani". "Ann Hale" is none of "Zoë Ann Hale": given names begin names.
func (sc *scratch) isTail(n name, whole nlp.TokenRange) bool {
	d := sc.d
	first := whole.Past - n.Len()
	if first <= whole.First {
		return false
	}
	for k := range n.Len() {
		if d.Tokens[first+k].Lower != d.Tokens[n.First+k].Lower {
			return false
		}
	}
	return !d.Tokens[first].Flags.Has(nlp.IsCapital) || d.Word(first+1) == "-"
}

// better reports whether party a is a better bearer of the bare name n than b: one
// that was named before n, the nearest; else the first one after it.
func (sc *scratch) better(a, b *party, n name) bool {
	ga, gb := sc.fits(a, n), sc.fits(b, n)
	if !n.female && a.isRelative != b.isRelative && min(ga, gb) >= 0 {
		return b.isRelative
	}
	if ga != gb {
		return ga > gb
	}
	if ga, gb := genderOf(a), genderOf(b); ga != gb && a.whole < muchMore*b.whole && b.whole < muchMore*a.whole {
		// The pronoun is not that of one of the other gender.
		if said := sc.genderAfter(n); said != 0 && (said == -ga) != (said == -gb) {
			return said == -gb
		}
	}
	if na, nb := sc.isAtHand(a, n), sc.isAtHand(b, n); na != nb {
		return na
	} else if na {
		return a.seen > b.seen
	}
	if a.count != b.count {
		return a.count > b.count
	}
	return a.name.First < b.name.First
}

const (
	// maxBefore is how many words behind a name the pronoun stands that takes it up.
	maxBefore = 12
	// muchMore is how many times as often as another somebody is named in full whom a pronoun behind the name does not outweigh.
	muchMore = 4
)

// genderAfter tells by the first pronoun behind the bare name n, a subject, whether it is a woman's, 1, or a man's, -1: "Hale says she
// knows". 0 tells nothing, as with a title, or with somebody else between.
func (sc *scratch) genderAfter(n name) int {
	d := sc.d
	if n.female || n.male || !sc.rel(n.last, subject) {
		return 0
	}
	for t := n.Past; t < min(len(d.Tokens), n.Past+maxBefore) && sc.sentOf[t] == sc.sentOf[n.First]; t++ {
		if d.Tokens[t].Depth != d.Tokens[n.First].Depth {
			continue
		}
		if m := d.MentionOf[t]; m >= 0 && d.Mentions[m].Kind == nlp.Person {
			return 0
		}
		if d.UPOS[t] != nlp.PRON || !sc.rel(t, subject) && !sc.rel(t, possessive) {
			continue
		}
		switch sc.words[d.Tokens[t].Lower].pron {
		case she:
			return 1
		case he:
			return -1
		}
	}
	return 0
}

// genderOf is 1 for a woman and -1 for a man, by what the text says, or a given name that leaves no doubt; 0 where that is not known.
func genderOf(p *party) int {
	switch g := p.female - p.male; {
	case g > 0, g == 0 && p.prior >= surelyNamed:
		return 1
	case g < 0, g == 0 && p.prior <= -surelyNamed:
		return -1
	}
	return 0
}

// isAtHand reports whether p was the subject of the sentence of n or of the one before:
// then a bare surname means it, and else the bearer whom the article is about.
func (sc *scratch) isAtHand(p *party, n name) bool {
	return p.seen >= 0 && p.seen < n.First && p.isSubject && sc.sentOf[n.First]-sc.sentOf[p.seen] <= 1
}

// fits tells how well the gender of n's title fits what is known of p: 1 well, 0
// unknown, -1 badly.
func (sc *scratch) fits(p *party, n name) int {
	g := p.female - p.male
	if g == 0 {
		g = int(p.prior)
	}
	switch {
	case n.female == n.male || g == 0:
		return 0
	case n.female == (g > 0):
		return 1
	}
	return -1
}

// genderClash reports whether the title of n contradicts what the text says of p, or, where that
// says nothing, a first name that leaves no doubt: Mr. Reed is not Anna Reed.
func (sc *scratch) genderClash(p *party, n name) bool {
	isWoman := p.female >= titleSteps || p.female == 0 && p.prior >= surelyNamed
	isMan := p.male >= titleSteps || p.male == 0 && p.prior <= -surelyNamed
	return n.female && isMan && p.female == 0 || n.male && isWoman && p.male == 0
}

// sameGiven reports whether the words a and b may be the same given name: equal, one
// the initial of the other, or one a short form of the other.
func (sc *scratch) sameGiven(a, b int) bool {
	if sc.d.Tokens[a].Lower == sc.d.Tokens[b].Lower {
		return true
	}
	x, y := sc.d.Word(a), sc.d.Word(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if isInitial(x) {
		return x[0] == y[0]
	}
	return len(x) >= 3 && y[:len(x)] == x && !sc.ofTwoGenders(a, b) || nicknames.AreForms(strings.ToLower(x), strings.ToLower(y))
}

// nicknames are short forms of given names.
var nicknames = lexicon.NewNicknames()

// ofTwoGenders reports whether one of the given names a and b is that of women and the other that of men: Paula is not Paul,
// while Sam may be Samantha.
func (sc *scratch) ofTwoGenders(a, b int) bool {
	x, y := sc.d.Word(a), sc.d.Word(b)
	if len(x) > len(y) {
		x, y, a, b = y, x, b, a
	}
	p, isMan := sc.womenShare(a)
	q, isWoman := sc.womenShare(b)
	return feminine[y[len(x):]] && isMan && isWoman && p < 50 && q > 50
}

// feminine are endings that make a woman's name of a man's.
var feminine = nlp.WordSet("a e le lle na ne ia ina ine ette")

// isInitial reports whether s is a capital letter, with or without a full stop.
func isInitial(s string) bool {
	return len(s) > 0 && len(s) <= 2 && s[0] >= 'A' && s[0] <= 'Z' && (len(s) == 1 || s[1] == '.')
}
