// Package render writes readings for people and programs: text for a terminal, one
// HTML page that needs nothing else, JSON, brat standoff, schema.org JSON-LD and W3C
// Web Annotations.
//
// It reads [quoth.Reading] and changes no word of it. Whatever a page holds, the
// output is safe where it is shown: control characters never reach a terminal, and
// markup never reaches a browser. It opens no files and asks no terminal: width and
// colour come in as [Options].
//
// Begin with [FormatNamed], whose New makes a [Writer].
package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"quoth"
)

// Options say how a person wants to see a reading. The zero value is sensible.
type Options struct {
	// Width is the number of columns that text is wrapped to; under 20 means 80.
	Width int
	// Color colours text by speaker with ANSI escape sequences.
	Color bool
	// Verbose lists the furniture of the page after the statements, in text.
	Verbose bool
}

// Writer writes readings one after the other. A Writer belongs to one goroutine.
type Writer interface {
	// Write writes one reading, in one call of the underlying writer, so that a
	// reading is never half written by an interrupted run.
	Write(r quoth.Reading) error
	// Close ends the output. It does not close the underlying writer. Without a
	// Write before it, only formats that need a frame write anything.
	Close() error
}

// Format is a format that readings are written in.
type Format struct {
	Name      string // as --to says it
	Extension string // of a file that holds one reading, with the point
	New       func(w io.Writer, o Options) Writer
}

// Formats lists the formats.
func Formats() []Format {
	return []Format{
		{"text", ".txt", newText},
		{"json", ".json", each(appendJSON)},
		{"jsonl", ".jsonl", each(appendJSONLine)},
		{"html", ".html", newHTML},
		{"jsonld", ".jsonld", each(appendJSONLD)},
		{"annotation", ".annotation.json", each(appendAnnotations)},
		{"brat", ".ann", each(appendBrat)},
	}
}

// FormatNamed returns the format called name. An unknown name is an error with code
// Invalid that lists the names.
func FormatNamed(name string) (Format, error) {
	formats := Formats()
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i >= 0 {
		return formats[i], nil
	}
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return Format{}, &quoth.Error{
		Code:    quoth.Invalid,
		Message: fmt.Sprintf("there is no output format %q", name),
		Hint:    "choose one of " + strings.Join(names, ", "),
	}
}

// eachWriter writes readings that stand one after the other without a frame.
type eachWriter struct {
	w      io.Writer
	append func(b *bytes.Buffer, r quoth.Reading) error
	buffer bytes.Buffer
}

func each(f func(*bytes.Buffer, quoth.Reading) error) func(io.Writer, Options) Writer {
	return func(w io.Writer, _ Options) Writer { return &eachWriter{w: w, append: f} }
}

// Write writes r.
func (e *eachWriter) Write(r quoth.Reading) error {
	e.buffer.Reset()
	if err := e.append(&e.buffer, r); err != nil {
		return err
	}
	_, err := e.w.Write(e.buffer.Bytes())
	return err
}

// Close does nothing.
func (e *eachWriter) Close() error { return nil }

// appendJSONLine writes r as one line of JSON.
func appendJSONLine(b *bytes.Buffer, r quoth.Reading) error { return encode(b, r, "") }

// appendJSON writes r as indented JSON. Several readings are a stream of objects, as
// jq reads and writes it.
func appendJSON(b *bytes.Buffer, r quoth.Reading) error { return encode(b, r, "  ") }

func encode(b *bytes.Buffer, v any, indent string) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(v)
}

// speakerKey is what two statements of one speaker have in common, "" when nobody
// knows who speaks.
func speakerKey(s *quoth.Speaker) string {
	switch {
	case s == nil:
		return ""
	case s.ID != "":
		return "id:" + s.ID
	}
	return "name:" + s.Name
}

// numberSpeakers gives every known speaker a number from 0, in order of speaking.
func numberSpeakers(statements []quoth.Statement) map[string]int {
	numbers := map[string]int{}
	for i := range statements {
		key := speakerKey(statements[i].Speaker)
		if _, seen := numbers[key]; !seen && key != "" {
			numbers[key] = len(numbers)
		}
	}
	return numbers
}

// otherMention is what a statement calls its speaker, "" when that is the name again.
func otherMention(s *quoth.Speaker) string {
	if s == nil {
		return ""
	}
	mention := oneLine(clean(s.Mention))
	if strings.EqualFold(mention, oneLine(clean(s.Name))) {
		return ""
	}
	return mention
}

// whyUnknown says in words why a statement has no speaker.
func whyUnknown(s *quoth.Statement) string {
	if s.Source == nil {
		return "the text names no source"
	}
	return fmt.Sprintf("“%s” is not resolved", oneLine(s.Source.Text))
}

// publishedFrom says in words where the date of an article came from.
func publishedFrom(p quoth.Published) string {
	switch p.From {
	case "json-ld":
		return "from the page’s JSON-LD"
	case "meta":
		return "from the page’s metadata"
	case "dateline":
		return "from the dateline"
	case "url":
		return "from the address"
	case "flag":
		return "as given with it"
	}
	return "from " + p.From
}

// oneLine makes every run of blanks one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// count writes a number with its noun: "1 word", "2 words".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// factPhrases says the facts of an article in short phrases.
func factPhrases(f quoth.Facts) []string {
	phrases := []string{
		count(f.Words, "word"),
		count(f.Statements, "statement"),
		count(f.NamedSources, "named source"),
	}
	if f.AnonymousSources > 0 {
		phrases = append(phrases, count(f.AnonymousSources, "anonymous source"))
	}
	phrases = append(phrases, fmt.Sprintf("%.0f %% in quotation marks", 100*f.QuotedShare))
	if f.UndatedStatements > 0 && f.Statements > 0 {
		phrases = append(phrases, fmt.Sprintf("%d without a date", f.UndatedStatements))
	}
	if f.Advertisements > 0 {
		phrases = append(phrases, count(f.Advertisements, "advertisement"))
	}
	return append(phrases, headlinePhrase(f.HeadlineQuote)...)
}

// headlinePhrase says how the headline quotes, nothing when it does not.
func headlinePhrase(h quoth.HeadlineQuote) []string {
	switch h {
	case quoth.HeadlineVerbatim:
		return []string{"the headline quotes word for word"}
	case quoth.HeadlineAltered:
		return []string{"the headline alters the words it quotes"}
	case quoth.HeadlineAbsent:
		return []string{"the headline quotes words that are not in the article"}
	}
	return nil
}
