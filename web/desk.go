package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"quoth"
)

// Editors is the editors' desk; package desk is one.
type Editors interface {
	SignIn(ctx context.Context, name, password string, from netip.Addr) (secret string, err error)
	SignOut(ctx context.Context, secret string) error
	Account(ctx context.Context, secret string) (quoth.Account, error)
	ChangePassword(ctx context.Context, who quoth.Account, old, password string, from netip.Addr) error

	Gather(ctx context.Context) error
	Queues() []string
	Queue(ctx context.Context, who quoth.Account, q quoth.CaseQuery) (quoth.Answer[quoth.Case], error)
	File(ctx context.Context, who quoth.Account, id string) (quoth.CaseFile, error)
	Move(ctx context.Context, who quoth.Account, id string, version int, to quoth.CaseState, note string) error
	Close(ctx context.Context, who quoth.Account, id string, version int, outcome quoth.CaseOutcome, note string) error
	Alerts(ctx context.Context, who quoth.Account, kind, target string) ([]quoth.Alert, error)
	ClearAlert(ctx context.Context, who quoth.Account, kind, target, day string) error

	Preview(ctx context.Context, who quoth.Account, e quoth.Edit) (quoth.Correction, error)
	Correct(ctx context.Context, who quoth.Account, e quoth.Edit) (quoth.Correction, error)
	Decide(ctx context.Context, who quoth.Account, id int64, approves bool) error
	Undo(ctx context.Context, who quoth.Account, id int64) error
	Merge(ctx context.Context, who quoth.Account, from, into, note string) error
	Split(ctx context.Context, who quoth.Account, person, other, name string, articles []string, note string) error
	Rename(ctx context.Context, who quoth.Account, person, name, note string) error
	Hide(ctx context.Context, who quoth.Account, person, note string) error
	UndoChange(ctx context.Context, who quoth.Account, id int64) error

	Write(ctx context.Context, l quoth.Letter, from netip.Addr) (reference string, err error)
	Acts(ctx context.Context, who quoth.Account, after int64) ([]quoth.Act, error)
}

// anybody marks the routes of the desk that need no account.
const anybody quoth.DeskRole = "anybody"

// DeskRoute is a page or a form of the desk, and who may use it.
type DeskRoute struct {
	Method, Pattern string
	Role            quoth.DeskRole // anybody, or the least that it takes
	handle          func(*http.Request, quoth.Account) (*answer, error)
}

// DeskRoutes are all routes of the desk. One without a role is none: [New] refuses it.
func (s *Site) DeskRoutes() []DeskRoute {
	get, post := http.MethodGet, http.MethodPost
	return []DeskRoute{
		{get, "/desk/sign-in", anybody, s.signIn},
		{post, "/desk/sign-in", anybody, s.signInForm},
		{post, signOut, quoth.DeskReader, s.signOutForm},
		{get, "/desk", quoth.DeskReader, s.queue},
		{get, "/desk/account", quoth.DeskReader, s.account},
		{post, "/desk/account", quoth.DeskReader, s.accountForm},
		{get, "/desk/audit", quoth.DeskReader, s.audit},
		{get, "/desk/cases/{id}", quoth.DeskReader, s.caseFile},
		{post, "/desk/cases/{id}/move", quoth.DeskEditor, s.moveForm},
		{post, "/desk/cases/{id}/close", quoth.DeskEditor, s.closeForm},
		{post, "/desk/alerts/clear", quoth.DeskEditor, s.clearForm},
		{get, "/desk/statements/{id}", quoth.DeskEditor, s.editor},
		{post, "/desk/statements/{id}", quoth.DeskEditor, s.editForm},
		{post, "/desk/corrections/{id}/decide", quoth.DeskEditor, s.decideForm},
		{post, "/desk/corrections/{id}/undo", quoth.DeskEditor, s.undoCorrectionForm},
		{get, "/desk/people/{id}", quoth.DeskEditor, s.personEditor},
		{post, "/desk/people/{id}/merge", quoth.DeskEditor, s.mergeForm},
		{post, "/desk/people/{id}/split", quoth.DeskEditor, s.splitForm},
		{post, "/desk/people/{id}/rename", quoth.DeskEditor, s.renameForm},
		{post, "/desk/people/{id}/hide", quoth.DeskEditor, s.hideForm},
		{post, "/desk/changes/{id}/undo", quoth.DeskEditor, s.undoChangeForm},
		{get, "/desk/read", quoth.DeskEditor, s.readBox},
		{post, "/desk/read", quoth.DeskEditor, s.readForm},
		{post, "/desk/add", quoth.DeskEditor, s.addForm},

		// Letters under a name, from anybody.
		{get, "/statements/{id}/reply", anybody, s.letter(quoth.ReplyLetter)},
		{post, "/statements/{id}/reply", anybody, s.letterForm(quoth.ReplyLetter)},
		{get, "/statements/{id}/notice", anybody, s.letter(quoth.LegalNotice)},
		{post, "/statements/{id}/notice", anybody, s.letterForm(quoth.LegalNotice)},
		{get, "/letters/thanks", anybody, s.letterThanks},
	}
}

// mountDesk adds the routes of the desk.
func (s *Site) mountDesk(mux *http.ServeMux, guard *http.CrossOriginProtection) error {
	if s.Editors == nil {
		return nil
	}
	roles := append(quoth.DeskRoles(), anybody)
	for _, route := range s.DeskRoutes() {
		if !slices.Contains(roles, route.Role) {
			return fmt.Errorf("route %s %s of the desk has no role", route.Method, route.Pattern)
		}
		mux.Handle(route.Method+" "+route.Pattern, guard.Handler(s.deskPage(route)))
	}
	return nil
}

// deskPage shows a route of the desk to those who may see it. Nothing of it is kept by
// anybody between.
func (s *Site) deskPage(route DeskRoute) http.Handler {
	return s.page(func(r *http.Request) (*answer, error) {
		who, err := s.viewer(r, route.Role)
		if quoth.CodeOf(err) == quoth.NotFound {
			if r.Method == http.MethodGet || r.URL.Path == signOut {
				return &answer{seeOther: "/desk/sign-in?" + url.Values{"next": {within(r.URL.RequestURI())}}.Encode()}, nil
			}
			err = errSignedOut
		}
		var a *answer
		if err == nil {
			a, err = route.handle(r, who)
		}
		if err != nil {
			a = s.failure(r.Context(), err)
		}
		a.isPrivate, a.Viewer = true, who
		return a, nil
	})
}

const signOut = "/desk/sign-out"

// errSignedOut is the answer to a form of somebody whose session has ended: no browser sends it
// again from another page.
var errSignedOut = &quoth.Error{Code: quoth.Refused, Message: "you are not signed in any more, and nothing was changed",
	Hint: "sign in at /desk in another window, then load this page again: what you wrote is sent anew"}

// viewer is who is signed in, and may do what takes a role; code NotFound when nobody is.
func (s *Site) viewer(r *http.Request, role quoth.DeskRole) (quoth.Account, error) {
	if role == anybody {
		return quoth.Account{}, nil
	}
	who, err := s.Editors.Account(r.Context(), s.sessionSecret(r))
	if err == nil && !who.Role.May(role) {
		err = &quoth.Error{Code: quoth.Refused, Message: "your account may not do this", Hint: "it takes the role " + string(role)}
	}
	return who, err
}

// cookieName is that of the session's cookie. Browsers take a name with __Host- only over
// TLS, for all paths and without a domain, so that no other host can set it.
func (s *Site) cookieName(r *http.Request) string {
	if strings.HasPrefix(s.base(r), "https://") {
		return "__Host-quoth-desk"
	}
	return "quoth-desk"
}

func (s *Site) sessionSecret(r *http.Request) string {
	c, err := r.Cookie(s.cookieName(r))
	if err != nil {
		return ""
	}
	return c.Value
}

// sessionCookie is the one cookie of the site, which only editors have.
func (s *Site) sessionCookie(r *http.Request, secret string) *http.Cookie {
	c := &http.Cookie{Name: s.cookieName(r), Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: strings.HasPrefix(s.base(r), "https://")}
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

// remote is the address that a request came from.
func remote(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr()
}

// within keeps a way on inside of the desk: another site's address is none.
func within(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/desk") || strings.ContainsAny(next, "\\\r\n") || strings.HasPrefix(next, "//") {
		return "/desk"
	}
	to := url.URL{Path: u.Path, RawQuery: u.RawQuery}
	return to.String()
}

func (s *Site) signIn(r *http.Request, _ quoth.Account) (*answer, error) {
	return &answer{template: "sign-in", Title: "The desk", Data: map[string]any{"Next": within(r.URL.Query().Get("next"))}}, nil
}

func (s *Site) signInForm(r *http.Request, _ quoth.Account) (*answer, error) {
	if err := parseForm(r); err != nil {
		return nil, err
	}
	f := r.PostForm
	secret, err := s.Editors.SignIn(r.Context(), strings.TrimSpace(f.Get("name")), f.Get("password"), remote(r))
	if quoth.CodeOf(err) == quoth.Refused {
		return &answer{template: "sign-in", Title: "The desk", status: http.StatusForbidden, Data: map[string]any{"Next": within(f.Get("next")), "Name": f.Get("name"), "Error": words(err)}}, nil
	}
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: within(f.Get("next")), cookie: s.sessionCookie(r, secret)}, nil
}

func (s *Site) signOutForm(r *http.Request, _ quoth.Account) (*answer, error) {
	if err := s.Editors.SignOut(r.Context(), s.sessionSecret(r)); err != nil {
		return nil, err
	}
	return &answer{seeOther: "/desk/sign-in", cookie: s.sessionCookie(r, "")}, nil
}

func (s *Site) account(r *http.Request, who quoth.Account) (*answer, error) {
	return &answer{template: "account", Title: "Account", Data: map[string]any{}}, nil
}

func (s *Site) accountForm(r *http.Request, who quoth.Account) (*answer, error) {
	if err := parseForm(r); err != nil {
		return nil, err
	}
	f := r.PostForm
	if f.Get("password") != f.Get("again") {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "the new password is not the same twice", Hint: "go back and write it again"}
	}
	err := s.Editors.ChangePassword(r.Context(), who, f.Get("old"), f.Get("password"), remote(r))
	if quoth.CodeOf(err) == quoth.Refused {
		err = &quoth.Error{Code: quoth.Invalid, Message: "the old password is another", Hint: "go back and write it again", Err: err}
	}
	if err != nil {
		return nil, err
	}
	// All sessions have ended, this one too.
	return &answer{seeOther: "/desk/sign-in", cookie: s.sessionCookie(r, "")}, nil
}

// queue is the desk's first page: what waits, the most urgent first.
func (s *Site) queue(r *http.Request, who quoth.Account) (*answer, error) {
	if err := s.Editors.Gather(r.Context()); err != nil {
		return nil, err
	}
	v := r.URL.Query()
	q := quoth.CaseQuery{Queue: v.Get("queue"), State: quoth.CaseState(v.Get("state")), Cursor: v.Get("cursor"), Limit: 30}
	if q.State != "" && !slices.Contains(caseStates, q.State) || q.Queue != "" && !slices.Contains(s.Editors.Queues(), q.Queue) {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "there is no such queue or state", Hint: "choose from the lists"}
	}
	if v.Get("mine") != "" {
		q.Holder = who.Name
	}
	found, err := s.Editors.Queue(r.Context(), who, q)
	if err != nil {
		return nil, err
	}
	lines := make([]caseLine, len(found.Items))
	for i, c := range found.Items {
		lines[i] = caseLine{c, s.titleOfTarget(r.Context(), c.Kind, c.Target), s.age(c.Opened)}
	}
	alerts, err := s.Editors.Alerts(r.Context(), who, "", "")
	if err != nil {
		return nil, err
	}
	proposed, err := s.Record.Corrections(r.Context(), quoth.CorrectionQuery{State: quoth.Proposed, Limit: 50})
	if err != nil {
		return nil, err
	}
	return &answer{template: "desk", Title: "The desk", Data: map[string]any{"Cases": lines, "Next": next(r, found.Next), "Queues": s.Editors.Queues(), "Queue": q.Queue, "State": v.Get("state"), "Mine": q.Holder != "", "Alerts": alerts, "Proposed": proposed}}, nil
}

// caseLine is a case in the list.
type caseLine struct {
	quoth.Case
	Title string
	Age   string
}

// titleOfTarget is what a case is about, in words.
func (s *Site) titleOfTarget(ctx context.Context, kind, id string) string {
	switch kind {
	case "statement":
		st, err := s.Record.Statement(ctx, id)
		switch {
		case err != nil:
			return "a statement that is gone"
		case st.Withdrawn != "":
			return "a statement that was taken away"
		}
		return headed(st) + ": " + shorten(st.Content.Text, 110)
	case "article":
		_, ref, err := s.Record.Article(ctx, id, 0)
		if err != nil {
			return "an article that is gone"
		}
		return outlet(ref) + ": " + titleOf(ref)
	}
	return kind + " " + id
}

// age is how long ago something was, roughly.
func (s *Site) age(at time.Time) string {
	switch since := s.Now().Sub(at); {
	case since < time.Hour:
		return count(max(0, int(since.Minutes())), "minute")
	case since < 48*time.Hour:
		return count(int(since.Hours()), "hour")
	default:
		return count(int(since.Hours()/24), "day")
	}
}

func (s *Site) caseFile(r *http.Request, who quoth.Account) (*answer, error) {
	file, err := s.Editors.File(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	data := map[string]any{"File": file, "Age": s.age(file.Opened), "Outcomes": quoth.CaseOutcomes()}
	if data["Alerts"], err = s.Editors.Alerts(r.Context(), who, file.Kind, file.Target); err != nil {
		return nil, err
	}
	err = s.evidence(r.Context(), file.Case, data)
	if err != nil && quoth.CodeOf(err) != quoth.NotFound { // what is gone from the record can still be answered
		return nil, err
	}
	if data["Title"] == nil {
		data["Title"] = s.titleOfTarget(r.Context(), file.Kind, file.Target)
	}
	return &answer{template: "case", Title: "Case " + file.ID, Data: data}, nil
}

// evidence is what the page of a case tells of its target, for as long as the record has it.
func (s *Site) evidence(ctx context.Context, c quoth.Case, data map[string]any) error {
	article := c.Target
	if c.Kind == "statement" {
		st, err := s.Record.Statement(ctx, c.Target)
		if err != nil {
			return err
		}
		article = st.Article.ID
		data["St"] = st
		if st.Withdrawn == "" {
			reading, _, err := s.Record.Article(ctx, article, st.Revision)
			if err != nil {
				return err
			}
			data["Context"] = contextOf(reading.Article, st.Statement)
		}
	}
	reading, ref, err := s.Record.Article(ctx, article, 0)
	if err != nil {
		return err
	}
	data["Ref"], data["Facts"] = ref, quoth.FactsOf(reading.Article, reading.Statements)
	if c.Kind != "statement" {
		data["Title"] = titleOf(ref)
	}
	return nil
}

// caseForm reads what all forms of a case have.
func caseForm(r *http.Request) (f url.Values, version int, back string, err error) {
	if err := parseForm(r); err != nil {
		return nil, 0, "", err
	}
	version, err = strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return nil, 0, "", &quoth.Error{Code: quoth.Invalid, Message: "the form has no version", Hint: "go back and try again"}
	}
	return r.PostForm, version, "/desk/cases/" + url.PathEscape(r.PathValue("id")), nil
}

func (s *Site) moveForm(r *http.Request, who quoth.Account) (*answer, error) {
	f, version, back, err := caseForm(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: back}, s.Editors.Move(r.Context(), who, r.PathValue("id"), version, quoth.CaseState(f.Get("to")), strings.TrimSpace(f.Get("note")))
}

func (s *Site) closeForm(r *http.Request, who quoth.Account) (*answer, error) {
	f, version, back, err := caseForm(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: back}, s.Editors.Close(r.Context(), who, r.PathValue("id"), version, quoth.CaseOutcome(f.Get("outcome")), f.Get("note"))
}

func (s *Site) clearForm(r *http.Request, who quoth.Account) (*answer, error) {
	if err := parseForm(r); err != nil {
		return nil, err
	}
	f := r.PostForm
	return &answer{seeOther: within(f.Get("back"))}, s.Editors.ClearAlert(r.Context(), who, f.Get("kind"), f.Get("target"), f.Get("day"))
}

func (s *Site) audit(r *http.Request, who quoth.Account) (*answer, error) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64) // the beginning, when it is no number
	acts, err := s.Editors.Acts(r.Context(), who, after)
	if err != nil {
		return nil, err
	}
	data := map[string]any{"Acts": acts}
	if len(acts) > 0 {
		last := acts[len(acts)-1].Seq
		more, err := s.Editors.Acts(r.Context(), who, last)
		if err != nil {
			return nil, err
		}
		if len(more) > 0 {
			data["Next"] = "/desk/audit?after=" + strconv.FormatInt(last, 10)
		}
	}
	return &answer{template: "audit", Title: "Audit log", Data: data}, nil
}

// number reads the number of a correction or a change from the path.
func number(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, &quoth.Error{Code: quoth.NotFound, Message: "there is no such change"}
	}
	return n, parseForm(r)
}

func (s *Site) decideForm(r *http.Request, who quoth.Account) (*answer, error) {
	n, err := number(r)
	if err != nil {
		return nil, err
	}
	decision := r.PostForm.Get("decision")
	if decision != "approve" && decision != "reject" {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "a correction is approved or rejected", Hint: "go back and choose"}
	}
	return &answer{seeOther: within(r.PostForm.Get("back"))}, s.Editors.Decide(r.Context(), who, n, decision == "approve")
}

func (s *Site) undoCorrectionForm(r *http.Request, who quoth.Account) (*answer, error) {
	n, err := number(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: within(r.PostForm.Get("back"))}, s.Editors.Undo(r.Context(), who, n)
}

func (s *Site) undoChangeForm(r *http.Request, who quoth.Account) (*answer, error) {
	n, err := number(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: within(r.PostForm.Get("back"))}, s.Editors.UndoChange(r.Context(), who, n)
}

// personEditor is the page on which people are merged, split and renamed.
func (s *Site) personEditor(r *http.Request, who quoth.Account) (*answer, error) {
	p, err := s.Record.Person(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	articles, err := s.Record.Articles(r.Context(), quoth.ArticleQuery{Person: p.ID, Limit: 50, Cursor: r.URL.Query().Get("cursor")})
	if err != nil {
		return nil, err
	}
	like, err := s.namesakes(r.Context(), p)
	if err != nil {
		return nil, err
	}
	changes, err := s.Record.Changes(r.Context(), p.ID, 0, 100)
	if err != nil {
		return nil, err
	}
	return &answer{template: "desk-person", Title: "Correct " + p.Name, Data: map[string]any{"Person": p, "Articles": articles.Items, "Next": next(r, articles.Next), "Like": like, "Changes": changes}}, nil
}

// namesakes are others of the record who have the last word of somebody's name.
func (s *Site) namesakes(ctx context.Context, p quoth.Person) ([]quoth.Person, error) {
	words := strings.Fields(p.Name)
	if len(words) == 0 {
		return nil, nil
	}
	found, err := s.Record.People(ctx, quoth.PeopleQuery{Text: words[len(words)-1], Kind: p.Kind, Limit: 20})
	return slices.DeleteFunc(found.Items, func(o quoth.Person) bool { return o.ID == p.ID }), err
}

// personID reads an ID that somebody typed, or the address of a person's page.
func personID(text string) string {
	text = strings.TrimSpace(text)
	if _, id, ok := strings.Cut(text, "/people/"); ok {
		id, _, _ = strings.Cut(id, "?")
		if plain, err := url.PathUnescape(id); err == nil {
			return plain
		}
	}
	return text
}

// personForm reads the form of a change of a person.
func personForm(r *http.Request) (id, back string, err error) {
	id = r.PathValue("id")
	return id, "/desk/people/" + url.PathEscape(id), parseForm(r)
}

func (s *Site) mergeForm(r *http.Request, who quoth.Account) (*answer, error) {
	id, back, err := personForm(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: back}, s.Editors.Merge(r.Context(), who, personID(r.PostForm.Get("from")), id, r.PostForm.Get("note"))
}

func (s *Site) splitForm(r *http.Request, who quoth.Account) (*answer, error) {
	id, back, err := personForm(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: back}, s.Editors.Split(r.Context(), who, id, personID(r.PostForm.Get("other")), r.PostForm.Get("name"), r.PostForm["article"], r.PostForm.Get("note"))
}

func (s *Site) renameForm(r *http.Request, who quoth.Account) (*answer, error) {
	id, back, err := personForm(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: back}, s.Editors.Rename(r.Context(), who, id, r.PostForm.Get("name"), r.PostForm.Get("note"))
}

func (s *Site) hideForm(r *http.Request, who quoth.Account) (*answer, error) {
	id, back, err := personForm(r)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: back}, s.Editors.Hide(r.Context(), who, id, r.PostForm.Get("note"))
}

// letter is the form of a letter under a name.
func (s *Site) letter(kind quoth.LetterKind) func(*http.Request, quoth.Account) (*answer, error) {
	return func(r *http.Request, _ quoth.Account) (*answer, error) {
		return s.letterPage(r, quoth.Letter{Kind: kind, Target: r.PathValue("id")}, nil)
	}
}

func (s *Site) letterPage(r *http.Request, l quoth.Letter, wrong error) (*answer, error) {
	st, err := s.Record.Statement(r.Context(), l.Target)
	if err != nil {
		return nil, err
	}
	if st.Withdrawn != "" {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "the statement was taken away"}
	}
	a := &answer{template: "letter", Title: "Reply", Data: map[string]any{"St": st, "Letter": l, "Most": max(300, len([]rune(st.Content.Text)))}}
	if l.Kind == quoth.LegalNotice {
		a.Title = "Report illegal content"
	}
	if wrong != nil {
		a.status = failures[quoth.CodeOf(wrong)].status
		a.Data.(map[string]any)["Error"] = words(wrong)
	}
	return a, nil
}

func (s *Site) letterForm(kind quoth.LetterKind) func(*http.Request, quoth.Account) (*answer, error) {
	return func(r *http.Request, _ quoth.Account) (*answer, error) {
		if err := parseForm(r); err != nil {
			return nil, err
		}
		f := r.PostForm
		if f.Get("website") != "" { // only a robot fills it in, and need not know
			return &answer{seeOther: "/letters/thanks"}, nil
		}
		l := quoth.Letter{Kind: kind, Target: r.PathValue("id"), Name: f.Get("name"), Email: f.Get("email"), Law: f.Get("law"), Text: f.Get("text"), IsHonest: f.Get("honest") != ""}
		reference, err := s.Editors.Write(r.Context(), l, remote(r))
		if code := quoth.CodeOf(err); code == quoth.Invalid || code == quoth.TooMany {
			return s.letterPage(r, l, err)
		}
		if err != nil {
			return nil, err
		}
		return &answer{seeOther: "/letters/thanks?" + url.Values{"reference": {reference}}.Encode()}, nil
	}
}

func (s *Site) letterThanks(r *http.Request, _ quoth.Account) (*answer, error) {
	return &answer{template: "letter-thanks", Title: "Your letter has come in", Data: map[string]any{"Reference": r.URL.Query().Get("reference")}}, nil
}

// readBox is the form by which an editor has a page read.
func (s *Site) readBox(r *http.Request, _ quoth.Account) (*answer, error) {
	return &answer{template: "read", Title: "Read a page", Data: map[string]any{}}, nil
}

// readForm reads a page that was pasted, or whose address was, and keeps nothing.
func (s *Site) readForm(r *http.Request, _ quoth.Account) (*answer, error) {
	f, err := pageForm(r)
	if err != nil {
		return nil, err
	}
	data := map[string]any{"Form": f}
	reading, err := s.Reader.Read(r.Context(), f)
	if err != nil {
		data["Error"] = words(err)
		return &answer{template: "read", Title: "Read a page", status: http.StatusUnprocessableEntity, Data: data}, nil
	}
	if data["Body"], err = s.Renderer.Article(reading, func(string) string { return "" }); err != nil {
		return nil, err
	}
	data["Statements"] = len(reading.Statements)
	return &answer{template: "read", Title: cmp.Or(reading.Article.Title, "Read a page"), Data: data}, nil
}

// addForm reads a page and keeps it.
func (s *Site) addForm(r *http.Request, _ quoth.Account) (*answer, error) {
	f, err := pageForm(r)
	if err != nil {
		return nil, err
	}
	id, err := s.Reader.Add(r.Context(), f)
	if err != nil {
		return nil, err
	}
	return &answer{seeOther: "/articles/" + url.PathEscape(id)}, nil
}

// PageForm is a page that an editor pastes: its address, its text or its HTML, and the day
// of printing when the page does not tell it.
type PageForm struct{ URL, Text, Date string }

// Reader reads pages for editors.
type Reader interface {
	// Read reads a page and keeps nothing.
	Read(ctx context.Context, f PageForm) (quoth.Reading, error)
	// Add reads a page into the record and returns the article's ID.
	Add(ctx context.Context, f PageForm) (id string, err error)
}

// maxPasted bounds a page that is pasted.
const maxPasted = 2 << 20

func pageForm(r *http.Request) (PageForm, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, maxPasted)
	if err := r.ParseForm(); err != nil {
		return PageForm{}, &quoth.Error{Code: quoth.TooLarge, Message: "the page is larger than 2 MiB", Hint: "add it on the command line", Err: err}
	}
	f := PageForm{strings.TrimSpace(r.PostForm.Get("url")), r.PostForm.Get("text"), strings.TrimSpace(r.PostForm.Get("date"))}
	if f.URL == "" && strings.TrimSpace(f.Text) == "" {
		return f, &quoth.Error{Code: quoth.Invalid, Message: "there is nothing to read", Hint: "paste a page, or its address"}
	}
	return f, nil
}

// words are what a person may see of an error.
func words(err error) string {
	var known *quoth.Error
	if !errors.As(err, &known) || known.Code == quoth.Internal {
		return "something went wrong on our side"
	}
	if known.Hint == "" {
		return known.Message
	}
	return known.Message + "; " + known.Hint
}
