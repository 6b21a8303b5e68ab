package corpus

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"quoth"
)

func TestSegments(t *testing.T) {
	in := `{"id": "a", "tokens": ["Hale", "said", "it", "opens", "."], "labels": ["B-source", "B-cue", "B-content", "I-content", "O"]}
{"id": "a", "tokens": ["“", "Boats", "”", "cried", "Zoë", "Reed"], "labels": ["I-content", "I-content", "B-content", "B-cue", "B-source", "I-source"]}
{"id": "b", "tokens": ["Rain"], "labels": ["O"]}
{"id": "b", "tokens": ["Rain"], "labels": []}
{"id": "b", "tokens": ["Rain"], "labels": ["B-rain"]}
`
	docs, err := ReadAttributionsFrom(strings.NewReader(in), "x")
	if problems, ok := err.(Problems); !ok || len(problems) != 2 || problems[0].Line != 4 || problems[1].Line != 5 {
		t.Errorf("got error %v, want problems of lines 4 and 5", err)
	}
	if len(docs) != 2 || docs[0].Text != "Hale said it opens .\n\n“ Boats ” cried Zoë Reed" || docs[1].Text != "Rain" {
		t.Fatalf("got %+v", docs)
	}
	var got []string
	for _, at := range docs[0].Gold() {
		for name, role := range map[string][]quoth.Span{"S": at.Source, "C": at.Cue, "Q": at.Content} {
			for _, s := range role {
				got = append(got, name+" "+s.In(docs[0].Text))
			}
		}
	}
	want := []string{"S Hale", "C said", "Q it opens", "Q “ Boats", "Q ”", "C cried", "S Zoë Reed"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(docs[1].Gold()) != 0 {
		t.Errorf("got %v of rain", docs[1].Gold())
	}
}

func TestTreeAttributions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	in := `{"doc": "d", "source": [[1, 1]], "cue": [[2, 2]], "content": [[3, 4], [5, 5]]}
{"doc": "d", "source": [[1, 1]], "cue": [], "content": [[3, 4]]}
{"doc": "e", "source": [[1, 1]], "cue": [[2, 2]], "content": [[3, 4]]}
{"doc": "d", "source": [[1, 1]], "cue": [[2, 9]], "content": [[3, 4]]}
{
`
	if err := os.WriteFile(path, []byte(in), 0o600); err != nil {
		t.Fatal(err)
	}
	trees, err := ReadCoNLLUFrom(strings.NewReader(`# newdoc id = d
1	Hale	Hale	PROPN	NNP	_	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	it	it	PRON	PRP	_	4	nsubj	_	_
4	opens	open	VERB	VBZ	_	2	ccomp	_	SpaceAfter=No

1	Today	today	NOUN	NN	_	0	root	_	_

`), "trees")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := ReadTreeAttributions(path, trees)
	if problems, ok := err.(Problems); !ok || len(problems) != 2 || problems[0].Line != 4 || problems[1].Line != 5 {
		t.Errorf("got error %v, want problems of lines 4 and 5", err)
	}
	if len(docs) != 1 || len(docs[0].Gold()) != 1 {
		t.Fatalf("got %+v, want one attribution", docs)
	}
	at, text := docs[0].Gold()[0], docs[0].Text
	if at.Source[0].In(text) != "Hale" || at.Cue[0].In(text) != "said" || at.Content[0].In(text) != "it opens" || at.Content[1].In(text) != "Today" {
		t.Errorf("got %v in %q", at, text)
	}
	if _, err := ReadTreeAttributions(path+"x", trees); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("no file: got %v", err)
	}
}
