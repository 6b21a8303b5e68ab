package coref

import (
	"cmp"
	"strings"
	"testing"

	"quoth"
	"quoth/nlp"
)

// Test documents are written as marked text, one sentence a line, a blank line between
// blocks, tokens apart by blanks:
//
//	{S He }S {C said }C {Q " I agree " }Q .
//
// {S, {C and {Q open source, cue and content of an attribution, whose number may follow
// ({S2). <P opens a person's name, <O an organization's, <L a place's, <N a people's, >
// ends it. word~rel~head gives a token its relation and the first token of the sentence
// with that form as head; the others get a plain guess: the cue, or else the first verb,
// is the root, sources are its subjects, and words hang from the last noun of their name
// or phrase.

var relNames = []string{"dep", "root", "nsubj", "det", "compound", "appos", "conj", "cop", "acl:relcl", "advcl", "nmod:poss", "punct", "cc", "case", "obl", "flat", "aux:pass", "nmod", "obj"}

var testTags = map[string]nlp.UPOS{
	"the": nlp.DET, "a": nlp.DET, "an": nlp.DET, "and": nlp.CCONJ, "of": nlp.ADP, "in": nlp.ADP, "with": nlp.ADP, "to": nlp.ADP, "for": nlp.ADP, "by": nlp.ADP,
	"he": nlp.PRON, "she": nlp.PRON, "it": nlp.PRON, "they": nlp.PRON, "his": nlp.PRON, "her": nlp.PRON, "him": nlp.PRON, "i": nlp.PRON,
	"we": nlp.PRON, "who": nlp.PRON, "met": nlp.VERB, "sang": nlp.VERB, "is": nlp.AUX, "was": nlp.AUX, "'s": nlp.PART, "left": nlp.VERB,
	"adding": nlp.VERB, "won": nlp.VERB, "praised": nlp.VERB, "familiar": nlp.ADJ, "former": nlp.ADJ, "maybe": nlp.ADV, "laker": nlp.ADJ, "told": nlp.VERB,
}

var testLemmas = map[string]string{"told": "tell", "wrote": "write"}

// builder makes a Doc of marked text.
type builder struct {
	d      *nlp.Doc
	text   strings.Builder
	ats    map[string]*nlp.Attribution
	order  []string
	open   map[string]int // opened spans by their mark
	fixed  map[int][2]string
	cues   map[int]bool
	source map[int]bool
	depth  uint8
}

// mark returns the Doc of marked text.
func mark(t testing.TB, marked string) *nlp.Doc {
	t.Helper()
	b := &builder{d: &nlp.Doc{RelNames: relNames, XPOSNames: []string{"", "NN", "NNS"}}, ats: map[string]*nlp.Attribution{}, open: map[string]int{},
		fixed: map[int][2]string{}, cues: map[int]bool{}, source: map[int]bool{}}
	for block, lines := range strings.Split(strings.TrimSpace(marked), "\n\n") {
		start := b.text.Len()
		for _, line := range strings.Split(lines, "\n") {
			b.sentence(line, block)
		}
		b.d.Blocks = append(b.d.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: quoth.Span{Start: start, End: b.text.Len() - 1}})
	}
	b.d.Text = b.text.String()
	for i, s := range b.d.Sentences {
		for t := s.First; t < s.Past; t++ {
			b.d.Tokens[t].Fill(b.d.Word(t))
		}
		b.d.Tokens[s.First].Flags |= nlp.StartsSent
		b.tags(s.TokenRange)
		b.heads(s.TokenRange)
		if i == 0 || b.d.Sentences[i-1].Block != s.Block {
			b.d.Tokens[s.First].Flags |= nlp.StartsBlock
		}
	}
	for _, key := range b.order {
		b.d.Attributions = append(b.d.Attributions, *b.ats[key])
	}
	return b.d
}

var mentionKinds = map[string]nlp.MentionKind{"<P": nlp.Person, "<O": nlp.Organization, "<L": nlp.Location, "<N": nlp.NORP, "<D": nlp.Date}

func (b *builder) sentence(line string, block int) {
	d := b.d
	first := len(d.Tokens)
	for _, w := range strings.Fields(line) {
		n := len(d.Tokens)
		switch {
		case len(w) > 1 && (w[0] == '{' || (w[0] == '}' && w != "}")):
			b.role(w, n)
		case mentionKinds[w] != 0:
			b.open["<"] = n
			d.Mentions = append(d.Mentions, nlp.Mention{Kind: mentionKinds[w]})
		case w == ">":
			d.Mentions[len(d.Mentions)-1].TokenRange = nlp.TokenRange{First: b.open["<"], Past: n}
			for t := b.open["<"]; t < n; t++ {
				d.MentionOf[t] = int32(len(d.Mentions) - 1)
			}
		default:
			b.token(w)
		}
	}
	d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}, Block: block})
	b.text.WriteByte('\n')
}

// role opens or closes a part of an attribution.
func (b *builder) role(w string, n int) {
	key := "1/" + w[2:]
	kind := w[1]
	if w[0] == '{' {
		b.open[w[1:]] = n
		return
	}
	if w[2:] == "" {
		// Without a number: one attribution a sentence.
		key = "s" + string(rune('0'+len(b.d.Sentences)))
	}
	at := b.ats[key]
	if at == nil {
		at = &nlp.Attribution{Confidence: 1}
		b.ats[key] = at
		b.order = append(b.order, key)
	}
	r := nlp.TokenRange{First: b.open[w[1:]], Past: n}
	switch kind {
	case 'S':
		at.Source = append(at.Source, r)
	case 'C':
		at.Cue = append(at.Cue, r)
	default:
		at.Content = append(at.Content, r)
	}
	for t := r.First; t < r.Past; t++ {
		b.source[t] = b.source[t] || kind == 'S'
		b.cues[t] = b.cues[t] || kind == 'C'
	}
}

func (b *builder) token(w string) {
	d := b.d
	parts := strings.Split(w, "~")
	if len(parts) == 3 {
		b.fixed[len(d.Tokens)] = [2]string{parts[1], parts[2]}
	}
	space := parts[0] != "-" && (len(d.Tokens) == 0 || b.text.String()[b.text.Len()-1] != '-') // a lone hyphen joins its neighbours
	if space {
		b.text.WriteByte(' ')
	}
	tok := nlp.Token{Start: int32(b.text.Len()), End: int32(b.text.Len() + len(parts[0])), Space: space}
	if parts[0] == `"` {
		tok.Mark = nlp.OpenMark
		if b.depth > 0 {
			tok.Mark = nlp.CloseMark
		}
		tok.Depth = 1
		b.depth = 1 - b.depth
	} else {
		tok.Depth = b.depth
	}
	b.text.WriteString(parts[0])
	d.Tokens = append(d.Tokens, tok)
	d.MentionOf = append(d.MentionOf, -1)
}

func (b *builder) tags(s nlp.TokenRange) {
	d := b.d
	for t := s.First; t < s.Past; t++ {
		lower := strings.ToLower(d.Word(t))
		u, known := testTags[lower]
		x := uint8(0)
		switch {
		case known:
			lower = cmp.Or(testLemmas[lower], lower)
		case b.cues[t]:
			u = nlp.VERB
			lower = cmp.Or(testLemmas[lower], lower)
		case d.Tokens[t].Flags.Has(nlp.IsPunct):
			u = nlp.PUNCT
		case d.MentionOf[t] >= 0 || (t > s.First && d.Tokens[t].Flags.Has(nlp.IsCapital)):
			u = nlp.PROPN
		default:
			u, x = nlp.NOUN, 1
			if strings.HasSuffix(lower, "s") {
				x, lower = 2, strings.TrimSuffix(lower, "s")
			}
		}
		d.UPOS, d.XPOS, d.Lemmas = append(d.UPOS, u), append(d.XPOS, x), append(d.Lemmas, lower)
	}
}

func (b *builder) heads(s nlp.TokenRange) {
	d := b.d
	root := -1
	for t := s.First; t < s.Past; t++ {
		if d.UPOS[t] == nlp.VERB && (root < 0 || b.cues[t] && !b.cues[root]) {
			root = t
		}
	}
	if root < 0 {
		root = s.First
	}
	isNoun := func(t int) bool {
		return t < s.Past && (d.UPOS[t] == nlp.NOUN || d.UPOS[t] == nlp.PROPN || d.UPOS[t] == nlp.PRON)
	}
	hasSubject := false
	for t := s.First; t < s.Past; t++ {
		head, rel := root, "dep"
		next := t + 1
		for next < s.Past && d.UPOS[t] == nlp.DET && !isNoun(next) {
			next++
		}
		switch {
		case t == root:
			head, rel = -1, "root"
		case d.UPOS[t] == nlp.DET && isNoun(next):
			for isNoun(next+1) && d.MentionOf[next+1] == d.MentionOf[next] {
				next++
			}
			head, rel = next, "det"
		case (d.UPOS[t] == nlp.NOUN || d.UPOS[t] == nlp.PROPN) && isNoun(next) && d.UPOS[next] != nlp.PRON:
			last := next
			for isNoun(last + 1) {
				last++
			}
			head, rel = last, "compound"
		case isNoun(t) && (b.source[t] || !hasSubject && t < root) && (!hasSubject || b.source[t]):
			rel, hasSubject = "nsubj", true
		case isNoun(t):
			rel = "obl"
		}
		if f, ok := b.fixed[t]; ok {
			rel = f[0]
			for k := s.First; k < s.Past; k++ {
				if d.Word(k) == f[1] {
					head = k
					break
				}
			}
		}
		d.Heads = append(d.Heads, int32(head))
		d.Rels = append(d.Rels, relNamed(rel))
	}
}

func relNamed(rel string) uint8 {
	for i, n := range relNames {
		if n == rel {
			return uint8(i)
		}
	}
	panic("no relation " + rel)
}
