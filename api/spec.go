package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

//go:embed openapi.yaml
var description []byte

// public is the role in x-roles of what may be called without a key.
const public = "public"

// operation is one operation of the description with what the server needs of it.
type operation struct {
	id    string
	route *routers.Route
	roles []string
	query map[string]bool // names of its query parameters
}

// operations reads every operation of the description by its operationId. It fails where
// one names no roles: what nobody was allowed to call must not become callable by all.
func operations() (map[string]operation, error) {
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		return nil, fmt.Errorf("reading openapi.yaml: %w", err)
	}
	found := make(map[string]operation)
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			o, err := newOperation(doc, path, method, item, op)
			if err != nil {
				return nil, fmt.Errorf("openapi.yaml: %s %s: %w", method, path, err)
			}
			found[o.id] = o
		}
	}
	return found, nil
}

func newOperation(doc *openapi3.T, path, method string, item *openapi3.PathItem, op *openapi3.Operation) (operation, error) {
	roles, err := rolesOf(op)
	if err != nil {
		return operation{}, err
	}
	o := operation{
		id: op.OperationID, roles: roles, query: make(map[string]bool),
		route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: op},
	}
	for _, p := range op.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			o.query[p.Value.Name] = true
		}
	}
	return o, nil
}

// rolesOf reads x-roles.
func rolesOf(op *openapi3.Operation) ([]string, error) {
	raw, err := json.Marshal(op.Extensions["x-roles"])
	if err != nil {
		return nil, err
	}
	var roles []string
	if err := json.Unmarshal(raw, &roles); err != nil || len(roles) == 0 {
		return nil, fmt.Errorf("%s needs x-roles, a list of the roles that may call it", op.OperationID)
	}
	for _, role := range roles {
		if role != public && !Role(role).Valid() {
			return nil, fmt.Errorf("%s names the role %q, which there is not", op.OperationID, role)
		}
	}
	return roles, nil
}

func (o operation) public() bool { return slices.Contains(o.roles, public) }

func (o operation) allows(role Role) bool { return slices.Contains(o.roles, string(role)) }

// idempotent tells whether the operation takes an Idempotency-Key.
func (o operation) idempotent() bool {
	return o.route.Operation.Parameters.GetByInAndName(openapi3.ParameterInHeader, "Idempotency-Key") != nil
}

// takesTable tells whether the operation's body is a table, which is read as it comes and
// is no JSON to be checked against a schema.
func (o operation) takesTable() bool {
	body := o.route.Operation.RequestBody
	return body != nil && body.Value.Content.Get("application/json") == nil
}

// echoPath writes the operation's path as Echo's router wants it: {id} becomes :id.
func (o operation) echoPath() string {
	return strings.NewReplacer("{", ":", "}", "").Replace(o.route.Path)
}
