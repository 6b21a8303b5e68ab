// Package export writes the tables of the record for other programs: CSV and Parquet.
// Both have the same columns, which are those of [Statement], [Article] and [Person].
//
// A text that begins like a formula is written as it is: words are never altered. Who
// opens the CSV in a spreadsheet should import it as text.
//
// Begin with [NewCSV] or [NewParquet], and [StatementOf] for a row.
package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"quoth"
)

// Statement is one row of the table of statements. What is not known is null.
type Statement struct {
	ID           string   `parquet:"id"`
	Article      string   `parquet:"article,dict"`
	URL          *string  `parquet:"url,optional,dict"`
	Outlet       *string  `parquet:"outlet,optional,dict"`
	Title        *string  `parquet:"title,optional,dict"`
	Published    *string  `parquet:"published,optional,dict"` // EDTF
	Kind         string   `parquet:"kind,dict"`
	Speaker      *string  `parquet:"speaker,optional,dict"` // the name in the article
	SpeakerID    *string  `parquet:"speaker_id,optional,dict"`
	SpeakerKind  *string  `parquet:"speaker_kind,optional,dict"`
	Mention      *string  `parquet:"mention,optional"`
	Source       *string  `parquet:"source,optional"`
	Cue          *string  `parquet:"cue,optional,dict"`
	Content      string   `parquet:"content"`
	ContentStart int64    `parquet:"content_start"` // byte offsets into the article's text
	ContentEnd   int64    `parquet:"content_end"`
	Said         *string  `parquet:"said,optional,dict"` // EDTF
	Medium       string   `parquet:"medium,dict"`
	Venue        *string  `parquet:"venue,optional"`
	About        []string `parquet:"about,list"`
	AboutIDs     []string `parquet:"about_ids,list"` // "" for one who is nobody of the record's
	Factuality   string   `parquet:"factuality,dict"`
	Confidence   float64  `parquet:"confidence"`
	Saying       string   `parquet:"saying"`
	Occurrences  int64    `parquet:"occurrences"`
	Revision     int64    `parquet:"revision"`
}

// Article is one row of the table of articles.
type Article struct {
	ID         string  `parquet:"id"`
	URL        *string `parquet:"url,optional"`
	Outlet     *string `parquet:"outlet,optional,dict"`
	Title      *string `parquet:"title,optional"`
	Published  *string `parquet:"published,optional,dict"`
	Story      string  `parquet:"story"`
	Revisions  int64   `parquet:"revisions"`
	Statements int64   `parquet:"statements"`
}

// Person is one row of the table of people.
type Person struct {
	ID         string   `parquet:"id"`
	Name       string   `parquet:"name"`
	Kind       string   `parquet:"kind,dict"`
	Aliases    []string `parquet:"aliases,list"`
	Statements int64    `parquet:"statements"`
	About      int64    `parquet:"about"`
	Articles   int64    `parquet:"articles"`
}

// known is nil for the empty string.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// StatementOf makes the row of a statement.
func StatementOf(r *quoth.Recorded) Statement {
	row := Statement{
		ID: r.ID, Article: r.Article.ID, URL: known(r.Article.URL), Outlet: known(r.Article.Site), Title: known(r.Article.Title), Published: known(r.Article.Published),
		Kind: string(r.Kind), Medium: r.Medium, Factuality: string(r.Factuality), Confidence: r.Confidence,
		Saying: r.Saying, Occurrences: int64(r.Occurrences), Revision: int64(r.Revision),
	}
	if row.Factuality == "" {
		row.Factuality = string(quoth.Factual)
	}
	if r.Content != nil {
		row.Content = r.Content.Text
		if n := len(r.Content.Spans); n > 0 {
			row.ContentStart, row.ContentEnd = int64(r.Content.Spans[0].Start), int64(r.Content.Spans[n-1].End)
		}
	}
	if r.Speaker != nil {
		row.Speaker, row.SpeakerID, row.SpeakerKind, row.Mention = known(r.Speaker.Name), known(r.Speaker.ID), known(string(r.Speaker.Kind)), known(r.Speaker.Mention)
	}
	if r.Source != nil {
		row.Source = known(r.Source.Text)
	}
	if r.Cue != nil {
		row.Cue = known(r.Cue.Text)
	}
	if r.Said != nil {
		row.Said = known(r.Said.EDTF)
	}
	if r.Venue != nil {
		row.Venue = known(r.Venue.Name)
	}
	for _, p := range r.Statement.About {
		row.About, row.AboutIDs = append(row.About, p.Name), append(row.AboutIDs, p.ID)
	}
	return row
}

// ArticleOf makes the row of an article.
func ArticleOf(a *quoth.ArticleRef) Article {
	return Article{a.ID, known(a.URL), known(a.Site), known(a.Title), known(a.Published), a.Story, int64(a.Revisions), int64(a.Statements)}
}

// PersonOf makes the row of a person.
func PersonOf(p *quoth.Person) Person {
	row := Person{ID: p.ID, Name: p.Name, Kind: string(p.Kind), Statements: int64(p.Statements), About: int64(p.About), Articles: int64(p.Articles)}
	for _, a := range p.Aliases {
		row.Aliases = append(row.Aliases, a.Name)
	}
	return row
}

// A Table takes rows, from one goroutine. Close ends the file; it does not close what is below.
type Table[T any] interface {
	Write(row T) error
	Close() error
}

// NewCSV writes RFC 4180 with a line of names first. A list is one field, its values with
// " | " between; null is an empty field.
func NewCSV[T any](w io.Writer) Table[T] { return &csvTable[T]{w: csv.NewWriter(w)} }

type csvTable[T any] struct {
	w         *csv.Writer
	hasHeader bool
}

// Write implements Table.
func (t *csvTable[T]) Write(row T) error {
	if err := t.header(); err != nil {
		return err
	}
	v := reflect.ValueOf(row)
	fields := make([]string, v.NumField())
	for i := range fields {
		fields[i] = field(v.Field(i))
	}
	return t.w.Write(fields)
}

// header writes the names, once.
func (t *csvTable[T]) header() error {
	if t.hasHeader {
		return nil
	}
	t.hasHeader = true
	return t.w.Write(Columns[T]())
}

// Close implements Table.
func (t *csvTable[T]) Close() error {
	if err := t.header(); err != nil {
		return err
	}
	t.w.Flush()
	return t.w.Error()
}

// Columns are the names of a table's columns, in order.
func Columns[T any]() []string {
	row := reflect.TypeFor[T]()
	names := make([]string, row.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(row.Field(i).Tag.Get("parquet"), ",")
	}
	return names
}

// field is a value as CSV has it.
func field(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return field(v.Elem())
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = field(v.Index(i))
		}
		return strings.Join(parts, " | ")
	case reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	}
	return v.String()
}

// rowsPerGroup bounds the memory of a Parquet file that is being written: a group of rows
// is kept until it is full.
const rowsPerGroup = 50_000

// NewParquet writes a Parquet file, compressed with zstd.
func NewParquet[T any](w io.Writer) Table[T] {
	return &parquetTable[T]{w: parquet.NewGenericWriter[T](w, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowsPerGroup),
		parquet.CreatedBy("quoth", "", ""))}
}

type parquetTable[T any] struct{ w *parquet.GenericWriter[T] }

// Write implements Table.
func (t *parquetTable[T]) Write(row T) error {
	_, err := t.w.Write([]T{row})
	return err
}

// Close implements Table.
func (t *parquetTable[T]) Close() error {
	if err := t.w.Close(); err != nil {
		return fmt.Errorf("end the Parquet file: %w", err)
	}
	return nil
}
