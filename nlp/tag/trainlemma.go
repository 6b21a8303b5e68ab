package tag

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"quoth/nlp"
	"quoth/nlp/linear"
)

// seen is a word under a label, as training saw it.
type seen struct {
	label uint8
	lower string
}

// tally counts edit scripts.
type tally map[script]int

// best returns the most frequent script, ties broken by their written form.
func (t tally) best() script {
	return slices.MaxFunc(slices.Collect(maps.Keys(t)), func(a, b script) int {
		return cmp.Or(cmp.Compare(t[a], t[b]), strings.Compare(b.String(), a.String()))
	})
}

// learnLemmas learns a lemmatizer from the words of docs, with known as its known
// words, and returns its tables: rules for suffixes, counted over different words, and
// the words that come out wrong by them.
func learnLemmas(docs []*nlp.Doc, labels []string, known linear.Table) (l *lemmatizer, whole, suffixes map[uint64]uint32) {
	words := countScripts(docs, labels)
	l = &lemmatizer{known: known}
	index := map[script]uint32{}
	number := func(s script) uint32 {
		if index[s] == 0 {
			l.scripts = append(l.scripts, s)
			index[s] = uint32(len(l.scripts))
		}
		return index[s]
	}
	suffixes = suffixRules(words, number)
	l.others = otherScripts(words, len(labels), number)
	whole = map[uint64]uint32{}
	if b, err := linear.FreezeTable(suffixes); err == nil {
		l.suffixes, _ = linear.OpenTable(b)
	}
	for _, w := range sortedWords(words) {
		want := words[w].best()
		lower := nlp.Hash(w.lower)
		s, _ := l.find(w.label, lower, w.lower)
		if s != want || !l.guesses(w.label, s, w.lower, want) {
			whole[wholeKey(w.label, lower)] = number(want)
		}
	}
	return l, whole, suffixes
}

// guesses reports whether l makes of w, a word under a label, what the script want makes when
// s is the rule.
func (l *lemmatizer) guesses(label uint8, s script, w string, want script) bool {
	if len(l.others[label]) == 0 {
		return true
	}
	lemma, _ := apply(nil, want, w)
	return string(l.guess(nil, label, s, w)) == string(lemma)
}

// otherScripts lists, for labels most of whose words change their ending, the scripts
// that two words or more have, the most frequent first, and those of one word that put
// one long ending for another: held, hold.
func otherScripts(words map[seen]tally, labels int, number func(script) uint32) [][]other {
	counts, after := make([]tally, labels), make([]map[script][]byte, labels)
	for w, t := range words {
		if counts[w.label] == nil {
			counts[w.label], after[w.label] = tally{}, map[script][]byte{}
		}
		s := t.best()
		counts[w.label][s]++
		if stem := len(w.lower) - len(s.cut); stem > 0 && w.lower[stem-1] < utf8.RuneSelf {
			after[w.label][s] = append(after[w.label][s], w.lower[stem-1])
		}
	}
	others := make([][]other, labels)
	for i, t := range counts {
		changed, all := 0, 0
		var list []script
		for s, n := range t {
			all += n
			if s.cut+s.add == "" {
				continue
			}
			changed += n
			if n >= 2 || len(s.cut) >= longEnding && s.add != "" {
				list = append(list, s)
			}
		}
		if 2*changed <= all {
			continue
		}
		slices.SortFunc(list, func(a, b script) int {
			return cmp.Or(cmp.Compare(t[b], t[a]), strings.Compare(a.String(), b.String()))
		})
		for _, s := range list {
			letters := slices.Compact(slices.Sorted(slices.Values(after[i][s])))
			others[i] = append(others[i], other{number(s) - 1, string(letters)})
		}
	}
	return others
}

func sortedWords(words map[seen]tally) []seen {
	return slices.SortedFunc(maps.Keys(words), func(a, b seen) int {
		return cmp.Or(cmp.Compare(a.label, b.label), strings.Compare(a.lower, b.lower))
	})
}

// countScripts counts, per label and lower-case word, the scripts that make its gold
// lemmas.
func countScripts(docs []*nlp.Doc, labels []string) map[seen]tally {
	index := map[string]int{}
	for i, l := range labels {
		index[l] = i
	}
	words := map[seen]tally{}
	for _, d := range docs {
		for t, lemma := range d.Lemmas {
			label, ok := index[jointLabel(d, t)]
			if !ok || lemma == "" || lemma == "_" && d.Word(t) != "_" {
				continue
			}
			w := seen{uint8(label), strings.ToLower(d.Word(t))}
			if words[w] == nil {
				words[w] = tally{}
			}
			words[w][scriptFor(d.Word(t), lemma)]++
		}
	}
	return words
}

// scriptFor returns the edit script that makes lemma of w.
func scriptFor(w, lemma string) script {
	s := script{asWritten: lemma != strings.ToLower(lemma)}
	base := w
	if !s.asWritten {
		base = strings.ToLower(w)
	}
	same := 0
	for same < len(base) && same < len(lemma) && base[same] == lemma[same] {
		same++
	}
	for same > 0 && (same < len(base) && !utf8.RuneStart(base[same]) || same < len(lemma) && !utf8.RuneStart(lemma[same])) {
		same--
	}
	s.cut, s.add = base[same:], lemma[same:]
	return s
}

// suffixRules learns a decision list per label: the script of the empty suffix is the
// label's most frequent one, and a longer suffix is kept when two words or more speak
// for another script than its next shorter suffix gives.
func suffixRules(words map[seen]tally, number func(script) uint32) map[uint64]uint32 {
	counts := map[seen]tally{}
	for w, t := range words {
		s := t.best()
		for n := range min(maxSuffix, len(w.lower)) + 1 {
			k := seen{w.label, w.lower[len(w.lower)-n:]}
			if counts[k] == nil {
				counts[k] = tally{}
			}
			counts[k][s]++
		}
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b seen) int {
		return cmp.Or(cmp.Compare(len(a.lower), len(b.lower)), cmp.Compare(a.label, b.label), strings.Compare(a.lower, b.lower))
	})
	chosen, kept := map[seen]script{}, map[seen]bool{}
	for _, k := range keys {
		s := counts[k].best()
		if k.lower == "" {
			chosen[k], kept[k] = s, true
			continue
		}
		shorter := seen{k.label, k.lower[1:]}
		chosen[k] = chosen[shorter]
		if s != chosen[k] && counts[k][s] >= 2 && counts[k][s] > 2*counts[k][chosen[k]] {
			chosen[k] = s
			for p := k; !kept[p]; p = (seen{p.label, p.lower[1:]}) {
				kept[p] = true
			}
		}
	}
	out := map[uint64]uint32{}
	for _, k := range keys {
		if kept[k] {
			key := suffixKey(k.label)
			for i := range len(k.lower) {
				key = addByte(key, k.lower[len(k.lower)-1-i])
			}
			out[key] = number(chosen[k])
		}
	}
	return out
}
