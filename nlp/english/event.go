package english

import (
	"slices"
	"strings"

	"quoth/nlp"
)

// findEvents remembers the times of events that sentence s tells: "Monday's debate", "the
// debate on Monday", "they met on Monday for a debate".
func (l *linker) findEvents(s nlp.Sentence, phrases []phrase) {
	for _, p := range phrases {
		if !p.word.isEvent {
			continue
		}
		noun := strings.ToLower(l.d.Lemmas[p.head])
		l.refresh(noun)
		for t := max(s.First, p.head-6); t < min(s.Past, p.head+6); t++ {
			x := int(l.times[t]) - 1
			if x < 0 || !l.isDate(x) || l.d.Timexes[x].First != t || l.isAhead(x) {
				continue
			}
			h := l.headOf(l.d.Timexes[x].TokenRange)
			isMet := p.isMention && int(l.d.Heads[h]) == int(l.d.Heads[p.head]) && !slices.ContainsFunc(l.events, func(e event) bool { return e.noun == noun })
			if int(l.d.Heads[h]) == p.head || isMet {
				w, _ := l.words(p.head, s)
				l.remember(event{noun, x, w, p.venue, l.named(s, p.head), p.head, p.isNew})
			}
		}
	}
}

// remember keeps the last event of each noun.
func (l *linker) remember(e event) {
	if k := slices.IndexFunc(l.events, func(old event) bool { return old.noun == e.noun }); k >= 0 {
		l.events[k] = e
		return
	}
	l.events = append(l.events, e)
}

// named are the clusters that sentence s names or refers to around token at, outside every
// content.
func (l *linker) named(s nlp.Sentence, at int) []int32 {
	var o occasion
	for t := max(s.First, at-reach/2); t < min(s.Past, at+reach/2); t++ {
		if c := l.clusters[t]; c > 0 && l.content[t] == 0 {
			o.join([]int32{c - 1})
		}
	}
	return o.parties
}

// eventWindow is for how many paragraphs an event lives that is not spoken of.
const eventWindow = 6

// refresh tells that the event called noun is spoken of.
func (l *linker) refresh(noun string) {
	for k := max(0, len(l.scenes)-maxScenes); k < len(l.scenes); k++ {
		if o := &l.scenes[k]; o.noun == noun && l.block-o.block <= eventWindow {
			o.block, o.told = l.block, l.block
		}
	}
}

// adopt makes an occasion of which only the day is known the event of that day.
func (l *linker) adopt(o *occasion) {
	if o.time < 0 || o.medium != noMedium || !l.isNews(o.time) {
		return
	}
	for _, e := range l.events {
		if l.edtf(e.time) == l.edtf(o.time) && o.venue.Len() == 0 && (share(e.parties, o.parties) || l.speaksAt(e.noun, o.parties)) {
			o.noun, o.medium, o.mediumAt, o.isEvent, o.venue = e.noun, e.word.medium, e.at, true, e.venue
		}
	}
}

// speaksAt reports whether one of the parties spoke at the event called noun not long before.
func (l *linker) speaksAt(noun string, parties []int32) bool {
	for k := max(0, len(l.scenes)-maxScenes); k < len(l.scenes); k++ {
		if l.scenes[k].noun == noun && share(l.scenes[k].parties, parties) {
			return true
		}
	}
	return false
}

// event is a noun with its time: "Monday's debate".
type event struct {
	noun  string
	time  int
	word  mediumWord
	venue nlp.TokenRange
	// parties are those named beside it.
	parties []int32
	at      int  // token that told it
	isNew   bool // with "a"
}

// isOf reports whether e is the event of occasion o: the noun is the same, and they are not each
// told as one that was not told before.
func (e *event) isOf(o *occasion) bool {
	return e.noun == o.noun && !(e.isNew && o.isNew && e.at != o.newAt)
}
