package main

import (
	"html"
	"io"
	"net/http"
	"strings"
	"testing"

	"quoth"
)

// supposed are statements that nobody is said to have made, one that is told in the
// reporter's words, and a quotation.
const supposed = `The bridge over the Calder will be closed from Monday.

Eric Moss did not say "the river is rising". Did Ida Quill say that the ferry would stop? If Ida Quill says that the boats stop, the town will wait. Tom Reed denied that the town had no money.

"The old bridge is not safe any more," said Zoë Hale, the mayor of Calder.`

// What nobody is said to have said is asserted nowhere: not in the title, the description, the
// data for machines, the citation or a feed. Words of the reporter's are nobody's quotation.
func TestSiteAssertsNothing(t *testing.T) {
	s := serve(t, nil)
	s.add(supposed, "https://herald.example/supposed", "2026-04-17")
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements", &list)
	at := map[string]quoth.Recorded{}
	for _, st := range list.Items {
		at[st.Content.Text] = st
	}
	_, feed := s.do("GET", "/search/feed.atom", "")
	for words, c := range map[string]struct {
		factuality             quoth.Factuality
		title, cite, entry, ld string
	}{
		`"the river is rising"`:                  {quoth.Negated, "<title>Not said by Eric Moss: ", "Not said by Eric Moss, according to Harbour Herald", "the article says that this was not said)", ""},
		"that the ferry would stop":              {quoth.Questioned, "<title>Asked whether said by Ida Quill: ", "Asked whether said by Ida Quill, according to Harbour Herald", "the article asks whether this was said)", ""},
		"that the boats stop":                    {quoth.Hypothetical, "<title>Might be said by Ida Quill: ", "Might be said by Ida Quill, according to Harbour Herald", "the article says that this might be said)", ""},
		"that the town had no money":             {quoth.Factual, "<title>Tom Reed (“denied”): ", "Tom Reed, in the words of Harbour Herald", "(in the article’s words)", ""},
		`"The old bridge is not safe any more,"`: {quoth.Factual, "<title>Zoë Hale: ", "Zoë Hale, quoted in Harbour Herald", "(in these words)", `"@type":"Quotation"`},
	} {
		st, ok := at[words]
		if !ok || st.Factuality != c.factuality {
			t.Errorf("%s: read as %q, want %q", words, st.Factuality, c.factuality)
			continue
		}
		resp, body := s.do("GET", "/statements/"+st.ID, "")
		head := strings.TrimSuffix(strings.TrimPrefix(c.title, "<title>"), ": ")
		for _, want := range []string{c.title, `name="description" content="` + head + ", according to", `<p class="copy">` + c.cite, c.ld} {
			if resp.StatusCode != http.StatusOK || !strings.Contains(html.UnescapeString(body), want) {
				t.Errorf("%s: the page lacks %q", words, want)
			}
		}
		if c.ld == "" && strings.Contains(body, "ld+json") {
			t.Errorf("%s: machines are told that it is a quotation", words)
		}
		if !strings.Contains(feed, head+", according to Harbour Herald") || !strings.Contains(feed, c.entry) {
			t.Errorf("%s: the feed lacks %q or %q: %s", words, head, c.entry, feed)
		}
	}
}

// Every line has the page's word for the saying: what somebody denied stands nowhere as what
// they said. A line that is more likely wrong than right says so.
func TestLinesHaveTheirCue(t *testing.T) {
	s := serve(t, nil)
	s.add(supposed, "https://herald.example/supposed", "2026-04-17")
	unsure := quoth.Reading{Article: quoth.Article{URL: "https://herald.example/unsure", Text: "It is said that the ferry sank.", Published: quoth.Published{EDTF: "2026-04-18"}}}
	unsure.Article.Blocks = []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(unsure.Article.Text)}}}
	unsure.Statements = []quoth.Statement{{ID: "s1", Kind: quoth.Indirect, Content: quoth.NewRole(unsure.Article.Text, []quoth.Span{{Start: 11, End: 30}}), Confidence: 0.31}}
	if _, err := s.served.ingest.Put(t.Context(), []quoth.Reading{unsure}, nil); err != nil {
		t.Fatal(err)
	}
	cue := `>Tom Reed</a> <i class="verb" dir="auto">denied</i>`
	for path, wants := range map[string][]string{"/search": {cue, `<span class="sure">31 % sure</span>`}, "/people/tom-reed": {cue}} {
		_, body := s.do("GET", path, "")
		for _, want := range wants {
			if strings.Count(body, want) != 1 {
				t.Errorf("%s: %d times %q", path, strings.Count(body, want), want)
			}
		}
	}
	var out strings.Builder
	code := run(t.Context(), testEnv(&out, io.Discard), []string{"search", "--record", s.record, "--to", "text", "that"})
	if code != exitGood || !strings.Contains(out.String(), "Tom Reed — denied · day not known") || !strings.Contains(out.String(), " · 31 % sure\n") {
		t.Errorf("quoth search: exit %d: %s", code, &out)
	}
}
