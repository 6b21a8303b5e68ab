package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"quoth"
	"quoth/page"
	"quoth/render"
)

// PageFlags say which pages come in and how they are read. Every command that reads pages
// has them.
type PageFlags struct {
	Inputs []string `arg:"" optional:"" name:"FILE|URL|-" help:"What to read: files, http(s) addresses, or - for standard input, which is also read when nothing is named and something is piped in."`

	From    string   `enum:"auto,html,text,jsonl,warc" default:"auto" help:"Format of what comes in: auto, html, text, jsonl or warc. Auto goes by the file's name, then by its content."`
	Date    string   `placeholder:"DATE" help:"Day of articles that tell none: YYYY-MM-DD, YYYY-MM or YYYY."`
	URL     string   `name:"url" placeholder:"URL" help:"Where the page came from, when it does not say so itself."`
	Clean   bool     `help:"Plain text holds no furniture: take every line as body."`
	Charset string   `placeholder:"NAME" help:"Encoding of the pages, such as windows-1252, over what they say themselves."`
	Jobs    jobCount `default:"0" placeholder:"N" help:"Articles to work on at once, up to 1024; 0 is one per processor core."`
	Model   string   `placeholder:"DIR" help:"Folder of the model to use, as quoth train writes it, instead of the embedded one."`

	MaxSize      byteSize      `default:"10MiB" placeholder:"SIZE" help:"Largest page that is read, such as 500KB or 20MiB; 0 is no limit."`
	Timeout      time.Duration `default:"30s" help:"Give up on an address after this long; 0 waits for ever."`
	AllowPrivate bool          `help:"Also fetch from private and loopback addresses."`
	Verbose      bool          `help:"Also list the furniture of each page in text, and the causes of errors."`
}

// ReadCmd is `quoth read`.
type ReadCmd struct {
	PageFlags `embed:""`

	To    string `default:"auto" help:"Format of what goes out: text, json, jsonl, html, jsonld, annotation or brat. Auto is text on a terminal and jsonl elsewhere."`
	Out   string `placeholder:"DIR" help:"Write one file per article into this folder, named by the article's ID, and nothing to standard output."`
	Color string `enum:"auto,always,never" default:"auto" help:"Colours in text: auto, always or never. Auto is on a terminal unless NO_COLOR is set."`
	Width int    `default:"0" placeholder:"COLUMNS" help:"Columns that text is wrapped to; 0 is the terminal's width, at most 100."`
}

// Help is the text of `quoth help read` below the flags.
func (c *ReadCmd) Help() string {
	return `Every article becomes one result, in the order of the arguments, however many are worked on at once. What cannot be read gets one line on standard error; the rest is read, and the exit status is 1. Advertisements, menus and other furniture of a page are told apart from the article, and nobody is quoted from them.

JSON lines hold one article a line: {"id", "url", "site", "title", "date", "text" or "html"}, all but one of the last two optional. Addresses are http or https. A date that cannot be read is told, and not used. An array of such objects is read too.

Of several articles, json is one document after the other, as jq reads them; brat needs --out.

Examples:

	quoth read article.txt
	quoth read https://news.example/story
	quoth read --to html article.html > story.html
	quoth read --to jsonl *.html | jq -c '.statements[] | [.speaker.name, .content.text]'
	zcat crawl.jsonl.gz | quoth read --from jsonl --jobs 8 - > statements.jsonl
	quoth read --to brat --out annotations/ *.txt`
}

// check refuses what cannot be meant.
func (c *PageFlags) check() error {
	if c.Timeout < 0 {
		return &misuseError{fmt.Sprintf("--timeout must not be negative, got %v", c.Timeout), "0 waits for ever"}
	}
	if c.Date != "" && page.Day(c.Date) != c.Date {
		return &misuseError{fmt.Sprintf("--date %q is no date", c.Date), "write it as YYYY-MM-DD, YYYY-MM or YYYY"}
	}
	if c.URL != "" && !page.IsAddress(c.URL) {
		return &misuseError{fmt.Sprintf("--url %q is no address of a page", page.WithoutUser(c.URL)), "write it as https://host/path"}
	}
	if c.Charset != "" && !page.IsCharset(c.Charset) {
		return &misuseError{fmt.Sprintf("--charset %q is no character set", c.Charset), "use a name of the WHATWG list, such as utf-8 or windows-1252"}
	}
	if c.URL != "" && len(c.Inputs) > 1 {
		return &misuseError{"--url says where one page came from, but several are to be read", "give every page its url in JSON lines"}
	}
	return nil
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *ReadCmd) Validate() error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Width < 0 {
		return &misuseError{fmt.Sprintf("--width must not be negative, got %d", c.Width), "leave it out for the terminal's"}
	}
	if c.To == "auto" {
		return nil
	}
	if c.To == "brat" && c.Out == "" && len(c.Inputs) > 1 {
		return errOneBrat("name a folder with --out")
	}
	_, err := render.FormatNamed(c.To)
	return asMisuse(err)
}

// errOneBrat tells that annotations of several articles could not be told apart.
func errOneBrat(hint string) error {
	return &misuseError{"--to brat writes one article to standard output, but there are several", hint}
}

// Run reads the inputs and writes the readings.
func (c *ReadCmd) Run(ctx context.Context, env *Env) error {
	if err := c.needInput(env, "read"); err != nil {
		return err
	}
	out, err := c.newSink(env)
	if err != nil {
		return err
	}
	r, err := c.newReader(env)
	if err != nil {
		return err
	}
	defer r.close()
	return r.run(ctx, out)
}

// needInput takes standard input when nothing is named, and refuses to wait for somebody
// to type a page in.
func (c *PageFlags) needInput(env *Env, command string) error {
	if len(c.Inputs) > 0 {
		return nil
	}
	if env.StdinTTY {
		return &misuseError{"nothing to read", "name files or addresses, or pipe a page in; quoth help " + command + " has examples"}
	}
	c.Inputs = []string{stdinName}
	return nil
}

// newReader makes a reader of the pages that the flags name.
func (c *PageFlags) newReader(env *Env) (*reader, error) {
	fetcher, err := c.newFetcher()
	if err != nil {
		return nil, err
	}
	return &reader{
		flags:     c,
		env:       env,
		ids:       map[string]int{},
		extractor: page.New(c.pageOptions()),
		analyzer:  sync.OnceValues(func() (quoth.Analyzer, error) { return env.analyzer(c.Model) }),
		fetcher:   fetcher,
		close:     fetcher.Close,
		progress:  startProgress(env, len(c.Inputs)),
	}, nil
}

// run reads everything into out.
func (r *reader) run(ctx context.Context, out sink) error {
	go r.analyzer() // the model loads while the first page is read
	return r.each(ctx, r.work, out)
}

// each does do for every task, into out.
func (r *reader) each(ctx context.Context, do func(context.Context, task) outcome, out sink) error {
	err := inOrder(ctx, r.flags.Jobs.workers(), r.tasks(ctx), do, func(o outcome) error { return r.emit(o, out) })
	r.progress.stop()
	return r.finish(err, out)
}

// hints say how pages are to be read.
func (c *PageFlags) hints() quoth.PageHints {
	h := quoth.PageHints{Date: c.Date, URL: page.WithoutUser(c.URL), Charset: c.Charset, Clean: c.Clean, MaxBytes: int(c.MaxSize)}
	if c.MaxSize == 0 {
		h.MaxBytes = -1
	}
	if c.From == "html" || c.From == "text" {
		h.Format = c.From
	}
	return h
}

// pageOptions are the options of the extractor.
func (c *PageFlags) pageOptions() page.Options { return pageOptions(c.hints()) }

// pageOptions are the options of the extractor that hints ask for.
func pageOptions(h quoth.PageHints) page.Options {
	return page.Options{Format: page.Format(h.Format), Clean: h.Clean, DefaultDate: h.Date, URL: h.URL, Charset: h.Charset, MaxBytes: h.MaxBytes}
}

// A reader is one run over pages.
type reader struct {
	flags     *PageFlags
	env       *Env
	ids       map[string]int // how often each file ID was given out
	extractor *page.Extractor
	fetcher   quoth.Fetcher
	close     func() // lets go of the fetcher
	analyzer  func() (quoth.Analyzer, error)
	progress  *progress
	// resume returns how far a source has come, isKept whether the record has an article as
	// it is; both are nil without a record.
	resume func(ctx context.Context, source string) (quoth.Checkpoint, error)
	isKept func(ctx context.Context, a quoth.Article) (bool, error)
	// takesFolders says that a folder means the files in it.
	takesFolders bool

	ctx    context.Context // of the run, for the sources
	bytes  atomic.Int64    // read of files
	read   int             // articles written
	failed int             // inputs, lines or records that could not be read
}

// work does one task, on a worker.
func (r *reader) work(ctx context.Context, t task) outcome {
	isKept := false
	reading, err := guarded(func() (quoth.Reading, error) {
		p, err := t.page(ctx)
		if err != nil {
			return quoth.Reading{}, err
		}
		article, err := r.extract(p)
		if err != nil {
			return quoth.Reading{}, err
		}
		if r.isKept != nil {
			if isKept, err = r.isKept(ctx, article); err != nil {
				return quoth.Reading{}, fatalError{err} // of the record, not of the page
			}
			if isKept {
				return quoth.Reading{Article: article}, nil
			}
		}
		analyzer, err := r.analyzer()
		if err != nil {
			return quoth.Reading{}, fatalError{err}
		}
		reading := quoth.Reading{Article: article}
		if finder, ok := analyzer.(quoth.BackgroundFinder); ok {
			reading.Statements, reading.Background, err = finder.AnalyzeAll(article)
		} else {
			reading.Statements, err = analyzer.Analyze(article)
		}
		return reading, err
	})
	return outcome{task: t, reading: reading, isKept: isKept, err: err}
}

// A fatalError ends the run: what made one task fail makes all fail.
type fatalError struct{ error }

// Unwrap returns the error itself.
func (e fatalError) Unwrap() error { return e.error }

// emit writes one outcome: a reading to out, an error to standard error.
func (r *reader) emit(o outcome, out sink) error {
	var fatal fatalError
	if errors.As(o.err, &fatal) {
		return fatal.error
	}
	if o.err != nil {
		r.failed++
		r.progress.aside(func() { r.env.say("error", o.task.label+": "+inWords(o.err, r.flags.Verbose)) })
	} else {
		r.read++
	}
	if o.task.warning != "" {
		r.progress.aside(func() { r.env.say("warning", o.task.label+": "+o.task.warning) })
	}
	var err error
	r.progress.aside(func() { err = out.write(o) })
	if err != nil {
		return err
	}
	r.progress.done(o.err != nil)
	return nil
}

// inWords puts an error in one line: what is wrong, and what to do about it.
func inWords(err error, withCause bool) string {
	var shown *quoth.Error
	if !errors.As(err, &shown) {
		return err.Error()
	}
	line := shown.Message
	if withCause && shown.Err != nil {
		line += " (" + shown.Err.Error() + ")"
	}
	if shown.Hint != "" {
		line += "; " + shown.Hint
	}
	return line
}

// finish ends the output, also after an interruption: what was written stays whole.
func (r *reader) finish(err error, out sink) error {
	if isBrokenPipe(err) {
		return nil
	}
	if closeErr := out.close(); err == nil {
		err = closeErr
	}
	switch {
	case isBrokenPipe(err):
		return nil
	case errors.Is(err, context.Canceled):
		r.env.say("error", fmt.Sprintf("interrupted: %d read, the rest was not; what was written is whole", r.read))
		return errReported
	case err != nil:
		return err
	case r.failed > 0:
		return errReported
	}
	return nil
}

// style chooses format, colours and width of the output.
func (c *ReadCmd) style(env *Env) (render.Format, render.Options, error) {
	name := c.To
	if name == "auto" {
		name = "jsonl"
		if env.StdoutTTY && c.Out == "" {
			name = "text"
		}
	}
	format, err := render.FormatNamed(name)
	colour := c.Color == "always" ||
		c.Color == "auto" && env.StdoutTTY && c.Out == "" && env.Getenv("NO_COLOR") == "" && env.Getenv("TERM") != "dumb"
	return format, render.Options{Width: c.columns(env), Color: colour, Verbose: c.Verbose}, err
}

// maxColumns is the widest that text gets unless --width asks for more: longer lines
// are hard to read.
const maxColumns = 100

// columns is the width of text.
func (c *ReadCmd) columns(env *Env) int {
	if c.Width > 0 {
		return c.Width
	}
	width := env.Width
	if n, err := strconv.Atoi(env.Getenv("COLUMNS")); width == 0 && err == nil {
		width = n
	}
	return min(width, maxColumns)
}

// byteSize is a number of bytes that is written with a unit.
type byteSize int64

var byteUnits = []struct {
	name string
	size byteSize
}{
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"B", 1}, {"", 1},
}

// UnmarshalText reads "500KB", "20 MiB" or "1000".
func (b *byteSize) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	for _, u := range byteUnits {
		number, found := strings.CutSuffix(strings.ToLower(s), strings.ToLower(u.name))
		if !found {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32)
		if err != nil || n < 0 {
			break
		}
		*b = byteSize(n) * u.size
		return nil
	}
	return fmt.Errorf("%q is no size: write it as 500KB or 20MiB", s)
}

// String writes the size in the largest unit that divides it.
func (b byteSize) String() string {
	for _, u := range byteUnits {
		if b >= u.size && b%u.size == 0 && u.name != "" {
			return fmt.Sprintf("%d %s", b/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d B", int64(b))
}

// A sink is where outcomes go, in the order of the tasks. What could not be read has been
// reported before.
type sink interface {
	write(o outcome) error
	close() error
}

// newSink opens the output: standard output, or the folder of --out.
func (c *ReadCmd) newSink(env *Env) (sink, error) {
	format, options, err := c.style(env)
	if err != nil {
		return nil, err
	}
	if c.Out == "" {
		return &streamSink{w: format.New(env.Stdout, options), isBrat: format.Name == "brat"}, nil
	}
	if err := os.MkdirAll(c.Out, 0o777); err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "--out " + c.Out + " cannot be made: " + err.Error(), Hint: "choose a folder that you may write"}
	}
	return newFolderSink(c.Out, format, options)
}

// streamSink writes all readings to one stream.
type streamSink struct {
	w       render.Writer
	isBrat  bool // of which there can be one only
	written int
}

func (s *streamSink) close() error { return s.w.Close() }

func (s *streamSink) write(o outcome) error {
	if o.err != nil {
		return nil
	}
	if s.written++; s.isBrat && s.written > 1 {
		return errOneBrat("name a folder with --out")
	}
	return s.w.Write(o.reading)
}
