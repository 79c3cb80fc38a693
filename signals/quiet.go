package signals

import (
	"fmt"
	"strings"
	"time"
)

// quietSpan is a part of each day, in minutes since midnight. One that ends before it
// begins goes over midnight.
type quietSpan struct{ from, to int }

// CheckQuiet says what is wrong with the quiet hours of a target.
func (p Politeness) CheckQuiet() error {
	zone, err := p.zone()
	if err != nil {
		return err
	}
	for _, text := range p.QuietHours {
		if _, err := parseQuiet(text); err != nil {
			return err
		}
	}
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, zone)
	for at := monday; at.Before(monday.AddDate(0, 0, 1)); at = at.Add(time.Minute) {
		if _, quiet := p.QuietUntil(at); !quiet {
			return nil
		}
	}
	return fmt.Errorf("the quiet hours leave no time to crawl: pause the target instead")
}

func (p Politeness) zone() (*time.Location, error) {
	if p.TimeZone == "" {
		return Shanghai, nil
	}
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("%q is no time zone: write one such as Asia/Shanghai", p.TimeZone)
	}
	return zone, nil
}

func parseQuiet(text string) (quietSpan, error) {
	var fromHour, fromMinute, toHour, toMinute int
	from, to, ok := strings.Cut(text, "-")
	if _, err := fmt.Sscanf(from+" ", "%2d:%2d ", &fromHour, &fromMinute); err != nil || len(from) != 5 {
		ok = false
	}
	if _, err := fmt.Sscanf(to+" ", "%2d:%2d ", &toHour, &toMinute); err != nil || len(to) != 5 {
		ok = false
	}
	span := quietSpan{fromHour*60 + fromMinute, toHour*60 + toMinute}
	if !ok || fromMinute > 59 || toMinute > 59 || span.from >= 24*60 || span.to > 24*60 || span.from == span.to || min(fromHour, fromMinute, toHour, toMinute) < 0 {
		return span, fmt.Errorf("%q are no quiet hours: write them as 08:30-18:00", text)
	}
	return span, nil
}

// on is the span that begins on the day of an instant, moved by days.
func (s quietSpan) on(day time.Time, moved int) (from, to time.Time) {
	year, month, date := day.Date()
	length := 0
	if s.to < s.from {
		length = 1
	}
	from = time.Date(year, month, date+moved, 0, s.from, 0, 0, day.Location())
	return from, time.Date(year, month, date+moved+length, 0, s.to, 0, 0, day.Location())
}

// QuietUntil tells whether an instant is within the quiet hours, and when they end. Spans
// that touch are one.
func (p Politeness) QuietUntil(at time.Time) (until time.Time, quiet bool) {
	until = at
	for range 2*len(p.QuietHours) + 1 {
		end, inside := p.spanAround(until)
		if !inside {
			break
		}
		until, quiet = end, true
	}
	return until, quiet
}

func (p Politeness) spanAround(at time.Time) (end time.Time, inside bool) {
	p.eachSpan(at, func(from, to time.Time) {
		if !at.Before(from) && at.Before(to) && to.After(end) {
			end, inside = to, true
		}
	})
	return end, inside
}

// NextQuiet is when the next quiet hours begin after an instant; false where the target
// has none.
func (p Politeness) NextQuiet(at time.Time) (next time.Time, ok bool) {
	p.eachSpan(at, func(from, _ time.Time) {
		if from.After(at) && (!ok || from.Before(next)) {
			next, ok = from, true
		}
	})
	return next, ok
}

// eachSpan calls fn for the spans that begin on the day before an instant, on its own and
// on the next. What cannot be read is no span: CheckQuiet refuses it when it comes in.
func (p Politeness) eachSpan(at time.Time, fn func(from, to time.Time)) {
	zone, err := p.zone()
	if err != nil {
		return
	}
	local := at.In(zone)
	for _, text := range p.QuietHours {
		span, err := parseQuiet(text)
		if err != nil {
			continue
		}
		for moved := -1; moved <= 1; moved++ {
			fn(span.on(local, moved))
		}
	}
}
