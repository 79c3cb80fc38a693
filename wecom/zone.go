package wecom

import (
	"encoding/json"
	"strconv"
	"time"
)

// The types of people in a zone (path/99824).
const (
	zoneMember   = 1
	zoneExternal = 2
	zoneRobot    = 3
)

type zoneParty struct {
	Type int    `json:"type"`
	ID   string `json:"id"`
}

// ReadZone reads a line of the data and intelligence zone: a message of sync_msg
// (path/99824), with the hit_rule_list of get_hit_msg_list beside it. There is no text:
// what a message says never leaves the zone.
func ReadZone(line []byte) (Line, error) {
	control, err := controlOf(line)
	if err != nil || control != nil {
		return Line{Control: control}, err
	}
	var z struct {
		ID       string          `json:"msgid"`
		Sender   zoneParty       `json:"sender"`
		Receiver []zoneParty     `json:"receiver_list"`
		Chat     string          `json:"chatid"`
		Sent     int64           `json:"send_time"` // Unix seconds
		Kind     json.RawMessage `json:"msgtype"`
		Rules    []struct {
			ID        string            `json:"rule_id"`
			Keyword   zoneFlag          `json:"has_hit_keyword"`
			Semantics []json.RawMessage `json:"semantics_list"`
		} `json:"hit_rule_list"`
	}
	if err := json.Unmarshal(line, &z); err != nil {
		return Line{}, bad("a field of the message has the wrong form")
	}
	m := &Message{ID: z.ID, From: z.Sender.party(), Room: z.Chat, Time: time.Unix(z.Sent, 0).UTC(), Kind: zoneKind(z.Kind)}
	switch {
	case !GoodID(z.ID):
		return Line{}, bad("the message has no msgid")
	case z.Sent <= 0:
		return Line{}, bad("the message has no send_time")
	case !GoodID(z.Sender.ID) || z.Chat != "" && !GoodID(z.Chat):
		return Line{}, bad("sender or chatid is not an id")
	}
	for _, r := range z.Receiver {
		if !GoodID(r.ID) {
			return Line{}, bad("receiver_list holds what is not an id")
		}
		m.To = append(m.To, r.party())
	}
	if len(m.To) == 1 {
		m.Room = "" // a chat of two may have a chatid too
	}
	for _, r := range z.Rules {
		if GoodID(r.ID) && (bool(r.Keyword) || len(r.Semantics) > 0) {
			m.Rules = append(m.Rules, r.ID)
		}
	}
	return Line{Message: m}, nil
}

func (p zoneParty) party() Party {
	return Party{ID: p.ID, External: p.Type == zoneExternal, Robot: p.Type >= zoneRobot}
}

// zoneKind is the kind of a message. A zone tells no length, so that a text is a "message"
// here: else each would pass for one of no words. A number is kept as one.
func zoneKind(raw json.RawMessage) string {
	var number int
	if json.Unmarshal(raw, &number) == nil {
		return "type_" + strconv.Itoa(number)
	}
	if kind := kindOf(textOf(raw)); kind != "text" {
		return kind
	}
	return "message"
}

// zoneFlag is true or false, or 1 or 0.
type zoneFlag bool

// UnmarshalJSON reads both forms.
func (f *zoneFlag) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case "true", "1":
		*f = true
	case "false", "0", "null":
		*f = false
	default:
		return bad("has_hit_keyword is neither true nor false")
	}
	return nil
}
