package signals

import "time"

// HeatGrid is how many messages fell on each weekday and hour.
type HeatGrid struct {
	In  [7][24]int `json:"in"` // from Monday 00:00; of the contacts
	Out [7][24]int `json:"out"`
	Max int        `json:"max"` // the largest of both sides together in one hour

	KeywordsIn  [7][24]int `json:"keywords_in"` // occurrences in what the contacts wrote
	KeywordsOut [7][24]int `json:"keywords_out"`
}

// Heatmap counts the messages in (from, to] by weekday and hour in a zone.
func Heatmap(h WeChatHistory, zone *time.Location, from, to time.Time) HeatGrid {
	var m HeatGrid
	for _, i := range h.until(from, to).Interactions {
		if !i.Time.After(from) || !human(i) {
			continue
		}
		local := i.Time.In(zone)
		day, hour := (int(local.Weekday())+6)%7, local.Hour()
		if i.Direction == DirectionIn {
			m.In[day][hour]++
			m.KeywordsIn[day][hour] += occurrences(i)
		} else {
			m.Out[day][hour]++
			m.KeywordsOut[day][hour] += occurrences(i)
		}
		m.Max = max(m.Max, m.In[day][hour]+m.Out[day][hour])
	}
	return m
}

// occurrences is how many keywords a message holds, each at most as often as it counts.
func occurrences(i Interaction) int {
	n := 0
	for _, times := range i.Keywords {
		n += min(max(times, 0), maxRepeats)
	}
	return n
}
