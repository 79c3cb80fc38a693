package imports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

const (
	maxJSONLine = 4 << 20 // bytes
	maxJSONKeys = 200     // different fields in one file
)

// jsonLines reads one JSON object a line. Its heading is every field that any line has.
type jsonLines struct {
	lines  *bufio.Reader
	number int
	keys   []string
	told   bool // the heading
}

func openJSONLines(r io.ReadSeeker) (source, error) {
	j := &jsonLines{lines: bufio.NewReaderSize(r, maxJSONLine)}
	seen := make(map[string]bool)
	for {
		object, err := j.object()
		var unread *lineError
		switch {
		case errors.Is(err, io.EOF):
			_, err := r.Seek(0, io.SeekStart)
			return &jsonLines{lines: bufio.NewReaderSize(r, maxJSONLine), keys: j.keys}, err
		case errors.As(err, &unread):
			continue // told when the rows are read
		case err != nil:
			return nil, err
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if seen[key] {
				continue
			}
			if seen[key] = true; len(seen) > maxJSONKeys {
				return nil, &FileError{Reason: fmt.Sprintf("the lines have more than %d different fields: they are not records of one kind", maxJSONKeys)}
			}
			j.keys = append(j.keys, key)
		}
	}
}

// object reads the next line that is not blank.
func (j *jsonLines) object() (map[string]json.RawMessage, error) {
	for {
		line, err := j.lines.ReadSlice('\n')
		tooLong := false
		for errors.Is(err, bufio.ErrBufferFull) {
			tooLong = true
			_, err = j.lines.ReadSlice('\n')
		}
		if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0 && !tooLong) {
			return nil, err
		}
		j.number++
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\uFEFF")))
		switch {
		case tooLong:
			return nil, &lineError{j.number, fmt.Sprintf("it is longer than %d bytes", maxJSONLine)}
		case len(line) == 0:
			continue
		}
		var object map[string]json.RawMessage
		if err := json.Unmarshal(line, &object); err != nil || object == nil {
			return nil, &lineError{j.number, "it is no JSON object: write one object a line"}
		}
		return object, nil
	}
}

func (j *jsonLines) next() (int, []string, error) {
	if !j.told {
		j.told = true
		return 1, j.keys, nil
	}
	object, err := j.object()
	if err != nil {
		return 0, nil, err
	}
	cells := make([]string, len(j.keys))
	for i, key := range j.keys {
		if cells[i], err = jsonCell(object[key]); err != nil {
			return 0, nil, &lineError{j.number, err.Error()}
		}
	}
	return j.number, cells, nil
}

var errNested = errors.New("a field holds an object: write texts, numbers, or lists of them")

// jsonCell is a value as a cell of a table holds it: lists with ; between.
func jsonCell(raw json.RawMessage) (string, error) {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", nil
	case raw[0] == '"':
		var text string
		err := json.Unmarshal(raw, &text)
		return text, err
	case raw[0] == '{':
		return "", errNested
	case raw[0] != '[':
		return string(raw), nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return "", err
	}
	parts := make([]string, len(list))
	for i, one := range list {
		if one = bytes.TrimSpace(one); len(one) > 0 && one[0] == '[' {
			return "", errNested
		}
		var err error
		if parts[i], err = jsonCell(one); err != nil {
			return "", err
		}
	}
	return strings.Join(parts, ";"), nil
}

func (j *jsonLines) close() error { return nil }
