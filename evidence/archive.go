package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"dealvitals/signals"
)

// Options are the settings of an archive; the zero value is for production.
type Options struct {
	MaxFile  int64  // bytes after which a new file is begun; 0 = 256 MiB
	Software string // written into each file's warcinfo record; "" = dealvitals
	Clock    func() time.Time
	// Remembered is how many bodies are recognised when they come again; 0 = 50 000.
	Remembered int

	disk func(*os.File) disk // what is written to instead of the file; nil is the file itself
}

const (
	defaultMaxFile    = 256 << 20
	defaultRemembered = 50_000
)

// Archive is a folder of WARC files. It is safe for concurrent use. One program at a
// time may write to a folder; any may read.
type Archive struct {
	folder string
	opts   Options
	pack   packers

	mu     sync.Mutex // guards what follows
	file   *file      // being written; nil before the first Keep
	known  *known
	closed bool
	// doubtful are files that the disk did not take whole, with the bytes that it took.
	doubtful map[string]int64

	syncing sync.Mutex // held during an fsync, so that those who wait share the next one
}

// Open makes the folder where it is not there. Nothing in it is read or changed before
// the first Keep.
func Open(folder string, o Options) (*Archive, error) {
	if o.MaxFile <= 0 {
		o.MaxFile = defaultMaxFile
	}
	if o.Remembered <= 0 {
		o.Remembered = defaultRemembered
	}
	if o.Software == "" {
		o.Software = "dealvitals"
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("making the evidence folder: %w", err)
	}
	if o.disk == nil {
		o.disk = func(f *os.File) disk { return f }
	}
	return &Archive{folder: folder, opts: o, doubtful: make(map[string]int64)}, nil
}

// Hash is the address of a body: the SHA-256 of its decoded bytes in lower-case hex.
func Hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Keep writes a capture. What it returns points at the record that holds the body: an
// earlier one where the same body was kept before. It is on disk for certain after the
// next Sync.
func (a *Archive) Keep(ctx context.Context, c Capture) (signals.Evidence, error) {
	if err := ctx.Err(); err != nil {
		return signals.Evidence{}, err
	}
	hash := Hash(c.Body)
	ev := signals.Evidence{
		Hash: hash, URL: c.URL, StatusCode: c.StatusCode, ContentType: c.ResponseHeader.Get("Content-Type"),
		CapturedAt: c.At, Size: int64(len(c.Body)),
	}
	earlier, again, err := a.find(hash)
	if err != nil {
		return ev, fmt.Errorf("keeping evidence of %s: %w", c.URL, err)
	}
	k, err := a.pack.get()
	if err != nil {
		return ev, fmt.Errorf("packing evidence of %s: %w", c.URL, err)
	}
	defer a.pack.put(k)
	length, err := k.capture(c, hash, earlier, again)
	if err != nil {
		return ev, fmt.Errorf("packing evidence of %s: %w", c.URL, err)
	}
	e := entry{url: targetURI(c.URL), at: c.At, status: c.StatusCode, mime: mediaType(ev.ContentType), hash: hash, length: length, again: again}
	at, err := a.append(k.out.Bytes(), e)
	if err != nil {
		return ev, fmt.Errorf("keeping evidence of %s: %w", c.URL, err)
	}
	if again {
		at = earlier
	}
	ev.File, ev.Offset, ev.Length = at.file, at.offset, at.length
	return ev, nil
}

// find tells where a body lies already.
func (a *Archive) find(hash string) (place, bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.begin(); err != nil {
		return place{}, false, err
	}
	at, ok := a.known.find(hash)
	return at, ok, nil
}

// capture packs a capture's records and returns the length of the first one, which is the
// response or the revisit.
func (k *packer) capture(c Capture, hash string, earlier place, again bool) (int64, error) {
	id, date := newRecordID(), warcDate(c.At)
	fields := []field{
		{"WARC-Record-ID", id}, {"WARC-Date", date}, {"WARC-Target-URI", targetURI(c.URL)},
		{"WARC-IP-Address", c.Address}, {"WARC-Payload-Digest", digestMark + hash},
		{"Content-Type", "application/http;msgtype=response"},
	}
	kind, body := typeResponse, c.Body
	if again {
		kind, body = typeRevisit, nil
		fields = append(fields, field{"WARC-Profile", identicalPayload},
			field{"WARC-Refers-To-Target-URI", earlier.url}, field{"WARC-Refers-To-Date", earlier.date})
	}
	if err := k.record(kind, fields, responseHead(c), body); err != nil {
		return 0, err
	}
	length := int64(k.out.Len())
	return length, k.record(typeRequest, []field{
		{"WARC-Record-ID", newRecordID()}, {"WARC-Concurrent-To", id}, {"WARC-Date", date},
		{"WARC-Target-URI", targetURI(c.URL)}, {"Content-Type", "application/http;msgtype=request"},
	}, requestHead(c), c.RequestBody)
}

// append writes packed records to the present file, after beginning a new one where it
// is full.
func (a *Archive) append(packed []byte, e entry) (place, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.begin(); err != nil {
		return place{}, err
	}
	if a.file.size > 0 && a.file.size+int64(len(packed)) > a.opts.MaxFile {
		if err := a.rotate(); err != nil {
			return place{}, err
		}
	}
	offset, err := a.file.write(packed)
	if err != nil {
		return place{}, err
	}
	e.offset = offset
	a.file.entries = append(a.file.entries, e)
	at := placeOf(a.file.name, e)
	if !e.again {
		a.known.add(e.hash, at)
	}
	return at, nil
}

func placeOf(file string, e entry) place {
	return place{file: file, offset: e.offset, length: e.length, url: e.url, date: warcDate(e.at)}
}

// begin opens the newest file for more, or a new one, before the first write.
func (a *Archive) begin() error {
	if a.closed {
		return &ClosedError{a.folder}
	}
	if a.file != nil {
		return nil
	}
	if a.known == nil {
		a.known = newKnown(a.opts.Remembered)
		if err := a.remember(); err != nil {
			return err
		}
	}
	f, err := a.openNewest()
	if err != nil || f != nil {
		a.file = f
		if f != nil {
			a.learn(f.name, f.entries)
		}
		return err
	}
	return a.create()
}

// create begins a new file with its warcinfo record.
func (a *Archive) create() error {
	f, err := createFile(a.folder, a.opts.Clock(), a.opts.disk)
	if err != nil {
		return err
	}
	k, err := a.pack.get()
	if err != nil {
		return errors.Join(err, f.close())
	}
	defer a.pack.put(k)
	err = k.record(typeInfo, []field{
		{"WARC-Record-ID", newRecordID()}, {"WARC-Date", warcDate(a.opts.Clock())}, {"WARC-Filename", f.name},
		{"Content-Type", "application/warc-fields"},
	}, []byte("software: "+oneLine(a.opts.Software)+"\r\nformat: WARC File Format 1.1\r\n"))
	if err != nil {
		return errors.Join(err, f.close())
	}
	if _, err := f.write(k.out.Bytes()); err != nil {
		return errors.Join(err, f.close())
	}
	a.file = f
	return nil
}

// remember learns the bodies of finished files from their indexes, the newest files
// first, until enough are known.
func (a *Archive) remember() error {
	names, err := warcNames(a.folder)
	if err != nil {
		return err
	}
	for i := len(names) - 1; i >= 0 && a.known.order.Len() < a.opts.Remembered; i-- {
		entries, ok, err := readIndex(filepath.Join(a.folder, names[i]))
		if err != nil {
			return err
		}
		if ok {
			a.learn(names[i], entries)
		}
	}
	return nil
}

func (a *Archive) learn(file string, entries []entry) {
	for _, e := range entries {
		if !e.again {
			a.known.add(e.hash, placeOf(file, e))
		}
	}
}

func mediaType(contentType string) string {
	if media, _, err := mime.ParseMediaType(contentType); err == nil {
		return media
	}
	media, _, _ := strings.Cut(contentType, ";")
	return strings.TrimSpace(media)
}
