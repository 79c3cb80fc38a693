package configured

import (
	"fmt"
	"strings"

	"dealvitals/crawler/extract/jsonpath"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readPaths reads a JSON answer by paths of keys.
func readPaths(d *page.Document, rules signals.JSONRules) page.Result {
	v := d.JSON()
	if v == nil {
		return wrong("the page is %s, no JSON", d.Format)
	}
	if name := unknown(rules.Fields); name != "" && !strings.Contains(rules.Link, "{"+name+"}") {
		return wrong("unknown field %q", name)
	}
	records, isList := jsonpath.Records(jsonpath.Along(v, rules.Items))
	if !isList {
		return wrong("no list stands at %q", rules.Items)
	}
	r := page.Result{Outcome: signals.OutcomeOK, Form: page.FormAPI, Extractor: "configured"}
	for _, record := range records {
		values := map[string]string{}
		for field, path := range rules.Fields {
			values[field] = jsonpath.Text(jsonpath.Along(record, path))
		}
		if values["url"] == "" && rules.Link != "" {
			values["url"] = jsonpath.Fill(rules.Link, values)
		}
		if n, ok := notice(d, values); ok {
			r.Notices = append(r.Notices, n)
		}
	}
	total := jsonpath.Number(v, rules.Total)
	switch {
	case len(records) == 0 && total != nil && *total > 0:
		return wrong("the list at %q is empty, but there are said to be %d", rules.Items, *total)
	case len(records) == 0:
		return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormAPI, Extractor: "configured", Why: fmt.Sprintf("configured reading: the list at %q is empty", rules.Items)}
	case len(r.Notices) == 0:
		return wrong("none of the %d records at %q has a title", len(records), rules.Items)
	}
	r.Why = fmt.Sprintf("configured reading: %d records at %q", len(r.Notices), rules.Items)
	r.Total, r.Next = total, jsonpath.Next(d, v, rules.Next)
	return r
}
