package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
)

// newReceipt is a receipt as browsers make them.
func newReceipt() string {
	var b [18]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// putAnswer sends a no about an article and returns the status.
func putAnswer(client *http.Client, base, receipt, article string) (int, error) {
	req, err := http.NewRequest(http.MethodPut, base+"/api/v1/feedback/"+receipt, strings.NewReader(fmt.Sprintf(`{"kind":"article","target":%q,"vote":"no"}`, article)))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// What a reader was told was taken is there after kill -9, however many answer at once.
func TestAnswersSurviveKill(t *testing.T) {
	const rounds, readersAtOnce, articles = 3, 16, 60
	s := serve(t, nil)
	var targets []string
	for i := range articles {
		at := s.add(bridgeText, fmt.Sprintf("https://herald.example/bridge/%d", i), "2026-04-17")
		targets = append(targets, at[strings.LastIndexByte(at, '/')+1:])
	}
	var taken []string // acknowledged
	for round := range rounds {
		cmd := quothCommand(t, "serve", "--record", s.record, "--listen", "127.0.0.1:0", "--rate", "1000000", "--burst", "1000000", "--answer-limit", "0")
		stderr, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(stderr)
		base := ""
		for base == "" {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatalf("the server does not begin: %v", err)
			}
			if i := strings.Index(line, "http://127"); i >= 0 {
				base = strings.TrimSpace(line[i:])
			}
		}
		go io.Copy(io.Discard, lines)
		var mu sync.Mutex
		var readers sync.WaitGroup
		for reader := range readersAtOnce {
			// Each has an address of its own, and answers about an article once.
			dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, byte(round+1), byte(reader+1))}}
			client := &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
			readers.Go(func() {
				defer client.CloseIdleConnections()
				for _, article := range targets {
					receipt := newReceipt()
					status, err := putAnswer(client, base, receipt, article)
					if err != nil {
						return // killed
					}
					if status != http.StatusOK {
						t.Errorf("status %d", status)
						return
					}
					mu.Lock()
					taken = append(taken, receipt)
					mu.Unlock()
				}
			})
		}
		// In the midst of it: when some were taken, and more are on their way.
		count := func() int {
			mu.Lock()
			defer mu.Unlock()
			return len(taken)
		}
		for enough, deadline := count()+50*(round+1), time.Now().Add(20*time.Second); count() < enough && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		readers.Wait()
		cmd.Wait()
	}
	if len(taken) < 50 {
		t.Fatalf("only %d answers were taken: too few for the test", len(taken))
	}
	for i, receipt := range taken {
		sum := sha256.Sum256([]byte("receipt\x00" + receipt))
		if _, err := s.store.FeedbackOf(t.Context(), hex.EncodeToString(sum[:])); err != nil {
			t.Fatalf("answer %d of %d: %v", i, len(taken), err)
		}
	}
	t.Logf("%d answers were taken, and all are there", len(taken))
}

// answering is a server on an empty record, and what sends it a new answer.
func answering(b *testing.B) (send func() time.Duration) {
	record := filepath.Join(b.TempDir(), "record.db")
	c := &ServeCmd{RecordFlags: RecordFlags{record}, Rate: 1e9, Burst: 1e9, MaxSize: 1 << 20, Timeout: time.Second, Log: "json"}
	served, err := c.wire(b.Context(), testEnv(io.Discard, io.Discard))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { served.close() })
	a := quoth.Article{URL: "https://herald.example/bridge", Text: bridgeText}
	a.ID = quoth.ArticleID(a)
	if err := served.record.Keep(context.Background(), []quoth.Entry{{Reading: quoth.Reading{Article: a}, Hash: quoth.HashOf(a), Model: "m"}}, nil); err != nil {
		b.Fatal(err)
	}
	body := fmt.Appendf(nil, `{"kind":"article","target":%q,"vote":"no"}`, a.ID)
	return func() time.Duration {
		req, err := http.NewRequest(http.MethodPut, "/api/v1/feedback/"+newReceipt(), bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		w := &discarded{header: http.Header{}}
		begun := time.Now()
		served.handler.ServeHTTP(w, req)
		if w.status != 0 && w.status != http.StatusOK {
			b.Errorf("status %d", w.status)
		}
		return time.Since(begun)
	}
}

// p99 reports how long the slowest of a hundred took.
func p99(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

// BenchmarkAnswers measures answers that are taken, durably: 32 readers answer one after the
// other without a pause.
func BenchmarkAnswers(b *testing.B) {
	send := answering(b)
	var mu sync.Mutex
	var times []time.Duration
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		var own []time.Duration
		for pb.Next() {
			own = append(own, send())
		}
		mu.Lock()
		times = append(times, own...)
		mu.Unlock()
	})
	p99(b, times)
}

// BenchmarkAnswersPaced sends a thousand answers a second, whether those before were taken
// or not.
func BenchmarkAnswersPaced(b *testing.B) {
	send := answering(b)
	times := make([]time.Duration, b.N)
	var wait sync.WaitGroup
	b.ResetTimer()
	begun := time.Now()
	for i := range b.N {
		time.Sleep(time.Until(begun.Add(time.Duration(i) * time.Millisecond)))
		wait.Go(func() { times[i] = send() })
	}
	wait.Wait()
	p99(b, times)
}

// discarded is an answer that nobody reads.
type discarded struct {
	header http.Header
	status int
}

func (d *discarded) Header() http.Header         { return d.header }
func (d *discarded) WriteHeader(status int)      { d.status = status }
func (d *discarded) Write(b []byte) (int, error) { return len(b), nil }
