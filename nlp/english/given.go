package english

import (
	"cmp"
	"slices"

	"quoth"
	"quoth/nlp"
)

// AnalyzeGiven is Analyze with the attributions told and not found: it tells who spoke,
// when, where and about whom of statements that are known, from gold or from a person.
// Attributions without content are left out, and so are spans outside every token.
func (a *Analyzer) AnalyzeGiven(article quoth.Article, attributions []quoth.Attribution) ([]quoth.Statement, error) {
	if err := fits(article); err != nil {
		return nil, err
	}
	d := Doc(article)
	for _, s := range a.pipeline.Stages() {
		if s.Provides()&nlp.Attributions == 0 {
			s.Run(d)
			continue
		}
		for _, at := range attributions {
			given := nlp.Attribution{Source: tokensOf(d, at.Source), Cue: tokensOf(d, at.Cue), Content: tokensOf(d, at.Content), Confidence: 1}
			if len(given.Content) > 0 {
				d.Attributions = append(d.Attributions, given)
			}
		}
		slices.SortStableFunc(d.Attributions, func(x, y nlp.Attribution) int { return cmp.Compare(x.Content[0].First, y.Content[0].First) })
	}
	return statements(d), nil
}

// tokensOf returns the ranges of the tokens that spans touch.
func tokensOf(d *nlp.Doc, spans []quoth.Span) []nlp.TokenRange {
	var out []nlp.TokenRange
	for _, s := range spans {
		if r := d.TokensIn(s); r.Len() > 0 && (len(out) == 0 || r.First >= out[len(out)-1].Past) {
			out = append(out, r)
		}
	}
	return out
}
