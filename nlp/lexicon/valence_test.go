package lexicon

import "testing"

func TestValence(t *testing.T) {
	v := Valence()
	if len(v) < 6000 {
		t.Fatalf("%d words, want thousands", len(v))
	}
	for word, want := range map[string]int{"terrible": -1, "liar": -1, "admire": 1, "honest": 1, "table": 0} {
		if got := v[word]; int(got)*want < 0 || (got == 0) != (want == 0) {
			t.Errorf("%q sounds %d, want the sign of %d", word, got, want)
		}
	}
	for word, x := range v {
		if x < -40 || x > 40 {
			t.Errorf("%q: %d is out of range", word, x)
		}
	}
}
