package main

import (
	"context"
	"errors"
	"io"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"quoth/mcp"
)

// MCPCmd is `quoth mcp`.
type MCPCmd struct {
	RecordFlags `embed:""`
}

// Help is the text of `quoth help mcp` below the flags.
func (c *MCPCmd) Help() string {
	return `It speaks over standard input and output, with four tools that only read: search, person, pair and article. The assistant starts it itself; its configuration names the command, as in

	{"mcpServers": {"quoth": {"command": "quoth", "args": ["mcp", "--record", "/path/to/news.db"]}}}`
}

// Run answers until standard input ends.
func (c *MCPCmd) Run(ctx context.Context, env *Env) error {
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	transport := &sdk.IOTransport{Reader: io.NopCloser(env.Stdin), Writer: nopWriteCloser{env.Stdout}}
	err = mcp.New(store, programVersion()).Run(ctx, transport)
	if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// nopWriteCloser does not close what is below.
type nopWriteCloser struct{ io.Writer }

// Close implements io.Closer.
func (nopWriteCloser) Close() error { return nil }
