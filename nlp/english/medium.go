package english

import (
	"strings"

	"quoth/nlp"
)

// phrase is a place in a sentence that tells a medium.
type phrase struct {
	head  int // token
	word  mediumWord
	venue nlp.TokenRange // its name or its words, empty for none
	// isNamed tells that the venue is a channel with a name.
	isNamed bool
	// isElsewhere tells that the saying was not there, but after or before it.
	isElsewhere bool
	// isMention tells that an event is only spoken of.
	isMention bool
	// isNew tells that it is introduced: "a news conference".
	isNew bool
	// isHost tells that the one who speaks is introduced as the host of a broadcast.
	isHost bool
}

// phrases finds what tells a medium in sentence s.
func (l *linker) phrases(s nlp.Sentence) []phrase {
	out := l.found[:0]
	for t := s.First; t < s.Past; t++ {
		if m := l.d.MentionOf[t]; m >= 0 && l.d.Mentions[m].First == t {
			if l.isRunning(s) && l.d.Tokens[t].Depth == 0 && l.isOutlet(l.d.Mentions[m].TokenRange) {
				l.outlet, l.outletAt = l.d.Mentions[m].TokenRange, l.block
			}
			if p, ok := l.channel(l.d.Mentions[m].TokenRange, s); ok {
				out = append(out, p)
				t = p.venue.Past - 1
				continue
			}
		}
		if p, ok := l.toldShow(t, s); ok {
			out = append(out, p)
			t = p.head
			continue
		}
		if isSite(l.d.Word(t)) && l.toldTo(t) {
			out = append(out, phrase{head: t, word: mediumWord{medium: interviewMedium}, venue: nlp.TokenRange{First: t, Past: t + 1}, isNamed: true})
			continue
		}
		if p, ok := l.mediumAt(t, s); ok {
			out = append(out, p)
		}
	}
	l.found = out
	return out
}

// mediumAt reads token t as a word that tells a medium.
func (l *linker) mediumAt(t int, s nlp.Sentence) (phrase, bool) {
	d := l.d
	if l.isTime(t) && !l.isMarch(t) {
		return phrase{}, false // the month, and not the march
	}
	switch u := d.UPOS[t]; u {
	case nlp.NOUN, nlp.PROPN:
	case nlp.PRON: // told me: the reporter asked
		if d.Tokens[t].Depth == 0 && (d.Lemmas[t] == "I" || d.Lemmas[t] == "i" || d.Lemmas[t] == "we" || d.Lemmas[t] == "me") && l.isTold(t) {
			return phrase{head: t, word: mediumWord{medium: interviewMedium}}, true
		}
		return phrase{}, false
	case nlp.VERB:
		if !l.isBriefing(t) {
			return l.speaking(t, s)
		}
	default:
		return phrase{}, false
	}
	if p, ok := l.toldOutlet(t, s); ok {
		return p, true
	}
	w, ok := l.words(t, s)
	if !ok || l.hasCase(t, "outside", "near", "opposite") { // "told reporters outside the court"
		return phrase{}, false
	}
	p := phrase{head: t, word: w, isNew: l.isIntroduced(t)}
	switch {
	case w.isPlatform:
		if !l.follows(t, s, "on", "via", "to", "through") && !(l.isModifier(t) && platformParts[d.Lemmas[d.Heads[t]]]) {
			return phrase{}, false
		}
		if word := d.Word(t); strings.EqualFold(word, "media") || strings.EqualFold(word, "medium") {
			break
		}
		p.venue, p.isNamed = nlp.TokenRange{First: t, Past: t + 1}, true
		if d.Word(t) == "Social" && t > s.First {
			p.venue.First--
		}
	case w.isAudience:
		if !l.isAudience(t, w.medium, s) {
			return phrase{}, false
		}
		if m := d.MentionOf[t]; w.medium == testimonyMedium && m >= 0 && d.Mentions[m].Kind == nlp.Organization && d.Mentions[m].Len() > 1 {
			p.venue = d.Mentions[m].TokenRange // told the Harbour Safety Committee
		}
		if m := d.MentionOf[min(t+1, s.Past-1)]; w.medium == pressConferenceMedium && l.d.Tag(t) == "NN" && m >= 0 && d.Mentions[m].First == t+1 && d.Mentions[m].Kind == nlp.Person {
			p.word.medium = interviewMedium // "told journalist Zoë Hale"
		}
		if t+2 < s.Past && d.Word(t+1) == "in" && d.MentionOf[t+2] >= 0 && !l.isTime(t+2) {
			p.venue, p.isNamed = d.Mentions[d.MentionOf[t+2]].TokenRange, true // a crowd in Marrow
		}
	default:
		return l.occasionAt(p, s)
	}
	return p, true
}

// isAudience reports whether the noun at t, of those to whom one speaks in medium md, is told to be spoken to: "told supporters", "argued
// before the judges".
func (l *linker) isAudience(t int, md medium, s nlp.Sentence) bool {
	to := l.countOf(t)
	switch md {
	case testimonyMedium:
		if t+1 < s.Past && offices[strings.ToLower(l.d.Lemmas[t+1])] {
			return false // told the committee chairman
		}
		if l.hasCase(t, "before") {
			return !l.isPending(t) // argued before the judges
		}
	case pressConferenceMedium:
		if l.isAskedBy(t) {
			return true
		}
	case speechMedium:
		return l.isObject(to) && l.isSpokenTo(to) && !l.isPolled(t, to)
	}
	return l.isTold(to) && l.isObject(to)
}

// isPending reports whether something that lies before the court at t is told of: "counsel in the case before the court".
func (l *linker) isPending(t int) bool {
	for k := t - 1; k > max(t-maxVenue, 0); k-- {
		if l.d.Word(k) == "before" {
			return l.d.UPOS[k-1] == nlp.NOUN && pending[l.d.Lemmas[k-1]]
		}
	}
	return false
}

// offices are nouns of those who hold an office in a committee or a court.
var offices = nlp.WordSet("chair chairman chairwoman chairperson vice ranking counsel spokesman spokeswoman staff staffer aide leader clerk")

// pending are nouns of what lies before a court, where nobody speaks for that reason.
var pending = nlp.WordSet("case lawsuit suit appeal challenge petition matter issue question dispute showdown fight battle")

// isPolled reports whether the voters at t, or so many of them at to, are asked in a poll or on a ballot.
func (l *linker) isPolled(t, to int) bool {
	return strings.EqualFold(l.d.Word(t), "voters") && l.d.Lemmas[l.d.Heads[to]] == "ask" && !l.hasCase(to, "by")
}

// isSpokenTo reports whether a verb of speaking governs the noun at t, of a crowd: "told supporters", "said to students", and not
// "won over voters".
func (l *linker) isSpokenTo(t int) bool {
	verb := l.d.Lemmas[l.d.Heads[t]]
	if l.rel(t) != relObl || !l.hasCase(t) {
		return verb == "speak" || spokenTo[verb]
	}
	switch {
	case l.hasCase(t, "by"):
		return verb == "ask" || verb == "press" || verb == "question"
	case l.hasCase(t, "to", "before"):
		return speaks[verb] || l.isAnchor(int(l.d.Heads[t]))
	case l.hasCase(t, "at", "in", "with"):
		return speaks[verb] && verb != "stand" && verb != "appear"
	}
	return false
}

var (
	// spokenTo are verbs of what is done to a crowd by speaking.
	spokenTo = nlp.WordSet("tell urge address promise assure remind warn thank greet implore exhort lecture encourage ask rally reassure advise rouse regale electrify")
	// speaks are verbs of speaking, before or to a crowd.
	speaks = nlp.WordSet("speak talk say appear stand stump campaign shout announce declare")
)

// occasionAt completes phrase p of sentence s, whose word is that of an occasion or a work: its venue, its medium, and whether the
// sentence tells that something is said there. It is false where neither is told.
func (l *linker) occasionAt(p phrase, s nlp.Sentence) (phrase, bool) {
	d, t, w := l.d, p.head, p.word
	if l.isAnswered(t) || t+2 < s.Past && d.Word(t+1) == "after" && d.Lemmas[t+2] == d.Lemmas[t] {
		return phrase{}, false // in report after report
	}
	words := l.nounPhrase(t, s)
	p.venue = words
	if bareSpeeches[d.Lemmas[t]] && (w.medium != testimonyMedium || p.venue.Past == t+1 || d.Word(t+1) == "about" || d.Word(t+1) == "on") {
		if next := d.Word(min(t+1, s.Past-1)); d.Lemmas[t] != "appearance" || next != "on" && next != "in" || l.isTime(min(t+2, s.Past-1)) {
			p.venue = nlp.TokenRange{}
		}
		if w.medium == speechMedium {
			if place := l.placeAfter(t, s); place.Len() > 0 {
				p.venue = place
				if d.Word(t+1) == "on" {
					p.word.medium, p.isNamed = broadcastMedium, true
				}
			}
		}
	}
	if w.medium == broadcastMedium {
		if name := l.nameBefore(t, s); name.Len() > 1 {
			p.venue, p.isNamed = name, true
		} else if name := l.nameOf(t, s); name.Len() > 0 {
			p.venue, p.isNamed = name, true
		}
	}
	switch {
	case w.medium == broadcastMedium && l.hasCase(t, "of") && l.isBroadcast(int(d.Heads[t])): // an episode of the podcast
	case w.isWork && l.isOneOf(t): // in a series of tweets
	case w.medium == socialMedium && l.hasCase(t, "in") && l.isAnother(t): // in another tweet
	case l.hasCase(t, "after", "following", "before", "since", "until", "of", "about", "from", "ahead") || l.hasModifier(t, words):
		p.word.medium, p.isElsewhere = noMedium, true // the time may still be that of the event
	case w.medium == broadcastMedium && p.isNamed && l.follows(p.venue.First, s, "on"): // parsers hang the name elsewhere
	case !l.hasCase(t, "in", "at", "during", "on", "via") && !(w.medium == interviewMedium && l.hasCase(t, "for", "to")) && !(l.isDelivered(t) && !hasNegation(d, int(d.Heads[t]), maxPath) && !(w.isEvent && l.isNotYet(int(d.Heads[t])))) && !l.isTold(t) && !w.isWork:
		if !w.isEvent {
			return phrase{}, false
		}
		p.word.medium, p.isMention = noMedium, true
	}
	switch {
	case w.isEvent:
		p.venue = l.fullEvent(t, s, p.venue)
	case w.isWork && w.medium == documentMedium:
		if name := l.published(t, s, p.venue); name.Len() > 0 {
			p.venue, p.isNamed = name, true
		}
	}
	return p, true
}

// isAnswered reports whether what is said answers or concerns the noun at t: "in response to the ruling".
func (l *linker) isAnswered(t int) bool {
	d := l.d
	if !l.hasCase(t, "to") {
		return false
	}
	for k := max(t-maxBeforeName-2, 1); k+1 < t; k++ {
		if d.Word(k+1) == "to" && answers[d.Lemmas[k]] {
			return true
		}
	}
	return false
}

// answers are nouns before "to" and what is answered.
var answers = nlp.WordSet("response reaction reply opposition reference regard addition contrast")

// isNotYet reports whether the verb at t tells what may or will be done, or what is if something else is: "could hold a rally",
// "if he holds a rally".
func (l *linker) isNotYet(t int) bool {
	d := l.d
	for k := t - 1; k >= max(t-maxPath, 0); k-- {
		if int(d.Heads[k]) == t && (isOpenModal(d, k) || conditions[d.Lemmas[k]]) {
			return true
		}
	}
	return l.rel(t) == relXcomp && d.Heads[t] >= 0 && arranged[d.Lemmas[d.Heads[t]]]
}

// isBriefing reports whether the verb at t is the noun that parsers take for one: "at a press briefing", "in a court filing".
func (l *linker) isBriefing(t int) bool {
	d := l.d
	if t == 0 {
		return false
	}
	switch d.Word(t) {
	case "briefing":
		switch d.Lemmas[t-1] {
		case "press", "news", "media", "daily", "regular", "a", "the":
			return true
		}
	case "filing", "ruling":
		return l.rel(t) == relObl && l.hasCase(t, "in")
	}
	return false
}

// isOneOf reports whether it is told that something is said in several of the noun at t: "in a series of tweets".
func (l *linker) isOneOf(t int) bool {
	of := l.countOf(t)
	return of != t && l.hasCase(of, "in", "on", "via")
}

// isAnother reports whether "another" or a word like it stands before the noun at t.
func (l *linker) isAnother(t int) bool {
	for k := max(t-maxBeforeName, 0); k < t; k++ {
		if int(l.d.Heads[k]) == t && (l.d.Lemmas[k] == "another" || l.d.Lemmas[k] == "separate" || l.d.Lemmas[k] == "previous") {
			return true
		}
	}
	return false
}

// isAskedBy reports whether token t is by whom somebody is asked: "asked by reporters on Monday, Hale said".
func (l *linker) isAskedBy(t int) bool {
	h := l.d.Heads[t]
	if h < 0 || !l.hasCase(t, "by") {
		return false
	}
	switch l.d.Lemmas[h] {
	case "ask", "press", "question":
		return true
	}
	return false
}

// placeAfter is the name of where the speech at t was held, "his speech at the Harbour Club", or of the show of an appearance, "an
// appearance on Harbour Talk", empty for none.
func (l *linker) placeAfter(t int, s nlp.Sentence) nlp.TokenRange {
	d := l.d
	k := t + 2
	if k+1 >= s.Past {
		return nlp.TokenRange{}
	}
	isShow := d.Word(t+1) == "on" && d.Lemmas[t] == "appearance"
	if d.Word(t+1) != "at" && !isShow {
		return nlp.TokenRange{}
	}
	if d.UPOS[k] == nlp.DET && d.MentionOf[k] < 0 {
		k++
	}
	m := d.MentionOf[k]
	if m < 0 || d.Mentions[m].First != k || d.Mentions[m].Past >= s.Past {
		return nlp.TokenRange{}
	}
	switch kind := d.Mentions[m].Kind; {
	case kind == nlp.Person, kind == nlp.Date, isShow && (kind == nlp.Location || k > t+2), isShow && mediumWords[d.Tokens[k].Lower].isPlatform:
		return nlp.TokenRange{}
	}
	if u := d.UPOS[d.Mentions[m].Past]; u == nlp.NOUN || u == nlp.PROPN || u == nlp.ADJ || u == nlp.PART {
		return nlp.TokenRange{} // the White House briefing
	}
	return nlp.TokenRange{First: t + 2, Past: d.Mentions[m].Past}
}

// isBroadcast reports whether the noun at t is a part of a broadcast.
func (l *linker) isBroadcast(t int) bool {
	return t >= 0 && mediumWords[nlp.Hash(l.d.Lemmas[t])].medium == broadcastMedium
}

// nameBefore is the noun at t with the name that stands right before it: "The Long Road
// podcast".
func (l *linker) nameBefore(t int, s nlp.Sentence) nlp.TokenRange {
	r := nlp.TokenRange{First: t, Past: t + 1}
	for k := t - 1; k > max(s.First, t-maxVenue) && l.d.Tokens[k].Flags.Has(nlp.IsCapital) && (!l.isTime(k) || l.d.Word(k) == "Sunday" && k < t-1); k-- {
		r.First = k // "the Sunday Politics programme"
	}
	return r
}

// nameOf is the name of which the noun at t is a part: "an episode of “The Long Road”", "the
// broadcast of Long Road Radio". It is empty without one.
func (l *linker) nameOf(t int, s nlp.Sentence) nlp.TokenRange {
	d := l.d
	k := t + 2
	if k >= s.Past || d.Word(t+1) != "of" {
		return nlp.TokenRange{}
	}
	if d.Tokens[k].Mark == nlp.OpenMark {
		return l.inMarks(k, s)
	}
	if m := d.MentionOf[k]; m >= 0 && d.Mentions[m].Kind != nlp.Person && d.Mentions[m].Kind != nlp.Date {
		if past := d.Mentions[m].Past; past >= s.Past || d.UPOS[past] != nlp.PART { // "a broadcast of Marrow's match"
			return nlp.TokenRange{First: k, Past: past}
		}
	}
	return nlp.TokenRange{}
}

// titled are works that come out under a title of their own.
var titled = map[string]bool{"book": true, "memoir": true, "autobiography": true, "biography": true, "documentary": true, "essay": true, "blog": true, "textbook": true}

// published is the title of the work at t, "her book, “The Long Road,”", or the outlet that has it, whose
// name stands in its words r: "a Coast Post article". It is empty without either.
func (l *linker) published(t int, s nlp.Sentence, r nlp.TokenRange) nlp.TokenRange {
	d := l.d
	k := t + 1
	if k < s.Past && (d.Word(k) == "," || d.Lemmas[k] == "call" || d.Lemmas[k] == "title" || d.Lemmas[k] == "entitle") {
		k++
	}
	if titled[d.Lemmas[t]] && k+1 < s.Past && d.Tokens[k].Mark == nlp.OpenMark && l.content[k+1] == 0 && d.Tokens[k+1].Flags.Has(nlp.IsCapital) {
		return l.inMarks(k, s)
	}
	for k := r.First; k < r.Past; k++ {
		m := d.MentionOf[k]
		if m < 0 || d.Mentions[m].Kind == nlp.Date || d.Mentions[m].Kind == nlp.Person {
			continue
		}
		name := d.Mentions[m].TokenRange
		for name.Past < t && d.Tokens[name.Past].Flags.Has(nlp.IsCapital) {
			name.Past++
		}
		for n := name.First; n < min(name.Past, name.First+maxVenue); n++ {
			if l.isOutletWord(n) {
				return name
			}
		}
		k = name.Past - 1
	}
	return nlp.TokenRange{}
}

// inMarks are the words between the mark at k and the one that closes it, without what is set before
// that: “The Long Road,”. It is empty where that is far.
func (l *linker) inMarks(k int, s nlp.Sentence) nlp.TokenRange {
	d := l.d
	for past := k + 1; past < min(s.Past, k+maxVenue); past++ {
		if d.Tokens[past].Mark != nlp.CloseMark {
			continue
		}
		for past > k+1 && d.Tokens[past-1].Flags.Has(nlp.IsPunct) {
			past--
		}
		return nlp.TokenRange{First: k + 1, Past: past}
	}
	return nlp.TokenRange{}
}

// fullEvent is the words by which the article first named the event at t, venue, where it only takes
// it up there: "the Harbour Forum", then "at the forum".
func (l *linker) fullEvent(t int, s nlp.Sentence, venue nlp.TokenRange) nlp.TokenRange {
	d := l.d
	noun := strings.ToLower(d.Lemmas[t])
	full, isKnown := l.fullEvents[noun]
	switch {
	case d.Tokens[t].Flags.Has(nlp.IsCapital) && venue.Len() > 1 && venue.First < t && d.Tokens[t-1].Flags.Has(nlp.IsCapital):
		if !isKnown && l.isRunning(s) {
			l.fullEvents[noun] = venue
		}
	case isKnown && venue.Past == t+1 && venue.Len() == 2 && strings.EqualFold(d.Word(venue.First), "the"):
		return full
	}
	return venue
}

// isRunning reports whether s is a sentence of the running text.
func (l *linker) isRunning(s nlp.Sentence) bool {
	return s.Block >= len(l.d.Blocks) || isText(l.d.Blocks[s.Block].Kind)
}

// isPhoto reports whether the first sentence s of a block opens the words below a picture that a crawled
// text has as a paragraph: "FILE PHOTO: Zoë Hale attends a news conference in Marrow, October 3".
func (l *linker) isPhoto(s nlp.Sentence) bool {
	d, t := l.d, s.First
	if t+1 >= s.Past {
		return false
	}
	switch next := d.Word(t + 1); d.Word(t) {
	case "FILE":
		return next == "PHOTO" || next == "-" || next == "–" || next == "—"
	case "Image", "Media":
		return next == "copyright" || next == "caption"
	}
	return false
}

// speaking reads "speaking to students at Marrow College, Hale said".
func (l *linker) speaking(t int, s nlp.Sentence) (phrase, bool) {
	d := l.d
	if lemma := d.Lemmas[t]; lemma != "speak" && lemma != "address" && lemma != "appear" || l.d.Tag(t) != "VBG" {
		return phrase{}, false
	}
	p := phrase{head: t, word: mediumWord{medium: speechMedium}}
	if d.Lemmas[t] == "appear" {
		p.word.medium = noMedium
	}
	for k := t + 1; k < s.Past && k < t+maxVenue; k++ {
		if d.Lemmas[t] == "address" && int(d.Heads[k]) == t && l.rel(k) == relObj && d.UPOS[k] == nlp.PROPN {
			p.venue, p.isNamed = l.nounPhrase(k, s), true // addressing the Harbour Forum
			break
		}
		if d.UPOS[k] == nlp.ADP && (d.Word(k) == "at" || d.Word(k) == "in") && k+1 < s.Past {
			if h := int(d.Heads[k]); h > k && l.isUnder(h, t) && !l.isTime(h) {
				p.venue = l.nounPhrase(h, s)
				p.isNamed = true
				break
			}
		}
	}
	k := t + 1
	for k < s.Past && l.isTime(k) {
		k++ // speaking Friday to students
	}
	isTo := k < s.Past && (d.Word(k) == "to" || d.Word(k) == "at" || d.Word(k) == "before" || d.Word(k) == "in")
	return p, (isTo || p.isNamed) && !(d.Lemmas[t] == "address" && l.isFinite(t)) // is addressing the need
}

// isDelivered reports whether the noun at t is what is given, sent or put out: "gave a
// speech", "released a statement".
func (l *linker) isDelivered(t int) bool {
	h := l.d.Heads[t]
	if h < 0 || l.rel(t) != relObj {
		return h >= 0 && l.rel(t) == relObl && l.d.Lemmas[h] == "provide" && l.hasCase(t, "with") // provided the Post with a statement
	}
	switch l.d.Lemmas[h] {
	case "give", "offer", "provide", "deliver", "hold", "release", "issue", "send", "sign", "file", "submit", "pen", "make", "post", "publish", "write", "sit", "do", "tape", "record", "host", "address", "attend", "air":
		return true
	}
	return false
}

// isIntroduced reports whether the noun at t has the article "a".
func (l *linker) isIntroduced(t int) bool {
	for k := max(t-6, 0); k < t; k++ {
		if int(l.d.Heads[k]) == t && l.d.UPOS[k] == nlp.DET {
			word := l.d.Word(k)
			return strings.EqualFold(word, "a") || strings.EqualFold(word, "an")
		}
	}
	return false
}

// isOfAir reports whether program t is told to be one on the air, by a name or a word before it, or since
// somebody speaks on it: "her MNN program", "a talk program", "said on the program".
func (l *linker) isOfAir(t int, s nlp.Sentence) bool {
	d := l.d
	k := t - 1
	if k >= s.First && (d.Word(k) == "'s" || d.Word(k) == "’s" || d.Tokens[k].Mark == nlp.CloseMark) {
		k--
	}
	if k < s.First {
		return false
	}
	if strings.ToLower(d.Word(k)) == "the" {
		h := d.Heads[t]
		return k > s.First && d.Lemmas[k-1] == "on" && h >= 0 && spokenOn[d.Lemmas[h]]
	}
	return d.MentionOf[k] >= 0 && d.Mentions[d.MentionOf[k]].Kind != nlp.Date || d.Tokens[k+1].Mark == nlp.CloseMark || airWords[strings.ToLower(d.Lemmas[k])]
}

// spokenOn are verbs of what is done on a program on the air.
var spokenOn = nlp.WordSet("say tell add speak appear ask discuss interview talk")

// hasModifier reports whether the words of an occasion put it into the future or name
// another one: "the upcoming debate", "a separate trial".
func (l *linker) hasModifier(t int, r nlp.TokenRange) bool {
	for k := r.First; k < t; k++ {
		switch l.d.Lemmas[k] {
		case "upcoming", "next", "future", "forthcoming", "coming", "separate", "previous", "prior", "another", "other":
			return true
		}
	}
	return false
}

// words looks token t up with the word before it: "news conference" is no conference.
func (l *linker) words(t int, s nlp.Sentence) (mediumWord, bool) {
	d := l.d
	lemma := strings.ToLower(d.Lemmas[t])
	if d.UPOS[t] == nlp.VERB && l.isBriefing(t) {
		lemma = d.Word(t)
	}
	before := ""
	if t > s.First {
		before = strings.ToLower(d.Lemmas[t-1])
		if before == "-" && t-1 > s.First {
			before = strings.ToLower(d.Lemmas[t-2])
		}
	}
	switch before + " " + lemma {
	case "news conference", "press conference", "press briefing", "news briefing", "press gaggle":
		return mediumWord{medium: pressConferenceMedium, isEvent: true}, true
	case "press release", "news release":
		return mediumWord{medium: statementMedium}, true
	case "oral argument":
		return mediumWord{medium: testimonyMedium}, true
	case "annual meeting", "general meeting", "shareholder meeting":
		return mediumWord{medium: speechMedium, isEvent: true}, true
	case "town hall":
		first := t - 1
		if d.Word(first) == "-" {
			first--
		}
		return l.onAir(mediumWord{medium: speechMedium, isEvent: true}, first, s), true
	case "text message", "direct message", "voice message", "phone message", "email thread", "e-mail thread", "video message":
		return mediumWord{medium: messageMedium, isWork: true}, true
	case "facebook message", "twitter message", "instagram message", "instagram story", "facebook video", "facebook live":
		return mediumWord{medium: socialMedium, isWork: true}, true
	case "op ed", "dissenting opinion", "majority opinion", "concurring opinion", "dissent opinion", "concur opinion", "legal opinion", "court opinion", "legal memo", "legal memorandum",
		"travel warning", "travel advisory":
		return mediumWord{medium: documentMedium, isWork: true}, true
	case "truth social", "social media", "social medium":
		return mediumWord{medium: socialMedium, isPlatform: true}, true
	case "bank statement", "income statement", "climate conference", "clinical trial", "vaccine trial", "drug trial", "field trial", "time trial":
		return mediumWord{}, false
	}
	if w, ok, isTold := l.inContext(lemma, before, t, s); isTold {
		return w, ok
	}
	w, ok := mediumWords[nlp.Hash(lemma)]
	if !ok || w.medium == noMedium {
		return mediumWord{}, false
	}
	// A message, a video or an ad on a platform is a post: "a Facebook message".
	if w.medium == messageMedium || w.medium == documentMedium || w.medium == statementMedium {
		if b, ok := mediumWords[nlp.Hash(before)]; ok && b.isPlatform {
			w.medium = socialMedium
		}
	}
	return w, true
}

// inContext returns the medium of the noun at t where the words around tell it, "a call with reporters", or that it is none, "the show of
// force"; isTold is false where they tell neither.
func (l *linker) inContext(lemma, before string, t int, s nlp.Sentence) (w mediumWord, ok, isTold bool) {
	d := l.d
	next, second := "", ""
	if t+1 < s.Past {
		next = d.Lemmas[t+1]
	}
	if t+2 < s.Past {
		second = d.Lemmas[t+2]
	}
	switch {
	case lemma == "post" && l.isPaper(t),
		lemma == "conference" && next == "call",
		lemma == "show" && next == "of",                                  // of force
		(lemma == "program" || lemma == "programme") && !l.isOfAir(t, s), // of a state
		lemma == "x" && (d.Word(t) != "X" || d.MentionOf[t] >= 0 && l.mentionLen(t) > 1):
		return mediumWord{}, false, true
	case lemma == "floor":
		isOfChamber := chambers[before] || t+3 < s.Past && next == "of" && (chambers[second] || chambers[strings.ToLower(d.Word(t+3))])
		return mediumWord{medium: speechMedium}, isOfChamber && l.hasCase(t, "on", "from"), true
	case lemma == "call" && next == "with" && (second == "reporter" || second == "journalist"):
		return mediumWord{medium: pressConferenceMedium}, true, true
	case lemma == "conference" && caucuses[before]:
		return mediumWord{}, false, true
	case lemma == "message" && !mediumWords[nlp.Hash(before)].isPlatform:
		return mediumWord{medium: messageMedium, isWork: true}, l.hasCase(t, "in", "via") && l.isIntroduced(t), true
	case lemma == "suit":
		return mediumWord{medium: documentMedium, isWork: true}, suits[before] && next != "and", true
	case lemma == "order", lemma == "motion":
		return mediumWord{medium: documentMedium, isWork: true}, l.hasCase(t, "in") && next != "of" && (before == "the" || l.isIntroduced(t)), true
	case lemma == "release":
		return mediumWord{medium: statementMedium}, l.hasCase(t, "in") && next != "of" && l.isIntroduced(t), true
	case lemma == "note" && next == "to" && l.hasCase(t, "in"):
		return mediumWord{medium: messageMedium, isWork: true}, true, true
	case lemma == "discussion":
		return mediumWord{medium: speechMedium, isEvent: true}, l.hasCase(t, "at"), true
	case lemma == "video" && l.isOnPlatform(t):
		return mediumWord{medium: socialMedium, isWork: true}, true, true
	}
	return mediumWord{}, false, false
}

var (
	// caucuses are words before a conference that is one of the members of a party.
	caucuses = nlp.WordSet("gop republican democratic senate")
	// suits are words before a suit that is none of clothes.
	suits = nlp.WordSet("the its their federal civil legal")
)

// chambers are where those who speak have the floor.
var chambers = nlp.WordSet("house senate chamber convention")

// isBeforeName reports whether a person's name follows noun t in source r with nothing but nouns between:
// "study co-author Zoë Hale" is no study.
func (l *linker) isBeforeName(t int, r nlp.TokenRange) bool {
	for k := t + 1; k < min(r.Past, t+maxVenue); k++ {
		if m := l.d.MentionOf[k]; m >= 0 && l.d.Mentions[m].Kind == nlp.Person {
			return true
		}
		if u := l.d.UPOS[k]; u != nlp.NOUN && u != nlp.PROPN && u != nlp.ADJ {
			return false
		}
	}
	return false
}

// onAir makes a broadcast of a town hall that a broadcaster's name stands before: "a CNN town hall".
func (l *linker) onAir(w mediumWord, t int, s nlp.Sentence) mediumWord {
	if t > s.First && outletWords[l.d.Tokens[t-1].Lower] && showWords[l.d.Tokens[t-1].Lower] {
		w.medium = broadcastMedium
	}
	return w
}

func (l *linker) mentionLen(t int) int { return l.d.Mentions[l.d.MentionOf[t]].Len() }

// isModifier reports whether token t stands before the noun that it belongs to.
func (l *linker) isModifier(t int) bool {
	h := int(l.d.Heads[t])
	return h > t && h <= t+3 && (l.d.UPOS[h] == nlp.NOUN || l.d.UPOS[h] == nlp.PROPN)
}

// countOf is the noun that counts those at token t, "hundreds of supporters", "members of the panel", or t.
func (l *linker) countOf(t int) int {
	if h := int(l.d.Heads[t]); h >= 0 && h < t && l.rel(t) == relNmod && l.hasCase(t, "of") && counts[l.d.Lemmas[h]] {
		return h
	}
	return t
}

// counts are nouns that say how many.
var counts = nlp.WordSet("dozen score hundred thousand group handful number member majority series string pair couple flurry slew barrage storm spate stream")

// isObject reports whether token t is whom a verb is addressed to.
func (l *linker) isObject(t int) bool {
	h := l.d.Heads[t]
	return h >= 0 && l.d.UPOS[h] == nlp.VERB && (l.rel(t) == relObj || l.rel(t) == relIobj || l.rel(t) == relObl)
}

// isOfInterview reports whether token t hangs on an interview: "an interview for the Coast Post's series".
func (l *linker) isOfInterview(t int) bool {
	return l.hangsOn(t, 4, func(lemma string) bool { return mediumWords[nlp.Hash(lemma)].medium == interviewMedium })
}

// isVisited reports whether somebody is a guest of the show at t: "joined Harbour Talk", "stopped by Harbour Talk".
func (l *linker) isVisited(t int) bool {
	h := l.d.Heads[t]
	if h < 0 {
		return false
	}
	switch lemma := l.d.Lemmas[h]; l.rel(t) {
	case relObj:
		return lemma == "join" || lemma == "visit"
	case relObl:
		return lemma == "stop" && l.hasCase(t, "by")
	}
	return false
}

// isOfStatement reports whether token t hangs on a statement or a message: "in an email to the Coast Post".
func (l *linker) isOfStatement(t int) bool {
	return l.hangsOn(t, 3, func(lemma string) bool {
		m := mediumWords[nlp.Hash(lemma)].medium
		return m == statementMedium || m == messageMedium
	})
}

// isWriting reports whether token t hangs on a verb of writing.
func (l *linker) isWriting(t int) bool {
	return l.hangsOn(t, 3, func(lemma string) bool {
		switch lemma {
		case "write", "report", "publish", "opine", "argue":
			return true
		}
		return false
	})
}

// hangsOn reports whether is is true of the lemma of one of the next steps tokens above t.
func (l *linker) hangsOn(t, steps int, is func(lemma string) bool) bool {
	for range steps {
		h := l.d.Heads[t]
		if h < 0 {
			return false
		}
		if t = int(h); is(l.d.Lemmas[t]) {
			return true
		}
	}
	return false
}

// hasCase reports whether token t has one of the prepositions, or any when none is named.
func (l *linker) hasCase(t int, words ...string) bool {
	d := l.d
	for k := max(t-6, 0); k < t; k++ {
		if int(d.Heads[k]) == t && l.rel(k) == relCase {
			if len(words) == 0 {
				return true
			}
			for _, w := range words {
				if strings.EqualFold(d.Word(k), w) {
					return true
				}
			}
		}
	}
	return false
}

// maxBeforeName is how many words may stand between a preposition and the name that it
// governs: "on NBC's", "on his".
const maxBeforeName = 3

// follows reports whether one of the words stands before token t, with nothing but
// articles, quotation marks, owners and modifiers between.
func (l *linker) follows(t int, s nlp.Sentence, words ...string) bool {
	d := l.d
	for k := t - 1; k >= s.First && k >= t-1-maxBeforeName; k-- {
		text := d.Word(k)
		for _, w := range words {
			if strings.EqualFold(text, w) {
				return true
			}
		}
		if u := d.UPOS[k]; u != nlp.DET && u != nlp.PRON && u != nlp.PART && u != nlp.ADJ && d.Tokens[k].Mark == nlp.NoMark && u != nlp.PROPN {
			return false
		}
	}
	return false
}

// headOf is the token of m that the others hang on.
func (l *linker) headOf(m nlp.TokenRange) int { return headOf(l.d, m) }

// maxVenue is the number of tokens of a venue that is no name.
const maxVenue = 12

// nounPhrase is the words of the noun at t, from its article to the end of a place or an
// owner told with it, without time, relative clauses and what follows a comma.
func (l *linker) nounPhrase(t int, s nlp.Sentence) nlp.TokenRange {
	d := l.d
	r := nlp.TokenRange{First: t, Past: t + 1}
	for k := t - 1; k >= s.First && k >= t-maxVenue; k-- {
		if !l.isUnder(k, t) || d.UPOS[k] == nlp.ADP && l.rel(k) == relCase && int(d.Heads[k]) == t || d.UPOS[k] == nlp.SCONJ || d.Word(k) == "to" && d.Tokens[k].Depth <= d.Tokens[t].Depth || d.UPOS[k] == nlp.AUX {
			break
		}
		r.First = k
	}
	for k := r.First + 1; k < t && d.UPOS[k-1] != nlp.DET; k++ {
		if d.UPOS[k] == nlp.DET && int(d.Heads[k]) == t && (d.UPOS[k-1] == nlp.ADV || d.UPOS[k-1] == nlp.ADJ || d.UPOS[k-1] == nlp.VERB) {
			r.First = k // "overall the hearing"
			break
		}
	}
	for r.Past < s.Past && r.Past < t+maxVenue {
		k := r.Past
		u := d.UPOS[k]
		if !l.isUnder(k, t) || u == nlp.VERB || topics[d.Lemmas[k]] || u == nlp.PUNCT && (d.Tokens[k].Space || d.Word(k) != "-") || u == nlp.SCONJ || u == nlp.AUX || u == nlp.CCONJ || l.isTime(k) || opensClause[d.Lemmas[k]] {
			break
		}
		if u == nlp.ADP && k+1 < s.Past && (l.isTime(k+1) || d.UPOS[k+1] == nlp.PRON && d.Lemmas[k] == "for") {
			break // a hearing on Monday, a hearing for his part in it
		}
		if d.Lemmas[k] == "for" && k+3 < s.Past && d.Lemmas[k+2] == "first" && d.Lemmas[k+3] == "time" {
			break // a news conference for the first time
		}
		r.Past++
	}
	for k := t - 1; k >= r.First && d.Tokens[k].Mark != nlp.CloseMark; k-- {
		if d.Tokens[k].Mark == nlp.OpenMark {
			r.First = k // a “Harbour Forum”: what opens in it is not closed in it
		}
	}
	for r.First < t && (d.UPOS[r.First] == nlp.PUNCT || d.UPOS[r.First] == nlp.ADP) {
		r.First++
	}
	for r.Past > t+1 && (d.UPOS[r.Past-1] == nlp.ADP || d.UPOS[r.Past-1] == nlp.DET || d.Word(r.Past-1) == "to") {
		r.Past--
	}
	return r
}

// topics are prepositions before what an occasion is about or who meets there, which is no part of what it is called.
var topics = nlp.WordSet("about between amid")

// opensClause are the words that a clause about a noun begins with.
var opensClause = map[string]bool{"that": true, "when": true, "where": true, "which": true, "who": true, "whose": true}

// isUnder reports whether token k hangs on t, at a few steps.
func (l *linker) isUnder(k, t int) bool {
	for range 6 {
		if k == t {
			return true
		}
		h := l.d.Heads[k]
		if h < 0 {
			return false
		}
		k = int(h)
	}
	return false
}

// forecasts are cues of those who put in writing what they expect, forecasters.
var (
	forecasts   = map[string]bool{"expect": true, "predict": true, "forecast": true, "anticipate": true, "project": true, "expectation": true, "forecasting": true}
	forecasters = map[string]bool{"economist": true, "analyst": true, "forecaster": true, "scientist": true, "researcher": true}
)
