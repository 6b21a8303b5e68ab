package parse

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
	Seed       uint64
	NetEpochs  int    // passes of the network that tells heads, 20 by default
	Epochs     int    // passes of the network that names arcs, 10 by default
	MinCount   int    // how often a feature of the latter is seen until it counts, 60 by default
	Vocabulary int    // words that the network for heads knows, the most frequent, 12,000 by default
	Clusters   []byte // linear.Table of lower-case word → distributional cluster; nil for none
	Words      []byte // what the network for heads begins with: see surface.TrainWords
	// Progress, when not nil, hears of the network's mean loss.
	Progress func(share, loss float64) `json:"-"`
}

func (o Options) orDefaults() Options {
	o.Epochs = cmp.Or(o.Epochs, 10)
	o.NetEpochs = cmp.Or(o.NetEpochs, 20)
	o.Vocabulary = cmp.Or(o.Vocabulary, 12_000)
	o.MinCount = cmp.Or(o.MinCount, 60)
	if o.Clusters == nil {
		o.Clusters, _ = linear.FreezeTable(nil)
	}
	return o
}

// Settings of training, tuned on EWT dev; around them LAS is flat within its noise of
// ±0.3 from one seed to the next.
const (
	hidden = 64   // hidden units of the network that names arcs
	rate   = 0.04 // step size at the start; it falls to 0 by the end
	drop   = 0.15 // share of hidden units left out
	// minRel is how often a relation with a subtype is seen until it is kept; below,
	// its universal part stands for it.
	minRel = 60
	// minFixed is how often a kind of arc is seen, fixedShare in what share of them with
	// the same relation, until it needs no network: punctuation, determiners.
	minFixed   = 50
	fixedShare = 0.995
	// keepRels is the largest number of relations.
	keepRels = 48
)

// Train learns a model for [Open] from documents with Tokens, Sentences, gold Heads,
// and Tags as the tagger will give them: predicted by models that have not seen the
// sentence (tag.Jackknife). The same documents in the same order with the same options
// give the same bytes on one kind of machine.
func Train(docs []*nlp.Doc, opt Options) ([]byte, error) {
	opt = opt.orDefaults()
	clusters, err := linear.OpenTable(opt.Clusters)
	if err != nil {
		return nil, fmt.Errorf("train parser: clusters: %w", err)
	}
	names := relations(docs)
	root := slices.Index(names, Root)
	if root < 0 {
		return nil, errors.New("train parser: no sentence has a root")
	}
	t := &training{
		opt: opt, parser: newParser(clusters), root: uint8(root), trees: collect(docs, names),
		labels: linear.NewBagTrainer(hidden, len(names), rate, drop, opt.Seed+1),
		scores: make([]float32, len(names)),
		random: rand.New(rand.NewPCG(opt.Seed, 0xde9)),
	}
	if err := t.fixRelations(); err != nil {
		return nil, fmt.Errorf("train parser: %w", err)
	}
	t.admit()
	t.run()
	net, err := trainNet(docs, names, t.trees, opt)
	if err != nil {
		return nil, fmt.Errorf("train parser: %w", err)
	}
	return t.freeze(names, net)
}

func (t *training) freeze(names []string, net []byte) ([]byte, error) {
	labels, err := t.labels.Freeze()
	if err != nil {
		return nil, fmt.Errorf("train parser: %w", err)
	}
	m, err := json.Marshal(meta{Rels: names})
	if err != nil {
		return nil, err
	}
	return linear.Bundle(magic, net, labels, t.opt.Clusters, t.fixedBytes, m), nil
}

// relations returns the relations that are learned, sorted: universal ones and the
// frequent subtypes.
func relations(docs []*nlp.Doc) []string {
	counts := map[string]int{}
	for _, d := range docs {
		for _, r := range d.Rels {
			counts[d.RelNames[r]]++
		}
	}
	for least := minRel; ; least *= 2 {
		kept := map[string]bool{}
		for r := range counts {
			kept[keptName(r, counts, least)] = true
		}
		if len(kept) <= keepRels || least > 1<<30 {
			names := make([]string, 0, len(kept))
			for r := range kept {
				names = append(names, r)
			}
			slices.Sort(names)
			return names[:min(len(names), maxRels)]
		}
	}
}

func keptName(r string, counts map[string]int, least int) string {
	if base, _, ok := strings.Cut(r, ":"); ok && counts[r] < least {
		return base
	}
	return r
}

// goldTree is a sentence with its gold tree. Heads are node indices.
type goldTree struct {
	doc   *nlp.Doc
	words nlp.TokenRange
	heads []int32
	rels  []uint8
}

// training is the state of one Train.
type training struct {
	opt        Options
	parser     *parser
	root       uint8
	labels     *linear.BagTrainer
	scores     []float32
	fixed      linear.Table
	fixedBytes []byte
	random     *rand.Rand
	trees      []goldTree
}

func collect(docs []*nlp.Doc, names []string) []goldTree {
	index := map[string]uint8{}
	for i, n := range names {
		index[n] = uint8(i)
	}
	var trees []goldTree
	for _, d := range docs {
		for _, s := range d.Sentences {
			g := goldTree{doc: d, words: s.TokenRange}
			for i := s.First; i < s.Past; i++ {
				h := d.Heads[i] - int32(s.First)
				if d.Heads[i] < 0 {
					h = int32(s.Len())
				}
				name := d.RelNames[d.Rels[i]]
				rel, ok := index[name]
				if !ok {
					base, _, _ := strings.Cut(name, ":")
					rel = index[base]
				}
				g.heads, g.rels = append(g.heads, h), append(g.rels, rel)
			}
			trees = append(trees, g)
		}
	}
	return trees
}

// walk builds the gold tree of one sentence, as far as it is projective: name gives the
// relation of an arc that does not come from the root.
func (t *training) walk(g *goldTree, name func(h, dep int32) uint8) {
	p := t.parser
	p.tags(g.doc.XPOSNames)
	p.read(g.doc, g.words)
	p.aim(g.heads)
	for {
		a, choice := p.only()
		if a == done {
			return
		}
		if choice {
			a = p.cheapest()
		}
		if a == shift {
			p.shift()
			continue
		}
		h, dep := p.arc(a)
		rel := t.root
		if h != p.root() {
			rel = name(h, dep)
		}
		p.attach(a, rel)
	}
}

// fixRelations finds the kinds of arcs that have one relation only.
func (t *training) fixRelations() error {
	counts := map[uint64]map[uint8]int{}
	for i := range t.trees {
		g := &t.trees[i]
		p := t.parser
		p.tags(g.doc.XPOSNames)
		p.read(g.doc, g.words)
		for dep, h := range g.heads {
			if h == p.root() {
				continue
			}
			kind := p.arcKind(h, int32(dep))
			if counts[kind] == nil {
				counts[kind] = map[uint8]int{}
			}
			counts[kind][g.rels[dep]]++
		}
	}
	fixed := map[uint64]uint32{}
	for kind, rels := range counts {
		total := 0
		for _, n := range rels {
			total += n
		}
		for rel, n := range rels {
			if total >= minFixed && float64(n) >= fixedShare*float64(total) {
				fixed[kind] = uint32(rel) + 1
			}
		}
	}
	var err error
	if t.fixedBytes, err = linear.FreezeTable(fixed); err != nil {
		return err
	}
	t.fixed, err = linear.OpenTable(t.fixedBytes)
	return err
}

// admit tells the network that names arcs of the features that are frequent enough.
func (t *training) admit() {
	counts := map[uint64]int{}
	for i := range t.trees {
		g := &t.trees[i]
		t.walk(g, func(h, dep int32) uint8 {
			for _, f := range t.parser.labelFeatures(h, dep) {
				counts[f]++
			}
			return g.rels[dep]
		})
	}
	var fs []uint64
	for f, n := range counts {
		if n >= t.opt.MinCount {
			fs = append(fs, f)
		}
	}
	slices.Sort(fs)
	for _, f := range fs {
		t.labels.Admit(f)
	}
}

// run goes through all sentences, epoch by epoch. What an arc knows of the relations of
// others is what the network itself names them.
func (t *training) run() {
	order := t.random.Perm(len(t.trees))
	for epoch := range t.opt.Epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for i, n := range order {
			done := (float64(epoch) + float64(i)/float64(len(order))) / float64(t.opt.Epochs)
			t.labels.SetRate(float32(rate * (1 - done)))
			g := &t.trees[n]
			t.walk(g, func(h, dep int32) uint8 { return t.relation(g, h, dep) })
		}
	}
}

// relation scores the relations of an arc, corrects the network if the arc is right,
// and returns the prediction.
func (t *training) relation(g *goldTree, h, dep int32) uint8 {
	if r := t.fixed.Get(t.parser.arcKind(h, dep)); r != 0 {
		return uint8(r - 1)
	}
	isRight := g.heads[dep] == h
	t.labels.Score(t.parser.labelFeatures(h, dep), t.scores, isRight)
	got := bestRel(t.scores, t.root)
	if isRight {
		want := int(g.rels[dep])
		linear.Gradient(t.scores, func(r int) bool { return r == want })
		t.labels.Descend(t.scores)
	}
	return uint8(got)
}
