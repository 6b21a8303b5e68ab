package feedback

import (
	"context"
	"fmt"
	"math"
	"time"

	"quoth"
)

// Interval is the range in which a share lies with a confidence of 95 %, by Wilson's
// score (Wilson 1927): honest for few answers too, unlike the normal approximation.
func Interval(yes, n int) (low, high float64) {
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
func (d *Desk) Summary(ctx context.Context, kind, target string) (Summary, error) {
	until := d.now().UTC().Truncate(24 * time.Hour).Add(-Publication)
	counts, err := d.store.FeedbackCounts(ctx, kind, target, until)
	if err != nil {
		return Summary{}, err
	}
	var c quoth.FeedbackCount
	if len(counts) > 0 {
		c = counts[0]
	}
	s := summarize(c)
	s.Until = until.Add(-time.Second).Format(time.DateOnly)
	return s, nil
}

// summarize applies the thresholds.
func summarize(c quoth.FeedbackCount) Summary {
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
		s.Words = fmt.Sprintf("%d of %d readers who answered found it helpful", c.Yes, n)
	default:
		s.Low, s.High = Interval(c.Yes, n)
		s.Words = fmt.Sprintf("%.0f %% found it helpful (%.0f–%.0f %%, n = %d)", 100*float64(c.Yes)/float64(n), 100*s.Low, 100*s.High, n)
	}
	if s.Withheld > 0 {
		s.Words += fmt.Sprintf("; %d of a day under review are withheld", s.Withheld)
	}
	return s
}
