package neural

import (
	"encoding/binary"
	"errors"
	"math"

	"quoth/nlp/linear"
)

// keptMagic begins the bytes of [Trainer.Keep].
const keptMagic = "quothnnt1"

// Keep writes what t has learned, to go on from with [Resume]: the vectors of features and
// the layers, as they are, and features, the hashes of the first rows.
func (t *Trainer) Keep(features []uint64) []byte {
	var shape, hashes, numbers []byte
	for _, n := range []int{t.shape.Width, t.shape.Hidden, t.shape.Layers, t.shape.Rows} {
		shape = binary.LittleEndian.AppendUint32(shape, uint32(n))
	}
	for _, f := range features {
		hashes = binary.LittleEndian.AppendUint64(hashes, f)
	}
	t.kept(func(w *weights) {
		for _, x := range w.x {
			numbers = binary.LittleEndian.AppendUint32(numbers, math.Float32bits(x))
		}
	})
	return linear.Bundle(keptMagic, shape, hashes, numbers)
}

// kept calls f for all weights that are kept.
func (t *Trainer) kept(f func(*weights)) {
	f(t.embed)
	for _, l := range t.layers {
		f(l.conv)
		f(l.up)
		f(l.down)
	}
}

// Resume returns a trainer that has learned what the one had of which b are the bytes.
func Resume(b []byte) (t *Trainer, features []uint64, err error) {
	parts, err := linear.Unbundle(keptMagic, b, 3)
	if err != nil {
		return nil, nil, err
	}
	if len(parts[0]) != 16 || len(parts[1])%8 != 0 {
		return nil, nil, errors.New("network in training is cut off")
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32(parts[0][4*i:])) }
	shape := Shape{Width: word(0), Hidden: word(1), Layers: word(2), Rows: word(3), Labels: 1}
	if err := shape.Check(); err != nil {
		return nil, nil, err
	}
	d, m := shape.Width, shape.Hidden
	if len(parts[2]) != 4*(shape.Rows*d+shape.Layers*((taps+1)*d+(d+1)*m+(m+1)*d)) || len(parts[1])/8 > shape.Rows {
		return nil, nil, errors.New("network in training is cut off")
	}
	t = NewTrainer(shape, 0)
	at := parts[2]
	t.kept(func(w *weights) {
		for i := range w.x {
			w.x[i] = math.Float32frombits(binary.LittleEndian.Uint32(at[4*i:]))
		}
		at = at[4*len(w.x):]
	})
	for i := 0; i < len(parts[1]); i += 8 {
		features = append(features, binary.LittleEndian.Uint64(parts[1][i:]))
	}
	return t, features, nil
}
