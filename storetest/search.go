package storetest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"quoth"
)

// find returns the contents that a typed query finds, in order.
func find(t *testing.T, st quoth.Store, typed string) []string {
	t.Helper()
	q, err := quoth.ParseQuery(typed)
	if err != nil {
		t.Fatalf("query %q: %v", typed, err)
	}
	return ask(t, st, q)
}

// ask returns the beginnings of what a query finds.
func ask(t *testing.T, st quoth.Store, q quoth.Query) []string {
	t.Helper()
	l, err := st.Statements(t.Context(), q)
	if err != nil {
		t.Fatalf("query %+v: %v", q, err)
	}
	words := []string{}
	for _, r := range l.Items {
		words = append(words, strings.Join(strings.Fields(r.Content.Text)[:2], " "))
	}
	return words
}

func testSearch(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"bridge", []string{"I've walked", "That bridge", "The old"}},
		{"BRIDGE safe", []string{"The old"}},
		{`"old bridge"`, []string{"The old"}},
		{`"bridge old"`, nil},
		{"resign", nil},
		{"resign*", []string{"Resigning was"}},
		{`"another hund*`, []string{"That bridge"}},
		{"bridge -hundred", []string{"I've walked", "The old"}},
		{`bridge -"old bridge"`, []string{"I've walked", "That bridge"}},
		{"-bridge -ferry", []string{"Resigning was"}},
		{"zoe", []string{"I've walked", "Resigning was", "That bridge", "The ferry", "The old"}},
		{"speaker:zoe ferry", []string{"The ferry"}},
		{"speaker:Hale", []string{"I've walked", "The ferry", "The old"}},
		{`speaker:"zoë hale" about:moss`, []string{"The old"}},
		{`about:"Zoë Hale"`, []string{"Resigning was", "That bridge"}},
		{`about:"Hale Eric"`, nil},
		{"content:hale", nil},
		{"I've", []string{"I've walked"}},
		{"resident", []string{"Nobody told"}},
		{"outlet:observer.example", []string{"Resigning was", "The ferry"}},
		{"outlet:observer", nil},
		{"kdirect", nil},  // a filter is no word
		{`"it zoe"`, nil}, // nor do words and speaker make a phrase
		{"medium:speech", []string{"The old"}},
		{"medium:unknown", []string{"I've walked", "Nobody told", "Resigning was"}},
		{"kind:mixed", []string{"Resigning was"}},
		{"article:a2", []string{"Resigning was", "The ferry"}},
		{"said:2026-04-19", []string{"That bridge", "The ferry"}},
		{"said:2019/2020", []string{"Resigning was"}},
		{"said:../2025", []string{"Resigning was"}},
		{"published:2026-04-18/..", []string{"Resigning was", "The ferry"}},
		{"published:2026 bridge", []string{"That bridge", "The old"}},
		{"bridge outlet:herald.example kind:indirect said:2026", []string{"That bridge"}},
		{"!!! ...", []string{"I've walked", "Nobody told", "Resigning was", "That bridge", "The ferry", "The old"}},
	} {
		got := find(t, st, c.typed)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.typed, got, c.want)
		}
	}
}

// What is rare is found however much was said since, and comes in the order of printing,
// with one article whose date lies far ahead, one without a date and pages in between.
func testManyYears(t *testing.T, st quoth.Store) {
	at := func(id, day string, words ...string) {
		a := article{id: id, site: "herald.example", day: day}
		for _, w := range words {
			a.says = append(a.says, said{who: "Zoë Hale", words: w})
		}
		keep(t, st, a)
	}
	at("undated", "", "Lanterns at last, undated.")
	at("old", "1998-02-03", "Lanterns in the old days.", "A kiln of clay.")
	for year := 2000; year < 2020; year++ {
		words := []string{fmt.Sprintf("Lanterns again in %d.", year)}
		for i := range 130 {
			words = append(words, fmt.Sprintf("Talk number %d of the year %d goes on.", i, year))
		}
		at(fmt.Sprintf("year%d", year), fmt.Sprintf("%d-06-01", year), words...)
	}
	at("ahead", "2050-01-01", "Lanterns ahead of time.")
	want := []string{"Lanterns ahead"}
	for range 20 {
		want = append(want, "Lanterns again")
	}
	want = append(want, "Lanterns in", "Lanterns at")
	for typed, want := range map[string]int{
		"lanterns": 23, "kiln": 1, "kiln published:1998": 1, "kiln published:1998/1999": 1, "kiln published:1999/..": 0,
		"lanterns published:2003/2005": 3, "lanterns published:../1998": 1, "lanterns article:old": 1, "talk published:2001": 50,
	} {
		q, err := quoth.ParseQuery(typed)
		if err != nil {
			t.Fatal(err)
		}
		q.Limit = 50
		if got := ask(t, st, q); len(got) != want {
			t.Errorf("%s: got %d, want %d: %q", typed, len(got), want, got)
		}
	}
	q, err := quoth.ParseQuery("lanterns")
	if err != nil {
		t.Fatal(err)
	}
	q.Sort, q.Limit = quoth.ByPublished, 4
	var paged []string
	for {
		answer, err := st.Statements(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range answer.Items {
			paged = append(paged, strings.Join(strings.Fields(r.Content.Text)[:2], " "))
		}
		if q.Cursor = answer.Next; q.Cursor == "" {
			break
		}
	}
	if !slices.Equal(paged, want) {
		t.Errorf("in pages: got %q, want %q", paged, want)
	}
	if f, err := st.Facets(t.Context(), quoth.Query{Terms: q.Terms}); err != nil || f.Total != 23 {
		t.Errorf("facets: got %d of 23, %v", f.Total, err)
	}
	allInOrder(t, st, "talk", 20*130)
}

// allInOrder goes through all that a search finds, the newest first.
func allInOrder(t *testing.T, st quoth.Store, typed string, want int) {
	t.Helper()
	q, err := quoth.ParseQuery(typed)
	if err != nil {
		t.Fatal(err)
	}
	q.Sort, q.Limit = quoth.ByPublished, 70
	var days []string
	found := map[string]bool{}
	for {
		answer, err := st.Statements(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range answer.Items {
			found[r.ID] = true
			days = append(days, r.Article.Published)
		}
		if q.Cursor = answer.Next; q.Cursor == "" {
			break
		}
	}
	if len(found) != want || len(days) != want {
		t.Errorf("%s: got %d statements, %d times, want %d", typed, len(found), len(days), want)
	}
	if !slices.IsSortedFunc(days, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("%s: not in order: %q", typed, slices.Compact(days))
	}
}

func testHostile(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for _, typed := range []string{
		`'`, `"`, `""`, `'; drop table article; --`, `" OR 1=1 --`, `NEAR(bridge, 2)`, `bridge AND`, `NOT`, `OR OR`, `*`, `^bridge`, `content:`, `speaker:"`,
		`tags:kdirect`, `{content}:x`, `a"b"c`, "\x00", "bridge\x00", `\`, `%`, `_`, `$1`, `?`, `:x`, `&|!<->`, `bridge:*`, strings.Repeat("(", 1000), strings.Repeat("a", 100000), "\u202e", "🌉",
	} {
		q, err := quoth.ParseQuery(typed)
		if err != nil {
			if quoth.CodeOf(err) != quoth.Invalid {
				t.Errorf("%.40q: parse: %v", typed, err)
			}
			continue
		}
		for _, q := range []quoth.Query{q, {Outlet: typed}, {Medium: typed}, {Article: typed}, {Speaker: typed}, {About: typed}} {
			if _, err := st.Statements(t.Context(), q); err != nil {
				t.Errorf("%.40q: %v", typed, err)
			}
			if _, err := st.Facets(t.Context(), q); err != nil {
				t.Errorf("facets of %.40q: %v", typed, err)
			}
		}
		if _, err := st.People(t.Context(), quoth.PeopleQuery{Text: typed}); err != nil {
			t.Errorf("people of %.40q: %v", typed, err)
		}
		for _, order := range quoth.Sorts() {
			if _, err := st.Statements(t.Context(), quoth.Query{Cursor: "#" + typed, Sort: order}); quoth.CodeOf(err) != quoth.Invalid {
				t.Errorf("cursor %.40q by %s: got error %v, want code invalid", typed, order, err)
			}
		}
	}
	for _, q := range []quoth.Query{{Limit: -1}, {Limit: quoth.MaxLimit + 1}, {Sort: "worst"}} {
		if _, err := st.Statements(t.Context(), q); quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%+v: got error %v, want code invalid", q, err)
		}
	}
	if z, err := st.Size(t.Context()); err != nil || z.Statements != 6 {
		t.Errorf("size: got %+v, %v", z, err)
	}
}

func testFilters(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for name, c := range map[string]struct {
		q    quoth.Query
		want []string
	}{
		"all, the newest first, undated last": {quoth.Query{}, []string{"Resigning was", "The ferry", "Nobody told", "That bridge", "The old", "I've walked"}},
		"by day of saying":                    {quoth.Query{Sort: quoth.BySaid}, []string{"That bridge", "The ferry", "The old", "Resigning was"}},
		"a speaker":                           {quoth.Query{Speaker: "zoe-hale"}, []string{"The ferry", "The old", "I've walked"}},
		"a pair":                              {quoth.Query{Speaker: "zoe-hale", About: "eric-moss"}, []string{"The old"}},
		"the other way":                       {quoth.Query{Speaker: "eric-moss", About: "zoe-hale"}, []string{"That bridge"}},
		"told":                                {quoth.Query{Told: "zoe-hale"}, []string{"That bridge"}},
		"told by a speaker":                   {quoth.Query{Speaker: "zoe-hale", Told: "zoe-hale"}, []string{}},
		"nobody":                              {quoth.Query{Speaker: "nobody"}, []string{}},
	} {
		if got := ask(t, st, c.q); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// What has no date was not printed before any day; what was said at a time that is open at one
// end was said on all days of it.
func testOpenDays(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	keep(t, st, article{id: "o1", says: []said{{who: "Ida Quill", words: "From then on.", day: "2026-05/.."}, {who: "Ida Quill", words: "Until then only.", day: "../2018"}}})
	for edtf, want := range map[string][]string{"../2030": {"a2", "a1"}, "2000/..": {"a2", "a1"}, "../2026-04-17": {"a1"}} {
		days, ok := quoth.DaysOf(edtf)
		found, err := st.Articles(t.Context(), quoth.ArticleQuery{Published: days})
		var got []string
		for _, a := range found.Items {
			got = append(got, a.ID)
		}
		if !ok || err != nil || !slices.Equal(got, want) {
			t.Errorf("articles of %s: got %q, %v, want %q", edtf, got, err, want)
		}
	}
	for typed, want := range map[string][]string{
		"said:2027": {"From then"}, "said:2017": {"Until then"}, "said:../2018": {"Until then"}, "said:2026-06/..": {"From then"}, "said:2018/2019": {"Resigning was", "Until then"}, "said:2022": {},
	} {
		got := find(t, st, typed)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

func testHighlights(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	for typed, want := range map[string][]string{
		"bridge safe":        {"bridge", "safe"},
		`"old bridge" the`:   {"The", "old bridge"},
		"speaker:hale cross": {"cross"},
		"anybod*":            {"anybody"},
	} {
		q, err := quoth.ParseQuery(typed)
		if err != nil {
			t.Fatal(err)
		}
		q.Article, q.Kind = "a1", quoth.Direct
		l, err := st.Statements(t.Context(), q)
		if err != nil || len(l.Items) != 1 {
			t.Errorf("%s: got %d statements, %v", typed, len(l.Items), err)
			continue
		}
		var got []string
		for _, s := range l.Items[0].Highlights {
			got = append(got, s.In(l.Items[0].Content.Text))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: highlighted %q, want %q", typed, got, want)
		}
	}
}

func testFacets(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	f, err := st.Facets(t.Context(), quoth.Query{})
	if err != nil {
		t.Fatal(err)
	}
	want := quoth.Facets{
		Total:   6,
		Speaker: []quoth.Facet{{Value: "zoe-hale", Name: "Zoë Hale", Count: 3}, {Value: "eric-moss", Name: "Eric Moss", Count: 1}, {Value: "ida-quill", Name: "Ida Quill", Count: 1}},
		About:   []quoth.Facet{{Value: "eric-moss", Name: "Eric Moss", Count: 2}, {Value: "zoe-hale", Name: "Zoë Hale", Count: 2}},
		Outlet:  []quoth.Facet{{Value: "herald.example", Count: 4}, {Value: "observer.example", Count: 2}},
		Medium:  []quoth.Facet{{Value: "unknown", Count: 3}, {Value: "interview", Count: 1}, {Value: "speech", Count: 1}, {Value: "statement", Count: 1}},
		Kind:    []quoth.Facet{{Value: "direct", Count: 4}, {Value: "indirect", Count: 1}, {Value: "mixed", Count: 1}},
		Year:    []quoth.Facet{{Value: "2026", Count: 3}, {Value: "2019", Count: 1}},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("got  %+v\nwant %+v", f, want)
	}
}
