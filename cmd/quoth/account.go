package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"quoth"
	"quoth/desk"
	"quoth/feedback"
	"quoth/people"
)

// UserAddCmd is `quoth user add`.
type UserAddCmd struct {
	RecordFlags `embed:""`

	Name string `arg:"" help:"What the account is called."`
	Role string `enum:"reader,editor,admin" default:"editor" help:"What it may do: reader sees the desk, editor corrects the record, admin works on cases that others hold."`
}

// Help is the text of `quoth help user add` below the flags.
func (c *UserAddCmd) Help() string {
	return `The desk is /desk of quoth serve. The password has 12 characters at least; it is asked for on a terminal and else read from the first line of standard input.

Examples:

	quoth user add ada
	pass show desk/ada | quoth user add ada --role admin --record news.db`
}

// operator is who works on the command line, in the audit log.
const operator = "operator"

// Run enters the account.
func (c *UserAddCmd) Run(ctx context.Context, env *Env) error {
	password, err := env.newPassword()
	if err != nil {
		return err
	}
	store, err := c.open(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := deskOf(store).AddAccount(ctx, c.Name, quoth.DeskRole(c.Role), password, operator); err != nil {
		return err
	}
	env.say("account", c.Name+" may sign in at /desk as "+c.Role)
	return nil
}

// deskOf is the desk of a record, for the command line.
func deskOf(store quoth.Store) *desk.Desk {
	return desk.New(desk.Options{Record: store, Now: time.Now, PersonID: people.Slug, IsPersonal: feedback.IsPersonal})
}

// newPassword asks for a new password twice, or reads it from standard input.
func (env *Env) newPassword() (string, error) {
	file, isFile := env.Stdin.(*os.File)
	if !env.StdinTTY || !isFile {
		line, err := bufio.NewReader(io.LimitReader(env.Stdin, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var typed [2]string
	for i, question := range []string{"Password: ", "Again: "} {
		fmt.Fprint(env.Stderr, question)
		b, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(env.Stderr)
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		typed[i] = string(b)
	}
	if typed[0] != typed[1] {
		return "", &quoth.Error{Code: quoth.Invalid, Message: "the password is not the same twice", Hint: "try again"}
	}
	return typed[0], nil
}

// UserSetCmd is `quoth user set`.
type UserSetCmd struct {
	RecordFlags `embed:""`

	Name     string `arg:"" help:"The account."`
	Role     string `enum:",reader,editor,admin" default:"" placeholder:"ROLE" help:"Another role: reader, editor or admin."`
	Password bool   `help:"Give it another password, asked for or from standard input."`
	Disable  bool   `xor:"able" help:"It may not sign in any more."`
	Enable   bool   `xor:"able" help:"It may sign in again."`
}

// Run changes the account; it is signed out everywhere.
func (c *UserSetCmd) Run(ctx context.Context, env *Env) error {
	if c.Role == "" && !c.Password && !c.Disable && !c.Enable {
		return &misuseError{"there is nothing to change", "give --role, --password, --disable or --enable"}
	}
	password := ""
	if c.Password {
		var err error
		if password, err = env.newPassword(); err != nil {
			return err
		}
	}
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	d := deskOf(store)
	if c.Role != "" {
		err = d.SetRole(ctx, c.Name, quoth.DeskRole(c.Role), operator)
	}
	if err == nil && c.Password {
		err = d.ResetPassword(ctx, c.Name, password, operator)
	}
	if err == nil && (c.Disable || c.Enable) {
		err = d.Disable(ctx, c.Name, c.Disable, operator)
	}
	if err == nil {
		env.say("account", c.Name+" is changed and signed out everywhere")
	}
	return err
}

// UserListCmd is `quoth user list`.
type UserListCmd struct {
	RecordFlags `embed:""`
}

// Run lists the accounts.
func (c *UserListCmd) Run(ctx context.Context, env *Env) error {
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	list, err := store.Accounts(ctx)
	for _, a := range list {
		state := "good"
		if !a.Disabled.IsZero() {
			state = "disabled " + a.Disabled.Format(time.DateOnly)
		}
		fmt.Fprintf(env.Stdout, "%s\t%s\t%s\t%s\n", a.Name, a.Role, a.Created.Format(time.DateOnly), state)
	}
	return err
}
