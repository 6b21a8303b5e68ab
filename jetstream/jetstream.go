// Package jetstream keeps the queue of pages in NATS JetStream, and implements
// quoth.Queue: in a server inside this process, whose files stand in a folder, or in
// servers elsewhere, by their addresses.
//
// A queue is two streams and a bucket. The first stream holds batches until they are
// acknowledged (work-queue retention) and refuses more than its limit, on which a
// publisher waits. What was set aside moves to the second with its reason. The bucket
// holds how far the sources have come. It knows nothing of what is in a page.
//
// Begin with [Open].
package jetstream

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"quoth"
)

// DefaultLimit is how many batches may be in a queue that is made without a limit.
const DefaultLimit = 1000

// Options say how to reach a queue, and what a queue is like that is not there yet.
type Options struct {
	// URL is nats://HOST:PORT, tls://HOST:PORT, several hosts with commas between, or ""
	// for a server inside this process. A path is the name of the queue: nats://HOST/news.
	URL string
	// User and Password, or the file of Credentials (JWT and seed, as nsc writes it), let
	// us in; CA is a file of certificates to trust besides the system's.
	User, Password, Credentials, CA string

	// Folder keeps the files of the server inside this process, which no other process may
	// have open. Listen is its address for other processes, on a loopback interface; ""
	// opens no port.
	Folder, Listen string

	// Limit is how many batches may be in the queue; 0 leaves it as it is.
	Limit int
	// Replicas is on how many servers a batch is stored; 0 is 3 in a cluster, else 1.
	Replicas int
	// AckWait is how long a batch stays with a worker that is not heard of; 0 is 30 s. It
	// counts for a queue that nobody has fetched from yet.
	AckWait time.Duration
	// Patience is how long a queue that does not answer is asked again; 0 is 1 minute.
	Patience time.Duration
	Log      *slog.Logger // nil logs nothing
}

// Queue implements quoth.Queue.
type Queue struct {
	opt      Options
	server   *embedded // nil when the servers are elsewhere
	conn     *nats.Conn
	js       js.JetStream
	pages    string // name of the stream, and of what is set aside of it
	aside    string
	marks    js.KeyValue
	log      *slog.Logger
	maxBytes int // of a message
}

var _ quoth.Queue = (*Queue)(nil)

// The names in the servers begin with this.
const (
	prefix      = "quoth"
	defaultName = "pages"
	consumer    = "workers"
	modelKey    = "quoth-model" // of the metadata of the consumer
)

// nameForm is what servers take as the name of a stream.
var nameForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Open connects to a queue, and makes it when there is none.
func Open(ctx context.Context, o Options) (*Queue, error) {
	if o.AckWait == 0 {
		o.AckWait = 30 * time.Second
	}
	if o.Patience == 0 {
		o.Patience = time.Minute
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	servers, name, err := parseURL(o.URL)
	if err != nil {
		return nil, err
	}
	q := &Queue{opt: o, log: o.Log, pages: prefix + "-" + name, aside: prefix + "-" + name + "-aside"}
	if o.URL == "" {
		if q.server, err = serve(o); err != nil {
			return nil, err
		}
	}
	if err := q.connect(ctx, servers); err != nil {
		q.Close()
		return nil, err
	}
	return q, nil
}

// parseURL takes the addresses of the servers and the name of the queue from a URL, in
// which nothing secret may stand: it is on the command line and in logs.
func parseURL(url string) (servers, name string, err error) {
	if url == "" {
		return "", defaultName, nil
	}
	scheme, rest, found := strings.Cut(url, "://")
	if !found || scheme != "nats" && scheme != "tls" {
		return "", "", &quoth.Error{Code: quoth.Invalid, Message: "the address of a queue begins with nats:// or tls://", Hint: "write nats://HOST:4222"}
	}
	hosts, path, _ := strings.Cut(rest, "/")
	name = defaultName
	if path != "" {
		name = path
	}
	var all []string
	for host := range strings.SplitSeq(hosts, ",") {
		switch {
		case strings.Contains(host, "@"):
			return "", "", &quoth.Error{Code: quoth.Invalid, Message: "the address of a queue holds a user or a password", Hint: "set QUOTH_QUEUE_USER and QUOTH_QUEUE_PASSWORD, or name a file with --queue-credentials"}
		case host == "":
			return "", "", &quoth.Error{Code: quoth.Invalid, Message: "the address of a queue names no host", Hint: "write nats://HOST:4222"}
		}
		all = append(all, scheme+"://"+host)
	}
	if !nameForm.MatchString(name) {
		return "", "", &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no name of a queue", name), Hint: "use letters, digits, - and _"}
	}
	return strings.Join(all, ","), name, nil
}

// connect reaches the servers and what the queue is made of.
func (q *Queue) connect(ctx context.Context, servers string) error {
	options := []nats.Option{
		nats.Name("quoth"), nats.MaxReconnects(-1), nats.ReconnectWait(500 * time.Millisecond), nats.Timeout(5 * time.Second),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { q.log.Warn("queue", "err", err) }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				q.log.Warn("the queue is not connected", "err", err)
			}
		}),
		nats.ReconnectHandler(func(c *nats.Conn) { q.log.Info("the queue is connected again", "server", c.ConnectedServerName()) }),
	}
	if q.opt.User != "" || q.opt.Password != "" {
		options = append(options, nats.UserInfo(q.opt.User, q.opt.Password))
	}
	if q.opt.Credentials != "" {
		options = append(options, nats.UserCredentials(q.opt.Credentials))
	}
	if q.opt.CA != "" {
		options = append(options, nats.RootCAs(q.opt.CA))
	}
	if q.server != nil {
		options = append(options, nats.InProcessServer(q.server))
	}
	var err error
	if q.conn, err = nats.Connect(servers, options...); err != nil {
		return explain(err)
	}
	if q.js, err = js.New(q.conn); err != nil {
		return explain(err)
	}
	q.maxBytes = int(q.conn.MaxPayload()) - headerBytes
	if q.opt.Replicas == 0 {
		q.opt.Replicas = 1
		if q.conn.ConnectedClusterName() != "" {
			q.opt.Replicas = 3
		}
	}
	return q.patiently(ctx, q.prepare)
}

// prepare makes what is not there yet.
func (q *Queue) prepare(ctx context.Context) error {
	limit := q.opt.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	pages := js.StreamConfig{
		Name: q.pages, Description: "Quoth: pages to be read", Subjects: []string{subject(q.pages)},
		Retention: js.WorkQueuePolicy, Storage: js.FileStorage, Replicas: q.opt.Replicas,
		MaxMsgs: int64(limit), Discard: js.DiscardNew, Duplicates: duplicates,
	}
	aside := js.StreamConfig{
		Name: q.aside, Description: "Quoth: pages that were set aside", Subjects: []string{subject(q.aside)},
		Retention: js.LimitsPolicy, Storage: js.FileStorage, Replicas: q.opt.Replicas, Duplicates: duplicates,
	}
	for _, config := range []js.StreamConfig{pages, aside} {
		if _, err := q.js.CreateStream(ctx, config); err != nil && !errors.Is(err, js.ErrStreamNameAlreadyInUse) {
			return err
		}
	}
	if q.opt.Limit > 0 {
		if err := q.setLimit(ctx); err != nil {
			return err
		}
	}
	bucket := js.KeyValueConfig{Bucket: q.pages + "-marks", Description: "Quoth: how far sources were published", Storage: js.FileStorage, Replicas: q.opt.Replicas}
	var err error
	if q.marks, err = q.js.CreateKeyValue(ctx, bucket); errors.Is(err, js.ErrBucketExists) {
		q.marks, err = q.js.KeyValue(ctx, bucket.Bucket)
	}
	return err
}

// setLimit gives a queue that was there before the limit that is asked for.
func (q *Queue) setLimit(ctx context.Context) error {
	stream, err := q.js.Stream(ctx, q.pages)
	if err != nil {
		return err
	}
	config := stream.CachedInfo().Config
	if config.MaxMsgs == int64(q.opt.Limit) {
		return nil
	}
	config.MaxMsgs = int64(q.opt.Limit)
	_, err = q.js.UpdateStream(ctx, config)
	return err
}

// duplicates is how long a batch that was published is known again.
const duplicates = 2 * time.Minute

// subject is what is published to a stream.
func subject(stream string) string { return strings.ReplaceAll(stream, "-", ".") }

// Publish implements quoth.Queue.
func (q *Queue) Publish(ctx context.Context, b quoth.Batch) error {
	body, err := encode(b)
	if err != nil {
		return err
	}
	if len(body) > q.maxBytes {
		return &quoth.Error{Code: quoth.TooLarge, Message: fmt.Sprintf("%d bytes do not fit into a message of the queue, which holds %d", len(body), q.maxBytes), Hint: "raise max_payload of the servers, or import it without a queue"}
	}
	sum := sha256.Sum256(body)
	return q.publish(ctx, &nats.Msg{Subject: subject(q.pages), Data: body}, hex.EncodeToString(sum[:16]))
}

// publish stores a message, and waits while there is no room for it. The ID makes it one
// message when an answer was lost.
func (q *Queue) publish(ctx context.Context, m *nats.Msg, id string) error {
	isToldFull := false
	return q.patiently(ctx, func(ctx context.Context) error {
		_, err := q.js.PublishMsg(ctx, m, js.WithMsgID(id), js.WithRetryAttempts(0))
		if !isCode(err, codeStoreFailed) {
			return err
		}
		stream, infoErr := q.js.Stream(ctx, q.pages)
		if infoErr != nil {
			return infoErr
		}
		if info := stream.CachedInfo(); info.State.Msgs >= uint64(info.Config.MaxMsgs) {
			if !isToldFull {
				isToldFull = true
				q.log.Info("the queue is full: waiting for the workers", "batches", info.State.Msgs)
			}
			return errFull
		}
		return err
	})
}

// markKey is the key of a source: names of files hold what keys may not.
func markKey(source string) string {
	sum := sha256.Sum256([]byte(source))
	return hex.EncodeToString(sum[:16])
}

// Checkpoint implements quoth.Queue.
func (q *Queue) Checkpoint(ctx context.Context, source string) (quoth.Checkpoint, error) {
	var at quoth.Checkpoint
	err := q.patiently(ctx, func(ctx context.Context) error {
		entry, err := q.marks.Get(ctx, markKey(source))
		if errors.Is(err, js.ErrKeyNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return json.Unmarshal(entry.Value(), &at)
	})
	return at, err
}

// SetCheckpoint implements quoth.Queue.
func (q *Queue) SetCheckpoint(ctx context.Context, at quoth.Checkpoint) error {
	value, err := json.Marshal(at)
	if err != nil {
		return err
	}
	return q.patiently(ctx, func(ctx context.Context) error {
		_, err := q.marks.Put(ctx, markKey(at.Source), value)
		return err
	})
}

// Depth implements quoth.Queue.
func (q *Queue) Depth(ctx context.Context) (quoth.Depth, error) {
	var d quoth.Depth
	err := q.patiently(ctx, func(ctx context.Context) error {
		pages, err := q.js.Stream(ctx, q.pages)
		if err != nil {
			return err
		}
		aside, err := q.js.Stream(ctx, q.aside)
		if err != nil {
			return err
		}
		info := pages.CachedInfo()
		d = quoth.Depth{
			Waiting: int(info.State.Msgs), Aside: int(aside.CachedInfo().State.Msgs),
			Bytes: int64(info.State.Bytes), Limit: int(info.Config.MaxMsgs),
		}
		workers, err := pages.Consumer(ctx, consumer)
		if errors.Is(err, js.ErrConsumerNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		d.Outstanding = workers.CachedInfo().NumAckPending
		d.Waiting = max(0, d.Waiting-d.Outstanding)
		d.Model = workers.CachedInfo().Config.Metadata[modelKey]
		return nil
	})
	return d, err
}

// Close implements quoth.Queue.
func (q *Queue) Close() error {
	if q.conn != nil {
		q.conn.Close()
	}
	if q.server != nil {
		return q.server.close()
	}
	return nil
}

// Address is where other processes reach the server inside this one, "" when they cannot.
func (q *Queue) Address() string {
	if q.server == nil || q.opt.Listen == "" {
		return ""
	}
	return q.server.ClientURL()
}
