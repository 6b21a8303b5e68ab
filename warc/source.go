package warc

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

// source is the archive unpacked: the gzip members one after the other, or the bytes
// themselves when they are not packed.
type source struct {
	base     int64 // where in the stored archive the reading began
	raw      *counter
	z        *gzip.Reader // nil before the first member, and for plain archives
	isKnown  bool         // isPacked has been found out
	isPacked bool
	isOpen   bool // a member is being read
	isBroken bool // a new member has to be looked for
	at       int64
	marks    []mark // where members begin, oldest first

	limit  int64        // bytes of a member that are unpacked before any is given
	member bytes.Buffer // what was unpacked and not given yet
	late   error        // that comes behind it
}

// mark says that the unpacked offset at stands at the stored offset.
type mark struct{ at, stored int64 }

// counter counts the bytes that are read from it. It implements io.ByteReader, so
// that no byte after a gzip member is taken.
type counter struct {
	br   *bufio.Reader
	n    int64
	last []byte // the newest of what was read of a gzip member, to be looked through after damage
}

// maxBehind is how far behind damage the next gzip member is looked for: whoever unpacks half a
// member takes some of the next one for its rest. Twice that is kept at most.
const maxBehind = 64 << 10

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.br.Read(p)
	c.n += int64(n)
	c.keep(p[:n]...)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.br.ReadByte()
	if err == nil {
		c.n++
		c.keep(b)
	}
	return b, err
}

func (c *counter) keep(b ...byte) {
	c.last = append(c.last, b...)
	if len(c.last) > 2*maxBehind {
		c.last = append(c.last[:0], c.last[len(c.last)-maxBehind:]...)
	}
}

// back goes back to where a gzip member begins behind the first byte of the damaged one, if
// that was read over.
func (c *counter) back() {
	for i := 1; i+memberHead <= len(c.last); i++ {
		if isMember(c.last[i:]) {
			again := bytes.Clone(c.last[i:])
			c.n -= int64(len(again))
			c.br = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(again), c.br), 64<<10)
			break
		}
	}
	c.last = c.last[:0]
}

// skip passes over n bytes that have been peeked at.
func (c *counter) skip(n int) {
	n, _ = c.br.Discard(n)
	c.n += int64(n)
}

// packedError tells of a gzip member that is damaged.
type packedError struct {
	offset, bytes int64 // stored
	err           error
}

func (e *packedError) Error() string { return "gzip: " + e.err.Error() }

// newSource reads r, which begins at byte base of the stored archive. Of limit bytes of a gzip
// member none is given before its sum was verified.
func newSource(r io.Reader, base, limit int64) *source {
	return &source{base: base, limit: limit, raw: &counter{br: bufio.NewReaderSize(r, 64<<10), n: base}}
}

// offset is how much of the stored archive has been read.
func (s *source) offset() int64 { return s.raw.n }

// stored is the place in the stored archive of the unpacked offset at: the beginning
// of the gzip member that holds it, and how many unpacked bytes of the member come
// before. Offsets must be asked for in rising order.
func (s *source) stored(at int64) (offset, skip int64) {
	if !s.isPacked {
		return s.base + at, 0
	}
	for len(s.marks) > 1 && s.marks[1].at <= at {
		s.marks = s.marks[1:]
	}
	if len(s.marks) == 0 {
		return s.raw.n, 0
	}
	return s.marks[0].stored, at - s.marks[0].at
}

// Read gives unpacked bytes. It returns a *packedError once for each damaged member
// and then goes on with the next one that can be found.
func (s *source) Read(p []byte) (int, error) {
	if !s.isKnown {
		head, err := s.raw.br.Peek(2)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		s.isKnown = true
		s.isPacked = len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b
	}
	if !s.isPacked {
		return s.raw.Read(p)
	}
	for {
		if s.member.Len() > 0 {
			n, _ := s.member.Read(p)
			s.at += int64(n)
			return n, nil
		}
		if err := s.late; err != nil {
			s.late = nil
			return 0, err
		}
		if !s.isOpen {
			if err := s.open(); err != nil {
				return 0, err
			}
			s.late = s.unpack()
			continue
		}
		n, err := s.z.Read(p)
		s.at += int64(n)
		if err != nil {
			s.late = s.ended(err)
		}
		if n > 0 {
			return n, nil
		}
	}
}

// unpack unpacks a member, or as much of it as is verified at once. Of one that is damaged all but
// its last record may be whole: bytes that are taken for packed ones can make up any words.
func (s *source) unpack() error {
	s.member.Reset()
	_, err := io.CopyN(&s.member, s.z, s.limit)
	if err == nil {
		return nil
	}
	err = s.ended(err)
	if err != nil {
		s.member.Truncate(lastRecord(s.member.Bytes()))
	}
	return err
}

// lastRecord is where the last record begins.
func lastRecord(b []byte) int {
	return 1 + max(bytes.LastIndex(b, []byte("\nWARC/1.")), bytes.LastIndex(b, []byte("\nWARC/0.")))
}

// ended ends the member with the error of its last bytes, which is nil when it is whole.
func (s *source) ended(err error) error {
	s.isOpen = false
	if errors.Is(err, io.EOF) {
		return nil
	}
	s.isBroken = true
	s.raw.back()
	begin := s.marks[len(s.marks)-1].stored
	return &packedError{begin, s.raw.n - begin, err}
}

// open begins the next member. After damage it looks for the bytes that one begins
// with. It returns io.EOF when there is none.
func (s *source) open() error {
	from := s.raw.n
	isPadding, err := s.findMember()
	if !isPadding && !s.isBroken {
		s.isBroken = true // reported once; the member, if there is one, stands right here
		return &packedError{from, s.raw.n - from, errors.New("bytes between gzip members")}
	}
	if err != nil {
		return err
	}
	s.isBroken = false
	begin := s.raw.n
	s.raw.last = s.raw.last[:0]
	if s.z == nil {
		s.z, err = gzip.NewReader(s.raw)
	} else {
		err = s.z.Reset(s.raw)
	}
	if err != nil {
		s.isBroken = true
		s.raw.back()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return &packedError{begin, s.raw.n - begin, err}
	}
	s.z.Multistream(false)
	s.isOpen = true
	s.marks = append(s.marks, mark{s.at, begin})
	return nil
}

// memberHead is how many bytes a gzip member is known by.
const memberHead = 4

// isMember reports whether b begins as a gzip member does.
func isMember(b []byte) bool {
	return len(b) >= memberHead && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 && b[3]&0xe0 == 0
}

// findMember passes over bytes up to those that a gzip member begins with. isPadding
// tells that they were all zero.
func (s *source) findMember() (isPadding bool, err error) {
	isPadding = true
	for {
		head, err := s.raw.br.Peek(memberHead)
		switch {
		case isMember(head):
			return isPadding, nil
		case len(head) == 0 && err != nil:
			return isPadding, err
		}
		isPadding = isPadding && head[0] == 0
		s.raw.skip(1)
	}
}
