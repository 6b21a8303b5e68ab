package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"quoth"
	"quoth/render"
)

// folderSink writes one file per article into a folder. Every file is written under
// a temporary name and then renamed: under its own name it is whole or not there.
type folderSink struct {
	dir     string
	format  render.Format
	options render.Options
	names   map[string]bool // of articles written in this run
}

func newFolderSink(dir string, format render.Format, options render.Options) (*folderSink, error) {
	s := &folderSink{dir, format, options, map[string]bool{}}
	if format.Name != "brat" {
		return s, nil
	}
	conf := filepath.Join(dir, "annotation.conf")
	if _, err := os.Stat(conf); errors.Is(err, fs.ErrNotExist) {
		return s, writeWhole(conf, []byte(render.BratConfiguration))
	}
	return s, nil
}

func (s *folderSink) write(o outcome) error {
	if o.err != nil {
		return nil
	}
	r := o.reading
	var b bytes.Buffer
	w := s.format.New(&b, s.options)
	if err := errors.Join(w.Write(r), w.Close()); err != nil {
		return err
	}
	name := filepath.Join(s.dir, s.fileName(r.Article.ID))
	if s.format.Name == "brat" {
		// The text first: annotations without it would be of no use.
		if err := writeWhole(name+".txt", render.BratText(r)); err != nil {
			return err
		}
	}
	return writeWhole(name+s.format.Extension, b.Bytes())
}

func (s *folderSink) close() error { return nil }

// maxNameBytes bounds a file's name; file systems allow 255 with the extension.
const maxNameBytes = 120

// fileName makes a file's name from an article's ID, which a page may have chosen:
// nothing in it leads out of the folder or hides the file. An ID that had to be
// changed, or that came before in this run, gets a suffix that keeps it apart.
func (s *folderSink) fileName(id string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return '_'
	}, id)
	name = strings.TrimLeft(name, ".")
	if len(name) > maxNameBytes {
		name = strings.ToValidUTF8(name[:maxNameBytes], "")
	}
	if name == "" || name != id {
		h := fnv.New32a()
		h.Write([]byte(id))
		name += fmt.Sprintf("_%08x", h.Sum32())
	}
	// Two names that differ in case only are one file on some systems.
	for base, n := name, 2; s.names[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	s.names[strings.ToLower(name)] = true
	return name
}

// writeWhole writes a file so that nobody ever sees half of it.
func writeWhole(name string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(name), ".quoth-*")
	if err != nil {
		return unwritable(name, err)
	}
	_, err = temp.Write(content)
	err = errors.Join(err, temp.Chmod(0o644), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		os.Remove(temp.Name())
		return unwritable(name, err)
	}
	return nil
}

func unwritable(name string, err error) error {
	return &quoth.Error{Code: quoth.Invalid, Message: name + " cannot be written: " + err.Error(), Hint: "choose another folder with --out", Err: err}
}
