package english

import (
	"quoth"
	"quoth/nlp"
)

// goesOn are the lemmas of cues that say that somebody goes on speaking.
var goesOn = map[string]bool{"continue": true, "add": true, "conclude": true, "go": true, "finish": true}

// linkContinues tells of every statement that goes on from the one before it which that is: its
// cue says so and the speaker is the same.
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
		if s.Speaker != nil && p.Speaker != nil && s.Speaker.ID == p.Speaker.ID && cueGoesOn(d, d.Attributions[i].Cue) {
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
