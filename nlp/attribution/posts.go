package attribution

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// maxPostName is the largest number of words of the name under an embedded post.
const maxPostName = 6

// addPosts adds the embedded posts of d to d.Attributions: a quoted block that ends with a
// dash, a name and a handle, as social media sites give them out to be embedded. What was
// found without a source in it is the post.
//
//	We open in May. — Zoë Hale (@zoehale) May 2, 2026
func (v *view) addPosts(d *nlp.Doc) {
	for i, b := range v.blocks {
		if b.Len() == 0 || d.Blocks[i].Kind != quoth.Quote {
			continue
		}
		post, ok := v.post(b)
		if !ok {
			continue
		}
		kept := d.Attributions[:0]
		for _, at := range d.Attributions {
			if len(at.Source) > 0 && !overlaps(at.Source, post.Source[0]) || !overlaps(at.Content, b) {
				kept = append(kept, at)
			}
		}
		d.Attributions = append(kept, post)
	}
}

// post reads a block as a post.
func (v *view) post(b nlp.TokenRange) (nlp.Attribution, bool) {
	d := v.d
	for t := b.Past - 2; t > b.First+1; t-- {
		if d.Word(t) != "(" || !strings.HasPrefix(d.Word(t+1), "@") {
			continue
		}
		dash := t - 1
		for dash > b.First && t-dash <= maxPostName && !isDash(d.Word(dash)) {
			dash--
		}
		if !isDash(d.Word(dash)) || dash == b.First || dash+1 == t {
			return nlp.Attribution{}, false
		}
		return nlp.Attribution{
			Source: []nlp.TokenRange{{First: dash + 1, Past: t}}, Cue: []nlp.TokenRange{{First: dash, Past: dash + 1}},
			Content: []nlp.TokenRange{{First: b.First, Past: dash}}, Confidence: turnConfidence,
		}, true
	}
	return nlp.Attribution{}, false
}
