package collect

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"dealvitals/wecom"
)

// Position tells how far a source was read, for the bridge to go on from there.
func (c *Collector) Position(ctx context.Context, source Source) (Position, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, err := c.load(ctx)
	return s.Positions[source], err
}

// Unmapped lists the ids that belong to nobody we know, the busiest first.
func (c *Collector) Unmapped(ctx context.Context) ([]Unmapped, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, err := c.load(ctx)
	if err != nil {
		return nil, err
	}
	people, err := c.directory(ctx)
	if err != nil {
		return nil, err
	}
	list := []Unmapped{}
	for _, u := range s.Unmapped {
		contact, mapped := people.byWeCom[u.ID]
		if mapped {
			deals, err := people.dealsOf(ctx, contact)
			if err != nil {
				return nil, err
			}
			mapped = len(deals) > 0
		}
		if !mapped {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(a, b Unmapped) int {
		return cmp.Or(cmp.Compare(b.Messages, a.Messages), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Tell learns what an event of the callback says. Events that say nothing of consent
// change nothing.
func (c *Collector) Tell(ctx context.Context, e wecom.Event) error {
	consent, tells := e.Consent()
	if !tells {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s, err := c.load(ctx)
	if err != nil {
		return err
	}
	s.answer(consent)
	return c.save(ctx, s)
}

// Forget drops all that is remembered of a person, and leaves the person out from now on.
func (c *Collector) Forget(ctx context.Context, id string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, err := c.load(ctx)
	if err != nil {
		return err
	}
	for k, consent := range s.Consents {
		if consent.External == id || consent.With == id {
			delete(s.Consents, k)
		}
	}
	for source, p := range s.Positions {
		p.Unheard = slices.DeleteFunc(p.Unheard, func(unheard string) bool { return unheard == id })
		s.Positions[source] = p
	}
	delete(s.Unmapped, id)
	delete(s.Members, id)
	s.Erased[erasedKey(id)] = c.Clock()
	if err := c.Days.ForgetMember(ctx, id, c.Clock()); err != nil {
		return fmt.Errorf("forgetting what a member sent: %w", err)
	}
	return c.save(ctx, s)
}

// Remembered is what is remembered of a person from one feed to the next.
type Remembered struct {
	Consents []Consent         `json:"consents"`
	Members  map[string]Member `json:"members"` // by userid
	Unmapped []Unmapped        `json:"unmapped"`
	Erased   bool              `json:"erased"` // asked to be left out
}

// Empty tells whether that is nothing, save that the person asked to be left out.
func (r Remembered) Empty() bool { return len(r.Consents)+len(r.Members)+len(r.Unmapped) == 0 }

// Remembered tells what is remembered of a person under some names.
func (c *Collector) Remembered(ctx context.Context, names ...string) (Remembered, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := Remembered{Consents: []Consent{}, Members: make(map[string]Member), Unmapped: []Unmapped{}}
	s, err := c.load(ctx)
	if err != nil {
		return r, err
	}
	for _, k := range slices.Sorted(maps.Keys(s.Consents)) {
		if consent := s.Consents[k]; slices.Contains(names, consent.External) || slices.Contains(names, consent.With) {
			r.Consents = append(r.Consents, consent)
		}
	}
	for _, name := range names {
		if m, known := s.Members[name]; known {
			r.Members[name] = m
		}
		if u, known := s.Unmapped[name]; known {
			r.Unmapped = append(r.Unmapped, u)
		}
		r.Erased = r.Erased || s.erased(name)
	}
	return r, nil
}

// DropUnmapped drops ids to resolve that were not seen since an instant, or counts them.
func (c *Collector) DropUnmapped(ctx context.Context, before time.Time, dry bool) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, err := c.load(ctx)
	if err != nil {
		return 0, err
	}
	was := len(s.Unmapped)
	for id, u := range s.Unmapped {
		if u.Last.Before(before) {
			delete(s.Unmapped, id)
		}
	}
	dropped := was - len(s.Unmapped)
	if dry || dropped == 0 {
		return dropped, nil
	}
	return dropped, c.save(ctx, s)
}
