package evidence

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// recordType is a WARC-Type that this package writes (WARC 1.1 §6).
type recordType string

const (
	typeInfo     recordType = "warcinfo"
	typeResponse recordType = "response"
	typeRequest  recordType = "request"
	typeRevisit  recordType = "revisit"
)

const (
	version = "WARC/1.1"
	// identicalPayload is the profile of a revisit whose payload is stored elsewhere
	// (WARC 1.1 §6.7.2).
	identicalPayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	dateForm         = "2006-01-02T15:04:05.000000Z"
)

// newRecordID makes a random (version 4) UUID, RFC 9562.
func newRecordID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails, by its documentation
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// field is one named field of a record's head.
type field struct{ name, value string }

// recordEnd follows each record's block.
const recordEnd = "\r\n\r\n"

// writeHead writes what comes before a record's block.
func writeHead(b *bytes.Buffer, kind recordType, fields []field, block [][]byte) {
	length := 0
	for _, part := range block {
		length += len(part)
	}
	b.WriteString(version + "\r\nWARC-Type: " + string(kind) + "\r\n")
	for _, f := range fields {
		if f.value != "" {
			b.WriteString(f.name + ": " + oneLine(f.value) + "\r\n")
		}
	}
	b.WriteString("Content-Length: " + strconv.Itoa(length) + "\r\n\r\n")
}

var (
	onOneLine     = strings.NewReplacer("\r", " ", "\n", " ")
	withoutBlanks = strings.NewReplacer(" ", "%20", "\r", "%0D", "\n", "%0A", "\t", "%09")
)

// oneLine keeps a foreign value from ending its line.
func oneLine(value string) string {
	if !strings.ContainsAny(value, "\r\n") {
		return value
	}
	return onOneLine.Replace(value)
}

// targetURI is the address as a WARC-Target-URI may hold it.
func targetURI(address string) string {
	return withoutBlanks.Replace(address)
}

// responseHead writes the status line and headers of a capture. The body is kept after
// content decoding, so the headers that describe its encoding on the wire are renamed,
// and Content-Length is that of the kept body.
func responseHead(c Capture) []byte {
	var b bytes.Buffer
	text := http.StatusText(c.StatusCode)
	fmt.Fprintf(&b, "HTTP/1.1 %03d %s\r\n", c.StatusCode, text)
	for _, name := range sortedNames(c.ResponseHeader) {
		shown := name
		switch name {
		case "Content-Encoding", "Transfer-Encoding", "Content-Length":
			shown = "X-Archive-Orig-" + name
		}
		writeHeader(&b, shown, c.ResponseHeader[name], secret(name))
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(c.Body))
	return b.Bytes()
}

// requestHead writes the request line and headers of a capture, without secrets.
func requestHead(c Capture) []byte {
	var b bytes.Buffer
	method := c.Method
	if method == "" {
		method = http.MethodGet
	}
	path, host := "/", ""
	if u, err := url.Parse(c.URL); err == nil {
		path, host = u.RequestURI(), u.Host
	}
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", oneLine(method), oneLine(path), oneLine(host))
	for _, name := range sortedNames(c.RequestHeader) {
		writeHeader(&b, name, c.RequestHeader[name], secret(name))
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func writeHeader(b *bytes.Buffer, name string, values []string, hide bool) {
	for _, value := range values {
		if hide {
			value = redacted
		}
		b.WriteString(oneLine(name) + ": " + oneLine(value) + "\r\n")
	}
}

func sortedNames(h http.Header) []string {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func warcDate(t time.Time) string { return t.UTC().Format(dateForm) }
