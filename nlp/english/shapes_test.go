package english_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"quoth"
)

// leastShapes is the number of cases that there are at least: a loader that finds fewer
// finds the wrong folder.
const leastShapes = 150

// TestShapes reads the shapes that sayings come in, one file a phenomenon, several cases a
// file. A case is the text, a paragraph a line, and below it what is expected of it:
//
//	> content | field=value | field=value    a statement with exactly this content
//	not words                                no statement whose content holds the words
//	none                                     no statement at all
//
// The fields are source, cue, kind, factuality, speaker, speaker-kind, medium, said, about (one
// of those it is about), continues and repeats (yes or no), and with not- before them that
// they are not so. – is null. A case says what it is about and no more.
//
// The cases that fail are listed in known.txt with the reason; one that begins to pass has
// to be taken off the list.
func TestShapes(t *testing.T) {
	known := readKnown(t)
	files, err := filepath.Glob("testdata/shapes/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	a := analyzer(t)
	cases, failed := 0, 0
	for _, path := range files {
		phenomenon := strings.TrimSuffix(filepath.Base(path), ".txtar")
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range archive.Files {
			cases++
			name := phenomenon + "/" + c.Name
			faults := shapeFaults(t, a, name, string(c.Data))
			reason, isKnown := known[name]
			delete(known, name)
			switch {
			case len(faults) > 0 && !isKnown:
				t.Errorf("%s:\n%s\n%s", name, c.Data, strings.Join(faults, "\n"))
			case len(faults) == 0 && isKnown:
				t.Errorf("%s passes now (%s): take it off testdata/shapes/known.txt", name, reason)
			}
			if len(faults) > 0 {
				failed++
			}
		}
	}
	if cases < leastShapes {
		t.Errorf("%d cases, want at least %d", cases, leastShapes)
	}
	for name := range known {
		t.Errorf("known.txt lists %q, which is no case", name)
	}
	t.Logf("%d of %d cases are as a reader would have them", cases-failed, cases)
}

// readKnown reads the cases that are known to fail: the name, a tab, the reason.
func readKnown(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/shapes/known.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, reason, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(reason) == "" {
			t.Fatalf("known.txt: %q has no reason", line)
		}
		known[name] = strings.TrimSpace(reason)
	}
	return known
}

// shapeFaults reads a case and says what is not as expected.
func shapeFaults(t *testing.T, a quoth.Analyzer, name, text string) []string {
	t.Helper()
	var paragraphs, wants []string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "> ") || strings.HasPrefix(line, "not ") || line == "none" {
			wants = append(wants, line)
		} else {
			paragraphs = append(paragraphs, line)
		}
	}
	if len(wants) == 0 || len(paragraphs) == 0 {
		t.Fatalf("%s: a case is a text and what is expected of it", name)
	}
	page := article(paragraphs...)
	page.Published = quoth.Published{EDTF: "2026-05-05", From: "meta", Confidence: 0.95}
	statements, err := a.Analyze(page)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	for _, want := range wants {
		if fault := shapeFault(t, name, want, statements); fault != "" {
			faults = append(faults, fault)
		}
	}
	if len(faults) > 0 {
		faults = append(faults, "found:")
		for _, s := range statements {
			faults = append(faults, "  "+described(s))
		}
	}
	return faults
}

// shapeFault compares one expectation with what was found; "" when it is met.
func shapeFault(t *testing.T, name, want string, statements []quoth.Statement) string {
	t.Helper()
	if want == "none" {
		if len(statements) > 0 {
			return "want no statement"
		}
		return ""
	}
	if words, isNot := strings.CutPrefix(want, "not "); isNot {
		if slices.ContainsFunc(statements, func(s quoth.Statement) bool { return strings.Contains(s.Content.Text, words) }) {
			return "want no statement of " + words
		}
		return ""
	}
	fields := strings.Split(strings.TrimPrefix(want, "> "), " | ")
	for _, s := range statements {
		if s.Content.Text != fields[0] {
			continue
		}
		for _, field := range fields[1:] {
			key, value, ok := strings.Cut(field, "=")
			if !ok {
				t.Fatalf("%s: %q is no field", name, field)
			}
			if !shapeHas(t, name, s, key, value) {
				return fmt.Sprintf("want %s", field)
			}
		}
		return ""
	}
	return "want content " + fields[0]
}

// shapeHas reports whether a statement's field has a value.
func shapeHas(t *testing.T, name string, s quoth.Statement, key, value string) bool {
	t.Helper()
	if plain, isNot := strings.CutPrefix(key, "not-"); isNot {
		return !shapeHas(t, name, s, plain, value)
	}
	role := func(r *quoth.Role) string {
		if r == nil {
			return "–"
		}
		return r.Text
	}
	speaker, kind, said := "–", "–", "–"
	if s.Speaker != nil {
		speaker, kind = s.Speaker.Name, string(s.Speaker.Kind)
	}
	if s.Said != nil {
		said = s.Said.EDTF
	}
	yes := func(id *string) string {
		if id == nil {
			return "no"
		}
		return "yes"
	}
	got, known := map[string]string{
		"source": role(s.Source), "cue": role(s.Cue), "kind": string(s.Kind), "factuality": string(s.Factuality), "speaker": speaker, "speaker-kind": kind,
		"medium": s.Medium, "said": said, "continues": yes(s.Continues), "repeats": yes(s.Repeats),
	}[key]
	if key == "about" {
		return slices.ContainsFunc(s.About, func(p quoth.Party) bool { return p.Name == value })
	}
	if !known {
		t.Fatalf("%s: there is no field %q", name, key)
	}
	return got == value
}

// described is a statement in one line.
func described(s quoth.Statement) string {
	return strings.TrimSpace(inLines([]quoth.Statement{s}))
}
