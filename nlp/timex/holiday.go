package timex

import (
	"strings"

	"quoth/nlp"
)

// holiday is a day of the year with a name. One with a nth is the nth weekday of the
// month (-1 the last), plus a shift of days; Easter is counted by the moon.
type holiday struct {
	name       string // small letters, words between blanks
	month, day int
	nth        int
	weekday    int
	shift      int
	isEaster   bool
}

// holidays are those of the calendar of the United States and those of all countries.
var holidays = [...]holiday{
	{name: "christmas eve", month: 12, day: 24},
	{name: "christmas day", month: 12, day: 25},
	{name: "christmas", month: 12, day: 25},
	{name: "new year 's eve", month: 12, day: 31},
	{name: "new year ’s eve", month: 12, day: 31},
	{name: "new year 's day", month: 1, day: 1},
	{name: "new year ’s day", month: 1, day: 1},
	{name: "thanksgiving day", month: 11, nth: 4, weekday: 3},
	{name: "thanksgiving", month: 11, nth: 4, weekday: 3},
	{name: "halloween", month: 10, day: 31},
	{name: "independence day", month: 7, day: 4},
	{name: "labor day", month: 9, nth: 1, weekday: 0},
	{name: "memorial day", month: 5, nth: -1, weekday: 0},
	{name: "election day", month: 11, nth: 1, weekday: 0, shift: 1},
	{name: "veterans day", month: 11, day: 11},
	{name: "columbus day", month: 10, nth: 2, weekday: 0},
	{name: "black friday", month: 11, nth: 4, weekday: 3, shift: 1},
	{name: "easter sunday", isEaster: true},
	{name: "easter monday", isEaster: true, shift: 1},
	{name: "easter", isEaster: true},
	{name: "good friday", isEaster: true, shift: -2},
	{name: "palm sunday", isEaster: true, shift: -7},
	{name: "ash wednesday", isEaster: true, shift: -46},
	{name: "valentine 's day", month: 2, day: 14},
	{name: "valentine ’s day", month: 2, day: 14},
	{name: "mother 's day", month: 5, nth: 2, weekday: 6},
	{name: "mother ’s day", month: 5, nth: 2, weekday: 6},
	{name: "father 's day", month: 6, nth: 3, weekday: 6},
	{name: "father ’s day", month: 6, nth: 3, weekday: 6},
	{name: "boxing day", month: 12, day: 26},
	{name: "may day", month: 5, day: 1},
}

// in returns the day of h in year y.
func (h holiday) in(y int) value {
	v := value{gran: day, y: y, m: h.month, d: h.day}
	switch {
	case h.isEaster:
		v.m, v.d = easter(y)
	case h.nth > 0:
		v.d = 1
		v.d += mod7(h.weekday-v.weekday()) + 7*(h.nth-1)
	case h.nth < 0:
		v.d = daysIn(y, h.month)
		v.d -= mod7(v.weekday() - h.weekday)
	}
	return v.addDays(h.shift)
}

// easter is the month and day of Easter Sunday in the Gregorian calendar (the anonymous
// algorithm of 1876; Meeus, Astronomical Algorithms, chapter 8).
func easter(y int) (m, d int) {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	k := h + l - 7*((a+11*h+22*l)/451) + 114
	return k / 31, k%31 + 1
}

// spells reports whether the words of name stand at i, the first in a capital, and how
// many they are.
func (r *reader) spells(i int, name string) (int, bool) {
	n := 0
	rest := name
	for rest != "" {
		var w string
		w, rest, _ = strings.Cut(rest, " ")
		if i+n >= len(r.words) || r.d.Tokens[r.first+i+n].Lower != nlp.Hash(w) {
			return 0, false
		}
		n++
	}
	return n, r.d.Tokens[r.first+i].Flags.Has(nlp.IsCapital)
}

// holiday reads a holiday with its year.
func (r *reader) holiday(i int) expression {
	for _, h := range holidays {
		n, ok := r.spells(i, h.name)
		if !ok {
			continue
		}
		j := i + n
		if r.is(j, aComma|anOf) && r.isYear(j+1) {
			j++
		}
		past, y := i+n, 0
		switch {
		case r.isYear(j):
			y, past = r.yearAt(j)
		case r.now.gran != none:
			y = r.yearFor(h.in(r.now.y), i)
		default:
			y = r.anchor.y
		}
		if y < 1 {
			return expression{}
		}
		return expression{past, h.in(y)}
	}
	return expression{}
}
