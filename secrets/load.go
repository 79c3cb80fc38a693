package secrets

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Load reads the keys given as text, and those in a file behind them. Where neither is
// given there is no keyring: nil.
func Load(text, file string) (*Keyring, error) {
	var ring Keyring
	if text != "" {
		given, err := Parse(text)
		if err != nil {
			return nil, fmt.Errorf("reading secrets.key: %w", err)
		}
		ring.keys = append(ring.keys, given.keys...)
	}
	if file != "" {
		body, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading secrets.key_file: %w", err)
		}
		given, err := Parse(string(body))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		ring.keys = append(ring.keys, given.keys...)
	}
	if len(ring.keys) == 0 {
		return nil, nil
	}
	return &ring, nil
}

// WriteNew makes a file with a new key, which must not be there yet: a key that is
// overwritten takes every secret with it.
func WriteNew(file string) error {
	key, err := Generate()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already, and may be what opens the secrets in a store: name another file (%w)", file, err)
	}
	if err != nil {
		return fmt.Errorf("making the key file: %w", err)
	}
	_, err = fmt.Fprintf(f, "# Opens the secrets in the store of dealvitals. Keep a copy apart from the store's backups.\n%s\n", key)
	return errors.Join(err, f.Sync(), f.Close())
}
