package store

import (
	"fmt"
	"time"

	"dealvitals/scorer"
)

// DraftState is what became of a draft.
type DraftState string

const (
	DraftOpen      DraftState = "open"
	DraftPublished DraftState = "published"
	DraftWithdrawn DraftState = "withdrawn"
)

// PolicyDraft is a policy that somebody proposes. What it says never changes: who wants
// something else drafts anew, so that what is published is what was looked at.
type PolicyDraft struct {
	ID          string        `json:"id"`
	State       DraftState    `json:"state"`
	BaseVersion int           `json:"base_version"` // of the policy that it was made upon
	Policy      scorer.Policy `json:"policy"`       // its comment says why
	ProposedBy  string        `json:"proposed_by"`
	ProposedAt  time.Time     `json:"proposed_at"`
	DecidedBy   string        `json:"decided_by,omitempty"` // who published or withdrew it
	DecidedAt   *time.Time    `json:"decided_at,omitempty"`
	Version     int           `json:"version,omitempty"` // as which it was published
}

// SecondPersonError says that the policy in force asks for two people to publish the next.
type SecondPersonError struct {
	ProposedBy string // of the draft, "" where there is none
}

func (e *SecondPersonError) Error() string {
	if e.ProposedBy == "" {
		return "the policy in force asks for a second person: propose a draft, and let another administrator publish it"
	}
	return fmt.Sprintf("the policy in force asks for a second person: %s proposed this draft, and another administrator has to publish it", e.ProposedBy)
}

// DraftEndedError says that a draft was published or withdrawn already.
type DraftEndedError struct {
	ID    string
	State DraftState
}

func (e *DraftEndedError) Error() string {
	return fmt.Sprintf("draft %s was %s already", e.ID, e.State)
}
