package evidence

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const warcEnding = ".warc.gz"

// disk is a file as it is written to.
type disk interface {
	io.ReadSeeker
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Stat() (fs.FileInfo, error)
	Sync() error
	Close() error
}

// file is the WARC file that is being written.
type file struct {
	name    string // below the folder
	path    string
	f       disk
	size    int64
	synced  int64 // bytes that are on disk for certain
	earlier int64 // bytes of an earlier process, on which something may rest
	entries []entry
	users   sync.WaitGroup // fsyncs in progress

	syncing sync.Mutex
	broken  error // of the first fsync that failed: what a later one says is worth nothing
}

// warcNames lists the WARC files of a folder, oldest first.
func warcNames(folder string) ([]string, error) {
	found, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range found {
		if strings.HasSuffix(f.Name(), warcEnding) && !f.IsDir() {
			names = append(names, f.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// createFile begins a file whose name sorts behind all that are there, whatever the clock
// says.
func createFile(folder string, now time.Time, on func(*os.File) disk) (*file, error) {
	names, err := warcNames(folder)
	if err != nil {
		return nil, err
	}
	number := 1
	if len(names) > 0 {
		last := names[len(names)-1]
		if _, err := fmt.Sscanf(last, "dealvitals-%06d-", &number); err == nil {
			number++
		}
	}
	name := fmt.Sprintf("dealvitals-%06d-%s%s", number, now.UTC().Format("20060102T150405Z"), warcEnding)
	path := filepath.Join(folder, name)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syncFolder(folder); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(path))
	}
	return &file{name: name, path: path, f: on(f)}, nil
}

// syncFolder makes a new name in a folder survive a power cut.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// openNewest opens the newest file to go on with it; nil where there is none, or none
// with room. What a crash left torn at its end is cut off. A file that the disk did not take
// whole is not gone on with.
func (a *Archive) openNewest() (*file, error) {
	names, err := warcNames(a.folder)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	name := names[len(names)-1]
	if _, doubtful := a.doubtful[name]; doubtful {
		return nil, nil
	}
	path := filepath.Join(a.folder, name)
	entries, sealed, err := readIndex(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if sealed && info.Size() >= a.opts.MaxFile {
		return nil, nil
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrPermission) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	opened := &file{name: name, path: path, f: a.opts.disk(f), size: info.Size(), synced: info.Size(), entries: entries}
	usable, err := opened.prepare(sealed)
	opened.earlier = opened.size
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if !usable {
		return nil, opened.seal()
	}
	return opened, nil
}

// prepare makes a file of an earlier process ready for more records: what a crash left
// torn at its end is cut off. A file that is damaged otherwise is not usable, and left as
// it is.
func (w *file) prepare(sealed bool) (usable bool, err error) {
	if sealed {
		return true, os.Remove(w.path + indexEnding)
	}
	if _, err := w.f.Seek(0, io.SeekStart); err != nil {
		return false, fmt.Errorf("checking %s: %w", w.name, err)
	}
	entries, end, err := scan(w.f)
	if err != nil {
		return false, fmt.Errorf("checking %s: %w", w.name, err)
	}
	w.entries = entries
	if end == w.size {
		w.synced = 0
		return true, nil
	}
	damaged, err := goesOn(w.f, end, w.size)
	if err != nil || damaged {
		return false, err
	}
	if err := w.f.Truncate(end); err != nil {
		return false, fmt.Errorf("cutting the torn end off %s: %w", w.name, err)
	}
	w.size, w.synced = end, 0
	return true, nil
}

// write appends bytes, all or none.
func (w *file) write(b []byte) (int64, error) {
	info, err := w.f.Stat()
	if err != nil {
		return 0, err
	}
	if info.Size() != w.size {
		return 0, &SharedError{w.path}
	}
	if _, err := w.f.WriteAt(b, w.size); err != nil {
		return 0, errors.Join(err, w.f.Truncate(w.size))
	}
	offset := w.size
	w.size += int64(len(b))
	return offset, nil
}

// sync writes the file to disk. After it failed once the system may have dropped what it
// did not write, and say the next time that all is well (fsyncgate, LWN 752063): it is not
// asked again.
func (w *file) sync() error {
	w.syncing.Lock()
	defer w.syncing.Unlock()
	if w.broken == nil {
		w.broken = w.f.Sync()
	}
	return w.broken
}

func (w *file) close() error {
	w.users.Wait()
	return w.f.Close()
}

// seal finishes the file: its bytes on disk, its index beside it.
func (w *file) seal() error {
	if err := w.sync(); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	return writeIndex(w.path, w.entries)
}

// cut ends a file that the disk did not take whole: what is not certain, and nobody may rest
// on, is cut off.
func (w *file) cut() error {
	end := max(w.synced, w.earlier)
	w.entries = slices.DeleteFunc(w.entries, func(e entry) bool { return e.offset+e.length > end })
	return errors.Join(w.f.Truncate(end), w.close(), writeIndex(w.path, w.entries))
}
