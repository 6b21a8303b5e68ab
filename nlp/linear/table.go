package linear

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

// Table is a frozen map from 64-bit hashes to 32-bit values, read in place from its
// bytes. A hash that was never put in is taken for one that was about once in four
// thousand million lookups. The zero value is empty. Safe for concurrent use.
type Table struct {
	slots []byte // 8 bytes each: high half of the hash, then the value; value 0 is free
	mask  uint64
}

// FreezeTable writes m as the bytes of a [Table], the same for the same map. Values
// are not 0.
func FreezeTable(m map[uint64]uint32) ([]byte, error) {
	size := 2
	for size*3 < len(m)*4 { // at most three quarters full
		size *= 2
	}
	out := make([]byte, size*8)
	mask := uint64(size - 1)
	for _, h := range slices.Sorted(maps.Keys(m)) {
		if m[h] == 0 {
			return nil, errors.New("a table holds no value 0")
		}
		at := h & mask
		for binary.LittleEndian.Uint32(out[at*8+4:]) != 0 {
			at = (at + 1) & mask
		}
		binary.LittleEndian.PutUint32(out[at*8:], uint32(h>>32))
		binary.LittleEndian.PutUint32(out[at*8+4:], m[h])
	}
	return out, nil
}

// OpenTable reads the bytes of [FreezeTable] in place: b must not change afterwards.
func OpenTable(b []byte) (Table, error) {
	n := len(b) / 8
	if n == 0 || len(b)%8 != 0 || n&(n-1) != 0 {
		return Table{}, errors.New("not a table: its size is no power of two")
	}
	for i := 0; i < len(b); i += 8 {
		if binary.LittleEndian.Uint32(b[i+4:]) == 0 {
			return Table{b, uint64(n - 1)}, nil
		}
	}
	return Table{}, errors.New("table has no free slot")
}

// Get returns the value of h, 0 when it has none.
func (t Table) Get(h uint64) uint32 {
	if len(t.slots) == 0 {
		return 0
	}
	for i := h & t.mask; ; i = (i + 1) & t.mask {
		slot := binary.LittleEndian.Uint64(t.slots[i*8:])
		if slot>>32 == 0 {
			return 0
		}
		if uint32(slot) == uint32(h>>32) {
			return uint32(slot >> 32)
		}
	}
}

// GetAll returns the values of hashes, as [Table.Get] gives them, in the place of values if it
// has room. Of many it is faster: all are on their way to the cache before the first is looked at.
func (t Table) GetAll(hashes []uint64, values []uint32) []uint32 {
	values = resized(values, len(hashes))
	if len(t.slots) == 0 {
		clear(values)
		return values
	}
	var at [stride]uint32
	for first := 0; first < len(hashes); first += stride {
		some := hashes[first:min(len(hashes), first+stride)]
		for i, h := range some {
			at[i] = uint32(h & t.mask)
		}
		fetch(t.slots, at[:len(some)], 8)
		for i, h := range some {
			values[first+i] = t.Get(h)
		}
	}
	return values
}

// Max returns the largest value in the table, 0 when it is empty.
func (t Table) Max() uint32 {
	var m uint32
	for i := 0; i < len(t.slots); i += 8 {
		m = max(m, binary.LittleEndian.Uint32(t.slots[i+4:]))
	}
	return m
}

// Bundle joins the parts of a model file, so that [Unbundle] can take them apart.
func Bundle(magic string, parts ...[]byte) []byte {
	out := append([]byte(magic), byte(len(parts)))
	for _, p := range parts {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(p)))
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// Unbundle returns the n parts of a bundle that begins with magic; they share memory
// with b. A file that is cut off, longer or of another kind is an error.
func Unbundle(magic string, b []byte, n int) ([][]byte, error) {
	if len(b) < len(magic)+1+4*n || string(b[:len(magic)]) != magic || int(b[len(magic)]) != n {
		return nil, errors.New("not a " + magic + " model file of this version")
	}
	sizes, rest := b[len(magic)+1:], b[len(magic)+1+4*n:]
	parts := make([][]byte, n)
	for i := range parts {
		size := uint64(binary.LittleEndian.Uint32(sizes[4*i:]))
		if size > uint64(len(rest)) {
			return nil, errors.New(magic + " model file is cut off")
		}
		parts[i], rest = rest[:size:size], rest[size:]
	}
	if len(rest) != 0 {
		return nil, errors.New(magic + " model file has bytes left over")
	}
	return parts, nil
}
