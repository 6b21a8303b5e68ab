package lexicon

import "testing"

func TestOutletWords(t *testing.T) {
	words := OutletWords()
	checkClasses(t, words, map[string]OutletClass{"times": Print, "bbc": OnAir, "reuters": Wire, "harbour": NoOutlet, "air": NoOutlet})
	if len(words) < 100 {
		t.Errorf("got %d words, want at least 100", len(words))
	}
}
