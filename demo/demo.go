// Package demo holds a week of news that never was: articles of three invented outlets of an
// invented city about the same few invented people, with the furniture of real pages, and
// what readers answered to them. `quoth serve --demo` shows it.
//
// Begin with [Load].
package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"time"
)

//go:embed pages/*.html week.json
var files embed.FS

// Page is an article's page as it stood at a moment.
type Page struct {
	URL  string
	At   time.Time
	HTML []byte
}

// Feedback is how often readers answered so about an article, or about the statement in it
// that holds Words.
type Feedback struct {
	URL   string `json:"url"`
	Words string `json:"words"`
	Yes   int    `json:"yes"`
	// No counts by reason, "" without one; after a slash stands what is wrong with the
	// statement.
	No map[string]int `json:"no"`
}

// Week is what there is to show. Pages come in the order in which they appeared; a page
// that was changed comes twice. End is a moment after all of it.
type Week struct {
	Pages    []Page
	Feedback []Feedback
	End      time.Time
}

// Load reads the week.
func Load() (Week, error) {
	b, err := files.ReadFile("week.json")
	if err != nil {
		return Week{}, err
	}
	var list struct {
		Pages []struct {
			At        time.Time
			File, URL string
		}
		Feedback []Feedback
	}
	if err := json.Unmarshal(b, &list); err != nil {
		return Week{}, fmt.Errorf("read week.json: %w", err)
	}
	week := Week{Feedback: list.Feedback}
	for _, p := range list.Pages {
		html, err := files.ReadFile("pages/" + p.File)
		if err != nil {
			return Week{}, err
		}
		week.Pages = append(week.Pages, Page{URL: p.URL, At: p.At, HTML: html})
		week.End = p.At.Add(3 * time.Hour)
	}
	return week, nil
}
