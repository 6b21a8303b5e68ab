package ner

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/linear"
)

// Options steer training. The zero value means the defaults, which were tuned on the
// development part of Worldwide Newswire.
type Options struct {
	Seed     uint64
	Epochs   int     // passes over the data, 8 by default
	Rows     int     // features kept in the model, 98,000 by default
	Smallest float32 // size of the smallest weight kept, 0.1 by default
	MinCount int     // times a feature is seen until it is learned, 2 by default
	Rate     float32 // AdaGrad step size, 0.1 by default
	// Drop is the share of features left out of each token while learning, 0.2 by
	// default: without it the model trusts words it knows so much that it learns
	// little of contexts (Sutton, Sindelar and McCallum 2006).
	Drop     float32
	Clusters []byte // linear.Table of lower-case word → distributional cluster; nil for none

	// Silver documents have mentions of the classes Person, Organization and Location
	// made by another program. What the gold documents teach of the other classes is
	// added to them, then they are learned from with SilverWeight, 0.2 by default.
	Silver       []*nlp.Doc
	SilverWeight float32
}

func (o Options) orDefaults() Options {
	o.Epochs = cmp.Or(o.Epochs, 8)
	o.Rows = cmp.Or(o.Rows, 98_000)
	o.Smallest = cmp.Or(o.Smallest, 0.1)
	o.SilverWeight = cmp.Or(o.SilverWeight, 0.2)
	o.Rate = cmp.Or(o.Rate, 0.1)
	o.Drop = cmp.Or(o.Drop, 0.2)
	o.MinCount = cmp.Or(o.MinCount, 2)
	if o.Clusters == nil {
		o.Clusters, _ = linear.FreezeTable(nil)
	}
	return o
}

// minPlain is how often a word is seen, never in a name, until it is taken for one that
// is in no name.
const minPlain = 4

// Train learns a model for [Open] from documents with Tokens, Sentences and gold
// Mentions. The same documents in the same order with the same options give the same
// bytes. The documents stay as they are.
func Train(docs []*nlp.Doc, opt Options) ([]byte, error) {
	opt = opt.orDefaults()
	if len(docs) == 0 {
		return nil, errors.New("train names: no documents")
	}
	if len(opt.Silver) > 0 {
		silver, err := complete(docs, opt)
		if err != nil {
			return nil, err
		}
		opt.Silver = silver
	}
	tr, err := newTraining(docs, opt)
	if err != nil {
		return nil, err
	}
	tr.collect()
	c := newCRF(len(tr.ids), opt)
	c.train(tr.seqs, rand.New(rand.NewPCG(opt.Seed, 0)))
	return tr.freeze(c)
}

// complete returns the silver documents with the mentions of the classes they lack, as
// a model of the gold documents finds them where no silver mention is.
func complete(docs []*nlp.Doc, opt Options) ([]*nlp.Doc, error) {
	silver := opt.Silver
	opt.Silver, opt.Rows = nil, 1_000_000
	b, err := Train(docs, opt)
	if err != nil {
		return nil, err
	}
	s, err := Open(b)
	if err != nil {
		return nil, err
	}
	out := make([]*nlp.Doc, len(silver))
	for i, d := range silver {
		c := *d
		s.Run(&c)
		for t, m := range c.MentionOf {
			if m >= 0 && d.MentionOf[t] >= 0 {
				c.Mentions[m].Kind = nlp.NoMention
			}
		}
		c.Mentions = slices.DeleteFunc(c.Mentions, func(m nlp.Mention) bool { return m.Kind <= nlp.Location })
		c.Mentions = append(c.Mentions, d.Mentions...)
		slices.SortFunc(c.Mentions, func(a, b nlp.Mention) int { return a.First - b.First })
		c.MentionOf = mentionOf(c.Mentions, len(c.Tokens))
		out[i] = &c
	}
	return out, nil
}

// Project sets the mentions of d, which has tokens, to spans with their kinds: spans of
// another tokenisation of the same text, in order. Each becomes the tokens that share a
// byte with it; one that has none, shares a token with the one before or crosses the end
// of a sentence is left out.
func Project(d *nlp.Doc, spans []quoth.Span, kinds []nlp.MentionKind) {
	d.Mentions = []nlp.Mention{}
	t, sent := 0, 0
	for i, s := range spans {
		for t < len(d.Tokens) && int(d.Tokens[t].End) <= s.Start {
			t++
		}
		first := t
		for t < len(d.Tokens) && int(d.Tokens[t].Start) < s.End {
			t++
		}
		for sent < len(d.Sentences) && d.Sentences[sent].Past <= first {
			sent++
		}
		if first < t && t <= d.Sentences[sent].Past {
			d.Mentions = append(d.Mentions, nlp.Mention{TokenRange: nlp.TokenRange{First: first, Past: t}, Kind: kinds[i]})
		}
	}
	d.MentionOf = mentionOf(d.Mentions, len(d.Tokens))
}

// training is the state of one Train.
type training struct {
	opt   Options
	docs  []*nlp.Doc // gold ones first
	gold  int        // number of gold ones
	files [parts][]byte
	tables
	seqs   []*sequence
	counts map[uint64]int   // times a feature is seen
	ids    map[uint64]int32 // number of a feature
}

func newTraining(docs []*nlp.Doc, opt Options) (*training, error) {
	tr := &training{opt: opt, docs: slices.Concat(docs, opt.Silver), gold: len(docs), ids: map[uint64]int32{}}
	var err error
	if tr.files[partNames], err = gazetteer(); err != nil {
		return nil, fmt.Errorf("train names: %w", err)
	}
	if tr.files[partPlain], err = linear.FreezeTable(plainWords(tr.docs)); err != nil {
		return nil, fmt.Errorf("train names: %w", err)
	}
	tr.files[partCluster] = opt.Clusters
	if tr.tables, err = openTables(tr.files[:]); err != nil {
		return nil, fmt.Errorf("train names: %w", err)
	}
	return tr, nil
}

// plainWords are the small words, marks and the like that are in no name.
func plainWords(docs []*nlp.Doc) map[uint64]uint32 {
	seen, named := map[uint64]uint32{}, map[uint64]bool{}
	for _, d := range docs {
		for i, t := range d.Tokens {
			if t.Flags&(nlp.IsCapital|nlp.HasDigit) == 0 {
				seen[t.Form]++
				if d.MentionOf[i] >= 0 {
					named[t.Form] = true
				}
			}
		}
	}
	for f, n := range seen {
		if n < minPlain || named[f] {
			delete(seen, f)
		} else {
			seen[f] = 1
		}
	}
	return seen
}

// goldLabels are the labels that spell the mentions of d.
func goldLabels(d *nlp.Doc) []uint8 {
	gold := make([]uint8, len(d.Tokens))
	for _, m := range d.Mentions {
		for t := m.First; t < m.Past; t++ {
			place := inside
			switch {
			case m.Len() == 1:
				place = unit
			case t == m.First:
				place = begins
			case t == m.Past-1:
				place = lasts
			}
			gold[t] = uint8(labelOf(m.Kind, place))
		}
	}
	return gold
}

// collect makes the sequences, and numbers the features seen MinCount times or more.
func (tr *training) collect() {
	tr.counts = map[uint64]int{}
	var sc scratch
	for _, d := range tr.docs {
		sc.read(d, &tr.tables)
		for t := range d.Tokens {
			for _, f := range tr.features(&sc, t) {
				tr.counts[f]++
			}
		}
	}
	for i, d := range tr.docs {
		sc.read(d, &tr.tables)
		gold := goldLabels(d)
		for _, sent := range d.Sentences {
			s := &sequence{scale: 1, gold: gold[sent.First:sent.Past]}
			if i >= tr.gold {
				s.scale = tr.opt.SilverWeight
			}
			for t := sent.First; t < sent.Past; t++ {
				s.plain = append(s.plain, sc.words[t+pad].plain)
				s.feats = append(s.feats, tr.number(tr.features(&sc, t)))
			}
			tr.seqs = append(tr.seqs, s)
		}
	}
}

// features are those of token t, none for a plain one.
func (tr *training) features(sc *scratch, t int) []uint64 {
	sc.feats = sc.feats[:0]
	if !sc.words[t+pad].plain {
		sc.feats = sc.features(sc.feats, t)
	}
	return sc.feats
}

// number returns the numbers of the frequent ones of the features, giving new ones.
func (tr *training) number(features []uint64) []int32 {
	var row []int32
	for _, f := range features {
		if tr.counts[f] < tr.opt.MinCount {
			continue
		}
		id, known := tr.ids[f]
		if !known {
			id = int32(len(tr.ids))
			tr.ids[f] = id
		}
		row = append(row, id)
	}
	return row
}

// freeze writes the model file.
func (tr *training) freeze(c *crf) ([]byte, error) {
	rows := map[uint64][]float32{}
	for f, id := range tr.ids {
		row := c.weights[int(id)*labels : (int(id)+1)*labels]
		some := false
		for l, w := range row {
			if w < tr.opt.Smallest && -w < tr.opt.Smallest {
				row[l] = 0
			} else {
				some = true
			}
		}
		if some {
			rows[f] = row
		}
	}
	linear.Prune(rows, tr.opt.Rows)
	for from := range labels {
		row := make([]float32, labels)
		for to := range row {
			if mayEnd(from) == mayStart(to) {
				row[to] = c.trans[from][to]
			}
		}
		rows[transitionFeature(from)] = row
	}
	var err error
	tr.files[partWeights], err = linear.Freeze(labelNames(), rows, meta{tr.opt.Seed, tr.opt.Epochs, tr.gold, len(tr.docs) - tr.gold}, 0)
	if err != nil {
		return nil, fmt.Errorf("train names: %w", err)
	}
	return linear.Bundle(magic, tr.files[:]...), nil
}
