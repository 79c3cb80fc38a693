package signals

import (
	"cmp"
	"slices"
)

// compareInteractions orders messages by time. At the same instant the contact's comes
// first, for ours can only be answered later.
func compareInteractions(a, b Interaction) int {
	return cmp.Or(
		a.Time.Compare(b.Time),
		cmp.Compare(a.Direction, b.Direction),
		cmp.Compare(a.ContactID, b.ContactID),
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.ID, b.ID),
	)
}

// distinct leaves one of each message: the same id of one source, or what two sources tell
// of the same second, contact, side and kind. All is in order.
func distinct(sorted []Interaction) []Interaction {
	type name struct{ source, id string }
	type moment struct {
		second        int64
		contact, kind string
		side          Direction
	}
	seen := make(map[name]bool, len(sorted))
	sources := make(map[moment]string)
	several := slices.ContainsFunc(sorted, func(i Interaction) bool { return i.Source != sorted[0].Source })
	kept := sorted[:0]
	for _, i := range sorted {
		id := name{i.Source, i.ID}
		if seen[id] {
			continue
		}
		seen[id] = true
		if several {
			at := moment{i.Time.Unix(), i.ContactID, i.Kind, i.Direction}
			if source, told := sources[at]; told && source != i.Source {
				continue
			}
			sources[at] = i.Source
		}
		kept = append(kept, i)
	}
	return kept
}
