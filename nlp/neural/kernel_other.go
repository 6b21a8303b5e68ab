//go:build !amd64

package neural

// Where there is no code for wide registers, the functions below are never called.
const hasWide, hasWider = false, false

func gemm6x16(int, *float32, int, int, *float32, int, *float32, int)  {}
func gemm12x32(int, *float32, int, int, *float32, int, *float32, int) {}
func gemm1x16(int, *float32, int, *float32, int, *float32)            {}
func convolve9(*float32, *float32, *float32, *float32, int, int)      {}
func normalise8(*uint8, *float32, int, int, *[4]float32)              {}
func rectify8(*uint8, *int32, *float32, *float32, int, int)           {}
func addScaled8(*float32, *int32, *float32, *float32, int, int)       {}
func multiply2x32(*int32, *uint8, *int8, int, int, int, int)          {}
func multiply8x32(*int32, *uint8, *int8, int, int, int, int)          {}
func gradient9(*float32, *float32, *float32, int, int)                {}
func combine16(*float32, *float32, *float32, int, int, int)           {}

func gather8(*float32, *int8, *int32, int, int, *float32) {}

func convolve9x16(*float32, *float32, *float32, *float32, int, int)  {}
func gather16(*float32, *int8, *int32, int, int, *float32)           {}
func normalise16(*uint8, *float32, int, int, *[4]float32)            {}
func rectify16(*uint8, *int32, *float32, *float32, int, int)         {}
func addScaled16(*float32, *int32, *float32, *float32, int, int)     {}
func adam8(*float32, *float32, *float32, *float32, int, *[8]float32) {}
