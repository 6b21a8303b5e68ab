package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"quoth/internal/middleware"
)

// describe makes the description say what huma does not find out from the types: that
// what is not known is null and a list is not, what errors look like, and that answers have
// tags. It may be called again when operations have been added.
func describe(spec *huma.OpenAPI) {
	schemas := spec.Components.Schemas
	for name, schema := range schemas.Map() {
		if t := schemas.TypeFromRef("#/components/schemas/" + name); t != nil {
			allowNull(schema, t)
			explainFields(schema, t)
		}
		forbidNull(schema)
	}
	problem := &huma.Schema{Ref: schemas.Schema(reflect.TypeFor[Problem](), true, "Problem").Ref}
	for _, path := range spec.Paths {
		for _, op := range []*huma.Operation{path.Get, path.Put, path.Post, path.Delete, path.Patch} {
			if op == nil {
				continue
			}
			for _, answer := range op.Responses {
				if c := answer.Content["application/problem+json"]; c != nil {
					c.Schema = problem
				}
				if c := answer.Content["application/json"]; c != nil {
					forbidNull(c.Schema)
				}
			}
			if op == path.Get {
				op.Responses["304"] = &huma.Response{Description: "What If-None-Match names, the ETag of an answer before, holds still"}
			}
		}
	}
	delete(schemas.Map(), "ErrorModel")
	delete(schemas.Map(), "ErrorDetail")
}

// allowNull lets the properties of t be null that are pointers to structs.
func allowNull(schema *huma.Schema, t reflect.Type) {
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			allowNull(schema, f.Type)
			continue
		}
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := schema.Properties[name]
		if p != nil && p.Ref != "" && f.Type.Kind() == reflect.Pointer && !strings.Contains(rest, "omitempty") {
			schema.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
		}
	}
}

// forbidNull keeps the lists in a schema from being null, as [answer] does.
func forbidNull(schema *huma.Schema) {
	if schema == nil {
		return
	}
	if schema.Type == huma.TypeArray {
		schema.Nullable = false
	}
	forbidNull(schema.Items)
	for _, p := range schema.Properties {
		forbidNull(p)
	}
}

// asProblem makes the errors of huma's own, about parameters and bodies, problems like all
// others.
func asProblem(ctx huma.Context, _ string, v any) (any, error) {
	e, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	p := &Problem{Title: e.Title, Status: e.Status, Detail: e.Detail, Code: string(codeOf(e.Status)), Request: middleware.RequestID(ctx.Context())}
	var hints []string
	for _, d := range e.Errors {
		hints = append(hints, d.Location+": "+d.Message)
	}
	p.Hint = strings.Join(hints, "; ")
	return p, nil
}
