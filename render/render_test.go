package render

import (
	"bytes"
	"strings"
	"testing"

	"quoth"
)

// build makes a reading from blocks of text and marks in them: [S …] source, [C …] cue
// and [Q …] content, with the number of the statement after the letter.
func build(t *testing.T, a quoth.Article, blocks ...string) quoth.Reading {
	t.Helper()
	spans := map[byte]map[byte][]quoth.Span{'S': {}, 'C': {}, 'Q': {}}
	var text strings.Builder
	for i, block := range blocks {
		if i > 0 {
			text.WriteString("\n\n")
		}
		kind, words, _ := strings.Cut(block, ": ")
		start := text.Len()
		var open []struct {
			letter, number byte
			at             int
		}
		for i := 0; i < len(words); i++ {
			switch {
			case words[i] == '[' && i+3 < len(words) && spans[words[i+1]] != nil:
				open = append(open, struct {
					letter, number byte
					at             int
				}{words[i+1], words[i+2], text.Len()})
				i += 3
			case words[i] == ']' && len(open) > 0:
				o := open[len(open)-1]
				open = open[:len(open)-1]
				spans[o.letter][o.number] = append(spans[o.letter][o.number], quoth.Span{Start: o.at, End: text.Len()})
			default:
				text.WriteByte(words[i])
			}
		}
		a.Blocks = append(a.Blocks, quoth.Block{Kind: quoth.BlockKind(kind), Span: quoth.Span{Start: start, End: text.Len()}})
	}
	a.Text = text.String()
	r := quoth.Reading{Article: a}
	for n := byte('1'); n <= '9'; n++ {
		if spans['Q'][n] == nil {
			continue
		}
		r.Statements = append(r.Statements, quoth.Statement{
			ID:         "s" + string(n),
			Kind:       quoth.Direct,
			Source:     quoth.NewRole(a.Text, spans['S'][n]),
			Cue:        quoth.NewRole(a.Text, spans['C'][n]),
			Content:    quoth.NewRole(a.Text, spans['Q'][n]),
			Confidence: 0.9,
		})
	}
	return r
}

// write renders readings in the format called name.
func write(t *testing.T, name string, o Options, readings ...quoth.Reading) string {
	t.Helper()
	f, err := FormatNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := f.New(&b, o)
	for _, r := range readings {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bridge is a reading with what the formats have to cope with.
func bridge(t *testing.T) quoth.Reading {
	t.Helper()
	r := build(t,
		quoth.Article{
			ID: "harbour-bridge", URL: "https://gazette.example/2026/04/17/bridge", Site: "Ellory Gazette",
			Bylines: []string{"Ada Brandt", "Tom Ruiz"}, Language: "en",
			Published: quoth.Published{EDTF: "2026-04-17", From: "dateline", Confidence: 0.95},
		},
		"headline: Harbour Bridge closed for [Q1 “years, not months”]",
		"byline: By Ada Brandt and Tom Ruiz",
		"paragraph: [Q2 “I have walked over that bridge every day of my life,”] [C2 said] [S2 Zoë Hale], the mayor. [Q2 “It’s not safe, and I’d be a fool to tell forty thousand people that it is. We will pay for the ferry until somebody builds us another one.”]",
		"advertisement: Ad",
		"trending: Trending",
		"paragraph: [S3 Tobias Renn], who led the inspection, [C3 claimed] [Q3 that the steel was “closer to lace than to steel”]. [S4 He] [C4 added] [Q4 that nobody had asked him in nine years].",
		"heading: [Q5 “It’s the end of my shop”] — what the traders say",
		"paragraph: [C6 It is said] [Q6 that the council has known since the flood of 2017]. [S7 A senior official] [C7 denied] [Q7 it].",
		"caption: The bridge in 1931: [Q8 “like an iron harp,”] [S8 the Gazette] [C8 wrote].",
		"feedback: × Feedback Why did you not like this content?",
	)
	speaker := func(n int, name string, kind quoth.PartyKind, id string) {
		r.Statements[n].Speaker = &quoth.Speaker{Name: name, Kind: kind, Mention: r.Statements[n].Source.Text, ID: id}
	}
	speaker(1, "Zoë Hale", quoth.PersonParty, "p1")
	speaker(2, "Tobias Renn", quoth.PersonParty, "p2")
	speaker(3, "Tobias Renn", quoth.PersonParty, "p2")
	speaker(6, "a senior official", quoth.AnonymousParty, "p3")
	speaker(7, "Ellory Gazette", quoth.OrganizationParty, "p4")
	s := r.Statements
	s[0].Confidence = 0.42
	s[2].Kind, s[3].Kind, s[5].Kind, s[6].Kind = quoth.Mixed, quoth.Indirect, quoth.Indirect, quoth.Indirect
	s[1].Said = &quoth.Said{EDTF: "2026-04-16", Text: "on Thursday"}
	s[1].Medium, s[1].Venue = "press-conference", &quoth.Venue{Name: "the town hall"}
	s[3].About = []quoth.Party{{Name: "Tobias Renn"}, {Name: "Port Ellory council"}}
	return r
}
