package coref

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// party is a candidate for a cluster.
type party struct {
	kind   quoth.PartyKind
	name   nlp.TokenRange // its fullest name, in tokens
	titled nlp.TokenRange // a name of one word with the title that makes it whole, "Queen Zora"; empty without one
	parts  int            // words of the name
	joint  []int32        // the parties that speak together, nil for one
	owner  int32          // 1 + the person whose the noun in name is, where the text has only "her campaign" of it; 0 for others
	first  uint64         // first word of the fullest name
	last   uint64         // last one, Jr. and the like aside
	female int            // evidence of the text, in steps
	male   int
	prior  float64 // given name: log odds of a woman's, 0 unknown
	// isPlural marks groups and joint speakers: "they".
	isPlural bool
	// isPlace marks countries, cities and the like: parties only when they speak.
	isPlace bool
	isNamed bool
	// isFamily marks groups that bear a surname: the Hale family.
	isFamily bool
	// isRelative marks those who are first named as somebody's wife or the like: a bare surname is not
	// theirs.
	isRelative bool
	// isJunior marks those whom the article calls "Hale Jr.", since somebody else is Hale.
	isJunior bool
	// isSubject reports whether its latest mention was a subject.
	isSubject bool
	wing      wing
	home      uint64 // key of the state of the United States it is of, 0 unknown
	age       uint64 // role of the age that the text tells of it, 0 unknown
	count     int    // mentions by name in the article
	whole     int    // those in several words
	from      int    // token of the first of these
	seen      int    // token of its latest mention, -1 before
	cluster   int32
}

// A link chains the parties of an index entry.
type link struct {
	party, next int32
}

// index finds parties by a hash. Chains keep the order of entry, latest first.
type index struct {
	heads map[uint64]int32
	links []link
}

func (x *index) reset() {
	if x.heads == nil {
		x.heads = map[uint64]int32{}
	}
	clear(x.heads)
	x.links = x.links[:0]
}

func (x *index) add(key uint64, p int32) {
	if head, ok := x.heads[key]; ok && x.links[head-1].party == p {
		return
	}
	x.links = append(x.links, link{p, x.heads[key]})
	x.heads[key] = int32(len(x.links))
}

// maxChain bounds how many parties under one key are looked at.
const maxChain = 16

// each calls yield for the parties under key, until it returns false.
func (x *index) each(key uint64, yield func(p int32) bool) {
	for at, n := x.heads[key], 0; at > 0 && n < maxChain; at, n = x.links[at-1].next, n+1 {
		if !yield(x.links[at-1].party) {
			return
		}
	}
}

// name is a mention's words without titles, determiners and endings.
type name struct {
	nlp.TokenRange
	last   int // index of the last part that counts
	parts  int
	female bool // by title
	male   bool
	role   uint64 // by title
	title  int    // its token
	isMan  bool   // kind: a person
	// isFamily: the name is a surname and a word for those who bear it.
	isFamily bool
}

// cutHeadlines takes off what stands beside a surname in headlines, where every word has a capital, and is no name: "Hale News Conference",
// "Against Hale". Of the article's names of two words those are cut once that have a surname which stands alone elsewhere, and another word
// that stands elsewhere in small letters.
func (sc *scratch) cutHeadlines() {
	d := sc.d
	var kinds map[uint64]nlp.UPOS // of words in small letters
	small := func(t int) (nlp.UPOS, bool) {
		if kinds == nil {
			kinds = map[uint64]nlp.UPOS{}
			for k := range d.Tokens {
				if f := d.Tokens[k].Flags; f.Has(nlp.HasLetter) && !f.Has(nlp.IsCapital) {
					kinds[d.Tokens[k].Lower] = d.UPOS[k]
				}
			}
		}
		u, is := kinds[d.Tokens[t].Lower]
		return u, is
	}
	for i := range sc.names {
		n := &sc.names[i]
		if !n.isMan || n.parts != 2 || n.Len() != 2 || n.title != 0 || d.Tokens[n.last].Flags.Has(nlp.IsUpper) {
			continue
		}
		first, last := d.Tokens[n.First].Lower, d.Tokens[n.last].Lower
		switch {
		case sc.isGiven(n.First):
		case sc.loners[first] && !sc.loners[last] && !bodies[strings.ToLower(d.Word(n.last))]:
			if _, is := small(n.last); is {
				n.Past, n.last, n.parts = n.First+1, n.First, 1
			}
		case sc.loners[last] && d.Tokens[n.First].Flags.Has(nlp.StartsSent):
			if u, is := small(n.First); is && u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ {
				n.First, n.parts = n.last, 1
			}
		}
	}
}

// readTitles fills the surnames that stand with Jr., President, Mr. and Mrs., and those of men.
func (sc *scratch) readTitles() {
	d := sc.d
	for _, n := range sc.names {
		if !n.isMan {
			continue
		}
		last := d.Tokens[n.last].Lower
		if sc.tellsJunior(n) {
			sc.juniors[last] = true
		}
		switch share, is := sc.womenShare(n.First); {
		case n.parts > 1:
			if !is || share < 50 {
				sc.men[last] = true
			}
		case d.Tokens[n.First].Depth > 0: // whoever speaks may call them so
		case n.isPresident() && !sc.isFormer(n.title):
			sc.presidents[last] = true
		case n.male && courtesies[d.Word(n.title)]:
			sc.misters[last] = true
		case n.female && courtesies[d.Word(n.title)]:
			sc.misses[last] = true
		}
	}
}

// surname is n without its first word.
func (n name) surname() name {
	n.First++
	return n
}

// joinNames gives every mention that can be a party its party: sc.partyOf.
func (sc *scratch) joinNames() {
	d := sc.d
	sc.names = sc.names[:0]
	sc.partyOf = sc.partyOf[:0]
	sc.readHyphens()
	for _, m := range d.Mentions {
		n := name{}
		if sc.mayBeParty(m) && !sc.isCutOff(m) && !sc.isDatelinePlace(m) && sc.prefixed(m) == "" && !sc.isCase(m) && !sc.isPartisan(m.Past-1) && !sc.isOneOfPeople(m) && sc.insertedIn(m) < 0 {
			n = sc.core(m)
		}
		sc.names = append(sc.names, n)
		sc.partyOf = append(sc.partyOf, -1)
	}
	sc.outvote()
	sc.callCompanies()
	sc.cutHeadlines()
	sc.readTitles()
	// The longest names first, so that the parts have something to join; names of one
	// word last, in the order of the text.
	for _, size := range [...]struct{ least, most int }{{3, 1 << 30}, {2, 2}, {1, 1}} {
		for i, n := range sc.names {
			if n.parts >= size.least && n.parts <= size.most {
				sc.joinName(i, n)
			} else if p := sc.partyOf[i]; p >= 0 && size.most == 1 {
				sc.parties[p].seen = d.Mentions[i].First
			}
		}
	}
	for i, m := range d.Mentions {
		if k := sc.insertedIn(m); k >= 0 {
			sc.partyOf[i] = sc.partyOf[k]
		}
	}
	sc.recallNames()
	sc.joinPrefixed()
	for p := range sc.parties {
		sc.namedWithin(p)
		sc.parties[p].seen = -1
	}
}

// insertedIn returns the mention of the surname that the given name m, which an editor put in brackets, stands before: "Secretary [of State
// Zoë] Hale". -1 without one.
func (sc *scratch) insertedIn(m nlp.Mention) int32 {
	d, t := sc.d, m.Past
	if m.Kind != nlp.Person || t+1 >= len(d.Tokens) || d.Word(t) != "]" || sc.sentOf[t+1] != sc.sentOf[t] {
		return -1
	}
	if k := d.MentionOf[t+1]; k >= 0 && d.Mentions[k].Kind == nlp.Person && d.Mentions[k].First == t+1 {
		return k
	}
	return -1
}

// namedWithin gives persons who are called by a surname alone the whole name that stands in the name of
// organization p: "Hale" and "the Zoë Hale Campaign".
func (sc *scratch) namedWithin(p int) {
	q := sc.parties[p]
	if q.kind != quoth.OrganizationParty || q.isPlace || q.parts < 3 {
		return
	}
	for t := q.name.First; t+2 < q.name.Past; t++ {
		if !sc.isGiven(t) {
			continue
		}
		found := int32(-1)
		sc.byLast.each(sc.d.Tokens[t+1].Lower, func(k int32) bool {
			if r := &sc.parties[k]; r.kind == quoth.PersonParty && r.parts == 1 && !r.isRelative {
				found = k
			}
			return found < 0
		})
		if found >= 0 && !sc.isOtherGender(&sc.parties[found], t) {
			sc.prefer(found, sc.core(nlp.Mention{TokenRange: nlp.TokenRange{First: t, Past: t + 2}, Kind: nlp.Person}))
		}
	}
}

// isOtherGender reports whether the given name at token t is seldom one of the gender that the text tells of p.
func (sc *scratch) isOtherGender(p *party, t int) bool {
	share, _ := sc.womenShare(t)
	return p.female > p.male && share < 50 || p.male > p.female && share > 50
}

// mayVote reports whether n counts among the names by which outvote goes: no lone acronym.
func (sc *scratch) mayVote(n name) bool {
	return n.parts > 1 || n.parts == 1 && !sc.d.Tokens[n.First].Flags.Has(nlp.IsUpper)
}

// outvote makes a person of a name that the recogniser takes for something else here and
// for a person in most other places of the article; and none of a name of one word that it
// takes for a person here and clearly for something else elsewhere.
func (sc *scratch) outvote() {
	votes := map[uint64]int{}
	for i, n := range sc.names {
		switch {
		case !sc.mayVote(n):
		case n.isMan && n.parts == 1 && n.title == 0 && sc.isCompanyBehind(n.Past):
			votes[sc.sequence(n)] -= len(sc.names)
		case n.isMan:
			votes[sc.sequence(n)]++
		case n.parts > 0 && sc.isAddressed(sc.d.Mentions[i]):
			votes[sc.sequence(n)] += addressed
		default:
			votes[sc.sequence(n)]--
		}
	}
	for _, r := range sc.bearers {
		votes[sc.sequence(name{TokenRange: r, last: r.First})]++
	}
	sc.readFullNames()
	for _, n := range sc.names {
		// With "Marine Le Renn" goes "Le Renn".
		if s := n.surname(); n.parts > 2 && particles[sc.d.Word(s.First)] && votes[sc.sequence(n)] > 0 {
			votes[sc.sequence(s)] = addressed
		}
	}
	for i := range sc.names {
		n := &sc.names[i]
		if !sc.mayVote(*n) {
			continue
		}
		switch all := votes[sc.sequence(*n)]; {
		case !n.isMan && (all > 0 || n.parts > 1 && sc.isGiven(n.First) && votes[sc.sequence(n.surname())] > 0):
			*n = sc.core(nlp.Mention{TokenRange: sc.d.Mentions[i].TokenRange, Kind: nlp.Person})
		case n.isMan && n.parts == 1 && n.title == 0 && all <= -outvoted && !sc.fullNames[sc.d.Tokens[n.First].Lower]:
			n.isMan = false
		}
	}
}

// isCompanyBehind reports whether an apposition begins with the comma at token t that tells of a company: "Lakemark, the state-owned company,".
func (sc *scratch) isCompanyBehind(t int) bool {
	d := sc.d
	if t+2 >= len(d.Tokens) || d.Word(t) != "," || d.UPOS[t+1] != nlp.DET {
		return false
	}
	for k := t + 2; k+1 < min(len(d.Tokens), t+maxCalling) && sc.sentOf[k+1] == sc.sentOf[t]; k++ {
		switch u := d.UPOS[k]; {
		case isCompanyNoun[d.Word(k)]:
			return d.Word(k+1) == "," || d.Word(k+1) == "that" || d.Word(k+1) == "which"
		case u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ && u != nlp.VERB && d.Word(k) != "-":
			return false
		}
	}
	return false
}

// isAddressed reports whether m, which the recogniser takes for no person, is called as one is: "Ms Le Renn"; and, by a given name,
// "the candidate Marine Le Renn" or, in capitals, "ZOË HALE:".
func (sc *scratch) isAddressed(m nlp.Mention) bool {
	d := sc.d
	if m.First > 0 && courtesies[d.Word(m.First-1)] || m.Len() > 1 && courtesies[d.Word(m.First)] {
		return outletWords[strings.ToLower(d.Word(m.Past-1))] == lexicon.NoOutlet
	}
	if m.Kind != nlp.Organization || m.Len() < 2 || !sc.isGiven(m.First) || !d.Tokens[m.First+1].Flags.Has(nlp.IsCapital) {
		return false
	}
	if k := m.First - 1; k >= 0 && d.UPOS[k] == nlp.NOUN && !d.Tokens[k].Flags.Has(nlp.IsCapital) && sc.noun(k).kind == humanNoun && !sc.isPluralNoun(k) {
		return m.Len() <= 3
	}
	isUpper := d.Tokens[m.First].Flags.Has(nlp.IsUpper) && d.Tokens[m.First+1].Flags.Has(nlp.IsUpper)
	return m.Len() == 2 && isUpper && m.Past < len(d.Tokens) && (d.Word(m.Past) == ":" || d.Word(m.Past) == "(")
}

var courtesies = nlp.WordSet("Mr Mr. Mrs Mrs. Ms Ms. Mx Mx.")

// particles begin surnames of several words.
var particles = nlp.WordSet("Le La Les Da Das De Del Della Den Der Di Dos Du El Van Von Ben Bin Ibn Al Te Ten Ter")

// addressed is how many votes a name has that somebody is called by.
const addressed = 3

// outvoted is by how many places a name of one word is outvoted that the recogniser takes for a person.
const outvoted = 2

// readFullNames sets sc.fullNames to the words that begin or end a person's name of several words.
func (sc *scratch) readFullNames() {
	clear(sc.fullNames)
	for i := range sc.names {
		if n := &sc.names[i]; n.isMan && n.parts > 1 {
			sc.fullNames[sc.d.Tokens[n.First].Lower], sc.fullNames[sc.d.Tokens[n.last].Lower] = true, true
		}
	}
}

// callCompanies makes organizations of the names of one word that are those of companies, unless the article
// has somebody of that name: "Honda", "Macy's".
func (sc *scratch) callCompanies() {
	sc.readFullNames()
	clear(sc.bareNames)
	isGenitive := func(n *name) bool {
		return n.Past < len(sc.d.Tokens) && sc.d.Tokens[n.Past].Lower == sc.hash.genitive
	}
	for i := range sc.names {
		if n := &sc.names[i]; n.parts > 0 && n.last+1 == n.Past && companies[sc.d.Tokens[n.last].Lower] == lexicon.GenitiveCompany && !isGenitive(n) {
			sc.bareNames[sc.d.Tokens[n.last].Lower] = true
		}
	}
	for i := range sc.names {
		n := &sc.names[i]
		if n.parts != 1 || n.Len() != 1 || n.title != 0 {
			continue
		}
		w := sc.d.Tokens[n.First].Lower
		class := companies[w]
		if class == lexicon.NoCompany || class == lexicon.GenitiveCompany && (!isGenitive(n) || sc.bareNames[w]) || sc.fullNames[w] {
			continue
		}
		n.isMan = false
		if class == lexicon.GenitiveCompany {
			n.Past++
		}
	}
}

// companies are hashes of words that companies are called by and that could be somebody's name.
var companies = func() map[uint64]lexicon.CompanyClass {
	m := map[uint64]lexicon.CompanyClass{}
	for w, class := range lexicon.Companies() {
		m[nlp.Hash(w)] = class
	}
	return m
}()

// isCase reports whether m is a case at law, which is nobody: "Hale v. Renn".
func (sc *scratch) isCase(m nlp.Mention) bool {
	for t := m.First + 1; t < min(m.Past, m.First+maxName); t++ {
		if w := sc.d.Word(t); w == "v." || w == "vs." {
			return true
		}
	}
	return false
}

// prefixed is the name in a mention of one word that is for or against it, "" in others: "the anti-Hale ads".
func (sc *scratch) prefixed(m nlp.Mention) string {
	if m.Len() != 1 {
		return ""
	}
	prefix, base, _ := strings.Cut(sc.d.Word(m.First), "-")
	if first, _ := utf8.DecodeRuneInString(base); !unicode.IsUpper(first) || !prefixes[strings.ToLower(prefix)] {
		return ""
	}
	return base
}

// prefixes stand with a hyphen before a name that is not theirs.
var prefixes = nlp.WordSet("anti pro post pre ex non")

// joinPrefixed gives mentions like "anti-Hale" the person of that name whom the article mentions most.
func (sc *scratch) joinPrefixed() {
	for i, m := range sc.d.Mentions {
		base := sc.prefixed(m)
		if base == "" {
			continue
		}
		sc.byLast.each(nlp.Hash(strings.ToLower(base)), func(p int32) bool {
			if q := sc.partyOf[i]; sc.parties[p].kind == quoth.PersonParty && (q < 0 || sc.parties[p].count > sc.parties[q].count) {
				sc.partyOf[i] = p
			}
			return true
		})
	}
}

// recallNames finds the names of known persons that no mention covers: the recogniser of
// names misses some of many, and what is a name once is one everywhere.
func (sc *scratch) recallNames() {
	d := sc.d
	for t := range d.Tokens {
		tok := &d.Tokens[t]
		if d.MentionOf[t] >= 0 || !tok.Flags.Has(nlp.IsCapital) || d.UPOS[t] != nlp.PROPN || sc.wordOf[t] >= 0 || tok.Flags.Has(nlp.InBackground) {
			continue
		}
		if next := t + 1; next < len(d.Tokens) && d.UPOS[next] == nlp.PROPN && sc.sentOf[next] == sc.sentOf[t] &&
			(d.Heads[t] != int32(next) && d.MentionOf[next] < 0 || sc.titles[tok.Lower] != lexicon.NoTitle && d.MentionOf[next] >= 0) {
			continue // not the last word of its name, or a title: "Judge Hale" is no Zoë Judge
		}
		if p := sc.bearerOf(t); p >= 0 {
			sc.wordOf[t] = p
			sc.parties[p].count++
		}
	}
}

// mayBeParty reports whether mention m may name somebody who speaks.
func (sc *scratch) mayBeParty(m nlp.Mention) bool {
	switch m.Kind {
	case nlp.Person, nlp.Organization, nlp.Location, nlp.NORP, nlp.Facility, nlp.Product, nlp.Misc:
	default:
		return false
	}
	if m.Len() == 1 && m.Kind == nlp.Person && sc.d.Word(m.First)[0] >= '0' && sc.d.Word(m.First)[0] <= '9' {
		return false // "2.5C"
	}
	if w := sc.d.Tokens[m.First]; m.Len() == 1 && w.Flags.Has(nlp.IsUpper) && (m.Kind != nlp.Person && shouted[sc.d.Word(m.First)] || sc.titles[w.Lower] == lexicon.RoleTitle) {
		return false // "rated FALSE", "as VP"
	}
	if strings.Contains(sc.d.Phrase(m.TokenRange), "$") {
		return false // "C$6": money
	}
	if m.Len() == 1 && endsInYear(sc.d.Word(m.First)) || sc.isOfShip(m) {
		return false
	}
	if m.Len() == 1 && m.Kind != nlp.Location && m.Kind != nlp.NORP && compass[sc.d.Word(m.First)] && m.First > 0 && sc.d.Tokens[m.First-1].Lower == sc.hash.the {
		return false // "in the East"
	}
	if m.First > 1 && m.Kind == nlp.Person && sc.d.Word(m.First-1) == "/" && !sc.d.Tokens[m.First].Space && sc.d.Tokens[m.First-2].Flags.Has(nlp.IsCapital) {
		return false // "(MNN Photo/Zoë Hale)": who took the picture
	}
	return !sc.d.Tokens[m.First].Flags.Has(nlp.InBackground) || sc.d.Blocks[sc.d.Sentences[sc.sentOf[m.First]].Block].Kind == quoth.Byline
}

// endsInYear reports whether the word w is letters and a year: "HALE2020".
func endsInYear(w string) bool {
	stem := strings.TrimRight(w, "0123456789")
	return stem != "" && len(w)-len(stem) == 4 && (w[len(stem)] == '1' || w[len(stem)] == '2')
}

// isOfShip reports whether m is what stands before the name of a ship, or a person's name that is one of a ship: "the USS Zoë Hale".
func (sc *scratch) isOfShip(m nlp.Mention) bool {
	d := sc.d
	if m.Kind != nlp.Person {
		return m.Len() == 1 && ships[d.Word(m.First)]
	}
	for k := m.First; k >= max(0, m.First-maxShip) && sc.sentOf[k] == sc.sentOf[m.First] && d.Tokens[k].Flags.Has(nlp.IsCapital); k-- {
		if ships[d.Word(k)] {
			return true
		}
	}
	return false
}

// maxShip is how many words the name of a ship has before the last ones.
const maxShip = 3

// ships stand before names of ships.
var ships = nlp.WordSet("USS HMS USNS HMCS HMAS USCGC")

// compass are words for regions, which begin names too.
var compass = nlp.WordSet("North South East West")

// isDatelinePlace reports whether m is the place of a dateline, which is no party: "NEW YORK (MNN) — The jury".
func (sc *scratch) isDatelinePlace(m nlp.Mention) bool {
	first := sc.d.Sentences[sc.sentOf[m.First]].First
	return m.Kind != nlp.Person && m.First < first+maxDateline && m.Past < sc.afterDateline(first) && (m.First == first || sc.d.Word(m.First-1) != "(")
}

// shouted are words that writers set in capitals. Own list.
var shouted = nlp.WordSet("FALSE TRUE WRONG FAKE HOAX LIE LIES NOT NO NEVER ALWAYS ONLY VERY GREAT ALL MORE STOP MUST NOW EVER BAD GOOD UPDATE UPDATED EXCLUSIVE BREAKING WATCH READ")

// wholeWith are titles that make a name of one word whole.
var wholeWith = nlp.WordSet("King Queen Prince Princess Pope Sultan Emir Emperor Empress Sheikh Sister Mother Lady")

// titleSteps is how many steps of evidence a title is for the gender of its bearer.
const titleSteps = 4

// joinName finds or makes the party of mention i.
func (sc *scratch) joinName(i int, n name) {
	m := sc.d.Mentions[i]
	p := int32(-1)
	isHandle := sc.isHandle(n)
	switch {
	case isHandle:
		p = sc.bearerOfHandle(n)
	case n.isMan:
		p = sc.findPerson(n)
	}
	if p < 0 {
		p = sc.findOrganization(n, m.Kind)
	}
	if p < 0 && !n.isMan && n.parts == 1 {
		// A surname taken for a place or an organization.
		if q := sc.findPerson(n); q >= 0 && sc.parties[q].parts > 1 && sc.d.Tokens[n.First].Lower == sc.parties[q].last {
			p, n.isMan = q, true
		}
	}
	if p < 0 && m.Kind != nlp.Location && m.Kind != nlp.NORP && n.parts == 1 && n.title == 0 && !n.female && !n.male && !(n.isMan && sc.genderAfter(n) != 0) {
		if p = sc.companyOf(n); p >= 0 {
			n.isMan = false
		}
	}
	if p < 0 && n.isMan && sc.isAcronym(n) {
		if p = sc.initialed(n); p < 0 {
			n.isMan = false
			p = sc.findOrganization(n, nlp.Organization)
		}
	}
	if p < 0 && !n.isMan && m.Kind == nlp.Organization && sc.isOfPanel(n) {
		return
	}
	if p < 0 {
		kind := m.Kind
		switch {
		case n.isFamily:
			kind = nlp.NORP
		case n.isMan:
			kind = nlp.Person
		case kind == nlp.Person:
			kind = nlp.Organization
		}
		p = sc.newNamed(n, kind)
		sc.parties[p].isJunior = n.isMan && n.parts > 1 && sc.isJunior(n) && sc.isCalledJunior(n)
		sc.parties[p].isRelative = n.isMan && n.parts > 1 && (sc.isKin(n) || sc.parties[p].isJunior || sc.isNamesake(n))
	} else if !isHandle {
		sc.prefer(p, n)
	}
	sc.partyOf[i] = p
	q := &sc.parties[p]
	q.seen, q.from = n.First, min(q.from, n.First)
	q.count++
	if n.parts > 1 {
		q.whole++
	}
	q.isSubject = sc.rel(int(sc.heads[i]), subject)
	if q.kind == quoth.OrganizationParty || q.kind == quoth.DocumentParty {
		sc.bracketed(p, n)
	}
	if n.isMan && q.kind == quoth.PersonParty {
		if t := n.First - 1; n.parts == 1 && t >= 0 && wholeWith[sc.d.Word(t)] && sc.sentOf[t] == sc.sentOf[n.First] {
			q.titled = nlp.TokenRange{First: t, Past: n.Past}
		}
		if n.female {
			q.female += titleSteps
		}
		if n.male {
			q.male += titleSteps
		}
		if n.role != 0 {
			sc.addRole(p, n.role, n.title)
		}
		sc.alias(p, i)
	}
}

// maxWhole is how many parties are gone through for an account or initials; those of several words come first.
const maxWhole = 500

// isHandle reports whether n is that of an account: "@ZoeHale".
func (sc *scratch) isHandle(n name) bool { return strings.HasPrefix(sc.d.Word(n.First), "@") }

// bearerOfHandle returns the only party whose first and last word the handle n has: Zoe Hale for "@RealZoeHale". -1 without one.
func (sc *scratch) bearerOfHandle(n name) int32 {
	d := sc.d
	handle := strings.ToLower(d.Phrase(nlp.TokenRange{First: n.First, Past: n.last + 1}))
	found := int32(-1)
	for p := range sc.parties[:min(len(sc.parties), maxWhole)] {
		q := &sc.parties[p]
		if q.parts < 2 || !q.isNamed || q.isPlace || generations[d.Word(q.name.Past-1)] && !strings.HasSuffix(handle, "jr") {
			continue
		}
		if !strings.Contains(handle, strings.ToLower(d.Word(q.name.First)+d.Word(sc.surname(q)))) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = int32(p)
	}
	return found
}

// surname returns the last word of the party's name but for "Jr." and its like.
func (sc *scratch) surname(q *party) int {
	last := q.name.Past - 1
	for last > q.name.First && sc.isEnding(last) {
		last--
	}
	return last
}

// companyOf returns the company or institute whose name the one word of n begins: "Lodestar" beside "Lodestar Media". -1 without one.
func (sc *scratch) companyOf(n name) int32 {
	found := int32(-1)
	sc.byOrg.each(nlp.Mix(2, sc.d.Tokens[n.First].Lower), func(p int32) bool {
		q := &sc.parties[p]
		if q.kind == quoth.OrganizationParty && !q.isPlace && q.parts == 2 && companyWords[strings.ToLower(sc.d.Word(q.name.Past-1))] {
			found = p
		}
		return found < 0
	})
	return found
}

// companyWords end the names of companies, and of institutes, that are called by what stands before it.
var companyWords = nlp.WordSet("institution institute media group motors airlines industries technologies systems holdings international analytics entertainment pictures studios pharmaceuticals networks labs inc inc. corp corp.")

// maxAcronym is how many letters a name in capitals that is none of somebody has.
const maxAcronym = 5

// isAcronym reports whether the name of somebody n is letters: "ZHR", but for the label of a turn, "HALE: Yes."
func (sc *scratch) isAcronym(n name) bool {
	d := sc.d
	return n.parts == 1 && n.Len() == 1 && n.title == 0 && n.role == 0 && len(d.Word(n.First)) <= maxAcronym && d.Tokens[n.First].Flags.Has(nlp.IsUpper) &&
		(n.Past == len(d.Tokens) || d.Word(n.Past) != ":")
}

// initialed returns the only person whose name begins and ends with the first and the last letter of the acronym n: "ZHR" for Zoë Harker
// Renn, and for Zoë Harker-Renn. -1 without one.
func (sc *scratch) initialed(n name) int32 {
	letters := sc.d.Word(n.First)
	found := int32(-1)
	for p := range sc.parties[:min(len(sc.parties), maxWhole)] {
		q := &sc.parties[p]
		if q.kind != quoth.PersonParty || q.parts < 2 {
			continue
		}
		surname := sc.d.Word(sc.surname(q))
		if at := strings.LastIndexByte(surname, '-'); at >= 0 {
			surname = surname[at+1:]
		}
		if surname == "" || sc.d.Word(q.name.First)[0] != letters[0] || surname[0] != letters[len(letters)-1] {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = int32(p)
	}
	return found
}

// newNamed makes a party of a name.
func (sc *scratch) newNamed(n name, kind nlp.MentionKind) int32 {
	p := party{kind: quoth.OrganizationParty, name: nlp.TokenRange{First: n.First, Past: n.Past}, parts: n.parts, isNamed: true, from: n.First, seen: -1, cluster: -1}
	p.first, p.last = sc.d.Tokens[n.First].Lower, sc.d.Tokens[n.last].Lower
	id := int32(len(sc.parties))
	switch kind {
	case nlp.Person:
		p.kind = quoth.PersonParty
		sc.setPrior(&p, n.First)
		sc.byLast.add(p.last, id)
		if n.parts > 1 {
			sc.byFirst.add(p.first, id)
		}
		if n.parts > 2 {
			sc.byLast.add(nlp.Mix(sc.d.Tokens[n.last-1].Lower, p.last), id)
			if middle := sc.middleOf(n); middle >= 0 {
				sc.byAlias.add(sc.d.Tokens[middle].Lower, id) // "Zoë Hale Renn", then "Hale"
				sc.byLast.add(nlp.Mix(sc.d.Tokens[middle].Lower, p.last), id)
			}
		}
	case nlp.NORP:
		p.kind, p.isPlural, p.isFamily = quoth.GroupParty, true, n.isFamily
		sc.byOrg.add(sc.sequence(n), id)
	default:
		p.isPlace = kind == nlp.Location
		if !p.isPlace && (sc.isInstrument(p.name) || sc.isWork(p.name)) {
			p.kind = quoth.DocumentParty
		}
		sc.byOrg.add(sc.sequence(n), id)
		if turned := sc.turnedDepartment(n); turned != 0 {
			sc.byOrg.add(turned, id)
		}
		sc.byOrg.add(nlp.Mix(1, p.last), id)
		sc.byOrg.add(nlp.Mix(2, p.first), id)
		if t := sc.nounBeforeOf(p.name); t > n.First && !p.isPlace {
			sc.byOrg.add(nlp.Mix(1, sc.d.Tokens[t].Lower), id) // the Joint Committee on Ferries is a committee
		}
		if site, ok := strings.CutSuffix(strings.ToLower(sc.d.Word(n.First)), ".com"); ok {
			sc.byOrg.add(nlp.Mix(3, nlp.Hash(site)), id) // "Harbour.com Inc.", then "Harbour"
		}
		if n.parts > 1 && (!p.isPlace || sc.d.Word(n.First) == "United") {
			sc.addAcronyms(n, id) // a country's only of those that are called so: "the U.S."
		}
	}
	sc.parties = append(sc.parties, p)
	return id
}

// prefer makes n the name of party p if it is fuller than the one it has.
func (sc *scratch) prefer(p int32, n name) {
	q := &sc.parties[p]
	if q.kind == quoth.PersonParty && !n.isMan {
		return
	}
	if q.kind == quoth.OrganizationParty && strings.Contains(sc.d.Phrase(nlp.TokenRange{First: n.First, Past: n.Past}), "/") {
		return // "the Lodestar/MNN survey" is of both
	}
	shout := sc.d.Tokens[q.name.First].Flags.Has(nlp.IsUpper) && !sc.d.Tokens[n.First].Flags.Has(nlp.IsUpper)
	if n.parts < q.parts || (n.parts == q.parts && !shout) {
		return
	}
	q.name = nlp.TokenRange{First: n.First, Past: n.Past}
	if n.parts > q.parts && q.kind == quoth.PersonParty {
		q.parts = n.parts
		q.first, q.last = sc.d.Tokens[n.First].Lower, sc.d.Tokens[n.last].Lower
		sc.setPrior(q, n.First)
		sc.byFirst.add(q.first, p)
		sc.byLast.add(q.last, p)
	}
	q.parts = n.parts
}

// alias joins other names given beside mention i of party p: "Tobin Marsh (Tobi)",
// "Zoë Hale, also known as Z".
func (sc *scratch) alias(p int32, i int) {
	d := sc.d
	t := sc.names[i].Past
	if t+2 >= len(d.Tokens) || d.Tokens[t].Flags.Has(nlp.StartsSent) {
		return
	}
	if d.Word(t) == "(" && d.Word(t+2) == ")" && d.Tokens[t+1].Flags.Has(nlp.IsCapital) && d.UPOS[t+1] == nlp.PROPN && len(d.Word(t+1)) > 1 &&
		!d.Tokens[t+1].Flags.Has(nlp.HasHyphen) && d.Word(t + 1)[len(d.Word(t+1))-1] != '.' {
		sc.addAlias(p, t+1)
		return
	}
	for k := t; k < t+4 && k+1 < len(d.Tokens) && !d.Tokens[k].Flags.Has(nlp.StartsSent); k++ {
		if d.Tokens[k].Lower == sc.hash.known && d.Tokens[k+1].Lower == sc.hash.as && k+2 < len(d.Tokens) && d.UPOS[k+2] == nlp.PROPN {
			sc.addAlias(p, k+2)
			return
		}
	}
}

// addAlias makes the mention that token t begins another name of party p.
func (sc *scratch) addAlias(p int32, t int) {
	sc.byAlias.add(sc.d.Tokens[t].Lower, p)
	if m := sc.d.MentionOf[t]; m >= 0 && sc.d.Mentions[m].Len() == 1 && sc.partyOf[m] < 0 {
		sc.names[m] = name{} // joined here, not by joinName
		sc.partyOf[m] = p
		sc.parties[p].count++
	}
}
