package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"quoth"
	"quoth/corpus"
	"quoth/nlp"
	"quoth/nlp/attribution"
	"quoth/nlp/linear"
	"quoth/nlp/ner"
	"quoth/nlp/parse"
	"quoth/nlp/stance"
	"quoth/nlp/surface"
	"quoth/nlp/tag"
	"quoth/nlp/tokenize"
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

// sound drops err when it only tells of broken records, which it warns of.
func (t *trainer) sound(err error) error {
	var problems corpus.Problems
	if errors.As(err, &problems) {
		t.warn("left out: " + problems.Error())
		return nil
	}
	return err
}

// trees reads treebanks: documents with gold tokens, tags, lemmas and heads.
func (t *trainer) trees(names []string) ([]*nlp.Doc, error) {
	var docs []*nlp.Doc
	for _, name := range names {
		trees, err := corpus.ReadCoNLLU(t.path(name))
		if err = t.sound(err); err != nil {
			return nil, err
		}
		for _, tree := range trees {
			d := tree.Doc()
			tokenize.MarkQuotes(d)
			docs = append(docs, d)
		}
	}
	return docs, nil
}

// readAll reads the inputs called names, one after the other.
func readAll[T any](t *trainer, names []string, read func(path string) ([]T, error)) ([]T, error) {
	var all []T
	for _, name := range names {
		more, err := read(t.path(name))
		if err = t.sound(err); err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// namedDoc is the document of an article of raw text with gold names.
func namedDoc(n corpus.NamedDoc) *nlp.Doc { return withNames(rawDoc(n.RawArticle), n.Spans, n.Kinds) }

// cleanDoc is the document of an article without furniture, as `quoth read --clean`
// takes it.
func cleanDoc(a corpus.AttributionDoc) (*nlp.Doc, error) {
	read, err := page.New(page.Options{Clean: true, MaxBytes: -1}).Record(page.Record{ID: a.ID, Title: a.Title, Date: a.Date, Text: a.Text})
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", a.ID, err)
	}
	return &nlp.Doc{Text: read.Text, Blocks: read.Blocks}, nil
}

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

// textBatch is how many articles of raw text are cut into words at once.
const textBatch = 512

// readText gives the documents of a file of raw text to f, cut into words, in order.
func (t *trainer) readText(ctx context.Context, name string, f func(*nlp.Doc) error) error {
	var batch []*nlp.Doc
	err := t.eachArticle(name, func(d *nlp.Doc) error {
		if batch = append(batch, d); len(batch) < textBatch {
			return nil
		}
		err := t.cut(ctx, batch, f)
		batch = batch[:0]
		return err
	})
	if err != nil {
		return err
	}
	return t.cut(ctx, batch, f)
}

// eachArticle gives the articles of a file of raw text to f.
func (t *trainer) eachArticle(name string, f func(*nlp.Doc) error) error {
	for a, err := range corpus.ReadRaw(t.path(name)) {
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := f(rawDoc(a)); err != nil {
			return err
		}
	}
	return nil
}

// rawDoc is the document of an article of raw text, every line a paragraph.
func rawDoc(a corpus.RawArticle) *nlp.Doc {
	d := &nlp.Doc{Text: a.Text, Blocks: make([]quoth.Block, len(a.Paragraphs))}
	for i, p := range a.Paragraphs {
		d.Blocks[i] = quoth.Block{Kind: quoth.Paragraph, Span: p}
	}
	return d
}

// cut cuts documents into words and gives them to f, in order.
func (t *trainer) cut(ctx context.Context, docs []*nlp.Doc, f func(*nlp.Doc) error) error {
	parts := cap(t.slots)
	err := t.parallel(ctx, parts, func(part int) error {
		for i := part; i < len(docs); i += parts {
			tokenize.Stage{}.Run(docs[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, d := range docs {
		if err := f(d); err != nil {
			return err
		}
	}
	return nil
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

// errEnough ends the reading of text that nobody wants more of.
var errEnough = errors.New("enough")

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

// recut returns a document of d's text and mentions with the tokens that Quoth makes.
func recut(d *nlp.Doc) *nlp.Doc {
	spans, kinds := make([]quoth.Span, len(d.Mentions)), make([]nlp.MentionKind, len(d.Mentions))
	for i, m := range d.Mentions {
		spans[i], kinds[i] = d.Span(m.TokenRange), m.Kind
	}
	return withNames(&nlp.Doc{Text: d.Text, Blocks: d.Blocks}, spans, kinds)
}

// withNames cuts d into words and gives it names.
func withNames(d *nlp.Doc, spans []quoth.Span, kinds []nlp.MentionKind) *nlp.Doc {
	tokenize.Stage{}.Run(d)
	ner.Project(d, spans, kinds)
	return d
}

// silver returns the articles of the step with the mentions that another program
// found in them. An article without such a layer is left out.
func (t *trainer) silver(s recipeStep) ([]*nlp.Doc, error) {
	if len(s.Inputs["silver"]) == 0 {
		return nil, nil
	}
	articles, err := readAll(t, s.Inputs["articles"], corpus.ReadAttributions)
	if err != nil {
		return nil, err
	}
	byID := map[string]corpus.AttributionDoc{}
	for _, a := range articles {
		byID[a.ID] = a
	}
	var docs []*nlp.Doc
	for _, name := range s.Inputs["silver"] {
		layers, err := corpus.ReadCoreNLP(t.path(name))
		if err = t.sound(err); err != nil {
			return nil, err
		}
		for _, layer := range layers {
			a, known := byID[layer.ID]
			if !known {
				continue
			}
			d, err := cleanDoc(a)
			if err != nil {
				return nil, err
			}
			tokenize.Stage{}.Run(d)
			spans, kinds := layer.Mentions()
			ner.Project(d, spans, kinds)
			docs = append(docs, d)
		}
	}
	return docs, nil
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
	articles = spread(slices.Concat(articles, apart), t.share)
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
		docs = append(docs, corrected...)
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

// rawDocs are every so many-th articles of raw text, counted over all files, after the
// stages of pipeline.
func (t *trainer) rawDocs(ctx context.Context, names []string, every int, pipeline *nlp.Pipeline) ([]*nlp.Doc, error) {
	var docs []*nlp.Doc
	n := 0
	for _, name := range names {
		err := t.eachArticle(name, func(d *nlp.Doc) error {
			if n++; n%every == 0 {
				docs = append(docs, d)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	err := t.parallel(ctx, len(docs), func(i int) error {
		pipeline.Run(docs[i])
		return nil
	})
	return docs, err
}

// corrected are the articles that editors corrected, with the statements as they are now.
func (t *trainer) corrected(pipeline *nlp.Pipeline) ([]*nlp.Doc, error) {
	articles, err := corpus.ReadCorrections(t.corrections)
	if err = t.sound(err); err != nil {
		return nil, err
	}
	docs := make([]*nlp.Doc, len(articles))
	for i, a := range articles {
		d := &nlp.Doc{Text: a.Article.Text, Blocks: a.Article.Blocks}
		pipeline.Run(d)
		a.Attributions().Annotate(d)
		docs[i] = d
	}
	return docs, nil
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

// sentenceDoc is a document of one sentence before any stage has run.
func sentenceDoc(text string) *nlp.Doc {
	return &nlp.Doc{Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 0, End: len(text)}}}}
}

// spread returns a share of list, evenly spread over it: collections are sorted by
// publisher, so that the first articles would not be like all.
func spread[T any](list []T, share float64) []T {
	if share <= 0 || share >= 1 { // 0 when nobody asked for a share
		return list
	}
	n := int(share * float64(len(list)))
	some := make([]T, n)
	for i := range some {
		some[i] = list[i*len(list)/n]
	}
	return some
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

// labelledPage is p as the line model learns from it.
func labelledPage(p corpus.PageLines) page.LabelledPage {
	out := page.LabelledPage{Site: p.Site, Lines: make([]page.LabelledLine, len(p.Lines))}
	for i, text := range p.Lines {
		out.Lines[i] = page.LabelledLine{Text: text, Kind: p.Kinds[i]}
		if p.Hints[i] != "" {
			out.Lines[i].Kind, out.Lines[i].Weak = p.Hints[i], true
		}
	}
	return out
}

// earlierStages are the stages that attribution builds on, in their order (see
// english.Open).
func earlierStages(models map[string][]byte) (*nlp.Pipeline, error) {
	tagger, err := tag.Open(models["tag"])
	if err != nil {
		return nil, err
	}
	parser, err := parse.Open(models["parse"])
	if err != nil {
		return nil, err
	}
	names, err := ner.Open(models["names"])
	if err != nil {
		return nil, err
	}
	return nlp.NewPipeline(tokenize.Stage{}, tagger, parser, names)
}
