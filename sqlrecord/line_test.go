package sqlrecord

import (
	"context"
	"errors"
	"testing"
	"time"

	"quoth"
)

// Who asks for much waits for others who do, and has no connection meanwhile.
func TestLongQuestionsWaitInLine(t *testing.T) {
	s := &Record{searches: make(chan struct{}, 1), surveys: make(chan struct{}, 1)}
	s.searches <- struct{}{}
	s.surveys <- struct{}{}
	for name, ask := range map[string]func(context.Context) error{
		"Statements": func(ctx context.Context) error { _, err := s.Statements(ctx, quoth.Query{}); return err },
		"Facets":     func(ctx context.Context) error { _, err := s.Facets(ctx, quoth.Query{}); return err },
		"Stories":    func(ctx context.Context) error { _, err := s.Stories(ctx, quoth.ArticleQuery{}); return err },
		"Trending":   func(ctx context.Context) error { _, err := s.Trending(ctx, time.Unix(0, 0), 7, 1); return err },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := ask(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, with others before it: got %v, want that it waited until it was cancelled", name, err)
		}
	}
}

func TestTrendsAreForgotten(t *testing.T) {
	var known trends
	week := period{100, 7}
	known.keep(week, []quoth.Trend{{ID: "x"}}, 0)
	if got, ok, _ := known.of(week); !ok || len(got) != 1 {
		t.Errorf("kept: got %v, %v", got, ok)
	}
	if _, ok, _ := known.of(period{101, 7}); ok {
		t.Error("another day has the same trends")
	}
	known.last[week] = counted{known.last[week].trends, time.Now().Add(-trendsAge)}
	_, ok, asOf := known.of(week)
	if ok {
		t.Error("trends are known for longer than a minute")
	}
	known.forget() // an editor hides somebody while they are counted
	known.keep(week, []quoth.Trend{{ID: "x"}}, asOf)
	if _, ok, asOf = known.of(week); ok {
		t.Error("what was counted before a change is told after it")
	}
	for i := range int64(3 * mostTrends) {
		known.keep(period{i, 1}, nil, asOf)
	}
	if len(known.last) > mostTrends {
		t.Errorf("%d periods are kept, want %d at most", len(known.last), mostTrends)
	}
}
