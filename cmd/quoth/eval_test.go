package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"quoth"
	"quoth/corpus"
	"quoth/eval"
	"quoth/page"
)

// The self-written set that the figures of the measuring script are recorded for.
const (
	miniGold = "../../eval/testdata/mini.gold.jsonl"
	miniPred = "../../eval/testdata/mini.pred.jsonl"
)

// runEval runs `quoth eval attributions` and returns what it writes.
func runEval(t *testing.T, c EvalAttributionsCmd, stdin string, analyzer quoth.Analyzer) (stdout, stderr string, err error) {
	t.Helper()
	var out, talk bytes.Buffer
	env := &Env{Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &talk,
		NewAnalyzer: func() (quoth.Analyzer, error) {
			if analyzer == nil {
				return nil, errors.New("no model")
			}
			return analyzer, nil
		}}
	err = c.Run(t.Context(), env)
	return out.String(), talk.String(), err
}

func evalJSON(t *testing.T, out string) evalReport {
	t.Helper()
	var r evalReport
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return r
}

func recorded(t *testing.T, name string) (f eval.AttributionFigures) {
	t.Helper()
	data, err := os.ReadFile("../../eval/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEvalAttributionsJSON(t *testing.T) {
	out, talk, err := runEval(t, EvalAttributionsCmd{Gold: miniGold, Pred: miniPred, JSON: true, Samples: 50, Seed: 1}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "quoth: warning: gold articles without prediction: 1, such as three\n"; talk != want {
		t.Errorf("talk: got %q, want %q", talk, want)
	}
	r := evalJSON(t, out)
	if want := recorded(t, "mini.figures.json"); r.Figures != want {
		t.Errorf("got  %+v\nwant %+v", r.Figures, want)
	}
	sum, err := sumFile(miniGold)
	if err != nil {
		t.Fatal(err)
	}
	if r.N != 4 || r.Missing != 1 || r.Problems != 0 || r.Gold.SHA256 != sum || r.Gold.Attributions != 8 || r.Predicted.Attributions != 10 {
		t.Errorf("got %+v", r)
	}
	if len(r.Intervals.Figures) != len(r.Figures.List()) || r.Calibration != nil {
		t.Errorf("got intervals %+v, calibration %+v", r.Intervals, r.Calibration)
	}
}

func TestEvalHuman(t *testing.T) {
	out, _, err := runEval(t, EvalAttributionsCmd{Gold: miniGold, Human: true, JSON: true}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	r := evalJSON(t, out)
	if r.Figures != recorded(t, "mini.human.json") || r.N != 2 || r.Predicted != nil || r.Intervals != nil {
		t.Errorf("got %s", out)
	}
}

func TestEvalTable(t *testing.T) {
	out, _, err := runEval(t, EvalAttributionsCmd{Gold: miniGold, Pred: miniPred}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"gold       ../../eval/testdata/mini.gold.jsonl, 4 articles, 8 attributions, sha256 ",
		"token source     88.9  33.3  48.5\n",
		"alpha                        46.2\n",
		"direct found                 66.7\n",
	} {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in\n%s", line, out)
		}
	}
}

// A prediction that repeats the gold is right throughout, and its confidence of 0.9
// is 0.1 too low.
func TestEvalModel(t *testing.T) {
	out, _, err := runEval(t, EvalAttributionsCmd{Gold: miniGold, JSON: true, Jobs: 2}, "", parrot{t})
	if err != nil {
		t.Fatal(err)
	}
	r := evalJSON(t, out)
	if r.Figures.Linked.F1 != 1 || r.Figures.Alpha != 1 || r.Predicted.Name != "embedded model" {
		t.Errorf("got %s", out)
	}
	if r.Calibration == nil || r.Calibration.N != 8 || r.Calibration.ECE < 0.0999 || r.Calibration.ECE > 0.1001 {
		t.Errorf("calibration: got %+v", r.Calibration)
	}
	if _, _, err := runEval(t, EvalAttributionsCmd{Gold: miniGold}, "", nil); err == nil {
		t.Error("no model and no error")
	}
}

// parrot answers with the gold of the mini set.
type parrot struct{ t *testing.T }

func (p parrot) Analyze(a quoth.Article) ([]quoth.Statement, error) {
	docs, err := corpus.ReadAttributions(miniGold)
	if err != nil {
		return nil, err
	}
	var out []quoth.Statement
	for _, d := range docs {
		if d.ID != a.ID {
			continue
		}
		if a.Text != d.Text || len(a.Blocks) == 0 {
			p.t.Errorf("%s came without its text or blocks", a.ID)
		}
		for _, at := range d.Gold() {
			out = append(out, quoth.Statement{Confidence: 0.9, Source: quoth.NewRole(a.Text, at.Source),
				Cue: quoth.NewRole(a.Text, at.Cue), Content: quoth.NewRole(a.Text, at.Content)})
		}
	}
	return out, nil
}

func TestEvalStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	env := &Env{Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, NewAnalyzer: func() (quoth.Analyzer, error) { return parrot{t}, nil }}
	c := EvalAttributionsCmd{Gold: miniGold}
	if err := c.Run(ctx, env); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestEvalBrat(t *testing.T) {
	dir := t.TempDir()
	docs, err := corpus.ReadAttributions(miniGold)
	if err != nil {
		t.Fatal(err)
	}
	// The quotation marks before the name are three bytes each; brat counts characters.
	text := docs[0].Text
	b := len([]rune(text[:strings.Index(text, "Zoë")]))
	ann := "T1\tSource " + pair(b, b+8) + "\tZoë Hale\nT2\tCue " + pair(b-5, b-1) + "\tsaid\n" +
		"T3\tContent " + pair(0, b-6) + "\t“The ferry will sail in May,”\nE1\tCue:T2 Source:T1 Content:T3\n"
	for name, data := range map[string]string{"one.txt": text, "one.ann": ann} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, _, err := runEval(t, EvalAttributionsCmd{Gold: dir, Pred: dir, JSON: true}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if r := evalJSON(t, out); r.Figures.Strict.F1 != 1 || r.N != 1 || len(r.Gold.SHA256) != 64 {
		t.Errorf("got %s", out)
	}
	if out, _, err = runEval(t, EvalAttributionsCmd{Gold: miniGold, Pred: dir, JSON: true}, "", nil); err != nil {
		t.Fatal(err)
	}
	if r := evalJSON(t, out); r.Missing != 3 || r.Figures.Linked.P != 1 {
		t.Errorf("got %s", out)
	}
}

func pair(b, e int) string {
	data, _ := json.Marshal([]int{b, e}) // two numbers always marshal
	return strings.Trim(strings.ReplaceAll(string(data), ",", " "), "[]")
}

func TestEvalTellsWhatIsBroken(t *testing.T) {
	for _, c := range []struct{ name, pred, talk, err string }{
		{"span outside", `{"id":"one","attributions":[{"cue":[[5,9999]]}]}`, "one: attribution 0: cue [5,9999] is outside", "1 broken records"},
		{"twice", `{"id":"one"}` + "\n" + `{"id":"one"}`, "one: is there twice", "1 broken records"},
		{"another text", `{"id":"one","text":"Hello."}`, "its text is not the gold text", "1 broken records"},
		{"other ids", `{"id":"1"}`, "", "has the id of a gold article, such as one"},
		{"nothing", "", "", "no article in standard input"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, talk, err := runEval(t, EvalAttributionsCmd{Gold: miniGold, Pred: "-"}, c.pred, nil)
			if err == nil || !strings.Contains(err.Error(), c.err) || !strings.Contains(talk, c.talk) {
				t.Errorf("got %v\n%s", err, talk)
			}
		})
	}
}

func TestEvalMisuse(t *testing.T) {
	var wrong *misuseError
	for _, c := range []EvalAttributionsCmd{{Gold: "x", Pred: "y", Human: true}, {Gold: "-", Pred: "-"},
		{Gold: "x", Human: true, Publishers: true}, {Gold: "x", JSON: true, Mistakes: 5}, {Gold: "x", Mistakes: -1}} {
		if _, _, err := runEval(t, c, "", nil); !errors.As(err, &wrong) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
	if _, _, err := runEval(t, EvalAttributionsCmd{Gold: miniPred, Pred: miniGold}, "", nil); err == nil || !strings.Contains(err.Error(), "has no text") {
		t.Errorf("sides swapped: got %v", err)
	}
}

// A model that predicts reads as `quoth read --clean` does: the title is a headline though a line
// has it in other marks.
func TestCleanArticle(t *testing.T) {
	text := " Zoë sails.\n\n \t\nShe said no. \r\nZoë sails"
	a, err := cleanArticle(page.Record{ID: "a", Title: "Zoë sails", Date: "2026-05-04", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, b := range a.Blocks {
		got = append(got, string(b.Kind)+" "+b.Span.In(text))
	}
	if want := []string{"headline Zoë sails.", "paragraph She said no.", "paragraph Zoë sails"}; !reflect.DeepEqual(got, want) || a.Published.EDTF != "2026-05-04" || a.Language != "en" {
		t.Errorf("got %q of %q in %q", got, a.Published.EDTF, a.Language)
	}
}
