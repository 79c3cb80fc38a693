package signals

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// CoverageWord is what a record of coverage says of its span. Records are never changed: what
// is learnt later is a record of its own, so that answers for instants before stay as they were.
type CoverageWord string

const (
	CoverageGranted   CoverageWord = ""           // a message would have been seen
	CoverageTakenBack CoverageWord = "taken_back" // that is doubtful: the vendor's statistics tell of more messages
	CoverageGivenBack CoverageWord = "given_back" // the doubt was unfounded: the missing messages have come
)

// span is what a record of coverage is about.
type span struct {
	source, deal, contact string
	from, to              int64
}

func spanOf(c Coverage) span {
	return span{c.Source, c.DealID, c.ContactID, c.From.UnixNano(), c.To.UnixNano()}
}

// standing parts the spans that were granted from those that are doubtful: of what was taken
// and given back the newest word counts, and of words of the same instant the doubt.
func standing(all []Coverage) (granted, doubted []Coverage) {
	newest := make(map[span]Coverage)
	for _, c := range all {
		if c.Word == CoverageGranted {
			granted = append(granted, c)
			continue
		}
		was, told := newest[spanOf(c)]
		if age := c.RecordedAt.Compare(was.RecordedAt); !told || age > 0 || age == 0 && c.Word == CoverageTakenBack {
			newest[spanOf(c)] = c
		}
	}
	for _, c := range newest {
		if c.Word == CoverageTakenBack {
			doubted = append(doubted, c)
		}
	}
	slices.SortFunc(doubted, func(a, b Coverage) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ContactID, b.ContactID), cmp.Compare(a.Source, b.Source), cmp.Compare(a.DealID, b.DealID), a.To.Compare(b.To))
	})
	return granted, doubted
}

// lessDoubted is what is left of granted spans. A doubt of one source says nothing of another.
func lessDoubted(granted, doubted []Coverage) []Coverage {
	if len(doubted) == 0 {
		return granted
	}
	var left []Coverage
	for _, c := range granted {
		for _, d := range doubted { // by their beginnings
			if d.Source != c.Source || d.DealID != c.DealID || d.ContactID != c.ContactID || !d.To.After(c.From) || !d.From.Before(c.To) {
				continue
			}
			if before := c; d.From.After(c.From) {
				before.To = d.From
				left = append(left, before)
			}
			c.From = d.To
		}
		if c.From.Before(c.To) {
			left = append(left, c)
		}
	}
	return left
}

// doubtfulDays names the days (Asia/Shanghai) of a contact in (from, to] on which coverage
// was taken back.
func doubtfulDays(doubted []Coverage, contact string, from, to time.Time) []string {
	var days []string
	for _, d := range doubted {
		if d.ContactID == contact && d.To.After(from) && d.From.Before(to) {
			days = append(days, DateOf(d.From.In(Shanghai)).String())
		}
	}
	return days
}

// dayList is days for people, each once.
func dayList(days []string) string {
	sorted := slices.Sorted(slices.Values(days))
	return strings.Join(slices.Compact(sorted), ", ")
}
