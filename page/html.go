package page

import (
	"net/url"
	"strings"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"quoth"
)

// maxNodes is how many nodes a page may have for its tree to be built: go-trafilatura
// copies the tree three times and visits some parts more than once. A page over it is
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
		facts   facts
		pieces  []piece
		authors string
	)
	doc := parseTree(page)
	if doc != nil {
		facts = readFacts(doc)
		pieces, authors = mainContent(doc, in.url)
	}
	if len(pieces) == 0 {
		pieces = flatContent(page)
	}
	title := facts.vote(in.title)
	r := layOut(pieces, title)
	if len(r.ls) == 0 {
		return quoth.Article{}, &quoth.Error{Code: quoth.Invalid, Message: "the page holds no text", Hint: "it may be built by a script: save it from a browser, or pass its text"}
	}
	r.crawled()
	a := quoth.Article{ID: in.id, URL: in.url, Site: in.site, Title: title, Text: r.text, Blocks: r.blocks()}
	if a.URL == "" {
		a.URL = facts.url
	}
	if a.Site == "" {
		a.Site = facts.site
	}
	if a.Title == "" {
		a.Title = r.headline
	}
	a.Bylines = facts.bylines(authors, a.Site)
	if len(a.Bylines) == 0 {
		a.Bylines = r.bylines
	}
	a.Language = facts.language
	if a.Language == "" {
		a.Language = languageOf(r.text)
	}
	a.Published = e.publishedBy(
		quoth.Published{EDTF: dayOf(in.date), From: "meta", Confidence: sureMeta},
		quoth.Published{EDTF: facts.dayJSONLD, From: "json-ld", Confidence: sureJSONLD},
		quoth.Published{EDTF: facts.dayMeta, From: "meta", Confidence: sureMeta},
		quoth.Published{EDTF: facts.dayline, From: "dateline", Confidence: sureDateline},
		quoth.Published{EDTF: r.day, From: "dateline", Confidence: sureDateline},
		quoth.Published{EDTF: dayInURL(a.URL), From: "url", Confidence: sureURL},
	)
	return a, nil
}

// piece is a block of a page with the kind that its element tells.
type piece struct {
	text string
	kind quoth.BlockKind // Paragraph, Heading, List or Quote; "" when nothing is known
}

// layOut joins pieces by blank lines, the title first, and returns a reader that
// knows their kinds.
func layOut(pieces []piece, title string) *textReader {
	r := &textReader{title: title}
	var b strings.Builder
	add := func(p piece, kind quoth.BlockKind) {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(p.text)
		r.ls = append(r.ls, lineBlock{span: quoth.Span{Start: start, End: b.Len()}, kind: kind, hint: p.kind})
	}
	want := ""
	if title != "" {
		add(piece{text: title}, quoth.Headline)
		r.headline = title
		want, _ = fold(title, &r.buf)
	}
	for i, p := range pieces {
		// The page shows its title once; the first piece often is it again.
		if i < 3 && want != "" && len(p.text) <= maxFold {
			if got, _ := fold(p.text, &r.buf); got == want {
				continue
			}
		}
		add(p, "")
	}
	if len(pieces) == 0 {
		r.ls = nil
	}
	r.text = b.String()
	return r
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

// mainContent finds the article in a page, with go-trafilatura, and its authors as
// that reads them, joined by "; ". No piece means that it found nothing.
func mainContent(doc *html.Node, address string) (pieces []piece, authors string) {
	// A page can break a library that is not ours: read it without it then.
	defer func() {
		if recover() != nil {
			pieces, authors = nil, ""
		}
	}()
	opts := trafilatura.Options{
		EnableFallback:  true, // 11 against 47 of 1,047 pages lost, see research/pages.md
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled, // it guesses, and does not say from what
	}
	if u, err := url.ParseRequestURI(address); err == nil {
		opts.OriginalURL = u
	}
	res, err := trafilatura.ExtractDocument(doc, opts)
	if err != nil || res == nil || res.ContentNode == nil {
		return nil, ""
	}
	var g gatherer
	g.node(res.ContentNode)
	g.flush()
	return g.pieces, res.Metadata.Author
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

// element is what n is. Nodes that go-trafilatura made or renamed have the wrong
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

// squeeze makes each run of blanks one blank and takes those at the ends off.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, isBlank), " ")
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
// deep or too big for one, and those go-trafilatura finds nothing in. The rules for
// plain text then tell body and furniture apart.
func flatContent(page string) []piece {
	z := html.NewTokenizer(strings.NewReader(page))
	var g gatherer
	var skip atom.Atom
	for {
		switch z.Next() {
		case html.ErrorToken:
			g.flush()
			for i := range g.pieces {
				g.pieces[i].kind = ""
			}
			return g.pieces
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
