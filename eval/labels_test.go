package eval

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"testing"

	"quoth"
	"quoth/nlp"
)

func label(b, e int, class string) Label { return Label{quoth.Span{Start: b, End: e}, class} }

func TestLabelsByHand(t *testing.T) {
	var s LabelScore
	s.Add([]Label{label(0, 3, "Person"), label(5, 9, "Location"), label(12, 14, "Person")},
		[]Label{label(0, 3, "Person"), label(5, 9, "Organization"), label(12, 15, "Person"), label(0, 3, "Person")})
	s.Add(nil, nil)
	got := s.Figures()
	want := LabelFigures{
		Documents: 2,
		All:       ClassFigures{"", 3, 4, 1, PRF{0.25, 1.0 / 3, 2.0 / 7}},
		Classes: []ClassFigures{
			{"Location", 1, 0, 0, PRF{}},
			{"Organization", 0, 1, 0, PRF{}},
			{"Person", 2, 3, 1, PRF{1.0 / 3, 0.5, 0.4}},
		},
		Unlabelled: ClassFigures{"", 3, 4, 2, PRF{0.5, 2.0 / 3, 4.0 / 7}},
	}
	if !nearly(got, want) {
		t.Errorf("got  %s\nwant %s", asJSON(t, got), asJSON(t, want))
	}
	if _, ok := s.Interval(50, 0.95, 1); !ok {
		t.Error("no interval")
	}
	if _, ok := (&LabelScore{}).Interval(50, 0.95, 1); ok {
		t.Error("an interval of nothing")
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// nearly compares figures up to the last bits.
func nearly(a, b LabelFigures) bool {
	round := func(c *ClassFigures) {
		for _, x := range []*float64{&c.P, &c.R, &c.F1} {
			*x = math.Round(*x*1e9) / 1e9
		}
	}
	a.Classes, b.Classes = slices.Clone(a.Classes), slices.Clone(b.Classes)
	for _, f := range []*LabelFigures{&a, &b} {
		round(&f.All)
		round(&f.Unlabelled)
		for i := range f.Classes {
			round(&f.Classes[i])
		}
	}
	return reflect.DeepEqual(a, b)
}

func TestMentionsAreBytes(t *testing.T) {
	d := &nlp.Doc{Text: "Zoë Hale left", Tokens: []nlp.Token{{Start: 0, End: 4}, {Start: 5, End: 9}, {Start: 10, End: 14}},
		Mentions: []nlp.Mention{{TokenRange: nlp.TokenRange{First: 0, Past: 2}, Kind: nlp.Person}}}
	if got := Mentions(d); !reflect.DeepEqual(got, []Label{label(0, 9, "Person")}) {
		t.Errorf("got %v", got)
	}
}

func TestWordsByHand(t *testing.T) {
	tokens := []nlp.Token{{Start: 0, End: 3}, {Start: 4, End: 8}, {Start: 9, End: 12}}
	gold := &nlp.Doc{Tokens: tokens, UPOS: []nlp.UPOS{nlp.PROPN, nlp.VERB, nlp.NOUN}, Lemmas: []string{"Ann", "say", "no"},
		XPOS: []uint8{0, 1, 2}, XPOSNames: []string{"NNP", "VBD", "NN"},
		Heads: []int32{1, -1, 1}, Rels: []uint8{0, 1, 2}, RelNames: []string{"nsubj", "root", "obl:unmarked"}}
	predicted := &nlp.Doc{Tokens: tokens, UPOS: []nlp.UPOS{nlp.PROPN, nlp.VERB, nlp.ADV}, Lemmas: []string{"ann", "said", "no"},
		XPOS: []uint8{1, 0, 0}, XPOSNames: []string{"VBD", "NNP"}, // other indices than gold has
		Heads: []int32{1, -1, 1}, Rels: []uint8{1, 1, 0}, RelNames: []string{"obl", "root"}}
	var f WordFigures
	if err := f.Add(gold, predicted); err != nil {
		t.Fatal(err)
	}
	want := WordFigures{UPOS: Accuracy{2, 3}, XPOS: Accuracy{2, 3}, Lemmas: Accuracy{2, 3}, UAS: Accuracy{3, 3}, LAS: Accuracy{2, 3}, LASSubtypes: Accuracy{1, 3}}
	if f != want {
		t.Errorf("got %+v, want %+v", f, want)
	}
	var bare WordFigures
	if err := bare.Add(gold, &nlp.Doc{Tokens: tokens}); err != nil || bare != (WordFigures{}) {
		t.Errorf("missing layers: %+v, %v", bare, err)
	}
	if err := bare.Add(gold, &nlp.Doc{Tokens: tokens[:2]}); err == nil {
		t.Error("a missing token is no error")
	}
	if err := bare.Add(gold, &nlp.Doc{Tokens: []nlp.Token{{Start: 0, End: 3}, {Start: 4, End: 7}, {Start: 9, End: 12}}}); err == nil {
		t.Error("a shorter token is no error")
	}
}

func TestCalibrationByHand(t *testing.T) {
	// Bin [0, 0.5): 0.2 wrong, 0.4 right: confidence 0.3, right 0.5, distance 0.2.
	// Bin [0.5, 1]: 1 right, 0.6 wrong: confidence 0.8, right 0.5, distance 0.3.
	f := Calibration([]Guess{{0.2, false}, {0.4, true}, {1, true}, {0.6, false}}, 2)
	if f.N != 4 || math.Abs(f.ECE-0.25) > 1e-12 || math.Abs(f.MCE-0.3) > 1e-12 {
		t.Errorf("got %+v", f)
	}
	if want := (0.04 + 0.36 + 0 + 0.36) / 4; math.Abs(f.Brier-want) > 1e-12 {
		t.Errorf("Brier: got %v, want %v", f.Brier, want)
	}
}

func TestCalibrationTakesAnyNumber(t *testing.T) {
	f := Calibration([]Guess{{math.NaN(), true}, {math.Inf(1), true}, {-3, false}, {7, true}}, 0)
	if len(f.Bins) != 10 || f.Bins[0].N != 2 || f.Bins[9].N != 2 {
		t.Errorf("got %+v", f)
	}
	if f := Calibration(nil, 3); f.ECE != 0 || f.Brier != 0 || len(f.Bins) != 3 {
		t.Errorf("no guess: %+v", f)
	}
}
