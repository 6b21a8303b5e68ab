package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/nlp"
	"quoth/nlp/tokenize"
)

// EvalWordsCmd is `quoth eval words`.
type EvalWordsCmd struct {
	Gold []string `arg:"" name:"GOLD.conllu" help:"Treebanks in CoNLL-U (.gz too)."`

	Select string   `placeholder:"PREFIX" help:"Score only the sentences whose sent_id begins so: n for the news of UD-PUD."`
	JSON   bool     `name:"json" help:"Write one JSON object with gold sets, sha256, model and figures."`
	Model  string   `placeholder:"DIR" help:"Folder of the model to score, as quoth train writes it, instead of the embedded one."`
	Jobs   jobCount `default:"0" help:"Documents read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval words` below the flags.
func (c *EvalWordsCmd) Help() string {
	return `Every treebank is read twice: once with its own words and sentences, and once as plain text that is cut by Quoth. Figures on plain text count a word as right when it is cut as in gold and its tag, lemma or head is right too; so they include the mistakes of cutting.

Example:

	quoth eval words --select n en_pud-ud-test.conllu.gz`
}

// wordsReport is what --json writes.
type wordsReport struct {
	Task   string      `json:"task"`
	Model  evalModel   `json:"model"`
	Select string      `json:"select,omitempty"`
	Sets   []wordsFile `json:"sets"`
}

// wordsFile are the figures of one treebank.
type wordsFile struct {
	Gold      evalFile          `json:"gold"`
	Documents int               `json:"documents"`
	Sentences int               `json:"sentences"`
	Words     int               `json:"words"`
	Problems  int               `json:"problems"` // broken sentences left out
	GoldWords eval.WordFigures  `json:"gold_words"`
	RawText   eval.TokenFigures `json:"raw_text"`
	Aligned   alignedFigures    `json:"aligned"`
}

// alignedFigures score the layers on raw text (CoNLL 2018 shared task): precision over
// the words predicted, recall over those of gold.
type alignedFigures struct {
	UPOS   eval.PRF `json:"upos"`
	XPOS   eval.PRF `json:"xpos"`
	Lemmas eval.PRF `json:"lemmas"`
	UAS    eval.PRF `json:"uas"`
	LAS    eval.PRF `json:"las"`
}

// Run scores and writes to standard output.
func (c *EvalWordsCmd) Run(ctx context.Context, env *Env) error {
	stages, model, err := env.stages(c.Model)
	if err != nil {
		return err
	}
	stages = stagesFor(stages, nlp.Tags|nlp.Lemmas|nlp.Heads)
	in := evalReader{env: env}
	r := &wordsReport{Task: "words", Model: model, Select: c.Select}
	for _, path := range c.Gold {
		f, err := c.score(ctx, &in, path, stages)
		if err != nil {
			return err
		}
		r.Sets = append(r.Sets, f)
	}
	return in.report(r, c.JSON, func(w io.Writer) error { return r.write(w, modelName(c.Model)) })
}

// score scores one treebank.
func (c *EvalWordsCmd) score(ctx context.Context, in *evalReader, path string, stages []nlp.Stage) (wordsFile, error) {
	f := wordsFile{Gold: evalFile{Name: path}}
	before := in.problems
	trees, err := in.trees(path)
	if err != nil {
		return f, err
	}
	f.Problems = in.problems - before
	if f.Gold.SHA256, err = sumFile(path); err != nil {
		return f, err
	}
	var gold []*nlp.Doc
	for _, tree := range trees {
		if tree = selectSentences(tree, c.Select); len(tree.Sentences) > 0 {
			gold = append(gold, tree.Doc())
		}
	}
	if len(gold) == 0 {
		return f, &quoth.Error{Code: quoth.NotFound, Message: fmt.Sprintf("no sentence of %s has a sent_id that begins with %q", path, c.Select),
			Hint: "look at its lines # sent_id"}
	}
	cut, raw := make([]*nlp.Doc, len(gold)), make([]*nlp.Doc, len(gold))
	err = eachDoc(ctx, c.Jobs, len(gold), func(i int) {
		cut[i], raw[i] = readWords(gold[i], stages), readText(gold[i], stages)
	})
	if err != nil {
		return f, err
	}
	f.Documents = len(gold)
	return f, f.count(gold, cut, raw)
}

// count adds up the figures of gold documents and of what was made of each.
func (f *wordsFile) count(gold, cut, raw []*nlp.Doc) error {
	var tokens eval.TokenScore
	var aligned alignedCounts
	for i, g := range gold {
		f.Sentences += len(g.Sentences)
		f.Words += len(g.Tokens)
		if err := f.GoldWords.Add(g, cut[i]); err != nil {
			return err
		}
		tokens.Add(g, raw[i])
		aligned.add(g, raw[i])
	}
	f.RawText, f.Aligned = tokens.Figures(), aligned.figures()
	return nil
}

// selectSentences returns d with the sentences whose IDs begin with prefix; of the
// paragraphs those stretches are left in which such sentences follow one another.
func selectSentences(d corpus.TreeDoc, prefix string) corpus.TreeDoc {
	if prefix == "" {
		return d
	}
	out := corpus.TreeDoc{ID: d.ID, Text: d.Text}
	last := -2 // number of the sentence taken last
	for i, s := range d.Sentences {
		if !strings.HasPrefix(s.ID, prefix) || len(s.Tokens) == 0 {
			continue
		}
		span := quoth.Span{Start: s.Tokens[0].Span.Start, End: s.Tokens[len(s.Tokens)-1].Span.End}
		if last == i-1 && d.Sentences[last].Paragraph == s.Paragraph {
			out.Paragraphs[len(out.Paragraphs)-1].End = span.End
		} else {
			out.Paragraphs = append(out.Paragraphs, span)
		}
		last = i
		s.Paragraph = len(out.Paragraphs) - 1
		out.Sentences = append(out.Sentences, s)
	}
	return out
}

// readWords runs the stages on the words and sentences of gold.
func readWords(gold *nlp.Doc, stages []nlp.Stage) *nlp.Doc {
	d := &nlp.Doc{Text: gold.Text, Blocks: gold.Blocks, Tokens: append([]nlp.Token(nil), gold.Tokens...), Sentences: gold.Sentences}
	tokenize.MarkQuotes(d)
	return runAll(d, stages)
}

// readText runs the tokenizer and then the stages on the text of gold.
func readText(gold *nlp.Doc, stages []nlp.Stage) *nlp.Doc {
	d := &nlp.Doc{Text: gold.Text, Blocks: gold.Blocks}
	tokenize.Stage{}.Run(d)
	return runAll(d, stages)
}

// alignedCounts count words, and those that are aligned and right.
type alignedCounts struct {
	gold, predicted              int
	upos, xpos, lemmas, uas, las int
}

// add scores one document. Words are aligned when their spans are equal; heads are
// right when they are aligned.
func (c *alignedCounts) add(gold, predicted *nlp.Doc) {
	c.gold += len(gold.Tokens)
	c.predicted += len(predicted.Tokens)
	of := map[quoth.Span]int{} // predicted word at a span
	for t := range predicted.Tokens {
		of[predicted.Span(nlp.TokenRange{First: t, Past: t + 1})] = t
	}
	for g := range gold.Tokens {
		p, ok := of[gold.Span(nlp.TokenRange{First: g, Past: g + 1})]
		if !ok {
			continue
		}
		c.upos += flagOf(gold.UPOS[g] == predicted.UPOS[p])
		c.xpos += flagOf(gold.XPOSNames[gold.XPOS[g]] == predicted.XPOSNames[predicted.XPOS[p]])
		c.lemmas += flagOf(strings.EqualFold(gold.Lemmas[g], predicted.Lemmas[p]))
		gh, ph := gold.Heads[g], predicted.Heads[p]
		if (gh < 0) != (ph < 0) || gh >= 0 && gold.Tokens[gh].Start != predicted.Tokens[ph].Start || gh >= 0 && gold.Tokens[gh].End != predicted.Tokens[ph].End {
			continue
		}
		c.uas++
		grel, _, _ := strings.Cut(gold.RelNames[gold.Rels[g]], ":")
		prel, _, _ := strings.Cut(predicted.RelNames[predicted.Rels[p]], ":")
		c.las += flagOf(grel == prel)
	}
}

func flagOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// figures returns the figures of all documents added.
func (c *alignedCounts) figures() alignedFigures {
	prf := func(right int) eval.PRF {
		var f eval.PRF
		if c.predicted > 0 {
			f.P = float64(right) / float64(c.predicted)
		}
		if c.gold > 0 {
			f.R = float64(right) / float64(c.gold)
		}
		if right > 0 {
			f.F1 = 2 * f.P * f.R / (f.P + f.R)
		}
		return f
	}
	return alignedFigures{UPOS: prf(c.upos), XPOS: prf(c.xpos), Lemmas: prf(c.lemmas), UAS: prf(c.uas), LAS: prf(c.las)}
}

// write writes the report for people: one row a treebank, in per cent.
func (r *wordsReport) write(w io.Writer, model string) error {
	buffered := bufio.NewWriter(w)
	fmt.Fprintf(buffered, "model      %s\n", describeModel(model, r.Model))
	for _, f := range r.Sets {
		fmt.Fprintf(buffered, "\ngold       %s, %d documents, %d sentences, %d words, sha256 %.12s\n\n", f.Gold.Name, f.Documents, f.Sentences, f.Words, f.Gold.SHA256)
		t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(t, "\twords\tsentences\tUPOS\tXPOS\tlemma\tUAS\tLAS\tLAS with subtypes\t")
		g := f.GoldWords
		row := "gold words   \t\t\t"
		for _, a := range []eval.Accuracy{g.UPOS, g.XPOS, g.Lemmas, g.UAS, g.LAS, g.LASSubtypes} {
			row += fmt.Sprintf("%.2f\t", 100*a.Share())
		}
		fmt.Fprintln(t, row)
		row = "raw text (F1)\t"
		for _, p := range []eval.PRF{f.RawText.Tokens, f.RawText.Sentences, f.Aligned.UPOS, f.Aligned.XPOS, f.Aligned.Lemmas, f.Aligned.UAS, f.Aligned.LAS} {
			row += fmt.Sprintf("%.2f\t", 100*p.F1)
		}
		fmt.Fprintln(t, row+"\t")
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return buffered.Flush()
}
