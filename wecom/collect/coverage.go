package collect

import (
	"context"
	"fmt"
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
	last, holed, unheard := p.PulledAt, p.Holed, p.Unheard
	p.PulledAt, p.Holed, p.Unheard = c.At.UTC(), false, nil
	t.state.Positions[t.source] = p
	if last.IsZero() {
		return t.save(ctx, t.state)
	}
	from := last
	if oldest := c.At.Add(-reach); from.Before(oldest) {
		from = oldest
		t.report.Hole = &Hole{From: last, To: from}
	}
	if holed {
		from = c.At
		t.report.Hole = &Hole{From: last, To: c.At}
	}
	if err := t.cover(ctx, from, c.At, unheard); err != nil {
		return err
	}
	return t.save(ctx, t.state)
}

// cover says that the chats of members in the archive with customers who agreed were seen,
// save of those who talked where we may not listen.
func (t *taking) cover(ctx context.Context, from, to time.Time, unheard []string) error {
	var spans []signals.Coverage
	for _, consent := range t.state.Consents {
		if slices.Contains(unheard, consent.External) {
			continue
		}
		own, err := t.spans(ctx, consent, from, to)
		if err != nil {
			return err
		}
		spans = append(spans, own...)
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

// spans are what one customer's consent covers. A consent in a room covers no chat of two.
func (t *taking) spans(ctx context.Context, c wecom.Consent, from, to time.Time) ([]signals.Coverage, error) {
	contact, known := t.people.byWeCom[c.External]
	if !known || t.state.erased(c.External) || !c.Agreed || !t.state.Members[c.With].Permitted {
		return nil, nil
	}
	if c.Since.After(from) {
		from = c.Since
	}
	if !from.Before(to) {
		return nil, nil
	}
	deals, err := t.people.dealsOf(ctx, contact)
	if err != nil {
		return nil, err
	}
	var spans []signals.Coverage
	for _, deal := range deals {
		if t.state.owns(c.With, deal) {
			spans = append(spans, signals.Coverage{
				Source: string(t.source), DealID: deal.ID, ContactID: contact.ID, From: from, To: to, RecordedAt: t.now,
			})
		}
	}
	return spans, nil
}
