package api

import (
	"encoding/base64"
	"encoding/json"
)

// defaultLimit is how many items a page has when nothing is said.
const defaultLimit = 100

// cursor is where a page ended. It says of which list, so that one of another list is
// refused instead of skipping half of this one.
type cursor[P any] struct {
	List  string `json:"l"`
	Place P      `json:"p"`
}

// writeCursor makes the opaque text of a place in a list.
func writeCursor[P any](list string, place P) (*string, error) {
	raw, err := json.Marshal(cursor[P]{List: list, Place: place})
	if err != nil {
		return nil, err
	}
	text := base64.RawURLEncoding.EncodeToString(raw)
	return &text, nil
}

// readCursor reads back what writeCursor wrote; nil where there is none.
func readCursor[P any](list string, text *string) (*P, error) {
	if text == nil || *text == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*text)
	if err != nil {
		return nil, badParameter("cursor", "send the `next` of the page before, unchanged")
	}
	var c cursor[P]
	if err := json.Unmarshal(raw, &c); err != nil || c.List != list {
		return nil, badParameter("cursor", "it is not of this list in this order: begin again without it")
	}
	return &c.Place, nil
}

// page is what a list operation asks the store for: one item more than it shows, to know
// whether there is a next page.
type page struct {
	list  string
	after string
	limit int
}

func newPage(list string, text *string, limit *int) (page, error) {
	after, err := readCursor[string](list, text)
	if err != nil {
		return page{}, err
	}
	p := page{list: list, limit: limitOf(limit)}
	if after != nil {
		p.after = *after
	}
	return p, nil
}

func limitOf(limit *int) int {
	if limit == nil {
		return defaultLimit
	}
	return *limit
}

// cut drops the item too many and writes the cursor of the next page.
func cut[T any](p page, items []T, placeOf func(T) string) ([]T, *string, error) {
	if len(items) <= p.limit {
		if items == nil {
			items = []T{}
		}
		return items, nil, nil
	}
	items = items[:p.limit]
	next, err := writeCursor(p.list, placeOf(items[len(items)-1]))
	return items, next, err
}
