package eval

import (
	"strings"
	"testing"

	"quoth"
)

func TestCorrectionScore(t *testing.T) {
	const text = `Ada Fenn said the ferry is late. Bo Quill said the bridge is closed. It was read aloud.`
	role := func(words string) *quoth.Role {
		start := strings.Index(text, words)
		return quoth.NewRole(text, []quoth.Span{{Start: start, End: start + len(words)}})
	}
	statement := func(content, speaker, medium string) quoth.Statement {
		st := quoth.Statement{Kind: quoth.Indirect, Content: role(content), Medium: medium}
		if speaker != "" {
			st.Speaker = &quoth.Speaker{Name: speaker}
		}
		return st
	}
	right, half := statement("the ferry is late", "Ada Fenn", "speech"), statement("the bridge is closed", "Bo Quill", "interview")
	was, gone := statement("the ferry is late", "Bo Quill", "speech"), statement("It was read aloud", "", "unknown")
	corrections := []quoth.Correction{
		{Fields: []string{quoth.FieldSpeaker}, Was: &was, Is: &right},
		{Fields: []string{quoth.FieldSpeaker, quoth.FieldMedium}, Was: &half, Is: &half},
		{Kind: quoth.Retraction, Was: &gone},
	}
	for name, c := range map[string]struct {
		predicted []quoth.Statement
		want      map[string][2]int // right, of
	}{
		"all right":     {[]quoth.Statement{right, half}, map[string][2]int{"speaker": {2, 2}, "medium": {1, 1}, "withdrawn": {1, 1}}},
		"as it was":     {[]quoth.Statement{was, half, gone}, map[string][2]int{"speaker": {1, 2}, "medium": {1, 1}, "withdrawn": {0, 1}}},
		"nothing found": {nil, map[string][2]int{"speaker": {0, 2}, "medium": {0, 1}, "withdrawn": {1, 1}}},
		"no speaker":    {[]quoth.Statement{statement("the bridge is closed", "", "interview")}, map[string][2]int{"speaker": {0, 2}, "medium": {1, 1}, "withdrawn": {1, 1}}},
	} {
		var s CorrectionScore
		s.Add(text, corrections, c.predicted)
		f := s.Figures()
		if f.Articles != 1 || f.Corrections != 3 || len(f.Fields) != len(c.want) {
			t.Errorf("%s: %+v", name, f)
		}
		for field, want := range c.want {
			if got := f.Fields[field]; got.Right != want[0] || got.N != want[1] {
				t.Errorf("%s, %s: %+v, want %v", name, field, got, want)
			}
		}
	}
}
