package stance

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/linear"
)

// Options steer training. The zero value means the defaults.
type Options struct {
	Seed     uint64
	Epochs   int    // passes over the examples, 9 by default
	MinCount int    // how often a feature is seen until it counts, 3 by default
	Features int    // how many count at most, the most frequent, 30,000 by default
	Folds    int    // of the cross-validation that confidences come from, 5 by default
	Clusters []byte // linear.Table of lower-case word → distributional cluster; nil for none
	// Progress, if set, is told what is done.
	Progress func(what string)
}

func (o Options) orDefaults() Options {
	o.Epochs = cmp.Or(o.Epochs, 9)
	o.MinCount = cmp.Or(o.MinCount, 3)
	o.Features = cmp.Or(o.Features, 30_000)
	o.Folds = cmp.Or(o.Folds, 5)
	if o.Clusters == nil {
		o.Clusters, _ = linear.FreezeTable(nil)
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	return o
}

// Settings of training, chosen by cross-validation on the training part of NewsMTSC.
const (
	hidden = 48   // hidden units
	rate   = 0.03 // step size at the start; it falls to 0 by the end
	drop   = 0.6  // share of hidden units left out
)

// leastRight is how often a label that is shown has to be right: the lower end of the
// 95 % interval over what cross-validation predicts as confidently.
const leastRight = 0.85

// Example is a mention of a party in a sentence, and how readers took the sentence.
type Example struct {
	Doc      *nlp.Doc // with the layers that the stage reads, but for attributions
	Sentence nlp.TokenRange
	Target   nlp.TokenRange
	Label    quoth.StanceLabel
}

// Train learns a model for [Open]. The same examples in the same order with the same
// options give the same bytes. Neighbours in the list are put into one fold: give those
// of one article together.
func Train(examples []Example, opt Options) ([]byte, error) {
	opt = opt.orDefaults()
	t := &training{opt: opt, stage: &Stage{valence: valence()}}
	var err error
	if t.stage.clusters, err = linear.OpenTable(opt.Clusters); err != nil {
		return nil, fmt.Errorf("train stance: clusters: %w", err)
	}
	if err := t.read(examples); err != nil {
		return nil, err
	}
	m, err := t.calibrate()
	if err != nil {
		return nil, err
	}
	model, err := t.fit(func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return linear.Bundle(magic, model, opt.Clusters, b), nil
}

// training is the state of one Train.
type training struct {
	opt   Options
	stage *Stage // its tables; no weights
	fs    [][]uint64
	gold  []int
}

// read takes the features of all examples.
func (t *training) read(examples []Example) error {
	sc := newScratch()
	for _, e := range examples {
		label := slices.Index(labels[:], e.Label)
		if label < 0 {
			return fmt.Errorf("train stance: there is no label %q", e.Label)
		}
		sc.begin(e.Doc)
		t.stage.features(sc, e.Sentence, e.Target)
		t.fs = append(t.fs, slices.Clone(sc.fs[:min(len(sc.fs), maxFeatures)]))
		t.gold = append(t.gold, label)
	}
	if len(examples) < 2*t.opt.Folds {
		return errors.New("train stance: too few examples")
	}
	return nil
}

// fit trains a network on the examples that are in.
func (t *training) fit(in func(i int) bool) ([]byte, error) {
	weights := linear.NewBagTrainer(hidden, len(labels), rate, drop, t.opt.Seed)
	var order []int
	for i := range t.fs {
		if in(i) {
			order = append(order, i)
		}
	}
	for _, f := range t.frequent(order) {
		weights.Admit(f)
	}
	random := rand.New(rand.NewPCG(t.opt.Seed, 0x57a))
	scores := make([]float32, len(labels))
	for epoch := range t.opt.Epochs {
		weights.SetRate(rate * (1 - float32(epoch)/float32(t.opt.Epochs)))
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			weights.Score(t.fs[i], scores, true)
			linear.Gradient(scores, func(l int) bool { return l == t.gold[i] })
			weights.Descend(scores)
		}
	}
	return weights.Freeze()
}

// frequent returns the features that count in the examples of order.
func (t *training) frequent(order []int) []uint64 {
	counts := map[uint64]int{}
	for _, i := range order {
		for _, f := range t.fs[i] {
			counts[f]++
		}
	}
	var all []uint64
	for f, n := range counts {
		if n >= t.opt.MinCount {
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(a, b uint64) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	return all[:min(len(all), t.opt.Features)]
}

// calibrate predicts every example by a network that has not seen its fold, and returns
// the temperature and the thresholds that fit these predictions.
func (t *training) calibrate() (meta, error) {
	scores := make([][len(labels)]float32, len(t.fs))
	foldOf := func(i int) int { return i * t.opt.Folds / len(t.fs) }
	for fold := range t.opt.Folds {
		b, err := t.fit(func(i int) bool { return foldOf(i) != fold })
		if err != nil {
			return meta{}, err
		}
		model, err := linear.OpenBag(b)
		if err != nil {
			return meta{}, err
		}
		var sc linear.BagScratch
		for i := range t.fs {
			if foldOf(i) == fold {
				model.Score(t.fs[i], &sc, scores[i][:])
			}
		}
		t.opt.Progress(fmt.Sprintf("fold %d of %d", fold+1, t.opt.Folds))
	}
	m := meta{}
	weights := t.weights()
	for l, w := range weights {
		m.Prior[l] = math.Log(w)
	}
	m.Temperature = t.temperature(scores, weights, m)
	for l := range labels {
		m.Shown[l] = t.threshold(scores, weights, m, l)
	}
	return m, nil
}

// usual is how often each label is met in news that nobody has balanced: the collections
// for training have about as many of each (Hamborg and Donnay 2021, table 2).
var usual = [len(labels)]float64{1. / 3, 1. / 2, 1. / 6}

// weights returns what an example of each label counts for, so that all together are as
// usual.
func (t *training) weights() [len(labels)]float64 {
	var n, w [len(labels)]float64
	for _, l := range t.gold {
		n[l]++
	}
	for l := range w {
		w[l] = usual[l] * float64(len(t.gold)) / max(n[l], 1)
	}
	return w
}

// temperature returns the one that makes gold most likely.
func (t *training) temperature(scores [][len(labels)]float32, weights [len(labels)]float64, m meta) float64 {
	best, least := 1.0, math.Inf(1)
	for m.Temperature = 0.5; m.Temperature < 4; m.Temperature *= 1.02 {
		loss := 0.0
		for i, l := range t.gold {
			loss -= weights[l] * math.Log(max(m.probabilities(scores[i][:])[l], 1e-12))
		}
		if loss < least {
			best, least = m.Temperature, loss
		}
	}
	return best
}

// threshold returns the least confidence at which label l is right often enough, or 2 when
// none is.
func (t *training) threshold(scores [][len(labels)]float32, weights [len(labels)]float64, m meta, l int) float64 {
	type prediction struct {
		p    float64
		gold int
	}
	var all []prediction
	for i, gold := range t.gold {
		if p := m.probabilities(scores[i][:]); p[l] == slices.Max(p[:]) {
			all = append(all, prediction{p[l], gold})
		}
	}
	slices.SortStableFunc(all, func(a, b prediction) int { return cmp.Compare(b.p, a.p) })
	shown, right, n := 2.0, 0.0, 0.0
	for _, x := range all {
		n += weights[x.gold]
		if x.gold == l {
			right += weights[l]
		}
		if wilson(right, n) >= leastRight {
			shown = x.p
		}
	}
	return math.Round(shown*1000) / 1000
}

// wilson is the lower end of the 95 % interval of a share of right among n (Wilson 1927).
func wilson(right, n float64) float64 {
	const z = 1.96
	p := right / n
	return (p + z*z/(2*n) - z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))) / (1 + z*z/n)
}
