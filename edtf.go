package quoth

import (
	"strings"
	"time"
)

// Days is the range of days that an EDTF date means, both ends included. The zero
// time.Time at an end leaves it open.
type Days struct{ From, To time.Time }

// DaysOf returns the days that an EDTF level 0 date or interval covers: "2026-04-17",
// "2026-04", "2026", "2026-04/2026-06", "2026/..", "../2026". ok is false for anything
// else, "" included, and for an interval that ends before it begins.
func DaysOf(edtf string) (d Days, ok bool) {
	from, to, isInterval := strings.Cut(edtf, "/")
	if !isInterval {
		return daysOfDate(edtf)
	}
	if isOpen(from) && isOpen(to) {
		return Days{}, false
	}
	if !isOpen(from) {
		first, ok := daysOfDate(from)
		if !ok {
			return Days{}, false
		}
		d.From = first.From
	}
	if !isOpen(to) {
		last, ok := daysOfDate(to)
		if !ok {
			return Days{}, false
		}
		d.To = last.To
	}
	if !d.From.IsZero() && !d.To.IsZero() && d.To.Before(d.From) {
		return Days{}, false
	}
	return d, true
}

// isOpen reports whether an end of an interval is open or not known.
func isOpen(end string) bool { return end == "" || end == ".." }

// daysOfDate is DaysOf for a single date.
func daysOfDate(date string) (Days, bool) {
	if day, err := time.Parse("2006-01-02", date); err == nil {
		return Days{day, day}, true
	}
	if month, err := time.Parse("2006-01", date); err == nil {
		return Days{month, month.AddDate(0, 1, -1)}, true
	}
	if year, err := time.Parse("2006", date); err == nil {
		return Days{year, year.AddDate(1, 0, -1)}, true
	}
	return Days{}, false
}
