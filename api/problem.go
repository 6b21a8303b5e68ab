package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"golang.org/x/time/rate"

	"quoth"
	"quoth/internal/middleware"
)

// Problem is an error as clients see it (RFC 9457), with Quoth's code and a hint.
type Problem struct {
	Title   string `json:"title"`
	Status  int    `json:"status"`
	Detail  string `json:"detail"`
	Code    string `json:"code,omitempty" doc:"what kind of error, for machines"`
	Hint    string `json:"hint,omitempty" doc:"what to do about it"`
	Request string `json:"request,omitempty" doc:"ID of the request, to find it in the server's log"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError: who asked for too much, or at a bad moment, is
// told how long to wait.
func (p *Problem) GetHeaders() http.Header {
	switch p.Status {
	case http.StatusTooManyRequests:
		return http.Header{"Retry-After": {"60"}}
	case http.StatusServiceUnavailable:
		return http.Header{"Retry-After": {"5"}}
	}
	return nil
}

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// status is the one table of codes.
func status(code quoth.Code) int {
	switch code {
	case quoth.Invalid:
		return http.StatusUnprocessableEntity
	case quoth.TooLarge:
		return http.StatusRequestEntityTooLarge
	case quoth.NotFound:
		return http.StatusNotFound
	case quoth.Gone:
		return http.StatusGone
	case quoth.Conflict:
		return http.StatusConflict
	case quoth.TooMany:
		return http.StatusTooManyRequests
	case quoth.Refused:
		return http.StatusForbidden
	case quoth.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// codeOf is the code of a status that huma or the router answers with.
func codeOf(status int) quoth.Code {
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return quoth.TooLarge
	case status >= http.StatusInternalServerError:
		return quoth.Internal
	}
	return quoth.Invalid
}

// explain makes a problem of an error. What is no quoth.Error is logged and not shown.
func (s *Server) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	id := middleware.RequestID(ctx)
	var known *quoth.Error
	var problem *Problem
	switch {
	case errors.As(err, &problem):
		return problem
	case errors.Is(err, context.Canceled):
		return &Problem{Title: "Client Closed Request", Status: 499, Detail: "the request was given up", Request: id}
	case errors.Is(err, context.DeadlineExceeded):
		return &Problem{Title: http.StatusText(http.StatusGatewayTimeout), Status: http.StatusGatewayTimeout, Detail: "it took too long", Request: id}
	case errors.As(err, &known) && known.Code != quoth.Internal:
		code := status(known.Code)
		if code >= http.StatusInternalServerError {
			s.Log.Error("request failed", "id", id, "err", err)
		}
		return &Problem{Title: http.StatusText(code), Status: code, Detail: known.Message, Code: string(known.Code), Hint: known.Hint, Request: id}
	}
	s.Log.Error("request failed", "id", id, "err", err)
	return &Problem{Title: http.StatusText(http.StatusInternalServerError), Status: http.StatusInternalServerError, Detail: "something went wrong on our side", Code: string(quoth.Internal), Request: id}
}

// nowhere answers what no operation does: 405 where there is one of another method, and 404.
func (s *Server) nowhere(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p := &Problem{Status: http.StatusNotFound, Code: string(quoth.NotFound), Detail: "there is no " + r.Method + " " + r.URL.Path, Hint: "see /openapi.json", Request: middleware.RequestID(r.Context())}
		if allowed := methods(mux, r); len(allowed) > 0 {
			p.Status, p.Code = http.StatusMethodNotAllowed, string(quoth.Invalid)
			w.Header().Set("Allow", strings.Join(allowed, ", "))
		}
		p.Title = http.StatusText(p.Status)
		w.Header().Set("Content-Type", p.ContentType(""))
		w.WriteHeader(p.Status)
		json.NewEncoder(w).Encode(p)
	}
}

// methods are those by which the path of a request has an operation.
func methods(mux *http.ServeMux, r *http.Request) (allowed []string) {
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); strings.Contains(pattern, " ") { // a pattern with a method
			allowed = append(allowed, method)
		}
	}
	return allowed
}

func rateLimit(perSecond float64) rate.Limit { return rate.Limit(perSecond) }
