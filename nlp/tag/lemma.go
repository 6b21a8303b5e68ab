package tag

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// A lemma is made from its word by an edit script: take the word as written or in
// lower case, and put one ending in the place of another (Chrupała 2006, for suffixes
// only). Which script a word gets depends on its label, first by the whole word, then
// by the longest suffix for which training kept a rule. When what a rule makes is no
// word that is known, the label's other scripts are tried, the most frequent first:
// "ruled" is a form of "rule" since there is no "rul".

// maxSuffix is the longest suffix that rules look at, in bytes.
const maxSuffix = 6

// script is an edit script.
type script struct {
	asWritten bool   // starts from the word as written, otherwise from its lower case
	cut       string // the ending that is taken off, in lower case unless asWritten
	add       string // what takes its place
}

// lemmatizer holds the scripts and where they apply.
type lemmatizer struct {
	whole    linear.Table // key(label, word) → script+1
	suffixes linear.Table // key(label, suffix) → script+1: a rule's own suffixes are all there
	scripts  []script
	others   [][]other    // by label: what else its words change into, the most frequent first
	known    linear.Table // the words that are known, in lower case
}

// other is a script that a label's words have besides those that its rules give.
type other struct {
	Script uint32 `json:"script"` // index in scripts
	After  string `json:"after"`  // the letters that its ending came behind in training
}

// minLemma is how long a lemma is at least that another script than the rule's makes, in bytes.
const minLemma = 3

// longEnding is how long an ending is, in bytes, that tells a form by itself.
const longEnding = 3

// String writes s for the model file; [parseScript] reads it.
func (s script) String() string {
	base := "l"
	if s.asWritten {
		base = "w"
	}
	return base + s.cut + "+" + s.add
}

func parseScript(x string) (script, error) {
	change, add, ok := strings.Cut(x, "+")
	if !ok || change == "" || change[0] != 'l' && change[0] != 'w' {
		return script{}, fmt.Errorf("edit script %q is not of the form led+e", x)
	}
	return script{change[0] == 'w', change[1:], add}, nil
}

func (l *lemmatizer) setScripts(xs []string, others [][]other) error {
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
	for _, list := range others {
		for _, o := range list {
			if int(o.Script) >= len(l.scripts) {
				return fmt.Errorf("a label has lemma script %d of %d", o.Script, len(l.scripts))
			}
		}
	}
	l.others = others
	return nil
}

func wholeKey(label uint8, lower uint64) uint64 { return nlp.Mix(lower, uint64(label)) }

// suffixKey starts the rolling hash of suffixes under a label; addByte goes one byte
// to the left.
func suffixKey(label uint8) uint64 { return nlp.Mix(uint64(label), 77) }

func addByte(key uint64, c byte) uint64 { return nlp.Mix(key, uint64(c)) }

// find returns the script for a word with hash lower, whose lower-case form is w.
// isSure is set when it was learned for the whole word.
func (l *lemmatizer) find(label uint8, lower uint64, w string) (s script, isSure bool) {
	n := l.whole.Get(wholeKey(label, lower))
	isSure = n != 0
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
		return script{}, false
	}
	return l.scripts[n-1], isSure
}

// guess appends the lemma of w, a word under a label, to out: what the rule s makes of
// it when that is known, or else the first known that another script makes.
func (l *lemmatizer) guess(out []byte, label uint8, s script, w string) []byte {
	start := len(out)
	out, isChanged := apply(out, s, w)
	least := 1
	if l.isKnown(out[start:]) {
		if isChanged {
			return out
		}
		least = longEnding // "upheld" is known, and "uphold" all the same
	}
	made := len(out)
	for _, o := range l.others[label] {
		s := l.scripts[o.Script]
		stem := len(w) - len(s.cut)
		if stem < 1 || len(s.cut) < least || strings.IndexByte(o.After, lowerByte(w[stem-1])) < 0 {
			continue
		}
		other, isChanged := apply(out, s, w)
		if lemma := other[made:]; isChanged && len(lemma) >= minLemma && l.isKnown(lemma) {
			return append(out[:start], lemma...)
		}
	}
	return out
}

func (l *lemmatizer) isKnown(lemma []byte) bool {
	return l.known.Get(nlp.Hash(strings.ToLower(string(lemma)))) != 0
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
		s, isSure := l.find(label, d.Tokens[t].Lower, w)
		isSure = isSure || len(l.others[label]) == 0
		if isSure && s.cut+s.add == "" && (s.asWritten || d.Tokens[t].Form == d.Tokens[t].Lower) {
			d.Lemmas[t] = w
			continue
		}
		start := len(sc.arena)
		if isSure {
			sc.arena, _ = apply(sc.arena, s, w)
		} else {
			sc.arena = l.guess(sc.arena, label, s, w)
		}
		sc.at = append(sc.at, piece{int32(t), int32(start), int32(len(sc.arena))})
	}
	made := string(sc.arena)
	for _, p := range sc.at {
		d.Lemmas[p.t] = made[p.start:p.end]
	}
}

// apply appends the lemma that s makes of w to out. It is not changed but for the case
// where s takes nothing off, w lacks the ending, or nothing would be left of it.
func apply(out []byte, s script, w string) (lemma []byte, isChanged bool) {
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
	stem := len(out) - len(s.cut)
	if s.cut+s.add == "" || stem < start || stem == start && s.add == "" || string(out[stem:]) != s.cut {
		return out, false
	}
	return append(out[:stem], s.add...), true
}

func isASCII(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
