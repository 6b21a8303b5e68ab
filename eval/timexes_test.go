package eval

import (
	"testing"

	"quoth"
)

func timexAt(start, end int, class, value string) Timex {
	return Timex{quoth.Span{Start: start, End: end}, class, value}
}

func TestTimexScore(t *testing.T) {
	var s TimexScore
	s.Add([]Timex{timexAt(0, 7, "DATE", "2016"), timexAt(10, 20, "DATE", "2017"), timexAt(30, 40, "DURATION", "P2W"), timexAt(50, 60, "DATE", "2018")},
		[]Timex{timexAt(0, 7, "DATE", "2016"), timexAt(12, 20, "DATE", "2016"), timexAt(30, 34, "DATE", "P2W"), timexAt(34, 40, "DATE", "2014"), timexAt(70, 80, "DATE", "2015")})
	f := s.Figures()
	for _, c := range []struct {
		name string
		got  PRF
		want int
	}{{"relaxed", f.Relaxed, 3}, {"strict", f.Strict, 1}, {"value", f.Value, 1}, {"type", *f.Type, 2}} {
		if want := newPRF(c.want, 5, 4); c.got != want {
			t.Errorf("%s: got %+v, want %+v", c.name, c.got, want)
		}
	}
	// The third gold expression meets the longer of its two parts, whose value is wrong.
	if len(TimexErrors([]Timex{timexAt(0, 7, "", "a")}, []Timex{timexAt(0, 7, "", "a")})) != 0 {
		t.Error("what is right is an error")
	}
	if got := TimexErrors([]Timex{timexAt(0, 7, "", "a")}, []Timex{timexAt(8, 9, "", "a")}); len(got) != 2 || got[0].Found != nil || got[1].Gold != nil {
		t.Errorf("got %+v", got)
	}
}

func TestTimexCaseVerdicts(t *testing.T) {
	found := func(start, end int, value, edtf string) []FoundTimex {
		return []FoundTimex{{quoth.Span{Start: start, End: end}, value, edtf}}
	}
	for _, c := range []struct {
		name string
		c    TimexCase
		want CaseVerdict
	}{
		{"same TIMEX", TimexCase{"for 2 weeks", []TimexAnswer{{Text: "2 weeks", Timex: "P2W"}}, found(4, 11, "P2W", "")}, CasePassed},
		{"same day", TimexCase{"on Monday", []TimexAnswer{{Text: "monday", Timex: "XXXX-WXX-1", Values: []string{"2016-11-07"}}}, found(3, 9, "2016-11-07", "2016-11-07")}, CasePassed},
		{"same range", TimexCase{"in May", []TimexAnswer{{Text: "May", Timex: "XXXX-05", Ranges: [][2]string{{"2016-05-01", "2016-06-01"}}}}, found(3, 6, "2016-05", "2016-05")}, CasePassed},
		{"same clock", TimexCase{"at 3 pm", []TimexAnswer{{Text: "3 pm", Timex: "T15"}}, found(3, 7, "XXXX-XX-XXT15:00", "")}, CasePassed},
		{"another value", TimexCase{"in May", []TimexAnswer{{Text: "May", Timex: "XXXX-05"}}, found(3, 6, "2016-04", "2016-04")}, CaseValue},
		{"missed", TimexCase{"in May", []TimexAnswer{{Text: "May", Timex: "XXXX-05"}}, nil}, CaseMissed},
		{"nothing to find", TimexCase{"I may", nil, nil}, CasePassed},
		{"too many", TimexCase{"I may", nil, found(2, 5, "2016-05", "2016-05")}, CaseTooMany},
	} {
		if got := c.c.Verdict(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
