package collect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"dealvitals/wecom"
)

// reach is how far back WeCom lets messages be pulled: what a collector that was away for
// longer missed cannot be had any more (path/91774, 99824).
const reach = 5 * 24 * time.Hour

// maxUnmapped is how many ids to resolve are remembered.
const maxUnmapped = 10_000

// State is what is remembered from one feed to the next. It holds ids, times and counts.
type State struct {
	Positions map[Source]Position  `json:"positions"`
	Members   map[string]Member    `json:"members"`  // by userid
	Consents  map[string]Consent   `json:"consents"` // by customer and counterpart
	Rules     map[string]string    `json:"rules"`    // of the zone: id → name
	Unmapped  map[string]Unmapped  `json:"unmapped"` // by id
	Erased    map[string]time.Time `json:"erased"`   // who asked to be left out, by a hash of the id

	// CountedSince is since when all that members sent is counted, for the statistics to be
	// held against.
	CountedSince map[Source]time.Time `json:"counted_since,omitempty"`

	called map[string]int // how many members have a name; nil until it is asked for
}

// Position is how far a source was read.
type Position struct {
	Seq         uint64    `json:"seq,omitempty"`
	Cursor      string    `json:"cursor,omitempty"`
	PulledAt    time.Time `json:"pulled_at,omitzero"` // all until then was seen, save the holes
	ReceivedAt  time.Time `json:"received_at,omitzero"`
	Holed       bool      `json:"holed,omitempty"`        // a line since PulledAt could not be read
	Unpaged     bool      `json:"unpaged,omitempty"`      // messages since PulledAt came without a page
	KeyVersions []int     `json:"key_versions,omitempty"` // of the archive's RSA keys, ascending

	// Unheard are key contacts who since PulledAt spoke in rooms where they did not agree to
	// be archived: their silence elsewhere proves nothing.
	Unheard []string `json:"unheard,omitempty"`
}

// Consent is a customer's answer, and what was heard because of it.
type Consent struct {
	wecom.Consent

	// Heard is whose chats were being kept when the newest pull of a source ended. Only what
	// was heard then and is heard now was heard in between: messages that came before their
	// people, deals or consents were known were left out.
	Heard map[Source]Heard `json:"heard,omitempty"`
}

// Heard is what a customer's messages to a member were kept for.
type Heard struct {
	Contact string   `json:"contact"`
	Deals   []string `json:"deals"`
}

// Member is somebody of ours.
type Member struct {
	Name      string `json:"name,omitempty"` // as deals call the owner
	Permitted bool   `json:"permitted"`      // in the range of the archive
}

// Unmapped is an id that belongs to nobody we know.
type Unmapped struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"`     // contact or member
	Messages int       `json:"messages"` // that were left out for it
	First    time.Time `json:"first"`
	Last     time.Time `json:"last"`
}

func newState() State {
	return State{
		Positions: make(map[Source]Position), Members: make(map[string]Member), Consents: make(map[string]Consent),
		Rules: make(map[string]string), Unmapped: make(map[string]Unmapped), Erased: make(map[string]time.Time),
		CountedSince: make(map[Source]time.Time),
	}
}

func (c *Collector) load(ctx context.Context) (State, error) {
	state := newState()
	raw, err := c.Memory.Load(ctx)
	if err != nil {
		return state, fmt.Errorf("reading what is known of WeCom: %w", err)
	}
	if raw == nil {
		return state, nil
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		return state, fmt.Errorf("reading what is known of WeCom: %w", err)
	}
	return state, nil
}

func (c *Collector) save(ctx context.Context, s State) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("keeping what is known of WeCom: %w", err)
	}
	if err := c.Memory.Save(ctx, raw, c.Clock()); err != nil {
		return fmt.Errorf("keeping what is known of WeCom: %w", err)
	}
	return nil
}

func consentKey(external, with string) string { return external + " " + with }

// erasedKey is how somebody who asked to be left out is remembered.
func erasedKey(id string) string {
	sum := sha256.Sum256([]byte("dealvitals erased " + id))
	return hex.EncodeToString(sum[:16])
}

// erased tells whether somebody asked to be left out.
func (s *State) erased(id string) bool {
	_, asked := s.Erased[erasedKey(id)]
	return asked
}

// answer remembers a customer's answer, the newest one if there are several. One that
// follows another yes does not begin anew.
func (s *State) answer(c wecom.Consent) {
	if s.erased(c.External) {
		return
	}
	k := consentKey(c.External, c.With)
	was, known := s.Consents[k]
	if known && (was.Since.After(c.Since) || was.Agreed && c.Agreed) {
		return
	}
	s.Consents[k] = Consent{Consent: c}
}

// agreed tells whether a customer had agreed to be archived with somebody at an instant.
func (s *State) agreed(external, with string, at time.Time) bool {
	c, known := s.Consents[consentKey(external, with)]
	return known && c.Agreed && !at.Before(c.Since)
}

// control learns what the bridge says of people and rules.
func (s *State) control(c wecom.Control) {
	switch c.Name {
	case "consent":
		for _, consent := range c.Consents() {
			s.answer(consent)
		}
	case "rules":
		for id, name := range c.Names {
			if wecom.GoodID(id) {
				s.Rules[id] = short(name)
			}
		}
	case "members":
		s.members(c)
	}
}

// members replaces the list of who is archived where one is given, and adds names.
func (s *State) members(c wecom.Control) {
	s.called = nil
	if c.Permitted != nil {
		for id, m := range s.Members {
			m.Permitted = slices.Contains(c.Permitted, id)
			s.Members[id] = m
		}
	}
	for _, id := range c.Permitted {
		if wecom.GoodID(id) {
			s.Members[id] = Member{Name: s.Members[id].Name, Permitted: true}
		}
	}
	for id, name := range c.Names {
		if wecom.GoodID(id) {
			s.Members[id] = Member{Name: short(name), Permitted: s.Members[id].Permitted}
		}
	}
	for k, consent := range s.Consents {
		if !s.Members[consent.With].Permitted {
			consent.Heard = nil
			s.Consents[k] = consent
		}
	}
}

// short keeps a name from being a text.
func short(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if runes := []rune(name); len(runes) > 64 {
		return string(runes[:64])
	}
	return name
}

// miss remembers an id that belongs to nobody we know.
func (s *State) miss(id, kind string, at time.Time) {
	u, known := s.Unmapped[id]
	if !known && len(s.Unmapped) >= maxUnmapped {
		return
	}
	if !known {
		u = Unmapped{ID: id, Kind: kind, First: at, Last: at}
	}
	u.Messages++
	if at.Before(u.First) {
		u.First = at
	}
	if at.After(u.Last) {
		u.Last = at
	}
	s.Unmapped[id] = u
}
