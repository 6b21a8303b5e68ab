package attribution

import (
	"strings"
	"testing"

	"quoth/nlp"
	"quoth/nlp/linear"
)

func TestTurns(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{
			"capitals", []string{"HALE : We open in May .", "RENN : And who pays ?", "They laughed ."},
			[]string{"HALE | We open in May .", "RENN | And who pays ?"},
		},
		{
			"an interview", []string{"Q : When does it open ?", "A : In May . I said so before ."},
			[]string{"Q | When does it open ?", "A | In May . I said so before ."},
		},
		{
			"each in marks that stay open", []string{"“ HALE : We open in May .", "“ RENN : And who pays ? ”"},
			[]string{"HALE | We open in May .", "RENN | And who pays ? ”"},
		},
		{"one is none", []string{"NOTE : the ferry does not run .", "They laughed ."}, nil},
		{"words in small letters", []string{"The plan : we open in May .", "The price : too high ."}, nil},
		{"labels", []string{"MYTH : the ferry does not run .", "FACT : it runs on Mondays ."}, nil},
		{"nothing after the colon", []string{"HALE :", "RENN :"}, nil},
	} {
		d := mark(t, c.lines...)
		var v view
		v.read(d, linear.Table{})
		var got []string
		for _, at := range v.findTurns() {
			got = append(got, d.Phrase(at.Source[0])+" | "+d.Phrase(at.Content[0]))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// What was found without a source inside a turn is the turn; what has one stays beside it.
func TestAddTurns(t *testing.T) {
	d := mark(t, "HALE : Renn said no .", "RENN : I did .")
	var v view
	v.read(d, linear.Table{})
	d.Attributions = []nlp.Attribution{
		{Content: ranges(2, 5)},
		{Source: ranges(2, 3), Cue: ranges(3, 4), Content: ranges(4, 5)},
	}
	v.addTurns(d)
	if len(d.Attributions) != 3 || len(d.Attributions[0].Source) == 0 {
		t.Errorf("attributions %+v, want Renn's and the two turns", d.Attributions)
	}
}
