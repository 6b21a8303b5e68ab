package corpus

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestReadCoNLL2012(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.conll")
	row := func(word, chains string) string { return "d\t0\t0\t" + word + "\t_\t_\t" + chains + "\t\n" }
	text := "#begin document (a); part 0\n" + row("The", "(3") + row("mayor", "3)") + row("said", "_") + row(",", "_") + row("she", "(3)") + "\nbroken\n" +
		row("Her", "(4|(3)") + row("ferry", "4)") + "\n#end document\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	docs, err := ReadCoNLL2012(path)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Line != 8 {
		t.Errorf("got %v", err)
	}
	if len(docs) != 1 || docs[0].ID != "a" || docs[0].Text != "The mayor said, she Her ferry" || len(docs[0].Sentences) != 2 {
		t.Fatalf("got %+v", docs)
	}
	want := []string{"3 The mayor", "3 she", "3 Her", "4 Her ferry"}
	for i, m := range docs[0].Entities() {
		if got := m.Entity + " " + m.Span.In(docs[0].Text); i >= len(want) || got != want[i] {
			t.Errorf("mention %d: %q", i, got)
		}
	}
	if n := len(docs[0].Entities()); n != len(want) {
		t.Errorf("%d mentions, want %d", n, len(want))
	}
}
