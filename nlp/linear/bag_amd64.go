package linear

import "golang.org/x/sys/cpu"

// hasWide reports whether the processor adds 32 bytes at a time.
var hasWide = cpu.X86.HasAVX2

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
