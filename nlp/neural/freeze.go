package neural

import (
	"encoding/binary"
	"fmt"
	"math"

	"quoth/nlp/linear"
)

// Freeze writes the network with weights of a byte as the bytes for [Open]. features are
// the rows of the features; the rows from 0 on, as many as there are fields, are of
// features never seen. How large the numbers between two matrices become is taken from
// examples.
func (t *Trainer) Freeze(features map[uint64]int32, fields int, examples []Example) ([]byte, error) {
	h := header{fields, t.shape.Width, t.shape.Hidden, t.shape.Layers, t.shape.Labels, t.shape.Relations, t.shape.Places, t.shape.Rank}
	if err := h.check(t.shape.Rows); err != nil {
		return nil, err
	}
	numbers := make(map[uint64]uint32, len(features))
	for f, r := range features {
		if r < 0 || int(r) >= t.shape.Rows {
			return nil, fmt.Errorf("feature has vector %d of %d", r, t.shape.Rows)
		}
		numbers[f] = uint32(r) + 1
	}
	index, err := linear.FreezeTable(numbers)
	if err != nil {
		return nil, err
	}
	d, m := t.shape.Width, t.shape.Hidden
	scale := linear.Quantile(t.embed.x, 0.9999) / 127
	vectors := make([]byte, len(t.embed.x))
	for i, w := range t.embed.x {
		vectors[i] = byte(rounded(w, scale))
	}
	var f frozen
	for l, mid := range t.mids(examples) {
		w := t.layers[l]
		f.floats(w.conv.x)
		f.matrix(w.up.x, m, 1.0/steps, mid/127, zero)
		f.matrix(w.down.x, d, mid/127, 1, 0)
	}
	head := make([]float32, (d+1)*h.columns())
	for i := range d + 1 {
		copy(head[i*h.columns():(i+1)*h.columns()], t.head.x[i*t.wide:(i+1)*t.wide]) // what is beyond the shorter one is nothing
	}
	f.matrix(head, h.columns(), 1.0/steps, 1, zero)
	f.floats(t.places.x)
	var first []byte
	for _, x := range []uint32{uint32(h.fields), uint32(d), uint32(m), uint32(h.layers), uint32(h.labels), uint32(h.relations), uint32(h.places), uint32(h.rank), math.Float32bits(scale)} {
		first = binary.LittleEndian.AppendUint32(first, x)
	}
	return linear.Bundle(magic, first, index, vectors, f.bytes, f.words), nil
}

// frozen gathers the weights of layers as a file has them.
type frozen struct{ bytes, words []byte }

func (f *frozen) floats(x []float32) {
	for _, v := range x {
		f.words = binary.LittleEndian.AppendUint32(f.words, math.Float32bits(v))
	}
}

// matrix writes w, rows of columns weights and then the biases, for bytes of which each
// step is in, counted from nothing; what comes out is in steps of out.
func (f *frozen) matrix(w []float32, columns int, in, out float32, nothing int) {
	rows := len(w)/columns - 1
	bytes := make([]int8, rows*columns)
	scales, biases := make([]float32, columns), make([]float32, columns)
	for j := range columns {
		var most float32
		for i := range rows {
			most = max(most, float32(math.Abs(float64(w[i*columns+j]))))
		}
		step := max(most, 1e-9) / 127
		sum := 0
		for i := range rows {
			bytes[i*columns+j] = rounded(w[i*columns+j], step)
			sum += int(bytes[i*columns+j])
		}
		scales[j] = step * in / out
		biases[j] = (w[rows*columns+j] - float32(nothing*sum)*step*in) / out
	}
	for _, q := range quads(bytes, rows, columns) {
		f.bytes = append(f.bytes, byte(q))
	}
	f.floats(scales)
	f.floats(biases)
}

func rounded(w, step float32) int8 {
	return int8(min(max(math.RoundToEven(float64(w/step)), -127), 127))
}

// mids is how large the numbers between the matrices of each layer become, but for one in
// two thousand.
func (t *Trainer) mids(examples []Example) []float32 {
	p := t.parts[0]
	sizes := make([][]float32, len(t.layers))
	for _, e := range examples {
		p.opt = Options{}
		p.forward(e)
		for l := range sizes {
			for _, v := range p.acts[l].mid {
				if v > 0 {
					sizes[l] = append(sizes[l], v)
				}
			}
		}
	}
	out := make([]float32, len(sizes))
	for l, all := range sizes {
		out[l] = linear.Quantile(all, 0.9995)
	}
	return out
}
