package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"quoth"
	"quoth/feed"
	"quoth/fetch"
	"quoth/ingest"
	"quoth/page"
	"quoth/render"
)

// FeedFlags say how feeds are watched.
type FeedFlags struct {
	Every      time.Duration `default:"15m" help:"Time between two looks at a feed, at least 1m."`
	Pause      time.Duration `default:"2s" help:"Least time between two requests to one host; a longer crawl-delay of its robots.txt holds instead."`
	MaxEntries int           `default:"1000" placeholder:"N" help:"Take at most this many entries of a feed at one look, the newest."`
	Contact    string        `placeholder:"URL" help:"Address of a page, or mailto: address, that tells the sites who watches; it is sent with every request."`
	State      string        `placeholder:"DIR" help:"Folder that remembers what was seen. Without it the record's name with .feeds, and none with --to."`
}

// WatchCmd is `quoth watch`.
type WatchCmd struct {
	RecordFlags `embed:""`
	FeedFlags   `embed:""`

	Feeds []string `arg:"" optional:"" name:"FEED" help:"Addresses of feeds (RSS, Atom, JSON Feed), sitemaps, or pages that name their feed."`

	OPML       string `name:"opml" placeholder:"FILE" help:"Also watch the feeds of this list, in OPML."`
	ExportOPML string `name:"export-opml" placeholder:"FILE" help:"Write the feeds that would be watched to this file, as OPML, and end; - is standard output."`
	Once       bool   `help:"Look at each feed once and end."`
	To         string `placeholder:"FORMAT" help:"Write the readings to standard output and not into the record: jsonl, text, json, html, jsonld or annotation; what was seen is then remembered in --state only."`
	NamesFlags `embed:""`

	Jobs         jobCount      `default:"0" placeholder:"N" help:"Articles to read at once, up to 1024; 0 is one per processor core."`
	Model        string        `placeholder:"DIR" help:"Folder of the model to use, as quoth train writes it, instead of the embedded one."`
	MaxSize      byteSize      `default:"10MiB" placeholder:"SIZE" help:"Largest page or feed that is read, such as 500KB or 20MiB; 0 is no limit."`
	Timeout      time.Duration `default:"30s" help:"Give up on an address after this long; 0 waits for ever."`
	AllowPrivate bool          `help:"Also fetch from private and loopback addresses."`
	Verbose      bool          `help:"Also tell the causes of errors."`
}

// Help is the text of `quoth help watch` below the flags.
func (c *WatchCmd) Help() string {
	return `New entries are fetched, read and kept in the record, until the program is ended. robots.txt is kept to, one request at a time is made to a host, and feeds are asked only for what has changed. A feed that fails is reported and tried again later; the others go on. With --once the exit status is 1 when anything failed.

Examples:

	quoth watch https://news.example/feed.xml https://paper.example/
	quoth watch --opml feeds.opml --every 30m --contact https://desk.example/about-our-reader
	quoth watch --once --to jsonl https://news.example/ > statements.jsonl
	quoth watch --opml feeds.opml --export-opml - https://news.example/feed.xml > more.opml`
}

// minEvery is the least time between two looks at a feed.
const minEvery = time.Minute

// check refuses what cannot be meant. The names of the flags begin with prefix.
func (f *FeedFlags) check(prefix string) error {
	switch {
	case f.Every < minEvery:
		return &misuseError{fmt.Sprintf("%severy %v is too often", prefix, f.Every), "no site likes to be asked more than once a minute"}
	case f.Pause < 0:
		return &misuseError{prefix + "pause must not be negative", "leave it out for 2s"}
	case f.MaxEntries < 1:
		return &misuseError{fmt.Sprintf("%smax-entries must be at least 1, got %d", prefix, f.MaxEntries), "leave it out for 1000"}
	case f.Contact != "" && !isContact(f.Contact):
		return &misuseError{fmt.Sprintf("%scontact %q is no address", prefix, f.Contact), "write it as https://host/page or mailto:name@host"}
	}
	return nil
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *WatchCmd) Validate() error {
	if err := c.check("--"); err != nil {
		return err
	}
	if c.Timeout < 0 {
		return &misuseError{"--timeout must not be negative", "leave it out for 30s"}
	}
	for _, address := range c.Feeds {
		if !page.IsAddress(address) {
			return &misuseError{fmt.Sprintf("%q is no address of a feed", address), "write it as https://host/path"}
		}
	}
	switch c.To {
	case "":
		return nil
	case "brat":
		return errOneBrat("keep the articles in a record, and use quoth export --to brat --out DIR")
	}
	_, err := render.FormatNamed(c.To)
	return asMisuse(err)
}

// isContact reports whether s may stand in a comment of the header User-Agent.
func isContact(s string) bool {
	u, err := url.Parse(s)
	return err == nil && !strings.ContainsAny(s, "()\\\" ") && (u.Scheme == "mailto" && u.Opaque != "" || isURL(s) && u.Host != "")
}

// Run watches.
func (c *WatchCmd) Run(ctx context.Context, env *Env) (err error) {
	sources, err := c.sources()
	if err != nil {
		return err
	}
	if c.ExportOPML != "" {
		return c.export(env, sources)
	}
	if len(sources) == 0 {
		return &misuseError{"nothing to watch", "name feeds, or a list with --opml; quoth help watch has examples"}
	}
	w, err := c.newWatch(ctx, env)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, w.close()) }()
	err = w.run(ctx, sources, c.Once)
	switch {
	case errors.Is(err, context.Canceled) && c.Once:
		env.say("error", "interrupted; what was read is kept, and the rest comes next time")
		return errReported
	case errors.Is(err, context.Canceled), isBrokenPipe(err):
		return nil // being ended is how a watch ends
	case err == nil && w.failed > 0:
		return errReported
	}
	return err
}

// sources are the feeds of the command line and of the list.
func (c *WatchCmd) sources() ([]feed.Source, error) {
	var sources []feed.Source
	for _, address := range c.Feeds {
		sources = append(sources, feed.Source{URL: address})
	}
	if c.OPML == "" {
		return sources, nil
	}
	listed, err := readOPML("--opml", c.OPML)
	return append(sources, listed...), err
}

// readOPML reads the list of feeds that a flag names.
func readOPML(flag, name string) ([]feed.Source, error) {
	file, err := openFile(name)
	if err != nil {
		return nil, labelled(flag+" "+name, err)
	}
	defer file.Close()
	const maxList = 64 << 20
	listed, err := feed.ReadOPML(io.LimitReader(file, maxList))
	if err != nil {
		return nil, labelled(flag+" "+name, err)
	}
	return listed, nil
}

// labelled puts the name of a file before what is wrong with it.
func labelled(name string, err error) error {
	var shown *quoth.Error
	if !errors.As(err, &shown) {
		return fmt.Errorf("%s: %w", name, err)
	}
	return &quoth.Error{Code: shown.Code, Message: name + ": " + shown.Message, Hint: shown.Hint, Err: shown.Err}
}

// export writes the list of feeds.
func (c *WatchCmd) export(env *Env, sources []feed.Source) error {
	if c.ExportOPML == stdinName {
		return feed.WriteOPML(env.Stdout, "Feeds watched by Quoth", sources)
	}
	var text strings.Builder
	if err := feed.WriteOPML(&text, "Feeds watched by Quoth", sources); err != nil {
		return err
	}
	if err := os.WriteFile(c.ExportOPML, []byte(text.String()), 0o666); err != nil {
		return labelled("--export-opml "+c.ExportOPML, fileError(err))
	}
	return nil
}

// A watch is one run over feeds, of `quoth watch` or beside a server.
type watch struct {
	fetcher *fetch.Fetcher
	feeds   *feed.Watcher
	states  feed.StateStore
	reader  *reader
	cores   chan struct{} // one place for each article being read
	// keep takes a reading; it is called by one goroutine at a time.
	keep func(context.Context, quoth.Reading) error
	// refuse notes that the page of an entry cannot be read; nil without a record.
	refuse func(context.Context, quoth.Refusal) error
	// tell tells of a feed or an entry that failed; it is called by one goroutine at a time.
	tell  func(address string, err error)
	close func() error

	mu     sync.Mutex // guards what follows, keep, and the standard streams
	taken  map[string]bool
	failed int
}

// maxTaken is how many addresses are remembered to know an article again that stands in
// several feeds; then all are forgotten. What is forgotten is only read again.
const maxTaken = 100_000

// watch makes a watch that reads as pages says, without states and a place to keep what it
// reads.
func (f *FeedFlags) watch(env *Env, pages *PageFlags) (*watch, error) {
	opt := pages.fetchOptions()
	opt.MaxRedirects = -1 // the watcher follows them: it asks robots.txt where they lead
	if f.Contact != "" {
		opt.UserAgent = "quoth/1 (reads news pages; one at a time; +" + f.Contact + ")"
	}
	fetcher, err := fetch.New(opt)
	if err != nil {
		return nil, err
	}
	pause := f.Pause
	if pause == 0 {
		pause = -1
	}
	return &watch{
		fetcher: fetcher,
		feeds:   feed.New(feed.Options{Client: fetcher, Every: f.Every, Pause: pause, MaxEntries: f.MaxEntries}),
		cores:   make(chan struct{}, pages.Jobs.workers()),
		taken:   map[string]bool{},
		tell:    func(address string, err error) { env.say("error", address+": "+inWords(err, pages.Verbose)) },
		close:   func() error { return nil },
		reader: &reader{
			flags:     pages,
			env:       env,
			extractor: page.New(pages.pageOptions()),
			analyzer:  sync.OnceValues(func() (quoth.Analyzer, error) { return env.analyzer(pages.Model) }),
		},
	}, nil
}

// into makes the record what w keeps readings in, and returns what says in words what was
// kept.
func (w *watch) into(store quoth.Store, in *ingest.Ingest) (kept func() string) {
	var sink recordSink // only for its words
	w.reader.isKept = in.IsKept
	w.keep = func(ctx context.Context, r quoth.Reading) error {
		report, err := in.Put(ctx, []quoth.Reading{r}, nil)
		sink.report.Add(report)
		return err
	}
	w.refuse = func(ctx context.Context, r quoth.Refusal) error { return store.Refuse(ctx, r) }
	return sink.inReport
}

// folder is where what was seen of feeds is remembered, for a record.
func (f *FeedFlags) folder(env *Env, record RecordFlags) (string, error) {
	if f.State != "" {
		return f.State, nil
	}
	if record.isPostgres() { // it lies with the user who watches them
		name, err := dataFolder(env)
		return filepath.Join(name, "postgres.feeds"), err
	}
	name, err := record.path(env)
	return name + ".feeds", err
}

// newWatch wires what the flags ask for.
func (c *WatchCmd) newWatch(ctx context.Context, env *Env) (*watch, error) {
	w, err := c.watch(env, &PageFlags{Jobs: c.Jobs, MaxSize: c.MaxSize, Timeout: c.Timeout, AllowPrivate: c.AllowPrivate, Model: c.Model, Verbose: c.Verbose})
	if err != nil {
		return nil, err
	}
	folder := c.State
	if c.To != "" {
		format, err := render.FormatNamed(c.To)
		if err != nil {
			return nil, err
		}
		out := format.New(env.Stdout, render.Options{Width: maxColumns, Verbose: c.Verbose})
		w.keep = func(_ context.Context, r quoth.Reading) error { return out.Write(r) }
		w.close = out.Close
	} else {
		if folder, err = c.folder(env, c.RecordFlags); err != nil {
			return nil, err
		}
		if err := c.toRecord(ctx, env, w); err != nil {
			return nil, err
		}
	}
	if w.states, err = openFeedStates(folder); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// toRecord opens the record that w keeps readings in.
func (c *WatchCmd) toRecord(ctx context.Context, env *Env, w *watch) error {
	names, err := readNames(env, c.Names)
	if err != nil {
		return err
	}
	analyzer, err := w.reader.analyzer()
	if err != nil {
		return err
	}
	store, err := c.open(ctx, env)
	if err != nil {
		return err
	}
	kept := w.into(store, newIngest(store, names, analyzer))
	w.close = func() error {
		env.say("kept", kept())
		return store.Close()
	}
	return nil
}

// run watches until ctx ends, whose cause it then returns, or once.
func (w *watch) run(ctx context.Context, sources []feed.Source, once bool) error {
	defer w.fetcher.Close()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	sink := feed.Sink{
		Take: func(ctx context.Context, item feed.Item) error {
			err := w.noted(ctx, item, w.take(ctx, item))
			var fatal fatalError
			if errors.As(err, &fatal) {
				stop(fatal)
			}
			return err
		},
		Report: w.report,
	}
	run := w.feeds.Run
	if once {
		run = w.feeds.RunOnce
	}
	err := run(ctx, sources, w.states, sink)
	var fatal fatalError
	if errors.As(err, &fatal) {
		return fatal.error
	}
	return err
}

// take fetches, reads and keeps the page of an entry.
func (w *watch) take(ctx context.Context, item feed.Item) error {
	if w.isTaken(item.URL) {
		return nil
	}
	raw, err := w.feeds.Fetch(ctx, item.URL)
	if err != nil {
		return err
	}
	select {
	case w.cores <- struct{}{}:
		defer func() { <-w.cores }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	o := w.reader.work(ctx, taskOf(item.URL, quoth.QueuedPage{RawPage: raw}))
	if o.err != nil {
		return o.err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !o.isKept {
		if err := w.keep(ctx, o.reading); err != nil {
			return fatalError{err} // of the record or the output: the next would fail too
		}
	}
	if len(w.taken) >= maxTaken {
		clear(w.taken)
	}
	w.taken[item.URL] = true
	return nil
}

// noted notes in the record what cannot be read, now or later, and returns err.
func (w *watch) noted(ctx context.Context, item feed.Item, err error) error {
	var fatal fatalError
	if err == nil || w.refuse == nil || errors.As(err, &fatal) || quoth.CodeOf(err) == quoth.Unavailable || ctx.Err() != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	r := quoth.Refusal{Source: page.WithoutUser(item.Source), Label: page.WithoutUser(item.URL), Code: quoth.CodeOf(err), Message: inWords(err, false), At: time.Now()}
	if noting := w.refuse(ctx, r); noting != nil {
		return fatalError{noting}
	}
	return err
}

func (w *watch) isTaken(address string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.taken[address]
}

// report tells of a feed, or of an entry of one, that failed.
func (w *watch) report(source feed.Source, item *feed.Item, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failed++
	name := page.WithoutUser(source.URL)
	if item != nil {
		name = page.WithoutUser(item.URL)
	}
	w.tell(name, err)
}
