package english_test

import (
	"strings"
	"testing"

	"quoth"
)

// Soft hyphens, which a page shows only where a line ends, change nothing but where things stand.
func TestSoftHyphens(t *testing.T) {
	const text = "Former mayor Zoë Hale told the Harbour Post on May 3, 2021, that the new bridge was safe.\n\nIn 2019, Hale opened the pier.\n\n“It will hold,” Hale said in an interview."
	hyphenate := strings.NewReplacer("mayor", "may\u00ador", "Zoë", "\u00adZo\u00adë\u00ad", "Hale", "Ha\u00adle", "told", "to\u00adld", "Harbour", "Har\u00adbour", "2021", "20\u00ad21",
		"bridge", "bri\u00addge", "safe.", "\u00adsafe\u00ad.", "said", "sa\u00adid", "opened", "o\u00adpened", "hold", "ho\u00ad\u00adld")
	plain, soft := article(strings.Split(text, "\n\n")...), article(strings.Split(hyphenate.Replace(text), "\n\n")...)
	plain.Site, soft.Site = "mnn.example", "mnn.example"
	a := analyzer(t)
	want, wantBackground, err := a.AnalyzeAll(plain)
	if err != nil || len(want) != 2 || len(wantBackground) != 1 || want[0].Said == nil || want[0].Addressee == nil {
		t.Fatalf("%v %v %v", want, wantBackground, err)
	}
	got, background, err := a.AnalyzeAll(soft)
	if err != nil || len(got) != len(want) || len(background) != len(wantBackground) {
		t.Fatalf("%v %v %v", got, background, err)
	}
	bare := func(s string) string { return strings.ReplaceAll(s, "\u00ad", "") }
	sameRole := func(what string, got, want *quoth.Role) {
		t.Helper()
		if (got == nil) != (want == nil) || got != nil && (bare(got.Text) != want.Text || got.Spans[0].In(soft.Text) != strings.Split(got.Text, " … ")[0]) {
			t.Errorf("%s %v, want %v", what, got, want)
		}
	}
	sameSpan := func(what string, got, want quoth.Span) {
		t.Helper()
		if bare(got.In(soft.Text)) != want.In(plain.Text) {
			t.Errorf("%s %q, want %q", what, got.In(soft.Text), want.In(plain.Text))
		}
	}
	for i, s := range got {
		w := want[i]
		sameRole("source", s.Source, w.Source)
		sameRole("cue", s.Cue, w.Cue)
		sameRole("content", s.Content, w.Content)
		if s.Speaker.Name != w.Speaker.Name || s.Medium != w.Medium {
			t.Errorf("%v %s, want %v %s", s.Speaker, s.Medium, w.Speaker, w.Medium)
		}
		if w.Said != nil {
			sameSpan("day", s.Said.Evidence, w.Said.Evidence)
		}
		if w.Venue != nil {
			sameSpan("venue", s.Venue.Span, w.Venue.Span)
		}
		if w.Addressee != nil {
			sameSpan("addressee", s.Addressee.Span, w.Addressee.Span)
		}
	}
	sameSpan("background", background[0].Span, wantBackground[0].Span)
	sameSpan("day of the background", background[0].When.Evidence, wantBackground[0].When.Evidence)
	if !strings.Contains(got[0].Cue.Text, "\u00ad") {
		t.Error("the words are not those of the page")
	}
}
