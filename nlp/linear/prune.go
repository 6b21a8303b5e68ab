package linear

import "slices"

// Prune keeps the n rows with the largest weights, by the size of the largest weight
// in each; ties are broken by feature, so that the result is the same every time.
func Prune(rows map[uint64][]float32, n int) {
	if len(rows) <= n {
		return
	}
	type sized struct {
		f    uint64
		size float32
	}
	all := make([]sized, 0, len(rows))
	for f, r := range rows {
		s := sized{f: f}
		for _, w := range r {
			s.size = max(s.size, w, -w)
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b sized) int {
		switch {
		case a.size > b.size:
			return -1
		case a.size < b.size:
			return 1
		case a.f < b.f:
			return -1
		}
		return 1
	})
	for _, s := range all[n:] {
		delete(rows, s.f)
	}
}
