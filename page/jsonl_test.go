package page

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"quoth"
)

// readAll gives "line: text" or "line: !code" for each line.
func readAll(in string, maxBytes int) (got []string, last error) {
	for rec, err := range ReadLines(iotest.HalfReader(strings.NewReader(in)), maxBytes) {
		var line *LineError
		switch {
		case errors.As(err, &line):
			got = append(got, fmt.Sprintf("%d: !%s", line.Line, quoth.CodeOf(err)))
		case err != nil:
			return got, err
		default:
			got = append(got, fmt.Sprintf("%d: %s%s", rec.Line, rec.Text, rec.HTML))
		}
	}
	return got, nil
}

func TestReadLines(t *testing.T) {
	in := strings.Join([]string{
		"\ufeff" + `{"id":"a","text":"one"}`,
		``,
		`{"id":7,"date":2025,"title":null,"html":"<p>two</p>","more":[1]}`,
		`{"id":"c","text":`,
		`["text"]`,
		`{"id":"d"}`,
		`{"text":"` + strings.Repeat("x", 300) + `"}`,
		"{\"text\":\"Zo\xeb\"}",
		`{"text":["no"]}`,
		`{"text":"last"}`,
	}, "\r\n")
	want := []string{"1: one", "3: <p>two</p>", "4: !invalid", "5: !invalid", "6: !invalid", "7: !too-large", "8: !invalid", "9: !invalid", "10: last"}
	got, err := readAll(in, 200)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, %v\nwant %q", got, err, want)
	}
}

func TestReadLinesFails(t *testing.T) {
	boom := errors.New("disk on fire")
	n := 0
	var last error
	for _, err := range ReadLines(iotest.ErrReader(boom), 0) {
		n, last = n+1, err
	}
	var line *LineError
	if n != 1 || !errors.Is(last, boom) || errors.As(last, &line) {
		t.Errorf("%d results, the last %v; want the reader's error once", n, last)
	}
}

func TestReadLinesStops(t *testing.T) {
	for range ReadLines(strings.NewReader(strings.Repeat("{\n", 5)), 0) {
		break // must not panic or go on
	}
}

func TestRecord(t *testing.T) {
	e := New(Options{DefaultDate: "2020"})
	a, err := e.Record(Record{ID: "a", URL: "https://example.org/2025/03/21/x", Site: "Post", Title: "The ferry", Date: "2025-03-20T10:00:00Z", Text: "Zoë Hale spoke.\n"})
	if err != nil {
		t.Fatal(err)
	}
	check(t, a)
	if a.ID != "a" || a.Site != "Post" || a.Title != "The ferry" || a.Text != "Zoë Hale spoke.\n" || a.Published != (quoth.Published{EDTF: "2025-03-20", From: "meta", Confidence: sureMeta}) {
		t.Errorf("got %+v", a)
	}
	for _, c := range []struct {
		rec  Record
		want string
	}{
		{Record{Text: "x", URL: "https://example.org/2025/03/21/x"}, "2025-03-21 url"},
		{Record{Text: "x", Date: "soon"}, "2020 flag"},
		{Record{Text: "date 2025-01-02 x"}, "2025-01-02 dateline"},
		{Record{HTML: "<p>He spoke.</p>", Date: "2025-03"}, "2025-03 meta"},
	} {
		a, err := e.Record(c.rec)
		if got := a.Published.EDTF + " " + a.Published.From; err != nil || got != c.want {
			t.Errorf("%+v: got %q, %v, want %q", c.rec, got, err, c.want)
		}
	}
	for _, bad := range []Record{{}, {Text: " \n"}, {Text: "a\x00b"}, {Text: "Zo\xeb"}} {
		if _, err := e.Record(bad); quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%+v gave %v, want code invalid", bad, err)
		}
	}
}
