package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/page"
)

// EvalCmd is `quoth eval`: figures on a gold set, one subcommand a kind of gold.
type EvalCmd struct {
	Attributions EvalAttributionsCmd `cmd:"" help:"Score attributions: source, cue and content."`
	Words        EvalWordsCmd        `cmd:"" help:"Score words, sentences, tags, lemmas and trees on a treebank."`
	Pages        EvalPagesCmd        `cmd:"" help:"Score the body, title, authors and date of web pages."`
	Lines        EvalLinesCmd        `cmd:"" help:"Score the kinds of lines of crawled pages."`
	NER          EvalNERCmd          `cmd:"" name:"ner" help:"Score names: persons, organizations, places and so on."`
	Statements   EvalStatementsCmd   `cmd:"" help:"Score statements: speaker, time, medium and target."`
	Timex        EvalTimexCmd        `cmd:"" help:"Score time expressions and their values."`
	Coref        EvalCorefCmd        `cmd:"" help:"Score which names, descriptions and pronouns mean the same one (coreference)."`
	Corrections  EvalCorrectionsCmd  `cmd:"" help:"Score what editors had to correct."`
	Stance       EvalStanceCmd       `cmd:"" help:"Score how words sound towards those whom they are about."`
}

// TextsFlags is the flag of gold that is marked apart from its texts.
type TextsFlags struct {
	Texts string `placeholder:"FILE" help:"The texts of the gold articles stand in this file of raw news (.gz too), a paragraph a line below '# ID', as those of recipes/news do."`
}

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

// intervalLevel is the level of the confidence intervals.
const intervalLevel = 0.95

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
		err = c.human(env, r, gold, in.problems)
	} else {
		err = c.against(ctx, &in, r, gold)
	}
	if err != nil {
		return err
	}
	if in.problems > 0 {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%d broken records were left out of the figures", in.problems),
			Hint: "mend what the warnings name"}
	}
	return nil
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
func (c *EvalAttributionsCmd) human(env *Env, r *evalReport, gold []corpus.AttributionDoc, problems int) error {
	score, err := scoreHuman(gold)
	if err != nil {
		return err
	}
	c.fill(r, score, problems)
	return c.write(env, r)
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
		return nil
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
	return c.write(in.env, r)
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

func (c *EvalAttributionsCmd) write(env *Env, r *evalReport) error {
	if err := writeReport(env.Stdout, r, c.JSON); err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	return nil
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

// cleanArticle is a text as `quoth read --from jsonl --clean` reads it, taken for English.
func cleanArticle(r page.Record) (quoth.Article, error) {
	a, err := page.New(page.Options{Clean: true}).Record(r)
	a.Language = "en"
	return a, err
}

// paragraphs makes a paragraph of every line that is not blank.
func paragraphs(text string) []quoth.Block {
	var out []quoth.Block
	start := 0
	for line := range strings.Lines(text) {
		if bare := strings.TrimSpace(line); bare != "" {
			b := start + strings.Index(line, bare)
			out = append(out, quoth.Block{Kind: quoth.Paragraph, Span: quoth.Span{Start: b, End: b + len(bare)}})
		}
		start += len(line)
	}
	return out
}

// evalReader reads inputs, tells broken records and counts them.
type evalReader struct {
	env      *Env
	problems int
}

// maxTold is how many broken records of an input are named; the rest is counted.
const maxTold = 10

// tell names problems on standard error.
func (in *evalReader) tell(problems corpus.Problems) {
	in.problems += len(problems)
	for i, p := range problems {
		if i == maxTold {
			in.env.say("warning", fmt.Sprintf("and %d more", len(problems)-maxTold))
			return
		}
		in.env.say("warning", p.String())
	}
}

// sound tells the problems that err is, when there are records beside them, and returns any other error.
func (in *evalReader) sound(some bool, err error) error {
	var problems corpus.Problems
	if !some || !errors.As(err, &problems) {
		return err
	}
	in.tell(problems)
	return nil
}

// read returns the articles at path, "-" for standard input, and the sha256 of what
// was read.
func (in *evalReader) read(path string) (docs []corpus.AttributionDoc, sum string, err error) {
	if path == stdinName {
		hash := sha256.New()
		docs, err = corpus.ReadAttributionsFrom(io.TeeReader(in.env.Stdin, hash), "standard input")
		sum = hex.EncodeToString(hash.Sum(nil))
	} else {
		docs, err = corpus.ReadAttributions(path)
	}
	if err = in.sound(docs != nil, err); err == nil && path != stdinName {
		sum, err = sumPath(path)
	}
	return docs, sum, err
}

// gold is read for a gold file, which may name words of a treebank or articles of raw text.
func (in *evalReader) gold(path, trees, texts string) (docs []corpus.AttributionDoc, sum string, err error) {
	switch {
	case trees != "":
		var treebank []corpus.TreeDoc
		if treebank, err = corpus.ReadCoNLLU(trees); err != nil {
			return nil, "", err
		}
		docs, err = corpus.ReadTreeAttributions(path, treebank)
	case texts != "":
		docs, err = corpus.ReadStandoff(path, texts)
	default:
		return in.read(path)
	}
	if err = in.sound(docs != nil, err); err == nil {
		sum, err = sumPath(path)
	}
	return docs, sum, err
}

// predictions reads path and returns for each gold article what it predicts, and for
// how many it predicts nothing. Spans are checked against the gold texts.
func (in *evalReader) predictions(path string, gold []corpus.AttributionDoc, side *evalInput) (out []corpus.Annotation, missing int, err error) {
	docs, sum, err := in.read(path)
	if err != nil {
		return nil, 0, err
	}
	side.SHA256 = sum
	if path == stdinName {
		path = "standard input"
		side.Name = path
	}
	byID := make(map[string]corpus.AttributionDoc, len(docs))
	for _, d := range docs {
		if _, twice := byID[d.ID]; twice {
			in.tell(corpus.Problems{{File: path, ID: d.ID, What: "is there twice; the last one counts"}})
		}
		byID[d.ID] = d
	}
	var broken corpus.Problems
	example := ""
	for _, g := range gold {
		d, ok := byID[g.ID]
		if !ok {
			if missing == 0 {
				example = g.ID
			}
			missing++
			out = append(out, corpus.Annotation{})
			continue
		}
		if d.Text != "" && d.Text != g.Text {
			broken = append(broken, corpus.Problem{File: path, ID: g.ID, What: "its text is not the gold text"})
		}
		broken = append(broken, d.Check(g.Text, path)...)
		out = append(out, d.Annotations[0])
	}
	in.tell(broken)
	switch {
	case missing == len(gold):
		return nil, 0, &quoth.Error{Code: quoth.Invalid, Message: "no article of " + path + " has the id of a gold article, such as " + example,
			Hint: "ids must be equal on both sides"}
	case missing > 0:
		in.env.say("warning", fmt.Sprintf("gold articles without prediction: %d, such as %s", missing, example))
	}
	return out, missing, nil
}

// sumPath is the sha256 of a file. Of a brat folder, or of an .ann file and its text,
// it is that of the lines "sum  name" of the files in the order of their names, as
// sha256sum writes them.
func sumPath(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("sum %s: %w", path, err)
	}
	base := path
	files := []string{path, strings.TrimSuffix(path, ".ann") + ".txt"}
	switch {
	case info.IsDir():
		files = nil
		err = filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
			if ext := filepath.Ext(p); err == nil && !e.IsDir() && (ext == ".ann" || ext == ".txt") {
				files = append(files, p)
			}
			return err
		})
	case strings.HasSuffix(path, ".ann"):
		base = filepath.Dir(path)
	default:
		return sumFile(path)
	}
	if err != nil {
		return "", fmt.Errorf("sum %s: %w", path, err)
	}
	all := sha256.New()
	for _, file := range files {
		sum, err := sumFile(file)
		if err != nil {
			return "", err
		}
		name, err := filepath.Rel(base, file)
		if err != nil {
			return "", fmt.Errorf("sum %s: %w", path, err)
		}
		fmt.Fprintf(all, "%s  %s\n", sum, filepath.ToSlash(name))
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

func sumFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("sum: %w", err)
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", fmt.Errorf("sum %s: %w", path, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// writeReport writes the report for machines or for people.
func writeReport(w io.Writer, r *evalReport, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
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
