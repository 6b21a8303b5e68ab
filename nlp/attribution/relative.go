package attribution

import "quoth/nlp"

// maxClause is how many heads above a source the subject is looked for that the source only tells of.
const maxClause = 8

// wholeSubject gives an attribution the whole subject of its cue for a source, where the chains took the end of it, which stands in a
// relative clause: "a pilot who spoke with the Coast Post said" is not said by the Post.
func (v *view) wholeSubject(at *nlp.Attribution) {
	if len(at.Cue) == 0 || len(at.Source) != 1 || at.Source[0].Past != at.Cue[0].First {
		return
	}
	d, source := v.d, at.Source[0]
	t, ok := v.lastVerb(at)
	if !ok {
		return
	}
	if first := v.restricted(source, t); first >= 0 {
		at.Source[0].First = first
		return
	}
	subject := int(v.words[t].subject)
	if subject < 0 && v.isFinite(t) {
		subject = v.described(source)
	}
	if subject < 0 || subject >= source.First {
		return
	}
	h := v.headIn(source)
	if rel := d.RelNames[d.Rels[h]]; rel != "obl" && rel != "obj" && rel != "obl:agent" {
		return
	}
	inClause := false
	for steps := 0; h != subject; steps++ {
		if d.RelNames[d.Rels[h]] == "acl:relcl" {
			inClause = true
		}
		if h = int(d.Heads[h]); h < 0 || steps == maxClause {
			return
		}
	}
	if !inClause {
		return
	}
	first := subject
	for first > int(v.words[subject].left) && d.UPOS[first-1].IsBeforeNoun() {
		first--
	}
	at.Source[0].First = first
}

// described is the noun that a clause between commas tells of where source r, with the comma behind it, ends that clause: "the Press, which
// supports Norland,". -1 without one.
func (v *view) described(r nlp.TokenRange) int {
	d := v.d
	if d.Word(r.Past-1) != "," {
		return -1
	}
	t := v.headIn(r)
	for steps := 0; t >= 0 && steps < maxClause; steps++ {
		if d.RelNames[d.Rels[t]] != "acl:relcl" {
			t = int(d.Heads[t])
			continue
		}
		who := int(v.words[t].subject)
		if who < 1 || !isRelative[d.Lemmas[who]] || d.Word(who-1) != "," {
			return -1
		}
		return int(d.Heads[t])
	}
	return -1
}

// maxRestricting is the largest number of tokens of a clause that tells which of a noun are meant.
const maxRestricting = 12

// restricted is where the source begins that r, right before verb t, only ends, as the last words of a clause without commas: "pilots who
// voted for the bridge said". -1 where r is no such end.
func (v *view) restricted(r nlp.TokenRange, t int) int {
	d := v.d
	if r.First < 3 || d.UPOS[r.First-1] != nlp.ADP || opensTimeToo[d.Lemmas[r.First-1]] || r.Past != t || !v.isFinite(t) || v.words[t].region >= 0 {
		return -1
	}
	verbs := 0
	for k := r.Past - 1; k > max(0, r.First-maxRestricting) && v.words[k].sent == v.words[t].sent && !d.Tokens[k].Flags.Has(nlp.IsPunct) && v.words[k].region < 0; k-- {
		switch {
		case k < r.First && d.Lemmas[k] == "who" && d.UPOS[k] == nlp.PRON:
			if u := d.UPOS[k-1]; verbs != 1 || u != nlp.NOUN && u != nlp.PRON && u != nlp.DET {
				return -1
			}
			return v.phraseFirst(k - 1)
		case d.UPOS[k] == nlp.VERB || d.UPOS[k] == nlp.AUX:
			verbs++
		case d.UPOS[k] == nlp.SCONJ || d.UPOS[k] == nlp.CCONJ || d.UPOS[k] == nlp.PRON:
			return -1
		}
	}
	return -1
}

// phraseFirst is the first token of the phrase that ends with noun t: "eight of the pilots".
func (v *view) phraseFirst(t int) int {
	d := v.d
	for t > 0 && v.words[t-1].sent == v.words[t].sent {
		switch {
		case d.UPOS[t-1].IsBeforeNoun():
			t--
		case t > 1 && d.Word(t-1) == "of" && (d.UPOS[t-2] == nlp.NUM || d.UPOS[t-2] == nlp.NOUN || d.UPOS[t-2] == nlp.DET):
			t -= 2
		default:
			return t
		}
	}
	return t
}
