package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"quoth"
)

// CoreDoc is an article as Stanford CoreNLP annotated it: a silver layer, not gold.
type CoreDoc struct {
	ID        string
	Sentences [][]CoreToken
}

// CoreToken is one token of a silver layer.
type CoreToken struct {
	Word, Lemma string
	POS         string // Penn Treebank tag
	NER         string // CoreNLP class, "O" for none
	Span        quoth.Span
	Head        int    // index in the sentence from 0, -1 for the root
	Relation    string // of Universal Dependencies version 1
}

var errCoreToken = errors.New("a token is [word, lemma, pos, ner, begin, end, head, relation]")

// UnmarshalJSON reads [word, lemma, pos, ner, begin, end, head, relation]. It is by
// hand because PolNeAR train has half a million of them.
func (t *CoreToken) UnmarshalJSON(b []byte) error {
	var numbers [3]int
	strs := [5]*string{&t.Word, &t.Lemma, &t.POS, &t.NER, &t.Relation}
	s, n := 0, 0
	if len(b) < 2 || b[0] != '[' {
		return errCoreToken
	}
	for i := range 8 {
		b = bytes.TrimLeft(b[1:], " \t\r\n") // after "[" or ","
		end := jsonEnd(b)
		if end == 0 {
			return errCoreToken
		}
		var err error
		if i >= 4 && i <= 6 {
			numbers[n], err = strconv.Atoi(string(b[:end]))
			n++
		} else {
			err = jsonString(b[:end], strs[s])
			s++
		}
		if err != nil {
			return errCoreToken
		}
		b = bytes.TrimLeft(b[end:], " \t\r\n")
		if want := byte(','); len(b) == 0 || i < 7 && b[0] != want || i == 7 && b[0] != ']' {
			return errCoreToken
		}
	}
	t.Span, t.Head = quoth.Span{Start: numbers[0], End: numbers[1]}, numbers[2]
	return nil
}

// jsonEnd returns the length of the string or number that b begins with, 0 if none.
func jsonEnd(b []byte) int {
	if len(b) == 0 || b[0] != '"' {
		return max(0, bytes.IndexAny(b, ",] \t\r\n"))
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// jsonString decodes a JSON string.
func jsonString(b []byte, s *string) error {
	if len(b) >= 2 && b[0] == '"' && bytes.IndexByte(b, '\\') < 0 && utf8.Valid(b) {
		*s = string(b[1 : len(b)-1])
		return nil
	}
	return json.Unmarshal(b, s)
}

// ReadCoreNLP reads a file of JSON lines, plain or gzipped, of the form
//
//	{"id", "sentences": [[[word, lemma, pos, ner, begin, end, head, relation], ...], ...]}
//
// with byte offsets into the article of that id. Broken lines are skipped and told in
// [Problems], beside which the sound ones are returned; a file without any document
// is an error. Not every article of PolNeAR has one.
func ReadCoreNLP(path string) ([]CoreDoc, error) {
	var docs []CoreDoc
	var problems Problems
	err := eachLine(path, func(n int, line []byte) {
		if len(bytes.TrimSpace(line)) == 0 {
			return
		}
		d, what := parseCore(line)
		if what != "" {
			problems = append(problems, Problem{path, n, d.ID, what})
			return
		}
		docs = append(docs, d)
	})
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, errEmpty(path, "CoreNLP document")
	}
	return docs, problems.orNil()
}

// parseCore reads one line and says what is wrong with it, "" for nothing.
func parseCore(line []byte) (CoreDoc, string) {
	if !utf8.Valid(line) {
		return CoreDoc{}, "not valid UTF-8"
	}
	var raw struct {
		ID        string        `json:"id"`
		Sentences [][]CoreToken `json:"sentences"`
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		return CoreDoc{ID: raw.ID}, "not a CoreNLP document: " + err.Error()
	}
	d := CoreDoc{ID: raw.ID, Sentences: raw.Sentences}
	end := 0
	for i, sentence := range d.Sentences {
		for j, t := range sentence {
			if t.Head < -1 || t.Head >= len(sentence) || t.Head == j {
				return d, fmt.Sprintf("sentence %d, token %d: head %d", i, j, t.Head)
			}
			if t.Span.Start < end || t.Span.End < t.Span.Start {
				return d, fmt.Sprintf("sentence %d, token %d: span [%d,%d] is out of order", i, j, t.Span.Start, t.Span.End)
			}
			end = t.Span.End
		}
	}
	return d, ""
}
