package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestEvalCoref(t *testing.T) {
	rows := func(s string) string { return strings.ReplaceAll(s, " ", "\t") }
	tree := func(types [3]string) string {
		return "# newdoc id = a\n" +
			rows("1 Anna Anna PROPN NNP _ 3 nsubj _ Entity=(1"+types[0]+"\n2 Renn Renn PROPN NNP _ 1 flat _ Entity=1)\n3 left leave VERB VBD _ 0 root _ _\n"+
				"4 a a DET DT _ 5 det _ Entity=(2"+types[1]+"\n5 boat boat NOUN NN _ 3 obj _ Entity=2)|SpaceAfter=No\n6 . . PUNCT . _ 3 punct _ _\n\n"+
				"1 She she PRON PRP _ 2 nsubj _ Entity=(1"+types[2]+")\n2 sold sell VERB VBD _ 0 root _ _\n3 it it PRON PRP _ 2 obj _ Entity=(2"+types[1]+")|SpaceAfter=No\n4 . . PUNCT . _ 2 punct _ _\n\n")
	}
	env, out, dir := evalFiles(t, map[string]string{
		"onto.conllu": tree([3]string{}),
		"gum.conllu":  tree([3]string{"-person-new", "-object-new", "-person-giv"}),
		"gap.tsv": "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n" +
			"t-1\tAnna Renn met Tom Hale in May. She praised him.\tShe\t31\tAnna Renn\t0\tTRUE\tTom Hale\t14\tFALSE\t\n",
	})
	c := EvalCorefCmd{Gold: []string{filepath.Join(dir, "onto.conllu"), filepath.Join(dir, "gap.tsv")}, Types: filepath.Join(dir, "gum.conllu")}
	if err := c.Run(t.Context(), env); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "parties, heads") || !strings.Contains(out.String(), "nearer name") {
		t.Errorf("got\n%s", out)
	}
	out.Reset()
	c.JSON = true
	if err := c.Run(t.Context(), env); err != nil {
		t.Fatal(err)
	}
	var r corefReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Sets[0].Clusters) == 0 || !strings.Contains(out.String(), `"clusters"`) {
		t.Errorf("no clusters in\n%s", out)
	}
	for _, row := range r.Sets[0].Clusters {
		switch row.Name {
		case "spans", "heads":
			// One of two clusters, and nothing else.
			if row.MUC.P != 1 || row.MUC.R != 0.5 || row.CEAFe.P != 1 || row.CEAFe.R != 0.5 {
				t.Errorf("%s: %+v", row.Name, row)
			}
		case "parties, heads":
			if row.CoNLL != 1 || row.Gold != 2 {
				t.Errorf("%s: %+v", row.Name, row)
			}
		}
	}
	if own, near := r.Sets[1].Pronouns[0], r.Sets[1].Pronouns[2]; own.Feminine.F1 != 1 || near.All.F1 != 0 {
		t.Errorf("pronouns: %+v, %+v", own, near)
	}
}
