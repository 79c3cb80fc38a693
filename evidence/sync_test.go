package evidence

import (
	"errors"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"

	"dealvitals/signals"
)

// badDisk is a disk that fails one fsync and, as Linux may, drops what it did not write and
// says the next time that all is well.
type badDisk struct {
	*os.File
	plan *failures
	size int64 // that it took
}

// failures says which fsyncs of all files fail.
type failures struct {
	mu   sync.Mutex
	next bool
}

func (f *failures) plan(next bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next = next
}

func (f *failures) wrap(file *os.File) disk { return &badDisk{File: file, plan: f} }

func (d *badDisk) Sync() error {
	d.plan.mu.Lock()
	defer d.plan.mu.Unlock()
	info, err := d.Stat()
	if err != nil {
		return err
	}
	if !d.plan.next {
		d.size = info.Size()
		return d.File.Sync()
	}
	d.plan.next = false
	_, err = d.WriteAt(make([]byte, info.Size()-d.size), d.size)
	return errors.Join(err, syscall.EIO)
}

func wantLost(t *testing.T, what string, err error) {
	t.Helper()
	var lost *LostError
	if !errors.As(err, &lost) {
		t.Errorf("%s: %v, want a LostError", what, err)
	}
}

func TestAFileThatTheDiskDidNotTakeIsAbandoned(t *testing.T) {
	folder, plan := t.TempDir(), &failures{}
	a := open(t, folder, Options{disk: plan.wrap})
	sure := keep(t, a, capture("https://a.example/1", "on disk"))
	if err := a.Sync(t.Context(), []signals.Evidence{sure}); err != nil {
		t.Fatal(err)
	}
	mine := keep(t, a, capture("https://a.example/2", "lost"))
	theirs := keep(t, a, capture("https://b.example/", "of another run"))
	plan.plan(true)
	err := a.Sync(t.Context(), []signals.Evidence{mine})
	wantLost(t, "the fsync that failed", err)
	if !errors.Is(err, syscall.EIO) {
		t.Errorf("%v does not say what the disk said", err)
	}
	wantLost(t, "another run, whose pages are lost too, and whose fsync would succeed", a.Sync(t.Context(), []signals.Evidence{theirs}))
	if err := a.Sync(t.Context(), []signals.Evidence{sure}); err != nil {
		t.Errorf("a run whose pages were on disk before: %v", err)
	}

	again := keep(t, a, capture("https://a.example/2", "lost"))
	known := keep(t, a, capture("https://a.example/3", "on disk"))
	if again.File == mine.File || known.File != sure.File || known.Offset != sure.Offset {
		t.Errorf("kept again at %+v, known at %+v", again, known)
	}
	if err := errors.Join(a.Sync(t.Context(), []signals.Evidence{again, known}), a.Close()); err != nil {
		t.Fatal(err)
	}
	b := open(t, folder, Options{})
	wantBody(t, b, sure, "on disk")
	wantBody(t, b, again, "lost")
	if text := plainFile(t, folder, sure.File); strings.Contains(text, "a.example/2") {
		t.Error("what is not certain was not cut off")
	}
	if entries, ok, err := readIndex(folder + "/" + sure.File); err != nil || !ok || len(entries) != 1 {
		t.Errorf("the abandoned file is indexed with %v, %t, %v", entries, ok, err)
	}
}

func TestAFileThatCannotBeFinishedIsAbandoned(t *testing.T) {
	folder, plan := t.TempDir(), &failures{}
	a := open(t, folder, Options{MaxFile: 1, disk: plan.wrap})
	lost := keep(t, a, capture("https://a.example/1", "one"))
	plan.plan(true)
	_, err := a.Keep(t.Context(), capture("https://a.example/2", "two")) // begins the next file
	wantLost(t, "the run that needs a new file", err)
	wantLost(t, "the run whose page lay in the old one", a.Sync(t.Context(), []signals.Evidence{lost}))
	next := keep(t, a, capture("https://a.example/2", "two"))
	if err := errors.Join(a.Sync(t.Context(), []signals.Evidence{next}), a.Close()); err != nil {
		t.Fatal(err)
	}
	wantBody(t, a, next, "two")
}

func TestWhatAnEarlierProcessWroteIsNotCutOff(t *testing.T) {
	folder, plan := t.TempDir(), &failures{}
	first := open(t, folder, Options{})
	before := keep(t, first, capture("https://a.example/1", "before"))
	if err := first.Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	crash(t, first)
	second := open(t, folder, Options{disk: func(f *os.File) disk {
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		return &badDisk{File: f, plan: plan, size: info.Size()}
	}})
	now := keep(t, second, capture("https://a.example/2", "now"))
	plan.plan(true)
	wantLost(t, "what is written now", second.Sync(t.Context(), []signals.Evidence{now}))
	wantBody(t, second, before, "before")
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
}
