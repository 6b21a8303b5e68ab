package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"quoth"
	"quoth/corpus"
	"quoth/nlp"
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

// intervalLevel is the level of the confidence intervals.
const intervalLevel = 0.95

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

// report writes the figures to standard output, as JSON or, by write, for people, and returns
// the error of an evaluation that left broken records out.
func (in *evalReader) report(r any, asJSON bool, write func(io.Writer) error) error {
	var err error
	if asJSON {
		err = writeJSON(in.env.Stdout, r)
	} else {
		err = write(in.env.Stdout)
	}
	if err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	return in.problemsError()
}

// problemsError is the error of an evaluation that left broken records out.
func (in *evalReader) problemsError() error {
	if in.problems == 0 {
		return nil
	}
	return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%d broken records were left out of the figures", in.problems),
		Hint: "mend what the warnings name"}
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

// evalFile is a gold file.
type evalFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// trees reads a treebank and tells its broken sentences.
func (in *evalReader) trees(path string) ([]corpus.TreeDoc, error) {
	trees, err := corpus.ReadCoNLLU(path)
	return trees, in.sound(trees != nil, err)
}

// eachDoc calls f for 0 to n-1, as many at once as jobs says.
func eachDoc(ctx context.Context, jobs jobCount, n int, f func(i int)) error {
	var wg sync.WaitGroup
	slots := make(chan struct{}, jobs.workers())
	for i := range n {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			f(i)
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped: %w", err)
	}
	return nil
}

// describeModel names a model in one line.
func describeModel(name string, m evalModel) string {
	if m.Version != "" {
		name += ", " + m.Version
	}
	if m.SHA256 != "" {
		name += fmt.Sprintf(", sha256 %.12s", m.SHA256)
	}
	return name
}

// writeJSON writes one indented object.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// stagesFor returns those stages that make the layers, and those that these build on;
// not the tokenizer.
func stagesFor(stages []nlp.Stage, layers nlp.Layer) []nlp.Stage {
	var out []nlp.Stage
	for _, s := range slices.Backward(stages) {
		if s.Provides()&layers != 0 && s.Provides()&nlp.Tokens == 0 {
			out = append(out, s)
			layers |= s.Requires()
		}
	}
	slices.Reverse(out)
	return out
}

// runAll runs stages on d and returns it.
func runAll(d *nlp.Doc, stages []nlp.Stage) *nlp.Doc {
	for _, s := range stages {
		s.Run(d)
	}
	return d
}
