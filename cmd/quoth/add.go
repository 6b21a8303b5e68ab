package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// AddCmd is `quoth add`.
type AddCmd struct {
	PageFlags   `embed:""`
	RecordFlags `embed:""`

	NamesFlags `embed:""`
}

// Help is the text of `quoth help add` below the flags.
func (c *AddCmd) Help() string {
	return `Pages are read as by quoth read, and what they say is kept in the record. A page that the record has already is passed over; one that has changed becomes a new revision, and the old one stays.

Examples:

	quoth add https://news.example/story
	quoth add --record news.db *.html
	quoth search bridge`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *AddCmd) Validate() error { return c.check() }

// Run reads the inputs into the record.
func (c *AddCmd) Run(ctx context.Context, env *Env) error {
	return addPages(ctx, env, &c.PageFlags, c.RecordFlags, c.Names, "add")
}

// ImportCmd is `quoth import`.
type ImportCmd struct {
	PageFlags   `embed:""`
	RecordFlags `embed:""`
	QueueFlags  `embed:""`

	QueueLimit int  `default:"0" placeholder:"N" help:"Batches of pages that may be in the queue; the import waits for the workers at more. 0 leaves the limit as it is, 1,000 at first."`
	Again      bool `help:"With --queue: begin anew, also with what an earlier import has published."`

	NamesFlags `embed:""`
	Refused    bool `help:"Import nothing; list what earlier imports refused, and why."`
}

// Help is the text of `quoth help import` below the flags.
func (c *ImportCmd) Help() string {
	return `Web archives, JSON lines and folders of pages go into the record. An import that was ended, in whatever way, goes on where it was when it is called again with the same files. What cannot be read is reported and noted; the rest goes on, and the exit status is 1.

With --queue the pages go to the workers at a queue (quoth work), who have the record; --record, --names and --model are theirs then.

Examples:

	quoth import --record news.db crawl.warc.gz
	quoth import --queue nats://queue.example:4222 crawl.warc.gz
	quoth import --jobs 4 archive/ more.jsonl.gz
	quoth import --refused`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *ImportCmd) Validate() error {
	if c.QueueLimit < 0 {
		return &misuseError{fmt.Sprintf("--queue-limit must not be negative, got %d", c.QueueLimit), "leave it out for 1,000"}
	}
	return c.check()
}

// Run imports, or lists what was refused.
func (c *ImportCmd) Run(ctx context.Context, env *Env) error {
	if c.Refused {
		return listRefusals(ctx, env, c.RecordFlags)
	}
	if c.Queue != "" {
		return c.publish(ctx, env)
	}
	return addPages(ctx, env, &c.PageFlags, c.RecordFlags, c.Names, "import")
}

// addPages reads pages into the record.
func addPages(ctx context.Context, env *Env, pages *PageFlags, record RecordFlags, namesFile, command string) error {
	if err := pages.needInput(env, command); err != nil {
		return err
	}
	names, err := readNames(env, namesFile)
	if err != nil {
		return err
	}
	store, err := record.open(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	r, err := pages.newReader(env)
	if err != nil {
		return err
	}
	defer r.close()
	analyzer, err := r.analyzer()
	if err != nil {
		return err
	}
	in := newIngest(store, names, analyzer)
	r.isKept = in.IsKept
	r.takesFolders = true
	if command == "import" {
		r.resume = store.Checkpoint
	}
	if total := sizeOf(pages.Inputs); total > 0 {
		r.progress.measure(func() float64 { return float64(r.bytes.Load()) / float64(total) })
	}
	// An interruption ends the reading; what was read goes into the record all the same.
	out := newRecordSink(context.WithoutCancel(ctx), env, in)
	err = r.run(ctx, out)
	env.say("kept", out.inReport()+r.progress.earlier("done"))
	if out.refused+r.progress.refused > 0 && command == "import" {
		env.say("hint", "quoth import --refused lists what was refused")
	}
	return err
}

// sizeOf is the number of bytes in files and folders; 0 when an input is neither.
func sizeOf(inputs []string) int64 {
	var total int64
	for _, name := range inputs {
		err := filepath.WalkDir(name, func(_ string, e os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
				total += info.Size()
			}
			return nil
		})
		if err != nil {
			return 0
		}
	}
	return total
}

// mostRefusals is how many refusals are listed.
const mostRefusals = 100_000

// listRefusals writes what was refused, the newest first.
func listRefusals(ctx context.Context, env *Env, record RecordFlags) error {
	store, err := record.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	list, err := store.Refusals(ctx, "", mostRefusals)
	if err != nil {
		return err
	}
	for _, r := range list {
		fmt.Fprintf(env.Stdout, "%s\t%s\t%s\t%s\n", r.At.Format("2006-01-02 15:04"), r.Code, printable(r.Label), printable(r.Message))
	}
	return nil
}
