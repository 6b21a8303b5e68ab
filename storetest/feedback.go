package storetest

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"quoth"
)

func testFeedback(t *testing.T, st quoth.Store) {
	ctx := t.Context()
	receipt := func(n int) string { return fmt.Sprintf("%064d", n) }
	answer := func(n int, vote quoth.Vote, visitor string, reasons ...string) quoth.FeedbackChange {
		return quoth.FeedbackChange{Feedback: quoth.Feedback{Receipt: receipt(n), Kind: "article", Target: "a1", Revision: 1, Vote: vote, Reasons: reasons, Minute: now.Add(30 * time.Second), Visitor: visitor, Weight: 1}}
	}
	bot := answer(9, quoth.No, "bot")
	bot.Weight, bot.Why = 0, "honeypot"
	taken := answer(4, quoth.No, "v4")
	later := answer(8, quoth.Yes, "v8")
	later.Minute = now.Add(48 * time.Hour)
	changes := []quoth.FeedbackChange{
		answer(1, quoth.Yes, "v1"),
		answer(2, quoth.No, "v2"), answer(2, quoth.No, "v2", "ads"), // the same answer, then with its reason
		answer(3, quoth.No, "v3"), answer(30, quoth.Yes, "v3"), // the same visitor, another receipt
		taken, {Feedback: taken.Feedback, IsRetracted: true}, {Feedback: taken.Feedback, IsRetracted: true},
		answer(5, quoth.No, ""), answer(6, quoth.No, ""), // nobody knows whether these are one
		bot, later,
	}
	for range 2 { // the same again changes nothing
		if err := st.KeepFeedback(ctx, changes); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := st.FeedbackCounts(ctx, "article", "a1", now.Add(24*time.Hour))
	want := []quoth.FeedbackCount{{Revision: 1, Yes: 2, No: 3, NoReason: 2, Reasons: map[string]int{"ads": 1}, Excluded: 1}}
	if err != nil || !reflect.DeepEqual(counts, want) {
		t.Errorf("got %+v, %v, want %+v", counts, err, want)
	}
	got, err := st.FeedbackOf(ctx, receipt(2))
	if err != nil || got.Vote != quoth.No || !slices.Equal(got.Reasons, []string{"ads"}) || got.Visitor != "v2" || !got.Minute.Equal(now) {
		t.Errorf("answer: got %+v, %v", got, err)
	}
	for _, n := range []int{3, 4, 99} {
		if _, err := st.FeedbackOf(ctx, receipt(n)); quoth.CodeOf(err) != quoth.NotFound {
			t.Errorf("answer %d: got %v, want code not-found", n, err)
		}
	}
	byOutlet, err := st.FeedbackByOutlet(ctx, now.Add(24*time.Hour))
	if err != nil || len(byOutlet) != 1 || byOutlet[0].Outlet != "" || byOutlet[0].Yes != 2 || byOutlet[0].No != 3 || byOutlet[0].Excluded != 1 || byOutlet[0].Reasons["ads"] != 1 {
		t.Errorf("by outlet, of an article that the record does not have: got %+v, %v", byOutlet, err)
	}
	keep(t, st, town...)
	byOutlet, err = st.FeedbackByOutlet(ctx, now.Add(96*time.Hour))
	if err != nil || len(byOutlet) != 1 || byOutlet[0].Outlet != "herald.example" || byOutlet[0].Yes != 3 {
		t.Errorf("by outlet: got %+v, %v", byOutlet, err)
	}
	byDay, err := st.FeedbackByDay(ctx, now.Add(96*time.Hour))
	if err != nil || len(byDay) != 2 || byDay[0].Day != "2026-05-01" || byDay[0].No != 3 || byDay[1].Day != "2026-05-03" || byDay[1].Yes != 1 {
		t.Errorf("by day: got %+v, %v", byDay, err)
	}
	if err := st.ForgetVisitors(ctx, now.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, err := st.FeedbackOf(ctx, receipt(2)); err != nil || got.Visitor != "" {
		t.Errorf("visitor kept: %+v, %v", got, err)
	}
	bad := answer(7, "perhaps", "v7")
	if err := st.KeepFeedback(ctx, []quoth.FeedbackChange{answer(10, quoth.Yes, "v10"), bad}); err == nil {
		t.Error("a vote that is none was kept")
	}
	if _, err := st.FeedbackOf(ctx, receipt(10)); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("half a batch was kept: %v", err)
	}
}
