package signals

import "time"

// WaitReason is why a target is not crawled now although it could be.
type WaitReason string

const (
	WaitQuietHours  WaitReason = "quiet_hours"  // the target's own
	WaitHostBudget  WaitReason = "host_budget"  // the pages that the host may be asked for today are used up
	WaitCircuitOpen WaitReason = "circuit_open" // the host failed several times, and is left alone for a while
	WaitHostAsked   WaitReason = "host_asked"   // the host asked to be left alone (Retry-After)
	WaitUnchanged   WaitReason = "unchanged"    // nothing changed for long: some planned times are left out
)

// Wait says until when a target is not crawled. It is no outcome: a target that waits is
// not measured, and what was measured of it goes stale in its time.
type Wait struct {
	Reason WaitReason `json:"reason"`
	Host   string     `json:"host,omitempty"`
	Until  time.Time  `json:"until"`
	Why    string     `json:"why,omitempty"` // what the host did, for people
}

// Circuit is what is known of a host that is in trouble.
type Circuit struct {
	Host     string    `json:"host"`
	Failures int       `json:"failures"`       // failed requests in a row
	Rest     Duration  `json:"rest,omitempty"` // for which it was left alone last
	Wait     *Wait     `json:"wait,omitempty"` // until when it is left alone; nil where it may be asked
	At       time.Time `json:"at"`             // of this
}
