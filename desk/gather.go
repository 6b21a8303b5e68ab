package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"quoth"
)

// The queues that cases stand in.
const (
	Accuracy = "accuracy" // the record may be wrong
	Context  = "context"  // a cut may change what was meant
	Policy   = "policy"   // hateful or abusive
	Label    = "label"    // an opinion taken for a claim
	Other    = "other"
	LegalQ   = "legal" // notices under a name
	ReplyQ   = "reply" // replies under a name
)

// Queues lists them in the order of the desk.
func (*Desk) Queues() []string {
	return []string{LegalQ, Accuracy, Context, ReplyQ, Policy, Label, Other}
}

// weights say how much a complaint of a queue matters before it is looked at.
var weights = map[string]float64{LegalQ: 8, Accuracy: 4, Context: 3, ReplyQ: 4, Policy: 2, Other: 1.5, Label: 1}

// leastOpinions is how many readers it takes to call a statement an opinion; each other
// reason opens a case when one reader gives it.
const leastOpinions = 3

// queueOf is where a "no" with a reason goes; "" when it is counted and asks for no work.
// That a page is clickbait or has many advertisements is the publisher's affair; that what
// was said is untrue is not the record's fault.
func queueOf(kind, reason, followup string) string {
	isStatement := kind == "statement"
	switch {
	case followup == "untrue":
		return ""
	case reason == "incorrect":
		return Accuracy
	case reason == "misleading" && isStatement:
		return Context
	case reason == "hateful":
		return Policy
	case reason == "opinion" && isStatement:
		return Label
	case reason == "other":
		return Other
	}
	return ""
}

// How much is looked at in one go.
const (
	maxEvents  = 2000
	maxAnswers = 10_000
)

// Gather makes cases of the answers that came since it was last called, and looks whether
// they are a campaign. Several servers may call it at once: what it writes is a function
// of the answers.
func (d *Desk) Gather(ctx context.Context) error {
	for {
		after, err := d.Record.Gathered(ctx)
		if err != nil {
			return err
		}
		targets, last, err := d.Record.Reported(ctx, after, maxEvents)
		if err != nil || last == after {
			return err
		}
		var cases []quoth.Case
		var alerts []quoth.Alert
		for _, t := range targets {
			answers, err := d.Record.FeedbackAbout(ctx, t.Kind, t.ID, maxAnswers)
			if err != nil {
				return err
			}
			alert := campaign(t, answers)
			alerts = append(alerts, alert...)
			why := ""
			if len(alert) > 0 {
				why = alert[len(alert)-1].Why
			}
			made, err := d.casesOf(ctx, t, answers, why)
			if err != nil {
				return err
			}
			cases = append(cases, made...)
		}
		if err := d.Record.Gather(ctx, cases, alerts, last); err != nil {
			return err
		}
	}
}

// casesOf are the cases that the answers about a target make.
func (d *Desk) casesOf(ctx context.Context, t quoth.Target, answers []quoth.Feedback, alert string) ([]quoth.Case, error) {
	byQueue := map[string][]quoth.Feedback{}
	for _, f := range answers {
		if f.Vote != quoth.No {
			continue
		}
		for _, reason := range f.Reasons {
			if q := queueOf(t.Kind, reason, f.Followup); q != "" {
				byQueue[q] = append(byQueue[q], f)
			}
		}
	}
	reach := 0.0
	var cases []quoth.Case
	for _, queue := range d.Queues() {
		list := byQueue[queue]
		known, err := d.Record.CaseOf(ctx, t.Kind, t.ID, queue)
		isKnown := err == nil
		switch {
		case err != nil && quoth.CodeOf(err) != quoth.NotFound:
			return nil, err
		case !isKnown && (len(list) == 0 || queue == Label && len(list) < leastOpinions):
			continue
		case queue == LegalQ || queue == ReplyQ:
			continue
		}
		if reach == 0 {
			if reach, err = d.reach(ctx, t); err != nil {
				return nil, err
			}
		}
		c := known
		if !isKnown {
			c = quoth.Case{ID: newID(), Kind: t.Kind, Target: t.ID, Queue: queue, State: quoth.CaseNew, Opened: d.Now()}
		}
		c.Alert = alert
		c.Reports, c.Texts, c.Sources = len(list), 0, 0
		proof := 1.0
		for _, f := range list {
			if f.Text != "" {
				c.Texts++
				proof = max(proof, 1.3)
			}
			if f.Source != "" {
				c.Sources++
				proof = 2
			}
		}
		c.Priority = quoth.Priority{Weight: weights[queue], Reports: 1 + math.Log2(float64(max(1, c.Reports))), Reach: reach, Evidence: proof}
		if isReopened(known, list) {
			c.State, c.Changed = quoth.CaseReopened, d.Now()
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// isReopened decides whether a closed case has to be looked at again: when readers wrote
// what they had not written before, or when as many more came as twice those before, five
// at least. Bare repetition is counted and no more.
func isReopened(c quoth.Case, list []quoth.Feedback) bool {
	if c.State != quoth.CaseClosed {
		return false
	}
	if hash := evidenceOf(list); hash != c.Evidence && hash != "" && holdsMore(list, c) {
		return true
	}
	return len(list)-c.ClosedReports >= max(5, 2*c.ClosedReports)
}

// holdsMore reports whether something was written after a case was closed.
func holdsMore(list []quoth.Feedback, c quoth.Case) bool {
	return slices.ContainsFunc(list, func(f quoth.Feedback) bool {
		return (f.Text != "" || f.Source != "") && !f.Minute.Before(c.Changed.Truncate(time.Minute))
	})
}

// evidenceOf is a hash of what readers wrote, each thing once; "" when they wrote nothing.
func evidenceOf(list []quoth.Feedback) string {
	var written []string
	for _, f := range list {
		if f.Text != "" || f.Source != "" {
			written = append(written, strings.ToLower(strings.Join(strings.Fields(f.Text), " "))+"\x00"+f.Source)
		}
	}
	if len(written) == 0 {
		return ""
	}
	slices.Sort(written)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(written), "\x01")))
	return hex.EncodeToString(sum[:8])
}

// reach says how much hangs on a target: 1 for one statement that nobody else printed.
func (d *Desk) reach(ctx context.Context, t quoth.Target) (float64, error) {
	n := 0
	switch t.Kind {
	case "statement":
		st, err := d.Record.Statement(ctx, t.ID)
		if quoth.CodeOf(err) == quoth.NotFound {
			return 1, nil
		}
		if err != nil {
			return 0, err
		}
		n = st.Occurrences
		if st.Speaker != nil && st.Speaker.ID != "" {
			p, err := d.Record.Person(ctx, st.Speaker.ID)
			if err != nil && quoth.CodeOf(err) != quoth.NotFound {
				return 0, err
			}
			n += p.Statements
		}
	case "article":
		_, ref, err := d.Record.Article(ctx, t.ID, 0)
		if quoth.CodeOf(err) == quoth.NotFound {
			return 1, nil
		}
		if err != nil {
			return 0, err
		}
		n = ref.Statements
	}
	return 1 + math.Log10(float64(1+n)), nil
}

// When answers look like a campaign.
const (
	leastBurst  = 20   // noes in an hour
	rareBurst   = 1e-6 // how improbable that number has to be
	monotonous  = .9   // the share of one reason, for the editor to know
	historyDays = 28
)

// campaign finds the days on which more readers said no within an hour than this target's
// answers of four weeks let expect. It may only raise an alert: people do come in crowds
// when a page is wrong.
func campaign(t quoth.Target, answers []quoth.Feedback) []quoth.Alert {
	type hour struct{ yes, no int }
	hours := map[time.Time]*hour{}
	for _, f := range answers {
		at := f.Minute.UTC().Truncate(time.Hour)
		if hours[at] == nil {
			hours[at] = &hour{}
		}
		if f.Vote == quoth.No {
			hours[at].no++
		} else {
			hours[at].yes++
		}
	}
	var alerts []quoth.Alert
	noted := map[string]bool{}
	for at, h := range hours {
		day := at.Format(time.DateOnly)
		if h.no < leastBurst || noted[day] {
			continue
		}
		// Usual is what the four weeks before this day let expect of an hour, and of as many
		// who said yes in this one.
		yes, no, oldest := 1, 1, 24*time.Hour
		begin := at.Truncate(24 * time.Hour)
		for other, o := range hours {
			if age := begin.Sub(other); age > 0 && age <= historyDays*24*time.Hour {
				yes, no, oldest = yes+o.yes, no+o.no, max(oldest, age)
			}
		}
		usual := max(1, float64(no)/oldest.Hours(), float64(h.yes)*float64(no)/float64(yes))
		if poissonTail(h.no, usual) >= rareBurst {
			continue
		}
		noted[day] = true
		alerts = append(alerts, describe(t, day, h.no, usual, answers))
	}
	slices.SortFunc(alerts, func(a, b quoth.Alert) int { return strings.Compare(a.Day, b.Day) })
	return alerts
}

// describe words an alert.
func describe(t quoth.Target, day string, burst int, usual float64, answers []quoth.Feedback) quoth.Alert {
	reasons := map[string]int{}
	total, no := 0, 0
	for _, f := range answers {
		if f.Minute.UTC().Format(time.DateOnly) != day {
			continue
		}
		total++
		if f.Vote == quoth.No {
			no++
			for _, r := range f.Reasons {
				reasons[r]++
			}
		}
	}
	why := fmt.Sprintf("%d said no within an hour, where about %.0f were to be expected", burst, usual)
	for r, n := range reasons {
		if n >= leastBurst && float64(n) > monotonous*float64(no) {
			why += fmt.Sprintf("; %d of %d for the same reason, %s", n, no, r)
		}
	}
	return quoth.Alert{Kind: t.Kind, Target: t.ID, Day: day, Why: why, Answers: total}
}

// poissonTail is the probability of n or more where usual are expected.
func poissonTail(n int, usual float64) float64 {
	// The sum from n on: its terms fall at once when n is well above what is usual.
	log := -usual + float64(n)*math.Log(usual)
	lgamma, _ := math.Lgamma(float64(n + 1))
	term := math.Exp(log - lgamma)
	sum := 0.0
	for k := n; term > sum*1e-12 && k < n+10_000; k++ {
		sum += term
		term *= usual / float64(k+1)
	}
	return min(1, sum)
}
