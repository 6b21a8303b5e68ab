package main_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"quoth"
	"quoth/api"
	"quoth/ingest"
	"quoth/nlp/english"
	"quoth/page"
	"quoth/people"
	"quoth/render"
	"quoth/sqlite"
	"quoth/web"
)

// The program is one way to put the packages together; these are others, of one's own.

const story = `{"id":"a","site":"herald.example","date":"2026-04-17","text":"Zoë Hale, the mayor, said on Tuesday: “The ferry stays.”\n\nTobias Renn, who leads the works, said that tickets would cost more."}
{"id":"b","site":"echo.example","date":"2026-04-18","text":"Zoë Hale told the council that the bridge would open in May."}
`

// A record of one's own: pages go in, questions are asked, and a statement is corrected.
func Example_record() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "quoth")
	check(err)
	defer os.RemoveAll(folder)
	record, err := sqlite.Open(ctx, filepath.Join(folder, "news.db"))
	check(err)
	defer record.Close()
	analyzer, err := english.New()
	check(err)

	version, sum := analyzer.Model()
	in := &ingest.Ingest{Keeper: record, Linker: people.New(record, nil), Model: version + " " + sum[:12]}
	extractor := page.New(page.Options{})
	var readings []quoth.Reading
	for line, err := range page.ReadLines(strings.NewReader(story), 0) {
		check(err)
		article, err := extractor.Record(line)
		check(err)
		statements, err := analyzer.Analyze(article)
		check(err)
		readings = append(readings, quoth.Reading{Article: article, Statements: statements})
	}
	report, err := in.Put(ctx, readings, nil) // a few hundred at once; twice is once
	check(err)
	fmt.Println(report.New, "articles,", report.Statements, "statements")

	query, err := quoth.ParseQuery(`ferry speaker:hale`)
	check(err)
	found, err := record.Statements(ctx, query)
	check(err)
	s := found.Items[0]
	fmt.Println(s.Speaker.Name, "in", s.Article.Site, "said", s.Said.EDTF, "by", s.Medium+":", s.Content.Text)

	was, is := s.Statement, s.Statement
	is.Medium = "interview"
	now := time.Now()
	_, err = record.Correct(ctx,
		quoth.Correction{Statement: s.ID, Kind: quoth.FieldCorrection, Was: &was, Is: &is, Note: "The caption says so.", Actor: "ada", At: now},
		quoth.Act{Actor: "ada", Action: "correct", Subject: "statement " + s.ID, At: now})
	check(err)
	s, err = record.Statement(ctx, s.ID)
	check(err)
	fmt.Println("by", s.Medium)
	// Output:
	// 2 articles, 3 statements
	// Zoë Hale in herald.example said 2026-04-14 by unknown: “The ferry stays.”
	// by interview
}

// The API and the site inside a server of one's own, for reading only.
func Example_handlers() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "quoth")
	check(err)
	defer os.RemoveAll(folder)
	record, err := sqlite.OpenToAsk(ctx, filepath.Join(folder, "news.db"))
	check(err)
	defer record.Close()

	site, err := web.New(web.Options{Record: record, Renderer: render.Site{}})
	check(err)
	answers := api.New(api.Options{Record: record})
	mux := http.NewServeMux()
	for _, pattern := range api.Paths() {
		mux.Handle(pattern, answers)
	}
	mux.Handle("/", site)
	mux.HandleFunc("/own", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "ours") })

	for _, r := range []*http.Request{
		httptest.NewRequest(http.MethodGet, "/people", nil),
		httptest.NewRequest(http.MethodGet, "/api/v1/statements?q=ferry", nil),
		httptest.NewRequest(http.MethodPost, "/api/v1/read", strings.NewReader(`{"text":"He said no."}`)),
		httptest.NewRequest(http.MethodGet, "/desk", nil),
		httptest.NewRequest(http.MethodGet, "/own", nil),
	} {
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		fmt.Println(r.Method, r.URL.Path, w.Code)
		if strings.Contains(w.Body.String(), "/statistics") {
			fmt.Println("leads to a page that a site without a Dialog does not have")
		}
	}
	// Output:
	// GET /people 200
	// GET /api/v1/statements 200
	// POST /api/v1/read 403
	// GET /desk 404
	// GET /own 200
}

// letters is an extractor of one's own: each line of its pages is a paragraph.
type letters struct{}

// Extract implements quoth.Extractor. Statements are looked for in blocks, and nowhere else.
func (letters) Extract(p quoth.RawPage) (quoth.Article, error) {
	article := quoth.Article{ID: p.ID, Text: string(p.Body), Language: "en"}
	for line, at := range lines(article.Text) {
		article.Blocks = append(article.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: quoth.Span{Start: at, End: at + len(line)}})
	}
	return article, nil
}

// lines gives the lines of text that are not empty, with where they begin.
func lines(text string) func(yield func(string, int) bool) {
	return func(yield func(string, int) bool) {
		at := 0
		for line := range strings.Lines(text) {
			if bare := strings.TrimSpace(line); bare != "" && !yield(bare, at+strings.Index(line, bare)) {
				return
			}
			at += len(line)
		}
	}
}

// Many pages by several goroutines, with an extractor of one's own.
func Example_manyPages() {
	analyzer, err := english.New()
	check(err)
	pages := make(chan quoth.RawPage)
	var mu sync.Mutex
	var readers sync.WaitGroup
	statements := 0
	for range 4 {
		readers.Go(func() { // an analyzer is for all of them
			for p := range pages {
				article, err := letters{}.Extract(p)
				check(err)
				found, err := analyzer.Analyze(article)
				check(err)
				mu.Lock()
				statements += len(found)
				mu.Unlock()
			}
		})
	}
	for n := range 100 {
		pages <- quoth.RawPage{ID: fmt.Sprint(n), Body: []byte("Ida Quill said that the harbour was shut.\n\n“It opens in May,” she added.\n")}
	}
	close(pages)
	readers.Wait()
	fmt.Println(statements, "statements")
	// Output:
	// 200 statements
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
