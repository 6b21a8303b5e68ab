package eval

import (
	"iter"
	"math"
	"math/rand/v2"
	"slices"
)

// bootstrap yields samples lists of n indices below n, drawn with replacement. A list
// is valid until the next one.
func bootstrap(n, samples int, seed uint64) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		if n == 0 {
			return
		}
		random := rand.New(rand.NewPCG(seed, 0))
		draw := make([]int, n)
		for range samples {
			for i := range draw {
				draw[i] = random.IntN(n)
			}
			if !yield(draw) {
				return
			}
		}
	}
}

// percentiles returns the ends of the central share level of values, which it sorts.
// There must be at least one value.
func percentiles(values []float64, level float64) (lo, hi float64) {
	slices.Sort(values)
	at := func(q float64) float64 {
		return values[int(math.Round(q*float64(len(values)-1)))]
	}
	return at((1 - level) / 2), at((1 + level) / 2)
}
