package neural

import "math"

// The arithmetic that networks are made of, with wide registers where the processor has
// them. That of inference gives the same to the bit on every processor; [gemm] and
// [convolveBack], which only training calls, round once where the processor multiplies and
// adds in one step.

// taps is how many tokens a convolution looks at: the token and reach on each side.
const (
	taps  = 9
	reach = taps / 2
)

// matrix is a view of numbers as rows and columns, or as columns and rows.
type matrix struct {
	x            []float32
	row, column  int // how far apart rows and columns are
	rows, across int
}

func plain(x []float32, rows, across int) matrix { return matrix{x, across, 1, rows, across} }

// flipped is m with rows for columns.
func (m matrix) flipped() matrix { return matrix{m.x, m.column, m.row, m.across, m.rows} }

// gemm adds the product of a and b to c. The columns of b and of c are next to each other
// and a multiple of sixteen.
func gemm(a matrix, b, c []float32, across int) {
	n, k := a.rows, a.across
	if k == 0 || n == 0 {
		return
	}
	if !hasWide {
		gemmPlain(a, b, c, across)
		return
	}
	for j := 0; j < across; j += 16 {
		i := 0
		if hasWider && j|31 < across { // thirty-two columns together
			i = n / 12 * 12
		}
		for r := 0; r < i && j%32 == 0; r += 12 {
			gemm12x32(k, &a.x[r*a.row], 4*a.row, 4*a.column, &b[j], 4*across, &c[r*across+j], 4*across)
		}
		for ; i+6 <= n; i += 6 {
			gemm6x16(k, &a.x[i*a.row], 4*a.row, 4*a.column, &b[j], 4*across, &c[i*across+j], 4*across)
		}
		for ; i < n; i++ {
			gemm1x16(k, &a.x[i*a.row], 4*a.column, &b[j], 4*across, &c[i*across+j])
		}
	}
}

func gemmPlain(a matrix, b, c []float32, across int) {
	for i := range a.rows {
		row := c[i*across : (i+1)*across]
		for k := range a.across {
			x := a.x[i*a.row+k*a.column]
			if x == 0 {
				continue
			}
			for j, y := range b[k*across : (k+1)*across] {
				row[j] += float32(x * y)
			}
		}
	}
}

// transposed sets out to b, rows by across, with rows for columns.
func transposed(out, b []float32, rows, across int) []float32 {
	out = resized(out, len(b))
	for i := range rows {
		for j := range across {
			out[j*rows+i] = b[i*across+j]
		}
	}
	return out
}

// gather sets out to the sum of the vectors that begin at the places at, times scale.
func gather(out []float32, vectors []int8, at []int32, scale float32) {
	if len(at) == 0 {
		clear(out)
		return
	}
	switch {
	case hasWider:
		gather16(&out[0], &vectors[0], &at[0], len(at), len(out), &scale)
		return
	case hasWide:
		gather8(&out[0], &vectors[0], &at[0], len(at), len(out), &scale)
		return
	}
	for j := range out {
		sum := int32(0)
		for _, a := range at {
			sum += int32(vectors[int(a)+j])
		}
		out[j] = float32(sum) * scale
	}
}

// convolve sets the n rows of out, width columns each, to the sum over nine rows of x from
// the same one on, every column by itself, times w, and bias.
func convolve(out, x, w, bias []float32, n, width int) {
	if n == 0 {
		return
	}
	switch {
	case hasWider:
		convolve9x16(&out[0], &x[0], &w[0], &bias[0], n, width)
		return
	case hasWide:
		convolve9(&out[0], &x[0], &w[0], &bias[0], n, width)
		return
	}
	for t := range n {
		row := out[t*width : (t+1)*width]
		copy(row, bias)
		for k := range taps {
			from, by := x[(t+k)*width:(t+k+1)*width], w[k*width:(k+1)*width]
			for j := range row {
				row[j] += float32(from[j] * by[j])
			}
		}
	}
}

// combined is what the number of columns that [combine] works on is a multiple of.
const combined = 16

// combine sets out to the columns of x, rows of width numbers, times y, a number a row, and
// one more row.
func combine(out, x, y []float32, width int) {
	if len(out) == 0 {
		return
	}
	if hasWide && len(y) > 0 {
		combine16(&out[0], &x[0], &y[0], len(out), len(y), width)
		return
	}
	copy(out, x[len(y)*width:])
	for r, v := range y {
		for j := range out {
			out[j] += float32(x[r*width+j] * v)
		}
	}
}

// convolveBack adds to w what [convolve] learns for it from out, the gradient by its n rows.
func convolveBack(w, x, out []float32, n, width int) {
	if n == 0 {
		return
	}
	if hasWide {
		gradient9(&w[0], &x[0], &out[0], n, width)
		return
	}
	for t := range n {
		by := out[t*width : (t+1)*width]
		for k := range taps {
			from, to := x[(t+k)*width:(t+k+1)*width], w[k*width:(k+1)*width]
			for j := range to {
				to[j] += float32(from[j] * by[j])
			}
		}
	}
}

const (
	// zero is the byte that stands for 0 in what [normalise] writes, and steps are those that
	// one standard deviation has: 4.5 of them fit on each side.
	zero  = 64
	steps = 14
	// least is added to variances.
	least = 1e-5
)

// normalise writes the rows of x with mean 0 and variance 1 (Ba, Kiros and Hinton 2016) in
// bytes of 0 to 127.
func normalise(out []uint8, x []float32, n, width int) {
	if n == 0 {
		return
	}
	parts := [4]float32{1 / float32(width), least, steps, zero}
	switch {
	case hasWider:
		normalise16(&out[0], &x[0], n, width, &parts)
		return
	case hasWide:
		normalise8(&out[0], &x[0], n, width, &parts)
		return
	}
	for t := range n {
		row, to := x[t*width:(t+1)*width], out[t*width:(t+1)*width]
		mean, by := moments(row, steps)
		for j, v := range row {
			to[j] = level(float32((v-mean)*by) + zero)
		}
	}
}

// moments returns the mean of row and what makes its standard deviation one.
func moments(row []float32, one float32) (mean, by float32) {
	share := 1 / float32(len(row))
	var sums [16]float32
	for j, v := range row {
		sums[j%16] += v
	}
	mean = float32(lanes(sums) * share) // or it would be one step with what follows, where a processor has that
	sums = [16]float32{}
	for j, v := range row {
		v -= mean
		sums[j%16] += float32(v * v)
	}
	variance := float32(lanes(sums)*share) + least
	return mean, one / float32(math.Sqrt(float64(variance)))
}

// lanes adds sixteen numbers in the order in which wide registers do.
func lanes(s [16]float32) float32 {
	for i := range 8 {
		s[i] += s[i+8]
	}
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

// level rounds v to a byte of 0 to 127.
func level(v float32) uint8 { return uint8(min(max(math.RoundToEven(float64(v)), 0), 127)) }

// rectify writes sums times scale and bias in bytes of 0 to 127: what is negative is 0.
func rectify(out []uint8, sums []int32, scale, bias []float32, n int) {
	width := len(scale)
	if n == 0 {
		return
	}
	switch {
	case hasWider:
		rectify16(&out[0], &sums[0], &scale[0], &bias[0], n, width)
		return
	case hasWide:
		rectify8(&out[0], &sums[0], &scale[0], &bias[0], n, width)
		return
	}
	for i := range n * width {
		j := i % width
		out[i] = level(float32(float32(sums[i])*scale[j]) + bias[j])
	}
}

// addScaled adds sums times scale and bias to x.
func addScaled(x []float32, sums []int32, scale, bias []float32, n int) {
	width := len(scale)
	if n == 0 {
		return
	}
	switch {
	case hasWider:
		addScaled16(&x[0], &sums[0], &scale[0], &bias[0], n, width)
		return
	case hasWide:
		addScaled8(&x[0], &sums[0], &scale[0], &bias[0], n, width)
		return
	}
	for i := range n * width {
		j := i % width
		x[i] = float32(float32(sums[i])*scale[j]) + bias[j] + x[i]
	}
}

// rowsAtOnce is what the number of rows that [multiply] works on is a multiple of.
const rowsAtOnce = 8

// multiply sets sums to the product of a, n rows of k bytes of 0 to 127, and w, columns
// weights of a byte for every byte of a row, laid out by [quads]. n is a multiple of
// rowsAtOnce, k of four, columns of 32.
func multiply(sums []int32, a []uint8, w []int8, n, k, columns int) {
	switch {
	case n == 0:
	case hasWider:
		for j := 0; j < columns; j += 32 {
			for i := 0; i < n; i += 8 {
				multiply8x32(&sums[i*columns+j], &a[i*k], &w[4*j], k/4, k, 4*columns, 4*columns)
			}
		}
	case hasWide:
		for j := 0; j < columns; j += 32 {
			for i := 0; i < n; i += 2 {
				multiply2x32(&sums[i*columns+j], &a[i*k], &w[4*j], k/4, k, 4*columns, 4*columns)
			}
		}
	default:
		multiplyPlain(sums, a, w, n, k, columns)
	}
}

func multiplyPlain(sums []int32, a []uint8, w []int8, n, k, columns int) {
	clear(sums[:n*columns])
	for i := range n {
		row, of := sums[i*columns:(i+1)*columns], a[i*k:(i+1)*k]
		for q := 0; q < k; q += 4 {
			weights := w[q*columns : (q+4)*columns]
			for j := range row {
				for p := range 4 {
					row[j] += int32(of[q+p]) * int32(weights[4*j+p])
				}
			}
		}
	}
}

// quads lays out w, k rows of columns weights, with the four weights of a column that
// follow one another side by side.
func quads(w []int8, k, columns int) []int8 {
	out := make([]int8, len(w))
	for i := range k {
		for j := range columns {
			out[(i/4*columns+j)*4+i%4] = w[i*columns+j]
		}
	}
	return out
}

func resized[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n, n+n/4)
	}
	return x[:n]
}
