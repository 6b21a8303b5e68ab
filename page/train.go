package page

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"quoth"
	"quoth/nlp/linear"
)

// LabelledPage is a crawled page whose lines are of known kinds.
type LabelledPage struct {
	Site  string // pages of one site are learned from together, and never tested on one another
	Lines []LabelledLine
}

// LabelledLine is a line of a page.
type LabelledLine struct {
	Text string
	// Kind is any body kind, a kind of furniture, [quoth.Other] for furniture of a kind
	// that is not known, or "" when nothing is known.
	Kind quoth.BlockKind
	// Weak says that a kind of furniture is likely and not certain.
	Weak bool
}

// LineOptions tune the training of a line model. What is zero is the default.
type LineOptions struct {
	Hidden   int     // units of the hidden layer of each pass, a multiple of 16; 48 by default
	Epochs   int     // passes over the pages, 6 by default
	Rate     float32 // step size, 0.05 by default
	Drop     float32 // share of hidden units left out at each step, 0.2 by default
	MinSites int     // a feature of fewer sites is left out, 3 by default
	Features int     // features of the first pass at most, 30,000 by default
	Folds    int     // of jackknifing, 3 by default
	Seed     uint64
}

func (o LineOptions) withDefaults() LineOptions {
	o.Hidden = cmp.Or(o.Hidden, 48)
	o.Epochs = cmp.Or(o.Epochs, 6)
	o.Rate = cmp.Or(o.Rate, 0.05)
	o.Drop = cmp.Or(o.Drop, 0.2)
	o.MinSites = cmp.Or(o.MinSites, 3)
	o.Features = cmp.Or(o.Features, 30_000)
	o.Folds = cmp.Or(o.Folds, 3)
	return o
}

// trainLine is a line with the features of a pass.
type trainLine struct {
	features []uint64
	kind     uint8 // number of the label, unknownKind for furniture of no known kind
	isBody   bool
	weak     bool
	weight   float32
}

const unknownKind = 255

// trainPage is a page in training.
type trainPage struct {
	site  string
	page  *linePage
	first []opinion
	lines []trainLine
}

// TrainLines learns a line model and returns it as bytes for [OpenLineModel]. The second
// pass learns from opinions of first passes that have not seen the site. progress, when
// not nil, hears what is being done.
func TrainLines(pages []LabelledPage, opt LineOptions, progress func(what string)) ([]byte, error) {
	opt = opt.withDefaults()
	if progress == nil {
		progress = func(string) {}
	}
	ps := make([]*trainPage, 0, 2*len(pages))
	random := rand.New(rand.NewPCG(opt.Seed, 0xe8c))
	for i := range pages {
		if p := newTrainPage(&pages[i]); p != nil {
			ps = append(ps, p)
		}
		if p := newTrainPage(excerpt(&pages[i], random)); p != nil {
			ps = append(ps, p)
		}
	}
	folds := siteFolds(ps, opt.Folds)
	for k := range opt.Folds {
		var rest, held []*trainPage
		for i, p := range ps {
			if folds[i] == k {
				held = append(held, p)
			} else {
				rest = append(rest, p)
			}
		}
		progress(fmt.Sprintf("pages of fold %d of %d read by the others", k+1, opt.Folds))
		b, err := trainPass(rest, opt, opt.Features)
		if err != nil {
			return nil, err
		}
		bag, err := linear.OpenBag(b)
		if err != nil {
			return nil, err
		}
		var sc linear.BagScratch
		scores := make([]float32, len(lineLabels))
		for _, p := range held {
			for i := range p.lines {
				bag.Score(p.lines[i].features, &sc, scores)
				p.first = append(p.first, opinionOf(scores))
			}
		}
	}
	progress("first pass")
	first, err := trainPass(ps, opt, opt.Features)
	if err != nil {
		return nil, err
	}
	progress("second pass")
	for _, p := range ps {
		var v opinionView
		v.read(p.page, p.first)
		for i := range p.lines {
			p.lines[i].features = slices.Clone(v.features(i, nil))
		}
	}
	second, err := trainPass(ps, opt, 8000)
	if err != nil {
		return nil, err
	}
	return linear.Bundle(lineMagic, []byte(labelNames()), first, second), nil
}

// excerpt is a stretch of up to twelve lines of the part of a page that its body stands
// in, so that a line is not taken for furniture for standing alone.
func excerpt(p *LabelledPage, random *rand.Rand) *LabelledPage {
	first := slices.IndexFunc(p.Lines, func(l LabelledLine) bool { return l.Kind.IsBody() })
	if first < 0 {
		return &LabelledPage{}
	}
	past := len(p.Lines)
	for !p.Lines[past-1].Kind.IsBody() {
		past--
	}
	from := first + random.IntN(past-first)
	return &LabelledPage{Site: p.Site, Lines: p.Lines[from:min(past, from+1+random.IntN(12))]}
}

// siteFolds deals the sites out to n folds; pages of one site go to one.
func siteFolds(ps []*trainPage, n int) []int {
	folds := make([]int, len(ps))
	for i, p := range ps {
		h := uint64(hashSeed)
		for _, c := range p.site {
			h = hashStep(h, uint32(c))
		}
		folds[i] = int(feature(1, h) % uint64(n))
	}
	return folds
}

// newTrainPage reads a page, nil when it has no line.
func newTrainPage(in *LabelledPage) *trainPage {
	p := &trainPage{site: in.Site, page: new(linePage)}
	var texts []string
	first, last := -1, -1
	for _, l := range in.Lines {
		text := strings.TrimFunc(l.Text, isBlank)
		if text == "" {
			continue
		}
		t := trainLine{kind: unknownKind, weak: l.Weak, weight: 1}
		switch k := slices.Index(lineLabels, l.Kind); {
		case l.Kind == "":
			t.weight = 0
		case l.Kind.IsBody():
			t.kind, t.isBody = 0, true
			if first < 0 {
				first = len(texts)
			}
			last = len(texts)
		case k > 0:
			t.kind = uint8(k)
		}
		p.lines = append(p.lines, t)
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return nil
	}
	var buf []byte
	p.page.read(len(texts), func(i int) lineNote { return note(texts[i], i, &buf) })
	for i := range p.lines {
		p.lines[i].features = p.page.features(i, nil)
		if i < first-3 || i > last+3 {
			p.lines[i].weight *= 0.4
		}
	}
	return p
}

// admit tells t the features that most sites have.
func admit(ps []*trainPage, t *linear.BagTrainer, minSites, most int) {
	type seen struct {
		sites int32
		last  string
	}
	counts := map[uint64]*seen{}
	byS := slices.Clone(ps)
	slices.SortStableFunc(byS, func(a, b *trainPage) int { return strings.Compare(a.site, b.site) })
	for _, p := range byS {
		for _, l := range p.lines {
			for _, f := range l.features {
				s := counts[f]
				if s == nil {
					s = &seen{}
					counts[f] = s
				}
				if s.sites == 0 || s.last != p.site {
					s.sites++
					s.last = p.site
				}
			}
		}
	}
	var fs []uint64
	for f, s := range counts {
		if int(s.sites) >= minSites {
			fs = append(fs, f)
		}
	}
	slices.SortFunc(fs, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(counts[b].sites, counts[a].sites), cmp.Compare(a, b))
	})
	for _, f := range fs[:min(len(fs), most)] {
		t.Admit(f)
	}
}

// trainPass learns one pass.
func trainPass(ps []*trainPage, opt LineOptions, most int) ([]byte, error) {
	t := linear.NewBagTrainer(opt.Hidden, len(lineLabels), opt.Rate, opt.Drop, opt.Seed)
	admit(ps, t, opt.MinSites, most)
	var all []*trainLine
	for _, p := range ps {
		for i := range p.lines {
			if p.lines[i].weight > 0 {
				all = append(all, &p.lines[i])
			}
		}
	}
	random := rand.New(rand.NewPCG(opt.Seed, 0x11e5))
	scores := make([]float32, len(lineLabels))
	any := make([]float32, len(lineLabels))
	for epoch := range opt.Epochs {
		t.SetRate(opt.Rate * float32(1-float64(epoch)/float64(opt.Epochs)))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, l := range all {
			t.Score(l.features, scores, true)
			copy(any, scores)
			certain := float32(1)
			switch {
			case l.kind == unknownKind:
				certain = 0
			case l.weak:
				certain = 0.3
			}
			linear.Gradient(any, func(k int) bool { return (k == 0) == l.isBody })
			if certain > 0 {
				linear.Gradient(scores, func(k int) bool { return k == int(l.kind) })
				for k := range any {
					any[k] = l.weight * (certain*scores[k] + (1-certain)*any[k])
				}
			} else {
				for k := range any {
					any[k] *= l.weight
				}
			}
			if small(any) {
				continue
			}
			t.Descend(any)
		}
	}
	return t.Freeze()
}

// small reports whether a gradient is not worth a step.
func small(g []float32) bool {
	for _, x := range g {
		if math.Abs(float64(x)) > 0.002 {
			return false
		}
	}
	return true
}
