package attribution

import (
	"slices"
	"strings"

	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// Who is urged, told, believed or considered is not who urges, tells, believes or considers. The source of a
// passive is whom "by" names, and nobody without that.

// lastVerb returns the verb that the cue of at ends with, when it is one; ok is false for others.
func (v *view) lastVerb(at *nlp.Attribution) (t int, ok bool) {
	r := at.Cue[len(at.Cue)-1]
	for t = r.Past - 1; t >= r.First; t-- {
		if v.d.UPOS[t] == nlp.VERB {
			return t, true
		}
	}
	return 0, false
}

// maxAdverbs is how many adverbs may stand between an auxiliary and its verb.
const maxAdverbs = 3

// isPassive reports whether verb t is a participle behind "be": parsers take some others for passives. A short "'s" may be
// "has".
func (v *view) isPassive(t int) bool {
	k := t - 1
	for k >= 0 && t-k <= maxAdverbs && (v.d.UPOS[k] == nlp.ADV || isNegation[v.d.Lemmas[k]]) {
		k--
	}
	return k >= 0 && v.d.UPOS[k] == nlp.AUX && v.d.Lemmas[k] == "be" && v.isPast(t) && v.d.Word(k)[0] != '\'' && !strings.HasPrefix(v.d.Word(k), "’")
}

// isBareParticiple reports whether verb t, which stands without auxiliary, can only be a participle behind the one whom it is
// said of: "the pilots accused of theft", "boats believed to be lost".
func (v *view) isBareParticiple(t int) bool {
	d := v.d
	if t == 0 || t+1 == len(d.Tokens) || d.UPOS[t-1] == nlp.AUX || d.UPOS[t-1] == nlp.PART || d.RelNames[d.Rels[t]] == "acl:relcl" {
		return false
	}
	next := takesOnly[d.Lemmas[t]]
	return next != "" && v.isPast(t) && d.Word(t+1) == next && (next != "to" || t+2 < len(d.Tokens) && d.Tag(t+2) == "VB")
}

// isPast reports whether verb t is a participle of the past, or has the form of one.
func (v *view) isPast(t int) bool { return v.d.Tag(t) == "VBN" || v.d.Tag(t) == "VBD" }

// turnPassive gives an attribution whose cue is a passive the right source: whom "by" names, and not its subject, which
// is a part of the content where that tells of it.
func (v *view) turnPassive(at *nlp.Attribution, owner []int32) {
	if len(at.Cue) == 0 {
		return
	}
	t, ok := v.lastVerb(at)
	if !ok {
		return
	}
	isPassive := v.isPassive(t)
	if isPassive && isFelt[v.d.Lemmas[t]] {
		v.turnFelt(at, t)
		return
	}
	if len(at.Source) == 1 && v.isUndergone(t, isPassive, at.Source[0]) {
		subject := at.Source[0]
		at.Source = nil
		if v.joins(t, subject, at.Content[0], owner) {
			at.Content = slices.Insert(slices.Clip(at.Content), 0, subject)
		}
	}
	if len(at.Source) == 1 && isPassive && v.d.Lemmas[at.Cue[len(at.Cue)-1].Past-1] == "by" && v.isTime(at.Source[0]) {
		at.Source = nil
	}
	if len(at.Source) == 0 && isPassive && (isDoneTo[v.d.Lemmas[t]] || isDoneOf[v.d.Lemmas[t]]) {
		v.findAgent(at, t)
	}
}

// isTime reports whether r is a time until which something is done: "by the end of June".
func (v *view) isTime(r nlp.TokenRange) bool {
	t := r.First
	for t < r.Past-1 && v.d.UPOS[t] == nlp.DET {
		t++
	}
	return nlp.MentionKind(v.words[t].kind) == nlp.Date || opensTime[v.d.Lemmas[t]] && nlp.MentionKind(v.words[r.Past-1].kind) == nlp.Date
}

// turnFelt gives an attribution its source and content where the chains took one for the other: "Hale was alarmed by the plan".
func (v *view) turnFelt(at *nlp.Attribution, t int) {
	if past := at.Cue[len(at.Cue)-1].Past; v.d.Lemmas[past-1] != "by" || len(at.Content) == 0 || !at.Content[0].Contains(int(v.words[t].subject)) || at.Content[0].Past > at.Cue[0].First {
		return
	}
	felt := append(slices.Clone(at.Content[1:]), at.Source...)
	if len(felt) > 0 {
		at.Source, at.Content = at.Content[:1:1], felt
	}
}

// isUndergone reports whether the source r is the one of whom, or to whom, verb t is done: the subject of the passive,
// or what the participle stands behind: "Hale, considered a rising star".
func (v *view) isUndergone(t int, isPassive bool, r nlp.TokenRange) bool {
	lemma := v.d.Lemmas[t]
	if !isDoneTo[lemma] && !isDoneOf[lemma] {
		return false
	}
	if r.Past > t {
		return isDoneTo[lemma] && !isPassive && v.isBehindWhen(t) && t+1 < len(v.d.Tokens) && v.d.Lemmas[t+1] != "by" // "When told of it, Hale replied"
	}
	if isPassive {
		if v.words[t].subject >= 0 {
			return r.Contains(int(v.words[t].subject))
		}
		rel := v.d.RelNames[v.d.Rels[t]]
		return rel == "xcomp" || rel == "conj" && isDoneTo[lemma] // "Hale ought to be seen as a star", "Hale called and was warned"
	}
	return v.isBehindWhen(t) || (v.isBareParticiple(t) || v.isAside(t, r)) && v.d.UPOS[r.Past-1] != nlp.PRON
}

// isAside reports whether verb t is a participle before "as" that a comma parts from r: "Hale, long regarded as a star".
func (v *view) isAside(t int, r nlp.TokenRange) bool {
	d := v.d
	return isDoneOf[d.Lemmas[t]] && d.Lemmas[t] != say && v.isPast(t) && t+1 < len(d.Tokens) && d.Word(t+1) == "as" && d.UPOS[t-1] != nlp.AUX && (d.Word(r.Past-1) == "," || d.Word(r.Past) == ",")
}

// isBehindWhen reports whether verb t is a participle with nothing but a word for when or if before it: "Hale said when asked".
func (v *view) isBehindWhen(t int) bool {
	return t > 0 && v.isPast(t) && lexicon.OpensParticiple[v.d.Lemmas[t-1]]
}

// joins reports whether the subject of passive t is a part of the content, which begins with r: in "Hale is said to be
// tired" it is, in "Hale was told that it rains" it is not.
func (v *view) joins(t int, subject, r nlp.TokenRange, owner []int32) bool {
	first := v.d.Lemmas[r.First]
	if subject.First > r.First || subject.Len() == 1 && v.d.Lemmas[subject.First] == "it" && first == "that" || isDoneTo[v.d.Lemmas[t]] && first != "to" {
		return false
	}
	return !slices.ContainsFunc(owner[subject.First:subject.Past], func(o int32) bool { return o != 0 })
}

// findAgent makes the source of at, whose cue is the passive t, whom "by" names, which ends the cue or hangs from t.
func (v *view) findAgent(at *nlp.Attribution, t int) {
	last := at.Cue[len(at.Cue)-1].Past - 1
	for i, r := range at.Content {
		by := r.First
		if r.First == last+1 && v.d.Lemmas[last] == "by" {
			by = last
		}
		for ; by < r.Past; by++ {
			if v.d.Lemmas[by] != "by" || v.words[by].region >= 0 {
				continue
			}
			agent, ok := v.agent(by, t, r.Past)
			if !ok {
				continue
			}
			rest := slices.Clone(at.Content[:i])
			if r.First < by {
				rest = append(rest, nlp.TokenRange{First: r.First, Past: by})
			}
			if agent.Past < r.Past {
				rest = append(rest, nlp.TokenRange{First: agent.Past, Past: r.Past})
			}
			if rest = append(rest, at.Content[i+1:]...); len(rest) > 0 {
				at.Source, at.Content = []nlp.TokenRange{agent}, rest
			}
			return
		}
	}
}

// agent returns whom "by" at token by names as the agent of passive t, no further than past. Parsers hang the agent of
// "accused of theft by his aides" from the theft.
func (v *view) agent(by, t, past int) (r nlp.TokenRange, ok bool) {
	d := v.d
	h := int(v.words[by].head)
	if h <= by || h >= past || d.UPOS[h] != nlp.NOUN && d.UPOS[h] != nlp.PROPN && d.UPOS[h] != nlp.PRON || isManner[d.Lemmas[h]] {
		return r, false
	}
	switch nlp.MentionKind(v.words[h].kind) {
	case nlp.Date, nlp.Money:
		return r, false
	}
	r = nlp.TokenRange{First: by + 1, Past: h + 1}
	for r.Past < past && int(v.words[h].right) >= r.Past && (isNominal[d.UPOS[r.Past]] || d.Lemmas[r.Past] == "of" || d.Tag(r.Past) == "POS") {
		r.Past++
	}
	isLast := r.Past == past || isEnd(d.Word(r.Past))
	of := int(v.words[h].head)
	return r, of == t || of >= 0 && d.UPOS[of] == nlp.NOUN && d.Lemmas[t] == "accuse" && isLast
}
