package jobs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dealvitals/crawler/extract/jsonpath"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readPaths reads a JSON answer by an administrator's paths.
func readPaths(d *page.Document, rules signals.JSONRules) page.Result {
	r := page.Result{Outcome: signals.OutcomeNotRelevant, Extractor: byPaths}
	v := d.JSON()
	if v == nil {
		r = nothing(d, false)
		r.Extractor = byPaths
		r.Why = fmt.Sprintf("configured reading: the page is %s, no JSON; %s", d.Format, r.Why)
		return r
	}
	if why := badFields(rules); why != "" {
		r.Why = "configured reading: " + why
		return r
	}
	at := jsonpath.Along(v, rules.Items)
	if len(at) == 0 {
		r.Why = fmt.Sprintf("configured reading: nothing stands at %q", rules.Items)
		return r
	}
	var all []signals.Posting
	records, isList := jsonpath.Records(at)
	if !isList {
		r.Why = fmt.Sprintf("configured reading: what stands at %q is no list", rules.Items)
		return r
	}
	for _, m := range records {
		if p, ok := pathPosting(d, m, rules); ok {
			all = append(all, p)
		}
	}
	r.Form = page.FormAPI
	total := jsonpath.Number(v, rules.Total)
	switch {
	case len(all) > 0:
		r.Outcome, r.Postings = signals.OutcomeOK, withIDs(all)
		r.Why = fmt.Sprintf("configured reading: %d records at %q", len(all), rules.Items)
		r.Total, r.Next = total, jsonpath.Next(d, v, rules.Next)
	case len(records) == 0 && total != nil && *total > 0:
		r.Why = fmt.Sprintf("configured reading: the list at %q is empty, but there are said to be %d", rules.Items, *total)
	case len(records) == 0:
		r.Outcome, r.Why = signals.OutcomeEmpty, fmt.Sprintf("configured reading: the list at %q is empty", rules.Items)
	default:
		r.Why = fmt.Sprintf("configured reading: none of the %d records at %q has a title at %q", len(records), rules.Items, rules.Fields["title"])
	}
	return r
}

func badFields(rules signals.JSONRules) string {
	for _, f := range slices.Sorted(maps.Keys(rules.Fields)) {
		if !knownField(f) && !strings.Contains(rules.Link, "{"+f+"}") {
			return fmt.Sprintf("unknown field %q", f)
		}
	}
	if rules.Fields["title"] == "" {
		return "no path for title"
	}
	return ""
}

func pathPosting(d *page.Document, m any, rules signals.JSONRules) (signals.Posting, bool) {
	values := map[string]string{}
	for field, path := range rules.Fields {
		values[field] = jsonpath.Text(jsonpath.Along(m, path))
	}
	if rules.Link != "" && values["url"] == "" {
		values["url"] = jsonpath.Fill(rules.Link, values)
	}
	return configured(d, values)
}
