package signals

import (
	"encoding/json"
	"hash/fnv"
	"strconv"
	"time"
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

// Falls of a list that look like a changed site rather than like a company that takes
// down its jobs: to a third or less, of six jobs or more.
const (
	fallFrom  = 6
	fallShare = 3
	// fallHolds is how long a list must stay short before that is believed. LinkUp, which
	// sells such data, takes a job count drop first of all for a changed site.
	fallHolds = 7 * 24 * time.Hour
)

// fall is a list that has become much shorter without saying how long it is, or that has
// nothing any more. A site whose own search fails says that, too.
type fall struct {
	from, to int
	at       time.Time
}

func (f fall) facts(t TargetHistory) map[string]string {
	return map[string]string{
		"target": t.Target.ID, "url": t.Target.URL, "fell_from": strconv.Itoa(f.from), "fell_to": strconv.Itoa(f.to), "fell_at": stamp(f.at),
	}
}

// openFall is the fall of a list that is not yet believed.
func openFall(runs []RunSummary) (fall, bool) {
	var open fall
	found, usual := false, 0
	for _, r := range runs {
		if !measured(r) {
			continue
		}
		fell := usual >= fallFrom && !r.Stated && r.Items*fallShare <= usual
		switch {
		case fell && !found:
			open, found = fall{from: usual, to: r.Items, at: r.StartedAt}, true
		case fell && r.StartedAt.Sub(open.at) < fallHolds:
			open.to = r.Items
		default: // it recovered, or the fall is believed
			found, usual = false, r.Items
		}
	}
	return open, found
}
