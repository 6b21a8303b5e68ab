package lexicon

import (
	"slices"
	"strings"
	"testing"
)

func TestOutletWords(t *testing.T) {
	words := OutletWords()
	for _, want := range []string{"times", "bbc", "yorker"} {
		if !slices.Contains(words, want) {
			t.Errorf("%q is not among the words", want)
		}
	}
	slices.Sort(words)
	if n := len(words); len(slices.Compact(slices.Clone(words))) != n {
		t.Error("a word stands twice in the list")
	}
	for _, w := range words {
		if w != strings.ToLower(w) || strings.HasPrefix(w, "#") {
			t.Errorf("%q is no word in small letters", w)
		}
	}
}
