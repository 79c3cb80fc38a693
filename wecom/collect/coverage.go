package collect

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dealvitals/signals"
	"dealvitals/wecom"
)

// pulled ends a pull: until then every message there was has been seen, back to the last
// pull, but no further than the archive reaches. The first pull covers nothing, for nobody
// knows since when there is an archive.
func (t *taking) pulled(ctx context.Context, c wecom.Control) error {
	if err := t.flush(ctx); err != nil {
		return err
	}
	p := t.state.Positions[t.source]
	if c.At.After(t.now.Add(clockSkew)) || !c.At.After(p.PulledAt) {
		return nil // an old one that came again, or one of a clock that is wrong
	}
	from := t.seenFrom(p, c.At)
	unheard := p.Unheard
	p.PulledAt, p.Holed, p.Unpaged, p.Unheard = c.At.UTC(), false, false, nil
	t.state.Positions[t.source] = p
	if err := t.cover(ctx, from, c.At, unheard); err != nil {
		return err
	}
	if err := t.compare(ctx, signals.DateOf(c.At.In(signals.Shanghai)).AddDays(-comparedFor)); err != nil {
		return err
	}
	return t.save(ctx, t.state)
}

// seenFrom is since when every message until the end of a pull was seen. What was not seen
// since the last pull is told in the report.
func (t *taking) seenFrom(p Position, end time.Time) time.Time {
	from, why := p.PulledAt, ""
	switch oldest := end.Add(-reach); {
	case p.PulledAt.IsZero():
		return end
	case p.Holed:
		from, why = end, holeUnread
	case p.Unpaged || !t.paged:
		from, why = end, holeNoPage
	case from.Before(oldest):
		from, why = oldest, holeReach
	}
	if why != "" {
		t.report.Hole = &Hole{From: p.PulledAt, To: from, Why: why}
	}
	return from
}

// cover says that the chats of members in the archive with customers who agreed were seen,
// save of those who talked where we may not listen.
func (t *taking) cover(ctx context.Context, from, to time.Time, unheard []string) error {
	var spans []signals.Coverage
	for k, consent := range t.state.Consents {
		heard, err := t.heard(ctx, consent)
		if err != nil {
			return err
		}
		if !slices.Contains(unheard, consent.External) {
			spans = append(spans, t.spans(consent, heard, from, to)...)
		}
		consent.Heard = maps.Clone(consent.Heard)
		if consent.Heard == nil {
			consent.Heard = make(map[Source]Heard)
		}
		consent.Heard[t.source] = heard
		if len(heard.Deals) == 0 {
			delete(consent.Heard, t.source)
		}
		t.state.Consents[k] = consent
	}
	if len(spans) == 0 {
		return nil
	}
	slices.SortFunc(spans, func(a, b signals.Coverage) int {
		return strings.Compare(a.DealID+"\x00"+a.ContactID, b.DealID+"\x00"+b.ContactID)
	})
	added, err := t.Log.Add(ctx, string(t.source), nil, spans, t.now)
	if err != nil {
		return fmt.Errorf("keeping what was covered: %w", err)
	}
	for _, id := range added.Deals {
		t.touched[id] = true
	}
	t.report.Spans += len(spans)
	return nil
}

// heard is what one customer's messages are kept for now. A consent in a room covers no
// chat of two.
func (t *taking) heard(ctx context.Context, c Consent) (Heard, error) {
	contact, known := t.people.byWeCom[c.External]
	if !known || t.state.erased(c.External) || !c.Agreed || !t.state.Members[c.With].Permitted {
		return Heard{}, nil
	}
	heard := Heard{Contact: contact.ID}
	deals, err := t.people.dealsOf(ctx, contact)
	if err != nil {
		return heard, err
	}
	for _, deal := range deals {
		if t.state.owns(c.With, deal) {
			heard.Deals = append(heard.Deals, deal.ID)
		}
	}
	return heard, nil
}

// spans are what one customer's consent covers: the deals that were heard of at the last pull
// already.
func (t *taking) spans(c Consent, now Heard, from, to time.Time) []signals.Coverage {
	if c.Since.After(from) {
		from = c.Since
	}
	was := c.Heard[t.source]
	if !from.Before(to) || was.Contact != now.Contact {
		return nil
	}
	var spans []signals.Coverage
	for _, deal := range now.Deals {
		if slices.Contains(was.Deals, deal) {
			spans = append(spans, signals.Coverage{
				Source: string(t.source), DealID: deal, ContactID: now.Contact, From: from, To: to, RecordedAt: t.now,
			})
		}
	}
	return spans
}
