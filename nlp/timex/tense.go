package timex

import (
	"strings"

	"quoth/nlp"
)

// tense is when the clause around a word takes place.
type tense uint8

const (
	noTense tense = iota
	past
	present
	future
	infinitive
)

// tensesOf maps the index of a Penn tag to the tense of a verb that has it.
func tensesOf(names []string) []tense {
	tenses := make([]tense, len(names))
	for i, n := range names {
		switch n {
		case "VBD", "VBN":
			tenses[i] = past
		case "VBP", "VBZ":
			tenses[i] = present
		case "VB":
			tenses[i] = infinitive
		case "MD":
			tenses[i] = future
		}
	}
	return tenses
}

// plans are verbs and adjectives whose infinitive speaks of what is to come.
var plans = map[string]bool{"plan": true, "schedule": true, "expect": true, "set": true, "intend": true, "hope": true, "prepare": true, "due": true,
	"slate": true, "want": true, "vow": true, "promise": true, "agree": true, "be": true, "go": true, "poise": true, "likely": true}

// maxClimb bounds the way from a word to its verb.
const maxClimb = 8

// tense tells the tense of the clause that word i of the sentence stands in.
func (r *reader) tense(i int) tense {
	d := r.d
	if d.Heads == nil || d.XPOS == nil || i >= len(r.words) {
		return noTense
	}
	t := int32(r.first + i)
	for range maxClimb {
		if p := d.UPOS[t]; p == nlp.VERB || p == nlp.AUX {
			if r.isRefused(t, int32(r.first+i)) {
				return past
			}
			return r.verbTense(t)
		}
		if t = d.Heads[t]; t < 0 {
			return noTense
		}
	}
	return noTense
}

// isRefused reports whether the verb at t tells what somebody did not want to do at the time at token at, which stands before it:
// "on Tuesday would not answer".
func (r *reader) isRefused(t, at int32) bool {
	d := r.d
	for k := t - 1; k > at && k >= t-maxClimb; k-- {
		if d.Heads[k] == t && strings.EqualFold(d.Word(int(k)), "would") {
			next := d.Word(int(k + 1))
			return next == "not" || next == "n't" || next == "n’t"
		}
	}
	return false
}

// verbTense is the tense of the verb at t with its auxiliaries, which stand before it
// with nothing but adverbs and subjects between.
func (r *reader) verbTense(t int32) tense {
	d := r.d
	own := r.tagTense(t)
	isProgressive := own == noTense // -ing
	for k := t - 1; k >= int32(r.first) && k >= t-maxClimb; k-- {
		if d.Heads[k] != t || d.UPOS[k] != nlp.AUX && d.UPOS[k] != nlp.PART {
			continue
		}
		switch a := r.tagTense(k); {
		case a == future:
			if modalIsPast(d.Word(int(k))) {
				return noTense
			}
			return future
		case own == infinitive && d.UPOS[k] == nlp.PART && (d.Word(int(k)) == "to"):
			return r.infinitiveTense(t)
		case isProgressive && a == present && d.UPOS[k] == nlp.AUX:
			return future
		case a == past:
			return past
		case a == present && own == past:
			return past // has said; is said
		}
	}
	if own == infinitive {
		return r.infinitiveTense(t)
	}
	return own
}

// modalIsPast: "could" and "might" tell no time.
func modalIsPast(w string) bool { return w == "could" || w == "might" || w == "should" }

// infinitiveTense is future when what governs the infinitive at t plans or expects, else
// the tense of what governs it.
func (r *reader) infinitiveTense(t int32) tense {
	d := r.d
	h := d.Heads[t]
	if h < 0 {
		return future
	}
	if d.Lemmas != nil && plans[d.Lemmas[h]] {
		return future
	}
	if d.UPOS[h] == nlp.VERB || d.UPOS[h] == nlp.AUX {
		return r.tagTense(h)
	}
	return noTense
}

func (r *reader) tagTense(t int32) tense {
	if x := int(r.d.XPOS[t]); x < len(r.tags) {
		return r.tags[x]
	}
	return noTense
}
