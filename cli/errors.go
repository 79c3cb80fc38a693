package cli

import (
	"errors"
	"fmt"

	"dealvitals/store"
)

// sentence says an error to a person, with what can be done about it.
func sentence(err error) string {
	var locked *store.LockedError
	switch {
	case errors.As(err, &locked):
		return fmt.Sprintf("%v.\nA running `dealvitals serve` holds the file: use its API instead, or stop it first.", err)
	case errors.Is(err, store.ErrNotFound):
		return fmt.Sprintf("%v.\nList what is there with `dealvitals score` or over the API.", err)
	}
	return err.Error()
}
