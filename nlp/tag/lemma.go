package tag

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// A lemma is made from its word by an edit script: take the word as written or in
// lower case, cut off some bytes at the end, put others there (Chrupała 2006, for
// suffixes only). Which script a word gets depends on its label, first by the whole
// word, then by the longest suffix for which training kept a rule.

// maxSuffix is the longest suffix that rules look at, in bytes.
const maxSuffix = 6

// script is an edit script.
type script struct {
	asWritten bool // starts from the word as written, otherwise from its lower case
	cut       int  // bytes taken off at the end
	add       string
}

// lemmatizer holds the scripts and where they apply.
type lemmatizer struct {
	whole    linear.Table // key(label, word) → script+1
	suffixes linear.Table // key(label, suffix) → script+1: a rule's own suffixes are all there
	scripts  []script
}

// String writes s for the model file; [parseScript] reads it.
func (s script) String() string {
	base := "l"
	if s.asWritten {
		base = "w"
	}
	return base + strconv.Itoa(s.cut) + "+" + s.add
}

func parseScript(x string) (script, error) {
	base, add, ok := strings.Cut(x, "+")
	if !ok || len(base) < 2 {
		return script{}, fmt.Errorf("edit script %q is not of the form l0+x", x)
	}
	cut, err := strconv.Atoi(base[1:])
	if err != nil || cut < 0 {
		return script{}, fmt.Errorf("edit script %q cuts no number of bytes", x)
	}
	return script{base[0] == 'w', cut, add}, nil
}

func (l *lemmatizer) setScripts(xs []string) error {
	for _, x := range xs {
		s, err := parseScript(x)
		if err != nil {
			return err
		}
		l.scripts = append(l.scripts, s)
	}
	if n := max(l.whole.Max(), l.suffixes.Max()); int(n) > len(l.scripts) {
		return fmt.Errorf("lemma tables name script %d of %d", n, len(l.scripts))
	}
	return nil
}

func wholeKey(label uint8, lower uint64) uint64 { return nlp.Mix(lower, uint64(label)) }

// suffixKey starts the rolling hash of suffixes under a label; addByte goes one byte
// to the left.
func suffixKey(label uint8) uint64 { return nlp.Mix(uint64(label), 77) }

func addByte(key uint64, c byte) uint64 { return nlp.Mix(key, uint64(c)) }

// find returns the script for a word with hash lower, whose lower-case form is w.
func (l *lemmatizer) find(label uint8, lower uint64, w string) script {
	n := l.whole.Get(wholeKey(label, lower))
	if n == 0 {
		key := suffixKey(label)
		n = l.suffixes.Get(key)
		for i := 1; i <= min(maxSuffix, len(w)); i++ {
			key = addByte(key, lowerByte(w[len(w)-i]))
			longer := l.suffixes.Get(key)
			if longer == 0 {
				break
			}
			n = longer
		}
	}
	if n == 0 {
		return script{}
	}
	return l.scripts[n-1]
}

// lowerByte is c in lower case when it is ASCII; suffix rules treat other letters as
// they are written.
func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// run fills d.Lemmas from the labels in sc.
func (l *lemmatizer) run(d *nlp.Doc, sc *scratch) {
	sc.arena, sc.at = sc.arena[:0], sc.at[:0]
	for t, label := range sc.labels {
		w := d.Word(t)
		s := l.find(label, d.Tokens[t].Lower, w)
		if s.cut == 0 && s.add == "" && (s.asWritten || d.Tokens[t].Form == d.Tokens[t].Lower) {
			d.Lemmas[t] = w
			continue
		}
		start := len(sc.arena)
		sc.arena = apply(sc.arena, s, w)
		sc.at = append(sc.at, piece{int32(t), int32(start), int32(len(sc.arena))})
	}
	made := string(sc.arena)
	for _, p := range sc.at {
		d.Lemmas[p.t] = made[p.start:p.end]
	}
}

// apply appends the lemma that s makes of w to out. A script that would cut through a
// rune or leave nothing changes nothing but the case.
func apply(out []byte, s script, w string) []byte {
	start := len(out)
	switch {
	case s.asWritten:
		out = append(out, w...)
	case isASCII(w):
		for i := range len(w) {
			out = append(out, lowerByte(w[i]))
		}
	default:
		out = append(out, strings.ToLower(w)...)
	}
	cut := len(out) - s.cut
	if cut < start || cut == start && s.add == "" || cut < len(out) && !utf8.RuneStart(out[cut]) {
		return out
	}
	return append(out[:cut], s.add...)
}

func isASCII(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
