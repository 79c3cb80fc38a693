package jsonlist_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/signals"
)

func TestDaysOfJSONValues(t *testing.T) {
	for _, c := range []struct {
		name, value string
		zone        *time.Location
		want        string // "" where it is no day
	}{
		{"milliseconds in China", `1795507200000`, signals.Shanghai, "2026-11-24"},
		{"milliseconds late in the day in China", `1795535999000`, signals.Shanghai, "2026-11-24"},
		{"milliseconds elsewhere", `1795535999000`, time.UTC, "2026-11-24"},
		{"midnight in China, read elsewhere", `1795276800000`, time.UTC, "2026-11-22"},
		{"seconds", `1795507200`, time.UTC, "2026-11-24"},
		{"microseconds", `1795507200000000`, time.UTC, "2026-11-24"},
		{"digits in a string", `"1795507200000"`, time.UTC, "2026-11-24"},
		{"ISO with a zone: the day as written", `"2026-11-24T23:59:00-05:00"`, signals.Shanghai, "2026-11-24"},
		{"a date and a time", `"2026-11-24 10:00:00"`, time.UTC, "2026-11-24"},
		{"slashes", `"2026/1/4"`, time.UTC, "2026-01-04"},
		{"dots", `"2026.11.24"`, time.UTC, "2026-11-24"},
		{"Chinese", `"2026年11月4日"`, time.UTC, "2026-11-04"},
		{"eight digits", `"20261124"`, time.UTC, "2026-11-24"},
		{"eight digits as a number", `20261124`, time.UTC, "2026-11-24"},
		{"ASP.NET", `"/Date(1795507200000+0800)/"`, time.UTC, "2026-11-24"},
		{"Mongo", `{"$date":"2026-11-24T06:30:00Z"}`, time.UTC, "2026-11-24"},
		{"Java's parts", `[2026,11,24,10,0]`, time.UTC, "2026-11-24"},
		{"a year alone", `"2026"`, time.UTC, ""},
		{"a small number", `5`, time.UTC, ""},
		{"no such day", `"2026-02-30"`, time.UTC, ""},
		{"year one", `"0001-01-01T00:00:00Z"`, time.UTC, ""},
		{"words", `"soon"`, time.UTC, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dec := json.NewDecoder(strings.NewReader(c.value))
			dec.UseNumber()
			var v any
			if err := dec.Decode(&v); err != nil {
				t.Fatal(err)
			}
			got := ""
			if d, ok := jsonlist.Day(v, c.zone); ok {
				got = d.String()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
