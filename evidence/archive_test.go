package evidence

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/signals"
)

var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

func open(t *testing.T, folder string, o Options) *Archive {
	t.Helper()
	o.Clock = func() time.Time { return noon }
	a, err := Open(folder, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func capture(url, body string) Capture {
	return Capture{
		URL: url, RequestHeader: http.Header{"Cookie": {"sid=hidden"}, "Accept": {"text/html"}}, StatusCode: 200, At: noon, Address: "192.0.2.7",
		ResponseHeader: http.Header{"Content-Type": {"text/html; charset=gbk"}, "Content-Encoding": {"gzip"}, "Set-Cookie": {"sid=hidden"}},
		Body:           []byte(body),
	}
}

func keep(t *testing.T, a *Archive, c Capture) signals.Evidence {
	t.Helper()
	ev, err := a.Keep(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return ev
}

func wantBody(t *testing.T, a *Archive, ev signals.Evidence, want string) {
	t.Helper()
	if got, err := a.Body(t.Context(), ev); err != nil || string(got) != want {
		t.Errorf("body of %s: %d bytes, %v; want %d", ev.URL, len(got), err, len(want))
	}
}

// plainFile is a whole WARC file, read by the standard library's gzip.
func plainFile(t *testing.T, folder, name string) string {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestWhatIsKeptComesBack(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	bodies := []string{"<html>一</html>", "", "\r\n\r\nstarts with an empty line", strings.Repeat("long ", 100_000), "\x00\xff binary"}
	var kept []signals.Evidence
	for i, body := range bodies {
		kept = append(kept, keep(t, a, capture(fmt.Sprintf("https://example.com/%d", i), body)))
	}
	for i, ev := range kept {
		wantBody(t, a, ev, bodies[i])
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	later := open(t, folder, Options{})
	for i, ev := range kept {
		wantBody(t, later, ev, bodies[i])
	}
	ev := kept[0]
	if ev.Hash != Hash([]byte(bodies[0])) || ev.StatusCode != 200 || ev.ContentType != "text/html; charset=gbk" || ev.Size != int64(len(bodies[0])) || !ev.CapturedAt.Equal(noon) {
		t.Errorf("evidence %+v", ev)
	}
}

func TestSecretsAreNotKept(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	c := capture("https://example.com/", "page")
	c.RequestHeader.Set("Authorization", "Bearer hidden")
	c.RequestHeader.Set("X-Api-Key", "hidden")
	ev := keep(t, a, c)
	plain := plainFile(t, folder, ev.File)
	if strings.Contains(plain, "hidden") || strings.Count(plain, redacted) != 4 {
		t.Errorf("kept:\n%s", plain)
	}
	for _, want := range []string{
		"WARC/1.1\r\nWARC-Type: warcinfo", "WARC-Type: response", "WARC-Type: request", "WARC-Concurrent-To: <urn:uuid:", "GET / HTTP/1.1\r\nHost: example.com",
		"WARC-Payload-Digest: sha256:" + ev.Hash, "WARC-IP-Address: 192.0.2.7", "WARC-Date: 2026-11-24T04:00:00.000000Z", "X-Archive-Orig-Content-Encoding: gzip", "Content-Length: 4\r\n\r\npage",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is not in\n%s", want, plain)
		}
	}
}

func TestForeignValuesDoNotEndTheirLine(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	c := capture("https://example.com/a b\r\nWARC-Type: evil", "page")
	c.ResponseHeader.Set("X-Odd", "1\r\nWARC-Type: evil")
	ev := keep(t, a, c)
	if plain := plainFile(t, folder, ev.File); strings.Contains(plain, "\nWARC-Type: evil") {
		t.Errorf("kept:\n%s", plain)
	}
	wantBody(t, a, ev, "page")
}

func TestABodyIsStoredOnce(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	first := keep(t, a, capture("https://example.com/1", "same"))
	second := keep(t, a, capture("https://example.com/2", "same"))
	if second.File != first.File || second.Offset != first.Offset || second.URL != "https://example.com/2" {
		t.Errorf("first %+v, second %+v", first, second)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t, folder, Options{})
	third := keep(t, b, capture("https://example.com/3", "same"))
	if third.Offset != first.Offset {
		t.Errorf("after opening again, the body was stored again: %+v", third)
	}
	wantBody(t, b, third, "same")
	plain := plainFile(t, folder, first.File)
	if strings.Count(plain, "WARC-Type: revisit") != 2 || !strings.Contains(plain, "WARC-Refers-To-Target-URI: https://example.com/1\r\n") {
		t.Errorf("kept:\n%s", plain)
	}
}

func TestForgottenBodiesAreStoredAgain(t *testing.T) {
	a := open(t, t.TempDir(), Options{Remembered: 2})
	first := keep(t, a, capture("https://example.com/1", "1"))
	keep(t, a, capture("https://example.com/2", "2"))
	keep(t, a, capture("https://example.com/3", "3"))
	if again := keep(t, a, capture("https://example.com/1", "1")); again.Offset == first.Offset {
		t.Error("more is remembered than asked for")
	}
	if n := len(a.known.places); n != 2 || a.known.order.Len() != 2 {
		t.Errorf("%d remembered", n)
	}
}

func TestFilesRotateAndAreIndexed(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{MaxFile: 2000})
	var kept []signals.Evidence
	for i := range 10 {
		kept = append(kept, keep(t, a, capture(fmt.Sprintf("https://www.example.com/%d?q=1", 9-i), fmt.Sprint("page ", i))))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := warcNames(folder)
	if err != nil || len(names) < 3 {
		t.Fatalf("files %v, %v", names, err)
	}
	lines := 0
	for _, name := range names {
		index, err := os.ReadFile(filepath.Join(folder, name+indexEnding))
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Split(strings.TrimSpace(string(index)), "\n")
		lines += len(got)
		for i, line := range got {
			if i > 0 && line < got[i-1] {
				t.Errorf("%s is not sorted", name)
			}
			if !strings.HasPrefix(line, "com,example)/") || !strings.Contains(line, `?q=1 20261124040000 {"url":"https://www.example.com/`) {
				t.Errorf("line %q", line)
			}
		}
	}
	if lines != 10 {
		t.Errorf("%d lines", lines)
	}
	for i, ev := range kept {
		wantBody(t, a, ev, fmt.Sprint("page ", i))
	}
}

// crash leaves an archive as kill -9 does: nothing is closed or indexed.
func crash(t *testing.T, a *Archive) string {
	t.Helper()
	if err := a.file.f.Close(); err != nil {
		t.Fatal(err)
	}
	return a.file.path
}

func TestATornEndIsCutOff(t *testing.T) {
	whole := func() (string, string, int64, signals.Evidence) {
		folder := t.TempDir()
		a := open(t, folder, Options{})
		first := keep(t, a, capture("https://example.com/1", "first"))
		before := a.file.size
		keep(t, a, capture("https://example.com/2", "second"))
		return folder, crash(t, a), before, first
	}
	_, path, before, _ := whole()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := before; cut <= info.Size(); cut += 13 {
		folder, path, _, first := whole()
		if err := os.Truncate(path, cut); err != nil {
			t.Fatal(err)
		}
		a := open(t, folder, Options{})
		third := keep(t, a, capture("https://example.com/3", "third"))
		wantBody(t, a, first, "first")
		wantBody(t, a, third, "third")
		if again := keep(t, a, capture("https://example.com/1", "first")); again.Offset != first.Offset {
			t.Errorf("cut at %d: what was whole is not known any more", cut)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if plain := plainFile(t, folder, first.File); !strings.HasSuffix(plain, "\r\n\r\n") {
			t.Errorf("cut at %d: the file does not end with a record", cut)
		}
	}
}

func TestWhatAPowerCutLeavesAtTheEndIsCutOff(t *testing.T) {
	for name, rest := range map[string][]byte{"zeros": make([]byte, 5000), "noise": bytes.Repeat([]byte{0x1f, 0x8b, 8, 7}, 300)} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			a := open(t, folder, Options{})
			first := keep(t, a, capture("https://example.com/1", "first"))
			path := crash(t, a)
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write(rest); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			b := open(t, folder, Options{})
			second := keep(t, b, capture("https://example.com/2", "second"))
			wantBody(t, b, first, "first")
			wantBody(t, b, second, "second")
		})
	}
}

func TestDamageInTheMiddleCutsNothingOff(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	first := keep(t, a, capture("https://example.com/1", "first"))
	second := keep(t, a, capture("https://example.com/2", "second"))
	path := crash(t, a)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("rotten bits"), first.Offset+30); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t, folder, Options{})
	third := keep(t, b, capture("https://example.com/3", "third"))
	if third.File == first.File {
		t.Error("a damaged file was written to")
	}
	wantBody(t, b, second, "second")
	wantBody(t, b, third, "third")
	var damaged *DamagedError
	if _, err := b.Body(t.Context(), first); !errors.As(err, &damaged) {
		t.Errorf("got %v", err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDamageIsTold(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	ev := keep(t, a, capture("https://example.com/1", strings.Repeat("first ", 50)))
	other := keep(t, a, capture("https://example.com/2", "second"))
	var damaged *DamagedError
	swapped := ev
	swapped.Offset, swapped.Length = other.Offset, other.Length
	for name, wrong := range map[string]signals.Evidence{
		"another record":            swapped,
		"behind the end":            {File: ev.File, Offset: 1 << 30, Length: 10, Hash: ev.Hash},
		"no length":                 {File: ev.File, Hash: ev.Hash},
		"the middle of a record":    {File: ev.File, Offset: ev.Offset + 5, Length: ev.Length, Hash: ev.Hash},
		"a path out of the folder":  {File: "../" + ev.File, Offset: ev.Offset, Length: ev.Length, Hash: ev.Hash},
		"a negative place":          {File: ev.File, Offset: -1, Length: 10, Hash: ev.Hash},
		"the file's warcinfo":       {File: ev.File, Offset: 0, Length: ev.Offset, Hash: ev.Hash},
		"the hash of another page ": {File: ev.File, Offset: ev.Offset, Length: ev.Length, Hash: other.Hash},
	} {
		if _, err := a.Body(t.Context(), wrong); !errors.As(err, &damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var removed *RemovedError
	if _, err := a.Body(t.Context(), signals.Evidence{Hash: ev.Hash}); !errors.As(err, &removed) {
		t.Errorf("no place any more: %v", err)
	}
	var missing *MissingError
	if _, err := a.Body(t.Context(), signals.Evidence{File: "gone.warc.gz", Length: 10}); !errors.As(err, &missing) {
		t.Errorf("got %v", err)
	}
}

func TestARecordIsAFileOfItsOwn(t *testing.T) {
	a := open(t, t.TempDir(), Options{})
	ev := keep(t, a, capture("https://example.com/1", "first"))
	raw, err := a.Record(t.Context(), ev)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := expand(bytes.NewReader(raw), maxRecord)
	if err != nil || !strings.HasPrefix(string(plain), "WARC/1.1\r\nWARC-Type: response") {
		t.Errorf("%q, %v", plain, err)
	}
}

func TestManyKeepAtOnce(t *testing.T) {
	a := open(t, t.TempDir(), Options{MaxFile: 20_000})
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 40 {
				body := fmt.Sprint("page ", worker*i%60)
				ev, err := a.Keep(t.Context(), capture(fmt.Sprintf("https://example.com/%d/%d", worker, i), body))
				if err == nil {
					err = a.Sync(t.Context(), nil)
				}
				if err != nil {
					t.Error(err)
					return
				}
				wantBody(t, a, ev, body)
			}
		})
	}
	all.Wait()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAClosedArchiveSaysSo(t *testing.T) {
	a := open(t, t.TempDir(), Options{})
	if err := errors.Join(a.Close(), a.Close()); err != nil {
		t.Error(err)
	}
	var closed *ClosedError
	if _, err := a.Keep(t.Context(), capture("https://example.com/", "x")); !errors.As(err, &closed) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Keep(ctx, capture("https://example.com/", "x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAnotherWriterIsNoticed(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	keep(t, a, capture("https://example.com/1", "first"))
	b := open(t, folder, Options{})
	keep(t, b, capture("https://example.com/2", "second"))
	var shared *SharedError
	if _, err := a.Keep(t.Context(), capture("https://example.com/3", "third")); !errors.As(err, &shared) {
		t.Errorf("got %v", err)
	}
}

func TestReadingAloneChangesNothing(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder, Options{})
	if err := errors.Join(a.Sync(t.Context(), nil), a.Close()); err != nil {
		t.Fatal(err)
	}
	if names, err := os.ReadDir(folder); err != nil || len(names) != 0 {
		t.Errorf("%d files, %v", len(names), err)
	}
}

func FuzzScan(f *testing.F) {
	folder := f.TempDir()
	a, err := Open(folder, Options{})
	if err != nil {
		f.Fatal(err)
	}
	ev, err := a.Keep(f.Context(), capture("https://example.com/1", "first"))
	if err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(folder, ev.File))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-9])
	f.Fuzz(func(t *testing.T, content []byte) {
		entries, end, err := scan(bytes.NewReader(content))
		if err != nil || end < 0 || end > int64(len(content)) {
			t.Errorf("end %d of %d, %v", end, len(content), err)
		}
		for _, e := range entries {
			if e.offset < 0 || e.length <= 0 || e.offset+e.length > end {
				t.Errorf("entry %+v, end %d", e, end)
			}
		}
	})
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nok\r\n\r\n"))
	f.Fuzz(func(t *testing.T, plain []byte) {
		r, err := parseRecord(plain)
		if err == nil {
			entryOf(r)
		}
	})
}

func BenchmarkKeep(b *testing.B) {
	a, err := Open(b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	page := strings.Repeat("<li class=job><a href=/jobs/1>高级工程师</a><span>上海</span></li>\n", 800)
	b.SetBytes(int64(len(page)))
	for i := 0; b.Loop(); i++ {
		c := capture("https://example.com/1", page+fmt.Sprint(i))
		if _, err := a.Keep(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}
