package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"quoth"
)

// TestMCP calls the tools as an assistant does: with the SDK's client, from a process of
// its own.
func TestMCP(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	if _, err := s.served.ingest.Put(t.Context(), []quoth.Reading{say("one", "2026-04-18", "Zoë Hale", "Ida Quill", "that one is there"), say("two", "2026-04-19", "Zoë Hale", "Ida Quill", "that two are there")}, nil); err != nil {
		t.Fatal(err)
	}
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &sdk.CommandTransport{Command: quothCommand(t, "mcp", "--record", s.record)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	if got := session.InitializeResult().Instructions; !strings.Contains(got, "never asserted") {
		t.Errorf("instructions: %q", got)
	}
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range tools.Tools {
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s does not say that it only reads", tool.Name)
		}
	}
	if slices.Sort(names); !slices.Equal(names, []string{"article", "pair", "person", "search"}) {
		t.Errorf("tools: %v", names)
	}
	call := func(tool string, args map[string]any) (text string, isError bool) {
		t.Helper()
		got, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: args})
		if err != nil {
			t.Fatalf("%s %v: %v", tool, args, err)
		}
		for _, c := range got.Content {
			if text, ok := c.(*sdk.TextContent); ok {
				return text.Text, got.IsError
			}
		}
		t.Fatalf("%s %v: no text in %+v", tool, args, got)
		return "", false
	}
	text, _ := call("search", map[string]any{"query": "bridge speaker:hale"})
	var found quoth.Answer[quoth.Recorded]
	if err := json.Unmarshal([]byte(text), &found); err != nil || len(found.Items) != 1 || found.Items[0].Article.URL != "https://herald.example/bridge" {
		t.Errorf("search: %v in %s", err, text)
	}
	for tool, c := range map[string]struct {
		args map[string]any
		want string
	}{
		"person":  {map[string]any{"name": "Hale"}, `"name":"Zoë Hale"`},
		"pair":    {map[string]any{"a": "eric-moss", "b": "zoe-hale"}, "a coward"},
		"article": {map[string]any{"id": at[strings.LastIndexByte(at, '/')+1:]}, "The bridge over the Calder"},
	} {
		if text, isError := call(tool, c.args); isError || !strings.Contains(text, c.want) {
			t.Errorf("%s %v: got %s", tool, c.args, text)
		}
	}
	// What is too much for one answer goes on in the next.
	next := regexp.MustCompile(`"next":"([^"]+)"`)
	for tool, c := range map[string]struct {
		args   map[string]any
		cursor string
	}{"person": {map[string]any{"name": "zoe-hale", "limit": 1}, "cursor"}, "pair": {map[string]any{"a": "zoe-hale", "b": "ida-quill", "limit": 1}, "cursor_a"}} {
		first, _ := call(tool, c.args)
		m := next.FindStringSubmatch(first)
		if m == nil {
			t.Errorf("%s: no next in %s", tool, first)
			continue
		}
		c.args[c.cursor] = m[1]
		if second, isError := call(tool, c.args); isError || second == first || !strings.Contains(second, `"statements"`) && !strings.Contains(second, "a_about_b") {
			t.Errorf("%s goes on with %s", tool, second)
		}
	}
	for tool, args := range map[string]map[string]any{
		"search": {"query": "kind:loud"}, "article": {"id": "'; drop table article"}, "pair": {"a": "nobody", "b": "zoe-hale"}, "person": {"name": "zoe-hale", "side": "bogus"},
	} {
		if text, isError := call(tool, args); !isError || strings.Contains(text, "sqlite") {
			t.Errorf("%s %v: got %s, want an error without its causes", tool, args, text)
		}
	}
}
