package api

import (
	"context"
	"net/http"
	"net/netip"

	"github.com/danielgtaylor/huma/v2"

	"quoth"
)

// Answers takes readers' answers; quoth/feedback has what does. It is given as functions of the
// root's types, for packages of one layer do not meet.
type Answers[A any] interface {
	Put(ctx context.Context, receipt string, answer A, address netip.Addr, userAgent string) (quoth.Feedback, error)
	Delete(ctx context.Context, receipt string) error
	Get(ctx context.Context, receipt string) (quoth.Feedback, error)
}

// senderInput is what an answer brings with it of its sender.
type senderInput struct {
	address   netip.Addr
	userAgent string
}

// Resolve implements huma.Resolver.
func (s *senderInput) Resolve(ctx huma.Context) []error {
	s.userAgent = ctx.Header("User-Agent")
	if at, err := netip.ParseAddrPort(ctx.RemoteAddr()); err == nil {
		s.address = at.Addr()
	}
	return nil
}

// answerInput is an answer with its receipt.
type answerInput[A any] struct {
	senderInput
	Receipt string `path:"receipt" maxLength:"200" doc:"a random secret of the reader's, 22 to 128 letters, digits, - and _"`
	Body    A
}

// receiptInput names an answer.
type receiptInput struct {
	Receipt string `path:"receipt" maxLength:"200"`
}

// Feedback registers the operations on readers' answers. It is called before the server answers.
func Feedback[A any](s *Server, box Answers[A]) {
	const path = "/api/v1/feedback/{receipt}"
	huma.Register(s.api, huma.Operation{OperationID: "put-feedback", Method: http.MethodPut, Path: path, Summary: "Answer, or change an answer", Errors: []int{400, 404, 413, 415, 422, 429, 503}, MaxBodyBytes: 16 << 10,
		Description: "Idempotent: the same receipt again replaces the answer. The answer is on the disk when this returns."},
		func(ctx context.Context, in *answerInput[A]) (*body[quoth.Feedback], error) {
			f, err := box.Put(ctx, in.Receipt, in.Body, in.address, in.userAgent)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return answer(f), nil
		})
	huma.Register(s.api, huma.Operation{OperationID: "get-feedback", Method: http.MethodGet, Path: path, Summary: "An answer, for whoever has its receipt", Errors: []int{404, 422, 429, 503}},
		func(ctx context.Context, in *receiptInput) (*body[quoth.Feedback], error) {
			f, err := box.Get(ctx, in.Receipt)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return answer(f), nil
		})
	huma.Register(s.api, huma.Operation{OperationID: "delete-feedback", Method: http.MethodDelete, Path: path, Summary: "Take an answer back", Errors: []int{422, 429, 503}, DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *receiptInput) (*struct{}, error) {
			return nil, s.explain(ctx, box.Delete(ctx, in.Receipt))
		})
	describe(s.api.OpenAPI())
}
