package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"quoth"
	"quoth/jetstream"
)

// QueueFlags say which queue a command works on.
type QueueFlags struct {
	Queue            string `placeholder:"URL" help:"The queue: nats://HOST:4222, several hosts with commas between, /NAME behind them for one of several queues; or embedded, in this process, beside the record. User and password stand in QUOTH_QUEUE_USER and QUOTH_QUEUE_PASSWORD."`
	QueueCredentials string `placeholder:"FILE" help:"File of credentials (.creds) for queues that ask for one."`
	QueueCA          string `name:"queue-ca" placeholder:"FILE" help:"File of certificates that the servers of the queue are trusted by."`
}

// embeddedQueue is the name of the queue inside the process.
const embeddedQueue = "embedded"

// options are the options that the flags and the environment ask for.
func (f QueueFlags) options(env *Env, log *slog.Logger) jetstream.Options {
	return jetstream.Options{
		URL: f.Queue, Credentials: f.QueueCredentials, CA: f.QueueCA, Log: log,
		User: env.Getenv("QUOTH_QUEUE_USER"), Password: env.Getenv("QUOTH_QUEUE_PASSWORD"),
	}
}

// open opens the queue. The one inside the process keeps its files beside the record.
func (f QueueFlags) open(ctx context.Context, env *Env, record RecordFlags, o jetstream.Options) (*jetstream.Queue, error) {
	if f.Queue == embeddedQueue {
		folder, err := queueFolder(env, record)
		if err != nil {
			return nil, err
		}
		o.URL, o.Folder = "", folder
	}
	for _, named := range []struct{ flag, file string }{{"--queue-ca", f.QueueCA}, {"--queue-credentials", f.QueueCredentials}} {
		if err := readable(named.flag, named.file); err != nil {
			return nil, err
		}
	}
	q, err := jetstream.Open(ctx, o)
	if err != nil {
		return nil, labelled("queue", err)
	}
	return q, nil
}

// readable says which flag names a file that cannot be read; "" names none.
func readable(flag, name string) error {
	if name == "" {
		return nil
	}
	file, err := openFile(name)
	if err != nil {
		return labelled(flag+" "+name, err)
	}
	return file.Close()
}

// queueFolder is where the queue inside the process keeps its files: beside the record, or
// in the user's data folder when that is a database.
func queueFolder(env *Env, record RecordFlags) (string, error) {
	if record.isPostgres() {
		folder, err := dataFolder(env)
		return filepath.Join(folder, "queue"), err
	}
	name, err := record.path(env)
	return name + ".queue", err
}

// The batches that are published: what a worker reads in a second or so, and what a
// message has room for on a server as it comes, even when it cannot be compressed.
const (
	batchPages = 64
	batchBytes = 512 << 10
)

// publish puts the pages of the inputs onto the queue.
func (c *ImportCmd) publish(ctx context.Context, env *Env) error {
	if c.Queue == embeddedQueue {
		return &misuseError{"no worker could reach a queue inside this process", "start quoth work --queue-listen 127.0.0.1:4222, and name nats://127.0.0.1:4222; or leave out --queue to import without one"}
	}
	if c.Names != "" || c.Model != "" {
		return &misuseError{"--names and --model are for those who read, and with --queue the workers do", "give them to quoth work"}
	}
	if err := c.needInput(env, "import"); err != nil {
		return err
	}
	options := c.options(env, slog.New(slog.NewTextHandler(env.Stderr, nil)))
	options.Limit = c.QueueLimit
	queue, err := c.QueueFlags.open(ctx, env, c.RecordFlags, options)
	if err != nil {
		return err
	}
	defer queue.Close()
	r, err := c.newReader(env)
	if err != nil {
		return err
	}
	defer r.close()
	r.takesFolders = true
	r.resume = func(ctx context.Context, source string) (quoth.Checkpoint, error) {
		if c.Again {
			return quoth.Checkpoint{}, nil
		}
		return queue.Checkpoint(ctx, source)
	}
	if total := sizeOf(c.Inputs); total > 0 {
		r.progress.measure(func() float64 { return float64(r.bytes.Load()) / float64(total) })
	}
	out := &queueSink{ctx: ctx, queue: queue, hints: c.hints(), now: time.Now, tooLarge: func(p quoth.QueuedPage, err error) {
		r.failed++
		env.say("error", p.Label+": "+inWords(err, c.Verbose))
	}}
	err = r.each(ctx, unread, out)
	line := fmt.Sprintf("%s in %s", plural(out.pages, "page"), counted(out.batches, "batch", "batches"))
	if out.refused > 0 {
		line += fmt.Sprintf(", %s refused", grouped(out.refused))
	}
	env.say("published", line+r.progress.earlier("published"))
	return err
}

// unread does a task without reading its page.
func unread(ctx context.Context, t task) outcome {
	p, err := t.page(ctx)
	p.Label, p.Source = t.label, sourceOf(t)
	return outcome{task: t, page: p, err: err}
}

// sourceOf is what refusals call the source of a task.
func sourceOf(t task) string {
	if t.place != nil {
		return t.place.begun.Source
	}
	return t.label
}

// queueSink publishes pages, a batch at a time. What could not be read goes along, so that
// a worker notes it in the record.
type queueSink struct {
	ctx   context.Context
	queue quoth.Queue
	hints quoth.PageHints
	now   func() time.Time
	// tooLarge tells of a page that no message can hold.
	tooLarge func(p quoth.QueuedPage, err error)

	batch quoth.Batch
	bytes int // of the pages in batch
	begun time.Time
	at    *quoth.Checkpoint
	far   quoth.Checkpoint // how far the source has come, written or not

	pages, batches, refused int
}

// write implements sink.
func (s *queueSink) write(o outcome) error {
	if s.isEmpty() {
		s.begun = s.now()
	}
	p := o.task.place
	if s.at != nil && (p == nil || p.begun.Source != s.at.Source) || s.bytes+len(o.page.RawPage.Body) > batchBytes {
		if err := s.flush(); err != nil {
			return err
		}
	}
	if o.err != nil {
		s.refuse(o.page, o.err)
	} else {
		s.batch.Pages = append(s.batch.Pages, o.page)
		s.bytes += len(o.page.RawPage.Body)
	}
	if p != nil {
		s.far = p.after(s.far, o.err != nil)
		at := s.far
		s.at = &at
	}
	if len(s.batch.Pages)+len(s.batch.Refusals) >= batchPages || s.now().Sub(s.begun) > batchAge {
		return s.flush()
	}
	return nil
}

func (s *queueSink) isEmpty() bool { return len(s.batch.Pages)+len(s.batch.Refusals) == 0 }

// refuse notes a page that cannot be published.
func (s *queueSink) refuse(p quoth.QueuedPage, err error) {
	s.batch.Refusals = append(s.batch.Refusals, quoth.Refusal{Source: p.Source, Label: p.Label, Code: quoth.CodeOf(err), Message: inWords(err, false), At: s.now()})
}

// flush publishes the batch, and then notes how far the source has come: after an end in
// between, the batch is published once more, which changes nothing.
func (s *queueSink) flush() error {
	b, at := s.batch, s.at
	s.batch, s.bytes, s.at, s.begun = quoth.Batch{}, 0, nil, s.now()
	b.Hints = s.hints
	if len(b.Pages)+len(b.Refusals) > 0 {
		if err := s.publish(b); err != nil {
			return err
		}
	}
	if at == nil {
		return nil
	}
	return s.queue.SetCheckpoint(s.ctx, *at)
}

// publish publishes a batch, in halves when it is too large for a message. A page that is
// too large by itself is refused.
func (s *queueSink) publish(b quoth.Batch) error {
	err := s.queue.Publish(s.ctx, b)
	switch {
	case err == nil:
		s.batches++
		s.pages += len(b.Pages)
		s.refused += len(b.Refusals)
		return nil
	case quoth.CodeOf(err) != quoth.TooLarge || len(b.Pages) == 0:
		return err
	case len(b.Pages) == 1:
		s.tooLarge(b.Pages[0], err)
		s.refuse(b.Pages[0], err)
		s.batch.Refusals = append(b.Refusals, s.batch.Refusals...)
		return nil
	}
	half := len(b.Pages) / 2
	if err := s.publish(quoth.Batch{Hints: b.Hints, Pages: b.Pages[:half], Refusals: b.Refusals}); err != nil {
		return err
	}
	return s.publish(quoth.Batch{Hints: b.Hints, Pages: b.Pages[half:]})
}

// close implements sink.
func (s *queueSink) close() error {
	for !s.isEmpty() || s.at != nil {
		if err := s.flush(); err != nil {
			return err
		}
	}
	return nil
}

// QueueCmd is `quoth queue`.
type QueueCmd struct {
	Status QueueStatusCmd `cmd:"" default:"withargs" help:"Say how much is waiting, being read and set aside."`
	Aside  QueueAsideCmd  `cmd:"" help:"List what was set aside: number, time, tries, pages and the reason."`
	Retry  QueueRetryCmd  `cmd:"" help:"Put back what was set aside, to be read again."`
	Drop   QueueDropCmd   `cmd:"" help:"Drop what was set aside: it will not be in the record."`
}

// Help is the text of `quoth help queue` below the flags.
func (c *QueueCmd) Help() string {
	return `A batch that the record refuses, or that no worker came to an end with, is set aside with the reason, and the rest goes on. Nothing of it is lost: once the cause is mended, quoth queue retry puts it back.

Without a subcommand it is status; without --queue it is the queue that quoth work --queue embedded keeps beside the record.

Examples:

	quoth queue --queue nats://queue.example:4222
	quoth queue aside --queue nats://queue.example:4222
	quoth queue retry --queue nats://queue.example:4222 17 18
	quoth queue retry --queue nats://queue.example:4222 all`
}

// QueueStatusCmd is `quoth queue status`.
type QueueStatusCmd struct {
	RecordFlags `embed:""`
	QueueFlags  `embed:""`
}

// Run writes how much is in the queue.
func (c *QueueStatusCmd) Run(ctx context.Context, env *Env) error {
	return c.QueueFlags.with(ctx, env, c.RecordFlags, func(q *jetstream.Queue) error {
		d, err := q.Depth(ctx)
		if err != nil {
			return err
		}
		model := "nobody has worked on it yet"
		if d.Model != "" {
			model = "read with model " + d.Model
		}
		_, err = fmt.Fprintf(env.Stdout, "%s waiting, %s with workers, of %s at most; %s set aside; %s; %s\n", counted(d.Waiting, "batch", "batches"),
			grouped(d.Outstanding), grouped(d.Limit), grouped(d.Aside), sizeInWords(d.Bytes), model)
		return err
	})
}

// with opens the queue for f. Without --queue it is the one beside the record, which has to
// be there: whoever looks at a queue makes none.
func (f QueueFlags) with(ctx context.Context, env *Env, record RecordFlags, do func(*jetstream.Queue) error) error {
	if f.Queue == "" {
		f.Queue = embeddedQueue
	}
	if f.Queue == embeddedQueue {
		folder, err := queueFolder(env, record)
		if err != nil {
			return err
		}
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			return &quoth.Error{Code: quoth.NotFound, Message: "there is no queue at " + folder, Hint: "quoth work --queue embedded begins one, or name another with --queue"}
		}
	}
	q, err := f.open(ctx, env, record, f.options(env, nil))
	if err != nil {
		return err
	}
	defer q.Close()
	return do(q)
}

// QueueAsideCmd is `quoth queue aside`.
type QueueAsideCmd struct {
	RecordFlags `embed:""`
	QueueFlags  `embed:""`
}

// mostAside is how many batches are listed.
const mostAside = 10_000

// Run lists what was set aside: number, time, deliveries, pages, reason.
func (c *QueueAsideCmd) Run(ctx context.Context, env *Env) error {
	return c.QueueFlags.with(ctx, env, c.RecordFlags, func(q *jetstream.Queue) error {
		list, err := q.Aside(ctx, mostAside)
		if err != nil {
			return err
		}
		for _, b := range list {
			var labels []string
			for _, p := range b.Batch.Pages {
				labels = append(labels, p.Label)
			}
			if _, err := fmt.Fprintf(env.Stdout, "%d\t%s\t%s\t%s\t%s\n", b.ID, b.At.Format("2006-01-02 15:04"), counted(b.Attempts, "delivery", "deliveries"),
				printable(strings.Join(labels, ", ")), printable(b.Reason)); err != nil {
				return err
			}
		}
		return nil
	})
}

// AsideArgs name batches that were set aside.
type AsideArgs struct {
	IDs []string `arg:"" name:"ID|all" help:"Numbers, as quoth queue aside lists them, or all."`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (a AsideArgs) Validate() error {
	for _, text := range a.IDs {
		if _, err := strconv.ParseUint(text, 10, 64); err != nil && text != "all" {
			return &misuseError{fmt.Sprintf("%q is no number of a batch", text), "quoth queue aside lists them"}
		}
	}
	return nil
}

// each does f for every batch that is named, and tells how many that were. One that fails
// does not keep the others.
func (a AsideArgs) each(ctx context.Context, env *Env, q *jetstream.Queue, done string, f func(context.Context, uint64) error) error {
	ids, err := a.ids(ctx, q)
	if err != nil {
		return err
	}
	failed := 0
	for _, id := range ids {
		err := f(ctx, id)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			env.say("error", inWords(err, false))
		}
	}
	env.say(done, counted(len(ids)-failed, "batch", "batches"))
	if failed > 0 {
		return errReported
	}
	return nil
}

// ids are the numbers of the batches that are named.
func (a AsideArgs) ids(ctx context.Context, q *jetstream.Queue) ([]uint64, error) {
	var ids []uint64
	for _, text := range a.IDs {
		if text == "all" {
			list, err := q.Aside(ctx, mostAside)
			if err != nil {
				return nil, err
			}
			for _, b := range list {
				ids = append(ids, b.ID)
			}
			continue
		}
		id, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// QueueRetryCmd is `quoth queue retry`.
type QueueRetryCmd struct {
	RecordFlags `embed:""`
	QueueFlags  `embed:""`
	AsideArgs   `embed:""`
}

// Run puts batches back.
func (c *QueueRetryCmd) Run(ctx context.Context, env *Env) error {
	return c.QueueFlags.with(ctx, env, c.RecordFlags, func(q *jetstream.Queue) error {
		return c.each(ctx, env, q, "put back", q.Retry)
	})
}

// QueueDropCmd is `quoth queue drop`.
type QueueDropCmd struct {
	RecordFlags `embed:""`
	QueueFlags  `embed:""`
	AsideArgs   `embed:""`
}

// Run forgets batches.
func (c *QueueDropCmd) Run(ctx context.Context, env *Env) error {
	return c.QueueFlags.with(ctx, env, c.RecordFlags, func(q *jetstream.Queue) error {
		return c.each(ctx, env, q, "dropped", q.Drop)
	})
}
