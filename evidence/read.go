package evidence

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"dealvitals/signals"
)

// maxRecord bounds what one record may expand to: the crawler's largest page, its
// headers, and room for settings that raise both.
const maxRecord = 1 << 30

// Body returns the bytes of a captured page, and proves that they are those that were
// captured: a *DamagedError where they are not.
func (a *Archive) Body(ctx context.Context, ev signals.Evidence) ([]byte, error) {
	raw, err := a.Record(ctx, ev)
	if err != nil {
		return nil, err
	}
	damaged := func(reason string) error { return &DamagedError{ev.File, ev.Offset, reason} }
	plain, err := expand(bytes.NewReader(raw), maxRecord)
	if err != nil {
		return nil, damaged(err.Error())
	}
	r, err := parseRecord(plain)
	if err != nil {
		return nil, damaged(err.Error())
	}
	_, body, found := bytes.Cut(r.block, []byte("\r\n\r\n"))
	if !found || r.kind != typeResponse {
		return nil, damaged("it is no response")
	}
	if Hash(body) != ev.Hash {
		return nil, damaged("its bytes have another hash than " + ev.Hash)
	}
	return body, nil
}

// Record returns the compressed WARC record of a captured page as it lies in its file:
// a WARC file of its own for whoever saves it.
func (a *Archive) Record(ctx context.Context, ev signals.Evidence) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if ev.File == "" {
		return nil, &RemovedError{ev.Hash}
	}
	if filepath.Base(ev.File) != ev.File || ev.Length <= 0 || ev.Length > maxRecord || ev.Offset < 0 {
		return nil, &DamagedError{ev.File, ev.Offset, "it points nowhere"}
	}
	f, err := os.Open(filepath.Join(a.folder, ev.File))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &MissingError{ev.File, err}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readPart(f, ev)
}

func readPart(f *os.File, ev signals.Evidence) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if ev.Offset+ev.Length > info.Size() {
		return nil, &DamagedError{ev.File, ev.Offset, "the file ends before it"}
	}
	raw := make([]byte, ev.Length)
	if _, err := f.ReadAt(raw, ev.Offset); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return raw, nil
}
