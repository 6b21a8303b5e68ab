package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"quoth"
	"quoth/nlp"
)

// ReadStandoff reads attributions of articles whose texts stand in files of raw text (see [Raw]), so that
// they can be passed on where the texts cannot: JSON lines as [ReadAttributions] reads them, without a text but
// with the sha256 of the article's, {"id", "sha256", "attributions": [A, ...]}. An article without its text, or
// with another one, is left out and told in [Problems], and so are broken spans.
func ReadStandoff(path string, texts ...string) ([]AttributionDoc, error) {
	docs, err := ReadAttributions(path)
	var problems Problems
	if err != nil && !errors.As(err, &problems) {
		return nil, err
	}
	sums, at := map[string]string{}, map[string]int{}
	for i, d := range docs {
		sums[d.ID], at[d.ID] = d.sum, i
	}
	more, err := findTexts(path, sums, texts, func(a RawArticle) Problems { return docs[at[a.ID]].setText(a, path) })
	if err != nil {
		return nil, err
	}
	docs = slices.DeleteFunc(docs, func(d AttributionDoc) bool { return d.Text == "" })
	return docs, append(problems, more...).orNil()
}

// setText puts the text of a into d and returns what of d, of the file called name, is not sound in it.
func (d *AttributionDoc) setText(a RawArticle, name string) Problems {
	d.Text, d.Date, d.Publisher = a.Text, a.Date, a.Publisher
	return d.Check(a.Text, name)
}

// NamedDoc is an article of raw text with its names, in order.
type NamedDoc struct {
	RawArticle
	Spans []quoth.Span
	Kinds []nlp.MentionKind
}

// ReadStandoffNames reads names of articles whose texts stand in files of raw text, as [ReadStandoff] reads attributions:
// {"id", "sha256", "names": [[b, e, "Person"], ...]}, the kinds being those of [nlp.MentionKind].
func ReadStandoffNames(path string, texts ...string) ([]NamedDoc, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := newLineReader(f, path)
	if err != nil {
		return nil, err
	}
	var docs []NamedDoc
	var problems Problems
	sums, at := map[string]string{}, map[string]int{}
	for {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var raw struct {
			ID, SHA256 string
			Names      []nameSpan
		}
		if err := json.Unmarshal(line, &raw); err != nil {
			problems = append(problems, Problem{path, lines.n, raw.ID, fmt.Sprintf("not an article with names: %v", err)})
			continue
		}
		d := NamedDoc{RawArticle: RawArticle{ID: raw.ID}}
		slices.SortFunc(raw.Names, func(a, b nameSpan) int { return a.Start - b.Start })
		for _, n := range raw.Names {
			d.Spans, d.Kinds = append(d.Spans, n.Span), append(d.Kinds, n.kind)
		}
		sums[d.ID], at[d.ID] = raw.SHA256, len(docs)
		docs = append(docs, d)
	}
	if len(docs) == 0 && len(problems) == 0 {
		return nil, errEmpty(path, "article")
	}
	more, err := findTexts(path, sums, texts, func(a RawArticle) (broken Problems) {
		d := &docs[at[a.ID]]
		d.RawArticle = a
		for i := len(d.Spans) - 1; i >= 0; i-- {
			if what := brokenSpan(d.Spans[i], a.Text, true); what != "" {
				broken = append(broken, Problem{path, 0, a.ID, fmt.Sprintf("name [%d,%d] %s", d.Spans[i].Start, d.Spans[i].End, what)})
				d.Spans, d.Kinds = slices.Delete(d.Spans, i, i+1), slices.Delete(d.Kinds, i, i+1)
			}
		}
		return broken
	})
	if err != nil {
		return nil, err
	}
	docs = slices.DeleteFunc(docs, func(d NamedDoc) bool { return d.Text == "" })
	return docs, append(problems, more...).orNil()
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

// findTexts gives f the articles in files of raw text whose ids are those of sums and whose texts have these sha256; it
// returns what f returns, and a problem for each article that is not there so.
func findTexts(path string, sums map[string]string, texts []string, f func(RawArticle) Problems) (Problems, error) {
	var problems Problems
	missing := maps.Clone(sums)
	for _, name := range texts {
		for a, err := range ReadRaw(name) {
			if err != nil {
				return nil, err
			}
			want, wanted := missing[a.ID]
			if !wanted {
				continue
			}
			if sum := sha256.Sum256([]byte(a.Text)); hex.EncodeToString(sum[:]) != want {
				continue // told below; another file may have it
			}
			delete(missing, a.ID)
			problems = append(problems, f(a)...)
			if len(missing) == 0 {
				return problems, nil
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(missing)) {
		problems = append(problems, Problem{File: path, ID: id, What: "its text is not there, or is another one"})
	}
	return problems, nil
}
