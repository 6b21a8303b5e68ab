package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/english"
)

// newAnalyzer loads the embedded English model.
func newAnalyzer() (quoth.Analyzer, error) {
	a, err := english.New()
	if err != nil {
		return nil, err
	}
	return a, nil
}

// analyzer loads the model in the folder, or the embedded one when folder is "".
func (env *Env) analyzer(folder string) (quoth.Analyzer, error) {
	if folder == "" {
		a, err := env.NewAnalyzer()
		if err != nil {
			return nil, modelError(err)
		}
		return a, nil
	}
	m, err := readModel(folder)
	if err != nil {
		return nil, labelled("--model "+folder, err)
	}
	a, err := english.Open(m)
	var shown *quoth.Error
	if errors.As(err, &shown) {
		return nil, &quoth.Error{Code: shown.Code, Message: "--model " + folder + ": the model cannot be used: " + inWords(shown.Err, false), Hint: shown.Hint, Err: shown.Err}
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// readModel reads a folder that `quoth train` wrote. Without its list of sums, which
// half a model does not have, it is no model.
func readModel(folder string) (english.Model, error) {
	var m english.Model
	var version, sums []byte
	files := []struct {
		name string
		to   *[]byte
	}{
		{english.TagFile, &m.Tag}, {english.ParseFile, &m.Parse}, {english.NamesFile, &m.Names}, {english.AttributionFile, &m.Attribution},
		{english.VersionFile, &version}, {english.SumsFile, &sums},
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(folder, f.name))
		if err != nil {
			return m, &quoth.Error{Code: quoth.NotFound, Message: "no model in it: " + f.name + " cannot be read",
				Hint: "name a folder that quoth train wrote", Err: err}
		}
		*f.to = b
	}
	m.Version, m.Sums = strings.TrimSpace(string(version)), string(sums)
	if strings.Contains(m.Sums, english.StanceFile) { // the one file that a model can do without
		var err error
		if m.Stance, err = os.ReadFile(filepath.Join(folder, english.StanceFile)); err != nil {
			return m, &quoth.Error{Code: quoth.NotFound, Message: "half a model in it: " + english.StanceFile + " cannot be read",
				Hint: "train the stance step again", Err: err}
		}
	}
	return m, nil
}

// pipelined is implemented by analyzers that show the layers below their statements.
type pipelined interface{ Pipeline() *nlp.Pipeline }

// stages loads the model in the folder, the embedded one when it is "", and returns its
// stages in order, and what to call it.
func (env *Env) stages(folder string) ([]nlp.Stage, evalModel, error) {
	a, err := env.analyzer(folder)
	if err != nil {
		return nil, evalModel{}, err
	}
	p, ok := a.(pipelined)
	if !ok {
		return nil, evalModel{}, &quoth.Error{Code: quoth.Internal, Message: "the model shows no layers to score"}
	}
	return p.Pipeline().Stages(), modelOf(a), nil
}

// evalModel names a model in a report.
type evalModel struct {
	Version string `json:"version,omitempty"`
	SHA256  string `json:"sha256,omitempty"`
}

// modelOf names the model of a.
func modelOf(a quoth.Analyzer) (m evalModel) {
	if named, ok := a.(modelNamer); ok {
		m.Version, m.SHA256 = named.Model()
	}
	return m
}

// modelName is what reports call the model in a folder.
func modelName(folder string) string {
	if folder == "" {
		return "embedded model"
	}
	return folder
}
