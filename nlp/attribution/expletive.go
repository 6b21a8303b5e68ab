package attribution

import (
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// isExpletive reports whether the source of at is an "it" that stands for the clause behind the cue and so for nobody: "it became clear
// that …", "it seems to …".
func (v *view) isExpletive(at *nlp.Attribution) bool {
	d := v.d
	if len(at.Source) != 1 || at.Source[0].Len() != 1 || d.Lemmas[at.Source[0].First] != "it" || len(at.Cue) == 0 || at.Source[0].Past != at.Cue[0].First {
		return false
	}
	clause := at.Content[0].First
	if clause < at.Cue[len(at.Cue)-1].Past || d.Lemmas[clause] != "that" && d.Word(clause) != "to" {
		return false
	}
	t, ok := v.lastVerb(at)
	return !ok || v.isPassive(t) || lexicon.Raising[d.Lemmas[t]] || befalls[d.Lemmas[t]] || v.isJudged(at)
}

// isJudged reports whether the cue of at, with an expletive for its subject, says what the clause is: clear, true, sensible.
func (v *view) isJudged(at *nlp.Attribution) bool {
	r, isSuch := at.Cue[len(at.Cue)-1], false
	for t := r.First; t < r.Past; t++ {
		switch lemma := v.d.Lemmas[t]; {
		case lemma == "be" || lemma == "become" || lemma == "remain":
			isSuch = true
		case isSuch && judgments[lemma], lemma == "sense" && v.d.Lemmas[r.First] != "have":
			return true
		}
	}
	return false
}

var (
	// befalls are verbs of clauses that come to light or come about.
	befalls = nlp.WordSet("emerge transpire turn occur dawn")
	// judgments are adjectives that tell of a clause, and never what somebody feels: who is sure or ready speaks.
	judgments = nlp.WordSet("clear unclear true untrue false apparent obvious evident plain possible impossible plausible likely unlikely known unknown interesting important " +
		"natural unnatural ironic notable remarkable strange odd common uncommon rare easy hard difficult necessary unnecessary")
)
