// Package page turns a raw page into a [quoth.Article] with typed blocks: HTML from
// the web, plain text as crawlers leave it, and records of JSON lines. It reads
// bytes that somebody else fetched or opened, and neither the network, nor files,
// nor the clock.
//
// Nothing is deleted and no word is changed: what is not the article's own running
// text is typed (advertisement, feedback, credit …) and stays where it was. When a
// line could be either, it is body, because a lost statement is worse than a shown
// advertisement. What a page does not tell (its date, its author) stays empty.
//
// HTML goes through go-readability, with the votes on title, date and author held
// here, because the place that told a date matters as much as the date. The lines of
// plain text get their kinds from a trained model (lines.go, model/lines.bin), to which the
// verdict of the furniture rules is one feature more; dates, bylines and feedback forms
// are told by rules. Model and rules know English best.
//
// Begin with [New] and [Extractor.Extract]; [ReadLines] and [Extractor.Record] are for JSON
// lines.
package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"quoth"
)

// DefaultMaxBytes is the size of the largest page that is read when Options.MaxBytes
// is 0: 10 MiB. The longest of 2,900 news pages measured had 3.5 MB of HTML.
const DefaultMaxBytes = 10 << 20

// Format says how the bytes of a page are to be read.
type Format string

// The formats of a page. Auto looks at the content type the sender named and then at
// the first bytes. JSON lines and WARC hold many pages and are not formats of one:
// see [ReadLines] and quoth/warc.
const (
	Auto Format = "auto"
	HTML Format = "html"
	Text Format = "text"
)

// Options says how pages are read. The zero value reads any page up to
// DefaultMaxBytes.
type Options struct {
	// Format of the pages; "" is Auto.
	Format Format
	// Clean says that plain text holds no furniture: every line that is not blank is
	// a paragraph, but for one that equals the title of its record. HTML ignores it.
	Clean bool
	// DefaultDate is the day (EDTF level 0: YYYY, YYYY-MM or YYYY-MM-DD) of pages
	// that tell none; it is recorded as coming from "flag".
	DefaultDate string
	// URL is the address of pages that come without one.
	URL string
	// Charset names the encoding of pages, such as "windows-1252", over what they say
	// themselves; "" trusts the page.
	Charset string
	// Lines tells body from furniture in plain text; nil is the embedded model.
	Lines *LineModel
	// MaxBytes is the size in bytes over which a page is refused; 0 is
	// DefaultMaxBytes, below 0 is no limit.
	MaxBytes int
}

// Extractor implements [quoth.Extractor]. It may be used from several goroutines at
// once and keeps nothing between calls: the same page gives the same article.
type Extractor struct{ opt Options }

var _ quoth.Extractor = (*Extractor)(nil)

// New returns an Extractor with options opt.
func New(opt Options) *Extractor {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = DefaultMaxBytes
	}
	return &Extractor{opt: opt}
}

// Extract reads one page. An ID is made from the bytes when p has none. The error is
// a *quoth.Error: TooLarge over Options.MaxBytes, Invalid when the page is empty,
// binary, in no encoding that can be told, or holds no text; Invalid also when
// Options itself holds an unknown format, charset or date.
func (e *Extractor) Extract(p quoth.RawPage) (quoth.Article, error) {
	if err := e.checkOptions(); err != nil {
		return quoth.Article{}, err
	}
	if err := e.checkSize(len(p.Body)); err != nil {
		return quoth.Article{}, err
	}
	if len(bytes.TrimSpace(p.Body)) == 0 {
		return quoth.Article{}, errEmpty()
	}
	if err := refuseBinary(p.Body); err != nil {
		return quoth.Article{}, err
	}
	in := input{id: p.ID, url: p.URL}
	if in.id == "" {
		in.id = idOf(p.Body)
	}
	if e.formatOf(p) == HTML {
		return e.fromHTML(p.Body, p.ContentType, in)
	}
	text, err := decodeText(p.Body, e.charsetOf(p.ContentType))
	if err != nil {
		return quoth.Article{}, err
	}
	return e.fromText(text, in)
}

// idOf is an ID for a page that has none: the same bytes have the same.
func idOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// input is what is known of a page before it is read.
type input struct{ id, url, site, title, date string }

func (e *Extractor) checkOptions() error {
	switch e.opt.Format {
	case "", Auto, HTML, Text:
	default:
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("unknown page format %q", e.opt.Format), Hint: "use auto, html or text"}
	}
	if d := e.opt.DefaultDate; d != "" && !isDay(d) {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no date", d), Hint: "write it as YYYY-MM-DD, YYYY-MM or YYYY"}
	}
	return nil
}

func (e *Extractor) checkSize(sizeBytes int) error {
	if e.opt.MaxBytes < 0 || sizeBytes <= e.opt.MaxBytes {
		return nil
	}
	return &quoth.Error{
		Code:    quoth.TooLarge,
		Message: fmt.Sprintf("the page has %s, the limit is %s", megabytes(sizeBytes), megabytes(e.opt.MaxBytes)),
		Hint:    "an article is seldom over 1 MB: split a file of many articles into JSON lines, or raise the limit (--max-size)",
	}
}

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func errEmpty() error {
	return &quoth.Error{Code: quoth.Invalid, Message: "the page is empty", Hint: "there is no text in it to read"}
}

// formatOf chooses between HTML and Text.
func (e *Extractor) formatOf(p quoth.RawPage) Format {
	if e.opt.Format == HTML || e.opt.Format == Text {
		return e.opt.Format
	}
	media, _, _ := mime.ParseMediaType(p.ContentType)
	switch media {
	case "text/html", "application/xhtml+xml":
		return HTML
	}
	// Servers call pages text/plain, and files name no type: the first bytes decide.
	if looksLikeHTML(p.Body) {
		return HTML
	}
	return Text
}

// looksLikeHTML reports whether the first bytes are those of an HTML page.
func looksLikeHTML(body []byte) bool {
	head := bytes.TrimPrefix(body, []byte("\ufeff"))
	head = bytes.TrimSpace(head[:min(len(head), 1024)])
	if len(head) < 3 || head[0] != '<' {
		return false
	}
	if strings.HasPrefix(http.DetectContentType(head), "text/html") {
		return true
	}
	low := bytes.ToLower(head)
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<article", "<section", "<main", "<header"} {
		if bytes.HasPrefix(low, []byte(mark)) {
			return true
		}
	}
	return bytes.HasPrefix(low, []byte("<?xml")) && bytes.Contains(low, []byte("<html"))
}

// publishedBy returns the first day that is known, in the order of the arguments.
func (e *Extractor) publishedBy(candidates ...quoth.Published) quoth.Published {
	for _, c := range candidates {
		if c.EDTF != "" {
			return c
		}
	}
	if e.opt.DefaultDate != "" {
		return quoth.Published{EDTF: e.opt.DefaultDate, From: "flag", Confidence: 1}
	}
	return quoth.Published{From: "none"}
}
