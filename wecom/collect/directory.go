package collect

import (
	"context"
	"fmt"
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

// owns tells whether a member is the sales person of a deal, by userid or by name.
func (s *State) owns(userid string, deal signals.Deal) bool {
	if deal.Owner == "" {
		return false
	}
	return deal.Owner == userid || deal.Owner == s.Members[userid].Name
}
