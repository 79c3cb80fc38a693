package wecom

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// archived is the plain JSON of an archived message (path/91774), with the seq and the
// key version of its envelope where the bridge adds them.
type archived struct {
	Seq        uint64   `json:"seq"`
	KeyVersion int      `json:"publickey_ver"`
	ID         string   `json:"msgid"`
	Action     string   `json:"action"`
	From       string   `json:"from"`
	To         []string `json:"tolist"`
	Room       string   `json:"roomid"`
	Time       int64    `json:"msgtime"` // milliseconds
	SwitchTime int64    `json:"time"`
	Kind       string   `json:"msgtype"`
	Revoke     struct {
		ID string `json:"pre_msgid"`
	} `json:"revoke"`
	Agree    agreement `json:"agree"`
	Disagree agreement `json:"disagree"`
}

type agreement struct {
	User   string `json:"userid"`
	Agreed int64  `json:"agree_time"`
	Denied int64  `json:"disagree_time"`
}

// ReadArchive reads a line of the message archive: {"seq","publickey_ver",…} beside the
// message's own fields, or an envelope with the message in "message" or "msg".
func ReadArchive(line []byte) (Line, error) {
	control, err := controlOf(line)
	if err != nil || control != nil {
		return Line{Control: control}, err
	}
	var envelope struct {
		Seq        uint64          `json:"seq"`
		KeyVersion int             `json:"publickey_ver"`
		Message    json.RawMessage `json:"message"`
		Msg        json.RawMessage `json:"msg"`
		Encrypted  string          `json:"encrypt_chat_msg"`
	}
	if err := json.Unmarshal(line, &envelope); err != nil {
		return Line{}, bad("seq or publickey_ver is not a number")
	}
	body := line
	switch {
	case isObject(envelope.Message):
		body = envelope.Message
	case isObject(envelope.Msg):
		body = envelope.Msg
	case envelope.Encrypted != "":
		return Line{}, bad("the message is still encrypted: decrypt it with the vendor's library first")
	}
	var a archived
	if err := json.Unmarshal(body, &a); err != nil {
		return Line{}, bad("a field of the message has the wrong form")
	}
	a.Seq, a.KeyVersion = max(a.Seq, envelope.Seq), max(a.KeyVersion, envelope.KeyVersion)
	m, err := a.message(body)
	return Line{Message: m}, err
}

func isObject(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '{' }

func (a archived) message(body []byte) (*Message, error) {
	m := &Message{ID: a.ID, Seq: a.Seq, KeyVersion: a.KeyVersion, Kind: kindOf(a.Kind), Time: time.UnixMilli(a.Time).UTC()}
	if !GoodID(a.ID) {
		return nil, bad("the message has no msgid")
	}
	if a.Action == "switch" { // a member went into another company's chats
		m.Event, m.Kind, m.Time = true, "switch", time.UnixMilli(a.SwitchTime).UTC()
		return m, nil
	}
	if a.Time <= 0 {
		return nil, bad("the message has no msgtime")
	}
	if !GoodID(a.From) || a.Room != "" && !GoodID(a.Room) {
		return nil, bad("from or roomid is not an id")
	}
	m.From, m.Room = partyOf(a.From), a.Room
	for _, id := range a.To {
		if !GoodID(id) {
			return nil, bad("tolist holds what is not an id")
		}
		m.To = append(m.To, partyOf(id))
	}
	return m, a.content(m, body)
}

func partyOf(id string) Party { return Party{ID: id, External: External(id), Robot: Robot(id)} }

// content reads what there is beyond who wrote to whom.
func (a archived) content(m *Message, body []byte) error {
	switch {
	case a.Kind == "revoke" || a.Action == "recall":
		if !GoodID(a.Revoke.ID) {
			return bad("a revoked message has no pre_msgid")
		}
		m.Kind, m.Revokes = "revoke", a.Revoke.ID
	case a.Kind == "agree":
		m.consent(a.Agree.User, true, a.Agree.Agreed)
	case a.Kind == "disagree":
		m.consent(a.Disagree.User, false, a.Disagree.Denied)
	default:
		m.Words = wordsOf(a.Kind, body)
		if a.Kind == "text" || a.Kind == "markdown" || a.Kind == "mixed" {
			m.Length = utf8.RuneCountInString(string(m.Words))
		}
		m.Duration = durationOf(a.Kind, body, m.Time)
	}
	return nil
}

// consent makes the event of a customer's answer, in the chat or room where it was given.
func (m *Message) consent(user string, agreed bool, at int64) {
	m.Event = true
	external, with := m.From.ID, m.Room
	if GoodID(user) {
		external = user
	}
	if with == "" && len(m.To) > 0 {
		with = m.To[0].ID
	}
	since := m.Time
	if at > 0 {
		since = time.UnixMilli(at).UTC()
	}
	if with != "" {
		m.Consent = &Consent{With: with, External: external, Agreed: agreed, Since: since}
	}
}

// words lists where the kinds of message hold what their sender wrote: the object and its
// fields. What is forwarded (chatrecord, sphfeed, news) are other people's words, and the
// rest has none.
var words = map[string]struct {
	object string
	fields []string
}{
	"text":       {"text", []string{"content"}},
	"markdown":   {"info", []string{"content"}},
	"file":       {"file", []string{"filename"}},
	"qydiskfile": {"info", []string{"filename"}},
	"link":       {"link", []string{"title", "description"}},
	"weapp":      {"weapp", []string{"title", "description"}},
	"docmsg":     {"doc", []string{"title"}},
	"todo":       {"todo", []string{"title", "content"}},
	"vote":       {"vote", []string{"votetitle"}},
	"collect":    {"collect", []string{"title"}},
	"meeting":    {"meeting", []string{"topic", "remarks"}},
	"calendar":   {"calendar", []string{"title", "remarks"}},
	"location":   {"location", []string{"title"}},
}

func wordsOf(kind string, body []byte) Words {
	if kind == "mixed" {
		return mixedWords(body)
	}
	place, ok := words[kind]
	if !ok {
		return ""
	}
	var parts []string
	object := objectOf(body, place.object)
	for _, field := range place.fields {
		if text := textOf(object[field]); text != "" {
			parts = append(parts, text)
		}
	}
	return Words(strings.Join(parts, "\n"))
}

// mixedWords reads the texts of a message of several parts, each a JSON text of its own.
func mixedWords(body []byte) Words {
	var items []struct {
		Type    string `json:"type"`
		Content string `json:"content"`
	}
	if json.Unmarshal(objectOf(body, "mixed")["item"], &items) != nil {
		return ""
	}
	var parts []string
	for _, item := range items {
		if item.Type != "text" {
			continue
		}
		var inner map[string]json.RawMessage
		if json.Unmarshal([]byte(item.Content), &inner) == nil {
			parts = append(parts, textOf(inner["content"]))
		}
	}
	return Words(strings.Join(parts, "\n"))
}

// durationOf reads how long a voice message, a video or a call took.
func durationOf(kind string, body []byte, began time.Time) time.Duration {
	switch kind {
	case "voice":
		return seconds(objectOf(body, "voice")["play_length"])
	case "video":
		return seconds(objectOf(body, "video")["play_length"])
	case "voiptext":
		return seconds(objectOf(body, "info")["callduration"])
	case "meeting_voice_call":
		end := seconds(objectOf(body, "meeting_voice_call")["endtime"])
		if end == 0 {
			return 0
		}
		return min(max(time.Unix(int64(end/time.Second), 0).Sub(began), 0), longestCall)
	}
	return 0
}

// longestCall is the most that a duration is believed.
const longestCall = 24 * time.Hour

func seconds(raw json.RawMessage) time.Duration {
	var n int64
	if json.Unmarshal(raw, &n) != nil || n < 0 || n > 1<<33 {
		return 0
	}
	return time.Duration(n) * time.Second
}

func objectOf(body []byte, name string) map[string]json.RawMessage {
	var outer, inner map[string]json.RawMessage
	if json.Unmarshal(body, &outer) != nil || json.Unmarshal(outer[name], &inner) != nil {
		return nil
	}
	return inner
}

func textOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return text
}
