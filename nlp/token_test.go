package nlp

import (
	"strings"
	"testing"
)

func TestNewToken(t *testing.T) {
	for _, c := range []struct {
		word, lower, prefix, suffix, suffix2, shape string
		flags                                       Flags
	}{
		{"Harbour", "harbour", "har", "our", "ur", "Xxx", IsCapital | HasLetter},
		{"NATO", "nato", "nat", "ato", "to", "XX", IsCapital | IsUpper | HasLetter},
		{"I", "i", "i", "i", "i", "X", IsCapital | HasLetter},
		{"U.S.", "u.s.", "u.s", ".s.", "s.", "X.X.", IsCapital | IsUpper | HasLetter},
		{"1,500", "1,500", "1,5", "500", "00", "d,dd", HasDigit},
		{"co-op", "co-op", "co-", "-op", "op", "xx-xx", HasLetter | HasHyphen},
		{"...", "...", "...", "...", "..", "..", IsPunct},
		{"Élan", "élan", "él", "lan", "an", "Xxx", IsCapital | HasLetter},
		{"Zoë", "zoë", "zoë", "oë", "ë", "Xxx", IsCapital | HasLetter},
		{"n’t", "n't", "n't", "n't", "'t", "x'x", HasLetter},
		{"“", `"`, `"`, `"`, `"`, "o", IsPunct},
	} {
		text := "x " + c.word + " y"
		got := NewToken(text, 2, 2+len(c.word))
		want := Token{Start: 2, End: int32(2 + len(c.word)), Form: Hash(c.word), Lower: Hash(c.lower), Prefix: Hash(c.prefix),
			Suffix: Hash(c.suffix), Suffix2: Hash(c.suffix2), Shape: Hash(c.shape), Flags: c.flags}
		if got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.word, got, want)
		}
	}
}

// The way for ASCII and the way for all else agree.
func FuzzToken(f *testing.F) {
	f.Add("Hale's-U.S.")
	f.Fuzz(func(t *testing.T, word string) {
		if word == "" || strings.IndexFunc(word, func(r rune) bool { return r >= 0x80 }) >= 0 {
			return
		}
		var a, b Token
		a.fillASCII(word)
		b.fillUnicode(word)
		if a != b {
			t.Errorf("%q: got %+v and %+v", word, a, b)
		}
	})
}

func TestIsDash(t *testing.T) {
	for word, want := range map[string]bool{"-": false, "--": true, "—": true, "––": true, "---": true, "a": false, "": false} {
		if got := IsDash(word); got != want {
			t.Errorf("IsDash(%q) = %v, want %v", word, got, want)
		}
	}
}
