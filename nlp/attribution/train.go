package attribution

import (
	"fmt"
	"slices"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// Options tune training. The zero value of a field means its default.
type Options struct {
	Seed     uint64
	Folds    int     // how many parts cue models are crossed over for false cues, default 4
	Epochs   int     // passes of each chain, default 12
	CueRows  int     // features that the cue model keeps
	RoleRows int     // features that the role model keeps
	Rate     float32 // see linear.ChainOptions
	Decay    float32
	Drop     float32
	Clusters []byte
	Progress func(what string, epoch int, loss float64)
}

func (o *Options) defaults() {
	set := func(x *int, to int) {
		if *x == 0 {
			*x = to
		}
	}
	set(&o.Epochs, 12)
	rate := func(x *float32, to float32) {
		if *x == 0 {
			*x = to
		}
	}
	// Tuned on PolNeAR dev; smaller rates and more drop-out were worth 6 points of
	// linked F1 over those usual for the task, since most features are rare.
	rate(&o.Rate, 0.015)
	rate(&o.Decay, 1e-4)
	rate(&o.Drop, 0.3)
	set(&o.CueRows, 250_000)
	set(&o.RoleRows, 500_000)
	if o.Progress == nil {
		o.Progress = func(string, int, float64) {}
	}
}

// Train learns a model from documents that hold gold Attributions, all other layers
// being filled by the stages that will run before this one. It returns the bytes for
// [Open], the same for the same documents and options.
func Train(docs []*nlp.Doc, opt Options) ([]byte, error) {
	opt.defaults()
	clusters, err := linear.OpenTable(opt.Clusters)
	if err != nil {
		return nil, fmt.Errorf("train attribution: clusters: %w", err)
	}
	t := &training{docs: docs, opt: opt, clusters: clusters}
	cues, err := t.trainCues()
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	roles, err := t.trainRoles()
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	return linear.Bundle(magic, cues, roles, opt.Clusters), nil
}

type training struct {
	docs     []*nlp.Doc
	opt      Options
	clusters linear.Table
}

// chainOptions are those of a chain that keeps the given number of features.
func (t *training) chainOptions(rows int) linear.ChainOptions {
	return linear.ChainOptions{
		Epochs: t.opt.Epochs, Rate: t.opt.Rate, Decay: t.opt.Decay, Drop: t.opt.Drop, MinCount: 2, Smallest: 0.02,
		Rows: rows, Seed: t.opt.Seed, Allowed: allowed,
	}
}

// trainCues trains the chain of cues.
func (t *training) trainCues() ([]byte, error) {
	ct := linear.NewChainTrainer(cueLabels, t.chainOptions(t.opt.CueRows))
	var v view
	var fs []uint64
	each := func(f func(s nlp.Sentence, gold []uint8)) {
		for _, d := range t.docs {
			v.read(d, t.clusters)
			gold := goldCues(d)
			for _, s := range d.Sentences {
				f(s, gold[s.First:s.Past])
			}
		}
	}
	each(func(s nlp.Sentence, _ []uint8) {
		for k := s.First; k < s.Past; k++ {
			fs = v.cueFeatures(fs[:0], k)
			ct.Count(fs)
		}
	})
	each(func(s nlp.Sentence, gold []uint8) {
		ct.Add(gold, 1, func(k int) []uint64 {
			fs = v.cueFeatures(fs[:0], s.First+k)
			return fs
		})
	})
	ct.Train(func(epoch int, loss float64) { t.opt.Progress("cues", epoch, loss) })
	return ct.Freeze(nil)
}

func goldCues(d *nlp.Doc) []uint8 {
	gold := make([]uint8, len(d.Tokens))
	for _, at := range d.Attributions {
		for _, r := range at.Cue {
			for t := r.First; t < r.Past; t++ {
				gold[t] = inCue
			}
			gold[r.First] = beginCue
		}
	}
	return gold
}

// trainRoles trains the chain of roles on the gold cues. Training on the false cues of
// crossed-over cue models too, with nothing to be labelled there, was tried: it found
// fewer true contents and brought nothing.
func (t *training) trainRoles() ([]byte, error) {
	ct := linear.NewChainTrainer(roleLabels, t.chainOptions(t.opt.RoleRows))
	var v view
	var fs []uint64
	each := func(f func(w nlp.TokenRange, gold []uint8)) {
		for _, d := range t.docs {
			v.read(d, t.clusters)
			cues, golds := v.goldCues()
			v.markCues(cues)
			for k, c := range cues {
				w := v.window(c)
				v.aim(c)
				f(w, goldRoles(w, golds[k]))
			}
		}
	}
	each(func(w nlp.TokenRange, _ []uint8) {
		for k := w.First; k < w.Past; k++ {
			fs = v.roleFeatures(fs[:0], k)
			ct.Count(fs)
		}
	})
	each(func(w nlp.TokenRange, gold []uint8) {
		ct.Add(gold, 1, func(k int) []uint64 {
			fs = v.roleFeatures(fs[:0], w.First+k)
			return fs
		})
	})
	ct.Train(func(epoch int, loss float64) { t.opt.Progress("roles", epoch, loss) })
	return ct.Freeze(nil)
}

// goldCues returns the cues of the gold attributions in text order, with the attribution
// of each.
func (v *view) goldCues() ([]cue, []nlp.Attribution) {
	golds := slices.DeleteFunc(slices.Clone(v.d.Attributions), func(at nlp.Attribution) bool { return len(at.Cue) == 0 })
	slices.SortStableFunc(golds, func(a, b nlp.Attribution) int { return a.Cue[0].First - b.Cue[0].First })
	cues := make([]cue, len(golds))
	for i, at := range golds {
		cues[i] = v.newCue(at.Cue[0].First, at.Cue[0].Past, 1)
	}
	return cues, golds
}

// goldRoles are the labels of the tokens of w under the gold attribution at.
func goldRoles(w nlp.TokenRange, at nlp.Attribution) []uint8 {
	gold := make([]uint8, w.Len())
	put := func(pieces []nlp.TokenRange, begin uint8) {
		for _, r := range pieces {
			for t := max(r.First, w.First); t < min(r.Past, w.Past); t++ {
				gold[t-w.First] = begin + 1
				if t == max(r.First, w.First) {
					gold[t-w.First] = begin
				}
			}
		}
	}
	put(at.Content, beginContent)
	put(at.Source, beginSource)
	return gold
}
