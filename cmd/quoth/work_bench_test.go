package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"quoth"
	"quoth/page"
)

// timedStore measures how long writing takes, which workers at one record do in turn.
type timedStore struct {
	quoth.Store
	took time.Duration
}

// Keep implements quoth.Keeper.
func (s *timedStore) Keep(ctx context.Context, entries []quoth.Entry, at *quoth.Checkpoint, last ...quoth.LastWord) error {
	began := time.Now()
	defer func() { s.took += time.Since(began) }()
	return s.Store.Keep(ctx, entries, at, last...)
}

// BenchmarkWork takes what a worker does to an article apart: reading it, looking up what
// the record has like it, and writing it, which only one worker does at a time. The
// articles are the JSON lines that QUOTH_BENCH_ARTICLES names, the record is the address in
// QUOTH_BENCH_POSTGRES, which should be empty, or a new file. Run it with -benchtime 1x.
func BenchmarkWork(b *testing.B) {
	name := os.Getenv("QUOTH_BENCH_ARTICLES")
	if name == "" {
		b.Skip("QUOTH_BENCH_ARTICLES names no JSON lines")
	}
	record := os.Getenv("QUOTH_BENCH_POSTGRES")
	if record == "" {
		record = filepath.Join(b.TempDir(), "record.db")
	}
	store, err := RecordFlags{Record: record}.open(b.Context(), &Env{})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	analyzer, err := newAnalyzer()
	if err != nil {
		b.Fatal(err)
	}
	timed := &timedStore{Store: store}
	w := newWorker(nil, newIngest(timed, nil, analyzer), analyzer, slog.New(slog.DiscardHandler))
	var all, last cost
	for b.Loop() {
		all, last, timed.took = cost{}, cost{}, 0
		tell := 1024
		for batch := range batchesOf(b, name) {
			began := time.Now()
			read, err := w.read(b.Context(), batch)
			if err != nil {
				b.Fatal(err)
			}
			all.reading += time.Since(began)
			began = time.Now()
			if err := w.keep(b.Context(), &read); err != nil {
				b.Fatal(err)
			}
			all.keeping += time.Since(began)
			all.writing = timed.took
			all.articles += len(batch.Pages)
			if all.articles >= tell { // 1,024 articles, and each time twice as many
				b.Logf("%d articles, since the last line: %v", all.articles, all.since(last))
				last, tell = all, 2*tell
			}
		}
	}
	reading, lookup, writing := all.perArticle()
	b.ReportMetric(reading, "ms-read/article")
	b.ReportMetric(lookup, "ms-lookup/article")
	b.ReportMetric(writing, "ms-write/article")
}

// cost is the time that articles took.
type cost struct {
	articles                  int
	reading, keeping, writing time.Duration // keeping holds writing
}

// since is what came after o.
func (c cost) since(o cost) cost {
	return cost{c.articles - o.articles, c.reading - o.reading, c.keeping - o.keeping, c.writing - o.writing}
}

// perArticle is the time of an article, in milliseconds.
func (c cost) perArticle() (reading, lookup, writing float64) {
	per := func(d time.Duration) float64 { return d.Seconds() * 1000 / float64(c.articles) }
	return per(c.reading), per(c.keeping - c.writing), per(c.writing)
}

// String tells the time of an article.
func (c cost) String() string {
	reading, lookup, writing := c.perArticle()
	return fmt.Sprintf("reading %.1f ms, looking up %.1f ms, writing %.1f ms an article", reading, lookup, writing)
}

// batchesOf goes through the articles of a file as quoth import publishes them.
func batchesOf(b *testing.B, name string) func(yield func(quoth.Batch) bool) {
	return func(yield func(quoth.Batch) bool) {
		file, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		defer file.Close()
		var batch quoth.Batch
		for record, err := range page.ReadLines(file, 0) {
			if err != nil {
				b.Fatal(err)
			}
			batch.Pages = append(batch.Pages, pageOf(record))
			if len(batch.Pages) == batchPages {
				if !yield(batch) {
					return
				}
				batch = quoth.Batch{}
			}
		}
		if len(batch.Pages) > 0 {
			yield(batch)
		}
	}
}
