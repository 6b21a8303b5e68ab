package page

import (
	"net/url"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"quoth"
)

// maxNodes is how many nodes a page may have for its tree to be built: go-readability
// copies the tree and visits some parts more than once. A page over it is
// read without a tree, as its text comes. The largest of the 222 pages in the pages
// collection has 19,000 elements.
const maxNodes = 150_000

// fromHTML reads an HTML page. Article.Text is the blocks joined by a blank line, the
// headline first.
func (e *Extractor) fromHTML(body []byte, contentType string, in input) (quoth.Article, error) {
	page, err := decodeHTML(body, contentType, e.opt.Charset)
	if err != nil {
		return quoth.Article{}, err
	}
	page = strings.ReplaceAll(page, "\x00", "")
	if in.url == "" {
		in.url = e.opt.URL
	}
	var (
		facts  facts
		dom    = &domReader{boxes: []box{{}}}
		byline string
	)
	if doc := parseTree(page); doc != nil {
		facts = readFacts(doc, in.url)
		dom = readLeaves(doc)
		var pieces []piece
		pieces, byline = mainContent(doc, in.url)
		cover(dom.leaves, pieces)
		rescue(dom.leaves, facts.ld.body)
	}
	if !hasBody(dom.leaves) {
		dom = &domReader{leaves: flatContent(page), boxes: []box{{}}}
	}
	title := facts.title(in.title, dom.shownTitles())
	dom.leaves = typeLeaves(dom.leaves, dom.boxes, title, facts.summary, facts.isLive)
	a := quoth.Article{ID: in.id, URL: WithoutUser(canonicalAddress(in.url, facts.canonical)), Site: in.site, Section: facts.section, Title: title, Paywall: facts.paywall}
	a.Text, a.Blocks = layOut(dom.leaves, title)
	if len(a.Blocks) == 0 {
		return quoth.Article{}, errNoText(facts.frames)
	}
	if a.Site == "" {
		a.Site = facts.site
	}
	by := bylineOf(a.Site, facts.ld.authors, facts.authors, dom.shownBylines(), dom.dateNeighbours(), []string{byline})
	a.Bylines, a.Roles, a.Agencies = by.signers(), by.roles, by.agencies
	a.Language = facts.language
	if a.Language == "" {
		a.Language = languageOf(bodyText(a))
	}
	shown := dom.shownDates()
	a.Published = e.publishedBy(append([]quoth.Published{{EDTF: dayOf(in.date), Time: timeOf(in.date), From: "meta", Confidence: sureMeta}}, facts.publishedBy(shown, a.URL)...)...)
	a.Updated = changed(a.Published, facts.updatedBy(shown))
	return a, nil
}

// bodyText is the first words of the article itself.
func bodyText(a quoth.Article) string {
	const enough = 1500 // bytes
	var b strings.Builder
	for _, block := range a.Blocks {
		if block.Kind.IsBody() && b.Len() < enough {
			b.WriteString(block.Span.In(a.Text))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// errNoText says that a page shows nothing. frames are the pages that it puts
// together.
func errNoText(frames []string) error {
	hint := "it may be built by a script: save it from a browser, or pass its text"
	if len(frames) > 0 {
		hint = "it only frames other pages; read those: " + strings.Join(frames, " ")
	}
	return &quoth.Error{Code: quoth.Invalid, Message: "the page holds no text", Hint: hint}
}

func hasBody(leaves []leaf) bool {
	for i := range leaves {
		if leaves[i].isBody {
			return true
		}
	}
	return false
}

// piece is a block of a page with the kind that its element tells.
type piece struct {
	text string
	kind quoth.BlockKind // Paragraph, Heading, List or Quote; "" when nothing is known
}

// layOut joins the leaves to blocks with a blank line between, in page order.
// Neighbours of one kind of furniture that stand in one box are one block, a line
// each. A title that the page does not show stands first.
func layOut(leaves []leaf, title string) (string, []quoth.Block) {
	var b strings.Builder
	var blocks []quoth.Block
	add := func(text, gap string, kind quoth.BlockKind) {
		if b.Len() > 0 {
			b.WriteString(gap)
		}
		start := b.Len()
		b.WriteString(text)
		if gap == "\n" {
			blocks[len(blocks)-1].Span.End = b.Len()
			return
		}
		blocks = append(blocks, quoth.Block{Kind: kind, Span: quoth.Span{Start: start, End: b.Len()}})
	}
	isShown := false
	for i := range leaves {
		isShown = isShown || leaves[i].kind == quoth.Headline
	}
	if !isShown && title != "" && len(leaves) > 0 {
		add(title, "\n\n", quoth.Headline)
	}
	for i := range leaves {
		l := &leaves[i]
		gap := l.joint.String()
		if i > 0 && l.joint == ownLine && l.kind == leaves[i-1].kind && (!l.kind.MaySpeak() && l.group == leaves[i-1].group || l.quote != 0 && l.quote == leaves[i-1].quote) {
			gap = "\n"
		}
		add(l.text, gap, l.kind)
	}
	return b.String(), blocks
}

// parseTree returns the tree of a page, nil when the page is too deep or too big to
// build one: html.Parse refuses 512 open elements itself, and the count here keeps
// off pages that a few hundred unclosed marks would blow up.
func parseTree(page string) *html.Node {
	if nodesOf(page) > maxNodes {
		return nil
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	return doc
}

// nodesOf estimates how many nodes html.Parse would make: an element for each start
// tag, and, for each, those formatting elements which are open and are made again
// inside every block.
func nodesOf(page string) int {
	z := html.NewTokenizer(strings.NewReader(page))
	var open [len(formatting)]int
	total, nodes := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nodes
		case html.TextToken:
			nodes++
		case html.StartTagToken:
			name, _ := z.TagName()
			if i := formattingIndex(name); i >= 0 {
				open[i]++
				total++
			}
			// Few unclosed ones are the rule on careless pages, and are harmless.
			nodes += 1 + max(0, total-8)
		case html.EndTagToken:
			name, _ := z.TagName()
			if i := formattingIndex(name); i >= 0 && open[i] > 0 {
				open[i]--
				total--
			}
		}
		if nodes > maxNodes {
			return nodes
		}
	}
}

// formatting are the elements that the HTML standard opens again in later blocks.
var formatting = [...]string{"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}

func formattingIndex(name []byte) int {
	for i, f := range formatting {
		if string(name) == f {
			return i
		}
	}
	return -1
}

// mainContent finds the article in a page, with go-readability, and who signs it as
// that reads the page. No piece means that it found nothing.
func mainContent(doc *html.Node, address string) (pieces []piece, byline string) {
	// A page can break a library that is not ours: read it without it then.
	defer func() {
		if recover() != nil {
			pieces, byline = nil, ""
		}
	}()
	parser := readability.NewParser()
	parser.DisableJSONLD = true // facts.go reads it
	u, err := url.ParseRequestURI(address)
	if err != nil {
		u = nil
	}
	res, err := parser.ParseDocument(doc, u)
	if err != nil || res.Node == nil {
		return nil, ""
	}
	var g gatherer
	g.node(res.Node)
	g.flush()
	return g.pieces, res.Byline()
}

// gatherer cuts a tree into pieces at its block elements.
type gatherer struct {
	pieces []piece
	buf    strings.Builder
	kinds  []quoth.BlockKind // of the block elements that are open
}

// node adds n and what is under it. The tree is at most a few hundred levels deep:
// html.Parse allows 512 open elements.
func (g *gatherer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		g.buf.WriteString(n.Data)
		return
	case html.ElementNode:
		if skipped[element(n)] {
			return
		}
		if a := element(n); a == atom.Br || a == atom.Hr {
			g.flush()
			return
		}
	}
	kind, isBlock := blockElements[element(n)]
	if isBlock {
		g.flush()
		g.kinds = append(g.kinds, kind)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		g.node(c)
	}
	if isBlock {
		g.flush()
		g.kinds = g.kinds[:len(g.kinds)-1]
	}
}

// element is what n is. Nodes that go-readability made or renamed have the wrong
// DataAtom: only their names can be relied on.
func element(n *html.Node) atom.Atom {
	if n.Type != html.ElementNode {
		return 0
	}
	return atom.Lookup([]byte(n.Data))
}

// flush ends the piece that is being gathered.
func (g *gatherer) flush() {
	text := squeeze(g.buf.String())
	g.buf.Reset()
	if text == "" {
		return
	}
	kind := quoth.Paragraph
	for _, k := range g.kinds {
		if k != quoth.Paragraph {
			kind = k
		}
	}
	g.pieces = append(g.pieces, piece{text, kind})
}

// squeezeKeeping is squeeze with the marks inside words kept: a title is given as the
// page has it.
func squeezeKeeping(s string) string { return strings.Join(strings.Fields(s), " ") }

// squeeze makes each run of white space one blank and takes off those at the ends.
// Marks that show nothing (soft hyphens, blanks of no width) are dropped: they stand
// inside words. Marks of direction stay.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	isGap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			isGap = true
			continue
		case r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff':
			continue
		case isGap && b.Len() > 0:
			b.WriteByte(' ')
		}
		isGap = false
		b.WriteRune(r)
	}
	return strings.TrimFunc(b.String(), isBlank)
}

// blockElements are the elements that begin a block, with its kind.
var blockElements = map[atom.Atom]quoth.BlockKind{
	atom.P: quoth.Paragraph, atom.Div: quoth.Paragraph, atom.Section: quoth.Paragraph, atom.Article: quoth.Paragraph, atom.Main: quoth.Paragraph,
	atom.Header: quoth.Paragraph, atom.Footer: quoth.Paragraph, atom.Aside: quoth.Paragraph, atom.Nav: quoth.Paragraph, atom.Form: quoth.Paragraph,
	atom.Ul: quoth.Paragraph, atom.Ol: quoth.Paragraph, atom.Dl: quoth.Paragraph, atom.Table: quoth.Paragraph, atom.Tr: quoth.Paragraph,
	atom.Td: quoth.Paragraph, atom.Th: quoth.Paragraph, atom.Pre: quoth.Paragraph, atom.Figure: quoth.Paragraph, atom.Figcaption: quoth.Caption,
	atom.Body: quoth.Paragraph, atom.Html: quoth.Paragraph, atom.Address: quoth.Paragraph, atom.Fieldset: quoth.Paragraph, atom.Details: quoth.Paragraph,
	atom.Summary: quoth.Paragraph, atom.Option: quoth.Paragraph, atom.Select: quoth.Paragraph, atom.Button: quoth.Paragraph, atom.Caption: quoth.Caption,
	atom.Li: quoth.List, atom.Dt: quoth.List, atom.Dd: quoth.List, atom.Blockquote: quoth.Quote,
	atom.H1: quoth.Heading, atom.H2: quoth.Heading, atom.H3: quoth.Heading, atom.H4: quoth.Heading, atom.H5: quoth.Heading, atom.H6: quoth.Heading,
}

// skipped are the elements whose text nobody sees.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Iframe: true, atom.Object: true, atom.Head: true, atom.Textarea: true,
}

// flatContent reads a page as its text comes, without a tree: for pages that are too
// deep or too big for one, and those go-readability finds nothing in. The rules for
// plain text then tell body and furniture apart.
func flatContent(page string) []leaf {
	z := html.NewTokenizer(strings.NewReader(page))
	var g gatherer
	var skip atom.Atom
	for {
		switch z.Next() {
		case html.ErrorToken:
			g.flush()
			leaves := make([]leaf, len(g.pieces))
			for i, p := range g.pieces {
				leaves[i] = leaf{text: p.text, words: wordCount(p.text), node: &html.Node{}, isBody: true}
			}
			return leaves
		case html.TextToken:
			if skip == 0 {
				g.buf.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if skip == 0 && a != 0 && (skipped[a] || a == atom.Title) {
				skip = a
			}
			if _, isBlock := blockElements[a]; isBlock || a == atom.Br {
				g.flush()
			}
			if a == atom.Body { // a head without an end
				skip = 0
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if a == skip {
				skip = 0
			}
			if _, isBlock := blockElements[a]; isBlock {
				g.flush()
			}
		}
	}
}
