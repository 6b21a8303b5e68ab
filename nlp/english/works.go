package english

import (
	"strings"

	"quoth/nlp"
)

// outVerbs bring a work out.
var outVerbs = map[string]bool{"file": true, "release": true, "publish": true, "issue": true, "date": true, "unveil": true, "post": true, "submit": true, "send": true, "leak": true}

// sameWork are nouns for works that go by another one too.
var sameWork = map[string]string{"suit": "lawsuit", "complaint": "lawsuit", "filing": "lawsuit", "memorandum": "memo", "e-mail": "email"}

// workReach is how many tokens after its verb the day is looked for on which a work came out, and after the first of
// a source the work. Set by hand; the trees decide.
const workReach = 12

// findWorks remembers when works came out, by their nouns: "filed a lawsuit on Tuesday", "a memo dated Sept. 5".
// Another one of that name takes its place, whose day nobody told.
func (l *linker) findWorks(s nlp.Sentence) {
	if !l.isRunning(s) {
		return
	}
	for t := s.First; t < s.Past; t++ {
		noun, ok := l.workNoun(t)
		if !ok || l.d.Tokens[t].Depth > 0 {
			continue
		}
		if l.isIntroduced(t) || t > s.First && l.d.Lemmas[t-1] == "another" {
			delete(l.works, noun)
		}
		verb := l.broughtOut(t, s)
		if verb < 0 {
			continue
		}
		for k := verb + 1; k < min(s.Past, verb+workReach); k++ {
			x := int(l.times[k]) - 1
			if x < 0 || l.d.Timexes[x].First != k || !l.isDate(x) || l.isAhead(x) {
				continue
			}
			if h := int(l.d.Heads[l.headOf(l.d.Timexes[x].TokenRange)]); h == verb || h == t {
				l.works[noun] = x
				break
			}
		}
	}
}

// workNoun is the noun that the work at t is remembered by.
func (l *linker) workNoun(t int) (string, bool) {
	if l.d.UPOS[t] != nlp.NOUN {
		return "", false
	}
	lemma := strings.ToLower(l.d.Lemmas[t])
	if other, ok := sameWork[lemma]; ok {
		return other, true
	}
	return lemma, mediumWords[nlp.Hash(lemma)].isWork
}

// broughtOut is the verb that brings out the work at t, -1 for none.
func (l *linker) broughtOut(t int, s nlp.Sentence) int {
	d := l.d
	if h := int(d.Heads[t]); h >= 0 && (l.rel(t) == relObj || l.rel(t) == relSubj) && outVerbs[d.Lemmas[h]] {
		return h
	}
	for k := t + 1; k < min(s.Past, t+workReach); k++ {
		if int(d.Heads[k]) == t && l.rel(k) == relAcl && outVerbs[d.Lemmas[k]] {
			return k
		}
	}
	return -1
}

// timeOfWork is the time at which the work came out that attribution i is said by, "the suit says", -1 when nothing
// told it.
func (l *linker) timeOfWork(i int) int {
	source := l.d.Attributions[i].Source
	if len(source) != 1 || !takesUp[strings.ToLower(l.d.Word(source[0].First))] {
		return -1
	}
	for t := source[0].First; t < min(source[0].Past, source[0].First+workReach); t++ {
		if u := l.d.UPOS[t]; u == nlp.ADP || u == nlp.VERB {
			return -1
		}
		noun, ok := l.workNoun(t)
		if !ok || l.isBeforeName(t, source[0]) {
			continue
		}
		x, told := l.works[noun]
		if !told || t+1 < source[0].Past && l.d.UPOS[t+1] == nlp.ADP { // the report by Sam Reed
			return -1
		}
		return x
	}
	return -1
}

// takesUp are words before a work that was told of before.
var takesUp = map[string]bool{"the": true, "his": true, "her": true, "its": true, "their": true}
