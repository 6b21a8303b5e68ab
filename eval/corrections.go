package eval

import (
	"slices"

	"quoth"
)

// CorrectionFigures tell how a model does on what editors had to correct.
type CorrectionFigures struct {
	Articles    int `json:"articles"`
	Corrections int `json:"corrections"`
	// Fields counts, by field of a statement, how often editors changed it, and how often
	// the model has it as they do. "withdrawn" is for statements that were taken away: it
	// has it right when it finds no such statement.
	Fields map[string]Accuracy `json:"fields"`
}

// Withdrawn is the entry of Fields for statements that were taken away.
const Withdrawn = "withdrawn"

// CorrectionScore counts article by article. The zero value is ready; one goroutine at a
// time.
type CorrectionScore struct{ f CorrectionFigures }

// Add scores what a model found in an article on the corrections of it. A statement is the
// corrected one when their contents share at least half of their joint words.
func (s *CorrectionScore) Add(text string, corrections []quoth.Correction, predicted []quoth.Statement) {
	if s.f.Fields == nil {
		s.f.Fields = map[string]Accuracy{}
	}
	s.f.Articles++
	gold := make([]GoldStatement, len(corrections))
	for i, c := range corrections {
		st := c.Is
		if st == nil {
			st = c.Was
		}
		gold[i].Attribution.Content = st.Content.Spans
	}
	for i, j := range MatchStatements(text, gold, predicted) {
		c := corrections[i]
		s.f.Corrections++
		if c.Is == nil {
			s.count(Withdrawn, j < 0)
			continue
		}
		for _, field := range c.Fields {
			s.count(field, j >= 0 && sameField(field, c.Is, &predicted[j]))
		}
	}
}

func (s *CorrectionScore) count(field string, isRight bool) {
	a := s.f.Fields[field]
	a.add(isRight)
	s.f.Fields[field] = a
}

// Figures returns the counts so far.
func (s *CorrectionScore) Figures() CorrectionFigures { return s.f }

// sameField reports whether two statements agree in a field. IDs of people are of the
// record, and names what both have.
func sameField(field string, gold, got *quoth.Statement) bool {
	switch field {
	case quoth.FieldKind:
		return gold.Kind == got.Kind
	case quoth.FieldSource:
		return sameRole(gold.Source, got.Source)
	case quoth.FieldCue:
		return sameRole(gold.Cue, got.Cue)
	case quoth.FieldContent:
		return sameRole(gold.Content, got.Content)
	case quoth.FieldMedium:
		return gold.Medium == got.Medium
	case quoth.FieldSpeaker:
		return gold.Speaker == nil && got.Speaker == nil || gold.Speaker != nil && got.Speaker != nil && gold.Speaker.Name == got.Speaker.Name
	case quoth.FieldSaid:
		return gold.Said == nil && got.Said == nil || gold.Said != nil && got.Said != nil && gold.Said.EDTF == got.Said.EDTF
	case quoth.FieldVenue:
		return gold.Venue == nil && got.Venue == nil || gold.Venue != nil && got.Venue != nil && gold.Venue.Name == got.Venue.Name
	case quoth.FieldAbout:
		return slices.Equal(namesOf(gold.About), namesOf(got.About))
	}
	return false
}

func sameRole(a, b *quoth.Role) bool {
	return a == nil && b == nil || a != nil && b != nil && slices.Equal(a.Spans, b.Spans)
}

func namesOf(parties []quoth.Party) []string {
	var names []string
	for _, p := range parties {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}
