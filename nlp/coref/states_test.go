package coref

import (
	"strings"
	"testing"
)

// No two states may have one key, nor a state that of a country.
func TestStates(t *testing.T) {
	byName, keys := makeStates()
	if n := len(strings.Fields(stateNames)); len(keys) != n {
		t.Errorf("%d keys of %d states", len(keys), n)
	}
	if byName["N.Y."] != byName["New York"] || byName["KY"] != byName["Ky."] || byName["N.Y."] == 0 {
		t.Error("the names of one state have several keys")
	}
	for _, country := range []string{"Iran", "Iraq", "Mexico", "Australia", "Austria", "Canada", "Nigeria", "Niger", "Virgin Islands", "Colombia"} {
		if keys[placeOf(strings.Fields(country))] != "" {
			t.Errorf("%s has the key of a state", country)
		}
	}
	for _, other := range []string{"India", "Indian", "Kent", "Montreal", "Montenegro", "Cologne", "Florence", "Louisville"} {
		if keys[stage.otherPlace([]string{other})] != "" {
			t.Errorf("%s has the key of a state", other)
		}
	}
	for _, people := range []string{"Texan", "Ohioan", "Floridian", "Californian"} {
		if keys[stage.otherPlace([]string{people})] == "" {
			t.Errorf("%s are of no state", people)
		}
	}
	for _, pair := range [][2]string{{"Canada", "Canadian"}, {"France", "French"}, {"North Korea", "North Korean"}, {"Texas", "Texan"}, {"UK", "British"}} {
		if placeOf(strings.Fields(pair[0])) != placeOf(strings.Fields(pair[1])) {
			t.Errorf("%s and %s have two keys", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"Slovakia", "Slovenia"}, {"Turkey", "Turkmenistan"}, {"Malaysia", "Malawi"}, {"Mauritania", "Mauritius"}, {"Greece", "Greenland"}, {"Slovak", "Slovenian"}, {"Turkish", "Turkmen"}} {
		if placeOf(strings.Fields(pair[0])) == placeOf(strings.Fields(pair[1])) {
			t.Errorf("%s and %s have one key", pair[0], pair[1])
		}
	}
	if placeOf([]string{"Australia"}) == placeOf([]string{"Austria"}) || placeOf([]string{"Niger"}) == placeOf([]string{"Nigeria"}) {
		t.Error("two countries have one key")
	}
}
