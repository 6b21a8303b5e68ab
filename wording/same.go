package wording

import "strings"

// Difference is one place at which two wordings differ: the words of the one that the
// other does not have there. Spans are bytes of the two texts; either may be empty.
type Difference struct {
	A, B [2]int // [start, end) in the first and in the second text
	// IsNegation marks a "not" or its like that only one of the two has.
	IsNegation bool
}

// Comparison is how two wordings stand to each other.
type Comparison struct {
	Words  [2]int // words of either
	Shared int    // words of the longest common subsequence
	// Differences in text order. What the shorter one leaves off at its beginning and
	// end is among them.
	Differences []Difference
	// IsCut says that one of the two leaves words out at its beginning or end, IsChanged
	// that the words differ in between, IsNegated that a negation stands in one of the
	// two only.
	IsCut, IsChanged, IsNegated bool
}

// maxWords bounds what is aligned, for the time grows with the product of the lengths:
// a longer wording is compared by its first words.
const maxWords = 600

// Compare aligns two wordings by their longest common subsequence of folded words.
// It takes O(n·m) time and memory in their words, of which it looks at 600 at most.
func Compare(a, b string) Comparison {
	x, y := Words(a), Words(b)
	x, y = x[:min(len(x), maxWords)], y[:min(len(y), maxWords)]
	c := Comparison{Words: [2]int{len(x), len(y)}}
	pairs := align(x, y)
	c.Shared = len(pairs)
	i, j := 0, 0
	for n, p := range append(pairs, [2]int{len(x), len(y)}) {
		if p[0] > i || p[1] > j {
			d := Difference{A: stretch(x, i, p[0], a), B: stretch(y, j, p[1], b)}
			d.IsNegation = hasNegation(x[i:p[0]]) != hasNegation(y[j:p[1]])
			atEdge := n == 0 || n == len(pairs)
			switch {
			case atEdge && (p[0] == i || p[1] == j):
				c.IsCut = true
			default:
				c.IsChanged = true
				c.IsNegated = c.IsNegated || d.IsNegation
			}
			c.Differences = append(c.Differences, d)
		}
		i, j = p[0]+1, p[1]+1
	}
	return c
}

// stretch is the bytes of words[from:past], empty where there is none.
func stretch(words []Word, from, past int, text string) [2]int {
	switch {
	case from < past:
		return [2]int{words[from].Start, words[past-1].End}
	case from < len(words):
		return [2]int{words[from].Start, words[from].Start}
	}
	return [2]int{len(text), len(text)}
}

// align returns the pairs of indices of a longest common subsequence, in order.
func align(x, y []Word) [][2]int {
	width := len(y) + 1
	length := make([]uint16, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			at := i*width + j
			if x[i].Fold == y[j].Fold {
				length[at] = length[at+width+1] + 1
			} else {
				length[at] = max(length[at+width], length[at+1])
			}
		}
	}
	pairs := make([][2]int, 0, length[0])
	for i, j := 0, 0; i < len(x) && j < len(y); {
		at := i*width + j
		switch {
		case x[i].Fold == y[j].Fold:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case length[at+width] >= length[at+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// hasNegation reports whether one of words turns a claim round.
func hasNegation(words []Word) bool {
	for i, w := range words {
		switch w.Fold {
		case "not", "never", "no", "nobody", "nothing", "none", "cannot", "nor", "without":
			return true
		case "t": // of "don't", which is cut in two
			if i > 0 && strings.HasSuffix(words[i-1].Fold, "n") {
				return true
			}
		}
	}
	return false
}

// The least that two wordings of one saying have in common. Chosen on labelled pairs for
// precision (docs/evaluation.md).
const (
	leastShared     = 6   // words
	leastOfShorter  = 0.8 // of the words of the shorter wording
	leastUncommon   = 3   // shared words that are not among the most frequent
	leastRunOfWords = 4   // shared words in a row
)

// Same reports whether two wordings are so much alike that they are of one utterance:
// most words of the shorter stand in the longer, in order, several of them in a row, and
// enough of them are no everyday words. Who spoke, and when, is for the caller to
// compare.
func Same(a, b string) bool {
	x, y := Words(a), Words(b)
	x, y = x[:min(len(x), maxWords)], y[:min(len(y), maxWords)]
	shorter := min(len(x), len(y))
	if shorter < leastShared {
		return false
	}
	pairs := align(x, y)
	if len(pairs) < leastShared || float64(len(pairs)) < leastOfShorter*float64(shorter) {
		return false
	}
	uncommon, run, longest := 0, 0, 0
	for n, p := range pairs {
		if !isEveryday(x[p[0]].Fold) {
			uncommon++
		}
		if n > 0 && p[0] == pairs[n-1][0]+1 && p[1] == pairs[n-1][1]+1 {
			run++
		} else {
			run = 1
		}
		longest = max(longest, run)
	}
	return uncommon >= leastUncommon && longest >= leastRunOfWords
}

// everyday are the words that any two utterances share: closed-class words and the
// verbs, adverbs and nouns that stand beside them most.
const everyday = ` a about after again all also always am an and any are as at be because been before being but by can could d did do does doing don down even every for from get go going good got great had has have he her here him his how i if in into is it its just know let like ll lot m make many may me more most much must my need never no not now of on one only or other our out over people re really right s said say see she should so some something t than thank that the their them then there these they thing things think this those time to too up us ve very want was way we well were what when where which who why will with work would year years you your `

// isEveryday reports whether a folded word is in the list.
func isEveryday(fold string) bool { return strings.Contains(everyday, " "+fold+" ") }
