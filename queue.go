package quoth

import (
	"context"
	"time"
)

// Queue holds pages between those who find them and the workers who read them, on one
// machine or on many. It may be used from several goroutines at once.
//
// A batch that Publish took is delivered at least once, and again until a delivery of it
// is acknowledged or set aside: workers keep what they read in a way that doing it twice
// changes nothing ([Keeper]). The order of batches is not kept.
//
// Errors have code Invalid, NotFound, TooLarge (a batch that no message can hold),
// Refused (not allowed in, or a worker of another model), Unavailable (the queue does not
// answer for now) or Internal, or are those of ctx.
type Queue interface {
	// Publish stores a batch and returns when it cannot be lost any more. It waits while
	// the queue is full. The same batch published twice within two minutes is one.
	Publish(ctx context.Context, b Batch) error
	// Checkpoint returns how far publishing a source has come; the zero Checkpoint when
	// it has not begun.
	Checkpoint(ctx context.Context, source string) (Checkpoint, error)
	// SetCheckpoint notes how far it has come.
	SetCheckpoint(ctx context.Context, at Checkpoint) error
	// Fetch waits for a batch. All workers of a queue read with one model, the one of the
	// first that fetched; the others are refused. A delivery stays the worker's until it
	// ends it or its connection to the queue is gone.
	Fetch(ctx context.Context, model string) (Delivery, error)
	// SetModel changes the model of the queue. Workers of the one before are refused at
	// their next Fetch.
	SetModel(ctx context.Context, model string) error
	// Depth counts what is in the queue.
	Depth(ctx context.Context) (Depth, error)
	// Aside lists the batches that were set aside, the oldest first, at most limit.
	Aside(ctx context.Context, limit int) ([]AsideBatch, error)
	// Retry puts a batch that was set aside back, each page as a batch of its own.
	Retry(ctx context.Context, id uint64) error
	// Drop forgets a batch that was set aside.
	Drop(ctx context.Context, id uint64) error
	// Close lets go of the queue. Deliveries that have not ended come again to others.
	Close() error
}

// Delivery is a batch in the hands of a worker, who ends it with one of Ack, Nak and
// SetAside. When that fails, the batch comes again.
type Delivery interface {
	Batch() Batch
	// Attempt counts how often the batch has been delivered, from 1.
	Attempt() int
	// Ack says that all of the batch is in the record.
	Ack(ctx context.Context) error
	// Nak gives the batch back, to be delivered again after delay.
	Nak(ctx context.Context, delay time.Duration) error
	// SetAside takes the batch, or what is left of it, out of the queue and keeps it with
	// the reason.
	SetAside(ctx context.Context, left Batch, reason string) error
}

// Batch is pages that travel as one message.
type Batch struct {
	Hints    PageHints
	Pages    []QueuedPage
	Refusals []Refusal // of pages that could not even be published, for the record
}

// Singles takes b apart, into a batch for each page. The refusals go with the first.
func (b Batch) Singles() []Batch {
	if len(b.Pages) <= 1 {
		return []Batch{b}
	}
	singles := make([]Batch, len(b.Pages))
	for i := range b.Pages {
		singles[i] = Batch{Hints: b.Hints, Pages: b.Pages[i : i+1]}
	}
	singles[0].Refusals = b.Refusals
	return singles
}

// PageHints say how the pages of a batch are to be read.
type PageHints struct {
	Format   string `json:"format,omitempty"` // html or text; "" goes by the page
	Date     string `json:"date,omitempty"`   // EDTF, of pages that tell none
	URL      string `json:"url,omitempty"`    // where the page came from, when it does not say so
	Charset  string `json:"charset,omitempty"`
	Clean    bool   `json:"clean,omitempty"`     // plain text holds no furniture
	MaxBytes int    `json:"max_bytes,omitempty"` // largest page that is read; negative is no limit
}

// QueuedPage is a page as it came in, with what its source tells of it.
type QueuedPage struct {
	Source  string // name of the source, such as a file's absolute name
	Label   string // what messages call the page: file, line, address
	RawPage RawPage
	// IsRecord says that the page is a line of JSON lines: its Body is the text or the
	// HTML, by its ContentType, and Site, Title and Date are the line's.
	IsRecord          bool
	Site, Title, Date string
}

// Depth counts the messages of a queue.
type Depth struct {
	Waiting     int    // not delivered yet, or to be delivered again
	Outstanding int    // with a worker
	Aside       int    // set aside
	Bytes       int64  // of those waiting and outstanding
	Limit       int    // of those waiting and outstanding together
	Model       string // that the workers read with, "" before the first
}

// AsideBatch is a batch that was set aside.
type AsideBatch struct {
	ID       uint64
	Reason   string
	Attempts int // deliveries before it was set aside
	At       time.Time
	Batch    Batch // empty when the message is none of Quoth's
}
