package secrets

import "fmt"

// NoKeyError says that there is no key to seal or open with.
type NoKeyError struct{ Purpose string }

func (e *NoKeyError) Error() string {
	return fmt.Sprintf("the secret of %s needs a key and there is none: make one with `dealvitals secrets keygen FILE` and set secrets.key_file, or DEALVITALS_SECRETS_KEY", e.Purpose)
}

// OpenError says that a sealed text cannot be opened.
type OpenError struct{ Purpose, Why string }

func (e *OpenError) Error() string {
	return fmt.Sprintf("the secret of %s cannot be opened: %s", e.Purpose, e.Why)
}

// KeyError is a key that is none.
type KeyError struct{ Line int } // from 1; 0 where there is no key at all

func (e *KeyError) Error() string {
	if e.Line == 0 {
		return "there is no key in it: make one with `dealvitals secrets keygen FILE`"
	}
	return fmt.Sprintf("line %d is no key: a key begins with AGE-SECRET-KEY-1", e.Line)
}
