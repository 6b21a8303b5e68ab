package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"

	"quoth"
)

// A bar is a stretch of days on a timeline.
type bar struct {
	Name        string // "March 2026"
	Said, About int
}

// maxBars is how many bars a timeline has at most: as many as a phone shows apart.
const maxBars = 48

// bars sorts days into stretches of equal kind, the finest that there are few enough of: days,
// months or years. Stretches without anything are in it too.
func bars(days []quoth.Presence) []bar {
	if len(days) == 0 {
		return nil
	}
	first, last := days[0].Day, days[len(days)-1].Day
	for _, kind := range []struct {
		form  string
		floor func(time.Time) time.Time
		next  func(time.Time) time.Time
	}{
		{"2 January 2006", func(t time.Time) time.Time { return t }, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
		{"January 2006", func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
		{"2006", func(t time.Time) time.Time { return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC) }, func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
	} {
		var all []bar
		i := 0
		for at := kind.floor(first); !at.After(last) && len(all) <= maxBars; at = kind.next(at) {
			b := bar{Name: at.Format(kind.form)}
			for ; i < len(days) && days[i].Day.Before(kind.next(at)); i++ {
				b.Said += days[i].Said
				b.About += days[i].About
			}
			all = append(all, b)
		}
		if i == len(days) && len(all) <= maxBars {
			return all
		}
	}
	return nil
}

// The drawings are SVG, made here: nothing is loaded for them, and they are there without
// scripts. Every number in them stands in a list or a table beside them.

// timeline draws bars: above the line what somebody said, below it what was said about them.
func timeline(list []bar) template.HTML {
	if len(list) < 2 {
		return ""
	}
	const width, height = 640.0, 120.0 // of the drawing, without its names
	said, about := 1, 0
	for _, b := range list {
		said, about = max(said, b.Said), max(about, b.About)
	}
	unit := height / float64(said+about)
	zero := unit * float64(said) // where the line is
	step := width / float64(len(list))
	w := min(step*.8, 36)
	var s strings.Builder
	fmt.Fprintf(&s, `<svg class="timeline" viewBox="0 0 %g %g" role="img" aria-label="Statements over time, %s to %s: said above the line, about them below">`,
		width, height+1, list[0].Name, list[len(list)-1].Name)
	for i, b := range list {
		x := (float64(i)+.5)*step - w/2
		for _, part := range []struct {
			n     int
			class string
			up    bool
		}{{b.Said, "said", true}, {b.About, "about", false}} {
			h := unit * float64(part.n)
			y := zero
			if part.up {
				y = zero - h
			}
			if part.n > 0 {
				fmt.Fprintf(&s, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s: %d %s</title></rect>`, part.class, x, y, w, h, b.Name, part.n, part.class)
			}
		}
	}
	fmt.Fprintf(&s, `<line x1="0" y1="%.1f" x2="%g" y2="%.1[1]f"/></svg>`, zero, width)
	return template.HTML(s.String()) // names of months and numbers alone
}

// A neighbour is somebody of a person's circle.
type neighbour struct {
	ID, Name string
	To, From int // statements of the person about them, of them about the person
}

// neighbours joins both sides of a circle, the closest first.
func neighbours(c quoth.Circle, limit int) []neighbour {
	var all []neighbour
	at := map[string]int{}
	of := func(f quoth.Facet) *neighbour {
		i, ok := at[f.Value]
		if !ok {
			i = len(all)
			at[f.Value] = i
			all = append(all, neighbour{ID: f.Value, Name: f.Name})
		}
		return &all[i]
	}
	for _, f := range c.SpeaksOf {
		of(f).To = f.Count
	}
	for _, f := range c.SpokenBy {
		of(f).From = f.Count
	}
	slices.SortStableFunc(all, func(a, b neighbour) int { return cmp.Compare(b.To+b.From, a.To+a.From) })
	return all[:min(limit, len(all))]
}

// maxNameRunes is how much of a name stands in a drawing.
const maxNameRunes = 16

// circle draws a person with their circle around them: the more they speak of one another, the
// thicker the line. Each name leads to the pair.
func circle(p quoth.Person, list []neighbour) template.HTML {
	if len(list) < 2 {
		return ""
	}
	const width, height = 640.0, 380.0
	most := 1
	for _, n := range list {
		most = max(most, n.To+n.From)
	}
	var lines, names strings.Builder
	for i, n := range list {
		angle := 2*math.Pi*float64(i)/float64(len(list)) - math.Pi/2
		x, y := width/2+115*math.Cos(angle), height/2+140*math.Sin(angle)
		fmt.Fprintf(&lines, `<line x1="%g" y1="%g" x2="%.1f" y2="%.1f" stroke-width="%.1f"/>`, width/2, height/2, x, y, 1+7*float64(n.To+n.From)/float64(most))
		anchor, dx := "middle", 0.0
		dy := 22.0
		switch c := math.Cos(angle); {
		case c > .3:
			anchor, dx, dy = "start", 12, 5
		case c < -.3:
			anchor, dx, dy = "end", -12, 5
		case math.Sin(angle) < 0:
			dy = -13
		}
		name := n.Name
		if r := []rune(name); len(r) > maxNameRunes {
			name = string(r[:maxNameRunes-1]) + "…"
		}
		fmt.Fprintf(&names, `<a href="%s" aria-label="%s: %d about them, %d by them"><circle cx="%.1f" cy="%.1f" r="7"/><text x="%.1f" y="%.1f" text-anchor="%s">%s</text></a>`,
			template.HTMLEscapeString(pairPath(p.ID, n.ID)), template.HTMLEscapeString(n.Name), n.To, n.From, x, y, x+dx, y+dy, anchor, template.HTMLEscapeString(name))
	}
	return template.HTML(fmt.Sprintf(`<svg class="circle" viewBox="0 0 %g %g" role="group" aria-label="Those whom %s speaks of, and who speak of them">%s<circle class="self" cx="%g" cy="%g" r="11"/>%s</svg>`,
		width, height, template.HTMLEscapeString(p.Name), lines.String(), width/2, height/2, names.String())) // all names are escaped
}
