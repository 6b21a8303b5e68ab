package jetstream

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"quoth"
)

// oneLine makes s fit for a header.
func oneLine(s string) string {
	if len(s) > maxReason {
		s = strings.ToValidUTF8(s[:maxReason], "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// Aside implements quoth.Queue.
func (q *Queue) Aside(ctx context.Context, limit int) ([]quoth.AsideBatch, error) {
	var list []quoth.AsideBatch
	var last uint64
	for len(list) < limit {
		message, err := q.asideAfter(ctx, last)
		if message == nil || err != nil {
			return list, err
		}
		b := quoth.AsideBatch{ID: message.Sequence, Reason: message.Header.Get(reasonHeader), At: message.Time}
		b.Attempts, _ = strconv.Atoi(message.Header.Get(attemptsHeader))
		b.Batch, _ = decode(message.Data) // empty when it is none; the reason says so
		list = append(list, b)
		last = message.Sequence
	}
	return list, nil
}

// asideAfter returns the first message set aside after last, nil when there is none.
func (q *Queue) asideAfter(ctx context.Context, last uint64) (message *js.RawStreamMsg, err error) {
	err = q.patiently(ctx, func(ctx context.Context) error {
		stream, err := q.js.Stream(ctx, q.aside)
		if err != nil {
			return err
		}
		message, err = stream.GetMsg(ctx, last+1, js.WithGetMsgSubject(subject(q.aside)))
		if errors.Is(err, js.ErrMsgNotFound) {
			message, err = nil, nil
		}
		return err
	})
	return message, err
}

// Retry implements quoth.Queue.
func (q *Queue) Retry(ctx context.Context, id uint64) error {
	message, err := q.asideMessage(ctx, id)
	if err != nil {
		return err
	}
	b, err := decode(message.Data)
	if err != nil {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("what was set aside as %d is no batch of pages", id), Hint: "drop it, and look who else publishes to the queue", Err: err}
	}
	for i, single := range b.Singles() {
		body, err := encode(single)
		if err != nil {
			return err
		}
		// An ID of its own: the same page may have been published just before, and a stream
		// that is made again counts from 1 again.
		if err := q.publish(ctx, &nats.Msg{Subject: subject(q.pages), Data: body}, fmt.Sprintf("retry-%d-%d-%d", id, message.Time.UnixNano(), i)); err != nil {
			return err
		}
	}
	return q.Drop(ctx, id)
}

// Drop implements quoth.Queue.
func (q *Queue) Drop(ctx context.Context, id uint64) error {
	if _, err := q.asideMessage(ctx, id); err != nil {
		return err
	}
	return q.patiently(ctx, func(ctx context.Context) error {
		stream, err := q.js.Stream(ctx, q.aside)
		if err != nil {
			return err
		}
		return stream.DeleteMsg(ctx, id)
	})
}

// asideMessage returns a message that was set aside.
func (q *Queue) asideMessage(ctx context.Context, id uint64) (message *js.RawStreamMsg, err error) {
	err = q.patiently(ctx, func(ctx context.Context) error {
		stream, err := q.js.Stream(ctx, q.aside)
		if err == nil {
			message, err = stream.GetMsg(ctx, id)
		}
		return err
	})
	if errors.Is(err, js.ErrMsgNotFound) {
		return nil, &quoth.Error{Code: quoth.NotFound, Message: fmt.Sprintf("nothing is set aside as %d", id), Hint: "quoth queue aside lists what is"}
	}
	return message, err
}
