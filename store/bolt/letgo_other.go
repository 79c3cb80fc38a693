//go:build !linux

package bolt

// letGo does something on Linux only.
func (db *DB) letGo() {}
