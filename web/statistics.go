package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"quoth"
)

// Statistics are what readers answered, as far as it may be told.
type Statistics struct {
	Until    string // the last day that is counted
	All      string // in words
	Excluded int
	Withheld int
	Few      int // outlets with too few answers
	Outlets  []OutletAnswers
	Weeks    []WeekAnswers // the earliest first
}

// OutletAnswers is what readers answered about the pages of an outlet.
type OutletAnswers struct {
	Outlet, Words string
	Reasons       []ReasonCount
}

// WeekAnswers is what readers answered in a week.
type WeekAnswers struct {
	Monday            string
	Yes, No, NoReason int
	Reasons           []ReasonCount
}

// ReasonCount is how often a reason was given.
type ReasonCount struct {
	Name  string
	Count int
}

// statistics is the page of what readers answered.
func (s *Site) statistics(r *http.Request) (*answer, error) {
	if s.Dialog == nil {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "this site takes no answers"}
	}
	told, err := s.Dialog.Statistics(r.Context())
	if err != nil {
		return nil, err
	}
	return &answer{template: "statistics", Title: "What readers answer", Description: "How readers answered whether articles were helpful, with the uncertainty of it.", Canonical: "/statistics",
		Data: map[string]any{"S": told, "Drawing": weeks(told.Weeks)}}, nil
}

// weeks draws the answers of each week: yes above the line, no below it, and of no the part
// without a reason lighter.
func weeks(list []WeekAnswers) template.HTML {
	if len(list) < 2 {
		return ""
	}
	const width, height = 640.0, 140.0
	yes, no := 1, 0
	for _, w := range list {
		yes, no = max(yes, w.Yes), max(no, w.No)
	}
	unit := height / float64(yes+no)
	zero := unit * float64(yes)
	step := width / float64(len(list))
	w := min(step*.8, 36)
	var s strings.Builder
	fmt.Fprintf(&s, `<svg class="timeline" viewBox="0 0 %g %g" role="img" aria-label="Answers by week, %s to %s: yes above the line, no below">`, width, height+1, list[0].Monday, list[len(list)-1].Monday)
	for i, week := range list {
		x := (float64(i)+.5)*step - w/2
		rect := func(class string, y float64, n int) {
			if n > 0 {
				fmt.Fprintf(&s, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>week of %s: %d %s</title></rect>`, class, x, y, w, unit*float64(n), week.Monday, n, class)
			}
		}
		rect("yes", zero-unit*float64(week.Yes), week.Yes)
		rect("no", zero, week.No-week.NoReason)
		rect("bare", zero+unit*float64(week.No-week.NoReason), week.NoReason)
	}
	fmt.Fprintf(&s, `<line x1="0" y1="%.1f" x2="%g" y2="%.1[1]f"/></svg>`, zero, width)
	return template.HTML(s.String()) // days and numbers alone
}
