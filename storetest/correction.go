package storetest

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"quoth"
	"quoth/wording"
)

// correction makes the correction of a statement by f.
func correction(t *testing.T, st quoth.Store, id string, f func(is *quoth.Statement)) quoth.Correction {
	t.Helper()
	was, err := st.Statement(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	is := was.Statement
	is.About = slices.Clone(is.About)
	f(&is)
	return quoth.Correction{Statement: id, Article: was.Article.ID, Revision: was.Revision, Kind: quoth.FieldCorrection, Fields: quoth.Differences(&was.Statement, &is),
		Was: &was.Statement, Is: &is, Note: "The page says so.", Case: "c1", Actor: "ed", At: now}
}

func testCorrect(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	c := correction(t, st, id, func(is *quoth.Statement) {
		is.Speaker = &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "she", ID: "ida-quill"}
		is.About = []quoth.Party{{Name: "Zoë Hale", Kind: quoth.PersonParty, ID: "zoe-hale"}, {Name: "Al Dunn", Kind: quoth.PersonParty, ID: "al-dunn"}}
		is.Said, is.Medium, is.Kind = nil, "interview", quoth.Mixed
		is.Content = quoth.NewRole(town[0].says[0].words, []quoth.Span{{Start: 0, End: 34}})
	})
	c.People = []quoth.Person{{ID: "al-dunn", Name: "Al Dunn", Kind: quoth.PersonParty, Aliases: []quoth.Alias{{Name: "Al Dunn", Articles: 1, Evidence: "a1"}}}}
	if want := []string{"kind", "content", "speaker", "said", "medium", "about"}; !slices.Equal(c.Fields, want) {
		t.Fatalf("fields: got %q, want %q", c.Fields, want)
	}
	c, err := st.Correct(ctx, c, act("correct", "statement "+id))
	if err != nil || c.ID == 0 || c.State != quoth.Accepted {
		t.Fatalf("correct: got %+v, %v", c, err)
	}
	got, err := st.Statement(ctx, id)
	if err != nil || len(quoth.Differences(&got.Statement, c.Is)) > 0 || got.ID != id {
		t.Errorf("the corrected statement: got %+v, %v, want %+v", got.Statement, err, c.Is)
	}
	for q, want := range map[string]int{`speaker:"Ida Quill"`: 2, `speaker:"Zoë Hale"`: 2, `about:"Al Dunn"`: 1, "cross": 0, "bridge": 3, "medium:interview": 2} {
		query, err := quoth.ParseQuery(q)
		if err != nil {
			t.Fatal(err)
		}
		if found := ask(t, st, query); len(found) != want {
			t.Errorf("%s: found %q, want %d", q, found, want)
		}
	}
	if p, err := st.Person(ctx, "al-dunn"); err != nil || p.About != 1 || p.Name != "Al Dunn" || len(p.Aliases) != 1 {
		t.Errorf("somebody new: got %+v, %v", p, err)
	}
	_, err = st.Correct(ctx, quoth.Correction{Statement: id, Kind: quoth.FieldCorrection, Fields: c.Fields, Was: c.Was, Is: c.Is, Note: "n", Actor: "al", At: now}, act("correct", "statement "+id))
	wantCode(t, "a correction of what it no longer is", err, quoth.Conflict)

	next, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "speech" }), act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, "undoing what is not the last", st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)), quoth.Conflict)
	for _, n := range []int64{next.ID, c.ID} {
		if err := st.UndoCorrection(ctx, n, act("undo", "statement "+id)); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, "undoing twice", st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)), quoth.Conflict)
	wantCode(t, "undoing nothing", st.UndoCorrection(ctx, 99, act("undo", "statement "+id)), quoth.NotFound)
	if after := picture(t, st); after != before {
		t.Errorf("after undoing: got\n%s\nwant\n%s", after, before)
	}
	list, err := st.Corrections(ctx, quoth.CorrectionQuery{Statement: id})
	if err != nil || len(list) != 2 || list[0].ID != next.ID || list[1].State != quoth.Undone || !list[1].UndoneAt.Equal(now) || len(quoth.Differences(list[1].Was, c.Was)) > 0 || list[1].Note != c.Note {
		t.Errorf("corrections: got %+v, %v", list, err)
	}
	if list, err := st.Corrections(ctx, quoth.CorrectionQuery{Before: next.ID, Case: "c1", Article: "a1", State: quoth.Undone}); err != nil || len(list) != 1 || list[0].ID != c.ID {
		t.Errorf("older corrections: got %+v, %v", list, err)
	}
	acts, err := st.Acts(ctx, "statement "+id, 0, 10)
	if err != nil || len(acts) != 4 || acts[3].Action != "undo" {
		t.Errorf("the audit log: got %+v, %v", acts, err)
	}
}

// Of two editors who saw the same statement one is told that it has changed; what the
// other did stands whole.
// testComplete: of a correction that says what was and what is, the record tells the rest; one
// that does not say it is refused.
func testComplete(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	full := correction(t, st, id, func(is *quoth.Statement) { is.Medium = "message" })
	for what, change := range map[string]func(c *quoth.Correction){
		"no words that were": func(c *quoth.Correction) { c.Was = nil },
		"no words that are":  func(c *quoth.Correction) { c.Is = nil },
		"no difference":      func(c *quoth.Correction) { c.Is = c.Was },
	} {
		c := full
		change(&c)
		_, err := st.Correct(ctx, c, act("correct", "statement "+id))
		wantCode(t, "correct: "+what, err, quoth.Invalid)
		_, err = st.Propose(ctx, c, act("propose", "statement "+id))
		wantCode(t, "propose: "+what, err, quoth.Invalid)
	}
	short := full
	short.Article, short.Revision, short.Fields = "", 0, nil
	got, err := st.Correct(ctx, short, act("correct", "statement "+id))
	if err != nil || got.Article != "a1" || got.Revision != full.Revision || !slices.Equal(got.Fields, full.Fields) {
		t.Errorf("got %+v, %v, want the article, the revision and the fields of %+v", got, err, full)
	}
	if now, err := st.Statement(ctx, id); err != nil || now.Medium != "message" {
		t.Errorf("the corrected statement: got %+v, %v", now, err)
	}
}

func testTwoEditors(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	other := func(now, a, b string) string {
		if now == a {
			return b
		}
		return a
	}
	for round := range 10 {
		a := correction(t, st, id, func(is *quoth.Statement) { is.Medium = other(is.Medium, "interview", "broadcast") })
		b := correction(t, st, id, func(is *quoth.Statement) { is.Kind = quoth.Kind(other(string(is.Kind), "mixed", "direct")) })
		var errs [2]error
		var made [2]quoth.Correction
		var both sync.WaitGroup
		for i, c := range []quoth.Correction{a, b} {
			both.Go(func() { made[i], errs[i] = st.Correct(ctx, c, act("correct", "statement "+id)) })
		}
		both.Wait()
		first := slices.IndexFunc(errs[:], func(err error) bool { return err == nil })
		if first < 0 || quoth.CodeOf(errs[1-first]) != quoth.Conflict {
			t.Fatalf("round %d: got %v, want one conflict", round, errs)
		}
		if got, err := st.Statement(ctx, id); err != nil || len(quoth.Differences(&got.Statement, made[first].Is)) > 0 {
			t.Fatalf("round %d: got %+v, %v, want %+v", round, got.Statement, err, made[first].Is)
		}
		// The same of one who takes it back while another corrects it.
		c := correction(t, st, id, func(is *quoth.Statement) { is.Said = nil })
		both.Go(func() { errs[0] = st.UndoCorrection(ctx, made[first].ID, act("undo", "statement "+id)) })
		both.Go(func() { made[1], errs[1] = st.Correct(ctx, c, act("correct", "statement "+id)) })
		both.Wait()
		got, err := st.Statement(ctx, id)
		if err != nil || (errs[0] == nil) == (errs[1] == nil) || (got.Said == nil) != (errs[1] == nil) {
			t.Fatalf("round %d: got %v, %+v, %v", round, errs, got.Statement, err)
		}
		if errs[1] == nil {
			err = st.UndoCorrection(ctx, made[1].ID, act("undo", "statement "+id))
		} else if quoth.CodeOf(errs[1]) != quoth.Conflict {
			t.Fatalf("round %d: got %v, want a conflict", round, errs)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// takeAway withdraws a statement.
func takeAway(t *testing.T, st quoth.Store, id string) quoth.Correction {
	t.Helper()
	c := correction(t, st, id, func(*quoth.Statement) {})
	c.Kind, c.Is, c.Note = quoth.Redaction, nil, "A court forbids it."
	c, err := st.Correct(t.Context(), c, act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func testTakeAway(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	known := func() int {
		t.Helper()
		found, err := st.Wordings(ctx, wording.Sketch(town[0].says[0].words))
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if known() != 1 {
		t.Fatal("the wording is not known")
	}
	c := takeAway(t, st, id)
	if n := known(); n != 0 {
		t.Errorf("sayings are still folded into it: %d", n)
	}
	got, err := st.Statement(ctx, id)
	if err != nil || got.Withdrawn != "A court forbids it." || got.Content != nil || got.Speaker != nil || got.Article.ID != "a1" {
		t.Errorf("the stone: got %+v, %v", got, err)
	}
	if found := ask(t, st, quoth.Query{Speaker: "zoe-hale"}); len(found) != 2 {
		t.Errorf("still found: %q", found)
	}
	r, ref, err := st.Article(ctx, "a1", 0)
	if err != nil || len(r.Statements) != 2 || ref.Statements != 2 {
		t.Errorf("the article: %d statements, %+v, %v", len(r.Statements), ref, err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Statements != 2 {
		t.Errorf("the speaker: got %+v, %v", p, err)
	}
	history, err := st.History(ctx, id)
	if err != nil || len(history) != 1 || history[0].Content != nil {
		t.Errorf("the history: got %+v, %v", history, err)
	}
	_, err = st.Correct(ctx, quoth.Correction{Statement: id, Kind: quoth.FieldCorrection, Was: c.Was, Is: c.Was, Note: "n", Actor: "al", At: now}, act("correct", "statement "+id))
	wantCode(t, "correcting what was taken away", err, quoth.Conflict)
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	if after := picture(t, st); after != before || known() != 1 {
		t.Errorf("given back: got\n%s\nwant\n%s, %d wordings", after, before, known())
	}
}

// What was redacted is shown neither by corrections before it nor by the article, in whatever
// state; what was retracted is no statement, and the article stays as it is.
func testRedacted(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	first := town[0].says[0].words
	id := quoth.StatementID("a1", first, 0)
	if _, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "interview" }), act("correct", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	before, _, err := st.Article(ctx, "a1", 0)
	if err != nil {
		t.Fatal(err)
	}
	c := takeAway(t, st, id)
	moved := town[0]
	moved.says = append([]said{{who: "Al Dunn", words: "Let me say — before all else — what she said."}, town[0].says[1]}, town[0].says[0])
	for revision := 1; revision <= 2; revision++ {
		r, _, err := st.Article(ctx, "a1", revision)
		if err != nil || strings.Contains(r.Article.Text, "safe") || !strings.Contains(r.Article.Text, town[0].says[1].words) || !utf8.ValidString(r.Article.Text) {
			t.Errorf("revision %d: %q, %v", revision, r.Article.Text, err)
		}
		if revision == 1 && len(r.Article.Text) != len(before.Article.Text) || len(r.Background) > 0 && strings.Contains(r.Background[0].Text, "safe") {
			t.Errorf("revision %d: %q, background %+v, want the length of %q", revision, r.Article.Text, r.Background, before.Article.Text)
		}
		keep(t, st, moved)
	}
	list, err := st.Corrections(ctx, quoth.CorrectionQuery{Statement: id})
	if err != nil || len(list) != 2 {
		t.Fatalf("corrections: %+v, %v", list, err)
	}
	for _, made := range list {
		if p := made.Public(); p.Was != nil || p.Is != nil {
			t.Errorf("correction %d still tells the words: %+v", p.ID, p)
		}
	}
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	if r, _, err := st.Article(ctx, "a1", 1); err != nil || r.Article.Text != before.Article.Text {
		t.Errorf("given back: %q, %v", r.Article.Text, err)
	}
	if list, err = st.Corrections(ctx, quoth.CorrectionQuery{Statement: id}); err != nil || list[1].Public().Was == nil {
		t.Errorf("given back: corrections %+v, %v", list, err)
	}
	other := quoth.StatementID("a2", town[1].says[0].words, 0)
	c = correction(t, st, other, func(*quoth.Statement) {})
	c.Kind, c.Is, c.Note = quoth.Retraction, nil, "Nobody says that."
	if _, err := st.Correct(ctx, c, act("correct", "statement "+other)); err != nil {
		t.Fatal(err)
	}
	if r, _, err := st.Article(ctx, "a2", 0); err != nil || !strings.Contains(r.Article.Text, town[1].says[0].words) {
		t.Errorf("a retraction changed the article: %q, %v", r.Article.Text, err)
	}
}

func testCorrectedAgain(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	words := town[0].says
	first, second := quoth.StatementID("a1", words[0].words, 0), quoth.StatementID("a1", words[1].words, 0)
	c := correction(t, st, first, func(is *quoth.Statement) {
		is.Speaker = &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "she", ID: "ida-quill"}
	})
	if _, err := st.Correct(ctx, c, act("correct", "statement "+first)); err != nil {
		t.Fatal(err)
	}
	takeAway(t, st, second)
	// Another model reads the page, and then the page changes: what editors decided stays.
	reread := entry(town[0])
	reread.Model = "test-2"
	changed := town[0]
	changed.says = append(slices.Clone(changed.says), said{who: "Al Dunn", words: "I was there."})
	for n, e := range []quoth.Entry{reread, entry(changed)} {
		if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
			t.Fatal(err)
		}
		got, err := st.Statement(ctx, first)
		if err != nil || got.Speaker == nil || got.Speaker.ID != "ida-quill" {
			t.Errorf("reading %d: the corrected speaker: got %+v, %v", n, got.Speaker, err)
		}
		if got, err := st.Statement(ctx, second); err != nil || got.Withdrawn == "" || got.Content != nil {
			t.Errorf("reading %d: what was taken away: got %+v, %v", n, got, err)
		}
		if found := ask(t, st, quoth.Query{Speaker: "eric-moss"}); len(found) != 0 {
			t.Errorf("reading %d: found %q", n, found)
		}
		if wrong, err := st.Check(ctx); err != nil || len(wrong) > 0 {
			t.Errorf("reading %d: the record does not check: %v, %v", n, wrong, err)
		}
	}
}

// What was taken away stays so though a reading does not find it, and though a later one does.
func testStones(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	c := takeAway(t, st, id)
	read := func(model string, n, past int) {
		t.Helper()
		e := entry(town[0])
		e.Model = model
		e.Reading.Statements = e.Reading.Statements[n:past]
		if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
			t.Fatal(err)
		}
		if got, err := st.Statement(ctx, id); err != nil || got.Withdrawn == "" || got.Content != nil {
			t.Errorf("read by %s: got %+v, %v, want the stone", model, got, err)
		}
		if _, ref, err := st.Article(ctx, "a1", 0); err != nil || ref.Statements != past-max(n, 1) {
			t.Errorf("read by %s: got %+v, %v", model, ref, err)
		}
		held, err := st.Holdings(ctx, []string{"a1"})
		if err != nil || !slices.ContainsFunc(held["a1"].Statements, func(h quoth.HeldStatement) bool { return h.ID == id && h.Words != "" }) {
			t.Errorf("read by %s: nobody would know it again: %+v, %v", model, held, err)
		}
	}
	read("test-2", 1, 3)
	read("test-3", 2, 3)
	read("test-4", 0, 3)
	read("test-5", 1, 3)
	keep(t, st, article{id: "a1", site: "herald.example", says: town[0].says[1:]})
	held, err := st.Holdings(ctx, []string{"a1"})
	if err != nil || len(held["a1"].Statements) != 3 || held["a1"].Statements[2].ID != id {
		t.Errorf("on another page: holdings %+v, %v", held, err)
	}
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	if got, err := st.Statement(ctx, id); err != nil || got.Withdrawn != "" || got.Content == nil || got.Revision != 1 {
		t.Errorf("given back: got %+v, %v", got, err)
	}
}

func testPropose(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	propose := func() quoth.Correction {
		c, err := st.Propose(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "message" }), act("propose", "statement "+id))
		if err != nil || c.State != quoth.Proposed {
			t.Fatalf("propose: got %+v, %v", c, err)
		}
		return c
	}
	c := propose()
	if got, err := st.Statement(ctx, id); err != nil || got.Medium != "speech" {
		t.Errorf("a proposal changed the statement: %+v, %v", got, err)
	}
	if err := st.Reject(ctx, c.ID, act("reject", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, "rejecting twice", st.Reject(ctx, c.ID, act("reject", "statement "+id)), quoth.Conflict)
	_, err := st.Correct(ctx, c, act("correct", "statement "+id))
	wantCode(t, "accepting what was rejected", err, quoth.Conflict)
	if got, err := st.Statement(ctx, id); err != nil || got.Medium != "speech" {
		t.Errorf("a rejected proposal changed the statement: %+v, %v", got, err)
	}
	c = propose()
	c.Approver = "al"
	if _, err := st.Correct(ctx, c, act("correct", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	got, err := st.Statement(ctx, id)
	list, err2 := st.Corrections(ctx, quoth.CorrectionQuery{Statement: id, State: quoth.Accepted})
	if err != nil || err2 != nil || got.Medium != "message" || len(list) != 1 || list[0].Approver != "al" {
		t.Errorf("accepted: got %+v, %+v, %v, %v", got.Statement, list, err, err2)
	}
}

// A correction is of words, wherever a changed page prints them, and of what else it names though
// the page does not print them any more; a reading with the words from before finds them corrected.
func testCorrectedElsewhere(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	words := town[0].says[0].words
	id := quoth.StatementID("a1", words, 0)
	made, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) {
		is.Content = quoth.NewRole(words, []quoth.Span{{Start: 4, End: 14}, {Start: 18, End: 33}})
		is.Cue = quoth.NewRole(words, []quoth.Span{{Start: 15, End: 17}})
		is.Said = &quoth.Said{EDTF: "2026-04-15", Evidence: quoth.Span{Start: 8, End: 14}, Text: words[8:14]}
		is.Venue = &quoth.Venue{Name: words[8:14], Span: quoth.Span{Start: 8, End: 14}}
		is.Medium = "interview"
	}), act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	held, err := st.Holdings(ctx, []string{"a1"})
	if err != nil || !slices.ContainsFunc(held["a1"].Statements, func(h quoth.HeldStatement) bool { return h.ID == id && slices.Equal(h.Read, []string{words}) }) {
		t.Errorf("nobody would know it again: %+v, %v", held, err)
	}
	changed := town[0]
	changed.says = append([]said{{who: "Al Dunn", words: "It is — as I said — closed."}}, changed.says...)
	first := len(changed.says[0].words) + 1
	keep(t, st, changed)
	got, err := st.Statement(ctx, id)
	if err != nil || got.Content.Text != made.Is.Content.Text || got.Content.Spans[1] != (quoth.Span{Start: first + 18, End: first + 33}) || got.Cue.Spans[0].Start != first+15 ||
		got.Said.EDTF != "2026-04-15" || got.Said.Evidence.Start != first+8 || got.Venue.Span.Start != first+8 || got.Medium != "interview" {
		t.Errorf("behind another statement: %+v, %v", got.Statement, err)
	}
	e := entry(article{id: "a1", site: "herald.example", says: []said{{who: "Zoë Hale", words: "The old crossing is no more safe to walk on, and I will not let anybody cross it.", medium: "speech"}}})
	e.Reading.Statements[0].ID = id
	if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	if got, err = st.Statement(ctx, id); err != nil || got.Medium != "interview" || got.Content.Text != e.Reading.Statements[0].Content.Text || got.Said != nil {
		t.Errorf("in other words: %+v, %v", got.Statement, err)
	}
}
