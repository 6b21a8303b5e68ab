package coref

import (
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// ref is one reference to a party: a name, a pronoun or a description.
type ref struct {
	tok   int32 // its head
	first int32
	past  int32
	sent  int32
	party int32 // -1 while it is not resolved
	pron  pronoun
	// isSubject, isSource: of a verb; of an attribution.
	isSubject, isSource bool
	isQuoted            bool
	isName              bool
	content             int32 // 1 + attribution whose content it is in, 0 none
}

// maxMarked bounds the tokens that contents may mark, per token of the text: nested
// contents overlap.
const maxMarked = 4

// findSources finds the head of every source and marks the contents.
func (sc *scratch) findSources() {
	d := sc.d
	sc.sources = sc.sources[:0]
	budget := maxMarked * len(d.Tokens)
	for i, at := range d.Attributions {
		isTurn := at.IsTurn(d)
		for _, r := range at.Content {
			for t := r.First; t < r.Past && budget > 0; t++ {
				if isTurn {
					sc.turnOf[t] = int32(i + 1)
				}
				if old := sc.contentOf[t]; old == 0 || width(d.Attributions[old-1].Content) > width(at.Content) {
					sc.contentOf[t] = int32(i + 1)
				}
				budget--
			}
		}
		head := int32(-1)
		if len(at.Source) > 0 {
			head = int32(sc.sourceHead(at.Source, at.Cue))
			if p := sc.mentionParty(int(head)); p < 0 || sc.parties[p].kind != quoth.PersonParty || !sc.parties[p].isNamed || !sc.isMentioned(p, at.Source[0]) {
				if t := sc.namedBehind(at.Source[0]); t >= 0 {
					head = t
				}
			}
			sc.sourceOf[head] = int32(i + 1)
		}
		sc.sources = append(sc.sources, head)
	}
}

func width(rs []nlp.TokenRange) int {
	if len(rs) == 0 {
		return 0
	}
	return rs[len(rs)-1].Past - rs[0].First
}

// sourceHead returns the token that names the source: the head of its first piece, or
// of the name that the piece is about.
func (sc *scratch) sourceHead(pieces, cue []nlp.TokenRange) int {
	d := sc.d
	piece := pieces[0]
	for _, r := range pieces[1:] {
		if sc.isNominal(sc.headOf(piece)) {
			break
		}
		piece = r
	}
	piece = sc.withoutOrigin(sc.withoutOpening(piece))
	if l := d.Lemmas[piece.First]; d.UPOS[piece.First] == nlp.PRON && (l == "who" || l == "which" && !sc.isNamedNext(piece)) {
		return piece.First // "who praised the choir, saying", "which last week said", and not "which Zoë Hale called"
	}
	if t := sc.familiarSource(piece); t >= 0 {
		return t
	}
	name, h := sc.afterTitles(piece), sc.headOf(piece)
	if m := d.MentionOf[name]; m >= 0 && sc.partyOf[m] >= 0 && sc.parties[sc.partyOf[m]].kind == quoth.PersonParty && d.Mentions[m].Past < piece.Past &&
		(name == piece.First || sc.noun(h).kind != humanNoun || !sc.isNameOf(piece, h, d.Mentions[m].TokenRange, int(sc.heads[m]))) {
		if t := d.Mentions[m].Past; d.Word(t) == "," || nlp.IsDash(d.Word(t)) || d.Word(t) == "(" || d.UPOS[t] == nlp.ADP {
			return int(sc.heads[m]) // "Zoë Hale – who led the inspection –", "Dr. Hale at the Lake hospital"
		}
	}
	if _, ok := sc.ageIn(piece.Past - 1); ok {
		return piece.Past - 1 // "the 42-year-old"
	}
	if sc.isTime(h) {
		h = sc.besideDate(piece, h) // "a Coast Post poll released Sunday", "many this week"
	}
	h = sc.nounBefore(h, piece)
	if last := piece.Past - 1; last > h && (sc.isSplit(h, last) || d.UPOS[h] == nlp.DET && d.UPOS[last] == nlp.NOUN && sc.noun(last).kind == humanNoun && d.Word(last-1) != "of") {
		h = last // "the All of Me singer", after a title
	}
	if last := piece.Past - 1; last == h+1 && d.UPOS[h] == nlp.NOUN && d.UPOS[last] == nlp.NOUN && sc.noun(last).kind == humanNoun && sc.noun(h).kind != humanNoun {
		h = last // "free speech advocates", where the parser took speech
	}
	h = sc.nounAfter(h, piece)
	p := sc.mentionParty(h)
	if p >= 0 && sc.parties[p].kind == quoth.PersonParty {
		t := sc.nounOf(piece)
		if t < 0 || t >= h || d.MentionOf[t] >= 0 || sc.noun(t).kind != humanNoun && sc.noun(t).kind != anonymousNoun || sc.determiner(t) == bare || !sc.isAfterPreposition(h, piece.First) {
			return sc.officer(piece, h)
		}
		h = t // "an accountant for the former mayor Zoë Hale", where the parser took Hale
	}
	if d.UPOS[h] == nlp.PRON && sc.words[d.Tokens[h].Lower].pron != notPronoun {
		return h
	}
	if last := piece.Past - 1; last > h+1 && sc.noun(h).kind == documentNoun && d.Lemmas[last-1] == "of" && isCueParticiple(d, cue, piece.Past) {
		return last // "a video of him explaining"
	}
	if t := sc.authorIn(piece, h); t >= 0 {
		return t
	}
	for t := piece.First; t < min(piece.Past, h+maxName); t++ {
		m := d.MentionOf[t]
		if m < 0 || sc.partyOf[m] < 0 || d.Mentions[m].Contains(h) {
			continue
		}
		name := d.Mentions[m]
		isMan := sc.parties[sc.partyOf[m]].kind == quoth.PersonParty
		if !isMan && (name.First != h+1 || d.Mentions[m].Kind != nlp.Organization) {
			t = name.Past - 1
			continue
		}
		if sc.isNameOf(piece, h, name.TokenRange, int(sc.heads[m])) {
			if w := sc.noun(h); isMan && w.kind == humanNoun {
				sc.addRole(sc.partyOf[m], w.role, h)
				sc.addGender(sc.partyOf[m], w, 3)
			}
			return int(sc.heads[m])
		}
		t = name.Past - 1
	}
	return h
}

// isNamedNext reports whether the name of somebody begins with the second token of r.
func (sc *scratch) isNamedNext(r nlp.TokenRange) bool {
	d := sc.d
	if r.Len() < 2 || d.MentionOf[r.First+1] < 0 {
		return false
	}
	kind := d.Mentions[d.MentionOf[r.First+1]].Kind
	return kind == nlp.Person || kind == nlp.Organization
}

// nounBefore returns the noun of a party, or the name, that piece is about where the parser took for its head h a verb or a noun behind a
// preposition after it: "the spokesman quoted by MNN", "a sign in one town", "a Coast Post Poll conducted in May". It is h where there is
// none.
func (sc *scratch) nounBefore(h int, piece nlp.TokenRange) int {
	d, t := sc.d, sc.nounOf(piece)
	if t < 0 || t+1 >= h || sc.mentionParty(h) >= 0 {
		return h
	}
	if m := d.MentionOf[t]; m >= 0 {
		if d.UPOS[h] == nlp.VERB && sc.partyOf[m] >= 0 {
			return int(sc.heads[m])
		}
		return h
	}
	if u := d.UPOS[t+1]; sc.noun(t).kind != otherNoun && (u == nlp.VERB || u == nlp.ADP && d.Word(t+1) != "of") {
		return t
	}
	return h
}

// afterTitles is where the name begins that what somebody is leads over to, right at the beginning of piece: "Outgoing Prime Minister Zoë Hale".
// It is the first token where there is none.
func (sc *scratch) afterTitles(piece nlp.TokenRange) int {
	d := sc.d
	for t := piece.First; t < min(piece.Past, piece.First+maxName); t++ {
		if m := d.MentionOf[t]; m >= 0 && d.Mentions[m].Kind == nlp.Person {
			if k := t - 1; k >= piece.First && (sc.titles[d.Tokens[k].Lower] != lexicon.NoTitle || sc.noun(k).kind == humanNoun) {
				return t
			}
			break
		}
		if u := d.UPOS[t]; t > piece.First && u != nlp.ADJ && u != nlp.NOUN && u != nlp.PROPN {
			break
		}
	}
	return piece.First
}

// nounAfter returns the noun of a document behind the names of those who issued it, in the first of which h stands, or of somebody who is
// of there: "a Lake Council (LC) poll", "two MNN/Coast Post surveys", "the Institute of Lakes director"; h where there is none.
func (sc *scratch) nounAfter(h int, piece nlp.TokenRange) int {
	d := sc.d
	m := d.MentionOf[h]
	if m < 0 || d.Mentions[m].Kind == nlp.Person || d.Mentions[m].Kind == nlp.Date {
		return h
	}
	for t := d.Mentions[m].Past; t < piece.Past; t++ {
		switch w := d.Word(t); {
		case w == "(" || w == ")" || w == "/" || d.MentionOf[t] >= 0 && d.Mentions[d.MentionOf[t]].Kind != nlp.Date || d.UPOS[t] == nlp.PROPN:
		case d.UPOS[t] == nlp.NOUN && sc.noun(t).kind == documentNoun && (t+1 == len(d.Tokens) || d.UPOS[t+1] != nlp.NOUN),
			d.UPOS[t] == nlp.NOUN && sc.noun(t).kind == humanNoun && (t+1 == piece.Past || d.Word(t+1) == ","):
			return t
		default:
			return h
		}
	}
	return h
}

// isTime reports whether token t is part of a date, or a noun of a time that is not told of what.
func (sc *scratch) isTime(t int) bool {
	m := sc.d.MentionOf[t]
	return m >= 0 && sc.d.Mentions[m].Kind == nlp.Date || m < 0 && sc.d.UPOS[t] == nlp.NOUN && periods[sc.d.Lemmas[t]] && !sc.isOfSomething(t)
}

// besideDate returns the head of a name in piece, or a noun that is no time, or the pronoun or the like that piece begins with; h where
// there is none of these.
func (sc *scratch) besideDate(piece nlp.TokenRange, h int) int {
	if name := sc.nameIn(piece); name.party >= 0 {
		if m := sc.d.MentionOf[name.first]; m >= 0 {
			return int(sc.heads[m])
		}
		return name.first
	}
	for t := piece.First; t < piece.Past; t++ {
		if sc.d.UPOS[t] == nlp.NOUN && !sc.isTime(t) {
			return t
		}
	}
	if first := piece.First; numerous[sc.d.Lemmas[first]] || sc.words[sc.d.Tokens[first].Lower].pron != notPronoun {
		return first
	}
	return h
}

// numerous are words for some of those whom nothing tells.
var numerous = nlp.WordSet("many some few most several other all none")

// withoutOpening is r without the place and agency that open a report, "HARROWMERE (MNN) — The council",
// and without what tells where or when before a comma: "A few feet away, a pilot".
func (sc *scratch) withoutOpening(r nlp.TokenRange) nlp.TokenRange {
	if t := sc.afterDateline(r.First); t > r.First && t < r.Past {
		r.First = t
	}
	for t := r.First + 1; t < min(r.Past-1, r.First+maxOpening); t++ {
		if d := sc.d; d.Word(t) == "caption" && (d.Word(t-1) == "Media" || d.Word(t-1) == "Image") || d.Word(t) == "," && openings[d.Word(t-1)] && sc.isUnnamed(r.First, t) {
			r.First = t + 1
			break
		}
	}
	return r
}

// maxOpening is how many tokens the words for where or when have that stand before a source.
const maxOpening = 7

// openings end the words for where or when that stand before a source.
var openings = nlp.WordSet("away later earlier ago nearby afterward afterwards before")

// isUnnamed reports whether no party is named in the tokens [first, past).
func (sc *scratch) isUnnamed(first, past int) bool {
	for t := first; t < past; t++ {
		if sc.mentionParty(t) >= 0 {
			return false
		}
	}
	return true
}

// withoutOrigin is r without the name and the participle, joined by a hyphen, that it begins with:
// "Port Ellory-based analyst Zoë Hale" is no Port Ellory.
func (sc *scratch) withoutOrigin(r nlp.TokenRange) nlp.TokenRange {
	d := sc.d
	for t := r.First + 1; t+2 < min(r.Past, r.First+maxOpening); t++ {
		switch w := d.Word(t + 1); {
		case d.Word(t) == "-" && !d.Tokens[t].Space && !d.Tokens[t+1].Space && d.UPOS[t+1] == nlp.VERB && (strings.HasSuffix(w, "ed") || w == "born" || w == "led"):
			r.First = t + 2
			return r
		case !d.Tokens[t].Flags.Has(nlp.IsCapital):
			return r
		}
	}
	return r
}

// shares are what buttons are called by which readers share a page.
var shares = nlp.WordSet("Facebook Twitter Pinterest WhatsApp LinkedIn Reddit")

// maxDateline is how many tokens a dateline has.
const maxDateline = 10

// afterDateline returns the token after the dateline that begins with token first of a block, first
// where none does: a name, capitals and what stands in brackets, up to a dash.
func (sc *scratch) afterDateline(first int) int {
	d := sc.d
	if !d.Tokens[first].Flags.Has(nlp.StartsBlock) || !d.Tokens[first].Flags.Has(nlp.IsCapital) {
		return first
	}
	if w := d.Word(first); w == "Image" || w == "Media" { // "Image copyright MNN Image caption The council"
		for t := first + 1; t+1 < len(d.Tokens) && t < first+2*maxDateline; t++ {
			if d.Word(t) == "caption" {
				return t + 1
			}
		}
	}
	if t := first; shares[d.Word(t)] && t+1 < len(d.Tokens) && shares[d.Word(t+1)] {
		for t < len(d.Tokens)-1 && shares[d.Word(t)] {
			t++
		}
		return t
	}
	for t := first; t+1 < len(d.Tokens) && t < first+maxDateline && sc.sentOf[t] == sc.sentOf[first]; t++ {
		switch w := d.Word(t); {
		case nlp.IsDash(w) || w == "-" && t > first && d.Word(t-1) == ")":
			next := d.Tokens[t+1].Flags
			isBracket := t > first+3 && d.Word(t-1) == ")" && d.Word(t-3) == "("
			if t == first || next.Has(nlp.HasLetter) && !next.Has(nlp.IsCapital) || !d.Tokens[first].Flags.Has(nlp.IsUpper) && (!isBracket || d.UPOS[first] == nlp.DET || sc.spelledOut(t-3, d.Word(t-2)) >= 0) {
				return first // "Hale – who led …", "Ferry Office (FO) – Harrow's best –", "The Ferry Office (FO) – which"
			}
			return t + 1
		case w == ")" && t >= first+3 && d.Word(t-2) == "(" && d.Tokens[t-1].Flags.Has(nlp.IsUpper) && d.Word(t - 1)[0] != d.Word(first)[0] && d.Tokens[t+1].Flags.Has(nlp.IsCapital):
			return t + 1 // "Harrowmere (MNN) The council", and no "Lake Ferries (LF)"
		case !d.Tokens[t].Flags.Has(nlp.IsCapital) && !d.Tokens[t].Flags.Has(nlp.IsPunct):
			return first
		}
	}
	return first
}

// officer returns the head of the name that follows the person h and what it is to that
// person, "Quill spokeswoman Ann Hale", else h: parsers take the first name for the subject.
func (sc *scratch) officer(piece nlp.TokenRange, h int) int {
	d := sc.d
	t := h + 1
	if m := d.MentionOf[h]; m >= 0 {
		t = d.Mentions[m].Past
	}
	first := t
	for t < piece.Past && d.MentionOf[t] < 0 && (d.UPOS[t] == nlp.NOUN || d.UPOS[t] == nlp.ADJ) {
		t++
	}
	if t == first || t >= piece.Past || sc.noun(t-1).kind != humanNoun {
		return h
	}
	m := d.MentionOf[t]
	if m < 0 || sc.partyOf[m] < 0 || sc.parties[sc.partyOf[m]].kind != quoth.PersonParty {
		return h
	}
	return int(sc.heads[m])
}

// isSplit reports whether noun last belongs to h though both are subjects of one verb:
// parsers take "Ferry pilots' union" apart so.
func (sc *scratch) isSplit(h, last int) bool {
	d := sc.d
	return d.UPOS[h] == nlp.NOUN && d.UPOS[last] == nlp.NOUN && d.Heads[h] == d.Heads[last] && sc.rel(h, subject) && sc.rel(last, subject) &&
		sc.hasGenitive(h, last)
}

// authorIn returns the head of the person at the end of piece from whom or by whom what h
// names is: "a letter from Zoë Hale". -1 when there is none.
func (sc *scratch) authorIn(piece nlp.TokenRange, h int) int {
	d := sc.d
	m := d.MentionOf[piece.Past-1]
	if m < 0 || sc.partyOf[m] < 0 || sc.parties[sc.partyOf[m]].kind != quoth.PersonParty {
		return -1
	}
	first := d.Mentions[m].First
	if first-1 <= h || first-1 < piece.First {
		return -1
	}
	switch d.Lemmas[first-1] {
	case "from":
	case "by":
		if v := first - 2; v > h && !writingVerbs[d.Lemmas[v]] {
			return -1 // "the islands owned by Zoë Hale"
		}
	default:
		return -1
	}
	return int(sc.heads[m])
}

// writingVerbs are what is done with words by their author.
var writingVerbs = nlp.WordSet("write sign issue post publish author pen send release tweet give deliver draft file record read pass distribute circulate")

// isCueParticiple reports whether the cue begins at token t with a form in -ing.
func isCueParticiple(d *nlp.Doc, cue []nlp.TokenRange, t int) bool {
	return len(cue) > 0 && cue[0].First == t && strings.HasSuffix(d.Word(t), "ing")
}

// isNameOf reports whether the person's name r, with head nh, is what the source piece
// with head h means: its apposition, its last word, or its beginning.
func (sc *scratch) isNameOf(piece nlp.TokenRange, h int, r nlp.TokenRange, nh int) bool {
	d := sc.d
	if r.Past < piece.Past-1 && sc.isGenitive(r.Past) || r.Past < piece.Past && sc.isGenitive(r.Past-1) {
		return false // "Hale's lawyer"
	}
	for t := h + 1; t < r.First; t++ {
		if examples[d.Word(t)] {
			return false // "some of them, including Zoë Hale"
		}
	}
	if sc.isTitledObject(r.First, h) {
		return false
	}
	if int(d.Heads[nh]) == h && sc.rel(nh, appos) {
		return true
	}
	if g := r.First - 1; g > h && int(d.Heads[nh]) == g && int(d.Heads[g]) == h && sc.rel(g, conjunct) && sc.noun(g).kind == humanNoun {
		return true // "deputy manager and director Zoë Hale"
	}
	if h < r.First {
		w := sc.noun(h)
		if w.kind == humanNoun && sc.isLongTitle(h, r.First) {
			return true
		}
		if m := d.MentionOf[h]; m >= 0 && d.Mentions[m].Past < r.First && sc.noun(r.First-1).kind == humanNoun && sc.isModifiers(d.Mentions[m].Past, r.First) {
			return true // "Institute for Lakes policy director Zoë Hale"
		}
		// ", Zoë Hale," at the end: an apposition whatever the parser made of it.
		if isHuman := w.kind == humanNoun || w.kind == anonymousNoun || d.Word(h+1) == "who"; isHuman && r.First-piece.First >= 2 && (piece.Past-r.Past <= 1 || d.Word(r.Past) == "," || d.Word(r.Past) == "(" || d.Word(r.Past) == "of" && d.Word(r.First-1) == ",") {
			k := r.First - 1
			for k > h && d.Tokens[k].Flags.Has(nlp.IsCapital) && (sc.titles[d.Tokens[k].Lower] != lexicon.NoTitle || d.MentionOf[k] < 0 || d.Mentions[d.MentionOf[k]].Kind != nlp.Person) {
				k--
			}
			if d.Word(k) == "," || (k >= h && d.UPOS[k] == nlp.NOUN && !sc.isOfAnother(h, k)) {
				return true
			}
		}
		// Nothing but words of one noun phrase between: "NBC moderator Zoë Hale"; or of two
		// for one person: "owner and president Zoë Hale".
		and := h + 1
		for and < r.First && d.UPOS[and] != nlp.CCONJ {
			and++
		}
		if and < r.First {
			return w.kind == humanNoun && !sc.isPluralNoun(h) && sc.determiner(h) == bare && piece.Past-r.Past <= 1 && sc.isModifiers(h+1, and) && sc.isModifiers(and+1, r.First)
		}
		return sc.isModifiers(h+1, r.First)
	}
	// "Former governor Zoë Hale, a friend of the city," with the head taken for friend.
	return (r.First <= piece.First+2 || sc.isModifiers(piece.First, r.First)) && r.Past < piece.Past && d.Word(r.Past) == "," && h > r.Past
}

// isTitledObject reports whether the name that begins at token t has a title and hangs, with it, from a preposition after noun h:
// "a former aide to Republican Lake Sen. Zoë Hale", which parsers take for an apposition.
func (sc *scratch) isTitledObject(t, h int) bool {
	d := sc.d
	k := t - 1
	for k > h && sc.titles[d.Tokens[k].Lower] != lexicon.NoTitle {
		k--
	}
	if k == t-1 || d.UPOS[h] != nlp.NOUN {
		return false
	}
	for k > h && (d.UPOS[k] == nlp.ADJ || d.UPOS[k] == nlp.DET || d.MentionOf[k] >= 0 && d.Mentions[d.MentionOf[k]].Kind != nlp.Person) {
		k--
	}
	return k > h && d.UPOS[k] == nlp.ADP && d.MentionOf[k] < 0 && d.Lemmas[k] != "by" && d.Lemmas[k] != "from" // what somebody wrote is theirs
}

// examples are words before some of those whom a noun means.
var examples = nlp.WordSet("including like such particularly especially notably")

// isLongTitle reports whether the tokens [first, past) are a title with "of" or the like in it and
// capitals after that: "Secretary of State Zoë Hale", wherever the parser hangs it. Another title in it
// is that of the name: "an aide to Senator Zoë Hale" is not she.
func (sc *scratch) isLongTitle(first, past int) bool {
	d := sc.d
	if sc.isPluralNoun(first) || !d.Tokens[past-1].Flags.Has(nlp.IsCapital) {
		return false
	}
	if (!d.Tokens[first].Flags.Has(nlp.IsCapital) || d.Tokens[first].Flags.Has(nlp.StartsSent)) && d.Word(first+1) != "of" {
		return false
	}
	for t := first + 1; t < past; t++ {
		u := d.UPOS[t]
		if !d.Tokens[t].Flags.Has(nlp.IsCapital) && u != nlp.ADP && u != nlp.DET && u != nlp.CCONJ || sc.titles[d.Tokens[t].Lower] != lexicon.NoTitle {
			return false
		}
	}
	return true
}

// isModifiers reports whether the tokens [first, past) are words of one noun phrase before its
// head.
func (sc *scratch) isModifiers(first, past int) bool {
	for t := first; t < past; t++ {
		if u := sc.d.UPOS[t]; u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ {
			return false
		}
	}
	return true
}

// isOfAnother reports whether the human noun k, which a name follows, hangs from h by a
// preposition: "the wife of actor Hugo Pell" is not Hugo Pell.
func (sc *scratch) isOfAnother(h, k int) bool {
	for t := h + 1; t < k; t++ {
		if sc.d.UPOS[t] == nlp.ADP {
			return sc.noun(k).kind == humanNoun
		}
	}
	return false
}

// collectRefs lists the references of the text, in order.
func (sc *scratch) collectRefs() {
	d := sc.d
	origin := 0 // where the dateline ends
	for t := 0; t < len(d.Tokens); t++ {
		if d.Tokens[t].Flags.Has(nlp.StartsBlock) {
			origin = sc.afterDateline(t)
		}
		if m := d.MentionOf[t]; m >= 0 {
			r := d.Mentions[m]
			if r.Past <= origin && r.Kind == nlp.Organization && !sc.hasSource(r.TokenRange) {
				t = r.Past - 1
				continue // the agency that reports is nobody's "they"
			}
			if p := sc.partyOf[m]; p >= 0 && (!sc.parties[p].isPlace || sc.hasSource(r.TokenRange)) {
				if sc.hasSource(r.TokenRange) && sc.isPartOfPeople(int(sc.heads[m])) {
					p = -1 // described
				}
				sc.addRef(int(sc.heads[m]), r.TokenRange, notPronoun, p)
				t = r.Past - 1
				continue
			}
			if !sc.hasSource(r.TokenRange) {
				t = r.Past - 1
				continue
			}
		}
		if p := sc.wordOf[t]; p >= 0 && (sc.sourceOf[t] > 0 || t+1 == len(d.Tokens) || sc.wordOf[t+1] != p) {
			sc.addRef(t, nlp.TokenRange{First: t, Past: t + 1}, notPronoun, p)
			continue
		}
		one := nlp.TokenRange{First: t, Past: t + 1}
		switch u := d.UPOS[t]; {
		case u == nlp.PRON || u == nlp.DET || sc.sourceOf[t] > 0:
			pron := sc.words[d.Tokens[t].Lower].pron
			if pron == notPronoun {
				if sc.sourceOf[t] > 0 {
					sc.addRef(t, one, notPronoun, -1)
				}
				continue
			}
			if pron == he || pron == she || sc.sourceOf[t] > 0 || pron == first && sc.contentOf[t] > 0 {
				sc.addRef(t, one, pron, -1)
			}
		case u == nlp.NOUN:
			if (sc.rel(t, subject) && sc.isDefiniteHuman(t)) || (sc.contentOf[t] > 0 && sc.mayTakeUp(t)) {
				sc.addRef(t, one, notPronoun, -1)
			}
		}
	}
}

// hasSource reports whether a token of r is the head of a source.
func (sc *scratch) hasSource(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if sc.sourceOf[t] > 0 {
			return true
		}
	}
	return false
}

func (sc *scratch) addRef(t int, r nlp.TokenRange, pron pronoun, p int32) {
	isSource := sc.hasSource(r)
	ref := ref{tok: int32(t), first: int32(r.First), past: int32(r.Past), sent: sc.sentOf[t], party: p, pron: pron,
		isSubject: sc.rel(t, subject) || isSource && sc.speaksFirst(t) || p >= 0 && sc.isSubjectToo(t), isSource: isSource, isQuoted: sc.d.Tokens[t].Depth > 0 || sc.turnOf[t] > 0 && (pron == he || pron == she), isName: p >= 0, content: sc.contentOf[t]}
	for k := r.First; k < r.Past; k++ {
		sc.refAt[k] = int32(len(sc.refs))
	}
	sc.refs = append(sc.refs, ref)
}

// isSubjectToo reports whether the name with head t stands beside a noun for its bearer that
// is a subject: "his lawyer Zora Quill left", "another member of the crew – Zora Quill – left".
func (sc *scratch) isSubjectToo(t int) bool {
	h := int(sc.d.Heads[t])
	if h < 0 || !sc.rel(t, appos|compound) {
		return false
	}
	if up := int(sc.d.Heads[h]); up >= 0 && sc.rel(t, appos) && sc.noun(h).kind != humanNoun && sc.mentionParty(h) < 0 && sc.phraseStart(t) > 0 && nlp.IsDash(sc.d.Word(sc.phraseStart(t)-1)) {
		h = up // parsers hang it from the last noun
	}
	return sc.rel(h, subject) && sc.noun(h).kind == humanNoun
}

// speaksFirst reports whether the attribution whose source has head t has it before a verb: it is the subject of that, whatever the
// parser makes of a long apposition between them. So is somebody named right behind the verb, whatever title stands between: "said Lake
// Guild of Pilots CEO Zoë Hale".
func (sc *scratch) speaksFirst(t int) bool {
	a := sc.sourceOf[t]
	if a == 0 {
		return false
	}
	at := &sc.d.Attributions[a-1]
	if len(at.Cue) == 0 || sc.d.UPOS[sc.headOf(at.Cue[0])] != nlp.VERB {
		return false
	}
	if t < at.Cue[0].First {
		return true
	}
	p := sc.mentionParty(t)
	return p >= 0 && sc.parties[p].kind == quoth.PersonParty && len(at.Cue) == 1 && at.Cue[0].Past == at.Source[0].First && sc.d.UPOS[at.Cue[0].Past-1] == nlp.VERB // no "pressed by", no "according to"
}

// isDefiniteHuman reports whether noun t is a person with "the".
func (sc *scratch) isDefiniteHuman(t int) bool {
	w := sc.noun(t)
	return w.kind == humanNoun && sc.determiner(t) == definite && !sc.isPluralNoun(t) && !sc.isFirst(t) && !sc.isAnyone(t)
}

// mayTakeUp reports whether noun t may mean a party named before: a person or an
// organization with a definite article or a possessor.
func (sc *scratch) mayTakeUp(t int) bool {
	w := sc.noun(t)
	return (w.kind == humanNoun || w.kind == organizationNoun) && !sc.isPluralNoun(t) && sc.determiner(t) == definite && !sc.isFirst(t) && !sc.isAnyone(t)
}

// surelyNamed is the logarithm of the odds from which on a first name tells a person's gender more
// surely than a pronoun nearby does.
const surelyNamed = 2.5

// countPronouns takes he and she as evidence of a person's gender where only one person
// is near: the only one named since a sentence named nobody.
func (sc *scratch) countPronouns() {
	only, since, several := int32(-1), int32(-10), false
	for i := range sc.refs {
		r := &sc.refs[i]
		if r.sent-since > 1 {
			only, several = -1, false
		}
		switch {
		case r.isName && sc.parties[r.party].kind == quoth.PersonParty && !r.isQuoted:
			if r.party != only {
				several = only >= 0
				only = r.party
			}
			since = r.sent
		case (r.pron == he || r.pron == she) && !r.isQuoted && only >= 0 && !several:
			switch p := &sc.parties[only]; {
			case r.pron == he && p.prior < surelyNamed:
				p.male++
			case r.pron == she && p.prior > -surelyNamed:
				p.female++
			}
		}
	}
}

// scan resolves the references outside quotations in the order of the text.
func (sc *scratch) scan() {
	for i := range sc.refs {
		r := &sc.refs[i]
		if r.party < 0 && !(r.isQuoted && r.pron != notPronoun) {
			r.party = sc.resolve(i)
		}
		if r.party >= 0 {
			p := &sc.parties[r.party]
			p.seen = int(r.tok)
			if !r.isName {
				p.count++
			}
			if r.isSource && !r.isQuoted {
				sc.lastSpeaker = r.party
				sc.noteJoint(r)
			}
		}
	}
}

// noteJoint notes those who speak with source r, if they are several: "they" in the next sentence are all.
func (sc *scratch) noteJoint(r *ref) {
	a := sc.sourceOf[r.tok]
	if a == 0 || r.pron == they || !slices.ContainsFunc(sc.d.Attributions[a-1].Source, sc.namesSeveral) {
		return
	}
	if all := sc.members(sc.d.Attributions[a-1].Source); len(all) > 1 {
		sc.lastJoint, sc.jointSent = sc.jointParty(all), r.sent
	}
}

// namesSeveral reports whether somebody has a name in r and a conjunction or the like stands there.
func (sc *scratch) namesSeveral(r nlp.TokenRange) bool {
	isJoined, isNamed := false, false
	for t := r.First; t < r.Past; t++ {
		isJoined = isJoined || sc.d.UPOS[t] == nlp.CCONJ || sc.isAlongWith(t)
		isNamed = isNamed || sc.mentionParty(t) >= 0
	}
	return isJoined && isNamed
}

// lastAtLength returns who spoke last, where nothing but that stands between: "“…,” Hale said. “…” (at length) Then he predicted". -1 where
// it may be somebody else.
func (sc *scratch) lastAtLength(i int) int32 {
	r, p := &sc.refs[i], sc.lastSpeaker
	if p < 0 || !r.isSource || r.isQuoted {
		return -1
	}
	if score, ok := sc.agrees(&sc.parties[p], wants{pron: r.pron}); !ok || score < 0 {
		return -1
	}
	for k := i - 1; k >= max(0, i-maxCandidates); k-- {
		c := &sc.refs[k]
		if c.party == p {
			break
		}
		if c.party < 0 || c.isQuoted {
			continue
		}
		if _, ok := sc.agrees(&sc.parties[c.party], wants{pron: r.pron}); ok {
			return -1
		}
	}
	return p
}

// unnamedBefore returns the person without a name whom the sentence before "he" or "she", reference i, is about: "A pilot I know is about to
// leave. She joked". -1 without one.
func (sc *scratch) unnamedBefore(i int) int32 {
	d, r := sc.d, &sc.refs[i]
	if r.isQuoted || r.sent == 0 {
		return -1
	}
	before := d.Sentences[r.sent-1]
	for t := before.First; t < min(before.Past, before.First+maxApart); t++ {
		h := d.Heads[t]
		if h < 0 || d.Heads[h] >= 0 || !sc.rel(t, subject) || d.Tokens[t].Depth > 0 {
			continue
		}
		if w := sc.noun(t); (w.kind == humanNoun || w.kind == anonymousNoun) && !sc.isPluralNoun(t) && !(r.pron == he && w.female) && !(r.pron == she && w.male) && sc.determiner(t) != bare {
			return sc.describeAt(t)
		}
	}
	return -1
}

// resolve returns the party of reference i, -1 if it cannot be told.
func (sc *scratch) resolve(i int) int32 {
	r := &sc.refs[i]
	if r.isSource && !r.isQuoted && sc.isPair(int(r.tok)) {
		if p := sc.pairBefore(i); p >= 0 {
			return p
		}
	}
	switch r.pron {
	case notPronoun:
		return sc.resolveNoun(i)
	case he, she:
		return sc.resolveHe(i)
	case it:
		named := sc.best(i, wants{pron: it, reach: 3, least: 2.2})
		if s := sc.governor(i, false); s >= 0 && (named < 0 || sc.parties[named].seen > s) {
			return sc.partyOrDescription(s) // else it takes up the name: "Lodestar … The company says it …"
		}
		if p := sc.documentBefore(i); p >= 0 {
			return p
		}
		return named
	case they:
		return sc.resolveThey(i)
	case relative:
		return sc.antecedent(i)
	case firstPl:
		return sc.describe(i, quoth.GroupParty)
	case first:
		if r.isQuoted || r.content > 0 {
			return -1 // whoever speaks there: see assign
		}
		if p := sc.introducer(int(r.tok)); p >= 0 {
			return p
		}
		if p := sc.writer(int(r.tok)); p >= 0 {
			return p
		}
		return sc.unnamedWriter(int(r.tok))
	}
	return -1
}

// resolveHe returns the party of "he" or "she", reference i.
func (sc *scratch) resolveHe(i int) int32 {
	r := &sc.refs[i]
	if t := sc.beside(int(r.tok)); t >= 0 {
		return sc.partyOrDescription(t)
	}
	if sc.isInQuestion(i) {
		if p := sc.ahead(i); p >= 0 {
			return p
		}
	}
	if p := sc.quotedNext(i); p >= 0 {
		return p
	}
	p := sc.best(i, wants{pron: r.pron, reach: 6, least: 1.2})
	if p < 0 {
		if p = sc.ahead(i); p < 0 {
			p = sc.unnamedBefore(i)
		}
		if p < 0 {
			p = sc.lastAtLength(i)
		}
		return p
	}
	if !sc.parties[p].isNamed {
		if t := sc.calledBetween(p, i); t >= 0 {
			return sc.describeAt(t)
		}
	}
	return p
}

// resolveThey returns the party of "they", reference i.
func (sc *scratch) resolveThey(i int) int32 {
	r := &sc.refs[i]
	if s := sc.governor(i, true); s >= 0 {
		return sc.partyOrDescription(s)
	}
	if p := sc.fronted(i); p >= 0 {
		return p
	}
	if sc.lastJoint >= 0 && r.sent-sc.jointSent == 1 && r.isSource {
		return sc.lastJoint
	}
	if s := sc.severalAbove(i); s >= 0 {
		return sc.partyOrDescription(s)
	}
	p := sc.best(i, wants{pron: they, reach: 3, least: 2})
	if q := sc.severalAhead(i); q >= 0 && q != p {
		return q
	}
	if s := sc.severalHere(i); s >= 0 && (p < 0 || sc.parties[p].seen < sc.d.Sentences[r.sent].First || !sc.parties[p].isPlural && sc.parties[p].joint == nil) {
		return sc.partyOrDescription(s)
	}
	before := sc.severalBefore(i)
	if p >= 0 && before >= 0 && sc.parties[p].seen < sc.d.Sentences[r.sent-1].First {
		return sc.partyOrDescription(before)
	}
	if p < 0 || !sc.parties[p].isPlural && sc.parties[p].joint == nil {
		if q := sc.unnamedSpeaker(i); p >= 0 && q >= 0 {
			return q
		}
		if before >= 0 {
			return sc.partyOrDescription(before)
		}
	}
	return p
}

// calledBetween returns the noun of one person whom the sentence of pronoun i or the one before has as a subject,
// after party p and without telling who that is: "an official told MNN …. The former mayor came out. He said …".
// -1 without one.
func (sc *scratch) calledBetween(p int32, i int) int {
	for k := i - 1; k >= max(0, i-maxCandidates) && sc.refs[i].sent-sc.refs[k].sent <= 1; k-- {
		r := &sc.refs[k]
		if r.party == p {
			return -1
		}
		if r.party < 0 && r.isSubject && r.pron == notPronoun && r.content == 0 && sc.isDefiniteHuman(int(r.tok)) {
			return int(r.tok)
		}
	}
	return -1
}

// governor returns the noun of a party without a name that is the subject of a verb above the pronoun
// i: "The council closed the Stone Bridge for what it calls weeks." -1 when there is none.
func (sc *scratch) governor(i int, plural bool) int {
	d := sc.d
	r := &sc.refs[i]
	verb := d.Heads[r.tok]
	if verb < 0 {
		return -1
	}
	for steps := 0; steps < maxPhrase; steps++ {
		if verb = d.Heads[verb]; verb < 0 || d.UPOS[verb] == nlp.NOUN && sc.isNamedBetween(int(verb), int(r.tok)) {
			return -1 // "despite assurances from Hale and Reed that they …"
		}
		s := sc.subj[verb]
		if s < 0 || s >= r.tok {
			continue
		}
		t := int(s)
		if w := sc.noun(t); sc.mentionParty(t) >= 0 || d.UPOS[t] != nlp.NOUN || sc.contentOf[t] != r.content || sc.isPluralNoun(t) != plural ||
			w.kind != organizationNoun && (!plural || w.kind != humanNoun && w.kind != groupNoun) || sc.determiner(t) == indefinite {
			return -1
		}
		return t
	}
	return -1
}

// fronted returns the party of several who are the subject of the clause that stands before the one of "they", reference i, and hangs from it:
// "After the pilots left, they said …", "Though Hale and Renn disagree, they say …". -1 when there is none.
func (sc *scratch) fronted(i int) int32 {
	d, r := sc.d, &sc.refs[i]
	verb := d.Heads[r.tok]
	if verb < 0 || !r.isSubject || r.isQuoted {
		return -1
	}
	first := d.Sentences[r.sent].First
	for t := int(r.tok) - 1; t >= max(first, int(r.tok)-maxApart); t-- {
		above := d.Heads[t]
		if above < 0 || above > r.tok || !sc.rel(t, subject) || sc.contentOf[t] != r.content {
			continue
		}
		isInverted := d.Heads[verb] == above && d.UPOS[first] == nlp.SCONJ && d.Heads[first] == above // parsers take the first clause for the main one
		if !isInverted && !(d.Heads[above] == verb && sc.rel(int(above), clausal)) {
			continue
		}
		if sc.mentionParty(t) >= 0 {
			if all := sc.members([]nlp.TokenRange{{First: sc.phraseStart(t), Past: int(above)}}); len(all) == 2 {
				return sc.jointParty(all)
			}
			return -1
		}
		if sc.isSeveralHumans(t) {
			return sc.partyOrDescription(t)
		}
		return -1
	}
	return -1
}

// documentBefore returns the document that the sentence before "it", reference i, is about: "The study was made by the Lake Institute. It
// found …", "Hale filed a petition at the Lake Court. It accuses …". -1 without one.
func (sc *scratch) documentBefore(i int) int32 {
	d, r := sc.d, &sc.refs[i]
	if r.sent == 0 || r.isQuoted || r.content > 0 || !r.isSubject {
		return -1
	}
	if a := sc.sourceOf[r.tok]; a > 0 {
		t := d.Attributions[a-1].Content[0].First
		if d.UPOS[t] == nlp.SCONJ && t+1 < len(d.Tokens) {
			t++
		}
		if sc.words[d.Tokens[t].Lower].pron == it && sc.rel(t, subject) {
			return -1
		}
	}
	for k := i - 1; k >= max(0, i-maxCandidates) && sc.refs[k].sent == r.sent; k-- {
		if p := sc.refs[k].party; p >= 0 {
			if _, ok := sc.agrees(&sc.parties[p], wants{pron: it}); ok {
				return -1
			}
		}
	}
	found, before := -1, d.Sentences[r.sent-1]
	for t := before.First; t < min(before.Past, before.First+maxApart); t++ {
		h := d.Heads[t]
		if h < 0 || d.Heads[h] >= 0 || d.Tokens[t].Depth > 0 || sc.contentOf[t] > 0 {
			continue
		}
		isDocument := d.UPOS[t] == nlp.NOUN && sc.noun(t).kind == documentNoun && !sc.isPluralNoun(t) && d.MentionOf[t] < 0 && sc.determiner(t) != bare
		switch {
		case isDocument && (sc.rel(t, subject) || sc.rel(t, object) && issuing[d.Lemmas[h]]):
			if found < 0 {
				found = t
			}
		case sc.rel(t, subject):
			if p := sc.partyAt(t); p < 0 || sc.parties[p].kind != quoth.PersonParty {
				return -1
			}
		}
	}
	if found < 0 {
		return -1
	}
	if det := sc.determiner(found); det == definite {
		if p := sc.issuer(found, det); p >= 0 {
			return p
		}
		if p := sc.describedBefore(found); p >= 0 {
			return p
		}
	}
	return sc.partyOrDescription(found)
}

// isSeveralHumans reports whether t is a noun of several people who have no name.
func (sc *scratch) isSeveralHumans(t int) bool {
	if sc.d.UPOS[t] != nlp.NOUN || sc.mentionParty(t) >= 0 || !sc.isPluralNoun(t) {
		return false
	}
	kind := sc.noun(t).kind
	return kind == humanNoun || kind == groupNoun || kind == anonymousNoun
}

// severalAbove returns the noun of those who have no name and of whom the words tell that "they", reference i, is part of: "the pilots suing
// over the toll, which they call theft". -1 without one.
func (sc *scratch) severalAbove(i int) int {
	d, r := sc.d, &sc.refs[i]
	t := int(d.Heads[r.tok])
	for steps := 0; t >= 0 && steps < maxPhrase; steps++ {
		if t < int(r.tok) && !sc.speaksOf(r, t) && sc.isSeveralHumans(t) && !sc.rel(t, conjunct) && d.Tokens[t].Depth == d.Tokens[r.tok].Depth {
			return t
		}
		t = int(d.Heads[t])
	}
	return -1
}

// speaksOf reports whether the pronoun r is the subject of a clause that tells which ones t are, who are others then: "two pilots they
// said had lied". Behind "which", what it tells of is no people.
func (sc *scratch) speaksOf(r *ref, t int) bool {
	verb := int(sc.d.Heads[r.tok])
	return verb >= 0 && sc.rel(verb, relativeClause) && int(sc.d.Heads[verb]) == t && sc.d.Word(int(r.tok)-1) != "which"
}

// severalHere returns the noun of those who have no name and are the last subject before "they", reference i, in its sentence: "Riders were told
// of it, they left". -1 without one.
func (sc *scratch) severalHere(i int) int {
	d, r := sc.d, &sc.refs[i]
	for t := int(r.tok) - 1; t >= max(d.Sentences[r.sent].First, int(r.tok)-maxApart); t-- {
		if !sc.rel(t, subject) || d.Tokens[t].Depth != d.Tokens[r.tok].Depth || sc.speaksOf(r, t) {
			continue
		}
		if numerous[d.Lemmas[t]] && sc.isOfSomething(t) {
			t = sc.partOf(t) // "many of the pilots"
		}
		if sc.isSeveralHumans(t) {
			return t
		}
		if u := d.UPOS[t]; sc.mentionParty(t) >= 0 || u == nlp.NOUN {
			return -1
		}
	}
	return -1
}

// severalAhead returns the party of several whom "they", reference i, in the clause that opens its sentence, runs ahead of: "Though they say so,
// Democrats have no plan." -1 without one.
func (sc *scratch) severalAhead(i int) int32 {
	d, r := sc.d, &sc.refs[i]
	first := d.Sentences[r.sent].First
	if int(r.tok) != first+1 || d.UPOS[first] != nlp.SCONJ || !r.isSubject {
		return -1
	}
	for k := i + 1; k < min(len(sc.refs), i+maxCandidates) && sc.refs[k].sent == r.sent; k++ {
		c := &sc.refs[k]
		if c.party < 0 || !c.isName || !c.isSubject || c.isQuoted != r.isQuoted {
			continue
		}
		if !sc.parties[c.party].isPlural || d.Word(int(c.first)-1) != "," {
			return -1
		}
		return c.party
	}
	return -1
}

// severalBefore returns the noun of those who have no name and are the subject of the sentence before
// reference i: "The pilots left. They said …". -1 without one.
func (sc *scratch) severalBefore(i int) int {
	d := sc.d
	s := int(sc.refs[i].sent) - 1
	if s < 0 {
		return -1
	}
	for t := d.Sentences[s].First; t < min(d.Sentences[s].Past, d.Sentences[s].First+maxName); t++ {
		if h := d.Heads[t]; h < 0 || d.Heads[h] >= 0 || !sc.rel(t, subject) || sc.contentOf[t] != 0 {
			continue
		}
		if t+1 < len(d.Tokens) && d.Word(t+1) == "of" && !sc.isPluralNoun(t) {
			t = sc.partOf(t) // "None of the pilots left. They said …", "a panel of pilots"
		}
		if sc.words[d.Tokens[t].Lower].pron == they {
			k := t - 1
			for k > d.Sentences[s].First && !sc.rel(k, subject) {
				k--
			}
			if k > d.Sentences[s].First && sc.isSeveralHumans(k) {
				return k // "As the pilots left, they sang. They said …"
			}
			continue
		}
		if sc.isSeveralHumans(t) {
			return t
		}
	}
	return -1
}

// unnamedSpeaker returns the one person without name and gender who speaks in the sentence before reference i, and whom
// "they" takes up: "A source close to the mayor told MNN …. They said …". -1 without one.
func (sc *scratch) unnamedSpeaker(i int) int32 {
	r := &sc.refs[i]
	if !r.isSource || r.isQuoted {
		return -1
	}
	for k := i - 1; k >= max(0, i-maxCandidates) && sc.sentenceOf(r)-sc.refs[k].sent <= 1; k-- {
		c := &sc.refs[k]
		if !c.isSource || c.isQuoted || c.party < 0 {
			continue
		}
		if c.sent == sc.sentenceOf(r) {
			return -1
		}
		if q := &sc.parties[c.party]; q.kind == quoth.AnonymousParty && !q.isPlural && q.female == 0 && q.male == 0 {
			return c.party
		}
		return -1
	}
	return -1
}

// partOf returns the noun of whom t, "none", "some" or a number with an "of" behind it, is a part; t where there is none.
func (sc *scratch) partOf(t int) int {
	d := sc.d
	for k := t + 2; k < min(len(d.Tokens), t+maxPhrase) && sc.sentOf[k] == sc.sentOf[t]; k++ {
		if int(d.Heads[k]) == t && d.UPOS[k] == nlp.NOUN {
			return k
		}
	}
	return t
}

// introducer returns the person whom the paragraph before that of token t introduces, where it ends in a
// colon: "Zoë Hale said on Monday:". -1 without one.
func (sc *scratch) introducer(t int) int32 {
	if s := sc.introduction(t); s >= 0 {
		return sc.lastPerson(s, true)
	}
	return -1
}

// introduction is the sentence that ends the paragraph before that of token t, where it ends in a colon; -1 without one.
func (sc *scratch) introduction(t int) int {
	d := sc.d
	s := int(sc.sentOf[t])
	for s > 0 && d.Sentences[s-1].Block == d.Sentences[s].Block {
		s--
	}
	if s == 0 || d.Word(d.Sentences[s-1].Past-1) != ":" {
		return -1
	}
	return s - 1
}

// opener returns the person whom the sentence that introduces token t is about: whose name opens it, whatever the
// parser makes of that: "And Zoë Hale, who runs the guild that sued, sent a reply:". -1 without one.
func (sc *scratch) opener(t int) int32 {
	d, s := sc.d, sc.introduction(t)
	if s < 0 {
		return -1
	}
	first := d.Sentences[s].First
	if d.UPOS[first] == nlp.CCONJ {
		first++
	}
	for k := first; k < min(d.Sentences[s].Past, first+maxCalling) && d.UPOS[k].IsBeforeNoun(); k++ {
		if m := d.MentionOf[k]; m >= 0 && d.Mentions[m].Kind == nlp.Person {
			if past := d.Mentions[m].Past; sc.isGenitive(past-1) || sc.isGenitive(past) {
				return -1
			}
			return sc.partyOf[m]
		}
	}
	return -1
}

// quotedNext returns the person whom the paragraph before a quotation introduces, where it ends in a colon and "he" or "she", reference i,
// is who says that: "Zoë Hale sent a reply of her own: | “It is odd,” she wrote." -1 without one.
func (sc *scratch) quotedNext(i int) int32 {
	r := &sc.refs[i]
	a := sc.sourceOf[r.tok]
	if a == 0 || r.isQuoted {
		return -1
	}
	content := sc.d.Attributions[a-1].Content[0]
	if content.First > int(r.tok) || sc.d.Tokens[content.First].Mark == nlp.NoMark && sc.d.Tokens[content.First].Depth == 0 {
		return -1
	}
	p := sc.opener(content.First)
	if p < 0 {
		return -1
	}
	if score, ok := sc.agrees(&sc.parties[p], wants{pron: r.pron}); !ok || score < 0 {
		return -1
	}
	return p
}

// isNamedBetween reports whether somebody has a name between tokens first and past.
func (sc *scratch) isNamedBetween(first, past int) bool {
	for t := max(first+1, past-maxName); t < past; t++ {
		if p := sc.mentionParty(t); p >= 0 && !sc.parties[p].isPlace {
			return true
		}
	}
	return false
}

// partyOrDescription returns the party that noun t refers to, made of its words where there is none.
func (sc *scratch) partyOrDescription(t int) int32 {
	if p := sc.partyAt(t); p >= 0 {
		return p
	}
	if p := sc.described(t); p >= 0 && sc.parties[p].kind == quoth.PersonParty && sc.noun(t).kind == humanNoun {
		if start := sc.phraseStart(t); start == 0 || sc.d.UPOS[start-1] != nlp.CCONJ {
			return p // "Zoë Hale, a pilot | who says", and no "Zoë Hale and a pilot"
		}
	}
	return sc.describeAt(t)
}

// beside is the person whom the possessive at t takes up right behind them, -1 without one: "the gunman and his friends".
func (sc *scratch) beside(t int) int {
	d := sc.d
	if !sc.rel(t, possessive) || t < 2 || d.UPOS[t-1] != nlp.CCONJ {
		return -1
	}
	h := int(d.Heads[t])
	if h < 0 || !sc.rel(h, conjunct) {
		return -1
	}
	g := int(d.Heads[h])
	if g < 0 || g > t || sc.noun(g).kind != humanNoun || d.UPOS[g] != nlp.NOUN || sc.isPluralNoun(g) || d.MentionOf[g] >= 0 {
		return -1
	}
	return g
}

// isInQuestion reports whether pronoun i stands in the question that opens its sentence: "Asked whether she would stand, Zora
// Quill said …".
func (sc *scratch) isInQuestion(i int) bool {
	d, first := sc.d, sc.d.Sentences[sc.refs[i].sent].First
	if d.Tokens[first].Mark != nlp.NoMark || d.UPOS[first] != nlp.VERB || !asks[d.Lemmas[first]] {
		return false
	}
	t := int(sc.refs[i].tok)
	for steps := 0; t > first && steps < maxPhrase; steps++ {
		t = int(d.Heads[t])
	}
	return t == first
}

// asks are verbs of asking.
var asks = nlp.WordSet("ask press question quiz")

// ahead returns the person whom the pronoun i runs ahead of: the subject that follows it
// in its sentence. "When she left, Zora Quill said …". -1 when there is none.
func (sc *scratch) ahead(i int) int32 {
	r := &sc.refs[i]
	for k := i + 1; k < min(len(sc.refs), i+maxCandidates) && sc.refs[k].sent == r.sent; k++ {
		c := &sc.refs[k]
		if !c.isName || !c.isSubject || c.isQuoted != r.isQuoted || sc.d.Heads[r.tok] == sc.d.Heads[c.tok] {
			continue
		}
		if _, ok := sc.agrees(&sc.parties[c.party], wants{pron: r.pron}); ok {
			return c.party
		}
	}
	return -1
}

// antecedent returns the party of the noun that a relative clause hangs from.
func (sc *scratch) antecedent(i int) int32 {
	d := sc.d
	r := &sc.refs[i]
	near := int(r.tok) - 1
	if near > 0 && d.Word(near) == "," {
		near = sc.beforeAside(near - 1)
	}
	if near > 0 && d.MentionOf[near] < 0 && sc.isEnding(near) {
		near-- // Zoë Hale Jr., who
	}
	if near >= 0 && sc.sentOf[near] == r.sent {
		if p := sc.bearer(near); p >= 0 {
			return p
		}
		// A name right before it; parsers err more. Only people are "who".
		p := sc.mentionParty(near)
		if t := sc.exemplified(near); p >= 0 && t >= 0 && near == int(r.tok)-1 {
			return sc.partyOrDescription(t)
		}
		if t := sc.writtenBy(near); t >= 0 && d.Lemmas[r.tok] != "who" {
			return sc.partyOrDescription(t)
		}
		if p >= 0 && (sc.parties[p].kind == quoth.PersonParty) == (d.Lemmas[r.tok] == "who") {
			return p
		}
		// "said a person close to the talks, who asked": what was a source speaks on.
		if q := sc.sourceBefore(near); q >= 0 {
			return q
		}
		if p >= 0 && sc.parties[p].kind != quoth.PersonParty {
			if d.Lemmas[r.tok] == "who" {
				if t := sc.humanBefore(near); t >= 0 {
					return sc.partyOrDescription(t) // "a pilot from Port Ellory, who"
				}
			}
			return p
		}
	}
	verb := int(d.Heads[r.tok])
	for steps := 0; verb >= 0 && steps < 4; steps++ {
		if sc.rel(verb, relativeClause) {
			h := int(d.Heads[verb])
			if h < 0 || h >= int(r.tok) {
				return -1
			}
			if p := sc.bearer(h); p >= 0 {
				return p
			}
			if d.Lemmas[r.tok] == "who" && !sc.isPluralNoun(h) && (d.MentionOf[h] < 0 || d.Mentions[d.MentionOf[h]].Kind != nlp.Person) {
				switch sc.noun(h).kind {
				case otherNoun, documentNoun, organizationNoun:
					if sc.noun(h).kind == otherNoun && d.Word(int(r.tok)-1) != "," {
						break
					}
					if t := sc.humanBefore(h); t >= 0 {
						h = t // "a pilot on his boat, who"
					}
				}
			}
			return sc.partyOrDescription(h)
		}
		verb = int(d.Heads[verb])
	}
	if near >= 0 && sc.sentOf[near] == r.sent {
		return sc.partyAt(near)
	}
	return -1
}

// isOnePerson reports whether noun t is one for a person, or what a member of a party or a people is called.
func (sc *scratch) isOnePerson(t int) bool {
	m := sc.d.MentionOf[t]
	return !sc.isPluralNoun(t) && (sc.noun(t).kind == humanNoun || m >= 0 && sc.d.Mentions[m].Kind == nlp.NORP)
}

// bearer returns the party of which the noun t for a person tells what they are: "Zoë Hale is an ally", "Zoë Hale, an electrician",
// "Zoë Hale, Lake Democrat". -1 without one.
func (sc *scratch) bearer(t int) int32 {
	d := sc.d
	if !sc.isOnePerson(t) {
		return -1
	}
	if s := int(sc.subj[t]); s >= 0 && sc.determiner(t) == indefinite && sc.partyAt(s) >= 0 {
		return sc.partyAt(s)
	}
	first := t
	for first > 0 && first > t-maxPhrase && sc.sentOf[first-1] == sc.sentOf[t] && d.UPOS[first-1].IsBeforeNoun() {
		first--
	}
	if det := sc.determiner(t); first < 2 || d.Word(first-1) != "," || det != indefinite && (det != bare || wings[d.Word(t)] == noWing) {
		return -1
	}
	if p := sc.mentionParty(sc.beforeAside(first - 2)); p >= 0 && sc.parties[p].kind == quoth.PersonParty {
		return p
	}
	return -1
}

// maxFrom is how many tokens stand between somebody and the last of the name of what they are of.
const maxFrom = 7

// exemplified returns the noun of several of whom the name that ends with token t is an example, "people like Zoë Hale", -1 without one.
func (sc *scratch) exemplified(t int) int {
	d, m := sc.d, sc.d.MentionOf[t]
	if m < 0 {
		return -1
	}
	k := d.Mentions[m].First - 1
	for k > 0 && sc.titles[d.Tokens[k].Lower] != lexicon.NoTitle {
		k--
	}
	if k > 1 && d.Word(k) == "as" && d.Word(k-1) == "such" {
		k--
	} else if k < 1 || d.Word(k) != "like" {
		return -1
	}
	if d.UPOS[k-1] != nlp.NOUN || !sc.isPluralNoun(k-1) {
		return -1
	}
	return k - 1
}

// humanBefore returns the noun for a person whose phrase goes on with the name, or the noun, that ends with token t: "a pilot from Port
// Ellory", "pilots chosen by the council"; -1 without one.
func (sc *scratch) humanBefore(t int) int {
	d := sc.d
	of := false
	for k := t; k >= 0 && k >= t-maxFrom && sc.sentOf[k] == sc.sentOf[t]; k-- {
		switch {
		case d.UPOS[k] == nlp.ADP, d.Tag(k) == "VBN" && d.UPOS[k+1] == nlp.ADP:
			of = true
		case of && (sc.noun(k).kind == humanNoun && d.UPOS[k] == nlp.ADJ || sc.noun(k).kind == anonymousNoun && d.UPOS[k] == nlp.PRON):
			return k // taggers take "an executive" for an adjective
		case of && d.UPOS[k] == nlp.NOUN:
			if kind := sc.noun(k).kind; kind == humanNoun || kind == anonymousNoun || d.Lemmas[k] == "people" {
				return k
			}
			return -1
		case d.UPOS[k] == nlp.VERB, d.UPOS[k] == nlp.AUX, d.UPOS[k] == nlp.PUNCT && !sc.isGenitive(k):
			return -1
		}
	}
	return -1
}

// writtenBy returns the noun of the document whose author's name ends with token t: "a memo prepared by pilot Zoë Hale, which". -1 without one.
func (sc *scratch) writtenBy(t int) int {
	d := sc.d
	m := d.MentionOf[t]
	if m < 0 || d.Mentions[m].Kind != nlp.Person {
		return -1
	}
	by := d.Mentions[m].First - 1
	for by > 0 && by > t-maxFrom && d.UPOS[by].IsBeforeNoun() {
		by--
	}
	if by < 1 || d.Word(by) != "by" && d.Word(by) != "from" {
		return -1
	}
	if by--; d.Tag(by) == "VBN" && by > 0 {
		by--
	}
	if d.UPOS[by] != nlp.NOUN || sc.noun(by).kind != documentNoun {
		return -1
	}
	return by
}

// maxAside is how many tokens an age or a party and a state have, with their brackets.
const maxAside = 7

// beforeAside returns the last token of the name that the age, the party and state, or the place, that end with
// token t are told of: "Zoë Hale, D-Westm.", "Zoë Hale (D-Westm.)", "Zoë Hale, 54", "Zoë Hale of Westmark". It is t without one.
func (sc *scratch) beforeAside(t int) int {
	d := sc.d
	if m := d.MentionOf[t]; m >= 0 && d.Mentions[m].Kind == nlp.Location && d.Mentions[m].First > 1 {
		of := d.Mentions[m].First - 1
		if p := d.MentionOf[of-1]; p >= 0 && d.Mentions[p].Kind == nlp.Person && isOrigin[d.Word(of)] {
			return of - 1
		}
	}
	if k := sc.beforeBracket(t); k < t {
		return k
	}
	for k := t - 1; k > 0 && k >= t-maxAside && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if d.Word(k) != "," {
			continue
		}
		isAge := k == t-1 && d.Tokens[t].Flags.Has(nlp.HasDigit)
		if isSeat := sides[d.Word(k+1)] != noWing && d.Word(k+2) == "-"; isAge || isSeat {
			return k - 1
		}
		break
	}
	return t
}

// isOrigin are the words between people and where they are from.
var isOrigin = nlp.WordSet("of from")

// sourceBefore returns the party of the source that ends with token t, -1 if there is none.
func (sc *scratch) sourceBefore(t int) int32 {
	for k := t; k >= 0 && k > t-maxPhrase; k-- {
		a := sc.sourceOf[k]
		if a == 0 {
			continue
		}
		for _, r := range sc.d.Attributions[a-1].Source {
			if r.Contains(k) && (r.Past == t+1 || r.Past == t+2) {
				return sc.partyAt(k)
			}
		}
		return -1
	}
	return -1
}

// partyAt returns the party that token t refers to, as far as it is known; -1 if none.
func (sc *scratch) partyAt(t int) int32 {
	if k := sc.refAt[t]; k >= 0 && sc.refs[k].party >= 0 {
		return sc.refs[k].party
	}
	return sc.mentionParty(t)
}
