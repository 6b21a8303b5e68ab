package eval

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// PRF is precision, recall and their harmonic mean, each from 0 to 1. A share of
// nothing is 0.
type PRF struct {
	P  float64 `json:"P"`
	R  float64 `json:"R"`
	F1 float64 `json:"F1"`
}

// newPRF returns the figures of right answers among predicted and gold ones.
func newPRF(right, predicted, gold int) PRF {
	f := PRF{P: share(right, predicted), R: share(right, gold)}
	if f.P+f.R > 0 {
		f.F1 = 2 * f.P * f.R / (f.P + f.R)
	}
	return f
}

// share is n of total, 0 when total is 0.
func share(n, total int) float64 {
	if total == 0 {
		return 0
	}
	return float64(n) / float64(total)
}

// AttributionPair is one article with gold and predicted attributions. Spans that lie
// outside Text cover no word.
type AttributionPair struct {
	ID              string
	Text            string
	Gold, Predicted []quoth.Attribution
}

// AttributionFigures are the figures for attributions, each over all articles
// together. The JSON names are those of score_attributions.py, the project's
// measuring script, which computes the same.
//
// A word is a run of letters, digits and underscores, or any other single character
// but white space. A role "trimmed" is its words of the first kind.
type AttributionFigures struct {
	// Token: the words that carry the role. A word of several roles counts as the
	// source, else the cue.
	TokenSource  PRF `json:"token source"`
	TokenCue     PRF `json:"token cue"`
	TokenContent PRF `json:"token content"`
	// Alpha is Krippendorff's alpha of the word labels none, source, cue, content.
	// It is 1 when both sides use one label only, and 0 when there is no word.
	Alpha float64 `json:"alpha"`
	// Span: whole roles, all pieces equal once trimmed.
	SpanSource  PRF `json:"span source"`
	SpanCue     PRF `json:"span cue"`
	SpanContent PRF `json:"span content"`
	// Piece: contiguous pieces of a role, trimmed; close to the exact span F1 of the
	// CofeNet paper.
	PieceSource  PRF `json:"piece source"`
	PieceCue     PRF `json:"piece cue"`
	PieceContent PRF `json:"piece content"`
	// Linked: attributions whose contents share at least half of their joint words,
	// whose cues share a word or are both absent, and so their sources.
	Linked PRF `json:"linked"`
	// Strict: attributions with all three roles equal as in span.
	Strict PRF `json:"strict"`
	// DirectFound is the share of the gold attributions whose content is mostly in
	// quotation marks that are found with at least 80 % of the joint words.
	DirectFound float64 `json:"direct found"`
	// DirectSource is the share of those found by half or more of the joint words
	// whose source is right too.
	DirectSource float64 `json:"direct source"`
}

// Named is a figure with its name.
type Named struct {
	Name  string
	PRF   PRF     // zero when IsPRF is false
	Value float64 // F1 when IsPRF is true
	IsPRF bool
}

// List returns the figures in the order of the measuring script.
func (f AttributionFigures) List() []Named {
	prf := func(name string, v PRF) Named { return Named{name, v, v.F1, true} }
	one := func(name string, v float64) Named { return Named{Name: name, Value: v} }
	return []Named{
		prf("token source", f.TokenSource), prf("token cue", f.TokenCue), prf("token content", f.TokenContent),
		one("alpha", f.Alpha),
		prf("span source", f.SpanSource), prf("span cue", f.SpanCue), prf("span content", f.SpanContent),
		prf("piece source", f.PieceSource), prf("piece cue", f.PieceCue), prf("piece content", f.PieceContent),
		prf("linked", f.Linked), prf("strict", f.Strict),
		one("direct found", f.DirectFound), one("direct source", f.DirectSource),
	}
}

// AttributionScore counts matches article by article. The zero value is ready; one
// goroutine at a time.
type AttributionScore struct {
	units []attributionCounts // one an article
	ids   []string            // of units
}

// Add scores one pair. Pairs of one ID in a row are one article to Intervals and N,
// as when several annotators are scored against one another.
func (s *AttributionScore) Add(p AttributionPair) {
	if n := len(s.ids); n == 0 || s.ids[n-1] != p.ID {
		s.ids = append(s.ids, p.ID)
		s.units = append(s.units, attributionCounts{})
	}
	s.units[len(s.units)-1].add(p)
}

// AddHuman scores every annotator of an article against every other, each pair both
// ways: what one trained person reaches against another. With fewer than two
// annotations it adds nothing.
func (s *AttributionScore) AddHuman(id, text string, annotations [][]quoth.Attribution) {
	for i, gold := range annotations {
		for j, predicted := range annotations {
			if i != j {
				s.Add(AttributionPair{ID: id, Text: text, Gold: gold, Predicted: predicted})
			}
		}
	}
}

// N is the number of articles scored.
func (s *AttributionScore) N() int { return len(s.units) }

// total is the sum over all articles.
func (s *AttributionScore) total() attributionCounts {
	var sum attributionCounts
	for i := range s.units {
		sum.plus(&s.units[i])
	}
	return sum
}

// Gold and Predicted are the numbers of attributions on the two sides.
func (s *AttributionScore) Gold() int { c := s.total(); return c[attrGold] }

// Predicted is the number of predicted attributions.
func (s *AttributionScore) Predicted() int { c := s.total(); return c[attrPredicted] }

// Figures returns the figures over all articles added.
func (s *AttributionScore) Figures() AttributionFigures {
	c := s.total()
	return c.figures()
}

// Intervals returns, for every figure (F1 where there are three), the ends of its
// confidence interval of the given level, such as 0.95: the percentiles of the figure
// over samples of as many articles, drawn with replacement (the bootstrap of Efron
// 1979; articles are the unit, for attributions of one article are alike). The same
// seed gives the same intervals. It is nil when there is no article or no sample.
func (s *AttributionScore) Intervals(samples int, level float64, seed uint64) map[string][2]float64 {
	values := map[string][]float64{}
	for draw := range bootstrap(len(s.units), samples, seed) {
		var c attributionCounts
		for _, i := range draw {
			c.plus(&s.units[i])
		}
		for _, f := range c.figures().List() {
			values[f.Name] = append(values[f.Name], f.Value)
		}
	}
	if len(values) == 0 {
		return nil
	}
	out := map[string][2]float64{}
	for name, v := range values {
		lo, hi := percentiles(v, level)
		out[name] = [2]float64{lo, hi}
	}
	return out
}

// The roles as indices. A word label is a role plus one; 0 is none.
const (
	source = iota
	cue
	content
	roles
)

// The places in attributionCounts: first the confusion of word labels, gold times
// predicted, then three counts a role twice, then single counts.
const (
	labels          = roles + 1
	spanGold        = labels * labels
	spanPredicted   = spanGold + roles
	spanRight       = spanPredicted + roles
	pieceGold       = spanRight + roles
	piecePredicted  = pieceGold + roles
	pieceRight      = piecePredicted + roles
	attrGold        = pieceRight + roles
	attrPredicted   = attrGold + 1
	linkedRight     = attrPredicted + 1
	strictRight     = linkedRight + 1
	directGold      = strictRight + 1
	directFound     = directGold + 1
	directMatched   = directFound + 1
	directSource    = directMatched + 1
	attributionSize = directSource + 1
)

// attributionCounts are the sums that all figures are made of.
type attributionCounts [attributionSize]int

func (c *attributionCounts) plus(o *attributionCounts) {
	for i, n := range o {
		c[i] += n
	}
}

// figures divides the counts out.
func (c *attributionCounts) figures() AttributionFigures {
	var token, span, piece [roles]PRF
	for role := range roles {
		predicted, gold := 0, 0
		for l := range labels {
			predicted += c[l*labels+role+1]
			gold += c[(role+1)*labels+l]
		}
		token[role] = newPRF(c[(role+1)*labels+role+1], predicted, gold)
		span[role] = newPRF(c[spanRight+role], c[spanPredicted+role], c[spanGold+role])
		piece[role] = newPRF(c[pieceRight+role], c[piecePredicted+role], c[pieceGold+role])
	}
	return AttributionFigures{
		TokenSource: token[source], TokenCue: token[cue], TokenContent: token[content],
		Alpha:      c.alpha(),
		SpanSource: span[source], SpanCue: span[cue], SpanContent: span[content],
		PieceSource: piece[source], PieceCue: piece[cue], PieceContent: piece[content],
		Linked:       newPRF(c[linkedRight], c[attrPredicted], c[attrGold]),
		Strict:       newPRF(c[strictRight], c[attrPredicted], c[attrGold]),
		DirectFound:  share(c[directFound], c[directGold]),
		DirectSource: share(c[directSource], c[directMatched]),
	}
}

// alpha is Krippendorff's alpha for two coders and nominal labels (Krippendorff 2004,
// chapter 11): one less the observed over the expected disagreement, the latter drawn
// without replacement from the labels of both.
func (c *attributionCounts) alpha() float64 {
	total, equal := 0, 0
	var used [labels]int
	for g := range labels {
		for p := range labels {
			n := c[g*labels+p]
			total += n
			used[g] += n
			used[p] += n
			if g == p {
				equal += n
			}
		}
	}
	if total == 0 {
		return 0
	}
	same := 0
	for _, n := range used {
		same += n * (n - 1)
	}
	observed := 1 - float64(equal)/float64(total)
	expected := 1 - float64(same)/float64(2*total*(2*total-1))
	if expected == 0 {
		return 1
	}
	return 1 - observed/expected
}

// add counts one article.
func (c *attributionCounts) add(p AttributionPair) {
	words := splitWords(p.Text)
	gold, predicted := words.locate(p.Gold), words.locate(p.Predicted)
	lg, lp := words.labels(gold), words.labels(predicted)
	for i := range lg {
		c[int(lg[i])*labels+int(lp[i])]++
	}
	c[attrGold] += len(gold)
	c[attrPredicted] += len(predicted)
	for role := range roles {
		c.addRole(role, gold, predicted)
	}
	full := func(a located) string {
		return pack(a.trimmed[source]) + pack(a.trimmed[cue]) + pack(a.trimmed[content])
	}
	c[strictRight] += common(keys(gold, full), keys(predicted, full))
	c.addLinks(words, gold, predicted)
}

// addRole counts whole roles and their pieces.
func (c *attributionCounts) addRole(role int, gold, predicted []located) {
	var whole, parts [2][]string
	for side, list := range [2][]located{gold, predicted} {
		for _, a := range list {
			if len(a.trimmed[role]) == 0 {
				continue
			}
			whole[side] = append(whole[side], pack(a.trimmed[role]))
			for _, piece := range pieces(a.trimmed[role]) {
				parts[side] = append(parts[side], pack(piece))
			}
		}
	}
	c[spanGold+role] += len(whole[0])
	c[spanPredicted+role] += len(whole[1])
	c[spanRight+role] += common(whole[0], whole[1])
	c[pieceGold+role] += len(parts[0])
	c[piecePredicted+role] += len(parts[1])
	c[pieceRight+role] += common(parts[0], parts[1])
}

// addLinks pairs gold and predicted attributions by their contents, the best overlap
// first, and counts whose other roles agree.
func (c *attributionCounts) addLinks(words wordList, gold, predicted []located) {
	partner, overlap := match(gold, predicted)
	for i, a := range gold {
		direct := words.isDirect(a.trimmed[content])
		c[directGold] += one(direct)
		if partner[i] < 0 {
			continue
		}
		b := predicted[partner[i]]
		half := overlap[i] >= 0.5
		sourceRight := agree(a.words[source], b.words[source])
		c[linkedRight] += one(half && sourceRight && agree(a.words[cue], b.words[cue]))
		if direct {
			c[directFound] += one(overlap[i] >= 0.8)
			c[directMatched] += one(half)
			c[directSource] += one(half && sourceRight)
		}
	}
}

// Linked reports, for each predicted attribution of p, whether it is right as the
// figure Linked counts: it is what [Calibration] asks of a confidence.
func Linked(p AttributionPair) []bool {
	words := splitWords(p.Text)
	gold, predicted := words.locate(p.Gold), words.locate(p.Predicted)
	partner, overlap := match(gold, predicted)
	out := make([]bool, len(predicted))
	for i, j := range partner {
		if j >= 0 {
			out[j] = overlap[i] >= 0.5 && agree(gold[i].words[source], predicted[j].words[source]) &&
				agree(gold[i].words[cue], predicted[j].words[cue])
		}
	}
	return out
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// match pairs each gold attribution with at most one predicted one, greedily by the
// share of joint content words, ties by order. Partner is -1 for none.
func match(gold, predicted []located) (partner []int, overlap []float64) {
	type candidate struct {
		overlap float64
		i, j    int
	}
	var all []candidate
	for i, a := range gold {
		for j, b := range predicted {
			if inter := intersect(a.words[content], b.words[content]); inter > 0 {
				union := len(a.words[content]) + len(b.words[content]) - inter
				all = append(all, candidate{float64(inter) / float64(union), i, j})
			}
		}
	}
	slices.SortFunc(all, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.overlap, x.overlap), cmp.Compare(x.i, y.i), cmp.Compare(x.j, y.j))
	})
	partner, overlap = make([]int, len(gold)), make([]float64, len(gold))
	for i := range partner {
		partner[i] = -1
	}
	taken := make([]bool, len(predicted))
	for _, x := range all {
		if partner[x.i] < 0 && !taken[x.j] {
			partner[x.i], overlap[x.i], taken[x.j] = x.j, x.overlap, true
		}
	}
	return partner, overlap
}

// agree reports whether two roles share a word or are both absent.
func agree(a, b []int) bool {
	return len(a) == 0 && len(b) == 0 || intersect(a, b) > 0
}

// intersect is the number of elements that two ascending lists share.
func intersect(a, b []int) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// pieces parts a trimmed role where more than one word or mark is missing: a mark
// between two words does not part them.
func pieces(ids []int) [][]int {
	var out [][]int
	start := 0
	for i := range ids {
		if i+1 == len(ids) || ids[i+1]-ids[i] > 2 {
			out = append(out, ids[start:i+1])
			start = i + 1
		}
	}
	return out
}

// pack makes a list of word indices comparable; no packed list is the beginning of
// another, so they can be joined.
func pack(ids []int) string {
	b := binary.AppendUvarint(make([]byte, 0, 2*len(ids)+2), uint64(len(ids)))
	for _, i := range ids {
		b = binary.AppendUvarint(b, uint64(i))
	}
	return string(b)
}

func keys(list []located, key func(located) string) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = key(a)
	}
	return out
}

// common is the size of the intersection of two multisets.
func common(a, b []string) int {
	left := map[string]int{}
	for _, k := range a {
		left[k]++
	}
	n := 0
	for _, k := range b {
		if left[k] > 0 {
			left[k]--
			n++
		}
	}
	return n
}

// located is an attribution as ascending word indices, by role.
type located struct {
	words   [roles][]int // all words and marks
	trimmed [roles][]int // the words proper
}

// word is one word or mark of a text.
type word struct {
	start, end int
	isWord     bool // letters, digits, underscore
	isQuoted   bool // stands in quotation marks
}

type wordList []word

// splitWords finds what the regular expression \w+|[^\w\s] of Python finds, and what
// of it stands in double quotation marks.
func splitWords(text string) wordList {
	var out wordList
	inside := false
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case isSpace(r):
		case isWordRune(r):
			if k := len(out) - 1; k >= 0 && out[k].end == i && out[k].isWord {
				out[k].end = i + n
			} else {
				out = append(out, word{i, i + n, true, inside})
			}
		case r == '“' || r == '”' || r == '"':
			out = append(out, word{i, i + n, false, false})
			inside = r == '“' || r == '"' && !inside
		default:
			out = append(out, word{i, i + n, false, inside})
		}
		i += n
	}
	return out
}

// isWordRune is Python's \w: alphanumeric (letters and all that has a numeric value,
// "²" and "½" among it) or an underscore. Combining marks are not.
func isWordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
}

// isSpace is Python's \s, which unlike unicode.IsSpace holds the four separators of
// ASCII.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// locate finds the words of each attribution.
func (w wordList) locate(list []quoth.Attribution) []located {
	out := make([]located, len(list))
	for k, a := range list {
		for role, spans := range [roles][]quoth.Span{a.Source, a.Cue, a.Content} {
			ids := w.under(spans)
			out[k].words[role] = ids
			for _, i := range ids {
				if w[i].isWord {
					out[k].trimmed[role] = append(out[k].trimmed[role], i)
				}
			}
		}
	}
	return out
}

// under returns the indices of the words that spans touch, ascending, each once.
func (w wordList) under(spans []quoth.Span) []int {
	var ids []int
	for _, s := range spans {
		i := sort.Search(len(w), func(i int) bool { return w[i].start >= s.Start })
		if i > 0 && w[i-1].end > s.Start {
			i--
		}
		for ; i < len(w) && w[i].start < s.End; i++ {
			ids = append(ids, i)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// labels gives every word its label: source before cue before content.
func (w wordList) labels(list []located) []uint8 {
	out := make([]uint8, len(w))
	for role := content; role >= source; role-- {
		for _, a := range list {
			for _, i := range a.words[role] {
				out[i] = uint8(role + 1)
			}
		}
	}
	return out
}

// isDirect reports whether at least half of the words stand in quotation marks.
func (w wordList) isDirect(ids []int) bool {
	n := 0
	for _, i := range ids {
		n += one(w[i].isQuoted)
	}
	return len(ids) > 0 && 2*n >= len(ids)
}
