package page

import (
	"strings"
	"testing"

	"quoth"
)

// A damaged or foreign model is an error and never a panic.
func TestOpenLineModel(t *testing.T) {
	if _, err := OpenLineModel(lineModelBytes); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 8, 100, len(lineModelBytes) / 2, len(lineModelBytes) - 1} {
		if _, err := OpenLineModel(lineModelBytes[:n]); err == nil {
			t.Errorf("a model of %d bytes, cut off, opens", n)
		}
	}
}

// No line is lost, whatever the page is made of.
func TestLinesOfHostilePages(t *testing.T) {
	for name, text := range map[string]string{
		"one long line":   strings.Repeat("word ", 400_000),
		"no words":        strings.Repeat("· ·\n", 1000),
		"many lines":      strings.Repeat("Menu\nThe ferry stops on Monday, Zoë Hale said.\n", 50_000),
		"a word a line":   strings.Repeat("ferry\n", 20_000),
		"marks of all":    "“”‘’«»„‚\n\"\n''\n…\n×\n",
		"control letters": "a\x01b\x02\nc\td\r\ne\u202ef\n",
		"signatures":      strings.Repeat("(@a) — b (@c) May 2, 2026 ", 20_000) + "\n" + strings.Repeat("x\n— b (@c) May 2, 2026\n", 2000),
		"brackets":        "Photos: " + strings.Repeat("(RELATED: a Hide Caption 1 REUTERS/A ", 20_000) + strings.Repeat(")", 20_000) + "\nA. | " + strings.Repeat("A/", 100_000),
		"other scripts":   "港が閉まる。\nهذا خبر\nНовости\n",
	} {
		t.Run(name, func(t *testing.T) {
			a, err := New(Options{Format: Text, MaxBytes: -1}).Record(Record{ID: "x", Text: text})
			if err != nil {
				t.Fatal(err)
			}
			at := 0
			for _, b := range a.Blocks {
				if gap := text[at:b.Span.Start]; strings.TrimFunc(gap, isBlank) != "" {
					t.Fatalf("%.20q is in no block", gap)
				}
				at = b.Span.End
			}
			if strings.TrimFunc(text[at:], isBlank) != "" {
				t.Errorf("%.20q is in no block", text[at:])
			}
		})
	}
}

// What introduces a quotation is body, however short, and so is the quotation.
func TestLeadInsAreBody(t *testing.T) {
	const before, after = "The new ferry will open in May, Mayor Zoë Hale said on Monday at the quay.", "The old ferry will be sold to a museum, which has asked for it for many years."
	for _, line := range []string{"He continued:", "She added:", "Hale went on:", "Asked about the price, he said:", "The mayor wrote:", "He said:", "“No.”", "“We are done here,” he said."} {
		a, err := New(Options{}).Extract(quoth.RawPage{Body: []byte(before + "\n\n" + line + "\n\n" + after + "\n")})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range a.Blocks {
			if !b.Kind.IsBody() {
				t.Errorf("with %q between, %q is %s", line, b.Span.In(a.Text), b.Kind)
			}
		}
	}
}
