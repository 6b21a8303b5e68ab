package web

import (
	"strings"
	"testing"

	"quoth"
)

// Words are found as a browser sends them, whatever ends the lines of the text, the nearest to
// where the statement stands.
func TestSpans(t *testing.T) {
	const text = "He said no.\r\nThe ferry\r\nstays, he said, and\u00a0stays."
	for name, c := range map[string]struct {
		lines string
		near  int
		want  []quoth.Span
		err   string
	}{
		"a place":                    {"[3-7] said", 0, []quoth.Span{{Start: 3, End: 7}}, ""},
		"a place and its line break": {"[17-29] ferry  stays", 0, []quoth.Span{{Start: 17, End: 29}}, ""},
		"another's place":            {"[0-4] said", 40, []quoth.Span{{Start: 34, End: 38}}, ""},
		"words over a line break":    {"[16-27] ferry stays", 0, []quoth.Span{{Start: 17, End: 29}}, ""},
		"the nearest":                {"stays", 60, []quoth.Span{{Start: 45, End: 50}}, ""},
		"two pieces":                 {"He said\n\n  stays, he said  ", 0, []quoth.Span{{Start: 0, End: 7}, {Start: 24, End: 38}}, ""},
		"marks are marks":            {"s.id", 0, nil, "does not print"},
		"a place without words":      {"[3-7]", 0, []quoth.Span{{Start: 3, End: 7}}, ""},
		"a place outside":            {"[3-700]", 0, nil, "does not print"},
		"too many":                   {strings.Repeat("e\n", 201), 0, nil, "more than 200 pieces"},
	} {
		got, err := spans("what", c.lines, text, c.near)
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want %q", name, err, c.err)
			continue
		}
		if len(got) != len(c.want) || len(got) > 0 && (got[0] != c.want[0] || got[len(got)-1] != c.want[len(got)-1]) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
