package coref

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// American news takes members of parliaments up by state and party: "the Ohio Republican", "the Democrat".

// isPartisan reports whether token t calls one person by a party: it is the head of a phrase with "the".
func (sc *scratch) isPartisan(t int) bool {
	d := sc.d
	if w := d.Word(t); w != "Republican" && w != "Democrat" {
		return false
	}
	if k := t + 1; k < len(d.Tokens) && sc.sentOf[k] == sc.sentOf[t] {
		switch d.UPOS[k] {
		case nlp.NOUN, nlp.PROPN, nlp.ADJ, nlp.CCONJ:
			return false // "the Republican Party", "the Democrat or the Republican"
		}
		if d.Word(k) == "-" && !d.Tokens[k].Space || sc.isGenitive(k) {
			return false
		}
	}
	return sc.partisanStart(t) >= 0
}

// isOneOfPeople reports whether m calls one person by a people or a party, or only tells of which something is, and so names no party: "a
// House Republican", "the Arizonan", "American gun laws".
func (sc *scratch) isOneOfPeople(m nlp.Mention) bool {
	d, t := sc.d, m.Past-1
	w := d.Word(t)
	if m.Kind == nlp.Organization && (w == "Democrat" || w == "Republican") {
		return m.First > 0 && indefinites[d.Lemmas[m.First-1]] || m.Len() > 1 && indefinites[d.Lemmas[m.First]] // and no paper
	}
	isState := m.Kind == nlp.Person && m.Len() == 1 && t > 0 && d.Tokens[t-1].Lower == sc.hash.the && sc.states[w] == 0 && sc.stateNames[sc.otherPlace([]string{w})] != ""
	if m.Kind != nlp.NORP && !isState || !strings.HasSuffix(w, "an") && !strings.HasSuffix(w, "crat") && !strings.HasSuffix(w, "cratic") || notPeople[w] {
		return false
	}
	return d.UPOS[t] == nlp.ADJ || !sc.isPluralNoun(t)
}

// indefinites stand before the noun of one of many.
var indefinites = nlp.WordSet("a an one another")

// notPeople end as words for one of a people do.
var notPeople = nlp.WordSet("Taliban Klan")

// partisanStart is the token "the" of the phrase with the partisan t, -1 without one.
func (sc *scratch) partisanStart(t int) int {
	d := sc.d
	for k := t - 1; k >= max(0, t-maxPartisan) && sc.sentOf[k] == sc.sentOf[t]; k-- {
		switch u := d.UPOS[k]; {
		case d.Tokens[k].Lower == sc.hash.the:
			return k
		case u != nlp.PROPN && u != nlp.ADJ && u != nlp.NOUN && u != nlp.NUM && d.Word(k) != "-":
			return -1
		}
	}
	return -1
}

// maxPartisan is how many tokens stand between "the" and a partisan at most: "the second-term West Lake Republican".
const maxPartisan = 7

// resolvePartisan returns the person whom the partisan of reference i means: the one most in mind who is of no other party and
// state, or the last one named whom the text says to be of these. Without one it is a description.
func (sc *scratch) resolvePartisan(i int) int32 {
	r := &sc.refs[i]
	t := int(r.tok)
	side, place := wings[sc.d.Word(t)], sc.stateBefore(t)
	best := sc.best(i, wants{pron: notPronoun, noun: word{kind: humanNoun}, reach: 2, least: 3, wing: side, place: place})
	if best < 0 && place != 0 {
		best = sc.lastOf(side, place, t)
	}
	if best < 0 && r.isSource {
		return sc.describeAs(t, nlp.TokenRange{First: sc.partisanStart(t), Past: t + 1}, quoth.AnonymousParty)
	}
	return best
}

// lastOf is the person named last before token t of whom the text says that they are of the party and the place, -1 if none.
func (sc *scratch) lastOf(side wing, place uint64, t int) int32 {
	last := int32(-1)
	for p := range sc.parties {
		q := &sc.parties[p]
		if q.home == place && q.wing == side && q.from < t && (last < 0 || q.seen > sc.parties[last].seen) {
			last = int32(p)
		}
	}
	return last
}

// stateBefore is the key of the state right before partisan t, 0 without one.
func (sc *scratch) stateBefore(t int) uint64 {
	for first := sc.partisanStart(t) + 1; first < t; first++ {
		if key := sc.states[sc.d.Phrase(nlp.TokenRange{First: first, Past: t})]; key != 0 {
			return key
		}
	}
	return 0
}

// isPartOfPeople reports whether t, the plural of a people or a party, is told of some of them alone: "House Republicans",
// "many Norlanders", "Norlanders close to Hale", and not "the Norlanders", "both Democrats and Republicans".
func (sc *scratch) isPartOfPeople(t int) bool {
	d := sc.d
	m := d.MentionOf[t]
	if m < 0 || d.Mentions[m].Kind != nlp.NORP || d.Mentions[m].Past != t+1 || sc.partyOf[m] < 0 || sc.parties[sc.partyOf[m]].isFamily || !sc.isPluralNoun(t) {
		return false
	}
	for k := sc.phraseStart(t); k < sc.names[m].First; k++ {
		if u := d.UPOS[k]; (u.IsBeforeNoun() || u == nlp.VERB) && !wholes[d.Lemmas[k]] {
			return true
		}
	}
	words := sc.sourceWords(t)
	if t+2 >= words.Past {
		return false
	}
	next := t + 1
	if d.UPOS[next] == nlp.ADJ || d.Word(next) == "close" {
		return true
	}
	return placing[d.Word(next)] && (d.Tokens[next+1].Lower == sc.hash.the || d.Tokens[next+1].Flags.Has(nlp.IsCapital))
}

// wholes stand before a people without telling of a part of it.
var wholes = nlp.WordSet("the these those all both no our their your my his her its")

// placing are prepositions that tell which of a people are meant.
var placing = nlp.WordSet("in on from at with near across")
