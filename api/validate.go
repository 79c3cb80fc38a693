package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dealvitals/api/desk"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"
)

// The most bytes that a body may have.
const (
	maxBody  = 16 << 20
	maxTable = 64 << 20
)

// maxFaults is how many faults of one request are told.
const maxFaults = 100

// validate refuses what does not fit the description: unknown and repeated parameters,
// wrong values, wrong bodies.
func (s *server) validate(o operation) echo.MiddlewareFunc {
	options := &openapi3filter.Options{
		MultiError:          true,
		SkipSettingDefaults: true,
		ExcludeRequestBody:  o.takesTable(),
		AuthenticationFunc:  openapi3filter.NoopAuthenticationFunc, // authorize has done it
	}
	limit := int64(maxBody)
	if o.takesTable() {
		limit = maxTable
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			r.Body = http.MaxBytesReader(c.Response(), r.Body, limit)
			query, err := o.checkQuery(r)
			if err != nil {
				return err
			}
			params, err := pathParams(c)
			if err != nil {
				return err
			}
			err = openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
				Request: r, PathParams: params, QueryParams: query, Route: o.route, Options: options,
			})
			if err != nil {
				return o.invalidRequest(err)
			}
			if o.takesTable() && o.route.Operation.RequestBody.Value.Content.Get(r.Header.Get(echo.HeaderContentType)) == nil {
				return o.wrongMediaType()
			}
			return next(c)
		}
	}
}

func (o operation) wrongMediaType() error {
	types := slices.Sorted(maps.Keys(o.route.Operation.RequestBody.Value.Content))
	return &badRequestError{problem: mediaTypeProblem, detail: "the body's Content-Type is not one that this operation reads: it reads " + strings.Join(types, ", ")}
}

// checkQuery refuses parameters that the operation does not know or that come twice. A
// misspelt as_of must not be answered as if it had not been there.
func (o operation) checkQuery(r *http.Request) (url.Values, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, &badRequestError{problem: badParameterProblem, detail: "the query cannot be read"}
	}
	for name, values := range query {
		if !o.query[name] {
			return nil, badParameter(name, "this operation does not know it")
		}
		if len(values) > 1 {
			return nil, badParameter(name, "it is given %d times", len(values))
		}
	}
	return query, nil
}

func pathParams(c echo.Context) (map[string]string, error) {
	params := make(map[string]string)
	for i, name := range c.ParamNames() {
		value, err := url.PathUnescape(c.ParamValues()[i])
		if err != nil {
			return nil, badParameter(name, "its escape sequences cannot be read")
		}
		params[name] = value
	}
	return params, nil
}

// invalidRequest turns what the validator says into what the caller is told. Values are
// never repeated: they may be what must not be logged.
func (o operation) invalidRequest(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	var all openapi3.MultiError
	if errors.As(err, &all) && len(all) > 0 {
		err = all[0] // the others may only follow from it
	}
	var request *openapi3filter.RequestError
	switch {
	case !errors.As(err, &request):
		return fmt.Errorf("validating the request: %w", err)
	case request.Parameter != nil:
		return badParameter(request.Parameter.Name, "%s", reasonOf(request))
	}
	return o.invalidBody(request)
}

// reasonOf says what is wrong with a parameter.
func reasonOf(err *openapi3filter.RequestError) string {
	var schema *openapi3.SchemaError
	if errors.As(err.Err, &schema) {
		return schemaReason(schema)
	}
	if err.Reason != "" {
		return err.Reason
	}
	return "its value cannot be read"
}

// schemaReason says what is wrong with a value. Of a form the validator shows the expression
// that the value does not match, which helps nobody: an example does.
func schemaReason(err *openapi3.SchemaError) string {
	switch {
	case err.SchemaField == "format" && err.Schema.Format == "date-time":
		return "write an instant as 2026-10-31T18:00:00+08:00 or 2026-10-31T10:00:00Z"
	case err.SchemaField == "pattern" && err.Schema.Example != nil:
		return fmt.Sprintf("it has not the right form, which is as in %v", err.Schema.Example)
	}
	return err.Reason
}

func (o operation) invalidBody(err *openapi3filter.RequestError) error {
	if strings.Contains(err.Reason, "Content-Type") {
		return o.wrongMediaType()
	}
	faults := schemaFaults(err.Err, nil)
	if len(faults) == 0 {
		return &badRequestError{problem: badBodyProblem, detail: "the body is missing or is no JSON"}
	}
	return &badRequestError{problem: badBodyProblem, detail: "the body does not fit the description", faults: faults}
}

// schemaFaults collects each single fault, up to maxFaults of them.
func schemaFaults(err error, faults []desk.Fault) []desk.Fault {
	if len(faults) >= maxFaults {
		return faults
	}
	switch e := err.(type) {
	case openapi3.MultiError:
		for _, one := range e {
			faults = schemaFaults(one, faults)
		}
	case *openapi3.SchemaError:
		faults = append(faults, desk.Fault{Pointer: "/" + strings.Join(e.JSONPointer(), "/"), Detail: schemaReason(e)})
	}
	return faults
}

// strictJSON reads bodies. It refuses fields that nobody would read, and says where a
// value is of the wrong type.
type strictJSON struct{ echo.DefaultJSONSerializer }

// Deserialize reads the body of a request.
func (strictJSON) Deserialize(c echo.Context, into any) error {
	decoder := json.NewDecoder(c.Request().Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return badJSON(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return &badRequestError{problem: badBodyProblem, detail: "something follows the JSON document"}
	}
	return nil
}

func badJSON(err error) error {
	var wrongType *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrongType):
		fault := desk.Fault{Pointer: "/" + strings.ReplaceAll(wrongType.Field, ".", "/"), Detail: "a JSON " + wrongType.Value + " cannot stand here"}
		return &badRequestError{problem: badBodyProblem, detail: "the body does not fit the description", faults: []desk.Fault{fault}}
	case errors.As(err, &syntax):
		return &badRequestError{problem: badBodyProblem, detail: fmt.Sprintf("the body is no JSON: byte %d", syntax.Offset)}
	}
	// What remains are unknown fields and values that a type of ours refuses: texts that
	// name a field or say how to write a date, never a message.
	return &badRequestError{problem: badBodyProblem, detail: strings.TrimPrefix(err.Error(), "json: ")}
}
