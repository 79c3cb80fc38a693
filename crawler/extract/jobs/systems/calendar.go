package systems

import (
	"time"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/signals"
)

// calendar is what the dates of one answer are read with.
type calendar struct {
	zone  *time.Location // of epochs
	order dates.Order    // of day and month in 03/04/2026
	at    time.Time      // of the capture
}

// orderIn is the order of day and month that the records of an answer show.
func orderIn(records []any) dates.Order {
	objects := make([]map[string]any, 0, len(records))
	for _, r := range records {
		if m, ok := r.(map[string]any); ok {
			objects = append(objects, m)
		}
	}
	return jsonlist.OrderIn(objects)
}

// dayOf is the day of publication, else that of a change, with its meaning.
func (c calendar) dayOf(r any, published, updated []string) (*signals.Date, signals.DateBasis) {
	for _, kind := range []struct {
		paths []string
		basis signals.DateBasis
	}{{published, signals.DatePublished}, {updated, signals.DateUpdated}} {
		for _, path := range kind.paths {
			if d, basis, ok := c.day(value.At(r, path), kind.basis); ok {
				return d, basis
			}
		}
	}
	return nil, ""
}

func (c calendar) day(v any, basis signals.DateBasis) (*signals.Date, signals.DateBasis, bool) {
	if v == nil {
		return nil, "", false
	}
	if d, ok := jsonlist.Day(v, c.zone); ok {
		return &d, basis, true
	}
	s, ok := v.(string)
	if !ok {
		return nil, "", false
	}
	found, ok := dates.ParseIn(s, c.at, c.order)
	if !ok {
		return nil, "", false
	}
	if found.Basis == "" || found.Basis == signals.DatePublished {
		found.Basis = basis
	}
	return &found.Date, found.Basis, true
}
