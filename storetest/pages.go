package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"quoth"
)

// many makes n articles of two statements each.
func many(n int) []article {
	list := make([]article, n)
	for i := range list {
		list[i] = article{id: fmt.Sprintf("m%03d", i), site: fmt.Sprintf("s%d.example", i%3), day: fmt.Sprintf("2026-03-%02d", 1+i%28), says: []said{
			{who: "Zoë Hale", words: fmt.Sprintf("Number %d of the bridge is here today.", i), day: fmt.Sprintf("2026-02-%02d", 1+i%7)},
			{who: fmt.Sprintf("Witness %c%d", 'A'+rune(i%26), i), words: fmt.Sprintf("Answer %d was given to the mayor.", i), about: []string{"Zoë Hale"}},
		}}
	}
	return list
}

func testPages(t *testing.T, st quoth.Store) {
	keep(t, st, many(70)...) // more than are ranked at once
	bridge, err := quoth.ParseQuery("bridge")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		q    quoth.Query
		want int
	}{{quoth.Query{}, 140}, {quoth.Query{Sort: quoth.BySaid}, 70}, {bridge, 70}, {quoth.Query{Sort: quoth.ByPublished, Terms: bridge.Terms}, 70}, {quoth.Query{Speaker: "zoe-hale"}, 70}} {
		seen := map[string]bool{}
		q := c.q
		q.Limit = 7
		for pages := 0; ; pages++ {
			l, err := st.Statements(t.Context(), q)
			if err != nil || len(l.Items) > 7 || pages > 20 {
				t.Fatalf("%+v: page %d of %d statements, %v", q, pages, len(l.Items), err)
			}
			for _, r := range l.Items {
				if seen[r.ID] {
					t.Errorf("%+v: %s comes twice", q, r.ID)
				}
				seen[r.ID] = true
			}
			if q.Cursor = l.Next; l.Next == "" {
				break
			}
		}
		if len(seen) != c.want {
			t.Errorf("%+v: got %d statements, want %d", c.q, len(seen), c.want)
		}
	}
	articles := 0
	for q := (quoth.ArticleQuery{Limit: 8}); ; {
		l, err := st.Articles(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		articles += len(l.Items)
		if q.Cursor = l.Next; l.Next == "" {
			break
		}
	}
	people := map[string]bool{}
	for q := (quoth.PeopleQuery{Limit: 8}); ; {
		l, err := st.People(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range l.Items {
			people[p.ID] = true
		}
		if q.Cursor = l.Next; l.Next == "" {
			break
		}
	}
	if articles != 70 || len(people) != 71 {
		t.Errorf("got %d articles and %d people, want 70 and 71", articles, len(people))
	}
}

func testGrowingPages(t *testing.T, st quoth.Store) {
	all := many(40)
	keep(t, st, all[:20]...)
	q := quoth.Query{Limit: 10}
	first, err := st.Statements(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, st, all[20:]...)
	seen := map[string]bool{}
	for _, r := range first.Items {
		seen[r.ID] = true
	}
	for q.Cursor = first.Next; q.Cursor != ""; {
		l, err := st.Statements(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range l.Items {
			if seen[r.ID] {
				t.Errorf("%s comes twice", r.ID)
			}
			seen[r.ID] = true
		}
		q.Cursor = l.Next
	}
	for _, a := range all[:20] {
		for _, s := range a.says {
			if !seen[quoth.StatementID(a.id, s.words, 0)] {
				t.Errorf("%q was left out", s.words)
			}
		}
	}
}

// Pages by relevance hold what they would have held, whatever older pages are read meanwhile.
func testGrowingRelevance(t *testing.T, st quoth.Store) {
	words := func(i int) string {
		return fmt.Sprintf("the harbour number %d and nothing more %swas said then", i, strings.Repeat("harbour ", i%3))
	}
	for i := range 50 {
		keep(t, st, article{id: fmt.Sprintf("r%02d", i), day: fmt.Sprintf("2026-04-%02d", 1+i%2), says: []said{{who: "Ida Quill", words: words(i)}}})
	}
	q := quoth.Query{Terms: []quoth.Term{{Words: []string{"harbour"}}}, Limit: 20}
	seen := map[string]int{}
	for page := 0; ; page++ {
		a, err := st.Statements(t.Context(), q)
		if err != nil || page > 5 {
			t.Fatal(page, err)
		}
		for _, s := range a.Items {
			seen[s.ID]++
		}
		for i := range 5 {
			for _, day := range []string{"2026-03-01", "2026-04-01"} {
				keep(t, st, article{id: fmt.Sprintf("%s%d-%d", day, page, i), day: day, says: []said{{who: "Ida Quill", words: fmt.Sprintf("harbour harbour %d%d", page, i)}}})
			}
		}
		if q.Cursor = a.Next; a.Next == "" {
			break
		}
	}
	for i := range 50 {
		if n := seen[quoth.StatementID(fmt.Sprintf("r%02d", i), words(i), 0)]; n != 1 {
			t.Errorf("number %d was shown %d times", i, n)
		}
	}
	for id, n := range seen {
		if n > 1 {
			t.Errorf("%s was shown %d times", id, n)
		}
	}
}

func testMonths(t *testing.T, st quoth.Store) {
	if got, err := st.Months(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("of nothing: got %v, %v", got, err)
	}
	for i, day := range []string{"2026-04-30", "2026-05-01", "2026-05-31", "", "1874-06-02", "2026", "2026-01-07"} {
		keep(t, st, article{id: fmt.Sprint("m", i), day: day})
	}
	var got []string
	months, err := st.Months(t.Context())
	for _, m := range months {
		got = append(got, fmt.Sprintf("%s %d", m.First.Format(time.DateOnly), m.Articles))
	}
	want := []string{"2026-05-01 2", "2026-04-01 1", "2026-01-01 2", "1874-06-01 1", "0001-01-01 1"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	all, err := st.Articles(t.Context(), quoth.ArticleQuery{Limit: 10})
	if err != nil || len(all.Items) != 7 {
		t.Fatalf("got %+v, %v", all, err)
	}
	some, err := st.Articles(t.Context(), quoth.ArticleQuery{Skip: 2, Limit: 3})
	if err != nil || !slices.Equal(some.Items, all.Items[2:5]) || some.Next == "" {
		t.Errorf("behind two: got %+v, %v, want %+v", some, err, all.Items[2:5])
	}
}
