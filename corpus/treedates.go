package corpus

import (
	"errors"
	"strings"
)

// readTreeDates reads the dates of a treebank.
func readTreeDates(path string) ([]TimexDoc, error) {
	trees, err := ReadCoNLLU(path)
	var problems Problems
	if err != nil && (trees == nil || !errors.As(err, &problems)) {
		return nil, err
	}
	docs := make([]TimexDoc, len(trees))
	for i, t := range trees {
		docs[i] = t.dates()
	}
	return docs, problems.orNil()
}

// dates returns the dates that the column MISC marks as GUM does, in the elements of TEI:
// XML=<date when:::"2014-05">. A range is written from/to; its ends may be open. They have
// no type. Of nested ones only the outermost is kept.
func (d TreeDoc) dates() TimexDoc {
	out := TimexDoc{ID: d.ID, Text: d.Text, DCT: d.Created}
	var open []TimexMark
	for _, s := range d.Sentences {
		for _, t := range s.Tokens {
			for _, tag := range tags(misc(t.Misc, "XML=")) {
				switch {
				case strings.HasPrefix(tag, "date ") || strings.HasPrefix(tag, "time "):
					open = append(open, TimexMark{Span: t.Span, Value: dateValue(tag)})
				case (tag == "/date" || tag == "/time") && len(open) > 0:
					m := open[len(open)-1]
					open = open[:len(open)-1]
					if m.End = t.Span.End; len(open) == 0 {
						out.Timexes = append(out.Timexes, m)
					}
				}
			}
		}
	}
	return out
}

// dateValue returns the value of a date tag, "" when it has none.
func dateValue(tag string) string {
	from, to := tagValue(tag, "from"), tagValue(tag, "to")
	if from != "" || to != "" {
		return from + "/" + to
	}
	return tagValue(tag, "when")
}

// tags returns what stands between the brackets of XML tags.
func tags(s string) []string {
	var out []string
	for {
		_, rest, ok := strings.Cut(s, "<")
		if !ok {
			return out
		}
		tag, rest, ok := strings.Cut(rest, ">")
		if !ok {
			return out
		}
		out, s = append(out, tag), rest
	}
}

// tagValue returns the value of key in a tag, whose equals signs are written ":::"; ""
// without it.
func tagValue(tag, key string) string {
	_, rest, _ := strings.Cut(tag, " "+key+`:::"`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
