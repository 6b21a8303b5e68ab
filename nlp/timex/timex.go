// Package timex finds time expressions and gives each a TIMEX3 value (ISO 24617-1) and,
// where it names a day or a longer stretch of the calendar, an EDTF date (ISO 8601-2,
// levels 0 and 1).
//
// The stage reads Tokens, Sentences, Tags, Lemmas, Heads and Doc.DCT and provides nlp.Timexes. It
// never reads the clock. With a document creation time expressions are resolved as in
// news: "Tuesday" is the one on or before that day unless its clause speaks of the future.
// Without one they are resolved as in a narrative: against the last date that the text
// has told. It finds no events: "two days after the vote" is a duration and no date.
//
// Words have classes (words.go); the rules read them from left to right, each from its
// first word, and the longest match wins: dates with a name of their own (calendar.go,
// holiday.go), what is counted from a day that is known (relative.go), lengths (length.go),
// times of day and what recurs (clock.go). No rule looks further than a dozen words, so
// time is linear in the text. The tense of a clause (tense.go) tells whether "in May" is
// past or to come.
//
// Blocks in which no statement is looked for are passed over. Weeks begin on Monday. Seasons are those of the northern half of the world. "Late July"
// is its last third.
package timex

import (
	"strings"
	"sync"
	"time"

	"quoth/nlp"
)

// Stage finds time expressions. The zero Stage is ready to use, by several goroutines.
type Stage struct{}

// Name is "timex".
func (Stage) Name() string { return "timex" }

// Requires lists the layers that Run reads.
func (Stage) Requires() nlp.Layer {
	return nlp.Tokens | nlp.Sentences | nlp.Tags | nlp.Lemmas | nlp.Heads
}

// Provides is nlp.Timexes.
func (Stage) Provides() nlp.Layer { return nlp.Timexes }

// scratch keeps the words of a sentence from one document to the next.
var scratch = sync.Pool{New: func() any { return new([]word) }}

// Run fills d.Timexes.
func (Stage) Run(d *nlp.Doc) {
	words := scratch.Get().(*[]word)
	r := reader{d: d, words: *words, now: dateOf(d.DCT), tags: tensesOf(d.XPOSNames), timexes: make([]nlp.Timex, 0, len(d.Tokens)/64+1)}
	for i := range d.Sentences {
		r.sentence(i)
	}
	d.Timexes = r.timexes
	*words = r.words[:0]
	scratch.Put(words)
}

// anchorLife is for how many sentences a date that the text told stays the one that
// "in July" or "two days later" are counted from, in news. In a narrative it never ends.
const anchorLife = 3

// dayLife is for how many sentences "earlier in the day" means the day told last.
const dayLife = 12

// reader is at work on one document.
type reader struct {
	d       *nlp.Doc
	words   []word // of the sentence
	first   int    // its first token
	now     value  // day of the document, gran none when unknown
	anchor  value  // last date told
	told    int    // sentence that told it
	day     value  // last single day told, and the sentence
	dayTold int
	sent    int  // index of the sentence
	isStory bool // the anchor was told with its year, and not as the end of something
	tags    []tense
	timexes []nlp.Timex
	here    int // first word of the expression that deictic reads
	deep    int // calls of deictic inside one another
}

// sentence reads sentence i.
func (r *reader) sentence(i int) {
	s := r.d.Sentences[i]
	if s.Len() == 0 || r.d.Tokens[s.First].Flags.Has(nlp.InBackground) {
		return // the dates of other articles count for nothing here
	}
	r.first, r.sent = s.First, i
	r.words = r.words[:0]
	hasWord := false
	for t := s.First; t < s.Past; t++ {
		w := classify(r.d, t)
		hasWord = hasWord || w.class&starters != 0
		r.words = append(r.words, w)
	}
	if !hasWord {
		return
	}
	begin := len(r.timexes)
	for t := 0; t < len(r.words); {
		if r.words[t].class == 0 {
			t++
			continue
		}
		e, ok := r.expression(t)
		if !ok {
			t++
			continue
		}
		r.add(t, e)
		t = e.past
	}
	r.join(begin)
}

// expression is a match with its value.
type expression struct {
	past int // index after its last word
	v    value
}

// add takes in the expression that begins at word t.
func (r *reader) add(t int, e expression) {
	x := nlp.Timex{TokenRange: nlp.TokenRange{First: r.first + t, Past: r.first + e.past}, Type: e.v.kind, Value: e.v.timex3(), Mod: modNames[e.v.mod], EDTF: e.v.edtf()}
	switch {
	case e.v.isOpen == moreMod:
		x.EDTF = "../" + x.EDTF
	case e.v.gran > none && !e.v.end.isSet:
		x.EDTF = r.open(t, e.v)
	}
	r.timexes = append(r.timexes, x)
	// Without the day of the article, the year that something has lasted since is not the one that is told of.
	isLimit := r.is(t-1, aSince|anUntil)
	if e.v.gran != none && (e.v.kind == nlp.DateTimex || e.v.kind == nlp.TimeTimex) && !(isLimit && r.now.gran == none) {
		r.anchor, r.told, r.isStory = e.v, r.sent, r.hasYear(t, e.past) && !isLimit
		if e.v.gran == day {
			r.day, r.dayTold = e.v, r.sent
		}
	}
}

// hasYear reports whether a year is written between words i and past.
func (r *reader) hasYear(i, past int) bool {
	for ; i < past; i++ {
		if r.at(i).has(aYear | anISO) {
			return true
		}
	}
	return false
}

// open returns the EDTF of v, an interval when "since" or "until" stands before word t.
func (r *reader) open(t int, v value) string {
	edtf := v.edtf()
	if t == 0 || edtf == "" || v.isInterval() && v.gran != season {
		return edtf
	}
	first, last := edtf, edtf
	if v.gran == season {
		first, last, _ = strings.Cut(edtf, "/")
	}
	switch {
	case r.words[t-1].class&aSince != 0:
		if r.now.gran == none || v.start().after(r.now) {
			return first + "/.."
		}
		return first + "/" + r.now.edtf()
	case r.words[t-1].class&anUntil != 0:
		return "../" + last
	}
	return edtf
}

// join makes one of a time of day and the day beside it ("3 p.m. on Tuesday"), and gives
// the two ends of a range ("from May to July") the interval between them. begin is the
// first expression of the sentence.
func (r *reader) join(begin int) {
	out := r.timexes[:begin]
	for _, x := range r.timexes[begin:] {
		if len(out) == begin {
			out = append(out, x)
			continue
		}
		last := &out[len(out)-1]
		if r.isTimeBeside(last, &x) {
			*last = merged(last, &x)
			continue
		}
		r.span(last, &x)
		out = append(out, x)
	}
	r.timexes = out
}

// isTimeBeside reports whether one of a and b, which follow one another, is a time of
// day without a day of its own and the other a day.
func (r *reader) isTimeBeside(a, b *nlp.Timex) bool {
	gap := r.words[a.Past-r.first : b.First-r.first]
	if len(gap) > 1 || len(gap) == 1 && gap[0].class&(anOn|anAt|aComma) == 0 {
		return false
	}
	return isBareTime(a) && isDay(b) || isDay(a) && isBareTime(b)
}

// isBareTime reports whether x is a clock time.
func isBareTime(x *nlp.Timex) bool {
	return x.Type == nlp.TimeTimex && len(x.Value) > 11 && x.Value[10] == 'T'
}

// isDay reports whether x is one day; an open interval may be as long: 2026-03/..
func isDay(x *nlp.Timex) bool {
	return x.Type == nlp.DateTimex && len(x.EDTF) == 10 && x.EDTF == x.Value
}

// merged is the time of one of a and b on the day of the other.
func merged(a, b *nlp.Timex) nlp.Timex {
	day, clock := a, b
	if a.Type == nlp.TimeTimex {
		day, clock = b, a
	}
	return nlp.Timex{TokenRange: nlp.TokenRange{First: a.First, Past: b.Past}, Type: nlp.TimeTimex,
		Value: day.Value + clock.Value[10:], EDTF: day.EDTF, Mod: clock.Mod}
}

// span gives a and b the interval from a to b when the words between them and before a
// say that they are its ends.
func (r *reader) span(a, b *nlp.Timex) {
	if b.First != a.Past+1 || !isPlain(a) || !isPlain(b) {
		return
	}
	r.lendYear(a, b)
	link := r.words[a.Past-r.first].class
	var before class
	if k := a.First - r.first; k > 0 {
		before = r.words[k-1].class
	}
	if a.EDTF >= b.EDTF {
		return
	}
	if link&(aTo|aHyphen|anUntil) != 0 || link&anAnd != 0 && before&aBetween != 0 {
		a.EDTF += "/" + b.EDTF
		b.EDTF = a.EDTF
	}
}

// lendYear gives a month or day without a year of its own, a, the year of b, which a word
// links it to: "from May to July 2012", "in August and September 1914".
func (r *reader) lendYear(a, b *nlp.Timex) {
	if r.at(a.Past-r.first).class&(aTo|aHyphen|anUntil|anAnd) == 0 || len(a.EDTF) < len("2012-05") || len(b.EDTF) < len("2012-05") || a.Value[:4] == b.Value[:4] ||
		r.hasYear(a.First-r.first, a.Past-r.first) || !r.hasYear(b.First-r.first, b.Past-r.first) || a.EDTF[5:] > b.EDTF[5:] || len(a.Value) > len("2012-05-01") {
		return
	}
	edtf := b.EDTF[:4] + a.EDTF[4:]
	if _, err := time.Parse(time.DateOnly, edtf); len(edtf) == len(time.DateOnly) && err != nil {
		return // 29 February
	}
	a.EDTF = edtf
	a.Value = b.Value[:4] + a.Value[4:]
}

// isPlain reports whether x is a date of level 0 that is no interval.
func isPlain(x *nlp.Timex) bool {
	return x.Type == nlp.DateTimex && len(x.EDTF) >= 4 && x.EDTF[0] >= '0' && x.EDTF[0] <= '9' && !strings.Contains(x.EDTF, "/") && len(x.Value) >= 4
}
