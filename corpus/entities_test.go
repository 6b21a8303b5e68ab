package corpus

import (
	"strings"
	"testing"
)

func TestEntities(t *testing.T) {
	file := strings.ReplaceAll(`# newdoc id = a
# sent_id = a-1
1 The the DET DT _ 2 det _ Entity=(1-person-new-cf1-2-sgl
2 mayor mayor NOUN NN _ 5 nsubj _ _
3 of of ADP IN _ 4 case _ _
4 Ostby Ostby PROPN NNP _ 2 nmod _ Entity=(2-place-new)1)
5 saw see VERB VBD _ 0 root _ _
6 her her PRON PRP$ _ 7 nmod:poss _ Entity=(4-object(1-person)
7 boat boat NOUN NN _ 5 obj _ Entity=4)|SpaceAfter=No
8 . . PUNCT . _ 5 punct _ Entity=(9[1/2]-abstract)

# sent_id = a-2
1 Renn Renn PROPN NNP _ 2 nsubj _ Entity=(3)
2 left leave VERB VBD _ 0 root _ Entity=(8
3 . . PUNCT . _ 2 punct _ Entity=7)

`, " ", "\t")
	file = strings.ReplaceAll(strings.ReplaceAll(file, "#\t", "# "), "\t=\t", " = ")
	docs, err := ReadCoNLLUFrom(strings.NewReader(file), "a.conllu")
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	want := []struct{ words, head, entity, kind string }{
		{"Ostby", "Ostby", "2", "place"},
		{"The mayor of Ostby", "mayor", "1", "person"},
		{"her", "her", "1", "person"},
		{"her boat", "boat", "4", "object"},
		{"Renn", "Renn", "3", ""},
	}
	got := d.Entities()
	if len(got) != len(want) {
		t.Fatalf("%d mentions, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if g := got[i]; g.Span.In(d.Text) != w.words || g.Head.In(d.Text) != w.head || g.Entity != w.entity || g.Type != w.kind {
			t.Errorf("mention %d: %q, head %q, %s %s; want %+v", i, g.Span.In(d.Text), g.Head.In(d.Text), g.Entity, g.Type, w)
		}
	}
}

func TestReadGAP(t *testing.T) {
	file := "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n" +
		"t-1\tZoë Hale met Ana Renn, and she smiled.\tshe\t27\tZoë Hale\t0\tFALSE\tAna Renn\t13\tTRUE\thttp://example.org\n" +
		"t-2\tHe left.\tHe\t4\tX\t0\tFALSE\tY\t0\tFALSE\thttp://example.org\n" +
		"t-3\tshort\n"
	docs, err := ReadGAP(writeFile(t, "gap.tsv", file))
	problems, ok := err.(Problems)
	if !ok || len(problems) != 2 || problems[0].Line != 3 || problems[1].Line != 4 {
		t.Errorf("problems %v", err)
	}
	if len(docs) != 1 {
		t.Fatalf("%d snippets, want 1", len(docs))
	}
	d := docs[0]
	if d.Pronoun.In(d.Text) != "she" || d.A.In(d.Text) != "Zoë Hale" || d.B.In(d.Text) != "Ana Renn" || d.IsA || !d.IsB || !d.Feminine() {
		t.Errorf("got %+v", d)
	}
	if _, err := ReadGAP(writeFile(t, "empty.tsv", "ID\tText\n")); err == nil {
		t.Error("no error for a file without a line")
	}
}

func TestReadTreeDates(t *testing.T) {
	file := "# newdoc id = a\n# meta::dateCreated = 2016-09-22\n" + strings.ReplaceAll(`1 In in ADP IN _ 2 case _ _
2 May May PROPN NNP _ 4 obl _ XML=<date|when:::"2014-05">
3 2014 2014 NUM CD _ 2 nummod _ SpaceAfter=No|XML=</date>
4 left leave VERB VBD _ 0 root _ XML=<hi>
5 winters winter NOUN NNS _ 4 obl _ XML=</hi><date|from:::"2014"|to:::"2016"></date>

`, " ", "\t")
	file = strings.ReplaceAll(strings.ReplaceAll(file, "<date|", "<date "), `"|to`, `" to`)
	docs, err := ReadTimexes(writeFile(t, "a.conllu", file))
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	if d.ID != "a" || d.DCT != "2016-09-22" || len(d.Timexes) != 2 {
		t.Fatalf("got %+v", d)
	}
	for i, want := range []string{"May 2014=2014-05", "winters=2014/2016"} {
		if got := d.Timexes[i].In(d.Text) + "=" + d.Timexes[i].Value; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
