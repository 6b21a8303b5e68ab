package corpus

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"quoth"
	"quoth/nlp"
)

// TreeDoc is a document of a treebank with its text put together again: tokens joined
// by a blank but where the treebank says SpaceAfter=No, paragraphs by a blank line.
type TreeDoc struct {
	ID         string // of "# newdoc", "" when the file has none
	Created    string // date of the text, from "# meta::dateCreated", "" without
	Text       string
	Paragraphs []quoth.Span
	Sentences  []TreeSentence
}

// TreeSentence is a sentence with its tree.
type TreeSentence struct {
	ID        string
	Paragraph int // index into TreeDoc.Paragraphs
	Tokens    []TreeToken
}

// TreeToken is one word of a tree. Where several words are written as one ("don't"),
// each has its own part of the written form as its span.
type TreeToken struct {
	Span        quoth.Span // bytes of TreeDoc.Text
	Form, Lemma string
	UPOS        nlp.UPOS
	XPOS        string
	Feats       string
	Head        int    // index in the sentence from 0, -1 for the root
	Rel         string // universal relation, with subtype
	Misc        string
	Multi       bool // part of a multiword token, and not its first
}

// HasTrees reports whether a token of d has a head.
func (d TreeDoc) HasTrees() bool {
	for _, s := range d.Sentences {
		for _, t := range s.Tokens {
			if t.Head >= 0 {
				return true
			}
		}
	}
	return false
}

// ReadCoNLLU reads a treebank in CoNLL-U, plain or gzipped. A file without "# newdoc"
// is one document, one without "# newpar" has a paragraph per document. Empty nodes
// and enhanced relations are left out. Broken sentences are skipped and returned as
// [Problems]; other errors are *quoth.Error with code NotFound or Invalid.
func ReadCoNLLU(path string) ([]TreeDoc, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadCoNLLUFrom(f, path)
}

// ReadCoNLLUFrom is ReadCoNLLU for a stream called name.
func ReadCoNLLUFrom(r io.Reader, name string) ([]TreeDoc, error) {
	t := treeReader{name: name, interned: map[string]string{}}
	err := eachLineOf(r, name, func(n int, line []byte) {
		t.line(line, n)
	})
	if err != nil {
		return nil, err
	}
	t.endSentence()
	t.endDoc()
	if len(t.docs) == 0 {
		return nil, errEmpty(name, "sentence in CoNLL-U")
	}
	return t.docs, t.problems.orNil()
}

// treeReader is the state of one reading.
type treeReader struct {
	name     string
	docs     []TreeDoc
	problems Problems
	interned map[string]string

	doc      TreeDoc
	text     strings.Builder
	newPar   bool // the next sentence begins a paragraph
	noSpace  bool // the last word says SpaceAfter=No
	sentence TreeSentence
	rows     []treeRow
	broken   string // what is wrong with the sentence, "" when nothing
	firstRow int    // number of the line where the sentence begins
}

// treeRow is a line of a sentence: a word, or a range of words written as one.
type treeRow struct {
	token       TreeToken
	first, last int // ids; equal for a word
	noSpace     bool
}

// intern returns b as a string, the same one for the same bytes.
func (t *treeReader) intern(b []byte) string {
	if s, ok := t.interned[string(b)]; ok {
		return s
	}
	s := string(b)
	t.interned[s] = s
	return s
}

func (t *treeReader) line(line []byte, number int) {
	switch {
	case len(bytes.TrimSpace(line)) == 0:
		t.endSentence()
	case line[0] == '#':
		t.comment(strings.TrimSpace(string(line[1:])))
	default:
		if len(t.rows) == 0 {
			t.firstRow = number
		}
		t.row(line)
	}
}

func (t *treeReader) comment(s string) {
	key, value, _ := strings.Cut(s, "=")
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(key) {
	case "newdoc id", "newdoc":
		t.endSentence()
		t.endDoc()
		t.doc.ID = value
	case "newpar id", "newpar":
		t.newPar = true
	case "meta::dateCreated":
		t.doc.Created = value
	case "sent_id":
		t.sentence.ID = value
	}
}

func (t *treeReader) row(line []byte) {
	f := bytes.Split(line, []byte("\t"))
	if len(f) != 10 {
		t.broken = fmt.Sprintf("a line has %d columns, not 10", len(f))
		t.rows = append(t.rows, treeRow{})
		return
	}
	if bytes.IndexByte(f[0], '.') >= 0 {
		return // empty node of the enhanced graph
	}
	id, last, isRange := strings.Cut(string(f[0]), "-")
	r := treeRow{noSpace: hasMisc(f[9], "SpaceAfter=No")}
	var err, err2, err3 error
	r.first, err = strconv.Atoi(id)
	r.last = r.first
	if isRange {
		r.last, err2 = strconv.Atoi(last)
		r.token.Form = t.intern(f[1])
	} else {
		r.token = TreeToken{
			Form: t.intern(f[1]), Lemma: t.intern(f[2]), UPOS: nlp.UPOSNamed(string(f[3])), XPOS: t.intern(f[4]),
			Feats: t.intern(f[5]), Rel: t.intern(f[7]), Misc: t.intern(f[9]),
		}
		if r.token.Lemma == "_" && r.token.Form != "_" {
			r.token.Lemma = r.token.Form
		}
		r.token.Head, err3 = strconv.Atoi(string(f[6]))
		r.token.Head--
	}
	if err != nil || err2 != nil || err3 != nil || len(f[1]) == 0 {
		t.broken = "a number or form cannot be read"
	}
	t.rows = append(t.rows, r)
}

// hasMisc reports whether the column holds the item.
func hasMisc(misc []byte, item string) bool {
	for part := range bytes.SplitSeq(misc, []byte("|")) {
		if string(part) == item {
			return true
		}
	}
	return false
}

// endSentence lays the rows gathered so far into the text.
func (t *treeReader) endSentence() {
	if len(t.rows) == 0 {
		return
	}
	if t.broken == "" {
		t.broken = t.checkRows()
	}
	if t.broken != "" {
		t.problems = append(t.problems, Problem{File: t.name, Line: t.firstRow, ID: t.sentence.ID, What: t.broken})
	} else {
		t.layOut()
	}
	t.rows, t.sentence, t.broken = t.rows[:0], TreeSentence{}, ""
}

// checkRows returns what is wrong with the numbers of the rows.
func (t *treeReader) checkRows() string {
	words, covered := 0, 0
	for _, r := range t.rows {
		if r.first < r.last {
			if r.first != words+1 || r.first <= covered {
				return "a multiword token does not stand before its words"
			}
			covered = r.last
			continue
		}
		if words++; r.first != words {
			return "words are not numbered 1, 2, 3"
		}
	}
	if covered > words {
		return "a multiword token has too few words"
	}
	for _, r := range t.rows {
		if r.token.Head >= words || r.first == r.last && r.token.Head == r.first-1 {
			return "a head is no other word of the sentence"
		}
	}
	return ""
}

// layOut appends the sentence to the text of the document.
func (t *treeReader) layOut() {
	if t.newPar || len(t.doc.Paragraphs) == 0 {
		if t.text.Len() > 0 {
			t.text.WriteString("\n\n")
		}
		t.noSpace, t.newPar = true, false
		t.doc.Paragraphs = append(t.doc.Paragraphs, quoth.Span{Start: t.text.Len()})
	}
	par := len(t.doc.Paragraphs) - 1
	t.sentence.Paragraph = par
	for i := 0; i < len(t.rows); i++ {
		if !t.noSpace {
			t.text.WriteByte(' ')
		}
		r := t.rows[i]
		t.noSpace = r.noSpace
		start := t.text.Len()
		t.text.WriteString(r.token.Form)
		if r.first == r.last {
			r.token.Span = quoth.Span{Start: start, End: t.text.Len()}
			t.sentence.Tokens = append(t.sentence.Tokens, r.token)
			continue
		}
		n := r.last - r.first + 1
		t.sentence.Tokens = append(t.sentence.Tokens, parts(r.token.Form, start, t.rows[i+1:i+1+n])...)
		i += n
	}
	t.doc.Paragraphs[par].End = t.text.Len()
	t.doc.Sentences = append(t.doc.Sentences, t.sentence)
}

// parts gives the words of a multiword token their spans in its surface form, which
// begins at byte start of the text. Words written otherwise than in the surface are
// placed by their length; each gets at least one character as long as there are some.
func parts(surface string, start int, rows []treeRow) []TreeToken {
	tokens := make([]TreeToken, len(rows))
	at := 0
	for i, r := range rows {
		end, form := len(surface), r.token.Form
		if i+1 < len(rows) {
			end = at + matching(surface[at:], form, rows[i+1].token.Form)
		}
		tokens[i] = r.token
		tokens[i].Multi = i > 0
		tokens[i].Span = quoth.Span{Start: start + at, End: start + end}
		if at == end { // more words than characters: they share the last one
			tokens[i].Span = tokens[max(i-1, 0)].Span
		}
		at = end
	}
	return tokens
}

// matching returns how many bytes of s belong to a word form followed by the word next.
func matching(s, form, next string) int {
	n := min(len(form), len(s))
	switch {
	case len(form) < len(s) && strings.EqualFold(s[:len(form)], form):
	case len(form) >= len(s) && len(next) > 0 && strings.LastIndex(s, next) > 0:
		n = strings.LastIndex(s, next)
	case n == len(s):
		n = len(s) - 1
	}
	n = max(n, min(1, len(s)))
	for n < len(s) && s[n]&0xC0 == 0x80 {
		n++
	}
	return n
}

// endDoc closes the document, if it has a sentence.
func (t *treeReader) endDoc() {
	if len(t.doc.Sentences) > 0 {
		t.doc.Text = t.text.String()
		t.docs = append(t.docs, t.doc)
	}
	t.doc, t.newPar, t.noSpace = TreeDoc{}, false, true
	t.text.Reset()
}

// pennTags are the language-specific tags of the English treebanks. A gold Doc's
// XPOSNames begin with them.
var pennTags = []string{"_", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH",
	"IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP",
	"SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "``"}

// relations are the dependency relations of the English treebanks (UD 2.15). A gold
// Doc's RelNames begin with them.
var relations = []string{"dep", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
	"cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass", "det", "det:predet",
	"discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nmod:desc", "nmod:poss",
	"nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:unmarked", "orphan",
	"parataxis", "punct", "reparandum", "root", "vocative", "xcomp"}

// olderRelations are the names that treebanks before UD 2.15 use.
var olderRelations = map[string]string{
	"nmod:tmod": "nmod:unmarked", "nmod:npmod": "nmod:unmarked", "obl:tmod": "obl:unmarked", "obl:npmod": "obl:unmarked",
	"flat:name": "flat", "flat:foreign": "flat", "obj:agent": "obj", "ccomp:outer": "ccomp",
}

// labelSet numbers the labels of one Doc.
type labelSet struct {
	names []string
	index map[string]uint8
}

func newLabelSet(names []string) *labelSet {
	s := &labelSet{names: names[:len(names):len(names)], index: make(map[string]uint8, len(names))}
	for i, n := range names {
		s.index[n] = uint8(i)
	}
	return s
}

// of returns the number of name, which it adds while there is room; 0 after that.
func (s *labelSet) of(name string) uint8 {
	if i, ok := s.index[name]; ok {
		return i
	}
	if len(s.names) > 255 {
		return 0
	}
	i := uint8(len(s.names))
	s.names = append(s.names, name)
	s.index[name] = i
	return i
}

// ofRelation is of for relations: older names are brought up to date, and of a
// relation that is not in the list only the universal part counts.
func (s *labelSet) ofRelation(name string) uint8 {
	if i, ok := s.index[name]; ok {
		return i
	}
	if newer, ok := olderRelations[name]; ok {
		return s.of(newer)
	}
	name, _, _ = strings.Cut(name, ":")
	return s.of(name)
}

// Doc returns the document with gold Tokens, Sentences, Tags, Lemmas and Heads, a
// block of kind Paragraph for each paragraph. Quotation state (Mark, Depth) is not
// part of a treebank and stays empty.
func (d TreeDoc) Doc() *nlp.Doc {
	n := 0
	for _, s := range d.Sentences {
		n += len(s.Tokens)
	}
	doc := &nlp.Doc{
		Text: d.Text, Tokens: make([]nlp.Token, 0, n), Sentences: make([]nlp.Sentence, 0, len(d.Sentences)),
		UPOS: make([]nlp.UPOS, 0, n), XPOS: make([]uint8, 0, n), Lemmas: make([]string, 0, n),
		Heads: make([]int32, 0, n), Rels: make([]uint8, 0, n),
	}
	for _, p := range d.Paragraphs {
		doc.Blocks = append(doc.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: p})
	}
	tags, rels := newLabelSet(pennTags), newLabelSet(relations)
	for _, s := range d.Sentences {
		first := len(doc.Tokens)
		for i, t := range s.Tokens {
			token := nlp.NewToken(d.Text, t.Span.Start, t.Span.End)
			token.Space = t.Span.Start > 0 && first+i > 0 && int(doc.Tokens[first+i-1].End) < t.Span.Start
			token.Flags |= d.position(s, i, t.Span)
			head := int32(-1)
			if t.Head >= 0 {
				head = int32(first + t.Head)
			}
			doc.Tokens = append(doc.Tokens, token)
			doc.UPOS, doc.XPOS = append(doc.UPOS, t.UPOS), append(doc.XPOS, tags.of(t.XPOS))
			doc.Lemmas = append(doc.Lemmas, t.Lemma)
			doc.Heads, doc.Rels = append(doc.Heads, head), append(doc.Rels, rels.ofRelation(t.Rel))
		}
		doc.Sentences = append(doc.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(doc.Tokens)}, Block: s.Paragraph})
	}
	doc.XPOSNames, doc.RelNames = tags.names, rels.names
	return doc
}

// position returns the flags that the place of word i of s tells.
func (d TreeDoc) position(s TreeSentence, i int, span quoth.Span) (f nlp.Flags) {
	if i == 0 {
		f |= nlp.StartsSent
	}
	if span.Start == d.Paragraphs[s.Paragraph].Start {
		f |= nlp.StartsBlock
	}
	return f
}
