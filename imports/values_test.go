package imports

import (
	"testing"
	"time"
)

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		cell   string
		factor float64 // of the heading's unit
		want   string  // "" = refused
	}{
		{"3200000", 1, "3200000"},
		{"3,200,000.50", 1, "3200000.5"},
		{"320万元", 1, "3200000"},
		{"320万", 1, "3200000"},
		{"1.5亿", 1, "150000000"},
		{"￥１２０", 1, "120"},
		{"RMB 120 元整", 1, "120"},
		{"320", 10_000, "3200000"},
		{"320元", 10_000, "320"}, // a unit of its own wins over the heading's
		{"1.32E+07", 1, "13200000"},
		{"-5", 1, "-5"},
		{"1,5", 1, ""},
		{"12,00", 1, ""},
		{"about 5", 1, ""},
		{"1e999999999", 1, ""},
		{"5 USD", 1, ""},
		{"NaN", 1, ""},
		{"", 1, ""},
	} {
		got, err := parseAmount(c.cell, c.factor)
		if (err != nil) != (c.want == "") || err == nil && got.String() != c.want {
			t.Errorf("%q times %v reads %v, %v; want %q", c.cell, c.factor, got, err, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	for cell, want := range map[string]string{
		"2026-12-01": "2026-12-01", "2026/12/1": "2026-12-01", "2026.12.01": "2026-12-01", "2026年12月1日": "2026-12-01",
		"2026-12-01 18:30": "2026-12-01", "46357": "2026-12-01", "46357.75": "2026-12-01",
		"2026-02-30": "", "12/01/2026": "", "soon": "", "5": "", "": "",
	} {
		got, err := parseDate(cell)
		if (err != nil) != (want == "") || err == nil && got.String() != want {
			t.Errorf("%q reads %v, %v; want %q", cell, got, err, want)
		}
	}
}

func TestInstants(t *testing.T) {
	const want = "2026-11-20T02:30:00Z" // 10:30 in Shanghai
	for _, cell := range []string{
		"2026-11-20 10:30:00", "2026-11-20 10:30", "2026/11/20 10:30", "2026年11月20日 10时30分", "2026-11-20T10:30:00",
		"2026-11-20T10:30:00+08:00", "2026-11-20T02:30:00Z", "46346.4375", "1795141800000",
	} {
		got, err := parseTime(cell)
		if err != nil || got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q reads %v, %v; want %s", cell, got.UTC(), err, want)
		}
	}
	for _, cell := range []string{"", "yesterday", "2026-13-01 10:00", "10:30", "2026-11-20 25:00:00"} {
		if got, err := parseTime(cell); err == nil {
			t.Errorf("%q reads %v, want a refusal", cell, got)
		}
	}
}

func TestDurations(t *testing.T) {
	for cell, want := range map[string]time.Duration{
		"": 0, "90": 90 * time.Second, "90s": 90 * time.Second, "5m": 5 * time.Minute, "1:30": 90 * time.Second, "1:02:03": 3723 * time.Second, "1分30秒": 90 * time.Second,
		"-5": -1, "long": -1, "1:2:3:4": -1, "1:-2": -1,
	} {
		got, err := parseDuration(cell)
		if (err != nil) != (want < 0) || err == nil && time.Duration(got) != want {
			t.Errorf("%q reads %v, %v; want %v", cell, time.Duration(got), err, want)
		}
	}
}

func TestADayAloneIsItsNoon(t *testing.T) {
	want := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	for _, cell := range []string{"2026-11-24", "2026年11月24日", "46350"} {
		if got, err := parseTime(cell); err != nil || !got.Equal(want) {
			t.Errorf("%q reads %v, %v", cell, got, err)
		}
	}
}
