package neural

import (
	"encoding/binary"
	"errors"
	"math"

	"quoth/nlp/linear"
)

// keptMagic begins the bytes of [Trainer.Keep].
const keptMagic = "quothnnt2"

// Keep writes what t has learned, to go on from with [Resume]: the vectors of features and
// the layers, as they are, and the features of each field, which [Rows] numbers.
func (t *Trainer) Keep(fields [][]uint64) []byte {
	var shape, sizes, hashes, numbers []byte
	for _, n := range []int{t.shape.Width, t.shape.Hidden, t.shape.Layers, t.shape.Rows} {
		shape = binary.LittleEndian.AppendUint32(shape, uint32(n))
	}
	for _, field := range fields {
		sizes = binary.LittleEndian.AppendUint32(sizes, uint32(len(field)))
		for _, f := range field {
			hashes = binary.LittleEndian.AppendUint64(hashes, f)
		}
	}
	t.kept(func(w *weights) {
		for _, x := range w.x {
			numbers = binary.LittleEndian.AppendUint32(numbers, math.Float32bits(x))
		}
	})
	return linear.Bundle(keptMagic, shape, sizes, hashes, numbers)
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
func Resume(b []byte) (t *Trainer, fields [][]uint64, err error) {
	parts, err := linear.Unbundle(keptMagic, b, 4)
	if err != nil {
		return nil, nil, err
	}
	if len(parts[0]) != 16 || len(parts[1])%4 != 0 {
		return nil, nil, errors.New("network in training is cut off")
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32(parts[0][4*i:])) }
	shape := Shape{Width: word(0), Hidden: word(1), Layers: word(2), Rows: word(3), Labels: 1}
	if err := shape.Check(); err != nil {
		return nil, nil, err
	}
	d, m := shape.Width, shape.Hidden
	if len(parts[3]) != 4*(shape.Rows*d+shape.Layers*((taps+1)*d+(d+1)*m+(m+1)*d)) || len(parts[2]) != 8*shape.Rows {
		return nil, nil, errors.New("network in training is cut off")
	}
	t = NewTrainer(shape, 0)
	at := parts[3]
	t.kept(func(w *weights) {
		for i := range w.x {
			w.x[i] = math.Float32frombits(binary.LittleEndian.Uint32(at[4*i:]))
		}
		at = at[4*len(w.x):]
	})
	hashes := parts[2]
	for i := 0; i < len(parts[1]); i += 4 {
		size := int(binary.LittleEndian.Uint32(parts[1][i:]))
		if size < 1 || size > len(hashes)/8 {
			return nil, nil, errors.New("network in training has broken fields")
		}
		field := make([]uint64, size)
		for k := range field {
			field[k] = binary.LittleEndian.Uint64(hashes[8*k:])
		}
		fields, hashes = append(fields, field), hashes[8*size:]
	}
	if len(hashes) > 0 || len(Rows(fields)) != shape.Rows {
		return nil, nil, errors.New("network in training has broken fields")
	}
	return t, fields, nil
}

// Rows numbers the features of a network's fields, of each of which the first stands for those
// that are not among them: these first ones, then the others, field by field.
func Rows(fields [][]uint64) map[uint64]int32 {
	rows := map[uint64]int32{}
	for _, field := range fields {
		rows[field[0]] = int32(len(rows))
	}
	for _, field := range fields {
		for _, f := range field[1:] {
			rows[f] = int32(len(rows))
		}
	}
	return rows
}

// AppendRows appends the numbers of a token's features, one of each field, to numbers.
func AppendRows(numbers []int32, rows map[uint64]int32, features []uint64) []int32 {
	for field, f := range features {
		row, isKnown := rows[f]
		if !isKnown {
			row = int32(field)
		}
		numbers = append(numbers, row)
	}
	return numbers
}
