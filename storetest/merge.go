package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"quoth"
)

// picture is what tests of changes compare: what the record says of people.
func picture(t *testing.T, st quoth.Store) string {
	t.Helper()
	var b strings.Builder
	for _, id := range []string{"zoe-hale", "eric-moss", "ida-quill"} {
		p, err := st.Person(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s: %+v %q %q %q\n", id, p, ask(t, st, quoth.Query{Speaker: id}), ask(t, st, quoth.Query{About: id}), ask(t, st, quoth.Query{Told: id}))
	}
	return b.String()
}

func testHide(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	listed := func() bool {
		t.Helper()
		found, err := st.People(ctx, quoth.PeopleQuery{Text: "hale"})
		if err != nil {
			t.Fatal(err)
		}
		return len(found.Items) > 0
	}
	_, err := st.Hide(ctx, "zoe-hale", quoth.Change{At: now, Actor: "ed"})
	wantCode(t, "without a reason", err, quoth.Invalid)
	c, err := st.Hide(ctx, "zoe-hale", quoth.Change{At: now, Actor: "ed", Note: "a private person"})
	if err != nil || c.Action != "hide" {
		t.Fatalf("hide: %+v, %v", c, err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Hidden != "a private person" || listed() {
		t.Errorf("hidden: %+v, %v, listed %v", p, err, listed())
	}
	if got := ask(t, st, quoth.Query{Speaker: "zoe-hale"}); len(got) != 3 {
		t.Errorf("what was said went with the page: %q", got)
	}
	said, err := st.Statements(ctx, quoth.Query{Speaker: "zoe-hale", Limit: 1})
	if err != nil || len(said.Items) != 1 || said.Items[0].Speaker.ID != "zoe-hale" || said.Items[0].HasPage("zoe-hale") {
		t.Errorf("statements do not tell who has no page: %+v, %v", said.Items, err)
	}
	facets, err := st.Facets(ctx, quoth.Query{})
	around, err2 := st.Circle(ctx, "eric-moss", 10)
	for _, list := range [][]quoth.Facet{facets.Speaker, facets.About, around.SpeaksOf, around.SpokenBy} {
		if err != nil || err2 != nil || slices.ContainsFunc(list, func(f quoth.Facet) bool { return f.Value == "zoe-hale" }) {
			t.Errorf("the hidden is listed: %+v, %v, %v", list, err, err2)
		}
	}
	_, err = st.Hide(ctx, "zoe-hale", quoth.Change{At: now, Actor: "ed", Note: "again"})
	wantCode(t, "hiding twice", err, quoth.Invalid)
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if list, err := st.Changes(ctx, "", 0, 5); err != nil || len(list) != 1 || !list[0].Undone || !list[0].UndoneAt.Equal(now) || list[0].WithoutPage {
		t.Errorf("the change undone: %+v, %v", list, err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Hidden != "" || !listed() {
		t.Errorf("undone: %+v, %v, listed %v", p, err, listed())
	}
	acts, err := st.Acts(ctx, "person zoe-hale", 0, 10)
	if err != nil || len(acts) != 2 || acts[0].Action != "hide" || acts[1].Action != "undo" || acts[1].Actor != "ed" {
		t.Errorf("the audit log: got %+v, %v", acts, err)
	}
}

func testMerge(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	c, err := st.Merge(ctx, "eric-moss", "zoe-hale", quoth.Change{At: now, Actor: "ed", Note: "one and the same"})
	if err != nil || c.ID == 0 || c.Action != "merge" {
		t.Fatalf("merge: %+v, %v", c, err)
	}
	if got, want := ask(t, st, quoth.Query{Speaker: "zoe-hale"}), []string{"The ferry", "That bridge", "The old", "I've walked"}; !slices.Equal(got, want) {
		t.Errorf("said by the two: got %q, want %q", got, want)
	}
	p, err := st.Person(ctx, "eric-moss")
	if err != nil || p.ID != "zoe-hale" || p.Statements != 4 || p.About != 3 || p.Articles != 3 || len(p.Aliases) != 2 {
		t.Errorf("the merged person: got %+v, %v", p, err)
	}
	if got := ask(t, st, quoth.Query{Speaker: "eric-moss"}); len(got) != 4 {
		t.Errorf("the old ID finds %d statements, want 4", len(got))
	}
	// An article that comes later and means the old ID goes to the new one.
	keep(t, st, article{id: "late", day: "2026-04-30", says: []said{{who: "Eric Moss", words: "One more thing."}}})
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Statements != 5 {
		t.Errorf("after another article: got %+v, %v", p, err)
	}
	for name, err := range map[string]error{
		"again":     second(st.Merge(ctx, "eric-moss", "zoe-hale", quoth.Change{At: now})),
		"into self": second(st.Merge(ctx, "zoe-hale", "zoe-hale", quoth.Change{At: now})),
	} {
		if quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%s: got %v, want code invalid", name, err)
		}
	}
	changes, err := st.Changes(ctx, "zoe-hale", 0, 10)
	if err != nil || len(changes) != 1 || changes[0].Other != "eric-moss" || changes[0].Actor != "ed" || changes[0].Note != "one and the same" || !changes[0].At.Equal(now) {
		t.Errorf("changes: got %+v, %v", changes, err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	after := strings.Replace(picture(t, st), "Statements:4 About:2 Articles:4", "Statements:3 About:2 Articles:3", 1)
	after = strings.Replace(after, `["One more" `, `[`, 1)
	after = strings.ReplaceAll(after, " {Name:Eric Moss Articles:1 Evidence:a1}]", "]")
	if after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("undone twice: got %v", err)
	}
}

// Articles that were read again since a merge are given back as well.
func testMergeReread(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	c, err := st.Merge(ctx, "eric-moss", "zoe-hale", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	reread := entry(town[0])
	reread.Model = "test-2"
	changed := town[1]
	changed.says = append(slices.Clone(changed.says), said{who: "a clerk", words: "Nothing was decided."})
	if err := st.Keep(ctx, []quoth.Entry{reread, entry(changed)}, nil); err != nil {
		t.Fatal(err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if after := picture(t, st); after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
	old, _, err := st.Article(ctx, "a2", 1)
	if err != nil || old.Statements[1].About[1].ID != "eric-moss" {
		t.Errorf("the revision before: %+v, %v", old.Statements, err)
	}
}

// second is the error of a call with two results.
func second[T any](_ T, err error) error { return err }

func testSplit(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	other := quoth.Person{ID: "zoe-hale-2", Name: "Zoë Hale", Kind: quoth.PersonParty}
	c, err := st.Split(ctx, "zoe-hale", other, []string{"a2"}, quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, st, quoth.Query{Speaker: "zoe-hale-2"}); !slices.Equal(got, []string{"The ferry"}) {
		t.Errorf("said by the one split off: %q", got)
	}
	if got := ask(t, st, quoth.Query{About: "zoe-hale"}); !slices.Equal(got, []string{"That bridge"}) {
		t.Errorf("about the one who stayed: %q", got)
	}
	if p, err := st.Person(ctx, "zoe-hale-2"); err != nil || p.Statements != 1 || p.About != 1 || p.Articles != 1 {
		t.Errorf("the one split off: got %+v, %v", p, err)
	}
	later, err := st.Split(ctx, "zoe-hale", other, []string{"a3"}, quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("undone under a later change: got %v", err)
	}
	for _, id := range []int64{later.ID, c.ID} {
		if err := st.Undo(ctx, id, act("undo", "")); err != nil {
			t.Fatal(err)
		}
	}
	if after := picture(t, st); after != before {
		t.Errorf("undone, but not as it was:\n%s\nwant\n%s", after, before)
	}
	for name, err := range map[string]error{
		"no articles": second(st.Split(ctx, "zoe-hale", other, nil, quoth.Change{At: now})),
		"not of her":  second(st.Split(ctx, "eric-moss", other, []string{"a2", "a3"}, quoth.Change{At: now})),
		"not there":   second(st.Split(ctx, "zoe-hale", other, []string{"a2", "a9"}, quoth.Change{At: now})),
		"off self":    second(st.Split(ctx, "zoe-hale", quoth.Person{ID: "zoe-hale"}, []string{"a1"}, quoth.Change{At: now})),
	} {
		if quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%s: got %v, want code invalid", name, err)
		}
	}
}

func testRename(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	e := entry(article{id: "r1", day: "2026-05-01", says: []said{{who: "Zoë Hale", words: "Call me what you like."}}})
	e.People[0].Aliases = append(e.People[0].Aliases, quoth.Alias{Name: "Zoë B. Hale"})
	if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Rename(ctx, "zoe-hale", "Queen Zoë", quoth.Change{At: now}); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("a name that nobody uses: got %v", err)
	}
	c, err := st.Rename(ctx, "zoe-hale", "Zoë B. Hale", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Name != "Zoë B. Hale" {
		t.Errorf("got %+v, %v", p, err)
	}
	if err := st.Undo(ctx, c.ID, act("undo", "")); err != nil {
		t.Fatal(err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Name != "Zoë Hale" {
		t.Errorf("undone: got %+v, %v", p, err)
	}
}

// People stand in their list where they stood when it was begun, whoever is named meanwhile.
func testGrowingPeople(t *testing.T, st quoth.Store) {
	named := func(id string, names ...string) {
		t.Helper()
		a := article{id: id, day: "2026-04-02"}
		for i, name := range names {
			a.says = append(a.says, said{who: name, words: fmt.Sprintf("What was said as number %d of %s.", i, id)})
		}
		keep(t, st, a)
	}
	var all []string
	for i := range 12 {
		all = append(all, fmt.Sprintf("Zoë %c. Hale", 'A'+i))
	}
	for i := range all {
		named(fmt.Sprintf("a%02d", i), all[i:]...)
	}
	seen := map[string]int{}
	for q, page := (quoth.PeopleQuery{Limit: 3, Text: "hale"}), 0; ; page++ {
		a, err := st.People(t.Context(), q)
		if err != nil || page > 6 {
			t.Fatal(page, err)
		}
		for _, p := range a.Items {
			seen[p.Name]++
		}
		for i := range 14 { // one who is to come overtakes all, one who came is named too, one is new
			named(fmt.Sprintf("b%d-%d", page, i), all[page], all[6-page], all[11-page], fmt.Sprintf("Hale %d", page))
		}
		if q.Cursor = a.Next; a.Next == "" {
			break
		}
	}
	for _, name := range all {
		if seen[name] != 1 {
			t.Errorf("%s was shown %d times", name, seen[name])
		}
	}
}

// Who has no page does not get one by a merge, and has one again whatever was merged since.
func testHideMerge(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	hidden, err := st.Hide(ctx, "zoe-hale", quoth.Change{At: now, Actor: "ed", Note: "a private person"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = st.Merge(ctx, "zoe-hale", "eric-moss", quoth.Change{At: now, Actor: "ed"})
	wantCode(t, "merging somebody without a page into somebody with one", err, quoth.Invalid)
	merged, err := st.Merge(ctx, "eric-moss", "zoe-hale", quoth.Change{At: now, Actor: "ed"})
	if err != nil {
		t.Fatal(err)
	}
	if list, err := st.Changes(ctx, "", 0, 1); err != nil || len(list) != 1 || list[0].ID != merged.ID || !list[0].WithoutPage {
		t.Errorf("a change of who has no page: %+v, %v", list, err)
	}
	if err := st.Undo(ctx, hidden.ID, act("undo", "")); err != nil {
		t.Errorf("a page again, after a merge: %v", err)
	}
	if err := st.Undo(ctx, merged.ID, act("undo", "")); err != nil {
		t.Error(err)
	}
	_, err = st.Rename(ctx, "zoe-hale", "Zoë Hale", quoth.Change{At: now, Actor: "ed"})
	wantCode(t, "a name that is theirs already", err, quoth.Invalid)
}
