package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/nlp"
	"quoth/nlp/tokenize"
)

// EvalTimexCmd is `quoth eval timex`.
type EvalTimexCmd struct {
	Gold []string `arg:"" name:"GOLD" help:"Files or folders of TimeML (.tml) or TIMEX2 (.xml), treebanks with dates (.conllu), or the unit cases of Recognizers-Text (.json)."`

	Skip    string   `placeholder:"PREFIX" help:"Leave out the texts whose names begin so."`
	Undated bool     `help:"Read the texts as if their dates were not known: for histories, whose dates count from one another and not from the day of writing."`
	Errors  bool     `help:"Write every expression that is missed, wrong or too many, and every unit case that fails, one a line, instead of figures."`
	JSON    bool     `name:"json" help:"Write one JSON object with gold sets, model and figures."`
	Model   string   `placeholder:"DIR" help:"Folder of the model for tags and trees, as quoth train writes it, instead of the embedded one."`
	Jobs    jobCount `default:"0" help:"Documents read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval timex` below the flags.
func (c *EvalTimexCmd) Help() string {
	return `The figures are those of TempEval-3: relaxed counts what overlaps, strict the same bytes; value and type are relaxed where the TIMEX3 value, or the type, is the same too. GUM marks dates alone, no durations and no sets, so that of its figures only recall tells.

Examples:

	quoth eval timex --undated wikiwars-tagged
	quoth eval timex gum-dev.conllu.gz`
}

// timexReport is what --json writes.
type timexReport struct {
	Task    string      `json:"task"`
	Model   evalModel   `json:"model"`
	Undated bool        `json:"undated"`
	Sets    []timexFile `json:"sets"`
}

// timexFile are the figures of one set: Figures of annotated texts, Cases of unit cases.
type timexFile struct {
	Gold     string             `json:"gold"`
	Problems int                `json:"problems"`
	Figures  *eval.TimexFigures `json:"figures,omitempty"`
	Cases    []eval.CaseFigures `json:"cases,omitempty"`
}

// Run scores and writes to standard output.
func (c *EvalTimexCmd) Run(ctx context.Context, env *Env) error {
	stages, model, err := env.stages(c.Model)
	if err != nil {
		return err
	}
	in := evalReader{env: env}
	r := &timexReport{Task: "timex", Model: model, Undated: c.Undated}
	for _, path := range c.Gold {
		if isCases(path) {
			cases, err := c.scoreCases(ctx, env, path, stagesFor(stages, nlp.Timexes))
			if err != nil {
				return err
			}
			r.Sets = append(r.Sets, timexFile{Gold: path, Cases: cases})
			continue
		}
		before := in.problems
		docs, err := corpus.ReadTimexes(path)
		var problems corpus.Problems
		if docs != nil && errors.As(err, &problems) {
			in.tell(problems)
		} else if err != nil {
			return err
		}
		if c.Skip != "" {
			docs = slices.DeleteFunc(docs, func(d corpus.TimexDoc) bool { return strings.HasPrefix(d.ID, c.Skip) })
		}
		figures, err := c.score(ctx, env, docs, stagesFor(stages, nlp.Timexes))
		if err != nil {
			return err
		}
		r.Sets = append(r.Sets, timexFile{Gold: path, Problems: in.problems - before, Figures: &figures})
	}
	if c.Errors {
		return in.problemsError()
	}
	return in.report(r, c.JSON, func(w io.Writer) error { return r.write(w, modelName(c.Model)) })
}

// score reads docs and scores what is found.
func (c *EvalTimexCmd) score(ctx context.Context, env *Env, docs []corpus.TimexDoc, stages []nlp.Stage) (eval.TimexFigures, error) {
	gold, found := make([][]eval.Timex, len(docs)), make([][]eval.Timex, len(docs))
	err := eachDoc(ctx, c.Jobs, len(docs), func(i int) {
		for _, m := range docs[i].Timexes {
			gold[i] = append(gold[i], eval.Timex{Span: m.Span, Type: m.Type, Value: m.Value})
		}
		found[i] = eval.Timexes(c.read(docs[i], stages))
	})
	if err != nil {
		return eval.TimexFigures{}, err
	}
	var score eval.TimexScore
	for i, d := range docs {
		score.Add(gold[i], found[i])
		if c.Errors {
			if err := writeTimexErrors(env.Stdout, d, gold[i], found[i]); err != nil {
				return eval.TimexFigures{}, err
			}
		}
	}
	return score.Figures(), nil
}

// isCases reports whether path holds unit cases.
func isCases(path string) bool {
	if filepath.Ext(path) == ".json" {
		return true
	}
	found, err := filepath.Glob(filepath.Join(path, "*.json"))
	return err == nil && len(found) > 0
}

// scoreCases scores the unit cases at path.
func (c *EvalTimexCmd) scoreCases(ctx context.Context, env *Env, path string, stages []nlp.Stage) ([]eval.CaseFigures, error) {
	cases, err := corpus.ReadTimexCases(path)
	if err != nil {
		return nil, err
	}
	scored := make([]eval.TimexCase, len(cases))
	err = eachDoc(ctx, c.Jobs, len(cases), func(i int) {
		d := &nlp.Doc{Text: cases[i].Text, Blocks: paragraphs(cases[i].Text), DCT: cases[i].DCT}
		tokenize.Stage{}.Run(d)
		runAll(d, stages)
		scored[i].Text = d.Text
		for _, x := range d.Timexes {
			scored[i].Found = append(scored[i].Found, eval.FoundTimex{Span: d.Span(x.TokenRange), Value: x.Value, EDTF: x.EDTF})
		}
		for _, a := range cases[i].Expected {
			scored[i].Expected = append(scored[i].Expected, eval.TimexAnswer(a))
		}
	})
	if err == nil && c.Errors {
		err = writeCaseErrors(env.Stdout, cases, scored)
	}
	return eval.TimexCases(scored), err
}

// writeCaseErrors writes the cases that do not pass.
func writeCaseErrors(w io.Writer, cases []corpus.TimexCase, scored []eval.TimexCase) error {
	for i, c := range scored {
		verdict := c.Verdict()
		if verdict == eval.CasePassed {
			continue
		}
		line := fmt.Sprintf("%s\t%s\t%s\t%s\t", verdict, cases[i].File, cases[i].DCT.Format(time.DateOnly), c.Text)
		for _, a := range c.Expected {
			line += fmt.Sprintf("[%s] %s %s %v%v ", a.Text, a.Type, a.Timex, a.Values, a.Ranges)
		}
		line += "\t"
		for _, f := range c.Found {
			line += fmt.Sprintf("[%s] %s %s ", f.In(c.Text), f.Value, f.EDTF)
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// read finds the expressions of one text.
func (c *EvalTimexCmd) read(t corpus.TimexDoc, stages []nlp.Stage) *nlp.Doc {
	d := &nlp.Doc{Text: t.Text, Blocks: paragraphs(t.Text)}
	if len(t.DCT) >= 10 && !c.Undated {
		d.DCT, _ = time.Parse(time.DateOnly, t.DCT[:10])
	}
	tokenize.Stage{}.Run(d)
	return runAll(d, stages)
}

// writeTimexErrors writes what is not as gold has it: - missed, + too many, = found with
// another value.
func writeTimexErrors(w io.Writer, d corpus.TimexDoc, gold, found []eval.Timex) error {
	for _, e := range eval.TimexErrors(gold, found) {
		line := func(x *eval.Timex) string {
			if x == nil {
				return ""
			}
			return fmt.Sprintf("[%s] %s %s", strings.Join(strings.Fields(x.In(d.Text)), " "), x.Type, x.Value)
		}
		sign, at := "=", e.Found
		switch {
		case e.Found == nil:
			sign, at = "-", e.Gold
		case e.Gold == nil:
			sign = "+"
		}
		around := quoth.Span{Start: max(at.Start-60, 0), End: min(at.End+30, len(d.Text))}
		if _, err := fmt.Fprintf(w, "%s %s\tgold %s\tfound %s\t%s\n", sign, d.ID, line(e.Gold), line(e.Found), strings.ToValidUTF8(strings.Join(strings.Fields(around.In(d.Text)), " "), "")); err != nil {
			return err
		}
	}
	return nil
}

// write writes the report for people, in per cent.
func (r *timexReport) write(w io.Writer, model string) error {
	buffered := bufio.NewWriter(w)
	fmt.Fprintf(buffered, "model      %s\n", describeModel(model, r.Model))
	for _, s := range r.Sets {
		if s.Figures == nil {
			if err := writeCases(buffered, s); err != nil {
				return err
			}
			continue
		}
		f := s.Figures
		fmt.Fprintf(buffered, "\ngold       %s, %d documents, %d expressions; %d found\n\n", s.Gold, f.Documents, f.Gold, f.Predicted)
		t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(t, "\tP\tR\tF1\t")
		row := func(name string, p eval.PRF) {
			fmt.Fprintf(t, "%-15s\t%.1f\t%.1f\t%.1f\t\n", name, 100*p.P, 100*p.R, 100*p.F1)
		}
		row("relaxed", f.Relaxed)
		row("strict", f.Strict)
		row("value", f.Value)
		if f.Type != nil {
			row("type", *f.Type)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// writeCases writes the shares of unit cases that pass.
func writeCases(w io.Writer, s timexFile) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\ngold       %s\n\n", s.Gold)
	fmt.Fprintln(t, "\tcases\tpassed\tshare\tmissed\tvalue\ttoo many\t")
	all := eval.CaseFigures{Type: "all"}
	row := func(c eval.CaseFigures) {
		fmt.Fprintf(t, "%-15s\t%d\t%d\t%.1f\t%d\t%d\t%d\t\n", c.Type, c.Cases, c.Passed, 100*float64(c.Passed)/float64(max(c.Cases, 1)), c.Missed, c.Value, c.TooMany)
	}
	for _, c := range s.Cases {
		row(c)
		all.Cases, all.Passed, all.Missed = all.Cases+c.Cases, all.Passed+c.Passed, all.Missed+c.Missed
		all.Value, all.TooMany = all.Value+c.Value, all.TooMany+c.TooMany
	}
	row(all)
	return t.Flush()
}
