package linear

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// percentile is [Quantile] of all weights of rows.
func percentile(rows map[uint64][]float32, p float64) float32 {
	var all []float32
	for _, r := range rows {
		all = append(all, r...)
	}
	return Quantile(all, p)
}

// Quantile is the p-quantile, p from 0 to 1, of the sizes of all weights that are not zero, 1
// when there is none.
func Quantile(weights []float32, p float64) float32 {
	sizes := make([]float32, 0, len(weights))
	for _, w := range weights {
		if w != 0 {
			sizes = append(sizes, float32(math.Abs(float64(w))))
		}
	}
	if len(sizes) == 0 {
		return 1
	}
	slices.Sort(sizes)
	return sizes[min(len(sizes)-1, int(p*float64(len(sizes))))]
}

// pack lays rows out as slots and entries, in the order of their features.
func pack(rows map[uint64][]float32, scale float32) (index perfect, slots, entries []byte, err error) {
	features := make([]uint64, 0, len(rows))
	for f := range rows {
		features = append(features, f)
	}
	slices.Sort(features)
	kept := features[:0]
	starts := make([]uint32, 0, len(features))
	entries = []byte{}
	for _, f := range features {
		n := 0
		at := len(entries) / 2
		for label, w := range rows[f] {
			if q := quantise(w, scale); q != 0 && n < 255 {
				entries = append(entries, byte(label), byte(q))
				n++
			}
		}
		if n == 0 {
			continue
		}
		if at >= 1<<24 {
			return index, nil, nil, errors.New("model has more than 16 million weights: prune it")
		}
		kept = append(kept, f)
		starts = append(starts, uint32(at)<<8|uint32(n))
	}
	if index, err = newPerfect(kept); err != nil {
		return index, nil, nil, err
	}
	slots = make([]byte, 8*index.slots)
	for i, f := range kept {
		at := 8 * index.slot(f)
		binary.LittleEndian.PutUint32(slots[at:], uint32(f))
		binary.LittleEndian.PutUint32(slots[at+4:], starts[i])
	}
	return index, slots, entries, nil
}
