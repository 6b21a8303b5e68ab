package storetest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"quoth"
)

func testPeople(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	p, err := st.Person(t.Context(), "zoe-hale")
	if err != nil || p.Name != "Zoë Hale" || p.Statements != 3 || p.About != 2 || p.Articles != 3 || p.Kind != quoth.PersonParty {
		t.Errorf("got %+v, %v", p, err)
	}
	for text, want := range map[string][]string{"": {"zoe-hale", "eric-moss", "ida-quill"}, "ZOE": {"zoe-hale"}, "moss": {"eric-moss"}, "quill ida": nil, "%": nil, "hale x": nil} {
		l, err := st.People(t.Context(), quoth.PeopleQuery{Text: text})
		var ids []string
		for _, p := range l.Items {
			ids = append(ids, p.ID)
		}
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("people called %q: got %v, want %v (%v)", text, ids, want, err)
		}
	}
	if l, err := st.People(t.Context(), quoth.PeopleQuery{Kind: quoth.OrganizationParty}); err != nil || len(l.Items) != 0 {
		t.Errorf("organizations: got %+v, %v", l, err)
	}
}

func testPresences(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	got, err := st.Presences(t.Context(), "zoe-hale")
	if err != nil || len(got) == 0 {
		t.Fatalf("got %+v, %v", got, err)
	}
	p, err := st.Person(t.Context(), "zoe-hale")
	if err != nil {
		t.Fatal(err)
	}
	said, about := 0, 0
	for i, d := range got {
		said, about = said+d.Said, about+d.About
		if d.Day.Format(time.TimeOnly) != "00:00:00" || i > 0 && !got[i-1].Day.Before(d.Day) {
			t.Errorf("day %d: %s after %s", i, d.Day, got[max(i-1, 0)].Day)
		}
	}
	if said > p.Statements || about > p.About || said == 0 {
		t.Errorf("%d said and %d about, of %d and %d", said, about, p.Statements, p.About)
	}
	if _, err := st.Presences(t.Context(), "nobody"); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}

func testCircle(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	c, err := st.Circle(t.Context(), "zoe-hale", 5)
	want := quoth.Circle{
		SpeaksOf: []quoth.Facet{{Value: "eric-moss", Name: "Eric Moss", Count: 1}},
		SpokenBy: []quoth.Facet{{Value: "eric-moss", Name: "Eric Moss", Count: 1}, {Value: "ida-quill", Name: "Ida Quill", Count: 1}},
	}
	if err != nil || !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v, %v, want %+v", c, err, want)
	}
}

func testTones(t *testing.T, st quoth.Store) {
	var entries []quoth.Entry
	for i, label := range []quoth.StanceLabel{quoth.Critical, quoth.Critical, quoth.Neutral, quoth.Supportive, ""} {
		e := entry(article{id: fmt.Sprintf("tone%d", i), day: []string{"2024-05-01", "2026-05-01", "2026-05-02", "2026-05-03", "2025-05-01"}[i], says: []said{{who: "Ida Quill", words: fmt.Sprintf("He is what he is, part %d.", i), about: []string{"Zoë Hale", "Eric Moss"}}}})
		if label != "" {
			e.Reading.Statements[0].About[1].Stance = &quoth.Stance{Label: label, Confidence: .9}
		}
		entries = append(entries, e)
	}
	if err := st.Keep(t.Context(), entries, nil); err != nil {
		t.Fatal(err)
	}
	got, err := st.Tones(t.Context(), "eric-moss")
	if want := []quoth.Tone{{Year: 2024, Critical: 1}, {Year: 2026, Critical: 1, Supportive: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if got, err := st.Tones(t.Context(), "zoe-hale"); err != nil || len(got) != 0 {
		t.Errorf("of somebody else in the same statements: got %+v, %v", got, err)
	}
	_, err = st.Tones(t.Context(), "none")
	wantCode(t, "nobody", err, quoth.NotFound)
}

// Who is named outside of statements stays present when something else is corrected.
func testBackground(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	e := entry(article{id: "b1", day: "2026-04-18", says: []said{{who: "Ida Quill", words: "Something else entirely is said here.", told: "Eric Moss", day: "2026"}}})
	e.Reading.Background[0].About = []quoth.Party{{Name: "Zoë Hale", Kind: quoth.PersonParty, ID: "zoe-hale"}}
	e.People = append(e.People, quoth.Person{ID: "zoe-hale", Name: "Zoë Hale", Kind: quoth.PersonParty, Aliases: []quoth.Alias{{Name: "Zoë Hale"}}})
	if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	named := func(id string) (n int) {
		t.Helper()
		p, err := st.Person(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		found, err := st.Articles(ctx, quoth.ArticleQuery{Person: id})
		if err != nil || len(found.Items) != p.Articles {
			t.Errorf("%s: %d articles of %d, %v", id, len(found.Items), p.Articles, err)
		}
		return p.Articles
	}
	before := picture(t, st)
	for _, id := range []string{e.Reading.Statements[0].ID, quoth.StatementID("a1", town[0].says[0].words, 0)} {
		c, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "message" }), act("correct", "statement "+id))
		if err != nil {
			t.Fatal(err)
		}
		if zoe, eric := named("zoe-hale"), named("eric-moss"); zoe != 4 || eric != 3 {
			t.Errorf("after a correction of the medium: named in %d and %d articles, want 4 and 3", zoe, eric)
		}
		if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
			t.Fatal(err)
		}
		gone := takeAway(t, st, id)
		if err := st.UndoCorrection(ctx, gone.ID, act("undo", "statement "+id)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := st.Merge(ctx, "zoe-hale", "ida-quill", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if n := named("ida-quill"); n != 4 {
		t.Errorf("merged: named in %d articles, want 4", n)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if after := picture(t, st); after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
}

// An alias counts the articles whose newest revision has it, however often they were read.
func testAliases(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	want := func(when string, counts map[string]string) {
		t.Helper()
		for id, want := range counts {
			p, err := st.Person(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, a := range p.Aliases {
				got += fmt.Sprintf("%s %d ", a.Name, a.Articles)
			}
			if strings.TrimSpace(got) != want {
				t.Errorf("%s: %s is called %q, want %q", when, id, got, want)
			}
		}
	}
	start := map[string]string{"zoe-hale": "Zoë Hale 3", "eric-moss": "Eric Moss 2", "ida-quill": "Ida Quill 1"}
	for i := range 3 {
		e := entry(town[0])
		e.Model = fmt.Sprint("test-", i)
		again := e
		again.Model += " again"
		if err := st.Keep(ctx, []quoth.Entry{e, again}, nil); err != nil {
			t.Fatal(err)
		}
	}
	want("read again", start)
	changed := town[0]
	changed.says = []said{town[0].says[2], {who: "Ida Quill", words: "There is nothing new."}}
	keep(t, st, changed)
	want("another revision", map[string]string{"zoe-hale": "Zoë Hale 2", "eric-moss": "Eric Moss 1", "ida-quill": "Ida Quill 2"})
	back := town[0]
	back.hash = "back"
	keep(t, st, back)
	want("as it was", start)

	id := quoth.StatementID("a3", town[2].says[0].words, 0)
	c, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) {
		is.Speaker = &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "I", ID: "ida-quill"}
	}), act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	reread := entry(town[2])
	reread.Model = "test-2"
	for _, when := range []string{"corrected", "corrected and read again"} {
		want(when, map[string]string{"zoe-hale": "Zoë Hale 2", "eric-moss": "Eric Moss 2", "ida-quill": "Ida Quill 2"})
		if err := st.Keep(ctx, []quoth.Entry{reread}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	want("undone", start)
	gone := takeAway(t, st, id)
	want("taken away", map[string]string{"zoe-hale": "Zoë Hale 2"})
	reread.Model = "test-3"
	if err := st.Keep(ctx, []quoth.Entry{reread}, nil); err != nil {
		t.Fatal(err)
	}
	want("taken away and read again", map[string]string{"zoe-hale": "Zoë Hale 2"})
	if err := st.UndoCorrection(ctx, gone.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	want("given back", start)

	split, err := st.Split(ctx, "zoe-hale", quoth.Person{ID: "zoe-hale-2", Name: "Zoë Hale", Kind: quoth.PersonParty}, []string{"a2"}, quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	want("split", map[string]string{"zoe-hale": "Zoë Hale 2", "zoe-hale-2": "Zoë Hale 1"})
	if err := st.Undo(ctx, split.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	start["zoe-hale-2"] = "" // so that nobody is taken for them
	want("split undone", start)
}

func testTrending(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	keep(t, st, many(28)...)
	day := time.Date(2026, 4, 20, 0, 0, 0, 0, time.UTC)
	trends, err := st.Trending(t.Context(), day, 7, 10)
	if err != nil || len(trends) != 1 || trends[0].ID != "eric-moss" || trends[0].Count != 2 || trends[0].Usual != 0 || trends[0].Burst != quoth.Burst(2, 0) {
		t.Errorf("got %+v, %v", trends, err)
	}
	// What an editor changes shows at once, whoever asked before.
	if _, err := st.Hide(t.Context(), "eric-moss", quoth.Change{At: now, Actor: "ed", Note: "a private person"}); err != nil {
		t.Fatal(err)
	}
	if trends, err := st.Trending(t.Context(), day, 7, 10); err != nil || len(trends) != 0 {
		t.Errorf("of one who was hidden: got %+v, %v", trends, err)
	}
	if _, err := st.Trending(t.Context(), day, 0, 10); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("no days: got %v", err)
	}
}
