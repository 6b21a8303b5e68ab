package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"quoth"
)

// TestMain makes this test binary the quoth of the scripts, with the test double for
// its analyzer.
func TestMain(m *testing.M) {
	quothMain := func() {
		env := processEnv()
		env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
		os.Exit(run(context.Background(), env, os.Args[1:]))
	}
	if os.Getenv(childVariable) != "" {
		quothMain()
	}
	testscript.Main(m, map[string]func(){"quoth": quothMain})
}

func TestScripts(t *testing.T) {
	found, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(found) == 0 {
		t.Fatalf("no script was found: %v", err)
	}
	articles, err := filepath.Abs("../../testdata/articles")
	if err != nil {
		t.Fatal(err)
	}
	recipes, err := filepath.Abs("../../recipes")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("ARTICLES", articles)
			e.Setenv("RECIPES", recipes)
			return writeOddFiles(e.WorkDir)
		},
	})
}

// writeOddFiles writes into dir what a script cannot hold.
func writeOddFiles(dir string) error {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write([]byte("“Zipped,” said Zoë Hale, and the whole town closed its coats."))
	z.Close()
	files := map[string]string{
		"binary.bin": "\x7fELF\x00\x01\x02\x00\x00",
		"latin1.txt": "The caf\xe9 is closed, “for good”.",
		"cp1252.txt": "\x93The caf\xe9 is shut,\x94 said Hale, who owns it and sleeps above it.",
		"big.txt":    strings.Repeat("All of it is said twice. ", 1000),
		"blank.txt":  " \n\t\n",
		"zipped.gz":  zipped.String(),
		"broken.gz":  zipped.String()[:20],
	}
	files["crawl.warc"] = warcRecord("text/html", "200 OK", "<html><body><article><h1>Lamp</h1><p>“Lit,” said Maud Arkell, who keeps the lamp at Skerry Point and has no telephone.</p></article></body></html>") +
		warcRecord("image/png", "200 OK", "\x89PNG") +
		warcRecord("text/plain", "200 OK", "User-agent: *") +
		warcRecord("text/html", "404 Not Found", "<html><body><p>“Gone,” said nobody at all, and there was no page to say it on.</p></body></html>") +
		warcRecord("text/html", "200 OK", "<html><body><article><h1>Tide</h1><p>“High,” said Callum Ferro, who runs the ferry and the tea stall beside it.</p></article></body></html>")
	files["odd.warc"] = "no record" + "\n" + files["crawl.warc"]
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// warcRecord is a response record of a web archive.
func warcRecord(media, status, body string) string {
	http := fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", status, media, len(body), body)
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2026-06-02T10:00:00Z\r\n"+
		"WARC-Target-URI: https://coast.example/%d\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(body), len(http), http)
}

// world is an Env in memory.
type world struct {
	Env
	out, err bytes.Buffer
}

func newWorld(stdin string, variables ...string) *world {
	w := &world{}
	w.Env = Env{
		Stdin:  strings.NewReader(stdin),
		Stdout: &w.out,
		Stderr: &w.err,
		Getenv: func(name string) string {
			for _, v := range variables {
				if value, found := strings.CutPrefix(v, name+"="); found {
					return value
				}
			}
			return ""
		},
		NewAnalyzer: func() (quoth.Analyzer, error) { return double{}, nil },
	}
	return w
}

func TestExitStatus(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.txt")
	if err := os.WriteFile(page, []byte("“It is not safe,” said Zoë Hale."), 0o666); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		args   []string
		want   int
		stderr string // of the first line
	}{
		{"good", []string{"read", page}, 0, ""},
		{"help", []string{"help"}, 0, ""},
		{"help of a command", []string{"help", "read"}, 0, ""},
		{"help flag", []string{"read", page, "--help"}, 0, ""},
		{"version", []string{"version"}, 0, ""},
		{"one file is missing", []string{"read", page, page + "x"}, 1, "page.txtx: there is no such file; check the name"},
		{"no command", nil, 2, "Usage: quoth"},
		{"unknown command", []string{"reed"}, 2, "quoth: error: "},
		{"file for a command", []string{page}, 2, "quoth: error: "},
		{"unknown flag", []string{"read", "--colour", page}, 2, "quoth: error: unknown flag --colour"},
		{"unknown topic", []string{"help", "reed"}, 2, `quoth: error: there is no command "reed"`},
		{"unknown subcommand", []string{"help", "eval", "reed"}, 2, `there is no command "eval reed"`},
		{"bad format in", []string{"read", "--from", "pdf", page}, 2, "quoth: error: --from must be one of"},
		{"bad format out", []string{"read", "--to", "xml", page}, 2, `quoth: error: there is no output format "xml"`},
		{"bad date", []string{"read", "--date", "yesterday", page}, 2, `--date "yesterday" is no date`},
		{"a date without a day", []string{"read", "--date", "0001-01-01", page}, 2, `--date "0001-01-01" is no date`},
		{"bad size", []string{"read", "--max-size", "big", page}, 2, `"big" is no size`},
		{"bad jobs", []string{"read", "--jobs=-1", page}, 2, "--jobs must be from 0 to 1024, got -1"},
		{"bad width", []string{"read", "--width=-5", page}, 2, "--width must not be negative"},
		{"bad charset", []string{"read", "--charset", "nonsense", page}, 2, `--charset "nonsense" is no character set`},
		{"too many jobs", []string{"read", "--jobs=9223372036854775807", page}, 2, "--jobs must be from 0 to 1024"},
		{"bad jobs of an evaluation", []string{"eval", "attributions", "--jobs=-1", page}, 2, "--jobs must be from 0 to 1024"},
		{"bad limit", []string{"search", "--limit", "1000", "bridge"}, 2, "--limit must be from 0 to 200, got 1000"},
		{"a field that there is not", []string{"search", "author:hale"}, 2, `there is no field "author"`},
		{"a query that cannot be meant", []string{"export", "--to", "csv", "-q", "said:soon"}, 2, "said:soon is no date"},
		{"nobody", []string{"who", " "}, 2, "the name is empty"},
		{"bad format", []string{"export", "--to", "latex"}, 2, `there is no output format "latex"`},
		{"a model that is none", []string{"read", "--model", "none", page}, 1, "--model none: no model in it"},
		{"certificates that are not there", []string{"queue", "--queue", "nats://127.0.0.1:1", "--queue-ca", "none.pem"}, 1, "--queue-ca none.pem: there is no such file"},
		{"one address for two pages", []string{"read", "--url", "https://a.example/", page, page}, 2, "--url says"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld("")
			if got := run(t.Context(), &w.Env, test.args); got != test.want {
				t.Errorf("got status %d, want %d; stderr %s", got, test.want, w.err.String())
			}
			first, _, _ := strings.Cut(w.err.String(), "\n")
			if !strings.Contains(first, test.stderr) || (test.stderr == "" && first != "") {
				t.Errorf("got stderr %q, want in it %q", first, test.stderr)
			}
		})
	}
}

func TestNothingToReadAtATerminal(t *testing.T) {
	w := newWorld("")
	w.StdinTTY = true
	if got := run(t.Context(), &w.Env, []string{"read"}); got != exitMisuse {
		t.Errorf("got status %d", got)
	}
	if got := w.err.String(); !strings.HasPrefix(got, "quoth: error: nothing to read\nquoth: hint: name files") {
		t.Errorf("got %s", got)
	}
}

func TestFormatGoesByWhereTheOutputGoes(t *testing.T) {
	const page = "“It is not safe,” said Zoë Hale. And more of the same stands below it."
	tests := []struct {
		name      string
		tty       bool
		variables []string
		args      []string
		want      string // in the output
		isColour  bool
	}{
		{"pipe", false, nil, nil, `{"id":"stdin"`, false},
		{"terminal", true, nil, nil, "│", true},
		{"terminal without colour", true, []string{"NO_COLOR=1"}, nil, "│", false},
		{"dumb terminal", true, []string{"TERM=dumb"}, nil, "│", false},
		{"colour by force", false, nil, []string{"--to", "text", "--color", "always"}, "│", true},
		{"colour by force despite NO_COLOR", true, []string{"NO_COLOR=1"}, []string{"--color", "always"}, "│", true},
		{"format by variable", true, []string{"QUOTH_TO=json"}, nil, "{\n  \"id\": \"stdin\"", false},
		{"flag over variable", true, []string{"QUOTH_TO=json"}, []string{"--to", "html"}, "<!doctype html>", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(page, test.variables...)
			w.StdoutTTY = test.tty
			if got := run(t.Context(), &w.Env, append([]string{"read"}, test.args...)); got != exitGood {
				t.Fatalf("got status %d: %s", got, w.err.String())
			}
			if got := w.out.String(); !strings.Contains(got, test.want) || strings.Contains(got, "\x1b[") != test.isColour {
				t.Errorf("got %q, want in it %q, colour %v", got, test.want, test.isColour)
			}
		})
	}
}

// Every flag says its environment variable in the help, and the variable works.
func TestEveryFlagHasItsVariable(t *testing.T) {
	w := newWorld("")
	run(t.Context(), &w.Env, []string{"help", "read"})
	for _, flag := range []string{"FROM", "TO", "OUT", "DATE", "URL", "CLEAN", "JOBS", "MAX_SIZE", "TIMEOUT", "ALLOW_PRIVATE", "CHARSET", "COLOR", "WIDTH", "VERBOSE", "MODEL"} {
		if !strings.Contains(w.out.String(), "$QUOTH_"+flag) {
			t.Errorf("QUOTH_%s is not in the help", flag)
		}
	}
	w = newWorld("x", "QUOTH_MAX_SIZE=big")
	if got := run(t.Context(), &w.Env, []string{"read"}); got != exitMisuse {
		t.Errorf("a bad variable: got status %d, stderr %s", got, w.err.String())
	}
}

// The help of a command with subcommands lists them, and a flag tells its default whether
// it has a placeholder or not.
func TestHelpTellsAll(t *testing.T) {
	for _, test := range []struct {
		args string
		want []string
	}{
		{"help queue", []string{"queue status", "queue aside", "queue retry", "queue drop", "Examples:"}},
		{"queue --help", []string{"queue status", "queue aside", "queue retry", "queue drop", "Examples:"}},
		{"help queue status", []string{"quoth queue status", "--queue=URL"}},
		{"help user", []string{"user tokens"}},
		{"help serve", []string{"default 127.0.0.1:8080", "default 10MiB", "default 20", "--rate=20"}},
	} {
		w := newWorld("")
		if status := run(t.Context(), &w.Env, strings.Fields(test.args)); status != exitGood {
			t.Errorf("quoth %s: status %d: %s", test.args, status, w.err.String())
		}
		text := strings.Join(strings.Fields(w.out.String()), " ")
		for _, want := range test.want {
			if !strings.Contains(text, want) {
				t.Errorf("quoth %s: %q is not in\n%s", test.args, want, w.out.String())
			}
		}
	}
}

func TestAFaultOfOursCostsOneArticle(t *testing.T) {
	in := `{"id": "a", "text": "“One,” said Zoë."}
{"id": "b", "text": "PANIC"}
{"id": "c", "text": "“Three,” said Zoë."}
`
	w := newWorld(in)
	if got := run(t.Context(), &w.Env, []string{"read", "--from", "jsonl", "--clean"}); got != exitFailed {
		t.Errorf("got status %d", got)
	}
	if strings.Count(w.out.String(), "\n") != 2 || !strings.Contains(w.err.String(), "quoth itself is at fault") {
		t.Errorf("got %s\n%s", w.out.String(), w.err.String())
	}
}

func TestByteSize(t *testing.T) {
	tests := map[string]byteSize{"10MiB": 10 << 20, "500KB": 500e3, "20 mib": 20 << 20, "1000": 1000, "7B": 7, "0": 0, "1GiB": 1 << 30}
	for text, want := range tests {
		var got byteSize
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q: got %d, %v, want %d", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "big", "-1", "MiB", "1.5MB", "99999999999999GiB"} {
		var got byteSize
		if err := got.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q: got %d, want an error", bad, got)
		}
	}
	if got := byteSize(10 << 20).String(); got != "10 MiB" {
		t.Errorf("got %s", got)
	}
}

// fullDisk is a standard output that nothing can be written to.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// A command whose output was lost does not end well, whatever it does.
func TestLostOutputIsAFailure(t *testing.T) {
	record := filepath.Join(t.TempDir(), "r.db")
	w := newWorld("“It is not safe,” said Zoë Hale.")
	if status := run(t.Context(), &w.Env, []string{"add", "--record", record, "-"}); status != exitGood {
		t.Fatalf("add: %s", w.err.String())
	}
	for _, command := range []string{"version", "help", "migrate", "doctor", "search --to text safe", "search safe", "who --to text hale", "user token x", "user tokens", "export"} {
		w := newWorld("")
		w.Stdout = fullDisk{}
		args := strings.Fields(command)
		if args[0] != "version" && args[0] != "help" {
			args = append(args, "--record", record)
		}
		if status := run(t.Context(), &w.Env, args); status != exitFailed || !strings.Contains(w.err.String(), "no space left") {
			t.Errorf("%s: got status %d, %s", command, status, w.err.String())
		}
	}
}

// Whoever looks at a queue makes none.
func TestQueueThatIsNotThere(t *testing.T) {
	folder := t.TempDir()
	for _, command := range []string{"queue", "queue status", "queue aside", "queue drop all"} {
		w := newWorld("")
		args := append(strings.Fields(command), "--record", filepath.Join(folder, "r.db"))
		if status := run(t.Context(), &w.Env, args); status != exitFailed || !strings.Contains(w.err.String(), "there is no queue at") {
			t.Errorf("%s: got status %d, %s", command, status, w.err.String())
		}
		if made, err := os.ReadDir(folder); err != nil || len(made) > 0 {
			t.Errorf("%s: made %v, %v", command, made, err)
		}
	}
}
