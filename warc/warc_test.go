package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
)

// record writes one record as a crawler does.
func record(typ, uri, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-03-20T10:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		typ, uri, uri, len(block), block)
}

func packed(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		if _, err := io.WriteString(z, p); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// read returns what comes out of an archive: "URI=payload" or "!reason".
func read(archive io.Reader, opt Options) (got []string, err error) {
	for rec, e := range NewReader(archive, opt).Records() {
		var damage *DamageError
		switch {
		case errors.As(e, &damage):
			got = append(got, "!"+damage.Reason)
		case e != nil:
			return got, e
		default:
			got = append(got, rec.URI+"="+string(rec.Payload))
		}
		if len(got) > 1000 {
			return got, errors.New("no end")
		}
	}
	return got, nil
}

func TestReader(t *testing.T) {
	a, b, c := record("resource", "u:a", "one"), record("conversion", "u:b", "two\r\nlines"), record("resource", "u:c", "three")
	whole := []string{"u:a=one", "u:b=two\r\nlines", "u:c=three"}
	pa, pb, pc := packed(t, a), packed(t, b), packed(t, c)
	flip := func(s string) string { // damages a member in its middle
		x := []byte(s)
		for i := len(x) / 2; i < len(x)/2+12; i++ {
			x[i] ^= 0xff
		}
		return string(x)
	}
	long := func(record, length string) string { // that tells another length than its own
		return regexp.MustCompile("Content-Length: [0-9]+").ReplaceAllString(record, "Content-Length: "+length)
	}
	cases := []struct {
		name, archive string
		want          []string
	}{
		{"plain", a + b + c, whole},
		{"a member a record", pa + pb + pc, whole},
		{"one member", packed(t, a+b+c), whole},
		{"zero padding between members", pa + "\x00\x00\x00\x00\x00" + pb + pc, whole},
		{"empty", "", nil},
		{"blank", "\r\n\r\n", nil},
		{"bare line feeds", strings.ReplaceAll(a+c, "\r\n", "\n"), []string{"u:a=one", "u:c=three"}},
		{"folded field", strings.Replace(a, "WARC-Target-URI: u:a", "WARC-Target-URI:\r\n u:a", 1), []string{" u:a=one"}},
		{"no payload of a request", record("request", "u:r", "GET / HTTP/1.1") + a, []string{"u:r=", "u:a=one"}},
		{"bytes before a record", a + "garbage\r\nmore\r\n" + b + c, []string{whole[0], "!bytes that are no record", whole[1], whole[2]}},
		{"no length", a + strings.Replace(b, "Content-Length", "X-Length", 1) + c, []string{whole[0], "!a record does not tell its length", "!bytes that are no record", whole[2]}},
		{"length too small", strings.Replace(a, "Content-Length: 3", "Content-Length: 1", 1) + c, []string{"u:a=o", "!bytes that are no record", whole[2]}},
		{"field without a colon", strings.Replace(a, "WARC-Date: 2025-03-20T10:00:00Z", "nonsense", 1) + c, []string{"!a record's header cannot be read", "!bytes that are no record", whole[2]}},
		{"cut off", a + b[:len(b)-10], []string{whole[0], "!the archive breaks off inside a record"}},
		{"cut off in a header", a + b[:30], []string{whole[0], "!a record's header cannot be read"}},
		{"over the limit", a + record("resource", "u:big", strings.Repeat("x", 5000)) + c, []string{whole[0], "!a record is over the limit of 4000 bytes", whole[2]}},
		{"no record", "garbage", []string{"!bytes that are no record"}},
		{"length beyond the end", long(a, "399") + b + c, []string{"!a record is shorter than it tells", whole[1], whole[2]}},
		{"all lengths beyond the end", long(a, "1399") + long(b, "1399") + long(c, "1399"), []string{"!a record is shorter than it tells", "!a record is shorter than it tells", "!the archive breaks off inside a record"}},
		{"absurd length", long(a, "9999999999999999") + b + c, []string{"!a record is shorter than it tells", whole[1], whole[2]}},
		{"absurd length, packed", packed(t, long(a, "9999999999999999")) + pb + pc, []string{"!a record is shorter than it tells", whole[1], whole[2]}},
		{"packed bytes between members", pa + "garbage" + pb + pc, []string{whole[0], "!packed data is damaged", whole[1], whole[2]}},
		{"packed and cut off", pa + pb[:len(pb)-20], []string{whole[0], "!packed data is damaged"}},
		{"packed and cut off in the middle", pa + pb[:len(pb)-20] + pc, []string{whole[0], "!packed data is damaged", whole[2]}},
		{"packed and cut off in its first bytes", pa + pb[:5] + pc, []string{whole[0], "!packed data is damaged", whole[2]}},
		{"packed and cut off in its sum", pa + pb[:len(pb)-5] + pc, []string{whole[0], "!packed data is damaged", whole[2]}},
		{"packed with another sum", pa + pb[:len(pb)-8] + "\x00\x01\x02\x03" + pb[len(pb)-4:] + pc, []string{whole[0], "!packed data is damaged", whole[2]}},
		{"bytes after the last member", pa + "garbage at the end", []string{whole[0], "!packed data is damaged"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{"at once": strings.NewReader(c.archive), "by bytes": iotest.OneByteReader(strings.NewReader(c.archive))} {
				got, err := read(r, Options{MaxRecordBytes: 4000})
				if err != nil || !reflect.DeepEqual(got, c.want) {
					t.Errorf("%s\n got  %q, %v\n want %q", name, got, err, c.want)
				}
			}
		})
	}
	t.Run("length beyond a size that is known", func(t *testing.T) {
		archive := long(a, "5000") + b
		got, err := read(strings.NewReader(archive), Options{MaxRecordBytes: 4000, SizeBytes: int64(len(archive))})
		if want := []string{"!a record is shorter than it tells", whole[1]}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	})
	t.Run("damaged member", func(t *testing.T) {
		got, err := read(strings.NewReader(pa+flip(pb)+pc), Options{})
		if err != nil || len(got) < 3 || got[0] != whole[0] || got[len(got)-1] != whole[2] || !strings.HasPrefix(got[1], "!") {
			t.Errorf("got %q, %v; want the first and the last record and damage between", got, err)
		}
	})
}

func TestReaderOffsets(t *testing.T) {
	a, b := record("resource", "u:a", "one"), record("resource", "u:b", "two")
	pa, pb := packed(t, a), packed(t, b)
	for _, c := range []struct {
		name, archive string
		want          []int64
	}{
		{"plain", a + b, []int64{0, int64(len(a))}},
		{"members", pa + pb, []int64{0, int64(len(pa))}},
		{"one member", packed(t, a+b), []int64{0, 0}},
	} {
		var got []int64
		for rec, err := range NewReader(strings.NewReader(c.archive), Options{}).Records() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, rec.Offset)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: offsets %v, want %v", c.name, got, c.want)
		}
	}
}

func TestResponse(t *testing.T) {
	page := "<p>Mayor Zoë Hale spoke.</p>"
	z := packed(t, page)
	chunked := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(page), page)
	cases := []struct{ name, head, body, want string }{
		{"plain", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n", page, page},
		{"second version", "HTTP/2 200\r\ncontent-type: text/html; charset=utf-8\r\n", page, page},
		{"chunked", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n", chunked, page},
		{"chunked in name only", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n", page, page},
		{"without the last chunk", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n", strings.TrimSuffix(chunked, "0\r\n\r\n"), page},
		{"cut off in a chunk", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n", "5\r\n" + page[:5] + "\r\nff\r\n" + page[5:], page},
		{"gzip", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n", z, page},
		{"gzip in name only", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n", page, page},
		{"broken field", "HTTP/1.1 200 OK\r\nno field\r\nContent-Type: text/html; charset=utf-8\r\n", page, page},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rec, err := NewReader(strings.NewReader(record("response", "https://example.org/a", c.head+"\r\n"+c.body)), Options{}).Next()
			if err != nil {
				t.Fatal(err)
			}
			if string(rec.Payload) != c.want || rec.Status != 200 || rec.ContentType != "text/html; charset=utf-8" || rec.Date.IsZero() {
				t.Errorf("got %d %q %q, want 200, %q", rec.Status, rec.ContentType, rec.Payload, c.want)
			}
		})
	}
	t.Run("chunks that are none", func(t *testing.T) {
		_, err := NewReader(strings.NewReader(record("response", "u:c", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n"+page[:5]+"\r\nno length\r\n"+page[5:])), Options{}).Next()
		var damage *DamageError
		if !errors.As(err, &damage) || damage.Reason != "a payload cannot be unpacked" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("bomb", func(t *testing.T) {
		bomb := packed(t, strings.Repeat("a", 1<<20))
		_, err := NewReader(strings.NewReader(record("response", "u:b", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+bomb)), Options{MaxRecordBytes: 10_000}).Next()
		if !errors.Is(err, errLong) {
			t.Errorf("a payload of 1 MiB in %d bytes gave %v", len(bomb), err)
		}
	})
}

// A reader that fails ends the reading with its own error, not with damage.
func TestReaderFails(t *testing.T) {
	boom := errors.New("disk on fire")
	a := record("resource", "u:a", "one")
	for name, head := range map[string]string{"plain": a + a[:40], "packed": packed(t, a)} {
		_, err := read(io.MultiReader(strings.NewReader(head), iotest.ErrReader(boom)), Options{})
		if !errors.Is(err, boom) {
			t.Errorf("%s: got %v, want the reader's error", name, err)
		}
	}
}

// Whatever the bytes, reading ends, never panics, offsets never fall, and the same
// bytes give the same records.
func FuzzWARC(f *testing.F) {
	a := record("response", "u:a", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+packed(f, "page"))
	f.Add([]byte(a + record("resource", "u:b", "x")))
	f.Add([]byte(packed(f, a, a)))
	f.Add([]byte(packed(f, a) + "garbage" + packed(f, a)))
	f.Add([]byte("WARC/1.0\r\nContent-Length: 9999999999999999\r\nWARC-Type: resource\r\n\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		run := func() []string {
			var out []string
			last := int64(0)
			for rec, err := range NewReader(bytes.NewReader(b), Options{MaxRecordBytes: 1 << 16}).Records() {
				if err != nil {
					out = append(out, err.Error())
				} else {
					out = append(out, fmt.Sprint(rec.Type, rec.URI, rec.Status, len(rec.Payload)))
					if rec.Offset < last || rec.Offset > int64(len(b)) {
						t.Fatalf("offset %d after %d of %d", rec.Offset, last, len(b))
					}
					last = rec.Offset
				}
				if len(out) > len(b)+10 {
					t.Fatalf("more results than bytes: %q", out[:10])
				}
			}
			return out
		}
		if one, two := run(), run(); !reflect.DeepEqual(one, two) {
			t.Fatalf("%q and then %q", one, two)
		}
	})
}
