package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// lockNote is the file beside an open one that says to people which process holds it.
// It locks nothing: the lock is the operating system's, on the file itself.
type lockNote struct{ path string }

// write says that this process holds the file at path.
func (n *lockNote) write(path string) error {
	command := filepath.Base(os.Args[0])
	if len(os.Args) > 1 {
		command += " " + os.Args[1]
	}
	text := fmt.Sprintf("pid %d (%s)\n", os.Getpid(), command)
	if err := os.WriteFile(path+".lock", []byte(text), 0o600); err != nil {
		return fmt.Errorf("noting who holds %s: %w", path, err)
	}
	n.path = path + ".lock"
	return nil
}

// remove takes the note away, while the file is still held.
func (n *lockNote) remove() error {
	if n.path == "" {
		return nil
	}
	if err := os.Remove(n.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the note of who holds the file: %w", err)
	}
	n.path = ""
	return nil
}

// readLockNote says who holds the file at path, "" when that is not known.
func readLockNote(path string) string {
	text, err := os.ReadFile(path + ".lock")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}
