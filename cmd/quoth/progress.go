package main

import (
	"fmt"
	"sync"
	"time"

	"quoth"
)

// The times of progress: short work shows none; a terminal gets a line that changes,
// anything else a line now and then that stays.
const (
	quietFor      = 2 * time.Second
	terminalEvery = 200 * time.Millisecond
	logEvery      = time.Minute
)

// progress tells on standard error how far a long run is. On a terminal that also
// gets the readings it is silent: there the readings themselves are the progress.
type progress struct {
	env     *Env
	inputs  int // arguments of the command
	started time.Time
	// share returns how much of the input is done, 0 to 1; nil when nobody knows.
	share func() float64
	quit  chan struct{}
	ended sync.WaitGroup

	mu           sync.Mutex
	read, failed int
	skipped      int // done by an earlier run
	refused      int // of those skipped
	skippedShare float64
	isShown      bool // a line stands on the terminal
}

// startProgress begins to watch a run over inputs arguments.
func startProgress(env *Env, inputs int) *progress {
	p := &progress{env: env, inputs: inputs, started: time.Now(), quit: make(chan struct{})}
	if env.StderrTTY && env.StdoutTTY {
		return p
	}
	p.ended.Go(p.watch)
	return p
}

// watch shows the progress until the run ends.
func (p *progress) watch() {
	p.env.eachTick(p.quit, func(now time.Time) {
		if since := now.Sub(p.started); since >= quietFor {
			p.show(since)
		}
	})
}

// eachTick calls f until quit is closed: often on a terminal, seldom in a log.
func (env *Env) eachTick(quit <-chan struct{}, f func(now time.Time)) {
	every := logEvery
	if env.StderrTTY {
		every = terminalEvery
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-quit:
			return
		case now := <-ticker.C:
			f(now)
		}
	}
}

// show writes the line of progress.
func (p *progress) show(since time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := fmt.Sprintf("%d read", p.read)
	if p.inputs > 1 {
		line = fmt.Sprintf("%d read from %d inputs", p.read, p.inputs)
	}
	if p.failed > 0 {
		line += fmt.Sprintf(", %d failed", p.failed)
	}
	if p.skipped > 0 {
		line += fmt.Sprintf(", %d before", p.skipped)
	}
	line += fmt.Sprintf(" · %.0f a second · %v", float64(p.read)/since.Seconds(), since.Round(time.Second))
	line += p.left(since)
	if p.env.StderrTTY {
		fmt.Fprintf(p.env.Stderr, "\r\x1b[K%s", line)
		p.isShown = true
		return
	}
	fmt.Fprintln(p.env.Stderr, "quoth: "+line)
}

// left says how long the rest will take, once enough is done to tell.
func (p *progress) left(since time.Duration) string {
	if p.share == nil {
		return ""
	}
	share := p.share()
	if p.skippedShare == 0 && p.skipped > 0 {
		p.skippedShare = share
	}
	if done := share - p.skippedShare; done > 0.005 && share < 1 {
		rest := time.Duration(float64(since) * (1 - share) / done)
		return fmt.Sprintf(" · %.0f %%, %v left", 100*share, rest.Round(time.Second))
	}
	return ""
}

// measure tells how to know how much of the input is done.
func (p *progress) measure(share func() float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.share = share
}

// skip counts what an earlier run has done of a source.
func (p *progress) skip(at quoth.Checkpoint) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.skipped += at.Done
	p.refused += at.Refused
}

// earlier says in words what an earlier import has done, "" for nothing.
func (p *progress) earlier(done string) string {
	if p.skipped == 0 {
		return ""
	}
	line := fmt.Sprintf("; %s %s by an earlier import", counted(p.skipped, "was", "were"), done)
	if p.refused > 0 {
		line += fmt.Sprintf(", %s of them refused", grouped(p.refused))
	}
	return line
}

// done counts one outcome.
func (p *progress) done(hasFailed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if hasFailed {
		p.failed++
	} else {
		p.read++
	}
}

// aside takes the line off the terminal and does f, which writes to it; no progress
// is shown meanwhile.
func (p *progress) aside(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isShown {
		fmt.Fprint(p.env.Stderr, "\r\x1b[K")
		p.isShown = false
	}
	f()
}

// stop ends the watching and clears the line.
func (p *progress) stop() {
	close(p.quit)
	p.ended.Wait()
	p.aside(func() {})
}
