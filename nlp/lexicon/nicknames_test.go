package lexicon

import "testing"

func TestNicknames(t *testing.T) {
	n := NewNicknames()
	for _, c := range []struct {
		a, b string
		want bool
	}{{"bob", "robert", true}, {"robert", "bob", true}, {"chris", "christine", true}, {"bob", "bobby", false}, {"zoe", "zoe", false}, {"", "", false}} {
		if got := n.AreForms(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: got %v", c.a, c.b, got)
		}
	}
}
