package cli

import (
	"errors"

	"github.com/spf13/cobra"
)

const (
	formatText = "text"
	formatJSON = "json"
)

// formatFlag is --format of the commands that print for people and for machines.
func formatFlag(c *cobra.Command, to *string) {
	*to = formatText
	c.Flags().Var((*format)(to), "format", "text for people, json for machines")
}

// format is the value of --format. It refuses one that there is not.
type format string

func (f *format) String() string { return string(*f) }

func (f *format) Type() string { return "string" }

func (f *format) Set(text string) error {
	if text != formatText && text != formatJSON {
		return errors.New("there are text and json")
	}
	*f = format(text)
	return nil
}
