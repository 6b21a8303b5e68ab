package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"quoth"
	"quoth/eval"
	"quoth/page"
)

// EvalPagesCmd is `quoth eval pages`.
type EvalPagesCmd struct {
	Gold string `arg:"" name:"GOLD.jsonl" help:"What is known of the pages, as JSON lines (.gz too)."`
	HTML string `arg:"" name:"FOLDER" help:"Folder of the pages: ID.html or ID.html.gz for each id of gold."`

	Sources []string `placeholder:"NAME" help:"Score only pages of these collections, such as scrap,fundus."`
	JSON    bool     `name:"json" help:"Write one JSON object with gold set, sha256 and figures."`
	Jobs    jobCount `default:"0" help:"Pages read at once; 0 is one per core."`
}

// Help is the text of `quoth help eval pages` below the flags.
func (c *EvalPagesCmd) Help() string {
	return `A line of gold is {"id", "src", "url", "body", "title", "author", "date"}: body as plain text, authors parted by semicolons, the date as YYYY-MM-DD, and null for what is not known.

Example:

	quoth eval pages gold.jsonl.gz html`
}

// goldPage is a line of gold.
type goldPage struct {
	ID     string  `json:"id"`
	Src    string  `json:"src"`
	URL    string  `json:"url"`
	Body   string  `json:"body"`
	Title  *string `json:"title"`
	Author *string `json:"author"`
	Date   *string `json:"date"`
}

// pagesReport is what --json writes.
type pagesReport struct {
	Task    string           `json:"task"`
	Gold    evalFile         `json:"gold"`
	Figures eval.PageFigures `json:"figures"`
}

// Run scores and writes to standard output.
func (c *EvalPagesCmd) Run(ctx context.Context, env *Env) error {
	gold, err := readGoldPages(c.Gold)
	if err != nil {
		return err
	}
	if len(c.Sources) > 0 {
		gold = slices.DeleteFunc(gold, func(g goldPage) bool { return !slices.Contains(c.Sources, g.Src) })
	}
	got, errs := make([]eval.ReadPage, len(gold)), make([]error, len(gold))
	err = eachDoc(ctx, c.Jobs, len(gold), func(i int) { got[i], errs[i] = c.read(gold[i]) })
	if err = errors.Join(append(errs, err)...); err != nil {
		return err
	}
	var s eval.PageScore
	for i, g := range gold {
		known := eval.GoldPage{Body: g.Body, Title: orNone(g.Title), Date: orNone(g.Date)}
		if g.Author != nil {
			known.Authors = strings.Split(*g.Author, ";")
		}
		s.Add(known, got[i])
	}
	r := pagesReport{Task: "pages", Gold: evalFile{Name: c.Gold}, Figures: s.Figures()}
	if r.Gold.SHA256, err = sumFile(c.Gold); err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(env.Stdout, r)
	}
	return r.write(env.Stdout)
}

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// readGoldPages reads gold. It is small and made by programs: a broken line is an error.
func readGoldPages(path string) ([]goldPage, error) {
	r, err := openMaybeGzip(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []goldPage
	for d := json.NewDecoder(bufio.NewReader(r)); ; {
		var g goldPage
		if err := d.Decode(&g); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%s, after page %d: %v", path, len(out), err), Err: err}
		}
		out = append(out, g)
	}
}

// openMaybeGzip opens a file and unpacks it when its name ends in .gz.
func openMaybeGzip(path string) (io.ReadCloser, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, labelled(path, err)
	}
	if !strings.HasSuffix(path, ".gz") {
		return f, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

// read reads one page. One that cannot be read has no body.
func (c *EvalPagesCmd) read(g goldPage) (eval.ReadPage, error) {
	path := filepath.Join(c.HTML, filepath.Base(g.ID)+".html")
	if _, err := os.Stat(path); err != nil {
		path += ".gz"
	}
	r, err := openMaybeGzip(path)
	if err != nil {
		return eval.ReadPage{}, err
	}
	defer r.Close()
	html, err := io.ReadAll(r)
	if err != nil {
		return eval.ReadPage{}, fmt.Errorf("read %s: %w", path, err)
	}
	a, err := page.New(page.Options{Format: page.HTML, MaxBytes: -1}).Extract(quoth.RawPage{ID: g.ID, Body: html})
	if err != nil {
		return eval.ReadPage{}, nil
	}
	out := eval.ReadPage{Title: a.Title, Date: a.Published.EDTF, Authors: a.Bylines}
	var body strings.Builder
	for _, b := range a.Blocks {
		if b.Kind.IsBody() {
			body.WriteString(b.Span.In(a.Text) + "\n")
		}
	}
	out.Body = body.String()
	return out, nil
}

// write writes the report for people, in per cent.
func (r *pagesReport) write(w io.Writer) error {
	buffered := bufio.NewWriter(w)
	f := r.Figures
	fmt.Fprintf(buffered, "gold       %s, %d pages, sha256 %.12s\n\n", r.Gold.Name, f.Pages, r.Gold.SHA256)
	t := tabwriter.NewWriter(buffered, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "body, mean over pages: P / R / F1\t%.1f / %.1f / %.1f\t\n", 100*f.P, 100*f.R, 100*f.F1)
	fmt.Fprintf(t, "body, F1 of the means\t%.1f\t\n", 100*f.F1OfMeans)
	for _, row := range []struct {
		name  string
		share float64
		known int
	}{{"pages that lost over half", f.Lost, f.Pages}, {"title", f.Title, f.Known[0]}, {"author", f.Author, f.Known[1]}, {"date", f.Date, f.Known[2]}} {
		if row.known > 0 {
			fmt.Fprintf(t, "%s\t%.1f\t\n", row.name, 100*row.share)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return buffered.Flush()
}
