package signals

import (
	"strings"
	"time"
)

// CustomerPart stands in the address or the body of a tender target for the name of a
// customer: such a target is a search, made for each customer that has an open deal.
// CustomerPartGBK is the same for sites that read GBK.
const (
	CustomerPart    = "{customer}"
	CustomerPartGBK = "{customer:gbk}"
)

// Searches tells whether a target is a search by a customer's name.
func (t Target) Searches() bool {
	text := t.URL + t.Reading.Body
	return t.Kind == KindTender && (strings.Contains(text, CustomerPart) || strings.Contains(text, CustomerPartGBK))
}

// Search is a customer that a search target is asked for.
type Search struct {
	CustomerID string
	Names      []string // the registered one first
	// Last is when the newest run began whose search for all of the names came to its end;
	// zero where none did since the customer's record changed.
	Last time.Time
}

// maxSearchNames is how many names of a customer are searched for.
const maxSearchNames = 5

// SearchNames are the names that a customer is searched for by: the registered one, then
// its aliases. A name of one letter finds everything, and is left out.
func (c Customer) SearchNames() []string {
	var names []string
	add := func(name string) {
		name = strings.TrimSpace(name)
		if len([]rune(name)) < 2 || len(names) >= maxSearchNames {
			return
		}
		for _, known := range names {
			if known == name {
				return
			}
		}
		names = append(names, name)
	}
	add(c.Name)
	for _, a := range c.Aliases {
		add(a.Name)
	}
	return names
}
