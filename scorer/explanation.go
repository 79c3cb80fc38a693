package scorer

import (
	"time"

	"dealvitals/signals"
)

// Explanation is why a deal stands as it does, in sentences of one language and in the
// numbers that they were made from.
type Explanation struct {
	Lang          string              `json:"lang"`
	DealID        string              `json:"deal_id"`
	DealName      string              `json:"deal_name"`
	Customer      string              `json:"customer"`
	AsOf          time.Time           `json:"as_of"`
	PolicyVersion int                 `json:"policy_version"`
	Segment       string              `json:"segment,omitempty"`   // of the policy, whose settings held
	CohortAt      *time.Time          `json:"cohort_at,omitempty"` // when the deals that this one is compared with were counted
	Summary       string              `json:"summary"`
	Diagnosis     Diagnosis           `json:"diagnosis"`
	Pattern       string              `json:"pattern"` // what the diagnosis means
	Health        *float64            `json:"health"`
	Coverage      float64             `json:"coverage"`
	Factors       []FactorExplanation `json:"factors"`
	WayOut        []Change            `json:"way_out"` // any one of them takes the deal out of the pattern
	Caveats       []string            `json:"caveats"`
	Rules         []string            `json:"rules"` // what the policy does about it
	Freeze        *FreezeExplanation  `json:"freeze,omitempty"`
}

// FactorExplanation is one factor's derivation: number, curve, band, trend, signals.
type FactorExplanation struct {
	Factor     signals.Factor      `json:"factor"`
	Name       string              `json:"name"`
	Sentence   string              `json:"sentence"`
	Status     signals.Status      `json:"status"`
	Reason     string              `json:"reason"`
	ReasonText string              `json:"reason_text"`
	Facts      []Fact              `json:"facts"`
	Value      *float64            `json:"value"`
	Score      *float64            `json:"score"`
	Band       *Band               `json:"band"`
	Previous   *float64            `json:"previous"`
	Trend      Trend               `json:"trend"`
	Curve      *CurvePlace         `json:"curve"`            // null unless status is ok
	Cohort     *CohortPlace        `json:"cohort,omitempty"` // of a factor that the policy scores by percentile
	From       time.Time           `json:"from"`             // the window is after From, up to To
	To         time.Time           `json:"to"`
	MeasuredAt *time.Time          `json:"measured_at"`
	Signals    []SignalExplanation `json:"signals"`
}

// Fact is a number behind a reason.
type Fact struct {
	Name  string `json:"name"`
	Label string `json:"label"` // the name in words
	Value string `json:"value"`
}

// CurvePlace is where on its curve a value lies, and the limits of the bands.
type CurvePlace struct {
	Below Point   `json:"below"`
	Above Point   `json:"above"`
	High  float64 `json:"high"`
	Low   float64 `json:"low"`
}

// CohortPlace is where a number lies among those of the deals of its segment.
type CohortPlace struct {
	Scale Scale `json:"scale"` // curve where there are too few deals to compare with
	Size  int   `json:"size"`
	Min   int   `json:"min"`
	Below int   `json:"below"` // deals with less
	Equal int   `json:"equal"` // deals with just that
}

// Trend is a factor's number against that of the window before.
type Trend string

const (
	TrendUp      Trend = "up"
	TrendDown    Trend = "down"
	TrendSteady  Trend = "steady"
	TrendUnknown Trend = "unknown" // the window before was not covered
)

// SignalExplanation is one signal with why it counts or not, and the page that shows it.
type SignalExplanation struct {
	Kind     string        `json:"kind"`
	TargetID string        `json:"target_id,omitempty"`
	ID       string        `json:"id"`
	Title    string        `json:"title,omitempty"`
	URL      string        `json:"url,omitempty"`
	Date     *signals.Date `json:"date,omitempty"`
	Evidence string        `json:"evidence,omitempty"` // hash of the captured page
	Counted  bool          `json:"counted"`
	Why      string        `json:"why"`
	WhyText  string        `json:"why_text"`
	Facts    []Fact        `json:"facts,omitempty"`
}

// Change is a factor's nearest number at which the deal would be out of its pattern.
type Change struct {
	Factor   signals.Factor `json:"factor"`
	From     float64        `json:"from"`
	To       float64        `json:"to"`
	Sentence string         `json:"sentence"`
}

// FreezeExplanation is where the commission stands, and who looks at it when.
type FreezeExplanation struct {
	State      FreezeState `json:"state"`
	Disputed   bool        `json:"disputed"`
	Reason     string      `json:"reason"`
	ReasonText string      `json:"reason_text"`
	Note       string      `json:"note,omitempty"`
	Actor      string      `json:"actor"`
	Since      *time.Time  `json:"since"`
	Until      *time.Time  `json:"until"`
	Reviewer   string      `json:"reviewer"`
	ReviewBy   *time.Time  `json:"review_by"`
	AnswerBy   *time.Time  `json:"answer_by,omitempty"` // of a dispute
	DecisionID string      `json:"decision_id"`
	Possible   []Action    `json:"possible"` // what people can decide now
	Sentence   string      `json:"sentence"`
}
