package desk

import (
	"context"
	"fmt"
	"math"
	"time"

	"dealvitals/signals"
)

// Heatmap is when a sales person and the key contacts of a deal talk.
type Heatmap struct {
	DealID   string    `json:"deal_id"`
	AsOf     time.Time `json:"as_of"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	TimeZone string    `json:"time_zone"`
	Heat
	Contacts []ContactHeat `json:"contacts"`
}

// ContactHeat is the part of one key contact.
type ContactHeat struct {
	ContactID string `json:"contact_id"`
	Heat
}

// Heat is a grid with what it comes to.
type Heat struct {
	signals.HeatGrid
	MessagesIn  int     `json:"messages_in"`
	MessagesOut int     `json:"messages_out"`
	DensityIn   float64 `json:"density_in"` // keywords in 100 messages
	DensityOut  float64 `json:"density_out"`
}

// Heatmap counts the talk in the window of the WeChat factor, as it was known at an instant.
func (d *Desk) Heatmap(ctx context.Context, dealID string, asOf time.Time) (Heatmap, error) {
	policy, err := d.Policies.At(ctx, asOf)
	if err != nil {
		return Heatmap{}, fmt.Errorf("reading the policy: %w", err)
	}
	history, err := d.Histories.DealWithin(ctx, dealID, asOf, policy.TalkReach())
	if err != nil {
		return Heatmap{}, fmt.Errorf("reading the history of deal %s: %w", dealID, err)
	}
	policy = policy.For(history.Deal, history.Customer)
	return newHeatmap(history, policy.Factors[signals.FactorWeChat].WindowDays, asOf), nil
}

func newHeatmap(history signals.History, days int, asOf time.Time) Heatmap {
	zone, talk := signals.Shanghai, history.WeChat
	from := asOf.Add(-time.Duration(days) * 24 * time.Hour)
	h := Heatmap{
		DealID: history.Deal.ID, AsOf: asOf, From: from, To: asOf, TimeZone: "Asia/Shanghai",
		Heat: newHeat(signals.Heatmap(talk, zone, from, asOf)), Contacts: make([]ContactHeat, len(talk.Contacts)),
	}
	for i, contact := range talk.Contacts {
		own := signals.WeChatHistory{Contacts: []signals.Contact{contact}, Interactions: talk.Interactions}
		h.Contacts[i] = ContactHeat{contact.ID, newHeat(signals.Heatmap(own, zone, from, asOf))}
	}
	return h
}

func newHeat(g signals.HeatGrid) Heat {
	h := Heat{HeatGrid: g, MessagesIn: sum(g.In), MessagesOut: sum(g.Out)}
	h.DensityIn = density(sum(g.KeywordsIn), h.MessagesIn)
	h.DensityOut = density(sum(g.KeywordsOut), h.MessagesOut)
	return h
}

func sum(grid [7][24]int) int {
	n := 0
	for _, day := range grid {
		for _, hour := range day {
			n += hour
		}
	}
	return n
}

func density(keywords, messages int) float64 {
	if messages == 0 {
		return 0
	}
	return math.Round(1000*float64(keywords)/float64(messages)) / 10
}
