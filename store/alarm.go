package store

import (
	"time"

	"dealvitals/signals"
)

// Alarm is an alert that other systems are told of once.
type Alarm struct {
	Type EventType
	// Of tells the condition from an earlier one of the same target: since when it lasts, or
	// what the target's newest measurement was. It is told again when this is another.
	Of     time.Time
	Report TargetReport
}

// AlertEvent is the event of an alert that no run makes by itself; "" of the others, which
// are told when the run ends.
func AlertEvent(k signals.AlertKind) EventType {
	switch k {
	case signals.AlertFailing:
		return TargetFailingAgain
	case signals.AlertStaleSoon:
		return TargetStaleSoon
	case signals.AlertStale:
		return TargetStale
	}
	return ""
}
