package render

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"quoth"
)

func TestTextFitsTheWidth(t *testing.T) {
	r := bridge(t)
	r.Statements[1].Content.Text = strings.Repeat("魚が消えた", 30) + " 🐟🐟 " + strings.Repeat("x", 300) + " e\u0301\u0301 השוק סגור"
	for _, width := range []int{20, 39, 60, 80, 120} {
		for line := range strings.Lines(write(t, "text", Options{Width: width, Verbose: true}, r)) {
			if w := displaywidth.String(strings.TrimSuffix(line, "\n")); w > width {
				// The furniture's labels need 30 columns, and an address stays whole.
				if !strings.HasPrefix(line, "line ") && !strings.HasPrefix(line, "https://") {
					t.Errorf("width %d: %d columns in %q", width, w, line)
				}
			}
		}
	}
}

func TestWrapKeepsEveryCharacter(t *testing.T) {
	for _, s := range []string{"", " ", "a b\nc", "魚が消えた。魚が消えた。", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "10\u00a0km from\u202fhere", "אבגדה וזחטי"} {
		for width := range 12 {
			lines := Wrap(s, width)
			squeeze := func(s string) string { return strings.Join(strings.FieldsFunc(s, isBreakingSpace), "") }
			if got, want := squeeze(strings.Join(lines, "")), squeeze(s); got != want {
				t.Errorf("Wrap(%q, %d): got %q", s, width, lines)
			}
		}
	}
	if got, want := Wrap("one two  three\nfour", 9), []string{"one two", "three", "four"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTextLetsNoControlCharacterThrough(t *testing.T) {
	r := build(t, quoth.Article{ID: "x", Title: "\x1b]0;owned\a title", Site: "\x9b2J"},
		"paragraph: [S1 Zo\x1b[31m] [C1 sa\bid] [Q1 “\x1b[2J gone \x00”].", "advertisement: \x1b[1mAd")
	r.Statements[0].Speaker = &quoth.Speaker{Name: "Zo\x1b[31m", Mention: "\x07he", Kind: quoth.PersonParty}
	got := write(t, "text", Options{Verbose: true}, r)
	if i := strings.IndexFunc(got, func(c rune) bool { return c != '\n' && (c < ' ' || c >= 0x7f && c < 0xa0) }); i >= 0 {
		t.Errorf("control character at %d of %q", i, got)
	}
	if coloured := write(t, "text", Options{Verbose: true, Color: true}, r); stripColours(coloured) != got {
		t.Errorf("colours aside, got %q\nwant %q", stripColours(coloured), got)
	}
}

func stripColours(s string) string {
	return regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(s, "")
}

func TestTextSaysWhatIsNotKnown(t *testing.T) {
	got := write(t, "text", Options{}, bridge(t))
	for _, want := range []string{
		"unknown speaker", "42 % sure", "the text names no source", "direct · line 5",
		"Tobias Renn (“He”) — added", "said 16 April 2026 (“on Thursday”), reported 17 April 2026 · press conference",
		"17 April 2026 (from the dateline)", "3 named sources", "1 advertisement",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	r := build(t, quoth.Article{ID: "x"}, "paragraph: Nothing.")
	if got := write(t, "text", Options{}, r); !strings.Contains(got, "No statement was found.") || !strings.Contains(got, "date unknown") {
		t.Errorf("got %s", got)
	}
}

func TestSpeakersKeepTheirColour(t *testing.T) {
	got := write(t, "text", Options{Color: true}, bridge(t))
	names := regexp.MustCompile("\x1b\\[1;38;5;([0-9]+)m([^\x1b]+)").FindAllStringSubmatch(got, -1)
	colour := map[string]string{}
	for _, m := range names {
		if before, seen := colour[m[2]]; seen && before != m[1] {
			t.Errorf("%s has colours %s and %s", m[2], before, m[1])
		}
		colour[m[2]] = m[1]
	}
	if len(colour) != 4 {
		t.Errorf("got colours %v, want 4 speakers", colour)
	}
}

// What is set off keeps its marks when the text is wrapped, and control characters of the
// text stay out.
func TestWrapSetOff(t *testing.T) {
	text := "the \x1b[1mold\n bridge is not  safe"
	spans := []quoth.Span{spanOf(text, "bridge"), spanOf(text, "not  safe")}
	got := WrapSetOff(text, spans, "<", ">", 15)
	want := []string{"the \ufffd[1mold", "<bridge> is <not>", "<safe>"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := WrapSetOff(text, spans, "", "", 15); !slices.Equal(got, Wrap(text, 15)) {
		t.Errorf("without marks: got %q", got)
	}
}

func spanOf(text, part string) quoth.Span {
	i := strings.Index(text, part)
	return quoth.Span{Start: i, End: i + len(part)}
}
