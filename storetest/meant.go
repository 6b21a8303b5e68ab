package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"quoth"
)

// editors correct statements and people, an hour apart.
type editors struct {
	t     *testing.T
	st    quoth.Store
	hours int
}

func (e *editors) at() time.Time {
	e.hours++
	return now.Add(time.Duration(e.hours) * time.Hour)
}

func (e *editors) must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// correct corrects a statement, or proposes to.
func (e *editors) correct(id string, proposed bool, f func(is *quoth.Statement)) quoth.Correction {
	e.t.Helper()
	c := correction(e.t, e.st, id, f)
	c.At = e.at()
	do := e.st.Correct
	if proposed {
		do = e.st.Propose
	}
	c, err := do(e.t.Context(), c, act("correct", "statement "+id))
	e.must(err)
	return c
}

// by makes somebody the speaker of a statement.
func (e *editors) by(id, name string) quoth.Correction {
	e.t.Helper()
	return e.correct(id, false, speaks(name))
}

func speaks(name string) func(is *quoth.Statement) {
	return func(is *quoth.Statement) {
		is.Speaker = &quoth.Speaker{Name: name, Kind: quoth.PersonParty, Mention: "she", ID: slug(name)}
	}
}

func (e *editors) undo(c quoth.Correction) {
	e.t.Helper()
	a := act("undo", "statement "+c.Statement)
	a.At, a.Detail = e.at(), "correction; "+c.Note
	e.must(e.st.UndoCorrection(e.t.Context(), c.ID, a))
}

func (e *editors) merge(from, into string) quoth.Change {
	e.t.Helper()
	c, err := e.st.Merge(e.t.Context(), from, into, quoth.Change{At: e.at(), Actor: "ed"})
	e.must(err)
	return c
}

func (e *editors) undoChange(c quoth.Change) {
	e.t.Helper()
	a := act("undo", "")
	a.At = e.at()
	e.must(e.st.Undo(e.t.Context(), c.ID, a))
}

// speaker fails the test unless a statement is somebody's.
func (e *editors) speaker(when, id, want string) {
	e.t.Helper()
	got, err := e.st.Statement(e.t.Context(), id)
	e.must(err)
	if got.Speaker.ID != want {
		e.t.Errorf("%s: said by %q, want %q", when, got.Speaker.ID, want)
	}
}

// What an editor corrects before or while two people are one can be undone before and after they
// are apart again: a statement goes to whom it was.
func testMergeCorrect(t *testing.T, st quoth.Store) {
	keep(t, st, append([]article{{id: "a0", says: []said{{who: "Al Dunn", words: "I was there."}}}}, town...)...)
	before := picture(t, st)
	e := &editors{t: t, st: st}
	id := quoth.StatementID("a1", town[0].says[0].words, 0)

	first := e.by(id, "Ida Quill")
	merged := e.merge("zoe-hale", "eric-moss")
	e.undo(first)
	e.speaker("a correction from before, undone while they are one", id, "eric-moss")
	second := e.by(id, "Ida Quill")
	e.undoChange(merged)
	e.speaker("the merge undone", id, "ida-quill")
	e.undo(second)
	e.speaker("a correction of theirs, undone when they are apart", id, "zoe-hale")

	// Of one who was merged into one who was merged, and what was proposed before it.
	id = quoth.StatementID("a3", town[2].says[0].words, 0)
	first = e.by(id, "Ida Quill")
	proposed := e.correct(id, true, speaks("Zoë Hale"))
	one := e.merge("zoe-hale", "eric-moss")
	two := e.merge("eric-moss", "al-dunn")
	if _, err := st.Correct(t.Context(), proposed, act("correct", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	e.speaker("accepted while they are one", id, "al-dunn")
	e.undoChange(two)
	e.speaker("the second merge undone", id, "eric-moss")
	e.undoChange(one)
	e.speaker("both undone", id, "zoe-hale")
	e.undo(proposed)
	e.undo(first)
	if after := picture(t, st); after != before {
		t.Errorf("all undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
}

// Names are counted right when an article stopped calling somebody by one while they were one with
// another.
func testMergeNames(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	before := picture(t, st)
	e := &editors{t: t, st: st}
	merged := e.merge("zoe-hale", "eric-moss")
	c := e.by(quoth.StatementID("a3", town[2].says[0].words, 0), "Ida Quill") // all that a3 has of her
	e.undoChange(merged)
	e.undo(c)
	if after := picture(t, st); after != before {
		t.Errorf("all undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
}

// Whom a statement is about, corrected while two of them were one, is told apart again when they
// are, by later readings too.
func testMergeAbout(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	e := &editors{t: t, st: st}
	id := quoth.StatementID("a2", town[1].says[1].words, 0)
	want := func(when string, want ...string) {
		t.Helper()
		got, err := st.Statement(t.Context(), id)
		e.must(err)
		var ids []string
		for _, p := range got.About {
			ids = append(ids, p.ID)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s: about %q, want %q", when, ids, want)
		}
	}
	want("at first", "zoe-hale", "eric-moss")
	merged := e.merge("eric-moss", "zoe-hale")
	c := e.correct(id, false, func(is *quoth.Statement) {
		is.About = append(is.About, quoth.Party{Name: "Ida Quill", Kind: quoth.PersonParty, ID: "ida-quill"})
	})
	want("one, and corrected", "zoe-hale", "zoe-hale", "ida-quill")
	e.undoChange(merged)
	want("apart", "zoe-hale", "eric-moss", "ida-quill")
	reread := entry(town[1])
	reread.Model = "test-2"
	e.must(st.Keep(t.Context(), []quoth.Entry{reread}, nil))
	want("read again", "zoe-hale", "eric-moss", "ida-quill")
	e.undo(c)
	want("undone", "zoe-hale", "eric-moss")
}

// A correction from before a split means the one whom the split makes of them in its articles.
func testSplitCorrect(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	before := picture(t, st)
	e := &editors{t: t, st: st}
	id, other := quoth.StatementID("a2", town[1].says[0].words, 0), quoth.StatementID("a1", town[0].says[1].words, 0)
	first, second := e.by(id, "Ida Quill"), e.by(other, "Zoë Hale")
	split, err := st.Split(t.Context(), "zoe-hale", quoth.Person{ID: "zoe-hale-2", Name: "Zoë Hale", Kind: quoth.PersonParty}, []string{"a1", "a2"}, quoth.Change{At: e.at(), Actor: "ed"})
	e.must(err)
	e.speaker("split", other, "zoe-hale-2")
	reread := entry(town[0])
	reread.Model = "test-2"
	e.must(st.Keep(t.Context(), []quoth.Entry{reread}, nil))
	e.speaker("split, and read again", other, "zoe-hale-2")
	for i, linked := range []string{"zoe-hale", ""} { // to whom she was, and to nobody
		reread = entry(town[1])
		reread.Model = fmt.Sprint("test-", 2+i)
		reread.Reading.Statements[1].About[0].ID = linked
		e.must(st.Keep(t.Context(), []quoth.Entry{reread}, nil))
		if got, err := st.Statement(t.Context(), quoth.StatementID("a2", town[1].says[1].words, 0)); err != nil || got.About[0].ID != "zoe-hale-2" || got.About[1].ID != "eric-moss" {
			t.Errorf("split, and read again, linked to %q: %+v, %v", linked, got.Statement, err)
		}
	}
	e.undo(first)
	e.speaker("undone since the split", id, "zoe-hale-2")
	third := e.by(id, "Ida Quill")
	e.undoChange(split)
	e.speaker("the split undone", other, "zoe-hale")
	e.undo(third)
	e.speaker("undone after the split is", id, "zoe-hale")
	e.undo(second)
	if after := picture(t, st); after != before {
		t.Errorf("all undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
}

// Undone makes a correction and a change, undoes both, the latter two an hour apart, and returns
// a check that a store tells when that was.
func Undone(t *testing.T, st quoth.Store) (check func(quoth.Store)) {
	t.Helper()
	keep(t, st, town...)
	e := &editors{t: t, st: st}
	c := e.by(quoth.StatementID("a1", town[0].says[0].words, 0), "Ida Quill")
	merged := e.merge("zoe-hale", "eric-moss")
	e.undoChange(merged)
	e.undo(c)
	return func(st quoth.Store) {
		t.Helper()
		corrections, err := st.Corrections(t.Context(), quoth.CorrectionQuery{})
		e.must(err)
		changes, err := st.Changes(t.Context(), "", 0, 10)
		e.must(err)
		if got, want := corrections[0].UndoneAt, now.Add(4*time.Hour); !got.Equal(want) {
			t.Errorf("the correction was undone at %v, want %v", got, want)
		}
		if got, want := changes[0].UndoneAt, now.Add(3*time.Hour); !got.Equal(want) {
			t.Errorf("the change was undone at %v, want %v", got, want)
		}
	}
}

// BeforeUndone takes from a record what came with the times of undoing.
const BeforeUndone = "drop table case_rank; drop index change_taker; drop index change_giver; alter table correction drop column undone_at; alter table change drop column undone_at; " +
	"delete from goose_db_version where version_id = "
