package warc

import (
	"bufio"
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
}

// mark says that the unpacked offset at stands at the stored offset.
type mark struct{ at, stored int64 }

// counter counts the bytes that are read from it. It implements io.ByteReader, so
// that no byte after a gzip member is taken.
type counter struct {
	br *bufio.Reader
	n  int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.br.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) ReadByte() (byte, error) {
	b, err := c.br.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
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

// newSource reads r, which begins at byte base of the stored archive.
func newSource(r io.Reader, base int64) *source {
	return &source{base: base, raw: &counter{br: bufio.NewReaderSize(r, 64<<10), n: base}}
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
		if !s.isOpen {
			if err := s.open(); err != nil {
				return 0, err
			}
		}
		n, err := s.z.Read(p)
		s.at += int64(n)
		switch {
		case err == nil || n > 0 && errors.Is(err, io.EOF):
			s.isOpen = err == nil
			return n, nil
		case errors.Is(err, io.EOF):
			s.isOpen = false
		default:
			s.isOpen = false
			s.isBroken = true
			begin := s.marks[len(s.marks)-1].stored
			if n > 0 {
				// What could be unpacked may hold whole records.
				return n, &packedError{begin, s.raw.n - begin, err}
			}
			return 0, &packedError{begin, s.raw.n - begin, err}
		}
	}
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
	if s.z == nil {
		s.z, err = gzip.NewReader(s.raw)
	} else {
		err = s.z.Reset(s.raw)
	}
	if err != nil {
		s.isBroken = true
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

// findMember passes over bytes up to those that a gzip member begins with. isPadding
// tells that they were all zero.
func (s *source) findMember() (isPadding bool, err error) {
	isPadding = true
	for {
		head, err := s.raw.br.Peek(4)
		switch {
		case len(head) == 4 && head[0] == 0x1f && head[1] == 0x8b && head[2] == 8 && head[3]&0xe0 == 0:
			return isPadding, nil
		case len(head) == 0 && err != nil:
			return isPadding, err
		}
		isPadding = isPadding && head[0] == 0
		s.raw.skip(1)
	}
}
