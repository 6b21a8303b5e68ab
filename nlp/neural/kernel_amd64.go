package neural

import "golang.org/x/sys/cpu"

var (
	// hasWide reports whether the processor works on eight numbers at a time.
	hasWide = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	// hasWider reports whether it works on sixteen, and multiplies and adds 64 bytes in one
	// instruction.
	hasWider = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VNNI
)

//go:noescape
func gemm6x16(k int, a *float32, rowStep, stepA int, b *float32, stepB int, c *float32, stepC int)

//go:noescape
func gemm12x32(k int, a *float32, rowStep, stepA int, b *float32, stepB int, c *float32, stepC int)

//go:noescape
func gemm1x16(k int, a *float32, stepA int, b *float32, stepB int, c *float32)

//go:noescape
func adam8(x, mean, square, grad *float32, n int, by *[8]float32)

//go:noescape
func convolve9(out, x, w, bias *float32, n, width int)

//go:noescape
func combine16(out, x, y *float32, columns, rows, width int)

//go:noescape
func gradient9(w, x, out *float32, n, width int)

//go:noescape
func gather8(out *float32, vectors *int8, at *int32, n, width int, scale *float32)

//go:noescape
func normalise8(out *uint8, x *float32, n, width int, parts *[4]float32)

//go:noescape
func rectify8(out *uint8, sums *int32, scale, bias *float32, n, width int)

//go:noescape
func addScaled8(x *float32, sums *int32, scale, bias *float32, n, width int)

//go:noescape
func multiply2x32(sums *int32, a *uint8, w *int8, quads, stepA, stepW, stepS int)

//go:noescape
func multiply8x32(sums *int32, a *uint8, w *int8, quads, stepA, stepW, stepS int)

//go:noescape
func convolve9x16(out, x, w, bias *float32, n, width int)

//go:noescape
func gather16(out *float32, vectors *int8, at *int32, n, width int, scale *float32)

//go:noescape
func normalise16(out *uint8, x *float32, n, width int, parts *[4]float32)

//go:noescape
func rectify16(out *uint8, sums *int32, scale, bias *float32, n, width int)

//go:noescape
func addScaled16(x *float32, sums *int32, scale, bias *float32, n, width int)
