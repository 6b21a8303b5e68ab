package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"quoth"
)

// AttributionDoc is an article with the attributions that one or more annotators, or
// a program, marked in it.
type AttributionDoc struct {
	ID        string
	Publisher string
	Date      string // as the file gives it, "" when it gives none
	Title     string
	Text      string // "" in predictions that do not repeat it
	// Annotations has one entry per annotator, gold first. It is never empty:
	// predictions are one annotation without annotator.
	Annotations []Annotation

	isSegment bool   // a part of an article, see segment
	sum       string // sha256 of the text, in hex, where that stands elsewhere
}

// Annotation is what one annotator or one program marked in an article.
type Annotation struct {
	Annotator    string
	Attributions []quoth.Attribution
	// Confidences has one value from 0 to 1 per attribution, nil when the file
	// gives none.
	Confidences []float64
}

// Gold returns the attributions of the first annotator.
func (d AttributionDoc) Gold() []quoth.Attribution {
	if len(d.Annotations) == 0 {
		return nil
	}
	return d.Annotations[0].Attributions
}

// spanList is a role as the formats write it: [[b,e],...], {"spans":[[b,e],...]} or
// null. Pairs stay unchecked here, so that one broken pair does not cost the line.
type spanList [][]int

func (s *spanList) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		var role struct {
			Spans [][]int `json:"spans"`
		}
		err := json.Unmarshal(b, &role)
		*s = role.Spans
		return err
	}
	return json.Unmarshal(b, (*[][]int)(s))
}

// rawAttribution is an attribution or statement as the formats write it.
type rawAttribution struct {
	Source     spanList `json:"source"`
	Cue        spanList `json:"cue"`
	Content    spanList `json:"content"`
	Confidence *float64 `json:"confidence"`
}

// rawDoc is one line. Attributions stay raw, so that one broken attribution does not
// cost the line.
type rawDoc struct {
	ID          *string `json:"id"`
	Publisher   string  `json:"publisher"`
	Date        string  `json:"date"`
	Title       string  `json:"title"`
	Text        string  `json:"text"`
	SHA256      string  `json:"sha256"`
	Annotations []struct {
		Annotator    string            `json:"annotator"`
		Attributions []json.RawMessage `json:"attributions"`
	} `json:"annotations"`
	Attributions []json.RawMessage `json:"attributions"`
	Statements   []json.RawMessage `json:"statements"`
	Tokens       []string          `json:"tokens"`
	Labels       []string          `json:"labels"`
}

// attributionReader is the state of one reading.
type attributionReader struct {
	name     string // of the file
	n        int    // number of the line
	problems Problems
}

// report notes a problem of the line at hand.
func (r *attributionReader) report(id, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.name, r.n, id, fmt.Sprintf(format, args...)})
}

// parse turns one line into an article, or reports why it cannot.
func (r *attributionReader) parse(line []byte) (AttributionDoc, bool) {
	// encoding/json would put U+FFFD for the bad bytes and so move every offset.
	if !utf8.Valid(line) {
		r.report("", "not valid UTF-8")
		return AttributionDoc{}, false
	}
	var raw rawDoc
	if err := json.Unmarshal(line, &raw); err != nil {
		r.report("", "not an article: %v", err)
		return AttributionDoc{}, false
	}
	if raw.ID == nil {
		r.report("", `no "id"`)
		return AttributionDoc{}, false
	}
	d := AttributionDoc{ID: *raw.ID, Publisher: raw.Publisher, Date: raw.Date, Title: raw.Title, Text: raw.Text, sum: raw.SHA256}
	if raw.Tokens != nil {
		text, pieces, err := segment(raw.Tokens, raw.Labels)
		if err != nil {
			r.report(d.ID, "%v", err)
			return AttributionDoc{}, false
		}
		d.Text, d.isSegment, d.Annotations = text, true, []Annotation{{Attributions: pieces}}
		return d, true
	}
	for _, a := range raw.Annotations {
		d.Annotations = append(d.Annotations, r.annotation(d, a.Annotator, a.Attributions))
	}
	if len(d.Annotations) == 0 {
		list := raw.Attributions
		if len(list) == 0 {
			list = raw.Statements
		}
		d.Annotations = []Annotation{r.annotation(d, "", list)}
	}
	return d, true
}

// annotation reads one list of attributions of article d.
func (r *attributionReader) annotation(d AttributionDoc, annotator string, list []json.RawMessage) Annotation {
	out := Annotation{Annotator: annotator}
	for i, message := range list {
		var raw rawAttribution
		if err := json.Unmarshal(message, &raw); err != nil || message[0] != '{' {
			r.report(d.ID, "attribution %d is not an object of roles: %.80s", i, message)
			continue
		}
		roles := [3][]quoth.Span{}
		for k, list := range []spanList{raw.Source, raw.Cue, raw.Content} {
			roles[k] = r.spans(d, fmt.Sprintf("attribution %d: %s", i, roleNames[k]), list)
		}
		out.Attributions = append(out.Attributions, quoth.Attribution{Source: roles[0], Cue: roles[1], Content: roles[2]})
		if raw.Confidence != nil && out.Confidences == nil {
			out.Confidences = make([]float64, len(out.Attributions)-1, len(list))
		}
		if out.Confidences != nil {
			c := 0.0
			if raw.Confidence != nil {
				c = *raw.Confidence
			}
			out.Confidences = append(out.Confidences, c)
		}
	}
	return out
}

var roleNames = [3]string{"source", "cue", "content"}

// spans keeps the sound spans of list, in text order.
func (r *attributionReader) spans(d AttributionDoc, where string, list spanList) []quoth.Span {
	var out []quoth.Span
	for _, pair := range list {
		if len(pair) != 2 {
			r.report(d.ID, "%s: a span is a pair of byte offsets, got %d numbers", where, len(pair))
			continue
		}
		s := quoth.Span{Start: pair[0], End: pair[1]}
		if what := brokenSpan(s, d.Text, d.Text != ""); what != "" {
			r.report(d.ID, "%s [%d,%d] %s", where, s.Start, s.End, what)
			continue
		}
		out = append(out, s)
	}
	sortSpans(out)
	return out
}

func sortSpans(spans []quoth.Span) {
	slices.SortFunc(spans, func(a, b quoth.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
}

// brokenSpan says what is wrong with s, "" when nothing is. Without a known text only
// the order of the ends is looked at.
func brokenSpan(s quoth.Span, text string, known bool) string {
	switch {
	case s.Start < 0 || s.End < s.Start:
		return "is not a span"
	case s.End == s.Start:
		return "is empty"
	case !known:
		return ""
	case s.End > len(text):
		return fmt.Sprintf("is outside the text of %d bytes", len(text))
	case !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]):
		return "cuts a UTF-8 character"
	}
	return ""
}

// Check drops the spans of d that are not sound in text and returns a problem for
// each, without a line number. It is for predictions that do not repeat the text. The
// attributions of d are changed.
func (d AttributionDoc) Check(text, file string) Problems {
	var problems Problems
	for _, an := range d.Annotations {
		for i := range an.Attributions {
			at := &an.Attributions[i]
			for k, role := range []*[]quoth.Span{&at.Source, &at.Cue, &at.Content} {
				*role = slices.DeleteFunc(*role, func(s quoth.Span) bool {
					what := brokenSpan(s, text, true)
					if what != "" {
						problems = append(problems, Problem{file, 0, d.ID,
							fmt.Sprintf("attribution %d: %s [%d,%d] %s", i, roleNames[k], s.Start, s.End, what)})
					}
					return what != ""
				})
			}
		}
	}
	return problems
}

// ReadAttributions reads all articles of a file of JSON lines (see
// [ReadAttributionsFrom]), or of a brat folder or .ann file (see [ReadBrat]). When some
// records are broken, the error is of type [Problems] and the sound articles are
// returned with it. A missing file and one without any article are errors.
func ReadAttributions(path string) ([]AttributionDoc, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() || strings.HasSuffix(path, ".ann") {
		return ReadBrat(path)
	}
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadAttributionsFrom(f, path)
}

// ReadAttributionsFrom is ReadAttributions on a stream, plain or gzipped, which errors call
// name: JSON lines, one article each, of one of the forms
//
//	{"id", "publisher", "date", "title", "text", "annotations": [{"annotator", "attributions": [A, ...]}, ...]}
//	{"id", "text", "attributions": [A, ...]}
//	{"id", "text", "statements": [A, ...]}
//	{"id", "tokens": [word, ...], "labels": ["B-source", "I-source", "O", ...]}
//
// where A is {"source": S, "cue": S, "content": S} and S is [[b, e], ...],
// {"spans": [[b, e], ...]} or null; other fields are passed over. Offsets are bytes.
// The third form is what `quoth read --to jsonl` writes; text may be absent there, and
// spans are then checked by [AttributionDoc.Check] once the text is known. The last one
// is a segment of an article, and each of its pieces an attribution of its own;
// segments of one id that stand in a row are joined.
func ReadAttributionsFrom(in io.Reader, name string) ([]AttributionDoc, error) {
	r := attributionReader{name: name}
	var docs []AttributionDoc
	err := eachLineOf(in, name, func(n int, line []byte) {
		r.n = n
		if line = bytes.TrimSpace(line); len(line) == 0 {
			return
		}
		d, ok := r.parse(line)
		if !ok {
			return
		}
		if last := len(docs) - 1; d.isSegment && last >= 0 && docs[last].isSegment && docs[last].ID == d.ID {
			docs[last].addSegment(d)
			return
		}
		docs = append(docs, d)
	})
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		if err := r.problems.orNil(); err != nil {
			return nil, fmt.Errorf("no article in %s: %w", name, err)
		}
		return nil, errEmpty(name, "article")
	}
	return docs, r.problems.orNil()
}
