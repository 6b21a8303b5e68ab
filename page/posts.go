package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// Posts of social media that a page embeds come out of a crawl as the words of the post with
// its signature behind them, or who writes before them, most often on a line of their own:
//
//	We open in May. pic.twitter.com/a1b2c3 — Zoë Hale (@zoehale) May 2, 2026
//	First day. A photo posted by Zoë Hale (@zoehale) on May 2, 2026 at 3:01am PDT
//	Zoë Hale (@zoehale) We open in May.

const (
	// maxPost is how many characters a post may have without addresses: 280 is what the medium
	// allows, some more are left for names of those it answers.
	maxPost = 300
	// maxSigner and maxSignerWords are how many bytes and words the name of who writes may have.
	maxSigner      = 120
	maxSignerWords = 6
	// maxPostLines is how many lines before the last are taken for those of one post.
	maxPostLines = 6
)

// cutPosts makes the embedded posts of a line lines of their own.
func (r *textReader) cutPosts() {
	if !strings.Contains(r.text, "(@") {
		return
	}
	r.cut(postsIn)
	r.spreadPosts()
}

// postsIn returns the parts of a line that holds embedded posts, nil when it holds none.
func postsIn(line string) (parts []part) {
	if isLedPost(line) {
		return []part{{len(line), quoth.Quote}}
	}
	past := 0
	for {
		dash, end := signature(line[past:])
		if end < 0 {
			break
		}
		start := past + skipsPost(line[past:])
		if dash += past; dash < start || !isShort(line[start:dash]) {
			break
		}
		if start > past {
			parts = append(parts, part{start, quoth.Navigation})
		}
		past += end
		parts = append(parts, part{past, quoth.Quote})
		// The button below.
		const report = " Report"
		if rest := line[past:]; rest == report || strings.HasPrefix(rest, report+" "+skipPost) {
			past += len(report)
			parts = append(parts, part{past, quoth.Navigation})
		}
	}
	if parts != nil && past < len(line) {
		parts = append(parts, part{len(line), ""})
	}
	return parts
}

// isLedPost reports whether line is a post with who writes it before the words.
func isLedPost(line string) bool {
	open := strings.Index(line[:min(len(line), maxSigner)], " (@")
	if open <= 0 || strings.ContainsAny(line[:open], "—:;,?!\"“”") || strings.Count(line[:open], " ") >= maxSignerWords {
		return false
	}
	end := handleEnd(line, open+len(" (@"))
	if end < 0 || end == len(line) || line[end] != ' ' {
		return false
	}
	words := strings.TrimLeft(line[end:], " ")
	return isShort(words) && !startsLower(words) && strings.Contains(words, " ") && dayLength(words) == 0
}

// signature finds the first signature of a post in s: where it begins and where its day ends, -1
// when there is none.
func signature(s string) (start, end int) {
	for past := 0; ; {
		n := strings.Index(s[past:], "(@")
		if n < 0 {
			return -1, -1
		}
		open := past + n
		past = open + len("(@")
		end := handleEnd(s, past)
		if end < 0 {
			continue
		}
		from := runeFloor(s, max(0, open-maxSigner))
		start, rest := signer(s[from:open]), strings.TrimPrefix(strings.TrimLeft(s[end:], " "), "on ")
		if day := dayLength(rest); start >= 0 && day > 0 {
			end = len(s) - len(rest) + day
			return from + start, end + clockLength(s[end:])
		}
	}
}

// signer is where in s, which ends before a handle, the signature of a post begins; -1 when it
// is none.
func signer(s string) int {
	for _, mark := range postMarks {
		at := strings.LastIndex(s, mark)
		if at >= 0 && strings.TrimSpace(s[at+len(mark):]) != "" {
			return at
		}
	}
	return -1
}

// postMarks stand between the words of a post and the name in its signature.
var postMarks = []string{
	"A photo posted by ", "A photo shared by ", "A video posted by ", "A video shared by ", "A post shared by ", "A post posted by ", "—", "–", "--", " - ",
}

// clockLength is the length of a time of day as signatures have it at the beginning of s, " at 3:01am PDT";
// 0 when there is none.
func clockLength(s string) int {
	rest, ok := strings.CutPrefix(s, " at ")
	if !ok || rest == "" || !isDigit(rest[0]) {
		return 0
	}
	clock, rest, _ := strings.Cut(rest, " ")
	zone, _, _ := strings.Cut(rest, " ")
	if !strings.Contains(clock, ":") {
		return 0
	}
	if len(zone) != 3 || zone != strings.ToUpper(zone) {
		return len(" at ") + len(clock)
	}
	return len(" at ") + len(clock) + 1 + len(zone)
}

// handleEnd is where the bracket ends whose handle begins at i, -1 when it is none.
func handleEnd(s string, i int) int {
	start := i
	for i < len(s) && (isLetter(s[i]) || isDigit(s[i]) || s[i] == '_' || s[i] == '.') {
		i++
	}
	if i == start || i == len(s) || s[i] != ')' {
		return -1
	}
	return i + 1
}

// dayLength is the length of a day as signatures have it at the beginning of s, "May 2, 2026";
// 0 when there is none.
func dayLength(s string) int {
	month, rest, _ := strings.Cut(s[:min(len(s), 24)], " ")
	if months[strings.ToLower(strings.TrimSuffix(month, "."))] == 0 {
		return 0
	}
	day, rest, ok := strings.Cut(rest, ", ")
	if !ok || !allDigits(day) || len(day) > 2 || len(rest) < 4 || !allDigits(rest[:4]) || len(rest) > 4 && isDigit(rest[4]) {
		return 0
	}
	return len(month) + 1 + len(day) + 2 + 4
}

// ownWords are words that who writes a post has for themselves and for those who read it.
var ownWords = map[string]bool{
	"I": true, "me": true, "my": true, "My": true, "we": true, "We": true, "our": true, "Our": true, "you": true, "You": true, "your": true, "Your": true,
}

const skipPost = "Skip Twitter post"

// skipsPost is the length of the link over a post that begins s: "Skip Twitter post 2 by @zoehale ".
func skipsPost(s string) int {
	rest := strings.TrimLeft(s, " ")
	if !strings.HasPrefix(rest, skipPost) {
		return 0
	}
	at := strings.IndexByte(rest, '@')
	if at < 0 || at > len(skipPost)+8 {
		return 0
	}
	n := strings.IndexByte(rest[at:], ' ')
	if n < 0 {
		return 0
	}
	return len(s) - len(rest) + at + n
}

// isShort reports whether s has no more characters than a post may, addresses set aside.
func isShort(s string) bool {
	if len(s) > 8*maxPost {
		return false
	}
	n := 0
	for word := range strings.FieldsSeq(s) {
		if !isAddress(word) {
			n += utf8.RuneCountInString(word) + 1
		}
	}
	return n <= maxPost
}

// areAddresses reports whether there is nothing but addresses in s.
func areAddresses(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if !isAddress(word) {
			return false
		}
	}
	return true
}

func isAddress(word string) bool {
	return strings.HasPrefix(word, "http") || strings.HasPrefix(word, "pic.twitter.com/")
}

// spreadPosts types the lines together with a post to which they belong: the one before a signature that
// stands alone, those that no blank line divides from it, those after a line that ends with a colon, and those right before it
// that are made as posts are.
func (r *textReader) spreadPosts() {
	for i := range r.ls {
		if r.ls[i].kind != quoth.Quote {
			continue
		}
		for k := r.postBegin(r.ls[:i], r.ls[i]); k < i; k++ {
			r.ls[k].kind, r.ls[k].goesOn = quoth.Quote, true
		}
	}
}

// joinPosts makes the lines of a post one.
func (r *textReader) joinPosts() {
	out := r.ls[:0]
	for i, l := range r.ls {
		if i > 0 && r.ls[i-1].goesOn {
			last := &out[len(out)-1]
			last.span.End, last.boxes = l.span.End, append(last.boxes, l.boxes...)
			continue
		}
		out = append(out, l)
	}
	r.ls = out
}

// postBegin is the first of the lines at the end of before that belong to post, len(before) when
// none does.
func (r *textReader) postBegin(before []lineBlock, post lineBlock) int {
	begin, next, end := len(before), post.span.Start, post.span.End
	if start, _ := signature(post.span.In(r.text)); start >= 0 {
		end = post.span.Start + start
	}
	if r.isSigned(before, post) {
		begin--
	}
	isClose := false // no blank line within the post
	for i := len(before) - 1; i >= 0 && i >= len(before)-maxPostLines-1; i-- {
		s := before[i].span.In(r.text)
		breaks := strings.Count(r.text[before[i].span.End:next], "\n")
		if i == len(before)-1 {
			isClose = breaks == 1
		}
		isLast := isClose && breaks > 1 || strings.HasSuffix(s, ":")
		switch {
		case breaks == 0: // the post begins within a line
			return len(before)
		case isLast && i+1 < begin:
			return i + 1
		case isLast, before[i].kind != "", strings.ContainsAny(s, "\"“”"), !isShort(r.text[before[i].span.Start:end]):
			return begin
		case i+1 == begin && isPostLine(s):
			begin = i
		}
		next = before[i].span.Start
	}
	return begin
}

// isPostLine reports whether a line has what the lines of posts have and those of reports seldom: an account, a tag or an address, the
// number of a point, or "I", "we" or "you".
func isPostLine(line string) bool {
	first, _, _ := strings.Cut(line, " ")
	if point := strings.TrimRight(first, "/.)"); len(point)+1 == len(first) && allDigits(point) {
		return true
	}
	for word := range strings.FieldsSeq(line) {
		if name := strings.TrimLeft(word, ".\u2066"); len(name) > 1 && (name[0] == '@' || name[0] == '#') && isLetter(name[1]) || isAddress(word) {
			return true
		}
		own := word
		if end := strings.IndexAny(word, "'’,.!?"); end >= 0 {
			own = word[:end]
		}
		if ownWords[own] {
			return true
		}
	}
	return false
}

// isSigned reports whether post is a signature alone, or with an address before it, and the line before it is the end of what was posted.
func (r *textReader) isSigned(before []lineBlock, post lineBlock) bool {
	s := post.span.In(r.text)
	start, _ := signature(s)
	isBare := start == 0 && strings.Contains(s[:min(len(s), len("— "))], " ") // "—Zoë Hale (@zoehale)" stands below a picture
	if !isBare && (start <= 0 || !areAddresses(s[:start])) || len(before) == 0 || before[len(before)-1].kind != "" {
		return false
	}
	line := before[len(before)-1].span.In(r.text)
	last := line[strings.LastIndexByte(line, ' ')+1:]
	return isShort(line) && (isAddress(last) || !strings.ContainsAny(line, "\"“”") && furniture(note(line, len(before)-1, &r.buf)) == "")
}

// startsLower reports whether s begins with a small letter.
func startsLower(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(c)
}
