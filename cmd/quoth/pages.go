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
	raw.URL = page.WithoutUser(raw.URL)
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
	p := quoth.QueuedPage{IsRecord: true, Site: record.Site, Title: record.Title, Date: record.Date, RawPage: quoth.RawPage{ID: id, URL: page.WithoutUser(record.URL)}}
	if p.RawPage.Body = []byte(record.Text); record.Text == "" {
		p.RawPage.ContentType, p.RawPage.Body = htmlType, []byte(record.HTML)
	}
	return p
}

// jsonLines yields a task for each line of in, or for each record when in is one JSON
// document, and reports whether to go on. It keeps one of them.
func (r *reader) jsonLines(label string, in io.Reader, isDocument bool, yield func(task) bool) bool {
	// JSON writes some characters as six bytes, most as one.
	maxBytes := 2 * int(r.flags.MaxSize)
	if maxBytes == 0 {
		maxBytes = math.MaxInt
	}
	isEmpty := true
	records, labelOf := page.ReadLines(in, maxBytes), lineLabel
	if isDocument {
		records, labelOf = page.ReadDocument(in, maxBytes), recordLabel
	}
	for record, err := range records {
		var broken *page.LineError
		var next task
		isEmpty = false
		switch {
		case errors.As(err, &broken):
			next = failed(labelOf(label, broken.Line), broken.Err)
		case err != nil:
			return yield(failed(label, fileError(err)))
		default:
			next = taskOf(labelOf(label, record.Line), pageOf(record))
			next.warning = warningOf(record)
		}
		if !yield(next) {
			return false
		}
	}
	return !isEmpty || yield(failed(label, &quoth.Error{Code: quoth.Invalid, Message: "there is no article in it", Hint: "each line is one JSON object, with an article in it"}))
}

// warningOf says what of a record cannot be used.
func warningOf(record page.Record) string {
	if record.Date == "" || page.Day(record.Date) != "" {
		return ""
	}
	return fmt.Sprintf("its date %q cannot be read and is not used; write it as YYYY-MM-DD, YYYY-MM or YYYY", record.Date)
}

// recordLabel is what messages call a record of a JSON document.
func recordLabel(label string, number int) string {
	return fmt.Sprintf("%s: article %d", label, number)
}

// lineLabel is what messages call a line of JSON lines.
func lineLabel(label string, line int) string { return fmt.Sprintf("%s: line %d", label, line) }

// warcHeaderBytes is what a record may hold besides its page: the headers.
const warcHeaderBytes = 1 << 20

// warcRecords yields a task for each page of a web archive and reports whether to go
// on. It keeps one record. sizeBytes is the size of in, 0 when it is not known.
func (r *reader) warcRecords(label string, in io.Reader, sizeBytes int64, yield func(task) bool) bool {
	opt := warc.Options{
		MaxRecordBytes: int64(r.flags.MaxSize) + warcHeaderBytes,
		SizeBytes:      sizeBytes,
		Brotli:         func(r io.Reader) io.Reader { return brotli.NewReader(r) },
	}
	if r.flags.MaxSize == 0 {
		opt.MaxRecordBytes = math.MaxInt64
	}
	isArchive := false
	var odd *warc.DamageError // bytes before the first record, if there is one
	for record, err := range warc.NewReader(in, opt).Records() {
		var damage *warc.DamageError
		errors.As(err, &damage)
		if !isArchive && odd == nil && errors.Is(err, warc.ErrNoRecord) {
			odd = damage
			continue
		}
		if !isArchive && odd != nil && !yield(failed(label, damaged(odd))) {
			return false
		}
		isArchive = true
		var next task
		switch {
		case damage != nil:
			next = failed(label, damaged(damage))
		case err != nil:
			return yield(failed(label, fileError(err)))
		case !isPage(record):
			continue
		default:
			next = taskOf(archiveLabel(label, record), quoth.QueuedPage{RawPage: pageIn(record)})
		}
		if !yield(next) {
			return false
		}
	}
	return isArchive || yield(failed(label, errNoArchive()))
}

// archiveLabel is what messages call a record of an archive.
func archiveLabel(label string, record *warc.Record) string {
	return fmt.Sprintf("%s: record at byte %d (%s)", label, record.Offset, page.WithoutUser(record.URI))
}

// pageIn is the page in a record of an archive.
func pageIn(record *warc.Record) quoth.RawPage {
	raw := quoth.RawPage{ContentType: record.ContentType, Body: record.Payload}
	if page.IsAddress(record.URI) {
		raw.URL = page.WithoutUser(record.URI)
	}
	return raw
}

// errNoArchive tells of bytes that are no web archive.
func errNoArchive() error {
	return &quoth.Error{Code: quoth.Invalid, Message: "there is no WARC record in it", Hint: "leave out --from to have the format told from the file"}
}

// damaged says in words which part of an archive could not be read.
func damaged(d *warc.DamageError) error {
	message := fmt.Sprintf("%d bytes from byte %d were skipped: %s", d.Bytes, d.Offset, d.Reason)
	if d.URI != "" {
		message += " (" + page.WithoutUser(d.URI) + ")"
	}
	return &quoth.Error{
		Code:    quoth.Invalid,
		Message: message,
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
