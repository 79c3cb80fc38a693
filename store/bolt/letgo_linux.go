package bolt

import (
	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"
)

// letGo takes the pages of the file that were looked at out of the process's memory; they
// stay in the system's cache of files. Linux maps the sixteen pages around each one that
// is looked at, so that a crawl, which writes all over the file, would come to count most
// of it as its own memory. It costs some page faults later, and is done once a run. Where it fails, the
// pages stay, and nothing is lost.
func (db *DB) letGo() {
	_ = db.file.View(func(tx *bbolt.Tx) error { // while a transaction is open, the map stays where it is
		_, _, failed := unix.Syscall(unix.SYS_MADVISE, db.file.Info().Data, uintptr(tx.Size()), unix.MADV_DONTNEED)
		if failed != 0 {
			return failed
		}
		return nil
	})
}
