package attribution

import (
	"testing"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// What is found of three quotations in a row, each with the typography of one that goes on.
func TestResume(t *testing.T) {
	d := mark(t, "“ we waited , ” Hale said , calling it , “ and so we go , ” Renn said , “ now then . ”")
	var v view
	v.read(d, linear.Table{})
	if len(v.regs) != 3 {
		t.Fatalf("%d quotations, want 3", len(v.regs))
	}
	a, b, c := v.regs[0].TokenRange, v.regs[1].TokenRange, v.regs[2].TokenRange
	saying := func(cue int, content ...nlp.TokenRange) found {
		f := found{cue: cueAt(nlp.TokenRange{First: cue, Past: cue + 1}), Attribution: nlp.Attribution{Content: content}}
		for range content {
			f.pContent = append(f.pContent, 0.5)
		}
		return f
	}
	hale, calling, renn := a.Past+1, a.Past+3, b.Past+1
	before := nlp.TokenRange{First: calling + 1, Past: b.Past} // "it, “and so we go,”"
	for _, c := range []struct {
		name string
		all  []found
		want []string
	}{
		{"what hangs from the cue ends before the comma", []found{saying(hale, a), saying(calling, before)}, []string{"“ we waited , ” | “ and so we go , ”", "it"}},
		{"who loses all that they said is gone", []found{saying(hale, a), saying(renn, b)}, []string{"“ we waited , ” | “ and so we go , ”"}},
		{"and nobody says what comes of it", []found{saying(hale, a), saying(renn, b), saying(c.Past-2, c)}, []string{"“ we waited , ” | “ and so we go , ”", "“ now then . ”"}},
		{"nobody says the first part", []found{saying(renn, c)}, []string{"“ now then . ”"}},
	} {
		var got []string
		for _, f := range v.resume(c.all) {
			got = append(got, words(d, f.Content))
			if len(f.pContent) != len(f.Content) {
				t.Errorf("%s: %d probabilities of %d pieces", c.name, len(f.pContent), len(f.Content))
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			}
		}
	}
}
