package corpus

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"quoth"
)

// TimexDoc is a text with its time expressions.
type TimexDoc struct {
	ID      string
	Text    string
	DCT     string // date of the text as the file gives it, "" when it gives none
	Timexes []TimexMark
}

// TimexMark is an annotated time expression. Of nested ones only the outermost is kept.
type TimexMark struct {
	quoth.Span
	Type  string // DATE, TIME, DURATION or SET; "" in TIMEX2, which has no types
	Value string // as the corpus writes it
}

// ReadTimexes reads a file of TimeML (TIMEX3) or of TIMEX2, the way of WikiWars, or every
// .tml and .xml file of a folder, or a treebank with dates (.conllu, .conllu.gz), as GUM. The document's own date is no expression. A file
// without a text is told in [Problems].
func ReadTimexes(path string) ([]TimexDoc, error) {
	if strings.HasSuffix(strings.TrimSuffix(path, ".gz"), ".conllu") {
		return readTreeDates(path)
	}
	files := []string{path}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		files = nil
		for _, pattern := range []string{"*.tml", "*.xml"} {
			found, err := filepath.Glob(filepath.Join(path, pattern))
			if err != nil {
				return nil, fmt.Errorf("list %s: %w", path, err)
			}
			files = append(files, found...)
		}
		slices.Sort(files)
	}
	var docs []TimexDoc
	var problems Problems
	for _, file := range files {
		f, err := openFile(file)
		if err != nil {
			return nil, err
		}
		d, err := readTimexDoc(f)
		f.Close()
		if err != nil {
			problems = append(problems, Problem{File: file, What: err.Error()})
			continue
		}
		if d.ID == "" {
			d.ID = filepath.Base(file)
		}
		docs = append(docs, d)
	}
	if len(docs) == 0 {
		return nil, errEmpty(path, "text with time expressions")
	}
	return docs, problems.orNil()
}

// readTimexDoc reads one document.
func readTimexDoc(in io.Reader) (TimexDoc, error) {
	var d TimexDoc
	var text strings.Builder
	var element []string
	var open *TimexMark
	depth := 0
	x := xml.NewDecoder(in)
	x.Strict = false
	x.Entity = xml.HTMLEntity
	for {
		token, err := x.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return d, fmt.Errorf("is no XML: %w", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			element = append(element, e.Name.Local)
			if isTimex(e.Name.Local) {
				if depth++; depth > 1 {
					continue
				}
				m := timexMark(e)
				m.Start = text.Len()
				if slices.Contains(element, "TEXT") && attribute(e, "tid") != "t0" {
					open = &m
				} else if attribute(e, "functionInDocument") == "CREATION_TIME" {
					d.DCT = m.Value
				}
			}
		case xml.EndElement:
			if len(element) > 0 {
				element = element[:len(element)-1]
			}
			if isTimex(e.Name.Local) {
				if depth--; depth == 0 && open != nil {
					if open.End = text.Len(); !open.IsEmpty() {
						d.Timexes = append(d.Timexes, *open)
					}
					open = nil
				}
			}
		case xml.CharData:
			switch {
			case slices.Contains(element, "TEXT"):
				text.Write(e)
			case len(element) > 0 && element[len(element)-1] == "DOCID":
				d.ID = strings.TrimSpace(string(e))
			}
		}
	}
	if d.Text = text.String(); strings.TrimSpace(d.Text) == "" {
		return d, fmt.Errorf("has no TEXT element with a text")
	}
	return d, nil
}

func isTimex(name string) bool { return name == "TIMEX3" || name == "TIMEX2" }

// timexMark reads the attributes of an expression.
func timexMark(e xml.StartElement) TimexMark {
	m := TimexMark{Type: attribute(e, "type"), Value: attribute(e, "value")}
	if e.Name.Local == "TIMEX2" {
		m.Value = attribute(e, "val")
	}
	return m
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}
