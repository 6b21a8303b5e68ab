package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// evalFiles writes files and returns an environment on the embedded model.
func evalFiles(t *testing.T, files map[string]string) (env *Env, out *bytes.Buffer, dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out = &bytes.Buffer{}
	return &Env{Stdout: out, Stderr: &bytes.Buffer{}, NewAnalyzer: newAnalyzer}, out, dir
}

func TestEvalTimex(t *testing.T) {
	env, out, dir := evalFiles(t, map[string]string{
		"a.tml":  `<TimeML><DOCID>a</DOCID><DCT><TIMEX3 tid="t0" value="2016-09-22" functionInDocument="CREATION_TIME">x</TIMEX3></DCT><TEXT>It closed on <TIMEX3 tid="t1" type="DATE" value="2016-09-20">Tuesday</TIMEX3> and opened in <TIMEX3 tid="t2" type="DATE" value="2014-06">May 2014</TIMEX3>.</TEXT></TimeML>`,
		"c.json": `[{"Input": "It closed in May 2014.", "Context": {"ReferenceDateTime": "2016-11-07T00:00:00"}, "Results": [{"Text": "may 2014", "TypeName": "datetimeV2.daterange", "Resolution": {"values": [{"timex": "2014-05"}]}}]}]`,
	})
	c := EvalTimexCmd{Gold: []string{filepath.Join(dir, "a.tml"), filepath.Join(dir, "c.json")}}
	if err := c.Run(t.Context(), env); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2 expressions; 2 found", "relaxed", "100.0  100.0  100.0", "value             50.0   50.0   50.0", "daterange            1       1  100.0"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	out.Reset()
	c.Skip = "a"
	if err := c.Run(t.Context(), env); err != nil || !strings.Contains(out.String(), "0 expressions") {
		t.Errorf("got %v, %s", err, out)
	}
	c.Skip = ""
	out.Reset()
	c.Errors = true
	if err := c.Run(t.Context(), env); err != nil || !strings.HasPrefix(out.String(), "= a\tgold [May 2014] DATE 2014-06\tfound [May 2014] DATE 2014-05") {
		t.Errorf("got %v, %s", err, out)
	}
}

func TestEvalStatements(t *testing.T) {
	env, out, dir := evalFiles(t, map[string]string{
		"gold.jsonl": `{"id":"a","date":"2016-09-22","text":"Mayor Zoë Hale said in a speech on Tuesday that the bridge was safe.","statements":[{"source":[[0,15]],"cue":[[16,20]],"content":[[44,68]],"speaker":"Zoë Hale","speaker_kind":"person","said":"2016-09-20","medium":"interview","venue":null,"about":[],"kind":"indirect"}]}` + "\n",
	})
	for _, given := range []bool{false, true} {
		out.Reset()
		c := EvalStatementsCmd{Gold: filepath.Join(dir, "gold.jsonl"), Given: given}
		if err := c.Run(t.Context(), env); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"1 articles, 1 statements", "said             100.0  100.0  100.0", "medium             0.0    0.0    0.0"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%q is not in\n%s", want, out)
			}
		}
		out.Reset()
		c.Errors = true
		if err := c.Run(t.Context(), env); err != nil || !strings.Contains(out.String(), `"medium":["interview","speech"]`) {
			t.Errorf("got %v, %s", err, out)
		}
	}
}
