package attribution

import (
	"slices"

	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// The chains take for a source what stands near the cue or opens the sentence. Where the clauses of the sentence tell whose saying it is, they
// tell it better.

// turnSource gives an attribution the subject of its own clause for a source, where the chains took it from another one. owner
// tells which tokens are contents.
func (v *view) turnSource(at *nlp.Attribution, owner []int32) {
	if len(at.Cue) == 0 || len(at.Source) == 0 {
		return
	}
	if v.leaveReceiver(at); len(at.Source) == 0 {
		return
	}
	v.leaveInterrupted(at, owner)
	t, ok := v.lastVerb(at)
	if !ok || v.isPassive(t) {
		return
	}
	if len(at.Source) > 1 {
		if i := v.speakingPiece(at, t); i >= 0 {
			at.Source = at.Source[i : i+1 : i+1]
		}
		return
	}
	at.Source[0] = v.withoutFrame(at.Source[0], at.Cue[0].First)
	source := at.Source[0]
	after := v.afterRelative(source, at.Cue[0].First, t)
	switch {
	case v.isCompared(source, at.Cue[0].First):
		at.Source = v.comparer(t, source.First)
	case source.Past > at.Cue[0].First:
		if at.Source[0] = v.withoutSubject(source, at); at.Source[0].Len() == 0 {
			at.Source = nil
		}
	case v.isPeriodOnly(source):
		v.leavePeriod(at, t)
	case after >= 0:
		at.Source[0].First = after
	case v.beginsOutside(source, t):
		at.Source[0].First = v.phraseOf(int(v.words[t].subject)).First
	case v.d.Tag(t) != "VBG":
		if who := v.relativeOf(at.Cue[0].First, source, t); who >= 0 {
			at.Source[0] = nlp.TokenRange{First: who, Past: who + 1}
		}
	case t != at.Cue[0].First:
	case v.isAddressed(source, at):
		at.Source = nil
		if s := v.subjectAbove(source.First - 1); s >= 0 {
			r := v.phraseOf(s)
			r.Past = min(r.Past, source.First-1) // the phrase of "Renn's letter to the pilots imploring them" goes on
			at.Source = []nlp.TokenRange{r}
		}
	case v.d.Word(t-1) == ",":
		s := v.taggedSubject(source, t)
		if s < 0 {
			s = v.laterSubject(source, t, owner)
		}
		if s >= 0 {
			at.Source[0] = v.phraseOf(s)
		}
	}
}

// leaveReceiver takes from the source of at who only receives what is said: "Hale drew praise from Renn".
func (v *view) leaveReceiver(at *nlp.Attribution) {
	d, isReceiver := v.d, false
	for _, r := range at.Cue {
		for t := r.First; t < r.Past; t++ {
			if isReceiver = isReceiver || d.UPOS[t] == nlp.VERB && lexicon.Receiving[d.Lemmas[t]]; isReceiver && d.UPOS[t] == nlp.NOUN && isReceived[d.Lemmas[t]] {
				v.leaveBefore(at, r.First)
				return
			}
		}
	}
	if t := at.Cue[0].First; d.UPOS[t] == nlp.NOUN && isReceived[d.Lemmas[t]] {
		if h := int(d.Heads[t]); h >= 0 && h < t && d.UPOS[h] == nlp.VERB && d.RelNames[d.Rels[t]] == "obj" && lexicon.Receiving[d.Lemmas[h]] && !overlaps(at.Source, nlp.TokenRange{First: h, Past: len(d.Tokens)}) {
			v.leaveBefore(at, h)
		}
	}
}

// leaveBefore takes from the source of at what stands before token t.
func (v *view) leaveBefore(at *nlp.Attribution, t int) {
	at.Source = slices.DeleteFunc(slices.Clone(at.Source), func(s nlp.TokenRange) bool { return s.Past <= t })
}

// leaveInterrupted gives the content of at the subject that it begins with where that stands in the source, before who interrupts it: "The
// reason, Hale said, is that …".
func (v *view) leaveInterrupted(at *nlp.Attribution, owner []int32) {
	d, cue := v.d, at.Cue[len(at.Cue)-1]
	first, past := at.Source[0].First, at.Source[len(at.Source)-1].Past
	if past != at.Cue[0].First || len(at.Source) > 2 || first != d.Sentences[v.words[first].sent].First || cue.Past+1 >= len(d.Tokens) || d.Word(cue.Past) != "," {
		return
	}
	next := cue.Past + 1
	if d.Tokens[next].Mark == nlp.OpenMark && next+1 < len(d.Tokens) {
		next++
	}
	comma := -1
	for t := first; t < past; t++ {
		if d.Word(t) == "," {
			if comma >= 0 {
				return
			}
			comma = t
		}
	}
	if comma <= first || comma+1 >= past || !v.isFinite(next) || len(at.Source) == 2 && (at.Source[0].Past != comma || at.Source[1].First != comma+1) {
		return
	}
	told := nlp.TokenRange{First: first, Past: comma}
	for t := first; t < comma; t++ {
		if owner[t] != 0 {
			return // another attribution's
		}
	}
	at.Source = []nlp.TokenRange{{First: comma + 1, Past: past}}
	if !overlaps(at.Content, told) {
		at.Content = append(slices.Clip(at.Content), told)
		slices.SortFunc(at.Content, func(a, b nlp.TokenRange) int { return a.First - b.First })
	}
}

// speakingPiece is the piece of the source that the subject of the cue's verb t stands in, where a clause of another verb lies between the
// pieces: "Hale called it old, while Renn said that …". It is -1 where it cannot be told, or both speak.
func (v *view) speakingPiece(at *nlp.Attribution, t int) int {
	d, last := v.d, len(at.Source)-1
	r, subject := at.Source[last], int(v.words[t].subject)
	if r.Past > t {
		if c := at.Content[len(at.Content)-1]; r.First == at.Cue[len(at.Cue)-1].Past && at.Source[last-1].Past <= c.First && c.Past <= t {
			return last // "… even Hale. “Name another,” said Renn"
		}
		return -1
	}
	for k := r.First; k < r.Past; k++ {
		if d.Lemmas[k] == "whom" {
			return last // "Hale was the favorite of several, one of whom called him …"
		}
	}
	if v.opensClause(at.Source, at.Cue[0].First, t) {
		return last
	}
	if d.Tag(t) == "VBG" && t == at.Cue[0].First {
		if r.Past == t && r.First > 1 && d.Lemmas[r.First-1] == "with" && (d.Word(r.First-2) == "," || v.isSomebody(v.headIn(r), r)) {
			return last // "Hale led, with many saying", and not "Hale chimed in with a post saying"
		}
		if r.Past == t && d.UPOS[v.headIn(r)] == nlp.NOUN && d.Tag(r.First-1) == "IN" {
			return -1 // "Hale presided over a crowd chanting …"
		}
		if subject < 0 || d.Word(t-1) == "," {
			h := v.governing(t)
			if h < 0 || d.Lemmas[h] == "join" || d.Lemmas[h] == "have" {
				return -1
			}
			if isQuoting[d.Lemmas[h]] && d.Lemmas[h] != "ask" && r.First > h && !v.isPassive(h) {
				return last
			}
			subject = int(v.words[h].subject)
		}
	}
	i := slices.IndexFunc(at.Source, func(s nlp.TokenRange) bool { return s.Contains(subject) })
	if i < 0 {
		return -1
	}
	s := at.Source[i]
	isWord := s.Len() == 1 && (d.UPOS[s.First] == nlp.PRON || d.UPOS[s.First] == nlp.DET) && !isRelative[d.Lemmas[s.First]]
	if isWord || d.UPOS[max(0, s.First-1)] == nlp.ADP || v.isPeriodOnly(s) {
		return -1
	}
	for k := 1; k <= last; k++ {
		s := at.Source[k]
		if d.Tokens[s.First].Flags.Has(nlp.IsPunct) || d.Tag(s.First) == "POS" || k > i && d.RelNames[d.Rels[v.headIn(s)]] == "conj" {
			return -1
		}
	}
	if !v.hasClauseBetween(at.Source[max(0, i-1)].Past, at.Source[max(1, i)].First) {
		return -1
	}
	return i
}

// opensClause reports whether the last piece of source begins a clause, or a sentence, of its own right before the cue at token first with its
// verb t: "Hale called it old, while Renn said".
func (v *view) opensClause(source []nlp.TokenRange, first, t int) bool {
	d, before, r := v.d, source[len(source)-2], source[len(source)-1]
	if r.Past != first || !v.isFinite(first) && !v.isFinite(t) {
		return false
	}
	if v.words[before.First].sent != v.words[r.First].sent {
		return v.words[r.First].sent == v.words[t].sent
	}
	opener := r.First - 1
	if u := d.UPOS[opener]; u != nlp.SCONJ && u != nlp.CCONJ && d.Word(opener) != ";" || opensTimeToo[d.Lemmas[opener]] && d.Word(r.Past-1) == "," {
		return false
	}
	for k := before.Past; k < opener; k++ {
		if v.isFinite(k) && v.words[k].region < 0 {
			return true
		}
	}
	return false
}

// hasClauseBetween reports whether a verb with a clause of its own, or what opens one, stands among the tokens.
func (v *view) hasClauseBetween(first, past int) bool {
	for t := first; t < past; t++ {
		if v.isFinite(t) || v.d.UPOS[t] == nlp.SCONJ {
			return true
		}
	}
	return false
}

// headIn is the token of r that the others hang from.
func (v *view) headIn(r nlp.TokenRange) int {
	h := r.Past - 1
	for h > r.First && v.d.UPOS[h] == nlp.PUNCT {
		h--
	}
	for r.Contains(int(v.d.Heads[h])) {
		h = int(v.d.Heads[h])
	}
	return h
}

// governing is the verb with a subject that participle t hangs from, -1 without one.
func (v *view) governing(t int) int {
	h := int(v.d.Heads[t])
	for steps := 0; h >= 0 && steps < maxClause; steps++ {
		if s := v.words[h].subject; s >= 0 && int(s) < t && v.d.UPOS[h] == nlp.VERB {
			return h
		}
		h = int(v.d.Heads[h])
	}
	return -1
}

// subjectAbove is the subject of the first verb above token t that has one before it, -1 without one.
func (v *view) subjectAbove(t int) int {
	if h := v.governing(t); h >= 0 {
		return int(v.words[h].subject)
	}
	return -1
}

// isPeriodOnly reports whether r is a time: "about 20 minutes", "a little over a year before the fair".
func (v *view) isPeriodOnly(r nlp.TokenRange) bool {
	isTime := false
	for t := r.First; t < r.Past; t++ {
		switch u := v.d.UPOS[t]; {
		case v.d.MentionOf[t] >= 0 && nlp.MentionKind(v.words[t].kind) == nlp.Date, u == nlp.NOUN && isPeriod[v.d.Lemmas[t]]:
			isTime = true
		case isTime && (u == nlp.ADP || u == nlp.SCONJ) && v.d.Lemmas[t] != "of":
			return true
		case v.d.MentionOf[t] >= 0 || u != nlp.NUM && u != nlp.DET && u != nlp.ADJ && u != nlp.ADV && v.d.Word(t) != "than":
			return false
		}
	}
	return isTime
}

// withoutSubject returns source r without the one of whom it speaks, where it stands behind a quotation and its cue: "said an Iowa Liberal of
// Hale", "said Hale of making friends". It is empty where nobody else is named: "said of Hale".
func (v *view) withoutSubject(r nlp.TokenRange, at *nlp.Attribution) nlp.TokenRange {
	d := v.d
	isNamed := func(t int, kinds ...nlp.MentionKind) bool {
		return d.MentionOf[t] >= 0 && slices.Contains(kinds, d.Mentions[d.MentionOf[t]].Kind)
	}
	cue := at.Cue[len(at.Cue)-1]
	if at.Content[0].First < cue.First && r.First == cue.Past+1 && d.Word(cue.Past) == "of" && d.Lemmas[cue.Past-1] == say {
		return nlp.TokenRange{First: r.First, Past: r.First}
	}
	for of := r.First + 1; of+1 < r.Past && r.First == cue.Past; of++ {
		if d.Word(of) == "of" && d.Tag(of+1) == "VBG" && isNamed(of-1, nlp.Person) {
			return nlp.TokenRange{First: r.First, Past: of}
		}
	}
	if last := at.Content[len(at.Content)-1].Past; last > at.Cue[0].First || !isNamed(r.Past-1, nlp.Person) {
		return r
	}
	of := d.Mentions[d.MentionOf[r.Past-1]].First - 1
	if of > r.First && d.Word(of) == "of" && isNamed(of-1, nlp.Person, nlp.NORP) {
		r.Past = of
	}
	return r
}

// afterRelative is where the subject of verb t begins in source r, which the cue at token first follows: behind the word for a time in a
// relative clause that no comma ends: "Hale, who left after Renn said". -1 without one.
func (v *view) afterRelative(r nlp.TokenRange, first, t int) int {
	d := v.d
	if r.Past != first || !v.isFinite(first) && !v.isFinite(t) {
		return -1
	}
	after := -1
	for k := r.Past - 1; k > r.First && !d.Tokens[k].Flags.Has(nlp.IsPunct); k-- {
		if opensTimeToo[d.Lemmas[k]] && d.Lemmas[k] != "like" && d.Lemmas[k] != "as" && after < 0 {
			after = k
		}
		if isRelative[d.Lemmas[k]] && d.UPOS[k] == nlp.PRON {
			rest := nlp.TokenRange{First: after + 1, Past: r.Past}
			if after > k+1 && rest.Len() > 0 && d.Word(k-1) == "," && v.hasClauseBetween(k+1, after) && !v.hasClauseBetween(rest.First, rest.Past) && v.isSomebody(v.headIn(rest), rest) && !v.isPeriodOnly(rest) {
				return after + 1
			}
			return -1
		}
	}
	return -1
}

// beginsOutside reports whether source r holds the subject of verb t behind a noun or a relative that the verb only tells of: "the number of
// jobs the owner said", "which the owner called".
func (v *view) beginsOutside(r nlp.TokenRange, t int) bool {
	s := int(v.words[t].subject)
	if !r.Contains(s) || isRelative[v.d.Lemmas[s]] || v.d.RelNames[v.d.Rels[t]] != "acl:relcl" || int(v.d.Heads[t]) >= s {
		return false
	}
	phrase := v.phraseOf(s)
	first := phrase.First
	if u := v.d.UPOS[first]; u == nlp.PUNCT || u == nlp.CCONJ || v.isPeriodOnly(phrase) {
		return false
	}
	return first > r.First && (v.d.UPOS[first-1] == nlp.NOUN || v.d.UPOS[first-1] == nlp.PRON && isRelative[v.d.Lemmas[first-1]])
}

// withoutFrame returns source r, which the cue at token first follows, without the time or the place that frames the clause: "this time
// pilots say", "In the report, pilots said".
func (v *view) withoutFrame(r nlp.TokenRange, first int) nlp.TokenRange {
	d := v.d
	if r.Past > first {
		return r
	}
	if r.Len() > 2 && v.lowers[r.First] == hashThis && v.lowers[r.First+1] == hashTime {
		r.First += 2
	}
	if in := r.First - 1; in >= 0 && in == d.Sentences[v.words[r.First].sent].First && d.Word(in) == "In" {
		comma, n := 0, 0
		for t := r.First; t < r.Past-1; t++ {
			if d.Word(t) == "," {
				comma, n = t, n+1
			}
		}
		if n == 1 {
			r.First = comma + 1
		}
	}
	return r
}

var hashThis, hashTime = nlp.Hash("this"), nlp.Hash("time")

// isCompared reports whether r, right before the infinitive at token first, is what the one who speaks is compared with: "more likely than
// pilots to say".
func (v *view) isCompared(r nlp.TokenRange, first int) bool {
	return r.Past == first && r.First > 0 && v.d.Word(r.First-1) == "than" && v.d.UPOS[first] == nlp.PART
}

// comparer is the subject of the first word above infinitive t that has one before token first.
func (v *view) comparer(t, first int) []nlp.TokenRange {
	for h, steps := int(v.d.Heads[t]), 0; h >= 0 && steps < maxClause; h, steps = int(v.d.Heads[h]), steps+1 {
		if s := int(v.words[h].subject); s >= 0 && s < h && s < first {
			return []nlp.TokenRange{v.phraseOf(s)}
		}
	}
	return nil
}

// leavePeriod gives at, whose source is a time, the subject of its verb t: the relative before that time, "which this week said", or that of the
// verb which it goes on from.
func (v *view) leavePeriod(at *nlp.Attribution, t int) {
	before := at.Source[0].First - 1
	if before >= 0 && isRelative[v.d.Lemmas[before]] && v.d.UPOS[before] == nlp.PRON {
		at.Source = []nlp.TokenRange{{First: before, Past: before + 1}}
		for i, r := range at.Content {
			if r.First == before && r.Len() == 1 && len(at.Content) > 1 {
				at.Content = slices.Delete(slices.Clone(at.Content), i, i+1)
				break
			}
		}
		return
	}
	s := int(v.words[t].subject)
	if s < 0 || at.Source[0].Contains(s) {
		goesOn := v.d.RelNames[v.d.Rels[t]] == "conj"
		if v.d.Tag(t) == "VBG" {
			opens := before
			if opens > 0 && v.d.UPOS[opens] == nlp.ADP {
				opens--
			}
			goesOn = opens >= 0 && v.d.Word(opens) == "," // "Hale left, over the weekend saying", and not "Hale spent the weekend saying"
		}
		if !goesOn {
			return
		}
		s = v.subjectAbove(t)
	}
	if s >= 0 && s < t && !at.Source[0].Contains(s) {
		at.Source = []nlp.TokenRange{v.phraseOf(s)}
	}
}

// relativeOf is the "who" of the relative clause that the verb t of the cue, which begins at token first, goes on with, where source is the
// subject of a clause around that: "The council trusts Hale, who left and said …". A comma would end the relative clause. -1 without one.
func (v *view) relativeOf(first int, source nlp.TokenRange, t int) int {
	d := v.d
	k := first - 1
	for k > source.Past && d.UPOS[k] == nlp.ADV {
		k--
	}
	if k <= source.Past || d.UPOS[k] != nlp.CCONJ || !v.isFinite(t) || v.words[t].subject >= 0 {
		return -1
	}
	for k--; k > source.Past && !d.Tokens[k].Flags.Has(nlp.IsPunct) && v.words[k].region < 0 && v.words[k].sent == v.words[t].sent; k-- {
		if d.Lemmas[k] == "who" && d.UPOS[k] == nlp.PRON && d.Word(k-1) == "," {
			if v.hasClauseBetween(source.Past, k-1) {
				return k
			}
			break
		}
	}
	return -1
}

// isAddressed reports whether the source right before the participle of at is to whom something is sent: "a letter to the pilots
// imploring them".
func (v *view) isAddressed(source nlp.TokenRange, at *nlp.Attribution) bool {
	d, to := v.d, source.First-1
	if source.Past != at.Cue[0].First || to < 1 || d.Word(to) != "to" {
		return false
	}
	past := at.Cue[len(at.Cue)-1].Past
	return isMissive[d.Lemmas[to-1]] || isDoneTo[d.Lemmas[past-1]] && past < len(d.Tokens) && isThem[v.lowers[past]] && at.Content[0].First == past
}

// taggedSubject is the subject of the verb right before the comma before participle t, where a comma parts that subject from what source stands
// in: "Hale left, the Coast Press reported, citing Renn". -1 where there is none.
func (v *view) taggedSubject(source nlp.TokenRange, t int) int {
	h := int(v.d.Heads[t])
	if h < 0 || h != t-2 || !v.isFinite(h) || v.words[h].subject < 0 {
		return -1
	}
	s := int(v.words[h].subject)
	r := v.phraseOf(s)
	if r.First <= source.Past || r.Past != h || v.d.Word(r.First-1) != "," && v.d.Tokens[r.First-1].Mark != nlp.CloseMark || !v.isSomebody(s, r) {
		return -1
	}
	return s
}

// laterSubject is the subject of the last clause before the participle t, where source is that of the clause which it is joined to: "Hale
// criticized it, and Renn backed away, saying …". -1 where there is none.
func (v *view) laterSubject(source nlp.TokenRange, t int, owner []int32) int {
	d := v.d
	for k := t - 1; k > source.Past && v.words[k].sent == v.words[t].sent; k-- {
		s := int(v.words[k].subject)
		if d.UPOS[k] != nlp.VERB || s < source.Past || s > k || v.words[k].region >= 0 {
			continue
		}
		h := int(d.Heads[k])
		r := v.phraseOf(s)
		if d.RelNames[d.Rels[k]] != "conj" || h < 0 || !source.Contains(int(v.words[h].subject)) || owner[s] != 0 || !v.isSomebody(s, r) {
			return -1
		}
		if u := d.UPOS[r.First-1]; u != nlp.CCONJ && u != nlp.PUNCT {
			return -1 // "how he fell"
		}
		return s
	}
	return -1
}
