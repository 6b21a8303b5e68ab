package web

import (
	_ "embed"
	"net/http"
	"net/url"
	"strings"

	"quoth"
)

//go:embed assets/embed.js
var embedScript []byte

// ancestors is who may show a page in a frame: nobody but the publishers, and only the
// pages that are made for it.
func (s *Site) ancestors(isFramed bool) string {
	if !isFramed || len(s.Embedders) == 0 {
		return "'none'"
	}
	return strings.Join(s.Embedders, " ")
}

// CheckOrigin refuses what is no origin, such as https://paper.example.
func CheckOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || origin != strings.ToLower(origin) || strings.ContainsAny(u.Host, "*;, '\"") {
		return &quoth.Error{Code: quoth.Invalid, Message: "\"" + origin + "\" is no origin", Hint: "write it as https://paper.example"}
	}
	return nil
}

// embed is the question about the article of an address, for a frame on the publisher's own
// page. Of an address that the record does not have there is nothing to show.
func (s *Site) embed(r *http.Request) (*answer, error) {
	id := quoth.ArticleID(quoth.Article{URL: r.URL.Query().Get("url")})
	_, ref, err := s.Record.Article(r.Context(), id, 0)
	if quoth.CodeOf(err) == quoth.NotFound || s.Dialog == nil {
		return &answer{template: "embed", Title: "Quoth", isFramed: true, status: http.StatusNotFound, Data: map[string]any{}}, nil
	}
	if err != nil {
		return nil, err
	}
	ask, err := s.dialog(r, "article", ref.ID, ref.Revision)
	if err != nil {
		return nil, err
	}
	ask.IsFramed = true
	return &answer{template: "embed", Title: titleOf(ref), isFramed: true, Data: map[string]any{"Ask": ask, "Ref": ref}}, nil
}

// serveEmbed serves the script for publishers, whose name never changes.
func (s *Site) serveEmbed(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Write(embedScript)
}
