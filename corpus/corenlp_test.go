package corpus

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"quoth"
)

const coreLine = `{"id":"a","sentences":[[["Zo\u00eb","Zoë","NNP","PERSON",0,4,1,"nsubj"], [ "says" , "say","VBZ","O",5,9 , -1,"root" ]],[["\"]","\"]","''","O",10,12,-1,"root"]]]}`

func TestReadCoreNLP(t *testing.T) {
	docs, err := ReadCoreNLP(write(t, "x.gz", zip(t, coreLine+"\n\n")))
	want := []CoreDoc{{ID: "a", Sentences: [][]CoreToken{
		{{"Zoë", "Zoë", "NNP", "PERSON", quoth.Span{Start: 0, End: 4}, 1, "nsubj"}, {"says", "say", "VBZ", "O", quoth.Span{Start: 5, End: 9}, -1, "root"}},
		{{`"]`, `"]`, "''", "O", quoth.Span{Start: 10, End: 12}, -1, "root"}},
	}}}
	if err != nil || !reflect.DeepEqual(docs, want) {
		t.Errorf("got %+v, %v", docs, err)
	}
}

func TestBrokenCoreNLP(t *testing.T) {
	token := func(s string) string { return `{"id":"b","sentences":[[` + s + `]]}` }
	for _, c := range []struct{ name, line, want string }{
		{"no JSON", `{`, "not a CoreNLP document"},
		{"invalid UTF-8", "{\"id\":\"\xff\"}", "not valid UTF-8"},
		{"seven fields", token(`["a","a","NN","O",0,1,-1]`), "a token is"},
		{"nine fields", token(`["a","a","NN","O",0,1,-1,"root",1]`), "a token is"},
		{"a string for a number", token(`["a","a","NN","O","0",1,-1,"root"]`), "a token is"},
		{"a number for a string", token(`[1,"a","NN","O",0,1,-1,"root"]`), "a token is"},
		{"an object", token(`{}`), "a token is"},
		{"head outside the sentence", token(`["a","a","NN","O",0,1,1,"root"]`), "sentence 0, token 0: head 1"},
		{"its own head", token(`["a","a","NN","O",0,1,0,"root"]`), "head 0"},
		{"spans out of order", token(`["a","a","NN","O",4,5,-1,"root"],["b","b","NN","O",2,3,0,"dep"]`), "span [2,3] is out of order"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := ReadCoreNLP(write(t, "x.jsonl", coreLine+"\n"+c.line))
			var problems Problems
			if !errors.As(err, &problems) || len(docs) != 1 || !strings.Contains(err.Error(), "x.jsonl:2: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %d documents, %v", len(docs), err)
			}
		})
	}
}

// The token decoder by hand takes only what encoding/json takes.
func FuzzCoreToken(f *testing.F) {
	f.Add(`["Zo\u00eb","Zoë","NNP","PERSON",0,4,1,"nsubj"]`)
	f.Add(`["\\","",  "''","O" ,0, 4,-1,"]" ]`)
	f.Add(`[`)
	f.Fuzz(func(t *testing.T, data string) {
		var got CoreToken
		if json.Unmarshal([]byte(data), &got) != nil {
			return
		}
		var list []any
		if err := json.Unmarshal([]byte(data), &list); err != nil || list != nil && len(list) != 8 {
			t.Fatalf("%q is no token, got %+v", data, got)
		}
		if list != nil && (list[0] != got.Word || list[4] != float64(got.Span.Start) || list[7] != got.Relation) {
			t.Fatalf("%q: got %+v, want %v", data, got, list)
		}
	})
}
