package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"

	"github.com/spf13/cobra"
)

// probeOptions is what is known of the page beside its bytes.
type probeOptions struct {
	kind, url, contentType, at, format string
	status                             int
}

func newProbe(e *env) *cobra.Command {
	var o probeOptions
	c := &cobra.Command{
		Use:   "probe FILE|URL",
		Short: "Show what one page yields, to set up a target",
		Long: `Reads one page, from a file or over HTTP, and shows the outcome, the records found, the
next page, which extractor was chosen and why, and a target ready to import.`,
		Example: "  dealvitals probe --kind hiring https://www.example.com/jobs --contact ops@example.com\n" +
			"  dealvitals probe --kind tender --url https://tenders.example/list saved.html --format json",
		Args: cobra.ExactArgs(1),
	}
	crawlFlags(c)
	formatFlag(c, &o.format)
	f := c.Flags()
	f.StringVar(&o.kind, "kind", "", "hiring or tender")
	f.StringVar(&o.url, "url", "", "the address that a file was saved from")
	f.StringVar(&o.contentType, "content-type", "", "the Content-Type header that it came with")
	f.IntVar(&o.status, "status", 0, "the HTTP status that it came with")
	f.StringVar(&o.at, "at", "", "when it was captured, so that \"3 days ago\" is a date (default now)")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := checkFormat(o.format); err != nil {
			return err
		}
		kind := signals.Kind(o.kind)
		if kind != signals.KindHiring && kind != signals.KindTender {
			return &usageError{errors.New("--kind is needed: hiring or tender")}
		}
		page, err := e.page(c, args[0], o)
		if err != nil {
			return err
		}
		result := extract.Read(page, kind, signals.Reading{})
		probe := extract.NewProbe(page, kind, result)
		if o.format == formatJSON {
			return printJSON(e.Out, probe)
		}
		return printProbe(e.Out, probe)
	}
	return c
}

// page gets the page to probe: fetched where the argument is an address, else read.
func (e *env) page(c *cobra.Command, where string, o probeOptions) (extract.Page, error) {
	if strings.HasPrefix(where, "http://") || strings.HasPrefix(where, "https://") {
		return e.fetchPage(c, where, signals.Kind(o.kind))
	}
	page := extract.Page{URL: o.url, ContentType: o.contentType, StatusCode: o.status, At: time.Now()}
	if o.at != "" {
		at, err := parseInstant(o.at)
		if err != nil {
			return page, err
		}
		page.At = at
	}
	body, err := readFile(e.In, where)
	if err != nil {
		return page, fmt.Errorf("reading the page: %w", err)
	}
	page.Body = body
	return page, nil
}

// readFile reads a file, or standard input where its name is "-".
func readFile(in io.Reader, name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(name)
}

// fetchPage asks a site for one page as a crawl would: politely, and guarded.
func (e *env) fetchPage(c *cobra.Command, url string, kind signals.Kind) (extract.Page, error) {
	cfg, err := e.settings(c)
	if err != nil {
		return extract.Page{}, err
	}
	return fetchOnce(c.Context(), cfg, newLogger(e.Err, cfg.Log), url, kind)
}

var _ = context.Background
