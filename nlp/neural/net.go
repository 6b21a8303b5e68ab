// Package neural trains and runs small networks that label the tokens of a text: vectors of
// features, summed, and layers of convolutions, in which every token hears of its
// neighbours. A [Trainer] learns one, first from raw text by guessing hidden words, then
// from labelled tokens; a [Net] is what it leaves, with weights of a byte, fast enough for
// whole archives on one core. The package knows no text: a feature is a hash. It does no
// I/O and reads no clock.
package neural

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unsafe"

	"quoth/nlp/linear"
)

// Net is a frozen network. Safe for concurrent use.
type Net struct {
	header
	index   linear.Table // 1 + number of the vector of a feature
	vectors []int8       // width weights each
	scale   float32      // of these
	layers  []netLayer
	head    netMatrix
	at      []float32 // per relation and place
	far     []float32 // of the first relation, per distance of a head from its token; see Heads
}

// header is the part of a file that says what the rest is.
type header struct{ fields, width, hidden, layers, labels, relations, places, rank int }

// netLayer is one layer.
type netLayer struct {
	conv, bias []float32
	up, down   netMatrix
}

// netMatrix has weights of a byte; for each column it has what the sum is multiplied with
// and what is added then.
type netMatrix struct {
	weights     []int8
	scale, bias []float32
}

// A file is a bundle of the header, the table of features, their vectors, the weights of a
// byte and those of 32 bits. All is little-endian.
const (
	magic       = "quothnet2"
	headerWords = 9 // the scale of the vectors comes last
)

// columns is how many columns the last matrix has.
func (h header) columns() int { return (h.labels + 2*h.related() + 31) &^ 31 }

func (h header) related() int { return Shape{Relations: h.relations, Rank: h.rank}.related() }

// bytes and floats are how many weights of a byte and of 32 bits a network has.
func (h header) bytes() int { return 2*h.layers*h.width*h.hidden + h.width*h.columns() }

func (h header) floats() int {
	return h.layers*((taps+1)*h.width+2*h.hidden+2*h.width) + 2*h.columns() + h.relations*h.places
}

// check refuses sizes that no network of ours has, against files that are broken. rows is
// how many vectors of features there are.
func (h header) check(rows int) error {
	if h.fields < 1 || h.fields > 64 || rows < h.fields {
		return fmt.Errorf("a network has %d rows for %d fields", rows, h.fields)
	}
	return Shape{Width: h.width, Hidden: h.hidden, Layers: h.layers, Rows: rows, Labels: h.labels, Relations: h.relations, Places: h.places, Rank: h.rank}.Check()
}

// Open reads the bytes of [Trainer.Freeze]. The vectors of features stay where they are, so
// b must not change afterwards.
func Open(b []byte) (*Net, error) {
	parts, err := linear.Unbundle(magic, b, 5)
	if err != nil {
		return nil, err
	}
	if len(parts[0]) != 4*headerWords {
		return nil, errors.New("network header is cut off")
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32(parts[0][4*i:])) }
	n := &Net{header: header{word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7)}, scale: math.Float32frombits(uint32(word(8)))}
	n.vectors = signed(parts[2])
	if err := n.check(len(n.vectors) / max(n.width, 1)); err != nil {
		return nil, err
	}
	if n.index, err = linear.OpenTable(parts[1]); err != nil {
		return nil, fmt.Errorf("features of a network: %w", err)
	}
	if len(n.vectors)%n.width != 0 || int(n.index.Max()) > len(n.vectors)/n.width {
		return nil, errors.New("network has features without vectors")
	}
	if len(parts[3]) != n.bytes() || len(parts[4]) != 4*n.floats() {
		return nil, errors.New("network is cut off")
	}
	return n, n.take(signed(parts[3]), parts[4])
}

// signed is b as signed bytes, in place.
func signed(b []byte) []int8 {
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&b[0])), len(b))
}

// largest is the size that no weight of 32 bits has; beyond it, what is rounded to a byte
// would depend on the processor.
const largest = 1e4

// take sets the layers of n from the bytes of their weights.
func (n *Net) take(bytes []int8, floats []byte) error {
	sound := n.scale > 0 && n.scale < largest
	numbers := func(k int) []float32 {
		out := make([]float32, k)
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(floats[4*i:]))
			sound = sound && out[i] > -largest && out[i] < largest // NaN is neither
		}
		floats = floats[4*k:]
		return out
	}
	matrix := func(rows, columns int) netMatrix {
		w := bytes[:rows*columns]
		bytes = bytes[rows*columns:]
		return netMatrix{w, numbers(columns), numbers(columns)}
	}
	for range n.header.layers {
		n.layers = append(n.layers, netLayer{numbers(taps * n.width), numbers(n.width), matrix(n.width, n.hidden), matrix(n.hidden, n.width)})
	}
	n.head = matrix(n.width, n.columns())
	n.at = numbers(n.relations * n.places)
	if n.relations > 0 && n.places == TreePlaces {
		for d := -furthest - combined; d <= furthest; d++ {
			n.far = append(n.far, n.at[treePlace(0, d)])
		}
	}
	if !sound {
		return errors.New("network has weights out of range")
	}
	return nil
}

// Labels is the number of labels.
func (n *Net) Labels() int { return n.labels }

// Fields is the number of features of a token.
func (n *Net) Fields() int { return n.fields }

// Scratch is the working memory of a [Net]; it belongs to one goroutine.
type Scratch struct {
	numbers []uint32 // of the features in the index, from 1 on
	rows    []int32  // numbers of the features' vectors
	at      []int32  // where these begin
	x       []float32
	around  []float32 // what a convolution of some rows looks at
	conv    []float32 // and makes of it
	bytes   []uint8
	mid     []uint8
	sums    []int32
	turned  []float32 // by Heads: what tells of tokens as heads, a row a rank
	scores  []float32
}

// Heard is what a network makes of a sequence of tokens, some 300 bytes for each with two
// relations. It is valid until the next [Net.Listen] with it.
type Heard struct {
	net *Net
	// P holds the probabilities of the labels, Labels numbers a token.
	P       []float32
	related []float32 // two times header.related numbers a token
}

// stretch is how many tokens the layers run on at once: what stands for them, 384 bytes a token
// with a width of 96, stays in a second cache of a megabyte.
const stretch = 1024

// Listen sets h to what n makes of tokens. Their features are one after the other, Fields a
// token; one that the network does not know counts as the field's unknown one.
func (n *Net) Listen(sc *Scratch, features []uint64, h *Heard) {
	sc.numbers = n.index.GetAll(features, sc.numbers)
	sc.rows = resized(sc.rows, len(features))
	for i := 0; i < len(features); i += n.fields {
		for k, number := range sc.numbers[i : i+n.fields] {
			row := int32(number) - 1
			if row < 0 {
				row = int32(k)
			}
			sc.rows[i+k] = row
		}
	}
	n.run(sc, sc.rows, h)
}

// run is Listen for the numbers of vectors.
func (n *Net) run(sc *Scratch, rows []int32, h *Heard) {
	tokens, K := len(rows)/n.fields, 2*n.related()
	h.net, h.P, h.related = n, resized(h.P, tokens*n.labels), resized(h.related, tokens*K)
	around := reach * n.header.layers // how far a token hears
	for first := 0; first < tokens; first += stretch {
		past := min(tokens, first+stretch)
		from, to := max(0, first-around), min(tokens, past+around)
		x := n.forward(sc, rows[from*n.fields:to*n.fields])
		for t := first; t < past; t += rowsAtHand {
			these := min(past-t, rowsAtHand)
			n.last(sc, x[(t-from)*n.width:(t-from+these)*n.width])
			for i := range these {
				sums := sc.sums[i*n.columns():]
				p := h.P[(t+i)*n.labels : (t+i+1)*n.labels]
				n.scores(sums, 0, p)
				if len(p) > 0 {
					softmax(p)
				}
				n.scores(sums, n.labels, h.related[(t+i)*K:(t+i+1)*K])
			}
		}
	}
}

// Odds is the logarithm of the odds that token stands to anchor in relation r, being at
// place.
func (h *Heard) Odds(r, anchor, token, place int) float32 {
	K, rank := h.net.related(), h.net.rank
	x := h.related[2*K*anchor+r*(rank+1):][:rank+1]
	y := h.related[2*K*token+K+r*(rank+1):][:rank+1]
	return relation(x, y) + h.net.at[r*h.net.places+place]
}

// Relations is how many relations the network tells, and Places how many places it knows.
func (n *Net) Relations() int { return n.relations }

// Places is how many ways one token may stand to another.
func (n *Net) Places() int { return n.places }

// Rank is how many numbers of each token tell a relation.
func (n *Net) Rank() int { return n.rank }

// rowsAtHand is how many tokens go through the convolution and the matrices of a layer at once: what these
// work on, 2,200 bytes a token, stays near a first cache. A multiple of rowsAtOnce.
const rowsAtHand = 32

// forward returns what the layers make of a stretch of tokens, width numbers each. A layer takes the
// place of the one before, some rows at a time: those before them, which the convolution
// reaches to, are kept as they were.
func (n *Net) forward(sc *Scratch, rows []int32) []float32 {
	d, tokens := n.width, len(rows)/n.fields
	sc.x, sc.around = zeros(sc.x, (tokens+2*reach)*d), resized(sc.around, (rowsAtHand+2*reach)*d)
	sc.conv, sc.bytes, sc.mid = resized(sc.conv, rowsAtHand*d), resized(sc.bytes, rowsAtHand*d), resized(sc.mid, rowsAtHand*n.hidden)
	sc.sums = resized(sc.sums, rowsAtHand*max(n.hidden, d, n.columns()))
	sc.at = resized(sc.at, len(rows))
	for i, r := range rows {
		sc.at[i] = r * int32(d)
	}
	x := sc.x[reach*d:]
	for t := range tokens {
		gather(x[t*d:(t+1)*d], n.vectors, sc.at[t*n.fields:(t+1)*n.fields], n.scale)
	}
	for i := range n.layers {
		l := &n.layers[i]
		before := sc.around[:reach*d]
		clear(before)
		for t := 0; t < tokens; t += rowsAtHand {
			these := min(tokens-t, rowsAtHand)
			padded := (these + rowsAtOnce - 1) &^ (rowsAtOnce - 1)
			copy(sc.around[reach*d:], x[t*d:(t+these+reach)*d])
			convolve(sc.conv, sc.around, l.conv, l.bias, these, d)
			copy(before, sc.around[these*d:])
			normalise(sc.bytes, sc.conv, these, d)
			multiply(sc.sums, sc.bytes, l.up.weights, padded, d, n.hidden)
			rectify(sc.mid, sc.sums, l.up.scale, l.up.bias, these)
			multiply(sc.sums, sc.mid, l.down.weights, padded, n.hidden, d)
			addScaled(x[t*d:], sc.sums, l.down.scale, l.down.bias, these)
		}
	}
	return x
}

// last leaves the sums of the labels and relations of tokens, no more than rowsAtHand, in sc.sums.
func (n *Net) last(sc *Scratch, x []float32) {
	tokens := len(x) / n.width
	normalise(sc.bytes, x, tokens, n.width)
	multiply(sc.sums, sc.bytes, n.head.weights, (tokens+rowsAtOnce-1)&^(rowsAtOnce-1), n.width, n.columns())
}

// scores sets x to the scores of the columns from the first on.
func (n *Net) scores(sums []int32, first int, x []float32) {
	scale, bias := n.head.scale[first:], n.head.bias[first:]
	for i := range x {
		x[i] = float32(float32(sums[first+i])*scale[i]) + bias[i]
	}
}
