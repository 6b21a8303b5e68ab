package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"quoth"
)

// editForm is what the form of a correction holds: places in the article as lines such as
// "[120-131] the harbour", which the script writes and a person can.
type editForm struct {
	Revision                               int    // of the article, and
	Version                                string // of the statement, that the form was filled from
	Content, Source, Cue, SaidWords, Venue string
	Said, Medium, Manner, Kind, Note, Case string
	Speaker                                string   // JSON of a quoth.Named, "" for nobody known
	Other                                  string   // a speaker who is not in the list
	OtherKind                              string   // their kind
	OtherID                                string   // their ID in the record, "new" for somebody new
	About                                  []string // JSON of quoth.Named
	Also                                   string   // more of them, a name a line, with an ID after a bar
}

// choice is one of those whom an article names.
type choice struct {
	Value, Name, Kind string
	IsOf              bool // of the record
}

// value writes somebody as the value of a choice.
func value(n quoth.Named) string {
	b, err := json.Marshal(n)
	if err != nil { // strings and a bool
		panic(err)
	}
	return string(b)
}

// choices are all whom the statements of an article name.
func choices(statements []quoth.Statement) []choice {
	var list []choice
	seen := map[string]bool{}
	add := func(n quoth.Named) {
		c := choice{value(n), n.Name, string(n.Kind), n.ID != ""}
		if n.Name != "" && !seen[c.Value] {
			seen[c.Value] = true
			list = append(list, c)
		}
	}
	for _, st := range statements {
		if st.Speaker != nil {
			add(quoth.Named{Name: st.Speaker.Name, Kind: st.Speaker.Kind, ID: st.Speaker.ID})
		}
		for _, p := range st.About {
			add(quoth.Named{Name: p.Name, Kind: p.Kind, ID: p.ID})
		}
	}
	slices.SortFunc(list, func(a, b choice) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// formOf is the form as a statement fills it.
func formOf(a quoth.Article, st quoth.Statement) editForm {
	f := editForm{Content: places(a.Text, st.Content), Source: places(a.Text, st.Source), Cue: places(a.Text, st.Cue), Medium: st.Medium, Manner: string(st.Kind), Kind: string(quoth.FieldCorrection)}
	if f.Medium == "" {
		f.Medium = quoth.UnknownMedium
	}
	if st.Said != nil {
		f.Said, f.SaidWords = st.Said.EDTF, place(a.Text, st.Said.Evidence)
	}
	if st.Venue != nil {
		f.Venue = place(a.Text, st.Venue.Span)
	}
	if st.Speaker != nil {
		f.Speaker = value(quoth.Named{Name: st.Speaker.Name, Kind: st.Speaker.Kind, ID: st.Speaker.ID})
	}
	for _, p := range st.About {
		f.About = append(f.About, value(quoth.Named{Name: p.Name, Kind: p.Kind, ID: p.ID}))
	}
	return f
}

func places(text string, r *quoth.Role) string {
	if r == nil {
		return ""
	}
	lines := make([]string, len(r.Spans))
	for i, s := range r.Spans {
		lines[i] = place(text, s)
	}
	return strings.Join(lines, "\n")
}

// place writes a place in a text: a line, whose line breaks stand as blanks.
func place(text string, s quoth.Span) string {
	return fmt.Sprintf("[%d-%d] %s", s.Start, s.End, flat(s.In(text)))
}

// flat makes one line of a text and keeps its length.
func flat(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, text)
}

// placed is a line of the form with its place.
var placed = regexp.MustCompile(`^\[(\d{1,9})-(\d{1,9})\] ?`)

// mostPieces is how many lines of places a field may have: each is looked for in all of the text.
const mostPieces = 200

// spans reads lines of places. One without a place is looked for in the text, the nearest to
// where the statement stands.
func spans(what, lines, text string, near int) ([]quoth.Span, error) {
	var list []quoth.Span
	for line := range strings.Lines(lines) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if len(list) == mostPieces {
			return nil, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%s: more than %d pieces", what, mostPieces), Hint: "join those that stand beside each other"}
		}
		span, err := spanOf(line, text, near)
		if err != nil {
			return nil, &quoth.Error{Code: quoth.Invalid, Message: what + ": " + err.Error(), Hint: "copy the words as the article prints them"}
		}
		list = append(list, span)
	}
	return list, nil
}

func spanOf(line, text string, near int) (quoth.Span, error) {
	if m := placed.FindStringSubmatch(line); m != nil {
		start, err := strconv.Atoi(m[1])
		if err != nil {
			return quoth.Span{}, err
		}
		end, err := strconv.Atoi(m[2])
		if err != nil {
			return quoth.Span{}, err
		}
		words := line[len(m[0]):]
		if start < end && end <= len(text) && (words == "" || flat(text[start:end]) == words) {
			return quoth.Span{Start: start, End: end}, nil
		}
		line = words // the place is another's; the words may tell
	}
	best := quoth.Span{Start: -1}
	for _, at := range printed(text, line) {
		if best.Start < 0 || max(at.Start-near, near-at.Start) < max(best.Start-near, near-best.Start) {
			best = at
		}
	}
	if best.Start < 0 {
		return best, fmt.Errorf("the article does not print “%s”", shorten(strings.TrimSpace(line), 60))
	}
	return best, nil
}

// printed are the places where a text has words, whatever blanks and ends of lines are between
// them: browsers make one of the two bytes that end a line in some texts.
func printed(text, words string) []quoth.Span {
	var parts []string
	for _, word := range strings.Fields(words) {
		parts = append(parts, regexp.QuoteMeta(word))
	}
	if parts == nil {
		return nil
	}
	form, err := regexp.Compile(strings.Join(parts, `\s+`))
	if err != nil { // such as one that is too large
		return nil
	}
	var list []quoth.Span
	for at := 0; at < len(text); {
		found := form.FindStringIndex(text[at:])
		if found == nil {
			break
		}
		list = append(list, quoth.Span{Start: at + found[0], End: at + found[1]})
		at += found[0] + 1
	}
	return list
}

// readEdit reads the form.
func readEdit(v url.Values) editForm {
	revision, _ := strconv.Atoi(v.Get("revision")) // 0 is no revision, and is a conflict
	return editForm{
		Revision: revision, Version: v.Get("version"),
		Content: v.Get("content"), Source: v.Get("source"), Cue: v.Get("cue"), SaidWords: v.Get("said_words"), Venue: v.Get("venue"),
		Said: strings.TrimSpace(v.Get("said")), Medium: v.Get("medium"), Manner: v.Get("manner"), Kind: v.Get("kind"), Note: v.Get("note"), Case: v.Get("case"),
		Speaker: v.Get("speaker"), Other: strings.TrimSpace(v.Get("other")), OtherKind: v.Get("other_kind"), OtherID: strings.TrimSpace(v.Get("other_id")), About: v["about"], Also: v.Get("also"),
	}
}

// edit makes of the form what the desk is asked for.
func (f editForm) edit(st quoth.Recorded, text string) (quoth.Edit, error) {
	e := quoth.Edit{Statement: st.ID, Revision: f.Revision, Version: f.Version, Kind: quoth.CorrectionKind(f.Kind), Note: f.Note, Case: f.Case, Manner: quoth.Kind(f.Manner), Medium: f.Medium, Said: f.Said}
	if e.Kind.TakesAway() {
		return e, nil
	}
	near := st.Content.Spans[0].Start
	var said, venue []quoth.Span
	for _, field := range []struct {
		what, lines string
		to          *[]quoth.Span
	}{{"what was said", f.Content, &e.Content}, {"who says it", f.Source, &e.Source}, {"the words that say that it is said", f.Cue, &e.Cue}, {"the words that tell the day", f.SaidWords, &said}, {"the venue", f.Venue, &venue}} {
		list, err := spans(field.what, field.lines, text, near)
		if err != nil {
			return e, err
		}
		*field.to = list
	}
	if len(said) > 1 || len(venue) > 1 {
		return e, &quoth.Error{Code: quoth.Invalid, Message: "the day and the venue are one place each", Hint: "leave one line"}
	}
	if len(said) == 1 {
		e.SaidWords = said[0]
	}
	if len(venue) == 1 {
		e.Venue = venue[0]
	}
	if f.Other != "" {
		n := quoth.Named{Name: f.Other, Kind: quoth.PartyKind(f.OtherKind), ID: f.OtherID}
		if n.ID == "new" {
			n.ID, n.IsNew = "", true
		}
		e.Speaker = &n
	} else if f.Speaker != "" {
		e.Speaker = new(quoth.Named)
		if err := chosen(f.Speaker, e.Speaker); err != nil {
			return e, err
		}
	}
	for _, text := range f.About {
		var n quoth.Named
		if err := chosen(text, &n); err != nil {
			return e, err
		}
		e.About = append(e.About, n)
	}
	for line := range strings.Lines(f.Also) {
		name, id, _ := strings.Cut(strings.TrimSpace(line), "|")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		n := quoth.Named{Name: name, Kind: quoth.PersonParty, ID: strings.TrimSpace(id)}
		if n.ID == "new" {
			n.ID, n.IsNew = "", true
		}
		e.About = append(e.About, n)
	}
	return e, nil
}

// chosen reads the value of a choice.
func chosen(text string, n *quoth.Named) error {
	if err := json.Unmarshal([]byte(text), n); err != nil {
		return &quoth.Error{Code: quoth.Invalid, Message: "a name of the form cannot be read", Hint: "go back and try again", Err: err}
	}
	return nil
}

// editor is the page on which a statement is corrected.
func (s *Site) editor(r *http.Request, who quoth.Account) (*answer, error) {
	return s.editPage(r, nil, nil, nil)
}

// editPage shows the form: as the statement is, or as an editor has filled it in, with what
// it would change or what is wrong with it.
func (s *Site) editPage(r *http.Request, filled *editForm, preview *quoth.Correction, wrong error) (*answer, error) {
	st, err := s.Record.Statement(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	list, err := s.Record.Corrections(r.Context(), quoth.CorrectionQuery{Statement: st.ID, Limit: 50})
	if err != nil {
		return nil, err
	}
	data := map[string]any{"St": st, "Corrections": list}
	a := &answer{template: "edit", Title: "Correct a statement", Data: data}
	if st.Withdrawn != "" {
		return a, nil
	}
	reading, _, err := s.Record.Article(r.Context(), st.Article.ID, st.Revision)
	if err != nil {
		return nil, err
	}
	form := formOf(reading.Article, st.Statement)
	form.Case = r.URL.Query().Get("case")
	form.Revision, form.Version = st.Revision, st.Version
	if filled != nil {
		form = *filled
	}
	data["Form"], data["Text"], data["Parties"] = form, reading.Article.Text, choices(reading.Statements)
	data["Media"], data["Kinds"] = quoth.Media(), quoth.CorrectionKinds()
	data["Manners"] = []quoth.Kind{quoth.Direct, quoth.Indirect, quoth.Mixed}
	data["PartyKinds"] = []quoth.PartyKind{quoth.PersonParty, quoth.OrganizationParty, quoth.GroupParty, quoth.AnonymousParty, quoth.DocumentParty}
	if preview != nil {
		data["Preview"] = preview
		data["Rows"] = compared(*preview)
	}
	if wrong != nil {
		data["Error"] = words(wrong)
		a.status = http.StatusUnprocessableEntity
		if quoth.CodeOf(wrong) == quoth.Conflict {
			data["IsStale"], a.status = true, http.StatusConflict
		}
	}
	return a, nil
}

// editForm takes the form: for a look at what it would change, or to carry it out.
func (s *Site) editForm(r *http.Request, who quoth.Account) (*answer, error) {
	if err := parseForm(r); err != nil {
		return nil, err
	}
	form := readEdit(r.PostForm)
	st, err := s.Record.Statement(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if st.Withdrawn != "" {
		return nil, &quoth.Error{Code: quoth.Conflict, Message: "the statement was taken away meanwhile", Hint: "look at it again"}
	}
	reading, _, err := s.Record.Article(r.Context(), st.Article.ID, st.Revision)
	if err != nil {
		return nil, err
	}
	e, err := form.edit(st, reading.Article.Text)
	if err == nil && r.PostForm.Get("do") != "correct" {
		var c quoth.Correction
		if c, err = s.Editors.Preview(r.Context(), who, e); err == nil {
			return s.editPage(r, &form, &c, nil)
		}
	} else if err == nil {
		if _, err = s.Editors.Correct(r.Context(), who, e); err == nil {
			if form.Case != "" {
				return &answer{seeOther: "/desk/cases/" + url.PathEscape(form.Case)}, nil
			}
			return &answer{seeOther: "/statements/" + url.PathEscape(st.ID)}, nil
		}
	}
	switch quoth.CodeOf(err) {
	case quoth.Invalid, quoth.NotFound, quoth.Conflict:
		return s.editPage(r, &form, nil, err)
	}
	return nil, err
}

// row is one field of a correction, before and after.
type row struct{ Field, Was, Is string }

// compared puts what a correction changes side by side.
func compared(c quoth.Correction) []row {
	if c.Is == nil || c.Was == nil {
		return nil
	}
	rows := make([]row, len(c.Fields))
	for i, f := range c.Fields {
		rows[i] = row{fieldName(f), fieldText(c.Was, f), fieldText(c.Is, f)}
	}
	return rows
}

// fieldName is what pages call a field.
func fieldName(f string) string {
	switch f {
	case quoth.FieldKind:
		return "direct or indirect"
	case quoth.FieldSource:
		return "who says it, in the article’s words"
	case quoth.FieldCue:
		return "the words that say that it is said"
	case quoth.FieldContent:
		return "what was said"
	case quoth.FieldSaid:
		return "day of saying"
	}
	return f
}

// fieldText is a field of a statement in words; "not known" for one that is null.
func fieldText(st *quoth.Statement, f string) string {
	role := func(r *quoth.Role) string {
		if r == nil {
			return "none"
		}
		return r.Text
	}
	switch f {
	case quoth.FieldKind:
		return string(st.Kind)
	case quoth.FieldSource:
		return role(st.Source)
	case quoth.FieldCue:
		return role(st.Cue)
	case quoth.FieldContent:
		return role(st.Content)
	case quoth.FieldMedium:
		return st.Medium
	case quoth.FieldSpeaker:
		if st.Speaker != nil {
			return st.Speaker.Name
		}
	case quoth.FieldSaid:
		if st.Said != nil {
			return st.Said.EDTF
		}
	case quoth.FieldVenue:
		if st.Venue != nil {
			return st.Venue.Name
		}
	case quoth.FieldAbout:
		var names []string
		for _, p := range st.About {
			names = append(names, p.Name)
		}
		if names != nil {
			return strings.Join(names, ", ")
		}
		return "nobody by name"
	}
	return "not known"
}
