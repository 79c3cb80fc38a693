package api

import (
	"errors"
	"fmt"

	"dealvitals/api/desk"
)

// ErrUnavailable says that something is switched off or not yet running. Whoever wires
// the program wraps it around such errors of a Runner or Previewer.
var ErrUnavailable = errors.New("not available now")

// badRequestError is a request that breaks the description.
type badRequestError struct {
	problem problemKind
	detail  string
	faults  []desk.Fault
}

func (e *badRequestError) Error() string { return e.detail }

func badParameter(name, format string, args ...any) error {
	return &badRequestError{problem: badParameterProblem, detail: fmt.Sprintf("parameter %s: %s", name, fmt.Sprintf(format, args...))}
}

// unauthorizedError is a request without a good key.
type unauthorizedError struct{ detail string }

func (e *unauthorizedError) Error() string { return e.detail }

// forbiddenError is a request that the key's role does not allow.
type forbiddenError struct {
	role    Role
	allowed []string
}

func (e *forbiddenError) Error() string {
	return fmt.Sprintf("the key has the role %s; this is for the roles %v", e.role, e.allowed)
}

// existsError is a new record whose id is taken.
type existsError struct{ what string }

func (e *existsError) Error() string { return e.what + " is there already" }

// preconditionError is a change that does not say upon which version it was made.
type preconditionError struct{}

func (e *preconditionError) Error() string {
	return "this changes what somebody else may have changed too: the header If-Match is missing"
}

// reusedKeyError is an Idempotency-Key that came with another request before.
type reusedKeyError struct{}

func (e *reusedKeyError) Error() string {
	return "this Idempotency-Key was used for another request"
}

// panicError is a panic in a handler. It ends that request only.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }
