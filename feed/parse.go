package feed

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"mime"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"quoth"
)

// Limits of what is parsed. The library builds a tree of a feed: one with 1000 entries
// of 50 elements is well within, one made to fill the memory is not. Nodes are beginnings
// and ends of elements and the texts between them.
const (
	maxNodes       = 200_000
	maxDepth       = 64
	maxUnzipped    = 50 << 20 // as a sitemap may have at most
	maxSitemapURLs = 50_000   // likewise
	maxTitleBytes  = 1000
)

// kind is what a document turns out to be.
type kind int

const (
	unknownKind kind = iota
	feedKind
	sitemapKind
	sitemapIndexKind
	pageKind
)

// document is what an answer holds, in UTF-8.
type document struct {
	kind kind
	base *url.URL
	text []byte
}

// open tells what an answer holds. Content types are seldom right, so the bytes decide.
func open(a answer) (document, error) {
	body, err := unzip(a.body)
	if err != nil {
		return document{}, err
	}
	d := document{base: a.url, text: toUTF8(body, a.contentType)}
	d.kind = kindOf(d.text)
	return d, nil
}

// unzip unpacks a sitemap that is a gzip file.
func unzip(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, notAFeed(err)
	}
	body, err = io.ReadAll(io.LimitReader(z, maxUnzipped+1))
	if err != nil {
		return nil, notAFeed(err)
	}
	if len(body) > maxUnzipped {
		return nil, &quoth.Error{Code: quoth.TooLarge, Message: "the sitemap is over 50 MiB when unpacked", Hint: "watch a feed or a news sitemap of the site"}
	}
	return body, nil
}

func notAFeed(err error) error {
	return &quoth.Error{Code: quoth.Invalid, Message: "what came is no RSS, Atom, JSON Feed or sitemap that can be read", Hint: "open the address in a browser and look for the feed's own", Err: err}
}

// declaration is the XML declaration with the encoding that it names.
var declaration = regexp.MustCompile(`^\s*<\?xml(?:[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["'])?[^>]*\?>`)

// toUTF8 recodes a document. As everywhere in XML a byte order mark comes first, then the
// declaration, then the sender's word (RFC 7303 puts that before the declaration; in feeds
// it is the one that is wrong more often). What is said to be UTF-8 and is not is taken as
// windows-1252, as browsers do. The declaration is taken off, for it is no longer true.
func toUTF8(body []byte, contentType string) []byte {
	_, params, _ := mime.ParseMediaType(contentType)
	label, isMarked := params["charset"], true
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		body, label = body[3:], "utf-8"
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		body, label = body[2:], "utf-16le"
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		body, label = body[2:], "utf-16be"
	default:
		isMarked = false
		if m := declaration.FindSubmatch(body[:min(len(body), 1024)]); m != nil && m[1] != nil {
			label = string(m[1])
		}
	}
	encoding, name := charset.Lookup(label)
	// UTF-16 without a mark is named more often than it is sent.
	if encoding == nil || name == "utf-8" || strings.HasPrefix(name, "utf-16") && !isMarked {
		encoding = nil
		if !utf8.Valid(body) {
			encoding = charmap.Windows1252
		}
	}
	if encoding != nil {
		if decoded, err := encoding.NewDecoder().Bytes(body); err == nil {
			body = decoded
		}
	}
	body = bytes.ToValidUTF8(body, []byte("\ufffd"))
	if m := declaration.FindIndex(body[:min(len(body), 1024)]); m != nil {
		body = body[m[1]:]
	}
	// XML allows no other control characters, and one would cost the whole feed.
	return bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, body)
}

// newDecoder returns a decoder of text in UTF-8 that forgives what feeds get wrong. It
// knows no entities but HTML's, and none that the document defines: no bomb goes off.
func newDecoder(text []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	return d
}

// kindOf tells by its first element, or bracket, what a document is.
func kindOf(text []byte) kind {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return feedKind
	}
	d := newDecoder(text)
	for {
		t, err := d.RawToken()
		if err != nil {
			return unknownKind
		}
		if start, isStart := t.(xml.StartElement); isStart {
			switch strings.ToLower(start.Name.Local) {
			case "rss", "rdf", "feed":
				return feedKind
			case "urlset":
				return sitemapKind
			case "sitemapindex":
				return sitemapIndexKind
			}
			return pageKind
		}
	}
}

var (
	errNodes = &quoth.Error{Code: quoth.TooLarge, Message: "the feed has too many elements", Hint: "it is no feed that a reader could use"}
	errDepth = &quoth.Error{Code: quoth.TooLarge, Message: "the feed has elements nested too deep", Hint: "it is no feed that a reader could use"}
)

// measure refuses a feed that is made to cost memory or stack.
func measure(text []byte) error {
	var next func() (step int, err error)
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		d := json.NewDecoder(bytes.NewReader(text))
		next = func() (int, error) {
			t, err := d.Token()
			switch t {
			case json.Delim('{'), json.Delim('['):
				return 1, err
			case json.Delim('}'), json.Delim(']'):
				return -1, err
			}
			return 0, err
		}
	} else {
		d := newDecoder(text)
		next = func() (int, error) {
			t, err := d.Token()
			switch t.(type) {
			case xml.StartElement:
				return 1, err
			case xml.EndElement:
				return -1, err
			}
			return 0, err
		}
	}
	for nodes, depth := 0, 0; ; nodes++ {
		step, err := next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return notAFeed(err)
		}
		if depth += step; depth > maxDepth {
			return errDepth
		}
		if nodes > maxNodes {
			return errNodes
		}
	}
}

// feedItems reads RSS, Atom or JSON Feed. Entries without an address on the web are left out.
func (d document) feedItems() (items []Item, err error) {
	if err := measure(d.text); err != nil {
		return nil, err
	}
	// The text is a stranger's and the library large: a fault in it costs this feed only.
	defer func() {
		if p := recover(); p != nil {
			items, err = nil, notAFeed(fmt.Errorf("parser: %v", p))
		}
	}()
	parsed, err := gofeed.NewParser().Parse(bytes.NewReader(d.text))
	if err != nil {
		return nil, notAFeed(err)
	}
	for _, entry := range parsed.Items {
		item := Item{GUID: entry.GUID, Title: plainText(entry.Title), Published: firstTime(entry.PublishedParsed, entry.UpdatedParsed)}
		item.URL = canonical(d.base, entry.Link)
		if item.URL == "" && strings.Contains(entry.GUID, "://") {
			item.URL = canonical(nil, entry.GUID)
		}
		if item.URL != "" {
			items = append(items, item)
		}
	}
	return items, nil
}

func firstTime(times ...*time.Time) time.Time {
	for _, t := range times {
		if t != nil && !t.IsZero() {
			return t.UTC()
		}
	}
	return time.Time{}
}

// sitemapEntry is a <url> or <sitemap> (sitemaps.org 0.9, with the news extension).
type sitemapEntry struct {
	Loc      string `xml:"loc"`
	Modified string `xml:"lastmod"`
	News     struct {
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
	} `xml:"news"`
}

// sitemapItems reads a sitemap, or the list of sitemaps that an index holds. A sitemap that
// breaks off yields what came before.
func (d document) sitemapItems() ([]Item, error) {
	var items []Item
	decoder := newDecoder(d.text)
	for len(items) < maxSitemapURLs {
		t, err := decoder.Token()
		if err != nil {
			if len(items) == 0 && err != io.EOF {
				return nil, notAFeed(err)
			}
			return items, nil
		}
		start, isStart := t.(xml.StartElement)
		if !isStart || start.Name.Local != "url" && start.Name.Local != "sitemap" {
			continue
		}
		var entry sitemapEntry
		if err := decoder.DecodeElement(&entry, &start); err != nil {
			if len(items) == 0 {
				return nil, notAFeed(err)
			}
			return items, nil
		}
		item := Item{URL: canonical(d.base, entry.Loc), Title: plainText(entry.News.Title), Published: parseTime(entry.News.Published)}
		if item.Published.IsZero() {
			item.Published = parseTime(entry.Modified)
		}
		if item.URL != "" {
			items = append(items, item)
		}
	}
	return items, nil
}

// parseTime reads a W3C date and time, as sitemaps have it; zero when it is none.
func parseTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", time.DateOnly, "2006-01"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// plainText is the text of a title that may hold HTML, on one line and of bounded length.
func plainText(s string) string {
	var words strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	hidden := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return clip(strings.Join(strings.Fields(strings.Map(visible, words.String())), " "))
		case html.TextToken:
			if !hidden {
				words.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			hidden = string(name) == "script" || string(name) == "style"
		case html.EndTagToken:
			hidden = false
		}
	}
}

// visible turns control characters, and those that change the direction of text, into space.
func visible(r rune) rune {
	if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
		return ' '
	}
	return r
}

func clip(s string) string {
	if len(s) <= maxTitleBytes {
		return s
	}
	return strings.ToValidUTF8(s[:maxTitleBytes], "") + "…"
}
