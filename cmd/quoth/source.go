package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"quoth"
	"quoth/page"
)

// stdinName is the argument that means standard input.
const stdinName = "-"

// sniffBytes is how much of an input is looked at to tell its format.
const sniffBytes = 4 << 10

// isURL reports whether an argument is an address and not a file's name.
func isURL(arg string) bool {
	return strings.Contains(arg, "://")
}

// tasks turns the arguments into tasks, in order. Files of one page are read here,
// one at a time, addresses are fetched by the workers; streams of pages are read as
// fast as the workers take them.
func (r *reader) tasks(ctx context.Context) iter.Seq[task] {
	r.ctx = ctx
	return func(yield func(task) bool) {
		for _, arg := range r.flags.Inputs {
			if !r.tasksOf(ctx, arg, yield) {
				return
			}
		}
	}
}

// tasksOf yields the tasks of one argument and reports whether to go on.
func (r *reader) tasksOf(ctx context.Context, arg string, yield func(task) bool) bool {
	if isURL(arg) {
		return yield(task{label: page.WithoutUser(arg), page: func(ctx context.Context) (quoth.QueuedPage, error) { return r.fetch(ctx, arg) }})
	}
	if arg == stdinName {
		return r.tasksIn("standard input", "stdin", r.env.Stdin, yield)
	}
	if info, err := os.Stat(arg); r.takesFolders && err == nil && info.IsDir() {
		return r.tasksBelow(arg, yield)
	}
	file, err := openFile(arg)
	if err != nil {
		return yield(failed(arg, err))
	}
	defer file.Close()
	return r.tasksIn(arg, r.fileID(arg), countedReader{file, &r.bytes}, yield)
}

// tasksBelow yields the tasks of all files of a folder and of those in it, by name. Files
// and folders whose names begin with a dot are passed over.
func (r *reader) tasksBelow(folder string, yield func(task) bool) bool {
	isMore := true
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			isMore = yield(failed(name, fileError(err)))
		case strings.HasPrefix(e.Name(), ".") && name != folder && e.IsDir():
			return fs.SkipDir
		case e.Type().IsRegular() && !strings.HasPrefix(e.Name(), "."):
			isMore = r.tasksOf(r.ctx, name, yield)
		}
		if !isMore {
			return fs.SkipAll
		}
		return nil
	})
	return err == nil && isMore
}

// placed numbers the tasks of a source of many pages, and passes over those that an
// earlier run has done. Standard input has no name to know it again by.
func (r *reader) placed(label string, head []byte, yield func(task) bool) func(task) bool {
	if r.resume == nil || label == "standard input" {
		return yield
	}
	source, err := filepath.Abs(label)
	if err != nil {
		source = label
	}
	at, err := r.resume(r.ctx, source)
	if err != nil {
		return func(task) bool { return yield(failed(label, fatalError{err})) }
	}
	if mark := markOf(source, head); at.Mark != mark {
		at = quoth.Checkpoint{Mark: mark}
	}
	at.Source = source
	r.progress.skip(at)
	number := 0
	return func(t task) bool {
		number++
		if number <= at.Done {
			return r.ctx.Err() == nil
		}
		t.place = &place{at, number}
		return yield(t)
	}
}

// markOf tells a file from another of the same name: by its size and its first bytes.
func markOf(name string, head []byte) string {
	size := int64(-1)
	if info, err := os.Stat(name); err == nil {
		size = info.Size()
	}
	return fmt.Sprintf("%d-%x", size, sha256.Sum256(head))[:32]
}

// countedReader counts what is read.
type countedReader struct {
	io.Reader
	n *atomic.Int64
}

// Read implements io.Reader.
func (c countedReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// storedBytes is the size of a file that is read as it is stored, 0 of anything else.
func storedBytes(in io.Reader) int64 {
	counted, _ := in.(countedReader)
	file, isFile := counted.Reader.(*os.File)
	if !isFile {
		return 0
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return info.Size()
}

// openFile opens a file to read and refuses what is none, in words.
func openFile(name string) (*os.File, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint := "check the name"
		if strings.HasPrefix(name, "www.") {
			hint = "for a web page write https://" + name
		}
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "there is no such file", Hint: hint, Err: err}
	case err == nil && info.IsDir():
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "is a directory", Hint: "name the files in it, as in " + filepath.Join(name, "*.html")}
	case err != nil:
		return nil, fileError(err)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fileError(err)
	}
	return file, nil
}

// fileError says in words why a file cannot be read.
func fileError(err error) error {
	hint := "try again, or copy the file elsewhere"
	if errors.Is(err, fs.ErrPermission) {
		hint = "ask its owner, or copy it to where you may read it"
	}
	var path *fs.PathError
	reason := err.Error()
	if errors.As(err, &path) {
		reason = path.Err.Error()
	}
	return &quoth.Error{Code: quoth.Invalid, Message: "cannot be read: " + reason, Hint: hint, Err: err}
}

// fileID names the article of a file after it: the base name without extension, with
// a number when an earlier file of this run has the same.
func (r *reader) fileID(name string) string {
	base := filepath.Base(name)
	base = strings.TrimSuffix(base, ".gz")
	id := strings.TrimSuffix(base, filepath.Ext(base))
	if id == "" {
		id = base
	}
	r.ids[id]++
	if n := r.ids[id]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

// tasksIn yields the tasks of an opened input and reports whether to go on.
func (r *reader) tasksIn(label, id string, in io.Reader, yield func(task) bool) bool {
	buffered := bufio.NewReaderSize(in, 64<<10)
	name := strings.ToLower(label)
	format := r.flags.From
	if head, _ := buffered.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) && format != "warc" && !strings.HasSuffix(name, ".warc.gz") {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return yield(failed(label, fileError(err)))
		}
		in, buffered = unzipped, bufio.NewReaderSize(unzipped, 64<<10)
		name = strings.TrimSuffix(name, ".gz")
	}
	head, err := buffered.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return yield(failed(label, fileError(err)))
	}
	if format == "auto" {
		format = sniff(name, head)
	}
	switch format {
	case "jsonl":
		return r.jsonLines(label, buffered, page.IsDocument(head), r.placed(label, head, yield))
	case "warc":
		return r.warcRecords(label, buffered, storedBytes(in), r.placed(label, head, yield))
	}
	return r.onePage(label, id, name, buffered, yield)
}

// sniff tells the format of an input by its name, where that says so, and else by its
// first bytes: jsonl, warc, or page for a single page of HTML or text.
func sniff(name string, head []byte) string {
	switch filepath.Ext(strings.TrimSuffix(name, ".gz")) {
	case ".jsonl", ".ndjson", ".json":
		return "jsonl"
	case ".warc":
		return "warc"
	case ".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ".md":
		return "page"
	}
	if bytes.HasPrefix(head, []byte("WARC/")) {
		return "warc"
	}
	if page.IsDocument(head) {
		return "jsonl"
	}
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	if rest, isObject := bytes.CutPrefix(head, []byte("{")); isObject && bytes.HasPrefix(bytes.TrimSpace(rest), []byte(`"`)) {
		return "jsonl"
	}
	return "page"
}

// onePage reads the rest of in as one page. It keeps no more than the limit of it.
func (r *reader) onePage(label, id, name string, in io.Reader, yield func(task) bool) bool {
	limit := int64(r.flags.MaxSize)
	if limit > 0 {
		in = io.LimitReader(in, limit+1)
	}
	body, err := io.ReadAll(in)
	if err != nil {
		return yield(failed(label, fileError(err)))
	}
	if limit > 0 && int64(len(body)) > limit {
		return yield(failed(label, &quoth.Error{
			Code:    quoth.TooLarge,
			Message: "is larger than " + r.flags.MaxSize.String(),
			Hint:    "an article seldom is; raise the limit with --max-size, or split a collection into JSON lines",
		}))
	}
	raw := quoth.RawPage{ID: id, ContentType: contentType(name), Body: body}
	return yield(taskOf(label, quoth.QueuedPage{RawPage: raw}))
}

// contentType is the media type that a file's name promises, "" when it promises none.
// Text is not promised: crawlers call pages .txt too, so that the bytes decide.
func contentType(name string) string {
	switch filepath.Ext(name) {
	case ".html", ".htm", ".xhtml", ".shtml":
		return "text/html"
	}
	return ""
}
