package lexicon

import "testing"

func TestAbbreviations(t *testing.T) {
	list := Abbreviations()
	if len(list) < 150 {
		t.Fatalf("got %d abbreviations, want at least 150", len(list))
	}
	for word, want := range map[string]Abbreviation{
		"mr": {TitleAbbreviation, true}, "vs": {BeforeAbbreviation, false}, "no": {NumberAbbreviation, false},
		"sept": {MonthAbbreviation, true}, "calif": {StateAbbreviation, true}, "etc": {OtherAbbreviation, false}, "harbour": {},
	} {
		if got := list[word]; got != want {
			t.Errorf("%s: got %+v, want %+v", word, got, want)
		}
	}
}
