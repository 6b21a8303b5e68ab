package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"quoth"
	"quoth/export"
	"quoth/render"
)

// ExportCmd is `quoth export`.
type ExportCmd struct {
	RecordFlags `embed:""`

	To          string `default:"jsonl" help:"Format: jsonl, json, csv, parquet, jsonld, annotation, brat or conll. Parquet and brat need --out."`
	Table       string `enum:"statements,articles,people" default:"statements" help:"Of csv on standard output: statements, articles or people."`
	Out         string `placeholder:"DIR" help:"Write into this folder: one file per table (csv, parquet), one per article (the others)."`
	Corrections bool   `help:"Only the articles that editors corrected, as JSON lines with what they corrected: gold for quoth eval corrections and quoth train."`

	Query string `short:"q" placeholder:"QUERY" help:"Of csv and parquet: only the statements that a search finds, written as for quoth search."`
}

// Help is the text of `quoth help export` below the flags.
func (c *ExportCmd) Help() string {
	return `Writes what the record holds, newest revisions only. JSON lines hold one article with its statements each, as quoth read writes them; CSV and Parquet have one row per statement, article or person. conll is CoNLL-U Plus: one token a line with its tags, head and relation, where it stands in the text, and the parts it has in statements, such as s1:B-content where a piece of the content of s1 begins and s1:I-content where it goes on.

Examples:

	quoth export > record.jsonl
	quoth export --to csv -q 'speaker:hale' > hale.csv
	quoth export --to parquet --out tables/
	quoth export --corrections > corrections.jsonl
	duckdb -c "select speaker, count(*) from 'tables/statements.parquet' group by 1"`
}

// exportFormats is the hint to a format that there is not.
const exportFormats = "quoth export writes jsonl, json, csv, parquet, jsonld, annotation, brat and conll"

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *ExportCmd) Validate() error {
	if c.Corrections && (c.To != "jsonl" || c.Out != "" || c.Query != "") {
		return &misuseError{"--corrections writes JSON lines to standard output", "leave out --to, --out and --query"}
	}
	if c.isTable() {
		if c.To == "parquet" && c.Out == "" {
			return &misuseError{"--to parquet needs a folder", "name it with --out"}
		}
		return nil
	}
	if c.Query != "" {
		return &misuseError{"--query chooses statements, but --to " + c.To + " writes articles", "use --to csv or parquet"}
	}
	if c.To == "brat" && c.Out == "" {
		return &misuseError{"--to brat needs a folder", "name it with --out"}
	}
	if c.To == "text" || c.To == "html" {
		return &misuseError{"--to " + c.To + " is for quoth read", exportFormats}
	}
	if _, err := render.FormatNamed(c.To); err != nil && c.To != "conll" {
		return &misuseError{fmt.Sprintf("there is no output format %q", c.To), exportFormats}
	}
	return nil
}

func (c *ExportCmd) isTable() bool { return c.To == "csv" || c.To == "parquet" }

// Run exports.
func (c *ExportCmd) Run(ctx context.Context, env *Env) error {
	q, err := quoth.ParseQuery(c.Query)
	if err != nil {
		return asMisuse(err)
	}
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	switch {
	case c.Corrections:
		err = c.corrections(ctx, env.Stdout, store)
	case !c.isTable():
		err = c.articles(ctx, env, store)
	case c.Out == "":
		err = c.table(ctx, env.Stdout, store, q, c.Table)
	default:
		err = c.tables(ctx, store, q)
	}
	if isBrokenPipe(err) {
		return nil
	}
	return err
}

// articles writes every article as quoth read does.
func (c *ExportCmd) articles(ctx context.Context, env *Env, store quoth.Store) error {
	format, err := c.format(env)
	if err != nil {
		return err
	}
	var out sink = &streamSink{w: format.New(env.Stdout, render.Options{})}
	if c.Out != "" {
		if err := os.MkdirAll(c.Out, 0o777); err != nil {
			return unwritable(c.Out, err)
		}
		if out, err = newFolderSink(c.Out, format, render.Options{}); err != nil {
			return err
		}
	}
	for r, err := range store.Readings(ctx) {
		if err != nil {
			return err
		}
		if err := out.write(outcome{reading: r}); err != nil {
			return err
		}
	}
	return out.close()
}

// format is the format of articles that is asked for.
func (c *ExportCmd) format(env *Env) (render.Format, error) {
	if c.To == "conll" {
		return conllFormat(env)
	}
	return render.FormatNamed(c.To)
}

// tables writes one file per table. Each is whole or not there.
func (c *ExportCmd) tables(ctx context.Context, store quoth.Store, q quoth.Query) error {
	if err := os.MkdirAll(c.Out, 0o777); err != nil {
		return unwritable(c.Out, err)
	}
	names := []string{"statements", "articles", "people"}
	if c.Query != "" {
		names = names[:1]
	}
	for _, name := range names {
		file := filepath.Join(c.Out, name+"."+c.To)
		temp, err := os.CreateTemp(c.Out, ".quoth-*")
		if err != nil {
			return unwritable(file, err)
		}
		err = errors.Join(c.table(ctx, temp, store, q, name), temp.Chmod(0o644), temp.Close())
		if err == nil {
			err = os.Rename(temp.Name(), file)
		}
		if err != nil {
			os.Remove(temp.Name())
			return fmt.Errorf("write %s: %w", file, err)
		}
	}
	return nil
}

// table writes one table.
func (c *ExportCmd) table(ctx context.Context, w io.Writer, store quoth.Store, q quoth.Query, name string) error {
	switch name {
	case "articles":
		return writeTable(c.To, w, export.ArticleOf, func(cursor string) (quoth.Answer[quoth.ArticleRef], error) {
			return store.Articles(ctx, quoth.ArticleQuery{Limit: quoth.MaxLimit, Cursor: cursor})
		})
	case "people":
		return writeTable(c.To, w, export.PersonOf, func(cursor string) (quoth.Answer[quoth.Person], error) {
			return store.People(ctx, quoth.PeopleQuery{AsEntered: true, Limit: quoth.MaxLimit, Cursor: cursor})
		})
	}
	q.Sort, q.Limit = quoth.ByPublished, quoth.MaxLimit
	return writeTable(c.To, w, export.StatementOf, func(cursor string) (quoth.Answer[quoth.Recorded], error) {
		q.Cursor = cursor
		return store.Statements(ctx, q)
	})
}

// writeTable writes all pages of an answer as rows.
func writeTable[T, R any](format string, w io.Writer, row func(*T) R, page func(cursor string) (quoth.Answer[T], error)) error {
	table := export.NewCSV[R](w)
	if strings.EqualFold(format, "parquet") {
		table = export.NewParquet[R](w)
	}
	for cursor := ""; ; {
		answer, err := page(cursor)
		if err != nil {
			return err
		}
		for i := range answer.Items {
			if err := table.Write(row(&answer.Items[i])); err != nil {
				return err
			}
		}
		if cursor = answer.Next; cursor == "" {
			return table.Close()
		}
	}
}
