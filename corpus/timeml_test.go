package corpus

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"quoth"
)

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadTimexes(t *testing.T) {
	for name, text := range map[string]string{
		"a.tml": `<?xml version="1.0"?><TimeML><DOCID>bridge</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2016-09-22" functionInDocument="CREATION_TIME">2016-09-22</TIMEX3></DCT>
<TEXT>Zoë left &amp; came on <TIMEX3 tid="t1" type="DATE" value="2016-09-20">Tuesday</TIMEX3>, <TIMEX3 tid="t2" type="DURATION" value="P2D">two days after <TIMEX3 tid="t3" type="DATE" value="2016-09-18">Sunday</TIMEX3></TIMEX3>.</TEXT></TimeML>`,
		"a.key.xml": `<DOC><DOCID>bridge</DOCID><TEXT>Zoë left & came on <TIMEX2 val="2016-09-20">Tuesday</TIMEX2>, <TIMEX2 val="P2D">two days after <TIMEX2 val="2016-09-18">Sunday</TIMEX2></TIMEX2>.</TEXT></DOC>`,
	} {
		docs, err := ReadTimexes(writeFile(t, name, text))
		if err != nil {
			t.Fatal(err)
		}
		d := docs[0]
		if d.ID != "bridge" || d.Text != "Zoë left & came on Tuesday, two days after Sunday." || len(d.Timexes) != 2 {
			t.Fatalf("%s: got %+v", name, d)
		}
		for i, want := range []string{"Tuesday 2016-09-20", "two days after Sunday P2D"} {
			if got := d.Timexes[i].In(d.Text) + " " + d.Timexes[i].Value; got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
	}
	if _, err := ReadTimexes(writeFile(t, "b.tml", "<TimeML><TEXT> </TEXT></TimeML>")); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("a file without text: %v", err)
	}
	if _, err := ReadTimexes(filepath.Join(t.TempDir(), "none.tml")); quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestReadTimexCases(t *testing.T) {
	path := writeFile(t, "DateModel.json", "\ufeff"+`[{"Input": "back on Monday", "Context": {"ReferenceDateTime": "2016-11-07T16:12:00"}, "Results": [
		{"Text": "monday", "TypeName": "datetimeV2.date", "Resolution": {"values": [{"timex": "XXXX-WXX-1", "type": "date", "value": "2016-11-07"}]}},
		{"Text": "week", "Type": "daterange", "Value": {"Timex": "2016-W45", "PastResolution": {"startDate": "2016-11-07", "endDate": "2016-11-14"}}}]}]`)
	cases, err := ReadTimexCases(path)
	if err != nil {
		t.Fatal(err)
	}
	c := cases[0]
	if c.Text != "back on Monday" || c.DCT.Format(time.DateOnly) != "2016-11-07" || len(c.Expected) != 2 {
		t.Fatalf("got %+v", c)
	}
	if a := c.Expected[0]; a.Type != "date" || a.Timex != "XXXX-WXX-1" || len(a.Values) != 1 || a.Values[0] != "2016-11-07" {
		t.Errorf("got %+v", a)
	}
	if a := c.Expected[1]; a.Type != "daterange" || a.Timex != "2016-W45" || len(a.Ranges) != 1 || a.Ranges[0] != [2]string{"2016-11-07", "2016-11-14"} {
		t.Errorf("got %+v", a)
	}
	if _, err := ReadTimexCases(writeFile(t, "bad.json", "[{]")); err == nil {
		t.Error("broken JSON is read")
	}
}

func TestReadStatements(t *testing.T) {
	path := writeFile(t, "gold.jsonl", `{"id":"a","date":"2016-09-22","text":"Hale said no.","statements":[{"source":[[0,4]],"cue":[[5,9]],"content":[[10,12]],"speaker":"Zoë Hale","speaker_kind":"person","said":"2016-09-20","said_evidence":null,"medium":"speech","venue":null,"about":["Sam Reed"],"kind":"indirect"}]}
{"id":"b","text":"No.","statements":[{"source":[[0,99]],"cue":[],"content":[[0,2]]}]}
`)
	docs, err := ReadStatements(path)
	if _, ok := err.(Problems); !ok {
		t.Fatalf("the broken line is not told: %v", err)
	}
	if len(docs) != 1 || len(docs[0].Statements) != 1 || len(docs[0].Gold()) != 1 {
		t.Fatalf("got %+v", docs)
	}
	if s := docs[0].Statements[0]; s.Speaker != "Zoë Hale" || s.Said != "2016-09-20" || s.Medium != "speech" || s.Venue != "" || s.About[0] != "Sam Reed" || s.Kind != quoth.Indirect {
		t.Errorf("got %+v", s)
	}
}
