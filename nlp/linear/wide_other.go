//go:build !amd64

package linear

// hasWide is false where there is no code for wide registers; the functions are then
// never called.
const hasWide, hasWider = false, false

func sum32(*byte, *int32, int, *uint64) {}

func project8(*float32, *float32, *float32, int, int) {}

func sum64(*byte, *int32, int, *uint64) {}

func lift8(*float32, *uint64, *float32, *float32, int, int) {}

// fetch has the rows at, of wide bytes each, brought into the cache.
func fetch(b []byte, at []uint32, wide int) { touch(b, at, wide) }

func find8(*uint64, int, *byte, int, int, *[stride]uint32) {}

func rows8(*uint64, int, *[stride]uint32, *byte, int, *int32) int { return 0 }

func sumRows(*byte, *uint64, *uint32, int, int, *byte, *[8]uint16) {}

func sumSigned(*byte, *byte, *uint64, *uint32, int, int, *byte, *[maxSpread]int16) {}
