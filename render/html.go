package render

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"slices"
	"strings"

	"quoth"
)

//go:embed page.tmpl
var pageTemplate string

//go:embed page.css
var pageStyle string

// htmlHues is the number of speaker colours in page.css; more speakers share them,
// and every note carries its speaker's name.
const htmlHues = 8

// htmlWriter writes one page that holds every reading it is given. The page asks for
// nothing: its style is in it, its content security policy allows that style and
// nothing else, and it has no script.
type htmlWriter struct {
	w        io.Writer
	b        bytes.Buffer
	t        *template.Template
	articles int
}

func newHTML(w io.Writer, _ Options) Writer {
	return &htmlWriter{w: w, t: template.Must(template.New("page").Parse(pageTemplate))}
}

// Write writes one article with its statements; the first brings the page's head.
func (h *htmlWriter) Write(r quoth.Reading) error {
	h.b.Reset()
	if h.articles == 0 {
		if err := h.top(oneLine(headTitle(r.Article)), r.Article.Language); err != nil {
			return err
		}
	}
	h.articles++
	if err := h.t.ExecuteTemplate(&h.b, "article", newArticleView(r, h.articles)); err != nil {
		return err
	}
	_, err := h.w.Write(h.b.Bytes())
	return err
}

// Close ends the page; without a reading it says that there is none.
func (h *htmlWriter) Close() error {
	h.b.Reset()
	if h.articles == 0 {
		if err := h.top("Nothing was read", "en"); err != nil {
			return err
		}
	}
	if err := h.t.ExecuteTemplate(&h.b, "bottom", h.articles); err != nil {
		return err
	}
	_, err := h.w.Write(h.b.Bytes())
	return err
}

// Site shows readings on the pages of a site: it is the renderer that quoth/web asks for.
type Site struct{}

// Article is an article with its statements as a piece of a page, without head or style;
// [Site.Style] is the style that it needs. Link returns where the page of a statement is, by
// the statement's ID; nil is nowhere.
func (Site) Article(r quoth.Reading, link func(statement string) string) (template.HTML, error) {
	t, err := template.New("page").Parse(pageTemplate)
	if err != nil {
		return "", err
	}
	view := newArticleView(r, 1)
	for i := range view.Statements {
		if link != nil {
			view.Statements[i].Link = link(r.Statements[i].ID)
		}
	}
	var b bytes.Buffer
	err = t.ExecuteTemplate(&b, "article", view)
	return template.HTML(b.String()), err
}

// Style is the style sheet of pages with articles.
func (Site) Style() string { return pageStyle }

// Date is an EDTF date in words.
func (Site) Date(edtf string) string { return HumanDate(edtf) }

// Printed says when an article was printed and how that is known.
func (Site) Printed(p quoth.Published) string { return DateLine(p) }

// top writes the page's head.
func (h *htmlWriter) top(title, language string) error {
	sum := sha256.Sum256([]byte(pageStyle))
	return h.t.ExecuteTemplate(&h.b, "top", map[string]any{
		"Title":    title,
		"Language": cmp.Or(language, "en"),
		"Style":    template.CSS(pageStyle),
		"Policy": "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
			"'; base-uri 'none'; form-action 'none'",
	})
}

// articleView is what the template shows of a reading.
type articleView struct {
	Number     int
	Title      []run
	Site       string
	Section    string
	Bylines    string
	Agencies   string
	Date       string
	DateTime   string // for machines; "" when it is no plain day, month or year
	Updated    string
	Paywall    string // in words
	URL        string // "" unless it is an http address
	Language   string
	Facts      []string
	Voices     []voice
	Parts      []part
	Statements []statementView
	// Background is what the outlet itself tells of people, under a title that says so.
	BackgroundTitle string
	Background      []datedView
}

// A datedView is one sentence of the background.
type datedView struct{ Date, Text string }

// A run is a stretch of text with one role in at most one statement.
type run struct {
	Text  string
	Role  string // content, source, cue, or "" for plain text
	Hue   string // the class of the speaker's colour
	ID    string // anchor, on the first run of a statement's content
	Label int    // number of the statement, on the same run
}

// A voice is a speaker with the number of statements.
type voice struct {
	Name, Hue, First string
	Count            int
}

// A part is one block of the article, or a group of furniture between two blocks.
type part struct {
	Class     string
	Runs      []run
	Notes     []statementView
	Furniture []furnitureView
	Kinds     string
}

type furnitureView struct{ Kind, Text string }

// statementView is one statement, for its note and for the list.
type statementView struct {
	Number        int
	Anchor, Entry string // IDs of the words in the text and of the entry in the list
	Name, Hue     string
	Mention, Cue  string
	Kind          string // with its factuality when that is not factual
	Words         string
	Known         string // time, medium, venue, about whom
	Why           string // why the speaker is not known
	Sure          string // confidence, when it is low
	InText        bool   // whether Anchor is there
	Link          string // the page of the statement, "" when there is none
}

// newArticleView prepares article number n of the page.
func newArticleView(r quoth.Reading, n int) articleView {
	a := r.Article
	statements := statementViews(r, n)
	painted := paint(r, statements)
	v := articleView{
		Number:   n,
		Site:     a.Site,
		Section:  a.Section,
		Bylines:  listed(signers(a)),
		Agencies: listed(otherAgencies(a)),
		Date:     DateLine(a.Published),
		Updated:  HumanDate(a.Updated.EDTF),
		Paywall:  paywallWords[a.Paywall],
		URL:      webAddress(a.URL),
		Language: a.Language,
		Facts:    factPhrases(quoth.FactsOf(a, r.Statements)),
		Voices:   voices(statements),
	}
	if HumanDate(a.Published.EDTF) != a.Published.EDTF {
		v.DateTime = a.Published.EDTF
	}
	blocks := a.Blocks
	if i := slices.IndexFunc(blocks, func(b quoth.Block) bool { return b.Kind == quoth.Headline }); i >= 0 {
		v.Title = painted.runs(blocks[i].Span)
		blocks = slices.Delete(slices.Clone(blocks), i, i+1)
	} else {
		v.Title = []run{{Text: headTitle(a)}}
	}
	v.Parts = parts(r, blocks, statements, painted)
	v.Statements = statements
	v.BackgroundTitle = backgroundTitle(r.Background)
	for _, b := range r.Background {
		v.Background = append(v.Background, datedView{HumanDate(b.When.EDTF), b.Text})
	}
	return v
}

// parts turns blocks into parts and puts each statement's note beside the block in
// which its words begin.
func parts(r quoth.Reading, blocks []quoth.Block, statements []statementView, painted *painting) []part {
	var list []part
	next := 0 // statements come ordered by where their content begins
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		// A credit is shown below its caption, where readers look for it.
		isCredit := b.Kind == quoth.Credit && i > 0 && blocks[i-1].Kind == quoth.Caption
		if !b.Kind.MaySpeak() && !isCredit {
			from := i
			for i+1 < len(blocks) && !blocks[i+1].Kind.MaySpeak() {
				i++
			}
			list = append(list, furniturePart(r.Article.Text, blocks[from:i+1]))
			continue
		}
		p := part{Class: string(b.Kind), Runs: painted.runs(b.Span)}
		var between []quoth.Block
		for text := r.Article.Text; quoth.Interrupts(text, blocks, i+1); i += 2 {
			insert, rest := blocks[i+1], blocks[i+2].Span
			between = append(between, insert)
			p.Runs = append(append(p.Runs, run{Text: text[insert.Span.End:rest.Start]}), painted.runs(rest)...)
			b.Span.End = rest.End
		}
		for next < len(statements) && firstByte(&r.Statements[next]) < b.Span.End {
			if firstByte(&r.Statements[next]) >= b.Span.Start {
				p.Notes = append(p.Notes, statements[next])
			}
			next++
		}
		list = append(list, p)
		if len(between) > 0 {
			list = append(list, furniturePart(r.Article.Text, between))
		}
	}
	return list
}

// furniturePart folds furniture blocks into one part.
func furniturePart(text string, blocks []quoth.Block) part {
	p := part{Class: "furniture", Kinds: furnitureKinds(blocks)}
	for _, b := range blocks {
		p.Furniture = append(p.Furniture, furnitureView{string(b.Kind), b.Span.In(text)})
	}
	return p
}

// statementViews prepares the statements of article number n.
func statementViews(r quoth.Reading, n int) []statementView {
	numbers := numberSpeakers(r.Statements)
	views := make([]statementView, len(r.Statements))
	for i := range r.Statements {
		s := &r.Statements[i]
		v := statementView{
			Number: i + 1,
			Anchor: fmt.Sprintf("a%dq%d", n, i+1),
			Entry:  fmt.Sprintf("a%ds%d", n, i+1),
			Name:   "unknown speaker",
			Hue:    "h0",
			Cue:    s.CueWords(),
			Kind:   manner(s),
			Words:  contentText(s),
			Known:  circumstances(s, r.Article.Published.EDTF),
		}
		if s.Speaker != nil {
			v.Name, v.Hue = s.Speaker.Name, fmt.Sprintf("h%d", numbers[speakerKey(s.Speaker)]%htmlHues+1)
			v.Mention = otherMention(s.Speaker)
		} else {
			v.Why = whyUnknown(s)
		}
		if s.Confidence > 0 && s.Confidence < quoth.LowConfidence {
			v.Sure = fmt.Sprintf("%.0f %% sure", 100*s.Confidence)
		}
		views[i] = v
	}
	return views
}

// voices lists the speakers in order of speaking, those not known last and together.
func voices(statements []statementView) []voice {
	var list []voice
	at := map[string]int{}
	for _, q := range statements {
		key := q.Hue + " " + q.Name
		i, seen := at[key]
		if !seen {
			i = len(list)
			at[key] = i
			list = append(list, voice{Name: q.Name, Hue: q.Hue, First: q.Entry})
		}
		list[i].Count++
	}
	slices.SortStableFunc(list, func(a, b voice) int {
		return cmp.Compare(btoi(a.Hue == "h0"), btoi(b.Hue == "h0"))
	})
	return list
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// painting knows for every byte of a text which part of which statement it shows.
type painting struct {
	text       string
	statements []statementView
	strokes    []stroke
	owner      []int32 // per byte: index into strokes plus one, 0 for none
}

type stroke struct {
	span      quoth.Span
	statement int
	role      string
}

// paint lays the parts of all statements over the text, long ones first: where two
// overlap, the one that says more about the place is seen. It sets InText.
func paint(r quoth.Reading, statements []statementView) *painting {
	p := &painting{text: r.Article.Text, statements: statements, owner: make([]int32, len(r.Article.Text))}
	for i := range r.Statements {
		s := &r.Statements[i]
		p.add(i, "content", s.Content)
		p.add(i, "source", s.Source)
		p.add(i, "cue", s.Cue)
	}
	slices.SortStableFunc(p.strokes, func(a, b stroke) int { return cmp.Compare(b.span.Len(), a.span.Len()) })
	for i, s := range p.strokes {
		for at := s.span.Start; at < s.span.End; at++ {
			p.owner[at] = int32(i + 1)
		}
	}
	return p
}

func (p *painting) add(statement int, role string, r *quoth.Role) {
	if r == nil {
		return
	}
	for _, s := range r.Spans {
		p.strokes = append(p.strokes, stroke{s, statement, role})
	}
}

// runs cuts the text of s where its colour changes.
func (p *painting) runs(s quoth.Span) []run {
	var list []run
	for start := s.Start; start < s.End; {
		end := start + 1
		for end < s.End && p.owner[end] == p.owner[start] {
			end++
		}
		list = append(list, p.run(quoth.Span{Start: start, End: end}, p.owner[start]))
		start = end
	}
	return list
}

// run makes the run of s, with the anchor when the statement has none yet.
func (p *painting) run(s quoth.Span, owner int32) run {
	made := run{Text: s.In(p.text)}
	if owner == 0 {
		return made
	}
	stroke := p.strokes[owner-1]
	statement := &p.statements[stroke.statement]
	made.Role, made.Hue = stroke.role, statement.Hue
	if stroke.role == "content" && !statement.InText {
		statement.InText = true
		made.ID, made.Label = statement.Anchor, statement.Number
	}
	return made
}

// webAddress returns address when a browser may follow it: http and https only.
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
		return ""
	}
	return address
}
