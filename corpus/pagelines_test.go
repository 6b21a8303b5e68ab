package corpus_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"quoth"
	"quoth/corpus"
)

func TestReadPageLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pages.jsonl")
	lines := `{"id":"a","src":"s","site":"coast.example","lines":["Ferry stops","Zoë Hale said so.","Menu","Read on"],"kinds":["title","body","other","mixed"],"weak":["","","nav",""]}

{"id":"b","lines":["one"],"kinds":[]}
{"id":"c","lines":["one"],"kinds":["poem"]}
not JSON
`
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	pages, err := corpus.ReadPageLines(path)
	var problems corpus.Problems
	if !errors.As(err, &problems) || len(problems) != 3 || problems[0].Line != 3 || problems[1].ID != "c" {
		t.Errorf("problems %v, want one for each of the lines 3, 4 and 5", err)
	}
	if len(pages) != 1 {
		t.Fatalf("%d pages, want 1", len(pages))
	}
	p := pages[0]
	if want := []quoth.BlockKind{quoth.Headline, quoth.Paragraph, quoth.Other, ""}; !slices.Equal(p.Kinds, want) {
		t.Errorf("kinds %q, want %q", p.Kinds, want)
	}
	if want := []quoth.BlockKind{"", "", quoth.Navigation, ""}; !slices.Equal(p.Hints, want) {
		t.Errorf("hints %q, want %q", p.Hints, want)
	}
	if _, err := corpus.ReadPageLines(filepath.Join(t.TempDir(), "none")); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
}
