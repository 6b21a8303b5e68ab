package english

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// writtenMedium is document for what a document, the author of the article, or the
// findings of an organization say, when nothing else is told.
func (l *linker) writtenMedium(i int, s *quoth.Statement) medium {
	at := &l.d.Attributions[i]
	cue := l.d.Lemmas[l.sayings[i].anchor]
	if len(at.Source) > 0 {
		if m := l.workOf(at.Source[0]); m != noMedium {
			return m
		}
		if reports[cue] && l.isOnAir(at.Source[0]) {
			return broadcastMedium
		}
		if s.Speaker != nil && s.Speaker.Kind == quoth.OrganizationParty && (l.isByOutlet(at.Source[0]) || l.isOutletNamed(i) || l.isCourt(at.Source[0])) {
			return documentMedium
		}
		if rulings[cue] && l.isBench(at.Source[0]) {
			return documentMedium
		}
		if l.isShare(at.Source[0]) || (s.Speaker == nil || s.Speaker.Kind != quoth.PersonParty) && l.isLaw(at.Source[0]) {
			return documentMedium
		}
	}
	if s.Speaker != nil && s.Speaker.Kind == quoth.DocumentParty {
		return documentMedium
	}
	if len(at.Source) == 1 && at.Source[0].Len() == 1 {
		t := at.Source[0].First
		if lemma := l.d.Lemmas[t]; l.d.Tokens[t].Depth == 0 && (lemma == "I" || lemma == "i") {
			if talks[cue] && l.sayings[i].tense == pastTense {
				return conversationMedium
			}
			return documentMedium
		}
	}
	if s.Speaker != nil && s.Speaker.Kind == quoth.OrganizationParty {
		switch {
		case findings[cue]:
			return documentMedium
		case cue == "announce":
			return statementMedium // a person may do it anywhere
		}
	}
	if len(at.Source) > 0 && (findings[cue] || forecasts[cue]) && forecasters[l.d.Lemmas[l.headOf(at.Source[0])]] {
		return documentMedium
	}
	return noMedium
}

// reports are cues of those who speak on the air.
var reports = map[string]bool{"report": true, "say": true, "show": true, "note": true, "preview": true, "add": true}

// isOnAir reports whether source r is a broadcaster or one of its own people: "MNN", "Marrow television", "MNN's Zoë Hale".
func (l *linker) isOnAir(r nlp.TokenRange) bool {
	d := l.d
	isPerson := func(t int) bool { return d.MentionOf[t] >= 0 && d.Mentions[d.MentionOf[t]].Kind == nlp.Person }
	for t := r.First; t < min(r.Past, r.First+maxBeforeName); t++ {
		call, isCalled := strings.CutSuffix(d.Word(t), "-TV")
		if d.Tokens[t].Depth > 0 || isPerson(t) || !onAir[d.Tokens[t].Lower] && !(isCalled && isCallSign(call)) {
			if d.Tokens[t].Flags.Has(nlp.IsCapital) && d.UPOS[t] == nlp.PROPN {
				return false // the end of somebody's name
			}
			continue
		}
		next := t + 1
		if d.MentionOf[t] >= 0 {
			next = max(next, d.Mentions[d.MentionOf[t]].Past) // "Fox News"
		}
		if next >= r.Past || d.Word(next) == "," {
			return true
		}
		return d.UPOS[next] == nlp.PART && next+1 < r.Past && isPerson(next+1)
	}
	return false
}

// isCourt reports whether source r is a court, which speaks in what it rules: "the Supreme Court", "the 3rd Circuit
// Court of Appeals".
func (l *linker) isCourt(r nlp.TokenRange) bool {
	d := l.d
	h := l.headOf(r)
	if d.Lemmas[h] == "court" || d.Word(h) == "Court" {
		return true
	}
	m := d.MentionOf[h]
	if m < 0 || d.Mentions[m].Kind != nlp.Organization {
		return false
	}
	for t := d.Mentions[m].First; t+1 < min(d.Mentions[m].Past, d.Mentions[m].First+maxVenue); t++ {
		if d.Word(t) == "Court" && d.Word(t+1) == "of" {
			return true
		}
	}
	return false
}

// isBench reports whether source r is one judge or several: "the justices", "U.S. District Judge Zoë Hale".
func (l *linker) isBench(r nlp.TokenRange) bool {
	d := l.d
	for t := r.First; t < min(r.Past, r.First+maxBeforeName); t++ {
		if w := strings.ToLower(d.Lemmas[t]); w != "judge" && w != "justice" && w != "justices" && w != "judges" {
			continue
		}
		if !d.Tokens[t].Flags.Has(nlp.IsCapital) || d.Tokens[t].Flags.Has(nlp.StartsSent) && d.UPOS[t] == nlp.NOUN {
			return true
		}
		next := d.MentionOf[min(t+1, len(d.Tokens)-1)] // a name, no Department of Justice
		return next >= 0 && d.Mentions[next].Kind == nlp.Person && d.Mentions[next].Past > t+1
	}
	return false
}

// isShare reports whether source r is a part of those who were asked: "58 % of voters", "about four in ten parents".
func (l *linker) isShare(r nlp.TokenRange) bool {
	d := l.d
	for t := r.First; t < min(r.Past, r.First+maxBeforeShare); t++ {
		switch word := d.Word(t); {
		case d.UPOS[t] == nlp.PROPN || d.UPOS[t] == nlp.VERB || word == ",":
			return false
		case t == r.First || d.UPOS[t-1] != nlp.NUM:
		case word == "%" || word == "percent":
			return true
		case word == "in":
			return t+1 < r.Past && d.UPOS[t+1] == nlp.NUM
		}
	}
	return false
}

// maxBeforeShare is how many tokens a share begins a source with: "At least some 58 percent".
const maxBeforeShare = 6

// isLaw reports whether source r names a law: "the Harbour Act of 2004".
func (l *linker) isLaw(r nlp.TokenRange) bool {
	h := l.headOf(r)
	if !laws[l.d.Word(h)] || h == r.First || !l.d.Tokens[h-1].Flags.Has(nlp.IsCapital) {
		return false
	}
	m := l.d.MentionOf[h]
	return m < 0 || l.d.Mentions[m].Kind != nlp.Person
}

// laws end the names of laws.
var laws = map[string]bool{"Act": true, "Law": true, "Amendment": true, "Statute": true, "Code": true, "Constitution": true}

// workOf is the medium of the work that source r is: "a report from the harbour office", "a police report".
func (l *linker) workOf(r nlp.TokenRange) medium {
	is := func(t int) medium {
		if w := mediumWords[nlp.Hash(l.d.Lemmas[t])]; (w.isWork || w.medium == statementMedium) && !l.isBeforeName(t, r) && !(l.d.Lemmas[t] == "post" && l.isPaper(t)) {
			return w.medium
		}
		return noMedium
	}
	if m := is(l.headOf(r)); m != noMedium {
		return m
	}
	for t := r.First; t < min(r.Past, r.First+maxVenue); t++ {
		switch u := l.d.UPOS[t]; {
		case u == nlp.ADP || u == nlp.VERB || u == nlp.SCONJ || opensClause[l.d.Lemmas[t]]:
			return noMedium
		case u == nlp.NOUN && (t+1 == r.Past || l.isTime(t+1) || l.d.UPOS[t+1] != nlp.NOUN && l.d.UPOS[t+1] != nlp.PROPN && l.d.UPOS[t+1] != nlp.PART):
			if m := is(t); m != noMedium {
				return m
			}
		}
	}
	return noMedium
}
