package jetstream

import (
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"quoth"
)

// Codes of the server's errors, of its errors.json, that the client does not name.
const (
	codeNoPeers         js.ErrorCode = 10005
	codeNotAvailable    js.ErrorCode = 10008
	codeNoResources     js.ErrorCode = 10023
	codeNoReplicas      js.ErrorCode = 10074
	codeStoreFailed     js.ErrorCode = 10077 // the limit is reached, or the disk is full
	codeStreamOffline   js.ErrorCode = 10118
	codeConsumerOffline js.ErrorCode = 10119
)

// errFull says that the queue has reached its limit.
var errFull = errors.New("the queue is full")

// isCode reports whether err is the server's, of one of codes.
func isCode(err error, codes ...js.ErrorCode) bool {
	var e *js.APIError
	return errors.As(err, &e) && slices.Contains(codes, e.ErrorCode)
}

// isPassing reports whether the same call may go well later: a connection is made again,
// or the servers choose another leader.
func isPassing(err error) bool {
	for _, e := range []error{
		errFull, nats.ErrTimeout, nats.ErrNoResponders, nats.ErrDisconnected, nats.ErrConnectionReconnecting, nats.ErrNoServers,
		nats.ErrStaleConnection, js.ErrNoStreamResponse, js.ErrServerShutdown, js.ErrNoHeartbeat, js.ErrJetStreamNotEnabled, context.DeadlineExceeded,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return isCode(err, codeNotAvailable, codeStoreFailed, codeStreamOffline, codeConsumerOffline, codeNoPeers)
}

// The times of asking again.
const (
	callWait = 5 * time.Second // one call
	// callMargin is what a request that waits leaves of its call to answer in.
	callMargin = time.Second
	firstWait  = 20 * time.Millisecond
	longWait   = time.Second
)

// patiently calls f again while what goes wrong may pass: for as long as the queue is
// full, and else no longer than Options.Patience.
func (q *Queue) patiently(ctx context.Context, f func(context.Context) error) error {
	wait := firstWait
	var since time.Time // the first failure in a row that was not for want of room
	for {
		within, cancel := context.WithTimeout(ctx, callWait)
		err := f(within)
		cancel()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case !isPassing(err):
			return explain(err)
		case errors.Is(err, errFull):
			since = time.Time{}
		case since.IsZero():
			since = time.Now()
		case time.Since(since) > q.opt.Patience:
			return explain(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		wait = min(2*wait, longWait)
	}
}

// explain turns an error of client or server into one that a person may see.
func explain(err error) error {
	var known *quoth.Error
	var path *os.PathError
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &path):
		return &quoth.Error{Code: quoth.Invalid, Message: "the queue cannot be reached: " + path.Path + " cannot be read", Hint: "check the name and who owns the file", Err: err}
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAuthRevoked), errors.Is(err, nats.ErrPermissionViolation):
		return &quoth.Error{Code: quoth.Refused, Message: "the queue does not let us in", Hint: "check QUOTH_QUEUE_USER and QUOTH_QUEUE_PASSWORD, or the file of --queue-credentials", Err: err}
	case errors.Is(err, js.ErrJetStreamNotEnabled), errors.Is(err, js.ErrJetStreamNotEnabledForAccount):
		return &quoth.Error{Code: quoth.Refused, Message: "the servers of the queue keep no streams", Hint: "run nats-server with JetStream", Err: err}
	case isCode(err, codeNoPeers, codeNoReplicas, codeNoResources):
		return &quoth.Error{Code: quoth.Unavailable, Message: "the servers of the queue have no place for it", Hint: "a cluster needs three servers that run, each with room on its disk", Err: err}
	case isCode(err, codeStoreFailed):
		return &quoth.Error{Code: quoth.Unavailable, Message: "the queue cannot store more", Hint: "make room on the disk of its server", Err: err}
	case isPassing(err):
		return &quoth.Error{Code: quoth.Unavailable, Message: "the queue does not answer", Hint: "check that its servers run, with JetStream, and can be reached", Err: err}
	}
	return &quoth.Error{Code: quoth.Internal, Message: "the queue answers with an error", Hint: "the log of its servers may say more", Err: err}
}
