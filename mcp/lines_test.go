package mcp

import (
	"bufio"
	"io"
	"strings"
	"testing"
)

// A line that is no message is answered, and the session goes on.
func TestLinesThatAreNoMessages(t *testing.T) {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(t.Context(), nil, "1", in, out)
		out.Close()
	}()
	answers := bufio.NewReader(fromServer)
	for _, c := range []struct{ line, want string }{
		{`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}`, `"id":1,"result"`},
		{"no JSON", `"code":-32700`},
		{"{\n}", `"code":-32700`},
		{"", `"code":-32700`}, // of the brace before
		{`{"method":"ping"}`, `"code":-32600`},
		{`[{"jsonrpc":"2.0","id":2,"method":"ping"}]`, `"code":-32600`},
		{strings.Repeat(" ", 2*maxLineBytes) + "x", `longer than`},
		{" \r\n" + `{"jsonrpc":"2.0","id":3,"method":"ping"}`, `"id":3,"result"`},
	} {
		if c.line != "" {
			if _, err := io.WriteString(toServer, c.line+"\n"); err != nil {
				t.Fatalf("%.40q: %v", c.line, err)
			}
		}
		got, err := answers.ReadString('\n')
		if err != nil || !strings.Contains(got, c.want) {
			t.Fatalf("%.40q: got %q, %v, want %q in it", c.line, got, err, c.want)
		}
	}
	toServer.Close()
	if err := <-ended; err != nil {
		t.Errorf("the end: %v", err)
	}
}
