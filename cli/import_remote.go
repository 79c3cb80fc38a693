package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dealvitals/imports"

	"github.com/spf13/cobra"
)

// remote is a running dealvitals serve, which holds its store.
type remote struct{ url, keyFile string }

// flags adds how a running program is reached.
func (r *remote) flags(c *cobra.Command, roles string) {
	c.Flags().StringVar(&r.url, "url", "", "address of a running dealvitals serve, which holds the store")
	c.Flags().StringVar(&r.keyFile, "key-file", "", "file with a key of role "+roles+", for --url; - is standard input")
}

// check refuses the one without the other.
func (r *remote) check() error {
	if (r.url == "") != (r.keyFile == "") {
		return &usageError{errors.New("--url and --key-file belong together")}
	}
	return nil
}

// request begins a request with the key.
func (r *remote) request(ctx context.Context, e *env, method, path string, body io.Reader) (*http.Request, error) {
	key, err := e.readDocument(r.keyFile)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(r.url, "/")+path, body)
	if err != nil {
		return nil, &usageError{err}
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(key)))
	return request, nil
}

// importRemotely lets a running program import a table. What it says of the table comes back
// as it would here.
func (e *env) importRemotely(ctx context.Context, o importOptions, table io.Reader) (imports.Report, error) {
	body := bufio.NewReader(table)
	request, err := o.remote.request(ctx, e, http.MethodPost, "/v1/imports/"+o.nameOfKind+"?"+o.query().Encode(), io.NopCloser(body))
	if err != nil {
		return imports.Report{}, err
	}
	request.Header.Set("Content-Type", typeOfTable(body))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return imports.Report{}, err
	}
	defer answer.Body.Close()
	var said struct {
		imports.Report
		Title    string `json:"title"`
		Detail   string `json:"detail"`
		NextStep string `json:"next_step"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil {
		return imports.Report{}, fmt.Errorf("%s answers %s, which is no answer of dealvitals: %w", o.remote.url, answer.Status, err)
	}
	switch {
	case answer.StatusCode == http.StatusOK:
		return said.Report, nil
	case len(said.Problems) > 0:
		return said.Report, &imports.BadTableError{Problems: said.Problems}
	}
	return said.Report, fmt.Errorf("%s answers: %s: %s. %s", o.remote.url, said.Title, said.Detail, said.NextStep)
}

// query is what the API is told beside the table.
func (o importOptions) query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if o.dryRun {
		set("dry_run", "true")
	}
	if o.partial {
		set("partial", "true")
	}
	set("deal_id", o.deal)
	set("contact_id", o.contact)
	for name, at := range map[string]*time.Time{"covers_from": o.spanFrom, "covers_to": o.spanTo} {
		if at != nil {
			set(name, at.Format(time.RFC3339Nano))
		}
	}
	var columns []string
	for _, key := range slices.Sorted(maps.Keys(o.columns)) {
		columns = append(columns, key+"="+o.columns[key])
	}
	set("columns", strings.Join(columns, ","))
	return q
}

// typeOfTable is the media type of a table, as its first bytes say.
func typeOfTable(body *bufio.Reader) string {
	head, _ := body.Peek(8) // an empty table is told by whoever reads it
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case bytes.HasPrefix(bytes.TrimLeft(head, "\uFEFF \r\n"), []byte("{")):
		return "application/x-ndjson"
	}
	return "text/csv"
}

// shown is the flags with which the same program is reached again.
func (r *remote) shown() string {
	if r.url == "" {
		return ""
	}
	return " --url " + r.url + " --key-file " + strconv.Quote(r.keyFile)
}
