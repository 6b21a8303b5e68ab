package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// lineBlock is a block of plain text while its kind is still being found.
type lineBlock struct {
	lineNote
	span   quoth.Span
	boxes  []quoth.Span    // within the line, see boxesIn; the note is of the line without them
	kind   quoth.BlockKind // "" until it is known
	goesOn bool            // the next line is of the same post
}

// fromText reads plain text, which is kept byte for byte.
func (e *Extractor) fromText(text string, in input) (quoth.Article, error) {
	ls := splitLines(text)
	if len(ls) == 0 {
		return quoth.Article{}, errEmpty()
	}
	a := quoth.Article{ID: in.id, URL: in.url, Site: in.site, Title: strings.TrimSpace(in.title), Text: text}
	if a.URL == "" {
		a.URL = e.opt.URL
	}
	a.URL = WithoutUser(a.URL)
	r := textReader{text: text, ls: ls, title: a.Title}
	if e.opt.Clean {
		r.clean()
	} else if err := r.crawled(e.opt.Lines); err != nil {
		return quoth.Article{}, err
	}
	a.Blocks = r.blocks()
	a.Bylines = r.bylines
	if a.Title == "" {
		a.Title = r.headline
	}
	a.Language = languageOf(text)
	a.Published = e.publishedBy(
		quoth.Published{EDTF: dayOf(in.date), From: "meta", Confidence: sureMeta},
		quoth.Published{EDTF: r.day, From: "dateline", Confidence: sureDateline},
		quoth.Published{EDTF: dayInURL(a.URL), From: "url", Confidence: sureURL},
	)
	return a, nil
}

// splitLines returns the lines of text that are not blank, without the blanks around
// them. A line ends with a line feed, a carriage return, or both.
func splitLines(text string) []lineBlock {
	ls := make([]lineBlock, 0, strings.Count(text, "\n")/2+4)
	for start := 0; start < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
		for s := start; s < end; {
			stop := end
			if n := strings.IndexByte(text[s:end], '\r'); n >= 0 {
				stop = s + n
			}
			if span := trim(text, quoth.Span{Start: s, End: stop}); !span.IsEmpty() {
				ls = append(ls, lineBlock{span: span})
			}
			s = stop + 1
		}
		start = end + 1
	}
	return ls
}

// isBlank reports whether r shows nothing: white space, and the marks of no width
// that pages and editors leave behind.
func isBlank(r rune) bool {
	switch r {
	case '\ufeff', '\u200b', '\u2060', '\u00ad', '\u200e', '\u200f':
		return true
	}
	return unicode.IsSpace(r)
}

// trim takes the blanks off both ends of s.
func trim(text string, s quoth.Span) quoth.Span {
	part := s.In(text)
	rest := strings.TrimLeftFunc(part, isBlank)
	s.Start += len(part) - len(rest)
	s.End = s.Start + len(strings.TrimRightFunc(rest, isBlank))
	return s
}

// textReader finds the kinds of the lines of one text.
type textReader struct {
	text     string
	title    string // as the record names it, "" when it does not
	ls       []lineBlock
	headline string
	day      string
	bylines  []string
	buf      []byte
}

// clean makes each line a paragraph but for embedded posts; one of the first lines may be the title.
func (r *textReader) clean() {
	r.cutPosts()
	r.joinPosts()
	for i := range r.ls {
		if r.ls[i].kind == "" {
			r.ls[i].kind = quoth.Paragraph
		}
	}
	if i := r.titleLine(); i >= 0 {
		r.ls[i].kind = quoth.Headline
	}
}

// titleLine is the index of the line that is the title of the record, -1 when the
// first lines hold none.
func (r *textReader) titleLine() int {
	if r.title == "" || len(r.title) > maxFold {
		return -1
	}
	want, _ := fold(r.title, &r.buf)
	for i := range min(6, len(r.ls)) {
		if line := r.ls[i].span.In(r.text); len(line) <= maxFold {
			if got, _ := fold(line, &r.buf); got == want && want != "" {
				return i
			}
		}
	}
	return -1
}

// crawled finds the kinds of the lines of a crawled page by model, nil for the embedded
// one.
func (r *textReader) crawled(model *LineModel) (err error) {
	if model == nil {
		if model, err = defaultLines(); err != nil {
			return err
		}
	}
	r.cutDate()
	r.cutFeedback()
	r.cutPosts()
	r.cutSure()
	for i := range r.ls {
		l := &r.ls[i]
		l.boxes = boxesIn(r.text, l.span)
		l.lineNote = note(without(r.text, l.span, l.boxes), i, &r.buf)
	}
	w := lineWorks.Get().(*lineWork)
	defer lineWorks.Put(w)
	w.page.read(len(r.ls), func(i int) lineNote { return r.ls[i].lineNote })
	model.run(w)
	w.kinds(func(i int, kind quoth.BlockKind) {
		if r.ls[i].kind == "" {
			r.ls[i].kind = kind
		}
	})
	for i := 0; i < len(r.ls); {
		if r.ls[i].kind == quoth.FeedbackForm {
			i = spreadFeedback(r.ls, i)
		} else {
			i++
		}
	}
	r.readHead()
	for i := range r.ls {
		if l := &r.ls[i]; l.kind == "" {
			l.kind = bodyKind(l.lineNote)
		}
	}
	r.joinPosts()
	r.cutBoxes()
	return nil
}

// cutDate takes the "date YYYY-MM-DD" that a crawler put before the text off the
// first line.
func (r *textReader) cutDate() {
	const word = "date "
	first := &r.ls[0]
	line := first.span.In(r.text)
	if len(line) < len(word)+10 || !strings.EqualFold(line[:len(word)], word) || !isDay(line[len(word):len(word)+10]) {
		return
	}
	end := len(word) + 10
	if len(line) > end {
		// "date 2025-03-200" is no date of a crawler.
		if c, _ := utf8.DecodeRuneInString(line[end:]); !isBlank(c) {
			return
		}
	}
	r.day = kept(line[len(word):end])
	date := quoth.Span{Start: first.span.Start, End: first.span.Start + end}
	rest := trim(r.text, quoth.Span{Start: date.End, End: first.span.End})
	first.span, first.kind = date, quoth.Dateline
	if !rest.IsEmpty() {
		r.insert(1, lineBlock{span: rest})
	}
}

func (r *textReader) insert(i int, l lineBlock) {
	r.ls = append(r.ls, lineBlock{})
	copy(r.ls[i+1:], r.ls[i:])
	r.ls[i] = l
}

// part is a stretch of a line, up to byte end of it; kind is "" until it is known.
type part struct {
	end  int
	kind quoth.BlockKind
}

// cut divides lines of no kind into the parts that split returns, each a line of its own. Of a
// line that it leaves whole it returns none.
func (r *textReader) cut(split func(line string) []part) {
	out := r.ls
	isCopied := false
	for i, l := range r.ls {
		var parts []part
		if l.kind == "" {
			parts = split(l.span.In(r.text))
		}
		if parts == nil {
			if isCopied {
				out = append(out, l)
			}
			continue
		}
		if !isCopied {
			out = append(make([]lineBlock, 0, len(r.ls)+4), r.ls[:i]...)
			isCopied = true
		}
		start := l.span.Start
		for _, p := range parts {
			end := l.span.Start + p.end
			if s := trim(r.text, quoth.Span{Start: start, End: end}); !s.IsEmpty() {
				out = append(out, lineBlock{span: s, kind: p.kind})
			}
			start = end
		}
	}
	r.ls = out
}

// cutFeedback makes the feedback dialog that follows a sentence a line of its own.
func (r *textReader) cutFeedback() {
	r.cut(func(line string) []part {
		at := feedbackStart(line, &r.buf)
		if at < 0 {
			return nil
		}
		return []part{{at, ""}, {len(line), quoth.FeedbackForm}}
	})
}

// headLines is how many lines before the first paragraph may hold title, author and
// date. Crawled pages that begin with the site's menu have more: their title is left
// to the record.
const headLines = 12

// readHead finds the headline, the author and the date, which stand before the first
// paragraph, and date lines elsewhere.
func (r *textReader) readHead() {
	prose := len(r.ls)
	for i := range r.ls {
		if l := &r.ls[i]; l.kind == "" && isProse(l.lineNote) {
			prose = i
			break
		}
	}
	title := r.titleLine()
	if title >= 0 && r.ls[title].kind != quoth.Dateline && r.headline == "" {
		r.setHeadline(title)
	}
	for i := range r.ls {
		l := &r.ls[i]
		isHead := i < prose && i < headLines
		switch {
		case l.kind == quoth.Byline && i <= headLines:
			r.bylines = append(r.bylines, names(l.text)...)
		case l.kind == quoth.Headline && isHead && r.headline == "" && title < 0:
			r.setHeadline(i)
		case l.kind == quoth.Dateline && isHead && r.day == "":
			if d, ok := dateLine(l.text); ok {
				r.day = d.day
			}
		}
		if l.kind != "" || l.words > 24 {
			continue
		}
		if d, ok := dateLine(l.text); ok && (isHead || d.isSaid) {
			l.kind = quoth.Dateline
			if r.day == "" && isHead {
				r.day = d.day
			}
		} else if isHead && isByline(l.lineNote) {
			l.kind = quoth.Byline
			r.bylines = append(r.bylines, names(l.text)...)
		} else if isHead && r.headline == "" && i+1 < len(r.ls) && isHeadline(l.lineNote) && (r.title == "" || title < 0) {
			r.setHeadline(i)
		}
	}
}

func (r *textReader) setHeadline(i int) {
	r.ls[i].kind = quoth.Headline
	r.headline = r.ls[i].text
}

// isProse reports whether a line is running text beyond doubt.
func isProse(n lineNote) bool { return n.words >= 12 && endsSentence(n.text) }

// isHeadline reports whether a line before the first paragraph could be the title: a
// few words, and no full stop.
func isHeadline(n lineNote) bool {
	if n.words < 3 || n.words > 35 || strings.HasSuffix(n.text, ":") || strings.HasSuffix(n.text, ",") {
		return false
	}
	last := strings.TrimRight(n.text, "\"'”’»)")
	return !strings.HasSuffix(last, ".") && !strings.HasPrefix(n.text, "- ") && !strings.HasPrefix(n.text, "• ")
}

// bodyKind tells heading, list and paragraph apart.
func bodyKind(n lineNote) quoth.BlockKind {
	for _, mark := range []string{"• ", "* ", "- ", "▪ ", "● ", "‣ ", "◦ ", "·  ", "■ "} {
		if strings.HasPrefix(n.text, mark) {
			return quoth.List
		}
	}
	if isNumbered(n.text) {
		return quoth.List
	}
	if n.words == 0 || n.words > 25 || endsSentence(n.text) {
		return quoth.Paragraph
	}
	first, size := utf8.DecodeRuneInString(n.text)
	last, _ := utf8.DecodeLastRuneInString(n.text)
	if strings.ContainsRune(":;,-–—\"”»", last) {
		return quoth.Paragraph // a lead-in, a broken line, or a quotation
	}
	for strings.ContainsRune("\"'“‘«„(`", first) && size < len(n.text) {
		n.text = n.text[size:]
		first, size = utf8.DecodeRuneInString(n.text)
	}
	if unicode.IsUpper(first) || unicode.IsDigit(first) || unicode.IsTitle(first) {
		return quoth.Heading
	}
	return quoth.Paragraph
}

// isNumbered reports whether text begins as "1. " or "2) " and goes on.
func isNumbered(text string) bool {
	i := 0
	for i < len(text) && i < 3 && isDigit(text[i]) {
		i++
	}
	return i > 0 && len(text) > i+2 && (text[i] == '.' || text[i] == ')') && text[i+1] == ' '
}

// blocks returns the lines as blocks.
func (r *textReader) blocks() []quoth.Block {
	bs := make([]quoth.Block, len(r.ls))
	for i, l := range r.ls {
		bs[i] = quoth.Block{Kind: l.kind, Span: l.span}
	}
	return bs
}

// isByline reports whether a line of the head names an author: "By Rea Lind and Tom
// Okafor, Staff Writers".
func isByline(n lineNote) bool {
	rest, ok := strings.CutPrefix(n.folded, "by ")
	if !ok || n.words > 16 || len(n.text) < 4 || strings.HasSuffix(n.text, "?") || strings.HasSuffix(n.text, ":") {
		return false
	}
	after := strings.TrimLeft(n.text[2:], " :\t")
	first, _ := utf8.DecodeRuneInString(after)
	word, _, _ := strings.Cut(rest, " ")
	return unicode.IsUpper(first) && word != "the" && word != "a" && word != "our"
}
