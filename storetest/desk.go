package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"quoth"
)

func act(action, subject string) quoth.Act {
	return quoth.Act{At: now, Actor: "ed", Action: action, Subject: subject, Detail: "because"}
}

// wantCode fails the test unless err has the code.
func wantCode(t *testing.T, what string, err error, code quoth.Code) {
	t.Helper()
	if quoth.CodeOf(err) != code {
		t.Errorf("%s: got %v, want code %q", what, err, code)
	}
}

func testAccounts(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	a := quoth.Account{Name: "ed", Role: quoth.DeskEditor, Hash: "$argon2id$…", Created: now}
	for _, name := range []string{"ed", "al"} {
		a.Name = name
		if err := st.AddAccount(ctx, a, act("add-account", "account "+name)); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, "a name that is taken", st.AddAccount(ctx, a, act("add-account", "account al")), quoth.Conflict)
	_, err := st.Account(ctx, "nobody")
	wantCode(t, "an account that is none", err, quoth.NotFound)
	list, err := st.Accounts(ctx)
	if err != nil || len(list) != 2 || list[0].Name != "al" || list[1].Hash != a.Hash || !list[1].Created.Equal(now) {
		t.Errorf("accounts: got %+v, %v", list, err)
	}

	hash := strings.Repeat("a", 64)
	if err := st.AddSession(ctx, quoth.Session{Hash: hash, Account: "ed", Created: now, Seen: now}, act("sign-in", "account ed")); err != nil {
		t.Fatal(err)
	}
	if err := st.SeeSession(ctx, hash, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	s, err := st.Session(ctx, hash)
	if err != nil || s.Account != "ed" || !s.Created.Equal(now) || !s.Seen.Equal(now.Add(time.Hour)) {
		t.Errorf("session: got %+v, %v", s, err)
	}
	a.Name, a.Role, a.Disabled = "ed", quoth.DeskReader, now
	if err := st.SetAccount(ctx, a, act("disable", "account ed")); err != nil {
		t.Fatal(err)
	}
	_, err = st.Session(ctx, hash)
	wantCode(t, "the session of an account that was changed", err, quoth.NotFound)
	if got, err := st.Account(ctx, "ed"); err != nil || got.Role != quoth.DeskReader || !got.Disabled.Equal(now) {
		t.Errorf("changed account: got %+v, %v", got, err)
	}
	a.Name = "nobody"
	wantCode(t, "change of nobody", st.SetAccount(ctx, a, act("disable", "account nobody")), quoth.NotFound)

	for i, h := range []string{strings.Repeat("b", 64), strings.Repeat("c", 64), strings.Repeat("d", 64)} {
		made := now.Add(time.Duration(i) * time.Hour)
		if err := st.AddSession(ctx, quoth.Session{Hash: h, Account: "al", Created: made, Seen: made}, act("sign-in", "account al")); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.EndSession(ctx, strings.Repeat("d", 64)); err != nil {
		t.Fatal(err)
	}
	if err := st.ForgetSessions(ctx, now.Add(time.Minute), now); err != nil {
		t.Fatal(err)
	}
	for h, want := range map[string]quoth.Code{"b": quoth.NotFound, "c": "", "d": quoth.NotFound} {
		_, err := st.Session(ctx, strings.Repeat(h, 64))
		wantCode(t, "session "+h, err, want)
	}
	acts, err := st.Acts(ctx, "account ed", 0, 10)
	if err != nil || len(acts) != 3 || acts[0].Action != "add-account" || acts[2].Action != "disable" || acts[1].Prev == "" || acts[2].Seq <= acts[1].Seq {
		t.Errorf("the audit log of an account: got %+v, %v", acts, err)
	}
}

// crowd is the alert of [gathered].
var crowd = quoth.Alert{Kind: "statement", Target: "s3", Day: "2026-05-01", Why: "a crowd", Answers: 40}

// gathered makes eight cases about statements, of which the last weighs most, and an alert.
func gathered(t *testing.T, st quoth.Store) []quoth.Case {
	t.Helper()
	ctx := t.Context()
	made := func(i int, opened time.Time, weight float64) quoth.Case {
		return quoth.Case{ID: fmt.Sprintf("case%d", i), Kind: "statement", Target: fmt.Sprintf("s%d", i), Queue: "accuracy", State: quoth.CaseNew, Opened: opened, Reports: 3, Texts: 1,
			Priority: quoth.Priority{Weight: weight, Reports: 2.5, Reach: 1, Evidence: 1.3}}
	}
	var cases []quoth.Case
	for i := range 7 {
		cases = append(cases, made(i, now.Add(time.Duration(i)*time.Hour), 4))
	}
	heavy := made(7, now.Add(20*24*time.Hour), 64) // newer, but heavier
	cases = append(cases, heavy)
	for range 2 { // the same again changes nothing
		if err := st.Gather(ctx, cases, []quoth.Alert{crowd}, 12); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := st.Gathered(ctx); n != 12 || err != nil {
		t.Errorf("gathered to %d, %v, want 12", n, err)
	}
	return cases
}

// report is an answer about the statement of the third case.
func report(receipt string) quoth.Feedback {
	return quoth.Feedback{Receipt: strings.Repeat(receipt, 64), Kind: "statement", Target: "s3", Revision: 1, Vote: quoth.No, Reasons: []string{"incorrect"}, Minute: now, Weight: 1}
}

func testCaseOrder(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	gathered(t, st)
	var got []string
	q := quoth.CaseQuery{Limit: 3}
	for {
		page, err := st.Cases(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			got = append(got, c.ID)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	if want := []string{"case7", "case0", "case1", "case2", "case3", "case4", "case5", "case6"}; !slices.Equal(got, want) {
		t.Errorf("in order of rank: got %q, want %q", got, want)
	}
	_, err := st.Cases(ctx, quoth.CaseQuery{Cursor: "x'; drop"})
	wantCode(t, "a cursor that is none", err, quoth.Invalid)
}

func testCaseWork(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	cases := gathered(t, st)
	c, err := st.Case(ctx, "case3")
	if err != nil || c.Version != 1 || c.Reports != 3 || c.Priority != cases[3].Priority || !c.Opened.Equal(cases[3].Opened) {
		t.Fatalf("case: got %+v, %v", c, err)
	}
	c.State, c.Holder, c.Changed = quoth.CaseWorking, "ed", now.Add(time.Hour)
	if err := st.SetCase(ctx, c, act("move", "case case3")); err != nil {
		t.Fatal(err)
	}
	wantCode(t, "a second change of the same version", st.SetCase(ctx, c, act("move", "case case3")), quoth.Conflict)
	none := c
	none.ID = "none"
	wantCode(t, "a case that is none", st.SetCase(ctx, none, act("move", "case none")), quoth.NotFound)
	mine, err := st.Cases(ctx, quoth.CaseQuery{Holder: "ed", State: quoth.CaseWorking, Queue: "accuracy"})
	if err != nil || len(mine.Items) != 1 || mine.Items[0].ID != "case3" || mine.Items[0].Version != 2 {
		t.Errorf("what ed holds: got %+v, %v", mine, err)
	}

	// More answers change the counts, not what the editor does.
	more := cases[3]
	more.Reports = 9
	if err := st.Gather(ctx, []quoth.Case{more}, nil, 11); err != nil {
		t.Fatal(err)
	}
	c, err = st.CaseOf(ctx, "statement", "s3", "accuracy")
	if err != nil || c.Reports != 9 || c.State != quoth.CaseWorking || c.Version != 2 {
		t.Errorf("after more answers: got %+v, %v", c, err)
	}
	if n, _ := st.Gathered(ctx); n != 12 {
		t.Errorf("gathered went back to %d", n)
	}
	c.State, c.Outcome, c.Note, c.ClosedReports, c.Evidence = quoth.CaseClosed, quoth.Declined, "It stands.", 9, "e"
	if err := st.SetCase(ctx, c, act("close", "case case3")); err != nil {
		t.Fatal(err)
	}
	closed, err := st.Cases(ctx, quoth.CaseQuery{State: quoth.CaseClosed})
	if err != nil || len(closed.Items) != 1 || closed.Items[0].Note != "It stands." || closed.Items[0].ClosedReports != 9 || closed.Items[0].Evidence != "e" {
		t.Errorf("closed cases: got %+v, %v", closed, err)
	}
	more.State, more.Reports, more.Changed = quoth.CaseReopened, 30, now.Add(2*time.Hour)
	if err := st.Gather(ctx, []quoth.Case{more}, nil, 13); err != nil {
		t.Fatal(err)
	}
	if c, err = st.Case(ctx, "case3"); err != nil || c.State != quoth.CaseReopened || c.Outcome != "" || c.Holder != "" || c.Version != 4 {
		t.Errorf("opened again: got %+v, %v", c, err)
	}
}

func testAlerts(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	gathered(t, st)
	alerts, err := st.Alerts(ctx, "statement", "s3")
	if err != nil || len(alerts) != 1 || alerts[0] != crowd {
		t.Errorf("alerts: got %+v, %v", alerts, err)
	}
	if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{{Feedback: report("1")}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []quoth.FeedbackCount{{Revision: 1, Withheld: 1}, {Revision: 1, No: 1}} {
		counts, err := st.FeedbackCounts(ctx, "statement", "s3", now.Add(time.Hour))
		if err != nil || len(counts) != 1 || counts[0].Withheld != want.Withheld || counts[0].No != want.No {
			t.Errorf("counts: got %+v, %v, want %+v", counts, err, want)
		}
		err = st.ClearAlert(ctx, "statement", "s3", "2026-05-01", act("clear-alert", "statement s3"))
		if want.Withheld == 0 {
			wantCode(t, "an alert that was cleared", err, quoth.NotFound)
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func testReported(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	for _, f := range []quoth.Feedback{report("1"), report("2")} {
		if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{{Feedback: f}}); err != nil {
			t.Fatal(err)
		}
	}
	targets, last, err := st.Reported(ctx, 0, 10)
	if err != nil || !slices.Equal(targets, []quoth.Target{{Kind: "statement", ID: "s3"}}) || last == 0 {
		t.Errorf("reported: got %v, %d, %v", targets, last, err)
	}
	if targets, again, err := st.Reported(ctx, last, 10); err != nil || len(targets) != 0 || again != last {
		t.Errorf("reported later: got %v, %d, %v", targets, again, err)
	}
	if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{{Feedback: report("2"), IsRetracted: true}}); err != nil {
		t.Fatal(err)
	}
	about, err := st.FeedbackAbout(ctx, "statement", "s3", 10)
	if err != nil || len(about) != 1 || !slices.Equal(about[0].Reasons, []string{"incorrect"}) {
		t.Errorf("answers about it: got %+v, %v", about, err)
	}
}

// testForgetTexts: what somebody wrote is forgotten once no case about it is open.
func testForgetTexts(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	gathered(t, st)
	written, loose := report("2"), report("3")
	written.Text, loose.Text, loose.Target = "It was Hale.", "It was Hale.", "s99"
	if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{{Feedback: written}, {Feedback: loose}}); err != nil {
		t.Fatal(err)
	}
	for _, before := range []time.Time{now, now.Add(48 * time.Hour)} {
		if err := st.ForgetTexts(ctx, before); err != nil {
			t.Fatal(err)
		}
		for receipt, isKept := range map[string]bool{written.Receipt: true, loose.Receipt: before.Equal(now)} {
			if f, err := st.FeedbackOf(ctx, receipt); err != nil || (f.Text != "") != isKept {
				t.Errorf("forgetting what is before %v: got %+v, %v", before, f, err)
			}
		}
	}
}

func testLetters(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	c := quoth.Case{ID: "letter1", Kind: "statement", Target: "s1", Queue: "reply", State: quoth.CaseNew, Opened: now, Reports: 1}
	l := quoth.Letter{Case: "letter1", Kind: quoth.ReplyLetter, Target: "s1", Name: "Zoë Hale", Email: "zoe@hale.example", Text: "I said May, not March.", IsHonest: true, At: now}
	if err := st.AddLetter(ctx, c, l, act("letter", "case letter1")); err != nil {
		t.Fatal(err)
	}
	c.ID, l.Case = "letter2", "letter2" // another about the same is a case of its own
	if err := st.AddLetter(ctx, c, l, act("letter", "case letter2")); err != nil {
		t.Fatal(err)
	}
	got, err := st.Letter(ctx, "letter2")
	if err != nil || got != l {
		t.Errorf("letter: got %+v, %v, want %+v", got, err, l)
	}
	_, err = st.Letter(ctx, "none")
	wantCode(t, "a letter that is none", err, quoth.NotFound)
	if replies, err := st.Replies(ctx, "s1"); err != nil || len(replies) != 0 {
		t.Errorf("before printing: got %+v, %v", replies, err)
	}
	c, err = st.Case(ctx, "letter1")
	if err != nil {
		t.Fatal(err)
	}
	c.State, c.Outcome, c.Note, c.Changed = quoth.CaseClosed, quoth.Replied, "Printed.", now.Add(time.Hour)
	printing := func(id string, version int) error {
		c.ID, c.Version = id, version
		return st.PrintReply(ctx, c, act("print-reply", "statement s1"), act("close", "case "+id))
	}
	wantCode(t, "printing what somebody else has changed", printing("letter1", 7), quoth.Conflict)
	wantCode(t, "printing what is none", printing("none", 1), quoth.NotFound)
	if replies, err := st.Replies(ctx, "s1"); err != nil || len(replies) != 0 {
		t.Errorf("printed though the case stays open: %+v, %v", replies, err)
	}
	if err := printing("letter1", 1); err != nil {
		t.Fatal(err)
	}
	if c, err := st.Case(ctx, "letter1"); err != nil || c.State != quoth.CaseClosed || c.Outcome != quoth.Replied || c.Version != 2 {
		t.Errorf("the case of a printed reply: %+v, %v", c, err)
	}
	if replies, err := st.Replies(ctx, "s1"); err != nil || len(replies) != 1 || replies[0].Text != l.Text || !replies[0].At.Equal(now.Add(time.Hour)) {
		t.Errorf("after printing: got %+v, %v", replies, err)
	}
}

// Cases stand in their list where they stood when it was begun, whatever readers answer meanwhile.
func testGrowingCases(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	made := func(i int, weight float64) quoth.Case {
		return quoth.Case{ID: fmt.Sprintf("case%d", i), Kind: "statement", Target: fmt.Sprintf("s%d", i), Queue: "accuracy", State: quoth.CaseNew, Opened: now,
			Priority: quoth.Priority{Weight: weight, Reports: 1, Reach: 1, Evidence: 1}}
	}
	gather := func(cases ...quoth.Case) {
		t.Helper()
		if err := st.Gather(ctx, cases, nil, 1); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 9 {
		gather(made(i, float64(20-i)))
	}
	pages := func(q quoth.CaseQuery, meanwhile func(page int)) (got []string) {
		t.Helper()
		for page := 0; ; page++ {
			a, err := st.Cases(ctx, q)
			if err != nil || page > 6 {
				t.Fatal(page, err)
			}
			for _, c := range a.Items {
				got = append(got, c.ID)
			}
			if q.Cursor = a.Next; a.Next == "" {
				return got
			}
			meanwhile(page)
		}
	}
	want := []string{"case0", "case1", "case2", "case3", "case4", "case5", "case6", "case7", "case8"}
	got := pages(quoth.CaseQuery{Limit: 2}, func(page int) {
		gather(made(8-page, 100), made(page, .5), made(20+page, 200)) // one who is to come overtakes all, one that came falls back, one is new
		gather(made(8-page, 300), made(page, .25))
	})
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i, id := range want {
		c, err := st.Case(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		c.State, c.Outcome, c.Note, c.Changed = quoth.CaseClosed, quoth.Declined, "It stands.", now.Add(-time.Duration(i/2)*time.Second)
		if err := st.SetCase(ctx, c, act("close", "case "+id)); err != nil {
			t.Fatal(err)
		}
	}
	got = pages(quoth.CaseQuery{State: quoth.CaseClosed, Limit: 2}, func(int) {})
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("closed: got %q, want each of %q", got, want)
	}
}
