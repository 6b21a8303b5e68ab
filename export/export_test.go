package export_test

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"quoth"
	"quoth/export"
)

// hostile is a statement whose words want to break a table.
var hostile = quoth.Recorded{
	Statement: quoth.Statement{
		ID: "s1", Kind: quoth.Direct, Content: &quoth.Role{Spans: []quoth.Span{{Start: 3, End: 9}, {Start: 12, End: 20}}, Text: "=SUM(A1), \"no\"\r\n| Zoë\x00"},
		Speaker: &quoth.Speaker{Name: "Hale, Zoë", Kind: quoth.PersonParty, ID: "zoe-hale", Mention: "She"},
		About:   []quoth.Party{{Name: "A", ID: "a"}, {Name: "B"}}, Medium: "speech", Confidence: 0.5,
	},
	Article: quoth.ArticleRef{ID: "a1", Published: "2026-04"}, Saying: "s1", Occurrences: 2, Revision: 1,
}

func TestCSVGivesTheWordsBack(t *testing.T) {
	var b bytes.Buffer
	table := export.NewCSV[export.Statement](&b)
	if err := table.Write(export.StatementOf(&hostile)); err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("read back: %v, %d rows", err, len(rows))
	}
	get := func(column string) string { return rows[1][slices.Index(rows[0], column)] }
	for column, want := range map[string]string{
		// encoding/csv reads \r\n inside a field as \n, as RFC 4180 readers may.
		"content": strings.ReplaceAll(hostile.Content.Text, "\r\n", "\n"), "speaker": "Hale, Zoë", "about": "A | B", "about_ids": "a | ", "outlet": "", "content_start": "3", "content_end": "20", "confidence": "0.5", "factuality": "factual",
	} {
		if got := get(column); got != want {
			t.Errorf("%s: got %q, want %q", column, got, want)
		}
	}
}

func TestEmptyCSVHasNames(t *testing.T) {
	var b bytes.Buffer
	if err := export.NewCSV[export.Person](&b).Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "id,name,kind,aliases,statements,about,articles\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParquetGivesTheRowsBack(t *testing.T) {
	var b bytes.Buffer
	table := export.NewParquet[export.Statement](&b)
	want := export.StatementOf(&hostile)
	const n = 60_000 // more than one group
	for range n {
		if err := table.Write(want); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || file.NumRows() != n || len(file.RowGroups()) < 2 {
		t.Fatalf("open: %v, %d rows in %d groups", err, file.NumRows(), len(file.RowGroups()))
	}
	var names []string
	for _, f := range file.Schema().Fields() {
		names = append(names, f.Name())
	}
	if !slices.Equal(names, export.Columns[export.Statement]()) {
		t.Errorf("columns: got %v", names)
	}
	rows, err := parquet.Read[export.Statement](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(rows) != n || !reflect.DeepEqual(rows[n-1], want) {
		t.Errorf("read back: %v, %d rows, the last %+v, want %+v", err, len(rows), rows[len(rows)-1], want)
	}
}
