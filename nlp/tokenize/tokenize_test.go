package tokenize_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/tokenize"
)

// run tokenizes text; each line that is not blank is a paragraph.
func run(text string) *nlp.Doc {
	d := &nlp.Doc{Text: text}
	at := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			d.Blocks = append(d.Blocks, quoth.Block{Kind: quoth.Paragraph, Span: quoth.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))}})
		}
		at += len(line)
	}
	tokenize.Stage{}.Run(d)
	return d
}

func words(d *nlp.Doc) string {
	var out []string
	for t := range d.Tokens {
		out = append(out, d.Word(t))
	}
	return strings.Join(out, " ")
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "Zoë Hale opened it.", "Zoë Hale opened it ."},
		{"negation", "They don't, can't and won’t; AIN'T.", "They do n't , ca n't and wo n’t ; AI N'T ."},
		{"clitics", "It's Hale's; we're, I'd've, they’ll", "It 's Hale 's ; we 're , I 'd 've , they ’ll"},
		{"joined", "I cannot; gonna, wanna, dunno, gimme", "I can not ; gon na , wan na , du n no , gim me"},
		{"apostrophe left out", "We dont and didnt, thats Im sure", "We do nt and did nt , that s I m sure"},
		{"possessive plural", "the Joneses' barn", "the Joneses ' barn"},
		{"possessive after a mark", `the U.S.'s and "Ode"'s`, `the U.S. 's and " Ode " 's`},
		{"names with apostrophe", "O'Hara of Qa'im at 5 o'clock", "O'Hara of Qa'im at 5 o'clock"},
		{"elisions", "Get 'em in the '90s and ’60s, rock 'n' roll, 'til dawn", "Get 'em in the '90s and ’60s , rock 'n' roll , 'til dawn"},
		{"decade", "the 1960's and Hale 2's", "the 1960's and Hale 2 's"},
		{"hyphens", "long-term state-of-the-art U.S.-led", "long - term state - of - the - art U.S. - led"},
		{"hyphen after prefix", "co-author, non-profit, e-mail, mid-1980s, Anti-Hale", "co-author , non-profit , e-mail , mid-1980s , Anti-Hale"},
		{"two hyphens after prefix", "non-profit-run", "non-profit - run"},
		{"ticker", "Lake Ferries Inc (LKF.O) fell (a.b) and (It.Is)", "Lake Ferries Inc ( LKF.O ) fell ( a.b ) and ( It . Is )"},
		{"dashes", "one -- two—three – four---", "one -- two — three – four ---"},
		{"ranges", "5-10 or 2003-2007", "5 - 10 or 2003 - 2007"},
		{"telephone", "call 555-0142 or 212-555-0142", "call 555-0142 or 212-555-0142"},
		{"dates", "9/11, 3/8/2016, and/or", "9/11 , 3/8/2016 , and / or"},
		{"money", "$5, US$5.50, £1,000.50 and $57million", "$ 5 , US$ 5.50 , £ 1,000.50 and $ 57 million"},
		{"percent", "10% of 3.5%", "10 % of 3.5 %"},
		{"units", "at 7am, 35mm, the 5th, 3D, 65k", "at 7 am , 35 mm , the 5th , 3D , 65 k"},
		{"times", "5:30 p.m. and 10:15:07", "5:30 p.m. and 10:15:07"},
		{"decimals", ".45 and -3.14 and 1.2.3", ".45 and - 3.14 and 1.2.3"},
		{"no-break space", "10\u00a0km\u2009away", "10 km away"},
		{"abbreviations", "Mr. Hale, Sen. Dunn (D-Calif.), Inc. and Ph.D. work", "Mr. Hale , Sen. Dunn ( D - Calif. ) , Inc. and Ph.D. work"},
		{"initials", "J. K. Hale and A.E. Dunn", "J. K. Hale and A.E. Dunn"},
		{"I as an initial", "Tobin I. Hale left in World War I. Norland won. So did you and I. Hale lost.", "Tobin I. Hale left in World War I . Norland won . So did you and I . Hale lost ."},
		{"letter at the end", "They chose plan B.", "They chose plan B ."},
		{"number", "No. 5 and fig. 3, but no.", "No. 5 and fig. 3 , but no ."},
		{"etc. with ellipsis", "and so on etc...", "and so on etc ..."},
		{"ellipsis", "Well... no… yes....", "Well ... no … yes ...."},
		{"stops", "What?! No!!! Oh..?", "What ?! No !!! Oh ..?"},
		{"missing space", "It ended.The mayor left,he said", "It ended . The mayor left , he said"},
		{"address", "See https://example.org/a_b?c=1, (www.example.com/x). Hale.com.", "See https://example.org/a_b?c=1 , ( www.example.com/x ) . Hale.com ."},
		{"address with brackets", "http://example.org/Hale_(mayor) here", "http://example.org/Hale_(mayor) here"},
		{"address with path", "example.org/news/1.", "example.org/news/1 ."},
		{"mail", "Write to zoe.hale@example.org.", "Write to zoe.hale@example.org ."},
		{"handles", "@zoe_hale: #Harbour2016 is #1", "@zoe_hale : #Harbour2016 is # 1"},
		{"ampersand", "AT&T, R&B, Hale & Dunn, Hale&Dunn", "AT&T , R&B , Hale & Dunn , Hale & Dunn"},
		{"masked", "that f***ing b*ll", "that f***ing b*ll"},
		{"double marks", `"a" “b” „c“ «d» ''e'' ` + "``f''", "\" a \" “ b ” „ c “ « d » '' e '' `` f ''"},
		{"single marks", "'a' ‘b’ ‹c›", "' a ' ‘ b ’ ‹ c ›"},
		{"brackets", "(a) [b] {c}", "( a ) [ b ] { c }"},
		{"emoticon", "fine :) and :-(", "fine :) and :-("},
		{"emoji", "yes 👍🏽 👩‍🚀!", "yes 👍🏽 👩‍🚀 !"},
		{"combining mark", "Zoe\u0308's", "Zoe\u0308 's"},
		{"other scripts", "Пётр и 東京", "Пётр и 東京"},
		{"direction", "\u202a”Hi\u202c", "” Hi"},
		{"not UTF-8", "a\xff\xfeb \xc3", "a \xff\xfe b \xc3"},
		{"control characters", "a\x00b\tc", "a b c"},
	} {
		if got := words(run(c.text)); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ name, text string }{ // | where a sentence ends
		{"plain", "Hale left. |Dunn stayed! |Why? |Nobody knew."},
		{"titles", "Mr. Hale met Gov. Dunn and Sen. J. K. Orr in St. Agnes. |They ate."},
		{"case at law", "He named Hale v. Dunn in the case of Orr vs. Marsh. |They met."},
		{"company", "Hale works for Dunn Inc. in Elm. |He left Orr Corp. |The firm shrank."},
		{"acronym inside", "The U.S. Senate met U.S. officials in Washington, D.C. yesterday."},
		{"acronym at the end", "He lives in the U.S. |The house is big."},
		{"time", "It begins at 8 p.m. Monday. |It ends at 10 p.m. |They will go."},
		{"month", "On Feb. 3 and in Sept. |It rained."},
		{"closing mark", "“We won.” |Hale smiled. |“Good.” |(So did Orr.) |He slept."},
		{"question before said", "“Really?” she asked. |\"No!\" he said. |'Why?' Hale asked."},
		{"name before said", "“No!” Zoë Hale said. |“No!” |Zoë Hale walked out."},
		{"pronoun after question", "“Who is it?” |He opened the door."},
		{"inside a quotation", "“It is late. |We should go,” Hale said."},
		{"quotation follows", "Hale shrugged. |“It is late.”"},
		{"ellipsis", "He was ... well, tired. |And then... |The end."},
		{"number after", "It grew. |24 people came."},
		{"small letter", "it rained all day long. |then it stopped"},
		{"reference", "Hale won the prize.[12] |She was glad. [3] |Orr was not."},
		{"two blocks", "A headline without a stop\n|Hale left"},
		{"missing space", "It ended.|The mayor left."},
		{"unknown short word", "He met the Abc. of Elm."},
		{"name with a mark", "He works at Yahoo! now."},
	} {
		text := strings.ReplaceAll(c.text, "|", "")
		d := run(text)
		var b strings.Builder
		last := 0
		for i, s := range d.Sentences {
			start := d.Span(s.TokenRange).Start
			if i > 0 {
				b.WriteString(text[last:start] + "|")
				last = start
			}
			if !d.Tokens[s.First].Flags.Has(nlp.StartsSent) {
				t.Errorf("%s: sentence %d does not start with StartsSent", c.name, i)
			}
		}
		if got := b.String() + text[last:]; got != c.text {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.text)
		}
	}
}

// marked shows depths: < and > around what opens and closes, the deepest depth of
// plain words after a dot.
func marked(d *nlp.Doc) string {
	var b strings.Builder
	for t, tok := range d.Tokens {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		switch tok.Mark {
		case nlp.OpenMark:
			b.WriteByte('<')
		case nlp.CloseMark:
			b.WriteByte('>')
		default:
			b.WriteString(d.Word(t))
			b.WriteString([]string{"", "1", "2", "3"}[min(tok.Depth, 3)])
		}
	}
	return b.String()
}

func TestQuotes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"straight", `"Yes," he said. "No."`, "< Yes1 ,1 > he said . < No1 .1 >"},
		{"curly", "“Yes,” he said. “No.”", "< Yes1 ,1 > he said . < No1 .1 >"},
		{"back-ticks", "``Yes,'' he said.", "< Yes1 ,1 > he said ."},
		{"German", "„Ja“, he said.", "< Ja1 > , he said ."},
		{"guillemets", "«Oui», »Ja«", "< Oui1 > , < Ja1 >"},
		{"single", "'Yes,' he said, ‘no’.", "< Yes1 ,1 > he said , < no1 > ."},
		{"nested", "“He said ‘no’ twice.”", "< He1 said1 < no2 > twice1 .1 >"},
		{"nested straight", `"He said 'no' twice."`, "< He1 said1 < no2 > twice1 .1 >"},
		{"nested curly doubles", "“a “b” c”", "< a1 < b2 > c1 >"},
		{"apostrophes", "the '90s, Hale's and the Joneses' barn, 'em", "the '90s , Hale 's and the Joneses ' barn , 'em"},
		{"possessive in single", "'the Joneses' barn,' he said", "< the1 Joneses1 '1 barn1 ,1 > he said"},
		{"single never closed", "the ' is a mark and so on", "the ' is a mark and so on"},
		{"left open", "\"Yes, he said.\nThen \"no\" and more.", "< Yes1 ,1 he1 said1 .1 Then < no1 > and more ."},
		{"continued", "“One.\n“Two,” he said.", "< One1 .1 < Two1 ,1 > he said ."},
		{"forgotten in between", "“One, he said. “Two,” she said.", "< One1 ,1 he1 said1 .1 < Two1 ,1 > she said ."},
		{"stray closing", "One,” he said. “Two.”", "One , ” he said . < Two1 .1 >"},
		{"stray straight", `Dunn." He left. "Yes."`, `Dunn . " He left . < Yes1 .1 >`},
		{"inches", `“He is 6'2",” she said.`, `< He1 is1 6'21 "1 ,1 > she said .`},
		{"wrong curl", "”Yes,” he said.", "< Yes1 ,1 > he said ."},
		{"wrong curl and a space lost", "“Yes,” he said.”That is, no.”", "< Yes1 ,1 > he said . < That1 is1 ,1 no1 .1 >"},
		{"stray closing and a space lost", "He said.”That is, “no.”", "He said . ” That is , < no1 .1 >"},
		{"in brackets", `He ("Zed") left`, "He ( < Zed1 > ) left"},
		{"after a dash", `He said—"no"—and left`, "He said — < no1 > — and left"},
		{"spaced out", `He said " no " and left`, "He said < no1 > and left"},
		{"lost breaks", `He left."Yes," he said."No. Yes."The end."Maybe."`, `He left . < Yes1 ,1 > he said . < No1 .1 Yes1 .1 > The end . < Maybe1 .1 >`},
		{"lost breaks, curly", "He left.“Yes,” he said.“No.”The end.", "He left . < Yes1 ,1 > he said . < No1 .1 > The end ."},
		{"both end", "“He said ‘no.’”", "< He1 said1 < no2 .2 > >"},
	} {
		if got := marked(run(c.text)); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestBlocks(t *testing.T) {
	text := "Ad words here\nHale said no. Yes"
	d := &nlp.Doc{Text: text, Blocks: []quoth.Block{
		{Kind: quoth.Navigation, Span: quoth.Span{Start: 0, End: 8}},
		{Kind: quoth.Paragraph, Span: quoth.Span{Start: 14, End: 27}},
	}}
	tokenize.Stage{}.Run(d)
	if got, want := words(d), "Ad words Hale said no ."; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	for i, want := range []bool{true, true, false, false, false, false} {
		if d.Tokens[i].Flags.Has(nlp.InBackground) != want {
			t.Errorf("token %d: InBackground is not %v", i, want)
		}
	}
	if !d.Tokens[2].Flags.Has(nlp.StartsBlock|nlp.StartsSent) || len(d.Sentences) != 2 || d.Sentences[1].Block != 1 {
		t.Errorf("got sentences %v", d.Sentences)
	}
	empty := &nlp.Doc{}
	tokenize.Stage{}.Run(empty)
	if empty.Tokens == nil || empty.Sentences == nil {
		t.Error("an empty document has layers that are empty, not nil")
	}
}

// Furniture inside a paragraph has no tokens, and the paragraph is one.
func TestInsertsInParagraphs(t *testing.T) {
	text := "Zoë Hale Box MORE’s aide said, “yes Box MORE and no.”\nBox\nEnd."
	at := func(kind quoth.BlockKind, part string, from int) quoth.Block {
		i := from + strings.Index(text[from:], part)
		return quoth.Block{Kind: kind, Span: quoth.Span{Start: i, End: i + len(part)}}
	}
	second := strings.Index(text, "yes ")
	d := &nlp.Doc{Text: text, Blocks: []quoth.Block{
		at(quoth.Paragraph, "Zoë Hale", 0), at(quoth.Related, "Box MORE", 0), at(quoth.Paragraph, "’s aide said, “yes", 0),
		at(quoth.Related, "Box MORE", second), at(quoth.Paragraph, "and no.”", second), at(quoth.Related, "Box", strings.Index(text, "\n")), at(quoth.Paragraph, "End.", 0),
	}}
	tokenize.Stage{}.Run(d)
	if got, want := words(d), "Zoë Hale ’s aide said , “ yes and no . ” Box End ."; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if len(d.Sentences) != 3 || d.Sentences[1].Block != 5 || d.Sentences[2].Block != 6 {
		t.Errorf("got sentences %v", d.Sentences)
	}
	if d.Tokens[2].Space || !d.Tokens[8].Space || d.Tokens[8].Depth != 1 {
		t.Error("’s does not touch the name, or the quotation ends with its first part")
	}
	if got, want := d.Phrase(nlp.TokenRange{First: 0, Past: 4}), "Zoë Hale ’s aide"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	var got []string
	for _, s := range d.AppendSpans(nil, nlp.TokenRange{First: 6, Past: 12}) {
		got = append(got, s.In(text))
	}
	if want := []string{"“yes", "and no.”"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMarkQuotes(t *testing.T) {
	d := run("“Yes,” he said.\n“No.")
	want := marked(d)
	for i := range d.Tokens {
		d.Tokens[i].Mark, d.Tokens[i].Depth = 0, 0
	}
	tokenize.MarkQuotes(d)
	if got := marked(d); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// check fails unless the tokens and sentences of d are as documented.
func check(t *testing.T, d *nlp.Doc) {
	t.Helper()
	at, valid := 0, utf8.ValidString(d.Text)
	lost := func(gap string) {
		for i, r := range gap {
			if !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) || r == utf8.RuneError && gap[i] < utf8.RuneSelf {
				t.Fatalf("%q between tokens of %q is lost", gap, d.Text)
			}
		}
	}
	for i, tok := range d.Tokens {
		if int(tok.Start) < at || tok.End <= tok.Start || int(tok.End) > len(d.Text) {
			t.Fatalf("token %d of %q has span %d to %d after %d", i, d.Text, tok.Start, tok.End, at)
		}
		lost(d.Text[at:tok.Start])
		at = int(tok.End)
		if valid && !utf8.ValidString(d.Word(i)) {
			t.Fatalf("token %d of %q cuts a character", i, d.Text)
		}
		if tok.Lower == 0 || tok.Form != nlp.Hash(d.Word(i)) {
			t.Fatalf("token %d of %q has no hashes", i, d.Text)
		}
	}
	lost(d.Text[at:])
	past := 0
	for _, s := range d.Sentences {
		if s.First != past || s.Past <= s.First {
			t.Fatalf("sentence %v of %q follows token %d", s, d.Text, past)
		}
		past = s.Past
	}
	if past != len(d.Tokens) {
		t.Fatalf("sentences of %q end at token %d of %d", d.Text, past, len(d.Tokens))
	}
}

// Whatever the text: tokens are valid, in order, disjoint, and lose nothing but white
// space and control characters; sentences cover them; the same text gives the same.
func FuzzTokenize(f *testing.F) {
	for _, s := range []string{
		"“No!” Zoë Hale said. It's 5:30 p.m.", "'tis 6'2\" ``x'' http://a.b/c?d, e@f.gh", "\xff\xfe a\u0308\u200d👩‍🚀", "a-b--c ... $5 10% U.S.",
		"«\"‘'“\n”’»", "1-2-3/4/5 *_*_* @@ ## &&", "\u202a\u00a0\u0085x\u200b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := &nlp.Doc{Text: text, Blocks: []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(text)}}}}
		tokenize.Stage{}.Run(d)
		check(t, d)
		again := &nlp.Doc{Text: text, Blocks: d.Blocks}
		tokenize.Stage{}.Run(again)
		for i := range d.Tokens {
			if d.Tokens[i] != again.Tokens[i] {
				t.Fatalf("token %d of %q differs on the second run", i, text)
			}
		}
	})
}
