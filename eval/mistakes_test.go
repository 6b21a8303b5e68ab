package eval

import (
	"slices"
	"strings"
	"testing"

	"quoth"
)

func TestMistakes(t *testing.T) {
	const text = "Zoë Hale said the old bridge was quite safe, and Reed denied it."
	at := func(source, cue, content string) quoth.Attribution {
		return quoth.Attribution{Source: find(t, text, source), Cue: find(t, text, cue), Content: find(t, text, content)}
	}
	gold := at("Zoë Hale", "said", "the old bridge was quite safe")
	tests := []struct {
		name      string
		predicted []quoth.Attribution
		want      []MistakeKind
	}{
		{"right", []quoth.Attribution{gold}, nil},
		{"right but for a mark", []quoth.Attribution{at("Zoë Hale", "said", "the old bridge was quite safe,")}, nil},
		{"nothing", nil, []MistakeKind{Missed}},
		{"somewhere else", []quoth.Attribution{at("Reed", "denied", "it.")}, []MistakeKind{Missed, Spurious}},
		{"twice", []quoth.Attribution{gold, gold}, []MistakeKind{Spurious}},
		{"a third of the content", []quoth.Attribution{at("Zoë Hale", "said", "quite safe")}, []MistakeKind{OtherContent}},
		{"source and content", []quoth.Attribution{at("Reed", "said", "old bridge was quite safe")}, []MistakeKind{OtherSource}},
		{"no source", []quoth.Attribution{at("", "said", "the old bridge was quite safe")}, []MistakeKind{OtherSource}},
		{"cue", []quoth.Attribution{at("Zoë Hale", "denied", "the old bridge was quite safe")}, []MistakeKind{OtherCue}},
		{"content too short", []quoth.Attribution{at("Hale", "said", "the old bridge")}, []MistakeKind{ContentEdges}},
		{"source too short", []quoth.Attribution{at("Hale", "said", "the old bridge was quite safe")}, []MistakeKind{SourceEdges}},
		{"cue too long", []quoth.Attribution{at("Zoë", "Hale said", "the old bridge was quite safe")}, []MistakeKind{SourceEdges}},
		{"cue alone too long", []quoth.Attribution{at("Zoë Hale", "Hale said", "the old bridge was quite safe")}, []MistakeKind{CueEdges}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pair := AttributionPair{Text: text, Gold: []quoth.Attribution{gold}, Predicted: tt.predicted}
			var got []MistakeKind
			for _, m := range Mistakes(pair) {
				got = append(got, m.Kind)
				if (m.Gold == nil) != (m.Kind == Spurious) || (m.Predicted == nil) != (m.Kind == Missed) {
					t.Errorf("%s: gold %v, predicted %v", m.Kind, m.Gold, m.Predicted)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			strict := attributions([]AttributionPair{pair}).Figures().Strict.F1
			if (strict == 1) != (len(tt.want) == 0) {
				t.Errorf("strict F1 is %v", strict)
			}
		})
	}
}

// find is where part stands in text, nothing for "".
func find(t *testing.T, text, part string) []quoth.Span {
	t.Helper()
	if part == "" {
		return nil
	}
	i := strings.Index(text, part)
	if i < 0 {
		t.Fatalf("no %q in %q", part, text)
	}
	return []quoth.Span{{Start: i, End: i + len(part)}}
}
