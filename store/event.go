package store

import (
	"encoding/json"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// EventType names what happened. The names are part of the contract and never change.
type EventType string

const (
	DealFrozen          EventType = "deal.frozen"
	DealHoldProposed    EventType = "deal.hold_proposed"
	DealReleased        EventType = "deal.released"
	DealConfirmed       EventType = "deal.confirmed"
	DealDisputed        EventType = "deal.disputed"
	DealDisputeAnswered EventType = "deal.dispute_answered"
	DealAssigned        EventType = "deal.assigned"
	DealExpired         EventType = "deal.expired"
	DealDecided         EventType = "deal.decided" // any other decision
	TargetDrifted       EventType = "target.drifted"
	TargetBlocked       EventType = "target.blocked"
	TargetFailing       EventType = "target.failing"
	TargetRecovered     EventType = "target.recovered"
	TargetFailingAgain  EventType = "target.failing_again" // three runs in a row or more
	TargetStaleSoon     EventType = "target.stale_soon"
	TargetStale         EventType = "target.stale"
	PeriodLocked        EventType = "period.locked"
	WebhookTest         EventType = "webhook.test" // sent on demand; it is in no log
)

// EventTypes lists every type that an endpoint can choose, in the order of the
// documentation.
func EventTypes() []EventType {
	return []EventType{
		DealFrozen, DealHoldProposed, DealReleased, DealConfirmed, DealDisputed, DealDisputeAnswered, DealAssigned, DealExpired, DealDecided,
		TargetDrifted, TargetBlocked, TargetFailing, TargetFailingAgain, TargetStaleSoon, TargetStale, TargetRecovered, PeriodLocked,
	}
}

// DecisionEvent is the type of the event that a decision makes.
func DecisionEvent(a scorer.Action) EventType {
	switch a {
	case scorer.ActionFreeze:
		return DealFrozen
	case scorer.ActionPropose:
		return DealHoldProposed
	case scorer.ActionRelease:
		return DealReleased
	case scorer.ActionConfirm:
		return DealConfirmed
	case scorer.ActionDispute:
		return DealDisputed
	case scorer.ActionAnswer:
		return DealDisputeAnswered
	case scorer.ActionAssign:
		return DealAssigned
	case scorer.ActionExpire:
		return DealExpired
	}
	return DealDecided
}

// TargetEvent is the type of the event that a run makes of a target that gives no data,
// "" where it gives some.
func TargetEvent(state signals.TargetState, outcome signals.Outcome) EventType {
	switch {
	case state == signals.TargetDrifted:
		return TargetDrifted
	case state == signals.TargetFailing && outcome == signals.OutcomeBlocked:
		return TargetBlocked
	case state == signals.TargetFailing:
		return TargetFailing
	}
	return ""
}

// Event is an entry in the log of what other systems are told.
type Event struct {
	Seq     uint64    // in the log, from 1 without gaps
	ID      string    // for ever the same, and no other event's, even in a restored copy
	Type    EventType // what happened
	At      time.Time // when
	Subject string    // what to, as "deal D-1": events on one subject keep their order

	Decision *scorer.Decision // of a deal's event, nil of others
	Deal     *signals.Deal    // as it was known then; nil where it was not
	Data     json.RawMessage  // of other events
}

// TargetReport is what an event says of a target.
type TargetReport struct {
	TargetID   string              `json:"target_id"`
	Kind       signals.Kind        `json:"kind"`
	CustomerID string              `json:"customer_id,omitempty"`
	URL        string              `json:"url"`
	State      signals.TargetState `json:"state"`
	Outcome    signals.Outcome     `json:"outcome"`
	RunID      string              `json:"run_id"`
	Items      int                 `json:"items"`
	Problem    string              `json:"problem,omitempty"`
	FinishedAt time.Time           `json:"finished_at"`

	// Of alerts: since when it lasts, how many runs in a row failed, when the measures go or
	// went stale, and when the newest of them was.
	Since    *time.Time `json:"since,omitempty"`
	Runs     int        `json:"runs,omitempty"`
	StaleAt  *time.Time `json:"stale_at,omitempty"`
	Measured *time.Time `json:"measured,omitempty"`
}
