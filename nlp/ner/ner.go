// Package ner finds named entities and gives each its class (nlp.MentionKind).
//
// It reads nlp.Tokens and nlp.Sentences and provides nlp.Mentions. It does not join
// the mentions of one entity, gives no mention of common nouns or pronouns, and knows
// no nested names: of a name inside a name the outer one is found.
//
// The tokens of a sentence are labelled in the BILOU scheme by a linear-chain
// conditional random field (Lafferty, McCallum and Pereira 2001) with the features of
// Ratinov and Roth (2009): words, affixes, shapes, word clusters, gazetteers, and what
// the rest of the document tells of a word (its context aggregation). The paper's
// prediction history is left out: a second pass over the document with the labels of the
// first one as features (Krishnan and Manning 2006) lost 1.6 points of F1 on Worldwide
// dev. So did part-of-speech tags, 0.4.
package ner

import (
	"fmt"
	"sync"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// magic begins a model file of this package; its last digit is the version of what
// the features mean.
const magic = "quothner1"

// The parts of a model file.
const (
	partWeights = iota // linear.Model
	partNames          // linear.Table: name → what the gazetteers say, see gazetteer.go
	partPlain          // linear.Table: form of a word that is in no name → 1
	partCluster        // linear.Table: word → distributional cluster
	parts
)

// The labels: no mention, then for each class four places of the BILOU scheme.
const (
	outside = 0
	classes = int(nlp.Misc)
	labels  = 1 + 4*classes
	begins  = 0 // label 1+4*(class-1)+place
	inside  = 1
	lasts   = 2
	unit    = 3
)

func labelOf(k nlp.MentionKind, place int) int { return 1 + 4*(int(k)-1) + place }
func classOf(label int) (nlp.MentionKind, int) {
	return nlp.MentionKind((label-1)/4 + 1), (label - 1) % 4
}

// mayStart reports whether label may stand first in a sentence or after the end of a
// mention, and mayEnd whether it may stand last or before the start of one.
func mayStart(label int) bool {
	return label == outside || (label-1)%4 == begins || (label-1)%4 == unit
}
func mayEnd(label int) bool { return label == outside || (label-1)%4 >= lasts }

func labelNames() []string {
	names := []string{"O"}
	for k := nlp.Person; k <= nlp.Misc; k++ {
		for _, place := range "BILU" {
			names = append(names, string(place)+"-"+k.String())
		}
	}
	return names
}

// Stage labels documents with one model. It is safe for concurrent use.
type Stage struct {
	weights *linear.Model
	tables
	transitions transitions
	pool        sync.Pool // *scratch
}

// tables are what the features look words up in.
type tables struct{ names, plain, clusters linear.Table }

// transitions holds the score of label to after label from at [from][to].
type transitions [labels][labels]int32

// Open reads a model in place: b must not change afterwards. A file that is cut off or
// of another version is an error.
func Open(b []byte) (*Stage, error) {
	files, err := linear.Unbundle(magic, b, parts)
	if err != nil {
		return nil, fmt.Errorf("open name model: %w", err)
	}
	s := &Stage{}
	if s.weights, err = linear.Open(files[partWeights]); err != nil {
		return nil, fmt.Errorf("open name model: %w", err)
	}
	if n := len(s.weights.Labels()); n != labels {
		return nil, fmt.Errorf("open name model: %d labels, want %d", n, labels)
	}
	if s.tables, err = openTables(files); err != nil {
		return nil, fmt.Errorf("open name model: %w", err)
	}
	for from := range labels {
		s.weights.Add(transitionFeature(from), s.transitions[from][:])
	}
	s.pool.New = func() any { return new(scratch) }
	return s, nil
}

// openTables opens the tables among the parts of a model file.
func openTables(files [][]byte) (t tables, err error) {
	for part, table := range map[int]*linear.Table{partNames: &t.names, partPlain: &t.plain, partCluster: &t.clusters} {
		if *table, err = linear.OpenTable(files[part]); err != nil {
			return t, err
		}
	}
	return t, nil
}

// meta is what a model file says of how it was made.
type meta struct {
	Seed   uint64 `json:"seed"`
	Epochs int    `json:"epochs"`
	Gold   int    `json:"gold"`   // number of documents
	Silver int    `json:"silver"` // likewise
}

// Name is "ner".
func (s *Stage) Name() string { return "ner" }

// Requires tokens and sentences.
func (s *Stage) Requires() nlp.Layer { return nlp.Tokens | nlp.Sentences }

// Provides mentions.
func (s *Stage) Provides() nlp.Layer { return nlp.Mentions }

// maxKept is the number of tokens up to which a document's memory is kept for the next.
const maxKept = 200_000

// Run fills d.Mentions and d.MentionOf. Time and memory are linear in the number of
// tokens.
func (s *Stage) Run(d *nlp.Doc) {
	sc := s.pool.Get().(*scratch)
	if len(d.Tokens) < maxKept {
		defer s.pool.Put(sc)
	}
	sc.read(d, &s.tables)
	sc.best = resize(sc.best, len(d.Tokens))
	for _, sent := range d.Sentences {
		sc.score(s.weights, sent.TokenRange)
		sc.viterbi(&s.transitions, sent.TokenRange)
	}
	fill(d, sc.best)
}

// fill makes the mentions that the labels spell.
func fill(d *nlp.Doc, best []uint8) {
	d.Mentions = []nlp.Mention{}
	first := 0
	for t, label := range best {
		if label == outside {
			continue
		}
		kind, place := classOf(int(label))
		if place == begins || place == unit {
			first = t
		}
		if place == lasts || place == unit {
			d.Mentions = append(d.Mentions, nlp.Mention{TokenRange: nlp.TokenRange{First: first, Past: t + 1}, Kind: kind})
		}
	}
	d.MentionOf = mentionOf(d.Mentions, len(d.Tokens))
}

// mentionOf is the layer Doc.MentionOf for n tokens.
func mentionOf(mentions []nlp.Mention, n int) []int32 {
	of := make([]int32, n)
	for t := range of {
		of[t] = -1
	}
	for i, m := range mentions {
		for t := m.First; t < m.Past; t++ {
			of[t] = int32(i)
		}
	}
	return of
}

// resize returns a slice of n places, with s's memory when it is enough.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
