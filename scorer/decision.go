package scorer

import "time"

// Action is what a decision does.
type Action string

const (
	ActionFreeze  Action = "freeze"
	ActionPropose Action = "propose"
	ActionRelease Action = "release" // of a freeze, or of a proposal (then it is declined)
	ActionConfirm Action = "confirm"
	ActionDispute Action = "dispute"
	ActionAnswer  Action = "answer" // to a dispute; upheld keeps the freeze, else a release follows
	ActionAssign  Action = "assign" // somebody else reviews it; nothing else changes
	ActionReview  Action = "review" // what it is held on is no evidence of it any more: it stays held until somebody has reviewed it
	ActionExpire  Action = "expire" // max_days passed, a person's release reached its date, or a dispute stayed unanswered
)

// Decision is an entry in a deal's append-only freeze history. The state of a deal at
// an instant is that of its newest decision until then.
type Decision struct {
	ID            string      `json:"id"`  // ULID
	Seq           uint64      `json:"seq"` // position in the log of all decisions, from 1 without gaps; set by the store
	DealID        string      `json:"deal_id"`
	Action        Action      `json:"action"`
	State         FreezeState `json:"state"` // after this decision
	Disputed      bool        `json:"disputed,omitempty"`
	At            time.Time   `json:"at"`
	Actor         string      `json:"actor"`  // "machine", or the key or person who decided
	ReasonCode    string      `json:"reason"` // stable code
	Note          string      `json:"note,omitempty"`
	Since         *time.Time  `json:"since,omitempty"`     // since when the present freeze holds
	Until         *time.Time  `json:"until,omitempty"`     // when it ends by itself
	ReviewBy      *time.Time  `json:"review_by,omitempty"` // when it is to be looked at
	Reviewer      string      `json:"reviewer,omitempty"`
	Diagnosis     Diagnosis   `json:"diagnosis,omitempty"`
	PolicyVersion int         `json:"policy_version"`
	EvaluatedAt   *time.Time  `json:"evaluated_at,omitempty"`   // as-of of the evaluation behind it
	EffectiveFrom *time.Time  `json:"effective_from,omitempty"` // since when the state has been what it is
	Evidence      []string    `json:"evidence,omitempty"`       // hashes of the pages behind it
	AnswerBy      *time.Time  `json:"answer_by,omitempty"`      // of a dispute: by when sales operations have to answer it
	OnBehalf      string      `json:"on_behalf_of,omitempty"`   // of a dispute: the sales person whose it is, where another one noted it
	Bulk          string      `json:"bulk,omitempty"`           // names the bulk action that it was taken in
	Review        string      `json:"review,omitempty"`         // why somebody has to review the hold: ReasonCustomerChanged or ReasonMergedHold; the machine does not release it before
	MergedFrom    string      `json:"merged_from,omitempty"`    // of a hold that came with a merge: the deal that it was decided on
	Held          bool        `json:"held,omitempty"`           // a person decided; the machine stands back until it expires or the pattern has ended and begun again
}
