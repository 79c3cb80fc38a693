package cli

import "golang.org/x/sys/unix"

// roomLeft is how many bytes may still be written to the disk of a folder.
func roomLeft(folder string) (bytes uint64, known bool, err error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return 0, false, err
	}
	if disk.Blocks == 0 || disk.Bsize <= 0 {
		return 0, false, nil // a file system that does not count
	}
	return disk.Bavail * uint64(disk.Bsize), true, nil
}
