package corpus

import (
	"errors"
	"io"
	"iter"
	"strings"

	"quoth"
)

// RawArticle is an article of raw text, in which nothing is marked.
type RawArticle struct {
	ID, Date, Publisher string // as the line above it gives them, "" when it does not
	// Text is its paragraphs, a line each, without blanks around them.
	Text       string
	Paragraphs []quoth.Span
}

// ReadRaw reads a file of raw text, plain or gzipped: a paragraph a line, articles parted by blank
// lines or by a line that begins with "#". Such a line is not read but for what it tells of the
// article below it, "# ID<TAB>DATE<TAB>PUBLISHER".
func ReadRaw(path string) iter.Seq2[RawArticle, error] {
	return func(yield func(RawArticle, error) bool) {
		f, err := openFile(path)
		if err != nil {
			yield(RawArticle{}, err)
			return
		}
		defer f.Close()
		readRaw(f, path)(yield)
	}
}

// readRaw is ReadRaw on a stream; name is what errors call it.
func readRaw(in io.Reader, name string) iter.Seq2[RawArticle, error] {
	return func(yield func(RawArticle, error) bool) {
		lines, err := newLineReader(in, name)
		if err != nil {
			yield(RawArticle{}, err)
			return
		}
		var a RawArticle
		var text strings.Builder
		end := func() bool {
			if len(a.Paragraphs) == 0 {
				return true
			}
			a.Text = text.String()
			out := a
			a, text = RawArticle{}, strings.Builder{}
			return yield(out, nil)
		}
		for {
			b, err := lines.next()
			if errors.Is(err, io.EOF) {
				end()
				return
			}
			if err != nil {
				yield(RawArticle{}, err)
				return
			}
			line := strings.TrimSpace(string(b))
			if line == "" || line[0] == '#' {
				if !end() {
					return
				}
				if line != "" {
					a = heading(line)
				}
				continue
			}
			if text.Len() > 0 {
				text.WriteByte('\n')
			}
			start := text.Len()
			text.WriteString(line)
			a.Paragraphs = append(a.Paragraphs, quoth.Span{Start: start, End: text.Len()})
		}
	}
}

// heading is the article that a line beginning with "#" is about.
func heading(line string) RawArticle {
	fields := append(strings.Split(strings.TrimSpace(line[1:]), "\t"), "", "")
	return RawArticle{ID: fields[0], Date: fields[1], Publisher: fields[2]}
}
