package nlp

import "math/bits"

const hashKey = 0x9E3779B97F4A7C15

// Hash returns a 64-bit hash of s, the same on every machine and in every version:
// models are keyed by it.
func Hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return Mix(h, uint64(len(s)))
}

// Mix combines two hashes into one, order mattering (wyhash-style folded multiply).
func Mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^hashKey, b^0xE7037ED1A0B428DB)
	return hi ^ lo
}
