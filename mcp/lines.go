package mcp

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"quoth"
)

// Serve answers the messages of in, one a line, on out, until in or ctx ends. A line that is
// no message is answered with an error of JSON-RPC, and the rest goes on.
func Serve(ctx context.Context, record quoth.Asker, version string, in io.Reader, out io.Writer) error {
	answers := &lockedWriter{w: out}
	messages := &messageReader{r: bufio.NewReaderSize(in, 64<<10), answers: answers}
	err := New(record, version).Run(ctx, &sdk.IOTransport{Reader: io.NopCloser(messages), Writer: answers})
	if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// lockedWriter writes for several goroutines, one line at a time.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

// Write implements io.Writer.
func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// Close implements io.Closer. It does not close what is below.
func (l *lockedWriter) Close() error { return nil }

// maxLineBytes bounds a message: the tools take short ones.
const maxLineBytes = 1 << 20

// messageReader passes on the lines that are messages, and answers the others: for the SDK
// they would end the session.
type messageReader struct {
	r       *bufio.Reader
	answers io.Writer
	line    []byte // what of the last message has not been read
}

// Read implements io.Reader.
func (m *messageReader) Read(p []byte) (int, error) {
	for len(m.line) == 0 {
		line, err := m.next()
		if err != nil {
			return 0, err
		}
		if problem := problemOf(line); problem == nil {
			m.line = line
		} else if err := m.refuse(problem); err != nil {
			return 0, err
		}
	}
	n := copy(p, m.line)
	m.line = m.line[n:]
	return n, nil
}

// next returns the next line that is not blank, with its end, and io.EOF after the last. Of
// one that is too long it returns a part.
func (m *messageReader) next() (line []byte, err error) {
	for {
		part, err := m.r.ReadSlice('\n')
		if len(line) <= maxLineBytes {
			line = append(line, part...)
		}
		switch isBlank := len(line) <= maxLineBytes && len(bytes.TrimSpace(line)) == 0; {
		case errors.Is(err, bufio.ErrBufferFull):
		case err == nil && isBlank:
			line = line[:0]
		case errors.Is(err, io.EOF) && !isBlank:
			return append(line, '\n'), nil
		default:
			return line, err
		}
	}
}

// problemOf says why a line is no message; nil when it is one.
func problemOf(line []byte) *jsonrpc.Error {
	if len(line) > maxLineBytes {
		return &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: fmt.Sprintf("the line is longer than %d bytes", maxLineBytes)}
	}
	if !json.Valid(line) {
		return &jsonrpc.Error{Code: jsonrpc.CodeParseError, Message: "the line is no JSON"}
	}
	if _, err := jsonrpc.DecodeMessage(line); err != nil {
		return &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: "the line is no message of JSON-RPC 2.0; each line holds one"}
	}
	return nil
}

// refuse answers a line that is no message. Nobody knows which call it was to be.
func (m *messageReader) refuse(problem *jsonrpc.Error) error {
	answer, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": nil, "error": problem})
	if err != nil {
		return err
	}
	_, err = m.answers.Write(append(answer, '\n'))
	return err
}
