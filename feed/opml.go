package feed

import (
	"encoding/xml"
	"io"
	"strings"

	"quoth"
)

// maxSources is how many feeds an OPML file may list.
const maxSources = 100_000

// ReadOPML reads a list of feeds (OPML 2.0): each outline with an xmlUrl, at any depth, once.
// Folders are not kept. It reads r to its end, so that the caller limits r. The error is a *quoth.Error with code Invalid, or TooLarge over 100,000 feeds.
func ReadOPML(r io.Reader) ([]Source, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "the list of feeds cannot be read: " + err.Error(), Hint: "check the file", Err: err}
	}
	d := newDecoder(toUTF8(text, ""))
	var sources []Source
	seen := map[string]bool{}
	isOPML := false
	for {
		t, err := d.Token()
		if err != nil && (err != io.EOF || !isOPML) {
			return nil, &quoth.Error{Code: quoth.Invalid, Message: "the list of feeds is no OPML", Hint: "export it again from the program that it came from", Err: err}
		}
		if err == io.EOF {
			return sources, nil
		}
		start, isStart := t.(xml.StartElement)
		if !isStart {
			continue
		}
		isOPML = isOPML || strings.EqualFold(start.Name.Local, "opml")
		if !isOPML || !strings.EqualFold(start.Name.Local, "outline") {
			continue
		}
		s := sourceOf(start)
		if s.URL == "" || seen[s.URL] {
			continue
		}
		if len(sources) >= maxSources {
			return nil, &quoth.Error{Code: quoth.TooLarge, Message: "the list has over 100,000 feeds", Hint: "split it"}
		}
		seen[s.URL] = true
		sources = append(sources, s)
	}
}

// sourceOf reads an outline; URL is "" when it is no feed. Attributes are read without
// regard to case, for programs differ.
func sourceOf(outline xml.StartElement) Source {
	var s Source
	var text string
	for _, a := range outline.Attr {
		value := strings.TrimSpace(a.Value)
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			if isWeb(value) {
				s.URL = value
			}
		case "htmlurl":
			if isWeb(value) {
				s.Site = value
			}
		case "title":
			s.Title = plainText(value)
		case "text":
			text = plainText(value)
		}
	}
	if s.Title == "" {
		s.Title = text
	}
	return s
}

func isWeb(address string) bool { return canonical(nil, address) != "" }

// WriteOPML writes a list of feeds as OPML 2.0, which ReadOPML and other readers of feeds
// read.
func WriteOPML(w io.Writer, title string, sources []Source) error {
	type outline struct {
		Type  string `xml:"type,attr"`
		Text  string `xml:"text,attr"`
		Title string `xml:"title,attr,omitempty"`
		URL   string `xml:"xmlUrl,attr"`
		Site  string `xml:"htmlUrl,attr,omitempty"`
	}
	list := struct {
		XMLName  xml.Name  `xml:"opml"`
		Version  string    `xml:"version,attr"`
		Title    string    `xml:"head>title"`
		Outlines []outline `xml:"body>outline"`
	}{Version: "2.0", Title: title}
	for _, s := range sources {
		o := outline{Type: "rss", Text: s.Title, Title: s.Title, URL: s.URL, Site: s.Site}
		if o.Text == "" {
			o.Text = s.URL // the standard wants one
		}
		list.Outlines = append(list.Outlines, o)
	}
	text, err := xml.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}
