package attribution

import (
	"slices"

	"quoth/nlp"
)

// The end of a sentence may say whose its words are, and so may its beginning. Where another verb of the sentence has the words that belong to
// them, the chains give these up.

const (
	// maxTag is the largest number of tokens of who speaks at the end of a sentence, where the verb follows them.
	maxTag = 10
	// leastTagged is the least number of tokens of what is said there.
	leastTagged = 4
)

// addTags adds what the sentences say that name who speaks at their end or at their beginning, and that belong to nobody. What a thing shows
// inside of one is what is said.
//
//	The lock will be shut on Monday, two pilots said.
//	The rise shows that the lock works, said Zoë Hale, a pilot.
//	As Zoë Hale notes in the Coast Post, the rise shows that the lock works.
func (v *view) addTags(d *nlp.Doc) {
	of := make([]int32, len(d.Tokens)) // of a token, 1 + the attribution that it is in
	for i, at := range d.Attributions {
		for _, pieces := range [][]nlp.TokenRange{at.Cue, at.Content} {
			for _, r := range pieces {
				for t := r.First; t < r.Past; t++ {
					of[t] = int32(i + 1)
				}
			}
		}
	}
	gone := make(map[int32]bool)
	var added []nlp.Attribution
	for _, s := range d.Sentences {
		if !d.Blocks[s.Block].Kind.IsBody() || s.Len() < leastTagged || d.Word(s.Past-1) != "." || d.Tokens[s.First].Flags.Has(nlp.InBackground) {
			continue
		}
		at, ok := v.tag(s.TokenRange)
		if !ok {
			at, ok = v.noted(s.TokenRange)
		}
		if !ok || of[at.Cue[0].First] > 0 {
			continue
		}
		var shown []int32
		for t := at.Content[0].First; t < at.Content[0].Past && ok; t++ {
			if i := of[t]; i > 0 && !slices.Contains(shown, i) {
				shown = append(shown, i)
				ok = v.isShown(d.Attributions[i-1])
			}
		}
		if ok {
			added = append(added, at)
			for _, i := range shown {
				gone[i] = true
			}
		}
	}
	if len(added) == 0 {
		return
	}
	kept := d.Attributions[:0]
	for i, at := range d.Attributions {
		if !gone[int32(i+1)] {
			kept = append(kept, at)
		}
	}
	d.Attributions = append(kept, added...)
}

// isShown reports whether at is what a thing shows.
func (v *view) isShown(at nlp.Attribution) bool {
	if len(at.Source) != 1 || len(at.Cue) == 0 {
		return false
	}
	t, ok := v.lastVerb(&at)
	h := v.headIn(at.Source[0])
	return ok && isShowing[v.d.Lemmas[t]] && (v.d.UPOS[h] == nlp.NOUN || v.d.UPOS[h] == nlp.DET || v.d.Lemmas[h] == "it") && v.d.MentionOf[h] < 0
}

// tag reads the end of sentence s as who says the rest: a comma, who speaks and a verb, or the verb and who speaks.
func (v *view) tag(s nlp.TokenRange) (at nlp.Attribution, ok bool) {
	d, end := v.d, s.Past-1
	for t := end - 1; t > s.First+leastTagged && v.words[t].region < 0; t-- {
		if !isTagging[d.Lemmas[t]] || d.UPOS[t] != nlp.VERB || !v.isFinite(t) && !v.isPast(t) {
			continue
		}
		source, comma := nlp.TokenRange{First: t + 1, Past: end}, t-1
		if d.Word(comma) != "," {
			if v.isTagTime(t+1, end) {
				source, comma = v.tagSource(s.First, t)
			} else {
				return at, false
			}
		} else if d.Lemmas[t] != say || !v.opensName(t+1) {
			return at, false
		}
		at = nlp.Attribution{
			Source: []nlp.TokenRange{source}, Cue: []nlp.TokenRange{{First: t, Past: t + 1}},
			Content: []nlp.TokenRange{{First: s.First, Past: comma}}, Confidence: asideConfidence,
		}
		return at, source.Len() > 0 && comma-s.First >= leastTagged && v.isClause(s.First, comma)
	}
	return at, false
}

// isTagTime reports whether the tokens, if there are any, are a day.
func (v *view) isTagTime(first, past int) bool {
	for t := first; t < past; t++ {
		if nlp.MentionKind(v.words[t].kind) != nlp.Date && v.d.Word(t) != "on" {
			return false
		}
	}
	return true
}

// tagSource is who speaks between the last comma of a sentence that begins at token first and verb t, with that comma.
func (v *view) tagSource(first, t int) (source nlp.TokenRange, comma int) {
	d := v.d
	for comma = t - 1; comma > first && d.Word(comma) != ","; comma-- {
		if u := d.UPOS[comma]; v.words[comma].region >= 0 || u == nlp.VERB || u == nlp.AUX || u == nlp.SCONJ || u == nlp.CCONJ || u == nlp.PRON && !isThirdPerson[d.Lemmas[comma]] && d.Lemmas[comma] != "they" && d.Tag(comma) != "PRP$" {
			return source, comma
		}
	}
	source = nlp.TokenRange{First: comma + 1, Past: t}
	if comma == first || source.Len() > maxTag || !v.opensName(source.First) {
		source.Past = source.First
	}
	return source, comma
}

// opensName reports whether who speaks may begin at token t.
func (v *view) opensName(t int) bool {
	d := v.d
	return d.UPOS[t].IsBeforeNoun() || isThirdPerson[d.Lemmas[t]] || d.Lemmas[t] == "they" || d.Tag(t) == "PRP$"
}

// isClause reports whether there is a verb with a clause of its own among the tokens.
func (v *view) isClause(first, past int) bool {
	for t := first; t < past; t++ {
		if v.isFinite(t) {
			return true
		}
	}
	return false
}

// maxNoted is the largest number of tokens before the comma behind who notes something.
const maxNoted = 20

// noted reads the beginning of sentence s as who says the rest: "As Hale notes in the Coast Post, …".
func (v *view) noted(s nlp.TokenRange) (at nlp.Attribution, ok bool) {
	d := v.d
	if d.Word(s.First) != "As" || v.words[s.First].region >= 0 {
		return at, false
	}
	verb := -1
	for t := s.First + 1; t < min(s.Past-leastTagged, s.First+maxNoted); t++ {
		switch {
		case v.words[t].region >= 0 || d.UPOS[t] == nlp.CCONJ && verb >= 0:
			return at, false
		case d.Word(t) == "," && verb >= 0:
			if m := d.MentionOf[t]; m >= 0 {
				continue // "on May 3, 2020"
			}
			at = nlp.Attribution{
				Source: []nlp.TokenRange{{First: s.First + 1, Past: verb}}, Cue: []nlp.TokenRange{{First: verb, Past: verb + 1}},
				Content: []nlp.TokenRange{{First: t + 1, Past: s.Past - 1}}, Confidence: asideConfidence,
			}
			h := v.headIn(at.Source[0])
			return at, v.isSomebody(h, at.Source[0]) && v.isClause(t+1, s.Past)
		case d.Word(t) == "," || verb < 0 && d.UPOS[t] == nlp.PRON && !isThirdPerson[d.Lemmas[t]]:
			return at, false
		case v.isFinite(t):
			if verb >= 0 || !isNoting[d.Lemmas[t]] || d.UPOS[t] != nlp.VERB || t == s.First+1 || d.Tag(t+1) == "PRP" || d.UPOS[t+1] == nlp.DET && d.Word(t+1) != "last" && d.Word(t+1) != "this" {
				return at, false
			}
			verb = t
		}
	}
	return at, false
}
