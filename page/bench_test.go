package page

import (
	"strings"
	"testing"

	"quoth"
)

// article is a crawled page in the usual mixture of body and furniture.
var article = " date 2025-03-20 " + strings.Repeat(`The new ferry will open in May, Mayor Zoë Hale told the council of Northwick on Monday, after two years of work at the quay.

Ad

"It will carry four hundred people," Hale said. "We have never had anything like it, and I am glad that the council kept its word."

Trending

He continued:

Zoë Hale at the quay - (Image via Getty)

Tom Okafor, who runs the old ferry, said that he would "miss the bell" but not the engine, which had to be started by hand each winter since 1974.

`, 8) + "× Feedback Why did you not like this content? Clickbait / Misleading\n\nFactually Incorrect\n\nOther Cancel Submit"

func BenchmarkText(b *testing.B) {
	e := New(Options{Format: Text})
	p := quoth.RawPage{ID: "a", Body: []byte(article)}
	b.SetBytes(int64(len(p.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Extract(p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	e := New(Options{Format: HTML})
	body := "<html><head><title>The ferry opens</title></head><body><nav><a href=/>Home</a></nav><article><h1>The ferry opens</h1><p>" + strings.ReplaceAll(article, "\n\n", "</p>\n<p>") + "</p></article></body></html>"
	p := quoth.RawPage{ID: "a", Body: []byte(body)}
	b.SetBytes(int64(len(p.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Extract(p); err != nil {
			b.Fatal(err)
		}
	}
}
