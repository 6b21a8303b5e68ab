package corpus

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"quoth/nlp"
)

// show writes documents as "id: token token/Class ... | next sentence".
func show(docs []BIODoc) string {
	var b strings.Builder
	for i, d := range docs {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(d.ID + ":")
		for j, s := range d.Sentences {
			if j > 0 {
				b.WriteString(" |")
			}
			for t, token := range s.Tokens {
				b.WriteString(" " + token)
				for _, m := range s.Mentions {
					if m.First == t {
						b.WriteString("[" + m.Class)
					}
					if m.Past == t+1 {
						b.WriteString("]")
					}
				}
			}
		}
	}
	return b.String()
}

func TestReadBIO(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"worldwide: documents, comments, classes side by side",
			"# newdoc id = one\n# url = http://x\nZoë\tB-Person\nHale\tI-Person\nAnn\tB-Person\n.\tO\n\nYes\tO\n\n# newdoc id = two\nOslo\tB-Location\n",
			"one: Zoë[Person Hale] Ann[Person] . | Yes\ntwo: Oslo[Location]"},
		{"wikigold: blank, IOB1, DOCSTART",
			"Zoë I-PER\nHale I-PER\n, O\nOslo I-LOC\nMast B-LOC\n\n-DOCSTART- O\n\nYes O\n",
			"1: Zoë[PER Hale] , Oslo[LOC] Mast[LOC]\n2: Yes"},
		{"class changes without B", "Zoë I-PER\nOslo I-LOC\n", "1: Zoë[PER] Oslo[LOC]"},
		{"a mention ends with its sentence", "Zoë I-PER\n\nHale I-PER\n", "1: Zoë[PER] | Hale[PER]"},
		{"UNER: numbers, further columns, ranges",
			"# newdoc id = a\n# sent_id = a-1\n# text = It's Oslo.\n1-2\tIt's\t_\t-\t-\n1\tIt\tO\t-\t-\n2\t's\tO\t-\tx\n3\tOslo\tB-LOC\t-\tx\n",
			"a: It 's Oslo[LOC]"},
		{"a token that is a number sign", "1\t#\tO\t-\n2\t#\tB-ORG\t-\n", "1: # #[ORG]"},
		{"a number sign in two columns", "a\tO\n#\tO\n# b\tB-Misc\n", "1: a # # b[Misc]"},
		{"a number sign after a blank", "# O\n# I-ORG\n", "1: # #[ORG]"},
		{"CRLF and no line end at the end", "Zoë\tB-Person\r\n\r\nYes\tO", "1: Zoë[Person] | Yes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := readBIO(strings.NewReader(c.data), "x.bio")
			if got := show(docs); err != nil || got != c.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestBIOSentenceKeepsItsText(t *testing.T) {
	docs, err := ReadBIO(write(t, "x.iob2", zip(t, "# sent_id = a-1\n# text = No = no.\n1\tNo\tO\n")))
	if err != nil || docs[0].Sentences[0].ID != "a-1" || docs[0].Sentences[0].Text != "No = no." {
		t.Errorf("got %+v, %v", docs, err)
	}
}

func TestBrokenBIO(t *testing.T) {
	for _, c := range []struct{ name, data, want, docs string }{
		{"unknown tag", "a\tO\nb\tX-Person\n", `x.bio:2: tag "X-Person" is not O, B-class or I-class`, "1: a b"},
		{"tag without class", "a\tB-\n", `x.bio:1: tag "B-" is not`, "1: a"},
		{"missing tag", "a\tO\nb\n", "x.bio:2: 1 columns of at least 2", "1: a b"},
		{"missing tag after a blank", "a O\nb\n", `x.bio:2: no tag: "b"`, "1: a b"},
		{"invalid UTF-8", "a\tO\n\xff\tO\n", "x.bio:2: not valid UTF-8", "1: a \ufffd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := readBIO(strings.NewReader(c.data), "x.bio")
			var problems Problems
			if !errors.As(err, &problems) || !strings.HasPrefix(err.Error(), c.want) || show(docs) != c.docs {
				t.Errorf("got  %s, %v\nwant %s, %s", show(docs), err, c.docs, c.want)
			}
		})
	}
}

func TestBIOKinds(t *testing.T) {
	got := map[string]nlp.MentionKind{}
	for _, class := range []string{"Person", "PER", "ORG", "LOC", "OTH", "MISC", "NORP", "Wine"} {
		got[class] = BIOMention{Class: class}.Kind()
	}
	want := map[string]nlp.MentionKind{"Person": nlp.Person, "PER": nlp.Person, "ORG": nlp.Organization, "LOC": nlp.Location,
		"OTH": nlp.Misc, "MISC": nlp.Misc, "NORP": nlp.NORP, "Wine": nlp.NoMention}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

// Whatever the bytes, mentions lie in their sentence, in order and disjoint.
func FuzzReadBIO(f *testing.F) {
	f.Add("# newdoc id = one\nZoë\tB-Person\nHale\tI-Person\n\nYes\tO\n")
	f.Add("Zoë I-PER\n-DOCSTART- O\n\n# O\n")
	f.Add("1\tIt\tO\t-\n2-3\tx\tB-\n\xff\n")
	f.Fuzz(func(t *testing.T, data string) {
		docs, err := readBIO(strings.NewReader(data), "fuzz")
		if len(docs) == 0 && err == nil {
			t.Fatal("nothing read and no error")
		}
		for _, d := range docs {
			for _, s := range d.Sentences {
				past := 0
				for _, m := range s.Mentions {
					if m.First < past || m.Past <= m.First || m.Past > len(s.Tokens) {
						t.Fatalf("mentions %v of %d tokens", s.Mentions, len(s.Tokens))
					}
					past = m.Past
				}
			}
		}
	})
}
