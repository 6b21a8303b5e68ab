package main

import (
	"context"
	"fmt"
	"iter"
	"runtime"

	"quoth"
)

// A task is one article to be read.
type task struct {
	label string // what messages call it
	// warning says what of it cannot be used, "" when there is nothing; it is read all the same.
	warning string
	page    func(ctx context.Context) (quoth.QueuedPage, error)
	// place says where in a long source the task stands; nil for a single page.
	place *place
}

// A place is a position in a source of many pages.
type place struct {
	begun  quoth.Checkpoint // where this run began; of a new source only its name and its mark
	number int              // of the task in the source, from 1
}

// after is how far a source has come with the task at p, when it had come to at before. The zero
// Checkpoint is where a run begins.
func (p *place) after(at quoth.Checkpoint, isRefused bool) quoth.Checkpoint {
	if at.Source != p.begun.Source || p.number <= at.Done { // the same file may be named twice
		at = p.begun
	}
	at.Done = p.number
	if isRefused {
		at.Refused++
	}
	return at
}

// failed is the task that only reports err.
func failed(label string, err error) task {
	return task{label: label, page: func(context.Context) (quoth.QueuedPage, error) { return quoth.QueuedPage{}, err }}
}

// taskOf is the task of a page that is here.
func taskOf(label string, p quoth.QueuedPage) task {
	return task{label: label, page: func(context.Context) (quoth.QueuedPage, error) { return p, nil }}
}

// An outcome is what became of a task.
type outcome struct {
	task    task
	page    quoth.QueuedPage // set when pages are published, not read
	reading quoth.Reading
	isKept  bool // the record has it already; it was not read again
	err     error
}

// jobCount is how much a command does at once; 0 is one thing per processor core.
type jobCount int

// maxJobs is more than machines have cores; each worker costs memory.
const maxJobs = 1024

// Validate refuses what cannot be meant. Kong calls it for every flag of this type.
func (n jobCount) Validate() error {
	if n < 0 || n > maxJobs {
		return &misuseError{fmt.Sprintf("--jobs must be from 0 to %d, got %d", maxJobs, n), "leave it out for one per processor core"}
	}
	return nil
}

// workers is the number of workers.
func (n jobCount) workers() int {
	if n > 0 {
		return int(n)
	}
	return runtime.GOMAXPROCS(0)
}

// windowPerWorker is how many tasks may be begun and not yet written, per worker. Two
// keep every worker busy behind one slow page and bound the memory.
const windowPerWorker = 2

// inOrder does the tasks on as many workers as jobs says, one for each task at most, and
// hands the outcomes to emit in the order of the tasks. It holds at most windowPerWorker*jobs of them. It
// ends at the first error of emit or when ctx does, without waiting for a task or a
// source that hangs.
func inOrder(ctx context.Context, jobs int, tasks iter.Seq[task], do func(context.Context, task) outcome, emit func(outcome) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	order := make(chan chan outcome, windowPerWorker*jobs)
	go dispatch(ctx, jobs, tasks, order, func(j job) { j.slot <- do(ctx, j.task) })
	for {
		slot, more := receive(ctx, order)
		if !more {
			return ctx.Err()
		}
		o, done := receive(ctx, slot)
		if !done {
			return ctx.Err()
		}
		if err := emit(o); err != nil {
			return err
		}
	}
}

// A job is a task with the place that its outcome goes to; the place holds one, so
// that no worker ever waits.
type job struct {
	task
	slot chan outcome
}

// dispatch gives each task a place in order and then to a worker, until there are no
// more or ctx ends, and closes order. Each of the first tasks begins a worker.
func dispatch(ctx context.Context, jobs int, tasks iter.Seq[task], order chan<- chan outcome, do func(job)) {
	work := make(chan job)
	defer close(order)
	defer close(work)
	workers := 0
	for t := range tasks {
		if workers < jobs {
			workers++
			go func() {
				for j := range work {
					do(j)
				}
			}()
		}
		j := job{t, make(chan outcome, 1)}
		select {
		case order <- j.slot:
		case <-ctx.Done():
			return
		}
		select {
		case work <- j:
		case <-ctx.Done():
			return
		}
	}
}

// receive takes a value from c; ok is false when c is closed or ctx has ended, which
// wins when both are ready.
func receive[T any](ctx context.Context, c <-chan T) (v T, ok bool) {
	if ctx.Err() != nil {
		return v, false
	}
	select {
	case v, ok = <-c:
		return v, ok
	case <-ctx.Done():
		return v, false
	}
}

// guarded calls f and turns a panic into an error, so that one article that meets a
// fault of ours does not cost the others.
func guarded(f func() (quoth.Reading, error)) (r quoth.Reading, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &quoth.Error{
				Code:    quoth.Internal,
				Message: fmt.Sprintf("quoth itself is at fault (%v)", p),
				Hint:    "please report it with the page",
			}
		}
	}()
	return f()
}
