// Package english reads English: it assembles the stages of quoth/nlp into one pipeline
// on the embedded default model and turns what they find into statements.
//
//	a, err := english.New()
//	…
//	statements, err := a.Analyze(article)
//
// The default model was made by `quoth train` from the recipes in the repository; what
// it was trained on, how well it does and what it must not be used for stands in
// docs/model-card.md. The package fetches nothing and reads no clock.
package english

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/attribution"
	"quoth/nlp/coref"
	"quoth/nlp/ner"
	"quoth/nlp/parse"
	"quoth/nlp/stance"
	"quoth/nlp/tag"
	"quoth/nlp/timex"
	"quoth/nlp/tokenize"
)

// Analyzer implements quoth.Analyzer. It is safe for concurrent use.
type Analyzer struct {
	pipeline *nlp.Pipeline
	model    Model
}

// New returns an analyzer on the embedded default model. The model is read in place, so
// this takes milliseconds and little memory.
func New() (*Analyzer, error) { return Open(Default()) }

// Open returns an analyzer on the given model, for instance one of your own training.
func Open(m Model) (*Analyzer, error) {
	if err := m.check(); err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "the model cannot be used", Hint: "train it again with quoth train", Err: err}
	}
	p, err := stages(m)
	if err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "the model cannot be used", Hint: "train it again with quoth train", Err: err}
	}
	return &Analyzer{p, m}, nil
}

// stages is the one list of the stages in their order.
func stages(m Model) (*nlp.Pipeline, error) {
	tagger, err := tag.Open(m.Tag)
	if err != nil {
		return nil, err
	}
	parser, err := parse.Open(m.Parse)
	if err != nil {
		return nil, err
	}
	names, err := ner.Open(m.Names)
	if err != nil {
		return nil, err
	}
	attributions, err := attribution.Open(m.Attribution)
	if err != nil {
		return nil, err
	}
	all := []nlp.Stage{tokenize.Stage{}, tagger, parser, names, attributions, coref.New(), timex.Stage{}}
	if m.Stance != nil {
		stances, err := stance.Open(m.Stance)
		if err != nil {
			return nil, err
		}
		all = append(all, stances)
	}
	return nlp.NewPipeline(all...)
}

// Pipeline returns the stages, for those who want the layers below the statements.
func (a *Analyzer) Pipeline() *nlp.Pipeline { return a.pipeline }

// Model returns the version of the model and the SHA-256 of its bytes, in hex.
func (a *Analyzer) Model() (version, sha256 string) { return a.model.Version, a.model.SHA256() }

// Analyze finds the statements of a. They are ordered by where their content begins;
// their IDs are "s1", "s2" and so on. An article whose Language is known and not
// English has no statements. An error has code Invalid: the text is not UTF-8, or the
// blocks do not fit it.
func (a *Analyzer) Analyze(article quoth.Article) ([]quoth.Statement, error) {
	list, _, err := a.find(article, false)
	return list, err
}

// AnalyzeAll implements quoth.BackgroundFinder.
func (a *Analyzer) AnalyzeAll(article quoth.Article) ([]quoth.Statement, []quoth.Background, error) {
	return a.find(article, true)
}

// find runs the pipeline on an article and makes statements, and background if it is wanted, of what that found.
func (a *Analyzer) find(article quoth.Article, wantsBackground bool) ([]quoth.Statement, []quoth.Background, error) {
	if err := fits(article); err != nil {
		return []quoth.Statement{}, nil, err
	}
	if article.Language != "" && article.Language != "en" {
		return []quoth.Statement{}, nil, nil
	}
	var hyphens *hyphenated
	if strings.Contains(article.Text, softHyphen) {
		article, hyphens = withoutHyphens(article)
	}
	d := Doc(article)
	a.pipeline.Run(d)
	list := statements(d)
	var more []quoth.Background
	if wantsBackground {
		more = background(d, article)
	}
	if hyphens != nil {
		hyphens.restore(list, more)
	}
	return list, more, nil
}

// Doc returns the document of an article before any stage has run: its text, its blocks
// and the day it was published.
func Doc(article quoth.Article) *nlp.Doc {
	d := &nlp.Doc{Text: article.Text, Blocks: article.Blocks}
	if day, err := time.Parse("2006-01-02", article.Published.EDTF); err == nil {
		d.DCT = day
	}
	return d
}

// fits checks that blocks are in order and on UTF-8 boundaries of the text.
func fits(a quoth.Article) error {
	if !utf8.ValidString(a.Text) {
		return &quoth.Error{Code: quoth.Invalid, Message: "article text is not valid UTF-8", Hint: "read it through quoth/page, which decodes it"}
	}
	end := 0
	for i, b := range a.Blocks {
		s := b.Span
		if s.Start < end || s.End <= s.Start || s.End > len(a.Text) || !boundary(a.Text, s.Start) || !boundary(a.Text, s.End) {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("block %d of the article does not fit its text", i), Hint: "blocks are in order, disjoint, not empty, and end where characters do"}
		}
		end = s.End
	}
	return nil
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
