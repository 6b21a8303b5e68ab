package sqlrecord

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"quoth"
)

// act writes a line of the audit log. Writers go one after the other, so that the chain
// has no fork; the schema would refuse one.
func (e *editing) act(a quoth.Act) error {
	err := e.tx.QueryRowContext(e.ctx, e.own("/* record.editing.act */ select seq, hash from act order by seq desc limit 1")).Scan(&a.Seq, &a.Prev)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	a.Seq++
	a.At = a.At.UTC().Truncate(time.Second)
	a.Hash = HashAct(a)
	return e.exec("insert into act (seq, at, actor, action, subject, detail, prev, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
		a.Seq, a.At.Format(time.RFC3339), a.Actor, a.Action, a.Subject, a.Detail, a.Prev, a.Hash)
}

// HashAct is the hash of a line of the audit log: SHA-256, in hexadecimal, over the JSON of
// its fields, the hash of the line before among them.
func HashAct(a quoth.Act) string {
	text, err := json.Marshal([]any{a.Seq, a.At.UTC().Format(time.RFC3339), a.Actor, a.Action, a.Subject, a.Detail, a.Prev})
	if err != nil { // strings and a number
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Acts implements quoth.DeskStore.
func (s *Record) Acts(ctx context.Context, subject string, after int64, limit int) ([]quoth.Act, error) {
	rows, err := s.query(ctx, `/* record.Acts */ select seq, at, actor, action, subject, detail, prev, hash from act
		where seq > ?1 and (?2 = '' or subject = ?2) order by seq limit ?3`, after, subject, limit)
	return collect(s, rows, err, func(a *quoth.Act) []any {
		return []any{&a.Seq, (*rfc3339)(&a.At), &a.Actor, &a.Action, &a.Subject, &a.Detail, &a.Prev, &a.Hash}
	})
}

// checkActs returns what is wrong with the audit log.
func (s *Record) checkActs(ctx context.Context) ([]string, error) {
	prev, after := "", int64(0)
	for {
		acts, err := s.Acts(ctx, "", after, 1000)
		if err != nil || len(acts) == 0 {
			return nil, err
		}
		for _, a := range acts {
			switch {
			case a.Seq != after+1:
				return []string{fmt.Sprintf("the audit log has a gap before line %d", a.Seq)}, nil
			case a.Prev != prev || HashAct(a) != a.Hash:
				return []string{fmt.Sprintf("line %d of the audit log was changed", a.Seq)}, nil
			}
			prev, after = a.Hash, a.Seq
		}
	}
}

// AddAccount implements quoth.DeskStore.
func (s *Record) AddAccount(ctx context.Context, a quoth.Account, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		taken, err := e.number("select count(*) from account where name = ?", a.Name)
		if err != nil {
			return err
		}
		if taken > 0 {
			return &quoth.Error{Code: quoth.Conflict, Message: fmt.Sprintf("there is an account %q", a.Name), Hint: "choose another name, or change that one"}
		}
		if err := e.exec("insert into account (name, role, hash, created) values (?, ?, ?, ?)", a.Name, string(a.Role), a.Hash, a.Created.UTC().Format(time.RFC3339)); err != nil {
			return err
		}
		return e.act(act)
	})
}

// SetAccount implements quoth.DeskStore.
func (s *Record) SetAccount(ctx context.Context, a quoth.Account, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		disabled := ""
		if !a.Disabled.IsZero() {
			disabled = a.Disabled.UTC().Format(time.RFC3339)
		}
		n, err := e.changed("update account set role = ?, hash = ?, disabled = ? where name = ?", string(a.Role), a.Hash, disabled, a.Name)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound("account", a.Name)
		}
		if err := e.exec("delete from session where account = ?", a.Name); err != nil {
			return err
		}
		return e.act(act)
	})
}

// changed runs a change and returns how many rows it changed.
func (e *editing) changed(query string, args ...any) (int64, error) {
	res, err := e.tx.ExecContext(e.ctx, e.own("/* record.editing.changed */ "+query), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

const accountColumns = "/* record.Account */ select name, role, hash, created, disabled from account "

func accountInto(a *quoth.Account) []any {
	return []any{&a.Name, &a.Role, &a.Hash, (*rfc3339)(&a.Created), (*rfc3339)(&a.Disabled)}
}

// Account implements quoth.DeskStore.
func (s *Record) Account(ctx context.Context, name string) (quoth.Account, error) {
	rows, err := s.query(ctx, accountColumns+"where name = ?", name)
	return only(s, rows, err, accountInto, "account", name)
}

// only returns the one thing that a query is for.
func only[T any](s *Record, rows *sql.Rows, err error, into func(*T) []any, kind, id string) (T, error) {
	list, err := collect(s, rows, err, into)
	if err == nil && len(list) == 0 {
		err = notFound(kind, id)
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

// Accounts implements quoth.DeskStore.
func (s *Record) Accounts(ctx context.Context) ([]quoth.Account, error) {
	rows, err := s.query(ctx, accountColumns+"order by name")
	return collect(s, rows, err, accountInto)
}

// AddSession implements quoth.DeskStore.
func (s *Record) AddSession(ctx context.Context, n quoth.Session, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		if err := e.exec("insert into session (hash, account, created, seen) values (?, ?, ?, ?)", n.Hash, n.Account, n.Created.UTC().Format(time.RFC3339), n.Seen.UTC().Format(time.RFC3339)); err != nil {
			return err
		}
		return e.act(act)
	})
}

// Session implements quoth.DeskStore.
func (s *Record) Session(ctx context.Context, hash string) (quoth.Session, error) {
	rows, err := s.query(ctx, "/* record.Session */ select hash, account, created, seen from session where hash = ?", hash)
	return only(s, rows, err, func(n *quoth.Session) []any {
		return []any{&n.Hash, &n.Account, (*rfc3339)(&n.Created), (*rfc3339)(&n.Seen)}
	}, "session", "")
}

// SeeSession implements quoth.DeskStore.
func (s *Record) SeeSession(ctx context.Context, hash string, at time.Time) error {
	_, err := s.exec(ctx, "/* record.SeeSession */ update session set seen = ? where hash = ?", at.UTC().Format(time.RFC3339), hash)
	return s.explain(err)
}

// EndSession implements quoth.DeskStore.
func (s *Record) EndSession(ctx context.Context, hash string) error {
	_, err := s.exec(ctx, "/* record.EndSession */ delete from session where hash = ?", hash)
	return s.explain(err)
}

// ForgetSessions implements quoth.DeskStore.
func (s *Record) ForgetSessions(ctx context.Context, made, seen time.Time) error {
	_, err := s.exec(ctx, "/* record.ForgetSessions */ delete from session where created < ? or seen < ?", made.UTC().Format(time.RFC3339), seen.UTC().Format(time.RFC3339))
	return s.explain(err)
}

// Reported implements quoth.DeskStore.
func (s *Record) Reported(ctx context.Context, after int64, limit int) ([]quoth.Target, int64, error) {
	rows, err := s.query(ctx, "/* record.Reported */ select id, kind, target from feedback_event where id > ? order by id limit ?", after, limit)
	type line struct {
		quoth.Target
		event int64
	}
	lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.event, &l.Kind, &l.ID} })
	if err != nil {
		return nil, after, err
	}
	var targets []quoth.Target
	seen := map[quoth.Target]bool{}
	for _, l := range lines {
		after = l.event
		if !seen[l.Target] {
			seen[l.Target] = true
			targets = append(targets, l.Target)
		}
	}
	return targets, after, nil
}

// gathering is the checkpoint of the desk.
const gathering = "desk"

// Gathered implements quoth.DeskStore.
func (s *Record) Gathered(ctx context.Context) (int64, error) {
	at, err := s.Checkpoint(ctx, gathering)
	return int64(at.Done), err
}

// FeedbackAbout implements quoth.DeskStore.
func (s *Record) FeedbackAbout(ctx context.Context, kind, target string, limit int) ([]quoth.Feedback, error) {
	rows, err := s.query(ctx, feedbackColumns+"where kind = ? and target = ? and weight = 1 order by minute desc, id desc limit ?", kind, target, limit)
	return collect(s, rows, err, feedbackInto)
}

// Gather implements quoth.DeskStore.
func (s *Record) Gather(ctx context.Context, cases []quoth.Case, alerts []quoth.Alert, upTo int64) error {
	return s.edit(ctx, func(e *editing) error {
		for _, c := range cases {
			if err := e.gathered(c); err != nil {
				return err
			}
		}
		for _, a := range alerts {
			if err := e.exec(`insert into alert (kind, target, day, why, answers) values (?, ?, ?, ?, ?)
				on conflict (kind, target, day) do update set answers = excluded.answers, why = excluded.why`, a.Kind, a.Target, a.Day, a.Why, a.Answers); err != nil {
				return err
			}
		}
		return e.exec(`insert into checkpoint (source, done, mark) values (?, ?, '')
			on conflict (source) do update set done = case when excluded.done > checkpoint.done then excluded.done else checkpoint.done end`, gathering, upTo)
	})
}

// gathered writes a case that is new, or what readers added to one that is known. An
// editor who looks at it need not look again for that, so that its version stays.
func (e *editing) gathered(c quoth.Case) error {
	p := c.Priority
	if err := e.outranked(c); err != nil {
		return err
	}
	n, err := e.changed(`update desk_case set reports = ?, texts = ?, sources = ?, weight = ?, counted = ?, reach = ?, proof = ?, rank = ?, alert = ?
		where kind = ? and target = ? and queue = ?`, c.Reports, c.Texts, c.Sources, p.Weight, p.Reports, p.Reach, p.Evidence, p.Rank(c.Opened), c.Alert, c.Kind, c.Target, c.Queue)
	if err != nil {
		return err
	}
	if n == 0 {
		return e.newCase(c)
	}
	if c.State == quoth.CaseReopened {
		return e.exec(`update desk_case set state = ?, outcome = '', holder = '', version = version + 1, changed = ?
			where kind = ? and target = ? and queue = ? and state = ?`, string(c.State), c.Changed.UTC().Format(time.RFC3339), c.Kind, c.Target, c.Queue, string(quoth.CaseClosed))
	}
	return nil
}

// maxRanks bounds how many ranks are kept that cases had before.
const maxRanks = 10_000

// outranked keeps the rank that a case is about to lose.
func (e *editing) outranked(c quoth.Case) error {
	n, err := e.changed("insert into case_rank (in_case, rank) select id, rank from desk_case where kind = ? and target = ? and queue = ? and rank <> ?",
		c.Kind, c.Target, c.Queue, c.Priority.Rank(c.Opened))
	if err == nil && n > 0 {
		err = e.exec("delete from case_rank where id <= (select max(id) from case_rank) - ?", maxRanks)
	}
	return err
}

func (e *editing) newCase(c quoth.Case) error {
	p := c.Priority
	at := c.Opened.UTC().Format(time.RFC3339)
	return e.exec(`insert into desk_case (name, kind, target, queue, state, outcome, note, holder, version, opened, changed, reports, texts, sources, weight, counted, reach, proof, rank, alert, closed_reports, evidence)
		values (?, ?, ?, ?, ?, '', '', '', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')`,
		c.ID, c.Kind, c.Target, c.Queue, string(quoth.CaseNew), at, at, c.Reports, c.Texts, c.Sources, p.Weight, p.Reports, p.Reach, p.Evidence, p.Rank(c.Opened), c.Alert)
}

// caseLine is a case with its place in the list.
type caseLine struct {
	quoth.Case
	row, mark int64
	place     float64 // its rank in the list
}

const (
	caseFields = `id, name, kind, target, queue, state, outcome, note, holder, version, opened, changed,
	reports, texts, sources, weight, counted, reach, proof, alert, closed_reports, evidence`
	caseColumns = "/* record.Case */ select " + caseFields + " from desk_case "
)

func caseInto(l *caseLine) []any {
	c := &l.Case
	return []any{&l.row, &c.ID, &c.Kind, &c.Target, &c.Queue, &c.State, &c.Outcome, &c.Note, &c.Holder, &c.Version, (*rfc3339)(&c.Opened), (*rfc3339)(&c.Changed),
		&c.Reports, &c.Texts, &c.Sources, &c.Priority.Weight, &c.Priority.Reports, &c.Priority.Reach, &c.Priority.Evidence, &c.Alert, &c.ClosedReports, &c.Evidence}
}

// Cases implements quoth.DeskStore. Open cases come by rank, closed ones by when they were.
func (s *Record) Cases(ctx context.Context, q quoth.CaseQuery) (quoth.Answer[quoth.Case], error) {
	var answer quoth.Answer[quoth.Case]
	if err := quoth.ValidateLimit(q.Limit); err != nil {
		return answer, err
	}
	where, args := []string{"state <> 'closed'"}, []any{}
	if q.State != "" {
		where, args = []string{"state = ?"}, []any{string(q.State)}
	}
	for column, value := range map[string]string{"queue": q.Queue, "holder": q.Holder} {
		if value != "" {
			where, args = append(where, column+" = ?"), append(args, value)
		}
	}
	list := openCases
	place, row, mark := int64(math.Float64bits(math.MaxFloat64)), int64(math.MaxInt64), int64(math.MaxInt64)
	if q.State == quoth.CaseClosed {
		list, place = closedCases, lastSecond
	}
	if q.Cursor != "" {
		at, err := cursorParts(q.Cursor, 3)
		if err != nil {
			return answer, err
		}
		place, row, mark = at[0], at[1], at[2]
	}
	if q.State == quoth.CaseClosed {
		args = append(args, time.Unix(place, 0).UTC().Format(time.RFC3339), row)
	} else {
		args = append(append([]any{mark}, args...), math.Float64frombits(uint64(place)), row)
	}
	limit := quoth.LimitOr(q.Limit)
	rows, err := s.query(ctx, strings.Replace(list, "WHERE", strings.Join(where, " and "), 1), append(args, limit+1)...)
	lines, err := collect(s, rows, err, func(l *caseLine) []any { return append(caseInto(l), &l.place, &l.mark) })
	if err != nil {
		return answer, err
	}
	for i, l := range lines {
		if i < limit {
			answer.Items = append(answer.Items, l.Case)
			continue
		}
		last := lines[limit-1]
		place := int64(math.Float64bits(last.place))
		if q.State == quoth.CaseClosed {
			place = last.Changed.Unix()
		}
		answer.Next = cursorOf(place, last.row, min(mark, last.mark))
	}
	return answer, nil
}

// lastSecond is the last that is written with four digits of a year.
const lastSecond = 253402300799

// The lists of cases. One that is open stands where it stood when the first page was asked for: by
// the first rank that it lost since the mark of that time, if it lost any.
const (
	openCases = "/* record.Cases */ select " + caseFields + `, place, (select coalesce(max(id), 0) from case_rank)
		from (select id as at, coalesce((select r.rank from case_rank r where r.in_case = desk_case.id and r.id > ? order by r.id limit 1), rank) as place from desk_case where WHERE) placed
		join desk_case on id = at where (place, at) < (?, ?) order by place desc, at desc limit ?`
	closedCases = "/* record.Cases */ select " + caseFields + ", rank, 0 from desk_case where WHERE and (changed, id) < (?, ?) order by changed desc, id desc limit ?"
)

// Case implements quoth.DeskStore.
func (s *Record) Case(ctx context.Context, id string) (quoth.Case, error) {
	rows, err := s.query(ctx, caseColumns+"where name = ?", id)
	l, err := only(s, rows, err, caseInto, "case", id)
	return l.Case, err
}

// CaseOf implements quoth.DeskStore.
func (s *Record) CaseOf(ctx context.Context, kind, target, queue string) (quoth.Case, error) {
	rows, err := s.query(ctx, caseColumns+"where kind = ? and target = ? and queue = ? limit 1", kind, target, queue)
	l, err := only(s, rows, err, caseInto, "case of "+kind, target)
	return l.Case, err
}

// SetCase implements quoth.DeskStore.
func (s *Record) SetCase(ctx context.Context, c quoth.Case, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error { return e.setCase(c, act) })
}

func (e *editing) setCase(c quoth.Case, act quoth.Act) error {
	n, err := e.changed(`update desk_case set state = ?, outcome = ?, note = ?, holder = ?, version = version + 1, changed = ?, closed_reports = ?, evidence = ?
		where name = ? and version = ?`, string(c.State), string(c.Outcome), c.Note, c.Holder, c.Changed.UTC().Format(time.RFC3339), c.ClosedReports, c.Evidence, c.ID, c.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		known, err := e.number("select count(*) from desk_case where name = ?", c.ID)
		if err != nil {
			return err
		}
		if known == 0 {
			return notFound("case", c.ID)
		}
		return &quoth.Error{Code: quoth.Conflict, Message: "somebody else has changed this case meanwhile", Hint: "look at it again, and decide then"}
	}
	return e.act(act)
}

// Alerts implements quoth.DeskStore.
func (s *Record) Alerts(ctx context.Context, kind, target string) ([]quoth.Alert, error) {
	rows, err := s.query(ctx, `/* record.Alerts */ select kind, target, day, why, answers, cleared from alert
		where cleared = '' and (?1 = '' or kind = ?1 and target = ?2) order by day desc, kind, target limit 1000`, kind, target)
	return collect(s, rows, err, func(a *quoth.Alert) []any {
		return []any{&a.Kind, &a.Target, &a.Day, &a.Why, &a.Answers, (*rfc3339)(&a.Cleared)}
	})
}

// ClearAlert implements quoth.DeskStore.
func (s *Record) ClearAlert(ctx context.Context, kind, target, day string, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		n, err := e.changed("update alert set cleared = ? where kind = ? and target = ? and day = ? and cleared = ''", act.At.UTC().Format(time.RFC3339), kind, target, day)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound("alert of "+day+" about "+kind, target)
		}
		return e.act(act)
	})
}

// AddLetter implements quoth.DeskStore.
func (s *Record) AddLetter(ctx context.Context, c quoth.Case, n quoth.Letter, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		if err := e.newCase(c); err != nil {
			return err
		}
		honest := 0
		if n.IsHonest {
			honest = 1
		}
		if err := e.exec("insert into letter (in_case, kind, target, author, email, law, text, is_honest, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			c.ID, string(n.Kind), n.Target, n.Name, n.Email, n.Law, n.Text, honest, n.At.UTC().Format(time.RFC3339)); err != nil {
			return err
		}
		return e.act(act)
	})
}

// Letter implements quoth.DeskStore.
func (s *Record) Letter(ctx context.Context, caseID string) (quoth.Letter, error) {
	rows, err := s.query(ctx, "/* record.Letter */ select in_case, kind, target, author, email, law, text, is_honest, at, printed from letter where in_case = ?", caseID)
	return only(s, rows, err, func(n *quoth.Letter) []any {
		return []any{&n.Case, &n.Kind, &n.Target, &n.Name, &n.Email, &n.Law, &n.Text, &n.IsHonest, (*rfc3339)(&n.At), (*rfc3339)(&n.Printed)}
	}, "letter in case", caseID)
}

// PrintReply implements quoth.DeskStore.
func (s *Record) PrintReply(ctx context.Context, c quoth.Case, printing, closing quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		n, err := e.changed("update letter set printed = ? where in_case = ? and kind = 'reply'", c.Changed.UTC().Format(time.RFC3339), c.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound("reply in case", c.ID)
		}
		if err := e.act(printing); err != nil {
			return err
		}
		return e.setCase(c, closing)
	})
}

// Replies implements quoth.DeskStore.
func (s *Record) Replies(ctx context.Context, statement string) ([]quoth.Reply, error) {
	rows, err := s.query(ctx, "/* record.Replies */ select author, text, printed from letter where target = ? and printed <> '' order by printed", statement)
	return collect(s, rows, err, func(r *quoth.Reply) []any { return []any{&r.Name, &r.Text, (*rfc3339)(&r.At)} })
}
