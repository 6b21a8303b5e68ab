package tag

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// Options steer training. The zero value means the defaults, which were tuned on the
// development parts of EWT and GUM.
type Options struct {
	Seed     uint64
	Epochs   int    // passes over the data, 8 by default
	MinCount int    // how often a feature is seen in training until it counts, 30 by default
	Clusters []byte // linear.Table of lower-case word → distributional cluster; nil for none
	NoLemmas bool   // leave the lemma rules out: for models that only lend their tags
}

func (o Options) orDefaults() Options {
	o.Epochs = cmp.Or(o.Epochs, 8)
	o.MinCount = cmp.Or(o.MinCount, 30)
	if o.Clusters == nil {
		o.Clusters, _ = linear.FreezeTable(nil)
	}
	return o
}

// Settings of training, tuned on EWT dev.
const (
	hidden = 64   // hidden units
	rate   = 0.04 // step size at the start; it falls to 0 by the end
	drop   = 0.15 // share of hidden units left out
)

// The rarest things that training takes note of.
const (
	minLabel      = 10    // times a label is seen
	minClass      = 4     // times a word is seen until its tags become a feature
	minClassShare = 0.02  // share of a word's uses that a tag in its class has
	minFixed      = 25    // times a word is seen until it may skip the model
	fixedShare    = 0.998 // share of those uses with one and the same tag
)

// Train learns a model for [Open] from documents with gold Tokens, Sentences, Tags and
// Lemmas. The same documents in the same order with the same options give the same
// bytes.
func Train(docs []*nlp.Doc, opt Options) ([]byte, error) {
	opt = opt.orDefaults()
	tr, err := newTraining(docs, opt)
	if err != nil {
		return nil, err
	}
	tr.admit()
	tr.run()
	return tr.freeze(docs)
}

// training is the state of one Train.
type training struct {
	opt       Options
	stage     *Stage // its tables; no weights
	labels    []string
	sentences []goldSentence
	weights   *linear.BagTrainer
	random    *rand.Rand
	words     []byte // the tables as they go to the file
	read      []word
	known     lookup
	fs        []uint64
	fixed     []byte
}

// goldSentence is a sentence with its gold labels; -1 is a label too rare to learn.
type goldSentence struct {
	tokens []nlp.Token
	labels []int16
}

func newTraining(docs []*nlp.Doc, opt Options) (*training, error) {
	t := &training{opt: opt, stage: &Stage{}}
	t.collect(docs)
	if len(t.labels) == 0 {
		return nil, errors.New("train tagger: no label is frequent enough")
	}
	if len(t.labels) > int(noTag) {
		return nil, fmt.Errorf("train tagger: %d labels, at most %d", len(t.labels), noTag)
	}
	var err error
	if err = t.tables(); err != nil {
		return nil, err
	}
	if t.stage.clusters, err = linear.OpenTable(opt.Clusters); err != nil {
		return nil, fmt.Errorf("train tagger: clusters: %w", err)
	}
	t.weights = linear.NewBagTrainer(hidden, len(t.labels), rate, drop, opt.Seed)
	t.random = rand.New(rand.NewPCG(opt.Seed, 0x7a6))
	return t, nil
}

func jointLabel(d *nlp.Doc, t int) string { return d.UPOS[t].String() + "|" + d.XPOSNames[d.XPOS[t]] }

// collect fills labels and sentences.
func (t *training) collect(docs []*nlp.Doc) {
	counts := map[string]int{}
	for _, d := range docs {
		for i := range d.Tokens {
			counts[jointLabel(d, i)]++
		}
	}
	for l, n := range counts {
		if n >= minLabel {
			t.labels = append(t.labels, l)
		}
	}
	slices.Sort(t.labels)
	index := map[string]int16{}
	for i, l := range t.labels {
		index[l] = int16(i)
	}
	for _, d := range docs {
		for _, s := range d.Sentences {
			g := goldSentence{tokens: d.Tokens[s.First:s.Past]}
			for i := s.First; i < s.Past; i++ {
				l, ok := index[jointLabel(d, i)]
				if !ok {
					l = -1
				}
				g.labels = append(g.labels, l)
			}
			t.sentences = append(t.sentences, g)
		}
	}
}

// tables counts the tags of words and makes the tables of classes and of fixed words.
func (t *training) tables() error {
	byLower, byForm := map[uint64][]int{}, map[uint64][]int{}
	count := func(m map[uint64][]int, w uint64, l int16) {
		if m[w] == nil {
			m[w] = make([]int, len(t.labels)+1)
		}
		m[w][l]++
		m[w][len(t.labels)]++
	}
	for _, s := range t.sentences {
		for i, l := range s.labels {
			if l >= 0 {
				count(byLower, s.tokens[i].Lower, l)
				count(byForm, s.tokens[i].Form, l)
			}
		}
	}
	var err error
	if t.words, err = linear.FreezeTable(classes(byLower)); err != nil {
		return err
	}
	if t.fixed, err = linear.FreezeTable(fixedLabels(byForm)); err != nil {
		return err
	}
	if t.stage.words, err = linear.OpenTable(t.words); err != nil {
		return err
	}
	t.stage.fixed, err = linear.OpenTable(t.fixed)
	return err
}

// classes gives every word that is frequent enough the number of its set of labels;
// words with the same set share the number.
func classes(counts map[uint64][]int) map[uint64]uint32 {
	sets := map[string][]uint64{}
	for w, n := range counts {
		total := n[len(n)-1]
		if total < minClass {
			continue
		}
		var set []byte
		for l, k := range n[:len(n)-1] {
			if float64(k) >= minClassShare*float64(total) && k > 0 {
				set = append(set, byte(l))
			}
		}
		sets[string(set)] = append(sets[string(set)], w)
	}
	names := make([]string, 0, len(sets))
	for s := range sets {
		names = append(names, s)
	}
	slices.Sort(names)
	out := map[uint64]uint32{}
	for i, s := range names {
		for _, w := range sets[s] {
			out[w] = uint32(i + 1)
		}
	}
	return out
}

// fixedLabels returns label+1 of the words that need no model.
func fixedLabels(counts map[uint64][]int) map[uint64]uint32 {
	out := map[uint64]uint32{}
	for w, n := range counts {
		total := n[len(n)-1]
		for l, k := range n[:len(n)-1] {
			if total >= minFixed && float64(k) >= fixedShare*float64(total) {
				out[w] = uint32(l + 1)
			}
		}
	}
	return out
}

// walk goes through a sentence from left to right: choose gives the label to go on
// with for a word that has no fixed one, whose features it is given.
func (t *training) walk(s goldSentence, choose func(i int, fs []uint64) int) {
	t.read = t.stage.read(t.read, s.tokens, &t.known)
	t1, t2 := noTag, noTag
	for i := range s.labels {
		got := int(t.read[i+pad].fixed)
		if got < 0 {
			t.fs = features(t.fs[:0], t.read[i:i+2*pad+1], t1, t2)
			got = choose(i, t.fs)
		}
		t1, t2 = uint64(got), t1
	}
}

// admit tells the network of the features that are frequent enough under gold labels.
func (t *training) admit() {
	counts := map[uint64]int{}
	for _, s := range t.sentences {
		t.walk(s, func(i int, fs []uint64) int {
			for _, f := range fs {
				counts[f]++
			}
			return max(int(s.labels[i]), 0)
		})
	}
	var frequent []uint64
	for f, n := range counts {
		if n >= t.opt.MinCount {
			frequent = append(frequent, f)
		}
	}
	slices.Sort(frequent)
	for _, f := range frequent {
		t.weights.Admit(f)
	}
}

// run goes through all sentences, epoch by epoch, always going on from the network's
// own labels.
func (t *training) run() {
	order := t.random.Perm(len(t.sentences))
	scores := make([]float32, len(t.labels))
	for epoch := range t.opt.Epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for n, at := range order {
			done := (float64(epoch) + float64(n)/float64(len(order))) / float64(t.opt.Epochs)
			t.weights.SetRate(float32(rate * (1 - done)))
			s := t.sentences[at]
			t.walk(s, func(i int, fs []uint64) int {
				gold := int(s.labels[i])
				t.weights.Score(fs, scores, gold >= 0)
				got := linear.Best(scores)
				if gold >= 0 {
					linear.Gradient(scores, func(l int) bool { return l == gold })
					t.weights.Descend(scores)
				}
				return got
			})
		}
	}
}

// freeze writes the model file.
func (t *training) freeze(docs []*nlp.Doc) ([]byte, error) {
	model, err := t.weights.Freeze()
	if err != nil {
		return nil, fmt.Errorf("train tagger: %w", err)
	}
	m := meta{Labels: t.labels}
	for _, l := range t.labels {
		_, x, _ := strings.Cut(l, "|")
		if !slices.Contains(m.XPOS, x) {
			m.XPOS = append(m.XPOS, x)
		}
	}
	whole, suffixes := map[uint64]uint32(nil), map[uint64]uint32(nil)
	if !t.opt.NoLemmas {
		var l *lemmatizer
		l, whole, suffixes = learnLemmas(docs, t.labels, t.stage.clusters)
		m.Others = l.others
		for _, s := range l.scripts {
			m.Scripts = append(m.Scripts, s.String())
		}
	}
	wt, err := linear.FreezeTable(whole)
	if err != nil {
		return nil, err
	}
	st, err := linear.FreezeTable(suffixes)
	if err != nil {
		return nil, err
	}
	mb, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return linear.Bundle(magic, model, t.words, t.fixed, t.opt.Clusters, wt, st, mb), nil
}
