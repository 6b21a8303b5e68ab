package english_test

import (
	"testing"

	"quoth"
)

// A stance is told of quoted words of one person about one other, and of nothing else.
func TestStanceIsToldWhereItIsClear(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       quoth.StanceLabel
	}{
		{"critical", "“Zoë Hale is a corrupt and dishonest liar who betrayed us all,” Tobias Renn said.", quoth.Critical},
		{"support, of which the model is never sure enough", "“Zoë Hale is a brave and honest leader, and I admire her,” Tobias Renn said.", ""},
		{"nothing is quoted", "Tobias Renn said that Zoë Hale was corrupt and dishonest.", ""},
		{"of themselves", "“I am corrupt and dishonest,” Tobias Renn said.", ""},
		{"two others", "“Zoë Hale and Ida Quill are corrupt and dishonest,” Tobias Renn said.", ""},
		{"nobody known speaks", "“Zoë Hale is corrupt and dishonest,” a report said.", ""},
		{"nothing is said of them", "“Zoë Hale arrived at the station on Monday,” Tobias Renn said.", ""},
	} {
		statements, err := analyzer(t).Analyze(article(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if len(statements) != 1 {
			t.Errorf("%s: %q", c.name, contents(statements))
			continue
		}
		var got quoth.StanceLabel
		for _, p := range statements[0].About {
			if p.Stance != nil && p.Stance.Label != quoth.Neutral {
				got = p.Stance.Label
				if p.Stance.Confidence < 0.5 || p.Stance.Confidence > 1 {
					t.Errorf("%s: confidence %g", c.name, p.Stance.Confidence)
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
