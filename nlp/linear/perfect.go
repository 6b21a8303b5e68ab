package linear

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"unsafe"
)

// perfect gives every one of a fixed set of features a slot of its own: compress, hash
// and displace (Belazzougui, Botelho and Dietzfelbinger 2009). A feature's bucket names a
// displacement, which with the feature names the slot, so that a lookup looks at one slot
// and branches nowhere: with open addressing, half of the time went into wrongly foreseen
// branches. A feature outside the set gets a slot too; the slot has to tell.
type perfect struct {
	displacements []byte // 2 bytes a bucket
	buckets       int
	slots         int
	features      int // how many it was made for
}

// bucketSize is the mean number of features of a bucket.
const bucketSize = 4

// perfectSizes are the numbers of buckets and slots for n features; nine slots in ten are
// taken.
func perfectSizes(n int) (buckets, slots int) { return n/bucketSize + 1, n*10/9 + 2 }

// newPerfect lays out features, which are all different. The order of features does not
// matter.
func newPerfect(features []uint64) (perfect, error) {
	p := perfect{features: len(features)}
	p.buckets, p.slots = perfectSizes(len(features))
	p.displacements = make([]byte, 2*p.buckets)
	members := make([][]uint64, p.buckets)
	for _, f := range features {
		b := scale(f, p.buckets)
		members[b] = append(members[b], f)
	}
	order := make([]int, p.buckets)
	for b := range order {
		slices.Sort(members[b])
		order[b] = b
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(members[b]), len(members[a])) })
	taken := make([]bool, p.slots)
	for _, b := range order {
		if len(members[b]) == 0 {
			break
		}
		d, ok := p.displace(members[b], taken)
		if !ok {
			return perfect{}, errors.New("two features have hashes too much alike")
		}
		binary.LittleEndian.PutUint16(p.displacements[2*b:], d)
	}
	return p, nil
}

// displace finds a displacement that sends members to slots that are free, and takes
// those.
func (p *perfect) displace(members []uint64, taken []bool) (uint16, bool) {
	at := make([]int, 0, 16)
	for d := range 1 << 16 {
		at = at[:0]
		for _, f := range members {
			s := place(f, uint16(d), p.slots)
			if taken[s] || slices.Contains(at, s) {
				break
			}
			at = append(at, s)
		}
		if len(at) == len(members) {
			for _, s := range at {
				taken[s] = true
			}
			return uint16(d), true
		}
	}
	return 0, false
}

// slot is where feature f stands, or would stand.
func (p *perfect) slot(f uint64) int {
	return place(f, binary.LittleEndian.Uint16(p.displacements[2*scale(f, p.buckets):]), p.slots)
}

// stride is how many features are looked up together.
const stride = 64

// find sets at to the slots of the features fs, of which there are at most stride. Looking
// all of them up before any slot is read lets the processor wait for many of them at the
// same time.
func (p *perfect) find(fs []uint64, at *[stride]uint32) {
	displacements, buckets, slots := p.displacements, p.buckets, p.slots
	if hasWider && len(fs) > 0 {
		find8(&fs[0], len(fs), &displacements[0], buckets, slots, at)
		return
	}
	for i, f := range fs {
		at[i&(stride-1)] = uint32(place(f, binary.LittleEndian.Uint16(displacements[2*scale(f, buckets):]), slots))
	}
}

// touch reads a byte at each of the places at, in units of wide bytes, for nothing but
// having them in the cache: a loop this short has more of them under way at the same time
// than one that works with what it reads.
//
//go:noinline
func touch(b []byte, at []uint32, wide int) (all byte) {
	for _, i := range at {
		all |= b[int(i)*wide]
	}
	return all
}

// place is where a feature stands with the displacement of its bucket.
func place(f uint64, displacement uint16, slots int) int {
	return scale((f^uint64(displacement)*0x9E3779B97F4A7C15)*0xC2B2AE3D27D4EB4F, slots)
}

// scale maps a hash to 0 … n-1 (Lemire 2019).
func scale(f uint64, n int) int {
	hi, _ := bits.Mul64(f, uint64(n))
	return int(hi)
}

// line is how many bytes processors bring into the cache at a time.
const line = 64

// aligned is a copy of b that begins where a line does: rows of its size lie in one line each,
// where nearly all of them would else lie in two.
func aligned(b []byte) []byte {
	out := make([]byte, len(b)+line)
	skip := int(-uintptr(unsafe.Pointer(&out[0])) % line)
	out = out[skip : skip+len(b) : skip+len(b)]
	copy(out, b)
	return out
}
