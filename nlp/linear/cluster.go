package linear

import (
	"cmp"
	"math"
	"slices"
)

// Clusterer sorts words into classes by the company they keep: the bidirectional
// predictive exchange algorithm (Uszkoreit and Brants 2008; both directions as in
// Dehdari, Tan and van Genabith 2016). Each word in turn moves to the class that makes
// the classes of its neighbours to the left and to the right most predictable. Unlike
// the papers, pairs of words seen once are left out, which halves the time, and the
// start deals the words out by frequency.
//
// Words are hashes; the package knows no text. It belongs to one goroutine, and the
// same words in the same order give the same classes.
type Clusterer struct {
	number map[uint64]int32
	hashes []uint64
	counts []int64
	words  []int32 // all words in order, -1 for a break
}

// NewClusterer returns a Clusterer that has seen nothing.
func NewClusterer() *Clusterer { return &Clusterer{number: map[uint64]int32{}} }

// Add appends a word to the text.
func (c *Clusterer) Add(word uint64) {
	n, ok := c.number[word]
	if !ok {
		n = int32(len(c.hashes))
		c.number[word] = n
		c.hashes, c.counts = append(c.hashes, word), append(c.counts, 0)
	}
	c.counts[n]++
	c.words = append(c.words, n)
}

// Break ends a paragraph: the words before and after are no neighbours.
func (c *Clusterer) Break() { c.words = append(c.words, -1) }

// Words is the number of words and breaks so far.
func (c *Clusterer) Words() int { return len(c.words) }

// neighbour is how often a word stands beside another.
type neighbour struct{ word, times int32 }

// exchange is the state of [Clusterer.Table].
type exchange struct {
	k           int
	hashes      []uint64
	before      [][]neighbour // per word
	after       [][]neighbour
	pairs       []int64 // per word: how often it stands in a counted pair
	class       []int32
	total       []int64 // per class: its words' pairs
	left, right []int32 // per word and class: how often the word stands before, after a word of the class
	xlogx       []float32
}

// Table sorts the vocabulary most frequent words into k classes in the given number of
// rounds and returns them as the bytes of a [Table] from word to class+1.
func (c *Clusterer) Table(vocabulary, k, rounds int) ([]byte, error) {
	x := c.exchange(vocabulary, k)
	gains := make([]float64, k)
	for range rounds {
		moved := false
		for w := range x.class {
			moved = x.move(w, gains) || moved
		}
		if !moved {
			break
		}
	}
	m := map[uint64]uint32{}
	for w, class := range x.class {
		if x.pairs[w] > 0 {
			m[x.hashes[w]] = uint32(class) + 1
		}
	}
	return FreezeTable(m)
}

// exchange counts pairs of the most frequent words and deals the words out to classes.
func (c *Clusterer) exchange(vocabulary, k int) *exchange {
	order := make([]int32, len(c.hashes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(c.counts[b], c.counts[a]), cmp.Compare(c.hashes[a], c.hashes[b]))
	})
	order = order[:min(vocabulary, len(order))]
	rank := make([]int32, len(c.hashes))
	for i := range rank {
		rank[i] = -1
	}
	n := len(order)
	x := &exchange{
		k: k, before: make([][]neighbour, n), after: make([][]neighbour, n), pairs: make([]int64, n), class: make([]int32, n),
		total: make([]int64, k), left: make([]int32, n*k), right: make([]int32, n*k), xlogx: make([]float32, 1<<16),
	}
	for i, w := range order {
		rank[w] = int32(i)
		x.hashes = append(x.hashes, c.hashes[w])
	}
	for i := 1; i < len(x.xlogx); i++ {
		x.xlogx[i] = float32(float64(i) * math.Log(float64(i)))
	}
	x.count(c.words, rank)
	for w := range x.class {
		x.class[w] = int32(w % k)
		x.put(w, 1)
	}
	return x
}

// count fills before, after and pairs.
func (x *exchange) count(words, rank []int32) {
	times := map[uint64]int32{}
	last := int32(-1)
	for _, w := range words {
		r := int32(-1)
		if w >= 0 {
			r = rank[w]
		}
		if r >= 0 && last >= 0 {
			times[uint64(last)<<32|uint64(r)]++
		}
		last = r
	}
	keys := make([]uint64, 0, len(times))
	for p, n := range times {
		if n > 1 {
			keys = append(keys, p)
		}
	}
	slices.Sort(keys)
	for _, p := range keys {
		a, b, n := int32(p>>32), int32(uint32(p)), times[p]
		x.after[a] = append(x.after[a], neighbour{b, n})
		x.before[b] = append(x.before[b], neighbour{a, n})
		x.pairs[a] += int64(n)
		x.pairs[b] += int64(n)
	}
}

// put adds word w to its class, or takes it out with sign -1.
func (x *exchange) put(w int, sign int32) {
	class := int(x.class[w])
	for _, n := range x.before[w] {
		x.left[int(n.word)*x.k+class] += sign * n.times
	}
	for _, n := range x.after[w] {
		x.right[int(n.word)*x.k+class] += sign * n.times
	}
	x.total[class] += int64(sign) * x.pairs[w]
}

// f is n log n.
func (x *exchange) f(n int32) float32 {
	if int(n) < len(x.xlogx) {
		return x.xlogx[n]
	}
	return float32(float64(n) * math.Log(float64(n)))
}

// move puts w in the class that makes the text most likely and reports whether that
// was another than before.
func (x *exchange) move(w int, gains []float64) bool {
	if x.pairs[w] == 0 {
		return false
	}
	x.put(w, -1)
	for c := range gains {
		with, without := float64(x.total[c]+x.pairs[w]), float64(x.total[c])
		gains[c] = without*math.Log(max(without, 1)) - with*math.Log(with)
	}
	x.gain(x.before[w], x.left, gains)
	x.gain(x.after[w], x.right, gains)
	best := x.class[w]
	for c, g := range gains {
		if g > gains[best] {
			best = int32(c)
		}
	}
	moved := best != x.class[w]
	x.class[w] = best
	x.put(w, 1)
	return moved
}

// gain adds to gains what the neighbours on one side say for each class.
func (x *exchange) gain(neighbours []neighbour, counts []int32, gains []float64) {
	for _, n := range neighbours {
		alone := float64(x.f(n.times))
		for c, have := range counts[int(n.word)*x.k : (int(n.word)+1)*x.k] {
			if have == 0 {
				gains[c] += alone
			} else {
				gains[c] += float64(x.f(have+n.times) - x.f(have))
			}
		}
	}
}
