package corpus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"quoth"
)

// maxLine is the longest line read, in bytes. An article of PolNeAR with its CoreNLP
// layers is under 1 MB; a longer line than this is not a corpus.
const maxLine = 256 << 20

// Problem is one broken record of a file.
type Problem struct {
	File string // as it was opened
	Line int    // from 1, 0 when it is not the matter of one line
	ID   string // of the article, "" when it could not be read
	What string // lower case, no full stop
}

// String returns "file:line: id: what", without the parts that are not known.
func (p Problem) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
	}
	if p.ID != "" {
		s += ": " + p.ID
	}
	return s + ": " + p.What
}

// Problems are the broken records of a file, in order. A reader that returns Problems
// as its error returns the sound records beside it: callers that can do with those
// test for it by errors.As.
type Problems []Problem

// Error tells the first problem and how many there are.
func (p Problems) Error() string {
	switch len(p) {
	case 0:
		return "no problem"
	case 1:
		return p[0].String()
	}
	return fmt.Sprintf("%v (and %d more)", p[0], len(p)-1)
}

// orNil returns p as an error, nil when there is no problem.
func (p Problems) orNil() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// openFile opens a plain or gzipped file. Errors name the file and have code NotFound
// or Invalid.
func openFile(path string) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "no file " + path, Hint: "check the path"}
	}
	if err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "cannot open " + path, Err: err}
	}
	if info.IsDir() {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: path + " is a folder, not a file", Hint: "name the file in it"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "cannot open " + path, Err: err}
	}
	return f, nil
}

// errEmpty is the error for an input without a single record of the kind called what.
func errEmpty(name, what string) error {
	return &quoth.Error{Code: quoth.Invalid, Message: "no " + what + " in " + name, Hint: "check that it is the right file"}
}

// eachLine calls f with the lines of a plain or gzipped file, without their ends, and their
// numbers from 1. The bytes are valid until f returns.
func eachLine(path string, f func(n int, line []byte)) error {
	file, err := openFile(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return eachLineOf(file, path, f)
}

// eachLineOf is eachLine on a stream; name is what errors call it.
func eachLineOf(r io.Reader, name string, f func(n int, line []byte)) error {
	lines, err := newLineReader(r, name)
	if err != nil {
		return err
	}
	for {
		line, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		f(lines.n, line)
	}
}

// lineReader reads numbered lines of a plain or gzipped stream.
type lineReader struct {
	name string
	r    *bufio.Reader
	n    int // number of the last line, from 1
	buf  []byte
}

// newLineReader looks at the first bytes of r, to unpack it when it is gzip. A byte
// order mark at the beginning is dropped.
func newLineReader(r io.Reader, name string) (*lineReader, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	if head, _ := br.Peek(2); len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		br = bufio.NewReaderSize(z, 1<<16)
	}
	if head, _ := br.Peek(3); bytes.Equal(head, []byte("\ufeff")) {
		_, _ = br.Discard(3) // just peeked: cannot fail
	}
	return &lineReader{name: name, r: br}, nil
}

// next returns the next line without its end, io.EOF after the last. The bytes are
// valid until the following call.
func (l *lineReader) next() ([]byte, error) {
	l.buf = l.buf[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		l.buf = append(l.buf, part...)
		if err == bufio.ErrBufferFull {
			if len(l.buf) > maxLine {
				return nil, fmt.Errorf("read %s: line %d is longer than %d MB", l.name, l.n+1, maxLine>>20)
			}
			continue
		}
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("read %s: %w", l.name, err)
		}
		if err == io.EOF && len(l.buf) == 0 {
			return nil, io.EOF
		}
		l.n++
		return bytes.TrimSuffix(bytes.TrimSuffix(l.buf, []byte("\n")), []byte("\r")), nil
	}
}
