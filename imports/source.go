package imports

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// FileError is a file that is no table.
type FileError struct {
	Reason string
	Err    error
}

func (e *FileError) Error() string {
	if e.Err == nil {
		return e.Reason
	}
	return e.Reason + ": " + e.Err.Error()
}

func (e *FileError) Unwrap() error { return e.Err }

// lineError is a line that cannot be read, while those after it can.
type lineError struct {
	line   int
	reason string
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.reason) }

// source is a table's rows, one after the other. next ends with io.EOF; a *lineError is
// about one line only.
type source interface {
	next() (line int, cells []string, err error)
	close() error
}

// maxWorkbook bounds what an XLSX file unpacks to, in bytes: it may be a bomb. A full sheet of
// messages is some 400 MB, and reading it takes a little more than twice that; CSV is read in
// any length with some megabytes.
const maxWorkbook = 1 << 29

// open starts reading a table from its beginning. What it is, its own bytes say.
func open(r io.ReadSeeker) (source, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading the table from its beginning: %w", err)
	}
	head := make([]byte, 4)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading the table: %w", err)
	}
	head = head[:n]
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading the table from its beginning: %w", err)
	}
	switch {
	case n == 0:
		return nil, &FileError{Reason: "the file is empty: dealvitals import template KIND prints a table to fill in"}
	case bytes.Equal(head, []byte("PK\x03\x04")):
		return openWorkbook(r)
	case bytes.Equal(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return nil, &FileError{Reason: "this is an old .xls file: save it as .xlsx or CSV"}
	case bytes.HasPrefix(bytes.TrimLeft(head, "\uFEFF \r\n"), []byte("{")):
		return openJSONLines(r)
	}
	return openText(r)
}

// workbook reads the first sheet of an XLSX file.
type workbook struct {
	file *excelize.File
	rows *excelize.Rows
	line int

	sheet  string
	others []string // further sheets, which are not read
}

// sound turns a panic of excelize at a broken workbook into an error.
func sound(err *error) {
	if p := recover(); p != nil {
		*err = &FileError{Reason: "the workbook is broken: open it in Excel and save it again"}
	}
}

func openWorkbook(r io.Reader) (_ source, err error) {
	defer sound(&err)
	// All of it stays in memory: what excelize would put into temporary files may be
	// people's messages.
	file, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook})
	if err != nil {
		if errors.Is(err, zip.ErrFormat) || errors.Is(err, excelize.ErrWorkbookFileFormat) {
			return nil, &FileError{Reason: "the file is no XLSX workbook"}
		}
		return nil, &FileError{Reason: "the workbook cannot be read (one that unpacks to more than 512 MiB has to be saved as CSV, which is read in any length)", Err: err}
	}
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, errors.Join(&FileError{Reason: "the workbook has no sheet"}, file.Close())
	}
	rows, err := file.Rows(sheets[0])
	if err != nil {
		return nil, errors.Join(&FileError{Reason: "the first sheet cannot be read", Err: err}, file.Close())
	}
	return &workbook{file: file, rows: rows, sheet: sheets[0], others: sheets[1:]}, nil
}

func (w *workbook) next() (_ int, _ []string, err error) {
	defer sound(&err)
	if !w.rows.Next() {
		if err := w.rows.Error(); err != nil {
			return 0, nil, &FileError{Reason: "the sheet ends in the middle", Err: err}
		}
		return 0, nil, io.EOF
	}
	w.line++
	cells, err := w.rows.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return 0, nil, &FileError{Reason: fmt.Sprintf("line %d of the sheet cannot be read", w.line), Err: err}
	}
	return w.line, cells, nil
}

func (w *workbook) close() error { return errors.Join(w.rows.Close(), w.file.Close()) }

// text reads CSV, with commas, semicolons or tabs between the cells.
type text struct{ csv *csv.Reader }

func openText(r io.ReadSeeker) (source, error) {
	utf, err := isUTF8(r)
	if err != nil {
		return nil, fmt.Errorf("reading the table: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading the table from its beginning: %w", err)
	}
	fallback := transform.Transformer(simplifiedchinese.GB18030.NewDecoder())
	if utf {
		fallback = transform.Nop
	}
	decoded := bufio.NewReaderSize(transform.NewReader(r, unicode.BOMOverride(fallback)), 64<<10)
	first, err := decoded.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("reading the table: %w", err)
	}
	c := csv.NewReader(decoded)
	c.Comma = separator(first)
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	return &text{c}, nil
}

func (t *text) next() (int, []string, error) {
	cells, err := t.csv.Read()
	if err != nil {
		return 0, nil, textError(err)
	}
	line, _ := t.csv.FieldPos(0)
	for _, c := range cells {
		if strings.ContainsRune(c, utf8.RuneError) {
			return 0, nil, &lineError{line, "it holds characters that are no text: save the table as CSV UTF-8"}
		}
	}
	return line, cells, nil
}

// textError says why a line cannot be read. With quotation marks taken lightly a missing
// one would swallow the rest of the table without a word.
func textError(err error) error {
	var wrong *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case !errors.As(err, &wrong):
		return &FileError{Reason: "the table cannot be read further", Err: err}
	case wrong.Line != wrong.StartLine:
		return &lineError{wrong.StartLine, fmt.Sprintf("a quotation mark that opens a cell is not closed until line %d: close it, or double it inside a cell", wrong.Line)}
	}
	return &lineError{wrong.StartLine, "a quotation mark stands alone in a cell: put the cell in quotation marks and double those inside"}
}

func (t *text) close() error { return nil }

// separator is what stands most often between the cells of the first line.
func separator(start []byte) rune {
	if end := bytes.IndexByte(start, '\n'); end >= 0 {
		start = start[:end]
	}
	best, most := ',', 0
	for _, c := range []rune{',', '\t', ';'} {
		if n := bytes.Count(start, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// isUTF8 tells whether all of a file is UTF-8. What is not, is GB18030.
func isUTF8(r io.Reader) (bool, error) {
	buffer := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buffer[kept:])
		chunk := buffer[:kept+n]
		for len(chunk) > 0 {
			if c, size := utf8.DecodeRune(chunk); c == utf8.RuneError && size == 1 {
				if !errors.Is(err, io.EOF) && !utf8.FullRune(chunk) {
					break
				}
				return false, nil
			} else {
				chunk = chunk[size:]
			}
		}
		kept = copy(buffer, chunk)
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}
