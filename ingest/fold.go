package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"quoth"
	"quoth/wording"
)

// fold finds, for each statement of entries, the saying that it belongs to: the one of a
// statement in the record, or in an entry before, of the same words by the same speaker.
func (w *Ingest) fold(ctx context.Context, entries []quoth.Entry) error {
	var hashes []uint64
	for i := range entries {
		e := &entries[i]
		e.Sayings, e.Sketches = map[string]string{}, map[string][]uint64{}
		for j := range e.Reading.Statements {
			st := &e.Reading.Statements[j]
			if sketch := wording.Sketch(spoken(st)); sketch != nil {
				e.Sketches[st.ID] = sketch
				hashes = append(hashes, sketch...)
			}
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	slices.Sort(hashes)
	known, err := w.Keeper.Wordings(ctx, slices.Compact(hashes))
	if err != nil {
		return fmt.Errorf("look for sayings: %w", err)
	}
	f := newFolding(known)
	for i := range entries {
		e := &entries[i]
		for j := range e.Reading.Statements {
			st := &e.Reading.Statements[j]
			if sketch := e.Sketches[st.ID]; sketch != nil {
				e.Sayings[st.ID] = f.sayingOf(e, st, sketch)
			}
		}
	}
	return nil
}

// spoken are the words of a statement that are compared: those in quotation marks when
// they are enough to know it by, and all of them otherwise.
func spoken(st *quoth.Statement) string {
	text := words(st)
	if st.Kind != quoth.Mixed {
		return text
	}
	if quoted := inMarks(text); len(strings.Fields(quoted)) >= leastQuoted {
		return quoted
	}
	return text
}

// leastQuoted is the fewest words in quotation marks that a statement is known by.
const leastQuoted = 6

// inMarks returns what stands in double quotation marks in text.
func inMarks(text string) string {
	var b strings.Builder
	isInside := false
	for _, r := range text {
		switch {
		case r == '“' || r == '"' && !isInside:
			isInside = true
		case r == '”' || r == '"':
			isInside = false
			b.WriteByte(' ')
		case isInside:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// folding finds wordings by their hashes.
type folding struct {
	byHash map[uint64][]*quoth.Wording
}

func newFolding(known []quoth.Wording) *folding {
	f := &folding{map[uint64][]*quoth.Wording{}}
	for i := range known {
		w := &known[i]
		st := quoth.Statement{Kind: w.Kind, Content: &quoth.Role{Text: w.Words}}
		f.add(w, wording.Sketch(spoken(&st)))
	}
	return f
}

func (f *folding) add(w *quoth.Wording, sketch []uint64) {
	for _, hash := range sketch {
		f.byHash[hash] = append(f.byHash[hash], w)
	}
}

// maxCompared bounds how many wordings one statement is compared with.
const maxCompared = 64

// wordingOf is the wording of a statement, of a saying of its own.
func wordingOf(e *quoth.Entry, st *quoth.Statement) *quoth.Wording {
	own := &quoth.Wording{ID: st.ID, Article: e.Reading.Article.ID, Saying: st.ID, Words: words(st), Kind: st.Kind, Published: e.Reading.Article.Published.EDTF}
	if st.Speaker != nil {
		own.Speaker, own.Name = st.Speaker.ID, st.Speaker.Name
	}
	return own
}

// sayingOf returns the saying of a statement, and makes the statement known.
func (f *folding) sayingOf(e *quoth.Entry, st *quoth.Statement, sketch []uint64) string {
	own := wordingOf(e, st)
	own.Saying = f.find(own, sketch)
	f.add(own, sketch)
	return own.Saying
}

// find returns the saying of a wording: its own when no other is known.
func (f *folding) find(own *quoth.Wording, sketch []uint64) string {
	seen := map[*quoth.Wording]bool{}
	for _, hash := range sketch {
		for _, w := range f.byHash[hash] {
			if seen[w] || len(seen) >= maxCompared {
				continue
			}
			seen[w] = true
			if w.ID == own.ID || isSameSaying(own, w) {
				return w.Saying
			}
		}
	}
	return own.Saying
}

// foldAgain does what fold does for statements that begin a saying, by what was written meanwhile.
func foldAgain(ctx context.Context, news quoth.Known, entries []quoth.Entry) error {
	var hashes []uint64
	eachBegun(entries, func(_ *quoth.Entry, _ *quoth.Statement, sketch []uint64) { hashes = append(hashes, sketch...) })
	if len(hashes) == 0 {
		return nil
	}
	slices.Sort(hashes)
	known, err := news.Wordings(ctx, slices.Compact(hashes))
	if err != nil {
		return fmt.Errorf("look for new sayings: %w", err)
	}
	f := newFolding(known)
	begun := map[string]string{} // by the saying that a statement began: the one that was there
	eachBegun(entries, func(e *quoth.Entry, st *quoth.Statement, sketch []uint64) {
		if saying := f.find(wordingOf(e, st), sketch); saying != st.ID {
			begun[st.ID] = saying
		}
	})
	for i := range entries {
		for id, saying := range entries[i].Sayings {
			if was, ok := begun[saying]; ok {
				entries[i].Sayings[id] = was
			}
		}
	}
	return nil
}

// eachBegun goes through the statements that begin a saying.
func eachBegun(entries []quoth.Entry, do func(*quoth.Entry, *quoth.Statement, []uint64)) {
	for i := range entries {
		e := &entries[i]
		for j := range e.Reading.Statements {
			st := &e.Reading.Statements[j]
			if sketch := e.Sketches[st.ID]; sketch != nil && e.Sayings[st.ID] == st.ID {
				do(e, st, sketch)
			}
		}
	}
}

// isSameSaying reports whether two wordings are of one utterance: one speaker, and words
// that are mostly the same.
func isSameSaying(a, b *quoth.Wording) bool {
	if !mayBeSame(a, b) {
		return false
	}
	x := spoken(&quoth.Statement{Kind: a.Kind, Content: &quoth.Role{Text: a.Words}})
	y := spoken(&quoth.Statement{Kind: b.Kind, Content: &quoth.Role{Text: b.Words}})
	if !wording.Same(x, y) || !mayBeMisquoted(a, b) && wording.Compare(x, y).IsNegated {
		return false
	}
	// What is not quoted many may report in like words: there the speaker has to be one, by
	// the record or by name. The three wrong of sixty pairs that were read were of this kind.
	if a.Kind == quoth.Indirect || b.Kind == quoth.Indirect {
		name := wording.Fold(a.Name)
		return a.Speaker != "" && a.Speaker == b.Speaker || name != "" && name == wording.Fold(b.Name) && !isGeneric(a.Name)
	}
	// Without a name on both sides the words have to speak for themselves.
	isNamed := a.Name != "" && b.Name != ""
	return isNamed || len(wording.Words(x)) >= leastAnonymous && len(wording.Words(y)) >= leastAnonymous
}

// mayBeMisquoted reports whether of two wordings that say the opposite one could be the other
// with a "not" lost or added: by another article, of the same days. Who says the opposite years
// later, or in one breath, says something else.
func mayBeMisquoted(a, b *quoth.Wording) bool {
	x, isKnownX := quoth.DaysOf(a.Published)
	y, isKnownY := quoth.DaysOf(b.Published)
	if a.Article == b.Article || !isKnownX || !isKnownY {
		return false
	}
	from, to := x, y
	if to.From.Before(from.From) {
		from, to = to, from
	}
	return !from.From.IsZero() && !from.To.IsZero() && to.From.Sub(from.To) <= sameDays
}

// sameDays is how far apart articles about one occasion are printed at most. Chosen, not tuned:
// weeklies are within it.
const sameDays = 7 * 24 * time.Hour

// leastAnonymous is the fewest words by which two wordings are one saying when a page
// does not tell who spoke.
const leastAnonymous = 10

// mayBeSame reports whether two speakers can be one: the same person of the record, or
// names of which one could be short for the other, or nobody known on one side.
func mayBeSame(a, b *quoth.Wording) bool {
	if a.Speaker != "" && b.Speaker != "" {
		return a.Speaker == b.Speaker
	}
	if a.Name == "" || b.Name == "" {
		return true
	}
	x, y := strings.Fields(wording.Fold(a.Name)), strings.Fields(wording.Fold(b.Name))
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	return x[len(x)-1] == y[len(y)-1] || isGeneric(a.Name) || isGeneric(b.Name)
}

// isGeneric reports whether a name is a description, "the mayor", which anybody may be.
func isGeneric(name string) bool {
	return !strings.ContainsFunc(name, unicode.IsUpper)
}
