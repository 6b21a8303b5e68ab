// Package linear holds small models over hashed features, each with a trainer and a frozen
// form that is read in place from its file: classifiers ([Model]), choices among candidates
// ([RankTrainer]), conditional random fields ([Chain]), networks with one hidden layer ([Bag]),
// classes of words ([Clusterer]), and the [Table] of hashes that they stand in.
//
// A feature is a 64-bit hash. The package knows no text: stages make the hashes. What is
// frozen may be used by any number of goroutines; trainers belong to one.
package linear

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// A model file is little-endian throughout:
//
//	8 bytes  magic "quothlin"
//	4 bytes  version of this layout, 2
//	4 bytes  length h of the header
//	h bytes  header, JSON, padded with blanks to a multiple of 8
//	buckets  2 bytes each: the displacements of the perfect hash
//	slots    8 bytes each: low 32 bits of the feature's hash, then offset<<8 | number of entries
//	entries  2 bytes each: label, then weight as a signed byte times header.scale
//
// A slot whose second word is 0 is free. A feature that was never seen is taken for
// another about once in four thousand million lookups.
const (
	magic   = "quothlin"
	version = 2
)

// MaxLabels is the largest number of labels of one model.
const MaxLabels = 256

type header struct {
	Labels   []string `json:"labels"`
	Features int      `json:"features"`
	Entries  int      `json:"entries"`
	Scale    float32  `json:"scale"`
	// Meta is the stage's own: what it needs besides weights.
	Meta json.RawMessage `json:"meta,omitempty"`
}

// Model is a frozen linear model. The zero value has no features and no labels.
type Model struct {
	head    header
	index   perfect
	slots   []byte
	entries []byte
	// weights are the entries spread out, where that is quicker to add: a byte for every label
	// of every slot.
	weights []byte
}

// maxSpread is the largest number of labels whose weights are spread out. A row of the model of
// names has weights for ten of its 37 labels on average: to add them one by one took a tenth of
// the time of the whole pipeline.
const maxSpread = 48

// Labels returns the names of the labels, in the order of the scores.
func (m *Model) Labels() []string { return m.head.Labels }

// Meta returns what [Freeze] was given to keep beside the weights.
func (m *Model) Meta() []byte { return m.head.Meta }

// Scale is the size of one unit of the integer scores that [Model.Add] gives.
func (m *Model) Scale() float32 { return m.head.Scale }

// Open reads a model in place: b must not change afterwards. It checks sizes, so that
// a truncated file is an error and never a panic.
func Open(b []byte) (*Model, error) {
	if len(b) < 16 || string(b[:8]) != magic {
		return nil, errors.New("not a linear model file")
	}
	if v := binary.LittleEndian.Uint32(b[8:]); v != version {
		return nil, fmt.Errorf("model file has version %d, want %d", v, version)
	}
	h := uint64(binary.LittleEndian.Uint32(b[12:]))
	if 16+h > uint64(len(b)) {
		return nil, errors.New("model file is cut off in its header")
	}
	var m Model
	if err := json.Unmarshal(b[16:16+h], &m.head); err != nil {
		return nil, fmt.Errorf("read model header: %w", err)
	}
	features, entries := m.head.Features, m.head.Entries
	if features < 0 || features > 1<<28 || entries < 0 || entries > 1<<28 || len(m.head.Labels) > MaxLabels {
		return nil, errors.New("model header is out of range")
	}
	m.index.buckets, m.index.slots = perfectSizes(features)
	buckets, slots := 2*m.index.buckets, 8*m.index.slots
	rest := b[16+h:]
	if want := buckets + slots + 2*entries; len(rest) != want {
		return nil, fmt.Errorf("model file is %d bytes long after its header, want %d", len(rest), want)
	}
	m.index.displacements, m.slots, m.entries = rest[:buckets], rest[buckets:buckets+slots], rest[buckets+slots:]
	if err := m.check(); err != nil {
		return nil, err
	}
	m.spread()
	return &m, nil
}

// spread spreads the entries out when there are many for a label.
func (m *Model) spread() {
	labels := len(m.head.Labels)
	if !hasWide || labels > maxSpread || m.head.Entries < m.head.Features*4 {
		return
	}
	m.weights = make([]byte, m.index.slots*labels+maxSpread) // so that 48 bytes can be read at every slot
	for i := range m.index.slots {
		row := binary.LittleEndian.Uint32(m.slots[8*i+4:])
		from := int(row>>8) * 2
		for row := m.entries[from : from+int(row&0xff)*2]; len(row) >= 2; row = row[2:] {
			m.weights[i*labels+int(row[0])] = row[1]
		}
	}
}

// check makes sure that every row lies inside the entries and every label exists.
func (m *Model) check() error {
	for i := 0; i < len(m.slots); i += 8 {
		row := binary.LittleEndian.Uint32(m.slots[i+4:])
		if uint64(row>>8)+uint64(row&0xff) > uint64(len(m.entries)/2) {
			return errors.New("model file has a row outside its entries")
		}
	}
	for i := 0; i < len(m.entries); i += 2 {
		if int(m.entries[i]) >= len(m.head.Labels) {
			return errors.New("model file has a weight for a label that does not exist")
		}
	}
	return nil
}

// row returns the entries of feature f, none when it has none.
func (m *Model) row(f uint64) []byte {
	slot := m.slots[8*m.index.slot(f):][:8]
	if binary.LittleEndian.Uint32(slot) != uint32(f) {
		return nil
	}
	row := binary.LittleEndian.Uint32(slot[4:])
	at := uint64(row>>8) * 2
	return m.entries[at : at+uint64(row&0xff)*2]
}

// Add adds the weights of feature f to scores, which has one place per label. Units
// are those of [Model.Scale]. A model without features adds nothing.
func (m *Model) Add(f uint64, scores []int32) {
	if len(m.slots) == 0 {
		return
	}
	row := m.row(f)
	for i := 0; i+1 < len(row); i += 2 {
		scores[row[i]] += int32(int8(row[i+1]))
	}
}

// Score sets scores to the sums over the features fs.
func (m *Model) Score(fs []uint64, scores []int32) {
	clear(scores)
	if len(m.slots) == 0 {
		return
	}
	for ; len(fs) > stride; fs = fs[stride:] {
		m.add(fs[:stride], scores)
	}
	m.add(fs, scores)
}

// add is Add for as many features as are looked up together.
func (m *Model) add(fs []uint64, scores []int32) {
	var at, rows [stride]uint32
	m.index.find(fs, &at)
	if m.weights != nil {
		m.fetch(at[:len(fs)])
		m.sum(fs, &at, scores)
		return
	}
	touch(m.slots, at[:len(fs)], 8)
	n := 0
	for i, f := range fs {
		// Each row is written and only kept when the slot is f's: a branch would often be
		// foreseen wrongly.
		slot := binary.LittleEndian.Uint64(m.slots[8*int(at[i]):])
		rows[n] = uint32(slot >> 32)
		n += same32(uint32(slot), uint32(f))
	}
	for i, row := range rows[:n] {
		at[i] = row >> 8
	}
	touch(m.entries, at[:n], 2)
	for i, row := range rows[:n] {
		from := int(at[i]) * 2
		for row := m.entries[from : from+int(row&0xff)*2]; len(row) >= 2; row = row[2:] {
			scores[row[0]] += int32(int8(row[1]))
		}
	}
}

// Late are features whose weights are on their way from memory while something else is
// computed.
type Late struct {
	fs     [stride]uint64
	at     [stride]uint32
	n      int
	scores []int32
}

// ScoreLate is [Model.Score], but that scores are there only after the next call with l, or
// [Model.Finish]; fs may change before.
func (m *Model) ScoreLate(l *Late, fs []uint64, scores []int32) {
	if m.weights == nil {
		m.Score(fs, scores)
		return
	}
	clear(scores)
	for len(fs) > 0 {
		part := fs[:min(stride, len(fs))]
		fs = fs[len(part):]
		var at [stride]uint32
		m.index.find(part, &at)
		m.fetch(at[:len(part)])
		m.Finish(l)
		l.n, l.at, l.scores = copy(l.fs[:], part), at, scores
	}
}

// Finish adds what is late.
func (m *Model) Finish(l *Late) {
	m.sum(l.fs[:l.n], &l.at, l.scores)
	l.n = 0
}

// fetch has the slots at, and their weights, brought into the cache.
func (m *Model) fetch(at []uint32) {
	fetch(m.slots, at, 8)
	fetch(m.weights, at, len(m.head.Labels))
}

// sum adds the weights of the features fs, whose slots are at, as they are spread out.
func (m *Model) sum(fs []uint64, at *[stride]uint32, scores []int32) {
	if len(fs) == 0 {
		return
	}
	var sums [maxSpread]int16
	sumSigned(&m.slots[0], &m.weights[0], &fs[0], &at[0], len(fs), len(m.head.Labels), &noEntries[0], &sums)
	for l := range scores {
		scores[l] += int32(sums[l])
	}
}

// noEntries stand for those of a feature that has none.
var noEntries [maxSpread]byte

// same32 is 1 when a and b are the same, else 0, without a branch.
func same32(a, b uint32) int { return int((uint64(a^b) - 1) >> 63) }

// Best returns the index of the largest score, the first of equals.
func Best[T int32 | float32](scores []T) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// Freeze writes weights as a model file. Rows are keyed by feature; a weight that
// rounds to zero in the quantised form is left out, and so is a row without weights.
// The largest weights are cut at clip (in the unit of the weights; 0 means the 99.99th
// percentile of their sizes), which becomes 127 units. The result does not depend on
// the order of the map.
func Freeze(labels []string, rows map[uint64][]float32, meta any, clip float32) ([]byte, error) {
	if len(labels) > MaxLabels {
		return nil, fmt.Errorf("%d labels, at most %d", len(labels), MaxLabels)
	}
	if clip == 0 {
		clip = percentile(rows, 0.9999)
	}
	head := header{Labels: labels, Scale: clip / 127}
	if meta != nil {
		b, err := json.Marshal(meta)
		if err != nil {
			return nil, fmt.Errorf("write model meta: %w", err)
		}
		head.Meta = b
	}
	index, slots, entries, err := pack(rows, head.Scale)
	if err != nil {
		return nil, err
	}
	head.Features, head.Entries = index.features, len(entries)/2
	hb, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	for len(hb)%8 != 0 {
		hb = append(hb, ' ')
	}
	out := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(out[8:], version)
	binary.LittleEndian.PutUint32(out[12:], uint32(len(hb)))
	out = append(out, hb...)
	out = append(out, index.displacements...)
	out = append(out, slots...)
	return append(out, entries...), nil
}

func quantise(w, scale float32) int8 {
	q := math.Round(float64(w / scale))
	return int8(max(-127, min(127, q)))
}
