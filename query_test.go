package quoth

import (
	"strings"
	"testing"
)

func TestParseQueryRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"33 words":                  strings.Repeat("word ", 33),
		"a phrase of 499 words":     `"` + strings.Repeat("the ", 499) + `"`,
		"the same in marks of type": "“" + strings.Repeat("the ", 65) + "”",
		"a name of 65 words":        `speaker:"` + strings.Repeat("the ", 65) + `"`,
		"hyphens for blanks":        strings.Repeat("the-", 65),
		"many phrases":              strings.Repeat(`"the old bridge" `, 22),
		"an unknown medium":         "medium:gossip",
		"an unknown kind":           "kind:loud",
	} {
		if _, err := ParseQuery(text); CodeOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{`"` + strings.Repeat("the ", 64) + `"`, strings.Repeat("word ", 32), "medium:press-conference bridge"} {
		if _, err := ParseQuery(text); err != nil {
			t.Errorf("%.30q: %v", text, err)
		}
	}
}
