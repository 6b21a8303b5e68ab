package postgres

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"quoth"
)

// The waits between tries double from the first to the last: half a minute in all, in
// which a server restarts.
const (
	firstWait = 60 * time.Millisecond
	lastWait  = 16 * time.Second
)

// patient does f until it succeeds or fails for good. What f does must bear to be done
// twice: whether the last transaction before a server went away was committed, nobody knows.
func patient(ctx context.Context, f func() error) error {
	for wait := firstWait; ; wait *= 2 {
		err := f()
		if err == nil || ctx.Err() != nil || !isPassing(err) || wait > lastWait {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// isPassing reports whether an error may be gone when the same is tried again: the server
// was away, or two transactions stood in each other's way.
func isPassing(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return strings.HasPrefix(e.Code, "57P") || strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "40")
	}
	return isUnreachable(err) || isBroken(err)
}

// patiently is patient for questions.
func patiently[T any](ctx context.Context, f func() (T, error)) (answer T, err error) {
	err = patient(ctx, func() error {
		answer, err = f()
		return err
	})
	return answer, err
}

// The methods of quoth.Keeper outlast a restart of the server, so that an import or a
// worker does too: an article that comes twice is kept once. Editors and readers are told
// at once that the record is away.

// Keep implements quoth.Keeper.
func (s *Store) Keep(ctx context.Context, entries []quoth.Entry, at *quoth.Checkpoint, last ...quoth.LastWord) error {
	return patient(ctx, func() error { return s.Record.Keep(ctx, entries, at, last...) })
}

// Mark implements quoth.Keeper.
func (s *Store) Mark(ctx context.Context) (quoth.Mark, error) {
	return patiently(ctx, func() (quoth.Mark, error) { return s.Record.Mark(ctx) })
}

// Holdings implements quoth.Keeper.
func (s *Store) Holdings(ctx context.Context, articles []string) (map[string]quoth.Holding, error) {
	return patiently(ctx, func() (map[string]quoth.Holding, error) { return s.Record.Holdings(ctx, articles) })
}

// Candidates implements quoth.Keeper.
func (s *Store) Candidates(ctx context.Context, names []string) (map[string][]quoth.Person, error) {
	return patiently(ctx, func() (map[string][]quoth.Person, error) { return s.Record.Candidates(ctx, names) })
}

// Together implements quoth.Keeper.
func (s *Store) Together(ctx context.Context, people, others []string, coming ...quoth.Company) (map[string]int, error) {
	return patiently(ctx, func() (map[string]int, error) { return s.Record.Together(ctx, people, others, coming...) })
}

// Wordings implements quoth.Known.
func (s *Store) Wordings(ctx context.Context, hashes []uint64) ([]quoth.Wording, error) {
	return patiently(ctx, func() ([]quoth.Wording, error) { return s.Record.Wordings(ctx, hashes) })
}

// Copies implements quoth.Known.
func (s *Store) Copies(ctx context.Context, sketch []uint64) ([]quoth.Copied, error) {
	return patiently(ctx, func() ([]quoth.Copied, error) { return s.Record.Copies(ctx, sketch) })
}

// Checkpoint implements quoth.Keeper.
func (s *Store) Checkpoint(ctx context.Context, source string) (quoth.Checkpoint, error) {
	return patiently(ctx, func() (quoth.Checkpoint, error) { return s.Record.Checkpoint(ctx, source) })
}

// Refuse implements quoth.Keeper.
func (s *Store) Refuse(ctx context.Context, refused ...quoth.Refusal) error {
	return patient(ctx, func() error { return s.Record.Refuse(ctx, refused...) })
}
