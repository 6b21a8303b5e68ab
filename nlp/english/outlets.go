package english

import (
	"slices"
	"strings"

	"quoth/nlp"
)

// isPaper reports whether "post" at t is a newspaper: "the Coast Post", "the Post".
func (l *linker) isPaper(t int) bool {
	m := l.d.MentionOf[t]
	return m >= 0 && (l.d.Mentions[m].First < t || l.d.Tokens[t].Flags.Has(nlp.IsCapital) && l.d.Mentions[m].Kind == nlp.Organization)
}

// isOnPlatform reports whether the noun t stands on a platform: "a video on TikTok".
func (l *linker) isOnPlatform(t int) bool {
	d := l.d
	if t+2 >= len(d.Tokens) || d.Word(t+1) != "on" && d.Word(t+1) != "to" {
		return false
	}
	p, ok := mediumWords[nlp.Hash(strings.ToLower(d.Word(t+2)))]
	return ok && p.isPlatform
}

// channel reads a mention as the name of an outlet or a broadcast that is spoken on or to.
func (l *linker) channel(m nlp.TokenRange, s nlp.Sentence) (phrase, bool) {
	d := l.d
	if d.Mentions[d.MentionOf[m.First]].Kind == nlp.Date {
		return phrase{}, false
	}
	isShow, isOutlet, isPlatform := false, false, false
	for t := m.First; t < m.Past; t++ {
		isShow = isShow || showWords[d.Tokens[t].Lower] && (m.Len() > 1 || !l.isTime(t))
		isOutlet = isOutlet || l.isOutletWord(t) || isCallSign(d.Word(t)) && m.Len() == 1 && l.follows(m.First, s, told...)
		isPlatform = isPlatform || mediumWords[d.Tokens[t].Lower].isPlatform && (d.Word(t) != "X" || m.Len() == 1)
	}
	if isPlatform || !isShow && !isOutlet && !l.isCalledOutlet(m, s) && !l.isTitled(m, s) && !l.isInterviewer(m, s) || d.Mentions[d.MentionOf[m.First]].Kind == nlp.Person && !isShow {
		return phrase{}, false
	}
	for m.Past < s.Past && d.Tokens[m.Past].Flags.Has(nlp.IsCapital) && (outletWords[d.Tokens[m.Past].Lower] || showWords[d.Tokens[m.Past].Lower]) && d.Tokens[m.Past-1].Flags.Has(nlp.IsCapital) {
		m.Past++ // "USA | Today"
	}
	p := phrase{head: l.headOf(m), venue: m, isNamed: true}
	for p.venue.Len() > 1 && d.UPOS[p.venue.First] == nlp.PUNCT {
		p.venue.First++ // a name may hold its quotation mark
	}
	for t := p.venue.First; t < p.venue.Past && m.Past < s.Past && d.Tokens[m.Past].Mark == nlp.CloseMark; t++ {
		if d.Tokens[t].Mark == nlp.OpenMark {
			p.venue.Past = m.Past + 1 // or one that closes after it: MNN's “Harbour Talk”
		}
	}
	p.venue = l.withoutDay(p.venue)
	on := l.follows(m.First, s, "on") && !(m.Past < s.Past && ofOutlet[d.Lemmas[m.Past]])
	if isShow && (on || l.toldTo(p.head)) {
		p = l.ownShow(p, s)
	}
	switch {
	case isShow && m.Past < s.Past && broadcasters[d.Lemmas[m.Past]] && !l.isFormer(m.First, s) && !l.isApposed(m.First, s):
		p.word, p.isHost = mediumWord{medium: broadcastMedium}, true
	case on && isShow:
		p.word = mediumWord{medium: broadcastMedium}
	case isShow && l.isVisited(p.head):
		p.word = mediumWord{medium: interviewMedium}
	case l.toldTo(p.head) || l.isToldTo(m.First, s):
		p.word = mediumWord{medium: interviewMedium}
	case l.follows(m.First, s, "in", "for") && isOutlet && l.isWriting(p.head):
		p.word = mediumWord{medium: documentMedium}
	case isOutlet && l.follows(m.First, s, "to") && l.isOfStatement(p.head):
		p.word = mediumWord{} // the venue of a statement that is told beside it
	case l.follows(m.First, s, "with"), l.follows(m.First, s, "for") && isOutlet && l.isOfInterview(p.head):
		p.word = mediumWord{} // the venue of an interview that is told beside it
	default:
		return phrase{}, false
	}
	return p, true
}

// ofOutlet are nouns after a broadcaster's name of those who work there and of what it writes: "called on an MNN reporter".
var ofOutlet = nlp.WordSet("reporter correspondent journalist anchor host producer executive employee contributor commentator analyst personality star poll story report article column website site crew")

// isFormer reports whether "former" stands before token t.
func (l *linker) isFormer(t int, s nlp.Sentence) bool {
	return t > s.First && l.d.Lemmas[t-1] == "former"
}

// isApposed reports whether the words from token t on tell after a comma who somebody is: "Hale, an MNN contributor".
func (l *linker) isApposed(t int, s nlp.Sentence) bool {
	d := l.d
	if t < s.First+2 || d.Word(t-2) != "," {
		return false
	}
	return d.Word(t-1) == "a" || d.Word(t-1) == "an"
}

// withoutDay is the name m of a show without the day that stands after it: "Harbour Talk Sunday".
func (l *linker) withoutDay(m nlp.TokenRange) nlp.TokenRange {
	last := m.Past - 1
	if m.Len() > 2 && weekdays[l.d.Tokens[last].Lower] && l.isTime(last) && !outletWords[l.d.Tokens[last-1].Lower] {
		m.Past = last
	}
	return m
}

// weekdays are their names.
var weekdays = nlp.HashSet("monday tuesday wednesday thursday friday saturday sunday")

// ownShow makes of the broadcaster of p the show of its own that stands after it: "MNN's “Harbour Talk”".
func (l *linker) ownShow(p phrase, s nlp.Sentence) phrase {
	d := l.d
	k := p.venue.Past
	if k+1 >= s.Past || d.UPOS[k] != nlp.PART || !d.Tokens[k+1].Flags.Has(nlp.IsCapital) && d.Tokens[k+1].Mark != nlp.OpenMark {
		return p
	}
	k++
	show := nlp.TokenRange{}
	if d.Tokens[k].Mark == nlp.OpenMark {
		show = l.inMarks(k, s)
	} else if m := d.MentionOf[k]; m >= 0 && d.Mentions[m].Kind != nlp.Person && d.Mentions[m].Kind != nlp.Date {
		show = l.withoutDay(d.Mentions[m].TokenRange)
	}
	if show.Len() == 0 || l.content[show.First] != 0 {
		return p
	}
	p.head, p.venue = l.headOf(show), show
	return p
}

// toldShow reads a title in marks that is told something or that something is said on: "told MNN's “Harbour Talk” that", "said
// on “Harbour Talk”".
func (l *linker) toldShow(t int, s nlp.Sentence) (phrase, bool) {
	d := l.d
	if d.Tokens[t].Mark != nlp.OpenMark || t+1 >= s.Past || l.content[t+1] != 0 || !d.Tokens[t+1].Flags.Has(nlp.IsCapital) {
		return phrase{}, false
	}
	isTold := l.isToldTo(t, s)
	if !isTold && (t-s.First < 2 || d.Word(t-1) != "on" || !spokenOn[d.Lemmas[t-2]]) {
		return phrase{}, false
	}
	title := l.inMarks(t, s)
	if title.Len() == 0 {
		return phrase{}, false
	}
	if !isTold {
		return phrase{head: l.headOf(title), word: mediumWord{medium: broadcastMedium}, venue: title, isNamed: true}, true
	}
	return phrase{head: title.Past - 1, word: mediumWord{medium: interviewMedium}, venue: title, isNamed: true}, true
}

// isToldTo reports whether token t, with which a name may begin, is told to be spoken to: "told the Coast Post", "said to MNN's".
func (l *linker) isToldTo(t int, s nlp.Sentence) bool {
	if l.follows(t, s, told...) {
		return true
	}
	for k := t - 1; k > s.First && k >= t-1-maxBeforeName; k-- {
		if l.d.Word(k) == "to" {
			return saysTo[l.d.Lemmas[k-1]] && l.follows(t, s, "to")
		}
	}
	return false
}

// saysTo are verbs of what is said to an outlet.
var saysTo = nlp.WordSet("say explain confirm admit lament complain insist reveal")

// told are the forms of the verb that an outlet or a show stands after as whom somebody told something.
var told = []string{"told", "tells", "telling"}

// toldOutlet reads "told the newspaper", which is the outlet that was named last.
func (l *linker) toldOutlet(t int, s nlp.Sentence) (phrase, bool) {
	d := l.d
	if t == s.First || d.UPOS[t] != nlp.NOUN {
		return phrase{}, false
	}
	switch lemma := d.Lemmas[t]; {
	case outletNouns[lemma], lemma == "outlet", lemma == "station", lemma == "network", lemma == "organization" && d.Lemmas[t-1] == "news":
	default:
		return phrase{}, false
	}
	first := t
	for first-1 > s.First && (d.UPOS[first-1] == nlp.NOUN || d.UPOS[first-1] == nlp.PROPN) && int(d.Heads[first-1]) == t {
		first-- // a Marrow radio station
	}
	if !l.follows(first, s, told...) {
		return phrase{}, false
	}
	p := phrase{head: t, word: mediumWord{medium: interviewMedium}}
	if l.outlet.Len() > 0 && !l.isIntroduced(t) && l.block-l.outletAt <= window {
		p.venue, p.isNamed = l.outlet, true
	}
	return p, true
}

// isOutlet reports whether the name m is one of an outlet: it ends with a word for such.
func (l *linker) isOutlet(m nlp.TokenRange) bool {
	k := l.d.Mentions[l.d.MentionOf[m.First]].Kind
	return (k == nlp.Organization || k == nlp.Misc) && (l.isOutletWord(m.Past-1) || l.d.Word(m.Past-1) == "Today")
}

// isOutletWord reports whether token t is a word in the names of outlets, by itself or before a hyphen: "Post-Herald".
func (l *linker) isOutletWord(t int) bool {
	d := l.d
	if outletWords[d.Tokens[t].Lower] || isSite(d.Word(t)) {
		return true
	}
	first, _, isJoined := strings.Cut(d.Word(t), "-")
	return isJoined && d.Tokens[t].Flags.Has(nlp.IsCapital) && outletWords[nlp.Hash(strings.ToLower(first))]
}

// isCallSign reports whether a word is one of a station in America: "KQXY".
func isCallSign(word string) bool {
	return len(word) == 4 && (word[0] == 'K' || word[0] == 'W') && strings.ToUpper(word) == word && !noStations[word]
}

// noStations are names in the form of call signs. Own list.
var noStations = map[string]bool{"WNBA": true, "WADA": true, "WIPO": true, "WWII": true, "WWDC": true, "KPMG": true, "KFOR": true}

// isSite reports whether a word is the address of a site: "MarrowPost.com".
func isSite(word string) bool {
	return len(word) > 5 && (strings.HasSuffix(word, ".com") || strings.HasSuffix(word, ".org") || strings.HasSuffix(word, ".net"))
}

// isTitled reports whether the name m, which something is told to, keeps its article in capitals within a sentence, as papers
// do: "told The Marrow Outlook".
func (l *linker) isTitled(m nlp.TokenRange, s nlp.Sentence) bool {
	d := l.d
	if k := d.Mentions[d.MentionOf[m.First]].Kind; k != nlp.Organization && k != nlp.Misc {
		return false
	}
	the := m.First
	if d.Word(the) != "The" {
		the--
	}
	return the > s.First && d.Word(the) == "The" && d.Tokens[the].Depth == 0 && !d.Tokens[the-1].Flags.Has(nlp.IsCapital) && l.isToldTo(the, s)
}

// isInterviewer reports whether an interview is told to be with the name m, of an organization: "in an interview with the
// Marrow Outlook".
func (l *linker) isInterviewer(m nlp.TokenRange, s nlp.Sentence) bool {
	d := l.d
	if k := d.Mentions[d.MentionOf[m.First]].Kind; k != nlp.Organization && k != nlp.Misc {
		return false
	}
	with := m.First - 1
	if with > s.First && strings.EqualFold(d.Word(with), "the") {
		with--
	}
	return with > s.First && d.Word(with) == "with" && mediumWords[nlp.Hash(d.Lemmas[with-1])].medium == interviewMedium
}

// isCalledOutlet reports whether a noun beside the name m says that it is an outlet: "the sports daily
// Harbour", "Harbour magazine".
func (l *linker) isCalledOutlet(m nlp.TokenRange, s nlp.Sentence) bool {
	d := l.d
	return m.First > s.First && outletNouns[d.Lemmas[m.First-1]] || m.Past < s.Past && outletNouns[d.Lemmas[m.Past]] && int(d.Heads[l.headOf(m)]) == m.Past
}

// toldTo reports whether token t is whom somebody tells something.
func (l *linker) toldTo(t int) bool {
	d := l.d
	h := int(d.Heads[t])
	if h < 0 {
		return false
	}
	switch l.rel(t) {
	case relNmod, relPoss, relAppos, relFlat, relCompound: // Sam Reed of MNN, MNN's Sam Reed
		if h2 := d.Heads[h]; h2 >= 0 && d.UPOS[h] != nlp.VERB {
			return l.isTold(h)
		}
	}
	return l.isTold(t)
}

func (l *linker) isTold(t int) bool {
	h := l.d.Heads[t]
	if h < 0 || l.rel(t) != relObj && l.rel(t) != relIobj && l.rel(t) != relObl {
		return false
	}
	lemma := l.d.Lemmas[h]
	if lemma == "tell" {
		return l.rel(t) != relObl || !l.hasCase(t) || l.hasCase(t, "to", "with") // not "told Hale, according to the Coast Post"
	}
	return (lemma == "say" || lemma == "speak" || lemma == "talk") && l.rel(t) == relObl && l.hasCase(t, "to", "with")
}

// isOutletNamed reports whether the article names the speaker of attribution i as an outlet anywhere: "the station", "it".
func (l *linker) isOutletNamed(i int) bool {
	c := l.d.Speakers[i]
	return c >= 0 && slices.ContainsFunc(l.d.Clusters[c].Mentions, l.isByOutlet)
}

// isByOutlet reports whether source r is an outlet's name and nothing after it: "the Coast Post".
func (l *linker) isByOutlet(r nlp.TokenRange) bool {
	m := l.d.MentionOf[r.Past-1]
	return m >= 0 && l.isOutlet(l.d.Mentions[m].TokenRange) && l.d.Mentions[m].First <= r.First+maxBeforeName
}
