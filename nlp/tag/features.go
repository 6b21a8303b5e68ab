package tag

import "quoth/nlp"

// pad is how many places before and after a word its features look at.
const pad = 2

// noTag stands for the tag before the first word.
const noTag uint64 = 255

// maxFeatures bounds the number of features of one word.
const maxFeatures = 64

// word is what the features see of a token, looked up once per token.
type word struct {
	lower, suffix, suffix2, prefix, shape uint64
	class                                 uint64 // ambiguity class of the word, 0 when unknown
	cluster                               uint64 // distributional cluster, 0 when unknown
	form                                  uint64 // how it is written, see formOf
	fixed                                 int32  // label of a word that needs no model, -1 otherwise
}

// outside stands for the places before and after a sentence.
var outside = word{lower: 1, suffix: 1, suffix2: 1, prefix: 1, shape: 1, class: 1 << 32, cluster: 1 << 32, form: 1 << 32, fixed: -1}

// formOf packs flags, space and quotation state of a token.
func formOf(t *nlp.Token) uint64 {
	f := uint64(t.Flags &^ (nlp.StartsBlock | nlp.InBackground))
	f |= uint64(t.Mark) << 16
	if t.Space {
		f |= 1 << 20
	}
	return f
}

// lookup is the working memory of what is looked up of the words of a sentence.
type lookup struct {
	lowers, forms            []uint64
	classes, clusters, fixed []uint32
}

// read sets words to the tokens of one sentence with pad places before and after.
func (s *Stage) read(words []word, tokens []nlp.Token, known *lookup) []word {
	known.lowers, known.forms = nlp.Lowers(tokens, known.lowers), nlp.Forms(tokens, known.forms)
	known.classes, known.clusters = s.words.GetAll(known.lowers, known.classes), s.clusters.GetAll(known.lowers, known.clusters)
	known.fixed = s.fixed.GetAll(known.forms, known.fixed)
	words = append(words[:0], outside, outside)
	for i := range tokens {
		t := &tokens[i]
		words = append(words, word{
			lower: t.Lower, suffix: t.Suffix, suffix2: t.Suffix2, prefix: t.Prefix, shape: t.Shape,
			class: uint64(known.classes[i]), cluster: uint64(known.clusters[i]), form: formOf(t), fixed: int32(known.fixed[i]) - 1,
		})
	}
	return append(words, outside, outside)
}

// features appends the features of the word in the middle of w, which holds pad words
// on either side; t1 and t2 are the labels of the previous word and the one before.
//
// The templates are those of Ratnaparkhi (1996) and of Toutanova et al. (2003) without
// the tags to the right; in their place stand the ambiguity classes of the words to
// the right, that is, the set of tags each had in training.
func features(fs []uint64, w []word, t1, t2 uint64) []uint64 {
	b2, b1, c, a1, a2 := &w[0], &w[1], &w[2], &w[3], &w[4]
	const letters = uint64(nlp.IsCapital | nlp.IsUpper | nlp.HasDigit | nlp.HasHyphen | nlp.IsPunct | nlp.StartsSent)
	how := c.form & letters
	t12 := t1<<8 | t2
	return append(fs,
		nlp.Mix(1, c.lower), nlp.Mix(2, c.lower^how), nlp.Mix(3, c.suffix), nlp.Mix(4, c.suffix2),
		nlp.Mix(5, c.prefix), nlp.Mix(6, c.shape), nlp.Mix(7, c.suffix^how), nlp.Mix(8, c.form),
		nlp.Mix(9, c.cluster), nlp.Mix(10, c.class<<16|how),
		nlp.Mix(11, b1.lower), nlp.Mix(12, a1.lower), nlp.Mix(13, b2.lower), nlp.Mix(14, a2.lower),
		nlp.Mix(nlp.Mix(15, b1.lower), c.lower), nlp.Mix(nlp.Mix(16, c.lower), a1.lower),
		nlp.Mix(nlp.Mix(17, b1.lower), a1.lower), nlp.Mix(nlp.Mix(18, a1.lower), a2.lower),
		nlp.Mix(19, b1.cluster<<16|c.class<<32), nlp.Mix(20, a1.cluster), nlp.Mix(21, a2.cluster),
		nlp.Mix(22, a1.suffix), nlp.Mix(23, b1.suffix), nlp.Mix(24, a1.shape), nlp.Mix(25, a1.class<<32|c.class),
		nlp.Mix(26, a2.class<<32|a1.class), nlp.Mix(27, c.cluster<<16|a1.cluster),
		nlp.Mix(28, t1), nlp.Mix(29, t12), nlp.Mix(nlp.Mix(30, t1), c.lower), nlp.Mix(31, t1<<32|c.class),
		nlp.Mix(32, t12<<32|c.class), nlp.Mix(nlp.Mix(33, t1), c.suffix), nlp.Mix(nlp.Mix(34, t1), a1.lower),
		nlp.Mix(nlp.Mix(35, t1), c.class<<32|a1.class), nlp.Mix(36, t1<<32|c.cluster),
		nlp.Mix(37, t12<<32|how), nlp.Mix(38, a1.form&letters|how<<32), nlp.Mix(39, t2<<32|c.class),
		nlp.Mix(nlp.Mix(40, t1), a1.class<<32|a2.class),
	)
}
