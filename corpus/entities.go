package corpus

import (
	"strings"

	"quoth"
)

// EntityMention is a mention of a party or thing in a treebank with coreference.
type EntityMention struct {
	quoth.Span            // bytes of TreeDoc.Text
	Head       quoth.Span // of the word whose head in the tree is outside of the mention
	Entity     string     // mentions of the same one share it, in one document
	Type       string     // person, organization, place …; "" where the file has no types
}

// Entities returns the mentions that the column MISC marks as Entity=, in the format of
// the Universal Anaphora initiative that GUM and OntoGUM are written in: "(7-person",
// "(7)", "7)". They come in the order in which they end, inner ones first. Mentions in
// several pieces, and those that never close, are left out.
func (d TreeDoc) Entities() []EntityMention {
	var out []EntityMention
	for _, s := range d.Sentences {
		var open []openMention
		for t := range s.Tokens {
			for _, mark := range entityMarks(misc(s.Tokens[t].Misc, "Entity=")) {
				if mark.opens {
					open = append(open, openMention{mark.id, mark.kind, t})
				}
				if !mark.closes {
					continue
				}
				for k := len(open) - 1; k >= 0; k-- {
					if open[k].id != mark.id {
						continue
					}
					if !strings.Contains(mark.id, "[") {
						out = append(out, open[k].mention(s, t))
					}
					open = append(open[:k], open[k+1:]...)
					break
				}
			}
		}
	}
	return out
}

// openMention is a mention that began at a token of the sentence.
type openMention struct {
	id, kind string
	first    int
}

// mention returns the mention that ends at token last of s.
func (o openMention) mention(s TreeSentence, last int) EntityMention {
	head := o.first
	for t := o.first; t <= last; t++ {
		if h := s.Tokens[t].Head; h < o.first || h > last {
			head = t
			break
		}
	}
	return EntityMention{Span: quoth.Span{Start: s.Tokens[o.first].Span.Start, End: s.Tokens[last].Span.End},
		Head: s.Tokens[head].Span, Entity: o.id, Type: o.kind}
}

// misc returns the value of a key of the column MISC, "" without it.
func misc(column, key string) string {
	for item := range strings.SplitSeq(column, "|") {
		if value, ok := strings.CutPrefix(item, key); ok {
			return value
		}
	}
	return ""
}

// entityMark is a bracket of an Entity value, or both around one word.
type entityMark struct {
	id, kind      string
	opens, closes bool
}

// entityMarks cuts a value such as "(3-person-giv(4)2)" into its brackets.
func entityMarks(value string) []entityMark {
	var out []entityMark
	for value != "" {
		m := entityMark{opens: value[0] == '('}
		value = strings.TrimPrefix(value, "(")
		end := strings.IndexAny(value, "()")
		if end < 0 {
			end = len(value)
		}
		fields := strings.SplitN(value[:end], "-", 3)
		m.id = fields[0]
		if len(fields) > 1 {
			m.kind = fields[1]
		}
		value = value[end:]
		if strings.HasPrefix(value, ")") {
			m.closes = true
			value = value[1:]
		}
		if !m.opens && !m.closes {
			continue // neither bracket: not of this format
		}
		out = append(out, m)
	}
	return out
}
