package attribution

import (
	"strings"

	"quoth/nlp"
)

// According to: of all cues the one whose roles follow from where they stand. At the
// beginning of a sentence its source goes to the comma and its content from there to the
// end. The chains learn from some seventy such sentences, and where the content has a cue of
// its own, as "police said" in it, they give the content up (half of those on PolNeAR dev).

// leastPrefixCue is the least probability, by the first chain, of an "according to" to be
// read so.
const leastPrefixCue = 0.5

// prefixed returns what "According to" at the beginning of a sentence is the cue of; ok is
// false for any other cue, and where the sentence is not made so.
func (v *view) prefixed(c cue) (at nlp.Attribution, ok bool) {
	d := v.d
	s := d.Sentences[v.words[c.First].sent]
	if c.p < leastPrefixCue || c.Len() != 2 || c.First != s.First || !strings.EqualFold(d.Word(c.First)+" "+d.Word(c.First+1), prefixCue) {
		return at, false
	}
	past := s.Past
	for past > c.Past && isEnd(d.Word(past-1)) {
		past--
	}
	comma := v.prefixComma(c, past)
	if comma <= c.Past || comma+2 >= past || !v.hasVerb(comma+1, past) {
		return at, false
	}
	return nlp.Attribution{
		Source:  []nlp.TokenRange{{First: c.Past, Past: comma}},
		Cue:     []nlp.TokenRange{c.TokenRange},
		Content: []nlp.TokenRange{{First: comma + 1, Past: past}},
	}, true
}

// prefixComma is the comma that ends the source of c: the first one, unless what follows
// belongs to the source by the tree and another comma ends it. It is 0 when there is none.
func (v *view) prefixComma(c cue, past int) int {
	first := 0
	for t := c.Past + 1; t < past; t++ {
		if v.d.Word(t) != "," {
			continue
		}
		if first == 0 {
			first = t
		}
		// Words of the source after this comma: an apposition, a clause about it.
		inside := t+1 < past && int(v.words[t+1].left) <= t+1 && v.hangsFrom(t+1, c.Past, t)
		if !inside {
			return t
		}
	}
	return first
}

// hangsFrom reports whether token t is below one of the tokens from first up to past.
func (v *view) hangsFrom(t, first, past int) bool {
	for up, steps := v.words[t].head, 0; up >= 0 && steps < 64; up, steps = v.words[up].head, steps+1 {
		if int(up) >= first && int(up) < past {
			return true
		}
	}
	return false
}

// hasVerb reports whether there is a verb among the tokens: what was said is a clause.
func (v *view) hasVerb(first, past int) bool {
	for t := first; t < past; t++ {
		if u := v.d.UPOS[t]; u == nlp.VERB || u == nlp.AUX {
			return true
		}
	}
	return false
}

// isEnd reports whether a token ends a sentence.
func isEnd(word string) bool { return word == "." || word == "!" || word == "?" }
