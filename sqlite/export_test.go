package sqlite

import (
	"fmt"
	"testing"
)

// LimitPages makes the disk of a record full at n pages, until release is called.
func (s *Store) LimitPages(t *testing.T, n int) (release func()) {
	t.Helper()
	set := func(n int) {
		var got int
		if err := s.write.QueryRow(fmt.Sprintf("pragma max_page_count = %d", n)).Scan(&got); err != nil {
			t.Fatal(err)
		}
	}
	set(n)
	return func() { set(1 << 30) }
}

// Tamper changes the record behind its back.
func (s *Store) Tamper(t *testing.T, query string) {
	t.Helper()
	if _, err := s.write.Exec(query); err != nil {
		t.Fatal(err)
	}
}
