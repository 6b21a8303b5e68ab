package lexicon

import (
	"strings"
	"testing"
)

func TestOutletWords(t *testing.T) {
	words := OutletWords()
	for word, want := range map[string]OutletClass{"times": Print, "bbc": OnAir, "reuters": Wire, "harbour": NoOutlet, "air": NoOutlet} {
		if got := words[word]; got != want {
			t.Errorf("%s: got class %d, want %d", word, got, want)
		}
	}
	if len(words) < 100 {
		t.Errorf("got %d words, want at least 100", len(words))
	}
	for w := range words {
		if w != strings.ToLower(w) {
			t.Errorf("%q is not in small letters", w)
		}
	}
}
