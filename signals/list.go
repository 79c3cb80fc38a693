package signals

import (
	"encoding/json"
	"hash/fnv"
	"strconv"
)

// ListKey names the list that a target reads: it changes with the address, the kind and how
// records are found on it, not with cookies, schedule or limits. What runs saw under
// another key says nothing about this list.
func (t Target) ListKey() string {
	r := t.Reading
	sum := fnv.New64a() // it is asked for with each measure, and nobody gains by a collision
	parts := []string{t.URL, r.Extractor, r.Method, r.Body, r.Render}
	if r.CSS != nil || r.JSON != nil {
		parts = append(parts, rulesText(r))
	}
	if t.Kind == KindTender {
		parts = append(parts, string(t.Kind)) // a list of jobs says nothing of notices
	}
	for _, part := range parts {
		_, _ = sum.Write([]byte(part))    // a hash takes everything
		_, _ = sum.Write([]byte{0xff, 0}) // no text holds this
	}
	return strconv.FormatUint(sum.Sum64(), 16)
}

// rulesText is an administrator's rules, in an order that stays.
func rulesText(r Reading) string {
	text, err := json.Marshal(struct {
		CSS  *CSSRules
		JSON *JSONRules
	}{r.CSS, r.JSON})
	if err != nil {
		return "" // strings and maps of strings: it cannot fail
	}
	return string(text)
}

// ofThisList is the newest runs, oldest first, that read the list which the target reads
// now. Runs of a time when nobody noted the list are taken for such. On a hiring page
// another reader finds other records, so a measurement by it begins a list of its own, too.
func ofThisList(t Target, runs []RunSummary) []RunSummary {
	key, reader := t.ListKey(), ""
	for i := len(runs) - 1; i >= 0; i-- {
		r := runs[i]
		if r.List != "" && r.List != key {
			return runs[i+1:]
		}
		if t.Kind != KindHiring || !measured(r) || r.Items == 0 || r.Extractor == "" {
			continue
		}
		if reader != "" && r.Extractor != reader {
			return runs[i+1:]
		}
		reader = r.Extractor
	}
	return runs
}
