package main

import (
	"context"
	"fmt"
	"io"

	"quoth"
)

// DoctorCmd is `quoth doctor`.
type DoctorCmd struct {
	RecordFlags `embed:""`
}

// Help is the text of `quoth help doctor` below the flags.
func (c *DoctorCmd) Help() string {
	return `It finds out whether the file is whole, whether everything points at something, whether the counts are right, and whether the words of every statement stand in its article. It changes nothing, and takes a minute for 50,000 articles. The exit status is 1 when something is wrong.

Example:

	quoth doctor --record news.db`
}

// Run looks the record over.
func (c *DoctorCmd) Run(ctx context.Context, env *Env) error {
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	wrong, err := store.Check(ctx)
	for _, w := range wrong {
		env.say("error", w)
	}
	if err != nil {
		return err
	}
	size, err := store.Size(ctx)
	switch {
	case err == nil:
		writeSize(env.Stdout, size)
	case len(wrong) == 0: // else the reason has been told
		return err
	}
	if len(wrong) > 0 {
		return errReported
	}
	_, err = fmt.Fprintln(env.Stdout, "all is well")
	return err
}

// writeSize writes what is in a record.
func writeSize(w io.Writer, size quoth.Size) {
	fmt.Fprintf(w, "%s in %s, %s of %s, %s, %s, %s\n", plural(size.Articles, "article"), plural(size.Revisions, "revision"),
		plural(size.Statements, "statement"), plural(size.Sayings, "saying"), counted(size.People, "person or organization", "people and organizations"),
		counted(size.Stories, "story", "stories"), sizeInWords(size.Bytes))
	if size.Refusals > 0 {
		fmt.Fprintf(w, "%s; quoth import --refused lists them\n", counted(size.Refusals, "page was refused", "pages were refused"))
	}
}

// counted is a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// sizeInWords is a number of bytes for people.
func sizeInWords(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KiB", n>>10)
}

// MigrateCmd is `quoth migrate`.
type MigrateCmd struct {
	RecordFlags `embed:""`
}

// Help is the text of `quoth help migrate` below the flags.
func (c *MigrateCmd) Help() string {
	return `Every command brings the record that it opens up to its own version; this one does nothing else, so that a new version can be made ready before its programs start. Changes of the record go forward only: make a backup first. A record of a later version is refused.

Example:

	quoth migrate --record postgres://quoth@db.example/record`
}

// Run opens the record, which does all.
func (c *MigrateCmd) Run(ctx context.Context, env *Env) error {
	open := c.existing
	if c.isPostgres() { // whoever may make tables need not be whoever fills them
		open = c.open
	}
	store, err := open(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	fmt.Fprintln(env.Stdout, "the record is up to date")
	return nil
}

// BackupCmd is `quoth backup`.
type BackupCmd struct {
	RecordFlags `embed:""`

	To string `arg:"" name:"FILE" help:"Where the copy goes; a file that is not there yet."`
}

// Help is the text of `quoth help backup` below the flags.
func (c *BackupCmd) Help() string {
	return `The copy is of the record as it is at this moment; others may go on reading and writing. To go back to it, end every program that has the record open, move the record and the -wal and -shm files beside it away, and put the copy in its place.

Example:

	quoth backup --record news.db news-2026-05-01.db`
}

// backuper is implemented by records that can write a copy of themselves.
type backuper interface {
	Backup(ctx context.Context, path string) error
}

// Run writes the copy.
func (c *BackupCmd) Run(ctx context.Context, env *Env) error {
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	b, ok := store.(backuper)
	if !ok {
		return &quoth.Error{Code: quoth.Refused, Message: "this record is copied by its database", Hint: "for PostgreSQL use pg_dump"}
	}
	return b.Backup(ctx, c.To)
}
