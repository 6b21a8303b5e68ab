package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"testing"
	"time"

	"quoth"
)

// BenchmarkPages asks the server of a large record for each kind of page, and reports the
// 50th and 95th percentile of the time it takes. QUOTH_BENCH_RECORD names the record; pages
// of people are of the three whom most articles name.
func BenchmarkPages(b *testing.B) {
	record := os.Getenv("QUOTH_BENCH_RECORD")
	if record == "" {
		b.Skip("QUOTH_BENCH_RECORD names no record")
	}
	c := &ServeCmd{RecordFlags: RecordFlags{record}, Rate: 1e9, Burst: 1e9, MaxSize: 1 << 20, Timeout: time.Second, Log: "json"}
	served, err := c.wire(b.Context(), testEnv(io.Discard, io.Discard))
	if err != nil {
		b.Fatal(err)
	}
	defer served.close()
	people, err := served.record.People(b.Context(), quoth.PeopleQuery{Limit: 3, Kind: quoth.PersonParty})
	if err != nil || len(people.Items) < 3 {
		b.Fatalf("people: %v", err)
	}
	st, err := served.record.Statements(b.Context(), quoth.Query{Limit: 1})
	if err != nil || len(st.Items) == 0 {
		b.Fatalf("statements: %v", err)
	}
	one, other := url.PathEscape(people.Items[0].ID), url.PathEscape(people.Items[1].ID)
	for _, page := range []struct{ name, path string }{
		{"front", "/"}, {"search", "/search?q=government"}, {"phrase", "/search?q=%22of+the+people%22"}, {"person", "/people/" + one}, {"about", "/people/" + one + "?side=about"},
		{"pair", "/people/" + one + "/and/" + other}, {"article", "/articles/" + st.Items[0].Article.ID}, {"statement", "/statements/" + st.Items[0].ID},
		{"people", "/people"}, {"articles", "/articles"}, {"stories", "/stories"}, {"trending", "/trending"}, {"corrections", "/corrections"}, {"statistics", "/statistics"},
	} {
		b.Run(page.name, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				begun := time.Now()
				w := httptest.NewRecorder()
				served.handler.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), "GET", page.path, nil))
				times = append(times, time.Since(begun))
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d", page.path, w.Code)
				}
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
