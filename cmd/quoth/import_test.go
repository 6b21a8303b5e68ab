package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quoth"
	"quoth/sqlite"
)

// childVariable makes the test binary the quoth of its arguments: TestMain looks at it.
const childVariable = "QUOTH_TEST_CHILD"

// quothCommand is a process of its own that runs quoth with the test double.
func quothCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childVariable+"=1")
	return cmd
}

// writeLinesFile writes n articles as JSON lines, every hundredth of which is broken.
func writeLinesFile(t *testing.T, n int) (name string, broken int) {
	t.Helper()
	var b strings.Builder
	for i := range n {
		if i%100 == 99 {
			b.WriteString("{\"id\": \"broken\n")
			broken++
			continue
		}
		fmt.Fprintf(&b, "{\"url\": \"https://herald.example/%d\", \"date\": \"2026-04-%02d\", \"text\": \"“Ferry number %d is late again,” said Zoë Hale, the mayor of Calder.\"}\n", i, 1+i%28, i)
	}
	name = filepath.Join(t.TempDir(), "articles.jsonl")
	if err := os.WriteFile(name, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return name, broken
}

func TestImportSurvivesKills(t *testing.T) {
	const articles, kills = 6000, 50
	lines, broken := writeLinesFile(t, articles)
	record := filepath.Join(t.TempDir(), "record.db")
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	killed := 0
	for range kills {
		cmd := quothCommand(t, "import", "--record", record, lines)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case <-ended:
		case <-time.After(time.Duration(20+random.IntN(200)) * time.Millisecond):
			killed++
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-ended
		}
	}
	out, err := quothCommand(t, "import", "--record", record, lines).CombinedOutput()
	if err != nil && !strings.Contains(string(out), "kept") {
		t.Fatalf("seed %d: the import that nobody killed: %v\n%s", seed, err, out)
	}
	st, err := sqlite.Open(t.Context(), record)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	size, err := st.Size(t.Context())
	if err != nil || size.Articles != articles-broken || size.Revisions != size.Articles || size.Refusals != broken {
		t.Errorf("seed %d, %d kills: got %+v, %v; want %d articles once each and %d refusals", seed, killed, size, err, articles-broken, broken)
	}
	if wrong, err := st.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("seed %d: the record does not check: %v, %v", seed, wrong, err)
	}
	if killed < kills/5 {
		t.Errorf("only %d of %d were killed: the articles are too few for the test", killed, kills)
	}
}

func TestImportGoesOnWhereItWas(t *testing.T) {
	lines, _ := writeLinesFile(t, 300)
	record := filepath.Join(t.TempDir(), "record.db")
	var stderr strings.Builder
	imported := func() string {
		stderr.Reset()
		env := testEnv(io.Discard, &stderr)
		env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
		run(t.Context(), env, []string{"import", "--record", record, lines})
		return stderr.String()
	}
	if got := imported(); !strings.Contains(got, "297 articles new") || !strings.Contains(got, "3 refused") || strings.Count(got, "quoth: error:") != 3 {
		t.Errorf("first: %s", got)
	}
	if got := imported(); !strings.Contains(got, "0 articles new with 0 statements; 300 were done by an earlier import, 3 of them refused\n") {
		t.Errorf("again: %s", got)
	}
	// Another file of the same name begins anew; what it has in common is known.
	text, err := os.ReadFile(lines)
	if err != nil {
		t.Fatal(err)
	}
	more := `{"url": "https://herald.example/new", "text": "“New,” said Ida Quill."}` + "\n" + string(text)
	if err := os.WriteFile(lines, []byte(more), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := imported(); !strings.Contains(got, "1 article new") || !strings.Contains(got, "297 known") {
		t.Errorf("another file: %s", got)
	}
	// What was refused of the file before is not counted with it.
	if got := imported(); !strings.Contains(got, "301 were done by an earlier import, 3 of them refused\n") {
		t.Errorf("another file again: %s", got)
	}
}

// What could not be read of an archive is told with the address that it was fetched from.
func TestDamagedPageIsNamed(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "crawl.warc")
	broken := warcRecord("text/html\r\nContent-Encoding: gzip", "200 OK", "\x1f\x8b no gzip")
	if err := os.WriteFile(archive, []byte(broken), 0o666); err != nil {
		t.Fatal(err)
	}
	w := newWorld("")
	if status := run(t.Context(), &w.Env, []string{"read", "--to", "jsonl", archive}); status != exitFailed || !strings.Contains(w.err.String(), "a payload cannot be unpacked (https://coast.example/10)") {
		t.Errorf("status %d, %s", status, w.err.String())
	}
}
