package corpus

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"quoth"
)

func TestReadStances(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.jsonl")
	text := `{"primary_gid": "a", "sentence_normalized": "Zoë praised “Renn”.", "targets": [{"from": 0, "to": 3, "polarity": 4.0}, {"from": 13, "to": 17, "polarity": 6.0}, {"from": 90, "to": 91, "polarity": 2.0}]}
nothing
{"sentence_normalized": "Hale failed", "targets": [{"from": 0, "to": 4, "polarity": 2}, {"from": 5, "to": 11, "polarity": 3}]}
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadStances(path)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 3 || problems[0].ID != "a" || problems[1].Line != 2 {
		t.Errorf("got problems %v", err)
	}
	want := []StanceSentence{
		{"Zoë praised “Renn”.", []StanceTarget{{quoth.Span{Start: 0, End: 4}, quoth.Neutral}, {quoth.Span{Start: 16, End: 20}, quoth.Supportive}}},
		{"Hale failed", []StanceTarget{{quoth.Span{Start: 0, End: 4}, quoth.Critical}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
