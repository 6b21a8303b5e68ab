package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/nlp"
	"quoth/nlp/tokenize"
)

// EvalStanceCmd is `quoth eval stance`.
type EvalStanceCmd struct {
	Gold []string `arg:"" name:"GOLD.jsonl" help:"Sentences with targets and how readers took them, as NewsMTSC; .gz too."`

	JSON  bool     `name:"json" help:"Write one JSON object with gold sets, sha256, model and figures."`
	Model string   `placeholder:"DIR" help:"Folder of the model to score, as quoth train writes it, instead of the embedded one."`
	Jobs  jobCount `default:"0" help:"Sentences read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval stance` below the flags.
func (c *EvalStanceCmd) Help() string {
	return `For every mention that gold has, the most likely label is scored, however unlikely: macro F1 is the mean over critical, neutral and supportive. "told" are those confident enough to be shown in statements, and how many of them are right.

Example:

	quoth eval stance devtest_mt.jsonl.gz`
}

// stanceReport is what --json writes.
type stanceReport struct {
	Task  string       `json:"task"`
	Model evalModel    `json:"model"`
	Sets  []stanceFile `json:"sets"`
}

type stanceFile struct {
	Gold     evalFile           `json:"gold"`
	Problems int                `json:"problems"` // broken lines and targets left out
	Figures  eval.StanceFigures `json:"figures"`
}

// stancePredictor is a stage that tells stances.
type stancePredictor interface {
	Predict(d *nlp.Doc, sentence, target nlp.TokenRange) (quoth.Stance, bool)
}

// Run scores and writes to standard output.
func (c *EvalStanceCmd) Run(ctx context.Context, env *Env) error {
	stages, model, err := env.stages(c.Model)
	if err != nil {
		return err
	}
	var predictor stancePredictor
	for _, s := range stages {
		if p, ok := s.(stancePredictor); ok {
			predictor = p
		}
	}
	if predictor == nil {
		return &quoth.Error{Code: quoth.NotFound, Message: "the model tells no stances", Hint: "train the stance step"}
	}
	stages = stagesFor(stages, nlp.Tags|nlp.Lemmas|nlp.Heads)
	in := evalReader{env: env}
	r := &stanceReport{Task: "stance", Model: model}
	for _, path := range c.Gold {
		f := stanceFile{Gold: evalFile{Name: path}}
		before := in.problems
		sentences, err := in.stances(path)
		if err != nil {
			return err
		}
		f.Problems = in.problems - before
		if f.Gold.SHA256, err = sumFile(path); err != nil {
			return err
		}
		docs := make([]*nlp.Doc, len(sentences))
		err = eachDoc(ctx, c.Jobs, len(docs), func(i int) {
			docs[i] = sentenceDoc(sentences[i].Text)
			tokenize.Stage{}.Run(docs[i])
			runAll(docs[i], stages)
		})
		if err != nil {
			return err
		}
		var score eval.StanceScore
		for i, s := range sentences {
			for _, to := range s.Targets {
				target := docs[i].TokensIn(to.Span)
				got, isTold := quoth.Stance{Label: quoth.Neutral}, false
				if target.Len() > 0 {
					got, isTold = predictor.Predict(docs[i], nlp.TokenRange{Past: len(docs[i].Tokens)}, target)
				}
				score.Add(to.Label, got.Label, isTold)
			}
		}
		f.Figures = score.Figures()
		r.Sets = append(r.Sets, f)
	}
	return in.report(r, c.JSON, func(w io.Writer) error { return r.write(w, modelName(c.Model)) })
}

// write writes the figures for people.
func (r *stanceReport) write(w io.Writer, model string) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	for _, f := range r.Sets {
		fmt.Fprintf(t, "%s, %s, %s\t\t\t\t\t\t\t\n", f.Gold.Name, plural(f.Figures.Targets, "target"), model)
		fmt.Fprint(t, "\tgold\tP\tR\tF1\ttold\tright\t\n")
		for _, l := range f.Figures.Labels {
			fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\t%.1f\t%d\t%.1f\t\n", l.Label, l.Gold, 100*l.P, 100*l.R, 100*l.F1, l.Told, 100*l.ToldRight)
		}
		fmt.Fprintf(t, "macro F1\t\t\t\t%.1f\t%d\t%.1f\t\n", 100*f.Figures.MacroF1, f.Figures.Told, 100*f.Figures.ToldRight)
	}
	return t.Flush()
}

// stances reads a gold file and warns of what is broken in it.
func (in *evalReader) stances(path string) ([]corpus.StanceSentence, error) {
	s, err := corpus.ReadStances(path)
	return s, in.sound(s != nil, err)
}
