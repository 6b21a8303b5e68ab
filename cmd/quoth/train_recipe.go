package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"quoth"
	"quoth/nlp/english"
)

// recipe says how a model is made: from what, by what steps, and what comes out.
type recipe struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	About   string `json:"about,omitempty"` // for people
	Seed    uint64 `json:"seed"`
	// Inputs are the files by the names that steps call them.
	Inputs map[string]recipeInput `json:"inputs"`
	Steps  []recipeStep           `json:"steps"`
	// Outputs are the sha256 of the files of the model, in hex.
	Outputs map[string]string `json:"outputs"`

	folder string // that the recipe is in
}

// recipeInput is one file of a corpus.
type recipeInput struct {
	Path    string `json:"path"`             // below --corpora, with slashes
	Beside  bool   `json:"beside,omitempty"` // the path is below the recipe's folder: the file is ours
	SHA256  string `json:"sha256"`
	Licence string `json:"licence"`
}

// recipeStep trains one stage.
type recipeStep struct {
	Stage string `json:"stage"`
	// Inputs are names of inputs by the part they play; the order counts.
	Inputs map[string][]string `json:"inputs"`
	// Options are those of the stage that are not its defaults.
	Options json.RawMessage `json:"options,omitempty"`
	// Minutes is how long the step takes, roughly; it only serves to tell the time left.
	Minutes float64 `json:"minutes,omitempty"`
}

// trainStage is what may be a step.
type trainStage struct {
	name, file string
	needs      []string // stages whose files it builds on
	roles      []string // of its inputs; the first must be there
	train      func(*trainer, context.Context, recipeStep, map[string][]byte) ([]byte, error)
}

// trainStages are the stages in the order in which recipes list them.
func trainStages() []trainStage {
	return []trainStage{
		{"clusters", "clusters.bin", nil, []string{"text", "trees"}, (*trainer).clusters},
		{"words", "words.bin", nil, []string{"text"}, (*trainer).words},
		{"tag", english.TagFile, []string{"clusters"}, []string{"trees"}, (*trainer).tag},
		{"parse", english.ParseFile, []string{"clusters", "words"}, []string{"trees"}, (*trainer).parse},
		{"names", english.NamesFile, []string{"clusters"}, []string{"bio", "silver", "articles", "standoff", "text"}, (*trainer).names},
		{"attribution", english.AttributionFile, []string{"clusters", "words", "tag", "parse", "names"}, []string{"articles", "text", "standoff"}, (*trainer).attribution},
		{"stance", english.StanceFile, []string{"clusters", "tag", "parse", "names"}, []string{"sentences"}, (*trainer).stance},
		{"lines", linesFile, nil, []string{"pages"}, (*trainer).lines},
	}
}

// linesFile is the model that tells body from furniture. It belongs to package page and
// not to a language, so the list of sums of a model does not name it.
const linesFile = "lines.bin"

// modelFiles are the files that every whole model has. Its list of sums names them, and
// the one of stances where there is one.
var modelFiles = []string{english.TagFile, english.ParseFile, english.NamesFile, english.AttributionFile}

// stageNamed returns the stage called name, nil when there is none.
func stageNamed(name string) *trainStage {
	all := trainStages()
	if i := slices.IndexFunc(all, func(s trainStage) bool { return s.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// stageNames lists the stages.
func stageNames() string {
	var names []string
	for _, s := range trainStages() {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

// has reports whether stage is one of the recipe's steps.
func (r *recipe) has(stage string) bool {
	return slices.ContainsFunc(r.Steps, func(s recipeStep) bool { return s.Stage == stage })
}

// readRecipe reads a recipe and refuses what it does not know.
func readRecipe(path string) (*recipe, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "no recipe " + path, Hint: "check the path; recipes are JSON files", Err: err}
	}
	if err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "cannot read the recipe " + path + ": " + err.Error(), Err: err}
	}
	r := &recipe{folder: filepath.Dir(path)}
	if err := strictJSON(b, r); err != nil {
		return nil, recipeError(path, err)
	}
	if err := r.check(); err != nil {
		return nil, recipeError(path, err)
	}
	if r.Outputs == nil {
		r.Outputs = map[string]string{}
	}
	return r, nil
}

func recipeError(path string, err error) error {
	return &quoth.Error{Code: quoth.Invalid, Message: "the recipe " + path + " is wrong: " + err.Error(),
		Hint: "recipes/README.md tells what a recipe holds, recipes/tiny.json is a small one", Err: err}
}

// strictJSON decodes one JSON value and refuses fields that v does not have. Errors
// tell the line.
func strictJSON(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = errors.New("something follows after the end")
		}
	}
	if err == nil {
		return nil
	}
	at := d.InputOffset()
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
	}
	message := strings.TrimPrefix(err.Error(), "json: ")
	if lines := bytes.Count(b[:min(int(at), len(b))], []byte("\n")); lines > 0 && (syntax != nil || kind != nil) {
		return fmt.Errorf("line %d: %s", lines+1, message)
	}
	return errors.New(message)
}

// check returns what is wrong with r.
func (r *recipe) check() error {
	if r.Name == "" || r.Version == "" || len(r.Steps) == 0 {
		return errors.New("it needs a name, a version and steps")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Inputs)) {
		in := r.Inputs[name]
		switch {
		case in.Path == "" || !filepath.IsLocal(filepath.FromSlash(in.Path)):
			return fmt.Errorf("input %s: the path %q does not lead into the folder of the corpora", name, in.Path)
		case len(in.SHA256) != hex.EncodedLen(sha256.Size):
			return fmt.Errorf("input %s: %q is no sha256", name, in.SHA256)
		case in.Licence == "":
			return fmt.Errorf("input %s: no licence", name)
		}
	}
	last := -1
	for _, s := range r.Steps {
		i := slices.IndexFunc(trainStages(), func(known trainStage) bool { return known.name == s.Stage })
		if i < 0 {
			return fmt.Errorf("there is no stage %q; the stages are %s", s.Stage, stageNames())
		}
		if i <= last {
			return fmt.Errorf("the step %s comes too late: the order is %s", s.Stage, stageNames())
		}
		last = i
		if err := r.checkStep(s); err != nil {
			return fmt.Errorf("step %s: %w", s.Stage, err)
		}
	}
	return nil
}

// checkStep returns what is wrong with a step of a known stage.
func (r *recipe) checkStep(s recipeStep) error {
	stage := stageNamed(s.Stage)
	for _, role := range slices.Sorted(maps.Keys(s.Inputs)) {
		if !slices.Contains(stage.roles, role) {
			return fmt.Errorf("it takes no %q; its inputs are %s", role, strings.Join(stage.roles, ", "))
		}
		for _, name := range s.Inputs[role] {
			if _, known := r.Inputs[name]; !known {
				return fmt.Errorf("there is no input %q", name)
			}
		}
	}
	if len(s.Inputs[stage.roles[0]]) == 0 {
		return fmt.Errorf("it needs %s", stage.roles[0])
	}
	if len(s.Inputs["standoff"]) > 0 && len(s.Inputs["text"]) == 0 {
		return errors.New("the articles of standoff are to be found in text, which it has none of")
	}
	for _, need := range stage.needs {
		if need != "clusters" && !r.has(need) {
			return fmt.Errorf("it builds on %s, which is no step", need)
		}
	}
	return checkOptions(s)
}

// write replaces the recipe at path.
func (r *recipe) write(path string) error {
	b, err := r.encode()
	if err != nil {
		return fmt.Errorf("write recipe: %w", err)
	}
	if err := replaceFiles(filepath.Dir(path), map[string][]byte{filepath.Base(path): b}); err != nil {
		return &quoth.Error{Code: quoth.Invalid, Message: "cannot write the recipe " + path + ": " + err.Error(), Err: err}
	}
	return nil
}

// encode returns r as recipes are kept, so that --update changes the sums alone.
func (r *recipe) encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(r)
	return out.Bytes(), err
}

// checkInputs compares the files that the steps read with the recipe's sums.
func (t *trainer) checkInputs(ctx context.Context, steps []recipeStep) error {
	var names []string
	for _, s := range steps {
		for _, role := range s.Inputs {
			names = append(names, role...)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(t.recipe.Inputs[a].Path, t.recipe.Inputs[b].Path) })
	names = slices.Compact(names)
	errs := make([]error, len(names))
	err := t.parallel(ctx, len(names), func(i int) error {
		errs[i] = t.checkInput(names[i])
		return nil
	})
	return cmp.Or(err, firstError(errs))
}

// firstError returns the first error in errs; when it is one for people, it tells how
// many more there are.
func firstError(errs []error) error {
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	if len(errs) == 0 {
		return nil
	}
	var shown *quoth.Error
	if errors.As(errs[0], &shown) && len(errs) > 1 {
		shown.Message += fmt.Sprintf(" (and %d more of its inputs are wrong)", len(errs)-1)
	}
	return errs[0]
}

func (t *trainer) checkInput(name string) error {
	in := t.recipe.Inputs[name]
	path := t.path(name)
	sum, err := sumFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return &quoth.Error{Code: quoth.NotFound, Message: fmt.Sprintf("there is no %s, the recipe's input %s", path, name),
			Hint: "name the folder of the corpora by --corpora", Err: err}
	}
	if err != nil {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("the recipe's input %s cannot be read: %v", name, err), Err: err}
	}
	if sum != in.SHA256 {
		return &quoth.Error{Code: quoth.Invalid,
			Message: fmt.Sprintf("%s is not the recipe's input %s: its sha256 is %s, the recipe's %s", path, name, sum, in.SHA256),
			Hint:    "get the version that the recipe was written for, or write the new sum into the recipe if this one is meant"}
	}
	return nil
}

// path is where the input called name is.
func (t *trainer) path(name string) string {
	in, folder := t.recipe.Inputs[name], t.corpora
	if in.Beside {
		folder = t.recipe.folder
	}
	return filepath.Join(folder, filepath.FromSlash(in.Path))
}

// paths are where the inputs called names are.
func (t *trainer) paths(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = t.path(name)
	}
	return out
}

func sumBytes(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
