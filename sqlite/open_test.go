package sqlite_test

import (
	"path/filepath"
	"sync"
	"testing"

	"quoth/sqlite"
)

// Whoever opens a record that is not there yet waits for the others who make it.
func TestOpenedAtOnce(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "record.db")
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				st, err := sqlite.Open(t.Context(), path)
				if err != nil {
					t.Error(err)
					return
				}
				if err := st.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
}
