package main

import (
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestCommandLinesOfTheDocs: what the docs and the help texts show to be typed is taken. In
// running text a command may be named without its arguments.
func TestCommandLinesOfTheDocs(t *testing.T) {
	root := os.DirFS("../..")
	pages, err := fs.Glob(root, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"docs/*.md", "docs/design/*.md", "recipes/*.md"} {
		more, err := fs.Glob(root, pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, more...)
	}
	shown := 0
	for _, name := range pages {
		b, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range strings.Split(string(b), "\n```") {
			if i%2 == 1 {
				shown += tryLines(t, name, part, false)
				continue
			}
			for _, m := range inlineCode.FindAllStringSubmatch(part, -1) {
				shown += tryLines(t, name, strings.ReplaceAll(m[1], "\n", " "), true)
			}
		}
	}
	if shown < 80 {
		t.Errorf("the docs have %d command lines", shown)
	}
	parser, err := newParser(testEnv(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	shown = 0
	for _, n := range parser.Model.Leaves(false) {
		shown += tryLines(t, "quoth help "+n.Path(), n.Detail, false)
	}
	if shown < 40 {
		t.Errorf("the help texts have %d command lines", shown)
	}
}

// inlineCode is code in running text.
var inlineCode = regexp.MustCompile("`(quoth [^`]*)`")

// command is the program's name where a command line begins: alone, in a clone, of a unit of
// systemd, or behind variables, a timer or another program's output.
var command = regexp.MustCompile(`(?:^|[|=] ?|\$\(|^[A-Z]+=\S+ |time -v |time )(?:go run \./cmd/quoth|/usr/local/bin/quoth|quoth) (.*)`)

// tryLines parses the command lines of a text and returns how many there were.
func tryLines(t *testing.T, where, text string, isBare bool) (tried int) {
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		m := command.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		tried++
		env := testEnv(io.Discard, io.Discard)
		env.Getenv = func(name string) string { return map[string]string{"QUOTH_QUEUE": "nats://queue.example"}[name] }
		parser, err := newParser(env)
		if err != nil {
			t.Fatal(err)
		}
		args := shellWords(m[1])
		if topic, asked := helpAsked(args); asked {
			if _, err := commandNamed(parser.Model.Node, topic); err != nil {
				t.Errorf("%s: %s: %v", where, m[0], err)
			}
			continue
		}
		if _, err := parser.Parse(args); err != nil && (!isBare || strings.HasPrefix(err.Error(), "un")) { // unknown, unexpected
			t.Errorf("%s: %s: %v", where, m[0], err)
		}
	}
	return tried
}

// shellWords cuts a command line into words as a shell does, up to a comment or an operator.
func shellWords(line string) []string {
	var words []string
	word, isWord, quote := "", false, rune(0)
	for _, r := range line + " " {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			} else {
				word += string(r)
			}
		case r == '\'' || r == '"':
			quote, isWord = r, true
		case r == ' ':
			if isWord {
				words = append(words, word)
			}
			word, isWord = "", false
		case strings.ContainsRune("|<>;&#)…,", r) && (!isWord || r != '#' && r != ','):
			return append(words, strings.Fields(word)...)
		default:
			word, isWord = word+string(r), true
		}
	}
	return words
}
