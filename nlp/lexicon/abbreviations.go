package lexicon

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed abbreviations.txt
var abbreviationList string

// AbbreviationClass says what usually stands after an abbreviation.
type AbbreviationClass uint8

// The classes of abbreviations.
const (
	NoAbbreviation AbbreviationClass = iota
	TitleAbbreviation
	BeforeAbbreviation // before a word or number that belongs to it
	NumberAbbreviation // an abbreviation only when a number follows
	MonthAbbreviation
	StateAbbreviation
	OtherAbbreviation
)

// Abbreviation is one entry of the list.
type Abbreviation struct {
	Class   AbbreviationClass
	Capital bool // only when it begins with a capital letter
}

// Abbreviations returns the words that are written with a full stop, in lower case and
// without it.
func Abbreviations() map[string]Abbreviation {
	classes := map[string]AbbreviationClass{
		"title": TitleAbbreviation, "before": BeforeAbbreviation, "number": NumberAbbreviation,
		"month": MonthAbbreviation, "state": StateAbbreviation, "other": OtherAbbreviation,
	}
	out := map[string]Abbreviation{}
	for line := range strings.Lines(abbreviationList) {
		name, words, found := strings.Cut(line, ":")
		class := classes[name]
		if !found || class == NoAbbreviation || strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(words) {
			first, _ := utf8.DecodeRuneInString(w)
			key := strings.ToLower(w)
			if _, twice := out[key]; !twice {
				out[key] = Abbreviation{class, unicode.IsUpper(first)}
			}
		}
	}
	return out
}
