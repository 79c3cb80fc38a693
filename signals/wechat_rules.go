package signals

// WeChatRules are the settings of the WeChat measure.
type WeChatRules struct {
	HalfLifeDays float64 `json:"half_life_days"` // a message this old weighs half
	DailyCap     int     `json:"daily_cap"`      // messages of one contact and side that count in one day
	MaxLift      float64 `json:"max_lift"`       // the most that keyword density can raise the heat by, as a share of it
}
