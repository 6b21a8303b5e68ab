package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

// The example of the README is what the program says with the embedded model.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(readme), "\n```\nharbour-bridge\n")
	shown, _, _ = strings.Cut(shown, "\n```\n")
	var said, errs bytes.Buffer
	env := &Env{Stdin: strings.NewReader(""), Stdout: &said, Stderr: &errs, Getenv: func(string) string { return "" }, NewAnalyzer: newAnalyzer}
	if status := run(context.Background(), env, []string{"read", "--to", "text", "../../testdata/articles/harbour-bridge.txt"}); status != 0 {
		t.Fatalf("status %d: %s", status, errs.String())
	}
	if want := "harbour-bridge\n" + shown + "\n"; said.String() != want {
		t.Errorf("the README shows\n%s\nand the program says\n%s", want, said.String())
	}
}
