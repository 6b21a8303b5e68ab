package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
)

// EvalCorrectionsCmd is `quoth eval corrections`.
type EvalCorrectionsCmd struct {
	Gold string `arg:"" name:"corrections" help:"File of corrections, as quoth export --corrections writes it (.gz too)."`

	JSON  bool     `name:"json" help:"Write one JSON object with file, model and figures."`
	Model string   `placeholder:"DIR" help:"Folder of the model, as quoth train writes it, instead of the embedded one."`
	Jobs  jobCount `default:"0" help:"Articles read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval corrections` below the flags.
func (c *EvalCorrectionsCmd) Help() string {
	return `Tells how a model does on what editors had to correct: how often they changed each field of a statement, and how often the model now has it as they do.

Examples:

	quoth export --corrections > corrections.jsonl
	quoth eval corrections corrections.jsonl
	quoth train recipes/english.json --corpora ~/corpora --corrections corrections.jsonl --only attribution`
}

// correctionsReport is what --json writes.
type correctionsReport struct {
	Task     string                 `json:"task"`
	Model    evalModel              `json:"model"`
	Gold     evalFile               `json:"gold"`
	Problems int                    `json:"problems"`
	Figures  eval.CorrectionFigures `json:"figures"`
}

// Run scores and writes to standard output.
func (c *EvalCorrectionsCmd) Run(ctx context.Context, env *Env) error {
	docs, err := corpus.ReadCorrections(c.Gold)
	in := evalReader{env: env}
	if err := in.sound(true, err); err != nil {
		return err
	}
	analyzer, err := env.analyzer(c.Model)
	if err != nil {
		return err
	}
	r := &correctionsReport{Task: "corrections", Model: modelOf(analyzer), Gold: evalFile{Name: c.Gold}, Problems: in.problems}
	if r.Gold.SHA256, err = sumFile(c.Gold); err != nil {
		return err
	}
	found, errs := make([][]quoth.Statement, len(docs)), make([]error, len(docs))
	if err := eachDoc(ctx, c.Jobs, len(docs), func(i int) { found[i], errs[i] = analyzer.Analyze(docs[i].Article) }); err != nil {
		return err
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	var score eval.CorrectionScore
	for i, d := range docs {
		score.Add(d.Article.Text, d.Corrections, found[i])
	}
	r.Figures = score.Figures()
	return in.report(r, c.JSON, func(w io.Writer) error { return r.write(w, modelName(c.Model)) })
}

// write writes the report for people.
func (r *correctionsReport) write(w io.Writer, model string) error {
	buffered := bufio.NewWriter(w)
	f := r.Figures
	fmt.Fprintf(buffered, "model        %s\ncorrections  %s, %d in %d articles, sha256 %.12s\n\n", describeModel(model, r.Model), r.Gold.Name, f.Corrections, f.Articles, r.Gold.SHA256)
	t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "field\tcorrected\tright now\t%\t")
	for _, field := range slices.Sorted(maps.Keys(f.Fields)) {
		a := f.Fields[field]
		fmt.Fprintf(t, "%s\t%d\t%d\t%.1f\t\n", field, a.N, a.Right, 100*a.Share())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return buffered.Flush()
}
