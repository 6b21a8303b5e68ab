package people_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"quoth"
	"quoth/people"
	"quoth/wording"
)

// book is a record of people as the linker sees it: who there is, and who was seen
// together.
type book struct {
	people   []quoth.Person
	together map[string][]string
}

func (b book) Candidates(_ context.Context, names []string) (map[string][]quoth.Person, error) {
	found := map[string][]quoth.Person{}
	for _, name := range names {
		for _, p := range b.people {
			for _, a := range p.Aliases {
				key := wording.Fold(a.Name)
				if key == name || p.Kind == quoth.PersonParty && strings.HasSuffix(key, " "+name) {
					found[name] = append(found[name], p)
					break
				}
			}
		}
	}
	return found, nil
}

func (b book) Together(_ context.Context, ids, others []string, coming ...quoth.Company) (map[string]int, error) {
	counts := map[string]int{}
	for _, id := range ids {
		for _, o := range others {
			if slices.Contains(b.together[id], o) || slices.ContainsFunc(coming, func(c quoth.Company) bool { return c.People[id] && c.People[o] }) {
				counts[id]++
			}
		}
	}
	return counts, nil
}

// somebody is a person of the book, seen in n articles.
func somebody(id, name string, n int, aliases ...string) quoth.Person {
	p := quoth.Person{ID: id, Name: name, Kind: quoth.PersonParty, Articles: n}
	for _, a := range append([]string{name}, aliases...) {
		p.Aliases = append(p.Aliases, quoth.Alias{Name: a, Articles: n})
	}
	if strings.HasPrefix(id, "org-") {
		p.Kind = quoth.OrganizationParty
	}
	return p
}

// reading has a statement by each of names, whose kind is told by a leading "org:".
func reading(names ...string) quoth.Reading {
	var r quoth.Reading
	for _, name := range names {
		kind := quoth.PersonParty
		if rest, isOrg := strings.CutPrefix(name, "org:"); isOrg {
			name, kind = rest, quoth.OrganizationParty
		}
		r.Statements = append(r.Statements, quoth.Statement{Speaker: &quoth.Speaker{ID: name, Name: name, Kind: kind}})
	}
	return r
}

func TestLink(t *testing.T) {
	record := book{
		people: []quoth.Person{
			somebody("zoe-hale", "Zoë Hale", 40), somebody("tom-hale", "Tom Hale", 30), somebody("eric-moss", "Eric Moss", 20), somebody("ida-b-quill", "Ida B. Quill", 9),
			somebody("ann-moor", "Ann Moor", 4), somebody("ann-moor-2", "Ann Moor", 4), somebody("max-orr", "Max Orr", 200), somebody("lee-orr", "Lee Orr", 2),
			somebody("pip-new", "Pip New", 1), somebody("solo", "Solo", 7), somebody("org-calder-trust", "Calder Trust", 12),
			somebody("tobias-w-renn", "Tobias W. Renn", 30, "Tobias Renn"), somebody("ivo-g-kerr", "Ivo G. Kerr", 9), somebody("ivo-p-kerr", "Ivo P. Kerr", 9), somebody("robert-k-quay", "Robert K. Quay", 9),
			somebody("mike-vale", "Mike Vale", 9), somebody("ada-vale", "Ada Vale", 9), somebody("thomas-pym", "Thomas Pym", 9), somebody("ada-pym", "Ada Pym", 9), somebody("org-ferry-department", "Department of Ferries", 8), somebody("org-us-mint", "U.S. Mint", 5),
			somebody("org-hpa", "HPA", 9), somebody("gus-hw-moor", "Gus H.W. Moor", 3), somebody("al-dunn", "Al Dunn", 6, "@aldunn"), somebody("org-fca", "FCA", 3, "Ferry Crews Alliance"),
			somebody("org-ferry-crews-association", "Ferry Crews Association", 2, "FCA"), somebody("org-u-s-census", "United States Census", 4),
		},
		together: map[string][]string{"tom-hale": {"eric-moss"}, "ann-moor-2": {"eric-moss", "ida-b-quill"}, "ivo-p-kerr": {"eric-moss"}, "thomas-pym": {"eric-moss", "solo"}},
	}
	for _, c := range []struct {
		name   string
		who    []string
		want   string // ID of the last, "" when nobody can tell
		saying string // part of the reason
	}{
		{"a known name", []string{"Zoë Hale"}, "zoe-hale", "same name"},
		{"other marks and case", []string{"Zoe HALE"}, "zoe-hale", "same name"},
		{"a title before it", []string{"Dr Zoë Hale"}, "zoe-hale", "same name"},
		{"a title that makes one name whole", []string{"Lady Moss"}, "lady-moss", "new"},
		{"a new name", []string{"Uma Reed"}, "uma-reed", "new"},
		{"an initial left out", []string{"Ida Quill"}, "ida-b-quill", "first and last name"},
		{"another initial", []string{"Ida K. Quill"}, "ida-k-quill", "new"},
		{"a father with more initials", []string{"Tobias H.W. Renn"}, "tobias-hw-renn", "new"},
		{"another initial than one who is called without", []string{"Tobias K. Renn"}, "tobias-k-renn", "new"},
		{"without initials, by company", []string{"Eric Moss", "Ivo Kerr"}, "ivo-p-kerr", "1 of the others"},
		{"without initials, which nobody decides", []string{"Ivo Kerr"}, "", ""},
		{"a short form of the first name, the only one", []string{"Bob Quay"}, "robert-k-quay", "form of the first"},
		{"a short form with another initial", []string{"Bob J. Quay"}, "bob-j-quay", "new"},
		{"a short form of one of several", []string{"Michael Vale"}, "michael-vale", "new"},
		{"a short form of one of several, by company", []string{"Eric Moss", "Solo", "Tom Pym"}, "thomas-pym", "seen with 2"},
		{"initials without points", []string{"Gus HW Moor"}, "gus-hw-moor", "same name"},
		{"initials with blanks", []string{"Gus H. W. Moor"}, "gus-hw-moor", "same name"},
		{"a department, the other way round", []string{"org:Ferries Department"}, "org-ferry-department", "same name"},
		{"a nation's department", []string{"org:U.S. Department of Ferries"}, "org-us-ferries-department", "new"},
		{"a nation, spelt out", []string{"org:United States Mint"}, "org-us-mint", "same name"},
		{"a nation, without points", []string{"org:US Census"}, "org-u-s-census", "same name"},
		{"initials with points", []string{"org:H.P.A."}, "org-hpa", "same name"},
		{"an account", []string{"@aldunn"}, "al-dunn", "same name"},
		{"initials of several", []string{"org:FCA"}, "org-fca", "same name"},
		{"a last name, by company", []string{"Eric Moss", "Hale"}, "tom-hale", "1 of the others"},
		{"a last name that nobody decides", []string{"Hale"}, "", ""},
		{"a last name, by far the best known", []string{"Orr"}, "max-orr", "by far"},
		{"a last name of one", []string{"Moss"}, "eric-moss", "only one"},
		{"a last name of one hardly known", []string{"New"}, "", ""},
		{"a last name of nobody", []string{"Unheard"}, "unheard", "new"},
		{"one name, which is all that pages give", []string{"Solo"}, "solo", "all that any page gives"},
		{"namesakes, by company", []string{"Eric Moss", "Ida Quill", "Ann Moor"}, "ann-moor-2", "2 of the others"},
		{"namesakes that nobody decides", []string{"Ann Moor"}, "", ""},
		{"an organization", []string{"org:the Calder Trust"}, "org-calder-trust", "same name"},
		{"an organization of a person's name", []string{"org:Zoë Hale"}, "org-zoe-hale", "new"},
		{"a description", []string{"the mayor"}, "", ""},
		{"a ministry of any country", []string{"org:Ministry of Foreign Affairs"}, "", ""},
		{"a ministry of one", []string{"org:Westmark's Foreign Ministry"}, "org-westmark-s-foreign-ministry", "new"},
		{"a council of any town", []string{"org:City Council"}, "", ""},
		{"a department that the press calls so", []string{"org:Justice Department"}, "org-justice-department", "new"},
		{"two at once", []string{"Zoë Hale & Tom Hale"}, "", ""},
		{"two organizations at once", []string{"org:Calder Trust & HPA"}, "", ""},
		{"somebody's", []string{"Tom Hale’s brother"}, "", ""},
		{"no letters", []string{"!!!"}, "", ""},
		{"longer than names are", []string{"Zoë " + strings.Repeat("Ha", 200)}, "", ""},
	} {
		all, err := people.New(record, nil).Link(t.Context(), []quoth.Reading{reading(c.who...)})
		if err != nil {
			t.Fatal(err)
		}
		links := all[0]
		last := c.who[len(c.who)-1]
		got := links[strings.TrimPrefix(last, "org:")]
		if got.ID != c.want || !strings.Contains(got.Reason, c.saying) {
			t.Errorf("%s: %q is %q because of %q, want %q because of %q", c.name, last, got.ID, got.Reason, c.want, c.saying)
		}
	}
}

// However articles fall into batches, the links are the same.
func TestLinkInBatches(t *testing.T) {
	readings := []quoth.Reading{
		reading("John F. Reed", "Eric Moss"), reading("John Reed"), reading("Reed", "Eric Moss"), reading("Ann Moor", "org:Calder Trust"), reading("Tom Moor", "org:Ferry Board"),
		reading("Moor", "org:Ferry Board"), reading("Moor", "org:Calder Trust"), reading("Reed"), reading("J. F. Reed"), reading("Solo"), reading("Max Solo"), reading("Solo"),
	}
	linked := func(size int) []map[string]string {
		record := book{together: map[string][]string{}}
		var ids []map[string]string
		for batch := range slices.Chunk(readings, size) {
			links, err := people.New(record, nil).Link(t.Context(), batch)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range links {
				ids = append(ids, record.enter(l))
			}
		}
		return ids
	}
	want := linked(1)
	if want[1]["John Reed"] != "john-f-reed" || want[2]["Reed"] != "john-f-reed" || want[5]["Moor"] != "tom-moor" || want[6]["Moor"] != "ann-moor" {
		t.Errorf("one by one: got %v", want)
	}
	for _, size := range []int{2, 3, 5, len(readings)} {
		if got := linked(size); !reflect.DeepEqual(got, want) {
			t.Errorf("batches of %d: got\n%v\nwant\n%v", size, got, want)
		}
	}
}

// enter keeps the people of a reading, and returns their IDs.
func (b *book) enter(links map[string]quoth.Person) map[string]string {
	ids := map[string]string{}
	for name, p := range links {
		ids[name] = p.ID
		i := slices.IndexFunc(b.people, func(o quoth.Person) bool { return o.ID == p.ID })
		if i < 0 {
			i = len(b.people)
			b.people = append(b.people, quoth.Person{ID: p.ID, Name: p.Name, Kind: p.Kind})
		}
		b.people[i].Articles++
		if !slices.ContainsFunc(b.people[i].Aliases, func(a quoth.Alias) bool { return a.Name == name }) {
			b.people[i].Aliases = append(b.people[i].Aliases, quoth.Alias{Name: name})
		}
		for _, o := range links {
			if o.ID != p.ID && !slices.Contains(b.together[p.ID], o.ID) {
				b.together[p.ID] = append(b.together[p.ID], o.ID)
			}
		}
	}
	return ids
}

func TestNamesFile(t *testing.T) {
	var bad []int
	names, err := people.ReadNames(strings.NewReader(
		"id\tname\tkind\taliases\n# made up\nX1\tZoë Hale\tperson\tMadam Mayor|Z. Hale\nX2\tSolo\tperson\n"+
			"X3\tJo March\tperson\t\nX4\tJo March\tperson\t\nX5\tCalder Harbour Authority\torganization\tCHA|the Authority\nbroken\nX6\tNobody\tanimal\t\n\tNo ID\tperson\n"),
		func(line int, _ error) { bad = append(bad, line) })
	if err != nil || names.Len() != 5 || len(bad) != 3 {
		t.Fatalf("got %d names, bad lines %v, %v", names.Len(), bad, err)
	}
	l := people.New(book{}, names)
	for who, want := range map[string][2]string{
		"Madam Mayor": {"zoe-hale", "X1"}, "Solo": {"solo", "X2"}, "Jo March": {"jo-march", ""}, "org:CHA": {"org-calder-harbour-authority", "X5"}, "Uma Reed": {"uma-reed", ""},
	} {
		all, err := l.Link(t.Context(), []quoth.Reading{reading(who)})
		if err != nil {
			t.Fatal(err)
		}
		links := all[0]
		got := links[strings.TrimPrefix(who, "org:")]
		if got.ID != want[0] || got.Links["id"] != want[1] {
			t.Errorf("%s: got %+v, want ID %s and link %q", who, got, want[0], want[1])
		}
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{"Zoë O'Hale": "zoe-o-hale", "Mr. Tom Hale": "tom-hale", "习近平": "习近平", strings.Repeat("ab ", 100): strings.Repeat("ab-", 23) + "219c0ce673"} {
		if got := people.Slug(name, quoth.PersonParty); got != want {
			t.Errorf("Slug(%q): got %q, want %q", name, got, want)
		}
	}
	long := "Select Committee on the Reform of the Administration of the Public Harbours and Waterways of the "
	seen := map[string]string{}
	for _, p := range []struct {
		name string
		kind quoth.PartyKind
	}{
		{"Hale", quoth.PersonParty}, {"Hale", quoth.OrganizationParty}, {"Org Hale", quoth.PersonParty}, {"Person Org Hale", quoth.PersonParty}, {"Org Hale", quoth.OrganizationParty},
		{long + "North Province", quoth.OrganizationParty}, {long + "South Province", quoth.OrganizationParty},
	} {
		id := people.Slug(p.name, p.kind)
		if other, ok := seen[id]; ok || strings.Contains(id, "--") || len(id) > 90 {
			t.Errorf("%s (%s) has the ID %q, as has %q", p.name, p.kind, id, other)
		}
		seen[id] = p.name
	}
}

func TestLinkByShortNames(t *testing.T) {
	record := book{people: []quoth.Person{
		somebody("org-hpa", "HPA", 9), somebody("org-wps", "WPS", 9, "Westmark Port Society"), somebody("zoe-hale", "Zoë Hale", 2),
		somebody("org-calder-bay-trust", "Calder Bay Trust", 20), somebody("org-cbt", "CBT", 4),
	}}
	of := func(name, mention string, kind quoth.PartyKind) quoth.Statement {
		return quoth.Statement{Source: &quoth.Role{Spans: []quoth.Span{{Start: 0, End: len(mention)}}}, Speaker: &quoth.Speaker{ID: name, Name: name, Mention: mention, Kind: kind}}
	}
	for _, c := range []struct{ name, mention, want, reason string }{
		{"Harbour Pilots' Association", "the HPA", "org-hpa", "calls them HPA"},
		{"Westmark Pilot Service", "WPS", "org-westmark-pilot-service", "new"}, // WPS is known to be another
		{"Calder Bay Trust", "CBT", "org-calder-bay-trust", "same name"},       // seen more often than CBT
	} {
		r := quoth.Reading{Article: quoth.Article{Text: c.mention + " said no."}, Statements: []quoth.Statement{of(c.name, c.mention, quoth.OrganizationParty)}}
		all, err := people.New(record, nil).Link(t.Context(), []quoth.Reading{r})
		if err != nil {
			t.Fatal(err)
		}
		if got := all[0][c.name]; got.ID != c.want || !strings.Contains(got.Reason, c.reason) {
			t.Errorf("%s, called %s: got %+v, want %s because %s", c.name, c.mention, got, c.want, c.reason)
		}
	}
	firm := reading("org:Hale & Sons")
	firm.Article.Text = "Hale & Sons said no."
	if all, err := people.New(record, nil).Link(t.Context(), []quoth.Reading{firm}); err != nil || all[0]["Hale & Sons"].ID != "org-hale-sons" {
		t.Errorf("a firm that the article writes so: got %v, %v", all, err)
	}
	// An account that one article tells the owner of is known in the next.
	post := quoth.Reading{Article: quoth.Article{Text: "Zoë Hale (@zoehale): No."}, Statements: []quoth.Statement{of("Zoë Hale", "Zoë Hale", quoth.PersonParty)}}
	all, err := people.New(record, nil).Link(t.Context(), []quoth.Reading{post, reading("@zoehale")})
	if err != nil {
		t.Fatal(err)
	}
	if got := all[1]["@zoehale"]; got.ID != "zoe-hale" {
		t.Errorf("the account after its owner was told: got %+v", got)
	}
}
