package attribution

import (
	"slices"

	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
)

// lesson is what the choice is learned from: what a cue can be chosen to be, in a document
// that the chains were not trained on, and which of that is best.
type lesson struct {
	features [][]uint64
	good     []bool
}

// trainChoice trains the model that chooses between the analyses of a cue, from what stages
// make of documents that they have not seen. There is one for all. Which documents are of the target domain
// (Options.Target), the chains do not learn: with weights of their own for it they had 1.1 less of linked F1 on PolNeAR dev.
func (t *training) trainChoice(name string) ([]byte, error) {
	lessons := make([][]lesson, len(t.docs))
	_, err := t.each(name+"lessons", func(_ string, k int) ([]byte, error) {
		var sc scratch
		t.unseen(k, func(i int, d *nlp.Doc) { lessons[i] = t.stages[k].lessonsOn(d, t.heard[i], &sc) })
		return nil, nil
	})
	if err != nil {
		return nil, err
	}
	rt := linear.NewRankTrainer(linear.RankOptions{
		Epochs: t.opt.Epochs, Rate: 2 * t.opt.Rate, Decay: t.opt.Decay, Drop: 0.5, MinCount: 3, Smallest: 0.01, Rows: t.opt.ChoiceRows, Seed: t.opt.Seed,
	})
	for i, ls := range lessons {
		for _, l := range ls {
			rt.Add(l.features, l.good, i < t.opt.Target)
		}
	}
	rt.Train(func(epoch int, loss float64) { t.opt.Progress(name+"choice", epoch, loss) })
	b, err := rt.Freeze(nil)
	if err != nil {
		return nil, err
	}
	choice, err := linear.Open(b)
	for _, s := range t.stages {
		s.choice = choice
	}
	return b, err
}

// lessonsOn analyses d and compares the analyses with the gold attributions.
func (s *Stage) lessonsOn(d *nlp.Doc, heard *neural.Heard, sc *scratch) []lesson {
	sc.view.read(d, s.clusters)
	sc.view.hear(heard)
	s.findCues(d, sc)
	var out []lesson
	for _, c := range sc.view.weakCues(slices.Clone(sc.cues)) {
		all := s.analyse(sc, c)
		if len(all) == 0 {
			continue
		}
		l := lesson{good: make([]bool, len(all)+1)}
		best, at := 0.0, -1
		for i, a := range all {
			l.features = append(l.features, sc.view.analysisFeatures(nil, a))
			for _, gold := range d.Attributions {
				if overlaps(gold.Cue, c.TokenRange) {
					if q := quality(a.Attribution, gold); q > best {
						best, at = q, i
					}
				}
			}
		}
		if at < 0 {
			at = len(all)
		}
		l.good[at] = true
		l.features = append(l.features, sc.view.noneFeatures(nil, c))
		out = append(out, l)
	}
	return out
}

// quality is how well an analysis agrees with a gold attribution, 0 when their contents
// share less than half of their tokens.
func quality(a, gold nlp.Attribution) float64 {
	content, source := share(a.Content, gold.Content), share(a.Source, gold.Source)
	if content < 0.5 {
		return 0
	}
	if len(a.Source) == 0 && len(gold.Source) == 0 {
		source = 1
	}
	q := content + source/2
	if content == 1 {
		q++
	}
	if source == 1 {
		q += 0.5
	}
	return q
}

// share is how much of what a and b cover together both cover.
func share(a, b []nlp.TokenRange) float64 {
	both, all := 0, 0
	for _, r := range a {
		all += r.Len()
		for _, q := range b {
			both += max(0, min(r.Past, q.Past)-max(r.First, q.First))
		}
	}
	for _, q := range b {
		all += q.Len()
	}
	return float64(both) / float64(max(1, all-both))
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
