package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	validations "github.com/pb33f/libopenapi-validator/errors"

	"quoth"
)

// Another's validator finds the description of the API sound, and every answer as the
// description says.
func TestOpenAPI(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	_, text := s.do("GET", "/openapi.json", "")
	document, err := libopenapi.NewDocument([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(document)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	tell := func(what string, isSound bool, errs []*validations.ValidationError) {
		t.Helper()
		for _, e := range errs {
			t.Errorf("%s: %s: %s", what, e.Message, e.Reason)
			for _, cause := range e.SchemaValidationErrors {
				t.Logf("%s at %s", cause.Reason, cause.FieldPath)
			}
		}
		if !isSound && len(errs) == 0 {
			t.Errorf("%s: refused without a reason", what)
		}
	}
	isSound, wrong := v.ValidateDocument()
	tell("the description", isSound, wrong)
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements?q=bridge", &list)
	statement, saying := list.Items[0].ID, list.Items[0].Saying
	for _, path := range []string{
		at, at + "/revisions", "/api/v1/articles", "/api/v1/statements?q=bridge&kind=direct", "/api/v1/statements/" + statement,
		"/api/v1/statements/" + statement + "/history", "/api/v1/sayings/" + saying, "/api/v1/people", "/api/v1/people/zoe-hale",
		"/api/v1/people/zoe-hale/statements", "/api/v1/people/eric-moss/about/zoe-hale", "/api/v1/people/zoe-hale/circle",
		"/api/v1/facets?q=bridge", "/api/v1/stories", "/api/v1/trending?day=2026-04-17", "/api/v1/corrections",
		"/api/v1/statements/none", "/api/v1/people/none", "/api/v1/statements?sort=nonsense",
	} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		isSound, wrong := v.ValidateHttpRequest(req)
		if !strings.Contains(path, "nonsense") {
			tell("ask "+path, isSound, wrong)
		}
		resp, err := s.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		isSound, wrong = v.ValidateHttpResponse(req, resp)
		tell("answer of "+path, isSound, wrong)
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}
