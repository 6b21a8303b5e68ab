package timex

import (
	"strings"

	"quoth/nlp"
)

// class is what a word can be in a time expression, one bit each: many words can be
// several things.
type class uint64

const (
	aMonth class = 1 << iota
	aWeekday
	aUnit    // day, week, … in n a gran, or one of the clock units below
	aNumber  // a cardinal; n is its value
	aOrdinal // n is its value
	aYear    // four digits; n is the year
	aDecade  // 1990s, '90s; n is the first year
	aClock   // 3:30
	aPart    // of the day: morning
	aSeason
	aDayName // today
	aThis
	aLast
	aNext
	aPrevious
	aFollowing
	aThat
	aSame
	anAgo
	anEarlier // earlier, before
	aLater    // later, after
	aStage    // early, mid, late; n is a mod
	anEdge    // end, beginning, middle; n is a mod
	aThe
	anA
	anOf
	anIn
	anOn
	anAt
	aComma
	aHyphen
	aSince
	anUntil
	aBetween
	anAnd
	aTo
	aFew // few, several, couple: more than one
	anEra
	aMeridiem
	anApprox // n is a mod
	aHoliday // first word of one
	anISO
	aReference // now, recently; n is an index into references
	aRecurring // daily; n is an index into recurrings
	anEvery
	aHalf
	aFrom
	aPast // past, "the past week"
	aPossessive
	aMidWord // mid-June: a stage and the word after it in one token
	aPluralDay
)

// starters are the classes that an expression cannot do without.
const starters = aMonth | aWeekday | aUnit | aYear | aDecade | aClock | aPart | aSeason | aDayName | anEra | aMeridiem |
	aHoliday | anISO | aReference | aRecurring | aMidWord | aPluralDay

// word is a token as the rules see it.
type word struct {
	class class
	n     int
	gran  gran // of aUnit
	is    class
}

func (w word) has(c class) bool { return w.class&c != 0 }

// Clock units follow the calendar's in gran: they are units of durations only.
const (
	hour gran = 100 + iota
	minute
	second
)

var monthNames = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

var dayNames = [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// lexicon holds the words by the hash of their small letters.
var lexicon = makeLexicon()

// It is long because it is a list.
func makeLexicon() map[uint64]word {
	m := map[uint64]word{}
	add := func(w word, forms ...string) {
		for _, f := range forms {
			h := nlp.Hash(f)
			have := m[h]
			have.class |= w.class
			if w.n != 0 || have.n == 0 {
				have.n = w.n
			}
			if w.gran != none {
				have.gran = w.gran
			}
			m[h] = have
		}
	}
	list := func(c class, first int, forms string) {
		for i, f := range strings.Fields(forms) {
			add(word{class: c, n: first + i}, f)
		}
	}
	list(aMonth, 1, strings.Join(monthNames[:], " "))
	list(aMonth, 1, "jan. feb. mar. apr. may. jun. jul. aug. sep. oct. nov. dec.")
	list(aMonth, 1, "jan feb mar apr may jun jul aug sep oct nov dec")
	add(word{class: aMonth, n: 9}, "sept.", "sept")
	list(aWeekday, 0, strings.Join(dayNames[:], " "))
	list(aWeekday, 0, "mon. tue. wed. thu. fri. sat. sun.")
	list(aPluralDay, 0, "mondays tuesdays wednesdays thursdays fridays saturdays sundays")
	add(word{class: aWeekday, n: 1}, "tues.")
	add(word{class: aWeekday, n: 3}, "thur.", "thurs.")
	list(aNumber, 0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	for i, f := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		add(word{class: aNumber, n: 20 + 10*i}, f)
	}
	add(word{class: aNumber, n: 100}, "hundred")
	add(word{class: aNumber, n: 1000}, "thousand")
	add(word{class: aNumber, n: 12}, "dozen")
	list(aOrdinal, 1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
	for i, f := range strings.Fields("twenties thirties forties fifties sixties seventies eighties nineties") {
		add(word{class: aDecade, n: 1920 + 10*i}, f)
	}
	for g, forms := range map[gran]string{day: "day days", week: "week weeks", weekend: "weekend weekends", month: "month months",
		year: "year years", decade: "decade decades", century: "century centuries", quarter: "quarter quarters",
		hour: "hour hours hrs", minute: "minute minutes", second: "second seconds"} {
		add(word{class: aUnit, gran: g}, strings.Fields(forms)...)
	}
	for p, forms := range map[int]string{partMorning: "morning mornings dawn daybreak sunrise", partAfternoon: "afternoon afternoons", partEvening: "evening evenings dusk sunset",
		partNight: "night nights overnight nighttime", partNoon: "noon noontime midday", partMidnight: "midnight"} {
		add(word{class: aPart, n: p}, strings.Fields(forms)...)
	}
	list(aSeason, 21, "spring summer autumn winter")
	add(word{class: aSeason, n: 23}, "fall")
	list(aDayName, 1, "today tonight tomorrow yesterday")
	add(word{class: aThis}, "this", "these", "current")
	add(word{class: aLast}, "last")
	add(word{class: aPast}, "past", "recent")
	add(word{class: aNext}, "next", "coming", "upcoming")
	add(word{class: aPrevious}, "previous", "preceding", "prior")
	add(word{class: aFollowing}, "following", "ensuing", "subsequent")
	add(word{class: aThat}, "that", "those")
	add(word{class: aSame}, "same", "very")
	add(word{class: anAgo}, "ago")
	add(word{class: anEarlier}, "earlier", "before", "previously")
	add(word{class: aLater}, "later", "after", "afterwards", "afterward")
	for md, forms := range map[mod]string{startMod: "early", midMod: "mid", endMod: "late"} {
		add(word{class: aStage, n: int(md)}, strings.Fields(forms)...)
	}
	for md, forms := range map[mod]string{startMod: "beginning start outset", midMod: "middle", endMod: "end close"} {
		add(word{class: anEdge, n: int(md)}, strings.Fields(forms)...)
	}
	add(word{class: aThe}, "the")
	add(word{class: anA}, "a", "an")
	add(word{class: anOf}, "of")
	add(word{class: anIn}, "in", "during", "by", "within", "around")
	add(word{class: anOn}, "on")
	add(word{class: anAt}, "at")
	add(word{class: aComma}, ",")
	add(word{class: aHyphen}, "-", "–", "—")
	add(word{class: aSince}, "since")
	add(word{class: anUntil}, "until", "till", "til")
	add(word{class: aBetween}, "between")
	add(word{class: anAnd}, "and")
	add(word{class: aTo}, "to", "through")
	add(word{class: aFrom}, "from")
	add(word{class: aFew}, "few", "several", "couple", "many", "some")
	add(word{class: anEra}, "bc", "b.c.", "bce", "b.c.e.", "b.c")
	add(word{class: anEra, n: 1}, "ad", "a.d.", "ce", "c.e.")
	add(word{class: aMeridiem, n: 1}, "am", "a.m.", "a.m")
	add(word{class: aMeridiem, n: 2}, "pm", "p.m.", "p.m")
	add(word{class: aMeridiem, n: 3}, "o'clock", "o’clock")
	for md, forms := range map[mod]string{approxMod: "about around roughly approximately nearly almost circa ca. c.", moreMod: "over", lessMod: "under"} {
		add(word{class: anApprox, n: int(md)}, strings.Fields(forms)...)
	}
	add(word{class: anApprox}, "more", "less", "fewer", "least", "up", "most")
	add(word{class: aPossessive}, "his", "her", "its", "their", "our", "my", "your")
	add(word{class: anEvery}, "every", "each", "per")
	add(word{class: aHalf}, "half")
	for i, ref := range references {
		add(word{class: aReference, n: i}, ref.words...)
	}
	for i, s := range recurrings {
		add(word{class: aRecurring, n: i}, s.words...)
	}
	for _, h := range holidays {
		first, _, _ := strings.Cut(h.name, " ")
		add(word{class: aHoliday}, first)
	}
	return m
}

// Parts of the day.
const (
	partMorning = iota + 1
	partAfternoon
	partEvening
	partNight
	partNoon
	partMidnight
)

var partValues = [...]string{"", "TMO", "TAF", "TEV", "TNI", "T12:00", "T24:00"}

// reference is a word that points at the present, the past or the future as such.
type reference struct {
	value string
	words []string
}

var references = [...]reference{
	{"PRESENT_REF", []string{"now", "currently", "nowadays", "presently"}},
	{"PAST_REF", []string{"recently", "lately", "formerly"}},
	{"FUTURE_REF", []string{"future"}},
}

// recurring is a word for what comes again and again.
type recurring struct {
	value string
	words []string
}

var recurrings = [...]recurring{
	{"P1D", []string{"daily", "nightly"}},
	{"P1W", []string{"weekly"}},
	{"P1M", []string{"monthly"}},
	{"P3M", []string{"quarterly"}},
	{"P1Y", []string{"annually", "yearly", "annual"}},
	{"PT1H", []string{"hourly"}},
	{"P2W", []string{"biweekly", "fortnightly"}},
}

// classify looks token t up, or reads its digits.
func classify(d *nlp.Doc, t int) word {
	tok := &d.Tokens[t]
	if tok.Flags.Has(nlp.HasDigit) {
		return readDigits(d.Word(t))
	}
	w, known := lexicon[tok.Lower]
	if !known {
		if tok.Flags.Has(nlp.HasHyphen) {
			return readMid(d.Word(t))
		}
		return word{}
	}
	if w.has(aDayName|aThis) && tok.Flags.Has(nlp.IsCapital) && !tok.Flags.Has(nlp.StartsSent) && (t == 0 || d.Tokens[t-1].Mark == nlp.NoMark) {
		return word{} // USA Today, This Morning
	}
	if w.has(anEra) && !tok.Flags.Has(nlp.IsUpper) && !strings.Contains(d.Word(t), ".") {
		w.class &^= anEra // ran the ad
	}
	if w.class&(aMonth|aWeekday) != 0 && !isName(d, t, w) {
		w.class &^= aMonth | aWeekday
	}
	return w
}

// isName reports whether token t, spelt as a month or a weekday, is one: "may" and
// "march" are words of their own in small letters, and as verbs at the start of a
// sentence; short forms without their stop are names only in capitals.
func isName(d *nlp.Doc, t int, w word) bool {
	tok := &d.Tokens[t]
	text := d.Word(t)
	if tok.Flags.Has(nlp.IsUpper) && len(text) <= 3 {
		return false // SAT, MAR
	}
	isCapital := tok.Flags.Has(nlp.IsCapital)
	if w.has(aMonth) {
		if isCapital && isSurname(d, t) {
			return false
		}
		switch tok.Lower {
		case hashMay, hashMarch, hashAugust:
			if !isCapital {
				return false
			}
			return d.UPOS == nil || d.UPOS[t] != nlp.AUX && d.UPOS[t] != nlp.VERB && d.UPOS[t] != nlp.ADJ
		}
		return isCapital || len(text) >= 4
	}
	return isCapital || len(text) > 4
}

// isSurname reports whether the month at t ends a name: "Tessa May", "the Long March".
// A name before it that is a time word, or a number after it, speaks against that.
func isSurname(d *nlp.Doc, t int) bool {
	switch d.Tokens[t].Lower {
	case hashMay, hashMarch, hashApril, hashJune, hashAugust:
	default:
		return false
	}
	if t == 0 || d.Tokens[t].Flags.Has(nlp.StartsSent) || !d.Tokens[t].Space {
		return false
	}
	before := &d.Tokens[t-1]
	if !before.Flags.Has(nlp.IsCapital) || before.Flags.Has(nlp.StartsSent) && lexicon[before.Lower].class != 0 || lexicon[before.Lower].class != 0 {
		return false
	}
	if before.Flags.Has(nlp.StartsSent) && d.UPOS != nil && d.UPOS[t-1] != nlp.PROPN && d.UPOS[t-1] != nlp.NOUN {
		return false
	}
	return t+1 >= len(d.Tokens) || !d.Tokens[t+1].Flags.Has(nlp.HasDigit)
}

var hashApril, hashJune = nlp.Hash("april"), nlp.Hash("june")

var hashMay, hashMarch, hashAugust = nlp.Hash("may"), nlp.Hash("march"), nlp.Hash("august")

// readMid reads "mid-September", which the tokenizer leaves whole.
func readMid(s string) word {
	rest, ok := strings.CutPrefix(strings.ToLower(s), "mid-")
	if !ok {
		return word{}
	}
	w := lexicon[nlp.Hash(rest)]
	if w.class&(aMonth|aSeason|aUnit|aWeekday|aPart|aDecade) == 0 {
		return word{}
	}
	return word{class: aMidWord, is: w.class &^ (anEarlier | aLater), n: w.n, gran: w.gran}
}

// readDigits reads a token with digits.
func readDigits(s string) word {
	if rest, ok := strings.CutPrefix(strings.ToLower(s), "mid-"); ok {
		w := readDigits(rest)
		if w.class&(aYear|aDecade) == 0 {
			return word{}
		}
		return word{class: aMidWord, is: w.class, n: w.n}
	}
	if n, ok := number(s); ok {
		w := word{class: aNumber, n: n}
		if len(s) == 4 && n >= 1000 && n <= 2999 {
			w.class |= aYear
		}
		return w
	}
	switch {
	case isClock(s):
		return word{class: aClock}
	case isDigitDate(s):
		return word{class: anISO}
	}
	return readSuffixed(s)
}

// readSuffixed reads 8th, 1990s, '90s, '99 and 500BC.
func readSuffixed(s string) word {
	bare := strings.TrimLeft(s, "'’‘")
	digits := 0
	for digits < len(bare) && bare[digits] >= '0' && bare[digits] <= '9' {
		digits++
	}
	n, ok := number(bare[:digits])
	if !ok {
		return word{}
	}
	suffix := strings.ToLower(bare[digits:])
	isShort := len(bare) < len(s)
	switch suffix {
	case "st", "nd", "rd", "th":
		if !isShort && n > 0 {
			return word{class: aOrdinal, n: n}
		}
	case "s", "'s", "’s":
		if digits == 4 && n%10 == 0 && !isShort || digits == 3 && n%10 == 0 && !isShort {
			return word{class: aDecade, n: n}
		}
		if digits == 2 && n%10 == 0 {
			return word{class: aDecade, n: 1900 + n}
		}
	case "":
		if isShort && digits == 2 {
			return word{class: aYear, n: shortYear(n)}
		}
	case "bc", "bce":
		return word{class: anEra | aYear, n: -n}
	}
	return word{}
}

// shortYear is the year that two digits mean: those up to 40 are of this century.
func shortYear(n int) int {
	if n <= 40 {
		return 2000 + n
	}
	return 1900 + n
}

// maxNumber bounds what counts as a number: larger ones are no time that anybody tells.
const maxNumber = 999_999

// number reads digits, with commas between groups of three.
func number(s string) (int, bool) {
	n, digits := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n = 10*n + int(c-'0')
			digits++
			if n > maxNumber {
				return 0, false
			}
		case c == ',' && i > 0 && (len(s)-i)%4 == 0:
		default:
			return 0, false
		}
	}
	return n, digits > 0
}

// isDigitDate reports whether s is 2016-09-11, 9/11/2016 or 2016/9/11.
func isDigitDate(s string) bool {
	_, ok := digitDate(s)
	return ok
}

// digitDate reads a date of digits: year first, or in the American order when month and
// day leave a choice.
func digitDate(s string) (value, bool) {
	sep := "-"
	if strings.Contains(s, "/") {
		sep = "/"
	}
	var n [3]int
	parts := 0
	for p := range strings.SplitSeq(s, sep) {
		x, ok := number(p)
		if !ok || parts == 3 || len(p) > 4 {
			return value{}, false
		}
		n[parts] = x
		parts++
	}
	if parts == 2 && sep == "-" && n[0] >= 1000 && n[0] <= 2999 && n[1] >= 1 && n[1] <= 12 && len(s) == 7 {
		return value{gran: month, y: n[0], m: n[1]}, true
	}
	if parts != 3 {
		return value{}, false
	}
	y, m, d := n[0], n[1], n[2]
	if n[0] <= 31 {
		y, m, d = n[2], n[0], n[1]
		if m > 12 {
			m, d = d, m
		}
		if y < 100 {
			y = shortYear(y)
		}
	}
	return aDay(y, m, d)
}

// aDay returns the day y-m-d, false when there is none.
func aDay(y, m, d int) (value, bool) {
	if y < 1000 || y > 2999 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return value{}, false
	}
	return value{gran: day, y: y, m: m, d: d}, true
}
