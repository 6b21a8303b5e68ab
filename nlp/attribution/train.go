package attribution

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// Options tune training. The zero value of a field means its default.
type Options struct {
	Seed       uint64
	Epochs     int     // passes of each chain, default 12
	Folds      int     // parts that the chains are crossed over for what builds on them to learn from, default 4
	FlatRows   int     // features that the first chain keeps
	RoleRows   int     // features that the second chain keeps
	ChoiceRows int     // features that the choice between analyses keeps
	Rate       float32 // see linear.ChainOptions
	Decay      float32
	Drop       float32
	Clusters   []byte
	// Progress, when not nil, hears of every pass of every part; it is called by one
	// goroutine at a time.
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
	set(&o.Folds, 4)
	set(&o.FlatRows, 390_000)
	set(&o.RoleRows, 390_000)
	set(&o.ChoiceRows, 98_000)
	if o.Progress == nil {
		o.Progress = func(string, int, float64) {}
	}
	var mu sync.Mutex
	progress := o.Progress
	o.Progress = func(what string, epoch int, loss float64) {
		mu.Lock()
		defer mu.Unlock()
		progress(what, epoch, loss)
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
	flat, err := t.trainFlat("first chain", everything)
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	if err := t.crossFlat(); err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	roles, err := t.trainRoles("second chain", everything)
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	choice, err := t.trainChoice()
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	return linear.Bundle(magic, flat, roles, choice, opt.Clusters), nil
}

type training struct {
	docs     []*nlp.Doc
	opt      Options
	clusters linear.Table
	found    [][]roleP       // per document
	crossed  []*linear.Chain // per part, the first chain that was trained without it
}

func everything(int) bool { return true }

// without returns what picks the documents that are not in part fold.
func (t *training) without(fold int) func(doc int) bool {
	return func(doc int) bool { return doc%t.opt.Folds != fold }
}

// chainOptions are those of a chain that keeps the given number of features.
func (t *training) chainOptions(rows int) linear.ChainOptions {
	return linear.ChainOptions{
		Epochs: t.opt.Epochs, Rate: t.opt.Rate, Decay: t.opt.Decay, Drop: t.opt.Drop, MinCount: 2, Smallest: 0.02,
		Rows: rows, Seed: t.opt.Seed, Allowed: allowed,
	}
}

// trainFlat trains the first chain on the documents that in picks.
func (t *training) trainFlat(what string, in func(doc int) bool) ([]byte, error) {
	ct := linear.NewChainTrainer(flatLabels, t.chainOptions(t.opt.FlatRows))
	var v view
	var fs []uint64
	each := func(f func(b nlp.TokenRange, gold []uint8)) {
		for i, d := range t.docs {
			if !in(i) {
				continue
			}
			v.read(d, t.clusters)
			gold := goldFlat(d)
			for _, b := range v.blocks {
				f(b, gold[b.First:b.Past])
			}
		}
	}
	each(func(b nlp.TokenRange, _ []uint8) {
		for k := b.First; k < b.Past; k++ {
			fs = v.flatFeatures(fs[:0], k)
			ct.Count(fs)
		}
	})
	each(func(b nlp.TokenRange, gold []uint8) {
		ct.Add(gold, 1, func(k int) []uint64 {
			fs = v.flatFeatures(fs[:0], b.First+k)
			return fs
		})
	})
	ct.Train(func(epoch int, loss float64) { t.opt.Progress(what, epoch, loss) })
	return ct.Freeze(nil)
}

// goldFlat are the labels of the tokens of d, of whatever attribution; where roles of
// two meet, a source comes before a cue and that before content.
func goldFlat(d *nlp.Doc) []uint8 {
	gold := make([]uint8, len(d.Tokens))
	put := func(pieces []nlp.TokenRange, begin uint8) {
		for _, r := range pieces {
			for t := r.First; t < r.Past; t++ {
				gold[t] = begin + 1
			}
			gold[r.First] = begin
		}
	}
	for _, at := range d.Attributions {
		put(at.Content, beginContent)
	}
	for _, at := range d.Attributions {
		put(at.Cue, beginCue)
	}
	for _, at := range d.Attributions {
		put(at.Source, beginSource)
	}
	for t, l := range gold { // what was cut off from its beginning begins anew
		if l != outside && l%2 == 0 && (t == 0 || (gold[t-1] != l && gold[t-1] != l-1)) {
			gold[t] = l - 1
		}
	}
	return gold
}

// crossFlat fills found: for every document what a first chain finds in it that was
// trained on the others only, as the second chain will meet it in texts never seen.
func (t *training) crossFlat() error {
	t.found, t.crossed = make([][]roleP, len(t.docs)), make([]*linear.Chain, t.opt.Folds)
	group := newErrgroup()
	for fold := range t.opt.Folds {
		group.do(func() error {
			b, err := t.trainFlat(fmt.Sprintf("first chain without part %d", fold+1), t.without(fold))
			if err != nil {
				return err
			}
			chain, err := linear.OpenChain(b)
			if err != nil {
				return err
			}
			t.crossed[fold] = chain
			s := &Stage{flat: chain}
			var sc scratch
			for i := fold; i < len(t.docs); i += t.opt.Folds {
				sc.view.read(t.docs[i], t.clusters)
				s.findCues(t.docs[i], &sc)
				t.found[i] = slices.Clone(sc.view.p)
			}
			return nil
		})
	}
	return group.wait()
}

// trainRoles trains the chain of roles on the gold cues. Training on the false cues of
// crossed-over cue models too, with nothing to be labelled there, was tried: it found
// fewer true contents and brought nothing.
func (t *training) trainRoles(what string, in func(doc int) bool) ([]byte, error) {
	ct := linear.NewChainTrainer(roleLabels, t.chainOptions(t.opt.RoleRows))
	var v view
	var fs []uint64
	each := func(f func(w nlp.TokenRange, gold []uint8)) {
		for i, d := range t.docs {
			if !in(i) {
				continue
			}
			v.read(d, t.clusters)
			v.p = t.found[i]
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
			fs = v.allRoleFeatures(fs[:0], k)
			ct.Count(fs)
		}
	})
	each(func(w nlp.TokenRange, gold []uint8) {
		ct.Add(gold, 1, func(k int) []uint64 {
			fs = v.allRoleFeatures(fs[:0], w.First+k)
			return fs
		})
	})
	ct.Train(func(epoch int, loss float64) { t.opt.Progress(what, epoch, loss) })
	return ct.Freeze(nil)
}

// lesson is what the choice is learned from: what a cue can be chosen to be, in a document
// that the chains were not trained on, and which of that is best.
type lesson struct {
	features [][]uint64
	good     []bool
}

// trainChoice trains the model that chooses between the analyses of a cue.
func (t *training) trainChoice() ([]byte, error) {
	lessons := make([][]lesson, len(t.docs))
	group := newErrgroup()
	for fold := range t.opt.Folds {
		group.do(func() error {
			b, err := t.trainRoles(fmt.Sprintf("second chain without part %d", fold+1), t.without(fold))
			if err != nil {
				return err
			}
			roles, err := linear.OpenChain(b)
			if err != nil {
				return err
			}
			s := &Stage{flat: t.crossed[fold], roles: roles, clusters: t.clusters}
			var sc scratch
			for i := fold; i < len(t.docs); i += t.opt.Folds {
				lessons[i] = s.lessonsOn(t.docs[i], &sc)
			}
			return nil
		})
	}
	if err := group.wait(); err != nil {
		return nil, err
	}
	rt := linear.NewRankTrainer(linear.RankOptions{
		Epochs: t.opt.Epochs, Rate: 2 * t.opt.Rate, Decay: t.opt.Decay, Drop: 0.5, MinCount: 3, Smallest: 0.01, Rows: t.opt.ChoiceRows, Seed: t.opt.Seed,
	})
	for _, ls := range lessons {
		for _, l := range ls {
			rt.Add(l.features, l.good)
		}
	}
	rt.Train(func(epoch int, loss float64) { t.opt.Progress("choice", epoch, loss) })
	return rt.Freeze(nil)
}

// lessonsOn analyses d and compares the analyses with the gold attributions.
func (s *Stage) lessonsOn(d *nlp.Doc, sc *scratch) []lesson {
	sc.view.read(d, s.clusters)
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

// errgroup runs functions side by side, no more at once than there are processors, since
// each holds a whole chain in training, and joins their errors.
type errgroup struct {
	sync.WaitGroup
	mu    sync.Mutex
	errs  []error
	slots chan struct{}
}

func newErrgroup() *errgroup { return &errgroup{slots: make(chan struct{}, runtime.GOMAXPROCS(0))} }

func (g *errgroup) do(f func() error) {
	g.Go(func() {
		g.slots <- struct{}{}
		defer func() { <-g.slots }()
		if err := f(); err != nil {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.errs = append(g.errs, err)
		}
	})
}

func (g *errgroup) wait() error {
	g.Wait()
	return errors.Join(g.errs...)
}
