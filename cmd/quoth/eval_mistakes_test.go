package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quoth/eval"
)

func TestEvalMistakes(t *testing.T) {
	run := func(n int, seed uint64) string {
		t.Helper()
		out, _, err := runEval(t, EvalAttributionsCmd{Gold: miniGold, Pred: miniPred, Mistakes: n, Seed: seed}, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	all := run(1000, 1)
	total, listed := 0, strings.Count(all, "\n  text ")
	if _, err := fmt.Sscanf(all, "%d mistakes in 4 articles\n", &total); err != nil || total == 0 || listed != total {
		t.Fatalf("%d mistakes, %d of them listed, %v:\n%s", total, listed, err, all)
	}
	for _, kind := range eval.MistakeKinds() {
		n := 0
		for line := range strings.Lines(all) {
			if fmt.Sscanf(line, "  "+string(kind)+" %d", &n); n > 0 {
				break
			}
		}
		if got := strings.Count(all, ". "+string(kind)+", "); got != n {
			t.Errorf("%s: %d counted, %d listed", kind, n, got)
		}
	}
	if !strings.Contains(all, "source [Zoë Hale]") || !strings.Contains(all, "May,” said Zoë Hale, the mayor") {
		t.Errorf("a mistake comes without its roles or its text:\n%s", all)
	}
	if two := run(2, 1); strings.Count(two, "\n  text ") != 2 || !strings.HasPrefix(all, strings.TrimSuffix(two, "\n")) {
		t.Errorf("two of them are not the first two of all:\n%s", two)
	}
	if run(1000, 2) == all {
		t.Error("another seed draws the same order")
	}
}

// A prediction whose spans lie outside of the text is told, and the rest still written.
func TestEvalMistakesOfBrokenPredictions(t *testing.T) {
	pred := `{"id":"one","attributions":[{"cue":[[5,9999]],"content":[[0,3]]}]}`
	out, _, err := runEval(t, EvalAttributionsCmd{Gold: miniGold, Pred: "-", Mistakes: 5, Seed: 1}, pred, nil)
	if err == nil || !strings.Contains(out, "missed") {
		t.Errorf("got %v\n%s", err, out)
	}
}

func TestEvalPublishers(t *testing.T) {
	gold, err := os.ReadFile(miniGold)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gold.jsonl")
	named := strings.Replace(string(gold), `"id": "one",`, `"id": "one", "publisher": "The Mast",`, 1)
	if err := os.WriteFile(path, []byte(named), 0o600); err != nil {
		t.Fatal(err)
	}
	c := EvalAttributionsCmd{Gold: path, Pred: miniPred, Publishers: true, JSON: true, Samples: 20, Seed: 1}
	out, _, err := runEval(t, c, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	r := evalJSON(t, out)
	var names []string
	articles, attributions := 0, 0
	for _, p := range r.Publishers {
		names = append(names, p.Publisher)
		articles += p.N
		attributions += p.Attributions
	}
	if !slices.Equal(names, []string{"", "The Mast"}) || articles != r.N || attributions != r.Gold.Attributions {
		t.Fatalf("got %+v", r.Publishers)
	}
	only := r.Publishers[1]
	if only.N != 1 || only.Intervals["alpha"] != [2]float64{only.Figures.Alpha, only.Figures.Alpha} {
		t.Errorf("one article has an interval: %+v", only)
	}
	c.JSON = false
	out, _, err = runEval(t, c, "", nil)
	if err != nil || !strings.Contains(out, " The Mast         1 ") || !strings.Contains(out, " unknown         3 ") {
		t.Errorf("got %v\n%s", err, out)
	}
}

// The bar is as long as the share that is right, the mark stands at the confidence.
func TestReliabilityDiagram(t *testing.T) {
	var out strings.Builder
	bins := []eval.CalibrationBin{
		{From: 0, To: 0.5},
		{From: 0.5, To: 1, N: 8, Confidence: 0.75, Right: 0.5},
		{From: 0.5, To: 1, N: 2, Confidence: 1, Right: 1},
	}
	if err := writeBins(&out, bins); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"0.0 – 0.5  0",
		"0.5 – 1.0  8        75.0   50.0  ####################          |\n",
		"0.5 – 1.0  2       100.0  100.0  ########################################|\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
