package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"quoth"
	"quoth/nlp/english"
)

// TrainCmd is `quoth train`.
type TrainCmd struct {
	Recipe string `arg:"" name:"RECIPE" help:"The recipe: a JSON file that names inputs with their sums, steps and outputs."`

	Corpora     string   `placeholder:"DIR" help:"Folder that the paths of the recipe's inputs start from; the recipe's own when not given."`
	Out         string   `default:"model" placeholder:"DIR" help:"Folder that the model is written into."`
	Only        []string `placeholder:"STAGE" help:"Train only these steps, such as tag,parse; what they build on is read from --out."`
	Jobs        jobCount `default:"0" placeholder:"N" help:"Cores to use; 0 is all. The model is the same whatever the number."`
	Share       float64  `default:"1" help:"Train attribution on this share of the articles, 0 to 1, evenly spread: a point of a learning curve."`
	Corrections string   `placeholder:"FILE" help:"Train attribution on the articles of this file as well, as quoth export --corrections writes it."`

	Check  bool `help:"Write nothing; compare what is trained with the sums in the recipe, and fail when one differs."`
	Update bool `help:"Write the sums of what was trained into the recipe."`
}

// Help is the text of `quoth help train` below the flags.
func (c *TrainCmd) Help() string {
	return `The steps are clusters, words, tag, parse, names, attribution, stance and lines. All inputs are compared with the recipe's sums before anything runs. The model appears in the output folder when all of it is there: an interrupted run leaves the folder as it was.

The same recipe on the same inputs gives the same bytes on one kind of processor, however many cores are used.

Examples:

	quoth train recipes/tiny.json
	quoth train recipes/english.json --corpora ~/corpora
	quoth train recipes/english.json --corpora ~/corpora --only names,attribution
	quoth read --model model article.txt`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *TrainCmd) Validate() error {
	if c.Share <= 0 || c.Share > 1 {
		return &misuseError{fmt.Sprintf("--share %g is no share", c.Share), "more than 0, at most 1"}
	}
	if c.Share < 1 && (c.Check || c.Update) {
		return &misuseError{"--share trains another model than the recipe's", "leave out --check and --update"}
	}
	if c.Corrections != "" && (c.Check || c.Update) {
		return &misuseError{"--corrections trains another model than the recipe's", "leave out --check and --update"}
	}
	if c.Check && c.Update {
		return &misuseError{"--check compares with the recipe's sums and --update rewrites them", "leave one of them out"}
	}
	for _, stage := range c.Only {
		if stageNamed(stage) == nil {
			return &misuseError{fmt.Sprintf("there is no step %q to train", stage), "the steps are " + stageNames()}
		}
	}
	return nil
}

// Run trains the model.
func (c *TrainCmd) Run(ctx context.Context, env *Env) error {
	r, err := readRecipe(c.Recipe)
	if err != nil {
		return err
	}
	steps, err := c.steps(r)
	if err != nil {
		return err
	}
	t := &trainer{recipe: r, share: c.Share, corrections: c.Corrections, corpora: c.corpora(), slots: make(chan struct{}, c.Jobs.workers()), warn: func(string) {}}
	if err := t.checkInputs(ctx, steps); err != nil {
		return trainError(ctx, err)
	}
	have, err := c.earlier(r, steps)
	if err != nil {
		return err
	}
	t.progress = startTrainProgress(env, steps)
	t.warn = func(message string) { t.progress.say("warning", message) }
	files, err := t.run(ctx, steps, have)
	t.progress.stop()
	if err != nil {
		return trainError(ctx, err)
	}
	return c.finish(env, r, steps, files)
}

// corpora is the folder of the inputs.
func (c *TrainCmd) corpora() string {
	if c.Corpora != "" {
		return c.Corpora
	}
	return filepath.Dir(c.Recipe)
}

// steps are the steps of r that are to run.
func (c *TrainCmd) steps(r *recipe) ([]recipeStep, error) {
	if len(c.Only) == 0 {
		return r.Steps, nil
	}
	var out []recipeStep
	for _, s := range r.Steps {
		if slices.Contains(c.Only, s.Stage) {
			out = append(out, s)
		}
	}
	for _, stage := range c.Only {
		if !slices.ContainsFunc(out, func(s recipeStep) bool { return s.Stage == stage }) {
			return nil, &misuseError{fmt.Sprintf("the recipe %s has no step %s", c.Recipe, stage), "leave it out of --only"}
		}
	}
	return out, nil
}

// earlier reads from the output folder what the steps build on and do not make.
func (c *TrainCmd) earlier(r *recipe, steps []recipeStep) (map[string][]byte, error) {
	made := map[string]bool{}
	for _, s := range steps {
		made[s.Stage] = true
	}
	have := map[string][]byte{}
	for _, s := range steps {
		for _, need := range stageNamed(s.Stage).needs {
			if made[need] || have[need] != nil || !r.has(need) {
				continue
			}
			path := filepath.Join(c.Out, stageNamed(need).file)
			b, err := os.ReadFile(path)
			if err != nil {
				return nil, &quoth.Error{Code: quoth.NotFound, Message: fmt.Sprintf("%s builds on %s, and %s cannot be read", s.Stage, need, path),
					Hint: "train " + need + " as well, or name the folder of an earlier run by --out", Err: err}
			}
			have[need] = b
		}
	}
	return have, nil
}

// finish compares, writes and reports what was trained: files by their names.
func (c *TrainCmd) finish(env *Env, r *recipe, steps []recipeStep, files map[string][]byte) error {
	sums := map[string]string{}
	var others []string // not of the recipe's sums
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sums[name] = sumBytes(files[name])
		if sums[name] != r.Outputs[name] {
			others = append(others, name)
		}
	}
	switch {
	case c.Check && len(others) > 0:
		return &quoth.Error{Code: quoth.Invalid, Message: "not the bytes that the recipe names: " + strings.Join(others, ", "),
			Hint: "the code, the compiler or the kind of processor is another one; --update writes the new sums into the recipe"}
	case c.Check:
		env.say("note", "all files are those of the recipe")
		return nil
	}
	if err := writeModel(c.Out, r.Name+"-"+r.Version, files); err != nil {
		return err
	}
	for _, s := range steps {
		name := stageNamed(s.Stage).file
		fmt.Fprintf(env.Stdout, "%s  %s\n", sums[name], filepath.Join(c.Out, name))
	}
	if c.Update {
		maps.Copy(r.Outputs, sums)
		return r.write(c.Recipe)
	}
	if len(others) > 0 && len(r.Outputs) > 0 {
		env.say("warning", "not the sums in the recipe: "+strings.Join(others, ", ")+"; --update writes the new ones into it")
	}
	return nil
}

// writeModel writes the files of a model into dir: each whole or not at all, the list
// of sums last. A model of which a file is missing has no list of sums, and so has a
// model in the moment when its files change.
func writeModel(dir, version string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return outError(dir, err)
	}
	all := maps.Clone(files)
	all[english.VersionFile] = []byte(version + "\n")
	var list strings.Builder
	whole := true
	for _, name := range append(slices.Clone(modelFiles), english.StanceFile) {
		b, ok := files[name]
		if !ok {
			var err error
			if b, err = os.ReadFile(filepath.Join(dir, name)); err != nil {
				whole = whole && name == english.StanceFile
				continue
			}
		}
		fmt.Fprintf(&list, "%s  %s\n", sumBytes(b), name)
	}
	sumsPath := filepath.Join(dir, english.SumsFile)
	if err := os.Remove(sumsPath); err != nil && !errors.Is(err, os.ErrNotExist) {
		return outError(dir, err)
	}
	if err := replaceFiles(dir, all); err != nil {
		return outError(dir, err)
	}
	if !whole {
		return nil
	}
	if err := replaceFiles(dir, map[string][]byte{english.SumsFile: []byte(list.String())}); err != nil {
		return outError(dir, err)
	}
	return nil
}

// replaceFiles writes files into dir, under other names first, so that a full disk
// costs none of those that are there.
func replaceFiles(dir string, files map[string][]byte) (err error) {
	names := slices.Sorted(maps.Keys(files))
	temporary := make([]string, 0, len(names))
	defer func() {
		for _, path := range temporary {
			os.Remove(path) // those that were not renamed
		}
	}()
	for _, name := range names {
		f, err := os.CreateTemp(dir, "."+name+".*")
		if err != nil {
			return err
		}
		temporary = append(temporary, f.Name())
		_, err = f.Write(files[name])
		if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
			return err
		}
	}
	for i, name := range names {
		if err := os.Rename(temporary[i], filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func outError(dir string, err error) error {
	return &quoth.Error{Code: quoth.Invalid, Message: "the model cannot be written into " + dir + ": " + err.Error(),
		Hint: "choose a folder that you may write by --out", Err: err}
}

// trainError tells an interruption from other errors.
func trainError(ctx context.Context, err error) error {
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return &quoth.Error{Code: quoth.Unavailable, Message: "interrupted; nothing was written", Err: err}
	}
	return err
}
