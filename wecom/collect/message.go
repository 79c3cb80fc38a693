package collect

import (
	"context"
	"slices"

	"dealvitals/signals"
	"dealvitals/wecom"
)

// chat is a message seen from the deal: who of ours, who of the customer's, and who wrote.
type chat struct {
	member    string
	external  string
	direction signals.Direction
}

func (t *taking) message(ctx context.Context, m wecom.Message) error {
	t.report.Messages++
	t.seq = max(t.seq, m.Seq)
	t.noteKey(m.KeyVersion)
	t.notePage()
	t.countSent(m)
	reason, err := t.keep(ctx, m)
	if err != nil {
		return err
	}
	if reason != "" {
		t.report.Skipped[reason]++
	}
	if max(len(t.batch), len(t.sent)) < batchSize {
		return nil
	}
	return t.keepBatch(ctx)
}

// notePage notes a message of which nobody knows whether some are missing before it.
func (t *taking) notePage() {
	if p := t.state.Positions[t.source]; !t.paged && !p.Unpaged {
		p.Unpaged = true
		t.state.Positions[t.source] = p
	}
}

func (t *taking) noteKey(version int) {
	p := t.state.Positions[t.source]
	if version == 0 || slices.Contains(p.KeyVersions, version) {
		return
	}
	p.KeyVersions = append(slices.Clone(p.KeyVersions), version)
	slices.Sort(p.KeyVersions)
	t.state.Positions[t.source] = p
}

// keep adds a message to the batch, or says why it is not kept.
func (t *taking) keep(ctx context.Context, m wecom.Message) (reason string, err error) {
	if m.Consent != nil {
		t.state.answer(*m.Consent)
	}
	switch {
	case m.Event:
		return skipEvent, nil
	case m.From.Robot:
		return skipRobot, nil
	case m.Time.After(t.now.Add(clockSkew)):
		return skipFuture, nil
	case m.Room != "":
		return t.keepOfRoom(ctx, m)
	}
	c, ok := t.between(m)
	if !ok {
		return skipInternal, nil
	}
	if t.state.erased(c.external) {
		return skipErased, nil
	}
	if !t.state.agreed(c.external, c.member, m.Time) {
		return skipConsent, nil
	}
	return t.keepFor(ctx, m, c, []string{c.member})
}

// keepOfRoom keeps what a key contact says in a group chat where the sales person is. What
// ours say there is said to all, and what others say is none of our business.
func (t *taking) keepOfRoom(ctx context.Context, m wecom.Message) (string, error) {
	if !t.external(m.From) {
		return skipRoom, nil
	}
	if t.state.erased(m.From.ID) {
		return skipErased, nil
	}
	if _, key := t.people.byWeCom[m.From.ID]; !key {
		return skipRoom, nil
	}
	if !t.state.agreed(m.From.ID, m.Room, m.Time) {
		t.unheard(m.From.ID)
		return skipConsent, nil
	}
	var members []string
	for _, p := range m.To {
		if !t.external(p) && !p.Robot {
			members = append(members, p.ID)
		}
	}
	return t.keepFor(ctx, m, chat{external: m.From.ID, direction: signals.DirectionIn}, members)
}

// unheard notes that a key contact talks where we may not listen.
func (t *taking) unheard(external string) {
	p := t.state.Positions[t.source]
	if !slices.Contains(p.Unheard, external) {
		p.Unheard = append(slices.Clone(p.Unheard), external)
		t.state.Positions[t.source] = p
	}
}

// external tells who is not ours: by the form of the id, or because a contact has it.
func (t *taking) external(p wecom.Party) bool {
	_, contact := t.people.byWeCom[p.ID]
	return contact || p.External
}

// between finds the two sides of a chat of two.
func (t *taking) between(m wecom.Message) (chat, bool) {
	if len(m.To) != 1 || m.To[0].Robot {
		return chat{}, false
	}
	from, to := t.external(m.From), t.external(m.To[0])
	switch {
	case from && !to:
		return chat{m.To[0].ID, m.From.ID, signals.DirectionIn}, true
	case to && !from:
		return chat{m.From.ID, m.To[0].ID, signals.DirectionOut}, true
	}
	return chat{}, false
}

// keepFor adds a message for each deal of the contact that one of the members owns.
func (t *taking) keepFor(ctx context.Context, m wecom.Message, c chat, members []string) (string, error) {
	contact, known := t.people.byWeCom[c.external]
	if !known {
		t.miss(c.external, "contact", m)
		return skipContact, nil
	}
	deals, err := t.people.dealsOf(ctx, contact)
	if err != nil {
		return "", err
	}
	if len(deals) == 0 {
		t.miss(c.external, "contact", m)
		return skipContact, nil
	}
	delete(t.state.Unmapped, c.external)
	kept := 0
	for _, deal := range deals {
		i := slices.IndexFunc(members, func(id string) bool { return t.state.owns(id, deal) })
		if i < 0 {
			continue
		}
		kept++
		delete(t.state.Unmapped, members[i])
		t.batch = append(t.batch, t.interaction(m, c.direction, contact.ID, deal, members[i]))
	}
	if kept > 0 {
		return "", nil
	}
	if c.member != "" && t.state.Members[c.member].Name == "" {
		t.miss(c.member, "member", m)
	}
	if slices.ContainsFunc(deals, func(deal signals.Deal) bool { return t.state.mistakable(members, deal) }) {
		return skipSameName, nil
	}
	return skipOwner, nil
}

func (t *taking) miss(id, kind string, m wecom.Message) {
	t.state.miss(id, kind, m.Time)
	t.missed[id] = true
}

// interaction is what is kept of a message. Its words are counted, and end here.
func (t *taking) interaction(m wecom.Message, d signals.Direction, contactID string, deal signals.Deal, member string) signals.Interaction {
	name := func(id string) string { return id + "@" + deal.ID }
	i := signals.Interaction{
		ID: name(m.ID), Source: string(t.source), Time: m.Time, DealID: deal.ID, ContactID: contactID, Owner: deal.Owner,
		Direction: d, Kind: m.Kind, Length: m.Length, Duration: signals.Duration(m.Duration), RecordedAt: t.now,
	}
	if m.Revokes != "" {
		i.ID = signals.RevokeID(name(m.Revokes))
		return i
	}
	if m.Words != "" {
		i.Keywords, i.KeywordVersion = t.keywords.Count(string(m.Words)), t.version
	}
	for _, rule := range m.Rules {
		if i.Keywords == nil {
			i.Keywords, i.KeywordVersion = make(map[string]int), t.version
		}
		i.Keywords[t.ruleName(rule)]++
	}
	return i
}

// ruleName is what a rule of the zone is called; its id where nobody has said.
func (t *taking) ruleName(id string) string {
	if name := t.state.Rules[id]; name != "" {
		return name
	}
	return id
}
