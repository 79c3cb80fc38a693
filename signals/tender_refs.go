package signals

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// tenderRefs shows the notices behind a count: every notice of each project that has one
// in the window, those that count first, then newest first.
func tenderRefs(demands []demand, window dayWindow) []SignalRef {
	refs := []SignalRef{}
	for _, d := range demands {
		if d.touches(window) {
			refs = append(refs, d.refs(window)...)
		}
	}
	slices.SortStableFunc(refs, func(a, b SignalRef) int {
		if a.Counted != b.Counted {
			if a.Counted {
				return -1
			}
			return 1
		}
		return cmp.Or(b.Date.Start().Compare(a.Date.Start()), cmp.Compare(a.TargetID, b.TargetID), cmp.Compare(a.ID, b.ID))
	})
	return refs
}

func (d demand) touches(w dayWindow) bool {
	return slices.ContainsFunc(d.project.Notices, func(n MatchedNotice) bool { return w.holds(dayOf(n.Notice)) })
}

func (d demand) refs(w dayWindow) []SignalRef {
	refs := make([]SignalRef, 0, len(d.project.Notices))
	for i, n := range d.project.Notices {
		day := dayOf(n.Notice)
		ref := SignalRef{
			Kind: "notice", TargetID: n.Notice.TargetID, ID: n.Notice.ID, Title: n.Notice.Title,
			URL: n.Notice.URL, Date: &day, Evidence: n.Notice.Evidence, Why: d.why(i, w),
		}
		ref.Counted = i == d.lead && d.countsIn(w)
		refs = append(refs, ref)
	}
	return refs
}

// why says why notice i of the project counts or not.
func (d demand) why(i int, w dayWindow) Reason {
	n := d.project.Notices[i]
	facts := d.facts(n.Notice)
	switch {
	case !n.Match.Match:
		return Reason{Code: WhyRejected, Facts: with(facts, "actor", n.Match.Actor)}
	case n.Match.Review:
		return Reason{Code: WhyReview, Facts: with(facts, "by", n.Match.By, "confidence", strconv.FormatFloat(n.Match.Confidence, 'f', 2, 64))}
	case n.Match.Role != RoleBuyer:
		return Reason{Code: WhyOtherRole, Facts: with(facts, "role", string(n.Match.Role), "by", n.Match.By)}
	case !n.Notice.Type.Demand():
		return whyNoDemand(n.Notice, facts)
	case d.relevance.Excluded != "":
		return Reason{Code: WhyExcluded, Facts: with(facts, "word", d.relevance.Excluded)}
	case !d.relevance.Related:
		return Reason{Code: WhyUnrelated, Facts: facts}
	case d.cancelled:
		return Reason{Code: WhyCancelled, Facts: facts}
	case i != d.lead:
		return d.whyAgain(n.Notice, facts)
	case d.basis == WhyBaseline:
		return Reason{Code: WhyBaseline, Facts: facts}
	case w.until.Before(d.opened):
		return Reason{Code: WhyNotYet, Facts: facts}
	case !w.holds(d.opened):
		return Reason{Code: WhyOutsideWindow, Facts: facts}
	}
	return Reason{Code: d.basis, Facts: facts}
}

// whyAgain is for a further demand notice of a project: the same notice elsewhere, or a
// re-tender.
func (d demand) whyAgain(n Notice, facts map[string]string) Reason {
	lead := d.project.Notices[d.lead].Notice
	facts = with(facts, "counted", noticeKey(lead), "opened", d.opened.String())
	if roundOf(n) > roundOf(lead) {
		return Reason{Code: WhyRetender, Facts: facts}
	}
	return Reason{Code: WhySameProject, Facts: facts}
}

func whyNoDemand(n Notice, facts map[string]string) Reason {
	switch n.Type {
	case NoticeCorrection:
		return Reason{Code: WhyCorrection, Facts: facts}
	case NoticeTermination:
		return Reason{Code: WhyTermination, Facts: facts}
	case NoticeAward:
		return Reason{Code: WhyAward, Facts: withAward(facts, n)}
	case NoticeContract:
		return Reason{Code: WhyContract, Facts: withAward(facts, n)}
	}
	return Reason{Code: WhyOtherNotice, Facts: facts}
}

func (d demand) facts(n Notice) map[string]string {
	facts := map[string]string{"type": string(n.Type), "project": cmp.Or(d.project.Number, d.project.Title)}
	if len(d.relevance.Words) > 0 {
		facts["words"] = strings.Join(d.relevance.Words, "、")
	}
	return facts
}

func withAward(facts map[string]string, n Notice) map[string]string {
	if len(n.Winners) > 0 {
		facts = with(facts, "winners", strings.Join(n.Winners, "、"))
	}
	if n.Amount != nil {
		facts = with(facts, "amount", n.Amount.String(), "currency", n.Currency)
	}
	return facts
}

// with adds pairs of key and value to facts that nobody else holds.
func with(facts map[string]string, pairs ...string) map[string]string {
	for i := 0; i+1 < len(pairs); i += 2 {
		facts[pairs[i]] = pairs[i+1]
	}
	return facts
}
