package timex

import (
	"quoth/nlp"
)

// at returns word i of the sentence, nothing past its end or before its start.
func (r *reader) at(i int) word {
	if i < 0 || i >= len(r.words) {
		return word{}
	}
	return r.words[i]
}

// is reports whether word i has one of the classes.
func (r *reader) is(i int, c class) bool { return r.at(i).class&c != 0 }

// expression returns the longest expression that begins at word i.
func (r *reader) expression(i int) (expression, bool) {
	var best expression
	take := func(e expression) {
		if e.past > best.past {
			best = e
		}
	}
	w := r.at(i)
	if w.has(aThe) {
		j := i + 1
		if !r.is(j, anyContent) {
			return best, false
		}
		take(r.staged(j, true))
		take(r.deictic(j, true))
		take(r.calendar(j, true))
		take(r.quantity(j, true))
		take(r.fraction(j))
		return best, best.past > 0
	}
	if w.has(anyContent) {
		take(r.staged(i, false))
		take(r.deictic(i, false))
		take(r.calendar(i, false))
		take(r.clock(i))
		take(r.quantity(i, false))
		take(r.recurrent(i))
		take(r.reference(i))
	}
	return best, best.past > 0
}

// anyContent is what an expression may begin with, an article aside.
const anyContent = starters | aNumber | aOrdinal | aThis | aLast | aNext | aPrevious | aFollowing | aThat | aSame | aStage |

	anEdge | anA | aFew | anApprox | anAt | anEvery | aHalf | aPast | anEarlier | aLater

// calendar reads dates with a name of their own: days, months, years, decades, seasons
// and so on. hasThe tells that an article stands before word i.
func (r *reader) calendar(i int, hasThe bool) expression {
	w := r.at(i)
	switch {
	case w.has(anISO):
		v, _ := digitDate(r.text(i))
		return expression{i + 1, v}
	case w.has(aMidWord):
		return r.midWord(i)
	case w.has(aWeekday):
		j := i + 1
		if r.is(j, aComma) {
			j++
		}
		if r.is(j, aMonth) || r.is(j, aNumber|aOrdinal) {
			if e := r.monthOrDay(j); e.past > 0 && e.v.gran == day {
				return e
			}
		}
		return expression{}
	case w.has(aHoliday):
		if e := r.holiday(i); e.past > 0 {
			return e
		}
	}
	var best expression
	for _, e := range [...]expression{r.monthOrDay(i), r.year(i, hasThe), r.century(i), r.season(i, hasThe), r.quarter(i)} {
		if e.past > best.past {
			best = e
		}
	}
	return best
}

// text is the bytes of word i.
func (r *reader) text(i int) string { return r.d.Word(r.first + i) }

// monthOrDay reads "July", "July 4", "July 4, 1950", "4 July 1950" and "July of 1950".
func (r *reader) monthOrDay(i int) expression {
	w := r.at(i)
	if w.has(aMonth) {
		return r.fromMonth(i)
	}
	if !w.has(aNumber|aOrdinal) || w.n < 1 || w.n > 31 {
		return expression{}
	}
	j, last := i+1, 0
	if r.is(j, aHyphen) && r.isDay(j+1) && r.at(j+1).n > w.n {
		last = r.at(j + 1).n
		j += 2
	}
	if r.is(j, anOf) {
		j++
	}
	if !r.is(j, aMonth) {
		return expression{}
	}
	return r.withYear(j+1, i, r.at(j).n, w.n, last)
}

// isDay reports whether word i can be the number of a day.
func (r *reader) isDay(i int) bool {
	w := r.at(i)
	return w.has(aNumber|aOrdinal) && !w.has(aYear) && w.n >= 1 && w.n <= 31
}

// fromMonth reads what begins with a month.
func (r *reader) fromMonth(i int) expression {
	m, j := r.at(i).n, i+1
	if !r.isDay(j) && r.is(j, aThe) && r.is(j+1, aOrdinal) && r.isDay(j+1) {
		j++
	}
	if r.isDay(j) && !r.isCounted(j) {
		d, last := r.at(j).n, 0
		j++
		if r.is(j, aHyphen) && r.isDay(j+1) && r.at(j+1).n > d {
			last = r.at(j + 1).n
			j += 2
		}
		return r.withYear(j, i, m, d, last)
	}
	return r.withYear(i+1, i, m, 0, 0)
}

// isCounted reports whether the number at i counts something else: "May 10 percent",
// "June 20-year".
func (r *reader) isCounted(i int) bool {
	if r.is(i+1, aUnit) || r.is(i+1, aHyphen) && r.is(i+2, aUnit) {
		return true
	}
	t := r.first + i + 1
	return i+1 < len(r.words) && r.is(i, aNumber) && r.d.UPOS != nil && r.d.UPOS[t] == nlp.SYM
}

// withYear ends the date of month m and day d (0 none, last the end of a range of days)
// at word j with a year, if there is one. i is its first word.
func (r *reader) withYear(j, i, m, d, last int) expression {
	k := j
	if r.is(k, aComma|anOf) {
		k++
	}
	v := value{gran: month, m: m}
	if d > 0 {
		v.gran, v.d = day, d
	}
	past := j
	switch {
	case r.isYear(k) && !(r.is(k-1, aComma) && k > j && d == 0 && r.isYearOfNext(k)):
		v.y, past = r.yearAt(k)
	case r.is(j, anOf) && r.is(j+1, aThat|aThis|aLast|aNext|aSame|aPrevious|aFollowing) && r.at(j+2).gran == year:
		e := r.deictic(j+1, false)
		if e.past == 0 || e.v.gran != year {
			v.y = r.yearFor(v, i)
			break
		}
		v.y, past = e.v.y, e.past
	case r.is(j, anOf) && r.is(j+1, aThe) && r.is(j+2, aSame|aPrevious|aFollowing) && r.at(j+3).gran == year:
		e := r.deictic(j+2, true)
		if e.past == 0 || e.v.gran != year {
			v.y = r.yearFor(v, i)
			break
		}
		v.y, past = e.v.y, e.past
	default:
		v.y = r.yearFor(v, i)
	}
	return expression{past, r.checked(v, last)}
}

// isYearOfNext reports whether the year at k belongs to what follows it and not to the
// month before: "in July, 2016 candidates".
func (r *reader) isYearOfNext(k int) bool {
	t := r.first + k + 1
	return k+1 < len(r.words) && r.d.UPOS != nil && (r.d.UPOS[t] == nlp.NOUN || r.d.UPOS[t] == nlp.PROPN)
}

// checked gives v its end on day last of the month, if that is set, and makes a day that
// the month does not have the month; without a year it is a value without a place.
func (r *reader) checked(v value, last int) value {
	if v.y == 0 {
		v.text = "XXXX-" + two(v.m)
		if v.gran == day {
			v.text += "-" + two(v.d)
		}
		v.gran = none
		return v
	}
	if v.y < 0 {
		return v
	}
	days := daysIn(v.y, v.m)
	if v.gran == day && v.d > days {
		v.gran, v.d = month, 0
		return v
	}
	if last > 0 && last <= days {
		v.end = limit{true, v.y, v.m, last}
	}
	return v
}

// isYear reports whether a year stands at word i: four digits, or fewer before BC or
// after AD.
func (r *reader) isYear(i int) bool {
	w := r.at(i)
	return w.has(aYear) || w.has(aNumber) && r.is(i+1, anEra)
}

// yearAt returns the year at word i and the index after it.
func (r *reader) yearAt(i int) (y, past int) {
	w := r.at(i)
	if e := r.at(i + 1); e.has(anEra) {
		if e.n == 0 {
			return -w.n, i + 2
		}
		return w.n, i + 2
	}
	return w.n, i + 1
}

// year reads "1950", "the year 1950", "480 BC", "AD 70", "1914-18" and "the 1970s".
func (r *reader) year(i int, hasThe bool) expression {
	w := r.at(i)
	if w.has(aDecade) && (r.is(i-1, aPossessive) || r.is(i-1, aStage) && r.is(i-2, aPossessive)) {
		return expression{} // in his early 20s
	}
	if w.has(aDecade) && (w.n%10 == 0) {
		if isWordDecade := w.n < 2000 && !r.hasDigit(i); isWordDecade && !hasThe {
			return expression{}
		}
		v := value{gran: decade, y: w.n}
		past := i + 1
		if r.is(past, anEra) {
			if r.at(past).n == 0 {
				v.y = -v.y
			}
			past++
		}
		return expression{past, v}
	}
	if w.has(aUnit) && w.gran == year && r.isYear(i+1) {
		y, past := r.yearAt(i + 1)
		return expression{past, value{gran: year, y: y}}
	}
	if w.has(anEra) && !w.has(aYear) && w.n == 1 && r.is(i+1, aNumber) {
		return expression{i + 2, value{gran: year, y: r.at(i + 1).n}}
	}
	if r.is(i, anApprox) && w.n == int(approxMod) && r.isYear(i+1) && (r.is(i+2, anEra) || r.isYearAlone(i+1)) {
		y, past := r.yearAt(i + 1)
		return expression{past, value{gran: year, y: y, mod: approxMod}}
	}
	if r.is(i+1, anEra) && w.has(aNumber) || w.has(anEra) && w.has(aYear) {
		y, past := r.yearAt(i)
		return expression{past, value{gran: year, y: y}}
	}
	if w.has(aYear) && r.isYearAlone(i) {
		v := value{gran: year, y: w.n}
		if e, ok := r.yearRange(i); ok {
			return e
		}
		return expression{i + 1, v}
	}
	if w.has(aNumber) && w.n >= 100 && r.anchor.y < 0 && r.is(i-1, anIn|aSince|anUntil|anOf) && !r.isNoun(i+1) {
		return expression{i + 1, value{gran: year, y: -w.n}}
	}
	return expression{}
}

// yearRange reads "1914-18" and "2015/16"; "1914-1918" is two years.
func (r *reader) yearRange(i int) (expression, bool) {
	if !r.is(i+1, aHyphen) && !(i+1 < len(r.words) && r.text(i+1) == "/") {
		return expression{}, false
	}
	b := r.at(i + 2)
	y := r.at(i).n
	if !b.has(aNumber) || b.n > 99 || b.n <= y%100 || len(r.text(i+2)) != 2 {
		return expression{}, false
	}
	return expression{i + 3, value{gran: year, y: y, end: limit{isSet: true, y: y - y%100 + b.n}}}, true
}

// isYearAlone tells a year from a number of four digits that counts something.
func (r *reader) isYearAlone(i int) bool {
	w := r.at(i)
	if !w.has(aYear) || r.is(i+1, aUnit|aMeridiem) {
		return false
	}
	if i > 0 {
		switch r.text(i - 1) {
		case "$", "£", "€", "#", "No.", "no.", "Route", "Highway", ".":
			return false
		}
	}
	if i+1 < len(r.words) && r.text(i+1) == "%" {
		return false
	}
	isCount := r.isPluralNoun(i+1) && (w.n%100 == 0 || r.is(i-1, anApprox) || i > 0 && r.d.UPOS[r.first+i-1] == nlp.VERB)
	if w.n >= 1900 && w.n <= 2099 {
		return !isCount
	}
	if !r.hasDigit(i) {
		return false
	}
	return w.n < 2100 && !r.isPluralNoun(i+1)
}

// hasDigit reports whether word i is written in digits.
func (r *reader) hasDigit(i int) bool { return r.d.Tokens[r.first+i].Flags.Has(nlp.HasDigit) }

// isNoun reports whether word i is a noun.
func (r *reader) isNoun(i int) bool {
	return i < len(r.words) && r.d.UPOS != nil && r.d.UPOS[r.first+i] == nlp.NOUN
}

func (r *reader) isPluralNoun(i int) bool {
	if !r.isNoun(i) {
		return false
	}
	text := r.text(i)
	return text[len(text)-1] == 's'
}

// century reads "the 19th century" and "nineteenth-century".
func (r *reader) century(i int) expression {
	w := r.at(i)
	if !w.has(aOrdinal) || w.n < 1 || w.n > 30 {
		return expression{}
	}
	n, j := w.n, i+1
	if r.is(j, aHyphen) {
		j++
	}
	if r.at(j).gran != century {
		return expression{}
	}
	v := value{gran: century, y: 100 * (n - 1)}
	j++
	if r.is(j, anEra) {
		if r.at(j).n == 0 {
			v.y = -100 * n
		}
		j++
	}
	if v.y == 0 {
		v = value{text: "00"}
	}
	return expression{j, v}
}

// season reads "summer 2007", "the summer of 1963" and "the winter"; a bare season only
// after an article or a word of time.
func (r *reader) season(i int, hasThe bool) expression {
	w := r.at(i)
	if !w.has(aSeason) {
		return expression{}
	}
	j := i + 1
	if r.is(j, anOf|aComma) {
		j++
	}
	if r.isYear(j) {
		y, past := r.yearAt(j)
		return expression{past, value{gran: season, y: y, m: w.n}}
	}
	if r.is(i+1, anOf) && r.is(j, aThat|aThis|aLast|aSame) && r.at(j+1).gran == year {
		if e := r.deictic(j, false); e.v.gran == year {
			return expression{e.past, value{gran: season, y: e.v.y, m: w.n}}
		}
	}
	// "fall" and "spring" are verbs and things too.
	if !hasThe && !r.is(i-1, anIn|aSince|anUntil|aThe) || r.d.UPOS != nil && r.d.UPOS[r.first+i] == nlp.VERB {
		return expression{}
	}
	if w.n == 23 && r.text(i) != "autumn" && r.is(i+1, anOf) {
		return expression{} // the fall of the wall
	}
	v := value{gran: season, m: w.n}
	if v.y = r.yearFor(v, i); v.y == 0 {
		v = value{text: "XXXX-" + seasonNames[w.n-21]}
	}
	return expression{i + 1, v}
}

// quarter reads "the first quarter of 2016" and "the second half of 2016".
func (r *reader) quarter(i int) expression {
	w := r.at(i)
	if !w.has(aOrdinal) || w.n < 1 || w.n > 4 {
		return expression{}
	}
	j := i + 1
	if r.is(j, aHyphen) {
		j++
	}
	isHalf := r.is(j, aHalf)
	if !isHalf && r.at(j).gran != quarter || isHalf && w.n > 2 {
		return expression{}
	}
	past := j + 1
	y := 0
	k := past
	if r.is(k, anOf|anIn) {
		k++
	}
	if r.isYear(k) {
		y, past = r.yearAt(k)
	} else if e := r.deictic(k, false); e.past > 0 && e.v.gran == year {
		y, past = e.v.y, e.past
	} else if isHalf {
		return expression{}
	} else {
		y = r.yearFor(value{gran: quarter, m: w.n}, i)
	}
	if y == 0 {
		return expression{past, value{text: "XXXX-Q" + string(rune('0'+w.n))}}
	}
	if isHalf {
		first := 6*w.n - 5
		return expression{past, value{gran: month, y: y, m: first, end: limit{isSet: true, y: y, m: first + 5}, text: year4(y) + "-H" + string(rune('0'+w.n))}}
	}
	return expression{past, value{gran: quarter, y: y, m: w.n}}
}

// fraction reads "first half of the 1990s", "last two weeks of February 1951" and "last
// day of August": of these the whole is told and not the part, but for days.
func (r *reader) fraction(i int) expression {
	w := r.at(i)
	if !w.has(aLast | aOrdinal | aFollowing) {
		return expression{}
	}
	j := i + 1
	if n, past, ok := r.count(j); ok && n > 0 {
		j = past
	}
	if !r.is(j, aUnit|aHalf|aPart) || !r.is(j+1, anOf) {
		return expression{}
	}
	k := j + 2
	if r.is(k, aThe) {
		k++
	}
	e := r.calendar(k, true)
	if e.past == 0 {
		e = r.deictic(k, r.is(k-1, aThe))
	}
	if e.past == 0 || e.v.gran == none || e.v.kind != nlp.DateTimex {
		return expression{}
	}
	e.v.end = limit{}
	switch {
	case w.has(aLast):
		e.v.mod = endMod
	case w.n == 1:
		e.v.mod = startMod
	}
	if r.at(j).gran == day && j == i+1 && e.v.gran == month && e.v.y > 0 {
		d := daysIn(e.v.y, e.v.m)
		if !w.has(aLast) {
			d = w.n
		}
		if d < 1 {
			return expression{} // the following day of August
		}
		e.v.mod = noMod
		e.v = r.checked(value{gran: day, y: e.v.y, m: e.v.m, d: d}, 0)
	}
	return e
}

// midWord reads "mid-September 1951".
func (r *reader) midWord(i int) expression {
	w := r.at(i)
	v := value{mod: midMod}
	past := i + 1
	switch {
	case w.is&aYear != 0:
		v.gran, v.y = year, w.n
	case w.is&aDecade != 0:
		v.gran, v.y = decade, w.n
	case w.is&aMonth != 0:
		e := r.withYear(i+1, i, w.n, 0, 0)
		e.v.mod = midMod
		return e
	case w.is&aSeason != 0:
		v.gran, v.m = season, w.n
		v.y = r.yearFor(v, i)
		if r.isYear(past) {
			v.y, past = r.yearAt(past)
		}
	case w.is&aWeekday != 0:
		v = r.weekday(w.n, i)
	case w.is&aUnit != 0 && w.gran >= week && w.gran <= year && r.now.gran != none:
		v = r.now.move(w.gran, 0)
		v.mod = midMod
	case w.is&aPart != 0:
		return expression{past, r.part(r.now, w.n)}
	}
	if v.gran != none && v.y == 0 {
		return expression{}
	}
	return expression{past, v}
}

// staged reads "early May", "late in 1985", "the end of June", "earlier this week".
func (r *reader) staged(i int, hasThe bool) expression {
	w := r.at(i)
	if !w.has(aStage | anEdge | anEarlier | aLater) {
		return expression{}
	}
	j := i + 1
	if w.has(aStage) && r.is(j, aHyphen) { // mid - to - late, early - 1990s
		j++
		if r.is(j, aTo) && r.is(j+1, aHyphen) && r.is(j+2, aStage) {
			j += 3
		}
	} else if w.has(aStage) && r.is(j, aTo) && r.is(j+1, aStage) {
		j += 2
	}
	if w.has(anEdge) && !r.is(j, anOf) {
		return expression{}
	}
	if r.is(j, anOf|anIn|anOn) {
		j++
	}
	if w.has(aStage) && r.is(i-1, anA) && r.is(j, aSeason) {
		return expression{} // an early fall
	}
	k, the := j, hasThe
	if r.is(k, aThe) {
		k, the = k+1, true
	} else if w.has(anEarlier|aLater) && k == i+1 && !r.is(k, aThis|aThat|aWeekday|aDayName|aPast) {
		return expression{}
	}
	e := r.calendar(k, true)
	if d := r.deictic(k, the); d.past > e.past {
		e = d
	}
	if e.past == 0 && (w.has(anEarlier|aLater|anEdge) || k > i+1) && r.at(k).has(aUnit) && the {
		e = r.theUnit(k)
	}
	if e.past == 0 && r.is(k, aPart) && k == i+1 {
		e = r.bareUnit(k)
	}
	if e.past == 0 {
		return expression{}
	}
	if w.has(aStage | anEdge) {
		if e.v.gran != none {
			e.v.mod = mod(w.n)
		}
	}
	return e
}

// theUnit reads "day" in "earlier in the day": the one the text speaks of.
func (r *reader) theUnit(k int) expression {
	w := r.at(k)
	of := r.current()
	if w.gran == day && r.day.gran != none && r.sent-r.dayTold <= dayLife {
		of = r.day
	}
	if of.gran == none || w.gran < day || w.gran > century {
		return expression{}
	}
	return expression{k + 1, of.move(w.gran, 0)}
}

// current is what "that day" and "the year" are counted from: the date told last while
// it lives, else the day of the document.
func (r *reader) current() value {
	if r.anchor.gran != none && (r.now.gran == none || r.sent-r.told <= anchorLife) {
		return r.anchor
	}
	return r.now
}
