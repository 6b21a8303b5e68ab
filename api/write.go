package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"quoth"
	"quoth/internal/middleware"
)

// The scopes of tokens.
const (
	ScopeRead     = "pages:read"     // have addresses fetched and read
	ScopeArticles = "articles:write" // put articles into the record
	ScopeCases    = "cases:read"     // read the editors' desk
	ScopeCorrect  = "cases:write"    // work at it: close cases, correct statements
)

// Scopes are the scopes that there are.
func Scopes() []string { return []string{ScopeRead, ScopeArticles, ScopeCases, ScopeCorrect} }

// pageInput is a page that comes in: one of text, html and url, and what is known of it.
type pageInput struct {
	Authorization string `header:"Authorization" maxLength:"300" doc:"Bearer and a token; needed for url and for writing"`
	Body          pageBody
}

// pageBody is the page itself.
type pageBody struct {
	Text  string `json:"text,omitempty" doc:"plain text"`
	HTML  string `json:"html,omitempty" doc:"a page of HTML"`
	URL   string `json:"url,omitempty" maxLength:"4000" doc:"where the page came from; alone: what to fetch" format:"uri"`
	Title string `json:"title,omitempty" maxLength:"1000"`
	Site  string `json:"site,omitempty" maxLength:"400"`
	Date  string `json:"date,omitempty" maxLength:"10" doc:"day of printing, when the page does not tell it"`
}

// writing registers the operations that read a page in.
func (s *Server) writing(api huma.API) {
	op := huma.Operation{
		OperationID: "read", Method: http.MethodPost, Path: "/api/v1/read", MaxBodyBytes: s.MaxBytes,
		Summary: "Read a page and keep nothing", Errors: []int{400, 401, 403, 413, 415, 422, 429, 503},
		Description: fmt.Sprintf("Text and HTML are read for everybody, up to %d MiB with %d KiB of article, and not many at once; more, and to have an address fetched, takes a token, the latter one with the scope %s.", maxStranger>>20, maxStrangerText>>10, ScopeRead),
	}
	huma.Register(api, op, func(ctx context.Context, in *pageInput) (*body[quoth.Reading], error) {
		leave, maxText, err := s.enter(ctx, in)
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		defer leave()
		r, err := s.read(ctx, in, maxText)
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		return &body[quoth.Reading]{r}, nil
	})
	op = huma.Operation{
		OperationID: "add-article", Method: http.MethodPost, Path: "/api/v1/articles", MaxBodyBytes: s.MaxBytes, DefaultStatus: http.StatusCreated,
		Summary: "Read a page into the record", Errors: []int{400, 401, 403, 413, 415, 422, 429, 503},
		Security: []map[string][]string{{"token": {ScopeArticles}}}, Responses: map[string]*huma.Response{},
	}
	huma.Register(api, op, func(ctx context.Context, in *pageInput) (*added, error) {
		if err := s.authorize(ctx, in.Authorization, ScopeArticles); err != nil {
			return nil, s.explain(ctx, err)
		}
		if s.Keep == nil {
			return nil, s.explain(ctx, &quoth.Error{Code: quoth.Refused, Message: "this server takes no articles"})
		}
		r, err := s.read(ctx, in, noLimit)
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		kept, err := s.Keep(ctx, []quoth.Reading{r})
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		id := quoth.ArticleID(r.Article)
		r, _, err = s.Record.Article(ctx, id, 0)
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		answer := &added{Status: http.StatusCreated, Location: "/api/v1/articles/" + id, Body: r}
		if kept == 0 {
			answer.Status = http.StatusOK
		}
		return answer, nil
	})
	known := *op.Responses[fmt.Sprint(http.StatusCreated)]
	known.Description = "The record had it as it is"
	op.Responses[fmt.Sprint(http.StatusOK)] = &known
}

// added is the answer to an article: 201 when something was kept, 200 when the record had
// it as it is.
type added struct {
	Status   int
	Location string `header:"Location"`
	Body     quoth.Reading
}

// authorize checks that a header holds a good token for a scope.
func (s *Server) authorize(ctx context.Context, header, scope string) error {
	_, err := s.token(ctx, header, scope)
	return err
}

// token is the good token for a scope that a header holds.
func (s *Server) token(ctx context.Context, header, scope string) (quoth.Token, error) {
	unauthorized := &Problem{Title: http.StatusText(http.StatusUnauthorized), Status: http.StatusUnauthorized, Detail: "this needs a token", Code: string(quoth.Refused), Request: middleware.RequestID(ctx), Hint: "send Authorization: Bearer and a token of quoth user token"}
	t, isGood, err := s.bearer(ctx, header)
	if err != nil {
		return quoth.Token{}, err
	}
	if !isGood {
		return quoth.Token{}, unauthorized
	}
	if !slices.Contains(t.Scopes, scope) {
		return quoth.Token{}, &quoth.Error{Code: quoth.Refused, Message: "the token does not allow " + scope, Hint: "make one with that scope"}
	}
	return t, nil
}

// bearer is the token that a header holds; isGood is false when it holds none that is.
func (s *Server) bearer(ctx context.Context, header string) (t quoth.Token, isGood bool, err error) {
	secret, ok := strings.CutPrefix(header, "Bearer ")
	if !ok || secret == "" {
		return t, false, nil
	}
	t, err = s.Record.Token(ctx, HashToken(secret))
	if quoth.CodeOf(err) == quoth.NotFound {
		return t, false, nil
	}
	return t, err == nil && t.Revoked.IsZero(), err
}

// HashToken is what the record keeps of a token's secret. The secret is random and long,
// so that one round of SHA-256 is enough.
func HashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// What is read for who has no token: pages of so many bytes, few are larger, with articles of so many, seldom is one
// larger. One that has begun is read to its end whether or not the client stays, and takes some 450 times its bytes.
const (
	maxStranger     = 2 << 20
	maxStrangerText = 512 << 10
)

// strangersWait is how long who has no token waits for a place.
const strangersWait = 5 * time.Second

// enter lets a page in to be read and returns how to leave, and how long its text may be. Pages of strangers have half
// of the places at most, and a stranger for whom none becomes free is sent away: the work is not
// given up with the client who asked for it, and others wait for their places.
func (s *Server) enter(ctx context.Context, in *pageInput) (leave func(), maxText int, err error) {
	_, isKnown, err := s.bearer(ctx, in.Authorization)
	if err != nil || isKnown {
		return func() {}, noLimit, err
	}
	if len(in.Body.Text)+len(in.Body.HTML) > maxStranger {
		return nil, 0, &quoth.Error{Code: quoth.TooLarge, Message: fmt.Sprintf("without a token at most %d MiB are read", maxStranger>>20), Hint: "send less, or a token of quoth user token"}
	}
	wait, cancel := context.WithTimeout(ctx, strangersWait)
	defer cancel()
	select {
	case s.strangers <- struct{}{}:
		return func() { <-s.strangers }, maxStrangerText, nil
	case <-wait.Done():
		return nil, 0, &Problem{Title: http.StatusText(http.StatusServiceUnavailable), Status: http.StatusServiceUnavailable, Detail: "other pages are being read",
			Code: string(quoth.Unavailable), Hint: "try again in a moment", Request: middleware.RequestID(ctx)}
	}
}

// noLimit is the length of a text that may have any, in bytes; the size of pages is limited still.
const noLimit = math.MaxInt

// read reads the page that came in, if its text is not longer than maxText. Not more pages are read at once than there are cores;
// whoever comes then waits, as long as the client does.
func (s *Server) read(ctx context.Context, in *pageInput, maxText int) (quoth.Reading, error) {
	raw, err := s.raw(ctx, in)
	if err != nil {
		return quoth.Reading{}, err
	}
	return s.readRaw(ctx, raw, &in.Body, maxText)
}

// ReadPage reads a page for somebody who may have pages fetched: its text or HTML or, when
// there is none, what stands at its address.
func (s *Server) ReadPage(ctx context.Context, url, text, date string) (quoth.Reading, error) {
	if strings.TrimSpace(text) == "" {
		if s.Fetcher == nil {
			return quoth.Reading{}, errNoFetching
		}
		raw, err := s.Fetcher.Fetch(ctx, url)
		if err != nil {
			return quoth.Reading{}, err
		}
		return s.readRaw(ctx, raw, &pageBody{Date: date}, noLimit)
	}
	kind := "text/plain"
	if looksLikeHTML(text) {
		kind = "text/html"
	}
	return s.readRaw(ctx, quoth.RawPage{URL: url, ContentType: kind + "; charset=utf-8", Body: []byte(text)}, &pageBody{URL: url, Date: date}, noLimit)
}

// looksLikeHTML reports whether a text that somebody pasted is a page's source.
func looksLikeHTML(text string) bool {
	begin := strings.ToLower(strings.TrimSpace(text[:min(len(text), 2000)]))
	return strings.HasPrefix(begin, "<") && (strings.Contains(begin, "<html") || strings.Contains(begin, "<!doctype") || strings.Contains(begin, "<p") || strings.Contains(begin, "<body"))
}

// errNoFetching is the answer where addresses are not fetched.
var errNoFetching = &quoth.Error{Code: quoth.Refused, Message: "this server fetches no addresses", Hint: "send the page as html"}

// check refuses what cannot be true of a page.
func (b *pageBody) check() error {
	if u, err := url.Parse(b.URL); b.URL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		return &quoth.Error{Code: quoth.Invalid, Message: "url is no address of the web", Hint: "write it as https://host/path"}
	}
	for _, f := range []struct{ name, text string }{{"site", b.Site}, {"title", b.Title}} {
		if strings.ContainsFunc(f.text, unicode.IsControl) {
			return &quoth.Error{Code: quoth.Invalid, Message: f.name + " holds control characters", Hint: "send it in one line"}
		}
	}
	if _, ok := quoth.DaysOf(b.Date); b.Date != "" && !ok {
		return &quoth.Error{Code: quoth.Invalid, Message: "date is no date", Hint: "write it as YYYY-MM-DD, YYYY-MM or YYYY"}
	}
	return nil
}

// readRaw reads a page; b is what is known of it besides.
func (s *Server) readRaw(ctx context.Context, raw quoth.RawPage, b *pageBody, maxText int) (quoth.Reading, error) {
	if err := b.check(); err != nil {
		return quoth.Reading{}, err
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return quoth.Reading{}, ctx.Err()
	}
	if s.Extractor == nil || s.Analyzer == nil {
		return quoth.Reading{}, &quoth.Error{Code: quoth.Refused, Message: "this server reads no pages"}
	}
	a, err := s.Extractor.Extract(raw)
	if err != nil {
		return quoth.Reading{}, err
	}
	if len(a.Text) > maxText {
		return quoth.Reading{}, &quoth.Error{Code: quoth.TooLarge, Message: fmt.Sprintf("the article is longer than %d KiB, which takes a token", maxText>>10), Hint: "send a token of quoth user token"}
	}
	for _, given := range []struct {
		to   *string
		from string
	}{{&a.Title, b.Title}, {&a.Site, b.Site}, {&a.URL, b.URL}} {
		if *given.to == "" {
			*given.to = given.from
		}
	}
	if a.Published.EDTF == "" && b.Date != "" {
		a.Published = quoth.Published{EDTF: b.Date, From: "flag", Confidence: 1}
	}
	r := quoth.Reading{Article: a}
	if finder, ok := s.Analyzer.(quoth.BackgroundFinder); ok {
		r.Statements, r.Background, err = finder.AnalyzeAll(a)
	} else {
		r.Statements, err = s.Analyzer.Analyze(a)
	}
	return r, err
}

// raw is the page that came in, fetched when only its address did.
func (s *Server) raw(ctx context.Context, in *pageInput) (quoth.RawPage, error) {
	b := &in.Body
	switch {
	case b.Text != "" && b.HTML != "":
		return quoth.RawPage{}, &quoth.Error{Code: quoth.Invalid, Message: "text and html are both there", Hint: "send one of them"}
	case b.HTML != "":
		return quoth.RawPage{URL: b.URL, ContentType: "text/html; charset=utf-8", Body: []byte(b.HTML)}, nil
	case b.Text != "":
		return quoth.RawPage{URL: b.URL, ContentType: "text/plain; charset=utf-8", Body: []byte(b.Text)}, nil
	case b.URL == "":
		return quoth.RawPage{}, &quoth.Error{Code: quoth.Invalid, Message: "there is nothing to read", Hint: "send text, html or url"}
	case s.Fetcher == nil:
		return quoth.RawPage{}, errNoFetching
	}
	if err := s.authorize(ctx, in.Authorization, ScopeRead); err != nil {
		return quoth.RawPage{}, err
	}
	return s.Fetcher.Fetch(ctx, b.URL)
}
