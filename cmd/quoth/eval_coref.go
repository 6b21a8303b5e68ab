package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
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

// EvalCorefCmd is `quoth eval coref`.
type EvalCorefCmd struct {
	Gold []string `arg:"" name:"GOLD" help:"Treebanks with coreference in CoNLL-U, as OntoGUM; the format of CoNLL-2012 (.conll), as LitBank, whose files are put together; or GAP (.tsv); .gz too."`

	Types string   `placeholder:"FILE" help:"A treebank of the same texts whose entities have types, as GUM: scores the clusters of persons and organizations also by themselves."`
	JSON  bool     `name:"json" help:"Write one JSON object with gold sets, sha256, model and figures."`
	Model string   `placeholder:"DIR" help:"Folder of the model that reads, as quoth train writes it, instead of the embedded one."`
	Jobs  jobCount `default:"0" help:"Documents read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval coref` below the flags.
func (c *EvalCorefCmd) Help() string {
	return `Texts are read raw. Treebanks get the figures of the CoNLL-2012 shared task: MUC, B3, CEAF with φ4, and the mean of their F1. "spans" wants the same bytes for a mention, "heads" the same head word. Quoth makes clusters of people, organizations and those who speak, so clusters of things and events are missed. GAP gets the F1 over the pairs of pronoun and name.

The baselines are computed in the same run. "recency" takes he and she for the person named last, and joins names that are written alike; "nearer name" knows the two names that GAP asks about, and takes the one that stands nearer before the pronoun.

Example:

	quoth eval coref --types gum-dev.conllu.gz ontogum-dev.conllu.gz
	quoth eval coref gap-validation.tsv.gz`
}

// corefReport is what --json writes.
type corefReport struct {
	Task  string      `json:"task"`
	Model evalModel   `json:"model"`
	Sets  []corefFile `json:"sets"`
}

// corefFile are the figures of one set: Clusters of a treebank, Pronouns of GAP.
type corefFile struct {
	Gold     evalFile     `json:"gold"`
	Problems int          `json:"problems"`
	Clusters []clusterRow `json:"clusters,omitempty"`
	Pronouns []pronounRow `json:"pronouns,omitempty"`
}

type clusterRow struct {
	Name string `json:"name"`
	eval.CorefFigures
}

type pronounRow struct {
	Name string `json:"name"`
	eval.PronounFigures
}

// Run scores and writes to standard output.
func (c *EvalCorefCmd) Run(ctx context.Context, env *Env) error {
	stages, model, err := env.stages(c.Model)
	if err != nil {
		return err
	}
	stages = stagesFor(stages, nlp.Speakers)
	in := evalReader{env: env}
	r := &corefReport{Task: "coref", Model: model}
	for _, path := range c.Gold {
		if isCoNLL2012(path) {
			continue
		}
		f := corefFile{Gold: evalFile{Name: path}}
		before := in.problems
		if strings.HasSuffix(strings.TrimSuffix(path, ".gz"), ".tsv") {
			f.Pronouns, err = c.scorePronouns(ctx, &in, path, stages)
		} else {
			var trees []corpus.TreeDoc
			if trees, err = in.trees(path); err == nil {
				f.Clusters, err = c.scoreClusters(ctx, &in, trees, stages)
			}
		}
		if err != nil {
			return err
		}
		f.Problems = in.problems - before
		if f.Gold.SHA256, err = sumFile(path); err != nil {
			return err
		}
		r.Sets = append(r.Sets, f)
	}
	if err := c.scoreCoNLL2012(ctx, &in, r, stages); err != nil {
		return err
	}
	return in.report(r, c.JSON, func(w io.Writer) error { return r.write(w, modelName(c.Model)) })
}

// isCoNLL2012 reports whether the name of a file says so.
func isCoNLL2012(path string) bool {
	return strings.HasSuffix(strings.TrimSuffix(path, ".gz"), ".conll")
}

// scoreCoNLL2012 adds to r the figures over all documents of c.Gold in the format of
// CoNLL-2012, which are a file each.
func (c *EvalCorefCmd) scoreCoNLL2012(ctx context.Context, in *evalReader, r *corefReport, stages []nlp.Stage) (err error) {
	var docs []corpus.TreeDoc
	f, sums, before := corefFile{}, sha256.New(), in.problems
	for _, path := range c.Gold {
		if !isCoNLL2012(path) {
			continue
		}
		more, err := corpus.ReadCoNLL2012(path)
		if err := in.sound(more != nil, err); err != nil {
			return err
		}
		docs = append(docs, more...)
		sum, err := sumFile(path)
		if err != nil {
			return err
		}
		io.WriteString(sums, sum)
		f.Gold.Name = path
	}
	if len(docs) == 0 {
		return nil
	}
	if len(docs) > 1 {
		f.Gold.Name = fmt.Sprintf("%s in the format of CoNLL-2012", plural(len(docs), "document"))
	}
	f.Gold.SHA256, f.Problems = hex.EncodeToString(sums.Sum(nil)), in.problems-before // of the files' sums
	f.Clusters, err = c.scoreClusters(ctx, in, docs, stages)
	r.Sets = append(r.Sets, f)
	return err
}

// scoreClusters scores documents.
func (c *EvalCorefCmd) scoreClusters(ctx context.Context, in *evalReader, trees []corpus.TreeDoc, stages []nlp.Stage) ([]clusterRow, error) {
	var err error
	var parties map[string]map[quoth.Span]bool
	if c.Types != "" {
		if parties, err = in.parties(c.Types); err != nil {
			return nil, err
		}
	}
	found := make([]*nlp.Doc, len(trees))
	err = eachDoc(ctx, c.Jobs, len(trees), func(i int) {
		found[i] = &nlp.Doc{Text: trees[i].Text}
		for _, p := range trees[i].Paragraphs {
			found[i].Blocks = append(found[i].Blocks, quoth.Block{Kind: quoth.Paragraph, Span: p})
		}
		tokenize.Stage{}.Run(found[i])
		runAll(found[i], stages)
	})
	if err != nil {
		return nil, err
	}
	var spans, heads, recency, ofParties, recencyOfParties eval.CorefScore
	for i, t := range trees {
		entities := t.Entities()
		if !t.HasTrees() { // then the parser's are the heads
			for k, m := range entities {
				if r := found[i].TokensIn(m.Span); r.Len() > 0 {
					entities[k].Head = headSpan(found[i], r)
				}
			}
		}
		spans.Add(goldClusters(entities, wholeMention, nil), foundClusters(found[i], (*nlp.Doc).Span))
		own, last := foundClusters(found[i], headSpan), recencyClusters(found[i])
		gold := goldClusters(entities, headOfMention, nil)
		heads.Add(gold, own)
		recency.Add(gold, last)
		if c.Types != "" {
			gold = goldClusters(entities, headOfMention, parties[t.ID])
			ofParties.Add(gold, own)
			recencyOfParties.Add(gold, last)
		}
	}
	rows := []clusterRow{{"spans", spans.Figures()}, {"heads", heads.Figures()}, {"recency, heads", recency.Figures()}}
	if c.Types != "" {
		rows = append(rows, clusterRow{"parties, heads", ofParties.Figures()}, clusterRow{"recency of parties, heads", recencyOfParties.Figures()})
	}
	return rows, nil
}

// parties returns, per document of a typed treebank, the spans of the mentions of persons
// and organizations.
func (in *evalReader) parties(path string) (map[string]map[quoth.Span]bool, error) {
	trees, err := in.trees(path)
	if err != nil {
		return nil, err
	}
	out := map[string]map[quoth.Span]bool{}
	for _, t := range trees {
		out[t.ID] = map[quoth.Span]bool{}
		for _, m := range t.Entities() {
			if m.Type == "person" || m.Type == "organization" {
				out[t.ID][m.Span] = true
			}
		}
	}
	return out, nil
}

func wholeMention(m corpus.EntityMention) quoth.Span  { return m.Span }
func headOfMention(m corpus.EntityMention) quoth.Span { return m.Head }

// goldClusters gathers mentions by entity. With parties, only entities most of whose
// mentions are among those spans count.
func goldClusters(mentions []corpus.EntityMention, span func(corpus.EntityMention) quoth.Span, parties map[quoth.Span]bool) []eval.Cluster {
	clusters := map[string]eval.Cluster{}
	votes := map[string]int{}
	var order []string
	for _, m := range mentions {
		if clusters[m.Entity] == nil {
			order = append(order, m.Entity)
		}
		clusters[m.Entity] = append(clusters[m.Entity], span(m))
		if parties[m.Span] {
			votes[m.Entity]++
		}
	}
	var out []eval.Cluster
	for _, id := range order {
		if parties == nil || 2*votes[id] > len(clusters[id]) {
			out = append(out, clusters[id])
		}
	}
	return out
}

// foundClusters returns the clusters of d.
func foundClusters(d *nlp.Doc, span func(*nlp.Doc, nlp.TokenRange) quoth.Span) []eval.Cluster {
	var out []eval.Cluster
	for _, c := range d.Clusters {
		var cluster eval.Cluster
		for _, m := range c.Mentions {
			cluster = append(cluster, span(d, m))
		}
		out = append(out, cluster)
	}
	return out
}

// headSpan returns the bytes of the word of r whose head is outside of r.
func headSpan(d *nlp.Doc, r nlp.TokenRange) quoth.Span {
	head := r.First
	for t := r.First; t < r.Past; t++ {
		if !r.Contains(int(d.Heads[t])) {
			head = t
			break
		}
	}
	return d.Span(nlp.TokenRange{First: head, Past: head + 1})
}

// personal are the pronouns that the recency baseline resolves.
var personal = map[string]bool{"he": true, "him": true, "his": true, "himself": true, "she": true, "her": true, "hers": true, "herself": true}

// recencyClusters returns what the recency baseline makes of d: names of persons and
// organizations that are written alike are one, and he or she is the person named last.
func recencyClusters(d *nlp.Doc) []eval.Cluster {
	of := map[string]int{}
	var out []eval.Cluster
	last := -1
	for t := 0; t < len(d.Tokens); t++ {
		if m := d.MentionOf[t]; m >= 0 {
			mention := d.Mentions[m]
			t = mention.Past - 1
			if mention.Kind != nlp.Person && mention.Kind != nlp.Organization {
				continue
			}
			name := d.Span(mention.TokenRange).In(d.Text)
			cluster, ok := of[name]
			if !ok {
				cluster = len(out)
				of[name] = cluster
				out = append(out, nil)
			}
			out[cluster] = append(out[cluster], headSpan(d, mention.TokenRange))
			if mention.Kind == nlp.Person {
				last = cluster
			}
		} else if last >= 0 && personal[strings.ToLower(d.Word(t))] {
			out[last] = append(out[last], d.Span(nlp.TokenRange{First: t, Past: t + 1}))
		}
	}
	return out
}

// scorePronouns scores a file of GAP.
func (c *EvalCorefCmd) scorePronouns(ctx context.Context, in *evalReader, path string, stages []nlp.Stage) ([]pronounRow, error) {
	docs, err := corpus.ReadGAP(path)
	if err := in.sound(docs != nil, err); err != nil {
		return nil, err
	}
	own, recency, nearer := make([]eval.PronounAnswer, len(docs)), make([]eval.PronounAnswer, len(docs)), make([]eval.PronounAnswer, len(docs))
	err = eachDoc(ctx, c.Jobs, len(docs), func(i int) {
		d := &nlp.Doc{Text: docs[i].Text, Blocks: paragraphs(docs[i].Text)}
		tokenize.Stage{}.Run(d)
		runAll(d, stages)
		own[i] = pronounAnswer(docs[i], foundClusters(d, (*nlp.Doc).Span))
		recency[i] = pronounAnswer(docs[i], recencyClusters(d))
		nearer[i] = nearerName(docs[i])
	})
	if err != nil {
		return nil, err
	}
	return []pronounRow{{"Quoth", eval.ScorePronouns(own)}, {"recency", eval.ScorePronouns(recency)}, {"nearer name", eval.ScorePronouns(nearer)}}, nil
}

// pronounAnswer returns what the cluster of d's pronoun says of the two names.
func pronounAnswer(d corpus.PronounDoc, clusters []eval.Cluster) eval.PronounAnswer {
	a := eval.PronounAnswer{Feminine: d.Feminine(), GoldA: d.IsA, GoldB: d.IsB}
	holds := func(c eval.Cluster, s quoth.Span) bool {
		for _, m := range c {
			if m.Start < s.End && s.Start < m.End {
				return true
			}
		}
		return false
	}
	for _, c := range clusters {
		if holds(c, d.Pronoun) {
			a.PredictedA, a.PredictedB = a.PredictedA || holds(c, d.A), a.PredictedB || holds(c, d.B)
		}
	}
	return a
}

// nearerName takes the pronoun for the name that stands nearer before it, the earlier one
// where both stand after it.
func nearerName(d corpus.PronounDoc) eval.PronounAnswer {
	a := eval.PronounAnswer{Feminine: d.Feminine(), GoldA: d.IsA, GoldB: d.IsB}
	isB := d.B.Start > d.A.Start // the later one
	if d.A.Start > d.Pronoun.Start || d.B.Start > d.Pronoun.Start {
		isB = d.B.Start < d.A.Start // the earlier one
	}
	a.PredictedA, a.PredictedB = !isB, isB
	return a
}

// write writes the report for people, in per cent.
func (r *corefReport) write(w io.Writer, model string) error {
	buffered := bufio.NewWriter(w)
	fmt.Fprintf(buffered, "model      %s\n", describeModel(model, r.Model))
	for _, f := range r.Sets {
		fmt.Fprintf(buffered, "\ngold       %s, sha256 %.12s\n\n", f.Gold.Name, f.Gold.SHA256)
		t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
		if len(f.Clusters) > 0 {
			fmt.Fprintln(t, "\tgold\tfound\tmentions F1\tMUC P\tR\tF1\tB3 P\tR\tF1\tCEAF P\tR\tF1\tCoNLL\t")
		} else {
			fmt.Fprintln(t, "\tpronouns\tP\tR\tF1\tmasculine\tfeminine\tbias\t")
		}
		for _, c := range f.Clusters {
			fmt.Fprintf(t, "%-25s\t%d\t%d\t%.1f\t", c.Name, c.Gold, c.Predicted, 100*c.Mentions.F1)
			for _, m := range []eval.PRF{c.MUC, c.B3, c.CEAFe} {
				fmt.Fprintf(t, "%.1f\t%.1f\t%.1f\t", 100*m.P, 100*m.R, 100*m.F1)
			}
			fmt.Fprintf(t, "%.1f\t\n", 100*c.CoNLL)
		}
		for _, p := range f.Pronouns {
			fmt.Fprintf(t, "%-11s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.2f\t\n", p.Name, p.Pronouns,
				100*p.All.P, 100*p.All.R, 100*p.All.F1, 100*p.Masculine.F1, 100*p.Feminine.F1, p.Bias)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return buffered.Flush()
}
