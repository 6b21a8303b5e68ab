package sqlrecord

import (
	"encoding/json"
	"reflect"
	"testing"

	"quoth"
)

// full is a statement of which every field is set.
func full(text string) quoth.Statement {
	return quoth.Statement{
		ID: text, Kind: quoth.Mixed,
		Source:  &quoth.Role{Spans: []quoth.Span{{Start: 0, End: 12}, {Start: 104, End: 123456}}, Text: text},
		Cue:     &quoth.Role{Spans: []quoth.Span{}},
		Content: &quoth.Role{Text: text},
		Speaker: &quoth.Speaker{Name: text, Kind: quoth.PersonParty, Mention: text, ID: text},
		Said:    &quoth.Said{EDTF: "2026-04-17", Evidence: quoth.Span{Start: 3, End: 9}, Text: text},
		Medium:  text,
		Venue:   &quoth.Venue{Name: text, Span: quoth.Span{Start: 1, End: 2}},
		About: []quoth.Party{{Name: text, Kind: quoth.GroupParty, ID: text},
			{Stance: &quoth.Stance{Label: quoth.Critical, Confidence: 0.75}}},
		Addressee: &quoth.Addressee{Name: text, Kind: quoth.OrganizationParty, Span: quoth.Span{Start: 7, End: 8}, ID: text},
		Continues: &text, Repeats: &text, Confidence: 0.912, Factuality: quoth.Factual,
	}
}

// checkParsed compares parse with encoding/json.
func checkParsed(t *testing.T, plain []byte, got quoth.Statement) {
	t.Helper()
	var want quoth.Statement
	if err := json.Unmarshal(plain, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", plain, got, want)
	}
}

func TestParse(t *testing.T) {
	for name, st := range map[string]quoth.Statement{
		"nothing known": {},
		"all known":     full("the mayor"),
		"escaped":       full("a \"bridge\" \\ <b>&amp;</b>\n\x01\u2028"),
		"not English":   full("Zoë “Æ” 市長"),
		"nobody":        {About: []quoth.Party{}},
		"small":         {Confidence: 0.00001},
	} {
		t.Run(name, func(t *testing.T) {
			plain, err := json.Marshal(st)
			if err != nil {
				t.Fatal(err)
			}
			var got quoth.Statement
			if !parse(plain, &got) {
				t.Fatalf("not read: %s", plain)
			}
			checkParsed(t, plain, got)
		})
	}
}

func TestParseLeavesToJSON(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":          "",
		"a list":           `[]`,
		"cut":              `{"id":"a`,
		"a blank":          `{"id": "a"}`,
		"a comma too many": `{"id":"a",}`,
		"more after it":    `{"id":"a"}{}`,
		"a new field":      `{"id":"a","weather":1}`,
		"another name":     `{"ID":"a"}`,
		"another kind":     `{"id":1}`,
		"a long offset":    `{"source":{"spans":[[1,12345678901]],"text":""}}`,
		"half a span":      `{"said":{"evidence":[1]}}`,
		"a negative one":   `{"said":{"evidence":[-1,2]}}`,
		"an exponent":      `{"confidence":1e-7}`,
		"bad escape":       `{"id":"\q"}`,
		"open escape":      `{"id":"\`,
	} {
		t.Run(name, func(t *testing.T) {
			st := full("kept")
			if parse([]byte(text), &st) {
				t.Errorf("%s was read", text)
			}
			if want := full("kept"); !reflect.DeepEqual(st, want) {
				t.Errorf("%s changed the statement", text)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, st := range []quoth.Statement{{}, full("the mayor"), full("\"Zoë\" <\\>")} {
		plain, err := json.Marshal(st)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(plain)
	}
	f.Add([]byte(dictionary))
	f.Fuzz(func(t *testing.T, plain []byte) {
		var st quoth.Statement
		if !parse(plain, &st) {
			return
		}
		// What is read can be written, and is the same again.
		again, err := json.Marshal(st)
		if err != nil {
			t.Fatal(err)
		}
		var got quoth.Statement
		if parse(again, &got) {
			checkParsed(t, again, got)
		}
	})
}
