package english

import (
	"sort"

	"quoth"
	"quoth/nlp"
)

// summaryParagraphs is how many paragraphs may sum up: a headline read as one, a standfirst
// and the lead.
const summaryParagraphs = 3

// leadParagraphs is how far down what the headline sums up is told.
const leadParagraphs = 12

// lookAhead gives statements of the headline and of the first paragraph that tell no
// occasion the first one that their speaker has below: they sum up what is told there.
func (l *linker) lookAhead() {
	l.dateByLead()
	l.spreadInterviews()
	type lead struct {
		speaker int32
		block   int
	}
	first := map[lead]int{} // the first statement of a speaker with an occasion, from a paragraph on
	for i := range l.sayings {
		b, speaker := &l.sayings[i], l.d.Speakers[i]
		if b.scene < 0 || speaker < 0 || b.block > leadParagraphs || b.block <= summaryParagraphs && !b.isTold || !l.isSummed(&l.scenes[b.scene]) {
			continue
		}
		for from := 1; from <= min(b.block, summaryParagraphs); from++ {
			if _, known := first[lead{speaker, from}]; !known {
				first[lead{speaker, from}] = i
			}
		}
	}
	for i := range l.sayings {
		a := &l.sayings[i]
		if a.scene >= 0 || a.block > summaryParagraphs || a.isDated || a.isApart {
			continue
		}
		if b, ok := first[lead{l.d.Speakers[i], max(a.block, 1)}]; ok && l.sumsUp(i, b) {
			a.scene, a.isSummary = l.sayings[b].scene, true
		}
	}
}

// dateByLead gives an event of which no day is told that of the first paragraphs, where one of those who speak at it spoke:
// "Hale welcomed the ruling on Thursday", then "at a news conference, Hale said".
func (l *linker) dateByLead() {
	for k := range l.scenes {
		o := &l.scenes[k]
		if !o.isEvent || o.first > leadParagraphs {
			continue
		}
		for j := range min(k, maxScenes) {
			if led := &l.scenes[j]; l.isLedBy(o, led) {
				o.time, o.isOfEvent = led.time, true
				break
			}
		}
	}
}

// isLedBy reports whether the first paragraphs tell of occasion led what is told of o: neither day nor medium is another.
func (l *linker) isLedBy(o, led *occasion) bool {
	if led.first > summaryParagraphs || led.time < 0 || !l.isNews(led.time) || led.medium != noMedium && led.medium != o.medium {
		return false
	}
	if o.time >= 0 && l.edtf(o.time) != l.edtf(led.time) {
		return false
	}
	return share(led.parties, o.parties)
}

// sumsUp reports whether attribution i may sum up b: it tells what is said, and not what somebody thinks or will say;
// what they have said may be what the next paragraph gives.
func (l *linker) sumsUp(i, b int) bool {
	a := &l.sayings[i]
	switch a.tense {
	case futureTense:
		return false
	case nounTense:
		return a.block <= 1 // a headline's "Hale Reveals", which taggers take for a noun
	case perfectTense:
		return l.sayings[b].block <= a.block+1 && !thoughts[l.d.Lemmas[a.anchor]]
	}
	return !thoughts[l.d.Lemmas[a.anchor]]
}

// isSummed reports whether a headline may sum up occasion o: it tells news.
func (l *linker) isSummed(o *occasion) bool { return o.time < 0 || l.isRecent(o.time) }

// interview is one that somebody is told to have given.
type interview struct {
	speaker int32 // cluster
	venue   nlp.TokenRange
}

// findInterviews remembers who is told to have given an interview: "Hale agreed to an
// interview for the Marrow Post's series".
func (l *linker) findInterviews(phrases []phrase) {
	d := l.d
	for _, p := range phrases {
		verb := d.Heads[p.head]
		if p.word.medium != interviewMedium || p.word.isAudience || verb < 0 || d.UPOS[verb] != nlp.VERB || d.Tokens[p.head].Depth > 0 {
			continue
		}
		switch d.Lemmas[verb] {
		case "agree", "grant", "give", "sit", "speak", "talk", "do":
		default:
			continue
		}
		for t := int(verb) - 1; t >= 0 && t > int(verb)-maxVenue; t-- {
			if int(d.Heads[t]) == int(verb) && l.rel(t) == relSubj && l.clusters[t] > 0 {
				l.interviews = append(l.interviews, interview{l.clusters[t] - 1, l.outletOf(p, phrases)})
			}
		}
	}
}

// outletOf is the name of the outlet that phrase p tells, empty for none.
func (l *linker) outletOf(p phrase, phrases []phrase) nlp.TokenRange {
	for _, o := range phrases[sort.Search(len(phrases), func(k int) bool { return phrases[k].head > p.head }):] {
		if o.head > p.head+reach {
			break
		}
		if o.isNamed && l.isUnder(o.head, p.head) {
			return o.venue
		}
	}
	return nlp.TokenRange{}
}

// spreadInterviews gives what somebody says without an occasion the interview that the
// article tells they gave, when it is the only one: articles made from an interview name
// it once.
func (l *linker) spreadInterviews() {
	of := map[int32]int{} // by speaker, -1 for several
	for _, g := range l.interviews {
		of[g.speaker] = l.add(occasion{time: -1, medium: interviewMedium, venue: g.venue, parties: []int32{g.speaker}})
	}
	for i := range l.sayings {
		k, speaker := l.sayings[i].scene, l.d.Speakers[i]
		if k < 0 || speaker < 0 || l.scenes[k].medium != interviewMedium || l.isLookingBack(i) {
			continue
		}
		if before, ok := of[speaker]; ok && before != k && (before < 0 || !l.isSameInterview(before, k)) {
			k = -1
		}
		of[speaker] = k
	}
	for i := range l.sayings {
		a, c := &l.sayings[i], l.d.Speakers[i]
		if k, ok := of[c]; ok && k >= 0 && a.scene < 0 && c >= 0 && l.d.Clusters[c].Kind == quoth.PersonParty && !a.isApart && a.hasCue && a.tense.goesOn() && a.own == noMedium && !thoughts[l.d.Lemmas[a.anchor]] {
			a.scene, a.isSummary = k, true
		}
	}
}

// isSameInterview reports whether nothing tells interviews j and k apart, no other outlet and
// no other day.
func (l *linker) isSameInterview(j, k int) bool {
	a, b := &l.scenes[j], &l.scenes[k]
	isOneDay := a.time < 0 || b.time < 0 || l.edtf(a.time) == l.edtf(b.time)
	isOneOutlet := a.venue.Len() == 0 || b.venue.Len() == 0 || l.d.Phrase(a.venue) == l.d.Phrase(b.venue)
	return isOneDay && isOneOutlet
}

// isLookingBack reports whether attribution i tells of an occasion before those that the
// article is about: "In March, Hale had called the bridge …".
func (l *linker) isLookingBack(i int) bool {
	a := &l.sayings[i]
	if a.tense == perfectTense {
		return true
	}
	time := l.scenes[a.scene].time
	return time >= 0 && !l.isRecent(time)
}
