package sqlite_test

import (
	"os"
	"testing"

	"quoth/sqlite"
	"quoth/storetest"
)

// BenchmarkAsk asks the record that QUOTH_BENCH_RECORD names:
//
//	QUOTH_BENCH_RECORD=news.db go test ./sqlite -run none -bench Ask
func BenchmarkAsk(b *testing.B) {
	name := os.Getenv("QUOTH_BENCH_RECORD")
	if name == "" {
		b.Skip("QUOTH_BENCH_RECORD names no record")
	}
	st, err := sqlite.OpenToAsk(b.Context(), name)
	if err != nil {
		b.Fatal(err)
	}
	storetest.BenchmarkAsk(b, st)
}
