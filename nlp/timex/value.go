package timex

import (
	"fmt"
	"time"

	"quoth/nlp"
)

// gran is the size of the stretch of the calendar that a value names.
type gran uint8

// The sizes, from nothing to a century.
const (
	none gran = iota
	day
	week
	weekend
	month
	season
	quarter
	year
	decade
	century
)

// mod is the part of the stretch that is meant.
type mod uint8

const (
	noMod mod = iota
	startMod
	midMod
	endMod
	approxMod
	moreMod
	lessMod
)

var modNames = [...]string{"", "START", "MID", "END", "APPROX", "MORE_THAN", "LESS_THAN"}

// value is what an expression means: a stretch of the calendar when gran is not none, or
// a TIMEX3 value as text (a duration, PRESENT_REF, a time without a day).
type value struct {
	kind nlp.TimexType
	gran gran
	mod  mod
	// y, m, d: of a week its first day; of a weekend its Saturday; of a season m is 21
	// to 24 (spring to winter) and of a quarter 1 to 4. A decade and a century have the
	// first year in y. Years before Christ are negative, -1 the last of them.
	y, m, d int
	part    string // time of day as TIMEX3 writes it after the date: "TNI", "T15:00"
	text    string // the whole TIMEX3 value, when it follows from no date
	// end is the last day or month or year when it is not what gran tells.
	end limit
	// isOpen is moreMod for "more than twenty years ago" and lessMod for "less than".
	isOpen mod
}

// limit is the other end of an interval.
type limit struct {
	isSet   bool
	y, m, d int // m and d may be 0
}

// dateOf returns the day of t, none when t is zero.
func dateOf(t time.Time) value {
	if t.IsZero() {
		return value{}
	}
	return value{gran: day, y: t.Year(), m: int(t.Month()), d: t.Day()}
}

// time returns the first moment of v.
func (v value) time() time.Time {
	m, d := v.m, v.d
	switch v.gran {
	case season:
		return v.firstMonth().time()
	case quarter:
		m, d = 3*v.m-2, 1
	case month:
		d = 1
	case year, decade, century:
		m, d = 1, 1
	}
	return time.Date(v.y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
}

// start returns the day on which v begins.
func (v value) start() value { return dateOf(v.time()) }

// after reports whether v begins after o does.
func (v value) after(o value) bool { return v.time().After(o.time()) }

// addDays returns the day n days after the one on which v begins.
func (v value) addDays(n int) value { return dateOf(v.time().AddDate(0, 0, n)) }

// weekday returns the day of the week of v, Monday 0.
func (v value) weekday() int { return (int(v.time().Weekday()) + 6) % 7 }

// monday returns the week of v.
func (v value) monday() value {
	w := v.addDays(-v.weekday())
	w.gran = week
	return w
}

// move returns the stretch of size g that lies n such stretches after the one v is in.
func (v value) move(g gran, n int) value {
	s := v.start()
	switch g {
	case day:
		return s.addDays(n)
	case week:
		return s.monday().addDays(7 * n).as(week)
	case weekend:
		return s.monday().addDays(5 + 7*n).as(weekend)
	case month:
		k := 12*s.y + s.m - 1 + n
		return value{gran: month, y: floorDiv(k, 12), m: k - 12*floorDiv(k, 12) + 1}
	case quarter:
		k := 4*s.y + (s.m-1)/3 + n
		return value{gran: quarter, y: floorDiv(k, 4), m: k - 4*floorDiv(k, 4) + 1}
	case decade:
		return value{gran: decade, y: 10 * (floorDiv(s.y, 10) + n)}
	case century:
		return value{gran: century, y: 100 * (floorDiv(s.y, 100) + n)}
	}
	return value{gran: year, y: s.y + n}
}

// before reports whether v ends before o begins.
func (v value) before(o value) bool { return v.lastTime().Before(o.time()) }

// lastTime returns the last day of v.
func (v value) lastTime() time.Time {
	switch v.gran {
	case month, year, quarter:
		return v.move(v.gran, 1).time().AddDate(0, 0, -1)
	case season:
		return v.time().AddDate(0, 3, -1)
	case week:
		return v.time().AddDate(0, 0, 6)
	}
	return v.time()
}

// maxShift bounds how far a count of units may lead, in days: some 10 000 years.
const maxShift = 3_660_000

// shift returns the stretch of size g that lies n such stretches from v, day for day when
// g is a day or less. It is false when that leaves the years that EDTF writes.
func (v value) shift(g gran, n int) (value, bool) {
	days := map[gran]int{week: 7, month: 31, quarter: 92, year: 366, decade: 3660, century: 36600}[g]
	if k := max(days, 1) * n; k > maxShift || k < -maxShift || v.y < 0 {
		if v.y < 0 && g == year && v.y+n < 0 {
			return value{gran: year, y: v.y + n}, true
		}
		return value{}, false
	}
	var s value
	switch {
	case v.gran > g || g >= hour && v.gran != day: // two days after a month: that month
		s = v
		s.part = ""
		if v.gran == g {
			s = v.move(g, n)
		}
	case g >= hour:
		s = v.start()
	case g == decade:
		s = v.move(year, 10*n)
	case g == century:
		s = v.move(year, 100*n)
	default:
		s = v.move(g, n)
	}
	s.end = limit{}
	return s, s.y >= 1 && s.y <= 9999
}

// shiftDays returns the day n stretches of size g from the one on which v begins, false
// when that leaves the years that EDTF writes.
func (v value) shiftDays(g gran, n int) (value, bool) {
	if _, ok := v.shift(g, n); !ok {
		return value{}, false
	}
	days, months := 0, 0
	switch g {
	case week:
		days = 7 * n
	case month:
		months = n
	case quarter:
		months = 3 * n
	case year:
		months = 12 * n
	case decade:
		months = 120 * n
	case century:
		months = 1200 * n
	default:
		days = n
	}
	return dateOf(v.time().AddDate(0, months, days)), true
}

func (v value) as(g gran) value {
	v.gran = g
	return v
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// daysIn is the number of days of a month.
func daysIn(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// isInterval reports whether the EDTF of v has two ends.
func (v value) isInterval() bool {
	return v.end.isSet || v.gran == week || v.gran == weekend || v.gran == season || v.gran == quarter || v.gran == decade || v.gran == century ||
		(v.gran == month || v.gran == year) && v.mod >= startMod && v.mod <= endMod
}

// edtf returns v as an EDTF date or interval, "" when it names none. A week, a decade or
// the early part of a month are intervals, since EDTF has no words for them.
func (v value) edtf() string {
	if v.y < 0 {
		return v.beforeChrist()
	}
	if v.y < 1 || v.y > 9999 {
		return ""
	}
	if v.end.isSet {
		return v.plain() + "/" + v.end.String()
	}
	switch v.gran {
	case day:
		return ymd(v.y, v.m, v.d)
	case week, weekend:
		last := v.addDays(6)
		if v.gran == weekend {
			last = v.addDays(1)
		}
		return v.plain() + "/" + last.plain()
	case month:
		return v.monthEDTF()
	case season:
		return v.seasonEDTF()
	case quarter:
		return fmt.Sprintf("%04d-%02d/%04d-%02d", v.y, 3*v.m-2, v.y, 3*v.m)
	case year:
		return v.yearEDTF()
	case decade:
		a, b := thirds(v.mod, v.y, v.y+9, v.y+3, v.y+6)
		return fmt.Sprintf("%04d/%04d", a, b)
	case century:
		return fmt.Sprintf("%04d/%04d", v.y, v.y+99)
	}
	return ""
}

// seasonEDTF is the months of a season of the northern half of the world. EDTF has codes
// for seasons too, which name no months and cannot be compared with dates.
func (v value) seasonEDTF() string {
	first := v.firstMonth()
	return first.plain() + "/" + first.move(month, 2).plain()
}

// firstMonth is the month in which a season begins: the winter of a year in the last of the year before.
func (v value) firstMonth() value {
	if v.m == 24 {
		return value{gran: month, y: v.y - 1, m: 12}
	}
	return value{gran: month, y: v.y, m: 3 * (v.m - 20)}
}

// year4 writes a year in four digits.
func year4(y int) string { return fmt.Sprintf("%04d", y) }

// two writes n in two digits.
func two(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }

// plain is v without its end.
func (v value) plain() string {
	switch v.gran {
	case month:
		return fmt.Sprintf("%04d-%02d", v.y, v.m)
	case year, decade, century:
		return fmt.Sprintf("%04d", v.y)
	}
	return ymd(v.y, v.m, v.d)
}

func ymd(y, m, d int) string {
	var b [10]byte
	digits(b[:4], y)
	b[4] = '-'
	digits(b[5:7], m)
	b[7] = '-'
	digits(b[8:], d)
	return string(b[:])
}

// digits writes n into b with leading zeros.
func digits(b []byte, n int) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}

func (v value) monthEDTF() string {
	if v.mod < startMod || v.mod > endMod {
		return v.plain()
	}
	a, b := thirds(v.mod, 1, daysIn(v.y, v.m), 10, 20)
	return ymd(v.y, v.m, a) + "/" + ymd(v.y, v.m, b)
}

func (v value) yearEDTF() string {
	if v.mod < startMod || v.mod > endMod {
		return v.plain()
	}
	a, b := thirds(v.mod, 1, 12, 4, 8)
	return fmt.Sprintf("%04d-%02d/%04d-%02d", v.y, a, v.y, b)
}

// thirds returns the part of first to last that m means, the cuts after i and j.
func thirds(m mod, first, last, i, j int) (int, int) {
	switch m {
	case startMod:
		return first, i
	case midMod:
		return i + 1, j
	case endMod:
		return j + 1, last
	}
	return first, last
}

// beforeChrist is the EDTF of a year before Christ: astronomical, with a year 0.
func (v value) beforeChrist() string {
	if v.gran != year || v.y < -9999 {
		return ""
	}
	if v.y == -1 {
		return "0000"
	}
	return fmt.Sprintf("-%04d", -v.y-1)
}

// String returns l as an EDTF date.
func (l limit) String() string {
	switch {
	case l.m == 0:
		return fmt.Sprintf("%04d", l.y)
	case l.d == 0:
		return fmt.Sprintf("%04d-%02d", l.y, l.m)
	}
	return ymd(l.y, l.m, l.d)
}

var seasonNames = [...]string{"SP", "SU", "FA", "WI"}

// timex3 returns v as TIMEX3 writes it.
func (v value) timex3() string {
	if v.text != "" {
		return v.text
	}
	if v.y < 0 {
		return v.timex3BC()
	}
	switch v.gran {
	case day:
		return ymd(v.y, v.m, v.d) + v.part
	case week, weekend:
		y, w := v.time().ISOWeek()
		s := fmt.Sprintf("%04d-W%02d", y, w)
		if v.gran == weekend {
			s += "-WE"
		}
		return s
	case month:
		return fmt.Sprintf("%04d-%02d", v.y, v.m)
	case season:
		return fmt.Sprintf("%04d-%s", v.y, seasonNames[v.m-21])
	case quarter:
		return fmt.Sprintf("%04d-Q%d", v.y, v.m)
	case year:
		return fmt.Sprintf("%04d", v.y)
	case decade:
		return fmt.Sprintf("%03d", v.y/10)
	case century:
		return fmt.Sprintf("%02d", v.y/100)
	}
	return ""
}

// timex3BC is v before Christ.
func (v value) timex3BC() string {
	y := fmt.Sprintf("BC%04d", -v.y)
	switch v.gran {
	case decade:
		return y[:5]
	case century:
		return y[:4]
	case month:
		return y + "-" + two(v.m)
	case season:
		return y + "-" + seasonNames[v.m-21]
	case day:
		return y + "-" + two(v.m) + "-" + two(v.d)
	}
	return y
}
