package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"quoth"
)

// typer gives the leaves of a page their kinds.
type typer struct {
	leaves  []leaf
	boxes   []box
	begin   int                      // the first body leaf
	end     int                      // and the last
	total   int                      // words of body leaves
	links   map[*html.Node]linkCount // of leaves that are not body, by their column
	columns map[*html.Node]int       // body words by the element that paragraphs stand in side by side
	title   string                   // folded
	summary string                   // folded
	times   map[uint64]int           // how often the characters of a leaf stand on the page
	buf     []byte
}

// linkCount is how much of the text of leaves side by side stands in links.
type linkCount struct{ leaves, linked, bytes int }

// typeLeaves gives every leaf a kind. title and summary are what the page says of
// itself.
func typeLeaves(leaves []leaf, boxes []box, title, summary string, isLive bool) []leaf {
	t := typer{leaves: leaves, boxes: boxes, columns: map[*html.Node]int{}, times: map[uint64]int{}, links: map[*html.Node]linkCount{}}
	for i := range leaves {
		t.times[charKey(leaves[i].text)]++
	}
	t.title, _ = fold(title, &t.buf)
	t.summary, _ = fold(summary, &t.buf)
	t.tally()
	t.regain()
	t.entries(isLive)
	t.embeds()
	t.headline()
	if !isLive {
		t.dropOthers()
	}
	t.recover()
	t.standfirst()
	t.begin, t.end = t.zone()
	for i := range leaves {
		if l := &leaves[i]; !l.isBody {
			c := t.links[column(l)]
			t.links[column(l)] = linkCount{c.leaves + 1, c.linked + l.linked, c.bytes + len(l.text)}
		}
	}
	for i := range leaves {
		l := &leaves[i]
		l.group = t.outermost(l)
		if l.kind == "" {
			if l.isBody {
				l.kind = t.bodyLeaf(i)
			} else {
				l.kind = t.furnitureLeaf(i)
			}
		}
	}
	leaves = t.dialogs()
	// A gallery shows its captions with the small pictures and the large ones.
	shown := map[uint64]bool{}
	for i := range leaves {
		if l := &leaves[i]; l.kind == quoth.Caption {
			if k := charKey(l.text); shown[k] {
				l.kind = quoth.Other
			} else {
				shown[k] = true
			}
		}
	}
	return cutInner(cutCredits(leaves))
}

// dialogs finds the boxes that ask readers what they think of the article, by one line
// in them, and cuts those off that a page has run together with a paragraph.
func (t *typer) dialogs() []leaf {
	for i := range t.leaves {
		// A link to a dialog, as footers have, is not one.
		if l := &t.leaves[i]; l.kind == quoth.FeedbackForm && l.linkShare() < 0.5 {
			t.spreadDialog(i)
		}
	}
	out := t.leaves[:0:0]
	for i := range t.leaves {
		l := t.leaves[i]
		at := -1
		if l.kind.IsBody() {
			at = feedbackStart(l.text, &t.buf)
		}
		if at > 0 {
			before := l
			before.text = strings.TrimRight(l.text[:at], " ")
			out = append(out, before)
			l.text = l.text[at:]
		}
		if at >= 0 {
			l.kind = quoth.FeedbackForm
		}
		out = append(out, l)
	}
	return out
}

// maxDialogWords is the size of the largest feedback dialog, buttons and all.
const maxDialogWords = 80

// spreadDialog makes the answers and buttons around leaf i, a line of a dialog, part
// of it: what stands in the same small element and is no body.
func (t *typer) spreadDialog(i int) {
	const reach = 15 // leaves on each side
	first, last := max(0, i-reach), min(len(t.leaves)-1, i+reach)
	var top *html.Node
	for n, level := t.leaves[i].node, 0; n != nil && level < 4; n, level = n.Parent, level+1 {
		words := 0
		for j := first; j <= last; j++ {
			l := &t.leaves[j]
			if !isUnder(l.node, n) {
				continue
			}
			if words += l.words; l.kind.MaySpeak() || l.kind == quoth.Navigation || j == first && first > 0 || j == last && last < len(t.leaves)-1 {
				words = maxDialogWords + 1
				break
			}
		}
		if words > maxDialogWords {
			break
		}
		top = n
	}
	for j := first; j <= last && top != nil; j++ {
		if isUnder(t.leaves[j].node, top) {
			t.leaves[j].kind = quoth.FeedbackForm
		}
	}
}

// cutCredits makes the credits that end captions leaves of their own.
func cutCredits(leaves []leaf) []leaf {
	out := make([]leaf, 0, len(leaves)+8)
	for _, l := range leaves {
		at := -1
		if l.kind == quoth.Caption {
			at = creditStart(l.text)
		}
		switch {
		case at == 0:
			l.kind = quoth.Credit
		case at > 0:
			credit := l
			credit.text, credit.kind = l.text[at:], quoth.Credit
			l.text = strings.TrimRight(l.text[:at], " ")
			out = append(out, l)
			l = credit
		}
		out = append(out, l)
	}
	return out
}

// creditWords begin a credit, in a bracket or not.
var creditWords = []string{"©", "(C)", "（Ｃ）", "Photo:", "Photo by", "Photos:", "Photos by", "Photograph:", "Photograph by", "Photographer:", "Image:", "Images:", "Image credit", "Image Credit", "Image via", "Image courtesy", "Picture:", "Pictures:", "Credit:", "Courtesy of", "Source:", "Illustration by",
	"AP Photo", "AP/", "REUTERS/", "Reuters/", "AFP/", "Getty Images", "Foto:", "Foto von", "Fotos:", "Bild:", "Bilder:", "Quelle:", "Archivfoto:", "Photo :", "Crédit", "Fotografía:", "Fotoğraf", "Ảnh:", "Kuva:", "Zdj", "EFE/"}

// maxCreditBytes is the longest credit that is cut off a caption.
const maxCreditBytes = 120

// creditStart is where the credit of a caption begins, -1 when it has none.
func creditStart(text string) int {
	best := -1
	for _, word := range creditWords {
		at := strings.LastIndex(text, word)
		if at < 0 || len(text)-at > maxCreditBytes {
			continue
		}
		if at > 0 && (text[at-1] == '(' || text[at-1] == '[') {
			at--
		}
		if isBoundary := at == 0 || text[at-1] == ' '; isBoundary && (best < 0 || at < best) {
			best = at
		}
	}
	if best < 0 {
		return -1
	}
	before := strings.TrimRight(text[:best], " ")
	for _, mark := range []string{"|", "/", "–", "-"} { // set off by a mark: it goes with the credit
		if rest, ok := strings.CutSuffix(before, mark); ok {
			best = len(rest)
			break
		}
	}
	if strings.TrimSpace(text[:best]) == "" {
		return 0
	}
	return best
}

// tally counts the body words of boxes and columns.
func (t *typer) tally() {
	t.total = 0
	clear(t.columns)
	for i := range t.boxes {
		t.boxes[i].body = 0
	}
	for i := range t.leaves {
		l := &t.leaves[i]
		if !l.isBody {
			continue
		}
		t.total += l.words
		t.columns[column(l)] += l.words
		for b := l.box; ; b = t.boxes[b].parent {
			t.boxes[b].body += l.words
			if b == 0 {
				break
			}
		}
	}
}

// column is the element that l stands in beside its like: the parent of a paragraph,
// of the list of an item, of the table of a cell.
func column(l *leaf) *html.Node {
	n := l.node
	for n.Parent != nil {
		n = n.Parent
		switch n.DataAtom {
		case atom.Ul, atom.Ol, atom.Dl, atom.Li, atom.Tr, atom.Tbody, atom.Table, atom.Blockquote:
			continue
		}
		break
	}
	return n
}

// isArticle reports whether box b is (or holds) the article itself: what it is called
// then says nothing of the text in it.
func (t *typer) isArticle(b int) bool {
	return b == 0 || 10*t.boxes[b].body > 3*t.total
}

// named is the innermost box around l that says what is in it, 0 when none does.
func (t *typer) named(l *leaf) int {
	for b := l.box; b != 0; b = t.boxes[b].parent {
		if t.isArticle(b) {
			return 0
		}
		if t.boxes[b].kind != "" {
			return b
		}
	}
	return 0
}

// isProse reports whether l is running text by its looks: long, or a sentence, and
// not made of links.
func (l *leaf) isProse() bool { return !l.hidden && l.isRunning() }

// isRunning is isProse for leaves that a browser may hide.
func (l *leaf) isRunning() bool {
	return l.linkShare() < 0.35 && (l.words >= 12 && endsSentence(l.text) || l.words >= 25)
}

// regain is for pages whose article the extractor has missed: when one element holds
// side by side twice as much prose as was proposed on the whole page, that prose is
// the article.
func (t *typer) regain() {
	prose, count := map[*html.Node]int{}, map[*html.Node]int{}
	var best *html.Node
	for i := range t.leaves {
		l := &t.leaves[i]
		if !l.isProse() || l.tag == atom.Li || !t.mayRegain(l) {
			continue
		}
		c := column(l)
		prose[c] += l.words
		count[c]++
		if best == nil || prose[c] > prose[best] {
			best = c
		}
	}
	if best == nil || count[best] < 2 || prose[best] < 60 || prose[best] < 2*t.total {
		return
	}
	for i := range t.leaves {
		l := &t.leaves[i]
		l.isBody = l.isProse() && l.tag != atom.Li && t.mayRegain(l) && column(l) == best
	}
	t.tally()
}

// mayRegain reports whether l is in no box of furniture. A box with most of the
// page's words is the page itself, whatever it is called.
func (t *typer) mayRegain(l *leaf) bool {
	for b := l.box; b != 0; b = t.boxes[b].parent {
		if t.boxes[b].kind != "" && 10*t.boxes[b].words < 6*t.boxes[0].words {
			return false
		}
	}
	return true
}

// entries makes body what stands in elements that are built and called as those of body paragraphs
// are: the parts of articles that come in several boxes, and the entries of live blogs. Elsewhere than
// in a live blog they are in the same article element as the body, and headings stand between them.
func (t *typer) entries(isLive bool) {
	type build struct {
		tag   atom.Atom
		class string
	}
	builds := map[build]bool{}
	buildOf := func(l *leaf) build {
		c := column(l)
		return build{c.DataAtom, attr(c, "class")}
	}
	articles := map[*html.Node]bool{}
	for i := range t.leaves {
		if l := &t.leaves[i]; l.isBody && l.isProse() {
			builds[buildOf(l)] = true
			articles[articleOf(l.node)] = true
		}
	}
	mayAdd := func(l *leaf) bool {
		return !l.isBody && (isLive || articles[articleOf(l.node)]) && t.mayRegain(l)
	}
	for i := range t.leaves {
		l := &t.leaves[i]
		isText := l.tag == atom.P || l.tag == atom.Blockquote || isHeadingTag(l.tag) || l.isProse()
		if isText && !l.hidden && l.linkShare() < 0.4 && builds[buildOf(l)] && mayAdd(l) {
			l.isBody = true
		}
	}
	// The heading of an entry stands before its text, in an element around both.
	begin, end := t.zone()
	for i := range t.leaves {
		l := &t.leaves[i]
		if !isHeadingTag(l.tag) || l.tag == atom.H1 || !isLive && (i < begin || i > end) || !mayAdd(l) {
			continue
		}
		for j := i + 1; j <= min(i+3, len(t.leaves)-1) && !l.isBody; j++ {
			l.isBody = t.leaves[j].isBody && isUnder(t.leaves[j].node, column(l))
		}
	}
	t.tally()
}

// dropOthers takes other articles out of the body, which some pages show below their own: what stands in
// another article element than the headline does, when that has a third of the body or more.
func (t *typer) dropOthers() {
	i := slices.IndexFunc(t.leaves, func(l leaf) bool { return l.kind == quoth.Headline })
	if i < 0 {
		return
	}
	own := articleOf(t.leaves[i].node)
	if own == nil {
		return
	}
	isOther := func(l *leaf) bool {
		a := articleOf(l.node)
		return a != nil && !isUnder(a, own) && !isUnder(own, a)
	}
	words := 0
	for i := range t.leaves {
		if l := &t.leaves[i]; l.isBody && isUnder(l.node, own) {
			words += l.words
		}
	}
	if 3*words < t.total {
		return
	}
	for i := range t.leaves {
		if l := &t.leaves[i]; l.isBody && l.kind == "" && isOther(l) {
			l.isBody = false
		}
	}
	t.tally()
}

// articleOf is the innermost article element around n, nil when there is none.
func articleOf(n *html.Node) *html.Node {
	for n != nil && n.DataAtom != atom.Article {
		n = n.Parent
	}
	return n
}

// embeds makes quotations that stand in the article body: pull quotes, and the posts of
// social media with the lines that say who wrote them.
func (t *typer) embeds() {
	begin, end := t.zone()
	for i := max(0, begin-4); i >= 0 && i <= min(end+4, len(t.leaves)-1); i++ {
		l := &t.leaves[i]
		b := l.box
		for b != 0 && t.boxes[b].kind != quoth.Quote {
			b = t.boxes[b].parent
		}
		if b == 0 || t.isArticle(b) || t.boxes[b].words < 4 || t.inFurniture(t.boxes[b].parent) {
			continue
		}
		l.quote = b
		l.kind = quoth.Quote
		l.isBody = true
	}
}

// zone is the first and the last body leaf, -1 when there is none.
func (t *typer) zone() (begin, end int) {
	begin, end = -1, -1
	for i := range t.leaves {
		if t.leaves[i].isBody {
			if begin < 0 {
				begin = i
			}
			end = i
		}
	}
	return begin, end
}

// inFurniture reports whether box b, or one around it, is furniture that has texts,
// pictures and dates of its own.
func (t *typer) inFurniture(b int) bool {
	for ; b != 0 && !t.isArticle(b); b = t.boxes[b].parent {
		switch t.boxes[b].kind {
		case quoth.Navigation, quoth.Related, quoth.Trending, quoth.Comments, quoth.Advertisement, quoth.Newsletter, quoth.Notice:
			return true
		}
	}
	return false
}

// outermost is the largest box around l that says what is in it, 0 when none does.
func (t *typer) outermost(l *leaf) int {
	out := 0
	for b := l.box; b != 0 && !t.isArticle(b); b = t.boxes[b].parent {
		if t.boxes[b].kind != "" {
			out = b
		}
	}
	return out
}

// recover makes leaves body that stand between body paragraphs of the main column
// and are no furniture: list items, headings, short answers, which extractors drop.
func (t *typer) recover() {
	type stretch struct{ first, last int }
	stretches := map[*html.Node]stretch{}
	begin, end := t.zone()
	var main *html.Node
	for i := range t.leaves {
		if l := &t.leaves[i]; l.isBody {
			c := column(l)
			if main == nil || t.columns[c] > t.columns[main] {
				main = c // the first of them
			}
			s, has := stretches[c]
			if !has {
				s.first = i
			}
			s.last = i
			stretches[c] = s
		}
	}
	for i := range t.leaves {
		l := &t.leaves[i]
		if l.isBody || l.hidden || l.linkShare() > 0.4 || t.named(l) != 0 || t.times[charKey(l.text)] > 1 {
			continue
		}
		c := column(l)
		isIn := 5*t.columns[c] >= t.total && i >= stretches[c].first && i <= stretches[c].last
		if l.later && l.isProse() {
			a := articleOf(l.node)
			isIn = isIn || a != nil && a == articleOf(main)
		}
		switch l.tag {
		case atom.P:
			isIn = isIn || (i > begin && i < end && isUnder(l.node, main) || 2*t.columns[c] >= t.total) && l.isProse()
		case atom.Li, atom.H2, atom.H3, atom.H4, atom.Blockquote, atom.Dt, atom.Dd:
			isIn = isIn || i > begin && i < end && l.isProse() && isUnder(l.node, main)
		default:
			isIn = isIn && hasTurn(l.text) || (isIn || i > begin && i < end && isUnder(l.node, main)) && l.isProse()
		}
		if isIn && furniture(t.note(l)) == "" {
			l.isBody = true
		}
	}
}

// isUnder reports whether n stands in top.
func isUnder(n, top *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

// standfirst finds the sentences between headline and article that say what it is
// about: they are body.
func (t *typer) standfirst() {
	begin, title := -1, -1
	for i := range t.leaves {
		if t.leaves[i].isBody && begin < 0 {
			begin = i
		}
		if t.leaves[i].kind == quoth.Headline {
			title = i
		}
	}
	const enough = 40 // bytes that two texts by chance do not share
	for i := max(0, title); i < begin; i++ {
		l := &t.leaves[i]
		if l.isBody || l.hidden || l.kind != "" || l.linkShare() > 0.3 || len(l.text) > 2*maxFold {
			continue
		}
		folded, _ := fold(l.text, &t.buf)
		isSummary := len(folded) >= enough && len(t.summary) >= enough && (strings.HasPrefix(t.summary, folded) || strings.HasPrefix(folded, t.summary[:runeFloor(t.summary, 80)]))
		if !isSummary && (title < 0 || !l.isProse()) {
			continue
		}
		if b := t.named(l); b != 0 && !isSummary {
			switch t.boxes[b].kind {
			case quoth.Navigation, quoth.Related, quoth.Tags, quoth.Byline, quoth.Dateline:
				if l.words < 12 || i > title+12 {
					continue
				}
			default:
				continue
			}
		}
		if furniture(t.note(l)) == "" {
			l.isBody = true
			l.kind = quoth.Paragraph
		}
	}
}

// headline finds the leaf that shows the title, or else the h1 above the article: a
// page may call itself something else elsewhere.
func (t *typer) headline() {
	best, h1 := -1, -1
	begin := len(t.leaves)
	for i := range t.leaves {
		l := &t.leaves[i]
		if l.isBody && l.tag == atom.P && begin == len(t.leaves) {
			begin = i
		}
		if len(l.text) > maxFold || l.hidden {
			continue
		}
		if l.tag == atom.H1 && i < begin && t.named(l) == 0 && wordCount(l.text) >= 3 {
			h1 = i
		}
		if t.title == "" {
			continue
		}
		if got, _ := fold(l.text, &t.buf); got != t.title {
			continue
		}
		if best < 0 || headlineRank(l.tag) > headlineRank(t.leaves[best].tag) && i < begin {
			best = i
		}
	}
	if best < 0 {
		best = h1
	}
	if best >= 0 {
		t.leaves[best].kind = quoth.Headline
	}
}

// headlineRank says how much an element is one for headlines.
func headlineRank(tag atom.Atom) int {
	switch {
	case tag == atom.H1:
		return 2
	case isHeadingTag(tag):
		return 1
	}
	return 0
}

func (t *typer) note(l *leaf) lineNote { return note(l.text, 99, &t.buf) }

// labelKind is the kind of a line that says what it is, in English by the rules for
// plain text, in other languages by its whole wording.
func labelKind(n lineNote) quoth.BlockKind {
	if k := furniture(n); k != "" {
		return k
	}
	if n.words <= 5 {
		return foreignLabels[n.folded]
	}
	return ""
}

// maxBoxWords is how many words a box of furniture may have that an extractor took for
// body: longer ones are believed to be body, whatever they are called.
const maxBoxWords = 60

// bodyLeaf is the kind of leaf i, which an extractor takes for body.
func (t *typer) bodyLeaf(i int) quoth.BlockKind {
	l := &t.leaves[i]
	n := t.note(l)
	if n.folded == t.title && n.folded != "" {
		return quoth.Other // the title once more
	}
	if k := t.signature(i, n); k != "" {
		return k
	}
	if b := t.named(l); b != 0 {
		switch k := t.boxes[b].kind; {
		case k == quoth.Caption, k == quoth.Credit, l.linkShare() > 0.5, t.boxes[b].words <= maxBoxWords && k != quoth.Quote && k != quoth.Tags:
			return k
		}
	}
	if k := labelKind(n); k != "" {
		return k
	}
	if l.tag == atom.Time {
		return quoth.Dateline
	}
	if l.words < 12 && t.times[charKey(l.text)] > 2 && !endsSentence(l.text) && (l.tag == atom.P || isHeadingTag(l.tag)) {
		return quoth.Other // a label that the page's code repeats: "Article content"
	}
	if l.linkShare() > 0.95 && (l.tag == atom.Li || isHeadingTag(l.tag) || isInCapitals(l.text) || !endsSentence(l.text)) && l.words > 2 {
		return quoth.Related
	}
	if l.linkShare() > 0.5 && endsWithLabel(l.text) {
		return quoth.Related
	}
	if k := sureKind(l.text); k != "" {
		return k
	}
	return bodyTag(l.tag)
}

// endsWithLabel reports whether s ends with a word of capitals in brackets, as links to other articles do: "Ferry
// stops again [VIDEO]".
func endsWithLabel(s string) bool {
	s, ok := strings.CutSuffix(strings.TrimRight(s, " |"), "]")
	at := strings.LastIndexByte(s, '[')
	return ok && at > 0 && len(s) > at+2 && isInCapitals(s[at+1:]) && !strings.Contains(s[at:], " ")
}

// signature finds the lines that say who wrote an article and when, at its top and at
// its end.
func (t *typer) signature(i int, n lineNote) quoth.BlockKind {
	if n.folded == "" || n.words > 45 {
		return ""
	}
	isEdge := i <= t.begin+4 || i >= t.end-2
	if d, isDate := dateLine(n.text); isDate && (isEdge || d.isSaid) {
		return quoth.Dateline
	}
	if isEdge {
		if n.words <= 16 && !endsSentence(n.text) && isSigned(n.text) {
			return quoth.Byline
		}
	}
	for _, mark := range contributedMarks {
		if strings.Contains(n.folded, mark) && !strings.ContainsAny(n.text, "\"“”") {
			return quoth.Byline
		}
	}
	return ""
}

// contributedMarks are the words of lines that name who else worked on an article.
var contributedMarks = []string{"contributed to this report", "contributed to this story", "contributed to this article", "contributed reporting", "with reporting by", "with files from", "additional reporting by", "reporting by"}

// isSigned reports whether text is "By" (or "Von", "Par" …) and names.
func isSigned(text string) bool {
	rest := cutHead(text)
	if rest == text {
		return false
	}
	// "By Rea Lind, Monday, 20 March 2025"
	for cut, r := range rest {
		if strings.ContainsRune(",|-–·", r) {
			if _, isDate := dateLine(rest[cut+utf8.RuneLen(r):]); isDate {
				rest = rest[:cut]
				break
			}
		}
	}
	for part := range strings.SplitSeq(nameJoints.Replace(rest), ",") {
		words := strings.Fields(part)
		if len(words) == 0 || len(words) > 4 {
			return false
		}
		for _, w := range words {
			if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && !nobility[w] {
				return false
			}
		}
	}
	return true
}

// nobility are the small words inside names.
var nobility = set("von van der den de del della di da dos du la le bin ibn al el y e")

// bodyTag is the kind of body that an element holds.
func bodyTag(tag atom.Atom) quoth.BlockKind {
	if k, ok := blockElements[tag]; ok && k.IsBody() {
		return k
	}
	return quoth.Paragraph
}

// furnitureLeaf is the kind of leaf i, which is not the article's own text.
func (t *typer) furnitureLeaf(i int) quoth.BlockKind {
	l := &t.leaves[i]
	n := t.note(l)
	if i >= t.begin-10 && i <= t.end+6 {
		if k := t.signature(i, n); k != "" {
			return k
		}
	}
	if b := t.named(l); b != 0 {
		return t.furnitureBox(i, b)
	}
	if k := labelKind(n); k != "" {
		return k
	}
	if l.tag == atom.Time {
		return quoth.Dateline
	}
	for b := l.box; b != 0; b = t.boxes[b].parent {
		switch t.boxes[b].node.DataAtom {
		case atom.Figure:
			if l.words >= 2 && i > t.begin-12 && i < t.end+6 && !t.inFurniture(b) {
				return quoth.Caption
			}
		case atom.Header, atom.Footer:
			if !t.isArticle(b) {
				return quoth.Navigation
			}
		}
	}
	// A list of links is one thing, though one entry may have a number behind its link.
	c := t.links[column(l)]
	if l.linkShare() > 0.6 || c.leaves >= 3 && 10*c.linked > 6*c.bytes {
		if i < t.begin && l.words <= 6 {
			return quoth.Navigation
		}
		return quoth.Related
	}
	return quoth.Other
}

// furnitureBox is the kind of leaf i in the named box b. Captions, credits, authors
// and dates are those of the article only inside it: elsewhere they belong to the
// furniture around them.
func (t *typer) furnitureBox(i, b int) quoth.BlockKind {
	switch k := t.boxes[b].kind; k {
	case quoth.Caption, quoth.Credit, quoth.Byline, quoth.Dateline, quoth.Quote:
		for p := t.boxes[b].parent; p != 0 && !t.isArticle(p); p = t.boxes[p].parent {
			switch outer := t.boxes[p].kind; outer {
			case "", quoth.Caption, quoth.Credit, quoth.Byline, quoth.Dateline, quoth.Quote:
			default:
				return outer
			}
		}
		if _, isDate := dateLine(t.leaves[i].text); isDate {
			return quoth.Dateline
		}
		if k == quoth.Caption && (i < t.begin-12 || i > t.end+6) || k == quoth.Quote {
			return quoth.Other
		}
		return k
	default:
		return k
	}
}
