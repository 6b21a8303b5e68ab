package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"quoth"
	"quoth/corpus"
	"quoth/nlp"
	"quoth/nlp/english"
)

// Recipes are kept as --update writes them, so that it changes nothing but sums, and
// their inputs of our own are what they say.
func TestRecipesAreSound(t *testing.T) {
	paths, err := filepath.Glob("../../recipes/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no recipe was found: %v", err)
	}
	for _, path := range paths {
		r, err := readRecipe(path)
		if err != nil {
			t.Error(err)
			continue
		}
		have, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := r.encode()
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != string(want) {
			t.Errorf("%s is not as --update writes it:\n%s", path, want)
		}
	}
}

// trainTiny trains recipes/tiny.json and returns the model.
func trainTiny(t *testing.T, jobs jobCount) english.Model {
	t.Helper()
	w := newWorld("")
	out := t.TempDir()
	c := TrainCmd{Recipe: "../../recipes/tiny.json", Out: out, Jobs: jobs}
	if err := c.Run(t.Context(), &w.Env); err != nil {
		t.Fatal(err)
	}
	m, err := readModel(out)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// tinyModel is the model of recipes/tiny.json, trained once.
var tinyModel = sync.OnceValue(func() (m english.Model) {
	dir, err := os.MkdirTemp("", "quoth-tiny")
	if err != nil {
		return m
	}
	defer os.RemoveAll(dir)
	c := TrainCmd{Recipe: "../../recipes/tiny.json", Out: dir, Jobs: 1}
	if err = c.Run(context.Background(), &newWorld("").Env); err == nil {
		m, _ = readModel(dir)
	}
	return m
})

func TestTrainingIsDeterministic(t *testing.T) {
	one, two := tinyModel(), trainTiny(t, 3)
	if one.Sums == "" || one.Version != "tiny-1" {
		t.Errorf("got version %q, sums %q", one.Version, one.Sums)
	}
	if one.Sums != two.Sums || one.SHA256() != two.SHA256() {
		t.Errorf("got %s, then\n%s", one.Sums, two.Sums)
	}
	a, err := english.Open(one)
	if err != nil {
		t.Fatal(err)
	}
	text := "“The ferry is closed,” warned Tobias Renn, the engineer."
	got, err := a.Analyze(quoth.Article{Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 0, End: len(text)}}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Kind != quoth.Direct || got[0].Cue == nil || got[0].Cue.Text != "warned" || got[0].Content.Text != "“The ferry is closed,”" {
		t.Errorf("got %+v", got)
	}
}

// An interrupted run leaves the folder as it was.
func TestInterruptedTrainingWritesNothing(t *testing.T) {
	w := newWorld("")
	out := filepath.Join(t.TempDir(), "model")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := TrainCmd{Recipe: "../../recipes/tiny.json", Out: out}
	err := c.Run(ctx, &w.Env)
	if err == nil || !strings.Contains(err.Error(), "interrupted; nothing was written") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is there: %v", out, err)
	}
}

func TestWriteModel(t *testing.T) {
	dir := t.TempDir()
	listed := func() []string {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
	if err := writeModel(dir, "x-1", map[string][]byte{"tag.bin": []byte("tag"), "clusters.bin": []byte("c")}); err != nil {
		t.Fatal(err)
	}
	if got, want := listed(), []string{"VERSION", "clusters.bin", "tag.bin"}; !slices.Equal(got, want) {
		t.Errorf("half a model: got %q, want %q", got, want)
	}
	if _, err := readModel(dir); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("half a model: got %v", err)
	}
	rest := map[string][]byte{"parse.bin": []byte("p"), "names.bin": []byte("n"), "attribution.bin": []byte("a")}
	if err := writeModel(dir, "x-1", rest); err != nil {
		t.Fatal(err)
	}
	m, err := readModel(dir)
	if err != nil || string(m.Tag) != "tag" || string(m.Attribution) != "a" || m.Version != "x-1" || strings.Count(m.Sums, "\n") != 4 {
		t.Errorf("got %+v, %v", m, err)
	}
	// A folder in the place of a file: nothing is left half done.
	if err := os.Mkdir(filepath.Join(dir, "zzz"), 0o777); err != nil {
		t.Fatal(err)
	}
	before := listed()
	if err := replaceFiles(dir, map[string][]byte{"zzz": nil}); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if got := listed(); !slices.Equal(got, before) {
		t.Errorf("left behind: got %q, want %q", got, before)
	}
}

func TestBrokenRecipes(t *testing.T) {
	const sum = "5cac7e9e3a385cac7e9e3a385cac7e9e3a385cac7e9e3a385cac7e9e3a380000"
	input := `"x": {"path": "x", "sha256": "` + sum + `", "licence": "ours"}`
	recipeOf := func(inputs, steps string) string {
		return `{"name": "a", "version": "1", "seed": 1, "inputs": {` + inputs + `}, "steps": [` + steps + `]}`
	}
	tag := `{"stage": "tag", "inputs": {"trees": ["x"]}}`
	tests := []struct{ name, recipe, want string }{
		{"no JSON", "{\n\"name\": ,}", "line 2: invalid character"},
		{"wrong type", "{\n\n\"seed\": \"one\"}", "line 3: cannot unmarshal string"},
		{"two values", `{} {}`, "something follows after the end"},
		{"unknown field", `{"names": "a"}`, `unknown field "names"`},
		{"empty", `{}`, "it needs a name, a version and steps"},
		{"unknown stage", recipeOf(input, `{"stage": "taging"}`), `there is no stage "taging"`},
		{"unknown input", recipeOf("", tag), `step tag: there is no input "x"`},
		{"unknown role", recipeOf(input, `{"stage": "tag", "inputs": {"text": ["x"]}}`), `step tag: it takes no "text"; its inputs are trees`},
		{"no input", recipeOf(input, `{"stage": "tag"}`), "step tag: it needs trees"},
		{"unknown option", recipeOf(input, `{"stage": "tag", "inputs": {"trees": ["x"]}, "options": {"epoch": 3}}`), `step tag: options: unknown field "epoch"`},
		{"order", recipeOf(input, tag+`, {"stage": "clusters", "inputs": {"text": ["x"]}}`), "the step clusters comes too late"},
		{"twice", recipeOf(input, tag+","+tag), "the step tag comes too late"},
		{"builds on nothing", recipeOf(input, `{"stage": "attribution", "inputs": {"articles": ["x"]}}`), "step attribution: it builds on words, which is no step"},
		{"a network of no shape", recipeOf(input, `{"stage": "words", "inputs": {"text": ["x"]}, "options": {"width": 100}}`), "step words: a network's width is a multiple of 32 up to 1,024, not 100"},
		{"what is no option", recipeOf(input, `{"stage": "words", "inputs": {"text": ["x"]}, "options": {"progress": 1}}`), `step words: options: unknown field "progress"`},
		{"outside", recipeOf(`"x": {"path": "../x", "sha256": "`+sum+`", "licence": "ours"}`, tag), `the path "../x" does not lead into`},
		{"bad sum", recipeOf(`"x": {"path": "x", "sha256": "12", "licence": "ours"}`, tag), `input x: "12" is no sha256`},
		{"no licence", recipeOf(`"x": {"path": "x", "sha256": "`+sum+`"}`, tag), "input x: no licence"},
		{"sound", recipeOf(input, tag), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "r.json")
			if err := os.WriteFile(path, []byte(test.recipe), 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := readRecipe(path)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("got %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestTrainProgressLine(t *testing.T) {
	w := newWorld("")
	p := startTrainProgress(&w.Env, []recipeStep{{Stage: "tag", Minutes: 1}, {Stage: "parse", Minutes: 3}})
	p.begin("tag")
	p.end("tag", 2_000_000)
	p.begin("parse")
	p.note("parse", "2 of 5 folds tagged")
	p.started = p.started.Add(-60e9)
	now := p.started.Add(60e9)
	if got, want := p.line(now), "parse: 2 of 5 folds tagged · 1m0s, about 3m0s left"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.stop()
	p.say("note", "given up") // a step that ended after an interruption
	if got := w.err.String(); got != "quoth: note: tag trained in 0s, 2.0 MB\n" {
		t.Errorf("got %q", got)
	}
	if got := cutTo("naïve lines", 8); got != "naïve …" {
		t.Errorf("got %q", got)
	}
}

func TestSelectSentences(t *testing.T) {
	docs, err := corpus.ReadCoNLLUFrom(strings.NewReader(strings.Join([]string{
		"# newpar", sentence("n1", "One"), sentence("n2", "Two"), sentence("w1", "Three"), sentence("n3", "Four"), "# newpar", sentence("n4", "Five"), "",
	}, "\n")), "x")
	if err != nil {
		t.Fatal(err)
	}
	d := selectSentences(docs[0], "n")
	var blocks []string
	for _, p := range d.Paragraphs {
		blocks = append(blocks, p.In(d.Text))
	}
	if want := []string{"One Two", "Four", "Five"}; !reflect.DeepEqual(blocks, want) {
		t.Errorf("got %q, want %q", blocks, want)
	}
	if len(d.Sentences) != 4 || d.Sentences[3].Paragraph != 2 || d.Sentences[1].Paragraph != 0 {
		t.Errorf("got %+v", d.Sentences)
	}
	if got := selectSentences(docs[0], ""); !reflect.DeepEqual(got, docs[0]) {
		t.Errorf("without a prefix: got %+v", got)
	}
}

// sentence is one of a single word in CoNLL-U.
func sentence(id, word string) string {
	return "# sent_id = " + id + "\n1\t" + word + "\t" + word + "\tX\tFW\t_\t0\troot\t_\t_\n"
}

func TestAlignedFigures(t *testing.T) {
	doc := func(words []string, heads []int32, rels []uint8) *nlp.Doc {
		d := &nlp.Doc{Text: "can not go", XPOSNames: []string{"MD", "RB", "VB"}, RelNames: []string{"root", "aux", "advmod", "advmod:neg"}}
		at := 0
		for i, w := range words {
			start := at + strings.Index(d.Text[at:], w)
			at = start + len(w)
			d.Tokens = append(d.Tokens, nlp.NewToken(d.Text, start, at))
			d.UPOS, d.XPOS, d.Lemmas = append(d.UPOS, nlp.X), append(d.XPOS, uint8(min(i, 2))), append(d.Lemmas, w)
		}
		d.Heads, d.Rels = heads, rels
		return d
	}
	gold := doc([]string{"can", "not", "go"}, []int32{2, 2, -1}, []uint8{1, 3, 0})
	var c alignedCounts
	c.add(gold, doc([]string{"can", "not", "go"}, []int32{2, 2, -1}, []uint8{2, 2, 0}))
	c.add(gold, doc([]string{"can", "n", "ot", "go"}, []int32{3, 3, 3, -1}, []uint8{1, 1, 1, 0}))
	f := c.figures()
	want := alignedCounts{gold: 6, predicted: 7, upos: 5, xpos: 5, lemmas: 5, uas: 5, las: 4}
	if c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
	if f.UAS.P != 5.0/7 || f.UAS.R != 5.0/6 || f.LAS.R != 4.0/6 {
		t.Errorf("got %+v", f)
	}
}

// fakeStage only has layers.
type fakeStage struct {
	name               string
	requires, provides nlp.Layer
}

func (s fakeStage) Name() string        { return s.name }
func (s fakeStage) Requires() nlp.Layer { return s.requires }
func (s fakeStage) Provides() nlp.Layer { return s.provides }
func (s fakeStage) Run(*nlp.Doc)        {}

func TestStagesFor(t *testing.T) {
	all := []nlp.Stage{
		fakeStage{"tokenize", 0, nlp.Tokens | nlp.Sentences},
		fakeStage{"tag", nlp.Tokens, nlp.Tags | nlp.Lemmas},
		fakeStage{"parse", nlp.Tags, nlp.Heads},
		fakeStage{"ner", nlp.Tokens, nlp.Mentions},
	}
	for layers, want := range map[nlp.Layer][]string{
		nlp.Mentions:                      {"ner"},
		nlp.Heads:                         {"tag", "parse"},
		nlp.Tags | nlp.Lemmas | nlp.Heads: {"tag", "parse"},
		nlp.Tokens:                        nil,
		nlp.Mentions | nlp.Lemmas:         {"tag", "ner"},
	} {
		var got []string
		for _, s := range stagesFor(all, layers) {
			got = append(got, s.Name())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v: got %q, want %q", layers, got, want)
		}
	}
}

// The stages that attribution is trained after are those that it runs after.
func TestTrainingStagesAreThoseOfEnglish(t *testing.T) {
	m := tinyModel()
	a, err := english.Open(m)
	if err != nil {
		t.Fatal(err)
	}
	p, err := earlierStages(map[string][]byte{"tag": m.Tag, "parse": m.Parse, "names": m.Names})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, s := range a.Pipeline().Stages() {
		if s.Name() == "attribution" {
			break
		}
		want = append(want, s.Name())
	}
	for _, s := range p.Stages() {
		got = append(got, s.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	files := map[string]bool{}
	for _, s := range trainStages() {
		files[s.file] = true
	}
	for _, name := range modelFiles {
		if !files[name] {
			t.Errorf("no stage makes %s; there are %v", name, slices.Sorted(maps.Keys(files)))
		}
	}
}
