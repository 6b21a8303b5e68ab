package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"quoth"
	"quoth/api"
)

// UserCmd is `quoth user`.
type UserCmd struct {
	Add    UserAddCmd  `cmd:"" help:"Make an account for the editors' desk."`
	List   UserListCmd `cmd:"" help:"List the accounts."`
	Set    UserSetCmd  `cmd:"" help:"Change the role or the password of an account, or bar it."`
	Token  TokenCmd    `cmd:"" help:"Make a token for a program that writes by the API; its secret is shown once."`
	Tokens TokensCmd   `cmd:"" help:"List the tokens."`
	Revoke RevokeCmd   `cmd:"" help:"End a token for good."`
}

// TokenCmd is `quoth user token`.
type TokenCmd struct {
	RecordFlags `embed:""`

	Name  string   `arg:"" help:"What it is for."`
	Scope []string `default:"articles:write" help:"What it allows, with commas between: articles:write puts articles into the record, pages:read has addresses fetched, cases:read reads the desk, cases:write works at it."`
}

// Run makes a token and writes its secret to standard output.
func (c *TokenCmd) Run(ctx context.Context, env *Env) error {
	for _, s := range c.Scope {
		if !strings.Contains(" "+strings.Join(api.Scopes(), " ")+" ", " "+s+" ") {
			return &misuseError{fmt.Sprintf("there is no scope %q", s), "there are " + strings.Join(api.Scopes(), " and ")}
		}
	}
	store, err := c.open(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	secret, id := "quoth_"+rand.Text(), strings.ToLower(rand.Text()[:8])
	now := time.Now()
	act := quoth.Act{At: now, Actor: operator, Action: "add-token", Subject: "token " + id, Detail: strings.Join(c.Scope, " and ")}
	if err := store.AddToken(ctx, quoth.Token{ID: id, Name: c.Name, Hash: api.HashToken(secret), Scopes: c.Scope, Created: now}, act); err != nil {
		return err
	}
	fmt.Fprintln(env.Stdout, secret)
	env.say("token", id+" allows "+strings.Join(c.Scope, " and ")+"; its secret is not shown again")
	return nil
}

// TokensCmd is `quoth user tokens`.
type TokensCmd struct {
	RecordFlags `embed:""`
}

// Run lists the tokens.
func (c *TokensCmd) Run(ctx context.Context, env *Env) error {
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	list, err := store.Tokens(ctx)
	for _, t := range list {
		state := "good"
		if !t.Revoked.IsZero() {
			state = "revoked " + t.Revoked.Format("2006-01-02")
		}
		fmt.Fprintf(env.Stdout, "%s\t%s\t%s\t%s\t%s\n", t.ID, printable(t.Name), strings.Join(t.Scopes, ","), t.Created.Format("2006-01-02"), state)
	}
	return err
}

// RevokeCmd is `quoth user revoke`.
type RevokeCmd struct {
	RecordFlags `embed:""`

	ID string `arg:"" help:"The token, as quoth user tokens lists it."`
}

// Run ends a token.
func (c *RevokeCmd) Run(ctx context.Context, env *Env) error {
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.RevokeToken(ctx, c.ID, quoth.Act{At: time.Now(), Actor: operator, Action: "revoke-token", Subject: "token " + c.ID}); err != nil {
		return err
	}
	env.say("token", c.ID+" has ended")
	return nil
}
