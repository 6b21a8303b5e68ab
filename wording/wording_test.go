package wording

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Zoë  HALE":       "zoe hale",
		"O’Brien-Smith":   "o brien smith",
		"Ærø Straße":      "ærø straße",
		"ﬁnal ①":          "final",
		"e\u0301te\u0301": "ete",
		" … — ":           "",
		"Don't":           "don t",
		"ΑΘΗΝΑ 2026":      "αθηνα 2026",
		"نص عربي":         "نص عربي",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q): got %q, want %q", text, got, want)
		}
	}
}

func TestWordsKeepTheirPlaces(t *testing.T) {
	text := "“Zoë’s bridge”, 2026!"
	var got []string
	for _, w := range Words(text) {
		got = append(got, text[w.Start:w.End]+"="+w.Fold)
	}
	if want := []string{"Zoë=zoe", "s=s", "bridge=bridge", "2026=2026"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

const bridge = "The old bridge over the Calder is not safe any more, and I will never let anybody cross it while I am mayor"

func TestSame(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"itself", bridge, bridge, true},
		{"other marks and case", bridge, "THE OLD BRIDGE over the Calder is not safe any more — and I will never let anybody cross it while I am mayor!", true},
		{"its beginning", bridge, "The old bridge over the Calder is not safe any more", true},
		{"its end", bridge, "I will never let anybody cross it while I am mayor", true},
		{"a word changed", bridge, "The old bridge over the Calder is not sound any more, and I will never let anybody cross it while I am mayor", true},
		{"a not dropped", "The old bridge over the Calder is not safe for lorries", "The old bridge over the Calder is safe for lorries", true},
		{"two pieces with dots between", bridge, "The old bridge over the Calder is not safe … I will never let anybody cross it", true},
		{"too short to be known", "not safe any more", "not safe any more", false},
		{"everyday words", "I said you should go up there again and make it all so good for him and her", "I said you should go up there again and make it all so good for him and her", false},
		{"the same subject", bridge, "The new bridge over the Calder will be open in May, and everybody will be able to cross it", false},
		{"the same opening", "Let me be clear about this: the ferry will run again on Monday", "Let me be clear about this: nobody has told me of any delay", false},
		{"nothing", "", "", false},
	} {
		for _, turned := range []bool{false, true} {
			a, b := c.a, c.b
			if turned {
				a, b = b, a
			}
			if got := Same(a, b); got != c.want {
				t.Errorf("%s (turned round: %v): got %v, want %v", c.name, turned, got, c.want)
			}
		}
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, a, b                  string
		isCut, isChanged, isNegated bool
		differences                 []string // "words of a|words of b"
	}{
		{"the same", "It is not safe.", "It is not safe", false, false, false, nil},
		{"cut at the end", "It is safe for cars, not for lorries", "It is safe for cars", true, false, false, []string{"not for lorries|"}},
		{"cut at the beginning", "I repeat: it is safe for cars", "it is safe for cars", true, false, false, []string{"I repeat|"}},
		{"a word for another", "It is quite safe for cars", "It is very safe for cars", false, true, false, []string{"quite|very"}},
		{"a dropped not", "It is not safe for cars", "It is safe for cars", false, true, true, []string{"not|"}},
		{"an added n't", "They were told of it", "They weren't told of it", false, true, true, []string{"were|weren't"}},
		{"a no for a no", "They were never told of it", "They were not told of it", false, true, false, []string{"never|not"}},
		{"nothing in common", "One two", "Three", false, true, false, []string{"One two|Three"}},
		{"empty", "", "", false, false, false, nil},
	} {
		got := Compare(c.a, c.b)
		if got.IsCut != c.isCut || got.IsChanged != c.isChanged || got.IsNegated != c.isNegated {
			t.Errorf("%s: got %+v", c.name, got)
		}
		var differences []string
		for _, d := range got.Differences {
			differences = append(differences, c.a[d.A[0]:d.A[1]]+"|"+c.b[d.B[0]:d.B[1]])
		}
		if !slices.Equal(differences, c.differences) {
			t.Errorf("%s: differences %q, want %q", c.name, differences, c.differences)
		}
	}
}

func TestSketchFindsHalfAWording(t *testing.T) {
	// Texts of different words, and each with its first half: most halves share a hash.
	found, all := 0, 0
	for seed := range 500 {
		text := words(seed, 24)
		half := strings.Join(strings.Fields(text)[:12], " ")
		all++
		if slices.ContainsFunc(Sketch(half), func(h uint64) bool { return slices.Contains(Sketch(text), h) }) {
			found++
		}
	}
	if found < all*8/10 {
		t.Errorf("of %d halves %d share a hash with the whole", all, found)
	}
	if got := Sketch("not safe any more"); got != nil {
		t.Errorf("a few words: got %v, want nil", got)
	}
	for _, h := range Sketch(bridge) {
		if h>>63 != 0 {
			t.Errorf("hash %x does not fit a signed integer", h)
		}
	}
}

// words are n made-up words.
func words(seed, n int) string {
	x := uint32(seed)*2654435761 + 12345
	list := make([]string, n)
	for i := range list {
		x = x*1664525 + 1013904223
		list[i] = string([]byte{'a' + byte(x>>24)%26, 'a' + byte(x>>16)%26, 'a' + byte(x>>8)%26})
	}
	return strings.Join(list, " ")
}

func TestScoreLikesDenseTexts(t *testing.T) {
	p := []Phrase{{Words: []string{"bridge"}}}
	dense, thin := Score("The bridge, the bridge!", p), Score(bridge, p)
	if dense <= thin || thin <= 0 || Score("ferry", p) != 0 {
		t.Errorf("dense %f, thin %f", dense, thin)
	}
}

// Whatever the texts: spans are of the texts and in order, nothing panics, and the order
// of the two does not matter to Same.
func FuzzCompare(f *testing.F) {
	f.Add(bridge, "It is not safe.")
	f.Add("\xff\xfe", "é̂ ☃")
	f.Fuzz(func(t *testing.T, a, b string) {
		if Same(a, b) != Same(b, a) {
			t.Errorf("Same(%q, %q) depends on the order", a, b)
		}
		lastA, lastB := 0, 0
		for _, d := range Compare(a, b).Differences {
			if d.A[0] < lastA || d.A[1] < d.A[0] || d.A[1] > len(a) || d.B[0] < lastB || d.B[1] < d.B[0] || d.B[1] > len(b) {
				t.Fatalf("difference %+v is out of order or outside", d)
			}
			lastA, lastB = d.A[1], d.B[1]
		}
		if utf8.ValidString(a) && Fold(Fold(a)) != Fold(a) {
			t.Errorf("folding %q twice gives %q, then %q", a, Fold(a), Fold(Fold(a)))
		}
	})
}

func BenchmarkSame(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Same(bridge, "The old bridge over the Calder is not safe any more, and nobody will cross it")
	}
}

func TestPartsOfWordsInASCII(t *testing.T) {
	for r := range rune(utf8.RuneSelf) {
		if got, want := isPart(r), unicode.IsLetter(r) || unicode.IsDigit(r); got != want {
			t.Errorf("isPart(%q): got %v, want %v", r, got, want)
		}
	}
}

func TestScoreNeedsNoMemory(t *testing.T) {
	text := strings.Repeat("the bridge is safe, ", 12)
	phrases := []Phrase{{Words: []string{"the", "bridge"}}}
	if n := testing.AllocsPerRun(10, func() { Score(text, phrases) }); n > 0 {
		t.Errorf("got %v allocations, want none", n)
	}
}
