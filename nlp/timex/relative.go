package timex

import (
	"strconv"
	"strings"
	"time"

	"quoth/nlp"
)

// maxDeep bounds how many times one expression may be told by another: "the morning of the first quarter
// of this year" is two deep.
const maxDeep = 4

// deictic reads what is counted from the day of the document or from the date told
// last: "yesterday", "last Tuesday", "this month", "the following year", "that day".
func (r *reader) deictic(i int, hasThe bool) expression {
	if r.deep == maxDeep {
		return expression{}
	}
	r.here = i
	r.deep++
	defer func() { r.deep-- }()
	w := r.at(i)
	switch {
	case w.has(aDayName):
		return r.dayName(i)
	case w.has(aWeekday) && (r.is(i-1, anA) && !r.isModifier(i) || hasThe && r.isBesideEvent(i)):
		return r.withPart(i+1, value{text: "XXXX-WXX-" + strconv.Itoa(w.n+1)}) // on a Saturday: on some; the Sunday after the storm
	case w.has(aWeekday):
		return r.withPart(i+1, r.weekday(w.n, i))
	case hasThe && w.has(aUnit) && (w.gran == day || w.gran == week):
		if e := r.dayBeside(i); e.past > 0 {
			return e
		}
	}
	if hasThe && w.gran == weekend {
		return expression{i + 1, r.unit(weekend, 0, r.now)}
	}
	if w.has(aPart) && r.is(i+1, anOf) {
		if e := r.calendar(i+2, false); e.past > 0 && e.v.gran == day && (hasThe || r.hasDigitIn(i+2, e.past)) {
			return expression{e.past, r.part(e.v, w.n)}
		}
	}
	if !w.has(aThis | aLast | aNext | aPrevious | aFollowing | aThat | aSame | aPast) {
		return expression{}
	}
	j := i + 1
	steps, from := r.direction(i, hasThe)
	if w.has(aThis) && r.is(j, aPast|aNext|aLast) { // this past week
		steps, from = r.direction(j, false)
		if r.is(j, aPast) && r.at(j+1).gran == week && from == r.now && from.gran == day && from.weekday() >= friday {
			steps = 0 // the week that ends
		}
		j++
	} else if w.has(aThat) && r.is(j, aSame) || w.has(aLast|aThis) && r.is(j, aSame) {
		j++
	}
	if w.has(aThis|aThat) && r.at(j).gran == day && isPluralUnit(r, j) { // these days
		text := "PRESENT_REF"
		if w.has(aThat) {
			text = "PAST_REF"
		}
		return expression{j + 1, value{text: text}}
	}
	if e := r.stretch(i, j, steps); e.past > 0 {
		return e
	}
	stage := noMod
	if r.is(j, aStage) {
		stage = mod(r.at(j).n)
		j++
	}
	e := r.named(i, j, steps, from)
	if stage != noMod && e.v.gran != none {
		e.v.mod = stage
	}
	return e
}

// isModifier reports whether word i stands before what it modifies, "a Friday rally", or whether that cannot be told.
func (r *reader) isModifier(i int) bool {
	if r.d.UPOS == nil {
		return true
	}
	j := i + 1
	if r.is(j, aPart) { // on a Saturday night
		j++
	}
	if j >= len(r.words) {
		return false
	}
	switch r.d.UPOS[r.first+j] {
	case nlp.NOUN, nlp.PROPN, nlp.ADJ, nlp.NUM, nlp.VERB:
		return true
	}
	return r.is(j, aHyphen)
}

// isBesideEvent reports whether the weekday at i is counted from something that is no date: "the Sunday after the storm".
func (r *reader) isBesideEvent(i int) bool {
	j := i + 2
	if j >= len(r.words) || !strings.EqualFold(r.text(i+1), "before") && !strings.EqualFold(r.text(i+1), "after") {
		return false
	}
	if r.is(j, aThe|anA) {
		j++
	}
	return j < len(r.words) && r.d.Tokens[r.first+j].Flags.Has(nlp.HasLetter) && !r.hasDigitIn(j, j+1) &&
		!r.is(j, aDayName|aWeekday|aLast|aNext|aHoliday|aMonth|aThis|aThat|aOrdinal|aUnit)
}

func (r *reader) hasDigitIn(i, past int) bool {
	for ; i < past; i++ {
		if r.hasDigit(i) {
			return true
		}
	}
	return false
}

// friday is the day from which on "this past week" is the one that it is in.
const friday = 4

// sunday is the day on which "last week" is the one that ended the day before: in 45 papers of a Sunday it was so 41 times.
const sunday = 6

// direction says how many units on the word at i points, and from which day.
func (r *reader) direction(i int, hasThe bool) (steps int, from value) {
	w := r.at(i)
	from = r.now
	if r.now.gran == none {
		from = r.anchor
	}
	switch {
	case w.has(aThis):
		return 0, from
	case w.has(aLast | aPast):
		return -1, from
	case w.has(aNext):
		if hasThe {
			from = r.current()
		}
		return 1, from
	case w.has(aPrevious):
		return -1, r.current()
	case w.has(aFollowing):
		return 1, r.current()
	}
	return 0, r.current()
}

// stretch reads "the past two weeks" and "the next few months", which are as long as
// they say and end or begin on the day of the document. Words i to j-1 are read.
func (r *reader) stretch(i, j, steps int) expression {
	if steps == 0 {
		return expression{}
	}
	n, past, ok := r.count(j)
	isFew := ok && n == 0
	if !ok {
		switch {
		case isPluralUnit(r, j):
			n, past, isFew = 0, j, true
		case r.is(i, aPast) && r.is(j, aUnit) || r.is(i, aThis) && r.is(j-1, aPast) && r.is(j, aUnit) && r.at(j).gran >= year && r.at(j).gran < hour:
			n, past = 1, j
		default:
			return expression{}
		}
	}
	u := r.at(past)
	if !u.has(aUnit) || r.is(past+1, anOf) && r.is(past+2, aMonth|aYear) {
		return expression{}
	}
	if r.text(i) == "recent" || r.text(i) == "Recent" {
		return expression{past + 1, value{text: "PAST_REF"}}
	}
	v := value{kind: nlp.DurationTimex, text: lengthOf(n, u.gran)}
	if !isFew && r.now.gran != none && u.gran <= century {
		if a, ok := r.now.shiftDays(u.gran, steps*n); ok {
			b := r.now
			if steps > 0 {
				a, b = b, a
			}
			v.gran, v.y, v.m, v.d = day, a.y, a.m, a.d
			v.end = limit{true, b.y, b.m, b.d}
		}
	}
	return expression{past + 1, v}
}

// named reads the unit, month, weekday, season or part of the day at j that a word of
// direction stands before. i is the first word.
func (r *reader) named(i, j, steps int, from value) expression {
	w := r.at(j)
	isTold := r.is(i, aThat|aSame|aPrevious|aFollowing)
	switch {
	case w.has(aWeekday):
		return r.withPart(j+1, r.weekdayFrom(w.n, i, steps, isTold))
	case w.has(aMonth) && r.at(j+1).has(aYear):
		return r.fromMonth(j) // that May 2015
	case w.has(aMonth):
		return expression{j + 1, r.monthFrom(w.n, steps, from)}
	case w.has(aSeason):
		if from.gran == none {
			return expression{j + 1, value{text: "XXXX-" + seasonNames[w.n-21]}}
		}
		v := value{gran: season, y: from.y, m: w.n}
		if w.n == 24 && from.start().m == 12 {
			v.y++ // which has begun
		}
		if steps < 0 && !v.before(from) {
			v.y--
		} else if steps > 0 && !v.after(from) {
			v.y++
		}
		return expression{j + 1, v}
	case w.has(aPart):
		if from.gran != none && from.gran != day {
			v := from // the morning of some day of that month
			v.kind, v.text = nlp.TimeTimex, unknownDay(from)+partValues[w.n]
			return expression{j + 1, v}
		}
		if from.gran == none {
			return expression{j + 1, value{kind: nlp.TimeTimex, text: "XXXX-XX-XX" + partValues[w.n]}}
		}
		return expression{j + 1, r.part(from.addDays(steps), w.n)}
	case w.has(aUnit) && w.gran <= century:
		if from.gran == none {
			return expression{j + 1, value{text: unknownOf(w.gran)}}
		}
		if from.gran > w.gran && isTold { // the following day, told of a month
			v := from
			v.part = ""
			return expression{j + 1, v}
		}
		e := expression{j + 1, r.unit(w.gran, steps, from)}
		if w.gran == day {
			return r.withPart(j+1, e.v)
		}
		return e
	}
	return expression{}
}

// unit is the stretch of size g that lies n such stretches after the one from is in.
// One that is not over on the day of the document ends with that day in EDTF, when it
// is a week: what is reported was said by then.
func (r *reader) unit(g gran, n int, from value) value {
	if from.gran == none {
		return value{text: unknownOf(g)}
	}
	if from.y < 0 {
		return beforeChrist(from, g, n)
	}
	v := from.move(g, n)
	if g == week && n == 0 && r.now.gran != none && from == r.now {
		v.end = limit{true, r.now.y, r.now.m, r.now.d}
	}
	if g == week && n == -1 && from == r.now && from.weekday() == sunday { // the week that is over
		v = from.move(week, 0)
		last := from.addDays(-1)
		v.end = limit{true, last.y, last.m, last.d}
	}
	if g == weekend && n == 0 && from == r.now && r.now.weekday() < 5 && r.tense(r.here) != future {
		v = from.move(weekend, -1)
	}
	return v
}

// beforeChrist moves a year before Christ; smaller units keep no place.
func beforeChrist(from value, g gran, n int) value {
	if g != year && g != decade {
		return value{text: "BC" + unknownOf(g)}
	}
	if g == decade {
		n *= 10
	}
	if y := from.y + n; y < 0 {
		return value{gran: g, y: y}
	}
	return value{text: unknownOf(g)}
}

// unknownOf is the TIMEX3 value of some stretch of size g.
func unknownOf(g gran) string {
	switch g {
	case week:
		return "XXXX-WXX"
	case weekend:
		return "XXXX-WXX-WE"
	case month:
		return "XXXX-XX"
	case quarter:
		return "XXXX-QX"
	case year:
		return "XXXX"
	case decade:
		return "XXX"
	case century:
		return "XX"
	}
	return "XXXX-XX-XX"
}

// unknownDay is the TIMEX3 value of some day in v.
func unknownDay(v value) string {
	switch {
	case v.gran == month && v.y > 0:
		return v.plain() + "-XX"
	case v.gran == year && v.y > 0:
		return v.plain() + "-XX-XX"
	}
	return "XXXX-XX-XX"
}

// dayName reads "today", "tonight", "yesterday morning".
func (r *reader) dayName(i int) expression {
	n := r.at(i).n
	if r.now.gran == none {
		if n == 1 {
			return expression{i + 1, value{text: "PRESENT_REF"}}
		}
		return expression{i + 1, value{text: "XXXX-XX-XX"}}
	}
	switch n {
	case 2:
		return expression{i + 1, r.part(r.now, partNight)}
	case 3:
		return r.withPart(i+1, r.now.addDays(1))
	case 4:
		return r.withPart(i+1, r.now.addDays(-1))
	}
	return expression{i + 1, r.now}
}

// dayBeside reads "day before yesterday", "day after tomorrow".
func (r *reader) dayBeside(i int) expression {
	n := 1
	if r.at(i).gran == week {
		n = 7
	}
	switch {
	case r.is(i+1, anEarlier):
		n = -n
	case r.is(i+1, aLater):
	default:
		return expression{}
	}
	if !r.is(i+2, aDayName|aWeekday|aLast|aNext|aHoliday) {
		return expression{}
	}
	e := r.deictic(i+2, false)
	if e.past == 0 {
		e = r.calendar(i+2, false)
	}
	if e.past == 0 || e.v.gran != day {
		return expression{}
	}
	return expression{e.past, e.v.addDays(n)}
}

// withPart takes a part of the day after day v into the expression: "Monday night".
func (r *reader) withPart(past int, v value) expression {
	j := past
	if r.is(j, anIn) && r.is(j+1, aThe) && r.is(j+2, aPart) && v.gran == day {
		return expression{j + 3, r.part(v, r.at(j+2).n)}
	}
	if r.is(j, anAt) && r.is(j+1, aPart) && r.at(j+1).n >= partNight {
		j++
	}
	if stage := r.at(j); stage.has(aStage) && r.is(j+1, aPart) {
		e := expression{j + 2, r.part(v, r.at(j+1).n)}
		e.v.mod = mod(stage.n)
		return e
	}
	if !r.is(j, aPart) {
		return expression{past, v}
	}
	return expression{j + 1, r.part(v, r.at(j).n)}
}

// part is the part of the day on day v.
func (r *reader) part(v value, part int) value {
	if v.gran != day {
		if v.text == "" {
			v.text = "XXXX-XX-XX"
		}
		v.text += partValues[part]
	} else {
		v.part = partValues[part]
	}
	v.kind = nlp.TimeTimex
	return v
}

// weekday resolves a weekday without a word of direction: the one on or before the day
// of the document, or after it when the clause speaks of the future.
func (r *reader) weekday(wd, i int) value {
	if r.now.gran == none {
		if r.anchor.gran == day && r.anchor.y > 0 {
			return r.anchor.addDays(mod7(wd - r.anchor.weekday()))
		}
		return value{text: "XXXX-WXX-" + strconv.Itoa(wd+1)}
	}
	back := mod7(r.now.weekday() - wd)
	if r.tense(i) == future {
		return r.now.addDays(mod7(-back))
	}
	return r.now.addDays(-back)
}

// weekdayFrom resolves a weekday after a word of direction.
func (r *reader) weekdayFrom(wd, i, steps int, isTold bool) value {
	from := r.now
	if isTold || from.gran == none {
		from = r.current()
	}
	if from.gran == none || from.y < 0 {
		return value{text: "XXXX-WXX-" + strconv.Itoa(wd+1)}
	}
	from = from.start()
	switch {
	case steps < 0: // the last one before that day
		return from.addDays(-1 - mod7(from.weekday()-1-wd))
	case steps > 0 && isTold:
		return from.addDays(1 + mod7(wd-from.weekday()-1))
	case steps > 0: // next Monday: that of the week to come
		return from.addDays(7 - from.weekday() + wd)
	}
	return from.addDays(wd - from.weekday())
}

func mod7(n int) int { return ((n % 7) + 7) % 7 }

// monthFrom resolves "last August", "this May", "the following July".
func (r *reader) monthFrom(m, steps int, from value) value {
	if from.gran == none || from.y < 0 {
		return value{text: "XXXX-" + two(m)}
	}
	y := from.y
	at := from.start().m
	if steps < 0 && m >= at {
		y--
	} else if steps > 0 && m <= at {
		y++
	}
	return value{gran: month, y: y, m: m}
}

// yearFor is the year of month, day of a month, season or quarter v that is told without
// one at word i, 0 when nothing tells it.
func (r *reader) yearFor(v value, i int) int {
	if r.now.gran == none {
		return r.storyYear(v)
	}
	if r.anchor.gran != none && r.sent-r.told <= anchorLife && r.anchor.y > 0 && r.anchor.y < r.now.y && r.isStory && !r.isNews(v) && !r.isBack(i) {
		return r.anchor.y
	}
	v.y = r.now.y
	this := v.time()
	if v.gran == day && v.d > daysIn(v.y, v.m) {
		this = time.Date(v.y, time.Month(v.m), daysIn(v.y, v.m), 0, 0, 0, 0, time.UTC)
	}
	now := r.now.time()
	switch tense := r.tense(i); {
	case tense == future:
		if last := v.lastTime(); last.Before(now) {
			return v.y + 1
		}
	case v.gran == day && tense != past:
		// Nothing tells past from future: the nearer of the two, half a year away.
		const half = 183 * 24 * time.Hour
		if now.Sub(this) > half {
			return v.y + 1
		} else if this.Sub(now) > half {
			return v.y - 1
		}
	case this.After(now):
		return v.y - 1
	}
	return v.y
}

// isBack reports whether "back in" stands before word i, which leads back from now and not on from a date.
func (r *reader) isBack(i int) bool {
	return i >= 2 && r.is(i-1, anIn) && strings.EqualFold(r.text(i-2), "back")
}

// newsDays is for how long before the document a day without a year is news, whatever year another
// paragraph told.
const newsDays = 45

// newsMonths is for how many months before that of the document a month without a year is news in the same way; 0 is its own.
// Set by hand on other news than what it is measured on (recipes/news).
const newsMonths = 6

// isNews reports whether v, in another paragraph than the date told last, is one of the days, or of the months,
// before the document.
func (r *reader) isNews(v value) bool {
	if r.d.Sentences[r.sent].Block == r.d.Sentences[r.told].Block {
		return false
	}
	switch v.gran {
	case day:
		v.y = r.now.y
		ago := r.now.time().Sub(v.time())
		return ago >= 0 && ago <= newsDays*24*time.Hour
	case month:
		ago := (r.now.m - v.m + 12) % 12
		return r.now.m > 0 && ago <= newsMonths
	}
	return false
}

// turnOfYear is how many months a month of a narrative may lie before the month told last
// until it is one of the next year: after November, "in February" leads on.
const turnOfYear = 8

// storyYear is the year of v in a narrative: that of the date told last.
func (r *reader) storyYear(v value) int {
	m := v.m
	if a := r.anchor; (a.gran == month || a.gran == day) && a.y > 0 && (v.gran == month || v.gran == day) && a.m-m >= turnOfYear {
		return a.y + 1
	}
	return r.anchor.y
}
