package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

const (
	hostilePatience = 700 * time.Millisecond // PageTimeout of the hostile sites' crawler
	hostileBody     = 1 << 20                // its MaxBody
	// The most that one attack may take in time, on a busy machine under the race detector
	// too, and that all together may hold in memory afterwards.
	hostileTime   = time.Minute // on a machine that is busy with other tests
	hostileMemory = 32 << 20
	// The most that one attack may allocate, sites and evidence included.
	hostileAllocated = 512 << 20
	// How many attacks, and how many forbidden addresses, there are at least.
	hostileAttacks, forbiddenAddresses = 60, 50
)

// attack is one way in which a site is no honest one.
type attack struct {
	name string
	page http.HandlerFunc
	want []signals.Outcome // any of them
}

func TestHostileSites(t *testing.T) {
	all := attacks()
	if len(all) < hostileAttacks || len(forbidden) < forbiddenAddresses {
		t.Errorf("%d attacks and %d addresses", len(all), len(forbidden))
	}
	t.Logf("%d attacks, %d forbidden addresses", len(all), len(forbidden))
	before := heap()
	for i, a := range all {
		if testing.Short() && i%3 != 0 {
			continue
		}
		t.Run(a.name, func(t *testing.T) {
			w := newWorld(t, Settings{PageTimeout: hostilePatience, MaxBody: hostileBody, MaxPages: 5, Retries: 1, Contact: "ops@example.com"})
			w.read = extract.Read
			s := w.site()
			s.handle("/", a.page)
			s.handle("/jobs", a.page)
			began, allocated := time.Now(), allocations()
			r := w.crawl(signals.Target{URL: s.URL + "/"})
			if spent := allocations() - allocated; spent > hostileAllocated {
				t.Errorf("%d MiB were allocated", spent>>20)
			}
			if spent := time.Since(began); spent > hostileTime {
				t.Errorf("took %v", spent)
			}
			if !oneOf(a.want, r.Run.Outcome) {
				t.Errorf("outcome %s (%s), want %s", r.Run.Outcome, r.Run.Problem, a.want)
			}
			if !r.Run.Outcome.Measurement() && r.Run.Problem == "" {
				t.Error("what went wrong is not told")
			}
			if r.Run.Complete && !r.Run.Outcome.Measurement() {
				t.Error("a run without a measurement is not complete")
			}
		})
	}
	if kept := int64(heap()) - int64(before); kept > hostileMemory {
		t.Errorf("%d MiB are held afterwards", kept>>20)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// allocations is how many bytes were allocated so far.
func allocations() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func oneOf(want []signals.Outcome, got signals.Outcome) bool {
	for _, o := range want {
		if o == got {
			return true
		}
	}
	return false
}

func attacks() []attack {
	const (
		ok, empty, blocked, login, missing, shell = signals.OutcomeOK, signals.OutcomeEmpty, signals.OutcomeBlocked, signals.OutcomeLogin, signals.OutcomeNotFound, signals.OutcomeScriptShell
		irrelevant, broken, large, loop, unsafe   = signals.OutcomeNotRelevant, signals.OutcomeUnreachable, signals.OutcomeTooLarge, signals.OutcomeLoop, signals.OutcomeUnsafe
	)
	is := func(o ...signals.Outcome) []signals.Outcome { return o }
	return []attack{
		// bodies that are larger than they look
		{"a gzip bomb", encoded("gzip", gzipped(make([]byte, 64<<20))), is(large)},
		{"a gzip bomb within another", encoded("gzip, gzip", gzipped(gzipped(make([]byte, 64<<20)))), is(large)},
		{"gzip within gzip ten times", encoded(strings.Repeat("gzip, ", 9)+"gzip", gzipped([]byte("x"))), is(large)},
		{"a deflate bomb", encoded("deflate", deflated(make([]byte, 64<<20))), is(large)},
		{"an endless body", endless("<p>We are always hiring.</p>\n"), is(large)},
		{"an endless body of blanks", endless("    "), is(large)},
		{"an endless body of zeros", endless("\x00\x00\x00\x00"), is(large)},
		{"an endless gzip stream", endlessGzip, is(large, broken)},
		{"a length of a terabyte", raw("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\nshort"), is(large)},
		{"a body just above the limit", plainBody(strings.Repeat("x", hostileBody+1)), is(large)},
		// bodies that do not come
		{"one byte at a time", drip, is(broken)},
		{"headers, then silence", silence, is(broken)},
		{"no answer at all", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, is(broken)},
		{"a connection that is reset", reset(""), is(broken)},
		{"a reset in the middle of the body", reset("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>"), is(broken)},
		{"a length longer than the body", raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>short</html>"), is(broken)},
		{"a length shorter than the body", raw("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>and more"), is(irrelevant, shell)},
		{"two different lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), is(broken)},
		{"a negative length", raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"), is(broken)},
		{"a chunk size that is none", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello"), is(broken)},
		{"a chunk of 16 exabytes", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello"), is(broken)},
		{"gzip that ends early", encoded("gzip", gzipped([]byte(strings.Repeat("hello world ", 999)))[:60]), is(broken)},
		{"gzip with a wrong checksum", encoded("gzip", spoiled(gzipped([]byte("hello world")))), is(broken)},
		{"a body called gzip that is not", encoded("gzip", []byte("<html><p>plain</p></html>")), is(irrelevant, shell)},
		{"an encoding that was not asked for", encoded("br", []byte{0x1b, 0, 0, 0}), is(broken)},
		// what is no HTTP
		{"an answer of another protocol", raw("SSH-2.0-OpenSSH_9.6\r\n"), is(broken)},
		{"noise", raw("\x00\x01\x02\x03\xff\xfe\r\n\r\n"), is(broken)},
		{"a status that is no number", raw("HTTP/1.1 OK\r\n\r\n"), is(broken)},
		{"a status of 999", raw("HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"), is(broken, blocked)},
		{"HTTP/0.9", raw("<html>hello</html>"), is(broken)},
		// headers
		{"headers without end", headerFlood, is(large, broken)},
		{"one header of a megabyte", raw("HTTP/1.1 200 OK\r\nX-Big: " + strings.Repeat("x", 1<<20) + "\r\n\r\nhello"), is(large)},
		{"interim answers without end", raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 10_000) + "HTTP/1.1 200 OK\r\n\r\n"), is(broken, large)},
		{"a thousand cookies", cookieFlood, is(irrelevant, shell)},
		{"a header with a line end in it", raw("HTTP/1.1 200 OK\r\nX-Odd: a\rb\r\nContent-Length: 5\r\n\r\nhello"), is(irrelevant, broken, shell)},
		// ways that lead nowhere
		{"a redirect to itself", redirect("/"), is(loop)},
		{"a redirect in a circle", func(w http.ResponseWriter, r *http.Request) {
			redirect(map[string]string{"/": "/jobs", "/jobs": "/"}[r.URL.Path])(w, r)
		}, is(loop)},
		{"redirects that never end", func(w http.ResponseWriter, r *http.Request) { redirect("/?"+r.URL.RawQuery+"x")(w, r) }, is(loop, missing)},
		{"a redirect to a private address", redirect("http://192.168.0.1/"), is(unsafe)},
		{"a redirect to a metadata service", redirect("http://169.254.169.254/latest/meta-data/"), is(unsafe)},
		{"a redirect to a file", redirect("file:///etc/passwd"), is(unsafe)},
		{"a redirect with a password", redirect("http://admin:admin@8.8.8.8/"), is(unsafe)},
		{"a redirect to a mail port", redirect("http://8.8.8.8:25/"), is(unsafe)},
		{"a redirect to a script", redirect("javascript:alert(1)"), is(unsafe)},
		{"a redirect that names no place", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) }, is(irrelevant, shell, broken)},
		{"a redirect to nonsense", redirect("http://[::1"), is(unsafe, broken)},
		// pages that eat time
		{"tags nested 100 000 deep", plainBody("<html><body>" + strings.Repeat("<div>", 100_000)), is(irrelevant, shell)},
		{"lists nested 20 000 deep", plainBody("<html><body>" + strings.Repeat("<ul><li>job", 20_000)), is(irrelevant, shell, ok, empty)},
		{"tables nested 20 000 deep", plainBody("<html><body>" + strings.Repeat("<table><tr><td>", 20_000)), is(irrelevant, shell)},
		{"JSON nested 100 000 deep", plainBody(strings.Repeat(`{"a":`, 100_000)), is(irrelevant, shell)},
		{"arrays nested 400 000 deep", plainBody(strings.Repeat("[", 400_000) + strings.Repeat("]", 400_000)), is(irrelevant, shell, empty)},
		{"an attribute of a megabyte", plainBody(`<html><body><a href="` + strings.Repeat("x", hostileBody-100) + `">job</a></body></html>`), is(irrelevant, shell)},
		{"100 000 attributes on one tag", plainBody("<html><body><a " + attributes(60_000) + ">job</a></body></html>"), is(irrelevant, shell)},
		{"formatting tags that are never closed", plainBody("<html><body>" + strings.Repeat("<b><i><a href=x>job<p>", 5_000)), is(irrelevant, shell, ok)},
		{"entities without end", plainBody("<html><body>" + strings.Repeat("&amp;&lt;&#x4e2d;", 50_000)), is(irrelevant, shell)},
		{"an XML bomb of entities", plainBody(`<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>`), is(irrelevant, shell, ok, empty)},
		{"a comment that never ends", plainBody("<html><body><!--" + strings.Repeat("-", hostileBody-100)), is(irrelevant, shell)},
		{"a script that never ends", plainBody("<html><body><script>" + strings.Repeat("x", hostileBody-100)), is(irrelevant, shell)},
		{"only blanks", plainBody(strings.Repeat(" \n", 400_000)), is(irrelevant, shell)},
		{"no body at all", plainBody(""), is(irrelevant, shell)},
		// lies about characters
		{"UTF-16 called UTF-8", typed("text/html; charset=utf-8", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00"), is(irrelevant, shell)},
		{"bytes that are no characters", typed("text/html; charset=utf-8", "<html><body>"+strings.Repeat("\xff\xfe\x80", 9_000)), is(irrelevant, shell)},
		{"a charset that there is not", typed("text/html; charset=klingon", "<html><body>hello</body></html>"), is(irrelevant, shell)},
		{"a charset with a line end", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"gbk\x00\"\r\nContent-Length: 5\r\n\r\nhello"), is(irrelevant, broken, shell)},
		{"a picture called a page", typed("text/html", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00\xff", 9_000)), is(irrelevant, shell)},
		{"a type that says gzip", typed("application/gzip", "hello"), is(irrelevant, shell)},
		// answers that are none
		{"a login", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }, is(login)},
		{"a refusal", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, is(blocked)},
		{"gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, is(missing)},
		{"not modified, although it was not asked", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }, is(irrelevant, shell)},
		{"no content", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, is(irrelevant, shell)},
		{"a list on an error page", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, `{"jobs":[{"id":1,"title":"工程师","city":"上海"},{"id":2,"title":"会计","city":"北京"}]}`)
		}, is(broken)},
	}
}

func gzipped(plain []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(plain); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func deflated(plain []byte) []byte {
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, 9)
	if err != nil {
		panic(err) // level 9 exists
	}
	if _, err := z.Write(plain); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func spoiled(b []byte) []byte {
	b[len(b)-5] ^= 0xff
	return b
}

func encoded(encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", encoding)
		w.Header().Set("Content-Type", "text/html")
		w.Write(body)
	}
}

func plainBody(body string) http.HandlerFunc { return typed("text/html; charset=utf-8", body) }

func typed(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body)
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

func endless(part string) http.HandlerFunc {
	chunk := []byte(strings.Repeat(part, 1000))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

func endlessGzip(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	chunk := make([]byte, 1<<16)
	for {
		if _, err := z.Write(chunk); err != nil {
			return
		}
	}
}

func drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := io.WriteString(w, "."); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

func silence(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

func hijack(w http.ResponseWriter, use func(net.Conn)) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	use(conn)
}

// raw answers with these bytes, and nothing else.
func raw(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		hijack(w, func(c net.Conn) { io.WriteString(c, answer) })
	}
}

func reset(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		hijack(w, func(c net.Conn) {
			io.WriteString(c, answer)
			c.(*net.TCPConn).SetLinger(0)
		})
	}
}

func headerFlood(w http.ResponseWriter, _ *http.Request) {
	hijack(w, func(c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		for i := 0; ; i++ {
			if _, err := fmt.Fprintf(c, "X-Flood-%d: %s\r\n", i, strings.Repeat("x", 1000)); err != nil {
				return
			}
		}
	})
}

func cookieFlood(w http.ResponseWriter, _ *http.Request) {
	for i := range 1000 {
		http.SetCookie(w, &http.Cookie{Name: fmt.Sprint("c", i), Value: strings.Repeat("x", 50)})
	}
	io.WriteString(w, "hello")
}

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d=%d ", i, i)
	}
	return b.String()
}
