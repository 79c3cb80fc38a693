package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"dealvitals/signals"
	"dealvitals/store"
)

// clockSkew is how far ahead of ours a source's clock may be.
const clockSkew = 5 * time.Minute

// maxFaults is how many faults of one request are told.
const maxFaults = 100

// InteractionLog keeps interactions.
type InteractionLog interface {
	Add(ctx context.Context, source string, in []signals.Interaction, cov []signals.Coverage, at time.Time) (store.Added, error)
	Cover(ctx context.Context, source string, spans []store.StatedSpan, actor string, at time.Time) (store.Covered, error)
}

// DealsOfContact finds the deals that a contact is a key person of.
type DealsOfContact interface {
	ByContact(ctx context.Context, contactID string, asOf time.Time) ([]signals.Deal, error)
}

// Intake takes interactions in. The text of a message ends here: what goes on to the log
// is how often each of the policy's keywords occurs in it (DESIGN §4, "WeChat").
type Intake struct {
	Log      InteractionLog
	Deals    DealsOfContact
	Policies Policies
	Clock    func() time.Time
}

// Taken is what became of a batch.
type Taken struct {
	InteractionReport
	Deals []string // whose WeChat measure it may move
}

// Take keeps a batch, or nothing of it where it has a fault. Actor is who sends it, and the
// source of a batch that names none. Spans come behind the messages, and only those of which no message is missing
// are kept: a score in between must not take messages to come for silence.
func (t *Intake) Take(ctx context.Context, batch InteractionBatch, actor string) (Taken, error) {
	source := actor
	if batch.Source != "" {
		source = batch.Source
	}
	now := t.Clock()
	policy, err := t.Policies.At(ctx, now)
	if err != nil {
		return Taken{}, fmt.Errorf("reading the policy: %w", err)
	}
	counting := counting{
		source: source, keywords: signals.NewKeywordCounter(policy.WeChat.Keywords), version: policy.Version,
		at: now, same: make(map[string]int),
	}
	interactions := counting.interactions(batch.Interactions)
	spans := counting.spans(batch.Coverage)
	if err := t.oneOwner(ctx, &counting, batch.Coverage); err != nil {
		return Taken{}, err
	}
	if len(counting.faults) > 0 {
		return Taken{}, &InvalidError{What: "the batch", Faults: counting.faults}
	}
	added, err := t.Log.Add(ctx, source, interactions, nil, now)
	if err != nil {
		return Taken{}, fmt.Errorf("keeping %d interactions: %w", len(interactions), err)
	}
	taken := Taken{InteractionReport{New: added.New, Known: added.Known, Unmapped: added.Unmapped, NotCovered: []store.OpenSpan{}}, added.Deals}
	if len(spans) == 0 {
		return taken, nil
	}
	covered, err := t.Log.Cover(ctx, source, spans, actor, now)
	if err != nil {
		return taken, fmt.Errorf("keeping %d spans of coverage: %w", len(spans), err)
	}
	taken.Covered, taken.NotCovered = covered.New, append(taken.NotCovered, covered.Open...)
	taken.Deals = slices.Compact(slices.Sorted(slices.Values(append(taken.Deals, covered.Deals...))))
	return taken, nil
}

// counting turns what comes in into what is kept.
type counting struct {
	source   string
	keywords *signals.KeywordCounter
	version  int
	at       time.Time
	same     map[string]int // how often an interaction of the very same parts came before
	faults   []Fault
}

func (c *counting) fault(pointer, detail string) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, Fault{Pointer: pointer, Detail: detail})
	}
}

func (c *counting) interactions(in []InteractionInput) []signals.Interaction {
	out := make([]signals.Interaction, len(in))
	for i, input := range in {
		if input.Time.After(c.at.Add(clockSkew)) {
			c.fault(fmt.Sprintf("/interactions/%d/time", i), "this time has not come yet")
		}
		out[i] = c.interaction(fmt.Sprintf("/interactions/%d", i), input)
	}
	return out
}

func (c *counting) interaction(pointer string, in InteractionInput) signals.Interaction {
	duration, err := parseDuration(in.Duration)
	if err != nil {
		c.fault(pointer+"/duration", "write a duration as 90s or 5m")
	}
	x := signals.Interaction{
		ID: in.ID, Source: c.source, Time: in.Time, DealID: in.DealID, ContactID: in.ContactID, Owner: in.Owner,
		Direction: signals.Direction(in.Direction), Kind: in.Kind, Length: utf8.RuneCountInString(in.Text),
		Duration: signals.Duration(duration), RecordedAt: c.at,
	}
	if in.Text != "" {
		x.Keywords = c.keywords.Count(in.Text)
		x.KeywordVersion = c.version
	}
	if x.ID == "" {
		x.ID = c.madeID(x)
	}
	return x
}

// madeID names an interaction of which the source gives no id, the same each time the
// same batch is sent. Two that are equal in all their parts are told apart by their order.
func (c *counting) madeID(x signals.Interaction) string {
	parts := fmt.Sprintf("%q %d %q %q %q %q %q %d %d", x.Source, x.Time.UnixNano(), x.DealID, x.ContactID, x.Owner, x.Direction, x.Kind, x.Length, x.Duration)
	c.same[parts]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", parts, c.same[parts]))
	return hex.EncodeToString(sum[:16])
}

// spans reads spans, each with how many messages its source has of it.
func (c *counting) spans(in []CoverageInput) []store.StatedSpan {
	out := make([]store.StatedSpan, len(in))
	for i, span := range in {
		if !span.From.Before(span.To) {
			c.fault(fmt.Sprintf("/coverage/%d/to", i), "a span ends after it begins")
		}
		if span.To.After(c.at.Add(clockSkew)) {
			c.fault(fmt.Sprintf("/coverage/%d/to", i), "nothing covers a time that has not come yet")
		}
		out[i] = store.StatedSpan{Coverage: signals.Coverage{
			Source: c.source, DealID: span.DealID, ContactID: span.ContactID,
			From: span.From, To: span.To, RecordedAt: c.at,
		}}
		if span.Messages == nil {
			c.fault(fmt.Sprintf("/coverage/%d/messages", i), "say how many messages the source has in the span, 0 for silence: nobody can tell the first page of them from all")
			continue
		}
		out[i].Messages = *span.Messages
	}
	return out
}

// oneOwner refuses spans of a contact's chats with whomever, where several sales people have
// deals with the contact: of which of them a source would have shown the messages it cannot say.
func (t *Intake) oneOwner(ctx context.Context, c *counting, in []CoverageInput) error {
	for i, span := range in {
		if span.DealID != "" {
			continue
		}
		deals, err := t.Deals.ByContact(ctx, span.ContactID, time.Time{})
		if err != nil {
			return fmt.Errorf("finding the deals of contact %s: %w", span.ContactID, err)
		}
		if slices.ContainsFunc(deals, func(d signals.Deal) bool { return d.Owner != deals[0].Owner || d.OwnerID != deals[0].OwnerID }) {
			c.fault(fmt.Sprintf("/coverage/%d/deal_id", i), "several sales people have deals with this contact: say of which deal the span is, one span for each")
		}
	}
	return nil
}

func parseDuration(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err == nil && d < 0 {
		return 0, fmt.Errorf("%s is negative", text)
	}
	return d, err
}
