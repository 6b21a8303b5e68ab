package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// ReadBrat reads attributions in the standoff format of brat (brat.nlplab.org): a
// folder, all subfolders included, or one .ann file, with the text of x.ann in x.txt.
// The id of an article is its path in the folder, without ".ann" and with "/" between
// names. Files are read in the order of their names.
//
// Text-bound annotations of type Source, Cue and Content, in one piece ("12 20") or
// several ("12 20;25 30"), become roles; offsets are characters, as brat has them,
// and turned to bytes. What joins them:
//
//   - an event is one attribution: its trigger is the cue unless its type says
//     otherwise, its arguments are roles by their own type ("E1 Attribution:T2
//     Source:T1 Content:T3");
//   - a relation joins two of them, whatever it is called. Each cue that stands in no
//     event, with what is joined to it and, in want of a source, the sources joined
//     to its contents, is an attribution; then each content that is in none, with the
//     sources joined to it.
//
// A role left over is an attribution by itself, for it was marked. Other
// annotation lines and types are passed over. A line whose quoted text is not what
// its offsets cover is broken: offsets were counted in another unit, or the text was
// changed. Broken lines, and articles whose text cannot be read, are told in
// [Problems], beside which the sound ones are returned; a path without any article is
// an error.
func ReadBrat(path string) ([]AttributionDoc, error) {
	files, root, err := annFiles(path)
	if err != nil {
		return nil, err
	}
	var docs []AttributionDoc
	var problems Problems
	for _, file := range files {
		id, err := filepath.Rel(root, file)
		if err != nil {
			return nil, fmt.Errorf("name %s: %w", file, err)
		}
		id = strings.TrimSuffix(filepath.ToSlash(id), ".ann")
		d, broken, err := readBratDoc(file)
		if err != nil {
			problems = append(problems, Problem{File: file, ID: id, What: err.Error()})
			continue
		}
		d.ID = id
		for i := range broken {
			broken[i].ID = id
		}
		docs, problems = append(docs, d), append(problems, broken...)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("no article in %s: %w", path, problems)
	}
	return docs, problems.orNil()
}

// annFiles lists the .ann files under path and the folder their ids start from.
func annFiles(path string) (files []string, root string, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", &quoth.Error{Code: quoth.NotFound, Message: "no file or folder " + path, Hint: "check the path"}
	}
	if err != nil {
		return nil, "", &quoth.Error{Code: quoth.Invalid, Message: "cannot open " + path, Err: err}
	}
	if !info.IsDir() {
		return []string{path}, filepath.Dir(path), nil
	}
	err = filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(p, ".ann") {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("list %s: %w", path, err)
	}
	if len(files) == 0 {
		return nil, "", errEmpty(path, ".ann file")
	}
	return files, path, nil
}

// readBratDoc reads one .ann file and the .txt file beside it.
func readBratDoc(ann string) (AttributionDoc, Problems, error) {
	textPath := strings.TrimSuffix(ann, ".ann") + ".txt"
	text, err := readWhole(textPath)
	if err != nil {
		return AttributionDoc{}, nil, err
	}
	if !utf8.Valid(text) {
		return AttributionDoc{}, nil, &quoth.Error{Code: quoth.Invalid, Message: textPath + " is not valid UTF-8"}
	}
	f, err := openFile(ann)
	if err != nil {
		return AttributionDoc{}, nil, err
	}
	defer f.Close()
	return parseBrat(string(text), f, ann)
}

// parseBrat reads the annotations of a text; name is what problems call them.
func parseBrat(text string, ann io.Reader, name string) (AttributionDoc, Problems, error) {
	b := bratDoc{name: name, text: text, at: byteOffsets(text), index: map[string]int{}}
	err := eachLineOf(ann, name, func(n int, line []byte) {
		b.n = n
		b.line(string(bytes.TrimSpace(line)))
	})
	if err != nil {
		return AttributionDoc{}, nil, err
	}
	d := AttributionDoc{Text: text, Annotations: []Annotation{{Attributions: b.attributions()}}}
	return d, b.problems, nil
}

// readWhole reads a plain or gzipped file as it is.
func readWhole(path string) ([]byte, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return data, nil
}

// byteOffsets gives for every character of text, and for its end, where it begins.
func byteOffsets(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// bratPart is a text-bound annotation.
type bratPart struct {
	name   string // T1
	kind   string // source, cue, content, or another type in lower case
	spans  []quoth.Span
	joined []int // indices of the parts that relations join to it, in order
	used   bool  // is in an attribution
}

// bratLink is an event or a relation, by names; parts may be told after it.
type bratLink struct {
	isEvent bool
	names   []string // of an event the trigger first
	line    int
}

type bratDoc struct {
	name     string
	n        int // number of the line
	problems Problems
	text     string
	at       []int // byte offset of each character
	parts    []bratPart
	index    map[string]int // of parts, by name
	links    []bratLink
}

func (b *bratDoc) report(line int, format string, args ...any) {
	b.problems = append(b.problems, Problem{File: b.name, Line: line, What: fmt.Sprintf(format, args...)})
}

// line takes one line: T, E and R lines count, others are notes and attributes.
func (b *bratDoc) line(line string) {
	if line == "" {
		return
	}
	name, rest, _ := strings.Cut(line, "\t")
	body, quoted, hasQuoted := strings.Cut(rest, "\t")
	switch name[0] {
	case 'T':
		b.part(name, body, quoted, hasQuoted)
	case 'E', 'R':
		link := bratLink{isEvent: name[0] == 'E', line: b.n}
		for i, field := range strings.Fields(body) {
			_, target, found := strings.Cut(field, ":")
			if found {
				link.names = append(link.names, target)
			} else if i > 0 || link.isEvent { // the first field of a relation is its type
				b.report(b.n, "%s: %.40q is not ROLE:ID", name, field)
			}
		}
		b.links = append(b.links, link)
	}
}

// part reads "Type 12 20;25 30" and checks it against the quoted text.
func (b *bratDoc) part(name, body, quoted string, hasQuoted bool) {
	kind, offsets, _ := strings.Cut(body, " ")
	p := bratPart{name: name, kind: strings.ToLower(kind)}
	for fragment := range strings.SplitSeq(offsets, ";") {
		s, err := b.fragment(fragment)
		if err != nil {
			b.report(b.n, "%s: %v", name, err)
			return
		}
		p.spans = append(p.spans, s)
	}
	if hasQuoted && !b.covers(p.spans, quoted) {
		b.report(b.n, "%s: its offsets do not cover %.60q (they count characters)", name, quoted)
		return
	}
	if _, twice := b.index[name]; twice {
		b.report(b.n, "%s is there twice", name)
		return
	}
	sortSpans(p.spans)
	b.index[name] = len(b.parts)
	b.parts = append(b.parts, p)
}

// fragment turns "12 20" from characters to bytes.
func (b *bratDoc) fragment(fragment string) (quoth.Span, error) {
	first, past, _ := strings.Cut(strings.TrimSpace(fragment), " ")
	start, err1 := strconv.Atoi(first)
	end, err2 := strconv.Atoi(past)
	if err1 != nil || err2 != nil || start < 0 || end <= start {
		return quoth.Span{}, fmt.Errorf("%.40q is not a pair of offsets", fragment)
	}
	if end >= len(b.at) {
		return quoth.Span{}, fmt.Errorf("%.40q is outside the text of %d characters", fragment, len(b.at)-1)
	}
	return quoth.Span{Start: b.at[start], End: b.at[end]}, nil
}

// covers reports whether spans, in the order given, read as quoted, white space and
// the marks between pieces aside.
func (b *bratDoc) covers(spans []quoth.Span, quoted string) bool {
	var pieces strings.Builder
	for _, s := range spans {
		pieces.WriteString(s.In(b.text))
	}
	bare := func(r rune) rune {
		if unicode.IsSpace(r) || r == '…' {
			return -1
		}
		return r
	}
	return strings.Map(bare, pieces.String()) == strings.Map(bare, quoted)
}

// resolve returns the indices of the parts that a link names, and reports those that
// are not there. An event may name another event: its trigger stands for it.
func (b *bratDoc) resolve(l bratLink) []int {
	var out []int
	for _, name := range l.names {
		if i, ok := b.index[name]; ok {
			out = append(out, i)
		} else if !strings.HasPrefix(name, "E") {
			b.report(l.line, "there is no %.40q", name)
		}
	}
	return out
}

// attributions joins the parts: see ReadBrat.
func (b *bratDoc) attributions() []quoth.Attribution {
	var out []quoth.Attribution
	for _, l := range b.links {
		parts := b.resolve(l)
		switch {
		case len(parts) == 0:
		case l.isEvent:
			if k := b.parts[parts[0]].kind; k != "source" && k != "content" {
				b.parts[parts[0]].kind = "cue"
			}
			out = append(out, b.join(parts))
		default:
			for _, p := range parts[1:] {
				b.parts[parts[0]].joined = append(b.parts[parts[0]].joined, p)
				b.parts[p].joined = append(b.parts[p].joined, parts[0])
			}
		}
	}
	for _, kind := range []string{"cue", "content", "source"} {
		for i := range b.parts {
			if b.parts[i].kind == kind && !b.parts[i].used {
				out = append(out, b.join(b.around(i)))
			}
		}
	}
	slices.SortStableFunc(out, func(x, y quoth.Attribution) int { return firstByte(x) - firstByte(y) })
	return out
}

// around returns part i, what relations join to it, and, when that holds no source,
// the sources joined to its contents. A further cue is not taken in: it has its own.
// A source that is left over stands alone: its contents have another.
func (b *bratDoc) around(i int) []int {
	out, hasSource := []int{i}, false
	if b.parts[i].kind == "source" {
		return out
	}
	for _, j := range b.parts[i].joined {
		if k := b.parts[j].kind; k != b.parts[i].kind || k == "content" {
			out = append(out, j)
			hasSource = hasSource || k == "source"
		}
	}
	if hasSource {
		return out
	}
	for _, j := range slices.Clone(out) {
		for _, k := range b.parts[j].joined {
			if b.parts[k].kind == "source" {
				out = append(out, k)
			}
		}
	}
	return out
}

// join makes one attribution of parts and marks them used.
func (b *bratDoc) join(parts []int) quoth.Attribution {
	var at quoth.Attribution
	for _, i := range parts {
		p := &b.parts[i]
		p.used = true
		switch p.kind {
		case "source":
			at.Source = append(at.Source, p.spans...)
		case "cue":
			at.Cue = append(at.Cue, p.spans...)
		case "content":
			at.Content = append(at.Content, p.spans...)
		}
	}
	for _, role := range []*[]quoth.Span{&at.Source, &at.Cue, &at.Content} {
		sortSpans(*role)
		*role = slices.Compact(*role)
	}
	return at
}

// firstByte is where an attribution's content begins, else its cue, else its source.
func firstByte(at quoth.Attribution) int {
	for _, role := range [][]quoth.Span{at.Content, at.Cue, at.Source} {
		if len(role) > 0 {
			return role[0].Start
		}
	}
	return 0
}
