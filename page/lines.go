package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"quoth"
	"quoth/nlp/linear"
)

// LineModel gives the lines of a crawled page their kinds. It reads a page twice: the
// first pass goes by the words and looks of a line, its neighbours and its place, the
// second by what the first said of the lines around (Wolpert 1992, stacking). Each pass
// is a [linear.Bag] over hashed features. Safe for concurrent use.
type LineModel struct {
	first, second *linear.Bag
}

//go:embed model/lines.bin
var lineModelBytes []byte

//go:embed model/SHA256SUMS
var lineModelSums string

// defaultLines opens the embedded model once.
var defaultLines = sync.OnceValues(func() (*LineModel, error) {
	sum := sha256.Sum256(lineModelBytes)
	if want, _, _ := strings.Cut(lineModelSums, " "); hex.EncodeToString(sum[:]) != want {
		return nil, errors.New("the embedded line model is damaged: its SHA-256 is not the one on the list")
	}
	return OpenLineModel(lineModelBytes)
})

// lineLabels are the labels of the model, in the order of their numbers; paragraph
// stands for all body kinds.
var lineLabels = []quoth.BlockKind{
	quoth.Paragraph, quoth.Headline, quoth.Byline, quoth.Dateline, quoth.Caption, quoth.Credit, quoth.Advertisement, quoth.Trending, quoth.Related, quoth.Newsletter,
	quoth.Share, quoth.Comments, quoth.FeedbackForm, quoth.Tags, quoth.Navigation, quoth.Notice,
}

const lineMagic = "qthlines1"

// OpenLineModel reads the bytes of [TrainLines] in place: b must not change afterwards.
func OpenLineModel(b []byte) (*LineModel, error) {
	parts, err := linear.Unbundle(lineMagic, b, 3)
	if err != nil {
		return nil, err
	}
	if string(parts[0]) != labelNames() {
		return nil, errors.New("line model has other kinds of lines than this version")
	}
	var m LineModel
	for i, bag := range []**linear.Bag{&m.first, &m.second} {
		if *bag, err = linear.OpenBag(parts[i+1]); err != nil {
			return nil, fmt.Errorf("line model: %w", err)
		}
		if (*bag).Labels() != len(lineLabels) {
			return nil, errors.New("line model has the wrong number of labels")
		}
	}
	return &m, nil
}

func labelNames() string {
	var s strings.Builder
	for _, k := range lineLabels {
		s.WriteString(string(k) + " ")
	}
	return s.String()
}

// ruleNumber is the number of what a rule says, for a feature.
func ruleNumber(k quoth.BlockKind) uint64 {
	if k == "" {
		return 0
	}
	return uint64(slices.Index(lineLabels, k) + 2)
}

// opinion is what a pass says of a line.
type opinion struct {
	logit float32 // of being body
	kind  uint8   // the likeliest furniture
	sure  float32 // its share of all furniture
}

// opinionOf reads the scores of a pass.
func opinionOf(scores []float32) opinion {
	o := opinion{kind: 1}
	for k := 2; k < len(scores); k++ {
		if scores[k] > scores[o.kind] {
			o.kind = uint8(k)
		}
	}
	top := scores[o.kind]
	var sum float64
	for _, s := range scores[1:] {
		sum += math.Exp(float64(s - top))
	}
	o.sure = float32(1 / sum)
	o.logit = scores[0] - top - float32(math.Log(sum))
	return o
}

// lineWork is the working memory of one page.
type lineWork struct {
	page     linePage
	bag      linear.BagScratch
	feats    []uint64
	scores   []float32
	opinions []opinion
	view     opinionView
}

var lineWorks = sync.Pool{New: func() any { return &lineWork{scores: make([]float32, len(lineLabels))} }}

// run sets w.opinions to what the model says of the lines that w.page holds.
func (m *LineModel) run(w *lineWork) {
	w.opinions = w.opinions[:0]
	for i := range w.page.lines {
		w.feats = w.page.features(i, w.feats[:0])
		m.first.Score(w.feats, &w.bag, w.scores)
		w.opinions = append(w.opinions, opinionOf(w.scores))
	}
	w.view.read(&w.page, w.opinions)
	for i := range w.page.lines {
		w.feats = w.view.features(i, w.feats[:0])
		m.second.Score(w.feats, &w.bag, w.scores)
		w.opinions[i] = opinionOf(w.scores)
	}
}

// Where the line between body and furniture is drawn, in log-odds of body. Chosen by
// cross-validation over sites, for few lost words of body first.
const (
	// proseLean is what a line over shortLine words may lack, for each time that it is
	// e times as long: to lose a paragraph costs more than to keep a caption.
	proseLean = 0.7
	shortLine = 5
	// Where most of a page is body, what stands between the paragraphs was put there: a
	// line that looks like one kind of furniture needs strayLean more to be body.
	// mostlyBody is the share of body from which on that holds, in full from 0.1 more on.
	strayLean  = 1.6
	mostlyBody = 0.6
	// quoteLean is what a line with quotation marks may lack: a quotation lost is the
	// loss that matters most here.
	quoteLean = 4
	// ruleLean is what a line that a rule takes for furniture needs more.
	ruleLean = 3
)

// kinds calls set with the kind of every line that w.page holds; body is "".
func (w *lineWork) kinds(set func(i int, kind quoth.BlockKind)) {
	var sum float64
	for _, o := range w.opinions {
		sum += o.prob()
	}
	stray := strayLean * max(0, min(1, (sum/float64(len(w.opinions))-mostlyBody)*10))
	for i, o := range w.opinions {
		limit := -proseLean * math.Log(float64(max(w.page.lines[i].words, shortLine))/shortLine)
		kind := lineLabels[o.kind]
		if o.sure >= 0.5 && kind != quoth.Navigation && kind != quoth.Headline {
			limit += stray
		}
		l := &w.page.lines[i]
		switch {
		case l.begin == charQuote && l.end == charQuote:
			limit = math.Inf(-1) // nothing but a quotation
		case l.marks&hasQuote != 0:
			limit -= quoteLean
		}
		if l.rule != "" {
			limit += ruleLean
			if o.sure < 0.6 || kind == quoth.Navigation || l.rule == quoth.Notice {
				kind = l.rule
			}
		}
		if float64(o.logit) > limit {
			kind = ""
		}
		set(i, kind)
	}
}

// prob is the probability of body.
func (o opinion) prob() float64 { return 1 / (1 + math.Exp(-float64(o.logit))) }

// opinionView is the first opinions on a page, as the second pass sees them.
type opinionView struct {
	page       *linePage
	first      []opinion
	body       []float32 // probabilities of body, summed before each line
	words      []float32 // the same by words of body
	all        []float32 // and words of all lines
	begin, end int       // the stretch of lines with most body
}

func (v *opinionView) read(p *linePage, first []opinion) {
	v.page = p
	v.first = append(v.first[:0], first...)
	v.body, v.words, v.all = append(v.body[:0], 0), append(v.words[:0], 0), append(v.all[:0], 0)
	v.begin, v.end = 0, 0
	var best, sum float32
	start := 0
	for i, o := range v.first {
		prob := float32(o.prob())
		size := float32(min(p.lines[i].words, 60))
		v.body = append(v.body, v.body[i]+prob)
		v.words = append(v.words, v.words[i]+prob*size)
		v.all = append(v.all, v.all[i]+size)
		sum += (prob - 0.4) * (size + 3)
		if sum <= 0 {
			sum, start = 0, i+1
		} else if sum > best {
			best, v.begin, v.end = sum, start, i+1
		}
	}
}

// level sorts log-odds.
func level(logit float32) uint64 {
	return uint64(max(-8, min(8, math.Round(float64(logit)*1.5))) + 8)
}

// features appends the features of line i of the second pass.
func (v *opinionView) features(i int, out []uint64) []uint64 {
	l, o := &v.page.lines[i], v.first[i]
	N := len(v.first)
	add := func(id, value uint64) { out = append(out, feature(id+100, value)) }
	size := bin(l.words)
	own := level(o.logit)
	add(1, own)
	add(2, own<<8|size)
	add(3, uint64(o.kind)<<8|uint64(o.sure*5))
	add(4, own<<8|uint64(l.end))
	add(5, own<<8|ruleNumber(l.rule))
	add(6, uint64(o.kind)<<8|size/2)
	add(7, uint64(o.kind)<<8|ruleNumber(l.rule))
	add(8, bin(int(l.times))<<8|own)
	add(9, uint64(l.shared)<<8|size/2)
	add(12, uint64(l.named)<<8|own)
	add(13, tenth(int(v.page.prose[N]), N)<<8|own)
	add(14, tenth(int(v.body[N]), N)<<8|own)
	add(10, uint64(l.begin)<<8|uint64(l.end))
	add(11, own<<16|uint64(l.marks&(hasQuote|hasHash|hasAt|hasBracket|hasYear|hasClock)))
	for d := -5; d <= 5; d++ {
		if d == 0 {
			continue
		}
		id := uint64(20 + d)
		if i+d < 0 || i+d >= N {
			add(id, 1<<20)
			continue
		}
		n := v.first[i+d]
		add(id, level(n.logit))
		if d >= -3 && d <= 3 {
			kind := uint64(0)
			if n.logit < 0 {
				kind = uint64(n.kind)
			}
			add(id+20, kind<<8|uint64(o.kind))
			add(id+40, level(n.logit)/2<<16|bin(v.page.lines[i+d].words)/2<<8|own/2)
		}
	}
	for k, reach := range []int{2, 5, 10, 25} {
		a, b := max(0, i-reach), min(N, i+reach+1)
		share := (v.body[b] - v.body[i+1] + v.body[i] - v.body[a]) / float32(max(b-a-1, 1))
		add(80+uint64(k), uint64(share*10)<<8|own)
		back, ahead := v.words[i]-v.words[a], v.words[b]-v.words[i+1]
		back /= max(v.all[i]-v.all[a], 1)
		ahead /= max(v.all[b]-v.all[i+1], 1)
		add(84+uint64(k), uint64(back*8)<<16|uint64(ahead*8)<<8|own/2)
	}
	add(90, bin(int(v.body[i]+0.5))<<8|bin(int(v.body[N]-v.body[i+1]+0.5)))
	add(91, uint64(10*v.words[i]/max(v.words[N], 1))<<8|own/2)
	switch {
	case i < v.begin:
		add(92, bin(v.begin-i)<<8|1)
	case i >= v.end:
		add(92, bin(i-v.end)<<8|2)
	default:
		add(92, min(bin(i-v.begin), 9)<<16|min(bin(v.end-1-i), 9)<<8)
	}
	add(93, uint64(10*v.words[i]/max(v.words[N], 1))<<8|size/2)
	// The box that a line before may have opened.
	for d := 1; d <= 8 && i-d >= 0; d++ {
		if n := v.first[i-d]; n.logit < -1 && n.sure > 0.5 && n.kind >= 6 {
			add(94, uint64(d)<<16|uint64(n.kind)<<8|uint64(o.kind))
			add(95, uint64(d)<<16|uint64(n.kind)<<8|own)
			break
		}
	}
	return out
}
