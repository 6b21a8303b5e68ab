package english

import (
	"slices"
	"sort"
	"strings"
	"time"

	"quoth/nlp"
)

// cueTense is the tense of a cue as far as it matters for when something was said.
type cueTense uint8

const (
	plainTense   cueTense = iota // no verb, or one without tense: "according to", "adding"
	pastTense                    // said
	presentTense                 // says
	perfectTense                 // has said, had said: at some time or other
	futureTense                  // will say
	nounTense                    // his view of
)

// goesOn reports whether a statement of this tense belongs to the occasion before it.
func (t cueTense) goesOn() bool { return t == plainTense || t == pastTense }

// cueTense is the tense of the verb at t.
func (l *linker) cueTense(t int) cueTense {
	d := l.d
	tag := l.d.Tag(t)
	if tag == "VBG" && d.Lemmas[t] == "go" && t+1 < len(d.Tokens) && d.Lemmas[t+1] == "to" {
		return futureTense
	}
	own := plainTense
	switch tag {
	case "VBD":
		own = pastTense
	case "VBZ", "VBP":
		own = presentTense
	}
	for k := t - 1; k >= 0 && k >= t-6; k-- {
		if int(d.Heads[k]) != t || d.UPOS[k] != nlp.AUX {
			continue
		}
		switch lemma := d.Lemmas[k]; {
		case l.d.Tag(k) == "MD":
			return futureTense
		case lemma == "have" && (tag == "VBN" || tag == "VBD"):
			return perfectTense
		case lemma == "be" && l.d.Tag(k) != "VBD" && tag == "VBG":
			return presentTense
		case l.d.Tag(k) == "VBD":
			own = pastTense
		}
	}
	return own
}

// isDate reports whether time expression x names a day or a longer stretch of the
// calendar, and nothing that is only called so.
func (l *linker) isDate(x int) bool {
	t := &l.d.Timexes[x]
	return t.EDTF != "" && t.Type != nlp.SetTimex && t.Type != nlp.DurationTimex && !isAdrift(l.d, t.TokenRange) && !l.isInName(t.TokenRange) && !l.isTitle(t.TokenRange) && !l.isMay(t.TokenRange) && !l.isHolidayItself(t.TokenRange) && !l.isOfAnyDay(t.TokenRange) && !l.isAfterAll(t.TokenRange)
}

// isAfterAll reports whether the end of the day at r is that of what there is to say: "at the end of the day, it is about money".
func (l *linker) isAfterAll(r nlp.TokenRange) bool {
	d := l.d
	return r.First > 0 && d.Lemmas[r.First-1] == "at" && strings.EqualFold(d.Phrase(r), "the end of the day")
}

// isOfAnyDay reports whether a part of a day that is not told stands at r before a noun: "a mid-afternoon briefing".
func (l *linker) isOfAnyDay(r nlp.TokenRange) bool {
	h := int(l.d.Heads[r.First])
	return r.Len() == 1 && h > r.First && l.d.UPOS[h] == nlp.NOUN && partsOfDay[l.d.Tokens[r.First].Lower]
}

// partsOfDay are names of parts of a day.
var partsOfDay = nlp.HashSet("morning mid-morning noon noontime lunchtime midday afternoon mid-afternoon evening night overnight")

// isAdrift reports whether the time at r is counted from the day of writing, "this week", "the Sunday",
// which the page does not tell, or from a time that it tells of something else, "an hour later".
func isAdrift(d *nlp.Doc, r nlp.TokenRange) bool {
	if !d.DCT.IsZero() {
		return false
	}
	isDeictic, hasDigit := false, false
	for t := r.First; t < r.Past; t++ {
		w := strings.ToLower(d.Word(t))
		if w == "later" || w == "earlier" || w == "ago" {
			return true
		}
		isDeictic = isDeictic || deictic[w]
		hasDigit = hasDigit || d.Tokens[t].Flags.Has(nlp.HasDigit)
	}
	return isDeictic && !hasDigit
}

// isInName reports whether the time at r is a word of a longer name: the Sunday Herald, "TODAY IN THE
// HARBOUR".
func (l *linker) isInName(r nlp.TokenRange) bool {
	d := l.d
	if m := d.MentionOf[r.Past-1]; m >= 0 && d.Mentions[m].Kind != nlp.Date && d.Mentions[m].Past > r.Past {
		return true
	}
	if k := r.Past; k < len(d.Tokens) && d.MentionOf[k] < 0 && d.Tokens[k].Flags.Has(nlp.IsCapital) && outletWords[d.Tokens[k].Lower] && sentenceAt(d, k) == sentenceAt(d, r.First) {
		return true // "the Sunday Mirror"
	}
	if l.isMarch(r.First) {
		return true
	}
	isUpper := func(t int) bool {
		return t >= 0 && t < len(d.Tokens) && d.Tokens[t].Flags.Has(nlp.IsUpper) && d.Tokens[t].Flags.Has(nlp.HasLetter)
	}
	return r.Len() == 1 && isUpper(r.First) && (isUpper(r.First-1) || isUpper(r.Past))
}

// isMarch reports whether "March" at token t is no month: "the Women's March".
func (l *linker) isMarch(t int) bool {
	d := l.d
	return t > 0 && d.Word(t) == "March" && d.UPOS[t-1] == nlp.PART && (t+1 == len(d.Tokens) || !d.Tokens[t+1].Flags.Has(nlp.HasDigit))
}

// deictic are words that begin a time which is counted from the day of writing.
var deictic = map[string]bool{"this": true, "last": true, "next": true, "today": true, "tonight": true, "yesterday": true, "monday": true, "tuesday": true,
	"wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true}

// isTitle reports whether all of a quotation stands at r: told ABC's "This Week".
func (l *linker) isTitle(r nlp.TokenRange) bool {
	d := l.d
	past := r.Past
	for past < len(d.Tokens) && d.Tokens[past].Mark == nlp.NoMark && d.Tokens[past].Flags.Has(nlp.IsPunct) && past < r.Past+2 {
		past++
	}
	return r.First > 0 && past < len(d.Tokens) && d.Tokens[r.First-1].Mark == nlp.OpenMark && d.Tokens[past].Mark == nlp.CloseMark
}

// isMay reports whether a lone "May" stands at r in an article about somebody of that name, or "Jan", which without a point is
// nobody's month.
func (l *linker) isMay(r nlp.TokenRange) bool {
	d := l.d
	if r.Len() == 1 && d.Word(r.First) == "Jan" && (r.First == 0 || !beforeMonths[d.Word(r.First-1)]) {
		return true
	}
	return l.hasMay && r.Len() == 1 && d.Word(r.First) == "May" && (r.First == 0 || !beforeMonths[d.Word(r.First-1)])
}

// beforeMonths are words before a month, and before nobody's name.
var beforeMonths = map[string]bool{"in": true, "since": true, "until": true, "during": true, "of": true, "last": true, "this": true, "next": true, "late": true, "early": true}

// findMay notes whether somebody of the article is called May.
func (l *linker) findMay() {
	d := l.d
	l.hasMay = slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool {
		return m.Kind == nlp.Person && (d.Word(m.First) == "May" || d.Word(m.Past-1) == "May")
	})
}

// isHolidayItself reports whether a holiday stands at r that something is done to: "voted to
// replace Harbour Day".
func (l *linker) isHolidayItself(r nlp.TokenRange) bool {
	return l.d.Word(r.Past-1) == "Day" && l.rel(l.headOf(r)) == relObj
}

// isAhead reports whether time expression x lies after the day of the document: nothing is
// reported before it is said.
func (l *linker) isAhead(x int) bool {
	return !l.d.DCT.IsZero() && startsAfter(l.d.Timexes[x].EDTF, l.d.DCT)
}

// startsAfter reports whether an EDTF date or interval begins after day.
func startsAfter(edtf string, day time.Time) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(edtf, "../"), "/")
	return first > day.Format(time.DateOnly)
}

// newsDays is for how long before the document a day is news and no memory.
const newsDays = 14

// isRecent reports whether what time expression x names began in the weeks before the
// document.
func (l *linker) isRecent(x int) bool {
	edtf := l.d.Timexes[x].EDTF
	day, err := time.Parse(time.DateOnly, edtf[:min(len(edtf), len(time.DateOnly))])
	return err == nil && !l.d.DCT.IsZero() && l.d.DCT.Sub(day) <= recentDays*24*time.Hour
}

// recentDays is how old what a headline sums up may be.
const recentDays = 31

// isNews reports whether time expression x is one of the last days.
func (l *linker) isNews(x int) bool {
	day, err := time.Parse(time.DateOnly, l.d.Timexes[x].EDTF)
	return err == nil && !l.d.DCT.IsZero() && l.d.DCT.Sub(day) <= newsDays*24*time.Hour
}

// nearCue is how many tokens away from a cue a time that the tree puts elsewhere is taken
// for that of the cue.
const nearCue = 2

// timeOf finds the time expression that dates the saying of attribution i, -1 for none:
// one outside its content that depends on the cue, or that stands next to it.
func (l *linker) timeOf(i int, s nlp.Sentence) int {
	a := &l.sayings[i]
	best, bestAt, bestIs := -1, 0, 0
	near := l.near(i, s)
	for t := near.First; t < near.Past; t++ {
		x := int(l.times[t]) - 1
		if x < 0 || l.d.Timexes[x].First != t {
			continue
		}
		r := l.d.Timexes[x].TokenRange
		isTail := l.isTail(i, t)
		if !l.isDate(x) || !isTail && (!l.isBeside(i, t) || l.isOuter(i, t)) || l.isAhead(x) || l.isCompared(t) || l.isOfElse(r, i) {
			continue
		}
		certainty := 1
		if !isTail {
			certainty = l.dates(r, s, i)
		}
		distance := max(r.First-a.anchor, a.anchor-r.Past+1)
		if certainty > bestIs || certainty > 0 && certainty == bestIs && distance < bestAt {
			best, bestAt, bestIs = x, distance, certainty
		}
	}
	return best
}

// isCompared reports whether token t stands in a comparison, "less than forecast in July": the
// time dates what is compared.
func (l *linker) isCompared(t int) bool {
	for k := t - 1; k >= max(0, t-maxCompared) && l.d.UPOS[k] != nlp.PUNCT; k-- {
		if l.d.Lemmas[k] == "than" {
			return true
		}
	}
	return false
}

// maxCompared is how many words after "than" a comparison is read on.
const maxCompared = 6

// isOfElse reports whether the time at r is told of something else than the saying of attribution i: it only bounds it ("said
// before Tuesday's vote"), is that of its topic ("said of the Tuesday vote"), of what was done after it or before ("the fair began
// Tuesday, days after Hale said"), of what is said ("in 2012, she said, it was") or of what was done long ago ("voted for Reed in 2012 and said").
func (l *linker) isOfElse(r nlp.TokenRange, i int) bool {
	d, a := l.d, &l.sayings[i]
	h := l.headOf(r)
	if l.isOfRelative(r, i) {
		return true
	}
	if k := r.First - 2; k >= 0 && d.Lemmas[k+1] == "of" && spans[d.Lemmas[k]] {
		return true // in the aftermath of Tuesday's vote
	}
	if a.tense != perfectTense && (l.hasCase(h, "since") || d.Lemmas[r.First] == "since") && !l.isRecent(int(l.times[r.First])-1) {
		return true
	}
	own := r
	for own.Len() > 1 && (d.UPOS[own.First] == nlp.DET || d.UPOS[own.First] == nlp.ADP) {
		own.First++
	}
	if l.isOwned(own) {
		of := int(d.Heads[l.headOf(own)])
		if formerly[d.Lemmas[r.First]] || l.hasCase(of, "before", "since", "until", "ahead") || l.isOfSpan(of) || l.hasCase(of, "of", "about") && int(d.Heads[of]) == a.anchor && !l.isSaying(of) {
			return true
		}
	}
	if source := d.Attributions[i].Source; len(source) > 0 && source[0].First-1 >= r.Past {
		first := source[0].First
		if otherClauses[d.Lemmas[first-1]] || a.hasCue && l.isInserted(i, first) {
			return true // the fair began Tuesday, days after Hale said
		}
	}
	if a.hasCue && l.rel(a.anchor) == relConj && l.isLongAgo(int(l.times[r.First])-1) {
		verb := int(d.Heads[a.anchor])
		return verb < r.First && d.UPOS[verb] == nlp.VERB && l.content[verb] == 0 && !l.isOccasion(verb, r.First) && l.hasConjunction(r.Past, a.anchor)
	}
	verb := d.Lemmas[a.anchor]
	return a.tense == presentTense && !nowSays[verb] && !announces[verb] && r.Len() == 1 && d.Tokens[r.First].Flags.Has(nlp.StartsSent) && d.Lemmas[r.First] == "today" && (r.Past == len(d.Tokens) || d.Tag(r.Past) != "POS") // nowadays, and not today's report
}

// isOfRelative reports whether the time at r is told of what the source of attribution i did in a clause about it: "Hale, who closed the
// bridge on Tuesday, said".
func (l *linker) isOfRelative(r nlp.TokenRange, i int) bool {
	d := l.d
	for _, source := range d.Attributions[i].Source {
		if r.First < source.First || r.First > source.Past+1 || l.isSaying(l.headOf(source)) {
			continue
		}
		// What ends the clause may be cut off, "who ran | in 2012 and said"; a day behind the cue or a comma is none of it.
		if cue := l.sayings[i].anchor; r.First >= source.Past && (source.Past <= cue && cue < r.First || d.Word(source.Past) == ",") {
			continue
		}
		isIn, hasVerb := false, false
		for t := source.First + 1; t < source.Past; t++ {
			if t < r.First {
				tag := d.Tag(t)
				isIn = tag == "WP" || tag == "WP$" || isIn && (t+2 < r.First || d.Word(t) != ",") // Hale, who is 60, on Monday said
			}
			hasVerb = hasVerb || isIn && (d.UPOS[t] == nlp.VERB || d.UPOS[t] == nlp.AUX) && !l.isCue(t, i)
		}
		if isIn && hasVerb {
			return true
		}
	}
	return false
}

// isOfSpan reports whether the event at t only bounds the time that is told: "in the aftermath of Tuesday's vote", "in the days leading
// up to the Nov. 8 vote".
func (l *linker) isOfSpan(t int) bool {
	d := l.d
	h := int(d.Heads[t])
	for range 2 {
		if h < 0 || h >= t || t-h > maxPath {
			return false
		}
		if spans[d.Lemmas[h]] || isRunUp(d, h) || stretches[d.Lemmas[h]] && d.Tag(h) == "NNS" {
			return true
		}
		h = int(d.Heads[h])
	}
	return false
}

// spans are nouns of the time before or after something.
var spans = nlp.WordSet("aftermath wake runup")

// isRunUp reports whether the token at t is the end of "run-up" or "lead-up".
func isRunUp(d *nlp.Doc, t int) bool {
	return t > 1 && d.Lemmas[t] == "up" && d.Word(t-1) == "-" && (d.Lemmas[t-2] == "run" || d.Lemmas[t-2] == "lead")
}

// isLongAgo reports whether what time expression x names was over weeks before the document.
func (l *linker) isLongAgo(x int) bool {
	if l.d.DCT.IsZero() {
		return false
	}
	_, last, ok := strings.Cut(l.d.Timexes[x].EDTF, "/")
	if !ok {
		last = l.d.Timexes[x].EDTF
	}
	day := l.d.DCT.AddDate(0, 0, -recentDays).Format(time.DateOnly)
	return last < day[:min(len(last), len(day))]
}

// isOccasion reports whether the verb at t, with its object before token past, tells of an occasion on which something is said:
// "met in May and promised", "gave a speech in May and said".
func (l *linker) isOccasion(t, past int) bool {
	lemma := l.d.Lemmas[t]
	if meetings[lemma] || nowSays[lemma] || talks[lemma] || mediumVerbs[lemma] != noMedium {
		return true
	}
	for k := t + 1; k < min(past, t+reach); k++ {
		if int(l.d.Heads[k]) == t && l.rel(k) == relObj && l.isSaying(k) {
			return true
		}
	}
	return false
}

// meetings are verbs of occasions on which something is said: "met in May and promised".
var meetings = nlp.WordSet("meet speak appear visit attend gather talk campaign")

// hasConjunction reports whether a conjunction stands between tokens first and past, within reach.
func (l *linker) hasConjunction(first, past int) bool {
	for t := first; t < min(past, first+reach); t++ {
		if l.d.UPOS[t] == nlp.CCONJ {
			return true
		}
	}
	return false
}

// isTail reports whether token t stands in the content of attribution i where its words are over: right after its
// quotation ("called it “a shame” Wednesday"), or as a bare day at the end of what is no clause ("backed the plan Wednesday").
func (l *linker) isTail(i, t int) bool {
	for _, r := range l.d.Attributions[i].Content {
		if !r.Contains(t) || l.d.Tokens[t].Depth > 0 || !l.isNews(int(l.times[t])-1) {
			continue
		}
		if t == r.First {
			return l.isBeforeClause(i, t)
		}
		if l.d.Tokens[t-1].Mark == nlp.CloseMark {
			return true
		}
		isOn := l.d.UPOS[t-1] == nlp.ADP
		if isOn && l.d.Lemmas[t-1] == "on" && l.d.Tag(l.sayings[i].anchor) == "VBD" && announces[l.d.Lemmas[l.sayings[i].anchor]] {
			isOn = false // announced her plan for the harbour on Wednesday
		}
		if a := &l.sayings[i]; t == r.Past-1 && a.hasCue && a.tense == pastTense && a.anchor < r.First && !isOn && l.d.UPOS[t-1] != nlp.DET && !l.isClauseOrQuoted(r) {
			return true
		}
	}
	return false
}

// announces are verbs of what is done on the day that its object ends with.
var announces = nlp.WordSet("announce unveil propose endorse")

// isBeforeClause reports whether the bare day at t, right after the cue of attribution i and at the beginning of its content or
// before it, stands before the clause that is said: "said Tuesday the bridge is safe".
func (l *linker) isBeforeClause(i, t int) bool {
	d := l.d
	a := &l.sayings[i]
	if !a.hasCue || a.anchor != t-1 || d.Tag(a.anchor) != "VBD" || !weekdays[d.Tokens[t].Lower] || t+1 == len(d.Tokens) {
		return false
	}
	switch tag := d.Tag(t + 1); tag {
	case "DT", "PRP", "PRP$", "NNS", "EX":
		return true
	case "NNP":
		return !l.isTime(t + 1)
	}
	return false
}

// isClauseOrQuoted reports whether a verb or a quotation stands in r.
func (l *linker) isClauseOrQuoted(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if u := l.d.UPOS[t]; u == nlp.VERB || u == nlp.AUX || l.d.Tokens[t].Depth > 0 {
			return true
		}
	}
	return false
}

// dates tells how surely the time at r is that of the saying of attribution i: 3 when the
// tree or the order of the words says so, 2 when it stands beside the cue, 1 when it dates the whole sentence, 0 not.
func (l *linker) dates(r nlp.TokenRange, s nlp.Sentence, i int) int {
	a := &l.sayings[i]
	head := l.headOf(r)
	switch {
	case l.isWhen(r, i) || l.isBeforeClause(i, r.First) || l.reaches(head, i) || r.Past < s.Past && (l.isCue(r.Past, i) || l.isAbove(r.Past, i)):
		return 3
	case a.hasCue && !l.isOwned(r) && !l.isOfSource(head, i) && l.isNextTo(r, a.anchor):
		return 2
	case l.closes(r, i) || l.opens(r, s, i) || l.isOfVenue(head, i) || l.isOfRoot(head, s) && a.tense.goesOn() && a.hasCue && l.content[a.anchor] == 0 && !l.isOfClauseBefore(head, i) && !l.isAside(i, head):
		return 1
	}
	return 0
}

// isWhen reports whether the clause of attribution i tells what was said at the time at r: "last year, when Hale said".
func (l *linker) isWhen(r nlp.TokenRange, i int) bool {
	d, a := l.d, &l.sayings[i]
	t := r.Past
	if t < len(d.Tokens) && d.Word(t) == "," {
		t++
	}
	if !a.hasCue || a.tense != pastTense || a.anchor <= t || a.anchor-t > maxPath || d.Lemmas[t] != "when" {
		return false
	}
	for k := t + 1; k < a.anchor; k++ {
		if d.UPOS[k] == nlp.VERB || l.content[k] > 0 {
			return false
		}
	}
	return true
}

// isOfSource reports whether the time at t is told of something within the source of attribution i that is no saying: "those
// who voted in the 2015 election say", and not "the authors of the July report write".
func (l *linker) isOfSource(t, i int) bool {
	if !l.isSource(t, i) {
		return false
	}
	head := l.headOf(l.d.Attributions[i].Source[0])
	for h := int(l.d.Heads[t]); h >= 0 && l.isSource(h, i); h = int(l.d.Heads[h]) {
		if h == head || l.isSaying(h) {
			return false
		}
		if l.rel(h) != relCompound {
			break
		}
	}
	return true
}

// closes reports whether the day at r ends the clause of attribution i's cue: "said outside
// the court on Monday morning", "told “Harbour Talk” on Sunday". Only other words for places and people stand between.
func (l *linker) closes(r nlp.TokenRange, i int) bool {
	a := &l.sayings[i]
	if !a.hasCue || !a.tense.goesOn() || r.First <= a.anchor+1 || r.First-a.anchor > maxPath*3 || l.d.Lemmas[r.First-1] != "on" && l.d.Tokens[r.First-1].Mark != nlp.CloseMark || !l.isNews(int(l.times[r.First])-1) {
		return false
	}
	if r.Past < len(l.d.Tokens) && !l.d.Tokens[r.Past].Flags.Has(nlp.IsPunct) {
		return false
	}
	for t := a.anchor + 1; t < r.First; t++ {
		if l.content[t] == 0 && (l.d.Tokens[t].Depth > 0 || l.d.Tokens[t].Mark != nlp.NoMark) {
			continue // the title of a show
		}
		if tag := l.d.UPOS[t]; tag == nlp.VERB || tag == nlp.AUX || tag == nlp.PUNCT || l.content[t] != 0 {
			return false
		}
	}
	return true
}

// isOfVenue reports whether the time at t is told of the occasion that the saying of attribution
// i is told about: "in May after a rally where Hale said …".
func (l *linker) isOfVenue(t, i int) bool {
	d := l.d
	a := &l.sayings[i]
	if !a.hasCue || l.rel(a.anchor) != relAcl {
		return false
	}
	venue := int(d.Heads[a.anchor])
	return venue >= 0 && venue < a.anchor && l.isSaying(venue) && (int(d.Heads[t]) == venue || l.rel(t) == relObl && l.rel(venue) == relObl && d.Heads[t] == d.Heads[venue])
}

// isNextTo reports whether at most nearCue tokens, no mark and no word that begins a clause stand between r and t.
func (l *linker) isNextTo(r nlp.TokenRange, t int) bool {
	first, past := r.Past, t
	if t < r.First {
		first, past = t+1, r.First
	}
	if past-first > nearCue {
		return false
	}
	for k := first; k < past; k++ {
		if l.d.UPOS[k] == nlp.PUNCT || l.d.UPOS[k] == nlp.SCONJ && asideClauses[l.d.Lemmas[k]] {
			return false
		}
	}
	return true
}

// isOfRoot reports whether the time at t is one of the last days and depends on the main
// verb of sentence s, or on a noun after it that it does not stand next to as its owner:
// parsers hang a bare "Wednesday" on whatever noun comes before it.
func (l *linker) isOfRoot(t int, s nlp.Sentence) bool {
	d := l.d
	x := int(l.times[t]) - 1
	h := int(d.Heads[t])
	if h < 0 || x < 0 || !l.isNews(x) {
		return false
	}
	if d.Heads[h] < 0 && d.UPOS[h] == nlp.VERB {
		return true
	}
	r := d.Timexes[x].TokenRange
	isBare := r.First > s.First && d.UPOS[r.First-1] != nlp.ADP && (d.UPOS[r.First-1] != nlp.PUNCT || d.Tokens[r.First-1].Mark == nlp.CloseMark) && (d.UPOS[h] == nlp.NOUN || d.UPOS[h] == nlp.PROPN) && h < t
	return isBare && r.Past < s.Past && d.UPOS[r.Past] != nlp.NOUN && d.UPOS[r.Past] != nlp.PART && d.UPOS[r.Past] != nlp.PROPN
}

// isOwned reports whether the time at r modifies a noun: "Monday's debate".
func (l *linker) isOwned(r nlp.TokenRange) bool {
	h := l.headOf(r)
	switch l.rel(h) {
	case relPoss, relCompound:
		return true
	case relNmod: // in Marrow last week: the tree errs
		return int(l.d.Heads[h]) > h
	}
	return false
}

// opens reports whether what is told at r opens sentence s before the source and the cue of
// attribution i, which is the first in it: "On Monday, …", "Speaking at Marrow College this
// week, …". A clause with a tense of its own tells of something else.
func (l *linker) opens(r nlp.TokenRange, s nlp.Sentence, i int) bool {
	a := &l.sayings[i]
	if !a.tense.goesOn() || !a.hasCue || l.isOwned(r) {
		return false
	}
	until := a.anchor
	if source := l.d.Attributions[i].Source; len(source) > 0 && (source[0].First != r.First || r.First == s.First) {
		until = min(until, source[0].First) // "In June Mayor Zoë Hale" may be a source from the month on
	}
	if until < r.Past || until-s.First > reach {
		return false
	}
	for t := s.First; t < until; t++ {
		if c := int(l.content[t]) - 1; c >= 0 && !l.isAskedFirst(c, s) {
			return false
		}
	}
	if r.First-s.First <= 2 {
		return true
	}
	for t, n := l.headOf(r), 0; n < maxPath; n++ {
		if l.d.UPOS[t] == nlp.VERB || l.d.UPOS[t] == nlp.AUX {
			return t >= until || l.d.Tag(t) == "VBG" || l.d.Tag(t) == "VBN" && !l.isFinite(t) && l.subjectOf(t) < 0
		}
		h := l.d.Heads[t]
		if h < 0 {
			return true
		}
		t = int(h)
	}
	return false
}

// isAskedFirst reports whether attribution i is the question with which sentence s begins: "Asked on Tuesday if the bridge was
// safe, Hale said".
func (l *linker) isAskedFirst(i int, s nlp.Sentence) bool {
	t := l.sayings[i].anchor
	return l.d.Lemmas[t] == "ask" && l.d.Tag(t) == "VBN" && t >= s.First && t-s.First <= 1
}

// isInserted reports whether source and cue of attribution i, which begin at token first, stand between commas within what is
// said: "In 2012, she said, her concerns were".
func (l *linker) isInserted(i, first int) bool {
	d := l.d
	past := l.sayings[i].anchor + 1
	return first > 0 && past+1 < len(d.Tokens) && d.Word(first-1) == "," && d.Word(past) == "," && d.Tokens[past+1].Mark != nlp.OpenMark && l.content[past+1] == int32(i+1)
}

// isFinite reports whether an auxiliary stands before the participle at t: "was aired", and not "an interview aired".
func (l *linker) isFinite(t int) bool {
	for k := t - 1; k >= max(0, t-maxPath); k-- {
		if int(l.d.Heads[k]) == t && l.d.UPOS[k] == nlp.AUX {
			return true
		}
	}
	return false
}

// isBeside reports whether token t is outside the content of attribution i and no deeper
// inside another's content than its cue is.
func (l *linker) isBeside(i, t int) bool {
	if l.d.Attributions[i].Says(t) {
		return false
	}
	c := l.content[t]
	return c == 0 || c == l.content[l.sayings[i].anchor]
}

// isOuter reports whether attribution i is told within what somebody else says and token t is not: what the
// outer saying is told beside, "Hale said on Monday that Renn had promised", is nothing of the inner one.
func (l *linker) isOuter(i, t int) bool {
	outer := l.content[l.sayings[i].anchor]
	return outer > 0 && int(outer-1) != i && l.content[t] != outer && l.d.Speakers[outer-1] != l.d.Speakers[i]
}

// maxPath bounds the way from a word to the cue.
const maxPath = 10

// reaches reports whether what is told at token t is told of the saying of attribution i:
// the way up the tree from t comes to its cue, or from behind its content into that, or to a clause that the cue belongs to, and
// leads through no person, no subject and no object but those that are sayings or works.
func (l *linker) reaches(t, i int) bool {
	d := l.d
	from, below := t, t
	for step := range maxPath {
		if l.isCue(t, i) || l.isAbove(t, i) || l.isBehind(below, t, i) {
			return true
		}
		if step > 0 {
			switch d.UPOS[t] {
			case nlp.VERB, nlp.AUX:
				if l.releases(t, i) {
					return true
				}
				if !l.passesVerb(t, i) || l.times[from] == 0 && l.isMeanwhile(t, i, from) || l.times[from] > 0 && l.isOfOtherTime(t) && !l.isNews(int(l.times[from])-1) {
					return false
				}
			case nlp.NOUN, nlp.PROPN, nlp.PRON:
				if !l.passesNoun(t) && !(step == 1 && l.times[from] > 0 && l.rel(from) == relPoss && l.hasCase(t, "at", "during")) { // during Sunday's mass
					return false
				}
				if l.isWorkThatSays(t, i) {
					return true
				}
			}
		}
		h := d.Heads[t]
		if h < 0 {
			return false
		}
		below, t = t, int(h)
	}
	return false
}

// isBehind reports whether the noun at below, which parsers hang from the one at t, stands behind the content of attribution i that t is
// in: "addressed the dispute | in a rant on March 20". What is cut off there is told of the saying.
func (l *linker) isBehind(below, t, i int) bool {
	content := l.d.Attributions[i].Content
	last := content[len(content)-1]
	return below >= last.Past && last.Contains(t) && l.content[below] == l.content[l.sayings[i].anchor] && l.hasCase(below, "in", "at", "during")
}

// isWorkThatSays reports whether the noun at t is the source of attribution i and itself a
// saying or a work: "the report, released in March, blamed". The verb may hang elsewhere.
func (l *linker) isWorkThatSays(t, i int) bool {
	source := l.d.Attributions[i].Source
	return len(source) > 0 && source[0].Contains(t) && l.headOf(source[0]) == t && l.isSaying(t)
}

// isCue reports whether token t is one of the cue of attribution i, or its anchor.
func (l *linker) isCue(t, i int) bool {
	return nlp.InPieces(l.d.Attributions[i].Cue, t) || t == l.sayings[i].anchor && l.sayings[i].hasCue
}

// isAbove reports whether the verb at t governs the clause of the cue of attribution i:
// "On Monday Hale went on, calling …", "met on Monday and said".
func (l *linker) isAbove(t, i int) bool {
	d := l.d
	if d.UPOS[t] != nlp.VERB && d.UPOS[t] != nlp.AUX {
		return false
	}
	k := l.sayings[i].anchor
	for range maxPath {
		rel := l.rel(k)
		switch rel {
		case relAdvcl, relXcomp, relParataxis:
		case relConj:
			if l.isOfAnother(k) {
				return false // enrolment has declined since 2008, but Hale says
			}
		case relAcl:
			return false
		default:
			if d.UPOS[k] == nlp.VERB || d.UPOS[k] == nlp.AUX {
				return false
			}
		}
		h := d.Heads[k]
		if h < 0 {
			return false
		}
		if k = int(h); k == t {
			if rel == relAdvcl && l.isAside(i, t) {
				return false // the fair began Tuesday, days after Hale said
			}
			if rel == relAdvcl && d.Tag(l.sayings[i].anchor) != "VBG" && (d.Tag(t) == "VBZ" || d.Tag(t) == "VBP") {
				return false // the fair begins Tuesday, when traders say
			}
			return l.isBeside(i, t)
		}
	}
	return false
}

// isOfAnother reports whether the verb at t has a subject of its own that is not the one of the verb which it is joined to.
func (l *linker) isOfAnother(t int) bool {
	own, other := l.subjectOf(t), l.subjectOf(int(l.d.Heads[t]))
	return own >= 0 && (other < 0 || l.clusters[own] == 0 || l.clusters[own] != l.clusters[other])
}

// isOfClauseBefore reports whether token t stands in a clause that the one of attribution i is joined to, with another subject:
// "Reed left on Monday, and Hale said".
func (l *linker) isOfClauseBefore(t, i int) bool {
	k := l.sayings[i].anchor
	for range maxPath {
		h := int(l.d.Heads[k])
		if h < 0 {
			return false
		}
		if l.rel(k) == relConj && l.isOfAnother(k) {
			return h < t && t < l.subjectOf(k)
		}
		k = h
	}
	return false
}

// subjectOf is the subject that stands before the verb at t, -1 for none.
func (l *linker) subjectOf(t int) int {
	for k := t - 1; k >= max(0, t-reach); k-- {
		if int(l.d.Heads[k]) == t && l.rel(k) == relSubj {
			return k
		}
	}
	return -1
}

// isAside reports whether the cue of attribution i stands in a clause that tells of another time or of a reason, "after Hale
// announced", "although Hale agreed", "a plan which critics say", and token t does not.
func (l *linker) isAside(i, t int) bool {
	d := l.d
	k := l.sayings[i].anchor
	for range maxPath {
		h := int(d.Heads[k])
		if h < 0 || k == t {
			return false
		}
		switch l.rel(k) {
		case relAdvcl:
			if l.hasMark(k, asideClauses) && !l.isUnder(t, k) {
				return true
			}
		case relAcl:
			if !l.isSaying(h) && d.Tag(k) != "VBG" && !l.isUnder(t, k) && !l.hasMark(k, whereClauses) {
				return !l.isSubject(h, i)
			}
		}
		k = h
	}
	return false
}

// isSubject reports whether who says attribution i is the subject of the main verb above token t.
func (l *linker) isSubject(t, i int) bool {
	for range maxPath {
		h := int(l.d.Heads[t])
		if h < 0 {
			break
		}
		t = h
	}
	own := l.subjectOf(t)
	return own >= 0 && l.clusters[own] > 0 && l.clusters[own]-1 == l.d.Speakers[i]
}

// hasMark reports whether one of the words opens the clause of the verb at t.
func (l *linker) hasMark(t int, words map[string]bool) bool {
	for k := t - 1; k >= max(0, t-maxPath); k-- {
		if int(l.d.Heads[k]) == t && words[l.d.Lemmas[k]] {
			return true
		}
	}
	return false
}

// timeClauses begin clauses that tell of what was before or after what they are joined to.
const (
	formerTimes = "before until till since"
	timeClauses = formerTimes + " after"
)

var (
	otherClauses = nlp.WordSet(timeClauses)
	// formerly are those that tell of another time than the one that they are joined to.
	formerly = nlp.WordSet(formerTimes)
	// asideClauses begin those, or clauses of a reason.
	asideClauses = nlp.WordSet(timeClauses + " although though because unless than if")
	// meanwhile begin those, or clauses that tell of the same time.
	meanwhile = nlp.WordSet(timeClauses + " as while")
	// asClauses begin clauses of the occasion that something is said on.
	asClauses = nlp.WordSet("as while when")
	// whereClauses begin clauses that tell what was done at the place told before them.
	whereClauses = nlp.WordSet("where")
)

// passesVerb reports whether the way from a time to a cue may lead through the verb at t,
// which is not the cue: "a message posted Friday", "speaking on Friday, Hale said".
func (l *linker) passesVerb(t, i int) bool {
	switch l.rel(t) {
	case relAdvcl, relXcomp:
		return t < l.sayings[i].anchor || l.d.Tag(t) == "VBG" || meetings[l.d.Lemmas[t]] && l.hasMark(t, asClauses)
	case relCcomp: // parsers take what opens a sentence for what is said
		return l.d.Tag(t) == "VBG" && l.d.Tokens[t].Flags.Has(nlp.StartsSent) && l.content[t] == 0
	case relAcl:
		h := int(l.d.Heads[t])
		return h >= 0 && l.isSaying(h)
	case relObl:
		return l.isBriefing(t)
	}
	return false
}

// releases reports whether the participle at t tells what the source of attribution i put out as it spoke: "Hale, releasing a
// statement, said".
func (l *linker) releases(t, i int) bool {
	switch l.d.Lemmas[t] {
	case "release", "issue", "post", "tweet", "write", "speak":
		h := int(l.d.Heads[t])
		return l.d.Tag(t) == "VBG" && t < l.sayings[i].anchor && l.rel(t) == relAcl && h >= 0 && l.isSource(h, i)
	}
	return false
}

// isOfOtherTime reports whether the clause of the verb at t, which has a subject of its own, tells of what was before or after
// what it is joined to: "before she took office in 2010".
func (l *linker) isOfOtherTime(t int) bool {
	return l.subjectOf(t) >= 0 && l.hasMark(t, otherClauses)
}

// isMeanwhile reports whether the clause of the verb at t tells what another than the speaker of attribution i did at the time, and
// from is no event in it at which others speak: "as Hale spoke to reporters, Reed wrote", and not "as Hale held a town hall".
func (l *linker) isMeanwhile(t, i, from int) bool {
	if l.rel(t) != relAdvcl || !l.hasMark(t, meanwhile) {
		return false
	}
	if w, _ := l.words(from, l.d.Sentences[l.sentenceOf(from)]); w.isEvent {
		return false
	}
	own := l.subjectOf(t)
	return own >= 0 && l.clusters[own] > 0 && l.d.Speakers[i] >= 0 && l.clusters[own]-1 != l.d.Speakers[i]
}

// passesNoun reports whether the way from a time to a cue may lead through the noun at t.
func (l *linker) passesNoun(t int) bool {
	switch l.rel(t) {
	case relObj:
		return l.isSaying(t) || l.isTold(t) // told MNN's "Long Hour"
	case relObl, relNmod, relSubj, relPoss, relCompound, relAppos, relConj, relFlat:
		return l.isSaying(t)
	}
	return true
}

// isSaying reports whether the noun at t is a saying, an occasion or a work.
func (l *linker) isSaying(t int) bool {
	_, ok := l.words(t, l.d.Sentences[l.sentenceOf(t)])
	if ok || callNouns[l.d.Lemmas[t]] && (l.rel(t) == relSubj || l.hasCase(t, "in", "on", "during")) {
		return true
	}
	m := l.d.MentionOf[t]
	if m >= 0 {
		r := l.d.Mentions[m]
		for k := r.First; k < r.Past; k++ {
			if showWords[l.d.Tokens[k].Lower] {
				return true
			}
		}
	}
	return false
}

// callNouns are nouns of sayings and occasions that tell no medium.
var callNouns = nlp.WordSet("call cable rant tirade outburst diatribe")

// addPhrases puts medium and venue of what is told beside attribution i into o.
func (l *linker) addPhrases(o *occasion, i int, s nlp.Sentence, phrases []phrase) {
	near := l.near(i, s)
	in := noMedium // a statement or a message that it is said in
	from := sort.Search(len(phrases), func(k int) bool { return phrases[k].head >= near.First })
	for _, p := range phrases[from:] {
		if p.head >= near.Past {
			break
		}
		if p.isMention || !l.isBeside(i, p.head) || p.word.medium != documentMedium && p.word.medium != testimonyMedium && l.isOuter(i, p.head) {
			continue
		}
		if p.isHost {
			if l.isSource(p.head, i) {
				l.take(o, p, s)
			}
			continue
		}
		isToldOf := l.isToldOf(p.head, i)
		isToldIn := isToldOf && p.word.medium == socialMedium && l.isPlaceOf(p.head)
		if p.isElsewhere && isToldOf {
			p.isElsewhere = false // after the debate, where Hale said …
			p.word, _ = l.words(p.head, s)
		}
		at := nlp.TokenRange{First: p.head, Past: p.head + 1}
		if p.word.isEvent && !isToldOf && l.isOfNotYet(p.head, i) {
			continue // could come up at a hearing
		}
		isNear := p.word.isPlatform && l.opens(at, s, i) || l.isOpening(p.head, s) && l.opens(at, s, i) && (!p.word.isAudience || l.isAskedBy(p.head)) || l.isCue(p.head, i) || l.reaches(p.head, i) || p.word.isWork && l.isWorkThatSays(p.head, i) || isToldOf && p.word.isEvent || isToldIn || l.isRightAfter(p, i)
		if !isNear && !(p.word.isEvent && !p.isElsewhere && l.rel(p.head) == relObl && l.hasCase(p.head, "at", "during") && l.sayings[i].tense.goesOn()) {
			continue
		}
		if p.word.isWork && !isToldIn && !l.isCue(p.head, i) && !l.tells(p.head, i) {
			continue // praised the book
		}
		if (p.word.isEvent || l.isOfGroup(p, i)) && !l.isCue(p.head, i) && l.isSource(p.head, i) {
			continue // an expert on debates said
		}
		l.take(o, p, s)
		if (p.word.medium == statementMedium || p.word.medium == messageMedium) && (l.hasCase(p.head, "in", "via") || l.isMeans(p.head)) {
			in = p.word.medium
		}
		if p.word.medium == interviewMedium && o.venue.Len() == 0 {
			if o.venue = l.outletOf(p, phrases); o.venue.Len() == 0 { // an interview on MNN's "Long Hour"
				o.venue = l.published(p.head, s, p.venue) // an MNN interview
			}
			o.isNamed = o.venue.Len() > 0
		}
	}
	if in != noMedium && o.medium == interviewMedium {
		o.medium = in // told the Coast Post in a statement
	}
	if o.noun != "" && o.time < 0 {
		for _, e := range l.events {
			if e.isOf(o) {
				o.time = e.time
				o.join(e.parties)
			}
		}
	}
}

// isOfNotYet reports whether the verb that governs token t tells what may be, and is not the cue of attribution i.
func (l *linker) isOfNotYet(t, i int) bool {
	for range maxBeforeName {
		h := l.d.Heads[t]
		if h < 0 {
			return false
		}
		if t = int(h); l.d.UPOS[t] == nlp.VERB {
			return !l.isCue(t, i) && l.isNotYet(t)
		}
	}
	return false
}

// isOfGroup reports whether the briefing of p only tells who the source of attribution i is: "several lawmakers at the briefing said".
func (l *linker) isOfGroup(p phrase, i int) bool {
	h := int(l.d.Heads[p.head])
	return p.word.medium == pressConferenceMedium && !p.word.isAudience && l.rel(p.head) == relNmod && h >= 0 && l.d.UPOS[h] == nlp.NOUN && l.isSource(h, i)
}

// isRightAfter reports whether the outlet of p stands right after the cue of attribution i, "told the Coast Post",
// whatever a parser makes of the clause that follows.
func (l *linker) isRightAfter(p phrase, i int) bool {
	a := &l.sayings[i]
	if !a.hasCue || p.word.medium != interviewMedium || l.d.Lemmas[a.anchor] != "tell" && !saysTo[l.d.Lemmas[a.anchor]] {
		return false
	}
	first := p.head // of "told the newspaper", where the venue is the name that stood before
	if p.venue.Contains(p.head) {
		first = p.venue.First
	}
	return first > a.anchor && first-a.anchor <= 2+maxBeforeName && l.isToldTo(first, l.d.Sentences[l.sentenceOf(first)])
}

// isToldOf reports whether the clause of attribution i tells of the noun at t: "the debate, where
// Hale said". Parsers hang such a clause elsewhere too.
func (l *linker) isToldOf(t, i int) bool {
	d, anchor := l.d, l.sayings[i].anchor
	if int(d.Heads[anchor]) == t {
		return true
	}
	for k := t + 1; k < min(t+3, anchor); k++ {
		if lemma := d.Lemmas[k]; lemma == "where" || lemma == "when" || lemma == "which" {
			return int(d.Heads[k]) == anchor
		}
	}
	return false
}

// isPlaceOf reports whether a clause follows the noun at t that tells what is done in it: "Twitter, where", "tweets in which".
func (l *linker) isPlaceOf(t int) bool {
	d := l.d
	k := t + 1
	if k < len(d.Tokens) && d.Word(k) == "," {
		k++
	}
	return k+1 < len(d.Tokens) && (d.Word(k) == "where" || d.Word(k) == "in" && d.Word(k+1) == "which")
}

// isOpening reports whether the phrase headed by token t begins sentence s: "In a letter to
// the council, …".
func (l *linker) isOpening(t int, s nlp.Sentence) bool {
	if l.d.UPOS[t] == nlp.VERB && !l.isBriefing(t) {
		return t-s.First <= 2
	}
	if int(l.d.Heads[t]) == s.First && l.d.Tag(s.First) == "VBN" {
		return true // asked at a briefing
	}
	if l.isOneOf(t) {
		t = l.countOf(t)
	}
	return l.rel(t) == relObl && (l.isUnder(s.First, t) || l.isUnder(min(s.First+1, t), t))
}

// isSource reports whether token t is in the source of attribution i.
func (l *linker) isSource(t, i int) bool { return nlp.InPieces(l.d.Attributions[i].Source, t) }

// tells reports whether the work at t tells what attribution i says: it is its source, or
// stands in it ("in a letter"), or was sent or put out.
func (l *linker) tells(t, i int) bool {
	for _, r := range l.d.Attributions[i].Source {
		if r.Contains(t) && l.headOf(r) == t {
			return true
		}
	}
	return l.hasCase(t, "in", "on", "via") || l.isMeans(t) || l.isDelivered(t) || l.isOneOf(t)
}

// isMeans reports whether "by" stands before the noun at t, without an article: "by press release", and not "angered by a letter".
func (l *linker) isMeans(t int) bool {
	k := t - 1
	for k > 0 && t-k < maxBeforeName && (l.d.UPOS[k] == nlp.ADJ || l.d.UPOS[k] == nlp.NOUN || l.d.UPOS[k] == nlp.PROPN || l.d.Word(k) == "-") {
		k--
	}
	return k >= 0 && strings.EqualFold(l.d.Word(k), "by")
}

// take puts phrase p into o.
func (l *linker) take(o *occasion, p phrase, s nlp.Sentence) {
	if p.word.medium > o.medium {
		o.medium, o.mediumAt = p.word.medium, p.head
	}
	if !p.isElsewhere {
		o.isEvent = o.isEvent || p.word.isEvent
		o.isOpen = o.isOpen || p.word.isOpen
	}
	if p.word.isEvent {
		o.noun = strings.ToLower(l.d.Lemmas[p.head])
	}
	if p.isNew {
		o.isNew, o.newAt = true, p.head
	}
	isPlace := p.word.medium == speechMedium || p.word.medium == testimonyMedium || p.word.medium == pressConferenceMedium || p.word.medium == broadcastMedium
	if p.venue.Len() > 0 && !p.isElsewhere && (p.isNamed || isPlace && o.venue.Len() == 0) {
		o.venue = p.venue
		o.isNamed = p.word.medium == interviewMedium || p.word.medium == broadcastMedium
	}
}

// sentenceOf is the sentence of token t.
func (l *linker) sentenceOf(t int) int { return sentenceAt(l.d, t) }
