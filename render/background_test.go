package render

import (
	"strings"
	"testing"

	"quoth"
)

func TestBackgroundIsCreditedToTheOutlet(t *testing.T) {
	r := build(t, quoth.Article{ID: "x", Site: "Ellory <Gazette>"}, "paragraph: Hale was elected in 2010.")
	r.Background = []quoth.Background{{ID: "b1", Span: quoth.Span{Start: 0, End: 25}, Text: "Hale was <b>elected</b> in 2010.", When: quoth.Said{EDTF: "2010", Text: "2010"}, Credit: &r.Article.Site}}
	text := write(t, "text", Options{}, r)
	for _, want := range []string{"Background, told by Ellory <Gazette>", "  2010: Hale was <b>elected</b> in 2010."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	html := write(t, "html", Options{}, r)
	for _, want := range []string{"<h2>Background, told by Ellory &lt;Gazette&gt;</h2>", `<b>2010</b> <span dir="auto">Hale was &lt;b&gt;elected&lt;/b&gt; in 2010.</span>`} {
		if !strings.Contains(html, want) {
			t.Errorf("%q is not in\n%s", want, html)
		}
	}
	r.Background[0].Credit = nil
	if text := write(t, "text", Options{}, r); !strings.Contains(text, "Background, told by the outlet") {
		t.Errorf("got %s", text)
	}
}

func TestHumanDate(t *testing.T) {
	for edtf, want := range map[string]string{
		"2026-04-17": "17 April 2026", "2026-04": "April 2026", "2026": "2026", "2026-04-13/2026-04-17": "13 April 2026 to 17 April 2026",
		"../1996": "until 1996", "2011/..": "since 2011", "-0479": "480 BC", "": "", "soon": "soon",
	} {
		if got := HumanDate(edtf); got != want {
			t.Errorf("%q: got %q, want %q", edtf, got, want)
		}
	}
}

func TestCircumstancesSayWhenItWasReported(t *testing.T) {
	said := &quoth.Said{EDTF: "2022-08", Text: "August 2022"}
	for _, c := range []struct {
		s         quoth.Statement
		published string
		want      string
	}{
		{quoth.Statement{Said: said}, "2025-03-20", "said August 2022 (“August 2022”), reported 20 March 2025"},
		{quoth.Statement{Said: said}, "", "said August 2022 (“August 2022”)"},
		{quoth.Statement{Said: &quoth.Said{EDTF: "2025-03-20", Text: "today"}}, "2025-03-20", "said 20 March 2025 (“today”)"},
		{quoth.Statement{Medium: "press-conference"}, "2025-03-20", "reported 20 March 2025 · press conference"},
		{quoth.Statement{}, "", ""},
	} {
		if got := circumstances(&c.s, c.published); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
