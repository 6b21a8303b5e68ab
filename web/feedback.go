package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"quoth"
)

// Answer is what a reader sends by the form that needs no script.
type Answer struct {
	Kind, Target, Vote, Followup, Text, Source, Website, Locale string
	Reasons                                                     []string
	Revision                                                    int
}

// Dialog is the reader's dialog: where answers go, and the words of it.
type Dialog interface {
	Put(ctx context.Context, receipt string, a Answer, address netip.Addr, userAgent string) error
	Delete(ctx context.Context, receipt string) error
	// Has reports whether there is an answer with a receipt.
	Has(ctx context.Context, receipt string) (bool, error)
	// Summary is what may be said in public of the answers so far.
	Summary(ctx context.Context, kind, target string) (string, error)
	// Statistics is what may be said of all answers; the template knows its shape.
	Statistics(ctx context.Context) (Statistics, error)
	// Words are the texts of a language, for the template and the script.
	Words(language string) any
	// Languages are those that there are words of; the first is for everybody else.
	Languages() []string
	Reasons() []string
	Followups() []string
}

// asked is what the dialog of one page needs to know.
type asked struct {
	Kind, Target string
	Language     string // BCP 47
	Revision     int
	Words        any
	Reasons      []string
	Followups    []string
	Summary      string
	IsStatement  bool
	IsFramed     bool   // on a publisher's page
	IsAlone      bool   // on a page of its own
	Given        Answer // what the form holds already
	Error        string // what is wrong with that
}

// Gives reports whether a reason is chosen already.
func (a *asked) Gives(reason string) bool { return slices.Contains(a.Given.Reasons, reason) }

// dialog prepares the reader's dialog about a target; nil when the site has none.
func (s *Site) dialog(r *http.Request, kind, target string, revision int) (*asked, error) {
	if s.Dialog == nil {
		return nil, nil
	}
	summary, err := s.Dialog.Summary(r.Context(), kind, target)
	if err != nil {
		return nil, err
	}
	a := &asked{Kind: kind, Target: target, Revision: revision, Language: s.language(r), Reasons: s.Dialog.Reasons(), Summary: summary, IsStatement: kind == "statement"}
	a.Words = s.Dialog.Words(a.Language)
	if a.IsStatement {
		a.Followups = s.Dialog.Followups()
	}
	return a, nil
}

// language is that of the dialog's that a reader's browser asks for.
func (s *Site) language(r *http.Request) string {
	names := s.Dialog.Languages()
	tags := make([]language.Tag, len(names))
	for i, name := range names {
		tags[i] = language.Make(name)
	}
	_, at := language.MatchStrings(language.NewMatcher(tags), r.Header.Get("Accept-Language"))
	return names[at]
}

// maxForm bounds what a form may hold. Lengths are told in characters, of which one takes up
// to twelve bytes in a form; the longest is a correction of a long statement.
const maxForm = 256 << 10

// answerForm takes the form that needs no script. The receipt is made here and given to
// the reader in the address of the page of thanks.
func (s *Site) answerForm(r *http.Request) (*answer, error) {
	if s.Dialog == nil {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "this site takes no answers"}
	}
	if err := parseForm(r); err != nil {
		return nil, err
	}
	f := r.PostForm
	revision, _ := strconv.Atoi(f.Get("revision")) // the newest, when it is no number
	a := Answer{Kind: f.Get("kind"), Target: f.Get("target"), Vote: f.Get("vote"), Followup: f.Get("followup"), Text: f.Get("text"), Source: f.Get("source"), Website: f.Get("website"), Locale: f.Get("locale"), Revision: max(revision, 0)}
	if a.Vote == "no" {
		for _, reason := range f["reason"] {
			if reason != "" {
				a.Reasons = append(a.Reasons, reason)
			}
		}
	} else {
		a.Text, a.Followup, a.Source = "", "", ""
	}
	receipt := f.Get("receipt")
	if receipt == "" {
		receipt = rand.Text()
	}
	var address netip.Addr
	if at, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		address = at.Addr()
	}
	if err := s.Dialog.Put(r.Context(), receipt, a, address, r.UserAgent()); err != nil {
		return s.askAgain(r, a, err)
	}
	return &answer{seeOther: "/feedback/thanks?" + url.Values{"r": {receipt}, "kind": {a.Kind}, "target": {a.Target}, "framed": {f.Get("framed")}}.Encode()}, nil
}

// askAgain shows the form with what a reader gave and with what is wrong with it, so that
// nothing is lost.
func (s *Site) askAgain(r *http.Request, a Answer, wrong error) (*answer, error) {
	code := quoth.CodeOf(wrong)
	back := pathOf(a.Kind, a.Target)
	if code != quoth.Invalid && code != quoth.TooMany || back == "" {
		return nil, wrong
	}
	ask, err := s.dialog(r, a.Kind, a.Target, a.Revision)
	if err != nil {
		return nil, err
	}
	ask.Given, ask.Error, ask.IsAlone = a, words(wrong), true
	if ask.IsFramed = r.PostForm.Get("framed") != ""; ask.IsFramed {
		back = ""
	}
	return &answer{template: "answer", Title: "Feedback", isFramed: ask.IsFramed, status: failures[code].status, Data: map[string]any{"Ask": ask, "Back": back}}, nil
}

// pathOf is the page of what an answer is about, "" when there is none of the kind.
func pathOf(kind, target string) string {
	switch kind {
	case "article":
		return "/articles/" + url.PathEscape(target)
	case "statement":
		return "/statements/" + url.PathEscape(target)
	}
	return ""
}

// parseForm reads a form. Browsers send line ends as two characters that they count as one.
func parseForm(r *http.Request) error {
	r.Body = http.MaxBytesReader(nil, r.Body, maxForm)
	err := r.ParseForm()
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &quoth.Error{Code: quoth.TooLarge, Message: "the form holds too much", Hint: "go back and write less", Err: err}
	case err != nil:
		return &quoth.Error{Code: quoth.Invalid, Message: "the form cannot be read", Hint: "go back and try again", Err: err}
	}
	for _, values := range r.PostForm {
		for i, v := range values {
			values[i] = strings.ReplaceAll(v, "\r\n", "\n")
		}
	}
	return nil
}

// undoForm takes an answer back.
func (s *Site) undoForm(r *http.Request) (*answer, error) {
	if s.Dialog == nil {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "this site takes no answers"}
	}
	if err := parseForm(r); err != nil {
		return nil, err
	}
	if err := s.Dialog.Delete(r.Context(), r.PostForm.Get("receipt")); err != nil {
		return nil, err
	}
	return &answer{seeOther: "/feedback/thanks?" + url.Values{"gone": {"1"}, "kind": {r.PostForm.Get("kind")}, "target": {r.PostForm.Get("target")}, "framed": {r.PostForm.Get("framed")}}.Encode()}, nil
}

// thanks is the page after an answer, with the way to take it back, and the page after it
// was taken back.
func (s *Site) thanks(r *http.Request) (*answer, error) {
	if s.Dialog == nil {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "this site takes no answers"}
	}
	v := r.URL.Query()
	receipt := v.Get("r")
	if receipt != "" || v.Get("gone") == "" {
		has, err := s.Dialog.Has(r.Context(), receipt)
		if err != nil {
			return nil, err
		}
		if !has {
			return nil, &quoth.Error{Code: quoth.NotFound, Message: "there is no such answer, or it was taken back", Hint: "the page that it is about takes another"}
		}
	}
	isFramed := v.Get("framed") != ""
	back := pathOf(v.Get("kind"), v.Get("target"))
	if isFramed {
		back = ""
	}
	return &answer{template: "thanks", Title: "Feedback", isFramed: isFramed, isPassing: true, Data: map[string]any{"Framed": v.Get("framed"), "Receipt": receipt, "Kind": v.Get("kind"), "Target": v.Get("target"), "Back": back, "Language": s.language(r), "Words": s.Dialog.Words(s.language(r))}}, nil
}
