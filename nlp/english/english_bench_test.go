package english

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quoth"
	"quoth/corpus"
	"quoth/page"
)

// benchCorpus names the environment variable with a file of JSON lines, such as
// PolNeAR train, that the benchmark reads instead of the articles of the repository.
const benchCorpus = "QUOTH_BENCH_CORPUS"

// benchRecords returns the articles to read, and how they are to be read.
func benchRecords(b *testing.B) ([]page.Record, page.Options) {
	var records []page.Record
	if path := os.Getenv(benchCorpus); path != "" {
		docs, err := corpus.ReadAttributions(path)
		var problems corpus.Problems
		if err != nil && !errors.As(err, &problems) {
			b.Fatal(err)
		}
		for _, d := range docs {
			records = append(records, page.Record{ID: d.ID, Title: d.Title, Date: d.Date, Text: d.Text})
		}
		return records, page.Options{Clean: true}
	}
	paths, err := filepath.Glob("../../testdata/articles/*.txt")
	if err != nil || len(paths) == 0 {
		b.Fatalf("no article was found: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		records = append(records, page.Record{ID: path, Text: string(text)})
	}
	return records, page.Options{}
}

// BenchmarkRead measures the whole way from plain text to statements on one core: it
// reports words (between blanks) and tokens a second, and which share of the time, in
// per cent, reading the page, each stage, and making the statements take.
//
//	go test -run '^$' -bench Read -cpu 1 ./nlp/english
//	QUOTH_BENCH_CORPUS=polnear/train.jsonl.gz go test -run '^$' -bench Read -benchtime 3x -cpu 1 ./nlp/english
func BenchmarkRead(b *testing.B) {
	records, opt := benchRecords(b)
	a, err := New()
	if err != nil {
		b.Fatal(err)
	}
	words, bytes := 0, 0
	for _, r := range records {
		words += len(strings.Fields(r.Text))
		bytes += len(r.Text)
	}
	extractor := page.New(opt)
	clock := stageClock{spent: map[string]time.Duration{}}
	tokens := 0
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		tokens = 0
		for _, r := range records {
			tokens += readTimed(b, a, extractor, r, &clock)
		}
	}
	seconds := b.Elapsed().Seconds()
	b.ReportMetric(float64(words)*float64(b.N)/seconds, "words/s")
	b.ReportMetric(float64(tokens)*float64(b.N)/seconds, "tokens/s")
	for name, d := range clock.spent {
		b.ReportMetric(100*d.Seconds()/seconds, "share-"+name)
	}
}

// stageClock adds up the time between its calls.
type stageClock struct {
	spent map[string]time.Duration
	last  time.Time
}

// lap books the time since the last call on name.
func (c *stageClock) lap(name string) {
	now := time.Now()
	c.spent[name] += now.Sub(c.last)
	c.last = now
}

// readTimed does what Analyze does with the article of r, and returns its tokens.
func readTimed(b *testing.B, a *Analyzer, extractor *page.Extractor, r page.Record, clock *stageClock) int {
	clock.last = time.Now()
	article, err := extractor.Record(r)
	if err == nil {
		err = fits(article)
	}
	if err != nil {
		b.Fatal(err)
	}
	clock.lap("page")
	d := Doc(article)
	for _, s := range a.pipeline.Stages() {
		s.Run(d)
		clock.lap(s.Name())
	}
	benchStatements = statements(d)
	clock.lap("statements")
	return len(d.Tokens)
}

// benchStatements keeps the compiler from leaving work out.
var benchStatements []quoth.Statement
