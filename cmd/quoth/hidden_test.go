package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"quoth"
	"quoth/mcp"
)

// Somebody whom an editor left without a page has none anywhere, and nothing leads to one.
func TestHiddenPeopleHaveNoPage(t *testing.T) {
	s := serve(t, nil)
	town(s)
	st := aStatement(s, "coward")
	c, err := s.store.Hide(t.Context(), "zoe-hale", quoth.Change{At: time.Now(), Actor: "ed", Note: "A private person."})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/people/zoe-hale", "/people/zoe-hale/feed.atom", "/people/zoe-hale/feed.atom?side=about", "/people/eric-moss/and/zoe-hale", "/people/zoe-hale/and/eric-moss/feed.atom",
		"/api/v1/people/zoe-hale", "/api/v1/people/zoe-hale/statements", "/api/v1/people/zoe-hale/circle", "/api/v1/people/eric-moss/about/zoe-hale",
	} {
		resp, body := s.do("GET", path, "")
		if resp.StatusCode != http.StatusGone || !strings.Contains(body, "A private person.") || strings.Contains(body, "coward") || strings.Contains(body, "not safe") {
			t.Errorf("%s: %s %s", path, resp.Status, visible(body))
		}
	}
	for _, path := range []string{"/", "/search?q=bridge", "/search?q=coward", "/articles/" + st.Article.ID, "/statements/" + st.ID, "/people/eric-moss", "/corrections", "/stories/" + aStatement(s, "heavier").Article.Story} {
		for _, link := range links(t, path, s.page(path)) {
			if strings.Contains(link, "/people/zoe-hale") || strings.Contains(link, "/and/zoe-hale") || strings.Contains(link, "speaker=zoe-hale") {
				t.Errorf("%s leads to %s", path, link)
			}
		}
	}
	if got := aStatement(s, "coward"); got.HasPage("zoe-hale") || !got.HasPage("eric-moss") || len(got.About) == 0 || got.About[0].ID != "zoe-hale" {
		t.Errorf("the statement stays, and says who has no page: %+v", got)
	}
	if err := callMCP(t, s.store, "person", map[string]any{"name": "zoe-hale"}); !strings.Contains(err, "A private person.") {
		t.Errorf("the tool person: %s", err)
	}
	if err := callMCP(t, s.store, "pair", map[string]any{"a": "eric-moss", "b": "zoe-hale"}); !strings.Contains(err, "A private person.") {
		t.Errorf("the tool pair: %s", err)
	}
	if err := s.store.Undo(t.Context(), c.ID, quoth.Act{At: time.Now(), Actor: "ed", Action: "undo"}); err != nil {
		t.Fatal(err)
	}
	if body := s.page("/statements/" + st.ID); !strings.Contains(body, `href="/people/zoe-hale"`) {
		t.Error("shown again, nothing leads to the page")
	}
}

// callMCP calls a tool on a record and returns what it says when it fails, "" when it does not.
func callMCP(t *testing.T, record quoth.Asker, tool string, args map[string]any) string {
	t.Helper()
	there, here := sdk.NewInMemoryTransports()
	if _, err := mcp.New(record, "test").Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	got, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := got.Content[0].(*sdk.TextContent)
	if !got.IsError || text == nil {
		return ""
	}
	return text.Text
}
