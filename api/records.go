package api

import (
	"context"
	"errors"
	"net/url"
	"time"

	"dealvitals/api/desk"
	"dealvitals/store"
)

// create stores a record that must not be there yet.
func create[T any](ctx context.Context, s *server, records Records[T], record T, what string) (T, error) {
	stored, err := records.PutIf(ctx, record, time.Time{}, callerOf(ctx).Name, s.Clock())
	var conflict *store.ConflictError
	if errors.As(err, &conflict) {
		return stored, &existsError{what: what}
	}
	return stored, err
}

// update stores a new version of a record, made upon the version that If-Match names.
func update[T any](ctx context.Context, s *server, records Records[T], record T, id string, ifMatch *string, what string) (T, error) {
	var none T
	was, err := versionOf(ifMatch)
	if err != nil {
		return none, err
	}
	if _, err := records.Get(ctx, id, time.Time{}); err != nil {
		return none, err
	}
	stored, err := records.PutIf(ctx, record, was, callerOf(ctx).Name, s.Clock())
	var conflict *store.ConflictError
	if errors.As(err, &conflict) {
		return none, &desk.StaleError{What: what}
	}
	return stored, err
}

// sameID refuses a body that is about another record than the path.
func sameID(path, body string) error {
	if path != body {
		return &desk.InvalidError{What: "the body", Faults: []desk.Fault{{Pointer: "/id", Detail: "the id in the body is not the one in the path"}}}
	}
	return nil
}

func location(collection, id string) *string {
	at := "/v1/" + collection + "/" + url.PathEscape(id)
	return &at
}
