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
