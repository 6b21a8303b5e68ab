package feedback

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"quoth"
)

// interval is the range in which a share lies with a confidence of 95 %, by Wilson's
// score (Wilson 1927): honest for few answers too, unlike the normal approximation.
func interval(yes, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959964
	p, count := float64(yes)/float64(n), float64(n)
	centre := (p + z*z/(2*count)) / (1 + z*z/count)
	half := z * math.Sqrt(p*(1-p)/count+z*z/(4*count*count)) / (1 + z*z/count)
	return max(0, centre-half), min(1, centre+half)
}

// The thresholds of what is said of answers.
const (
	leastCounted = 10 // below, only that there are too few
	leastShare   = 30 // below, only counts
	leastCell    = 5  // a reason of fewer is not told
)

// Publication is the delay of what is published: whole days only, and the last not.
const Publication = 24 * time.Hour

// Summary is what may be said in public of the answers about one revision.
type Summary struct {
	Words    string         `json:"words"`
	Answers  int            `json:"answers"`
	Yes      int            `json:"yes"`
	Low      float64        `json:"low"` // of the share of yes; 0 and 1 when nothing may be said of it
	High     float64        `json:"high"`
	Reasons  map[string]int `json:"reasons"` // those with at least five answers
	Excluded int            `json:"excluded"`
	Withheld int            `json:"withheld"` // of days that are under review
	Revision int            `json:"revision"`
	Until    string         `json:"until"` // the last day that is counted
}

// Summary says what may be said of a target, of its newest revision that has answers.
func (b *Box) Summary(ctx context.Context, kind, target string) (Summary, error) {
	until := b.now().UTC().Truncate(24 * time.Hour).Add(-Publication)
	counts, err := b.store.FeedbackCounts(ctx, kind, target, until)
	if err != nil {
		return Summary{}, err
	}
	var c quoth.FeedbackCount
	if len(counts) > 0 {
		c = counts[0]
	}
	s := summarize(c, said[kind])
	s.Until = until.Add(-time.Second).Format(time.DateOnly)
	return s, nil
}

// said is what a yes says, by the kind of what was asked about: the questions differ.
var said = map[string]string{"article": "found it helpful", "statement": "found it recorded correctly"}

// saidYes is what a yes says where answers to both questions are counted together.
const saidYes = "said yes"

// summarize applies the thresholds; yes is what those say who say yes.
func summarize(c quoth.FeedbackCount, yes string) Summary {
	n := c.Yes + c.No
	s := Summary{Answers: n, Yes: c.Yes, Low: 0, High: 1, Reasons: map[string]int{}, Excluded: c.Excluded, Withheld: c.Withheld, Revision: c.Revision}
	for r, count := range c.Reasons {
		if count >= leastCell {
			s.Reasons[r] = count
		}
	}
	switch {
	case n < leastCounted:
		s.Words, s.Yes, s.Reasons = fmt.Sprintf("Too few answers (%d)", n), 0, map[string]int{}
	case n < leastShare:
		s.Words = fmt.Sprintf("%d of %d readers who answered %s", c.Yes, n, yes)
	default:
		s.Low, s.High = interval(c.Yes, n)
		s.Words = fmt.Sprintf("%.0f %% %s (%.0f–%.0f %%, n = %d)", 100*float64(c.Yes)/float64(n), yes, 100*s.Low, 100*s.High, n)
	}
	if s.Withheld > 0 {
		s.Words += fmt.Sprintf("; %d of a day under review are withheld", s.Withheld)
	}
	return s
}

// Statistics are what readers answered about the whole record.
type Statistics struct {
	Until   string       `json:"until"` // the last day that is counted
	All     Summary      `json:"all"`
	Outlets []OutletLine `json:"outlets"` // with at least ten answers, the most answered first
	Few     int          `json:"few"`     // outlets with fewer, or that would tell of one with fewer
	Weeks   []Week       `json:"weeks"`   // with at least ten answers, the earliest first
}

// OutletLine is what readers answered about the pages of an outlet.
type OutletLine struct {
	Outlet string `json:"outlet"`
	Summary
	NoReason int `json:"no_reason"` // of those who said no: without a reason
}

// Week is what readers answered in one week.
type Week struct {
	Monday   string         `json:"monday"` // YYYY-MM-DD
	Yes      int            `json:"yes"`
	No       int            `json:"no"`
	NoReason int            `json:"no_reason"`
	Reasons  map[string]int `json:"reasons"` // those with at least five answers
}

// Statistics says what may be said of all answers. It is made once for each day, since whole
// days only are counted; it may be asked as often as a page is.
func (b *Box) Statistics(ctx context.Context) (Statistics, error) {
	until := b.now().UTC().Truncate(24 * time.Hour).Add(-Publication)
	day := until.Add(-time.Second).Format(time.DateOnly)
	b.daily.Lock()
	defer b.daily.Unlock()
	if b.daily.s.Until == day {
		return b.daily.s, nil
	}
	outlets, err := b.store.FeedbackByOutlet(ctx, until)
	if err != nil {
		return Statistics{}, err
	}
	days, err := b.store.FeedbackByDay(ctx, until)
	if err != nil {
		return Statistics{}, err
	}
	b.daily.s = statistics(day, outlets, days)
	return b.daily.s, nil
}

// statistics applies the thresholds to counts.
func statistics(until string, outlets, days []quoth.FeedbackGroup) Statistics {
	s := Statistics{Until: until}
	all := quoth.FeedbackCount{Reasons: map[string]int{}}
	for _, g := range outlets {
		add(&all, g.FeedbackCount)
		if g.Yes+g.No < leastCounted || g.Outlet == "" {
			s.Few++
			continue
		}
		line := OutletLine{Outlet: g.Outlet, Summary: summarize(g.FeedbackCount, saidYes), NoReason: g.NoReason}
		if line.NoReason < leastCell {
			line.NoReason = 0
		}
		s.Outlets = append(s.Outlets, line)
	}
	slices.SortStableFunc(s.Outlets, func(a, b OutletLine) int { return b.Answers - a.Answers })
	if n := len(s.Outlets); s.Few == 1 && n > 0 {
		// The one that is not told could be had from the total; with a second it cannot.
		s.Outlets, s.Few = s.Outlets[:n-1], 2
	}
	s.All = summarize(all, saidYes)
	for _, g := range days {
		day, err := time.Parse(time.DateOnly, g.Day)
		if err != nil {
			continue // the schema has days only
		}
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7).Format(time.DateOnly)
		if n := len(s.Weeks); n == 0 || s.Weeks[n-1].Monday != monday {
			s.Weeks = append(s.Weeks, Week{Monday: monday, Reasons: map[string]int{}})
		}
		w := &s.Weeks[len(s.Weeks)-1]
		w.Yes, w.No, w.NoReason = w.Yes+g.Yes, w.No+g.No, w.NoReason+g.NoReason
		for r, n := range g.Reasons {
			w.Reasons[r] += n
		}
	}
	s.Weeks = slices.DeleteFunc(s.Weeks, func(w Week) bool { return w.Yes+w.No < leastCounted })
	for i := range s.Weeks {
		w := &s.Weeks[i]
		maps.DeleteFunc(w.Reasons, func(_ string, n int) bool { return n < leastCell })
		if w.NoReason < leastCell {
			w.NoReason = 0
		}
	}
	return s
}

// add adds the counts of c to all.
func add(all *quoth.FeedbackCount, c quoth.FeedbackCount) {
	all.Yes, all.No, all.NoReason = all.Yes+c.Yes, all.No+c.No, all.NoReason+c.NoReason
	all.Excluded, all.Withheld = all.Excluded+c.Excluded, all.Withheld+c.Withheld
	for r, n := range c.Reasons {
		all.Reasons[r] += n
	}
}
