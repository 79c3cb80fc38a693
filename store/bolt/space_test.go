package bolt_test

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"

	"dealvitals/store"
	"dealvitals/store/bolt"
)

func TestAQuotaThatIsReachedIsAFullDisk(t *testing.T) {
	for cause, want := range map[syscall.Errno]bool{
		syscall.ENOSPC: true, syscall.EDQUOT: true, syscall.EFBIG: true, syscall.EROFS: true, syscall.EIO: false,
	} {
		err := &fs.PathError{Op: "write", Path: "deals.db", Err: cause}
		if got := bolt.NoSpace(err); errors.Is(got, store.ErrNoSpace) != want || !errors.Is(got, cause) {
			t.Errorf("%v: %v, no room %t", cause, got, want)
		}
	}
}
