package coref

import (
	"strings"

	"quoth/nlp"
)

// scratch is the working memory of one Run.
type scratch struct {
	*Stage
	d      *nlp.Doc
	hash   hashes
	rels   relations
	sentOf []int32 // per token
	subj   []int32 // per token: its subject, -1 if none
	refAt  []int32 // per token: the ref that it stands in, -1 if none
	// wordOf is, per token in no mention, the party whose long name it is part of, or -1.
	wordOf []int32
	// sourceOf is, per token, 1 + the attribution whose source it is head of; contentOf
	// 1 + the innermost attribution whose content it is in. 0: none.
	sourceOf, contentOf []int32
	// turnOf is, per token, 1 + the attribution of the transcript whose words it is part of; 0: none.
	turnOf []int32

	parties []party
	names   []name  // per mention
	partyOf []int32 // per mention: its party, -1 if none
	heads   []int32 // per mention: its head token
	// bearers are the names of persons with which those of bodies begin.
	bearers []nlp.TokenRange

	// spelled are the names of persons of two words and more, filled when isEpithet first asks.
	spelled map[uint64]bool
	// surnames are their last words, and both words of those of two, filled when isNamed first asks.
	surnames map[uint64]bool
	// juniors are the surnames that stand alone with Jr. somewhere: "Hale Jr."
	juniors map[uint64]bool
	// presidents, misters and misses are the surnames that stand alone with President, with Mr., and with Mrs. or Ms.; men are those
	// behind given names that are not women's.
	presidents, misters, misses, men map[uint64]bool
	// loners are the last words of the names of persons that no hyphen follows or goes before, and doubles both words of
	// surnames with a hyphen behind a given name: see isLoner.
	loners, doubles map[uint64]bool

	byLast, byFirst, byAlias, byOrg, byRole, byNoun index
	// byCalling are the tokens that call a party by a role.
	byCalling index

	targets []target         // of the content that is read
	grams   map[uint64]int32 // words in a row of contents: their speaker
	refs    []ref
	sources []int32 // per attribution: head token of its source, -1 if none
	author  int32   // party of the byline, -1 if none
	// signers are those who sign what stands before them, once writer was asked.
	signers    []signer
	hasSigners bool
	fullNames  map[uint64]bool // see readFullNames
	bareNames  map[uint64]bool // names of companies without the genitive that is part of them
	nouns      map[uint64]bool // in small letters, see isNounBefore
	hasNouns   bool
	firstI     int // see unnamedWriter
	hasI       bool
	// lastSpeaker is the speaker of the latest attribution that the scan has passed, and lastJoint the
	// party of several who spoke last, in sentence jointSent; -1 for none.
	lastSpeaker, lastJoint, jointSent int32
}

func newScratch() *scratch {
	return &scratch{spelled: map[uint64]bool{}, surnames: map[uint64]bool{}, juniors: map[uint64]bool{}, presidents: map[uint64]bool{}, misters: map[uint64]bool{}, misses: map[uint64]bool{}, men: map[uint64]bool{}, loners: map[uint64]bool{}, doubles: map[uint64]bool{}, fullNames: map[uint64]bool{}, bareNames: map[uint64]bool{}, nouns: map[uint64]bool{}}
}

// begin readies sc for document d.
func (sc *scratch) begin(s *Stage, d *nlp.Doc) {
	sc.Stage, sc.d, sc.hash = s, d, theHashes
	sc.rels.read(d.RelNames)
	n := len(d.Tokens)
	sc.sentOf = filled(sc.sentOf, n, 0)
	sc.subj = filled(sc.subj, n, -1)
	sc.refAt = filled(sc.refAt, n, -1)
	sc.wordOf = filled(sc.wordOf, n, -1)
	sc.sourceOf = filled(sc.sourceOf, n, 0)
	sc.contentOf = filled(sc.contentOf, n, 0)
	sc.turnOf = filled(sc.turnOf, n, 0)
	for i, sent := range d.Sentences {
		for t := sent.First; t < sent.Past; t++ {
			sc.sentOf[t] = int32(i)
			if h := d.Heads[t]; h >= 0 && sc.rels.is(d.Rels[t], subject) {
				sc.subj[h] = int32(t)
			}
		}
	}
	sc.heads = sc.heads[:0]
	for _, m := range d.Mentions {
		sc.heads = append(sc.heads, int32(sc.headOf(m.TokenRange)))
	}
	for _, x := range []*index{&sc.byLast, &sc.byFirst, &sc.byAlias, &sc.byOrg, &sc.byRole, &sc.byNoun, &sc.byCalling} {
		x.reset()
	}
	sc.parties, sc.refs = sc.parties[:0], sc.refs[:0]
	clear(sc.spelled)
	clear(sc.surnames)
	clear(sc.juniors)
	clear(sc.presidents)
	clear(sc.misters)
	clear(sc.misses)
	clear(sc.men)
	clear(sc.loners)
	clear(sc.doubles)
	sc.author, sc.lastSpeaker, sc.lastJoint = -1, -1, -1
	sc.signers, sc.hasSigners, sc.hasI, sc.hasNouns = sc.signers[:0], false, false, false
}

// forget drops what sc keeps of the document.
func (sc *scratch) forget() { sc.d = nil }

// filled returns s with n entries of value v.
func filled(s []int32, n int, v int32) []int32 {
	if cap(s) < n {
		s = make([]int32, n)
	}
	s = s[:n]
	for i := range s {
		s[i] = v
	}
	return s
}

// headOf returns the token of r whose head is outside r: the first noun or pronoun of
// them, else the first of them.
func (sc *scratch) headOf(r nlp.TokenRange) int {
	best := -1
	for t := r.First; t < r.Past; t++ {
		if r.Contains(int(sc.d.Heads[t])) || sc.d.Tokens[t].Flags.Has(nlp.IsPunct) {
			continue
		}
		if sc.isNominal(t) || sc.d.UPOS[t] == nlp.DET && t+1 < r.Past && sc.d.Lemmas[t+1] == "of" { // "some of them"
			return t
		}
		if best < 0 {
			best = t
		}
	}
	if best < 0 {
		best = r.First
	}
	return best
}

// isNominal reports whether token t is a noun, a name or a pronoun.
func (sc *scratch) isNominal(t int) bool {
	u := sc.d.UPOS[t]
	return u == nlp.NOUN || u == nlp.PROPN || u == nlp.PRON
}

// hashes are words that the code asks for.
type hashes struct{ the, genitive, apostrophe, known, as, prime, foreign, states uint64 }

var theHashes = hashes{nlp.Hash("the"), nlp.Hash("'s"), nlp.Hash("'"), nlp.Hash("known"), nlp.Hash("as"), nlp.Hash("prime"), nlp.Hash("foreign"), nlp.Hash("states")}

// relations tell what the labels of a parser mean.
type relations struct {
	names []string
	bits  []relBits
}

type relBits uint16

const (
	subject relBits = 1 << iota
	appos
	conjunct
	copula
	relativeClause
	compound // compound, flat, nmod:desc: the words of one name
	clausal  // conj, advcl, xcomp, acl, parataxis: goes on from a governor
	possessive
	passiveAux
	object
)

// read sets r up for the label set names.
func (r *relations) read(names []string) {
	if len(r.names) == len(names) && (len(names) == 0 || &r.names[0] == &names[0]) {
		return
	}
	r.names, r.bits = names, r.bits[:0]
	for _, n := range names {
		base, sub, _ := strings.Cut(n, ":")
		var b relBits
		switch base {
		case "nsubj":
			b = subject
		case "obj", "iobj":
			b = object
		case "appos":
			b = appos
		case "conj":
			b = conjunct | clausal
		case "cop":
			b = copula
		case "compound", "flat":
			b = compound
		case "advcl", "xcomp", "parataxis":
			b = clausal
		case "acl":
			b = clausal
			if sub == "relcl" {
				b = relativeClause
			}
		case "aux":
			if sub == "pass" {
				b = passiveAux
			}
		case "nmod":
			switch sub {
			case "poss":
				b = possessive
			case "desc":
				b = compound
			}
		}
		r.bits = append(r.bits, b)
	}
}

func (r *relations) is(rel uint8, b relBits) bool {
	return int(rel) < len(r.bits) && r.bits[rel]&b != 0
}

// rel reports whether token t has a relation of b to its head.
func (sc *scratch) rel(t int, b relBits) bool { return sc.rels.is(sc.d.Rels[t], b) }

// mentionParty returns the party of the name that token t is in, -1 if none.
func (sc *scratch) mentionParty(t int) int32 {
	if m := sc.d.MentionOf[t]; m >= 0 {
		return sc.partyOf[m]
	}
	return sc.wordOf[t]
}
