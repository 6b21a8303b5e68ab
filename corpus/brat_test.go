package corpus

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"quoth"
)

const bratText = "Zoë said: “no,” she added, “not yet.”\nOkoro agreed."

// writeBrat writes x.txt and x.ann into a folder below a fresh one and returns that.
func writeBrat(t *testing.T, text, ann string) string {
	t.Helper()
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"x.txt": text, "x.ann": ann} {
		if err := os.WriteFile(filepath.Join(root, "sub", name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// words writes attributions as "source/cue/content; ...", pieces joined by "+".
func words(text string, list []quoth.Attribution) string {
	role := func(spans []quoth.Span) string {
		var out []string
		for _, s := range spans {
			out = append(out, s.In(text))
		}
		return strings.Join(out, "+")
	}
	var out []string
	for _, at := range list {
		out = append(out, role(at.Source)+"/"+role(at.Cue)+"/"+role(at.Content))
	}
	return strings.Join(out, "; ")
}

func TestReadBrat(t *testing.T) {
	parts := "T1\tSource 0 3\tZoë\nT2\tCue 4 8\tsaid\nT3\tContent 10 15;27 37\t“no,” “not yet.”\n"
	for _, c := range []struct{ name, ann, want string }{
		{"event with the cue as trigger", parts + "E1\tCue:T2 Source:T1 Content:T3\n", "Zoë/said/“no,”+“not yet.”"},
		{"event with a trigger of its own type",
			"T1\tSource 0 3\tZoë\nT2\tAttribution 4 8\tsaid\nT3\tContent 10 15\t“no,”\nE1\tAttribution:T2 Source:T1 Content:T3\n", "Zoë/said/“no,”"},
		{"event with the content as trigger, as quoth read writes it", parts + "E1\tContent:T3 Source:T1 Cue:T2\nA1\tKind E1 direct\n", "Zoë/said/“no,”+“not yet.”"},
		{"event told before its parts", "E1\tCue:T2 Source:T1 Content:T3\n" + parts, "Zoë/said/“no,”+“not yet.”"},
		{"relations from the cue", parts + "R1\tHasSource Arg1:T2 Arg2:T1\t\nR2\tHasContent Arg1:T2 Arg2:T3\t\n", "Zoë/said/“no,”+“not yet.”"},
		{"relations from the content", parts + "R1\tSaidBy Arg1:T3 Arg2:T1\nR2\tCuedBy Arg1:T3 Arg2:T2\n", "Zoë/said/“no,”+“not yet.”"},
		{"one source of two cues is not one attribution",
			"T1\tSource 0 3\tZoë\nT2\tCue 4 8\tsaid\nT3\tContent 10 15\t“no,”\nT4\tCue 20 25\tadded\nT5\tContent 27 37\t“not yet.”\n" +
				"R1\tS Arg1:T2 Arg2:T1\nR2\tC Arg1:T2 Arg2:T3\nR3\tS Arg1:T4 Arg2:T1\nR4\tC Arg1:T4 Arg2:T5\n",
			"Zoë/said/“no,”; Zoë/added/“not yet.”"},
		{"two contents of one cue", "T2\tCue 4 8\nT3\tContent 10 15\nT5\tContent 27 37\nR1\tC Arg1:T2 Arg2:T3\nR2\tC Arg1:T2 Arg2:T5\n", "/said/“no,”+“not yet.”"},
		{"a source of the content gives way to that of the cue",
			"T1\tSource 0 3\nT2\tCue 20 25\nT3\tContent 27 37\nT4\tSource 16 19\nR1\tS Arg1:T2 Arg2:T4\nR2\tC Arg1:T2 Arg2:T3\nR3\tS Arg1:T3 Arg2:T1\n",
			"Zoë//; she/added/“not yet.”"},
		{"no cue", "T1\tSource 0 3\nT3\tContent 10 15\nR1\tS Arg1:T3 Arg2:T1\n", "Zoë//“no,”"},
		{"nothing joined", "T1\tSource 0 3\nT3\tContent 10 15\n", "Zoë//; //“no,”"},
		{"other lines and types", parts + "E1\tCue:T2 Source:T1 Content:T3\nA1\tNegated E1\n#1\tAnnotatorNotes E1\tsure\n*\tEquiv T1 T2\nT9\tPerson 38 43\tOkoro\n",
			"Zoë/said/“no,”+“not yet.”"},
		{"across a line end", "T1\tContent 27 43\t“not yet.” Okoro\n", "//“not yet.”\nOkoro"},
		{"no annotation", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := ReadAttributions(writeBrat(t, bratText, c.ann))
			if err != nil || len(docs) != 1 || docs[0].ID != "sub/x" || docs[0].Text != bratText {
				t.Fatalf("got %+v, %v", docs, err)
			}
			if got := words(bratText, docs[0].Gold()); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestReadOneAnnFile(t *testing.T) {
	root := writeBrat(t, bratText, "T1\tCue 4 8\tsaid\n")
	docs, err := ReadAttributions(filepath.Join(root, "sub", "x.ann"))
	if err != nil || docs[0].ID != "x" || !reflect.DeepEqual(docs[0].Gold(), []quoth.Attribution{{Cue: spans(5, 9)}}) {
		t.Errorf("got %+v, %v", docs, err)
	}
}

func TestBrokenBrat(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"bytes for characters", "T2\tCue 5 9\tsaid", `T2: its offsets do not cover "said" (they count characters)`},
		{"outside", "T2\tCue 4 99", `"4 99" is outside the text of 51 characters`},
		{"backwards", "T2\tCue 8 4", "is not a pair of offsets"},
		{"no offsets", "T2\tCue", "is not a pair of offsets"},
		{"twice", "T1\tSource 0 3", "T1 is there twice"},
		{"unknown part", "R1\tx Arg1:T1 Arg2:T7", `there is no "T7"`},
		{"event without roles", "E1\tCue", `E1: "Cue" is not ROLE:ID`},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := ReadBrat(writeBrat(t, bratText, "T1\tSource 0 3\tZoë\n"+c.line+"\n"))
			var problems Problems
			if !errors.As(err, &problems) || problems[0].Line != 2 || problems[0].ID != "sub/x" || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			if got := words(bratText, docs[0].Gold()); got != "Zoë//" {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestBratWithoutItsText(t *testing.T) {
	root := writeBrat(t, bratText, "T1\tCue 4 8\tsaid\n")
	if err := os.WriteFile(filepath.Join(root, "alone.ann"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	docs, err := ReadBrat(root)
	var problems Problems
	if !errors.As(err, &problems) || len(docs) != 1 || !strings.Contains(err.Error(), "alone.txt") {
		t.Errorf("got %+v, %v", docs, err)
	}
}

// Whatever the bytes, spans are sound.
func FuzzReadBrat(f *testing.F) {
	f.Add(bratText, "T1\tSource 0 3\tZoë\nT2\tCue 4 8\nT3\tContent 10 15;27 37\nE1\tCue:T2 Source:T1\nR1\tx Arg1:T2 Arg2:T3")
	f.Add("x", "R1\tx Arg1:T1 Arg2:T1\nT1\tCue 0 1\nE1\tCue:E1\nE2\tT1")
	f.Fuzz(func(t *testing.T, text, ann string) {
		if !utf8.ValidString(text) {
			return
		}
		d, _, err := parseBrat(text, strings.NewReader(ann), "fuzz")
		if err != nil {
			return
		}
		for _, at := range d.Gold() {
			for _, role := range [][]quoth.Span{at.Source, at.Cue, at.Content} {
				checkSpans(t, role, d.Text)
			}
		}
	})
}
