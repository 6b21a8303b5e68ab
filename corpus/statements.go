package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"quoth"
)

// StatementDoc is an article with gold statements.
type StatementDoc struct {
	AttributionDoc
	// Statements are in the order of the attributions of Gold, one each.
	Statements []GoldStatement
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
	Speaker     *string  `json:"speaker"`
	SpeakerKind string   `json:"speaker_kind"`
	Said        *string  `json:"said"`
	Medium      string   `json:"medium"`
	Venue       *string  `json:"venue"`
	About       []string `json:"about"`
	Kind        string   `json:"kind"`
}

// ReadStatements reads gold statements from a file of JSON lines, plain or gzipped, one
// article a line:
//
//	{"id", "date", "title", "text", "statements": [{"source", "cue", "content",
//	 "speaker", "speaker_kind", "said", "medium", "venue", "about", "kind"}]}
//
// Roles are lists of byte spans. Broken lines, and articles with a broken statement, are
// told in [Problems]. With texts, files of raw text, the articles stand in those, as for [ReadStandoff].
func ReadStatements(path string, texts ...string) ([]StatementDoc, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := NewAttributionReader(f, path)
	if err != nil {
		return nil, err
	}
	var docs []StatementDoc
	for {
		line, err := r.lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if d, ok := r.statements(line); ok {
			docs = append(docs, d)
		}
	}
	if len(docs) == 0 {
		return nil, errEmpty(path, "article with statements")
	}
	if len(texts) > 0 {
		sums, at := map[string]string{}, map[string]int{}
		for i, d := range docs {
			sums[d.ID], at[d.ID] = d.sum, i
		}
		problems, err := findTexts(path, sums, texts, func(a RawArticle) Problems { return docs[at[a.ID]].setText(a, path) })
		if err != nil {
			return nil, err
		}
		r.problems = append(r.problems, problems...)
		docs = slices.DeleteFunc(docs, func(d StatementDoc) bool { return d.Text == "" })
	}
	return docs, r.problems.orNil()
}

// statements reads one line.
func (r *AttributionReader) statements(line []byte) (StatementDoc, bool) {
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
	out := StatementDoc{AttributionDoc: d}
	for _, s := range raw.Statements {
		out.Statements = append(out.Statements, GoldStatement{
			Speaker: orNothing(s.Speaker), SpeakerKind: quoth.PartyKind(s.SpeakerKind), Said: orNothing(s.Said),
			Medium: s.Medium, Venue: orNothing(s.Venue), About: s.About, Kind: quoth.Kind(s.Kind)})
	}
	return out, len(out.Statements) == len(out.Gold())
}

// orNothing is the string that p points at, "" for nil.
func orNothing(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
