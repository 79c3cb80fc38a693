package cli

import (
	"errors"
	"fmt"

	"dealvitals/store"
)

// sentence says an error to a person, with what can be done about it.
func sentence(err error) string {
	var locked *store.LockedError
	var missing *missingError
	switch {
	case errors.As(err, &locked):
		return fmt.Sprintf("%v.\nA running `dealvitals serve` holds the file: use its dashboard or its API instead (import and backup take --url), or stop it first.", err)
	case errors.As(err, &missing):
		return fmt.Sprintf("%v.\n%s", err, missing.next)
	case errors.Is(err, store.ErrNotFound):
		return fmt.Sprintf("%v.\nList the deals with `dealvitals score`, the targets with `dealvitals targets list`.", err)
	}
	return err.Error()
}

// missingError is a thing that is not there, with where to look for it.
type missingError struct {
	error
	next string
}

func (e *missingError) Unwrap() error { return e.error }

// notThere adds where to look to an error that says that something is not there.
func notThere(err error, next string) error {
	if errors.Is(err, store.ErrNotFound) {
		return &missingError{err, next}
	}
	return err
}
