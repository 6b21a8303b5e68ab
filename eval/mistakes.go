package eval

import "quoth"

// MistakeKind says what is wrong with an attribution.
type MistakeKind string

// The kinds of mistakes, the worst first. A pair that is wrong in several ways is of the
// first kind that fits.
const (
	Missed       MistakeKind = "missed"        // gold, and no prediction shares a word of its content
	Spurious     MistakeKind = "spurious"      // predicted, and no gold one shares a word of its content
	OtherContent MistakeKind = "other content" // less than half of the joint words of both contents are shared
	OtherSource  MistakeKind = "other source"  // the sources share no word, or one side has none
	OtherCue     MistakeKind = "other cue"     // the same of the cues
	ContentEdges MistakeKind = "content edges" // linked, but the contents are not the same words
	SourceEdges  MistakeKind = "source edges"
	CueEdges     MistakeKind = "cue edges"
)

// MistakeKinds returns all kinds in their order.
func MistakeKinds() []MistakeKind {
	return []MistakeKind{Missed, Spurious, OtherContent, OtherSource, OtherCue, ContentEdges, SourceEdges, CueEdges}
}

// Mistake is an attribution that one side alone has, or a pair that is not right in
// every word. What is not counted among the mistakes of an article is right as the figure
// Strict counts.
type Mistake struct {
	Kind      MistakeKind
	Gold      *quoth.Attribution // nil when spurious
	Predicted *quoth.Attribution // nil when missed
}

// Mistakes compares the two sides of p, paired as for the figure Linked. Gold ones come
// first, in their order.
func Mistakes(p AttributionPair) []Mistake {
	words := splitWords(p.Text)
	gold, predicted := words.locate(p.Gold), words.locate(p.Predicted)
	partner, overlap := match(gold, predicted)
	var out []Mistake
	isPaired := make([]bool, len(predicted))
	for i, j := range partner {
		if j < 0 {
			out = append(out, Mistake{Missed, &p.Gold[i], nil})
			continue
		}
		isPaired[j] = true
		if kind := compare(gold[i], predicted[j], overlap[i]); kind != "" {
			out = append(out, Mistake{kind, &p.Gold[i], &p.Predicted[j]})
		}
	}
	for j := range predicted {
		if !isPaired[j] {
			out = append(out, Mistake{Spurious, nil, &p.Predicted[j]})
		}
	}
	return out
}

// compare tells what is wrong with b as a prediction of a, "" when nothing is.
func compare(a, b located, overlap float64) MistakeKind {
	same := func(role int) bool { return pack(a.trimmed[role]) == pack(b.trimmed[role]) }
	switch {
	case overlap < 0.5:
		return OtherContent
	case !agree(a.words[source], b.words[source]):
		return OtherSource
	case !agree(a.words[cue], b.words[cue]):
		return OtherCue
	case !same(content):
		return ContentEdges
	case !same(source):
		return SourceEdges
	case !same(cue):
		return CueEdges
	}
	return ""
}
