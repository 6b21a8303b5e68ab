package lexicon

import (
	_ "embed"
	"strings"
)

//go:embed outlets.txt
var outletList string

// OutletWords returns words in the names of newspapers, broadcasters and the like, in small
// letters.
func OutletWords() []string {
	var out []string
	for line := range strings.Lines(outletList) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.Fields(line)...)
		}
	}
	return out
}
