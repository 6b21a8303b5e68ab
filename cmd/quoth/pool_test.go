package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"quoth"
)

// numbered yields n tasks called 0, 1, 2 …
func numbered(n int, begun *atomic.Int64) func(func(task) bool) {
	return func(yield func(task) bool) {
		for i := range n {
			begun.Add(1)
			if !yield(task{label: fmt.Sprint(i)}) {
				return
			}
		}
	}
}

// However long the tasks take, the outcomes come in the order of the tasks, and no
// more than the window is ever begun ahead of the one that is awaited.
func TestInOrderKeepsOrderAndWindow(t *testing.T) {
	for _, jobs := range []int{1, 2, 7} {
		synctest.Test(t, func(t *testing.T) {
			var begun, running, most atomic.Int64
			do := func(_ context.Context, tk task) outcome {
				most.Store(max(most.Load(), running.Add(1)))
				defer running.Add(-1)
				time.Sleep(time.Duration(len(tk.label)*7919%13) * time.Second)
				if tk.label == "3" {
					time.Sleep(time.Hour)
				}
				return outcome{task: tk}
			}
			next := 0
			err := inOrder(t.Context(), jobs, numbered(100, &begun), do, func(o outcome) error {
				if o.task.label != fmt.Sprint(next) {
					t.Errorf("jobs %d: got %s, want %d", jobs, o.task.label, next)
				}
				next++
				// One is in each worker, one at each of the two sends, the rest in the window.
				if ahead := int(begun.Load()) - next; ahead > windowPerWorker*jobs+2 {
					t.Errorf("jobs %d: %d begun ahead", jobs, ahead)
				}
				return nil
			})
			if err != nil || next != 100 || most.Load() > int64(jobs) {
				t.Errorf("jobs %d: err %v, %d outcomes, %d at once", jobs, err, next, most.Load())
			}
		})
	}
}

// After an error of emit, or the end of the context, nothing is left running.
func TestInOrderStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var begun atomic.Int64
		bad := errors.New("bad")
		do := func(_ context.Context, tk task) outcome { return outcome{task: tk} }
		err := inOrder(t.Context(), 4, numbered(1e6, &begun), do, func(o outcome) error {
			if o.task.label == "5" {
				return bad
			}
			return nil
		})
		if !errors.Is(err, bad) {
			t.Errorf("got %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err = inOrder(ctx, 4, numbered(1e6, &begun), do, func(o outcome) error {
			if o.task.label == "7" {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

// However many jobs are allowed, no more workers begin than there are tasks.
func TestInOrderBeginsNoIdleWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before, most := runtime.NumGoroutine(), 0
		var begun atomic.Int64
		do := func(_ context.Context, tk task) outcome {
			most = max(most, runtime.NumGoroutine()-before)
			return outcome{task: tk}
		}
		err := inOrder(t.Context(), maxJobs, numbered(1, &begun), do, func(outcome) error { return nil })
		if err != nil || most > maxJobs/2 {
			t.Errorf("one task had %d goroutines, err %v", most, err)
		}
	})
}

// A reader that never answers, like a terminal at which nobody types.
type silent struct{ never chan struct{} }

func (s silent) Read([]byte) (int, error) { <-s.never; return 0, io.EOF }

func TestInterruptEndsAHangingRead(t *testing.T) {
	w := newWorld("")
	never := make(chan struct{})
	defer close(never)
	w.Stdin = silent{never}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if got := run(ctx, &w.Env, []string{"read", "--to", "html", "-"}); got != exitFailed {
		t.Errorf("got status %d", got)
	}
	if !strings.Contains(w.err.String(), "quoth: error: interrupted: 0 read") {
		t.Errorf("got %s", w.err.String())
	}
	if !strings.HasSuffix(w.out.String(), "</html>\n") {
		t.Errorf("the page is not whole: %s", w.out.String())
	}
}

// A pipe whose reader goes away after n writes.
type shortPipe struct{ n int }

func (p *shortPipe) Write(b []byte) (int, error) {
	if p.n--; p.n < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(b), nil
}

func TestABrokenPipeEndsQuietly(t *testing.T) {
	line := `{"text": "“One,” said Zoë."}` + "\n"
	for _, format := range []string{"jsonl", "html", "text"} {
		w := newWorld(strings.Repeat(line, 1000))
		w.Stdout = &shortPipe{n: 3}
		if got := run(t.Context(), &w.Env, []string{"read", "--from", "jsonl", "--to", format}); got != exitGood || w.err.Len() > 0 {
			t.Errorf("%s: got status %d, stderr %s", format, got, w.err.String())
		}
	}
}

func TestFileNamesStayInTheirFolder(t *testing.T) {
	dir := t.TempDir()
	s := &folderSink{dir: dir, names: map[string]bool{}}
	seen := map[string]bool{}
	ids := []string{"a", "a", "A", "a-2", "", ".", "..", "../../etc/passwd", "/abs", `c:\x`, ".hidden", "x\x00y", "http://a.example/?q=1", strings.Repeat("é", 500), "con\nnul"}
	for _, id := range ids {
		name := s.fileName(id)
		if seen[strings.ToLower(name)] || filepath.Base(name) != name || name[0] == '.' || len(name) > 160 {
			t.Errorf("%q: got %q", id, name)
		}
		seen[strings.ToLower(name)] = true
		if err := writeWhole(filepath.Join(dir, name), nil); err != nil {
			t.Errorf("%q: %v", id, err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != len(ids) {
		t.Errorf("got %d files, want %d: %v", len(files), len(ids), err)
	}
}

// On a terminal that does not get the readings, long work shows a line, and the line
// is gone before anything else is written and at the end.
func TestProgressOnATerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld("")
		w.StderrTTY = true
		p := startProgress(&w.Env, 3)
		p.done(false)
		p.done(true)
		time.Sleep(quietFor - terminalEvery)
		synctest.Wait()
		p.mu.Lock()
		if w.err.Len() > 0 {
			t.Errorf("talks before %v: %q", quietFor, w.err.String())
		}
		p.mu.Unlock()
		time.Sleep(2 * terminalEvery)
		p.stop()
		got := w.err.String()
		if !strings.Contains(got, "1 read from 3 inputs, 1 failed") || !strings.HasSuffix(got, "\r\x1b[K") {
			t.Errorf("got %q", got)
		}
	})
}

func TestProgressElsewhereIsALineAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld("")
		p := startProgress(&w.Env, 1)
		time.Sleep(150 * time.Second)
		p.stop()
		if got := strings.Count(w.err.String(), "\n"); got != 2 || strings.Contains(w.err.String(), "\x1b") {
			t.Errorf("got %q", w.err.String())
		}
	})
}

func TestSniff(t *testing.T) {
	tests := []struct{ name, head, want string }{
		{"a.jsonl", "", "jsonl"}, {"a.ndjson.gz", "", "jsonl"}, {"a.warc.gz", "", "warc"}, {"a.html", `{"a"`, "page"},
		{"standard input", ` {"id": 1}`, "jsonl"}, {"x", "\ufeff{\n \"text\": 1}", "jsonl"}, {"x", "WARC/1.0\r\n", "warc"},
		{"x", "{not json}", "page"}, {"x", "<!doctype html>", "page"}, {"x", "", "page"}, {"x.txt", "WARC/1.0", "page"},
	}
	for _, test := range tests {
		if got := sniff(test.name, []byte(test.head)); got != test.want {
			t.Errorf("sniff(%q, %q): got %s, want %s", test.name, test.head, got, test.want)
		}
	}
}

var _ quoth.Analyzer = double{}
