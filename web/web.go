// Package web shows the record to everybody: pages of HTML that are whole without
// scripts, ask nothing of third parties, and set no cookie but that of a session at the
// desk. Every line says who said it,
// in which outlet it stands, and leads to the words on the publisher's page.
//
// Begin with [New]; the [Site] is an http.Handler.
package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"quoth"
	"quoth/internal/middleware"
)

// Renderer shows articles and dates; Site of package render is one.
type Renderer interface {
	// Article is an article with its statements as a piece of a page.
	Article(r quoth.Reading, link func(statement string) string) (template.HTML, error)
	// Style is the style sheet that Article needs.
	Style() string
	// Date is an EDTF date in words.
	Date(edtf string) string
	// Printed is a day of printing in words, with where the page tells it.
	Printed(p quoth.Published) string
}

// Options are what the site works with. Record and Renderer must be given.
type Options struct {
	Record   quoth.Store
	Renderer Renderer
	Now      func() time.Time // the clock; nil is time.Now
	Log      *slog.Logger     // nil logs nothing
	Dialog   Dialog           // nil: no answers are taken
	Editors  Editors          // nil: there is no desk
	Reader   Reader           // reads pages for Editors; must be given with them
	// Observe is told of each request that was answered: the route's pattern, the status and
	// the time it took; nil: nothing is.
	Observe func(method, pattern string, status int, took time.Duration)
	// Model is what the method page says of the model: its name and sum.
	Model string
	// Base is the address of the site as readers see it, without a slash at the end; ""
	// takes the request's host. Feeds and permalinks need it whole.
	Base string
	// Embedders are the origins of publishers who may show the question on their own pages.
	Embedders []string
	// PerSecond and Burst bound the requests of one address; 0 is 20 and 60.
	PerSecond float64
	Burst     int
}

// Site is the site.
type Site struct {
	Options
	handler http.Handler
	pages   map[string]*template.Template
	style   asset
	script  asset

	deskScript asset

	sized    sync.Mutex // guards what follows
	sizedAt  time.Time
	lastSize quoth.Size
}

// asset is a file whose name holds its sum, so that it may be kept for ever.
type asset struct {
	path, kind string
	body       []byte
}

//go:embed templates/*.html
var templates embed.FS

//go:embed assets/site.css
var siteStyle string

//go:embed assets/site.js
var siteScript []byte

//go:embed assets/desk.js
var deskScript []byte

// New makes the site. It has to be mounted at the root of its host, with the patterns of
// quoth/api beside it: its pages name one another by whole paths.
func New(o Options) (*Site, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.PerSecond, o.Burst = cmp.Or(o.PerSecond, 20), cmp.Or(o.Burst, 60)
	s := &Site{Options: o, style: newAsset("site", "css", "text/css; charset=utf-8", []byte(o.Renderer.Style()+siteStyle)), script: newAsset("site", "js", "text/javascript; charset=utf-8", siteScript),
		deskScript: newAsset("desk", "js", "text/javascript; charset=utf-8", deskScript)}
	if err := s.parse(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, route := range s.routes() {
		mux.Handle("GET "+route.pattern, s.page(route.handle))
	}
	// A form of another site must not answer for a reader.
	guard := http.NewCrossOriginProtection()
	for pattern, handle := range map[string]func(*http.Request) (*answer, error){"/feedback": s.answerForm, "/feedback/undo": s.undoForm} {
		mux.Handle("POST "+pattern, guard.Handler(s.page(handle)))
	}
	if err := s.mountDesk(mux, guard); err != nil {
		return nil, err
	}
	for _, a := range []asset{s.style, s.script, s.deskScript} {
		mux.HandleFunc("GET "+a.path, a.serve)
	}
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, r *http.Request) {
		// Searches are as many as anybody likes to type; every statement has its own page.
		fmt.Fprintf(w, "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /desk\nSitemap: %s/sitemap.xml\n", s.base(r))
	})
	mux.HandleFunc("GET /embed.js", s.serveEmbed)
	mux.HandleFunc("GET /sitemap.xml", s.sitemap)
	mux.HandleFunc("GET /sitemaps/{part}", s.sitemapPart)
	mux.Handle("/", s.page(func(*http.Request) (*answer, error) {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "there is no such page", Hint: "search for it by words or by name"}
	}))
	limits := middleware.NewLimits(rate.Limit(o.PerSecond), o.Burst, o.Now)
	limits.Refuse = s.page(func(*http.Request) (*answer, error) {
		return nil, &quoth.Error{Code: quoth.TooMany, Message: "too many requests came from your address", Hint: "wait a second, and try again; what you wrote is there when you go back"}
	})
	s.handler = middleware.Chain(mux, middleware.Identify, middleware.Log(o.Log, o.Now, o.Observe), middleware.Recover(o.Log), s.headers, limits.Layer)
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func newAsset(name, extension, kind string, body []byte) asset {
	sum := sha256.Sum256(body)
	return asset{fmt.Sprintf("/assets/%s-%s.%s", name, hex.EncodeToString(sum[:6]), extension), kind, body}
}

// serve answers with the asset, compressed by whatever stands before the server.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Write(a.body)
}

// parse reads the templates: each page with the layout and the pieces.
func (s *Site) parse() error {
	names, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return err
	}
	base, err := template.New("").Funcs(s.functions()).ParseFS(templates, "templates/layout.html", "templates/pieces.html")
	if err != nil {
		return fmt.Errorf("read the templates: %w", err)
	}
	s.pages = map[string]*template.Template{}
	for _, name := range names {
		short := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")
		if short == "layout" || short == "pieces" {
			continue
		}
		page, err := base.Clone()
		if err == nil {
			page, err = page.ParseFS(templates, name)
		}
		if err != nil {
			return fmt.Errorf("read template %s: %w", name, err)
		}
		s.pages[short] = page
	}
	return nil
}

// policy is the content security policy, up to who may frame the page.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "

// headers are those of every answer. The policy allows the site's own style and script
// and nothing else.
func (s *Site) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy+s.ancestors(false))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// answer is a page to be shown.
type answer struct {
	template    string // "" for a feed
	Title       string
	Description string
	Feed        string // address of the page's feed, "" when it has none
	Canonical   string // path of the page
	Data        any
	feed        *feed
	status      int
	moved       string // where the page is now
	seeOther    string // where to go on after a form
	cookie      *http.Cookie
	isFramed    bool          // publishers may show it in a frame
	isPrivate   bool          // of the desk: nobody between may keep it
	isPassing   bool          // what one reader does, or the rest of a list
	Viewer      quoth.Account // who is signed in, of a page of the desk
}

// view is what the layout is given.
type view struct {
	*answer
	Site   *Site
	Base   string
	Query  string
	Style  string
	Script string
	Desk   string // the desk's script
}

// IsUnlisted reports whether search engines are to leave the page out.
func (a *answer) IsUnlisted() bool { return a.isPrivate || a.isPassing || a.status != 0 }

// page makes a handler that shows what f answers, or the error that it ends in.
func (s *Site) page(f func(*http.Request) (*answer, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, err := f(r)
		if err != nil {
			a = s.failure(r.Context(), err)
			a.isFramed = r.URL.Path == "/embed" || r.PostForm.Get("framed") != ""
		}
		if a.cookie != nil {
			http.SetCookie(w, a.cookie)
		}
		if a.moved != "" {
			w.Header().Set("Cache-Control", "no-cache") // an editor may undo what moved it
			http.Redirect(w, r, a.moved, http.StatusMovedPermanently)
			return
		}
		if a.seeOther != "" {
			http.Redirect(w, r, a.seeOther, http.StatusSeeOther)
			return
		}
		if a.feed != nil {
			s.writeFeed(w, r, a)
			return
		}
		var b bytes.Buffer
		v := view{answer: a, Site: s, Base: s.base(r), Query: r.URL.Query().Get("q"), Style: s.style.path, Script: s.script.path, Desk: s.deskScript.path}
		layout := "layout"
		if a.isFramed {
			layout = "bare"
			w.Header().Set("Content-Security-Policy", policy+s.ancestors(true))
		}
		if err := s.pages[a.template].ExecuteTemplate(&b, layout, v); err != nil {
			s.Log.Error("template", "id", middleware.RequestID(r.Context()), "page", a.template, "err", err)
			http.Error(w, "something went wrong; the request was "+middleware.RequestID(r.Context()), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Vary", "Accept-Language, Cookie")
		if a.isPrivate {
			w.Header().Set("Cache-Control", "no-store")
		}
		if a.status == 0 && middleware.HasAlready(w, r, b.Bytes()) {
			return
		}
		if a.status == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
			w.Header().Set("Retry-After", "60")
		}
		w.WriteHeader(max(a.status, http.StatusOK))
		w.Write(b.Bytes())
	})
}

// failures are the pages of errors that are the reader's to mend.
var failures = map[quoth.Code]struct {
	title  string
	status int
}{
	quoth.NotFound: {"Not found", http.StatusNotFound},
	quoth.Gone:     {"No page", http.StatusGone},
	quoth.Invalid:  {"That cannot be asked", http.StatusUnprocessableEntity},
	quoth.Refused:  {"Not allowed", http.StatusForbidden},
	quoth.Conflict: {"Somebody was quicker", http.StatusConflict},
	quoth.TooMany:  {"Too many at once", http.StatusTooManyRequests},
	quoth.TooLarge: {"Too large", http.StatusRequestEntityTooLarge},
}

// failure is the page of an error. Causes are logged and not shown.
func (s *Site) failure(ctx context.Context, err error) *answer {
	id := middleware.RequestID(ctx)
	a := &answer{template: "error", Title: "Something went wrong", status: http.StatusInternalServerError}
	data := map[string]string{"Message": "something went wrong on our side", "Hint": "try again in a moment", "Request": id}
	var known *quoth.Error
	switch {
	case errors.As(err, &known) && failures[known.Code].status != 0:
		f := failures[known.Code]
		a.Title, a.status = f.title, f.status
		data["Message"], data["Hint"] = known.Message, known.Hint
	case errors.As(err, &known) && known.Code == quoth.Unavailable:
		a.Title, a.status = "Not now", http.StatusServiceUnavailable
		data["Message"] = known.Message
		s.Log.Error("page failed", "id", id, "err", err)
	default:
		s.Log.Error("page failed", "id", id, "err", err)
	}
	a.Data = data
	return a
}

// base is the address of the site.
func (s *Site) base(r *http.Request) string {
	if s.Base != "" {
		return s.Base
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: r.Host}).String()
}
