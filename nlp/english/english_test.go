package english_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"quoth"
	"quoth/nlp/english"
)

// article makes an article of paragraphs, one a line.
func article(lines ...string) quoth.Article {
	a := quoth.Article{ID: "test", Language: "en"}
	for _, l := range lines {
		start := len(a.Text)
		a.Text += l
		a.Blocks = append(a.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: quoth.Span{Start: start, End: len(a.Text)}})
		a.Text += "\n\n"
	}
	return a
}

func analyzer(t testing.TB) *english.Analyzer {
	t.Helper()
	a, err := english.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The model that is embedded is the one whose sums stand beside it, and a damaged one is
// refused.
func TestModelIsChecked(t *testing.T) {
	m := english.Default()
	m.Tag = append([]byte(nil), m.Tag...)
	m.Tag[len(m.Tag)-1] ^= 1
	if _, err := english.Open(m); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("a damaged model opens with error %v", err)
	}
}

func TestAnalyzeRefuses(t *testing.T) {
	a := analyzer(t)
	for name, bad := range map[string]quoth.Article{
		"invalid UTF-8":          {Text: "a\xff", Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 0, End: 2}}}},
		"block past the end":     {Text: "abc", Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 0, End: 4}}}},
		"block inside a rune":    {Text: "é", Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 1, End: 2}}}},
		"blocks out of order":    {Text: "abcd", Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 2, End: 4}}, {Kind: quoth.Paragraph, Span: quoth.Span{Start: 0, End: 2}}}},
		"an empty block":         {Text: "abcd", Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 2, End: 2}}}},
		"a block that goes back": {Text: "abcd", Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 3, End: 2}}}},
	} {
		if _, err := a.Analyze(bad); quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%s: error %v, want code invalid", name, err)
		}
	}
}

// An article in a language without a model has no statements, and that is no error.
func TestOtherLanguages(t *testing.T) {
	a := article("“Die Brücke öffnet im Mai”, sagte Zoë Hale.")
	a.Language = "de"
	got, err := analyzer(t).Analyze(a)
	if err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

// Furniture never speaks.
func TestFurnitureIsSilent(t *testing.T) {
	a := article("Mayor Zoë Hale said the bridge would open in May.", "“Buy now,” said Sam Reed, our happiest customer.")
	a.Blocks[1].Kind = quoth.Advertisement
	got, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range got {
		for _, span := range s.Content.Spans {
			if span.Overlaps(a.Blocks[1].Span) {
				t.Errorf("the advertisement speaks: %q", s.Content.Text)
			}
		}
	}
	if len(got) == 0 {
		t.Error("the body is silent too")
	}
}

// A headline's quotation is found, told to repeat the body's, and has its speaker.
func TestHeadlineRepeats(t *testing.T) {
	a := article("“We never closed the old road to anyone”", "Mayor Zoë Hale spoke on Monday.", "“We never closed the old road to anyone in Marrow,” said Hale.")
	a.Blocks[0].Kind = quoth.Headline
	got, err := analyzer(t).Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range got {
		if a.Blocks[0].Span.Contains(s.Content.Spans[0]) {
			if s.Repeats == nil || s.Speaker == nil || s.Speaker.Name != "Zoë Hale" {
				t.Errorf("the headline's statement repeats %v and has speaker %+v", s.Repeats, s.Speaker)
			}
			return
		}
	}
	t.Errorf("the headline's quotation is not among %+v", got)
}

// Whatever the text: no panic, spans inside the text, on character boundaries and in
// blocks, every text the bytes of its spans, the same answer twice.
func checkStatements(t *testing.T, a quoth.Article, got []quoth.Statement) {
	t.Helper()
	check := func(what string, r *quoth.Role) {
		if r == nil {
			return
		}
		end := 0
		for _, s := range r.Spans {
			if s.Start < end || s.End <= s.Start || s.End > len(a.Text) || !utf8.ValidString(s.In(a.Text)) {
				t.Fatalf("%s has span %v after %d in a text of %d bytes", what, s, end, len(a.Text))
			}
			end = s.End
		}
		if want := quoth.NewRole(a.Text, r.Spans).Text; r.Text != want {
			t.Fatalf("%s has text %q, want %q", what, r.Text, want)
		}
	}
	for _, s := range got {
		if s.Content == nil {
			t.Fatalf("statement %s has no content", s.ID)
		}
		check("source", s.Source)
		check("cue", s.Cue)
		check("content", s.Content)
		if s.Confidence < 0 || s.Confidence > 1 {
			t.Fatalf("confidence %v", s.Confidence)
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{
		"“The bridge will open in May,” said Zoë Hale.", "He said: ‘No.’\nShe said, \"Yes, 'maybe'.", "``Quite so,'' he added. «Non» „Nein“",
		"\"\"\"\"", "said said said", "According to the report, 7 % fell.", "\u202eHale said\u202c no", "― Hale", "“a b c d e f g is” ― Hale, 32", "",
	} {
		f.Add(s)
	}
	an := analyzer(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		var a quoth.Article
		a.Text = text
		at := 0
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) != "" {
				a.Blocks = append(a.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: quoth.Span{Start: at, End: at + len(line)}})
			}
			at += len(line)
		}
		got, err := an.Analyze(a)
		if err != nil {
			t.Fatal(err)
		}
		checkStatements(t, a, got)
		again, _ := an.Analyze(a)
		one, _ := json.Marshal(got)
		two, _ := json.Marshal(again)
		if string(one) != string(two) {
			t.Fatalf("the same text gives\n%s\nand\n%s", one, two)
		}
	})
}

// 20,000 nested or unclosed marks, or as many cues, are read in linear time: were it
// quadratic, each would take minutes.
func TestLargeTextsAreLinear(t *testing.T) {
	an := analyzer(t)
	for _, unit := range []string{"“ ", "” ", "\" ", "'", "« „", "said ", "he said “", "“No,” Hale said. ", "Hale said that ",
		"On Monday at the debate Hale said on CNN that ", "\"No,\" Hale said at the debate on Monday. "} {
		t.Run(unit, func(t *testing.T) {
			n := 20_000
			if len(unit) > 10 { // sentences, not marks
				n = 3_000
			}
			a := article(strings.Repeat(unit, n))
			got, err := an.Analyze(a)
			if err != nil {
				t.Fatal(err)
			}
			checkStatements(t, a, got)
		})
	}
}

// One analyzer serves many goroutines.
func TestConcurrent(t *testing.T) {
	an := analyzer(t)
	a := article("“The bridge will open in May,” said Zoë Hale, the mayor. She added that it was late.", "Sam Reed, who owns the ferry, disagreed: “It won’t.”")
	want, err := an.Analyze(a)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON, _ := json.Marshal(want)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 20 {
				got, err := an.Analyze(a)
				if gotJSON, _ := json.Marshal(got); err != nil || string(gotJSON) != string(wantJSON) {
					t.Errorf("got %s, %v", gotJSON, err)
				}
			}
		})
	}
	wait.Wait()
}
