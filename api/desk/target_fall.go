package desk

import (
	"context"
	"fmt"
	"strings"

	"dealvitals/signals"
)

// ConfirmFall keeps the word of an administrator who looked at the pages of the run: the list
// fell, and the run read all of it. It is refused where the run is not the newest complete one
// of a list that fell, for then another fall would be confirmed than was seen.
func (d *Desk) ConfirmFall(ctx context.Context, id, runID, note, actor string) (signals.Target, error) {
	note = strings.TrimSpace(note)
	if note == "" {
		return signals.Target{}, fallFault("/note", "say what you saw on the page: the note stands in the audit log")
	}
	target, _, err := d.alter(ctx, id, actor, func(t *signals.Target) (bool, error) {
		now := d.Clock()
		summaries, err := d.Runs.Summaries(ctx, id, now)
		if err != nil {
			return false, fmt.Errorf("reading the runs of target %s: %w", id, err)
		}
		fall := signals.FallOf(*t, summaries, now)
		switch {
		case fall == nil:
			return false, fallFault("/run_id", "the list of this target has no fall that waits to be believed")
		case fall.RunID != runID:
			return false, fallFault("/run_id", "the newest complete run is "+fall.RunID+": look at its pages, and confirm that one")
		}
		t.FallSeen = &signals.FallSeen{Fall: *fall, By: actor, Note: note, RecordedAt: now}
		return true, nil
	})
	return target, err
}

// WithdrawFall takes such a word back; changed tells whether there was one.
func (d *Desk) WithdrawFall(ctx context.Context, id, actor string) (target signals.Target, changed bool, err error) {
	return d.alter(ctx, id, actor, func(t *signals.Target) (bool, error) {
		said := t.FallSeen != nil
		t.FallSeen = nil
		return said, nil
	})
}

func fallFault(pointer, detail string) error {
	return &InvalidError{What: "the confirmation", Faults: []Fault{{Pointer: pointer, Detail: detail}}}
}

// KeepFallSeen carries the confirmation of a target's fall into a new version of it: nobody
// but ConfirmFall makes one, and what was seen on another page says nothing of this one.
func KeepFallSeen(old signals.Target, t *signals.Target) {
	t.FallSeen = nil
	if old.URL == t.URL {
		t.FallSeen = old.FallSeen
	}
}
