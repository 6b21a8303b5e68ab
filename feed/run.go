package feed

import (
	"context"
	"sync"
	"time"

	"quoth"
)

// StateStore keeps the states of sources, by Source.URL. It may be called from several
// goroutines at once.
type StateStore interface {
	// LoadState returns the state of a source, the zero State when there is none.
	LoadState(ctx context.Context, source string) (State, error)
	// SaveState replaces the state of a source.
	SaveState(ctx context.Context, source string, s State) error
}

// Sink is where Run brings what it finds. Its functions may be called from several
// goroutines at once; for one source they are called one after the other.
type Sink struct {
	// Take takes an entry. After an error of code Unavailable the entry comes again with a
	// later poll, if the feed still has it then; after another error it does not. Either
	// is reported.
	Take func(context.Context, Item) error
	// Report is told what went wrong; item is nil when it was the source.
	Report func(source Source, item *Item, err error)
}

// Run polls the sources until ctx ends, each when it is due, and brings new entries to
// sink. A source that fails is reported and tried again later, whatever is wrong with it;
// the others go on. The state of a source is saved when its entries are taken, so that a
// run that is killed brings them again: sink has to know what it has.
//
// The error is that of the store, which ends the run, or wraps the cause of the end of ctx.
func (w *Watcher) Run(ctx context.Context, sources []Source, states StateStore, sink Sink) error {
	return w.each(ctx, sources, func(ctx context.Context, source Source) error {
		for {
			due, err := w.turn(ctx, source, states, sink)
			if err != nil {
				return err
			}
			if err := sleep(ctx, time.Until(due)); err != nil {
				return err
			}
		}
	})
}

// longestPause is how long RunOnce waits before a request.
const longestPause = 5 * time.Minute

// RunOnce polls each source once, as Run does, and returns when all are done. A source that
// is to be left alone still, or an entry of one that wants pauses of more than five minutes,
// is reported with code Unavailable.
func (w *Watcher) RunOnce(ctx context.Context, sources []Source, states StateStore, sink Sink) error {
	ctx = context.WithValue(ctx, patience{}, longestPause)
	return w.each(ctx, sources, func(ctx context.Context, source Source) error {
		state, err := states.LoadState(ctx, source.URL)
		if err != nil {
			return err
		}
		if state.NotBefore.After(time.Now()) {
			sink.Report(source, nil, &quoth.Error{Code: quoth.Unavailable, Message: "left alone until " + state.NotBefore.UTC().Format(time.RFC3339) + " after failing", Hint: "call again then"})
			return nil
		}
		_, err = w.look(ctx, source, state, states, sink)
		return err
	})
}

// each calls f for every source, all at once; hosts see to it that few requests are. The
// first error ends the others.
func (w *Watcher) each(ctx context.Context, sources []Source, f func(context.Context, Source) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	seen := map[string]bool{}
	for _, source := range sources {
		if seen[source.URL] {
			continue
		}
		seen[source.URL] = true
		all.Go(func() {
			if err := f(ctx, source); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// turn waits until a source is due, looks at it and returns when it is due again.
func (w *Watcher) turn(ctx context.Context, source Source, states StateStore, sink Sink) (time.Time, error) {
	state, err := states.LoadState(ctx, source.URL)
	if err != nil {
		return time.Time{}, err
	}
	if err := sleep(ctx, time.Until(state.NotBefore)); err != nil {
		return time.Time{}, err
	}
	if state, err = w.look(ctx, source, state, states, sink); err != nil {
		return time.Time{}, err
	}
	if state.NotBefore.IsZero() {
		return state.Polled.Add(w.spread(w.opt.Every)), nil
	}
	return state.NotBefore, nil
}

// spread is d, a tenth more or less, so that sources do not stay in step.
func (w *Watcher) spread(d time.Duration) time.Duration {
	return d + time.Duration((w.opt.Random()-0.5)*0.2*float64(d))
}

// look polls a source once, brings what is new to sink and saves the state.
func (w *Watcher) look(ctx context.Context, source Source, state State, states StateStore, sink Sink) (State, error) {
	items, state, err := w.Poll(ctx, source, state)
	if ctx.Err() != nil {
		return state, context.Cause(ctx)
	}
	if err != nil {
		sink.Report(source, nil, err)
	}
	for _, item := range items {
		err := sink.Take(ctx, item)
		if ctx.Err() != nil {
			return state, context.Cause(ctx)
		}
		if err == nil {
			continue
		}
		sink.Report(source, &item, err)
		if quoth.CodeOf(err) == quoth.Unavailable {
			state = state.Forget(item)
		}
	}
	return state, states.SaveState(ctx, source.URL, state)
}

// sleep waits for d, or returns the cause of the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
