package coref

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// findOrganization returns the party that n, no person's name, names; -1 if none.
func (sc *scratch) findOrganization(n name, kind nlp.MentionKind) int32 {
	found := int32(-1)
	take := func(p int32) bool {
		if q := &sc.parties[p]; q.kind == quoth.PersonParty || (kind == nlp.Person && q.isPlace) {
			return true
		}
		found = p
		return false
	}
	sc.byOrg.each(sc.sequence(n), take)
	if found >= 0 || kind == nlp.NORP || kind == nlp.Person {
		return found
	}
	if n.parts == 1 {
		sc.byOrg.each(nlp.Mix(3, sc.undotted(n.First)), take)
		if found < 0 {
			found = sc.unclipped(n.First)
		}
		if found >= 0 {
			return found
		}
	}
	if kind != nlp.Location && !sc.isOfPanel(n) {
		found = sc.findPartial(n)
	}
	return found
}

// isOfPanel reports whether n is one word and tells which panel the noun after it is: "the Ferries panel" is not Citizens for Ferries.
func (sc *scratch) isOfPanel(n name) bool {
	d, t := sc.d, n.Past
	return n.parts == 1 && t < len(d.Tokens) && panels[d.Word(t)] && sc.sentOf[t] == sc.sentOf[n.First] && !d.Tokens[n.First].Flags.Has(nlp.IsUpper) && !chambers[d.Word(n.First)]
}

// chambers are those whose panels they are.
var chambers = nlp.WordSet("Senate House Assembly Parliament Congress Bundestag Duma Knesset Dáil")

// panels are nouns that what they are about stands before.
var panels = nlp.WordSet("panel committee subcommittee commission board council")

// clipped are names that the press clips, with the last two words of the whole. Own list.
var clipped = map[string][2]string{"fed": {"federal", "reserve"}}

// unclipped returns the organization that token t is the clipped name of, -1 if none.
func (sc *scratch) unclipped(t int) int32 {
	whole, ok := clipped[strings.ToLower(sc.d.Word(t))]
	if !ok {
		return -1
	}
	found := int32(-1)
	sc.byOrg.each(nlp.Mix(1, nlp.Hash(whole[1])), func(p int32) bool {
		q := &sc.parties[p]
		if q.name.Len() > 1 && strings.EqualFold(sc.d.Word(q.name.Past-2), whole[0]) && strings.EqualFold(sc.d.Word(q.name.Past-1), whole[1]) {
			found = p
		}
		return found < 0
	})
	return found
}

// undotted hashes the word t in small letters without full stops: "U.N." is "UN".
func (sc *scratch) undotted(t int) uint64 {
	w := sc.d.Word(t)
	if strings.IndexByte(w, '.') < 0 {
		return sc.d.Tokens[t].Lower
	}
	return nlp.Hash(strings.ToLower(strings.ReplaceAll(w, ".", "")))
}

// findPartial returns the only organization whose name begins or ends with n.
func (sc *scratch) findPartial(n name) int32 {
	found, several := int32(-1), false
	consider := func(p int32) bool {
		q := &sc.parties[p]
		if q.isPlace || q.kind != quoth.OrganizationParty && q.kind != quoth.DocumentParty || q.parts <= n.parts || !sc.isPart(n, q.name) || q.from > n.First && sc.isOfState(q.name) && !sc.isOutlet(q) {
			return true
		}
		several = several || (found >= 0 && found != p)
		found = p
		return true
	}
	sc.byOrg.each(nlp.Mix(1, sc.d.Tokens[n.last].Lower), consider)
	if found < 0 {
		sc.byOrg.each(nlp.Mix(2, sc.d.Tokens[n.First].Lower), consider)
	}
	if several {
		return -1
	}
	return found
}

// isOfState reports whether the organization's name begins with that of a state of the United States: what is called by less
// of it before that is named is another, "the Supreme Court … the Westmark Supreme Court".
func (sc *scratch) isOfState(name nlp.TokenRange) bool {
	for past := name.First + 1; past < min(name.Past, name.First+3); past++ {
		if sc.states[sc.d.Phrase(nlp.TokenRange{First: name.First, Past: past})] != 0 {
			return true
		}
	}
	return false
}

// isPart reports whether the words of n end whole, or begin it before an ending such as
// Inc.
func (sc *scratch) isPart(n name, whole nlp.TokenRange) bool {
	k := n.last - n.First + 1
	equal := func(at int) bool {
		for i := range k {
			if sc.d.Tokens[at+i].Lower != sc.d.Tokens[n.First+i].Lower {
				return false
			}
		}
		return true
	}
	past := whole.Past
	for past > whole.First+1 && sc.isEnding(past-1) {
		past--
	}
	if k == 1 && sc.d.Word(n.First) == "House" {
		// One of Representatives, and no White House.
		return whole.Len() > 1 && sc.d.Word(whole.First+1) == "of" && equal(whole.First)
	}
	if at := past - k - 1; k > 1 && at >= whole.First && compass[sc.d.Word(at)] {
		return false // the Lake Arden Chamber is not the North Lake Arden Chamber
	}
	return past-k >= whole.First && (equal(past-k) || k > 1 && equal(whole.First) && (!sc.makesWhole(n.last) || sc.words[sc.d.Tokens[whole.First+k].Lower].kind != organizationNoun))
}

// makesWhole reports whether token t, the last word of a name, makes it whole, so that a longer name which begins so is another's: the White
// House is no White House Office of Ferries.
func (sc *scratch) makesWhole(t int) bool {
	lower := sc.d.Tokens[t].Lower
	return sc.words[lower].kind == organizationNoun && !isCompanyNoun[strings.ToLower(sc.d.Word(t))] && lower != bank && lower != ofState
}

var bank, ofState = nlp.Hash("bank"), nlp.Hash("state")

// sequence hashes the words of n.
func (sc *scratch) sequence(n name) uint64 {
	h := uint64(0)
	for t := n.First; t <= n.last; t++ {
		if !sc.d.Tokens[t].Flags.Has(nlp.IsPunct) {
			h = nlp.Mix(h, sc.d.Tokens[t].Lower)
		}
	}
	return nlp.Mix(5, h)
}

// turnedDepartment is the sequence of the words of n as they are turned, "Department of Justice" for "Justice Department" and the other way
// round; 0 for what is no department.
func (sc *scratch) turnedDepartment(n name) uint64 {
	first, past, of := n.First, n.last+1, false
	switch {
	case n.parts > 1 && sc.d.Word(n.last) == "Department":
		past--
		of = true
	case n.parts > 2 && sc.d.Word(n.First) == "Department" && sc.d.Word(n.First+1) == "of":
		first += 2
	default:
		return 0
	}
	h := uint64(0)
	if of {
		h = nlp.Mix(nlp.Mix(h, department), ofWord)
	}
	for t := first; t < past; t++ {
		if !sc.d.Tokens[t].Flags.Has(nlp.IsPunct) {
			h = nlp.Mix(h, sc.d.Tokens[t].Lower)
		}
	}
	if !of {
		h = nlp.Mix(h, department)
	}
	return nlp.Mix(5, h)
}

var department, ofWord = nlp.Hash("department"), nlp.Hash("of")

// addAcronyms enters the first letters of n's words as names of party p: those of all
// words with a capital, and the same with the small ones among them.
func (sc *scratch) addAcronyms(n name, p int32) {
	var capitals, all [12]byte
	nc, na, of := 0, 0, 0 // of: letters before what it is a department of
	for t := n.First; t <= n.last && na < len(all); t++ {
		w := sc.d.Word(t)
		if w == "and" && nc > 2 {
			sc.byOrg.add(nlp.Mix(3, nlp.Hash(string(capitals[:nc]))), p) // the Office for Harbour Safety and Rescue may be the OHS
		}
		if w == "of" && t > n.First && sc.d.Word(t-1) == "Department" {
			of = nc
		} else if w == "of" && nc > 2 {
			sc.byOrg.add(nlp.Mix(3, nlp.Hash(string(capitals[:nc]))), p) // the Inland Ferries Union of Norland may be the IFU
		}
		c := w[0] | 0x20
		if c < 'a' || c > 'z' {
			continue
		}
		all[na] = c
		na++
		if sc.d.Tokens[t].Flags.Has(nlp.IsCapital) {
			capitals[nc] = c
			nc++
		}
	}
	if string(capitals[:nc]) == strings.ToLower(strings.ReplaceAll(sc.d.Word(n.First), ".", "")) {
		return // "U.S. Senate" is not US
	}
	if nc > 3 && unitedStates[placeOf([]string{sc.d.Word(n.First)})] {
		sc.byOrg.add(nlp.Mix(3, nlp.Hash(string(capitals[1:nc]))), p) // the U.S. Ferry Safety Office is the FSO
	}
	if of > 0 && nc-of > 2 {
		sc.byOrg.add(nlp.Mix(3, nlp.Hash(string(capitals[of:nc]))), p) // the Department of Harbours and Inland Ferries is HIF
	}
	if nc >= 2 {
		sc.byOrg.add(nlp.Mix(3, nlp.Hash(string(capitals[:nc]))), p)
		if sc.d.Word(n.last) == "Department" {
			sc.byOrg.add(nlp.Mix(3, nlp.Hash("do"+string(capitals[:nc-1]))), p) // the Justice Department is the DOJ, as the Department of Justice
		}
	}
	if na > nc && na >= 3 {
		sc.byOrg.add(nlp.Mix(3, nlp.Hash(string(all[:na]))), p)
	}
}

// bracketed joins a name and the short form in brackets after it: "Alliance for Open
// Lakes (AFOL)". Where only the short form or the end of the long one was found to be a
// name, the long one is looked for in the words before the bracket.
func (sc *scratch) bracketed(p int32, n name) {
	d := sc.d
	bracket, short := n.Past, n.Past+1
	if n.parts == 1 && n.First > 3 && d.Word(n.First-1) == "(" {
		bracket, short = n.First-1, n.First
	}
	if short >= len(d.Tokens) || d.Word(bracket) != "(" || !d.Tokens[short].Flags.Has(nlp.IsUpper) {
		return
	}
	if short == n.First && sc.parties[p].parts > 1 {
		return
	}
	first := sc.spelledOut(bracket, d.Word(short))
	if n.parts > 1 || first >= 0 {
		sc.byOrg.add(nlp.Mix(3, d.Tokens[short].Lower), p)
	}
	if first < 0 || (short != n.First && first >= n.First) {
		return
	}
	for k := first; k < bracket; k++ {
		// The words now belong to the name: a source that has them means it.
		sc.partyAtWord(k, p)
	}
	q := &sc.parties[p]
	q.name, q.parts = nlp.TokenRange{First: first, Past: bracket}, bracket-first
	q.first, q.last = d.Tokens[first].Lower, d.Tokens[bracket-1].Lower
	sc.byOrg.add(nlp.Mix(1, q.last), p)
	sc.byOrg.add(nlp.Mix(2, q.first), p)
}

// spelledOut returns the first of the words before token past that begin with the
// letters of a short form, in order, -1 if none do; small words between do not count.
func (sc *scratch) spelledOut(past int, letters string) int {
	d := sc.d
	first, left := past, len(letters)
	for k := past - 1; k >= 0 && k >= past-maxPhrase && left > 0 && sc.sentOf[k] == sc.sentOf[past]; k-- {
		switch {
		case d.Word(k)[0] == letters[left-1]:
			first, left = k, left-1
		case d.Tokens[k].Flags.Has(nlp.IsCapital):
			return -1
		}
	}
	if left > 0 || past-first < 2 {
		return -1
	}
	return first
}

// partyAtWord notes that token k, in no mention, is a word of party p's name.
func (sc *scratch) partyAtWord(k int, p int32) {
	if sc.d.MentionOf[k] < 0 {
		sc.wordOf[k] = p
	}
}
