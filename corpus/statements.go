package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"quoth"
)

// StatementDoc is an article with gold statements.
type StatementDoc struct {
	AttributionDoc
	// Statements are in the order of the attributions of Gold, one each.
	Statements []GoldStatement

	raw []rawStatement
}

// GoldStatement is what annotators say of an attribution. Empty strings are "not known".
type GoldStatement struct {
	Speaker     string // the fullest name in the article; joint speakers joined by " & "
	SpeakerKind quoth.PartyKind
	Said        string // EDTF
	Medium      string // as in quoth.Statement, "unknown" among them
	Venue       string
	About       []string
	Kind        quoth.Kind
}

// rawStatement is a gold statement as the file has it.
type rawStatement struct {
	Speaker     rawName   `json:"speaker"`
	SpeakerKind string    `json:"speaker_kind"`
	Said        *string   `json:"said"`
	Medium      string    `json:"medium"`
	Venue       rawName   `json:"venue"`
	About       []rawName `json:"about"`
	Kind        string    `json:"kind"`
}

// rawName is a name, or where it stands in the text: [[b, e], ...], one for each of joint speakers.
type rawName struct {
	name  string
	spans []quoth.Span
}

func (n *rawName) UnmarshalJSON(b []byte) error {
	if b[0] != '[' {
		return json.Unmarshal(b, &n.name)
	}
	var pairs [][2]int
	if err := json.Unmarshal(b, &pairs); err != nil {
		return err
	}
	for _, p := range pairs {
		n.spans = append(n.spans, quoth.Span{Start: p[0], End: p[1]})
	}
	return nil
}

// in is the name as text has it, "" for none.
func (n rawName) in(text string) string {
	if n.spans == nil {
		return n.name
	}
	var names []string
	for _, s := range n.spans {
		names = append(names, s.In(text))
	}
	return strings.Join(names, " & ")
}

// broken says what is wrong with the places of n in text, "" when nothing is.
func (n rawName) broken(text string) string {
	for _, s := range n.spans {
		if what := brokenSpan(s, text, true); what != "" {
			return fmt.Sprintf("name [%d,%d] %s", s.Start, s.End, what)
		}
	}
	return ""
}

// ReadStatements reads gold statements from a file of JSON lines, plain or gzipped, one
// article a line:
//
//	{"id", "date", "title", "text", "statements": [{"source", "cue", "content",
//	 "speaker", "speaker_kind", "said", "medium", "venue", "about", "kind"}]}
//
// Roles are lists of byte spans. Names (speaker, venue, about) are strings, or where they stand in the text, as
// lists of spans too. Broken lines, and articles with a broken statement, are told in [Problems]. With texts,
// files of raw text, the articles stand in those, as for [ReadStandoff].
func ReadStatements(path string, texts ...string) ([]StatementDoc, error) {
	r := attributionReader{name: path}
	var docs []StatementDoc
	err := eachLine(path, func(n int, line []byte) {
		r.n = n
		if line = bytes.TrimSpace(line); len(line) == 0 {
			return
		}
		if d, ok := r.statements(line); ok {
			docs = append(docs, d)
		}
	})
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, errEmpty(path, "article with statements")
	}
	if len(texts) > 0 {
		var problems Problems
		docs, problems, err = withTexts(path, texts, docs, func(d StatementDoc) (string, string) { return d.ID, d.sum },
			func(d *StatementDoc, a RawArticle) Problems {
				d.setText(a)
				return nil
			})
		if err != nil {
			return nil, err
		}
		r.problems = append(r.problems, problems...)
	}
	var sound []StatementDoc
	for _, d := range docs {
		if what := d.fill(); what != "" {
			r.problems = append(r.problems, Problem{File: path, ID: d.ID, What: what})
			continue
		}
		sound = append(sound, d)
	}
	if sound == nil {
		return nil, fmt.Errorf("no sound article in %s: %w", path, r.problems)
	}
	return sound, r.problems.orNil()
}

// fill makes the statements of d, whose text is known, and says what is wrong with them, "" when nothing is.
func (d *StatementDoc) fill() string {
	if len(d.raw) != len(d.Gold()) {
		return "a statement has no attribution"
	}
	if d.Text == "" {
		return "it has no text"
	}
	if broken := d.Check(d.Text, ""); len(broken) > 0 {
		return broken[0].What
	}
	for i, s := range d.raw {
		for _, n := range slices.Concat([]rawName{s.Speaker, s.Venue}, s.About) {
			if what := n.broken(d.Text); what != "" {
				return fmt.Sprintf("statement %d: %s", i, what)
			}
		}
		g := GoldStatement{Speaker: s.Speaker.in(d.Text), SpeakerKind: quoth.PartyKind(s.SpeakerKind), Said: orNothing(s.Said),
			Medium: s.Medium, Venue: s.Venue.in(d.Text), Kind: quoth.Kind(s.Kind)}
		for _, n := range s.About {
			g.About = append(g.About, n.in(d.Text))
		}
		d.Statements = append(d.Statements, g)
	}
	return ""
}

// statements reads one line.
func (r *attributionReader) statements(line []byte) (StatementDoc, bool) {
	before := len(r.problems)
	d, ok := r.parse(line)
	if !ok || len(r.problems) > before {
		return StatementDoc{}, false
	}
	var raw struct {
		Statements []rawStatement `json:"statements"`
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		r.report(d.ID, "statements of another form: %v", err)
		return StatementDoc{}, false
	}
	return StatementDoc{AttributionDoc: d, raw: raw.Statements}, true
}

// orNothing is the string that p points at, "" for nil.
func orNothing(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
