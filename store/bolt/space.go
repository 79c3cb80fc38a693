package bolt

import (
	"errors"
	"fmt"
	"syscall"

	"dealvitals/store"

	bolterrors "go.etcd.io/bbolt/errors"
)

// noSpace tells of a write that failed because there is no room for it: a full disk, a
// quota or limit that is reached, or a disk that became read-only.
func noSpace(err error) error {
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EROFS, bolterrors.ErrMaxSizeReached} {
		if errors.Is(err, cause) {
			return fmt.Errorf("%w: %w", store.ErrNoSpace, err)
		}
	}
	return err
}
