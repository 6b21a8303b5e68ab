package page

import (
	"bytes"
	"cmp"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"quoth"
)

var (
	utf16LE = []byte{0xFF, 0xFE}
	utf16BE = []byte{0xFE, 0xFF}
)

// refuseBinary returns an error of code Invalid when body is no text in any encoding.
func refuseBinary(body []byte) error {
	if bytes.HasPrefix(body, utf16LE) || bytes.HasPrefix(body, utf16BE) {
		return nil // zero bytes are normal there
	}
	media, _, _ := strings.Cut(http.DetectContentType(body), ";")
	isMagic := !strings.HasPrefix(media, "text/") && media != "application/octet-stream"
	if isMagic || bytes.IndexByte(body, 0) >= 0 || controlShare(body) > 0.1 {
		what := "the page is binary data"
		if isMagic {
			what += " (" + media + ")"
		}
		return &quoth.Error{Code: quoth.Invalid, Message: what, Hint: "quoth reads HTML and plain text: convert the file first"}
	}
	return nil
}

// controlShare is the share of control characters among the first 4 KiB. News text
// has none; the threshold above only spares a stray one.
func controlShare(body []byte) float64 {
	head := body[:min(len(body), 4096)]
	n := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			n++
		}
	}
	return float64(n) / float64(max(len(head), 1))
}

// IsCharset reports whether name can be Options.Charset.
func IsCharset(name string) bool {
	enc, _ := charset.Lookup(name)
	return enc != nil
}

// charsetOf is the encoding that the caller or the sender named, "" when none did.
func (e *Extractor) charsetOf(contentType string) string {
	if e.opt.Charset != "" {
		return e.opt.Charset
	}
	_, params, _ := mime.ParseMediaType(contentType)
	return params["charset"]
}

// decodeText returns plain text as UTF-8. Bytes that are UTF-8 already are never
// touched, a byte order mark included, so that spans fit the file.
func decodeText(body []byte, label string) (string, error) {
	if utf8.Valid(body) {
		return string(body), nil
	}
	switch {
	case bytes.HasPrefix(body, utf16LE):
		label = "utf-16le"
	case bytes.HasPrefix(body, utf16BE):
		label = "utf-16be"
	}
	if label == "" {
		return "", &quoth.Error{
			Code:    quoth.Invalid,
			Message: fmt.Sprintf("the text is not valid UTF-8 (byte %d)", firstInvalid(body)),
			Hint:    "name its encoding (--charset), or convert it: iconv -f WINDOWS-1252 -t UTF-8",
		}
	}
	enc, name := charset.Lookup(label)
	if enc == nil {
		return "", errCharset(label)
	}
	if name == "utf-8" {
		return "", &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("the text says it is UTF-8 and is not (byte %d)", firstInvalid(body)), Hint: "fetch it again, or name its encoding (--charset)"}
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil || !utf8.Valid(out) {
		return "", &quoth.Error{Code: quoth.Invalid, Message: "the text is not valid " + name, Hint: "name another encoding (--charset)", Err: err}
	}
	return string(out), nil
}

func errCharset(label string) error {
	return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("unknown character set %q", label), Hint: "use a name of the WHATWG list, such as utf-8 or windows-1252"}
}

// firstInvalid is the offset of the first byte that is not UTF-8.
func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// metaBytes is how much of a page is looked at for a meta element that names the
// encoding. The standard says 1,024 bytes; pages with scripts before it are common.
const metaBytes = 16 << 10

// decodeHTML returns a page as UTF-8. What the page is in is told, in this order, by
// the caller, a byte order mark, the content type, a meta element, and the bytes.
// Bytes that are UTF-8 beyond doubt are that whatever the page says. Bytes that fit no
// character become U+FFFD, as in a browser.
func decodeHTML(body []byte, contentType, label string) (string, error) {
	if label != "" {
		enc, _ := charset.Lookup(label)
		if enc == nil {
			return "", errCharset(label)
		}
		out, err := enc.NewDecoder().Bytes(body)
		if err != nil {
			return "", &quoth.Error{Code: quoth.Invalid, Message: "the page is not valid " + label, Hint: "name another encoding (--charset)", Err: err}
		}
		return strings.ToValidUTF8(string(out), "\ufffd"), nil
	}
	if utf8.Valid(body) {
		// Pages that are UTF-8 and say otherwise are far commoner than the reverse.
		return strings.TrimPrefix(string(body), "\ufeff"), nil
	}
	out, err := encodingOf(body, contentType).NewDecoder().Bytes(body)
	if err != nil {
		return "", &quoth.Error{Code: quoth.Invalid, Message: "the page is in no encoding that can be told", Hint: "name its encoding", Err: err}
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(out), "\ufffd"), "\ufeff"), nil
}

// encodingOf tells the encoding of a page that is not valid UTF-8.
func encodingOf(body []byte, contentType string) encoding.Encoding {
	enc, _, isCertain := charset.DetermineEncoding(body[:min(len(body), 1024)], contentType)
	if isCertain {
		return enc
	}
	if named := metaCharset(body[:min(len(body), metaBytes)]); named != nil {
		return named
	}
	if isMostlyUTF8(body) {
		return unicode.UTF8
	}
	all, err := chardet.NewHtmlDetector().DetectAll(body[:min(len(body), 256<<10)])
	if err != nil || len(all) == 0 {
		return enc
	}
	// The detector asks all encodings at once and leaves ties in the order of answers.
	best := slices.MaxFunc(all, func(a, b chardet.Result) int {
		return cmp.Or(a.Confidence-b.Confidence, strings.Compare(b.Charset, a.Charset), strings.Compare(b.Language, a.Language))
	})
	if best.Confidence < minCharsetConfidence {
		return enc
	}
	if guess, _ := charset.Lookup(best.Charset); guess != nil {
		return guess
	}
	return enc
}

// minCharsetConfidence is how sure, of 100, the guess of an encoding has to be to go
// before windows-1252, which is what the HTML standard falls back on.
const minCharsetConfidence = 40

// metaCharset is the encoding that a meta element names in head, nil when none does.
func metaCharset(head []byte) encoding.Encoding {
	low := bytes.ToLower(head)
	for at := 0; ; {
		i := bytes.Index(low[at:], []byte("charset="))
		if i < 0 {
			return nil
		}
		at += i + len("charset=")
		// Only inside a meta element: scripts have the word too.
		open := bytes.LastIndexByte(low[:at], '<')
		if open < 0 || !bytes.HasPrefix(low[open:], []byte("<meta")) {
			continue
		}
		rest := bytes.TrimLeft(low[at:], "\"' ")
		end := bytes.IndexAny(rest, "\"' />;")
		if end < 0 || end > 40 {
			continue
		}
		if enc, name := charset.Lookup(string(rest[:end])); enc != nil && !strings.HasPrefix(name, "utf-16") {
			return enc
		}
	}
}

// isMostlyUTF8 reports whether body is UTF-8 with a few broken characters: pages put
// together from several sources, or cut off.
func isMostlyUTF8(body []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > 10*bad
}
