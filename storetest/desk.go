package storetest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"quoth"
	"quoth/wording"
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

func testCases(t *testing.T, st quoth.Store) {
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
	alert := quoth.Alert{Kind: "statement", Target: "s3", Day: "2026-05-01", Why: "a crowd", Answers: 40}
	for range 2 { // the same again changes nothing
		if err := st.Gather(ctx, cases, []quoth.Alert{alert}, 12); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := st.Gathered(ctx); n != 12 || err != nil {
		t.Errorf("gathered to %d, %v, want 12", n, err)
	}
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

	alerts, err := st.Alerts(ctx, "statement", "s3")
	if err != nil || len(alerts) != 1 || alerts[0] != alert {
		t.Errorf("alerts: got %+v, %v", alerts, err)
	}
	answer := quoth.Feedback{Receipt: strings.Repeat("1", 64), Kind: "statement", Target: "s3", Revision: 1, Vote: quoth.No, Reasons: []string{"incorrect"}, Minute: now, Weight: 1}
	if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{{Feedback: answer}}); err != nil {
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
	targets, last, err := st.Reported(ctx, 0, 10)
	if err != nil || !slices.Equal(targets, []quoth.Target{{Kind: "statement", ID: "s3"}}) || last == 0 {
		t.Errorf("reported: got %v, %d, %v", targets, last, err)
	}
	if targets, again, err := st.Reported(ctx, last, 10); err != nil || len(targets) != 0 || again != last {
		t.Errorf("reported later: got %v, %d, %v", targets, again, err)
	}
	// What somebody wrote is forgotten once no case about it is open.
	written := answer
	written.Receipt, written.Text, written.Visitor = strings.Repeat("2", 64), "It was Hale.", "v"
	loose := written
	loose.Receipt, loose.Target = strings.Repeat("3", 64), "s99"
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
	if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{{Feedback: written, IsRetracted: true}}); err != nil {
		t.Fatal(err)
	}
	about, err := st.FeedbackAbout(ctx, "statement", "s3", 10)
	if err != nil || len(about) != 1 || !slices.Equal(about[0].Reasons, []string{"incorrect"}) {
		t.Errorf("answers about it: got %+v, %v", about, err)
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

// correction makes the correction of a statement by f.
func correction(t *testing.T, st quoth.Store, id string, f func(is *quoth.Statement)) quoth.Correction {
	t.Helper()
	was, err := st.Statement(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	is := was.Statement
	is.About = slices.Clone(is.About)
	f(&is)
	return quoth.Correction{Statement: id, Article: was.Article.ID, Revision: was.Revision, Kind: quoth.FieldCorrection, Fields: quoth.Differences(&was.Statement, &is),
		Was: &was.Statement, Is: &is, Note: "The page says so.", Case: "c1", Actor: "ed", At: now}
}

func testCorrect(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	c := correction(t, st, id, func(is *quoth.Statement) {
		is.Speaker = &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "she", ID: "ida-quill"}
		is.About = []quoth.Party{{Name: "Zoë Hale", Kind: quoth.PersonParty, ID: "zoe-hale"}, {Name: "Al Dunn", Kind: quoth.PersonParty, ID: "al-dunn"}}
		is.Said, is.Medium, is.Kind = nil, "interview", quoth.Mixed
		is.Content = quoth.NewRole(town[0].says[0].words, []quoth.Span{{Start: 0, End: 34}})
	})
	c.People = []quoth.Person{{ID: "al-dunn", Name: "Al Dunn", Kind: quoth.PersonParty, Aliases: []quoth.Alias{{Name: "Al Dunn", Articles: 1, Evidence: "a1"}}}}
	if want := []string{"kind", "content", "speaker", "said", "medium", "about"}; !slices.Equal(c.Fields, want) {
		t.Fatalf("fields: got %q, want %q", c.Fields, want)
	}
	c, err := st.Correct(ctx, c, act("correct", "statement "+id))
	if err != nil || c.ID == 0 || c.State != quoth.Accepted {
		t.Fatalf("correct: got %+v, %v", c, err)
	}
	got, err := st.Statement(ctx, id)
	if err != nil || len(quoth.Differences(&got.Statement, c.Is)) > 0 || got.ID != id {
		t.Errorf("the corrected statement: got %+v, %v, want %+v", got.Statement, err, c.Is)
	}
	for q, want := range map[string]int{`speaker:"Ida Quill"`: 2, `speaker:"Zoë Hale"`: 2, `about:"Al Dunn"`: 1, "cross": 0, "bridge": 3, "medium:interview": 2} {
		query, err := quoth.ParseQuery(q)
		if err != nil {
			t.Fatal(err)
		}
		if found := ask(t, st, query); len(found) != want {
			t.Errorf("%s: found %q, want %d", q, found, want)
		}
	}
	if p, err := st.Person(ctx, "al-dunn"); err != nil || p.About != 1 || p.Name != "Al Dunn" || len(p.Aliases) != 1 {
		t.Errorf("somebody new: got %+v, %v", p, err)
	}
	_, err = st.Correct(ctx, quoth.Correction{Statement: id, Kind: quoth.FieldCorrection, Fields: c.Fields, Was: c.Was, Is: c.Is, Note: "n", Actor: "al", At: now}, act("correct", "statement "+id))
	wantCode(t, "a correction of what it no longer is", err, quoth.Conflict)

	next, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "speech" }), act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, "undoing what is not the last", st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)), quoth.Conflict)
	for _, n := range []int64{next.ID, c.ID} {
		if err := st.UndoCorrection(ctx, n, act("undo", "statement "+id)); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, "undoing twice", st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)), quoth.Conflict)
	wantCode(t, "undoing nothing", st.UndoCorrection(ctx, 99, act("undo", "statement "+id)), quoth.NotFound)
	if after := picture(t, st); after != before {
		t.Errorf("after undoing: got\n%s\nwant\n%s", after, before)
	}
	list, err := st.Corrections(ctx, quoth.CorrectionQuery{Statement: id})
	if err != nil || len(list) != 2 || list[0].ID != next.ID || list[1].State != quoth.Undone || !list[1].UndoneAt.Equal(now) || len(quoth.Differences(list[1].Was, c.Was)) > 0 || list[1].Note != c.Note {
		t.Errorf("corrections: got %+v, %v", list, err)
	}
	if list, err := st.Corrections(ctx, quoth.CorrectionQuery{Before: next.ID, Case: "c1", Article: "a1", State: quoth.Undone}); err != nil || len(list) != 1 || list[0].ID != c.ID {
		t.Errorf("older corrections: got %+v, %v", list, err)
	}
	acts, err := st.Acts(ctx, "statement "+id, 0, 10)
	if err != nil || len(acts) != 4 || acts[3].Action != "undo" {
		t.Errorf("the audit log: got %+v, %v", acts, err)
	}
}

// Of two editors who saw the same statement one is told that it has changed; what the
// other did stands whole.
func testTwoEditors(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	other := func(now, a, b string) string {
		if now == a {
			return b
		}
		return a
	}
	for round := range 10 {
		a := correction(t, st, id, func(is *quoth.Statement) { is.Medium = other(is.Medium, "interview", "broadcast") })
		b := correction(t, st, id, func(is *quoth.Statement) { is.Kind = quoth.Kind(other(string(is.Kind), "mixed", "direct")) })
		var errs [2]error
		var made [2]quoth.Correction
		var both sync.WaitGroup
		for i, c := range []quoth.Correction{a, b} {
			both.Go(func() { made[i], errs[i] = st.Correct(ctx, c, act("correct", "statement "+id)) })
		}
		both.Wait()
		first := slices.IndexFunc(errs[:], func(err error) bool { return err == nil })
		if first < 0 || quoth.CodeOf(errs[1-first]) != quoth.Conflict {
			t.Fatalf("round %d: got %v, want one conflict", round, errs)
		}
		if got, err := st.Statement(ctx, id); err != nil || len(quoth.Differences(&got.Statement, made[first].Is)) > 0 {
			t.Fatalf("round %d: got %+v, %v, want %+v", round, got.Statement, err, made[first].Is)
		}
		// The same of one who takes it back while another corrects it.
		c := correction(t, st, id, func(is *quoth.Statement) { is.Said = nil })
		both.Go(func() { errs[0] = st.UndoCorrection(ctx, made[first].ID, act("undo", "statement "+id)) })
		both.Go(func() { made[1], errs[1] = st.Correct(ctx, c, act("correct", "statement "+id)) })
		both.Wait()
		got, err := st.Statement(ctx, id)
		if err != nil || (errs[0] == nil) == (errs[1] == nil) || (got.Said == nil) != (errs[1] == nil) {
			t.Fatalf("round %d: got %v, %+v, %v", round, errs, got.Statement, err)
		}
		if errs[1] == nil {
			err = st.UndoCorrection(ctx, made[1].ID, act("undo", "statement "+id))
		} else if quoth.CodeOf(errs[1]) != quoth.Conflict {
			t.Fatalf("round %d: got %v, want a conflict", round, errs)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// takeAway withdraws a statement.
func takeAway(t *testing.T, st quoth.Store, id string) quoth.Correction {
	t.Helper()
	c := correction(t, st, id, func(*quoth.Statement) {})
	c.Kind, c.Is, c.Note = quoth.Redaction, nil, "A court forbids it."
	c, err := st.Correct(t.Context(), c, act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func testTakeAway(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	before := picture(t, st)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	known := func() int {
		t.Helper()
		found, err := st.Wordings(ctx, wording.Sketch(town[0].says[0].words))
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if known() != 1 {
		t.Fatal("the wording is not known")
	}
	c := takeAway(t, st, id)
	if n := known(); n != 0 {
		t.Errorf("sayings are still folded into it: %d", n)
	}
	got, err := st.Statement(ctx, id)
	if err != nil || got.Withdrawn != "A court forbids it." || got.Content != nil || got.Speaker != nil || got.Article.ID != "a1" {
		t.Errorf("the stone: got %+v, %v", got, err)
	}
	if found := ask(t, st, quoth.Query{Speaker: "zoe-hale"}); len(found) != 2 {
		t.Errorf("still found: %q", found)
	}
	r, ref, err := st.Article(ctx, "a1", 0)
	if err != nil || len(r.Statements) != 2 || ref.Statements != 2 {
		t.Errorf("the article: %d statements, %+v, %v", len(r.Statements), ref, err)
	}
	if p, err := st.Person(ctx, "zoe-hale"); err != nil || p.Statements != 2 {
		t.Errorf("the speaker: got %+v, %v", p, err)
	}
	history, err := st.History(ctx, id)
	if err != nil || len(history) != 1 || history[0].Content != nil {
		t.Errorf("the history: got %+v, %v", history, err)
	}
	_, err = st.Correct(ctx, quoth.Correction{Statement: id, Kind: quoth.FieldCorrection, Was: c.Was, Is: c.Was, Note: "n", Actor: "al", At: now}, act("correct", "statement "+id))
	wantCode(t, "correcting what was taken away", err, quoth.Conflict)
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	if after := picture(t, st); after != before || known() != 1 {
		t.Errorf("given back: got\n%s\nwant\n%s, %d wordings", after, before, known())
	}
}

// What was redacted is shown neither by corrections before it nor by the article, in whatever
// state; what was retracted is no statement, and the article stays as it is.
func testRedacted(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	first := town[0].says[0].words
	id := quoth.StatementID("a1", first, 0)
	if _, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "interview" }), act("correct", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	before, _, err := st.Article(ctx, "a1", 0)
	if err != nil {
		t.Fatal(err)
	}
	c := takeAway(t, st, id)
	moved := town[0]
	moved.says = append([]said{{who: "Al Dunn", words: "Let me say — before all else — what she said."}, town[0].says[1]}, town[0].says[0])
	for revision := 1; revision <= 2; revision++ {
		r, _, err := st.Article(ctx, "a1", revision)
		if err != nil || strings.Contains(r.Article.Text, "safe") || !strings.Contains(r.Article.Text, town[0].says[1].words) || !utf8.ValidString(r.Article.Text) {
			t.Errorf("revision %d: %q, %v", revision, r.Article.Text, err)
		}
		if revision == 1 && len(r.Article.Text) != len(before.Article.Text) || len(r.Background) > 0 && strings.Contains(r.Background[0].Text, "safe") {
			t.Errorf("revision %d: %q, background %+v, want the length of %q", revision, r.Article.Text, r.Background, before.Article.Text)
		}
		keep(t, st, moved)
	}
	list, err := st.Corrections(ctx, quoth.CorrectionQuery{Statement: id})
	if err != nil || len(list) != 2 {
		t.Fatalf("corrections: %+v, %v", list, err)
	}
	for _, made := range list {
		if p := made.Public(); p.Was != nil || p.Is != nil {
			t.Errorf("correction %d still tells the words: %+v", p.ID, p)
		}
	}
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	if r, _, err := st.Article(ctx, "a1", 1); err != nil || r.Article.Text != before.Article.Text {
		t.Errorf("given back: %q, %v", r.Article.Text, err)
	}
	if list, err = st.Corrections(ctx, quoth.CorrectionQuery{Statement: id}); err != nil || list[1].Public().Was == nil {
		t.Errorf("given back: corrections %+v, %v", list, err)
	}
	other := quoth.StatementID("a2", town[1].says[0].words, 0)
	c = correction(t, st, other, func(*quoth.Statement) {})
	c.Kind, c.Is, c.Note = quoth.Retraction, nil, "Nobody says that."
	if _, err := st.Correct(ctx, c, act("correct", "statement "+other)); err != nil {
		t.Fatal(err)
	}
	if r, _, err := st.Article(ctx, "a2", 0); err != nil || !strings.Contains(r.Article.Text, town[1].says[0].words) {
		t.Errorf("a retraction changed the article: %q, %v", r.Article.Text, err)
	}
}

func testCorrectedAgain(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	words := town[0].says
	first, second := quoth.StatementID("a1", words[0].words, 0), quoth.StatementID("a1", words[1].words, 0)
	c := correction(t, st, first, func(is *quoth.Statement) {
		is.Speaker = &quoth.Speaker{Name: "Ida Quill", Kind: quoth.PersonParty, Mention: "she", ID: "ida-quill"}
	})
	if _, err := st.Correct(ctx, c, act("correct", "statement "+first)); err != nil {
		t.Fatal(err)
	}
	takeAway(t, st, second)
	// Another model reads the page, and then the page changes: what editors decided stays.
	reread := entry(town[0])
	reread.Model = "test-2"
	changed := town[0]
	changed.says = append(slices.Clone(changed.says), said{who: "Al Dunn", words: "I was there."})
	for n, e := range []quoth.Entry{reread, entry(changed)} {
		if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
			t.Fatal(err)
		}
		got, err := st.Statement(ctx, first)
		if err != nil || got.Speaker == nil || got.Speaker.ID != "ida-quill" {
			t.Errorf("reading %d: the corrected speaker: got %+v, %v", n, got.Speaker, err)
		}
		if got, err := st.Statement(ctx, second); err != nil || got.Withdrawn == "" || got.Content != nil {
			t.Errorf("reading %d: what was taken away: got %+v, %v", n, got, err)
		}
		if found := ask(t, st, quoth.Query{Speaker: "eric-moss"}); len(found) != 0 {
			t.Errorf("reading %d: found %q", n, found)
		}
		if wrong, err := st.Check(ctx); err != nil || len(wrong) > 0 {
			t.Errorf("reading %d: the record does not check: %v, %v", n, wrong, err)
		}
	}
}

// A correction is of words, wherever a changed page prints them, and of what else it names though
// the page does not print them any more; a reading with the words from before finds them corrected.
func testCorrectedElsewhere(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	words := town[0].says[0].words
	id := quoth.StatementID("a1", words, 0)
	made, err := st.Correct(ctx, correction(t, st, id, func(is *quoth.Statement) {
		is.Content = quoth.NewRole(words, []quoth.Span{{Start: 4, End: 14}, {Start: 18, End: 33}})
		is.Cue = quoth.NewRole(words, []quoth.Span{{Start: 15, End: 17}})
		is.Said = &quoth.Said{EDTF: "2026-04-15", Evidence: quoth.Span{Start: 8, End: 14}, Text: words[8:14]}
		is.Venue = &quoth.Venue{Name: words[8:14], Span: quoth.Span{Start: 8, End: 14}}
		is.Medium = "interview"
	}), act("correct", "statement "+id))
	if err != nil {
		t.Fatal(err)
	}
	held, err := st.Holdings(ctx, []string{"a1"})
	if err != nil || !slices.ContainsFunc(held["a1"].Statements, func(h quoth.HeldStatement) bool { return h.ID == id && slices.Equal(h.Read, []string{words}) }) {
		t.Errorf("nobody would know it again: %+v, %v", held, err)
	}
	changed := town[0]
	changed.says = append([]said{{who: "Al Dunn", words: "It is — as I said — closed."}}, changed.says...)
	first := len(changed.says[0].words) + 1
	keep(t, st, changed)
	got, err := st.Statement(ctx, id)
	if err != nil || got.Content.Text != made.Is.Content.Text || got.Content.Spans[1] != (quoth.Span{Start: first + 18, End: first + 33}) || got.Cue.Spans[0].Start != first+15 ||
		got.Said.EDTF != "2026-04-15" || got.Said.Evidence.Start != first+8 || got.Venue.Span.Start != first+8 || got.Medium != "interview" {
		t.Errorf("behind another statement: %+v, %v", got.Statement, err)
	}
	e := entry(article{id: "a1", site: "herald.example", says: []said{{who: "Zoë Hale", words: "The old crossing is no more safe to walk on, and I will not let anybody cross it.", medium: "speech"}}})
	e.Reading.Statements[0].ID = id
	if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
		t.Fatal(err)
	}
	if got, err = st.Statement(ctx, id); err != nil || got.Medium != "interview" || got.Content.Text != e.Reading.Statements[0].Content.Text || got.Said != nil {
		t.Errorf("in other words: %+v, %v", got.Statement, err)
	}
}

// What was taken away stays so though a reading does not find it, and though a later one does.
func testStones(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	c := takeAway(t, st, id)
	read := func(model string, n, past int) {
		t.Helper()
		e := entry(town[0])
		e.Model = model
		e.Reading.Statements = e.Reading.Statements[n:past]
		if err := st.Keep(ctx, []quoth.Entry{e}, nil); err != nil {
			t.Fatal(err)
		}
		if got, err := st.Statement(ctx, id); err != nil || got.Withdrawn == "" || got.Content != nil {
			t.Errorf("read by %s: got %+v, %v, want the stone", model, got, err)
		}
		if _, ref, err := st.Article(ctx, "a1", 0); err != nil || ref.Statements != past-max(n, 1) {
			t.Errorf("read by %s: got %+v, %v", model, ref, err)
		}
		held, err := st.Holdings(ctx, []string{"a1"})
		if err != nil || !slices.ContainsFunc(held["a1"].Statements, func(h quoth.HeldStatement) bool { return h.ID == id && h.Words != "" }) {
			t.Errorf("read by %s: nobody would know it again: %+v, %v", model, held, err)
		}
	}
	read("test-2", 1, 3)
	read("test-3", 2, 3)
	read("test-4", 0, 3)
	read("test-5", 1, 3)
	keep(t, st, article{id: "a1", site: "herald.example", says: town[0].says[1:]})
	held, err := st.Holdings(ctx, []string{"a1"})
	if err != nil || len(held["a1"].Statements) != 3 || held["a1"].Statements[2].ID != id {
		t.Errorf("on another page: holdings %+v, %v", held, err)
	}
	if err := st.UndoCorrection(ctx, c.ID, act("undo", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	if got, err := st.Statement(ctx, id); err != nil || got.Withdrawn != "" || got.Content == nil || got.Revision != 1 {
		t.Errorf("given back: got %+v, %v", got, err)
	}
}

func testPropose(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	keep(t, st, town...)
	id := quoth.StatementID("a1", town[0].says[0].words, 0)
	propose := func() quoth.Correction {
		c, err := st.Propose(ctx, correction(t, st, id, func(is *quoth.Statement) { is.Medium = "message" }), act("propose", "statement "+id))
		if err != nil || c.State != quoth.Proposed {
			t.Fatalf("propose: got %+v, %v", c, err)
		}
		return c
	}
	c := propose()
	if got, err := st.Statement(ctx, id); err != nil || got.Medium != "speech" {
		t.Errorf("a proposal changed the statement: %+v, %v", got, err)
	}
	if err := st.Reject(ctx, c.ID, act("reject", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, "rejecting twice", st.Reject(ctx, c.ID, act("reject", "statement "+id)), quoth.Conflict)
	_, err := st.Correct(ctx, c, act("correct", "statement "+id))
	wantCode(t, "accepting what was rejected", err, quoth.Conflict)
	if got, err := st.Statement(ctx, id); err != nil || got.Medium != "speech" {
		t.Errorf("a rejected proposal changed the statement: %+v, %v", got, err)
	}
	c = propose()
	c.Approver = "al"
	if _, err := st.Correct(ctx, c, act("correct", "statement "+id)); err != nil {
		t.Fatal(err)
	}
	got, err := st.Statement(ctx, id)
	list, err2 := st.Corrections(ctx, quoth.CorrectionQuery{Statement: id, State: quoth.Accepted})
	if err != nil || err2 != nil || got.Medium != "message" || len(list) != 1 || list[0].Approver != "al" {
		t.Errorf("accepted: got %+v, %+v, %v, %v", got.Statement, list, err, err2)
	}
}
