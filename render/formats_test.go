package render

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"quoth"
)

// The offsets of a .ann file, counted in code points, give the words it repeats.
func TestBratOffsetsGiveTheWords(t *testing.T) {
	r := build(t, quoth.Article{ID: "x"},
		"paragraph: 🐟🐟 [S1 Zoë Weiß] [C1 schrieb]: [Q1 “Ça va\nbien,] énorme, [Q1 「魚」”].",
		"paragraph: "+strings.Repeat("é 🐟 ", 700)+"[Q2 “naïve”]")
	points := []rune(r.Article.Text)
	got := write(t, "brat", Options{}, r)
	bounds := 0
	for line := range strings.Lines(got) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if !strings.HasPrefix(line, "T") {
			continue
		}
		bounds++
		_, offsets, _ := strings.Cut(fields[1], " ")
		var words []string
		for _, pair := range strings.Split(offsets, ";") {
			from, to, _ := strings.Cut(pair, " ")
			start, _ := strconv.Atoi(from)
			end, _ := strconv.Atoi(to)
			words = append(words, string(points[start:end]))
		}
		if strings.Join(words, " ") != fields[2] {
			t.Errorf("%s: the offsets give %q", line, words)
		}
	}
	if bounds != 4 || !strings.Contains(got, "E1\tContent:T1 Source:T2 Cue:T3\n") {
		t.Errorf("got\n%s", got)
	}
	if !strings.Contains(got, "Content 21 27;28 33;42 46\t") {
		t.Errorf("the content over a line's end is not in three pieces:\n%s", got)
	}
}

func TestPointCounterAtEveryStep(t *testing.T) {
	for _, n := range []int{0, 1, 1023, 1024, 1025, 2048, 5000} {
		text := strings.Repeat("é", n)
		p := newPointCounter(quoth.Reading{Article: quoth.Article{Text: text}})
		for _, at := range []int{0, n / 2, n} {
			if got := p.at(2 * at); got != at {
				t.Errorf("%d of %d: got %d", at, n, got)
			}
		}
	}
}

func TestJSONFormatsAreJSON(t *testing.T) {
	r := bridge(t)
	for _, name := range []string{"json", "jsonl", "jsonld", "annotation"} {
		d := json.NewDecoder(strings.NewReader(write(t, name, Options{}, r, r)))
		n := 0
		for d.More() {
			var v map[string]any
			if err := d.Decode(&v); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			n++
		}
		want := 2
		if name == "annotation" {
			want = 2 * len(r.Statements)
		}
		if n != want {
			t.Errorf("%s: got %d values, want %d", name, n, want)
		}
	}
	if got := write(t, "jsonl", Options{}, r, r); strings.Count(got, "\n") != 2 {
		t.Errorf("jsonl: got %d lines, want 2", strings.Count(got, "\n"))
	}
}

func TestAnnotationSelectorsGiveTheWords(t *testing.T) {
	r := bridge(t)
	points := []rune(r.Article.Text)
	for line := range strings.Lines(write(t, "annotation", Options{}, r)) {
		var a struct {
			Target []struct {
				Selector []struct {
					Exact, Prefix, Suffix string
					Start, End            int
				}
			}
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		for _, target := range a.Target {
			quote, position := target.Selector[0], target.Selector[1]
			if got := string(points[position.Start:position.End]); got != quote.Exact {
				t.Errorf("position gives %q, quote %q", got, quote.Exact)
			}
			if !strings.Contains(r.Article.Text, quote.Prefix+quote.Exact+quote.Suffix) {
				t.Errorf("%q is not between %q and %q", quote.Exact, quote.Prefix, quote.Suffix)
			}
		}
	}
}

func TestUnknownFormatListsTheKnown(t *testing.T) {
	_, err := FormatNamed("xml")
	if quoth.CodeOf(err) != quoth.Invalid || !strings.Contains(err.(*quoth.Error).Hint, "text, json, jsonl, html") {
		t.Errorf("got %v", err)
	}
}

// A statement may come without words: one that was withdrawn, or JSON of somebody else's.
func TestEveryFormatTakesAStatementWithoutContent(t *testing.T) {
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) {
			w := f.New(io.Discard, Options{})
			if err := errors.Join(w.Write(quoth.Reading{Statements: []quoth.Statement{{ID: "s1"}}}), w.Close()); err != nil {
				t.Error(err)
			}
		})
	}
}

// What nobody is said to have said is no quotation for machines, nor is what stands in the
// reporter's words; annotations and standoff tell it, with the word for the saying.
func TestFormatsForMachinesAssertNothing(t *testing.T) {
	r := build(t, quoth.Article{ID: "x"},
		"paragraph: [S1 Ida Quill] [C1 never said] [Q1 “the boats stop”].", "paragraph: [S2 Ida Quill] [C2 denied] [Q2 that she had left].", "paragraph: [S3 Ida Quill] [C3 said] [Q3 “the boats go”].")
	r.Statements[0].Factuality, r.Statements[0].Kind = quoth.Negated, quoth.Direct
	r.Statements[1].Kind, r.Statements[2].Kind = quoth.Indirect, quoth.Direct
	r.Statements[2].Said = &quoth.Said{EDTF: "2026-04/2026-06"}
	r.Statements[2].Speaker = &quoth.Speaker{Name: "two sailors", Kind: quoth.AnonymousParty}
	linked := write(t, "jsonld", Options{}, r)
	if strings.Count(linked, `"Quotation"`) != 1 || !strings.Contains(linked, "“the boats go”") || strings.Contains(linked, `"Person"`) || strings.Contains(linked, "dateCreated") {
		t.Errorf("JSON-LD: %s", linked)
	}
	notes := write(t, "annotation", Options{}, r)
	if !strings.Contains(notes, `"negated"`) || !strings.Contains(notes, `"purpose":"describing","type":"TextualBody","value":"denied"`) {
		t.Errorf("annotations: %s", notes)
	}
	if brat := write(t, "brat", Options{}, r); !strings.Contains(brat, "\nA4\tFactuality E1 negated\n") || strings.Count(brat, "Factuality") != 1 {
		t.Errorf("brat: %s", brat)
	}
}
