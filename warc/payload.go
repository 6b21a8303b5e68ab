package warc

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// errLong tells that a payload is over the limit once unpacked.
var errLong = errors.New("the unpacked payload is over the limit")

// errPacking tells of a packing that is not read.
var errPacking = errors.New("unknown content encoding")

// fill takes the payload out of the block of a record.
func (rec *Record) fill(block []byte, contentType string, maxBytes int64) error {
	if rec.Type != Response || !bytes.HasPrefix(block, []byte("HTTP/")) {
		rec.ContentType = contentType
		rec.Payload = block
		return nil
	}
	body := rec.httpHeader(block)
	rec.ContentType = rec.Header.Get("Content-Type")
	if strings.EqualFold(rec.Header.Get("Transfer-Encoding"), "chunked") {
		// Many crawlers store bodies out of their chunks and keep the header.
		if b, err := limited(httputil.NewChunkedReader(bytes.NewReader(body)), maxBytes); err == nil {
			body = b
		} else if errors.Is(err, errLong) {
			return err
		}
	}
	switch enc := strings.ToLower(rec.Header.Get("Content-Encoding")); enc {
	case "", "identity", "none", "utf-8":
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
			break // stored unpacked, as above
		}
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return err
		}
		b, err := limited(z, maxBytes)
		// A crawler that cut the payload off leaves a stream without its end.
		if err != nil && !(rec.IsTruncated && errors.Is(err, io.ErrUnexpectedEOF)) {
			return err
		}
		body = b
	default:
		// "br" and the like: the crawler may have unpacked it, as it may with gzip.
		if looksPacked(body) {
			return errPacking
		}
	}
	rec.Payload = body
	return nil
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
