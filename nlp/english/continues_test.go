package english_test

import (
	"strings"
	"testing"

	"quoth"
)

func TestContinues(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		name string
		text []string
		from string // start of the content of the statement that goes on
		to   string // start of the content of the one it goes on from, "" when it does not
		by   string // its speaker
	}{
		{
			name: "a cue says so",
			text: []string{
				"“The ferry will run until the autumn,” Zoë Hale said on Monday.",
				"She continued: “We will pay for it from the reserve.”",
			},
			from: "“We will pay", to: "“The ferry", by: "Zoë Hale",
		},
		{
			name: "somebody else spoke last",
			text: []string{
				"“The ferry will run until the autumn,” Zoë Hale said on Monday.",
				"“That is far too long,” Tobias Renn said.",
				"Hale continued: “We will pay for it from the reserve.”",
			},
			from: "“We will pay", by: "Zoë Hale",
		},
		{
			name: "the paragraph before was closed",
			text: []string{
				"“The ferry will run until the autumn,” Zoë Hale said.",
				"“After that the new bridge will be open,” Tobias Renn said.",
			},
			from: "“After that", by: "Tobias Renn",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			statements, err := a.Analyze(article(c.text...))
			if err != nil {
				t.Fatal(err)
			}
			s := startingWith(statements, c.from)
			if s == nil {
				t.Fatalf("no statement starts with %q: %s", c.from, contents(statements))
			}
			if s.Speaker == nil || s.Speaker.Name != c.by {
				t.Errorf("speaker %v, want %s", s.Speaker, c.by)
			}
			switch p := startingWith(statements, c.to); {
			case c.to == "":
				if s.Continues != nil {
					t.Errorf("it goes on from %s, want from none", *s.Continues)
				}
			case p == nil:
				t.Fatalf("no statement starts with %q: %s", c.to, contents(statements))
			case s.Continues == nil || *s.Continues != p.ID:
				t.Errorf("it goes on from %v, want from %s", s.Continues, p.ID)
			}
		})
	}
}

// startingWith is the statement whose content starts with prefix, nil when there is none.
func startingWith(statements []quoth.Statement, prefix string) *quoth.Statement {
	for i := range statements {
		if prefix != "" && strings.HasPrefix(statements[i].Content.Text, prefix) {
			return &statements[i]
		}
	}
	return nil
}

func contents(statements []quoth.Statement) []string {
	var out []string
	for _, s := range statements {
		out = append(out, s.Content.Text)
	}
	return out
}
