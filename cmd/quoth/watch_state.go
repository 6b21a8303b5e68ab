package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"quoth"
	"quoth/feed"
)

// openFeedStates returns the store of states in a folder, which is made; in memory when
// folder is "".
func openFeedStates(folder string) (feed.StateStore, error) {
	if folder == "" {
		return &memoryStates{states: map[string]feed.State{}}, nil
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, labelled(folder, fileError(err))
	}
	return folderStates(folder), nil
}

// memoryStates keeps the states of feeds until the program ends.
type memoryStates struct {
	mu     sync.Mutex
	states map[string]feed.State
}

// LoadState implements feed.StateStore.
func (m *memoryStates) LoadState(_ context.Context, source string) (feed.State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[source], nil
}

// SaveState implements feed.StateStore.
func (m *memoryStates) SaveState(_ context.Context, source string, s feed.State) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.states[source] = s
	return nil
}

// folderStates keeps the states of feeds in a folder, one file each, so that a look at
// one feed does not write the others again.
type folderStates string

// feedFile is what a file holds.
type feedFile struct {
	Source string     `json:"source"`
	State  feed.State `json:"state"`
}

func (f folderStates) file(source string) string {
	sum := sha256.Sum256([]byte(source))
	return filepath.Join(string(f), hex.EncodeToString(sum[:16])+".json")
}

// LoadState implements feed.StateStore. A file that is damaged counts as none: the feed's
// entries then come again, and the record knows those that it has.
func (f folderStates) LoadState(_ context.Context, source string) (feed.State, error) {
	text, err := os.ReadFile(f.file(source))
	if errors.Is(err, fs.ErrNotExist) {
		return feed.State{}, nil
	}
	if err != nil {
		return feed.State{}, labelled(f.file(source), fileError(err))
	}
	var kept feedFile
	if json.Unmarshal(text, &kept) != nil || kept.Source != source {
		return feed.State{}, nil
	}
	return kept.State, nil
}

// SaveState implements feed.StateStore. The file is whole at every moment.
func (f folderStates) SaveState(_ context.Context, source string, s feed.State) error {
	text, err := json.Marshal(feedFile{source, s})
	if err != nil {
		return err
	}
	name := f.file(source)
	if err := os.WriteFile(name+".new", text, 0o666); err != nil {
		return stateError(name, err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return stateError(name, err)
	}
	return nil
}

func stateError(name string, err error) error {
	return &quoth.Error{Code: quoth.Unavailable, Message: name + " cannot be written: " + err.Error(), Hint: "make room, or name another folder with --state", Err: err}
}
