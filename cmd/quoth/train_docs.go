package main

import (
	"context"
	"errors"
	"fmt"

	"quoth"
	"quoth/corpus"
	"quoth/nlp"
	"quoth/nlp/ner"
	"quoth/nlp/parse"
	"quoth/nlp/tag"
	"quoth/nlp/tokenize"
	"quoth/page"
)

// textBatch is how many articles of raw text are cut into words at once.
const textBatch = 512

// errEnough ends the reading of text that nobody wants more of.
var errEnough = errors.New("enough")

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
