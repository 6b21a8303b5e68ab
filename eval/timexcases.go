package eval

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"quoth"
)

// TimexCase is a unit case with what was found: see [quoth/corpus.TimexCase].
type TimexCase struct {
	Text     string
	Expected []TimexAnswer
	Found    []FoundTimex
}

// TimexAnswer is an expected expression with the values that count as right.
type TimexAnswer struct {
	Text, Type, Timex string
	Values            []string    // days or moments
	Ranges            [][2]string // a first day and the day after the last
}

// FoundTimex is an expression found.
type FoundTimex struct {
	quoth.Span
	Value, EDTF string
}

// CaseFigures are the cases of one type, and why those fail that do.
type CaseFigures struct {
	Type    string `json:"type"`
	Cases   int    `json:"cases"`
	Passed  int    `json:"passed"`
	Missed  int    `json:"missed"`   // an expression was not found
	Value   int    `json:"value"`    // it has another value
	TooMany int    `json:"too_many"` // something was found where nothing is
}

// TimexCases scores cases by the type of their first expected expression; "none" are
// those that expect nothing. Expressions count as found when they overlap. Cases that
// ask for spans alone pass without a value.
func TimexCases(cases []TimexCase) []CaseFigures {
	byType := map[string]*CaseFigures{}
	for _, c := range cases {
		kind := "none"
		if len(c.Expected) > 0 {
			kind = c.Expected[0].Type
		}
		f := byType[kind]
		if f == nil {
			f = &CaseFigures{Type: kind}
			byType[kind] = f
		}
		f.Cases++
		switch c.Verdict() {
		case CasePassed:
			f.Passed++
		case CaseMissed:
			f.Missed++
		case CaseValue:
			f.Value++
		case CaseTooMany:
			f.TooMany++
		}
	}
	var out []CaseFigures
	for _, f := range byType {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b CaseFigures) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Type, b.Type))
	})
	return out
}

// CaseVerdict is how a case ends.
type CaseVerdict string

// The verdicts.
const (
	CasePassed  CaseVerdict = "passed"
	CaseMissed  CaseVerdict = "missed"   // an expression was not found
	CaseValue   CaseVerdict = "value"    // it has another value
	CaseTooMany CaseVerdict = "too many" // something was found where nothing is
)

// Verdict tells whether c passes, and if not why.
func (c TimexCase) Verdict() CaseVerdict {
	if len(c.Expected) == 0 {
		if len(c.Found) > 0 {
			return CaseTooMany
		}
		return CasePassed
	}
	lower := strings.ToLower(c.Text)
	from := 0
	for _, a := range c.Expected {
		i := strings.Index(lower[min(from, len(lower)):], strings.ToLower(a.Text))
		if i < 0 {
			return CaseMissed
		}
		span := quoth.Span{Start: from + i, End: from + i + len(a.Text)}
		from = span.End
		k := slices.IndexFunc(c.Found, func(f FoundTimex) bool { return f.Overlaps(span) })
		if k < 0 {
			return CaseMissed
		}
		if !a.isRight(c.Found[k]) {
			return CaseValue
		}
	}
	return CasePassed
}

// isRight reports whether f has one of the values of a. A case without values asks for
// the span alone.
func (a TimexAnswer) isRight(f FoundTimex) bool {
	if a.Timex == "" && len(a.Values) == 0 && len(a.Ranges) == 0 || f.Value == a.Timex {
		return true
	}
	if _, clock, ok := strings.Cut(f.Value, "T"); ok && strings.HasPrefix(a.Timex, "T") && sameClock(clock, a.Timex[1:]) {
		return true
	}
	found := intervalOf(f.EDTF)
	for _, v := range a.Values {
		day, clock, hasClock := strings.Cut(v, " ")
		if hasClock {
			d, c, ok := strings.Cut(f.Value, "T")
			if ok && d == day && strings.HasPrefix(clock, c) {
				return true
			}
			continue
		}
		if found.isValid && found == intervalOf(day) {
			return true
		}
	}
	for _, r := range a.Ranges {
		if found.isValid && found == untilDay(r) {
			return true
		}
	}
	return false
}

// sameClock compares 15:00 with 15, and 15:30 with 15:30.
func sameClock(a, b string) bool { return a == b || strings.TrimSuffix(a, ":00") == b }

// untilDay is the interval of days of a range whose end is not in it.
func untilDay(r [2]string) days {
	first, err1 := time.Parse(time.DateOnly, r[0])
	end, err2 := time.Parse(time.DateOnly, r[1])
	if err1 != nil || err2 != nil {
		return days{}
	}
	return days{first, end.AddDate(0, 0, -1), true}
}
