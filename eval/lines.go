package eval

import (
	"regexp"

	"quoth"
)

// LineScore compares the kinds of the lines of crawled pages with gold. It looks at the
// zone of a page, from its first to its last line of body: what stands before and after
// is easily told and would drown the rest. The zero value is empty.
type LineScore struct {
	pages                        int
	right, added, missed         int // lines of body
	words, kept                  int // of body
	furniture, out, typed, kinds int
}

// LineFigures are the figures of a LineScore, shares from 0 to 1.
type LineFigures struct {
	Pages     int     `json:"pages"`
	P         float64 `json:"p"` // of lines of body
	R         float64 `json:"r"`
	F1        float64 `json:"f1"`
	Words     float64 `json:"words"`     // of the body that were kept
	Furniture float64 `json:"furniture"` // lines of furniture that were kept out of the body
	Typed     float64 `json:"typed"`     // of furniture of a known kind, lines that got it
}

var lineWord = regexp.MustCompile(`[\pL\pM\pN_]+`)

// Add counts a page: per line its text, its kind in gold and the one it was given.
// In gold "" stands for lines that are both body and furniture, which are left out.
func (s *LineScore) Add(lines []string, gold, got []quoth.BlockKind) {
	first, last := -1, -1
	for i, k := range gold {
		if k.IsBody() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	s.pages++
	if first < 0 {
		return
	}
	for i := first; i <= last; i++ {
		words := len(lineWord.FindAllStringIndex(lines[i], -1))
		switch isBody := got[i].IsBody(); {
		case gold[i] == "" || isBlankLine(lines[i]):
		case gold[i].IsBody():
			s.words += words
			if isBody {
				s.right++
				s.kept += words
			} else {
				s.missed++
			}
		default:
			s.furniture++
			if isBody {
				s.added++
			} else {
				s.out++
			}
			if gold[i] != quoth.Other {
				s.kinds++
				if got[i] == gold[i] {
					s.typed++
				}
			}
		}
	}
}

func isBlankLine(s string) bool {
	for _, c := range s {
		if c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}

// Figures returns the figures of what was added.
func (s *LineScore) Figures() LineFigures {
	f := LineFigures{
		Pages: s.pages, P: share(s.right, s.right+s.added), R: share(s.right, s.right+s.missed), Words: share(s.kept, s.words),
		Furniture: share(s.out, s.furniture), Typed: share(s.typed, s.kinds),
	}
	if f.P+f.R > 0 {
		f.F1 = 2 * f.P * f.R / (f.P + f.R)
	}
	return f
}
