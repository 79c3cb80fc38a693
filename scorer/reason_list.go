package scorer

import (
	"cmp"
	"slices"
)

// What reason codes stand in.
const (
	UsedInDecision = "decision" // why a deal was frozen, released and so on
	UsedInMeasure  = "measure"  // why a factor has its status
	UsedInSignal   = "signal"   // why a signal counts or not
)

// Reason is a reason code with its texts.
type Reason struct {
	Code   string   `json:"code"`
	UsedIn []string `json:"used_in"`
	ZH     string   `json:"zh"`
	EN     string   `json:"en"`
}

// Reasons lists every code that the program itself gives as a reason, sorted. The tender
// measure's own stand with those of the notices.
func Reasons() []Reason {
	tables := []struct {
		used  string
		texts map[string]sentence
	}{
		{UsedInDecision, decisionReasons}, {UsedInMeasure, statusReasons}, {UsedInMeasure, outcomeReasons},
		{UsedInSignal, signalReasons}, {UsedInSignal, tenderReasons},
	}
	byCode := make(map[string]*Reason)
	for _, table := range tables {
		for code, text := range table.texts {
			r, found := byCode[code]
			if !found {
				r = &Reason{Code: code, ZH: text.zh, EN: text.en}
				byCode[code] = r
			}
			if !slices.Contains(r.UsedIn, table.used) {
				r.UsedIn = append(r.UsedIn, table.used)
			}
		}
	}
	list := make([]Reason, 0, len(byCode))
	for _, r := range byCode {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Reason) int { return cmp.Compare(a.Code, b.Code) })
	return list
}
