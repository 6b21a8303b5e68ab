package corpus

import (
	"bytes"
	"fmt"
	"strings"

	"quoth"
)

// ReadCoNLL2012 reads documents with coreference in the format of the CoNLL-2012 shared
// task, as LitBank (Bamman et al. 2020) is written: a token a line in columns, clusters in
// the last that is not empty, a blank line after each sentence. Plain or gzipped. There
// are no trees in it: heads are -1. Texts are the tokens joined by blanks, without one
// before what closes ("said ,"), a paragraph a document. Broken lines are told in
// [Problems]; other errors are *quoth.Error with code NotFound or Invalid.
func ReadCoNLL2012(path string) ([]TreeDoc, error) {
	var r conll2012
	err := eachLine(path, func(n int, line []byte) {
		if what := r.line(bytes.TrimRight(line, "\r\n")); what != "" {
			r.problems = append(r.problems, Problem{File: path, Line: n, ID: r.doc.ID, What: what})
		}
	})
	if err != nil {
		return nil, err
	}
	r.endDoc()
	if len(r.docs) == 0 {
		return nil, errEmpty(path, "document in the format of CoNLL-2012")
	}
	return r.docs, r.problems.orNil()
}

// conll2012 is the state of one reading.
type conll2012 struct {
	docs     []TreeDoc
	problems Problems
	doc      TreeDoc
	text     strings.Builder
	sentence TreeSentence
}

// line takes one line and returns what is wrong with it.
func (r *conll2012) line(line []byte) string {
	text := string(line)
	if id, ok := strings.CutPrefix(text, "#begin document ("); ok {
		r.endDoc()
		r.doc.ID, _, _ = strings.Cut(id, ")")
		return ""
	}
	if strings.HasPrefix(text, "#") || strings.TrimSpace(text) == "" {
		r.endSentence()
		return ""
	}
	columns := strings.Split(text, "\t")
	if len(columns) < 5 || columns[3] == "" {
		return fmt.Sprintf("a line of %d columns", len(columns))
	}
	for columns[len(columns)-1] == "" {
		columns = columns[:len(columns)-1]
	}
	word := columns[3]
	if r.text.Len() > 0 && !strings.ContainsAny(word[:1], ".,;:!?)") && !strings.HasPrefix(word, "n't") && (word[0] != '\'' || len(word) == 1) {
		r.text.WriteByte(' ')
	}
	start := r.text.Len()
	r.text.WriteString(word)
	token := TreeToken{Span: quoth.Span{Start: start, End: r.text.Len()}, Form: word, Head: -1}
	if clusters := columns[len(columns)-1]; clusters != "_" && clusters != "-" {
		token.Misc = "Entity=" + strings.ReplaceAll(clusters, "|", "")
	}
	r.sentence.Tokens = append(r.sentence.Tokens, token)
	return ""
}

func (r *conll2012) endSentence() {
	if len(r.sentence.Tokens) > 0 {
		r.doc.Sentences = append(r.doc.Sentences, r.sentence)
	}
	r.sentence = TreeSentence{}
}

func (r *conll2012) endDoc() {
	r.endSentence()
	if len(r.doc.Sentences) > 0 {
		r.doc.Text = r.text.String()
		r.doc.Paragraphs = []quoth.Span{{Start: 0, End: len(r.doc.Text)}}
		r.docs = append(r.docs, r.doc)
	}
	r.doc, r.text = TreeDoc{}, strings.Builder{}
}
