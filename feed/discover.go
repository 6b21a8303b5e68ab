package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// feedTypes are the media types of <link> that lead to a feed, the best first.
var feedTypes = []string{"application/atom+xml", "application/rss+xml", "application/feed+json"}

// maxLinks is how many feeds of one page are looked at.
const maxLinks = 50

// Discover returns the feeds that an HTML page names with <link rel="alternate">, the
// first being the one to read: as the page orders them, feeds of comments last. The page's
// bytes are UTF-8 and base is its address. It is nil when the page names none.
func Discover(page []byte, base *url.URL) []Source {
	var found []Source
	hasBase := false
	z := html.NewTokenizer(bytes.NewReader(page))
	for len(found) < maxLinks {
		switch z.Next() {
		case html.ErrorToken:
			return ordered(found)
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			// Only the first counts; each on top of the last would also grow without bound.
			if t.Data == "base" && !hasBase {
				if u, err := base.Parse(attribute(t, "href")); err == nil {
					base, hasBase = u, true
				}
			}
			if t.Data != "link" || !isFeedLink(t) {
				continue
			}
			// The address is kept as it is written: here parameters may choose the feed.
			u, err := base.Parse(strings.TrimSpace(attribute(t, "href")))
			if err != nil || len(u.String()) > maxAddressBytes || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
				continue
			}
			found = append(found, Source{URL: u.String(), Title: plainText(attribute(t, "title"))})
		}
	}
	return ordered(found)
}

// ordered puts feeds of comments last and takes out what is there twice.
func ordered(found []Source) []Source {
	slices.SortStableFunc(found, func(a, b Source) int { return rank(a) - rank(b) })
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(s Source) bool {
		isTwice := seen[s.URL]
		seen[s.URL] = true
		return isTwice
	})
}

func rank(s Source) int {
	if strings.Contains(strings.ToLower(s.URL+" "+s.Title), "comment") {
		return 1
	}
	return 0
}

func isFeedLink(t html.Token) bool {
	rel := strings.Fields(strings.ToLower(attribute(t, "rel")))
	media, _, _ := strings.Cut(strings.ToLower(attribute(t, "type")), ";")
	return slices.Contains(rel, "alternate") && slices.Contains(feedTypes, strings.TrimSpace(media))
}

// attribute is the value of an attribute, "" when there is none.
func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
