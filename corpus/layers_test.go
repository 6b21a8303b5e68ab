package corpus

import (
	"reflect"
	"strings"
	"testing"

	"quoth"
	"quoth/nlp"
)

// blanks cuts text at blanks into one sentence; a word in the middle of another, as
// "bridge|," cut at the bar, begins without a blank.
func blanks(text string) *nlp.Doc {
	d := &nlp.Doc{Text: strings.ReplaceAll(text, "|", "")}
	at := 0
	for word := range strings.FieldsSeq(strings.ReplaceAll(text, "|", " ")) {
		start := at + strings.Index(d.Text[at:], word)
		at = start + len(word)
		d.Tokens = append(d.Tokens, nlp.NewToken(d.Text, start, at))
	}
	d.Sentences = []nlp.Sentence{{TokenRange: nlp.TokenRange{First: 0, Past: len(d.Tokens)}}}
	return d
}

func spanOf(t *testing.T, text, part string) quoth.Span {
	t.Helper()
	i := strings.Index(text, part)
	if i < 0 {
		t.Fatalf("no %q in %q", part, text)
	}
	return quoth.Span{Start: i, End: i + len(part)}
}

func TestAnnotate(t *testing.T) {
	d := blanks("“It is safe|,|” said Hale|. “Go home|,|” she added|.")
	at := func(source, cue string, content ...string) quoth.Attribution {
		a := quoth.Attribution{Source: []quoth.Span{spanOf(t, d.Text, source)}, Cue: []quoth.Span{spanOf(t, d.Text, cue)}}
		for _, c := range content {
			a.Content = append(a.Content, spanOf(t, d.Text, c))
		}
		return a
	}
	blank := quoth.Attribution{Content: []quoth.Span{spanOf(t, d.Text, " ")}}
	a := AttributionDoc{Text: d.Text, Annotations: []Annotation{
		{Attributions: []quoth.Attribution{
			at("she", "added", "ome,”", "“Go"), // a span that cuts a word takes the word
			blank,                              // no token
			at("Hale", "said", "“It is safe,”"),
		}},
		{Attributions: []quoth.Attribution{blank}}, // another annotator
	}}
	a.Annotate(d)
	words := func(pieces []nlp.TokenRange) (out []string) {
		for _, r := range pieces {
			out = append(out, d.Span(r).In(d.Text))
		}
		return out
	}
	var got [][][]string
	for _, at := range d.Attributions {
		got = append(got, [][]string{words(at.Source), words(at.Cue), words(at.Content)})
	}
	want := [][][]string{
		{{"Hale"}, {"said"}, {"“It is safe,”"}},
		{{"she"}, {"added"}, {"home,”", "“Go"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAnnotateWithoutGold(t *testing.T) {
	d := blanks("Nothing .")
	AttributionDoc{Text: d.Text}.Annotate(d)
	if d.Attributions == nil || len(d.Attributions) != 0 {
		t.Errorf("got %v, want an empty layer", d.Attributions)
	}
}

func TestBIODocToDoc(t *testing.T) {
	docs, err := readBIO(strings.NewReader("Zoë\tB-Person\nHale\tI-Person\n’\tI-Person\ns\tO\nferry\tO\n\nEllory\tB-Location\nrules\tO\nC\tB-Unheard\n"), "x")
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0].Doc()
	if want := "Zoë Hale ’s ferry\nEllory rules C"; d.Text != want {
		t.Fatalf("got text %q, want %q", d.Text, want)
	}
	var mentions []string
	for _, m := range d.Mentions {
		mentions = append(mentions, m.Kind.String()+" "+d.Span(m.TokenRange).In(d.Text))
	}
	if want := []string{"Person Zoë Hale ’s", "Location Ellory"}; !reflect.DeepEqual(mentions, want) {
		t.Errorf("got %q, want %q", mentions, want)
	}
	if want := []int32{0, 0, 0, -1, 1, -1, -1}; !reflect.DeepEqual(d.MentionOf, want) {
		t.Errorf("got %v, want %v", d.MentionOf, want)
	}
	if len(d.Sentences) != 2 || len(d.Blocks) != 2 || d.Sentences[1].Block != 1 || d.Blocks[1].Span.In(d.Text) != "Ellory rules C" {
		t.Errorf("got sentences %v, blocks %v", d.Sentences, d.Blocks)
	}
	if !d.Tokens[4].Flags.Has(nlp.StartsBlock | nlp.StartsSent | nlp.IsCapital) {
		t.Errorf("got flags %b", d.Tokens[4].Flags)
	}
	if got := nlp.NewToken(d.Text, 0, 4); d.Tokens[0].Form != got.Form {
		t.Errorf("token 0 is not %q", d.Word(0))
	}
}

func TestCoreMentions(t *testing.T) {
	d := CoreDoc{Sentences: [][]CoreToken{
		{{NER: "PERSON", Span: quoth.Span{Start: 0, End: 3}}, {NER: "PERSON", Span: quoth.Span{Start: 4, End: 8}}, {NER: "LOCATION", Span: quoth.Span{Start: 9, End: 12}}},
		{{NER: "LOCATION", Span: quoth.Span{Start: 13, End: 15}}, {NER: "DATE", Span: quoth.Span{Start: 16, End: 18}}},
	}}
	spans, kinds := d.Mentions()
	if want := []quoth.Span{{Start: 0, End: 8}, {Start: 9, End: 12}, {Start: 13, End: 15}}; !reflect.DeepEqual(spans, want) {
		t.Errorf("got %v, want %v", spans, want)
	}
	if want := []nlp.MentionKind{nlp.Person, nlp.Location, nlp.Location}; !reflect.DeepEqual(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
}
