package signals

import "time"

// Factor is one of the three vital signs.
type Factor string

const (
	FactorHiring Factor = "hiring"
	FactorTender Factor = "tender"
	FactorWeChat Factor = "wechat"
)

// Factors lists the three, in the order in which they are always shown.
func Factors() []Factor { return []Factor{FactorHiring, FactorTender, FactorWeChat} }

// Status tells whether a measure may be believed.
type Status string

const (
	StatusOK      Status = "ok"
	StatusWarming Status = "warming" // observed for too short a time to tell new from old
	StatusStale   Status = "stale"   // the newest complete run or sync is older than the limit
	StatusUnknown Status = "unknown" // no source, or its sources fail
)

// Measure is one factor's number at an instant. Value is nil unless Status is ok.
type Measure struct {
	Factor Factor
	Status Status
	Value  *float64
	// AtLeast is true when some of the factor's sources fail, so that Value is only a
	// lower bound: it can prove a high factor, never a low one.
	AtLeast bool
	// Then is the number with the window reaching as far back as it did at the newest sync or
	// complete run. Where it is above Value, that fell only because time passed while nobody
	// looked. Nil where it is not asked: Value is nil, or of the instant itself.
	Then       *float64
	Previous   *float64   // the same number one window earlier, where it was covered
	MeasuredAt *time.Time // the newest complete run or sync behind it
	Reason     Reason     // why the status is what it is, and what was left out
	Signals    []SignalRef
}

// Reason is a stable code that explains a status, with the facts that its sentence needs.
type Reason struct {
	Code  string            `json:"code"`
	Facts map[string]string `json:"facts,omitempty"`
}

// SignalRef points at one signal behind a measure.
type SignalRef struct {
	Kind     string `json:"kind"` // posting, notice, interaction
	TargetID string `json:"target_id,omitempty"`
	ID       string `json:"id"`
	Title    string `json:"title,omitempty"`
	URL      string `json:"url,omitempty"`
	Date     *Date  `json:"date,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Counted  bool   `json:"counted"`
	Why      Reason `json:"why,omitzero"` // why it counts or not: published, first_seen, repost, baseline, award, …
}
