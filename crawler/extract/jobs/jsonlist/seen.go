package jsonlist

import (
	"strings"

	"dealvitals/signals"
)

// Seen gathers postings and takes a job that stands there several times (once for each
// place, or again under "hot jobs") as one, with all of its places. Its zero value is empty.
type Seen struct {
	Postings []signals.Posting
	byKey    map[string]int
}

// Add takes a posting in. Two are the same job where they share the id and title, or the
// link and title, or where all that is known of them is equal.
func (s *Seen) Add(p signals.Posting) { s.addRequisition(p, "") }

// addRequisition is Add for a posting whose requisition is known: rows of one requisition
// with one title are one job, whatever their own ids.
func (s *Seen) addRequisition(p signals.Posting, requisition string) {
	if s.byKey == nil {
		s.byKey = map[string]int{}
	}
	keys := keysOf(p)
	if requisition != "" {
		keys = append(keys, "requisition\x00"+requisition+"\x00"+strings.ToLower(p.Title))
	}
	for _, k := range keys {
		if i, ok := s.byKey[k]; ok {
			s.merge(i, p)
			return
		}
	}
	for _, k := range keys {
		s.byKey[k] = len(s.Postings)
	}
	s.Postings = append(s.Postings, p)
}

func keysOf(p signals.Posting) []string {
	title := strings.ToLower(p.Title)
	var keys []string
	if p.ID != "" {
		keys = append(keys, "id\x00"+p.ID+"\x00"+title)
	}
	if p.URL != "" && p.ID == "" {
		keys = append(keys, "url\x00"+p.URL+"\x00"+title)
	}
	if len(keys) == 0 {
		day := ""
		if p.Posted != nil {
			day = p.Posted.String()
		}
		keys = append(keys, "all\x00"+title+"\x00"+p.Place+"\x00"+day)
	}
	return keys
}

func (s *Seen) merge(i int, p signals.Posting) {
	old := &s.Postings[i]
	if p.Place != "" && !strings.Contains(old.Place, p.Place) {
		old.Place = strings.TrimPrefix(old.Place+"; "+p.Place, "; ")
	}
	if old.URL == "" {
		old.URL = p.URL
	}
	if old.Posted == nil {
		old.Posted, old.Basis = p.Posted, p.Basis
	}
}
