package evidence

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// indexEnding is put behind the name of a WARC file to name its index. A file without
// one was not closed: it is checked before it is written to again.
const indexEnding = ".cdxj"

// entry is one line of a CDXJ index: where a response, or the notice of a revisit, lies.
type entry struct {
	url    string
	at     time.Time
	status int
	mime   string
	hash   string // of the payload, lower-case hex
	offset int64
	length int64
	again  bool // a revisit record
}

// cdxjBlock is the JSON part of a CDXJ line, in the field names that pywb reads.
type cdxjBlock struct {
	URL      string `json:"url"`
	Mime     string `json:"mime,omitempty"`
	Status   string `json:"status,omitempty"`
	Digest   string `json:"digest"`
	Length   string `json:"length"`
	Offset   string `json:"offset"`
	Filename string `json:"filename"`
}

const (
	cdxjTime    = "20060102150405"
	digestMark  = "sha256:"
	revisitMime = "warc/revisit"
)

func (e entry) line(file string) (string, error) {
	block := cdxjBlock{
		URL: e.url, Mime: e.mime, Status: strconv.Itoa(e.status), Digest: digestMark + e.hash,
		Length: strconv.FormatInt(e.length, 10), Offset: strconv.FormatInt(e.offset, 10), Filename: file,
	}
	if e.again {
		block.Mime = revisitMime
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(block); err != nil {
		return "", err
	}
	return sortKey(e.url) + " " + e.at.UTC().Format(cdxjTime) + " " + b.String(), nil
}

// sortKey is the address in the form that CDXJ sorts by (SURT): the host's parts from
// the last to the first, then the path.
func sortKey(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return strings.ReplaceAll(strings.ToLower(address), " ", "%20")
	}
	parts := strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
	if strings.ContainsAny(parts[len(parts)-1], "0123456789:") {
		parts = []string{strings.ToLower(u.Hostname())} // an IP address is not turned round
	}
	slices.Reverse(parts)
	key := strings.Join(parts, ",")
	if port := u.Port(); port != "" {
		key += ":" + port
	}
	return key + ")" + strings.ReplaceAll(strings.ToLower(u.RequestURI()), " ", "%20")
}

// writeIndex writes the sorted index of a file, whole or not at all.
func writeIndex(warc string, entries []entry) error {
	lines := make([]string, 0, len(entries))
	for _, e := range entries {
		line, err := e.line(filepath.Base(warc))
		if err != nil {
			return err
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	draft := warc + indexEnding + ".new"
	if err := writeSynced(draft, []byte(strings.Join(lines, ""))); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return os.Rename(draft, warc+indexEnding)
}

func writeSynced(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// readIndex reads the index of a file, false where it has none.
func readIndex(warc string) ([]entry, bool, error) {
	content, err := os.ReadFile(warc + indexEnding)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	var entries []entry
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		e, err := parseLine(lines.Text())
		if err != nil {
			return nil, false, nil // not as this package writes it: read the file itself
		}
		entries = append(entries, e)
	}
	return entries, lines.Err() == nil, nil
}

func parseLine(line string) (entry, error) {
	_, rest, _ := strings.Cut(line, " ")
	stamp, text, _ := strings.Cut(rest, " ")
	var block cdxjBlock
	if err := json.Unmarshal([]byte(text), &block); err != nil {
		return entry{}, err
	}
	at, err := time.Parse(cdxjTime, stamp)
	e := entry{url: block.URL, at: at, mime: block.Mime, hash: strings.TrimPrefix(block.Digest, digestMark)}
	e.again = block.Mime == revisitMime
	e.offset, err = parseNumber(block.Offset, err)
	e.length, err = parseNumber(block.Length, err)
	status, err := parseNumber(block.Status, err)
	e.status = int(status)
	return e, err
}

func parseNumber(text string, before error) (int64, error) {
	if before != nil {
		return 0, before
	}
	return strconv.ParseInt(text, 10, 64)
}
