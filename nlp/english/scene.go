package english

import (
	"slices"
	"strings"
	"time"

	"quoth"
	"quoth/nlp"
)

// isLasting reports whether what follows may be of occasion o: what takes longer than a month is told
// of one thing alone, but for the year of a book.
func (l *linker) isLasting(o *occasion) bool {
	if o.time < 0 {
		return true
	}
	edtf := l.edtf(o.time)
	first, last, isInterval := strings.Cut(edtf, "/")
	if !isInterval {
		return o.medium == documentMedium || len(edtf) >= len("2006-01")
	}
	begin, err := time.Parse(time.DateOnly, first)
	end, err2 := time.Parse(time.DateOnly, last)
	return err == nil && err2 == nil && end.Sub(begin) <= recentDays*24*time.Hour
}

// add puts a new occasion in, and returns its index.
func (l *linker) add(o occasion) int {
	o.first = l.block
	l.scenes = append(l.scenes, o)
	return len(l.scenes) - 1
}

// touch tells that occasion k was spoken of again, by the parties of o.
func (l *linker) touch(k int, o occasion) {
	l.scenes[k].block = max(l.scenes[k].block, l.block)
	l.scenes[k].join(o.parties)
}

// maxParties bounds those who speak at one occasion.
const maxParties = 50

func (o *occasion) join(parties []int32) {
	for _, p := range parties {
		if len(o.parties) < maxParties && !slices.Contains(o.parties, p) {
			o.parties = append(o.parties, p)
		}
	}
}

// share reports whether a party is in both a and b.
func share(a, b []int32) bool {
	return slices.ContainsFunc(a, func(p int32) bool { return slices.Contains(b, p) })
}

// fits reports whether what is told of o goes with occasion k: neither time nor medium is
// another, and something is new or the noun is the same.
func (l *linker) fits(k, o *occasion) bool {
	if o.time >= 0 && k.time >= 0 && l.edtf(o.time) != l.edtf(k.time) || o.time < 0 && !l.isLasting(k) {
		return false
	}
	if o.noun != "" && o.noun == k.noun {
		return true
	}
	if o.isNamed && k.isNamed && !l.areOne(o.venue, k.venue) {
		return false // told another outlet
	}
	if o.time >= 0 && k.time < 0 && !l.isRecent(o.time) {
		return false // what is told of long ago dates nothing before it
	}
	if o.medium != noMedium && k.medium != noMedium && o.medium != k.medium {
		return false
	}
	if o.noun != "" && k.noun != "" && o.noun != k.noun {
		return false
	}
	if o.time < 0 && o.isNew && k.medium != noMedium {
		return false // an interview, told anew
	}
	return true
}

// areOne reports whether the names a and b may be of one outlet: a word is in both, "MNN", "MNN Tonight", or one is no outlet's, but
// perhaps that of a show of it, "Harbour Talk", "the program".
func (l *linker) areOne(a, b nlp.TokenRange) bool {
	d := l.d
	return !l.hasOutletWord(a) || !l.hasOutletWord(b) || slices.ContainsFunc(d.Tokens[a.First:a.Past], func(t nlp.Token) bool {
		return t.Flags.Has(nlp.IsCapital) && slices.ContainsFunc(d.Tokens[b.First:b.Past], func(u nlp.Token) bool { return t.Lower == u.Lower })
	})
}

// hasOutletWord reports whether a word in the names of outlets stands in r.
func (l *linker) hasOutletWord(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if l.isOutletWord(t) {
			return true
		}
	}
	return false
}

// merge adds to occasion k what o tells besides.
func (l *linker) merge(k *occasion, o occasion) {
	if k.time < 0 {
		k.time, k.isOfEvent = o.time, k.noun != "" && k.noun == o.noun
	}
	if k.medium == noMedium {
		k.medium, k.mediumAt, k.isEvent, k.isOpen = o.medium, o.mediumAt, o.isEvent, o.isOpen
	}
	if k.venue.Len() == 0 {
		k.venue, k.isNamed = o.venue, o.isNamed
	}
	if k.noun == "" {
		k.noun = o.noun
	}
	k.block = l.block
	if o.medium != noMedium {
		k.told = l.block
	}
	k.join(o.parties)
}

// unite fills what a and b, which are the same occasion, do not tell from one another.
func (l *linker) unite(a, b *occasion) {
	if a.time < 0 {
		a.time = b.time
	}
	if b.medium == noMedium {
		b.medium, b.mediumAt, b.isEvent, b.isOpen, b.noun = a.medium, a.mediumAt, a.isEvent, a.isOpen, a.noun
	}
	if b.venue.Len() == 0 {
		b.venue, b.isNamed = a.venue, a.isNamed
	}
	a.join(b.parties)
}

// window is for how many paragraphs an occasion lives that is not spoken of.
const window = 3

// maxScenes is how many occasions back the one of a speaker is looked for.
const maxScenes = 8

// before is the occasion that attribution i, beside which o is told, may go on from, -1 for
// none.
func (l *linker) before(i int, s nlp.Sentence, o *occasion) int {
	last := len(l.scenes) - 1
	if last >= 0 && l.lastTold >= 0 && l.sayings[i].isTold {
		if a := &l.sayings[l.lastTold]; a.scene == last && a.isTold && s.Contains(a.anchor) && l.fits(&l.scenes[last], o) {
			return last // told of both in one sentence
		}
	}
	k := l.sceneOf(i)
	if !l.sayings[i].isTold {
		return k
	}
	if named := l.sceneNamed(o); named >= 0 {
		if k >= 0 && k != named && l.scenes[k].medium == noMedium && l.scenes[named].time < 0 {
			l.unite(&l.scenes[named], &l.scenes[k])
		}
		return named
	}
	if k < 0 && o.time < 0 && last >= 0 && l.scenes[last].medium == noMedium && l.isLately(&l.scenes[last]) {
		// The day was told before, the occasion is told now.
		prev := &l.scenes[last]
		gap := l.block - prev.block
		if (l.isOfTheseDays(prev) || share(prev.parties, o.parties)) && (o.isEvent && gap <= window || gap <= 1 && l.block <= summaryParagraphs+1) {
			return last
		}
	}
	return k
}

// isOfTheseDays reports whether occasion k was in the last days before the article, as far as both days are told.
func (l *linker) isOfTheseDays(k *occasion) bool {
	return k.time < 0 || l.d.DCT.IsZero() || startsAfter(l.edtf(k.time), l.d.DCT.AddDate(0, 0, -theseDays))
}

// theseDays is for how many days, that of the article among them, an occasion is the one that others speak of too.
const theseDays = 6

// isLately reports whether occasion k was in the weeks before the article, as far as both days are told.
func (l *linker) isLately(k *occasion) bool {
	return k.time < 0 || l.d.DCT.IsZero() || l.isRecent(k.time)
}

// sceneNamed is the last occasion at the event that o is told of, -1 for none.
func (l *linker) sceneNamed(o *occasion) int {
	if o.noun == "" {
		return -1
	}
	for k := len(l.scenes) - 1; k >= max(0, len(l.scenes)-maxScenes); k-- {
		if s := &l.scenes[k]; s.noun == o.noun && !isAnother(s, o) {
			return k
		}
	}
	return -1
}

// isAnother reports whether o, told anew and with its day, is not the occasion k, of which no day is
// told and where others spoke: "said at a news conference", "said at a joint news conference on
// Monday".
func isAnother(k, o *occasion) bool {
	return k.isNew && o.isNew && k.time < 0 && o.time >= 0 && !share(o.parties, k.parties)
}

// sceneOf is the occasion at which the speaker of attribution i spoke last, -1 for none.
func (l *linker) sceneOf(i int) int {
	speaker := l.d.Speakers[i]
	isTurn, isOutside := l.isTurn(i), l.isOutside(i)
	open := -1
	for k := len(l.scenes) - 1; k >= max(0, len(l.scenes)-maxScenes); k-- {
		o := &l.scenes[k]
		if gap := l.block - o.block; gap > eventWindow || gap > window && !o.isOpen || gap > 0 && o.isOnce {
			continue
		}
		isOnAir := isTurn && (o.medium == broadcastMedium || o.medium == interviewMedium)
		isThere := speaker >= 0 && slices.Contains(o.parties, speaker)
		switch {
		case isThere && l.isPast(o) && l.block-o.told > 1:
			return -1
		case isThere && (open < 0 || o.medium != noMedium), open < 0 && (isOnAir || l.speaksFor(i, o.parties) || speaker < 0 && o.block == l.block && len(l.d.Attributions[i].Source) == 0 && kindOf(l.d, l.d.Attributions[i]) != quoth.Indirect):
			return k
		case open < 0 && o.isOpen && !isOutside && l.maySpeakThere(i, o):
			open = k // but for whom the text has speak elsewhere
		}
	}
	if open >= 0 {
		return open
	}
	if k := len(l.scenes) - 1; k >= 0 && l.backsUp(i, k) {
		return k
	}
	return -1
}

// maySpeakThere reports whether attribution i may be of hearing o, where others are told to speak: the article is about it,
// since its first paragraphs tell it with its day, or a person says so soon after it is told.
func (l *linker) maySpeakThere(i int, o *occasion) bool {
	a := &l.sayings[i]
	if thoughts[l.d.Lemmas[a.anchor]] || l.isRefusal(i) || a.hasCue && (!a.tense.goesOn() || l.isNested(a.anchor)) {
		return false
	}
	if o.first <= summaryParagraphs && o.time >= 0 && l.isNews(o.time) {
		return true
	}
	c := l.d.Speakers[i]
	return l.block-o.told <= 1 && c >= 0 && l.d.Clusters[c].Kind == quoth.PersonParty && a.hasCue
}

// isNested reports whether the verb at t is one of a clause about a noun: "an email in which he told her".
func (l *linker) isNested(t int) bool { return l.rel(t) == relAcl }

// isPast reports whether occasion o is a day before those that the article is news of, told in passing with no event, no
// outlet and no writing that what follows could be of.
func (l *linker) isPast(o *occasion) bool {
	if o.time < 0 || l.d.DCT.IsZero() || o.medium != noMedium && (o.medium != speechMedium || o.isEvent) {
		return false
	}
	return !l.isRecent(o.time) && l.edtf(o.time) != l.d.DCT.Format("2006-01")
}

// isOutside reports whether the article has named the speaker of attribution i as one who explains what goes
// on, and so takes no part in it: "legal analyst Zoë Hale".
func (l *linker) isOutside(i int) bool {
	c := l.d.Speakers[i]
	for _, r := range l.d.Attributions[i].Source {
		for t := r.First; t < min(r.Past, r.First+maxVenue); t++ {
			if explainers[l.d.Lemmas[t]] {
				if c >= 0 {
					l.outside[c] = true
				}
				return true
			}
		}
	}
	return c >= 0 && l.outside[c]
}

// explainers are nouns of those who explain what others do.
var explainers = map[string]bool{"analyst": true, "professor": true, "scholar": true, "commentator": true, "historian": true, "expert": true}

// backsUp reports whether attribution i is a quotation right after a paragraph whose
// speaker was told by a description that nobody is known by ("The nominee attacked …"):
// the quotation that follows is the proof of that.
func (l *linker) backsUp(i, k int) bool {
	if l.lastTold < 0 || l.sayings[l.lastTold].scene != k || l.scenes[k].medium == interviewMedium || l.block-l.scenes[k].block != 1 {
		return false
	}
	source := l.d.Attributions[l.lastTold].Source
	if len(source) != 1 || kindOf(l.d, l.d.Attributions[i]) == quoth.Indirect {
		return false
	}
	h := l.headOf(source[0])
	c := l.d.Speakers[l.lastTold]
	return l.d.UPOS[h] == nlp.NOUN && (c < 0 || isDescription(l.d.Clusters[c].Name))
}

// isDescription reports whether the fullest name that an article gives is none: "The
// nominee", "a union".
func isDescription(name string) bool {
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return first == "the" || first == "a" || first == "an"
}

// isTurn reports whether attribution i is a turn of a transcript whose speakers stand in capitals.
func (l *linker) isTurn(i int) bool {
	at := &l.d.Attributions[i]
	if len(at.Cue) == 0 && len(at.Source) == 0 { // the turn is taken for a quotation as a whole
		t := at.Content[0].First
		if l.d.Tokens[t].Mark != nlp.NoMark {
			t++
		}
		return t+1 < len(l.d.Tokens) && l.d.Tokens[t].Flags.Has(nlp.IsUpper) && l.d.Word(t+1) == ":"
	}
	return len(at.Cue) == 1 && len(at.Source) == 1 && l.d.Word(at.Cue[0].First) == ":" && l.d.Tokens[at.Source[0].First].Flags.Has(nlp.IsUpper)
}

// present are the clusters of the speaker of attribution i and of the subjects of sentence
// s outside every content.
func (l *linker) present(i int, s nlp.Sentence) []int32 {
	var o occasion
	if c := l.d.Speakers[i]; c >= 0 {
		o.join([]int32{c})
	}
	near := l.near(i, s)
	for t := near.First; t < near.Past; t++ {
		if c := l.clusters[t]; c > 0 && l.content[t] == 0 && l.rel(t) == relSubj && !l.isOfAside(t, l.sayings[i].anchor) {
			o.join([]int32{c - 1})
		}
	}
	return o.parties
}

// isOfAside reports whether the subject at t is one of a clause about a noun, which the verb at anchor is not in.
func (l *linker) isOfAside(t, anchor int) bool {
	h := int(l.d.Heads[t])
	return h >= 0 && h != anchor && l.isNested(h)
}

// speaksFor reports whether the source of attribution i names one of the parties: "panel
// chairman Zoë Hale" speaks where the panel does.
func (l *linker) speaksFor(i int, parties []int32) bool {
	for _, r := range l.d.Attributions[i].Source {
		for t := r.First; t < r.Past; t++ {
			c := l.clusters[t] - 1
			if c >= 0 && c != l.d.Speakers[i] && l.d.Clusters[c].Kind == quoth.OrganizationParty && slices.Contains(parties, c) {
				return true
			}
		}
	}
	return false
}

// isOfMainVerb reports whether token t is told of the main verb of its sentence, with no
// other verb between: "made the promise at a conference".
func (l *linker) isOfMainVerb(t int) bool {
	for range 3 {
		h := l.d.Heads[t]
		if h < 0 {
			return true
		}
		if t = int(h); l.d.UPOS[t] == nlp.VERB {
			return l.d.Heads[t] < 0
		}
	}
	return false
}

// setScene takes in what a sentence tells in which nobody is quoted: "During a town hall,
// Hale took questions."
func (l *linker) setScene(s nlp.Sentence, phrases []phrase) {
	o := occasion{time: -1, block: l.block, told: l.block}
	for _, p := range phrases {
		if l.content[p.head] > 0 || p.word.medium == noMedium || p.word.isWork || p.word.isPlatform && !p.isNamed || !l.isOfMainVerb(p.head) || p.word.isEvent && l.isCounted(p.head) {
			continue
		}
		l.take(&o, p, s)
	}
	for t := s.First; t < s.Past; t++ {
		if x := int(l.times[t]) - 1; x >= 0 && o.time < 0 && l.content[t] == 0 && l.isDate(x) && !l.isAhead(x) && (o.medium != noMedium || l.isNews(x) && t-s.First <= 2) {
			o.time = x
		}
		if c := l.clusters[t]; c > 0 && l.content[t] == 0 {
			o.join([]int32{c - 1})
		}
	}
	if o.medium == noMedium && o.time < 0 || l.isToCome(s) {
		return
	}
	l.adopt(&o)
	if k := len(l.scenes) - 1; k >= 0 && l.block-l.scenes[k].block <= window && l.scenes[k].medium == noMedium && l.fits(&l.scenes[k], &o) {
		l.merge(&l.scenes[k], o)
		return
	}
	l.add(o)
}

// isToCome reports whether the main verb of sentence s tells of what will or may be: "On Wednesday, Hale is scheduled to arrive".
func (l *linker) isToCome(s nlp.Sentence) bool {
	d := l.d
	for t := s.First; t < min(s.Past, s.First+reach); t++ {
		if d.Heads[t] >= 0 {
			continue
		}
		for k := max(s.First, t-maxPath); k < t; k++ {
			if int(d.Heads[k]) == t && (isOpenModal(d, k) || d.Lemmas[k] == "be" && d.Tag(k) != "VBD" && arranged[d.Lemmas[t]]) {
				return true
			}
		}
		return false
	}
	return false
}

// isOpenModal reports whether token k is a modal verb that tells what may or will be, and not "would not", as one tells of a refusal.
func isOpenModal(d *nlp.Doc, k int) bool {
	return d.Tag(k) == "MD" && (d.Lemmas[k] != "would" || k+1 == len(d.Tokens) || !negates(d, k+1))
}

// arranged are what is said of things to come: "is expected to".
var arranged = nlp.WordSet("schedule scheduled expect expected set due slate slated plan planned poise poised likely")

// isCounted reports whether the event at token t is told of as one of several, or as none that took place: "several
// hearings", "only one hearing", "no debate", "every rally".
func (l *linker) isCounted(t int) bool {
	d := l.d
	if tag := d.Tag(t); tag == "NNS" || tag == "NNPS" {
		return true
	}
	for k := max(t-maxVenue, 0); k < t; k++ {
		if int(d.Heads[k]) == t && (d.UPOS[k] == nlp.NUM && !l.isTime(k) || counting[d.Tokens[k].Lower]) {
			return true
		}
	}
	return false
}

// counting are words before a noun by which no occasion of its own is told.
var counting = nlp.HashSet("no every each any another several many few most some either neither")

// thoughts are verbs of what nobody says on an occasion, and that of "according to".
var thoughts = nlp.WordSet(mindVerbs + " believe think fear hope feel expect doubt accord")
