// Package parse gives every token its head and its relation to it.
//
// It reads nlp.Tokens, nlp.Sentences and nlp.Tags and provides nlp.Heads. A convolutional
// network (nlp/neural) that has guessed words of raw text and then learned treebanks tells the
// likeliest head of every token (after Dozat and Manning 2017, with a product of two vectors
// where they have a biaffine one). These need not be a tree. One is built by the actions of
// the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and Satta 2011), each the one that loses
// the fewest of those heads, as a dynamic oracle takes it (Goldberg and Nivre 2013), in time
// linear in the sentence. A second network, with one hidden layer over hashed features
// (linear.Bag, after Chen and Manning 2014), names each arc once it is made. The trees
// are projective; every sentence has exactly one root and heads stay in the sentence.
// The package does no I/O and knows no language.
package parse

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
	"quoth/nlp/surface"
)

const magic = "quothdep3"

// Root is the relation of the root of a sentence, in every model.
const Root = "root"

// Stage parses documents. It is safe for concurrent use.
type Stage struct {
	net      *neural.Net // tells heads
	labels   *linear.Bag
	fixed    linear.Table // kind of arc (see arcKind) → relation+1, where there is but one
	clusters linear.Table
	names    []string
	root     uint8
	pool     sync.Pool // *parser
}

// meta is what a model keeps in JSON.
type meta struct {
	Rels []string `json:"rels"`
}

// Open returns the stage whose model is b, which must not change afterwards.
func Open(b []byte) (*Stage, error) {
	parts, err := linear.Unbundle(magic, b, 5)
	if err != nil {
		return nil, err
	}
	s := &Stage{}
	if s.net, err = neural.Open(parts[0]); err != nil {
		return nil, fmt.Errorf("open parse model: %w", err)
	}
	if s.labels, err = linear.OpenBag(parts[1]); err != nil {
		return nil, fmt.Errorf("open parse model: %w", err)
	}
	if s.clusters, err = linear.OpenTable(parts[2]); err != nil {
		return nil, fmt.Errorf("open parse model: clusters: %w", err)
	}
	if s.fixed, err = linear.OpenTable(parts[3]); err != nil {
		return nil, fmt.Errorf("open parse model: fixed relations: %w", err)
	}
	var m meta
	if err := json.Unmarshal(parts[4], &m); err != nil {
		return nil, fmt.Errorf("open parse model: %w", err)
	}
	if err := s.setNames(m.Rels); err != nil {
		return nil, err
	}
	s.pool.New = func() any {
		p := newParser(s.clusters)
		p.heard = &neural.Heard{}
		return p
	}
	return s, nil
}

func (s *Stage) setNames(names []string) error {
	root := slices.Index(names, Root)
	if root < 0 || len(names) > maxRels || len(names) != s.labels.Labels() || s.net.Fields() != fields || s.net.Relations() != 1 || s.net.Places() != neural.TreePlaces || int(s.fixed.Max()) > len(names) {
		return errors.New("open parse model: its relations do not fit")
	}
	s.names, s.root = names, uint8(root)
	return nil
}

// Name implements nlp.Stage.
func (s *Stage) Name() string { return "parse" }

// Requires implements nlp.Stage.
func (s *Stage) Requires() nlp.Layer { return nlp.Tokens | nlp.Sentences | nlp.Tags }

// Provides implements nlp.Stage.
func (s *Stage) Provides() nlp.Layer { return nlp.Heads }

// Run implements nlp.Stage.
func (s *Stage) Run(d *nlp.Doc) {
	n := len(d.Tokens)
	d.Heads, d.Rels, d.RelNames = make([]int32, n), make([]uint8, n), s.names
	p := s.pool.Get().(*parser)
	defer s.pool.Put(p)
	p.tags(d.XPOSNames)
	p.fs = p.fs[:0]
	for t := range d.Tokens {
		p.fs = append(surface.Append(p.fs, d, t), p.tagFeatures[d.XPOS[t]])
	}
	s.net.Listen(&p.net, p.fs, p.heard)
	for _, sent := range d.Sentences {
		p.read(d, sent.TokenRange)
		p.hear(sent.TokenRange)
		s.sentence(p)
		p.write(d, sent.TokenRange, s.root)
	}
}

// sentence parses the sentence in p.
func (s *Stage) sentence(p *parser) {
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
		p.attach(a, s.relation(p, a))
	}
}

// hear aims at the heads that the network hears of.
func (p *parser) hear(r nlp.TokenRange) {
	p.heads = append(p.heads[:0], make([]int32, r.Len())...)
	p.heard.Heads(&p.net, r.First, p.heads)
	p.first = r.First
	for i, h := range p.heads {
		if int(h) == i {
			p.heads[i] = p.root()
		}
	}
	p.aim(p.heads)
}

// relation names the arc that a would make.
func (s *Stage) relation(p *parser, a action) uint8 {
	h, dep := p.arc(a)
	if h == p.root() {
		return s.root
	}
	if r := s.fixed.Get(p.arcKind(h, dep)); r != 0 {
		return uint8(r - 1)
	}
	scores := p.scores[:len(s.names)]
	s.labels.Score(p.labelFeatures(h, dep), &p.bag, scores)
	return uint8(bestRel(scores, s.root))
}

// bestRel is the relation with the largest score other than root.
func bestRel(scores []float32, root uint8) int {
	b := -1
	for i, s := range scores {
		if i != int(root) && (b < 0 || s > scores[b]) {
			b = i
		}
	}
	return max(b, 0)
}
