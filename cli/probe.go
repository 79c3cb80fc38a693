package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"dealvitals/crawler"
	"dealvitals/crawler/extract"
	"dealvitals/signals"

	"github.com/spf13/cobra"
)

// probeOptions is what is known of the page beside its bytes.
type probeOptions struct {
	kind, url, contentType, at, format string
	body, customer                     string
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
			"  dealvitals probe --kind tender --url https://tenders.example/list saved.html --format json\n" +
			"  dealvitals probe --kind tender 'https://tenders.example/search?kw={customer}' --customer 某某股份有限公司",
		Args: cobra.ExactArgs(1),
	}
	crawlFlags(c)
	formatFlag(c, &o.format)
	f := c.Flags()
	f.StringVar(&o.kind, "kind", "", "hiring or tender")
	f.StringVar(&o.url, "url", "", "the address that a file was saved from")
	f.StringVar(&o.contentType, "content-type", "", "the Content-Type header that it came with")
	f.IntVar(&o.status, "status", 0, "the HTTP status that it came with")
	f.StringVar(&o.body, "body", "", "ask for the page by POST, with this body")
	f.StringVar(&o.customer, "customer", "", "the name to put where the address or the body says {customer}")
	f.StringVar(&o.at, "at", "", "when it was captured, so that \"3 days ago\" is a date (default now)")
	c.RunE = func(c *cobra.Command, args []string) error {
		kind := signals.Kind(o.kind)
		if kind != signals.KindHiring && kind != signals.KindTender {
			return &usageError{errors.New("--kind is needed: hiring or tender")}
		}
		probe, err := e.probe(c, args[0], kind, o)
		if err != nil {
			return err
		}
		if o.format == formatJSON {
			return printJSON(e.Out, probe)
		}
		return printProbe(e.Out, probe)
	}
	return c
}

// probe reads the page: fetched where the argument is an address, else from a file.
func (e *env) probe(c *cobra.Command, where string, kind signals.Kind, o probeOptions) (extract.Probe, error) {
	if !strings.HasPrefix(where, "http://") && !strings.HasPrefix(where, "https://") {
		page, err := e.savedPage(where, o)
		if err != nil {
			return extract.Probe{}, err
		}
		return extract.NewProbe(page, kind, extract.Read(page, kind, signals.Reading{})), nil
	}
	cfg, err := e.settings(c)
	if err != nil {
		return extract.Probe{}, err
	}
	engine, err := crawler.New(crawlerSettings(cfg.Crawler, nil), nil, nil, time.Now, newLogger(e.Err, cfg.Log))
	if err != nil {
		return extract.Probe{}, err
	}
	defer engine.Close()
	address, body := where, o.body
	if o.customer != "" {
		address, body = crawler.ForCustomer(where, o.body, o.customer)
	}
	probe, err := probeURL(c.Context(), engine, kind, address, signals.Reading{Body: body})
	if probe.Instead == nil {
		probe.Target.URL, probe.Target.Reading.Body = where, o.body // as the target is to be: for every customer
	}
	return probe, err
}

// probeURL asks a site for one page as a crawl would, politely and guarded. A page that
// cannot be had is told by its outcome.
func probeURL(ctx context.Context, engine *crawler.Crawler, kind signals.Kind, url string, reading signals.Reading) (extract.Probe, error) {
	page, err := engine.Fetch(ctx, url, reading)
	var failed *crawler.PageError
	if errors.As(err, &failed) {
		result := extract.Result{Outcome: failed.Outcome, Why: failed.Problem}
		probe := extract.NewProbe(extract.Page{URL: url}, kind, result)
		if failed.Outcome == signals.OutcomeUnsafe {
			probe.Target = extract.ProbeTarget{} // nothing that may be crawled
		}
		return probe, nil
	}
	if err != nil {
		return extract.Probe{}, err
	}
	return extract.NewProbe(page, kind, extract.Read(page, kind, reading)), nil
}

// savedPage reads a page from a file.
func (e *env) savedPage(where string, o probeOptions) (extract.Page, error) {
	page := extract.Page{URL: o.url, ContentType: o.contentType, StatusCode: o.status, At: e.capturedAt(o.at)}
	body, err := e.readDocument(where)
	if err != nil {
		return page, err
	}
	page.Body = body
	return page, nil
}

// capturedAt is when a saved page was captured: now unless it is said. What is said and is
// no instant leaves it unknown: then no day is made of "3 days ago", and the rest is read.
func (e *env) capturedAt(text string) time.Time {
	if text == "" {
		return time.Now()
	}
	at, err := parseInstant(text)
	if err != nil {
		fmt.Fprintln(e.Err, "dealvitals: when the page was captured is taken as unknown:", err)
		return time.Time{}
	}
	return at
}
