package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quoth"
	"quoth/ingest"
	"quoth/people"
	"quoth/postgres"
	"quoth/sqlite"
)

// RecordFlags say which record a command works on.
type RecordFlags struct {
	Record string `placeholder:"PATH.db|postgres://…" help:"The record: a file, or a PostgreSQL database. Without it quoth/quoth.db in $XDG_DATA_HOME, or in ~/.local/share."`
}

// open opens the record.
func (f RecordFlags) open(ctx context.Context, env *Env) (quoth.Store, error) {
	if f.isPostgres() {
		return postgres.Open(ctx, f.Record)
	}
	name, err := f.path(env)
	if err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, name)
}

// existing opens a record that is there; a command that only reads makes none.
func (f RecordFlags) existing(ctx context.Context, env *Env) (quoth.Store, error) {
	if f.isPostgres() {
		return postgres.OpenExisting(ctx, f.Record)
	}
	name, err := f.path(env)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: "there is no record at " + name, Hint: "quoth add FILE|URL begins one, or name another with --record"}
	}
	return sqlite.OpenToAsk(ctx, name)
}

// served opens the record for a server, and makes it when it is not there.
func (f RecordFlags) served(ctx context.Context, env *Env) (quoth.Store, error) {
	if f.isPostgres() {
		return postgres.Open(ctx, f.Record)
	}
	name, err := f.path(env)
	if err != nil {
		return nil, err
	}
	return sqlite.OpenToAsk(ctx, name)
}

// isPostgres reports whether the record is named by the address of a database.
func (f RecordFlags) isPostgres() bool {
	return strings.HasPrefix(f.Record, "postgres://") || strings.HasPrefix(f.Record, "postgresql://")
}

// path is the file of the record.
func (f RecordFlags) path(env *Env) (string, error) {
	if kind, _, isAddress := strings.Cut(f.Record, "://"); isAddress {
		return "", &misuseError{fmt.Sprintf("--record %s://…: a record is a file or a PostgreSQL database", kind), "name a file such as news.db, or postgres://user@host/database"}
	}
	if f.Record != "" {
		return filepath.Abs(f.Record)
	}
	folder, err := dataFolder(env)
	return filepath.Join(folder, "quoth.db"), err
}

// dataFolder is where what the user keeps lies.
func dataFolder(env *Env) (string, error) {
	folder := env.Getenv("XDG_DATA_HOME")
	if folder == "" {
		home := env.Getenv("HOME")
		if home == "" {
			return "", &misuseError{"there is no home folder to keep the record in", "name a file with --record"}
		}
		folder = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(folder, "quoth"), nil
}

// newIngest makes the way into a record for readings of the analyzer's model.
func newIngest(store quoth.Store, names *people.Names, analyzer quoth.Analyzer) *ingest.Ingest {
	model := modelOf(analyzer)
	version := model.Version
	if model.SHA256 != "" {
		version += " " + model.SHA256[:min(12, len(model.SHA256))]
	}
	return &ingest.Ingest{Keeper: store, Linker: people.New(store, names), Model: version, Now: time.Now}
}

// NamesFlags name the people whom a command is told of.
type NamesFlags struct {
	Names string `placeholder:"FILE" help:"Names file: people with aliases and identifiers, for pages read from now on: tab-separated id, name, kind (person or organization) and aliases (with | between)."`
}

// readNames reads the names file of --names; nil when there is none. Lines that cannot be
// read cost no other, and not the run.
func readNames(env *Env, name string) (*people.Names, error) {
	if name == "" {
		return nil, nil
	}
	file, err := openFile(name)
	if err != nil {
		return nil, labelled("--names "+name, err)
	}
	defer file.Close()
	return people.ReadNames(file, func(line int, err error) {
		env.say("warning", lineLabel(name, line)+" is passed over: "+err.Error())
	})
}

// The batches of a recordSink: one transaction each.
const (
	batchReadings = 128
	batchAge      = 2 * time.Second
)

// recordSink keeps readings in the record, a batch at a time, while the next are read.
type recordSink struct {
	env    *Env
	ctx    context.Context
	ingest *ingest.Ingest
	now    func() time.Time

	batch   batch
	begun   time.Time
	far     quoth.Checkpoint // how far the source has come, written or not
	full    chan batch
	ended   chan error // the error that ended the writing, or nil
	report  ingest.Report
	refused int
}

// batch is what goes into the record at once.
type batch struct {
	readings  []quoth.Reading
	refusals  []quoth.Refusal
	unchanged int
	at        *quoth.Checkpoint
}

func newRecordSink(ctx context.Context, env *Env, in *ingest.Ingest) *recordSink {
	s := &recordSink{env: env, ctx: ctx, ingest: in, now: in.Now, full: make(chan batch, 1), ended: make(chan error, 1)}
	go s.keepAll()
	return s
}

// keepAll writes the batches until there are no more or one fails.
func (s *recordSink) keepAll() {
	var failure error
	for b := range s.full {
		if failure == nil {
			failure = s.keep(b)
		}
		if failure != nil {
			s.ended <- failure
			return
		}
	}
	s.ended <- nil
}

// keep writes one batch: first what was refused, so that the checkpoint is true of it.
func (s *recordSink) keep(b batch) error {
	if err := s.ingest.Keeper.Refuse(s.ctx, b.refusals...); err != nil {
		return err
	}
	report, err := s.ingest.Put(s.ctx, b.readings, b.at)
	if err != nil {
		return err
	}
	report.Unchanged += b.unchanged
	s.report.Add(report)
	s.refused += len(b.refusals)
	return nil
}

// write implements sink.
func (s *recordSink) write(o outcome) error {
	if s.isEmpty() {
		s.begun = s.now()
	} else if p, at := o.task.place, s.batch.at; p != nil && at != nil && at.Source != p.begun.Source {
		if err := s.flush(); err != nil {
			return err
		}
	}
	switch {
	case o.err != nil:
		s.batch.refusals = append(s.batch.refusals, quoth.Refusal{Source: sourceOf(o.task), Label: o.task.label, Code: quoth.CodeOf(o.err), Message: inWords(o.err, false), At: s.now()})
	case o.isKept:
		s.batch.unchanged++
	default:
		s.batch.readings = append(s.batch.readings, o.reading)
	}
	if p := o.task.place; p != nil {
		s.far = p.after(s.far, o.err != nil)
		at := s.far
		s.batch.at = &at
	}
	if len(s.batch.readings) >= batchReadings || s.now().Sub(s.begun) > batchAge {
		return s.flush()
	}
	return nil
}

func (s *recordSink) isEmpty() bool {
	return len(s.batch.readings)+len(s.batch.refusals)+s.batch.unchanged == 0
}

// flush hands the batch over.
func (s *recordSink) flush() error {
	b := s.batch
	s.batch, s.begun = batch{}, s.now()
	select {
	case s.full <- b:
		return nil
	case err := <-s.ended:
		s.ended <- err
		return err
	}
}

// close implements sink: it writes what is left and waits.
func (s *recordSink) close() error {
	var err error
	if !s.isEmpty() {
		err = s.flush()
	}
	close(s.full)
	if ended := <-s.ended; err == nil {
		err = ended
	}
	return err
}

// inReport puts the report into words.
func (s *recordSink) inReport() string {
	r := s.report
	line := fmt.Sprintf("%s new with %s", plural(r.New, "article"), plural(r.Statements, "statement"))
	for _, part := range []struct {
		n    int
		what string
	}{{r.Revised, "changed"}, {r.Reread, "read again by another model"}, {r.Unchanged, "known"}, {s.refused, "refused"}} {
		if part.n > 0 {
			line += fmt.Sprintf(", %s %s", grouped(part.n), part.what)
		}
	}
	return line
}

// plural is a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}

// grouped writes a number with commas.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
