package neural

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func numbers(n int, rng *rand.Rand) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

// guard is what stands behind the numbers that the arithmetic may write to.
const guard = 77

// Whatever the processor, the arithmetic of inference gives the same to the bit, for every
// width and number of rows, and writes nothing beyond.
func TestWideIsPlain(t *testing.T) {
	if !hasWide {
		t.Log("this processor has no wide registers: plain is compared with plain")
	}
	for _, width := range []int{32, 96, 1024} {
		for _, n := range []int{1, 7, 8, 24} {
			testWide(t, n, width)
		}
	}
}

func testWide(t *testing.T, n, width int) {
	rng := rand.New(rand.NewPCG(uint64(n), uint64(width)))
	same := func(what string, f func() any) {
		t.Helper()
		wide := f()
		defer setWide(hasWide, hasWider)
		for _, is := range [][2]bool{{hasWide, false}, {false, false}} {
			setWide(is[0], is[1])
			if other := f(); !reflect.DeepEqual(wide, other) {
				t.Errorf("%s of %d rows of %d differs:\n%v\nwant\n%v", what, n, width, wide, other)
			}
		}
	}
	floats := func(n int) []float32 { return append(make([]float32, n), guard) }
	bytes := func(n int) []uint8 { return append(make([]uint8, n), guard) }
	const columns = 64
	padded := (n + rowsAtOnce - 1) &^ (rowsAtOnce - 1)
	a, w := make([]uint8, padded*width), make([]int8, width*columns)
	for i := range a {
		a[i] = uint8(rng.IntN(128))
	}
	for i := range w {
		w[i] = int8(rng.IntN(255) - 127)
	}
	w = quads(w, width, columns)
	same("multiply", func() any {
		sums := append(make([]int32, padded*columns), guard)
		multiply(sums, a, w, padded, width, columns)
		return sums
	})
	x, weights, bias := numbers((n+taps)*width, rng), numbers(taps*width, rng), numbers(width, rng)
	same("convolve", func() any {
		out := floats(n * width)
		convolve(out, x, weights, bias, n, width)
		return out
	})
	same("combine", func() any {
		out := floats(2 * combined)
		combine(out[:2*combined], x, x[5:5+n], width)
		return out
	})
	vectors := w[:len(w)/width*width]
	same("gather", func() any {
		out := floats(width)
		gather(out[:width], vectors, []int32{0, int32(width), int32(len(vectors) - width)}, 0.3)
		return out
	})
	same("normalise", func() any {
		out := bytes(n * width)
		normalise(out, x, n, width)
		return out
	})
	sums, scale := make([]int32, n*width), numbers(width, rng)
	for i := range sums {
		sums[i] = int32(rng.IntN(20_000) - 10_000)
	}
	for i := range scale {
		scale[i] /= 100
	}
	same("rectify", func() any {
		out := bytes(n * width)
		rectify(out, sums, scale, bias, n)
		return out
	})
	same("addScaled", func() any {
		out := append(slices.Clone(x[:n*width]), guard)
		addScaled(out, sums, scale, bias, n)
		return out
	})
}

func near(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Abs(float64(got[i]-want[i])) > 1e-4*(1+math.Abs(float64(want[i]))) {
			t.Fatalf("%s: number %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

// The arithmetic of training gives the same but for rounding, to the bit for any wide registers, and is what it says.
func TestTrainingArithmetic(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 6, 13, 25} {
		const k, across = 7, 48
		a, b := numbers(n*k, rng), numbers(k*across, rng)
		want := make([]float32, n*across)
		for i := range n {
			for j := range across {
				for p := range k {
					want[i*across+j] += a[i*k+p] * b[p*across+j]
				}
			}
		}
		x, out := numbers((n+taps)*across, rng), numbers(n*across, rng)
		back := make([]float32, taps*across)
		for t := range n {
			for p := range taps {
				for j := range across {
					back[p*across+j] += out[t*across+j] * x[(t+p)*across+j]
				}
			}
		}
		check := func(wide, wider bool) (products [][]float32) {
			defer setWide(hasWide, hasWider)
			setWide(wide, wider)
			for _, m := range []matrix{plain(a, n, k), plain(transposed(nil, a, n, k), k, n).flipped()} {
				c := make([]float32, n*across)
				gemm(m, b, c, across)
				near(t, "gemm", c, want)
				products = append(products, c)
			}
			w := make([]float32, taps*across)
			convolveBack(w, x, out, n, across)
			near(t, "convolveBack", w, back)
			return products
		}
		if wider, wide := check(hasWide, hasWider), check(hasWide, false); !reflect.DeepEqual(wider, wide) {
			t.Errorf("products of %d rows by sixteen numbers at a time are others than by eight", n)
		}
		check(false, false)
	}
}

// A step of Adam is the same to the bit with wide registers and without.
func TestAdamIsPlain(t *testing.T) {
	const n = 21
	rng := rand.New(rand.NewPCG(5, 6))
	w := &weights{x: numbers(n, rng), mean: numbers(n, rng), square: numbers(n, rng)}
	for i, v := range w.square {
		w.square[i] = v * v
	}
	grad := numbers(n, rng)
	step := func(wide bool) *weights {
		defer setWide(hasWide, hasWider)
		setWide(wide, false)
		c := &weights{x: slices.Clone(w.x), mean: slices.Clone(w.mean), square: slices.Clone(w.square)}
		adam{0.003, 1.7}.move(c, 0, grad, 0.6, 0.001)
		return c
	}
	if got, want := step(hasWide), step(false); !reflect.DeepEqual(got, want) {
		t.Errorf("with wide registers %v, want %v", got, want)
	}
}
