package arch

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// licences are the licences that a word list may come under.
var licences = regexp.MustCompile(`Apache-2\.0|\bMIT\b|\bBSD\b|CC0|CC BY(-SA)? \d|PDDL|Open Database License|Open Government Licence|[Pp]ublic domain`)

// listFaults returns what the word list in text lacks: its first lines, which begin with
// "#", have to tell its source and its licence.
func listFaults(text string) []string {
	var header strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			break
		}
		header.WriteString(line)
	}
	var faults []string
	if !regexp.MustCompile(`(?i)\b(sources?:|own list)`).MatchString(header.String()) {
		faults = append(faults, "no source in its first lines")
	}
	if !licences.MatchString(header.String()) {
		faults = append(faults, "no licence in its first lines")
	}
	return faults
}

// TestLexiconLicences: every embedded word list says where it comes from and under which
// licence, and NOTICE names those that are not our own.
func TestLexiconLicences(t *testing.T) {
	root := os.DirFS("../..")
	notice := read(t, root, "NOTICE")
	lists := find(t, root, "nlp/lexicon", ".txt")
	for _, name := range lists {
		text := read(t, root, name)
		for _, fault := range listFaults(text) {
			t.Errorf("%s: %s", name, fault)
		}
		if !strings.Contains(text, "Apache-2.0") && !strings.Contains(notice, name) {
			t.Errorf("NOTICE does not name %s", name)
		}
	}
}

func TestListFaults(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       int
	}{
		{"whole", "# Source: GeoNames, CC BY 4.0.\nPort Ellory\n", 0},
		{"our own", "# Titles: own list (Apache-2.0).\nmayor\n", 0},
		{"no licence", "# Source: GeoNames.\nPort Ellory\n", 1},
		{"no header", "Port Ellory\n# Source: GeoNames, CC BY 4.0.\n", 2},
		{"empty", "", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := listFaults(tt.text); len(got) != tt.want {
				t.Errorf("%q: got faults %q, want %d", tt.text, got, tt.want)
			}
		})
	}
}

// link is a Markdown link whose target is no address: a file, a heading, or both.
var link = regexp.MustCompile(`\]\(([^)#:\s]*)(?:#([^)\s]*))?\)`)

// heading is a heading of Markdown; notInAnchor is what its anchor leaves out.
var (
	heading     = regexp.MustCompile(`(?m)^#+ (.*)$`)
	notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// hasAnchor reports whether a heading of text has the anchor.
func hasAnchor(text, anchor string) bool {
	return slices.ContainsFunc(heading.FindAllStringSubmatch(text, -1), func(m []string) bool {
		return strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-") == anchor
	})
}

// TestDocs: links in the docs lead to files and headings that exist, and the README stays short.
func TestDocs(t *testing.T) {
	root := os.DirFS("../..")
	pages := append(find(t, root, "docs", ".md"), "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
	links := 0
	for _, name := range pages {
		for _, m := range link.FindAllStringSubmatch(read(t, root, name), -1) {
			links++
			target := name
			if m[1] != "" {
				target = path.Join(path.Dir(name), m[1])
			}
			if _, err := fs.Stat(root, target); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", name, m[1])
			} else if m[2] != "" && !hasAnchor(read(t, root, target), m[2]) {
				t.Errorf("%s: %s has no heading #%s", name, target, m[2])
			}
		}
	}
	if links == 0 {
		t.Error("no link found in the docs")
	}
	if lines := strings.Count(read(t, root, "README.md"), "\n"); lines >= 200 {
		t.Errorf("README.md has %d lines, want under 200", lines)
	}
}

// find returns the files below dir whose names end in suffix. Finding none fails.
func find(t *testing.T, fsys fs.FS, dir, suffix string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(name, suffix) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Fatalf("no %s in %s", suffix, dir)
	}
	return names
}

func read(t *testing.T, fsys fs.FS, name string) string {
	t.Helper()
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
