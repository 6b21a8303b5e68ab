package lexicon

import (
	"strings"
	"testing"
)

func TestGivenNames(t *testing.T) {
	names := GivenNames()
	for name, want := range map[string][2]uint8{"mary": {95, 100}, "james": {0, 5}, "leslie": {20, 95}, "aisha": {95, 100}} {
		if got, known := names[name]; !known || got < want[0] || got > want[1] {
			t.Errorf("share of women named %s: %d, known %v; want %v", name, got, known, want)
		}
	}
	for name, share := range names {
		if share > 100 || name != strings.ToLower(name) {
			t.Errorf("given name %q has share %d", name, share)
		}
	}
}

func TestTitles(t *testing.T) {
	titles := Titles()
	for word, want := range map[string]TitleKind{"mrs.": FemaleTitle, "mr": MaleTitle, "dr.": Honorific, "senator": RoleTitle, "table": NoTitle} {
		if got := titles[word]; got != want {
			t.Errorf("title %q is of kind %d, want %d", word, got, want)
		}
	}
}

// Every list is read, and no name is empty or holds a mark of the file format.
func TestNames(t *testing.T) {
	counts := map[NameKind]int{}
	for kind, name := range Names() {
		counts[kind]++
		if name == "" || strings.ContainsAny(name, "|#\n") || strings.TrimSpace(name) != name {
			t.Fatalf("name %q of kind %d", name, kind)
		}
	}
	for kind, least := range map[NameKind]int{CountryName: 400, CapitalName: 200, DemonymName: 200, CityName: 20000, RegionName: 1500, CompanyName: 400, CommitteeName: 20, PersonName: 500} {
		if counts[kind] < least {
			t.Errorf("kind %d has %d names, want %d or more", kind, counts[kind], least)
		}
	}
	n := 0
	for name := range Surnames() {
		if n == 0 && name != "smith" {
			t.Errorf("the first surname is %q", name)
		}
		n++
	}
	if n != 20000 {
		t.Errorf("%d surnames", n)
	}
}
