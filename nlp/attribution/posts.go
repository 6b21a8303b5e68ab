package attribution

import (
	"strings"

	"quoth"
	"quoth/nlp"
)

// maxPostName is the largest number of tokens of the name of who writes an embedded post.
const maxPostName = 12

// addPosts adds the embedded posts of d to d.Attributions: a quoted block with the name and
// the handle of who writes, as social media sites give them out to be embedded. What was found in it
// without a source, or with "I" or "you", is the post.
//
//	We open in May. — Zoë Hale (@zoehale) May 2, 2026
//	First day. A photo posted by Zoë Hale (@zoehale) on May 2, 2026
//	Zoë Hale (@zoehale) We open in May.
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
			if !overlaps(at.Content, b) || len(at.Source) > 0 && !overlaps(at.Source, post.Source[0]) && !v.isWriter(at.Source) {
				kept = append(kept, at)
			}
		}
		d.Attributions = append(kept, post)
	}
}

// isWriter reports whether source is "I" or "we", or "you", whose saying is what the writer makes of it.
func (v *view) isWriter(source []nlp.TokenRange) bool {
	if source[0].Len() != 1 {
		return false
	}
	switch strings.ToLower(v.d.Word(source[0].First)) {
	case "i", "we", "you", "u":
		return true
	}
	return false
}

// post reads a block as a post.
func (v *view) post(b nlp.TokenRange) (nlp.Attribution, bool) {
	d := v.d
	first, last := -1, -1 // handles
	for t := b.First + 1; t+2 < b.Past; t++ {
		if d.Word(t) == "(" && strings.HasPrefix(d.Word(t+1), "@") {
			last = t
			if first < 0 {
				first = t
			}
		}
	}
	if last < 0 {
		return nlp.Attribution{}, false
	}
	at := nlp.Attribution{Confidence: turnConfidence}
	if cue, ok := v.postCue(b.First, last); ok {
		at.Source, at.Cue = []nlp.TokenRange{{First: cue.Past, Past: last}}, []nlp.TokenRange{cue}
		at.Content = v.postWords(b.First, cue.First)
	} else if first-b.First <= maxPostName && d.Word(first+2) == ")" && !isDash(d.Word(b.First)) {
		at.Source = []nlp.TokenRange{{First: b.First, Past: first}}
		at.Content = v.postWords(first+3, b.Past)
	}
	return at, len(at.Content) > 0
}

// postCue is what stands before the name that ends at token past in the signature of a post which begins
// at first: a dash, or "a photo posted by".
func (v *view) postCue(first, past int) (cue nlp.TokenRange, ok bool) {
	d := v.d
	for t := past - 2; t > first && past-t <= maxPostName+1; t-- {
		switch {
		case nlp.IsDash(d.Word(t)), d.Word(t) == "-" && d.Tokens[t].Space:
			return nlp.TokenRange{First: t, Past: t + 1}, true
		case d.Word(t) == "by" && t-3 > first && (d.Word(t-1) == "posted" || d.Word(t-1) == "shared") && d.Word(t-3) == "A":
			return nlp.TokenRange{First: t - 3, Past: t + 1}, true
		}
	}
	return nlp.TokenRange{}, false
}

// postWords is the content of a post: its tokens without the addresses at the end.
func (v *view) postWords(first, past int) []nlp.TokenRange {
	end := past
	for end > first && isLink(v.d.Word(end-1)) {
		end--
	}
	if end == first {
		end = past // a post of nothing but an address
	}
	if end == first {
		return nil
	}
	return []nlp.TokenRange{{First: first, Past: end}}
}

// isLink reports whether word is an address that social media puts below a post.
func isLink(word string) bool {
	return strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "pic.twitter.com/")
}
