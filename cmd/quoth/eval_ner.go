package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"quoth/corpus"
	"quoth/eval"
	"quoth/nlp"
	"quoth/nlp/tokenize"
)

// EvalNERCmd is `quoth eval ner`.
type EvalNERCmd struct {
	Gold []string `arg:"" name:"GOLD.bio" help:"Corpora of one token and its tag a line, or Universal NER (.gz too)."`

	TextsFlags `embed:""`
	Collapse   bool     `help:"Score persons, organizations and places alone, facilities counting as places: for gold that has no other classes, such as WikiGold and Universal NER."`
	JSON       bool     `name:"json" help:"Write one JSON object with gold sets, sha256, model, figures and intervals."`
	Model      string   `placeholder:"DIR" help:"Folder of the model to score, as quoth train writes it, instead of the embedded one."`
	Samples    int      `default:"1000" help:"Bootstrap samples for the 95 % interval; 0 leaves it out."`
	Seed       uint64   `default:"1" help:"Seed of the bootstrap."`
	Jobs       jobCount `default:"0" help:"Documents read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval ner` below the flags.
func (c *EvalNERCmd) Help() string {
	return `A name is right when its bytes and its class are those of gold. Every corpus is read twice: once with its own tokens, and once with the tokens that Quoth makes of its text.

Example:

	quoth eval ner --collapse wikigold.conll.txt.gz
	quoth eval ner --texts allsides-2012-2020.txt.gz recipes/news/names-dev.jsonl`
}

// nerReport is what --json writes.
type nerReport struct {
	Task     string    `json:"task"`
	Model    evalModel `json:"model"`
	Collapse bool      `json:"collapse"`
	Sets     []nerFile `json:"sets"`
}

// nerFile are the figures of one corpus.
type nerFile struct {
	Gold       evalFile          `json:"gold"`
	Tokens     int               `json:"tokens"`
	Problems   int               `json:"problems"` // broken lines, read as no name
	GoldTokens eval.LabelFigures `json:"gold_tokens"`
	// Interval is that of the F1 of GoldTokens.All, at the level intervalLevel.
	Interval  *[2]float64       `json:"interval"`
	OwnTokens eval.LabelFigures `json:"own_tokens"`
}

// Run scores and writes to standard output.
func (c *EvalNERCmd) Run(ctx context.Context, env *Env) error {
	stages, model, err := env.stages(c.Model)
	if err != nil {
		return err
	}
	in := evalReader{env: env}
	r := &nerReport{Task: "ner", Model: model, Collapse: c.Collapse}
	for _, path := range c.Gold {
		f, err := c.score(ctx, &in, path, stagesFor(stages, nlp.Mentions))
		if err != nil {
			return err
		}
		r.Sets = append(r.Sets, f)
	}
	return in.report(r, c.JSON, func(w io.Writer) error { return r.write(w, modelName(c.Model)) })
}

// score scores one corpus.
func (c *EvalNERCmd) score(ctx context.Context, in *evalReader, path string, stages []nlp.Stage) (nerFile, error) {
	f := nerFile{Gold: evalFile{Name: path}}
	before := in.problems
	docs, err := c.docs(in, path)
	if err != nil {
		return f, err
	}
	f.Problems = in.problems - before
	if f.Gold.SHA256, err = sumFile(path); err != nil {
		return f, err
	}
	gold, own, cut := make([][]eval.Label, len(docs)), make([][]eval.Label, len(docs)), make([][]eval.Label, len(docs))
	tokens := make([]int, len(docs))
	err = eachDoc(ctx, c.Jobs, len(docs), func(i int) {
		d := docs[i]
		tokens[i], gold[i] = len(d.Tokens), c.labels(d)
		d.Mentions, d.MentionOf = nil, nil
		tokenize.MarkQuotes(d)
		cut[i] = c.labels(runAll(d, stages))
		d = &nlp.Doc{Text: d.Text, Blocks: d.Blocks}
		tokenize.Stage{}.Run(d)
		own[i] = c.labels(runAll(d, stages))
	})
	if err != nil {
		return f, err
	}
	var onGold, onOwn eval.LabelScore
	for i := range docs {
		f.Tokens += tokens[i]
		onGold.Add(gold[i], cut[i])
		onOwn.Add(gold[i], own[i])
	}
	f.GoldTokens, f.OwnTokens = onGold.Figures(), onOwn.Figures()
	if interval, ok := onGold.Interval(c.Samples, intervalLevel, c.Seed); ok {
		f.Interval = &interval
	}
	return f, nil
}

// docs reads a corpus: documents with gold tokens and names, or with names alone.
func (c *EvalNERCmd) docs(in *evalReader, path string) ([]*nlp.Doc, error) {
	var docs []*nlp.Doc
	if c.Texts == "" {
		gold, err := in.bio(path)
		for _, d := range gold {
			docs = append(docs, d.Doc())
		}
		return docs, err
	}
	gold, err := corpus.ReadStandoffNames(path, c.Texts)
	for _, d := range gold {
		docs = append(docs, namedDoc(d))
	}
	return docs, in.sound(docs != nil, err)
}

// bio reads a corpus and tells its broken lines.
func (in *evalReader) bio(path string) ([]corpus.BIODoc, error) {
	docs, err := corpus.ReadBIO(path)
	return docs, in.sound(docs != nil, err)
}

// collapsed are the three classes that all corpora have.
var collapsed = map[string]string{
	nlp.Person.String(): "PER", nlp.Organization.String(): "ORG", nlp.Location.String(): "LOC", nlp.Facility.String(): "LOC",
}

// labels returns the names of d.
func (c *EvalNERCmd) labels(d *nlp.Doc) []eval.Label {
	all := eval.Mentions(d)
	if !c.Collapse {
		return all
	}
	out := all[:0]
	for _, l := range all {
		if l.Class = collapsed[l.Class]; l.Class != "" {
			out = append(out, l)
		}
	}
	return out
}

// write writes the report for people, in per cent.
func (r *nerReport) write(w io.Writer, model string) error {
	buffered := bufio.NewWriter(w)
	fmt.Fprintf(buffered, "model      %s\n", describeModel(model, r.Model))
	for _, f := range r.Sets {
		fmt.Fprintf(buffered, "\ngold       %s, %d documents, %d tokens, %d names, sha256 %.12s\n\n",
			f.Gold.Name, f.GoldTokens.Documents, f.Tokens, f.GoldTokens.All.Gold, f.Gold.SHA256)
		t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(t, "\tgold\tP\tR\tF1\t")
		row := func(name string, c eval.ClassFigures) {
			// Names stand left in a column that is aligned right.
			fmt.Fprintf(t, "%-15s\t%d\t%.1f\t%.1f\t%.1f\t\n", name, c.Gold, 100*c.P, 100*c.R, 100*c.F1)
		}
		for _, c := range f.GoldTokens.Classes {
			row(c.Class, c)
		}
		row("all", f.GoldTokens.All)
		row("without classes", f.GoldTokens.Unlabelled)
		row("all, own tokens", f.OwnTokens.All)
		if err := t.Flush(); err != nil {
			return err
		}
		if f.Interval != nil {
			fmt.Fprintf(buffered, "\n%.0f %% interval of F1 (all): %.1f – %.1f\n", 100*intervalLevel, 100*f.Interval[0], 100*f.Interval[1])
		}
	}
	return buffered.Flush()
}
