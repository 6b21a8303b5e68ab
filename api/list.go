package api

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"quoth"
)

// strict answers 422 to a request with a parameter that the operation does not have: what
// was meant to narrow a list down would else be passed over in silence.
func strict(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		var known []string
		for _, p := range ctx.Operation().Parameters {
			if p.In == "query" {
				known = append(known, p.Name)
			}
		}
		u := ctx.URL()
		for _, name := range slices.Sorted(maps.Keys(u.Query())) {
			if slices.Contains(known, name) {
				continue
			}
			hint := "there are none here"
			if len(known) > 0 {
				hint = "there are " + strings.Join(known, ", ")
			}
			huma.WriteErr(api, ctx, http.StatusUnprocessableEntity, fmt.Sprintf("there is no parameter %q here", name), &huma.ErrorDetail{Location: "query", Message: hint})
			return
		}
		next(ctx)
	}
}

// Cursors go out with a sum behind them, for those of the record are numbers, and whatever
// else looks like one would be an answer from an arbitrary place.

// seal makes the cursor that clients get of one of the record's.
func seal(cursor string) string {
	if cursor == "" {
		return ""
	}
	return fmt.Sprintf("%s-%08x", cursor, crc32.ChecksumIEEE([]byte(cursor)))
}

// unseal is the record's cursor again.
func unseal(cursor string) (string, error) {
	inner := cursor[:max(0, strings.LastIndexByte(cursor, '-'))]
	if seal(inner) != cursor {
		return "", &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no cursor", cursor), Hint: "take it from next of the answer before, or leave it out"}
	}
	return inner, nil
}

// sealed seals the cursor of an answer.
func sealed[T any](a quoth.Answer[T], err error) (quoth.Answer[T], error) {
	a.Next = seal(a.Next)
	return a, err
}

var marshaler = reflect.TypeFor[json.Marshaler]()

// fill makes lists and maps that are nil empty ones, for they are [] and {} in JSON and not
// null. Those that are left out when they are empty stay, and so does what writes its JSON
// itself.
func fill(v reflect.Value) {
	if v.Type().Implements(marshaler) || reflect.PointerTo(v.Type()).Implements(marshaler) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			tag := v.Type().Field(i).Tag.Get("json")
			if f := v.Field(i); f.CanSet() && tag != "-" && !(strings.HasSuffix(tag, ",omitempty") && f.IsZero()) {
				fill(f)
			}
		}
	}
}

// answer is an answer with this value.
func answer[A any](a A) *body[A] {
	fill(reflect.ValueOf(&a))
	return &body[A]{a}
}
