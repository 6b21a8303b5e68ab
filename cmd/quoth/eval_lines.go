package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/page"
)

// EvalLinesCmd is `quoth eval lines`.
type EvalLinesCmd struct {
	Gold []string `arg:"" name:"GOLD.jsonl" help:"Crawled pages with labelled lines, as JSON lines (.gz too)."`

	CrossValidate int      `placeholder:"N" help:"Train on the pages of all sites but one Nth of them, score on those, N times over: for gold that the embedded model has learned from."`
	Sources       []string `placeholder:"NAME" help:"Score only pages of these collections, such as scrap,fundus."`
	Model         string   `placeholder:"FILE" help:"Line model to score, as quoth train writes it, instead of the embedded one."`
	JSON          bool     `name:"json" help:"Write one JSON object with gold sets, sha256 and figures."`
	Seed          uint64   `default:"1" help:"Seed of the training."`
	Jobs          jobCount `default:"0" help:"Trainings and pages at once; 0 is one per core."`
}

// Help is the text of `quoth help eval lines` below the flags.
func (c *EvalLinesCmd) Help() string {
	return `Pages are read as plain text, as 'quoth read' does, and each line counts as what most of its bytes became. Only the lines from the first to the last one of the body are scored.

Examples:

	quoth eval lines pages.jsonl.gz
	quoth eval lines --cross-validate 5 dev.jsonl.gz typed_dev.jsonl.gz`
}

// Validate refuses what cannot be meant.
func (c *EvalLinesCmd) Validate() error {
	if c.CrossValidate == 1 || c.CrossValidate < 0 {
		return &misuseError{fmt.Sprintf("--cross-validate takes 2 or more, got %d", c.CrossValidate), "5 is usual"}
	}
	if c.CrossValidate > 0 && c.Model != "" {
		return &misuseError{"--cross-validate trains models and --model names one", "leave one of them out"}
	}
	return nil
}

// linesReport is what --json writes.
type linesReport struct {
	Task          string      `json:"task"`
	CrossValidate int         `json:"cross_validate"` // 0 when a model was scored that was there
	Sets          []linesFigs `json:"sets"`
}

type linesFigs struct {
	Gold     evalFile         `json:"gold"`
	Problems int              `json:"problems"`
	Figures  eval.LineFigures `json:"figures"`
}

// Run scores and writes to standard output.
func (c *EvalLinesCmd) Run(ctx context.Context, env *Env) error {
	in := evalReader{env: env}
	r := &linesReport{Task: "lines", CrossValidate: c.CrossValidate}
	sets := make([][]corpus.PageLines, len(c.Gold))
	for i, path := range c.Gold {
		before := in.problems
		var err error
		if sets[i], err = in.pageLines(path); err != nil {
			return err
		}
		f := linesFigs{Gold: evalFile{Name: path}, Problems: in.problems - before}
		if f.Gold.SHA256, err = sumFile(path); err != nil {
			return err
		}
		r.Sets = append(r.Sets, f)
	}
	models, err := c.models(ctx, sets)
	if err != nil {
		return err
	}
	for i, pages := range sets {
		if r.Sets[i].Figures, err = c.score(ctx, pages, models); err != nil {
			return err
		}
	}
	return in.report(r, c.JSON, r.write)
}

// pageLines reads labelled pages and tells the broken ones.
func (in *evalReader) pageLines(path string) ([]corpus.PageLines, error) {
	pages, err := corpus.ReadPageLines(path)
	return pages, in.sound(pages != nil, err)
}

// foldOf is the part of a site in cross-validation.
func foldOf(site string, n int) int {
	h := fnv.New64a()
	h.Write([]byte(site))
	return int(h.Sum64() % uint64(n))
}

// models are the models that score, one for each part of the sites; a single one when
// there is no cross-validation, nil for the embedded one.
func (c *EvalLinesCmd) models(ctx context.Context, sets [][]corpus.PageLines) ([]*page.LineModel, error) {
	if c.CrossValidate == 0 {
		if c.Model == "" {
			return []*page.LineModel{nil}, nil
		}
		b, err := os.ReadFile(c.Model)
		if err != nil {
			return nil, &quoth.Error{Code: quoth.NotFound, Message: "the line model cannot be read: " + err.Error(), Err: err}
		}
		m, err := page.OpenLineModel(b)
		return []*page.LineModel{m}, err
	}
	models, errs := make([]*page.LineModel, c.CrossValidate), make([]error, c.CrossValidate)
	err := eachDoc(ctx, c.Jobs, c.CrossValidate, func(k int) {
		var pages []page.LabelledPage
		for _, set := range sets {
			for _, p := range set {
				if foldOf(p.Site, c.CrossValidate) != k {
					pages = append(pages, labelledPage(p))
				}
			}
		}
		b, err := page.TrainLines(pages, page.LineOptions{Seed: c.Seed}, nil)
		if err == nil {
			models[k], err = page.OpenLineModel(b)
		}
		errs[k] = err
	})
	return models, errors.Join(append(errs, err)...)
}

// score reads pages and compares.
func (c *EvalLinesCmd) score(ctx context.Context, pages []corpus.PageLines, models []*page.LineModel) (eval.LineFigures, error) {
	got, errs := make([][]quoth.BlockKind, len(pages)), make([]error, len(pages))
	err := eachDoc(ctx, c.Jobs, len(pages), func(i int) {
		if c.isIn(pages[i]) {
			got[i], errs[i] = readKinds(pages[i], models[foldOf(pages[i].Site, len(models))])
		}
	})
	if err = errors.Join(append(errs, err)...); err != nil {
		return eval.LineFigures{}, err
	}
	var s eval.LineScore
	for i, p := range pages {
		if c.isIn(p) {
			s.Add(p.Lines, p.Kinds, got[i])
		}
	}
	return s.Figures(), nil
}

func (c *EvalLinesCmd) isIn(p corpus.PageLines) bool {
	return len(c.Sources) == 0 || slices.Contains(c.Sources, p.Source)
}

// readKinds reads a page as plain text and says what became of each line: the kind of
// most of its bytes.
func readKinds(p corpus.PageLines, model *page.LineModel) ([]quoth.BlockKind, error) {
	text := strings.Join(p.Lines, "\n")
	a, err := page.New(page.Options{Format: page.Text, Lines: model, MaxBytes: -1}).Record(page.Record{ID: p.ID, Text: text})
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", p.ID, err)
	}
	kinds := make([]quoth.BlockKind, len(p.Lines))
	at, b := 0, 0
	for i, line := range p.Lines {
		span := quoth.Span{Start: at, End: at + len(line)}
		at = span.End + 1
		most := 0
		for b < len(a.Blocks) && a.Blocks[b].Span.End <= span.Start {
			b++
		}
		for k := b; k < len(a.Blocks) && a.Blocks[k].Span.Start < span.End; k++ {
			block := a.Blocks[k].Span
			if n := min(block.End, span.End) - max(block.Start, span.Start); n > most {
				most, kinds[i] = n, a.Blocks[k].Kind
			}
		}
	}
	return kinds, nil
}

// write writes the report for people, in per cent.
func (r *linesReport) write(w io.Writer) error {
	buffered := bufio.NewWriter(w)
	for i, f := range r.Sets {
		if i > 0 {
			fmt.Fprintln(buffered)
		}
		fmt.Fprintf(buffered, "gold       %s, %d pages, sha256 %.12s\n", f.Gold.Name, f.Figures.Pages, f.Gold.SHA256)
		if r.CrossValidate > 0 {
			fmt.Fprintf(buffered, "model      trained on the other sites, %d times\n", r.CrossValidate)
		}
		fmt.Fprintln(buffered)
		t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintf(t, "lines of body: P / R / F1\t%.1f / %.1f / %.1f\t\n", 100*f.Figures.P, 100*f.Figures.R, 100*f.Figures.F1)
		fmt.Fprintf(t, "words of body kept\t%.1f\t\n", 100*f.Figures.Words)
		fmt.Fprintf(t, "furniture kept out\t%.1f\t\n", 100*f.Figures.Furniture)
		fmt.Fprintf(t, "furniture of the right kind\t%.1f\t\n", 100*f.Figures.Typed)
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return buffered.Flush()
}
