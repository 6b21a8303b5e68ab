package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"quoth"
)

// leaf is a stretch of a page that a browser shows as one block: the text between two
// places where a block element begins or ends, or a line breaks.
type leaf struct {
	text   string
	words  int
	linked int        // bytes of text inside links
	node   *html.Node // the block element that it stands in
	tag    atom.Atom  // of the innermost element that says what the text is: li, h2, blockquote …
	box    int        // the innermost box around it
	hidden bool       // a browser does not show it before a reader asks for it
	later  bool       // it is hidden until a script shows it, which all readers see
	isBody bool       // the article's own text, as proposed by an extractor
	group  int        // the outermost box of furniture around it, 0 for none
	quote  int        // the box of the pull quote or post that it is part of, 0 for none
	kind   quoth.BlockKind
	joint  joint // to the leaf before
}

// joint is what stands between a leaf and the one before.
type joint uint8

const (
	ownLine joint = iota
	spaced        // both are of one line, with a blank between
	glued         // and without
)

func (j joint) String() string { return [...]string{"\n\n", " ", ""}[j] }

// linkShare is the share of l's bytes that stand in links.
func (l *leaf) linkShare() float64 { return float64(l.linked) / float64(max(1, len(l.text))) }

// box is an element that says what the text in it is, by its name or by what its
// author called it. Box 0 is the whole page.
type box struct {
	node   *html.Node
	parent int
	kind   quoth.BlockKind // "" for an element that only marks off its text
	words  int             // of the leaves in it, boxes inside counted
	body   int             // of those that are body
	linked int             // bytes of text inside links
	bytes  int
}

// domReader cuts a page's tree into leaves.
type domReader struct {
	leaves []leaf
	boxes  []box
	hints  map[string]hint // kinds by class, as read before
	dates  []dateElement
	buf    strings.Builder
	linked int
	isTime bool // what is being gathered holds a time element
}

// dateElement is an element that shows a date as such.
type dateElement struct {
	leaf     int // the leaf that it stands in, or that follows
	box      int
	stamp    stamp
	isChange bool
}

// place is where in the tree the reader stands.
type place struct {
	block   *html.Node // innermost block element
	tag     atom.Atom
	box     int
	hidden  bool
	isLink  bool
	isQuote bool // in a block quote, whatever stands in that
}

// readLeaves cuts a page into its leaves, in page order, and its boxes.
func readLeaves(doc *html.Node) *domReader {
	d := domReader{boxes: []box{{node: doc}}, hints: map[string]hint{}}
	d.visit(doc, place{block: doc})
	var hidden, all, hiddenText, text int // words
	for i := range d.leaves {
		l := &d.leaves[i]
		isText := l.isRunning()
		all += l.words
		if isText {
			text += l.words
		}
		if l.hidden {
			hidden += l.words
			if isText {
				hiddenText += l.words
			}
		}
	}
	// A page that hides most of itself, or a quarter of its running text, has a script to show it.
	isShown := 2*hidden >= all || 4*hiddenText > text
	for i := range d.leaves {
		l := &d.leaves[i]
		l.later, l.hidden = l.hidden && isShown, l.hidden && !isShown
		for b := l.box; ; b = d.boxes[b].parent {
			d.boxes[b].words += l.words
			d.boxes[b].linked += l.linked
			d.boxes[b].bytes += len(l.text)
			if b == 0 {
				break
			}
		}
	}
	return &d
}

// visit reads what is under n. The tree is at most a few hundred levels deep:
// html.Parse allows 512 open elements.
func (d *domReader) visit(n *html.Node, at place) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			d.buf.WriteString(c.Data)
			if at.isLink {
				d.linked += len(c.Data)
			}
		case html.ElementNode:
			d.element(c, at)
		}
	}
}

// element reads one element.
func (d *domReader) element(n *html.Node, at place) {
	tag := n.DataAtom
	switch {
	case skipped[tag] || tag == atom.Select || tag == atom.Datalist:
		return
	case tag == atom.Br || tag == atom.Hr:
		d.flush(at)
		return
	case tag == atom.A:
		at.isLink = true
	}
	before := at
	_, isBlock := blockElements[tag]
	if kind, isBox := d.boxKind(n, isBlock); isBox {
		// A credit ends the caption that it stands behind, block element or not.
		isBlock = isBlock || kind == quoth.Credit && d.boxes[at.box].kind == quoth.Caption
		d.boxes = append(d.boxes, box{node: n, parent: at.box, kind: kind})
		at.box = len(d.boxes) - 1
	}
	if kind := d.boxes[at.box].kind; tag == atom.Time || kind == quoth.Dateline && d.boxes[at.box].node == n {
		d.dateElement(n, at.box)
		d.isTime = d.isTime || tag == atom.Time
	}
	at.hidden = at.hidden || isHidden(n)
	if !isBlock {
		d.visit(n, at)
		return
	}
	d.flush(before)
	at.block = n
	switch blockElements[tag] {
	case quoth.Quote:
		at.isQuote, at.tag = true, tag
	case quoth.List, quoth.Heading:
		at.tag = tag
	case quoth.Paragraph:
		if tag == atom.P && at.tag != atom.Li && at.tag != atom.Dd {
			at.tag = tag
		} else if tag == atom.Div && isHeadingTag(at.tag) {
			at.tag = tag
		}
	}
	d.visit(n, at)
	d.flush(at)
}

// flush ends the leaf that is being gathered.
func (d *domReader) flush(at place) {
	text := squeeze(d.buf.String())
	linked, isTime := d.linked, d.isTime
	d.buf.Reset()
	d.linked, d.isTime = 0, false
	if text == "" {
		return
	}
	l := leaf{text: text, words: wordCount(text), linked: min(linked, len(text)), node: at.block, tag: at.tag, box: at.box, hidden: at.hidden}
	if at.isQuote && l.tag == atom.P {
		l.tag = atom.Blockquote
	}
	if isTime && l.words <= 6 {
		l.tag = atom.Time
	}
	d.leaves = append(d.leaves, l)
}

// wordCount is the number of words between single blanks; in scripts that put no
// blank between words, two characters are taken for a word.
func wordCount(squeezed string) int {
	n, joined := 1, 0
	for _, r := range squeezed {
		if r == ' ' {
			n++
		} else if r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			joined++
		}
	}
	return n + joined/2
}

func isHeadingTag(a atom.Atom) bool {
	return a == atom.H1 || a == atom.H2 || a == atom.H3 || a == atom.H4 || a == atom.H5 || a == atom.H6
}

// isHidden reports whether an element says of itself that it is not to be seen yet.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		case "class":
			if isHiddenClass(a.Val) {
				return true
			}
		}
	}
	return false
}

// isHiddenClass reports whether the classes of an element are those that style sheets hide with at every
// width: "hidden", and not "hidden md:block".
func isHiddenClass(classes string) bool {
	if !strings.Contains(classes, "hidden") && !strings.Contains(classes, "d-none") {
		return false
	}
	isHidden := false
	for c := range strings.FieldsSeq(classes) {
		switch {
		case c == "hidden", c == "d-none", c == "visually-hidden", c == "is-hidden":
			isHidden = true
		case strings.Contains(c, ":block"), strings.Contains(c, ":flex"), strings.Contains(c, ":inline"), strings.Contains(c, ":grid"), strings.HasPrefix(c, "d-") && strings.Count(c, "-") > 1:
			return false
		}
	}
	return isHidden
}

// dateElement keeps the date of an element that is there to show one: a time element,
// or one that is called a date.
func (d *domReader) dateElement(n *html.Node, box int) {
	hint := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "pubdate"))
	for _, other := range []string{"comment", "related", "current", "today", "clock", "event", "expire"} {
		if strings.Contains(hint, other) {
			return
		}
	}
	e := dateElement{leaf: len(d.leaves), box: box, isChange: strings.Contains(hint, "modif") || strings.Contains(hint, "updat")}
	for _, key := range []string{"datetime", "content", "data-datetime", "data-timestamp"} {
		if e.stamp = stampOf(attr(n, key)); len(e.stamp.day) == 10 {
			d.dates = append(d.dates, e)
			return
		}
	}
}

// shownDate is what an article shows of its dates.
type shownDate struct{ published, updated stamp }

// How far from headline and body, in leaves, the dates of an article stand.
const (
	leavesBeforeHeadline = 4
	leavesIntoBody       = 3
	leavesAfterBody      = 3
)

// shownDates finds the dates that the article shows: near its headline, else right
// after its end. Elements that exist to show a date go before lines that read like one.
func (d *domReader) shownDates() shownDate {
	top, begin, end := -1, -1, -1
	for i := range d.leaves {
		switch l := &d.leaves[i]; {
		case l.kind == quoth.Headline && top < 0:
			top = i
		case l.kind.IsBody():
			if begin < 0 {
				begin = i
			}
			end = i
		}
	}
	if begin < 0 {
		return shownDate{}
	}
	if top < 0 || top > begin {
		top = max(0, begin-8)
	}
	s := d.datesIn(max(0, top-leavesBeforeHeadline), begin+leavesIntoBody)
	if s.published.day == "" {
		after := d.datesIn(end, end+leavesAfterBody)
		s.published = after.published
		if s.updated.day == "" {
			s.updated = after.updated
		}
	}
	return s
}

// datesIn reads the dates of the leaves from first to last.
func (d *domReader) datesIn(first, last int) shownDate {
	var s shownDate
	take := func(to *stamp, from stamp) {
		if to.day == "" && len(from.day) == 10 {
			*to = from
		}
	}
	for _, e := range d.dates {
		if e.leaf < first || e.leaf > last || d.isElsewhere(e.box) || d.inMasthead(e.box) {
			continue
		}
		if e.isChange {
			take(&s.updated, e.stamp)
		} else {
			take(&s.published, e.stamp)
		}
	}
	for i := first; i <= min(last, len(d.leaves)-1); i++ {
		l := &d.leaves[i]
		if l.kind == quoth.Headline || d.isElsewhere(l.box) || d.inMasthead(l.box) {
			continue
		}
		for segment := range strings.FieldsFuncSeq(l.text, func(r rune) bool { return r == '|' || r == '•' || r == '·' }) {
			if got, ok := dateLine(segment); ok {
				take(&s.published, stamp{day: got.day})
				take(&s.updated, stamp{day: got.updated})
			}
		}
	}
	return s
}

// isElsewhere reports whether box b is part of something that has dates of its own.
func (d *domReader) isElsewhere(b int) bool {
	for ; b != 0; b = d.boxes[b].parent {
		switch d.boxes[b].kind {
		case quoth.Navigation, quoth.Related, quoth.Trending, quoth.Comments, quoth.Advertisement, quoth.Newsletter, quoth.Notice, quoth.Other:
			if 10*d.boxes[b].words < 3*d.boxes[0].words {
				return true
			}
		}
	}
	return false
}

// inMasthead reports whether box b is in the head of the site, not of the article: what
// date stands there is today's.
func (d *domReader) inMasthead(b int) bool {
	for ; b != 0; b = d.boxes[b].parent {
		n := d.boxes[b].node
		if n.DataAtom != atom.Header || n.Parent == nil || n.Parent.DataAtom != atom.Body {
			continue
		}
		for i := range d.leaves {
			if d.leaves[i].kind == quoth.Headline {
				return !isUnder(d.leaves[i].node, n)
			}
		}
		return true
	}
	return false
}

// shownBylines are the texts of byline boxes near the headline.
func (d *domReader) shownBylines() []string {
	var list []string
	body := 0
	for i := range d.leaves {
		l := &d.leaves[i]
		if l.kind.IsBody() {
			body++
		}
		if l.kind == quoth.Byline && body <= leavesIntoBody && l.words <= 30 && !contains(list, l.text) && len(list) < 6 {
			list = append(list, l.text)
		}
	}
	return list
}

// dateNeighbours are the names that stand beside a date in one line near the headline:
// "Rea Lind | 20 March 2025".
func (d *domReader) dateNeighbours() []string {
	body := 0
	for i := range d.leaves {
		l := &d.leaves[i]
		if l.kind.IsBody() {
			body++
		}
		if body > leavesIntoBody {
			break
		}
		if l.words > 16 || !hasDigit(l.text) || d.isElsewhere(l.box) {
			continue
		}
		hasDate := false
		var others []string
		for segment := range strings.FieldsFuncSeq(l.text, func(r rune) bool { return r == '|' || r == '•' || r == '·' }) {
			segment = strings.TrimSpace(segment)
			if _, ok := dateLine(segment); ok {
				hasDate = true
			} else if n := strings.Count(segment, " "); n >= 1 && n <= 4 {
				others = append(others, segment)
			}
		}
		if hasDate && len(others) == 1 {
			return others
		}
	}
	return nil
}

// shownTitles are the headings at the top of the article, h1 aside, and the short lines
// there, which are what pages without headings have instead.
func (d *domReader) shownTitles() []string {
	var list []string
	for i := range d.leaves {
		l := &d.leaves[i]
		if l.isBody && l.tag != atom.H2 && l.tag != atom.H3 && l.isProse() {
			break
		}
		isHeading := l.tag == atom.H2 || l.tag == atom.H3 || l.isBody && l.tag != atom.H1 && l.words >= 3 && l.words <= 20
		if isHeading && !l.hidden && l.linkShare() < 0.5 && len(l.text) <= maxFold {
			list = append(list, l.text)
		}
	}
	return list
}
