// Package arch holds the import rule as a test: imports point from cmd inward, to the
// root package, and packages of one layer import each other only where the table says so
// (docs/layout.md).
//
// It reads the module's source files and nothing else: no network, no go command. A
// package that the table of rooms does not name fails the test, so that adding one is a
// decision that a reviewer sees.
package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// room is a package's place in the house.
type room struct {
	layer int
	// audited names the third-party modules that a package of layer 0, 2 or 3 may
	// import; docs/layout.md says why. Layers 1 and 4 may import what go.mod has.
	audited []string
	// on names the one package of the same layer that this one is built on.
	on string
	// isForTests marks a package that only _test.go files import.
	isForTests bool
}

// rooms is the table: one line a package, by its folder.
var rooms = map[string]room{
	".":             {layer: 0},
	"nlp/linear":    {layer: 0, audited: []string{"golang.org/x/sys"}},
	"nlp/lexicon":   {layer: 0},
	"nlp/neural":    {layer: 0, audited: []string{"golang.org/x/sys"}, on: "nlp/linear"},
	"demo":          {layer: 0},
	"warc":          {layer: 0, audited: []string{"github.com/klauspost/compress"}},
	"wording":       {layer: 0, audited: []string{"golang.org/x/text"}},
	"internal/arch": {layer: 0},

	"internal/middleware": {layer: 0, audited: []string{"golang.org/x/time"}},

	"nlp":         {layer: 1},
	"nlp/surface": {layer: 1, on: "nlp"},
	"page":        {layer: 1},
	"feed":        {layer: 1},
	"fetch":       {layer: 1},
	"render":      {layer: 1},
	"api":         {layer: 1},
	"web":         {layer: 1},
	"export":      {layer: 1},

	"desk":      {layer: 1},
	"feedback":  {layer: 1},
	"mcp":       {layer: 1},
	"people":    {layer: 1},
	"ingest":    {layer: 1},
	"sqlite":    {layer: 1, on: "sqlrecord"},
	"postgres":  {layer: 1, on: "sqlrecord"},
	"sqlrecord": {layer: 1},

	"jetstream": {layer: 1},

	"storetest": {layer: 1, isForTests: true},
	"pgtest":    {layer: 1, isForTests: true},

	"nlp/tokenize":    {layer: 2},
	"nlp/tag":         {layer: 2},
	"nlp/parse":       {layer: 2},
	"nlp/ner":         {layer: 2},
	"nlp/attribution": {layer: 2},
	"nlp/coref":       {layer: 2},
	"nlp/stance":      {layer: 2},
	"nlp/timex":       {layer: 2},
	"corpus":          {layer: 2},
	"eval":            {layer: 2},

	"nlp/english": {layer: 3},

	"cmd/quoth": {layer: 4},
}

func TestImportRule(t *testing.T) {
	for _, fault := range check(os.DirFS("../.."), rooms) {
		t.Error(fault)
	}
}

// check returns what breaks the rule in the module that fsys holds, in order.
func check(fsys fs.FS, rooms map[string]room) []string {
	h, err := open(fsys, rooms)
	if err != nil {
		return []string{err.Error()}
	}
	var faults []string
	for _, dir := range sortedKeys(h.packages) {
		faults = append(faults, h.checkPackage(dir)...)
	}
	for _, dir := range sortedKeys(rooms) {
		if h.packages[dir] == nil {
			faults = append(faults, fmt.Sprintf("%s: in the table, but there is no such package", dir))
		}
		if r := rooms[dir]; r.layer == 0 && len(r.audited) > 1 {
			faults = append(faults, fmt.Sprintf("%s: layer 0 has at most one audited dependency", dir))
		}
	}
	return faults
}

// house is the module as it stands.
type house struct {
	rooms    map[string]room
	module   string              // the module's path
	requires []string            // paths of the modules that go.mod requires
	packages map[string][]source // by folder
}

// source is one Go file.
type source struct {
	path   string
	syntax *ast.File
	isTest bool
}

// open parses every Go file of the module. Folders that the go command passes over are
// passed over here too, and so are modules inside the module.
func open(fsys fs.FS, rooms map[string]room) (*house, error) {
	h := &house{rooms: rooms, packages: map[string][]source{}}
	if err := h.readModule(fsys); err != nil {
		return nil, err
	}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			return passOver(fsys, name)
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		h.packages[dir] = append(h.packages[dir], source{name, syntax, strings.HasSuffix(name, "_test.go")})
		return nil
	})
	if err == nil && len(h.packages) == 0 {
		err = fmt.Errorf("no Go file in module %s", h.module)
	}
	return h, err
}

// passOver returns fs.SkipDir for folders that hold no package of the module.
func passOver(fsys fs.FS, dir string) error {
	if dir == "." {
		return nil
	}
	base := path.Base(dir)
	if base == "testdata" || base == "vendor" || base[0] == '.' || base[0] == '_' {
		return fs.SkipDir
	}
	if _, err := fs.Stat(fsys, path.Join(dir, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// readModule takes the paths of the module and of what it requires from go.mod.
func (h *house) readModule(fsys fs.FS) error {
	text, err := fs.ReadFile(fsys, "go.mod")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		switch {
		case len(words) == 2 && words[0] == "module":
			h.module = words[1]
		case len(words) >= 2 && strings.HasPrefix(words[1], "v"):
			h.requires = append(h.requires, words[0])
		}
	}
	if h.module == "" {
		return fmt.Errorf("go.mod names no module")
	}
	return nil
}

// checkPackage returns what breaks the rule in the package of dir.
func (h *house) checkPackage(dir string) []string {
	var faults []string
	say := func(where, format string, a ...any) {
		faults = append(faults, where+": "+fmt.Sprintf(format, a...))
	}
	if _, known := h.rooms[dir]; !known {
		say(dir, "not in the table: give the package a layer in internal/arch and say in docs/layout.md what it is for")
		return faults
	}
	if !isDocumented(h.packages[dir]) {
		say(dir, "no package comment above the clause")
	}
	for _, f := range h.packages[dir] {
		for _, spec := range f.syntax.Imports {
			imported := strings.Trim(spec.Path.Value, "`\"")
			if why := h.refuses(dir, imported, f.isTest); why != "" {
				say(f.path, "imports %s: %s", imported, why)
			}
		}
		if f.isTest {
			continue
		}
		if hasInit(f.syntax) {
			say(f.path, "has a func init: wire by hand in one visible list")
		}
		if isTextOnly(dir) && readsClock(f.syntax) {
			say(f.path, "reads the clock: times come in as arguments")
		}
	}
	return faults
}

// refuses says why a file of the package in dir may not import a package, "" when it may.
func (h *house) refuses(dir, imported string, isTest bool) string {
	if imported == "C" {
		return "no cgo"
	}
	own, isOwn := h.own(imported)
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case isOwn:
		return h.refusesOwn(dir, own, isTest)
	case strings.Contains(first, "."):
		return h.refusesModule(dir, imported, isTest)
	case !isTest && isTextOnly(dir) && isOutside(imported):
		return "the root and nlp see no file, network or database"
	}
	return ""
}

// own returns the folder of an imported package of this module.
func (h *house) own(imported string) (dir string, isOwn bool) {
	if imported == h.module {
		return ".", true
	}
	return strings.CutPrefix(imported, h.module+"/")
}

// refusesOwn is refuses for packages of this module.
func (h *house) refusesOwn(dir, to string, isTest bool) string {
	if isTest && to == dir {
		return "" // a test from outside the package
	}
	there, known := h.rooms[to]
	if !known {
		return "not in the table"
	}
	here := h.rooms[dir]
	switch {
	case there.isForTests && !isTest:
		return "a test package, for _test.go files only"
	case there.isForTests:
		return ""
	case here.on == to:
		return ""
	case there.layer == here.layer:
		return fmt.Sprintf("both are of layer %d", here.layer)
	case there.layer > here.layer:
		return fmt.Sprintf("layer %d may not see layer %d", here.layer, there.layer)
	case !isTest && (here.layer == 2 || here.layer == 3) && to != "." && to != "nlp" && !strings.HasPrefix(to, "nlp/"):
		return fmt.Sprintf("layer %d sees the root and nlp alone", here.layer)
	}
	return ""
}

// refusesModule is refuses for packages of other modules.
func (h *house) refusesModule(dir, imported string, isTest bool) string {
	here := h.rooms[dir]
	if isTest || here.layer == 1 || here.layer == 4 || slices.Contains(here.audited, h.moduleOf(imported)) {
		return ""
	}
	return fmt.Sprintf("layer %d imports the standard library and what the table names as audited", here.layer)
}

// moduleOf returns the required module that an imported package belongs to.
func (h *house) moduleOf(imported string) string {
	longest := ""
	for _, m := range h.requires {
		if (imported == m || strings.HasPrefix(imported, m+"/")) && len(m) > len(longest) {
			longest = m
		}
	}
	return longest
}

// isTextOnly reports whether the package in dir is the root or belongs to nlp: those see
// no file, no network, no database and no clock.
func isTextOnly(dir string) bool {
	return dir == "." || dir == "nlp" || strings.HasPrefix(dir, "nlp/")
}

// isOutside reports whether a package of the standard library leads out of the program.
func isOutside(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return slices.Contains([]string{"os", "net", "database", "log", "syscall"}, first)
}

// isDocumented reports whether a file of the package has the package's comment where
// godoc sees it: directly above the clause. The comment of a package of tests alone
// stands in a test.
func isDocumented(files []source) bool {
	onlyTests := !slices.ContainsFunc(files, func(f source) bool { return !f.isTest })
	return slices.ContainsFunc(files, func(f source) bool {
		begin := "Package " + f.syntax.Name.Name + " "
		if f.syntax.Name.Name == "main" {
			begin = "Command "
		}
		return f.isTest == onlyTests && strings.HasPrefix(f.syntax.Doc.Text(), begin)
	})
}

func hasInit(f *ast.File) bool {
	return slices.ContainsFunc(f.Decls, func(d ast.Decl) bool {
		fn, is := d.(*ast.FuncDecl)
		return is && fn.Recv == nil && fn.Name.Name == "init"
	})
}

// readsClock reports whether f names time.Now or one of its relatives.
func readsClock(f *ast.File) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if s, is := n.(*ast.SelectorExpr); is {
			if x, is := s.X.(*ast.Ident); is && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
				found = true
			}
		}
		return !found
	})
	return found
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
