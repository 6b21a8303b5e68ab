package neural

import (
	"math"
	"math/rand/v2"
)

// part is what one goroutine works on in a step of training: some of the examples, one
// after the other, so that what it works with stays in its processor's cache.
type part struct {
	t        *Trainer
	number   int
	rng      *rand.Rand
	opt      Options
	examples []Example // their rows are the part's own, to change as training wants
	rows     []int32   // of all of them
	moved    []float32 // the gradient by the sum of the features' vectors, for every token
	counted  int       // tokens that teach something

	// Of the example at work:
	acts   []activations
	out    []float32 // what the last layer gives, normalised
	by     []float32 // what normalising multiplied with, per token
	back   []float32 // the gradient, on its way back
	kept   [][]byte  // 0 for numbers left out at random, else 1
	x      []float32 // with room for what a convolution reaches to before and after
	wideA  []float32 // working memory
	wideB  []float32
	turned []float32
	scores []float32 // the gradient by the last matrix
	row    []float32 // of the heads of a token
}

// activations are what a layer leaves for the way back.
type activations struct {
	x    []float32 // what it was given, with room before and after
	norm []float32 // its convolution, normalised
	by   []float32 // what normalising multiplied with, per token
	mid  []float32 // between its matrices
}

// begin takes every parts-th example from number k on.
func (p *part) begin(batch []Example, k int, opt Options, seed uint64) {
	p.opt, p.rng = opt, rand.New(rand.NewPCG(seed, uint64(k)))
	p.examples, p.rows, p.moved = p.examples[:0], p.rows[:0], p.moved[:0]
	for i := k; i < len(batch); i += parts {
		p.rows = append(p.rows, batch[i].Rows...)
	}
	rows := p.rows
	for i := k; i < len(batch); i += parts {
		e := batch[i]
		e.Rows, rows = rows[:len(e.Rows)], rows[len(e.Rows):]
		for at := 0; at < len(e.Rows) && opt.Unseen > 0; at += e.Fields {
			if p.rng.Float32() < opt.Unseen {
				e.Rows[at] = 0
			}
		}
		p.examples = append(p.examples, e)
	}
}

// learn goes through the examples, forth and back.
func (p *part) learn(o objective, each float32) (loss float64, tokens int) {
	for i, e := range p.examples {
		p.forward(e)
		l, n := o.gradient(p, i, each)
		loss, tokens = loss+l, tokens+n
		p.backward()
		p.moved = append(p.moved, p.back...)
	}
	return loss, tokens
}

// forward runs the layers on e.
func (p *part) forward(e Example) {
	t, n := p.t, e.tokens()
	d, m := t.shape.Width, t.shape.Hidden
	p.x = zeros(p.x, (n+2*reach)*d)
	x := p.x[reach*d : (reach+n)*d]
	for i, r := range e.Rows {
		if r < 0 {
			continue
		}
		to := x[i/e.Fields*d:][:d]
		for j, v := range t.embed.x[int(r)*d:][:d] {
			to[j] += v
		}
	}
	p.kept = resized(p.kept, len(t.layers)+2)
	p.acts = resized(p.acts, len(t.layers))
	p.drop(x, 0)
	for l, w := range t.layers {
		a := &p.acts[l]
		a.x = append(a.x[:0], p.x...)
		a.norm, a.by = resized(a.norm, n*d), resized(a.by, n)
		convolve(a.norm, a.x, w.conv.x, w.conv.x[taps*d:], n, d)
		standardise(a.norm, a.by, d)
		a.mid = resized(a.mid, n*m)
		fill(a.mid, w.up.x[d*m:])
		gemm(plain(a.norm, n, d), w.up.x, a.mid, m)
		clearNegative(a.mid)
		p.wideB = resized(p.wideB, n*d)
		fill(p.wideB, w.down.x[m*d:])
		gemm(plain(a.mid, n, m), w.down.x, p.wideB, d)
		p.drop(p.wideB, l+1)
		for i, v := range p.wideB {
			x[i] += v
		}
	}
	p.out = append(p.out[:0], x...)
	p.by = resized(p.by, n)
	standardise(p.out, p.by, d)
	p.back = zeros(p.back, n*d)
}

// backward goes back through the layers from p.back, the gradient by what the last gives,
// and leaves there the gradient by the sums of the features' vectors.
func (p *part) backward() {
	t, n := p.t, len(p.by)
	d, m := t.shape.Width, t.shape.Hidden
	standardiseBack(p.back, p.out, p.by, d)
	for l := len(t.layers) - 1; l >= 0; l-- {
		a, w := &p.acts[l], t.layers[l]
		conv, up, down := w.conv.grads[p.number], w.up.grads[p.number], w.down.grads[p.number]
		p.wideB = append(p.wideB[:0], p.back...)
		p.dropBack(p.wideB, l+1)
		sumRows(down[m*d:], p.wideB)
		gemm(plain(a.mid, n, m).flipped(), p.wideB, down, d)
		p.turned = transposed(p.turned, w.down.x[:m*d], m, d)
		p.wideA = zeros(p.wideA, n*m)
		gemm(plain(p.wideB, n, d), p.turned, p.wideA, m)
		clearWhereZero(p.wideA, a.mid)
		sumRows(up[d*m:], p.wideA)
		gemm(plain(a.norm, n, d).flipped(), p.wideA, up, m)
		p.turned = transposed(p.turned, w.up.x[:d*m], d, m)
		p.wideB = zeros(p.wideB, (n+2*reach)*d)
		by := p.wideB[reach*d : (reach+n)*d]
		gemm(plain(p.wideA, n, m), p.turned, by, d)
		standardiseBack(by, a.norm, a.by, d)
		sumRows(conv[taps*d:], by)
		convolveBack(conv[:taps*d], a.x, by, n, d)
		p.throughConvolution(w.conv.x[:taps*d], n)
	}
	p.dropBack(p.back, 0)
}

// throughConvolution adds to p.back the gradient p.wideB, which has room before and after,
// of a convolution with weights w: a convolution with the weights the other way round.
func (p *part) throughConvolution(w []float32, n int) {
	d := p.t.shape.Width
	p.turned = resized(p.turned, (taps+1)*d)
	for k := range taps {
		copy(p.turned[k*d:(k+1)*d], w[(taps-1-k)*d:(taps-k)*d])
	}
	clear(p.turned[taps*d:])
	p.wideA = resized(p.wideA, n*d)
	convolve(p.wideA, p.wideB, p.turned, p.turned[taps*d:], n, d)
	for i, v := range p.wideA {
		p.back[i] += v
	}
}

// clearNegative makes what is negative 0, without branches, which nobody could predict; what is no number may become 0 too.
func clearNegative(x []float32) {
	for i, v := range x {
		bits := math.Float32bits(v)
		x[i] = math.Float32frombits(bits &^ uint32(int32(bits)>>31))
	}
}

// clearWhereZero makes x 0 where of is, in which nothing is negative.
func clearWhereZero(x, of []float32) {
	x = x[:len(of)]
	for i, v := range of {
		zero := uint32(int32(math.Float32bits(v)-1) >> 31)
		x[i] = math.Float32frombits(math.Float32bits(x[i]) &^ zero)
	}
}

func zeros(x []float32, n int) []float32 {
	x = resized(x, n)
	clear(x)
	return x
}

// fill sets the rows of x to row.
func fill(x, row []float32) {
	for ; len(x) > 0; x = x[len(row):] {
		copy(x, row)
	}
}

// sumRows adds the rows of x to sum.
func sumRows(sum, x []float32) {
	for ; len(x) > 0; x = x[len(sum):] {
		for j, v := range x[:len(sum)] {
			sum[j] += v
		}
	}
}

// standardise gives the rows of x, width numbers each, mean 0 and variance 1.
func standardise(x, by []float32, width int) {
	for t := range by {
		row := x[t*width : (t+1)*width]
		mean, one := moments(row, 1)
		by[t] = one
		for j, v := range row {
			row[j] = (v - mean) * one
		}
	}
}

// standardiseBack takes back, the gradient by rows norm, to that by what they were before.
func standardiseBack(back, norm, by []float32, width int) {
	for t, one := range by {
		g, x := back[t*width:(t+1)*width], norm[t*width:(t+1)*width]
		var sum, along float32
		for j, v := range g {
			sum += v
			along += v * x[j]
		}
		sum /= float32(width)
		along /= float32(width)
		for j, v := range g {
			g[j] = one * (v - sum - x[j]*along)
		}
	}
}

// drop leaves numbers of x out at random, and makes up for it in the others.
func (p *part) drop(x []float32, layer int) {
	if p.opt.Drop == 0 {
		return
	}
	kept := resized(p.kept[layer], len(x))
	p.kept[layer] = kept
	least, up := p.dropping()
	var bits uint64
	for i := range x {
		if i%8 == 0 {
			bits = p.rng.Uint64()
		}
		keeps := 1 - (bits&255-least)>>63 // no branch, which nobody could predict
		kept[i] = byte(keeps)
		x[i] = math.Float32frombits(math.Float32bits(x[i]*up) & -uint32(keeps))
		bits >>= 8
	}
}

// dropBack leaves the same numbers out of the gradient.
func (p *part) dropBack(x []float32, layer int) {
	if p.opt.Drop == 0 {
		return
	}
	_, up := p.dropping()
	for i, k := range p.kept[layer] {
		x[i] *= up * float32(k)
	}
}

// dropping is the byte from which on a number is kept, and what it is multiplied with.
func (p *part) dropping() (least uint64, up float32) {
	least = uint64(math.Round(float64(p.opt.Drop) * 256))
	return least, 256 / float32(256-least)
}
