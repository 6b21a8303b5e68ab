package warc

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// errLong tells that a payload is over the limit once unpacked.
var errLong = errors.New("the unpacked payload is over the limit")

// errPacking tells of a packing that is not read.
var errPacking = errors.New("unknown content encoding")

// fill takes the payload out of the block of a record.
func (rec *Record) fill(block []byte, contentType string, opt Options) error {
	if rec.Type != Response || !bytes.HasPrefix(block, []byte("HTTP/")) {
		rec.ContentType = contentType
		rec.Payload = block
		return nil
	}
	body := rec.httpHeader(block)
	rec.ContentType = rec.Header.Get("Content-Type")
	if strings.EqualFold(rec.Header.Get("Transfer-Encoding"), "chunked") {
		// Many crawlers store bodies out of their chunks and keep the header.
		b, err := limited(httputil.NewChunkedReader(bytes.NewReader(body)), opt.MaxRecordBytes)
		switch {
		case err == nil || errors.Is(err, io.ErrUnexpectedEOF) && (rec.IsTruncated || len(b) > 0): // servers leave out the last chunk
			body = b
		case errors.Is(err, errLong) || len(b) > 0:
			return err
		}
	}
	codings := strings.FieldsFunc(strings.ToLower(rec.Header.Get("Content-Encoding")), func(r rune) bool { return r == ',' || r == ' ' })
	if len(codings) > maxEncodings {
		return errPacking
	}
	for _, coding := range slices.Backward(codings) { // the last was put on last
		z, err := unpacker(coding, body, opt)
		if z == nil && err == nil {
			continue
		}
		if err == nil {
			body, err = limited(z, opt.MaxRecordBytes)
			z.Close()
		}
		// A crawler that cut the payload off leaves a stream without its end.
		if err != nil && !(rec.IsTruncated && errors.Is(err, io.ErrUnexpectedEOF)) {
			return err
		}
	}
	rec.Payload = body
	return nil
}

// maxEncodings is how often a payload may be packed, one time on top of the other.
const maxEncodings = 3

// maxWindowBytes is the most that a zstd stream may make its reader remember: the
// limit of RFC 9659.
const maxWindowBytes = 8 << 20

// unpacker returns a reader of what was packed, nil when body is not packed: crawlers
// unpack payloads and keep the header.
func unpacker(coding string, body []byte, opt Options) (io.ReadCloser, error) {
	r := bytes.NewReader(body)
	switch coding {
	case "identity", "none", "utf-8":
	case "gzip", "x-gzip":
		if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
			return gzip.NewReader(r)
		}
	case "zstd":
		if bytes.HasPrefix(body, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
			z, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(maxWindowBytes), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
			if err != nil {
				return nil, err
			}
			return z.IOReadCloser(), nil
		}
	case "deflate":
		// The standard means zlib, and many servers send the bare stream.
		if len(body) >= 2 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0 {
			return zlib.NewReader(r)
		}
		if looksPacked(body) {
			return flate.NewReader(r), nil
		}
	default:
		if looksPacked(body) {
			if coding == "br" && opt.Brotli != nil {
				return io.NopCloser(opt.Brotli(r)), nil
			}
			return nil, errPacking
		}
	}
	return nil, nil
}

// httpHeader reads status and header of an HTTP response and returns what follows.
// Lines that are no fields are passed over, as browsers do.
func (rec *Record) httpHeader(block []byte) []byte {
	rec.Header = make(http.Header)
	last, isFirst := "", true
	for rest := block; len(rest) > 0 && len(block)-len(rest) < maxHeaderBytes; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		rest = after
		text := strings.TrimRight(string(line), "\r")
		if text == "" {
			return rest
		}
		if isFirst {
			isFirst = false
			if _, tail, ok := strings.Cut(text, " "); ok {
				code, _, _ := strings.Cut(strings.TrimSpace(tail), " ")
				if n, err := strconv.Atoi(code); err == nil && n >= 100 && n < 1000 {
					rec.Status = n
				}
			}
			continue
		}
		_ = addField(rec.Header, &last, text)
	}
	return nil
}

// limited reads all of r, at most maxBytes bytes.
func limited(r io.Reader, maxBytes int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if int64(len(b)) > maxBytes {
		return nil, errLong
	}
	return b, err
}

// looksPacked reports whether body is not text: its first bytes hold many that no
// text in a common encoding has.
func looksPacked(body []byte) bool {
	n := 0
	head := body[:min(len(body), 512)]
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			n++
		}
	}
	return n*20 > len(head)
}
