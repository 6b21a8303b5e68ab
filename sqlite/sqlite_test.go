package sqlite_test

import (
	"path/filepath"
	"testing"

	"quoth"
	"quoth/sqlite"
	"quoth/storetest"
)

func open(t *testing.T) quoth.Store {
	t.Helper()
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sub", "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func TestStore(t *testing.T) { storetest.Run(t, open) }
