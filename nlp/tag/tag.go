// Package tag gives every token its part of speech and its lemma.
//
// It reads nlp.Tokens and nlp.Sentences and provides nlp.Tags (UPOS and XPOS) and
// nlp.Lemmas. Tags are chosen greedily from left to right by one network with a hidden
// layer over hashed features (linear.Bag) with the joint labels UPOS|XPOS. The previous
// two predicted tags are features, and training runs on its own predictions, so that
// the model learns to go on from its mistakes (Daumé, Langford and Marcu 2009, without
// their mixing). Words that the training corpora almost always tag alike skip the
// model. Lemmas come from suffix rules under the tag (see
// lemma.go). The package does no I/O and knows no language.
package tag

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"quoth/nlp"
	"quoth/nlp/linear"
)

const magic = "quothtag4"

// Stage tags documents. It is safe for concurrent use.
type Stage struct {
	model    *linear.Bag
	words    linear.Table // lower-case word → ambiguity class
	fixed    linear.Table // word as written → label+1, for words with one tag
	clusters linear.Table // lower-case word → distributional cluster
	lemmas   lemmatizer
	upos     []nlp.UPOS // per label
	xpos     []uint8    // per label
	xnames   []string
	pool     sync.Pool // *scratch
}

// meta is what a model keeps in JSON beside its tables.
type meta struct {
	Labels  []string `json:"labels"` // UPOS|XPOS
	XPOS    []string `json:"xpos"`
	Scripts []string `json:"scripts"`
	// Others are the scripts, by label, that are tried where a rule makes no known word.
	Others [][]other `json:"others"`
}

// scratch is the working memory of one Run.
type scratch struct {
	words  []word
	known  lookup
	labels []uint8
	scores []float32
	bag    linear.BagScratch
	fs     []uint64
	arena  []byte  // lemmas that are no substring of the text
	at     []piece // where in arena they stand
}

// piece is a lemma in the arena: of token t, arena[start:end].
type piece struct{ t, start, end int32 }

// Open returns the stage whose model is b, which must not change afterwards.
func Open(b []byte) (*Stage, error) {
	parts, err := linear.Unbundle(magic, b, 7)
	if err != nil {
		return nil, err
	}
	s := &Stage{}
	if s.model, err = linear.OpenBag(parts[0]); err != nil {
		return nil, fmt.Errorf("open tag model: %w", err)
	}
	for i, t := range []*linear.Table{&s.words, &s.fixed, &s.clusters, &s.lemmas.whole, &s.lemmas.suffixes} {
		if *t, err = linear.OpenTable(parts[1+i]); err != nil {
			return nil, fmt.Errorf("open tag model: table %d: %w", i, err)
		}
	}
	var m meta
	if err := json.Unmarshal(parts[6], &m); err != nil {
		return nil, fmt.Errorf("open tag model: %w", err)
	}
	if err := s.setLabels(m.Labels, m.XPOS); err != nil {
		return nil, err
	}
	if m.Others == nil {
		m.Others = make([][]other, len(m.Labels))
	}
	if len(m.Others) != len(m.Labels) {
		return nil, fmt.Errorf("open tag model: lemma scripts for %d of %d labels", len(m.Others), len(m.Labels))
	}
	if err := s.lemmas.setScripts(m.Scripts, m.Others); err != nil {
		return nil, err
	}
	s.lemmas.known = s.clusters
	s.pool.New = func() any { return &scratch{scores: make([]float32, len(s.upos)), fs: make([]uint64, 0, maxFeatures)} }
	return s, nil
}

// setLabels takes the joint labels apart.
func (s *Stage) setLabels(labels, xnames []string) error {
	index := map[string]uint8{}
	for i, n := range xnames {
		index[n] = uint8(i)
	}
	for _, l := range labels {
		u, x, ok := strings.Cut(l, "|")
		if _, known := index[x]; !ok || !known {
			return fmt.Errorf("open tag model: label %q is not UPOS|XPOS", l)
		}
		s.upos = append(s.upos, nlp.UPOSNamed(u))
		s.xpos = append(s.xpos, index[x])
	}
	if len(labels) != s.model.Labels() || int(s.fixed.Max()) > len(s.upos) {
		return errors.New("open tag model: its labels do not fit")
	}
	s.xnames = xnames
	return nil
}

// Name implements nlp.Stage.
func (s *Stage) Name() string { return "tag" }

// Requires implements nlp.Stage.
func (s *Stage) Requires() nlp.Layer { return nlp.Tokens | nlp.Sentences }

// Provides implements nlp.Stage.
func (s *Stage) Provides() nlp.Layer { return nlp.Tags | nlp.Lemmas }

// Run implements nlp.Stage. Lemmas share the memory of d.Text or of one string made
// for the document.
func (s *Stage) Run(d *nlp.Doc) {
	n := len(d.Tokens)
	d.UPOS, d.XPOS, d.Lemmas, d.XPOSNames = make([]nlp.UPOS, n), make([]uint8, n), make([]string, n), s.xnames
	sc := s.pool.Get().(*scratch)
	defer s.pool.Put(sc)
	sc.labels = append(sc.labels[:0], make([]uint8, n)...)
	for _, sent := range d.Sentences {
		sc.words = s.read(sc.words, d.Tokens[sent.First:sent.Past], &sc.known)
		s.sentence(sc, sc.labels[sent.First:sent.Past])
	}
	for t, l := range sc.labels {
		d.UPOS[t], d.XPOS[t] = s.upos[l], s.xpos[l]
	}
	s.lemmas.run(d, sc)
}

// sentence sets labels for the words in sc.
func (s *Stage) sentence(sc *scratch, labels []uint8) {
	t1, t2 := noTag, noTag
	for i := range labels {
		w := &sc.words[i+pad]
		l := w.fixed
		if l < 0 {
			sc.fs = features(sc.fs[:0], sc.words[i:i+2*pad+1], t1, t2)
			s.model.Score(sc.fs, &sc.bag, sc.scores)
			l = int32(linear.Best(sc.scores))
		}
		labels[i] = uint8(l)
		t1, t2 = uint64(l), t1
	}
}
