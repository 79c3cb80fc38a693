package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"

	"dealvitals/crawler"
	"dealvitals/schedules"
	"dealvitals/signals"
)

// item is a posting or notice as `crawl --items` writes it. Date is the day that its page
// states, YYYY-MM-DD.
type item struct {
	TargetID string `json:"target_id"`
	Kind     string `json:"kind"` // posting or notice
	ID       string `json:"id"`
	Host     string `json:"host"`
	Title    string `json:"title"`
	Date     string `json:"date"`
	Place    string `json:"place"`
	URL      string `json:"url"`
}

// itemFile is a crawler that also writes what each run read into a file, one JSON line an
// item. Records on pages that did not change are not read again, and not written.
type itemFile struct {
	inner schedules.Crawler
	file  *os.File

	mu      sync.Mutex
	buffer  *bufio.Writer
	encoder *json.Encoder
}

func newItemFile(inner schedules.Crawler, name string) (*itemFile, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("making the file of items: %w", err)
	}
	buffer := bufio.NewWriterSize(file, 64<<10)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	return &itemFile{inner: inner, file: file, buffer: buffer, encoder: encoder}, nil
}

// Run crawls and writes.
func (f *itemFile) Run(ctx context.Context, t signals.Target, run signals.Run) (crawler.Result, error) {
	result, err := f.inner.Run(ctx, t, run)
	if err != nil {
		return result, err
	}
	return result, f.write(t, result)
}

func (f *itemFile) write(t signals.Target, r crawler.Result) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for p := range r.Postings.All() {
		if err := f.encoder.Encode(itemOf(t, "posting", p.ID, p.Title, p.Place, p.URL, p.Posted)); err != nil {
			return fmt.Errorf("writing items: %w", err)
		}
	}
	for _, n := range r.Notices {
		if err := f.encoder.Encode(itemOf(t, "notice", n.ID, n.Title, n.Region, n.URL, n.Published)); err != nil {
			return fmt.Errorf("writing items: %w", err)
		}
	}
	return nil
}

func itemOf(t signals.Target, kind, id, title, place, address string, date *signals.Date) item {
	x := item{TargetID: t.ID, Kind: kind, ID: id, Title: title, Place: place, URL: address}
	if date != nil {
		x.Date = date.String()
	}
	for _, text := range []string{address, t.URL} {
		if u, err := url.Parse(text); err == nil && u.Host != "" {
			x.Host = u.Host
			break
		}
	}
	return x
}

// close ends the file. Until then nothing of it is certain.
func (f *itemFile) close() error { return errors.Join(f.buffer.Flush(), f.file.Close()) }
