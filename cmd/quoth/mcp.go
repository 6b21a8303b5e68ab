package main

import (
	"context"

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
	return mcp.Serve(ctx, store, programVersion(), env.Stdin, env.Stdout)
}
