package lexicon

import (
	_ "embed"
	"iter"
	"strconv"
	"strings"
)

// The lists say where they come from and under which licence in their first lines.
var (
	//go:embed names/given.txt
	givenText string
	//go:embed names/surnames.txt
	surnameText string
	//go:embed names/titles.txt
	titleText string
	//go:embed names/countries.txt
	countryText string
	//go:embed names/cities.txt
	cityText string
	//go:embed names/regions.txt
	regionText string
	//go:embed names/organizations.txt
	organizationText string
	//go:embed names/people.txt
	peopleText string
)

// lines gives the lines of a list that are neither empty nor comments, cut at the
// first ": " if there is one: what stands before it, and the rest.
func lines(text string) iter.Seq2[string, string] {
	return func(yield func(key, rest string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			key, rest, found := strings.Cut(line, ": ")
			if !found {
				key, rest = "", line
			}
			if !yield(key, rest) {
				return
			}
		}
	}
}

// GivenNames returns the given names of the English-speaking world, in lower case,
// each with the share of women among its bearers in per cent, 0 to 100. The map is new
// with each call (about a millisecond): make it once and keep it.
func GivenNames() map[string]uint8 {
	names := make(map[string]uint8, 12_000)
	for key, rest := range lines(givenText) {
		share, err := strconv.Atoi(key)
		if err != nil {
			panic("lexicon: given.txt has a line without a share: " + key)
		}
		for name := range strings.FieldsSeq(rest) {
			names[name] = uint8(share)
		}
	}
	return names
}

// Surnames gives the 20,000 most frequent surnames of the United States in lower case,
// most frequent first.
func Surnames() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, rest := range lines(surnameText) {
			for name := range strings.FieldsSeq(rest) {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// TitleKind is what a title tells of its bearer.
type TitleKind uint8

// The kinds of titles.
const (
	NoTitle     TitleKind = iota
	FemaleTitle           // the bearer is a woman: Mrs., Congresswoman
	MaleTitle             // the bearer is a man: Mr., Congressman
	Honorific             // respect without gender: Dr., Rev.
	RoleTitle             // an office or profession before a name: Senator, coach
)

var titleKinds = map[string]TitleKind{"female": FemaleTitle, "male": MaleTitle, "honorific": Honorific, "role": RoleTitle}

// Titles returns the words that stand before names as titles, in lower case, with and
// without a full stop. The map is new with each call: make it once and keep it.
func Titles() map[string]TitleKind {
	titles := make(map[string]TitleKind, 300)
	for key, rest := range lines(titleText) {
		for word := range strings.FieldsSeq(rest) {
			if _, twice := titles[word]; !twice {
				titles[word] = titleKinds[key]
			}
		}
	}
	return titles
}

// NameKind is the kind of thing that a name of [Names] names.
type NameKind uint8

// The kinds of names.
const (
	CountryName   NameKind = iota // countries, with other forms of their names
	CapitalName                   // capitals of countries
	DemonymName                   // the people of a country: Kenyan
	CityName                      // cities of more than 15,000 people
	RegionName                    // states, provinces, regions
	CompanyName                   // large companies
	CommitteeName                 // committees of the US Congress
	PersonName                    // full names of US politicians
)

var nameKinds = map[string]NameKind{"country": CountryName, "capital": CapitalName, "demonym": DemonymName, "company": CompanyName, "committee": CommitteeName}

// Names gives the full names of places, peoples, organizations and persons with their
// kinds, as they are written. A name may come more than once, under several kinds.
func Names() iter.Seq2[NameKind, string] {
	return func(yield func(NameKind, string) bool) {
		lists := []struct {
			text string
			kind NameKind
		}{{countryText, 0}, {organizationText, 0}, {cityText, CityName}, {regionText, RegionName}, {peopleText, PersonName}}
		for _, list := range lists {
			for key, rest := range lines(list.text) {
				kind := list.kind
				if key != "" {
					kind = nameKinds[key]
				}
				for name := range strings.SplitSeq(rest, "|") {
					if !yield(kind, name) {
						return
					}
				}
			}
		}
	}
}
