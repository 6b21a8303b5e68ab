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
		{
			"a transcript, with initials", []string{"JO HALE : It is closed .", "It will open .", "JO RENN : When ?", "JH : In May .", "The boats run .", "JR : Good .", "I thank you .", "This was shortened ."},
			[]string{"JO HALE | It is closed . | It will open .", "JO RENN | When ?", "JH | In May . | The boats run .", "JR | Good . | I thank you ."},
		},
		{
			"an article that quotes a few", []string{"HALE : It is closed .", "They laughed .", "RENN : When ?"},
			[]string{"HALE | It is closed .", "RENN | When ?"},
		},
		{
			"what announces a turn, and another's label", []string{"HALE : It is closed .", "They went on :", "RENN : When ?", "HUGO PELL , PILOT OF THE BOATS : Never .", "HALE : In May .", "RENN : Good ."},
			[]string{"HALE | It is closed .", "RENN | When ?", "HALE | In May .", "RENN | Good ."},
		},
		{"one is none", []string{"NOTE : the ferry does not run .", "They laughed ."}, nil},
		{"words in small letters", []string{"The plan : we open in May .", "The price : too high ."}, nil},
		{"labels", []string{"MYTH : the ferry does not run .", "FACT : it runs on Mondays ."}, nil},
		{"points of one author", []string{"HALE : The ferry is dear .", "HALE : It runs on Mondays ."}, nil},
		{"what is told of each", []string{"HALE : The ferry won .", "RENN : Too little .", "MARSH : Boats ."}, nil},
		{"nothing after the colon", []string{"HALE :", "RENN :"}, nil},
	} {
		d := mark(t, c.lines...)
		var v view
		v.read(d, linear.Table{})
		var got []string
		for _, at := range v.findTurns() {
			got = append(got, d.Phrase(at.Source[0])+" | "+words(d, at.Content))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// What was found without a source inside a turn, or of "I", is the turn; what has another source stays beside it.
func TestAddTurns(t *testing.T) {
	d := mark(t, "HALE : Renn said no .", "RENN : I think so .")
	var v view
	v.read(d, linear.Table{})
	d.Attributions = []nlp.Attribution{
		{Content: ranges(2, 5)},
		{Source: ranges(2, 3), Cue: ranges(3, 4), Content: ranges(4, 5)},
		{Source: ranges(8, 9), Cue: ranges(9, 10), Content: ranges(10, 11)},
	}
	v.addTurns(d)
	if len(d.Attributions) != 3 || len(d.Attributions[0].Source) == 0 {
		t.Errorf("attributions %+v, want Renn's and the two turns", d.Attributions)
	}
}
