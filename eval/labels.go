package eval

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
)

// Label is a span with its class: a named entity, for one.
type Label struct {
	quoth.Span
	Class string
}

// Mentions returns the entities of d as labels.
func Mentions(d *nlp.Doc) []Label {
	out := make([]Label, len(d.Mentions))
	for i, m := range d.Mentions {
		out[i] = Label{d.Span(m.TokenRange), m.Kind.String()}
	}
	return out
}

// LabelFigures are micro-averaged figures over labels whose span and class are both
// equal, as in the CoNLL-2003 shared task.
type LabelFigures struct {
	Documents int            `json:"documents"`
	All       ClassFigures   `json:"all"` // Class is ""
	Classes   []ClassFigures `json:"classes"`
	// Unlabelled takes no note of the class.
	Unlabelled ClassFigures `json:"unlabelled"`
}

// ClassFigures are the figures of one class.
type ClassFigures struct {
	Class     string `json:"class,omitempty"`
	Gold      int    `json:"gold"`
	Predicted int    `json:"predicted"`
	Right     int    `json:"right"`
	PRF
}

// classCounts are gold, predicted and right labels.
type classCounts struct{ gold, predicted, right int }

func (c classCounts) figures(class string) ClassFigures {
	return ClassFigures{class, c.gold, c.predicted, c.right, newPRF(c.right, c.predicted, c.gold)}
}

// LabelScore counts labels document by document. The zero value is ready; one
// goroutine at a time.
type LabelScore struct {
	classes    map[string]classCounts
	unlabelled classCounts
	units      []classCounts // one a document, all classes
}

// Add scores one document. Spans are bytes of the same text on both sides; the two
// may be cut into tokens differently. Equal labels count as often as they are there.
func (s *LabelScore) Add(gold, predicted []Label) {
	if s.classes == nil {
		s.classes = map[string]classCounts{}
	}
	unit := classCounts{gold: len(gold), predicted: len(predicted)}
	left, bare := map[Label]int{}, map[quoth.Span]int{}
	for _, g := range gold {
		s.count(g.Class, classCounts{gold: 1})
		left[g]++
		bare[g.Span]++
	}
	s.unlabelled.gold += len(gold)
	s.unlabelled.predicted += len(predicted)
	for _, p := range predicted {
		c := classCounts{predicted: 1}
		if left[p] > 0 {
			left[p]--
			c.right = 1
		}
		if bare[p.Span] > 0 {
			bare[p.Span]--
			s.unlabelled.right++
		}
		s.count(p.Class, c)
		unit.right += c.right
	}
	s.units = append(s.units, unit)
}

func (s *LabelScore) count(class string, c classCounts) {
	sum := s.classes[class]
	s.classes[class] = classCounts{sum.gold + c.gold, sum.predicted + c.predicted, sum.right + c.right}
}

// Figures returns the figures over all documents added, classes in alphabetical order.
func (s *LabelScore) Figures() LabelFigures {
	f := LabelFigures{Documents: len(s.units), Unlabelled: s.unlabelled.figures("")}
	var all classCounts
	for class, c := range s.classes {
		f.Classes = append(f.Classes, c.figures(class))
		all = classCounts{all.gold + c.gold, all.predicted + c.predicted, all.right + c.right}
	}
	slices.SortFunc(f.Classes, func(a, b ClassFigures) int { return strings.Compare(a.Class, b.Class) })
	f.All = all.figures("")
	return f
}

// Interval returns the ends of the confidence interval of the micro F1: see
// [AttributionScore.Intervals]. Documents are the unit; ok is false without any.
func (s *LabelScore) Interval(samples int, level float64, seed uint64) (interval [2]float64, ok bool) {
	var values []float64
	for draw := range bootstrap(len(s.units), samples, seed) {
		var c classCounts
		for _, i := range draw {
			u := s.units[i]
			c = classCounts{c.gold + u.gold, c.predicted + u.predicted, c.right + u.right}
		}
		values = append(values, newPRF(c.right, c.predicted, c.gold).F1)
	}
	if len(values) == 0 {
		return interval, false
	}
	lo, hi := percentiles(values, level)
	return [2]float64{lo, hi}, true
}

// Accuracy is how many of N answers were right.
type Accuracy struct{ Right, N int }

// Share is from 0 to 1, 0 when N is 0.
func (a Accuracy) Share() float64 { return share(a.Right, a.N) }

// MarshalJSON writes {"right", "n", "share"}.
func (a Accuracy) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Right int     `json:"right"`
		N     int     `json:"n"`
		Share float64 `json:"share"`
	}{a.Right, a.N, a.Share()})
}

func (a *Accuracy) add(isRight bool) {
	a.N++
	a.Right += one(isRight)
}

// WordFigures are accuracies over the words of documents that are cut alike, marks
// included, as in the CoNLL 2018 shared task. A layer that one side lacks has N 0.
type WordFigures struct {
	UPOS   Accuracy `json:"upos"`
	XPOS   Accuracy `json:"xpos"`
	Lemmas Accuracy `json:"lemmas"` // capitals and small letters are one
	UAS    Accuracy `json:"uas"`    // head right
	LAS    Accuracy `json:"las"`    // head and relation right, subtypes (after ":") aside
	// LASSubtypes is LAS with subtypes.
	LASSubtypes Accuracy `json:"las_subtypes"`
}

// Add scores one document. It is an error when the tokens of the two have different
// spans: then nothing is counted.
func (f *WordFigures) Add(gold, predicted *nlp.Doc) error {
	if len(gold.Tokens) != len(predicted.Tokens) {
		return fmt.Errorf("align words: %d gold and %d predicted tokens", len(gold.Tokens), len(predicted.Tokens))
	}
	for t, g := range gold.Tokens {
		if p := predicted.Tokens[t]; g.Start != p.Start || g.End != p.End {
			return fmt.Errorf("align words: token %d is bytes %d-%d in gold and %d-%d in prediction", t, g.Start, g.End, p.Start, p.End)
		}
	}
	for t := range gold.Tokens {
		f.word(gold, predicted, t)
	}
	return nil
}

// word scores token t on all layers that both sides have.
func (f *WordFigures) word(gold, predicted *nlp.Doc, t int) {
	if gold.UPOS != nil && predicted.UPOS != nil {
		f.UPOS.add(gold.UPOS[t] == predicted.UPOS[t])
	}
	if gold.XPOS != nil && predicted.XPOS != nil {
		f.XPOS.add(gold.XPOSNames[gold.XPOS[t]] == predicted.XPOSNames[predicted.XPOS[t]])
	}
	if gold.Lemmas != nil && predicted.Lemmas != nil {
		f.Lemmas.add(strings.EqualFold(gold.Lemmas[t], predicted.Lemmas[t]))
	}
	if gold.Heads == nil || predicted.Heads == nil {
		return
	}
	isHead := gold.Heads[t] == predicted.Heads[t]
	f.UAS.add(isHead)
	if gold.Rels == nil || predicted.Rels == nil {
		return
	}
	g, p := gold.RelNames[gold.Rels[t]], predicted.RelNames[predicted.Rels[t]]
	f.LASSubtypes.add(isHead && g == p)
	g, _, _ = strings.Cut(g, ":")
	p, _, _ = strings.Cut(p, ":")
	f.LAS.add(isHead && g == p)
}
