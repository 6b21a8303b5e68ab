package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// Some sites show a box with the newest headlines about a person wherever the article names one. Crawls write
// what is in the box into the sentence: the full name, the headlines glued to it, and a
// link "MORE": "Zoë Hale Zoë Ann HaleFerry stops Bridge closes MORE said".

// cutBoxes cuts the lines where statements may stand at the boxes within them.
func (r *textReader) cutBoxes() {
	if !slices.ContainsFunc(r.ls, func(l lineBlock) bool { return len(l.boxes) > 0 }) {
		return
	}
	out := make([]lineBlock, 0, len(r.ls)+8)
	add := func(l lineBlock, start, end int) {
		if l.span = trim(r.text, quoth.Span{Start: start, End: end}); !l.span.IsEmpty() {
			out = append(out, l)
		}
	}
	for _, l := range r.ls {
		at := l.span.Start
		if l.kind.MaySpeak() {
			for _, box := range l.boxes {
				add(l, at, box.Start)
				add(lineBlock{kind: quoth.Related}, box.Start, box.End)
				at = box.End
			}
		}
		add(l, at, l.span.End)
	}
	r.ls = out
}

// cutInner cuts the leaves where statements may stand at the boxes within them.
func cutInner(leaves []leaf) []leaf {
	out := leaves[:0:0]
	for _, l := range leaves {
		var boxes []quoth.Span
		if l.kind.MaySpeak() {
			boxes = boxesIn(l.text, quoth.Span{End: len(l.text)})
		}
		text, at := l.text, 0
		add := func(end int, kind quoth.BlockKind) {
			part := strings.Trim(text[at:end], " ")
			if part != "" {
				l.text, l.kind = part, kind
				out = append(out, l)
				l.joint = glued
			}
			if end > 0 && end < len(text) && (text[end] == ' ' || text[end-1] == ' ') {
				l.joint = spaced
			}
			at = end
		}
		kind := l.kind
		for _, box := range boxes {
			add(box.Start, kind)
			add(box.End, quoth.Related)
		}
		add(len(text), kind)
	}
	return out
}

// boxesIn returns the boxes in a line of text, in order.
func boxesIn(text string, line quoth.Span) (boxes []quoth.Span) {
	for {
		box, ok := boxIn(text, line)
		if !ok {
			return boxes
		}
		boxes = append(boxes, box)
		line.Start = box.End
	}
}

// without returns the words of a line but for those in boxes.
func without(text string, line quoth.Span, boxes []quoth.Span) string {
	if len(boxes) == 0 {
		return line.In(text)
	}
	var words strings.Builder
	for _, box := range boxes {
		words.WriteString(text[line.Start:box.Start])
		line.Start = box.End
	}
	words.WriteString(line.In(text))
	return words.String()
}

const (
	boxEnd = "MORE"
	// maxBox is how many bytes a box may have; of 6,500 in news the longest has 702.
	maxBox = 900
	// maxBoxName is how many words the full name in a box may have.
	maxBoxName = 7
)

// boxIn returns the first box in span.
func boxIn(text string, span quoth.Span) (box quoth.Span, ok bool) {
	line := span.In(text)
	for past := 0; ; {
		n := strings.Index(line[past:], boxEnd)
		if n < 0 {
			return quoth.Span{}, false
		}
		from, end := past, past+n
		past = end + len(boxEnd)
		if end == 0 || startsLetter(line[past:]) {
			continue
		}
		isEmpty := line[end-1] != ' ' // glued to the name, without a headline
		if isEmpty {
			end = past
		}
		from = max(from, end-maxBox)
		for from < end && !utf8.RuneStart(line[from]) {
			from++
		}
		if at := boxStart(line[from:end]); at >= 0 && (!isEmpty || endsWithName(line[from+at:end])) {
			return quoth.Span{Start: span.Start + from + at, End: span.Start + past}, true
		}
	}
}

// boxStart is where in s, which stands before the end of a box, that box begins: behind a name
// whose last word ends the full name that follows, and is glued to a headline there. It is -1
// when there is none.
func boxStart(s string) int {
	spaced := -1 // where it begins should it be one whose headline is not glued
	given := ""
	for at := 0; at < len(s); {
		word, _, _ := strings.Cut(s[at:], " ")
		end := at + len(word)
		name := min(len(s), end+1)
		if next, _, _ := strings.Cut(s[name:], " "); isGeneration(next) {
			end, name = name+len(next), min(len(s), name+len(next)+1)
		}
		switch full, isGlued := fullName(word, s[name:]); {
		case full != "" && isGlued:
			return end
		case full != "" && spaced < 0 && given != "" && (strings.HasPrefix(full, given+" ") || strings.Contains(full, "("+given+")")):
			spaced = end
		}
		for k, c := range word { // the box may be glued to the name, too
			if k > 1 && unicode.IsUpper(c) && word[k-1] != '-' {
				if full, isGlued := fullName(word[:k], s[at+k:]); full != "" && isGlued {
					return at + k
				}
			}
		}
		given = word
		at += len(word) + 1
	}
	return spaced
}

// endsWithName reports whether s is a full name with the end of a box glued to it.
func endsWithName(s string) bool {
	return strings.Count(strings.TrimSpace(s), " ") < maxBoxName
}

// fullName returns the full name at the beginning of s that ends with the name last, "" when there
// is none, and whether a headline is glued to it.
func fullName(last, s string) (full string, isGlued bool) {
	if len(last) < 2 || last == strings.ToUpper(last) || !startsLetter(last) || strings.HasSuffix(last, ",") {
		return "", false
	}
	rest := s
	for n := range maxBoxName {
		word, after, _ := strings.Cut(rest, " ")
		if glued, ok := strings.CutPrefix(word, last); ok && n > 0 {
			full = s[:len(s)-len(rest)+len(last)]
			if glued != "" && opensHeadline(glued) {
				return full, true
			}
			if glued == "" && opensHeadline(after) {
				return full, false
			}
		}
		if !mayName(word) {
			break
		}
		rest = after
	}
	return "", false
}

// opensHeadline reports whether s begins as headlines do.
func opensHeadline(s string) bool {
	c, size := utf8.DecodeRuneInString(s)
	return size > 0 && (unicode.IsUpper(c) || unicode.IsDigit(c) || strings.ContainsRune("'‘\"“$#@", c))
}

// mayName reports whether word may stand in a full name: "Zoë", "(Zo)", "van".
func mayName(word string) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimPrefix(word, "("))
	switch word {
	case "de", "del", "der", "di", "du", "el", "la", "le", "van", "von":
		return true
	}
	return unicode.IsUpper(c)
}

func isGeneration(word string) bool {
	switch word {
	case "Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

func startsLetter(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(c)
}
