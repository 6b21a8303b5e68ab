package page

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"quoth"
)

// shape is the blocks of an article, one a line: "kind: text".
func shape(a quoth.Article) string {
	var b strings.Builder
	for _, bl := range a.Blocks {
		fmt.Fprintf(&b, "%s: %s\n", bl.Kind, bl.Span.In(a.Text))
	}
	return b.String()
}

// check fails when the blocks of a break their contract.
func check(t *testing.T, a quoth.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) {
		t.Fatalf("text is not valid UTF-8")
	}
	end := 0
	for _, b := range a.Blocks {
		s := b.Span
		if s.Start < end || s.IsEmpty() || s.End > len(a.Text) || b.Kind == "" {
			t.Fatalf("block %v %q after offset %d of %d", s, b.Kind, end, len(a.Text))
		}
		if !utf8.ValidString(s.In(a.Text)) {
			t.Fatalf("block %v cuts a character", s)
		}
		if between := strings.TrimFunc(a.Text[end:s.Start], isBlank); between != "" {
			t.Fatalf("%q before %v is in no block", between, s)
		}
		end = s.End
	}
	if rest := strings.TrimFunc(a.Text[end:], isBlank); rest != "" {
		t.Fatalf("%q at the end is in no block", rest)
	}
	if a.ID == "" || a.Published.From == "" {
		t.Fatalf("an article without ID or without the place of its date: %+v", a.Published)
	}
}

func extract(t *testing.T, opt Options, p quoth.RawPage) quoth.Article {
	t.Helper()
	a, err := New(opt).Extract(p)
	if err != nil {
		t.Fatal(err)
	}
	check(t, a)
	return a
}

// The golden files hold a page and the blocks that it has. QUOTH_UPDATE=1 rewrites
// them; read the difference. The people in them are invented.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden file: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			note, rest, ok := strings.Cut(string(raw), "-- page --\n")
			in, want, ok2 := strings.Cut(rest, "-- blocks --\n")
			if !ok || !ok2 || want == "" && os.Getenv("QUOTH_UPDATE") == "" {
				t.Fatal("a golden file has the parts page and blocks")
			}
			a := extract(t, Options{}, quoth.RawPage{ID: file, Body: []byte(in)})
			got := fmt.Sprintf("title: %s\nby: %s\npublished: %s %s\nlanguage: %s\n\n%s", a.Title, strings.Join(a.Bylines, "; "), a.Published.EDTF, a.Published.From, a.Language, shape(a))
			if os.Getenv("QUOTH_UPDATE") != "" {
				if err := os.WriteFile(file, []byte(note+"-- page --\n"+in+"-- blocks --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Each mark must pass the quick look that comes before it.
func TestCreditParts(t *testing.T) {
	for _, mark := range creditMarks {
		has := false
		for _, part := range creditParts {
			has = has || strings.Contains(mark, part)
		}
		if !has {
			t.Errorf("no part of creditParts is in %q", mark)
		}
	}
}

func TestFurniture(t *testing.T) {
	// Lines after a paragraph of an article, alone.
	cases := []struct {
		line string
		want quoth.BlockKind
	}{
		{"Ad", quoth.Advertisement}, {"Advertisement", quoth.Advertisement}, {"- ADVERTISEMENT -", quoth.Advertisement}, {"Advertisement 3", quoth.Advertisement},
		{"Story continues below", quoth.Advertisement}, {"Sponsored by Northwick Dairy", quoth.Advertisement},
		{"Trending", quoth.Trending}, {"Trending:", quoth.Trending}, {"Most Read", quoth.Trending},
		{"Read more: Harbour wall to be rebuilt by spring", quoth.Related}, {"Also read: Council votes on the ferry", quoth.Related}, {"You may also like", quoth.Related},
		{"Sign up for our newsletter", quoth.Newsletter}, {"Subscribe", quoth.Newsletter},
		{"Share this article", quoth.Share}, {"Facebook Twitter Email", quoth.Share}, {"FacebookTwitterWhatsAppEmail", quoth.Share}, {"Share on FacebookShare on Twitter", quoth.Share},
		{"Leave a Reply Cancel reply", quoth.Comments}, {"23 Comments", quoth.Comments},
		{"Tags: ferry, Northwick, harbour", quoth.Tags}, {"© 2025 Northwick Post Ltd. All rights reserved.", quoth.Notice}, {"Copyright 2025 Northwick Post Ltd", quoth.Notice},
		{"(Image via Getty)", quoth.Credit}, {"[Photo: Rea Lind]", quoth.Credit}, {"Photo by Rea Lind", quoth.Credit}, {"Rea Lind/Getty Images", quoth.Credit}, {"Photo: Rea Lind", quoth.Credit},
		{`Zoë Hale at the "Long Ferry" opening - (Image via Getty)`, quoth.Caption}, {"Zoë Hale opens the ferry in May. (AP Photo/Rea Lind)", quoth.Caption},
		{"Zoë Hale opens the ferry in May. Photo: Rea Lind", quoth.Caption}, {"Zoë Hale opens the ferry in May. Rea Lind/Getty Images", quoth.Caption}, {"Zoë Hale at the quay (Image: Rea Lind)", quoth.Caption},
		{"Was this article helpful?", quoth.FeedbackForm}, {"Report an error", quoth.FeedbackForm}, {"Was this page helpful? Thanks for letting us know", quoth.FeedbackForm},

		// Body that looks a little like furniture.
		{"He continued:", quoth.Paragraph}, {"The mayor added:", quoth.Paragraph}, {"Read the letter in full, she said.", quoth.Paragraph},
		{`"Share," she said.`, quoth.Paragraph}, {"“Advertisement”", quoth.Paragraph}, {`"Was this article helpful?" the survey asked.`, quoth.Paragraph},
		{"Photo by photo, the police rebuilt the night of the fire, said Tom Okafor, who led the search for the missing ferry and its crew.", quoth.Paragraph},
		{"More than 300 people came.", quoth.Paragraph}, {"Related costs rose by a third, the council said.", quoth.Paragraph}, {"Subscribers will pay more from May, said Hale.", quoth.Paragraph},
		{"The ferry carries 40 × 12 crates, he said.", quoth.Paragraph}, {"The pier reopened on Monday (officials said it had cost too much).", quoth.Paragraph},
		{"Officials said the fire was out (Reuters).", quoth.Paragraph}, {"“…”", quoth.Paragraph},
		{"Why the ferry was late", quoth.Heading}, {`"It became too loud for us to talk"— When Zoë Hale spoke about the pier`, quoth.Heading},
		{"• Boats sail at noon", quoth.List}, {"2. Boats sail at noon", quoth.List},
	}
	for _, c := range cases {
		lead := "The new ferry will open in May, Mayor Zoë Hale said on Monday at the quay.\n\n"
		a := extract(t, Options{}, quoth.RawPage{Body: []byte(lead + c.line + "\n\nThe old ferry will be sold to a museum, which has asked for it for many years.")})
		if len(a.Blocks) != 3 || a.Blocks[1].Kind != c.want {
			t.Errorf("%q: want %s, got\n%s", c.line, c.want, shape(a))
		}
	}
}

func TestFeedbackDialog(t *testing.T) {
	// All but the first sentence is the dialog.
	said := `"We are not done," she concluded.`
	for _, dialog := range []string{
		"× Feedback Why did you not like this content? Clickbait / Misleading Factually Incorrect Cancel Submit Was this article helpful? Thank You for feedback",
		"✕ Feedback\nWhy did you not like this content?\nClickbait / Misleading\nToo Many Ads\nOther\nCancel\nSubmit",
		"×Feedback Why did you not like this content?\n\nClickbait / Misleading\n\nSomething Nobody Thought Of\n\nOther Cancel Submit",
		"Feedback Why did you not like this content? Misleading Cancel Submit",
		"Was this article helpful? Yes No Thank you for your feedback",
		"Why didn't you like this story? Clickbait Factually incorrect Other Submit",
		"What did you not like about this article? Too many ads Biased Other Send feedback",
		"How would you rate this article? 1 2 3 4 5 Submit rating",
		"Did you find this article useful? Yes No Tell us why Send feedback Close",
		"❌ Tell us what you think Boring Misleading Cancel Submit",
	} {
		for _, glue := range []string{" ", "\n", "\n\n"} {
			a := extract(t, Options{}, quoth.RawPage{Body: []byte(said + glue + dialog)})
			for i, b := range a.Blocks {
				text := b.Span.In(a.Text)
				if (i == 0) != (text == said && b.Kind.IsBody()) || i > 0 && b.Kind != quoth.FeedbackForm {
					t.Errorf("%q\n%s", glue+dialog, shape(a))
					break
				}
			}
		}
	}
}

func TestTextKeepsEveryByte(t *testing.T) {
	for _, text := range []string{
		"\ufeffdate 2025-03-20 A paragraph.\r\n\r\nAd\r\n", " date 2025-03-20\n\nOne.", "one\rtwo\r\nthree\n\n\n", "\u00a0\u200b\nOne “two” three.\u00a0\n",
	} {
		a := extract(t, Options{}, quoth.RawPage{Body: []byte(text)})
		if a.Text != text {
			t.Errorf("text %q, want the input %q", a.Text, text)
		}
	}
}

func TestDateLineAtTheHead(t *testing.T) {
	cases := []struct{ text, edtf, from, first string }{
		{" date 2025-03-20 Zoë Hale spoke.", "2025-03-20", "dateline", "date 2025-03-20"},
		{"date 2025-03-20\nZoë Hale spoke.", "2025-03-20", "dateline", "date 2025-03-20"},
		{"date 2025-02-30 Zoë Hale spoke.", "", "none", "date 2025-02-30 Zoë Hale spoke."},
		{"date 2025-03-200 Zoë Hale spoke.", "", "none", "date 2025-03-200 Zoë Hale spoke."},
		{"Mayor speaks at the quay\nMarch 20, 2025\nZoë Hale spoke for an hour on Monday at the quay of the old town.", "2025-03-20", "dateline", "Mayor speaks at the quay"},
		{"Mayor speaks at the quay\nUpdated March 21, 2025\nZoë Hale spoke for an hour on Monday at the quay of the old town.", "", "none", "Mayor speaks at the quay"},
	}
	for _, c := range cases {
		a := extract(t, Options{}, quoth.RawPage{Body: []byte(c.text)})
		if got := a.Blocks[0].Span.In(a.Text); a.Published.EDTF != c.edtf || a.Published.From != c.from || got != c.first {
			t.Errorf("%q: got %+v, first block %q", c.text, a.Published, got)
		}
	}
}

func TestDayOf(t *testing.T) {
	for in, want := range map[string]string{
		"2025-03-20": "2025-03-20", "2025-03-20T23:30:00-05:00": "2025-03-20", "2025-03-20 10:00": "2025-03-20", "20250320": "2025-03-20", "20250320T1000": "2025-03-20",
		"2025/03/20 10:00": "2025-03-20", "2025": "2025", "2025-03": "2025-03", "March 20, 2025": "2025-03-20", "20 Mar 2025 10:30 GMT": "2025-03-20", "Thu, 20 Mar 2025 10:30:00 +0000": "2025-03-20",
		"2025-13-01": "", "0001-01-01": "", "1970-01-01T00:00:00Z": "", "yesterday": "", "03/04/2025": "", "2025 was good": "", "": "", "20251399": "",
	} {
		if got := dayOf(in); got != want {
			t.Errorf("dayOf(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDayInURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/2025/03/20/ferry": "2025-03-20", "https://example.org/news/2025-03-20-ferry": "2025-03-20", "https://example.org/a-20250320.html": "2025-03-20",
		"https://example.org/story/1234567890123": "", "https://example.org/99999999": "", "https://example.org": "", "https://example.org/a?d=2025-03-20": "", "https://2025-03-20.example.org/a": "",
	} {
		if got := dayInURL(in); got != want {
			t.Errorf("dayInURL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	text := "The Ferry Opens\n\nAd\nTrending\n\nHe continued:\n"
	a, err := New(Options{Clean: true}).Record(Record{Title: "The ferry opens", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	check(t, a)
	want := "headline: The Ferry Opens\nparagraph: Ad\nparagraph: Trending\nparagraph: He continued:\n"
	if got := shape(a); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestExtractErrors(t *testing.T) {
	cases := []struct {
		name string
		opt  Options
		page quoth.RawPage
		want quoth.Code
		says string
	}{
		{"empty", Options{}, quoth.RawPage{}, quoth.Invalid, "empty"},
		{"blank", Options{}, quoth.RawPage{Body: []byte(" \n\t\n")}, quoth.Invalid, "empty"},
		{"only a byte order mark", Options{}, quoth.RawPage{Body: []byte("\ufeff\n")}, quoth.Invalid, "empty"},
		{"50 MB", Options{}, quoth.RawPage{Body: []byte(strings.Repeat("He spoke. ", 5<<20))}, quoth.TooLarge, "52.4 MB"},
		{"not UTF-8", Options{}, quoth.RawPage{Body: []byte("Zo\xeb Hale spoke.")}, quoth.Invalid, "byte 2"},
		{"says UTF-8 and is not", Options{}, quoth.RawPage{Body: []byte("Zo\xeb"), ContentType: "text/plain; charset=utf-8"}, quoth.Invalid, "UTF-8"},
		{"picture", Options{}, quoth.RawPage{Body: []byte("\x89PNG\r\n\x1a\n0000")}, quoth.Invalid, "image/png"},
		{"PDF", Options{}, quoth.RawPage{Body: []byte("%PDF-1.7 text")}, quoth.Invalid, "application/pdf"},
		{"zero bytes", Options{}, quoth.RawPage{Body: []byte("text\x00text")}, quoth.Invalid, "binary"},
		{"noise", Options{}, quoth.RawPage{Body: []byte("\x01\x02\x03\x04abc")}, quoth.Invalid, "binary"},
		{"page without text", Options{}, quoth.RawPage{Body: []byte("<html><script>x()</script></html>")}, quoth.Invalid, "no text"},
		{"format", Options{Format: "pdf"}, quoth.RawPage{Body: []byte("x")}, quoth.Invalid, "pdf"},
		{"charset", Options{Charset: "klingon"}, quoth.RawPage{Body: []byte("Zo\xeb")}, quoth.Invalid, "klingon"},
		{"date", Options{DefaultDate: "yesterday"}, quoth.RawPage{Body: []byte("x")}, quoth.Invalid, "yesterday"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := New(c.opt).Extract(c.page)
			if quoth.CodeOf(err) != c.want || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want code %s and %q in it", err, c.want, c.says)
			}
			if err.(*quoth.Error).Hint == "" {
				t.Errorf("%v has no hint", err)
			}
		})
	}
}

func TestCharsets(t *testing.T) {
	want := "Zoë Hale said “yes”."
	utf16 := []byte{0xff, 0xfe}
	for _, r := range want {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	cases := []struct {
		name string
		opt  Options
		page quoth.RawPage
	}{
		{"content type", Options{}, quoth.RawPage{Body: []byte("Zo\xeb Hale said \x93yes\x94."), ContentType: "text/plain; charset=windows-1252"}},
		{"option", Options{Charset: "windows-1252"}, quoth.RawPage{Body: []byte("Zo\xeb Hale said \x93yes\x94.")}},
		{"UTF-16", Options{}, quoth.RawPage{Body: utf16}},
		{"meta element", Options{}, quoth.RawPage{Body: []byte("<html><meta charset=windows-1252><body><p>Zo\xeb Hale said \x93yes\x94.</p></body></html>")}},
		{"content type of HTML", Options{}, quoth.RawPage{Body: []byte("<p>Zo\xeb Hale said \x93yes\x94.</p>"), ContentType: "text/html; charset=windows-1252"}},
	}
	for _, c := range cases {
		a := extract(t, c.opt, c.page)
		if !strings.Contains(a.Text, want) {
			t.Errorf("%s: got %q", c.name, a.Text)
		}
	}
}

// Big and deep input takes time in step with its size and does not end the program.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 65_000
	cases := map[string]string{
		"nested quotation marks":      strings.Repeat("“", n) + "He spoke." + strings.Repeat("”", n),
		"lines":                       strings.Repeat("He spoke.\n", n),
		"advertisements":              strings.Repeat("Ad\n", n),
		"feedback":                    strings.Repeat("Feedback\n", n),
		"answers":                     strings.Repeat("× Feedback\nOther thing\n", n/2),
		"crosses":                     strings.Repeat(". × ", n),
		"questions on one line":       strings.Repeat("Was this article good? ", n/4),
		"brackets":                    strings.Repeat("(", n) + "Image" + strings.Repeat(")", n),
		"tags":                        "<html>" + strings.Repeat("<div>", 100_000) + "He spoke.",
		"tags, closed":                "<html>" + strings.Repeat("<div>", 100_000) + "He spoke." + strings.Repeat("</div>", 100_000),
		"paragraphs":                  "<html>" + strings.Repeat("<p>He spoke for an hour.</p>", n),
		"unclosed marks":              "<html>" + strings.Repeat("<b>", 400) + strings.Repeat("<p>He spoke.", n),
		"lists":                       "<html>" + strings.Repeat("<ul><li>He spoke.", n),
		"tables":                      "<html>" + strings.Repeat("<table><tr><td>He spoke.", 20_000),
		"spans in one paragraph":      "<html><p>" + strings.Repeat("<span>word</span> ", n),
		"links in one paragraph":      "<html><p>" + strings.Repeat("<a href=x>word</a> ", n),
		"broken JSON-LD":              `<html><script type="application/ld+json">` + strings.Repeat("[", n) + "</script><p>He spoke.",
		"attributes":                  "<html><p " + strings.Repeat("a=b ", n) + ">He spoke.",
		"comments":                    "<html>" + strings.Repeat("<!-- -->", n) + "<p>He spoke.",
		"half a megabyte of one word": "<html><p>" + strings.Repeat("word", n*2),
	}
	for name, page := range cases {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			a, err := New(Options{}).Extract(quoth.RawPage{Body: []byte(page)})
			// Generous: the race detector on a busy machine is thirty times slower, and what
			// is quadratic here takes many minutes.
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%d bytes took %v", len(page), took)
			} else {
				t.Logf("%d bytes took %v", len(page), took)
			}
			if err != nil {
				t.Fatal(err)
			}
			check(t, a)
		})
	}
}

// An Extractor is safe for several goroutines, and gives the same for the same.
func TestConcurrent(t *testing.T) {
	e := New(Options{})
	p := quoth.RawPage{Body: []byte("<html><head><title>The ferry opens in May</title></head><body><h1>The ferry opens in May</h1><p>“It will open,” said Zoë Hale, the mayor, on Monday at the quay.</p></body></html>")}
	first, err := e.Extract(p)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan quoth.Article)
	for range 8 {
		go func() {
			a, _ := e.Extract(p)
			done <- a
		}()
	}
	for range 8 {
		if a := <-done; !reflect.DeepEqual(a, first) {
			t.Errorf("got %+v, want %+v", a, first)
		}
	}
}
