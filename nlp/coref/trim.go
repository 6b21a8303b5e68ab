package coref

import (
	"strings"
	"unicode/utf8"

	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// core strips mention m to its name.
func (sc *scratch) core(m nlp.Mention) name {
	m = sc.retyped(m)
	n := name{TokenRange: m.TokenRange, isMan: m.Kind == nlp.Person}
	sc.trim(&n)
	if k := n.First + 1; n.isMan && k < n.Past && months[sc.d.Word(n.First)] && outletWords[strings.ToLower(sc.d.Word(k))] != lexicon.NoOutlet {
		n.First, n.isMan, m.Kind = k, false, nlp.Organization // "A March Reuters poll"
	}
	if t := sc.markIn(n.TokenRange); t > n.First && t < n.Past {
		// The end of a title and a name, “The Alchemy” Arden, or a title and what follows it.
		if n.isMan && t+1 < n.Past {
			n.First = t + 1
		} else {
			n.Past = t
		}
	}
	sc.cutFront(&n, m.Kind)
	sc.cutEnd(&n, m.Kind)
	if m.Kind == nlp.Person {
		sc.addTitlesBefore(&n, m.First)
	}
	sc.takeFamily(&n)
	if !n.isMan && m.Kind == nlp.Organization {
		sc.takeOwner(&n)
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

// retyped is mention m without a dateline before its name, cut to the person in it, if there is one, and of the kind that its words tell.
func (sc *scratch) retyped(m nlp.Mention) nlp.Mention {
	if t := sc.afterDateline(m.First); t > m.First && t < m.Past {
		m.First = t // "Image copyright MNN Image caption President Hale"
		if sc.titles[sc.d.Tokens[t].Lower] != lexicon.NoTitle {
			m.Kind = nlp.Person
		}
	}
	if m.Kind == nlp.Person && m.Len() > 1 && members[sc.d.Word(m.Past-1)] {
		m.Kind = nlp.Organization
	}
	if r := sc.personIn(m); r.Len() > 0 {
		m.TokenRange, m.Kind = r, nlp.Person
	}
	return m
}

// cutFront takes off n what stands before the name: articles, titles, which are kept as such, and
// words of a headline.
func (sc *scratch) cutFront(n *name, kind nlp.MentionKind) {
strip:
	for ; n.First < n.Past-1; n.First++ {
		t := sc.d.Tokens[n.First]
		title := sc.titles[t.Lower]
		switch {
		case sc.d.UPOS[n.First] == nlp.DET || t.Lower == sc.hash.the:
		case (sc.d.UPOS[n.First] == nlp.AUX || sc.d.UPOS[n.First] == nlp.SCONJ) && !sc.isGiven(n.First): // of a headline: "What would Hale do?"
		case sc.d.UPOS[n.First] == nlp.ADV && t.Flags.Has(nlp.StartsSent) && !sc.isGiven(n.First): // "Maybe Hale left"
		case t.Flags.Has(nlp.IsPunct):
		case title != lexicon.NoTitle && kind == nlp.Person:
			sc.addTitle(n, n.First)
		case kind == nlp.Person && (sc.isEpithet(n.TokenRange) || sc.isNounBefore(n.First) || headlineWords[sc.d.Word(n.First)] && !sc.isGiven(n.First)):
		case kind == nlp.Location && sc.d.UPOS[n.First] == nlp.NOUN && !t.Flags.Has(nlp.IsCapital) && sc.d.Tokens[n.First+1].Flags.Has(nlp.IsCapital): // "its neighbour Norland"
		default:
			break strip
		}
	}
	if k := n.Past - 2; k > n.First && sc.d.Tokens[k].Lower == sc.hash.the && sc.d.Tokens[k+1].Flags.Has(nlp.IsUpper) {
		n.First = k + 1 // "Read More The LFC"
	}
}

// cutEnd takes off n what stands behind the name.
func (sc *scratch) cutEnd(n *name, kind nlp.MentionKind) {
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
	if k := n.Past; kind == nlp.Organization && k > n.First+1 && k < len(sc.d.Tokens) && sc.d.MentionOf[k] >= 0 && sc.noun(k-1).kind == humanNoun {
		if next := sc.d.Mentions[sc.d.MentionOf[k]]; next.Kind == nlp.Person && next.First == k {
			n.Past-- // "Lake Ferries CEO Zoë Hale"
		}
	}
}

// addTitlesBefore adds the titles that stand right before token first, where the mention of n begins.
func (sc *scratch) addTitlesBefore(n *name, first int) {
	for t := first - 1; t >= 0 && t >= first-3 && !sc.d.Tokens[t+1].Flags.Has(nlp.StartsSent); t-- {
		if sc.titles[sc.d.Tokens[t].Lower] == lexicon.NoTitle || !sc.d.Tokens[t].Flags.Has(nlp.IsCapital) {
			return
		}
		sc.addTitle(n, t)
	}
}

// takeFamily makes n the name of a family when it is one: "the Hale family", "the Hales".
func (sc *scratch) takeFamily(n *name) {
	if k := n.Past; n.isMan && k < len(sc.d.Tokens) && sc.sentOf[k] == sc.sentOf[n.First] && families[sc.d.Lemmas[k]] && k-n.First == 1 {
		n.isMan, n.isFamily = false, true
		n.Past++
	}
	if sc.isSurnames(n.TokenRange) {
		n.isMan, n.isFamily = false, true
	}
}

// takeOwner lets the name n of a body begin with whose it is, and a chamber of a state with that.
func (sc *scratch) takeOwner(n *name) {
	n.First = sc.ownerOf(n.TokenRange)
	if k := n.First - 1; n.Len() == 1 && k >= 0 && sc.d.Word(k) == "state" && chambers[sc.d.Word(n.First)] && sc.d.MentionOf[k] < 0 && sc.sentOf[k] == sc.sentOf[n.First] {
		n.First = k // the state Senate is not the Senate
	}
	if k := n.Past - 1; sc.isRunFor(n.Past) && sc.d.Word(k) == "Senate" && sc.isOfState(n.TokenRange) {
		n.First = k
	}
}

// headlineWords stand before names with a capital in titles and headlines: "The War Against Hale".
var headlineWords = nlp.WordSet("Against With Without Versus Inside Behind Beyond About Despite Unlike Like Under Amid After Before")

// members are nouns, with a capital, of those who call themselves something together: "the Harrow Electors".
var members = nlp.WordSet("Electors Voters Workers Parents Teachers Students Veterans Mothers Moms Women Republicans Democrats Citizens Lawyers Scientists Doctors Nurses Physicians Patriots")

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

// isSurnames reports whether r is the plural of a surname that the article has, with "the": "the Hales".
func (sc *scratch) isSurnames(r nlp.TokenRange) bool {
	d := sc.d
	stem, isPlural := strings.CutSuffix(strings.ToLower(d.Word(r.First)), "s")
	if r.Len() != 1 || !isPlural || r.First == 0 || d.Tokens[r.First-1].Lower != sc.hash.the || d.Tokens[r.First].Flags.Has(nlp.IsUpper) {
		return false
	}
	sc.isNamed(r.First, r.Past) // which looks for the surnames
	return sc.surnames[nlp.Hash(stem)] || sc.surnames[nlp.Hash(strings.TrimSuffix(stem, "e"))]
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
// the rest as a name. Of two words the first has to be one of a few, "Sleepy Jon", for "Rand Paul" is a name.
func (sc *scratch) isEpithet(r nlp.TokenRange) bool {
	d := sc.d
	if r.Len() < 2 || r.Len() == 2 && !epithets[strings.ToLower(d.Word(r.First))] || sc.isGiven(r.First) || !sc.isGiven(r.First+1) || !d.Tokens[r.First+1].Flags.Has(nlp.IsCapital) || isInitial(d.Word(r.First)) {
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
				sc.spelled[spelled(nlp.TokenRange{First: m.First, Past: m.First + 1})] = true
			}
		}
	}
	return sc.spelled[spelled(nlp.TokenRange{First: r.First + 1, Past: r.Past})]
}

// families are words after a surname for all who bear it.
var families = map[string]bool{"family": true, "clan": true, "dynasty": true}

// isGiven reports whether token t is a given name.
func (sc *scratch) isGiven(t int) bool {
	_, is := sc.womenShare(t)
	return is
}

// womenShare returns the share of women, in per cent, among those with the given name at token t, and whether it is one; "François"
// is looked up as "Francois" when it has to be.
func (sc *scratch) womenShare(t int) (uint8, bool) {
	share, is := sc.given[sc.d.Tokens[t].Lower]
	if w := sc.d.Word(t); !is && strings.IndexFunc(w, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		share, is = sc.given[nlp.Hash(unaccented.Replace(strings.ToLower(w)))]
	}
	return share, is
}

var unaccented = strings.NewReplacer("à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ç", "c", "ć", "c", "č", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
	"ě", "e", "ğ", "g", "ì", "i", "í", "i", "î", "i", "ï", "i", "ı", "i", "ł", "l", "ñ", "n", "ń", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o",
	"ř", "r", "ś", "s", "š", "s", "ş", "s", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y", "ž", "z")

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
		case w == "-" && sc.isSeat(t), w == "-" && t > n.First && (sc.isCompound(t) || t == n.First+1 && sc.isLoner(n.First)):
			n.Past = t // "Hale-era"
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
		case w == "Jr." || w == "Sr." || n.isMan && n.Len() > 1 && numerals[w], n.Len() == 1 && isRelease(w), glued && len(w) > 1 && sc.mayName(n.Past):
			n.Past++
			continue
		case glued && (sc.isSeat(n.Past) || n.Past == n.First+1 && sc.isLoner(n.First)):
		case glued && n.Past+1 < len(d.Tokens) && !d.Tokens[n.Past+1].Space && d.MentionOf[n.Past+1] < 0 && sc.mayName(n.Past+1) && !sc.isCompound(n.Past):
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
		(d.Heads[k] >= int32(n.First) && d.Heads[k] < int32(n.Past) && sc.rel(k, compound) || int(d.Heads[n.First]) == k && sc.rel(n.First, compound)); k-- {
		n.First = k
	}
	// "Jo-" of "Jo-Renee".
	if k := n.First - 2; k >= 0 && d.MentionOf[k] < 0 && d.Word(k+1) == "-" && !(n.Len() == 1 && sc.loners[d.Tokens[n.First].Lower]) && !d.Tokens[k+1].Space && !d.Tokens[n.First].Space && d.Tokens[k].Flags.Has(nlp.IsCapital) && sc.sentOf[k] == sc.sentOf[n.First] {
		n.First = k
	}
}

// numerals stand behind a name that was the father's.
var numerals = nlp.WordSet("II III IV")

// isRelease reports whether the word w is a number as that of a release, which is part of the name before it: "Vulpine 2.0".
func isRelease(w string) bool { return len(w) == 3 && w[0] > '0' && w[0] <= '9' && w[1:] == ".0" }

// readHyphens fills sc.loners and sc.doubles.
func (sc *scratch) readHyphens() {
	d := sc.d
	joins := func(t int) bool { return t >= 0 && t < len(d.Tokens) && d.Word(t) == "-" }
	for _, m := range d.Mentions {
		last := m.Past - 1
		switch {
		case m.Kind != nlp.Person || joins(last):
		case m.Len() > 3 && joins(last-1):
			sc.doubles[nlp.Mix(d.Tokens[last-2].Lower, d.Tokens[last].Lower)] = true
		case m.Len() > 1 && joins(m.Past) && m.Past+1 < len(d.Tokens):
			sc.doubles[nlp.Mix(d.Tokens[last].Lower, d.Tokens[m.Past+1].Lower)] = true
		case !joins(m.Past) && !joins(m.First-1):
			sc.loners[d.Tokens[last].Lower] = true
		}
	}
}

// isLoner reports whether the word t before a hyphen is somebody's name without what follows it: "the Hale-media relations" beside
// "Hale", while Zoë Hale-Renn is called "Hale-Renn".
func (sc *scratch) isLoner(t int) bool {
	d := sc.d
	return sc.loners[d.Tokens[t].Lower] && (t+2 >= len(d.Tokens) || !sc.doubles[nlp.Mix(d.Tokens[t].Lower, d.Tokens[t+2].Lower)])
}

// isCompound reports whether the hyphen at t joins a name to a word that is none: "Hale-era", "Zoë Hale-style",
// while "Tae Ki-moon" is a name.
func (sc *scratch) isCompound(t int) bool {
	d := sc.d
	if t+1 >= len(d.Tokens) || d.Tokens[t].Space || d.Tokens[t+1].Space || d.Tokens[t+1].Flags.Has(nlp.IsCapital) {
		return false
	}
	w := d.Word(t + 1)
	return trailers[w] || len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing"))
}

// isSeat reports whether the hyphen at t joins to a name the letter of a party, with a hyphen behind it: "Zoë Hale-D-Ohio".
func (sc *scratch) isSeat(t int) bool {
	d := sc.d
	return t+2 < len(d.Tokens) && sides[d.Word(t+1)] != noWing && d.Word(t+2) == "-" && !d.Tokens[t+1].Space && !d.Tokens[t+2].Space
}

// trailers are words that a hyphen joins to a name.
var trailers = nlp.WordSet("era area administration style type like led run born lite ism mania care level side term friendly haters lovers supporters")

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

// ownerOf is where the name r of an organization begins with the place whose it is, when there is such a body in every other
// country: "Westmark's Defense Ministry". It is r.First when its name is its own, or nobody's.
func (sc *scratch) ownerOf(r nlp.TokenRange) int {
	d := sc.d
	for t := r.First; t < r.Past; t++ {
		if !bodyWords[strings.ToLower(d.Word(t))] {
			return r.First
		}
	}
	if t := r.First - 1; t > 0 && sc.sentOf[t] == sc.sentOf[r.First] && sc.isGenitive(t) {
		if m := d.MentionOf[t-1]; m >= 0 && d.Mentions[m].Kind == nlp.Location && d.Mentions[m].Past == t {
			return d.Mentions[m].First
		}
	}
	return r.First
}

// isRunFor reports whether what stands before token t is run for: a seat for Westmark in the Senate, "the Westmark Senate race".
func (sc *scratch) isRunFor(t int) bool {
	return t < len(sc.d.Tokens) && runs[sc.d.Lemmas[t]]
}

// runs follow what somebody runs for.
var runs = nlp.WordSet("race seat election primary runoff candidate contest campaign nominee nomination bid hopeful primaries special")

// bodyWords are the words of which names of such bodies consist.
var bodyWords = nlp.WordSet(`ministry department foreign defense defence interior justice finance treasury health education energy trade transport
	agriculture environment culture labor labour economy information intelligence security parliament legislature assembly senate congress
	cabinet government navy army air force military police supreme high constitutional court central bank reserve national general
	coast guard emergencies affairs election commission embassy council and of for the`)

// isNounBefore reports whether token t, the first word of a person's name as the recogniser has it, is a noun before
// that name: "pilot Zoë Hale", and "Pilot Zoë Hale" where a sentence begins and the article tells of pilots.
func (sc *scratch) isNounBefore(t int) bool {
	d := sc.d
	if !d.Tokens[t+1].Flags.Has(nlp.IsCapital) || sc.isGiven(t) {
		return false
	}
	if !d.Tokens[t].Flags.Has(nlp.IsCapital) {
		return d.UPOS[t] == nlp.NOUN && !d.Tokens[t].Flags.Has(nlp.HasHyphen)
	}
	if !d.Tokens[t].Flags.Has(nlp.StartsSent) || d.Tokens[t].Flags.Has(nlp.IsUpper) {
		return false
	}
	if !sc.hasNouns {
		sc.hasNouns = true
		clear(sc.nouns)
		for k := range d.Tokens {
			if d.UPOS[k] == nlp.NOUN && !d.Tokens[k].Flags.Has(nlp.IsCapital) {
				sc.nouns[nlp.Hash(d.Lemmas[k])] = true
			}
		}
	}
	return sc.nouns[d.Tokens[t].Lower]
}

// months begin names by mistake. Without those that somebody may have for a name.
var months = nlp.WordSet("January February March July September October November December")

// epithets are what politicians call one another.
var epithets = nlp.WordSet("cheatin corrupt crazy creepy crooked cryin crying dopey goofy liddle little lyin lying mini phony shifty sleepy sloppy sneaky wacky")
