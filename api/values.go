package api

import (
	"errors"
	"fmt"

	"dealvitals/store"
)

// deref is what a parameter holds, its zero value where it is not given.
func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// some makes a list that is written as [] when nothing is in it.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// missing says in the caller's words that something is not there.
func missing(what, id string, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%s %s: %w", what, id, store.ErrNotFound)
	}
	return err
}
