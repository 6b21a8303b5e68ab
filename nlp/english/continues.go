package english

import (
	"quoth"
	"quoth/nlp"
)

// goesOn are the lemmas of cues that say that somebody goes on speaking.
var goesOn = map[string]bool{"continue": true, "add": true, "conclude": true, "go": true, "finish": true}

// linkContinues tells of every statement that goes on from the one before it which that
// is: its cue says so and the speaker is the same, or it is a quotation without cue and
// source that opens the paragraph after one whose quotation was not closed, as print does
// with quotations of several paragraphs. The latter takes the speaker of the former.
func linkContinues(d *nlp.Doc, statements []quoth.Statement) {
	last := -1 // the statement before, in the running text
	for i := range statements {
		s := &statements[i]
		if !isRunning(d, *s) {
			continue
		}
		before := last
		last = i
		if before < 0 || s.Kind == quoth.Indirect {
			continue
		}
		p := &statements[before]
		switch {
		case s.Cue == nil && s.Source == nil:
			if staysOpen(d, d.Attributions[before], d.Attributions[i]) {
				s.Continues = &p.ID
				if s.Speaker == nil && p.Speaker != nil {
					speaker := *p.Speaker
					speaker.Mention = ""
					s.Speaker = &speaker
				}
			}
		case s.Speaker != nil && p.Speaker != nil && s.Speaker.ID == p.Speaker.ID && cueGoesOn(d, d.Attributions[i].Cue):
			s.Continues = &p.ID
		}
	}
}

// cueGoesOn reports whether the cue says that its source goes on; "go" only with "on".
func cueGoesOn(d *nlp.Doc, cue []nlp.TokenRange) bool {
	for _, r := range cue {
		for t := r.First; t < r.Past; t++ {
			if l := d.Lemmas[t]; goesOn[l] && (l != "go" || t+1 < len(d.Tokens) && d.Lemmas[t+1] == "on") {
				return true
			}
		}
	}
	return false
}

// staysOpen reports whether the quotation at the end of a, which ends its paragraph, has
// no closing mark, and b opens the next paragraph with a mark.
func staysOpen(d *nlp.Doc, a, b nlp.Attribution) bool {
	var end int
	for _, r := range a.Content {
		end = max(end, r.Past)
	}
	begin := b.Content[0].First
	if end == 0 || end != begin || d.Tokens[end-1].Depth == 0 || d.Tokens[end-1].Mark == nlp.CloseMark || d.Tokens[begin].Mark != nlp.OpenMark {
		return false
	}
	return blockAt(d, int(d.Tokens[end-1].Start)) != blockAt(d, int(d.Tokens[begin].Start))
}
