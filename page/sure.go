package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// What buttons and players leave in the text of a crawl has a form that leaves no doubt. The
// model is not asked about such lines, nor about such ends of a line.

// cutSure types the lines that are furniture beyond doubt, and cuts it off the lines that hold some.
func (r *textReader) cutSure() {
	for i := range min(len(r.ls), maxLeadLines) {
		r.cutLead(i)
	}
	r.cut(func(line string) []part {
		if kind := sureKind(line); kind != "" {
			return []part{{len(line), kind}}
		}
		if at := linkTail(line); at > 0 {
			return []part{{at, ""}, {len(line), quoth.Related}}
		}
		return nil
	})
	r.linksInCapitals()
}

// sureKind is the kind of a line that is furniture or a caption beyond doubt, "" for others.
func sureKind(s string) quoth.BlockKind {
	for _, f := range sureForms {
		if f.fits(s) {
			return f.kind
		}
	}
	switch {
	case isBracketLink(s), isTeaser(s), isPlayer(s), endsWithCount(s[runeFloor(s, max(0, len(s)-maxTail)):], "Listen · "):
		return quoth.Related
	case isWireCaption(s), isFileCaption(s):
		return quoth.Caption
	}
	return ""
}

// sureForm is a form of line: how it begins, with what looks like a headline behind, what else it
// holds, after which words it ends with numbers, and how many words it has at least.
type sureForm struct {
	begins, has, ends string
	words             int
	kind              quoth.BlockKind
}

var sureForms = []sureForm{
	{begins: "JUST WATCHED ", has: " MUST WATCH", kind: quoth.Related},
	{begins: "Photos: ", ends: "Hide Caption ", kind: quoth.Caption},
	{begins: "Related ", words: 5, kind: quoth.Related},
	{begins: "Watch ", has: " ET", kind: quoth.Related},
	{begins: `poster="`, has: "://", kind: quoth.Related},
	{begins: "Read or Share this story: ", has: "://", kind: quoth.Share},
	{begins: "CLOSE ", kind: quoth.Caption},
	{begins: "Image copyright ", kind: quoth.Caption},
	{begins: "Image caption ", kind: quoth.Caption},
	{begins: "Media caption ", kind: quoth.Caption},
	{begins: "Media playback is unsupported on your device", kind: quoth.Caption},
}

func (f *sureForm) fits(s string) bool {
	rest, ok := strings.CutPrefix(s, f.begins)
	rest = strings.TrimLeft(rest, " ")
	return ok && (opensHeadline(rest) || strings.HasPrefix(rest, "http")) && strings.Contains(s, f.has) && (f.ends == "" || endsWithCount(s, f.ends)) && strings.Count(s, " ")+1 >= f.words
}

// endsWithCount reports whether s ends with words and then nothing but numbers: "12 of 40", "4:53 4:53".
func endsWithCount(s, words string) bool {
	at := strings.LastIndex(s, words)
	if at < 0 || at+len(words) == len(s) {
		return false
	}
	return strings.Trim(strings.ReplaceAll(s[at+len(words):], " of ", " "), "0123456789: ") == ""
}

// linkLabels stand before the headline of another article, with a colon: "RELATED: …".
var linkLabels = map[string]bool{
	"RELATED": true, "SEE RELATED": true, "SEE ALSO": true, "ALSO": true, "MORE": true, "READ": true, "READ MORE": true, "EXCLUSIVE": true, "REPORT": true,
	"WATCH": true, "LISTEN": true, "VIDEO": true, "VIDEOS": true, "PHOTOS": true, "PICTURES": true, "GALLERY": true, "SLIDESHOW": true, "CARTOONS": true,
	"GRAPHIC": true, "QUIZ": true, "POLL": true, "PODCAST": true, "DOCUMENT": true, "TRANSCRIPT": true,
	"Related": true, "See also": true, "Read": true, "Read also": true, "Read more": true, "Watch": true,
}

// linkHeads begin labels that name a site or a station: "Also on …".
var linkHeads = []string{"Also on ", "See also on ", "Earlier on ", "Previously on ", "Watch ", "Listen to "}

const (
	// maxLink is how many bytes a headline with its label and brackets may have.
	maxLink = 300
	// maxLabelWords is how many words such a label may have.
	maxLabelWords = 4
	// maxTail is how many bytes of a line may tell of a picture or a recording behind its sentences.
	maxTail = 60
)

// isBracketLink reports whether s is a headline with a label, in brackets.
func isBracketLink(s string) bool {
	if len(s) > maxLink || s[0] != '(' && s[0] != '[' || s[0] == '(' && s[len(s)-1] != ')' || s[0] == '[' && s[len(s)-1] != ']' {
		return false
	}
	return isLink(s[1 : len(s)-1])
}

// isLink reports whether s is a label and a headline.
func isLink(s string) bool {
	label, headline, ok := strings.Cut(s, ":")
	label = strings.TrimSpace(label)
	if !ok || strings.TrimSpace(headline) == "" {
		return false
	}
	if linkLabels[label] {
		return true
	}
	for _, head := range linkHeads {
		if site, ok := strings.CutPrefix(label, head); ok && opensHeadline(site) && strings.Count(label, " ") < maxLabelWords {
			return true
		}
	}
	return false
}

// linkTail is where in s a headline with a label begins that stands in brackets behind the
// last sentence of a paragraph, -1 when there is none.
func linkTail(s string) int {
	from := max(0, len(s)-maxLink)
	if s[len(s)-1] != ')' {
		// The bracket behind the headline is lost.
		if i := strings.LastIndex(s[from:], "("); i >= 0 && !strings.Contains(s[from+i:], ")") {
			return linkAt(s, from+i, len(s))
		}
		return -1
	}
	for depth, i := 0, len(s)-1; i > from; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth > 0 {
				continue
			}
			return linkAt(s, i, len(s)-1)
		}
	}
	return -1
}

// linkAt is i when the bracket there, whose words end at end, opens a headline with a label in capitals behind a sentence, else -1.
func linkAt(s string, i, end int) int {
	label, _, _ := strings.Cut(s[i+1:], ":")
	if label == strings.ToUpper(label) && isLink(s[i+1:end]) && endsSentence(strings.TrimRight(s[:i], " \u00a0")) {
		return i
	}
	return -1
}

// isPlayer reports whether s is a button with the length of a recording and its title: "Play Video 1:02 The ferry stops".
func isPlayer(s string) bool {
	rest, ok := strings.CutPrefix(s, "Play Video ")
	minutes, rest, hasColon := strings.Cut(rest, ":")
	seconds, _, _ := strings.Cut(rest, " ")
	return ok && hasColon && allDigits(minutes) && len(seconds) == 2 && allDigits(seconds)
}

// maxFileDay is how many bytes of a line may stand before it says that it is below a picture from a file.
const maxFileDay = 60

// isFileCaption reports whether s begins as agencies begin what they write below an older picture: "FILE - In this April 29, 2026, file
// photo, Zoë Hale speaks".
func isFileCaption(s string) bool {
	rest, ok := strings.CutPrefix(s, "FILE")
	rest = strings.TrimLeft(rest, " ")
	return ok && (strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—")) && strings.Contains(rest[:runeFloor(rest, min(len(rest), maxFileDay))], "file photo")
}

// isTeaser reports whether s is the headline of another article with its button: "Ferry stops Read more".
func isTeaser(s string) bool {
	headline, ok := strings.CutSuffix(s, " Read more")
	return ok && len(headline) <= maxLink && !strings.HasSuffix(headline, ".") && !strings.Contains(headline, ". ") && !strings.ContainsAny(headline, "\"“”")
}

// isWireCaption reports whether s ends with who took a picture for an agency: "… at the pier. REUTERS/Rea Lind".
func isWireCaption(s string) bool {
	at := max(0, len(s)-maxTail)
	n := strings.LastIndex(s[at:], "REUTERS/")
	if at += n; n < 0 || at == 0 || !endsSentence(strings.TrimRight(s[:at], " ")) {
		return false
	}
	name := strings.TrimSuffix(strings.TrimSuffix(s[at+len("REUTERS/"):], "/File Photo"), "/File")
	for word := range strings.SplitSeq(name, " ") {
		if !mayName(word) || strings.ContainsAny(word, ",;:!?\"”") {
			return false
		}
	}
	return true
}

const (
	// maxCapitals is how many lines in capitals a page may have for them to be links: where there
	// are more they are the page's own headings.
	maxCapitals = 6
	// leastCapitals is how many words such a link has at least: headings most often have fewer.
	leastCapitals = 8
)

// linksInCapitals types the headlines of other articles that stand in capitals between the
// paragraphs of an article that is not written so.
func (r *textReader) linksInCapitals() {
	var found []int
	n, hasBegun := 0, false
	for i, l := range r.ls {
		s := l.span.In(r.text)
		if !isInCapitals(s) {
			hasBegun = hasBegun || strings.Count(s, " ") >= 11
			continue
		}
		words := strings.Count(s, " ") + 1
		if words > 1 {
			n++
		}
		last, _ := utf8.DecodeLastRuneInString(s)
		if hasBegun && l.kind == "" && words >= leastCapitals && len(s) <= maxLink && !strings.ContainsRune(".:?!)\"”", last) && furniture(note(s, i, &r.buf)) == "" {
			found = append(found, i)
		}
	}
	if n > maxCapitals || 3*n > len(r.ls) {
		return
	}
	for _, i := range found {
		r.ls[i].kind = quoth.Related
	}
}

// isInCapitals reports whether s has capitals and no other letter.
func isInCapitals(s string) bool {
	has := false
	for _, c := range s {
		if unicode.IsUpper(c) {
			has = true
		} else if unicode.IsLetter(c) {
			return false
		}
	}
	return has
}

const (
	// maxLeadLines is how many lines of a page may hold the caption of its first picture with the headline.
	maxLeadLines = 3
	// maxLeadCredit is how many bytes the credit between them may have.
	maxLeadCredit = 120
)

// cutLead divides line i where the caption of the first picture, its credit and the headline run together: "The
// ferry at dawn. | Rea Lind/AP Photo Mayor stops the ferry".
func (r *textReader) cutLead(i int) {
	if i >= len(r.ls) || r.ls[i].kind != "" {
		return
	}
	l := r.ls[i]
	s := l.span.In(r.text)
	at := strings.Index(s, " | ")
	if at < 0 || !endsSentence(s[:at]) {
		return
	}
	credit := at + len(" | ")
	past := credit + leadCredit(s[credit:min(len(s), credit+maxLeadCredit)])
	if rest := strings.TrimLeft(s[past:], " "); past == credit || rest == s[past:] || strings.Count(rest, " ") < 2 {
		return
	}
	r.ls[i] = lineBlock{span: quoth.Span{Start: l.span.Start, End: l.span.Start + past}, kind: quoth.Caption}
	r.insert(i+1, lineBlock{span: trim(r.text, quoth.Span{Start: l.span.Start + past, End: l.span.End}), kind: quoth.Headline})
}

// leadAgencies are how credits name who a picture is from, longer names first.
var leadAgencies = []string{"AP Photos", "AP Photo", "AP", "Associated Press", "Getty Images", "Getty images", "Getty", "REUTERS", "Reuters", "POLITICO", "AFP"}

// leadCredit is the length of the credit that begins s, 0 when none does: "Rea Lind/AFP/Getty Images",
// "AP Photo/Rea Lind", "AP Photos, Getty".
func leadCredit(s string) int {
	length := 0
	for {
		n := oneCredit(s[length:])
		if n == 0 {
			return length
		}
		length += n
		next := length
		for _, mark := range []string{", ", " | "} {
			if strings.HasPrefix(s[length:], mark) && oneCredit(s[length+len(mark):]) > 0 {
				next += len(mark)
				break
			}
		}
		if next == length {
			return length
		}
		length = next
	}
}

// oneCredit is the length of one credit at the beginning of s.
func oneCredit(s string) int {
	if n := agencyLength(s); n > 0 {
		if rest, ok := strings.CutPrefix(s[n:], "/"); ok {
			if more := agencyLength(rest); more > 0 {
				return n + 1 + more
			}
			return n + 1 + nameLength(rest, 2)
		}
		return n
	}
	slash := strings.IndexByte(s, '/')
	if slash <= 0 || nameLength(s[:slash], 4) != slash {
		return 0
	}
	if n := oneCredit(s[slash+1:]); n > 0 {
		return slash + 1 + n
	}
	return 0
}

// agencyLength is the length of the name of an agency at the beginning of s.
func agencyLength(s string) int {
	for _, a := range leadAgencies {
		if strings.HasPrefix(s, a) && !startsLetter(s[len(a):]) {
			return len(a)
		}
	}
	return 0
}

// nameLength is the length of the name of at most most words at the beginning of s.
func nameLength(s string, most int) int {
	length := 0
	for range most {
		rest := s[length:]
		word, _, _ := strings.Cut(strings.TrimPrefix(rest, " "), " ")
		if word == "" || !mayName(word) || strings.ContainsAny(word, ",:;") {
			break
		}
		length += len(rest) - len(strings.TrimPrefix(rest, " ")) + len(word)
	}
	return length
}
