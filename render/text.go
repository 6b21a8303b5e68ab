package render

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/clipperhouse/displaywidth"

	"quoth"
)

// The widths of text: narrower is not tried, wider is what it is when nobody says.
const (
	minWidth     = 20
	defaultWidth = 80
)

// speakerColours are the 256-colour codes of speakers, in order of speaking: hues far
// apart, each with a contrast of at least 3:1 on black and on white.
var speakerColours = []int{32, 166, 35, 133, 161, 37, 99, 136}

// textWriter writes readings for a person at a terminal.
type textWriter struct {
	w       io.Writer
	o       Options
	b       bytes.Buffer
	started bool
}

func newText(w io.Writer, o Options) Writer {
	if o.Width < minWidth {
		o.Width = defaultWidth
	}
	return &textWriter{w: w, o: o}
}

// Write writes the article's head, its statements, and its facts.
func (t *textWriter) Write(r quoth.Reading) error {
	t.b.Reset()
	if t.started {
		t.b.WriteString("\n\n")
	}
	t.started = true
	t.head(r.Article)
	lines := newLineCounter(r.Article.Text)
	numbers := numberSpeakers(r.Statements)
	for i := range r.Statements {
		t.b.WriteByte('\n')
		t.statement(&r.Statements[i], r.Article.Published.EDTF, lines, numbers)
	}
	if len(r.Statements) == 0 {
		t.b.WriteByte('\n')
		t.line(dim, "No statement was found.")
	}
	t.background(r.Background)
	if t.o.Verbose {
		t.furniture(r.Article, lines)
	}
	t.b.WriteByte('\n')
	t.phrases(dim, factPhrases(quoth.FactsOf(r.Article, r.Statements)))
	_, err := t.w.Write(t.b.Bytes())
	return err
}

// Close does nothing.
func (t *textWriter) Close() error { return nil }

// A style is what stands between ESC[ and m.
type style string

const (
	bold   style = "1"
	dim    style = "2"
	italic style = "3"
	plain  style = ""
)

// in returns s in the style, s alone when there are no colours.
func (t *textWriter) in(st style, s string) string {
	if !t.o.Color || st == plain || s == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}

// colourOf returns the style of a speaker.
func colourOf(s *quoth.Speaker, numbers map[string]int) style {
	n, known := numbers[speakerKey(s)]
	if !known {
		return dim
	}
	return style(fmt.Sprintf("38;5;%d", speakerColours[n%len(speakerColours)]))
}

// line writes one line.
func (t *textWriter) line(st style, s string) { t.b.WriteString(t.in(st, s) + "\n") }

// paragraph writes s wrapped, every line behind indent.
func (t *textWriter) paragraph(st style, indent, s string) {
	for _, line := range Wrap(s, t.o.Width-displaywidth.String(indent)) {
		t.b.WriteString(indent + t.in(st, line) + "\n")
	}
}

// phrases writes phrases with points between them, and breaks lines between phrases
// where that is possible.
func (t *textWriter) phrases(st style, phrases []string) {
	line := ""
	for i, phrase := range phrases {
		if i < len(phrases)-1 {
			phrase += " ·"
		}
		if line != "" && displaywidth.String(line+" "+clean(phrase)) > t.o.Width {
			t.paragraph(st, "", line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+phrase, " ")
	}
	t.paragraph(st, "", line)
}

// head writes what the article says of itself.
func (t *textWriter) head(a quoth.Article) {
	title := headTitle(a)
	t.paragraph(bold, "", title)
	var about []string
	for _, known := range []string{a.Site, a.Section} {
		if known != "" {
			about = append(about, known)
		}
	}
	if len(a.Bylines) > 0 {
		about = append(about, "by "+listed(signers(a)))
	}
	if agencies := otherAgencies(a); len(agencies) > 0 {
		about = append(about, listed(agencies))
	}
	about = append(about, DateLine(a.Published))
	if a.Updated.EDTF != "" {
		about = append(about, "updated "+HumanDate(a.Updated.EDTF))
	}
	if words := paywallWords[a.Paywall]; words != "" {
		about = append(about, words)
	}
	t.phrases(plain, about)
	if a.URL != "" {
		t.line(dim, oneLine(clean(a.URL))) // whole, so that a terminal can follow it
	}
	t.line(dim, strings.Repeat("─", t.o.Width))
}

// paywallWords says what an article tells of access to it.
var paywallWords = map[string]string{"metered": "metered access", "locked": "for subscribers"}

// signers are the bylines, each with its role.
func signers(a quoth.Article) []string {
	list := make([]string, len(a.Bylines))
	for i, name := range a.Bylines {
		list[i] = name
		if role := a.Roles[name]; role != "" {
			list[i] += " (" + role + ")"
		}
	}
	return list
}

// otherAgencies are the agencies that the bylines do not name already.
func otherAgencies(a quoth.Article) []string {
	return slices.DeleteFunc(slices.Clone(a.Agencies), func(name string) bool { return slices.Contains(a.Bylines, name) })
}

// headTitle is what an article is called: its title, its headline, its address or its
// ID, whichever is the first known.
func headTitle(a quoth.Article) string {
	if a.Title != "" {
		return a.Title
	}
	for _, b := range a.Blocks {
		if b.Kind == quoth.Headline {
			return b.Span.In(a.Text)
		}
	}
	if a.URL != "" {
		return a.URL
	}
	return a.ID
}

// DateLine says when an article was printed and how that is known.
func DateLine(p quoth.Published) string {
	if p.EDTF == "" {
		return "date unknown"
	}
	line := HumanDate(p.EDTF) + " (" + publishedFrom(p)
	if p.Confidence < quoth.LowConfidence {
		line += fmt.Sprintf(", %.0f %% sure", 100*p.Confidence)
	}
	return line + ")"
}

// HumanDate writes a day, a month or a year of EDTF in English, and leaves any other
// expression as it is.
func HumanDate(edtf string) string {
	if day, err := time.Parse("2006-01-02", edtf); err == nil {
		return day.Format("2 January 2006")
	}
	if month, err := time.Parse("2006-01", edtf); err == nil {
		return month.Format("January 2006")
	}
	if from, to, ok := strings.Cut(edtf, "/"); ok {
		switch {
		case from == "" || from == "..":
			return "until " + HumanDate(to)
		case to == "" || to == "..":
			return "since " + HumanDate(from)
		}
		return HumanDate(from) + " to " + HumanDate(to)
	}
	if year, ok := strings.CutPrefix(edtf, "-"); ok {
		if n, err := strconv.Atoi(year); err == nil {
			return strconv.Itoa(n+1) + " BC" // year 0 is 1 BC
		}
	}
	return edtf
}

// listed joins names in English: "A", "A and B", "A, B and C".
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// statement writes who, how and where, then the words behind a bar in the speaker's
// colour, then what is known of time and place.
func (t *textWriter) statement(s *quoth.Statement, published string, lines *lineCounter, numbers map[string]int) {
	colour := colourOf(s.Speaker, numbers)
	place := fmt.Sprintf("%s · line %d", manner(s), lines.at(firstByte(s)))
	if s.Confidence > 0 && s.Confidence < quoth.LowConfidence {
		place += fmt.Sprintf(" · %.0f %% sure", 100*s.Confidence)
	}
	t.who(s, colour, place)
	bar := t.in(colour, "│") + " "
	for _, line := range Wrap(contentText(s), t.o.Width-2) {
		t.b.WriteString(bar + line + "\n")
	}
	if s.Speaker == nil {
		t.paragraph(dim, "  ", whyUnknown(s))
	}
	if known := circumstances(s, published); known != "" {
		t.paragraph(dim, "  ", known)
	}
}

// who writes the line above the words: speaker and cue on the left, place on the
// right, or below where the two do not fit in one line.
func (t *textWriter) who(s *quoth.Statement, colour style, place string) {
	name := "unknown speaker"
	if s.Speaker != nil {
		name = oneLine(clean(s.Speaker.Name))
	}
	rest := ""
	if mention := otherMention(s.Speaker); mention != "" {
		rest += " (“" + mention + "”)"
	}
	if cue := s.CueWords(); cue != "" {
		rest += " — " + clean(cue)
	}
	nameStyle := bold + ";" + colour
	if s.Speaker == nil {
		nameStyle = bold
	}
	left := displaywidth.String(name + rest)
	gap := t.o.Width - left - displaywidth.String(place)
	if gap >= 2 {
		t.b.WriteString(t.in(nameStyle, name) + t.in(italic, rest) + strings.Repeat(" ", gap) + t.in(dim, place) + "\n")
		return
	}
	for i, line := range Wrap(name+rest, t.o.Width) {
		if head, found := strings.CutPrefix(line, name); found && i == 0 {
			t.b.WriteString(t.in(nameStyle, name) + t.in(italic, head) + "\n")
		} else {
			t.b.WriteString(t.in(italic, line) + "\n")
		}
	}
	t.paragraph(dim, "  ", place)
}

// circumstances says when, how and where something was said, and about whom.
// Published is the day of the report: without a time of its own a statement was made at
// some time up to then.
func circumstances(s *quoth.Statement, published string) string {
	var known []string
	switch {
	case s.Said != nil && published != "" && published != s.Said.EDTF:
		known = append(known, fmt.Sprintf("said %s (“%s”), reported %s", HumanDate(s.Said.EDTF), oneLine(s.Said.Text), HumanDate(published)))
	case s.Said != nil:
		known = append(known, fmt.Sprintf("said %s (“%s”)", HumanDate(s.Said.EDTF), oneLine(s.Said.Text)))
	case published != "":
		known = append(known, "reported "+HumanDate(published))
	}
	if s.Medium != "" && s.Medium != quoth.UnknownMedium {
		known = append(known, strings.ReplaceAll(s.Medium, "-", " "))
	}
	if s.Venue != nil {
		known = append(known, oneLine(s.Venue.Name))
	}
	if len(s.About) > 0 {
		names := make([]string, len(s.About))
		for i, p := range s.About {
			names[i] = oneLine(p.Name) + tone(p)
		}
		known = append(known, "about "+listed(names))
	}
	if s.Repeats != nil {
		known = append(known, "words that the article gives more than once")
	}
	return strings.Join(known, " · ")
}

// tone says how the words read towards p, "" where that is not told.
func tone(p quoth.Party) string {
	if p.Stance == nil || p.Stance.Label == quoth.Neutral {
		return ""
	}
	return fmt.Sprintf(" (reads %s, %.0f %%)", p.Stance.Label, 100*p.Stance.Confidence)
}

// background lists what the outlet itself tells of people, in text order.
func (t *textWriter) background(list []quoth.Background) {
	if len(list) == 0 {
		return
	}
	t.b.WriteByte('\n')
	t.line(bold, clean(backgroundTitle(list)))
	for _, b := range list {
		t.paragraph(plain, "  ", HumanDate(b.When.EDTF)+": "+oneLine(clean(b.Text)))
	}
}

// backgroundTitle says who tells the background.
func backgroundTitle(list []quoth.Background) string {
	if len(list) == 0 || list[0].Credit == nil {
		return "Background, told by the outlet"
	}
	return "Background, told by " + oneLine(*list[0].Credit)
}

// furniture lists the blocks in which no statement was looked for.
func (t *textWriter) furniture(a quoth.Article, lines *lineCounter) {
	t.b.WriteByte('\n')
	t.line(bold, "Furniture")
	n := 0
	for _, block := range a.Blocks {
		if block.Kind.MaySpeak() {
			continue
		}
		n++
		label := fmt.Sprintf("line %-5d %-14s ", lines.at(block.Span.Start), block.Kind)
		t.b.WriteString(t.in(dim, label) + cut(block.Span.In(a.Text), max(t.o.Width-len(label), 8)) + "\n")
	}
	if n == 0 {
		t.line(dim, "none")
	}
}

// contentText is the words of a statement; pieces are joined by " … ".
func contentText(s *quoth.Statement) string {
	if s.Content == nil {
		return ""
	}
	return s.Content.Text
}

// firstByte is where the words of a statement begin.
func firstByte(s *quoth.Statement) int {
	if s.Content == nil || len(s.Content.Spans) == 0 {
		return 0
	}
	return s.Content.Spans[0].Start
}

// lineCounter turns byte offsets into line numbers.
type lineCounter struct{ ends []int }

func newLineCounter(text string) *lineCounter {
	c := &lineCounter{}
	for i := range len(text) {
		if text[i] == '\n' {
			c.ends = append(c.ends, i)
		}
	}
	return c
}

// at returns the number of the line that holds byte offset; the first line is 1.
func (c *lineCounter) at(offset int) int {
	return 1 + sort.SearchInts(c.ends, offset)
}

// furnitureKinds counts the kinds of blocks in words: "2 advertisements, trending".
func furnitureKinds(blocks []quoth.Block) string {
	var kinds []string
	for _, b := range blocks {
		if !slices.Contains(kinds, string(b.Kind)) {
			kinds = append(kinds, string(b.Kind))
		}
	}
	return strings.Join(kinds, ", ")
}

// manner is how the words are given, and that they were not said when they were not.
func manner(s *quoth.Statement) string {
	if s.IsFactual() {
		return string(s.Kind)
	}
	return fmt.Sprintf("%s, %s", s.Kind, s.Factuality)
}
