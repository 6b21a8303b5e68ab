package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"quoth"
)

// Preview says what an edit would change, and keeps nothing. It refuses what is not on the
// page: spans outside of the text, names that the article does not print, dates that are
// none.
func (d *Desk) Preview(ctx context.Context, who quoth.Account, e quoth.Edit) (quoth.Correction, error) {
	if err := may(who, quoth.DeskEditor); err != nil {
		return quoth.Correction{}, err
	}
	if !slices.Contains(quoth.CorrectionKinds(), e.Kind) {
		return quoth.Correction{}, invalid("there is no correction of the kind %q", e.Kind)
	}
	note, err := required("the public line", e.Note, mostNote)
	if err != nil {
		return quoth.Correction{}, err
	}
	now, err := d.Record.Statement(ctx, e.Statement)
	if err != nil {
		return quoth.Correction{}, err
	}
	if now.Withdrawn != "" {
		return quoth.Correction{}, invalid("the statement was taken away")
	}
	if e.Version != "" && e.Version != now.Version {
		return quoth.Correction{}, &quoth.Error{Code: quoth.Conflict, Message: "the statement was changed meanwhile", Hint: "look at it again, and correct what it is now"}
	}
	if e.Revision != now.Revision {
		return quoth.Correction{}, &quoth.Error{Code: quoth.Conflict, Message: "the page was read again meanwhile", Hint: "look at the statement again"}
	}
	c := quoth.Correction{Statement: e.Statement, Article: now.Article.ID, Revision: now.Revision, Kind: e.Kind, Was: &now.Statement, Note: note, Case: e.Case, Actor: who.Name, At: d.Now()}
	if e.Kind.TakesAway() {
		return c, nil
	}
	reading, _, err := d.Record.Article(ctx, now.Article.ID, now.Revision)
	if err != nil {
		return c, err
	}
	is, people, err := d.edited(ctx, reading, now.Statement, e)
	if err != nil {
		return c, err
	}
	c.Is, c.People = &is, people
	if c.Fields = quoth.Differences(c.Was, c.Is); len(c.Fields) == 0 {
		return c, invalid("nothing is different")
	}
	return c, nil
}

// edited is a statement after an edit.
func (d *Desk) edited(ctx context.Context, r quoth.Reading, st quoth.Statement, e quoth.Edit) (quoth.Statement, []quoth.Person, error) {
	text := r.Article.Text
	for _, part := range []struct {
		name  string
		spans []quoth.Span
		role  **quoth.Role
	}{{"what was said", e.Content, &st.Content}, {"who says it", e.Source, &st.Source}, {"the words that say that it is said", e.Cue, &st.Cue}} {
		if err := checkSpans(part.name, text, part.spans); err != nil {
			return st, nil, err
		}
		*part.role = quoth.NewRole(text, part.spans)
	}
	if st.Content == nil {
		return st, nil, invalid("a statement needs the words that were said; take it away when there are none")
	}
	if !slices.Contains([]quoth.Kind{quoth.Direct, quoth.Indirect, quoth.Mixed}, e.Manner) {
		return st, nil, invalid("a statement is direct, indirect or mixed")
	}
	st.Kind = e.Manner
	st.Medium = cmp.Or(e.Medium, quoth.UnknownMedium)
	if !slices.Contains(quoth.Media(), st.Medium) {
		return st, nil, invalid("there is no medium %q", e.Medium)
	}
	if err := when(&st, text, e); err != nil {
		return st, nil, err
	}
	switch {
	case e.Venue.IsEmpty():
		st.Venue = nil
	default:
		if err := checkSpans("the venue", text, []quoth.Span{e.Venue}); err != nil {
			return st, nil, err
		}
		st.Venue = &quoth.Venue{Name: e.Venue.In(text), Span: e.Venue}
	}
	var people []quoth.Person
	speaker, err := d.party(ctx, r, e.Speaker, &people)
	if err != nil {
		return st, nil, err
	}
	switch {
	case speaker == nil:
		st.Speaker = nil
	case st.Speaker == nil || st.Speaker.Name != speaker.Name || st.Speaker.ID != speaker.ID || st.Speaker.Kind != speaker.Kind:
		mention := speaker.Name
		if st.Source != nil {
			mention = st.Source.Text
		}
		st.Speaker = &quoth.Speaker{Name: speaker.Name, Kind: speaker.Kind, ID: speaker.ID, Mention: mention}
	}
	// place is where the statement had somebody among those it is about.
	place := func(p quoth.Party) int {
		i := slices.IndexFunc(st.About, func(o quoth.Party) bool { return o.Name == p.Name && o.ID == p.ID })
		if i < 0 {
			return len(st.About)
		}
		return i
	}
	var about []quoth.Party
	for _, p := range e.About {
		target, err := d.party(ctx, r, &p, &people)
		if err != nil {
			return st, nil, err
		}
		if i := place(*target); i < len(st.About) {
			target.Stance = st.About[i].Stance
		}
		if !slices.ContainsFunc(about, func(o quoth.Party) bool { return o.Name == target.Name && o.Kind == target.Kind && o.ID == target.ID }) {
			about = append(about, *target)
		}
	}
	// Their order means nothing, and stays as it was.
	slices.SortStableFunc(about, func(a, b quoth.Party) int { return cmp.Compare(place(a), place(b)) })
	st.About = about
	return st, people, nil
}

// checkSpans refuses spans that are not of the text, or not in its order.
func checkSpans(what, text string, spans []quoth.Span) error {
	end := 0
	for _, s := range spans {
		switch {
		case s.Start < end || s.IsEmpty() || s.End > len(text):
			return invalid("%s: %d–%d is no place in the text, or out of order", what, s.Start, s.End)
		case !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]):
			return invalid("%s: %d–%d cuts a character", what, s.Start, s.End)
		case strings.TrimSpace(s.In(text)) != s.In(text):
			return invalid("%s: %d–%d begins or ends with a blank", what, s.Start, s.End)
		}
		end = s.End
	}
	return nil
}

// when sets the day of saying.
func when(st *quoth.Statement, text string, e quoth.Edit) error {
	if e.Said == "" {
		st.Said = nil
		return nil
	}
	if _, ok := quoth.DaysOf(e.Said); !ok {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no date", e.Said), Hint: "write it as YYYY-MM-DD, YYYY-MM, YYYY, or two of them with a slash between"}
	}
	if err := checkSpans("the words that tell the day", text, []quoth.Span{e.SaidWords}); err != nil {
		return err
	}
	st.Said = &quoth.Said{EDTF: e.Said, Evidence: e.SaidWords, Text: e.SaidWords.In(text)}
	return nil
}

// party checks somebody whom an editor names: an article's own, somebody of the record by
// ID, or a name that the article prints.
func (d *Desk) party(ctx context.Context, r quoth.Reading, p *quoth.Named, people *[]quoth.Person) (*quoth.Party, error) {
	if p == nil || p.Name == "" && p.ID == "" {
		return nil, nil
	}
	out := quoth.Party{Name: p.Name, Kind: p.Kind, ID: p.ID}
	if out.ID != "" {
		known, err := d.Record.Person(ctx, out.ID)
		if err != nil {
			return nil, err
		}
		out.ID, out.Kind = known.ID, known.Kind
		if out.Name == "" {
			out.Name = known.Name
		}
	}
	name, err := required("the name", out.Name, 200)
	if err != nil {
		return nil, err
	}
	if !slices.Contains([]quoth.PartyKind{quoth.PersonParty, quoth.OrganizationParty, quoth.GroupParty, quoth.AnonymousParty, quoth.DocumentParty}, out.Kind) {
		return nil, invalid("%s is a person, an organization, a group, anonymous or a document", name)
	}
	if !prints(r.Article, name) {
		return nil, invalid("the article does not print the name %q", name)
	}
	if out.ID == "" && (out.Kind == quoth.PersonParty || out.Kind == quoth.OrganizationParty) && p.IsNew {
		if out.ID, err = d.newPerson(ctx, name, out.Kind); err != nil {
			return nil, err
		}
		*people = append(*people, quoth.Person{ID: out.ID, Name: name, Kind: out.Kind})
	}
	return &out, nil
}

// prints reports whether an article prints a name.
func prints(a quoth.Article, name string) bool {
	return strings.Contains(a.Text, name) || strings.Contains(a.Title, name) || a.Site == name || slices.Contains(a.Bylines, name)
}

// Correct carries an edit out; with a second pair of eyes it waits for approval.
func (d *Desk) Correct(ctx context.Context, who quoth.Account, e quoth.Edit) (quoth.Correction, error) {
	c, err := d.Preview(ctx, who, e)
	if err != nil {
		return c, err
	}
	var held quoth.Case
	if c.Case != "" {
		if held, err = d.caseOf(ctx, who, c); err != nil {
			return c, err
		}
	}
	act := d.act(who, "correct", "statement "+c.Statement, describeCorrection(c))
	if !d.NeedsSecond {
		return d.Record.Correct(ctx, c, act)
	}
	act.Action = "propose"
	if c.Case == "" {
		return d.Record.Propose(ctx, c, act)
	}
	held.State, held.Holder, held.Changed = quoth.CaseSecond, cmp.Or(held.Holder, who.Name), d.Now()
	return d.Record.Propose(ctx, c, act, quoth.CaseChange{Case: held, Act: d.act(who, "move", "case "+held.ID, "waits for a second editor")})
}

// caseOf is the case of a correction, which is about its statement, open, and nobody else's.
func (d *Desk) caseOf(ctx context.Context, who quoth.Account, c quoth.Correction) (quoth.Case, error) {
	held, err := d.Record.Case(ctx, c.Case)
	switch {
	case err != nil:
		return held, err
	case held.Kind != "statement" || held.Target != c.Statement:
		return held, invalid("case %s is about something else", c.Case)
	case held.State == quoth.CaseClosed:
		return held, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("case %s is closed", c.Case), Hint: "open it again, or correct the statement without it"}
	}
	return held, free(who, held)
}

func describeCorrection(c quoth.Correction) string {
	if c.Kind.TakesAway() {
		return string(c.Kind) + "; " + c.Note
	}
	return string(c.Kind) + " of " + strings.Join(c.Fields, ", ") + "; " + c.Note
}

// Decide approves or rejects a correction that another editor proposed, or takes one's own back.
func (d *Desk) Decide(ctx context.Context, who quoth.Account, id int64, approves bool) error {
	if err := may(who, quoth.DeskEditor); err != nil {
		return err
	}
	c, err := d.correction(ctx, id)
	if err != nil {
		return err
	}
	if c.Actor == who.Name && approves {
		return &quoth.Error{Code: quoth.Refused, Message: "a second pair of eyes is somebody else's", Hint: "ask another editor"}
	}
	also, err := d.decided(ctx, who, c)
	if err != nil {
		return err
	}
	if !approves {
		return d.Record.Reject(ctx, id, d.act(who, "reject", "statement "+c.Statement, describeCorrection(c)), also...)
	}
	c.Approver = who.Name
	_, err = d.Record.Correct(ctx, c, d.act(who, "correct", "statement "+c.Statement, describeCorrection(c)+"; proposed by "+c.Actor), also...)
	return err
}

// decided brings the case of a proposal back into work when no other of its proposals waits.
func (d *Desk) decided(ctx context.Context, who quoth.Account, c quoth.Correction) ([]quoth.CaseChange, error) {
	if c.Case == "" {
		return nil, nil
	}
	held, err := d.Record.Case(ctx, c.Case)
	if err != nil || held.State != quoth.CaseSecond {
		return nil, err
	}
	waiting, err := d.Record.Corrections(ctx, quoth.CorrectionQuery{Case: c.Case, State: quoth.Proposed, Limit: 2})
	if err != nil || slices.ContainsFunc(waiting, func(o quoth.Correction) bool { return o.ID != c.ID }) {
		return nil, err
	}
	held.State, held.Changed = quoth.CaseWorking, d.Now()
	return []quoth.CaseChange{{Case: held, Act: d.act(who, "move", "case "+held.ID, fmt.Sprintf("%s to %s; decided", quoth.CaseSecond, quoth.CaseWorking))}}, nil
}

// correction returns one by its number.
func (d *Desk) correction(ctx context.Context, id int64) (quoth.Correction, error) {
	list, err := d.Record.Corrections(ctx, quoth.CorrectionQuery{Before: id + 1, Limit: 1})
	if err != nil {
		return quoth.Correction{}, err
	}
	if len(list) == 0 || list[0].ID != id {
		return quoth.Correction{}, &quoth.Error{Code: quoth.NotFound, Message: fmt.Sprintf("there is no correction %d", id)}
	}
	return list[0], nil
}

// Undo takes a correction back.
func (d *Desk) Undo(ctx context.Context, who quoth.Account, id int64) error {
	if err := may(who, quoth.DeskEditor); err != nil {
		return err
	}
	c, err := d.correction(ctx, id)
	if err != nil {
		return err
	}
	return d.Record.UndoCorrection(ctx, id, d.act(who, "undo", "statement "+c.Statement, describeCorrection(c)))
}

// Merge, Split, Rename, Hide and UndoChange correct people; see [quoth.Editor].

// Merge makes one person of two.
func (d *Desk) Merge(ctx context.Context, who quoth.Account, from, into, note string) error {
	c, err := d.change(who, note)
	if err != nil {
		return err
	}
	_, err = d.Record.Merge(ctx, from, into, c)
	return err
}

// Split takes what articles say of a person for somebody else's: somebody of the record, by ID, or
// somebody new, who goes by name.
func (d *Desk) Split(ctx context.Context, who quoth.Account, person, other, name string, articles []string, note string) error {
	c, err := d.change(who, note)
	if err != nil {
		return err
	}
	if len(articles) == 0 {
		return invalid("no article is chosen")
	}
	known, err := d.Record.Person(ctx, person)
	if err != nil {
		return err
	}
	to := quoth.Person{Kind: known.Kind}
	if other != "" {
		if to, err = d.Record.Person(ctx, other); err != nil {
			return err
		}
		if to.Kind != known.Kind {
			return invalid("%q is no %s", other, known.Kind)
		}
	} else if to.Name, to.ID, err = d.newOf(ctx, name, articles[0], known.Kind); err != nil {
		return err
	}
	_, err = d.Record.Split(ctx, person, to, articles, c)
	return err
}

// newOf is the name, and an ID, of somebody new whom an article names.
func (d *Desk) newOf(ctx context.Context, text, article string, kind quoth.PartyKind) (name, id string, err error) {
	if name, err = required("the name", text, 200); err != nil {
		return "", "", err
	}
	r, _, err := d.Record.Article(ctx, article, 0)
	if err != nil {
		return "", "", err
	}
	if !prints(r.Article, name) {
		return "", "", invalid("the article does not print the name %q", name)
	}
	id, err = d.newPerson(ctx, name, kind)
	return name, id, err
}

// newPerson is an ID that nobody of the record has yet: another person may go by the name. Two
// hyphens keep it apart from the IDs of those whose names end in a number.
func (d *Desk) newPerson(ctx context.Context, name string, kind quoth.PartyKind) (string, error) {
	base := d.PersonID(name, kind)
	for id, n := base, 2; ; id, n = fmt.Sprintf("%s--%d", base, n), n+1 {
		if _, err := d.Record.Person(ctx, id); quoth.CodeOf(err) == quoth.NotFound {
			return id, nil
		} else if err != nil {
			return "", err
		}
	}
}

// Rename calls a person by another of the names they go by.
func (d *Desk) Rename(ctx context.Context, who quoth.Account, person, name, note string) error {
	c, err := d.change(who, note)
	if err != nil {
		return err
	}
	_, err = d.Record.Rename(ctx, person, name, c)
	return err
}

// Hide takes a person out of lists and off their page.
func (d *Desk) Hide(ctx context.Context, who quoth.Account, person, note string) error {
	c, err := d.change(who, note)
	if err != nil {
		return err
	}
	_, err = d.Record.Hide(ctx, person, c)
	return err
}

// UndoChange takes a change of people back.
func (d *Desk) UndoChange(ctx context.Context, who quoth.Account, id int64) error {
	if err := may(who, quoth.DeskEditor); err != nil {
		return err
	}
	return d.Record.Undo(ctx, id, d.act(who, "undo", "", ""))
}

func (d *Desk) change(who quoth.Account, note string) (quoth.Change, error) {
	if err := may(who, quoth.DeskEditor); err != nil {
		return quoth.Change{}, err
	}
	note, err := required("the public line", note, mostNote)
	return quoth.Change{At: d.Now(), Actor: who.Name, Note: note}, err
}
