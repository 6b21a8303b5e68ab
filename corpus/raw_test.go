package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"reflect"
	"strings"
	"testing"

	"quoth/nlp"
)

func TestRaw(t *testing.T) {
	type article struct {
		id, date, publisher string
		paragraphs          []string
	}
	var got []article
	for a, err := range readRaw(strings.NewReader(zip(t, "# 1\t2031-05-02\tThe Mast\n One. \nTwo.\n\n\n# 2\nThree.\n# 3\nFour.")), "raw") {
		if err != nil {
			t.Fatal(err)
		}
		one := article{id: a.ID, date: a.Date, publisher: a.Publisher}
		for _, p := range a.Paragraphs {
			one.paragraphs = append(one.paragraphs, p.In(a.Text))
		}
		if joined := strings.Join(one.paragraphs, "\n"); a.Text != joined {
			t.Errorf("text %q, want %q", a.Text, joined)
		}
		got = append(got, one)
	}
	want := []article{{"1", "2031-05-02", "The Mast", []string{"One.", "Two."}}, {id: "2", paragraphs: []string{"Three."}}, {id: "3", paragraphs: []string{"Four."}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for range readRaw(strings.NewReader("One.\n\nTwo."), "raw") {
		break // must not be called again
	}
	n := 0
	for _, err := range ReadRaw("no-such-file") {
		if n++; err == nil {
			t.Error("no error for a missing file")
		}
	}
	if n != 1 {
		t.Errorf("a missing file gave %d articles, want one error", n)
	}
}

func TestStandoff(t *testing.T) {
	sum := func(text string) string {
		s := sha256.Sum256([]byte(text))
		return hex.EncodeToString(s[:])
	}
	texts := write(t, "raw.txt", "# a\t2031-05-02\tThe Mast\nZoë said no.\n\n# b\nAnother.\n\n# c\nToo short.\n\n# z\nNobody's.\n")
	path := write(t, "marks.jsonl", strings.Join([]string{
		`{"id":"a","sha256":"` + sum("Zoë said no.") + `","attributions":[{"source":[[0,4]],"cue":[[5,9]],"content":[[10,12]]}]}`,
		`{"id":"b","sha256":"` + sum("An other.") + `","attributions":[]}`,
		`{"id":"c","sha256":"` + sum("Too short.") + `","attributions":[{"source":null,"cue":[[0,3]],"content":[[4,99]]}]}`,
		`{"id":"d","sha256":"` + sum("") + `","attributions":[]}`,
		`{"id":"a","sha256":"","attributions":[]}`,
	}, "\n"))
	docs, err := ReadStandoff(path, texts)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 4 {
		t.Fatalf("got %v, want four problems: a is there twice, b and d have no text, a span of c is outside", err)
	}
	for i, want := range []string{"a: is there twice", "c: attribution 0: content [4,99] is outside the text", "b: its text is not there", "d: its text is not there"} {
		if !strings.Contains(problems[i].String(), want) {
			t.Errorf("problem %d is %q, want %q", i, problems[i], want)
		}
	}
	if len(docs) != 2 || docs[0].ID != "a" || docs[0].Text != "Zoë said no." || docs[0].Date != "2031-05-02" || docs[0].Publisher != "The Mast" || docs[1].ID != "c" {
		t.Fatalf("got %+v", docs)
	}
	if got := docs[0].Gold()[0].Source[0].In(docs[0].Text); got != "Zoë" {
		t.Errorf("source %q", got)
	}
	other := write(t, "other.txt", "# e\nNot one of them.\n")
	if docs, err := ReadStandoff(path, other); docs != nil || errors.As(err, &problems) || err == nil {
		t.Errorf("got %d articles and %v where no text is there, want an error that is more than problems", len(docs), err)
	}
}

func TestStandoffNames(t *testing.T) {
	const text = "Zoë Hale of Marrow."
	s := sha256.Sum256([]byte(text))
	texts := write(t, "raw.txt", "# a\n"+text+"\n")
	path := write(t, "names.jsonl", strings.Join([]string{
		`{"id":"a","sha256":"` + hex.EncodeToString(s[:]) + `","names":[[13,19,"Location"],[0,9,"Person"],[4,999,"Person"]]}`,
		`{"id":"b","sha256":"","names":[[1,2,"Nobody"]]}`,
		`{"id":"c","sha256":"","names":[]}`,
	}, "\n"))
	docs, err := ReadStandoffNames(path, texts)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 3 {
		t.Fatalf("got %v, want three problems: a span of a is outside, b has no such kind, c no text", err)
	}
	if len(docs) != 1 || len(docs[0].Spans) != 2 {
		t.Fatalf("got %+v", docs)
	}
	for i, want := range []string{"Zoë Hale", "Marrow"} {
		if got := docs[0].Spans[i].In(text); got != want || docs[0].Kinds[i] != []nlp.MentionKind{nlp.Person, nlp.Location}[i] {
			t.Errorf("name %d is %q, a %v", i, got, docs[0].Kinds[i])
		}
	}
}

func TestStatementsApart(t *testing.T) {
	const text = "Zoë Hale and Sam Reed told the Marrow Gazette that Ann Quill was safe."
	s := sha256.Sum256([]byte(text))
	texts := write(t, "raw.txt", "# a\n"+text+"\n")
	statement := `{"source":[[0,22]],"cue":[[23,27]],"content":[[47,70]],"speaker":[[0,9],[14,22]],"speaker_kind":"person","medium":"interview","venue":[[32,46]],"about":[[[52,61]],"nobody"],"kind":"indirect"}`
	path := write(t, "statements.jsonl", strings.Join([]string{
		`{"id":"a","sha256":"` + hex.EncodeToString(s[:]) + `","statements":[` + statement + `]}`,
		`{"id":"b","sha256":"","statements":[` + statement + `]}`,
	}, "\n"))
	docs, err := ReadStatements(path, texts)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].ID != "b" {
		t.Fatalf("got %v, want one problem: b has no text", err)
	}
	if len(docs) != 1 || len(docs[0].Statements) != 1 {
		t.Fatalf("got %+v", docs)
	}
	want := GoldStatement{Speaker: "Zoë Hale & Sam Reed", SpeakerKind: "person", Medium: "interview", Venue: "Marrow Gazette", About: []string{"Ann Quill", "nobody"}, Kind: "indirect"}
	if got := docs[0].Statements[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	broken := write(t, "broken.jsonl", `{"id":"a","text":"`+text+`","statements":[`+strings.Replace(statement, "[32,46]", "[32,999]", 1)+`]}`)
	if _, err := ReadStatements(broken); err == nil || !strings.Contains(err.Error(), "[32,999]") {
		t.Errorf("got %v, want a problem with the venue", err)
	}
}
