package corpus

import (
	"encoding/json"
	"fmt"
	"strings"

	"quoth"
)

// segment puts the words of a labelled segment together, a blank between two, and makes
// each piece that its labels mark, "B-cue" and so on, an attribution of its own: such
// corpora (CofeNet, RiQuA in its form) do not say which pieces belong together.
func segment(words, labels []string) (text string, pieces []quoth.Attribution, err error) {
	if len(words) != len(labels) {
		return "", nil, fmt.Errorf("%d tokens and %d labels", len(words), len(labels))
	}
	var b strings.Builder
	last, role := "", (*[]quoth.Span)(nil)
	for i, word := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		start := b.Len()
		b.WriteString(word)
		begins, name, _ := strings.Cut(labels[i], "-")
		switch {
		case labels[i] == "O":
		case begins == "I" && name == last:
			(*role)[0].End = b.Len()
			continue
		default:
			pieces = append(pieces, quoth.Attribution{})
			at := &pieces[len(pieces)-1]
			switch name {
			case "source":
				role = &at.Source
			case "cue":
				role = &at.Cue
			case "content":
				role = &at.Content
			default:
				return "", nil, fmt.Errorf("unknown label %q", labels[i])
			}
			*role = []quoth.Span{{Start: start, End: b.Len()}}
		}
		last = name
	}
	return b.String(), pieces, nil
}

// addSegment appends a segment to an article as a paragraph.
func (d *AttributionDoc) addSegment(s AttributionDoc) {
	by := len(d.Text) + 2
	d.Text += "\n\n" + s.Text
	gold := &d.Annotations[0].Attributions
	for _, at := range s.Annotations[0].Attributions {
		for _, role := range [][]quoth.Span{at.Source, at.Cue, at.Content} {
			for i := range role {
				role[i].Start += by
				role[i].End += by
			}
		}
		*gold = append(*gold, at)
	}
}

// ReadTreeAttributions reads attributions that name words of a treebank: JSON lines of
//
//	{"doc": ID, "source": [[a, b], ...], "cue": ..., "content": ...}
//
// where a and b are the first and last word of a piece, counted from 1 over the document (the
// form of GUM's attributions, derived from its eRST layer). It returns the documents of trees with
// those that have a cue; attributions of other documents are left out.
func ReadTreeAttributions(path string, trees []TreeDoc) ([]AttributionDoc, error) {
	docs := make([]AttributionDoc, len(trees))
	at, words := map[string]int{}, make([][]quoth.Span, len(trees))
	for i, tree := range trees {
		docs[i] = AttributionDoc{ID: tree.ID, Date: tree.Created, Text: tree.Text, Annotations: make([]Annotation, 1)}
		at[tree.ID] = i
		for _, s := range tree.Sentences {
			for _, t := range s.Tokens {
				words[i] = append(words[i], t.Span)
			}
		}
	}
	var problems Problems
	err := eachLine(path, func(n int, line []byte) {
		var raw struct {
			Doc                  string
			Source, Cue, Content [][2]int
		}
		if err := json.Unmarshal(line, &raw); err != nil {
			problems = append(problems, Problem{path, n, "", "no attribution: " + err.Error()})
			return
		}
		i, known := at[raw.Doc]
		if !known || len(raw.Cue) == 0 {
			return
		}
		var roles [3][]quoth.Span
		sound := true
		for k, ranges := range [][][2]int{raw.Source, raw.Cue, raw.Content} {
			for _, r := range ranges {
				if r[0] < 1 || r[1] < r[0] || r[1] > len(words[i]) {
					problems = append(problems, Problem{path, n, raw.Doc, fmt.Sprintf("%s: no words %d to %d", roleNames[k], r[0], r[1])})
					sound = false
					continue
				}
				roles[k] = append(roles[k], quoth.Span{Start: words[i][r[0]-1].Start, End: words[i][r[1]-1].End})
			}
		}
		if sound {
			gold := &docs[i].Annotations[0].Attributions
			*gold = append(*gold, quoth.Attribution{Source: roles[0], Cue: roles[1], Content: roles[2]})
		}
	})
	if err != nil {
		return nil, err
	}
	return docs, problems.orNil()
}
