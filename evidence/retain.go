package evidence

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dealvitals/signals"
)

// Holding is a body in a finished file.
type Holding struct {
	Hash   string
	Offset int64
}

// Finished is a file that is closed and indexed.
type Finished struct {
	Name     string
	Newest   time.Time // its last capture
	Size     int64     // bytes on disk
	Holdings []Holding
}

// Finished lists the closed files, oldest first. The newest file is not among them: more
// may be written to it.
func (a *Archive) Finished(ctx context.Context) ([]Finished, error) {
	names, err := warcNames(a.folder)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	var files []Finished
	for _, name := range names[:len(names)-1] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		entries, ok, err := readIndex(filepath.Join(a.folder, name))
		if err != nil {
			return nil, fmt.Errorf("reading the index of %s: %w", name, err)
		}
		info, err := os.Stat(filepath.Join(a.folder, name))
		if err != nil {
			return nil, err
		}
		if !ok {
			continue // it was not closed: nobody knows what is in it
		}
		f := Finished{Name: name, Size: info.Size()}
		for _, e := range entries {
			if e.at.After(f.Newest) {
				f.Newest = e.at
			}
			if !e.again {
				f.Holdings = append(f.Holdings, Holding{Hash: e.hash, Offset: e.offset})
			}
		}
		files = append(files, f)
	}
	return files, nil
}

// Move copies a captured page into the file that is being written, after its bytes proved
// to be those that were captured, and says where it is now. The old copy stays where it is.
func (a *Archive) Move(ctx context.Context, ev signals.Evidence) (signals.Evidence, error) {
	if _, err := a.Body(ctx, ev); err != nil {
		return ev, fmt.Errorf("moving evidence %s: %w", ev.Hash, err)
	}
	packed, err := a.Record(ctx, ev)
	if err != nil {
		return ev, fmt.Errorf("moving evidence %s: %w", ev.Hash, err)
	}
	if err := a.forget(func(p place, hash string) bool { return hash == ev.Hash }); err != nil {
		return ev, err
	}
	e := entry{url: targetURI(ev.URL), at: ev.CapturedAt, status: ev.StatusCode, mime: mediaType(ev.ContentType), hash: ev.Hash, length: int64(len(packed))}
	at, err := a.append(packed, e)
	if err != nil {
		return ev, fmt.Errorf("moving evidence %s: %w", ev.Hash, err)
	}
	ev.File, ev.Offset, ev.Length = at.file, at.offset, at.length
	return ev, nil
}

// Remove deletes a finished file, and its index before it. Whoever calls it has moved what
// is still needed, and knows that it is on disk (Sync).
func (a *Archive) Remove(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if filepath.Base(name) != name {
		return fmt.Errorf("%q is no file of the evidence folder", name)
	}
	if err := a.forget(func(p place, _ string) bool { return p.file == name }); err != nil {
		return err
	}
	path := filepath.Join(a.folder, name)
	for _, file := range []string{path + indexEnding, path} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing old evidence: %w", err)
		}
	}
	return nil
}

// forget lets bodies be stored again that were recognised until now.
func (a *Archive) forget(which func(p place, hash string) bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.begin(); err != nil {
		return err
	}
	a.known.forget(which)
	return nil
}
