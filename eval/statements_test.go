package eval

import (
	"testing"

	"quoth"
)

func TestStatementScore(t *testing.T) {
	text := "Hale said the bridge was safe. Reed said it was not."
	span := func(start, end int) []quoth.Span { return []quoth.Span{{Start: start, End: end}} }
	statement := func(start, end int, name string) quoth.Statement {
		s := quoth.Statement{Kind: quoth.Indirect, Content: quoth.NewRole(text, span(start, end)), Medium: quoth.UnknownMedium}
		if name != "" {
			s.Speaker = &quoth.Speaker{Name: name, Kind: quoth.PersonParty}
		}
		return s
	}
	gold := []GoldStatement{
		{Attribution: quoth.Attribution{Content: span(10, 29)}, Speaker: "Mayor Zoë J. Hale", SpeakerKind: quoth.PersonParty, Said: "2016-09", Medium: "speech", Venue: "a rally in Marrow", About: []string{"Sam Reed"}, Kind: quoth.Indirect},
		{Attribution: quoth.Attribution{Content: span(41, 51)}, Speaker: "Sam Reed", SpeakerKind: quoth.PersonParty, Medium: "unknown", Kind: quoth.Indirect},
	}
	first := statement(14, 29, "Zoë Hale")
	first.Said = &quoth.Said{EDTF: "2016-09-01/2016-09-30"}
	first.Medium, first.Venue = "speech", &quoth.Venue{Name: "the rally"}
	first.About = []quoth.Party{{Name: "Reed"}}
	second := statement(41, 51, "Reed")
	second.Said = &quoth.Said{EDTF: "2016-09-20"}
	var s StatementScore
	s.Add(text, gold, []quoth.Statement{first, second, statement(0, 4, "")})
	f := s.Figures()
	if f.Found != (Accuracy{2, 2}) || f.Speaker != (Accuracy{1, 2}) || f.SpeakerAny != (Accuracy{2, 2}) || f.Kind != (Accuracy{2, 2}) {
		t.Errorf("got %+v", f)
	}
	if f.SpeakerF1 != newPRF(1, 2, 2) || f.Said != newPRF(1, 2, 1) || f.Medium != newPRF(1, 1, 1) || f.Venue != newPRF(1, 1, 1) || f.About != newPRF(0, 1, 1) {
		t.Errorf("got %+v", f)
	}
}

// Intervals are those of the gold set's own scorer.
func TestDateIntervals(t *testing.T) {
	for _, c := range []struct {
		a, b             string
		areSame, areNear bool
	}{
		{"2016-09", "2016-09-01/2016-09-30", true, true},
		{"2016", "2016-01-01/2016-12-31", true, true},
		{"2016-09-20", "2016-09-21", false, false},
		{"2016-09-20", "2016-09", false, true},
		{"2016-09-20", "2016", false, false},
		{"../1996", "/1996", true, true},
		{"2016-22", "2016-22", false, false}, // seasons name no days
		{"2016-02-30~", "2016-03-01", true, true},
	} {
		a, b := intervalOf(c.a), intervalOf(c.b)
		if same := b.isValid && a == b; same != c.areSame || a.isNear(b) != c.areNear {
			t.Errorf("%s and %s: same %v near %v", c.a, c.b, same, a.isNear(b))
		}
	}
}
