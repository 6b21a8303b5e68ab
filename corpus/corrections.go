package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"quoth"
)

// CorrectedDoc is an article of the record, its statements as editors have corrected them,
// and what they corrected.
type CorrectedDoc struct {
	quoth.Reading
	Corrections []quoth.Correction
}

// Attributions are those of the statements, as gold that a finder can be trained on.
// Statements that nobody corrected are what the model found.
func (d CorrectedDoc) Attributions() AttributionDoc {
	a := Annotation{Annotator: "editors"}
	for _, st := range d.Statements {
		a.Attributions = append(a.Attributions, quoth.Attribution{Source: spansOf(st.Source), Cue: spansOf(st.Cue), Content: spansOf(st.Content)})
	}
	return AttributionDoc{ID: d.Article.ID, Publisher: d.Article.Site, Date: d.Article.Published.EDTF, Title: d.Article.Title, Text: d.Article.Text, Annotations: []Annotation{a}}
}

func spansOf(r *quoth.Role) []quoth.Span {
	if r == nil {
		return nil
	}
	return r.Spans
}

// ReadCorrections reads a file of JSON lines, plain or gzipped, as `quoth export
// --corrections` writes them: an article as `quoth read` writes it, with "corrections".
// Broken lines are told in [Problems].
func ReadCorrections(path string) ([]CorrectedDoc, error) {
	var docs []CorrectedDoc
	var problems Problems
	err := eachLine(path, func(n int, line []byte) {
		if len(bytes.TrimSpace(line)) == 0 {
			return
		}
		d, err := correctedDoc(line)
		if err != nil {
			problems = append(problems, Problem{path, n, d.Article.ID, err.Error()})
			return
		}
		docs = append(docs, d)
	})
	if err != nil {
		return docs, err
	}
	if len(problems) > 0 {
		return docs, problems
	}
	return docs, nil
}

func correctedDoc(line []byte) (d CorrectedDoc, err error) {
	if !utf8.Valid(line) {
		return d, errors.New("not valid UTF-8")
	}
	if err := json.Unmarshal(line, &d.Reading); err != nil {
		return d, fmt.Errorf("not an article: %w", err)
	}
	var more struct {
		Corrections []quoth.Correction `json:"corrections"`
	}
	if err := json.Unmarshal(line, &more); err != nil {
		return d, fmt.Errorf("corrections: %w", err)
	}
	d.Corrections = more.Corrections
	check := func(st *quoth.Statement) error {
		if st == nil {
			return nil
		}
		for _, role := range []*quoth.Role{st.Source, st.Cue, st.Content} {
			for _, s := range spansOf(role) {
				if problem := brokenSpan(s, d.Article.Text, true); problem != "" {
					return fmt.Errorf("statement %s: %s", st.ID, problem)
				}
			}
		}
		return nil
	}
	for i := range d.Statements {
		if err := check(&d.Statements[i]); err != nil {
			return d, err
		}
	}
	for _, c := range d.Corrections {
		if err := errors.Join(check(c.Was), check(c.Is)); err != nil {
			return d, err
		}
		if c.Was == nil || c.Was.Content == nil {
			return d, fmt.Errorf("correction %d does not say what was corrected", c.ID)
		}
	}
	return d, nil
}
