package coref

import (
	"math"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// party is a candidate for a cluster.
type party struct {
	kind   quoth.PartyKind
	name   nlp.TokenRange // its fullest name, in tokens
	parts  int            // words of the name
	joint  []int32        // the parties that speak together, nil for one
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
	// isSubject reports whether its latest mention was a subject.
	isSubject bool
	wing      wing
	home      uint64 // key of the state of the United States it is of, 0 unknown
	count     int    // mentions by name in the article
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

// endNamesAtCues ends a mention at the cue whose source it begins with: in a headline where every word
// has a capital, "Quill Says Arden Left" is taken for one name.
func endNamesAtCues(d *nlp.Doc) {
	for _, a := range d.Attributions {
		if len(a.Cue) == 0 || len(a.Source) == 0 {
			continue
		}
		cue := a.Cue[0].First
		m := d.MentionOf[cue]
		if m < 0 || d.Mentions[m].First >= cue || a.Source[0].Past != cue {
			continue
		}
		for t := cue; t < d.Mentions[m].Past; t++ {
			d.MentionOf[t] = -1
		}
		d.Mentions[m].Past = cue
	}
}

// joinNicknames joins what a nickname in marks parts: "Zoë “Zora” Hale" is one name.
func joinNicknames(d *nlp.Doc) {
	joined := map[int32]bool{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if joined[int32(i)] || m.Kind != nlp.Person || m.Len() == 0 || m.Past >= len(d.Tokens) {
			continue
		}
		k := afterNickname(d, m.Past)
		if k < 0 || d.Mentions[k].Kind != nlp.Person {
			continue
		}
		for t := m.Past; t < d.Mentions[k].Past; t++ {
			if other := d.MentionOf[t]; other >= 0 {
				joined[other] = true
			}
			d.MentionOf[t] = int32(i)
		}
		m.Past = d.Mentions[k].Past
	}
	if len(joined) == 0 {
		return
	}
	left := d.Mentions[:0]
	number := make([]int32, len(d.Mentions))
	for i, m := range d.Mentions {
		number[i] = int32(len(left))
		if !joined[int32(i)] {
			left = append(left, m)
		}
	}
	d.Mentions = left
	for t, i := range d.MentionOf {
		if i >= 0 {
			d.MentionOf[t] = number[i]
		}
	}
}

// maxNickname is how many words a nickname has.
const maxNickname = 2

// afterNickname is the mention that begins right after the nickname in marks which opens at token t, in the same sentence; -1
// without one.
func afterNickname(d *nlp.Doc, t int) int32 {
	if d.Tokens[t].Mark != nlp.OpenMark || d.Tokens[t].Flags.Has(nlp.StartsSent) {
		return -1
	}
	for k := t + 1; k+1 < len(d.Tokens) && k <= t+maxNickname+1 && !d.Tokens[k+1].Flags.Has(nlp.StartsSent); k++ {
		if d.Tokens[k].Mark == nlp.CloseMark {
			if next := d.MentionOf[k+1]; k > t+1 && next >= 0 && d.Mentions[next].First == k+1 {
				return next
			}
			return -1
		}
		if !d.Tokens[k].Flags.Has(nlp.IsCapital) {
			return -1
		}
	}
	return -1
}

// bodies are nouns that make of the name before them that of an organization: "the Hale campaign".
var bodies = wordSet("campaign camp administration government regime movement")

// widenToBodies makes names of persons, peoples and places that begin the name of a body its whole
// name: "the Hale campaign" is an organization and not Hale. What another noun follows that is
// nobody's, "a Hale campaign rally", stays as it is.
func (sc *scratch) widenToBodies() {
	d := sc.d
	sc.bearers = sc.bearers[:0]
	for i := range d.Mentions {
		m := &d.Mentions[i]
		t := m.Past
		if m.Kind != nlp.Person && m.Kind != nlp.Location && m.Kind != nlp.NORP || t >= len(d.Tokens) || !bodies[d.Lemmas[t]] || d.UPOS[t] != nlp.NOUN && d.UPOS[t] != nlp.PROPN ||
			sc.sentOf[t] != sc.sentOf[m.First] || d.MentionOf[t] >= 0 || sc.isPluralNoun(t) {
			continue
		}
		if t+1 < len(d.Tokens) && d.UPOS[t+1] == nlp.NOUN && sc.noun(t+1).kind != humanNoun && sc.noun(t+1).kind != anonymousNoun {
			continue
		}
		if m.Kind == nlp.Person && m.Len() > 1 {
			continue // it may be all that tells the whole name
		}
		if m.Kind == nlp.Person {
			sc.bearers = append(sc.bearers, m.TokenRange)
		}
		m.Past, m.Kind, d.MentionOf[t] = t+1, nlp.Organization, int32(i)
		sc.heads[i] = int32(sc.headOf(m.TokenRange))
	}
}

// core strips mention m to its name.
func (sc *scratch) core(m nlp.Mention) name {
	if t := sc.afterDateline(m.First); t > m.First && t < m.Past {
		m.First = t // "Image copyright MNN Image caption President Hale"
		if sc.titles[sc.d.Tokens[t].Lower] != lexicon.NoTitle {
			m.Kind = nlp.Person
		}
	}
	n := name{TokenRange: m.TokenRange, isMan: m.Kind == nlp.Person}
	if r := sc.personIn(m); r.Len() > 0 {
		m.TokenRange, m.Kind = r, nlp.Person
		n = name{TokenRange: r, isMan: true}
	}
	sc.trim(&n)
	if t := sc.markIn(n.TokenRange); t > n.First && t < n.Past {
		// The end of a title and a name, “The Alchemy” Arden, or a title and what follows it.
		if n.isMan && t+1 < n.Past {
			n.First = t + 1
		} else {
			n.Past = t
		}
	}
strip:
	for n.First < n.Past-1 {
		t := sc.d.Tokens[n.First]
		kind := sc.titles[t.Lower]
		switch {
		case sc.d.UPOS[n.First] == nlp.DET || t.Lower == sc.hash.the:
		case (sc.d.UPOS[n.First] == nlp.AUX || sc.d.UPOS[n.First] == nlp.SCONJ) && !sc.isGiven(n.First): // of a headline: "What would Hale do?"
		case sc.d.UPOS[n.First] == nlp.ADV && t.Flags.Has(nlp.StartsSent) && !sc.isGiven(n.First): // "Maybe Hale left"
		case t.Flags.Has(nlp.IsPunct):
		case kind != lexicon.NoTitle && m.Kind == nlp.Person:
			sc.addTitle(&n, n.First)
		case m.Kind == nlp.Person && sc.isEpithet(n.TokenRange):
		default:
			break strip
		}
		n.First++
	}
	if k := n.Past - 2; k > n.First && sc.d.Tokens[k].Lower == sc.hash.the && sc.d.Tokens[k+1].Flags.Has(nlp.IsUpper) {
		n.First = k + 1 // "Read More The LFC"
	}
	for n.Past > n.First+1 {
		t := sc.d.Tokens[n.Past-1]
		if !sc.isGenitive(n.Past-1) && (!t.Flags.Has(nlp.IsPunct) || sc.d.Word(n.Past-1) == ".") {
			break
		}
		n.Past--
	}
	if k := n.Past - 1; k > n.First && weekdays[sc.d.Word(k)] && !namedDays[sc.d.Word(k-1)] {
		n.Past-- // "the Hale administration Wednesday"
	}
	if k := n.Past; m.Kind == nlp.Organization && k > n.First+1 && k < len(sc.d.Tokens) && sc.d.MentionOf[k] >= 0 && sc.noun(k-1).kind == humanNoun {
		if next := sc.d.Mentions[sc.d.MentionOf[k]]; next.Kind == nlp.Person && next.First == k {
			n.Past-- // "Lake Ferries CEO Zoë Hale"
		}
	}
	if m.Kind == nlp.Person {
		// Titles before the mention.
		for t := m.First - 1; t >= 0 && t >= m.First-3 && !sc.d.Tokens[t+1].Flags.Has(nlp.StartsSent); t-- {
			if sc.titles[sc.d.Tokens[t].Lower] == lexicon.NoTitle || !sc.d.Tokens[t].Flags.Has(nlp.IsCapital) {
				break
			}
			sc.addTitle(&n, t)
		}
	}
	if k := n.Past; n.isMan && k < len(sc.d.Tokens) && sc.sentOf[k] == sc.sentOf[n.First] && families[sc.d.Lemmas[k]] && k-n.First == 1 {
		n.isMan, n.isFamily = false, true
		n.Past++
	}
	n.last = n.Past - 1
	for n.last > n.First && sc.isEnding(n.last) {
		n.last--
	}
	for t := n.First; t <= n.last; t++ {
		if !sc.d.Tokens[t].Flags.Has(nlp.IsPunct) {
			n.parts++
		}
	}
	return n
}

// personIn returns the name of a person, with the office before it, inside a mention m that was taken for
// something else since more than the name is in it: "St. Arden Mayor Zoë Hale", "MNN's Hale", "MNN Zoë
// Hale", "Zoë Hale of Lake University". It is empty without one.
func (sc *scratch) personIn(m nlp.Mention) nlp.TokenRange {
	d := sc.d
	for t := m.First + 1; t+1 < m.Past && d.UPOS[t-1] != nlp.CCONJ; t++ {
		isOffice := sc.titles[d.Tokens[t].Lower] == lexicon.RoleTitle && sc.noun(t).kind == humanNoun && sc.titles[d.Tokens[t-1].Lower] == lexicon.NoTitle
		isRole := m.Kind != nlp.Person && !d.Tokens[t].Flags.Has(nlp.IsCapital) && sc.noun(t).kind == humanNoun
		if (isOffice || isRole) && t+2 < m.Past && (sc.isGiven(t+1) || sc.isNamed(t+1, m.Past)) {
			return nlp.TokenRange{First: t, Past: m.Past}
		}
		if m.Kind == nlp.Organization && sc.isGenitive(t) && sc.isNamed(t+1, m.Past) {
			return nlp.TokenRange{First: t + 1, Past: m.Past}
		}
	}
	if m.Kind != nlp.Organization || m.Len() < 3 {
		return nlp.TokenRange{}
	}
	if d.Tokens[m.First].Flags.Has(nlp.IsUpper) && m.Len() == 3 && sc.isNamed(m.First+1, m.Past) {
		return nlp.TokenRange{First: m.First + 1, Past: m.Past}
	}
	if past := m.Past; m.Len() > 3 && sc.isNamed(past-2, past) && sc.surnames[nlp.Mix(d.Tokens[past-2].Lower, d.Tokens[past-1].Lower)] {
		return nlp.TokenRange{First: past - 2, Past: past} // "UN Commissioner for Ferries Zoë Hale"
	}
	if d.Word(m.First+2) == "of" && sc.isNamed(m.First, m.First+2) {
		return nlp.TokenRange{First: m.First, Past: m.First + 2}
	}
	return nlp.TokenRange{}
}

// isNamed reports whether the tokens [first, past) are a name that the article has for a person, its last
// word at least, or begin with a given name and go on in capitals.
func (sc *scratch) isNamed(first, past int) bool {
	d := sc.d
	if past-first < 1 || past-first > 3 || !d.Tokens[first].Flags.Has(nlp.IsCapital) {
		return false
	}
	if len(sc.surnames) == 0 {
		sc.surnames[0] = true // looked for
		for _, m := range d.Mentions {
			if m.Kind == nlp.Person && m.Len() > 1 {
				sc.surnames[d.Tokens[m.Past-1].Lower] = true
				if m.Len() == 2 {
					sc.surnames[nlp.Mix(d.Tokens[m.First].Lower, d.Tokens[m.Past-1].Lower)] = true
				}
			}
		}
	}
	if past-first == 1 {
		return sc.surnames[d.Tokens[first].Lower]
	}
	return sc.surnames[nlp.Mix(d.Tokens[first].Lower, d.Tokens[past-1].Lower)] || sc.isGiven(first) && sc.surnames[d.Tokens[past-1].Lower]
}

// markIn returns the closing quotation mark in r that closes what opens before it, -1 if there is none.
func (sc *scratch) markIn(r nlp.TokenRange) int {
	for t := r.First; t < r.Past; t++ {
		switch sc.d.Tokens[t].Mark {
		case nlp.OpenMark:
			return -1
		case nlp.CloseMark:
			return t
		}
	}
	return -1
}

// isEpithet reports whether the first word of the name r of a person is one that somebody
// calls that person, "Sleepy Jon Hart": no given name as the next one is, and the article has
// the rest as a name.
func (sc *scratch) isEpithet(r nlp.TokenRange) bool {
	d := sc.d
	if r.Len() < 3 || sc.isGiven(r.First) || !sc.isGiven(r.First+1) || isInitial(d.Word(r.First)) {
		return false
	}
	spelled := func(r nlp.TokenRange) uint64 {
		h := uint64(0)
		for t := r.First; t < r.Past; t++ {
			h = nlp.Mix(h, d.Tokens[t].Lower)
		}
		return h
	}
	if len(sc.spelled) == 0 {
		sc.spelled[0] = true // looked for
		for _, m := range d.Mentions {
			if m.Kind == nlp.Person && m.Len() > 1 {
				sc.spelled[spelled(m.TokenRange)] = true
			}
		}
	}
	return sc.spelled[spelled(nlp.TokenRange{First: r.First + 1, Past: r.Past})]
}

// families are words after a surname for all who bear it.
var families = map[string]bool{"family": true, "clan": true, "dynasty": true}

// isGiven reports whether token t is a given name.
func (sc *scratch) isGiven(t int) bool {
	_, is := sc.given[sc.d.Tokens[t].Lower]
	return is
}

// maxName bounds the tokens of a mention that are looked at one by one.
const maxName = 64

// trim mends the ends of a mention: it ends before a bracket inside it and goes on over
// "Jr." and the rest of a hyphenated word.
func (sc *scratch) trim(n *name) {
	d := sc.d
	for t := n.First + 1; t < min(n.Past, n.First+maxName); t++ {
		switch w := d.Word(t); {
		case t == n.First: // right after a bracket that was closed
		case w == "(" || w == "[":
			n.Past = t
		case !n.isMan:
		case w == ")" || w == "]":
			if t+1 < n.Past {
				n.First = t + 1 // "Coach (Tobi) Marsh"
			}
		case t > n.First+1 && d.Tokens[t].Space && d.Tokens[t].Lower == d.Tokens[n.First].Lower && !isInitial(w):
			n.Past = t // the name again
		case sc.isGlued(t, n.Past):
			n.First = t + 1 // "Zoë Ann HaleZoë Hale"
		default:
			if k := sc.gluedTo(t, n.First); k >= 0 {
				n.Past = k + 1
			}
		}
	}
glue:
	for n.Past < len(d.Tokens) && n.Past < n.First+maxPhrase && sc.sentOf[n.Past] == sc.sentOf[n.First] && d.MentionOf[n.Past] < 0 {
		w := d.Word(n.Past)
		switch glued := !d.Tokens[n.Past].Space && w[0] == '-'; {
		case w == "Jr." || w == "Sr." || glued && len(w) > 1 && sc.mayName(n.Past):
			n.Past++
			continue
		case glued && n.Past+1 < len(d.Tokens) && !d.Tokens[n.Past+1].Space && d.MentionOf[n.Past+1] < 0 && sc.mayName(n.Past+1):
			n.Past += 2
			continue
		}
		break glue
	}
	if n.isMan && sc.isArticled(n.First, n.Past) {
		n.isMan = false
	}
	if k := n.First - 2; !n.isMan && k >= 0 && d.Word(k+1) == "-" && !d.Tokens[k+1].Space && !d.Tokens[n.First].Space && d.MentionOf[k] < 0 && sc.sentOf[k] == sc.sentOf[n.First] &&
		(d.UPOS[k] == nlp.PROPN && n.Len() > 1 || n.Len() == 1 && d.Tokens[k].Flags.Has(nlp.IsCapital) && sc.isPluralNoun(n.First)) {
		n.First = k // "Arden-" of "Arden-Lake School District", "African-" of "African-Americans"
	}
	if !n.isMan {
		return
	}
	// "Ki-moon" and the like, which the recogniser leaves out after a name it knows.
	for n.Past < len(d.Tokens) && n.Past < n.First+maxPhrase && n.Past-n.First == 1 && sc.sentOf[n.Past] == sc.sentOf[n.First] && d.MentionOf[n.Past] < 0 &&
		d.UPOS[n.Past] == nlp.PROPN && d.Tokens[n.Past].Flags.Has(nlp.IsCapital) && sc.noun(n.Past).kind != humanNoun &&
		(int(d.Heads[n.Past]) == n.First || int(d.Heads[n.First]) == n.Past) {
		n.Past++
	}
	// "Zoë" before "Hale", a given name that the recogniser does not know.
	for k := n.First - 1; k >= 0 && n.Past-n.First < 4 && sc.sentOf[k] == sc.sentOf[n.First] && d.MentionOf[k] < 0 && d.UPOS[k] == nlp.PROPN && sc.isGivenLike(k) &&
		(d.Heads[k] >= int32(n.First) && d.Heads[k] < int32(n.Past) && sc.rel(k, isCompound) || int(d.Heads[n.First]) == k && sc.rel(n.First, isCompound)); k-- {
		n.First = k
	}
	// "Jo-" of "Jo-Renee".
	if k := n.First - 2; k >= 0 && d.MentionOf[k] < 0 && d.Word(k+1) == "-" && !d.Tokens[k+1].Space && !d.Tokens[n.First].Space && d.Tokens[k].Flags.Has(nlp.IsCapital) && sc.sentOf[k] == sc.sentOf[n.First] {
		n.First = k
	}
}

// gluedTo returns the token from first on whose word begins the word t and goes on there with a capital:
// Marsh in "Marsh Tobin MarshFerry", where a page glued a headline to a name. It is -1 without one.
func (sc *scratch) gluedTo(t, first int) int {
	for k := first; k < t; k++ {
		if goesOn(sc.d.Word(t), sc.d.Word(k)) {
			return k
		}
	}
	return -1
}

// goesOn reports whether the word w begins with v and goes on there with a capital.
func goesOn(w, v string) bool {
	return len(v) >= 3 && len(w) > len(v) && w[:len(v)] == v && w[len(v)] >= 'A' && w[len(v)] <= 'Z'
}

// isGlued reports whether the word t begins with a word that stands after it, before past, and goes on with a capital:
// HaleZoë in "Zoë Ann HaleZoë Hale", where a page glued a name to a longer form of it.
func (sc *scratch) isGlued(t, past int) bool {
	for k := t + 1; k < past; k++ {
		if goesOn(sc.d.Word(t), sc.d.Word(k)) {
			return true
		}
	}
	return false
}

// mayName reports whether the rest t of a word with a hyphen may belong to the name before it: Ki-moon,
// and no Lake-led.
func (sc *scratch) mayName(t int) bool {
	u := sc.d.UPOS[t]
	return sc.d.Tokens[t].Flags.Has(nlp.IsCapital) || u == nlp.PROPN || u == nlp.NOUN
}

// isGivenLike reports whether the word t could be a given name: a capital and small letters,
// no title, no abbreviation of one and no noun of a person.
func (sc *scratch) isGivenLike(t int) bool {
	f := sc.d.Tokens[t].Flags
	if w := sc.d.Word(t); len(w) > 2 && strings.HasSuffix(w, ".") {
		return false
	}
	return f.Has(nlp.IsCapital) && !f.Has(nlp.IsUpper) && !f.Has(nlp.HasDigit) && sc.titles[sc.d.Tokens[t].Lower] == lexicon.NoTitle && sc.noun(t).kind == otherNoun
}

// isCutOff reports whether mention m is the beginning of a hyphenated name whose rest is
// a mention of its own.
func (sc *scratch) isCutOff(m nlp.Mention) bool {
	d := sc.d
	return m.Past+1 < len(d.Tokens) && m.Len() == 1 && d.Word(m.Past) == "-" && !d.Tokens[m.Past].Space && !d.Tokens[m.Past+1].Space &&
		d.MentionOf[m.Past+1] >= 0 && d.Mentions[d.MentionOf[m.Past+1]].Kind == nlp.Person
}

// isArticled reports whether the one-word name [first, past) has a capital The, as
// outlets have and persons have not.
func (sc *scratch) isArticled(first, past int) bool {
	d := sc.d
	if past-first == 2 {
		return d.Tokens[first].Lower == sc.hash.the
	}
	return past-first == 1 && first > 0 && d.Tokens[first-1].Lower == sc.hash.the && sc.titles[d.Tokens[first].Lower] == lexicon.NoTitle &&
		!d.Tokens[first].Flags.Has(nlp.StartsSent) && d.Tokens[first-1].Flags.Has(nlp.IsCapital) && !d.Tokens[first-1].Flags.Has(nlp.StartsSent)
}

func (sc *scratch) addTitle(n *name, t int) {
	switch sc.titles[sc.d.Tokens[t].Lower] {
	case lexicon.FemaleTitle:
		n.female = true
	case lexicon.MaleTitle:
		n.male = true
	}
	if n.role == 0 {
		n.role, n.title = sc.fullRole(t, sc.words[sc.d.Tokens[t].Lower].role), t
	}
}

// isEnding reports whether token t follows a name without being a part that names are
// joined by: Jr., Sr., roman numerals.
func (sc *scratch) isEnding(t int) bool {
	switch sc.d.Word(t) {
	case "Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", ",", ".", "Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.", "LLC", "Co.", "PLC", "MD", "M.D.", "Ph.D.":
		return true
	}
	return false
}

// joinNames gives every mention that can be a party its party: sc.partyOf.
func (sc *scratch) joinNames() {
	d := sc.d
	sc.names = sc.names[:0]
	sc.partyOf = sc.partyOf[:0]
	for _, m := range d.Mentions {
		n := name{}
		if sc.mayBeParty(m) && !sc.isCutOff(m) {
			n = sc.core(m)
		}
		sc.names = append(sc.names, n)
		sc.partyOf = append(sc.partyOf, -1)
	}
	sc.outvote()
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
	sc.recallNames()
	for p := range sc.parties {
		sc.namedWithin(p)
		sc.parties[p].seen = -1
	}
}

// namedWithin gives persons who are called by a surname alone the whole name that stands in the name of
// organization p: "Hale" and "the Zoë Hale Campaign".
func (sc *scratch) namedWithin(p int) {
	q := sc.parties[p]
	if q.kind != quoth.OrganizationParty || q.isPlace || q.parts < 3 {
		return
	}
	for t := q.name.First; t+2 < q.name.Past; t++ {
		if _, isGiven := sc.given[sc.d.Tokens[t].Lower]; !isGiven {
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
	share := sc.given[sc.d.Tokens[t].Lower]
	return p.female > p.male && share < 50 || p.male > p.female && share > 50
}

// mayVote reports whether n counts among the names by which outvote goes: no lone acronym.
func (sc *scratch) mayVote(n name) bool {
	return n.parts > 1 || n.parts == 1 && !sc.d.Tokens[n.First].Flags.Has(nlp.IsUpper)
}

// outvote makes a person of a name that the recogniser takes for something else here and
// for a person in most other places of the article.
func (sc *scratch) outvote() {
	votes := map[uint64]int{}
	for _, n := range sc.names {
		if sc.mayVote(n) {
			if n.isMan {
				votes[sc.sequence(n)]++
			} else {
				votes[sc.sequence(n)]--
			}
		}
	}
	for _, r := range sc.bearers {
		votes[sc.sequence(name{TokenRange: r, last: r.First})]++
	}
	for i := range sc.names {
		if n := &sc.names[i]; sc.mayVote(*n) && !n.isMan && votes[sc.sequence(*n)] > 0 {
			*n = sc.core(nlp.Mention{TokenRange: sc.d.Mentions[i].TokenRange, Kind: nlp.Person})
		}
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
		if next := t + 1; next < len(d.Tokens) && d.UPOS[next] == nlp.PROPN && d.Heads[t] != int32(next) && sc.sentOf[next] == sc.sentOf[t] && d.MentionOf[next] < 0 {
			continue // not the last word of its name
		}
		if p := sc.bearerOf(t); p >= 0 {
			sc.wordOf[t] = p
			sc.parties[p].count++
		}
	}
}

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

// mayBeParty reports whether mention m may name somebody who speaks.
func (sc *scratch) mayBeParty(m nlp.Mention) bool {
	switch m.Kind {
	case nlp.Person, nlp.Organization, nlp.Location, nlp.NORP, nlp.Facility, nlp.Product, nlp.Misc:
	default:
		return false
	}
	if strings.Contains(sc.d.Span(m.TokenRange).In(sc.d.Text), "$") {
		return false // "C$6": money
	}
	if m.First > 1 && m.Kind == nlp.Person && sc.d.Word(m.First-1) == "/" && !sc.d.Tokens[m.First].Space && sc.d.Tokens[m.First-2].Flags.Has(nlp.IsCapital) {
		return false // "(MNN Photo/Zoë Hale)": who took the picture
	}
	return !sc.d.Tokens[m.First].Flags.Has(nlp.InBackground) || sc.d.Blocks[sc.d.Sentences[sc.sentOf[m.First]].Block].Kind == quoth.Byline
}

// titleSteps is how many steps of evidence a title is for the gender of its bearer.
const titleSteps = 4

// joinName finds or makes the party of mention i.
func (sc *scratch) joinName(i int, n name) {
	m := sc.d.Mentions[i]
	p := int32(-1)
	if n.isMan {
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
		sc.parties[p].isRelative = n.isMan && n.parts > 1 && sc.isKin(n)
	} else {
		sc.prefer(p, n)
	}
	sc.partyOf[i] = p
	q := &sc.parties[p]
	q.seen, q.from = n.First, min(q.from, n.First)
	q.count++
	q.isSubject = sc.rel(int(sc.heads[i]), isSubject)
	if q.kind == quoth.OrganizationParty {
		sc.bracketed(p, n)
	}
	if n.isMan && q.kind == quoth.PersonParty {
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

// newNamed makes a party of a name.
func (sc *scratch) newNamed(n name, kind nlp.MentionKind) int32 {
	p := party{kind: quoth.OrganizationParty, name: nlp.TokenRange{First: n.First, Past: n.Past}, parts: n.parts, isNamed: true, from: n.First, seen: -1, cluster: -1}
	p.first, p.last = sc.d.Tokens[n.First].Lower, sc.d.Tokens[n.last].Lower
	id := int32(len(sc.parties))
	switch kind {
	case nlp.Person:
		p.kind = quoth.PersonParty
		sc.setPrior(&p)
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
		sc.byOrg.add(sc.sequence(n), id)
		sc.byOrg.add(nlp.Mix(1, p.last), id)
		sc.byOrg.add(nlp.Mix(2, p.first), id)
		if t := sc.nounBeforeOf(p.name); t > n.First && !p.isPlace {
			sc.byOrg.add(nlp.Mix(1, sc.d.Tokens[t].Lower), id) // the Joint Committee on Ferries is a committee
		}
		if site, ok := strings.CutSuffix(strings.ToLower(sc.d.Word(n.First)), ".com"); ok {
			sc.byOrg.add(nlp.Mix(3, nlp.Hash(site)), id) // "Harbour.com Inc.", then "Harbour"
		}
		if !p.isPlace && n.parts > 1 {
			sc.addAcronyms(n, id)
		}
	}
	sc.parties = append(sc.parties, p)
	return id
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

// middleOf is the word before the last one of the person's name n, or the nickname in marks there; -1 when that is an initial
// or a given name, which others have too.
func (sc *scratch) middleOf(n name) int {
	t := n.last - 1
	isMarked := false
	for ; t > n.First && sc.d.Tokens[t].Flags.Has(nlp.IsPunct); t-- {
		isMarked = isMarked || sc.d.Tokens[t].Mark == nlp.CloseMark
	}
	if t <= n.First || !sc.d.Tokens[t].Flags.Has(nlp.IsCapital) || len(sc.d.Word(t)) < 3 || sc.isGiven(t) && !isMarked {
		return -1
	}
	return t
}

// setPrior takes the given name's share of women as a weak prior.
func (sc *scratch) setPrior(p *party) {
	p.prior = 0
	if p.parts < 2 {
		return
	}
	if share, ok := sc.given[p.first]; ok {
		p.prior = math.Log(float64(share+2) / float64(102-int(share)))
	}
}

// prefer makes n the name of party p if it is fuller than the one it has.
func (sc *scratch) prefer(p int32, n name) {
	q := &sc.parties[p]
	if q.kind == quoth.PersonParty && !n.isMan {
		return
	}
	if q.kind == quoth.OrganizationParty && strings.Contains(sc.d.Span(nlp.TokenRange{First: n.First, Past: n.Past}).In(sc.d.Text), "/") {
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
		sc.setPrior(q)
		sc.byFirst.add(q.first, p)
		sc.byLast.add(q.last, p)
	}
	q.parts = n.parts
}

// weekdays end names by mistake, but after namedDays.
var (
	weekdays  = wordSet("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
	namedDays = wordSet("Black Super Good Ash Cyber Bloody Palm Easter Ruby Giving Red")
)

// kin are nouns of those who often bear the surname of whose they are.
var kin = wordSet("wife husband ex-wife ex-husband widow mother father mom dad son daughter brother sister cousin uncle aunt nephew niece stepfather stepmother")

// isKin reports whether n is named as a relative of somebody who may bear the same surname: "his wife, Zoë
// Hale", "Hale's brother Sam Hale".
func (sc *scratch) isKin(n name) bool {
	d, t := sc.d, n.First
	k := t - 1
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
		if sc.rel(j, isPossessive) && d.UPOS[j] == nlp.PRON {
			return true
		}
	}
	return false
}

// royal are titles before given names: King Olaf is nobody whose surname is Olaf.
var royal = wordSet("King Queen Prince Princess Pope Sultan Emir Emperor king queen prince princess pope sultan emir emperor")

// findPerson returns the party that n is a name of, -1 if none.
func (sc *scratch) findPerson(n name) int32 {
	first, last := sc.d.Tokens[n.First].Lower, sc.d.Tokens[n.last].Lower
	best := int32(-1)
	isBare := n.parts == 1 && !n.female && !n.male
	isRoyal := n.parts == 1 && n.role != 0 && royal[sc.d.Lemmas[n.title]]
	consider := func(p int32) bool {
		q := &sc.parties[p]
		if q.kind != quoth.PersonParty || sc.genderClash(q, n) || isBare && q.isRelative && q.last == last || isRoyal && q.parts > 1 && q.first != first {
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
		}
		if best < 0 {
			sc.byAlias.each(first, consider)
		}
		return best
	}
	sc.byLast.each(last, func(p int32) bool {
		q := &sc.parties[p]
		if q.parts == 1 || sc.sameGiven(n.First, q.name.First) {
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

// better reports whether party a is a better bearer of the bare name n than b: one
// that was named before n, the nearest; else the first one after it.
func (sc *scratch) better(a, b *party, n name) bool {
	if ga, gb := sc.fits(a, n), sc.fits(b, n); ga != gb {
		return ga > gb
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
	return len(x) >= 3 && y[:len(x)] == x && !sc.ofTwoGenders(a, b) || isNickname(x, y) || isNickname(y, x)
}

// ofTwoGenders reports whether one of the given names a and b is that of women and the other that of men: Paula is not Paul,
// while Sam may be Samantha.
func (sc *scratch) ofTwoGenders(a, b int) bool {
	x, y := sc.d.Word(a), sc.d.Word(b)
	if len(x) > len(y) {
		x, y, a, b = y, x, b, a
	}
	p, isMan := sc.given[sc.d.Tokens[a].Lower]
	q, isWoman := sc.given[sc.d.Tokens[b].Lower]
	return feminine[y[len(x):]] && isMan && isWoman && p < 50 && q > 50
}

// feminine are endings that make a woman's name of a man's.
var feminine = wordSet("a e le lle na ne ia ina ine ette")

// isInitial reports whether s is a capital letter, with or without a full stop.
func isInitial(s string) bool {
	return len(s) > 0 && len(s) <= 2 && s[0] >= 'A' && s[0] <= 'Z' && (len(s) == 1 || s[1] == '.')
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
