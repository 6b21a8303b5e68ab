package linear

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// dense is a frozen linear model for few labels whose rows stand in the hash table
// itself, so that a feature costs one access to memory and its weights are added
// together: each byte after a slot's key is one label's weight, and words of four 16-bit
// lanes gather the sums. The zero value has no features and no labels. Safe for
// concurrent use.
//
// A file is little-endian: 8 bytes magic "quothden", 4 bytes length h of the header, h
// bytes header (JSON), 2 bytes for every bucket of its perfect hash, then the slots: 3
// bytes of the feature's hash and a byte per label, the weight in units of header.scale
// plus 128.
type dense struct {
	head  denseHeader
	index perfect
	slots []byte
	wide  int // bytes of a slot
}

type denseHeader struct {
	Labels   []string        `json:"labels"`
	Features int             `json:"features"`
	Scale    float32         `json:"scale"`
	Meta     json.RawMessage `json:"meta,omitempty"`
}

const (
	denseMagic = "quothden"
	keyBytes   = 3
	keyMask    = 1<<(8*keyBytes) - 1
	// maxDense is the largest number of labels of a dense model.
	maxDense   = 8
	zeroWeight = 128
)

// freezeDense writes weights as a dense model: rows keyed by feature, a weight per label.
// Weights are rounded to 255 steps; the largest are cut at the 99.99th percentile of their
// sizes. A row of zeros is left out. The result does not depend on the order of the map.
func freezeDense(labels []string, rows map[uint64][]float32, meta any) ([]byte, error) {
	if len(labels) > maxDense {
		return nil, fmt.Errorf("%d labels, at most %d", len(labels), maxDense)
	}
	head := denseHeader{Labels: labels, Scale: percentile(rows, 0.9999) / 127}
	if meta != nil {
		b, err := json.Marshal(meta)
		if err != nil {
			return nil, fmt.Errorf("write model meta: %w", err)
		}
		head.Meta = b
	}
	features := slices.DeleteFunc(slices.Sorted(maps.Keys(rows)), func(f uint64) bool {
		return !slices.ContainsFunc(rows[f], func(w float32) bool { return quantise(w, head.Scale) != 0 })
	})
	head.Features = len(features)
	index, err := newPerfect(features)
	if err != nil {
		return nil, err
	}
	wide := keyBytes + len(labels)
	slots := make([]byte, index.slots*wide)
	for at := 0; at < len(slots); at += wide { // a free slot says nothing, whatever it is taken for
		for l := range labels {
			slots[at+keyBytes+l] = zeroWeight
		}
	}
	for _, f := range features {
		slot := slots[index.slot(f)*wide:][:wide]
		slot[0], slot[1], slot[2] = byte(f), byte(f>>8), byte(f>>16)
		for l, w := range rows[f] {
			slot[keyBytes+l] = byte(int(quantise(w, head.Scale)) + zeroWeight)
		}
	}
	hb, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	out := binary.LittleEndian.AppendUint32([]byte(denseMagic), uint32(len(hb)))
	out = append(out, hb...)
	out = append(out, index.displacements...)
	out = append(out, slots...)
	return append(out, make([]byte, 8)...), nil // so that 8 bytes can be read at every slot
}

// openDense reads a dense model in place: b must not change afterwards. It checks sizes,
// so that a truncated file is an error and never a panic.
func openDense(b []byte) (*dense, error) {
	if len(b) < 12 || string(b[:8]) != denseMagic {
		return nil, errors.New("not a dense model file")
	}
	h := uint64(binary.LittleEndian.Uint32(b[8:]))
	if 12+h > uint64(len(b)) {
		return nil, errors.New("model file is cut off in its header")
	}
	var m dense
	if err := json.Unmarshal(b[12:12+h], &m.head); err != nil {
		return nil, fmt.Errorf("read model header: %w", err)
	}
	n := len(m.head.Labels)
	if n == 0 || n > maxDense || m.head.Features < 0 || m.head.Features > 1<<28 {
		return nil, errors.New("model header is out of range")
	}
	m.wide = keyBytes + n
	m.index.buckets, m.index.slots = perfectSizes(m.head.Features)
	rest := b[12+h:]
	if want := 2*m.index.buckets + m.index.slots*m.wide + 8; len(rest) != want {
		return nil, fmt.Errorf("model file is %d bytes long after its header, want %d", len(rest), want)
	}
	m.index.displacements, m.slots = rest[:2*m.index.buckets], rest[2*m.index.buckets:]
	return &m, nil
}

// late are features whose rows are on their way from memory while something else is
// computed: they are added to scores when the next come, and more after them.
type late struct {
	fs     [stride]uint64
	at     [stride]uint32
	n      int
	scores []float32
	more   []float32
}

// scoreLate adds what was late before, and makes the weights of the features fs late in its
// place: they are for scores, a place per label, and so is more, or nil.
func (m *dense) scoreLate(l *late, fs []uint64, scores, more []float32) {
	if m.wide == 0 {
		return
	}
	for ; len(fs) > stride; fs = fs[stride:] {
		m.scoreLate(l, fs[:stride], scores, nil)
	}
	var at [stride]uint32
	m.index.find(fs, &at)
	fetch(m.slots, at[:len(fs)], m.wide)
	m.finish(l)
	l.n, l.scores, l.more = copy(l.fs[:], fs), scores, more
	copy(l.at[:], at[:l.n])
}

// finish adds what is late.
func (m *dense) finish(l *late) {
	var sums [maxDense]uint16
	if n := l.n; n > 0 && hasWide {
		sumRows(&m.slots[0], &l.fs[0], &l.at[0], n, m.wide, &noWeights[0], &sums)
	} else if n > 0 {
		m.sum(l.fs[:n], l.at[:n], &sums)
	}
	for i := range l.scores {
		l.scores[i] += float32(int32(sums[i])-int32(l.n)*zeroWeight) * m.head.Scale
	}
	for i, v := range l.more {
		l.scores[i] += v
	}
	l.n, l.scores, l.more = 0, nil, nil
}

// noWeights stand for the row of a feature that has none.
var noWeights = [8]byte{zeroWeight, zeroWeight, zeroWeight, zeroWeight, zeroWeight, zeroWeight, zeroWeight, zeroWeight}

// sum adds the weights of the features fs, whose rows are at; those that have none weigh
// zeroWeight. Up to 257 weights of a byte fit a lane of 16 bits.
func (m *dense) sum(fs []uint64, at []uint32, sums *[maxDense]uint16) {
	const low = 0x00FF00FF00FF00FF
	none := binary.LittleEndian.Uint64(noWeights[:])
	var even, odd uint64 // sums of the bytes 0, 2, 4, 6 and 1, 3, 5, 7
	slots, wide := m.slots, m.wide
	for i, f := range fs {
		slot := slots[int(at[i])*wide:][:keyBytes+8]
		// All ones when the slot is f's, else 0: a branch would often be foreseen wrongly.
		is := uint64(int64((uint64(binary.LittleEndian.Uint32(slot))^f)&keyMask-1) >> 63)
		w := binary.LittleEndian.Uint64(slot[keyBytes:])&is | none&^is
		even += w & low
		odd += w >> 8 & low
	}
	for i := range 4 {
		sums[2*i], sums[2*i+1] = uint16(even>>(16*i)), uint16(odd>>(16*i))
	}
}
