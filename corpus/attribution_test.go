package corpus

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"quoth"
)

// write puts a file into a fresh folder and returns its path.
func write(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zip(t *testing.T, data string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func spans(ends ...int) []quoth.Span {
	var out []quoth.Span
	for i := 0; i < len(ends); i += 2 {
		out = append(out, quoth.Span{Start: ends[i], End: ends[i+1]})
	}
	return out
}

const goldLine = `{"id":"a","publisher":"The Mast","date":"2031-05-02","title":"Zoë","text":"Zoë said no.","annotations":[` +
	`{"annotator":"x","attributions":[{"source":[[0,4]],"cue":[[5,9]],"content":[[10,12]]}]},{"annotator":"y","attributions":[]}]}`

func TestReadAttributionForms(t *testing.T) {
	want := []quoth.Attribution{{Source: spans(0, 4), Cue: spans(5, 9), Content: spans(10, 12)}}
	for _, c := range []struct{ name, line string }{
		{"annotations, the first is gold", goldLine},
		{"attributions", `{"id":"a","attributions":[{"source":[[0,4]],"cue":[[5,9]],"content":[[10,12]]}]}`},
		{"statements", `{"id":"a","statements":[{"kind":"direct","source":{"spans":[[0,4]],"text":"Zoë"},"cue":{"spans":[[5,9]]},"content":{"spans":[[10,12]]},"speaker":null}]}`},
		{"empty attributions give way to statements", `{"id":"a","attributions":[],"statements":[{"source":[[0,4]],"cue":[[5,9]],"content":[[10,12]]}]}`},
		{"byte order mark, blank lines, CRLF", "\ufeff" + `{"id":"a","attributions":[{"source":[[0,4]],"cue":[[5,9]],"content":[[10,12]]}]}` + "\r\n\r\n"},
	} {
		for _, data := range []string{c.line, zip(t, c.line)} {
			docs, err := ReadAttributions(write(t, "x.jsonl", data))
			if err != nil || len(docs) != 1 || docs[0].ID != "a" || !reflect.DeepEqual(docs[0].Gold(), want) {
				t.Errorf("%s: got %+v, %v", c.name, docs, err)
			}
		}
	}
	docs, _ := ReadAttributions(write(t, "x.jsonl", goldLine))
	if d := docs[0]; d.Publisher != "The Mast" || d.Date != "2031-05-02" || d.Title != "Zoë" || len(d.Annotations) != 2 || d.Annotations[1].Annotator != "y" {
		t.Errorf("got %+v", d)
	}
}

func TestRolesMayBeAbsentAndInPieces(t *testing.T) {
	docs, err := ReadAttributions(write(t, "x.jsonl", `{"id":"a","statements":[{"source":null,"content":[[10,12],[0,4]],"confidence":0.5},{"cue":{"spans":null}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Annotation{Attributions: []quoth.Attribution{{Content: spans(0, 4, 10, 12)}, {}}, Confidences: []float64{0.5, 0}}
	if !reflect.DeepEqual(docs[0].Annotations[0], want) {
		t.Errorf("got %+v", docs[0].Annotations[0])
	}
}

// Broken records are told with file, line and id, and the rest goes on.
func TestBrokenRecords(t *testing.T) {
	text := `"text":"Zoë said no."`
	for _, c := range []struct {
		name, line, want string
		keeps            int // articles, beside the sound one on line 1
	}{
		{"no JSON", `{"id":`, ":2: not an article", 0},
		{"no object", `[]`, ":2: not an article", 0},
		{"no id", `{"text":"x"}`, `:2: no "id"`, 0},
		{"invalid UTF-8", "{\"id\":\"b\",\"text\":\"\xff\"}", ":2: not valid UTF-8", 0},
		{"outside the text", `{"id":"b",` + text + `,"attributions":[{"cue":[[5,99]]}]}`, ":2: b: attribution 0: cue [5,99] is outside the text of 13 bytes", 1},
		{"inside a character", `{"id":"b",` + text + `,"attributions":[{"source":[[0,3]]}]}`, "attribution 0: source [0,3] cuts a UTF-8 character", 1},
		{"from inside a character", `{"id":"b",` + text + `,"attributions":[{"source":[[3,9]]}]}`, "attribution 0: source [3,9] cuts a UTF-8 character", 1},
		{"backwards", `{"id":"b","attributions":[{"source":[[3,0]]}]}`, "source [3,0] is not a span", 1},
		{"negative", `{"id":"b","attributions":[{"source":[[-3,0]]}]}`, "source [-3,0] is not a span", 1},
		{"empty", `{"id":"b","attributions":[{"source":[[3,3]]}]}`, "source [3,3] is empty", 1},
		{"three numbers", `{"id":"b","attributions":[{"source":[[3,4,5]]}]}`, "got 3 numbers", 1},
		{"one broken attribution", `{"id":"b","attributions":[7]}`, "attribution 0 is not an object of roles: 7", 1},
		{"a null attribution", `{"id":"b","attributions":[null]}`, "attribution 0 is not an object of roles: null", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "x.jsonl", goldLine+"\n"+c.line+"\n")
			docs, err := ReadAttributions(path)
			var problems Problems
			if !errors.As(err, &problems) || len(problems) != 1 {
				t.Fatalf("got error %v", err)
			}
			if !strings.HasPrefix(err.Error(), path+":2: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if len(docs) != 1+c.keeps {
				t.Errorf("got %d articles, want %d", len(docs), 1+c.keeps)
			}
		})
	}
}

func TestBrokenSpanLeavesTheOthers(t *testing.T) {
	docs, _ := ReadAttributions(write(t, "x.jsonl", `{"id":"b","text":"Zoë said no.","attributions":[{"source":[[0,3],[0,4]],"cue":[[5,9]]}]}`))
	want := []quoth.Attribution{{Source: spans(0, 4), Cue: spans(5, 9)}}
	if !reflect.DeepEqual(docs[0].Gold(), want) {
		t.Errorf("got %+v", docs[0].Gold())
	}
}

func TestCheckAgainstGoldText(t *testing.T) {
	d := AttributionDoc{ID: "a", Annotations: []Annotation{{Attributions: []quoth.Attribution{{Source: spans(0, 3, 0, 4), Content: spans(10, 50)}}}}}
	problems := d.Check("Zoë said no.", "p.jsonl")
	if len(problems) != 2 || problems[0].String() != "p.jsonl: a: attribution 0: source [0,3] cuts a UTF-8 character" {
		t.Errorf("got %v", problems)
	}
	if got := d.Gold()[0]; !reflect.DeepEqual(got.Source, spans(0, 4)) || len(got.Content) != 0 {
		t.Errorf("got %+v", got)
	}
}

// Every reader names the file that is missing, a folder, empty or cut off.
func TestUnreadableInputsAreNamed(t *testing.T) {
	readers := map[string]func(string) error{
		"ReadAttributions": func(p string) error { _, err := ReadAttributions(p); return err },
		"ReadBIO":          func(p string) error { _, err := ReadBIO(p); return err },
		"ReadCoreNLP":      func(p string) error { _, err := ReadCoreNLP(p); return err },
		"ReadBrat":         func(p string) error { _, err := ReadBrat(p); return err },
	}
	whole := zip(t, strings.Repeat(goldLine+"\n", 50))
	inputs := map[string]string{
		"missing": filepath.Join(t.TempDir(), "missing.x"),
		"empty":   write(t, "empty.x", ""),
		"blank":   write(t, "blank.x", "\n \n"),
		"folder":  t.TempDir(),
		"cut off": write(t, "cut.x", whole[:len(whole)-20]),
		"no gzip": write(t, "bad.x", "\x1f\x8bnothing"),
	}
	for name, read := range readers {
		for what, path := range inputs {
			if err := read(path); err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%s of a file that is %s: got %v", name, what, err)
			}
		}
	}
	if code := quoth.CodeOf(readers["ReadBIO"](inputs["missing"])); code != quoth.NotFound {
		t.Errorf("code of a missing file: %s", code)
	}
}

func TestReaderErrorsComeThrough(t *testing.T) {
	broken := errors.New("disk on fire")
	r := io.MultiReader(strings.NewReader(goldLine+"\n"), errReader{broken})
	if _, err := ReadAttributionsFrom(r, "x.jsonl"); !errors.Is(err, broken) || !strings.Contains(err.Error(), "x.jsonl") {
		t.Errorf("got %v", err)
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

// Whatever the bytes, reading never panics, ends, says the same twice, and what comes
// out has spans inside the text, on UTF-8 boundaries and in order.
func FuzzReadAttributions(f *testing.F) {
	f.Add([]byte(goldLine))
	f.Add([]byte(`{"id":"a","statements":[{"source":{"spans":[[0,4]]},"cue":null,"content":[[5,9],[1,2]],"confidence":1}]}`))
	f.Add([]byte("{\"id\":\"b\",\"text\":\"Zo\\u00eb\",\"attributions\":[{\"cue\":[[-1,2],[3],[0,99],[2,3]]}]}\n[]\n\xff\n"))
	f.Add([]byte(`{"id":"c","annotations":[{"attributions":[1,null,{}]},null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, err := ReadAttributionsFrom(bytes.NewReader(data), "fuzz")
		again, err2 := ReadAttributionsFrom(bytes.NewReader(data), "fuzz")
		if !reflect.DeepEqual(docs, again) || (err == nil) != (err2 == nil) {
			t.Fatal("the same input reads two ways")
		}
		if len(docs) == 0 && err == nil {
			t.Fatal("nothing read and no error")
		}
		for _, d := range docs {
			if len(d.Annotations) == 0 {
				t.Fatal("an article without annotation")
			}
			for _, an := range d.Annotations {
				if an.Confidences != nil && len(an.Confidences) != len(an.Attributions) {
					t.Fatal("confidences are not parallel to attributions")
				}
				for _, at := range an.Attributions {
					for _, role := range [][]quoth.Span{at.Source, at.Cue, at.Content} {
						checkSpans(t, role, d.Text)
					}
				}
			}
		}
	})
}

func checkSpans(t *testing.T, list []quoth.Span, text string) {
	t.Helper()
	last := 0
	for _, s := range list {
		if s.Start < last || s.IsEmpty() {
			t.Fatalf("spans %v are not in order", list)
		}
		last = s.Start
		if text != "" && (s.End > len(text) || !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End])) {
			t.Fatalf("span %v is not sound in %q", s, text)
		}
	}
}
