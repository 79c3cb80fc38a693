package signals

import "time"

// HeatGrid is how many messages fell on each weekday and hour.
type HeatGrid struct {
	In  [7][24]int `json:"in"` // from Monday 00:00; of the contacts
	Out [7][24]int `json:"out"`
	Max int        `json:"max"` // the largest of both sides together in one hour
}

// Heatmap counts the messages in (from, to] by weekday and hour in a zone.
func Heatmap(h WeChatHistory, zone *time.Location, from, to time.Time) HeatGrid {
	var m HeatGrid
	for _, i := range h.until(to).Interactions {
		if !i.Time.After(from) || !human(i) {
			continue
		}
		local := i.Time.In(zone)
		day, hour := (int(local.Weekday())+6)%7, local.Hour()
		if i.Direction == DirectionIn {
			m.In[day][hour]++
		} else {
			m.Out[day][hour]++
		}
		m.Max = max(m.Max, m.In[day][hour]+m.Out[day][hour])
	}
	return m
}
