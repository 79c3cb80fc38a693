package scorer

import (
	"time"

	"dealvitals/signals"
)

// Band is the coarse reading of a factor's score.
type Band string

const (
	BandHigh Band = "high"
	BandMid  Band = "mid"
	BandLow  Band = "low"
)

// Diagnosis names the pattern of the three bands (DESIGN §4 "Pattern", §5).
type Diagnosis string

const (
	ColdRelationship    Diagnosis = "cold_relationship"     // wechat low, the others high
	TalkWithoutPurchase Diagnosis = "talk_without_purchase" // tender low, the others high
	ShrinkingBuyer      Diagnosis = "shrinking_buyer"       // hiring low, the others high
	Healthy             Diagnosis = "healthy"               // two or more high, none low
	Dormant             Diagnosis = "dormant"               // two or more low, none high
	Mixed               Diagnosis = "mixed"                 // any other three ok
	Unknown             Diagnosis = "unknown"               // not all three ok
)

// FactorScore is one factor in a health document (F in DESIGN §5).
type FactorScore struct {
	Status     signals.Status `json:"status"`
	Value      *float64       `json:"value"`
	Score      *float64       `json:"score"`
	Band       *Band          `json:"band"`
	Previous   *float64       `json:"previous"`
	MeasuredAt *time.Time     `json:"measured_at"`
	Reason     string         `json:"reason"`

	// Of a factor that the policy scores by percentile: what it was scored by in fact, and
	// how many deals there were to compare with.
	Scale      Scale `json:"scale,omitempty"`
	CohortSize int   `json:"cohort_size,omitempty"`
}

// FactorScores is the three factors of a deal.
type FactorScores struct {
	Hiring FactorScore `json:"hiring"`
	Tender FactorScore `json:"tender"`
	WeChat FactorScore `json:"wechat"`
}

// Evaluation is a deal's score at an instant: what is kept of each re-score.
type Evaluation struct {
	DealID        string       `json:"deal_id"`
	AsOf          time.Time    `json:"as_of"`
	PolicyVersion int          `json:"policy_version"`
	Health        *float64     `json:"health"` // 0–100, null when no factor is ok
	Coverage      float64      `json:"coverage"`
	Factors       FactorScores `json:"factors"`
	Diagnosis     Diagnosis    `json:"diagnosis"`
	Flagged       bool         `json:"flagged"` // the policy flags this diagnosis
	Freezes       bool         `json:"freezes"` // the policy freezes on this diagnosis

	Segment  string     `json:"segment,omitempty"`   // of the policy, whose settings held
	CohortAt *time.Time `json:"cohort_at,omitempty"` // when the cohorts that percentiles are of were counted
}

// Health is the health document of DESIGN §5, the same in HTTP, CLI and demo.
type Health struct {
	DealID        string       `json:"deal_id"`
	CustomerID    string       `json:"customer_id"`
	Owner         string       `json:"owner"`
	Amount        string       `json:"amount"` // decimal string
	Currency      string       `json:"currency"`
	AsOf          time.Time    `json:"as_of"`
	PolicyVersion int          `json:"policy_version"`
	Health        *float64     `json:"health"`
	Coverage      float64      `json:"coverage"`
	Factors       FactorScores `json:"factors"`
	Diagnosis     Diagnosis    `json:"diagnosis"`
	Freeze        FreezeView   `json:"freeze"`
	Segment       string       `json:"segment,omitempty"`   // of the policy, whose settings held
	CohortAt      *time.Time   `json:"cohort_at,omitempty"` // when the cohorts that percentiles are of were counted
}

// FreezeState is where a deal's commission stands.
type FreezeState string

const (
	FreezeClear    FreezeState = "clear"
	FreezeProposed FreezeState = "proposed" // the machine proposes a hold; a person has to confirm it
	FreezeFrozen   FreezeState = "frozen"
)

// FreezeView is a deal's freeze state as documents show it.
type FreezeView struct {
	State      FreezeState `json:"state"`
	Disputed   bool        `json:"disputed"`
	Reason     string      `json:"reason"` // reason code, "" when clear without history
	Since      *time.Time  `json:"since"`
	Until      *time.Time  `json:"until"`
	DecisionID string      `json:"decision_id"`

	AnswerBy      *time.Time `json:"answer_by,omitempty"` // of a dispute: by when it is to be answered
	EffectiveFrom *time.Time `json:"-"`                   // since when the state has held; nil where no decision says so
}

// Overdue tells whether the deal is disputed and the deadline for the answer has passed.
func (v FreezeView) Overdue(at time.Time) bool {
	return v.Disputed && v.AnswerBy != nil && !v.AnswerBy.After(at)
}
