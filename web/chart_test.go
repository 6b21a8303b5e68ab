package web

import (
	"strings"
	"testing"
	"time"

	"quoth"
)

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestBars(t *testing.T) {
	for _, c := range []struct {
		name  string
		days  []quoth.Presence
		n     int
		first string
	}{
		{"none", nil, 0, ""},
		{"a week", []quoth.Presence{{Day: day("2026-03-02"), Said: 1}, {Day: day("2026-03-08"), Said: 2, About: 1}}, 7, "2 March 2026"},
		{"two years", []quoth.Presence{{Day: day("2024-11-30"), Said: 1}, {Day: day("2026-10-01"), About: 4}}, 24, "November 2024"},
		{"half a century", []quoth.Presence{{Day: day("1980-01-01"), Said: 3}, {Day: day("2026-12-31"), Said: 1}}, 47, "1980"},
		{"more than there is room for", []quoth.Presence{{Day: day("1700-01-01")}, {Day: day("2026-01-01")}}, 0, ""},
	} {
		got := bars(c.days)
		if len(got) != c.n || c.n > 0 && got[0].Name != c.first {
			t.Errorf("%s: %d bars, %+v", c.name, len(got), got[:min(1, len(got))])
		}
		said, want := 0, 0
		for _, b := range got {
			said += b.Said
		}
		for _, d := range c.days {
			want += d.Said
		}
		if c.n > 0 && said != want {
			t.Errorf("%s: %d said, want %d", c.name, said, want)
		}
	}
}

// Names come from pages that anybody wrote.
func TestDrawingsEscape(t *testing.T) {
	const evil = `"><script>alert(1)</script>`
	list := neighbours(quoth.Circle{
		SpeaksOf: []quoth.Facet{{Value: evil, Name: evil, Count: 3}, {Value: "b", Name: "Zoë Hale", Count: 1}},
		SpokenBy: []quoth.Facet{{Value: "b", Name: "Zoë Hale", Count: 5}},
	}, 12)
	if len(list) != 2 || list[0].Name != "Zoë Hale" || list[0].To != 1 || list[0].From != 5 {
		t.Fatalf("got %+v", list)
	}
	if got := string(circle(quoth.Person{ID: evil, Name: evil}, list)); strings.Contains(got, "<script") || strings.Contains(got, `""`) {
		t.Errorf("a name got out: %s", got)
	}
}
