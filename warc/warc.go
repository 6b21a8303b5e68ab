// Package warc reads web archives: WARC 1.0 and 1.1 (ISO 28500), plain, packed record
// by record with gzip as crawlers write them, or packed as a whole.
//
// It reads a stream from beginning to end, or one record at a place that is known (see
// [At]), in memory of about one record. Archives of years are seldom whole: what cannot be read is skipped up to the next record and
// reported with its place, and the reading goes on. A record of a damaged gzip member is not
// given, since its words may be others (checked up to 2 MiB). Payloads of HTTP responses come
// out of their chunks and their packing; nothing else of them is interpreted. The
// package writes no archives and checks no digests.
//
// Begin with [NewReader] and [Reader.Records].
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// DefaultMaxRecordBytes is the size of the largest record whose payload is read when
// Options.MaxRecordBytes is 0: 16 MiB. Common Crawl cuts payloads off at 1 or 5 MiB.
const DefaultMaxRecordBytes = 16 << 20

// maxHeaderBytes is the size of the largest header of a record, and of an HTTP
// response in it, that is believed to be one.
const maxHeaderBytes = 256 << 10

// maxVerified is how much of a gzip member is unpacked before any of it is given: few pages are
// larger.
const maxVerified = 2 << 20

// The types of records that have a payload here; all others come without.
const (
	Response   = "response"   // an HTTP exchange
	Resource   = "resource"   // a file as such
	Conversion = "conversion" // something made from another record, such as its text
)

// Options says how an archive is read.
type Options struct {
	// MaxRecordBytes is the size in bytes over which a record is skipped, and over
	// which an unpacked payload is; 0 is DefaultMaxRecordBytes.
	MaxRecordBytes int64
	// SizeBytes is the size of the archive as it is stored, 0 when it is not known. A record
	// over the limit that would go beyond it is damage.
	SizeBytes int64
	// Brotli unpacks payloads whose Content-Encoding is br. Without it they are
	// reported as damage. Gzip, deflate and zstd need no help.
	Brotli func(io.Reader) io.Reader
}

// Record is one record of an archive.
type Record struct {
	Type        string    // response, resource, conversion, warcinfo, request, metadata, revisit, …
	ID          string    // WARC-Record-ID without its angle brackets
	URI         string    // WARC-Target-URI, "" when there is none
	Date        time.Time // when it was captured; zero when the record does not tell
	Offset      int64     // in the file as it is stored: of the record, or of the gzip member that it begins in
	Skip        int64     // unpacked bytes of the gzip member before the record: 0 but in archives packed as a whole
	IsTruncated bool      // the crawler says that it cut the payload off

	Status      int         // of the HTTP response; 0 for other types
	Header      http.Header // of the HTTP response; nil for other types
	ContentType string      // of the payload as its sender named it, "" when it did not
	Payload     []byte      // nil for types other than Response, Resource and Conversion; the caller's to keep
}

// DamageError tells of a part of an archive that could not be read. The reading goes
// on after it.
type DamageError struct {
	Offset int64  // where the part begins, in the file as it is stored
	Bytes  int64  // how many bytes were skipped: unpacked ones, or stored ones when they could not be unpacked
	Reason string // what is wrong, lower case, no full stop
	URI    string // of the record, "" when it is not known
	Err    error  // the cause, nil when there is none
}

// Error returns the reason with its place.
func (e *DamageError) Error() string {
	s := fmt.Sprintf("%s at byte %d, %d bytes skipped", e.Reason, e.Offset, e.Bytes)
	if e.URI != "" {
		s += " (" + e.URI + ")"
	}
	return s
}

// Unwrap returns the cause.
func (e *DamageError) Unwrap() error { return e.Err }

// Reader reads the records of one archive. It is for one goroutine.
type Reader struct {
	opt  Options
	src  *source
	br   *bufio.Reader
	at   int64 // unpacked offset of the next byte of br
	left int64 // bytes of the last record that are still to be passed over
	end  int64 // unpacked size of the archive, -1 before it is known
	err  error // the end, once it is reached
}

// NewReader returns a Reader for the archive r, packed or plain. It reads the first
// bytes of r to tell; errors of r come from Next.
func NewReader(r io.Reader, opt Options) *Reader { return newReader(r, 0, opt) }

func newReader(r io.Reader, base int64, opt Options) *Reader {
	if opt.MaxRecordBytes <= 0 {
		opt.MaxRecordBytes = DefaultMaxRecordBytes
	}
	src := newSource(r, base, min(opt.MaxRecordBytes, maxVerified))
	return &Reader{opt: opt, src: src, br: bufio.NewReaderSize(src, 64<<10), end: -1}
}

// At reads the record that Record.Offset and Record.Skip of an earlier reading, or an
// index of the archive (CDX), tell the place of. Errors are those of Next and of
// seeking.
func At(r io.ReadSeeker, offset, skip int64, opt Options) (*Record, error) {
	if _, err := r.Seek(offset, io.SeekStart); err != nil {
		return nil, fmt.Errorf("seek byte %d: %w", offset, err)
	}
	at := newReader(r, offset, opt)
	at.left = skip
	return at.Next()
}

// Records returns what Next gives, up to io.EOF. An error other than a *DamageError
// is the last thing given. The sequence can be used once.
func (r *Reader) Records() iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		for {
			rec, err := r.Next()
			var damage *DamageError
			isDamage := errors.As(err, &damage) // whose cause may be io.EOF
			if errors.Is(err, io.EOF) && !isDamage {
				return
			}
			if !yield(rec, err) || err != nil && !isDamage {
				return
			}
		}
	}
}

// Next returns the next record. The error is a *DamageError when a part was skipped
// (call Next again), io.EOF after the last record, and otherwise that of the
// underlying reader, which ends the reading.
func (r *Reader) Next() (*Record, error) {
	if r.err != nil {
		return nil, r.err
	}
	if err := r.pass(); err != nil {
		return nil, r.broken(err, r.at, "the archive breaks off inside a record", "")
	}
	start, err := r.versionLine(-1, "bytes that are no record", "")
	if err != nil {
		return nil, err
	}
	offset, skip := r.src.stored(start)
	h, err := r.header()
	if err != nil {
		return nil, r.broken(err, start, "a record's header cannot be read", "")
	}
	rec := &Record{
		Type:        strings.ToLower(h.Get("WARC-Type")),
		ID:          strings.Trim(h.Get("WARC-Record-ID"), "<>"),
		URI:         strings.Trim(h.Get("WARC-Target-URI"), "<>"),
		Offset:      offset,
		Skip:        skip,
		IsTruncated: h.Get("WARC-Truncated") != "",
	}
	if t, err := time.Parse(time.RFC3339Nano, h.Get("WARC-Date")); err == nil {
		rec.Date = t
	}
	length, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, r.broken(ErrNoRecord, start, "a record does not tell its length", rec.URI)
	}
	hasPayload := rec.Type == Response || rec.Type == Resource || rec.Type == Conversion
	switch {
	case length > r.most():
		return nil, r.short(start, rec.URI)
	case length > r.opt.MaxRecordBytes && hasPayload:
		r.left = length
		return nil, &DamageError{Offset: offset, Bytes: length, Reason: fmt.Sprintf("a record is over the limit of %d bytes", r.opt.MaxRecordBytes), URI: rec.URI}
	case length > r.opt.MaxRecordBytes:
		r.left = length
		return rec, nil
	}
	block, err := r.block(length)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		r.back(block)
		return nil, r.short(start, rec.URI)
	}
	if err != nil {
		return nil, r.broken(err, start, "a record cannot be read", rec.URI)
	}
	if !hasPayload {
		return rec, nil
	}
	if err := rec.fill(block, h.Get("Content-Type"), r.opt); err != nil {
		return nil, &DamageError{Offset: offset, Bytes: length, Reason: "a payload cannot be unpacked", URI: rec.URI, Err: err}
	}
	return rec, nil
}

// mostBytes is a length that no record has.
const mostBytes = 1 << 40

// most is the greatest length that the next block can have.
func (r *Reader) most() int64 {
	switch {
	case r.end >= 0:
		return r.end - r.at
	case r.opt.SizeBytes > 0 && !r.src.isPacked:
		// An archive may still grow; what is within the limit is read to find out.
		return max(r.opt.SizeBytes-r.src.base-r.at, r.opt.MaxRecordBytes)
	}
	return max(mostBytes, r.opt.MaxRecordBytes)
}

// back takes the last bytes of the archive back, to be read once more.
func (r *Reader) back(b []byte) {
	r.end = r.at
	r.at -= int64(len(b))
	r.br = bufio.NewReaderSize(bytes.NewReader(b), 64<<10)
}

// short reports a record that begins at the unpacked offset start and has fewer bytes
// than it tells: it ends where the next begins.
func (r *Reader) short(start int64, uri string) error {
	_, err := r.versionLine(start, "a record is shorter than it tells", uri)
	var damage *DamageError
	if errors.As(err, &damage) {
		damage.Err = io.ErrUnexpectedEOF
		if r.err != nil {
			damage.Reason = "the archive breaks off inside a record"
		}
	}
	return err
}

// block reads length bytes. It takes memory as they come: a length may lie.
func (r *Reader) block(length int64) ([]byte, error) {
	var b bytes.Buffer
	n, err := io.CopyN(&b, r.br, length)
	r.at += n
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return b.Bytes(), err
}

// pass passes over what is left of the last record.
func (r *Reader) pass() error {
	n, err := io.CopyN(io.Discard, r.br, r.left)
	r.at += n
	r.left = 0
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// ErrNoRecord is the cause of damage that is no record at all.
var ErrNoRecord = errors.New("not a WARC record")

// broken reports damage from the unpacked offset start to here, and makes the next
// call begin at a place where a record can. An error of the underlying reader is
// returned as it is.
func (r *Reader) broken(err error, start int64, reason, uri string) error {
	offset, _ := r.src.stored(start)
	damage := &DamageError{Offset: offset, Bytes: r.at - start, Reason: reason, URI: uri, Err: err}
	var packed *packedError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		r.err = io.EOF
	case errors.As(err, &packed):
		damage.Reason = "packed data is damaged"
		damage.Bytes = packed.bytes
		damage.Err = packed.err
		// No byte of a record is lost with it, or it began before the record did.
		if r.at == start || damage.Offset > packed.offset {
			damage.Offset = packed.offset
		}
	case errors.Is(err, ErrNoRecord):
	default:
		r.err = fmt.Errorf("read archive at byte %d: %w", r.src.offset(), err)
		return r.err
	}
	return damage
}

// versionLine reads up to and with the next line "WARC/1.…" and returns its unpacked
// offset. Anything but blank lines before it is damage, reported when the line has
// been found; the line itself is kept for the next call. Damage that has begun before
// is at from, which is -1 when there is none.
func (r *Reader) versionLine(from int64, reason, uri string) (int64, error) {
	atLineStart := true
	for {
		if atLineStart {
			head, err := r.br.Peek(len("WARC/1."))
			if string(head) == "WARC/1." || string(head) == "WARC/0." {
				if from >= 0 {
					return 0, r.broken(ErrNoRecord, from, reason, uri)
				}
				start := r.at
				if _, err := r.line(); err != nil {
					return 0, r.broken(err, start, "a record's header cannot be read", "")
				}
				return start, nil
			}
			if err != nil && !errors.Is(err, io.EOF) {
				// What comes after the damage does not continue the line before it.
				from = r.skipped(from, head)
				_, _ = r.br.Discard(len(head))
				if from < 0 {
					from = r.at
				}
				return 0, r.broken(err, from, reason, uri)
			}
		}
		line, err := r.br.ReadSlice('\n')
		from = r.skipped(from, line)
		atLineStart = err == nil
		if err == nil || errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) {
			r.err = io.EOF
			if from < 0 {
				return 0, io.EOF
			}
			err = ErrNoRecord
		}
		if from < 0 {
			from = r.at
		}
		return 0, r.broken(err, from, reason, uri)
	}
}

// skipped counts bytes that are no record and returns where the damage they belong
// to began: at from, or, when that is negative, at these bytes if they are not blank.
func (r *Reader) skipped(from int64, b []byte) int64 {
	if from < 0 && len(bytes.TrimSpace(b)) > 0 {
		from = r.at
	}
	r.at += int64(len(b))
	return from
}

// line reads one line without its end.
func (r *Reader) line() (string, error) {
	line, err := r.br.ReadSlice('\n')
	r.at += int64(len(line))
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", ErrNoRecord
	}
	if errors.Is(err, io.EOF) {
		return "", io.ErrUnexpectedEOF
	}
	return strings.TrimRight(string(line), "\r\n"), err
}

// header reads the fields of a record up to the blank line after them.
func (r *Reader) header() (http.Header, error) {
	h := make(http.Header)
	last, size := "", 0
	for {
		line, err := r.line()
		if err != nil {
			return nil, err
		}
		if line == "" {
			return h, nil
		}
		if size += len(line); size > maxHeaderBytes {
			return nil, ErrNoRecord
		}
		if err := addField(h, &last, line); err != nil {
			return nil, err
		}
	}
}

// addField adds a line "Name: value" to h, or, when it begins with a blank, to the
// value of the field last.
func addField(h http.Header, last *string, line string) error {
	if line[0] == ' ' || line[0] == '\t' {
		if vs := h[*last]; len(vs) > 0 {
			vs[len(vs)-1] += " " + strings.TrimSpace(line)
		}
		return nil
	}
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return ErrNoRecord
	}
	*last = http.CanonicalHeaderKey(strings.TrimSpace(name))
	h[*last] = append(h[*last], strings.TrimSpace(value))
	return nil
}
