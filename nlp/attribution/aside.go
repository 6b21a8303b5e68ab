package attribution

import (
	"slices"

	"quoth/nlp"
)

// An aside says whose the words in marks beside it are, inside the sentence of somebody else: “old,” as Hale put it; in the
// words of Hale, “old.” The chains have seen few of them and take another verb of the sentence for the cue.
const (
	// asideReach is how many tokens may stand between an aside and the quotation after it.
	asideReach = 24
	// asideConfidence is that of a quotation beside an aside.
	asideConfidence = 0.7
	// maxAsides is how many of a text are read.
	maxAsides = 100
	// maxAsideSource is the largest number of tokens of its source.
	maxAsideSource = 20
)

// aside is a saying without a clause of its own.
type aside struct {
	all         nlp.TokenRange // its words
	cue, source nlp.TokenRange
}

// readAsides gives the quotations beside asides to those whom they name.
func (v *view) readAsides(all []found) []found {
	n := 0
	for q, r := range v.regs {
		if n == maxAsides || v.d.Tokens[r.First].Flags.Has(nlp.InBackground) {
			continue
		}
		a, ok := v.asideBefore(q)
		if !ok {
			a, ok = v.asideAfter(q)
		}
		if ok {
			n++
			all = v.giveTo(all, a, r.TokenRange)
		}
	}
	return all
}

// asideBefore is the aside before quotation q, with no verb between them.
func (v *view) asideBefore(q int) (aside, bool) {
	r := v.regs[q]
	for t := r.First - 1; t >= max(0, r.First-asideReach) && v.sameBlock(t, r.First) && v.words[t].region < 0 && !v.isFinite(t); t-- {
		if a, ok := v.asideAt(t, r.First); ok && a.all.Past <= r.First {
			return a, true
		}
	}
	return aside{}, false
}

// asideAfter is the aside right behind quotation q, which ends with a comma.
func (v *view) asideAfter(q int) (aside, bool) {
	r := v.regs[q]
	t := r.Past
	if t < len(v.words) && v.d.Word(t) == "," {
		t++
	}
	if t >= len(v.words) || v.words[t].sent != v.words[r.First].sent {
		return aside{}, false
	}
	past := v.d.Sentences[v.words[t].sent].Past
	switch v.d.Lemmas[t] {
	case "as":
		for k := t + 1; k < min(past, t+maxAsideSource) && v.words[k].region < 0; k++ {
			if a, ok := v.asideAt(k, past); ok && a.all.First == t {
				return a, true
			}
		}
	case "in":
		for k := t + 1; k < min(past, t+4); k++ {
			if a, ok := v.asideAt(k, past); ok && a.all.First == t {
				return a, true
			}
		}
	}
	return aside{}, false
}

// asideAt reads the aside whose last word of the cue is token t, and which ends before past: the "it" of "as Hale put it", the "of"
// of "in the words of Hale".
func (v *view) asideAt(t, past int) (aside, bool) {
	d := v.d
	switch {
	case t < 3:
	case d.Lemmas[t] == "it" && d.Lemmas[t-1] == "put":
		return v.asPut(t)
	case d.Lemmas[t] == "of" && d.Word(t-1) == "words" && d.Word(t-2) == "the" && d.Lemmas[t-3] == "in":
		h := int(v.words[t].head)
		if h <= t || h >= past || d.UPOS[h] != nlp.NOUN && d.UPOS[h] != nlp.PROPN {
			break
		}
		source := nlp.TokenRange{First: t + 1, Past: min(v.phraseOf(h).Past, past)}
		for source.Past < past && v.d.UPOS[source.Past] == nlp.PROPN {
			source.Past++ // parsers hang "of" from the title
		}
		for k := t + 2; k < source.Past; k++ {
			if d.Tokens[k].Flags.Has(nlp.IsPunct) && d.Word(k) != "." {
				source.Past = k
			}
		}
		return aside{all: nlp.TokenRange{First: t - 3, Past: source.Past}, cue: nlp.TokenRange{First: t - 3, Past: t + 1}, source: source}, source.Len() <= maxAsideSource
	}
	return aside{}, false
}

// asPut reads "as Hale put it", whose last word is token t.
func (v *view) asPut(t int) (aside, bool) {
	put := t - 1
	subject := int(v.words[put].subject)
	if h := int(v.words[put].head); subject < 0 && h >= 0 && h < put { // "as Hale likes to put it"
		subject = int(v.words[h].subject)
	}
	as := put - 1
	for as >= 0 && put-as <= maxAsideSource && v.words[as].sent == v.words[put].sent && v.d.Lemmas[as] != "as" {
		as--
	}
	if as < 0 || v.d.Lemmas[as] != "as" || subject <= as || subject > put {
		return aside{}, false
	}
	source := v.phraseOf(subject)
	source.First, source.Past = as+1, min(source.Past, put)
	if source.Len() < 1 {
		return aside{}, false
	}
	return aside{all: nlp.TokenRange{First: as, Past: t + 1}, cue: nlp.TokenRange{First: put, Past: t + 1}, source: source}, true
}

// isFinite reports whether token t is a verb that has a clause of its own.
func (v *view) isFinite(t int) bool {
	switch v.d.Tag(t) {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// giveTo makes quotation q what aside a says. An attribution whose cue is in the aside becomes it, without what stands before
// the quotation; another one loses the quotation, and goes when nothing is left.
func (v *view) giveTo(all []found, a aside, q nlp.TokenRange) []found {
	at := found{
		Attribution: nlp.Attribution{Content: []nlp.TokenRange{q}, Confidence: asideConfidence},
		cue:         v.newCue(a.cue.First, a.cue.Past, asideConfidence), pContent: []float64{1},
	}
	from := q.First
	for i := range all {
		f := &all[i]
		if a.all.First < f.cue.Past && f.cue.First < a.all.Past && overlaps(f.Content, q) {
			if f.Content[0].First == q.First && overlaps(f.Source, a.source) {
				if last := &f.Cue[len(f.Cue)-1]; last.First < a.cue.Past {
					last.Past = min(last.Past, a.cue.Past) // "put it | in his memoir"
				}
				return all
			}
			at.Confidence, from = f.Confidence, v.contentFrom(f.Content[0], q)
			for _, r := range f.Content {
				if r.First < q.Past && q.First < r.Past {
					at.Content[0].Past = max(q.Past, r.Past)
				} else if r.First >= q.Past {
					at.Content, at.pContent = append(at.Content, r), append(at.pContent, 1)
				}
			}
			f.Content = nil
		} else if overlaps(f.Content, q) || overlaps(f.Content, a.all) {
			v.leave(f, a.all, q)
		}
	}
	at.Content[0].First = from
	at.Source, at.Cue, at.pSource = []nlp.TokenRange{a.source}, []nlp.TokenRange{a.cue}, []float64{1}
	return append(slices.DeleteFunc(all, func(f found) bool { return len(f.Content) == 0 }), at)
}

// contentFrom is where the content of an aside, which the chains begin with r, begins: with quotation q behind a comma, else
// behind the "it" and its comma.
func (v *view) contentFrom(r, q nlp.TokenRange) int {
	before := q.First - 1
	if v.d.Word(before) == "that" {
		before--
	}
	if w := v.d.Word(before); r.First > before || w == "," || w == ":" {
		return q.First
	}
	from := r.First
	for from < q.First && (v.d.Lemmas[from] == "it" || v.d.UPOS[from] == nlp.PUNCT) {
		from++
	}
	return from
}

// leave takes quotation q and the aside from the content of f, with the words of no weight before them. What is left has to name
// something: "to keep their" is only the way to the quotation.
func (v *view) leave(f *found, a, q nlp.TokenRange) {
	for _, r := range []nlp.TokenRange{a, q} {
		for k := len(f.Content) - 1; k >= 0; k-- {
			c := &f.Content[k]
			if c.Past <= r.First || r.Past <= c.First {
				continue
			}
			if c.Past = min(c.Past, r.First); c.Len() > 0 {
				for c.Len() > 0 && isLight[v.d.UPOS[c.Past-1]] && v.d.Tokens[c.Past-1].Mark == nlp.NoMark {
					c.Past--
				}
			}
			if !v.hasNoun(*c) {
				f.Content, f.pContent = slices.Delete(f.Content, k, k+1), slices.Delete(f.pContent, k, k+1)
			}
		}
	}
}

// hasNoun reports whether there is a noun among the tokens of r.
func (v *view) hasNoun(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if u := v.d.UPOS[t]; u == nlp.NOUN || u == nlp.PROPN {
			return true
		}
	}
	return false
}
