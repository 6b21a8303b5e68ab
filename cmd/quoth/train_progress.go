package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// trainProgress tells on standard error how far training is. A terminal gets a line
// that changes; anything else a line a minute. Each step that ends gets a line that
// stays, on both.
type trainProgress struct {
	env     *Env
	started time.Time
	quit    chan struct{}
	ended   sync.WaitGroup

	mu      sync.Mutex
	steps   []*stepProgress
	isShown bool // a line stands on the terminal
	stopped bool
}

// stepProgress is where one step stands.
type stepProgress struct {
	stage   string
	weight  float64 // minutes that it takes, as the recipe says
	begun   time.Time
	isEnded bool
	note    string // what it does at the moment
}

// startTrainProgress begins to watch the steps.
func startTrainProgress(env *Env, steps []recipeStep) *trainProgress {
	p := &trainProgress{env: env, started: time.Now(), quit: make(chan struct{})}
	for _, s := range steps {
		p.steps = append(p.steps, &stepProgress{stage: s.Stage, weight: s.Minutes})
	}
	p.ended.Go(p.watch)
	return p
}

// watch shows the progress until the run ends.
func (p *trainProgress) watch() {
	p.env.eachTick(p.quit, p.show)
}

// show writes the line of progress.
func (p *trainProgress) show(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := p.line(now)
	if p.env.StderrTTY {
		fmt.Fprintf(p.env.Stderr, "\r\x1b[K%s", cutTo(line, p.env.Width))
		p.isShown = true
		return
	}
	fmt.Fprintln(p.env.Stderr, "quoth: "+line)
}

// line says which steps are at work, and how long all will take.
func (p *trainProgress) line(now time.Time) string {
	var parts []string
	for _, s := range p.steps {
		if s.begun.IsZero() || s.isEnded {
			continue
		}
		part := s.stage
		if s.note != "" {
			part += ": " + s.note
		}
		parts = append(parts, part)
	}
	elapsed := now.Sub(p.started)
	line := fmt.Sprintf("%s · %v", strings.Join(parts, " · "), elapsed.Round(time.Second))
	if share := p.share(now); share > 0.02 {
		left := time.Duration(float64(elapsed) * (1 - share) / share)
		line += fmt.Sprintf(", about %v left", left.Round(10*time.Second))
	}
	return line
}

// nearlyDone is the most of a running step that counts as done, whatever the time.
const nearlyDone = 0.95

// share is the part of all work that is done, going by the minutes that the recipe
// gives the steps; 0 when it gives none.
func (p *trainProgress) share(now time.Time) float64 {
	done, all := 0.0, 0.0
	for _, s := range p.steps {
		all += s.weight
		switch {
		case s.isEnded:
			done += s.weight
		case !s.begun.IsZero():
			done += min(nearlyDone*s.weight, now.Sub(s.begun).Minutes())
		}
	}
	if all == 0 {
		return 0
	}
	return done / all
}

// step returns the step of a stage.
func (p *trainProgress) step(stage string) *stepProgress {
	for _, s := range p.steps {
		if s.stage == stage {
			return s
		}
	}
	return &stepProgress{}
}

// begin notes that a step has begun.
func (p *trainProgress) begin(stage string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.step(stage).begun = time.Now()
}

// note tells what a step does at the moment.
func (p *trainProgress) note(stage, note string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.step(stage).note = note
}

// end notes that a step has ended and says so.
func (p *trainProgress) end(stage string, size int) {
	p.mu.Lock()
	s := p.step(stage)
	s.isEnded = true
	took := time.Since(s.begun)
	p.mu.Unlock()
	p.say("note", fmt.Sprintf("%s trained in %v, %.1f MB", stage, took.Round(100*time.Millisecond), float64(size)/1e6))
}

// say writes a line that stays. After stop it is silent: what still runs then was
// given up.
func (p *trainProgress) say(kind, message string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return
	}
	p.clear()
	p.env.say(kind, message)
}

// clear takes the line off the terminal.
func (p *trainProgress) clear() {
	if p.isShown {
		fmt.Fprint(p.env.Stderr, "\r\x1b[K")
		p.isShown = false
	}
}

// stop ends the watching and clears the line.
func (p *trainProgress) stop() {
	close(p.quit)
	p.ended.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	p.clear()
}

// cutTo cuts a line to the columns of a terminal; 0 is none.
func cutTo(line string, columns int) string {
	runes := []rune(line)
	if columns > 1 && len(runes) >= columns {
		return string(runes[:columns-2]) + "…"
	}
	return line
}
