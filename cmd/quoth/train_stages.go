package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"quoth/corpus"
	"quoth/nlp"
	"quoth/nlp/attribution"
	"quoth/nlp/linear"
	"quoth/nlp/ner"
	"quoth/nlp/parse"
	"quoth/nlp/stance"
	"quoth/nlp/surface"
	"quoth/nlp/tag"
	"quoth/page"
)

// clusters sorts words into classes by the words beside them.
func (t *trainer) clusters(ctx context.Context, s recipeStep, _ map[string][]byte) ([]byte, error) {
	var opt clustersOptions
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	c := linear.NewClusterer()
	for _, name := range s.Inputs["text"] {
		err := t.readText(ctx, name, func(d *nlp.Doc) error {
			addWords(c, d)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	trees, err := t.trees(s.Inputs["trees"])
	if err != nil {
		return nil, err
	}
	for range cmp.Or(opt.TreeTimes, 3) {
		for _, d := range trees {
			c.Break()
			for _, tok := range d.Tokens {
				c.Add(tok.Lower)
			}
		}
	}
	t.progress.note(s.Stage, fmt.Sprintf("%d words", c.Words()))
	return t.alone(ctx, func() ([]byte, error) {
		return c.Table(cmp.Or(opt.Vocabulary, 48_000), cmp.Or(opt.Classes, 512), cmp.Or(opt.Rounds, 8))
	})
}

// addWords adds the words of d to c.
func addWords(c *linear.Clusterer, d *nlp.Doc) {
	block := -1
	for _, s := range d.Sentences {
		if s.Block != block {
			c.Break()
			block = s.Block
		}
		for _, tok := range d.Tokens[s.First:s.Past] {
			c.Add(tok.Lower)
		}
	}
}

// words learns words from raw text, which the networks of heads and of attributions begin with.
func (t *trainer) words(ctx context.Context, s recipeStep, _ map[string][]byte) ([]byte, error) {
	var opt surface.Options
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	opt.Seed = t.recipe.Seed
	opt.Progress = func(share, loss float64) {
		t.progress.note(s.Stage, fmt.Sprintf("%.0f %% of the words guessed, loss %.4g", 100*share, loss))
	}
	var failed error
	docs := func(yield func(*nlp.Doc) bool) {
		for _, name := range s.Inputs["text"] {
			if failed != nil {
				return
			}
			err := t.readText(ctx, name, func(d *nlp.Doc) error {
				if !yield(d) {
					return errEnough
				}
				return nil
			})
			if errors.Is(err, errEnough) {
				return
			}
			failed = err
		}
	}
	// Not by way of t.alone: reading takes slots of its own while it trains.
	b, err := surface.TrainWords(docs, opt)
	if failed != nil || err != nil {
		return nil, cmp.Or(failed, err)
	}
	return b, nil
}

// tag trains the tagger.
func (t *trainer) tag(ctx context.Context, s recipeStep, needs map[string][]byte) ([]byte, error) {
	var opt tag.Options
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	opt.Seed, opt.Clusters = t.recipe.Seed, needs["clusters"]
	docs, err := t.trees(s.Inputs["trees"])
	if err != nil {
		return nil, err
	}
	return t.alone(ctx, func() ([]byte, error) { return tag.Train(docs, opt) })
}

// parse trains the parser on tags of taggers that have not seen the sentence.
func (t *trainer) parse(ctx context.Context, s recipeStep, needs map[string][]byte) ([]byte, error) {
	var opt parseOptions
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	opt.Seed, opt.Clusters, opt.Words = t.recipe.Seed, needs["clusters"], needs["words"]
	opt.Progress = func(share, loss float64) {
		t.progress.note(s.Stage, fmt.Sprintf("heads, %.0f %% of the passes, loss %.4g", 100*share, loss))
	}
	opt.Tagger.Seed, opt.Tagger.Clusters = t.recipe.Seed, needs["clusters"]
	docs, err := t.trees(s.Inputs["trees"])
	if err != nil {
		return nil, err
	}
	docs, err = t.jackknife(ctx, docs, cmp.Or(opt.Folds, 5), opt.Tagger)
	if err != nil {
		return nil, err
	}
	return t.alone(ctx, func() ([]byte, error) { return parse.Train(docs, opt.Options) })
}

// jackknife is tag.Jackknife with the folds side by side.
func (t *trainer) jackknife(ctx context.Context, docs []*nlp.Doc, folds int, opt tag.Options) ([]*nlp.Doc, error) {
	out := make([]*nlp.Doc, len(docs))
	var count sync.Mutex
	ready := 0
	err := t.parallel(ctx, folds, func(fold int) error {
		var own, others []*nlp.Doc
		for i, d := range docs {
			if i%folds == fold {
				own = append(own, d)
			} else {
				others = append(others, d)
			}
		}
		tagged, err := tag.Jackknife(own, others, 1, opt)
		if err != nil {
			return fmt.Errorf("fold %d: %w", fold+1, err)
		}
		for i, d := range tagged {
			out[fold+i*folds] = d
		}
		count.Lock()
		defer count.Unlock()
		ready++
		t.progress.note("parse", fmt.Sprintf("%d of %d folds tagged", ready, folds))
		return nil
	})
	return out, err
}

// names trains the recogniser of names, on gold documents and on silver ones.
func (t *trainer) names(ctx context.Context, s recipeStep, needs map[string][]byte) ([]byte, error) {
	var opt namesOptions
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	var docs []*nlp.Doc
	for _, name := range s.Inputs["bio"] {
		gold, err := corpus.ReadBIO(t.path(name))
		if err = t.sound(err); err != nil {
			return nil, err
		}
		for _, g := range gold {
			d := g.Doc()
			if !opt.CorpusTokens {
				d = recut(d)
			}
			docs = append(docs, d)
		}
	}
	texts := t.paths(s.Inputs["text"])
	apart, err := readAll(t, s.Inputs["standoff"], func(path string) ([]corpus.NamedDoc, error) { return corpus.ReadStandoffNames(path, texts...) })
	if err != nil {
		return nil, err
	}
	for _, n := range apart {
		docs = append(docs, namedDoc(n))
	}
	silver, err := t.silver(s)
	if err != nil {
		return nil, err
	}
	opt.Seed, opt.Clusters, opt.Silver = t.recipe.Seed, needs["clusters"], silver
	return t.alone(ctx, func() ([]byte, error) { return ner.Train(docs, opt.Options) })
}

// attribution trains the finder of attributions on what the stages before it make of
// the articles.
func (t *trainer) attribution(ctx context.Context, s recipeStep, needs map[string][]byte) ([]byte, error) {
	var opt attributionOptions
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	articles, err := readAll(t, s.Inputs["articles"], corpus.ReadAttributions)
	if err != nil {
		return nil, err
	}
	texts := t.paths(s.Inputs["text"])
	apart, err := readAll(t, s.Inputs["standoff"], func(path string) ([]corpus.AttributionDoc, error) { return corpus.ReadStandoff(path, texts...) })
	if err != nil {
		return nil, err
	}
	articles = spread(articles, t.share) // these, and corrections, are the target domain and come first
	opt.Target = len(articles)
	articles = append(articles, spread(apart, t.share)...)
	pipeline, err := earlierStages(needs)
	if err != nil {
		return nil, err
	}
	docs := make([]*nlp.Doc, len(articles))
	err = t.parallel(ctx, len(articles), func(i int) error {
		d, err := cleanDoc(articles[i])
		if err != nil {
			return err
		}
		pipeline.Run(d)
		articles[i].Annotate(d)
		docs[i] = d
		return nil
	})
	if err != nil {
		return nil, err
	}
	if t.corrections != "" {
		corrected, err := t.corrected(pipeline)
		if err != nil {
			return nil, err
		}
		docs = append(corrected, docs...)
		opt.Target += len(corrected)
	}
	if opt.Raw, err = t.rawDocs(ctx, s.Inputs["text"], cmp.Or(opt.RawEvery, 4), pipeline); err != nil {
		return nil, err
	}
	opt.Seed = cmp.Or(opt.Seed, t.recipe.Seed) // a step may have one of its own
	opt.Clusters, opt.Words = needs["clusters"], needs["words"]
	opt.Progress = func(what string, epoch int, loss float64) {
		t.progress.note(s.Stage, fmt.Sprintf("%s, epoch %d, loss %.4g", what, epoch, loss))
	}
	return t.alone(ctx, func() ([]byte, error) { return attribution.Train(docs, opt.Options) })
}

// stance trains what tells how words sound towards those whom they are about.
func (t *trainer) stance(ctx context.Context, s recipeStep, needs map[string][]byte) ([]byte, error) {
	var opt stance.Options
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	sentences, err := readAll(t, s.Inputs["sentences"], corpus.ReadStances)
	if err != nil {
		return nil, err
	}
	pipeline, err := earlierStages(needs)
	if err != nil {
		return nil, err
	}
	docs := make([]*nlp.Doc, len(sentences))
	err = t.parallel(ctx, len(sentences), func(i int) error {
		docs[i] = sentenceDoc(sentences[i].Text)
		pipeline.Run(docs[i])
		return nil
	})
	if err != nil {
		return nil, err
	}
	var examples []stance.Example
	for i, s := range sentences {
		for _, to := range s.Targets {
			if r := docs[i].TokensIn(to.Span); r.Len() > 0 {
				examples = append(examples, stance.Example{Doc: docs[i], Sentence: nlp.TokenRange{Past: len(docs[i].Tokens)}, Target: r, Label: to.Label})
			}
		}
	}
	opt.Seed, opt.Clusters = cmp.Or(opt.Seed, t.recipe.Seed), needs["clusters"]
	opt.Progress = func(what string) { t.progress.note(s.Stage, what) }
	return t.alone(ctx, func() ([]byte, error) { return stance.Train(examples, opt) })
}

// lines trains the model that tells the lines of a crawled page apart.
func (t *trainer) lines(ctx context.Context, s recipeStep, _ map[string][]byte) ([]byte, error) {
	var opt page.LineOptions
	if err := s.options(&opt); err != nil {
		return nil, err
	}
	lines, err := readAll(t, s.Inputs["pages"], corpus.ReadPageLines)
	if err != nil {
		return nil, err
	}
	pages := make([]page.LabelledPage, len(lines))
	for i, p := range lines {
		pages[i] = labelledPage(p)
	}
	opt.Seed = t.recipe.Seed
	return t.alone(ctx, func() ([]byte, error) {
		return page.TrainLines(pages, opt, func(what string) { t.progress.note(s.Stage, what) })
	})
}
