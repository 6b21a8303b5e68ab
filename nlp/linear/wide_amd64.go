package linear

import "golang.org/x/sys/cpu"

// hasWide reports whether the processor adds 32 bytes at a time.
var hasWide = cpu.X86.HasAVX2

// hasWider reports whether it adds 64.
var hasWider = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL

// sum32 is [Bag.sum] for 32 units: of the first n vectors at rows, an even number, from
// weights on, into eight words of sums.
//
//go:noescape
func sum32(weights *byte, rows *int32, n int, sums *uint64)

// project8 is project for labels, a multiple of eight, and units, a multiple of four. It
// rounds as that does.
//
//go:noescape
func project8(h, out, scores *float32, units, labels int)

// sum64 is [Bag.sum] for 64 units.
//
//go:noescape
func sum64(weights *byte, rows *int32, n int, sums *uint64)

// lift8 is [Bag.lift] for a multiple of eight units; zero is what a sum of zeros comes to.
//
//go:noescape
func lift8(h *float32, sums *uint64, bias, scale *float32, zero, units int)

// prefetch asks for the first and the last byte of n rows of wide bytes at b, without
// waiting for them.
//
//go:noescape
func prefetch(b *byte, at *uint32, n, wide int)

// fetch has the rows at, of wide bytes each, brought into the cache.
func fetch(b []byte, at []uint32, wide int) {
	if len(at) > 0 {
		prefetch(&b[0], &at[0], len(at), wide)
	}
}

// find8 is [perfect.find] for n features, at least one; what stands after their places in at
// are places too.
//
//go:noescape
func find8(fs *uint64, n int, displacements *byte, buckets, slots int, at *[stride]uint32)

// rows8 looks at the slots of a [Bag] at the places that find8 set for n features, and sets
// rows to where the vectors begin, of size bytes each, of those that are there. It returns
// how many they are, and writes up to eight more.
//
//go:noescape
func rows8(fs *uint64, n int, at *[stride]uint32, slots *byte, size int, rows *int32) int

// sumRows adds the weights of n rows, at least one, each of wide bytes; the weights of none
// stand for those of a row that is not the feature's.
//
//go:noescape
func sumRows(rows *byte, fs *uint64, at *uint32, n, wide int, none *byte, sums *[8]uint16)

// sumSigned adds the weights, a signed byte for each of up to 48 labels, of n slots of a
// [Model], at least one; those of none stand for those of a slot that is not the feature's.
//
//go:noescape
func sumSigned(slots, weights *byte, fs *uint64, at *uint32, n, labels int, none *byte, sums *[maxSpread]int16)
