package coref

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// addRole notes that token t calls party p by a role: senator, mayor, singer.
func (sc *scratch) addRole(p int32, role uint64, t int) {
	if role == 0 {
		return
	}
	sc.byRole.add(role, p)
	sc.byCalling.add(nlp.Mix(role, uint64(p)), int32(t))
	if q := &sc.parties[p]; q.home == 0 {
		if place, _ := sc.placeBeside(t); sc.stateNames[place] != "" {
			q.home = place
		}
	}
}

// isCalledOtherwise reports whether the article calls party p by the role of token t, but only
// with other words around it: the energy minister is not the prime minister, nor is the Sund
// senator the senator of another place, nor the president of Sund one whose place is not told.
func (sc *scratch) isCalledOtherwise(p int32, t int, role uint64) bool {
	kind := sc.kindBefore(t)
	place, isStrict := sc.placeBeside(t)
	if sc.isFromElsewhere(p, place) {
		return true
	}
	if kind == 0 && place == 0 {
		return false
	}
	otherwise := false
	sc.byCalling.each(nlp.Mix(role, uint64(p)), func(at int32) bool {
		otherKind := sc.kindBefore(int(at))
		otherwise = kind != 0 && (otherKind != 0 || kind == sc.hash.prime) && otherKind != kind
		if place != 0 && !otherwise {
			otherPlace, _ := sc.placeBeside(int(at))
			otherwise = otherPlace != place && (otherPlace != 0 || isStrict)
		}
		return otherwise
	})
	return otherwise
}

// isCalled reports whether the article calls party p by the role at a token of which is is true.
func (sc *scratch) isCalled(p int32, role uint64, is func(t int) bool) bool {
	found := false
	sc.byCalling.each(nlp.Mix(role, uint64(p)), func(at int32) bool {
		found = is(int(at))
		return !found
	})
	return found
}

// isCalledAs reports whether the article calls party p by the role of token t with the same word and the same place before it, of which one is
// told: "the Harbour spokeswoman" twice, and not "the spokeswoman of the base".
func (sc *scratch) isCalledAs(p int32, role uint64, t int) bool {
	place, _ := sc.placeBeside(t)
	kind := sc.kindBefore(t)
	if place == 0 && kind == 0 {
		return false
	}
	return sc.isCalled(p, role, func(at int) bool {
		other, _ := sc.placeBeside(at)
		return other == place && sc.kindBefore(at) == kind
	})
}

// isPlain reports whether role t is the article's own and says of nothing what it is: "President Hale", and neither
// "Finnish President Sam Reed" nor "the president of the guild, Sam Reed", nor whom somebody calls so in a quotation.
func (sc *scratch) isPlain(t int) bool {
	place, _ := sc.placeBeside(t)
	return place == 0 && !sc.isOfSomething(t) && sc.d.Tokens[t].Depth == 0
}

// isFormer reports whether role t is told of the past: "the former president".
func (sc *scratch) isFormer(t int) bool {
	for k := t - 1; k >= max(0, t-maxFormer) && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if formerly[sc.d.Lemmas[k]] {
			return true
		}
		if u := sc.d.UPOS[k]; u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ {
			return false
		}
	}
	return false
}

// formerly stand before the role of somebody who has it no more.
var formerly = nlp.WordSet("former previous erstwhile")

// isNow reports whether role t is not told of the past.
func (sc *scratch) isNow(t int) bool { return !sc.isFormer(t) }

// maxFormer is how many words before a role "former" is looked for.
const maxFormer = 6

// kindBefore is the word right before role t that says which one it is, 0 for none.
func (sc *scratch) kindBefore(t int) uint64 {
	d := sc.d
	k := t - 1
	if d.Word(t) == "PM" {
		return sc.hash.prime
	}
	if k < 0 || sc.sentOf[k] != sc.sentOf[t] {
		return 0
	}
	l, isOwn := d.Tokens[k].Lower, d.MentionOf[k] < 0 || d.MentionOf[k] == d.MentionOf[t]
	if d.UPOS[k] == nlp.NOUN || d.UPOS[k] == nlp.PROPN && isOwn || l == sc.hash.prime || l == sc.hash.foreign {
		return l
	}
	return 0
}

// placeAfter is what follows role t with "of": the place or organization, or the noun of something
// else; 0 for none. isStrict says that nobody is meant who is not called so of the same: there is a
// name or an article, and "secretary of state" has neither. The United States are nothing: American
// news has its president as the president.
func (sc *scratch) placeAfter(t int) (place uint64, isStrict bool) {
	d := sc.d
	k := t + 1
	if k < len(d.Tokens) && d.UPOS[k] == nlp.CCONJ { // "the president and vice president of"
		for k++; k < min(len(d.Tokens), t+maxCalling) && (d.UPOS[k] == nlp.NOUN || d.UPOS[k] == nlp.ADJ); k++ {
		}
	}
	if k+1 >= len(d.Tokens) || d.Word(k) != "of" {
		return 0, false
	}
	k++
	if d.UPOS[k] == nlp.DET {
		k, isStrict = k+1, true
	}
	head := -1
	for ; k < min(len(d.Tokens), t+2*maxCalling) && sc.sentOf[k] == sc.sentOf[t]; k++ {
		if m := d.MentionOf[k]; m >= 0 && head < 0 && (d.Mentions[m].Kind == nlp.Location || d.Mentions[m].Kind == nlp.Organization) {
			if d.Tokens[d.Mentions[m].Past-1].Lower == sc.hash.states {
				return 0, false
			}
			return sc.placeKey(m), true
		}
		if u := d.UPOS[k]; u != nlp.NOUN && u != nlp.ADJ && u != nlp.PROPN {
			break
		}
		head = k
	}
	if head < 0 || d.Lemmas[head] == "country" || d.Lemmas[head] == "nation" {
		return 0, false
	}
	return d.Tokens[head].Lower, isStrict
}

// maxCalling is how many words a title and what it is of are apart.
const maxCalling = 6

// placeBeside is the place, people, party or organization that is named before role t in its phrase, with
// or without a genitive, or what follows it with "of"; 0 for none. See placeAfter for isStrict.
func (sc *scratch) placeBeside(t int) (place uint64, isStrict bool) {
	d := sc.d
	if place, isStrict := sc.placeAfter(t); place != 0 {
		return place, isStrict
	}
	for k := t - 1; k >= max(0, t-maxPhrase) && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if u := d.UPOS[k]; u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ && u != nlp.PART {
			return 0, false
		}
		if m := d.MentionOf[k]; m >= 0 {
			switch d.Mentions[m].Kind {
			case nlp.Location, nlp.NORP, nlp.Organization:
				if wings[d.Word(k)] == noWing { // "the Lake Republican governor"
					return sc.placeKey(m), false
				}
			}
		}
	}
	return 0, false
}

// placeKey is the same for a place and its people, and for all names of an organization.
func (sc *scratch) placeKey(m int32) uint64 {
	d := sc.d
	if p := sc.partyOf[m]; p >= 0 && d.Mentions[m].Kind == nlp.Organization {
		return nlp.Mix(17, uint64(p))
	}
	if key := sc.states[d.Phrase(d.Mentions[m].TokenRange)]; key != 0 {
		return key
	}
	var room [8]string
	words := room[:0]
	for t := d.Mentions[m].First; t < d.Mentions[m].Past && len(words) < len(room); t++ {
		if d.UPOS[t] != nlp.DET && !sc.isGenitive(t) {
			words = append(words, d.Word(t))
		}
	}
	return sc.otherPlace(words)
}

// gatherFacts reads what the nouns around names say of their bearers: in apposition
// ("Zoë Hale, the mayor"), before the name ("the singer Zoë Hale"), with a copula
// ("Hale is a singer").
func (sc *scratch) gatherFacts() {
	d := sc.d
	for t := range d.Tokens {
		if u := d.UPOS[t]; (u != nlp.NOUN && u != nlp.PROPN) || sc.mentionParty(t) >= 0 {
			continue
		}
		if p := sc.described(t); p >= 0 && sc.parties[p].kind == quoth.PersonParty {
			w := sc.noun(t)
			if w.kind == humanNoun || w.kind == anonymousNoun {
				sc.addRole(p, w.role, t)
				if side := sc.wingBefore(t); side != noWing {
					sc.parties[p].wing = side
				}
				sc.addGender(p, w, 3)
			}
		}
	}
	for i, m := range d.Mentions {
		p := sc.partyOf[i]
		if p < 0 || sc.parties[p].kind != quoth.PersonParty {
			continue
		}
		if t := m.Past + 1; sc.isAge(t) && d.Word(m.Past) == "," {
			sc.parties[p].age = nlp.Mix(aged, d.Tokens[t].Lower)
			sc.addRole(p, sc.parties[p].age, t) // "Zoë Hale, 42," is "the 42-year-old"
		}
		if t := sc.names[i].First - 1; t > 1 && d.Lemmas[t] == "elect" {
			sc.addRole(p, sc.noun(t).role, t) // "President-elect Zoë Hale"
		}
	}
	sc.findHomes()
	sc.findAuthor()
}

// isAge reports whether the token at t, behind somebody's name, is an age: "Zoë Hale, 42," and not "42-year-old Zoë Hale" or "42 boats".
func (sc *scratch) isAge(t int) bool {
	d := sc.d
	if t+1 >= len(d.Tokens) || len(d.Word(t)) > 3 || strings.Trim(d.Word(t), "0123456789") != "" {
		return false
	}
	switch next := d.Word(t + 1); next {
	case "years", "this", "last", "at", "when":
		return true // "42 years old", "42 at the time"
	case "-":
		return false
	}
	return d.Tokens[t+1].Flags.Has(nlp.IsPunct) || d.UPOS[t+1] == nlp.CCONJ
}

// findAuthor finds the person of the byline, or else the one whom the last lines
// present: "Zoë Hale is a writer in residence at …".
func (sc *scratch) findAuthor() {
	d := sc.d
	for i, m := range d.Mentions {
		if p := sc.partyOf[i]; p >= 0 && m.Kind == nlp.Person && d.Blocks[d.Sentences[sc.sentOf[m.First]].Block].Kind == quoth.Byline {
			sc.author = p
			return
		}
	}
	last := len(d.Sentences) - 1
	for k := last; k >= 0 && d.Sentences[k].Block >= d.Sentences[last].Block-2; k-- {
		sent := d.Sentences[k]
		first := sent.First
		for first < sent.Past-1 && !d.Tokens[first].Flags.Has(nlp.HasLetter) && d.Tokens[first].Mark == nlp.NoMark {
			first++ // a bullet or a dash
		}
		m := d.MentionOf[first]
		if m < 0 || (k > 0 && d.Sentences[k-1].Block == sent.Block) || d.Mentions[m].Kind != nlp.Person || sc.partyOf[m] < 0 {
			continue
		}
		next := d.Mentions[m].Past
		if next < sent.Past && d.Word(next) == "," { // "Zoë Hale, a professor of law at Lake University, is …"
			for next++; next < sent.Past-1 && (d.Word(next-1) != "," && d.Tokens[next-1].Mark != nlp.CloseMark || !isPresenting[d.Word(next)]); next++ {
			}
		}
		if next < sent.Past && d.Mentions[m].Len() > 1 && isPresenting[d.Word(next)] {
			sc.author = sc.partyOf[m]
			return
		}
	}
}

// isPresenting holds the words that follow an author's name in the line about them.
var isPresenting = map[string]bool{"is": true, "teaches": true, "writes": true, "lives": true, "works": true, "serves": true, "covers": true}

func (sc *scratch) addGender(p int32, w word, steps int) {
	if w.female {
		sc.parties[p].female += steps
	}
	if w.male {
		sc.parties[p].male += steps
	}
}

// described returns the named party that noun t says something of, -1 if none.
func (sc *scratch) described(t int) int32 {
	d := sc.d
	h := int(d.Heads[t])
	// A second noun of a description: "the director and founder".
	for steps := 0; h >= 0 && steps < 3 && sc.rel(t, conjunct) && sc.mentionParty(h) < 0; steps++ {
		t, h = h, int(d.Heads[h])
	}
	if h >= 0 {
		if p := sc.mentionParty(h); p >= 0 {
			if sc.rel(t, appos) || (sc.rel(t, compound) && t < h) {
				return p
			}
		}
		if sc.rel(t, compound) && t+1 < len(d.Tokens) && d.Heads[t+1] == d.Heads[t] && sc.mentionParty(t+1) >= 0 && d.UPOS[t] == nlp.NOUN {
			return sc.mentionParty(t + 1)
		}
	}
	if next := t + 1; next < len(d.Tokens) && d.MentionOf[next] >= 0 && !d.Tokens[next].Flags.Has(nlp.StartsSent) {
		m := d.MentionOf[next]
		head := int(sc.heads[m])
		isBeside := d.Mentions[m].Kind == nlp.Person && sc.noun(t).kind == humanNoun && sc.determiner(t) == bare // "Norland leader Zoë Hale", whatever the tree
		if int(d.Heads[head]) == t && sc.rel(head, appos|compound) || isBeside && !sc.isPluralNoun(t) {
			return sc.partyOf[m]
		}
	}
	if s := sc.subj[t]; s >= 0 && sc.hasCopula(t) {
		return sc.mentionParty(int(s))
	}
	// The name after the noun: "his lawyer, Zoë Hale,".
	if k := t + 2; k < len(d.Tokens) && d.Word(t+1) == "," && d.MentionOf[k] >= 0 {
		m := d.MentionOf[k]
		if int(d.Heads[sc.heads[m]]) == t && sc.rel(int(sc.heads[m]), appos) {
			return sc.partyOf[m]
		}
	}
	return -1
}

// hasCopula reports whether noun t is a predicate: a form of be hangs from it.
func (sc *scratch) hasCopula(t int) bool {
	for k := t - 1; k >= 0 && k >= t-8 && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if int(sc.d.Heads[k]) == t && sc.rel(k, copula) && !sc.d.Tokens[k].Flags.Has(nlp.IsUpper) {
			return true
		}
	}
	return false
}

// wing is a political party that descriptions name: two nominees are told apart by it.
type wing uint8

const (
	noWing wing = iota
	democratic
	republican
	otherWing
)

// wingBefore returns the political party named in the words before noun t, or by it.
func (sc *scratch) wingBefore(t int) wing {
	for k := t; k >= 0 && k >= t-3 && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if side := wings[sc.d.Word(k)]; side != noWing {
			return side
		}
	}
	return noWing
}

// wings are words for political parties.
var wings = map[string]wing{"Democratic": democratic, "Democrat": democratic, "Republican": republican, "GOP": republican,
	"Libertarian": otherWing, "Green": otherWing, "Labour": otherWing, "Conservative": otherWing, "Tory": otherWing, "Liberal": otherWing}
