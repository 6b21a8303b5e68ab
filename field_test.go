package quoth

import (
	"strings"
	"testing"
)

// A field that there is not is no word, and one without a value does not ask for all.
func TestParseQueryRefusesFields(t *testing.T) {
	for typed, want := range map[string]string{
		"author:hale":            `there is no field "author"`,
		`bridge -topic:"a fire"`: `there is no field "topic"`,
		"speaker:":               "there is nothing behind speaker:",
		"bridge outlet: herald":  "there is nothing behind outlet:",
		`about:""`:               "there is nothing behind about:",
	} {
		if _, err := ParseQuery(typed); CodeOf(err) != Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", typed, err, want)
		}
	}
	for typed, want := range map[string]int{
		"https://coast.example/a": 1, "12:30": 1, "the mayor spoke: no": 4, `"re: the bridge"`: 1, "Nachricht:neu": 1, "speaker:hale": 1,
	} {
		if q, err := ParseQuery(typed); err != nil || len(q.Terms) != want {
			t.Errorf("%s: got %+v, %v, want %d terms", typed, q.Terms, err, want)
		}
	}
}
