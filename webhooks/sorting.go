package webhooks

import (
	"time"

	"dealvitals/store"
)

// collectFor is how long a robot's events are collected before a message tells of them.
const collectFor = time.Minute

// robotLane is the one lane of a robot's endpoint: a message tells of all that waits.
const robotLane = "all"

// sorting says which events an endpoint gets, in which lane, and from when on.
func sorting(e store.Endpoint, now time.Time) func(store.Event) (string, time.Time, bool) {
	return func(event store.Event) (string, time.Time, bool) {
		if e.Kind.Robot() {
			return robotLane, now.Add(collectFor), e.Wants(event.Type)
		}
		return event.Subject, now, e.Wants(event.Type)
	}
}
