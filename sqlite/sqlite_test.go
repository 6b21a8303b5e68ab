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

// Names that mean a database without a file to SQLite would give every connection its own.
func TestOpenWantsAFile(t *testing.T) {
	for _, name := range []string{"", ":memory:", "file:record.db?mode=memory"} {
		st, err := sqlite.Open(t.Context(), name)
		if quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%q: got %v, want code invalid", name, err)
		}
		if st != nil {
			st.Close()
		}
	}
}

func TestStore(t *testing.T) { storetest.Run(t, open) }
