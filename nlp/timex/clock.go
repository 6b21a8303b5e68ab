package timex

import (
	"strconv"
	"strings"

	"quoth/nlp"
)

// clock reads a time of day: "3 p.m.", "5:30 a.m.", "19:00", "noon".
func (r *reader) clock(i int) expression {
	w := r.at(i)
	h, m, past := 0, 0, i+1
	switch {
	case w.has(aClock):
		h, m, _ = clockTime(r.text(i))
		if e := r.at(past); e.has(aMeridiem) {
			h = twelve(h, e.n)
			past++
		}
	case w.has(aNumber) && w.n <= 24 && w.n > 0 && r.is(past, aMeridiem):
		h = twelve(w.n, r.at(past).n)
		past++
	case w.has(aPart) && w.n >= partNoon:
		v := value{kind: nlp.TimeTimex, text: "XXXX-XX-XX" + partValues[w.n]}
		if r.now.gran != none {
			v = r.part(r.now, w.n)
		}
		return expression{past, v}
	case w.has(aPart) && (w.n == partNight || r.is(i-1, anA)) && r.is(i-1, anAt|anA|anEvery):
		return expression{past, value{kind: nlp.TimeTimex, text: "XXXX-XX-XX" + partValues[w.n]}}
	default:
		return expression{}
	}
	if r.isZone(past) {
		past++
	}
	return expression{past, value{kind: nlp.TimeTimex, text: "XXXX-XX-XXT" + two(h) + ":" + two(m)}}
}

// isZone reports whether word i is the name of a time zone.
func (r *reader) isZone(i int) bool {
	if i >= len(r.words) {
		return false
	}
	switch r.text(i) {
	case "EST", "EDT", "ET", "CST", "CDT", "PST", "PDT", "PT", "MST", "MDT", "GMT", "UTC", "BST", "CET":
		return true
	}
	return false
}

// twelve is the hour of 24 that h of twelve is; meridiem 1 before noon, 2 after.
func twelve(h, meridiem int) int {
	switch {
	case meridiem == 2 && h < 12:
		return h + 12
	case meridiem == 1 && h == 12:
		return 0
	}
	return h
}

// recurrent reads what comes again: "every Monday", "daily", "Mondays", "twice a week".
func (r *reader) recurrent(i int) expression {
	w := r.at(i)
	switch {
	case w.has(aRecurring):
		return expression{i + 1, value{kind: nlp.SetTimex, text: recurrings[w.n].value}}
	case w.has(aPluralDay):
		return expression{i + 1, value{kind: nlp.SetTimex, text: "XXXX-WXX-" + strconv.Itoa(w.n+1)}}
	case !w.has(anEvery):
		return expression{}
	}
	j := i + 1
	n := 1
	if c, past, ok := r.count(j); ok && c > 0 {
		n, j = c, past
	} else if r.is(j, aOrdinal) {
		j++
	} else if j < len(r.words) && r.text(j) == "other" {
		n, j = 2, j+1
	}
	u := r.at(j)
	switch {
	case u.has(aUnit):
		return expression{j + 1, value{kind: nlp.SetTimex, text: lengthOf(n, u.gran)}}
	case u.has(aWeekday):
		return expression{j + 1, value{kind: nlp.SetTimex, text: "XXXX-WXX-" + strconv.Itoa(u.n+1)}}
	case u.has(aMonth):
		return expression{j + 1, value{kind: nlp.SetTimex, text: "XXXX-" + two(u.n)}}
	case u.has(aPart):
		return expression{j + 1, value{kind: nlp.SetTimex, text: "XXXX-XX-XX" + partValues[u.n]}}
	case u.has(aSeason):
		return expression{j + 1, value{kind: nlp.SetTimex, text: "XXXX-" + seasonNames[u.n-21]}}
	}
	return expression{}
}

// reference reads "now", "the past", "right now", "the future".
func (r *reader) reference(i int) expression {
	w := r.at(i)
	if !w.has(aReference) {
		return expression{}
	}
	return expression{i + 1, value{text: references[w.n].value}}
}

// bareUnit reads a part of the day that stands alone.
func (r *reader) bareUnit(k int) expression {
	v := value{kind: nlp.TimeTimex, text: "XXXX-XX-XX" + partValues[r.at(k).n]}
	if r.now.gran != none {
		v = r.part(r.now, r.at(k).n)
	}
	return expression{k + 1, v}
}

// isClock reports whether s is a time of day, 3:30 or 03:00hrs.
func isClock(s string) bool {
	_, _, ok := clockTime(s)
	return ok
}

// clockTime reads a time of day of 24 hours.
func clockTime(s string) (h, m int, ok bool) {
	s = strings.TrimSuffix(strings.ToLower(s), "hrs")
	a, b, found := strings.Cut(s, ":")
	if !found {
		return 0, 0, false
	}
	if b2, seconds, more := strings.Cut(b, ":"); more {
		b = b2
		if n, ok := number(seconds); !ok || n > 59 {
			return 0, 0, false
		}
	}
	h, ok1 := number(a)
	m, ok2 := number(b)
	return h, m, ok1 && ok2 && h <= 24 && m <= 59 && len(b) == 2 && len(a) <= 2
}
