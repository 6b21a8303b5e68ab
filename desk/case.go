package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"quoth"
)

// Queue lists the cases that an editor sees.
func (d *Desk) Queue(ctx context.Context, who quoth.Account, q quoth.CaseQuery) (quoth.Answer[quoth.Case], error) {
	if err := may(who, quoth.DeskReader); err != nil {
		return quoth.Answer[quoth.Case]{}, err
	}
	return d.Record.Cases(ctx, q)
}

// maxRead is how many answers with words an editor is shown.
const maxRead = 200

// File returns a case with all that lies in it. Whoever may only read the desk does not
// see who wrote a letter.
func (d *Desk) File(ctx context.Context, who quoth.Account, id string) (quoth.CaseFile, error) {
	var f quoth.CaseFile
	if err := may(who, quoth.DeskReader); err != nil {
		return f, err
	}
	var err error
	if f.Case, err = d.Record.Case(ctx, id); err != nil {
		return f, err
	}
	answers, err := d.Record.FeedbackAbout(ctx, f.Kind, f.Target, maxAnswers)
	if err != nil {
		return f, err
	}
	f.Reasons, f.Followups = map[string]int{}, map[string]int{}
	for _, a := range answers {
		isOurs := false
		for _, r := range a.Reasons {
			if queueOf(f.Kind, r, a.Followup) == f.Queue {
				isOurs = true
				f.Reasons[r]++
			}
		}
		if !isOurs {
			continue
		}
		if a.Followup != "" {
			f.Followups[a.Followup]++
		}
		if (a.Text != "" || a.Source != "") && len(f.Answers) < maxRead {
			if a.IsPersonal = d.IsPersonal(a.Text); a.IsPersonal && !who.Role.May(quoth.DeskEditor) {
				a.Text = ""
			}
			f.Answers = append(f.Answers, a)
		}
	}
	if f.Acts, err = d.Record.Acts(ctx, "case "+id, 0, 1000); err != nil {
		return f, err
	}
	slices.Reverse(f.Acts)
	if f.Corrections, err = d.Record.Corrections(ctx, quoth.CorrectionQuery{Case: id, Limit: quoth.MaxLimit}); err != nil {
		return f, err
	}
	letter, err := d.Record.Letter(ctx, id)
	switch {
	case err == nil:
		if !who.Role.May(quoth.DeskEditor) {
			letter.Name, letter.Email = "", ""
		}
		f.Letter = &letter
	case quoth.CodeOf(err) != quoth.NotFound:
		return f, err
	}
	return f, nil
}

// moves are the states that an editor may bring a case into from each other.
var moves = map[quoth.CaseState][]quoth.CaseState{
	quoth.CaseNew:      {quoth.CaseWorking},
	quoth.CaseReopened: {quoth.CaseWorking},
	quoth.CaseWorking:  {quoth.CaseNew, quoth.CaseWaiting},
	quoth.CaseWaiting:  {quoth.CaseWorking},
	quoth.CaseSecond:   {quoth.CaseWorking},
	quoth.CaseClosed:   {quoth.CaseReopened},
}

// Move brings a case into another state. An editor who takes it into work holds it until
// they put it back; nobody else moves it meanwhile but an admin. version is the one that
// the editor saw.
func (d *Desk) Move(ctx context.Context, who quoth.Account, id string, version int, to quoth.CaseState, note string) error {
	c, err := d.held(ctx, who, id, version)
	if err != nil {
		return err
	}
	if !slices.Contains(moves[c.State], to) {
		return invalid("a case that is %s does not become %s", c.State, to)
	}
	was := c.State
	c.State, c.Changed = to, d.Now()
	switch to {
	case quoth.CaseWorking:
		c.Holder = who.Name
	case quoth.CaseNew:
		c.Holder = ""
	case quoth.CaseReopened:
		c.Outcome, c.Holder = "", ""
	}
	return d.Record.SetCase(ctx, c, d.act(who, "move", "case "+id, fmt.Sprintf("%s to %s; %s", was, to, note)))
}

// held returns a case that who may work on.
func (d *Desk) held(ctx context.Context, who quoth.Account, id string, version int) (quoth.Case, error) {
	if err := may(who, quoth.DeskEditor); err != nil {
		return quoth.Case{}, err
	}
	c, err := d.Record.Case(ctx, id)
	if err != nil {
		return c, err
	}
	if c.Version != version {
		return c, &quoth.Error{Code: quoth.Conflict, Message: "somebody else has changed this case meanwhile", Hint: "look at it again, and decide then"}
	}
	return c, free(who, c)
}

// free refuses a case that somebody else works on.
func free(who quoth.Account, c quoth.Case) error {
	if c.Holder != "" && c.Holder != who.Name && !who.Role.May(quoth.DeskAdmin) {
		return &quoth.Error{Code: quoth.Conflict, Message: c.Holder + " is working on this case", Hint: "ask them to put it back"}
	}
	return nil
}

// The limits of what editors write.
const (
	mostNote  = 500
	mostReply = 2000
)

// Close closes a case with an outcome and a line for the public that says why.
func (d *Desk) Close(ctx context.Context, who quoth.Account, id string, version int, outcome quoth.CaseOutcome, note string) error {
	c, err := d.held(ctx, who, id, version)
	if err != nil {
		return err
	}
	if !slices.Contains(quoth.CaseOutcomes(), outcome) {
		return invalid("a case is not closed as %q", outcome)
	}
	if c.State == quoth.CaseClosed {
		return invalid("the case is closed")
	}
	if note, err = required("the public line", note, mostNote); err != nil {
		return err
	}
	waiting, err := d.Record.Corrections(ctx, quoth.CorrectionQuery{Case: id, State: quoth.Proposed, Limit: 1})
	if err != nil {
		return err
	}
	if len(waiting) > 0 {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("correction %d of this case waits for a second editor", waiting[0].ID), Hint: "have it decided first, or take it back"}
	}
	if outcome == quoth.Corrected || outcome == quoth.Clarified {
		made, err := d.Record.Corrections(ctx, quoth.CorrectionQuery{Case: id, State: quoth.Accepted, Limit: 1})
		if err != nil {
			return err
		}
		if len(made) == 0 {
			return invalid("nothing was corrected in this case")
		}
	}
	return d.close(ctx, who, c, outcome, note)
}

func (d *Desk) close(ctx context.Context, who quoth.Account, c quoth.Case, outcome quoth.CaseOutcome, note string) error {
	answers, err := d.Record.FeedbackAbout(ctx, c.Kind, c.Target, maxAnswers)
	if err != nil {
		return err
	}
	ours := slices.DeleteFunc(answers, func(a quoth.Feedback) bool {
		return a.Vote != quoth.No || !slices.ContainsFunc(a.Reasons, func(r string) bool { return queueOf(c.Kind, r, a.Followup) == c.Queue })
	})
	c.State, c.Outcome, c.Note, c.Changed = quoth.CaseClosed, outcome, note, d.Now()
	c.ClosedReports, c.Evidence = len(ours), evidenceOf(ours)
	closing := d.act(who, "close", "case "+c.ID, string(outcome)+"; "+note)
	if outcome == quoth.Replied {
		return d.Record.PrintReply(ctx, c, d.act(who, "print-reply", "statement "+c.Target, "case "+c.ID), closing)
	}
	return d.Record.SetCase(ctx, c, closing)
}

// How long a case waits for somebody when readers wrote nothing to look at, and how few of
// them there are.
const (
	expiry       = 30 * 24 * time.Hour
	fewReports   = 5
	expireAtOnce = 100
)

// Expire closes old cases of a few bare clicks. Expired is not declined: the answers stay
// counted, and more of them open the case again. Call it now and then.
func (d *Desk) Expire(ctx context.Context) error {
	q := quoth.CaseQuery{State: quoth.CaseNew, Limit: expireAtOnce}
	for {
		found, err := d.Record.Cases(ctx, q)
		if err != nil {
			return err
		}
		for _, c := range found.Items {
			if d.Now().Sub(c.Opened) < expiry || c.Texts+c.Sources > 0 || c.Reports > fewReports || c.Queue == LegalQ || c.Queue == ReplyQ {
				continue
			}
			err := d.close(ctx, quoth.Account{Name: "quoth"}, c, quoth.Expired, "Nobody wrote what is wrong, and few reported it.")
			if err != nil && quoth.CodeOf(err) != quoth.Conflict {
				return err
			}
		}
		if q.Cursor = found.Next; q.Cursor == "" {
			return nil
		}
	}
}

// ClearAlert lets the answers of a day be told.
func (d *Desk) ClearAlert(ctx context.Context, who quoth.Account, kind, target, day string) error {
	if err := may(who, quoth.DeskEditor); err != nil {
		return err
	}
	return d.Record.ClearAlert(ctx, kind, target, day, d.act(who, "clear-alert", kind+" "+target, day))
}

// Alerts lists the days that wait to be cleared.
func (d *Desk) Alerts(ctx context.Context, who quoth.Account, kind, target string) ([]quoth.Alert, error) {
	if err := may(who, quoth.DeskReader); err != nil {
		return nil, err
	}
	return d.Record.Alerts(ctx, kind, target)
}
