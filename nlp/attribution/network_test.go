package attribution

import (
	"slices"
	"strings"
	"testing"

	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
	"quoth/nlp/surface"
)

// block is a block of n words in the notation of mark.
func block(n int) string { return strings.TrimSpace(strings.Repeat("word ", n)) }

// An anchor tells of each token around a cue whether it is of the source or the content, as
// far as the cue's stretch goes.
func TestGoldExamples(t *testing.T) {
	d := mark(t, block(surface.Longest-5), "Hale/S said/C rain/Q helps/Q .", "Reed/S said/C "+strings.Repeat("so/Q ", surface.Longest)+".")
	var v view
	examples := v.goldExamples(d, map[uint64]int32{}, linear.Table{})
	tokens := 0
	for _, e := range examples {
		tokens += len(e.Gold)
		for _, a := range e.Anchors {
			if a.At < 0 || a.At >= len(e.Gold) || a.First < 0 || a.First+len(a.Places) > len(e.Gold) || len(a.Places) != len(a.Gold) {
				t.Fatalf("anchor %d, %d and %d more, in a stretch of %d", a.At, a.First, len(a.Places), len(e.Gold))
			}
			for _, p := range a.Places {
				if int(p) >= places {
					t.Errorf("place %d of %d", p, places)
				}
			}
		}
	}
	if tokens != len(d.Tokens) {
		t.Errorf("examples have %d tokens, the document %d", tokens, len(d.Tokens))
	}
	a := examples[0].Anchors[0] // Hale said rain helps .
	at := a.At - a.First
	if got, want := a.Gold[at-1:at+4], []uint8{1 << ofSource, 0, 1 << ofContent, 1 << ofContent, 0}; !slices.Equal(got, want) {
		t.Errorf("around the cue: %v, want %v", got, want)
	}
}

// A window ends where nothing of the cue's is seen any more; outside of it nothing is known.
func TestTrimmed(t *testing.T) {
	d := mark(t, "old boats sink and Hale/S said/C rain/Q helps/Q us now")
	var v view
	v.read(d, linear.Table{})
	cues, _ := v.goldCues()
	v.markCues(cues)
	c := cues[0]
	v.aim(c)
	v.p = make([]roleP, len(d.Tokens))
	v.from = -1
	v.related = make([]related, len(d.Tokens)+2)
	for i := range d.Tokens {
		v.related[i+1] = related{1, 1}
	}
	set := func(t int, p roleP, r related) { v.p[t], v.related[t+1] = p, r }
	set(1, roleP{source: 0.9}, related{1, 1})   // a role, but not of this cue
	set(4, roleP{source: 0.9}, related{12, 1})  // Hale
	set(7, roleP{content: 0.9}, related{1, 12}) // helps
	set(9, roleP{content: 0.001}, related{1, 12})
	if got, want := v.trimmed(nlp.TokenRange{First: 0, Past: len(d.Tokens)}), (nlp.TokenRange{First: 4, Past: 8}); got != want {
		t.Errorf("trimmed to %v, want %v", got, want)
	}
	v.p = make([]roleP, len(d.Tokens))
	if got := v.trimmed(nlp.TokenRange{First: 0, Past: len(d.Tokens)}); got != c.TokenRange {
		t.Errorf("without any role trimmed to %v, want the cue %v", got, c.TokenRange)
	}
	if (v.relatedAt(-1) != related{}) || (v.relatedAt(len(d.Tokens)) != related{}) || v.relatedAt(4).source != 12 {
		t.Error("something is known of tokens outside of the window, or nothing inside")
	}
}

// A model whose network is for something else is refused.
func TestOpenRefusesOtherNetworks(t *testing.T) {
	parts, err := linear.Unbundle(magic, trained(t), 5)
	if err != nil {
		t.Fatal(err)
	}
	other := neural.NewTrainer(neural.Shape{Width: 32, Hidden: 32, Layers: 1, Rows: 9, Labels: len(flatLabels), Relations: relations, Places: places - 1}, 1)
	net, err := other.Freeze(map[uint64]int32{1: 1}, surface.Fields, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(linear.Bundle(magic, parts[0], parts[1], parts[2], parts[3], net)); err == nil {
		t.Error("opened")
	}
	if _, err := Open(linear.Bundle(magic, parts[0], parts[1], parts[2], parts[3], parts[4])); err != nil {
		t.Errorf("put together again: %v", err)
	}
}
