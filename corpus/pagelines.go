package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"quoth"
)

// PageLines is a crawled page whose lines are labelled.
type PageLines struct {
	ID, Source, Site string
	Lines            []string
	// Kinds has the kind of each line: [quoth.Paragraph] for all kinds of body,
	// [quoth.Other] for furniture of no known kind, "" for lines that are both.
	Kinds []quoth.BlockKind
	// Hints has a likely kind for furniture whose kind is not known, "" for the rest. It
	// comes from the page's markup and is often wrong.
	Hints []quoth.BlockKind
}

// lineKinds are the kinds as the collection names them.
var lineKinds = map[string]quoth.BlockKind{
	"body": quoth.Paragraph, "title": quoth.Headline, "byline": quoth.Byline, "date": quoth.Dateline, "caption": quoth.Caption,
	"credit": quoth.Credit, "ad": quoth.Advertisement, "trending": quoth.Trending, "related": quoth.Related, "newsletter": quoth.Newsletter,
	"share": quoth.Share, "comments": quoth.Comments, "feedback": quoth.FeedbackForm, "tags": quoth.Tags, "nav": quoth.Navigation,
	"footer": quoth.Navigation, "toc": quoth.Navigation, "cookie": quoth.Notice, "other": quoth.Other, "dup": quoth.Other, "mixed": "",
}

// ReadPageLines reads labelled pages from a file of JSON lines, plain or gzipped:
//
//	{"id", "src", "site", "lines": ["…"], "kinds": ["body", …], "weak": ["", …]}
//
// Broken lines are told in [Problems].
func ReadPageLines(path string) ([]PageLines, error) {
	var pages []PageLines
	var problems Problems
	err := eachLine(path, func(n int, b []byte) {
		if b = bytes.TrimSpace(b); len(b) == 0 {
			return
		}
		p, err := parsePageLines(b)
		if err != nil {
			problems = append(problems, Problem{path, n, p.ID, err.Error()})
			return
		}
		pages = append(pages, p)
	})
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 && len(problems) == 0 {
		return nil, errEmpty(path, "labelled page")
	}
	return pages, problems.orNil()
}

func parsePageLines(b []byte) (PageLines, error) {
	var raw struct {
		ID    string   `json:"id"`
		Src   string   `json:"src"`
		Site  string   `json:"site"`
		Lines []string `json:"lines"`
		Kinds []string `json:"kinds"`
		Weak  []string `json:"weak"`
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return PageLines{}, errors.New("no JSON object of a labelled page")
	}
	p := PageLines{ID: raw.ID, Source: raw.Src, Site: raw.Site, Lines: raw.Lines}
	if len(raw.Kinds) != len(raw.Lines) || len(raw.Weak) != 0 && len(raw.Weak) != len(raw.Lines) {
		return p, fmt.Errorf("%d lines, %d kinds and %d weak kinds", len(raw.Lines), len(raw.Kinds), len(raw.Weak))
	}
	p.Kinds, p.Hints = make([]quoth.BlockKind, len(raw.Lines)), make([]quoth.BlockKind, len(raw.Lines))
	for i, name := range raw.Kinds {
		k, known := lineKinds[name]
		if !known {
			return p, fmt.Errorf("line %d has the unknown kind %q", i, name)
		}
		p.Kinds[i] = k
		if name == "other" && len(raw.Weak) > 0 {
			p.Hints[i] = lineKinds[raw.Weak[i]]
		}
	}
	return p, nil
}
