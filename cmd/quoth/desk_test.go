package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
	"quoth/feedback"
	"quoth/web"
)

// editor is somebody's browser at the desk.
type editor struct {
	t      *testing.T
	s      *testServer
	client *http.Client
}

const deskPassword = "correct horse battery"

// newEditor enters an account and signs it in.
func newEditor(s *testServer, name string, role quoth.DeskRole) *editor {
	s.t.Helper()
	if err := s.served.desk.AddAccount(s.t.Context(), name, role, deskPassword, "test"); err != nil {
		s.t.Fatal(err)
	}
	e := s.browser()
	if resp, body := e.post("/desk/sign-in", url.Values{"name": {name}, "password": {deskPassword}}); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/desk" {
		s.t.Fatalf("sign in as %s: %s, %s", name, resp.Status, body)
	}
	return e
}

// browser is one that nobody has signed in from.
func (s *testServer) browser() *editor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &editor{s.t, s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (e *editor) do(method, path string, form url.Values, header ...string) (*http.Response, string) {
	e.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, e.s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		e.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := e.client.Do(req)
	if err != nil {
		e.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		e.t.Fatal(err)
	}
	return resp, string(b)
}

func (e *editor) post(path string, form url.Values) (*http.Response, string) {
	e.t.Helper()
	return e.do(http.MethodPost, path, form)
}

// page gets a page that has to be there.
func (e *editor) page(path string) string {
	e.t.Helper()
	resp, body := e.do(http.MethodGet, path, nil)
	if resp.StatusCode != http.StatusOK || strings.Contains(body, "ZgotmplZ") || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
		e.t.Fatalf("GET %s: %s, …%s", path, resp.Status, body[max(0, len(body)-400):])
	}
	return body
}

// must posts a form that has to lead somewhere.
func (e *editor) must(path string, form url.Values, to string) {
	e.t.Helper()
	resp, body := e.post(path, form)
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != to {
		e.t.Fatalf("POST %s: %s to %q, want to %q; %s", path, resp.Status, resp.Header.Get("Location"), to, visible(body))
	}
}

// filled is the form of a correction of a statement, with fields that the editor changed: names
// and values by turns.
func (e *editor) filled(statement string, changed ...string) url.Values {
	e.t.Helper()
	form := formFields(e.t, e.page("/desk/statements/"+statement))
	set(form, changed...)
	return form
}

// set changes fields of a form, names and values by turns.
func set(form url.Values, changed ...string) {
	for i := 0; i+1 < len(changed); i += 2 {
		form.Set(changed[i], changed[i+1])
	}
}

// corrects sends the form of a correction.
func (e *editor) corrects(statement string, changed ...string) {
	e.t.Helper()
	e.must("/desk/statements/"+statement, e.filled(statement, append(changed, "do", "correct")...), "/statements/"+statement)
}

// visible is what a page says, roughly.
func visible(body string) string {
	if _, main, ok := strings.Cut(body, "<main"); ok {
		body = main
	}
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " ")), " ")
}

// aStatement is one of the town's statements.
func aStatement(s *testServer, query string) quoth.Recorded {
	s.t.Helper()
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements?q="+url.QueryEscape(query), &list)
	if len(list.Items) == 0 {
		s.t.Fatalf("no statement with %q", query)
	}
	return list.Items[0]
}

// complain answers no about a statement.
func complain(s *testServer, statement string, n int, a feedback.Answer) {
	s.t.Helper()
	a.Kind, a.Target, a.Vote = "statement", statement, quoth.No
	network := byte(len(a.Followup) + len(a.Text)) // others are other readers
	for i := range n {
		from := feedback.Sender{Address: netip.AddrFrom4([4]byte{10, network, byte(i >> 8), byte(i)}), UserAgent: "Mozilla/5.0 Firefox/140.0", Surface: "dialog"}
		if _, err := s.served.answering.Put(context.Background(), fmt.Sprintf("receipt-%s-%s-%08d", statement, a.Followup, i), a, from); err != nil {
			s.t.Fatal(err)
		}
	}
}

var caseLink = regexp.MustCompile(`/desk/cases/([a-z0-9]+)"`)

// version finds the version that the forms of a case carry.
var versionField = regexp.MustCompile(`name="version" value="(\d+)"`)

func TestDeskCorrectsTheRecord(t *testing.T) {
	s := serve(t, nil)
	town(s)
	st := aStatement(s, "coward")
	complain(s, st.ID, 2, feedback.Answer{Reasons: []string{feedback.Incorrect}, Followup: "person", Text: "It was <b>Hale</b> who said it.", Source: "https://minutes.example/7"})
	complain(s, st.ID, 3, feedback.Answer{Reasons: []string{feedback.Incorrect}, Followup: "untrue"})

	ed := newEditor(s, "ed", quoth.DeskEditor)
	list := ed.page("/desk")
	m := caseLink.FindStringSubmatch(list)
	if m == nil || strings.Count(list, `class="open"`) != 1 || !strings.Contains(list, "accuracy") || !strings.Contains(list, "2 reports, 2 sources, 2 texts") {
		t.Fatalf("the queue: %s", visible(list))
	}
	at := "/desk/cases/" + m[1]
	file := ed.page(at)
	if !strings.Contains(file, "It was &lt;b&gt;Hale&lt;/b&gt; who said it.") || !strings.Contains(file, "https://minutes.example/7") || !strings.Contains(file, "wrong: person") {
		t.Errorf("the case: %s", visible(file))
	}
	version := func() string { return versionField.FindStringSubmatch(ed.page(at))[1] }
	first := version()
	ed.must(at+"/move", url.Values{"version": {first}, "to": {"in-progress"}}, at)

	// Another editor saw the case before: nothing of either is lost.
	al := newEditor(s, "al", quoth.DeskEditor)
	if resp, body := al.post(at+"/close", url.Values{"version": {first}, "outcome": {"declined"}, "note": {"It stands."}}); resp.StatusCode != http.StatusConflict {
		t.Errorf("closing what another holds: %s %s", resp.Status, visible(body))
	}
	if resp, _ := al.post(at+"/close", url.Values{"version": {version()}, "outcome": {"declined"}, "note": {"It stands."}}); resp.StatusCode != http.StatusConflict {
		t.Errorf("closing a case that ed holds: %s", resp.Status)
	}
	if resp, _ := ed.post(at+"/close", url.Values{"version": {version()}, "outcome": {"corrected"}, "note": {"Done."}}); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("corrected, with nothing corrected: %s", resp.Status)
	}

	// The form as it comes changes nothing; then the speaker.
	form := ed.filled(st.ID+"?case="+m[1], "note", "Hale said it of Moss, <i>see</i> the minutes.", "do", "correct")
	if resp, body := ed.post("/desk/statements/"+st.ID, form); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "nothing is different") {
		t.Errorf("an unchanged form: %s, %s", resp.Status, visible(body))
	}
	set(form, "speaker", `{"name":"Zoë Hale","kind":"person","id":"zoe-hale","is_new":false}`, "medium", "interview", "content", "a coward", "do", "preview") // found by its words
	if resp, body := ed.post("/desk/statements/"+st.ID, form); resp.StatusCode != http.StatusOK || !strings.Contains(body, "What would change") || !strings.Contains(body, "<ins>Zoë Hale</ins>") {
		t.Errorf("preview: %s, %s", resp.Status, visible(body))
	}
	if now := aStatement(s, "coward"); now.Speaker.ID != "eric-moss" {
		t.Errorf("a preview changed the record: %+v", now.Speaker)
	}
	form.Set("do", "correct")
	ed.must("/desk/statements/"+st.ID, form, at)
	now := aStatement(s, `speaker:"Zoë Hale" coward`)
	if now.ID != st.ID || now.Medium != "interview" || now.Content.Text != "a coward" {
		t.Errorf("corrected: %+v", now.Statement)
	}
	ed.must(at+"/close", url.Values{"version": {version()}, "outcome": {"corrected"}, "note": {"Hale said it."}}, at)
	public := s.page("/statements/" + st.ID)
	for _, want := range []string{"Corrected", "<del>Eric Moss</del>", "Hale said it of Moss, &lt;i&gt;see&lt;/i&gt; the minutes.", "by ed"} {
		if !strings.Contains(public, want) {
			t.Errorf("the statement's page lacks %q", want)
		}
	}
	log := s.page("/corrections")
	if !strings.Contains(log, "see&lt;/i&gt; the minutes") || !strings.Contains(log, "Hale said it.") {
		t.Errorf("the public log: %s", visible(log))
	}
	const told = "<title>Correction (what was said, speaker, medium): Hale &#34;a coward&#34;</title>"
	if body := s.page("/corrections/feed.atom"); !strings.Contains(body, "the minutes") || strings.Count(body, told) != 1 {
		t.Errorf("the feed: %s", body)
	}

	// The same complaint again is counted and no more; new words open the case.
	complain(s, st.ID, 2, feedback.Answer{Reasons: []string{feedback.Incorrect}, Followup: "words"})
	if ed.page("/desk"); !strings.Contains(ed.page(at), "closed by ed: corrected") {
		t.Errorf("bare clicks opened the case: %s", visible(ed.page(at)))
	}
	complain(s, st.ID, 1, feedback.Answer{Reasons: []string{feedback.Incorrect}, Followup: "date", Text: "It was in March."})
	if ed.page("/desk"); !strings.Contains(visible(ed.page(at)), "reopened") {
		t.Errorf("new words did not open the case: %s", visible(ed.page(at)))
	}

	// Undo gives back what was.
	n := regexp.MustCompile(`/desk/corrections/(\d+)/undo`).FindStringSubmatch(ed.page("/desk/statements/" + st.ID))
	ed.must(n[0], url.Values{"back": {"/desk/statements/" + st.ID}}, "/desk/statements/"+st.ID)
	if back := aStatement(s, "coward"); back.Speaker.ID != "eric-moss" || len(quoth.Differences(&back.Statement, &st.Statement)) > 0 {
		t.Errorf("undone: %+v", back.Statement)
	}
	// The public log tells the correction, and that it was undone.
	if body := s.page("/corrections/feed.atom"); strings.Count(body, told) != 1 || strings.Count(body, strings.Replace(told, "Corr", "Undone: Corr", 1)) != 1 {
		t.Errorf("the feed after the undoing: %s", body)
	}
	var logged []quoth.Correction
	if s.get("/api/v1/corrections/statements", &logged); len(logged) != 1 || logged[0].State != quoth.Undone {
		t.Errorf("the API after the undoing: %+v", logged)
	}
	for _, path := range []string{"/corrections", "/statements/" + st.ID} {
		if body := visible(s.page(path)); !strings.Contains(body, "correction, undone "+time.Now().UTC().Format("2 January 2006")+" · by ed") {
			t.Errorf("%s after the undoing: %s", path, body)
		}
	}
	if audit := ed.page("/desk/audit"); !strings.Contains(audit, "undo, statement "+st.ID) || !strings.Contains(audit, "sign-in") || strings.Contains(audit, "Go on") {
		t.Errorf("the audit log: %s", visible(audit))
	}
	if wrong, err := s.store.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the record does not check: %v %v", wrong, err)
	}
}

// What a form was filled from is not what the statement is any more: the second editor is
// told so, on a preview too, and nothing of the first is lost.
func TestTwoEditorsOfOneStatement(t *testing.T) {
	s := serve(t, nil)
	town(s)
	ed, al := newEditor(s, "ed", quoth.DeskEditor), newEditor(s, "al", quoth.DeskEditor)
	st := aStatement(s, "coward")
	path := "/desk/statements/" + st.ID
	late := al.filled(st.ID, "note", "The day is not told.", "manner", "direct", "do", "preview")
	resp, body := al.post(path, late)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("preview: %s, %s", resp.Status, visible(body))
	}
	looked := formFields(t, body)

	ed.corrects(st.ID, "medium", "interview", "note", "It was an interview.")
	for name, form := range map[string]url.Values{"the form": late, "the form after a preview": looked} {
		for _, do := range []string{"preview", "correct"} {
			form.Set("do", do)
			if resp, body := al.post(path, form); resp.StatusCode != http.StatusConflict || !strings.Contains(body, "changed meanwhile") || !strings.Contains(body, "The day is not told.</textarea>") || !strings.Contains(body, "the form as the statement is now") {
				t.Errorf("%s, %s: %s, %s", name, do, resp.Status, visible(body))
			}
		}
	}
	if now := aStatement(s, "coward"); now.Medium != "interview" || now.Kind != st.Kind {
		t.Errorf("now: %+v", now.Statement)
	}
	// The API tells the version of a statement, and an edit may name it.
	var now quoth.Recorded
	s.get("/api/v1/statements/"+st.ID, &now)
	e := quoth.Edit{Statement: st.ID, Revision: 1, Kind: quoth.Retraction, Note: "No statement."}
	for version, want := range map[string]quoth.Code{"": "", now.Version: "", quoth.VersionOf(st.Statement): quoth.Conflict} {
		e.Version = version
		if _, err := s.served.desk.Preview(t.Context(), quoth.Account{Name: "ed", Role: quoth.DeskEditor}, e); quoth.CodeOf(err) != want {
			t.Errorf("version %q: got %v, want code %q", version, err, want)
		}
	}
}

// page gets a page as any reader does.
func (s *testServer) page(path string) string {
	s.t.Helper()
	resp, body := s.do("GET", path, "")
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s: %s", path, resp.Status)
	}
	return body
}

func TestDeskRefusesWhatIsNotOnThePage(t *testing.T) {
	s := serve(t, nil)
	town(s)
	ed := newEditor(s, "ed", quoth.DeskEditor)
	st := aStatement(s, "coward")
	path := "/desk/statements/" + st.ID
	half := strings.Index(bridgeText, "ë") + 1
	for name, c := range map[string]struct{ field, value, want string }{
		"words that were not printed": {"content", "a hero", "does not print"},
		"a place outside":             {"content", "[900-99999] x", "does not print"},
		"nothing said":                {"content", "", "needs the words"},
		"pieces out of order":         {"content", "[183-192]\n[4-10]", "out of order"},
		"half a character":            {"content", fmt.Sprintf("[%d-%d]", half, half+2), "cuts a character"},
		"a name that is not there":    {"other", "Ida Quill", "does not print the name"},
		"no date":                     {"said", "last week", "is no date"},
		"a day without words":         {"said", "2026-04-01", "no place"},
		"no medium":                   {"medium", "telepathy", "no medium"},
		"no manner":                   {"manner", "shouted", "direct, indirect or mixed"},
		"no kind":                     {"kind", "wish", "no correction of the kind"},
		"no reason":                   {"note", "  ", "is missing"},
		"a broken choice":             {"speaker", "{", "cannot be read"},
		"an older state":              {"revision", "7", "read again"},
	} {
		resp, body := ed.post(path, ed.filled(st.ID, "note", "Because.", "medium", "interview", "other_kind", "person", "do", "correct", c.field, c.value))
		if resp.StatusCode != http.StatusUnprocessableEntity && resp.StatusCode != http.StatusConflict || !strings.Contains(body, c.want) {
			t.Errorf("%s: %s, %s", name, resp.Status, visible(body))
		}
	}
	if now := aStatement(s, "coward"); len(quoth.Differences(&now.Statement, &st.Statement)) > 0 {
		t.Errorf("changed all the same: %+v", now.Statement)
	}
	// Taken away, the words are nowhere, not in corrections before either, and the address
	// tells why.
	ed.corrects(st.ID, "medium", "message", "note", "It was a message.")
	ed.corrects(st.ID, "note", "A court forbids it.", "kind", "redaction")
	resp, body := s.do("GET", "/statements/"+st.ID, "")
	if resp.StatusCode != http.StatusGone || !strings.Contains(body, "A court forbids it.") || strings.Contains(body, "coward") {
		t.Errorf("the stone: %s %s", resp.Status, visible(body))
	}
	letter := url.Values{"name": {"Zoë Hale"}, "email": {"zoe@hale.example"}, "text": {"I was none."}, "honest": {"1"}}
	if resp, body := s.browser().post("/statements/"+st.ID+"/reply", letter); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a reply to a stone: %s %s", resp.Status, visible(body))
	}
	for _, path := range []string{"/corrections", "/corrections/feed.atom", "/api/v1/corrections/statements", "/api/v1/statements/" + st.ID, "/search?q=mayor", "/articles/" + st.Article.ID, "/api/v1/articles/" + st.Article.ID} {
		if _, body := s.do("GET", path, ""); strings.Contains(body, "coward") {
			t.Errorf("%s still shows the words", path)
		}
	}
}

// formFields are the fields of a page's form of a correction, as a browser would send them.
func formFields(t *testing.T, body string) url.Values {
	t.Helper()
	form := url.Values{}
	unescape := strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&amp;", "&", "&lt;", "<", "&gt;", ">")
	_, body, _ = strings.Cut(body, `<form class="desk-form editor"`)
	body, _, _ = strings.Cut(body, "</form>")
	for _, m := range regexp.MustCompile(`<input[^>]*name="([a-z_]+)"(?: value="([^"]*)")?[^>]*>`).FindAllStringSubmatch(body, -1) {
		if !strings.Contains(m[0], "checkbox") || strings.Contains(m[0], " checked") {
			form.Add(m[1], unescape.Replace(m[2]))
		}
	}
	for _, m := range regexp.MustCompile(`(?s)<textarea name="([a-z_]+)"[^>]*>(.*?)</textarea>`).FindAllStringSubmatch(body, -1) {
		form.Add(m[1], unescape.Replace(m[2]))
	}
	for _, m := range regexp.MustCompile(`(?s)<select name="([a-z_]+)">(.*?)</select>`).FindAllStringSubmatch(body, -1) {
		for _, o := range regexp.MustCompile(`<option(?: value="([^"]*)")? selected>([^<]*)`).FindAllStringSubmatch(m[2], -1) {
			if o[1] == "" {
				o[1] = o[2]
			}
			form.Add(m[1], unescape.Replace(o[1]))
		}
	}
	if form.Get("content") == "" || form.Get("revision") == "" {
		t.Fatalf("the form has no fields: %v", form)
	}
	return form
}

// Every route of the desk is closed to those below its role, and to other sites.
func TestDeskRoutes(t *testing.T) {
	s := serve(t, nil)
	town(s)
	st := aStatement(s, "coward")
	browsers := map[quoth.DeskRole]*editor{"": s.browser()}
	for _, role := range quoth.DeskRoles() {
		browsers[role] = newEditor(s, "the-"+string(role), role)
	}
	routes := new(web.Site).DeskRoutes()
	if len(routes) < 20 {
		t.Fatalf("only %d routes", len(routes))
	}
	for _, route := range routes {
		path := strings.ReplaceAll(route.Pattern, "{id}", st.ID)
		if route.Method == http.MethodPost {
			if resp, _ := browsers[quoth.DeskAdmin].do(route.Method, path, nil, "Sec-Fetch-Site", "cross-site"); resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s from another site: %s", route.Method, path, resp.Status)
			}
			if resp, _ := browsers[quoth.DeskAdmin].do(route.Method, path, nil, "Origin", "https://evil.example"); resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s with another origin: %s", route.Method, path, resp.Status)
			}
		}
		if route.Role == "anybody" || strings.HasSuffix(route.Pattern, "/sign-out") {
			continue
		}
		resp, body := browsers[""].do(route.Method, path+"?case=x", nil)
		if route.Method == http.MethodPost && (resp.StatusCode != http.StatusForbidden || !strings.Contains(body, "what you wrote is sent anew")) ||
			route.Method == http.MethodGet && (resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/desk/sign-in?next="+url.QueryEscape(path+"?case=x")) {
			t.Errorf("%s %s by nobody: %s to %q", route.Method, path, resp.Status, resp.Header.Get("Location"))
		}
		for role, e := range browsers {
			if role == "" {
				continue
			}
			resp, _ := e.do(route.Method, path, nil)
			if isRefused := resp.StatusCode == http.StatusForbidden; isRefused == role.May(route.Role) {
				t.Errorf("%s %s by a %s: %s, needs %s", route.Method, path, role, resp.Status, route.Role)
			}
			if resp.Header.Get("Cache-Control") != "no-store" && resp.StatusCode != http.StatusSeeOther {
				t.Errorf("%s %s may be kept: %q", route.Method, path, resp.Header.Get("Cache-Control"))
			}
			if resp.StatusCode >= 500 {
				t.Errorf("%s %s by a %s: %s", route.Method, path, role, resp.Status)
			}
		}
	}
}

func TestDeskSessions(t *testing.T) {
	now := time.Now()
	s := serve(t, func(c *ServeCmd) { c.now = func() time.Time { return now } })
	ed := newEditor(s, "ed", quoth.DeskEditor)
	// A cookie that was there before signing in is not taken over.
	planted := s.browser()
	u, _ := url.Parse(s.URL)
	planted.client.Jar.SetCookies(u, []*http.Cookie{{Name: "quoth-desk", Value: "planted", Path: "/"}})
	planted.must("/desk/sign-in", url.Values{"name": {"ed"}, "password": {deskPassword}}, "/desk")
	for _, c := range planted.client.Jar.Cookies(u) {
		if c.Value == "planted" {
			t.Error("the session that was planted is signed in")
		}
	}
	for next, want := range map[string]string{"https://evil.example/": "/desk", "//evil.example": "/desk", `/\evil.example`: "/desk", "/desk/audit": "/desk/audit", "/desk//evil": "/desk/evil", "/articles": "/desk"} {
		s.browser().must("/desk/sign-in", url.Values{"name": {"ed"}, "password": {deskPassword}, "next": {next}}, want)
	}
	resp, _ := s.browser().post("/desk/sign-in", url.Values{"name": {"ed"}, "password": {deskPassword}})
	if c := resp.Cookies(); len(c) != 1 || !c[0].HttpOnly || c[0].SameSite != http.SameSiteStrictMode || c[0].Domain != "" || c[0].MaxAge > 0 {
		t.Errorf("the cookie: %+v", c)
	}
	// A host that the client makes up is in no address and in no cookie.
	if resp, body := ed.do("GET", "/desk", nil, "Host", "evil.example"); strings.Contains(resp.Header.Get("Location")+body, "evil.example") {
		t.Errorf("the host of the request is believed: %s", visible(body))
	}
	ed.must("/desk/account", url.Values{"old": {deskPassword}, "password": {"another long password"}, "again": {"another long password"}}, "/desk/sign-in")
	for _, e := range []*editor{ed, planted} {
		if resp, _ := e.do("GET", "/desk", nil); resp.StatusCode != http.StatusSeeOther {
			t.Errorf("a session outlasts the password: %s", resp.Status)
		}
	}
	signIn := func(password string) int {
		resp, _ := s.browser().post("/desk/sign-in", url.Values{"name": {"ed"}, "password": {password}})
		return resp.StatusCode
	}
	if got := signIn("another long password"); got != http.StatusSeeOther {
		t.Errorf("the new password: %d", got)
	}
	// After ten wrong ones the right one is refused too, for a quarter of an hour.
	var wait sync.WaitGroup
	for range 12 {
		wait.Go(func() {
			if got := signIn("guess"); got != http.StatusForbidden {
				t.Errorf("a guess: %d", got)
			}
		})
	}
	wait.Wait()
	if got := signIn("another long password"); got != http.StatusForbidden {
		t.Errorf("after twelve guesses: %d", got)
	}
	now = now.Add(16 * time.Minute)
	if got := signIn("another long password"); got != http.StatusSeeOther {
		t.Errorf("a quarter of an hour later: %d", got)
	}
	// Sessions end by themselves, and with the account.
	late := s.browser()
	late.must("/desk/sign-in", url.Values{"name": {"ed"}, "password": {"another long password"}}, "/desk")
	now = now.Add(time.Hour)
	late.page("/desk")
	now = now.Add(3 * time.Hour)
	if resp, _ := late.do("GET", "/desk", nil); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("a session that nobody used for three hours: %s", resp.Status)
	}
	al := newEditor(s, "al", quoth.DeskEditor)
	if err := s.served.desk.Disable(t.Context(), "al", true, "test"); err != nil {
		t.Fatal(err)
	}
	if resp, _ := al.do("GET", "/desk", nil); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("a disabled account: %s", resp.Status)
	}
}

// Five thousand noes at once raise an alert and move no figure that is told.
func TestCampaignMovesNoFigure(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	s := serve(t, func(c *ServeCmd) { c.now = func() time.Time { return now } })
	town(s)
	st := aStatement(s, "coward")
	for i := range 40 { // readers, over a day
		now = now.Add(36 * time.Minute)
		a := feedback.Answer{Kind: "statement", Target: st.ID, Vote: quoth.Yes}
		if i%4 == 0 {
			a.Vote = quoth.No
		}
		if _, err := s.served.answering.Put(t.Context(), fmt.Sprintf("reader-receipt-%08d", i), a, feedback.Sender{Address: netip.AddrFrom4([4]byte{192, 168, 0, byte(i)}), UserAgent: "Mozilla/5.0 Safari"}); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(48 * time.Hour)
	summary := func() feedback.Summary {
		t.Helper()
		sum, err := s.served.answering.Summary(t.Context(), "statement", st.ID)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	before := summary()
	if before.Answers != 40 || before.Yes != 30 {
		t.Fatalf("before: %+v", before)
	}
	var wait sync.WaitGroup
	for part := range 200 { // many at once, which are written together
		wait.Go(func() {
			for i := range 25 {
				from := feedback.Sender{Address: netip.AddrFrom4([4]byte{10, 9, byte(part), byte(i)}), UserAgent: "Mozilla/5.0 Chrome", Surface: "dialog"}
				if _, err := s.served.answering.Put(t.Context(), fmt.Sprintf("brigade-%03d-receipt-%08d", part, i), feedback.Answer{Kind: "statement", Target: st.ID, Vote: quoth.No, Reasons: []string{feedback.Hateful}}, from); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	if err := s.served.desk.Gather(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = now.Add(48 * time.Hour)
	after := summary()
	if after.Answers != before.Answers || after.Yes != before.Yes || after.Withheld != 5000 || !strings.Contains(after.Words, "withheld") {
		t.Errorf("after: %+v, want the figures of before, %+v", after, before)
	}
	ed := newEditor(s, "ed", quoth.DeskEditor)
	list := visible(ed.page("/desk"))
	if !strings.Contains(list, "These answers look like a campaign") || !strings.Contains(list, "for the same reason, hateful") {
		t.Errorf("the desk: %s", list)
	}
	ed.must("/desk/alerts/clear", url.Values{"kind": {"statement"}, "target": {st.ID}, "day": {"2026-05-07"}, "back": {"/desk"}}, "/desk")
	if told := summary(); told.Answers != 5040 || told.Withheld != 0 {
		t.Errorf("cleared: %+v", told)
	}
}

func TestLettersUnderAName(t *testing.T) {
	s := serve(t, nil)
	town(s)
	st := aStatement(s, "coward")
	reader := s.browser()
	form := url.Values{"name": {"Zoë Hale"}, "email": {"zoe@hale.example"}, "text": {"I was called that, and I was none. <script>alert(1)</script>"}, "honest": {"1"}}
	for field, value := range map[string]string{"name": "", "email": "nobody", "text": strings.Repeat("x", 301), "honest": ""} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		bad.Set(field, value)
		if resp, body := reader.post("/statements/"+st.ID+"/reply", bad); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `role="alert"`) || field != "email" && !strings.Contains(body, "zoe@hale.example") {
			t.Errorf("%s is %q: %s %s", field, value, resp.Status, visible(body))
		}
	}
	resp, body := reader.post("/statements/"+st.ID+"/reply", form)
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("reply: %s %s", resp.Status, visible(body))
	}
	thanks := resp.Header.Get("Location")
	id := thanks[strings.LastIndexByte(thanks, '=')+1:]
	if !strings.Contains(reader.page(thanks), id) {
		t.Errorf("the thanks do not tell the reference %s", id)
	}
	if strings.Contains(s.page("/statements/"+st.ID), "I was none") {
		t.Error("a reply is printed before anybody looked at it")
	}
	viewer, ed := newEditor(s, "viewer", quoth.DeskReader), newEditor(s, "ed", quoth.DeskEditor)
	if body := viewer.page("/desk/cases/" + id); strings.Contains(body, "zoe@hale.example") || !strings.Contains(body, "I was none") {
		t.Errorf("what a reader of the desk sees: %s", visible(body))
	}
	if body := ed.page("/desk/cases/" + id); !strings.Contains(body, "zoe@hale.example") {
		t.Errorf("what an editor sees: %s", visible(body))
	}
	at := "/desk/cases/" + id
	ed.must(at+"/close", url.Values{"version": {"1"}, "outcome": {"reply-printed"}, "note": {"Her identity was shown."}}, at)
	public := s.page("/statements/" + st.ID)
	if !strings.Contains(public, "Reply of Zoë Hale") || !strings.Contains(public, "&lt;script&gt;alert(1)&lt;/script&gt;") || strings.Contains(public, "zoe@hale.example") {
		t.Errorf("the printed reply: %s", visible(public))
	}
	form.Set("law", "§ 1 of the Invented Code")
	if resp, body := reader.post("/statements/"+st.ID+"/notice", form); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("notice: %s %s", resp.Status, visible(body))
	}
	if list := visible(ed.page("/desk")); !strings.Contains(list, "legal new") {
		t.Errorf("the desk: %s", list)
	}
	// Lengths count characters, however many bytes they take, and a line end as one.
	form.Set("text", strings.Repeat("ह", 999)+strings.Repeat("🌉", 1000)+"\r\n.")
	if resp, body := reader.post("/statements/"+st.ID+"/notice", form); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "longer than 2000 characters") {
		t.Errorf("2001 characters: %s %s", resp.Status, visible(body))
	}
	form.Set("text", strings.Repeat("ह", 998)+strings.Repeat("🌉", 1000)+"\r\n.")
	if resp, body := reader.post("/statements/"+st.ID+"/notice", form); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("2000 characters: %s %s", resp.Status, visible(body))
	}
	form.Set("text", strings.Repeat("x", 300<<10))
	if resp, body := reader.post("/statements/"+st.ID+"/notice", form); resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, "write less") {
		t.Errorf("too much: %s %s", resp.Status, visible(body))
	}
	form.Set("text", "I was none.")
	// Nobody floods the desk.
	for range 6 {
		resp, body = reader.post("/statements/"+st.ID+"/reply", form)
	}
	if resp.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, "I was none.</textarea>") {
		t.Errorf("the eighth letter: %s, %s", resp.Status, visible(body))
	}
	// A reader's text with an address in it is shown to editors only, and only when they ask.
	complain(s, st.ID, 1, feedback.Answer{Reasons: []string{feedback.Other}, Text: "Write to me at moss@home.example."})
	ed.page("/desk")
	c, err := s.store.CaseOf(t.Context(), "statement", st.ID, "other")
	if err != nil {
		t.Fatal(err)
	}
	if body := ed.page("/desk/cases/" + c.ID); !strings.Contains(body, "<summary>The text seems to hold personal data</summary>") {
		t.Errorf("a personal text: %s", visible(body))
	}
	if body := viewer.page("/desk/cases/" + c.ID); strings.Contains(body, "moss@home.example") {
		t.Errorf("a personal text, for a reader of the desk: %s", visible(body))
	}
	// A robot is thanked, and nothing is kept.
	form.Set("website", "http://spam.example")
	before, _ := s.store.Cases(t.Context(), quoth.CaseQuery{})
	reader.must("/statements/"+st.ID+"/reply", form, "/letters/thanks")
	if after, _ := s.store.Cases(t.Context(), quoth.CaseQuery{}); len(after.Items) != len(before.Items) {
		t.Error("a robot's letter opened a case")
	}
}

// A letter about a statement that another reading does not find can still be answered.
func TestCaseOfWhatIsGone(t *testing.T) {
	s := serve(t, nil)
	town(s)
	st := aStatement(s, "coward")
	form := url.Values{"name": {"Zoë Hale"}, "email": {"zoe@hale.example"}, "text": {"I was none."}, "honest": {"1"}}
	resp, _ := s.browser().post("/statements/"+st.ID+"/reply", form)
	thanks := resp.Header.Get("Location")
	at := "/desk/cases/" + thanks[strings.LastIndexByte(thanks, '=')+1:]
	r, _, err := s.store.Article(t.Context(), st.Article.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	r.Statements = nil
	if err := s.store.Keep(t.Context(), []quoth.Entry{{Reading: r, Hash: quoth.HashOf(r.Article), Model: "another", At: time.Now()}}, nil); err != nil {
		t.Fatal(err)
	}
	ed := newEditor(s, "ed", quoth.DeskEditor)
	if body := ed.page(at); !strings.Contains(body, "a statement that is gone") || !strings.Contains(body, "I was none.") {
		t.Errorf("the case: %s", visible(body))
	}
	ed.must(at+"/close", url.Values{"version": {"1"}, "outcome": {"declined"}, "note": {"It is not told any more."}}, at)
}

func TestSecondEditor(t *testing.T) {
	s := serve(t, func(c *ServeCmd) { c.SecondEditor = true })
	town(s)
	st := aStatement(s, "coward")
	ed, al := newEditor(s, "ed", quoth.DeskEditor), newEditor(s, "al", quoth.DeskEditor)
	path := "/desk/statements/" + st.ID
	ed.corrects(st.ID, "medium", "message", "note", "It was a message.")
	if now := aStatement(s, "coward"); now.Medium == "message" {
		t.Error("a proposal changed the record")
	}
	if strings.Contains(s.page("/corrections"), "It was a message.") {
		t.Error("a proposal is public")
	}
	if !strings.Contains(al.page("/desk"), "It was a message.") {
		t.Error("the desk does not show the proposal")
	}
	decide := regexp.MustCompile(`/desk/corrections/\d+/decide`)
	if body := ed.page(path); strings.Contains(body, `value="approve"`) || !strings.Contains(body, "Take it back") {
		t.Errorf("who proposed it may take it back, and no more: %s", visible(body))
	}
	at := decide.FindString(al.page(path))
	if resp, _ := ed.post(at, url.Values{"decision": {"approve"}}); resp.StatusCode != http.StatusForbidden {
		t.Errorf("approved by who proposed it: %s", resp.Status)
	}
	if resp, _ := al.post(at, url.Values{"decision": {"hm"}}); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("neither approved nor rejected: %s", resp.Status)
	}
	al.must(at, url.Values{"decision": {"approve"}, "back": {path}}, path)
	if now := aStatement(s, "coward"); now.Medium != "message" {
		t.Errorf("approved: %+v", now.Statement)
	}
	if !strings.Contains(s.page("/statements/"+st.ID), "approved by al") {
		t.Error("the page does not say who approved it")
	}
}

// A case waits as long as a correction in it does, and no longer; only who has it proposes one.
func TestSecondEditorOfACase(t *testing.T) {
	s := serve(t, func(c *ServeCmd) { c.SecondEditor = true })
	town(s)
	st := aStatement(s, "coward")
	complain(s, st.ID, 1, feedback.Answer{Reasons: []string{feedback.Incorrect}, Followup: "person"})
	ed, al, boss := newEditor(s, "ed", quoth.DeskEditor), newEditor(s, "al", quoth.DeskEditor), newEditor(s, "boss", quoth.DeskAdmin)
	id := caseLink.FindStringSubmatch(ed.page("/desk"))[1]
	at, path := "/desk/cases/"+id, "/desk/statements/"+st.ID
	decide := func() string {
		t.Helper()
		return regexp.MustCompile(`/desk/corrections/\d+/decide`).FindString(ed.page(path))
	}
	want := func(when, state, holder string) {
		t.Helper()
		if c, err := s.store.Case(t.Context(), id); err != nil || string(c.State) != state || c.Holder != holder {
			t.Errorf("%s: %+v, %v, want %s by %q", when, c, err, state, holder)
		}
	}
	wants := func(when string, e *editor, path string, form url.Values, status int) {
		t.Helper()
		if resp, body := e.post(path, form); resp.StatusCode != status {
			t.Errorf("%s: %s, want %d; %s", when, resp.Status, status, visible(body))
		}
	}
	fill := func(e *editor, medium string) url.Values {
		t.Helper()
		return e.filled(st.ID+"?case="+id, "medium", medium, "note", "It was so.", "do", "correct")
	}
	closing := func() url.Values {
		t.Helper()
		return url.Values{"version": {versionField.FindStringSubmatch(ed.page(at))[1]}, "outcome": {"corrected"}, "note": {"Done."}}
	}
	ed.must(path, fill(ed, "message"), at)
	want("proposed", "second-editor", "ed")
	wants("another's proposal", al, path, fill(al, "speech"), http.StatusConflict)
	wants("closed while it waits", ed, at+"/close", closing(), http.StatusUnprocessableEntity)
	ed.must(decide(), url.Values{"decision": {"reject"}, "back": {at}}, at)
	want("taken back", "in-progress", "ed")
	ed.must(path, fill(ed, "interview"), at)
	boss.must(path, fill(boss, "speech"), at)
	first, second := strings.Replace(decide(), "3", "2", 1), decide()
	al.must(second, url.Values{"decision": {"reject"}, "back": {at}}, at)
	want("one of two decided", "second-editor", "ed")
	al.must(first, url.Values{"decision": {"approve"}, "back": {at}}, at)
	want("both decided", "in-progress", "ed")
	late := fill(ed, "document")
	ed.must(at+"/close", closing(), at)
	wants("proposed when it is closed", ed, path, late, http.StatusUnprocessableEntity)
	want("closed", "closed", "ed")
	if list, err := s.store.Corrections(t.Context(), quoth.CorrectionQuery{Case: id}); err != nil || len(list) != 3 {
		t.Errorf("corrections: %+v, %v", list, err)
	}
}

func TestDeskChangesPeople(t *testing.T) {
	s := serve(t, nil)
	town(s)
	ed := newEditor(s, "ed", quoth.DeskEditor)
	at := "/desk/people/zoe-hale"
	ed.must(at+"/merge", url.Values{"from": {"eric-moss"}, "note": {"One and the same."}}, at)
	if p, err := s.store.Person(t.Context(), "eric-moss"); err != nil || p.ID != "zoe-hale" {
		t.Errorf("merged: %+v, %v", p, err)
	}
	// No browser keeps where the page is now, for that can be undone.
	if resp, _ := ed.do(http.MethodGet, "/people/eric-moss?side=about", nil); resp.StatusCode != http.StatusMovedPermanently || resp.Header.Get("Location") != "/people/zoe-hale?side=about" || resp.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("the page of who was merged: %s, %v", resp.Status, resp.Header)
	}
	undo := regexp.MustCompile(`/desk/changes/\d+/undo`).FindString(ed.page(at))
	ed.must(undo, url.Values{"back": {at}}, at)
	st := aStatement(s, "coward")
	ed.must(at+"/split", url.Values{"name": {"Hale"}, "article": {st.Article.ID}, "note": {"Another Hale."}}, at)
	if p, err := s.store.Person(t.Context(), "hale"); err != nil || p.Name != "Hale" {
		t.Errorf("split: %+v, %v", p, err)
	}
	// What is of somebody else of the record goes to them.
	ed.must(at+"/split", url.Values{"other": {s.URL + "/people/hale?side=about"}, "article": {aStatement(s, "bridge").Article.ID}, "note": {"Hale as well."}}, at)
	if list, err := s.store.Changes(t.Context(), "hale", 0, 1); err != nil || len(list) != 1 || list[0].Other != "hale" || list[0].Note != "Hale as well." {
		t.Errorf("split to somebody known: %+v, %v", list, err)
	}
	undo = regexp.MustCompile(`/desk/changes/\d+/undo`).FindString(ed.page(at))
	ed.must(undo, url.Values{"back": {at}}, at)
	ed.must("/desk/people/eric-moss/hide", url.Values{"note": {"A private person."}}, "/desk/people/eric-moss")
	if resp, body := s.do("GET", "/people/eric-moss", ""); resp.StatusCode != http.StatusGone || !strings.Contains(body, "A private person.") || strings.Contains(body, "coward") {
		t.Errorf("hidden: %s %s", resp.Status, visible(body))
	}
	if log := s.page("/corrections"); !strings.Contains(log, "has no page") {
		t.Errorf("the log: %s", visible(log))
	}
	feed := s.page("/corrections/feed.atom")
	for _, want := range []string{"<title>zoe-hale: eric-moss is the same</title>", "<title>Undone: zoe-hale: eric-moss is the same</title>", "<title>zoe-hale: some articles mean hale</title>", "<title>eric-moss: has no page</title>"} {
		if !strings.Contains(feed, want) {
			t.Errorf("the feed lacks %s: %s", want, feed)
		}
	}
	if resp, _ := ed.post(at+"/rename", url.Values{"name": {"Nobody Calls Her So"}, "note": {"x"}}); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a made-up name: %s", resp.Status)
	}
}

// The public log can be read to its end.
func TestAllCorrectionsAreTold(t *testing.T) {
	s := serve(t, nil)
	town(s)
	st := aStatement(s, "coward")
	for i := range 51 {
		at := time.Date(2026, 5, 1, 12, 0, i, 0, time.UTC)
		c, err := s.store.Hide(t.Context(), "zoe-hale", quoth.Change{At: at, Actor: "ed", Note: fmt.Sprintf("Reason %d.", i)})
		if err == nil {
			err = s.store.Undo(t.Context(), c.ID, quoth.Act{At: at, Actor: "ed"})
		}
		decided := quoth.Case{ID: fmt.Sprintf("case%d", i), Kind: "statement", Target: st.ID, Queue: "reply", Opened: at, Changed: at, State: quoth.CaseClosed, Outcome: quoth.Declined, Note: fmt.Sprintf("Decision %d.", i), Version: 1}
		if err == nil {
			err = s.store.AddLetter(t.Context(), decided, quoth.Letter{Kind: quoth.ReplyLetter, Target: st.ID, At: at}, quoth.Act{At: at, Actor: "somebody"})
		}
		if err == nil {
			err = s.store.SetCase(t.Context(), decided, quoth.Act{At: at, Actor: "ed"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	first := s.page("/corrections")
	for what, list := range map[string]string{"Reason": "people", "Decision": "decisions"} {
		next := regexp.MustCompile(`/corrections\?` + list + `=[^"]+`).FindString(first)
		if next == "" || strings.Contains(first, what+" 0.") || !strings.Contains(first, what+" 50.") {
			t.Fatalf("%s: %q, %s", list, next, visible(first))
		}
		if rest := s.page(next); strings.Count(rest, what+" ") != 1 || !strings.Contains(rest, what+" 0.") || strings.Contains(rest, "rel=\"next\"") || strings.Contains(rest, "None so far") {
			t.Errorf("the rest of %s: %s", list, visible(rest))
		}
	}
	var changes []quoth.Change
	if s.get("/api/v1/corrections?before=3", &changes); len(changes) != 2 || changes[0].ID != 2 {
		t.Errorf("the API: %+v", changes)
	}
}

// What an editor pastes is read as a visitor's page is: it is not kept unless they say so,
// and no private address is asked.
func TestPasteBox(t *testing.T) {
	s := serve(t, nil)
	ed := newEditor(s, "ed", quoth.DeskEditor)
	if box := `action="/desk/read"`; !strings.Contains(ed.page("/"), box) || strings.Contains(s.page("/"), box) {
		t.Error("the front page has the box for editors, and for nobody else")
	}
	resp, body := ed.post("/desk/read", url.Values{"text": {bridgeText}, "date": {"2026-04-17"}})
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, "Nothing was kept") || !strings.Contains(body, "Zoë Hale") {
		t.Errorf("read: %s %s", resp.Status, visible(body))
	}
	if size, err := s.store.Size(t.Context()); err != nil || size.Articles != 0 {
		t.Errorf("kept: %+v, %v", size, err)
	}
	for _, address := range []string{s.URL + "/", "http://169.254.169.254/latest", "file:///etc/passwd", "http://[::1]:22/", "gopher://x.example"} {
		if resp, body := ed.post("/desk/read", url.Values{"url": {address}}); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %s %s", address, resp.Status, visible(body))
		}
	}
	resp, _ = ed.post("/desk/add", url.Values{"text": {bridgeText}, "url": {"https://herald.example/bridge"}, "date": {"2026-04-17"}})
	if at := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || !strings.Contains(s.page(at), "not safe any more") {
		t.Errorf("add: %s to %q", resp.Status, at)
	}
}

func TestCasesOfTheAPI(t *testing.T) {
	s := serve(t, nil)
	town(s)
	st := aStatement(s, "coward")
	complain(s, st.ID, 1, feedback.Answer{Reasons: []string{feedback.Incorrect}, Followup: "person"})
	var out strings.Builder
	if code := run(t.Context(), testEnv(&out, io.Discard), []string{"user", "token", "--record", s.record, "--scope", "cases:read,cases:write", "desk"}); code != exitGood {
		t.Fatal(code)
	}
	token := []string{"Authorization", "Bearer " + strings.TrimSpace(out.String())}
	for _, c := range []struct {
		method, path, body string
		header             []string
		want               int
		holds              string
	}{
		{"GET", "/api/v1/cases", "", nil, 401, ""},
		{"GET", "/api/v1/cases", "", []string{"Authorization", "Bearer " + s.token}, 403, ""},
		{"GET", "/api/v1/cases", "", token, 200, `"queue":"accuracy"`},
		{"GET", "/api/v1/cases/none", "", token, 404, ""},
	} {
		if resp, body := s.do(c.method, c.path, c.body, c.header...); resp.StatusCode != c.want || !strings.Contains(body, c.holds) {
			t.Errorf("%s %s: %s %s", c.method, c.path, resp.Status, body)
		}
	}
	open, err := s.store.Cases(t.Context(), quoth.CaseQuery{})
	if err != nil || len(open.Items) != 1 {
		t.Fatalf("%+v %v", open, err)
	}
	at := "/api/v1/cases/" + open.Items[0].ID
	edit := fmt.Sprintf(`{"statement":%q,"revision":1,"kind":"correction","note":"It was Hale.","manner":"mixed","source":[],"cue":[],"content":[[%d,%d]],"speaker":{"name":"Zoë Hale","kind":"person","id":"zoe-hale","is_new":false},"said":"","said_words":[0,0],"medium":"unknown","venue":[0,0],"about":[],"case":%q}`,
		st.ID, st.Content.Spans[0].Start, st.Content.Spans[0].End, open.Items[0].ID)
	for _, c := range []struct {
		path, body string
		want       int
	}{
		{at + "/move", `{"version":1,"to":"in-progress"}`, 200},
		{at + "/move", `{"version":1,"to":"in-progress"}`, 409},
		{at + "/close", `{"version":2,"outcome":"corrected","note":"Hale."}`, 422},
		{"/api/v1/statements/" + st.ID + "/corrections?preview=true", strings.Replace(edit, `"about":[]`, `"about":[{"name":"Zoë Hale","kind":"organization","id":"zoe-hale","is_new":false}]`, 1), 200},
		{"/api/v1/statements/" + st.ID + "/corrections?preview=true", edit, 200},
		{"/api/v1/statements/" + st.ID + "/corrections?preview=true", strings.Replace(edit, `"speaker":{"name":"Zoë Hale","kind":"person","id":"zoe-hale","is_new":false},`, "", 1), 200},
		{"/api/v1/statements/" + st.ID + "/corrections", edit, 200},
		{"/api/v1/statements/" + st.ID + "/corrections", edit, 422},
		{at + "/close", `{"version":2,"outcome":"corrected","note":"Hale."}`, 200},
	} {
		if resp, body := s.do("POST", c.path, c.body, token...); resp.StatusCode != c.want || strings.Contains(body, `"kind":"organization"`) { // of the record, she is a person
			t.Errorf("POST %s: %s %s, want %d", c.path, resp.Status, body, c.want)
		}
	}
	if now := aStatement(s, "coward"); now.Speaker == nil || now.Speaker.ID != "zoe-hale" {
		t.Errorf("corrected: %+v", now.Speaker)
	}
	if acts, err := s.store.Acts(t.Context(), "statement "+st.ID, 0, 10); err != nil || len(acts) != 1 || acts[0].Actor != "token desk" {
		t.Errorf("acts: %+v %v", acts, err)
	}
	// Its lists are gone through page by page: open cases, and those closed.
	complain(s, st.ID, 1, feedback.Answer{Reasons: []string{feedback.Incorrect, feedback.Hateful, feedback.Other}, Followup: "date", Text: "It was in March."})
	for _, state := range []string{"", "&state=closed"} {
		var ids []string
		for cursor := ""; len(ids) < 9; {
			_, body := s.do("GET", "/api/v1/cases?limit=1"+state+cursor, "", token...)
			var page quoth.Answer[quoth.Case]
			if err := json.Unmarshal([]byte(body), &page); err != nil || len(page.Items) != 1 {
				t.Fatalf("after %q of cases%s: %s", ids, state, body)
			}
			if ids = append(ids, page.Items[0].ID); page.Next == "" {
				break
			}
			cursor = "&cursor=" + url.QueryEscape(page.Next)
		}
		if len(ids) != 3 {
			t.Errorf("cases%s: got %q, want three", state, ids)
		}
		for _, id := range ids {
			s.do("POST", "/api/v1/cases/"+id+"/close", `{"version":1,"outcome":"declined","note":"It stands."}`, token...)
			s.do("POST", "/api/v1/cases/"+id+"/close", `{"version":4,"outcome":"declined","note":"It stands."}`, token...) // the one opened again
		}
	}
}

// What editors correct goes out as gold, tells how the model does on it, and trains it.
func TestCorrectionsTeach(t *testing.T) {
	s := serve(t, nil)
	town(s)
	ed := newEditor(s, "ed", quoth.DeskEditor)
	st := aStatement(s, "coward")
	ed.corrects(st.ID, "content", "a coward", "medium", "social-media", "note", "No more than that.")

	file := filepath.Join(t.TempDir(), "corrections.jsonl")
	var out, talk strings.Builder
	if code := run(t.Context(), testEnv(&out, &talk), []string{"export", "--corrections", "--record", s.record}); code != exitGood || strings.Count(out.String(), "\n") != 1 {
		t.Fatalf("export: exit %d, %s %s", code, talk.String(), out.String())
	}
	if err := os.WriteFile(file, []byte(out.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if code := run(t.Context(), testEnv(&out, &talk), []string{"eval", "corrections", file}); code != exitGood || !strings.Contains(out.String(), "1 in 1 articles") || !regexp.MustCompile(`content +1 +0 +0\.0`).MatchString(out.String()) {
		t.Errorf("eval: exit %d, %s %s", code, talk.String(), out.String())
	}
	model := filepath.Join(t.TempDir(), "model")
	if code := run(t.Context(), testEnv(&out, &talk), []string{"train", "../../recipes/tiny.json", "--corrections", file, "--out", model}); code != exitGood {
		t.Errorf("train: exit %d, %s", code, talk.String())
	}
	if err := os.WriteFile(file, []byte(`{"id":"x","text":"a","blocks":[],"statements":[],"corrections":[{"id":1,"was":{"content":{"spans":[[0,99]],"text":"a"}}}]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	talk.Reset()
	if code := run(t.Context(), testEnv(&out, &talk), []string{"eval", "corrections", file}); code != exitFailed || !strings.Contains(talk.String(), "line 1") && !strings.Contains(talk.String(), ":1") {
		t.Errorf("a broken file: exit %d, %s", code, talk.String())
	}
}
