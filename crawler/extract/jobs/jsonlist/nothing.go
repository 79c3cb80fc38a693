package jsonlist

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// genericNames are names of arrays that may hold anything.
var genericNames = set("data", "list", "rows", "items", "results", "result", "content", "records", "hits", "edges", "nodes", "datas", "pagedata", "datalist", "values", "entries", "elements", "resultlist", "searchresult", "searchresults", "objects", "collection", "docs", "documents", "value", "lists", "infos", "")

// nothing is the result of a value that says itself that there are no jobs: an empty list
// of jobs by name, or any empty list with a total of 0 in an answer that says that it
// succeeded. A list that is missing says nothing.
func (f *finder) nothing(root any, d *page.Document) (page.Result, bool) {
	answer := AnswerOf(root)
	if answer.Outcome != "" {
		return page.Result{}, false
	}
	for _, e := range f.empty {
		if why := e.saysNone(root, answer, f.hasOther(), listsJobs(d.URL)); why != "" {
			return page.Result{Outcome: signals.OutcomeEmpty, Why: why, Form: page.FormList, Extractor: extractor, Charset: d.Charset}, true
		}
	}
	return page.Result{}, false
}

// saysNone tells whether the answer itself says that its own list is empty.
func (f *finder) saysNone(root any) bool {
	answer := AnswerOf(root)
	return slices.ContainsFunc(f.empty, func(e emptyList) bool { return e.saysNone(root, answer, false, false) != "" })
}

// hasOther tells whether the document holds a list of something else that is as long as a
// list of records would be: an empty array beside it says little then.
func (f *finder) hasOther() bool {
	for _, l := range f.lists {
		last, _ := (&rated{list: l}).tail()
		if len(l.records) >= 3 && !otherNames[last] && genericNames[lastOf(l.path)] {
			return true
		}
	}
	return false
}

// saysNone is why an empty list means that there are no jobs, "" where it does not. other
// tells that the document holds another list of records, byAddress that its address asks for
// jobs.
func (e emptyList) saysNone(root any, answer Answer, other, byAddress bool) string {
	last := lastOf(e.path)
	r := rated{list: &list{path: e.path}}
	if r.sideList() {
		return ""
	}
	name, above := r.tail()
	total, stated := totalFor(root, e.path)
	zero := stated && total != nil && *total == 0
	if stated && !zero {
		return ""
	}
	named := isJobName(last) || genericNames[last] && (isJobName(name) || isJobName(above))
	switch {
	case named && !other && (zero || answer.Success || e.inContainers()):
		return fmt.Sprintf("the list of jobs %q is empty", r.name())
	case genericNames[last] && zero && answer.Success && !other && len(e.path) > 0:
		return fmt.Sprintf("the answer succeeded, its list %q is empty and its total is 0", r.name())
	case genericNames[last] && byAddress && answer.Success && !other && len(e.path) > 0 && e.inContainers():
		return fmt.Sprintf("the answer to a request for jobs succeeded, and its list %q is empty", r.name())
	}
	return ""
}

// inContainers tells whether nothing but containers and names of jobs stand above the list:
// data.jobs is an answer, features.jobs a setting.
func (e emptyList) inContainers() bool {
	for _, name := range e.path[:max(0, len(e.path)-1)] {
		if !containerNames[name] && !isJobName(name) {
			return false
		}
	}
	return true
}

// listsJobs tells an address whose path ends in the name of a list of jobs:
// …/position/list, …/api/v1/jobs, …/getJobList.
func listsJobs(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i := max(0, len(parts)-2); i < len(parts); i++ {
		name := plain(strings.TrimSuffix(parts[i], ".json"))
		if containsAny(name, notJobParts) {
			continue
		}
		if containsAny(name, jobParts) || containsAny(name, []string{"career", "opportunit"}) {
			return i == len(parts)-1 || containsAny(plain(parts[len(parts)-1]), []string{"list", "search", "query", "page"})
		}
	}
	return false
}

func lastOf(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}

// refuse is the result of a JSON document without jobs: what its envelope says, else
// opaque, else something that is not jobs.
func refuse(v any, d *page.Document) (page.Result, bool) {
	res := page.Result{Form: page.FormAPI, Extractor: extractor, Charset: d.Charset}
	if a := AnswerOf(v); a.Outcome != "" && a.Outcome != signals.OutcomeNotRelevant {
		res.Outcome, res.Why = a.Outcome, a.Why
		return res, true
	}
	if where, ok := opaquePart(v, 0); ok {
		res.Outcome, res.Why = signals.OutcomeScriptShell, fmt.Sprintf("the answer is encrypted or opaque at %q", where)
		return res, true
	}
	if d.Status() >= 500 {
		res.Outcome, res.Why = signals.OutcomeUnreachable, fmt.Sprintf("status %d", d.Status())
		return res, true
	}
	res.Outcome, res.Why = signals.OutcomeNotRelevant, "JSON without a list of jobs"
	if a := AnswerOf(v); a.Why != "" {
		res.Why = a.Why
	}
	return res, true
}

// opaqueKeys are where answers carry what only their own script can read.
var opaqueKeys = set("data", "result", "payload", "content", "body", "encrypt", "encrypted", "encryptdata", "encrypteddata", "encdata", "cipher", "ciphertext", "response", "resp", "rsp", "d", "zpdata", "resultbody", "value", "necromancer", "info", "jobs", "list")

// opaquePart finds an opaque string that stands where the records should.
func opaquePart(v any, depth int) (string, bool) {
	switch v := v.(type) {
	case string:
		return "", depth == 0 && opaque(v)
	case map[string]any:
		if _, ok := v["necromancer"].(string); ok { // Moka's key beside its cipher text
			return "necromancer", true
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			inner := v[k]
			if s, ok := inner.(string); ok && opaqueKeys[plain(k)] && opaque(s) {
				return k, true
			}
			if m, ok := inner.(map[string]any); ok && depth < 2 && opaqueKeys[plain(k)] {
				if where, ok := opaquePart(m, depth+1); ok {
					return k + "." + where, true
				}
			}
		}
	}
	return "", false
}
