package render

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"quoth"
)

// The page asks for nothing: no address that a browser would fetch, no script, no
// inline style, and a policy that allows its one style sheet.
func TestHTMLIsSelfContained(t *testing.T) {
	got := write(t, "html", Options{}, bridge(t))
	for _, bad := range []string{"<script", "<img", "<link", "<iframe", " src=", " style=", "@import", "url(", "javascript:"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	_, rest, _ := strings.Cut(got, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	if want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(html.UnescapeString(got), want) {
		t.Errorf("the policy does not hold %s", want)
	}
	if !strings.HasPrefix(got, "<!doctype html>") || !strings.HasSuffix(got, "</html>\n") {
		t.Error("the page is not whole")
	}
}

func TestHTMLEscapesHostileText(t *testing.T) {
	evil := `</style><script>alert(1)</script><img src=x onerror="alert(2)">`
	r := build(t, quoth.Article{ID: evil, URL: "javascript:alert(1)", Site: evil, Title: evil, Bylines: []string{evil}, Language: `en" onload="x`},
		"paragraph: [S1 "+evil+"] [C1 "+evil+"] [Q1 “"+evil+"”]", "advertisement: "+evil)
	r.Statements[0].Speaker = &quoth.Speaker{Name: evil, Mention: "<i>he</i>", Kind: quoth.PersonParty}
	r.Statements[0].Venue = &quoth.Venue{Name: evil}
	got := write(t, "html", Options{}, r)
	for _, bad := range []string{"<script", "<img", `" onload="`, "javascript:"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if strings.Count(got, "</style>") != 1 {
		t.Error("the text ends the style")
	}
}

// A paragraph is one on the page, whatever furniture stands in it.
func TestHTMLJoinsInterruptedParagraphs(t *testing.T) {
	text := "Zoë Hale Box of headlines MORE’s aide left."
	at := func(kind quoth.BlockKind, part string) quoth.Block {
		i := strings.Index(text, part)
		return quoth.Block{Kind: kind, Span: quoth.Span{Start: i, End: i + len(part)}}
	}
	got := write(t, "html", Options{}, quoth.Reading{Article: quoth.Article{ID: "x", Text: text, Blocks: []quoth.Block{
		at(quoth.Paragraph, "Zoë Hale"), at(quoth.Related, "Box of headlines MORE"), at(quoth.Paragraph, "’s aide left."),
	}}})
	paragraph, furniture := strings.Index(got, "Zoë Hale’s aide left."), strings.Index(got, "Box of headlines MORE")
	if paragraph < 0 || furniture < paragraph {
		t.Errorf("the paragraph is torn, or its furniture lost:\n%s", got)
	}
}

// Without its tags, the body of the page is the article's text.
func TestHTMLKeepsEveryWord(t *testing.T) {
	r := bridge(t)
	got := write(t, "html", Options{}, r)
	got = regexp.MustCompile(`(?s)<aside.*?</aside>`).ReplaceAllString(got, "")
	got = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(got, ""))
	for _, b := range r.Article.Blocks {
		if words := b.Span.In(r.Article.Text); !strings.Contains(got, words) {
			t.Errorf("block %q is not on the page", words)
		}
	}
}

func TestHTMLLinksLeadSomewhere(t *testing.T) {
	r := bridge(t)
	got := write(t, "html", Options{}, r, r)
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(got, -1) {
		if n := strings.Count(got, ` id="`+m[1]+`"`); n != 1 {
			t.Errorf("%s is there %d times", m[1], n)
		}
	}
	if n := strings.Count(got, "in the text"); n != 2*len(r.Statements) {
		t.Errorf("got %d links into the text, want %d", n, 2*len(r.Statements))
	}
}

func TestHTMLOfNothingIsAPage(t *testing.T) {
	got := write(t, "html", Options{})
	if !strings.Contains(got, "Nothing was read") || !strings.HasSuffix(got, "</html>\n") {
		t.Errorf("got %s", got)
	}
}

// Text on paper and on every highlight, and every speaker's colour on paper and on
// its own highlight, reach the contrast that WCAG 2.2 asks for (AA: 4.5), by day and
// by night.
func TestColoursHaveContrast(t *testing.T) {
	day, night, _ := strings.Cut(pageStyle, "prefers-color-scheme: dark")
	for name, css := range map[string]string{"day": day, "night": night} {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--(\w+): (#\w{6});`).FindAllStringSubmatch(css, -1) {
			if _, seen := colours[m[1]]; !seen { // print comes after the night
				colours[m[1]] = m[2]
			}
		}
		pairs := [][2]string{{"ink", "paper"}, {"soft", "paper"}, {"soft", "panel"}}
		for n := range htmlHues + 1 {
			c, tint := "c"+strconv.Itoa(n), "t"+strconv.Itoa(n)
			pairs = append(pairs, [2]string{"ink", tint}, [2]string{c, "paper"}, [2]string{c, tint})
		}
		for _, p := range pairs {
			if got := contrast(t, colours[p[0]], colours[p[1]]); got < 4.5 {
				t.Errorf("%s: %s on %s has %.2f, want 4.5", name, p[0], p[1], got)
			}
		}
	}
}

// contrast is the contrast ratio of two colours (WCAG 2.2).
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", colour, err)
	}
	part := func(v uint64) float64 {
		s := float64(v&255) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n>>16) + 0.7152*part(n>>8) + 0.0722*part(n)
}
