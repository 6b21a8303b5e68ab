package english

import (
	"sort"
	"strings"

	"quoth"
)

// softHyphen is where a word may be cut at the end of a line. It shows nothing, and no word has it: "Pres\u00adid\u00adent".
const softHyphen = "\u00ad"

// hyphenated is a text with soft hyphens beside the one without.
type hyphenated struct {
	text string
	cuts []int // where in the text without them each stood, in order
}

// withoutHyphens returns a without soft hyphens, which no word is found with, and what tells where they stood.
func withoutHyphens(a quoth.Article) (quoth.Article, *hyphenated) {
	h := &hyphenated{text: a.Text}
	var text strings.Builder
	text.Grow(len(a.Text))
	for rest := a.Text; ; {
		before, after, found := strings.Cut(rest, softHyphen)
		text.WriteString(before)
		if !found {
			break
		}
		h.cuts = append(h.cuts, text.Len())
		rest = after
	}
	// Blocks begin and end in a, so each place is found from there.
	bare := func(at int) int {
		return at - len(softHyphen)*sort.Search(len(h.cuts), func(i int) bool { return h.cuts[i]+len(softHyphen)*i >= at })
	}
	blocks := make([]quoth.Block, 0, len(a.Blocks))
	for _, b := range a.Blocks {
		if b.Span = (quoth.Span{Start: bare(b.Span.Start), End: bare(b.Span.End)}); !b.Span.IsEmpty() {
			blocks = append(blocks, b)
		}
	}
	a.Text, a.Blocks = text.String(), blocks
	return a, h
}

// span returns the bytes of the text with soft hyphens that s is without them.
func (h *hyphenated) span(s quoth.Span) quoth.Span {
	start := sort.Search(len(h.cuts), func(i int) bool { return h.cuts[i] > s.Start })
	end := sort.SearchInts(h.cuts, s.End)
	return quoth.Span{Start: s.Start + len(softHyphen)*start, End: s.End + len(softHyphen)*end}
}

func (h *hyphenated) role(r *quoth.Role) *quoth.Role {
	if r == nil {
		return nil
	}
	spans := make([]quoth.Span, len(r.Spans))
	for i, s := range r.Spans {
		spans[i] = h.span(s)
	}
	return quoth.NewRole(h.text, spans)
}

func (h *hyphenated) said(s *quoth.Said) {
	s.Evidence = h.span(s.Evidence)
	s.Text = s.Evidence.In(h.text)
}

// restore makes the spans of statements and background those of the text with soft hyphens. Names stay without.
func (h *hyphenated) restore(statements []quoth.Statement, background []quoth.Background) {
	for i := range statements {
		s := &statements[i]
		s.Source, s.Cue, s.Content = h.role(s.Source), h.role(s.Cue), h.role(s.Content)
		if s.Said != nil {
			h.said(s.Said)
		}
		if s.Venue != nil {
			s.Venue.Span = h.span(s.Venue.Span)
		}
		if s.Addressee != nil {
			s.Addressee.Span = h.span(s.Addressee.Span)
		}
	}
	for i := range background {
		b := &background[i]
		b.Span = h.span(b.Span)
		b.Text = b.Span.In(h.text)
		h.said(&b.When)
	}
}
