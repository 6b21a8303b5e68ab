package page

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"quoth"
)

// Record is one line of JSON lines. All but one of Text and HTML are optional; Text
// wins when both are there.
type Record struct {
	ID    string
	URL   string
	Site  string
	Title string
	Date  string // day of printing as the record has it; ignored when it is none
	Text  string // plain text, kept byte for byte in Article.Text
	HTML  string
	Line  int // number of the line in its stream, from 1; 0 when there is none
}

// LineError tells that a line of JSON lines could not be read. Its cause is a
// *quoth.Error.
type LineError struct {
	Line int // from 1
	Err  error
}

// Error returns the cause with the number of the line before it.
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns the cause.
func (e *LineError) Unwrap() error { return e.Err }

// Record reads one record of JSON lines. An ID is made from the line number, or else
// from the bytes, when r has none. Errors are those of Extract.
func (e *Extractor) Record(r Record) (quoth.Article, error) {
	body := r.Text
	if body == "" {
		body = r.HTML
	}
	if err := e.checkOptions(); err != nil {
		return quoth.Article{}, err
	}
	if err := e.checkSize(len(body)); err != nil {
		return quoth.Article{}, err
	}
	in := input{id: r.ID, url: r.URL, site: r.Site, title: squeeze(r.Title), date: r.Date}
	if in.id == "" && r.Line > 0 {
		in.id = "line-" + strconv.Itoa(r.Line)
	}
	if in.id == "" {
		in.id = idOf([]byte(body))
	}
	if strings.TrimFunc(body, isBlank) == "" {
		return quoth.Article{}, errEmpty()
	}
	if r.Text == "" {
		return e.fromHTML([]byte(body), "text/html; charset=utf-8", in)
	}
	if strings.IndexByte(body, 0) >= 0 {
		return quoth.Article{}, &quoth.Error{Code: quoth.Invalid, Message: "the text holds zero bytes", Hint: "quoth reads HTML and plain text: convert it first"}
	}
	if !utf8.ValidString(body) {
		return quoth.Article{}, &quoth.Error{Code: quoth.Invalid, Message: "the text is not valid UTF-8", Hint: "write JSON lines as UTF-8"}
	}
	return e.fromText(body, in)
}

// ReadLines reads JSON lines from r, one record after the other, in memory of about
// one line. Blank lines are skipped. A line that is no record gives a *LineError
// (Invalid, or TooLarge over maxBytes bytes; 0 means twice DefaultMaxBytes, for JSON
// writes some characters as six bytes) and the reading goes on with the next. An
// error of r itself is the last thing given, and is no *LineError.
//
// The sequence can be used once, by one goroutine.
func ReadLines(r io.Reader, maxBytes int) iter.Seq2[Record, error] {
	if maxBytes <= 0 {
		maxBytes = 2 * DefaultMaxBytes
	}
	return func(yield func(Record, error) bool) {
		lr := lineReader{r: bufio.NewReaderSize(r, 64<<10), maxBytes: maxBytes}
		for {
			line, err := lr.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil && !errors.Is(err, errLongLine) {
				yield(Record{}, fmt.Errorf("read JSON lines after line %d: %w", lr.line-1, err))
				return
			}
			rec := Record{}
			if err == nil {
				if len(bytes.TrimSpace(line)) == 0 {
					continue
				}
				rec, err = parseRecord(line)
			} else {
				err = &quoth.Error{Code: quoth.TooLarge, Message: fmt.Sprintf("the line is longer than %s", megabytes(maxBytes)), Hint: "each line is one JSON object, with an article in it"}
			}
			rec.Line = lr.line
			if err != nil {
				err = &LineError{Line: lr.line, Err: err}
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// IsDocument reports whether head, the beginning of a file, is that of one JSON document
// over several lines: an array of records, or a record that is not in one line.
func IsDocument(head []byte) bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	if rest, isArray := bytes.CutPrefix(head, []byte("[")); isArray {
		return bytes.HasPrefix(bytes.TrimSpace(rest), []byte("{"))
	}
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	return string(bytes.TrimSpace(line)) == "{" && bytes.HasPrefix(bytes.TrimSpace(rest), []byte(`"`))
}

// ReadDocument reads records from r as ReadLines does, but from a JSON document: an array
// of them, or one after the other, over as many lines as they like. Record.Line and that of
// errors count records, from 1. Where r is no JSON, that is the last thing given.
func ReadDocument(r io.Reader, maxBytes int) iter.Seq2[Record, error] {
	if maxBytes <= 0 {
		maxBytes = 2 * DefaultMaxBytes
	}
	return func(yield func(Record, error) bool) {
		d := document{r: io.LimitedReader{R: skipMark(r)}, maxBytes: maxBytes}
		for number := 1; ; number++ {
			raw, err := d.next()
			if errors.Is(err, io.EOF) {
				return
			}
			isBroken, rec := err != nil, Record{}
			if !isBroken {
				rec, err = parseRecord(raw)
			}
			rec.Line = number
			if rec.ID == "" {
				rec.ID = "article-" + strconv.Itoa(number)
			}
			var known *quoth.Error
			if errors.As(err, &known) {
				err = &LineError{Line: number, Err: err}
			}
			if !yield(rec, err) || isBroken {
				return
			}
		}
	}
}

// skipMark passes over a byte order mark.
func skipMark(r io.Reader) io.Reader {
	br := bufio.NewReader(r)
	if head, _ := br.Peek(3); string(head) == "\ufeff" {
		_, _ = br.Discard(3)
	}
	return br
}

// document reads the values of a JSON document.
type document struct {
	r        io.LimitedReader
	maxBytes int
	d        *json.Decoder // nil before the first
	isArray  bool
}

// next returns the next record as it is written, io.EOF after the last one. After any
// other error there is no more.
func (d *document) next() (raw json.RawMessage, err error) {
	const ahead = 64 << 10 // what the decoder may have read of the next one
	d.r.N = int64(d.maxBytes) + ahead
	if d.d == nil {
		err = d.open()
	}
	isEnd := err == nil && d.isArray && !d.d.More()
	if isEnd {
		_, err = d.d.Token()
	}
	if err == nil {
		d.isArray = d.isArray && !isEnd
		err = d.d.Decode(&raw)
	}
	if d.isArray && errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	var syntax *json.SyntaxError
	switch {
	case err == nil && isEnd:
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "there is more behind the array", Hint: "write JSON lines: one object a line, with an article in it"}
	case err == nil, errors.Is(err, io.EOF):
		return raw, err
	case d.r.N <= 0:
		return nil, &quoth.Error{Code: quoth.TooLarge, Message: fmt.Sprintf("the record is longer than %s", megabytes(d.maxBytes)), Hint: "the rest is not read; raise the limit (--max-size), or write JSON lines", Err: err}
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "the JSON is broken here", Hint: "the rest is not read; in JSON lines a broken line costs no other", Err: err}
	}
	return nil, fmt.Errorf("read JSON: %w", err)
}

// open begins the reading.
func (d *document) open() error {
	br := bufio.NewReader(&d.r)
	d.d = json.NewDecoder(br)
	for {
		c, err := br.ReadByte()
		switch {
		case err != nil:
			return err
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			continue
		}
		d.isArray = c == '['
		if err := br.UnreadByte(); err != nil || !d.isArray {
			return err
		}
		_, err = d.d.Token()
		return err
	}
}

// errLongLine tells that a line was skipped for its length.
var errLongLine = errors.New("line too long")

// lineReader reads lines of a limited length.
type lineReader struct {
	r        *bufio.Reader
	maxBytes int
	line     int // number of the line last read
	buf      []byte
}

// next returns the next line, without its end, until the call after it; io.EOF after
// the last one. A line over the limit is read to its end, and gives errLongLine.
func (l *lineReader) next() ([]byte, error) {
	l.buf = l.buf[:0]
	l.line++
	isLong := false
	for {
		part, err := l.r.ReadSlice('\n')
		if isLong = isLong || len(l.buf)+len(part) > l.maxBytes; isLong {
			l.buf = l.buf[:0]
		} else {
			l.buf = append(l.buf, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && (len(l.buf) > 0 || isLong): // no line feed after the last line
		case err != nil:
			return nil, err
		}
		if isLong {
			return nil, errLongLine
		}
		if l.line == 1 {
			return bytes.TrimPrefix(l.buf, []byte("\ufeff")), nil
		}
		return l.buf, nil
	}
}

// jsonRecord is a Record as JSON has it.
type jsonRecord struct {
	ID    looseString `json:"id"`
	URL   looseString `json:"url"`
	Site  looseString `json:"site"`
	Title looseString `json:"title"`
	Date  looseString `json:"date"`
	Text  *string     `json:"text"`
	HTML  *string     `json:"html"`
}

// looseString is a string that some writers give as a number; null is "".
type looseString string

// UnmarshalJSON reads a string, a number or null.
func (s *looseString) UnmarshalJSON(b []byte) error {
	if c := b[0]; c == '-' || isDigit(c) {
		*s = looseString(b)
		return nil
	}
	var v *string
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	if v != nil {
		*s = looseString(*v)
	}
	return nil
}

const recordHint = `each line is one JSON object: {"id", "url", "site", "title", "date", "text" or "html"}`

// parseRecord reads one line.
func parseRecord(line []byte) (Record, error) {
	if !utf8.Valid(line) {
		return Record{}, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("not valid UTF-8 (byte %d of the line)", firstInvalid(line)), Hint: "write JSON lines as UTF-8"}
	}
	var j jsonRecord
	if err := json.Unmarshal(line, &j); err != nil {
		return Record{}, &quoth.Error{Code: quoth.Invalid, Message: "no JSON record", Hint: recordHint, Err: err}
	}
	rec := Record{ID: string(j.ID), URL: string(j.URL), Site: string(j.Site), Title: string(j.Title), Date: string(j.Date)}
	if j.Text != nil {
		rec.Text = *j.Text
	}
	if j.HTML != nil {
		rec.HTML = *j.HTML
	}
	if rec.URL != "" && !IsAddress(rec.URL) {
		return rec, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("its url %q is no address of a page", rec.URL), Hint: "write it as https://host/path, or leave it out"}
	}
	if j.Text == nil && j.HTML == nil {
		return rec, &quoth.Error{Code: quoth.Invalid, Message: `the record has neither "text" nor "html"`, Hint: recordHint}
	}
	return rec, nil
}
