package attribution

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
	"quoth/nlp/surface"
)

// Options tune training. The zero value of a field that has a default means that.
type Options struct {
	Seed       uint64
	Epochs     int // passes of each chain, default 12
	Folds      int // parts that everything is crossed over for what builds on it to learn from, default 3
	FlatRows   int // features that the first chain keeps, default 140,000
	RoleRows   int // features that the second chain keeps, default 205,000; 350,000 were no better than 220,000 (design/0011)
	ChoiceRows int // features that the choice between analyses keeps, default 98,000
	// Of the chains, see linear.ChainOptions.
	Rate, Decay, Drop float32

	// Of the network, see neural.Options. Epochs 4 to 10, rates 0.001 to 0.004 and shares left
	// out of 0.2 to 0.4 were tried on PolNeAR dev: words whose role is right were flat within
	// ±0.2 about these defaults: 6, 2,048, 0.003, 0.3 and 0.05.
	NetEpochs, NetTokens        int
	NetRate, NetDrop, NetUnseen float32

	// What follows is given by whoever calls, not by recipes. Clusters and Words have to be
	// there; see linear.Clusterer and surface.TrainWords.
	Clusters []byte     `json:"-"`
	Words    []byte     `json:"-"`
	Target   int        `json:"-"` // the first so many documents are of the target domain, see linear.RankTrainer.Add; 0: all are alike
	Raw      []*nlp.Doc `json:"-"` // more articles, without gold; their Attributions are overwritten
	// Progress, when not nil, hears of every pass of every part; it is called by one
	// goroutine at a time.
	Progress func(what string, epoch int, loss float64) `json:"-"`
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
	rate(&o.NetRate, 0.003)
	rate(&o.NetDrop, 0.3)
	rate(&o.NetUnseen, 0.05)
	set(&o.Folds, 3)
	set(&o.NetEpochs, 6)
	set(&o.NetTokens, 2048)
	set(&o.FlatRows, 140_000)
	set(&o.RoleRows, 205_000)
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
//
// With Options.Raw it learns twice: what the first model finds in that text is what the
// network of the second one learns from before it sees gold (Hinton, Vinyals and Dean 2015;
// Xie et al. 2020).
func Train(docs []*nlp.Doc, opt Options) ([]byte, error) {
	opt.defaults()
	b, err := train(docs, opt)
	if err != nil {
		return nil, fmt.Errorf("train attribution: %w", err)
	}
	return b, nil
}

func train(docs []*nlp.Doc, opt Options) ([]byte, error) {
	t := &training{docs: docs, opt: opt}
	var err error
	if t.clusters, err = linear.OpenTable(opt.Clusters); err != nil {
		return nil, fmt.Errorf("clusters: %w", err)
	}
	words, fields, err := neural.Resume(opt.Words)
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	if len(fields) != surface.Fields {
		return nil, fmt.Errorf("words: %d fields of %d", len(fields), surface.Fields)
	}
	t.rows = neural.Rows(fields)
	var v view
	for _, d := range docs {
		t.examples = append(t.examples, v.goldExamples(d, t.rows, t.clusters))
	}
	newborn := func() *neural.Trainer {
		return words.Retrained(neural.Shape{Labels: len(flatLabels), Relations: relations, Places: places, Rank: rank}, opt.Seed)
	}
	b, err := t.round("", func(int) *neural.Trainer { return newborn() })
	if err != nil || len(opt.Raw) == 0 {
		return b, err
	}
	pupils := make([]*neural.Trainer, len(t.stages))
	for k := range t.stages {
		pupils[k] = newborn()
		t.teach(pupils[k], k)
	}
	t.opt.NetEpochs, t.opt.NetRate = max(1, t.opt.NetEpochs/2), t.opt.NetRate/2 // they have learned most of it
	return t.round("second ", func(k int) *neural.Trainer { return pupils[k] })
}

// training is what training needs to know. What is built on a network or a chain learns
// from those that were trained on other documents: the documents are cut into parts, and
// everything is trained without each of them, and once on all.
type training struct {
	docs     []*nlp.Doc
	opt      Options
	clusters linear.Table
	rows     map[uint64]int32   // of the network's features
	examples [][]neural.Example // per document
	// stages are those that were trained without part 0, 1 and so on; the last one has seen
	// all documents.
	stages []*Stage
	heard  []*neural.Heard // per document, what a network makes of it that was trained without it
	found  [][]roleP       // per document, what such a first chain finds
}

// round trains everything; start gives what the network of each stage begins with.
func (t *training) round(name string, start func(k int) *neural.Trainer) ([]byte, error) {
	t.stages = make([]*Stage, t.opt.Folds+1)
	t.heard, t.found = make([]*neural.Heard, len(t.docs)), make([][]roleP, len(t.docs))
	for k := range t.stages {
		t.stages[k] = &Stage{clusters: t.clusters, least: taughtConfidence, tried: analyses}
		t.stages[k].pool.New = func() any { return &scratch{} }
	}
	net, err := t.trainNets(name, start)
	if err != nil {
		return nil, err
	}
	flat, err := t.trainFlats(name)
	if err != nil {
		return nil, err
	}
	roles, err := t.trainRoles(name)
	if err != nil {
		return nil, err
	}
	choice, err := t.trainChoice(name)
	if err != nil {
		return nil, err
	}
	return linear.Bundle(magic, flat, roles, choice, t.opt.Clusters, net), nil
}

// isTaught reports whether stage k learns from document doc.
func (t *training) isTaught(k, doc int) bool { return k == t.opt.Folds || doc%t.opt.Folds != k }

// unseen calls f for the documents that stage k was not trained on but stages are to build
// on what it finds in.
func (t *training) unseen(k int, f func(i int, d *nlp.Doc)) {
	for i := k; k < t.opt.Folds && i < len(t.docs); i += t.opt.Folds {
		f(i, t.docs[i])
	}
}

// each trains something for every stage, side by side, and returns what train gave for the
// stage that has seen all.
func (t *training) each(what string, train func(what string, k int) ([]byte, error)) (whole []byte, err error) {
	group := newErrgroup()
	for k := range t.stages {
		group.do(func() error {
			name := what
			if k < t.opt.Folds {
				name = fmt.Sprintf("%s without part %d", what, k+1)
			}
			b, err := train(name, k)
			if k == t.opt.Folds {
				whole = b
			}
			return err
		})
	}
	return whole, group.wait()
}

// chainOptions are those of a chain that keeps the given number of features.
func (t *training) chainOptions(rows int) linear.ChainOptions {
	return linear.ChainOptions{
		Epochs: t.opt.Epochs, Rate: t.opt.Rate, Decay: t.opt.Decay, Drop: t.opt.Drop, MinCount: 2, Smallest: 0.02,
		Rows: rows, Seed: t.opt.Seed, Allowed: allowed,
	}
}

// trainFlats trains the first chains.
func (t *training) trainFlats(name string) ([]byte, error) {
	return t.each(name+"first chain", func(what string, k int) ([]byte, error) {
		b, err := t.trainFlat(what, k)
		if err != nil {
			return nil, err
		}
		s := t.stages[k]
		if s.flat, err = linear.OpenChain(b); err != nil {
			return nil, err
		}
		var sc scratch
		t.unseen(k, func(i int, d *nlp.Doc) {
			sc.view.read(d, t.clusters)
			sc.view.hear(t.heard[i])
			s.findCues(d, &sc)
			t.found[i] = slices.Clone(sc.view.p)
		})
		return b, nil
	})
}

// trainFlat trains the first chain of stage k.
func (t *training) trainFlat(what string, k int) ([]byte, error) {
	ct := linear.NewChainTrainer(flatLabels, t.chainOptions(t.opt.FlatRows))
	var v view
	var fs []uint64
	each := func(f func(b nlp.TokenRange, gold []uint8)) {
		for i, d := range t.docs {
			if !t.isTaught(k, i) {
				continue
			}
			v.read(d, t.clusters)
			v.hear(t.heard[i])
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
		ct.Add(gold, func(k int) []uint64 {
			fs = v.flatFeatures(fs[:0], b.First+k)
			return fs
		})
	})
	ct.Train(func(epoch int, loss float64) { t.opt.Progress(what, epoch, loss) })
	return ct.Freeze(nil)
}

const (
	netDecay = 0.01 // see neural.Options; usual, not tuned
	// rawTokens is how many tokens make one step when the network is taught by what the first
	// model finds.
	rawTokens = 4096
	frozenBy  = 200 // examples that tell how large the network's numbers become
)

// trainNets trains the networks, one after the other since each takes all processors.
func (t *training) trainNets(name string, start func(k int) *neural.Trainer) (whole []byte, err error) {
	for k, stage := range t.stages {
		var examples []neural.Example
		for i, es := range t.examples {
			if t.isTaught(k, i) {
				examples = append(examples, es...)
			}
		}
		nt := start(k)
		nt.Train(examples, neural.Options{
			Epochs: t.opt.NetEpochs, Rate: t.opt.NetRate, Decay: netDecay, Drop: t.opt.NetDrop, Unseen: t.opt.NetUnseen, Tokens: t.opt.NetTokens, Seed: t.opt.Seed,
			Progress: func(share, loss float64) {
				t.opt.Progress(fmt.Sprintf("%snetwork %d of %d", name, k+1, len(t.stages)), int(share*float64(t.opt.NetEpochs)), loss)
			},
		})
		b, err := nt.Freeze(t.rows, surface.Fields, spread(examples, frozenBy))
		if err != nil {
			return nil, err
		}
		if stage.net, err = neural.Open(b); err != nil {
			return nil, err
		}
		var sc scratch
		t.unseen(k, func(i int, d *nlp.Doc) {
			t.heard[i] = &neural.Heard{}
			listen(stage.net, d, &sc, t.heard[i])
		})
		whole = b
	}
	return whole, nil
}

// taughtConfidence is the least at which a finding is taught. Not tuned.
const taughtConfidence = 0.4

// teach teaches a network what stage k finds in raw text.
func (t *training) teach(pupil *neural.Trainer, k int) {
	examples := make([][]neural.Example, len(t.opt.Raw))
	group := newErrgroup()
	parts := runtime.GOMAXPROCS(0)
	for part := range parts {
		group.do(func() error {
			var v view
			for i := part; i < len(examples); i += parts {
				t.stages[k].Run(t.opt.Raw[i])
				examples[i] = v.goldExamples(t.opt.Raw[i], t.rows, t.clusters)
			}
			return nil
		})
	}
	_ = group.wait() // nothing fails
	// Of so much text nothing is seen twice, so that less has to be left out than of gold.
	pupil.Train(slices.Concat(examples...), neural.Options{
		Epochs: 1, Rate: t.opt.NetRate, Decay: netDecay, Drop: 0.1, Unseen: 0.02, Tokens: rawTokens, Seed: t.opt.Seed,
		Progress: func(_, loss float64) {
			t.opt.Progress(fmt.Sprintf("teaching %d of %d", k+1, len(t.stages)), 1, loss)
		},
	})
}

// spread returns n of list, or all, evenly spread over it.
func spread[T any](list []T, n int) []T {
	if len(list) <= n {
		return list
	}
	out := make([]T, n)
	for i := range out {
		out[i] = list[i*len(list)/n]
	}
	return out
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

// trainRoles trains the second chains.
func (t *training) trainRoles(name string) ([]byte, error) {
	return t.each(name+"second chain", func(what string, k int) ([]byte, error) {
		b, err := t.trainRolesOf(what, k)
		if err != nil {
			return nil, err
		}
		t.stages[k].roles, err = linear.OpenChain(b)
		return b, err
	})
}

// trainRolesOf trains the second chain of stage k on the gold cues. Training on the false
// cues of other first chains too, with nothing to be labelled there, was tried: it found
// fewer true contents and brought nothing.
func (t *training) trainRolesOf(what string, k int) ([]byte, error) {
	ct := linear.NewChainTrainer(roleLabels, t.chainOptions(t.opt.RoleRows))
	var v view
	var fs []uint64
	each := func(f func(w nlp.TokenRange, gold []uint8)) {
		for i, d := range t.docs {
			if !t.isTaught(k, i) {
				continue
			}
			v.read(d, t.clusters)
			v.p = t.found[i]
			v.hear(t.heard[i])
			cues, golds := v.goldCues()
			v.markCues(cues)
			for k, c := range cues {
				w := v.aimAt(c)
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
		ct.Add(gold, func(k int) []uint64 {
			fs = v.allRoleFeatures(fs[:0], w.First+k)
			return fs
		})
	})
	ct.Train(func(epoch int, loss float64) { t.opt.Progress(what, epoch, loss) })
	return ct.Freeze(nil)
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
