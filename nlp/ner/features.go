package ner

import (
	"math/bits"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// pad is how many places before and after a word its features look at.
const pad = 2

// word is what the features see of a token, looked up once per token.
type word struct {
	form, lower, prefix, suffix, suffix2, shape uint64

	how     uint64 // capitals, digits and so on: flags of the token, and those below
	cluster uint64 // distributional cluster, 0 when unknown
	gaz     uint64 // what the gazetteers say, see gazetteer.go
	name    int32  // index of the word among the document's names, -1 for none
	plain   bool   // a word that is in no name: its label is known to be outside
}

// Flags of word.how beside those of nlp.Token.
const (
	capital = uint64(nlp.IsCapital)
	letters = uint64(nlp.IsCapital | nlp.IsUpper | nlp.HasDigit | nlp.HasHyphen | nlp.IsPunct | nlp.HasLetter)
	initial = 1 << 16 // first of a sentence, as far as the word before tells
)

// Words that the features know by name.
var (
	hyphen   = nlp.Hash("-")
	enders   = hashes(". ? ! : … ; • ...")
	openers  = hashes("\" “ ‘ ' « „ ( [ `` ` — – - --")
	places   = hashes("in at from near across outside inside towards toward to")
	sayings  = hashes("said says told added tweeted wrote argued claimed insisted asked who")
	articles = hashes("the")
)

func hashes(words string) map[uint64]bool {
	m := map[uint64]bool{}
	start := 0
	for i := 0; i <= len(words); i++ {
		if i == len(words) || words[i] == ' ' {
			m[nlp.Hash(words[start:i])] = true
			start = i + 1
		}
	}
	return m
}

// edge stands for the places before and after a block.
var edge = word{form: 1, lower: 1, prefix: 1, suffix: 1, suffix2: 1, shape: 1, how: 1 << 20, cluster: 1 << 20, name: -1}

// name is what a document tells of one capitalised word, over all its places.
type name struct {
	lower uint64
	seen  uint64 // evidence, see the constants below
}

// What is seen of a name in its document.
const (
	seenSmall     = 1 << iota // also without its capital
	seenMiddle                // with its capital where no sentence begins
	seenTwice                 // at two places or more
	seenTitle                 // after a title
	seenPlace                 // after "in" and the like
	seenSaying                // before "said" and the like
	seenArticle               // after "the"
	seenGiven                 // after a given name
	seenLegalForm             // before "Inc." and the like
)

// scratch is the memory of one document, kept for the next.
type scratch struct {
	words []word // pad edges, the tokens, pad edges
	block []bool // per token: first of its block
	names []name
	slots []int32 // hash table: index into names + 1
	// Per token, its word in small letters, as it stands, and what the tables have of them.
	lowers, forms   []uint64
	clusters, plain []uint32
	feats           []uint64
	late            linear.Late
	scores          []int32 // labels places per token of one sentence, in the unit of the model
	best            []uint8
	paths           []uint8
}

// read looks up the tokens of d.
func (sc *scratch) read(d *nlp.Doc, tab *tables) {
	n := len(d.Tokens)
	sc.words = resize(sc.words, n+2*pad)
	sc.block = resize(sc.block, n+1)
	for i := range pad {
		sc.words[i], sc.words[n+pad+i] = edge, edge
	}
	sc.lowers, sc.forms = nlp.Lowers(d.Tokens, sc.lowers), nlp.Forms(d.Tokens, sc.forms)
	sc.clusters, sc.plain = tab.clusters.GetAll(sc.lowers, sc.clusters), tab.plain.GetAll(sc.forms, sc.plain)
	begins := true
	for i := range d.Tokens {
		t := &d.Tokens[i]
		w := &sc.words[i+pad]
		*w = word{form: t.Form, lower: t.Lower, prefix: t.Prefix, suffix: t.Suffix, suffix2: t.Suffix2, shape: t.Shape, how: uint64(t.Flags) & letters, name: -1}
		begins = t.Flags.Has(nlp.StartsBlock) || i == 0
		sc.block[i] = begins
		before := &sc.words[i+pad-1]
		if begins || enders[before.lower] || before.how&initial != 0 && openers[before.lower] {
			w.how |= initial
		}
		w.plain, w.cluster = sc.plain[i] != 0, uint64(sc.clusters[i])
	}
	sc.block[n] = true
	sc.match(tab.names)
	sc.findNames()
}

// findNames collects what the document tells of its capitalised words.
func (sc *scratch) findNames() {
	n := len(sc.words) - 2*pad
	size := 16
	for size < 2*n {
		size *= 2
	}
	sc.slots = resize(sc.slots, size)
	clear(sc.slots)
	sc.names = sc.names[:0]
	for i := range n {
		if w := &sc.words[i+pad]; w.how&capital != 0 {
			w.name = sc.nameAt(w.lower, true)
			sc.see(i + pad)
		}
	}
	for i := range n {
		if w := &sc.words[i+pad]; w.how&capital == 0 && w.how&uint64(nlp.HasLetter) != 0 {
			if at := sc.nameAt(w.lower, false); at >= 0 {
				sc.names[at].seen |= seenSmall
			}
		}
	}
}

// nameAt returns the index of a name, -1 when it is not there and shall not be made.
func (sc *scratch) nameAt(lower uint64, make bool) int32 {
	mask := uint64(len(sc.slots) - 1)
	for i := lower >> 7 & mask; ; i = (i + 1) & mask {
		at := sc.slots[i]
		if at == 0 {
			if !make {
				return -1
			}
			sc.names = append(sc.names, name{lower: lower})
			sc.slots[i] = int32(len(sc.names))
			return int32(len(sc.names) - 1)
		}
		if sc.names[at-1].lower == lower {
			return at - 1
		}
	}
}

// see notes the neighbours of the name at word i.
func (sc *scratch) see(i int) {
	w, before, after := &sc.words[i], &sc.words[i-1], &sc.words[i+1]
	n := &sc.names[w.name]
	if n.seen != 0 {
		n.seen |= seenTwice
	}
	if w.how&initial == 0 {
		n.seen |= seenMiddle
	} else {
		n.seen |= 1 << 63 // seen at all
	}
	title := before.gaz >> wordBits << 8
	switch {
	case title&anyTitle != 0:
		n.seen |= seenTitle
	case places[before.lower]:
		n.seen |= seenPlace
	case articles[before.lower]:
		n.seen |= seenArticle
	case title&givenName != 0 && before.how&capital != 0:
		n.seen |= seenGiven
	}
	if sayings[after.lower] {
		n.seen |= seenSaying
	}
	if after.gaz>>wordBits<<8&legalForm != 0 {
		n.seen |= seenLegalForm
	}
}

// window returns the words around token t, those of other blocks replaced by edges.
func (sc *scratch) window(t int) [2*pad + 1]*word {
	i := t + pad
	w := [2*pad + 1]*word{&sc.words[i-2], &sc.words[i-1], &sc.words[i], &sc.words[i+1], &sc.words[i+2]}
	if sc.block[t] {
		w[0], w[1] = &edge, &edge
	} else if sc.block[t-1] {
		w[0] = &edge
	}
	if sc.block[t+1] {
		w[3], w[4] = &edge, &edge
	} else if sc.block[t+2] {
		w[4] = &edge
	}
	return w
}

// score sets the scores of the tokens of one sentence that are not plain.
func (sc *scratch) score(m *linear.Model, r nlp.TokenRange) {
	sc.scores = resize(sc.scores, r.Len()*labels)
	for i := range r.Len() {
		if t := r.First + i; !sc.words[t+pad].plain {
			sc.feats = sc.features(sc.feats[:0], t)
			m.ScoreLate(&sc.late, sc.feats, sc.scores[i*labels:(i+1)*labels])
		}
	}
	m.Finish(&sc.late)
}

// seenOf is what the document tells of w's word.
func (sc *scratch) seenOf(w *word) uint64 {
	if w.name < 0 {
		return 0
	}
	return sc.names[w.name].seen &^ (1 << 63)
}

// features appends the features of token t. The templates are those of Ratinov and
// Roth (2009), section 5, without their part-of-speech tags and chunks, which did not
// help, and with pairs and triples of clusters, gazetteer matches and shapes.
func (sc *scratch) features(fs []uint64, t int) []uint64 {
	win := sc.window(t)
	b2, b1, c, a1, a2 := win[0], win[1], win[2], win[3], win[4]
	mix := nlp.Mix
	seen := sc.seenOf(c)
	fs = append(fs,
		mix(1, c.form), mix(2, c.lower), mix(3, b1.lower), mix(4, a1.lower), mix(5, b2.lower),
		mix(6, a2.lower), mix(mix(7, b1.lower), c.lower), mix(mix(8, c.lower), a1.lower),
		mix(mix(9, b1.lower), a1.lower), mix(12, c.prefix), mix(13, c.suffix), mix(14, c.suffix2),
		mix(15, a1.suffix), mix(16, b1.suffix), mix(17, c.shape), mix(mix(18, b1.shape), c.shape),
		mix(mix(19, c.shape), a1.shape), mix(mix(mix(20, b1.shape), c.shape), a1.shape), mix(21, c.how),
		mix(22, c.how<<24|b1.how), mix(23, c.how<<24|a1.how), mix(24, c.cluster), mix(25, b1.cluster),
		mix(26, a1.cluster), mix(27, b2.cluster), mix(28, a2.cluster), mix(30, b1.cluster<<20|c.cluster),
		mix(31, c.cluster<<20|a1.cluster), mix(32, b1.cluster<<40|c.cluster<<20|a1.cluster),
		mix(33, b1.cluster<<32|c.how), mix(34, a1.cluster<<32|c.how), mix(35, c.gaz), mix(36, b1.gaz),
		mix(37, a1.gaz), mix(38, mix(b1.gaz, c.gaz)), mix(39, mix(c.gaz, a1.gaz)), mix(40, seen),
		mix(41, seen<<20|c.how), mix(42, mix(seen, c.gaz)),
	)
	for g := c.gaz; g != 0; g &= g - 1 {
		fs = append(fs, mix(48, uint64(bits.TrailingZeros64(g))))
	}
	for s := seen; s != 0; s &= s - 1 {
		fs = append(fs, mix(49, uint64(bits.TrailingZeros64(s))))
	}
	return fs
}
