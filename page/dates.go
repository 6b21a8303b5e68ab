package page

import (
	"fmt"
	"strings"
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

// dayOf reads the day of a machine's date ("2025-03-20T10:00:00+01:00", "20250320",
// "March 20, 2025"), "" when it cannot be told for certain. The day is the one the
// page names, in its own time zone.
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

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

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

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}

// dateWords are the words that may stand on a date line beside the date; true are
// those that say that the day is not the one of printing.
var dateWords = map[string]bool{
	"published": false, "posted": false, "first": false, "originally": false, "on": false, "at": false, "date": false, "the": false, "by": false,
	"updated": true, "modified": true, "edited": true, "revised": true, "last": false,
	"mon": false, "tue": false, "tues": false, "wed": false, "thu": false, "thur": false, "thurs": false, "fri": false, "sat": false, "sun": false,
	"monday": false, "tuesday": false, "wednesday": false, "thursday": false, "friday": false, "saturday": false, "sunday": false,
	"am": false, "pm": false, "a": false, "p": false, "m": false, "noon": false, "midnight": false,
	"gmt": false, "utc": false, "bst": false, "est": false, "edt": false, "et": false, "cst": false, "cdt": false, "ct": false, "mst": false,
	"mdt": false, "mt": false, "pst": false, "pdt": false, "pt": false, "ist": false, "cet": false, "cest": false, "aest": false, "aedt": false,
	"st": false, "nd": false, "rd": false, "th": false, "z": false, "t": false,
}

// dated is what a date line tells.
type dated struct {
	day    string // "" when the day of printing is not among it, or could be two days
	isSaid bool   // the line says "published", "updated" or the like
}

// dateLine reads a line that holds a date and nothing else, such as "Published March
// 20, 2025, 10:30 a.m. EDT | Updated 11:00 a.m.". ok is false when it is another
// line, or names no year or no month and day.
func dateLine(s string) (d dated, ok bool) {
	if len(s) > 120 || !hasDigit(s) {
		return dated{}, false
	}
	var ds dateScan
	for i := 0; i < len(s); {
		start := i
		switch c := s[i]; {
		case isDigit(c):
			for i < len(s) && isDigit(s[i]) {
				i++
			}
			i = ds.number(s, start, i)
		case isLetter(c):
			for i < len(s) && isLetter(s[i]) {
				i++
			}
			if !ds.word(strings.ToLower(s[start:i])) {
				return dated{}, false
			}
		case strings.IndexByte(" ,.:;|/()-+–", c) >= 0:
			i++
		default:
			rest := s[i:]
			n := 0
			for _, sep := range []string{"\u00a0", "\u202f", "–", "—", "•", "·"} {
				if strings.HasPrefix(rest, sep) {
					n = len(sep)
				}
			}
			if n == 0 {
				return dated{}, false
			}
			i += n
		}
	}
	return ds.result()
}

// dateScan gathers the parts of a date line as they come.
type dateScan struct {
	iso              string // the first day written with digits
	year, month, day int
	isChange         bool // the next date tells when the page was changed
	isComplete       bool
	isSaid           bool
	hasBad           bool
}

// number takes the digits s[start:end] and returns where it read to.
func (ds *dateScan) number(s string, start, end int) int {
	if len(s) >= start+10 && isDay(s[start:start+10]) {
		if ds.iso == "" && !ds.isChange && !ds.isComplete {
			ds.iso = s[start : start+10]
		}
		ds.isComplete = true
		return start + 10
	}
	if end < len(s) && s[end] == ':' { // a time of day
		for end < len(s) && (isDigit(s[end]) || s[end] == ':') {
			end++
		}
		return end
	}
	n, width := 0, end-start
	if width <= 4 {
		n = atoi(s[start:end])
	}
	switch {
	case ds.isComplete: // a second date or a time
	case width == 4 && ds.month != 0:
		ds.year, ds.isComplete = n, true
	case width <= 2 && between(n, 1, 31) && ds.day == 0:
		ds.day = n
	case width <= 2: // "10 a.m."
	default:
		ds.hasBad = true
	}
	return end
}

// word takes a word in lower case and reports whether it belongs on a date line.
func (ds *dateScan) word(w string) bool {
	if m := months[w]; m != 0 {
		if ds.month == 0 {
			ds.month = m
		}
		return true
	}
	isChange, known := dateWords[w]
	ds.isSaid = ds.isSaid || isChange || w == "published" || w == "posted"
	if isChange && !ds.isComplete {
		ds.isChange = true
	}
	return known
}

func (ds *dateScan) result() (dated, bool) {
	if ds.hasBad || !ds.isComplete && (ds.month == 0 || ds.day == 0) {
		return dated{}, false
	}
	d := dated{isSaid: ds.isSaid}
	switch {
	case ds.isChange || !ds.isComplete:
	case ds.iso != "":
		d.day = kept(ds.iso)
	case ds.day != 0:
		d.day = kept(fmt.Sprintf("%04d-%02d-%02d", ds.year, ds.month, ds.day))
	default:
		d.day = kept(fmt.Sprintf("%04d-%02d", ds.year, ds.month))
	}
	return d, true
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
