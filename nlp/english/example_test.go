package english_test

import (
	"fmt"
	"log"

	"quoth"
	"quoth/nlp/english"
	"quoth/page"
)

// From a page to its statements. What may be nil is asked for first.
func ExampleAnalyzer() {
	html := `<html lang="en"><head><meta property="article:published_time" content="2026-04-17T08:00:00Z"></head><body><article>
<h1>Port Ellory keeps its ferry</h1>
<p>Zoë Hale, the mayor, told the council on Tuesday that tickets would cost no more. “The ferry stays,” she said.</p>
<p>It was announced that the boat would be sold.</p>
</article></body></html>`
	article, err := page.New(page.Options{}).Extract(quoth.RawPage{Body: []byte(html)})
	if err != nil {
		log.Fatal(err)
	}
	analyzer, err := english.New() // once; safe for concurrent use
	if err != nil {
		log.Fatal(err)
	}
	statements, err := analyzer.Analyze(article)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range statements {
		speaker, said := "somebody", "on a day not told"
		if s.Speaker != nil {
			speaker = s.Speaker.Name
		}
		if s.Said != nil {
			said = s.Said.EDTF
		}
		fmt.Printf("%s, %s (%s): %s\n", speaker, said, s.Kind, s.Content.Text)
	}
	// Output:
	// Zoë Hale, 2026-04-14 (indirect): that tickets would cost no more
	// Zoë Hale, 2026-04-14 (direct): “The ferry stays,”
	// somebody, on a day not told (indirect): that the boat would be sold
}
