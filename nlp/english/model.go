package english

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Model is the weights of the stages, as their Train functions wrote them. The bytes
// must not change while an analyzer uses them.
type Model struct {
	Version                        string
	Tag, Parse, Names, Attribution []byte
	// Stance may be nil: then no stance is told.
	Stance []byte
	// Sums names the SHA-256 that each file should have, in the form of sha256sum; ""
	// leaves them unchecked.
	Sums string
}

// The files of a model, in a folder of its own.
const (
	TagFile         = "tag.bin"
	ParseFile       = "parse.bin"
	NamesFile       = "names.bin"
	AttributionFile = "attribution.bin"
	StanceFile      = "stance.bin"
	SumsFile        = "SHA256SUMS"
	VersionFile     = "VERSION"
)

var (
	//go:embed model/tag.bin
	tagModel []byte
	//go:embed model/parse.bin
	parseModel []byte
	//go:embed model/names.bin
	namesModel []byte
	//go:embed model/attribution.bin
	attributionModel []byte
	//go:embed model/stance.bin
	stanceModel []byte
	//go:embed model/SHA256SUMS
	modelSums string
	//go:embed model/VERSION
	modelVersion string
)

// Default returns the embedded model.
func Default() Model {
	return Model{
		Version:     strings.TrimSpace(modelVersion),
		Tag:         tagModel,
		Parse:       parseModel,
		Names:       namesModel,
		Attribution: attributionModel,
		Stance:      stanceModel,
		Sums:        modelSums,
	}
}

func (m Model) files() map[string][]byte {
	files := map[string][]byte{TagFile: m.Tag, ParseFile: m.Parse, NamesFile: m.Names, AttributionFile: m.Attribution}
	if m.Stance != nil {
		files[StanceFile] = m.Stance
	}
	return files
}

// SHA256 is the sum over the files' sums, in hex: it names the model.
func (m Model) SHA256() string {
	h := sha256.New()
	for _, b := range [][]byte{m.Tag, m.Parse, m.Names, m.Attribution, m.Stance} {
		if b != nil {
			sum := sha256.Sum256(b)
			h.Write(sum[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// check compares the files with Sums, where there are any.
func (m Model) check() error {
	if m.Sums == "" {
		return nil
	}
	files := m.files()
	var wait sync.WaitGroup
	errs := make([]error, strings.Count(m.Sums, "\n")+1)
	checked := 0
	for i, line := range strings.Split(strings.TrimSpace(m.Sums), "\n") {
		want, name, _ := strings.Cut(line, "  ")
		b, ok := files[name]
		if !ok {
			return fmt.Errorf("its list of sums names a file %q that it does not have", name)
		}
		checked++
		wait.Go(func() {
			if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
				errs[i] = fmt.Errorf("%s is damaged: its SHA-256 is not the one on the list", name)
			}
		})
	}
	wait.Wait()
	if checked != len(files) {
		return fmt.Errorf("its list of sums has %d files, want %d", checked, len(files))
	}
	return errors.Join(errs...)
}
