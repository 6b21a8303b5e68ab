package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// Every record can be read again at its place, alone.
func TestAt(t *testing.T) {
	a, b, c := record("resource", "u:a", "one"), record("resource", "u:b", "two"), record("resource", "u:c", "three")
	for name, archive := range map[string]string{
		"plain":            a + b + c,
		"members":          packed(t, a) + packed(t, b) + packed(t, c),
		"one member":       packed(t, a+b+c),
		"two in a member":  packed(t, a+b) + packed(t, c),
		"damage between":   a + "garbage\r\n" + b + c,
		"damaged members":  packed(t, a) + "garbage" + packed(t, b+c),
		"across a member":  packed(t, a+b[:40]) + packed(t, b[40:]+c),
		"padding at first": "\r\n\r\n" + a + b + c,
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			for rec, err := range NewReader(strings.NewReader(archive), Options{}).Records() {
				if err != nil {
					continue
				}
				n++
				again, err := At(strings.NewReader(archive), rec.Offset, rec.Skip, Options{})
				if err != nil {
					t.Fatalf("%s at %d, %d: %v", rec.URI, rec.Offset, rec.Skip, err)
				}
				if again.URI != rec.URI || string(again.Payload) != string(rec.Payload) || again.Offset != rec.Offset || again.Skip != rec.Skip {
					t.Errorf("at %d, %d: got %+v, want %+v", rec.Offset, rec.Skip, again, rec)
				}
			}
			if n != 3 {
				t.Errorf("%d records", n)
			}
		})
	}
	if _, err := At(strings.NewReader(a), int64(len(a)), 0, Options{}); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v, want io.EOF", err)
	}
	if _, err := At(strings.NewReader(a), -1, 0, Options{}); err == nil {
		t.Error("a negative place gave no error")
	}
}

// Damage is reported with the place where it begins.
func TestDamageOffsets(t *testing.T) {
	a, b := record("resource", "u:a", "one"), record("resource", "u:b", "two")
	pa := packed(t, a)
	for name, c := range map[string]struct {
		archive string
		want    int64
	}{
		"plain":           {a + "garbage\r\n" + b, int64(len(a))},
		"between members": {pa + "garbage" + packed(t, b), int64(len(pa))},
		"in a member":     {pa + packed(t, "garbage\r\n"+b), int64(len(pa))},
		"cut off":         {a + b[:len(b)-12], int64(len(a))},
	} {
		var got []int64
		for _, err := range NewReader(strings.NewReader(c.archive), Options{}).Records() {
			var damage *DamageError
			if errors.As(err, &damage) {
				got = append(got, damage.Offset)
			}
		}
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: damage at %v, want %d", name, got, c.want)
		}
	}
}

func TestContentEncodings(t *testing.T) {
	page := strings.Repeat("<p>Mayor Zoë Hale spoke.</p>", 50)
	pack := func(name string, open func(io.Writer) io.WriteCloser) string {
		var b bytes.Buffer
		w := open(&b)
		if _, err := io.WriteString(w, page); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := w.Close(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return b.String()
	}
	zs := pack("zstd", func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z })
	gz := pack("gzip", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	zl := pack("zlib", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	fl := pack("flate", func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 6); return z })
	// The package cannot unpack brotli itself; the test's stands for a decoder.
	fake := strings.Repeat("\x01\x02\x03", 20)
	brotli := func(r io.Reader) io.Reader {
		if b, _ := io.ReadAll(r); string(b) != fake {
			t.Errorf("the decoder got %q", b)
		}
		return strings.NewReader(page)
	}
	cases := []struct {
		name, fields, body string
		opt                Options
		wantErr            error
	}{
		{name: "zstd", fields: "Content-Encoding: zstd\r\n", body: zs},
		{name: "zstd in name only", fields: "Content-Encoding: zstd\r\n", body: page},
		{name: "gzip", fields: "Content-Encoding: gzip\r\n", body: gz},
		{name: "deflate", fields: "Content-Encoding: deflate\r\n", body: zl},
		{name: "bare deflate", fields: "Content-Encoding: deflate\r\n", body: fl},
		{name: "deflate in name only", fields: "Content-Encoding: deflate\r\n", body: page},
		{name: "chunked and packed", fields: "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", body: fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(gz), gz)},
		{name: "brotli", fields: "Content-Encoding: br\r\n", body: fake, opt: Options{Brotli: brotli}},
		{name: "brotli in name only", fields: "Content-Encoding: br\r\n", body: page},
		{name: "brotli without a decoder", fields: "Content-Encoding: br\r\n", body: fake, wantErr: errPacking},
		{name: "packed too often", fields: "Content-Encoding: gzip, gzip, gzip, gzip\r\n", body: gz, wantErr: errPacking},
		{name: "a bomb", fields: "Content-Encoding: zstd\r\n", body: zs, opt: Options{MaxRecordBytes: 1000}, wantErr: errLong},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rec, err := NewReader(strings.NewReader(record("response", "u:a", "HTTP/1.1 200 OK\r\n"+c.fields+"\r\n"+c.body)), c.opt).Next()
			if !errors.Is(err, c.wantErr) {
				t.Fatalf("error %v, want %v", err, c.wantErr)
			}
			if err == nil && string(rec.Payload) != page {
				t.Errorf("got %.60q", rec.Payload)
			}
		})
	}
}

// zeros gives zero bytes for ever.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A record of 1 GiB, and one of 256 MiB that is packed to a small part of that, are
// passed over in the memory of a small one.
func TestHugeRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a gibibyte")
	}
	const size, packedSize = 1 << 30, 1 << 28 // unpacking is what takes the time
	head := func(n int) string {
		return fmt.Sprintf("WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: u:huge\r\nContent-Length: %d\r\n\r\n", n)
	}
	tail := "\r\n\r\n" + record("resource", "u:b", "two")
	var member bytes.Buffer
	z, err := gzip.NewWriterLevel(&member, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(z, io.MultiReader(strings.NewReader(head(packedSize)), io.LimitReader(zeros{}, packedSize), strings.NewReader(tail)))
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	for name, archive := range map[string]io.Reader{
		"plain":  io.MultiReader(strings.NewReader(head(size)), io.LimitReader(zeros{}, size), strings.NewReader(tail)),
		"packed": bytes.NewReader(member.Bytes()),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := read(archive, Options{})
		runtime.ReadMemStats(&after)
		if err != nil || len(got) != 2 || !strings.Contains(got[0], "over the limit") || got[1] != "u:b=two" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 24<<20 {
			t.Errorf("%s: %d bytes were allocated", name, used)
		}
	}
}

// What wget writes is read: a program that has nothing to do with this one.
func TestWget(t *testing.T) {
	wget, err := exec.LookPath("wget")
	if err != nil {
		t.Skip("wget is not installed")
	}
	pages := map[string]string{
		"/index.html":  "<html><body><p>Mayor Zoë Hale spoke.</p><a href=second.html>more</a></body></html>",
		"/second.html": "<html><body><p>" + strings.Repeat("The ferry will open in May. ", 400) + "</p></body></html>",
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		half := len(body) / 2
		io.WriteString(w, body[:half])
		w.(http.Flusher).Flush() // without a length: sent in chunks
		io.WriteString(w, body[half:])
	}))
	defer site.Close()
	for name, args := range map[string][]string{"packed": nil, "plain": {"--no-warc-compression"}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			args := append([]string{"--quiet", "--no-proxy", "--tries=1", "--recursive", "--level=2", "--warc-file=" + filepath.Join(dir, "site"), "--directory-prefix=" + dir}, args...)
			cmd := exec.CommandContext(t.Context(), wget, append(args, site.URL+"/index.html")...)
			if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 8 { // 8: robots.txt is not there
				t.Fatalf("wget: %v\n%s", err, out)
			}
			files, err := filepath.Glob(filepath.Join(dir, "site.warc*"))
			if err != nil || len(files) != 1 {
				t.Fatalf("wget wrote %q, %v", files, err)
			}
			archive, err := os.Open(files[0])
			if err != nil {
				t.Fatal(err)
			}
			defer archive.Close()
			checkWget(t, archive, site.URL, pages)
		})
	}
}

// checkWget reads an archive from end to end and each page again at its place.
func checkWget(t *testing.T, archive *os.File, address string, pages map[string]string) {
	t.Helper()
	types := map[string]int{}
	found := map[string]*Record{}
	for rec, err := range NewReader(archive, Options{}).Records() {
		if err != nil {
			t.Fatal(err)
		}
		types[rec.Type]++
		if rec.Type == Response && rec.Status == http.StatusOK {
			found[strings.TrimPrefix(rec.URI, address)] = rec
		}
	}
	if types["warcinfo"] == 0 || types["request"] < len(pages) {
		t.Errorf("types %v, want warcinfo and a request for each page", types)
	}
	for path, want := range pages {
		rec := found[path]
		if rec == nil {
			t.Fatalf("no record of %s among %d", path, len(found))
		}
		if string(rec.Payload) != want || rec.ContentType != "text/html; charset=utf-8" || rec.Date.IsZero() || !strings.HasPrefix(rec.ID, "urn:uuid:") {
			t.Errorf("%s: got %+v", path, rec)
		}
		again, err := At(archive, rec.Offset, rec.Skip, Options{})
		if err != nil || string(again.Payload) != want {
			t.Errorf("%s again at %d: %v", path, rec.Offset, err)
		}
	}
}
