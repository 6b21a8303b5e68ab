package storetest

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"quoth"
)

// BenchmarkAsk asks a large record what its pages ask, from eight readers at once, and
// reports the 50th and 95th percentile. It closes the record.
//
// QUOTH_BENCH_STATEMENTS=N first makes the record grow to N statements by copies of its
// articles under other addresses; QUOTH_BENCH_WRITER=N lets a writer put in N more of them a
// second, in batches as an import does, while the readers ask.
func BenchmarkAsk(b *testing.B, st quoth.Store) {
	defer st.Close()
	if n, err := strconv.Atoi(os.Getenv("QUOTH_BENCH_STATEMENTS")); err == nil {
		grow(b, st, n)
	}
	if pace, err := strconv.Atoi(os.Getenv("QUOTH_BENCH_WRITER")); err == nil {
		ctx, stop := context.WithCancel(b.Context())
		var writer sync.WaitGroup
		writer.Go(func() { write(ctx, b, st, pace) })
		defer writer.Wait()
		defer stop()
	}
	people, err := st.People(b.Context(), quoth.PeopleQuery{Limit: 200})
	if err != nil {
		b.Fatal(err)
	}
	words := frequentWords(b, st)
	person := func(i int) string { return people.Items[i%len(people.Items)].ID }
	word := func(i int) string { return words[i*7919%len(words)] }
	typed := func(text string) quoth.Query {
		q, err := quoth.ParseQuery(text)
		if err != nil {
			b.Fatal(err)
		}
		return q
	}
	for _, c := range []struct {
		name string
		ask  func(i int) error
	}{
		{"word", func(i int) error { _, err := st.Statements(b.Context(), typed(word(i))); return err }},
		{"words", func(i int) error { _, err := st.Statements(b.Context(), typed(word(i)+" "+word(i+1))); return err }},
		{"phrase", func(i int) error {
			_, err := st.Statements(b.Context(), typed(fmt.Sprintf(`"of the %s"`, word(i))))
			return err
		}},
		{"filtered", func(i int) error {
			q := typed(word(i) + " kind:direct")
			q.Speaker = person(i)
			_, err := st.Statements(b.Context(), q)
			return err
		}},
		{"newest", func(i int) error {
			q := typed(word(i))
			q.Sort = quoth.ByPublished
			_, err := st.Statements(b.Context(), q)
			return err
		}},
		{"facets", func(i int) error { _, err := st.Facets(b.Context(), typed(word(i))); return err }},
		{"person", func(i int) error {
			if _, err := st.Person(b.Context(), person(i)); err != nil {
				return err
			}
			_, err := st.Statements(b.Context(), quoth.Query{Speaker: person(i)})
			return err
		}},
		{"circle", func(i int) error { _, err := st.Circle(b.Context(), person(i), 20); return err }},
		{"pair", func(i int) error {
			_, err := st.Statements(b.Context(), quoth.Query{Speaker: person(i), About: person(i * 31)})
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var n atomic.Int64
			times := make([]time.Duration, 0, b.N)
			results := make(chan time.Duration, 1024)
			done := make(chan struct{})
			go func() {
				for t := range results {
					times = append(times, t)
				}
				close(done)
			}()
			b.SetParallelism(4) // eight readers on two cores
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					begun := time.Now()
					if err := c.ask(int(n.Add(1))); err != nil {
						b.Error(err)
					}
					results <- time.Since(begun)
				}
			})
			close(results)
			<-done
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}

// copyOf is a reading under another address, ready to be kept: its people are in the record
// already.
func copyOf(r quoth.Reading, round int64) quoth.Entry {
	r.Article.URL = fmt.Sprintf("https://copy.example/%d/%s", round, r.Article.ID)
	r.Article.ID = quoth.ArticleID(r.Article)
	statements := slices.Clone(r.Statements)
	for i := range statements {
		s := &statements[i]
		s.ID, s.Continues, s.Repeats = quoth.StatementID(r.Article.ID, s.Content.Text, i), nil, nil
	}
	r.Statements = statements
	return quoth.Entry{Reading: r, Hash: quoth.HashOf(r.Article), Model: "copy", At: time.Unix(0, 0)}
}

// batchSize is how many articles an import keeps at once.
const batchSize = 128

// copies keeps copies of the record's articles until enough says so.
func copies(ctx context.Context, b *testing.B, st quoth.Store, enough func(statements int) bool) {
	round, statements := time.Now().UnixNano(), 0
	var batch []quoth.Entry
	for {
		round++
		for r, err := range st.Readings(ctx) {
			if err != nil {
				if ctx.Err() == nil {
					b.Error(err)
				}
				return
			}
			batch = append(batch, copyOf(r, round))
			statements += len(r.Statements)
			if len(batch) == batchSize {
				if err := st.Keep(ctx, batch, nil); err != nil {
					if ctx.Err() == nil {
						b.Error(err)
					}
					return
				}
				batch = batch[:0]
			}
			if enough(statements) {
				return
			}
		}
	}
}

// grow makes the record hold n statements.
func grow(b *testing.B, st quoth.Store, n int) {
	size, err := st.Size(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if size.Statements < n {
		copies(b.Context(), b, st, func(more int) bool { return size.Statements+more >= n })
	}
}

// write keeps copies until ctx ends, so many articles a second.
func write(ctx context.Context, b *testing.B, st quoth.Store, pace int) {
	next := time.NewTicker(time.Second / time.Duration(pace))
	defer next.Stop()
	copies(ctx, b, st, func(int) bool {
		select {
		case <-next.C:
			return false
		case <-ctx.Done():
			return true
		}
	})
}

// frequentWords are words of the newest statements, each once: common and rare ones, as
// people search for.
func frequentWords(b *testing.B, st quoth.Store) []string {
	var words []string
	seen := map[string]bool{}
	q := quoth.Query{Limit: quoth.MaxLimit}
	for range 5 {
		l, err := st.Statements(b.Context(), q)
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range l.Items {
			t, err := quoth.ParseQuery(r.Content.Text)
			if err != nil {
				continue
			}
			for _, term := range t.Terms {
				if w := term.Words[0]; len(w) > 3 && !seen[w] {
					seen[w] = true
					words = append(words, w)
				}
			}
		}
		if q.Cursor = l.Next; q.Cursor == "" {
			break
		}
	}
	if len(words) == 0 {
		b.Fatal("the record holds no words")
	}
	return words
}
