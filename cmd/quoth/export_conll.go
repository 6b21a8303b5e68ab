package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/english"
	"quoth/nlp/tokenize"
	"quoth/render"
)

// conllFormat is the format of --to conll: CoNLL-U Plus, one token a line, with the roles that
// it has in statements. The layers below are not in the record: they are read again.
func conllFormat(env *Env) (render.Format, error) {
	stages, _, err := env.stages("")
	if err != nil {
		return render.Format{}, err
	}
	tree := stagesFor(stages, nlp.Tags|nlp.Lemmas|nlp.Heads)
	return render.Format{Name: "conll", Extension: ".conllup", New: func(w io.Writer, _ render.Options) render.Writer {
		return &conllWriter{w: w, tree: tree}
	}}, nil
}

// conllColumns is the first line of a file, which names the columns.
const conllColumns = "# global.columns = ID FORM LEMMA UPOS XPOS HEAD DEPREL MISC QUOTH:ROLES\n"

// conllWriter implements render.Writer.
type conllWriter struct {
	w       io.Writer
	tree    []nlp.Stage // for English; of other languages there is no tree
	isBegun bool
}

// Write writes the tokens of r.
func (c *conllWriter) Write(r quoth.Reading) error {
	d := english.Doc(r.Article)
	tokenize.Stage{}.Run(d)
	if language := r.Article.Language; language == "" || language == "en" {
		runAll(d, c.tree)
	}
	var b bytes.Buffer
	if !c.isBegun {
		b.WriteString(conllColumns)
	}
	c.isBegun = true
	appendCoNLL(&b, d, r)
	_, err := c.w.Write(b.Bytes())
	return err
}

// Close implements render.Writer.
func (c *conllWriter) Close() error { return nil }

// appendCoNLL writes the sentences of d, which is the document of r's article.
func appendCoNLL(b *bytes.Buffer, d *nlp.Doc, r quoth.Reading) {
	fmt.Fprintf(b, "# newdoc id = %s\n", printable(r.Article.ID))
	if r.Article.URL != "" {
		fmt.Fprintf(b, "# url = %s\n", printable(r.Article.URL))
	}
	roles := rolesOf(d, r.Statements)
	for i, s := range d.Sentences {
		if s.Len() == 0 {
			continue
		}
		fmt.Fprintf(b, "# sent_id = %d\n# text = %s\n", i+1, printable(d.Span(s.TokenRange).In(d.Text)))
		for t := s.First; t < s.Past; t++ {
			fmt.Fprintf(b, "%d\t%s\t%s\t%s\t%s\n", t-s.First+1, printable(d.Word(t)), treeColumns(d, s, t), miscOf(d, t), orBlank(roles[t]))
		}
		b.WriteByte('\n')
	}
}

// rolesOf is the column of roles of every token: "s1:B-content" where a piece of the content
// of statement s1 begins, "s1:I-content" where it goes on, several with | between.
func rolesOf(d *nlp.Doc, statements []quoth.Statement) []string {
	roles := make([]string, len(d.Tokens))
	for _, s := range statements {
		for _, role := range []struct {
			name string
			role *quoth.Role
		}{{"source", s.Source}, {"cue", s.Cue}, {"content", s.Content}} {
			if role.role == nil {
				continue
			}
			for _, span := range role.role.Spans {
				piece := d.TokensIn(span)
				for t := piece.First; t < piece.Past; t++ {
					part := "I"
					if t == piece.First {
						part = "B"
					}
					if roles[t] != "" {
						roles[t] += "|"
					}
					roles[t] += s.ID + ":" + part + "-" + role.name
				}
			}
		}
	}
	return roles
}

// treeColumns are lemma, tags, head and relation of a token of sentence s; the head is a number
// in the sentence, 0 for its root.
func treeColumns(d *nlp.Doc, s nlp.Sentence, t int) string {
	columns := [...]string{"_", "_", "_", "_", "_"}
	if d.Lemmas != nil {
		columns[0] = orBlank(printable(d.Lemmas[t]))
	}
	if d.UPOS != nil {
		columns[1], columns[2] = d.UPOS[t].String(), orBlank(d.XPOSNames[d.XPOS[t]])
	}
	if d.Heads != nil {
		head := 0
		if h := int(d.Heads[t]); h >= 0 {
			head = h - s.First + 1
		}
		columns[3], columns[4] = fmt.Sprint(head), d.RelNames[d.Rels[t]]
	}
	return strings.Join(columns[:], "\t")
}

// miscOf tells the bytes of the article's text that a token stands at, and whether a blank
// follows it.
func miscOf(d *nlp.Doc, t int) string {
	misc := fmt.Sprintf("Start=%d|End=%d", d.Tokens[t].Start, d.Tokens[t].End)
	if t+1 < len(d.Tokens) && !d.Tokens[t+1].Space {
		misc += "|SpaceAfter=No"
	}
	return misc
}

// orBlank is "_" for nothing.
func orBlank(s string) string {
	if s == "" {
		return "_"
	}
	return s
}
