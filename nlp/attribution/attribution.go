// Package attribution finds who says what: attribution relations of source, cue and
// content (Pareti 2016).
//
// It reads nlp.Tokens, nlp.Sentences, nlp.Tags, nlp.Lemmas, nlp.Heads and nlp.Mentions
// and provides nlp.Attributions. Two conditional random fields (nlp/linear.Chain) do the
// work. The first labels the cues of the document. The second is run once for every cue,
// as predicates are in semantic role labelling, and labels the source and the content of
// that cue in the tokens around it; so every piece is linked to its cue by construction,
// and the way through the syntax tree from cue to token is evidence. A cue for which no
// content is found is no attribution. The package does no I/O and knows no language; the
// words that make a cue are learned.
package attribution

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// magic begins a model file of this package; its last digit is the version of what the
// features mean.
const magic = "quothatt1"

// The labels of both chains: B opens a piece, I goes on with it.
const (
	outside  = 0
	beginCue = 1
	inCue    = 2

	beginSource  = 1
	inSource     = 2
	beginContent = 3
	inContent    = 4
)

var (
	cueLabels  = []string{"O", "B-cue", "I-cue"}
	roleLabels = []string{"O", "B-source", "I-source", "B-content", "I-content"}
)

// allowed reports whether in the BIO scheme label to may follow from (-1: the start).
func allowed(from, to int) bool {
	return to == outside || to%2 == 1 || from == to || from == to-1
}

// Stage finds attributions. It is safe for concurrent use.
type Stage struct {
	cues, roles *linear.Chain
	clusters    linear.Table
	pool        sync.Pool // *scratch
}

// Open returns the stage whose model is b, which must not change afterwards.
func Open(b []byte) (*Stage, error) {
	parts, err := linear.Unbundle(magic, b, 3)
	if err != nil {
		return nil, err
	}
	s := &Stage{}
	if s.cues, err = linear.OpenChain(parts[0]); err != nil {
		return nil, fmt.Errorf("open attribution model: cues: %w", err)
	}
	if s.roles, err = linear.OpenChain(parts[1]); err != nil {
		return nil, fmt.Errorf("open attribution model: roles: %w", err)
	}
	if s.clusters, err = linear.OpenTable(parts[2]); err != nil {
		return nil, fmt.Errorf("open attribution model: clusters: %w", err)
	}
	if !slices.Equal(s.cues.Labels(), cueLabels) || !slices.Equal(s.roles.Labels(), roleLabels) {
		return nil, fmt.Errorf("open attribution model: its labels are %v and %v", s.cues.Labels(), s.roles.Labels())
	}
	s.pool.New = func() any { return &scratch{} }
	return s, nil
}

// Name returns "attribution".
func (s *Stage) Name() string { return "attribution" }

// Requires implements nlp.Stage.
func (s *Stage) Requires() nlp.Layer {
	return nlp.Tokens | nlp.Sentences | nlp.Tags | nlp.Lemmas | nlp.Heads | nlp.Mentions
}

// Provides returns nlp.Attributions.
func (s *Stage) Provides() nlp.Layer { return nlp.Attributions }

// scratch is the working memory of one Run.
type scratch struct {
	view  view
	chain linear.ChainScratch
	fs    []uint64
	cues  []cue
	p     []float32 // per token, probability that it is in a cue
}

// cue is a run of tokens that says that something is said.
type cue struct {
	nlp.TokenRange
	head int     // its token that the others hang from
	p    float64 // probability that it is one
}

// Run fills d.Attributions.
func (s *Stage) Run(d *nlp.Doc) {
	sc := s.pool.Get().(*scratch)
	defer s.pool.Put(sc)
	d.Attributions = []nlp.Attribution{}
	if len(d.Tokens) == 0 {
		return
	}
	sc.view.read(d, s.clusters)
	s.findCues(d, sc)
	for _, c := range sc.cues {
		if at, ok := s.findRoles(sc, c); ok {
			d.Attributions = append(d.Attributions, at)
		}
	}
	s.coverQuotations(d, sc)
	slices.SortStableFunc(d.Attributions, func(a, b nlp.Attribution) int {
		return a.Content[0].First - b.Content[0].First
	})
	sc.view.forget()
}

// What is added to the scores of labels that open a piece. A chain trained for the
// likeliest labels finds too little for the best F1. Tuned on PolNeAR dev, where linked F1
// is flat within ±0.3 from half of them to one and a half times as much.
const (
	cueLean     = 0.7
	sourceLean  = 1
	contentLean = 0.6
)

// findCues sets sc.cues.
func (s *Stage) findCues(d *nlp.Doc, sc *scratch) {
	sc.cues = sc.cues[:0]
	sc.p = append(sc.p[:0], make([]float32, len(d.Tokens))...)
	for _, sent := range d.Sentences {
		if d.Tokens[sent.First].Flags.Has(nlp.InBackground) {
			continue
		}
		n := sent.Len()
		s.cues.Begin(&sc.chain, n)
		for i := range n {
			sc.fs = sc.view.cueFeatures(sc.fs[:0], sent.First+i)
			s.cues.Token(&sc.chain, i, sc.fs)
		}
		s.cues.Marginals(&sc.chain, n)
		s.cues.Lean(&sc.chain, n, beginCue, cueLean)
		s.cues.Decode(&sc.chain, n)
		best := sc.chain.Best
		for i := range n {
			sc.p[sent.First+i] = 1 - sc.chain.P[i*len(cueLabels)]
		}
		for i := 0; i < n; i++ {
			if best[i] == outside {
				continue
			}
			first := i
			p := 1 - float64(sc.chain.P[i*len(cueLabels)])
			for i+1 < n && best[i+1] == inCue {
				i++
			}
			sc.cues = append(sc.cues, sc.view.newCue(sent.First+first, sent.First+i+1, p))
		}
	}
	sc.view.markCues(sc.cues)
}

// findRoles finds the source and content of cue c; it is false when there is no content.
func (s *Stage) findRoles(sc *scratch, c cue) (nlp.Attribution, bool) {
	w := sc.view.window(c)
	n := w.Len()
	sc.view.aim(c)
	s.roles.Begin(&sc.chain, n)
	for t := range n {
		sc.fs = sc.view.roleFeatures(sc.fs[:0], w.First+t)
		s.roles.Token(&sc.chain, t, sc.fs)
	}
	s.roles.Marginals(&sc.chain, n)
	s.roles.Lean(&sc.chain, n, beginSource, sourceLean)
	s.roles.Lean(&sc.chain, n, beginContent, contentLean)
	s.roles.Decode(&sc.chain, n)
	at := nlp.Attribution{Cue: []nlp.TokenRange{c.TokenRange}, Confidence: c.p}
	sum, tokens := 0.0, 0
	for t := 0; t < n; t++ {
		l := sc.chain.Best[t]
		if l == outside {
			continue
		}
		piece := nlp.TokenRange{First: w.First + t, Past: w.First + t + 1}
		for t+1 < n && sc.chain.Best[t+1] == l+l%2 && sc.chain.Best[t+1]%2 == 0 {
			t++
			piece.Past++
		}
		if l == beginSource || l == inSource {
			at.Source = append(at.Source, piece)
			continue
		}
		at.Content = append(at.Content, piece)
		for k := piece.First - w.First; k < piece.Past-w.First; k++ {
			p := sc.chain.P[k*len(roleLabels):]
			sum += math.Log(max(1e-9, float64(p[beginContent]+p[inContent])))
			tokens++
		}
	}
	if len(at.Content) == 0 {
		return at, false
	}
	at.Confidence *= math.Exp(sum / float64(tokens))
	return at, true
}
