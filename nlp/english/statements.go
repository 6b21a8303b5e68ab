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
			Kind:       kindOf(d, at),
			Source:     role(d, at.Source),
			Cue:        role(d, at.Cue),
			Content:    role(d, at.Content),
			Speaker:    speaker(d, i),
			Medium:     quoth.UnknownMedium,
			About:      about(d, i),
			Addressee:  addressee(d, i),
			Confidence: round(at.Confidence),
			Factuality: factuality(d, at),
		}
		out = append(out, s)
	}
	linkOccasions(d, out)
	linkPosts(d, out)
	linkContinues(d, out)
	linkRepeats(d, out)
	inheritOccasions(out)
	return out
}

// round keeps three digits: more would claim a precision that confidences do not have.
func round(p float64) float64 { return math.Round(p*1000) / 1000 }

// role returns the part of an attribution that the token ranges cover.
func role(d *nlp.Doc, pieces []nlp.TokenRange) *quoth.Role {
	spans := make([]quoth.Span, 0, len(pieces))
	for _, r := range pieces {
		spans = d.AppendSpans(spans, r)
	}
	return quoth.NewRole(d.Text, spans)
}

// speaker returns who attribution i belongs to, nil when that is not known.
func speaker(d *nlp.Doc, i int) *quoth.Speaker {
	c := d.Speakers[i]
	if c < 0 {
		return nil
	}
	s := &quoth.Speaker{Name: d.Clusters[c].Name, Kind: d.Clusters[c].Kind, ID: partyID(c)}
	if r := role(d, d.Attributions[i].Source); r != nil {
		s.Mention = r.Text
	}
	return s
}

// kindOf tells how much of the content stands in quotation marks: all, none or a part. A
// turn of a transcript and a block quotation are direct without them.
func kindOf(d *nlp.Doc, at nlp.Attribution) quoth.Kind {
	if isTurn(d, at) || isBlockQuotation(d, at) {
		return quoth.Direct
	}
	words, quoted, isMarked := 0, 0, false
	for _, r := range at.Content {
		for t := r.First; t < r.Past; t++ {
			isMarked = isMarked || d.Tokens[t].Depth > 0
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
	case quoted == 0 && (words > 0 || !isMarked): // “…” has no words
		return quoth.Indirect
	case quoted == words:
		return quoth.Direct
	}
	return quoth.Mixed
}

// isBlockQuotation reports whether the content of at is the paragraph below a colon, whole, and the cue stands before that.
func isBlockQuotation(d *nlp.Doc, at nlp.Attribution) bool {
	first, past := at.Content[0].First, at.Content[len(at.Content)-1].Past
	return len(at.Cue) > 0 && at.Cue[0].First < first && d.Word(first-1) == ":" && d.Tokens[first].Flags.Has(nlp.StartsBlock) && (past == len(d.Tokens) || d.Tokens[past].Flags.Has(nlp.StartsBlock))
}

// isTurn reports whether at is a turn of a transcript, whose content is the rest of the block, and blocks after it.
func isTurn(d *nlp.Doc, at nlp.Attribution) bool {
	if !at.IsTurn(d) || at.Content[0].First != at.Cue[0].Past {
		return false
	}
	for i, r := range at.Content {
		if i > 0 && !d.Tokens[r.First].Flags.Has(nlp.StartsBlock) || r.Past < len(d.Tokens) && !d.Tokens[r.Past].Flags.Has(nlp.StartsBlock) {
			return false
		}
	}
	return true
}

// headOf is the first token of r whose head is outside r.
func headOf(d *nlp.Doc, r nlp.TokenRange) int {
	for t := r.First; t < r.Past; t++ {
		if !r.Contains(int(d.Heads[t])) {
			return t
		}
	}
	return r.First
}
