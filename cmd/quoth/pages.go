package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"

	"github.com/andybalholm/brotli"

	"quoth"
	"quoth/fetch"
	"quoth/page"
	"quoth/warc"
)

// newFetcher returns the fetcher that the flags ask for.
func (c *PageFlags) newFetcher() (*fetch.Fetcher, error) { return fetch.New(c.fetchOptions()) }

// fetchOptions are the options of that fetcher. Flags count 0 as no limit, package fetch
// counts it as its default.
func (c *PageFlags) fetchOptions() fetch.Options {
	opt := fetch.Options{Timeout: c.Timeout, MaxBytes: int64(c.MaxSize), AllowPrivate: c.AllowPrivate}
	if opt.Timeout == 0 {
		opt.Timeout = -1
	}
	if opt.MaxBytes == 0 {
		opt.MaxBytes = -1
	}
	return opt
}

// fetch gets the page at an address.
func (r *reader) fetch(ctx context.Context, address string) (quoth.QueuedPage, error) {
	raw, err := r.fetcher.Fetch(ctx, address)
	return quoth.QueuedPage{RawPage: raw}, err
}

// extract reads a page.
func (r *reader) extract(p quoth.QueuedPage) (quoth.Article, error) {
	if !p.IsRecord {
		return r.extractor.Extract(p.RawPage)
	}
	record := page.Record{ID: p.RawPage.ID, URL: p.RawPage.URL, Site: p.Site, Title: p.Title, Date: p.Date}
	if p.RawPage.ContentType == htmlType {
		record.HTML = string(p.RawPage.Body)
	} else {
		record.Text = string(p.RawPage.Body)
	}
	return r.extractor.Record(record)
}

// htmlType is the content type of a line of JSON lines that holds HTML.
const htmlType = "text/html"

// pageOf is the page of a line of JSON lines.
func pageOf(record page.Record) quoth.QueuedPage {
	id := record.ID
	if id == "" {
		id = fmt.Sprintf("line-%d", record.Line)
	}
	p := quoth.QueuedPage{IsRecord: true, Site: record.Site, Title: record.Title, Date: record.Date, RawPage: quoth.RawPage{ID: id, URL: record.URL}}
	if p.RawPage.Body = []byte(record.Text); record.Text == "" {
		p.RawPage.ContentType, p.RawPage.Body = htmlType, []byte(record.HTML)
	}
	return p
}

// jsonLines yields a task for each line of in and reports whether to go on. It keeps
// one line.
func (r *reader) jsonLines(label string, in io.Reader, yield func(task) bool) bool {
	// JSON writes some characters as six bytes, most as one.
	maxBytes := 2 * int(r.flags.MaxSize)
	if maxBytes == 0 {
		maxBytes = math.MaxInt
	}
	for record, err := range page.ReadLines(in, maxBytes) {
		var broken *page.LineError
		var next task
		switch {
		case errors.As(err, &broken):
			next = failed(lineLabel(label, broken.Line), broken.Err)
		case err != nil:
			return yield(failed(label, fileError(err)))
		default:
			next = taskOf(lineLabel(label, record.Line), pageOf(record))
		}
		if !yield(next) {
			return false
		}
	}
	return true
}

// lineLabel is what messages call a line of JSON lines.
func lineLabel(label string, line int) string { return fmt.Sprintf("%s: line %d", label, line) }

// warcHeaderBytes is what a record may hold besides its page: the headers.
const warcHeaderBytes = 1 << 20

// warcRecords yields a task for each page of a web archive and reports whether to go
// on. It keeps one record.
func (r *reader) warcRecords(label string, in io.Reader, yield func(task) bool) bool {
	opt := warc.Options{
		MaxRecordBytes: int64(r.flags.MaxSize) + warcHeaderBytes,
		Brotli:         func(r io.Reader) io.Reader { return brotli.NewReader(r) },
	}
	if r.flags.MaxSize == 0 {
		opt.MaxRecordBytes = math.MaxInt64
	}
	for record, err := range warc.NewReader(in, opt).Records() {
		var damage *warc.DamageError
		var next task
		switch {
		case errors.As(err, &damage):
			next = failed(label, damaged(damage))
		case err != nil:
			return yield(failed(label, fileError(err)))
		case !isPage(record):
			continue
		default:
			raw := quoth.RawPage{URL: record.URI, ContentType: record.ContentType, Body: record.Payload}
			name := fmt.Sprintf("%s: record at byte %d (%s)", label, record.Offset, record.URI)
			next = taskOf(name, quoth.QueuedPage{RawPage: raw})
		}
		if !yield(next) {
			return false
		}
	}
	return true
}

// damaged says in words which part of an archive could not be read.
func damaged(d *warc.DamageError) error {
	return &quoth.Error{
		Code:    quoth.Invalid,
		Message: fmt.Sprintf("%d bytes from byte %d were skipped: %s", d.Bytes, d.Offset, d.Reason),
		Hint:    "the rest was read; fetch the archive again if it is damaged, or raise --max-size if the record is too large",
		Err:     d.Err,
	}
}

// isPage reports whether a record of an archive holds a page: an answer with status
// 200, a file, or the text that a tool has made of a page, in HTML or plain text.
// What crawlers keep beside the pages is passed over in silence.
func isPage(r *warc.Record) bool {
	switch r.Type {
	case warc.Response:
		if r.Status != http.StatusOK {
			return false
		}
	case warc.Resource, warc.Conversion:
	default:
		return false
	}
	media, _, _ := mime.ParseMediaType(cmp.Or(r.ContentType, http.DetectContentType(r.Payload)))
	switch media {
	case "text/html", "application/xhtml+xml":
		return true
	case "text/plain":
		// robots.txt and its like are answers too; only a tool's text is an article.
		return r.Type != warc.Response
	}
	return false
}
