package imports

import (
	"bytes"
	"encoding/csv"
)

// Template is a CSV table of a kind with its heading in Chinese and one example row, to be
// filled in. It begins with a byte order mark, so that Excel reads it as UTF-8.
func Template(kind string) ([]byte, error) {
	columns := columnsOf(kind)
	if columns == nil {
		return nil, &KindError{kind}
	}
	var names, examples []string
	for _, c := range columns {
		names = append(names, c.names[0])
		examples = append(examples, c.example)
	}
	b := bytes.NewBufferString("\uFEFF")
	w := csv.NewWriter(b)
	if err := w.WriteAll([][]string{names, examples}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
