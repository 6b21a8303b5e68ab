package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"quoth"
	"quoth/ingest"
	"quoth/page"
)

// WorkCmd is `quoth work`.
type WorkCmd struct {
	RecordFlags `embed:""`
	QueueFlags  `embed:""`

	QueueListen string `placeholder:"HOST:PORT" help:"With --queue embedded: the loopback address at which other processes reach the queue."`
	SwitchModel bool   `help:"Give the queue the model of this worker; workers with the one before are refused."`
	Drain       bool   `help:"End when the queue is empty."`

	NamesFlags `embed:""`
	Model      string        `placeholder:"DIR" help:"Folder of the model to use, as quoth train writes it, instead of the embedded one."`
	Jobs       jobCount      `default:"0" placeholder:"N" help:"Articles to read at once, up to 1024; 0 is one per processor core."`
	Attempts   int           `default:"5" placeholder:"N" help:"Deliveries after which a batch that fails is set aside."`
	GiveUp     time.Duration `default:"10m" help:"End this worker when it does not come to the end of a batch within this long: the batch goes to another."`

	Listen string `placeholder:"HOST:PORT" help:"Address of /metrics, /healthz and /readyz; none without it."`
	Log    string `enum:"text,json" default:"text" help:"Format of the log on standard error: text or json."`
}

// Help is the text of `quoth help work` below the flags.
func (c *WorkCmd) Help() string {
	return `Takes batches of pages from a queue, reads them and keeps what they say in the record. There may be any number of workers, on any machine that reaches queue and record; none keeps anything of its own. A batch that a worker did not finish goes to another, and what is done twice changes nothing; one that fails --attempts times is set aside (quoth help queue). On SIGTERM a worker finishes the batches that it has, within 30 seconds.

All workers of a queue read with the same model. quoth import --queue fills the queue, quoth queue looks at it.

Examples:

	quoth work --queue nats://queue.example:4222 --record news.db
	quoth work --queue embedded --queue-listen 127.0.0.1:4222 --record news.db
	quoth work --queue nats://queue.example:4222 --drain`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *WorkCmd) Validate() error {
	switch {
	case c.Queue == "":
		return &misuseError{"no queue is named", "name one with --queue, such as nats://queue.example:4222 or embedded"}
	case c.Attempts < 1 || c.GiveUp <= 0:
		return &misuseError{"--attempts and --give-up must be more than 0", "leave them out for what is usual"}
	case c.QueueListen != "" && c.Queue != embeddedQueue:
		return &misuseError{"--queue-listen is for --queue embedded", "another queue has its own address"}
	case c.Queue == embeddedQueue && c.QueueListen == "" && !c.Drain:
		return &misuseError{"nobody could fill a queue inside this process", "name an address for it, as in --queue-listen 127.0.0.1:4222, or empty it with --drain"}
	}
	return nil
}

// Run works until ctx ends, or the queue is empty.
func (c *WorkCmd) Run(ctx context.Context, env *Env) error {
	names, err := readNames(env, c.Names)
	if err != nil {
		return err
	}
	analyzer, err := env.analyzer(c.Model)
	if err != nil {
		return err
	}
	log := newLogger(env, c.Log)
	store, err := c.RecordFlags.open(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	options := c.options(env, log)
	options.Listen = c.QueueListen
	queue, err := c.QueueFlags.open(ctx, env, c.RecordFlags, options)
	if err != nil {
		return err
	}
	defer queue.Close()
	if address := queue.Address(); address != "" {
		env.say("queue", address)
	}
	in := newIngest(store, names, analyzer)
	if c.SwitchModel {
		if err := queue.SetModel(ctx, in.Model); err != nil {
			return err
		}
	}
	w := newWorker(queue, in, analyzer, log)
	w.cores = make(chan struct{}, c.Jobs.workers())
	w.attempts, w.giveUp = c.Attempts, c.GiveUp
	if c.Listen != "" {
		listener, err := net.Listen("tcp", c.Listen)
		if err != nil {
			return &quoth.Error{Code: quoth.Unavailable, Message: "cannot listen on " + c.Listen + ": " + err.Error(), Hint: "choose another address with --listen", Err: err}
		}
		env.say("serving", "http://"+listener.Addr().String())
		defer w.serve(listener, store).Close()
	}
	log.Info("working", "model", in.Model, "jobs", cap(w.cores))
	err = w.run(ctx, c.Drain)
	kept := recordSink{report: w.report, refused: w.refused}
	env.say("kept", kept.inReport())
	return err
}

// newLogger is the log on standard error.
func newLogger(env *Env, format string) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(env.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(env.Stderr, nil))
}

// A worker takes batches of pages from a queue and keeps what they say in the record.
type worker struct {
	queue    quoth.Queue
	ingest   *ingest.Ingest
	analyzer quoth.Analyzer
	cores    chan struct{} // one place for each article being read
	attempts int           // deliveries after which a batch is set aside
	giveUp   time.Duration
	log      *slog.Logger
	metrics  *workMetrics

	failures atomic.Int32 // batches in a row that the record did not take

	mu      sync.Mutex // guards what follows
	report  ingest.Report
	refused int
}

// newWorker makes a worker that reads one page at a time.
func newWorker(queue quoth.Queue, in *ingest.Ingest, analyzer quoth.Analyzer, log *slog.Logger) *worker {
	return &worker{
		queue: queue, ingest: in, analyzer: analyzer, cores: make(chan struct{}, 1), attempts: 5, giveUp: 10 * time.Minute,
		log: log, metrics: newWorkMetrics(queue),
	}
}

// The ways of a worker.
const (
	// batchesAtOnce lets one batch be read while another is written.
	batchesAtOnce = 2
	// finishWithin is how long batches have to be finished in when the worker is to end.
	finishWithin = 30 * time.Second
	// drainedEvery is the time between two looks whether the queue is empty.
	drainedEvery = 200 * time.Millisecond
	// maxFailures in a row are the record's fault, and no batch's.
	maxFailures = 10
)

// run works until ctx ends, or, with drain, the queue is empty.
func (w *worker) run(ctx context.Context, drain bool) error {
	// What is in hand when ctx ends is finished; only then its own context ends.
	held, letGo := context.WithCancel(context.WithoutCancel(ctx))
	defer letGo()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(finishWithin, letGo) })()
	fetching, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	var loops sync.WaitGroup
	for range batchesAtOnce {
		loops.Go(func() {
			if err := w.loop(fetching, held); err != nil {
				stop(err)
			}
		})
	}
	w.watch(fetching, stop, drain)
	ended := make(chan struct{})
	go func() { loops.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-held.Done(): // a reading that hangs is not waited for
	}
	switch err := context.Cause(fetching); {
	case errors.Is(err, errDrained), errors.Is(err, context.Canceled):
		return nil
	default:
		return err
	}
}

// errDrained ends a worker whose queue is empty.
var errDrained = errors.New("the queue is empty")

// watch waits until fetching ends, and meanwhile writes a line a minute and, with drain,
// looks whether the queue is empty.
func (w *worker) watch(fetching context.Context, stop context.CancelCauseFunc, drain bool) {
	line := time.NewTicker(logEvery)
	defer line.Stop()
	var look <-chan time.Time
	if drain {
		ticker := time.NewTicker(drainedEvery)
		defer ticker.Stop()
		look = ticker.C
	}
	for {
		select {
		case <-fetching.Done():
			return
		case <-line.C:
			w.tell(fetching)
		case <-look:
			d, err := w.queue.Depth(fetching)
			if err != nil {
				stop(err)
			} else if d.Waiting+d.Outstanding == 0 {
				stop(errDrained)
			}
		}
	}
}

// tell writes how far the work is.
func (w *worker) tell(ctx context.Context) {
	w.mu.Lock()
	r, refused := w.report, w.refused
	w.mu.Unlock()
	d, err := w.queue.Depth(ctx)
	if err != nil {
		w.log.Warn("the queue tells no depth", "err", err)
	}
	w.log.Info("worked", "new", r.New, "changed", r.Revised, "reread", r.Reread, "known", r.Unchanged, "refused", refused, "statements", r.Statements,
		"waiting", d.Waiting, "outstanding", d.Outstanding, "aside", d.Aside)
}

// loop handles one batch after the other until fetching ends.
func (w *worker) loop(fetching, held context.Context) error {
	for fetching.Err() == nil {
		d, err := w.queue.Fetch(fetching, w.ingest.Model)
		if err != nil {
			return err
		}
		if err := w.handle(held, d); err != nil {
			return err
		}
	}
	return nil
}

// handle reads a batch, keeps it, and ends its delivery. An error ends the worker.
func (w *worker) handle(ctx context.Context, d quoth.Delivery) error {
	began := time.Now()
	if d.Attempt() > w.attempts {
		return w.isolate(ctx, d)
	}
	b := d.Batch()
	read, err := w.read(ctx, b)
	if err == nil {
		err = w.keep(ctx, &read)
	}
	switch {
	case err == nil:
		w.failures.Store(0)
		w.count(read)
		w.metrics.batch("kept", time.Since(began))
		return w.ended(d.Ack(ctx))
	case errors.Is(err, errStuck), ctx.Err() != nil:
		w.metrics.batch("given back", time.Since(began))
		// The batch is given back whatever became of ctx.
		return errors.Join(err, d.Nak(context.WithoutCancel(ctx), 0))
	}
	w.log.Warn("a batch failed", "attempt", d.Attempt(), "first", firstLabel(b), "err", inWords(err, true))
	if w.failures.Add(1) >= maxFailures {
		return errors.Join(err, d.Nak(ctx, 0))
	}
	if d.Attempt() < w.attempts {
		w.metrics.batch("given back", time.Since(began))
		return w.ended(d.Nak(ctx, retryAfter(d.Attempt())))
	}
	return w.salvage(ctx, d, read)
}

// ended passes over an error at the end of a delivery: the batch comes again.
func (w *worker) ended(err error) error {
	if err != nil {
		w.log.Warn("the queue did not take the end of a batch; it will come again", "err", err)
	}
	return nil
}

// retryAfter is how long a batch that failed rests: 1 s, 4 s, 16 s and so on, 5 minutes at
// most.
func retryAfter(attempt int) time.Duration {
	return min(time.Second<<(2*min(attempt-1, 10)), 5*time.Minute)
}

func firstLabel(b quoth.Batch) string {
	if len(b.Pages) == 0 {
		return ""
	}
	return b.Pages[0].Label
}

// isolate deals with a batch that no worker came to an end with, nor could say why: a
// batch of several pages becomes one for each, a single page is set aside.
func (w *worker) isolate(ctx context.Context, d quoth.Delivery) error {
	b := d.Batch()
	if len(b.Pages) <= 1 {
		w.metrics.batch("set aside", 0)
		w.log.Error("a page was set aside", "page", firstLabel(b), "deliveries", d.Attempt()-1)
		return w.ended(d.SetAside(ctx, b, fmt.Sprintf("no worker came to an end with it in %d deliveries", d.Attempt()-1)))
	}
	w.metrics.batch("split", 0)
	w.log.Warn("no worker came to an end with a batch: its pages go on one by one", "first", firstLabel(b), "pages", len(b.Pages))
	// A full queue must not keep the one worker who could empty it.
	within, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	for _, single := range b.Singles() {
		if err := w.queue.Publish(within, single); err != nil {
			return w.ended(errors.Join(err, d.Nak(ctx, time.Minute)))
		}
	}
	return w.ended(d.Ack(ctx))
}

// salvage keeps of a batch what the record takes, page by page, and sets the rest aside.
func (w *worker) salvage(ctx context.Context, d quoth.Delivery, read readBatch) error {
	left := quoth.Batch{Hints: d.Batch().Hints}
	var reason error
	taken := readBatch{refusals: read.refusals, known: read.known}
	if err := w.keep(ctx, &taken); err != nil {
		left.Refusals, reason, taken.refusals = d.Batch().Refusals, err, nil
	}
	for i, r := range read.readings {
		one := readBatch{readings: []quoth.Reading{r}}
		if err := w.keep(ctx, &one); err != nil {
			left.Pages, reason = append(left.Pages, read.pages[i]), err
			continue
		}
		taken.report.Add(one.report)
	}
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), d.Nak(context.WithoutCancel(ctx), 0))
	}
	w.count(taken)
	if reason == nil {
		w.metrics.batch("kept", 0)
		return w.ended(d.Ack(ctx))
	}
	w.metrics.batch("set aside", 0)
	w.log.Error("pages were set aside", "first", firstLabel(left), "pages", len(left.Pages), "err", inWords(reason, true))
	return w.ended(d.SetAside(ctx, left, inWords(reason, true)))
}

// readBatch is what became of the pages of a batch.
type readBatch struct {
	readings []quoth.Reading
	pages    []quoth.QueuedPage // that readings are of
	refusals []quoth.Refusal
	known    int // pages that the record has already
	report   ingest.Report
}

// errStuck ends a worker that does not come to the end of a page: the reading cannot be
// stopped, the process can.
var errStuck = errors.New("reading takes too long")

// read reads the pages of a batch. The error is the record's, or errStuck's.
func (w *worker) read(ctx context.Context, b quoth.Batch) (readBatch, error) {
	r := reader{
		extractor: page.New(pageOptions(b.Hints)),
		analyzer:  func() (quoth.Analyzer, error) { return w.analyzer, nil },
		isKept:    w.isKept,
	}
	outcomes := make([]outcome, len(b.Pages))
	var pages sync.WaitGroup
	for i, p := range b.Pages {
		pages.Go(func() {
			w.cores <- struct{}{}
			defer func() { <-w.cores }()
			outcomes[i] = r.work(ctx, taskOf(p.Label, p))
		})
	}
	done := make(chan struct{})
	go func() { pages.Wait(); close(done) }()
	late := time.NewTimer(w.giveUp)
	defer late.Stop()
	select {
	case <-done:
	case <-ctx.Done():
		return readBatch{}, ctx.Err()
	case <-late.C:
		return readBatch{}, fmt.Errorf("%w: a batch that begins with %s, more than %v", errStuck, firstLabel(b), w.giveUp)
	}
	read := readBatch{refusals: b.Refusals}
	for i, o := range outcomes {
		var fatal fatalError
		switch {
		case errors.As(o.err, &fatal):
			return readBatch{}, fatal.error
		case o.err != nil:
			p := b.Pages[i]
			read.refusals = append(read.refusals, quoth.Refusal{Source: p.Source, Label: p.Label, Code: quoth.CodeOf(o.err), Message: inWords(o.err, false), At: w.ingest.Now()})
		case o.isKept:
			read.known++
		default:
			read.readings = append(read.readings, o.reading)
			read.pages = append(read.pages, b.Pages[i])
		}
	}
	return read, nil
}

// isKept reports whether the record has an article already. Its errors are of the record,
// so they must not be taken for the page's.
func (w *worker) isKept(ctx context.Context, a quoth.Article) (isKept bool, err error) {
	err = w.patiently(ctx, func() (err error) {
		isKept, err = w.ingest.IsKept(ctx, a)
		return err
	})
	if err != nil {
		return false, fatalError{err}
	}
	return isKept, nil
}

// keep brings what was read into the record, and puts into read what became of it.
func (w *worker) keep(ctx context.Context, read *readBatch) error {
	if err := w.patiently(ctx, func() error { return w.ingest.Keeper.Refuse(ctx, read.refusals...) }); err != nil {
		return err
	}
	return w.patiently(ctx, func() error {
		report, err := w.ingest.Put(ctx, read.readings, nil)
		read.report = report
		return err
	})
}

// patiently calls f again while the record cannot be reached or has no room: that is no
// batch's fault, and none is given back for it.
func (w *worker) patiently(ctx context.Context, f func() error) error {
	const longest = 30 * time.Second
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, longest) {
		err := f()
		if code := quoth.CodeOf(err); code != quoth.Unavailable && code != quoth.TooLarge {
			return err
		}
		w.log.Warn("the record does not take it; trying again", "in", wait, "err", inWords(err, true))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// count adds what was kept to the report.
func (w *worker) count(read readBatch) {
	read.report.Unchanged += read.known
	w.metrics.pages(read.report, len(read.refusals))
	w.mu.Lock()
	defer w.mu.Unlock()
	w.report.Add(read.report)
	w.refused += len(read.refusals)
}
