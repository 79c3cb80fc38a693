package scorer

import (
	"fmt"
	"math"
	"strings"

	"dealvitals/signals"
)

// PolicyError is one thing that is wrong in a policy.
type PolicyError struct {
	Path   string // JSON pointer
	Reason string
	Line   int // in the document that the policy was read from; 0 where it was read from none
}

func (e *PolicyError) Error() string {
	where := e.Path
	if e.Line > 0 {
		where = strings.TrimSuffix(fmt.Sprintf("line %d, %s", e.Line, e.Path), ", ")
	}
	return strings.TrimPrefix(where+": "+e.Reason, ": ")
}

// PolicyErrors is all that is wrong in a policy.
type PolicyErrors []*PolicyError

func (e PolicyErrors) Error() string {
	lines := make([]string, len(e))
	for i, problem := range e {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first.
func (e PolicyErrors) Unwrap() []error {
	list := make([]error, len(e))
	for i, problem := range e {
		list[i] = problem
	}
	return list
}

// The limits of a policy's numbers.
const (
	maxDays    = 3650
	maxRow     = 100
	maxNumber  = 1e9
	maxDailies = 10_000

	maxDisputeDays = 365
	minCohort      = 10 // a percentile of fewer deals says nothing
	maxCohort      = 1_000_000
)

// MaxTenderDays is the longest window of the tender measure: notices are not matched to
// customers further back.
const MaxTenderDays = signals.TenderLongestDays

// Validate tells everything that is wrong in a policy, as PolicyErrors; nil when it may be
// published.
func (p Policy) Validate() error {
	c := &checker{}
	for _, f := range signals.Factors() {
		factor, found := p.Factors[f]
		if !found {
			c.wrong("/factors/"+string(f), "it is missing")
			continue
		}
		c.factor("/factors/"+string(f), factor)
		c.tenderWindow("/factors/"+string(f), f, factor)
	}
	for f := range p.Factors {
		if !oneOf(f, signals.Factors()) {
			c.wrong("/factors/"+escape(string(f)), "there is no such factor: hiring, tender, wechat")
		}
	}
	c.patterns(p.Patterns)
	c.freeze(p.Freeze)
	c.oneOf("/payment/unknown_deal", p.Payment.UnknownDeal, PaymentPay, PaymentHold)
	c.oneOf("/payment/stale_data", p.Payment.StaleData, PaymentPay, PaymentHold)
	c.dispute(p.Dispute)
	c.weChat(p.WeChat)
	c.segments(p)
	return c.err()
}

// checker gathers what is wrong.
type checker struct{ found PolicyErrors }

func (c *checker) wrong(path, reason string, args ...any) {
	c.found = append(c.found, &PolicyError{Path: path, Reason: fmt.Sprintf(reason, args...)})
}

func (c *checker) err() error {
	if len(c.found) == 0 {
		return nil
	}
	sortErrors(c.found)
	return c.found
}

func (c *checker) factor(path string, f FactorPolicy) {
	c.whole(path+"/window_days", f.WindowDays, 1, maxDays)
	c.whole(path+"/stale_after_days", f.StaleAfterDays, 1, maxDays)
	c.number(path+"/high", f.High, 0, 100)
	c.number(path+"/low", f.Low, 0, 100)
	if f.Low > f.High {
		c.wrong(path+"/low", "it is %v, above high, which is %v", f.Low, f.High)
	}
	if !(f.Weight > 0) || f.Weight > maxNumber {
		c.wrong(path+"/weight", "it is %v: it has to be above 0", f.Weight)
	}
	c.curve(path+"/curve", f)
	c.scale(path, f)
}

func (c *checker) tenderWindow(path string, f signals.Factor, held FactorPolicy) {
	if f == signals.FactorTender && held.WindowDays > MaxTenderDays && held.WindowDays <= maxDays {
		c.wrong(path+"/window_days", "it is %d: tenders are counted over %d days at most", held.WindowDays, MaxTenderDays)
	}
}

func (c *checker) scale(path string, f FactorPolicy) {
	if f.Scale == ScalePercentile {
		c.whole(path+"/min_cohort", f.MinCohort, minCohort, maxCohort)
		return
	}
	if f.Scale != "" && f.Scale != ScaleCurve {
		c.wrong(path+"/scale", "it is %q: there are %s and %s", f.Scale, ScaleCurve, ScalePercentile)
	}
	if f.MinCohort != 0 {
		c.whole(path+"/min_cohort", f.MinCohort, minCohort, maxCohort)
	}
}

// curve asks for a curve that rises or stays, and can reach each of the bands: without that
// a factor could be low for ever.
func (c *checker) curve(path string, f FactorPolicy) {
	if len(f.Curve) < 2 {
		c.wrong(path, "it has %d points: two are needed at least", len(f.Curve))
		return
	}
	for i, point := range f.Curve {
		at := fmt.Sprintf("%s/%d", path, i)
		c.number(at+"/value", point.Value, 0, maxNumber)
		c.number(at+"/score", point.Score, 0, 100)
		if i == 0 {
			continue
		}
		if point.Value <= f.Curve[i-1].Value {
			c.wrong(at+"/value", "it is %v, not above the point before, which is %v", point.Value, f.Curve[i-1].Value)
		}
		if point.Score < f.Curve[i-1].Score {
			c.wrong(at+"/score", "it is %v, below the point before, which is %v", point.Score, f.Curve[i-1].Score)
		}
	}
	if top := f.Curve[len(f.Curve)-1].Score; top < f.High {
		c.wrong(path, "its top is %v and never reaches high, which is %v", top, f.High)
	}
}

func (c *checker) patterns(patterns map[Diagnosis]PatternPolicy) {
	for d, pattern := range patterns {
		c.pattern("/patterns/"+escape(string(d)), d, pattern)
	}
	for _, d := range Patterns() {
		if _, found := patterns[d]; !found {
			c.wrong("/patterns/"+string(d), "it is missing")
		}
	}
}

func (c *checker) pattern(path string, d Diagnosis, pattern PatternPolicy) {
	if !oneOf(d, Patterns()) {
		c.wrong(path, "there is no such pattern: cold_relationship, talk_without_purchase, shrinking_buyer")
	}
	if pattern.Freeze && !pattern.Flag {
		c.wrong(path+"/flag", "what freezes has to be flagged too")
	}
}

func (c *checker) freeze(f FreezePolicy) {
	c.oneOf("/freeze/mode", f.Mode, ModeAutomatic, ModePropose)
	c.whole("/freeze/confirmations", f.Confirmations, 1, maxRow)
	c.whole("/freeze/release_after", f.ReleaseAfter, 1, maxRow)
	c.whole("/freeze/max_days", f.MaxDays, 1, maxDays)
	c.whole("/freeze/review_days", f.ReviewDays, 1, maxDays)
	if f.ReviewDays > f.MaxDays {
		c.wrong("/freeze/review_days", "it is %d: the freeze would end before anybody looks at it", f.ReviewDays)
	}
	if strings.TrimSpace(f.Reviewer) == "" {
		c.wrong("/freeze/reviewer", "it is empty: every freeze has somebody who looks at it")
	}
}

// dispute checks what a policy says of disputes, where it says anything.
func (c *checker) dispute(d DisputePolicy) {
	if d == (DisputePolicy{}) {
		return
	}
	c.whole("/dispute/days", d.Days, 1, maxDisputeDays)
	c.oneOf("/dispute/overdue", d.Overdue, OverdueNone, OverdueRelease)
}

func (c *checker) weChat(r signals.WeChatRules) {
	if !(r.HalfLifeDays > 0) || r.HalfLifeDays > maxDays {
		c.wrong("/wechat/half_life_days", "it is %v: it has to be above 0, and at most %d", r.HalfLifeDays, maxDays)
	}
	c.whole("/wechat/daily_cap", r.DailyCap, 1, maxDailies)
	c.number("/wechat/max_lift", r.MaxLift, 0, 1)
	if !(r.MinCoverage > 0) || r.MinCoverage > 1 {
		c.wrong("/wechat/min_coverage", "it is %v: it has to be above 0, and at most 1, for silence that nobody could have heard is not low", r.MinCoverage)
	}
	names := make(map[string]bool)
	for i, g := range r.Keywords {
		path := fmt.Sprintf("/wechat/keywords/%d", i)
		if strings.TrimSpace(g.Name) == "" || names[g.Name] {
			c.wrong(path+"/name", "%q is empty or there already", g.Name)
		}
		names[g.Name] = true
		c.number(path+"/weight", g.Weight, 0, 100)
		for j, word := range g.Words {
			if strings.TrimSpace(word) == "" {
				c.wrong(fmt.Sprintf("%s/words/%d", path, j), "it is empty")
			}
		}
	}
}

func (c *checker) whole(path string, n, from, to int) {
	if n < from || n > to {
		c.wrong(path, "it is %d: it has to be from %d to %d", n, from, to)
	}
}

func (c *checker) number(path string, x, from, to float64) {
	if math.IsNaN(x) || x < from || x > to {
		c.wrong(path, "it is %v: it has to be from %v to %v", x, from, to)
	}
}

func (c *checker) oneOf(path, got string, allowed ...string) {
	if !oneOf(got, allowed) {
		c.wrong(path, "it is %q: there are %s", got, strings.Join(allowed, " and "))
	}
}
