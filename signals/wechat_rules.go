package signals

import "time"

// WeChatRules are the settings of the WeChat measure.
type WeChatRules struct {
	WindowDays     int `json:"-"` // of the factor's policy, where it stands once
	StaleAfterDays int `json:"-"` // of the factor's policy

	HalfLifeDays float64        `json:"half_life_days"`     // a message this old weighs half
	DailyCap     int            `json:"daily_cap"`          // messages of one contact and side that count in one day
	MaxLift      float64        `json:"max_lift"`           // the most that keyword density can raise the heat by, as a share of it
	MinCoverage  float64        `json:"min_coverage"`       // share of the window below which a contact is not covered, 0–1; between it and all the heat is a lower bound
	Keywords     []KeywordGroup `json:"keywords,omitempty"` // what is counted where a message comes in
}

// Reach is how far back from an instant messages are heard: two windows, each as of its newest
// sync too. Earlier ones change nothing.
func (r WeChatRules) Reach() time.Duration { return days(2*r.WindowDays + r.StaleAfterDays) }

// KeywordGroup is some words that mean the same stage of a deal, such as price or contract.
type KeywordGroup struct {
	Name   string   `json:"name"`
	Weight float64  `json:"weight"` // how much an occurrence says, 1 = ordinary
	Words  []string `json:"words"`
}
