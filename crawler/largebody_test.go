package crawler

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"testing"
	"testing/iotest"

	"dealvitals/signals"
)

// hiringForEver is a text that never ends, and is different from line to line.
type hiringForEver struct{ n byte }

func (e *hiringForEver) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "we are always hiring, come back soon\n"[i%37]
	}
	e.n++
	p[0] = e.n
	return len(p), nil
}

func TestBodiesAreReadUpToTheirLimit(t *testing.T) {
	const limit = 3 * largeBody
	whole := make([]byte, limit+10)
	if _, err := io.ReadFull(&hiringForEver{}, whole); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		size, limit int
		cut, fails  bool
		want        int // bytes that come back
		tooLarge    bool
	}{
		"nothing":                         {size: 0, limit: limit},
		"small":                           {size: 1000, limit: limit, want: 1000},
		"a byte less than large":          {size: largeBody - 1, limit: limit, want: largeBody - 1},
		"just large":                      {size: largeBody, limit: limit, want: largeBody},
		"large":                           {size: 2*largeBody + 7, limit: limit, want: 2*largeBody + 7},
		"as large as may be":              {size: limit, limit: limit, want: limit},
		"a byte too large":                {size: limit + 1, limit: limit, tooLarge: true},
		"too large, cut":                  {size: limit + 1, limit: limit, cut: true, want: limit},
		"a small limit":                   {size: 1001, limit: 1000, tooLarge: true},
		"a small limit, cut":              {size: 1001, limit: 1000, cut: true, want: 1000},
		"as large as the limit":           {size: largeBody, limit: largeBody, want: largeBody},
		"a byte more than the limit":      {size: largeBody + 1, limit: largeBody, tooLarge: true},
		"a byte more than the limit, cut": {size: largeBody + 1, limit: largeBody, cut: true, want: largeBody},
		"small and broken off":            {size: 1000, limit: limit, fails: true},
		"large and broken off":            {size: 2 * largeBody, limit: limit, fails: true},
		"too large and broken off":        {size: limit + 1, limit: limit, fails: true, tooLarge: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			cause := io.EOF
			if tt.fails {
				cause = errors.New("connection reset")
			}
			in := io.MultiReader(bytes.NewReader(whole[:tt.size]), iotest.ErrReader(cause))
			got, err := readLimited(in, bodyLimit{size: int64(tt.limit), cut: tt.cut}, 0)
			var page *PageError
			tooLarge := errors.As(err, &page) && page.Outcome == signals.OutcomeTooLarge
			if tooLarge != tt.tooLarge || (err != nil) != (tt.fails || tt.tooLarge) {
				t.Fatalf("ended with %v", err)
			}
			if err == nil && !bytes.Equal(got, whole[:tt.want]) {
				t.Errorf("%d bytes came back, want the first %d", len(got), tt.want)
			}
		})
	}
}

func TestABodyWithoutEndTakesLittleMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := readLimited(&hiringForEver{}, bodyLimit{size: 64 << 20}, 0)
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Fatal("it ended")
	}
	// It takes 6; the race detector and what other tests leave running take more.
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 32<<20 {
		t.Errorf("%d MiB were taken to read 64", taken>>20)
	}
}
