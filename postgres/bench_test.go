package postgres_test

import (
	"os"
	"testing"

	"quoth/postgres"
	"quoth/storetest"
)

// BenchmarkAsk asks the record that QUOTH_BENCH_RECORD names:
//
//	QUOTH_BENCH_RECORD=postgres://quoth@localhost/record go test ./postgres -run none -bench Ask
func BenchmarkAsk(b *testing.B) {
	name := os.Getenv("QUOTH_BENCH_RECORD")
	if name == "" {
		b.Skip("QUOTH_BENCH_RECORD names no record")
	}
	st, err := postgres.Open(b.Context(), name)
	if err != nil {
		b.Fatal(err)
	}
	storetest.BenchmarkAsk(b, st)
}
