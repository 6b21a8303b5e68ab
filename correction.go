package quoth

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"time"
)

// CorrectionKind says what a correction is.
type CorrectionKind string

// The kinds of corrections.
const (
	FieldCorrection CorrectionKind = "correction"    // the record was wrong
	Clarification   CorrectionKind = "clarification" // it was right, and is now clearer
	Retraction      CorrectionKind = "retraction"    // it is no statement; a stone with the reason stays
	Redaction       CorrectionKind = "redaction"     // it may not be shown; a stone with the reason stays
)

// CorrectionKinds lists them.
func CorrectionKinds() []CorrectionKind {
	return []CorrectionKind{FieldCorrection, Clarification, Retraction, Redaction}
}

// TakesAway reports whether a correction of the kind leaves only a stone.
func (k CorrectionKind) TakesAway() bool { return k == Retraction || k == Redaction }

// CorrectionState is whether a correction holds.
type CorrectionState string

// The states of a correction.
const (
	Proposed CorrectionState = "proposed" // waits for a second editor
	Accepted CorrectionState = "accepted"
	Rejected CorrectionState = "rejected"
	Undone   CorrectionState = "undone"
)

// The fields of a statement that can be corrected.
const (
	FieldKind    = "kind"
	FieldSource  = "source"
	FieldCue     = "cue"
	FieldContent = "content"
	FieldSpeaker = "speaker"
	FieldSaid    = "said"
	FieldMedium  = "medium"
	FieldVenue   = "venue"
	FieldAbout   = "about"
)

// Correction is what an editor changed in a statement, in public.
type Correction struct {
	ID        int64           `json:"id"`
	Statement string          `json:"statement"`
	Article   string          `json:"article"`  // set by the [Corrector]
	Revision  int             `json:"revision"` // of the article that was corrected; set by the Corrector
	Kind      CorrectionKind  `json:"kind"`
	State     CorrectionState `json:"state"`
	Fields    []string        `json:"fields"` // those that differ; set by the Corrector
	Was       *Statement      `json:"was"`    // as it was looked at; null in public when the words may not be shown
	Is        *Statement      `json:"is"`     // as it is to be; null when the statement was taken away
	Note      string          `json:"note"`   // what and why; public
	Case      string          `json:"case,omitempty"`
	Actor     string          `json:"actor"`
	Approver  string          `json:"approver,omitempty"`
	At        time.Time       `json:"at"`
	UndoneAt  time.Time       `json:"undone_at,omitzero"`
	// People are those of Is whom the record does not have yet.
	People []Person `json:"-"`
	// IsTakenAway says that the statement is taken away now, by this correction or a later one.
	IsTakenAway bool `json:"-"`
}

// Public is the correction as everybody may see it: without words that were taken away.
func (c Correction) Public() Correction {
	if c.Kind.TakesAway() || c.IsTakenAway {
		c.Was, c.Is = nil, nil
	}
	return c
}

// Differences lists the fields in which two statements differ, in the order of their
// fields.
func Differences(was, is *Statement) []string {
	var fields []string
	for _, f := range []struct {
		name     string
		was, now any
	}{
		{FieldKind, was.Kind, is.Kind}, {FieldSource, was.Source, is.Source}, {FieldCue, was.Cue, is.Cue}, {FieldContent, was.Content, is.Content},
		{FieldSpeaker, was.Speaker, is.Speaker}, {FieldSaid, was.Said, is.Said}, {FieldMedium, was.Medium, is.Medium}, {FieldVenue, was.Venue, is.Venue},
	} {
		if !reflect.DeepEqual(f.was, f.now) {
			fields = append(fields, f.name)
		}
	}
	if !slices.EqualFunc(was.About, is.About, func(a, b Party) bool { return a.Name == b.Name && a.Kind == b.Kind && a.ID == b.ID }) {
		fields = append(fields, FieldAbout)
	}
	return fields
}

// VersionOf is a hash of the fields that can be corrected: two statements between which
// [Differences] finds none have the same.
func VersionOf(st Statement) string {
	about := make([]Party, len(st.About))
	for i, p := range st.About {
		about[i] = Party{Name: p.Name, Kind: p.Kind, ID: p.ID}
	}
	text, _ := json.Marshal([]any{st.Kind, st.Source, st.Cue, st.Content, st.Speaker, st.Said, st.Medium, st.Venue, about}) // strings and numbers
	return shortHash("version", string(text))
}

// CopyFields gives to the named fields of to the values that they have in from.
func CopyFields(to, from *Statement, fields []string) {
	for _, f := range fields {
		switch f {
		case FieldKind:
			to.Kind = from.Kind
		case FieldSource:
			to.Source = from.Source
		case FieldCue:
			to.Cue = from.Cue
		case FieldContent:
			to.Content = from.Content
		case FieldSpeaker:
			to.Speaker = from.Speaker
		case FieldSaid:
			to.Said = from.Said
		case FieldMedium:
			to.Medium = from.Medium
		case FieldVenue:
			to.Venue = from.Venue
		case FieldAbout:
			to.About = from.About
		}
	}
}

// CorrectionQuery asks for corrections; of one statement, one article, one case or all.
type CorrectionQuery struct {
	Statement, Article, Case string
	State                    CorrectionState // "" is all
	Before                   int64           // ID; 0 is from the newest
	Limit                    int             // 0 is DefaultLimit; at most MaxLimit
}

// Corrector keeps the corrections of statements. Of a new one Statement, Kind, Was, Is, Note,
// Actor and At are enough. Code Invalid when nothing differs, Conflict when the statement is not
// c.Was any more. A case that a correction brings further is changed with it.
type Corrector interface {
	// Propose keeps a correction that does not hold yet.
	Propose(ctx context.Context, c Correction, act Act, also ...CaseChange) (Correction, error)
	// Correct keeps a correction and carries it out: in the newest revision that has the
	// statement, and in all that are read after it. One that was proposed (c.ID is not 0)
	// is accepted.
	Correct(ctx context.Context, c Correction, act Act, also ...CaseChange) (Correction, error)
	// Reject ends a proposed correction.
	Reject(ctx context.Context, id int64, act Act, also ...CaseChange) error
	// UndoCorrection gives the fields back what they were. Code Conflict when a later
	// correction of the statement holds.
	UndoCorrection(ctx context.Context, id int64, act Act) error
	// Corrections lists them, the newest first.
	Corrections(ctx context.Context, q CorrectionQuery) ([]Correction, error)
}

// PublicCorrections lists the corrections that everybody may see, the newest first: those
// that hold and those that were undone, without words that were taken away. q.State is
// ignored.
func PublicCorrections(ctx context.Context, record Store, q CorrectionQuery) ([]Correction, error) {
	if err := ValidateLimit(q.Limit); err != nil {
		return nil, err
	}
	wanted := LimitOr(q.Limit)
	public := []Correction{}
	q.State, q.Limit = "", max(wanted, DefaultLimit)
	for {
		list, err := record.Corrections(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			if c.State != Accepted && c.State != Undone {
				continue
			}
			if public = append(public, c.Public()); len(public) == wanted {
				return public, nil
			}
		}
		if len(list) < q.Limit {
			return public, nil
		}
		q.Before = list[len(list)-1].ID
	}
}

// Edit is what an editor wants a statement to be: the whole of it, so that what is left out is
// not known. All spans are bytes of the article's text.
type Edit struct {
	Statement string         `json:"statement,omitempty"`
	Revision  int            `json:"revision" doc:"of the article that was seen; another one is a conflict"`
	Version   string         `json:"version,omitempty" doc:"of the statement that was seen; another one is a conflict"`
	Kind      CorrectionKind `json:"kind" enum:"correction,clarification,retraction,redaction"`
	Note      string         `json:"note" doc:"what was wrong, and how it is known; public"`
	Case      string         `json:"case,omitempty"`

	// The rest is without meaning when the statement is taken away.
	Manner    Kind    `json:"manner,omitempty" doc:"direct, indirect or mixed"`
	Source    []Span  `json:"source,omitempty"`
	Cue       []Span  `json:"cue,omitempty"`
	Content   []Span  `json:"content,omitempty"`
	Speaker   *Named  `json:"speaker,omitempty" doc:"not known when left out"`
	Said      string  `json:"said,omitempty" doc:"EDTF"`
	SaidWords Span    `json:"said_words,omitempty" doc:"the words that tell the day"`
	Medium    string  `json:"medium,omitempty"`
	Venue     Span    `json:"venue,omitempty"`
	About     []Named `json:"about,omitempty"`
}

// Named is somebody whom an editor names: by the name that the article prints, by ID when
// they are of the record, or as somebody new to it.
type Named struct {
	Name  string    `json:"name"`
	Kind  PartyKind `json:"kind" enum:"person,organization,group,anonymous,document"`
	ID    string    `json:"id,omitempty"`
	IsNew bool      `json:"is_new,omitempty"`
}
