package surface

import (
	"slices"
	"testing"

	"quoth/nlp"
	"quoth/nlp/neural"
)

// blocks is a document of blocks of so many tokens, one sentence each.
func blocks(sizes ...int) *nlp.Doc {
	d := &nlp.Doc{}
	for i, n := range sizes {
		at := len(d.Tokens)
		for range n {
			d.Tokens = append(d.Tokens, nlp.Token{Lower: uint64(len(d.Tokens) % 7), Depth: uint8(i)})
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: at, Past: len(d.Tokens)}, Block: i})
	}
	return d
}

func TestStretches(t *testing.T) {
	for name, c := range map[string]struct {
		blocks []int
		want   []nlp.TokenRange
	}{
		"nothing":                     {nil, nil},
		"short blocks go together":    {[]int{100, 100, 50}, []nlp.TokenRange{{First: 0, Past: 250}}},
		"as long as may be":           {[]int{Longest}, []nlp.TokenRange{{First: 0, Past: Longest}}},
		"a block that does not fit":   {[]int{200, 100}, []nlp.TokenRange{{First: 0, Past: 200}, {First: 200, Past: 300}}},
		"a block longer than may be":  {[]int{10, 2*Longest + 3}, []nlp.TokenRange{{First: 0, Past: 10}, {First: 10, Past: 10 + Longest}, {First: 10 + Longest, Past: 10 + 2*Longest}, {First: 10 + 2*Longest, Past: 13 + 2*Longest}}},
		"what follows joins the rest": {[]int{Longest + 3, 20}, []nlp.TokenRange{{First: 0, Past: Longest}, {First: Longest, Past: Longest + 23}}},
	} {
		if got := Stretches(blocks(c.blocks...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// Examples give each token the numbers of its features, and the field's first one for those
// that have none.
func TestExamples(t *testing.T) {
	d := blocks(3, 4)
	var fields [][]uint64
	for i, f := range Append(nil, d, 0) {
		fields = append(fields, []uint64{uint64(i), f})
	}
	rows := neural.Rows(fields)
	got := Examples(d, []nlp.TokenRange{{First: 0, Past: 3}, {First: 3, Past: 7}}, rows)
	if len(got) != 2 || len(got[0].Rows) != 3*Fields || len(got[1].Gold) != 4 {
		t.Fatalf("got %v", got)
	}
	if want := []int32{5, 6, 7, 8, 9}; !slices.Equal(got[0].Rows[:Fields], want) {
		t.Errorf("a token all of whose features are known has %v, want %v", got[0].Rows[:Fields], want)
	}
	if want := []int32{0, 6, 7, 8, 9}; !slices.Equal(got[0].Rows[Fields:2*Fields], want) {
		t.Errorf("one whose word is not has %v, want %v", got[0].Rows[Fields:2*Fields], want)
	}
	if got[1].Rows[4] != 4 {
		t.Errorf("one at another depth has %v", got[1].Rows[:Fields])
	}
}

// The most frequent features of each field are kept, after one for those that are not.
func TestVocabulary(t *testing.T) {
	v := newVocabulary()
	v.count(blocks(12)) // words 0 to 4 twice, 5 and 6 once
	fields := v.list([Fields]int{2, 1, 1, 1, 9})
	if len(fields) != Fields {
		t.Fatalf("%d fields", len(fields))
	}
	first := func(i int) uint64 { return Append(nil, &nlp.Doc{Tokens: []nlp.Token{{Lower: uint64(i)}}}, 0)[0] }
	if len(fields[0]) != 3 || slices.Contains(fields[0], first(5)) || slices.Contains(fields[0], first(6)) {
		t.Errorf("the words are %v", fields[0])
	}
	if len(fields[1]) != 2 {
		t.Errorf("%d endings, want the most frequent one and one for others", len(fields[1])-1)
	}
}

func TestTrainWordsRefuses(t *testing.T) {
	if _, err := TrainWords(slices.Values([]*nlp.Doc{}), Options{}); err == nil {
		t.Error("words are learned from no text")
	}
	if err := (Options{Width: 33}).Check(); err == nil {
		t.Error("a width of 33 passes")
	}
}
