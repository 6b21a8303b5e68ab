package arch

import (
	"strings"
	"testing"
	"testing/fstest"
)

// little is the table of a small house with a package of every kind.
var little = map[string]room{
	".":           {layer: 0},
	"warc":        {layer: 0, audited: []string{"zip.example/v2"}},
	"nlp":         {layer: 1},
	"sqlite":      {layer: 1},
	"web":         {layer: 1},
	"storetest":   {layer: 1, isForTests: true},
	"nlp/tag":     {layer: 2},
	"nlp/parse":   {layer: 2},
	"eval":        {layer: 2},
	"nlp/english": {layer: 3},
	"cmd/quoth":   {layer: 4},
}

// build returns a house that keeps the rule, with files over it.
func build(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	put := func(name, text string) { fsys[name] = &fstest.MapFile{Data: []byte(text)} }
	put("go.mod", "module quoth\n\nrequire zip.example/v2 v2.0.0\n\nrequire (\n\tdb.example/driver v1.0.0 // indirect\n)\n")
	put("quoth.go", "// Package quoth is the root.\npackage quoth\n")
	put("warc/warc.go", "// Package warc reads archives.\npackage warc\n\nimport _ \"zip.example/v2/gzip\"\n")
	put("nlp/nlp.go", "// Package nlp holds Doc.\npackage nlp\n\nimport _ \"quoth\"\n")
	put("sqlite/sqlite.go", "// Package sqlite stores.\npackage sqlite\n\nimport (\n\t_ \"db.example/driver\"\n\t_ \"quoth\"\n)\n")
	put("sqlite/sqlite_test.go", "package sqlite_test\n\nimport (\n\t_ \"quoth/sqlite\"\n\t_ \"quoth/storetest\"\n)\n")
	put("web/web.go", "// Package web shows.\npackage web\n\nimport _ \"net/http\"\n")
	put("storetest/storetest.go", "// Package storetest is the contract.\npackage storetest\n\nimport _ \"testing\"\n")
	put("nlp/tag/tag.go", "// Package tag tags.\npackage tag\n\nimport _ \"quoth/nlp\"\n")
	put("nlp/parse/parse.go", "// Package parse parses.\npackage parse\n")
	put("eval/doc.go", "// Package eval scores.\npackage eval\n")
	put("nlp/english/english.go", "// Package english assembles.\npackage english\n\nimport _ \"quoth/nlp/tag\"\n")
	put("cmd/quoth/main.go", "// Command quoth wires.\npackage main\n\nimport _ \"quoth/sqlite\"\n\nfunc main() {}\n")
	put("web/testdata/broken.go", "not Go")
	for name, text := range files {
		put(name, text)
	}
	return fsys
}

// TestCheckPasses: the small house itself has no fault, or the faults below mean nothing.
func TestCheckPasses(t *testing.T) {
	if faults := check(build(nil), little); len(faults) > 0 {
		t.Fatalf("got faults in a house that keeps the rule: %q", faults)
	}
}

// TestCheckFails: every way to break the rule is found, and nothing else is.
func TestCheckFails(t *testing.T) {
	for _, tt := range []struct {
		name, file, text string
		want             string // part of the one fault
	}{
		{"adapter to adapter", "web/web.go", "// Package web shows.\npackage web\n\nimport _ \"quoth/sqlite\"\n",
			"web/web.go: imports quoth/sqlite: both are of layer 1"},
		{"adapter to adapter in a test", "web/web_test.go", "package web\n\nimport _ \"quoth/sqlite\"\n",
			"web/web_test.go: imports quoth/sqlite: both are of layer 1"},
		{"adapter to tokens", "web/web.go", "// Package web shows.\npackage web\n\nimport _ \"quoth/nlp\"\n",
			"web/web.go: imports quoth/nlp: both are of layer 1"},
		{"stage to stage", "nlp/parse/train.go", "package parse\n\nimport tagger \"quoth/nlp/tag\"\n\nvar _ = tagger.X\n",
			"nlp/parse/train.go: imports quoth/nlp/tag: both are of layer 2"},
		{"stage to adapter", "nlp/parse/parse.go", "// Package parse parses.\npackage parse\n\nimport _ \"quoth/web\"\n",
			"nlp/parse/parse.go: imports quoth/web: layer 2 sees the root and nlp alone"},
		{"english to eval", "nlp/english/english.go", "// Package english assembles.\npackage english\n\nimport _ \"quoth/eval\"\n",
			"nlp/english/english.go: imports quoth/eval: layer 3 sees the root and nlp alone"},
		{"shipping code to a test package", "cmd/quoth/store.go", "package main\n\nimport _ \"quoth/storetest\"\n",
			"cmd/quoth/store.go: imports quoth/storetest: a test package, for _test.go files only"},
		{"a package not in the table", "util/util.go", "// Package util is a drawer.\npackage util\n",
			"util: not in the table"},
		{"an import of no package", "cmd/quoth/x.go", "package main\n\nimport _ \"quoth/util\"\n",
			"cmd/quoth/x.go: imports quoth/util: not in the table"},
		{"upward", "quoth_linked.go", "package quoth\n\nimport _ \"quoth/web\"\n",
			"quoth_linked.go: imports quoth/web: layer 0 may not see layer 1"},
		{"a dependency in the root", "zip.go", "package quoth\n\nimport _ \"zip.example/v2\"\n",
			"zip.go: imports zip.example/v2: layer 0 imports the standard library"},
		{"another dependency than the audited one", "warc/db.go", "package warc\n\nimport _ \"db.example/driver\"\n",
			"warc/db.go: imports db.example/driver: layer 0 imports the standard library"},
		{"a dependency in a stage", "nlp/tag/db.go", "package tag\n\nimport _ \"db.example/driver\"\n",
			"nlp/tag/db.go: imports db.example/driver: layer 2 imports the standard library"},
		{"files in nlp", "nlp/tag/file.go", "package tag\n\nimport _ \"os\"\n",
			"nlp/tag/file.go: imports os: the root and nlp see no file"},
		{"the clock in nlp", "nlp/tag/now.go", "package tag\n\nimport \"time\"\n\nvar start = time.Now()\n",
			"nlp/tag/now.go: reads the clock"},
		{"cgo", "sqlite/c.go", "package sqlite\n\nimport \"C\"\n",
			"sqlite/c.go: imports C: no cgo"},
		{"init", "sqlite/init.go", "package sqlite\n\nfunc init() {}\n",
			"sqlite/init.go: has a func init"},
		{"no package comment", "eval/doc.go", "package eval\n",
			"eval: no package comment above the clause"},
		{"package comment below the clause", "eval/doc.go", "package eval\n\n// Package eval scores.\n",
			"eval: no package comment above the clause"},
		{"package comment with a gap", "eval/doc.go", "// Package eval scores.\n\npackage eval\n",
			"eval: no package comment above the clause"},
		{"package comment in a test only", "eval/doc.go", "package eval\n",
			"eval: no package comment above the clause"},
		{"a broken file", "eval/x.go", "package",
			"eval/x.go:1:8: expected"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := build(map[string]string{tt.file: tt.text, "eval/eval_test.go": "// Package eval scores.\npackage eval\n"})
			faults := check(fsys, little)
			if len(faults) != 1 || !strings.HasPrefix(faults[0], tt.want) {
				t.Errorf("with %s:\n%s\ngot faults %q\nwant one that begins %q", tt.file, tt.text, faults, tt.want)
			}
		})
	}
}

// TestCheckTable: the table itself has to be right.
func TestCheckTable(t *testing.T) {
	fsys := build(nil)
	delete(fsys, "eval/doc.go")
	if got, want := check(fsys, little), "eval: in the table, but there is no such package"; len(got) != 1 || got[0] != want {
		t.Errorf("without eval: got %q, want %q", got, want)
	}
	fsys = build(map[string]string{"go.mod": "go 1.26\n"})
	if got := check(fsys, little); len(got) != 1 || got[0] != "go.mod names no module" {
		t.Errorf("go.mod without module: got %q", got)
	}
	if got := check(fstest.MapFS{"go.mod": {Data: []byte("module quoth\n")}}, nil); len(got) != 1 || !strings.Contains(got[0], "no Go file") {
		t.Errorf("module without Go files: got %q, want a fault", got)
	}
	two := map[string]room{".": {layer: 0, audited: []string{"a.example", "b.example"}}}
	if got := check(fstest.MapFS{"go.mod": {Data: []byte("module quoth\n")}, "q.go": {Data: []byte("// Package quoth is.\npackage quoth\n")}}, two); len(got) != 1 || !strings.Contains(got[0], "at most one") {
		t.Errorf("two audited dependencies in layer 0: got %q, want a fault", got)
	}
}
