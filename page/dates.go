package page

import (
	"strings"
	"time"
)

// How far a day is believed, by the place that told it. Measured on the 87 pages of
// the fundus collection with a gold date: see docs/evaluation.md; the order matters,
// the figures are only a summary of it.
const (
	sureJSONLD   = 0.98
	sureMeta     = 0.95
	sureDateline = 0.9
	sureURL      = 0.8
)

// isDay reports whether s is an EDTF level 0 date: YYYY, YYYY-MM or YYYY-MM-DD.
func isDay(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i := range len(s) {
		if i == 4 || i == 7 {
			if s[i] != '-' {
				return false
			}
		} else if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	if len(s) > 4 && !between(atoi(s[5:7]), 1, 12) {
		return false
	}
	return len(s) < 10 || between(atoi(s[8:10]), 1, daysIn(atoi(s[:4]), atoi(s[5:7])))
}

func between(n, low, high int) bool { return low <= n && n <= high }

// atoi reads a short run of digits that has been checked.
func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// plausible keeps out days that no page on the web was printed on: they come from
// templates ("0001-01-01", the Unix epoch) and typing errors.
func plausible(day string) bool {
	return isDay(day) && day[:4] >= "1600" && day[:4] < "2200" && day != "1970-01-01"
}

// stamp is a date as a machine gives it.
type stamp struct {
	day  string // EDTF level 0, "" when it is not known
	time string // ISO 8601 with the zone that was written, "" when there is no time of day
	rank int    // of the name it stands under, 1 is believed most; 0 when that is not asked
}

// prefer takes a date that stands under a name of this rank, unless a better one is
// known.
func (s *stamp) prefer(content string, rank int) {
	if s.rank != 0 && s.rank <= rank {
		return
	}
	if got := stampOf(content); got.day != "" {
		*s = got
		s.rank = rank
	}
}

// stampOf reads the date of a machine ("2025-03-20T10:00:00+01:00", "20250320",
// "March 20, 2025"). The day is the one that the page names, in its own time zone,
// and is "" when it cannot be told for certain.
func stampOf(s string) stamp {
	s = strings.TrimSpace(s)
	return stamp{day: dayOf(s), time: timeOf(s)}
}

// timeLayouts are the ways in which pages write a date with a time of day; those
// without a zone come last.
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05.999Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05 -0700",
	time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "20060102T150405Z0700",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
}

// timeOf reads the time of a machine's date, "" when it gives none.
func timeOf(s string) string {
	if len(s) < len("2006-01-02 15:04") || len(s) > 40 {
		return ""
	}
	for i, layout := range timeLayouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if !plausible(t.Format(time.DateOnly)) {
			return ""
		}
		if i >= len(timeLayouts)-4 {
			return t.Format("2006-01-02T15:04:05")
		}
		return t.Format("2006-01-02T15:04:05Z07:00")
	}
	return ""
}

// Day is the day (EDTF level 0) that the date of a record tells, "" when it cannot be
// told for certain; such a date is ignored.
func Day(date string) string { return dayOf(date) }

// dayOf is the day of stampOf.
func dayOf(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 100 {
		return ""
	}
	for _, n := range []int{10, 7, 4} {
		if len(s) >= n && isDay(s[:n]) && (len(s) == n || !isDigit(s[n]) && s[n] != '-') {
			// "2025 was …" is no date; a bare year or month must be all there is.
			if n == 10 || len(s) == n {
				return kept(s[:n])
			}
		}
	}
	if len(s) >= 8 && allDigits(s[:8]) && (len(s) == 8 || s[8] == 'T' || s[8] == ' ') {
		return kept(s[:4] + "-" + s[4:6] + "-" + s[6:8])
	}
	if len(s) >= 10 && s[4] == '/' && s[7] == '/' {
		return kept(s[:4] + "-" + s[5:7] + "-" + s[8:10])
	}
	if d, ok := dateLine(s); ok {
		return d.day
	}
	return ""
}

func kept(day string) string {
	if plausible(day) {
		return day
	}
	return ""
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// dayInURL finds a day in the path of an address: /2025/03/20/, /2025-03-20 or
// -20250320. It returns "" when there is none, or only a year and month.
func dayInURL(url string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	_, path, ok := strings.Cut(url, "/")
	if !ok {
		return ""
	}
	path, _, _ = strings.Cut(path, "?")
	for i := 0; i+8 <= len(path); i++ {
		if !isDigit(path[i]) || i > 0 && isDigit(path[i-1]) {
			continue
		}
		if day := dayAt(path[i:]); day != "" {
			return day
		}
	}
	return ""
}

// dayAt reads a day at the head of s.
func dayAt(s string) string {
	day := ""
	switch {
	case len(s) >= 10 && (s[4] == '/' || s[4] == '-' || s[4] == '_') && s[7] == s[4]:
		day = s[:4] + "-" + s[5:7] + "-" + s[8:10]
		s = s[10:]
	case allDigits(s[:8]):
		day = s[:4] + "-" + s[4:6] + "-" + s[6:8]
		s = s[8:]
	default:
		return ""
	}
	// Story numbers look like days: the web is not older than 1990.
	if s != "" && isDigit(s[0]) || !plausible(day) || day < "1990" {
		return ""
	}
	return day
}
