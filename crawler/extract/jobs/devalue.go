package jobs

import "encoding/json"

// A state of Nuxt 3 and of other frameworks that write with devalue: one array, whose first
// element is the state, and in which each number inside an object or an array is the place of
// a value (https://github.com/Rich-Harris/devalue). Names in front of an array tell a type.
const (
	maxDevalued = 200_000 // values that are put together of one state
	maxDevDepth = 64
	firstRoom   = 16
)

// devalued is the value that such a state stands for; false where it is none.
func devalued(v any) (any, bool) {
	flat, ok := v.([]any)
	if !ok || len(flat) < 3 {
		return nil, false
	}
	switch first := flat[0].(type) {
	case map[string]any:
		for _, at := range first {
			if _, number := at.(json.Number); !number {
				return nil, false
			}
		}
	case []any:
		if len(first) == 0 {
			return nil, false
		}
		if _, named := first[0].(string); !named {
			return nil, false
		}
	default:
		return nil, false
	}
	d := &devaluer{flat: flat}
	return d.at(0, 0), true
}

type devaluer struct {
	flat []any
	made int
}

// at is the value at a place; nil for one of the kinds that JSON does not know, for what
// contains itself, and beyond the bounds.
func (d *devaluer) at(place int64, depth int) any {
	d.made++
	if place < 0 || place >= int64(len(d.flat)) || depth > maxDevDepth || d.made > maxDevalued {
		return nil
	}
	switch v := d.flat[place].(type) {
	case map[string]any:
		out := make(map[string]any, min(len(v), firstRoom))
		for key, to := range v {
			if d.made > maxDevalued {
				break
			}
			out[key] = d.to(to, depth)
		}
		return out
	case []any:
		if len(v) == 0 {
			return v
		}
		if name, typed := v[0].(string); typed {
			return d.typed(name, v, depth)
		}
		return d.all(v, depth)
	default:
		return v
	}
}

func (d *devaluer) to(place any, depth int) any {
	number, ok := place.(json.Number)
	if !ok {
		return nil
	}
	at, err := number.Int64()
	if err != nil {
		return nil
	}
	return d.at(at, depth+1)
}

// typed is a value with a type: what wraps another, a date, a set.
func (d *devaluer) typed(name string, v []any, depth int) any {
	switch {
	case len(v) < 2:
		return nil
	case name == "Date":
		return v[1]
	case name == "Set":
		return d.all(v[1:], depth)
	}
	return d.to(v[1], depth)
}

// all are the values at some places. A list is given no more room at first than it may turn
// out to need, for a state may lead to the same long list again and again.
func (d *devaluer) all(places []any, depth int) []any {
	out := make([]any, 0, min(len(places), firstRoom))
	for _, to := range places {
		if d.made > maxDevalued {
			break
		}
		out = append(out, d.to(to, depth))
	}
	return out
}
