package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding is the ways of packing that unpack reads, the best first.
const acceptEncoding = "zstd, br, gzip, deflate"

// maxWindowBytes is the most that a zstd stream may make its reader remember. It is
// the limit of RFC 9659 for pages.
const maxWindowBytes = 8 << 20

// errEncoding tells of a way of packing that is not read.
var errEncoding = errors.New("unknown content encoding")

// maxEncodings is how often a page may be packed, one time on top of the other.
const maxEncodings = 3

// unpack returns what a server has packed as its Content-Encoding says. What comes out
// may be of any size; what goes into each unpacking is what bound makes of it. The reader
// must be closed; that leaves r open.
func unpack(contentEncoding string, r io.Reader, bound func(io.ReadCloser) io.ReadCloser) (io.ReadCloser, error) {
	out := io.NopCloser(r)
	codings := strings.FieldsFunc(strings.ToLower(contentEncoding), func(r rune) bool { return r == ',' || r == ' ' })
	if len(codings) > maxEncodings {
		return nil, errEncoding
	}
	// The last one named was put on last.
	for _, coding := range slices.Backward(codings) {
		next, err := unpackOnce(coding, bound(out))
		if err != nil {
			return nil, err
		}
		out = next
	}
	return out, nil
}

func unpackOnce(coding string, r io.ReadCloser) (io.ReadCloser, error) {
	switch coding {
	case "identity", "utf-8", "none": // the last two are mistakes that servers make
		return r, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(r)
	case "br":
		return io.NopCloser(brotli.NewReader(r)), nil
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(maxWindowBytes), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	case "deflate":
		// The standard means zlib, and many servers send the bare stream.
		buffered := bufio.NewReader(r)
		if head, _ := buffered.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(buffered)
		}
		return flate.NewReader(buffered), nil
	}
	return nil, errEncoding
}
