package signals

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The ways to say in Target.Covers whose purchases a tender site shows. Anything else there
// is a customer's id.
const (
	CoversAll      = "*"         // every customer's
	CoversRegion   = "region:"   // those of customers whose region begins like this
	CoversIndustry = "industry:" // those of customers of this industry
)

// CheckCovers says what is wrong with a target's statement of whose purchases it shows.
func (t Target) CheckCovers() error {
	if t.Kind != KindTender && len(t.Covers) > 0 {
		return fmt.Errorf("only a tender site covers customers; a %s target has its own", t.Kind)
	}
	for _, c := range t.Covers {
		region, isRegion := strings.CutPrefix(c, CoversRegion)
		industry, isIndustry := strings.CutPrefix(c, CoversIndustry)
		if strings.TrimSpace(c) != c || c == "" || isRegion && utf8.RuneCountInString(region) < 2 || isIndustry && industry == "" {
			return fmt.Errorf("%q names nobody: write a customer's id, region:江苏, industry:医疗, or * for every customer", c)
		}
	}
	return nil
}

// CoveredCustomers are the customers that a target names by their ids.
func (t Target) CoveredCustomers() []string {
	return slices.DeleteFunc(slices.Clone(t.Covers), func(c string) bool {
		return c == CoversAll || strings.HasPrefix(c, CoversRegion) || strings.HasPrefix(c, CoversIndustry)
	})
}

// CoversCustomer tells whether an administrator stated that this customer's purchases are
// put out on a tender site.
func (t Target) CoversCustomer(c Customer) bool {
	return slices.ContainsFunc(t.Covers, func(covered string) bool {
		if region, ok := strings.CutPrefix(covered, CoversRegion); ok {
			return strings.HasPrefix(c.Region, region)
		}
		if industry, ok := strings.CutPrefix(covered, CoversIndustry); ok {
			return c.Industry == industry
		}
		return covered == CoversAll || covered == c.ID
	})
}

// covers tells whether a tender site is known to show what a customer buys: because an
// administrator stated it, or because the list that it reads now has shown a purchase of the
// customer's before. Most companies never put out a notice on most sites: that those have
// none of them says nothing.
func (r targetReading) covers(h TenderHistory) bool {
	t := r.history.Target
	if t.CoversCustomer(h.Customer) {
		return true
	}
	since := r.history.Runs[0].StartedAt
	return slices.ContainsFunc(h.Notices, func(n MatchedNotice) bool {
		return n.Notice.TargetID == t.ID && n.Match.Counts() && !n.Notice.LastSeen.Before(since) &&
			n.Notice.Type != NoticeOther && n.Notice.Type != ""
	})
}

// uncovered is how many sites were read of which none is known to show what the customer
// buys; 0 where one is.
func uncovered(readings []targetReading, h TenderHistory) int {
	n := 0
	for _, r := range readings {
		if r.status != StatusOK {
			continue
		}
		if r.covers(h) {
			return 0
		}
		n++
	}
	return n
}
