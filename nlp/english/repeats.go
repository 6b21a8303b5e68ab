package english

import (
	"sort"
	"strings"
	"unicode"

	"quoth"
	"quoth/nlp"
)

// maxRepeats is how many statements outside the running text, or of whom nothing tells, are compared with those in
// it, at most: a page has few, and the work stays linear on one that has not.
const maxRepeats = 50

// leastRepeat is the number of words that a repeated quotation has at least: shorter
// ones are the same by chance.
const leastRepeat = 4

// linkRepeats tells of every statement in a heading, headline or caption, and of every quotation
// without cue and source, whose words stand in a statement of the body which one it repeats; when it names no speaker it
// takes that one's, being the same words.
func linkRepeats(d *nlp.Doc, statements []quoth.Statement) {
	var body []quotedWords
	for i, s := range statements {
		if isRunning(d, s) {
			body = append(body, quotedWords{i, plainWords(s.Content.Text)})
		}
	}
	compared := 0
	for i := range statements {
		s := &statements[i]
		inBody := isRunning(d, *s)
		if s.Kind == quoth.Indirect || inBody && !isUntold(*s) || compared == maxRepeats {
			continue
		}
		compared++
		said := plainWords(s.Content.Text)
		if strings.Count(said, " ")-1 < leastRepeat {
			continue
		}
		for _, b := range body {
			of := &statements[b.statement]
			if !(inBody && isUntold(*of)) && strings.Contains(b.words, said) {
				s.Repeats = &of.ID
				if s.Speaker == nil && s.Source == nil && of.Speaker != nil {
					speaker := *of.Speaker
					speaker.Mention = ""
					s.Speaker = &speaker
				}
				break
			}
		}
	}
}

// isUntold reports whether nothing tells of whom s is: no cue and no source.
func isUntold(s quoth.Statement) bool { return s.Cue == nil && s.Source == nil }

// quotedWords are the words of a statement, by its index.
type quotedWords struct {
	statement int
	words     string
}

// isRunning reports whether s stands in the running text of the body.
func isRunning(d *nlp.Doc, s quoth.Statement) bool {
	i := blockAt(d, s.Content.Spans[0].Start)
	return i < len(d.Blocks) && isText(d.Blocks[i].Kind)
}

// isText reports whether blocks of a kind are running text.
func isText(kind quoth.BlockKind) bool { return kind.IsBody() && kind != quoth.Heading }

// blockAt is the index of the first block that ends after byte at.
func blockAt(d *nlp.Doc, at int) int {
	return sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].Span.End > at })
}

// plainWords is text in small letters, each word between blanks, without marks.
func plainWords(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
	})
	for i, w := range words {
		words[i] = strings.Trim(strings.ReplaceAll(w, "’", "'"), "'")
	}
	return " " + strings.Join(words, " ") + " "
}
