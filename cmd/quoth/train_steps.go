package main

import (
	"context"
	"fmt"

	"quoth/nlp/attribution"
	"quoth/nlp/ner"
	"quoth/nlp/parse"
	"quoth/nlp/stance"
	"quoth/nlp/surface"
	"quoth/nlp/tag"
	"quoth/page"
)

// trainer trains the stages of one recipe.
type trainer struct {
	recipe  *recipe
	corpora string
	share   float64 // of the articles that attribution is trained on

	corrections string // file of articles that editors corrected, "" for none

	slots    chan struct{} // holds one token for each core at work
	progress *trainProgress
	warn     func(message string)
}

// Options of the steps, as recipes write them: the fields of the stages' Options, the
// first letter small. Seed, Clusters and the like are set by the trainer.
type (
	clustersOptions struct {
		Vocabulary int // most frequent words that are sorted, 48,000 by default
		Classes    int // 512 by default
		Rounds     int // 8 by default
		TreeTimes  int // how often the trees are read, to weigh as much as they should; 3 by default
	}
	parseOptions struct {
		parse.Options
		Folds  int         // of jackknifing, 5 by default
		Tagger tag.Options // of the taggers of the folds
	}
	attributionOptions struct {
		attribution.Options
		RawEvery int // of the raw text every so many-th article is learned from, 4 by default
	}
	namesOptions struct {
		ner.Options
		// CorpusTokens says to learn from the tokens of the gold corpus rather than
		// from those that Quoth makes of its text.
		CorpusTokens bool
	}
)

// checkOptions returns what is wrong with the options of a step of a known stage.
func checkOptions(s recipeStep) error {
	switch s.Stage {
	case "clusters":
		return s.options(new(clustersOptions))
	case "tag":
		return s.options(new(tag.Options))
	case "parse":
		return s.options(new(parseOptions))
	case "names":
		return s.options(new(namesOptions))
	case "words":
		var opt surface.Options
		if err := s.options(&opt); err != nil {
			return err
		}
		return opt.Check()
	case "attribution":
		var opt attributionOptions
		if err := s.options(&opt); err != nil {
			return err
		}
		if opt.RawEvery < 0 {
			return fmt.Errorf("options: rawEvery is %d; it is how many articles there are to one that is learned from", opt.RawEvery)
		}
		return nil
	case "stance":
		return s.options(new(stance.Options))
	}
	return s.options(new(page.LineOptions))
}

// options decodes the options of s into v.
func (s recipeStep) options(v any) error {
	if len(s.Options) == 0 {
		return nil
	}
	if err := strictJSON(s.Options, v); err != nil {
		return fmt.Errorf("options: %w", err)
	}
	return nil
}

// run trains the stages of steps and returns their files by name. have holds, by
// stage, what was trained earlier. Each step begins when those are there that it builds
// on; as many cores work as there are slots. No result depends on which.
func (t *trainer) run(ctx context.Context, steps []recipeStep, have map[string][]byte) (map[string][]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	results := map[string]*stageResult{}
	for _, s := range steps {
		results[s.Stage] = &stageResult{done: make(chan struct{})}
	}
	for _, s := range steps {
		go func() {
			r := results[s.Stage]
			if r.bytes, r.err = t.step(ctx, s, have, results); r.err != nil {
				cancel(r.err)
			}
			close(r.done)
		}()
	}
	files := map[string][]byte{}
	for _, s := range steps {
		r := results[s.Stage]
		select {
		case <-r.done:
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // also when it is the trained stage that failed
			return nil, context.Cause(ctx)
		}
		files[stageNamed(s.Stage).file] = r.bytes
	}
	return files, nil
}

// stageResult is what a step gives, once done is closed.
type stageResult struct {
	done  chan struct{}
	bytes []byte
	err   error
}

// step waits for what s builds on and trains it.
func (t *trainer) step(ctx context.Context, s recipeStep, have map[string][]byte, results map[string]*stageResult) (b []byte, err error) {
	stage := stageNamed(s.Stage)
	needs := map[string][]byte{}
	for _, need := range stage.needs {
		r, trained := results[need]
		if !trained {
			needs[need] = have[need]
			continue
		}
		select {
		case <-r.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if r.err != nil {
			return nil, r.err
		}
		needs[need] = r.bytes
	}
	t.progress.begin(s.Stage)
	if b, err = stage.train(t, ctx, s, needs); err != nil {
		return nil, err
	}
	t.progress.end(s.Stage, len(b))
	return b, nil
}

// parallel calls f for 0 to n-1, as many at once as there are free slots, and returns
// the first error. It returns early when ctx ends, without waiting for calls at work.
func (t *trainer) parallel(ctx context.Context, n int, f func(i int) error) error {
	errs := make(chan error, n)
	for i := range n {
		select {
		case t.slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := ctx.Err(); err != nil {
			<-t.slots
			return err
		}
		go func() {
			defer func() { <-t.slots }()
			errs <- f(i)
		}()
	}
	for range n {
		select {
		case err := <-errs:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// alone calls f on one core.
func (t *trainer) alone(ctx context.Context, f func() ([]byte, error)) (b []byte, err error) {
	err = t.parallel(ctx, 1, func(int) (err error) {
		b, err = f()
		return err
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}
