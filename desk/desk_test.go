package desk

import (
	"context"
	"fmt"
	"math"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"quoth"
)

func TestPasswords(t *testing.T) {
	hash := hashPassword("correct horse battery")
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || hash == hashPassword("correct horse battery") {
		t.Errorf("hash: %s", hash)
	}
	if !matches("correct horse battery", hash) {
		t.Error("the password does not match its hash")
	}
	for name, c := range map[string]struct{ password, hash string }{
		"another password": {"correct horse batterz", hash},
		"no password":      {"", hash},
		"no hash":          {"correct horse battery", ""},
		"half a hash":      {"correct horse battery", hash[:40]},
		"too much memory":  {"correct horse battery", strings.Replace(hash, "m=19456", "m=99999999", 1)},
		"another version":  {"correct horse battery", strings.Replace(hash, "v=19", "v=16", 1)},
	} {
		if matches(c.password, c.hash) {
			t.Errorf("%s matches", name)
		}
	}
}

func TestTries(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	tries := newTries(func() time.Time { return now })
	ada, bob := tries.key("name", "ada"), tries.key("name", "bob")
	for i := range 5 {
		if got := tries.take(ada, 3); got != (i < 3) {
			t.Errorf("try %d: allowed %v", i, got)
		}
	}
	tries.forgive(ada)
	if !tries.take(ada, 3) || tries.take(ada, 3) {
		t.Error("a try that was forgiven is one more, and no more than one")
	}
	now = now.Add(tryWindow + time.Second)
	if !tries.take(ada, 3) {
		t.Error("tries of long ago count")
	}
	now = now.Add(tryWindow + time.Second)
	if tries.take(bob, 3); len(tries.times) != 1 {
		t.Errorf("%d are remembered, want bob only", len(tries.times))
	}
}

// What is remembered is bounded, and what is known goes on to be counted.
func TestTriesAreBounded(t *testing.T) {
	tries := newTries(func() time.Time { return time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC) })
	ada := tries.key("name", "ada")
	tries.take(ada, 2)
	for i := range maxTryKeys + 100 {
		if !tries.take(tryKey{1, byte(i), byte(i >> 8), byte(i >> 16)}, 1) {
			t.Fatalf("the first try of number %d is one too many", i)
		}
	}
	if len(tries.times) != maxTryKeys {
		t.Errorf("%d are remembered, want %d", len(tries.times), maxTryKeys)
	}
	if !tries.take(ada, 2) || tries.take(ada, 2) {
		t.Error("what is known is not counted")
	}
}

// accounts is a record that holds accounts.
type accounts struct {
	quoth.Store
	byName map[string]quoth.Account
}

// Account implements quoth.Store.
func (a accounts) Account(_ context.Context, name string) (quoth.Account, error) {
	if found, ok := a.byName[name]; ok {
		return found, nil
	}
	return quoth.Account{}, &quoth.Error{Code: quoth.NotFound, Message: "there is no such account"}
}

// Whoever tries wrong passwords keeps nobody out but their own network; from all networks
// together it only gets slow.
func TestWrongPasswordsLockNobodyElseOut(t *testing.T) {
	hash := hashPassword("correct horse battery")
	synctest.Test(t, func(t *testing.T) {
		d := New(Options{Record: accounts{byName: map[string]quoth.Account{"ada": {Name: "ada", Hash: hash}}}, Now: time.Now})
		ada, stranger := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("198.51.100.7")
		right := func() time.Duration {
			begun := time.Now()
			if _, err := d.prove(t.Context(), "ada", "correct horse battery", ada); err != nil {
				t.Errorf("the right password: %v", err)
			}
			return time.Since(begun)
		}
		for i := range 2 * mostByName {
			_, err := d.prove(t.Context(), "ada", "wrong", stranger)
			if isOver := err != errSignIn; quoth.CodeOf(err) != quoth.Refused || isOver != (i >= mostByName) {
				t.Errorf("wrong try %d: %v", i, err)
			}
		}
		if took := right(); took != 0 {
			t.Errorf("from another network it takes %v", took)
		}
		before := len(d.tries.times)
		for _, name := range []string{"", "Ada", strings.Repeat("a", 16<<10), "a\x00"} {
			if _, err := d.prove(t.Context(), name, "wrong", netip.MustParseAddr("203.0.113.9")); err != errSignIn {
				t.Errorf("%.20q: %v", name, err)
			}
		}
		if len(d.tries.times) != before {
			t.Error("names that nobody can have are remembered")
		}
		for range mostSwiftly {
			d.tries.take(d.tries.key("name", "ada"), mostSwiftly)
		}
		if took := right(); took != slowedBy {
			t.Errorf("after very many tries from all over it takes %v, want %v", took, slowedBy)
		}
	})
}

func TestQueueOf(t *testing.T) {
	for _, c := range []struct{ kind, reason, followup, want string }{
		{"statement", "incorrect", "", Accuracy}, {"statement", "incorrect", "words", Accuracy}, {"article", "incorrect", "", Accuracy},
		{"statement", "incorrect", "untrue", ""}, // that it was said is right
		{"statement", "misleading", "cut", Context}, {"article", "misleading", "", ""},
		{"statement", "hateful", "", Policy}, {"article", "hateful", "", Policy},
		{"statement", "opinion", "", Label}, {"article", "opinion", "", ""},
		{"article", "ads", "", ""}, {"statement", "ads", "", ""}, {"article", "other", "", Other},
	} {
		if got := queueOf(c.kind, c.reason, c.followup); got != c.want {
			t.Errorf("%s, %s, %s: got %q, want %q", c.kind, c.reason, c.followup, got, c.want)
		}
	}
}

var day = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

// noes are n answers from a time on, one a minute, every yes-th of them a yes.
func noes(from time.Time, n, yes int, text string) []quoth.Feedback {
	list := make([]quoth.Feedback, n)
	for i := range list {
		list[i] = quoth.Feedback{Vote: quoth.No, Reasons: []string{"hateful"}, Minute: from.Add(time.Duration(i) * time.Minute), Text: text, Weight: 1}
		if yes > 0 && i%yes == 0 {
			list[i].Vote, list[i].Reasons = quoth.Yes, nil
		}
	}
	return list
}

func TestCampaign(t *testing.T) {
	usual := noes(day.AddDate(0, 0, -20), 2000, 2, "")
	for name, c := range map[string]struct {
		answers []quoth.Feedback
		want    int
	}{
		"few":                         {noes(day, 19, 0, ""), 0},
		"a crowd at once":             {noes(day, 50, 0, ""), 1},
		"a crowd that says both":      {noes(day, 50, 2, ""), 0},
		"a crowd on two days":         {append(noes(day, 50, 0, ""), noes(day.AddDate(0, 0, 1), 50, 0, "")...), 2},
		"slowly":                      {slowly(60), 0},
		"what is usual for it":        {append(usual, noes(day, 50, 2, "")...), 0},
		"far more than usual for it":  {append(usual, noes(day, 60, 0, "")...), 1},
		"all noes, in the usual pace": {append(noes(day.AddDate(0, 0, -10), 10*24*60, 2, ""), noes(day, 35, 0, "")...), 0},
	} {
		if got := campaign(quoth.Target{Kind: "article", ID: "a"}, c.answers); len(got) != c.want {
			t.Errorf("%s: got %+v, want %d", name, got, c.want)
		}
	}
	got := campaign(quoth.Target{Kind: "article", ID: "a"}, noes(day, 50, 0, ""))
	if len(got) != 1 || got[0].Day != "2026-05-01" || got[0].Answers != 50 || !strings.Contains(got[0].Why, "50 of 50 for the same reason, hateful") {
		t.Errorf("the words of it: %+v", got)
	}
}

// slowly are noes, three an hour.
func slowly(n int) []quoth.Feedback {
	var list []quoth.Feedback
	for i := range n {
		list = append(list, noes(day.Add(time.Duration(i)*20*time.Minute), 1, 0, "")...)
	}
	return list
}

func TestPoissonTail(t *testing.T) {
	for _, c := range []struct {
		n           int
		usual, want float64 // by scipy.stats.poisson.sf(n-1, usual)
	}{{1, 1, .6321206}, {5, 1, .003659847}, {20, 1, 1.5901e-19}, {30, 20, .02181822}, {5000, 10, 0}} {
		if got := poissonTail(c.n, c.usual); math.Abs(got-c.want) > 1e-6*math.Max(c.want, 1e-3) {
			t.Errorf("%d where %v are usual: got %g, want %g", c.n, c.usual, got, c.want)
		}
	}
}

func TestReopening(t *testing.T) {
	closed := quoth.Case{State: quoth.CaseClosed, Changed: day, ClosedReports: 4, Evidence: evidenceOf(noes(day.Add(-time.Hour), 4, 0, "It was March."))}
	before := noes(day.Add(-time.Hour), 4, 0, "It was March.")
	for name, c := range map[string]struct {
		later []quoth.Feedback
		want  bool
	}{
		"nothing":           {nil, false},
		"bare clicks":       {noes(day.Add(time.Hour), 7, 0, ""), false},
		"many bare clicks":  {noes(day.Add(time.Hour), 8, 0, ""), true},
		"other words":       {noes(day.Add(time.Hour), 1, 0, "It was May."), true},
		"the same words":    {noes(day.Add(time.Hour), 1, 0, "it was  march."), false},
		"words from before": {noes(day.Add(-2*time.Hour), 1, 0, "It was June."), false},
	} {
		if got := isReopened(closed, append(c.later, before...)); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	open := closed
	open.State = quoth.CaseWorking
	if isReopened(open, noes(day.Add(time.Hour), 100, 0, "x")) {
		t.Error("a case that is open is opened again")
	}
}

func TestCheckSpans(t *testing.T) {
	const text = "Zoë said: “Go on.”"
	for _, c := range []struct {
		spans []quoth.Span
		want  string
	}{
		{[]quoth.Span{{Start: 0, End: 4}}, ""},
		{[]quoth.Span{{Start: 0, End: 4}, {Start: 5, End: 9}}, ""},
		{nil, ""},
		{[]quoth.Span{{Start: 0, End: 3}}, "cuts a character"},
		{[]quoth.Span{{Start: 3, End: 4}}, "cuts a character"},
		{[]quoth.Span{{Start: 4, End: 9}}, "blank"},
		{[]quoth.Span{{Start: 5, End: 5}}, "no place"},
		{[]quoth.Span{{Start: -1, End: 4}}, "no place"},
		{[]quoth.Span{{Start: 5, End: 99}}, "no place"},
		{[]quoth.Span{{Start: 5, End: 9}, {Start: 0, End: 4}}, "out of order"},
	} {
		err := checkSpans("the words", text, c.spans)
		if got := fmt.Sprint(err); (err == nil) != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%v: got %v, want %q", c.spans, err, c.want)
		}
	}
}
