package nlp

// UPOS is a universal part of speech (universaldependencies.org/u/pos).
type UPOS uint8

// The universal parts of speech; X is also the value of an unknown one.
const (
	X UPOS = iota
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PART
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
)

var uposNames = [...]string{"X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"}

// String returns the tag as treebanks write it.
func (p UPOS) String() string { return uposNames[p] }

// UPOSNamed returns the part of speech called name, X when there is none.
func UPOSNamed(name string) UPOS {
	for p, n := range uposNames {
		if n == name {
			return UPOS(p)
		}
	}
	return X
}

// IsBeforeNoun reports whether words of p stand between the beginning of a noun phrase and its noun.
func (p UPOS) IsBeforeNoun() bool {
	return p == DET || p == ADJ || p == NOUN || p == PROPN || p == NUM
}
