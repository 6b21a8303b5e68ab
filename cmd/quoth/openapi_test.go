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

// The description tells of every operation what errors look like, of those of readers and
// editors too.
func TestOpenAPIErrors(t *testing.T) {
	s := serve(t, nil)
	type schema struct {
		Ref string `json:"$ref"`
	}
	var spec struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct {
				Content map[string]struct{ Schema schema }
			}
		}
		Components struct {
			Schemas map[string]any
		}
	}
	s.get("/openapi.json", &spec)
	for path, methods := range spec.Paths {
		for method, op := range methods {
			for status, answer := range op.Responses {
				if c, ok := answer.Content["application/problem+json"]; ok && c.Schema.Ref != "#/components/schemas/Problem" {
					t.Errorf("%s %s: %s is a %q", method, path, status, c.Schema.Ref)
				}
			}
		}
	}
	if _, text := s.do("GET", "/openapi.json", ""); strings.Contains(text, `["array","null"]`) {
		t.Error("lists may be null, it says, and they never are")
	}
	if _, isThere := spec.Components.Schemas["ErrorModel"]; isThere {
		t.Error("huma's errors are described")
	}
	for _, c := range []struct{ method, path, statuses string }{
		{"get", "/api/v1/statements", "200 304 422 429 500 503"}, {"get", "/api/v1/people/{id}", "200 304 404 503"}, {"get", "/api/v1/cases", "200 304 401 403 503"},
		{"post", "/api/v1/read", "200 400 413 415"}, {"post", "/api/v1/articles", "200 201 400 401 413 415"},
		{"put", "/api/v1/feedback/{receipt}", "200 400 413 415"}, {"post", "/api/v1/cases/{id}/close", "400 401 413 415"},
	} {
		for status := range strings.FieldsSeq(c.statuses) {
			if _, isThere := spec.Paths[c.path][c.method].Responses[status]; !isThere {
				t.Errorf("%s %s does not tell of %s", c.method, c.path, status)
			}
		}
	}
}

// The description says what every field is that readers of the record get; those of the desk
// are in the types' own comments.
func TestOpenAPITellsFields(t *testing.T) {
	s := serve(t, nil)
	var spec struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Description string }
			}
		}
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, Description string }
		}
	}
	s.get("/openapi.json", &spec)
	for _, name := range []string{"Addressee", "Alias", "ArticleRef", "Background", "Block", "Change", "Circle", "Correction", "Facet", "Facets", "Facts", "Party", "Person", "Published", "Reading", "Recorded", "Revision", "Role", "Said", "Speaker", "Stance", "Statement", "Story", "Trend", "Venue"} {
		if len(spec.Components.Schemas[name].Properties) == 0 {
			t.Errorf("there is no %s", name)
		}
		for field, p := range spec.Components.Schemas[name].Properties {
			if p.Description == "" {
				t.Errorf("nobody says what %s.%s is", name, field)
			}
		}
	}
	for path, operations := range spec.Paths {
		for _, p := range operations["get"].Parameters {
			if p.Description == "" && !strings.Contains(path, "{"+p.Name+"}") && !strings.Contains(" limit sort kind side person statement article Authorization queue state receipt revision ", " "+p.Name+" ") {
				t.Errorf("nobody says what %s?%s is", path, p.Name)
			}
		}
	}
}
