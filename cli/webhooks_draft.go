package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"dealvitals/store"
	"dealvitals/webhooks"

	"github.com/spf13/cobra"
)

// draftFlags are what an endpoint is made of.
type draftFlags struct {
	name, url, secret string
	events            []string
}

func (f *draftFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.name, "name", "", "what people call it")
	c.Flags().StringVar(&f.url, "url", "", "its address, or - to read it from the standard input: a robot's holds its key")
	c.Flags().StringSliceVar(&f.events, "events", nil, "types of events that it gets; none means all ("+strings.Join(eventNames(), ", ")+")")
	c.Flags().StringVar(&f.secret, "secret-file", "", "file with the secret (加签) that a DingTalk or Feishu robot wants its messages signed with")
}

func eventNames() []string {
	var names []string
	for _, t := range store.EventTypes() {
		names = append(names, string(t))
	}
	return names
}

// apply changes what was given in a draft.
func (f *draftFlags) apply(c *cobra.Command, in io.Reader, d *webhooks.Draft) error {
	if c.Flags().Changed("name") {
		d.Name = f.name
	}
	if c.Flags().Changed("url") {
		d.URL = f.url
		if f.url == "-" {
			text, err := io.ReadAll(io.LimitReader(in, 64<<10))
			if err != nil {
				return fmt.Errorf("reading the address: %w", err)
			}
			d.URL = strings.TrimSpace(string(text))
		}
	}
	if c.Flags().Changed("events") {
		d.Events = nil
		for _, name := range f.events {
			d.Events = append(d.Events, store.EventType(name))
		}
	}
	if f.secret != "" {
		text, err := os.ReadFile(f.secret)
		if err != nil {
			return fmt.Errorf("reading the secret: %w", err)
		}
		d.Secret = strings.TrimSpace(string(text))
	}
	return nil
}
