//go:build !amd64

package linear

// hasWide is false where there is no code for wide registers; the two functions are then
// never called.
const hasWide = false

func sum32(*byte, *int32, int, *uint64) {}

func project8(*float32, *float32, *float32, int, int) {}
