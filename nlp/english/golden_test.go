package english_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"quoth"
)

var update = flag.Bool("update", false, "write the statements that are found into the golden files")

// The statements of whole articles, read by people once: what changes them shows here.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	a := analyzer(t)
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			golden, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, day, _ := strings.Cut(golden.Files[0].Name, " ")
			page := article(strings.Split(strings.TrimSpace(string(golden.Files[0].Data)), "\n")...)
			page.Published = quoth.Published{EDTF: day, From: "meta", Confidence: 0.95}
			statements, err := a.Analyze(page)
			if err != nil {
				t.Fatal(err)
			}
			got := golden.Files[1]
			got.Data = []byte(inLines(statements))
			if *update {
				golden.Files[1] = got
				if err := os.WriteFile(path, txtar.Format(golden), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := strings.Split(string(golden.Files[1].Data), "\n")
			for i, line := range strings.Split(string(got.Data), "\n") {
				if i >= len(want) || line != want[i] {
					t.Fatalf("line %d of the statements:\n got %s\nwant %s", i+1, line, strings.Join(want[min(i, len(want)):min(i+1, len(want))], ""))
				}
			}
			if n := strings.Count(string(got.Data), "\n"); n != len(want)-1 {
				t.Errorf("%d statements, want %d", n, len(want)-1)
			}
		})
	}
}

// inLines writes a statement a line.
func inLines(statements []quoth.Statement) string {
	var b strings.Builder
	for _, s := range statements {
		speaker, cue, said := "–", "–", "–"
		if s.Speaker != nil {
			speaker = s.Speaker.Name
		}
		if s.Cue != nil {
			cue = s.Cue.Text
		}
		if s.Said != nil {
			said = s.Said.EDTF
		}
		b.WriteString(strings.Join([]string{string(s.Kind), string(s.Factuality), speaker, cue, s.Content.Text, said, s.Medium}, " | ") + "\n")
	}
	return b.String()
}
