package cli

import (
	"fmt"
	"io"
	"os"
)

// tellOfTyping says that a command waits for what a person types, where one does.
func (e *env) tellOfTyping(what string) {
	if file, ok := e.In.(*os.File); ok && isTerminal(file) {
		fmt.Fprintf(e.Err, "reading %s from the keyboard; end with Enter and Ctrl-D\n", what)
	}
}

// openInput opens a file, or standard input where it is named "-", which closing leaves
// open. What it is stands in the error.
func (e *env) openInput(name, what string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(e.In), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening the %s: %w", what, err)
	}
	return file, nil
}

// readDocument reads a file, or standard input where it is named "-".
func (e *env) readDocument(file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(e.In)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return body, nil
}
