package jetstream

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"quoth"
)

// fetchWait is how long one request for a batch waits. After it a worker without work
// looks whether it is still wanted.
const fetchWait = 5 * time.Second

// Fetch implements quoth.Queue.
func (q *Queue) Fetch(ctx context.Context, model string) (quoth.Delivery, error) {
	for {
		var d *delivery
		err := q.patiently(ctx, func(ctx context.Context) error {
			workers, err := q.join(ctx, model)
			if err != nil {
				return err
			}
			message, err := next(ctx, workers)
			if err != nil || message == nil {
				return err
			}
			// While we waited the queue may have gone over to another model.
			if _, err := q.join(ctx, model); err != nil {
				message.Nak()
				return err
			}
			d, err = q.deliver(ctx, message, workers.CachedInfo().Config.AckWait)
			return err
		})
		if err != nil {
			return nil, err
		}
		if d != nil {
			return d, nil
		}
	}
}

// next waits for a message; it is nil when none came.
func next(ctx context.Context, workers js.Consumer) (js.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchWait-callMargin)
	defer cancel()
	batch, err := workers.Fetch(1, js.FetchContext(ctx))
	if err != nil {
		return nil, err
	}
	for message := range batch.Messages() {
		return message, nil
	}
	if err := batch.Error(); err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, nats.ErrTimeout) {
		return nil, err
	}
	return nil, nil
}

// join returns the consumer that all workers share, which is made by the first of them
// and holds the model that they read with.
func (q *Queue) join(ctx context.Context, model string) (js.Consumer, error) {
	workers, err := q.js.Consumer(ctx, q.pages, consumer)
	if errors.Is(err, js.ErrConsumerNotFound) {
		workers, err = q.js.CreateConsumer(ctx, q.pages, q.consumerConfig(model))
		if errors.Is(err, js.ErrConsumerExists) {
			workers, err = q.js.Consumer(ctx, q.pages, consumer)
		}
	}
	if err != nil {
		return nil, err
	}
	if theirs := workers.CachedInfo().Config.Metadata[modelKey]; theirs != model {
		return nil, &quoth.Error{
			Code:    quoth.Refused,
			Message: fmt.Sprintf("the workers of this queue read with model %s, and this one has %s", theirs, model),
			Hint:    "start it with that model, or give the queue this one with quoth work --switch-model",
		}
	}
	return workers, nil
}

func (q *Queue) consumerConfig(model string) js.ConsumerConfig {
	return js.ConsumerConfig{
		Durable: consumer, Description: "Quoth: the workers", AckPolicy: js.AckExplicitPolicy, AckWait: q.opt.AckWait,
		// Workers count deliveries themselves: at its own limit the server only stops.
		MaxDeliver: -1, MaxAckPending: -1, Metadata: map[string]string{modelKey: model},
	}
}

// SetModel implements quoth.Queue.
func (q *Queue) SetModel(ctx context.Context, model string) error {
	return q.patiently(ctx, func(ctx context.Context) error {
		_, err := q.js.CreateOrUpdateConsumer(ctx, q.pages, q.consumerConfig(model))
		return err
	})
}

// delivery implements quoth.Delivery.
type delivery struct {
	queue   *Queue
	message js.Msg
	batch   quoth.Batch
	attempt int
	end     func() // ends the heartbeat
}

// deliver makes the delivery of a message. One that is no batch is set aside, and there
// is no delivery.
func (q *Queue) deliver(ctx context.Context, message js.Msg, ackWait time.Duration) (*delivery, error) {
	meta, err := message.Metadata()
	if err != nil {
		return nil, err
	}
	d := &delivery{queue: q, message: message, attempt: int(meta.NumDelivered), end: func() {}}
	if d.batch, err = decode(message.Data()); err != nil {
		return nil, d.moveAside(ctx, message.Data(), err.Error())
	}
	quit := make(chan struct{})
	d.end = sync.OnceFunc(func() { close(quit) })
	go d.hold(quit, ackWait/3)
	return d, nil
}

// hold tells the servers now and then, until quit is closed or the connection is, that a
// worker has the batch.
func (d *delivery) hold(quit <-chan struct{}, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-quit:
			return
		case <-ticker.C:
			if d.message.InProgress() != nil && d.queue.conn.IsClosed() {
				return
			}
		}
	}
}

// Batch implements quoth.Delivery.
func (d *delivery) Batch() quoth.Batch { return d.batch }

// Attempt implements quoth.Delivery.
func (d *delivery) Attempt() int { return d.attempt }

// Ack implements quoth.Delivery.
func (d *delivery) Ack(ctx context.Context) error {
	d.end()
	return d.queue.patiently(ctx, func(ctx context.Context) error {
		err := d.message.DoubleAck(ctx)
		if errors.Is(err, js.ErrMsgAlreadyAckd) {
			return nil
		}
		return err
	})
}

// Nak implements quoth.Delivery.
func (d *delivery) Nak(_ context.Context, delay time.Duration) error {
	d.end()
	return explain(d.message.NakWithDelay(delay))
}

// SetAside implements quoth.Delivery.
func (d *delivery) SetAside(ctx context.Context, left quoth.Batch, reason string) error {
	body, err := encode(left)
	if err != nil {
		return err
	}
	return d.moveAside(ctx, body, reason)
}

// The headers of a message that was set aside.
const (
	reasonHeader   = "Quoth-Reason"
	attemptsHeader = "Quoth-Attempts"
)

// maxReason bounds the reason, which is a header.
const maxReason = 2 << 10

// moveAside stores body among what was set aside, and then takes the message out of the
// queue: in between it stands in both, and comes once more.
func (d *delivery) moveAside(ctx context.Context, body []byte, reason string) error {
	m := nats.NewMsg(subject(d.queue.aside))
	m.Data = body
	m.Header.Set(reasonHeader, oneLine(reason))
	m.Header.Set(attemptsHeader, fmt.Sprint(d.attempt))
	if err := d.queue.publish(ctx, m, "aside-"+rand.Text()); err != nil {
		return err
	}
	return d.Ack(ctx)
}
