package lexicon

import _ "embed"

//go:embed outlets.txt
var outletList string

// OutletClass is a kind of outlet.
type OutletClass uint8

// The classes of outlets.
const (
	NoOutlet OutletClass = iota
	OnAir                // a broadcaster
	Wire                 // a news agency
	Print                // a newspaper, a magazine, a site
)

// OutletWords returns words in the names of outlets, in small letters.
func OutletWords() map[string]OutletClass {
	return classified(outletList, map[string]OutletClass{"air": OnAir, "wire": Wire, "print": Print})
}
