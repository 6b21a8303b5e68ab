package postgres_test

import (
	"testing"

	"quoth"
	"quoth/pgtest"
	"quoth/postgres"
	"quoth/storetest"
)

func TestStore(t *testing.T) {
	server := pgtest.Start(t)
	storetest.Run(t, func(t *testing.T) quoth.Store {
		t.Helper()
		st, err := postgres.Open(t.Context(), server.Database(t))
		if err != nil {
			t.Fatal(err)
		}
		return st
	})
}
