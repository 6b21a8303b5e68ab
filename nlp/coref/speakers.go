package coref

import (
	"slices"
	"sort"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// assign gives every attribution the party of its source: sc.d.Speakers holds parties
// until write makes clusters of them. Names and narrative pronouns come first, then what
// hangs on other attributions: first persons, pronouns inside quotations, and
// attributions without a source of their own.
func (sc *scratch) assign() {
	d := sc.d
	for i, head := range sc.sources {
		if head >= 0 && !sc.isTold(i, int(head)) {
			d.Speakers[i] = sc.speakerOf(int(head), d.Attributions[i].Source)
		}
	}
	sc.byInitials()
	for i, head := range sc.sources {
		if d.Speakers[i] >= 0 {
			continue
		}
		if head >= 0 && sc.isTold(i, int(head)) {
			continue
		}
		if head < 0 {
			if d.Speakers[i] = sc.continued(i); d.Speakers[i] < 0 && len(d.Attributions[i].Cue) == 0 && len(d.Attributions[i].Content) > 0 {
				if d.Speakers[i] = sc.transcribed(i); d.Speakers[i] < 0 {
					d.Speakers[i] = sc.carriedOver(i)
				}
			}
			continue
		}
		k := sc.refAt[head]
		if k < 0 || sc.refs[k].party >= 0 {
			continue
		}
		if sc.refs[k].pron == first {
			d.Speakers[i] = sc.enclosing(int(head), i)
		} else if sc.refs[k].isQuoted {
			sc.refs[k].party = sc.resolve(int(k))
			d.Speakers[i] = sc.refs[k].party
		}
	}
	sc.repeated()
}

// byInitials gives the turns of a transcript whose label is the initials of one who has a turn before, by their
// name, to that one.
func (sc *scratch) byInitials() {
	d := sc.d
	var named map[string]int32
	for i := range d.Attributions {
		at := &d.Attributions[i]
		if !at.IsTurn(d) || d.Speakers[i] < 0 {
			continue
		}
		label := at.Source[0]
		if initials := d.Initials(label); initials != "" {
			if _, ok := named[initials]; !ok {
				if named == nil {
					named = map[string]int32{}
				}
				named[initials] = d.Speakers[i]
			}
		} else if label.Len() == 1 && d.Tokens[label.First].Flags.Has(nlp.IsUpper) {
			if p, ok := named[strings.ToLower(d.Word(label.First))]; ok {
				d.Speakers[i] = p
			}
		}
	}
}

// repeatWords is how many words in a row make a quotation without source and cue, as
// headlines have, the same as one of a known speaker.
const repeatWords = 5

// repeated gives quotations that name no speaker the one of the statement whose words
// they repeat.
func (sc *scratch) repeated() {
	d := sc.d
	isLone := func(i int) bool { return d.Speakers[i] < 0 && len(d.Attributions[i].Source) == 0 }
	lone := false
	for i := range d.Speakers {
		lone = lone || isLone(i)
	}
	if !lone {
		return
	}
	if sc.grams == nil {
		sc.grams = map[uint64]int32{}
	}
	clear(sc.grams)
	for i, at := range d.Attributions {
		if p := d.Speakers[i]; p >= 0 {
			sc.eachGram(at.Content, func(g uint64) bool {
				sc.grams[g] = p
				return true
			})
		}
	}
	for i, at := range d.Attributions {
		if !isLone(i) {
			continue
		}
		sc.eachGram(at.Content, func(g uint64) bool {
			p, ok := sc.grams[g]
			if ok {
				d.Speakers[i] = p
			}
			return !ok
		})
	}
}

// maxGrams bounds the words of one content that are compared.
const maxGrams = 64

// eachGram calls yield for the hashes of repeatWords quoted words in a row, until it
// returns false.
func (sc *scratch) eachGram(content []nlp.TokenRange, yield func(g uint64) bool) {
	for _, r := range content {
		var last [repeatWords]uint64
		n := 0
		for t := r.First; t < r.Past && n < maxGrams; t++ {
			if tok := sc.d.Tokens[t]; tok.Depth == 0 || tok.Flags.Has(nlp.IsPunct) {
				continue
			} else {
				copy(last[:], last[1:])
				last[repeatWords-1] = tok.Lower
			}
			if n++; n < repeatWords {
				continue
			}
			g := uint64(0)
			for _, h := range last {
				g = nlp.Mix(g, h)
			}
			if !yield(g) {
				return
			}
		}
	}
}

// speakerOf returns the party of the source with the given head: one, or several joined
// by "and".
func (sc *scratch) speakerOf(head int, source []nlp.TokenRange) int32 {
	if m := sc.d.MentionOf[source[0].First]; len(source) == 1 && m >= 0 && source[0].Past <= sc.d.Mentions[m].Past && sc.isDatelinePlace(sc.d.Mentions[m]) {
		return -1 // the parser took a place for who speaks
	}
	switch all := sc.members(source); len(all) {
	case 0:
	case 1:
		return all[0]
	default:
		return sc.jointParty(all)
	}
	return sc.partyAt(head)
}

// isMentioned reports whether r holds a name of party p.
func (sc *scratch) isMentioned(p int32, r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if sc.mentionParty(t) == p {
			return true
		}
	}
	return false
}

// namedBehind returns the head of the name of the person that stands in source r behind what they are, where the parser took something else for its head:
// "Lake Institute for Harbour Policy fellow Zoë Hale", "MNN's Zoë Hale", "one of the organizers, teacher Zoë Hale". -1 without one.
func (sc *scratch) namedBehind(r nlp.TokenRange) int32 {
	d := sc.d
	comma := -1
	for t := r.First; t < r.Past; t++ {
		if d.Word(t) == "," && comma < 0 {
			comma = t
			continue
		}
		m := d.MentionOf[t]
		if m < 0 || d.Mentions[m].Kind != nlp.Person || d.Mentions[m].First != t {
			if u := d.UPOS[t]; u == nlp.VERB || u == nlp.AUX || u == nlp.CCONJ || comma >= 0 && (d.Word(t) == "," || d.Word(t) == "of") {
				return -1
			}
			continue
		}
		past := d.Mentions[m].Past
		if comma < 0 && (sc.isGenitive(past-1) || past < r.Past && sc.isGenitive(past)) {
			t = past - 1 // "one of Reed's lawyers, Zoë Hale"
			continue
		}
		if p := sc.partyOf[m]; p < 0 || sc.parties[p].kind != quoth.PersonParty || t == r.First ||
			past < r.Past && d.Word(past) != "," && d.Word(past) != "(" && d.Word(past) != "of" && !nlp.IsDash(d.Word(past)) {
			return -1
		}
		before := sc.beforeBracket(t - 1)
		isCalled := sc.titles[d.Tokens[before].Lower] != lexicon.NoTitle || sc.noun(before).kind == humanNoun && !sc.isPluralNoun(before)
		switch {
		case before < t-1 && comma < 0:
			if isCalled {
				return sc.heads[m] // "Prime Minister (Taoiseach) Zoë Hale"
			}
		case comma >= 0:
			if (isCalled || comma == t-1) && sc.isOneHuman(nlp.TokenRange{First: r.First, Past: comma}) {
				return sc.heads[m]
			}
		case sc.isGenitive(t-1) && d.MentionOf[r.First] >= 0 && d.Mentions[d.MentionOf[r.First]].Kind == nlp.Organization:
			return sc.heads[m]
		case isCalled && sc.isOfficeOf(r, before):
			return sc.heads[m]
		case isCalled && d.MentionOf[r.First] >= 0 && d.Mentions[d.MentionOf[r.First]].Kind == nlp.Organization && !sc.hasHuman(nlp.TokenRange{First: r.First, Past: t - 1}):
			return sc.heads[m]
		}
		return -1
	}
	return -1
}

// isOfficeOf reports whether r begins with an office and what it is of, and token t is an office once more: "Chairman of the Ferries
// Committee Chairman Zoë Hale".
func (sc *scratch) isOfficeOf(r nlp.TokenRange, t int) bool {
	d := sc.d
	return t > r.First+2 && d.Word(r.First+1) == "of" && d.Tokens[r.First].Flags.Has(nlp.IsCapital) && d.Tokens[t].Flags.Has(nlp.IsCapital) &&
		sc.noun(r.First).kind == humanNoun && sc.titles[d.Tokens[t].Lower] == lexicon.RoleTitle
}

// beforeBracket returns the token before what stands in brackets up to token t, t without any.
func (sc *scratch) beforeBracket(t int) int {
	if sc.d.Word(t) != ")" {
		return t
	}
	for k := t - 1; k > 0 && k >= t-maxAside && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if sc.d.Word(k) == "(" {
			return k - 1
		}
	}
	return t
}

// isOneHuman reports whether r tells of one person: "one of the organizers", "a third lawmaker".
func (sc *scratch) isOneHuman(r nlp.TokenRange) bool {
	d := sc.d
	if d.Lemmas[r.First] == "one" && r.Len() > 1 && d.Word(r.First+1) == "of" {
		return true
	}
	t := sc.nounOf(r)
	return t >= 0 && sc.noun(t).kind == humanNoun && !sc.isPluralNoun(t) && sc.determiner(t) != bare && !sc.hasHuman(nlp.TokenRange{First: t + 1, Past: r.Past})
}

// hasHuman reports whether a noun of r is one of a person.
func (sc *scratch) hasHuman(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if k := sc.noun(t).kind; sc.d.Word(t) == "Republican" || sc.d.Word(t) == "Democrat" || sc.d.UPOS[t] == nlp.NOUN && (k == humanNoun || k == anonymousNoun || k == documentNoun) {
			return true
		}
	}
	return false
}

// conjoined reports whether t is a conjunct of head, over conjuncts between them.
func (sc *scratch) conjoined(t, head int) bool {
	for steps := 0; steps < 8 && t >= 0; steps++ {
		if !sc.rel(t, conjunct) {
			return false
		}
		t = int(sc.d.Heads[t])
		if t == head || (t >= 0 && sc.refAt[t] >= 0 && sc.refAt[t] == sc.refAt[head]) {
			return true
		}
	}
	return false
}

// jointParty returns the party of several that speak together, of the kind of the first.
func (sc *scratch) jointParty(all []int32) int32 {
	key := uint64(11)
	for _, p := range all {
		key = nlp.Mix(key, uint64(p))
	}
	found := int32(-1)
	sc.byNoun.each(key, func(p int32) bool {
		found = p
		return false
	})
	if found >= 0 {
		return found
	}
	id := int32(len(sc.parties))
	sc.parties = append(sc.parties, party{kind: sc.parties[all[0]].kind, joint: slices.Clone(all), isPlural: true, seen: -1, cluster: -1})
	sc.byNoun.add(key, id)
	return id
}

// enclosing returns the speaker of the quotation that token t stands in, attribution i
// aside; -1 if it is in none or that has no speaker.
func (sc *scratch) enclosing(t, i int) int32 {
	if a := sc.contentOf[t]; a > 0 && int(a-1) != i {
		return sc.d.Speakers[a-1]
	}
	return -1
}

// maxEnclosing bounds how far in the list the attribution around another is looked for.
const maxEnclosing = 12

// continued returns the speaker of attribution i, which has no source, when its cue goes
// on from a verb of the same sentence whose subject is known: "…, adding that …".
func (sc *scratch) continued(i int) int32 {
	d := sc.d
	if len(d.Attributions[i].Cue) == 0 {
		return -1
	}
	t := sc.headOf(d.Attributions[i].Cue[0])
	if first := d.Sentences[sc.sentOf[t]].First; d.Tokens[first].Flags.Has(nlp.StartsBlock) && d.UPOS[first] == nlp.VERB && !strings.HasSuffix(d.Word(first), "ing") {
		return sc.listed(first)
	}
	if d.UPOS[t] != nlp.VERB || lexicon.Raising[d.Lemmas[t]] || sc.isBareParticiple(t) {
		return -1
	}
	for k := t; k < d.Attributions[i].Cue[0].Past; k++ { // "need to be told", "continues to face criticism"
		if sc.isPassive(k) || d.UPOS[k] == nlp.VERB && lexicon.Receiving[d.Lemmas[k]] {
			return -1
		}
	}
	// A participle has no subject of its own, whatever the parser hangs it from.
	isParticiple := strings.HasSuffix(d.Word(t), "ing")
	for steps := 0; steps < 6; steps++ {
		if s := sc.subj[t]; s >= 0 {
			return sc.partyAt(int(s))
		}
		if d.Heads[t] < 0 || (!sc.rel(t, clausal) && !isParticiple) {
			return -1
		}
		t = int(d.Heads[t])
	}
	return -1
}

// maxListed is how many sentences a list of sayings has.
const maxListed = 16

// listed returns the person of whom the block that begins with token t tells another saying, without a subject,
// below a line that ends in a colon: "Hale also: | Said that … | Refused to …". -1 when there is none.
func (sc *scratch) listed(t int) int32 {
	d := sc.d
	for s := int(sc.sentOf[t]) - 1; s >= 0 && s >= int(sc.sentOf[t])-maxListed; s-- {
		if d.Word(d.Sentences[s].Past-1) == ":" {
			return sc.lastPerson(s, false)
		}
		if first := d.Sentences[s].First; d.Tokens[first].Flags.Has(nlp.StartsBlock) && d.UPOS[first] != nlp.VERB {
			return -1
		}
	}
	return -1
}

// lastPerson returns the last person, or the last one who is a subject, in sentence s, -1 without one.
func (sc *scratch) lastPerson(s int, isSubject bool) int32 {
	past := sc.d.Sentences[s].Past
	from := sort.Search(len(sc.refs), func(k int) bool { return int(sc.refs[k].tok) >= past })
	for k := from - 1; k >= 0 && int(sc.refs[k].sent) == s; k-- {
		if r := &sc.refs[k]; (r.isSubject || !isSubject) && r.party >= 0 && sc.parties[r.party].kind == quoth.PersonParty {
			return r.party
		}
	}
	return -1
}

// transcribed returns the speaker of attribution i, which has neither source nor cue,
// when its block begins with a name and a colon: "HALE: We open in May."
func (sc *scratch) transcribed(i int) int32 {
	d := sc.d
	first := d.Attributions[i].Content[0].First
	block := d.Sentences[sc.sentOf[first]].Block
	t := first - 1
	for t >= 0 && (d.Tokens[t].Mark != nlp.NoMark) {
		t--
	}
	if t < 1 || d.Word(t) != ":" || d.Sentences[sc.sentOf[t]].Block != block {
		return -1
	}
	name := t - 1
	for k := name; k >= 0 && k >= t-4 && d.Sentences[sc.sentOf[k]].Block == block; k-- {
		if !d.Tokens[k].Flags.Has(nlp.IsCapital) {
			return -1
		}
		if d.Tokens[k].Flags.Has(nlp.StartsBlock) {
			if p := sc.partyAt(name); p >= 0 {
				return p
			}
			return sc.knownName(name)
		}
	}
	return -1
}

// isBareParticiple reports whether verb t is a past participle without auxiliary: who is
// "asked whether" is not who asks.
func (sc *scratch) isBareParticiple(t int) bool {
	d := sc.d
	if d.Tokens[t].Flags.Has(nlp.StartsSent) && strings.HasSuffix(d.Word(t), "ed") && sc.subj[t] < 0 {
		return true // taggers take it for a past tense
	}
	if t > 0 && lexicon.OpensParticiple[d.Lemmas[t-1]] && strings.HasSuffix(d.Word(t), "ed") {
		return true
	}
	if d.Tag(t) != "VBN" {
		return false
	}
	for k := max(0, t-4); k < t; k++ {
		if int(d.Heads[k]) == t && d.UPOS[k] == nlp.AUX {
			return false
		}
	}
	return true
}

// isPassive reports whether verb t has a passive auxiliary.
func (sc *scratch) isPassive(t int) bool {
	for k := t - 1; k >= 0 && k >= t-4; k-- {
		if int(sc.d.Heads[k]) == t && sc.rel(k, passiveAux) {
			return true
		}
	}
	return false
}

// write turns the parties that speak or are spoken of into clusters.
func (sc *scratch) write() {
	d := sc.d
	for i, p := range d.Speakers {
		if p >= 0 {
			d.Speakers[i] = sc.clusterOf(p)
		}
		for k, to := range d.About[i] {
			d.About[i][k].Cluster = sc.clusterOf(to.Cluster)
		}
	}
	for i, a := range d.Addressees {
		if a.Cluster >= 0 {
			d.Addressees[i].Cluster = sc.clusterOf(a.Cluster)
		}
	}
	sc.writeMentions()
}

// writeMentions gives every cluster its mentions, and every name a cluster.
func (sc *scratch) writeMentions() {
	d := sc.d
	for i := range sc.refs {
		r := &sc.refs[i]
		if r.party < 0 || (sc.parties[r.party].cluster < 0 && !r.isName) {
			continue
		}
		at := sc.clusterOf(r.party) // which may make one, and move them all
		c := &d.Clusters[at]
		c.Mentions = append(c.Mentions, nlp.TokenRange{First: int(r.first), Past: int(r.past)})
	}
}

// shown is the name that p is shown under.
func (p *party) shown() nlp.TokenRange {
	if p.parts == 1 && p.titled.Past > 0 {
		return p.titled
	}
	return p.name
}

// nameOf returns the name under which party p, which is not joint, is shown: "Zoë Hale", or "Zoë Hale's campaign" where the text
// has only "her campaign".
func (sc *scratch) nameOf(p int32) string {
	q := &sc.parties[p]
	if q.owner > 0 {
		return sc.d.Phrase(sc.parties[q.owner-1].shown()) + "'s " + sc.d.Phrase(q.name)
	}
	return strings.Clone(sc.d.Phrase(q.shown()))
}

// clusterOf returns the cluster of party p, made on first use.
func (sc *scratch) clusterOf(p int32) int32 {
	q := &sc.parties[p]
	if q.cluster >= 0 {
		return q.cluster
	}
	c := nlp.Cluster{Kind: q.kind}
	if q.joint == nil {
		c.Name = sc.nameOf(p)
	} else {
		names := make([]string, len(q.joint))
		for i, j := range q.joint {
			names[i] = sc.nameOf(j)
		}
		c.Name = strings.Join(names, " & ")
	}
	q.cluster = int32(len(sc.d.Clusters))
	sc.d.Clusters = append(sc.d.Clusters, c)
	return q.cluster
}
