package eval

import (
	"math"

	"quoth"
)

// Cluster is a coreference cluster: the spans of all mentions of one party or thing. What a
// span covers, whole mentions or their heads, is for the caller to choose, the same on
// both sides.
type Cluster []quoth.Span

// CorefFigures are those of the CoNLL-2012 shared task, after the definitions for
// predicted mentions of Pradhan et al. 2014 (Scoring Coreference Partitions of Predicted
// Mentions: A Reference Implementation).
type CorefFigures struct {
	Documents int `json:"documents"`
	Gold      int `json:"gold"`      // mentions
	Predicted int `json:"predicted"` // mentions
	// Mentions counts the mentions alone, whatever they are joined with.
	Mentions PRF `json:"mentions"`
	MUC      PRF `json:"muc"`    // Vilain et al. 1995
	B3       PRF `json:"b3"`     // Bagga and Baldwin 1998
	CEAFe    PRF `json:"ceaf_e"` // Luo 2005, similarity φ4
	// CoNLL is the mean of the three F1.
	CoNLL float64 `json:"conll"`
}

// ratio is a share whose two parts are summed over documents.
type ratio struct{ part, whole float64 }

func (r *ratio) add(part, whole float64) { r.part += part; r.whole += whole }

func (r ratio) share() float64 {
	if r.whole == 0 {
		return 0
	}
	return r.part / r.whole
}

// harmonic returns the figures of a precision and a recall.
func harmonic(p, r ratio) PRF {
	f := PRF{P: p.share(), R: r.share()}
	if f.P+f.R > 0 {
		f.F1 = 2 * f.P * f.R / (f.P + f.R)
	}
	return f
}

// CorefScore adds up coreference document by document. The zero value is ready; one
// goroutine at a time.
type CorefScore struct {
	documents, gold, predicted, right int
	muc, b3, ceaf                     [2]ratio // precision, recall
}

// Add scores one document. Clusters of one mention are left out on both sides: the OntoNotes
// scheme does not mark them. A span that several clusters of a side hold counts for the
// first of them.
func (s *CorefScore) Add(gold, predicted []Cluster) {
	gold, predicted = linked(gold), linked(predicted)
	inGold, inPredicted := clusterOf(gold), clusterOf(predicted)
	s.documents++
	s.gold += len(inGold)
	s.predicted += len(inPredicted)
	for m := range inGold {
		if _, ok := inPredicted[m]; ok {
			s.right++
		}
	}
	for i, side := range [2]struct {
		clusters []Cluster
		others   map[quoth.Span]int
	}{{predicted, inGold}, {gold, inPredicted}} {
		for _, c := range side.clusters {
			s.muc[i].add(links(c, side.others))
			s.b3[i].add(overlap(c, side.others))
		}
	}
	similarity := alignment(gold, predicted, inPredicted)
	s.ceaf[0].add(similarity, float64(len(predicted)))
	s.ceaf[1].add(similarity, float64(len(gold)))
}

// linked returns the clusters without repeated spans, those of one mention left out.
func linked(clusters []Cluster) []Cluster {
	var out []Cluster
	seen := map[quoth.Span]bool{}
	for _, c := range clusters {
		var own Cluster
		for _, m := range c {
			if !seen[m] {
				seen[m] = true
				own = append(own, m)
			}
		}
		if len(own) > 1 {
			out = append(out, own)
		}
	}
	return out
}

// clusterOf numbers the cluster of every mention.
func clusterOf(clusters []Cluster) map[quoth.Span]int {
	of := map[quoth.Span]int{}
	for i, c := range clusters {
		for _, m := range c {
			of[m] = i
		}
	}
	return of
}

// links returns how many of the links that hold c together the other side has, and how
// many there are: a mention that the other side has not is a part by itself.
func links(c Cluster, other map[quoth.Span]int) (kept, all float64) {
	parts, alone := map[int]bool{}, 0
	for _, m := range c {
		if k, ok := other[m]; ok {
			parts[k] = true
		} else {
			alone++
		}
	}
	return float64(len(c) - len(parts) - alone), float64(len(c) - 1)
}

// overlap sums, over the mentions of c, the share of c that the other side joins with it.
func overlap(c Cluster, other map[quoth.Span]int) (shared, mentions float64) {
	parts := map[int]int{}
	for _, m := range c {
		if k, ok := other[m]; ok {
			parts[k]++
		}
	}
	for _, n := range parts {
		shared += float64(n*n) / float64(len(c))
	}
	return shared, float64(len(c))
}

// alignment returns the greatest sum of φ4 over one-to-one alignments of the clusters.
func alignment(gold, predicted []Cluster, inPredicted map[quoth.Span]int) float64 {
	phi := make([][]float64, len(gold))
	for i, g := range gold {
		phi[i] = make([]float64, len(predicted))
		for _, m := range g {
			if k, ok := inPredicted[m]; ok {
				phi[i][k] += 2 / float64(len(g)+len(predicted[k]))
			}
		}
	}
	return bestAssignment(phi)
}

// bestAssignment returns the greatest sum of entries of which no two are in one row or
// column. It is the algorithm of Kuhn and Munkres in the form with potentials, O(n²m).
func bestAssignment(value [][]float64) float64 {
	if len(value) == 0 || len(value[0]) == 0 {
		return 0
	}
	if len(value) > len(value[0]) {
		value = transposed(value)
	}
	n, m := len(value), len(value[0])
	// Rows and columns count from 1; row 0 and column 0 stand for none.
	rowPrice, colPrice := make([]float64, n+1), make([]float64, m+1)
	rowOf, from := make([]int, m+1), make([]int, m+1)
	for row := 1; row <= n; row++ {
		rowOf[0] = row
		slack, done := make([]float64, m+1), make([]bool, m+1)
		for j := range slack {
			slack[j] = math.Inf(1)
		}
		col := 0
		for rowOf[col] != 0 {
			done[col] = true
			i, least, next := rowOf[col], math.Inf(1), 0
			for j := 1; j <= m; j++ {
				if done[j] {
					continue
				}
				if c := -value[i-1][j-1] - rowPrice[i] - colPrice[j]; c < slack[j] {
					slack[j], from[j] = c, col
				}
				if slack[j] < least {
					least, next = slack[j], j
				}
			}
			for j := range slack {
				if done[j] {
					rowPrice[rowOf[j]] += least
					colPrice[j] -= least
				} else {
					slack[j] -= least
				}
			}
			col = next
		}
		for col != 0 {
			rowOf[col], col = rowOf[from[col]], from[col]
		}
	}
	sum := 0.0
	for j := 1; j <= m; j++ {
		if rowOf[j] > 0 {
			sum += value[rowOf[j]-1][j-1]
		}
	}
	return sum
}

func transposed(value [][]float64) [][]float64 {
	out := make([][]float64, len(value[0]))
	for j := range out {
		out[j] = make([]float64, len(value))
		for i := range value {
			out[j][i] = value[i][j]
		}
	}
	return out
}

// Figures returns the figures over all documents added. The parts of each share are
// summed over the documents, as in the shared task.
func (s *CorefScore) Figures() CorefFigures {
	f := CorefFigures{Documents: s.documents, Gold: s.gold, Predicted: s.predicted, Mentions: newPRF(s.right, s.predicted, s.gold),
		MUC: harmonic(s.muc[0], s.muc[1]), B3: harmonic(s.b3[0], s.b3[1]), CEAFe: harmonic(s.ceaf[0], s.ceaf[1])}
	f.CoNLL = (f.MUC.F1 + f.B3.F1 + f.CEAFe.F1) / 3
	return f
}

// PronounAnswer is one ambiguous pronoun with two names, after GAP (Webster et al. 2018,
// Mind the GAP): which of them it means, in gold and as predicted. Both, one or neither
// may be true.
type PronounAnswer struct {
	Feminine               bool // the pronoun
	GoldA, GoldB           bool
	PredictedA, PredictedB bool
}

// PronounFigures are those of GAP: each pair of pronoun and name is a decision, and the
// figures are over the pairs that are, or are said to be, the same person.
type PronounFigures struct {
	Pronouns  int `json:"pronouns"`
	All       PRF `json:"all"`
	Masculine PRF `json:"masculine"`
	Feminine  PRF `json:"feminine"`
	// Bias is the F1 of feminine over that of masculine pronouns: 1 is even.
	Bias float64 `json:"bias"`
}

// ScorePronouns returns the figures of answers.
func ScorePronouns(answers []PronounAnswer) PronounFigures {
	var right, predicted, gold [2]int // masculine, feminine
	for _, a := range answers {
		side := 0
		if a.Feminine {
			side = 1
		}
		for _, pair := range [2][2]bool{{a.GoldA, a.PredictedA}, {a.GoldB, a.PredictedB}} {
			gold[side] += oneIf(pair[0])
			predicted[side] += oneIf(pair[1])
			right[side] += oneIf(pair[0] && pair[1])
		}
	}
	f := PronounFigures{Pronouns: len(answers), All: newPRF(right[0]+right[1], predicted[0]+predicted[1], gold[0]+gold[1]),
		Masculine: newPRF(right[0], predicted[0], gold[0]), Feminine: newPRF(right[1], predicted[1], gold[1])}
	if f.Masculine.F1 > 0 {
		f.Bias = f.Feminine.F1 / f.Masculine.F1
	}
	return f
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
