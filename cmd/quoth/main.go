// Command quoth reads the news and says who said what. `quoth help` lists its
// commands; docs/reading.md says what its JSON holds.
//
// Data goes to standard output, talk to standard error. The exit status is 0 when all
// went well, 1 when something failed, and 2 when the command line was wrong.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"quoth"
)

// The exit statuses.
const (
	exitGood   = 0
	exitFailed = 1
	exitMisuse = 2
)

// Env is all that the commands see of the world around them, so that a test can be
// that world.
type Env struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	// Getenv returns an environment variable, "" when it is not set.
	Getenv func(string) string
	// StdinTTY, StdoutTTY and StderrTTY say which of the three is a terminal.
	StdinTTY, StdoutTTY, StderrTTY bool
	// Width is the number of columns of the terminal, 0 when there is none.
	Width int
	// NewAnalyzer loads the model. It is called at most once, and only by commands
	// that read text.
	NewAnalyzer func() (quoth.Analyzer, error)
}

// CLI is the command line: one field per command.
type CLI struct {
	Read    ReadCmd    `cmd:"" help:"Read pages and write down who said what in them."`
	Add     AddCmd     `cmd:"" help:"Read pages and keep what they say in the record."`
	Import  ImportCmd  `cmd:"" help:"Bring web archives, JSON lines and folders into the record."`
	Work    WorkCmd    `cmd:"" help:"Read pages from a queue into the record, on this machine or many."`
	Queue   QueueCmd   `cmd:"" help:"Look at a queue; list, put back or drop pages that no worker could read."`
	Watch   WatchCmd   `cmd:"" help:"Follow feeds and keep what their articles say in the record."`
	Search  SearchCmd  `cmd:"" help:"Look for statements in the record."`
	Who     WhoCmd     `cmd:"" help:"Say what somebody said, or what was said about them."`
	Serve   ServeCmd   `cmd:"" help:"Serve the record: the site, and the JSON API."`
	Export  ExportCmd  `cmd:"" help:"Write the record for other programs: JSON lines, CSV, Parquet and more."`
	MCP     MCPCmd     `cmd:"" name:"mcp" help:"Show the record to an assistant (Model Context Protocol)."`
	User    UserCmd    `cmd:"" help:"Manage the accounts of the editors' desk, and the tokens of programs that write by the API."`
	Backup  BackupCmd  `cmd:"" help:"Write a copy of the record."`
	Migrate MigrateCmd `cmd:"" help:"Make a record of an earlier version ready for this one."`
	Doctor  DoctorCmd  `cmd:"" help:"Look the record over for damage."`
	Train   TrainCmd   `cmd:"" help:"Train a model from a recipe."`
	Eval    EvalCmd    `cmd:"" help:"Measure what the models find against texts that people have marked (gold)."`
	Version VersionCmd `cmd:"" help:"Say which version of Quoth and of its model this is."`
	Help    HelpCmd    `cmd:"" help:"Explain a command: its flags, their environment variables, examples."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second Ctrl-C ends the program at once, should a clean stop take too long.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, processEnv(), os.Args[1:]))
}

// processEnv is the Env of this process.
func processEnv() *Env {
	isTTY := func(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		width = 0
	}
	return &Env{
		Stdin:       os.Stdin,
		Stdout:      os.Stdout,
		Stderr:      os.Stderr,
		Getenv:      os.Getenv,
		StdinTTY:    isTTY(os.Stdin),
		StdoutTTY:   isTTY(os.Stdout),
		StderrTTY:   isTTY(os.Stderr),
		Width:       width,
		NewAnalyzer: newAnalyzer,
	}
}

// run runs one command line and returns the exit status.
func run(ctx context.Context, env *Env, args []string) int {
	checked := *env
	out := &checkedWriter{w: env.Stdout}
	checked.Stdout = out
	err := runCommand(ctx, &checked, args)
	if written := out.failure(); err == nil && !isBrokenPipe(written) {
		err = written
	}
	return env.fail(err)
}

// runCommand runs one command line.
func runCommand(ctx context.Context, env *Env, args []string) error {
	parser, err := newParser(env)
	if err != nil {
		return fmt.Errorf("build the command line: %w", err)
	}
	if len(args) == 0 {
		return errors.Join(printHelp(parser, env.Stderr, nil), &misuseError{}) // the help says it all
	}
	if topic, asked := helpAsked(args); asked {
		return printHelp(parser, env.Stdout, topic)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return misuse(parser, err, args)
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(env, parser)
}

// checkedWriter remembers the first error of writing, so that no command whose output was
// lost ends well.
type checkedWriter struct {
	w io.Writer

	mu  sync.Mutex
	err error
}

// Write implements io.Writer.
func (c *checkedWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	if err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.err = cmp.Or(c.err, err)
	}
	return n, err
}

// failure is the first error of writing, nil when there was none.
func (c *checkedWriter) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// newParser describes the command line to kong. Every flag can also be set by the
// environment variable that envName makes of its name.
func newParser(env *Env) (*kong.Kong, error) {
	return kong.New(&CLI{},
		kong.Name("quoth"),
		kong.Description("Quoth reads the news and keeps the record of who said what. It never says that something is so, only that somebody said it. `quoth help COMMAND` explains a command."),
		kong.Writers(env.Stdout, env.Stderr),
		kong.NoDefaultHelp(),
		kong.Resolvers(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
			if value := env.Getenv(envName(flag.Name)); value != "" {
				return value, nil
			}
			return nil, nil
		})),
		kong.ValueFormatter(describeFlag),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100, NoExpandSubcommands: true}),
	)
}

// envName is the environment variable of a flag: QUOTH_MAX_SIZE of --max-size.
func envName(flag string) string {
	return "QUOTH_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// describeFlag adds a flag's environment variable to its help, and its default where a
// placeholder stands in the default's place.
func describeFlag(v *kong.Value) string {
	if v.Flag == nil {
		return v.Help
	}
	usual := ""
	if v.Default != "" && v.Flag.PlaceHolder != "" {
		usual = "default " + v.Default + ", "
	}
	return v.Help + " (" + usual + "$" + envName(v.Name) + ")"
}

// errReported is the error of a command that has already said what went wrong.
var errReported = errors.New("reported")

// misuseError is an error of the person at the command line.
type misuseError struct{ message, hint string }

// Error returns the message.
func (e *misuseError) Error() string { return e.message }

// asMisuse makes an error that tells of what was asked for one of the command line.
func asMisuse(err error) error {
	var shown *quoth.Error
	if errors.As(err, &shown) && shown.Code == quoth.Invalid {
		return &misuseError{shown.Message, shown.Hint}
	}
	return err
}

// misuse explains why kong could not read args.
func misuse(parser *kong.Kong, err error, args []string) error {
	hint := "quoth help lists the commands"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		if _, unknown := commandNamed(parser.Model.Node, args[:1]); unknown == nil {
			hint = "quoth help " + args[0] + " explains the flags"
		} else if _, statErr := os.Stat(args[0]); statErr == nil || isURL(args[0]) {
			hint = "to read it: quoth read " + args[0]
		}
	}
	var known *misuseError
	if errors.As(err, &known) {
		return known
	}
	return &misuseError{err.Error(), hint}
}

// fail reports err on standard error and returns the exit status that it means.
func (env *Env) fail(err error) int {
	var wrong *misuseError
	var shown *quoth.Error
	switch {
	case err == nil:
		return exitGood
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &wrong):
		env.say("error", wrong.message)
		env.say("hint", wrong.hint)
		return exitMisuse
	case errors.As(err, &shown):
		env.say("error", shown.Message)
		env.say("hint", shown.Hint)
	default:
		env.say("error", err.Error())
	}
	return exitFailed
}

// say writes one line of talk; nothing when there is nothing to say. Words of files
// and servers are in it, so control characters are taken out.
func (env *Env) say(kind, message string) {
	if message == "" {
		return
	}
	fmt.Fprintf(env.Stderr, "quoth: %s: %s\n", kind, printable(message))
}

// printable makes s one line that is safe for a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// isBrokenPipe reports whether err says that nobody reads the output any more, as
// after `quoth read … | head`.
func isBrokenPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}
