package page

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quoth"
)

// account is what an article says of itself and its blocks, for people to compare.
func account(a quoth.Article) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("url", a.URL)
	line("site", a.Site)
	line("section", a.Section)
	line("title", a.Title)
	line("by", strings.Join(a.Bylines, "; "))
	for _, name := range a.Bylines {
		if a.Roles[name] != "" {
			line("role", name+", "+a.Roles[name])
		}
	}
	line("agencies", strings.Join(a.Agencies, "; "))
	line("published", strings.Join(strings.Fields(a.Published.EDTF+" "+a.Published.From+" "+a.Published.Time), " "))
	line("updated", strings.Join(strings.Fields(a.Updated.EDTF+" "+a.Updated.From+" "+a.Updated.Time), " "))
	line("paywall", a.Paywall)
	line("language", cmp.Or(a.Language, "not known"))
	return b.String() + "\n" + shape(a)
}

// The golden files of HTML hold a page and what is read of it. QUOTH_UPDATE=1 rewrites
// them; read the difference. The people in them are invented.
func TestGoldenHTML(t *testing.T) {
	files, err := filepath.Glob("testdata/html/*.txtar")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d golden files: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			note, rest, ok := strings.Cut(string(raw), "-- page --\n")
			in, want, ok2 := strings.Cut(rest, "-- article --\n")
			if !ok || !ok2 || want == "" && os.Getenv("QUOTH_UPDATE") == "" {
				t.Fatal("a golden file has the parts page and article")
			}
			a := extract(t, Options{Format: HTML}, quoth.RawPage{ID: file, Body: []byte(in)})
			got := account(a)
			if os.Getenv("QUOTH_UPDATE") != "" {
				if err := os.WriteFile(file, []byte(note+"-- page --\n"+in+"-- article --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// A box inside a paragraph is a block of its own, in the line of that paragraph.
func TestBoxesInHTML(t *testing.T) {
	const line = "Mayor Zoë Hale Zoë Ann HaleFerry stops for the winter MORE (I-Northwick) said on Monday that the ferry of Northwick would not sail again before the spring comes."
	more := strings.Repeat("<p>The council of Northwick will meet again in April, when it decides what a ticket for the ferry costs, said its head.</p>", 4)
	a := extract(t, Options{}, quoth.RawPage{Body: []byte("<html><body><article><p>Mayor <a>Zoë Hale</a> <span><a>Zoë Ann Hale</a><a>Ferry stops for the winter</a> <a>MORE</a></span>" + line[strings.Index(line, " (I-"):] + "</p>" + more + "</article></body></html>")})
	if !strings.Contains(a.Text, line) {
		t.Fatalf("the line is changed: %s", a.Text)
	}
	var got []string
	for _, b := range a.Blocks[:3] {
		got = append(got, string(b.Kind)+" "+b.Span.In(a.Text))
	}
	want := []string{"paragraph Mayor Zoë Hale", "related Zoë Ann HaleFerry stops for the winter MORE", "paragraph" + line[strings.Index(line, " (I-"):]}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A box that a style sheet hides is none of the body; the half of an article that a button shows is.
func TestHiddenByClass(t *testing.T) {
	paragraph := func(n int) string {
		return fmt.Sprintf("<p>The council of Northwick met for the %dth time, and its head said that the ferry would sail again in the spring of the year.</p>", n)
	}
	for _, c := range []struct {
		name, hidden string
		want         int // paragraphs
	}{
		{"a box", `<div class="account hidden">` + paragraph(7) + `</div>`, 6},
		{"half of the article", `<div class="rest d-none">` + paragraph(7) + paragraph(8) + paragraph(9) + `</div>`, 9},
	} {
		body := paragraph(1) + paragraph(2) + paragraph(3) + paragraph(4) + paragraph(5) + paragraph(6) + c.hidden
		a := extract(t, Options{}, quoth.RawPage{Body: []byte("<html><body><article><h1>The ferry of Northwick</h1>" + body + "</article></body></html>")})
		got := 0
		for _, b := range a.Blocks {
			if b.Kind == quoth.Paragraph {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s: %d paragraphs, want %d\n%s", c.name, got, c.want, shape(a))
		}
	}
}
