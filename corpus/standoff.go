package corpus

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"quoth"
	"quoth/nlp"
)

// ReadStandoff reads attributions of articles whose texts stand in files of raw text (see [ReadRaw]), so that
// they can be passed on where the texts cannot: JSON lines as [ReadAttributions] reads them, without a text but
// with the sha256 of the article's, {"id", "sha256", "attributions": [A, ...]}. An article without its text, or
// with another one, is left out and told in [Problems], and so are broken spans. A file of which no article is left is an error.
func ReadStandoff(path string, texts ...string) ([]AttributionDoc, error) {
	docs, err := ReadAttributions(path)
	var problems Problems
	if err != nil && (docs == nil || !errors.As(err, &problems)) {
		return nil, err
	}
	docs, more, err := withTexts(path, texts, docs, func(d AttributionDoc) (string, string) { return d.ID, d.sum },
		func(d *AttributionDoc, a RawArticle) Problems {
			d.setText(a)
			return d.Check(a.Text, path)
		})
	if err != nil {
		return nil, err
	}
	return docs, append(problems, more...).orNil()
}

// setText makes a the article of d.
func (d *AttributionDoc) setText(a RawArticle) {
	d.Text, d.Date, d.Publisher = a.Text, cmp.Or(a.Date, d.Date), cmp.Or(a.Publisher, d.Publisher)
}

// NamedDoc is an article of raw text with its names, in order.
type NamedDoc struct {
	RawArticle
	Spans []quoth.Span
	Kinds []nlp.MentionKind

	sum string // sha256 of the text, in hex
}

// ReadStandoffNames reads names of articles whose texts stand in files of raw text, as [ReadStandoff] reads attributions:
// {"id", "sha256", "names": [[b, e, "Person"], ...]}, the kinds being those of [nlp.MentionKind].
func ReadStandoffNames(path string, texts ...string) ([]NamedDoc, error) {
	docs, problems, err := nameLines(path)
	if err != nil {
		return nil, err
	}
	docs, more, err := withTexts(path, texts, docs, func(d NamedDoc) (string, string) { return d.ID, d.sum },
		func(d *NamedDoc, a RawArticle) Problems {
			d.RawArticle = a
			return d.check(path)
		})
	if err != nil {
		return nil, err
	}
	return docs, append(problems, more...).orNil()
}

// nameLines reads the lines of [ReadStandoffNames].
func nameLines(path string) (docs []NamedDoc, problems Problems, err error) {
	err = eachLine(path, func(n int, line []byte) {
		if len(bytes.TrimSpace(line)) == 0 {
			return
		}
		var raw struct {
			ID, SHA256 string
			Names      []nameSpan
		}
		if err := json.Unmarshal(line, &raw); err != nil {
			problems = append(problems, Problem{path, n, raw.ID, fmt.Sprintf("not an article with names: %v", err)})
			return
		}
		d := NamedDoc{RawArticle: RawArticle{ID: raw.ID}, sum: raw.SHA256}
		slices.SortFunc(raw.Names, func(a, b nameSpan) int { return a.Start - b.Start })
		for _, n := range raw.Names {
			d.Spans, d.Kinds = append(d.Spans, n.Span), append(d.Kinds, n.kind)
		}
		docs = append(docs, d)
	})
	if err != nil {
		return nil, nil, err
	}
	return docs, problems, nil
}

// check drops the names that are not sound in the text and returns a problem for each.
func (d *NamedDoc) check(file string) (broken Problems) {
	for i := len(d.Spans) - 1; i >= 0; i-- {
		if what := brokenSpan(d.Spans[i], d.Text, true); what != "" {
			broken = append(broken, Problem{file, 0, d.ID, fmt.Sprintf("name [%d,%d] %s", d.Spans[i].Start, d.Spans[i].End, what)})
			d.Spans, d.Kinds = slices.Delete(d.Spans, i, i+1), slices.Delete(d.Kinds, i, i+1)
		}
	}
	return broken
}

// nameSpan is a name as the files write it: [b, e, "Person"].
type nameSpan struct {
	quoth.Span
	kind nlp.MentionKind
}

func (n *nameSpan) UnmarshalJSON(b []byte) error {
	var kind string
	all := []any{&n.Start, &n.End, &kind}
	if err := json.Unmarshal(b, &all); err != nil {
		return err
	}
	if n.kind = nlp.MentionKindNamed(kind); len(all) != 3 || n.kind == nlp.NoMention {
		return fmt.Errorf("%s is no name with its kind", b)
	}
	return nil
}

// withTexts puts texts into docs: key tells the id of one and the sha256 of its text, which stands in one of the files of
// raw text; put takes it and returns what is wrong with it. It returns the docs that have their text, and a problem for
// each that does not; none left is an error.
func withTexts[D any](path string, texts []string, docs []D, key func(D) (id, sum string), put func(*D, RawArticle) Problems) ([]D, Problems, error) {
	var problems Problems
	at, found := map[string]int{}, make([]bool, len(docs))
	for i, d := range docs {
		id, _ := key(d)
		if _, twice := at[id]; twice {
			problems = append(problems, Problem{File: path, ID: id, What: "is there twice; the first one counts"})
			continue
		}
		at[id] = i
	}
	missing := len(at)
	for _, name := range texts {
		if missing == 0 {
			break
		}
		for a, err := range ReadRaw(name) {
			if err != nil {
				return nil, nil, err
			}
			i, wanted := at[a.ID]
			if !wanted || found[i] {
				continue
			}
			sum := sha256.Sum256([]byte(a.Text))
			if _, want := key(docs[i]); hex.EncodeToString(sum[:]) != want {
				continue // told below; another file may have it
			}
			problems, found[i] = append(problems, put(&docs[i], a)...), true
			if missing--; missing == 0 {
				break
			}
		}
	}
	var out []D
	for i, d := range docs {
		if id, _ := key(d); found[i] {
			out = append(out, d)
		} else if at[id] == i {
			problems = append(problems, Problem{File: path, ID: id, What: "its text is not there, or is another one"})
		}
	}
	if out == nil {
		return nil, nil, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("no article of %s has its text: %s", path, problems.Error()),
			Hint: "name the file of raw news that it was marked in"}
	}
	return out, problems, nil
}
