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

func TestReadDocument(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"array", "\ufeff [ {\"id\": \"a\",\n\"text\": \"one\"}, {\"text\": \"two\"} ] ", []string{"1 a: one", "2 article-2: two"}},
		{"one after the other", "{\n\"text\": \"one\"\n}\n{\n\"text\": \"two\"\n}\n", []string{"1 article-1: one", "2 article-2: two"}},
		{"a record that is none", `[{"text": "one"}, 2, {"id": "c", "text": "three"}]`, []string{"1 article-1: one", "2: !invalid", "3 c: three"}},
		{"cut off", `[{"text": "one"}, {"text"`, []string{"1 article-1: one", "2: !invalid"}},
		{"no end", `[{"text": "one"}`, []string{"1 article-1: one", "2: !invalid"}},
		{"more behind it", `[{"text": "one"}] {"text": "two"}`, []string{"1 article-1: one", "2: !invalid"}},
		{"too large", `[{"text": "` + strings.Repeat("x", 200_000) + `"}, {"text": "two"}]`, []string{"1: !too-large"}},
		{"empty", " ", nil},
		{"an empty array", "[ ]", nil},
	}
	for _, test := range tests {
		var got []string
		for rec, err := range ReadDocument(iotest.HalfReader(strings.NewReader(test.in)), 1000) {
			if err != nil {
				got = append(got, fmt.Sprintf("%d: !%s", rec.Line, quoth.CodeOf(err)))
				continue
			}
			got = append(got, fmt.Sprintf("%d %s: %s", rec.Line, rec.ID, rec.Text))
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]bool{"https://a.example/x": true, "http://a.example": true, "javascript:alert(1)": false, "a.example/x": false, "https:///x": false, "ftp://a.example/": false, "": false} {
		if got := IsAddress(in); got != want {
			t.Errorf("IsAddress(%q) = %v", in, got)
		}
	}
	for in, want := range map[string]string{
		"http://zoe:se%cret@a.example/x?y=a@b": "http://a.example/x?y=a@b", "https://zoe@a.example": "https://a.example",
		"https://a.example/@zoe": "https://a.example/@zoe", "a@b": "a@b", "mailto:a@b.example": "mailto:a@b.example",
	} {
		if got := WithoutUser(in); got != want {
			t.Errorf("WithoutUser(%q) = %q, want %q", in, got, want)
		}
	}
	a, err := New(Options{}).Extract(quoth.RawPage{URL: "https://zoe:secret@a.example/x", Body: []byte("<html><head><link rel=canonical href='https://b:c@a.example/y'></head><body><article><p>The bridge over the Tarn is closed, the town says, and stays so until May.</p></article></body></html>")})
	if err != nil || strings.Contains(a.URL, "@") {
		t.Errorf("got %q, %v", a.URL, err)
	}
}
