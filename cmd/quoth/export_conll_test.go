package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/tokenize"
)

func TestAppendCoNLL(t *testing.T) {
	text := "“Safe,” said Zoë Hale.\nNo."
	r := quoth.Reading{
		Article: quoth.Article{ID: "a\n1", URL: "https://coast.example/1", Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(text)}}}},
		Statements: []quoth.Statement{{
			ID:      "s1",
			Content: quoth.NewRole(text, []quoth.Span{spanIn(text, "“Safe,”")}),
			Cue:     quoth.NewRole(text, []quoth.Span{spanIn(text, "said")}),
			Source:  quoth.NewRole(text, []quoth.Span{spanIn(text, "Zoë Hale")}),
		}, {
			ID:      "s2",
			Content: quoth.NewRole(text, []quoth.Span{spanIn(text, "Hale"), spanIn(text, "No")}),
		}},
	}
	d := &nlp.Doc{Text: text, Blocks: r.Article.Blocks}
	tokenize.Stage{}.Run(d)
	n := len(d.Tokens)
	d.UPOS, d.XPOS, d.XPOSNames, d.Lemmas = make([]nlp.UPOS, n), make([]uint8, n), []string{"NN"}, make([]string, n)
	d.Heads, d.Rels, d.RelNames = make([]int32, n), make([]uint8, n), []string{"dep"}
	for _, s := range d.Sentences {
		for i := s.First; i < s.Past; i++ {
			d.Heads[i] = int32(s.First)
		}
		d.Heads[s.First] = -1
	}
	var b bytes.Buffer
	appendCoNLL(&b, d, r)
	want := `# newdoc id = a 1
# url = https://coast.example/1
# sent_id = 1
# text = “Safe,” said Zoë Hale.
1	“	_	X	NN	0	dep	Start=0|End=3|SpaceAfter=No	s1:B-content
2	Safe	_	X	NN	1	dep	Start=3|End=7|SpaceAfter=No	s1:I-content
3	,	_	X	NN	1	dep	Start=7|End=8|SpaceAfter=No	s1:I-content
4	”	_	X	NN	1	dep	Start=8|End=11	s1:I-content
5	said	_	X	NN	1	dep	Start=12|End=16	s1:B-cue
6	Zoë	_	X	NN	1	dep	Start=17|End=21	s1:B-source
7	Hale	_	X	NN	1	dep	Start=22|End=26|SpaceAfter=No	s1:I-source|s2:B-content
8	.	_	X	NN	1	dep	Start=26|End=27	_

# sent_id = 2
# text = No.
1	No	_	X	NN	0	dep	Start=28|End=30|SpaceAfter=No	s2:B-content
2	.	_	X	NN	1	dep	Start=30|End=31	_

`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func spanIn(text, part string) quoth.Span {
	i := strings.Index(text, part)
	return quoth.Span{Start: i, End: i + len(part)}
}

// layered is the double with the one layer that needs no model.
type layered struct{ double }

func (layered) Pipeline() *nlp.Pipeline {
	p, err := nlp.NewPipeline(tokenize.Stage{})
	if err != nil {
		panic(err)
	}
	return p
}

// Articles of a record go out as tokens, to one stream or to a folder.
func TestExportCoNLL(t *testing.T) {
	dir := t.TempDir()
	record := filepath.Join(dir, "r.db")
	w := newWorld(`{"id": "a", "text": "“It is not safe,” said Zoë Hale."}
{"id": "b", "text": "“It is safe,” said Tobias Renn."}
`)
	w.NewAnalyzer = func() (quoth.Analyzer, error) { return layered{}, nil }
	for _, command := range []string{"add --clean --record " + record + " --from jsonl -", "export --to conll --record " + record, "export --to conll --record " + record + " --out " + dir} {
		if status := run(t.Context(), &w.Env, strings.Fields(command)); status != exitGood {
			t.Fatalf("%s: %s", command, w.err.String())
		}
	}
	got := w.out.String()
	for part, want := range map[string]int{conllColumns: 1, "# newdoc id = ": 2, "\t_\t_\t_\t_\t_\tStart=": 21, ":B-content": 2, ":I-source": 2, "1\t“\t": 2} {
		if n := strings.Count(got, part); n != want {
			t.Errorf("%q is there %d times, want %d, in\n%s", part, n, want, got)
		}
	}
	if files, err := filepath.Glob(filepath.Join(dir, "*.conllup")); err != nil || len(files) != 2 {
		t.Errorf("files: %v, %v", files, err)
	}
}
