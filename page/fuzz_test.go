package page

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"quoth"
)

// fuzzOne checks that a page is read without panic, with valid blocks, and twice
// alike, or refused with an error for a person.
func fuzzOne(t *testing.T, opt Options, p quoth.RawPage) {
	a, err := New(opt).Extract(p)
	if err != nil {
		var e *quoth.Error
		if !errors.As(err, &e) || e.Hint == "" {
			t.Fatalf("%#v is no error for a person", err)
		}
		return
	}
	check(t, a)
	if again, err := New(opt).Extract(p); err != nil || !reflect.DeepEqual(a, again) {
		t.Fatalf("the second reading differs: %v", err)
	}
}

// Whatever the HTML, the property of fuzzOne holds.
func FuzzExtract(f *testing.F) {
	f.Add([]byte("<html><head><title>The ferry</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The ferry\",\"datePublished\":\"2025-03-20\",\"author\":[{\"name\":\"Rea Lind\"}]}</script></head><body><h1>The ferry</h1><time datetime=2025-03-20>x</time><p>“It will open,” said Zoë Hale.<br>× Feedback Why did you not like this content?</p><ul><li>One</ul><blockquote>Two</body></html>"))
	f.Add([]byte("<b><p><b><table><td><svg><![CDATA[x]]><template><p>"))
	f.Add([]byte("<meta charset=utf-16><p>Zo\xeb"))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzOne(t, Options{Format: HTML}, quoth.RawPage{Body: b}) })
}

// Whatever the text, the property of fuzzOne holds, and valid text is kept.
func FuzzText(f *testing.F) {
	f.Add([]byte(" date 2025-03-20 The ferry.\n\nAd\n\n“It will open,” said Zoë Hale. × Feedback Why did you not like this content?\nOther Cancel Submit"), false)
	f.Add([]byte("\ufeffOne\rTwo\r\n\u00a0(Image via Getty)\n[Photo: (x)]\nBy Rea Lind and\nUpdated March 20, 2025"), false)
	f.Add([]byte("““«„'\"`"), true)
	f.Fuzz(func(t *testing.T, b []byte, isClean bool) {
		opt := Options{Format: Text, Clean: isClean}
		fuzzOne(t, opt, quoth.RawPage{Body: b})
		if a, err := New(opt).Extract(quoth.RawPage{Body: b}); err == nil && a.Text != string(b) && !bytes.HasPrefix(b, utf16LE) && !bytes.HasPrefix(b, utf16BE) {
			t.Fatalf("text changed: %q to %q", b, a.Text)
		}
	})
}

// Whatever the lines, each gives a record or a *LineError, in order, and records are
// read as pages are.
func FuzzJSONLines(f *testing.F) {
	f.Add([]byte("{\"text\":\"He spoke.\",\"date\":\"2025-03-20\"}\n{\n\n{\"html\":\"<p>He spoke.\",\"title\":\"He spoke\"}"))
	f.Add([]byte(`{"text":"\ud800\u0000"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		last := 0
		for rec, err := range ReadLines(bytes.NewReader(b), 1<<16) {
			line := rec.Line
			var bad *LineError
			if err != nil && !errors.As(err, &bad) {
				t.Fatalf("%v is no *LineError", err)
			}
			if bad != nil {
				line = bad.Line
			}
			if line <= last {
				t.Fatalf("line %d after %d", line, last)
			}
			last = line
			if err != nil {
				continue
			}
			if a, err := New(Options{}).Record(rec); err == nil {
				check(t, a)
			}
		}
	})
}
