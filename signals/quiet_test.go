package signals

import (
	"testing"
	"time"
)

func TestQuietHoursAreThoseOfTheTargetsTimeZone(t *testing.T) {
	at := func(text string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", text, Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	office := Politeness{QuietHours: []string{"08:30-12:00", "12:00-18:00"}}
	night := Politeness{QuietHours: []string{"22:00-06:00"}}
	london := Politeness{QuietHours: []string{"09:00-17:00"}, TimeZone: "Europe/London"}
	for name, c := range map[string]struct {
		p           Politeness
		at          string
		until, next string // "" = not quiet
	}{
		"before the office opens":      {office, "2026-11-24 08:29", "", "2026-11-24 08:30"},
		"as it opens":                  {office, "2026-11-24 08:30", "2026-11-24 18:00", "2026-11-24 12:00"},
		"spans that touch are one":     {office, "2026-11-24 12:00", "2026-11-24 18:00", "2026-11-25 08:30"},
		"as it closes":                 {office, "2026-11-24 18:00", "", "2026-11-25 08:30"},
		"before midnight":              {night, "2026-11-24 23:59", "2026-11-25 06:00", "2026-11-25 22:00"},
		"after midnight":               {night, "2026-11-25 00:00", "2026-11-25 06:00", "2026-11-25 22:00"},
		"in the morning":               {night, "2026-11-25 06:00", "", "2026-11-25 22:00"},
		"another zone, in winter time": {london, "2026-11-24 17:30", "2026-11-25 01:00", "2026-11-25 17:00"},
		"another zone, in summer time": {london, "2026-07-01 16:30", "2026-07-02 00:00", "2026-07-02 16:00"},
		"no quiet hours":               {Politeness{}, "2026-11-24 12:00", "", ""},
	} {
		until, quiet := c.p.QuietUntil(at(c.at))
		if quiet != (c.until != "") || quiet && !until.Equal(at(c.until)) {
			t.Errorf("%s: quiet %v until %v", name, quiet, until)
		}
		next, ok := c.p.NextQuiet(at(c.at))
		if ok != (c.next != "") || ok && !next.Equal(at(c.next)) {
			t.Errorf("%s: next %v %v", name, ok, next)
		}
	}
}

func TestQuietHoursThatAreNoneAreRefused(t *testing.T) {
	for _, p := range []Politeness{
		{QuietHours: []string{"8-18"}}, {QuietHours: []string{"08:30"}}, {QuietHours: []string{"08:30-08:30"}}, {QuietHours: []string{"25:00-26:00"}},
		{QuietHours: []string{"08:60-18:00"}}, {QuietHours: []string{"08:30-18:00x"}}, {QuietHours: []string{"-1:30-18:00"}}, {QuietHours: []string{""}},
		{QuietHours: []string{"00:00-24:00"}}, {QuietHours: []string{"06:00-22:00", "21:00-07:00"}}, {QuietHours: []string{"08:00-18:00"}, TimeZone: "Mars/Base"},
	} {
		if err := p.CheckQuiet(); err == nil {
			t.Errorf("%v is taken", p)
		}
	}
	for _, p := range []Politeness{{}, {QuietHours: []string{"00:00-23:59"}}, {QuietHours: []string{"18:00-24:00"}, TimeZone: "America/New_York"}} {
		if err := p.CheckQuiet(); err != nil {
			t.Errorf("%v: %v", p, err)
		}
	}
}

func FuzzQuietHours(f *testing.F) {
	f.Add("08:30-18:00", int64(0))
	f.Add("22:00-06:00", int64(1_800_000_000))
	f.Fuzz(func(t *testing.T, span string, seconds int64) {
		p := Politeness{QuietHours: []string{span}}
		if p.CheckQuiet() != nil || seconds < 0 || seconds > 1<<33 {
			return
		}
		at := time.Unix(seconds, 0)
		if until, quiet := p.QuietUntil(at); quiet {
			if _, still := p.QuietUntil(until); still || !until.After(at) || until.Sub(at) > 25*time.Hour {
				t.Errorf("%s at %v: until %v", span, at, until)
			}
		}
	})
}
