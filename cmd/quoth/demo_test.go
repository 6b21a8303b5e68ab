package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"quoth"
)

// serveDemo serves the made-up week, read by the real model.
func serveDemo(t *testing.T) *testServer {
	t.Helper()
	c := &ServeCmd{Listen: "127.0.0.1:0", Rate: 1000, Burst: 1000, MaxSize: 10 << 20, Demo: true}
	week, remove, err := c.demoRecord()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remove)
	env := testEnv(io.Discard, io.Discard)
	served, err := c.wire(t.Context(), env)
	if err != nil {
		t.Fatal(err)
	}
	s := &testServer{httptest.NewServer(served.handler), t, served.record, c.Record, "", served}
	t.Cleanup(func() {
		s.Close()
		served.close()
	})
	if err := fillDemo(t.Context(), env, served, week); err != nil {
		t.Fatal(err)
	}
	return s
}

// The week has something to show on every page.
func TestDemo(t *testing.T) {
	s := serveDemo(t)
	size, err := s.store.Size(t.Context())
	if err != nil || size.Articles != 22 || size.Revisions != 23 || size.Statements < 100 {
		t.Errorf("the week holds %+v, %v", size, err)
	}
	if wrong, err := s.store.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the record does not check: %v, %v", wrong, err)
	}
	page := func(path string) string {
		t.Helper()
		resp, body := s.do("GET", path, "")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("GET %s: %s", path, resp.Status)
		}
		return body
	}
	find := func(words string) quoth.Recorded {
		t.Helper()
		var list quoth.Answer[quoth.Recorded]
		s.get("/api/v1/statements?q="+strings.ReplaceAll(words, " ", "+"), &list)
		if len(list.Items) == 0 {
			t.Fatalf("no statement holds %q", words)
		}
		return list.Items[0]
	}
	// Both sides of a pair, and how one of them changed.
	for _, side := range []string{"/api/v1/people/felix-strand/about/mara-lindqvist", "/api/v1/people/mara-lindqvist/about/felix-strand"} {
		var list quoth.Answer[quoth.Recorded]
		if s.get(side, &list); len(list.Items) == 0 {
			t.Errorf("nothing at %s", side)
		}
	}
	never, toll := find("never ask people in Tarn Haven"), find("the only honest way to pay")
	if never.Speaker.ID != "mara-lindqvist" || toll.Speaker.ID != "mara-lindqvist" || never.Said == nil || toll.Said == nil || never.Said.EDTF != "2026-03-02" || toll.Said.EDTF != "2026-03-06" {
		t.Errorf("the changed position: %+v %+v; %+v %+v", never.Speaker, never.Said, toll.Speaker, toll.Said)
	}
	// One utterance in three outlets, of which one has lost a "not".
	safe := find("ferry is not unsafe")
	if body := page("/statements/" + safe.ID); safe.Occurrences != 3 || !strings.Contains(body, "The Daily Gull") || !strings.Contains(body, "a “not” differs") {
		t.Errorf("%d occurrences; the lost not is shown: %t", safe.Occurrences, strings.Contains(body, "a “not” differs"))
	}
	// Copies of an agency's text are one story.
	var stories quoth.Answer[quoth.Story]
	if s.get("/api/v1/stories", &stories); len(stories.Items) != 1 || len(stories.Items[0].Articles) != 2 {
		t.Errorf("stories: %+v", stories.Items)
	}
	// The reader's answers.
	if body := page("/articles/" + find("The old ferry is unsafe").Article.ID); !strings.Contains(body, "answers") {
		t.Error("no answers under the article with the most")
	}
	// Between what two people say of one another stands what outlets tell of them.
	if body := page("/people/mara-lindqvist/and/felix-strand"); !strings.Contains(body, `<li class="fact">`) || !strings.Contains(body, "the outlet’s own words") || strings.Contains(visible(body), "facts") {
		t.Error("no background on the page of a pair, or it is told as fact")
	}
	if body := visible(page("/trending")); !strings.Contains(body, "usually none") || strings.Contains(body, "0.0") {
		t.Errorf("trending: %s", body)
	}
	// What readers answered, and the desk that it makes work for.
	if body := page("/statistics"); !strings.Contains(body, "The Daily Gull") || !strings.Contains(body, "said yes") {
		t.Errorf("statistics: %s", visible(body))
	}
	if err := s.served.desk.Gather(t.Context()); err != nil {
		t.Fatal(err)
	}
	if cases, err := s.store.Cases(t.Context(), quoth.CaseQuery{}); err != nil || len(cases.Items) < 3 {
		t.Errorf("cases: %+v, %v", cases, err)
	}
	for _, path := range []string{"/", "/trending", "/people", "/stories", "/corrections", "/people/mara-lindqvist"} {
		page(path)
	}
}
