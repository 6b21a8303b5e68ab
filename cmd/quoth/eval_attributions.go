package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/page"
)

// EvalAttributionsCmd is `quoth eval attributions`.
type EvalAttributionsCmd struct {
	Gold string `arg:"" name:"gold" help:"Gold file: JSON lines (.gz too), a brat folder or .ann file."`
	Pred string `arg:"" name:"pred" optional:"" help:"Predictions: as 'quoth read --to jsonl' writes them, other JSON lines, brat, or - for standard input. Without them the embedded model reads the gold texts."`

	Human   bool     `help:"Score every pair of annotators of the articles that several annotated: what one person reaches against another."`
	JSON    bool     `name:"json" help:"Write one JSON object with gold set, sha256, figures and intervals."`
	Samples int      `default:"1000" help:"Bootstrap samples for the 95 % intervals; 0 leaves them out."`
	Seed    uint64   `default:"1" help:"Seed of the bootstrap."`
	Jobs    jobCount `default:"0" help:"Articles read at once when a model predicts; 0 is one per core."`
	Model   string   `placeholder:"DIR" help:"Folder of the model that predicts, as quoth train writes it, instead of the embedded one."`

	Trees      string `placeholder:"FILE" help:"The gold file gives words of this treebank, in CoNLL-U (.gz too), as GUM's attributions do."`
	TextsFlags `embed:""`

	Publishers bool `help:"Figures for the articles of each publisher as well."`
	Mistakes   int  `placeholder:"N" help:"Instead of figures, write how many mistakes of each kind there are, and N of them, drawn by --seed, with the text around them."`
}

// Help is the text of 'quoth help eval attributions' below the flags.
func (c *EvalAttributionsCmd) Help() string {
	return `Predictions with confidences are sorted into ten bins by them: how many there are, their mean confidence and the share that is right, as "linked" counts it. In the bar, # is the share and | the mean confidence.

Gold of tokens with BIO labels (the form of CofeNet) does not say which pieces belong together: of its figures only those of tokens, pieces and alpha mean something.

Examples:

	quoth eval attributions dev.jsonl.gz
	quoth eval attributions --publishers dev.jsonl.gz
	quoth eval attributions --mistakes 100 --seed 1 dev.jsonl.gz > mistakes.txt
	quoth eval attributions --trees gum-dev.conllu.gz gum-attribution.jsonl.gz
	quoth eval attributions --texts allsides-2012-2020.txt.gz recipes/news/dev.jsonl`
}

// evalReport is what --json writes.
type evalReport struct {
	Task        string                   `json:"task"`
	Gold        evalInput                `json:"gold"`
	Predicted   *evalInput               `json:"predicted"` // null with --human
	N           int                      `json:"n"`         // articles scored
	Missing     int                      `json:"missing"`   // gold articles without prediction
	Problems    int                      `json:"problems"`  // broken records left out
	Figures     eval.AttributionFigures  `json:"figures"`
	Intervals   *evalIntervals           `json:"intervals"`
	Calibration *eval.CalibrationFigures `json:"calibration"` // null when predictions carry no confidence
	Publishers  []publisherFigures       `json:"publishers,omitempty"`
}

// publisherFigures are those over the articles of one publisher.
type publisherFigures struct {
	Publisher    string                  `json:"publisher"`
	N            int                     `json:"n"`            // articles
	Attributions int                     `json:"attributions"` // gold ones
	Figures      eval.AttributionFigures `json:"figures"`
	Intervals    map[string][2]float64   `json:"intervals"` // as of the whole; null without samples
}

// evalInput is one side. SHA256 of a folder is that over the names and sums of the
// files in it; it is "" for what the embedded model predicted.
type evalInput struct {
	Name         string `json:"name"`
	SHA256       string `json:"sha256,omitempty"`
	Attributions int    `json:"attributions"`
}

type evalIntervals struct {
	Level   float64               `json:"level"`
	Samples int                   `json:"samples"`
	Seed    uint64                `json:"seed"`
	Figures map[string][2]float64 `json:"figures"`
}

// Run scores and writes to standard output. Broken records are told on standard
// error; the figures come without them, and the exit status is 1.
func (c *EvalAttributionsCmd) Run(ctx context.Context, env *Env) error {
	if c.Human && c.Pred != "" {
		return &misuseError{"--human takes no predictions", "leave out " + c.Pred}
	}
	if c.Mistakes != 0 && (c.Human || c.JSON || c.Mistakes < 0) {
		return &misuseError{"--mistakes writes a number of mistakes of a program as text", "leave out --human and --json, and give a number above 0"}
	}
	if c.Human && c.Publishers {
		return &misuseError{"--publishers is for predictions", "leave out --human"}
	}
	if c.Gold == stdinName && c.Pred == stdinName {
		return &misuseError{"gold and predictions cannot both come from standard input", "put one into a file"}
	}
	if c.Trees != "" && c.Texts != "" {
		return &misuseError{"--trees and --texts are for two kinds of gold", "leave out one"}
	}
	in := evalReader{env: env}
	gold, sum, err := in.gold(c.Gold, c.Trees, c.Texts)
	if err != nil {
		return err
	}
	r := &evalReport{Task: "attributions", Gold: evalInput{Name: c.Gold, SHA256: sum}}
	if c.Human {
		return c.human(&in, r, gold)
	}
	return c.against(ctx, &in, r, gold)
}

// fill copies what the score knows into the report.
func (c *EvalAttributionsCmd) fill(r *evalReport, score *eval.AttributionScore, problems int) {
	r.N, r.Problems, r.Figures = score.N(), problems, score.Figures()
	r.Gold.Attributions = score.Gold()
	if r.Predicted != nil {
		r.Predicted.Attributions = score.Predicted()
	}
	if c.Samples > 0 {
		r.Intervals = &evalIntervals{intervalLevel, c.Samples, c.Seed, score.Intervals(c.Samples, intervalLevel, c.Seed)}
	}
}

// human scores annotators against one another and writes the figures.
func (c *EvalAttributionsCmd) human(in *evalReader, r *evalReport, gold []corpus.AttributionDoc) error {
	score, err := scoreHuman(gold)
	if err != nil {
		return err
	}
	c.fill(r, score, in.problems)
	return in.report(r, c.JSON, r.write)
}

// against scores predictions, read or made, and writes the figures or the mistakes.
func (c *EvalAttributionsCmd) against(ctx context.Context, in *evalReader, r *evalReport, gold []corpus.AttributionDoc) error {
	predicted, err := c.predict(ctx, in, r, gold)
	if err != nil {
		return err
	}
	if c.Mistakes > 0 {
		if err := writeMistakes(in.env.Stdout, gold, predicted, c.Mistakes, c.Seed); err != nil {
			return fmt.Errorf("write mistakes: %w", err)
		}
		return in.problemsError()
	}
	score, guesses := scorePairs(gold, predicted)
	if len(guesses) > 0 {
		f := eval.Calibration(guesses, 10)
		r.Calibration = &f
	}
	if c.Publishers {
		r.Publishers = c.byPublisher(gold, predicted)
	}
	c.fill(r, score, in.problems)
	return in.report(r, c.JSON, r.write)
}

// byPublisher scores the articles of each publisher, in the order of their names.
func (c *EvalAttributionsCmd) byPublisher(gold []corpus.AttributionDoc, predicted []corpus.Annotation) []publisherFigures {
	scores := map[string]*eval.AttributionScore{}
	for i, d := range gold {
		if scores[d.Publisher] == nil {
			scores[d.Publisher] = &eval.AttributionScore{}
		}
		scores[d.Publisher].Add(attributionPair(d, predicted[i]))
	}
	var out []publisherFigures
	for _, name := range slices.Sorted(maps.Keys(scores)) {
		s := scores[name]
		f := publisherFigures{Publisher: name, N: s.N(), Attributions: s.Gold(), Figures: s.Figures()}
		if c.Samples > 0 {
			f.Intervals = s.Intervals(c.Samples, intervalLevel, c.Seed)
		}
		out = append(out, f)
	}
	return out
}

// scoreHuman scores annotators against one another.
func scoreHuman(gold []corpus.AttributionDoc) (*eval.AttributionScore, error) {
	score := &eval.AttributionScore{}
	for _, d := range gold {
		var all [][]quoth.Attribution
		for _, an := range d.Annotations {
			all = append(all, an.Attributions)
		}
		score.AddHuman(d.ID, d.Text, all)
	}
	if score.N() == 0 {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "no article has more than one annotator", Hint: "leave out --human"}
	}
	return score, nil
}

// predict returns the predictions, read or made, parallel to gold.
func (c *EvalAttributionsCmd) predict(ctx context.Context, in *evalReader, r *evalReport, gold []corpus.AttributionDoc) ([]corpus.Annotation, error) {
	for _, d := range gold {
		if d.Text == "" {
			return nil, &quoth.Error{Code: quoth.Invalid, Message: "gold article " + d.ID + " of " + c.Gold + " has no text",
				Hint: "the gold file comes first, the predictions second"}
		}
	}
	if c.Pred == "" {
		r.Predicted = &evalInput{Name: modelName(c.Model)}
		return c.analyzeGold(ctx, in.env, gold)
	}
	r.Predicted = &evalInput{Name: c.Pred}
	predicted, missing, err := in.predictions(c.Pred, gold, r.Predicted)
	r.Missing = missing
	return predicted, err
}

// attributionPair is d with what was predicted for it.
func attributionPair(d corpus.AttributionDoc, predicted corpus.Annotation) eval.AttributionPair {
	return eval.AttributionPair{ID: d.ID, Text: d.Text, Gold: d.Gold(), Predicted: predicted.Attributions}
}

// scorePairs scores gold articles and the predictions parallel to them, and gathers
// the confidences of those that have them.
func scorePairs(gold []corpus.AttributionDoc, predicted []corpus.Annotation) (*eval.AttributionScore, []eval.Guess) {
	score := &eval.AttributionScore{}
	var guesses []eval.Guess
	for i, d := range gold {
		pair := attributionPair(d, predicted[i])
		score.Add(pair)
		if predicted[i].Confidences == nil {
			continue
		}
		for k, right := range eval.Linked(pair) {
			guesses = append(guesses, eval.Guess{Confidence: predicted[i].Confidences[k], IsRight: right})
		}
	}
	return score, guesses
}

// analyzeGold lets the model read the texts of gold as clean ones: every line is body.
func (c *EvalAttributionsCmd) analyzeGold(ctx context.Context, env *Env, gold []corpus.AttributionDoc) ([]corpus.Annotation, error) {
	analyzer, err := env.analyzer(c.Model)
	if err != nil {
		return nil, err
	}
	out, errs := make([]corpus.Annotation, len(gold)), make([]error, len(gold))
	if err := eachDoc(ctx, c.Jobs, len(gold), func(i int) { out[i], errs[i] = analyzeDoc(analyzer, gold[i]) }); err != nil {
		return nil, err
	}
	return out, errors.Join(errs...)
}

// analyzeDoc lets the model read one text.
func analyzeDoc(analyzer quoth.Analyzer, d corpus.AttributionDoc) (corpus.Annotation, error) {
	article, err := cleanArticle(page.Record{ID: d.ID, Title: d.Title, Date: d.Date, Text: d.Text})
	if err != nil {
		return corpus.Annotation{}, fmt.Errorf("read %s: %w", d.ID, err)
	}
	statements, err := analyzer.Analyze(article)
	if err != nil {
		return corpus.Annotation{}, fmt.Errorf("analyse %s: %w", d.ID, err)
	}
	an := corpus.Annotation{Confidences: make([]float64, 0, len(statements))}
	spans := func(r *quoth.Role) []quoth.Span {
		if r == nil {
			return nil
		}
		return r.Spans
	}
	for _, s := range statements {
		an.Attributions = append(an.Attributions, quoth.Attribution{Source: spans(s.Source), Cue: spans(s.Cue), Content: spans(s.Content)})
		an.Confidences = append(an.Confidences, s.Confidence)
	}
	return an, nil
}

// write writes the report for people.
func (r *evalReport) write(w io.Writer) error {
	buffered := bufio.NewWriter(w)
	fmt.Fprintf(buffered, "gold       %s, %d articles, %d attributions, sha256 %.12s\n", r.Gold.Name, r.N, r.Gold.Attributions, r.Gold.SHA256)
	if r.Predicted != nil {
		fmt.Fprintf(buffered, "predicted  %s, %d attributions", r.Predicted.Name, r.Predicted.Attributions)
		if r.Predicted.SHA256 != "" {
			fmt.Fprintf(buffered, ", sha256 %.12s", r.Predicted.SHA256)
		}
		fmt.Fprintln(buffered)
	} else {
		fmt.Fprintln(buffered, "predicted  every other annotator of the same article")
	}
	fmt.Fprintln(buffered)
	if err := writeFigures(buffered, r); err != nil {
		return err
	}
	if r.Calibration != nil {
		fmt.Fprintf(buffered, "\nconfidence: %d statements, expected calibration error %.1f, Brier score %.3f\n",
			r.Calibration.N, 100*r.Calibration.ECE, r.Calibration.Brier)
		if err := writeBins(buffered, r.Calibration.Bins); err != nil {
			return err
		}
	}
	if err := writePublishers(buffered, r.Publishers); err != nil {
		return err
	}
	return buffered.Flush()
}

// barWidth is the width of the bars of the reliability diagram.
const barWidth = 40

// writeBins writes the reliability diagram: the share of right ones in each bin as a bar,
// and a mark at the mean confidence. Where confidences can be taken at their word, the
// bar ends at the mark.
func writeBins(w io.Writer, bins []eval.CalibrationBin) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "bin\tn\tconfidence\tright\t")
	for _, b := range bins {
		if b.N == 0 {
			fmt.Fprintf(t, "%.1f – %.1f\t0\t\t\t\n", b.From, b.To)
			continue
		}
		bar := []byte(fmt.Sprintf("%-*s", barWidth+1, strings.Repeat("#", int(barWidth*b.Right+0.5))))
		bar[int(barWidth*b.Confidence+0.5)] = '|'
		fmt.Fprintf(t, "%.1f – %.1f\t%d\t%.1f\t%.1f\t  %s\n", b.From, b.To, b.N, 100*b.Confidence, 100*b.Right, bytes.TrimRight(bar, " "))
	}
	return t.Flush()
}

// writePublishers writes the main figures for each publisher, with the intervals of
// alpha and linked F1.
func writePublishers(w io.Writer, all []publisherFigures) error {
	if len(all) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "publisher\tarticles\tgold\talpha\t\tlinked\t\tstrict\tdirect found\tdirect source\t")
	for _, p := range all {
		interval := func(name string) string {
			i, ok := p.Intervals[name]
			if !ok {
				return ""
			}
			return fmt.Sprintf("%.1f – %.1f", 100*i[0], 100*i[1])
		}
		f := p.Figures
		fmt.Fprintf(t, "%s\t%d\t%d\t%.1f\t%s\t%.1f\t%s\t%.1f\t%.1f\t%.1f\t\n", cmp.Or(p.Publisher, "unknown"), p.N, p.Attributions,
			100*f.Alpha, interval("alpha"), 100*f.Linked.F1, interval("linked"), 100*f.Strict.F1, 100*f.DirectFound, 100*f.DirectSource)
	}
	return t.Flush()
}

// writeFigures writes the table: precision, recall and F1 in per cent, or one figure,
// and the interval of the last.
func writeFigures(w io.Writer, r *evalReport) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	head := "\tP\tR\tF1\t"
	if r.Intervals != nil {
		head += fmt.Sprintf("%.0f %% interval\t", 100*r.Intervals.Level)
	}
	fmt.Fprintln(t, head)
	for _, f := range r.Figures.List() {
		// Names stand left in a column that is aligned right.
		row := fmt.Sprintf("%-15s\t", f.Name)
		if f.IsPRF {
			row += fmt.Sprintf("%.1f\t%.1f\t%.1f\t", 100*f.PRF.P, 100*f.PRF.R, 100*f.PRF.F1)
		} else {
			row += fmt.Sprintf("\t\t%.1f\t", 100*f.Value)
		}
		if r.Intervals != nil {
			i := r.Intervals.Figures[f.Name]
			row += fmt.Sprintf("%.1f – %.1f\t", 100*i[0], 100*i[1])
		}
		fmt.Fprintln(t, row)
	}
	return t.Flush()
}
