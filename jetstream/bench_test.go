package jetstream

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"quoth"
)

// The batches of the benchmarks: as quoth import makes them of articles in JSON lines,
// whose texts had 5,970 bytes on average in an archive of 37,217.
const (
	benchPages     = 64
	benchTextBytes = 5970
)

// benchBatch makes a batch of made-up words, of which common ones are more frequent.
func benchBatch(random *rand.Rand) quoth.Batch {
	var b quoth.Batch
	for i := range benchPages {
		var text strings.Builder
		for text.Len() < benchTextBytes {
			fmt.Fprintf(&text, "%x ", uint64(random.ExpFloat64()*2000))
		}
		b.Pages = append(b.Pages, quoth.QueuedPage{
			Source: "/news/april.jsonl", Label: fmt.Sprintf("april.jsonl: line %d", i), IsRecord: true,
			RawPage: quoth.RawPage{ID: fmt.Sprintf("a%d", i), URL: fmt.Sprintf("https://herald.example/%d", random.Uint64()), Body: []byte(text.String())},
		})
	}
	return b
}

// BenchmarkQueue publishes batches, and takes them out and acknowledges them: in a server
// inside this process, or at the one that QUOTH_BENCH_QUEUE names.
func BenchmarkQueue(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var batches []quoth.Batch
	for range 64 {
		batches = append(batches, benchBatch(random))
	}
	q := open(b, Options{
		URL: os.Getenv("QUOTH_BENCH_QUEUE"), User: os.Getenv("QUOTH_QUEUE_USER"), Password: os.Getenv("QUOTH_QUEUE_PASSWORD"), Limit: 1 << 30,
	})
	made, waiting := 0, 0
	next := func(b *testing.B) {
		batch := batches[made%len(batches)]
		batch.Pages[0].Label = fmt.Sprint(made) // or it would be the same batch again
		publish(b, q, batch)
		made, waiting = made+1, waiting+1
	}
	perSecond := func(b *testing.B, n int) {
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
		b.ReportMetric(float64(n)*benchPages/b.Elapsed().Seconds(), "pages/s")
	}
	b.Run("publish", func(b *testing.B) {
		n := 0
		for b.Loop() {
			next(b)
			n++
		}
		perSecond(b, n)
		message, err := encode(batches[0])
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(message)), "bytes/message")
	})
	b.Run("work", func(b *testing.B) {
		n := 0
		for b.Loop() {
			if waiting == 0 {
				b.StopTimer()
				for range batches {
					next(b)
				}
				b.StartTimer()
			}
			d, err := q.Fetch(b.Context(), "bench")
			if err != nil {
				b.Fatal(err)
			}
			if err := d.Ack(b.Context()); err != nil {
				b.Fatal(err)
			}
			n, waiting = n+1, waiting-1
		}
		perSecond(b, n)
	})
}
