package scorer

import (
	"time"

	"dealvitals/signals"
)

// Policy is the versioned document that turns measures into decisions.
type Policy struct {
	Version     int       `json:"version"`
	Comment     string    `json:"comment,omitempty"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	PublishedBy string    `json:"published_by,omitempty"`
	ProposedBy  string    `json:"proposed_by,omitempty"` // of the draft that was published

	Factors  map[signals.Factor]FactorPolicy `json:"factors"`
	Patterns map[Diagnosis]PatternPolicy     `json:"patterns"` // the three of two-high-one-low
	Freeze   FreezePolicy                    `json:"freeze"`
	Payment  PaymentPolicy                   `json:"payment"`
	Dispute  DisputePolicy                   `json:"dispute,omitzero"`
	WeChat   signals.WeChatRules             `json:"wechat"`
	Segments []Segment                       `json:"segments,omitempty"` // the first that matches a deal holds for it
	Approval ApprovalPolicy                  `json:"approval,omitzero"`

	segment string   // whose overrides are in it, see For
	cohorts *Cohorts // what percentiles are taken of
}

// ApprovalPolicy is what it takes to publish the next version.
type ApprovalPolicy struct {
	SecondPerson bool `json:"second_person,omitempty"` // another administrator than the one who drafted it
}

// FactorPolicy is how one factor is measured and scored.
type FactorPolicy struct {
	WindowDays     int     `json:"window_days"`
	StaleAfterDays int     `json:"stale_after_days"`
	Curve          []Point `json:"curve"` // ascending by Value; flat beyond its ends
	High           float64 `json:"high"`  // score from which the band is high
	Low            float64 `json:"low"`   // score below which the band is low
	Weight         float64 `json:"weight"`

	Scale     Scale `json:"scale,omitempty"`      // curve unless given
	MinCohort int   `json:"min_cohort,omitempty"` // percentile only: with fewer deals to compare with, the curve holds
}

// Point is one corner of a piecewise-linear curve.
type Point struct {
	Value float64 `json:"value"`
	Score float64 `json:"score"` // 0–100
}

// PatternPolicy says what a diagnosis does.
type PatternPolicy struct {
	Flag   bool `json:"flag"`
	Freeze bool `json:"freeze"`
}

// FreezePolicy is the lifecycle of a freeze.
type FreezePolicy struct {
	Mode          string `json:"mode"`          // automatic or propose
	Confirmations int    `json:"confirmations"` // evaluations in a row that show the pattern before it freezes
	ReleaseAfter  int    `json:"release_after"` // evaluations in a row on ok data without it before it releases
	MaxDays       int    `json:"max_days"`      // a freeze nobody confirmed ends after this
	ReviewDays    int    `json:"review_days"`
	Reviewer      string `json:"reviewer"`
}

// DisputePolicy is what happens to a dispute. A policy from before there was one has none.
type DisputePolicy struct {
	Days    int    `json:"days"`    // within which sales operations have to answer; 0 = DefaultDisputeDays
	Overdue string `json:"overdue"` // what the end of that does: none, or release
}

// PaymentPolicy is what an answer that is neither clear nor frozen means for paying.
type PaymentPolicy struct {
	UnknownDeal string `json:"unknown_deal"` // pay or hold
	StaleData   string `json:"stale_data"`   // pay or hold
}
