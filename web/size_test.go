package web

import (
	"context"
	"testing"
	"time"

	"quoth"
)

// slowStore counts when it is let.
type slowStore struct {
	quoth.Store
	asked chan struct{}
	let   chan int
}

// Size implements quoth.Store.
func (s slowStore) Size(context.Context) (quoth.Size, error) {
	s.asked <- struct{}{}
	return quoth.Size{Articles: <-s.let}, nil
}

// Nobody waits for a count while there is an earlier one but who has it made.
func TestSizeIsCountedForOne(t *testing.T) {
	now := time.Date(2026, 4, 17, 12, 0, 0, 0, time.UTC)
	store := slowStore{asked: make(chan struct{}, 1), let: make(chan int, 1)}
	s := &Site{Options: Options{Record: store, Now: func() time.Time { return now }}}
	want := func(articles int) {
		t.Helper()
		if size, err := s.size(t.Context()); err != nil || size.Articles != articles {
			t.Errorf("got %d articles, %v, want %d", size.Articles, err, articles)
		}
	}
	store.let <- 1
	want(1)
	<-store.asked
	now = now.Add(2 * time.Minute)
	counted := make(chan quoth.Size)
	go func() {
		size, _ := s.size(context.Background())
		counted <- size
	}()
	<-store.asked
	want(1)
	store.let <- 2
	if size := <-counted; size.Articles != 2 {
		t.Errorf("who had it counted got %d articles", size.Articles)
	}
	want(2)
}
