package collect

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"
)

// directory finds whom an id of WeCom means, and which deals that concerns.
type directory struct {
	deals   Deals
	byWeCom map[string]signals.Contact
	ofOne   map[string][]signals.Deal // read so far, by contact
}

func (c *Collector) directory(ctx context.Context) (*directory, error) {
	contacts, err := c.Contacts.List(ctx, time.Time{}, "", 0)
	if err != nil {
		return nil, fmt.Errorf("reading the contacts: %w", err)
	}
	d := &directory{deals: c.Deals, byWeCom: make(map[string]signals.Contact), ofOne: make(map[string][]signals.Deal)}
	for _, contact := range contacts {
		if contact.WeComID != "" {
			d.byWeCom[contact.WeComID] = contact
		}
	}
	return d, nil
}

// dealsOf are the deals that name a contact, by its id or its WeCom id.
func (d *directory) dealsOf(ctx context.Context, contact signals.Contact) ([]signals.Deal, error) {
	if list, read := d.ofOne[contact.ID]; read {
		return list, nil
	}
	var list []signals.Deal
	seen := make(map[string]bool)
	for _, name := range []string{contact.ID, contact.WeComID} {
		deals, err := d.deals.ByContact(ctx, name, time.Time{})
		if err != nil {
			return nil, fmt.Errorf("reading the deals of a contact: %w", err)
		}
		for _, deal := range deals {
			if !seen[deal.ID] {
				seen[deal.ID] = true
				list = append(list, deal)
			}
		}
	}
	d.ofOne[contact.ID] = list
	return list, nil
}

// owns tells whether a member is the sales person of a deal: by userid, by what names say that
// deals call the member's id, or by a name that no other member has. Whom a name of several
// means nobody knows, and the consent of one covers nothing of the other.
func (s *State) owns(userid string, deal signals.Deal) bool {
	name := s.Members[userid].Name
	switch {
	case userid == "":
		return false
	case deal.Owner == userid || deal.OwnerID == userid || name != "" && deal.OwnerID == name:
		return true
	case name == "" || deal.Owner != name:
		return false
	}
	return !s.shared(name)
}

// mistakable tells whether one of the members could be the sales person of a deal, but for
// another member of the same name.
func (s *State) mistakable(members []string, deal signals.Deal) bool {
	return slices.ContainsFunc(members, func(userid string) bool {
		name := s.Members[userid].Name
		return name != "" && name == deal.Owner && s.shared(name)
	})
}

// shared tells whether several members have a name.
func (s *State) shared(name string) bool {
	if s.called == nil {
		s.called = make(map[string]int)
		for _, m := range s.Members {
			s.called[m.Name]++
		}
	}
	return s.called[name] > 1
}
