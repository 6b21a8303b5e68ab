package lexicon

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed valence.txt
var valenceList string

// Valence returns how good or bad words sound, in lower case: -40 (worst) to 40 (best),
// without the words that are neither. The figures are those of VADER (Hutto and Gilbert
// 2014), times ten.
func Valence() map[string]int8 {
	out := map[string]int8{}
	for line := range strings.Lines(valenceList) {
		figure, words, found := strings.Cut(line, ":")
		v, err := strconv.ParseInt(figure, 10, 8)
		if !found || err != nil {
			continue
		}
		for _, w := range strings.Fields(words) {
			out[w] = int8(v)
		}
	}
	return out
}
