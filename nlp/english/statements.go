package english

import (
	"math"
	"strconv"

	"quoth"
	"quoth/nlp"
)

// statements turns the attributions of d into statements.
func statements(d *nlp.Doc) []quoth.Statement {
	out := make([]quoth.Statement, 0, len(d.Attributions))
	for i, at := range d.Attributions {
		s := quoth.Statement{
			ID:         "s" + strconv.Itoa(i+1),
			Kind:       kindOf(d, at.Content),
			Source:     role(d, at.Source),
			Cue:        role(d, at.Cue),
			Content:    role(d, at.Content),
			Speaker:    speaker(d, i),
			Medium:     quoth.UnknownMedium,
			About:      []quoth.Party{},
			Confidence: round(at.Confidence),
		}
		out = append(out, s)
	}
	linkContinues(d, out)
	linkRepeats(d, out)
	return out
}

// round keeps three digits: more would claim a precision that confidences do not have.
func round(p float64) float64 { return math.Round(p*1000) / 1000 }

// role returns the part of an attribution that the token ranges cover.
func role(d *nlp.Doc, pieces []nlp.TokenRange) *quoth.Role {
	spans := make([]quoth.Span, len(pieces))
	for i, r := range pieces {
		spans[i] = d.Span(r)
	}
	return quoth.NewRole(d.Text, spans)
}

// speaker returns who attribution i belongs to, nil when that is not known.
func speaker(d *nlp.Doc, i int) *quoth.Speaker {
	c := d.Speakers[i]
	if c < 0 {
		return nil
	}
	s := &quoth.Speaker{Name: d.Clusters[c].Name, Kind: d.Clusters[c].Kind, ID: "p" + strconv.Itoa(int(c)+1)}
	if r := role(d, d.Attributions[i].Source); r != nil {
		s.Mention = r.Text
	}
	return s
}

// directShare is the share of a content's words inside quotation marks from which on it
// is direct: a "that" before the marks does not make it mixed.
const directShare = 0.9

// kindOf tells how much of the content stands in quotation marks.
func kindOf(d *nlp.Doc, content []nlp.TokenRange) quoth.Kind {
	words, quoted := 0, 0
	for _, r := range content {
		for t := r.First; t < r.Past; t++ {
			if d.Tokens[t].Flags.Has(nlp.IsPunct) {
				continue
			}
			words++
			if d.Tokens[t].Depth > 0 {
				quoted++
			}
		}
	}
	switch {
	case quoted == 0:
		return quoth.Indirect
	case float64(quoted) >= directShare*float64(words):
		return quoth.Direct
	}
	return quoth.Mixed
}
