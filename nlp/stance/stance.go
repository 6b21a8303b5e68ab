// Package stance tells how the words of a statement sound towards those whom it is about:
// critical, supportive or neutral.
//
// It reads nlp.Tokens, nlp.Sentences, nlp.Tags, nlp.Lemmas, nlp.Heads and nlp.Speakers
// and provides nlp.Stances. The task is target-dependent sentiment classification of
// news (Hamborg and Donnay 2021, NewsMTSC): for every mention of a party in a content, a
// network with one hidden layer (linear.Bag) looks at the part of the sentence that
// belongs to the content; a party's mentions are averaged. The features are the words
// with their side and distance, the way up the tree from the mention with what hangs from
// it, distributional clusters, and how good or bad the words sound (lexicon.Valence),
// turned about by a negation as in VADER (Hutto and Gilbert 2014).
//
// Confidences are calibrated by temperature (Guo et al. 2017) on cross-validated
// predictions. A stance is set only where the label was right in at least 85 % of what
// cross-validation predicts as confidently, where the content holds quoted words of a
// person, and where it is about one person alone beside the speaker; elsewhere it stays
// unknown, which it mostly does. (Of nations and firms, misfortune was too often taken
// for blame.)
//
// The package does no I/O.
package stance

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
	"quoth/nlp/linear"
)

const magic = "quothstance1"

// labels in the order of the model's.
var labels = [...]quoth.StanceLabel{quoth.Critical, quoth.Neutral, quoth.Supportive}

// Stage sets stances. It is safe for concurrent use.
type Stage struct {
	model    *linear.Bag
	clusters linear.Table // lower-case word → distributional cluster
	valence  map[uint64]int8
	meta     meta
	pool     sync.Pool // *scratch
}

// meta is what a model keeps in JSON.
type meta struct {
	// Temperature divides scores before the softmax, Prior is added after that.
	Temperature float64              `json:"temperature"`
	Prior       [len(labels)]float64 `json:"prior"`
	// Shown is the least confidence at which each label is told; above 1 is never.
	Shown [len(labels)]float64 `json:"shown"`
}

// Open returns the stage whose model is b, which must not change afterwards.
func Open(b []byte) (*Stage, error) {
	parts, err := linear.Unbundle(magic, b, 3)
	if err != nil {
		return nil, err
	}
	s := &Stage{valence: valence()}
	if s.model, err = linear.OpenBag(parts[0]); err != nil {
		return nil, fmt.Errorf("open stance model: %w", err)
	}
	if s.clusters, err = linear.OpenTable(parts[1]); err != nil {
		return nil, fmt.Errorf("open stance model: clusters: %w", err)
	}
	if err := json.Unmarshal(parts[2], &s.meta); err != nil {
		return nil, fmt.Errorf("open stance model: %w", err)
	}
	if s.model.Labels() != len(labels) || s.meta.Temperature <= 0 {
		return nil, errors.New("open stance model: its labels or its temperature do not fit")
	}
	s.pool.New = func() any { return newScratch() }
	return s, nil
}

// valence is lexicon.Valence by the hash of the word.
func valence() map[uint64]int8 {
	out := map[uint64]int8{}
	for w, v := range lexicon.Valence() {
		out[nlp.Hash(w)] = v
	}
	return out
}

// Name implements nlp.Stage.
func (s *Stage) Name() string { return "stance" }

// Requires implements nlp.Stage.
func (s *Stage) Requires() nlp.Layer {
	return nlp.Tokens | nlp.Sentences | nlp.Tags | nlp.Lemmas | nlp.Heads | nlp.Mentions | nlp.Attributions | nlp.Speakers
}

// Provides implements nlp.Stage.
func (s *Stage) Provides() nlp.Layer { return nlp.Stances }

// maxMentions is how many mentions of a party in one content are looked at.
const maxMentions = 4

// Run sets Stance in d.About where it is known.
func (s *Stage) Run(d *nlp.Doc) {
	sc := s.pool.Get().(*scratch)
	defer s.pool.Put(sc)
	sc.begin(d)
	for i := range d.About {
		if to := onlyOther(d, i); to != nil && isPerson(d, to.Cluster) && isPerson(d, d.Speakers[i]) && isQuoted(d, d.Attributions[i]) {
			to.Stance = s.told(s.towards(sc, i, to.Mentions))
		}
	}
}

// isPerson reports whether cluster c is that of one person.
func isPerson(d *nlp.Doc, c int32) bool { return c >= 0 && d.Clusters[c].Kind == quoth.PersonParty }

// onlyOther returns the one party beside the speaker that attribution i is about, nil when
// there are none or several: of several, the network too often takes what is meant for one
// as meant for all.
func onlyOther(d *nlp.Doc, i int) *nlp.Target {
	var other *nlp.Target
	for k := range d.About[i] {
		if d.About[i][k].Cluster == d.Speakers[i] {
			continue
		}
		if other != nil {
			return nil
		}
		other = &d.About[i][k]
	}
	return other
}

// isQuoted reports whether at has words in quotation marks: what is only reported is the
// reporter's choice of words.
func isQuoted(d *nlp.Doc, at nlp.Attribution) bool {
	for _, piece := range at.Content {
		for t := piece.First; t < piece.Past; t++ {
			if d.Tokens[t].Depth > 0 {
				return true
			}
		}
	}
	return false
}

// towards returns the probabilities of the labels for a party with these mentions in the
// content of attribution i.
func (s *Stage) towards(sc *scratch, i int, mentions []int32) [len(labels)]float64 {
	var sum [len(labels)]float64
	n := 0
	for _, t := range mentions {
		window, ok := sc.window(i, int(t))
		if !ok || n == maxMentions {
			continue
		}
		for l, p := range s.score(sc, window, sc.mention(int(t))) {
			sum[l] += p
		}
		n++
	}
	for l := range sum {
		sum[l] /= float64(max(n, 1))
	}
	return sum
}

// told returns the stance that p is confident enough of.
func (s *Stage) told(p [len(labels)]float64) quoth.Stance {
	best := 0
	for l := range p {
		if p[l] > p[best] {
			best = l
		}
	}
	if p[best] < s.meta.Shown[best] || p[best] == 0 {
		return quoth.Stance{}
	}
	return quoth.Stance{Label: labels[best], Confidence: p[best]}
}

// score returns the probabilities of the labels towards the party mentioned at r, by the
// tokens of window.
func (s *Stage) score(sc *scratch, window, r nlp.TokenRange) [len(labels)]float64 {
	s.features(sc, window, r)
	s.model.Score(sc.fs, &sc.bag, sc.scores[:])
	return s.meta.probabilities(sc.scores[:])
}

// probabilities turns scores into those of the labels.
func (m *meta) probabilities(scores []float32) [len(labels)]float64 {
	var p [len(labels)]float64
	for l, x := range scores {
		p[l] = float64(x)/m.Temperature + m.Prior[l]
	}
	linear.Softmax(p[:])
	return p
}

// Predict returns the label with the highest score for a party mentioned at r in a
// sentence of d, however unlikely it is, and whether Run would tell it.
func (s *Stage) Predict(d *nlp.Doc, sentence, r nlp.TokenRange) (stance quoth.Stance, isTold bool) {
	sc := s.pool.Get().(*scratch)
	defer s.pool.Put(sc)
	sc.begin(d)
	p := s.score(sc, sentence, r)
	best := linear.Best(sc.scores[:])
	return quoth.Stance{Label: labels[best], Confidence: p[best]}, p[best] >= s.meta.Shown[best]
}
