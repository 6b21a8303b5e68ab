package corpus

import (
	"fmt"
	"strconv"
	"strings"

	"quoth"
)

// PronounDoc is a snippet with an ambiguous pronoun and two names, as in GAP.
type PronounDoc struct {
	ID, Text      string
	Pronoun, A, B quoth.Span // bytes of Text
	IsA, IsB      bool       // the pronoun means A, B; never both, perhaps neither
}

// Feminine reports whether the pronoun is she, her, hers or herself.
func (d PronounDoc) Feminine() bool {
	w := strings.ToLower(d.Text[d.Pronoun.Start:d.Pronoun.End])
	return w == "she" || strings.HasPrefix(w, "her")
}

// ReadGAP reads a file of GAP (Webster et al. 2018): tab-separated, plain or gzipped, with a
// line of column names. Its offsets, in characters, become bytes. Broken lines are skipped
// and returned as [Problems]; other errors are *quoth.Error with code NotFound or Invalid.
func ReadGAP(path string) ([]PronounDoc, error) {
	var docs []PronounDoc
	var problems Problems
	err := eachLine(path, func(n int, line []byte) {
		if n == 1 && strings.HasPrefix(string(line), "ID\t") {
			return
		}
		d, what := pronounDoc(strings.Split(string(line), "\t"))
		if what != "" {
			problems = append(problems, Problem{File: path, Line: n, ID: d.ID, What: what})
			return
		}
		docs = append(docs, d)
	})
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, errEmpty(path, "line of GAP")
	}
	return docs, problems.orNil()
}

// pronounDoc reads the columns of a line: ID, text, then pronoun, name A and name B with
// the offset of each, and for the names whether the pronoun means them. It returns what
// is wrong with them, "" when nothing.
func pronounDoc(columns []string) (d PronounDoc, what string) {
	if len(columns) < 10 {
		return d, fmt.Sprintf("a line has %d columns, not 11", len(columns))
	}
	d.ID, d.Text = columns[0], columns[1]
	for _, f := range []struct {
		to           *quoth.Span
		words, place string
	}{{&d.Pronoun, columns[2], columns[3]}, {&d.A, columns[4], columns[5]}, {&d.B, columns[7], columns[8]}} {
		characters, err := strconv.Atoi(f.place)
		start := byteOf(d.Text, characters)
		if err != nil || start < 0 || f.words == "" || !strings.HasPrefix(d.Text[start:], f.words) {
			return d, fmt.Sprintf("no %q at character %s", f.words, f.place)
		}
		*f.to = quoth.Span{Start: start, End: start + len(f.words)}
	}
	d.IsA, d.IsB = strings.EqualFold(columns[6], "true"), strings.EqualFold(columns[9], "true")
	return d, ""
}

// byteOf returns the byte at which character n of s, from 0, begins; -1 outside of s.
func byteOf(s string, n int) int {
	for at := range s {
		if n == 0 {
			return at
		}
		n--
	}
	return -1
}
