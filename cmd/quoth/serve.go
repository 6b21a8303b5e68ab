package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"time"

	"quoth"
	"quoth/api"
	"quoth/demo"
	"quoth/desk"
	"quoth/feedback"
	"quoth/ingest"
	"quoth/page"
	"quoth/people"
	"quoth/render"
	"quoth/web"
)

// ServeCmd is `quoth serve`.
type ServeCmd struct {
	RecordFlags `embed:""`

	Listen     string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on. Port 0 takes a free one."`
	Base       string `placeholder:"URL" help:"Address of the site as readers see it, such as https://record.example; without it the address of the request."`
	NamesFlags `embed:""`
	Model      string  `placeholder:"DIR" help:"Folder of the model to use, as quoth train writes it, instead of the embedded one."`
	Rate       float64 `default:"20" help:"Requests a second that one address may make over time."`
	Burst      int     `default:"60" help:"Requests that one address may make at once."`
	Log        string  `enum:"text,json" default:"text" help:"Format of the log on standard error: text or json."`

	MaxSize      byteSize      `default:"10MiB" placeholder:"SIZE" help:"Largest page that is read."`
	Timeout      time.Duration `default:"30s" help:"Give up on fetching an address after this long."`
	AllowPrivate bool          `help:"Also fetch from private and loopback addresses."`

	AnswerLimit  int      `default:"20" placeholder:"N" help:"How often one reader may answer the question of a page, or change the answer, in a minute; six times as many in an hour, fifteen times from one network, 150 times about one page. 0 is no limit."`
	EmbedOrigin  []string `placeholder:"ORIGIN" help:"Sites, such as https://paper.example, whose own pages may ask the readers too, by one line of HTML."`
	SecondEditor bool     `help:"Corrections of statements wait until another editor has approved them."`

	Watch string    `placeholder:"FILE" help:"Also follow the feeds of this list, in OPML, as quoth watch does."`
	Feeds FeedFlags `embed:"" prefix:"watch-"`

	Demo bool `help:"Serve a week of made-up news, from a record that is gone afterwards."`

	now func() time.Time // the clock; nil is the machine's
}

// Help is the text of `quoth help serve` below the flags.
func (c *ServeCmd) Help() string {
	return `The site is for everybody. The JSON API stands under /api/v1 and is described at /openapi.json; /healthz, /readyz and /metrics are for those who run it. It ends on an interrupt, after the requests that it has begun.

Everybody may read. Writing to the record needs a token; quoth user token makes one. Editors sign in at /desk; quoth user add makes accounts. With --watch the feeds of a list are followed meanwhile, as by quoth watch, on half of the processor cores at most.

Pages ask readers whether they were helpful. Sites named by --embed-origin may have the question on their own pages, by

	<script async src="https://record.example/embed.js"></script>

Examples:

	quoth serve --demo
	quoth serve --record news.db --listen :80 --log json
	quoth serve --watch feeds.opml --watch-contact https://desk.example/about-our-reader
	curl 'localhost:8080/api/v1/statements?q=bridge'`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *ServeCmd) Validate() error {
	if c.Rate <= 0 || c.Burst <= 0 {
		return &misuseError{"--rate and --burst must be more than 0", "leave them out for 20 a second and 60 at once"}
	}
	if err := c.Feeds.check("--watch-"); c.Watch != "" && err != nil {
		return err
	}
	for _, origin := range c.EmbedOrigin {
		if web.CheckOrigin(origin) != nil {
			return &misuseError{fmt.Sprintf("--embed-origin %q is no origin", origin), "write it as https://paper.example"}
		}
	}
	return nil
}

// graceful is how long requests have to end when the server is told to.
const graceful = 10 * time.Second

// Run serves until ctx ends.
func (c *ServeCmd) Run(ctx context.Context, env *Env) error {
	var week demo.Week
	if c.Demo {
		made, remove, err := c.demoRecord()
		if err != nil {
			return err
		}
		defer remove()
		week = made
	}
	serving, err := c.wire(ctx, env)
	if err != nil {
		return err
	}
	defer serving.close()
	if err := fillDemo(ctx, env, serving, week); err != nil {
		return err
	}
	beside, err := c.beside(env, serving)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return &quoth.Error{Code: quoth.Unavailable, Message: "cannot listen on " + c.Listen + ": " + err.Error(), Hint: "choose another address with --listen", Err: err}
	}
	env.say("serving", "http://"+listener.Addr().String())
	if err := c.serve(ctx, env, serving.handler, listener, beside); err != nil {
		return err
	}
	env.say("stopped", "all requests were answered")
	return nil
}

// serve answers requests and does what is to be done beside, until ctx ends and both have
// come to an end.
func (c *ServeCmd) serve(ctx context.Context, env *Env, handler http.Handler, listener net.Listener, beside []chore) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(c.logger(env).Handler(), slog.LevelWarn),
	}
	var begun sync.WaitGroup
	defer begun.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for _, b := range beside {
		begun.Go(func() { b.run(ctx, c.logger(env)) })
	}
	stopped := make(chan error, 1)
	begun.Go(func() {
		<-ctx.Done()
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
		defer cancel()
		stopped <- server.Shutdown(within)
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	if err := <-stopped; err != nil {
		env.say("error", "some requests were cut off: "+err.Error())
		return errReported
	}
	return nil
}

// beside is what the server does besides answering.
func (c *ServeCmd) beside(env *Env, s *serving) ([]chore, error) {
	all := []chore{
		{forgetEvery, "visitors cannot be forgotten", s.answering.Forget},
		{forgetEvery, "sessions cannot be forgotten", s.desk.Forget},
		{forgetEvery, "cases cannot expire", s.desk.Expire},
		{gatherEvery, "answers cannot be gathered", s.desk.Gather},
	}
	if c.Watch == "" {
		return all, nil
	}
	sources, err := readOPML("--watch", c.Watch)
	if err != nil {
		return nil, err
	}
	if len(sources) == 0 {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: c.Watch + " lists no feeds", Hint: "quoth watch --export-opml writes a list"}
	}
	w, err := c.watch(env, s)
	if err != nil {
		return nil, err
	}
	// It ends by itself only when the record fails.
	return append(all, chore{c.Feeds.Every, "the feeds are left alone for a while", func(ctx context.Context) error { return w.run(ctx, sources, false) }}), nil
}

// watch makes the watch of feeds beside the server, into its record.
func (c *ServeCmd) watch(env *Env, s *serving) (*watch, error) {
	w, err := c.Feeds.watch(env, &PageFlags{Jobs: jobCount(max(1, runtime.GOMAXPROCS(0)/2)), MaxSize: c.MaxSize, Timeout: c.Timeout, AllowPrivate: c.AllowPrivate})
	if err != nil {
		return nil, err
	}
	log := c.logger(env)
	w.tell = func(address string, err error) { log.Warn("not read", "address", address, "err", inWords(err, true)) }
	w.reader.analyzer = func() (quoth.Analyzer, error) { return s.analyzer, nil }
	w.into(s.record, s.ingest)
	folder, err := c.Feeds.folder(env, c.RecordFlags)
	if err != nil {
		return nil, err
	}
	w.states, err = openFeedStates(folder)
	return w, err
}

// logger is the log on standard error.
func (c *ServeCmd) logger(env *Env) *slog.Logger { return newLogger(env, c.Log) }

// serving is the wired server.
type serving struct {
	handler   http.Handler
	record    quoth.Store
	answering *feedback.Box
	desk      *desk.Desk
	ingest    *ingest.Ingest
	analyzer  quoth.Analyzer
	extractor quoth.Extractor
}

// close ends what is under way: answers that were taken are kept before the record closes.
func (s *serving) close() error {
	s.answering.Close()
	return s.record.Close()
}

// How often the server looks after what nobody asks it for.
const (
	forgetEvery = time.Hour
	gatherEvery = time.Minute
)

// A chore is something that a server does beside answering: at once, and again a pause
// after it has ended.
type chore struct {
	pause  time.Duration
	failed string // what to say when it fails
	do     func(context.Context) error
}

// run does it until ctx ends.
func (c chore) run(ctx context.Context, log *slog.Logger) {
	for {
		if err := c.do(ctx); err != nil && ctx.Err() == nil {
			log.Error(c.failed, "error", err)
		}
		select {
		case <-time.After(c.pause):
		case <-ctx.Done():
			return
		}
	}
}

// wire makes the server.
func (c *ServeCmd) wire(ctx context.Context, env *Env) (*serving, error) {
	names, err := readNames(env, c.Names)
	if err != nil {
		return nil, err
	}
	analyzer, err := env.analyzer(c.Model)
	if err != nil {
		return nil, err
	}
	pages := PageFlags{Timeout: c.Timeout, MaxSize: c.MaxSize, AllowPrivate: c.AllowPrivate}
	fetcher, err := pages.newFetcher()
	if err != nil {
		return nil, err
	}
	store, err := c.served(ctx, env)
	if err != nil {
		return nil, err
	}
	now := c.now
	if now == nil {
		now = time.Now
	}
	in := newIngest(store, names, analyzer)
	extractor := page.New(pages.pageOptions())
	answers := api.New(api.Options{
		Record: store, Extractor: extractor, Analyzer: analyzer, Fetcher: fetcher,
		Keep: func(ctx context.Context, readings []quoth.Reading) (int, error) {
			report, err := in.Put(ctx, readings, nil)
			return report.New + report.Revised + report.Reread, err
		},
		Now: now, Log: c.logger(env), Version: programVersion(),
		MaxBytes: int64(c.MaxSize), PerSecond: c.Rate, Burst: c.Burst,
	})
	answering := feedback.New(store, store, now, feedback.LimitsOf(c.AnswerLimit))
	api.Feedback(answers, apiBox{answering})
	editors := desk.New(desk.Options{Record: store, Now: now, PersonID: people.Slug, IsPersonal: feedback.IsPersonal, NeedsSecond: c.SecondEditor})
	api.Cases(answers, editors)
	site, err := web.New(web.Options{
		Record: store, Dialog: dialog{answering}, Editors: editors, Reader: pageReader{answers}, Renderer: renderer{}, Now: now, Log: c.logger(env), Model: in.Model,
		Base: strings.TrimSuffix(c.Base, "/"), PerSecond: c.Rate, Burst: c.Burst, Embedders: c.EmbedOrigin, Observe: answers.Observe,
	})
	if err != nil {
		answering.Close()
		store.Close()
		return nil, err
	}
	mux := http.NewServeMux()
	for _, pattern := range api.Paths() {
		mux.Handle(pattern, answers)
	}
	mux.Handle("/", site)
	return &serving{mux, store, answering, editors, in, analyzer, extractor}, nil
}

// apiBox is the box of answers as the API sees it.
type apiBox struct{ *feedback.Box }

// Put implements api.Answers.
func (b apiBox) Put(ctx context.Context, receipt string, a feedback.Answer, address netip.Addr, userAgent string) (quoth.Feedback, error) {
	surface := "api"
	if strings.Contains(userAgent, "Mozilla") {
		surface = "dialog"
	}
	return b.Box.Put(ctx, receipt, a, feedback.Sender{Address: address, UserAgent: userAgent, Surface: surface})
}

// dialog is the box of answers as the site sees it.
type dialog struct{ box *feedback.Box }

// Put implements web.Dialog.
func (d dialog) Put(ctx context.Context, receipt string, a web.Answer, address netip.Addr, userAgent string) error {
	_, err := d.box.Put(ctx, receipt, feedback.Answer{
		Kind: a.Kind, Target: a.Target, Revision: a.Revision, Vote: quoth.Vote(a.Vote), Reasons: a.Reasons, Followup: a.Followup, Text: a.Text, Source: a.Source, Website: a.Website, Locale: a.Locale,
	}, feedback.Sender{Address: address, UserAgent: userAgent, Surface: "form"})
	return err
}

// Delete implements web.Dialog.
func (d dialog) Delete(ctx context.Context, receipt string) error { return d.box.Delete(ctx, receipt) }

// Has implements web.Dialog.
func (d dialog) Has(ctx context.Context, receipt string) (bool, error) {
	_, err := d.box.Get(ctx, receipt)
	if code := quoth.CodeOf(err); code == quoth.NotFound || code == quoth.Invalid {
		return false, nil
	}
	return err == nil, err
}

// Summary implements web.Dialog.
func (d dialog) Summary(ctx context.Context, kind, target string) (string, error) {
	s, err := d.box.Summary(ctx, kind, target)
	return s.Words, err
}

// Statistics implements web.Dialog.
func (d dialog) Statistics(ctx context.Context) (web.Statistics, error) {
	s, err := d.box.Statistics(ctx)
	if err != nil {
		return web.Statistics{}, err
	}
	names := feedback.Catalogue("en").Reasons
	told := func(reasons map[string]int) (list []web.ReasonCount) {
		for _, code := range feedback.Reasons() {
			if n := reasons[code]; n > 0 {
				list = append(list, web.ReasonCount{Name: names[code], Count: n})
			}
		}
		return list
	}
	out := web.Statistics{Until: s.Until, All: s.All.Words, Excluded: s.All.Excluded, Withheld: s.All.Withheld, Few: s.Few}
	for _, o := range s.Outlets {
		out.Outlets = append(out.Outlets, web.OutletAnswers{Outlet: o.Outlet, Words: o.Words, Reasons: told(o.Reasons)})
	}
	for _, w := range s.Weeks {
		out.Weeks = append(out.Weeks, web.WeekAnswers{Monday: w.Monday, Yes: w.Yes, No: w.No, NoReason: w.NoReason, Reasons: told(w.Reasons)})
	}
	return out, nil
}

// Words implements web.Dialog.
func (d dialog) Words(language string) any { return feedback.Catalogue(language) }

// Languages implements web.Dialog.
func (d dialog) Languages() []string { return feedback.Languages() }

// Reasons implements web.Dialog.
func (d dialog) Reasons() []string { return feedback.Reasons() }

// Followups implements web.Dialog.
func (d dialog) Followups() []string { return feedback.Followups() }

// renderer shows articles on the site as quoth read --to html does.
type renderer struct{}

// Article implements web.Renderer.
func (renderer) Article(r quoth.Reading, link func(string) string) (template.HTML, error) {
	return render.ArticleHTML(r, link)
}

// Style implements web.Renderer.
func (renderer) Style() string { return render.Style() }

// Date implements web.Renderer.
func (renderer) Date(edtf string) string { return render.HumanDate(edtf) }

// Printed implements web.Renderer.
func (renderer) Printed(p quoth.Published) string { return render.DateLine(p) }

// pageReader reads pages for editors, by the same way as the API.
type pageReader struct{ *api.Server }

// Read implements web.Reader.
func (p pageReader) Read(ctx context.Context, f web.PageForm) (quoth.Reading, error) {
	return p.Server.ReadPage(ctx, f.URL, f.Text, f.Date)
}

// Add implements web.Reader.
func (p pageReader) Add(ctx context.Context, f web.PageForm) (string, error) {
	r, err := p.Read(ctx, f)
	if err != nil {
		return "", err
	}
	_, err = p.Keep(ctx, []quoth.Reading{r})
	return quoth.ArticleID(r.Article), err
}
