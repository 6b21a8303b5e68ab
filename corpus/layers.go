package corpus

import (
	"sort"
	"strings"

	"quoth"
	"quoth/nlp"
)

// Annotate sets d.Attributions to the gold attributions of a, laid onto the tokens of
// d, which is of the same text: a span becomes the tokens that share a byte with it.
// Spans without a token, in furniture or between words, are left out, and so is an
// attribution of which nothing is left. The confidence of each is 1.
func (d AttributionDoc) Annotate(doc *nlp.Doc) {
	doc.Attributions = []nlp.Attribution{}
	for _, at := range d.Gold() {
		a := nlp.Attribution{
			Source: tokensOf(doc, at.Source), Cue: tokensOf(doc, at.Cue), Content: tokensOf(doc, at.Content),
			Confidence: 1,
		}
		if len(a.Source)+len(a.Cue)+len(a.Content) > 0 {
			doc.Attributions = append(doc.Attributions, a)
		}
	}
	sort.SliceStable(doc.Attributions, func(i, j int) bool {
		return firstOf(doc.Attributions[i]) < firstOf(doc.Attributions[j])
	})
}

// firstOf is the first token of a's content, or of its other parts without one.
func firstOf(a nlp.Attribution) int {
	for _, pieces := range [][]nlp.TokenRange{a.Content, a.Cue, a.Source} {
		if len(pieces) > 0 {
			return pieces[0].First
		}
	}
	return 0
}

// tokensOf returns the token ranges that share a byte with the spans.
func tokensOf(d *nlp.Doc, spans []quoth.Span) []nlp.TokenRange {
	var out []nlp.TokenRange
	for _, s := range spans {
		if r := d.TokensIn(s); r.Len() > 0 {
			out = append(out, r)
		}
	}
	return out
}

// Doc returns the document with gold Tokens, Sentences and Mentions: the tokens joined
// by blanks, every sentence a paragraph, since the corpora do not tell paragraphs.
// Classes that Quoth does not have are left out. An apostrophe that the corpus parts
// from its clitic ("’ s") is joined to it, as the treebanks have it ("’s"); a mention
// that ends between the two ends after both. Quotation state stays empty.
func (d BIODoc) Doc() *nlp.Doc {
	doc := &nlp.Doc{Mentions: []nlp.Mention{}}
	var text strings.Builder
	for _, s := range d.Sentences {
		words, place := joinClitics(s.Tokens)
		first := len(doc.Tokens)
		for i, w := range words {
			if text.Len() > 0 {
				text.WriteByte(" \n"[flagOf(i == 0)])
			}
			start := text.Len()
			text.WriteString(w)
			t := nlp.Token{Start: int32(start), End: int32(text.Len()), Space: start > 0}
			if i == 0 {
				t.Flags = nlp.StartsSent | nlp.StartsBlock
			}
			t.Fill(w)
			doc.Tokens = append(doc.Tokens, t)
		}
		r := nlp.TokenRange{First: first, Past: len(doc.Tokens)}
		doc.Sentences = append(doc.Sentences, nlp.Sentence{TokenRange: r, Block: len(doc.Blocks)})
		doc.Blocks = append(doc.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: doc.Span(r)})
		for _, m := range s.Mentions {
			if kind := m.Kind(); kind != nlp.NoMention {
				r := nlp.TokenRange{First: first + place[m.First], Past: first + place[m.Past-1] + 1}
				doc.Mentions = append(doc.Mentions, nlp.Mention{TokenRange: r, Kind: kind})
			}
		}
	}
	doc.Text = text.String()
	indexMentions(doc)
	return doc
}

func flagOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// clitics are what the apostrophe before them belongs to.
var clitics = map[string]bool{"s": true, "re": true, "ve": true, "ll": true, "d": true, "m": true}

// joinClitics joins apostrophes to the clitics after them. place gives the new index
// of every old token.
func joinClitics(tokens []string) (words []string, place []int) {
	for i := 0; i < len(tokens); i++ {
		w := tokens[i]
		place = append(place, len(words))
		if (w == "’" || w == "'") && i+1 < len(tokens) && clitics[tokens[i+1]] {
			i++
			w += tokens[i]
			place = append(place, len(words))
		}
		words = append(words, w)
	}
	return words, place
}

// indexMentions fills d.MentionOf.
func indexMentions(d *nlp.Doc) {
	d.MentionOf = make([]int32, len(d.Tokens))
	for t := range d.MentionOf {
		d.MentionOf[t] = -1
	}
	for i, m := range d.Mentions {
		for t := m.First; t < m.Past; t++ {
			d.MentionOf[t] = int32(i)
		}
	}
}

// coreKinds are the classes of CoreNLP that Quoth takes over. Its dates, numbers and
// the rest follow other guidelines than our gold.
var coreKinds = map[string]nlp.MentionKind{"PERSON": nlp.Person, "ORGANIZATION": nlp.Organization, "LOCATION": nlp.Location}

// Mentions returns the persons, organizations and places of a silver layer, in order:
// neighbours of one class in a sentence are one mention.
func (d CoreDoc) Mentions() (spans []quoth.Span, kinds []nlp.MentionKind) {
	for _, sentence := range d.Sentences {
		last := nlp.NoMention
		for _, t := range sentence {
			kind := coreKinds[t.NER]
			switch {
			case kind == nlp.NoMention:
			case kind == last:
				spans[len(spans)-1].End = t.Span.End
			default:
				spans, kinds = append(spans, t.Span), append(kinds, kind)
			}
			last = kind
		}
	}
	return spans, kinds
}
