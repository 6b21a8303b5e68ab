package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"unicode/utf8"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/page"
)

// EvalStatementsCmd is `quoth eval statements`.
type EvalStatementsCmd struct {
	Gold string `arg:"" name:"gold" help:"Gold file: JSON lines (.gz too) of articles with statements."`

	TextsFlags `embed:""`
	Given      bool     `help:"Take gold's attributions for found: figures for speaker, time, medium and target alone."`
	Errors     bool     `help:"Write what is wrong of every statement that was found, one JSON object a line, instead of figures."`
	JSON       bool     `name:"json" help:"Write one JSON object with gold set, model and figures."`
	Model      string   `placeholder:"DIR" help:"Folder of the model, as quoth train writes it, instead of the embedded one."`
	Jobs       jobCount `default:"0" help:"Articles read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval statements` below the flags.
func (c *EvalStatementsCmd) Help() string {
	return `A gold and a predicted statement are the same when their contents share at least half of their joint words. Time, medium, venue and target are scored on those.

Example:

	quoth eval statements statements-gold/dev.jsonl.gz
	quoth eval statements --texts allsides-2012-2020.txt.gz recipes/news/statements.jsonl`
}

// statementsReport is what --json writes.
type statementsReport struct {
	Task     string                `json:"task"`
	Model    evalModel             `json:"model"`
	Gold     evalFile              `json:"gold"`
	Given    bool                  `json:"given"`
	Problems int                   `json:"problems"`
	Figures  eval.StatementFigures `json:"figures"`
}

// giver is implemented by analyzers that take attributions for found.
type giver interface {
	AnalyzeGiven(quoth.Article, []quoth.Attribution) ([]quoth.Statement, error)
}

// Run scores and writes to standard output.
func (c *EvalStatementsCmd) Run(ctx context.Context, env *Env) error {
	var texts []string
	if c.Texts != "" {
		texts = []string{c.Texts}
	}
	docs, err := corpus.ReadStatements(c.Gold, texts...)
	in := evalReader{env: env}
	if err := in.sound(docs != nil, err); err != nil {
		return err
	}
	analyzer, err := env.analyzer(c.Model)
	if err != nil {
		return err
	}
	r := &statementsReport{Task: "statements", Model: modelOf(analyzer), Gold: evalFile{Name: c.Gold}, Given: c.Given, Problems: in.problems}
	if r.Gold.SHA256, err = sumFile(c.Gold); err != nil {
		return err
	}
	predicted, err := c.read(ctx, analyzer, docs)
	if err != nil {
		return err
	}
	var score eval.StatementScore
	for i, d := range docs {
		gold := goldStatements(d)
		score.Add(d.Text, gold, predicted[i])
		if c.Errors {
			if err := writeStatementErrors(env.Stdout, d, gold, predicted[i]); err != nil {
				return fmt.Errorf("write errors: %w", err)
			}
		}
	}
	r.Figures = score.Figures()
	if c.Errors {
		return in.problemsError()
	}
	return in.report(r, c.JSON, func(w io.Writer) error { return r.write(w, modelName(c.Model)) })
}

// read lets the model read the articles, as clean text.
func (c *EvalStatementsCmd) read(ctx context.Context, analyzer quoth.Analyzer, docs []corpus.StatementDoc) ([][]quoth.Statement, error) {
	g, ok := analyzer.(giver)
	if c.Given && !ok {
		return nil, &quoth.Error{Code: quoth.Internal, Message: "the model takes no attributions for found"}
	}
	out, errs := make([][]quoth.Statement, len(docs)), make([]error, len(docs))
	err := eachDoc(ctx, c.Jobs, len(docs), func(i int) {
		d := docs[i]
		article, err := cleanArticle(page.Record{ID: d.ID, Title: d.Title, Date: d.Date, Text: d.Text})
		switch {
		case err != nil:
			errs[i] = fmt.Errorf("read %s: %w", d.ID, err)
		case c.Given:
			out[i], errs[i] = g.AnalyzeGiven(article, d.Gold())
		default:
			out[i], errs[i] = analyzer.Analyze(article)
		}
	})
	return out, errors.Join(err, errors.Join(errs...))
}

// goldStatements are the statements of d as the scorer takes them.
func goldStatements(d corpus.StatementDoc) []eval.GoldStatement {
	out := make([]eval.GoldStatement, len(d.Statements))
	for i, at := range d.Gold() {
		s := d.Statements[i]
		out[i] = eval.GoldStatement{Attribution: at, Speaker: s.Speaker, SpeakerKind: s.SpeakerKind, Said: s.Said, Medium: s.Medium,
			Venue: s.Venue, About: s.About, Kind: s.Kind}
	}
	return out
}

// statementError is a line of --errors: each field gold and predicted, null where both are the same.
type statementError struct {
	ID      string       `json:"id"`
	Source  string       `json:"source"`
	Cue     string       `json:"cue"`
	Content string       `json:"content"` // its first 200 bytes
	Speaker *[2]string   `json:"speaker"`
	Said    *[2]string   `json:"said"`
	Told    string       `json:"told,omitempty"` // the words that told the predicted time
	Medium  *[2]string   `json:"medium"`
	Venue   *[2]string   `json:"venue"`
	About   *[2][]string `json:"about"`
}

// writeStatementErrors writes what is not as gold has it.
func writeStatementErrors(w io.Writer, d corpus.StatementDoc, gold []eval.GoldStatement, predicted []quoth.Statement) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i, j := range eval.MatchStatements(d.Text, gold, predicted) {
		if j < 0 {
			continue
		}
		g, p := gold[i], predicted[j]
		out := statementError{ID: d.ID, Source: roleText(p.Source), Cue: roleText(p.Cue), Content: roleText(p.Content)}
		var speaker, said, venue string
		var about []string
		if p.Speaker != nil {
			speaker = p.Speaker.Name
		}
		if p.Said != nil {
			said = p.Said.EDTF
		}
		if p.Venue != nil {
			venue = p.Venue.Name
		}
		for _, t := range p.About {
			about = append(about, t.Name)
		}
		out.Speaker, out.Said, out.Medium, out.Venue = unlike(g.Speaker, speaker), unlike(g.Said, said), unlike(g.Medium, p.Medium), unlike(g.Venue, venue)
		if out.Said != nil && p.Said != nil {
			out.Told = p.Said.Text
		}
		if !slices.Equal(slices.Sorted(slices.Values(g.About)), slices.Sorted(slices.Values(about))) {
			out.About = &[2][]string{g.About, about}
		}
		if out.Speaker == nil && out.Said == nil && out.Medium == nil && out.Venue == nil && out.About == nil {
			continue
		}
		if err := e.Encode(out); err != nil {
			return err
		}
	}
	return nil
}

// unlike is gold and predicted, nil when they are the same.
func unlike(gold, predicted string) *[2]string {
	if gold == predicted {
		return nil
	}
	return &[2]string{gold, predicted}
}

// roleText is the beginning of a role's text.
func roleText(r *quoth.Role) string {
	if r == nil {
		return ""
	}
	const most = 200
	end := min(len(r.Text), most)
	for end < len(r.Text) && !utf8.RuneStart(r.Text[end]) {
		end++
	}
	return r.Text[:end]
}

// write writes the report for people, in per cent.
func (r *statementsReport) write(w io.Writer, model string) error {
	buffered := bufio.NewWriter(w)
	f := r.Figures
	fmt.Fprintf(buffered, "model      %s\ngold       %s, %d articles, %d statements, sha256 %.12s; %d predicted\n\n", describeModel(model, r.Model), r.Gold.Name, f.Articles, f.Gold, r.Gold.SHA256, f.Predicted)
	t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\tP\tR\tF1\t")
	accuracy := func(name string, a eval.Accuracy) { fmt.Fprintf(t, "%-15s\t\t\t%.1f\t\n", name, 100*a.Share()) }
	row := func(name string, p eval.PRF) {
		fmt.Fprintf(t, "%-15s\t%.1f\t%.1f\t%.1f\t\n", name, 100*p.P, 100*p.R, 100*p.F1)
	}
	accuracy("found", f.Found)
	accuracy("speaker", f.Speaker)
	accuracy("speaker, any", f.SpeakerAny)
	row("speaker F1", f.SpeakerF1)
	row("said", f.Said)
	row("said, near", f.SaidNear)
	row("medium", f.Medium)
	row("venue", f.Venue)
	row("about", f.About)
	accuracy("kind", f.Kind)
	if err := t.Flush(); err != nil {
		return err
	}
	return buffered.Flush()
}
