package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"quoth"
)

func (s *Site) pair(r *http.Request) (*answer, error) {
	p, err := s.pairOf(r)
	if err != nil {
		return nil, err
	}
	a, b := p.sides[0].who, p.sides[1].who
	if a.ID == b.ID {
		return &answer{moved: "/people/" + url.PathEscape(a.ID)}, nil
	}
	isFirst := r.URL.Query().Get("cursor") == ""
	if isFirst {
		for i := range p.sides {
			if p.sides[i].Facets, err = s.Record.Facets(r.Context(), p.sides[i].query()); err != nil {
				return nil, err
			}
		}
	}
	from, to := p.printed()
	if p.timeline, err = s.withBackground(r.Context(), p.timeline, a, b); err != nil {
		return nil, err
	}
	// One page stands at both addresses.
	return &answer{template: "pair", Title: a.Name + " and " + b.Name, Description: "What " + a.Name + " and " + b.Name + " say of one another, according to the press.", Canonical: pairPath(min(a.ID, b.ID), max(a.ID, b.ID)), Feed: pairPath(a.ID, b.ID) + "/feed.atom",
		isPassing: !isFirst, Data: map[string]any{"A": a, "B": b, "Sides": p.sides, "Timeline": p.timeline, "Next": next(r, p.cursor()), "IsFirst": isFirst, "From": from, "To": to}}, nil
}

// pairing is one page of what two people say of one another.
type pairing struct {
	sides    [2]pairSide
	timeline []turn // the last said or printed first
}

// pairSide is what one of two says of the other.
type pairSide struct {
	who, of quoth.Person
	Facets  quoth.Facets // of the first page
	cursor  string       // where it goes on
	isOver  bool
}

// query asks for all of the side.
func (p pairSide) query() quoth.Query { return quoth.Query{Speaker: p.who.ID, About: p.of.ID} }

// Path is the list of all of the side.
func (p pairSide) Path() string {
	return "/search?" + url.Values{"speaker": {p.who.ID}, "about": {p.of.ID}}.Encode()
}

// Who is the name of who speaks.
func (p pairSide) Who() string { return p.who.Name }

// Of is the name of whom they speak of.
func (p pairSide) Of() string { return p.of.Name }

// turn is one statement of a pair, or a dated sentence of a reporter's own between them.
type turn struct {
	quoth.Recorded
	IsFirst    bool              // A speaks of B
	Background *quoth.Background // not nil for a reporter's sentence, in Recorded.Article
}

// day is where the turn stands on the timeline.
func (t turn) day() time.Time {
	if t.Background == nil {
		return dayOf(t.Recorded)
	}
	d, _ := quoth.DaysOf(t.Background.When.EDTF)
	return d.To
}

// pairRows is how many statements of either a page has at most.
const pairRows = 60

// sideEnd stands in a cursor for a side that has no more.
const sideEnd = "-"

// pairOf reads one page of a pair: of both the newest statements, back to the same day, so that
// nobody seems silent whose statements only come later in the list.
func (s *Site) pairOf(r *http.Request) (p pairing, err error) {
	a, err := quoth.ShownPerson(r.Context(), s.Record, r.PathValue("id"))
	if err != nil {
		return p, err
	}
	b, err := quoth.ShownPerson(r.Context(), s.Record, r.PathValue("other"))
	if err != nil {
		return p, err
	}
	p.sides = [2]pairSide{{who: a, of: b}, {who: b, of: a}}
	if cursor := r.URL.Query().Get("cursor"); cursor != "" {
		first, second, _ := strings.Cut(cursor, "~")
		for i, c := range []string{first, second} {
			p.sides[i].cursor, p.sides[i].isOver = c, c == sideEnd
		}
	}
	var found [2]quoth.Answer[quoth.Recorded]
	var edge time.Time // the page goes back to this day of printing
	for i, side := range p.sides {
		if side.isOver {
			continue
		}
		if found[i], err = s.sidePage(r.Context(), side, pairRows); err != nil {
			return p, err
		}
		if items := found[i].Items; found[i].Next != "" {
			edge = later(edge, printedOn(items[len(items)-1]))
		}
	}
	for i := range p.sides {
		items := found[i].Items
		n := slices.IndexFunc(items, func(st quoth.Recorded) bool { return printedOn(st).Before(edge) })
		if n < 0 {
			n = len(items)
		}
		if err := s.goOn(r.Context(), &p.sides[i], found[i], n); err != nil {
			return p, err
		}
		for _, st := range items[:n] {
			p.timeline = append(p.timeline, turn{Recorded: st, IsFirst: i == 0})
		}
	}
	slices.SortStableFunc(p.timeline, func(x, y turn) int { return dayOf(y.Recorded).Compare(dayOf(x.Recorded)) })
	return p, nil
}

// sidePage is what a side has next.
func (s *Site) sidePage(ctx context.Context, side pairSide, limit int) (quoth.Answer[quoth.Recorded], error) {
	q := side.query()
	q.Cursor, q.Limit = side.cursor, limit
	return s.Record.Statements(ctx, q)
}

// goOn puts a side behind the first n statements of what was found.
func (s *Site) goOn(ctx context.Context, side *pairSide, found quoth.Answer[quoth.Recorded], n int) error {
	switch {
	case n == len(found.Items):
		side.cursor = found.Next
		side.isOver = found.Next == ""
	case n > 0:
		shown, err := s.sidePage(ctx, *side, n)
		if err != nil {
			return err
		}
		side.cursor = shown.Next
	}
	return nil
}

// cursor is where the next page begins, "" when there is none.
func (p pairing) cursor() string {
	var parts [2]string
	for i, side := range p.sides {
		if parts[i] = side.cursor; side.isOver {
			parts[i] = sideEnd
		}
	}
	if p.sides[0].isOver && p.sides[1].isOver {
		return ""
	}
	return parts[0] + "~" + parts[1]
}

// printed are the first and the last day of printing on the page, as EDTF, "" when none is
// known.
func (p pairing) printed() (from, to string) {
	var first, last time.Time
	for _, t := range p.timeline {
		day := printedOn(t.Recorded)
		if day.IsZero() {
			continue
		}
		if from == "" || day.Before(first) {
			first, from = day, t.Article.Published
		}
		if to == "" || day.After(last) {
			last, to = day, t.Article.Published
		}
	}
	return from, to
}

// later is the later of two days.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// backgroundFrom is how many articles a pair's background is taken from.
const backgroundFrom = 8

// withBackground puts what the newest articles of a timeline tell of the two between their
// statements, each sentence once.
func (s *Site) withBackground(ctx context.Context, timeline []turn, a, b quoth.Person) ([]turn, error) {
	seen, told := map[string]bool{}, map[string]bool{}
	all := slices.Clone(timeline)
	for _, t := range timeline {
		if seen[t.Article.ID] {
			continue
		}
		if seen[t.Article.ID] = true; len(seen) > backgroundFrom {
			break
		}
		r, ref, err := s.Record.Article(ctx, t.Article.ID, 0)
		if err != nil {
			return nil, err
		}
		for i := range r.Background {
			f := &r.Background[i]
			if told[f.Text] || !slices.ContainsFunc(f.About, func(p quoth.Party) bool { return p.ID != "" && (p.ID == a.ID || p.ID == b.ID) }) {
				continue
			}
			told[f.Text] = true
			all = append(all, turn{Recorded: quoth.Recorded{Article: ref}, Background: f})
		}
	}
	slices.SortStableFunc(all, func(x, y turn) int { return y.day().Compare(x.day()) })
	return all, nil
}

// dayOf is the day that a statement stands at on a timeline: of saying, or else of
// printing.
func dayOf(st quoth.Recorded) time.Time {
	if st.Said != nil {
		if d, ok := quoth.DaysOf(st.Said.EDTF); ok && !d.To.IsZero() {
			return d.To
		}
	}
	return printedOn(st)
}

// printedOn is the last day on which a statement may have been printed, zero when it is not
// known.
func printedOn(st quoth.Recorded) time.Time {
	d, _ := quoth.DaysOf(st.Article.Published)
	return d.To
}
