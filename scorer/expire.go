package scorer

import "time"

// Expire is the machine's step on a deal that is not evaluated any more, because it is
// closed: what ends by the passing of time alone ends all the same, and stands in the log,
// and what the CRM turned is reviewed.
func Expire(decisions []Decision, turn Turn, p Policy, asOf time.Time) (*Decision, bool) {
	newest, found := newestAt(decisions, asOf)
	if !found || newerThan(decisions, asOf) {
		return nil, false
	}
	if d, turned := turn.step(decisions, newest, p, asOf); turned {
		return d, true
	}
	if !lapsed(newest, asOf) && !releaseEnded(newest, asOf) && !givenUp(newest, p, asOf) {
		return nil, false
	}
	d := machineDecision(ActionExpire, newest, Evaluation{DealID: newest.DealID, Diagnosis: newest.Diagnosis}, p, asOf)
	d.EvaluatedAt = newest.EvaluatedAt
	return d, true
}
