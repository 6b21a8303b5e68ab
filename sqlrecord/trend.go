package sqlrecord

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"quoth"
)

// trends are the last answers of Trending, which take long and are asked for by every visitor
// of a front page.
type trends struct {
	mu     sync.Mutex
	last   map[period]counted
	forgot int // how often
}

// period is so many days until a day.
type period struct {
	until int64 // by dayNumber
	days  int
}

// counted are trends as they were at a time.
type counted struct {
	trends []quoth.Trend
	at     time.Time
}

// An answer is good for a minute, and as many are kept as anybody can ask for in it.
const (
	trendsAge  = time.Minute
	mostTrends = 400
)

// of returns the trends of a period when they are known, and what keep wants to be told.
func (t *trends) of(p period) (found []quoth.Trend, ok bool, asOf int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, ok := t.last[p]
	return c.trends, ok && time.Since(c.at) < trendsAge, t.forgot
}

// keep remembers the trends of a period, unless an editor has changed something while they
// were counted.
func (t *trends) keep(p period, found []quoth.Trend, asOf int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if asOf != t.forgot {
		return
	}
	if t.last == nil || len(t.last) >= mostTrends {
		t.last = map[period]counted{}
	}
	t.last[p] = counted{found, time.Now()}
}

// forget makes the next answer a new one: nobody whom an editor has hidden is told of.
func (t *trends) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = nil
	t.forgot++
}

// Trending implements quoth.Asker.
func (s *Record) Trending(ctx context.Context, day time.Time, days, limit int) ([]quoth.Trend, error) {
	if days < 1 || days > 365 {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%d days are out of range", days), Hint: "1 to 365"}
	}
	until := period{dayNumber(day), days}
	found, ok, _ := s.trends.of(until)
	if !ok {
		done, err := inLine(ctx, s.surveys)
		if err != nil {
			return nil, err
		}
		defer done()
		var asOf int
		if found, ok, asOf = s.trends.of(until); !ok { // nor did somebody else ask while we waited
			if found, err = s.trending(ctx, day, days); err != nil {
				return nil, err
			}
			s.trends.keep(until, found, asOf)
		}
	}
	return slices.Clone(found[:min(limit, len(found))]), nil
}

// trending counts who is spoken of more than usual, the strongest burst first.
func (s *Record) trending(ctx context.Context, day time.Time, days int) ([]quoth.Trend, error) {
	const before = 4 // as many times the days make up what is usual
	_, to := dayRows(quoth.Days{To: day})
	from, _ := dayRows(quoth.Days{From: day.AddDate(0, 0, 1-days)})
	start, _ := dayRows(quoth.Days{From: day.AddDate(0, 0, 1-days*(1+before))})
	rows, err := s.query(ctx, `/* record.Trending */ select p.name, p.called, p.kind, count(*) filter (where r.article >= ?2), count(*) filter (where r.article < ?2) from presence r join person p on p.id = r.person and p.hidden = ''
		where r.article between ?1 and ?3 group by p.id having count(*) filter (where r.article >= ?2) > 1`, start, from, to)
	type line struct {
		quoth.Trend
		earlier int
	}
	lines, err := collect(s, rows, err, func(l *line) []any {
		return []any{&l.ID, &l.Name, &l.Kind, &l.Count, &l.earlier}
	})
	if err != nil {
		return nil, err
	}
	rows, err = s.query(ctx, `/* record.Trending */ select a.story, min(a.title), 'story', count(distinct a.outlet), 0 from article a
		where a.id between ? and ? group by a.story having count(distinct a.outlet) > 1`, from, to)
	stories, err := collect(s, rows, err, func(l *line) []any {
		return []any{&l.ID, &l.Name, &l.Kind, &l.Count, &l.earlier}
	})
	if err != nil {
		return nil, err
	}
	trends := make([]quoth.Trend, 0, len(lines)+len(stories))
	for _, l := range append(lines, stories...) {
		l.Usual = float64(l.earlier) / before
		if l.Burst = quoth.Burst(l.Count, l.Usual); l.Burst > 0 {
			trends = append(trends, l.Trend)
		}
	}
	slices.SortStableFunc(trends, func(a, b quoth.Trend) int {
		return cmp.Or(cmp.Compare(b.Burst, a.Burst), cmp.Compare(a.ID, b.ID))
	})
	return slices.Clone(trends[:min(quoth.MaxLimit, len(trends))]), nil
}
