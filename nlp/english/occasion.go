package english

import (
	"cmp"
	"slices"
	"sync"

	"quoth"
	"quoth/nlp"
)

// occasion is where and when something was said, with those who spoke there. It holds for
// the statement beside which it is told, and goes on to those that follow.
type occasion struct {
	time      int // index into Doc.Timexes, -1 for none
	medium    medium
	mediumAt  int            // token that told the medium, 0 for none
	venue     nlp.TokenRange // empty for none
	isNamed   bool           // the venue is an outlet
	isEvent   bool
	isOfEvent bool // the time is told of the event by its noun
	isOpen    bool
	isNew     bool   // told with "a": one not told before
	newAt     int    // where
	isOnce    bool   // told in passing, after the cue: what follows was said elsewhere
	noun      string // lemma that names an event, "" for none
	// parties are the clusters that speak or are named where the occasion is told.
	parties []int32
	block   int // where it was last spoken of
	first   int // the paragraph that told it first
	told    int // the one where it was last told itself, and not only a statement of it
}

// relation is a dependency relation as far as the linker tells them apart.
type relation uint8

const (
	otherRel relation = iota
	relSubj
	relObj
	relIobj
	relObl
	relNmod
	relAppos
	relFlat
	relCompound
	relCase
	relAcl
	relAdvcl
	relXcomp
	relCcomp
	relConj
	relParataxis
	relPoss
)

var relations = map[string]relation{
	"nsubj": relSubj, "nsubj:pass": relSubj, "csubj": relSubj, "obj": relObj, "iobj": relIobj, "obl": relObl, "obl:tmod": relObl, "obl:unmarked": relObl, "obl:agent": relObl,
	"nmod": relNmod, "nmod:tmod": relNmod, "nmod:unmarked": relNmod, "nmod:poss": relPoss, "nmod:desc": relNmod, "appos": relAppos, "flat": relFlat,
	"compound": relCompound, "case": relCase, "acl": relAcl, "acl:relcl": relAcl, "advcl": relAdvcl, "advcl:relcl": relAdvcl, "xcomp": relXcomp,
	"ccomp": relCcomp, "conj": relConj, "parataxis": relParataxis,
}

// linker finds when and where the statements of one document were said.
type linker struct {
	d          *nlp.Doc
	rels       []relation // by index into RelNames
	content    []int32    // per token: 1 + the last attribution whose content it is in
	clusters   []int32    // per token: 1 + its cluster
	times      []int32    // per token: 1 + its time expression
	found      []phrase
	sayings    []saying // per attribution
	order      []int32  // attributions by anchor
	scenes     []occasion
	events     []event
	interviews []interview
	works      map[string]int            // by noun, the time at which a work came out
	outlet     nlp.TokenRange            // the name of an outlet that stood last, empty for none
	outletAt   int                       // the running paragraph that it stood in
	fullEvents map[string]nlp.TokenRange // by noun, the words that name an event: "the Harbour Forum"
	block      int                       // number of the running paragraph at work
	lastTold   int                       // the last attribution linked, -1 for none
	outside    map[int32]bool            // clusters of speakers, see isOutside
	hasMay     bool                      // somebody of the article is called May
	posted     bool                      // a post is the writing told of last
	postedAt   int                       // the running paragraph that told it
	postedBy   []int32                   // clusters named there
}

// saying is an attribution as the linker sees it.
type saying struct {
	anchor    int // token: the cue's head, or the first of the content
	hasCue    bool
	tense     cueTense
	scene     int  // index into scenes, -1 for none
	isSummary bool // its occasion is told below, or anywhere
	block     int  // number of its running paragraph, -1 outside the running text
	// isTold tells that the sentence itself tells time or medium, tellsMedium that it tells the
	// latter.
	isTold, tellsMedium bool
	// isDated tells that a time stands beside the cue, though it names no day.
	isDated bool
	// isApart tells that it is told of other times than what is told around it, see isOfOtherTimes.
	isApart bool
	// own is a medium that the cue or the source alone tells; it holds for this saying
	// and for no other.
	own medium
	// work is the time at which the work came out that says it, -1 for none.
	work int
}

var linkers = sync.Pool{New: func() any {
	return &linker{fullEvents: map[string]nlp.TokenRange{}, works: map[string]int{}, outside: map[int32]bool{}}
}}

// linkOccasions fills Said, Medium and Venue of the statements, which are those of the
// attributions of d in their order.
//
// It goes through the running text sentence by sentence. Time and medium that are told
// beside a cue make an occasion (the TLINK of TimeML, cut down to sayings); what the same
// speaker says in the sentences after it was said there too, until another occasion is
// told or window paragraphs go by without it.
func linkOccasions(d *nlp.Doc, statements []quoth.Statement) {
	n := len(d.Tokens)
	if len(statements) == 0 || len(d.Heads) != n || len(d.Rels) != n || len(d.Lemmas) != n || len(d.UPOS) != n || len(d.MentionOf) != n {
		return
	}
	l := linkers.Get().(*linker)
	l.begin(d, statements)
	l.read()
	l.lookAhead()
	for i := range statements {
		l.write(i, &statements[i])
	}
	l.d = nil
	if n <= maxKept {
		linkers.Put(l)
	}
}

// maxKept is the number of tokens up to which the working memory of a document is kept
// for the next one.
const maxKept = 1 << 17

// inheritOccasions gives what goes on from another statement, or repeats its words, the
// time and place of that one when it tells none of its own.
func inheritOccasions(statements []quoth.Statement) {
	byID := make(map[string]*quoth.Statement, len(statements))
	for i := range statements {
		byID[statements[i].ID] = &statements[i]
	}
	for i := range statements {
		s := &statements[i]
		if s.Said != nil || s.Venue != nil || s.Medium != quoth.UnknownMedium {
			continue
		}
		for _, id := range []*string{s.Repeats, s.Continues} {
			if id == nil || byID[*id] == nil {
				continue
			}
			of := byID[*id]
			s.Said, s.Medium, s.Venue = of.Said, of.Medium, of.Venue
			break
		}
	}
}

// begin indexes the layers of d.
func (l *linker) begin(d *nlp.Doc, statements []quoth.Statement) {
	l.d = d
	l.rels = l.rels[:0]
	for _, name := range d.RelNames {
		l.rels = append(l.rels, relations[name])
	}
	n := len(d.Tokens)
	for _, s := range []*[]int32{&l.content, &l.clusters, &l.times} {
		*s = append((*s)[:0], make([]int32, n)...)
	}
	for i, at := range d.Attributions {
		fillRanges(l.content, at.Content, int32(i+1))
	}
	for c, cluster := range d.Clusters {
		fillRanges(l.clusters, cluster.Mentions, int32(c+1))
	}
	for x, timex := range d.Timexes {
		fillRange(l.times, timex.TokenRange, int32(x+1))
	}
	clear(l.fullEvents)
	clear(l.works)
	clear(l.outside)
	l.findMay()
	l.sayings, l.order, l.scenes, l.events, l.interviews = l.sayings[:0], l.order[:0], l.scenes[:0], l.events[:0], l.interviews[:0]
	for i, at := range d.Attributions {
		l.sayings = append(l.sayings, l.saying(at, isRunning(d, statements[i])))
		l.order = append(l.order, int32(i))
	}
	slices.SortStableFunc(l.order, func(a, b int32) int { return cmp.Compare(l.sayings[a].anchor, l.sayings[b].anchor) })
}

func fillRanges(of []int32, ranges []nlp.TokenRange, v int32) {
	for _, r := range ranges {
		fillRange(of, r, v)
	}
}

func fillRange(of []int32, r nlp.TokenRange, v int32) {
	for t := r.First; t < r.Past; t++ {
		of[t] = v
	}
}

func (l *linker) rel(t int) relation {
	if r := int(l.d.Rels[t]); r < len(l.rels) {
		return l.rels[r]
	}
	return otherRel
}

func (l *linker) isTime(t int) bool { return l.times[t] > 0 }

// isFigure reports whether a content is one of a company's figures: "posted a loss of 3 million".
func (l *linker) isFigure(content nlp.TokenRange) bool {
	t := l.headOf(content)
	return l.d.Tokens[t].Depth == 0 && figures[l.d.Lemmas[t]]
}

// figures are what companies post in their books.
var figures = map[string]bool{"loss": true, "profit": true, "gain": true, "earnings": true, "revenue": true, "income": true, "sale": true, "growth": true,
	"increase": true, "decline": true, "drop": true, "rise": true, "surplus": true, "deficit": true, "bond": true, "bail": true, "win": true, "victory": true}

// isWrittenTo reports whether somebody is told to whom the verb at t writes: "wrote to Hale".
func (l *linker) isWrittenTo(t int) bool {
	for k := t + 1; k < min(t+maxBeforeName+2, len(l.d.Tokens)); k++ {
		if int(l.d.Heads[k]) == t && l.rel(k) == relObl && l.clusters[k] > 0 && l.d.Lemmas[t] == "write" && l.hasCase(k, "to") {
			return true
		}
	}
	return false
}

// saying finds the anchor and the tense of an attribution.
func (l *linker) saying(at nlp.Attribution, isRunning bool) saying {
	s := saying{anchor: at.Content[0].First, scene: -1, block: -1, work: -1}
	if isRunning {
		s.block = 0
	}
	if len(at.Cue) > 0 {
		s.hasCue = true
		s.anchor = l.headOf(at.Cue[0])
		for _, r := range at.Cue {
			for t := r.First; t < r.Past; t++ {
				if l.d.UPOS[t] == nlp.VERB {
					s.anchor = t
					s.tense = l.cueTense(t)
					if s.own = mediumVerbs[l.d.Lemmas[t]]; s.own == socialMedium && l.isFigure(at.Content[0]) {
						s.own = noMedium
					} else if s.own == documentMedium && l.isWrittenTo(t) {
						s.own = messageMedium
					}
					return s
				}
				if l.d.UPOS[t] == nlp.AUX && s.tense == plainTense {
					s.tense = l.cueTense(t) // is against
				}
			}
		}
		if u := l.d.UPOS[s.anchor]; s.tense == plainTense && (u == nlp.NOUN || u == nlp.PROPN || u == nlp.ADJ) {
			s.tense = nounTense
		}
	}
	return s
}

// read goes through the sentences.
func (l *linker) read() {
	next, last, isPhoto := 0, -1, false
	l.block, l.lastTold, l.outlet, l.posted = 0, -1, nlp.TokenRange{}, false
	for i := range l.d.Sentences {
		s := l.d.Sentences[i]
		if i == 0 || s.Block != l.d.Sentences[i-1].Block {
			isPhoto = l.isPhoto(s)
		}
		isBody := l.isRunning(s) && !isPhoto
		if isBody && s.Block != last {
			l.block++
			last = s.Block
		}
		first := next
		for next < len(l.order) && l.sayings[l.order[next]].anchor < s.Past {
			next++
		}
		phrases := l.phrases(s)
		l.findEvents(s, phrases)
		l.findWorks(s)
		l.findPosts(s, phrases)
		for _, a := range l.order[first:next] {
			l.link(int(a), s, phrases, isBody)
			l.lastTold = int(a)
		}
		l.findInterviews(phrases)
		if first == next && isBody {
			l.setScene(s, phrases)
		}
	}
}

// link finds the occasion of attribution i, which stands in sentence s.
func (l *linker) link(i int, s nlp.Sentence, phrases []phrase, isBody bool) {
	a := &l.sayings[i]
	if isBody {
		a.block = l.block
	}
	o := occasion{time: l.timeOf(i, s), block: l.block, told: l.block}
	a.work = l.timeOfWork(i)
	o.parties = l.present(i, s)
	l.addPhrases(&o, i, s, phrases)
	if c := l.d.Speakers[i]; o.medium == interviewMedium && o.venue.Len() > 0 && c >= 0 {
		o.parties = []int32{c} // whom else the sentence names gave the outlet no interview
	}
	a.tellsMedium = o.medium != noMedium
	a.isTold = o.time >= 0 || a.tellsMedium
	a.isDated = o.time >= 0 || l.hasTime(i)
	a.isApart = !a.isTold && (l.isOfOtherTimes(i, s) || l.isRefusal(i) || minds[l.d.Lemmas[a.anchor]] && kindOf(l.d, l.d.Attributions[i]) == quoth.Indirect)
	if isBody && (!a.isTold && l.goesOnPosting(i) || !a.tellsMedium && l.isWritingPost(i, s)) {
		a.own = socialMedium
	}
	l.adopt(&o)
	if !isBody {
		if a.isTold {
			o.block = -2 * eventWindow // nothing in the text goes on from a caption
			a.scene = l.add(o)
		}
		return
	}
	before := l.before(i, s, &o)
	switch {
	case !a.isTold:
		isWritten := before >= 0 && l.scenes[before].medium == documentMedium && talks[l.d.Lemmas[a.anchor]] // what is said does not stand in the book
		if before >= 0 && (a.tense.goesOn() && !l.isOfPerfect(a) || l.goesOnNow(i, before)) && !isWritten && !a.isApart && l.isLasting(&l.scenes[before]) {
			a.scene = before
			l.touch(before, o)
			if l.isTurn(i) && l.scenes[before].medium == broadcastMedium {
				l.scenes[before].medium = interviewMedium // one asks, one answers
			}
		}
	case before >= 0 && l.fits(&l.scenes[before], &o):
		a.scene = before
		l.merge(&l.scenes[before], o)
	default:
		o.isOnce = o.isNew && o.newAt > a.anchor && a.hasCue && o.time < 0
		if a.tense == nounTense {
			o.parties = nil // a view that is told of is no saying that others follow
		}
		a.scene = l.add(o)
	}
}

// isOfOtherTimes reports whether what attribution i tells is told of several times or of one before: "Hale often called", "during
// the campaign, she promised", "in her first week in office, she promised", "shortly after she took office".
func (l *linker) isOfOtherTimes(i int, s nlp.Sentence) bool {
	if a := &l.sayings[i]; a.hasCue && l.d.Tag(a.anchor) != "VBG" && l.hasMark(a.anchor, formerly) {
		return true // "until she announced", and not "before saying"
	}
	if l.isHungFromOtherTimes(l.sayings[i].anchor, i, s) {
		return true
	}
	h := int(l.d.Heads[l.sayings[i].anchor]) // often called her a fool and said
	return h >= s.First && l.rel(l.sayings[i].anchor) == relConj && l.subjectOf(l.sayings[i].anchor) < 0 && l.isHungFromOtherTimes(h, i, s)
}

// isHungFromOtherTimes reports whether what tells of such times hangs from the verb at anchor.
func (l *linker) isHungFromOtherTimes(anchor, i int, s nlp.Sentence) bool {
	d := l.d
	near := nlp.TokenRange{First: max(s.First, anchor-reach), Past: min(s.Past, anchor+maxVenue)}
	for t := near.First; t < near.Past; t++ {
		if int(d.Heads[t]) != anchor || l.content[t] == int32(i+1) {
			continue
		}
		if x := int(l.times[t]) - 1; x >= 0 && d.Timexes[x].Value == "PAST_REF" {
			return true // recently
		}
		next := d.Lemmas[min(t+1, s.Past-1)]
		if d.UPOS[t] == nlp.ADV && otherTimes[d.Lemmas[t]] && next != "again" && next != "more" {
			return true
		}
		switch l.rel(t) {
		case relObl:
			if careers[d.Lemmas[t]] && l.hasCase(t, "in", "during", "after", "before", "throughout", "since") || roles[d.Lemmas[t]] && l.hasCase(t, "as") || l.isTermOf(t) {
				return true
			}
		case relAdvcl:
			if l.hasMark(t, otherClauses) && (beginnings[d.Lemmas[t]] || d.Lemmas[t] == "take" && d.Lemmas[min(t+1, s.Past-1)] == "office" || l.hasMark(t, intervals)) {
				return true
			}
		}
	}
	return false
}

// isTermOf reports whether the stretch of time at t is one of somebody's own or one beside an event: "in her first week in office", "in
// the days after the storm".
func (l *linker) isTermOf(t int) bool {
	d := l.d
	if !stretches[d.Lemmas[t]] || !l.hasCase(t, "in", "during") {
		return false
	}
	for k := max(0, t-4); k < t; k++ {
		if int(d.Heads[k]) == t && l.rel(k) == relPoss && d.UPOS[k] == nlp.PRON {
			return true
		}
	}
	if d.Tag(t) != "NNS" || t+1 == len(d.Tokens) {
		return false
	}
	switch d.Lemmas[t+1] {
	case "lead", "before", "after", "since", "follow":
		return true
	}
	return false
}

var (
	// otherTimes are adverbs of what is told of several times or of an earlier one.
	otherTimes = nlp.WordSet("often frequently regularly routinely consistently always traditionally historically previously formerly initially originally once long")
	// careers are nouns of long times in which many things are said.
	careers = nlp.WordSet("campaign election presidency candidacy tenure term career primary aftermath decade past childhood youth")
	// roles are what somebody was.
	roles = nlp.WordSet("candidate nominee teenager child student boy girl")
	// stretches are units of the calendar.
	stretches = nlp.WordSet(calendarUnits)
	// beginnings are verbs of what begins such a time: "after he took office".
	beginnings = nlp.WordSet("elect inaugurate appoint win")
	// intervals stand before "after" and "before" and tell that some time lay between.
	intervals = nlp.WordSet(calendarUnits + " shortly soon long immediately just")
)

// calendarUnits are what days are counted in.
const calendarUnits = "day week month year"

// minds are verbs of what goes on in a mind, which nobody tells on an occasion.
var minds = nlp.WordSet(mindVerbs)

const mindVerbs = "decide know see find learn realize realise understand seem appear plan want like love"

// isRefusal reports whether attribution i tells that somebody did not speak: "declined to comment".
func (l *linker) isRefusal(i int) bool {
	d, anchor := l.d, l.sayings[i].anchor
	if lemma := d.Lemmas[anchor]; lemma != "decline" && lemma != "refuse" && (!silences[lemma] || !hasNegation(d, anchor, maxPath)) {
		return false
	}
	for t := anchor; t < min(anchor+maxPath, len(d.Tokens)); t++ {
		if d.Lemmas[t] == "comment" {
			return true
		}
	}
	return false
}

// silences are verbs that tell, negated, that somebody did not speak.
var silences = nlp.WordSet("respond reply return answer comment")

// isOfPerfect reports whether the participle that is the cue of a hangs on a verb of the perfect: "Hale has often called it old, adding that …".
func (l *linker) isOfPerfect(a *saying) bool {
	if !a.hasCue || l.d.Tag(a.anchor) != "VBG" {
		return false
	}
	t := a.anchor
	for range maxPath {
		h := l.d.Heads[t]
		if h < 0 || l.rel(t) != relAdvcl && l.rel(t) != relXcomp {
			return false
		}
		if t = int(h); l.cueTense(t) != plainTense {
			return l.cueTense(t) == perfectTense
		}
	}
	return false
}

// goesOnNow reports whether attribution i, told in the present, goes on from occasion k at once: "Hale told the Coast
// Post that … She says …".
func (l *linker) goesOnNow(i, k int) bool {
	a := &l.sayings[i]
	return a.tense == presentTense && nowSays[l.d.Lemmas[a.anchor]] && l.block-l.scenes[k].block <= 1
}

// goesOnPosting reports whether attribution i is more of the post that its speaker is told to have put out right before: "Hale
// tweeted: … She added that …".
func (l *linker) goesOnPosting(i int) bool {
	if l.lastTold < 0 || l.d.Speakers[i] < 0 || l.d.Speakers[i] != l.d.Speakers[l.lastTold] {
		return false
	}
	a, before := &l.sayings[i], &l.sayings[l.lastTold]
	return a.hasCue && a.tense.goesOn() && before.own == socialMedium && before.block > 0 && l.block-before.block <= 1 && postsOn[l.d.Lemmas[a.anchor]]
}

// isWritingPost reports whether what attribution i tells to be written is a post: one of its speaker was told of last, no other writing
// since then, or a user of the platform writes it.
func (l *linker) isWritingPost(i int, s nlp.Sentence) bool {
	a := &l.sayings[i]
	if l.d.Lemmas[a.anchor] != "write" || a.own != documentMedium {
		return false
	}
	if l.posted && l.block-l.postedAt <= 1 && l.d.Speakers[i] >= 0 && slices.Contains(l.postedBy, l.d.Speakers[i]) {
		return true
	}
	for _, r := range l.d.Attributions[i].Source {
		for t := r.First; t < min(r.Past, r.First+maxVenue); t++ {
			if lemma := l.d.Lemmas[t]; lemma != "user" && lemma != "follower" {
				continue
			}
			k := t - 1
			if k > s.First && l.d.Tag(k) == "POS" {
				k-- // Twitter's users
			}
			if k < s.First {
				continue
			}
			if w, ok := l.words(k, s); ok && w.isPlatform {
				return true
			}
		}
	}
	return false
}

// findPosts remembers who is told to have posted something in sentence s, until other writing is told.
func (l *linker) findPosts(s nlp.Sentence, phrases []phrase) {
	for _, p := range phrases {
		if l.d.Tokens[p.head].Depth > 0 || l.content[p.head] > 0 {
			continue
		}
		switch p.word.medium {
		case socialMedium:
			l.posted, l.postedAt, l.postedBy = true, l.block, l.named(s, p.head)
		case documentMedium, messageMedium, statementMedium:
			l.posted = false
		}
	}
}

// postsOn are verbs of what goes on in a post.
var postsOn = nlp.WordSet("add continue write say conclude call claim accuse")

// nowSays are verbs that tell in the present what was said on one occasion.
var nowSays = map[string]bool{"say": true, "add": true, "note": true, "argue": true, "explain": true, "continue": true, "tell": true, "recall": true, "point": true}

// hasTime reports whether a time expression of any kind depends on the cue of
// attribution i.
func (l *linker) hasTime(i int) bool {
	a := &l.sayings[i]
	for t := max(a.anchor-maxPath, 0); t < min(a.anchor+maxPath, len(l.d.Tokens)); t++ {
		if l.times[t] > 0 && int(l.d.Heads[t]) == a.anchor {
			return true
		}
	}
	return false
}

// isAnchor reports whether the token at t is the anchor of an attribution.
func (l *linker) isAnchor(t int) bool {
	_, ok := slices.BinarySearchFunc(l.order, t, func(i int32, t int) int { return cmp.Compare(l.sayings[i].anchor, t) })
	return ok
}

func (l *linker) edtf(time int) string { return l.d.Timexes[time].EDTF }

// reach is how many tokens around a cue are looked at. Sentences are shorter; this keeps
// the work linear in texts that are none.
const reach = 150

// near is the part of sentence s around the cue of attribution i.
func (l *linker) near(i int, s nlp.Sentence) nlp.TokenRange {
	anchor := l.sayings[i].anchor
	return nlp.TokenRange{First: max(s.First, anchor-reach), Past: min(s.Past, anchor+reach)}
}

// said is the time x as a statement tells it.
func (l *linker) said(x int) *quoth.Said {
	span := l.d.Span(l.d.Timexes[x].TokenRange)
	return &quoth.Said{EDTF: l.d.Timexes[x].EDTF, Evidence: span, Text: span.In(l.d.Text)}
}

// maxBack is for how many blocks before it what is told of an occasion holds too.
const maxBack = 1

// isToldFor reports whether what token t tells of its occasion holds for attribution i: it was told before, or soon after,
// or i sums up what comes. What is told later of a day or a channel is mostly of what is told there.
func (l *linker) isToldFor(i, t int) bool {
	a := &l.sayings[i]
	return a.isSummary || t <= a.anchor || l.d.Sentences[l.sentenceOf(t)].Block-l.d.Sentences[l.sentenceOf(a.anchor)].Block <= maxBack
}

// write puts what is known of attribution i into its statement.
func (l *linker) write(i int, s *quoth.Statement) {
	a := &l.sayings[i]
	md := noMedium
	if a.scene >= 0 {
		o := &l.scenes[a.scene]
		if l.isToldFor(i, o.mediumAt) {
			md = o.medium
		}
		for _, e := range l.events {
			if o.time < 0 && e.isOf(o) {
				o.time, o.isOfEvent = e.time, true
			}
		}
		if o.time >= 0 && (o.isOfEvent || l.isToldFor(i, l.d.Timexes[o.time].First)) {
			s.Said = l.said(o.time)
		}
		if o.venue.Len() > 0 && l.isToldFor(i, o.venue.First) {
			span := l.d.Span(o.venue)
			s.Venue = &quoth.Venue{Name: span.In(l.d.Text), Span: span}
		}
	}
	if s.Said == nil && a.work >= 0 {
		s.Said = l.said(a.work)
	}
	if a.own != noMedium && (md == noMedium || a.own > documentMedium && (!a.tellsMedium || md == documentMedium)) {
		if md != noMedium && md != a.own {
			s.Venue = nil // he tweets, and not where he spoke
		}
		md = a.own
	}
	if md == noMedium {
		md = l.writtenMedium(i, s)
	}
	if md != noMedium {
		s.Medium = mediumNames[md]
	}
}
