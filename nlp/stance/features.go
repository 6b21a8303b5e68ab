package stance

import (
	"sort"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// maxFeatures is what the network takes of one example.
const maxFeatures = 512

// reach is how many tokens before and after a mention are looked at.
const reach = 40

// up is how many words above a mention are looked at, siblings how far around each of
// them what hangs from it is looked for.
const (
	up       = 4
	siblings = 12
)

// scratch is the working memory of one document.
type scratch struct {
	d      *nlp.Doc
	fs     []uint64
	bag    linear.BagScratch
	scores [len(labels)]float32
	words  []word         // of the tokens of read
	read   nlp.TokenRange // empty at first
}

// word is what features say of one token.
type word struct {
	lemma, cluster uint64
	sound          int    // valence as it stands, after negation
	negated        uint64 // 1 when a negation stands shortly before
}

func newScratch() *scratch { return &scratch{fs: make([]uint64, 0, maxFeatures)} }

// begin makes sc ready for d.
func (sc *scratch) begin(d *nlp.Doc) { sc.d, sc.read = d, nlp.TokenRange{} }

// window returns the part of token t's sentence that stands in one piece of the content
// of attribution i with it; ok is false when t is not in the content.
func (sc *scratch) window(i, t int) (w nlp.TokenRange, ok bool) {
	d := sc.d
	s := sort.Search(len(d.Sentences), func(s int) bool { return d.Sentences[s].Past > t })
	for _, piece := range d.Attributions[i].Content {
		if piece.Contains(t) && s < len(d.Sentences) {
			return nlp.TokenRange{First: max(piece.First, d.Sentences[s].First), Past: min(piece.Past, d.Sentences[s].Past)}, true
		}
	}
	return w, false
}

// mention returns the name whose head is t, or t alone.
func (sc *scratch) mention(t int) nlp.TokenRange {
	if m := sc.d.MentionOf[t]; m >= 0 {
		return sc.d.Mentions[m].TokenRange
	}
	return nlp.TokenRange{First: t, Past: t + 1}
}

// readWords fills sc.words for window.
func (s *Stage) readWords(sc *scratch, window nlp.TokenRange) {
	if sc.read == window {
		return
	}
	sc.read, sc.words = window, sc.words[:0]
	last := -4 // the last negation
	for t := window.First; t < window.Past; t++ {
		tok := &sc.d.Tokens[t]
		w := word{lemma: nlp.Hash(sc.d.Lemmas[t]), cluster: uint64(s.clusters.Get(tok.Lower))}
		if t-last <= 3 {
			w.negated = 1
		}
		v, known := s.valence[tok.Lower]
		if !known {
			v = s.valence[w.lemma]
		}
		if w.sound = int(v); w.negated == 1 {
			w.sound = -w.sound * 3 / 4
		}
		sc.words = append(sc.words, w)
		switch sc.d.Lemmas[t] {
		case "not", "n't", "n’t", "never", "no":
			last = t
		}
	}
}

// features sets sc.fs for the party mentioned at r, by the tokens of window.
func (s *Stage) features(sc *scratch, window, r nlp.TokenRange) {
	window.First, window.Past = max(window.First, r.First-reach), min(window.Past, r.Past+reach)
	s.readWords(sc, window)
	f := featurer{d: sc.d, words: sc.words, window: window, target: r, fs: sc.fs[:0]}
	f.head = r.First
	for t := r.First; t < r.Past; t++ {
		if !r.Contains(int(f.d.Heads[t])) {
			f.head = t
			break
		}
	}
	f.add(bias, 0)
	f.add(relation, uint64(f.d.Rels[f.head]))
	f.add(place, uint64(min(r.First-window.First, 10)))
	f.sounds()
	f.above()
	f.around()
	sc.fs = f.fs
}

// featurer gathers the features of one mention.
type featurer struct {
	d      *nlp.Doc
	words  []word
	window nlp.TokenRange
	target nlp.TokenRange
	head   int
	fs     []uint64
}

// Kinds of features. Those that are counted by steps up the tree take up to `up` numbers.
const (
	bias uint64 = iota
	relation
	place
	sound
	soundAt
	soundTag
	soundChild
	sum
	near
	before
	after
	childLemma
	childCluster
	lemma
	lemmaSide
	lemmaAt
	lemmaNegated
	lemmaPair
	lemmaTag
	lemmaTagAt
	cluster
	clusterAt
	suffix
	prefix
	upLemma        = 64
	upCluster      = upLemma + up
	upNegated      = upCluster + up
	upSound        = upNegated + up
	siblingRel     = upSound + up
	siblingLemma   = siblingRel + up
	siblingCluster = siblingLemma + up
	siblingSound   = siblingCluster + up
)

func (f *featurer) add(kind, value uint64) { f.fs = append(f.fs, nlp.Mix(kind, value)) }

func (f *featurer) word(t int) *word { return &f.words[t-f.window.First] }

// position says on which side of the target token t stands, and how far from it.
func (f *featurer) position(t int) (side, at uint64, distance int) {
	if t < f.target.First {
		distance = f.target.First - t
	} else {
		side, distance = 1, t-f.target.Past+1
	}
	return side, 2*far(distance) + side, distance
}

// sounds adds the good and bad words and their sums.
func (f *featurer) sounds() {
	var total, close, left, right int
	for t := f.window.First; t < f.window.Past; t++ {
		v := f.word(t).sound
		if v == 0 || f.target.Contains(t) {
			continue
		}
		side, at, distance := f.position(t)
		total += v
		if distance <= 6 {
			close += v
		}
		if side == 0 {
			left += v
		} else {
			right += v
		}
		b := loud(v)
		f.add(sound, b)
		f.add(soundAt, nlp.Mix(b, at))
		f.add(soundTag, nlp.Mix(b, 2*uint64(f.d.UPOS[t])+side))
		if int(f.d.Heads[t]) == f.head {
			f.add(soundChild, nlp.Mix(b, uint64(f.d.Rels[t])))
		}
	}
	f.add(sum, loud(total*2/3))
	f.add(near, loud(close*2/3))
	f.add(before, loud(left*2/3))
	f.add(after, loud(right*2/3))
}

// above adds the words on the way up from the mention, with what hangs from each.
func (f *featurer) above() {
	at, role := f.head, uint64(f.d.Rels[f.head])
	for step := range uint64(up) {
		p := int(f.d.Heads[at])
		if !f.window.Contains(p) {
			return
		}
		w := f.word(p)
		f.add(upLemma+step, nlp.Mix(w.lemma, role))
		f.add(upCluster+step, nlp.Mix(w.cluster, role))
		f.add(upNegated+step, nlp.Mix(nlp.Mix(w.lemma, role), w.negated))
		f.add(upSound+step, nlp.Mix(loud(w.sound), role))
		for t := max(f.window.First, p-siblings); t < min(f.window.Past, p+siblings); t++ {
			if int(f.d.Heads[t]) != p || t == at {
				continue
			}
			w, rel := f.word(t), uint64(f.d.Rels[t])
			f.add(siblingRel+step, nlp.Mix(nlp.Mix(w.lemma, rel), role))
			f.add(siblingLemma+step, nlp.Mix(w.lemma, role))
			f.add(siblingCluster+step, nlp.Mix(w.cluster, role))
			if w.sound != 0 {
				f.add(siblingSound+step, nlp.Mix(nlp.Mix(loud(w.sound), rel), role))
			}
		}
		at = p
	}
}

// around adds the words before and after the mention, and those that hang from it.
func (f *featurer) around() {
	for t := f.window.First; t < f.window.Past; t++ {
		tok := &f.d.Tokens[t]
		if f.target.Contains(t) || tok.Flags.Has(nlp.IsPunct) && tok.Mark == nlp.NoMark {
			continue
		}
		w := f.word(t)
		side, at, distance := f.position(t)
		if f.target.Contains(int(f.d.Heads[t])) {
			f.add(childLemma, nlp.Mix(w.lemma, uint64(f.d.Rels[t])))
			f.add(childCluster, w.cluster)
		}
		f.add(lemma, w.lemma)
		f.add(lemmaSide, nlp.Mix(w.lemma, side))
		f.add(lemmaAt, nlp.Mix(w.lemma, at))
		f.add(lemmaNegated, nlp.Mix(w.lemma, w.negated))
		f.add(cluster, w.cluster)
		f.add(clusterAt, nlp.Mix(w.cluster, at))
		f.add(suffix, tok.Suffix)
		f.add(prefix, tok.Prefix)
		if t+1 < f.window.Past && !f.target.Contains(t+1) {
			f.add(lemmaPair, nlp.Mix(w.lemma, f.word(t+1).lemma))
		}
		switch tag := f.d.UPOS[t]; tag {
		case nlp.ADJ, nlp.ADV, nlp.NOUN, nlp.VERB:
			f.add(lemmaTag, nlp.Mix(w.lemma, uint64(tag)))
			f.add(lemmaTagAt, nlp.Mix(nlp.Mix(w.lemma, uint64(tag)), far(distance)))
		}
	}
}

// far sorts a distance in tokens into classes.
func far(n int) uint64 {
	switch {
	case n <= 1:
		return 1
	case n <= 2:
		return 2
	case n <= 4:
		return 3
	case n <= 8:
		return 4
	case n <= 16:
		return 5
	}
	return 6
}

// loud sorts a valence into classes.
func loud(v int) uint64 {
	switch {
	case v == 0:
		return 0
	case v <= -20:
		return 1
	case v < -5:
		return 2
	case v < 0:
		return 3
	case v < 5:
		return 4
	case v < 20:
		return 5
	}
	return 6
}
