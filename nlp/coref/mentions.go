package coref

import "quoth/nlp"

// endNamesAtCues ends a mention at the cue whose source it begins with: in a headline where every word
// has a capital, "Quill Says Arden Left" is taken for one name.
func endNamesAtCues(d *nlp.Doc) {
	for _, a := range d.Attributions {
		if len(a.Cue) == 0 || len(a.Source) == 0 {
			continue
		}
		cue := a.Cue[0].First
		m := d.MentionOf[cue]
		if m < 0 || d.Mentions[m].First >= cue || a.Source[0].Past != cue {
			continue
		}
		for t := cue; t < d.Mentions[m].Past; t++ {
			d.MentionOf[t] = -1
		}
		d.Mentions[m].Past = cue
	}
}

// joinParted joins what a nickname in marks, or a hyphen, parts: "Zoë “Zora” Hale" and "Zoë Hale-Renn" are one name each.
func joinParted(d *nlp.Doc) {
	joined := map[int32]bool{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if joined[int32(i)] || m.Kind != nlp.Person || m.Len() == 0 || m.Past >= len(d.Tokens) {
			continue
		}
		k := afterNickname(d, m.Past)
		if k < 0 {
			k = afterHyphen(d, *m)
		}
		if k < 0 || d.Mentions[k].Kind != nlp.Person {
			continue
		}
		for t := m.Past; t < d.Mentions[k].Past; t++ {
			if other := d.MentionOf[t]; other >= 0 {
				joined[other] = true
			}
			d.MentionOf[t] = int32(i)
		}
		m.Past = d.Mentions[k].Past
	}
	if len(joined) == 0 {
		return
	}
	left := d.Mentions[:0]
	number := make([]int32, len(d.Mentions))
	for i, m := range d.Mentions {
		number[i] = int32(len(left))
		if !joined[int32(i)] {
			left = append(left, m)
		}
	}
	d.Mentions = left
	for t, i := range d.MentionOf {
		if i >= 0 {
			d.MentionOf[t] = number[i]
		}
	}
}

// afterHyphen is the mention that is the second half of a surname whose first half ends m, -1 for none. It is a person of
// its own where another mention has it alone: "the Zoë Hale-Renn debate" beside "Renn".
func afterHyphen(d *nlp.Doc, m nlp.Mention) int32 {
	t := m.Past + 1
	if m.Len() < 2 || t >= len(d.Tokens) || d.Word(m.Past) != "-" || d.Tokens[m.Past].Space || d.Tokens[t].Space || d.MentionOf[m.Past] >= 0 || d.MentionOf[t] < 0 {
		return -1
	}
	k := d.MentionOf[t]
	if d.Mentions[k].Len() != 1 {
		return -1
	}
	for _, other := range d.Mentions {
		last := other.Past - 1
		if other.Kind == nlp.Person && last >= 0 && last != t && d.Tokens[last].Lower == d.Tokens[t].Lower && (last == 0 || d.Tokens[last].Space || d.Word(last-1) != "-") {
			return -1
		}
	}
	return k
}

// maxNickname is how many words a nickname has.
const maxNickname = 2

// afterNickname is the mention that begins right after the nickname in marks which opens at token t, in the same sentence; -1
// without one.
func afterNickname(d *nlp.Doc, t int) int32 {
	if d.Tokens[t].Mark != nlp.OpenMark || d.Tokens[t].Flags.Has(nlp.StartsSent) {
		return -1
	}
	for k := t + 1; k+1 < len(d.Tokens) && k <= t+maxNickname+1 && !d.Tokens[k+1].Flags.Has(nlp.StartsSent); k++ {
		if d.Tokens[k].Mark == nlp.CloseMark {
			if next := d.MentionOf[k+1]; k > t+1 && next >= 0 && d.Mentions[next].First == k+1 {
				return next
			}
			return -1
		}
		if !d.Tokens[k].Flags.Has(nlp.IsCapital) {
			return -1
		}
	}
	return -1
}

// bodies are nouns that make of the name before them that of an organization: "the Hale campaign".
var bodies = nlp.WordSet("campaign camp administration government regime movement")

// widenToBodies makes names of persons, peoples and places that begin the name of a body its whole
// name: "the Hale campaign" is an organization and not Hale, and so is "Team Hale". What another noun follows
// that is nobody's, "a Hale campaign rally", stays as it is.
func (sc *scratch) widenToBodies() {
	d := sc.d
	sc.bearers = sc.bearers[:0]
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if k := m.First - 1; m.Kind == nlp.Person && m.Len() == 1 && k >= 0 && d.Word(k) == "Team" && d.MentionOf[k] < 0 && sc.sentOf[k] == sc.sentOf[m.First] {
			sc.bearers = append(sc.bearers, m.TokenRange)
			m.First, m.Kind, d.MentionOf[k] = k, nlp.Organization, int32(i)
			sc.heads[i] = int32(sc.headOf(m.TokenRange))
			continue
		}
		t := m.Past
		if m.Kind != nlp.Person && m.Kind != nlp.Location && m.Kind != nlp.NORP || t >= len(d.Tokens) || !bodies[d.Lemmas[t]] || d.UPOS[t] != nlp.NOUN && d.UPOS[t] != nlp.PROPN ||
			sc.sentOf[t] != sc.sentOf[m.First] || d.MentionOf[t] >= 0 || sc.isPluralNoun(t) {
			continue
		}
		if t+1 < len(d.Tokens) && d.UPOS[t+1] == nlp.NOUN && sc.noun(t+1).kind != humanNoun && sc.noun(t+1).kind != anonymousNoun {
			continue
		}
		if m.Kind == nlp.Person && m.Len() > 1 {
			continue // it may be all that tells the whole name
		}
		if m.Kind == nlp.Person {
			sc.bearers = append(sc.bearers, m.TokenRange)
		}
		m.Past, m.Kind, d.MentionOf[t] = t+1, nlp.Organization, int32(i)
		sc.heads[i] = int32(sc.headOf(m.TokenRange))
	}
}
