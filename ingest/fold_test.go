package ingest

import (
	"testing"

	"quoth"
)

// The opposite is a saying of its own, unless it may be the same with a "not" lost on the way.
func TestOppositesAreNoRepeats(t *testing.T) {
	const yes, no = "I will support the new harbour tax when the council votes", "I will not support the new harbour tax when the council votes"
	at := func(article, day, words string) *quoth.Wording {
		return &quoth.Wording{Article: article, Published: day, Words: words, Kind: quoth.Direct, Speaker: "zoe-hale", Name: "Zoë Hale"}
	}
	for _, c := range []struct {
		name string
		a, b *quoth.Wording
		want bool
	}{
		{"the same words years later", at("a", "2011-05-01", yes), at("b", "2026-05-01", yes), true},
		{"the opposite years later", at("a", "2011-05-01", yes), at("b", "2026-05-01", no), false},
		{"the opposite on the next day", at("a", "2026-05-01", yes), at("b", "2026-05-02", no), true},
		{"the opposite in the same month", at("a", "2026-05", yes), at("b", "2026-05-30", no), true},
		{"the opposite in the same article", at("a", "2026-05-01", yes), at("a", "2026-05-01", no), false},
		{"the opposite, nobody knows when", at("a", "", yes), at("b", "2026-05-02", no), false},
		{"the opposite of an open time", at("a", "2011/..", yes), at("b", "2026-05-02", no), false},
		{"a never for a not", at("a", "2011-05-01", "I will never support the new harbour tax when the council votes"), at("b", "2026-05-01", no), true},
	} {
		if got := isSameSaying(c.a, c.b); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
		if got := isSameSaying(c.b, c.a); got != c.want {
			t.Errorf("%s, turned round: got %v, want %v", c.name, got, c.want)
		}
	}
}
