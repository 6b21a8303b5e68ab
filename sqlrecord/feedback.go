package sqlrecord

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"quoth"
)

// KeepFeedback implements quoth.FeedbackStore.
func (s *Record) KeepFeedback(ctx context.Context, changes []quoth.FeedbackChange) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		k := &keeping{Record: s, ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}}
		defer k.close()
		for i := range changes {
			if err := k.feedback(&changes[i]); err != nil {
				return fmt.Errorf("keep an answer about %s %s: %w", changes[i].Kind, changes[i].Target, err)
			}
		}
		return nil
	})
}

// feedback writes one change and the event of it.
func (k *keeping) feedback(c *quoth.FeedbackChange) error {
	minute := c.Minute.UTC().Truncate(time.Minute)
	op := "answer"
	res, err := k.exec("/* record.keeping.feedback */ delete from feedback where receipt = ?", c.Receipt)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	switch {
	case c.IsRetracted && n == 0:
		return nil
	case c.IsRetracted:
		op = "retract"
	case n > 0:
		op = "replace"
	}
	if !c.IsRetracted {
		reasons, err := json.Marshal(c.Reasons)
		if err != nil {
			return err
		}
		if c.Reasons == nil {
			reasons = []byte("[]")
		}
		// The soft rule against doubles: the same visitor's later answer counts. Without visitor <> '' the partial index
		// is not used, and all answers about the target are read.
		if c.Visitor != "" {
			res, err := k.exec("/* record.keeping.feedback */ delete from feedback where kind = ? and target = ? and revision = ? and visitor = ? and day = ? and visitor <> ''",
				c.Kind, c.Target, c.Revision, c.Visitor, minute.Format(time.DateOnly))
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err == nil && n > 0 {
				op = "replace"
			}
		}
		if _, err := k.exec(`/* record.keeping.feedback */ insert into feedback
			(receipt, kind, target, revision, vote, reasons, followup, text, source, locale, surface, minute, day, visitor, weight, why)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.Receipt, c.Kind, c.Target, c.Revision, string(c.Vote), string(reasons), c.Followup, c.Text, c.Source, c.Locale, c.Surface,
			minute.Format(time.RFC3339), minute.Format(time.DateOnly), c.Visitor, c.Weight, c.Why); err != nil {
			return err
		}
	}
	_, err = k.exec("/* record.keeping.feedback */ insert into feedback_event (minute, receipt, op, kind, target, vote, weight) values (?, ?, ?, ?, ?, ?, ?)",
		minute.Format(time.RFC3339), c.Receipt, op, c.Kind, c.Target, string(c.Vote), c.Weight)
	return err
}

const feedbackColumns = "/* record.Feedback */ select receipt, kind, target, revision, vote, reasons, followup, text, source, locale, surface, minute, visitor, weight, why from feedback "

func feedbackInto(f *quoth.Feedback) []any {
	return []any{&f.Receipt, &f.Kind, &f.Target, &f.Revision, &f.Vote, (*jsonStrings)(&f.Reasons), &f.Followup, &f.Text, &f.Source, &f.Locale, &f.Surface, (*rfc3339)(&f.Minute), &f.Visitor, &f.Weight, &f.Why}
}

// FeedbackOf implements quoth.FeedbackStore.
func (s *Record) FeedbackOf(ctx context.Context, receipt string) (quoth.Feedback, error) {
	rows, err := s.query(ctx, feedbackColumns+"where receipt = ?", receipt)
	list, err := collect(s, rows, err, feedbackInto)
	if err == nil && len(list) == 0 {
		err = &quoth.Error{Code: quoth.NotFound, Message: "there is no answer with this receipt", Hint: "it was taken back, or never given"}
	}
	if err != nil {
		return quoth.Feedback{}, err
	}
	return list[0], nil
}

// feedbackLine is how many answers are alike.
type feedbackLine struct {
	key                 string // of their group
	revision, weight, n int
	vote                quoth.Vote
	reasons             []string
	isWithheld          bool
}

func (l *feedbackLine) into() []any {
	return []any{&l.key, &l.revision, &l.vote, (*jsonStrings)(&l.reasons), &l.weight, &l.isWithheld, &l.n}
}

// addTo counts the answers.
func (l *feedbackLine) addTo(c *quoth.FeedbackCount) {
	switch {
	case l.weight == 0:
		c.Excluded += l.n
	case l.isWithheld:
		c.Withheld += l.n
	case l.vote == quoth.Yes:
		c.Yes += l.n
	default:
		c.No += l.n
		if len(l.reasons) == 0 {
			c.NoReason += l.n
		}
		for _, r := range l.reasons {
			c.Reasons[r] += l.n
		}
	}
}

// FeedbackCounts implements quoth.FeedbackStore.
func (s *Record) FeedbackCounts(ctx context.Context, kind, target string, before time.Time) ([]quoth.FeedbackCount, error) {
	rows, err := s.query(ctx, `/* record.FeedbackCounts */ select '', f.revision, f.vote, f.reasons, f.weight, l.day is not null, count(*)
		from feedback f left join alert l on l.kind = f.kind and l.target = f.target and l.day = f.day and l.cleared = ''
		where f.kind = ? and f.target = ? and f.minute < ? group by f.revision, f.vote, f.reasons, f.weight, l.day is not null order by f.revision desc`, kind, target, before.UTC().Format(time.RFC3339))
	lines, err := collect(s, rows, err, (*feedbackLine).into)
	if err != nil {
		return nil, err
	}
	var counts []quoth.FeedbackCount
	for _, l := range lines {
		if len(counts) == 0 || counts[len(counts)-1].Revision != l.revision {
			counts = append(counts, quoth.FeedbackCount{Revision: l.revision, Reasons: map[string]int{}})
		}
		l.addTo(&counts[len(counts)-1])
	}
	return counts, nil
}

// grouped counts all answers by an expression over feedback f and its article a.
func (s *Record) grouped(ctx context.Context, key string, before time.Time) ([]feedbackLine, error) {
	rows, err := s.query(ctx, `/* record.grouped */ select coalesce(`+key+`, ''), 0, f.vote, f.reasons, f.weight, l.day is not null, count(*)
		from feedback f left join alert l on l.kind = f.kind and l.target = f.target and l.day = f.day and l.cleared = ''
		left join article a on a.id = case when f.kind = 'article' then (select id from article where name = f.target) else (select article from statement where name = f.target limit 1) end
		where f.minute < ? group by coalesce(`+key+`, ''), f.vote, f.reasons, f.weight, l.day is not null order by 1`, before.UTC().Format(time.RFC3339))
	return collect(s, rows, err, (*feedbackLine).into)
}

// FeedbackByOutlet implements quoth.FeedbackStore.
func (s *Record) FeedbackByOutlet(ctx context.Context, before time.Time) ([]quoth.FeedbackGroup, error) {
	lines, err := s.grouped(ctx, "a.outlet", before)
	return groups(lines, func(g *quoth.FeedbackGroup, key string) { g.Outlet = key }), err
}

// FeedbackByDay implements quoth.FeedbackStore.
func (s *Record) FeedbackByDay(ctx context.Context, before time.Time) ([]quoth.FeedbackGroup, error) {
	lines, err := s.grouped(ctx, "f.day", before)
	return groups(lines, func(g *quoth.FeedbackGroup, key string) { g.Day = key }), err
}

// groups counts lines by their keys, which come in order.
func groups(lines []feedbackLine, name func(*quoth.FeedbackGroup, string)) []quoth.FeedbackGroup {
	var list []quoth.FeedbackGroup
	for i, l := range lines {
		if i == 0 || l.key != lines[i-1].key {
			g := quoth.FeedbackGroup{FeedbackCount: quoth.FeedbackCount{Reasons: map[string]int{}}}
			name(&g, l.key)
			list = append(list, g)
		}
		l.addTo(&list[len(list)-1].FeedbackCount)
	}
	return list
}

// ForgetVisitors implements quoth.FeedbackStore.
func (s *Record) ForgetVisitors(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "/* record.ForgetVisitors */ update feedback set visitor = '' where visitor <> '' and day < ?", before.UTC().Format(time.DateOnly))
	return s.explain(err)
}

// ForgetTexts implements quoth.FeedbackStore.
func (s *Record) ForgetTexts(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, `/* record.ForgetTexts */ update feedback set text = '', source = '' where (text <> '' or source <> '') and day < ?
		and not exists (select 1 from desk_case c where c.kind = feedback.kind and c.target = feedback.target and c.state <> 'closed')`, before.UTC().Format(time.DateOnly))
	return s.explain(err)
}
