package main

import (
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"quoth"
)

// HelpCmd is `quoth help [COMMAND]`.
type HelpCmd struct {
	Command []string `arg:"" optional:"" help:"The command to explain."`
}

// Run writes the help.
func (c *HelpCmd) Run(env *Env, parser *kong.Kong) error {
	return printHelp(parser, env.Stdout, c.Command)
}

// printHelp writes the help of the command that topic names, or of the whole program.
func printHelp(parser *kong.Kong, w io.Writer, topic []string) error {
	command, err := commandNamed(parser.Model.Node, topic)
	if err != nil {
		return err
	}
	parsed, err := kong.Trace(parser, topic)
	if err != nil {
		return err
	}
	// Kong goes on from a command to its usual subcommand, by which the others would be hidden.
	for parsed.Selected() != nil && parsed.Selected() != command {
		parsed.Path = parsed.Path[:len(parsed.Path)-1]
	}
	stdout := parser.Stdout
	parser.Stdout = w
	defer func() { parser.Stdout = stdout }()
	return parsed.PrintUsage(false)
}

// commandNamed is the command that topic names below node; what follows a command without
// subcommands is passed over.
func commandNamed(node *kong.Node, topic []string) (*kong.Node, error) {
	for i, name := range topic {
		if len(node.Children) == 0 {
			break
		}
		at := slices.IndexFunc(node.Children, func(child *kong.Node) bool { return child.Name == name })
		if at < 0 {
			return nil, &misuseError{fmt.Sprintf("there is no command %q", strings.Join(topic[:i+1], " ")), strings.Join(append([]string{"quoth help"}, topic[:i]...), " ") + " lists the commands"}
		}
		node = node.Children[at]
	}
	return node, nil
}

// helpAsked reports whether args ask for help by a flag, and about which command.
func helpAsked(args []string) (topic []string, asked bool) {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	if !slices.Contains(args, "--help") && !slices.Contains(args, "-h") {
		return nil, false
	}
	for _, arg := range args {
		if strings.HasPrefix(arg, "-") {
			break
		}
		topic = append(topic, arg)
	}
	return topic, true
}

// VersionCmd is `quoth version`.
type VersionCmd struct{}

// modelNamer is implemented by analyzers that know which model they run.
type modelNamer interface {
	Model() (version, sha256 string)
}

// Run writes the versions of program and model.
func (VersionCmd) Run(env *Env) error {
	fmt.Fprintln(env.Stdout, "quoth "+programVersion())
	analyzer, err := env.NewAnalyzer()
	if err != nil {
		return modelError(err)
	}
	if m, named := analyzer.(modelNamer); named {
		version, sum := m.Model()
		fmt.Fprintf(env.Stdout, "model %s sha256:%s\n", version, sum)
	}
	return nil
}

// modelError explains that the model could not be loaded. The file is embedded, so
// that this is a broken build.
func modelError(err error) error {
	return &quoth.Error{
		Code:    quoth.Internal,
		Message: "the embedded model cannot be loaded: " + err.Error(),
		Hint:    "install quoth again; this build is broken",
		Err:     err,
	}
}

// programVersion is the version that the Go toolchain wrote into the binary.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && version == "(devel)" {
			version += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return version + " " + info.GoVersion
}
