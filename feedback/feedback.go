// Package feedback hears the readers: what they may answer, what an answer is worth, and
// what may be said of many answers. It keeps no address of anybody.
//
// A reader's browser makes a receipt, a random secret of its own for each target. Whoever
// has the receipt can change the answer or take it back; only its hash is kept. A "no" is
// counted when it is clicked, and gets its reasons later by the same receipt.
//
// Begin with [New] and [Box.Put].
package feedback

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"quoth"
)

// The reasons that a "no" may have, in the order in which readers see them.
const (
	Misleading = "misleading"
	Incorrect  = "incorrect"
	Hateful    = "hateful"
	Opinion    = "opinion"
	Ads        = "ads"
	Other      = "other"
)

// Reasons lists them.
func Reasons() []string { return []string{Misleading, Incorrect, Hateful, Opinion, Ads, Other} }

// Followups are what may be wrong with a statement. The last is no fault of the record.
func Followups() []string {
	return []string{"person", "words", "cut", "date", "target", "untrue"}
}

// The limits of an answer.
const (
	maxText    = 500
	maxSource  = 2000
	minReceipt = 22 // characters; 128 bits in base 64
	maxReceipt = 128
)

// Answer is what a reader sends.
type Answer struct {
	Kind     string     `json:"kind" enum:"article,statement" doc:"what the answer is about"`
	Target   string     `json:"target" maxLength:"100" doc:"its ID"`
	Revision int        `json:"revision,omitempty" minimum:"0" doc:"state of the article that the reader saw; the newest when left out"`
	Vote     quoth.Vote `json:"vote" enum:"yes,no"`
	Reasons  []string   `json:"reasons,omitempty" maxItems:"6" doc:"of a no: misleading, incorrect, hateful, opinion, ads, other"`
	Followup string     `json:"followup,omitempty" enum:"person,words,cut,date,target,untrue" doc:"of a statement that is misleading or incorrect: what is wrong with it"`
	Text     string     `json:"text,omitempty" maxLength:"500" doc:"needed with other, allowed with incorrect"`
	Source   string     `json:"source,omitempty" maxLength:"2000" doc:"address of evidence"`
	Locale   string     `json:"locale,omitempty" maxLength:"20"`
	Website  string     `json:"website,omitempty" maxLength:"2000" doc:"leave this empty"`
	TookMS   int        `json:"took_ms,omitempty" doc:"milliseconds from the first click to this answer; only a help against robots"`
}

// Sender is what is known of where an answer came from. None of it is kept.
type Sender struct {
	Address   netip.Addr
	UserAgent string
	Surface   string // dialog, form or api
}

// Box takes answers. It may be used by many goroutines at once.
type Box struct {
	store  quoth.FeedbackStore
	record quoth.Asker
	now    func() time.Time
	salts  salts
	writer *writer
	counts *counter
	daily  struct {
		sync.Mutex
		s Statistics // of the day in it
	}
}

// New opens a box; Close writes what is under way. The clock is now, or time.Now when it is nil.
func New(store quoth.FeedbackStore, record quoth.Asker, now func() time.Time, limits Limits) *Box {
	if now == nil {
		now = time.Now
	}
	return &Box{store: store, record: record, now: now, writer: newWriter(store), counts: newCounter(limits)}
}

// Close ends the writing, after all answers that were taken are kept.
func (b *Box) Close() { b.writer.close() }

// How long the hash is kept by which a reader counts once a day, and how long what readers
// wrote when nobody works on it.
const (
	keptVisitors = 2 * 24 * time.Hour
	keptTexts    = 180 * 24 * time.Hour
)

// Forget empties the visitors of answers that are older than two days, and the texts of
// those that are older than half a year. Call it now and then; more than one server may.
func (b *Box) Forget(ctx context.Context) error {
	now := b.now()
	return errors.Join(b.store.ForgetVisitors(ctx, now.Add(-keptVisitors)), b.store.ForgetTexts(ctx, now.Add(-keptTexts)))
}

// invalid is an error of the reader's.
func invalid(format string, a ...any) error {
	return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf(format, a...), Hint: "see the texts of the form"}
}

// receiptForm is what a receipt looks like: letters and digits as base 64 in addresses has.
var receiptForm = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// hashReceipt checks a receipt and returns what is kept of it.
func hashReceipt(receipt string) (string, error) {
	if len(receipt) < minReceipt || len(receipt) > maxReceipt || !receiptForm.MatchString(receipt) {
		return "", invalid("a receipt is %d to %d letters, digits, - and _", minReceipt, maxReceipt)
	}
	sum := sha256.Sum256([]byte("receipt\x00" + receipt))
	return hex.EncodeToString(sum[:]), nil
}

// isText reports whether every store can keep a text: one of them takes no NUL.
func isText(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }

// localeForm is what the name of a language looks like.
var localeForm = regexp.MustCompile(`^[A-Za-z0-9-]{0,20}$`)

// check refuses answers that cannot be meant.
func (a *Answer) check() error {
	switch {
	case a.Kind != "article" && a.Kind != "statement":
		return invalid("the answer is about an article or a statement, not about %q", a.Kind)
	case a.Vote != quoth.Yes && a.Vote != quoth.No:
		return invalid("vote is yes or no, not %q", a.Vote)
	case a.Vote == quoth.Yes && (len(a.Reasons) > 0 || a.Text != "" || a.Followup != ""):
		return invalid("a yes has no reasons")
	case !isText(a.Target) || !isText(a.Text) || !isText(a.Source):
		return invalid("what is written is no text")
	case utf8.RuneCountInString(a.Text) > maxText:
		return invalid("text is longer than %d characters", maxText)
	case a.Followup != "" && a.Kind != "statement":
		return invalid("only a statement has a followup")
	case a.Followup != "" && !slices.Contains(Followups(), a.Followup):
		return invalid("there is no followup %q", a.Followup)
	case a.Followup != "" && !slices.Contains(a.Reasons, Misleading) && !slices.Contains(a.Reasons, Incorrect):
		return invalid("a followup belongs to misleading or incorrect")
	case slices.Contains(a.Reasons, Other) && strings.TrimSpace(a.Text) == "":
		return invalid("say what it is, when it is none of the other reasons")
	}
	seen := map[string]bool{}
	for _, r := range a.Reasons {
		if !slices.Contains(Reasons(), r) || seen[r] {
			return invalid("there is no reason %q, or it is there twice", r)
		}
		seen[r] = true
	}
	if a.Source != "" {
		u, err := url.Parse(a.Source)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || len(a.Source) > maxSource {
			return invalid("source is no address of the web")
		}
	}
	return nil
}

// Put keeps an answer and returns it as it is kept, when it is safely written. The same
// receipt again replaces it.
func (b *Box) Put(ctx context.Context, receipt string, a Answer, from Sender) (quoth.Feedback, error) {
	hash, err := hashReceipt(receipt)
	if err != nil {
		return quoth.Feedback{}, err
	}
	now := b.now().UTC()
	refund, err := b.counts.take(now, from, a.Kind+" "+a.Target)
	if err != nil {
		return quoth.Feedback{}, err
	}
	if err := a.check(); err != nil {
		refund()
		return quoth.Feedback{}, err
	}
	if !localeForm.MatchString(a.Locale) {
		a.Locale = "" // no reader has written it
	}
	if a.Revision, err = b.revision(ctx, a); err != nil {
		refund()
		return quoth.Feedback{}, err
	}
	f := quoth.Feedback{
		Receipt: hash, Kind: a.Kind, Target: a.Target, Revision: a.Revision, Vote: a.Vote, Reasons: a.Reasons, Followup: a.Followup,
		Text: a.Text, Source: a.Source, Locale: a.Locale, Surface: from.Surface, Minute: now.Truncate(time.Minute),
		Visitor: b.salts.visitor(now, from, a.Kind+" "+a.Target), Weight: 1,
	}
	if why := suspicion(a, from); why != "" {
		f.Weight, f.Why = 0, why
	}
	return f, b.writer.write(ctx, quoth.FeedbackChange{Feedback: f})
}

// revision checks that the target is of the record and returns which state of it is
// meant.
func (b *Box) revision(ctx context.Context, a Answer) (int, error) {
	newest := 0
	if a.Kind == "statement" {
		st, err := b.record.Statement(ctx, a.Target)
		if err != nil {
			return 0, err
		}
		newest = st.Article.Revisions
	} else {
		_, ref, err := b.record.Article(ctx, a.Target, 0)
		if err != nil {
			return 0, err
		}
		newest = ref.Revisions
	}
	if a.Revision > newest {
		return 0, invalid("there is no revision %d of it yet", a.Revision)
	}
	if a.Revision == 0 {
		return newest, nil
	}
	return a.Revision, nil
}

// Delete takes an answer back. One that is not there is no error: it is gone either way.
func (b *Box) Delete(ctx context.Context, receipt string) error {
	f, err := b.Get(ctx, receipt)
	if quoth.CodeOf(err) == quoth.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	f.Minute = b.now().UTC().Truncate(time.Minute)
	return b.writer.write(ctx, quoth.FeedbackChange{Feedback: f, IsRetracted: true})
}

// Get returns the answer of a receipt.
func (b *Box) Get(ctx context.Context, receipt string) (quoth.Feedback, error) {
	hash, err := hashReceipt(receipt)
	if err != nil {
		return quoth.Feedback{}, err
	}
	return b.store.FeedbackOf(ctx, hash)
}

// quickest is the least time in which a person reads a dialog and answers it.
const quickest = 1500 * time.Millisecond

// suspicion says why an answer is most likely no reader's, "" when it may be one. Whoever
// sent it is not told.
func suspicion(a Answer, from Sender) string {
	agent := strings.ToLower(from.UserAgent)
	switch {
	case a.Website != "":
		return "honeypot"
	case len(a.Reasons) > 0 && a.TookMS > 0 && time.Duration(a.TookMS)*time.Millisecond < quickest:
		return "too quick"
	case from.Surface != "api" && agent == "":
		return "no user agent"
	case strings.Contains(agent, "bot") || strings.Contains(agent, "crawl") || strings.Contains(agent, "spider"):
		return "robot"
	}
	return ""
}

// salts are the secrets by which visitors of one day are told apart. They are in memory
// only: a restart makes one visitor two, which is better than keeping them.
type salts struct {
	mu   sync.Mutex
	day  string
	salt [32]byte
}

// visitor is a key of who sends an answer about a target: the same for one network
// address, family of browsers, target and day, and of no meaning to anybody without the
// salt, or across targets.
func (s *salts) visitor(now time.Time, from Sender, target string) string {
	if !from.Address.IsValid() {
		return ""
	}
	prefix := network(from.Address, 32, 64)
	s.mu.Lock()
	if day := now.Format(time.DateOnly); day != s.day {
		s.day = day
		rand.Read(s.salt[:])
	}
	salt := s.salt
	s.mu.Unlock()
	dayKey := hmac.New(sha256.New, salt[:])
	fmt.Fprintf(dayKey, "%s\x00%s", prefix, family(from.UserAgent))
	key := hmac.New(sha256.New, dayKey.Sum(nil))
	key.Write([]byte(target))
	return hex.EncodeToString(key.Sum(nil)[:16])
}

// family is the kind of browser, so that two people behind one address are not one.
func family(agent string) string {
	for _, name := range []string{"Firefox", "Edg", "OPR", "Chrome", "Safari"} {
		if strings.Contains(agent, name) {
			if strings.Contains(agent, "Mobile") {
				return name + " mobile"
			}
			return name
		}
	}
	return "other"
}

// personal finds what should not stand in a text that others may read: addresses of mail,
// long numbers, secrets in links.
var personal = regexp.MustCompile(`[^\s@]+@[^\s@]+\.[^\s@]+|(?:\+|\d)[\d\s().-]{7,}\d|://[^\s/@]+@`)

// IsPersonal reports whether a text most likely holds personal data; it is then left out
// of every list until somebody has looked at it.
func IsPersonal(text string) bool { return personal.MatchString(text) }

// writer writes answers in groups: whoever answers waits until the group is on the disk,
// which is as quick for a hundred as for one.
type writer struct {
	store   quoth.FeedbackStore
	queue   chan waiting
	ended   chan struct{}
	closing sync.RWMutex
	closed  bool
}

// waiting is a change and who waits for it.
type waiting struct {
	change quoth.FeedbackChange
	done   chan error
}

// The size of groups, and how many answers may wait before new ones are turned away.
const (
	maxGroup = 500
	maxQueue = 10_000
)

func newWriter(store quoth.FeedbackStore) *writer {
	w := &writer{store: store, queue: make(chan waiting, maxQueue), ended: make(chan struct{})}
	go w.run()
	return w
}

// errClosed is what comes after Close.
var errClosed = &quoth.Error{Code: quoth.Unavailable, Message: "the server is about to stop", Hint: "try again in a moment"}

// write waits until a change is kept, or ctx ends; it is kept then all the same.
func (w *writer) write(ctx context.Context, c quoth.FeedbackChange) error {
	job := waiting{c, make(chan error, 1)}
	if err := w.enqueue(job); err != nil {
		return err
	}
	select {
	case err := <-job.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) enqueue(job waiting) error {
	w.closing.RLock()
	defer w.closing.RUnlock()
	if w.closed {
		return errClosed
	}
	select {
	case w.queue <- job:
		return nil
	default:
		return &quoth.Error{Code: quoth.Unavailable, Message: "too many answers at once", Hint: "try again in a moment"}
	}
}

// run writes groups: all that waits, up to maxGroup.
func (w *writer) run() {
	defer close(w.ended)
	for first := range w.queue {
		group := []waiting{first}
		for len(group) < maxGroup {
			select {
			case next, more := <-w.queue:
				if more {
					group = append(group, next)
					continue
				}
			default:
			}
			break
		}
		w.keep(group)
	}
}

// keep writes a group. When it cannot be written as one, each change is tried alone, so
// that one that the record refuses costs no other; when the record cannot be reached, none
// would be kept that way either.
func (w *writer) keep(group []waiting) {
	changes := make([]quoth.FeedbackChange, len(group))
	for i := range group {
		changes[i] = group[i].change
	}
	// Whoever waits may go away; what was taken is kept.
	ctx := context.Background()
	err := w.store.KeepFeedback(ctx, changes)
	if err != nil && len(group) > 1 && quoth.CodeOf(err) != quoth.Unavailable {
		for _, job := range group {
			job.done <- w.store.KeepFeedback(ctx, []quoth.FeedbackChange{job.change})
		}
		return
	}
	for _, job := range group {
		job.done <- err
	}
}

// close writes what waits and ends.
func (w *writer) close() {
	w.closing.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.closing.Unlock()
	<-w.ended
}
