package attribution

import (
	"math"
	"testing"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// ranges makes pieces of pairs of token numbers.
func ranges(at ...int) []nlp.TokenRange {
	var out []nlp.TokenRange
	for ; len(at) > 1; at = at[2:] {
		out = append(out, nlp.TokenRange{First: at[0], Past: at[1]})
	}
	return out
}

// Cues whose contents meet take the likeliest analyses that do not, or one of them none.
func TestAgree(t *testing.T) {
	analysis := func(cue int, at ...int) found {
		c := nlp.TokenRange{First: cue, Past: cue + 1}
		return found{Attribution: nlp.Attribution{Cue: []nlp.TokenRange{c}, Content: ranges(at...)}, cue: cueAt(c), pContent: make([]float64, len(at)/2)}
	}
	logs := func(ps ...float64) []float64 {
		for i, p := range ps {
			ps[i] = math.Log(p)
		}
		return ps
	}
	for _, test := range []struct {
		name    string
		choices []choice
		want    []int
	}{
		{
			name: "one has a second best",
			choices: []choice{
				{all: []found{analysis(5, 0, 4, 8, 12), analysis(5, 0, 4)}, logP: logs(0.5, 0.4, 0.1)},
				{all: []found{analysis(7, 8, 12), analysis(7, 9, 12)}, logP: logs(0.7, 0.1, 0.2)},
			},
			want: []int{1, 0},
		},
		{
			name: "one is none",
			choices: []choice{
				{all: []found{analysis(5, 8, 12)}, logP: logs(0.9, 0.1)},
				{all: []found{analysis(7, 8, 12)}, logP: logs(0.6, 0.4)},
			},
			want: []int{0, 1},
		},
		{
			name: "one has a piece too many",
			choices: []choice{
				{all: []found{analysis(5, 0, 4, 8, 12)}, logP: logs(0.9, 0.1)},
				{all: []found{analysis(7, 8, 12)}, logP: logs(0.9, 0.1)},
			},
			want: []int{1, 0}, // the first without its last piece
		},
		{
			name: "the later one has a piece too many",
			choices: []choice{
				{all: []found{analysis(13, 8, 12)}, logP: logs(0.9, 0.1)},
				{all: []found{analysis(15, 8, 12, 16, 20)}, logP: logs(0.9, 0.1)},
			},
			want: []int{0, 2}, // the second without its first piece
		},
		{
			name: "they do not meet",
			choices: []choice{
				{all: []found{analysis(5, 0, 4), analysis(5, 0, 3)}, logP: logs(0.5, 0.4, 0.1)},
				{all: []found{analysis(7, 8, 12)}, logP: logs(0.6, 0.4)},
			},
			want: []int{0, 0},
		},
	} {
		agree(test.choices)
		for i, want := range test.want {
			if got := test.choices[i].pick; got != want {
				t.Errorf("%s: cue %d takes analysis %d, want %d", test.name, i, got, want)
			}
			if at := test.choices[i].picked(); at != nil && len(at.pContent) != len(at.Content) {
				t.Errorf("%s: cue %d has %d probabilities for %d pieces", test.name, i, len(at.pContent), len(at.Content))
			}
		}
	}
}

func cueAt(r nlp.TokenRange) cue { return cue{TokenRange: r, head: r.First, p: 1} }

// Where two attributions claim the same words, the surer piece stays and the other goes,
// with its attribution when that has nothing left.
func TestSettle(t *testing.T) {
	attribution := func(p []float64, at ...int) found {
		return found{Attribution: nlp.Attribution{Content: ranges(at...)}, pContent: p}
	}
	all := settle([]found{
		attribution([]float64{0.9, 0.4}, 0, 5, 8, 12),
		attribution([]float64{0.8}, 10, 15),
		attribution([]float64{0.3}, 3, 7),
		attribution([]float64{0.7}, 20, 25),
	}, make([]int32, 30))
	want := [][]nlp.TokenRange{ranges(0, 5), ranges(10, 15), ranges(20, 25)}
	if len(all) != len(want) {
		t.Fatalf("%d attributions are left, want %d", len(all), len(want))
	}
	for i, at := range all {
		if len(at.Content) != 1 || at.Content[0] != want[i][0] {
			t.Errorf("attribution %d has content %v, want %v", i, at.Content, want[i])
		}
	}
}

// The analyses of a cue get company in which quotations are whole, or alone.
func TestFitQuotations(t *testing.T) {
	d := mark(t, "“ It opens soon . It is safe , ” said/C Hale at noon . “ It holds . ”")
	var v view
	v.read(d, linear.Table{})
	c := v.newCue(10, 11, 1)
	v.markCues([]cue{c})
	w := v.window(c)
	v.aim(c)
	p := make([]float32, w.Len()*numRoles)
	best := found{Attribution: nlp.Attribution{Source: ranges(11, 12), Cue: ranges(10, 11), Content: ranges(0, 5, 12, 14)}, cue: c}
	all := v.fitQuotations([]found{best}, w, p)
	want := map[string]bool{
		"“ It opens soon . It is safe , ” | at noon":                  true, // the quotation whole
		"“ It opens soon .":                                           true, // only what is quoted
		"“ It opens soon . | at noon | “ It holds . ”":                true, // with the quotation after it
		"“ It opens soon . | at noon":                                 true, // as it came
		"“ It opens soon . It is safe , ” | at noon | “ It holds . ”": false,
	}
	for _, at := range all {
		text := words(d, at.Content)
		if !want[text] {
			t.Errorf("unforeseen analysis %q", text)
		}
		delete(want, text)
		if len(at.pContent) != len(at.Content) && at.rank >= analyses {
			t.Errorf("%q has %d pieces and %d probabilities", text, len(at.Content), len(at.pContent))
		}
	}
	for text, is := range want {
		if is {
			t.Errorf("no analysis %q", text)
		}
	}
	if got := v.fitQuotations(nil, w, p); got != nil {
		t.Errorf("no analysis becomes %v", got)
	}
}

// Words that the first chain took for no cue are learned from where they are likely enough and
// no cue is next to them, a run once.
func TestWeakCues(t *testing.T) {
	d := mark(t, "Hale said/C and also told them so yesterday .")
	var v view
	v.read(d, linear.Table{})
	v.p = make([]roleP, len(d.Tokens))
	for t, p := range []float32{0, 0.9, 0.3, 0, 0.5, 0.3, 0.2, 0} {
		v.p[t].cue = p
	}
	said := v.newCue(1, 2, 0.9)
	v.markCues([]cue{said})
	got := v.weakCues([]cue{said})
	if len(got) != 2 || got[1].TokenRange != (nlp.TokenRange{First: 4, Past: 6}) || got[1].p != 0.5 {
		t.Errorf("weak cues are %v, want tokens 4 and 5 with 0.5", got[1:])
	}
}
