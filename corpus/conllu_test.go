package corpus

import (
	"strings"
	"testing"

	"quoth/nlp"
)

const tinyTree = `# newdoc id = zoe-1
# newpar id = zoe-1-p1
# sent_id = zoe-1-1
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	_	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	tell	tell	VERB	VB	_	0	root	_	_
4	Zoë	Zoë	PROPN	NNP	_	3	obj	_	SpaceAfter=No
5	!	!	PUNCT	.	_	3	punct	_	_
5.1	ghost	ghost	NOUN	NN	_	_	_	3:obj	_

# sent_id = zoe-1-2
1	Later	later	ADV	RB	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	_	_

# newpar
1-2	gonna	_	_	_	_	_	_	_	_
1	gon	go	VERB	VBG	_	0	root	_	_
2	na	to	PART	TO	_	1	xcomp:odd	_	_

# newdoc id = zoe-2
1	Hale	Hale	PROPN	NNP	_	0	root	_	_
2	Tuesday	Tuesday	PROPN	NNP	_	1	nmod:tmod	_	_
`

func TestReadCoNLLU(t *testing.T) {
	docs, err := ReadCoNLLUFrom(strings.NewReader(tinyTree), "tiny")
	if err != nil || len(docs) != 2 {
		t.Fatalf("got %d documents, error %v, want 2, nil", len(docs), err)
	}
	if want := "Don't tell Zoë! Later.\n\ngonna"; docs[0].Text != want || docs[0].ID != "zoe-1" {
		t.Errorf("got id %q, text %q, want %q", docs[0].ID, docs[0].Text, want)
	}
	d := docs[0].Doc()
	var words []string
	for i := range d.Tokens {
		words = append(words, d.Word(i)+"/"+d.XPOSNames[d.XPOS[i]]+"/"+d.RelNames[d.Rels[i]])
	}
	want := "Do/VB/aux n't/RB/advmod tell/VB/root Zoë/NNP/obj !/./punct Later/RB/root ././punct gon/VBG/root na/TO/xcomp"
	if got := strings.Join(words, " "); got != want {
		t.Errorf("got %s", got)
	}
	if d.Heads[0] != 2 || d.Heads[2] != -1 || d.Heads[8] != 7 {
		t.Errorf("got heads %v", d.Heads)
	}
	if len(d.Blocks) != 2 || len(d.Sentences) != 3 || d.Sentences[2].Block != 1 || d.Sentences[1].First != 5 {
		t.Errorf("got blocks %v, sentences %v", d.Blocks, d.Sentences)
	}
	if !d.Tokens[5].Flags.Has(nlp.StartsSent) || d.Tokens[5].Flags.Has(nlp.StartsBlock) || !d.Tokens[7].Flags.Has(nlp.StartsBlock|nlp.StartsSent) {
		t.Errorf("the flags of place are wrong: %v %v", d.Tokens[5].Flags, d.Tokens[7].Flags)
	}
	if d.Tokens[1].Space || !d.Tokens[2].Space || d.Tokens[4].Space || !d.Tokens[5].Space {
		t.Error("Space is wrong")
	}
	d = docs[1].Doc()
	if got := d.RelNames[d.Rels[1]]; got != "nmod:unmarked" {
		t.Errorf("nmod:tmod: got %s, want nmod:unmarked", got)
	}
}

func TestReadCoNLLUBroken(t *testing.T) {
	for name, rows := range map[string]string{
		"columns":    "1\tHale\tHale\n",
		"numbers":    "1\tHale\t_\tX\t_\t_\t0\troot\t_\t_\n3\tsaid\t_\tX\t_\t_\t1\tdep\t_\t_\n",
		"head":       "1\tHale\t_\tX\t_\t_\t7\troot\t_\t_\n",
		"own head":   "1\tHale\t_\tX\t_\t_\t1\troot\t_\t_\n",
		"range":      "1-3\tHale\t_\t_\t_\t_\t_\t_\t_\t_\n1\tHale\t_\tX\t_\t_\t0\troot\t_\t_\n",
		"not number": "one\tHale\t_\tX\t_\t_\t0\troot\t_\t_\n",
	} {
		docs, err := ReadCoNLLUFrom(strings.NewReader(rows+"\n"+tinyTree), "tiny")
		if problems, ok := err.(Problems); !ok || len(problems) != 1 || problems[0].Line != 1 || len(docs) != 2 {
			t.Errorf("%s: got %d documents, error %v, want 2 and one problem of line 1", name, len(docs), err)
		}
		if _, err := ReadCoNLLUFrom(strings.NewReader(rows), "tiny"); err == nil {
			t.Errorf("%s: a file without a sound sentence got no error", name)
		}
	}
}

// The words of a multiword token share out its written form, whatever they look like.
func TestMultiwordParts(t *testing.T) {
	for _, c := range []struct {
		surface string
		words   []string
		want    string
	}{
		{"can't", []string{"ca", "n't"}, "ca|n't"},
		{"cannot", []string{"can", "not"}, "can|not"},
		{"gonna", []string{"gon", "na"}, "gon|na"},
		{"gonna", []string{"going", "to"}, "gonn|a"},
		{"Zoë’s", []string{"Zoë", "’s"}, "Zoë|’s"},
		{"ë’", []string{"is", "it"}, "ë|’"},
		{"a", []string{"is", "it"}, "a|a"},
	} {
		var rows []treeRow
		for _, w := range c.words {
			rows = append(rows, treeRow{token: TreeToken{Form: w}})
		}
		var got []string
		for _, p := range parts(c.surface, 3, rows) {
			got = append(got, ("..." + c.surface)[p.Span.Start:p.Span.End])
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s as %v: got %s, want %s", c.surface, c.words, g, c.want)
		}
	}
}
