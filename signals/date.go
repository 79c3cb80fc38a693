package signals

import (
	"fmt"
	"time"
)

// Shanghai is the zone of every date that a page states without a time
// (DESIGN §4, "Time"). China has had no daylight saving since 1991, so a fixed
// offset is exact for every date that a target can state, and needs no zone
// database on the machine.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a calendar day without a time, as pages state it.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads YYYY-MM-DD. It refuses days that do not exist.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date: write it as YYYY-MM-DD", text)
	}
	return DateOf(t), nil
}

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Start is the first instant of the day in Shanghai.
func (d Date) Start() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Shanghai)
}

// AddDays is the day n days later, earlier where n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Start().AddDate(0, 0, n)) }

// Before tells whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Start().Before(other.Start()) }

// IsZero tells whether d is no day at all.
func (d Date) IsZero() bool { return d == Date{} }

func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
