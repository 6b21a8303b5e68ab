package english

import (
	"sort"
	"strings"

	"quoth"
	"quoth/nlp"
)

// isPost reports whether at is an embedded post: a quoted block with a name and a handle, and a dash
// or "a photo posted by" before the name, if anything.
func isPost(d *nlp.Doc, at nlp.Attribution) bool {
	if len(at.Source) != 1 || len(at.Content) != 1 || d.Blocks[d.Sentences[sentenceAt(d, at.Source[0].First)].Block].Kind != quoth.Quote {
		return false
	}
	if handle := at.Source[0].Past + 1; handle >= len(d.Tokens) || d.Word(handle-1) != "(" || !strings.HasPrefix(d.Word(handle), "@") {
		return false
	}
	if len(at.Cue) == 0 {
		return at.Source[0].First < at.Content[0].First
	}
	first := d.Word(at.Cue[0].First)
	return at.Cue[0].Past == at.Source[0].First && (nlp.IsDash(first) || first == "-" || first == "A")
}

// linkPosts gives embedded posts their medium, and the day below their words.
func linkPosts(d *nlp.Doc, statements []quoth.Statement) {
	for i := range statements {
		at := d.Attributions[i]
		if !isPost(d, at) {
			continue
		}
		s := &statements[i]
		s.Kind, s.Medium, s.Venue, s.Said = quoth.Direct, mediumNames[socialMedium], nil, nil
		block := d.Sentences[sentenceAt(d, at.Source[0].First)].Block
		from := sort.Search(len(d.Timexes), func(k int) bool { return d.Timexes[k].First >= at.Source[0].Past })
		for _, x := range d.Timexes[from:] {
			if d.Sentences[sentenceAt(d, x.First)].Block != block {
				break
			}
			if x.EDTF != "" {
				span := d.Span(x.TokenRange)
				s.Said = &quoth.Said{EDTF: x.EDTF, Evidence: span, Text: span.In(d.Text)}
				break
			}
		}
	}
}

// sentenceAt is the index of the sentence of token t.
func sentenceAt(d *nlp.Doc, t int) int {
	return sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].Past > t })
}
