// Package coref finds who the speakers of an article are: which mentions mean the same
// party, and which party each attribution belongs to.
//
// It reads nlp.Tokens, nlp.Sentences, nlp.Tags, nlp.Lemmas, nlp.Heads, nlp.Mentions and
// nlp.Attributions and provides nlp.Speakers. The work goes from the certain to the less
// certain, as in the sieve of Lee et al. 2013 (Deterministic Coreference Resolution), but
// in one run through the text after the names:
//
//  1. Names are stripped to themselves (mentions.go, trim.go) and joined by their parts, the longest first (names.go; people
//     persons.go).
//  2. What the text says of the bearers is gathered: offices, professions, gender words
//     (facts.go).
//  3. Pronouns and descriptions are resolved in text order against the last few parties,
//     by agreement, recency and salience (scan.go; pronouns score.go, nouns nouns.go).
//  4. Every attribution gets the party of its source (speakers.go).
//  5. Every attribution gets the parties that its content speaks of (about.go), and the one
//     that it is addressed to (addressee.go).
//
// Gender is taken from what the text says (titles, nouns, earlier pronouns). The given
// name is a weak prior that any word of the text outweighs. It is used while a document
// is worked on and never stored. What stays unresolved is -1, never a guess.
//
// Only parties that speak, or are named, become clusters; events and things do not. The
// package does no I/O and has no model: its word lists are in words.go, beside the rules that ask for them, and in
// nlp/lexicon.
package coref

import (
	"sync"

	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// Stage finds speakers. Make it with New. It is safe for concurrent use.
type Stage struct {
	titles map[uint64]lexicon.TitleKind
	given  map[uint64]uint8 // share of women in per cent
	words  map[uint64]word
	called map[uint64][]uint64 // words of names of what a noun means
	states map[string]uint64   // keys of places by name; see states.go
	// stateNames are the full names of states, in small letters, by key.
	stateNames map[uint64]string
	nations    map[string]bool
	pool       sync.Pool // *scratch
}

// New returns the stage, its word lists read.
func New() *Stage {
	s := &Stage{titles: map[uint64]lexicon.TitleKind{}, words: makeWords(), called: makeOtherNames(), nations: map[string]bool{}}
	s.states, s.stateNames = makeStates()
	for w, kind := range lexicon.Titles() {
		s.titles[nlp.Hash(w)] = kind
	}
	for kind, n := range lexicon.Names() {
		if kind == lexicon.CountryName {
			s.nations[n] = true
		}
	}
	for _, w := range plainRoles {
		s.titles[nlp.Hash(w)] = lexicon.RoleTitle
	}
	given := lexicon.GivenNames()
	s.given = make(map[uint64]uint8, len(given))
	for w, share := range given {
		s.given[nlp.Hash(w)] = share
	}
	s.addTitleWords()
	s.pool.New = func() any { return newScratch() }
	return s
}

// Name returns "coref".
func (s *Stage) Name() string { return "coref" }

// Requires implements nlp.Stage.
func (s *Stage) Requires() nlp.Layer {
	return nlp.Tokens | nlp.Sentences | nlp.Tags | nlp.Lemmas | nlp.Heads | nlp.Mentions | nlp.Attributions
}

// Provides returns nlp.Speakers.
func (s *Stage) Provides() nlp.Layer { return nlp.Speakers }

// maxKept is the number of tokens up to which the working memory of a document is kept
// for the next one: a huge document must not make every later one slow.
const maxKept = 1 << 17

// isWhole reports whether d has text and, for every token, the layers that are read.
func isWhole(d *nlp.Doc) bool {
	n := len(d.Tokens)
	return n > 0 && len(d.Sentences) > 0 && len(d.UPOS) == n && len(d.XPOS) == n && len(d.Lemmas) == n &&
		len(d.Heads) == n && len(d.Rels) == n && len(d.MentionOf) == n
}

// Run fills d.Clusters, d.Speakers, d.About and d.Addressees. It ends mentions that run over the cue of
// an attribution before that, joins those that a nickname parts, and widens those that begin the name of a body.
func (s *Stage) Run(d *nlp.Doc) {
	d.Clusters = nil
	d.Speakers = make([]int32, len(d.Attributions))
	d.About = make([][]nlp.Target, len(d.Attributions))
	d.Addressees = make([]nlp.Addressee, len(d.Attributions))
	for i := range d.Speakers {
		d.Speakers[i], d.Addressees[i].Cluster = -1, -1
	}
	if !isWhole(d) {
		return
	}
	endNamesAtCues(d)
	joinParted(d)
	sc := s.pool.Get().(*scratch)
	sc.begin(s, d)
	sc.widenToBodies()
	sc.joinNames()
	sc.findSources()
	sc.gatherFacts()
	sc.collectRefs()
	sc.countPronouns()
	sc.scan()
	sc.assign()
	sc.findAbout()
	sc.findAddressees()
	sc.write()
	sc.forget()
	if len(d.Tokens) <= maxKept {
		s.pool.Put(sc)
	}
}
