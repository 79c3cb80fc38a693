package store

import (
	"slices"
	"time"

	"dealvitals/signals"
)

// EndpointKind says how an endpoint is spoken to.
type EndpointKind string

const (
	KindWebhook  EndpointKind = "webhook"  // Standard Webhooks
	KindWeCom    EndpointKind = "wecom"    // 企业微信群机器人
	KindDingTalk EndpointKind = "dingtalk" // 钉钉自定义机器人
	KindFeishu   EndpointKind = "feishu"   // 飞书自定义机器人
)

// EndpointKinds lists every kind.
func EndpointKinds() []EndpointKind {
	return []EndpointKind{KindWebhook, KindWeCom, KindDingTalk, KindFeishu}
}

// Robot tells whether an endpoint is a group's robot, which gets messages for people.
func (k EndpointKind) Robot() bool { return k != KindWebhook }

// Endpoint is where events are sent to.
type Endpoint struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Kind   EndpointKind `json:"kind"`
	URL    string       `json:"url"`              // as it may be shown
	Sealed string       `json:"sealed,omitempty"` // the whole address, sealed; "" where URL is the whole
	Events []EventType  `json:"events,omitempty"` // that it gets; none means all
	Keys   []SigningKey `json:"keys,omitempty"`   // newest first
	Paused bool         `json:"paused,omitempty"` // nothing is sent; what happens meanwhile waits
	Reason string       `json:"reason,omitempty"` // why it is paused
	Since  time.Time    `json:"since,omitzero"`   // since when it is paused
	MadeAt time.Time    `json:"created_at"`       // when it was made
	MadeBy string       `json:"created_by"`       // who made it
	Edited time.Time    `json:"recorded_at"`      // of this version
}

// SigningKey is a secret that an endpoint's messages are signed with.
type SigningKey struct {
	Sealed string    `json:"sealed"`
	Until  time.Time `json:"until,omitzero"` // zero for the newest; others sign along until then
}

// Wants tells whether an endpoint gets events of a type.
func (e Endpoint) Wants(t EventType) bool {
	return len(e.Events) == 0 || slices.Contains(e.Events, t)
}

// Delivery is an event that waits to be sent to an endpoint.
type Delivery struct {
	Seq      uint64    `json:"seq"`  // of the event
	Lane     string    `json:"lane"` // a later delivery in the same lane waits for this one
	Type     EventType `json:"type"`
	EventID  string    `json:"event_id"`
	Happened time.Time `json:"happened"`
	Attempts int       `json:"attempts,omitempty"` // that failed
	Next     time.Time `json:"next"`               // not before
	Problem  string    `json:"problem,omitempty"`  // of the newest attempt
	DiedAt   time.Time `json:"died_at,omitzero"`   // of a dead letter
}

// DeliveryEnd is how an attempt ended.
type DeliveryEnd string

const (
	Delivered DeliveryEnd = "delivered"
	Failed    DeliveryEnd = "failed" // it is tried again
	Dead      DeliveryEnd = "dead"   // it is given up: a dead letter
)

// Attempt is one request to an endpoint, as it is kept to be looked at.
type Attempt struct {
	Number  uint64           `json:"number"` // among the endpoint's, from 1
	At      time.Time        `json:"at"`
	Took    signals.Duration `json:"took"`
	EventID string           `json:"event_id"` // the first, where a message told of several
	Type    EventType        `json:"type"`
	Subject string           `json:"subject,omitempty"`
	Seq     uint64           `json:"seq,omitempty"` // of the event; 0 of a test
	Events  int              `json:"events"`        // that the message told of
	End     DeliveryEnd      `json:"end"`
	Status  int              `json:"status,omitempty"`  // of HTTP; 0 where there was no answer
	Problem string           `json:"problem,omitempty"` // why it was not delivered
}

// Result is what an attempt means for the deliveries that it was for: all of one lane.
type Result struct {
	Lane    string
	Seqs    []uint64
	Next    time.Time // of those that are tried again
	GiveUp  int       // where the attempt ended in Dead: those that failed so often are given up
	Attempt Attempt
}

// Replay says which events an endpoint gets again. One of its fields is set.
type Replay struct {
	Event string    // the id of one
	From  uint64    // by number, both included
	To    uint64    // 0 means to the newest
	Since time.Time // all that happened from then on
	Dead  bool      // the dead letters
}

// Backlog is how far behind an endpoint is.
type Backlog struct {
	Endpoint Endpoint
	Waiting  int       // deliveries that are not done
	Unread   uint64    // events after those that were looked at, of any type
	Dead     int       // dead letters
	Oldest   time.Time // when the oldest waiting event happened; zero where none waits
}

// Sorting says whether an endpoint gets an event, in which lane, and not before when. It
// sees neither the event's decision nor its data.
type Sorting func(e Event) (lane string, notBefore time.Time, wanted bool)
